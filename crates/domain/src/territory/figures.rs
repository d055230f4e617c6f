// SPDX-License-Identifier: EUPL-1.2
//! Figures of a space: population and indicators, each with its source and its day. Read out of a table; rows that
//! cannot be read are told one by one and left out, all others are taken.

use super::findings::{
    COLUMN_TWICE, COLUMNS_MISSING, FIGURE_DAY, FIGURE_KEY, FIGURE_KEY_UNKNOWN, FIGURE_KIND, FIGURE_NAME, FIGURE_SOURCE,
    FIGURE_TWICE, FIGURE_VALUE, Finding, TABLE_EMPTY,
};
use super::space::SpaceKey;
use crate::kernel::{Day, Line, fold};
use std::collections::{BTreeMap, BTreeSet};

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

    /// How many people or households, if that is what is counted; a part of one is one, and nobody is nobody.
    #[must_use]
    pub fn people(self, kind: FigureKind) -> Option<usize> {
        let whole = (self.0 + 99).div_euclid(100);
        (kind == FigureKind::People).then(|| usize::try_from(whole).unwrap_or_default())
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

/// What is counted. No word tells it: people are called a hundred names, and a new one must not open what is kept. So it
/// is said, and where nothing is said it is people (N10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Kennzahlart")]
pub enum FigureKind {
    /// People, families, households, cases: small numbers could be somebody.
    People,
    /// A part of something, a rate, an average.
    Share,
    /// Money.
    Money,
    /// Land, distance, and what stands on it.
    Place,
}

impl FigureKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::People, Self::Share, Self::Money, Self::Place];

    /// As kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Share => "share",
            Self::Money => "money",
            Self::Place => "place",
        }
    }

    /// From what is kept.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Reads the column "Art" of a table. Without it only signs that can count nobody make it something else than people.
    #[must_use]
    pub fn read(said: &str, unit: &str) -> Option<Self> {
        match fold(said).as_str() {
            "" => Some(match unit.trim() {
                "%" | "‰" => Self::Share,
                "€" => Self::Money,
                "m" | "km" | "m²" | "km²" | "ha" => Self::Place,
                _ => Self::People,
            }),
            "menschen" => Some(Self::People),
            "anteil" => Some(Self::Share),
            "geld" => Some(Self::Money),
            "flaeche" => Some(Self::Place),
            _ => None,
        }
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
    /// What is counted.
    pub kind: FigureKind,
    /// Name of the figure that this is a part of.
    pub part_of: Option<Line>,
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

const COLUMNS: [(&str, &[&str]); 8] = [
    ("schluessel", &["schluessel", "raum", "sozialraum"]),
    ("merkmal", &["merkmal", "kennzahl", "name"]),
    ("wert", &["wert", "zahl"]),
    ("einheit", &["einheit"]),
    ("quelle", &["quelle"]),
    ("stand", &["stand", "stichtag", "datum"]),
    ("art", &["art"]),
    ("teilvon", &["teil von", "teilvon"]),
];
/// Without these a table can be read.
const OPTIONAL: [&str; 3] = ["einheit", "art", "teilvon"];

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
    let needed = COLUMNS.iter().map(|(name, _)| *name).filter(|name| !OPTIONAL.contains(name));
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
    let kind = FigureKind::read(text("art"), text("einheit")).ok_or(FIGURE_KIND.at(place, &[&text("art")]))?;
    let part_of = Line::optional(text("teilvon")).or(Err(FIGURE_NAME.at(place, &[])))?;
    let unit = Line::optional(text("einheit")).unwrap_or(None);
    Ok(Figure { key, name, value, unit, source, as_of, kind, part_of })
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
    }

    #[test]
    fn people_are_told_by_what_is_said_and_never_by_a_word() {
        let check = |said, unit, kind| assert_eq!(FigureKind::read(said, unit), kind, "{said} {unit}");
        for unit in ["", "Familien", "Haushalte", "Jugendliche", "Alleinerziehende", "je 1.000", "Personen %"] {
            check("", unit, Some(FigureKind::People));
            check("Anteil", unit, Some(FigureKind::Share));
        }
        for (unit, kind) in [("%", FigureKind::Share), ("€", FigureKind::Money), ("ha", FigureKind::Place)] {
            check("", unit, Some(kind));
            check("Menschen", unit, Some(FigureKind::People));
        }
        check("Geld", "Tausend", Some(FigureKind::Money));
        check("Fläche", "Wohnungen", Some(FigureKind::Place));
        check("Quote", "%", None);
        for (hundredths, people) in [(0, 0), (1, 1), (150, 2), (200, 2), (300, 3), (-300, 0)] {
            assert_eq!(FigureValue::from_hundredths(hundredths).people(FigureKind::People), Some(people));
            assert_eq!(FigureValue::from_hundredths(hundredths).people(FigureKind::Share), None);
        }
        assert!(FigureKind::ALL.iter().all(|kind| FigureKind::from_code(kind.code()) == Some(*kind)));
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
