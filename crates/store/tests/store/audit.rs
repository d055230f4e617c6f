// SPDX-License-Identifier: EUPL-1.2
//! The chain: whole after every deed, broken by every tampering but one, and that one is named.

use crate::fresh::{Fresh, Raw};
use crate::town::{CLERK, Fault, add_agency, change, found, frame, grant, id, insert_agency, read};
use domain::access::Action;
use domain::audit::{Deed, DeedKind};
use domain::kernel::CaseId;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use store::audit::{Chain, latest, verify};
use store::{Db, StoreError, access};
use uuid::Uuid;

on_both_engines!(
    the_chain_is_whole_after_every_deed,
    several_deeds_of_one_change_are_all_in_it,
    a_long_chain_is_read_in_pieces,
    every_edit_is_found,
    every_removal_and_swap_is_found,
    a_cut_tail_is_found_by_the_head,
    the_limit_a_whole_rewrite_is_not_found,
    only_ones_own_is_kept_without_a_deed,
);

const DEEDS: i64 = 8;

/// A town with a chain of eight deeds.
async fn town(fresh: &Fresh) -> Db {
    let db = fresh.db().await;
    found(&db).await;
    for n in 1..DEEDS {
        add_agency(&db, None, id(0xa00 + n.unsigned_abs() as u128)).await.unwrap();
    }
    db
}

async fn chain(db: &Db) -> Chain {
    read(db, verify).await
}

async fn the_chain_is_whole_after_every_deed(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    for n in 1..=30_i64 {
        assert_eq!(chain(&db).await, Chain::Whole(n));
        add_agency(&db, None, id(0xa00 + n.unsigned_abs() as u128)).await.unwrap();
    }
    let log = read(&db, |tx| latest(tx, i64::MAX, 5)).await;
    assert_eq!(log.iter().map(|line| line.seq).collect::<Vec<_>>(), [31, 30, 29, 28, 27]);
    assert_eq!((log[0].deed.as_str(), log[0].who.as_str()), ("agency-added", "Fachkraft"));
    assert_eq!((log[0].object, log[0].at), (Uuid::from_u128(0xa00 + 30), crate::town::NOW));
}

async fn several_deeds_of_one_change_are_all_in_it(fresh: &Fresh) {
    let db = town(fresh).await;
    change(&db, None, (DeedKind::CaseOpened, Uuid::from_u128(2)), |tx| {
        tx.also(Deed::in_case(DeedKind::PersonAdded, Uuid::from_u128(1), CaseId(Uuid::from_u128(2))));
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(chain(&db).await, Chain::Whole(DEEDS + 2));
    let log = read(&db, |tx| latest(tx, i64::MAX, 2)).await;
    assert_eq!(log.iter().map(|line| line.deed.as_str()).collect::<Vec<_>>(), ["case-opened", "person-added"]);
}

/// The chain is read a thousand entries at a time.
async fn a_long_chain_is_read_in_pieces(fresh: &Fresh) {
    let db = town(fresh).await;
    change(&db, None, (DeedKind::AgencyAdded, Uuid::nil()), |tx| {
        (1..2_100).for_each(|n| tx.also(Deed::new(DeedKind::CardConfirmed, Uuid::from_u128(n))));
        insert_agency(tx, id(0xb1), "Viele Karten")
    })
    .await
    .unwrap();
    assert_eq!(chain(&db).await, Chain::Whole(DEEDS + 2_100));
    fresh.raw().await.run("UPDATE audit_entry SET at = at + 1 WHERE seq = 1500").await;
    assert_eq!(chain(&db).await, Chain::BrokenAt(1_500));
}

/// Runs a tampering on a fresh copy of the chain's state: what it changed is put back afterwards.
async fn tamper(raw: &Raw, db: &Db, tampering: &str) -> Chain {
    raw.run("CREATE TABLE kept_entry AS SELECT * FROM audit_entry; CREATE TABLE kept_head AS SELECT * FROM audit_head")
        .await;
    raw.run(tampering).await;
    let found = chain(db).await;
    raw.run(
        "DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM kept_entry;
         DELETE FROM audit_head; INSERT INTO audit_head SELECT * FROM kept_head;
         DROP TABLE kept_entry; DROP TABLE kept_head",
    )
    .await;
    assert_eq!(chain(db).await, Chain::Whole(DEEDS), "put back after {tampering}");
    found
}

async fn every_edit_is_found(fresh: &Fresh) {
    let db = town(fresh).await;
    let raw = fresh.raw().await;
    for seq in 1..=DEEDS {
        for edit in [
            "at = at + 1",
            "user_id = object_id",
            "action = 'see-case'",
            "deed = 'signed-in'",
            "deed = deed || ' '",
            "object_id = user_id",
            "case_id = user_id",
            "hash = 'x'",
            "hash = ''",
            "seq = 1000",
        ] {
            let found = tamper(&raw, &db, &format!("UPDATE audit_entry SET {edit} WHERE seq = {seq}")).await;
            assert_eq!(found, Chain::BrokenAt(seq), "{edit}");
        }
        let below = tamper(&raw, &db, &format!("UPDATE audit_entry SET seq = -1 WHERE seq = {seq}")).await;
        assert_eq!(below, Chain::BrokenAt(1), "{seq} became a number before the first");
    }
}

async fn every_removal_and_swap_is_found(fresh: &Fresh) {
    let db = town(fresh).await;
    let raw = fresh.raw().await;
    for seq in 1..=DEEDS {
        let removed = tamper(&raw, &db, &format!("DELETE FROM audit_entry WHERE seq = {seq}")).await;
        assert_eq!(removed, Chain::BrokenAt(seq), "removed {seq}");
        let closed_up = format!(
            "DELETE FROM audit_entry WHERE seq = {seq}; UPDATE audit_entry SET seq = -seq WHERE seq > {seq};
             UPDATE audit_entry SET seq = -seq - 1 WHERE seq < 0; UPDATE audit_head SET seq = seq - 1"
        );
        assert_eq!(tamper(&raw, &db, &closed_up).await, Chain::BrokenAt(seq), "removed {seq} and closed up");
        for other in seq + 1..=DEEDS {
            let swap = format!(
                "UPDATE audit_entry SET seq = -1 WHERE seq = {seq}; UPDATE audit_entry SET seq = {seq} WHERE seq = {other};
                 UPDATE audit_entry SET seq = {other} WHERE seq = -1"
            );
            assert_eq!(tamper(&raw, &db, &swap).await, Chain::BrokenAt(seq), "swapped {seq} and {other}");
        }
    }
    let added = "INSERT INTO audit_entry SELECT office_id, seq + 1, at, user_id, action, deed, object_id, case_id, hash
                 FROM audit_entry WHERE seq = 8";
    assert_eq!(tamper(&raw, &db, added).await, Chain::BrokenAt(DEEDS + 1), "one that never was");
    for before in [0, -1] {
        let added = added.replace("seq + 1,", &format!("{before},"));
        assert_eq!(tamper(&raw, &db, &added).await, Chain::BrokenAt(1), "one before the first, as number {before}");
    }
}

async fn a_cut_tail_is_found_by_the_head(fresh: &Fresh) {
    let db = town(fresh).await;
    let raw = fresh.raw().await;
    for last in 0..DEEDS {
        let cut = tamper(&raw, &db, &format!("DELETE FROM audit_entry WHERE seq > {last}")).await;
        assert_eq!(cut, Chain::BrokenAt(last + 1));
    }
    for head in ["seq = seq - 1", "seq = seq + 1", "hash = ''"] {
        let found = tamper(&raw, &db, &format!("UPDATE audit_head SET {head}")).await;
        assert_eq!(found, Chain::BrokenAt(DEEDS + 1), "{head}");
    }
}

/// The limit of a chain without a witness: whoever may write every table can cut its tail together with the head, or
/// seal all of it anew, and nothing here shows it. Only a head kept somewhere else does.
async fn the_limit_a_whole_rewrite_is_not_found(fresh: &Fresh) {
    let db = town(fresh).await;
    let raw = fresh.raw().await;
    let witness = raw.rows("SELECT hash FROM audit_head").await;
    let cut = "DELETE FROM audit_entry WHERE seq > 5;
               UPDATE audit_head SET seq = 5, hash = (SELECT hash FROM audit_entry WHERE seq = 5)";
    assert_eq!(tamper(&raw, &db, cut).await, Chain::Whole(5), "the tail and the head together");

    let rows = raw.rows("SELECT seq, at, user_id, action, deed, object_id FROM audit_entry ORDER BY seq").await;
    let (mut previous, mut rewrite) = (String::new(), String::new());
    for row in rows {
        let deed = if row[0] == "4" { "signed-in" } else { &row[4] };
        let (user, object) = (Uuid::parse_str(&row[2]).unwrap(), Uuid::parse_str(&row[5]).unwrap());
        let line = format!("{previous}|{}|{}|{user}|{}|{deed}|{object}|-", row[0], row[1], row[3]);
        previous = Sha256::digest(line).iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(rewrite, "UPDATE audit_entry SET deed = '{deed}', hash = '{previous}' WHERE seq = {};", row[0])
            .unwrap();
    }
    write!(rewrite, "UPDATE audit_head SET hash = '{previous}'").unwrap();
    raw.run(&rewrite).await;
    assert_eq!(chain(&db).await, Chain::Whole(DEEDS), "sealed anew from end to end");
    assert_ne!(raw.rows("SELECT hash FROM audit_head").await, witness, "a head kept elsewhere shows it");
}

/// What is one's own needs no deed; nothing else can be written without one.
async fn only_ones_own_is_kept_without_a_deed(fresh: &Fresh) {
    let db = town(fresh).await;
    let keep = |action, also: bool| {
        db.change::<Uuid, StoreError, _>(frame(None), move |tx| {
            let tx = tx.allow(grant(CLERK, action));
            access::drafts::keep_draft(&tx, "report", "said", "Gesagtes")?;
            if also {
                tx.also(Deed::new(DeedKind::AgencyAdded, Uuid::nil()));
            }
            tx.commit_own(Uuid::nil())
        })
    };
    let kept =
        || async { read(&db, |tx| access::drafts::drafts(tx, CLERK, "report", domain::kernel::Moment(0))).await.len() };
    for (action, also) in [(Action::WorkOnCase, false), (Action::KeepOwn, true)] {
        assert!(matches!(keep(action, also).await, Err(StoreError::Engine(_))));
        assert_eq!(kept().await, 0, "refused, and yet written");
    }
    assert_eq!(keep(Action::KeepOwn, false).await, Ok(Uuid::nil()));
    assert_eq!((kept().await, chain(&db).await), (1, Chain::Whole(DEEDS)));
}

/// Without a chain there is no deed, and without a deed no change.
#[tokio::test]
async fn an_office_without_a_chain_cannot_change() {
    let fresh = Fresh::sqlite();
    let db = fresh.db().await;
    let refused = add_agency(&db, None, id(1)).await;
    assert!(matches!(refused, Err(Fault::Store(StoreError::Inconsistent("audit_head", _)))), "{refused:?}");
    assert_eq!(fresh.raw().await.number("SELECT COUNT(*) FROM agency").await, 0);
}
