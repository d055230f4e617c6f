// SPDX-License-Identifier: EUPL-1.2
//! The decision on help: by an ASD worker of the office, with reasons (§§ 36, 36a SGB VIII, § 35 SGB X).

use crate::access::{Grant, OfficeStaff, codes};
use crate::kernel::{Day, Line, Note, Period, Refusal, Rule, fold};

/// Only the ASD of the office decides.
pub const NOT_BY_ASD: Rule = Rule::new("decision.not_by_asd", "§ 36a(1), § 79(1) SGB VIII; OVG Nds 4 ME 306/09");
/// A decision without reasons.
pub const REASONS_MISSING: Rule = Rule::new("decision.reasons_missing", "§ 35 SGB X");
/// Longer help is decided with several professionals.
pub const PROFESSIONALS_MISSING: Rule = Rule::new("decision.professionals_missing", "§ 36(2) Satz 1 SGB VIII");
/// No alternative was weighed.
pub const ALTERNATIVES_MISSING: Rule = Rule::new("decision.alternatives_missing", "§ 27(1), § 36(2) SGB VIII");
/// The family was not told of its rights.
pub const RIGHTS_HINT_MISSING: Rule = Rule::new("decision.rights_hint_missing", "§§ 5(1), 8(1), 36(1) SGB VIII");

/// A review before the help has begun.
pub const REVIEW_TOO_EARLY: Rule = Rule::new("decision.review_too_early", "§ 36(2) Satz 2 SGB VIII");

/// Help that lasts longer than this is "for longer" (§ 36(2)); the law names no number, offices use half a year.
const LONGER_THAN_MONTHS: i32 = 6;
/// "In Zusammenwirken mehrerer Fachkräfte": at least two.
const SEVERAL: usize = 2;

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
}

impl DecisionDraft {
    /// Will the help last "for longer" (§ 36(2) SGB VIII)? Open-ended help does.
    #[must_use]
    pub fn is_longer(&self) -> bool {
        self.period.until().is_none_or(|until| until >= self.period.from().plus_months(LONGER_THAN_MONTHS))
    }
}

/// How many different people: the same name twice is one.
fn several(names: &[Line]) -> usize {
    let mut folded: Vec<String> = names.iter().map(|name| fold(name.as_str())).collect();
    folded.sort_unstable();
    folded.dedup();
    folded.len()
}

/// Decides on help. No budget is asked, and no team: the claim is the law's (N3, N4).
///
/// # Errors
/// All rules of this file that are broken, together.
pub fn decide(grant: &Grant, draft: DecisionDraft, today: Day) -> Result<HelpDecision, Vec<Refusal>> {
    let mut wrong = Vec::new();
    if draft.reasons.is_none() {
        wrong.push(REASONS_MISSING.broken_at("reasons"));
    }
    if draft.granted && draft.is_longer() && several(&draft.professionals) < SEVERAL {
        wrong.push(PROFESSIONALS_MISSING.broken_at("professionals"));
    }
    if draft.alternatives.is_empty() {
        wrong.push(ALTERNATIVES_MISSING.broken_at("alternatives"));
    }
    if draft.rights_told_on.is_none_or(|day| day > today) {
        wrong.push(RIGHTS_HINT_MISSING.broken_at("rights_told_on"));
    }
    if draft.review_on < draft.period.from() {
        wrong.push(REVIEW_TOO_EARLY.broken_at("review_on"));
    }
    match (grant.deciding(), draft.reasons.clone()) {
        (Some(by), Some(reasons)) if wrong.is_empty() => Ok(HelpDecision { by, on: today, draft, reasons }),
        (None, _) => Err(vec![NOT_BY_ASD.broken()]),
        _ => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Action, Actor, Controller, Place, Post, Role, Standing, permit};
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
        }
    }

    fn check(draft: DecisionDraft, expected: &[&str]) {
        let outcome = decide(&grant(Action::DecideOnCase), draft, day("2026-11-20"));
        let codes: Vec<_> = outcome.err().unwrap_or_default().iter().map(|refusal| refusal.rule.code()).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn longer_help_needs_several_professionals() {
        check(draft("2027-06-30", 1), &["decision.professionals_missing"]);
        check(draft("2027-06-30", 2), &[]);
        check(draft("2027-02-28", 0), &[]);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let bare =
            DecisionDraft { reasons: None, alternatives: vec![], rights_told_on: None, ..draft("2027-12-31", 0) };
        let expected = [
            "decision.reasons_missing",
            "decision.professionals_missing",
            "decision.alternatives_missing",
            "decision.rights_hint_missing",
        ];
        check(bare, &expected);
    }

    #[test]
    fn a_grant_to_see_does_not_decide() {
        let refused = decide(&grant(Action::SeeCase), draft("2027-01-31", 2), day("2026-11-20"));
        assert_eq!(refused, Err(vec![NOT_BY_ASD.broken()]));
    }
}
