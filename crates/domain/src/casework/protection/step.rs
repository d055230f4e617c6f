// SPDX-License-Identifier: EUPL-1.2
//! A step of a procedure: its kind, and what belongs to it. A step is checked once and never changed; whoever was
//! wrong adds a correction.

use super::words::{
    ContactState, CourtGround, DangerKind, DangerResult, FeedbackFact, HelpAnswer, ImpressionWay, Included,
    ObservationKind, OtherBody, Seen, StepKind, Weighty,
};
use crate::access::OfficeStaff;
use crate::kernel::{Day, Line, Moment, Note, PersonId, Refusal, ReportId, Rule, fold};
use uuid::Uuid;

/// Nothing happened tomorrow.
pub const STEP_IN_FUTURE: Rule = Rule::new("protection.in_the_future", "Aktenwahrheit");
/// What happened is told in words.
pub const STEP_WORDS_MISSING: Rule = Rule::new("protection.words_missing", "§ 8a(1) SGB VIII");
/// What was left out, or not needed, has a reason.
pub const STEP_REASON_MISSING: Rule = Rule::new("protection.reason_missing", "§ 8a(1) S. 2 SGB VIII");
/// A fact was seen by somebody, hearsay told by somebody.
pub const STEP_SOURCE_MISSING: Rule = Rule::new("protection.source_missing", "§ 8a(1), § 62(2) SGB VIII");
/// Somebody did it, and is named.
pub const STEP_NAMES_MISSING: Rule = Rule::new("protection.names_missing", "§ 8a(1) S. 1 SGB VIII");
/// Inclusion is of somebody.
pub const STEP_PERSON_MISSING: Rule = Rule::new("protection.person_missing", "§ 8a(1) S. 2 SGB VIII");
/// A plan and a condition have a day.
pub const STEP_DUE_MISSING: Rule = Rule::new("protection.due_missing", "§ 8a(1) SGB VIII");
/// Several professionals assess, at least two who are named.
pub const ASSESSED_ALONE: Rule = Rule::new("protection.assessed_alone", "§ 8a(1) S. 1 SGB VIII");
/// Danger has a kind.
pub const DANGER_WITHOUT_KIND: Rule = Rule::new("protection.danger_without_kind", "§ 99(6) Nr. 1 SGB VIII");
/// Without danger there is no kind of it.
pub const KIND_WITHOUT_DANGER: Rule = Rule::new("protection.kind_without_danger", "§ 99(6) Nr. 1 SGB VIII");
/// A result is chosen by staff of the office; nothing else makes one (N6).
pub const NEVER_AUTOMATIC: Rule =
    Rule::new("protection.never_automatic", "§ 8a(1) SGB VIII, § 31a SGB X, Art. 22 DSGVO");
/// A reporter is told three facts and no word more (N7).
pub const ONLY_THREE_FACTS: Rule = Rule::new("protection.only_three_facts", "§ 64(4) SGB VIII, § 4(4) KKG");

/// How many professionals are several.
pub(super) const SEVERAL: usize = 2;

/// What may belong to a step, as typed. Which of it must be there says the kind. There is no number in it.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Angaben zum Schritt")]
pub struct StepParts {
    /// When it happened.
    pub happened: Moment,
    /// The choice that belongs to the kind: result, answer, way.
    pub code: Option<String>,
    /// What happened.
    pub words: Option<Note>,
    /// Why not; dissent; what follows if not.
    pub reason: Option<Note>,
    /// Who saw or told it; from whom the danger comes; which court or body.
    pub source: Option<Line>,
    /// Who took part, or does it.
    pub names: Vec<Line>,
    /// Whom it is about.
    pub person: Option<PersonId>,
    /// Several choices: kinds of danger, what was seen, facts.
    pub marks: Vec<String>,
    /// Until when.
    pub due: Option<Day>,
    /// The step that was wrong.
    pub corrects: Option<Uuid>,
    /// The report that joined, or whose reporter was answered.
    pub report: Option<ReportId>,
}

impl StepParts {
    /// With nothing but the moment.
    #[must_use]
    pub fn at(happened: Moment) -> Self {
        Self {
            happened,
            code: None,
            words: None,
            reason: None,
            source: None,
            names: Vec::new(),
            person: None,
            marks: Vec::new(),
            due: None,
            corrects: None,
            report: None,
        }
    }
}

/// A checked step. Only [`Step::new`] and [`Step::assess`] make one:
///
/// ```compile_fail,E0451
/// use domain::casework::protection::{Step, StepKind, StepParts};
/// use domain::kernel::Moment;
/// let step = Step { kind: StepKind::Assessment, parts: StepParts::at(Moment(0)) };
/// ```
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Schritt im Schutzauftrag")]
pub struct Step {
    kind: StepKind,
    parts: StepParts,
}

impl Step {
    /// Checks a step of any kind but the assessment.
    ///
    /// # Errors
    /// Everything that is missing, each at its field; [`NEVER_AUTOMATIC`] for an assessment.
    pub fn new(kind: StepKind, parts: StepParts, now: Moment) -> Result<Self, Vec<Refusal>> {
        if kind == StepKind::Assessment {
            return Err(vec![NEVER_AUTOMATIC.broken()]);
        }
        Self::checked(kind, parts, now)
    }

    /// An assessment: by staff of the office who may decide, with at least one other, in words. It takes no number and
    /// reads no other step: nothing can be added up to it.
    ///
    /// # Errors
    /// As [`Step::new`], and [`ASSESSED_ALONE`], [`DANGER_WITHOUT_KIND`], [`KIND_WITHOUT_DANGER`].
    pub fn assess(_by: OfficeStaff, parts: StepParts, now: Moment) -> Result<Self, Vec<Refusal>> {
        Self::checked(StepKind::Assessment, parts, now)
    }

    fn checked(kind: StepKind, parts: StepParts, now: Moment) -> Result<Self, Vec<Refusal>> {
        let mut wrong = common(kind, &parts, now);
        wrong.extend(of_kind(kind, &parts));
        if wrong.is_empty() { Ok(Self { kind, parts }) } else { Err(wrong) }
    }

    /// What kind.
    #[must_use]
    pub fn kind(&self) -> StepKind {
        self.kind
    }

    /// What belongs to it.
    #[must_use]
    pub fn parts(&self) -> &StepParts {
        &self.parts
    }
}

/// Different people among the names.
pub(super) fn different(names: &[Line]) -> usize {
    let mut folded: Vec<String> = names.iter().map(|name| fold(name.as_str())).collect();
    folded.sort_unstable();
    folded.dedup();
    folded.len()
}

/// No choice was made, or one that the kind does not know.
const CHOICE: Rule = Rule::new("choice.missing", "Pflichtangabe");

fn chosen<T>(parts: &StepParts, from: impl Fn(&str) -> Option<T>) -> Result<T, Refusal> {
    parts.code.as_deref().and_then(from).ok_or(CHOICE.broken_at("code"))
}

fn marks_are<T>(parts: &StepParts, from: impl Fn(&str) -> Option<T>) -> Option<Refusal> {
    parts.marks.iter().any(|mark| from(mark).is_none()).then(|| CHOICE.broken_at("marks"))
}

fn common(kind: StepKind, parts: &StepParts, now: Moment) -> Vec<Refusal> {
    use StepKind as K;
    let mut wrong = Vec::new();
    if parts.happened > now {
        wrong.push(STEP_IN_FUTURE.broken_at("happened"));
    }
    let words = !matches!(kind, K::Inclusion | K::Impression | K::ReporterInvolved | K::Feedback);
    if words && parts.words.is_none() {
        wrong.push(STEP_WORDS_MISSING.broken_at("words"));
    }
    let named = matches!(kind, K::FirstCheck | K::Assessment | K::CourtCall | K::PlanStep | K::HandOver);
    if named && parts.names.is_empty() {
        wrong.push(STEP_NAMES_MISSING.broken_at("names"));
    }
    if matches!(kind, K::PlanStep | K::PlanReview | K::Condition) && parts.due.is_none() {
        wrong.push(STEP_DUE_MISSING.broken_at("due"));
    }
    wrong
}

fn of_kind(kind: StepKind, parts: &StepParts) -> Vec<Refusal> {
    use StepKind as K;
    let only = |refusal: Option<Refusal>| refusal.into_iter().collect::<Vec<_>>();
    match kind {
        K::Observation => only(observed(parts)),
        K::FirstCheck => only(chosen(parts, Weighty::from_code).err()),
        K::Inclusion => included(parts, true),
        K::ReporterInvolved => included(parts, false),
        K::Impression => impression(parts),
        K::Assessment => assessed(parts),
        K::HelpOffer => only(chosen(parts, HelpAnswer::from_code).err()),
        K::CourtCall => only(chosen(parts, CourtGround::from_code).err()),
        K::OtherBody => only(chosen(parts, OtherBody::from_code).err()),
        K::Contact => only(chosen(parts, ContactState::from_code).err()),
        K::Condition if parts.reason.is_none() => vec![STEP_REASON_MISSING.broken_at("reason")],
        K::Feedback => feedback(parts),
        K::Correction if parts.corrects.is_none() => vec![CHOICE.broken_at("corrects")],
        _ => Vec::new(),
    }
}

fn observed(parts: &StepParts) -> Option<Refusal> {
    match chosen(parts, ObservationKind::from_code) {
        Err(refusal) => Some(refusal),
        Ok(_) => parts.source.is_none().then(|| STEP_SOURCE_MISSING.broken_at("source")),
    }
}

fn included(parts: &StepParts, of_person: bool) -> Vec<Refusal> {
    let mut wrong = Vec::new();
    if of_person && parts.person.is_none() {
        wrong.push(STEP_PERSON_MISSING.broken_at("person"));
    }
    match chosen(parts, Included::from_code) {
        Err(refusal) => wrong.push(refusal),
        Ok(Included::Yes) if parts.words.is_none() => wrong.push(STEP_WORDS_MISSING.broken_at("words")),
        Ok(Included::No) if parts.reason.is_none() => wrong.push(STEP_REASON_MISSING.broken_at("reason")),
        Ok(_) => {}
    }
    wrong
}

fn impression(parts: &StepParts) -> Vec<Refusal> {
    let mut wrong: Vec<Refusal> = marks_are(parts, Seen::from_code).into_iter().collect();
    match chosen(parts, ImpressionWay::from_code) {
        Err(refusal) => wrong.push(refusal),
        Ok(ImpressionWay::NotNeeded) if parts.reason.is_none() => wrong.push(STEP_REASON_MISSING.broken_at("reason")),
        Ok(ImpressionWay::NotNeeded) => {}
        Ok(_) if parts.words.is_none() => wrong.push(STEP_WORDS_MISSING.broken_at("words")),
        Ok(_) => {}
    }
    wrong
}

fn assessed(parts: &StepParts) -> Vec<Refusal> {
    let mut wrong: Vec<Refusal> = marks_are(parts, DangerKind::from_code).into_iter().collect();
    if !parts.names.is_empty() && different(&parts.names) < SEVERAL {
        wrong.push(ASSESSED_ALONE.broken_at("names"));
    }
    match chosen(parts, DangerResult::from_code) {
        Err(refusal) => wrong.push(refusal),
        Ok(result) if result.is_danger() && parts.marks.is_empty() => {
            wrong.push(DANGER_WITHOUT_KIND.broken_at("marks"))
        }
        Ok(result) if !result.is_danger() && !parts.marks.is_empty() => {
            wrong.push(KIND_WITHOUT_DANGER.broken_at("marks"));
        }
        Ok(_) => {}
    }
    wrong
}

/// Three facts; whoever is concerned was told before, or there is a reason (§ 4(4) S. 2 KKG).
fn feedback(parts: &StepParts) -> Vec<Refusal> {
    let mut wrong: Vec<Refusal> = marks_are(parts, FeedbackFact::from_code).into_iter().collect();
    if parts.words.is_some() {
        wrong.push(ONLY_THREE_FACTS.broken_at("words"));
    }
    match chosen(parts, Included::from_code) {
        Err(refusal) => wrong.push(refusal),
        Ok(Included::No) if parts.reason.is_none() => wrong.push(STEP_REASON_MISSING.broken_at("reason")),
        Ok(_) => {}
    }
    wrong
}

#[cfg(test)]
#[path = "step_tests.rs"]
mod tests;
