// SPDX-License-Identifier: EUPL-1.2
//! Sums of payments that are kept so that pages read no history: `verify` finds each that was changed, added or taken
//! away by the side door, and none in a town that was written through the front door.

use crate::alike::fill;
use crate::fresh::Fresh;
use crate::town::{OFFICE, today};
use store::Db;
use store::budget::verify::{Fault, verify};

on_both_engines!(a_tampered_kept_sum_of_payments_is_found_out, the_last_month_paid_is_kept);

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
    assert!(!good.iter().any(|fault| matches!(fault, Fault::Paid(..) | Fault::Help(..) | Fault::Owed(..))), "{good:?}");
    for table in ["payment_sum", "commission_paid", "unpaid_proof"] {
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
