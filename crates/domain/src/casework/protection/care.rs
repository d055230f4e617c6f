// SPDX-License-Identifier: EUPL-1.2
//! A child taken into care (§ 42 SGB VIII): ground, time, place, who was told, how it ends; and liberty, which ends
//! at the end of the next day if no court says otherwise (N25).

use crate::access::codes;
use crate::kernel::{Line, Moment, Note, PersonId, Refusal, Rule};

use super::step::{STEP_IN_FUTURE, STEP_WORDS_MISSING};

/// A child is taken somewhere.
pub const PLACE_MISSING: Rule = Rule::new("care.place_missing", "§ 42(1) S. 2 SGB VIII");
/// What ended gets no further fact.
pub const CARE_ENDED: Rule = Rule::new("care.ended", "§ 42(4) SGB VIII");
/// Liberty that was not taken does not end.
pub const LIBERTY_NOT_TAKEN: Rule = Rule::new("care.liberty_not_taken", "§ 42(5) SGB VIII");

codes! {
    /// Why a child is taken into care.
    #[doc(alias = "Grund der Inobhutnahme")]
    CareGround {
        /// It asks for it (Nr. 1).
        Request = "request",
        /// Urgent danger, custodians do not object (Nr. 2 a).
        DangerNoObjection = "danger-no-objection",
        /// Urgent danger, the court would be too late (Nr. 2 b).
        DangerCourtTooLate = "danger-court-too-late",
        /// A foreign child comes unaccompanied (Nr. 3).
        Unaccompanied = "unaccompanied",
    }
}

impl CareGround {
    /// The number of the law.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Request => "§ 42 Abs. 1 S. 1 Nr. 1 SGB VIII",
            Self::DangerNoObjection => "§ 42 Abs. 1 S. 1 Nr. 2 a SGB VIII",
            Self::DangerCourtTooLate => "§ 42 Abs. 1 S. 1 Nr. 2 b SGB VIII",
            Self::Unaccompanied => "§ 42 Abs. 1 S. 1 Nr. 3 SGB VIII",
        }
    }
}

codes! {
    /// Where a child is taken, in the statistics' words.
    #[doc(alias = "Art der Unterbringung")]
    Placement {
        /// A suitable person.
        Person = "person",
        /// A facility.
        Facility = "facility",
        /// Another form of care.
        OtherForm = "other-form",
    }
}

codes! {
    /// What happened while a child is in care.
    #[doc(alias = "Vorgang in der Inobhutnahme")]
    FactKind {
        /// The child was told, so that it understands.
        ChildInformed = "child-informed",
        /// It could notify somebody it trusts.
        TrustedPerson = "trusted-person",
        /// Custodians were told.
        ParentsInformed = "parents-informed",
        /// Custodians could not be reached: the court decides (§ 42(3) S. 3).
        ParentsNotReached = "parents-not-reached",
        /// They object.
        Objection = "objection",
        /// They do not.
        NoObjection = "no-objection",
        /// The court was called.
        CourtCalled = "court-called",
        /// Help planning has begun.
        PlanBegun = "plan-begun",
        /// Liberty was taken, against danger for body or life.
        LibertyTaken = "liberty-taken",
        /// Liberty was given back.
        LibertyEnded = "liberty-ended",
        /// A court has ordered it.
        CourtOrder = "court-order",
        /// Handed over to custodians: care ends.
        HandedOver = "handed-over",
        /// Help was decided on: care ends.
        HelpDecided = "help-decided",
    }
}

impl FactKind {
    /// Does care end with it? (§ 42(4)).
    #[must_use]
    pub const fn ends_care(self) -> bool {
        matches!(self, Self::HandedOver | Self::HelpDecided)
    }

    /// Where it stands.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::ChildInformed => "§ 42 Abs. 2 S. 1 SGB VIII",
            Self::TrustedPerson => "§ 42 Abs. 2 S. 2 SGB VIII",
            Self::ParentsInformed | Self::ParentsNotReached => "§ 42 Abs. 3 S. 1, 3 SGB VIII",
            Self::Objection | Self::CourtCalled => "§ 42 Abs. 3 S. 2 SGB VIII",
            Self::NoObjection | Self::PlanBegun => "§ 42 Abs. 3 S. 5 SGB VIII",
            Self::LibertyTaken | Self::LibertyEnded | Self::CourtOrder => "§ 42 Abs. 5 SGB VIII",
            Self::HandedOver => "§ 42 Abs. 4 Nr. 1 SGB VIII",
            Self::HelpDecided => "§ 42 Abs. 4 Nr. 2 SGB VIII",
        }
    }
}

/// A child as it is taken into care.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Inobhutnahme")]
pub struct NewCare {
    /// Which child.
    pub child: PersonId,
    /// When.
    pub began: Moment,
    /// Why.
    pub ground: CareGround,
    /// What happened.
    pub words: Note,
    /// Where it was taken.
    pub place: Option<Line>,
    /// With whom.
    pub placement: Placement,
}

impl NewCare {
    /// # Errors
    /// [`STEP_IN_FUTURE`], [`PLACE_MISSING`].
    pub fn check(&self, now: Moment) -> Result<(), Refusal> {
        if self.began > now {
            return Err(STEP_IN_FUTURE.broken_at("began"));
        }
        if self.place.is_none() { Err(PLACE_MISSING.broken_at("place")) } else { Ok(()) }
    }
}

/// A fact as typed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Eintrag zur Inobhutnahme")]
pub struct NewFact {
    /// What.
    pub kind: FactKind,
    /// When.
    pub at: Moment,
    /// Who, how, with what answer.
    pub words: Option<Note>,
}

/// May this be added to what is known?
///
/// # Errors
/// [`CARE_ENDED`], [`STEP_IN_FUTURE`], [`STEP_WORDS_MISSING`], [`LIBERTY_NOT_TAKEN`].
pub fn fact(new: &NewFact, so_far: &[FactKind], now: Moment) -> Result<(), Refusal> {
    if so_far.iter().any(|kind| kind.ends_care()) {
        return Err(CARE_ENDED.broken());
    }
    if new.at > now {
        return Err(STEP_IN_FUTURE.broken_at("at"));
    }
    if new.words.is_none() {
        return Err(STEP_WORDS_MISSING.broken_at("words"));
    }
    let about_liberty = matches!(new.kind, FactKind::LibertyEnded | FactKind::CourtOrder);
    if about_liberty && !liberty_is_taken(so_far) {
        return Err(LIBERTY_NOT_TAKEN.broken_at("kind"));
    }
    Ok(())
}

/// Is liberty taken, and no court has ordered it?
fn liberty_is_taken(so_far: &[FactKind]) -> bool {
    let last = so_far
        .iter()
        .rev()
        .find(|kind| matches!(kind, FactKind::LibertyTaken | FactKind::LibertyEnded | FactKind::CourtOrder));
    last == Some(&FactKind::LibertyTaken)
}

codes! {
    /// What is missing while a child is in care (W17, W18, W20).
    #[doc(alias = "Warnung in der Inobhutnahme")]
    CareWarning {
        /// The child was not told.
        ChildNotInformed = "child-not-informed",
        /// Nobody it trusts was offered to be notified.
        TrustedPersonOpen = "trusted-person-open",
        /// Custodians were not told.
        ParentsNotInformed = "parents-not-informed",
        /// They object, and neither hand-over nor court.
        ObjectionUnanswered = "objection-unanswered",
        /// They do not object, and help planning has not begun.
        PlanNotBegun = "plan-not-begun",
        /// Liberty is taken without a court.
        LibertyTaken = "liberty-taken",
    }
}

impl CareWarning {
    /// Where it stands.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::ChildNotInformed => "§ 42 Abs. 2 S. 1 SGB VIII",
            Self::TrustedPersonOpen => "§ 42 Abs. 2 S. 2 SGB VIII",
            Self::ParentsNotInformed => "§ 42 Abs. 3 S. 1 SGB VIII",
            Self::ObjectionUnanswered => "§ 42 Abs. 3 S. 2 SGB VIII",
            Self::PlanNotBegun => "§ 42 Abs. 3 S. 5 SGB VIII",
            Self::LibertyTaken => "§ 42 Abs. 5 SGB VIII",
        }
    }
}

/// What is known about a child in care: kinds of facts in the order in which they were kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Stand der Inobhutnahme")]
pub struct CareFacts(pub Vec<FactKind>);

/// What is missing.
#[must_use]
pub fn care_warnings(CareFacts(facts): &CareFacts) -> Vec<CareWarning> {
    use {CareWarning as W, FactKind as F};
    let has = |kinds: &[F]| facts.iter().any(|fact| kinds.contains(fact));
    if facts.iter().any(|kind| kind.ends_care()) {
        return Vec::new();
    }
    let found = [
        (W::ChildNotInformed, !has(&[F::ChildInformed])),
        (W::TrustedPersonOpen, !has(&[F::TrustedPerson])),
        (W::ParentsNotInformed, !has(&[F::ParentsInformed]) && !has(&[F::ParentsNotReached, F::CourtCalled])),
        (W::ObjectionUnanswered, has(&[F::Objection, F::ParentsNotReached]) && !has(&[F::CourtCalled])),
        (W::PlanNotBegun, has(&[F::NoObjection]) && !has(&[F::PlanBegun])),
        (W::LibertyTaken, liberty_is_taken(facts)),
    ];
    found.into_iter().filter(|(_, is_open)| *is_open).map(|(warning, _)| warning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use {CareWarning as W, FactKind as F};

    #[track_caller]
    fn check(facts: &[F], expected: &[W]) {
        assert_eq!(care_warnings(&CareFacts(facts.to_vec())), expected);
    }

    #[test]
    fn what_is_open_stays_open_until_it_is_done() {
        let told = [F::ChildInformed, F::TrustedPerson, F::ParentsInformed];
        check(&[], &[W::ChildNotInformed, W::TrustedPersonOpen, W::ParentsNotInformed]);
        check(&told, &[]);
        check(&[&told[..], &[F::Objection]].concat(), &[W::ObjectionUnanswered]);
        check(&[&told[..], &[F::Objection, F::CourtCalled]].concat(), &[]);
        check(&[&told[..], &[F::NoObjection]].concat(), &[W::PlanNotBegun]);
        check(&[&told[..], &[F::LibertyTaken]].concat(), &[W::LibertyTaken]);
        check(&[&told[..], &[F::LibertyTaken, F::CourtOrder]].concat(), &[]);
        check(&[&told[..], &[F::LibertyTaken, F::LibertyEnded, F::LibertyTaken]].concat(), &[W::LibertyTaken]);
        check(&[F::HandedOver], &[]);
    }

    #[test]
    fn facts_are_told_in_words_and_end_with_care() {
        let now = Moment(1_795_000_000_000);
        let new = |kind, words: &str| NewFact { kind, at: now, words: Note::parse(words).ok() };
        assert_eq!(fact(&new(F::ChildInformed, "Erklärt"), &[], now), Ok(()));
        assert_eq!(fact(&new(F::ChildInformed, ""), &[], now), Err(STEP_WORDS_MISSING.broken_at("words")));
        assert_eq!(fact(&new(F::Objection, "Nein"), &[F::HandedOver], now), Err(CARE_ENDED.broken()));
        assert_eq!(fact(&new(F::CourtOrder, "AG"), &[], now), Err(LIBERTY_NOT_TAKEN.broken_at("kind")));
    }
}
