// SPDX-License-Identifier: EUPL-1.2
//! How often cards were of use: numbers for a month and a space, and nothing else.

use crate::db::{ReadTx, StoreError, WriteTx};
use domain::kernel::{CardId, Day, SpaceId};
use std::collections::BTreeMap;
use uuid::Uuid;

crate::statement! {
    COUNT = "INSERT INTO card_use (office_id, card_id, month, space_id, uses) VALUES ($1, $2, $3, $4, 1)
             ON CONFLICT (office_id, card_id, month, space_id) DO UPDATE SET uses = card_use.uses + 1";
    USES = "SELECT COALESCE(s.name, ''), CAST(SUM(u.uses) AS BIGINT) FROM card_use u
            LEFT JOIN social_space s ON s.office_id = u.office_id AND s.id = u.space_id
            WHERE u.office_id = $1 AND u.card_id = $2 AND u.month >= $3 AND u.month < $4 GROUP BY 1 ORDER BY 1";
}

/// Counts one use in the month of a day; no space, if it must not be told.
///
/// # Errors
/// When the engine fails.
pub fn count(tx: &WriteTx<'_>, card: CardId, space: Option<SpaceId>) -> Result<(), StoreError> {
    let space = space.map_or(Uuid::nil(), |space| space.0);
    tx.run(&COUNT, &[card.into(), tx.now().day().month_start().into(), space.into()]).map(|_| ())
}

/// Uses of a card in these months, by the names of spaces; without a name where the space is not told.
///
/// # Errors
/// When the engine fails.
pub fn uses(tx: &ReadTx<'_>, card: CardId, (from, before): (Day, Day)) -> Result<BTreeMap<String, i64>, StoreError> {
    let rows = tx.rows(&USES, &[card.into(), from.into(), before.into()])?;
    let count = |row: crate::row::Row| {
        let mut row = row.read("card_use");
        Ok((row.text()?, row.int()?))
    };
    rows.into_iter().map(count).collect()
}
