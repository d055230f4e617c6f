// SPDX-License-Identifier: EUPL-1.2
//! Forms of child protection, from typed text to domain values.

use crate::kit::FormData;
use crate::kit::parse::Parser;
use app::casework::protection::OpenDraft;
use domain::casework::protection::{
    AgencyDecision, CameFrom, CareGround, FactKind, Institution, NewAgencyAssessment, NewCare, NewCounsel, NewFact,
    NewNotice, NoticeTold, Placement, StepKind, StepParts,
};
use domain::kernel::{Note, Refusals};

pub(super) fn parse_open(form: &FormData) -> Result<OpenDraft, Refusals> {
    let mut read = Parser::new(form);
    let (children, child_name) = (read.ids("children"), read.maybe_name("child_name"));
    let from = read.code("from", CameFrom::from_code);
    let (happened, words, source) = (read.moment("happened"), read.maybe_note("words"), read.maybe_line("source"));
    let code = filled(form.value("code"));
    let value = (|| {
        let seen = StepParts { code, words: words?, source: source?, ..StepParts::at(happened?) };
        Some(OpenDraft { children: children?, child_name: child_name?, from: from?, seen })
    })();
    read.finish(value)
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// What belongs to a step, as typed; which of it must be there says the domain.
pub(super) fn parse_parts(form: &FormData) -> Result<StepParts, Refusals> {
    let mut read = Parser::new(form);
    let (happened, words, reason) = (read.moment("happened"), read.maybe_note("words"), read.maybe_note("reason"));
    let (source, names) = (read.maybe_line("source"), read.lines("names"));
    let (person, due, corrects) = (read.maybe_id("person"), read.maybe_day("due"), read.maybe_id("corrects"));
    let report = read.maybe_id("report");
    let marks = form.values("marks").map(str::to_owned).collect();
    let code = filled(form.value("code"));
    let value = (|| {
        Some(StepParts {
            happened: happened?,
            code,
            words: words?,
            reason: reason?,
            source: source?,
            names: names?,
            person: person?,
            marks,
            due: due?,
            corrects: corrects?,
            report: report?,
        })
    })();
    read.finish(value)
}

/// The kind that a form says it is of; its fields go back to this very form.
pub(super) fn kind_of(form: &FormData) -> Option<StepKind> {
    StepKind::from_code(form.value("step"))
}

pub(super) fn parse_close(form: &FormData) -> Result<(Note, Option<Note>), Refusals> {
    let mut read = Parser::new(form);
    let (words, reason) = (read.note("words"), read.maybe_note("reason"));
    let value = (|| Some((words?, reason?)))();
    read.finish(value)
}

pub(super) fn parse_care(form: &FormData) -> Result<NewCare, Refusals> {
    let mut read = Parser::new(form);
    let (child, began) = (read.id("child"), read.moment("began"));
    let (ground, words) = (read.code("ground", CareGround::from_code), read.note("words"));
    let (place, placement) = (read.maybe_line("place"), read.code("placement", Placement::from_code));
    let value = (|| {
        Some(NewCare {
            child: child?,
            began: began?,
            ground: ground?,
            words: words?,
            place: place?,
            placement: placement?,
        })
    })();
    read.finish(value)
}

pub(super) fn parse_fact(form: &FormData) -> Result<NewFact, Refusals> {
    let mut read = Parser::new(form);
    let (kind, at, words) = (read.code("kind", FactKind::from_code), read.moment("at"), read.maybe_note("words"));
    let value = (|| Some(NewFact { kind: kind?, at: at?, words: words? }))();
    read.finish(value)
}

pub(super) fn parse_assessment(form: &FormData) -> Result<NewAgencyAssessment, Refusals> {
    let mut read = Parser::new(form);
    let (sign, occasion, professionals) = (read.line("sign"), read.note("occasion"), read.lines("professionals"));
    let (adviser, inclusion, help) = (read.line("adviser"), read.note("inclusion"), read.note("help"));
    let decision = read.code("decision", AgencyDecision::from_code);
    let value = (|| {
        Some(NewAgencyAssessment {
            sign: sign?,
            occasion: occasion?,
            professionals: professionals?,
            adviser: adviser?,
            inclusion: inclusion?,
            help: help?,
            decision: decision?,
        })
    })();
    read.finish(value)
}

pub(super) fn parse_notice(form: &FormData) -> Result<NewNotice, Refusals> {
    let mut read = Parser::new(form);
    let (family, place, words) = (read.maybe_name("family"), read.line("place"), read.note("words"));
    let told = read.code("told", NoticeTold::from_code);
    let value = (|| Some(NewNotice { family: family?, place: place?, words: words?, told: told? }))();
    read.finish(value)
}

pub(super) fn parse_counsel(form: &FormData) -> Result<NewCounsel, Refusals> {
    let mut read = Parser::new(form);
    let (counselled_on, institution) = (read.day("counselled_on"), read.code("institution", Institution::from_code));
    let (question, advice) = (read.note("question"), read.note("advice"));
    let minutes = read
        .with("minutes", |text| text.trim().parse().or(Err(domain::casework::protection::COUNSEL_MINUTES.broken())));
    let value = (|| {
        Some(NewCounsel {
            counselled_on: counselled_on?,
            institution: institution?,
            question: question?,
            advice: advice?,
            minutes: minutes?,
        })
    })();
    read.finish(value)
}
