// SPDX-License-Identifier: EUPL-1.2
//! Visits: what a worker took along, until when, and what came back. What waits is read by its writer alone.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::casework::{Confidence, NewVisitNote, WaitReason};
use domain::kernel::{CaseId, Day, Moment, NoteId, UserId, VisitId, VisitNoteId};

crate::statement! {
    INSERT = "INSERT INTO visit (office_id, id, prepared_by, prepared_at, ends_at) VALUES ($1, $2, $3, $4, $5)";
    INSERT_CASE = "INSERT INTO visit_case (office_id, visit_id, case_id, known_at) VALUES ($1, $2, $3, $4)";
    END_EARLIER = "UPDATE visit SET ended_by = $2, ended_at = $3 WHERE office_id = $1 AND prepared_by = $2 AND ended_at IS NULL AND ends_at > $3";
    CALL_BACK = "UPDATE visit SET ended_by = $3, ended_at = $4 WHERE office_id = $1 AND id = $2 AND ended_at IS NULL AND ends_at > $4";
    ONE = "SELECT v.id, v.prepared_by, a.name, v.prepared_at, v.ends_at, v.ended_at,
                  (SELECT COUNT(*) FROM visit_case c WHERE c.office_id = v.office_id AND c.visit_id = v.id)
           FROM visit v JOIN account a ON a.office_id = v.office_id AND a.id = v.prepared_by WHERE v.office_id = $1 AND v.id = $2";
    OPEN_OF = "SELECT v.id, v.prepared_by, a.name, v.prepared_at, v.ends_at, v.ended_at,
                      (SELECT COUNT(*) FROM visit_case c WHERE c.office_id = v.office_id AND c.visit_id = v.id)
               FROM visit v JOIN account a ON a.office_id = v.office_id AND a.id = v.prepared_by
               WHERE v.office_id = $1 AND v.prepared_by = $2 AND v.ended_at IS NULL AND v.ends_at > $3 ORDER BY v.ends_at, v.id LIMIT 10";
    OPEN = "SELECT v.id, v.prepared_by, a.name, v.prepared_at, v.ends_at, v.ended_at,
                   (SELECT COUNT(*) FROM visit_case c WHERE c.office_id = v.office_id AND c.visit_id = v.id)
            FROM visit v JOIN account a ON a.office_id = v.office_id AND a.id = v.prepared_by
            WHERE v.office_id = $1 AND v.ended_at IS NULL AND v.ends_at > $2 ORDER BY v.ends_at, v.id LIMIT $3";
    CASES = "SELECT case_id FROM visit_case WHERE office_id = $1 AND visit_id = $2 ORDER BY case_id";
    MOVED_AT = "SELECT moved_at FROM case_file WHERE office_id = $1 AND id = $2";
    KNOWN_AT = "SELECT known_at FROM visit_case WHERE office_id = $1 AND visit_id = $2 AND case_id = $3";
    KNOW = "UPDATE visit_case SET known_at = $4 WHERE office_id = $1 AND visit_id = $2 AND case_id = $3";
    INSERT_NOTE = "INSERT INTO visit_note (office_id, id, visit_id, case_id, written_by, received_at, waits_for, words, noted_on, confidence, note_id)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    NOTE = "SELECT n.id, n.visit_id, n.case_id, c.number, n.received_at, n.waits_for, n.words, n.noted_on, n.confidence, v.prepared_at
            FROM visit_note n JOIN case_file c ON c.office_id = n.office_id AND c.id = n.case_id
            JOIN visit v ON v.office_id = n.office_id AND v.id = n.visit_id
            WHERE n.office_id = $1 AND n.id = $2 AND n.written_by = $3";
    WAITING = "SELECT n.id, n.visit_id, n.case_id, c.number, n.received_at, n.waits_for, n.words, n.noted_on, n.confidence, v.prepared_at
               FROM visit_note n JOIN case_file c ON c.office_id = n.office_id AND c.id = n.case_id
               JOIN visit v ON v.office_id = n.office_id AND v.id = n.visit_id
               WHERE n.office_id = $1 AND n.written_by = $2 AND n.waits_for IS NOT NULL ORDER BY n.waits_for, n.id LIMIT 100";
    HAND_IN = "UPDATE visit_note SET waits_for = NULL, words = NULL, note_id = $4
               WHERE office_id = $1 AND id = $2 AND written_by = $3 AND waits_for IS NOT NULL";
    // What still waits for its writer keeps its visit.
    OLD = "SELECT v.id FROM visit v WHERE v.office_id = $1 AND v.ends_at < $2
           AND NOT EXISTS (SELECT 1 FROM visit_note n WHERE n.office_id = v.office_id AND n.visit_id = v.id AND n.waits_for IS NOT NULL)
           ORDER BY v.ends_at, v.id LIMIT 500";
    FORGET_NOTES = "DELETE FROM visit_note WHERE office_id = $1 AND visit_id = $2 AND waits_for IS NULL";
    FORGET_CASES = "DELETE FROM visit_case WHERE office_id = $1 AND visit_id = $2";
    FORGET = "DELETE FROM visit WHERE office_id = $1 AND id = $2";
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitView {
    /// Id.
    pub id: VisitId,
    /// Whose.
    pub worker: UserId,
    /// Their name.
    pub worker_name: String,
    /// Since when.
    pub prepared_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Called back when.
    pub ended_at: Option<Moment>,
    /// How many cases.
    pub cases: i64,
}

fn visit(row: Row) -> Result<VisitView, StoreError> {
    let mut row = row.read("visit");
    Ok(VisitView {
        id: row.id()?,
        worker: row.id()?,
        worker_name: row.text()?,
        prepared_at: row.moment()?,
        ends_at: row.moment()?,
        ended_at: row.maybe_moment()?,
        cases: row.int()?,
    })
}

/// Keeps a visit with its cases, each with the last change the device knows of; an earlier visit of the same worker is
/// called back.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: VisitId, ends_at: Moment, cases: &[(CaseId, Moment)]) -> Result<(), StoreError> {
    let user: Value = tx.grant().user().into();
    tx.run(&END_EARLIER, &[user.clone(), tx.now().into()])?;
    tx.run(&INSERT, &[id.into(), user, tx.now().into(), ends_at.into()])?;
    for (case, known_at) in cases {
        tx.run(&INSERT_CASE, &[id.into(), (*case).into(), (*known_at).into()])?;
    }
    Ok(())
}

/// Calls a visit back; `false` if it was over already.
///
/// # Errors
/// When the engine fails.
pub fn call_back(tx: &WriteTx<'_>, id: VisitId) -> Result<bool, StoreError> {
    Ok(tx.run(&CALL_BACK, &[id.into(), tx.grant().user().into(), tx.now().into()])? > 0)
}

/// Visits that ended before a moment, with no note that waits.
///
/// # Errors
/// When the engine fails.
pub fn old(tx: &ReadTx<'_>, before: Moment) -> Result<Vec<VisitId>, StoreError> {
    tx.rows(&OLD, &[before.into()])?.into_iter().map(|row| row.read("visit").id()).collect()
}

/// Deletes the record of a visit; what was written on the way stands in the files.
///
/// # Errors
/// When the engine fails, or when a note still waits.
pub fn forget(tx: &WriteTx<'_>, id: VisitId) -> Result<(), StoreError> {
    for statement in [&FORGET_NOTES, &FORGET_CASES, &FORGET] {
        tx.run(statement, &[id.into()])?;
    }
    Ok(())
}

/// One visit.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: VisitId) -> Result<Option<VisitView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(visit).transpose()
}

/// A worker's visits that are open now.
///
/// # Errors
/// When the engine fails.
pub fn open_of(tx: &ReadTx<'_>, worker: UserId, now: Moment) -> Result<Vec<VisitView>, StoreError> {
    tx.rows(&OPEN_OF, &[worker.into(), now.into()])?.into_iter().map(visit).collect()
}

/// Everybody's visits that are open now, the first to end first.
///
/// # Errors
/// When the engine fails.
pub fn open(tx: &ReadTx<'_>, now: Moment, limit: i64) -> Result<Vec<VisitView>, StoreError> {
    tx.rows(&OPEN, &[now.into(), limit.into()])?.into_iter().map(visit).collect()
}

/// The cases of a visit.
///
/// # Errors
/// When the engine fails.
pub fn cases(tx: &ReadTx<'_>, id: VisitId) -> Result<Vec<CaseId>, StoreError> {
    tx.rows(&CASES, &[id.into()])?.into_iter().map(|row| row.read("visit_case").id()).collect()
}

/// When something last happened in a case.
///
/// # Errors
/// When the engine fails.
pub fn moved_at(tx: &ReadTx<'_>, case: CaseId) -> Result<Option<Moment>, StoreError> {
    tx.one(&MOVED_AT, &[case.into()])?.map(|row| row.read("case_file").moment()).transpose()
}

/// The last change of a case that the device knows of; nothing if the case was not taken along.
///
/// # Errors
/// When the engine fails.
pub fn known_at(tx: &ReadTx<'_>, id: VisitId, case: CaseId) -> Result<Option<Moment>, StoreError> {
    tx.one(&KNOWN_AT, &[id.into(), case.into()])?.map(|row| row.read("visit_case").moment()).transpose()
}

/// The writer knows the case as it is now.
///
/// # Errors
/// When the engine fails.
pub fn know(tx: &WriteTx<'_>, id: VisitId, case: CaseId) -> Result<(), StoreError> {
    tx.run(&KNOW, &[id.into(), case.into(), tx.now().into()]).map(|_| ())
}

/// Where a note out of a visit went.
#[derive(Debug, Clone, Copy)]
pub enum Went {
    /// Into the file, as this note.
    Kept(NoteId),
    /// To its writer, who has to look.
    Waits(WaitReason),
}

/// Keeps that a note came in.
///
/// # Errors
/// [`StoreError::Duplicate`] if it came before.
pub fn insert_note(
    tx: &WriteTx<'_>,
    id: VisitNoteId,
    visit: VisitId,
    new: &NewVisitNote,
    went: Went,
) -> Result<(), StoreError> {
    let (waits, note) = match went {
        Went::Kept(note) => (None, Some(note)),
        Went::Waits(reason) => (Some(reason), None),
    };
    let params: [Value; 10] = [
        id.into(),
        visit.into(),
        new.case.into(),
        tx.grant().user().into(),
        tx.now().into(),
        waits.map(WaitReason::code).into(),
        waits.map(|_| new.note.words.as_str()).into(),
        new.note.noted_on.into(),
        new.note.confidence.code().into(),
        note.into(),
    ];
    tx.run(&INSERT_NOTE, &params).map(|_| ())
}

/// A note out of a visit, as its writer sees it.
#[derive(Debug, Clone)]
pub struct VisitNoteView {
    /// Id, made on the device.
    pub id: VisitNoteId,
    /// Out of which visit.
    pub visit: VisitId,
    /// For which case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Came in when.
    pub received_at: Moment,
    /// Why it waits; nothing once it is in a file.
    pub waits_for: Option<WaitReason>,
    /// What it says, while it waits.
    pub words: Option<String>,
    /// Of which day.
    pub noted_on: Day,
    /// Whose it is.
    pub confidence: Confidence,
    /// When the visit was prepared.
    pub prepared_at: Moment,
}

fn note_view(row: Row) -> Result<VisitNoteView, StoreError> {
    let mut row = row.read("visit_note");
    Ok(VisitNoteView {
        id: row.id()?,
        visit: row.id()?,
        case: row.id()?,
        number: row.text()?,
        received_at: row.moment()?,
        waits_for: row.maybe_code(WaitReason::from_code)?,
        words: row.maybe_text()?,
        noted_on: row.day()?,
        confidence: row.code(Confidence::from_code)?,
        prepared_at: row.moment()?,
    })
}

/// One's own note.
///
/// # Errors
/// When the engine fails.
pub fn note(tx: &ReadTx<'_>, id: VisitNoteId, writer: UserId) -> Result<Option<VisitNoteView>, StoreError> {
    tx.one(&NOTE, &[id.into(), writer.into()])?.map(note_view).transpose()
}

/// One's own notes that wait.
///
/// # Errors
/// When the engine fails.
pub fn waiting(tx: &ReadTx<'_>, writer: UserId) -> Result<Vec<VisitNoteView>, StoreError> {
    tx.rows(&WAITING, &[writer.into()])?.into_iter().map(note_view).collect()
}

/// A note that waited is in a file now; `false` if it was already.
///
/// # Errors
/// When the engine fails.
pub fn hand_in(tx: &WriteTx<'_>, id: VisitNoteId, note: NoteId) -> Result<bool, StoreError> {
    Ok(tx.run(&HAND_IN, &[id.into(), tx.grant().user().into(), note.into()])? > 0)
}
