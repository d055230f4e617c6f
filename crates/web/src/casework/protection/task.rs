// SPDX-License-Identifier: EUPL-1.2
//! A task of the procedure: what was kept, and the short form for more of it.

use super::choices;
use crate::kit::fields::Field;
use crate::kit::{Choice, FormView, Web, t};
use app::casework::protection::{ProcedurePage, Reporter, StepView};
use domain::casework::protection::{
    ContactState, CourtGround, DangerKind, DangerResult, FeedbackFact, HelpAnswer, ImpressionWay, Included,
    ObservationKind, OtherBody, Seen, StepKind, Weighty,
};

/// Kinds with a form of their own, in the order of the procedure. Reports join by their own button.
pub(super) const TASKS: &[StepKind] = &[
    StepKind::Observation,
    StepKind::FirstCheck,
    StepKind::Inclusion,
    StepKind::Impression,
    StepKind::ReporterInvolved,
    StepKind::Assessment,
    StepKind::HelpOffer,
    StepKind::CourtCall,
    StepKind::OtherBody,
    StepKind::PlanStep,
    StepKind::PlanReview,
    StepKind::Condition,
    StepKind::Contact,
    StepKind::Feedback,
    StepKind::HandOver,
    StepKind::Correction,
];

/// Texts and fields of a kind begin with this.
pub(super) const fn prefix(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Observation => "step-observation",
        StepKind::FirstCheck => "step-first-check",
        StepKind::Inclusion => "step-inclusion",
        StepKind::Impression => "step-impression",
        StepKind::ReporterInvolved => "step-reporter-involved",
        StepKind::Assessment => "step-danger-assessment",
        StepKind::HelpOffer => "step-help-offer",
        StepKind::CourtCall => "step-court-call",
        StepKind::OtherBody => "step-other-body",
        StepKind::PlanStep => "step-plan-step",
        StepKind::PlanReview => "step-plan-review",
        StepKind::Condition => "step-condition",
        StepKind::Contact => "step-contact",
        StepKind::JoinedReport => "step-joined-report",
        StepKind::Feedback => "step-feedback",
        StepKind::HandOver => "step-hand-over",
        StepKind::Correction => "step-correction",
    }
}

/// Message names of a kind's choice, and of its marks.
const fn words_of(kind: StepKind) -> (Option<&'static str>, Option<&'static str>) {
    match kind {
        StepKind::Observation => (Some("observation-kind"), None),
        StepKind::FirstCheck => (Some("weighty"), None),
        StepKind::Inclusion | StepKind::ReporterInvolved => (Some("included"), None),
        StepKind::Impression => (Some("impression-way"), Some("seen")),
        StepKind::Assessment => (Some("danger-result"), Some("danger-kind")),
        StepKind::HelpOffer => (Some("help-answer"), None),
        StepKind::CourtCall => (Some("court-ground"), None),
        StepKind::OtherBody => (Some("other-body"), None),
        StepKind::Contact => (Some("contact-state"), None),
        StepKind::Feedback => (Some("told-before"), Some("feedback-fact")),
        _ => (None, None),
    }
}

fn codes(kind: StepKind) -> Vec<Choice> {
    match kind {
        StepKind::Observation => choices!("observation-kind", ObservationKind),
        StepKind::FirstCheck => choices!("weighty", Weighty),
        StepKind::Inclusion | StepKind::ReporterInvolved => choices!("included", Included),
        StepKind::Impression => choices!("impression-way", ImpressionWay),
        StepKind::Assessment => choices!("danger-result", DangerResult),
        StepKind::HelpOffer => choices!("help-answer", HelpAnswer),
        StepKind::CourtCall => choices!("court-ground", CourtGround),
        StepKind::OtherBody => choices!("other-body", OtherBody),
        StepKind::Contact => choices!("contact-state", ContactState),
        StepKind::Feedback => choices!("told-before", Included),
        _ => Vec::new(),
    }
}

fn marks(kind: StepKind) -> Vec<Choice> {
    match kind {
        StepKind::Impression => choices!("seen", Seen),
        StepKind::Assessment => choices!("danger-kind", DangerKind),
        StepKind::Feedback => choices!("feedback-fact", FeedbackFact),
        _ => Vec::new(),
    }
}

/// A task with its form.
pub(super) struct Task {
    /// Its kind.
    pub kind: StepKind,
    /// What was kept.
    pub kept: Vec<Kept>,
    /// The form.
    pub form: FormView,
    codes: Vec<Choice>,
    marks: Vec<Choice>,
    people: Vec<Choice>,
    steps: Vec<Choice>,
    reporters: Vec<Choice>,
}

impl Task {
    pub(super) fn new(web: &Web, kind: StepKind, shown: &ProcedurePage) -> Self {
        let form = FormView::new(prefix(kind), web.app.fresh());
        let form = form.with("happened", web.app.now().local_input()).with("step", kind.code());
        let of_kind = shown.steps.iter().filter(|step| step.kind == kind);
        let wrong = |step: &StepView| shown.steps.iter().find(|other| other.corrects == Some(step.id));
        let name = |step: &StepView| {
            let first: String = step.words.as_deref().unwrap_or_default().chars().take(50).collect();
            Choice::new(step.id, format!("{}, {}: {first}", t(prefix(step.kind)), step.happened.german()))
        };
        Self {
            kept: of_kind.map(|step| Kept::new(step, wrong(step))).collect(),
            codes: codes(kind),
            marks: marks(kind),
            people: shown.people.iter().map(|one| Choice::new(one.id, one.name.clone())).collect(),
            steps: if kind == StepKind::Correction { shown.steps.iter().map(name).collect() } else { Vec::new() },
            reporters: shown.reporters.iter().map(reported).collect(),
            kind,
            form,
        }
    }

    /// Its title.
    pub(super) fn title(&self) -> String {
        t(prefix(self.kind))
    }

    /// Its paragraph.
    pub(super) fn source(&self) -> &'static str {
        self.kind.source()
    }

    /// Its anchor.
    pub(super) fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// Was anything kept?
    pub(super) fn is_done(&self) -> bool {
        !self.kept.is_empty()
    }

    /// The fields of its form, in order.
    pub(super) fn fields(&self) -> Vec<Field<'_>> {
        use StepKind as K;
        let form = &self.form;
        let code = || form.radios("code", &self.codes);
        let fields = match self.kind {
            K::Observation => vec![code(), form.area("words"), form.text("source")],
            K::FirstCheck => vec![code(), form.area("words"), form.area("names")],
            K::Inclusion => {
                vec![
                    form.select("person", &self.people),
                    code(),
                    form.area("words").optional(),
                    form.area("reason").optional(),
                ]
            }
            K::Impression => vec![
                code(),
                form.checks("marks", &self.marks).optional(),
                form.area("words").optional(),
                form.area("names").optional(),
                form.area("reason").optional(),
            ],
            K::ReporterInvolved => vec![code(), form.area("words").optional(), form.area("reason").optional()],
            K::Assessment => vec![
                form.area("names"),
                code(),
                form.checks("marks", &self.marks).optional(),
                form.text("source").optional(),
                form.area("words"),
                form.area("reason").optional(),
            ],
            K::HelpOffer | K::Contact => vec![code(), form.area("words")],
            K::CourtCall => vec![code(), form.area("words"), form.text("source").optional(), form.area("names")],
            K::OtherBody => vec![code(), form.area("words"), form.text("source").optional()],
            K::PlanStep => vec![form.area("words"), form.area("names"), form.input("due", "date")],
            K::PlanReview => vec![form.area("words"), form.input("due", "date")],
            K::Condition => vec![form.area("words"), form.area("reason"), form.input("due", "date")],
            K::Feedback => {
                let whom = (self.reporters.len() > 1).then(|| form.select("report", &self.reporters));
                let facts = [form.checks("marks", &self.marks).optional(), code(), form.area("reason").optional()];
                whom.into_iter().chain(facts).collect()
            }
            K::HandOver => vec![form.area("words"), form.area("names")],
            K::Correction => vec![form.select("corrects", &self.steps), form.area("words")],
            K::JoinedReport => Vec::new(),
        };
        fields.into_iter().chain([form.input("happened", "datetime-local"), form.hidden("step")]).collect()
    }
}

/// A report, by the moment when it came; never by who sent it.
fn reported(one: &Reporter) -> Choice {
    Choice::new(one.report.id, one.report.received.german())
}

/// A step as it is read.
pub(super) struct Kept {
    /// When it happened.
    pub when: String,
    /// The choices in words.
    pub choices: Vec<String>,
    /// Lines of label and text.
    pub lines: Vec<(String, String)>,
    /// Who wrote it, and when.
    pub by: (String, String),
    /// How it really was, if it was wrong.
    pub corrected: Option<String>,
}

impl Kept {
    pub(super) fn new(step: &StepView, correction: Option<&StepView>) -> Self {
        let (code, marks) = words_of(step.kind);
        let mut choices: Vec<String> =
            step.code.iter().filter_map(|one| code.map(|kind| t(&format!("{kind}-{one}")))).collect();
        choices.extend(step.marks.iter().filter_map(|one| marks.map(|kind| t(&format!("{kind}-{one}")))));
        let label = |part: &str| t(&format!("{}-{part}", prefix(step.kind)));
        let mut lines = Vec::new();
        if let Some((_, name, _)) = &step.person {
            lines.push((label("person"), name.clone()));
        }
        if let Some(words) = &step.words {
            lines.push((label("words"), words.clone()));
        }
        if let Some(source) = &step.source {
            lines.push((label("source"), source.clone()));
        }
        if let Some(reason) = &step.reason {
            lines.push((label("reason"), reason.clone()));
        }
        if !step.names.is_empty() {
            lines.push((label("names"), step.names.join(", ")));
        }
        if let Some(due) = step.due {
            lines.push((label("due"), due.german()));
        }
        Self {
            when: step.happened.german(),
            choices,
            lines,
            by: (step.writer.clone(), step.written_at.german()),
            corrected: correction.and_then(|step| step.words.clone()),
        }
    }
}
