// SPDX-License-Identifier: EUPL-1.2
//! What an engine promises below all rules: durable settings, all or nothing, snapshots, one schema.

use crate::fresh::{Folder, Fresh, attacker};
use crate::town::{Fault, OFFICE, add_agency, added_agencies, change, found, id, insert_agency, read};
use domain::audit::DeedKind;
use domain::kernel::AgencyId;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use store::audit::{Chain, verify};
use store::db::MIGRATIONS;
use store::{Db, StoreError, agencies};
use uuid::Uuid;

on_both_engines!(
    an_error_rolls_everything_back,
    a_panic_rolls_back_and_the_next_change_goes_on,
    a_reader_sees_one_snapshot,
    foreign_keys_hold,
    a_foreign_migration_is_refused,
    opening_twice_applies_once,
    opening_at_once_applies_once,
    a_deed_and_its_neighbours_do_not_mix,
);

const FIRST: u128 = 0xa1;
const SECOND: u128 = 0xa2;

#[test]
fn durable_settings_are_read_back() {
    let folder = Folder::new();
    let db = Db::open_sqlite(&folder.file("office.sqlite")).unwrap();
    assert_eq!(db.settings(), "SQLite, journal_mode=wal, synchronous=2, foreign_keys=1");
    let conn = attacker(&folder.file("office.sqlite"));
    let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal", "the file itself must say so");
}

#[test]
fn a_place_that_cannot_be_durable_is_refused() {
    let refused = Db::open_sqlite(Path::new(":memory:")).err();
    let Some(StoreError::Engine(words)) = refused else { panic!("opened: {refused:?}") };
    assert!(words.starts_with("settings did not take: SQLite, journal_mode=memory"), "{words}");
}

async fn an_error_rolls_everything_back(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    let failed = change(&db, None, (DeedKind::AgencyAdded, Uuid::nil()), |tx| {
        insert_agency(tx, id(FIRST), "Erster")?;
        insert_agency(tx, id(SECOND), "Zweiter")?;
        Err(Fault::Wanted)
    })
    .await;
    assert_eq!(failed, Err(Fault::Wanted));
    assert_eq!(added_agencies(&db).await, []);
    assert_eq!(read(&db, verify).await, Chain::Whole(1), "only the founding was a deed");
}

async fn a_panic_rolls_back_and_the_next_change_goes_on(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    for _ in 0..20 {
        let panicked = change(&db, None, (DeedKind::AgencyAdded, Uuid::nil()), |tx| {
            insert_agency(tx, id(FIRST), "Erster")?;
            panic!("wanted by the test");
        })
        .await;
        assert!(matches!(panicked, Err(Fault::Store(StoreError::Engine(_)))), "{panicked:?}");
    }
    let reading = db.read::<(), StoreError, _>(OFFICE, |_| panic!("wanted by the test")).await;
    assert!(reading.is_err());
    add_agency(&db, None, id(SECOND)).await.unwrap();
    assert_eq!(added_agencies(&db).await, [id(SECOND)]);
    assert_eq!(read(&db, verify).await, Chain::Whole(2));
}

async fn a_reader_sees_one_snapshot(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    let (has_begun, begun) = mpsc::channel();
    let (has_changed, changed) = mpsc::channel::<()>();
    let reader = db.clone();
    let reading = tokio::spawn(async move {
        read(&reader, move |tx| {
            let before = agencies::all(tx)?.len();
            has_begun.send(()).unwrap();
            changed.recv().unwrap();
            Ok((before, agencies::all(tx)?.len()))
        })
        .await
    });
    tokio::task::spawn_blocking(move || begun.recv().unwrap()).await.unwrap();
    add_agency(&db, None, id(FIRST)).await.unwrap();
    has_changed.send(()).unwrap();
    let (before, after) = reading.await.unwrap();
    assert_eq!(before, after, "somebody else's change shone through");
    assert_eq!(added_agencies(&db).await, [id(FIRST)], "the next reader sees it");
}

async fn foreign_keys_hold(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    let strange = change(&db, None, (DeedKind::SeatGiven, Uuid::nil()), |tx| {
        Ok(agencies::give_seat(tx, id(0xdead), id::<AgencyId>(0xbeef))?)
    })
    .await;
    assert!(matches!(strange, Err(Fault::Store(StoreError::Engine(_)))), "{strange:?}");
}

async fn a_foreign_migration_is_refused(fresh: &Fresh) {
    fresh.db().await;
    fresh.raw().await.run("INSERT INTO applied_migration VALUES (99, 'of a later program')").await;
    let refused = fresh.open().await.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("migration 99"), "{refused}");
    fresh.raw().await.run("DELETE FROM applied_migration WHERE number = 99").await;
    fresh.db().await;
    fresh.raw().await.run("UPDATE applied_migration SET checksum = 'another text' WHERE number = 1").await;
    let refused = fresh.open().await.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("migration 1 "), "{refused}");
}

async fn opening_twice_applies_once(fresh: &Fresh) {
    let first = fresh.db().await;
    found(&first).await;
    let second = fresh.db().await;
    add_agency(&second, None, id(FIRST)).await.unwrap();
    assert_eq!(added_agencies(&first).await, [id(FIRST)], "both see the same office");
    let applied = fresh.raw().await.number("SELECT COUNT(*) FROM applied_migration").await;
    assert_eq!(applied, i64::try_from(MIGRATIONS.len()).unwrap());
}

async fn opening_at_once_applies_once(fresh: &Fresh) {
    let opened = std::thread::scope(|scope| {
        let open = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(fresh.open()).map(|_| ())
        };
        let all: Vec<_> = (0..6).map(|_| scope.spawn(open)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(opened, vec![Ok(()); 6]);
    let applied = fresh.raw().await.number("SELECT COUNT(*) FROM applied_migration").await;
    assert_eq!(applied, i64::try_from(MIGRATIONS.len()).unwrap());
}

/// Changes that share a disk flush share nothing else: those that fail leave no trace in those that do not.
async fn a_deed_and_its_neighbours_do_not_mix(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    let tasks: Vec<_> = (0..60_u128)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                change(&db, None, (DeedKind::AgencyAdded, Uuid::from_u128(n)), move |tx| {
                    insert_agency(tx, id(0x1000 + n), &format!("Nachbar {n}"))?;
                    match n % 3 {
                        0 => Ok(()),
                        1 => Err(Fault::Wanted),
                        _ => panic!("wanted by the test"),
                    }
                })
                .await
                .is_ok()
            })
        })
        .collect();
    let mut succeeded = 0;
    for task in tasks {
        succeeded += i64::from(task.await.unwrap());
    }
    assert_eq!(succeeded, 20);
    let mut expected: Vec<AgencyId> = (0..60).filter(|n| n % 3 == 0).map(|n| id(0x1000 + n)).collect();
    let mut there = added_agencies(&db).await;
    expected.sort();
    there.sort();
    assert_eq!(there, expected);
    assert_eq!(read(&db, verify).await, Chain::Whole(1 + succeeded));
}

/// Another program holds the file's write lock for longer than we wait: the change is told that it failed, and then
/// it must not have happened. Its closure gives the lock free, so that it would succeed if it were run all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_could_not_begin_did_not_happen() {
    let fresh = Fresh::sqlite();
    let db = fresh.db().await;
    found(&db).await;
    let other = std::sync::Mutex::new(attacker(&fresh.file()));
    other.lock().unwrap().execute_batch("BEGIN IMMEDIATE").unwrap();
    let (other, ran) = (Arc::new(other), Arc::new(AtomicBool::new(false)));
    let (in_closure, did_run) = (Arc::clone(&other), Arc::clone(&ran));
    let failed = change(&db, None, (DeedKind::AgencyAdded, Uuid::nil()), move |tx| {
        if !did_run.swap(true, Ordering::SeqCst) {
            in_closure.lock().unwrap().execute_batch("ROLLBACK").unwrap();
        }
        insert_agency(tx, id(FIRST), "Erster")
    })
    .await;
    assert!(matches!(failed, Err(Fault::Store(StoreError::Retry(_)))), "{failed:?}");
    assert_eq!(added_agencies(&db).await, [], "told that it failed, and yet it is there");
    assert!(!ran.load(Ordering::SeqCst), "a change ran outside of its transaction");
    other.lock().unwrap().execute_batch("ROLLBACK").unwrap();
    add_agency(&db, None, id(SECOND)).await.unwrap();
}
