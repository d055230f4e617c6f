// SPDX-License-Identifier: EUPL-1.2
//! Posts that wait for a second person, and the numbers an office sets for itself.

use crate::kit::answer::{attempt, for_form, refused};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::access::{self, WaitingPost};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::{Action, HouseRule};
use domain::kernel::{ProposalId, Refusals, UserId};

/// The room's doors.
pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/verwaltung/freigaben", Asks::For(Action::ReleasePosts), waiting)
        .post("/verwaltung/freigaben/{id}", Asks::For(Action::ReleasePosts), settle)
        .get("/verwaltung/hausregeln", Asks::For(Action::SetHouseRules), rules)
        .post("/verwaltung/hausregeln", Asks::For(Action::SetHouseRules), set)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_rule(form: &FormData) -> Result<(HouseRule, i64), Refusals> {
    let mut read = Parser::new(form);
    let rule = read.code("rule", HouseRule::from_code);
    let value = read.with("value", |text| text.trim().parse::<i64>().or(Err(CHOICE_MISSING.broken())));
    read.finish(rule.zip(value))
}

// Handlers --------------------------------------------------------------------------------------------

async fn waiting(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    Ok(page(&WaitingTemplate::load(&web, &who, FormView::new("release", web.app.fresh())).await?))
}

async fn settle(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ProposalId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let released = form.value("release") == "yes";
    match for_form(access::release_post(&web.app, &who.actor, Some(key), id, released).await)? {
        Ok(_) => Ok(redirect("/verwaltung/freigaben")),
        Err(wrong) => {
            let form = FormView::new("release", key.id).refused(&form, &wrong);
            Ok(refused(&WaitingTemplate::load(&web, &who, form).await?))
        }
    }
}

async fn rules(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    Ok(page(&RulesTemplate::load(&web, &who, FormView::new("rule", web.app.fresh())).await?))
}

async fn set(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_rule(&form), |rule| access::set_house_rule(&web.app, &who.actor, Some(key), rule)).await?;
    match done {
        Ok(_) => Ok(redirect("/verwaltung/hausregeln")),
        Err(wrong) => {
            let form = FormView::new("rule", key.id).refused(&form, &wrong);
            Ok(refused(&RulesTemplate::load(&web, &who, form).await?))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "access/release.html")]
struct WaitingTemplate {
    frame: Frame,
    waiting: Vec<WaitingPost>,
    form: FormView,
    user: UserId,
}

impl WaitingTemplate {
    async fn load(web: &Web, who: &SignedIn, form: FormView) -> Result<Self, Oops> {
        let waiting = access::waiting_posts(&web.app, &who.actor).await?;
        Ok(Self { frame: Frame::new(web, who, "nav-release"), waiting, form, user: who.actor.user })
    }
}

#[derive(Template)]
#[template(path = "access/rules.html")]
struct RulesTemplate {
    frame: Frame,
    rules: Vec<(HouseRule, i64)>,
    form: FormView,
    choices: Vec<Choice>,
}

impl RulesTemplate {
    async fn load(web: &Web, who: &SignedIn, form: FormView) -> Result<Self, Oops> {
        let codes: Vec<&str> = HouseRule::ALL.iter().map(|rule| rule.code()).collect();
        Ok(Self {
            frame: Frame::new(web, who, "nav-rules"),
            rules: access::house_rules(&web.app, &who.actor).await?,
            form,
            choices: Choice::words("house-rule", &codes),
        })
    }
}
