// SPDX-License-Identifier: EUPL-1.2
//! The overload quota: agreed once with an agreement, or only worked out, with the numbers in the address. Nobody is sent
//! away because of it.

use super::answered;
use crate::kit::answer::attempt;
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::agreements::overload::agree_on_overload;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Action;
use domain::agencies::{QUANTITY_TOO_LARGE, QUANTITY_UNREADABLE};
use domain::budget::OverloadTerms;
use domain::kernel::{AgreementId, Refusal, Refusals};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/ueberlastquote", Asks::For(Action::SeeAgreement), calculator).post(
        "/vereinbarungen/{id}/ueberlastquote",
        Asks::For(Action::ManageAgreements),
        agree,
    )
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

fn parse(form: &FormData) -> Result<OverloadTerms, Refusals> {
    let mut read = Parser::new(form);
    let fund = read.euro("fonds");
    let (contracted, capacity) = (read.with("vertrag", up_to(100)), read.with("faelle", up_to(100_000)));
    let more = read.with("mehrlast", up_to(100));
    let value = (|| Some((fund?, contracted?, capacity?, more?)))();
    let (fund, contracted_percent, capacity, overload_percent) = read.finish(value)?;
    Ok(OverloadTerms { fund, contracted_percent, capacity, overload_percent })
}

async fn agree(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AgreementId>,
    form: FormData,
) -> Result<Response, Oops> {
    who.must(Action::ManageAgreements)?;
    let key = form.key()?;
    let made = attempt(parse(&form), |terms| agree_on_overload(&web.app, &who.actor, Some(key), id, terms)).await?;
    let again = |wrong: &Refusals| FormView::new("overload", key.id).refused(&form, wrong);
    answered(&web, &who, id, made, |page, wrong| page.overload = again(wrong)).await
}

async fn calculator(State(web): State<Web>, who: SignedIn, RawQuery(query): RawQuery) -> Result<Response, Oops> {
    let form = FormData::of_query(query.as_deref().unwrap_or_default())?;
    let frame = Frame::new(&web, &who, "nav-agreements");
    let view = FormView::new("overload", Uuid::nil());
    if form.fields().is_empty() {
        let form = view.with("vertrag", "90").with("mehrlast", "10");
        return Ok(page(&OverloadTemplate { frame, form, found: None }));
    }
    let (wrong, found) = match parse(&form) {
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
    found: Option<OverloadTerms>,
}
