// SPDX-License-Identifier: EUPL-1.2
//! New cuts of the spaces.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing};
use super::openapi::Doors;
use super::words::{Date, Ident, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::territory::{self, Draft, NewRecut, Preview, Upload};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{Day, Line, Note, RecutId, Refusals};
use domain::territory::Whereabouts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
pub fn doors() -> Doors {
    let (see, manage) = (Asks::For(Action::SeeDirectory), Asks::For(Action::ManageTerritory));
    Doors::default()
        .get("/api/v1/recuts", see, "New cuts of the spaces, planned and in force", recuts)
        .post("/api/v1/recuts", manage, "Hands a new cut in as a draft", hand_in)
        .get("/api/v1/recuts/{id}", see, "What a new cut changes, small numbers protected", recut)
        .post("/api/v1/recuts/{id}/plan", manage, "Plans a draft for its day", plan)
        .post("/api/v1/recuts/{id}/withdrawal", manage, "Takes a draft or a plan back", withdraw)
}

// In --------------------------------------------------------------------------------------------------

/// A new cut with its files as texts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecutIn {
    title: String,
    #[schema(value_type = Date)]
    valid_from: String,
    /// GeoJSON of all spaces.
    boundaries: String,
    /// Field of the key; left out: `schluessel`.
    key_field: Option<String>,
    /// Field of the name; left out: `name`.
    name_field: Option<String>,
    region_field: Option<String>,
    /// The tables `-zu` and `-ra`, both or none.
    streets_zu: Option<String>,
    streets_ra: Option<String>,
    /// A table of addresses to try it with.
    points: Option<String>,
}

impl RecutIn {
    fn read(self) -> Result<Draft, Refusals> {
        let mut wrong = Refusals::default();
        let title = wrong.take("title", Line::parse(&self.title));
        let valid_from = wrong.take("valid_from", Day::parse(&self.valid_from));
        let upload = |name: &str, text: String| Upload { name: name.to_owned(), bytes: text.into_bytes() };
        let (key_field, name_field) = (self.key_field, self.name_field);
        let value = (|| {
            let new = NewRecut {
                title: title?,
                valid_from: valid_from?,
                key_field: key_field.unwrap_or_else(|| "schluessel".to_owned()),
                name_field: name_field.unwrap_or_else(|| "name".to_owned()),
                region_field: self.region_field,
            };
            let streets = self.streets_zu.zip(self.streets_ra);
            let streets = streets.map(|(zu, ra)| (upload("zu.csv", zu), upload("ra.csv", ra)));
            let points = self.points.map(|points| upload("points.csv", points));
            Some(Draft { new, spaces: upload("boundaries.geojson", self.boundaries), streets, points })
        })();
        wrong.finish(value)
    }
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecutWhyIn {
    why: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn recuts(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Recuts>, ApiOops> {
    let all = territory::recuts(&web.app, &who.actor).await?;
    let out = all.into_iter().map(|line| RecutLineOut {
        id: line.recut.id.into(),
        title: line.recut.title,
        valid_from: line.recut.valid_from.into(),
        state: line.recut.state.code(),
        in_force: line.in_force,
    });
    Ok(Json(Recuts { recuts: out.collect() }))
}

async fn hand_in(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<RecutIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(territory::draft(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn recut(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<RecutId>,
) -> Result<Json<RecutOut>, ApiOops> {
    Ok(Json(RecutOut::of(territory::preview(&web.app, &who.actor, id).await?)))
}

async fn plan(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<RecutId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(territory::plan(&web.app, &who.actor, Some(sent.key), id).await?))
}

fn why(text: &str) -> Result<Note, Refusals> {
    let mut wrong = Refusals::default();
    let why = wrong.take("why", Note::parse(text));
    wrong.finish(why)
}

async fn withdraw(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<RecutId>,
    sent: ApiJson<RecutWhyIn>,
) -> Result<Json<Reference>, ApiOops> {
    let why = why(&sent.body.why)?;
    Ok(done(territory::withdraw(&web.app, &who.actor, Some(sent.key), id, why).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// New cuts.
#[derive(Serialize, ToSchema)]
struct Recuts {
    recuts: Vec<RecutLineOut>,
}

/// A new cut.
#[derive(Serialize, ToSchema)]
struct RecutLineOut {
    id: Ident,
    title: String,
    valid_from: Date,
    /// `draft`, `planned`, `withdrawn`.
    state: &'static str,
    in_force: bool,
}

/// What a new cut changes.
#[derive(Serialize, ToSchema)]
struct RecutOut {
    id: Ident,
    title: String,
    valid_from: Date,
    /// `draft`, `planned`, `withdrawn`.
    state: &'static str,
    in_force: bool,
    /// German sentences about its files, the gravest first.
    findings: Vec<String>,
    new_spaces: Vec<String>,
    gone: Vec<String>,
    /// Areas that change hands; missing where it cannot be told.
    areas: Option<Vec<AreaOut>>,
    streets: usize,
    /// Addresses of the list that change spaces, ask for a person, fall out.
    addresses: Option<AddressesOut>,
    /// Missing for readers who plan nothing and see no case.
    families: Option<Vec<WayOut>>,
}

/// An area that changes hands.
#[derive(Serialize, ToSchema)]
struct AreaOut {
    from: Option<Ident>,
    to: Option<Ident>,
    square_metres: u64,
}

/// What the list of addresses says.
#[derive(Serialize, ToSchema)]
struct AddressesOut {
    total: u64,
    moved: u64,
    unclear: u64,
    lost: u64,
}

/// From where to where, and how many.
#[derive(Serialize, ToSchema)]
struct WayOut {
    from: Option<Ident>,
    to: Option<Ident>,
    /// Nothing where it could be one family, or give one away.
    count: Option<usize>,
}

impl RecutOut {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "areas are whole and never negative")]
    fn of(seen: Preview) -> Self {
        let area = |one: domain::territory::AreaMove| AreaOut {
            from: one.from.map(Ident::from),
            to: one.to.map(Ident::from),
            square_metres: one.square_metres.round() as u64,
        };
        let way = |one: territory::Family| WayOut {
            from: one.from.map(Ident::from),
            to: if let Whereabouts::In(space) = one.to { Some(space.into()) } else { None },
            count: one.count,
        };
        let addresses = seen.addresses.map(|list| AddressesOut {
            total: list.total,
            moved: list.moved,
            unclear: list.unclear,
            lost: list.lost,
        });
        Self {
            id: seen.recut.id.into(),
            title: seen.recut.title,
            valid_from: seen.recut.valid_from.into(),
            state: seen.recut.state.code(),
            in_force: seen.in_force,
            findings: seen.findings.iter().filter(|_| seen.may_manage).map(|finding| finding.german()).collect(),
            new_spaces: seen.new_spaces,
            gone: seen.gone,
            areas: seen.areas.map(|areas| areas.into_iter().map(area).collect()),
            streets: seen.streets.len(),
            addresses,
            families: seen.families.map(|families| families.into_iter().map(way).collect()),
        }
    }
}
