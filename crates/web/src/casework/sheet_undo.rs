// SPDX-License-Identifier: EUPL-1.2
//! Taking back the last change of a sheet of exploration: resource check, network map, genogram.

use crate::kit::{Asks, FormData, Id, Oops, Routes, SignedIn, Web, filters, link, redirect, t_with};
use app::Failure;
use app::casework::{genogram, network, resource_check};
use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::State;
use axum::response::Response;
use domain::access::{Action, Denied};
use domain::kernel::{CaseId, Moment, PersonId};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .post("/faelle/{id}/ressourcencheck/zurueck", work, check)
        .post("/faelle/{id}/netzwerk/zurueck", work, map)
        .post("/faelle/{id}/genogramm/zurueck", work, drawing)
}

// Handlers --------------------------------------------------------------------------------------------

async fn check(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    resource_check::undo(&web.app, &who.actor, Some(form.key()?), case).await?;
    Ok(redirect(&format!("/faelle/{case}/ressourcencheck")))
}

async fn map(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let person = Uuid::parse_str(form.value("person")).map(PersonId).or(Err(Failure::Denied(Denied::Hidden)))?;
    network::undo(&web.app, &who.actor, Some(form.key()?), (case, person)).await?;
    Ok(redirect(&link(&format!("/faelle/{case}/netzwerk"), &[("person", &person.to_string())])))
}

async fn drawing(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    genogram::undo(&web.app, &who.actor, Some(form.key()?), case).await?;
    Ok(redirect(&format!("/faelle/{case}/genogramm")))
}

// Pages -----------------------------------------------------------------------------------------------

/// The button, where there is something to take back.
#[derive(Debug, Template)]
#[template(path = "casework/sheet_undo.html")]
pub struct TakeBack {
    action: String,
    key: Uuid,
    person: Option<PersonId>,
    said: String,
}

impl HtmlSafe for TakeBack {}

impl TakeBack {
    /// For a sheet at this path.
    #[must_use]
    pub fn new(
        path: &str,
        key: Uuid,
        (may_work, undoable): (bool, Option<&(String, Moment)>),
        person: Option<PersonId>,
    ) -> Option<Self> {
        let (by, at) = undoable.filter(|_| may_work)?;
        let said = t_with("sheet-last", &[("x", by), ("y", &at.german())]);
        Some(Self { action: format!("{path}/zurueck"), key, person, said })
    }
}
