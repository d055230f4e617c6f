// SPDX-License-Identifier: EUPL-1.2
//! PostgreSQL: a small pool, statements prepared once a connection, changes tried again when the
//! server asks for it.

use super::change::attempt;
use super::desk::Desk;
use super::tx::Conn;
use super::writer::{Line, PgLine, Writer};
use super::{Done, Frame, ReadTx, StoreError, Value, migrate};
use crate::row::Row;
use domain::kernel::{Moment, OfficeId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};
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
    /// Nobody knows what it still has to say, so nobody asks it any more.
    given_up: Cell<bool>,
    driver: Driver,
}

/// What the server said to one of several statements.
type Said<T> = Result<T, tokio_postgres::Error>;

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
        let runtime = Arc::new(Builder::new_current_thread().enable_all().build().map_err(engine)?);
        let program = Handle::current();
        let writer = Writer::start(Line::Postgres(PgLine { pool: Arc::clone(&pool), program, runtime, conn: None }))?;
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
        self.transaction(SNAPSHOT, move |conn, desk| read(&ReadTx::new(Conn::Postgres(conn), office, Moment(0), desk)))
            .await
    }

    pub(super) async fn change<T, E, F>(&self, frame: Frame, act: F) -> Result<T, E>
    where
        T: Send + 'static + From<Uuid> + Into<Uuid> + Copy,
        E: From<StoreError> + Send + 'static,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, E> + Send + 'static,
    {
        self.transaction("BEGIN", move |conn, desk| attempt(Conn::Postgres(conn), &frame, desk, &act)).await
    }

    /// The one that writes the book.
    pub(super) fn writer(&self) -> &Writer {
        &self.writer
    }

    async fn transaction<T, E, F>(&self, begin: &'static str, act: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&PgConn, &Desk) -> Result<T, E> + Send + 'static,
    {
        let pool = Arc::clone(&self.pool);
        let place = self.pool.places.acquire().await.map_err(engine)?;
        let task = tokio::task::spawn_blocking(move || {
            let mut tries = 0;
            loop {
                let (conn, desk) = (pool.take()?, Desk::default());
                let outcome = conn.in_transaction(begin, &desk, || act(&conn, &desk));
                if !conn.is_closed() {
                    pool.put(conn);
                }
                tries += 1;
                if outcome.is_ok() || !matches!(desk.trouble(), Some(StoreError::Retry(_))) || tries >= TRIES {
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
        let (statements, unsent, given_up) = (RefCell::default(), RefCell::default(), Cell::new(false));
        Ok(PgConn { client, statements, unsent, given_up, driver })
    }

    fn take(&self) -> Result<PgConn, StoreError> {
        loop {
            let free = self.free.lock().map_err(engine)?.pop();
            match free {
                Some(conn) if conn.is_closed() => {}
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
        desk: &Desk,
        act: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let noting = |error: StoreError| {
            desk.note(&error);
            E::from(error)
        };
        self.execute_later(begin, Vec::new()).map_err(noting)?;
        let outcome = act();
        if outcome.is_ok() {
            self.batch("COMMIT").map_err(noting)?;
        } else {
            self.roll_back();
        }
        outcome
    }

    /// Takes the transaction back. A connection of which nobody knows whether it did is never used again.
    pub(super) fn roll_back(&self) {
        self.forget();
        if self.batch("ROLLBACK").is_err() {
            self.given_up.set(true);
        }
    }

    pub(super) fn batch(&self, text: &str) -> Result<(), StoreError> {
        self.behind_unsent([self.client.batch_execute(text)]).map(drop)
    }

    /// Runs texts, also if what was kept until now went wrong.
    pub(super) fn batch_whatever_was_before(&self, text: &str) -> Result<(), StoreError> {
        let (_, mut last) = self.sent_together([self.client.batch_execute(text)])?;
        last.pop().unwrap_or(Ok(())).map_err(StoreError::from)
    }

    pub(super) fn rows(&self, text: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        Ok(self.rows_together(&[(text, params)])?.pop().unwrap_or_default())
    }

    /// The rows of several statements, asked on one way.
    pub(super) fn rows_together(&self, all: &[(&str, &[Value])]) -> Result<Vec<Vec<Row>>, StoreError> {
        let prepared = all.iter().map(|(text, params)| Ok((self.prepared(text)?, as_sql(params))));
        let prepared = prepared.collect::<Result<Vec<_>, StoreError>>()?;
        let found =
            self.behind_unsent(prepared.iter().map(|(statement, params)| self.client.query(statement, params)))?;
        let rows = |rows: Vec<tokio_postgres::Row>| rows.iter().map(row_of).collect::<Result<Vec<_>, _>>();
        Ok(found.into_iter().map(rows).collect::<Result<_, _>>()?)
    }

    pub(super) fn execute(&self, text: &str, params: &[Value]) -> Result<u64, StoreError> {
        let (statement, params) = (self.prepared(text)?, as_sql(params));
        Ok(self.behind_unsent([self.client.execute(&statement, &params)])?.pop().unwrap_or_default())
    }

    /// Keeps this until somebody waits for an answer. What goes wrong with it is said there: at the latest at the end
    /// of the change, before it counts.
    pub(super) fn execute_later(&self, text: &str, params: Vec<Value>) -> Result<(), StoreError> {
        let statement = self.prepared(text)?;
        self.unsent.borrow_mut().push((statement, params));
        Ok(())
    }

    /// What was not sent yet shall not be: its transaction has failed.
    pub(super) fn forget(&self) {
        self.unsent.borrow_mut().clear();
    }

    /// Sends what was kept and the last ones together; the server runs them in order. The first error counts, those
    /// behind it only say that the transaction has failed.
    fn behind_unsent<T>(
        &self,
        last: impl IntoIterator<Item = impl Future<Output = Result<T, tokio_postgres::Error>>>,
    ) -> Result<Vec<T>, StoreError> {
        let (kept, last) = self.sent_together(last)?;
        kept?;
        Ok(last.into_iter().collect::<Result<_, _>>()?)
    }

    /// Sends what was kept and the last ones together; says how the former went, and how each of the latter.
    fn sent_together<T>(
        &self,
        last: impl IntoIterator<Item = impl Future<Output = Result<T, tokio_postgres::Error>>>,
    ) -> Result<(Said<()>, Vec<Said<T>>), StoreError> {
        let kept = self.unsent.take();
        let kept = kept.into_iter().map(|(statement, params)| async move {
            self.client.execute(&statement, &as_sql(&params)).await.map(drop)
        });
        let (kept, last) = (all_of(kept), all_of(last));
        let (mut kept, mut last) = (pin!(kept), pin!(last));
        let (mut kept_said, mut last_said) = (None, None);
        self.patiently(poll_fn(move |cx| {
            // In this order they are sent.
            for_now(&mut kept_said, kept.as_mut(), cx);
            for_now(&mut last_said, last.as_mut(), cx);
            if kept_said.is_none() || last_said.is_none() {
                return Poll::Pending;
            }
            let kept = kept_said.take().unwrap_or_default().into_iter().collect();
            Poll::Ready(Ok((kept, last_said.take().unwrap_or_default())))
        }))
    }

    /// Is the connection over?
    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed() || self.given_up.get()
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
            Err(_) => {
                self.given_up.set(true);
                Err(StoreError::Retry("the server did not answer".into()))
            }
        }
    }
}

/// Asks a future if it has not said anything yet.
fn for_now<T>(said: &mut Option<T>, work: Pin<&mut impl Future<Output = T>>, cx: &mut Context<'_>) {
    if said.is_none()
        && let Poll::Ready(outcome) = work.poll(cx)
    {
        *said = Some(outcome);
    }
}

/// The outcomes of all, begun in their order and moved on side by side.
async fn all_of<T>(all: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut all: Vec<_> = all.into_iter().map(|one| (Box::pin(one), None)).collect();
    poll_fn(|cx| {
        all.iter_mut().for_each(|(one, said)| for_now(said, one.as_mut(), cx));
        if all.iter().any(|(_, said)| said.is_none()) { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    all.into_iter().filter_map(|(_, said)| said).collect()
}

fn row_of(row: &tokio_postgres::Row) -> Result<Row, tokio_postgres::Error> {
    let values = (0..row.len()).map(|i| row.try_get::<_, Value>(i)).collect::<Result<_, _>>()?;
    Ok(Row::new(values))
}

fn as_sql(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
