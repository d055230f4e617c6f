// SPDX-License-Identifier: EUPL-1.2
//! Changes that share a transaction: one that fails takes only itself back, keys still hold, a panic stays alone, and a
//! connection that breaks costs nothing but time.

use crate::fresh::{Fresh, Raw};
use crate::town::{CLERK, Fault, added_agencies, found, frame, grant, id, insert_agency, read};
use domain::access::Action;
use domain::audit::{Deed, DeedKind};
use domain::kernel::AgencyId;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::audit::{Chain, verify};
use store::{Db, Key, WriteTx};
use uuid::Uuid;

on_both_engines!(a_failing_change_takes_only_itself_back, a_key_acts_once_also_in_a_crowd);

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
