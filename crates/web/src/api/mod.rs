// SPDX-License-Identifier: EUPL-1.2
//! The JSON API under `/api/v1`: the same use cases as the pages, with the same permissions and the same
//! log. Failures are problems (RFC 9457); `docs/api.md` shows how to begin. Read `kit.rs` first.

mod agreements;
mod allocation;
mod applications;
mod areas;
mod budget;
mod care;
mod case_consents;
mod cases;
mod consultation;
mod contracts;
mod deadlines;
mod decision;
mod directory;
mod duties;
mod endings;
mod exchange;
mod exploration;
mod family;
mod forecast;
mod goals;
mod handovers;
mod hour;
mod imports;
mod intake;
mod invoices;
mod keeping;
mod kit;
mod ledger;
mod ledger_in;
mod ledger_words;
mod letter_templates;
mod letters;
mod lived;
mod map;
mod matching;
mod money;
mod network;
mod network_kept;
mod notes;
mod openapi;
mod overload;
mod overview;
mod package;
mod people;
mod places;
mod plan;
mod protection;
mod quarter;
mod reminders;
mod resources;
mod resources_out;
mod rhythms;
mod seals;
mod session;
mod shared;
mod sheets;
mod step_downs;
mod talks;
mod team;
#[cfg(test)]
mod tests;
mod visit_pack;
mod visits;
mod words;
mod workload;

pub use kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser};

use crate::kit::{Asks, Oops, Routes};
use app::Failure;
use axum::Json;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::access::Denied;
use openapi::Doors;
use std::sync::LazyLock;
use utoipa::openapi::OpenApi;

fn doors() -> Doors {
    Doors::default()
        .and(session::doors())
        .and(intake::doors())
        .and(cases::doors())
        .and(exploration::doors())
        .and(family::doors())
        .and(people::doors())
        .and(seals::doors())
        .and(areas::doors())
        .and(handovers::doors())
        .and(endings::doors())
        .and(step_downs::doors())
        .and(applications::doors())
        .and(duties::doors())
        .and(goals::doors())
        .and(notes::doors())
        .and(shared::doors())
        .and(consultation::doors())
        .and(team::doors())
        .and(package::doors())
        .and(plan::doors())
        .and(talks::doors())
        .and(rhythms::doors())
        .and(protection::doors())
        .and(care::doors())
        .and(deadlines::doors())
        .and(letters::doors())
        .and(letter_templates::doors())
        .and(case_consents::doors())
        .and(reminders::doors())
        .and(budget::doors())
        .and(allocation::doors())
        .and(ledger::doors())
        .and(money::doors())
        .and(exchange::doors())
        .and(directory::doors())
        .and(resources::doors())
        .and(keeping::doors())
        .and(matching::doors())
        .and(lived::doors())
        .and(imports::doors())
        .and(agreements::doors())
        .and(hour::doors())
        .and(overload::doors())
        .and(contracts::doors())
        .and(invoices::doors())
        .and(forecast::doors())
        .and(places::doors())
        .and(map::doors())
        .and(quarter::doors())
        .and(network::doors())
        .and(network_kept::doors())
        .and(visits::doors())
        .and(workload::doors())
        .and(sheets::doors())
}

/// The description of the API.
pub static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(|| doors().document());

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    doors().into_routes().get("/api/openapi.json", Asks::Nobody, || async { Json(&*DOCUMENT) })
}

fn is_api(uri: &Uri) -> bool {
    uri.path() == "/api" || uri.path().starts_with("/api/")
}

/// There is nothing under an address: a problem under `/api`, else a page.
pub async fn nothing_here(uri: Uri) -> Response {
    let nothing = Failure::Denied(Denied::Hidden);
    if is_api(&uri) { ApiOops::from(nothing).into_response() } else { Oops::from(nothing).into_response() }
}

/// There is something under an address, but not for this method.
pub async fn wrong_method(uri: Uri) -> Response {
    if is_api(&uri) { ApiOops::WrongMethod.into_response() } else { StatusCode::METHOD_NOT_ALLOWED.into_response() }
}
