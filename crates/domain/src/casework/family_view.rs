// SPDX-License-Identifier: EUPL-1.2
//! The plan as its family reads it, and what the family says to it without an account.

use super::details::PlanPart;
use super::goal::GoalLevel;
use super::plan::PlanContent;
use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule};

/// Nothing was said.
pub const ANSWER_EMPTY: Rule = Rule::new("family_answer.empty", "Pflichtangabe");
/// A link is an invitation, not a mailbox.
pub const ANSWERS_ENOUGH: Rule = Rule::new("family_answer.enough", "Datensparsamkeit, Art. 5 DSGVO");
/// A goal that the plan version does not have.
pub const ANSWER_GOAL_UNKNOWN: Rule = Rule::new("family_answer.goal_unknown", "Hilfeplanfassung");
/// A link that would end before it begins, or live too long.
pub const LINK_SPAN: Rule = Rule::new("family_link.span", "Art. 25 DSGVO");

/// A link lives so many days at most.
pub const LINK_DAYS: i32 = 90;
/// Answers over one link at most.
pub const ANSWERS_A_LINK: i64 = 10;

codes! {
    /// What the family holds of the plan as written.
    #[doc(alias = "Stimmt so")]
    FamilyVerdict {
        /// "Stimmt so."
        Agrees = "agrees",
        /// "Stimmt nicht."
        Disagrees = "disagrees",
    }
}

/// What a family said over a link, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Antwort der Familie")]
pub struct NewFamilyAnswer {
    /// Is it right as written?
    pub verdict: Option<FamilyVerdict>,
    /// Who answers, as they call themselves.
    pub who: Option<Line>,
    /// In their own words.
    pub words: Option<Note>,
    /// Goals of the version, by their place in [`PlanContent::goals_in_order`], and how far they are.
    pub ratings: Vec<(usize, GoalLevel)>,
}

impl NewFamilyAnswer {
    /// Checks an answer to a version.
    ///
    /// # Errors
    /// [`ANSWER_EMPTY`], [`ANSWERS_ENOUGH`], [`ANSWER_GOAL_UNKNOWN`].
    pub fn check(&self, plan: &PlanContent, already: i64) -> Result<(), Refusal> {
        if self.verdict.is_none() && self.words.is_none() && self.ratings.is_empty() {
            return Err(ANSWER_EMPTY.broken_at("verdict"));
        }
        if already >= ANSWERS_A_LINK {
            return Err(ANSWERS_ENOUGH.broken());
        }
        let known = plan.goals_in_order().len();
        if self.ratings.iter().any(|(goal, _)| *goal >= known) {
            return Err(ANSWER_GOAL_UNKNOWN.broken());
        }
        Ok(())
    }
}

/// May a link made today live until then?
///
/// # Errors
/// [`LINK_SPAN`].
pub fn check_link_span(today: Day, ends_on: Day) -> Result<(), Refusal> {
    let span = today..=today.plus_days(LINK_DAYS);
    if span.contains(&ends_on) { Ok(()) } else { Err(LINK_SPAN.broken_at("ends_on")) }
}

impl PlanContent {
    /// The version as the family reads it: everything that was said, decided and agreed. Left out are the office's
    /// own workings (alternatives, ideas, professionals, gaps) and what concerns a parent without custody
    /// (§ 36(5) SGB VIII), for the paper may reach both. Never more than the plan.
    #[must_use]
    pub fn for_family(self) -> Self {
        Self {
            professionals: Vec::new(),
            alternatives: Vec::new(),
            ideas: Vec::new(),
            gaps: Vec::new(),
            gaps_reason: String::new(),
            parts: self.parts.into_iter().filter(|(code, _)| code != PlanPart::OtherParent.code()).collect(),
            ..self
        }
    }

    /// Direction goals, each followed by its action goals: what a family can rate.
    #[must_use]
    pub fn goals_in_order(&self) -> Vec<&str> {
        let mut all = Vec::new();
        for (_, goal) in &self.goals {
            all.push(goal.as_str());
            all.extend(self.steps.iter().filter(|(above, _)| above == goal).map(|(_, step)| step.as_str()));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::tests::content;
    use super::*;

    #[test]
    fn the_family_reads_what_was_agreed_and_nothing_of_the_offices_workings() {
        let mut plan = content();
        plan.parts.push(("other-parent".into(), "Der Vater nicht.".into()));
        let copy = plan.clone().for_family();
        assert!(copy.ideas.is_empty() && copy.alternatives.is_empty() && copy.professionals.is_empty());
        assert!(copy.gaps.is_empty() && copy.gaps_reason.is_empty());
        assert!(copy.parts.iter().all(|(code, _)| code != "other-parent") && copy.parts.len() == 2);
        assert_eq!((copy.statements, copy.goals, copy.reasons), (plan.statements, plan.goals, plan.reasons));
    }

    #[test]
    fn an_answer_says_something_about_this_version() {
        let plan = content();
        assert_eq!(plan.goals_in_order(), ["Ruhe", "Ich koche zweimal in der Woche."]);
        let rated = |goal| NewFamilyAnswer { ratings: vec![(goal, GoalLevel::Half)], ..NewFamilyAnswer::default() };
        assert_eq!(NewFamilyAnswer::default().check(&plan, 0), Err(ANSWER_EMPTY.broken_at("verdict")));
        assert_eq!(rated(1).check(&plan, 9), Ok(()));
        assert_eq!(rated(2).check(&plan, 0), Err(ANSWER_GOAL_UNKNOWN.broken()));
        assert_eq!(rated(1).check(&plan, 10), Err(ANSWERS_ENOUGH.broken()));
    }

    #[test]
    fn a_link_lives_from_today_and_ninety_days_at_most() {
        let today = Day::parse("2026-11-20").unwrap();
        for (days, is_right) in [(-1, false), (0, true), (90, true), (91, false)] {
            assert_eq!(check_link_span(today, today.plus_days(days)).is_ok(), is_right, "{days}");
        }
    }
}
