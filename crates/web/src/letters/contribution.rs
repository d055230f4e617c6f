// SPDX-License-Identifier: EUPL-1.2
//! "Kostenbeitrag": finance tells parents that they may have a share in the costs (§ 92(3) SGB VIII).

use super::case::{parse_dispatch, parse_text};
use super::say::{say, sheet};
use crate::casework::plan::pressed;
use crate::casework::sheet::help_name;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::letters::contribution::{self, ContributionPage};
use app::letters::{self, LetterPage, Release};
use askama::Template as Page;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CommissionId, LetterId, PersonId, Refusals};
use domain::letters::{Ask, Block, Way};

/// The room's doors.
pub(super) fn routes() -> Routes {
    let asks = Asks::For(Action::WriteContribution);
    Routes::default()
        .get("/kostenbeitraege/{id}", asks, list)
        .post("/kostenbeitraege/{id}", asks, begin)
        .get("/kostenbriefe/{id}", asks, show)
        .post("/kostenbriefe/{id}", asks, change)
        .post("/kostenbriefe/{id}/freigeben", asks, release)
        .post("/kostenbriefe/{id}/versand", asks, dispatch)
        .get("/kostenbriefe/{id}/pdf", asks, paper)
}

fn parse_new(form: &FormData) -> Result<(PersonId, Vec<PersonId>), Refusals> {
    let mut read = Parser::new(form);
    let (parent, children) = (read.id::<PersonId>("to"), read.ids::<PersonId>("children"));
    read.finish(parent.zip(children))
}

fn at(id: LetterId) -> String {
    format!("/kostenbriefe/{id}")
}

async fn list(State(web): State<Web>, who: SignedIn, Id(id): Id<CommissionId>) -> Result<Response, Oops> {
    Ok(page(&ListTemplate::load(&web, &who, id).await?))
}

async fn begin(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CommissionId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |new| contribution::begin(&web.app, &who.actor, key, id, new);
    let done = attempt(parse_new(&form), act).await?;
    let to = done.as_ref().map_or_else(|_| String::new(), |made| at(*made));
    back(done, &to, ("contribution", &form), || ListTemplate::load(&web, &who, id)).await
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>) -> Result<Response, Oops> {
    Ok(page(&ShareTemplate::load(&web, &who, id).await?))
}

async fn change(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(rev, text, answers)| letters::change(&web.app, &who.actor, key, (id, rev), (text, answers));
    let done = attempt(parse_text(&form), act).await?;
    back(done, &at(id), ("letter-text", &form), || ShareTemplate::load(&web, &who, id)).await
}

async fn release(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let new = Release { id, rev: form.value("rev").parse().unwrap_or_default(), anyway: None };
    let done = attempt(Ok(new), |new| letters::release(&web.app, &who.actor, key, new, say)).await?;
    back(done, &at(id), ("letter-release", &form), || ShareTemplate::load(&web, &who, id)).await
}

async fn dispatch(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_dispatch(&form), |new| letters::dispatch(&web.app, &who.actor, key, id, new)).await?;
    back(done, &at(id), ("letter-send", &form), || ShareTemplate::load(&web, &who, id)).await
}

async fn paper(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>) -> Result<Response, Oops> {
    let shown = sheet(letters::paper(&web.app, &who.actor, id, say).await?);
    pressed("brief.pdf", move || documents::letter(&shown)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Page)]
#[template(path = "letters/contributions.html")]
struct ListTemplate {
    frame: Frame,
    shown: ContributionPage,
    help: String,
    adults: Vec<Choice>,
    young: Vec<Choice>,
    forms: Forms,
}

impl ManyForms for ListTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl ListTemplate {
    async fn load(web: &Web, who: &SignedIn, id: CommissionId) -> Result<Self, Oops> {
        let shown = contribution::page(&web.app, &who.actor, id).await?;
        let choices =
            |all: &[(PersonId, String)]| all.iter().map(|(id, name)| Choice::new(id, name.clone())).collect::<Vec<_>>();
        Ok(Self {
            frame: Frame::new(web, who, "nav-budget"),
            help: help_name(shown.help.code()),
            adults: choices(&shown.adults),
            young: choices(&shown.young),
            forms: Forms::blank(web, &["contribution"]),
            shown,
        })
    }
}

const FORMS: &[&str] = &["letter-text", "letter-release", "letter-send"];

#[derive(Page)]
#[template(path = "letters/contribution.html")]
struct ShareTemplate {
    frame: Frame,
    shown: LetterPage,
    sheet: documents::LetterSheet,
    missing: Vec<String>,
    ways: Vec<Choice>,
    forms: Forms,
}

impl ManyForms for ShareTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl ShareTemplate {
    async fn load(web: &Web, who: &SignedIn, id: LetterId) -> Result<Self, Oops> {
        let shown = letters::page(&web.app, &who.actor, id, say).await?;
        let printed = letters::paper(&web.app, &who.actor, id, say).await?;
        let mut forms = Forms::blank(web, FORMS);
        let mut text = FormView::new("letter-text", web.app.fresh())
            .with("text", &shown.letter.body)
            .with("rev", shown.letter.rev);
        for (field, words) in &shown.letter.answers {
            text = text.with(field.code(), words);
        }
        forms.put("letter-text", text);
        forms.put("letter-release", FormView::new("letter-release", web.app.fresh()).with("rev", shown.letter.rev));
        forms.put("letter-send", FormView::new("letter-send", web.app.fresh()).with("sent_on", web.app.today()));
        let ways: Vec<&str> = Way::ALL.iter().map(|way| way.code()).collect();
        Ok(Self {
            frame: Frame::new(web, who, "nav-budget"),
            sheet: sheet(printed),
            missing: shown.filled.missing.iter().map(|field| super::field_name(*field)).collect(),
            ways: Choice::words("letter-way", &ways),
            forms,
            shown,
        })
    }

    fn is_open(&self) -> bool {
        matches!(self.shown.letter.state.as_str(), "draft" | "offered")
    }

    fn asked(&self) -> Vec<(&'static str, bool, bool)> {
        let kind = |ask| (ask == Some(Ask::Note), ask == Some(Ask::Day));
        self.shown.asked.iter().map(|field| (field.code(), kind(field.ask()).0, kind(field.ask()).1)).collect()
    }
}
