// SPDX-License-Identifier: EUPL-1.2
//! Expenditure and income of a year as the statistics ask (Teil IV): kept in the transaction of each
//! booking and proven against the book by `verify`.

use super::ledger::purpose;
use crate::db::{ReadTx, StoreError};
use domain::budget::{Account, Purpose};
use domain::kernel::Balance;

crate::statement! {
    pub(super) ADD_TO_PURPOSE = "INSERT INTO purpose_sum (office_id, pot_id, paragraph, form, side, product, flow, cents)
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                      ON CONFLICT (office_id, pot_id, paragraph, form, side, product, flow)
                      DO UPDATE SET cents = purpose_sum.cents + excluded.cents";
    SUMS = "SELECT s.paragraph, s.form, s.side, s.product, s.flow, CAST(SUM(s.cents) AS BIGINT) FROM purpose_sum s
            WHERE s.office_id = $1 AND s.pot_id IN (SELECT id FROM pot WHERE office_id = $1 AND year = $2)
            GROUP BY s.paragraph, s.form, s.side, s.product, s.flow
            ORDER BY s.paragraph, s.form, s.side, s.product, s.flow";
}

/// What a move counts: paid is what leaves the promises, in advance or for good; the later proof of an advance pays
/// nothing again. Income is gross.
pub(super) fn paid(source: Account, target: Account, cents: i64) -> i64 {
    let out = |account| matches!(account, Account::Drawn | Account::Advanced);
    match (source, target) {
        (source, target) if out(source) && out(target) => 0,
        (_, target) if out(target) => cents,
        (source, _) if out(source) => -cents,
        (Account::Income, _) => cents,
        (_, Account::Income) => -cents,
        _ => 0,
    }
}

/// Paid and received in a year, by purpose, in cents.
///
/// # Errors
/// When the engine fails.
pub fn sums(tx: &ReadTx<'_>, year: i16) -> Result<Vec<(Purpose, Balance)>, StoreError> {
    tx.rows(&SUMS, &[year.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("purpose_sum");
            let purpose = purpose(&mut row)?.ok_or(StoreError::Inconsistent("purpose_sum", "purpose".into()))?;
            Ok((purpose, row.balance()?))
        })
        .collect()
}
