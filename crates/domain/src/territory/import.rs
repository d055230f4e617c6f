// SPDX-License-Identifier: EUPL-1.2
//! Reads social spaces from GeoJSON, and says everything that is wrong at once.

use super::boundary::{Boundary, Polygon};
use super::features::{RawFeature, System, lines, objects, parse, system, wrong_geometry};
use super::findings::{
    CORNERS_DROPPED, Finding, HEIGHT_DROPPED, JOINED, KEY_MISSING, KEY_UNUSABLE, KEY_WITH_TWO_NAMES,
    KEY_WITH_TWO_REGIONS, NAME_GARBLED, NAME_MISSING, NAME_TWICE, NAME_UNUSABLE, NO_AREA_GIVEN, NO_FEATURES,
    RINGS_TURNED, TOO_MANY_POINTS, ZERO_RESTORED,
};
use super::space::SpaceKey;
use super::{coverage, rings};
use crate::kernel::Line;
use geojson::JsonValue;
use std::collections::BTreeMap;

/// Which fields of the file mean what.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Leseoptionen")]
pub struct ReadOptions {
    /// The field with the key of the space.
    pub key_prop: String,
    /// The field with its name.
    pub name_prop: String,
    /// The field with the region's name, if the file has one.
    pub region_prop: Option<String>,
    /// So many corners are read at most.
    pub most_corners: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { key_prop: "schluessel".into(), name_prop: "name".into(), region_prop: None, most_corners: 200_000 }
    }
}

/// A social space as a file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Sozialraum-Objekt")]
pub struct SpaceFeature {
    /// Its key.
    pub key: SpaceKey,
    /// Its name.
    pub name: Line,
    /// The name of its region, if the file tells.
    pub region: Option<Line>,
    /// Its boundary.
    pub boundary: Boundary,
}

/// What was read. With an error among the findings nothing of it may be taken over
/// ([`super::is_importable`]); the features are then only good for a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Leseergebnis")]
pub struct SpacesRead {
    /// The spaces in order of their keys.
    pub features: Vec<SpaceFeature>,
    /// What is to be said about the file.
    pub findings: Vec<Finding>,
}

/// Who an object says it is.
#[derive(Debug, Clone)]
struct Identity {
    key: SpaceKey,
    name: Line,
    region: Option<Line>,
}

/// Reads social spaces from GeoJSON.
#[must_use]
pub fn read_spaces(text: &str, options: &ReadOptions) -> SpacesRead {
    let failed = |finding| SpacesRead { features: Vec::new(), findings: vec![finding] };
    let file = match parse(text) {
        Ok(file) => file,
        Err(finding) => return failed(finding),
    };
    let objects = match objects(&file) {
        Ok(objects) if objects.is_empty() => return failed(NO_FEATURES.whole(&[])),
        Ok(objects) => objects,
        Err(finding) => return failed(finding),
    };
    let corners = objects.iter().flat_map(|object| &object.areas).map(|area| corner_count(area)).sum::<usize>();
    if corners > options.most_corners {
        return failed(TOO_MANY_POINTS.whole(&[&corners, &options.most_corners]));
    }
    let mut findings = Vec::new();
    let system = system(&file, &objects, &mut findings);
    if system.is_none() && !findings.is_empty() {
        return SpacesRead { features: Vec::new(), findings };
    }
    let read = read_objects(&objects, options, system.unwrap_or(System::Degrees), &mut findings);
    let features = join(read, &mut findings);
    check_names(&features, &mut findings);
    // What crosses itself has no clear inside; measuring it against its neighbours would only confuse.
    let named: Vec<(&str, &Boundary)> = features
        .iter()
        .filter(|feature| rings::is_simple(&feature.boundary, &by_key(&feature.key), &mut findings))
        .map(|feature| (feature.name.as_str(), &feature.boundary))
        .collect();
    coverage::check(&named, &mut findings);
    // The gravest first; within, in order of the file.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    SpacesRead { features, findings }
}

fn corner_count(value: &JsonValue) -> usize {
    match value.as_array() {
        Some(list) if list.first().is_some_and(JsonValue::is_array) => list.iter().map(corner_count).sum(),
        _ => 1,
    }
}

fn by_key(key: &SpaceKey) -> String {
    format!("Schlüssel {key}")
}

fn read_objects(
    objects: &[RawFeature<'_>],
    options: &ReadOptions,
    system: System,
    findings: &mut Vec<Finding>,
) -> Vec<(Identity, Vec<Polygon>)> {
    let (mut repairs, mut height) = (rings::Repairs::default(), false);
    let mut read = Vec::new();
    for object in objects {
        let identity = identity(object, options, findings);
        let place = match &identity {
            Some(identity) => format!("Objekt {} (Schlüssel {})", object.number, identity.key),
            None => format!("Objekt {}", object.number),
        };
        if let Some(wrong) = object.wrong {
            findings.push(wrong_geometry(wrong, &place));
        } else if object.areas.is_empty() {
            findings.push(NO_AREA_GIVEN.at(&place, &[]));
        }
        let mut polygons = Vec::new();
        for area in &object.areas {
            match lines(area, system, &place, &mut height) {
                Ok(lines) => polygons.extend(rings::polygon(lines, &place, &mut repairs, findings)),
                Err(finding) => {
                    findings.push(finding);
                    break;
                }
            }
        }
        read.extend(identity.map(|identity| (identity, polygons)));
    }
    if height {
        findings.push(HEIGHT_DROPPED.whole(&[]));
    }
    if repairs.turned > 0 {
        findings.push(RINGS_TURNED.whole(&[&repairs.turned]));
    }
    if repairs.corners_dropped > 0 {
        findings.push(CORNERS_DROPPED.whole(&[&repairs.corners_dropped]));
    }
    restore_zeros(&mut read, findings);
    read
}

/// A property as text; a number is written without decimals.
fn property(object: &RawFeature<'_>, name: &str) -> Option<String> {
    match object.properties?.get(name)? {
        JsonValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        JsonValue::Number(number) => {
            // Some exporters write whole numbers as 101.0.
            let text = number.to_string();
            Some(text.strip_suffix(".0").map_or(text.clone(), str::to_owned))
        }
        _ => None,
    }
}

fn identity(object: &RawFeature<'_>, options: &ReadOptions, findings: &mut Vec<Finding>) -> Option<Identity> {
    let place = format!("Objekt {}", object.number);
    let key = property(object, &options.key_prop);
    let name = property(object, &options.name_prop);
    if key.is_none() {
        findings.push(KEY_MISSING.at(&place, &[&options.key_prop]));
    }
    if name.is_none() {
        findings.push(NAME_MISSING.at(&place, &[&options.name_prop]));
    }
    let line = |text: &str, prop: &str, findings: &mut Vec<Finding>| {
        if text.contains('\u{fffd}') {
            findings.push(NAME_GARBLED.at(&place, &[&text]));
        }
        let line = Line::parse(text).ok();
        if line.is_none() {
            findings.push(NAME_UNUSABLE.at(&place, &[&prop]));
        }
        line
    };
    let name = name.and_then(|text| line(&text, &options.name_prop, findings));
    let region = options.region_prop.as_ref().and_then(|prop| {
        let text = property(object, prop)?;
        line(&text, prop, findings)
    });
    let text = key?;
    let parsed = SpaceKey::parse(&text).ok();
    if parsed.is_none() {
        findings.push(KEY_UNUSABLE.at(&place, &[&text.chars().take(40).collect::<String>()]));
    }
    Some(Identity { key: parsed?, name: name?, region })
}

/// Puts back the zero that a spreadsheet dropped, where the file proves the length: all keys are digits,
/// the longest has at least four, and the others lack exactly one. Shorter systems (`9`, `10`) are
/// counted, not keyed. A key that begins with a zero has not lost one.
fn restore_zeros(read: &mut [(Identity, Vec<Polygon>)], findings: &mut Vec<Finding>) {
    let longest = read.iter().map(|(identity, _)| identity.key.as_str().len()).max().unwrap_or(0);
    let fits = |identity: &Identity| {
        let length = identity.key.as_str().len();
        identity.key.is_numeric() && (length == longest || length + 1 == longest)
    };
    if longest < 4 || !read.iter().all(|(identity, _)| fits(identity)) {
        return;
    }
    let mut restored = 0;
    let mut example = String::new();
    for (identity, _) in read.iter_mut() {
        let short = identity.key.as_str().len() < longest;
        if short && !identity.key.as_str().starts_with('0') {
            identity.key = identity.key.with_leading_zero();
            restored += 1;
            example = identity.key.to_string();
        }
    }
    if restored > 0 {
        findings.push(ZERO_RESTORED.whole(&[&restored, &example]));
    }
}

/// Joins the objects of one key to one space.
fn join(read: Vec<(Identity, Vec<Polygon>)>, findings: &mut Vec<Finding>) -> Vec<SpaceFeature> {
    let mut by: BTreeMap<SpaceKey, (Identity, Vec<Polygon>, usize)> = BTreeMap::new();
    for (identity, polygons) in read {
        let place = by_key(&identity.key);
        let Some((first, parts, count)) = by.get_mut(&identity.key) else {
            by.insert(identity.key.clone(), (identity, polygons, 1));
            continue;
        };
        if first.name != identity.name {
            findings.push(KEY_WITH_TWO_NAMES.at(&place, &[&first.name.as_str(), &identity.name.as_str()]));
        }
        if first.region != identity.region {
            let shown = |region: &Option<Line>| region.as_ref().map_or("keine", Line::as_str).to_owned();
            findings.push(KEY_WITH_TWO_REGIONS.at(&place, &[&shown(&first.region), &shown(&identity.region)]));
        }
        parts.extend(polygons);
        *count += 1;
    }
    let mut features = Vec::new();
    for (key, (identity, polygons, count)) in by {
        if count > 1 {
            findings.push(JOINED.at(by_key(&key), &[&count]));
        }
        if let Ok(boundary) = Boundary::new(polygons) {
            features.push(SpaceFeature { key, name: identity.name, region: identity.region, boundary });
        }
    }
    features
}

/// In one region every name means one space.
fn check_names(features: &[SpaceFeature], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(Option<&Line>, &Line), &SpaceKey> = BTreeMap::new();
    for feature in features {
        if let Some(other) = seen.insert((feature.region.as_ref(), &feature.name), &feature.key) {
            findings.push(NAME_TWICE.at(by_key(&feature.key), &[&feature.name.as_str(), other]));
        }
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
