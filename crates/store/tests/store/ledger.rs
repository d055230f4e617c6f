// SPDX-License-Identifier: EUPL-1.2
//! The book on both engines: as-of equals replay, every seal and sum is proven, and a tampered cent is found.

use crate::fresh::Fresh;
use crate::town::{Fault, OFFICE, change, found, id, read, regions, today};
use domain::audit::DeedKind;
use domain::budget::{Account, Book, Booking, Flow, Form, MoneyKind, Paragraph, Purpose, Side, State};
use domain::kernel::{Amount, Balance, Day, PotId};
use store::budget::lists::{self, FROM_NEWEST, Wanted};
use store::budget::verify::{Fault as BookFault, Proof, verify};
use store::budget::{self, Slip, promises};
use store::{Db, Key, StoreError, WriteTx};
use uuid::Uuid;

on_both_engines!(as_of_equals_replay, a_tampered_book_is_found_out, the_database_refuses_half_a_booking);

const YEAR: i16 = 2026;
const KINDS: [MoneyKind; 3] = [MoneyKind::IndividualClaim, MoneyKind::Grant, MoneyKind::TopSlice];

fn amount(cents: i64) -> Amount {
    Amount::from_cents(cents).unwrap()
}

fn pot(n: usize) -> PotId {
    id(0x907 + n as u128)
}

/// Three pots of one region.
async fn town(fresh: &Fresh) -> Db {
    let db = fresh.db().await;
    found(&db).await;
    change(&db, None, (DeedKind::MoneyPlanned, Uuid::nil()), |tx| {
        for (n, kind) in KINDS.into_iter().enumerate() {
            budget::pot(tx, pot(n), regions()[0], YEAR, kind)?;
        }
        Ok(())
    })
    .await
    .unwrap();
    db
}

/// Bookings of all kinds, for days in no order; the same on every run.
fn bookings() -> Vec<(Day, Booking)> {
    let mut chance = 0x2545_F491_4F6C_DD1D_u64;
    let mut below = |limit: u64| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        chance % limit
    };
    (0..400)
        .map(|_| {
            let (of, other) = (usize::try_from(below(3)).unwrap(), usize::try_from(below(3)).unwrap());
            let amount = amount(1 + i64::try_from(below(5_000)).unwrap());
            let day = Day::new(YEAR, 1, 1).unwrap().plus_days(i32::try_from(below(330)).unwrap());
            let booking = match below(6) {
                0 | 1 => Booking::planned(pot(of), amount),
                2 => Booking::committed(pot(of), amount),
                3 => Booking::drawn(pot(of), amount),
                4 => Booking::income(pot(of), amount),
                _ => Booking::transferred(pot(of), pot((of + 1 + other % 2) % 3), amount),
            };
            (day, booking)
        })
        .collect()
}

/// Promises the store does not know of are none of this file's business: money is only moved.
fn write(tx: &WriteTx<'_>, from: usize, all: &[(Day, Booking)]) -> Result<(), Fault> {
    for (n, (day, booking)) in (from..).zip(all) {
        budget::post(tx, &Slip::new(id(0xb000 + n as u128), booking, *day, "Buchung | mit: Zeichen"))?;
    }
    Ok(())
}

fn replayed(all: &[(Day, Booking)], of: PotId, until: Day) -> Book {
    let booked = all.iter().filter(|(day, _)| *day <= until).flat_map(|(_, booking)| booking.postings());
    Book::from_balances(
        &booked.filter(|(pot, _, _)| *pot == of).map(|(_, account, sum)| (account, sum)).collect::<Vec<_>>(),
    )
}

async fn as_of_equals_replay(fresh: &Fresh) {
    let (db, all) = (town(fresh).await, bookings());
    for (n, part) in all.chunks(40).enumerate() {
        // Each part is sent three times with its key; it is booked once.
        let key = Key { id: Uuid::from_u128(1 + n as u128), fingerprint: Uuid::from_u128(n as u128) };
        for _ in 0..3 {
            let part = part.to_vec();
            let deed = (DeedKind::MoneyPlanned, Uuid::from_u128(0xdeed + n as u128));
            change(&db, Some(key), deed, move |tx| write(tx, n * 40, &part)).await.unwrap();
        }
    }
    for n in 0..3 {
        for months in 0..=12 {
            let day = Day::new(YEAR, 1, 1).unwrap().plus_months(months).plus_days(-1);
            let kept = read(&db, move |tx| budget::book_on(tx, pot(n), day)).await;
            assert_eq!(kept, replayed(&all, pot(n), day), "pot {n} on {day}");
        }
        let whole = read(&db, move |tx| budget::book(tx, pot(n))).await;
        assert_eq!(whole, replayed(&all, pot(n), today().plus_days(365)));
        assert_eq!(listed(&db, n).await, whole, "and the lines say the same");
    }
    let proof = read(&db, verify).await;
    let overdrawn = |fault: &BookFault| matches!(fault, BookFault::Overdrawn(..));
    assert_eq!((proof.bookings, proof.faults.iter().filter(|fault| !overdrawn(fault)).count()), (400, 0), "{proof:?}");
}

/// A pot read out of its lines, page by page and account by account.
async fn listed(db: &Db, n: usize) -> Book {
    let mut balances: Vec<(Account, Balance)> = Vec::new();
    for account in Account::ALL {
        let mut before = FROM_NEWEST;
        loop {
            let wanted = Wanted { before, until: None, account: Some(*account), limit: 7 };
            let lines = read(db, move |tx| lists::entries(tx, pot(n), &wanted)).await;
            let Some(last) = lines.last() else { break };
            before = last.seq;
            for line in &lines {
                let sign = if line.target == account.code() { line.amount } else { Balance::ZERO - line.amount };
                balances.push((*account, sign));
            }
        }
    }
    Book::from_balances(&balances)
}

/// A small book that is whole: a plan, a promise, a draw, a transfer.
async fn whole(fresh: &Fresh) -> Db {
    let db = town(fresh).await;
    change(&db, None, (DeedKind::MoneyPlanned, Uuid::nil()), |tx| {
        let purpose = Purpose::new(Paragraph::YouthWork, Form::Group, Side::Independent, Flow::Grants);
        let (subject, on) = (crate::town::line("Projekt"), today());
        let new = promises::NewPromise {
            id: id(1),
            pot: pot(1),
            commission: None,
            agency: None,
            subject,
            purpose,
            amount: amount(300),
            on,
        };
        promises::insert(tx, &new)?;
        let state = State { promised: amount(300).balance(), drawn: amount(100).balance(), ..State::default() };
        promises::keep(tx, &promises::one(tx, id(1))?.unwrap(), &state, None)?;
        let (bound, drawn) = (Booking::committed(pot(1), amount(300)), Booking::drawn(pot(1), amount(100)));
        let of_promise =
            |booking| Slip { promise: Some(id(1)), purpose: Some(purpose), ..Slip::new(id(0), booking, on, "Rate") };
        budget::post(tx, &Slip::new(id(0xb1), &Booking::planned(pot(1), amount(1_000)), on, "Plan"))?;
        budget::post(tx, &Slip { id: id(0xb2), ..of_promise(&bound) })?;
        budget::post(tx, &Slip { id: id(0xb3), ..of_promise(&drawn) })?;
        let moved = Booking::transferred(pot(1), pot(0), amount(50));
        Ok(budget::post(tx, &Slip { resolution: Some("Rat 3"), ..Slip::new(id(0xb4), &moved, on, "Ausgleich") })?)
    })
    .await
    .unwrap();
    db
}

async fn proof(db: &Db) -> Result<Proof, StoreError> {
    db.read(OFFICE, verify).await
}

/// What is changed by the side door, how, and how it is put right again.
const TAMPERED: &[(&str, &str, &str)] = &[
    (
        "a cent in the head",
        "UPDATE booking SET cents = 101 WHERE seq = 3",
        "UPDATE booking SET cents = 100 WHERE seq = 3",
    ),
    (
        "a cent in a move",
        "UPDATE ledger_entry SET cents = 101 WHERE seq = 3",
        "UPDATE ledger_entry SET cents = 100 WHERE seq = 3",
    ),
    (
        "a cent in both",
        "UPDATE booking SET cents = 101 WHERE seq = 3; UPDATE ledger_entry SET cents = 101 WHERE seq = 3",
        "UPDATE booking SET cents = 100 WHERE seq = 3; UPDATE ledger_entry SET cents = 100 WHERE seq = 3",
    ),
    (
        "a kept sum",
        "UPDATE account_day SET cents = cents + 1 WHERE account = 'available'",
        "UPDATE account_day SET cents = cents - 1 WHERE account = 'available'",
    ),
    ("a kept sum of a purpose", "UPDATE purpose_sum SET cents = cents + 1", "UPDATE purpose_sum SET cents = cents - 1"),
    ("a promise", "UPDATE promise SET drawn = 99", "UPDATE promise SET drawn = 100"),
    ("a word", "UPDATE booking SET note = 'Rote' WHERE seq = 2", "UPDATE booking SET note = 'Rate' WHERE seq = 2"),
    (
        "a resolution",
        "UPDATE booking SET resolution = 'Rat 4' WHERE seq = 4",
        "UPDATE booking SET resolution = 'Rat 3' WHERE seq = 4",
    ),
    (
        "a purpose",
        "UPDATE booking SET paragraph = '13' WHERE seq = 2",
        "UPDATE booking SET paragraph = '11' WHERE seq = 2",
    ),
    (
        "an account",
        "UPDATE ledger_entry SET target = 'advanced' WHERE seq = 3",
        "UPDATE ledger_entry SET target = 'drawn' WHERE seq = 3",
    ),
    ("the head's seal", "UPDATE ledger_head SET hash = 'x' || hash", "UPDATE ledger_head SET hash = SUBSTR(hash, 2)"),
];

/// Every way to change a cent or a word, through the side door; each is found, and taken back it fits again.
async fn a_tampered_book_is_found_out(fresh: &Fresh) {
    let db = whole(fresh).await;
    let good = proof(&db).await.unwrap();
    assert_eq!((good.bookings, good.faults.as_slice()), (4, [].as_slice()));
    let raw = fresh.raw().await;
    for (what, there, back) in TAMPERED {
        raw.run(there).await;
        let found = proof(&db).await.unwrap();
        assert!(!found.faults.is_empty(), "{what} was not found");
        raw.run(back).await;
        assert_eq!(proof(&db).await.unwrap(), good, "{what}");
    }
    // The last booking cut off with its moves: the head knows of it.
    raw.run("DELETE FROM ledger_entry WHERE seq = 4; DELETE FROM booking WHERE seq = 4").await;
    let cut = proof(&db).await.unwrap();
    assert!(cut.faults.contains(&BookFault::Head(4)), "{cut:?}");
}

/// Two postings are one row: half of it cannot be written, not even through the side door.
async fn the_database_refuses_half_a_booking(fresh: &Fresh) {
    let db = whole(fresh).await;
    let raw = fresh.raw().await;
    for half in [
        "UPDATE ledger_entry SET target = NULL WHERE seq = 3",
        "UPDATE ledger_entry SET target = source WHERE seq = 3",
        "UPDATE ledger_entry SET cents = 0 WHERE seq = 3",
        "UPDATE promise SET drawn = 301",
    ] {
        assert!(raw.refuses(half).await, "{half}");
    }
    assert_eq!(proof(&db).await.unwrap().faults, []);
}
