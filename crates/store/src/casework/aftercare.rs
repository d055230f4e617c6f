// SPDX-License-Identifier: EUPL-1.2
//! What comes after the end of a help: looks whether it lasts, and who came back. Only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{ComingBack, Lasting, NewFollowUp};
use domain::kernel::{CaseId, Day, EndingId, FollowUpId, Line, Note};
use uuid::Uuid;

crate::statement! {
    INSERT_FOLLOW_UP = "INSERT INTO follow_up (office_id, id, case_id, ending_id, held_on, with_whom, lasting, carries, next_on, recorded_by)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    FOLLOW_UPS = "SELECT f.ending_id, f.held_on, f.with_whom, f.lasting, f.carries, f.next_on, a.name FROM follow_up f
                  JOIN account a ON a.office_id = f.office_id AND a.id = f.recorded_by
                  WHERE f.office_id = $1 AND f.case_id = $2 ORDER BY f.held_on DESC, f.id DESC";
    INSERT_RETURN = "INSERT INTO case_return (office_id, id, case_id, kind, came_on, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)";
    RETURNS = "SELECT r.kind, r.came_on, a.name FROM case_return r JOIN account a ON a.office_id = r.office_id AND a.id = r.recorded_by
               WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.id DESC";
}

/// Keeps a look after the end.
///
/// # Errors
/// When the engine fails.
pub fn insert_follow_up(
    tx: &WriteTx<'_>,
    id: FollowUpId,
    (case, ending): (CaseId, EndingId),
    new: &NewFollowUp,
) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        id.into(),
        case.into(),
        ending.into(),
        new.held_on.into(),
        new.with_whom.as_ref().map(Line::as_str).into(),
        new.lasting.code().into(),
        new.carries.as_ref().map(Note::as_str).into(),
        new.next_on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_FOLLOW_UP, &params).map(|_| ())
}

/// A look after the end as shown.
#[derive(Debug, Clone)]
pub struct FollowUpView {
    /// After which ending.
    pub ending: EndingId,
    /// When.
    pub held_on: Day,
    /// With whom.
    pub with_whom: Option<String>,
    /// Does it last?
    pub lasting: Lasting,
    /// Which own resources carry.
    pub carries: Option<String>,
    /// When to ask again.
    pub next_on: Option<Day>,
    /// Who wrote it down.
    pub by: String,
}

/// The looks after the ends of a case's helps, newest first.
///
/// # Errors
/// When the engine fails.
pub fn follow_ups(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<FollowUpView>, StoreError> {
    let rows = tx.rows(&FOLLOW_UPS, &[case.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("follow_up");
        Ok(FollowUpView {
            ending: row.id()?,
            held_on: row.day()?,
            with_whom: row.maybe_text()?,
            lasting: row.code(Lasting::from_code)?,
            carries: row.maybe_text()?,
            next_on: row.maybe_day()?,
            by: row.text()?,
        })
    })
    .collect()
}

/// Keeps that somebody came back.
///
/// # Errors
/// When the engine fails.
pub fn insert_return(tx: &WriteTx<'_>, id: Uuid, case: CaseId, kind: ComingBack) -> Result<(), StoreError> {
    let params = [id.into(), case.into(), kind.code().into(), tx.now().day().into(), tx.grant().user().into()];
    tx.run(&INSERT_RETURN, &params).map(|_| ())
}

/// Who came back, when, and who wrote it down; newest first.
///
/// # Errors
/// When the engine fails.
pub fn returns(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<(ComingBack, Day, String)>, StoreError> {
    let rows = tx.rows(&RETURNS, &[case.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("case_return");
        Ok((row.code(ComingBack::from_code)?, row.day()?, row.text()?))
    })
    .collect()
}
