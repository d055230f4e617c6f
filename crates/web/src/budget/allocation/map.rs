// SPDX-License-Identifier: EUPL-1.2
//! The map of changes: spaces shaded by what their share gains or loses. Only where the proposal's areas are
//! the office's spaces or regions.

use super::view::Row;
use crate::kit::filters;
use crate::territory::map::{self, WIDTH};
use app::territory::SpaceLine;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::kernel::SpaceId;
use domain::territory::Boundary;

/// From this part of what is now on, a change is a strong one.
const STRONG_PERCENT: i64 = 5;
/// From strong losses to strong gains.
const SHADES: [&str; 4] = ["loses-much", "loses", "gains", "gains-much"];

/// A space on the map.
#[derive(Debug, Clone)]
struct Area {
    name: String,
    path: String,
    x: i64,
    y: i64,
    named: bool,
    /// Code of how much changes.
    shade: &'static str,
    /// An arrow: colour alone tells nothing.
    sign: &'static str,
    change: String,
}

/// The picture.
#[derive(Debug, Clone, Template)]
#[template(path = "budget/allocation_map.html")]
pub struct ChangeMap {
    areas: Vec<Area>,
    height: i64,
}

impl HtmlSafe for ChangeMap {}

fn shade(row: &Row, change: i64) -> &'static str {
    let before = row.cents - change;
    let strong = i128::from(change.abs()) * 100 > i128::from(before.abs()) * i128::from(STRONG_PERCENT);
    SHADES[match (change < 0, strong) {
        (true, true) => 0,
        (true, false) => 1,
        (false, false) => 2,
        (false, true) => 3,
    }]
}

impl ChangeMap {
    /// Draws the changes; none if no area of the proposal is a space or region of the office.
    #[must_use]
    pub fn new(rows: &[Row], spaces: &[SpaceLine], shapes: &[(SpaceId, Boundary)]) -> Option<Self> {
        let line = |id: SpaceId| spaces.iter().find(|space| space.id == id);
        let row = |space: &SpaceLine| rows.iter().find(|row| row.area == space.name || row.area == space.region);
        let drawing = map::draw(shapes);
        let named = map::named(&drawing, |id| line(id).map_or("", |space| &space.name));
        let area = |(drawn, named): (&map::Drawn, bool)| {
            let space = line(drawn.space)?;
            let (x, y) = drawn.label;
            let row = row(space)?;
            let (_, change, cents) = row.before.clone()?;
            let sign = if cents < 0 { "▼" } else { "▲" };
            let (name, path) = (space.name.clone(), drawn.path.clone());
            Some(Area { name, path, x, y, named, shade: shade(row, cents), sign, change })
        };
        let areas: Vec<Area> = drawing.spaces.iter().zip(named).filter_map(area).collect();
        (!areas.is_empty()).then_some(Self { areas, height: drawing.height })
    }

    const fn width(&self) -> i64 {
        WIDTH
    }
}
