// SPDX-License-Identifier: EUPL-1.2
//! Spaces and agencies.

use super::kit::{ApiOops, ApiUser};
use super::openapi::Doors;
use super::words::Ident;
use crate::kit::{Asks, Web};
use app::agencies::{self, AgencyLine};
use app::territory::{self, SpaceLine};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use serde::Serialize;
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let see = Asks::For(Action::SeeDirectory);
    Doors::default().get("/api/v1/spaces", see, "All social spaces with their regions and teams", spaces).get(
        "/api/v1/agencies",
        see,
        "All agencies, in the neutral order of their names",
        all_agencies,
    )
}

// Handlers --------------------------------------------------------------------------------------------

async fn spaces(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Spaces>, ApiOops> {
    let all = territory::spaces(&web.app, &who.actor).await?;
    Ok(Json(Spaces { spaces: all.into_iter().map(SpaceOut::from).collect() }))
}

async fn all_agencies(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Agencies>, ApiOops> {
    let all = agencies::all(&web.app, &who.actor).await?;
    Ok(Json(Agencies { agencies: all.into_iter().map(AgencyOut::from).collect() }))
}

// Out -------------------------------------------------------------------------------------------------

/// All social spaces.
#[derive(Serialize, ToSchema)]
struct Spaces {
    spaces: Vec<SpaceOut>,
}

/// A social space.
#[derive(Serialize, ToSchema)]
struct SpaceOut {
    id: Ident,
    key: String,
    name: String,
    region: String,
    team: Ident,
    team_name: String,
}

impl From<SpaceLine> for SpaceOut {
    fn from(space: SpaceLine) -> Self {
        Self {
            id: space.id.into(),
            key: space.key,
            name: space.name,
            region: space.region,
            team: space.team.into(),
            team_name: space.team_name,
        }
    }
}

/// All agencies.
#[derive(Serialize, ToSchema)]
struct Agencies {
    agencies: Vec<AgencyOut>,
}

/// An agency.
#[derive(Serialize, ToSchema)]
struct AgencyOut {
    id: Ident,
    name: String,
    /// `independent`, `commercial`, `public`.
    kind: &'static str,
    contact: Option<String>,
    /// Names of the teams it has a seat in.
    seats: Vec<String>,
}

impl From<AgencyLine> for AgencyOut {
    fn from(line: AgencyLine) -> Self {
        let agency = line.agency;
        Self {
            id: agency.id.into(),
            name: agency.name.as_str().to_owned(),
            kind: agency.kind.code(),
            contact: agency.contact.map(|contact| contact.as_str().to_owned()),
            seats: line.seats,
        }
    }
}
