// SPDX-License-Identifier: EUPL-1.2
//! Notes of a case. Every statement that reads them leaves out what was entrusted to somebody else (N2).

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{Confidence, NewNote, NewPassing, PassingReason};
use domain::kernel::{CaseId, Day, Moment, NoteId, UserId};
use std::collections::BTreeMap;
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO case_note (office_id, id, case_id, words, noted_on, confidence, written_by, written_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_PERSON = "INSERT INTO case_note_person (office_id, case_id, note_id, person_id) VALUES ($1, $2, $3, $4)";
    OF_CASE = "SELECT n.id, n.words, n.noted_on, n.confidence, n.written_by, a.name, n.written_at
               FROM case_note n JOIN account a ON a.office_id = n.office_id AND a.id = n.written_by
               WHERE n.office_id = $1 AND n.case_id = $2
                 AND (n.confidence = 'file' OR n.written_by = $3 OR EXISTS (
                   SELECT 1 FROM note_passing p WHERE p.office_id = n.office_id AND p.note_id = n.id AND p.passed_to = $3))
               ORDER BY n.noted_on DESC, n.id DESC LIMIT $4";
    PEOPLE = "SELECT np.note_id, p.name FROM case_note_person np
              JOIN case_note n ON n.office_id = np.office_id AND n.id = np.note_id
              JOIN person p ON p.office_id = np.office_id AND p.id = np.person_id
              WHERE np.office_id = $1 AND np.case_id = $2
                AND (n.confidence = 'file' OR n.written_by = $3 OR EXISTS (
                  SELECT 1 FROM note_passing g WHERE g.office_id = n.office_id AND g.note_id = n.id AND g.passed_to = $3))
              ORDER BY np.note_id, p.name";
    WRITTEN_BY = "SELECT n.case_id, n.confidence FROM case_note n
                  WHERE n.office_id = $1 AND n.id = $2 AND (n.confidence = 'file' OR n.written_by = $3)";
    INSERT_PASSING = "INSERT INTO note_passing (office_id, id, case_id, note_id, passed_to, reason, why, passed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    PASSINGS = "SELECT p.note_id, a.name, p.reason, p.why, p.passed_at FROM note_passing p
                JOIN case_note n ON n.office_id = p.office_id AND n.id = p.note_id
                JOIN account a ON a.office_id = p.office_id AND a.id = p.passed_to
                WHERE p.office_id = $1 AND p.case_id = $2 AND n.confidence = 'entrusted' AND (n.written_by = $3 OR p.passed_to = $3)
                ORDER BY p.id";
}

/// Keeps a note.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: NoteId, case: CaseId, new: &NewNote) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        case.into(),
        new.words.as_str().into(),
        new.noted_on.into(),
        new.confidence.code().into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params)?;
    for person in &new.people {
        tx.run(&INSERT_PERSON, &[case.into(), id.into(), (*person).into()])?;
    }
    Ok(())
}

/// A note as its reader sees it.
#[derive(Debug, Clone)]
pub struct NoteView {
    /// Id.
    pub id: NoteId,
    /// What it says.
    pub words: String,
    /// When.
    pub noted_on: Day,
    /// Whose it is.
    pub confidence: Confidence,
    /// The reader's own?
    pub is_own: bool,
    /// Who wrote it.
    pub writer: String,
    /// When it was written.
    pub written_at: Moment,
    /// Whom it concerns.
    pub people: Vec<String>,
}

/// The notes of a case that this reader may read, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId, reader: UserId, limit: i64) -> Result<Vec<NoteView>, StoreError> {
    let mut people: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for row in tx.rows(&PEOPLE, &[case.into(), reader.into()])? {
        let mut row = row.read("case_note_person");
        people.entry(row.uuid()?).or_default().push(row.text()?);
    }
    tx.rows(&OF_CASE, &[case.into(), reader.into(), limit.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("case_note");
            let id: NoteId = row.id()?;
            Ok(NoteView {
                id,
                words: row.text()?,
                noted_on: row.day()?,
                confidence: row.code(Confidence::from_code)?,
                is_own: row.id::<UserId>()? == reader,
                writer: row.text()?,
                written_at: row.moment()?,
                people: people.remove(&id.0).unwrap_or_default(),
            })
        })
        .collect()
}

/// The case of a note and whose it is, for its writer; to everybody else an entrusted note does not exist.
///
/// # Errors
/// When the engine fails.
pub fn written_by(tx: &ReadTx<'_>, id: NoteId, writer: UserId) -> Result<Option<(CaseId, Confidence)>, StoreError> {
    let Some(row) = tx.one(&WRITTEN_BY, &[id.into(), writer.into()])? else { return Ok(None) };
    let mut row = row.read("case_note");
    Ok(Some((row.id()?, row.code(Confidence::from_code)?)))
}

/// Keeps that something entrusted was passed on.
///
/// # Errors
/// When the engine fails.
pub fn insert_passing(tx: &WriteTx<'_>, id: Uuid, of: (CaseId, NoteId), new: &NewPassing) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        of.0.into(),
        of.1.into(),
        new.to.into(),
        new.reason.code().into(),
        new.why.as_str().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_PASSING, &params).map(|_| ())
}

/// A passing-on as its writer and its receiver see it.
#[derive(Debug, Clone)]
pub struct PassingView {
    /// Of which note.
    pub note: NoteId,
    /// To whom.
    pub to: String,
    /// For which reason.
    pub reason: PassingReason,
    /// What that means here.
    pub why: String,
    /// When.
    pub at: Moment,
}

/// What this reader passed on, or got, in a case.
///
/// # Errors
/// When the engine fails.
pub fn passings(tx: &ReadTx<'_>, case: CaseId, reader: UserId) -> Result<Vec<PassingView>, StoreError> {
    tx.rows(&PASSINGS, &[case.into(), reader.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("note_passing");
            Ok(PassingView {
                note: row.id()?,
                to: row.text()?,
                reason: row.code(PassingReason::from_code)?,
                why: row.text()?,
                at: row.moment()?,
            })
        })
        .collect()
}
