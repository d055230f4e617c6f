// SPDX-License-Identifier: EUPL-1.2
//! Eight at once on one pot: capped money is spent once, claims always go through.

use crate::fresh::Fresh;
use crate::town::{Fault, change, found, id, insert_commission, note, read, regions, today};
use domain::audit::DeedKind;
use domain::budget::{Book, Booking, MoneyKind, POT_EXHAUSTED, promise};
use domain::kernel::{Amount, Balance, CommissionId, PotId};
use std::sync::{Arc, Barrier};
use store::audit::{Chain, verify};
use store::budget::lists::{FROM_NEWEST, Wanted};
use store::budget::{self, Slip, lists, topups};
use store::{Db, WriteTx};
use uuid::Uuid;

on_both_engines!(capped_money_is_spent_once, claims_always_go_through);

const WRITERS: u128 = 8;
const TRIES: u128 = 10;
const PLANNED: i64 = 100_000;
const EACH: i64 = 1_700;
const YEAR: i16 = 2026;

fn amount(cents: i64) -> Amount {
    Amount::from_cents(cents).unwrap()
}

/// Finds the pot and waits for its turn.
fn lock(tx: &WriteTx<'_>, kind: MoneyKind) -> Result<PotId, Fault> {
    Ok(budget::pot(tx, id(0x907), regions()[0], YEAR, kind)?)
}

fn book_entry(tx: &WriteTx<'_>, n: u128, booking: &Booking) -> Result<(), Fault> {
    Ok(budget::post(tx, &Slip::new(id(0xb00_0000 + n), booking, today(), ""))?)
}

/// A town with a planned pot, and a commission for top-ups to hang on.
async fn town(fresh: &Fresh, kind: MoneyKind) -> (Db, CommissionId) {
    let db = fresh.db().await;
    found(&db).await;
    change(&db, None, (DeedKind::MoneyPlanned, Uuid::nil()), move |tx| {
        insert_commission(tx, 1)?;
        let pot = lock(tx, kind)?;
        book_entry(tx, 0, &Booking::planned(pot, amount(PLANNED)))
    })
    .await
    .unwrap();
    let commission = read(&db, |tx| store::casework::plans::commissions(tx, id(1 << 32))).await[0].id;
    (db, commission)
}

async fn book_of(db: &Db, kind: MoneyKind) -> (PotId, Book) {
    read(db, move |tx| {
        let pot = budget::find_pot(tx, regions()[0], YEAR, kind)?.unwrap();
        Ok((pot, budget::book(tx, pot)?))
    })
    .await
}

/// Asks the rules and writes what they say: lock, read, decide, write.
fn promise_in(tx: &WriteTx<'_>, kind: MoneyKind, n: u128, commission: CommissionId) -> Result<(), Fault> {
    let pot = lock(tx, kind)?;
    let promised = promise((kind, pot), &budget::book(tx, pot)?, amount(EACH), Some(note("Rechtsanspruch")))?;
    book_entry(tx, n, &promised.booking)?;
    if let Some(top_up) = promised.top_up {
        budget::open_top_up(tx, Uuid::from_u128(0x7000 + n), pot, commission, &top_up)?;
    }
    Ok(())
}

/// Eight writers with ten promises each, half of them of another program; how many went through, and what the others
/// were told.
async fn race(fresh: &Fresh, db: &Db, kind: MoneyKind, commission: CommissionId) -> (i64, Vec<Fault>) {
    let other = fresh.db().await;
    let writer = |writer: u128| {
        let db = if writer.is_multiple_of(2) { db.clone() } else { other.clone() };
        async move {
            let mut faults = Vec::new();
            for n in (0..TRIES).map(|n| 1 + writer * TRIES + n) {
                let deed = (DeedKind::Commissioned, Uuid::from_u128(n));
                faults.extend(change(&db, None, deed, move |tx| promise_in(tx, kind, n, commission)).await.err());
            }
            faults
        }
    };
    let tasks: Vec<_> = (0..WRITERS).map(|n| tokio::spawn(writer(n))).collect();
    let mut faults = Vec::new();
    for task in tasks {
        faults.extend(task.await.unwrap());
    }
    let tried = i64::try_from(WRITERS * TRIES).unwrap();
    (tried - i64::try_from(faults.len()).unwrap(), faults)
}

async fn capped_money_is_spent_once(fresh: &Fresh) {
    let (db, commission) = town(fresh, MoneyKind::Grant).await;
    let (accepted, faults) = race(fresh, &db, MoneyKind::Grant, commission).await;
    assert_eq!(accepted, PLANNED / EACH, "exactly as many as fit");
    assert!(
        faults
            .iter()
            .all(|fault| *fault == Fault::Refused(POT_EXHAUSTED.broken_at("ceiling").saying(EACH - PLANNED % EACH))),
        "{faults:?}"
    );
    let (pot, book) = book_of(&db, MoneyKind::Grant).await;
    assert_eq!(book.bound.cents(), accepted * EACH);
    assert_eq!(book.free().cents(), PLANNED % EACH);
    assert_eq!(lines(&db, pot).await, (accepted + 1, accepted * EACH + PLANNED));
    assert_eq!(read(&db, verify).await, Chain::Whole(2 + accepted), "and a deed for each");
}

async fn claims_always_go_through(fresh: &Fresh) {
    let kind = MoneyKind::IndividualClaim;
    let (db, commission) = town(fresh, kind).await;
    let (accepted, faults) = race(fresh, &db, kind, commission).await;
    assert_eq!((accepted, faults), (80, vec![]));
    let (pot, book) = book_of(&db, kind).await;
    assert_eq!(book.bound.cents(), 80 * EACH);
    let shortfall = 80 * EACH - PLANNED;
    assert_eq!(book.free().cents(), -shortfall);
    let top_ups = read(&db, move |tx| topups::top_ups(tx, pot)).await;
    assert_eq!(top_ups.iter().map(|top_up| top_up.missing).sum::<Balance>().cents(), shortfall);
    assert_eq!(i64::try_from(top_ups.len()).unwrap(), 80 - PLANNED / EACH, "one for each that did not fit");
    assert_eq!(lines(&db, pot).await, (81, 80 * EACH + PLANNED));
    assert_eq!(read(&db, verify).await, Chain::Whole(2 + 80));
}

/// The book line by line: how many, and their sum.
async fn lines(db: &Db, pot: PotId) -> (i64, i64) {
    let wanted = Wanted { before: FROM_NEWEST, until: None, account: None, limit: 1_000 };
    let lines = read(db, move |tx| lists::entries(tx, pot, &wanted)).await;
    let sum: Balance = lines.iter().map(|line| line.amount).sum();
    (i64::try_from(lines.len()).unwrap(), sum.cents())
}

/// Can this race be lost at all? Yes: whoever reads the book without first taking the pot spends the money eight
/// times. All read before any writes; SQLite has only one writer and cannot be made to do this.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_lock_the_money_is_spent_again() {
    let fresh = Fresh::postgres().await;
    let (db, _) = town(&fresh, MoneyKind::Grant).await;
    let all_have_read = Arc::new(Barrier::new(usize::try_from(WRITERS).unwrap()));
    let careless = |n: u128| {
        let (db, all_have_read) = (db.clone(), Arc::clone(&all_have_read));
        async move {
            let deed = (DeedKind::Commissioned, Uuid::from_u128(n));
            change(&db, None, deed, move |tx| {
                let pot = budget::find_pot(tx, regions()[0], YEAR, MoneyKind::Grant)?.unwrap();
                let promised = promise((MoneyKind::Grant, pot), &budget::book(tx, pot)?, amount(PLANNED), None);
                all_have_read.wait();
                book_entry(tx, n, &promised?.booking)
            })
            .await
        }
    };
    let tasks: Vec<_> = (1..=WRITERS).map(|n| tokio::spawn(careless(n))).collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(book_of(&db, MoneyKind::Grant).await.1.free().cents(), PLANNED - 8 * PLANNED);
    fresh.remove().await;
}
