// SPDX-License-Identifier: EUPL-1.2
//! A fixed version says for good what it said when it was fixed.

use crate::fresh::Fresh;
use crate::town::{content, found, id, insert_case, insert_plan, read, teams, today};
use domain::audit::DeedKind;
use domain::casework::{Extent, ExtentUnit, PlanAttendance, PlanContent, PlanParty, PlanStatement};
use domain::kernel::{CaseId, Day, PlanId};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::casework::plans::{Version, version, versions};
use store::{Db, StoreError};

on_both_engines!(whatever_was_said_comes_back, an_altered_version_is_refused);

const CASE: u128 = 0xca5e;

fn said() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        Just("\"}],\\ \u{0} \u{10ffff} '; -- \n\r\t \u{202e}ح 家".to_owned()),
        Just(String::new())
    ]
}

fn day() -> impl Strategy<Value = Day> {
    (0..40_000_i32).prop_map(|days| today().plus_days(days - 20_000))
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((said(), said()), 0..4)
}

fn statement() -> impl Strategy<Value = PlanStatement> {
    (said(), said(), day(), said(), said()).prop_map(|(kind, speaker, said_on, words, own_part)| PlanStatement {
        kind,
        speaker,
        said_on,
        words,
        own_part,
    })
}

fn contents() -> impl Strategy<Value = PlanContent> {
    let who = (said(), said(), said(), said(), (said(), said(), said()));
    let when = (day(), day(), proptest::option::of(day()), day(), any::<bool>());
    let lists = (vec(said(), 0..3), vec(said(), 0..3), vec(statement(), 0..5), vec(said(), 0..3));
    let extent = proptest::option::of((1..70_000_i64, 0..ExtentUnit::ALL.len()));
    (who, (when, extent), lists, (pairs(), pairs(), pairs(), pairs(), pairs())).prop_map(
        |(who, (when, extent), lists, pairs)| PlanContent {
            office: who.0,
            case_number: who.1,
            family: who.2,
            version: 1,
            decided_on: when.0,
            decided_by: who.3,
            granted: when.4,
            help: "31".into(),
            from: when.1,
            until: when.2,
            review_on: when.3,
            reasons: who.4.0,
            professionals: lists.0,
            alternatives: lists.1,
            people: pairs.0.into_iter().map(|(name, role)| PlanParty { name, role }).collect(),
            statements: lists.2,
            goals: pairs.1.clone(),
            steps: pairs.1,
            strengths: pairs.2,
            ideas: pairs.3,
            rights_told_on: when.2,
            services: who.4.1,
            extent: extent.and_then(|(hundredths, unit)| Extent::new(hundredths, ExtentUnit::ALL[unit]).ok()),
            attendance: pairs
                .4
                .iter()
                .cloned()
                .map(|(name, why)| PlanAttendance { presence: why.clone(), name, why })
                .collect(),
            parts: pairs.4,
            gaps: lists.3,
            gaps_reason: who.4.2,
        },
    )
}

async fn fix(db: &Db, case: CaseId, plan: PlanId, content: PlanContent) {
    crate::town::change(db, None, (DeedKind::PlanFixed, plan.0), move |tx| {
        insert_case(tx, case, teams()[0].0, "Demir")?;
        insert_plan(tx, case, plan, &content).map(|_| ())
    })
    .await
    .unwrap();
}

async fn stored(db: &Db, plan: PlanId) -> Result<Option<Version>, StoreError> {
    db.read(crate::town::OFFICE, move |tx| version(tx, plan)).await
}

async fn whatever_was_said_comes_back(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    let mut runner = TestRunner::deterministic();
    for n in 0..100_u128 {
        let content = contents().new_tree(&mut runner).unwrap().current();
        let (case, plan) = (id(CASE + (n << 32)), id(CASE + (n << 32) + 0x10));
        fix(&db, case, plan, content.clone()).await;
        let back = stored(&db, plan).await.unwrap().unwrap();
        assert_eq!((back.content, back.case), (content, case));
    }
    assert!(stored(&db, id(1)).await.unwrap().is_none());
}

async fn an_altered_version_is_refused(fresh: &Fresh) {
    let db = fresh.db().await;
    found(&db).await;
    let (case, plan) = (id(CASE), id(CASE + 0x10));
    fix(&db, case, plan, content(1)).await;
    let raw = fresh.raw().await;
    for edit in [
        "content = REPLACE(content, 'allein', 'nie')",
        "content = content || ' '",
        "content = ''",
        "sha256 = ''",
        "content = '{}', sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'",
    ] {
        raw.run("CREATE TABLE kept AS SELECT content, sha256 FROM plan_version").await;
        raw.run(&format!("UPDATE plan_version SET {edit}")).await;
        let refused = stored(&db, plan).await.err();
        assert!(matches!(refused, Some(StoreError::Inconsistent("plan_version", _))), "{edit}: {refused:?}");
        let back = "UPDATE plan_version SET content = (SELECT content FROM kept), sha256 = (SELECT sha256 FROM kept)";
        raw.run(&format!("{back}; DROP TABLE kept")).await;
        assert_eq!(stored(&db, plan).await.unwrap().unwrap().content, content(1));
    }
    let list = read(&db, move |tx| versions(tx, case)).await;
    assert_eq!((list.len(), list[0].number, list[0].granted), (1, 1, true));
}
