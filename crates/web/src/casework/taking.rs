// SPDX-License-Identifier: EUPL-1.2
//! One card beside one case: take it over as a resource or a step, or turn it down. Which card it is travels in the
//! body.

use super::head::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t_with,
};
use crate::resources::{CardView, View};
use app::casework::goals::{self, GoalsPage};
use app::casework::taking::{self, NewTake, TakeInto};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CardId, CaseId, Line, Refusals};
use domain::resources::{CardKind, Viewer};

/// The doors.
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .post("/faelle/{id}/passendes/karte", work, show)
        .post("/faelle/{id}/passendes/vormerken", work, take)
        .post("/faelle/{id}/passendes/schritt", work, step)
        .post("/faelle/{id}/passendes/ablehnen", work, refuse)
}

// Forms -----------------------------------------------------------------------------------------------

fn card(form: &FormData) -> Result<CardId, Oops> {
    form.value("card").parse().or(Err(Oops::Unreadable))
}

fn parse_take(form: &FormData, card: CardId) -> Result<NewTake, Refusals> {
    let mut read = Parser::new(form);
    let words = read.line("words");
    read.finish(words.map(|words| NewTake { card, words, into: TakeInto::Resource }))
}

fn parse_step(form: &FormData, card: CardId) -> Result<NewTake, Refusals> {
    let mut read = Parser::new(form);
    let (words, under, owner) = (read.line("words"), read.id("under"), read.id("owner"));
    let due_on = read.maybe_day("due_on");
    let take = (|| Some(NewTake { card, words: words?, into: TakeInto::Step(under?, owner?, due_on?) }))();
    read.finish(take)
}

fn parse_refusal(form: &FormData) -> Result<Option<Line>, Refusals> {
    let mut read = Parser::new(form);
    let why = read.maybe_line("why");
    read.finish(why)
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    form.key()?;
    Ok(page(&TakeTemplate::load(&web, &who, (case, card(&form)?)).await?))
}

async fn take(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let (key, card) = (form.key()?, card(&form)?);
    let take = |new| taking::take(&web.app, &who.actor, Some(key), (case, new));
    match attempt(parse_take(&form, card), take).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/ressourcencheck"))),
        Err(wrong) => {
            let mut again = TakeTemplate::load(&web, &who, (case, card)).await?;
            again.take = FormView::new("match-take", key.id).refused(&form, &wrong);
            Ok(refused(&again))
        }
    }
}

async fn step(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let (key, card) = (form.key()?, card(&form)?);
    let take = |new| taking::take(&web.app, &who.actor, Some(key), (case, new));
    match attempt(parse_step(&form, card), take).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/ziele"))),
        Err(wrong) => {
            let mut again = TakeTemplate::load(&web, &who, (case, card)).await?;
            again.step = FormView::new("match-step", key.id).refused(&form, &wrong);
            Ok(refused(&again))
        }
    }
}

async fn refuse(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let (key, card) = (form.key()?, card(&form)?);
    let refuse = |why| taking::refuse(&web.app, &who.actor, Some(key), (case, card, why));
    match attempt(parse_refusal(&form), refuse).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/passendes#abgelehnt"))),
        Err(wrong) => {
            let mut again = TakeTemplate::load(&web, &who, (case, card)).await?;
            again.refuse = FormView::new("match-refuse", key.id).refused(&form, &wrong);
            Ok(refused(&again))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/matching_card.html")]
struct TakeTemplate {
    frame: Frame,
    head: CaseHead,
    card: CardView,
    take: FormView,
    step: FormView,
    refuse: FormView,
    directions: Vec<Choice>,
    people: Vec<Choice>,
}

impl TakeTemplate {
    async fn load(web: &Web, who: &SignedIn, (case, card): (CaseId, CardId)) -> Result<Self, Oops> {
        let GoalsPage { case, people, ladder, .. } = goals::page(&web.app, &who.actor, case).await?;
        let row = app::resources::one(&web.app, Viewer::of(&who.actor), card).await?;
        let shown = CardView::of(&row, View::Inside, web.app.today());
        let words = match row.content.kind {
            CardKind::Person => t_with("match-take-person", &[("x", &shown.topics.join(", "))]),
            _ => shown.name.clone(),
        };
        let form = |prefix| FormView::new(prefix, web.app.fresh()).with("card", card);
        let direction = |goal: &goals::Rung| goal.parent.is_none();
        let choice = |goal: &goals::Rung| Choice::new(goal.id, goal.words.chars().take(80).collect::<String>());
        Ok(Self {
            frame: Frame::new(web, who, "nav-cases"),
            head: CaseHead::new(&case, &people, web.app.today(), "will"),
            step: form("match-step").with("words", t_with("match-step-prefill", &[("x", &words)])),
            take: form("match-take").with("words", &words),
            refuse: form("match-refuse"),
            directions: ladder.iter().filter(|goal| direction(goal)).map(choice).collect(),
            people: people.iter().map(|one| Choice::new(one.id, one.name.clone())).collect(),
            card: shown,
        })
    }
}
