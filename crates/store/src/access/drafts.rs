// SPDX-License-Identifier: EUPL-1.2
//! Texts as they are being typed.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::kernel::{Moment, UserId};

crate::statement! {
    DRAFTS = "SELECT field, words, saved_at FROM draft WHERE office_id = $1 AND user_id = $2 AND form = $3 AND saved_at >= $4";
    KEEP_DRAFT = "INSERT INTO draft (office_id, user_id, form, field, words, saved_at) VALUES ($1, $2, $3, $4, $5, $6)
                  ON CONFLICT (office_id, user_id, form, field) DO UPDATE SET words = $5, saved_at = $6";
    COUNT_FORMS = "SELECT COUNT(*) FROM (SELECT form FROM draft WHERE office_id = $1 AND user_id = $2 AND form <> $3 GROUP BY form) f";
    DROP_OLD = "DELETE FROM draft WHERE office_id = $1 AND user_id = $2 AND saved_at < $3";
    DROP_DRAFTS = "DELETE FROM draft WHERE office_id = $1 AND user_id = $2 AND form = $3";
    OPEN_DRAFTS = "SELECT form, MAX(saved_at) FROM draft WHERE office_id = $1 AND user_id = $2 AND saved_at >= $3 GROUP BY form ORDER BY 2 DESC LIMIT 10";
}

/// One field of a draft: field, text, when.
pub type DraftField = (String, String, Moment);

/// The drafts of a form that were typed since a moment.
///
/// # Errors
/// When the engine fails.
pub fn drafts(tx: &ReadTx<'_>, user: UserId, form: &str, since: Moment) -> Result<Vec<DraftField>, StoreError> {
    tx.rows(&DRAFTS, &[user.into(), form.into(), since.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("draft");
            Ok((row.text()?, row.text()?, row.moment()?))
        })
        .collect()
}

/// Forms with drafts typed since a moment, newest first.
///
/// # Errors
/// When the engine fails.
pub fn open_drafts(tx: &ReadTx<'_>, user: UserId, since: Moment) -> Result<Vec<(String, Moment)>, StoreError> {
    tx.rows(&OPEN_DRAFTS, &[user.into(), since.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("draft");
            Ok((row.text()?, row.moment()?))
        })
        .collect()
}

/// How many other forms of this person hold drafts.
///
/// # Errors
/// When the engine fails.
pub fn count_other_forms(tx: &ReadTx<'_>, user: UserId, form: &str) -> Result<i64, StoreError> {
    tx.one(&COUNT_FORMS, &[user.into(), form.into()])?.map_or(Ok(0), |row| row.read("draft").int())
}

/// Drops a person's drafts that were typed before a moment.
///
/// # Errors
/// When the engine fails.
pub fn drop_old(tx: &WriteTx<'_>, before: Moment) -> Result<(), StoreError> {
    tx.run(&DROP_OLD, &[tx.grant().user().into(), before.into()]).map(|_| ())
}

/// Keeps a field of a form as it is being typed.
///
/// # Errors
/// When the engine fails.
pub fn keep_draft(tx: &WriteTx<'_>, form: &str, field: &str, words: &str) -> Result<(), StoreError> {
    let params: [Value; 5] = [tx.grant().user().into(), form.into(), field.into(), words.into(), tx.now().into()];
    tx.run(&KEEP_DRAFT, &params).map(|_| ())
}

/// Drops the drafts of a form that was saved.
///
/// # Errors
/// When the engine fails.
pub fn drop_drafts(tx: &WriteTx<'_>, form: &str) -> Result<(), StoreError> {
    tx.run(&DROP_DRAFTS, &[tx.grant().user().into(), form.into()]).map(|_| ())
}
