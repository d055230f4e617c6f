// SPDX-License-Identifier: EUPL-1.2
//! A fresh database for every test, on either engine, with a side door for looking at it without the store.

use rusqlite::types::ValueRef;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use store::Db;
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

/// Where the tests find a PostgreSQL that lets them create databases.
const POSTGRES: &str = "SOZIALRAUM_TEST_POSTGRES";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Runs each named `async fn(&Fresh)` on both engines, as two tests.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(&$crate::fresh::Fresh::sqlite()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let fresh = $crate::fresh::Fresh::postgres().await;
                super::$name(&fresh).await;
                fresh.remove().await;
            })*
        }
    };
}

/// A folder that goes when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let name = format!("sozialraum-store-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}", self.0.display());
        }
    }
}

/// A database that nobody else uses.
pub enum Fresh {
    Sqlite(Folder),
    Postgres { server: String, name: String },
}

impl Fresh {
    pub fn sqlite() -> Self {
        Self::Sqlite(Folder::new())
    }

    pub async fn postgres() -> Self {
        let Some(server) = std::env::var_os(POSTGRES) else {
            panic!("{POSTGRES} does not say where PostgreSQL is; run the tests with `cargo xtask test`");
        };
        let server = server.into_string().unwrap();
        let name = format!("store_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        client(&server).await.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        Self::Postgres { server, name }
    }

    /// Drops a database of a server; a folder goes by itself.
    pub async fn remove(self) {
        if let Self::Postgres { server, name } = self {
            client(&server).await.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
    }

    pub async fn open(&self) -> Result<Db, store::StoreError> {
        match self {
            Self::Sqlite(_) => Db::open_sqlite(&self.file()),
            Self::Postgres { .. } => Db::open_postgres(&self.url()).await,
        }
    }

    pub async fn db(&self) -> Db {
        self.open().await.unwrap()
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// The file of the SQLite database.
    pub fn file(&self) -> PathBuf {
        match self {
            Self::Sqlite(folder) => folder.file("office.sqlite"),
            Self::Postgres { .. } => panic!("PostgreSQL is not a file of ours"),
        }
    }

    /// The address of the PostgreSQL database.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(_) => panic!("SQLite has no address"),
            Self::Postgres { server, name } => format!("{server} dbname={name}"),
        }
    }

    /// The side door.
    pub async fn raw(&self) -> Raw {
        match self {
            Self::Sqlite(_) => Raw::Sqlite(attacker(&self.file())),
            Self::Postgres { .. } => Raw::Postgres(client(&self.url()).await),
        }
    }
}

/// Opens the file as somebody with the rights of the operating system could.
pub fn attacker(file: &Path) -> rusqlite::Connection {
    let conn = rusqlite::Connection::open(file).unwrap();
    conn.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    conn.pragma_update(None, "synchronous", "OFF").unwrap();
    conn
}

async fn client(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A connection that knows nothing of the store.
pub enum Raw {
    Sqlite(rusqlite::Connection),
    Postgres(Client),
}

impl Raw {
    pub async fn run(&self, text: &str) {
        match self {
            Self::Sqlite(conn) => conn.execute_batch(text).unwrap(),
            Self::Postgres(client) => client.batch_execute(text).await.unwrap(),
        }
    }

    /// Does the database itself say no?
    pub async fn refuses(&self, text: &str) -> bool {
        match self {
            Self::Sqlite(conn) => conn.execute_batch(text).is_err(),
            Self::Postgres(client) => client.batch_execute(text).await.is_err(),
        }
    }

    /// All rows as text; nothing is an empty text.
    pub async fn rows(&self, text: &str) -> Vec<Vec<String>> {
        match self {
            Self::Sqlite(conn) => {
                let mut statement = conn.prepare(text).unwrap();
                let width = statement.column_count();
                let row = |row: &rusqlite::Row<'_>| (0..width).map(|i| row.get_ref(i).map(as_text)).collect();
                statement.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
            }
            Self::Postgres(client) => {
                let row = |message| match message {
                    SimpleQueryMessage::Row(row) => {
                        Some((0..row.len()).map(|i| row.get(i).unwrap_or_default().to_owned()).collect())
                    }
                    _ => None,
                };
                client.simple_query(text).await.unwrap().into_iter().filter_map(row).collect()
            }
        }
    }

    pub async fn number(&self, text: &str) -> i64 {
        self.rows(text).await[0][0].parse().unwrap()
    }
}

fn as_text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
