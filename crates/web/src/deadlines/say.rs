// SPDX-License-Identifier: EUPL-1.2
//! A deadline in words: what, until when, and each step of how the day came about.

use crate::kit::{Choice, t, t_with};
use app::deadlines::{DueView, explain};
use domain::deadlines::{DeadlineRule, DueKind, Nature, PromptDuty, Step, is_overdue};
use domain::kernel::{CaseId, Day, DueId, UserId};

/// A step of the calculation as a sentence, with its source.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The sentence.
    pub sentence: String,
    /// Where that stands.
    pub source: &'static str,
}

/// Something due as a line.
#[derive(Debug, Clone)]
pub struct DueLine {
    /// Id.
    pub id: DueId,
    /// Its case.
    pub case: CaseId,
    /// The case's number.
    pub number: String,
    /// The family.
    pub family: String,
    /// Law, at once, agreed, office.
    pub nature: &'static str,
    /// What is to be done.
    pub what: String,
    /// The paragraph; none for an own day.
    pub source: Option<&'static str>,
    /// Until when; nothing if it is due at once.
    pub due: Option<Day>,
    /// Since when it stands.
    pub since: Day,
    /// Is its day over?
    pub is_late: bool,
    /// Is it the alarm of § 42(5)?
    pub is_alarm: bool,
    /// Who sees to it.
    pub owner: String,
    /// Does the reader see it as a deputy?
    pub for_other: bool,
    /// How the day came about.
    pub steps: Vec<Explained>,
    /// The part of the case in which it is answered, and what the way there is called.
    pub leads_to: Option<(&'static str, &'static str)>,
}

impl DueLine {
    /// A line for a reader.
    #[must_use]
    pub fn new(one: DueView, today: Day, reader: UserId) -> Self {
        let (what, source) = what(&one);
        Self {
            steps: explain(&one).map(|deadline| deadline.steps().iter().map(say).collect()).unwrap_or_default(),
            is_late: is_overdue(one.due_on, today),
            is_alarm: one.nature == Nature::Legal && one.kind == DeadlineRule::Liberty.code(),
            for_other: one.owner != reader,
            leads_to: leads_to(one.from),
            id: one.id,
            case: one.case,
            number: one.number,
            family: one.family,
            nature: one.nature.code(),
            what,
            source,
            due: one.due_on,
            since: one.begins_on,
            owner: one.owner_name,
        }
    }

    /// As an entry of a list to choose from.
    #[must_use]
    pub fn chosen(&self) -> String {
        let day = self.due.map_or_else(|| t("due-at-once"), |day| t_with("due-until", &[("x", &day.german())]));
        format!("{} ({day})", self.what)
    }
}

/// Where something due is answered, if there is a page for it.
const fn leads_to(from: DueKind) -> Option<(&'static str, &'static str)> {
    match from {
        DueKind::PlanTalk => Some(("hilfeplangespraech", "talk-link")),
        DueKind::PlanReview => Some(("ueberpruefung", "case-tab-review")),
        DueKind::Transition => Some(("uebergang", "transition-link")),
        _ => None,
    }
}

/// What is to be done, and where it stands.
fn what(one: &DueView) -> (String, Option<&'static str>) {
    if let Some(rule) = DeadlineRule::from_code(&one.kind) {
        return (t(&format!("deadline-{}", rule.code())), Some(rule.source()));
    }
    match PromptDuty::from_code(&one.kind) {
        Some(duty) => (t(&format!("prompt-{}", duty.code())), Some(duty.source())),
        None => (one.words.clone().unwrap_or_default(), None),
    }
}

/// What can be added by hand. The alarm of § 42(5) is set where liberty is taken.
pub(super) fn kinds() -> Vec<Choice> {
    let own = Choice::new("own", t("due-own"));
    let rules = DeadlineRule::ALL.iter().filter(|rule| **rule != DeadlineRule::Liberty);
    let said = |code: &str, text: String, source: &str| Choice::new(code, format!("{text} ({source})"));
    let rules = rules.map(|rule| said(rule.code(), t(&format!("deadline-{}", rule.code())), rule.source()));
    let prompt = PromptDuty::ALL.iter().map(|duty| {
        let text = t_with("due-prompt", &[("x", &t(&format!("prompt-{}", duty.code())))]);
        said(duty.code(), text, duty.source())
    });
    std::iter::once(own).chain(rules).chain(prompt).collect()
}

fn say(step: &Step) -> Explained {
    let key = format!("deadline-step-{}", step.code());
    let day = |day: &Day| day.german();
    let holiday = |holiday: &Option<domain::deadlines::Holiday>, day: &Day| match holiday {
        Some(holiday) => t(&format!("holiday-{}", holiday.code())),
        None => t(if day.weekday() == 6 { "weekday-saturday" } else { "weekday-sunday" }),
    };
    let sentence = match step {
        Step::Announced { sent, known, days } => {
            t_with(&key, &[("sent", &day(sent)), ("known", &day(known)), ("days", &days.to_string())])
        }
        Step::Begins { first } => t_with(&key, &[("x", &day(first))]),
        Step::Skipped { day: one, holiday: kept } => t_with(&key, &[("x", &day(one)), ("why", &holiday(kept, one))]),
        Step::Ends { day: one } | Step::MonthTooShort { day: one } => t_with(&key, &[("x", &day(one))]),
        Step::Moved { day: one, holiday: kept, to } => {
            t_with(&key, &[("x", &day(one)), ("why", &holiday(kept, one)), ("to", &day(to))])
        }
        Step::Stays { day: one, because } => {
            t_with(&key, &[("x", &day(one)), ("why", &t(&format!("deadline-end-{}", because.code())))])
        }
    };
    Explained { sentence, source: step.source() }
}
