// SPDX-License-Identifier: EUPL-1.2
//! What a decision and its plan lack. A gap warns, asks for a reason and is kept with the version; it never
//! keeps anybody from deciding: most of these rules are "soll", and a missing record does not make an act void.

use super::decision::{DecisionDraft, HelpKind};
use super::details::{PlanPart, Presence};
use crate::access::codes;
use crate::kernel::{Line, fold};

/// "In Zusammenwirken mehrerer Fachkräfte": at least two.
const SEVERAL: usize = 2;

codes! {
    /// Something that should be there.
    #[doc(alias = "Lücke im Hilfeplan")]
    #[doc(alias = "Warnung")]
    Gap {
        /// The family was not told of its rights (W1).
        RightsHint = "rights-hint",
        /// Not noted how the child was heard (W2).
        ChildNotHeard = "child-not-heard",
        /// Fewer than two professionals worked together for longer help (W3).
        FewProfessionals = "few-professionals",
        /// Nothing else was weighed.
        NoAlternative = "no-alternative",
        /// No need was recorded (W4).
        NoNeed = "no-need",
        /// No services are named (W4).
        NoServices = "no-services",
        /// Services without a number (W4).
        NoExtent = "no-extent",
        /// Nobody is noted at the talk about the plan (W4).
        NobodyPresent = "nobody-present",
        /// Somebody was missing, and no reason stands there.
        AbsenceWithoutReason = "absence-without-reason",
        /// Those who carry the help out were not involved (W4, § 36(3)).
        NoAgency = "no-agency",
        /// Nothing about siblings (W4).
        NoSiblings = "no-siblings",
        /// No will (W4).
        NoWill = "no-will",
        /// No goal (W4).
        NoGoal = "no-goal",
        /// No resource (W4).
        NoStrength = "no-strength",
        /// Nothing decided about a parent without custody (W6).
        OtherParentOpen = "other-parent-open",
        /// Perspective not noted (W12).
        NoPerspective = "no-perspective",
        /// Adoption not considered (W12).
        NoAdoptionCheck = "no-adoption-check",
        /// Cooperation and support not noted (W12).
        NoCooperation = "no-cooperation",
        /// Benefits of § 39 not noted (W12).
        NoMaintenance = "no-maintenance",
        /// How the child is protected outside its home, and to whom it can complain, is not noted (W14).
        NoGuard = "no-guard",
        /// Help is refused or made less without the family agreeing, and nobody noted that it was heard (W29).
        NoHearing = "no-hearing",
        /// A young adult's help has an end, and the plan says nothing of after-care (W11).
        NoAftercare = "no-aftercare",
        /// Whoever gave the opinion of § 35a(1a) is not named at the talk about the plan (W7).
        AssessorMissing = "assessor-missing",
        /// An application waits for its decision, and nobody said whether this is it (W9).
        ApplicationOpen = "application-open",
    }
}

impl Gap {
    /// The paragraph it comes from.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::RightsHint => "§ 5 Abs. 1, § 8 Abs. 1, § 36 Abs. 1 SGB VIII",
            Self::ChildNotHeard => "§§ 8, 36 SGB VIII",
            Self::FewProfessionals => "§ 36 Abs. 2 Satz 1 SGB VIII",
            Self::NoAlternative => "§ 27 Abs. 1 SGB VIII",
            Self::NoNeed | Self::NoServices | Self::NoExtent => "§ 36 Abs. 2 Satz 2 SGB VIII",
            Self::NobodyPresent | Self::AbsenceWithoutReason => "§ 36 Abs. 2 SGB VIII",
            Self::NoAgency => "§ 36 Abs. 3 SGB VIII",
            Self::NoSiblings => "§ 36 Abs. 2 Satz 3 SGB VIII",
            Self::NoWill | Self::NoGoal | Self::NoStrength => "Fachkonzept Sozialraumorientierung",
            Self::OtherParentOpen => "§ 36 Abs. 5 SGB VIII",
            Self::NoPerspective => "§ 37c Abs. 1 SGB VIII",
            Self::NoAdoptionCheck => "§ 37c Abs. 2 SGB VIII",
            Self::NoCooperation | Self::NoMaintenance => "§ 37c Abs. 4 SGB VIII",
            Self::NoGuard => "§ 37b Abs. 1, 2 SGB VIII",
            Self::NoHearing => "§ 24 Abs. 1 SGB X",
            Self::NoAftercare => "§ 41a Abs. 2 SGB VIII",
            Self::AssessorMissing => "§ 36 Abs. 4 SGB VIII",
            Self::ApplicationOpen => "§ 14 Abs. 2, § 15 Abs. 4 SGB IX",
        }
    }
}

/// What the case holds already, as far as gaps need to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[doc(alias = "Stand des Falls")]
pub struct CaseFacts {
    /// Somebody under 18 belongs to it.
    pub minor: bool,
    /// A need was recorded.
    pub need: bool,
    /// A will was recorded.
    pub will: bool,
    /// A goal was recorded.
    pub goal: bool,
    /// A resource was recorded.
    pub strength: bool,
    /// An application for participation waits for its decision.
    pub application_open: bool,
    /// Somebody gave an opinion (§ 35a(1a)) and is not named at the talk about the plan.
    pub assessor_missing: bool,
}

/// How many different people: the same name twice is one.
fn different(names: &[Line]) -> usize {
    let mut folded: Vec<String> = names.iter().map(|name| fold(name.as_str())).collect();
    folded.sort_unstable();
    folded.dedup();
    folded.len()
}

/// What is missing, in the order of the form. A refusal needs no plan, a short help no plan either (§ 36(2):
/// "voraussichtlich für längere Zeit").
#[must_use]
pub fn gaps(draft: &DecisionDraft, facts: &CaseFacts) -> Vec<Gap> {
    let (details, planned) = (&draft.details, draft.granted && draft.is_longer());
    let lacks = |part| !details.has(part);
    let absent = details.attendance.iter().any(|one| one.presence != Presence::Present && one.why.is_none());
    let present = details.attendance.iter().any(|one| one.presence == Presence::Present);
    let outside = draft.granted && draft.kind.is_outside_home();
    // A help whose end is known may have no later plan (§ 41a(2): "im Hilfeplan").
    let ends_young = draft.granted && draft.kind == HelpKind::YoungAdults && draft.period.until().is_some();
    let inclusion = draft.kind == HelpKind::Inclusion;
    let all = [
        (Gap::RightsHint, draft.rights_told_on.is_none()),
        (Gap::ChildNotHeard, facts.minor && lacks(PlanPart::ChildHeard)),
        (Gap::FewProfessionals, planned && different(&draft.professionals) < SEVERAL),
        (Gap::NoAlternative, draft.alternatives.is_empty()),
        (Gap::NoNeed, planned && !facts.need),
        (Gap::NoServices, planned && details.services.is_none()),
        (Gap::NoExtent, planned && details.extent.is_none()),
        (Gap::NobodyPresent, planned && !present),
        (Gap::AbsenceWithoutReason, absent),
        (Gap::NoAgency, planned && lacks(PlanPart::ViewAgency)),
        (Gap::NoSiblings, planned && lacks(PlanPart::Siblings)),
        (Gap::NoWill, planned && !facts.will),
        (Gap::NoGoal, planned && !facts.goal),
        (Gap::NoStrength, planned && !facts.strength),
        (Gap::OtherParentOpen, planned && facts.minor && lacks(PlanPart::OtherParent)),
        (Gap::NoPerspective, outside && lacks(PlanPart::Perspective)),
        (Gap::NoAdoptionCheck, outside && facts.minor && lacks(PlanPart::Adoption)),
        (Gap::NoCooperation, outside && lacks(PlanPart::Cooperation)),
        (Gap::NoMaintenance, outside && lacks(PlanPart::Maintenance)),
        (Gap::NoGuard, outside && facts.minor && lacks(PlanPart::Guard)),
        (Gap::NoHearing, (!draft.granted || draft.occasion.burdens) && lacks(PlanPart::Hearing)),
        (Gap::NoAftercare, ends_young && lacks(PlanPart::Aftercare)),
        (Gap::AssessorMissing, inclusion && draft.granted && facts.assessor_missing),
        (Gap::ApplicationOpen, inclusion && facts.application_open && draft.occasion.application.is_none()),
    ];
    all.into_iter().filter(|(_, missing)| *missing).map(|(gap, _)| gap).collect()
}
