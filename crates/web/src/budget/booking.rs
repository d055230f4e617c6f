// SPDX-License-Identifier: EUPL-1.2
//! A booking's own page: what was moved, its seal, and its counter-entry.

use super::signed;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::budget::{self, BookingPage, Correction};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::budget::Move;
use domain::kernel::{EntryId, Refusals};

/// The room's doors.
pub(super) fn routes() -> Routes {
    Routes::default().get("/budget/buchungen/{id}", Asks::For(Action::SeeBudget), show).post(
        "/budget/buchungen/{id}/storno",
        Asks::For(Action::BookBudget),
        counter,
    )
}

fn parse(form: &FormData) -> Result<Correction, Refusals> {
    let mut read = Parser::new(form);
    let (amount, reason, resolution) = (read.euro("amount"), read.line("reason"), read.maybe_line("resolution"));
    let value = (|| Some(Correction { amount: amount?, reason: reason?, resolution: resolution? }))();
    read.finish(value)
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<EntryId>) -> Result<Response, Oops> {
    let shown = budget::booking(&web.app, &who.actor, id).await?;
    let counter = FormView::new("budget-counter", web.app.fresh());
    Ok(page(&BookingTemplate::new(&web, &who, shown, counter)))
}

async fn counter(State(web): State<Web>, who: SignedIn, Id(id): Id<EntryId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse(&form), |with| budget::counter(&web.app, &who.actor, Some(key), id, with)).await?;
    match done {
        Ok(entry) => Ok(redirect(&format!("/budget/buchungen/{entry}"))),
        Err(wrong) => {
            let shown = budget::booking(&web.app, &who.actor, id).await?;
            let counter = FormView::new("budget-counter", key.id).refused(&form, &wrong);
            Ok(refused(&BookingTemplate::new(&web, &who, shown, counter)))
        }
    }
}

#[derive(Template)]
#[template(path = "budget/booking.html")]
struct BookingTemplate {
    frame: Frame,
    shown: BookingPage,
    counter: FormView,
}

impl BookingTemplate {
    fn new(web: &Web, who: &SignedIn, shown: BookingPage, counter: FormView) -> Self {
        Self { frame: Frame::new(web, who, "nav-budget"), shown, counter }
    }

    fn amount(&self) -> String {
        let booking = &self.shown.view.booking;
        signed(&booking.amount().balance(), booking.kind().code())
    }

    /// Where a move happens: region, year, kind of money.
    fn place(&self, one: &Move) -> String {
        let pot = self.shown.pots.iter().find(|pot| pot.pot == one.pot());
        pot.map(|pot| format!("{} {} · {}", pot.region_name, pot.year, pot.kind.code())).unwrap_or_default()
    }

    /// The book that it stands in.
    fn book(&self) -> String {
        let pot = self.shown.pots.first();
        let path = pot.map(|pot| format!("/budget?region={}&jahr={}&mittel={}", pot.region, pot.year, pot.kind.code()));
        path.unwrap_or_else(|| "/budget".to_owned())
    }
}
