// SPDX-License-Identifier: EUPL-1.2
//! The help plan: a version, once fixed, is never changed (N21); the next one is a new version.

use super::details::{Extent, PlanPart};
use super::statement::StatementKind;
use super::support_package::PACKAGE_PART;
use crate::access::codes;
use crate::kernel::Day;

/// Somebody who takes part, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Beteiligte")]
pub struct PlanParty {
    /// Name.
    pub name: String,
    /// As what.
    pub role: String,
}

/// Something said, with speaker and day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Aussage im Plan")]
pub struct PlanStatement {
    /// Kind code of [`super::StatementKind`].
    pub kind: String,
    /// Who; empty for needs and mandates of the office.
    pub speaker: String,
    /// When.
    pub said_on: Day,
    /// Verbatim.
    pub words: String,
    /// The own part.
    pub own_part: String,
}

/// Who was at the talk about the plan, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Beteiligte am Hilfeplangespräch")]
pub struct PlanAttendance {
    /// Who.
    pub name: String,
    /// Code of [`super::Presence`].
    pub presence: String,
    /// Why they were not there; may be empty.
    pub why: String,
}

codes! {
    /// What of a plan may go to an agency beside kind of help, period and review, which it always needs.
    #[doc(alias = "Übermittelter Abschnitt")]
    PlanSection {
        /// Goals, with whose they are.
        Goals = "goals",
        /// Necessary services and their extent.
        Services = "services",
        /// Who belongs to the case.
        Contact = "contact",
        /// What members of the family said: will and wishes.
        Voices = "voices",
        /// The need, as professionals see it.
        Need = "need",
        /// What office or court demand.
        Mandates = "mandates",
        /// Resources of the family.
        Strengths = "strengths",
        /// Who was at the talk, how the child was heard, what each side holds, siblings, the other parent.
        Talk = "talk",
        /// Perspective, cooperation and benefits outside the own family.
        OutsideHome = "outside-home",
    }
}

impl PlanSection {
    /// What is proposed: as little as the task needs (§ 64(2) SGB VIII, Art. 5 DSGVO).
    pub const PROPOSED: [Self; 3] = [Self::Goals, Self::Services, Self::Contact];

    fn of_statement(kind: &str) -> Self {
        match StatementKind::from_code(kind) {
            Some(StatementKind::Need) => Self::Need,
            Some(StatementKind::Mandate) => Self::Mandates,
            _ => Self::Voices,
        }
    }

    /// The support package names third people and goes to no agency, whatever was chosen (§ 64(2) SGB VIII); what a family
    /// said against less help is between it and the office.
    fn part_goes(code: &str, sections: &[Self]) -> bool {
        let stays = code.starts_with(PACKAGE_PART) || code == PlanPart::Hearing.code();
        !stays && sections.contains(&Self::of_part(code))
    }

    fn of_part(code: &str) -> Self {
        let outside = PlanPart::from_code(code).is_some_and(|part| PlanPart::OUTSIDE_HOME.contains(&part));
        if outside { Self::OutsideHome } else { Self::Talk }
    }
}

impl PlanContent {
    /// The copy for the agency that carries the help out: only the chosen sections. The office's reasons,
    /// professionals, weighed alternatives, the team's ideas and the gaps never leave
    /// (§ 69(1) Nr. 1 SGB X, § 64(2) SGB VIII).
    #[must_use]
    pub fn for_agency(self, sections: &[PlanSection]) -> Self {
        let goes = |section| sections.contains(&section);
        let if_goes = |section, list: Vec<(String, String)>| if goes(section) { list } else { Vec::new() };
        Self {
            decided_by: String::new(),
            reasons: String::new(),
            professionals: Vec::new(),
            alternatives: Vec::new(),
            ideas: Vec::new(),
            gaps: Vec::new(),
            gaps_reason: String::new(),
            rights_told_on: None,
            people: if goes(PlanSection::Contact) { self.people } else { Vec::new() },
            statements: self
                .statements
                .into_iter()
                .filter(|said| goes(PlanSection::of_statement(&said.kind)))
                .collect(),
            goals: if_goes(PlanSection::Goals, self.goals),
            steps: if_goes(PlanSection::Goals, self.steps),
            strengths: if_goes(PlanSection::Strengths, self.strengths),
            services: if goes(PlanSection::Services) { self.services } else { String::new() },
            extent: self.extent.filter(|_| goes(PlanSection::Services)),
            attendance: if goes(PlanSection::Talk) { self.attendance } else { Vec::new() },
            parts: self.parts.into_iter().filter(|(code, _)| PlanSection::part_goes(code, sections)).collect(),
            ..self
        }
    }
}

impl PlanContent {
    /// The same with every text that somebody typed put through `change`: a last look before it is shown or sent.
    #[must_use]
    pub fn with_words(self, change: impl Fn(&str) -> String) -> Self {
        let each = |list: Vec<String>| list.iter().map(|words| change(words)).collect();
        let pairs =
            |list: Vec<(String, String)>| list.into_iter().map(|(code, words)| (code, change(&words))).collect();
        let said = |said: PlanStatement| PlanStatement {
            words: change(&said.words),
            own_part: change(&said.own_part),
            ..said
        };
        let there = |one: PlanAttendance| PlanAttendance { name: change(&one.name), why: change(&one.why), ..one };
        let steps = self.steps.into_iter().map(|(above, words)| (change(&above), change(&words))).collect();
        Self {
            reasons: change(&self.reasons),
            professionals: each(self.professionals),
            alternatives: each(self.alternatives),
            statements: self.statements.into_iter().map(said).collect(),
            goals: pairs(self.goals),
            steps,
            strengths: pairs(self.strengths),
            ideas: pairs(self.ideas),
            services: change(&self.services),
            attendance: self.attendance.into_iter().map(there).collect(),
            parts: pairs(self.parts),
            gaps_reason: change(&self.gaps_reason),
            ..self
        }
    }
}

/// Everything a version says, frozen from the case on the day of the decision (§ 36(2) SGB VIII: need, kind
/// of help, necessary services; besides: will, goals, resources).
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Hilfeplan")]
pub struct PlanContent {
    /// The office.
    pub office: String,
    /// Case number.
    pub case_number: String,
    /// The family.
    pub family: String,
    /// Version, from 1.
    pub version: i64,
    /// Day of the decision.
    pub decided_on: Day,
    /// Who decided.
    pub decided_by: String,
    /// Granted or refused.
    pub granted: bool,
    /// Kind code of [`super::HelpKind`].
    pub help: String,
    /// From.
    pub from: Day,
    /// Until, if limited.
    pub until: Option<Day>,
    /// Next review.
    pub review_on: Day,
    /// Why.
    pub reasons: String,
    /// Who worked together.
    pub professionals: Vec<String>,
    /// What was weighed.
    pub alternatives: Vec<String>,
    /// The people.
    pub people: Vec<PlanParty>,
    /// Will, wish, need, mandate.
    pub statements: Vec<PlanStatement>,
    /// Broad goals: owner and words.
    pub goals: Vec<(String, String)>,
    /// Action goals: the words of the direction goal above, and their own.
    pub steps: Vec<(String, String)>,
    /// Resources: field code and words.
    pub strengths: Vec<(String, String)>,
    /// Ideas of the team: kind code and words.
    pub ideas: Vec<(String, String)>,
    /// When the family was told of its rights.
    pub rights_told_on: Option<Day>,
    /// The necessary services, in words; may be empty.
    pub services: String,
    /// Their extent.
    pub extent: Option<Extent>,
    /// Who was at the talk about the plan, or why not.
    pub attendance: Vec<PlanAttendance>,
    /// Parts with a title of their own: code of [`PlanPart`] and words.
    pub parts: Vec<(String, String)>,
    /// What was missing: codes of [`super::Gap`]. For the file, not for the paper.
    pub gaps: Vec<String>,
    /// Why it was missing; may be empty.
    pub gaps_reason: String,
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    pub fn content() -> PlanContent {
        let day = Day::new(2026, 11, 20).unwrap();
        let said = |kind: &str| PlanStatement {
            kind: kind.to_owned(),
            speaker: "Ayşe".to_owned(),
            said_on: day,
            words: kind.to_owned(),
            own_part: String::new(),
        };
        PlanContent {
            office: "Amt".into(),
            case_number: "2026-0001".into(),
            family: "Demir".into(),
            version: 1,
            decided_on: day,
            decided_by: "Mira".into(),
            granted: true,
            help: "34".into(),
            from: day,
            until: None,
            review_on: day,
            reasons: "Weil.".into(),
            professionals: vec!["Mira".into()],
            alternatives: vec!["Patin".into()],
            people: vec![PlanParty { name: "Ayşe".into(), role: "mother".into() }],
            statements: ["will", "wish", "need", "mandate"].map(said).into(),
            goals: vec![pair("Ayşe", "Ruhe")],
            steps: vec![pair("Ruhe", "Ich koche zweimal in der Woche.")],
            strengths: vec![pair("social", "Oma")],
            ideas: vec![pair("social", "Oma holt ab")],
            rights_told_on: Some(day),
            services: "Wohngruppe".into(),
            extent: None,
            attendance: vec![PlanAttendance { name: "Ayşe".into(), presence: "present".into(), why: String::new() }],
            parts: vec![pair("siblings", "Can"), pair("perspective", "Rückkehr")],
            gaps: vec!["no-will".into()],
            gaps_reason: "eilig".into(),
        }
    }

    #[test]
    fn what_is_proposed_holds_nothing_that_anybody_said() {
        let copy = content().for_agency(&PlanSection::PROPOSED);
        assert!(copy.statements.is_empty() && copy.parts.is_empty() && copy.attendance.is_empty());
        assert!(copy.strengths.is_empty());
        assert_eq!(copy.steps.len(), 1);
        assert_eq!((copy.goals.len(), copy.people.len(), copy.services.as_str()), (1, 1, "Wohngruppe"));
    }

    #[test]
    fn the_last_look_reaches_every_text() {
        let plan = content().with_words(|_| "x".to_owned());
        let shown = format!("{plan:?}");
        for words in ["Weil.", "Patin", "Ruhe", "koche", "Oma", "Wohngruppe", "Can", "Rückkehr", "eilig"] {
            assert!(!shown.contains(words), "{words} was not looked at");
        }
    }

    #[test]
    fn each_section_brings_its_own_and_nothing_else() {
        let kinds = |sections: &[PlanSection]| {
            content().for_agency(sections).statements.iter().map(|said| said.kind.clone()).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&[PlanSection::Voices]), ["will", "wish"]);
        assert_eq!(kinds(&[PlanSection::Need]), ["need"]);
        assert_eq!(kinds(&[PlanSection::Mandates]), ["mandate"]);
        let parts = |section| content().for_agency(&[section]).parts;
        assert_eq!(parts(PlanSection::Talk), [pair("siblings", "Can")]);
        assert_eq!(parts(PlanSection::OutsideHome), [pair("perspective", "Rückkehr")]);
        let nothing = content().for_agency(&[]);
        assert!(
            nothing.people.is_empty()
                && nothing.goals.is_empty()
                && nothing.steps.is_empty()
                && nothing.services.is_empty()
        );
    }

    #[test]
    fn the_offices_own_never_leaves_whatever_is_chosen() {
        let copy = content().for_agency(PlanSection::ALL);
        assert!(copy.reasons.is_empty() && copy.gaps.is_empty() && copy.gaps_reason.is_empty());
        assert!(copy.ideas.is_empty() && copy.alternatives.is_empty() && copy.professionals.is_empty());
        assert!(copy.decided_by.is_empty() && copy.rights_told_on.is_none());
    }

    #[test]
    fn the_support_package_goes_to_no_agency() {
        let mut plan = content();
        plan.parts.push(pair("package-social", "Tante Elif: holt ab"));
        assert_eq!(plan.clone().for_agency(PlanSection::ALL).parts, content().for_agency(PlanSection::ALL).parts);
        assert!(plan.for_family().parts.contains(&pair("package-social", "Tante Elif: holt ab")));
    }
}
