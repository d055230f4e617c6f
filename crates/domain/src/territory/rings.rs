// SPDX-License-Identifier: EUPL-1.2
//! From raw lines to sound rings: what is repaired, what is refused.

use super::boundary::{Boundary, Polygon, Ring};
use super::findings::{
    CROSSES_ITSELF, Finding, HOLE_OUTSIDE, RING_FLAT, RING_OPEN, RING_TOO_SHORT, SLIVER, TOO_COMPLEX, area_in_german,
};
use super::planar::{Edge, cross, crossing, inside, on_edge};
use super::projection::Point;

/// Below this a part is called a sliver, in square metres.
const SLIVER_M2: f64 = 100.0;
/// Below this mean width a part is called a sliver, in metres.
const SLIVER_WIDTH_M: f64 = 1.0;
/// How many pairs of edges are compared before the search for crossings gives up.
const MOST_COMPARISONS: usize = 60_000_000;

/// What was put right without asking, counted over a file.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Repairs {
    pub(super) turned: usize,
    pub(super) corners_dropped: usize,
}

/// Makes one area of raw lines, the first of which is the outer one. `None` if an error was found.
pub(super) fn polygon(
    lines: Vec<Vec<Point>>,
    place: &str,
    repairs: &mut Repairs,
    findings: &mut Vec<Finding>,
) -> Option<Polygon> {
    let mut rings = Vec::with_capacity(lines.len());
    for (number, line) in lines.into_iter().enumerate() {
        let ring = sound(line, place, repairs, findings)?;
        repairs.turned += usize::from((ring.doubled_area() > 0) != (number == 0));
        rings.push(ring);
    }
    let mut rings = rings.into_iter();
    let outer = rings.next()?;
    let holes: Vec<Ring> = rings.collect();
    if let Some(hole) = holes.iter().find(|hole| is_same(hole, &outer)) {
        findings.push(RING_FLAT.at(place, &[&hole.corners()[0].german()]));
        return None;
    }
    if let Some(hole) = holes.iter().find(|hole| !lies_in(hole, &outer)) {
        findings.push(HOLE_OUTSIDE.at(place, &[&hole.corners()[0].german()]));
        return None;
    }
    let polygon = Polygon::new(outer, holes);
    let (area, length) = (polygon.area_m2(), polygon.outer().length_m());
    if area < SLIVER_M2 || 2.0 * area < SLIVER_WIDTH_M * length {
        let rounded = area_in_german(area).replace(" m²", "");
        findings.push(SLIVER.at(place, &[&rounded, &polygon.outer().corners()[0].german()]));
    }
    Some(polygon)
}

fn sound(mut line: Vec<Point>, place: &str, repairs: &mut Repairs, findings: &mut Vec<Finding>) -> Option<Ring> {
    let typed = line.len();
    let closed = line.len() > 1 && line.first() == line.last();
    if closed {
        line.pop();
    }
    let before = line.len();
    let start = line.first().copied();
    line.dedup();
    let mut different = line.clone();
    different.sort_unstable();
    different.dedup();
    // Enough corners, but all in one place: that encloses nothing.
    if let (Some(start), 1, 3..) = (start, different.len(), typed) {
        findings.push(RING_FLAT.at(place, &[&start.german()]));
        return None;
    }
    let (Some(start), true) = (start, different.len() >= 3) else {
        findings.push(RING_TOO_SHORT.at(place, &[]));
        return None;
    };
    repairs.corners_dropped += before - line.len();
    if !closed {
        findings.push(RING_OPEN.at(place, &[&start.german()]));
    }
    let ring = Ring::new(line).ok();
    if ring.is_none() && !is_bow_tie(start, &different) {
        findings.push(RING_FLAT.at(place, &[&start.german()]));
    } else if ring.is_none() {
        findings.push(CROSSES_ITSELF.at(place, &[&start.german()]));
    }
    ring
}

/// A line whose two halves cancel out exactly has no area either, but it is no flat line.
fn is_bow_tie(start: Point, corners: &[Point]) -> bool {
    let Some(&other) = corners.iter().find(|corner| **corner != start) else { return false };
    corners.iter().any(|corner| super::planar::turn(start, other, *corner) != 0)
}

/// Is the hole all of the area?
fn is_same(hole: &Ring, outer: &Ring) -> bool {
    hole.doubled_area().abs() == outer.doubled_area().abs()
        && hole.corners().iter().all(|corner| outer.corners().contains(corner))
}

/// Is the hole, as far as its corners and the middles of its edges show, inside of the outer ring?
fn lies_in(hole: &Ring, outer: &Ring) -> bool {
    if hole.doubled_area().abs() >= outer.doubled_area().abs() {
        return false;
    }
    let off_border = |point: &Point| !outer.edges().any(|edge| on_edge(edge, *point));
    let middle = |(a, b): Edge| {
        Point::from_mm(i64::midpoint(a.east_mm(), b.east_mm()), i64::midpoint(a.north_mm(), b.north_mm())).ok()
    };
    let mut places = hole.corners().iter().copied().chain(hole.edges().filter_map(middle));
    // One place off the border decides; crossings of the two rings are looked for separately.
    places.find(off_border).is_none_or(|place| inside(outer.edges(), place))
}

/// Looks for places where a boundary crosses itself; the first one is reported. `false` if there is one.
pub(super) fn is_simple(boundary: &Boundary, place: &str, findings: &mut Vec<Finding>) -> bool {
    let span = |(a, b): &Edge| (a.east_mm().min(b.east_mm()), a.east_mm().max(b.east_mm()));
    let mut edges: Vec<Edge> = boundary.edges().collect();
    edges.sort_unstable_by_key(|edge| span(edge).0);
    let mut comparisons = 0;
    for (number, edge) in edges.iter().enumerate() {
        let east = span(edge).1;
        let near = edges[number + 1..].iter().take_while(|other| span(other).0 <= east);
        for other in near {
            comparisons += 1;
            if meet_in_height(edge, other) && cross(*edge, *other) {
                findings.push(CROSSES_ITSELF.at(place, &[&crossing(*edge, *other).german()]));
                return false;
            }
        }
        if comparisons > MOST_COMPARISONS {
            findings.push(TOO_COMPLEX.at(place, &[]));
            return true;
        }
    }
    true
}

fn meet_in_height(one: &Edge, other: &Edge) -> bool {
    let span = |(a, b): &Edge| (a.north_mm().min(b.north_mm()), a.north_mm().max(b.north_mm()));
    let (one, other) = (span(one), span(other));
    one.0 <= other.1 && other.0 <= one.1
}
