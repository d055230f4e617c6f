// SPDX-License-Identifier: EUPL-1.2
//! Invented districts for the tests of this room: jagged tiles with shared borders, lakes and exclaves.

use super::boundary::{Boundary, Polygon, Ring};
use super::projection::Point;
use crate::kernel::SpaceId;
use uuid::Uuid;

/// A repeatable stream of numbers.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// Between `-most` and `most`.
    pub(super) fn around(&mut self, most: i64) -> i64 {
        (self.next() % (2 * most as u64 + 1)) as i64 - most
    }
}

/// A place near 53.5° North, 9.99° East: so many millimetres from a fixed corner.
pub(super) fn at(x: i64, y: i64) -> Point {
    Point::from_mm(565_000_000 + x, 5_930_000_000 + y).unwrap()
}

pub(super) fn space(number: u128) -> SpaceId {
    SpaceId(Uuid::from_u128(number))
}

pub(super) fn ring(corners: &[(i64, i64)]) -> Ring {
    Ring::new(corners.iter().map(|(x, y)| at(*x, *y)).collect()).unwrap()
}

pub(super) fn area(corners: &[(i64, i64)]) -> Boundary {
    Boundary::new(vec![Polygon::new(ring(corners), vec![])]).unwrap()
}

/// A district of `columns` × `rows` tiles of `side` millimetres; every side has `steps` jags, shared by
/// both neighbours to the millimetre.
pub(super) struct Tiling {
    pub(super) columns: i64,
    pub(super) rows: i64,
    pub(super) side: i64,
    pub(super) steps: i64,
    pub(super) seed: u64,
}

type Place = (i64, i64);

impl Tiling {
    fn node(&self, column: i64, row: i64) -> Place {
        let mut dice = Dice(self.seed ^ (column as u64 * 7919 + row as u64 * 104_729 + 1));
        let jitter = self.side / 8;
        (column * self.side + dice.around(jitter), row * self.side + dice.around(jitter))
    }

    /// The jagged way from one node to the next, without its end.
    fn way(&self, from: Place, to: Place) -> Vec<Place> {
        let turned = from > to;
        let (a, b) = if turned { (to, from) } else { (from, to) };
        let mut dice = Dice(self.seed ^ (a.0 as u64).rotate_left(17) ^ (a.1 as u64) ^ (b.0 as u64).rotate_left(31));
        let (run, rise) = (b.0 - a.0, b.1 - a.1);
        let mut places: Vec<Place> = (0..=self.steps)
            .map(|step| {
                // Jags become flat towards the nodes, so that ways never cross each other.
                let most = (step.min(self.steps - step) * self.side / (8 * self.steps)).min(self.side / 12);
                let jag = if most > 0 { dice.around(most) } else { 0 };
                let flat = (a.0 + run * step / self.steps, a.1 + rise * step / self.steps);
                if run.abs() > rise.abs() { (flat.0, flat.1 + jag) } else { (flat.0 + jag, flat.1) }
            })
            .collect();
        if turned {
            places.reverse();
        }
        places.pop();
        places
    }

    /// The corners of one tile, counter-clockwise.
    pub(super) fn tile(&self, column: i64, row: i64) -> Vec<Place> {
        let nodes = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        (0..4)
            .flat_map(|i| {
                let (from, to) = (nodes[i], nodes[(i + 1) % 4]);
                self.way(self.node(from.0, from.1), self.node(to.0, to.1))
            })
            .collect()
    }

    /// All tiles. Every seventh has a lake that is an exclave of the next tile.
    pub(super) fn spaces(&self) -> Vec<(SpaceId, Boundary)> {
        let count = self.columns * self.rows;
        let mut tiles: Vec<(Vec<Polygon>, Vec<Place>)> = Vec::new();
        for number in 0..count {
            let (column, row) = (number % self.columns, number / self.columns);
            let outer = ring(&self.tile(column, row));
            let (x, y, r) = (column * self.side + self.side / 2, row * self.side + self.side / 2, self.side / 9);
            let lake = vec![(x - r, y), (x, y - r), (x + r, y + r / 3), (x, y + r)];
            let holes = if number % 7 == 0 { vec![ring(&lake)] } else { vec![] };
            tiles.push((vec![Polygon::new(outer, holes)], lake));
        }
        for number in (0..count).filter(|number| number % 7 == 0) {
            let exclave = Polygon::new(ring(&tiles[number as usize].1), vec![]);
            tiles[((number + 1) % count) as usize].0.push(exclave);
        }
        (1..).zip(tiles).map(|(number, (tile, _))| (space(number), Boundary::new(tile).unwrap())).collect()
    }
}
