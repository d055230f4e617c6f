// SPDX-License-Identifier: EUPL-1.2
//! Who keeps how many cards, and cards that go from one keeper to another.

use super::cards::next;
use crate::db::{ReadTx, StoreError, WriteTx};
use crate::row::Row;
use domain::access::Role;
use domain::kernel::{CardId, Day, UserId};

crate::statement! {
    KEPT = "SELECT COUNT(*) FROM card WHERE office_id = $1 AND keeper_id = $2";
    TOLD = "SELECT COUNT(*) FROM card_task t WHERE t.office_id = $1 AND t.done_at IS NULL
            AND t.card_id IN (SELECT c.id FROM card c WHERE c.office_id = $1 AND c.keeper_id = $2)";
    OF_KEEPER = "SELECT id FROM card WHERE office_id = $1 AND keeper_id = $2 ORDER BY due_on, id";
    LASTING = "SELECT role FROM post WHERE office_id = $1 AND user_id = $2 AND valid_from <= $3 AND valid_until IS NULL ORDER BY id";
    HAND = "UPDATE card SET keeper_id = $3, changed = $4 WHERE office_id = $1 AND id = $2";
}

/// How many cards somebody keeps, and how much was told about them that waits.
///
/// # Errors
/// When the engine fails.
pub fn kept_by(tx: &ReadTx<'_>, keeper: UserId) -> Result<(i64, i64), StoreError> {
    let count = |sql| tx.one(sql, &[keeper.into()])?.map_or(Ok(0), |row: Row| row.read("card").int());
    Ok((count(&KEPT)?, count(&TOLD)?))
}

/// The cards of a keeper.
///
/// # Errors
/// When the engine fails.
pub fn cards_of(tx: &ReadTx<'_>, keeper: UserId) -> Result<Vec<CardId>, StoreError> {
    tx.rows(&OF_KEEPER, &[keeper.into()])?.into_iter().map(|row| row.read("card").id()).collect()
}

/// What somebody does in the office today without an end that is known.
///
/// # Errors
/// When the engine fails.
pub fn lasting_roles(tx: &ReadTx<'_>, keeper: UserId, today: Day) -> Result<Vec<Role>, StoreError> {
    tx.rows(&LASTING, &[keeper.into(), today.into()])?
        .into_iter()
        .map(|row| row.read("post").code(Role::from_code))
        .collect()
}

/// Gives a card to another keeper; what was told about it goes with it.
///
/// # Errors
/// When the engine fails.
pub fn hand(tx: &WriteTx<'_>, card: CardId, to: UserId) -> Result<(), StoreError> {
    let number = next(tx)?;
    tx.run(&HAND, &[card.into(), to.into(), number.into()]).map(|_| ())
}
