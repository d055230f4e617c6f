// SPDX-License-Identifier: EUPL-1.2
//! The calculator of the overload quota: numbers in the address, every step told. Nothing is kept, nobody is sent away.

use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, page};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Action;
use domain::agencies::{QUANTITY_TOO_LARGE, QUANTITY_UNREADABLE};
use domain::budget::{Overload, overload};
use domain::kernel::{Amount, Refusal, Refusals};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/ueberlastquote", Asks::For(Action::SeeAgreement), calculator)
}

/// A whole number from nothing to so many.
fn up_to(most: i64) -> impl Fn(&str) -> Result<i64, Refusal> {
    move |text| {
        let number: i64 = text.trim().replace('.', "").parse().or(Err(QUANTITY_UNREADABLE.broken()))?;
        match number {
            0.. if number <= most => Ok(number),
            0.. => Err(QUANTITY_TOO_LARGE.broken()),
            _ => Err(QUANTITY_UNREADABLE.broken()),
        }
    }
}

/// What was typed, and what follows from it.
struct Found {
    fund: Amount,
    contracted_percent: i64,
    capacity: i64,
    overload_percent: i64,
    quota: Overload,
}

fn calculate(form: &FormData) -> Result<Found, Refusals> {
    let mut read = Parser::new(form);
    let fund = read.euro("fonds");
    let (contracted, capacity) = (read.with("vertrag", up_to(100)), read.with("faelle", up_to(100_000)));
    let more = read.with("mehrlast", up_to(100));
    let value = (|| Some((fund?, contracted?, capacity?, more?)))();
    let (fund, contracted_percent, capacity, overload_percent) = read.finish(value)?;
    let quota = overload(fund.balance(), contracted_percent, capacity, overload_percent);
    Ok(Found { fund, contracted_percent, capacity, overload_percent, quota })
}

async fn calculator(State(web): State<Web>, who: SignedIn, RawQuery(query): RawQuery) -> Result<Response, Oops> {
    let form = FormData::of_query(query.as_deref().unwrap_or_default())?;
    let frame = Frame::new(&web, &who, "nav-agreements");
    let view = FormView::new("overload", Uuid::nil());
    if form.fields().is_empty() {
        let form = view.with("vertrag", "90").with("mehrlast", "10");
        return Ok(page(&OverloadTemplate { frame, form, found: None }));
    }
    let (wrong, found) = match calculate(&form) {
        Ok(found) => (Refusals::default(), Some(found)),
        Err(wrong) => (wrong, None),
    };
    Ok(page(&OverloadTemplate { frame, form: view.refused(&form, &wrong), found }))
}

#[derive(Template)]
#[template(path = "agreements/overload.html")]
struct OverloadTemplate {
    frame: Frame,
    form: FormView,
    found: Option<Found>,
}
