// SPDX-License-Identifier: EUPL-1.2
use super::super::locate::{Found, Locator};
use super::super::testing::{Tiling, at, space};
use super::super::{Point, Severity, is_importable};
use super::*;

const WEST: &str = "[[[10.00,53.70],[10.01,53.70],[10.01,53.71],[10.00,53.71],[10.00,53.70]]]";
const EAST: &str = "[[[10.01,53.70],[10.02,53.70],[10.02,53.71],[10.01,53.71],[10.01,53.70]]]";

fn polygon(coordinates: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":{coordinates}}}"#)
}

fn feature(key: &str, name: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{"schluessel":{key},"name":{name}}},"geometry":{geometry}}}"#)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn one(geometry: &str) -> SpacesRead {
    read_spaces(&collection(&[feature("\"0101\"", "\"Nord\"", geometry)]), &ReadOptions::default())
}

fn codes(read: &SpacesRead) -> Vec<&str> {
    read.findings.iter().map(|finding| finding.code.trim_start_matches("territory.")).collect()
}

/// Reads one feature with this outer line and expects exactly these findings.
fn check(coordinates: &str, expected: &[&str]) {
    let read = one(&polygon(coordinates));
    assert_eq!(codes(&read), expected, "{coordinates}: {:?}", read.findings);
}

fn check_file(text: &str, expected: &[&str]) {
    let read = read_spaces(text, &ReadOptions::default());
    assert_eq!(codes(&read), expected, "{text}: {:?}", read.findings);
}

#[test]
fn sound_files_are_read_without_a_word() {
    let file =
        collection(&[feature("\"0101\"", "\"West\"", &polygon(WEST)), feature("\"0102\"", "\"Ost\"", &polygon(EAST))]);
    for text in [file.clone(), format!("\u{feff}{file}"), collection(&[file])] {
        let read = read_spaces(&text, &ReadOptions::default());
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        assert_eq!(read.features.len(), 2);
        assert_eq!(read.features[0].name.as_str(), "West");
        // 0.01° by 0.01° at this latitude.
        assert!((read.features[0].boundary.area_m2() - 735_000.0).abs() < 5_000.0);
    }
}

#[test]
fn files_that_are_no_geojson_say_so() {
    check_file("", &["file_empty"]);
    check_file("POLYGON((1 2))", &["not_json"]);
    check_file("{\"type\":\"FeatureCollection\",\n\"features\":[", &["file_cut_off"]);
    check_file("[1e400]", &["number_too_large"]);
    check_file(&"[".repeat(10_000), &["too_deep"]);
    check_file("{}", &["not_geojson"]);
    check_file("[NaN]", &["not_json"]);
    check_file("{\"type\":\"FeatureCollection\",\"features\":[]}", &["no_features"]);
    check_file(&" ".repeat(21 * 1024 * 1024).replace(' ', "1"), &["file_too_large"]);
    let few = ReadOptions { most_corners: 4, ..ReadOptions::default() };
    let read = read_spaces(&collection(&[feature("1", "\"A\"", &polygon(WEST))]), &few);
    assert_eq!(codes(&read), ["too_many_points"]);
}

#[test]
fn faulty_geometry_is_named() {
    check("[[[10.00,53.70],[10.01,53.71],[10.01,53.70],[10.00,53.715],[10.00,53.70]]]", &["crosses_itself"]);
    check("[[[10.00,53.70],[10.01,53.70],[10.01,53.71],[10.00,53.71]]]", &["ring_open"]);
    check("[[[10.00,53.70],[10.00,53.71],[10.01,53.71],[10.01,53.70],[10.00,53.70]]]", &["rings_turned"]);
    check("[[[10.00,53.70],[10.01,53.70],[10.00,53.70]]]", &["ring_too_short"]);
    check("[[[10.0,53.7],[10.0,53.7],[10.0,53.7],[10.0,53.7]]]", &["ring_flat"]);
    check("[[[53.70,10.00],[53.70,10.01],[53.71,10.01],[53.70,10.00]]]", &["axes_swapped"]);
    check("[[[181,53.7],[10.0,53.7],[10.0,53.8],[181,53.7]]]", &["no_such_degree"]);
    check("[[[2.0,48.7],[2.1,48.7],[2.1,48.8],[2.0,48.7]]]", &["outside_germany"]);
    check("[[[10.0,53.7],[10.0001,53.7],[10.0001,53.70001],[10.0,53.7]]]", &["sliver"]);
    check("[[[10.0,53.7],[10.1,53.7],[10.1,53.700001],[10.0,53.700001],[10.0,53.7]]]", &["sliver"]);
    check(
        "[[[10.0,53.7,8],[10.0,53.7,8],[10.01,53.7,8],[10.01,53.71,8],[10.0,53.7,8]]]",
        &["height_dropped", "corners_dropped"],
    );
    for bad in ["[[[10.0]]]", "[7]", "7"] {
        check(bad, &["bad_position"]);
    }
    check("[[[\"9.9\",53.7]]]", &["number_expected"]);
    check("[[[null,53.7]]]", &["number_expected"]);
    let holed = |hole: &str| format!("{},{hole}]", WEST.trim_end_matches(']').to_owned() + "]]");
    check(&holed("[[10.002,53.702],[10.002,53.704],[10.004,53.704],[10.002,53.702]]"), &["gap_within"]);
    check(&holed("[[10.012,53.702],[10.012,53.704],[10.014,53.704],[10.012,53.702]]"), &["hole_outside"]);
    check(
        &holed("[[10.00,53.70],[10.01,53.70],[10.01,53.71],[10.00,53.71],[10.00,53.70]]"),
        &["ring_flat", "rings_turned"],
    );
    let bow = one(&polygon("[[[10.00,53.70],[10.01,53.71],[10.01,53.70],[10.00,53.715],[10.00,53.70]]]"));
    let said = bow.findings[0].german();
    assert!(said.starts_with("Schlüssel 0101: ") && said.contains("schneidet sich bei 53,70600 / 10,00600"), "{said}");
}

#[test]
fn other_shapes_are_gathered_or_refused() {
    let both = format!(r#"{{"type":"GeometryCollection","geometries":[{},{}]}}"#, polygon(WEST), polygon(EAST));
    assert_eq!(one(&both).features[0].boundary.polygons().len(), 2);
    assert!(one(&both).findings.is_empty());
    let multi = format!(r#"{{"type":"MultiPolygon","coordinates":[{WEST},{EAST}]}}"#);
    assert_eq!(one(&multi).features[0].boundary.polygons().len(), 2);
    assert_eq!(codes(&one(r#"{"type":"Point","coordinates":[10,53]}"#)), ["wrong_geometry"]);
    assert_eq!(codes(&one("null")), ["no_area_given"]);
    assert_eq!(codes(&one(&polygon("[]"))), ["no_area_given"]);
    let twice = format!(r#"{{"type":"MultiPolygon","coordinates":[{WEST},{WEST}]}}"#);
    assert_eq!(codes(&one(&twice)), ["parts_overlap"]);
}

#[test]
fn keys_and_names_are_checked() {
    let read = |features: &[String]| read_spaces(&collection(features), &ReadOptions::default());
    let west = polygon(WEST);
    let east = polygon(EAST);
    assert_eq!(codes(&read(&[feature("null", "\"A\"", &west)])), ["key_missing"]);
    assert_eq!(codes(&read(&[feature("\"1\"", "\" \"", &west)])), ["name_missing"]);
    assert_eq!(codes(&read(&[feature("\"a b\"", "\"A\"", &west)])), ["key_unusable"]);
    assert_eq!(codes(&read(&[feature("\"1\"", "\"M\u{fffd}nster\"", &west)])), ["name_garbled"]);
    let joined = read(&[feature("\"1\"", "\"A\"", &west), feature("\"1\"", "\"A\"", &east)]);
    assert_eq!((codes(&joined), joined.features.len()), (vec!["joined"], 1));
    let two = read(&[feature("\"1\"", "\"A\"", &west), feature("\"1\"", "\"B\"", &east)]);
    assert_eq!(codes(&two), ["key_with_two_names", "joined"]);
    assert!(!is_importable(&two.findings) && is_importable(&joined.findings));
    assert_eq!(codes(&read(&[feature("1", "\"A\"", &west), feature("2", "\"A\"", &east)])), ["name_twice"]);
    let zeros = read(&[feature("1001", "\"A\"", &west), feature("11001", "\"B\"", &east)]);
    assert_eq!(codes(&zeros), ["zero_restored"]);
    assert_eq!(zeros.features[0].key.as_str(), "01001");
    let counted = read(&[feature("9", "\"A\"", &west), feature("10.0", "\"B\"", &east)]);
    assert_eq!(codes(&counted), Vec::<&str>::new());
    assert_eq!(counted.features[0].key.as_str(), "10");
}

#[test]
fn overlaps_and_gaps_are_measured() {
    let shifted = "[[[10.005,53.70],[10.02,53.70],[10.02,53.71],[10.005,53.71],[10.005,53.70]]]";
    let read = |a: &str, b: &str| {
        let features = [feature("1", "\"A\"", &polygon(a)), feature("2", "\"B\"", &polygon(b))];
        read_spaces(&collection(&features), &ReadOptions::default())
    };
    let overlap = read(WEST, shifted);
    assert_eq!(codes(&overlap), ["overlap"]);
    assert!(overlap.findings[0].german().starts_with("„A“ und „B“ überlappen um 36,7 ha"), "{:?}", overlap.findings);
    // A frame around the west leaves a strip free on its eastern side.
    let frame = "[[[9.99,53.69],[10.03,53.69],[10.03,53.72],[9.99,53.72],[9.99,53.69]],\
                 [[10.00,53.70],[10.00,53.71],[10.02,53.71],[10.02,53.70],[10.00,53.70]]]";
    let gap = read(WEST, frame);
    assert!(codes(&gap).contains(&"gap"), "{:?}", gap.findings);
    let said = gap.findings.iter().map(Finding::german).find(|text| text.contains("Lücke")).unwrap();
    assert!(said.contains("73,5 ha") && said.contains("bei 53,70"), "{said}");
    // A bay that opens to the outside is no gap.
    let hook = "[[[10.01,53.70],[10.04,53.70],[10.04,53.74],[10.00,53.74],[10.00,53.73],[10.03,53.73],[10.03,53.71],\
                [10.01,53.71],[10.01,53.70]]]";
    assert!(!codes(&read(WEST, hook)).contains(&"gap"), "{:?}", read(WEST, hook).findings);
}

/// The tiling as an office would export it, in degrees or metres.
fn exported(spaces: &[(crate::kernel::SpaceId, Boundary)], write: impl Fn(Point) -> String) -> String {
    let line = |ring: &super::super::Ring| {
        let mut corners: Vec<String> = ring.corners().iter().map(|point| write(*point)).collect();
        corners.push(corners[0].clone());
        format!("[{}]", corners.join(","))
    };
    let features: Vec<String> = (1..)
        .zip(spaces)
        .map(|(number, (_, boundary))| {
            let areas: Vec<String> = boundary
                .polygons()
                .iter()
                .map(|area| {
                    let rings: Vec<String> = std::iter::once(area.outer()).chain(area.holes()).map(line).collect();
                    format!("[{}]", rings.join(","))
                })
                .collect();
            let geometry = format!(r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#, areas.join(","));
            feature(&format!("\"{number:04}\""), &format!("\"Raum {number}\""), &geometry)
        })
        .collect();
    collection(&features)
}

#[test]
fn a_whole_district_comes_back_as_it_went() {
    let spaces = Tiling { columns: 6, rows: 5, side: 1_500_000, steps: 20, seed: 11 }.spaces();
    let degrees = exported(&spaces, |point| {
        let (latitude, longitude) = point.to_wgs84();
        format!("[{longitude:.10},{latitude:.10}]")
    });
    let metres = |zone: f64| {
        move |p: Point| format!("[{:.3},{:.3}]", p.east_mm() as f64 / 1000.0 + zone, p.north_mm() as f64 / 1000.0)
    };
    for (text, expected) in [
        (degrees, vec![]),
        (exported(&spaces, metres(0.0)), vec!["converted"]),
        (exported(&spaces, metres(32_000_000.0)), vec!["converted"]),
    ] {
        let read = read_spaces(&text, &ReadOptions::default());
        assert_eq!(codes(&read), expected, "{:?}", read.findings);
        for (feature, (_, boundary)) in read.features.iter().zip(&spaces) {
            assert_eq!(&feature.boundary, boundary);
        }
    }
}

#[test]
fn a_moved_neighbour_is_found_among_many() {
    let mut spaces = Tiling { columns: 6, rows: 5, side: 1_500_000, steps: 20, seed: 12 }.spaces();
    let moved: Vec<Polygon> = spaces[15]
        .1
        .polygons()
        .iter()
        .map(|area| {
            let corner = |p: &Point| Point::from_mm(p.east_mm() + 300_000, p.north_mm()).unwrap();
            let ring = |ring: &super::super::Ring| {
                super::super::Ring::new(ring.corners().iter().map(corner).collect()).unwrap()
            };
            Polygon::new(ring(area.outer()), area.holes().iter().map(ring).collect())
        })
        .collect();
    spaces[15].1 = Boundary::new(moved).unwrap();
    let named: Vec<(String, Boundary)> =
        (1..).zip(&spaces).map(|(n, (_, boundary))| (format!("Raum {n}"), boundary.clone())).collect();
    let named: Vec<(&str, &Boundary)> = named.iter().map(|(name, boundary)| (name.as_str(), boundary)).collect();
    let mut findings = Vec::new();
    coverage::check(&named, &mut findings);
    let has = |code: &str, a: &str, b: &str| {
        findings
            .iter()
            .any(|f| f.code.ends_with(code) && f.params.iter().any(|p| p == a) && f.params.iter().any(|p| p == b))
    };
    assert!(has(".overlap", "Raum 16", "Raum 17"), "{findings:?}");
    assert!(has(".gap", "Raum 15", "Raum 16"), "{findings:?}");
    // What is reported as an overlap is what the locator calls ambiguous.
    let locator = Locator::build(&spaces);
    let (west, north_east) = spaces[16].1.bounds();
    let middle = i64::midpoint(west.north_mm(), north_east.north_mm());
    let both = Found::Ambiguous(vec![space(16), space(17)]);
    let probe = |step: i64| Point::from_mm(west.east_mm() + step * 50_000, middle).unwrap();
    assert!((0..20).any(|step| locator.locate(probe(step)) == both));
}

#[test]
fn rounding_between_neighbours_is_only_counted() {
    // The neighbour has one corner more on the common border, one millimetre off.
    let a = super::super::testing::area(&[(0, 0), (1_000_000, 0), (1_000_000, 1_000_000), (0, 1_000_000)]);
    let b = super::super::testing::area(&[
        (1_000_000, 0),
        (2_000_000, 0),
        (2_000_000, 1_000_000),
        (1_000_000, 1_000_000),
        (999_999, 500_000),
    ]);
    let mut findings = Vec::new();
    coverage::check(&[("A", &a), ("B", &b)], &mut findings);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].severity, Severity::Notice);
    assert!(at(0, 0) < at(1, 0));
}

#[test]
fn crossing_borders_are_measured_exactly() {
    // Two squares standing on their tips, half over each other: the common part is a square of 500 m by 500 m.
    let tip =
        |x: i64| super::super::testing::area(&[(x, 0), (x + 500_000, 500_000), (x, 1_000_000), (x - 500_000, 500_000)]);
    let (a, b) = (tip(0), tip(500_000));
    let mut findings = Vec::new();
    coverage::check(&[("A", &a), ("B", &b)], &mut findings);
    assert!(findings[0].german().contains("um 12,5 ha"), "{}", findings[0].german());
}
