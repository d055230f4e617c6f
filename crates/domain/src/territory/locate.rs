// SPDX-License-Identifier: EUPL-1.2
//! From a point to the space it lies in.
//!
//! **The rule for borders.** A point is decided as if it lay ever so little to the east and, far less
//! than that, to the north. So a point exactly on a border belongs to exactly one of the neighbours, a
//! corner where four spaces meet to exactly one of the four, and always to the same, in whatever order
//! the spaces were read.
//!
//! **The grid.** The district is covered by square cells. A cell without a piece of border knows its
//! owner. A cell with border knows, for every space whose border runs through it, whether the cell's
//! south-western corner lies inside; the way from the point west to the cell's side and then south to
//! that corner is followed, and every piece of border met on the way changes the side.
//! Everything is counted in half millimetres: corners of borders are even, sides of cells odd, so that
//! no corner ever lies on a side of a cell.

use super::boundary::Boundary;
use super::planar::Edge;
use super::projection::Point;
use crate::kernel::SpaceId;
use std::collections::BTreeMap;

/// What was found at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Fundstelle")]
pub enum Found {
    /// Inside of one space.
    Inside(SpaceId),
    /// Exactly on a border; it counts as part of this space.
    Border(SpaceId),
    /// In no space. By the rule for borders that holds for the district's own northern and eastern edge too.
    Outside,
    /// In several spaces, because their boundaries overlap; in order of their ids.
    Ambiguous(Vec<SpaceId>),
}

/// A piece of border in half millimetres, upwards (or eastwards if it is level).
#[derive(Debug, Clone, Copy)]
struct Piece {
    low: (i64, i64),
    high: (i64, i64),
}

/// The pieces of one space in one cell, as a range of `pieces`.
#[derive(Debug, Clone, Copy)]
struct Group {
    space: u32,
    corner_inside: bool,
    until: u32,
}

/// A cell with border, or in several spaces: ranges of `groups`, `pieces` and `constant`.
#[derive(Debug, Clone, Copy)]
struct Mixed {
    groups: (u32, u32),
    first_piece: u32,
    constant: (u32, u32),
}

/// The boundaries of one edition, made ready for many questions.
#[derive(Debug)]
#[doc(alias = "Verortung")]
pub struct Locator {
    spaces: Vec<SpaceId>,
    west: i64,
    south: i64,
    size: i64,
    columns: i64,
    rows: i64,
    /// 0: no space; up to the number of spaces: that one; above: a mixed cell.
    cells: Vec<u32>,
    mixed: Vec<Mixed>,
    groups: Vec<Group>,
    pieces: Vec<Piece>,
    constant: Vec<u32>,
}

impl Locator {
    /// Makes boundaries ready. The same space may come several times; the order does not matter.
    #[must_use]
    pub fn build(boundaries: &[(SpaceId, Boundary)]) -> Self {
        let mut by_space: BTreeMap<SpaceId, Vec<Piece>> = BTreeMap::new();
        for (space, boundary) in boundaries {
            by_space.entry(*space).or_default().extend(boundary.edges().map(Piece::new));
        }
        let spaces = by_space.keys().copied().collect();
        let pieces: Vec<(u32, Piece)> = (0..)
            .zip(by_space.into_values())
            .flat_map(|(space, pieces)| pieces.into_iter().map(move |piece| (space, piece)))
            .collect();
        let mut locator = Self::empty(spaces, &pieces);
        let in_cells = locator.distribute(&pieces);
        let turns = locator.turns(&pieces);
        locator.fill(&pieces, in_cells, &turns);
        locator
    }

    /// Which space does the point lie in?
    #[must_use]
    pub fn locate(&self, point: Point) -> Found {
        let (x, y) = (point.east_mm() * 2, point.north_mm() * 2);
        if x < self.west || y < self.south {
            return Found::Outside;
        }
        let (column, row) = ((x - self.west) / self.size, (y - self.south) / self.size);
        if column >= self.columns || row >= self.rows {
            return Found::Outside;
        }
        let code = self.cells[cell_index(self.columns, column, row)] as usize;
        if code == 0 {
            return Found::Outside;
        }
        match self.spaces.get(code - 1) {
            Some(space) => Found::Inside(*space),
            None => {
                let corner = (self.west + column * self.size, self.south + row * self.size);
                self.decide(self.mixed[code - 1 - self.spaces.len()], corner, (x, y))
            }
        }
    }

    fn decide(&self, cell: Mixed, corner: (i64, i64), point: (i64, i64)) -> Found {
        let constant = &self.constant[cell.constant.0 as usize..cell.constant.1 as usize];
        let mut owner = constant.first().copied();
        let mut several = constant.len() > 1;
        let mut on_border = false;
        let mut start = cell.first_piece as usize;
        for group in &self.groups[cell.groups.0 as usize..cell.groups.1 as usize] {
            let pieces = &self.pieces[start..group.until as usize];
            start = group.until as usize;
            let (inside, touched) = follow(pieces, group.corner_inside, corner, point);
            on_border |= touched;
            if inside {
                several |= owner.is_some();
                owner = Some(group.space);
            }
        }
        match owner {
            None => Found::Outside,
            Some(_) if several => self.all_at(cell, corner, point),
            Some(space) if on_border => Found::Border(self.spaces[space as usize]),
            Some(space) => Found::Inside(self.spaces[space as usize]),
        }
    }

    fn all_at(&self, cell: Mixed, corner: (i64, i64), point: (i64, i64)) -> Found {
        let mut owners = self.constant[cell.constant.0 as usize..cell.constant.1 as usize].to_vec();
        let mut start = cell.first_piece as usize;
        for group in &self.groups[cell.groups.0 as usize..cell.groups.1 as usize] {
            if follow(&self.pieces[start..group.until as usize], group.corner_inside, corner, point).0 {
                owners.push(group.space);
            }
            start = group.until as usize;
        }
        owners.sort_unstable();
        Found::Ambiguous(owners.into_iter().map(|space| self.spaces[space as usize]).collect())
    }

    /// Lays the grid: about eight cells for every piece of border, between 64² and 2048².
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "the grid's fineness is free")]
    fn empty(spaces: Vec<SpaceId>, pieces: &[(u32, Piece)]) -> Self {
        let ends = || pieces.iter().flat_map(|(_, piece)| [piece.low, piece.high]);
        let west = ends().map(|(x, _)| x).min().unwrap_or(0) - 1;
        let south = ends().map(|(_, y)| y).min().unwrap_or(0) - 1;
        let width = ends().map(|(x, _)| x).max().unwrap_or(0) + 1 - west;
        let height = ends().map(|(_, y)| y).max().unwrap_or(0) + 1 - south;
        let wanted = (pieces.len() * 8).clamp(1 << 12, 1 << 22) as f64;
        let size = (width as f64 * height as f64 / wanted).sqrt() as i64;
        // A long thin district must not get more cells than wanted in one direction.
        let size = size.max(width.max(height) >> 13).max(4);
        // Even steps from an odd side keep every side odd.
        let size = size + size % 2;
        let (columns, rows) = (width / size + 1, height / size + 1);
        Self {
            spaces,
            west,
            south,
            size,
            columns,
            rows,
            cells: Vec::new(),
            mixed: Vec::new(),
            groups: Vec::new(),
            pieces: Vec::new(),
            constant: Vec::new(),
        }
    }

    /// For every cell the pieces that run through it, each named by its number.
    fn distribute(&self, pieces: &[(u32, Piece)]) -> Vec<(u32, u32)> {
        let mut in_cells = Vec::with_capacity(pieces.len() * 2);
        for (number, (_, piece)) in (0u32..).zip(pieces) {
            let last = (piece.high.1 - self.south) / self.size;
            for row in (piece.low.1 - self.south) / self.size..=last {
                let (from, to) = self.columns_in_row(piece, row);
                for column in from..=to {
                    #[expect(clippy::cast_possible_truncation, reason = "at most some million cells")]
                    in_cells.push((cell_index(self.columns, column, row) as u32, number));
                }
            }
        }
        // Pieces are numbered space by space, so this also groups them by space within a cell.
        in_cells.sort_unstable();
        in_cells
    }

    /// The columns that a piece touches in a row, rather one too many than one too few.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "widened by two millimetres")]
    fn columns_in_row(&self, piece: &Piece, row: i64) -> (i64, i64) {
        let bottom = (self.south + row * self.size).max(piece.low.1);
        let top = (self.south + (row + 1) * self.size).min(piece.high.1);
        let (rise, run) = (piece.high.1 - piece.low.1, piece.high.0 - piece.low.0);
        let (left, right) = (piece.low.0.min(piece.high.0), piece.low.0.max(piece.high.0));
        let at = |y: i64| piece.low.0 + ((y - piece.low.1) as f64 / rise as f64 * run as f64) as i64;
        let (a, b) = if rise == 0 { (left, right) } else { (at(bottom), at(top)) };
        let column = |x: i64| ((x.clamp(left, right) - self.west) / self.size).clamp(0, self.columns - 1);
        (column((a.min(b) - 4).max(self.west)), column(a.max(b) + 4))
    }

    /// For every row, at its southern side: from which column on is a space entered or left?
    fn turns(&self, pieces: &[(u32, Piece)]) -> Vec<Vec<(i64, u32)>> {
        let mut turns = vec![Vec::new(); usize::try_from(self.rows).unwrap_or(0)];
        for (space, piece) in pieces {
            // The sides are odd and the ends even, so a side is never level with an end.
            let first = (piece.low.1 - self.south) / self.size + 1;
            let last = (piece.high.1 - self.south) / self.size;
            for row in first..=last {
                let side = self.south + row * self.size;
                let (from, to) = self.columns_in_row(piece, row);
                let column = (from..=to + 1).find(|column| {
                    let corner = (self.west + column * self.size, side);
                    piece.runs_west_of(corner)
                });
                turns[usize::try_from(row).unwrap_or(0)].push((column.unwrap_or(to + 1), *space));
            }
        }
        turns.iter_mut().for_each(|row| row.sort_unstable());
        turns
    }

    fn fill(&mut self, pieces: &[(u32, Piece)], in_cells: Vec<(u32, u32)>, turns: &[Vec<(i64, u32)>]) {
        self.cells.reserve(usize::try_from(self.columns * self.rows).unwrap_or(0));
        let mut waiting = in_cells.as_slice();
        for row in turns {
            let mut inside: Vec<u32> = Vec::new();
            let mut ahead = row.iter().peekable();
            for column in 0..self.columns {
                while let Some((_, space)) = ahead.next_if(|(at, _)| *at <= column) {
                    toggle(&mut inside, *space);
                }
                let here = self.cells.len();
                let count = waiting.iter().take_while(|(cell, _)| *cell as usize == here).count();
                let (mine, rest) = waiting.split_at(count);
                waiting = rest;
                let code = self.code_for(pieces, mine, &inside);
                self.cells.push(code);
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "counts of pieces and cells stay far below 2^32")]
    fn code_for(&mut self, pieces: &[(u32, Piece)], mine: &[(u32, u32)], inside: &[u32]) -> u32 {
        match inside {
            [] if mine.is_empty() => return 0,
            [space] if mine.is_empty() => return space + 1,
            _ => {}
        }
        let (first_group, first_piece) = (self.groups.len() as u32, self.pieces.len() as u32);
        let first_constant = self.constant.len() as u32;
        let mut touched: Vec<u32> = Vec::new();
        for of_space in mine.chunk_by(|a, b| pieces[a.1 as usize].0 == pieces[b.1 as usize].0) {
            let space = pieces[of_space[0].1 as usize].0;
            self.pieces.extend(of_space.iter().map(|(_, number)| pieces[*number as usize].1));
            let until = self.pieces.len() as u32;
            self.groups.push(Group { space, corner_inside: inside.contains(&space), until });
            touched.push(space);
        }
        self.constant.extend(inside.iter().filter(|space| !touched.contains(space)));
        self.mixed.push(Mixed {
            groups: (first_group, self.groups.len() as u32),
            first_piece,
            constant: (first_constant, self.constant.len() as u32),
        });
        (self.spaces.len() + self.mixed.len()) as u32
    }
}

impl Piece {
    fn new((a, b): Edge) -> Self {
        let double = |point: Point| (point.east_mm() * 2, point.north_mm() * 2);
        let (a, b) = (double(a), double(b));
        if (a.1, a.0) <= (b.1, b.0) { Self { low: a, high: b } } else { Self { low: b, high: a } }
    }

    /// Positive if the point lies west of the piece (which runs upwards).
    #[inline]
    fn side_of(&self, point: (i64, i64)) -> i128 {
        let (run, rise) = (self.high.0 - self.low.0, self.high.1 - self.low.1);
        i128::from(run) * i128::from(point.1 - self.low.1) - i128::from(rise) * i128::from(point.0 - self.low.0)
    }

    /// Is the place, moved ever so little to the north, east of the piece at its height? The place lies
    /// on a side of a cell, so an upright piece never touches it, and only the slant decides a tie.
    #[inline]
    fn runs_west_of(&self, place: (i64, i64)) -> bool {
        let side = self.side_of(place);
        side < 0 || (side == 0 && self.high.0 < self.low.0)
    }
}

/// Follows the way from the point west to the cell's side, then south to its corner.
/// Returns whether the point is inside, and whether it lies exactly on a piece.
#[inline]
fn follow(pieces: &[Piece], corner_inside: bool, corner: (i64, i64), point: (i64, i64)) -> (bool, bool) {
    let (mut inside, mut touched) = (corner_inside, false);
    let foot = (corner.0, point.1);
    for piece in pieces {
        let (low, high) = (piece.low, piece.high);
        if low.1 <= point.1 && point.1 <= high.1 {
            let side = piece.side_of(point);
            let between = low.0.min(high.0) <= point.0 && point.0 <= low.0.max(high.0);
            touched |= side == 0 && between;
            // West of the point but east of the cell's side: the level part of the way meets it.
            inside ^= point.1 < high.1 && side <= 0 && !piece.runs_west_of(foot);
        }
        if (low.0 < corner.0) != (high.0 < corner.0) {
            inside ^= meets_side(piece, corner, point.1);
        }
    }
    (inside, touched)
}

/// Does the piece meet the cell's western side above the corner and not above the point's height?
/// A tie counts as below, as both ends of the way are moved a little to the north.
#[inline]
fn meets_side(piece: &Piece, corner: (i64, i64), height: i64) -> bool {
    let eastward = piece.high.0 > piece.low.0;
    let not_above = |y: i64| {
        let side = piece.side_of((corner.0, y));
        if eastward { side >= 0 } else { side <= 0 }
    };
    not_above(height) && !not_above(corner.1)
}

fn toggle(inside: &mut Vec<u32>, space: u32) {
    match inside.binary_search(&space) {
        Ok(at) => {
            inside.remove(at);
        }
        Err(at) => inside.insert(at, space),
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "columns and rows are never negative")]
const fn cell_index(columns: i64, column: i64, row: i64) -> usize {
    (row * columns + column) as usize
}

#[cfg(test)]
#[path = "locate_tests.rs"]
mod tests;
