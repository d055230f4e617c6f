// SPDX-License-Identifier: EUPL-1.2
//! How sheets of exploration looked before each change that is not fixed yet, so that the last one can be taken back.
//! A fixed version is not part of it: it says what was.

use super::explorations::SheetAt;
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::kernel::Moment;
use uuid::Uuid;

crate::statement! {
    REMEMBER = "INSERT INTO exploration_past (office_id, id, case_id, kind, about, content, changed_by, changed_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LAST = "SELECT p.id, p.content, a.name, p.changed_at FROM exploration_past p
            JOIN account a ON a.office_id = p.office_id AND a.id = p.changed_by
            WHERE p.office_id = $1 AND p.case_id = $2 AND p.kind = $3 AND p.about = $4 ORDER BY p.id DESC LIMIT 1";
    DROP = "DELETE FROM exploration_past WHERE office_id = $1 AND id = $2";
    FORGET = "DELETE FROM exploration_past WHERE office_id = $1 AND case_id = $2 AND kind = $3 AND about = $4 AND changed_at < $5";
}

fn key(at: SheetAt) -> [Value; 3] {
    [at.case.into(), at.kind.into(), at.about.into()]
}

/// Remembers how a sheet looked before a change; nothing where it was not being worked on.
///
/// # Errors
/// When the engine fails.
pub fn remember(tx: &WriteTx<'_>, id: Uuid, at: SheetAt, before: Option<&str>) -> Result<(), StoreError> {
    let more: [Value; 3] = [before.into(), tx.grant().user().into(), tx.now().into()];
    tx.run(&REMEMBER, &[vec![id.into()], key(at).to_vec(), more.to_vec()].concat()).map(|_| ())
}

/// The last change of a sheet.
#[derive(Debug, Clone)]
pub struct LastChange {
    /// Id.
    pub id: Uuid,
    /// How the sheet looked before; nothing where it was not being worked on.
    pub before: Option<String>,
    /// Changed by.
    pub by: String,
    /// At.
    pub at: Moment,
}

/// The last change of a sheet that is not fixed yet.
///
/// # Errors
/// When the engine fails.
pub fn last(tx: &ReadTx<'_>, at: SheetAt) -> Result<Option<LastChange>, StoreError> {
    let Some(row) = tx.one(&LAST, &key(at))? else { return Ok(None) };
    let mut row = row.read("exploration_past");
    Ok(Some(LastChange { id: row.uuid()?, before: row.maybe_text()?, by: row.text()?, at: row.moment()? }))
}

/// A change that was taken back is no longer the last; `false` if somebody else took it back.
///
/// # Errors
/// When the engine fails.
pub fn drop_last(tx: &WriteTx<'_>, id: Uuid) -> Result<bool, StoreError> {
    Ok(tx.run(&DROP, &[id.into()])? > 0)
}

/// Forgets the changes of a sheet before a moment: those that nobody may take back any more.
///
/// # Errors
/// When the engine fails.
pub fn forget(tx: &WriteTx<'_>, at: SheetAt, before: Moment) -> Result<(), StoreError> {
    tx.run(&FORGET, &[key(at).to_vec(), vec![before.into()]].concat()).map(|_| ())
}
