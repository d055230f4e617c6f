// SPDX-License-Identifier: EUPL-1.2
//! Hits on a map of the spaces. It shows the same cards as the list: those with a place as points, those of a space in
//! its middle, close ones as one circle with their number; the rest is counted beside it.

use crate::kit::{Oops, Web};
use crate::territory::map::{Drawn, Scale, WIDTH, draw, named};
use app::territory::public_shapes;
use domain::resources::search::Spot;
use std::collections::BTreeMap;

/// Points closer than this become one circle.
const CELL: i64 = 22;

/// A circle: one card or several.
pub struct Circle {
    pub x: i64,
    pub y: i64,
    pub r: i64,
    pub count: usize,
}

/// An area with its name.
pub struct Area {
    pub path: String,
    pub name: String,
    pub named: bool,
    pub x: i64,
    pub y: i64,
}

/// The map.
#[derive(Default)]
pub struct HitMap {
    pub width: i64,
    pub height: i64,
    pub areas: Vec<Area>,
    pub circles: Vec<Circle>,
    /// Hits without a place.
    pub elsewhere: usize,
}

impl HitMap {
    /// Draws hits.
    ///
    /// # Errors
    /// When the house fails.
    pub async fn of(web: &Web, spots: &[Spot]) -> Result<Self, Oops> {
        let shapes = public_shapes(&web.app).await?;
        let names = app::resources::public_spaces(&web.app).await?;
        let Some((scale, height)) = Scale::over(&shapes) else { return Ok(Self::default()) };
        let drawing = draw(&shapes);
        let name = |space| names.iter().find(|(id, _)| *id == space).map_or("", |(_, name)| name.as_str());
        let shown = named(&drawing, name);
        let area = |(drawn, named): (&Drawn, bool)| {
            let (x, y) = drawn.label;
            Area { path: drawn.path.clone(), name: name(drawn.space).to_owned(), named, x, y }
        };
        let place = |spot: &Spot| match (spot.point, spot.space) {
            (Some(point), _) => {
                Some(scale.unit(point)).filter(|(x, y)| (0..=WIDTH).contains(x) && (0..=height).contains(y))
            }
            (None, Some(space)) => drawing.spaces.iter().find(|drawn| drawn.space == space).map(|drawn| drawn.label),
            (None, None) => None,
        };
        let places: Vec<(i64, i64)> = spots.iter().filter_map(place).collect();
        let areas = drawing.spaces.iter().zip(shown).map(area).collect();
        Ok(Self { width: WIDTH, height, areas, circles: circles(&places), elsewhere: spots.len() - places.len() })
    }

    /// Is there something to look at?
    pub fn is_drawn(&self) -> bool {
        !self.areas.is_empty()
    }
}

fn circles(places: &[(i64, i64)]) -> Vec<Circle> {
    let mut cells: BTreeMap<(i64, i64), (i64, i64, usize)> = BTreeMap::new();
    for (x, y) in places {
        let cell = cells.entry((x / CELL, y / CELL)).or_default();
        *cell = (cell.0 + x, cell.1 + y, cell.2 + 1);
    }
    let circle = |(x, y, count): (i64, i64, usize)| {
        let number = i64::try_from(count).unwrap_or(1);
        let r = match count {
            1 => 5,
            2..10 => 9,
            10..100 => 12,
            _ => 15,
        };
        Circle { x: x / number, y: y / number, r, count }
    };
    cells.into_values().map(circle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hit_is_lost_in_a_circle() {
        let places: Vec<(i64, i64)> = (0..500).map(|n| (n * 37 % 600, n * 91 % 400)).collect();
        let circles = circles(&places);
        assert_eq!(circles.iter().map(|circle| circle.count).sum::<usize>(), 500);
        assert!(circles.len() < 500);
    }
}
