// SPDX-License-Identifier: EUPL-1.2
//! Where every slot is, in decimetres and close together in memory: far away is most of a city, and is told apart without
//! looking at the slot.

use crate::territory::Point;

/// Millimetres in a decimetre.
const DM: i64 = 100;

/// A slot's place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground {
    east: i32,
    north: i32,
}

impl Ground {
    /// Of a place on the map; without one it is near nothing.
    pub fn of(point: Option<Point>) -> Self {
        let dm = |mm: i64| i32::try_from(mm.div_euclid(DM)).ok();
        let known = point.and_then(|point| Some(Self { east: dm(point.east_mm())?, north: dm(point.north_mm())? }));
        known.unwrap_or(Self { east: i32::MIN, north: i32::MIN })
    }
}

/// A square around a place. What is not in it is surely too far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Square {
    east: (i64, i64),
    north: (i64, i64),
}

impl Square {
    /// Around a place, so many metres each way; what is cut off by rounding is added.
    pub fn around(middle: Point, metres: i64) -> Self {
        let half = metres.saturating_add(1).saturating_mul(1_000 / DM).saturating_add(1);
        let side = |mm: i64| (mm.div_euclid(DM).saturating_sub(half), mm.div_euclid(DM).saturating_add(half));
        Self { east: side(middle.east_mm()), north: side(middle.north_mm()) }
    }

    /// May it be near enough?
    pub fn has(&self, ground: Ground) -> bool {
        let within = |(low, high): (i64, i64), at: i32| low <= i64::from(at) && i64::from(at) <= high;
        ground.east != i32::MIN && within(self.east, ground.east) && within(self.north, ground.north)
    }
}
