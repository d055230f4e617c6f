// SPDX-License-Identifier: EUPL-1.2
//! Reads one sheet of a workbook (ECMA-376): its words and numbers, no formulas, no styles. Hidden rows and joined cells
//! are told, because people do not see them in the table that comes out. Whatever is made of it is counted while it is
//! made: cells share texts, so that a small workbook can be a very large table.

use domain::resources::exchange::{Budget, Fault, MOST_COLUMNS, MOST_NOTICES, MOST_ROWS, Said, Source, Table};
use domain::territory::Severity;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Names of sheets that are told.
const SHEETS: usize = 20;

type Book<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn fault(fault: Fault, params: &[&str]) -> Said {
    Said::file(Severity::Error, fault, params)
}

fn part(book: &mut Book<'_>, name: &str, budget: &mut Budget) -> Result<Option<String>, Said> {
    let Ok(file) = book.by_name(name) else { return Ok(None) };
    let number = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    // What it says it holds, before anything is unpacked; then what comes out of it.
    budget.clone().inflate(number(file.size()))?;
    let mut text = String::new();
    let most = u64::try_from(budget.room()).unwrap_or(u64::MAX).saturating_add(1);
    let read = file.take(most).read_to_string(&mut text);
    budget.inflate(text.len())?;
    read.map(|_| Some(text)).or(Err(fault(Fault::Broken, &[])))
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().filter_map(Result::ok).find(|one| one.key.local_name().as_ref() == name)?;
    let raw: &str = &found.value;
    Some(quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), Cow::into_owned))
}

/// Goes through the tags of a part: beginning, text, end.
fn walk(xml: &str, mut see: impl FnMut(Seen<'_>) -> Result<(), Said>) -> Result<(), Said> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => see(Seen::Begin(&tag))?,
            Ok(Event::Empty(tag)) => {
                see(Seen::Begin(&tag))?;
                see(Seen::End(tag.local_name().as_ref()))?;
            }
            Ok(Event::End(tag)) => see(Seen::End(tag.local_name().as_ref()))?,
            Ok(Event::Text(text)) => see(Seen::Text(&text))?,
            Ok(Event::CData(text)) => see(Seen::Text(&text))?,
            Ok(Event::GeneralRef(name)) => {
                let name = format!("&{};", &*name);
                see(Seen::Text(&quick_xml::escape::unescape(&name).unwrap_or_default()))?;
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(fault(Fault::Broken, &[])),
        }
    }
}

enum Seen<'a> {
    Begin(&'a BytesStart<'a>),
    Text(&'a str),
    End(&'a str),
}

/// Texts that cells share, in their order. Readings beside Japanese words are left out.
fn shared(book: &mut Book<'_>, budget: &mut Budget) -> Result<Vec<String>, Said> {
    let Some(xml) = part(book, "xl/sharedStrings.xml", budget)? else { return Ok(Vec::new()) };
    let (mut all, mut text, mut inside, mut reading) = (Vec::new(), String::new(), false, false);
    walk(&xml, |seen| {
        match seen {
            Seen::Begin(tag) => match tag.local_name().as_ref() {
                "si" => text.clear(),
                "rPh" => reading = true,
                "t" => inside = true,
                _ => {}
            },
            Seen::Text(piece) if inside && !reading => text.push_str(piece),
            Seen::End("si") => {
                budget.cell(text.len())?;
                all.push(text.clone());
            }
            Seen::End("rPh") => reading = false,
            Seen::End("t") => inside = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(all)
}

/// Names of the sheets and their parts.
fn sheets(book: &mut Book<'_>, budget: &mut Budget) -> Result<Vec<(String, String)>, Said> {
    let broken = || fault(Fault::Broken, &[]);
    let (mut names, mut targets) = (Vec::new(), BTreeMap::new());
    walk(&part(book, "xl/workbook.xml", budget)?.ok_or_else(broken)?, |seen| {
        if let Seen::Begin(tag) = seen
            && tag.local_name().as_ref() == "sheet"
        {
            // `r:id` and `sheetId` differ; only the one of the relation leads to the part.
            let relation = tag.attributes().filter_map(Result::ok).find(|one| one.key.as_ref().ends_with(":id"));
            let relation = relation.map(|one| one.value.to_string()).unwrap_or_default();
            names.push((attribute(tag, "name").unwrap_or_default(), relation));
        }
        Ok(())
    })?;
    walk(&part(book, "xl/_rels/workbook.xml.rels", budget)?.ok_or_else(broken)?, |seen| {
        if let Seen::Begin(tag) = seen
            && tag.local_name().as_ref() == "Relationship"
        {
            targets.insert(attribute(tag, "Id").unwrap_or_default(), attribute(tag, "Target").unwrap_or_default());
        }
        Ok(())
    })?;
    let path = |target: &str| match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    };
    let found = names.into_iter().filter_map(|(name, relation)| Some((name, path(targets.get(&relation)?))));
    Ok(found.collect())
}

/// `AB12` → 27.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    let number =
        letters.fold(0_usize, |sum, letter| sum.saturating_mul(26).saturating_add(usize::from(letter - b'A') + 1));
    number.checked_sub(1)
}

/// A number as people read it: no rounding dust, decimal comma.
fn number(text: &str) -> String {
    let Ok(value) = text.parse::<f64>() else { return text.to_owned() };
    let tidy = format!("{value:.14e}").parse::<f64>().unwrap_or(value);
    format!("{tidy}").replace('.', ",")
}

/// A sheet while it is read: only rows in which something stands are kept.
#[derive(Default)]
struct Sheet {
    rows: Vec<(usize, Vec<String>)>,
    line: usize,
    row: Vec<String>,
    hidden: usize,
    joined: Vec<usize>,
}

struct Cell {
    column: usize,
    kind: String,
    text: String,
}

impl Sheet {
    fn begin_row(&mut self, tag: &BytesStart<'_>) {
        self.line = attribute(tag, "r").and_then(|text| text.parse().ok()).unwrap_or(self.line.saturating_add(1));
        self.hidden += usize::from(attribute(tag, "hidden").is_some_and(|text| text == "1" || text == "true"));
    }

    fn end_row(&mut self) -> Result<(), Said> {
        let row = std::mem::take(&mut self.row);
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            self.rows.push((self.line, row));
        }
        // One row is the head.
        if self.rows.len() > MOST_ROWS + 1 { Err(fault(Fault::TooManyRows, &[])) } else { Ok(()) }
    }

    fn cell(&self, tag: &BytesStart<'_>) -> Cell {
        let column = attribute(tag, "r").and_then(|place| column(&place)).unwrap_or(self.row.len());
        Cell { column, kind: attribute(tag, "t").unwrap_or_default(), text: String::new() }
    }

    fn put(&mut self, cell: &Cell, shared: &[String], budget: &mut Budget) -> Result<(), Said> {
        if cell.column >= MOST_COLUMNS {
            return Err(fault(Fault::TooManyColumns, &[&MOST_COLUMNS.to_string()]));
        }
        let text = worth(cell, shared);
        budget.cell(text.len())?;
        if cell.column >= self.row.len() {
            budget.cells(cell.column - self.row.len())?;
            self.row.resize(cell.column + 1, String::new());
        }
        self.row[cell.column] = text.into_owned();
        Ok(())
    }

    fn join(&mut self, tag: &BytesStart<'_>) {
        let place = attribute(tag, "ref").unwrap_or_default();
        let digits: String =
            place.chars().skip_while(char::is_ascii_alphabetic).take_while(char::is_ascii_digit).collect();
        if self.joined.len() < MOST_NOTICES {
            self.joined.extend(digits.parse::<usize>());
        }
    }
}

fn cells(xml: &str, shared: &[String], budget: &mut Budget) -> Result<Sheet, Said> {
    let mut sheet = Sheet::default();
    let mut cell: Option<Cell> = None;
    let mut inside = false;
    walk(xml, |seen| {
        match seen {
            Seen::Begin(tag) => match tag.local_name().as_ref() {
                "row" => sheet.begin_row(tag),
                "c" => cell = Some(sheet.cell(tag)),
                "v" | "t" => inside = true,
                "mergeCell" => sheet.join(tag),
                _ => {}
            },
            Seen::Text(piece) if inside => {
                if let Some(cell) = &mut cell {
                    cell.text.push_str(piece);
                }
            }
            Seen::End("v" | "t") => inside = false,
            Seen::End("c") => {
                if let Some(cell) = cell.take() {
                    sheet.put(&cell, shared, budget)?;
                }
            }
            Seen::End("row") => sheet.end_row()?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(sheet)
}

fn worth<'a>(cell: &'a Cell, shared: &'a [String]) -> Cow<'a, str> {
    match cell.kind.as_str() {
        "s" => cell.text.parse::<usize>().ok().and_then(|at| shared.get(at)).map_or(Cow::Borrowed(""), Cow::from),
        "" | "n" => number(&cell.text).into(),
        _ => Cow::from(&cell.text),
    }
}

/// Is it a workbook, and no other packed folder?
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|book| book.index_for_name("xl/workbook.xml").is_some())
}

/// The sheet that was asked for, else the first one, as a table.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read(bytes: &[u8], wanted: &str) -> Result<Table, Said> {
    let mut budget = Budget::default();
    let mut book = ZipArchive::new(Cursor::new(bytes)).or(Err(fault(Fault::Broken, &[])))?;
    let all = sheets(&mut book, &mut budget)?;
    let wanted = wanted.trim();
    let chosen =
        if wanted.is_empty() { all.first() } else { all.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)) };
    let names = all.iter().map(|(name, _)| name.as_str()).take(SHEETS).collect::<Vec<_>>().join(", ");
    let Some((name, path)) = chosen.cloned() else { return Err(fault(Fault::NoSuchSheet, &[&names])) };
    let shared = shared(&mut book, &mut budget)?;
    let xml = part(&mut book, &path, &mut budget)?.ok_or_else(|| fault(Fault::Broken, &[]))?;
    let sheet = cells(&xml, &shared, &mut budget)?;
    let warn = |fault, params: &[&str]| Said::file(Severity::Warning, fault, params);
    let mut said: Vec<Said> = sheet.joined.iter().map(|line| warn(Fault::JoinedCells, &[]).on(*line)).collect();
    if sheet.hidden > 0 {
        said.push(warn(Fault::HiddenRows, &[&sheet.hidden.to_string()]));
    }
    if all.len() > 1 && wanted.is_empty() {
        said.push(warn(Fault::SeveralSheets, &[&name, &names]));
    }
    let mut rows = sheet.rows.into_iter();
    let Some((_, head)) = rows.next() else { return Err(fault(Fault::Empty, &[])) };
    Ok(Table { head, rows: rows.collect(), source: Source::Workbook, said })
}
