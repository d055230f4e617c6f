// SPDX-License-Identifier: EUPL-1.2
//! The agency's page of hours on a mandate.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::agreements::proofs::{self, ProofsPage};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::agencies::Quantity;
use domain::kernel::{Day, Refusals, TransmissionId};
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/auftraege/{id}/stunden", Asks::For(Action::SeeMandate), show).post(
        "/auftraege/{id}/stunden",
        Asks::For(Action::AnswerMandate),
        prove,
    )
}

fn parse(form: &FormData) -> Result<(Day, Quantity), Refusals> {
    let mut read = Parser::new(form);
    let (month, quantity) = (read.with("month", Day::parse_month), read.with("quantity", Quantity::parse));
    read.finish(month.zip(quantity))
}

/// What was just done.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    gespeichert: String,
}

async fn show(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<TransmissionId>,
    Query(done): Query<Done>,
) -> Result<Response, Oops> {
    let shown = proofs::page(&web.app, &who.actor, id).await?;
    let form = FormView::new("proof", web.app.fresh());
    let frame = Frame::new(&web, &who, "nav-mandates");
    Ok(page(&ProofsTemplate { frame, shown, form, saved: !done.gespeichert.is_empty() }))
}

async fn prove(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<TransmissionId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    match attempt(parse(&form), |proof| proofs::prove(&web.app, &who.actor, Some(key), id, proof)).await? {
        Ok(id) => Ok(redirect(&format!("/auftraege/{id}/stunden?gespeichert=1"))),
        Err(wrong) => {
            let shown = proofs::page(&web.app, &who.actor, id).await?;
            let form = FormView::new("proof", key.id).refused(&form, &wrong);
            let frame = Frame::new(&web, &who, "nav-mandates");
            Ok(refused(&ProofsTemplate { frame, shown, form, saved: false }))
        }
    }
}

#[derive(Template)]
#[template(path = "agreements/proofs.html")]
struct ProofsTemplate {
    frame: Frame,
    shown: ProofsPage,
    form: FormView,
    saved: bool,
}

impl ProofsTemplate {
    /// Is the proof at this place of the list the one that counts for its month?
    fn counts(&self, at: &usize) -> bool {
        let month = self.shown.proofs.get(*at).map(|proof| proof.month);
        self.shown.proofs.iter().position(|proof| Some(proof.month) == month) == Some(*at)
    }
}
