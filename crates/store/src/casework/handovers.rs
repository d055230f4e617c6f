// SPDX-License-Identifier: EUPL-1.2
//! Cases that went from one team to another. Only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::NewHandover;
use domain::kernel::{CaseId, Day, Line, Moment, Note, TeamId, UserId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO case_handover (office_id, id, case_id, from_team, to_team, from_worker, to_worker, why, talk_on, talk_with, no_talk_why, handed_by, handed_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    OF_CASE = "SELECT f.name, t.name, h.why, h.talk_on, h.talk_with, h.no_talk_why, a.name, h.handed_at FROM case_handover h
               JOIN team f ON f.office_id = h.office_id AND f.id = h.from_team
               JOIN team t ON t.office_id = h.office_id AND t.id = h.to_team
               JOIN account a ON a.office_id = h.office_id AND a.id = h.handed_by
               WHERE h.office_id = $1 AND h.case_id = $2 ORDER BY h.id DESC LIMIT 20";
}

/// From whom to whom.
#[derive(Debug, Clone, Copy)]
pub struct Ways {
    /// The team before.
    pub from: TeamId,
    /// The team now.
    pub to: TeamId,
    /// Who worked on it before.
    pub from_worker: UserId,
    /// Who works on it now.
    pub to_worker: UserId,
}

/// Keeps a hand-over.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: Uuid, case: CaseId, ways: Ways, new: &NewHandover) -> Result<(), StoreError> {
    let params: [Value; 12] = [
        id.into(),
        case.into(),
        ways.from.into(),
        ways.to.into(),
        ways.from_worker.into(),
        ways.to_worker.into(),
        new.why.as_str().into(),
        new.talk_on.into(),
        new.talk_with.as_ref().map(Line::as_str).into(),
        new.no_talk_why.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A hand-over as shown.
#[derive(Debug, Clone)]
pub struct HandoverView {
    /// The team before.
    pub from: String,
    /// The team after.
    pub to: String,
    /// Why.
    pub why: String,
    /// When they talked.
    pub talk_on: Option<Day>,
    /// Who took part.
    pub talk_with: Option<String>,
    /// Why nobody talked.
    pub no_talk_why: Option<String>,
    /// Who handed it over.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// The hand-overs of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<HandoverView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("case_handover");
            Ok(HandoverView {
                from: row.text()?,
                to: row.text()?,
                why: row.text()?,
                talk_on: row.maybe_day()?,
                talk_with: row.maybe_text()?,
                no_talk_why: row.maybe_text()?,
                by: row.text()?,
                at: row.moment()?,
            })
        })
        .collect()
}
