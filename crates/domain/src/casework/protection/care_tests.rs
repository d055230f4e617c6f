// SPDX-License-Identifier: EUPL-1.2
use super::*;
use {CareWarning as W, FactKind as F};

const BEGAN: Moment = Moment(1_795_000_000_000);

fn minute(n: i64) -> Moment {
    BEGAN.plus_minutes(n)
}

/// One fact a minute.
fn timed(facts: &[F]) -> Vec<(F, Moment)> {
    (1..).zip(facts).map(|(n, kind)| (*kind, minute(n))).collect()
}

#[track_caller]
fn check(facts: &[F], expected: &[W]) {
    assert_eq!(care_warnings(&CareFacts::new(&timed(facts))), expected);
}

#[test]
fn what_is_open_stays_open_until_it_is_done() {
    let told = [F::ChildInformed, F::TrustedPerson, F::ParentsInformed];
    let with = |more: &[F]| [&told[..], more].concat();
    check(&[], &[W::ChildNotInformed, W::TrustedPersonOpen, W::ParentsNotInformed]);
    check(&told, &[]);
    check(&with(&[F::Objection]), &[W::ObjectionUnanswered]);
    check(&with(&[F::Objection, F::CourtCalled]), &[]);
    check(&with(&[F::CourtCalled, F::Objection]), &[W::ObjectionUnanswered]);
    check(&with(&[F::CourtCalled, F::Objection, F::CourtCalled]), &[]);
    check(&with(&[F::NoObjection]), &[W::PlanNotBegun]);
    check(&with(&[F::LibertyTaken]), &[W::LibertyTaken]);
    check(&with(&[F::LibertyTaken, F::CourtOrder]), &[]);
    check(&with(&[F::LibertyTaken, F::CourtRefused]), &[W::LibertyRefused]);
    check(&with(&[F::LibertyTaken, F::CourtOrder, F::CourtRefused]), &[W::LibertyRefused]);
    check(&with(&[F::LibertyTaken, F::CourtRefused, F::LibertyEnded]), &[]);
    check(&with(&[F::LibertyTaken, F::LibertyEnded, F::LibertyTaken]), &[W::LibertyTaken]);
    check(&[F::HandedOver], &[]);
}

#[track_caller]
fn adds(so_far: &[(F, Moment)], kind: F, at: Moment, expected: Result<(), Refusal>) {
    let new = NewFact { kind, at, words: Note::parse("Nötig").ok() };
    assert_eq!(fact(&new, so_far, (CareGround::Request, BEGAN), minute(60)), expected, "{kind:?}");
}

#[test]
fn facts_are_told_in_words_and_end_with_care() {
    let bare = NewFact { kind: F::ChildInformed, at: BEGAN, words: None };
    let missing = Err(STEP_WORDS_MISSING.broken_at("words"));
    assert_eq!(fact(&bare, &[], (CareGround::Request, BEGAN), BEGAN), missing);
    adds(&[], F::ChildInformed, BEGAN, Ok(()));
    adds(&[], F::ChildInformed, minute(-1), Err(FACT_BEFORE_CARE.broken_at("at")));
    adds(&[], F::ChildInformed, minute(61), Err(STEP_IN_FUTURE.broken_at("at")));
    adds(&timed(&[F::HandedOver]), F::Objection, minute(2), Err(CARE_ENDED.broken()));
    adds(&[], F::GuardianAsked, minute(2), Err(NOT_UNACCOMPANIED.broken_at("kind")));
}

/// N25: care does not end on paper while liberty is taken, and what a court refused is no order.
#[test]
fn n25_care_ends_after_liberty_was_given_back_or_ordered() {
    let (at, not_taken) = (minute(9), Err(LIBERTY_NOT_TAKEN.broken_at("kind")));
    for kind in [F::LibertyEnded, F::CourtOrder, F::CourtRefused] {
        adds(&[], kind, at, not_taken);
        adds(&timed(&[F::LibertyTaken, F::LibertyEnded]), kind, at, not_taken);
        adds(&timed(&[F::LibertyTaken, F::CourtOrder]), kind, at, Ok(()));
        // Nothing ends before it began.
        adds(&[(F::LibertyTaken, at)], kind, minute(8), not_taken);
    }
    for end in [F::HandedOver, F::HelpDecided] {
        let refused = Err(LIBERTY_STILL_TAKEN.broken_at("kind"));
        adds(&timed(&[F::LibertyTaken]), end, at, refused);
        adds(&timed(&[F::LibertyTaken, F::CourtRefused]), end, at, refused);
        adds(&timed(&[F::LibertyTaken, F::CourtOrder]), end, at, Ok(()));
        adds(&timed(&[F::LibertyTaken, F::CourtRefused, F::LibertyEnded]), end, at, Ok(()));
    }
}
