// SPDX-License-Identifier: EUPL-1.2
//! Looks at who reported: who, when, why. Only added to.

use crate::db::{ReadTx, StoreError, WriteTx};
use domain::kernel::{Moment, Note, ReportId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO reporter_look (office_id, id, report_id, seen_by, seen_at, reason) VALUES ($1, $2, $3, $4, $5, $6)";
    LOOKS = "SELECT a.name, l.seen_at, l.reason FROM reporter_look l
             JOIN account a ON a.office_id = l.office_id AND a.id = l.seen_by
             WHERE l.office_id = $1 AND l.report_id = $2 ORDER BY l.id DESC LIMIT 20";
}

/// Keeps a look.
///
/// # Errors
/// When the engine fails.
pub fn keep_look(tx: &WriteTx<'_>, id: Uuid, report: ReportId, reason: Option<&Note>) -> Result<(), StoreError> {
    let params = [id.into(), report.into(), tx.grant().user().into(), tx.now().into(), reason.map(Note::as_str).into()];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Somebody looked at who reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who.
    pub who: String,
    /// When.
    pub at: Moment,
    /// Why; the worker of the case need not say.
    pub reason: Option<String>,
}

/// The newest looks at who made a report.
///
/// # Errors
/// When the engine fails.
pub fn looks(tx: &ReadTx<'_>, report: ReportId) -> Result<Vec<Look>, StoreError> {
    tx.rows(&LOOKS, &[report.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("reporter_look");
            Ok(Look { who: row.text()?, at: row.moment()?, reason: row.maybe_text()? })
        })
        .collect()
}
