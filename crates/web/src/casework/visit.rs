// SPDX-License-Identifier: EUPL-1.2
//! Visits: preparing one, the page that works without a line, notes that wait for their writer, and for the
//! administration what is out at the moment.

use super::head::family;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, Frame, Id, Oops, Plain, Routes, SignedIn, Web, assets, filters, page, redirect,
};
use app::Failure;
use app::casework::visits::{self, CaseLine, VisitPage, VisitView, Waiting};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::{Action, Denied};
use domain::casework::{Confidence, NewVisit, VISIT_CASES, VISIT_HOURS};
use domain::kernel::{CaseId, Note, Refusals, VisitId, VisitNoteId};

/// The room's doors. The page for the way and the script that serves it without a line stand in a folder of their
/// own: the script reaches nothing else.
#[must_use]
pub fn routes() -> Routes {
    let (own, work, rule) = (Action::KeepOwn, Action::WorkOnCase, Action::SetHouseRules);
    Routes::default()
        .get("/besuch", Asks::For(own), show)
        .post("/besuch", Asks::For(work), prepare)
        .get("/besuch/{id}", Asks::For(work), take)
        .post("/besuch/{id}/ende", Asks::For(own), call_back)
        .get("/besuch/notizen/{id}", Asks::For(own), waiting)
        .post("/besuch/notizen/{id}", Asks::For(own), hand_in)
        .get("/besuch/unterwegs/", Asks::For(own), on_the_way)
        .get("/besuch/unterwegs/dienst.js", Asks::Nobody, service)
        .get("/verwaltung/besuche", Asks::For(rule), all_open)
        .post("/verwaltung/besuche/{id}/ende", Asks::For(rule), call_any_back)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_visit(form: &FormData) -> Result<NewVisit, Refusals> {
    let mut read = Parser::new(form);
    let cases = read.ids("cases");
    read.finish(cases.map(|cases| NewVisit { cases }))
}

fn parse_hand_in(form: &FormData) -> Result<(CaseId, Note), Refusals> {
    let mut read = Parser::new(form);
    let (case, words) = (read.id("case"), read.note("words"));
    read.finish(case.zip(words))
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    Ok(page(&VisitTemplate::load(&web, &who).await?))
}

async fn prepare(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_visit(&form), |new| visits::prepare(&web.app, &who.actor, key, new)).await?;
    let path = done.as_ref().map_or_else(|_| String::new(), |id| format!("/besuch/{id}"));
    back(done, &path, ("visit", &form), || VisitTemplate::load(&web, &who)).await
}

async fn take(State(web): State<Web>, who: SignedIn, Id(id): Id<VisitId>) -> Result<Response, Oops> {
    let (visit, _) = visits::standing(&web.app, &who.actor, id).await?;
    Ok(page(&TakeTemplate { frame: Frame::new(&web, &who, "visit-nav"), visit }))
}

async fn call_back(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<VisitId>,
    form: FormData,
) -> Result<Response, Oops> {
    visits::call_back(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect("/besuch"))
}

async fn waiting(State(web): State<Web>, who: SignedIn, Id(id): Id<VisitNoteId>) -> Result<Response, Oops> {
    Ok(page(&WaitingTemplate::load(&web, &who, id).await?))
}

async fn hand_in(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<VisitNoteId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let to = parse_hand_in(&form);
    let path = to.as_ref().map_or_else(|_| String::new(), |(case, _)| format!("/faelle/{case}/notizen"));
    let done = attempt(to, |to| visits::hand_in(&web.app, &who.actor, key, id, to)).await?;
    back(done, &path, ("visit-note", &form), || WaitingTemplate::load(&web, &who, id)).await
}

async fn on_the_way(State(web): State<Web>, _: SignedIn) -> Result<Response, Oops> {
    Ok(page(&WayTemplate { plain: Plain::new(&web), confidences: confidences() }))
}

async fn service() -> Result<Response, Oops> {
    assets::unkept("visit-service.js").ok_or_else(|| Failure::Denied(Denied::Hidden).into())
}

async fn all_open(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let visits = visits::all_open(&web.app, &who.actor).await?;
    let forms = Forms::blank(&web, &["visit-end"]);
    Ok(page(&OpenTemplate { frame: Frame::new(&web, &who, "visit-open-nav"), visits, forms }))
}

async fn call_any_back(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<VisitId>,
    form: FormData,
) -> Result<Response, Oops> {
    visits::call_back(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect("/verwaltung/besuche"))
}

// Pages -----------------------------------------------------------------------------------------------

fn choices(cases: &[CaseLine]) -> Vec<Choice> {
    let label = |one: &CaseLine| Choice::new(one.id, format!("{} ({})", family(&one.family), one.number));
    cases.iter().map(label).collect()
}

#[derive(Template)]
#[template(path = "casework/visit.html")]
struct VisitTemplate {
    frame: Frame,
    shown: VisitPage,
    forms: Forms,
    own: Vec<Choice>,
}

impl VisitTemplate {
    async fn load(web: &Web, who: &SignedIn) -> Result<Self, Oops> {
        let shown = visits::page(&web.app, &who.actor).await?;
        let forms = Forms::blank(web, &["visit", "visit-end"]);
        Ok(Self { frame: Frame::new(web, who, "visit-nav"), own: choices(&shown.own), forms, shown })
    }

    fn most(&self) -> usize {
        VISIT_CASES
    }

    fn hours(&self) -> i64 {
        VISIT_HOURS
    }
}

impl ManyForms for VisitTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

#[derive(Template)]
#[template(path = "casework/visit_note.html")]
struct WaitingTemplate {
    frame: Frame,
    one: Waiting,
    forms: Forms,
    cases: Vec<Choice>,
}

impl WaitingTemplate {
    async fn load(web: &Web, who: &SignedIn, id: VisitNoteId) -> Result<Self, Oops> {
        let shown = visits::page(&web.app, &who.actor).await?;
        let cases = choices(&shown.cases);
        let one = shown.waiting.into_iter().find(|one| one.note.id == id).ok_or(Failure::Denied(Denied::Hidden))?;
        let mut forms = Forms::blank(web, &["visit-note"]);
        let form = forms.of("visit-note").clone().with("words", one.note.words.clone().unwrap_or_default());
        let still = cases.iter().any(|case| case.value == one.note.case.to_string());
        forms.put("visit-note", if still { form.with("case", one.note.case) } else { form });
        Ok(Self { frame: Frame::new(web, who, "visit-nav"), one, forms, cases })
    }

    fn reason(&self) -> &'static str {
        self.one.note.waits_for.map_or("", domain::casework::WaitReason::code)
    }
}

impl ManyForms for WaitingTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

#[derive(Template)]
#[template(path = "casework/visit_take.html")]
struct TakeTemplate {
    frame: Frame,
    visit: VisitView,
}

#[derive(Template)]
#[template(path = "casework/visit_way.html")]
struct WayTemplate {
    plain: Plain,
    confidences: Vec<Choice>,
}

fn confidences() -> Vec<Choice> {
    let codes: Vec<&str> = Confidence::ALL.iter().map(|one| one.code()).collect();
    Choice::words("confidence", &codes)
}

#[derive(Template)]
#[template(path = "casework/visit_open.html")]
struct OpenTemplate {
    frame: Frame,
    visits: Vec<VisitView>,
    forms: Forms,
}
