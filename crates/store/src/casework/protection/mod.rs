// SPDX-License-Identifier: EUPL-1.2
//! Procedures of child protection and their steps.

pub mod agencies;
pub mod cares;
pub mod counsels;
pub mod steps;

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::casework::protection::{CameFrom, Closing, DangerResult};
use domain::kernel::{CaseId, Day, Moment, PersonId, ProtectionId, TeamId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO protection (office_id, id, case_id, team_id, child_id, open_child, came_from, opened_at, opened_by)
              VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)";
    ONE = "SELECT p.id, p.case_id, c.number, c.family, p.team_id, p.child_id, n.name, n.born_on, p.came_from, p.opened_at, a.name, p.closed_at,
                  p.result, p.closing_words, p.closing_reason
           FROM protection p JOIN case_file c ON c.office_id = p.office_id AND c.id = p.case_id
           JOIN person n ON n.office_id = p.office_id AND n.id = p.child_id
           JOIN account a ON a.office_id = p.office_id AND a.id = p.opened_by
           WHERE p.office_id = $1 AND p.id = $2";
    OF_CASE = "SELECT p.id, p.case_id, c.number, c.family, p.team_id, p.child_id, n.name, n.born_on, p.came_from, p.opened_at, a.name, p.closed_at,
                      p.result, p.closing_words, p.closing_reason
               FROM protection p JOIN case_file c ON c.office_id = p.office_id AND c.id = p.case_id
               JOIN person n ON n.office_id = p.office_id AND n.id = p.child_id
               JOIN account a ON a.office_id = p.office_id AND a.id = p.opened_by
               WHERE p.office_id = $1 AND p.case_id = $2 ORDER BY p.opened_at, p.id";
    OPEN = "SELECT p.id, p.case_id, c.number, c.family, p.team_id, p.child_id, n.name, n.born_on, p.came_from, p.opened_at, a.name, p.closed_at,
                   p.result, p.closing_words, p.closing_reason
            FROM protection p JOIN case_file c ON c.office_id = p.office_id AND c.id = p.case_id
            JOIN person n ON n.office_id = p.office_id AND n.id = p.child_id
            JOIN account a ON a.office_id = p.office_id AND a.id = p.opened_by
            WHERE p.office_id = $1 AND p.team_id {sight} AND p.closed_at IS NULL AND (p.opened_at, p.id) < ($2, $3)
            ORDER BY p.opened_at DESC, p.id DESC LIMIT $4";
    CLOSE = "UPDATE protection SET open_child = NULL, closed_at = $3, closed_by = $4, result = $5, closing_words = $6, closing_reason = $7
             WHERE office_id = $1 AND id = $2 AND closed_at IS NULL";
    FOLLOW_CASE = "UPDATE protection SET team_id = $3 WHERE office_id = $1 AND case_id = $2";
}

/// A procedure as it begins.
#[derive(Debug, Clone, Copy)]
pub struct NewProtection {
    /// Id.
    pub id: ProtectionId,
    /// The case.
    pub case: CaseId,
    /// Its team.
    pub team: TeamId,
    /// The minor.
    pub child: PersonId,
    /// How the signs came.
    pub from: CameFrom,
}

/// Opens a procedure.
///
/// # Errors
/// [`StoreError::Duplicate`] if one is open for this child; when the engine fails.
pub fn insert(tx: &WriteTx<'_>, new: &NewProtection) -> Result<(), StoreError> {
    let params = [
        new.id.into(),
        new.case.into(),
        new.team.into(),
        new.child.into(),
        new.from.code().into(),
        tx.now().into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A procedure.
#[derive(Debug, Clone)]
pub struct ProtectionView {
    /// Id.
    pub id: ProtectionId,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The family.
    pub family: String,
    /// The team.
    pub team: TeamId,
    /// The child.
    pub child: PersonId,
    /// Its name.
    pub child_name: String,
    /// Its birthday.
    pub born: Option<Day>,
    /// How the signs came.
    pub from: CameFrom,
    /// Since when.
    pub opened_at: Moment,
    /// By whom.
    pub opened_by: String,
    /// Until when.
    pub closed_at: Option<Moment>,
    /// The result, once it is closed.
    pub result: Option<DangerResult>,
    /// Closing words.
    pub closing_words: Option<String>,
    /// Why it was closed although something was missing.
    pub closing_reason: Option<String>,
}

fn view(row: Row) -> Result<ProtectionView, StoreError> {
    let mut row = row.read("protection");
    Ok(ProtectionView {
        id: row.id()?,
        case: row.id()?,
        number: row.text()?,
        family: row.text()?,
        team: row.id()?,
        child: row.id()?,
        child_name: row.text()?,
        born: row.maybe_day()?,
        from: row.code(CameFrom::from_code)?,
        opened_at: row.moment()?,
        opened_by: row.text()?,
        closed_at: row.maybe_moment()?,
        result: row.maybe_text()?.as_deref().and_then(DangerResult::from_code),
        closing_words: row.maybe_text()?,
        closing_reason: row.maybe_text()?,
    })
}

/// One procedure.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: ProtectionId) -> Result<Option<ProtectionView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// All procedures of a case, in the order of their beginning.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ProtectionView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?.into_iter().map(view).collect()
}

/// Open procedures in sight, the newest first.
///
/// # Errors
/// When the engine fails.
pub fn open(
    tx: &ReadTx<'_>,
    sight: &RowSight,
    after: (Moment, Uuid),
    limit: i64,
) -> Result<Vec<ProtectionView>, StoreError> {
    let params = [after.0.into(), after.1.into(), limit.into()];
    tx.rows_in_sight(&OPEN, &params, sight)?.into_iter().map(view).collect()
}

/// Closes a procedure; `false` if it was closed already.
///
/// # Errors
/// When the engine fails.
pub fn close(tx: &WriteTx<'_>, id: ProtectionId, closing: &Closing) -> Result<bool, StoreError> {
    let reason = closing.draft().reason.as_ref().map(|reason| reason.as_str());
    let params: [Value; 6] = [
        id.into(),
        tx.now().into(),
        tx.grant().user().into(),
        closing.result().map(|result| result.code()).into(),
        closing.draft().words.as_str().into(),
        reason.into(),
    ];
    Ok(tx.run(&CLOSE, &params)? > 0)
}

/// A case goes to another team: its procedures go along.
///
/// # Errors
/// When the engine fails.
pub fn follow_case(tx: &WriteTx<'_>, case: CaseId, team: TeamId) -> Result<(), StoreError> {
    tx.run(&FOLLOW_CASE, &[case.into(), team.into()]).map(|_| ())
}
