// SPDX-License-Identifier: EUPL-1.2
//! Public cards as services of the Human Services Data Specification 3.1 (Open Referral), read only.

use super::ask::Question;
use super::files::all;
use crate::kit::{Oops, Web};
use app::resources::CardRow;
use axum::Json;
use axum::extract::{Query, State};
use domain::resources::{CostKind, Rhythm};
use serde_json::{Map, Value, json};

const MOST: usize = 5_000;

/// Does this field of a card stay inside the office?
pub(super) fn is_inside(field: &str) -> bool {
    matches!(field, "key_person" | "second_person" | "visibility") || field.starts_with("consent")
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn services(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Json<Value>, Oops> {
    let rows = all(&web, asked, (MOST, false)).await?;
    let contents: Vec<Value> = rows.iter().map(|row| service(&web, row)).collect();
    let count = contents.len();
    Ok(Json(json!({
        "total_items": count, "total_pages": 1, "page_number": 1, "size": count, "first_page": true, "last_page": true,
        "empty": count == 0, "contents": contents
    })))
}

// Texts -----------------------------------------------------------------------------------------------

/// An id that follows from the card's and the place of the part in it: the same every time.
fn part(row: &CardRow, name: &str) -> String {
    crate::kit::form::fingerprint(name, row.id.0.as_bytes()).to_string()
}

fn put(map: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        map.insert(name.to_owned(), value);
    }
}

fn text(line: &Option<domain::kernel::Line>) -> Option<Value> {
    line.as_ref().map(|line| line.as_str().into())
}

fn service(web: &Web, row: &CardRow) -> Value {
    let card = &row.content;
    let mut map = Map::new();
    map.insert("id".into(), row.id.to_string().into());
    map.insert("name".into(), card.name.as_str().into());
    map.insert("status".into(), "active".into());
    map.insert("description".into(), card.about.as_str().into());
    map.insert("assured_date".into(), row.confirmed_on.to_string().into());
    put(&mut map, "url", text(&card.web).filter(|url| url.as_str().is_some_and(|url| url.starts_with("http"))));
    put(&mut map, "eligibility_description", text(&card.conditions));
    put(&mut map, "minimum_age", card.age_from.map(Value::from));
    put(&mut map, "maximum_age", card.age_to.map(Value::from));
    put(&mut map, "fees_description", text(&card.cost_note));
    let office = json!({ "id": web.app.office().to_string(), "name": &*web.office, "description": &*web.office });
    map.insert("organization".into(), office);
    map.insert("languages".into(), languages(row));
    map.insert("schedules".into(), schedules(row));
    map.insert("service_at_locations".into(), places(row));
    map.insert("attributes".into(), attributes(row));
    put(&mut map, "capacities", card.free_places.map(|free| capacities(row, free)));
    put(
        &mut map,
        "cost_options",
        card.cost
            .filter(|cost| *cost == CostKind::Free)
            .map(|_| json!([{ "id": part(row, "cost"), "amount": 0, "currency": "EUR" }])),
    );
    put(
        &mut map,
        "contacts",
        text(&card.contact).map(|contact| json!([{ "id": part(row, "contact"), "name": contact }])),
    );
    Value::Object(map)
}

fn languages(row: &CardRow) -> Value {
    let language = |one: &domain::resources::Language| json!({ "id": part(row, &format!("language-{}", one.code())), "code": one.code() });
    row.content.languages.iter().map(language).collect()
}

fn schedules(row: &CardRow) -> Value {
    let schedule = |(number, time): (usize, &domain::resources::Schedule)| {
        let clock = |minute: i32| format!("{:02}:{:02}:00Z", minute / 60 % 24, minute % 60);
        let rule = time.to_rfc5545();
        let by_day = rule.split("BYDAY=").nth(1).and_then(|rest| rest.split(';').next()).map(Value::from);
        let mut map = Map::new();
        map.insert("id".into(), part(row, &format!("schedule-{number}")).into());
        map.insert("opens_at".into(), clock(time.from).trim_end_matches('Z').into());
        put(&mut map, "closes_at", time.to.map(|to| clock(to).trim_end_matches('Z').into()));
        put(&mut map, "until", time.until.map(|day| day.to_string().into()));
        put(&mut map, "byday", by_day);
        match time.rhythm {
            Rhythm::Once(day) => put(&mut map, "dtstart", Some(day.to_string().into())),
            Rhythm::Weekly { every, since, .. } => {
                map.insert("freq".into(), "WEEKLY".into());
                map.insert("interval".into(), every.into());
                put(&mut map, "dtstart", since.map(|day| day.to_string().into()));
            }
            Rhythm::Monthly { .. } => put(&mut map, "freq", Some("MONTHLY".into())),
        }
        map.insert("description".into(), time.german().into());
        Value::Object(map)
    };
    row.content.times.iter().enumerate().map(schedule).collect()
}

fn places(row: &CardRow) -> Value {
    let mut location = Map::new();
    location.insert("id".into(), part(row, "location").into());
    location.insert("location_type".into(), "physical".into());
    put(&mut location, "name", row.space_name.clone().map(Value::from));
    let degrees = row
        .content
        .point
        .as_ref()
        .map(|line| line.as_str().split([',', ';']).map(|part| part.trim().parse::<f64>().ok()));
    if let Some(mut degrees) = degrees {
        put(&mut location, "latitude", degrees.next().flatten().map(Value::from));
        put(&mut location, "longitude", degrees.next().flatten().map(Value::from));
    }
    if let Some(place) = &row.content.place {
        let address = json!({
            "id": part(row, "address"), "address_1": place.as_str(), "city": "", "state_province": "", "postal_code": "",
            "country": "DE", "address_type": "physical"
        });
        location.insert("addresses".into(), json!([address]));
    }
    let barrier = |one: &domain::resources::Barrier| json!({ "id": part(row, &format!("barrier-{}", one.code())), "description": one.code() });
    location.insert("accessibility".into(), row.content.barriers.iter().map(barrier).collect());
    json!([{ "id": part(row, "place"), "location": location }])
}

/// Topics and paragraphs as terms of the German profile.
fn attributes(row: &CardRow) -> Value {
    let term = |list: &str, code: &str| {
        json!({
            "id": part(row, &format!("attribute-{list}-{code}")), "link_type": list, "link_entity": "service", "value": code,
            "taxonomy_term": { "id": part(row, &format!("term-{list}-{code}")), "code": code, "name": code, "description": list }
        })
    };
    let topics = row.content.topics.iter().map(|topic| term("topic", topic.code()));
    let basis = row.content.basis.iter().map(|basis| term("sgb8", basis.code()));
    topics.chain(basis).chain([term("kind", row.content.kind.code())]).collect()
}

fn capacities(row: &CardRow, free: i64) -> Value {
    let unit = json!({ "id": part(row, "unit"), "name": "places" });
    json!([{ "id": part(row, "capacity"), "available": free, "updated": format!("{}T00:00:00Z", row.confirmed_on), "unit": unit }])
}
