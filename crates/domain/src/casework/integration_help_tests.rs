// SPDX-License-Identifier: EUPL-1.2
use super::*;
use ApplicationStep as S;
use DeadlineRule as D;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn application(steps: &[S]) -> Application {
    Application {
        received_on: day("2026-11-02"),
        is_passed_on: false,
        competence_until: Some(day("2026-11-16")),
        steps: steps.to_vec(),
    }
}

fn taken(step: S, on: &str) -> NewStepTaken {
    NewStepTaken { step, on: day(on), words: Note::parse("Krankenkasse").ok() }
}

fn after(steps: &[S], step: S) -> Follows {
    follows(&application(steps), &taken(step, "2026-11-10"), day("2026-11-23")).unwrap()
}

fn refused(application: &Application, taken: &NewStepTaken) -> Rule {
    follows(application, taken, day("2026-11-23")).unwrap_err().rule
}

#[test]
fn an_application_begins_two_and_three_weeks() {
    let mut new = NewApplication {
        received_on: day("2026-11-02"),
        words: Note::parse("Schulbegleitung").unwrap(),
        passed_on_by: None,
    };
    assert_eq!(new.clocks(), [(D::Competence, new.received_on), (D::Participation, new.received_on)]);
    new.passed_on_by = Line::parse("Krankenkasse").ok();
    assert_eq!(new.clocks(), [(D::Participation, new.received_on)]);
    assert_eq!(new.check(day("2026-11-01")), Err(RECEIVED_IN_FUTURE.broken_at("received_on")));
}

#[test]
fn an_opinion_takes_the_place_of_the_three_weeks() {
    let ordered = after(&[S::Competent], S::OpinionOrdered);
    assert_eq!((ordered.replaced, ordered.begun), (vec![D::Participation], vec![(D::Opinion, day("2026-11-10"))]));
    let there = after(&[S::OpinionOrdered], S::OpinionReceived);
    assert_eq!((there.met, there.begun), (vec![D::Opinion], vec![(D::AfterOpinion, day("2026-11-10"))]));
    assert_eq!(refused(&application(&[]), &taken(S::OpinionReceived, "2026-11-10")), OPINION_NOT_ORDERED);
}

#[test]
fn several_carriers_have_six_weeks_and_a_conference_two_months_from_receipt() {
    let asked = after(&[], S::FindingsAsked);
    assert_eq!(asked.begun, [(D::Findings, day("2026-11-10")), (D::SeveralCarriers, day("2026-11-02"))]);
    assert!(asked.replaced.contains(&D::Participation) && !asked.replaced.contains(&D::SeveralCarriers));
    // An opinion among several carriers begins no clock of its own for the decision.
    assert!(after(&[S::FindingsAsked], S::OpinionOrdered).replaced.is_empty());
    assert!(after(&[S::FindingsAsked, S::OpinionOrdered], S::OpinionReceived).begun.is_empty());
    let conference = after(&[S::FindingsAsked], S::Conference);
    assert_eq!(conference.begun, [(D::PlanConference, day("2026-11-02"))]);
    // § 15(4) S. 2 lengthens the six weeks of several carriers; the youth office alone keeps its three weeks.
    let alone = after(&[], S::Conference);
    assert!(alone.begun.is_empty() && alone.replaced.is_empty());
    assert!(conference.replaced.contains(&D::SeveralCarriers));
}

#[test]
fn passing_on_has_two_weeks_and_a_second_time_needs_agreement() {
    let open = application(&[]);
    assert_eq!(after(&[], S::Forwarded).prompt, Some(PromptDuty::PassOn));
    assert_eq!(refused(&open, &taken(S::ForwardedAgain, "2026-11-10")), NOT_FORWARDED_TO_US);
    let ours = Application { is_passed_on: true, competence_until: None, ..open.clone() };
    assert_eq!(refused(&ours, &taken(S::Forwarded, "2026-11-10")), FORWARDED_TO_US);
    let again = follows(&ours, &taken(S::ForwardedAgain, "2026-11-10"), day("2026-11-23")).unwrap();
    assert!(again.replaced.contains(&D::Participation));
    let mute = NewStepTaken { words: None, ..taken(S::Forwarded, "2026-11-10") };
    assert_eq!(refused(&open, &mute), STEP_WITHOUT_WORDS);
    assert_eq!(refused(&application(&[S::Decided]), &taken(S::Competent, "2026-11-10")), APPLICATION_CLOSED);
    assert_eq!(refused(&open, &taken(S::Competent, "2026-11-01")), STEP_BEFORE_RECEIPT);
    assert_eq!(refused(&open, &taken(S::Competent, "2026-11-24")), RECEIVED_IN_FUTURE);
}

#[test]
fn passed_on_on_day_fifteen_is_kept_and_changes_nothing() {
    let open = application(&[]);
    let in_time = taken(S::Forwarded, "2026-11-16").by_the_calendar(&open);
    assert_eq!(in_time.step, S::Forwarded);
    let late = taken(S::Forwarded, "2026-11-17").by_the_calendar(&open);
    assert_eq!((late.step, late.step.closes()), (S::ForwardedLate, false));
    let after = follows(&open, &late, day("2026-11-23")).unwrap();
    assert_eq!((after.met, after.replaced, after.prompt), (vec![D::Competence], vec![], None));
    assert!(!S::ForwardedLate.is_written_by_hand() && !S::Decided.is_written_by_hand());
}

#[test]
fn a_decision_answers_every_clock() {
    let met = after(&[S::FindingsAsked], S::Decided).met;
    for rule in [D::Competence, D::Participation, D::AfterOpinion, D::Opinion, D::Findings, D::SeveralCarriers] {
        assert!(met.contains(&rule), "{}", rule.code());
    }
}
