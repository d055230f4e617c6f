// SPDX-License-Identifier: EUPL-1.2
//! What of a plan goes to a family court: exactly three things (§ 50(2) Satz 3 SGB VIII; N8).

use super::details::Extent;
use super::plan::PlanContent;
use super::statement::StatementKind;
use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule};

/// A refusal is no plan; there is nothing to extract.
pub const EXTRACT_NEEDS_PLAN: Rule = Rule::new("court_extract.needs_plan", "§ 50(2) Satz 2 SGB VIII");
/// Outside of the five proceedings the court must ask for it.
pub const EXTRACT_NOT_ASKED: Rule = Rule::new("court_extract.not_asked", "§ 50(2) Satz 2, 6 SGB VIII");

codes! {
    /// In which proceeding. In the first five the plan is submitted, in any other only when the court asks.
    #[doc(alias = "Kindschaftssache")]
    Proceeding {
        /// Placement with deprivation of liberty.
        Liberty = "1631b",
        /// Stay with the foster family.
        Remaining = "1632-4",
        /// Danger to the child's welfare.
        Danger = "1666",
        /// Separation of child and parents.
        Separation = "1666a",
        /// Stay with a step-parent or others.
        Attachment = "1682",
        /// Another matter.
        Other = "other",
    }
}

/// An extract on its way to a court.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Auszug für das Familiengericht")]
pub struct NewExtract {
    /// To which court.
    pub court: Line,
    /// The court's file number, if known.
    pub file_number: Option<Line>,
    /// In which proceeding.
    pub proceeding: Proceeding,
    /// When the court asked, if it did.
    pub asked_on: Option<Day>,
    /// What a review came to beside what the versions say; nothing else belongs here.
    pub reviews: Option<Note>,
}

impl NewExtract {
    /// May this version be extracted for this proceeding?
    ///
    /// # Errors
    /// [`EXTRACT_NEEDS_PLAN`], [`EXTRACT_NOT_ASKED`].
    pub fn check(&self, plan: &PlanContent) -> Result<(), Refusal> {
        if !plan.granted {
            return Err(EXTRACT_NEEDS_PLAN.broken());
        }
        if self.proceeding == Proceeding::Other && self.asked_on.is_none() {
            return Err(EXTRACT_NOT_ASKED.broken_at("asked_on"));
        }
        Ok(())
    }
}

/// A review as the versions tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Ergebnis einer Überprüfung")]
pub struct ReviewResult {
    /// On which day.
    pub on: Day,
    /// Granted on, or ended.
    pub granted: bool,
    /// Kind code of the help.
    pub help: String,
    /// From.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
}

/// The three contents.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Inhalt des Auszugs nach § 50 Abs. 2")]
pub struct CourtExtract {
    /// 1. The result of the finding of need.
    pub need: Vec<String>,
    /// 2. The agreed kind of help …
    pub help: String,
    /// … from …
    pub from: Day,
    /// … until …
    pub until: Option<Day>,
    /// … including the necessary services …
    pub services: String,
    /// … and their extent.
    pub extent: Option<Extent>,
    /// 3. The results of reviews, oldest first.
    pub reviews: Vec<ReviewResult>,
}

/// Extracts a version; `earlier` are all versions of the case up to it, oldest first. The first one that granted
/// help began it; every later one came out of a review.
#[must_use]
pub fn extract(plan: &PlanContent, earlier: &[PlanContent]) -> CourtExtract {
    let of_need = plan.statements.iter().filter(|said| said.kind == StatementKind::Need.code());
    let began = earlier.iter().find(|version| version.granted).map_or(i64::MAX, |version| version.version);
    let reviewed = earlier.iter().filter(|version| version.version > began && version.version <= plan.version);
    CourtExtract {
        need: of_need.map(|said| said.words.clone()).collect(),
        help: plan.help.clone(),
        from: plan.from,
        until: plan.until,
        services: plan.services.clone(),
        extent: plan.extent,
        reviews: reviewed
            .map(|version| ReviewResult {
                on: version.decided_on,
                granted: version.granted,
                help: version.help.clone(),
                from: version.from,
                until: version.until,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::tests::content;
    use super::*;

    fn new(proceeding: Proceeding, asked: bool) -> NewExtract {
        NewExtract {
            court: Line::parse("Amtsgericht Musterhafen").unwrap(),
            file_number: None,
            proceeding,
            asked_on: asked.then(|| Day::parse("2026-11-18").unwrap()),
            reviews: None,
        }
    }

    #[test]
    fn only_three_things_leave() {
        let version = |number: i64, granted: bool| PlanContent { version: number, granted, ..content() };
        let all = [version(1, false), version(2, true), version(3, true), version(4, true)];
        let copy = extract(&all[2], &all);
        assert_eq!((copy.need.as_slice(), copy.services.as_str()), (&["need".to_owned()][..], "Wohngruppe"));
        assert_eq!(copy.reviews.len(), 1, "neither the beginning nor what came later is a review of it");
        let said = format!("{copy:?}");
        for other in ["Ayşe", "Ruhe", "Oma", "Weil", "Mira", "Patin", "Can", "wish", "mandate", "eilig", "Demir"] {
            assert!(!said.contains(other), "{other} in {said}");
        }
    }

    #[test]
    fn in_other_matters_only_when_the_court_asks() {
        for proceeding in Proceeding::ALL {
            let expected =
                if *proceeding == Proceeding::Other { Err(EXTRACT_NOT_ASKED.broken_at("asked_on")) } else { Ok(()) };
            assert_eq!(new(*proceeding, false).check(&content()), expected);
            assert_eq!(new(*proceeding, true).check(&content()), Ok(()));
        }
        let refusal = PlanContent { granted: false, ..content() };
        assert_eq!(new(Proceeding::Danger, true).check(&refusal), Err(EXTRACT_NEEDS_PLAN.broken()));
    }
}
