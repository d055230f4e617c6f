// SPDX-License-Identifier: EUPL-1.2
//! Cases in short. Each saving is a version; none is changed, so what somebody wrote over is there to be read.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::kernel::{BriefId, CaseId, Moment};

crate::statement! {
    VERSIONS = "SELECT b.id, b.number, b.words, b.merged, a.name, b.written_at FROM case_brief b
                JOIN account a ON a.office_id = b.office_id AND a.id = b.written_by
                WHERE b.office_id = $1 AND b.case_id = $2 ORDER BY b.number DESC LIMIT $3";
    ONE = "SELECT b.id, b.number, b.words, b.merged, a.name, b.written_at FROM case_brief b
           JOIN account a ON a.office_id = b.office_id AND a.id = b.written_by
           WHERE b.office_id = $1 AND b.case_id = $2 AND b.number = $3";
    INSERT = "INSERT INTO case_brief (office_id, id, case_id, number, words, based_on, merged, written_by, written_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefView {
    /// Id.
    pub id: BriefId,
    /// Number.
    pub number: i64,
    /// The text.
    pub words: String,
    /// Put together out of two.
    pub merged: bool,
    /// By.
    pub by: String,
    /// At.
    pub at: Moment,
}

fn view(row: Row) -> Result<BriefView, StoreError> {
    let mut row = row.read("case_brief");
    Ok(BriefView {
        id: row.id()?,
        number: row.int()?,
        words: row.text()?,
        merged: row.int()? == 1,
        by: row.text()?,
        at: row.moment()?,
    })
}

/// The newest versions, newest first.
///
/// # Errors
/// When the engine fails.
pub fn versions(tx: &ReadTx<'_>, case: CaseId, limit: i64) -> Result<Vec<BriefView>, StoreError> {
    tx.rows(&VERSIONS, &[case.into(), limit.into()])?.into_iter().map(view).collect()
}

/// One version.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, case: CaseId, number: i64) -> Result<Option<BriefView>, StoreError> {
    tx.one(&ONE, &[case.into(), number.into()])?.map(view).transpose()
}

/// A version as it is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewVersion<'a> {
    /// Id.
    pub id: BriefId,
    /// Number.
    pub number: i64,
    /// The text.
    pub words: &'a str,
    /// The version the writer had before their eyes.
    pub based_on: i64,
    /// Put together out of two.
    pub merged: bool,
}

/// Keeps a version.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody else kept this number first.
pub fn insert(tx: &WriteTx<'_>, case: CaseId, new: &NewVersion<'_>) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        new.id.into(),
        case.into(),
        new.number.into(),
        new.words.into(),
        new.based_on.into(),
        i64::from(new.merged).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}
