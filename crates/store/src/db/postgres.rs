// SPDX-License-Identifier: EUPL-1.2
//! PostgreSQL: a small pool, statements prepared once a connection, changes tried again when the
//! server asks for it.

use super::change::attempt;
use super::postgres_writer::Writer;
use super::tx::Conn;
use super::{Done, Frame, ReadTx, StoreError, Value, migrate};
use crate::row::Row;
use domain::kernel::{Moment, OfficeId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::Semaphore;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement};
use uuid::Uuid;

const PLACES: usize = 16;
pub(super) const TRIES: u32 = 8;
/// A frozen server never times out by itself; after this the connection is given up.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Postgres {
    pool: Arc<Pool>,
    writer: Writer,
}

pub(super) struct Pool {
    url: String,
    free: Mutex<Vec<PgConn>>,
    places: Semaphore,
}

pub(super) struct PgConn {
    client: Client,
    statements: RefCell<HashMap<String, Statement>>,
    /// Of these nobody needs an answer by itself: they go with the next statement of which somebody does, on one way.
    unsent: RefCell<Vec<(Statement, Vec<Value>)>>,
    driver: Driver,
}

/// Who moves a connection on while somebody waits for it.
#[derive(Clone)]
pub(super) enum Driver {
    /// The program's own threads.
    Program(Handle),
    /// The waiting thread itself: no other has to be woken for it.
    Here(Arc<Runtime>),
}

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let pool = Pool { url: url.to_owned(), free: Mutex::new(Vec::new()), places: Semaphore::new(PLACES) };
        let conn = pool.connect(Driver::Program(Handle::current())).await?;
        migrate::postgres(&conn.client).await?;
        pool.put(conn);
        let pool = Arc::new(pool);
        let writer = Writer::start(Arc::clone(&pool))?;
        Ok(Self { pool, writer })
    }

    pub(super) async fn prepare(&self, text: &str) -> Result<(), StoreError> {
        let conn = self.pool.connect(Driver::Program(Handle::current())).await?;
        conn.client.prepare(text).await?;
        Ok(())
    }

    pub(super) async fn read<T, E, F>(&self, office: OfficeId, read: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, E> + Send + 'static,
    {
        const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        self.transaction(SNAPSHOT, move |conn, retry| {
            read(&ReadTx::new(Conn::Postgres(conn), office, Moment(0), retry))
        })
        .await
    }

    pub(super) async fn change<T, E, F>(&self, frame: Frame, act: F) -> Result<T, E>
    where
        T: Send + 'static + From<Uuid> + Into<Uuid> + Copy,
        E: From<StoreError> + Send + 'static,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, E> + Send + 'static,
    {
        self.transaction("BEGIN", move |conn, retry| attempt(Conn::Postgres(conn), &frame, retry, &act)).await
    }

    /// Changes something in one transaction with others that wait, each in its own savepoint.
    pub(super) async fn change_together<T, E, F>(&self, frame: Frame, act: F) -> Result<T, E>
    where
        T: Send + 'static + From<Uuid> + Into<Uuid> + Copy,
        E: From<StoreError> + Send + 'static,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, E> + Send + 'static,
    {
        let attempt = move |conn: &PgConn, retry: &Cell<bool>| attempt(Conn::Postgres(conn), &frame, retry, &act);
        self.writer.change(attempt).await
    }

    async fn transaction<T, E, F>(&self, begin: &'static str, act: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&PgConn, &Cell<bool>) -> Result<T, E> + Send + 'static,
    {
        let pool = Arc::clone(&self.pool);
        let place = self.pool.places.acquire().await.map_err(engine)?;
        let task = tokio::task::spawn_blocking(move || {
            let mut tries = 0;
            loop {
                let conn = pool.take()?;
                let retry = Cell::new(false);
                let outcome = conn.in_transaction(begin, || act(&conn, &retry), &retry);
                if !conn.client.is_closed() {
                    pool.put(conn);
                }
                tries += 1;
                if outcome.is_ok() || !retry.get() || tries >= TRIES {
                    return outcome;
                }
                std::thread::sleep(Duration::from_millis(5 << tries));
            }
        });
        let outcome = task.await.map_err(engine)?;
        drop(place);
        outcome
    }
}

pub(super) fn engine(error: impl std::fmt::Display) -> StoreError {
    StoreError::Engine(error.to_string())
}

impl Pool {
    pub(super) async fn connect(&self, driver: Driver) -> Result<PgConn, StoreError> {
        let (client, connection) = tokio_postgres::connect(&self.url, NoTls).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a database connection ended");
            }
        });
        client.batch_execute("SET statement_timeout = '15s'; SET idle_in_transaction_session_timeout = '30s'").await?;
        Ok(PgConn { client, statements: RefCell::default(), unsent: RefCell::default(), driver })
    }

    fn take(&self) -> Result<PgConn, StoreError> {
        loop {
            let free = self.free.lock().map_err(engine)?.pop();
            match free {
                Some(conn) if conn.client.is_closed() => {}
                Some(conn) => return Ok(conn),
                None => {
                    let program = Handle::current();
                    return program.block_on(self.connect(Driver::Program(program.clone())));
                }
            }
        }
    }

    fn put(&self, conn: PgConn) {
        if let Ok(mut free) = self.free.lock() {
            free.push(conn);
        }
    }
}

impl PgConn {
    fn in_transaction<T, E: From<StoreError>>(
        &self,
        begin: &str,
        act: impl FnOnce() -> Result<T, E>,
        retry: &Cell<bool>,
    ) -> Result<T, E> {
        let noting = |error: StoreError| {
            retry.set(retry.get() || matches!(error, StoreError::Retry(_)));
            E::from(error)
        };
        self.batch(begin).map_err(noting)?;
        let outcome = act();
        if outcome.is_err() {
            self.forget();
        }
        let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
        self.batch(end).map_err(noting)?;
        outcome
    }

    pub(super) fn batch(&self, text: &str) -> Result<(), StoreError> {
        self.behind_unsent(self.client.batch_execute(text))
    }

    pub(super) fn rows(&self, text: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let statement = self.prepared(text)?;
        let found = self.behind_unsent(self.client.query(&statement, &as_sql(params)))?;
        found
            .iter()
            .map(|row| {
                let values = (0..row.len()).map(|i| row.try_get::<_, Value>(i)).collect::<Result<_, _>>()?;
                Ok(Row::new(values))
            })
            .collect()
    }

    pub(super) fn execute(&self, text: &str, params: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepared(text)?;
        self.behind_unsent(self.client.execute(&statement, &as_sql(params)))
    }

    /// Keeps these until somebody waits for an answer. What goes wrong with them is said there: at the latest at the end
    /// of the change, before it counts.
    pub(super) fn execute_all(&self, all: &[(&str, Vec<Value>)]) -> Result<(), StoreError> {
        for (text, params) in all {
            let statement = self.prepared(text)?;
            self.unsent.borrow_mut().push((statement, params.clone()));
        }
        Ok(())
    }

    /// What was not sent yet shall not be: its change has failed.
    pub(super) fn forget(&self) {
        self.unsent.borrow_mut().clear();
    }

    /// Sends what was kept and the last one together; the server runs them in order. The first error counts, those
    /// behind it only say that the transaction has failed.
    fn behind_unsent<T>(&self, last: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, StoreError> {
        let send = |(statement, params): (Statement, Vec<Value>)| {
            Box::pin(async move { self.client.execute(&statement, &as_sql(&params)).await })
        };
        let mut sent: Vec<_> = self.unsent.take().into_iter().map(|one| (send(one), None)).collect();
        let (mut last, mut answer) = (Box::pin(last), None);
        let together = poll_fn(move |cx| {
            for (one, said) in sent.iter_mut().filter(|(_, said)| said.is_none()) {
                if let Poll::Ready(outcome) = one.as_mut().poll(cx) {
                    *said = Some(outcome.map(drop));
                }
            }
            if answer.is_none()
                && let Poll::Ready(outcome) = last.as_mut().poll(cx)
            {
                answer = Some(outcome);
            }
            if sent.iter().any(|(_, said)| said.is_none()) {
                return Poll::Pending;
            }
            let Some(outcome) = answer.take() else { return Poll::Pending };
            Poll::Ready(sent.drain(..).try_for_each(|(_, said)| said.unwrap_or(Ok(()))).and(outcome))
        });
        self.patiently(together)
    }

    /// Is the connection over?
    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    fn prepared(&self, text: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.borrow().get(text) {
            return Ok(statement.clone());
        }
        let statement = self.patiently(self.client.prepare(text))?;
        self.statements.borrow_mut().insert(text.to_owned(), statement.clone());
        Ok(statement)
    }

    fn patiently<T>(&self, work: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, StoreError> {
        let patient = async { tokio::time::timeout(PATIENCE, work).await };
        let ended = match &self.driver {
            Driver::Program(program) => program.block_on(patient),
            Driver::Here(runtime) => runtime.block_on(patient),
        };
        match ended {
            Ok(outcome) => outcome.map_err(StoreError::from),
            Err(_) => Err(StoreError::Retry("the server did not answer".into())),
        }
    }
}

fn as_sql(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
