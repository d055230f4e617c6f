// SPDX-License-Identifier: EUPL-1.2
//! What letters left with although it should not have been so, notices that went before, and letters withdrawn.

use crate::db::{ReadTx, StoreError, WriteTx};
use domain::kernel::{CaseId, Day, LetterId, Moment, Note, PersonId};
use domain::letters::{LetterKind, LetterWarning};

crate::statement! {
    WARN = "INSERT INTO letter_warning (office_id, letter_id, code, reason) VALUES ($1, $2, $3, $4)";
    WARNINGS = "SELECT code, reason FROM letter_warning WHERE office_id = $1 AND letter_id = $2 ORDER BY code";
    // Written notices that left: who asked for cooperation, and until when.
    NOTICES = "SELECT l.answers FROM letter l
               JOIN letter_dispatch d ON d.office_id = l.office_id AND d.letter_id = l.id
               WHERE l.office_id = $1 AND l.case_id = $2 AND l.person_id = $3 AND l.kind = $4 ORDER BY l.id DESC LIMIT 50";
    RECALL = "INSERT INTO letter_recall (office_id, letter_id, why, recalled_by, recalled_at) VALUES ($1, $2, $3, $4, $5)";
    RECALLED = "SELECT r.why, a.name, r.recalled_at FROM letter_recall r
                JOIN account a ON a.office_id = r.office_id AND a.id = r.recalled_by WHERE r.office_id = $1 AND r.letter_id = $2";
}

/// Keeps with what a letter left, and why.
///
/// # Errors
/// When the engine fails.
pub fn warn(tx: &WriteTx<'_>, id: LetterId, all: &[LetterWarning], reason: &Note) -> Result<(), StoreError> {
    for one in all {
        tx.run(&WARN, &[id.into(), one.code().into(), reason.as_str().into()])?;
    }
    Ok(())
}

/// With what a letter left, and why.
///
/// # Errors
/// When the engine fails.
pub fn warnings(tx: &ReadTx<'_>, id: LetterId) -> Result<Vec<(LetterWarning, String)>, StoreError> {
    let rows = tx.rows(&WARNINGS, &[id.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("letter_warning");
        Ok((row.code(LetterWarning::from_code)?, row.text()?))
    })
    .collect()
}

/// The written notices of § 66(3) SGB I that left for a person, each with the last day it set, if it can be read.
///
/// # Errors
/// When the engine fails.
pub fn notices(tx: &ReadTx<'_>, case: CaseId, person: PersonId) -> Result<Vec<Option<Day>>, StoreError> {
    let rows = tx.rows(&NOTICES, &[case.into(), person.into(), LetterKind::Cooperation.code().into()])?.into_iter();
    rows.map(|row| {
        let answers = super::papers::answers_of(&row.read("letter").text()?);
        let until = answers.get(&domain::letters::LetterField::Until);
        Ok(until.and_then(|text| Day::parse(text).ok()))
    })
    .collect()
}

/// Withdraws a letter.
///
/// # Errors
/// When the engine fails.
pub fn recall(tx: &WriteTx<'_>, id: LetterId, why: &Note) -> Result<(), StoreError> {
    tx.run(&RECALL, &[id.into(), why.as_str().into(), tx.grant().user().into(), tx.now().into()]).map(|_| ())
}

/// Why a letter was withdrawn, by whom, when.
pub type Recalled = (String, String, Moment);

/// Why a letter was withdrawn, by whom, when.
///
/// # Errors
/// When the engine fails.
pub fn recalled(tx: &ReadTx<'_>, id: LetterId) -> Result<Option<Recalled>, StoreError> {
    let Some(row) = tx.one(&RECALLED, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("letter_recall");
    Ok(Some((row.text()?, row.text()?, row.moment()?)))
}
