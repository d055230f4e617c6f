// SPDX-License-Identifier: EUPL-1.2
//! The help plan: a version, once fixed, is never changed (N21); the next one is a new version.

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

impl PlanContent {
    /// The copy for the agency that carries the help out: what it needs for its task, not the office's
    /// reasons, professionals, weighed alternatives and the team's ideas (§ 69(1) Nr. 1 SGB X, § 64 SGB VIII).
    #[must_use]
    pub fn for_agency(self) -> Self {
        Self {
            decided_by: String::new(),
            reasons: String::new(),
            professionals: Vec::new(),
            alternatives: Vec::new(),
            ideas: Vec::new(),
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
    /// Resources: field code and words.
    pub strengths: Vec<(String, String)>,
    /// Ideas of the team: kind code and words.
    pub ideas: Vec<(String, String)>,
}
