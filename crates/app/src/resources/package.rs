// SPDX-License-Identifier: EUPL-1.2
//! The same data as a tabular data package: one CSV an entity and `datapackage.json`, packed. Which field goes into which
//! table follows from the facts about the entities alone, in both directions.

use super::hsds::WRITTEN;
use domain::resources::exchange::{Entity, Fault, Need, Said, Sort, entities, entity};
use domain::territory::Severity;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// Everything in a package together is no larger than this.
const LARGEST: u64 = 200 * 1024 * 1024;
/// The table that says what is in a package.
pub(super) const DESCRIPTION: &str = "datapackage.json";

/// Rows of a table: field and text.
type Rows = Vec<BTreeMap<String, String>>;

/// Tables of a package while it is made.
#[derive(Default)]
struct Tables {
    rows: BTreeMap<&'static str, Rows>,
    known: BTreeSet<(&'static str, String)>,
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The field in a row of `child` by which it belongs to a thing of `parent`.
fn link(child: &Entity, parent: &str) -> Option<String> {
    let field = if parent == "service_capacity" { String::new() } else { format!("{parent}_id") };
    child.fact(&field).map(|_| field)
}

impl Tables {
    fn add(&mut self, entity: &'static Entity, thing: &Map<String, Value>, parent: Option<(&str, &str)>) {
        let id = thing.get("id").map(text).unwrap_or_default();
        if !self.known.insert((entity.name, id.clone())) {
            return;
        }
        let mut row = BTreeMap::new();
        if let Some((parent, parent_id)) = parent {
            if entity.name == "attribute" {
                row.insert("link_id".to_owned(), parent_id.to_owned());
                row.insert("link_entity".to_owned(), parent.to_owned());
            } else if let Some(field) = link(entity, parent) {
                row.insert(field, parent_id.to_owned());
            }
        }
        for fact in &entity.facts {
            let Some(value) = thing.get(fact.field) else { continue };
            match (fact.sort, value) {
                (Sort::Many(other), Value::Array(all)) => {
                    let Some(other) = domain::resources::exchange::entity(other) else { continue };
                    for one in all.iter().filter_map(Value::as_object) {
                        self.add(other, one, Some((entity.name, &id)));
                    }
                }
                (Sort::One(other, field), Value::Object(one)) => {
                    row.insert(field.to_owned(), one.get("id").map(text).unwrap_or_default());
                    if let Some(other) = domain::resources::exchange::entity(other) {
                        self.add(other, one, None);
                    }
                }
                (_, value) => {
                    row.insert(fact.field.to_owned(), text(value));
                }
            }
        }
        self.rows.entry(entity.name).or_default().push(row);
    }
}

/// Fields that stand in a table: not the things, but their ids.
fn columns(entity: &Entity) -> Vec<&'static str> {
    let flat = entity.facts.iter().filter(|fact| !matches!(fact.sort, Sort::Many(_) | Sort::One(..)));
    flat.map(|fact| fact.field).collect()
}

fn description(tables: &Tables, title: &str) -> Value {
    let field = |entity: &Entity, name: &str| {
        let fact = entity.fact(name);
        let sort = fact.map_or(Sort::Text, |fact| fact.sort);
        let kind = match sort {
            Sort::Number => "number",
            Sort::Day => "date",
            Sort::Time => "time",
            Sort::Moment => "datetime",
            _ => "string",
        };
        let mut one = json!({ "name": name, "type": kind });
        let format = match sort {
            Sort::Uuid => Some("uuid"),
            Sort::Uri => Some("uri"),
            Sort::Email => Some("email"),
            _ => None,
        };
        if let Some(format) = format {
            one["format"] = format.into();
        }
        if fact.is_some_and(|fact| fact.need != Need::No) {
            one["constraints"] = json!({ "required": true });
        }
        one
    };
    let resource = |entity: &Entity| {
        let fields: Vec<Value> = columns(entity).into_iter().map(|name| field(entity, name)).collect();
        json!({
            "name": entity.name, "path": entity.file, "profile": "tabular-data-resource", "format": "csv",
            "mediatype": "text/csv", "encoding": "utf-8", "schema": { "fields": fields, "primaryKey": "id" }
        })
    };
    let used = entities().iter().filter(|entity| tables.rows.contains_key(entity.name));
    let resources: Vec<Value> = used.map(resource).collect();
    json!({ "profile": "tabular-data-package", "name": "sozialraum-hsds", "title": title, "version": WRITTEN, "resources": resources })
}

/// A packed data package out of services with all that belongs to them.
///
/// # Errors
/// Never in memory; the writers have the possibility.
pub fn pack(services: &[Value], taxonomy: &Value, title: &str) -> std::io::Result<Vec<u8>> {
    let mut tables = Tables::default();
    for (name, all) in [("taxonomy", std::slice::from_ref(taxonomy)), ("service", services)] {
        let Some(entity) = entity(name) else { continue };
        all.iter().filter_map(Value::as_object).for_each(|one| tables.add(entity, one, None));
    }
    // The same data is the same file, to the byte.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    packed.start_file(DESCRIPTION, options)?;
    packed.write_all(&serde_json::to_vec_pretty(&description(&tables, title))?)?;
    for entity in entities() {
        let Some(rows) = tables.rows.get(entity.name) else { continue };
        let columns = columns(entity);
        let mut table = csv::WriterBuilder::new().from_writer(Vec::new());
        table.write_record(&columns)?;
        for row in rows {
            table.write_record(columns.iter().map(|column| row.get(*column).map_or("", String::as_str)))?;
        }
        packed.start_file(entity.file, options)?;
        packed.write_all(&table.into_inner().map_err(csv::IntoInnerError::into_error)?)?;
    }
    Ok(packed.finish()?.into_inner())
}

// In --------------------------------------------------------------------------------------------------

/// Rows of a table that is there, by what they belong to.
struct Inside<'a> {
    rows: BTreeMap<&'static str, Rows>,
    by: BTreeMap<(&'a str, String, String), Vec<usize>>,
}

/// The files of a package, as far as their names say something.
fn files(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<BTreeMap<String, Vec<u8>>, Said> {
    let broken = || Said::file(Severity::Error, Fault::Broken, &[]);
    let (mut files, mut room) = (BTreeMap::new(), LARGEST);
    for at in 0..archive.len() {
        let file = archive.by_index(at).or(Err(broken()))?;
        let name = file.name().or(Err(broken()))?.rsplit('/').next().unwrap_or_default().to_owned();
        if file.is_dir() || !(name.ends_with(".csv") || name == DESCRIPTION) {
            continue;
        }
        let mut bytes = Vec::new();
        // Not what it says it holds, but what comes out of it.
        file.take(room + 1).read_to_end(&mut bytes).or(Err(broken()))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        room = room.checked_sub(size).ok_or_else(|| Said::file(Severity::Error, Fault::TooMuchInside, &[]))?;
        files.insert(name, bytes);
    }
    Ok(files)
}

/// The services of a packed data package, each with all that belongs to it.
///
/// # Errors
/// Why it cannot be read.
pub fn unpack(bytes: &[u8]) -> Result<Value, Said> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).or(Err(Said::file(Severity::Error, Fault::Broken, &[])))?;
    let files = files(&mut archive)?;
    let description: Value =
        files.get(DESCRIPTION).and_then(|text| serde_json::from_slice(text).ok()).unwrap_or_default();
    let mut read = Inside { rows: BTreeMap::new(), by: BTreeMap::new() };
    for entity in entities() {
        let named = description["resources"].as_array().into_iter().flatten();
        let path = named.filter(|one| one["name"] == entity.name).find_map(|one| one["path"].as_str());
        let path = path.and_then(|path| path.rsplit('/').next()).unwrap_or(entity.file);
        if let Some(bytes) = files.get(path) {
            read.rows.insert(entity.name, rows(bytes));
        }
    }
    read.index();
    let Some(services) = entity("service") else { return Ok(Value::Null) };
    let count = read.rows.get("service").map_or(0, Vec::len);
    let all: Vec<Value> = (0..count).map(|at| read.thing(services, at, 0)).collect();
    Ok(json!({ "version": description["version"].as_str().unwrap_or(WRITTEN), "services": all }))
}

fn rows(bytes: &[u8]) -> Rows {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let Ok(head) = reader.headers().cloned() else { return Vec::new() };
    let cells = |record: csv::StringRecord| {
        let filled = head.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        filled.map(|(name, cell)| (name.trim().to_owned(), cell.to_owned())).collect()
    };
    reader.records().filter_map(Result::ok).map(cells).collect()
}

impl Inside<'_> {
    fn index(&mut self) {
        for (name, rows) in &self.rows {
            for (at, row) in rows.iter().enumerate() {
                for (field, value) in row.iter().filter(|(field, _)| *field == "id" || field.ends_with("_id")) {
                    self.by.entry((name, field.clone(), value.clone())).or_default().push(at);
                }
            }
        }
    }

    fn found(&self, entity: &'static str, field: &str, value: &str) -> &[usize] {
        self.by.get(&(entity, field.to_owned(), value.to_owned())).map(Vec::as_slice).unwrap_or_default()
    }

    /// A thing with all that belongs to it; things never lie deeper in each other than this.
    fn thing(&self, entity: &'static Entity, at: usize, depth: usize) -> Value {
        let mut thing = Map::new();
        let Some(row) = self.rows.get(entity.name).and_then(|rows| rows.get(at)) else { return Value::Null };
        let id = row.get("id").map_or("", String::as_str);
        for fact in &entity.facts {
            match fact.sort {
                Sort::Many(other) if depth < 6 => {
                    let Some(other) = domain::resources::exchange::entity(other) else { continue };
                    let all = self.belonging(other, (entity.name, id), depth);
                    if !all.is_empty() {
                        thing.insert(fact.field.to_owned(), all.into());
                    }
                }
                Sort::One(other, field) => {
                    let (Some(other), Some(value)) = (domain::resources::exchange::entity(other), row.get(field))
                    else {
                        continue;
                    };
                    if let Some(at) = self.found(other.name, "id", value).first() {
                        thing.insert(fact.field.to_owned(), self.thing(other, *at, depth + 1));
                    }
                }
                sort => {
                    let Some(cell) = row.get(fact.field) else { continue };
                    let number = (sort == Sort::Number).then(|| serde_json::from_str(cell).ok()).flatten();
                    thing.insert(fact.field.to_owned(), number.unwrap_or_else(|| cell.clone().into()));
                }
            }
        }
        for need in entity.facts.iter().filter(|fact| fact.need == Need::Always && fact.sort == Sort::Text) {
            // An empty cell is an empty text where one must be; only ids are never empty.
            thing.entry(need.field).or_insert_with(|| "".into());
        }
        Value::Object(thing)
    }

    fn belonging(&self, other: &'static Entity, (parent, id): (&str, &str), depth: usize) -> Vec<Value> {
        let by = if other.name == "attribute" { Some("link_id".to_owned()) } else { link(other, parent) };
        let Some(by) = by.filter(|_| !id.is_empty()) else { return Vec::new() };
        let of_parent = |at: &&usize| {
            let row = self.rows.get(other.name).and_then(|rows| rows.get(**at));
            other.name != "attribute"
                || row.and_then(|row| row.get("link_entity")).is_none_or(|entity| entity == parent)
        };
        self.found(other.name, &by, id).iter().filter(of_parent).map(|at| self.thing(other, *at, depth + 1)).collect()
    }
}
