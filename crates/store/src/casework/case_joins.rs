// SPDX-License-Identifier: EUPL-1.2
//! Two cases of one family, joined by people. The reports go over and are written down, so that undoing gives back
//! exactly these; nothing else moves.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::casework::NewCaseJoin;
use domain::kernel::{CaseId, CaseJoinId, Day, Moment, ReportId, TeamId};

crate::statement! {
    INSERT = "INSERT INTO case_join (office_id, id, kept_id, joined_id, why, danger_from, joined_by, joined_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    REPORTS = "SELECT id FROM report WHERE office_id = $1 AND case_id = $2 LIMIT 200";
    WENT = "INSERT INTO case_join_report (office_id, join_id, report_id) VALUES ($1, $2, $3)";
    WENT_OVER = "SELECT report_id FROM case_join_report WHERE office_id = $1 AND join_id = $2 ORDER BY report_id";
    MOVE_REPORT = "UPDATE report SET case_id = $3 WHERE office_id = $1 AND id = $2";
    INTO = "UPDATE case_file SET joined_into = $3 WHERE office_id = $1 AND id = $2";
    UNDO = "UPDATE case_join SET undone_by = $3, undone_at = $4 WHERE office_id = $1 AND id = $2 AND undone_at IS NULL";
    ONE = "SELECT j.id, j.kept_id, k.number, j.joined_id, g.number, j.why, j.danger_from, a.name, j.joined_at, j.undone_at FROM case_join j
           JOIN case_file k ON k.office_id = j.office_id AND k.id = j.kept_id
           JOIN case_file g ON g.office_id = j.office_id AND g.id = j.joined_id
           JOIN account a ON a.office_id = j.office_id AND a.id = j.joined_by
           WHERE j.office_id = $1 AND j.id = $2";
    OF_KEPT = "SELECT j.id, j.kept_id, k.number, j.joined_id, g.number, j.why, j.danger_from, a.name, j.joined_at, j.undone_at FROM case_join j
               JOIN case_file k ON k.office_id = j.office_id AND k.id = j.kept_id
               JOIN case_file g ON g.office_id = j.office_id AND g.id = j.joined_id
               JOIN account a ON a.office_id = j.office_id AND a.id = j.joined_by
               WHERE j.office_id = $1 AND j.kept_id = $2 AND j.undone_at IS NULL ORDER BY j.id LIMIT 20";
    OF_JOINED = "SELECT j.id, j.kept_id, k.number, j.joined_id, g.number, j.why, j.danger_from, a.name, j.joined_at, j.undone_at FROM case_join j
                 JOIN case_file k ON k.office_id = j.office_id AND k.id = j.kept_id
                 JOIN case_file g ON g.office_id = j.office_id AND g.id = j.joined_id
                 JOIN account a ON a.office_id = j.office_id AND a.id = j.joined_by
                 WHERE j.office_id = $1 AND j.joined_id = $2 AND j.undone_at IS NULL ORDER BY j.id LIMIT 20";
    SAME_NAME = "SELECT c.id, c.number, c.opened_on FROM case_file c
                 WHERE c.office_id = $1 AND c.family_key = (SELECT f.family_key FROM case_file f WHERE f.office_id = $1 AND f.id = $2)
                   AND c.team_id = $3 AND c.id <> $2 AND c.joined_into IS NULL ORDER BY c.opened_on, c.id LIMIT 20";
}

/// A joining.
#[derive(Debug, Clone)]
pub struct CaseJoinView {
    /// Id.
    pub id: CaseJoinId,
    /// Which stayed.
    pub kept: CaseId,
    /// Its number.
    pub kept_number: String,
    /// Which went.
    pub joined: CaseId,
    /// Its number.
    pub joined_number: String,
    /// Why.
    pub why: String,
    /// The day of the signs of danger that came over.
    pub danger_from: Option<Day>,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Undone when.
    pub undone_at: Option<Moment>,
}

fn view(row: Row) -> Result<CaseJoinView, StoreError> {
    let mut row = row.read("case_join");
    Ok(CaseJoinView {
        id: row.id()?,
        kept: row.id()?,
        kept_number: row.text()?,
        joined: row.id()?,
        joined_number: row.text()?,
        why: row.text()?,
        danger_from: row.maybe_day()?,
        by: row.text()?,
        at: row.moment()?,
        undone_at: row.maybe_moment()?,
    })
}

/// One joining.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: CaseJoinId) -> Result<Option<CaseJoinView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// The cases that went to this one, and the one that this one went to.
///
/// # Errors
/// When the engine fails.
pub fn around(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<CaseJoinView>, StoreError> {
    let both = tx.rows(&OF_KEPT, &[case.into()])?.into_iter().chain(tx.rows(&OF_JOINED, &[case.into()])?);
    both.map(view).collect()
}

/// Other cases of a family of the same name with the same team: id, number, opened on.
///
/// # Errors
/// When the engine fails.
pub fn same_name(tx: &ReadTx<'_>, case: CaseId, team: TeamId) -> Result<Vec<(CaseId, String, Day)>, StoreError> {
    tx.rows(&SAME_NAME, &[case.into(), team.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("case_file");
            Ok((row.id()?, row.text()?, row.day()?))
        })
        .collect()
}

/// Joins two cases.
///
/// # Errors
/// When the engine fails.
pub fn join(tx: &WriteTx<'_>, id: CaseJoinId, new: &NewCaseJoin, danger: Option<Day>) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        new.kept.into(),
        new.joined.into(),
        new.why.as_str().into(),
        danger.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params)?;
    for row in tx.rows(&REPORTS, &[new.joined.into()])? {
        let report: ReportId = row.read("report").id()?;
        tx.run(&WENT, &[id.into(), report.into()])?;
        tx.run(&MOVE_REPORT, &[report.into(), new.kept.into()])?;
    }
    tx.run(&INTO, &[new.joined.into(), Some(new.kept.0).into()]).map(|_| ())
}

/// Gives back what went over; `false` if that was done already.
///
/// # Errors
/// When the engine fails.
pub fn undo(tx: &WriteTx<'_>, done: &CaseJoinView) -> Result<bool, StoreError> {
    for row in tx.rows(&WENT_OVER, &[done.id.into()])? {
        let report: ReportId = row.read("case_join_report").id()?;
        tx.run(&MOVE_REPORT, &[report.into(), done.joined.into()])?;
    }
    tx.run(&INTO, &[done.joined.into(), Value::from(None::<uuid::Uuid>)])?;
    Ok(tx.run(&UNDO, &[done.id.into(), tx.grant().user().into(), tx.now().into()])? > 0)
}
