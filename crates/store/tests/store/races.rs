// SPDX-License-Identifier: EUPL-1.2
//! What happens once happens once, and what is numbered is numbered without doubles, also when eight do it at once;
//! and a connection that breaks in the middle costs nothing but time.

use crate::fresh::Fresh;
use crate::town::{
    Fault, OFFICE, add_agency, added_agencies, agency_ids, change, found, id, insert_agency, insert_case, note, read,
    teams, today,
};
use domain::audit::DeedKind;
use domain::casework::Question;
use domain::exchange::TransmissionKind;
use domain::kernel::{AgendaItemId, CaseId, TransmissionId};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::audit::{Chain, verify};
use store::casework::case_list::{self, Which, Whose};
use store::casework::{cases, consultations};
use store::exchange::{self, NewTransmission};
use store::{Db, WriteTx};
use uuid::Uuid;

on_both_engines!(
    case_numbers_have_no_doubles_and_no_gaps,
    labels_of_a_meeting_have_no_doubles,
    a_consultation_is_held_once,
    a_transmission_is_acknowledged_once,
);

const AT_ONCE: u128 = 8;

/// Eight changes at once; the n-th is told its number.
async fn at_once(
    db: &Db,
    act: impl Fn(&WriteTx<'_>, u128) -> Result<(), Fault> + Clone + Send + 'static,
) -> Vec<Result<Uuid, Fault>> {
    let tasks: Vec<_> = (1..=AT_ONCE)
        .map(|n| {
            let (db, act) = (db.clone(), act.clone());
            let deed = (DeedKind::CaseOpened, Uuid::from_u128(n));
            tokio::spawn(async move { change(&db, None, deed, move |tx| act(tx, n)).await })
        })
        .collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

/// A town with one case that has an open agenda item and a transmission, all of id 1.
async fn town(fresh: &Fresh) -> Db {
    let db = fresh.db().await;
    found(&db).await;
    change(&db, None, (DeedKind::CaseOpened, Uuid::nil()), |tx| {
        insert_case(tx, id(1), teams()[0].0, "Demir")?;
        put_on_agenda(tx, 1)?;
        let (agency, kind) = (agency_ids()[0], TransmissionKind::Commission);
        let (subject, content) = ("Betreff".to_owned(), "Inhalt".to_owned());
        Ok(exchange::send(
            tx,
            &NewTransmission {
                id: id(1),
                agency,
                case: id(1),
                kind,
                object: Uuid::from_u128(9),
                subject,
                content,
                sections: Vec::new(),
            },
        )?)
    })
    .await
    .unwrap();
    db
}

fn put_on_agenda(tx: &WriteTx<'_>, n: u128) -> Result<(), Fault> {
    let question = Question { question: note("Frage"), sheet: note("Bogen"), meets_on: today(), read_over: true };
    consultations::insert(tx, id(n), id::<CaseId>(1), teams()[0].0, &question)?;
    Ok(())
}

async fn case_numbers_have_no_doubles_and_no_gaps(fresh: &Fresh) {
    let db = town(fresh).await;
    let outcomes = at_once(&db, |tx, n| {
        insert_case(tx, id(0x100 + n), teams()[0].0, "Demir")?;
        if n == 3 { Err(Fault::Wanted) } else { Ok(()) }
    })
    .await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 7);
    let all = read(&db, |tx| {
        case_list::list(tx, &store::sight::RowSight::Everything, Which::all(Whose::Teams), cases::FROM_NEWEST, 100)
    });
    let numbers: BTreeSet<String> = all.await.into_iter().map(|case| case.number).collect();
    let year = today().year();
    assert_eq!(numbers, (1..=8).map(|n| format!("{year}-{n:04}")).collect(), "a failed change leaves no gap");
}

async fn labels_of_a_meeting_have_no_doubles(fresh: &Fresh) {
    let db = town(fresh).await;
    let outcomes = at_once(&db, |tx, n| put_on_agenda(tx, 0x100 + n)).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let items = read(&db, |tx| consultations::of_case(tx, id(1))).await;
    let labels: BTreeSet<String> = items.into_iter().map(|item| item.label).collect();
    assert_eq!(labels, (1..=9).map(|n| format!("Beratungsfall {n}")).collect());
}

/// Only the first is told that it was still open.
async fn only_one(db: &Db, act: fn(&WriteTx<'_>) -> Result<bool, store::StoreError>) {
    let outcomes = at_once(db, move |tx, _| if act(tx)? { Ok(()) } else { Err(Fault::Wanted) }).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(_) | Err(Fault::Wanted))), "{outcomes:?}");
    assert_eq!(read(db, verify).await, Chain::Whole(3), "founding, opening, and the one");
}

async fn a_consultation_is_held_once(fresh: &Fresh) {
    let db = town(fresh).await;
    only_one(&db, |tx| consultations::hold(tx, AgendaItemId(Uuid::from_u128(1)), today(), "Protokoll")).await;
}

async fn a_transmission_is_acknowledged_once(fresh: &Fresh) {
    let db = town(fresh).await;
    only_one(&db, |tx| exchange::acknowledge(tx, TransmissionId(Uuid::from_u128(1)))).await;
}

const END_ALL_OTHERS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                              WHERE datname = current_database() AND pid <> pg_backend_pid()";

/// The server ends the connection in the middle of a change: it is tried again on another one, and happens once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_survives_its_connection() {
    let fresh = Fresh::postgres().await;
    let db = fresh.db().await;
    found(&db).await;
    let (raw, tries) = (fresh.raw().await, Arc::new(AtomicU32::new(0)));
    let counting = Arc::clone(&tries);
    let outcome = change(&db, None, (DeedKind::AgencyAdded, Uuid::from_u128(1)), move |tx| {
        insert_agency(tx, id(1), "Erster")?;
        if counting.fetch_add(1, Ordering::SeqCst) == 0 {
            tokio::runtime::Handle::current().block_on(raw.rows(END_ALL_OTHERS));
        }
        insert_agency(tx, id(2), "Zweiter")
    })
    .await;
    assert_eq!(outcome, Ok(Uuid::from_u128(1)));
    assert_eq!(tries.load(Ordering::SeqCst), 2);
    assert_eq!(added_agencies(&db).await, [id(1), id(2)]);
    assert_eq!(read(&db, verify).await, Chain::Whole(2));
    fresh.remove().await;
}

/// All waiting connections end, as when the server is started anew: nobody notices.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idle_connections_may_end() {
    let fresh = Fresh::postgres().await;
    let db = fresh.db().await;
    found(&db).await;
    for round in 0..10 {
        at_once(&db, |tx, n| insert_case(tx, id(0x1_0000 + n), teams()[0].0, "Demir").and(Err(Fault::Wanted))).await;
        fresh.raw().await.rows(END_ALL_OTHERS).await;
        let seen = db.read::<_, store::StoreError, _>(OFFICE, store::access::office_name).await;
        assert_eq!(seen, Ok(Some("Jugendamt Musterhafen".to_owned())));
        fresh.raw().await.rows(END_ALL_OTHERS).await;
        add_agency(&db, None, id(0x500 + round)).await.unwrap();
    }
    fresh.remove().await;
}
