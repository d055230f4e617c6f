// SPDX-License-Identifier: EUPL-1.2
//! A case goes to the team of the family's new space.

use super::head::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::casework::handover::{self, HandoverPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::NewHandover;
use domain::kernel::{CaseId, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/faelle/{id}/uebergabe", Asks::For(Action::SeeCase), show).post(
        "/faelle/{id}/uebergabe",
        Asks::For(Action::WorkOnCase),
        hand,
    )
}

// Forms -----------------------------------------------------------------------------------------------

fn parse(form: &FormData) -> Result<NewHandover, Refusals> {
    let mut read = Parser::new(form);
    let (space, why, talk_on) = (read.id("space"), read.note("why"), read.maybe_day("talk_on"));
    let (talk_with, no_talk_why) = (read.maybe_line("talk_with"), read.maybe_note("no_talk_why"));
    let value = (|| {
        let (space, why, talk_on) = (space?, why?, talk_on?);
        Some(NewHandover { space, why, talk_on, talk_with: talk_with?, no_talk_why: no_talk_why? })
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let shown = handover::page(&web.app, &who.actor, case).await?;
    Ok(page(&HandoverTemplate::new(&web, &who, shown, FormView::new("handover", web.app.fresh()))))
}

async fn hand(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse(&form), |new| handover::hand(&web.app, &who.actor, Some(key), case, new)).await?;
    match done {
        // Whoever gave it away may not see it any more.
        Ok(_) => Ok(redirect("/faelle?wessen=team")),
        Err(wrong) => {
            let shown = handover::page(&web.app, &who.actor, case).await?;
            let form = FormView::new("handover", key.id).refused(&form, &wrong);
            Ok(refused(&HandoverTemplate::new(&web, &who, shown, form)))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/handover.html")]
struct HandoverTemplate {
    frame: Frame,
    head: CaseHead,
    shown: HandoverPage,
    form: FormView,
    spaces: Vec<Choice>,
}

impl HandoverTemplate {
    fn new(web: &Web, who: &SignedIn, shown: HandoverPage, form: FormView) -> Self {
        let other = shown.spaces.iter().filter(|space| space.team_name != shown.case.team_name);
        let spaces =
            other.map(|space| Choice::new(space.id, format!("{} ({})", space.name, space.team_name))).collect();
        let head = CaseHead::new(&shown.case, &shown.people, web.app.today(), "area");
        Self { frame: Frame::new(web, who, "nav-cases"), head, shown, form, spaces }
    }
}
