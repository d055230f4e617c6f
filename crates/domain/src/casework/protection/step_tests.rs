// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::access::{Action, Actor, Controller, Place, Post, Role, Standing, permit};
use crate::kernel::{TeamId, UserId};

const NOW: Moment = Moment(1_795_000_000_000);

fn note(text: &str) -> Option<Note> {
    Note::parse(text).ok()
}

fn names(all: &[&str]) -> Vec<Line> {
    all.iter().map(|name| Line::parse(name).unwrap()).collect()
}

fn parts(code: &str) -> StepParts {
    let code = Some(code.to_owned()).filter(|code| !code.is_empty());
    StepParts { code, ..StepParts::at(NOW) }
}

fn staff() -> OfficeStaff {
    let actor = Actor {
        user: UserId(Uuid::from_u128(1)),
        controller: Controller::Office,
        posts: vec![Post { role: Role::CaseWorker, place: Place::Office }],
    };
    let grant = permit(&actor, Action::DecideOnCase, Standing::Team(TeamId(Uuid::nil()))).unwrap();
    grant.deciding().unwrap()
}

fn rules(outcome: Result<Step, Vec<Refusal>>) -> Vec<&'static str> {
    outcome.err().unwrap_or_default().iter().map(|refusal| refusal.rule.code()).collect()
}

#[track_caller]
fn check(kind: StepKind, parts: StepParts, expected: &[&str]) {
    assert_eq!(rules(Step::new(kind, parts, NOW)), expected);
}

#[test]
fn facts_hearsay_and_interpretation_are_three_things_with_a_source() {
    for kind in ObservationKind::ALL {
        let seen = StepParts { words: note("Kein Essen im Haus"), ..parts(kind.code()) };
        check(StepKind::Observation, seen.clone(), &["protection.source_missing"]);
        check(StepKind::Observation, StepParts { source: Line::parse("Kita").ok(), ..seen }, &[]);
    }
    let mixed = StepParts { words: note("Alles"), source: Line::parse("Kita").ok(), ..parts("") };
    check(StepKind::Observation, mixed, &["choice.missing"]);
}

#[test]
fn nobody_is_left_out_without_a_reason() {
    let person = Some(PersonId(Uuid::from_u128(3)));
    check(StepKind::Inclusion, StepParts { person, ..parts("no") }, &["protection.reason_missing"]);
    check(StepKind::Inclusion, StepParts { person, ..parts("yes") }, &["protection.words_missing"]);
    check(StepKind::Inclusion, parts(""), &["protection.person_missing", "choice.missing"]);
    check(StepKind::Inclusion, StepParts { person, reason: note("Schutz"), ..parts("no") }, &[]);
    check(StepKind::Impression, parts("not-needed"), &["protection.reason_missing"]);
    check(StepKind::Impression, parts("home-visit"), &["protection.words_missing"]);
}

#[test]
fn nobody_assesses_alone_and_danger_has_a_kind() {
    let check = |parts: StepParts, expected: &[&str]| assert_eq!(rules(Step::assess(staff(), parts, NOW)), expected);
    let two = StepParts { words: note("Abgewogen"), names: names(&["Marta B.", "Malik B."]), ..parts("acute") };
    let neglect = vec!["neglect".to_owned()];
    check(StepParts { marks: neglect.clone(), ..two.clone() }, &[]);
    check(two.clone(), &["protection.danger_without_kind"]);
    let alone = StepParts { names: names(&["Marta B.", "marta b."]), marks: neglect.clone(), ..two.clone() };
    check(alone, &["protection.assessed_alone"]);
    let nothing = StepParts { code: Some("nothing".into()), marks: neglect, ..two };
    check(nothing, &["protection.kind_without_danger"]);
}

/// N6: no way leads to a result but people; it is one of four, and none of them is a number.
#[test]
fn n6_nothing_makes_a_result_by_itself() {
    let whole = StepParts {
        words: note("Abgewogen"),
        names: names(&["A", "B"]),
        marks: vec!["neglect".to_owned()],
        ..parts("acute")
    };
    check(StepKind::Assessment, whole.clone(), &["protection.never_automatic"]);
    for code in ["3", "high", "automatic", "red", "gruen", "score"] {
        let typed = StepParts { code: Some(code.to_owned()), ..whole.clone() };
        assert!(rules(Step::assess(staff(), typed, NOW)).contains(&"choice.missing"), "{code}");
    }
    assert_eq!(DangerResult::ALL.len(), 4);
    // The room's sources hold no number that could be added up, beside days and moments.
    let sources = [include_str!("step.rs"), include_str!("words.rs"), include_str!("open.rs")];
    for source in sources {
        for word in [": f64", ": f32", ": u8", ": i32", ": u32", "score", "weight:", "ampel", "traffic"] {
            assert!(!source.to_lowercase().contains(word), "{word}");
        }
    }
}

#[test]
fn conditions_and_plans_have_a_day_and_a_consequence() {
    let bare = StepParts { words: note("Kita jeden Tag"), ..parts("") };
    check(StepKind::Condition, bare.clone(), &["protection.due_missing", "protection.reason_missing"]);
    check(StepKind::PlanStep, bare, &["protection.names_missing", "protection.due_missing"]);
}

/// N7: three facts, and no word more.
#[test]
fn n7_a_reporter_is_told_three_facts_and_no_word_more() {
    let told = StepParts { marks: vec!["confirmed".into(), "became-active".into()], ..parts("yes") };
    check(StepKind::Feedback, told.clone(), &[]);
    check(
        StepKind::Feedback,
        StepParts { words: note("Die Mutter trinkt"), ..told.clone() },
        &["protection.only_three_facts"],
    );
    check(StepKind::Feedback, StepParts { marks: vec!["in-care".into()], ..told.clone() }, &["choice.missing"]);
    check(StepKind::Feedback, StepParts { code: Some("no".into()), ..told }, &["protection.reason_missing"]);
    assert_eq!(FeedbackFact::ALL.len(), 3);
}

#[test]
fn nothing_happened_tomorrow() {
    let early = StepParts { words: note("Angerufen"), happened: NOW.plus_minutes(1), ..parts("not-reached") };
    check(StepKind::Contact, early, &["protection.in_the_future"]);
    let wrong = StepParts { words: note("Es war Dienstag"), ..parts("") };
    check(StepKind::Correction, wrong, &["choice.missing"]);
}
