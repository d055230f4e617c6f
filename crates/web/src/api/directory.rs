// SPDX-License-Identifier: EUPL-1.2
//! Spaces, agencies, resources.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, Nothing, code, id, maybe};
use super::openapi::Doors;
use super::words::{CardCode, Date, Ident, Made, Reference, done};
use crate::kit::parse::CHOICE_MISSING;
use crate::kit::{Asks, Web};
use app::agencies::{self, AgencyLine};
use app::resources::{self, CardView};
use app::territory::{self, SpaceLine};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{CardId, Line, Note, Refusals};
use domain::resources::{CardKind, NewCard};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, tend) = (Asks::For(Action::SeeDirectory), Asks::For(Action::TendResources));
    Doors::default()
        .get("/api/v1/spaces", see, "All social spaces with their regions and teams", spaces)
        .get("/api/v1/agencies", see, "All agencies, in the neutral order of their names", all_agencies)
        .get("/api/v1/resources", see, "Cards of the resource directory", list)
        .post("/api/v1/resources", tend, "Adds a card", add)
        .post("/api/v1/resources/{id}/confirmation", tend, "Confirms that a card is still true", confirm)
}

// In --------------------------------------------------------------------------------------------------

#[derive(Deserialize, IntoParams)]
struct CardQuery {
    /// Beginnings of words; left out: all.
    q: Option<String>,
    /// Id of a space; left out: all.
    space: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
}

impl CardQuery {
    fn after(&self) -> Result<Option<(String, CardId)>, Refusals> {
        let Some(text) = self.after.as_deref() else { return Ok(None) };
        let mark =
            text.split_once('_').and_then(|(id, name)| Some((name.to_owned(), Uuid::parse_str(id).ok()?.into())));
        mark.map(Some).ok_or(Refusals::from(CHOICE_MISSING.broken_at("after")))
    }
}

/// A card of the resource directory.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CardIn {
    #[serde(default)]
    #[schema(required = true)]
    name: String,
    #[serde(default)]
    #[schema(required = true, value_type = CardCode)]
    kind: String,
    #[serde(default)]
    #[schema(required = true)]
    topic: String,
    #[serde(default)]
    #[schema(required = true)]
    about: String,
    /// Left out: everywhere.
    #[schema(value_type = Option<Ident>)]
    space: Option<String>,
    place: Option<String>,
    contact: Option<String>,
}

impl CardIn {
    fn read(&self) -> Result<NewCard, Refusals> {
        let mut wrong = Refusals::default();
        let name = wrong.take("name", Line::parse(&self.name));
        let kind = wrong.take("kind", code(&self.kind, CardKind::from_code));
        let topic = wrong.take("topic", Line::parse(&self.topic));
        let about = wrong.take("about", Note::parse(&self.about));
        let space = wrong.take("space", maybe(self.space.as_deref(), id));
        let place = wrong.take("place", maybe(self.place.as_deref(), Line::parse));
        let contact = wrong.take("contact", maybe(self.contact.as_deref(), Line::parse));
        let value = (|| {
            let (name, kind, topic, about) = (name?, kind?, topic?, about?);
            Some(NewCard { name, kind, topic, about, space: space?, place: place?, contact: contact? })
        })();
        wrong.finish(value)
    }
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

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<CardQuery>,
) -> Result<Json<Cards>, ApiOops> {
    let mut wrong = Refusals::default();
    let space = wrong.take("space", maybe(asked.space.as_deref(), id));
    let (space, after) = (wrong.finish(space)?, asked.after()?);
    let page = resources::list(&web.app, &who.actor, asked.q.unwrap_or_default(), space, after).await?;
    let next = page.next.map(|(name, id)| format!("{id}_{name}"));
    Ok(Json(Cards { resources: page.cards.into_iter().map(CardOut::from).collect(), next }))
}

async fn add(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<CardIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(resources::add(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn confirm(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(resources::confirm(&web.app, &who.actor, Some(sent.key), id).await?))
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

/// A page of the resource directory.
#[derive(Serialize, ToSchema)]
struct Cards {
    resources: Vec<CardOut>,
    /// To be sent as `after` for the next page, if there is one.
    next: Option<String>,
}

/// A card.
#[derive(Serialize, ToSchema)]
struct CardOut {
    id: Ident,
    name: String,
    #[schema(value_type = CardCode)]
    kind: String,
    topic: String,
    about: String,
    space: Option<String>,
    place: Option<String>,
    contact: Option<String>,
    confirmed_on: Date,
}

impl From<CardView> for CardOut {
    fn from(card: CardView) -> Self {
        Self {
            id: card.id.into(),
            name: card.name,
            kind: card.kind,
            topic: card.topic,
            about: card.about,
            space: card.space,
            place: card.place,
            contact: card.contact,
            confirmed_on: card.confirmed_on.into(),
        }
    }
}
