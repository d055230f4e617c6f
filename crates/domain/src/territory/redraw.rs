// SPDX-License-Identifier: EUPL-1.2
//! Moving a border: what one space gains, its neighbour loses. A corner that several spaces share moves for all of
//! them, a stretch that two share is drawn anew for both, and what comes to lie close to a foreign corner or border
//! snaps to it. So no slivers are left between neighbours; what still overlaps or gapes is measured and told.

use super::boundary::{Boundary, Polygon, Ring};
use super::corners::read_corners;
use super::findings::{Finding, UNCHANGED};
use super::projection::Point;
use super::{coverage, is_importable};
use crate::kernel::{Rule, SpaceId};
use std::collections::BTreeMap;

/// A border that cannot be drawn so; the findings say why.
pub const BORDER_FAULTY: Rule = Rule::new("territory.border_faulty", "OGC 06-103r4");

/// Degrees are written to eight places: so far may a corner that nobody touched come back, in millimetres.
const SAME: i64 = 5;
/// Closer than this to a foreign corner or border means: on it. Two metres, in millimetres.
const SNAP: i64 = 2_000;

/// What becomes of all spaces when the border of one is drawn anew.
#[derive(Debug, Clone)]
#[doc(alias = "Neu gezogene Grenze")]
pub struct Redrawn {
    /// All spaces, the neighbours fitted. Empty if the list of corners has an error.
    pub spaces: Vec<(SpaceId, Boundary)>,
    /// Neighbours whose border moved along.
    pub along: Vec<SpaceId>,
    /// What is to be said, the gravest first.
    pub findings: Vec<Finding>,
}

/// Draws the border of one space by a list of corners, and fits the others to it.
#[must_use]
pub fn redraw(spaces: &[(SpaceId, &str, &Boundary)], space: SpaceId, corners: &str) -> Redrawn {
    let mut findings = Vec::new();
    let old = spaces.iter().find(|(id, ..)| *id == space).map(|(.., boundary)| *boundary);
    let read = read_corners(corners, &mut findings);
    let (Some(old), Some(typed)) = (old, read) else {
        return Redrawn { spaces: Vec::new(), along: Vec::new(), findings };
    };
    let others: Vec<&Boundary> = spaces.iter().filter(|(id, ..)| *id != space).map(|(.., other)| *other).collect();
    let moved = Moved::between(old, &settled(&typed, old, &others));
    let fit = |(id, _, boundary): &(SpaceId, &str, &Boundary)| {
        let fitted = if *id == space { Some(moved.new.clone()) } else { moved.fit(boundary) };
        (*id, fitted.unwrap_or_else(|| (*boundary).clone()))
    };
    let fitted: Vec<(SpaceId, Boundary)> = spaces.iter().map(fit).collect();
    let changed = |((id, after), (_, _, before)): (&(SpaceId, Boundary), &(SpaceId, &str, &Boundary))| {
        (*id != space && after != *before).then_some(*id)
    };
    let along = fitted.iter().zip(spaces).filter_map(changed).collect();
    if moved.new == *old {
        findings.push(UNCHANGED.whole(&[]));
    }
    let named: Vec<(&str, &Boundary)> =
        spaces.iter().zip(&fitted).map(|((_, name, _), (_, boundary))| (*name, boundary)).collect();
    if is_importable(&findings) {
        coverage::check(&named, &mut findings);
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Redrawn { spaces: fitted, along, findings }
}

fn rings(boundary: &Boundary) -> impl Iterator<Item = &Ring> {
    boundary.polygons().iter().flat_map(|polygon| std::iter::once(polygon.outer()).chain(polygon.holes()))
}

/// Every ring through a function; what encloses nothing any more falls away.
fn each_ring(boundary: &Boundary, change: impl Fn(&Ring) -> Vec<Point>) -> Option<Boundary> {
    let polygon = |polygon: &Polygon| {
        let outer = Ring::new(change(polygon.outer())).ok()?;
        let holes = polygon.holes().iter().filter_map(|hole| Ring::new(change(hole)).ok()).collect();
        Some(Polygon::new(outer, holes))
    };
    Boundary::new(boundary.polygons().iter().filter_map(polygon).collect()).ok()
}

fn far(a: Point, b: Point) -> i64 {
    (a.east_mm() - b.east_mm()).abs().max((a.north_mm() - b.north_mm()).abs())
}

fn nearest(point: Point, all: impl Iterator<Item = Point>, within: i64) -> Option<Point> {
    all.map(|other| (far(point, other), other))
        .filter(|(distance, _)| *distance <= within)
        .min()
        .map(|(_, other)| other)
}

/// Corners that nobody touched stand where they stood; new ones that come close to a foreign corner stand on it.
fn settled(typed: &Boundary, old: &Boundary, others: &[&Boundary]) -> Boundary {
    let corners = |boundary: &Boundary| rings(boundary).flat_map(|ring| ring.corners().to_vec()).collect::<Vec<_>>();
    let own = corners(old);
    let foreign: Vec<Point> = others.iter().flat_map(|other| corners(other)).collect();
    let settle = |point: &Point| {
        nearest(*point, own.iter().copied(), SAME)
            .or_else(|| nearest(*point, foreign.iter().copied().filter(|other| !own.contains(other)), SNAP))
            .unwrap_or(*point)
    };
    each_ring(typed, |ring| ring.corners().iter().map(settle).collect()).unwrap_or_else(|| typed.clone())
}

/// What moved: single corners, whole stretches between two corners that stayed, and corners that are new.
struct Moved {
    new: Boundary,
    corners: BTreeMap<Point, Point>,
    /// From, what lay between, to; and what lies between now.
    stretches: Vec<(Vec<Point>, Vec<Point>)>,
    fresh: Vec<Point>,
}

impl Moved {
    fn between(old: &Boundary, new: &Boundary) -> Self {
        let mut moved = Self { new: new.clone(), corners: BTreeMap::new(), stretches: Vec::new(), fresh: Vec::new() };
        let before: Vec<&Ring> = rings(old).collect();
        for ring in rings(new) {
            let shared =
                |other: &&&Ring| ring.corners().iter().filter(|corner| other.corners().contains(corner)).count();
            let fallback = before.iter().find(|other| other.corners().len() == ring.corners().len());
            let likest = before.iter().max_by_key(shared).filter(|other| shared(other) > 0).or(fallback);
            if let Some(was) = likest {
                moved.note(was.corners(), ring.corners());
            }
        }
        let known = |corner: &Point| before.iter().any(|ring| ring.corners().contains(corner));
        moved.fresh = rings(new).flat_map(|ring| ring.corners().to_vec()).filter(|corner| !known(corner)).collect();
        moved
    }

    /// Compares two courses of a ring, from one corner that stayed to the next.
    fn note(&mut self, was: &[Point], is: &[Point]) {
        let Some(start) = is.iter().position(|corner| was.contains(corner)) else {
            if was.len() == is.len() {
                self.corners.extend(was.iter().copied().zip(is.iter().copied()));
            }
            return;
        };
        let turn = |ring: &[Point], at: usize| {
            let mut turned: Vec<Point> = ring[at..].iter().chain(&ring[..at]).copied().collect();
            turned.extend(turned.first().copied());
            turned
        };
        let is = turn(is, start);
        let was = turn(was, was.iter().position(|corner| *corner == is[0]).unwrap_or(0));
        let (mut from, mut last) = (0, 0);
        for (at, corner) in is.iter().enumerate().skip(1) {
            let here = was.iter().skip(from + 1).position(|other| other == corner).map(|ahead| from + 1 + ahead);
            let Some(here) = here else { continue };
            self.stretch(&was[from..=here], &is[last..=at]);
            (from, last) = (here, at);
        }
    }

    fn stretch(&mut self, was: &[Point], is: &[Point]) {
        if was == is {
            return;
        }
        if was.len() == is.len() {
            self.corners.extend(was.iter().copied().zip(is.iter().copied()).filter(|(a, b)| a != b));
        }
        self.stretches.push((was.to_vec(), is.to_vec()));
    }

    /// A neighbour fitted to what moved; `None` if nothing of it would be left.
    fn fit(&self, neighbour: &Boundary) -> Option<Boundary> {
        each_ring(neighbour, |ring| {
            let mut corners = ring.corners().to_vec();
            for (was, is) in &self.stretches {
                // The neighbour runs the same stretch the other way.
                let (was, is): (Vec<Point>, Vec<Point>) =
                    (was.iter().rev().copied().collect(), is.iter().rev().copied().collect());
                corners = replaced(corners, &was, &is);
            }
            let step = corners.iter().map(|corner| *self.corners.get(corner).unwrap_or(corner)).collect();
            self.fresh.iter().fold(step, |corners, fresh| taken_up(corners, *fresh))
        })
    }
}

/// A course in which one stretch is another; unchanged if it is not in it.
fn replaced(ring: Vec<Point>, was: &[Point], is: &[Point]) -> Vec<Point> {
    let Some(start) = ring.iter().position(|corner| Some(corner) == was.first()) else { return ring };
    let turned: Vec<Point> = ring[start..].iter().chain(&ring[..start]).copied().collect();
    if was.len() > turned.len() + 1 || !was.iter().enumerate().all(|(at, corner)| turned[at % turned.len()] == *corner)
    {
        return ring;
    }
    let rest = turned.get(was.len()..).unwrap_or_default();
    let mut course: Vec<Point> = is.iter().chain(rest).copied().collect();
    // Begins where it began, so that what goes there and back is the same again.
    let first = course.iter().position(|corner| Some(corner) == ring.first()).unwrap_or(0);
    course.rotate_left(first);
    course
}

/// A course that takes a new corner up which lies on one of its borders, or close to it.
fn taken_up(ring: Vec<Point>, fresh: Point) -> Vec<Point> {
    if ring.contains(&fresh) {
        return ring;
    }
    let close = |(a, b): (&Point, &Point)| off(*a, *b, fresh).is_some_and(|distance| distance <= SNAP);
    let Some(at) = ring.iter().zip(ring.iter().cycle().skip(1)).position(close) else { return ring };
    let mut ring = ring;
    ring.insert(at + 1, fresh);
    ring
}

/// How far a point stands off the border between two corners; `None` where it lies beyond its ends.
fn off(a: Point, b: Point, point: Point) -> Option<i64> {
    let way = |from: Point, to: Point| {
        (i128::from(to.east_mm() - from.east_mm()), i128::from(to.north_mm() - from.north_mm()))
    };
    let ((x, y), (px, py)) = (way(a, b), way(a, point));
    let length = (x * x + y * y).max(1);
    let along = x * px + y * py;
    let across = (x * py - y * px).abs() / length.isqrt().max(1);
    (0 < along && along < length).then(|| i64::try_from(across).unwrap_or(i64::MAX))
}

#[cfg(test)]
#[path = "redraw_tests.rs"]
mod tests;
