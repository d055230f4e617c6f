// SPDX-License-Identifier: EUPL-1.2
//! Figures of a space: population and indicators, each with its source and its day. Read out of a table; rows that
//! cannot be read are told one by one and left out, all others are taken.

use super::findings::{
    COLUMN_TWICE, COLUMNS_MISSING, FIGURE_DAY, FIGURE_KEY, FIGURE_KEY_UNKNOWN, FIGURE_NAME, FIGURE_SOURCE,
    FIGURE_TWICE, FIGURE_VALUE, Finding, TABLE_EMPTY,
};
use super::space::SpaceKey;
use crate::kernel::{Day, Line, fold};
use std::collections::{BTreeMap, BTreeSet};

/// Counts of people below this could be somebody (N10, § 64(3) SGB VIII).
const FEWEST_PEOPLE: i64 = 3;

/// A number with up to two places, in hundredths: figures are compared and shown, never counted with in floats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Kennzahlwert")]
pub struct FigureValue(i64);

impl FigureValue {
    /// So many hundredths.
    #[must_use]
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// Reads `6.200`, `12,5`, `-3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace([' ', '\u{a0}', '\u{202f}'], "");
        let (sign, digits) = text.strip_prefix(['-', '−']).map_or((1, text.as_str()), |rest| (-1, rest));
        let (whole, part) = digits.split_once(',').unwrap_or((digits, "0"));
        let groups: Vec<&str> = whole.split('.').collect();
        let grouped =
            groups.iter().skip(1).all(|group| group.len() == 3) && groups.first()?.len() <= 3 || groups.len() == 1;
        let number =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i64>().ok()).flatten();
        if !grouped || whole.len() > 15 || part.len() > 2 {
            return None;
        }
        Some(Self(sign * (number(&groups.concat())? * 100 + number(&format!("{part:0<2}"))?)))
    }

    /// The hundredths.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Is it a count of people so small that it could be somebody?
    #[must_use]
    pub fn is_telling(self, unit: Option<&str>) -> bool {
        let counts = unit.is_none_or(|unit| ["person", "personen", "kinder", "faelle"].contains(&fold(unit).as_str()));
        counts && 0 < self.0 && self.0 < FEWEST_PEOPLE * 100
    }

    /// As people write it: `6.200`, `12,5`.
    #[must_use]
    pub fn german(self) -> String {
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let digits = whole.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "−" } else { "" };
        let part = if part == 0 { String::new() } else { format!(",{part:02}").trim_end_matches('0').to_owned() };
        format!("{sign}{grouped}{part}")
    }
}

/// A figure of a space.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Kennzahl")]
pub struct Figure {
    /// Of which space.
    pub key: SpaceKey,
    /// What is counted.
    pub name: Line,
    /// How many.
    pub value: FigureValue,
    /// Of what: `%`, `je 1.000`; nothing for a plain count.
    pub unit: Option<Line>,
    /// Who says so.
    pub source: Line,
    /// As of which day.
    pub as_of: Day,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Kennzahlentabelle")]
pub struct FiguresRead {
    /// Rows that can be taken.
    pub figures: Vec<Figure>,
    /// What is to be said, row by row.
    pub findings: Vec<Finding>,
}

const COLUMNS: [(&str, &[&str]); 6] = [
    ("schluessel", &["schluessel", "raum", "sozialraum"]),
    ("merkmal", &["merkmal", "kennzahl", "name"]),
    ("wert", &["wert", "zahl"]),
    ("einheit", &["einheit"]),
    ("quelle", &["quelle"]),
    ("stand", &["stand", "stichtag", "datum"]),
];

/// Reads a table of figures. Spaces that the office does not know are told.
#[must_use]
pub fn read_figures(rows: &[Vec<String>], known: &BTreeSet<SpaceKey>) -> FiguresRead {
    let mut read = FiguresRead::default();
    let Some((header, body)) = rows.split_first() else {
        read.findings.push(TABLE_EMPTY.whole(&[&"mit Kennzahlen"]));
        return read;
    };
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, cell) in header.iter().enumerate() {
        let name = fold(cell.trim_start_matches('\u{feff}'));
        let Some((column, _)) = COLUMNS.iter().find(|(_, words)| words.contains(&name.as_str())) else { continue };
        if columns.insert(column, at).is_some() {
            read.findings.push(COLUMN_TWICE.whole(&[&"mit Kennzahlen", &cell.trim()]));
            return read;
        }
    }
    let needed = COLUMNS.iter().map(|(name, _)| *name).filter(|name| *name != "einheit");
    let missing: Vec<&str> = needed.filter(|name| !columns.contains_key(name)).collect();
    if !missing.is_empty() {
        read.findings.push(COLUMNS_MISSING.whole(&[&"mit Kennzahlen", &missing.join(", ")]));
        return read;
    }
    let mut seen = BTreeSet::new();
    for (number, row) in (2..).zip(body).filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty())) {
        let cell = |column: &str| columns.get(column).and_then(|at| row.get(*at)).map_or("", |cell| cell.trim());
        match figure(&cell, known, &format!("Zeile {number}")) {
            Ok(figure) if seen.insert((figure.key.clone(), fold(figure.name.as_str()), figure.as_of)) => {
                read.figures.push(figure);
            }
            Ok(figure) => read.findings.push(FIGURE_TWICE.at(format!("Zeile {number}"), &[&figure.name.as_str()])),
            Err(finding) => read.findings.push(finding),
        }
    }
    read
}

fn figure<'a>(cell: &impl Fn(&str) -> &'a str, known: &BTreeSet<SpaceKey>, place: &str) -> Result<Figure, Finding> {
    let text = |column: &str| cell(column);
    let key = SpaceKey::parse(text("schluessel")).or(Err(FIGURE_KEY.at(place, &[&text("schluessel")])))?;
    if !known.contains(&key) {
        return Err(FIGURE_KEY_UNKNOWN.at(place, &[&key]));
    }
    let name = Line::parse(text("merkmal")).or(Err(FIGURE_NAME.at(place, &[])))?;
    let value = FigureValue::parse(text("wert")).ok_or(FIGURE_VALUE.at(place, &[&text("wert")]))?;
    let source = Line::parse(text("quelle")).or(Err(FIGURE_SOURCE.at(place, &[])))?;
    let as_of = Day::parse(text("stand")).or(Err(FIGURE_DAY.at(place, &[&text("stand")])))?;
    Ok(Figure { key, name, value, unit: Line::optional(text("einheit")).unwrap_or(None), source, as_of })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written_as_in_germany() {
        for (text, hundredths, shown) in [
            ("6.200", 620_000, "6.200"),
            ("12,5", 1_250, "12,5"),
            ("-3", -300, "−3"),
            ("1234567,05", 123_456_705, "1.234.567,05"),
        ] {
            let read = FigureValue::parse(text).unwrap();
            assert_eq!((read.hundredths(), read.german().as_str()), (hundredths, shown), "{text}");
        }
        for text in ["", "viele", "1.5", "12,345", "1e5", "1.2345", ",5x"] {
            assert_eq!(FigureValue::parse(text), None, "{text}");
        }
        let two = FigureValue::from_hundredths(200);
        assert!(two.is_telling(None) && two.is_telling(Some("Personen")) && !two.is_telling(Some("%")));
        assert!(
            !FigureValue::from_hundredths(300).is_telling(None) && !FigureValue::from_hundredths(0).is_telling(None)
        );
    }

    #[test]
    fn rows_that_cannot_be_read_are_told_and_the_others_taken() {
        let rows =
            |text: &str| text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect::<Vec<_>>();
        let known = BTreeSet::from([SpaceKey::parse("100").unwrap()]);
        let table = "Schlüssel;Merkmal;Wert;Einheit;Quelle;Stand\n100;Einwohner;6.200;;Melderegister;31.12.2025\n\
                     999;Einwohner;1;;Melderegister;31.12.2025\n100;Einwohner;6.201;;Melderegister;31.12.2025\n\
                     100;Alleinerziehende;viele;%;Zensus;31.12.2025\n100;Zuzug;3,5;%;;31.12.2025\n100;Zuzug;3,5;%;Amt;irgendwann\n;;;;;";
        let read = read_figures(&rows(table), &known);
        assert_eq!((read.figures.len(), read.findings.len()), (1, 5), "{:?}", read.findings);
        assert!(read.findings.iter().all(|finding| finding.place.starts_with("Zeile ")));
        let failed = |text: &str| read_figures(&rows(text), &known).findings[0].german();
        assert!(failed("Schlüssel;Wert\n100;1").contains("merkmal, quelle, stand"));
        assert!(failed("Wert;Zahl\n1;2").contains("zweimal"));
        assert!(read_figures(&[], &known).findings[0].german().contains("keine Zeilen"));
    }
}
