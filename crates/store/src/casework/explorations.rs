// SPDX-License-Identifier: EUPL-1.2
//! Sheets of exploration: as they are being worked on, and as they were on a day. A version is only ever inserted.
//! No statement here meets a card of the directory or a transmission: a neighbour on a map stays in the case (N2).

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::kernel::{CaseId, Day, ExplorationId, Moment};
use uuid::Uuid;

crate::statement! {
    DRAFT = "SELECT d.content, d.written_at, a.name FROM exploration_draft d
             JOIN account a ON a.office_id = d.office_id AND a.id = d.written_by
             WHERE d.office_id = $1 AND d.case_id = $2 AND d.kind = $3 AND d.about = $4";
    KEEP_DRAFT = "INSERT INTO exploration_draft (office_id, case_id, kind, about, content, written_by, written_at)
                  VALUES ($1, $2, $3, $4, $5, $6, $7)
                  ON CONFLICT (office_id, case_id, kind, about) DO UPDATE SET content = $5, written_by = $6, written_at = $7";
    DROP_DRAFT = "DELETE FROM exploration_draft WHERE office_id = $1 AND case_id = $2 AND kind = $3 AND about = $4";
    INSERT = "INSERT INTO exploration (office_id, id, case_id, kind, about, number, dated_on, content, fixed_at, fixed_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    NEXT = "SELECT COALESCE(MAX(number), 0) + 1 FROM exploration WHERE office_id = $1 AND case_id = $2 AND kind = $3 AND about = $4";
    VERSIONS = "SELECT e.id, e.number, e.dated_on, e.content, e.fixed_at, a.name FROM exploration e
                JOIN account a ON a.office_id = e.office_id AND a.id = e.fixed_by
                WHERE e.office_id = $1 AND e.case_id = $2 AND e.kind = $3 AND e.about = $4 ORDER BY e.number DESC LIMIT 100";
}

/// Which sheet: of a case, of a kind, about whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetAt {
    /// The case.
    pub case: CaseId,
    /// `resources`, `network` or `genogram`.
    pub kind: &'static str,
    /// The person in the middle, or the case itself.
    pub about: Uuid,
}

impl SheetAt {
    fn key(self) -> [Value; 3] {
        [self.case.into(), self.kind.into(), self.about.into()]
    }
}

/// A sheet as it is being worked on.
#[derive(Debug, Clone)]
pub struct SheetDraft {
    /// What stands on it.
    pub content: String,
    /// When it was last written on.
    pub written_at: Moment,
    /// By whom.
    pub written_by: String,
}

/// A sheet being worked on, if somebody is.
///
/// # Errors
/// When the engine fails.
pub fn draft(tx: &ReadTx<'_>, at: SheetAt) -> Result<Option<SheetDraft>, StoreError> {
    let Some(row) = tx.one(&DRAFT, &at.key())? else { return Ok(None) };
    let mut row = row.read("exploration_draft");
    Ok(Some(SheetDraft { content: row.text()?, written_at: row.moment()?, written_by: row.text()? }))
}

/// Keeps a sheet as it is now.
///
/// # Errors
/// When the engine fails.
pub fn keep_draft(tx: &WriteTx<'_>, at: SheetAt, content: &str) -> Result<(), StoreError> {
    let more: [Value; 3] = [content.into(), tx.grant().user().into(), tx.now().into()];
    tx.run(&KEEP_DRAFT, &[at.key(), more].concat()).map(|_| ())
}

/// A sheet that became a version is no longer worked on.
///
/// # Errors
/// When the engine fails.
pub fn drop_draft(tx: &WriteTx<'_>, at: SheetAt) -> Result<(), StoreError> {
    tx.run(&DROP_DRAFT, &at.key()).map(|_| ())
}

/// The number of the next version.
///
/// # Errors
/// When the engine fails.
pub fn next_number(tx: &ReadTx<'_>, at: SheetAt) -> Result<i64, StoreError> {
    tx.one(&NEXT, &at.key())?.map_or(Ok(1), |row| row.read("exploration").int())
}

/// Fixes a version for good.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody else fixed this number first.
pub fn insert(
    tx: &WriteTx<'_>,
    id: ExplorationId,
    at: SheetAt,
    (number, dated_on): (i64, Day),
    content: &str,
) -> Result<(), StoreError> {
    let [case, kind, about] = at.key();
    let params: [Value; 9] = [
        id.into(),
        case,
        kind,
        about,
        number.into(),
        dated_on.into(),
        content.into(),
        tx.now().into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A version as it was fixed.
#[derive(Debug, Clone)]
pub struct SheetVersion {
    /// Id.
    pub id: ExplorationId,
    /// Number.
    pub number: i64,
    /// Of which day it is.
    pub dated_on: Day,
    /// What stands on it.
    pub content: String,
    /// Fixed at.
    pub fixed_at: Moment,
    /// By.
    pub fixed_by: String,
}

/// The versions of a sheet, newest first.
///
/// # Errors
/// When the engine fails.
pub fn versions(tx: &ReadTx<'_>, at: SheetAt) -> Result<Vec<SheetVersion>, StoreError> {
    tx.rows(&VERSIONS, &at.key())?
        .into_iter()
        .map(|row| {
            let mut row = row.read("exploration");
            Ok(SheetVersion {
                id: row.id()?,
                number: row.int()?,
                dated_on: row.day()?,
                content: row.text()?,
                fixed_at: row.moment()?,
                fixed_by: row.text()?,
            })
        })
        .collect()
}
