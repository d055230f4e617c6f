// SPDX-License-Identifier: EUPL-1.2
//! Resource check, network map and genogram: as they are now, and their versions.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, code, id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Made, ResourceUseCode, StrengthCode, ThirdPartyCode};
use crate::kit::{Asks, Web};
use app::casework::exploration::{Sheets, Version};
use app::casework::{genogram, network, resource_check};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::genogram::{Genogram, GenogramEdit};
use domain::casework::network::{Measures, NetworkEdit, NetworkMap, measure};
use domain::casework::{CheckEdit, CheckEntry, Field, ResourceCheck, ResourceUse, ThirdParty};
use domain::kernel::{CaseId, Day, Line, PersonId, Refusals};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/resource-check", see, "The resource check with its versions", check)
        .post("/api/v1/cases/{id}/resource-check", work, "Writes the resource check", write_check)
        .post("/api/v1/cases/{id}/resource-check/versions", work, "Fixes the resource check of a day", fix_check)
        .get("/api/v1/cases/{id}/network", see, "A person's network map with its versions, as easyNWK writes it", map)
        .post("/api/v1/cases/{id}/network", work, "Writes a network map, as easyNWK writes it", write_map)
        .post("/api/v1/cases/{id}/network/versions", work, "Fixes the network map of a day", fix_map)
        .get("/api/v1/cases/{id}/genogram", see, "The genogram with its versions", drawing)
        .post("/api/v1/cases/{id}/genogram", work, "Writes the genogram", write_drawing)
        .post("/api/v1/cases/{id}/genogram/versions", work, "Fixes the genogram of a day", fix_drawing)
}

// In --------------------------------------------------------------------------------------------------

/// An entry of the resource check.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EntryIn {
    #[schema(value_type = StrengthCode)]
    field: String,
    words: String,
    owner: Option<String>,
    #[schema(value_type = ResourceUseCode)]
    used: String,
    #[schema(value_type = ThirdPartyCode)]
    third: String,
}

/// The whole resource check.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckIn {
    #[serde(default)]
    #[schema(required = true)]
    entries: Vec<EntryIn>,
}

impl CheckIn {
    fn read(&self) -> Result<ResourceCheck, Refusals> {
        let mut wrong = Refusals::default();
        let mut entries = Vec::new();
        for one in &self.entries {
            let field = wrong.take("field", code(&one.field, Field::from_code));
            let words = wrong.take("words", Line::parse(&one.words));
            let owner = wrong.take("owner", maybe(one.owner.as_deref(), Line::parse));
            let used = wrong.take("used", code(&one.used, ResourceUse::from_code));
            let third = wrong.take("third", code(&one.third, ThirdParty::from_code));
            entries.extend((|| {
                Some(CheckEntry { id: 0, field: field?, words: words?, owner: owner?, used: used?, third: third? })
            })());
        }
        wrong.finish(Some(ResourceCheck { entries }))
    }
}

/// Of which day a version is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FixIn {
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    dated_on: String,
    /// Whose network map; not read for other sheets.
    #[schema(value_type = Option<Ident>)]
    person: Option<String>,
}

impl FixIn {
    fn day(&self) -> Result<Day, Refusals> {
        let mut wrong = Refusals::default();
        let day = wrong.take("dated_on", Day::parse(&self.dated_on));
        wrong.finish(day)
    }

    fn person(&self) -> Result<PersonId, Refusals> {
        read_person(self.person.as_deref().unwrap_or_default())
    }
}

fn read_person(text: &str) -> Result<PersonId, Refusals> {
    let mut wrong = Refusals::default();
    let person = wrong.take("person", id(text));
    wrong.finish(person)
}

/// A network map of a person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MapIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    person: String,
    /// `{ego, alteri, connections}` as easyNWK writes it; the one in the middle stays the person of the case.
    #[serde(default)]
    #[schema(required = true, value_type = Object)]
    map: Value,
}

/// A genogram.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GenogramIn {
    /// `{people, unions, descents}` as it is given out.
    #[serde(default)]
    #[schema(required = true, value_type = Object)]
    drawing: Value,
}

/// Whose network map; the young person's without it.
#[derive(Deserialize, IntoParams)]
struct Whose {
    #[param(value_type = Option<Ident>)]
    person: Option<String>,
}

// Handlers --------------------------------------------------------------------------------------------

async fn check(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<SheetOut>, ApiOops> {
    let shown = resource_check::page(&web.app, &who.actor, case).await?;
    Ok(Json(SheetOut::of(&shown.sheets, check_json)))
}

async fn write_check(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<CheckIn>,
) -> Result<Made, ApiOops> {
    let edit = CheckEdit::Whole(sent.body.read()?);
    Ok(Made::new(resource_check::edit(&web.app, &who.actor, Some(sent.key), case, edit).await?))
}

async fn fix_check(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<FixIn>,
) -> Result<Made, ApiOops> {
    let day = sent.body.day()?;
    Ok(Made::new(resource_check::fix(&web.app, &who.actor, Some(sent.key), case, day).await?))
}

async fn map(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    ApiQuery(whose): ApiQuery<Whose>,
) -> Result<Json<MapOut>, ApiOops> {
    let person = whose.person.as_deref().map(read_person).transpose()?;
    let shown = network::page(&web.app, &who.actor, case, person).await?;
    let sheets = shown.page.sheets;
    let measures = measure(&sheets.now).into();
    Ok(Json(MapOut { person: shown.ego.id.into(), measures, sheet: SheetOut::of(&sheets, map_json) }))
}

async fn write_map(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<MapIn>,
) -> Result<Made, ApiOops> {
    let person = read_person(&sent.body.person)?;
    let known = network::page(&web.app, &who.actor, case, Some(person)).await?.page.sheets.now.ego;
    let map = NetworkMap { ego: known, ..network::read(&sent.body.map.to_string())? };
    let edit = NetworkEdit::Whole(Box::new(map));
    Ok(Made::new(network::edit(&web.app, &who.actor, Some(sent.key), (case, person), edit).await?))
}

async fn fix_map(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<FixIn>,
) -> Result<Made, ApiOops> {
    let (person, day) = (sent.body.person()?, sent.body.day()?);
    Ok(Made::new(network::fix(&web.app, &who.actor, Some(sent.key), (case, person), day).await?))
}

async fn drawing(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<SheetOut>, ApiOops> {
    let shown = genogram::page(&web.app, &who.actor, case).await?;
    Ok(Json(SheetOut::of(&shown.sheets, genogram_json)))
}

async fn write_drawing(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<GenogramIn>,
) -> Result<Made, ApiOops> {
    let edit = GenogramEdit::Whole(Box::new(genogram::read(&sent.body.drawing.to_string())?));
    Ok(Made::new(genogram::edit(&web.app, &who.actor, Some(sent.key), case, edit).await?))
}

async fn fix_drawing(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<FixIn>,
) -> Result<Made, ApiOops> {
    let day = sent.body.day()?;
    Ok(Made::new(genogram::fix(&web.app, &who.actor, Some(sent.key), case, day).await?))
}

// Out -------------------------------------------------------------------------------------------------

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn map_json(map: &NetworkMap) -> Value {
    parsed(&network::json(map))
}

fn genogram_json(drawn: &Genogram) -> Value {
    parsed(&genogram::json(drawn))
}

fn check_json(check: &ResourceCheck) -> Value {
    let entry = |one: &CheckEntry| {
        serde_json::json!({
            "field": one.field.code(), "words": one.words.as_str(), "owner": one.owner.as_ref().map(Line::as_str),
            "used": one.used.code(), "third": one.third.code(),
        })
    };
    serde_json::json!({ "entries": check.entries.iter().map(entry).collect::<Vec<_>>() })
}

/// A sheet as it is now, with its versions.
#[derive(Serialize, ToSchema)]
struct SheetOut {
    /// As it is worked on, in the form in which it is written.
    #[schema(value_type = Object)]
    now: Value,
    /// Is something on it that is not fixed yet?
    open: bool,
    /// Newest first.
    versions: Vec<SheetVersionOut>,
}

impl SheetOut {
    fn of<S>(sheets: &Sheets<S>, json: fn(&S) -> Value) -> Self {
        let version = |one: &Version<S>| SheetVersionOut {
            number: one.number,
            dated_on: one.dated_on.into(),
            fixed_by: one.fixed_by.clone(),
            sheet: json(&one.sheet),
        };
        Self {
            now: json(&sheets.now),
            open: sheets.open.is_some(),
            versions: sheets.versions.iter().map(version).collect(),
        }
    }
}

/// A version of a sheet.
#[derive(Serialize, ToSchema)]
struct SheetVersionOut {
    number: i64,
    dated_on: Date,
    fixed_by: String,
    #[schema(value_type = Object)]
    sheet: Value,
}

/// A network map.
#[derive(Serialize, ToSchema)]
struct MapOut {
    person: Ident,
    measures: MeasuresOut,
    sheet: SheetOut,
}

/// What can be counted on the map as it is now.
#[derive(Serialize, ToSchema)]
struct MeasuresOut {
    size: usize,
    connectable: usize,
    links: usize,
    /// In thousandths; nothing with fewer than two people.
    density_thousandths: Option<i64>,
    degree_tenths: Option<i64>,
    nearness_tenths: Option<i64>,
    /// Numbers of contacts.
    stars: Vec<u32>,
    isolated: Vec<u32>,
    dormant: Vec<u32>,
}

impl From<Measures> for MeasuresOut {
    fn from(found: Measures) -> Self {
        Self {
            size: found.size,
            connectable: found.connectable,
            links: found.links,
            density_thousandths: found.density,
            degree_tenths: found.degree,
            nearness_tenths: found.nearness,
            stars: found.stars,
            isolated: found.isolated,
            dormant: found.dormant,
        }
    }
}
