// SPDX-License-Identifier: EUPL-1.2
//! What is behind the sums of a year's pots: whom each movement concerns, and whose money it became. Kept by quarter in
//! the transaction of each booking, so that a reader of sums reads some rows a help and not one a booking; `verify` proves it.

use super::ledger::Sealed;
use crate::db::{ReadTx, StoreError, Value};
use domain::budget::{Account, Trace, quarter_end};
use domain::kernel::{Day, PotId};
use std::collections::BTreeMap;
use uuid::Uuid;

crate::statement! {
    pub(super) ADD_TO_QUARTER = "INSERT INTO pot_quarter (office_id, pot_id, quarter, source, target, promise_id, commission_id, agency_id, root_id, cents)
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                  ON CONFLICT (office_id, pot_id, quarter, source, target, promise_id, commission_id, agency_id, root_id)
                  DO UPDATE SET cents = pot_quarter.cents + excluded.cents";
    // Who stands behind a movement: the case of its commission, or of the top-up that it covers; without a case the promise
    // for a single person; of income each booking by itself, since nothing is known of who paid it.
    TRACES = "SELECT q.pot_id, q.quarter, q.source, q.target, COALESCE(NULLIF(q.agency_id, $4), r.agency_id),
                COALESCE(c.case_id, k.case_id, CASE WHEN r.form = 'single' THEN r.id END,
                         CASE WHEN q.source = 'income' OR q.target = 'income' THEN q.root_id END), q.cents
              FROM pot_quarter q
              LEFT JOIN promise r ON r.office_id = q.office_id AND r.id = q.promise_id
              LEFT JOIN commission c ON c.office_id = q.office_id AND c.id = q.commission_id
              LEFT JOIN top_up_cover v ON v.office_id = q.office_id AND v.booking_id = q.root_id
              LEFT JOIN top_up t ON t.office_id = v.office_id AND t.id = v.top_up_id
              LEFT JOIN commission k ON k.office_id = t.office_id AND k.id = t.commission_id
              WHERE q.office_id = $1 AND q.pot_id IN (SELECT id FROM pot WHERE office_id = $1 AND year = $2) AND q.quarter <= $3
              ORDER BY q.pot_id, q.quarter, q.source, q.target, q.promise_id, q.commission_id, q.agency_id, q.root_id";
}

/// Pot, last day of the quarter, from which account to which; then promise, commission, agency, and the booking itself
/// where neither of them tells whom it concerns. What there is none of is the id of nobody.
pub(super) type OfQuarter = (PotId, Day, &'static str, &'static str, [Uuid; 4]);

/// Under which key a move is kept.
pub(super) fn of_quarter(booking: &Sealed, (pot, source, target): (PotId, Account, Account)) -> OfQuarter {
    let income = source == Account::Income || target == Account::Income;
    let alone = booking.commission.is_none() && (booking.promise.is_none() || income);
    let root = alone.then_some(booking.counters.unwrap_or(booking.id));
    let behind = [
        booking.promise.map(Uuid::from),
        booking.commission.map(Uuid::from),
        booking.agency.map(Uuid::from),
        root.map(Uuid::from),
    ];
    (pot, quarter_end(booking.on), source.code(), target.code(), behind.map(Option::unwrap_or_default))
}

/// A kept sum as a row.
pub(super) fn row((key, cents): (OfQuarter, i64)) -> Vec<Value> {
    let (pot, quarter, source, target, behind) = key;
    let of: [Value; 4] = [pot.into(), quarter.into(), source.into(), target.into()];
    of.into_iter().chain(behind.map(Value::from)).chain([cents.into()]).collect()
}

/// Every movement in the pots of a year until the end of a quarter, by quarter and by whom it concerns.
///
/// # Errors
/// When the engine fails.
pub fn traces(tx: &ReadTx<'_>, year: i16, until: Day) -> Result<BTreeMap<PotId, Vec<Trace>>, StoreError> {
    let mut traces: BTreeMap<PotId, Vec<Trace>> = BTreeMap::new();
    for row in tx.rows(&TRACES, &[year.into(), until.into(), Uuid::nil().into()])? {
        let mut row = row.read("pot_quarter");
        let (pot, on) = (row.id()?, row.day()?);
        let way = (row.code(Account::from_code)?, row.code(Account::from_code)?);
        let trace = Trace { on, way, agency: row.maybe_id()?, person: row.maybe_id()?, cents: row.int()? };
        traces.entry(pot).or_default().push(trace);
    }
    Ok(traces)
}
