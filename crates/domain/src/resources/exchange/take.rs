// SPDX-License-Identifier: EUPL-1.2
//! Rows become cards. The reader of cards is the one of the forms; here is only what tables have beyond it.

use super::address::{self, Cells};
use super::place::{halves, point};
use super::{Because, Column, Fault, Said, Source, Table, Words};
use crate::kernel::{Day, fold};
use crate::resources::{
    CONSENT_MISSING, CardContent, CardKind, Likeness, Topic, Visibility, address_key, likeness, sound,
};
use crate::territory::Severity;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Signs before which exports put an apostrophe.
const FORMULA: [char; 13] = ['=', '+', '-', '−', '@', '|', '%', '\t', '\r', '\n', '＝', '＋', '＠'];
/// How the row of the template that shows how it goes begins.
const EXAMPLE: &str = "Beispiel:";
/// How a table is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Zuordnung der Spalten")]
pub struct Plan {
    /// What each column means.
    pub columns: Vec<Option<Column>>,
    /// The kind where none is said.
    pub kind: CardKind,
    /// The topic where none is said.
    pub topic: Topic,
    /// Who sees the cards where nothing is said.
    pub visibility: Visibility,
}

/// What a row became.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Ergebnis einer Zeile")]
pub enum What {
    /// A card.
    Card(Box<CardContent>),
    /// A private person, whose consent is still to be asked for: the fields, without any consent.
    Person(Vec<(&'static str, String)>),
}

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Übernommene Zeile")]
pub struct Taken {
    /// Its line.
    pub line: usize,
    /// The id it came with, if that can be one here.
    pub id: Option<Uuid>,
    /// What it became.
    pub what: What,
    /// Last confirmed, as the file says.
    pub confirmed_on: Option<Day>,
    /// The space, as the file calls it.
    pub space: Option<String>,
}

impl Taken {
    /// Sound of the name and key of the address.
    #[must_use]
    pub fn likeness_keys(&self) -> (String, String) {
        match &self.what {
            What::Card(card) => (
                sound(card.name.as_str()),
                card.place.as_ref().map(|place| address_key(place.as_str())).unwrap_or_default(),
            ),
            What::Person(_) => (String::new(), String::new()),
        }
    }
}

/// What came of a table.
#[derive(Debug, Clone, Default, PartialEq)]
#[doc(alias = "Ergebnis eines Imports")]
pub struct Outcome {
    /// Rows that can be taken.
    pub taken: Vec<Taken>,
    /// Everything there is to say, in the order of the lines.
    pub said: Vec<Said>,
    /// Lines that cannot be taken.
    pub rejected: BTreeSet<usize>,
}

/// A cell as it was before an export made it safe.
fn bare(cell: &str, source: Source) -> &str {
    let safe = source != Source::Data;
    cell.strip_prefix('\'').filter(|rest| safe && rest.starts_with(FORMULA)).unwrap_or(cell).trim()
}

pub(super) struct Row<'a> {
    pub(super) line: usize,
    cells: BTreeMap<Column, &'a str>,
    source: Source,
    plan: &'a Plan,
    words: &'a Words,
    pub(super) said: Vec<Said>,
    fields: Vec<(&'static str, String)>,
}

impl Row<'_> {
    pub(super) fn cell(&self, column: Column) -> &str {
        self.cells.get(&column).copied().unwrap_or_default()
    }

    pub(super) fn say(&mut self, severity: Severity, fault: Fault, (column, value): (Column, &str)) {
        self.said.push(Said::file(severity, fault, &[value]).on(self.line).at(column, value));
    }

    pub(super) fn put(&mut self, field: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.fields.push((field, value));
        }
    }

    /// Words of a closed list; several, or one.
    fn listed(&mut self, column: Column, many: bool) -> Option<String> {
        let cell = self.cell(column).to_owned();
        let list = column.list()?;
        if cell.is_empty() {
            return None;
        }
        let whole = self.words.code(list, &cell).map(|code| vec![code.to_owned()]);
        match whole.map_or_else(|| self.words.codes(list, &cell), Ok) {
            Ok(codes) if many || codes.len() == 1 => Some(codes.join(" ")),
            Ok(_) => {
                self.say(Severity::Error, Fault::WordUnknown, (column, &cell));
                None
            }
            Err(unknown) => {
                self.say(Severity::Error, Fault::WordUnknown, (column, &unknown));
                None
            }
        }
    }

    fn lists(&mut self) {
        let kind = self.listed(Column::Kind, false).unwrap_or_else(|| self.plan.kind.code().to_owned());
        let topics = self.listed(Column::Topics, true).unwrap_or_else(|| self.plan.topic.code().to_owned());
        let seen = self.listed(Column::Visibility, false).unwrap_or_else(|| self.plan.visibility.code().to_owned());
        self.put("kind", kind);
        self.put("topics", topics);
        self.put("visibility", seen);
        for (column, field, many) in [
            (Column::Languages, "languages", true),
            (Column::Barriers, "barriers", true),
            (Column::Basis, "basis", true),
            (Column::Cost, "cost", false),
        ] {
            if let Some(codes) = self.listed(column, many) {
                self.put(field, codes);
            }
        }
    }

    fn texts(&mut self) {
        for (column, field) in [
            (Column::Name, "name"),
            (Column::Keywords, "keywords"),
            (Column::Conditions, "conditions"),
            (Column::CostNote, "cost_note"),
            (Column::Times, "times"),
        ] {
            let cell = self.cell(column).to_owned();
            self.put(field, cell);
        }
        for (column, field) in [
            (Column::AgeFrom, "age_from"),
            (Column::AgeTo, "age_to"),
            (Column::FreePlaces, "free_places"),
            (Column::Waiting, "waiting"),
        ] {
            let cell = self.cell(column).trim_end_matches(",0").to_owned();
            self.put(field, cell);
        }
        let (about, name) = (self.cell(Column::About).to_owned(), self.cell(Column::Name).to_owned());
        if about.is_empty() && !name.is_empty() {
            self.said.push(Said::file(Severity::Notice, Fault::AboutFromName, &[]).on(self.line));
        }
        self.put("about", if about.is_empty() { name } else { about });
    }

    fn place(&mut self, person: bool) {
        let cells = Cells {
            place: self.cell(Column::Place),
            street: self.cell(Column::Street),
            number: self.cell(Column::Number),
            postcode: self.cell(Column::Postcode),
            town: self.cell(Column::Town),
            country: self.cell(Column::Country),
            asks_postcode: self.cells.contains_key(&Column::Postcode),
            workbook: self.source == Source::Workbook,
        };
        let asked = [Column::Place, Column::Street].into_iter().any(|column| self.cells.contains_key(&column));
        let street_empty = cells.place.is_empty() && cells.street.is_empty();
        let (address, said) = address::address(&cells, self.line);
        self.said.extend(said);
        if asked && street_empty && !person {
            self.said.push(Said::file(Severity::Warning, Fault::PlaceMissing, &[]).on(self.line));
        }
        self.put("place", address.unwrap_or_default());
        self.point(person);
    }

    fn point(&mut self, person: bool) {
        let whole = self.cell(Column::Point).to_owned();
        let (first, second) = (self.cell(Column::Latitude).to_owned(), self.cell(Column::Longitude).to_owned());
        let (first, second) = match whole.is_empty() {
            true => (first, second),
            false => halves(&whole).unwrap_or((whole, String::new())),
        };
        match (first.is_empty(), second.is_empty()) {
            (true, true) => {}
            (false, false) if person => {
                let value = format!("{first} / {second}");
                self.say(Severity::Warning, Fault::PersonWithoutPoint, (Column::Point, &value));
            }
            (false, false) => match point(&first, &second, self.line) {
                Ok((point, said)) => {
                    self.said.extend(said);
                    self.put("point", point.unwrap_or_default());
                }
                Err(refusal) => {
                    let said = Said::rule(self.line, refusal.rule);
                    self.said.push(said.at(Column::Point, &format!("{first} / {second}")));
                }
            },
            _ => self.say(Severity::Error, Fault::PointHalf, (Column::Point, &format!("{first}{second}"))),
        }
    }

    /// A day, also as workbooks count it.
    fn confirmed(&mut self) -> Option<Day> {
        let cell = self.cell(Column::ConfirmedOn).to_owned();
        if cell.is_empty() {
            return None;
        }
        let serial = cell
            .parse::<i32>()
            .ok()
            .filter(|serial| self.source == Source::Workbook && (20_000..80_000).contains(serial));
        let day = match serial {
            // Workbooks count from 30 December 1899.
            Some(serial) => Day::new(1970, 1, 1).map(|first| first.plus_days(serial - 25_569)),
            None => Day::parse(&cell),
        };
        match day {
            Ok(day) => Some(day),
            Err(refusal) => {
                self.said.push(Said::rule(self.line, refusal.rule).at(Column::ConfirmedOn, &cell));
                None
            }
        }
    }

    /// Reads what was gathered as the form of a card would be read.
    fn card(&mut self, person: bool) -> Option<What> {
        let mut fields = self.fields.clone();
        if person {
            fields.retain(|(field, _)| *field != "visibility");
            fields.push(("visibility", Visibility::Owner.code().to_owned()));
        }
        let read = CardContent::read(fields.as_slice() as &[(&str, String)]);
        let wrong = match read {
            Ok(card) => return Some(What::Card(Box::new(card))),
            Err(wrong) => wrong,
        };
        let mut missing_consent_only = person;
        for refusal in wrong.list().iter().filter(|refusal| refusal.rule != CONSENT_MISSING) {
            missing_consent_only = false;
            let column = Column::of_field(refusal.field);
            let value = column.map(|column| self.cell(column).to_owned()).unwrap_or_default();
            let said = Said::rule(self.line, refusal.rule);
            let said = column.map_or(said.clone(), |column| said.at(column, &value));
            // What was said of a cell of a list is not said once more of the field.
            if self.said.iter().all(|known| known.column.is_none() || known.column != said.column) {
                self.said.push(said);
            }
        }
        missing_consent_only.then_some(What::Person(fields))
    }
}

/// Reads all rows of a table. What is an error keeps its row out; everything else is taken.
#[must_use]
pub fn take(table: &Table, plan: &Plan, words: &Words) -> Outcome {
    let mut out = Outcome { said: table.said.clone(), ..Outcome::default() };
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    for (line, cells) in &table.rows {
        let named =
            plan.columns.iter().zip(cells).filter_map(|(column, cell)| Some(((*column)?, bare(cell, table.source))));
        let cells: BTreeMap<Column, &str> = named.collect();
        if cells.values().all(|cell| cell.is_empty()) {
            continue;
        }
        let (said, fields) = (Vec::new(), Vec::new());
        let row = Row { line: *line, cells, source: table.source, plan, words, said, fields };
        one(row, &mut ids, &mut out);
    }
    alike_above(&mut out);
    out.said.sort_by_key(|said| (said.line, std::cmp::Reverse(said.severity)));
    out
}

fn one(mut row: Row<'_>, ids: &mut BTreeMap<String, usize>, out: &mut Outcome) {
    if row.cell(Column::Name).starts_with(EXAMPLE) {
        out.said.push(Said::file(Severity::Notice, Fault::ExampleRow, &[]).on(row.line));
        return;
    }
    let id = row.cell(Column::Id).to_owned();
    match id.as_str() {
        "" => {}
        "0" => row.say(Severity::Warning, Fault::IdZero, (Column::Id, &id)),
        _ => {
            if let Some(above) = ids.insert(fold(&id), row.line) {
                ids.insert(fold(&id), above);
                let said = Said::file(Severity::Error, Fault::IdTwice, &[&id, &above.to_string()]);
                row.said.push(said.on(row.line).at(Column::Id, &id));
            }
        }
    }
    row.lists();
    row.texts();
    let person = row.fields.contains(&("kind", CardKind::Person.code().to_owned()));
    row.place(person);
    row.contact();
    row.web();
    let (confirmed_on, space) = (row.confirmed(), row.cell(Column::Space).to_owned());
    let what = row.card(person);
    let fine = row.said.iter().all(|said| said.severity != Severity::Error);
    match what.filter(|_| fine) {
        Some(what) => {
            if matches!(what, What::Person(_)) {
                row.said.push(Said::file(Severity::Warning, Fault::PersonWaits, &[]).on(row.line));
            }
            let (id, space) = (Uuid::parse_str(&id).ok(), Some(space).filter(|space| !space.is_empty()));
            out.taken.push(Taken { line: row.line, id, what, confirmed_on, space });
        }
        None => {
            out.rejected.insert(row.line);
        }
    }
    out.said.extend(row.said);
}

/// Rows that may be of the same thing as one above.
fn alike_above(out: &mut Outcome) {
    let keys: Vec<(usize, (String, String))> =
        out.taken.iter().map(|taken| (taken.line, taken.likeness_keys())).collect();
    let mut groups: BTreeMap<(u8, &str), Vec<usize>> = BTreeMap::new();
    let mut said = Vec::new();
    for (at, (line, (sound, place))) in keys.iter().enumerate() {
        let near = [(0, sound.as_str()), (1, place.as_str())].into_iter().filter(|(_, key)| !key.is_empty());
        let mut above: Vec<usize> = Vec::new();
        for key in near {
            let group = groups.entry(key).or_default();
            // A key that hundreds share says nothing.
            above.extend(group.iter().take(50));
            group.push(at);
        }
        let alike = |other: &&usize| {
            let (_, (other_sound, other_place)) = &keys[**other];
            matches!(likeness((sound, place), (other_sound, other_place)), Some(Likeness::Name | Likeness::Address))
        };
        if let Some(first) = above.iter().filter(alike).min() {
            let first = keys[*first].0.to_string();
            said.push(Said::file(Severity::Warning, Fault::LikeAbove, &[&first]).on(*line));
        }
    }
    out.said.extend(said);
}

impl Said {
    /// What the sentence names, if it is one of the faults.
    #[must_use]
    pub fn params(&self) -> &[String] {
        match &self.because {
            Because::Fault(_, params) => params,
            _ => &[],
        }
    }
}
