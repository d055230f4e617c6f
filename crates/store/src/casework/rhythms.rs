// SPDX-License-Identifier: EUPL-1.2
//! The rhythm in which one help is looked at, where it was set for that help alone. Only added to; the newest holds.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::NewRhythm;
use domain::kernel::{CaseId, CommissionId, Day};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO review_rhythm (office_id, id, case_id, commission_id, months, why, set_by, set_on)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_CASE = "SELECT r.commission_id, r.months, r.why, a.name, r.set_on FROM review_rhythm r
               JOIN account a ON a.office_id = r.office_id AND a.id = r.set_by
               WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.id DESC";
    LOOKS = "SELECT commission_id, held_on FROM review WHERE office_id = $1 AND case_id = $2 AND commission_id IS NOT NULL
             ORDER BY held_on DESC, id DESC";
}

/// A rhythm as shown.
#[derive(Debug, Clone)]
pub struct RhythmView {
    /// Of which help.
    pub commission: CommissionId,
    /// Every so many months.
    pub months: i32,
    /// Why.
    pub why: String,
    /// Who set it.
    pub set_by: String,
    /// When.
    pub set_on: Day,
}

/// Keeps a rhythm.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    id: Uuid,
    (case, commission): (CaseId, CommissionId),
    (months, why): (i32, &str),
) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        case.into(),
        commission.into(),
        i64::from(months).into(),
        why.into(),
        tx.grant().user().into(),
        tx.now().day().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Keeps a rhythm as somebody set it.
///
/// # Errors
/// When the engine fails.
pub fn set(tx: &WriteTx<'_>, id: Uuid, of: (CaseId, CommissionId), new: &NewRhythm) -> Result<(), StoreError> {
    insert(tx, id, of, (new.months, new.why.as_str()))
}

/// The rhythms of a case's helps, the newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<RhythmView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("review_rhythm");
            let commission = row.id()?;
            let months = row.int()?;
            let months =
                i32::try_from(months).or(Err(StoreError::Inconsistent("review_rhythm", months.to_string())))?;
            Ok(RhythmView { commission, months, why: row.text()?, set_by: row.text()?, set_on: row.day()? })
        })
        .collect()
}

/// When each help of a case was looked at, the latest look first.
///
/// # Errors
/// When the engine fails.
pub fn looks(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<(CommissionId, Day)>, StoreError> {
    tx.rows(&LOOKS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("review");
            Ok((row.id()?, row.day()?))
        })
        .collect()
}
