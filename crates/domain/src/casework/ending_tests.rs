// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::kernel::Line;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn ending(reason: EndReason, on: &str) -> NewEnding {
    NewEnding {
        ended_on: day(on),
        reason,
        stay: StayAfter::Parents,
        next: HelpAfter::None,
        talk: Conversation {
            held_on: Some(day("2026-11-20")),
            with_whom: Line::parse("Alle").ok(),
            ..Conversation::default()
        },
        words: Note::parse("Die Ziele sind erreicht.").unwrap(),
        remains: Note::parse("Oma holt ab").ok(),
        still_due: Balance::from_cents(0),
        aftercare: None,
        continued_on: None,
        stand: None,
        heard: None,
        asks: None,
        gaps_reason: None,
    }
}

fn help(kind: HelpKind) -> RunningCare {
    let (from, until) = (day("2026-06-01"), Some(day("2027-05-31")));
    let (is_of_age, plan_has_aftercare) = (false, false);
    RunningCare { help: kind, from, until, is_ended: false, is_taken_over: false, is_of_age, plan_has_aftercare }
}

fn check(ending: &NewEnding, help: RunningCare, expected: Result<(), Refusal>) {
    assert_eq!(ending.check(&help, day("2026-11-20")), expected);
}

#[test]
fn a_help_ends_once_within_its_time() {
    let run = help(HelpKind::FamilySupport);
    let planned = ending(EndReason::AsPlanned, "2026-11-30");
    check(&planned, run, Ok(()));
    check(&planned, RunningCare { is_ended: true, ..run }, Err(ENDING_TWICE.broken()));
    check(&ending(EndReason::Other, "2026-05-31"), run, Err(ENDING_BEFORE_BEGIN.broken_at("ended_on")));
    check(&ending(EndReason::Other, "2027-06-01"), run, Err(ENDING_AFTER_END.broken_at("ended_on")));
    let silent = NewEnding { talk: Conversation::default(), ..planned };
    assert!(silent.check(&run, day("2026-11-20")).is_err());
}

#[test]
fn to_another_office_only_when_it_has_taken_over() {
    let run = help(HelpKind::FamilySupport);
    let away = ending(EndReason::OtherOffice, "2026-11-30");
    check(&away, run, Err(ENDING_NOT_TAKEN_OVER.broken_at("reason")));
    // A conversation is no going on: this office pays until the other one does (§ 86c(1)).
    let taken = RunningCare { is_taken_over: true, ..run };
    check(&away, taken, Err(ENDING_NOT_CONTINUED.broken_at("continued_on")));
    let from = |continued: &str, last: &str| NewEnding {
        continued_on: Some(day(continued)),
        ..ending(EndReason::OtherOffice, last)
    };
    check(&from("2026-11-21", "2026-11-20"), taken, Err(CONTINUED_IN_FUTURE.broken_at("continued_on")));
    check(&from("2026-11-20", "2026-11-18"), taken, Err(ENDING_BEFORE_CONTINUED.broken_at("ended_on")));
    check(&from("2026-11-20", "2026-11-19"), taken, Ok(()));
    check(&from("2026-11-20", "2026-11-30"), taken, Ok(()));
}

#[test]
fn w29_an_end_that_the_family_does_not_want_asks_for_the_hearing() {
    let (run, sooner) = (help(HelpKind::FamilySupport), ending(EndReason::Other, "2026-11-30"));
    assert_eq!(sooner.hints(&run), [EndingHint::NoHearing], "whoever was not asked did not agree");
    let against = NewEnding { stand: Some(FamilyStand::Against), ..sooner.clone() };
    assert_eq!(against.hints(&run), [EndingHint::NoHearing]);
    assert_eq!(NewEnding { heard: Note::parse("Am 20.11. im Amt").ok(), ..against }.hints(&run), []);
    assert_eq!(NewEnding { stand: Some(FamilyStand::Agrees), ..sooner }.hints(&run), []);
    // What the family ends itself, and what ends on the day it was granted until, takes nothing.
    assert_eq!(ending(EndReason::ByFamily, "2026-11-30").hints(&run), []);
    assert_eq!(ending(EndReason::AsPlanned, "2027-05-31").hints(&run), []);
    assert!(is_in_effect(day("2026-11-20"), day("2026-11-20")) && !is_in_effect(day("2026-11-21"), day("2026-11-20")));
}

#[test]
fn a_young_adult_without_aftercare_is_a_hint_and_no_barrier() {
    let run = help(HelpKind::YoungAdults);
    let bare = ending(EndReason::AsPlanned, "2027-05-31");
    check(&bare, run, Ok(()));
    assert_eq!(bare.hints(&run), [EndingHint::NoAftercare]);
    // § 41(2) gives a young adult the helps of §§ 27 to 35a too; a minor is owed no after-care.
    let residential = help(HelpKind::Residential);
    assert_eq!(bare.hints(&residential), []);
    assert_eq!(bare.hints(&RunningCare { is_of_age: true, ..residential }), [EndingHint::NoAftercare]);
    let form = Note::parse("Ein Anruf im Monat").unwrap();
    let care = |until: &str| Some(Aftercare { until: day(until), form: form.clone(), every_months: 2 });
    let cared = NewEnding { aftercare: care("2027-11-30"), ..bare.clone() };
    assert_eq!(cared.hints(&run), [EndingHint::AftercareNotInPlan]);
    assert_eq!(cared.hints(&RunningCare { plan_has_aftercare: true, ..run }), []);
    let back = NewEnding { aftercare: care("2027-05-31"), remains: None, ..bare };
    check(&back, run, Err(AFTERCARE_BACKWARDS.broken_at("aftercare_until")));
    assert_eq!(NewEnding { aftercare: None, ..back }.hints(&residential), [EndingHint::NothingRemains]);
}

#[test]
fn an_ending_is_taken_back_for_thirty_days() {
    let on = day("2026-11-30");
    assert_eq!(reopen(on, false, on.plus_days(30)), Ok(()));
    assert_eq!(reopen(on, false, on.plus_days(31)), Err(REOPEN_TOO_LATE.broken()));
    assert_eq!(reopen(on, true, on), Err(REOPENED_ALREADY.broken()));
    assert!(EndReason::ByMinor.is_broken_off() && !EndReason::AsPlanned.is_broken_off());
}
