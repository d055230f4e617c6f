// SPDX-License-Identifier: EUPL-1.2
//! What both engines say of talks about plans, the rhythm of reviews, transitions, and an agency's line of a package.

use crate::alike::{CASE, say_all};
use crate::town::{Fault, agency_ids, id, line, note, today};
use domain::casework::{
    Attendance, CarrierKind, HelpKind, NewPlanTalk, NewRhythm, NewTransition, Presence, TalkState, TimeOfDay,
};
use domain::exchange::TransmissionKind;
use domain::kernel::{CaseId, CommissionId};
use store::casework::{plan_talks, rhythms, transitions};
use store::exchange::{self, NewTransmission};
use store::{ReadTx, StoreError, WriteTx};
use uuid::Uuid;

pub fn talked(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (case, commission): (CaseId, CommissionId) = (id(CASE), id(CASE | 0x20));
    let talk = NewPlanTalk {
        help: HelpKind::FamilySupport,
        meets_on: today().plus_days(20),
        starts_at: TimeOfDay::parse("9:30")?,
        place: line("Haus der Jugend"),
        invited: vec![line("Ayşe"), line("Öz")],
    };
    for n in 1..=2 {
        plan_talks::insert(tx, id(n), case, &talk)?;
    }
    assert!(plan_talks::move_to(tx, id(1), today(), TimeOfDay::parse("10")?)?);
    let there = [Attendance::read("Ayşe", Presence::Present)?, Attendance::read("Schule: krank", Presence::Absent)?];
    assert!(plan_talks::close(tx, id(1), (TalkState::Held, None), &there)?);
    assert!(!plan_talks::close(tx, id(1), (TalkState::Held, None), &there)?);
    assert!(!plan_talks::move_to(tx, id(1), today(), TimeOfDay::parse("11")?)?);
    assert!(plan_talks::close(tx, id(2), (TalkState::Cancelled, Some("Umzug")), &[])?);
    for (n, months) in [(1, None), (2, Some(4))] {
        plan_talks::set(tx, Uuid::from_u128(n), HelpKind::FosterCare, (Some("3: Raum"), months))?;
    }
    for (n, months) in [(1, 6), (2, 3)] {
        rhythms::set(tx, Uuid::from_u128(n), (case, commission), &NewRhythm { months, why: note("Kind ist zwei") })?;
    }
    let agreed = NewTransition {
        kind: CarrierKind::Integration,
        carrier: line("Eingliederungshilfe"),
        changes_on: today().plus_months(12),
        talk_on: Some(today()),
        participants: vec![line("Cem"), line("Mutter")],
        goals: note("Eigene Wohnung"),
        goes_on: note("Begleitung"),
        steps: note("Antrag"),
        family_says: Some(note("Gut so")),
        told: None,
    };
    transitions::insert(tx, (id(1), case), None, &agreed)?;
    let (agency, kind) = (agency_ids()[0], TransmissionKind::PackageLine);
    let (subject, content) = ("Zeile".to_owned(), "Inhalt".to_owned());
    let new = NewTransmission { id: id(9), agency, case, kind, object: id(1), subject, content, sections: Vec::new() };
    Ok(exchange::send(tx, &new)?)
}

pub fn talks_say(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let case: CaseId = id(CASE);
    say_all!(
        out,
        plan_talks::one(tx, id(2)),
        plan_talks::of_case(tx, case),
        plan_talks::guests(tx, case),
        plan_talks::setting(tx, HelpKind::FosterCare),
        rhythms::of_case(tx, case),
        rhythms::looks(tx, case),
        transitions::one(tx, id(1)),
        transitions::of_case(tx, case),
        exchange::package_line(tx, id(1)),
    );
    Ok(())
}
