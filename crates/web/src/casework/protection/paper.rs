// SPDX-License-Identifier: EUPL-1.2
//! Papers of child protection: the call of the family court (D22), the assessment with the protection plan (D19), the
//! answer to a professional reporter. None of them ever names who reported, quotes a note, or holds a help plan (N8).

use super::task::{Kept, prefix};
use crate::kit::{Oops, t, t_with};
use app::Failure;
use app::casework::protection::{ProcedurePage, StepView};
use documents::{RecordSection, RecordSheet};
use domain::access::Denied;
use domain::casework::Feedback;
use domain::casework::protection::{FeedbackFact, StepKind};
use domain::kernel::{Day, ProtectionId, ReportId};

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    CourtCall,
    Plan,
}

impl Paper {
    /// Its page.
    pub(super) fn address(self, id: ProtectionId) -> String {
        let name = match self {
            Self::CourtCall => "anrufung",
            Self::Plan => "schutzplan",
        };
        format!("/schutz/{id}/{name}")
    }

    /// The name of its file.
    pub(super) fn file(self, id: ProtectionId) -> String {
        format!("{}-{id}.pdf", self.code())
    }

    const fn code(self) -> &'static str {
        match self {
            Self::CourtCall => "court-call",
            Self::Plan => "plan",
        }
    }

    /// It is made of this step; without one there is no paper.
    const fn made_of(self) -> StepKind {
        match self {
            Self::CourtCall => StepKind::CourtCall,
            Self::Plan => StepKind::Assessment,
        }
    }
}

/// The paper's sheet; nothing, if its step was not kept.
pub(super) fn sheet(paper: Paper, shown: &ProcedurePage) -> Result<RecordSheet, Oops> {
    let step = shown.steps.iter().rev().find(|step| step.kind == paper.made_of());
    Ok(whole(paper, shown, step.ok_or(Failure::Denied(Denied::Hidden))?))
}

/// The answer to a reporter as it was told last, through the board or here: to this one, or to the one answered last;
/// nothing, if nothing was told.
pub(super) fn answer(report: Option<ReportId>, shown: &ProcedurePage) -> Result<RecordSheet, Oops> {
    let told = shown.reporters.iter().filter_map(|one| Some((&one.told.first()?.0, one.report.id)));
    let facts = match report {
        Some(report) => told.into_iter().find(|(_, id)| *id == report),
        None => told.max_by_key(|(facts, id)| (facts.told_on, *id)),
    };
    let (facts, _) = facts.ok_or(Failure::Denied(Denied::Hidden))?;
    Ok(feedback(shown, facts))
}

fn facts(shown: &ProcedurePage, step: &StepView) -> Vec<(String, String)> {
    let born = shown.procedure.born.map_or_else(|| "–".to_owned(), Day::german);
    vec![
        (t("paper-child"), shown.procedure.child_name.clone()),
        (t("paper-born"), born),
        (t("case-number"), shown.procedure.number.clone()),
        (t("paper-since"), shown.procedure.opened_at.german()),
        (t("paper-step-at"), step.happened.german()),
    ]
}

/// Court call and plan: what was seen, heard and supposed each by itself, who was included, the assessment, help
/// offered, the plan. What was joined, corrected and answered to reporters stays in the file.
fn whole(paper: Paper, shown: &ProcedurePage, step: &StepView) -> RecordSheet {
    let mut sections = Vec::new();
    for kind in ["fact", "hearsay", "interpretation"] {
        let of = |one: &&StepView| one.kind == StepKind::Observation && one.code.as_deref() == Some(kind);
        let lines: Vec<String> = shown.steps.iter().filter(of).map(|one| observation(one, shown)).collect();
        sections.push(RecordSection { heading: t(&format!("observation-kind-{kind}")), lines });
    }
    let kinds: &[StepKind] = match paper {
        Paper::CourtCall => {
            &[StepKind::CourtCall, StepKind::Inclusion, StepKind::Impression, StepKind::Assessment, StepKind::HelpOffer]
        }
        Paper::Plan => &[
            StepKind::FirstCheck,
            StepKind::Inclusion,
            StepKind::Impression,
            StepKind::Assessment,
            StepKind::HelpOffer,
        ],
    };
    let plan = [StepKind::PlanStep, StepKind::PlanReview, StepKind::Condition];
    for kind in kinds.iter().chain(&plan) {
        let of = shown.steps.iter().filter(|one| one.kind == *kind);
        let lines: Vec<String> = of.map(|one| line(one, shown)).collect();
        sections.push(RecordSection { heading: t(prefix(*kind)), lines });
    }
    RecordSheet {
        office: shown.office.clone(),
        title: t(&format!("paper-{}", paper.code())),
        about: t(&format!("paper-{}-about", paper.code())),
        dated_on: step.happened.day(),
        facts: facts(shown, step),
        sections: sections.into_iter().filter(|section| !section.lines.is_empty()).collect(),
        signatures: step.names.clone(),
    }
}

fn corrected<'a>(step: &StepView, shown: &'a ProcedurePage) -> Option<&'a StepView> {
    shown.steps.iter().find(|other| other.corrects == Some(step.id))
}

/// Facts stand with whoever saw them; hearsay leaves out who told it, for that may be who reported.
fn observation(step: &StepView, shown: &ProcedurePage) -> String {
    let kept = Kept::new(step, corrected(step, shown));
    let words = step.words.clone().unwrap_or_default();
    let seen_by = step.source.as_deref().filter(|_| step.code.as_deref() == Some("fact"));
    let by = seen_by.map(|by| format!(" ({by})")).unwrap_or_default();
    with_correction(format!("{}: {words}{by}", kept.when), &kept)
}

fn line(step: &StepView, shown: &ProcedurePage) -> String {
    let kept = Kept::new(step, corrected(step, shown));
    let mut parts = vec![kept.choices.join(", ")];
    parts.extend(kept.lines.iter().map(|(label, text)| format!("{label}: {text}")));
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    with_correction(format!("{}: {text}", kept.when), &kept)
}

fn with_correction(line: String, kept: &Kept) -> String {
    match &kept.corrected {
        Some(words) => format!("{line} {}", t_with("step-corrected", &[("x", words)])),
        None => line,
    }
}

/// The answer to a professional reporter: each of the three facts, and nothing else; no name of a child either, for
/// the reporter knows of whom they spoke (§ 64(4)).
fn feedback(shown: &ProcedurePage, facts: &Feedback) -> RecordSheet {
    let said = |fact: &FeedbackFact| {
        let answer = match fact {
            FeedbackFact::Confirmed => facts.confirmed,
            FeedbackFact::BecameActive => facts.became_active,
            FeedbackFact::StillActive => facts.still_active,
        };
        t(&format!("feedback-{}-{}", fact.code(), answer.code()))
    };
    RecordSheet {
        office: shown.office.clone(),
        title: t("paper-feedback"),
        about: t("paper-feedback-about"),
        dated_on: facts.told_on,
        facts: Vec::new(),
        sections: vec![RecordSection {
            heading: t("paper-feedback-facts"),
            lines: FeedbackFact::ALL.iter().map(said).collect(),
        }],
        signatures: Vec::new(),
    }
}
