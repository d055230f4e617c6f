// SPDX-License-Identifier: EUPL-1.2
//! The intake board, moving a report over it, and what a professional reporter is told.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::casework::board::{self, Board, Card};
use app::casework::intake;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{FamilyTold, Feedback, NewMove, Outcome, Step, Urgency, YesNo};
use domain::kernel::{Refusals, ReportId};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/eingang", Asks::For(Action::SeeReport), show)
        .post("/eingang/{id}/schritt", Asks::For(Action::MoveReport), move_on)
        .post("/eingang/{id}/rueckmeldung", Asks::For(Action::MoveReport), tell)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_move(form: &FormData) -> Result<NewMove, Refusals> {
    let mut read = Parser::new(form);
    let (step, urgency) = (read.code("step", Step::from_code), read.code("urgency", Urgency::from_code));
    let (owner, why) = (read.maybe_id("owner"), read.maybe_note("why"));
    let outcome = read.maybe("outcome", |code| Outcome::from_code(code).ok_or(CHOICE_MISSING.broken()));
    let value = (|| Some(NewMove { step: step?, urgency: urgency?, owner: owner?, outcome: outcome?, why: why? }))();
    read.finish(value)
}

/// The facts of § 64(4) SGB VIII; whatever else is sent is not read (N7).
fn parse_feedback(form: &FormData) -> Result<Feedback, Refusals> {
    let mut read = Parser::new(form);
    let (confirmed, became_active) =
        (read.code("confirmed", YesNo::from_code), read.code("became_active", YesNo::from_code));
    let (still_active, family_told) =
        (read.code("still_active", YesNo::from_code), read.code("family_told", FamilyTold::from_code));
    let told_on = read.day("told_on");
    let value = (|| {
        Some(Feedback {
            confirmed: confirmed?,
            became_active: became_active?,
            still_active: still_active?,
            family_told: family_told?,
            told_on: told_on?,
        })
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let board = board::board(&web.app, &who.actor).await?;
    Ok(page(&BoardPage { frame: Frame::new(&web, &who, "nav-intake"), board }))
}

async fn move_on(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ReportId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_move(&form), |new| board::move_on(&web.app, &who.actor, key, id, new)).await?;
    answer(&web, &who, id, done, ("move", &form)).await
}

async fn tell(State(web): State<Web>, who: SignedIn, Id(id): Id<ReportId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_feedback(&form), |facts| board::tell(&web.app, &who.actor, key, id, facts)).await?;
    answer(&web, &who, id, done, ("feedback", &form)).await
}

/// The report again: with what was done, or with what is wrong.
async fn answer(
    web: &Web,
    who: &SignedIn,
    id: ReportId,
    done: Result<ReportId, Refusals>,
    (name, form): (&'static str, &FormData),
) -> Result<Response, Oops> {
    let Err(wrong) = done else { return Ok(redirect(&format!("/eingang/{id}"))) };
    let shown = intake::report(&web.app, &who.actor, id).await?;
    let view = FormView::new(name, form.key()?.id).refused(form, &wrong);
    Ok(refused(&super::intake::ReportTemplate::with(web, who, shown, view)))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/board.html")]
struct BoardPage {
    frame: Frame,
    board: Board,
}

impl BoardPage {
    fn called_out(&self) -> usize {
        self.board.cards().filter(|card| card.escalation.is_some()).count()
    }

    /// In hours on the first day, then in days.
    #[expect(clippy::unused_self, reason = "the template asks the page")]
    fn age(&self, card: &Card) -> String {
        let (key, count) = if card.hours < 48 { ("board-hours", card.hours) } else { ("board-days", card.hours / 24) };
        crate::kit::t_with(key, &[("x", &count.to_string())])
    }

    #[expect(clippy::unused_self, reason = "the template asks the page")]
    fn is_alarm(&self, card: &Card) -> bool {
        card.card.at.danger.code() == "signs" || card.card.unplaced
    }
}
