// SPDX-License-Identifier: EUPL-1.2
//! Whatever was handed in becomes a table: text with separators, workbook, GeoJSON, HSDS as JSON or packed, calendar.
//! What it is, its content says; a name says nothing.

use super::{calendar, hsds_in, package, workbook};
use crate::territory::table_rows;
use domain::kernel::{Day, fold};
use domain::resources::exchange::{
    Because, Budget, Column, Fault, MOST_COLUMNS, MOST_ROWS, Said, Source, Table, weigh_data, weigh_table,
};
use domain::territory::{FileFault, Finding, Severity};
use serde_json::Value;
use std::collections::BTreeSet;

/// Megabytes of one file.
const LARGEST: usize = 50;
/// Names that some machines keep for themselves.
const RESERVED: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM1", "LPT1"];

/// A file as it was handed in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Its name.
    pub name: String,
    /// As it lay on disk.
    pub bytes: Vec<u8>,
    /// The sheet of a workbook, if it is not the first.
    pub sheet: String,
}

fn error(fault: Fault, params: &[&str]) -> Vec<Said> {
    vec![Said::file(Severity::Error, fault, params)]
}

fn of_finding(finding: &Finding) -> Said {
    let said = Said::file(finding.severity, Fault::Empty, &[]);
    Said { because: Because::File(finding.german()), ..said }
}

/// The last part of a name, without what breaks lists and machines.
#[must_use]
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control() && !"\"'<>|:*?".contains(*c)).take(120).collect();
    let stem = clean.split('.').next().unwrap_or_default().to_uppercase();
    match clean.trim() {
        "" => "datei".to_owned(),
        _ if RESERVED.contains(&stem.as_str()) => format!("_{clean}"),
        fine => fine.to_owned(),
    }
}

/// A file as a table.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read(file: &Incoming, today: Day) -> Result<Table, Vec<Said>> {
    let name = clean_name(&file.name);
    if file.bytes.len() > LARGEST * 1024 * 1024 {
        return Err(vec![of_finding(&FileFault::TooLarge(LARGEST).finding(&name))]);
    }
    let text = || file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes).trim_ascii_start();
    let table = match text() {
        [] => Err(error(Fault::Empty, &[])),
        [b'P', b'K', 3, 4, ..] if workbook::is_workbook(&file.bytes) => {
            workbook::read(&file.bytes, &file.sheet).map_err(|said| vec![said])
        }
        [b'P', b'K', 3, 4, ..] => {
            package::unpack(&file.bytes).map_err(|said| vec![said]).and_then(|all| as_data(hsds_in::table(&all)))
        }
        [b'%', b'P', b'D', b'F', ..] => Err(error(Fault::NotRead, &["PDF"])),
        [b'{' | b'[', ..] => as_data(json(text())),
        start if start.starts_with(b"BEGIN:VCALENDAR") => {
            as_data(calendar::table(&crate::territory::decode(start).text, today))
        }
        _ => csv(&name, &file.bytes),
    }?;
    checked(table)
}

fn as_data(table: Result<Table, Vec<Said>>) -> Result<Table, Vec<Said>> {
    table.map(|table| Table { source: Source::Data, ..table })
}

/// What is true of every table.
fn checked(mut table: Table) -> Result<Table, Vec<Said>> {
    if table.head.len() > MOST_COLUMNS {
        return Err(error(Fault::TooManyColumns, &[&MOST_COLUMNS.to_string()]));
    }
    if table.rows.len() > MOST_ROWS {
        return Err(error(Fault::TooManyRows, &[]));
    }
    let mut seen = BTreeSet::new();
    let twice = table.head.iter().find(|head| !head.trim().is_empty() && !seen.insert(fold(head)));
    if let Some(head) = twice {
        return Err(error(Fault::ColumnTwice, &[head.trim()]));
    }
    if table.head.iter().all(|head| Column::of_head(head).is_none()) {
        let found = table.head.iter().map(|head| head.trim()).collect::<Vec<_>>().join(", ");
        let found: String = found.chars().filter(|c| !c.is_control()).take(200).collect();
        return Err(error(Fault::NoKnownColumn, &[&found]));
    }
    if table.rows.is_empty() {
        table.said.push(Said::file(Severity::Warning, Fault::OnlyHead, &[]));
    }
    Ok(table)
}

fn csv(name: &str, bytes: &[u8]) -> Result<Table, Vec<Said>> {
    weigh_table(bytes).map_err(|said| vec![said])?;
    let mut findings = Vec::new();
    let rows = table_rows(name, bytes, &mut findings);
    let said: Vec<Said> = findings.iter().map(of_finding).collect();
    let Some(rows) = rows else { return Err(said) };
    let full = |(_, cells): &(usize, Vec<String>)| cells.iter().any(|cell| !cell.trim().is_empty());
    let mut rows = (1..).zip(rows).filter(full);
    let Some((_, head)) = rows.next() else { return Err(error(Fault::Empty, &[])) };
    Ok(Table { head, rows: rows.collect(), source: Source::Text, said })
}

fn json(bytes: &[u8]) -> Result<Table, Vec<Said>> {
    weigh_data(bytes).map_err(|said| vec![said])?;
    let text = crate::territory::decode(bytes).text;
    let document: Value = serde_json::from_str(&text)
        .map_err(|broken| error(Fault::NotJson, &[&broken.line().to_string(), &broken.column().to_string()]))?;
    match document["type"].as_str() {
        Some("FeatureCollection") => features(document["features"].as_array().map_or(&[], Vec::as_slice)),
        Some("Feature") => features(std::slice::from_ref(&document)),
        _ => {
            let known = ["version", "services", "service", "contents", "organization", "organizations", "status"];
            let hsds = document.is_array() || known.iter().any(|field| document.get(field).is_some());
            if hsds { hsds_in::table(&document) } else { Err(error(Fault::JsonUnknown, &[])) }
        }
    }
}

/// Points with their properties; each property is a column.
fn features(all: &[Value]) -> Result<Table, Vec<Said>> {
    let mut budget = Budget::default();
    let mut head = vec!["id".to_owned(), "lat".to_owned(), "lon".to_owned()];
    for (name, _) in all.iter().filter_map(|one| one["properties"].as_object()).flatten() {
        // Where the place on the map is given, another column of it would only be in the way.
        let place =
            matches!(Column::of_head(name), Some(Column::Id | Column::Latitude | Column::Longitude | Column::Point));
        if !place && !head.contains(name) {
            head.push(name.clone());
        }
        // One more than is read: the table is refused for it, and nothing is made of it.
        if head.len() > MOST_COLUMNS {
            break;
        }
    }
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    if all.len() > MOST_ROWS {
        return Err(error(Fault::TooManyRows, &[]));
    }
    let mut table = Table { head, ..Table::default() };
    for (line, one) in (1..).zip(all) {
        budget.cells(table.head.len()).map_err(|said| vec![said])?;
        let (geometry, properties) = (&one["geometry"], &one["properties"]);
        let mut degrees = [String::new(), String::new()];
        match geometry["type"].as_str() {
            Some("Point") => {
                degrees = [text(&geometry["coordinates"][1]), text(&geometry["coordinates"][0])];
            }
            None => {}
            Some(other) => table.said.push(Said::file(Severity::Warning, Fault::NoPoint, &[other]).on(line)),
        }
        let [latitude, longitude] = degrees;
        let id = [&one["id"], &properties["id"]].into_iter().map(text).find(|id| !id.is_empty()).unwrap_or_default();
        let rest = table.head[3..].iter().map(|name| text(&properties[name]));
        let cells = [id, latitude, longitude].into_iter().chain(rest).collect();
        table.rows.push((line, cells));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(name: &str, text: &[u8]) -> Result<Table, Vec<Said>> {
        let file = Incoming { name: name.to_owned(), bytes: text.to_vec(), sheet: String::new() };
        read(&file, Day::parse("2026-11-23").unwrap())
    }

    fn fault(text: &[u8]) -> Fault {
        match &read_text("x.csv", text).unwrap_err()[0].because {
            Because::Fault(fault, _) => *fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn names_are_only_names() {
        for (name, clean) in [
            ("../../x.csv", "x.csv"),
            ("C:\\a\\b.csv", "b.csv"),
            ("AUX.csv", "_AUX.csv"),
            ("con", "_con"),
            ("a\n\"b\".csv", "ab.csv"),
            ("", "datei"),
        ] {
            assert_eq!(clean_name(name), clean, "{name:?}");
        }
    }

    #[test]
    fn the_content_says_what_it_is() {
        assert_eq!(fault(b""), Fault::Empty);
        assert_eq!(fault(b"%PDF-1.7"), Fault::NotRead);
        assert_eq!(fault(b"PK\x03\x04kaputt"), Fault::Broken);
        assert_eq!(fault(b"{\"a\":"), Fault::NotJson);
        assert_eq!(fault(b"{\"a\":1}"), Fault::JsonUnknown);
        assert_eq!(fault(b"A;B\n1;2"), Fault::NoKnownColumn);
        assert_eq!(fault(b"Name;name\n1;2"), Fault::ColumnTwice);
        assert_eq!(fault(b"{\"version\":\"9.9\",\"services\":[]}"), Fault::HsdsVersion);
        let only = read_text("x.csv", "\u{feff}Name;PLZ\r\n".as_bytes()).unwrap();
        assert!(only.rows.is_empty() && only.said.len() == 1);
        let old = read_text("x.csv", b"Name\tStra\xdfe\nS\xfcd\tWeg 1\n\nNord\tWeg 2").unwrap();
        assert_eq!((old.rows[0].0, old.rows[1].0, old.rows[0].1[0].as_str()), (2, 4, "Süd"));
    }

    #[test]
    fn geojson_is_a_table_of_its_properties() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":"7","geometry":{"type":"Point","coordinates":[9.9,53.6]},"properties":{"name":"A","lat":1}},
            {"type":"Feature","geometry":{"type":"LineString","coordinates":[]},"properties":{"id":8,"art":"Ort"}}]}"#;
        let table = read_text("x.geojson", text.as_bytes()).unwrap();
        assert_eq!(table.head, ["id", "lat", "lon", "name", "art"]);
        assert_eq!(table.rows[0].1, ["7", "53.6", "9.9", "A", ""]);
        assert_eq!((table.rows[1].1.join("|"), table.said[0].line), ("8||||Ort".to_owned(), 2));
    }
}
