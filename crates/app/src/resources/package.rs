// SPDX-License-Identifier: EUPL-1.2
//! The same data as a tabular data package: one CSV an entity and `datapackage.json`, packed. Which field goes into which
//! table follows from the facts about the entities alone, in both directions.

use super::hsds::WRITTEN;
use domain::resources::exchange::{Budget, Entity, Fault, Need, Said, Sort, entities, entity, weigh_data};
use domain::territory::Severity;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// Things lie no deeper in each other than this.
const DEEPEST: usize = 6;
/// The table that says what is in a package.
pub(super) const DESCRIPTION: &str = "datapackage.json";

/// Rows of a table: field and text.
type Rows = Vec<BTreeMap<String, String>>;

/// Tables of a package while it is made: written row by row, so that nothing is held but what goes out.
#[derive(Default)]
pub struct Packer {
    tables: BTreeMap<&'static str, csv::Writer<Vec<u8>>>,
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

impl Packer {
    /// Takes a service with all that belongs to it.
    ///
    /// # Errors
    /// Never in memory; the writers have the possibility.
    pub fn add(&mut self, service: &Value) -> std::io::Result<()> {
        match (entity("service"), service.as_object()) {
            (Some(entity), Some(service)) => self.put(entity, service, None),
            _ => Ok(()),
        }
    }

    fn put(
        &mut self,
        entity: &'static Entity,
        thing: &Map<String, Value>,
        parent: Option<(&str, &str)>,
    ) -> std::io::Result<()> {
        let id = thing.get("id").map(text).unwrap_or_default();
        if !self.known.insert((entity.name, id.clone())) {
            return Ok(());
        }
        let mut row: BTreeMap<&str, String> = BTreeMap::new();
        let link = parent.and_then(|(parent, _)| link(entity, parent));
        if let Some((parent, parent_id)) = parent {
            if entity.name == "attribute" {
                row.insert("link_id", parent_id.to_owned());
                row.insert("link_entity", parent.to_owned());
            } else if let Some(field) = &link {
                row.insert(field, parent_id.to_owned());
            }
        }
        for fact in &entity.facts {
            let Some(value) = thing.get(fact.field) else { continue };
            match (fact.sort, value) {
                (Sort::Many(other), Value::Array(all)) => {
                    let Some(other) = domain::resources::exchange::entity(other) else { continue };
                    for one in all.iter().filter_map(Value::as_object) {
                        self.put(other, one, Some((entity.name, &id)))?;
                    }
                }
                (Sort::One(other, field), Value::Object(one)) => {
                    row.insert(field, one.get("id").map(text).unwrap_or_default());
                    if let Some(other) = domain::resources::exchange::entity(other) {
                        self.put(other, one, None)?;
                    }
                }
                (_, value) => {
                    row.insert(fact.field, text(value));
                }
            }
        }
        let columns = columns(entity);
        if !self.tables.contains_key(entity.name) {
            let mut table = csv::WriterBuilder::new().from_writer(Vec::new());
            table.write_record(&columns)?;
            self.tables.insert(entity.name, table);
        }
        let Some(table) = self.tables.get_mut(entity.name) else { return Ok(()) };
        table.write_record(columns.iter().map(|column| row.get(column).map_or("", String::as_str)))?;
        Ok(())
    }

    /// The packed data package: the same data is the same file, to the byte.
    ///
    /// # Errors
    /// Never in memory; the writers have the possibility.
    pub fn finish(mut self, taxonomy: &Value, title: &str) -> std::io::Result<Vec<u8>> {
        if let (Some(entity), Some(taxonomy)) = (entity("taxonomy"), taxonomy.as_object()) {
            self.put(entity, taxonomy, None)?;
        }
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
        packed.start_file(DESCRIPTION, options)?;
        packed.write_all(&serde_json::to_vec_pretty(&description(&self, title))?)?;
        for entity in entities() {
            let Some(table) = self.tables.remove(entity.name) else { continue };
            packed.start_file(entity.file, options)?;
            packed.write_all(&table.into_inner().map_err(csv::IntoInnerError::into_error)?)?;
        }
        Ok(packed.finish()?.into_inner())
    }
}

/// Fields that stand in a table: not the things, but their ids.
fn columns(entity: &Entity) -> Vec<&'static str> {
    let flat = entity.facts.iter().filter(|fact| !matches!(fact.sort, Sort::Many(_) | Sort::One(..)));
    flat.map(|fact| fact.field).collect()
}

fn description(tables: &Packer, title: &str) -> Value {
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
    let used = entities().iter().filter(|entity| tables.tables.contains_key(entity.name));
    let resources: Vec<Value> = used.map(resource).collect();
    json!({ "profile": "tabular-data-package", "name": "sozialraum-hsds", "title": title, "version": WRITTEN, "resources": resources })
}

// In --------------------------------------------------------------------------------------------------

/// Rows of a table that is there, by what they belong to.
struct Inside<'a> {
    rows: BTreeMap<&'static str, Rows>,
    by: BTreeMap<(&'a str, String, String), Vec<usize>>,
    /// A thing is told again wherever it belongs: that is what has to be counted.
    budget: Budget,
}

/// The files of a package, as far as their names say something.
fn files(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<BTreeMap<String, Vec<u8>>, Said> {
    let broken = || Said::file(Severity::Error, Fault::Broken, &[]);
    let (mut files, mut budget) = (BTreeMap::new(), Budget::default());
    for at in 0..archive.len() {
        let file = archive.by_index(at).or(Err(broken()))?;
        let name = file.name().or(Err(broken()))?.rsplit('/').next().unwrap_or_default().to_owned();
        if file.is_dir() || !(name.ends_with(".csv") || name == DESCRIPTION) {
            continue;
        }
        budget.clone().inflate(usize::try_from(file.size()).unwrap_or(usize::MAX))?;
        let mut bytes = Vec::new();
        // Not what it says it holds, but what comes out of it.
        let most = u64::try_from(budget.room()).unwrap_or(u64::MAX).saturating_add(1);
        let read = file.take(most).read_to_end(&mut bytes);
        budget.inflate(bytes.len())?;
        read.or(Err(broken()))?;
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
    weigh_data(files.get(DESCRIPTION).map_or(&[][..], Vec::as_slice))?;
    let description: Value =
        files.get(DESCRIPTION).and_then(|text| serde_json::from_slice(text).ok()).unwrap_or_default();
    let mut read = Inside { rows: BTreeMap::new(), by: BTreeMap::new(), budget: Budget::default() };
    let mut weight = Budget::default();
    for entity in entities() {
        let named = description["resources"].as_array().into_iter().flatten();
        let path = named.filter(|one| one["name"] == entity.name).find_map(|one| one["path"].as_str());
        let path = path.and_then(|path| path.rsplit('/').next()).unwrap_or(entity.file);
        if let Some(bytes) = files.get(path) {
            read.rows.insert(entity.name, rows(bytes, &mut weight)?);
        }
    }
    read.index();
    let Some(services) = entity("service") else { return Ok(Value::Null) };
    let count = read.rows.get("service").map_or(0, Vec::len);
    let all: Vec<Value> = (0..count).map(|at| read.thing(services, at, 0)).collect::<Result<_, Said>>()?;
    Ok(json!({ "version": description["version"].as_str().unwrap_or(WRITTEN), "services": all }))
}

fn rows(bytes: &[u8], weight: &mut Budget) -> Result<Rows, Said> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let Ok(head) = reader.headers().cloned() else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for record in reader.records().filter_map(Result::ok) {
        // The name of its column is kept with each cell.
        weight.cells(record.len().min(head.len()))?;
        let filled = head.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        rows.push(filled.map(|(name, cell)| (name.trim().to_owned(), cell.to_owned())).collect());
    }
    Ok(rows)
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
    fn thing(&mut self, entity: &'static Entity, at: usize, depth: usize) -> Result<Value, Said> {
        let mut thing = Map::new();
        let Some(row) = self.rows.get(entity.name).and_then(|rows| rows.get(at)).cloned() else {
            return Ok(Value::Null);
        };
        let id = row.get("id").map_or("", String::as_str);
        for fact in &entity.facts {
            match fact.sort {
                Sort::Many(other) if depth < DEEPEST => {
                    let Some(other) = domain::resources::exchange::entity(other) else { continue };
                    let all = self.belonging(other, (entity.name, id), depth)?;
                    if !all.is_empty() {
                        thing.insert(fact.field.to_owned(), all.into());
                    }
                }
                Sort::One(other, field) if depth < DEEPEST => {
                    let (Some(other), Some(value)) = (domain::resources::exchange::entity(other), row.get(field))
                    else {
                        continue;
                    };
                    if let Some(at) = self.found(other.name, "id", value).first().copied() {
                        thing.insert(fact.field.to_owned(), self.thing(other, at, depth + 1)?);
                    }
                }
                sort => {
                    let Some(cell) = row.get(fact.field) else { continue };
                    self.budget.cell(cell.len())?;
                    let number = (sort == Sort::Number).then(|| serde_json::from_str(cell).ok()).flatten();
                    thing.insert(fact.field.to_owned(), number.unwrap_or_else(|| cell.clone().into()));
                }
            }
        }
        for need in entity.facts.iter().filter(|fact| fact.need == Need::Always && fact.sort == Sort::Text) {
            // An empty cell is an empty text where one must be; only ids are never empty.
            thing.entry(need.field).or_insert_with(|| "".into());
        }
        self.budget.cells(1)?;
        Ok(Value::Object(thing))
    }

    fn belonging(
        &mut self,
        other: &'static Entity,
        (parent, id): (&str, &str),
        depth: usize,
    ) -> Result<Vec<Value>, Said> {
        let by = if other.name == "attribute" { Some("link_id".to_owned()) } else { link(other, parent) };
        let Some(by) = by.filter(|_| !id.is_empty()) else { return Ok(Vec::new()) };
        let of_parent = |at: &usize| {
            let row = self.rows.get(other.name).and_then(|rows| rows.get(*at));
            other.name != "attribute"
                || row.and_then(|row| row.get("link_entity")).is_none_or(|entity| entity == parent)
        };
        let all: Vec<usize> = self.found(other.name, &by, id).iter().copied().filter(of_parent).collect();
        all.into_iter().map(|at| self.thing(other, at, depth + 1)).collect()
    }
}
