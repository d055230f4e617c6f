// SPDX-License-Identifier: EUPL-1.2
//! Embedded SQLite: the writer's connection, a few readers with snapshots.

use super::desk::Desk;
use super::postgres::engine;
use super::tx::Conn;
use super::writer::{Line, Writer};
use super::{ReadTx, StoreError, migrate};
use domain::kernel::{Moment, OfficeId};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

const READERS: usize = 4;

pub(super) struct Sqlite {
    writer: Writer,
    readers: Arc<Readers>,
    settings: String,
}

struct Readers {
    file: PathBuf,
    free: Mutex<Vec<Connection>>,
    places: Semaphore,
}

impl Sqlite {
    pub(super) fn open(file: &Path) -> Result<Self, StoreError> {
        let mut conn = Connection::open(file)?;
        let settings = configure(&conn)?;
        migrate::sqlite(&mut conn)?;
        let writer = Writer::start(Line::Sqlite(conn))?;
        let readers =
            Arc::new(Readers { file: file.to_owned(), free: Mutex::new(Vec::new()), places: Semaphore::new(READERS) });
        Ok(Self { writer, readers, settings })
    }

    pub(super) fn settings(&self) -> &str {
        &self.settings
    }

    pub(super) fn prepare(&self, text: &str) -> Result<(), StoreError> {
        let conn = self.readers.open()?;
        conn.prepare(&super::sql::numbered(text))?;
        Ok(())
    }

    pub(super) async fn read<T, E, F>(&self, office: OfficeId, read: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: Fn(&ReadTx<'_>) -> Result<T, E> + Send + 'static,
    {
        let readers = Arc::clone(&self.readers);
        let place = self.readers.places.acquire().await.map_err(engine)?;
        let task = tokio::task::spawn_blocking(move || readers.read(office, read));
        let outcome = task.await.map_err(engine)?;
        drop(place);
        outcome
    }

    /// The same on the spot, without the way to another thread and back, which costs more than a few rows by key.
    pub(super) async fn glance<T, E, F>(&self, office: OfficeId, read: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: Fn(&ReadTx<'_>) -> Result<T, E>,
    {
        let place = self.readers.places.acquire().await.map_err(engine)?;
        let outcome = self.readers.read(office, read);
        drop(place);
        outcome
    }

    /// Moves what was written out of the journal, where pages stand as they were before.
    pub(super) async fn settle(&self) -> Result<(), StoreError> {
        let readers = Arc::clone(&self.readers);
        let task = tokio::task::spawn_blocking(move || {
            let conn = readers.take()?;
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            readers.put(conn);
            Ok(())
        });
        task.await.map_err(engine)?
    }

    /// The one that writes.
    pub(super) fn writer(&self) -> &Writer {
        &self.writer
    }
}

/// Keeps a statement's plan for all values: without this SQLite plans again at each new parameter, which took
/// more than half of a page's time.
fn keep_plans(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(512);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// Sets what durability needs and reads it back: a setting that did not take is an error, not a surprise.
fn configure(conn: &Connection) -> Result<String, StoreError> {
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    keep_plans(conn)?;
    begin_wal(conn)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", "ON")?;
    // What is erased is overwritten, not only unlinked (Art. 17 DSGVO).
    conn.pragma_update(None, "secure_delete", "ON")?;
    let journal: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    let synchronous: i64 = conn.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    let foreign_keys: i64 = conn.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
    let settings = format!("SQLite, journal_mode={journal}, synchronous={synchronous}, foreign_keys={foreign_keys}");
    if (journal.as_str(), synchronous, foreign_keys) != ("wal", 2, 1) {
        return Err(StoreError::Engine(format!("settings did not take: {settings}")));
    }
    Ok(settings)
}

/// Turning a new file to WAL needs it alone, and SQLite does not wait for that by itself: whoever else is
/// opening it at the same moment is let through first.
fn begin_wal(conn: &Connection) -> Result<(), StoreError> {
    for _ in 0..100 {
        match conn.pragma_update(None, "journal_mode", "WAL").map_err(StoreError::from) {
            Err(StoreError::Retry(_)) => std::thread::sleep(std::time::Duration::from_millis(50)),
            other => return other,
        }
    }
    Err(StoreError::Engine("the file is held by another program".into()))
}

impl Readers {
    /// Reads in one snapshot.
    fn read<T, E: From<StoreError>>(
        &self,
        office: OfficeId,
        read: impl Fn(&ReadTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let conn = self.take()?;
        conn.execute_batch("BEGIN").map_err(StoreError::from)?;
        let outcome = read(&ReadTx::new(Conn::Sqlite(&conn), office, Moment(0), &Desk::default()));
        conn.execute_batch("ROLLBACK").map_err(StoreError::from)?;
        self.put(conn);
        outcome
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let free = self.free.lock().map_err(engine)?.pop();
        free.map_or_else(|| self.open(), Ok)
    }

    fn put(&self, conn: Connection) {
        if let Ok(mut free) = self.free.lock() {
            free.push(conn);
        }
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.file, flags)?;
        conn.busy_timeout(std::time::Duration::from_secs(5))?;
        keep_plans(&conn)?;
        conn.pragma_update(None, "query_only", "ON")?;
        Ok(conn)
    }
}
