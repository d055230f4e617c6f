// SPDX-License-Identifier: EUPL-1.2
//! Erasing a card: every row that tells of it goes, a tombstone without a word stays (Art. 17 DSGVO). A test holds the
//! list of tables against the schema, so that a new table about cards is not forgotten.

use super::cards::next;
use crate::db::{ReadTx, Sql, StoreError, WriteTx};
use domain::kernel::{CardId, Day};
use domain::resources::ErasureGround;

crate::statement! {
    JOINED = "SELECT gone_id FROM card_merge WHERE office_id = $1 AND kept_id = $2 AND undone_at IS NULL ORDER BY merged_at, id";
    DROP_PROPOSALS = "DELETE FROM card_proposal WHERE office_id = $1 AND task_id IN (SELECT id FROM card_task WHERE office_id = $1 AND card_id = $2)";
    DROP_TASKS = "DELETE FROM card_task WHERE office_id = $1 AND card_id = $2";
    DROP_LINKS = "DELETE FROM card_link WHERE office_id = $1 AND card_id = $2";
    DROP_KEPT_FIELDS = "DELETE FROM card_merge_field WHERE office_id = $1 AND merge_id IN (SELECT id FROM card_merge WHERE office_id = $1 AND kept_id = $2)";
    DROP_GONE_FIELDS = "DELETE FROM card_merge_field WHERE office_id = $1 AND merge_id IN (SELECT id FROM card_merge WHERE office_id = $1 AND gone_id = $2)";
    DROP_KEPT = "DELETE FROM card_merge WHERE office_id = $1 AND kept_id = $2";
    DROP_GONE = "DELETE FROM card_merge WHERE office_id = $1 AND gone_id = $2";
    DROP_CERTIFICATE = "DELETE FROM card_certificate WHERE office_id = $1 AND card_id = $2";
    DROP_USES = "DELETE FROM card_use WHERE office_id = $1 AND card_id = $2";
    DROP_REFUSALS = "DELETE FROM match_refusal WHERE office_id = $1 AND card_id = $2";
    DROP_TEXTS = "DELETE FROM card_text WHERE office_id = $1 AND card_id = $2";
    DROP_IMPORTED = "DELETE FROM card_import_card WHERE office_id = $1 AND card_id = $2";
    DROP_CARD = "DELETE FROM card WHERE office_id = $1 AND id = $2";
    BURY = "INSERT INTO card_tombstone (office_id, id, ground, erased_on, erased_by, changed) VALUES ($1, $2, $3, $4, $5, $6)";
    BURIED = "SELECT id FROM card_tombstone WHERE office_id = $1 AND changed > $2 ORDER BY changed";
    STONE = "SELECT ground, erased_on FROM card_tombstone WHERE office_id = $1 AND id = $2";
}

/// Tables with rows about cards, all of which erasing empties; the card itself is the last.
pub const TABLES: [&str; 11] = [
    "card_proposal",
    "card_task",
    "card_link",
    "card_merge_field",
    "card_merge",
    "card_certificate",
    "card_use",
    "match_refusal",
    "card_text",
    "card_import_card",
    "card",
];

/// Cards that were joined into a card and stand there still.
///
/// # Errors
/// When the engine fails.
pub fn joined_into(tx: &ReadTx<'_>, card: CardId) -> Result<Vec<CardId>, StoreError> {
    tx.rows(&JOINED, &[card.into()])?.into_iter().map(|row| row.read("card_merge").id()).collect()
}

/// Takes away all that is kept of a card, and leaves its tombstone.
///
/// # Errors
/// When the engine fails.
pub fn erase(tx: &WriteTx<'_>, card: CardId, ground: ErasureGround) -> Result<(), StoreError> {
    let drops: [&Sql; 13] = [
        &DROP_PROPOSALS,
        &DROP_TASKS,
        &DROP_LINKS,
        &DROP_KEPT_FIELDS,
        &DROP_GONE_FIELDS,
        &DROP_KEPT,
        &DROP_GONE,
        &DROP_CERTIFICATE,
        &DROP_USES,
        &DROP_REFUSALS,
        &DROP_TEXTS,
        &DROP_IMPORTED,
        &DROP_CARD,
    ];
    for drop in drops {
        tx.run(drop, &[card.into()])?;
    }
    let (on, by, number) = (tx.now().day(), tx.grant().user(), next(tx)?);
    tx.run(&BURY, &[card.into(), ground.code().into(), on.into(), by.into(), number.into()]).map(|_| ())
}

/// Cards erased after the change with this number.
///
/// # Errors
/// When the engine fails.
pub fn erased_since(tx: &ReadTx<'_>, number: i64) -> Result<Vec<CardId>, StoreError> {
    tx.rows(&BURIED, &[number.into()])?.into_iter().map(|row| row.read("card_tombstone").id()).collect()
}

/// Why and when a card was erased, if it was.
///
/// # Errors
/// When the engine fails.
pub fn tombstone(tx: &ReadTx<'_>, card: CardId) -> Result<Option<(ErasureGround, Day)>, StoreError> {
    let Some(row) = tx.one(&STONE, &[card.into()])? else { return Ok(None) };
    let mut row = row.read("card_tombstone");
    Ok(Some((row.code(ErasureGround::from_code)?, row.day()?)))
}
