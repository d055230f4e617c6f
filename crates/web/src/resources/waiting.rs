// SPDX-License-Identifier: EUPL-1.2
//! Private persons out of a file: nobody sees them but who imported them, until they agreed.

use super::choices;
use crate::kit::answer::{attempt, refused};
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::resources::{self, Waiting};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::CardWaitingId;
use domain::resources::{ConsentForm, Visibility};

/// What is asked: the consent, and who is to see the card.
const ASKED: [&str; 5] = ["consent_on", "consent_until", "consent_scope", "consent_form", "visibility"];

/// The room's doors.
pub(super) fn routes() -> Routes {
    let bring = Asks::For(Action::ImportResources);
    Routes::default()
        .get("/ressourcen/wartende/{id}", bring, show)
        .post("/ressourcen/wartende/{id}", bring, agree)
        .post("/ressourcen/wartende/{id}/loeschen", bring, forget)
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<CardWaitingId>) -> Result<Response, Oops> {
    let form = FormView::new("trade-consent", web.app.fresh());
    Ok(page(&WaitingPage::load(&web, &who, id, form).await?))
}

async fn agree(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardWaitingId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let fields: Vec<(&'static str, String)> =
        ASKED.iter().map(|field| (*field, form.value(field).to_owned())).collect();
    let agreed = attempt(Ok(fields), |fields| resources::agree(&web.app, &who.actor, Some(key), (id, fields)));
    match agreed.await? {
        Ok(card) => Ok(redirect(&format!("/ressourcen/{card}"))),
        Err(wrong) => {
            let view = FormView::new("trade-consent", key.id).refused(&form, &wrong);
            Ok(refused(&WaitingPage::load(&web, &who, id, view).await?))
        }
    }
}

async fn forget(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardWaitingId>,
    form: FormData,
) -> Result<Response, Oops> {
    resources::forget(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect("/ressourcen/importe"))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "resources/waiting.html")]
struct WaitingPage {
    frame: Frame,
    form: FormView,
    one: Waiting,
    scopes: Vec<Choice>,
    forms: Vec<Choice>,
    key: uuid::Uuid,
}

impl WaitingPage {
    async fn load(web: &Web, who: &SignedIn, id: CardWaitingId, form: FormView) -> Result<Self, Oops> {
        let one = resources::waiting(&web.app, &who.actor).await?.into_iter().find(|one| one.row.id == id);
        let one = one.ok_or(app::Failure::Denied(domain::access::Denied::Hidden))?;
        Ok(Self {
            frame: Frame::new(web, who, "trade-nav"),
            form,
            one,
            scopes: choices!("visibility", Visibility),
            forms: choices!("consent-form", ConsentForm),
            key: web.app.fresh(),
        })
    }
}
