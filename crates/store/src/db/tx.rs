// SPDX-License-Identifier: EUPL-1.2
//! Transactions: [`ReadTx`] may read; [`WriteTx`] comes only from a grant and ends only in a deed.

use super::postgres::PgConn;
use super::sql::numbered;
use super::{Sql, StoreError, Value};
use crate::audit;
use crate::row::Row;
use crate::sight::RowSight;
use domain::access::{Action, Grant};
use domain::audit::Deed;
use domain::kernel::{Moment, OfficeId};
use std::cell::{Cell, RefCell};
use std::ops::Deref;

#[derive(Clone, Copy)]
pub(super) enum Conn<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a PgConn),
}

/// Reads one consistent state of one office.
pub struct ReadTx<'a> {
    conn: Conn<'a>,
    office: OfficeId,
    now: Moment,
    retry: &'a Cell<bool>,
}

impl<'a> ReadTx<'a> {
    pub(super) fn new(conn: Conn<'a>, office: OfficeId, now: Moment, retry: &'a Cell<bool>) -> Self {
        Self { conn, office, now, retry }
    }

    /// The office whose rows are seen.
    #[must_use]
    pub fn office(&self) -> OfficeId {
        self.office
    }

    /// All rows of a statement. `$1` is the office, `params` start at `$2`.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn rows(&self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let params = self.with_office(params);
        self.noting_retries(match &self.conn {
            Conn::Sqlite(conn) => sqlite_rows(conn, sql.sqlite(), &params),
            Conn::Postgres(conn) => conn.rows(sql.text(), &params),
        })
    }

    /// All rows of a statement that the reader may see: `{sight}` in the text becomes the policy's predicate.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn rows_in_sight(&self, sql: &'static Sql, params: &[Value], sight: &RowSight) -> Result<Vec<Row>, StoreError> {
        let mut params = self.with_office(params);
        let text = sight.put_into(sql.text(), &mut params);
        self.noting_retries(match &self.conn {
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

    pub(super) fn execute(&self, sql: &'static Sql, params: &[Value]) -> Result<u64, StoreError> {
        let params = self.with_office(params);
        self.noting_retries(match &self.conn {
            Conn::Sqlite(conn) => sqlite_execute(conn, sql.sqlite(), &params),
            Conn::Postgres(conn) => conn.execute(sql.text(), &params),
        })
    }

    pub(super) fn execute_all(&self, all: Vec<(&'static Sql, Vec<Value>)>) -> Result<(), StoreError> {
        let all = all.into_iter().map(|(sql, params)| (sql, self.with_office(&params)));
        self.noting_retries(match &self.conn {
            Conn::Sqlite(conn) => {
                let mut all = all;
                all.try_for_each(|(sql, params)| sqlite_execute(conn, sql.sqlite(), &params).map(|_| ()))
            }
            Conn::Postgres(conn) => {
                conn.execute_all(&all.map(|(sql, params)| (sql.text(), params)).collect::<Vec<_>>())
            }
        })
    }

    fn with_office(&self, params: &[Value]) -> Vec<Value> {
        let mut all = Vec::with_capacity(params.len() + 1);
        all.push(self.office.into());
        all.extend_from_slice(params);
        all
    }

    fn noting_retries<T>(&self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::Retry(_)) = outcome {
            self.retry.set(true);
        }
        outcome
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

    /// Ends the change: writes the audit entries. Only this makes a [`Done`].
    ///
    /// # Errors
    /// When the audit entry cannot be written; then nothing is.
    pub fn commit<T>(self, deed: Deed, outcome: T) -> Result<Done<T>, StoreError> {
        let mut deeds = self.deeds.take();
        deeds.push(deed);
        for deed in &deeds {
            audit::append(&self, &self.grant, deed, self.now)?;
        }
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
