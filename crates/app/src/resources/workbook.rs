// SPDX-License-Identifier: EUPL-1.2
//! Reads one sheet of a workbook (ECMA-376): its words and numbers, no formulas, no styles. Hidden rows and joined cells
//! are told, because people do not see them in the table that comes out.

use domain::resources::exchange::{Fault, MOST_COLUMNS, MOST_ROWS, Said, Source, Table};
use domain::territory::Severity;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// One part of a workbook is no larger than this.
const LARGEST: u64 = 200 * 1024 * 1024;

type Book<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn fault(fault: Fault, params: &[&str]) -> Said {
    Said::file(Severity::Error, fault, params)
}

fn part(book: &mut Book<'_>, name: &str) -> Result<Option<String>, Said> {
    let Ok(file) = book.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    file.take(LARGEST + 1).read_to_string(&mut text).or(Err(fault(Fault::Broken, &[])))?;
    if text.len() as u64 > LARGEST { Err(fault(Fault::TooMuchInside, &[])) } else { Ok(Some(text)) }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().filter_map(Result::ok).find(|one| one.key.local_name().as_ref() == name)?;
    let raw: &str = &found.value;
    Some(quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned))
}

/// Goes through the tags of a part: beginning, text, end.
fn walk(xml: &str, mut see: impl FnMut(Seen<'_>)) -> Result<(), Said> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => see(Seen::Begin(&tag)),
            Ok(Event::Empty(tag)) => {
                see(Seen::Begin(&tag));
                see(Seen::End(tag.local_name().as_ref()));
            }
            Ok(Event::End(tag)) => see(Seen::End(tag.local_name().as_ref())),
            Ok(Event::Text(text)) => see(Seen::Text(&text)),
            Ok(Event::CData(text)) => see(Seen::Text(&text)),
            Ok(Event::GeneralRef(name)) => {
                let name = format!("&{};", &*name);
                see(Seen::Text(&quick_xml::escape::unescape(&name).unwrap_or_default()));
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
fn shared(book: &mut Book<'_>) -> Result<Vec<String>, Said> {
    let Some(xml) = part(book, "xl/sharedStrings.xml")? else { return Ok(Vec::new()) };
    let (mut all, mut text, mut inside, mut reading) = (Vec::new(), String::new(), false, false);
    walk(&xml, |seen| match seen {
        Seen::Begin(tag) => match tag.local_name().as_ref() {
            "si" => text.clear(),
            "rPh" => reading = true,
            "t" => inside = true,
            _ => {}
        },
        Seen::Text(piece) if inside && !reading => text.push_str(piece),
        Seen::End("si") => all.push(text.clone()),
        Seen::End("rPh") => reading = false,
        Seen::End("t") => inside = false,
        _ => {}
    })?;
    Ok(all)
}

/// Names of the sheets and their parts.
fn sheets(book: &mut Book<'_>) -> Result<Vec<(String, String)>, Said> {
    let broken = || fault(Fault::Broken, &[]);
    let (mut names, mut targets) = (Vec::new(), Vec::new());
    walk(&part(book, "xl/workbook.xml")?.ok_or_else(broken)?, |seen| {
        if let Seen::Begin(tag) = seen
            && tag.local_name().as_ref() == "sheet"
        {
            // `r:id` and `sheetId` differ; only the one of the relation leads to the part.
            let relation = tag.attributes().filter_map(Result::ok).find(|one| one.key.as_ref().ends_with(":id"));
            let relation = relation.map(|one| one.value.to_string()).unwrap_or_default();
            names.push((attribute(tag, "name").unwrap_or_default(), relation));
        }
    })?;
    walk(&part(book, "xl/_rels/workbook.xml.rels")?.ok_or_else(broken)?, |seen| {
        if let Seen::Begin(tag) = seen
            && tag.local_name().as_ref() == "Relationship"
        {
            targets.push((attribute(tag, "Id").unwrap_or_default(), attribute(tag, "Target").unwrap_or_default()));
        }
    })?;
    let path = |target: &str| match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    };
    let found = names.into_iter().filter_map(|(name, relation)| {
        let (_, target) = targets.iter().find(|(id, _)| *id == relation)?;
        Some((name, path(target)))
    });
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

#[derive(Default)]
struct Sheet {
    rows: Vec<(usize, Vec<String>)>,
    hidden: usize,
    joined: Vec<usize>,
    widest: usize,
}

struct Cell {
    column: usize,
    kind: String,
    text: String,
}

fn cells(xml: &str, shared: &[String]) -> Result<Sheet, Said> {
    let mut sheet = Sheet::default();
    let mut cell: Option<Cell> = None;
    let mut inside = false;
    walk(xml, |seen| match seen {
        Seen::Begin(tag) => match tag.local_name().as_ref() {
            "row" => {
                let next = sheet.rows.last().map_or(1, |(line, _)| line + 1);
                let line = attribute(tag, "r").and_then(|text| text.parse().ok()).unwrap_or(next);
                sheet.hidden += usize::from(attribute(tag, "hidden").is_some_and(|text| text == "1" || text == "true"));
                sheet.rows.push((line, Vec::new()));
            }
            "c" => {
                let next = sheet.rows.last().map_or(0, |(_, cells)| cells.len());
                let column = attribute(tag, "r").and_then(|place| column(&place)).unwrap_or(next);
                cell = Some(Cell { column, kind: attribute(tag, "t").unwrap_or_default(), text: String::new() });
            }
            "v" | "t" => inside = true,
            "mergeCell" => {
                let place = attribute(tag, "ref").unwrap_or_default();
                let digits: String =
                    place.chars().skip_while(char::is_ascii_alphabetic).take_while(char::is_ascii_digit).collect();
                sheet.joined.extend(digits.parse::<usize>());
            }
            _ => {}
        },
        Seen::Text(piece) if inside => {
            if let Some(cell) = &mut cell {
                cell.text.push_str(piece);
            }
        }
        Seen::End("v" | "t") => inside = false,
        Seen::End("c") => {
            if let (Some(cell), Some((_, row))) = (cell.take(), sheet.rows.last_mut()) {
                sheet.widest = sheet.widest.max(cell.column + 1);
                // A row is only as wide as what is read of it.
                if cell.column < MOST_COLUMNS {
                    row.resize(row.len().max(cell.column + 1), String::new());
                    row[cell.column] = worth(&cell, shared);
                }
            }
        }
        _ => {}
    })?;
    Ok(sheet)
}

fn worth(cell: &Cell, shared: &[String]) -> String {
    match cell.kind.as_str() {
        "s" => cell.text.parse::<usize>().ok().and_then(|at| shared.get(at)).cloned().unwrap_or_default(),
        "" | "n" => number(&cell.text),
        _ => cell.text.clone(),
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
    let mut book = ZipArchive::new(Cursor::new(bytes)).or(Err(fault(Fault::Broken, &[])))?;
    let all = sheets(&mut book)?;
    let wanted = wanted.trim();
    let chosen =
        if wanted.is_empty() { all.first() } else { all.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)) };
    let names = all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let Some((name, path)) = chosen.cloned() else { return Err(fault(Fault::NoSuchSheet, &[&names])) };
    let shared = shared(&mut book)?;
    let sheet = cells(&part(&mut book, &path)?.ok_or_else(|| fault(Fault::Broken, &[]))?, &shared)?;
    if sheet.widest > MOST_COLUMNS {
        return Err(fault(Fault::TooManyColumns, &[&MOST_COLUMNS.to_string()]));
    }
    if sheet.rows.len() > MOST_ROWS + 1 {
        return Err(fault(Fault::TooManyRows, &[]));
    }
    let warn = |fault, params: &[&str]| Said::file(Severity::Warning, fault, params);
    let mut said: Vec<Said> = sheet.joined.iter().map(|line| warn(Fault::JoinedCells, &[]).on(*line)).collect();
    if sheet.hidden > 0 {
        said.push(warn(Fault::HiddenRows, &[&sheet.hidden.to_string()]));
    }
    if all.len() > 1 && wanted.is_empty() {
        said.push(warn(Fault::SeveralSheets, &[&name, &names]));
    }
    let mut rows = sheet.rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let Some((_, head)) = rows.next() else { return Err(fault(Fault::Empty, &[])) };
    Ok(Table { head, rows: rows.collect(), source: Source::Workbook, said })
}
