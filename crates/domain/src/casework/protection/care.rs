// SPDX-License-Identifier: EUPL-1.2
//! A child taken into care (§ 42 SGB VIII): ground, time, place, who was told, how it ends; and liberty, which ends
//! at the end of the next day if no court says otherwise (N25).

use crate::access::codes;
use crate::kernel::{Line, Moment, Note, PersonId, Refusal, Rule};

use super::liberty::{Liberty, liberty};
use super::step::{STEP_IN_FUTURE, STEP_WORDS_MISSING};

/// A child is taken somewhere.
pub const PLACE_MISSING: Rule = Rule::new("care.place_missing", "§ 42(1) S. 2 SGB VIII");
/// What ended gets no further fact.
pub const CARE_ENDED: Rule = Rule::new("care.ended", "§ 42(4) SGB VIII");
/// Liberty that was not taken does not end.
pub const LIBERTY_NOT_TAKEN: Rule = Rule::new("care.liberty_not_taken", "§ 42(5) SGB VIII");
/// Care does not end on paper while liberty is taken without a court's order (N25).
pub const LIBERTY_STILL_TAKEN: Rule = Rule::new("care.liberty_still_taken", "§ 42(5) SGB VIII");
/// Nothing happened in care before it began.
pub const FACT_BEFORE_CARE: Rule = Rule::new("care.fact_before_care", "Aktenwahrheit");
/// Distribution, guardian and asylum are of children who came unaccompanied.
pub const NOT_UNACCOMPANIED: Rule = Rule::new("care.not_unaccompanied", "§§ 42(1) Nr. 3, 42a, 42b SGB VIII");

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
        /// A court has ordered that it is taken.
        CourtOrder = "court-order",
        /// A court has refused it: it ends at once.
        CourtRefused = "court-refused",
        /// A guardian was asked of the court.
        GuardianAsked = "guardian-asked",
        /// Asylum was applied for, or it is not indicated.
        AsylumSettled = "asylum-settled",
        /// The child was reported to the Land's body, with its first assessment (§ 42a(2), (4)).
        MinorReported = "minor-reported",
        /// The Land's body reported to the federation.
        LandReported = "land-reported",
        /// The federation named the receiving Land.
        LandNamed = "land-named",
        /// An office was assigned.
        OfficeAssigned = "office-assigned",
        /// The child is not distributed.
        DistributionExcluded = "distribution-excluded",
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

    /// Does it belong to a child that came unaccompanied alone?
    #[must_use]
    pub const fn is_of_unaccompanied(self) -> bool {
        matches!(
            self,
            Self::GuardianAsked
                | Self::AsylumSettled
                | Self::MinorReported
                | Self::LandReported
                | Self::LandNamed
                | Self::OfficeAssigned
                | Self::DistributionExcluded
        )
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
            Self::LibertyTaken | Self::LibertyEnded | Self::CourtOrder | Self::CourtRefused => "§ 42 Abs. 5 SGB VIII",
            Self::GuardianAsked => "§ 42 Abs. 3 S. 4 SGB VIII",
            Self::AsylumSettled => "§ 42 Abs. 2 S. 5 SGB VIII",
            Self::MinorReported | Self::LandReported => "§ 42a Abs. 4 SGB VIII",
            Self::LandNamed | Self::OfficeAssigned => "§ 42b Abs. 1, 3 SGB VIII",
            Self::DistributionExcluded => "§ 42b Abs. 4 SGB VIII",
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

/// The kinds of facts in the order in which they happened; of those at one moment, as they were kept.
fn in_time(facts: &[(FactKind, Moment)]) -> Vec<FactKind> {
    let mut facts = facts.to_vec();
    facts.sort_by_key(|(_, at)| *at);
    facts.into_iter().map(|(kind, _)| kind).collect()
}

/// May this be added to what is known about a child taken into care for this reason, at this moment?
///
/// # Errors
/// [`CARE_ENDED`], [`STEP_IN_FUTURE`], [`STEP_WORDS_MISSING`], [`FACT_BEFORE_CARE`], [`NOT_UNACCOMPANIED`],
/// [`LIBERTY_NOT_TAKEN`], [`LIBERTY_STILL_TAKEN`].
pub fn fact(
    new: &NewFact,
    so_far: &[(FactKind, Moment)],
    (ground, began): (CareGround, Moment),
    now: Moment,
) -> Result<(), Refusal> {
    if so_far.iter().any(|(kind, _)| kind.ends_care()) {
        return Err(CARE_ENDED.broken());
    }
    if new.at > now {
        return Err(STEP_IN_FUTURE.broken_at("at"));
    }
    if new.at < began {
        return Err(FACT_BEFORE_CARE.broken_at("at"));
    }
    if new.words.is_none() {
        return Err(STEP_WORDS_MISSING.broken_at("words"));
    }
    if new.kind.is_of_unaccompanied() && ground != CareGround::Unaccompanied {
        return Err(NOT_UNACCOMPANIED.broken_at("kind"));
    }
    about_liberty(new, so_far)
}

fn about_liberty(new: &NewFact, so_far: &[(FactKind, Moment)]) -> Result<(), Refusal> {
    let until: Vec<_> = so_far.iter().copied().filter(|(_, at)| *at <= new.at).collect();
    let answers = matches!(new.kind, FactKind::LibertyEnded | FactKind::CourtOrder | FactKind::CourtRefused);
    if answers && liberty(&in_time(&until)) == Liberty::Free {
        return Err(LIBERTY_NOT_TAKEN.broken_at("kind"));
    }
    if new.kind.ends_care() && liberty(&in_time(so_far)).is_alarm() {
        return Err(LIBERTY_STILL_TAKEN.broken_at("kind"));
    }
    Ok(())
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
        /// Liberty is taken although a court has refused it.
        LibertyRefused = "liberty-refused",
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
            Self::LibertyTaken | Self::LibertyRefused => "§ 42 Abs. 5 SGB VIII",
        }
    }
}

/// What is known about a child in care: kinds of facts in the order in which they happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Stand der Inobhutnahme")]
pub struct CareFacts(Vec<FactKind>);

impl CareFacts {
    /// Out of facts as they were kept, each with its moment.
    #[must_use]
    pub fn new(facts: &[(FactKind, Moment)]) -> Self {
        Self(in_time(facts))
    }
    /// How it stands with the child's liberty.
    #[must_use]
    pub fn liberty(&self) -> Liberty {
        liberty(&self.0)
    }
    /// Is the child not in care any more?
    #[must_use]
    pub fn have_ended(&self) -> bool {
        self.0.iter().any(|kind| kind.ends_care())
    }
}

/// What is missing.
#[must_use]
pub fn care_warnings(known: &CareFacts) -> Vec<CareWarning> {
    use {CareWarning as W, FactKind as F};
    let facts = &known.0;
    let has = |kinds: &[F]| facts.iter().any(|fact| kinds.contains(fact));
    if known.have_ended() {
        return Vec::new();
    }
    // Who objects after the court was called, has not been answered by that call.
    let last = |kinds: &[F]| facts.iter().rposition(|fact| kinds.contains(fact));
    let objection = last(&[F::Objection, F::ParentsNotReached]);
    let found = [
        (W::ChildNotInformed, !has(&[F::ChildInformed])),
        (W::TrustedPersonOpen, !has(&[F::TrustedPerson])),
        (W::ParentsNotInformed, !has(&[F::ParentsInformed]) && !has(&[F::ParentsNotReached, F::CourtCalled])),
        (W::ObjectionUnanswered, objection.is_some() && last(&[F::CourtCalled]) < objection),
        (W::PlanNotBegun, has(&[F::NoObjection]) && !has(&[F::PlanBegun])),
        (W::LibertyTaken, known.liberty() == Liberty::Taken),
        (W::LibertyRefused, known.liberty() == Liberty::Refused),
    ];
    found.into_iter().filter(|(_, is_open)| *is_open).map(|(warning, _)| warning).collect()
}

#[cfg(test)]
#[path = "care_tests.rs"]
mod tests;
