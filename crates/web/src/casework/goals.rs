// SPDX-License-Identifier: EUPL-1.2
//! The ladder of goals: direction goals, action goals with hints, and what each side holds of them over time.

use super::cases::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::access::drafts;
use app::casework::goals::{self, GoalsPage, RatingView, Rung};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{GoalLevel, NewRating, NewStep, Rater, SmartHint, smart_hints};
use domain::kernel::{CaseId, Day, GoalId, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/faelle/{id}/ziele", Asks::For(Action::SeeCase), ladder)
        .post("/faelle/{id}/handlungsziele", Asks::For(Action::WorkOnCase), add_step)
        .post("/faelle/{id}/bewertungen", Asks::For(Action::WorkOnCase), add_rating)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_step(form: &FormData) -> Result<(GoalId, NewStep), Refusals> {
    let mut read = Parser::new(form);
    let (under, words, owner) = (read.id("under"), read.note("words"), read.id("owner"));
    let (agreed_on, due_on) = (read.day("agreed_on"), read.maybe_day("due_on"));
    let value = (|| {
        let step = NewStep { words: words?, owner: owner?, agreed_on: agreed_on?, due_on: due_on? };
        Some((under?, step))
    })();
    read.finish(value)
}

fn parse_rating(form: &FormData) -> Result<(GoalId, NewRating), Refusals> {
    let mut read = Parser::new(form);
    let (goal, rater) = (read.id("goal"), read.code("rater", Rater::from_code));
    let level = read.code("level", GoalLevel::from_code);
    let (said_on, words) = (read.day("said_on"), read.maybe_note("words"));
    let value = (|| Some((goal?, NewRating { rater: rater?, level: level?, said_on: said_on?, words: words? })))();
    read.finish(value)
}

struct Forms {
    step: FormView,
    rating: FormView,
}

impl Forms {
    async fn blank(web: &Web, who: &SignedIn, case: CaseId) -> Result<Self, Oops> {
        let (steps, ratings) = (goals::step_form(case), goals::rating_form(case));
        let typed = drafts(&web.app, &who.actor, &steps).await?;
        let typed_ratings = drafts(&web.app, &who.actor, &ratings).await?;
        let today = web.app.today();
        Ok(Self {
            step: FormView::new("step", web.app.fresh()).with_drafts(steps, typed).with("agreed_on", today),
            rating: FormView::new("rating", web.app.fresh()).with_drafts(ratings, typed_ratings).with("said_on", today),
        })
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn ladder(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let shown = goals::page(&web.app, &who.actor, case).await?;
    let forms = Forms::blank(&web, &who, case).await?;
    Ok(page(&GoalsTemplate::new(Frame::new(&web, &who, "nav-cases"), shown, forms, web.app.today())))
}

async fn add_step(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let done =
        attempt(parse_step(&form), |(under, new)| goals::record_step(&web.app, &who.actor, Some(key), under, new));
    match done.await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/ziele"))),
        Err(wrong) => {
            let view = FormView::new("step", key.id).with_drafts(goals::step_form(case), Vec::new());
            again(&web, &who, case, |forms| forms.step = view.refused(&form, &wrong)).await
        }
    }
}

async fn add_rating(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let done =
        attempt(parse_rating(&form), |(goal, new)| goals::record_rating(&web.app, &who.actor, Some(key), goal, new));
    match done.await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/ziele"))),
        Err(wrong) => {
            let view = FormView::new("rating", key.id).with_drafts(goals::rating_form(case), Vec::new());
            again(&web, &who, case, |forms| forms.rating = view.refused(&form, &wrong)).await
        }
    }
}

/// The page again with one form refused.
async fn again(web: &Web, who: &SignedIn, case: CaseId, put: impl FnOnce(&mut Forms) + Send) -> Result<Response, Oops> {
    let shown = goals::page(&web.app, &who.actor, case).await?;
    let mut forms = Forms::blank(web, who, case).await?;
    put(&mut forms);
    Ok(refused(&GoalsTemplate::new(Frame::new(web, who, "nav-cases"), shown, forms, web.app.today())))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/goals.html")]
struct GoalsTemplate {
    frame: Frame,
    head: CaseHead,
    shown: GoalsPage,
    forms: Forms,
    people: Vec<Choice>,
    directions: Vec<Choice>,
    all: Vec<Choice>,
    raters: Vec<Choice>,
    levels: Vec<Choice>,
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| code(*item)).collect()
}

fn choice(goal: &Rung) -> Choice {
    Choice::new(goal.id, goal.words.chars().take(80).collect::<String>())
}

impl GoalsTemplate {
    fn new(frame: Frame, shown: GoalsPage, forms: Forms, today: Day) -> Self {
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "plan"),
            people: shown.people.iter().map(|person| Choice::new(person.id, person.name.clone())).collect(),
            directions: shown.ladder.iter().filter(|goal| goal.parent.is_none()).map(choice).collect(),
            all: shown.ladder.iter().map(choice).collect(),
            raters: Choice::words("rater", &codes(Rater::ALL, Rater::code)),
            levels: Choice::words("level", &codes(GoalLevel::ALL, GoalLevel::code)),
            frame,
            shown,
            forms,
        }
    }

    fn directions(&self) -> impl Iterator<Item = &Rung> {
        self.shown.ladder.iter().filter(|goal| goal.parent.is_none())
    }

    fn steps<'a>(&'a self, under: &'a GoalId) -> impl Iterator<Item = &'a Rung> {
        self.shown.ladder.iter().filter(move |goal| goal.parent == Some(*under))
    }

    fn ratings<'a>(&'a self, goal: &'a GoalId) -> Vec<&'a RatingView> {
        self.shown.ratings.iter().filter(|rating| rating.goal == *goal).collect()
    }

    fn hints(&self, step: &Rung) -> Vec<SmartHint> {
        smart_hints(&step.words, step.due_on)
    }
}
