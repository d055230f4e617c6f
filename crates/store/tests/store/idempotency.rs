// SPDX-License-Identifier: EUPL-1.2
//! A key acts once, however often and however much at once it comes.

use crate::fresh::Fresh;
use crate::town::{Fault, add_agency, added_agencies, change, found, id, insert_agency, read};
use domain::audit::DeedKind;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use store::audit::{Chain, verify};
use store::{Db, Key, StoreError};
use uuid::Uuid;

on_both_engines!(
    the_same_key_acts_once,
    eight_at_once_act_once,
    eight_at_once_that_stand_in_each_others_way_act_once,
    after_an_error_it_may_act_again,
    a_key_is_not_reused_for_something_else,
    keys_belong_to_people,
    a_lost_answer_can_be_asked_for_again,
);

fn key(n: u128) -> Key {
    Key { id: Uuid::from_u128(n), fingerprint: Uuid::from_u128(n + 1) }
}

async fn town(fresh: &Fresh) -> Db {
    let db = fresh.db().await;
    found(&db).await;
    db
}

async fn the_same_key_acts_once(fresh: &Fresh) {
    let db = town(fresh).await;
    let first = add_agency(&db, Some(key(1)), id(0xa1)).await.unwrap();
    for another in 0xa2..0xa6_u128 {
        assert_eq!(add_agency(&db, Some(key(1)), id(another)).await, Ok(first));
    }
    assert_eq!(added_agencies(&db).await, [first.into()]);
    let reopened = fresh.db().await;
    assert_eq!(add_agency(&reopened, Some(key(1)), id(0xa7)).await, Ok(first), "and after a restart");
    assert_eq!(read(&db, verify).await, Chain::Whole(2));
    let other = add_agency(&db, Some(key(9)), id(0xa8)).await.unwrap();
    assert_ne!(other, first, "another key acts");
}

/// Sends the same form eight times at once; each would make another id.
async fn eight_at_once(db: &Db, name: fn(u128) -> String) -> Vec<Result<Uuid, Fault>> {
    let tasks: Vec<_> = (1..=8_u128)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                let object = Uuid::from_u128(0xb0 + n);
                change(&db, Some(key(1)), (DeedKind::AgencyAdded, object), move |tx| {
                    insert_agency(tx, object.into(), &name(n))
                })
                .await
            })
        })
        .collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

async fn all_got_the_same(db: &Db, outcomes: &[Result<Uuid, Fault>]) {
    let there = added_agencies(db).await;
    assert_eq!(there.len(), 1, "acted {} times", there.len());
    let expected: Vec<Result<Uuid, Fault>> = outcomes.iter().map(|_| Ok(there[0].0)).collect();
    assert_eq!(outcomes, expected);
    assert_eq!(read(db, verify).await, Chain::Whole(2));
}

async fn eight_at_once_act_once(fresh: &Fresh) {
    let db = town(fresh).await;
    let outcomes = eight_at_once(&db, |n| format!("Träger {n}")).await;
    all_got_the_same(&db, &outcomes).await;
}

/// The second of a double click must get the first's outcome, not the complaint that the name is taken now.
async fn eight_at_once_that_stand_in_each_others_way_act_once(fresh: &Fresh) {
    let db = town(fresh).await;
    let outcomes = eight_at_once(&db, |_| "Immer derselbe Name".to_owned()).await;
    all_got_the_same(&db, &outcomes).await;
}

async fn after_an_error_it_may_act_again(fresh: &Fresh) {
    let db = town(fresh).await;
    let (fails, runs) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicU32::new(0)));
    let send = || {
        let (fails, runs) = (Arc::clone(&fails), Arc::clone(&runs));
        change(&db, Some(key(1)), (DeedKind::AgencyAdded, Uuid::from_u128(0xa1)), move |tx| {
            runs.fetch_add(1, Ordering::SeqCst);
            insert_agency(tx, id(0xa1), "Erster")?;
            if fails.load(Ordering::SeqCst) { Err(Fault::Wanted) } else { Ok(()) }
        })
    };
    assert_eq!(send().await, Err(Fault::Wanted));
    assert_eq!(send().await, Err(Fault::Wanted));
    fails.store(false, Ordering::SeqCst);
    assert_eq!(send().await, Ok(Uuid::from_u128(0xa1)));
    fails.store(true, Ordering::SeqCst);
    assert_eq!(send().await, Ok(Uuid::from_u128(0xa1)), "now it is known");
    assert_eq!(runs.load(Ordering::SeqCst), 3);
    assert_eq!(added_agencies(&db).await, [id(0xa1)]);
}

async fn a_key_is_not_reused_for_something_else(fresh: &Fresh) {
    let db = town(fresh).await;
    add_agency(&db, Some(key(1)), id(0xa1)).await.unwrap();
    let other = Key { fingerprint: Uuid::from_u128(77), ..key(1) };
    assert_eq!(add_agency(&db, Some(other), id(0xa2)).await, Err(Fault::Store(StoreError::KeyReused)));
    assert_eq!(added_agencies(&db).await, [id(0xa1)]);
}

/// Another person's key of the same number says nothing to me.
async fn keys_belong_to_people(fresh: &Fresh) {
    let db = town(fresh).await;
    add_agency(&db, Some(key(1)), id(0xa1)).await.unwrap();
    let kept = fresh.raw().await;
    kept.run("UPDATE idempotency SET user_id = key").await;
    assert_eq!(add_agency(&db, Some(key(1)), id(0xa2)).await, Ok(Uuid::from_u128(0xa2)));
}

/// The browser goes away while its change is running. The change stands, and the same key gets its outcome.
async fn a_lost_answer_can_be_asked_for_again(fresh: &Fresh) {
    let db = town(fresh).await;
    let (has_begun, begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let sender = db.clone();
    let request = tokio::spawn(async move {
        change(&sender, Some(key(1)), (DeedKind::AgencyAdded, Uuid::from_u128(0xa1)), move |tx| {
            has_begun.send(()).unwrap();
            may_go_on.recv().unwrap();
            insert_agency(tx, id(0xa1), "Erster")
        })
        .await
    });
    tokio::task::spawn_blocking(move || begun.recv().unwrap()).await.unwrap();
    request.abort();
    assert!(request.await.unwrap_err().is_cancelled());
    go_on.send(()).unwrap();
    assert_eq!(add_agency(&db, Some(key(1)), id(0xa2)).await, Ok(Uuid::from_u128(0xa1)));
    assert_eq!(added_agencies(&db).await, [id(0xa1)]);
}
