// SPDX-License-Identifier: EUPL-1.2
//! Proves what is kept of quarters for readers of sums: it is what the book says of each booking.

use crate::db::{ReadTx, StoreError, Value};
use domain::kernel::PotId;
use std::collections::HashMap;
use uuid::Uuid;

crate::statement! {
    KEPT = "SELECT pot_id, quarter, source, target, promise_id, commission_id, agency_id, root_id, cents FROM pot_quarter
            WHERE office_id = $1 ORDER BY pot_id, quarter, source, target, promise_id, commission_id, agency_id, root_id";
    BOOKED = "SELECT e.pot_id, SUBSTR(b.booked_on, 1, 4) || CASE WHEN SUBSTR(b.booked_on, 6, 2) <= '03' THEN '-03-31'
                  WHEN SUBSTR(b.booked_on, 6, 2) <= '06' THEN '-06-30' WHEN SUBSTR(b.booked_on, 6, 2) <= '09' THEN '-09-30'
                  ELSE '-12-31' END, e.source, e.target,
                COALESCE(b.promise_id, $2), COALESCE(b.commission_id, $2), COALESCE(b.agency_id, $2),
                CASE WHEN b.commission_id IS NULL AND (b.promise_id IS NULL OR e.source = 'income' OR e.target = 'income')
                  THEN COALESCE(b.counters, b.id) ELSE $2 END, CAST(SUM(e.cents) AS BIGINT)
              FROM ledger_entry e JOIN booking b ON b.office_id = e.office_id AND b.id = e.booking_id
              WHERE e.office_id = $1 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8";
}

/// Pots and quarters whose kept movements are not those of the book.
pub(super) fn faults(tx: &ReadTx<'_>) -> Result<Vec<(PotId, String)>, StoreError> {
    type Key = (PotId, String, String, String, [Uuid; 4]);
    let sums = |sql, params: &[Value]| {
        let row = |row: crate::row::Row| {
            let mut row = row.read("pot_quarter");
            let key: Key =
                (row.id()?, row.text()?, row.text()?, row.text()?, [row.id()?, row.id()?, row.id()?, row.id()?]);
            Ok((key, row.int()?))
        };
        tx.rows(sql, params)?.into_iter().map(row).collect::<Result<HashMap<Key, i64>, StoreError>>()
    };
    let (mut kept, booked) = (sums(&KEPT, &[])?, sums(&BOOKED, &[Uuid::nil().into()])?);
    let missed = booked.into_iter().filter(|(key, cents)| kept.remove(key) != Some(*cents));
    let missed: Vec<Key> = missed.map(|(key, _)| key).collect();
    let mut wrong: Vec<(PotId, String)> =
        missed.into_iter().chain(kept.into_keys()).map(|(pot, quarter, ..)| (pot, quarter)).collect();
    wrong.sort();
    wrong.dedup();
    Ok(wrong)
}
