// SPDX-License-Identifier: EUPL-1.2
//! The rhythm in which each running help is looked at; it stands on the page of reviews.

use super::review::load;
use crate::kit::answer::attempt;
use crate::kit::forms::back;
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, Id, Oops, Routes, SignedIn, Web};
use app::casework::rhythms::{self, HelpRhythm};
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{NewRhythm, RHYTHM_UNREADABLE};
use domain::kernel::{CaseId, CommissionId, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().post("/faelle/{id}/ueberpruefung/rhythmus", Asks::For(Action::DecideOnCase), set)
}

fn parse(form: &FormData) -> Result<(CommissionId, NewRhythm), Refusals> {
    let mut read = Parser::new(form);
    let help = read.id("help");
    let months = read.with("months", |text| text.trim().parse::<i32>().or(Err(RHYTHM_UNREADABLE.broken())));
    let why = read.note("why");
    let value = (|| Some((help?, NewRhythm { months: months?, why: why? })))();
    read.finish(value)
}

async fn set(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |(help, new)| rhythms::set(&web.app, &who.actor, Some(key), help, new);
    let done = attempt(parse(&form), act).await?;
    back(done, &format!("/faelle/{case}/ueberpruefung"), ("rhythm", &form), || load(&web, &who, case)).await
}

/// A running help to choose.
pub(super) fn choice(one: &HelpRhythm) -> Choice {
    Choice::new(one.commission.id, format!("{}, {}", one.commission.help.paragraph(), one.commission.agency))
}
