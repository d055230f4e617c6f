// SPDX-License-Identifier: EUPL-1.2
//! PostgreSQL's one writer of the book: changes that wait are written in one transaction, each in its own savepoint.
//! Many at once on a few hot pots would only wait for each other; in turn they share the way to the disk.

use super::StoreError;
use super::postgres::{Driver, PgConn, Pool, TRIES, engine};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::oneshot;

/// As many changes share one transaction, if they are waiting.
const GROUP: usize = 64;

/// A change that waits for its turn.
trait Job: Send {
    /// Runs it inside its savepoint; answers whether it must be run again.
    fn attempt(&mut self, conn: &PgConn) -> bool;
    /// Tells whoever waits how it ended.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Change<T, E, F> {
    act: F,
    outcome: Option<Result<T, E>>,
    send: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Change<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: Fn(&PgConn, &Cell<bool>) -> Result<T, E> + Send,
{
    fn attempt(&mut self, conn: &PgConn) -> bool {
        let retry = Cell::new(false);
        let noting = |error: StoreError| {
            retry.set(retry.get() || matches!(error, StoreError::Retry(_)));
            E::from(error)
        };
        // A panic in one change must not take its neighbours in the group along.
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.act)(conn, &retry)));
        let outcome = outcome.unwrap_or_else(|_| Err(engine("a change panicked").into()));
        // The savepoint stands before the change, and again behind it for the next one.
        let back = "ROLLBACK TO SAVEPOINT change";
        self.outcome = Some(match outcome {
            // What was kept unsent goes with the release: if it fails, the change fails, and its neighbours go on.
            Ok(done) => match conn.batch("RELEASE SAVEPOINT change; SAVEPOINT change") {
                Ok(()) => Ok(done),
                Err(error) => conn.batch(back).map_err(noting).and(Err(noting(error))),
            },
            Err(error) => {
                conn.forget();
                conn.batch(back).map_err(noting).and(Err(error))
            }
        });
        retry.get()
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let outcome = self.outcome.unwrap_or_else(|| Err(engine("a change was not run").into()));
        // Nobody waits any more when the request was cut off; the change stands all the same.
        drop(self.send.send(committed.map_err(E::from).and(outcome)));
    }
}

/// Hands changes to the one thread that writes them.
pub(super) struct Writer {
    jobs: mpsc::SyncSender<Box<dyn Job>>,
}

impl Writer {
    pub(super) fn start(pool: Arc<Pool>) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::sync_channel::<Box<dyn Job>>(1024);
        let program = Handle::current();
        let runtime = Arc::new(Builder::new_current_thread().enable_all().build().map_err(engine)?);
        let work = move || {
            let _inside = program.enter();
            write_loop(&Line { pool, runtime }, &queue);
        };
        std::thread::Builder::new().name("postgres-writer".into()).spawn(work).map_err(engine)?;
        Ok(Self { jobs })
    }

    pub(super) async fn change<T, E, F>(&self, act: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&PgConn, &Cell<bool>) -> Result<T, E> + Send + 'static,
    {
        let (send, answer) = oneshot::channel();
        let job: Box<dyn Job> = Box::new(Change { act, outcome: None, send });
        match self.jobs.try_send(job) {
            Ok(()) => {}
            Err(mpsc::TrySendError::Full(job)) => {
                let jobs = self.jobs.clone();
                let sent = tokio::task::spawn_blocking(move || jobs.send(job).map_err(engine)).await.map_err(engine)?;
                sent?;
            }
            Err(mpsc::TrySendError::Disconnected(_)) => return Err(engine("the writer has stopped").into()),
        }
        answer.await.map_err(engine)?
    }
}

/// The writer's way to the server, moved on by its own thread.
struct Line {
    pool: Arc<Pool>,
    runtime: Arc<Runtime>,
}

impl Line {
    fn open(&self, conn: &mut Option<PgConn>) -> Result<(), StoreError> {
        if conn.as_ref().is_none_or(PgConn::is_closed) {
            *conn = Some(self.runtime.block_on(self.pool.connect(Driver::Here(Arc::clone(&self.runtime))))?);
        }
        Ok(())
    }
}

fn write_loop(line: &Line, queue: &mpsc::Receiver<Box<dyn Job>>) {
    let mut conn = None;
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        let mut tries = 0;
        while !group.is_empty() {
            tries += 1;
            // Whoever waits by now joins, but not a group that is being tried again.
            while tries == 1
                && group.len() < GROUP
                && let Ok(job) = queue.try_recv()
            {
                group.push(job);
            }
            group = run(line, &mut conn, group, tries >= TRIES);
            if !group.is_empty() {
                std::thread::sleep(Duration::from_millis(5 << tries));
            }
        }
    }
}

/// Runs a group in one transaction; answers those that must be run again.
fn run(line: &Line, conn: &mut Option<PgConn>, mut group: Vec<Box<dyn Job>>, last: bool) -> Vec<Box<dyn Job>> {
    let (committed, again) = match (line.open(conn), &conn) {
        (Ok(()), Some(conn)) => in_transaction(conn, &mut group),
        (opened, _) => (opened.and(Err(engine("no connection"))), Vec::new()),
    };
    if committed.is_err() {
        // Nobody knows what such a connection still has to say.
        *conn = None;
    }
    // What was not committed was not done, by nobody of the group.
    let all_again = matches!(committed, Err(StoreError::Retry(_))) && !last;
    let mut waiting = Vec::new();
    for (n, job) in group.into_iter().enumerate() {
        if !last && (all_again || again.contains(&n)) {
            waiting.push(job);
        } else {
            job.answer(committed.clone());
        }
    }
    waiting
}

fn in_transaction(conn: &PgConn, group: &mut [Box<dyn Job>]) -> (Result<(), StoreError>, Vec<usize>) {
    if let Err(error) = conn.batch("BEGIN; SAVEPOINT change") {
        return (Err(error), Vec::new());
    }
    let mut again = Vec::new();
    for (n, job) in group.iter_mut().enumerate() {
        if job.attempt(conn) {
            again.push(n);
        }
        if conn.is_closed() {
            // Nothing of this group reached the disk.
            return (Err(StoreError::Retry("the connection ended".into())), Vec::new());
        }
    }
    let committed = conn.batch("COMMIT");
    (committed, again)
}
