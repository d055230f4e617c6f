// SPDX-License-Identifier: EUPL-1.2
//! A boundary as text that people can read and write: one corner a line, latitude and longitude in degrees, a blank
//! line between two rings. A ring that begins with the line „Loch“ is a hole in the area above it.

use super::boundary::{Boundary, Ring};
use super::features::no_such_degree;
use super::findings::{
    AXES_SWAPPED_LISTED, CORNER_UNREADABLE, CORNERS_DROPPED, Finding, HOLE_WITHOUT_AREA, NO_CORNERS, NO_SUCH_DEGREE,
    OUTSIDE_GERMANY, TOO_MANY_POINTS,
};
use super::projection::{POINT_AXES_SWAPPED, POINT_NO_SUCH_DEGREE, Point};
use super::rings;
use std::fmt::Write;

/// The word before the corners of a hole.
const HOLE: &str = "Loch";
/// So many corners are edited by hand at most.
const MOST: usize = 5_000;

/// The corners of a boundary, to be read and changed.
#[must_use]
pub fn corner_list(boundary: &Boundary) -> String {
    let mut text = String::new();
    for polygon in boundary.polygons() {
        write_ring(&mut text, polygon.outer(), "");
        polygon.holes().iter().for_each(|hole| write_ring(&mut text, hole, HOLE));
    }
    text.trim_end().to_owned()
}

fn write_ring(text: &mut String, ring: &Ring, head: &str) {
    if !head.is_empty() {
        // Writing into a string cannot fail.
        writeln!(text, "{head}").unwrap_or_default();
    }
    for corner in ring.corners() {
        let (latitude, longitude) = corner.to_wgs84();
        writeln!(text, "{}", format!("{latitude:.8} / {longitude:.8}").replace('.', ",")).unwrap_or_default();
    }
    text.push('\n');
}

/// A ring as typed.
#[derive(Default)]
struct Typed {
    hole: bool,
    corners: Vec<Point>,
    line: usize,
}

/// Reads a list of corners. `None` if it has an error, which is among the findings then.
pub(super) fn read_corners(text: &str, findings: &mut Vec<Finding>) -> Option<Boundary> {
    let before = findings.len();
    let rings = typed_rings(text, findings);
    if findings.len() > before {
        return None;
    }
    let (mut polygons, mut repairs) = (Vec::new(), rings::Repairs::default());
    let mut areas: Vec<Vec<Vec<Point>>> = Vec::new();
    for ring in rings {
        match (ring.hole, areas.last_mut()) {
            (false, _) => areas.push(vec![closed(ring.corners)]),
            (true, Some(area)) => area.push(closed(ring.corners)),
            (true, None) => {
                findings.push(HOLE_WITHOUT_AREA.at(line(ring.line), &[]));
                return None;
            }
        }
    }
    for (number, area) in (1..).zip(areas) {
        polygons.push(rings::polygon(area, &format!("Fläche {number}"), &mut repairs, findings)?);
    }
    if repairs.corners_dropped > 0 {
        findings.push(CORNERS_DROPPED.whole(&[&repairs.corners_dropped]));
    }
    let boundary = Boundary::new(polygons).ok();
    if boundary.is_none() {
        findings.push(NO_CORNERS.whole(&[]));
    }
    boundary.filter(|boundary| rings::is_simple(boundary, "", findings))
}

/// A list need not repeat its first corner at the end; a file has to.
fn closed(mut corners: Vec<Point>) -> Vec<Point> {
    if corners.first() != corners.last() {
        corners.extend(corners.first().copied());
    }
    corners
}

fn line(number: usize) -> String {
    format!("Zeile {number}")
}

fn typed_rings(text: &str, findings: &mut Vec<Finding>) -> Vec<Typed> {
    let mut rings: Vec<Typed> = Vec::new();
    let (mut open, mut count) = (false, 0);
    for (number, typed) in (1..).zip(text.lines()) {
        let typed = typed.trim();
        if typed.is_empty() {
            open = false;
            continue;
        }
        let hole = typed.eq_ignore_ascii_case(HOLE);
        if hole || !open {
            rings.push(Typed { hole, line: number, ..Typed::default() });
            open = true;
        }
        if hole {
            continue;
        }
        count += 1;
        match (corner(typed, &line(number)), rings.last_mut()) {
            (Ok(corner), Some(ring)) => ring.corners.push(corner),
            (Err(finding), _) => findings.push(finding),
            (Ok(_), None) => {}
        }
    }
    if count > MOST {
        findings.push(TOO_MANY_POINTS.whole(&[&count, &MOST]));
    }
    rings
}

/// `53,60512 / 9,91234`, `53.60512, 9.91234`, `53,60512; 9,91234`, with blanks as people put them.
fn corner(typed: &str, place: &str) -> Result<Point, Finding> {
    let unreadable = || CORNER_UNREADABLE.at(place, &[&typed.chars().take(60).collect::<String>()]);
    let parts: Vec<&str> = match typed {
        _ if typed.contains('/') => typed.split('/').collect(),
        _ if typed.contains(';') => typed.split(';').collect(),
        // A comma between two numbers with points parts them; else it belongs to the numbers.
        _ if typed.contains('.') && typed.matches(',').count() == 1 => typed.split(',').collect(),
        _ => typed.split_whitespace().collect(),
    };
    let [latitude, longitude] = parts.as_slice() else { return Err(unreadable()) };
    let number = |part: &str| part.trim().trim_end_matches('°').replace(',', ".").parse::<f64>().or(Err(unreadable()));
    let (latitude, longitude) = (number(latitude)?, number(longitude)?);
    Point::from_wgs84(latitude, longitude).map_err(|refusal| {
        let kind = match refusal.rule {
            POINT_AXES_SWAPPED => AXES_SWAPPED_LISTED,
            POINT_NO_SUCH_DEGREE => return NO_SUCH_DEGREE.at(place, &[&no_such_degree(latitude, longitude)]),
            _ => OUTSIDE_GERMANY,
        };
        kind.at(place, &[&typed])
    })
}

#[cfg(test)]
mod tests {
    use super::super::Polygon;
    use super::super::testing::{area, ring};
    use super::*;

    #[test]
    fn a_list_comes_back_as_it_went() {
        let lake = ring(&[(2_000_000, 2_000_000), (4_000_000, 2_000_000), (3_000_000, 4_000_000)]);
        let outer = ring(&[(0, 0), (9_000_000, 0), (9_000_000, 9_000_000), (0, 9_000_000)]);
        let island = ring(&[(20_000_000, 0), (21_000_000, 0), (21_000_000, 1_000_000)]);
        let all = Boundary::new(vec![Polygon::new(outer, vec![lake]), Polygon::new(island, vec![])]).unwrap();
        let text = corner_list(&all);
        assert_eq!(text.matches(HOLE).count(), 1);
        let mut findings = Vec::new();
        let back = read_corners(&text, &mut findings).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        let far = |a: &Point, b: &Point| (a.east_mm() - b.east_mm()).abs() + (a.north_mm() - b.north_mm()).abs();
        for (polygon, other) in back.polygons().iter().zip(all.polygons()) {
            let pairs = polygon.outer().corners().iter().zip(other.outer().corners());
            assert!(pairs.clone().all(|(a, b)| far(a, b) <= 4), "{pairs:?}");
            assert_eq!(polygon.holes().len(), other.holes().len());
        }
    }

    fn code(text: &str) -> String {
        let mut findings = Vec::new();
        let read = read_corners(text, &mut findings);
        assert!(read.is_none(), "{text}");
        findings[0].code.trim_start_matches("territory.").to_owned()
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for sign in
            ["53,70 / 10,00\n53.70, 10.01\n53,71; 10,01", "53,70 10,00\n53,70 10,01\n53,71° / 10,01°\n53,70 10,00"]
        {
            let mut findings = Vec::new();
            assert!(read_corners(sign, &mut findings).is_some(), "{sign}: {findings:?}");
        }
        assert!(area(&[(0, 0), (9_000, 0), (9_000, 9_000)]).area_m2() > 40.0);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, expected) in [
            ("", "no_corners"),
            ("Loch\n53,7/10\n53,7/10,1\n53,8/10", "hole_without_area"),
            ("53,7/10\nhier\n53,8/10", "corner_unreadable"),
            ("53,7/10\n53,7/10/5\n53,8/10", "corner_unreadable"),
            ("10/53,7\n10/53,8\n10,1/53,7", "axes_swapped_listed"),
            ("53,7/181\n53,7/10,1\n53,8/10", "no_such_degree"),
            ("48,85/2,35\n48,9/2,35\n48,9/2,4", "outside_germany"),
            ("53,7/10\n53,7/10,1", "ring_too_short"),
            ("53,7/10\n53,7/10,1\n53,8/10,1\n53,6/10,05\n53,8/10", "crosses_itself"),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
        let mut findings = Vec::new();
        read_corners("53,7/10\n53,7/10,1\n\n\nhm", &mut findings);
        assert!(findings[0].german().starts_with("Zeile 5: „hm“ ist kein Punkt."), "{}", findings[0].german());
    }
}
