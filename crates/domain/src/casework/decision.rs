// SPDX-License-Identifier: EUPL-1.2
//! The decision on help: by an ASD worker of the office, with reasons (§§ 36, 36a SGB VIII, § 35 SGB X).

use super::details::PlanDetails;
use super::gaps::{CaseFacts, Gap, gaps};
use crate::access::{Grant, OfficeStaff, codes};
use crate::kernel::{ApplicationId, Day, Line, Note, Period, Refusal, Rule};

/// Only the ASD of the office decides.
pub const NOT_BY_ASD: Rule = Rule::new("decision.not_by_asd", "§ 36a(1), § 79(1) SGB VIII; OVG Nds 4 ME 306/09");
/// A decision without reasons.
pub const REASONS_MISSING: Rule = Rule::new("decision.reasons_missing", "§ 35 SGB X");
/// Told of its rights on a day that has not come.
pub const RIGHTS_TOLD_IN_FUTURE: Rule = Rule::new("decision.rights_told_in_future", "Aktenwahrheit");
/// A review before the help has begun.
pub const REVIEW_TOO_EARLY: Rule = Rule::new("decision.review_too_early", "§ 36(2) Satz 2 SGB VIII");
/// Other help than § 35a, also for young adults (§ 41(2)), answers no application for participation.
pub const DECIDES_NO_APPLICATION: Rule = Rule::new("decision.no_application", "§ 35a SGB VIII, § 14 SGB IX");

/// Help that lasts longer than this is "for longer" (§ 36(2)); the law names no number, offices use half a year.
const LONGER_THAN_MONTHS: i32 = 6;

codes! {
    /// The kind of help with its paragraph; all answer individual claims (money of kind A).
    #[doc(alias = "Hilfeart")]
    HelpKind {
        /// Flexible help, § 27(2).
        Flexible = "27-2",
        /// Erziehungsberatung, § 28.
        Counselling = "28",
        /// Soziale Gruppenarbeit, § 29.
        GroupWork = "29",
        /// Erziehungsbeistand, § 30.
        SocialAssistant = "30",
        /// Sozialpädagogische Familienhilfe, § 31.
        FamilySupport = "31",
        /// Tagesgruppe, § 32.
        DayGroup = "32",
        /// Vollzeitpflege, § 33.
        FosterCare = "33",
        /// Heimerziehung, betreutes Wohnen, § 34.
        Residential = "34",
        /// Intensive Einzelbetreuung, § 35.
        IntensiveSupport = "35",
        /// Eingliederungshilfe, § 35a.
        Inclusion = "35a",
        /// Hilfe für junge Volljährige, § 41.
        YoungAdults = "41",
    }
}

impl HelpKind {
    /// Outside the own family, so that § 37c SGB VIII asks for more.
    #[must_use]
    pub const fn is_outside_home(self) -> bool {
        matches!(self, Self::FosterCare | Self::Residential)
    }

    /// `§ 31`.
    #[must_use]
    pub const fn paragraph(self) -> &'static str {
        match self {
            Self::Flexible => "§ 27 Abs. 2 SGB VIII",
            Self::Counselling => "§ 28 SGB VIII",
            Self::GroupWork => "§ 29 SGB VIII",
            Self::SocialAssistant => "§ 30 SGB VIII",
            Self::FamilySupport => "§ 31 SGB VIII",
            Self::DayGroup => "§ 32 SGB VIII",
            Self::FosterCare => "§ 33 SGB VIII",
            Self::Residential => "§ 34 SGB VIII",
            Self::IntensiveSupport => "§ 35 SGB VIII",
            Self::Inclusion => "§ 35a SGB VIII",
            Self::YoungAdults => "§ 41 SGB VIII",
        }
    }
}

/// What is to be decided.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Entscheidungsvorlage")]
pub struct DecisionDraft {
    /// Granted or refused.
    pub granted: bool,
    /// Kind of help.
    pub kind: HelpKind,
    /// From – until.
    pub period: Period,
    /// Why.
    pub reasons: Option<Note>,
    /// Professionals who worked together.
    pub professionals: Vec<Line>,
    /// Alternatives that were weighed.
    pub alternatives: Vec<Line>,
    /// The family was told of its rights on this day.
    pub rights_told_on: Option<Day>,
    /// When to look at it again.
    pub review_on: Day,
    /// What the plan says besides.
    pub details: PlanDetails,
    /// Why something that should be there is missing.
    pub gaps_reason: Option<Note>,
    /// What it answers.
    pub occasion: Occasion,
}

/// What a decision answers beside the need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[doc(alias = "Anlass der Entscheidung")]
pub struct Occasion {
    /// The application for participation that it decides; somebody named it (§ 14 SGB IX).
    pub application: Option<ApplicationId>,
    /// It takes something from the family that it has not agreed to give (§ 24(1) SGB X).
    pub burdens: bool,
}

/// A decision as it stands. Only [`decide`] and the store make one.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Entscheidung")]
#[doc(alias = "Bescheid")]
pub struct HelpDecision {
    by: OfficeStaff,
    on: Day,
    draft: DecisionDraft,
    reasons: Note,
    gaps: Vec<Gap>,
}

impl HelpDecision {
    /// Who decided.
    #[must_use]
    pub fn by(&self) -> OfficeStaff {
        self.by
    }
    /// When.
    #[must_use]
    pub fn on(&self) -> Day {
        self.on
    }
    /// What.
    #[must_use]
    pub fn draft(&self) -> &DecisionDraft {
        &self.draft
    }
    /// Why.
    #[must_use]
    pub fn reasons(&self) -> &Note {
        &self.reasons
    }
    /// What was missing; a warning each, kept with the version.
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }
}

impl DecisionDraft {
    /// Will the help last "for longer" (§ 36(2) SGB VIII)? Open-ended help does.
    #[must_use]
    pub fn is_longer(&self) -> bool {
        self.period.until().is_none_or(|until| until >= self.period.from().plus_months(LONGER_THAN_MONTHS))
    }
}

/// Decides on help. No budget is asked, and no team: the claim is the law's (N3, N4). Only what makes the act
/// void or untrue is refused; everything else that is missing is a [`Gap`].
///
/// # Errors
/// All rules of this file that are broken, together.
pub fn decide(
    grant: &Grant,
    draft: DecisionDraft,
    facts: &CaseFacts,
    today: Day,
) -> Result<HelpDecision, Vec<Refusal>> {
    let mut wrong = Vec::new();
    if draft.reasons.is_none() {
        wrong.push(REASONS_MISSING.broken_at("reasons"));
    }
    if draft.rights_told_on.is_some_and(|day| day > today) {
        wrong.push(RIGHTS_TOLD_IN_FUTURE.broken_at("rights_told_on"));
    }
    if draft.review_on < draft.period.from() {
        wrong.push(REVIEW_TOO_EARLY.broken_at("review_on"));
    }
    let participation = matches!(draft.kind, HelpKind::Inclusion | HelpKind::YoungAdults);
    if draft.occasion.application.is_some() && !participation {
        wrong.push(DECIDES_NO_APPLICATION.broken_at("application"));
    }
    match (grant.deciding(), draft.reasons.clone()) {
        (Some(by), Some(reasons)) if wrong.is_empty() => {
            let gaps = gaps(&draft, facts);
            Ok(HelpDecision { by, on: today, draft, reasons, gaps })
        }
        (None, _) => Err(vec![NOT_BY_ASD.broken()]),
        _ => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Action, Actor, Controller, Place, Post, Role, Standing, permit};
    use crate::casework::details::{Attendance, Extent, ExtentUnit, PlanPart, Presence};
    use crate::kernel::{RegionId, TeamId, UserId};
    use uuid::Uuid;

    fn grant(action: Action) -> Grant {
        let place = Place::Team(TeamId(Uuid::from_u128(1)), RegionId(Uuid::from_u128(1)));
        let posts = vec![Post { role: Role::CaseWorker, place }];
        let actor = Actor { user: UserId(Uuid::from_u128(1)), controller: Controller::Office, posts };
        permit(&actor, action, Standing::Team(TeamId(Uuid::from_u128(1)))).unwrap()
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn draft(until: &str, professionals: usize) -> DecisionDraft {
        DecisionDraft {
            granted: true,
            kind: HelpKind::FamilySupport,
            period: Period::new(day("2026-12-01"), Some(day(until))).unwrap(),
            reasons: Some(Note::parse("Weil es hilft.").unwrap()),
            professionals: ["Erste", "Zweite"]
                .iter()
                .take(professionals)
                .map(|name| Line::parse(name).unwrap())
                .collect(),
            alternatives: vec![Line::parse("Patenfamilie").unwrap()],
            rights_told_on: Some(day("2026-11-01")),
            review_on: day("2027-03-01"),
            details: PlanDetails::default(),
            gaps_reason: None,
            occasion: Occasion::default(),
        }
    }

    /// What the case of these tests holds: everything.
    const FULL: CaseFacts = CaseFacts { minor: true, need: true, will: true, goal: true, strength: true, ..NOTHING };
    const NOTHING: CaseFacts = CaseFacts {
        minor: false,
        need: false,
        will: false,
        goal: false,
        strength: false,
        application_open: false,
        assessor_missing: false,
    };

    fn decided(draft: DecisionDraft, facts: &CaseFacts) -> HelpDecision {
        decide(&grant(Action::DecideOnCase), draft, facts, day("2026-11-20")).unwrap()
    }

    fn check(draft: DecisionDraft, facts: &CaseFacts, expected: &[Gap]) {
        assert_eq!(decided(draft, facts).gaps(), expected);
    }

    /// A plan that says everything.
    fn whole(kind: HelpKind) -> DecisionDraft {
        let parts = PlanPart::ALL.iter().map(|part| (*part, Note::parse("Steht da.").unwrap())).collect();
        let details = PlanDetails {
            services: Some(Note::parse("Gespräche zu Hause").unwrap()),
            extent: Extent::parse("8", ExtentUnit::HoursAWeek).ok(),
            attendance: vec![Attendance::read("Ayşe Demir, Mutter", Presence::Present).unwrap()],
            parts,
            ..PlanDetails::default()
        };
        DecisionDraft { kind, details, ..draft("2027-12-31", 2) }
    }

    fn without(part: PlanPart, kind: HelpKind) -> DecisionDraft {
        let mut draft = whole(kind);
        draft.details.parts.retain(|(known, _)| *known != part);
        draft
    }

    #[test]
    fn a_whole_plan_has_no_gap() {
        for kind in HelpKind::ALL {
            check(whole(*kind), &FULL, &[]);
        }
    }

    #[test]
    fn w1_to_w4_w6_and_w12_each_warn_and_none_refuses() {
        let home = HelpKind::FamilySupport;
        check(DecisionDraft { rights_told_on: None, ..whole(home) }, &FULL, &[Gap::RightsHint]);
        check(DecisionDraft { professionals: vec![], ..whole(home) }, &FULL, &[Gap::FewProfessionals]);
        check(DecisionDraft { alternatives: vec![], ..whole(home) }, &FULL, &[Gap::NoAlternative]);
        for (part, gap) in [
            (PlanPart::ChildHeard, Gap::ChildNotHeard),
            (PlanPart::ViewAgency, Gap::NoAgency),
            (PlanPart::Siblings, Gap::NoSiblings),
            (PlanPart::OtherParent, Gap::OtherParentOpen),
        ] {
            check(without(part, home), &FULL, &[gap]);
        }
        for (part, gap) in [
            (PlanPart::Perspective, Gap::NoPerspective),
            (PlanPart::Adoption, Gap::NoAdoptionCheck),
            (PlanPart::Cooperation, Gap::NoCooperation),
            (PlanPart::Maintenance, Gap::NoMaintenance),
            (PlanPart::Guard, Gap::NoGuard),
        ] {
            check(without(part, HelpKind::Residential), &FULL, &[gap]);
            check(without(part, HelpKind::FosterCare), &FULL, &[gap]);
            check(without(part, home), &FULL, &[]);
        }
        check(whole(home), &CaseFacts { need: false, ..FULL }, &[Gap::NoNeed]);
        check(whole(home), &CaseFacts { will: false, ..FULL }, &[Gap::NoWill]);
        check(whole(home), &CaseFacts { goal: false, ..FULL }, &[Gap::NoGoal]);
        check(whole(home), &CaseFacts { strength: false, ..FULL }, &[Gap::NoStrength]);
    }

    #[test]
    fn w29_a_refusal_asks_whether_the_family_was_heard() {
        let refused = DecisionDraft { granted: false, ..without(PlanPart::Hearing, HelpKind::FamilySupport) };
        check(refused, &FULL, &[Gap::NoHearing]);
        check(DecisionDraft { granted: false, ..whole(HelpKind::FamilySupport) }, &FULL, &[]);
    }

    #[test]
    fn the_same_professional_twice_is_one() {
        let names = vec![Line::parse("Mira Albers").unwrap(), Line::parse("MIRA ALBERS").unwrap()];
        check(DecisionDraft { professionals: names, ..whole(HelpKind::DayGroup) }, &FULL, &[Gap::FewProfessionals]);
    }

    #[test]
    fn somebody_missing_without_a_reason_is_a_gap_of_any_decision() {
        let mut draft = whole(HelpKind::FamilySupport);
        draft.details.attendance.push(Attendance::read("Jan Krämer", Presence::Absent).unwrap());
        check(draft.clone(), &FULL, &[Gap::AbsenceWithoutReason]);
        draft.details.attendance.pop();
        draft.details.attendance.push(Attendance::read("Jan Krämer: verreist", Presence::NotInvited).unwrap());
        check(draft, &FULL, &[]);
    }

    #[test]
    fn short_help_and_refusals_need_no_plan() {
        let bare = CaseFacts { minor: true, ..CaseFacts::default() };
        check(draft("2027-02-28", 0), &bare, &[Gap::ChildNotHeard]);
        let refused = DecisionDraft { granted: false, ..draft("2027-12-31", 0) };
        check(refused, &bare, &[Gap::ChildNotHeard, Gap::NoHearing]);
    }

    #[test]
    fn what_makes_the_act_void_or_untrue_is_said_at_once() {
        let tomorrow = Some(day("2026-11-21"));
        let draft = DecisionDraft {
            reasons: None,
            rights_told_on: tomorrow,
            review_on: day("2026-11-30"),
            ..draft("2027-12-31", 0)
        };
        let refused = decide(&grant(Action::DecideOnCase), draft, &FULL, day("2026-11-20")).unwrap_err();
        let codes: Vec<_> = refused.iter().map(|refusal| refusal.rule.code()).collect();
        assert_eq!(codes, ["decision.reasons_missing", "decision.rights_told_in_future", "decision.review_too_early"]);
    }

    #[test]
    fn a_grant_to_see_does_not_decide() {
        let refused = decide(&grant(Action::SeeCase), draft("2027-01-31", 2), &FULL, day("2026-11-20"));
        assert_eq!(refused, Err(vec![NOT_BY_ASD.broken()]));
    }
}
