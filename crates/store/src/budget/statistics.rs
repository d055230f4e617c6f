// SPDX-License-Identifier: EUPL-1.2
//! Expenditure and income of a year as the statistics ask (Teil IV): read out of the book.

use super::ledger::purpose;
use crate::db::{ReadTx, StoreError};
use domain::budget::Purpose;
use domain::kernel::Balance;

crate::statement! {
    // Paid is what leaves the promises, in advance or for good; the later proof of an advance pays nothing again.
    // Income is gross.
    SUMS = "SELECT b.paragraph, b.form, b.side, b.product, b.flow,
              CAST(SUM(CASE WHEN e.target IN ('drawn', 'advanced') AND e.source NOT IN ('drawn', 'advanced') THEN e.cents
                            WHEN e.source IN ('drawn', 'advanced') AND e.target NOT IN ('drawn', 'advanced') THEN -e.cents
                            WHEN e.source = 'income' THEN e.cents WHEN e.target = 'income' THEN -e.cents ELSE 0 END) AS BIGINT)
            FROM ledger_entry e JOIN booking b ON b.office_id = e.office_id AND b.id = e.booking_id
            WHERE e.office_id = $1 AND e.pot_id IN (SELECT id FROM pot WHERE office_id = $1 AND year = $2) AND b.paragraph IS NOT NULL
              AND (e.source IN ('drawn', 'advanced', 'income') OR e.target IN ('drawn', 'advanced', 'income'))
            GROUP BY b.paragraph, b.form, b.side, b.product, b.flow
            ORDER BY b.paragraph, b.form, b.side, b.product, b.flow";
}

/// Paid and received in a year, by purpose, in cents.
///
/// # Errors
/// When the engine fails.
pub fn sums(tx: &ReadTx<'_>, year: i16) -> Result<Vec<(Purpose, Balance)>, StoreError> {
    tx.rows(&SUMS, &[year.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("booking");
            let purpose = purpose(&mut row)?.ok_or(StoreError::Inconsistent("booking", "purpose".into()))?;
            Ok((purpose, row.balance()?))
        })
        .collect()
}
