// SPDX-License-Identifier: EUPL-1.2
//! The map as SVG: shapes onto a grid so coarse that what nobody could see is not sent.
//!
//! Corners are moved onto the grid, not dropped one ring at a time: neighbours keep their common border.

use domain::kernel::SpaceId;
use domain::territory::{Boundary, Point, Ring};
use std::fmt::Write;

/// Width of the picture in its own units. Texts in it are 16 units high.
pub const WIDTH: i64 = 640;
/// Grid steps for one unit.
const STEPS: i64 = 2;
/// Roughly the width of a letter.
const LETTER: i64 = 9;
const LINE: i64 = 18;

/// A corner on the grid.
pub type Corner = (i64, i64);

/// One space on the map.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Which.
    pub space: SpaceId,
    /// The path's data.
    pub path: String,
    /// Where its name can stand, and how much room there is.
    pub label: Corner,
    room: i64,
    size: i64,
}

/// The whole map.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    /// Height in units.
    pub height: i64,
    /// The spaces, largest first.
    pub spaces: Vec<Drawn>,
}

/// From millimetres to the grid; north is up.
pub struct Scale {
    west: i64,
    north: i64,
    width: i64,
}

impl Scale {
    /// The scale on which all of these fit, and the height of the picture.
    #[must_use]
    pub fn over(shapes: &[(SpaceId, Boundary)]) -> Option<(Self, i64)> {
        let bounds: Vec<(Point, Point)> = shapes.iter().map(|(_, boundary)| boundary.bounds()).collect();
        let edge = |pick: fn(&(Point, Point)) -> i64| bounds.iter().map(pick);
        let (west, east) = (edge(|b| b.0.east_mm()).min()?, edge(|b| b.1.east_mm()).max()?);
        let (south, north) = (edge(|b| b.0.north_mm()).min()?, edge(|b| b.1.north_mm()).max()?);
        let scale = Self { west, north, width: (east - west).max(1) };
        let height = (north - south) * WIDTH / scale.width + 1;
        Some((scale, height))
    }

    /// A point in units of the picture.
    #[must_use]
    pub fn unit(&self, point: Point) -> Corner {
        let (x, y) = self.of(&point);
        (x / STEPS, y / STEPS)
    }

    fn of(&self, point: &Point) -> Corner {
        let scaled = |mm: i64| (mm * WIDTH * STEPS + self.width / 2) / self.width;
        (scaled(point.east_mm() - self.west), scaled(self.north - point.north_mm()))
    }

    fn ring(&self, ring: &Ring) -> Vec<Corner> {
        let mut kept: Vec<Corner> = Vec::new();
        for corner in ring.corners().iter().map(|point| self.of(point)) {
            while kept.len() > 1 && on_line(kept[kept.len() - 2], kept[kept.len() - 1], corner) {
                kept.pop();
            }
            if kept.last() != Some(&corner) {
                kept.push(corner);
            }
        }
        kept
    }
}

/// Does the middle corner add nothing to the line?
fn on_line(a: Corner, b: Corner, c: Corner) -> bool {
    (b.0 - a.0) * (c.1 - b.1) == (b.1 - a.1) * (c.0 - b.0)
}

/// The side of a square, in millimetres, within which nobody can tell two corners apart on a map of all of them, and not
/// on one of a quarter either.
#[must_use]
pub fn coarse(shapes: &[(SpaceId, Boundary)]) -> i64 {
    let width = Scale::over(shapes).map_or(0, |(scale, _)| scale.width);
    (width / 16_384).clamp(1, 5_000)
}

/// Draws the shapes; the same space may come several times.
#[must_use]
pub fn draw(shapes: &[(SpaceId, Boundary)]) -> Drawing {
    draw_in(shapes, shapes)
}

/// Draws the shapes in the frame that others need, so that two maps can be compared.
#[must_use]
pub fn draw_in(shapes: &[(SpaceId, Boundary)], frame: &[(SpaceId, Boundary)]) -> Drawing {
    let Some((scale, height)) = Scale::over(frame) else { return Drawing::default() };
    let mut spaces: Vec<Drawn> = shapes.iter().filter_map(|(space, boundary)| one(&scale, *space, boundary)).collect();
    spaces.sort_by_key(|drawn| std::cmp::Reverse(drawn.size));
    Drawing { height, spaces }
}

fn one(scale: &Scale, space: SpaceId, boundary: &Boundary) -> Option<Drawn> {
    let mut path = String::new();
    let mut largest: (i64, Vec<Corner>) = (0, Vec::new());
    for polygon in boundary.polygons() {
        let outer = scale.ring(polygon.outer());
        // Smaller than a dot: too small to be seen or clicked.
        if outer.len() < 3 {
            continue;
        }
        write_ring(&mut path, &outer);
        polygon.holes().iter().map(|hole| scale.ring(hole)).filter(|hole| hole.len() > 2).for_each(|hole| {
            write_ring(&mut path, &hole);
        });
        let size = doubled_area(&outer);
        if size > largest.0 {
            largest = (size, outer);
        }
    }
    let (label, room) = widest(&largest.1)?;
    Some(Drawn { space, path, label, room, size: largest.0 })
}

fn write_ring(path: &mut String, ring: &[Corner]) {
    let unit =
        |steps: i64| if steps % STEPS == 0 { (steps / STEPS).to_string() } else { format!("{}.5", steps / STEPS) };
    for (number, (x, y)) in ring.iter().enumerate() {
        // Writing into a string cannot fail.
        write!(path, "{}{} {}", if number == 0 { 'M' } else { 'L' }, unit(*x), unit(*y)).unwrap_or_default();
    }
    path.push('Z');
}

fn doubled_area(ring: &[Corner]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<i64>().abs()
}

/// The middle of the widest level stretch inside of a ring, and its width, in units.
fn widest(ring: &[Corner]) -> Option<(Corner, i64)> {
    let (low, high) = (ring.iter().map(|c| c.1).min()?, ring.iter().map(|c| c.1).max()?);
    let levels = (2..=6).map(|eighth| low + (high - low) * eighth / 8);
    let stretches = levels.flat_map(|y| {
        let crossings = crossings(ring, y);
        let pairs: Vec<_> = crossings.chunks_exact(2).map(|pair| (pair[1] - pair[0], pair[0], y)).collect();
        pairs
    });
    // Of stretches about as wide as each other, the one nearest to the middle.
    let middle = (low + high) / 2;
    let (width, from, y) =
        stretches.max_by_key(|(width, _, y)| (width * 16 / (high - low).max(1), -(y - middle).abs()))?;
    Some((((from + width / 2) / STEPS, y / STEPS), width / STEPS))
}

fn crossings(ring: &[Corner], y: i64) -> Vec<i64> {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    let crossed = edges.filter(|(a, b)| (a.1 > y) != (b.1 > y));
    let mut all: Vec<i64> = crossed.map(|(a, b)| a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1)).collect();
    all.sort_unstable();
    all
}

/// Which names can stand on the map without lying over each other: a name may be a little wider than its
/// space. Names come in the order of the spaces, so that the largest have the first choice.
#[must_use]
pub fn named<'a>(drawing: &Drawing, name: impl Fn(SpaceId) -> &'a str) -> Vec<bool> {
    let mut taken: Vec<(i64, i64, i64)> = Vec::new();
    let fits = |drawn: &Drawn| {
        let half = i64::try_from(name(drawn.space).chars().count()).unwrap_or_default() * LETTER / 2;
        let (x, y) = drawn.label;
        let free = taken.iter().all(|(tx, ty, th)| (tx - x).abs() > th + half || (ty - y).abs() > LINE);
        let shown = free && half * 2 <= drawn.room * 3 / 2 && x >= half && x + half <= WIDTH;
        if shown {
            taken.push((x, y, half));
        }
        shown
    };
    drawing.spaces.iter().map(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::territory::Polygon;
    use uuid::Uuid;

    fn square(number: u128, west: i64) -> (SpaceId, Boundary) {
        let corner = |x: i64, y: i64| Point::from_mm(565_000_000 + x, 5_933_000_000 + y).unwrap();
        let side = 1_000_000;
        let corners = [(0, 0), (1, side / 2), (0, side), (side, side), (side, 0)];
        let ring = Ring::new(corners.iter().map(|(x, y)| corner(west + x, *y)).collect()).unwrap();
        (SpaceId(Uuid::from_u128(number)), Boundary::new(vec![Polygon::new(ring, Vec::new())]).unwrap())
    }

    #[test]
    fn neighbours_share_their_border_and_small_turns_are_gone() {
        let drawing = draw(&[square(1, 0), square(2, 1_000_000)]);
        assert_eq!(drawing.height, 321);
        let paths: Vec<&str> = drawing.spaces.iter().map(|drawn| drawn.path.as_str()).collect();
        assert_eq!(paths, ["M320 320L320 0L0 0L0 320Z", "M640 320L640 0L320 0L320 320Z"]);
        assert_eq!(drawing.spaces[0].label.0, 160);
        assert_eq!(named(&drawing, |_| "Mitte"), [true, true]);
        assert_eq!(
            named(&drawing, |_| "Ein Name, der sehr viel länger ist als der Sozialraum, den er benennen soll"),
            [false, false]
        );
        assert!(draw(&[]).spaces.is_empty());
    }
}
