// SPDX-License-Identifier: EUPL-1.2
//! Sheets of exploration, links to families with their answers, and extracts, for the comparison of the engines.

use crate::alike::{CASE, say_all};
use crate::town::{CLERK, Fault, NOW, id, line, note, today};
use domain::casework::{FamilyVerdict, GoalLevel, NewExtract, NewFamilyAnswer, Proceeding};
use domain::kernel::{CaseId, PlanId};
use store::casework::explorations::SheetAt;
use store::casework::family_links::NewLink;
use store::casework::{court_extracts, explorations, family_links, sheet_past};
use store::{ReadTx, StoreError, WriteTx};
use uuid::Uuid;

fn sheet(kind: &'static str) -> SheetAt {
    SheetAt { case: id(CASE), kind, about: Uuid::from_u128(CASE) }
}

pub fn explored(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (case, plan): (CaseId, PlanId) = (id(CASE), id(CASE | 0x10));
    for (number, kind) in (1_u128..).zip(["resources", "network", "genogram"]) {
        explorations::keep_draft(tx, sheet(kind), "erst")?;
        explorations::keep_draft(tx, sheet(kind), "dann")?;
        explorations::insert(tx, id(0x30 + number), sheet(kind), (1, today()), "fest")?;
    }
    explorations::drop_draft(tx, sheet("genogram"))?;
    for (n, before) in [(0x51, None), (0x52, Some("erst")), (0x53, Some("weg"))] {
        sheet_past::remember(tx, Uuid::from_u128(n), sheet("network"), before)?;
    }
    assert!(sheet_past::drop_last(tx, Uuid::from_u128(0x53))? && !sheet_past::drop_last(tx, Uuid::from_u128(0x53))?);
    sheet_past::remember(tx, Uuid::from_u128(0x54), sheet("genogram"), None)?;
    sheet_past::forget(tx, sheet("genogram"), NOW.plus_minutes(1))?;
    assert!(sheet_past::last(tx, sheet("genogram"))?.is_none());
    let (given_to, ends_at) = (line("Ayşe Demir"), NOW.plus_minutes(60));
    let link = NewLink { id: id(1), case, plan, token_hash: "digest", given_to: &given_to, language: "tr", ends_at };
    family_links::insert(tx, &link)?;
    let Some(opened) = family_links::by_token(tx, "digest")? else { return Err(StoreError::KeyReused.into()) };
    let answer = NewFamilyAnswer {
        verdict: Some(FamilyVerdict::Disagrees),
        who: Some(line("Ayşe")),
        words: Some(note("Dienstag geht nicht.")),
        ratings: vec![(1, GoalLevel::Begun)],
    };
    let goals = ["Ziel".to_owned(), "Schritt".to_owned()];
    family_links::insert_answer(tx, id(0x41), &opened, &answer, &goals)?;
    let bare = NewFamilyAnswer { verdict: Some(FamilyVerdict::Agrees), ..NewFamilyAnswer::default() };
    family_links::insert_answer(tx, id(0x42), &opened, &bare, &goals)?;
    family_links::look(tx, id(0x42))?;
    family_links::revoke(tx, id(1))?;
    let extract = NewExtract {
        court: line("Amtsgericht"),
        file_number: Some(line("12 F 3/26")),
        proceeding: Proceeding::Danger,
        asked_on: Some(today()),
        reviews: Some(note("Geprüft.")),
    };
    Ok(court_extracts::insert(tx, id(1), (case, plan), &extract)?)
}

pub fn explored_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let case: CaseId = id(CASE);
    say_all!(
        out,
        explorations::draft(tx, sheet("network")),
        sheet_past::last(tx, sheet("network")),
        explorations::next_number(tx, sheet("network")),
        explorations::versions(tx, sheet("genogram")),
        family_links::by_token(tx, "digest"),
        family_links::case_of(tx, id(1)),
        family_links::of_case(tx, case),
        family_links::count_answers(tx, id(1)),
        family_links::answers(tx, case),
        family_links::answer_case(tx, id(0x41)),
        family_links::unseen(tx, CLERK),
        court_extracts::one(tx, id(1)),
        court_extracts::of_case(tx, case),
    );
    assert!(explorations::draft(tx, sheet("genogram"))?.is_none());
    Ok(())
}
