// SPDX-License-Identifier: EUPL-1.2
//! Taking back the last change of a sheet of exploration that is not fixed yet.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, id};
use super::openapi::Doors;
use super::words::{Ident, Made};
use crate::kit::{Asks, Web};
use app::casework::{genogram, network, resource_check};
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{CaseId, Refusals};
use serde::Deserialize;
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let work = Asks::For(Action::WorkOnCase);
    Doors::default()
        .post("/api/v1/cases/{id}/resource-check/undo", work, "Takes back the last change of the check", check)
        .post("/api/v1/cases/{id}/network/undo", work, "Takes back the last change of a network map", map)
        .post("/api/v1/cases/{id}/genogram/undo", work, "Takes back the last change of the genogram", drawing)
}

/// Whose network map.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MapUndoIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    person: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn check(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<Nothing>,
) -> Result<Made, ApiOops> {
    Ok(Made::new(resource_check::undo(&web.app, &who.actor, Some(sent.key), case).await?))
}

async fn map(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<MapUndoIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let person = wrong.take("person", id(&sent.body.person));
    let person = wrong.finish(person)?;
    Ok(Made::new(network::undo(&web.app, &who.actor, Some(sent.key), (case, person)).await?))
}

async fn drawing(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<Nothing>,
) -> Result<Made, ApiOops> {
    Ok(Made::new(genogram::undo(&web.app, &who.actor, Some(sent.key), case).await?))
}
