// SPDX-License-Identifier: EUPL-1.2
//! By what erased cards are known again: digests and their days, never a word.

use crate::db::{ReadTx, StoreError, WriteTx};
use domain::kernel::Day;
use std::collections::BTreeMap;

crate::statement! {
    SALT = "SELECT salt FROM card_mark_salt WHERE office_id = $1";
    KEEP_SALT = "INSERT INTO card_mark_salt (office_id, salt) VALUES ($1, $2)";
    KEEP = "INSERT INTO card_mark (office_id, digest, erased_on) VALUES ($1, $2, $3)
            ON CONFLICT (office_id, digest) DO UPDATE SET erased_on = excluded.erased_on";
    MARKS = "SELECT digest, erased_on FROM card_mark WHERE office_id = $1";
}

/// The office's salt, once something was marked.
///
/// # Errors
/// When the engine fails.
pub fn salt(tx: &ReadTx<'_>) -> Result<Option<String>, StoreError> {
    tx.one(&SALT, &[])?.map(|row| row.read("card_mark_salt").text()).transpose()
}

/// Keeps the office's salt; there is one.
///
/// # Errors
/// When the engine fails, also when there is one already.
pub fn keep_salt(tx: &WriteTx<'_>, salt: &str) -> Result<(), StoreError> {
    tx.run(&KEEP_SALT, &[salt.into()]).map(|_| ())
}

/// Keeps the mark of a card that is erased today.
///
/// # Errors
/// When the engine fails.
pub fn keep(tx: &WriteTx<'_>, digest: &str) -> Result<(), StoreError> {
    tx.run(&KEEP, &[digest.into(), tx.now().day().into()]).map(|_| ())
}

/// All marks, with the day on which the card was erased.
///
/// # Errors
/// When the engine fails.
pub fn marks(tx: &ReadTx<'_>) -> Result<BTreeMap<String, Day>, StoreError> {
    let mark = |row: crate::row::Row| {
        let mut row = row.read("card_mark");
        Ok((row.text()?, row.day()?))
    };
    tx.rows(&MARKS, &[])?.into_iter().map(mark).collect()
}
