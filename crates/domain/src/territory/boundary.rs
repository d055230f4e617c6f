// SPDX-License-Identifier: EUPL-1.2
//! The boundary of a social space.

use super::planar::{Edge, turn};
use super::projection::Point;
use crate::kernel::{Refusal, Rule};

/// A ring that encloses nothing.
pub const RING_WITHOUT_AREA: Rule = Rule::new("territory.ring_without_area", "RFC 7946 Abschnitt 3.1.6");
/// A boundary without a single polygon.
pub const BOUNDARY_EMPTY: Rule = Rule::new("territory.boundary_empty", "RFC 7946 Abschnitt 3.1");

/// A closed line without repeated neighbours, at least three corners; the first is not repeated at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Umring")]
pub struct Ring(Vec<Point>);

impl Ring {
    /// Closes the line and drops repeated corners.
    ///
    /// # Errors
    /// [`RING_WITHOUT_AREA`].
    pub fn new(mut corners: Vec<Point>) -> Result<Self, Refusal> {
        corners.dedup();
        while corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        let ring = Self(corners);
        if ring.0.len() < 3 || ring.doubled_area() == 0 {
            return Err(RING_WITHOUT_AREA.broken());
        }
        Ok(ring)
    }

    /// The corners in order.
    #[must_use]
    pub fn corners(&self) -> &[Point] {
        &self.0
    }

    /// The edges in order; the last leads back to the first corner.
    pub(super) fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        self.0.iter().copied().zip(self.0.iter().copied().cycle().skip(1))
    }

    /// Twice the enclosed area in square millimetres; positive if the ring runs counter-clockwise.
    pub(super) fn doubled_area(&self) -> i128 {
        let Some(&origin) = self.0.first() else { return 0 };
        self.edges().map(|(a, b)| turn(origin, a, b)).sum()
    }

    /// The same ring, running the other way if it has to.
    pub(super) fn turned(mut self, counter_clockwise: bool) -> Self {
        if (self.doubled_area() > 0) != counter_clockwise {
            self.0.reverse();
        }
        self
    }

    /// Length of the line in metres.
    #[expect(clippy::cast_precision_loss, reason = "a measure for people")]
    pub(super) fn length_m(&self) -> f64 {
        self.edges()
            .map(|(a, b)| {
                let (x, y) = (b.east_mm() - a.east_mm(), b.north_mm() - a.north_mm());
                (x as f64).hypot(y as f64) / 1000.0
            })
            .sum()
    }
}

/// An area with its holes: the outer ring runs counter-clockwise, holes clockwise (RFC 7946).
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Fläche")]
pub struct Polygon {
    outer: Ring,
    holes: Vec<Ring>,
}

impl Polygon {
    /// An area with holes; the direction of the rings is put right.
    #[must_use]
    pub fn new(outer: Ring, holes: Vec<Ring>) -> Self {
        Self { outer: outer.turned(true), holes: holes.into_iter().map(|hole| hole.turned(false)).collect() }
    }

    /// The outer ring.
    #[must_use]
    pub fn outer(&self) -> &Ring {
        &self.outer
    }

    /// The holes.
    #[must_use]
    pub fn holes(&self) -> &[Ring] {
        &self.holes
    }

    fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.outer).chain(&self.holes)
    }

    /// Area in square metres, holes taken off.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a measure for people")]
    pub fn area_m2(&self) -> f64 {
        self.rings().map(Ring::doubled_area).sum::<i128>() as f64 / 2e6
    }
}

/// The boundary of one social space: one or more areas with holes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Grenze")]
pub struct Boundary(Vec<Polygon>);

impl Boundary {
    /// One or more areas.
    ///
    /// # Errors
    /// [`BOUNDARY_EMPTY`].
    pub fn new(polygons: Vec<Polygon>) -> Result<Self, Refusal> {
        if polygons.is_empty() { Err(BOUNDARY_EMPTY.broken()) } else { Ok(Self(polygons)) }
    }

    /// The areas.
    #[must_use]
    pub fn polygons(&self) -> &[Polygon] {
        &self.0
    }

    /// Both boundaries as one.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Every piece of border; the area lies to the left.
    pub(super) fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        self.0.iter().flat_map(Polygon::rings).flat_map(Ring::edges)
    }

    /// Area in square metres.
    #[must_use]
    pub fn area_m2(&self) -> f64 {
        self.0.iter().map(Polygon::area_m2).sum()
    }

    /// South-western and north-eastern corner of the smallest box around it.
    #[must_use]
    pub fn bounds(&self) -> (Point, Point) {
        // Neither a boundary nor a ring is ever empty: their constructors refuse that.
        let start = self.0[0].outer.0[0];
        let corners = self.0.iter().flat_map(|polygon| polygon.outer.0.iter().copied());
        let box_of = |(west, south, east, north): (i64, i64, i64, i64), point: Point| {
            let (x, y) = (point.east_mm(), point.north_mm());
            (west.min(x), south.min(y), east.max(x), north.max(y))
        };
        let first = (start.east_mm(), start.north_mm(), start.east_mm(), start.north_mm());
        let (west, south, east, north) = corners.fold(first, box_of);
        (Point::from_mm(west, south).unwrap_or(start), Point::from_mm(east, north).unwrap_or(start))
    }

    /// How many corners it has in all.
    #[must_use]
    pub fn corner_count(&self) -> usize {
        self.0.iter().flat_map(Polygon::rings).map(|ring| ring.0.len()).sum()
    }
}
