// SPDX-License-Identifier: EUPL-1.2
//! Changes that share a transaction: one that fails takes only itself back, keys still hold, a panic stays alone, and a
//! connection that breaks costs nothing but time.

use crate::fresh::{Fresh, Raw};
use crate::town::{CLERK, Fault, added_agencies, found, frame, grant, id, insert_agency, line, read, regions, today};
use domain::access::Action;
use domain::audit::{Deed, DeedKind};
use domain::budget::{Account, Booking, Flow, Form, MoneyKind, Paragraph, Purpose, Side};
use domain::kernel::{AgencyId, Amount, PotId};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::audit::{Chain, verify};
use store::budget::lists::{FROM_NEWEST, Wanted, entries};
use store::budget::promises::{self, NewPromise};
use store::budget::verify::verify as prove;
use store::budget::{self, Slip, statistics};
use store::{Db, Key, WriteTx};
use uuid::Uuid;

on_both_engines!(
    a_failing_change_takes_only_itself_back,
    a_key_acts_once_also_in_a_crowd,
    bookings_of_a_crowd_are_one_chain,
    what_the_engine_refuses_harms_no_neighbour,
    those_behind_see_what_those_before_booked,
);

async fn together(
    db: &Db,
    key: Option<Key>,
    object: Uuid,
    write: impl Fn(&WriteTx<'_>) -> Result<(), Fault> + Send + 'static,
) -> Result<Uuid, Fault> {
    db.change_together(frame(key), Vec::new(), move |tx| {
        let tx = tx.allow(grant(CLERK, Action::WorkOnCase));
        write(&tx)?;
        Ok(tx.commit(Deed::new(DeedKind::AgencyAdded, object), object)?)
    })
    .await
}

/// Eighty at once: every third fails after it wrote, every seventh panics, one writes what is there already.
async fn a_failing_change_takes_only_itself_back(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    let task = |n: u128| {
        let db = db.clone();
        async move {
            let write = move |tx: &WriteTx<'_>| {
                insert_agency(tx, id(0x1000 + n), &format!("Träger {n}"))?;
                assert!(!n.is_multiple_of(7), "wanted");
                if n.is_multiple_of(3) {
                    return Err(Fault::Wanted);
                }
                if n == 5 { insert_agency(tx, id(0x1000 + n), "noch einmal") } else { Ok(()) }
            };
            (n, together(&db, None, Uuid::from_u128(n), write).await)
        }
    };
    let tasks: Vec<_> = (1..=80).map(|n| tokio::spawn(task(n))).collect();
    let mut good = BTreeSet::new();
    for task in tasks {
        let (n, outcome) = task.await.unwrap();
        let fails = n % 3 == 0 || n % 7 == 0 || n == 5;
        assert_eq!(outcome.is_err(), fails, "{n}: {outcome:?}");
        good.extend(outcome.is_ok().then(|| id::<AgencyId>(0x1000 + n)));
    }
    let there: BTreeSet<AgencyId> = added_agencies(&db).await.into_iter().collect();
    assert_eq!(there, good);
    assert_eq!(read(&db, verify).await, Chain::Whole(1 + i64::try_from(good.len()).unwrap()));
}

async fn a_key_acts_once_also_in_a_crowd(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    let task = |n: u128| {
        let db = db.clone();
        // Ten forms, each sent eight times at once.
        let key = Key { id: Uuid::from_u128(1 + n % 10), fingerprint: Uuid::from_u128(n % 10) };
        async move {
            let object = Uuid::from_u128(0x1000 + n % 10);
            together(&db, Some(key), object, move |tx| insert_agency(tx, AgencyId(object), &object.to_string())).await
        }
    };
    let tasks: Vec<_> = (0..80).map(|n| tokio::spawn(task(n))).collect();
    for (n, task) in (0..80).zip(tasks) {
        assert_eq!(task.await.unwrap(), Ok(Uuid::from_u128(0x1000 + n % 10)));
    }
    assert_eq!(added_agencies(&db).await.len(), 10);
    assert_eq!(read(&db, verify).await, Chain::Whole(11));
}

fn pot(tx: &WriteTx<'_>) -> Result<PotId, Fault> {
    Ok(budget::pot(tx, id(0x907), regions()[0], 2026, MoneyKind::Grant)?)
}

fn purpose() -> Purpose {
    Purpose::new(Paragraph::YouthWork, Form::Group, Side::Independent, Flow::Grants)
}

fn amount(cents: i64) -> Amount {
    Amount::from_cents(cents).unwrap()
}

/// A planned pot of ten euros, and a promise of as much out of it.
async fn promised(db: &Db) {
    found(db).await;
    let write = |tx: &WriteTx<'_>| {
        let (pot, on) = (pot(tx)?, today());
        budget::post(tx, &Slip::new(id(0xb1), &Booking::planned(pot, amount(1_000)), on, "Plan"))?;
        let (subject, purpose, amount) = (line("Projekt"), purpose(), amount(1_000));
        let new = NewPromise { id: id(1), pot, commission: None, agency: None, subject, purpose, amount, on };
        promises::insert(tx, &new)?;
        let bound = Booking::committed(pot, amount);
        Ok(budget::post(tx, &of_promise(Slip::new(id(0xb2), &bound, on, "Zusage")))?)
    };
    together(db, None, Uuid::from_u128(1), write).await.unwrap();
}

fn of_promise(slip: Slip<'_>) -> Slip<'_> {
    Slip { promise: Some(id(1)), purpose: Some(purpose()), ..slip }
}

/// Pays out of the promise, if it still holds as much.
fn pay(tx: &WriteTx<'_>, n: u128, cents: i64) -> Result<(), Fault> {
    budget::lock(tx)?;
    let of = promises::one(tx, id(1))?.unwrap();
    let mut open = of.open()?;
    let booking = open.draw(amount(cents))?;
    promises::keep(tx, &of, &open.state(), None)?;
    Ok(budget::post(tx, &of_promise(Slip::new(id(0xc000 + n), &booking, today(), "Rate")))?)
}

/// What was paid, after the whole book was proven with so many bookings.
async fn paid(db: &Db, bookings: usize) -> i64 {
    let proof = read(db, prove).await;
    assert_eq!((proof.faults, proof.bookings), (Vec::new(), i64::try_from(bookings).unwrap()));
    let book = read(db, |tx| {
        let pot = budget::find_pot(tx, regions()[0], 2026, MoneyKind::Grant)?.unwrap();
        budget::book(tx, pot)
    });
    let state = read(db, |tx| promises::one(tx, id(1))).await.unwrap().state;
    let (drawn, sums) = (book.await.drawn, read(db, |tx| statistics::sums(tx, 2026)).await);
    assert_eq!((state.drawn, sums), (drawn, vec![(purpose(), drawn)]));
    drawn.cents()
}

/// A hundred at once pay thirty cents out of ten euros. Every fifth is refused after it booked, every seventh is sent
/// twice, every eleventh also writes past the book: the book is one chain, and not a cent too much is in it.
async fn bookings_of_a_crowd_are_one_chain(fresh: &Fresh) {
    let db = fresh.db().await;
    promised(&db).await;
    let task = |n: u128| {
        let db = db.clone();
        async move {
            let write = move |tx: &WriteTx<'_>| {
                if n.is_multiple_of(11) {
                    insert_agency(tx, id(0x1000 + n), &format!("Träger {n}"))?;
                }
                pay(tx, n, 30)?;
                if n.is_multiple_of(5) { Err(Fault::Wanted) } else { Ok(()) }
            };
            let key = n.is_multiple_of(7).then(|| Key { id: Uuid::from_u128(n), fingerprint: Uuid::from_u128(n) });
            let first = together(&db, key, Uuid::from_u128(n), write);
            match key {
                None => first.await,
                Some(_) => {
                    let (first, second) = tokio::join!(first, together(&db, key, Uuid::from_u128(n), write));
                    assert_eq!(first, second);
                    first
                }
            }
        }
    };
    let tasks: Vec<_> = (1..=100).map(|n| tokio::spawn(task(n))).collect();
    let mut done = 0;
    for (n, task) in (1..=100_u128).zip(tasks) {
        let outcome = task.await.unwrap();
        assert!(outcome.is_err() || !n.is_multiple_of(5), "{n}: {outcome:?}");
        done += usize::from(outcome.is_ok());
    }
    assert_eq!(done, 33, "of 1000 cents");
    assert_eq!(paid(&db, 2 + done).await, 990);
    assert_eq!(read(&db, verify).await, Chain::Whole(2 + i64::try_from(done).unwrap()));
}

/// What only the engine finds out when all is written, by what it refuses: then each is done again, alone.
async fn what_the_engine_refuses_harms_no_neighbour(fresh: &Fresh) {
    let db = fresh.db().await;
    promised(&db).await;
    let task = |n: u128| {
        let db = db.clone();
        async move {
            let write = move |tx: &WriteTx<'_>| {
                if n != 8 {
                    return pay(tx, n, 10);
                }
                // A booking of a promise that is not there.
                let booking = Booking::drawn(pot(tx)?, amount(10));
                let slip = Slip::new(id(0xc000 + n), &booking, today(), "Rate");
                Ok(budget::post(tx, &Slip { promise: Some(id(0xdead)), ..slip })?)
            };
            (n, together(&db, None, Uuid::from_u128(n), write).await)
        }
    };
    let tasks: Vec<_> = (1..=20).map(|n| tokio::spawn(task(n))).collect();
    for task in tasks {
        let (n, outcome) = task.await.unwrap();
        assert_eq!(outcome.is_err(), n == 8, "{n}: {outcome:?}");
    }
    assert_eq!(paid(&db, 2 + 19).await, 190);
}

/// What is decided and not yet written counts, for a statement too.
async fn those_behind_see_what_those_before_booked(fresh: &Fresh) {
    let db = fresh.db().await;
    promised(&db).await;
    let write = |tx: &WriteTx<'_>| {
        let pot = pot(tx)?;
        for n in 0..5_u128 {
            pay(tx, n, 100)?;
            let drawn = i64::try_from(100 * (n + 1)).unwrap();
            assert_eq!(budget::book(tx, pot)?.drawn.cents(), drawn);
            assert_eq!(promises::one(tx, id(1))?.unwrap().state.drawn.cents(), drawn);
            let wanted = Wanted { before: FROM_NEWEST, until: None, account: Some(Account::Drawn), limit: 9 };
            assert_eq!(entries(tx, pot, &wanted)?.len(), usize::try_from(n + 1).unwrap());
        }
        Ok(())
    };
    together(&db, None, Uuid::from_u128(2), write).await.unwrap();
    assert_eq!(paid(&db, 7).await, 500);
}

const END_ALL_OTHERS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                              WHERE datname = current_database() AND pid <> pg_backend_pid()";

/// The server ends the connection in the middle of a group: all of it is done again, and happens once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_survives_its_connection() {
    let fresh = Fresh::postgres().await;
    let db = fresh.db().await;
    found(&db).await;
    let Raw::Postgres(client) = fresh.raw().await else { panic!("PostgreSQL") };
    let (raw, tries) = (Arc::new(client), Arc::new(AtomicU32::new(0)));
    let task = |n: u128| {
        let (db, raw, tries) = (db.clone(), Arc::clone(&raw), Arc::clone(&tries));
        async move {
            let write = move |tx: &WriteTx<'_>| {
                insert_agency(tx, id(0x1000 + n), &format!("Träger {n}"))?;
                let first = n == 9 && tries.fetch_add(1, Ordering::SeqCst) == 0;
                let end = || tokio::runtime::Handle::current().block_on(raw.batch_execute(END_ALL_OTHERS));
                first.then(end).transpose().map(drop).or(Err(Fault::Wanted))
            };
            together(&db, None, Uuid::from_u128(n), write).await
        }
    };
    let tasks: Vec<_> = (1..=20).map(|n| tokio::spawn(task(n))).collect();
    for task in tasks {
        let outcome = task.await.unwrap();
        assert!(outcome.is_ok(), "{outcome:?}");
    }
    assert_eq!(tries.load(Ordering::SeqCst), 2);
    assert_eq!(added_agencies(&db).await.len(), 20);
    assert_eq!(read(&db, verify).await, Chain::Whole(21));
    fresh.remove().await;
}
