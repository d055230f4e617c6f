// SPDX-License-Identifier: EUPL-1.2
//! Sums of payments that are kept so that pages read no history: `verify` finds each that was changed, added or taken
//! away by the side door, and none in a town that was written through the front door.

use crate::alike::fill;
use crate::fresh::Fresh;
use crate::town::{OFFICE, today};
use domain::budget::quarter_end;
use domain::kernel::Day;
use std::collections::BTreeMap;
use store::Db;
use store::budget::behind::traces;
use store::budget::verify::{Fault, verify};

on_both_engines!(
    a_tampered_kept_sum_of_payments_is_found_out,
    the_last_month_paid_is_kept,
    bodies_are_judged_by_what_the_book_says
);

async fn faults(db: &Db) -> Vec<Fault> {
    db.read(OFFICE, |tx| verify(tx).map(|proof| proof.faults)).await.unwrap()
}

/// Which kind of fault.
type Is = fn(&Fault) -> bool;

/// What is changed, how it is told, and how it is put right.
const TAMPERED: &[(&str, &str, &str, Is)] = &[
    (
        "a region's month",
        "UPDATE payment_sum SET cents = cents + 1",
        "UPDATE payment_sum SET cents = cents - 1",
        |fault| matches!(fault, Fault::Paid(_, _, kept, paid) if *kept == paid + 1),
    ),
    (
        "a help's year",
        "UPDATE commission_paid SET cents = cents - 1",
        "UPDATE commission_paid SET cents = cents + 1",
        |fault| matches!(fault, Fault::Help(_, 2026, kept, paid) if *kept == paid - 1),
    ),
    (
        "a help's last month",
        "UPDATE commission_paid SET last_month = '2026-12' || SUBSTR(last_month, 8)",
        "UPDATE commission_paid SET last_month = (SELECT MAX(month) FROM payment)",
        |fault| matches!(fault, Fault::Help(..)),
    ),
    ("a payment", "UPDATE payment SET cents = cents + 100", "UPDATE payment SET cents = cents - 100", |fault| {
        matches!(fault, Fault::Help(..))
    }),
    (
        "the month of a payment",
        "UPDATE payment SET month = '2025' || SUBSTR(month, 5)",
        "UPDATE payment SET month = '2026' || SUBSTR(month, 5)",
        |fault| matches!(fault, Fault::Help(_, 2025, 0, 82_500)),
    ),
    (
        "a paid month that is owed again",
        "INSERT INTO unpaid_proof (office_id, transmission_id, month, agency_id)
         SELECT s.office_id, s.transmission_id, s.month, x.agency_id FROM service_proof s
         JOIN transmission x ON x.id = s.transmission_id WHERE NOT EXISTS (
           SELECT 1 FROM unpaid_proof u WHERE u.transmission_id = s.transmission_id AND u.month = s.month)",
        "DELETE FROM unpaid_proof WHERE month IN (SELECT month FROM payment)",
        |fault| matches!(fault, Fault::Owed(..)),
    ),
    (
        "what bodies are judged by",
        "UPDATE pot_quarter SET cents = cents + 1",
        "UPDATE pot_quarter SET cents = cents - 1",
        |fault| matches!(fault, Fault::Quarter(..)),
    ),
    (
        "whom a movement concerns",
        "UPDATE pot_quarter SET commission_id = promise_id, promise_id = commission_id",
        "UPDATE pot_quarter SET commission_id = promise_id, promise_id = commission_id",
        |fault| matches!(fault, Fault::Quarter(..)),
    ),
    (
        "an owed month in another month",
        "UPDATE unpaid_proof SET month = '2020' || SUBSTR(month, 5)",
        "UPDATE unpaid_proof SET month = '2026' || SUBSTR(month, 5)",
        |fault| matches!(fault, Fault::Owed(..)),
    ),
];

async fn a_tampered_kept_sum_of_payments_is_found_out(fresh: &Fresh) {
    let db = fresh.db().await;
    fill(&db).await;
    let (good, raw) = (faults(&db).await, fresh.raw().await);
    let kept =
        |fault: &Fault| matches!(fault, Fault::Paid(..) | Fault::Help(..) | Fault::Owed(..) | Fault::Quarter(..));
    assert!(!good.iter().any(kept), "{good:?}");
    for table in ["payment_sum", "commission_paid", "unpaid_proof", "pot_quarter"] {
        assert!(raw.number(&format!("SELECT COUNT(*) FROM {table}")).await > 0, "nothing is kept in {table}");
    }
    for (what, there, back, told) in TAMPERED {
        raw.run(there).await;
        assert!(faults(&db).await.iter().any(told), "{what} was not found");
        raw.run(back).await;
        assert_eq!(faults(&db).await, good, "{what}");
    }
    for (table, told) in [
        ("payment_sum", (|fault| matches!(fault, Fault::Paid(_, _, 0, 82_500))) as Is),
        ("commission_paid", |fault| matches!(fault, Fault::Help(_, _, 0, 82_500))),
        ("unpaid_proof", |fault| matches!(fault, Fault::Owed(..))),
        ("pot_quarter", |fault| matches!(fault, Fault::Quarter(..))),
    ] {
        raw.run(&format!("DELETE FROM {table}")).await;
        assert!(faults(&db).await.iter().any(told), "{table} emptied");
    }
}

/// The kept sum is what the payments say, also of the day gone by.
async fn the_last_month_paid_is_kept(fresh: &Fresh) {
    let db = fresh.db().await;
    fill(&db).await;
    let raw = fresh.raw().await;
    let kept = raw.rows("SELECT commission_id, year, cents, last_month FROM commission_paid ORDER BY 1, 2").await;
    let paid = raw.rows(
        "SELECT commission_id, CAST(SUBSTR(month, 1, 4) AS BIGINT), CAST(SUM(cents) AS BIGINT), MAX(month) FROM payment
         WHERE commission_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
    );
    let month = today().month_start().to_string();
    assert_eq!(kept, paid.await);
    assert!(kept.iter().all(|row| row[3] == month), "{kept:?}");
}

/// Whom every booking concerns, asked of the book itself, booking by booking.
const RECOUNT: &str = "SELECT e.pot_id, b.booked_on, e.source, e.target, COALESCE(b.agency_id, r.agency_id),
       COALESCE(c.case_id, k.case_id, CASE WHEN r.form = 'single' THEN r.id END,
                CASE WHEN e.source = 'income' OR e.target = 'income' THEN COALESCE(b.counters, b.id) END), e.cents
     FROM ledger_entry e JOIN booking b ON b.office_id = e.office_id AND b.id = e.booking_id
     LEFT JOIN promise r ON r.office_id = b.office_id AND r.id = b.promise_id
     LEFT JOIN commission c ON c.office_id = b.office_id AND c.id = b.commission_id
     LEFT JOIN top_up_cover v ON v.office_id = b.office_id AND v.booking_id = COALESCE(b.counters, b.id)
     LEFT JOIN top_up t ON t.office_id = v.office_id AND t.id = v.top_up_id
     LEFT JOIN commission k ON k.office_id = t.office_id AND k.id = t.commission_id";

/// The kept movements of quarters are what the book says of each booking, alone and taken together.
async fn bodies_are_judged_by_what_the_book_says(fresh: &Fresh) {
    let db = fresh.db().await;
    fill(&db).await;
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.simple().to_string()).unwrap_or_default();
    let last = quarter_end(today());
    let mut kept: BTreeMap<Vec<String>, i64> = BTreeMap::new();
    let traces = db.read(OFFICE, move |tx| traces(tx, 2026, last)).await.unwrap();
    for (pot, trace) in traces.iter().flat_map(|(pot, all)| all.iter().map(move |trace| (pot, trace))) {
        let (from, to) = (trace.way.0.code().to_owned(), trace.way.1.code().to_owned());
        let key = vec![
            id(Some((*pot).into())),
            trace.on.to_string(),
            from,
            to,
            id(trace.agency.map(Into::into)),
            id(trace.person),
        ];
        *kept.entry(key).or_default() += trace.cents;
    }
    let mut booked: BTreeMap<Vec<String>, i64> = BTreeMap::new();
    for mut row in fresh.raw().await.rows(RECOUNT).await {
        let cents: i64 = row.pop().unwrap().parse().unwrap();
        row[1] = quarter_end(Day::parse(&row[1]).unwrap()).to_string();
        [0, 4, 5].into_iter().for_each(|at| row[at] = row[at].replace('-', ""));
        *booked.entry(row).or_default() += cents;
    }
    assert_eq!(kept, booked);
    let persons = kept.keys().filter(|key| !key[5].is_empty()).count();
    assert!(persons > 1 && kept.keys().any(|key| key[5].is_empty()), "{kept:?}");
    let before = db.read(OFFICE, move |tx| traces_of(tx, last)).await.unwrap();
    assert!(before.is_empty(), "a quarter that is not over is not looked at");
}

fn traces_of(tx: &store::ReadTx<'_>, last: Day) -> Result<Vec<domain::budget::Trace>, store::StoreError> {
    Ok(traces(tx, 2026, last.plus_days(-1))?.into_values().flatten().filter(|trace| trace.on == last).collect())
}
