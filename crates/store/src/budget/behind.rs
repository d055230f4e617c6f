// SPDX-License-Identifier: EUPL-1.2
//! What is behind the sums of a year's pots: whom each movement concerns, and whose money it became.

use crate::db::{ReadTx, StoreError};
use domain::budget::{Account, Trace};
use domain::kernel::{Day, PotId};
use std::collections::BTreeMap;

crate::statement! {
    // Who stands behind a booking: the case of its commission, or of the top-up that it covers; without a case the promise
    // for a single person; of income each booking by itself, since nothing is known of who paid it.
    TRACES = "SELECT e.pot_id, SUBSTR(b.booked_on, 1, 7), e.source, e.target, COALESCE(b.agency_id, r.agency_id),
                COALESCE(c.case_id, k.case_id, CASE WHEN r.form = 'single' THEN r.id END,
                         CASE WHEN e.source = 'income' OR e.target = 'income' THEN COALESCE(b.counters, b.id) END),
                CAST(SUM(e.cents) AS BIGINT)
              FROM ledger_entry e JOIN booking b ON b.office_id = e.office_id AND b.id = e.booking_id
              LEFT JOIN promise r ON r.office_id = b.office_id AND r.id = b.promise_id
              LEFT JOIN commission c ON c.office_id = b.office_id AND c.id = b.commission_id
              LEFT JOIN top_up_cover v ON v.office_id = b.office_id AND v.booking_id = COALESCE(b.counters, b.id)
              LEFT JOIN top_up t ON t.office_id = v.office_id AND t.id = v.top_up_id
              LEFT JOIN commission k ON k.office_id = t.office_id AND k.id = t.commission_id
              WHERE e.office_id = $1 AND e.pot_id IN (SELECT id FROM pot WHERE office_id = $1 AND year = $2) AND b.booked_on <= $3
              GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6";
}

/// Every movement in the pots of a year until a day, by month and by whom it concerns.
///
/// # Errors
/// When the engine fails.
pub fn traces(tx: &ReadTx<'_>, year: i16, until: Day) -> Result<BTreeMap<PotId, Vec<Trace>>, StoreError> {
    let mut traces: BTreeMap<PotId, Vec<Trace>> = BTreeMap::new();
    for row in tx.rows(&TRACES, &[year.into(), until.into()])? {
        let mut row = row.read("booking");
        let (pot, month) = (row.id()?, row.text()?);
        let first = Day::parse(&format!("{month}-01"));
        let first = first.or(Err(StoreError::Inconsistent("booking", "booked_on".into())))?;
        let way = (row.code(Account::from_code)?, row.code(Account::from_code)?);
        let trace =
            Trace { on: first.month_end(), way, agency: row.maybe_id()?, person: row.maybe_id()?, cents: row.int()? };
        traces.entry(pot).or_default().push(trace);
    }
    Ok(traces)
}
