// SPDX-License-Identifier: EUPL-1.2
//! HSDS comes in: first it must be such, then each service is a row of a table like any other. What we wrote ourselves
//! comes back as it was; what others wrote is put where a card has room for it.

use super::hsds::{ELSEWHERE, LIST, PLAIN};
use domain::resources::exchange::{Column, Entity, Fault, HSDS_VERSIONS, MOST_ROWS, Need, Said, Sort, Table, entity};
use domain::resources::{Barrier, Language, Rhythm, Schedule, read_times};
use domain::territory::Severity;
use serde_json::Value;
use std::collections::BTreeSet;

/// So many faults of one file are told.
const MOST_FAULTS: usize = 1_000;

/// Everything that is not as HSDS has it, with the place of each.
#[must_use]
pub fn faults(name: &str, place: &str, thing: &Value) -> Vec<Said> {
    let mut said = Vec::new();
    if let Some(entity) = entity(name) {
        check(entity, place, thing, &mut said);
    }
    said
}

fn wrong(fault: Fault, place: &str) -> Said {
    Said::file(Severity::Error, fault, &[place])
}

fn check(entity: &Entity, place: &str, thing: &Value, said: &mut Vec<Said>) {
    let Some(fields) = thing.as_object() else {
        said.push(wrong(Fault::HsdsWrong, place));
        return;
    };
    for fact in entity.facts.iter().filter(|fact| fact.need == Need::Always) {
        if fields.get(fact.field).is_none_or(Value::is_null) {
            said.push(wrong(Fault::HsdsMissing, &format!("{place}.{}", fact.field)));
        }
    }
    for (field, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        if said.len() >= MOST_FAULTS {
            return;
        }
        let at = format!("{place}.{field}");
        // What others add beside the specification is theirs.
        let Some(fact) = entity.fact(field) else { continue };
        match (fact.sort, value) {
            (Sort::Many(other), Value::Array(all)) => {
                let Some(other) = domain::resources::exchange::entity(other) else { continue };
                for (number, one) in all.iter().enumerate() {
                    check(other, &format!("{at}[{number}]"), one, said);
                }
            }
            (Sort::One(other, _), Value::Object(_)) => {
                if let Some(other) = domain::resources::exchange::entity(other) {
                    check(other, &at, value, said);
                }
            }
            (Sort::Number, Value::Number(_)) => {}
            (Sort::Many(_) | Sort::One(..) | Sort::Number, _) => said.push(wrong(Fault::HsdsWrong, &at)),
            (sort, Value::String(text)) if sort.fits(text) => {}
            _ => said.push(wrong(Fault::HsdsWrong, &at)),
        }
    }
}

/// The services of a file with their places in it.
fn services(document: &Value) -> Vec<(String, &Value)> {
    let under = |name: &str| document.get(name).and_then(Value::as_array);
    for name in ["services", "contents", "service"] {
        if let Some(all) = under(name) {
            return all.iter().enumerate().map(|(number, one)| (format!("{name}[{number}]"), one)).collect();
        }
    }
    match document {
        Value::Array(all) => all.iter().enumerate().map(|(number, one)| (format!("service[{number}]"), one)).collect(),
        Value::Object(fields) if fields.contains_key("status") => vec![("service".to_owned(), document)],
        _ => Vec::new(),
    }
}

/// A file as a table, or why it is none.
///
/// # Errors
/// Everything that is wrong with it.
pub fn table(document: &Value) -> Result<Table, Vec<Said>> {
    if let Some(version) = document.get("version").and_then(Value::as_str) {
        let short = version.split('.').take(2).collect::<Vec<_>>().join(".");
        if !HSDS_VERSIONS.contains(&short.as_str()) {
            return Err(vec![wrong(Fault::HsdsVersion, version)]);
        }
    }
    let mut said = Vec::new();
    for name in ["organization", "organizations"] {
        for (number, one) in document.get(name).and_then(Value::as_array).into_iter().flatten().enumerate() {
            said.extend(faults("organization", &format!("{name}[{number}]"), one));
        }
    }
    let all = services(document);
    if all.len() > MOST_ROWS {
        return Err(vec![Said::file(Severity::Error, Fault::TooManyRows, &[])]);
    }
    for (place, service) in &all {
        if said.len() >= MOST_FAULTS {
            break;
        }
        said.extend(faults("service", place, service));
    }
    let mut ids = BTreeSet::new();
    for (place, service) in &all {
        let id = service.get("id").and_then(Value::as_str).unwrap_or_default();
        if !id.is_empty() && !ids.insert(id) {
            said.push(wrong(Fault::HsdsTwice, &format!("{place}.id")));
        }
    }
    if !said.is_empty() {
        return Err(said);
    }
    if all.is_empty() {
        return Err(vec![Said::file(Severity::Error, Fault::HsdsNoService, &[])]);
    }
    let mut table = Table { head: COLUMNS.iter().map(|column| column.code().to_owned()).collect(), ..Table::default() };
    for (line, (place, service)) in (1..).zip(&all) {
        match str_of(service, "status") {
            "active" | "temporarily closed" => {
                table.rows.push((line, row(service)));
                let places = service.get("service_at_locations").and_then(Value::as_array).map_or(0, Vec::len);
                if places > 1 {
                    table.said.push(Said::file(Severity::Warning, Fault::MorePlaces, &[place]).on(line));
                }
            }
            _ => table.said.push(Said::file(Severity::Warning, Fault::HsdsOver, &[place]).on(line)),
        }
    }
    Ok(table)
}

/// The columns of the table that HSDS becomes.
const COLUMNS: &[Column] = &[
    Column::Id,
    Column::Name,
    Column::Kind,
    Column::Topics,
    Column::About,
    Column::Keywords,
    Column::Place,
    Column::Point,
    Column::Contact,
    Column::Web,
    Column::Conditions,
    Column::Cost,
    Column::CostNote,
    Column::Languages,
    Column::Barriers,
    Column::AgeFrom,
    Column::AgeTo,
    Column::Times,
    Column::FreePlaces,
    Column::Waiting,
    Column::Basis,
    Column::Visibility,
    Column::ConfirmedOn,
    Column::Space,
];

fn str_of<'a>(thing: &'a Value, field: &str) -> &'a str {
    thing.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn many<'a>(thing: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    thing.get(field).and_then(Value::as_array).into_iter().flatten()
}

fn number(thing: &Value, field: &str) -> String {
    let number = thing.get(field).and_then(Value::as_f64);
    number.map(|number| format!("{number}")).unwrap_or_default()
}

/// The codes of our own list on a service.
fn own<'a>(service: &'a Value, list: &str) -> Vec<&'a str> {
    let ours = |one: &&Value| {
        str_of(one, "link_type") == list
            && one.get("taxonomy_term").is_some_and(|term| str_of(term, "taxonomy") == LIST)
    };
    many(service, "attributes").filter(ours).map(|one| str_of(one, "value")).collect()
}

fn own_field<'a>(service: &'a Value, field: &str) -> &'a str {
    let of_field = |one: &&Value| {
        let code = one.get("taxonomy_term").map(|term| str_of(term, "code")).unwrap_or_default();
        code.strip_prefix("field:") == Some(field)
    };
    many(service, "attributes").find(of_field).map(|one| str_of(one, "value")).unwrap_or_default()
}

fn row(service: &Value) -> Vec<String> {
    let place =
        many(service, "service_at_locations").next().and_then(|one| one.get("location")).unwrap_or(&Value::Null);
    let ours = !own(service, "kind").is_empty();
    COLUMNS.iter().map(|column| cell(service, place, ours, *column)).collect()
}

fn cell(service: &Value, place: &Value, ours: bool, column: Column) -> String {
    match column {
        Column::Id => str_of(service, "id").to_owned(),
        Column::Name => str_of(service, "name").to_owned(),
        Column::About => about(service, ours),
        Column::Kind => own(service, "kind").join(" "),
        Column::Topics => own(service, "topic").join(" "),
        Column::Basis => own(service, "sgb8").join(" "),
        Column::Visibility => own(service, "visibility").join(" "),
        Column::Cost => cost(service),
        Column::Keywords if !ours => str_of(service, "alternate_name").to_owned(),
        Column::Keywords | Column::Waiting => own_field(service, column.code()).to_owned(),
        Column::Web => [str_of(service, "url"), own_field(service, ELSEWHERE[2])].concat(),
        Column::Place => address(place),
        Column::Point => match (number(place, "latitude"), number(place, "longitude")) {
            (latitude, longitude) if !latitude.is_empty() && !longitude.is_empty() => {
                format!("{latitude}; {longitude}")
            }
            _ => String::new(),
        },
        Column::Contact => contact(service, ours),
        Column::Conditions => str_of(service, "eligibility_description").to_owned(),
        Column::CostNote => str_of(service, "fees_description").to_owned(),
        Column::Languages => many(service, "languages").filter_map(language).collect::<Vec<_>>().join(" "),
        Column::Barriers => many(place, "accessibility").filter_map(barrier).collect::<Vec<_>>().join(" "),
        Column::AgeFrom => number(service, "minimum_age"),
        Column::AgeTo => number(service, "maximum_age"),
        Column::Times => many(service, "schedules").filter_map(time).collect::<Vec<_>>().join("\n"),
        Column::FreePlaces => {
            many(service, "capacities").next().map(|one| number(one, "available")).unwrap_or_default()
        }
        Column::ConfirmedOn => str_of(service, "assured_date").to_owned(),
        Column::Space => {
            many(service, "service_areas").next().map(|one| str_of(one, "name")).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

/// What others wrote names who offers it; a card has no field for that.
fn about(service: &Value, ours: bool) -> String {
    let provider = service.get("organization").map(|one| str_of(one, "name")).unwrap_or_default();
    let parts = [
        str_of(service, "description"),
        if ours { "" } else { str_of(service, "application_process") },
        if ours { "" } else { str_of(service, "alert") },
    ];
    let mut text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    if !ours && !provider.is_empty() {
        text += &format!("\n\nAnbieter: {provider}");
    }
    text.trim().to_owned()
}

fn cost(service: &Value) -> String {
    if let Some(code) = own(service, "cost").first() {
        return (*code).to_owned();
    }
    let amounts: Vec<f64> =
        many(service, "cost_options").filter_map(|one| one.get("amount").and_then(Value::as_f64)).collect();
    let foreign = own(service, "kind").is_empty();
    match amounts.iter().all(|amount| *amount == 0.0) {
        _ if amounts.is_empty() || !foreign => String::new(),
        true => "free".to_owned(),
        false => "fee".to_owned(),
    }
}

/// The address in one line; parts that we took apart come together as they were.
fn address(place: &Value) -> String {
    let Some(one) = many(place, "addresses").next() else { return str_of(place, "name").to_owned() };
    let join = |parts: &[&str], between: &str| {
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(between)
    };
    let street = join(&[str_of(one, "address_1"), str_of(one, "address_2")], ", ");
    let town = join(&[str_of(one, "postal_code"), str_of(one, "city")], " ");
    let country =
        Some(str_of(one, "country")).filter(|country| !matches!(*country, "DE" | "de" | "")).unwrap_or_default();
    join(&[&street, &town, country], ", ")
}

fn contact(service: &Value, ours: bool) -> String {
    let mut ways: Vec<&str> = Vec::new();
    for one in many(service, "contacts") {
        ways.extend([str_of(one, "name"), if ours { "" } else { str_of(one, "email") }]);
        ways.extend(many(one, "phones").map(|phone| str_of(phone, "number")));
    }
    if !ours {
        ways.push(str_of(service, "email"));
    }
    ways.extend(many(service, "phones").map(|phone| str_of(phone, "number")));
    ways.retain(|way| !way.is_empty());
    ways.join(", ")
}

fn language(one: &Value) -> Option<&'static str> {
    let code = str_of(one, "code");
    let known = match code {
        "gsg" => Some(Language::Signs),
        "de" if str_of(one, "note") == PLAIN => Some(Language::Plain),
        other => Language::from_code(other),
    };
    known.map(Language::code)
}

fn barrier(one: &Value) -> Option<&'static str> {
    Barrier::from_code(str_of(one, "details")).map(Barrier::code)
}

/// Our own words for a time, if they are such; else what the fields say.
fn time(one: &Value) -> Option<String> {
    let words = str_of(one, "description");
    if let Ok(times) = read_times(words)
        && let [time] = times.as_slice()
    {
        return Some(time.german());
    }
    structured(one).map(|time| time.german())
}

fn structured(one: &Value) -> Option<Schedule> {
    let minute = |field: &str| {
        let mut parts = str_of(one, field).split(['+', 'Z']).next()?.split(':').map(|part| part.parse::<i32>().ok());
        Some(parts.next()?? * 60 + parts.next()??)
    };
    let day = |field: &str| domain::kernel::Day::parse(str_of(one, field)).ok();
    let from = minute("opens_at")?;
    let to = minute("closes_at").filter(|to| *to > from);
    let numbers: Vec<(i32, usize)> = str_of(one, "byday").split(',').filter_map(by_day).collect();
    let until = day("until").or(day("valid_to"));
    let rhythm = match str_of(one, "freq") {
        "WEEKLY" => {
            let every = one.get("interval").and_then(Value::as_i64).and_then(|n| i32::try_from(n).ok()).unwrap_or(1);
            let mut days = [false; 7];
            numbers.iter().for_each(|(_, day)| days[*day] = true);
            let since = if every > 1 { Some(day("dtstart")?) } else { None };
            days.contains(&true).then_some(Rhythm::Weekly { every, days, since })?
        }
        "MONTHLY" => numbers.first().map(|(nth, day)| Rhythm::Monthly { nth: *nth, day: *day })?,
        _ => Rhythm::Once(day("dtstart")?),
    };
    Some(Schedule { rhythm, from, to, until })
}

/// `2TU` → the second, a Tuesday.
fn by_day(text: &str) -> Option<(i32, usize)> {
    let text = text.trim();
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].iter().position(|day| *day == name)?;
    Some((nth.parse().unwrap_or(1), day))
}
