// SPDX-License-Identifier: EUPL-1.2
//! Where an address belongs on a day; profiles of spaces.

use super::kit::{ApiId, ApiOops, ApiQuery, ApiUser, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident};
use crate::kit::{Asks, Web};
use app::territory;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{Day, Refusals, SpaceId};
use domain::territory::{Address, How, Located};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
pub fn doors() -> Doors {
    let see = Asks::For(Action::SeeDirectory);
    Doors::default().get("/api/v1/whereabouts", see, "Which space an address belongs to on a day", whereabouts).get(
        "/api/v1/spaces/{id}",
        see,
        "The profile of a space, small numbers protected",
        profile,
    )
}

// In --------------------------------------------------------------------------------------------------

#[derive(Deserialize, IntoParams)]
struct Where {
    /// As somebody told it: `Lindenweg 12`, or `53.6051, 9.9123`.
    address: String,
    /// Left out: today.
    on: Option<String>,
}

// Handlers --------------------------------------------------------------------------------------------

async fn whereabouts(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<Where>,
) -> Result<Json<WhereOut>, ApiOops> {
    let mut wrong = Refusals::default();
    let on = wrong.take("on", maybe(asked.on.as_deref(), Day::parse));
    let on = wrong.finish(on)?.unwrap_or_else(|| web.app.today());
    let found = territory::find_space(&web.app, &who.actor, Address::read(&asked.address), on).await?;
    Ok(Json(WhereOut::of(found, on)))
}

async fn profile(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<SpaceId>,
) -> Result<Json<ProfileOut>, ApiOops> {
    let seen = territory::profile(&web.app, &who.actor, id).await?;
    let figures = seen.figures.into_iter().map(|(figure, hidden)| FigureOut {
        name: figure.name,
        hundredths: Some(figure.value.hundredths()).filter(|_| !hidden),
        unit: figure.unit,
        source: figure.source,
        as_of: figure.as_of.into(),
    });
    Ok(Json(ProfileOut {
        id: id.into(),
        name: seen.space.name,
        region: seen.space.region,
        team: seen.space.team_name,
        in_force: seen.in_force,
        figures: figures.collect(),
        agencies: seen.seats.into_iter().map(|agency| agency.name.as_str().to_owned()).collect(),
        partners: seen.partners.into_iter().map(|partner| partner.name).collect(),
    }))
}

// Out -------------------------------------------------------------------------------------------------

/// Where an address belongs on a day.
#[derive(Serialize, ToSchema)]
struct WhereOut {
    on: Date,
    /// `street`, `inside`, `border`, `ambiguous`, `outside`, `unknown`.
    found: &'static str,
    /// The space, or those it may be.
    spaces: Vec<Ident>,
}

impl WhereOut {
    fn of(found: Located, on: Day) -> Self {
        let (found, spaces) = match found {
            Located::In { space, how: How::Street } => ("street", vec![space]),
            Located::In { space, how: How::Inside } => ("inside", vec![space]),
            Located::In { space, how: How::Border } => ("border", vec![space]),
            Located::Ambiguous(spaces) => ("ambiguous", spaces),
            Located::OutsideDistrict => ("outside", Vec::new()),
            Located::Unknown => ("unknown", Vec::new()),
        };
        Self { on: on.into(), found, spaces: spaces.into_iter().map(Ident::from).collect() }
    }
}

/// The profile of a space.
#[derive(Serialize, ToSchema)]
struct ProfileOut {
    id: Ident,
    name: String,
    region: String,
    team: String,
    /// Has it an area today?
    in_force: bool,
    figures: Vec<FigureOut>,
    /// Agencies with a seat in its team.
    agencies: Vec<String>,
    partners: Vec<String>,
}

/// A figure of a space.
#[derive(Serialize, ToSchema)]
struct FigureOut {
    name: String,
    /// The value times one hundred; nothing where it could be somebody.
    hundredths: Option<i64>,
    unit: Option<String>,
    source: String,
    as_of: Date,
}
