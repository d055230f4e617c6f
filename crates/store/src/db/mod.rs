// SPDX-License-Identifier: EUPL-1.2
//! The only room that knows two engines: embedded SQLite and PostgreSQL, one SQL text for both.
//!
//! In every statement `$1` is the office; transactions put it there themselves, so that no statement
//! can be run across offices. Timestamps are milliseconds, days ISO text, ids UUIDs of the program.

pub(crate) mod change;
mod desk;
mod error;
mod migrate;
mod postgres;
mod sql;
mod sqlite;
mod tx;
mod value;
mod writer;

pub use change::{Frame, Key};
pub(crate) use desk::Head;
pub use error::StoreError;
pub use migrate::{MIGRATIONS, Migration, for_postgres, for_sqlite};
pub use sql::Sql;
pub use tx::{Done, ReadTx, WriteTx};
pub use value::Value;

use domain::kernel::{OfficeId, PromiseId};
use std::path::Path;
use std::sync::Arc;
use writer::Order;

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
}

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Db {
    /// Opens (and if needed creates) the office's one SQLite file and applies the migrations.
    ///
    /// # Errors
    /// When the file cannot be opened, does not keep its durability settings, or has foreign migrations.
    pub fn open_sqlite(file: &Path) -> Result<Self, StoreError> {
        Ok(Self { engine: Arc::new(Engine::Sqlite(sqlite::Sqlite::open(file)?)) })
    }

    /// Connects to PostgreSQL 15 or newer and applies the migrations.
    ///
    /// # Errors
    /// When the server cannot be reached or has foreign migrations.
    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        Ok(Self { engine: Arc::new(Engine::Postgres(postgres::Postgres::open(url).await?)) })
    }

    /// Reads in one snapshot.
    ///
    /// # Errors
    /// Whatever the closure returns, and [`StoreError`] when the engine fails.
    pub async fn read<T, E, F>(&self, office: OfficeId, read: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, E> + Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(office, read).await,
            Engine::Postgres(postgres) => postgres.read(office, read).await,
        }
    }

    /// Reads rows by key, as [`Db::read`] does, but embedded without leaving the thread. Only for what is bounded
    /// and short: nobody else is served on this thread meanwhile.
    ///
    /// # Errors
    /// Whatever the closure returns, and [`StoreError`] when the engine fails.
    pub async fn glance<T, E, F>(&self, office: OfficeId, read: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, E> + Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.glance(office, read).await,
            Engine::Postgres(postgres) => postgres.read(office, read).await,
        }
    }

    /// Changes something: the closure loads, asks the policy, decides, writes and commits with a deed.
    /// It may run several times and must not have other effects. A known idempotency key answers with
    /// the first outcome and changes nothing.
    ///
    /// # Errors
    /// Whatever the closure returns, and [`StoreError`] when the engine fails.
    pub async fn change<T, E, F>(&self, frame: Frame, act: F) -> Result<T, E>
    where
        T: Send + 'static + From<uuid::Uuid> + Into<uuid::Uuid> + Copy,
        E: From<StoreError> + Send + 'static,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, E> + Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(sqlite) => {
                let order = Order { frame, books: false, ahead: Vec::new() };
                sqlite.writer().change(order, act).await
            }
            Engine::Postgres(postgres) => postgres.change(frame, act).await,
        }
    }

    /// Changes the book of money as [`Db::change`] does, in turn with all others that do so here: those that wait share
    /// one transaction, its statements and one flush. What it will ask for is read `ahead` for all of them at once.
    ///
    /// # Errors
    /// As [`Db::change`].
    pub async fn change_together<T, E, F>(&self, frame: Frame, ahead: Vec<PromiseId>, act: F) -> Result<T, E>
    where
        T: Send + 'static + From<uuid::Uuid> + Into<uuid::Uuid> + Copy,
        E: From<StoreError> + Send + 'static,
        F: Fn(ReadTx<'_>) -> Result<Done<T>, E> + Send + 'static,
    {
        let writer = match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.writer(),
            Engine::Postgres(postgres) => postgres.writer(),
        };
        writer.change(Order { frame, books: true, ahead }, act).await
    }

    /// After something was erased: leaves no earlier state of its pages in the journal. PostgreSQL overwrites dead rows
    /// by itself (autovacuum).
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn settle(&self) -> Result<(), StoreError> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.settle().await,
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// Prepares a text as the engine would, without running it; for the test that prepares everything.
    ///
    /// # Errors
    /// The engine's own words about the text.
    pub async fn prepare(&self, text: &str) -> Result<(), StoreError> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.prepare(text),
            Engine::Postgres(postgres) => postgres.prepare(text).await,
        }
    }

    /// Settings as the engine reports them, for `serve` to print and tests to compare.
    #[must_use]
    pub fn settings(&self) -> String {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.settings().to_owned(),
            Engine::Postgres(_) => "PostgreSQL".to_owned(),
        }
    }
}
