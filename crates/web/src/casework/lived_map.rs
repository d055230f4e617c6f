// SPDX-License-Identifier: EUPL-1.2
//! Places of a lived space among the borders of the office: only the part of the town in which they lie.

use crate::kit::{Oops, Web};
use crate::territory::map::{Drawn, Scale, draw, named};
use app::casework::lived_space::{LivedPage, LivedPlaceView};
use app::territory::public_shapes;
use domain::casework::{Company, lived_point};
use domain::kernel::SpaceId;
use domain::territory::{Boundary, Point};

/// So far around the places borders are drawn, in millimetres.
const AROUND: i64 = 600_000;

/// A place on the map.
pub struct Spot {
    pub number: usize,
    pub x: i64,
    pub y: i64,
    /// How far one may go alone from here, in units of the picture.
    pub reach: Option<i64>,
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
pub struct LivedMap {
    pub width: i64,
    pub height: i64,
    pub areas: Vec<Area>,
    pub spots: Vec<Spot>,
    /// Places without a point.
    pub elsewhere: usize,
}

impl LivedMap {
    /// Draws the places of a case; beside a protected address there is nothing to draw.
    ///
    /// # Errors
    /// When the house fails.
    pub async fn of(web: &Web, shown: &LivedPage) -> Result<Self, Oops> {
        let points: Vec<(usize, Point, Option<i64>)> = (1..)
            .zip(&shown.places)
            .filter_map(|(number, place)| Some((number, point(place)?, reach(shown, place))))
            .collect();
        let elsewhere = shown.places.len() - points.len();
        let shapes = public_shapes(&web.app).await?;
        let near: Vec<(SpaceId, Boundary)> =
            shapes.iter().filter(|(_, boundary)| touches(boundary, &points)).cloned().collect();
        let Some((scale, height)) = Scale::over(&near).filter(|_| !points.is_empty()) else {
            return Ok(Self { elsewhere, ..Self::default() });
        };
        let names = app::resources::public_spaces(&web.app).await?;
        let name = |space| names.iter().find(|(id, _)| *id == space).map_or("", |(_, name)| name.as_str());
        let drawing = draw(&near);
        let shown_names = named(&drawing, name);
        let area = |(drawn, named): (&Drawn, bool)| {
            let (x, y) = drawn.label;
            Area { path: drawn.path.clone(), name: name(drawn.space).to_owned(), named, x, y }
        };
        Ok(Self {
            width: crate::territory::map::WIDTH,
            height,
            areas: drawing.spaces.iter().zip(shown_names).map(area).collect(),
            spots: points.iter().map(|spot| on_map(&scale, *spot)).collect(),
            elsewhere,
        })
    }

    /// Is there something to look at?
    pub fn is_drawn(&self) -> bool {
        !self.spots.is_empty()
    }
}

fn point(place: &LivedPlaceView) -> Option<Point> {
    place.point.as_deref().and_then(|text| lived_point(text).ok())
}

/// Only around places to which somebody goes alone.
fn reach(shown: &LivedPage, place: &LivedPlaceView) -> Option<i64> {
    let said = shown.reaches.iter().find(|(person, _)| *person == place.person)?;
    Some(said.1.metres).filter(|metres| *metres > 0 && place.company == Company::Alone)
}

fn on_map(scale: &Scale, (number, point, reach): (usize, Point, Option<i64>)) -> Spot {
    let (x, y) = scale.unit(point);
    let edge = |metres: i64| Point::from_mm(point.east_mm() + metres * 1_000, point.north_mm()).ok();
    let radius = reach.and_then(edge).map(|edge| scale.unit(edge).0 - x);
    Spot { number, x, y, reach: radius }
}

fn touches(boundary: &Boundary, points: &[(usize, Point, Option<i64>)]) -> bool {
    let (low, high) = boundary.bounds();
    points.iter().any(|(_, point, _)| {
        (low.east_mm() - AROUND..=high.east_mm() + AROUND).contains(&point.east_mm())
            && (low.north_mm() - AROUND..=high.north_mm() + AROUND).contains(&point.north_mm())
    })
}
