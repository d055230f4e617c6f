// SPDX-License-Identifier: EUPL-1.2
//! A place inside of a boundary where something about the whole can stand: a name, a number.

use super::boundary::Boundary;
use super::planar::Edge;
use super::projection::Point;

/// Heights that are tried, in eighths from the south.
const EIGHTHS: std::ops::RangeInclusive<i64> = 2..=6;

impl Boundary {
    /// The middle of its widest level stretch; never in a hole or outside.
    #[must_use]
    pub fn middle(&self) -> Point {
        let (low, high) = self.bounds();
        let centre = i64::midpoint(low.north_mm(), high.north_mm());
        let heights = EIGHTHS.map(|eighth| low.north_mm() + (high.north_mm() - low.north_mm()) * eighth / 8);
        let stretches = heights.flat_map(|north| {
            let crossings = crossings(self.edges(), north);
            let pairs: Vec<_> = crossings.chunks_exact(2).map(|pair| (pair[1] - pair[0], pair[0], north)).collect();
            pairs
        });
        let widest = stretches.max_by_key(|(width, _, north)| (*width, -(north - centre).abs()));
        let place = widest.and_then(|(width, east, north)| Point::from_mm(east + width / 2, north).ok());
        place.unwrap_or(low)
    }
}

fn crossings(edges: impl Iterator<Item = Edge>, north: i64) -> Vec<i64> {
    let crossed = edges.filter(|(a, b)| (a.north_mm() > north) != (b.north_mm() > north));
    let at = |(a, b): Edge| {
        let (run, rise) = (b.east_mm() - a.east_mm(), b.north_mm() - a.north_mm());
        let part = i128::from(run) * i128::from(north - a.north_mm()) / i128::from(rise);
        a.east_mm() + i64::try_from(part).unwrap_or_default()
    };
    let mut all: Vec<i64> = crossed.map(at).collect();
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, ring};
    use super::super::{Locator, Polygon};
    use super::*;

    #[test]
    fn it_lies_inside_also_where_the_box_has_its_middle_outside() {
        let around = ring(&[(0, 0), (9_000, 0), (9_000, 9_000), (0, 9_000)]);
        let hole = ring(&[(1_000, 1_000), (8_000, 1_000), (8_000, 8_000), (1_000, 8_000)]);
        let frame = Boundary::new(vec![Polygon::new(around, vec![hole])]).unwrap();
        let space = super::super::testing::space(1);
        let found = Locator::build(&[(space, frame.clone())]).locate(frame.middle());
        assert_eq!(found, super::super::Found::Inside(space));
        assert_ne!(frame.middle(), at(4_500, 4_500));
    }
}
