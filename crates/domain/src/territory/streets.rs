// SPDX-License-Identifier: EUPL-1.2
//! Reads the street directory that the Bundesagentur für Arbeit uses for small-area statistics: two
//! tables, `-zu` (4 columns: the units) and `-ra` (13 columns: street ranges and their unit).
//!
//! Public are: the numbers of columns; the nine-digit key of three times three digits for
//! Stadtdistrikt, Stadtbezirk and Stadtviertel; name and inhabitants of each unit; street name and
//! postcode; separate ranges for odd and even numbers; 997 and 998 for “to the end” of the odd and even
//! side; that a range must not be empty. **The order of the thirteen columns is an assumption of ours**,
//! as the contract's annex is not public. A header row therefore always beats the position:
//!
//! | `-ra` | column | | column |
//! |---|---|---|---|
//! | 1 | Gemeindekennziffer | 8 | ungerade bis Zusatz |
//! | 2 | Postleitzahl | 9 | gerade von |
//! | 3 | Ort | 10 | gerade von Zusatz |
//! | 4 | Straße | 11 | gerade bis |
//! | 5 | ungerade von | 12 | gerade bis Zusatz |
//! | 6 | ungerade von Zusatz | 13 | Schlüssel |
//! | 7 | ungerade bis | | |
//!
//! `-zu`: Gemeindekennziffer, Schlüssel, Bezeichnung, Einwohner.
//!
//! The rows come split and decoded; separators, quotes and character sets are the caller's business.

use super::directory;
use super::findings::{
    COLUMN_TWICE, COLUMNS_MISSING, DISTRICT_KEY, DISTRICT_TWICE, DISTRICT_UNKNOWN, DISTRICT_UNUSED, Finding,
    POSTCODE_WRONG, POSTCODE_ZERO, RANGE_EMPTY, RANGE_REVERSED, RANGE_UNREADABLE, RANGE_WRONG_SIDE, STREET_MISSING,
    TABLE_EMPTY, TABLE_TOO_LONG,
};
use super::house::{Postcode, Single, addition_of};
use super::space::SpaceKey;
use crate::kernel::{Line, fold};
use std::collections::{BTreeMap, BTreeSet};

const MOST_ROWS: usize = 100_000;
const ZU_COLUMNS: [&str; 4] = ["gemeindekennziffer", "schluessel", "bezeichnung", "einwohner"];
const RA_COLUMNS: [&str; 13] = [
    "gemeindekennziffer",
    "postleitzahl",
    "ort",
    "strasse",
    "ungerade von",
    "ungerade von zusatz",
    "ungerade bis",
    "ungerade bis zusatz",
    "gerade von",
    "gerade von zusatz",
    "gerade bis",
    "gerade bis zusatz",
    "schluessel",
];
/// Other words for the same column, folded.
const ALSO: [(&str, &str); 14] = [
    ("gemeindeschluessel", "gemeindekennziffer"),
    ("ags", "gemeindekennziffer"),
    ("gkz", "gemeindekennziffer"),
    ("plz", "postleitzahl"),
    ("gemeinde", "ort"),
    ("strassenname", "strasse"),
    ("name der strasse", "strasse"),
    ("staedtische gliederung", "schluessel"),
    ("neunstelliger schluessel", "schluessel"),
    ("viertel", "schluessel"),
    ("name", "bezeichnung"),
    ("einwohnerzahl", "einwohner"),
    ("strassenschluessel", "strassenschluessel"),
    ("ortsteil", "ortsteil"),
];

/// A unit of the street directory.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Stadtviertel")]
pub struct District {
    /// Nine digits: district, borough, quarter.
    pub key: SpaceKey,
    /// What it is called.
    pub name: Line,
    /// How many people live there, if the table tells.
    pub inhabitants: Option<u32>,
}

/// One end of a range.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Bereichsgrenze")]
pub struct Bound {
    /// The house number; `None` is the end of the street.
    pub number: Option<u32>,
    /// Its addition, lower case, or empty.
    pub addition: String,
}

/// House numbers of one side of a street, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Hausnummernbereich")]
pub struct Span {
    /// The first; never open.
    pub from: Bound,
    /// The last. Without an addition it includes all additions of its number.
    pub to: Bound,
}

/// A row of the street directory.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Straßenabschnitt")]
pub struct StreetRange {
    /// The row in the table, counted from 1.
    pub row: usize,
    /// The street's name.
    pub street: Line,
    /// Its postcode, if the table tells.
    pub postcode: Option<Postcode>,
    /// Its place, if the table tells.
    pub place: Option<Line>,
    /// Odd house numbers.
    pub odd: Option<Span>,
    /// Even house numbers.
    pub even: Option<Span>,
    /// The unit these numbers belong to.
    pub key: SpaceKey,
}

/// What was read; with an error among the findings nothing of it may be taken over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Straßenraster")]
pub struct StreetsRead {
    /// The units.
    pub districts: Vec<District>,
    /// The rows.
    pub ranges: Vec<StreetRange>,
    /// What is to be said about the tables.
    pub findings: Vec<Finding>,
}

/// Reads both tables: `zu` the units, `ra` the street ranges.
#[must_use]
pub fn read_streets(zu: &[Vec<String>], ra: &[Vec<String>]) -> StreetsRead {
    let mut read = StreetsRead::default();
    for (name, rows) in [("-zu", zu), ("-ra", ra)] {
        if rows.len() > MOST_ROWS + 1 {
            read.findings.push(TABLE_TOO_LONG.whole(&[&name]));
        }
    }
    if !read.findings.is_empty() {
        return read;
    }
    if let Some(table) = Table::new("-zu", zu, &ZU_COLUMNS, &ZU_COLUMNS[1..3], &mut read.findings) {
        read.read_districts(&table);
    }
    let needed = ["strasse", "ungerade von", "ungerade bis", "gerade von", "gerade bis", "schluessel"];
    if let Some(table) = Table::new("-ra", ra, &RA_COLUMNS, &needed, &mut read.findings) {
        read.read_ranges(&table);
    }
    read.compare();
    read.findings.extend(directory::overlaps(&read.ranges));
    read.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    read
}

/// Rows, and which column stands where.
struct Table<'a> {
    name: &'static str,
    rows: &'a [Vec<String>],
    first_row: usize,
    columns: BTreeMap<String, usize>,
}

impl<'a> Table<'a> {
    fn new(
        name: &'static str,
        rows: &'a [Vec<String>],
        positions: &[&str],
        needed: &[&str],
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let by_position = || positions.iter().enumerate().map(|(at, name)| ((*name).to_owned(), at)).collect();
        let Some(first) = rows.first() else {
            findings.push(TABLE_EMPTY.whole(&[&name]));
            return None;
        };
        let header: BTreeMap<String, usize> = first.iter().map(|cell| column_name(cell)).zip(0..).collect();
        // A header names the key's column; a row of data has digits there.
        let has_header = header.contains_key("schluessel");
        if has_header && let Some(twice) = named_twice(first) {
            findings.push(COLUMN_TWICE.whole(&[&name, &twice]));
            return None;
        }
        let columns: BTreeMap<String, usize> = if has_header { header } else { by_position() };
        let complete = has_header || first.len() == positions.len();
        let missing: Vec<&str> =
            needed.iter().filter(|name| !complete || !columns.contains_key(**name)).copied().collect();
        if !missing.is_empty() {
            findings.push(COLUMNS_MISSING.whole(&[&name, &missing.join(", ")]));
            return None;
        }
        let rows = &rows[usize::from(has_header)..];
        if rows.is_empty() {
            findings.push(TABLE_EMPTY.whole(&[&name]));
            return None;
        }
        Some(Self { name, rows, first_row: 1 + usize::from(has_header), columns })
    }

    /// The rows that are not blank, with their number and place.
    fn rows(&self) -> impl Iterator<Item = (usize, String, Row<'_>)> {
        let filled = |row: &&Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
        let numbered = (self.first_row..).zip(self.rows).filter(move |(_, row)| filled(row));
        numbered.map(|(number, cells)| {
            (number, format!("Datei {}, Zeile {number}", self.name), Row { cells, columns: &self.columns })
        })
    }
}

#[derive(Clone, Copy)]
struct Row<'a> {
    cells: &'a [String],
    columns: &'a BTreeMap<String, usize>,
}

impl<'a> Row<'a> {
    fn get(&self, column: &str) -> &'a str {
        self.columns.get(column).and_then(|at| self.cells.get(*at)).map_or("", |cell| cell.trim())
    }
}

/// A heading that stands over two columns; which of them is meant nobody can tell.
fn named_twice(header: &[String]) -> Option<&str> {
    let mut seen = BTreeSet::new();
    let named = header.iter().map(|cell| (cell.trim(), column_name(cell))).filter(|(_, name)| !name.is_empty());
    named.into_iter().find(|(_, name)| !seen.insert(name.clone())).map(|(cell, _)| cell)
}

fn column_name(cell: &str) -> String {
    let name = fold(cell.trim_start_matches('\u{feff}'));
    let name = name.strip_prefix("hausnummer ").or_else(|| name.strip_prefix("hausnr ")).unwrap_or(&name);
    ALSO.iter().find(|(other, _)| *other == name).map_or(name, |(_, usual)| usual).to_owned()
}

/// A nine-digit key; one that lost its leading zeros in a spreadsheet gets them back.
fn nine_digits(text: &str) -> Option<SpaceKey> {
    let digits = (7..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| SpaceKey::parse(&format!("{text:0>9}")).ok()).flatten()
}

impl StreetsRead {
    fn read_districts(&mut self, table: &Table<'_>) {
        let mut seen = BTreeSet::new();
        for (_, place, row) in table.rows() {
            let text = row.get("schluessel").trim_start_matches('\u{feff}');
            let Some(key) = nine_digits(text) else {
                self.findings.push(DISTRICT_KEY.at(&place, &[&text]));
                continue;
            };
            if !seen.insert(key.clone()) {
                self.findings.push(DISTRICT_TWICE.at(&place, &[&key]));
                continue;
            }
            // A unit without a name is still a unit; its key can stand for it.
            let name = Line::parse(row.get("bezeichnung")).or_else(|_| Line::parse(key.as_str()));
            let inhabitants = row.get("einwohner").replace(['.', ' '], "").parse().ok();
            self.districts.extend(name.map(|name| District { key, name, inhabitants }));
        }
    }

    fn read_ranges(&mut self, table: &Table<'_>) {
        let mut zeros = 0;
        for (number, place, row) in table.rows() {
            let before = self.findings.len();
            let key = nine_digits(row.get("schluessel"));
            if key.is_none() {
                self.findings.push(DISTRICT_KEY.at(&place, &[&row.get("schluessel")]));
            }
            let street = Line::parse(row.get("strasse")).ok();
            if street.is_none() {
                self.findings.push(STREET_MISSING.at(&place, &[]));
            }
            let postcode = self.postcode(row.get("postleitzahl"), &place, &mut zeros);
            let odd = self.span(row, "ungerade", &place);
            let even = self.span(row, "gerade", &place);
            if odd.is_none() && even.is_none() && self.findings.len() == before {
                self.findings.push(RANGE_EMPTY.at(&place, &[]));
            }
            let (Some(key), Some(street), true) = (key, street, self.findings.len() == before) else { continue };
            let town = Line::optional(row.get("ort")).unwrap_or(None);
            self.ranges.push(StreetRange { row: number, street, postcode, place: town, odd, even, key });
        }
        if zeros > 0 {
            self.findings.push(POSTCODE_ZERO.whole(&[&zeros]));
        }
    }

    fn postcode(&mut self, text: &str, place: &str, zeros: &mut usize) -> Option<Postcode> {
        if text.is_empty() {
            return None;
        }
        let four_digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        *zeros += usize::from(four_digits);
        let postcode = Postcode::parse(&if four_digits { format!("0{text}") } else { text.to_owned() });
        if postcode.is_err() {
            self.findings.push(POSTCODE_WRONG.at(place, &[&text]));
        }
        postcode.ok()
    }

    /// Reads the range of one side; `None` if it is empty or faulty.
    fn span(&mut self, row: Row<'_>, side: &'static str, place: &str) -> Option<Span> {
        let cells = |end: &str| {
            let (number, addition) = (format!("{side} {end}"), format!("{side} {end} zusatz"));
            (row.get(&number), row.get(&addition))
        };
        let (from, to) = (cells("von"), cells("bis"));
        let blank = ("", "");
        if from == blank && to == blank {
            return None;
        }
        // Only one end given is a single house.
        let from = if from == blank { to } else { from };
        let to = if to == blank { from } else { to };
        let (from, to) = (self.bound(from, side, place, false)?, self.bound(to, side, place, true)?);
        let reversed = to.number.is_some_and(|last| (Some(last), &to.addition) < (from.number, &from.addition));
        // `3a` to `3` means all of number 3 from a on, so an end without addition is never before its number.
        if reversed && !(to.number == from.number && to.addition.is_empty()) {
            self.findings.push(RANGE_REVERSED.at(place, &[&shown(&from), &shown(&to)]));
            return None;
        }
        Some(Span { from, to })
    }

    fn bound(&mut self, cells: (&str, &str), side: &'static str, place: &str, is_end: bool) -> Option<Bound> {
        let text = format!("{} {}", cells.0, cells.1);
        let single = Single::parse(cells.0).filter(|single| single.addition.is_empty() || cells.1.is_empty());
        let (Some(single), Some(addition)) = (single, addition_of(cells.1)) else {
            self.findings.push(RANGE_UNREADABLE.at(place, &[&text.trim()]));
            return None;
        };
        if is_end && matches!(single.number, 997 | 998) {
            return Some(Bound { number: None, addition: String::new() });
        }
        if single.is_odd() != (side == "ungerade") {
            self.findings.push(RANGE_WRONG_SIDE.at(place, &[&text.trim(), &side]));
            return None;
        }
        let addition = if addition.is_empty() { single.addition } else { addition };
        Some(Bound { number: Some(single.number), addition })
    }

    /// Do both tables name the same units? Coarser units of the first table need no street of their own.
    fn compare(&mut self) {
        let known: BTreeSet<&SpaceKey> = self.districts.iter().map(|district| &district.key).collect();
        let used: BTreeSet<&SpaceKey> = self.ranges.iter().map(|range| &range.key).collect();
        if known.is_empty() || used.is_empty() {
            return;
        }
        let mut findings: Vec<Finding> = used.difference(&known).map(|key| DISTRICT_UNKNOWN.whole(&[*key])).collect();
        let has_parts = |key: &SpaceKey| used.iter().any(|other| other.with_coarser().contains(key));
        let unused = self.districts.iter().filter(|district| !has_parts(&district.key));
        findings.extend(unused.map(|d| DISTRICT_UNUSED.whole(&[&d.name.as_str(), &d.key])));
        self.findings.append(&mut findings);
    }
}

fn shown(bound: &Bound) -> String {
    bound.number.map_or_else(|| String::from("Ende"), |number| format!("{number}{}", bound.addition))
}

#[cfg(test)]
#[path = "streets_tests.rs"]
mod tests;
