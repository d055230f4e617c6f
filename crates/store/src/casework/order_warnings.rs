// SPDX-License-Identifier: EUPL-1.2
//! What warned when an agency was commissioned, and why it was commissioned all the same; only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::OrderWarning;
use domain::kernel::{CaseId, CommissionId, Moment, Note};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO commission_warning (office_id, id, case_id, commission_id, warning, reason, given_by, given_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_CASE = "SELECT w.commission_id, w.warning, w.reason, a.name, w.given_at FROM commission_warning w
               JOIN account a ON a.office_id = w.office_id AND a.id = w.given_by
               WHERE w.office_id = $1 AND w.case_id = $2 ORDER BY w.id LIMIT 100";
}

/// Keeps why an agency was commissioned although something warned.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    id: Uuid,
    (case, commission): (CaseId, CommissionId),
    (warning, reason): (OrderWarning, &Note),
) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        case.into(),
        commission.into(),
        warning.code().into(),
        reason.as_str().into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A warning with its reason.
#[derive(Debug, Clone)]
pub struct AnsweredView {
    /// Of which commission.
    pub commission: CommissionId,
    /// What warned.
    pub warning: OrderWarning,
    /// Why all the same.
    pub reason: String,
    /// Who gave the reason.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// The warnings of a case's commissions with their reasons, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<AnsweredView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("commission_warning");
            Ok(AnsweredView {
                commission: row.id()?,
                warning: row.code(OrderWarning::from_code)?,
                reason: row.text()?,
                by: row.text()?,
                at: row.moment()?,
            })
        })
        .collect()
}
