// SPDX-License-Identifier: EUPL-1.2
//! Transactions: [`ReadTx`] may read; [`WriteTx`] comes only from a grant and ends only in a deed.

use super::desk::Desk;
use super::postgres::PgConn;
use super::sql::WIDEST;
use super::sql::numbered;
use super::{Sql, StoreError, Value};
use crate::audit;
use crate::row::Row;
use crate::sight::RowSight;
use domain::access::{Action, Grant};
use domain::audit::Deed;
use domain::kernel::{Moment, OfficeId};
use std::cell::RefCell;
use std::ops::Deref;

#[derive(Clone, Copy)]
pub(super) enum Conn<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a PgConn),
}

impl Conn<'_> {
    /// Runs texts without parameters and waits for the end.
    pub(super) fn batch(self, text: &str) -> Result<(), StoreError> {
        match self {
            Conn::Sqlite(conn) => Ok(conn.execute_batch(text)?),
            Conn::Postgres(conn) => conn.batch(text),
        }
    }

    /// Runs a text without parameters, on PostgreSQL together with the next that is asked for an answer.
    pub(super) fn later(self, text: &str) -> Result<(), StoreError> {
        match self {
            Conn::Sqlite(conn) => Ok(conn.execute_batch(text)?),
            Conn::Postgres(conn) => conn.execute_later(text, Vec::new()),
        }
    }

    /// Takes back what was done since the savepoint, which then is gone.
    pub(super) fn back_to_savepoint(self) -> Result<(), StoreError> {
        const BACK: &str = "ROLLBACK TO SAVEPOINT change; RELEASE SAVEPOINT change";
        match self {
            Conn::Sqlite(conn) => Ok(conn.execute_batch(BACK)?),
            Conn::Postgres(conn) => conn.batch_whatever_was_before(BACK),
        }
    }

    /// Takes back the whole transaction.
    pub(super) fn roll_back(self) {
        match self {
            // A grave error (disk full) has ended it already.
            Conn::Sqlite(conn) if conn.is_autocommit() => {}
            Conn::Sqlite(conn) => drop(conn.execute_batch("ROLLBACK")),
            Conn::Postgres(conn) => conn.roll_back(),
        }
    }

    fn execute_later(self, (sqlite, postgres): (&str, &str), params: Vec<Value>) -> Result<(), StoreError> {
        match self {
            Conn::Sqlite(conn) => sqlite_execute(conn, sqlite, &params).map(drop),
            Conn::Postgres(conn) => conn.execute_later(postgres, params),
        }
    }
}

/// Reads one consistent state of one office.
pub struct ReadTx<'a> {
    conn: Conn<'a>,
    office: OfficeId,
    now: Moment,
    desk: &'a Desk,
}

impl<'a> ReadTx<'a> {
    pub(super) fn new(conn: Conn<'a>, office: OfficeId, now: Moment, desk: &'a Desk) -> Self {
        Self { conn, office, now, desk }
    }

    /// The office whose rows are seen.
    #[must_use]
    pub fn office(&self) -> OfficeId {
        self.office
    }

    /// What is decided in this transaction and not written yet.
    pub(crate) fn desk(&self) -> &'a Desk {
        self.desk
    }

    /// All rows of a statement. `$1` is the office, `params` start at `$2`.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn rows(&self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.write_before(sql.changes())?;
        self.aside(sql, params)
    }

    /// All rows of a statement that the reader may see: `{sight}` in the text becomes the policy's predicate.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn rows_in_sight(&self, sql: &'static Sql, params: &[Value], sight: &RowSight) -> Result<Vec<Row>, StoreError> {
        self.write_before(sql.changes())?;
        told(sql);
        let mut params = self.with_office(params);
        let text = sight.put_into(sql.text(), &mut params);
        self.noting(match &self.conn {
            Conn::Sqlite(conn) => sqlite_rows(conn, &numbered(&text), &params),
            Conn::Postgres(conn) => conn.rows(&text, &params),
        })
    }

    /// The row of a statement, if there is one.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn one(&self, sql: &'static Sql, params: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, params)?.into_iter().next())
    }

    /// Turns reading into writing: the policy said yes.
    #[must_use]
    pub fn allow(self, grant: Grant) -> WriteTx<'a> {
        WriteTx { read: self, grant, deeds: RefCell::new(Vec::new()) }
    }

    /// All rows of a statement that no unwritten row can change.
    pub(crate) fn aside(&self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        told(sql);
        let params = self.with_office(params);
        self.noting(match &self.conn {
            Conn::Sqlite(conn) => sqlite_rows(conn, sql.sqlite(), &params),
            Conn::Postgres(conn) => conn.rows(sql.text(), &params),
        })
    }

    /// The rows of several statements as [`ReadTx::aside`], asked on one way; run in their order. Those of more than
    /// one value ask for all of them.
    pub(super) fn aside_together(&self, all: &[(&'static Sql, Vec<Value>)]) -> Result<Vec<Vec<Row>>, StoreError> {
        let wide = |(sql, params): &(&'static Sql, Vec<Value>)| {
            let mut params = params.clone();
            let (count, power) = (params.len().max(1), params.len().max(1).next_power_of_two().ilog2() as usize);
            // Asking twice for the same answers once.
            params.extend(params.last().cloned().into_iter().cycle().take((1 << power) - count));
            (sql.texts(power), self.with_office(&params))
        };
        all.iter().for_each(|(sql, _)| told(sql));
        let all: Vec<_> = all.iter().map(wide).collect();
        self.noting(match &self.conn {
            Conn::Sqlite(conn) => all.iter().map(|((lite, _), params)| sqlite_rows(conn, lite, params)).collect(),
            Conn::Postgres(conn) => {
                conn.rows_together(&all.iter().map(|((_, pg), params)| (*pg, &params[..])).collect::<Vec<_>>())
            }
        })
    }

    /// Puts rows into a table, many a statement; errors may come later, but before the change counts.
    pub(crate) fn put_all(&self, sql: &'static Sql, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
        let mut rows = rows.into_iter();
        while rows.len() > 0 {
            told(sql);
            let power = (rows.len().ilog2() as usize).min(WIDEST);
            let params = std::iter::once(self.office.into()).chain(rows.by_ref().take(1 << power).flatten()).collect();
            self.noting(self.conn.execute_later(sql.texts(power), params))?;
        }
        Ok(())
    }

    /// A statement that may see or change anything: what it could see is written before it; and before the change
    /// writes anything, a place is marked to which it alone can go back.
    fn write_before(&self, writes: bool) -> Result<(), StoreError> {
        let before = self.desk.base.borrow_mut().book.take_unwritten();
        before.map_or(Ok(()), |sheet| sheet.write(self))?;
        let own = self.desk.own.borrow_mut().book.take_unwritten();
        if (writes || own.is_some()) && self.desk.wants_savepoint() {
            self.noting(self.conn.later("SAVEPOINT change"))?;
        }
        if writes {
            self.desk.own.borrow_mut().book.wrote_past();
        }
        own.map_or(Ok(()), |sheet| sheet.write(self))
    }

    pub(super) fn execute(&self, sql: &'static Sql, params: &[Value]) -> Result<u64, StoreError> {
        self.write_before(true)?;
        self.execute_aside(sql, params)
    }

    /// Runs a changing statement that no unwritten row has to do with.
    pub(crate) fn execute_aside(&self, sql: &'static Sql, params: &[Value]) -> Result<u64, StoreError> {
        told(sql);
        let params = self.with_office(params);
        self.noting(match &self.conn {
            Conn::Sqlite(conn) => sqlite_execute(conn, sql.sqlite(), &params),
            Conn::Postgres(conn) => conn.execute(sql.text(), &params),
        })
    }

    pub(super) fn execute_all(&self, all: Vec<(&'static Sql, Vec<Value>)>) -> Result<(), StoreError> {
        self.write_before(true)?;
        all.iter().for_each(|(sql, _)| told(sql));
        let mut all = all.into_iter().map(|(sql, params)| (sql, self.with_office(&params)));
        self.noting(all.try_for_each(|(sql, params)| self.conn.execute_later(sql.texts(0), params)))
    }

    fn with_office(&self, params: &[Value]) -> Vec<Value> {
        let mut all = Vec::with_capacity(params.len() + 1);
        all.push(self.office.into());
        all.extend_from_slice(params);
        all
    }

    fn noting<T>(&self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        outcome.inspect_err(|error| self.desk.note(error))
    }
}

/// Writes, for one grant; whatever is written is rolled back unless it ends in [`WriteTx::commit`].
pub struct WriteTx<'a> {
    read: ReadTx<'a>,
    grant: Grant,
    deeds: RefCell<Vec<Deed>>,
}

impl<'a> Deref for WriteTx<'a> {
    type Target = ReadTx<'a>;
    fn deref(&self) -> &Self::Target {
        &self.read
    }
}

impl WriteTx<'_> {
    /// Runs a changing statement; answers how many rows it touched.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn run(&self, sql: &'static Sql, params: &[Value]) -> Result<u64, StoreError> {
        self.read.execute(sql, params)
    }

    /// Runs several changing statements in their order; on PostgreSQL they go there together with the next one that is
    /// asked for an answer. For those of which nobody asks how many rows they touched: an error may come later, but
    /// always before the change counts.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn run_all(&self, all: Vec<(&'static Sql, Vec<Value>)>) -> Result<(), StoreError> {
        self.read.execute_all(all)
    }

    /// Another deed in the same breath, audited before the final one.
    pub fn also(&self, deed: Deed) {
        self.deeds.borrow_mut().push(deed);
    }

    /// Ends the change: its deeds go to the audit chain, in the same transaction; if they cannot be written, nothing is.
    /// Only this makes a [`Done`].
    ///
    /// # Errors
    /// None of its own; the change's are passed on as they are.
    pub fn commit<T>(self, deed: Deed, outcome: T) -> Result<Done<T>, StoreError> {
        let mut deeds = self.deeds.take();
        deeds.push(deed);
        let entries = deeds.iter().map(|deed| audit::Entry::new(&self.grant, deed, self.now));
        self.desk.own.borrow_mut().log.extend(entries);
        Ok(Done { outcome })
    }

    /// Ends a change of something that is the person's alone and no deed: a draft as it is being typed.
    /// Logging every pause in typing would watch people at work (N23).
    ///
    /// # Errors
    /// When the grant is for anything else than one's own.
    pub fn commit_own<T>(self, outcome: T) -> Result<Done<T>, StoreError> {
        if self.grant.action() != Action::KeepOwn || !self.deeds.borrow().is_empty() {
            return Err(StoreError::Engine("only one's own can be kept without a deed".into()));
        }
        Ok(Done { outcome })
    }

    /// The moment of this change.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.read.now
    }

    /// On whose grant.
    #[must_use]
    pub fn grant(&self) -> &Grant {
        &self.grant
    }
}

/// Proof that a change was written together with its audit entry.
pub struct Done<T> {
    pub(super) outcome: T,
}

/// Says which statement is asked, to whoever listens (`store::statement=trace`): tests count them. No values.
fn told(sql: &'static Sql) {
    tracing::trace!(target: "store::statement", name = sql.name);
}

fn sqlite_rows(conn: &rusqlite::Connection, text: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
    let mut statement = conn.prepare_cached(text)?;
    let width = statement.column_count();
    let mut found = statement.query(rusqlite::params_from_iter(params))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let values = (0..width).map(|i| row.get_ref(i).map(Value::from_sqlite)).collect::<Result<_, _>>()?;
        rows.push(Row::new(values));
    }
    Ok(rows)
}

fn sqlite_execute(conn: &rusqlite::Connection, text: &str, params: &[Value]) -> Result<u64, StoreError> {
    let changed = conn.prepare_cached(text)?.execute(rusqlite::params_from_iter(params))?;
    Ok(changed as u64)
}
