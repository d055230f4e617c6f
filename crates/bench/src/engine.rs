// SPDX-License-Identifier: EUPL-1.2
//! What disk and engine can do without us: a flush, and one row a commit.

use crate::Outcome;
use crate::load::{Round, spread};
use rusqlite::Connection;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// Writes a page and flushes it, again and again.
pub fn flushes(dir: &Path, time: Duration) -> Outcome<Round> {
    let path = dir.join("flush");
    let mut file = File::create(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut each = Vec::new();
    let start = Instant::now();
    while start.elapsed() < time {
        let begin = Instant::now();
        file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).map_err(|e| e.to_string())?;
        each.push(begin.elapsed());
    }
    Ok(Round { per_second: each.len() as f64 / start.elapsed().as_secs_f64(), ..spread(each) })
}

/// A database as durable as ours.
pub fn open(file: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open(file)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    Ok(conn)
}

/// One row a commit, one after another.
pub fn commits(dir: &Path, time: Duration) -> Outcome<Round> {
    commit_rows(&dir.join("raw.sqlite"), time).map_err(|e| e.to_string())
}

fn commit_rows(file: &Path, time: Duration) -> rusqlite::Result<Round> {
    let conn = open(file)?;
    conn.execute_batch("CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")?;
    let mut insert = conn.prepare("INSERT INTO entry (words) VALUES (?1)")?;
    let words = "x".repeat(200);
    let mut each = Vec::new();
    let start = Instant::now();
    while start.elapsed() < time {
        let begin = Instant::now();
        insert.execute([&words])?;
        each.push(begin.elapsed());
    }
    Ok(Round { per_second: each.len() as f64 / start.elapsed().as_secs_f64(), ..spread(each) })
}
