// SPDX-License-Identifier: EUPL-1.2
//! The lived space of the people of a case.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, code, id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::casework::lived_space::{self, LivedPage, LivedPlaceView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{Company, LivedKind, Mobility, NewLivedPlace, Way};
use domain::kernel::{CaseId, Day, Line, LivedPlaceId, PersonId, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let work = Asks::For(Action::WorkOnCase);
    Doors::default()
        .get("/api/v1/cases/{id}/lived-space", Asks::For(Action::SeeCase), "Places of everyday life and ways", one)
        .post("/api/v1/cases/{id}/lived-space", work, "Records a place of somebody's everyday life", add)
        .post("/api/v1/cases/{id}/lived-space/reach", work, "Records how far somebody may go alone", say_reach)
        .post("/api/v1/lived-places/{id}/end", work, "A place is no longer one", end)
}

/// A place. `place` and `point` are refused where an address of the case is protected.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlaceIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    person: String,
    /// `school`, `day-care`, `friends`, `kin`, `club`, `outdoors`, `health`, `work`, `faith`, `other`.
    #[serde(default)]
    #[schema(required = true)]
    kind: String,
    #[serde(default)]
    #[schema(required = true)]
    name: String,
    place: Option<String>,
    /// Latitude and longitude, `53.6051, 9.9123`.
    point: Option<String>,
    /// `foot`, `bike`, `transit`, `car`.
    #[serde(default)]
    #[schema(required = true)]
    way: String,
    /// `alone`, `with`, `not-yet`.
    #[serde(default)]
    #[schema(required = true)]
    company: String,
    by_whom: Option<String>,
    minutes: Option<i64>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    told_on: String,
}

impl PlaceIn {
    fn read(&self) -> Result<NewLivedPlace, Refusals> {
        let mut wrong = Refusals::default();
        let (person, name) = (wrong.take("person", id(&self.person)), wrong.take("name", Line::parse(&self.name)));
        let kind = wrong.take("kind", code(&self.kind, LivedKind::from_code));
        let way = wrong.take("way", code(&self.way, Way::from_code));
        let company = wrong.take("company", code(&self.company, Company::from_code));
        let mut line = |field, text: &Option<String>| wrong.take(field, maybe(text.as_deref(), Line::parse));
        let (place, point, by_whom) =
            (line("place", &self.place), line("point", &self.point), line("by_whom", &self.by_whom));
        let told_on = wrong.take("told_on", Day::parse(&self.told_on));
        let new = (|| {
            Some(NewLivedPlace {
                person: person?,
                kind: kind?,
                name: name?,
                place: place?,
                point: point?,
                way: way?,
                company: company?,
                by_whom: by_whom?,
                minutes: self.minutes,
                told_on: told_on?,
            })
        })();
        wrong.finish(new)
    }
}

/// How far somebody may go alone; 0: nowhere.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReachIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    person: String,
    #[serde(default)]
    #[schema(required = true)]
    metres: i64,
    words: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    said_on: String,
}

impl ReachIn {
    fn read(&self) -> Result<(PersonId, Mobility), Refusals> {
        let mut wrong = Refusals::default();
        let person = wrong.take("person", id(&self.person));
        let words = wrong.take("words", maybe(self.words.as_deref(), Line::parse));
        let said_on = wrong.take("said_on", Day::parse(&self.said_on));
        let said = (|| Some((person?, Mobility { metres: self.metres, words: words?, said_on: said_on? })))();
        wrong.finish(said)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn one(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<LivedSpace>, ApiOops> {
    Ok(Json(LivedSpace::from(lived_space::page(&web.app, &who.actor, case).await?)))
}

async fn add(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<PlaceIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(lived_space::add_place(&web.app, &who.actor, Some(sent.key), (case, new)).await?))
}

async fn say_reach(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<ReachIn>,
) -> Result<Json<Reference>, ApiOops> {
    let (person, said) = sent.body.read()?;
    Ok(done(lived_space::say_reach(&web.app, &who.actor, Some(sent.key), (case, person), said).await?))
}

async fn end(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(place): ApiId<LivedPlaceId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(lived_space::end_place(&web.app, &who.actor, Some(sent.key), place).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The lived space of a case.
#[derive(Serialize, ToSchema)]
struct LivedSpace {
    places: Vec<PlaceOut>,
    /// Places that were.
    past: Vec<PlaceOut>,
    reaches: Vec<ReachOut>,
}

/// A place.
#[derive(Serialize, ToSchema)]
struct PlaceOut {
    id: Ident,
    person: Ident,
    kind: &'static str,
    name: String,
    place: Option<String>,
    point: Option<String>,
    way: &'static str,
    company: &'static str,
    by_whom: Option<String>,
    minutes: Option<i64>,
    told_on: Date,
    ended_on: Option<Date>,
}

/// How far somebody may go alone.
#[derive(Serialize, ToSchema)]
struct ReachOut {
    person: Ident,
    metres: i64,
    words: Option<String>,
    said_on: Date,
}

impl From<LivedPlaceView> for PlaceOut {
    fn from(place: LivedPlaceView) -> Self {
        Self {
            id: place.id.into(),
            person: place.person.into(),
            kind: place.kind.code(),
            name: place.name,
            place: place.place,
            point: place.point,
            way: place.way.code(),
            company: place.company.code(),
            by_whom: place.by_whom,
            minutes: place.minutes,
            told_on: place.told_on.into(),
            ended_on: place.ended_on.map(Date::from),
        }
    }
}

impl From<LivedPage> for LivedSpace {
    fn from(shown: LivedPage) -> Self {
        let reach = |(person, said): (PersonId, Mobility)| ReachOut {
            person: person.into(),
            metres: said.metres,
            words: said.words.map(|words| words.as_str().to_owned()),
            said_on: said.said_on.into(),
        };
        Self {
            places: shown.places.into_iter().map(PlaceOut::from).collect(),
            past: shown.past.into_iter().map(PlaceOut::from).collect(),
            reaches: shown.reaches.into_iter().map(reach).collect(),
        }
    }
}
