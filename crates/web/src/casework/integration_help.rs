// SPDX-License-Identifier: EUPL-1.2
//! Applications for integration help and their clocks (SGB IX).

use super::head::CaseHead;
use crate::deadlines::DueLine;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::casework::integration_help::{self, ApplicationsPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{ApplicationStep, NewApplication, NewStepTaken};
use domain::kernel::{ApplicationId, CaseId, Day, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/teilhabe", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/teilhabe", work, receive)
        .post("/faelle/{id}/teilhabe/schritt", work, take_step)
}

/// The forms of the page; their prefixes are their names.
const NAMES: [&str; 2] = ["sgb9", "sgb9-step"];

// Forms -----------------------------------------------------------------------------------------------

fn parse(form: &FormData) -> Result<NewApplication, Refusals> {
    let mut read = Parser::new(form);
    let (received_on, words) = (read.day("received_on"), read.note("words"));
    let passed_on_by = read.maybe_line("passed_on_by");
    let value = (|| {
        let (received_on, words) = (received_on?, words?);
        Some(NewApplication { received_on, words, passed_on_by: passed_on_by? })
    })();
    read.finish(value)
}

/// What somebody may write down as it is.
fn by_hand(code: &str) -> Option<ApplicationStep> {
    ApplicationStep::from_code(code).filter(|step| step.is_written_by_hand())
}

fn parse_step(form: &FormData) -> Result<(ApplicationId, NewStepTaken), Refusals> {
    let mut read = Parser::new(form);
    let (id, step) = (read.id("application"), read.code("step", by_hand));
    let (on, words) = (read.day("on"), read.maybe_note("words"));
    let value = (|| Some((id?, NewStepTaken { step: step?, on: on?, words: words? })))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<TeilhabeTemplate, Oops> {
    Ok(TeilhabeTemplate::new(web, who, integration_help::page(&web.app, &who.actor, case).await?))
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, case).await?))
}

async fn receive(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |new| integration_help::receive(&web.app, &who.actor, Some(key), case, new);
    let done = attempt(parse(&form), act).await?;
    back(done, &format!("/faelle/{case}/teilhabe"), ("sgb9", &form), || load(&web, &who, case)).await
}

async fn take_step(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |(id, taken)| integration_help::take_step(&web.app, &who.actor, Some(key), id, taken);
    let done = attempt(parse_step(&form), act).await?;
    back(done, &format!("/faelle/{case}/teilhabe"), ("sgb9-step", &form), || load(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/integration_help.html")]
struct TeilhabeTemplate {
    frame: Frame,
    head: CaseHead,
    shown: ApplicationsPage,
    forms: Forms,
    clocks: Vec<DueLine>,
    open: Vec<Choice>,
    steps: Vec<Choice>,
}

impl ManyForms for TeilhabeTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl TeilhabeTemplate {
    fn new(web: &Web, who: &SignedIn, mut shown: ApplicationsPage) -> Self {
        let today: Day = web.app.today();
        let mut forms = Forms::blank(web, &NAMES);
        for (name, field) in [("sgb9", "received_on"), ("sgb9-step", "on")] {
            forms.put(name, FormView::new(name, web.app.fresh()).with(field, today));
        }
        let worker = shown.case.worker;
        let clocks = std::mem::take(&mut shown.clocks).into_iter().map(|one| DueLine::new(one, today, worker));
        let open = shown.all.iter().filter(|one| one.is_open());
        let open = open.map(|one| Choice::new(one.id, format!("{}: {}", one.received_on.german(), short(&one.words))));
        let steps: Vec<&str> =
            ApplicationStep::ALL.iter().filter(|one| one.is_written_by_hand()).map(|one| one.code()).collect();
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "review"),
            frame: Frame::new(web, who, "nav-cases"),
            clocks: clocks.collect(),
            open: open.collect(),
            steps: Choice::words("sgb9-did", &steps),
            forms,
            shown,
        }
    }

    fn is_late(&self) -> bool {
        self.clocks.iter().any(|one| one.is_late)
    }
}

pub(super) fn short(words: &str) -> String {
    words.chars().take(60).collect()
}
