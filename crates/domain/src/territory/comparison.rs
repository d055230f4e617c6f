// SPDX-License-Identifier: EUPL-1.2
//! What is to be said when a new file meets what the office already has, and about files that cannot
//! even be read as what they should be.

use super::findings::{
    CHARACTER_FORBIDDEN, COLUMN_TWICE, DECODED, Finding, KEYS_UNANSWERED, NOT_A_TABLE, POINT_COLUMNS_MISSING,
    QUOTE_OPEN, REGION_KEPT, SEPARATOR_UNKNOWN, SOME_KEYS_UNANSWERED, SPACE_NOT_IN_FILE, SPACE_RENAMED, TABLE_EMPTY,
    TABLE_TOO_LARGE, UMLAUTS_UNSURE,
};
use super::import::SpaceFeature;
use super::space::{SocialSpace, SpaceKey};
use super::streets::StreetRange;
use super::{Locator, StreetDirectory, Territory};
use crate::kernel::{Line, Refusal};
use std::collections::BTreeMap;

/// A space that the office has, as far as a new file may change it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Bekannter Sozialraum")]
pub struct KnownSpace {
    /// Its key.
    pub key: SpaceKey,
    /// Its name so far.
    pub name: Line,
    /// The name of its region.
    pub region: Line,
}

/// Compares a file of boundaries with the spaces that the office has. Spaces never go away by a file
/// that lacks them: cases stand in them.
#[must_use]
pub fn compare_spaces(known: &[KnownSpace], read: &[SpaceFeature]) -> Vec<Finding> {
    let by_key: BTreeMap<&SpaceKey, &SpaceFeature> = read.iter().map(|feature| (&feature.key, feature)).collect();
    let mut findings = Vec::new();
    for space in known {
        let place = format!("Schlüssel {}", space.key);
        let Some(feature) = by_key.get(&space.key) else {
            findings.push(SPACE_NOT_IN_FILE.at(place, &[&space.name.as_str()]));
            continue;
        };
        if feature.name != space.name {
            findings.push(SPACE_RENAMED.at(&place, &[&space.name.as_str(), &feature.name.as_str()]));
        }
        if let Some(region) = feature.region.as_ref().filter(|region| **region != space.region) {
            let params: [&dyn std::fmt::Display; 3] =
                [&feature.name.as_str(), &space.region.as_str(), &region.as_str()];
            findings.push(REGION_KEPT.at(&place, &params));
        }
    }
    findings
}

/// Compares a street directory with the spaces that the office has: which keys lead nowhere?
///
/// # Errors
/// [`super::address::SPACE_KEY_TWICE`], which the store excludes.
pub fn compare_streets(spaces: Vec<SocialSpace>, ranges: &[StreetRange]) -> Result<Option<Finding>, Refusal> {
    let streets = StreetDirectory::build(ranges);
    let all = streets.keys().len();
    let lost = Territory::new(spaces, Locator::build(&[]), streets)?.keys_without_space();
    let listed = lost.iter().map(SpaceKey::as_str).collect::<Vec<_>>().join(", ");
    Ok(match lost.len() {
        0 => None,
        count if count == all => Some(KEYS_UNANSWERED.whole(&[&listed])),
        count => Some(SOME_KEYS_UNANSWERED.whole(&[&count, &listed])),
    })
}

/// Why a file cannot be read as what it should be, or only with a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Dateifehler")]
pub enum FileFault {
    /// Nothing is in it.
    Empty,
    /// Some other kind of file.
    NotATable,
    /// More than so many megabytes.
    TooLarge(usize),
    /// Cells are separated by something unusual.
    Separator,
    /// A quote is opened in this line and never closed.
    QuoteOpen(usize),
    /// A sign that no text has stands in this line.
    Character(usize),
    /// A table in an old character set, as German registers still write it; read all the same.
    Decoded,
    /// A map file in an old character set, against the norm; read all the same.
    UmlautsUnsure,
    /// Points without the columns needed; with those that were found.
    PointColumns(String),
    /// The same heading over two columns.
    ColumnTwice(String),
}

impl FileFault {
    /// The finding, for the file called so.
    #[must_use]
    pub fn finding(&self, file: &str) -> Finding {
        let line = |number: &usize| format!("Datei {file}, Zeile {number}");
        match self {
            Self::Empty => TABLE_EMPTY.whole(&[&file]),
            Self::NotATable => NOT_A_TABLE.whole(&[&file]),
            Self::TooLarge(most) => TABLE_TOO_LARGE.whole(&[&file, most]),
            Self::Separator => SEPARATOR_UNKNOWN.whole(&[&file]),
            Self::QuoteOpen(number) => QUOTE_OPEN.at(line(number), &[]),
            Self::Character(number) => CHARACTER_FORBIDDEN.at(line(number), &[]),
            Self::Decoded => DECODED.whole(&[&file]),
            Self::UmlautsUnsure => UMLAUTS_UNSURE.whole(&[]),
            Self::PointColumns(found) => POINT_COLUMNS_MISSING.whole(&[found]),
            Self::ColumnTwice(name) => COLUMN_TWICE.whole(&[&file, name]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{area, space};
    use super::super::{Severity, read_streets};
    use super::*;
    use crate::kernel::{RegionId, TeamId};
    use uuid::Uuid;

    fn known(key: &str, name: &str, region: &str) -> KnownSpace {
        let line = |text: &str| Line::parse(text).unwrap();
        KnownSpace { key: SpaceKey::parse(key).unwrap(), name: line(name), region: line(region) }
    }

    fn feature(key: &str, name: &str, region: Option<&str>) -> SpaceFeature {
        SpaceFeature {
            key: SpaceKey::parse(key).unwrap(),
            name: Line::parse(name).unwrap(),
            region: region.map(|text| Line::parse(text).unwrap()),
            boundary: area(&[(0, 0), (1000, 0), (0, 1000)]),
        }
    }

    #[test]
    fn what_a_new_file_changes_is_said() {
        let known = [known("1", "Hafen", "Nord"), known("2", "Markt", "Nord"), known("3", "Wald", "Süd")];
        let read =
            [feature("1", "Hafen", Some("Nord")), feature("2", "Alter Markt", Some("Süd")), feature("4", "Neu", None)];
        let sentences: Vec<String> = compare_spaces(&known, &read).iter().map(Finding::german).collect();
        assert_eq!(sentences.len(), 3, "{sentences:?}");
        assert_eq!(sentences[0], "Schlüssel 2: Der Sozialraum „Markt“ heißt künftig „Alter Markt“.");
        assert!(sentences[1].contains("zur Region Nord, in der Datei zu Süd"), "{}", sentences[1]);
        assert!(sentences[2].starts_with("Schlüssel 3: Der Sozialraum „Wald“ fehlt"), "{}", sentences[2]);
    }

    #[test]
    fn keys_that_lead_nowhere_are_listed() {
        let table =
            |text: &str| text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect::<Vec<_>>();
        let zu = table("1;100100100;West;1\n1;100200100;Ost;1");
        let ra = table("1;;;Weg;1;;9;;;;;;100100100\n1;;;Gasse;1;;9;;;;;;100200100");
        let ranges = read_streets(&zu, &ra).ranges;
        let space = |key: &str| SocialSpace {
            id: space(1),
            region: RegionId(Uuid::nil()),
            team: TeamId(Uuid::nil()),
            key: SpaceKey::parse(key).unwrap(),
            name: Line::parse(key).unwrap(),
        };
        assert_eq!(compare_streets(vec![space("100000000")], &ranges), Ok(None));
        let some = compare_streets(vec![space("100100100")], &ranges).unwrap().unwrap();
        assert_eq!((some.severity, some.params[1].as_str()), (Severity::Warning, "100200100"));
        let all = compare_streets(vec![], &ranges).unwrap().unwrap();
        assert_eq!((all.severity, all.params[0].as_str()), (Severity::Error, "100100100, 100200100"));
    }

    #[test]
    fn a_heading_stands_over_one_column() {
        let table =
            |text: &str| text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect::<Vec<_>>();
        let read = read_streets(&table("Schlüssel;Name;Name\n100100100;a;b"), &table("1;;;Weg;1;;9;;;;;;100100100"));
        assert_eq!(
            read.findings[0].german(),
            "In der Datei -zu kommt die Spalte „Name“ zweimal vor. Bitte eine davon löschen oder umbenennen."
        );
    }
}
