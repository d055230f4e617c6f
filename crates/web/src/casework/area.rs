// SPDX-License-Identifier: EUPL-1.2
//! Area of a case with its history, what is to be clarified, conditions.

use super::head::CaseHead;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::access::drafts;
use app::casework::areas::{self, AreaPage, ConditionView, QuestionView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{Area, ConditionGround, ConditionResult, NewArea, NewCheck, NewCondition};
use domain::deadlines::is_overdue;
use domain::kernel::{CaseId, ConditionId, Day, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/bereich", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/bereich", work, change)
        .post("/faelle/{id}/antworten", work, answer)
        .post("/faelle/{id}/auflagen", work, set)
        .post("/faelle/{id}/auflagen/pruefung", work, check)
        .post("/faelle/{id}/auflagen/ende", work, lift)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_area(form: &FormData) -> Result<NewArea, Refusals> {
    let mut read = Parser::new(form);
    let (area, since) = (read.code("area", Area::from_code), read.day("since"));
    let (facts, reading) = (read.note("facts"), read.maybe_note("reading"));
    let (professionals, questions) = (read.lines("professionals"), read.lines("questions"));
    let due_on = read.maybe_day("due_on");
    let value = (|| {
        let (facts, reading, professionals) = (facts?, reading?, professionals?);
        Some(NewArea {
            area: area?,
            since: since?,
            facts,
            reading,
            professionals,
            questions: questions?,
            due_on: due_on?,
        })
    })();
    read.finish(value)
}

fn parse_condition(form: &FormData) -> Result<NewCondition, Refusals> {
    let mut read = Parser::new(form);
    let (words, evidence) = (read.note("words"), read.line("evidence"));
    let ground = read.code("ground", ConditionGround::from_code);
    let (set_on, check_on) = (read.day("set_on"), read.day("check_on"));
    let value = (|| {
        let (words, evidence) = (words?, evidence?);
        Some(NewCondition { words, evidence, ground: ground?, set_on: set_on?, check_on: check_on? })
    })();
    read.finish(value)
}

fn parse_check(form: &FormData) -> Result<(ConditionId, NewCheck), Refusals> {
    let mut read = Parser::new(form);
    let (id, result) = (read.id("condition"), read.code("result", ConditionResult::from_code));
    let (seen, checked_on, next_on) = (read.note("seen"), read.day("checked_on"), read.maybe_day("next_on"));
    let value = (|| {
        let (id, result) = (id?, result?);
        Some((id, NewCheck { result, seen: seen?, checked_on: checked_on?, next_on: next_on? }))
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

fn at(case: CaseId, part: &str) -> String {
    format!("/faelle/{case}/bereich#{part}")
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&AreaTemplate::load(&web, &who, case).await?))
}

async fn change(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_area(&form), |new| areas::change(&web.app, &who.actor, key, case, new));
    back(done.await?, &at(case, "bereich"), ("area", &form), || AreaTemplate::load(&web, &who, case)).await
}

async fn answer(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let (id, words) = (read.id("question"), read.note("answer"));
    let done = attempt(read.finish(id.zip(words)), |(id, words)| areas::answer(&web.app, &who.actor, key, id, words));
    back(done.await?, &at(case, "klaerung"), ("clarify", &form), || AreaTemplate::load(&web, &who, case)).await
}

async fn set(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_condition(&form), |new| areas::set(&web.app, &who.actor, key, case, new));
    back(done.await?, &at(case, "auflagen"), ("condition", &form), || AreaTemplate::load(&web, &who, case)).await
}

async fn check(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_check(&form), |(id, new)| areas::check(&web.app, &who.actor, key, id, new));
    back(done.await?, &at(case, "auflagen"), ("check", &form), || AreaTemplate::load(&web, &who, case)).await
}

async fn lift(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let (id, why) = (read.id("condition"), read.line("lift_reason"));
    let done = attempt(read.finish(id.zip(why)), |(id, why)| areas::lift(&web.app, &who.actor, key, id, why));
    back(done.await?, &at(case, "auflagen"), ("lift", &form), || AreaTemplate::load(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/area.html")]
struct AreaTemplate {
    frame: Frame,
    head: CaseHead,
    shown: AreaPage,
    forms: Forms,
    today: Day,
    areas: Vec<Choice>,
    open: Vec<Choice>,
    grounds: Vec<Choice>,
    results: Vec<Choice>,
    running: Vec<Choice>,
}

impl ManyForms for AreaTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| code(*item)).collect()
}

impl AreaTemplate {
    async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<Self, Oops> {
        let (shown, today) = (areas::page(&web.app, &who.actor, case).await?, web.app.today());
        let key = areas::form(case);
        let typed = drafts(&web.app, &who.actor, &key).await?;
        let mut forms = Forms::blank(web, &["clarify", "lift"]);
        let form = |name| FormView::new(name, web.app.fresh());
        forms.put("area", form("area").with_drafts(key, typed).with("since", today));
        forms.put("condition", form("condition").with("set_on", today));
        forms.put("check", form("check").with("checked_on", today));
        let open = shown.questions.iter().filter(|one| one.answer.is_none());
        let running = shown.conditions.iter().filter(|one| one.lifted_on.is_none());
        Ok(Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "area"),
            frame: Frame::new(web, who, "nav-cases"),
            today,
            areas: Choice::words("area", &codes(Area::ALL, Area::code)),
            open: open.map(|one| Choice::new(one.id, one.words.clone())).collect(),
            grounds: Choice::words("ground", &codes(ConditionGround::ALL, ConditionGround::code)),
            results: Choice::words("condition-result", &codes(ConditionResult::ALL, ConditionResult::code)),
            running: running.map(|one| Choice::new(one.id, one.words.clone())).collect(),
            shown,
            forms,
        })
    }

    /// To be clear by a day that is past, and not closed.
    fn is_overdue(&self, question: &QuestionView) -> bool {
        question.closed_on.is_none() && question.answer.is_none() && is_overdue(Some(question.due_on), self.today)
    }

    fn is_unchecked(&self, condition: &ConditionView) -> bool {
        is_overdue(condition.due(), self.today)
    }
}
