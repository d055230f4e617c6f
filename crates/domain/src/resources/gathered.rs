// SPDX-License-Identifier: EUPL-1.2
//! Hits on a map: what lies in a window, close ones together. Every hit is counted exactly once: in the window, outside
//! of it, or as one without a place. So a map can never say another number than the list.

use super::search::Spot;
use crate::kernel::{CardId, SpaceId};
use crate::territory::Point;
use std::collections::BTreeMap;

/// So many circles stand side by side at most.
const COLUMNS: i64 = 18;
/// So many cards of a circle are named; of more only the number is told.
pub const NAMED: usize = 8;

/// The part of the map that is looked at, on the grid of millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Kartenausschnitt")]
pub struct Window {
    low: (i64, i64),
    high: (i64, i64),
}

impl Window {
    /// All of Germany.
    pub const EVERYWHERE: Self = Self { low: (0, 5_000_000_000), high: (1_200_000_000, 6_500_000_000) };

    /// The smallest window on the grid that holds a window of degrees. What reaches beyond Germany is cut off.
    /// `None` if nothing is left of it.
    #[must_use]
    pub fn of_degrees(west: f64, south: f64, east: f64, north: f64) -> Option<Self> {
        if [west, south, east, north].iter().any(|degrees| degrees.is_nan()) {
            return None;
        }
        let (west, east) = (west.max(5.01), east.min(15.99));
        let (south, north) = (south.max(46.51), north.min(55.99));
        if west >= east || south >= north {
            return None;
        }
        let middle = f64::midpoint(west, east);
        let corners = [(south, west), (south, middle), (south, east), (north, west), (north, middle), (north, east)];
        let points: Vec<Point> =
            corners.iter().filter_map(|(latitude, longitude)| Point::from_wgs84(*latitude, *longitude).ok()).collect();
        let edge = |pick: fn(Point) -> i64| points.iter().map(move |point| pick(*point));
        let (easts, norths) = (|| edge(Point::east_mm), || edge(Point::north_mm));
        let (low, high) = ((easts().min()?, norths().min()?), (easts().max()?, norths().max()?));
        Some(Self { low, high })
    }

    /// Is the point in it?
    #[must_use]
    pub const fn holds(&self, point: Point) -> bool {
        let (east, north) = (point.east_mm(), point.north_mm());
        self.low.0 <= east && east <= self.high.0 && self.low.1 <= north && north <= self.high.1
    }

    /// Side of the square in which hits become one circle: a power of two, on a grid that does not move with the window.
    fn cell(&self, inside: &[(&Spot, Point)]) -> i64 {
        let easts = || inside.iter().map(|(_, point)| point.east_mm());
        let wide = match *self {
            Self::EVERYWHERE => easts().max().unwrap_or(0) - easts().min().unwrap_or(0),
            window => window.high.0 - window.low.0,
        };
        let steps = u64::try_from(wide / COLUMNS).unwrap_or(0).max(1);
        i64::try_from(steps.next_power_of_two()).unwrap_or(i64::MAX)
    }
}

/// One circle: a card, or several that stand close to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Treffergruppe")]
pub struct Gathered {
    /// In the middle of its cards.
    pub place: Point,
    /// How many.
    pub count: usize,
    /// The first of them, [`NAMED`] at most.
    pub cards: Vec<CardId>,
    /// The space in whose middle it stands, because its cards have no point of their own.
    pub space: Option<SpaceId>,
}

/// All hits, each counted once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Treffer auf der Karte")]
pub struct OnMap {
    /// The circles in the window.
    pub inside: Vec<Gathered>,
    /// Hits that stand elsewhere on the map.
    pub outside: usize,
    /// Hits without any place.
    pub nowhere: usize,
}

/// Gathers hits in a window. Those without a point stand in the middle of their space, apart from the others.
#[must_use]
pub fn gather(spots: &[Spot], middles: &BTreeMap<SpaceId, Point>, window: Window) -> OnMap {
    let mut on_map = OnMap::default();
    let mut points: Vec<(&Spot, Point)> = Vec::new();
    let mut spaces: BTreeMap<SpaceId, Gathered> = BTreeMap::new();
    for spot in spots {
        let middle = spot.space.and_then(|space| Some((space, *middles.get(&space)?)));
        match (spot.point, middle) {
            (Some(point), _) if window.holds(point) => points.push((spot, point)),
            (None, Some((space, place))) if window.holds(place) => {
                let empty = Gathered { place, count: 0, cards: Vec::new(), space: Some(space) };
                spaces.entry(space).or_insert(empty).add(spot.id);
            }
            (Some(_), _) | (None, Some(_)) => on_map.outside += 1,
            (None, None) => on_map.nowhere += 1,
        }
    }
    let cell = window.cell(&points);
    let mut cells: BTreeMap<(i64, i64), (Gathered, i64, i64)> = BTreeMap::new();
    for (spot, place) in points {
        let at = (place.east_mm().div_euclid(cell), place.north_mm().div_euclid(cell));
        let empty = (Gathered { place, count: 0, cards: Vec::new(), space: None }, 0, 0);
        let (circle, east, north) = cells.entry(at).or_insert(empty);
        circle.add(spot.id);
        (*east, *north) = (*east + place.east_mm(), *north + place.north_mm());
    }
    let middle = |(circle, east, north): (Gathered, i64, i64)| {
        let count = i64::try_from(circle.count).unwrap_or(1).max(1);
        // The middle of points within Germany's box is within it.
        let place = Point::from_mm(east / count, north / count).unwrap_or(circle.place);
        Gathered { place, ..circle }
    };
    on_map.inside = cells.into_values().map(middle).chain(spaces.into_values()).collect();
    on_map
}

impl Gathered {
    fn add(&mut self, id: CardId) {
        self.count += 1;
        if self.cards.len() < NAMED {
            self.cards.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn spots() -> Vec<Spot> {
        let point =
            |n: i64| Point::from_mm(565_000_000 + n * 7919 % 4_000_000, 5_930_000_000 + n * 104_729 % 3_000_000);
        let spot = |n: i64| Spot {
            id: CardId(Uuid::from_u128(n as u128)),
            point: (n % 5 != 0).then(|| point(n).unwrap()),
            space: (n % 3 != 0).then(|| SpaceId(Uuid::from_u128(1 + n as u128 % 2))),
        };
        (0..1_000).map(spot).collect()
    }

    fn all(on_map: &OnMap) -> usize {
        on_map.inside.iter().map(|one| one.count).sum::<usize>() + on_map.outside + on_map.nowhere
    }

    #[test]
    fn every_hit_is_counted_once_in_any_window() {
        let middle = |east| Point::from_mm(east, 5_931_000_000).unwrap();
        let ids = [1, 2].map(|n| SpaceId(Uuid::from_u128(n)));
        let middles = BTreeMap::from([(ids[0], middle(566_000_000)), (ids[1], middle(568_000_000))]);
        let whole = gather(&spots(), &middles, Window::EVERYWHERE);
        assert_eq!((all(&whole), whole.outside), (1_000, 0));
        assert_eq!(whole.nowhere, (0..1_000).filter(|n| n % 15 == 0).count());
        assert!(whole.inside.len() < 700, "{}", whole.inside.len());
        for (west, south, east, north) in
            [(9.9, 53.5, 10.1, 53.6), (10.0, 53.51, 10.01, 53.52), (9.98, 53.5, 10.03, 53.515), (5.0, 46.0, 16.0, 56.0)]
        {
            let window = Window::of_degrees(west, south, east, north).unwrap();
            let seen = gather(&spots(), &middles, window);
            assert_eq!(all(&seen), 1_000);
            assert!(seen.inside.iter().all(|one| one.cards.len() == one.count.min(NAMED)));
        }
        // From near enough each card stands for itself.
        let near = Window::of_degrees(10.0, 53.51, 10.002, 53.511).unwrap();
        assert!(gather(&spots(), &middles, near).inside.iter().all(|one| one.count == 1 || one.space.is_some()));
    }

    #[test]
    fn windows_that_are_none_are_refused() {
        for (west, south, east, north) in [
            (10.0, 53.0, 10.0, 54.0),
            (f64::NAN, 53.0, 10.0, 54.0),
            (100.0, 10.0, 101.0, 11.0),
            (11.0, 54.0, 10.0, 53.0),
        ] {
            assert_eq!(Window::of_degrees(west, south, east, north), None);
        }
        let world = Window::of_degrees(f64::NEG_INFINITY, -90.0, 180.0, 90.0).unwrap();
        assert!(world.holds(Point::from_wgs84(53.55, 9.99).unwrap()));
    }
}
