// SPDX-License-Identifier: EUPL-1.2
//! Extracts of plan versions for family courts. Only added to; what they say stands in the versions.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{NewExtract, Proceeding};
use domain::kernel::{CaseId, CourtExtractId, Day, Line, Note, PlanId};

crate::statement! {
    INSERT = "INSERT INTO court_extract (office_id, id, case_id, plan_id, court, file_number, proceeding, asked_on, reviews, made_on, made_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ONE = "SELECT e.case_id, e.plan_id, v.number, e.court, e.file_number, e.proceeding, e.asked_on, e.reviews, e.made_on, a.name
           FROM court_extract e JOIN plan_version v ON v.office_id = e.office_id AND v.id = e.plan_id
           JOIN account a ON a.office_id = e.office_id AND a.id = e.made_by
           WHERE e.office_id = $1 AND e.id = $2";
    OF_CASE = "SELECT e.id, v.number, e.court, e.proceeding, e.made_on, a.name
               FROM court_extract e JOIN plan_version v ON v.office_id = e.office_id AND v.id = e.plan_id
               JOIN account a ON a.office_id = e.office_id AND a.id = e.made_by
               WHERE e.office_id = $1 AND e.case_id = $2 ORDER BY e.id DESC LIMIT 50";
}

/// Keeps that an extract was made.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    id: CourtExtractId,
    (case, plan): (CaseId, PlanId),
    new: &NewExtract,
) -> Result<(), StoreError> {
    let params: [Value; 10] = [
        id.into(),
        case.into(),
        plan.into(),
        new.court.as_str().into(),
        new.file_number.as_ref().map(Line::as_str).into(),
        new.proceeding.code().into(),
        new.asked_on.into(),
        new.reviews.as_ref().map(Note::as_str).into(),
        tx.now().day().into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// An extract that was made.
#[derive(Debug, Clone)]
pub struct ExtractView {
    /// Of which case.
    pub case: CaseId,
    /// Of which version.
    pub plan: PlanId,
    /// Its number.
    pub version: i64,
    /// For which court.
    pub court: String,
    /// The court's file number.
    pub file_number: Option<String>,
    /// In which proceeding.
    pub proceeding: Proceeding,
    /// When the court asked.
    pub asked_on: Option<Day>,
    /// What a review came to beside what the versions say.
    pub reviews: Option<String>,
    /// Made on.
    pub made_on: Day,
    /// By.
    pub made_by: String,
}

/// One extract.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: CourtExtractId) -> Result<Option<ExtractView>, StoreError> {
    let Some(row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("court_extract");
    Ok(Some(ExtractView {
        case: row.id()?,
        plan: row.id()?,
        version: row.int()?,
        court: row.text()?,
        file_number: row.maybe_text()?,
        proceeding: row.code(Proceeding::from_code)?,
        asked_on: row.maybe_day()?,
        reviews: row.maybe_text()?,
        made_on: row.day()?,
        made_by: row.text()?,
    }))
}

/// A line of the list of a case's extracts.
#[derive(Debug, Clone)]
pub struct ExtractLine {
    /// Id.
    pub id: CourtExtractId,
    /// Number of the version.
    pub version: i64,
    /// For which court.
    pub court: String,
    /// In which proceeding.
    pub proceeding: Proceeding,
    /// Made on.
    pub made_on: Day,
    /// By.
    pub made_by: String,
}

/// The extracts of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ExtractLine>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("court_extract");
            Ok(ExtractLine {
                id: row.id()?,
                version: row.int()?,
                court: row.text()?,
                proceeding: row.code(Proceeding::from_code)?,
                made_on: row.day()?,
                made_by: row.text()?,
            })
        })
        .collect()
}
