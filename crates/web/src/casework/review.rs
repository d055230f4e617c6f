// SPDX-License-Identifier: EUPL-1.2
//! The review of a help, and less of it from a day on.

use super::head::CaseHead;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::casework::review::{self, RatingView, ReviewPage, Rung, StepDown};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::agencies::Quantity;
use domain::casework::{NewReview, ReviewOutcome};
use domain::kernel::{Balance, CaseId, CommissionId, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/faelle/{id}/ueberpruefung", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/ueberpruefung", Asks::For(Action::WorkOnCase), record)
        .post("/faelle/{id}/weniger", Asks::For(Action::DecideOnCase), less)
}

/// The forms of the page; their prefixes are their names.
const NAMES: [&str; 2] = ["ending-review", "ending-less"];

// Forms -----------------------------------------------------------------------------------------------

fn parse(form: &FormData) -> Result<NewReview, Refusals> {
    let mut read = Parser::new(form);
    let (held_on, with_whom) = (read.day("held_on"), read.line("with_whom"));
    let (outcome, words) = (read.code("outcome", ReviewOutcome::from_code), read.note("words"));
    let (changed_will, next_on) = (read.maybe_note("changed_will"), read.maybe_day("next_on"));
    let value = (|| {
        let (held_on, with_whom, outcome, words) = (held_on?, with_whom?, outcome?, words?);
        Some(NewReview { held_on, with_whom, outcome, words, changed_will: changed_will?, next_on: next_on? })
    })();
    read.finish(value)
}

fn parse_less(form: &FormData) -> Result<(CommissionId, StepDown), Refusals> {
    let mut read = Parser::new(form);
    let (commission, from) = (read.id("commission"), read.day("from"));
    let (quantity, reasons) = (read.with("quantity", Quantity::parse), read.note("reasons"));
    let (professionals, rights_told_on) = (read.lines("professionals"), read.maybe_day("rights_told_on"));
    let (review_on, still_due) = (read.day("review_on"), read.maybe_euro("still_due"));
    let value = (|| {
        let still_due = still_due?.map_or(Balance::from_cents(0), |amount| amount.balance());
        let (from, quantity, reasons, professionals) = (from?, quantity?, reasons?, professionals?);
        let (rights_told_on, review_on) = (rights_told_on?, review_on?);
        let new = StepDown { from, quantity, reasons, professionals, rights_told_on, review_on, still_due };
        Some((commission?, new))
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<ReviewTemplate, Oops> {
    Ok(ReviewTemplate::new(web, who, review::page(&web.app, &who.actor, case).await?))
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, case).await?))
}

async fn record(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse(&form), |new| review::record(&web.app, &who.actor, Some(key), case, new)).await?;
    back(done, &format!("/faelle/{case}/ueberpruefung"), ("ending-review", &form), || load(&web, &who, case)).await
}

async fn less(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |(id, new)| review::step_down(&web.app, &who.actor, Some(key), id, new);
    let done = attempt(parse_less(&form), act).await?;
    back(done, &format!("/faelle/{case}/leistungen"), ("ending-less", &form), || load(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/review.html")]
struct ReviewTemplate {
    frame: Frame,
    head: CaseHead,
    shown: ReviewPage,
    forms: Forms,
    outcomes: Vec<Choice>,
    priced: Vec<Choice>,
}

impl ManyForms for ReviewTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl ReviewTemplate {
    fn new(web: &Web, who: &SignedIn, shown: ReviewPage) -> Self {
        let today = web.app.today();
        let mut forms = Forms::blank(web, &NAMES);
        let review = FormView::new("ending-review", web.app.fresh());
        forms.put("ending-review", review.with("held_on", today).with("next_on", shown.next_on));
        forms.put(
            "ending-less",
            FormView::new("ending-less", web.app.fresh())
                .with("rights_told_on", today)
                .with("review_on", shown.next_on)
                .with("professionals", shown.colleagues.iter().take(2).cloned().collect::<Vec<_>>().join("\n")),
        );
        let priced = shown.running.iter().filter_map(|(one, plan)| {
            let plan = plan.as_ref()?;
            let now = super::commission::extent(plan);
            Some(Choice::new(one.id, format!("{} · {} · {now}", one.help.paragraph(), one.agency)))
        });
        let outcomes: Vec<&str> = ReviewOutcome::ALL.iter().map(|one| one.code()).collect();
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "review"),
            frame: Frame::new(web, who, "nav-cases"),
            outcomes: Choice::words("ending-outcome", &outcomes),
            priced: priced.collect(),
            forms,
            shown,
        }
    }

    fn rated<'a>(&'a self, goal: &'a Rung) -> impl Iterator<Item = &'a RatingView> {
        rated(&self.shown.ratings, goal)
    }
}

/// What everybody says of a goal, oldest first.
pub(super) fn rated<'a>(all: &'a [RatingView], goal: &'a Rung) -> impl Iterator<Item = &'a RatingView> {
    all.iter().filter(move |rating| rating.goal == goal.id)
}
