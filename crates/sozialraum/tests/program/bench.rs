// SPDX-License-Identifier: EUPL-1.2
//! A fresh place for one test: a directory, and a database on one of the engines.

use domain::kernel::OfficeId;
use domain::territory::SocialSpace;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Db, ReadTx, StoreError};
use uuid::Uuid;

pub struct Bench {
    pub dir: PathBuf,
    server: Option<(String, String)>,
    name: String,
    runtime: tokio::runtime::Runtime,
}

/// What a run said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Bench {
    pub fn sqlite() -> Self {
        Self::new(None)
    }

    /// One bench for each engine at hand.
    #[expect(clippy::disallowed_methods, reason = "the server for tests is told by the environment")]
    pub fn both() -> Vec<Self> {
        let server = std::env::var("SOZIALRAUM_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
        std::iter::once(Self::sqlite()).chain(server.map(|server| Self::new(Some(server)))).collect()
    }

    fn new(server: Option<String>) -> Self {
        let name = format!("sozialraum_program_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let dir = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&dir).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        if let Some(server) = &server {
            runtime.block_on(order(server, &format!("CREATE DATABASE {name}")));
        }
        let server = server.map(|server| (with_database(&server, &name), server));
        Self { dir, server, name, runtime }
    }

    pub fn is_sqlite(&self) -> bool {
        self.server.is_none()
    }

    pub fn data(&self) -> PathBuf {
        self.dir.join("data")
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let file = self.dir.join(name);
        std::fs::write(&file, content).unwrap();
        file
    }

    /// Runs the program on this bench's database.
    pub fn run(&self, args: &[&str]) -> Said {
        let place = self.place();
        run(&self.dir, &[args, &[&place[0], &place[1]]].concat())
    }

    fn place(&self) -> [String; 2] {
        match &self.server {
            Some((url, _)) => ["--database".into(), url.clone()],
            None => ["--data".into(), self.data().to_str().unwrap().into()],
        }
    }

    /// Starts the program and lets it run.
    pub fn start(&self, args: &[&str]) -> Child {
        let mut command = command(&self.dir);
        command.args(args).args(self.place()).stdout(Stdio::piped()).spawn().unwrap()
    }

    /// Starts the program and kills it as soon as its error stream says this.
    pub fn kill_at(&self, args: &[&str], sign: &str) {
        let mut command = command(&self.dir);
        let mut child = command.args(args).args(self.place()).stderr(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        assert!(said.lines().any(|line| line.unwrap().contains(sign)), "{sign} was never said");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    pub fn import(&self, file: &Path, more: &[&str]) -> Said {
        let file = file.to_str().unwrap();
        let usual = ["import", "spaces", file, "--key", "gebiet", "--name", "name", "--region", "region"];
        self.run(&[&usual, more].concat())
    }

    /// Reads what is kept, in the only office there is.
    pub fn read<T: Send + 'static>(
        &self,
        read: impl Fn(&ReadTx<'_>) -> Result<T, StoreError> + Send + Copy + 'static,
    ) -> T {
        self.runtime.block_on(async {
            let db = match &self.server {
                Some((url, _)) => Db::open_postgres(url).await,
                None => Db::open_sqlite(&self.data().join("office.sqlite")),
            };
            let db = db.unwrap();
            let offices = db.read::<_, StoreError, _>(OfficeId(Uuid::nil()), store::offices::all).await.unwrap();
            assert!(offices.len() <= 1, "{offices:?}");
            let office = offices.first().map_or(OfficeId(Uuid::nil()), |(id, _)| *id);
            db.read::<_, StoreError, _>(office, move |tx| read(tx)).await.unwrap()
        })
    }

    /// Does something with the database and its only office.
    pub fn with_office<Fut: Future<Output = ()>>(&self, act: impl Fn(Db, OfficeId) -> Fut) {
        self.runtime.block_on(async {
            let db = match &self.server {
                Some((url, _)) => Db::open_postgres(url).await,
                None => Db::open_sqlite(&self.data().join("office.sqlite")),
            };
            let db = db.unwrap();
            let offices = db.read::<_, StoreError, _>(OfficeId(Uuid::nil()), store::offices::all).await.unwrap();
            act(db.clone(), offices[0].0).await;
        });
    }

    /// Changes the database as somebody with the rights of the operating system could.
    pub fn tamper(&self, statement: &str) {
        match &self.server {
            Some((url, _)) => self.runtime.block_on(order(url, statement)),
            None => {
                let file = rusqlite::Connection::open(self.data().join("office.sqlite")).unwrap();
                file.execute_batch(statement).unwrap();
            }
        }
    }

    /// The numbers that a question has for an answer, read past the program.
    pub fn numbers(&self, question: &str) -> Vec<i64> {
        match &self.server {
            Some((url, _)) => self.runtime.block_on(async {
                let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(connection);
                client.query(question, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
            }),
            None => {
                let file = rusqlite::Connection::open(self.data().join("office.sqlite")).unwrap();
                let mut asked = file.prepare(question).unwrap();
                asked.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
            }
        }
    }

    pub fn spaces(&self) -> Vec<SocialSpace> {
        self.read(store::territory::spaces)
    }

    /// Is nothing kept at all, not even an office?
    pub fn is_empty(&self) -> bool {
        if self.is_sqlite() {
            return !self.data().join("office.sqlite").exists();
        }
        self.read(store::offices::all).is_empty()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Some((_, server)) = &self.server {
            self.runtime.block_on(order(server, &format!("DROP DATABASE {} WITH (FORCE)", self.name)));
        }
        drop(std::fs::remove_dir_all(&self.dir));
    }
}

/// Runs the program, without a database of its own.
pub fn run(dir: &Path, args: &[&str]) -> Said {
    let Output { status, stdout, stderr } = command(dir).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

fn command(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sozialraum"));
    command.env_remove("SOZIALRAUM_DATA").env_remove("SOZIALRAUM_DATABASE").current_dir(dir);
    command
}

async fn order(server: &str, statement: &str) {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
    let task = tokio::spawn(connection);
    client.batch_execute(statement).await.unwrap();
    drop(client);
    task.await.unwrap().unwrap();
}

/// The same server, another database, in both ways to write a connection.
fn with_database(server: &str, name: &str) -> String {
    let Some((scheme, rest)) = server.split_once("://") else { return format!("{server} dbname={name}") };
    let (before, options) = rest.split_once('?').map_or((rest, String::new()), |(a, b)| (a, format!("?{b}")));
    let host = before.split_once('/').map_or(before, |(host, _)| host);
    format!("{scheme}://{host}/{name}{options}")
}
