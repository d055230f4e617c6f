// SPDX-License-Identifier: EUPL-1.2
//! Writes social spaces as GeoJSON, so that they are read again as they were, to the millimetre.

use super::boundary::{Boundary, Polygon, Ring};
use super::projection::Point;
use super::space::SpaceKey;
use geojson::JsonValue;

/// The spaces as a collection of features; key, name and region stand in `schluessel`, `name` and `region`.
#[must_use]
pub fn write_spaces(spaces: &[(SpaceKey, String, String, Boundary)]) -> String {
    let text = |text: &str| JsonValue::from(text).to_string();
    let feature = |(key, name, region, boundary): &(SpaceKey, String, String, Boundary)| {
        let (key, name, region) = (text(key.as_str()), text(name), text(region));
        let areas: Vec<String> = boundary.polygons().iter().map(area).collect();
        format!(
            r#"{{"type":"Feature","properties":{{"schluessel":{key},"name":{name},"region":{region}}},"geometry":{{"type":"MultiPolygon","coordinates":[{}]}}}}"#,
            areas.join(",")
        )
    };
    let features: Vec<String> = spaces.iter().map(feature).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

fn area(polygon: &Polygon) -> String {
    let rings: Vec<String> = std::iter::once(polygon.outer()).chain(polygon.holes()).map(line).collect();
    format!("[{}]", rings.join(","))
}

fn line(ring: &Ring) -> String {
    let corner = |point: &Point| {
        let (latitude, longitude) = point.to_wgs84();
        format!("[{longitude:.10},{latitude:.10}]")
    };
    let corners: Vec<String> = ring.corners().iter().chain(ring.corners().first()).map(corner).collect();
    format!("[{}]", corners.join(","))
}

#[cfg(test)]
mod tests {
    use super::super::testing::Tiling;
    use super::super::{ReadOptions, read_spaces};
    use super::*;

    #[test]
    fn what_was_written_is_read_again_to_the_millimetre() {
        let spaces = Tiling { columns: 3, rows: 3, side: 1_500_000, steps: 12, seed: 3 }.spaces();
        let named = |(number, (_, boundary)): (usize, &(_, Boundary))| {
            (
                SpaceKey::parse(&format!("{number:04}")).unwrap(),
                format!("Raum „{number}“ \"\\"),
                "Nord".to_owned(),
                boundary.clone(),
            )
        };
        let named: Vec<_> = (1..).zip(&spaces).map(named).collect();
        let options = ReadOptions { region_prop: Some("region".into()), ..ReadOptions::default() };
        let read = read_spaces(&write_spaces(&named), &options);
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        let back = read
            .features
            .iter()
            .map(|one| (one.key.clone(), one.name.as_str().to_owned(), "Nord".to_owned(), one.boundary.clone()));
        assert_eq!(back.collect::<Vec<_>>(), named);
    }
}
