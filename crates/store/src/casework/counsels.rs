// SPDX-License-Identifier: EUPL-1.2
//! Counselling of children without their parents' knowledge. No statement here knows a case, and each asks whose it is.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::NewCounsel;
use domain::kernel::{CounselId, Day, Note, UserId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO counsel (office_id, id, worker_id, child, begun_on, why_silent) VALUES ($1, $2, $3, $4, $5, $6)";
    INSERT_ENTRY = "INSERT INTO counsel_entry (office_id, id, counsel_id, on_day, words) VALUES ($1, $2, $3, $4, $5)";
    OF_WORKER = "SELECT id, child, begun_on, why_silent, ended_on, delete_on FROM counsel WHERE office_id = $1 AND worker_id = $2 ORDER BY id DESC LIMIT $3";
    ONE = "SELECT id, child, begun_on, why_silent, ended_on, delete_on FROM counsel WHERE office_id = $1 AND id = $2 AND worker_id = $3";
    ENTRIES = "SELECT e.on_day, e.words FROM counsel c JOIN counsel_entry e ON e.office_id = c.office_id AND e.counsel_id = c.id
               WHERE c.office_id = $1 AND c.id = $2 AND c.worker_id = $3 ORDER BY e.on_day, e.id LIMIT 200";
    END = "UPDATE counsel SET ended_on = $3, delete_on = $4 WHERE office_id = $1 AND id = $2 AND ended_on IS NULL";
    RESUME = "UPDATE counsel SET ended_on = NULL, delete_on = NULL WHERE office_id = $1 AND id = $2 AND worker_id = $3 AND ended_on IS NOT NULL";
    OVER = "SELECT id FROM counsel WHERE office_id = $1 AND delete_on <= $2 ORDER BY delete_on, id LIMIT 100";
    FORGET_ENTRIES = "DELETE FROM counsel_entry WHERE office_id = $1 AND counsel_id = $2";
    FORGET = "DELETE FROM counsel WHERE office_id = $1 AND id = $2 AND delete_on <= $3";
}

/// Keeps the beginning of counselling.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: CounselId, new: &NewCounsel) -> Result<(), StoreError> {
    let params: [Value; 5] = [
        id.into(),
        tx.grant().user().into(),
        new.child.as_str().into(),
        new.begun_on.into(),
        new.why_silent.as_str().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Keeps a talk.
///
/// # Errors
/// When the engine fails.
pub fn insert_entry(tx: &WriteTx<'_>, id: Uuid, counsel: CounselId, on: Day, words: &Note) -> Result<(), StoreError> {
    tx.run(&INSERT_ENTRY, &[id.into(), counsel.into(), on.into(), words.as_str().into()]).map(|_| ())
}

/// Counselling as its worker sees it.
#[derive(Clone)]
pub struct CounselView {
    /// Id.
    pub id: CounselId,
    /// As the child wants to be called.
    pub child: String,
    /// Since.
    pub begun_on: Day,
    /// Why the parents are not told.
    pub why_silent: String,
    /// Until.
    pub ended_on: Option<Day>,
    /// What it holds is deleted on.
    pub delete_on: Option<Day>,
}

/// Who is counselled never reaches a log line.
impl std::fmt::Debug for CounselView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CounselView({})", self.id)
    }
}

fn view(row: crate::row::Row) -> Result<CounselView, StoreError> {
    let mut row = row.read("counsel");
    Ok(CounselView {
        id: row.id()?,
        child: row.text()?,
        begun_on: row.day()?,
        why_silent: row.text()?,
        ended_on: row.maybe_day()?,
        delete_on: row.maybe_day()?,
    })
}

/// A worker's own, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_worker(tx: &ReadTx<'_>, worker: UserId, limit: i64) -> Result<Vec<CounselView>, StoreError> {
    tx.rows(&OF_WORKER, &[worker.into(), limit.into()])?.into_iter().map(view).collect()
}

/// One of a worker's own.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: CounselId, worker: UserId) -> Result<Option<CounselView>, StoreError> {
    tx.one(&ONE, &[id.into(), worker.into()])?.map(view).transpose()
}

/// The talks, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn entries(tx: &ReadTx<'_>, id: CounselId, worker: UserId) -> Result<Vec<(Day, String)>, StoreError> {
    tx.rows(&ENTRIES, &[id.into(), worker.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("counsel_entry");
            Ok((row.day()?, row.text()?))
        })
        .collect()
}

/// Ends counselling; on a day it will be deleted.
///
/// # Errors
/// When the engine fails.
pub fn end(tx: &WriteTx<'_>, id: CounselId, on: Day, delete_on: Day) -> Result<(), StoreError> {
    tx.run(&END, &[id.into(), on.into(), delete_on.into()]).map(|_| ())
}

/// Takes the end of counselling back; it is not deleted then. Answers whether it had ended.
///
/// # Errors
/// When the engine fails.
pub fn resume(tx: &WriteTx<'_>, id: CounselId) -> Result<bool, StoreError> {
    Ok(tx.run(&RESUME, &[id.into(), tx.grant().user().into()])? == 1)
}

/// Counselling whose day of deletion has come.
///
/// # Errors
/// When the engine fails.
pub fn over(tx: &ReadTx<'_>, today: Day) -> Result<Vec<CounselId>, StoreError> {
    tx.rows(&OVER, &[today.into()])?.into_iter().map(|row| row.read("counsel").id()).collect()
}

/// Deletes counselling with all its talks, where its day has come.
///
/// # Errors
/// When the engine fails.
pub fn forget(tx: &WriteTx<'_>, id: CounselId, today: Day) -> Result<(), StoreError> {
    tx.run(&FORGET_ENTRIES, &[id.into()])?;
    tx.run(&FORGET, &[id.into(), today.into()]).map(|_| ())
}
