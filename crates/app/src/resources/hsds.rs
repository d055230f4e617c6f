// SPDX-License-Identifier: EUPL-1.2
//! Cards as services of the Human Services Data Specification 3.1, after the German profile (`docs/hsds-profil.md`):
//! what has no field there is an attribute with a term of our own list. Key persons, consents and facts of § 72a have no
//! place in it at all.

use super::CardRow;
use domain::kernel::Line;
use domain::resources::{Basis, CardKind, CostKind, Language, Rhythm, Schedule, Topic, Visibility};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The version that is written.
pub const WRITTEN: &str = "3.1";
/// Name of our list of terms.
pub(super) const LIST: &str = "Sozialraum DE";
/// Times are told as the clocks in the town show them.
pub(super) const LOCAL: &str = "Ortszeit Europe/Berlin";
/// Plain German has no code of its own.
pub(super) const PLAIN: &str = "Leichte Sprache";
/// What must be there, must not be empty in a table, and stands on no card: the Land of an address.
const UNKNOWN: &str = "unbekannt";
/// Fields without a place of their own; their words stand in an attribute.
pub(super) const ELSEWHERE: [&str; 3] = ["keywords", "waiting", "web"];

/// Who publishes, and the words for codes, by their message.
pub struct Writer<'a> {
    /// The office.
    pub office: Uuid,
    /// Its name.
    pub name: &'a str,
    /// The word for `topic-sport` and the like.
    pub word: &'a (dyn Fn(&str) -> String + Sync),
}

/// An id that follows from another and the name of the part: the same every time.
pub(super) fn part(of: Uuid, name: &str) -> String {
    let digest = Sha256::new().chain_update("hsds\0").chain_update(of.as_bytes()).chain_update(name).finalize();
    let mut first = [0_u8; 16];
    first.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(first).into_uuid().to_string()
}

/// The id of a term.
fn term_id(list: &str, code: &str) -> String {
    part(Uuid::nil(), &format!("term-{list}-{code}"))
}

fn put(map: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        map.insert(name.to_owned(), value);
    }
}

fn text(line: &Option<Line>) -> Option<Value> {
    line.as_ref().map(|line| line.as_str().into())
}

fn list(map: &mut Map<String, Value>, name: &str, all: Vec<Value>) {
    if !all.is_empty() {
        map.insert(name.to_owned(), all.into());
    }
}

/// HSDS has ISO 639: `gsg` is German sign language; plain German is German with a note.
pub(super) fn language_code(language: Language) -> (&'static str, Option<&'static str>) {
    match language {
        Language::Signs => ("gsg", None),
        Language::Plain => ("de", Some(PLAIN)),
        other => (other.code(), None),
    }
}

/// `Weg 1, 22844 Ort` in its parts, if putting them together gives the same again.
pub(super) fn address_parts(place: &str) -> Option<(&str, &str, &str)> {
    let (street, rest) = place.rsplit_once(", ")?;
    let (code, town) = rest.split_once(' ')?;
    let five = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit());
    (five && !street.is_empty() && !town.trim().is_empty()).then_some((street, code, town))
}

impl Writer<'_> {
    /// A service with all that belongs to it.
    #[must_use]
    pub fn service(&self, row: &CardRow) -> Value {
        let (card, of) = (&row.content, row.id.0);
        let id = of.to_string();
        let mut map = self.basic(row);
        map.insert("organization".into(), self.provider(row));
        list(&mut map, "languages", languages(row));
        list(&mut map, "schedules", schedules(row));
        list(&mut map, "service_at_locations", self.place(row).into_iter().collect());
        list(&mut map, "service_areas", area(row).into_iter().collect());
        list(&mut map, "attributes", self.attributes(row));
        if let Some(free) = card.free_places {
            let unit = json!({ "id": term_id("unit", "places"), "name": (self.word)("trade-unit-places") });
            let updated = format!("{}T00:00:00Z", row.confirmed_on);
            let unit_id = unit["id"].clone();
            let one = json!({ "id": part(of, "capacity"), "service_id": id, "available": free, "updated": updated, "unit": unit, "unit_id": unit_id });
            map.insert("capacities".into(), json!([one]));
        }
        if card.cost == Some(CostKind::Free) {
            let free = json!({ "id": part(of, "cost"), "service_id": id, "amount": 0, "currency": "EUR" });
            map.insert("cost_options".into(), json!([free]));
        }
        if let Some(contact) = &card.contact {
            let one = json!({ "id": part(of, "contact"), "service_id": id, "name": contact.as_str() });
            map.insert("contacts".into(), json!([one]));
        }
        Value::Object(map)
    }

    /// A service with what it has once.
    #[must_use]
    pub fn basic(&self, row: &CardRow) -> Map<String, Value> {
        let card = &row.content;
        let mut map = Map::new();
        map.insert("id".into(), row.id.0.to_string().into());
        map.insert("organization_id".into(), self.provider_id(row).to_string().into());
        map.insert("name".into(), card.name.as_str().into());
        map.insert("description".into(), card.about.as_str().into());
        map.insert("status".into(), "active".into());
        put(&mut map, "url", text(&card.web).filter(|url| url.as_str().is_some_and(is_uri)));
        put(&mut map, "eligibility_description", text(&card.conditions));
        put(&mut map, "minimum_age", card.age_from.map(Value::from));
        put(&mut map, "maximum_age", card.age_to.map(Value::from));
        put(&mut map, "fees_description", text(&card.cost_note));
        map.insert("assured_date".into(), row.confirmed_on.to_string().into());
        map
    }

    fn provider_id(&self, row: &CardRow) -> Uuid {
        if row.content.kind == CardKind::Organisation { row.id.0 } else { self.office }
    }

    /// An organisation stands for itself; everything else is told of by the office.
    #[must_use]
    pub fn provider(&self, row: &CardRow) -> Value {
        if row.content.kind != CardKind::Organisation {
            return self.publisher();
        }
        let mut map = Map::new();
        map.insert("id".into(), row.id.0.to_string().into());
        map.insert("name".into(), row.content.name.as_str().into());
        map.insert("description".into(), row.content.about.as_str().into());
        put(&mut map, "website", text(&row.content.web).filter(|url| url.as_str().is_some_and(is_uri)));
        Value::Object(map)
    }

    /// The office as an organization.
    #[must_use]
    pub fn publisher(&self) -> Value {
        json!({ "id": self.office.to_string(), "name": self.name, "description": (self.word)("trade-hsds-publisher") })
    }

    /// Where it takes place, if that is known.
    #[must_use]
    pub fn place(&self, row: &CardRow) -> Option<Value> {
        let (card, of) = (&row.content, row.id.0);
        let id = of.to_string();
        let degrees = card.point.as_ref().and_then(|line| {
            let mut parts = line.as_str().split([',', ';']).map(|part| part.trim().parse::<f64>().ok());
            Some((parts.next()??, parts.next()??))
        });
        if card.place.is_none() && degrees.is_none() && card.barriers.is_empty() {
            return None;
        }
        let mut location = Map::new();
        location.insert("id".into(), id.clone().into());
        location.insert("location_type".into(), "physical".into());
        put(&mut location, "latitude", degrees.map(|(latitude, _)| latitude.into()));
        put(&mut location, "longitude", degrees.map(|(_, longitude)| longitude.into()));
        match card.place.as_ref().map(|place| (place.as_str(), address_parts(place.as_str()))) {
            Some((_, Some((street, code, town)))) => {
                let address = json!({
                    "id": part(of, "address"), "location_id": id, "address_1": street, "city": town,
                    "state_province": UNKNOWN, "postal_code": code, "country": "DE", "address_type": "physical"
                });
                location.insert("addresses".into(), json!([address]));
            }
            // An address without postcode or town is none there, where each part must be; it is the name of a place.
            Some((place, None)) => {
                location.insert("name".into(), place.into());
            }
            None => {}
        }
        let barrier = |one: &domain::resources::Barrier| {
            let words = (self.word)(&format!("barrier-{}", one.code()));
            json!({ "id": part(of, &format!("barrier-{}", one.code())), "location_id": id, "description": words, "details": one.code() })
        };
        list(&mut location, "accessibility", card.barriers.iter().map(barrier).collect());
        Some(json!({ "id": id, "service_id": id, "location_id": id, "location": location }))
    }

    /// Kind, topics, paragraphs, cost, who sees it, and the fields that have no other place.
    fn attributes(&self, row: &CardRow) -> Vec<Value> {
        let card = &row.content;
        let mut all = vec![self.attribute(row, ("kind", card.kind.code()), None)];
        all.push(self.attribute(row, ("visibility", card.visibility.code()), None));
        all.extend(card.topics.iter().map(|topic| self.attribute(row, ("topic", topic.code()), None)));
        all.extend(card.basis.iter().map(|basis| self.attribute(row, ("sgb8", basis.code()), None)));
        all.extend(card.cost.map(|cost| self.attribute(row, ("cost", cost.code()), None)));
        for (field, value) in card.fields() {
            let elsewhere = ELSEWHERE.contains(&field) && !(field == "web" && is_uri(&value));
            if elsewhere {
                all.push(self.attribute(row, ("field", field), Some(&value)));
            }
        }
        all
    }

    fn attribute(&self, row: &CardRow, (list, code): (&str, &str), value: Option<&str>) -> Value {
        let term = self.term(list, code);
        json!({
            "id": part(row.id.0, &format!("attribute-{list}-{code}")), "link_id": row.id.0.to_string(), "link_entity": "service",
            "link_type": list, "value": value.unwrap_or(code), "taxonomy_term_id": term["id"], "taxonomy_term": term
        })
    }

    /// A term of our list.
    #[must_use]
    pub fn term(&self, list: &str, code: &str) -> Value {
        let name = match list {
            "kind" => (self.word)(&format!("card-kind-{code}")),
            "sgb8" => format!("§ {code} SGB VIII"),
            "field" => (self.word)(&format!("card-{}", code.replace('_', "-"))),
            list => (self.word)(&format!("{list}-{code}")),
        };
        json!({
            "id": term_id(list, code), "code": format!("{list}:{code}"), "name": name,
            "description": (self.word)(&format!("trade-list-{list}")), "taxonomy": LIST, "taxonomy_id": taxonomy_id(), "language": "de"
        })
    }

    /// All terms of our list.
    #[must_use]
    pub fn terms(&self) -> Vec<Value> {
        let mut all: Vec<Value> = CardKind::ALL.iter().map(|kind| self.term("kind", kind.code())).collect();
        all.extend(Topic::ALL.iter().map(|topic| self.term("topic", topic.code())));
        all.extend(Basis::ALL.iter().map(|basis| self.term("sgb8", basis.code())));
        all.extend(CostKind::ALL.iter().map(|cost| self.term("cost", cost.code())));
        all.extend(Visibility::ALL.iter().map(|seen| self.term("visibility", seen.code())));
        all.extend(ELSEWHERE.iter().map(|field| self.term("field", field)));
        all
    }

    /// Our list.
    #[must_use]
    pub fn taxonomy(&self) -> Value {
        json!({ "id": taxonomy_id(), "name": LIST, "description": (self.word)("trade-taxonomy"), "version": "1" })
    }

    /// Everything in one file.
    #[must_use]
    pub fn dataset(&self, rows: &[CardRow]) -> Value {
        let services: Vec<Value> = rows.iter().map(|row| self.service(row)).collect();
        json!({ "version": WRITTEN, "profile": LIST, "publisher": self.publisher(), "taxonomies": [self.taxonomy()], "services": services })
    }
}

fn taxonomy_id() -> String {
    part(Uuid::nil(), "taxonomy")
}

/// May it stand where HSDS wants an address of the web?
pub(super) fn is_uri(text: &str) -> bool {
    domain::resources::exchange::Sort::Uri.fits(text)
}

fn languages(row: &CardRow) -> Vec<Value> {
    let one = |language: &Language| {
        let (code, note) = language_code(*language);
        let mut map = Map::new();
        map.insert("id".into(), part(row.id.0, &format!("language-{}", language.code())).into());
        map.insert("service_id".into(), row.id.0.to_string().into());
        map.insert("code".into(), code.into());
        put(&mut map, "note", note.map(Value::from));
        Value::Object(map)
    };
    row.content.languages.iter().map(one).collect()
}

fn area(row: &CardRow) -> Option<Value> {
    let name = row.space_name.as_ref()?;
    Some(json!({ "id": part(row.id.0, "area"), "service_id": row.id.0.to_string(), "name": name }))
}

fn schedules(row: &CardRow) -> Vec<Value> {
    let one = |(number, time): (usize, &Schedule)| {
        let clock = |minute: i32| format!("{:02}:{:02}:00", minute / 60 % 24, minute % 60);
        let rule = time.to_rfc5545();
        let by_day = rule.split("BYDAY=").nth(1).and_then(|rest| rest.split([';', '\n']).next()).map(Value::from);
        let mut map = Map::new();
        map.insert("id".into(), part(row.id.0, &format!("schedule-{number}")).into());
        map.insert("service_id".into(), row.id.0.to_string().into());
        map.insert("opens_at".into(), clock(time.from).into());
        put(&mut map, "closes_at", time.to.map(|to| clock(to).into()));
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
        map.insert("notes".into(), LOCAL.into());
        Value::Object(map)
    };
    row.content.times.iter().enumerate().map(one).collect()
}
