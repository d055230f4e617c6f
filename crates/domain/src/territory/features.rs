// SPDX-License-Identifier: EUPL-1.2
//! Out of GeoJSON: its objects, and their coordinates on the grid.
//!
//! The text is read as plain JSON and walked here, object by object, so that one faulty object is named
//! instead of the whole file being unreadable.

use super::findings::{
    AXES_SWAPPED, BAD_POSITION, CONVERTED, FILE_CUT_OFF, FILE_EMPTY, FILE_TOO_LARGE, Finding, NO_SUCH_DEGREE,
    NOT_GEOJSON, NOT_JSON, NUMBER_EXPECTED, NUMBER_TOO_LARGE, OUTSIDE_GERMANY, RING_FLAT, TOO_DEEP, UNKNOWN_SYSTEM,
    WRONG_GEOMETRY,
};
use super::projection::{POINT_AXES_SWAPPED, POINT_NO_SUCH_DEGREE, POINT_NOT_A_NUMBER, Point};
use geojson::{JsonObject, JsonValue};

const LARGEST_FILE: usize = 20 * 1024 * 1024;

/// The system a file's coordinates stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    Degrees,
    Zone32,
    Zone33,
}

/// One object of the file with its areas, each a list of lines.
#[derive(Debug)]
pub(super) struct RawFeature<'a> {
    pub(super) number: usize,
    pub(super) properties: Option<&'a JsonObject>,
    pub(super) areas: Vec<&'a JsonValue>,
    /// The name of a geometry that is no area.
    pub(super) wrong: Option<&'a str>,
}

/// Reads the text; the one finding says why it cannot be read.
pub(super) fn parse(text: &str) -> Result<JsonValue, Finding> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(FILE_EMPTY.whole(&[]));
    }
    if text.len() > LARGEST_FILE {
        return Err(FILE_TOO_LARGE.whole(&[]));
    }
    super::plain::check(text)?;
    text.parse::<JsonValue>().map_err(|error| {
        let (line, column, what) = (error.line(), error.column(), error.to_string());
        match () {
            () if error.is_eof() => FILE_CUT_OFF.whole(&[&line]),
            () if what.contains("out of range") => NUMBER_TOO_LARGE.whole(&[&line]),
            () if what.contains("recursion limit") => TOO_DEEP.whole(&[&line]),
            () => NOT_JSON.whole(&[&line, &column]),
        }
    })
}

/// Lists the objects of a file, also of collections within collections.
pub(super) fn objects(file: &JsonValue) -> Result<Vec<RawFeature<'_>>, Finding> {
    let mut objects = Vec::new();
    walk(file, &mut objects)?;
    Ok(objects)
}

fn walk<'a>(value: &'a JsonValue, objects: &mut Vec<RawFeature<'a>>) -> Result<(), Finding> {
    match kind(value) {
        "FeatureCollection" => {
            let features = value.get("features").and_then(JsonValue::as_array);
            features.ok_or_else(|| NOT_GEOJSON.whole(&[]))?.iter().try_for_each(|feature| walk(feature, objects))
        }
        "Feature" => {
            let properties = value.get("properties").and_then(JsonValue::as_object);
            objects.push(feature(objects.len() + 1, properties, value.get("geometry")));
            Ok(())
        }
        "" => Err(NOT_GEOJSON.whole(&[])),
        _ => {
            objects.push(feature(objects.len() + 1, None, Some(value)));
            Ok(())
        }
    }
}

fn kind(value: &JsonValue) -> &str {
    value.get("type").and_then(JsonValue::as_str).unwrap_or_default()
}

fn feature<'a>(number: usize, properties: Option<&'a JsonObject>, shape: Option<&'a JsonValue>) -> RawFeature<'a> {
    let mut feature = RawFeature { number, properties, areas: Vec::new(), wrong: None };
    if let Some(shape) = shape.filter(|shape| !shape.is_null()) {
        gather(shape, &mut feature);
    }
    feature
}

fn gather<'a>(shape: &'a JsonValue, feature: &mut RawFeature<'a>) {
    let list = |name: &str| shape.get(name).and_then(JsonValue::as_array).map_or(&[][..], Vec::as_slice);
    match kind(shape) {
        "Polygon" => feature.areas.extend(shape.get("coordinates").filter(|area| !is_empty_list(area))),
        "MultiPolygon" => feature.areas.extend(list("coordinates").iter().filter(|area| !is_empty_list(area))),
        "GeometryCollection" => list("geometries").iter().for_each(|part| gather(part, feature)),
        "" => feature.wrong = Some("unbekannt"),
        other => feature.wrong = Some(other),
    }
}

fn is_empty_list(value: &JsonValue) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// Which system do the coordinates stand in? The numbers decide before the label does: a file that says
/// degrees and has metres was mislabelled by whoever exported it.
pub(super) fn system(file: &JsonValue, objects: &[RawFeature<'_>], notices: &mut Vec<Finding>) -> Option<System> {
    let label = file.pointer("/crs/properties/name").and_then(JsonValue::as_str).unwrap_or_default();
    let (x, y) = objects.iter().flat_map(|object| &object.areas).find_map(|area| first_position(area))?;
    let degrees = x.abs() <= 360.0 && y.abs() <= 360.0;
    let named = |codes: &[&str]| codes.iter().any(|code| label.contains(code));
    let foreign = !label.is_empty() && !named(&["4326", "CRS84", "4258", "25832", "25833", "4647", "5650"]);
    let easting = |x: f64| (100_000.0..1_100_000.0).contains(&x);
    let system = match () {
        () if foreign => None,
        () if degrees => Some(System::Degrees),
        () if (33_000_000.0..34_000_000.0).contains(&x) || named(&["25833", "5650"]) => Some(System::Zone33),
        () if (32_000_000.0..33_000_000.0).contains(&x) || easting(x) || easting(y) => Some(System::Zone32),
        () => None,
    };
    match system {
        None if foreign => notices.push(UNKNOWN_SYSTEM.whole(&[&label])),
        None => notices.push(UNKNOWN_SYSTEM.whole(&[&format!("mit Werten wie {x:.0} / {y:.0}")])),
        Some(System::Degrees) => {}
        Some(System::Zone32) => notices.push(CONVERTED.whole(&[&"ETRS89/UTM 32"])),
        Some(System::Zone33) => notices.push(CONVERTED.whole(&[&"ETRS89/UTM 33"])),
    }
    system
}

fn first_position(value: &JsonValue) -> Option<(f64, f64)> {
    let list = value.as_array()?;
    match (list.first().and_then(JsonValue::as_f64), list.get(1).and_then(JsonValue::as_f64)) {
        (Some(x), Some(y)) => Some((x, y)),
        _ => list.iter().find_map(first_position),
    }
}

/// The lines of an area on the grid. Sets `height` if a position had more than two numbers.
pub(super) fn lines(
    area: &JsonValue,
    system: System,
    place: &str,
    height: &mut bool,
) -> Result<Vec<Vec<Point>>, Finding> {
    let bad = || BAD_POSITION.at(place, &[]);
    let lines = area.as_array().ok_or_else(bad)?;
    let mut grid = Vec::with_capacity(lines.len());
    for line in lines {
        let positions = line.as_array().ok_or_else(bad)?;
        let points: Result<Vec<Point>, Finding> = positions
            .iter()
            .map(|position| {
                let numbers = position.as_array().ok_or_else(bad)?;
                *height |= numbers.len() > 2;
                let number = |at: usize| {
                    let value = numbers.get(at).ok_or_else(bad)?;
                    let shown = || value.to_string().chars().take(40).collect::<String>();
                    value.as_f64().ok_or_else(|| NUMBER_EXPECTED.at(place, &[&shown()]))
                };
                point((number(0)?, number(1)?), system, place)
            })
            .collect();
        let points = points?;
        if let (Some(first), true) = (points.first(), is_flat(positions)) {
            return Err(RING_FLAT.at(place, &[&first.german()]));
        }
        grid.push(points);
    }
    Ok(grid)
}

/// Do the positions stand in one line as the file writes it? On the grid a parallel is bent and would enclose something.
fn is_flat(positions: &[JsonValue]) -> bool {
    let pair = |position: &JsonValue| Some((position.get(0)?.as_f64()?, position.get(1)?.as_f64()?));
    let places: Vec<(f64, f64)> = positions.iter().filter_map(pair).collect();
    let Some(from) = places.first() else { return false };
    let Some(to) = places.iter().find(|place| *place != from) else { return false };
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let off = |place: &(f64, f64)| (x * (place.1 - from.1) - y * (place.0 - from.0)).abs() > 5e-15;
    let others = places.iter().filter(|place| *place != from && *place != to).count();
    others > 0 && !places.iter().any(off)
}

fn point((x, y): (f64, f64), system: System, place: &str) -> Result<Point, Finding> {
    let point = match system {
        System::Degrees => Point::from_wgs84(y, x),
        System::Zone32 => Point::from_utm32(x, y),
        System::Zone33 => Point::from_utm33(x, y),
    };
    point.map_err(|refusal| {
        let shown = match system {
            System::Degrees => format!("{y} / {x}").replace('.', ","),
            System::Zone32 | System::Zone33 => format!("Ost {x:.0}, Nord {y:.0}"),
        };
        let kind = match refusal.rule {
            POINT_NOT_A_NUMBER => BAD_POSITION,
            POINT_AXES_SWAPPED => AXES_SWAPPED,
            POINT_NO_SUCH_DEGREE => return NO_SUCH_DEGREE.at(place, &[&no_such_degree(y, x)]),
            _ => OUTSIDE_GERMANY,
        };
        kind.at(place, &[&shown])
    })
}

/// Which of both there is not: `Breitengrad -91`, `Längengrad 181`.
pub(super) fn no_such_degree(latitude: f64, longitude: f64) -> String {
    let (name, degree) = if latitude.abs() > 90.0 { ("Breitengrad", latitude) } else { ("Längengrad", longitude) };
    format!("{name} {degree}").replace('.', ",")
}

/// The finding that a geometry is no area.
pub(super) fn wrong_geometry(wrong: &str, place: &str) -> Finding {
    WRONG_GEOMETRY.at(place, &[&wrong])
}
