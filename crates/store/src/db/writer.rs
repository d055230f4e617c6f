// SPDX-License-Identifier: EUPL-1.2
//! The one writer: changes that wait share a transaction, its statements and its flush. SQLite writes everything here,
//! PostgreSQL the book of money, whose few hot pots many connections would only wait for.
//!
//! Each change decides alone, in its turn, on what those before it left; what it decided lies on the [`Desk`] until all
//! have decided. One that is refused takes only itself away. When the engine fails in between, nobody knows whose fault
//! it was: then everything goes back and each is done again in a transaction of its own.

use super::change::{KNOWN_KEYS, acted, write_all};
use super::desk::{Acted, Desk};
use super::postgres::{Driver, PgConn, Pool, TRIES, engine};
use super::tx::Conn;
use super::{Done, Frame, Key, ReadTx, StoreError, Value};
use crate::budget::{ledger, promises};
use domain::kernel::{PromiseId, UserId};
use rusqlite::Connection;
use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use uuid::Uuid;

/// As many changes share one transaction, if they are waiting.
const GROUP: usize = 64;
/// Whoever was answered a moment ago may ask again at once; so long the next group waits for as many as the last had.
const COMPANY: Duration = Duration::from_micros(500);

/// What a change says of itself before it runs.
pub(super) struct Order {
    pub frame: Frame,
    /// Does it book? Then the book is locked before anybody looks at it.
    pub books: bool,
    /// Promises that it will ask for: those of a whole group are read at once.
    pub ahead: Vec<PromiseId>,
}

/// A change that waits for its turn.
trait Job: Send {
    fn order(&self) -> &Order;
    /// Decides, on what those before it decided.
    fn run(&mut self, tx: ReadTx<'_>);
    /// Is not done, because of this.
    fn fail(&mut self, error: StoreError);
    /// Was done before, with this outcome.
    fn repeat(&mut self, outcome: Uuid);
    /// What came of it, if it is done.
    fn outcome(&self) -> Option<Uuid>;
    /// Tells whoever waits how it ended.
    fn answer(self: Box<Self>);
}

type Jobs = Vec<Box<dyn Job>>;

struct Change<T, E, F> {
    order: Order,
    act: F,
    outcome: Option<Result<T, E>>,
    send: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Change<T, E, F>
where
    T: Send + From<Uuid> + Into<Uuid> + Copy,
    E: From<StoreError> + Send,
    F: Fn(ReadTx<'_>) -> Result<Done<T>, E> + Send,
{
    fn order(&self) -> &Order {
        &self.order
    }

    fn run(&mut self, tx: ReadTx<'_>) {
        // A panic in one change must not take its neighbours in the group along.
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.act)(tx)));
        let outcome = outcome.unwrap_or_else(|_| Err(engine("a change panicked").into()));
        self.outcome = Some(outcome.map(|done| done.outcome));
    }

    fn fail(&mut self, error: StoreError) {
        // Its own words about what went wrong tell more.
        if self.outcome.as_ref().is_none_or(Result::is_ok) {
            self.outcome = Some(Err(error.into()));
        }
    }

    fn repeat(&mut self, outcome: Uuid) {
        self.outcome = Some(Ok(outcome.into()));
    }

    fn outcome(&self) -> Option<Uuid> {
        self.outcome.as_ref()?.as_ref().ok().map(|outcome| (*outcome).into())
    }

    fn answer(self: Box<Self>) {
        let outcome = self.outcome.unwrap_or_else(|| Err(engine("a change was not run").into()));
        // Nobody waits any more when the request was cut off; the change stands all the same.
        drop(self.send.send(outcome));
    }
}

/// Hands changes to the one thread that writes them.
pub(super) struct Writer {
    jobs: SyncSender<Box<dyn Job>>,
}

impl Writer {
    pub(super) fn start(line: Line) -> Result<Self, StoreError> {
        let (jobs, queue) = sync_channel::<Box<dyn Job>>(1024);
        let work = move || Turns { line, queue, next: None, company: 1 }.go_on();
        std::thread::Builder::new().name("writer".into()).spawn(work).map_err(engine)?;
        Ok(Self { jobs })
    }

    pub(super) async fn change<T, E, F>(&self, order: Order, act: F) -> Result<T, E>
    where
        T: Send + 'static + From<Uuid> + Into<Uuid> + Copy,
        E: From<StoreError> + Send + 'static,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, E> + Send + 'static,
    {
        let (send, answer) = oneshot::channel();
        let job: Box<dyn Job> = Box::new(Change { order, act, outcome: None, send });
        match self.jobs.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(job)) => {
                let jobs = self.jobs.clone();
                let sent = tokio::task::spawn_blocking(move || jobs.send(job).map_err(engine)).await.map_err(engine)?;
                sent?;
            }
            Err(TrySendError::Disconnected(_)) => return Err(engine("the writer has stopped").into()),
        }
        answer.await.map_err(engine)?
    }
}

/// The writer's own way to the engine.
pub(super) enum Line {
    Sqlite(Connection),
    Postgres(PgLine),
}

/// A connection that its own thread moves on.
pub(super) struct PgLine {
    pub pool: Arc<Pool>,
    pub program: tokio::runtime::Handle,
    pub runtime: Arc<Runtime>,
    pub conn: Option<PgConn>,
}

impl Line {
    /// As often is a change tried that the engine asks for again. SQLite has waited long enough when it says so.
    const fn tries(&self) -> u32 {
        match self {
            Self::Sqlite(_) => 1,
            Self::Postgres(_) => TRIES,
        }
    }

    /// Begins a transaction.
    fn begin(&mut self) -> Result<Conn<'_>, StoreError> {
        match self {
            Self::Sqlite(conn) => {
                conn.execute_batch("BEGIN IMMEDIATE")?;
                Ok(Conn::Sqlite(conn))
            }
            Self::Postgres(PgLine { pool, runtime, conn, .. }) => {
                let conn = match conn.take().filter(|conn| !conn.is_closed()) {
                    Some(open) => conn.insert(open),
                    None => conn.insert(runtime.block_on(pool.connect(Driver::Here(Arc::clone(runtime))))?),
                };
                conn.forget();
                let conn = Conn::Postgres(conn);
                conn.later("BEGIN")?;
                Ok(conn)
            }
        }
    }
}

/// How a group's transaction ended.
enum Ended {
    /// It is on disk, but for these, which the engine asks to do again.
    Written(BTreeSet<usize>),
    /// It could not begin; nobody ran.
    NotBegun(StoreError),
    /// Nothing of it is there.
    Undone(StoreError),
}

/// The thread's work: one group after another.
struct Turns {
    line: Line,
    queue: Receiver<Box<dyn Job>>,
    /// Came with the last group, but is of another office.
    next: Option<Box<dyn Job>>,
    /// As many were in the last group.
    company: usize,
}

impl Turns {
    fn go_on(mut self) {
        let program = match &self.line {
            Line::Sqlite(_) => None,
            Line::Postgres(line) => Some(line.program.clone()),
        };
        let _inside = program.as_ref().map(tokio::runtime::Handle::enter);
        while let Some(first) = self.next.take().or_else(|| self.queue.recv().ok()) {
            let group = self.gather(first);
            self.company = group.len();
            do_all(&mut self.line, group);
        }
    }

    /// Whoever waits by now joins, if it is of the same office.
    fn gather(&mut self, first: Box<dyn Job>) -> Jobs {
        let office = first.order().frame.office;
        let mut group = vec![first];
        let until = Instant::now() + COMPANY;
        while group.len() < GROUP {
            let job = match self.queue.try_recv() {
                Err(TryRecvError::Empty) if group.len() < self.company => {
                    self.queue.recv_timeout(until.saturating_duration_since(Instant::now())).ok()
                }
                other => other.ok(),
            };
            match job {
                Some(job) if job.order().frame.office == office => group.push(job),
                other => {
                    self.next = other;
                    break;
                }
            }
        }
        group
    }
}

/// Runs a group until each of it is answered.
fn do_all(line: &mut Line, mut group: Jobs) {
    let mut tries = 0;
    loop {
        tries += 1;
        let (error, begun) = match in_transaction(line, &mut group) {
            Ended::Written(again) => {
                for (at, job) in group.into_iter().enumerate() {
                    if again.contains(&at) { do_all(line, vec![job]) } else { job.answer() }
                }
                return;
            }
            Ended::NotBegun(error) => (error, false),
            Ended::Undone(error) => (error, true),
        };
        if matches!(error, StoreError::Retry(_)) && tries < line.tries() {
            std::thread::sleep(Duration::from_millis(5 << tries));
        } else if begun && group.len() > 1 {
            return group.into_iter().for_each(|job| do_all(line, vec![job]));
        } else {
            group.iter_mut().for_each(|job| job.fail(error.clone()));
            return group.into_iter().for_each(Job::answer);
        }
    }
}

/// Runs a group in one transaction.
fn in_transaction(line: &mut Line, group: &mut Jobs) -> Ended {
    let conn = match line.begin() {
        Ok(conn) => conn,
        Err(error) => return Ended::NotBegun(error),
    };
    let (desk, mut again) = (Desk::new(group.len() > 1), BTreeSet::new());
    let written = decide(conn, &desk, group, &mut again).and_then(|tx| match tx {
        Some(tx) => write_all(&tx).and_then(|()| conn.batch("COMMIT")),
        None => {
            conn.roll_back();
            Ok(())
        }
    });
    match written {
        Ok(()) => Ended::Written(again),
        Err(error) => {
            conn.roll_back();
            Ended::Undone(error)
        }
    }
}

/// What is known of keys: of which content, and what came of it.
type Known = HashMap<(UserId, Uuid), (Uuid, Uuid)>;

/// Runs one after the other. Answers with the transaction if anything is to be written in it.
fn decide<'a>(
    conn: Conn<'a>,
    desk: &'a Desk,
    group: &mut Jobs,
    again: &mut BTreeSet<usize>,
) -> Result<Option<ReadTx<'a>>, StoreError> {
    let Some(Frame { office, now, .. }) = group.first().map(|job| job.order().frame) else { return Ok(None) };
    let tx = |now| ReadTx::new(conn, office, now, desk);
    let mut known = look_ahead(&tx(now), group)?;
    // What is known before anybody decided stays known when one is refused.
    desk.accept();
    let mut any = false;
    for (at, job) in group.iter_mut().enumerate() {
        let Frame { user, now, key, .. } = job.order().frame;
        if let Some(key) = key
            && let Some((fingerprint, outcome)) = known.get(&(user, key.id))
        {
            if *fingerprint == key.fingerprint {
                job.repeat(*outcome)
            } else {
                job.fail(StoreError::KeyReused)
            }
            continue;
        }
        job.run(tx(now));
        match (end(conn, desk, job.outcome())?, job.outcome()) {
            (None, Some(outcome)) => {
                any = true;
                if let Some(Key { id, fingerprint }) = key {
                    desk.base.borrow_mut().keys.push(Acted { user, id, fingerprint, outcome, at: now });
                    known.insert((user, id), (fingerprint, outcome));
                }
            }
            (None, None) => {}
            (Some(error), _) => {
                if matches!(error, StoreError::Retry(_)) {
                    again.insert(at);
                }
                job.fail(error);
            }
        }
    }
    Ok(any.then(|| tx(now)))
}

/// Ends a change in its group: it stands, or only it goes back. Answers what the engine had against it.
fn end(conn: Conn<'_>, desk: &Desk, outcome: Option<Uuid>) -> Result<Option<StoreError>, StoreError> {
    let mut trouble = desk.trouble();
    if trouble.is_none() && outcome.is_some() {
        // What was kept unsent goes along: if it fails, the change fails, and its neighbours go on.
        trouble = if desk.saved.get() { conn.batch("RELEASE SAVEPOINT change").err() } else { None };
        if trouble.is_none() {
            desk.accept();
            return Ok(None);
        }
    }
    if desk.saved.get() {
        conn.back_to_savepoint()?;
    } else if let Some(error) = trouble {
        // What it left the engine in, nobody knows.
        return Err(error);
    }
    desk.drop_own();
    Ok(trouble)
}

/// Locks the book if it will be written, and reads at once what the group will ask for.
fn look_ahead(tx: &ReadTx<'_>, group: &Jobs) -> Result<Known, StoreError> {
    let keys: Vec<Value> = group.iter().filter_map(|job| Some(job.order().frame.key?.id.into())).collect();
    let ahead: Vec<Value> = group.iter().flat_map(|job| &job.order().ahead).map(|id| (*id).into()).collect();
    let mut asked = Vec::new();
    if group.iter().any(|job| job.order().books) {
        asked.push((&ledger::LOCK, Vec::new()));
    }
    if !keys.is_empty() {
        asked.push((&KNOWN_KEYS, keys));
    }
    // In pieces of as many as one statement asks for.
    asked.extend(ahead.chunks(GROUP).map(|some| (&promises::ONE, some.to_vec())));
    let mut known = Known::new();
    for ((sql, _), rows) in asked.iter().zip(tx.aside_together(&asked)?) {
        match sql.name {
            name if name == KNOWN_KEYS.name => {
                known.extend(rows.into_iter().map(acted).collect::<Result<Vec<_>, _>>()?)
            }
            name if name == ledger::LOCK.name => ledger::locked(tx, rows)?,
            _ => promises::looked_ahead(tx, rows)?,
        }
    }
    Ok(known)
}
