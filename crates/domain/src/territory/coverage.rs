// SPDX-License-Identifier: EUPL-1.2
//! Gaps and overlaps: does every place of the district belong to exactly one space?
//!
//! A level line is moved over the district from south to north, from corner to corner and crossing to
//! crossing. Between two such heights every border is straight and none crosses another, so the district
//! falls into trapezes, and each is covered by no, one or several spaces. Trapezes that no space covers
//! and that hang together are a gap, unless they reach the outside of the district.
//!
//! Tolerances: pieces narrower than half a millimetre are rounding and are not looked at; gaps and
//! overlaps below one square metre are only counted; an overlap is an error from one per cent of the
//! smaller space on. Gaps that touch across half a millimetre or less count as two. A gap that opens to
//! the outside is a bay of the district and cannot be told from its shape, so it is not reported.
//! Measures are computed in 64-bit floating point on corners that are whole millimetres; they are for
//! people and thresholds, while [`super::locate`] decides exactly.

use super::boundary::Boundary;
use super::findings::{
    Finding, GAP, GAP_TINY, GAP_WITHIN, OVERLAP, OVERLAP_SMALL, OVERLAP_TINY, PARTS_OVERLAP, TOO_COMPLEX,
    area_in_german,
};
use super::projection::Point;
use std::collections::BTreeMap;

const NARROW_MM: f64 = 0.5;
const SQUARE_METRE: f64 = 1e6;
const ERROR_SHARE: f64 = 0.01;
/// Steps before the check gives up, some ten seconds; a made-up district of 200 spaces and 200,000 corners
/// took less than half of them.
const MOST_STEPS: usize = 150_000_000;

/// A border going up or down, from its southern to its northern end.
#[derive(Debug, Clone, Copy)]
struct Side {
    low: (f64, f64),
    high: (f64, f64),
    /// One more or one less cover of this space to the east of it.
    change: i32,
    space: usize,
}

/// Where a side stands at the lower and the upper height of a slab.
#[derive(Debug, Clone, Copy)]
struct Standing {
    bottom: f64,
    top: f64,
    change: i32,
    space: usize,
}

/// What was found and added up: an area, and the place of its widest piece.
#[derive(Debug, Clone, Copy, Default)]
struct Measure {
    area: f64,
    widest: f64,
    place: (f64, f64),
    between: (usize, usize),
}

impl Measure {
    fn add(&mut self, other: Self) {
        self.area += other.area;
        if other.widest > self.widest {
            (self.widest, self.place, self.between) = (other.widest, other.place, other.between);
        }
    }
}

/// An uncovered piece as the next slab sees it.
#[derive(Debug, Clone, Copy)]
struct Open {
    from: f64,
    to: f64,
    gap: usize,
}

#[derive(Debug, Default)]
struct Sweep {
    overlaps: BTreeMap<(usize, usize), Measure>,
    gaps: Vec<Measure>,
    /// For every gap the one it hangs together with; number 0 is the outside.
    leads_to: Vec<usize>,
    open: Vec<Open>,
    steps: usize,
}

/// Checks named boundaries against each other.
pub(super) fn check(spaces: &[(&str, &Boundary)], findings: &mut Vec<Finding>) {
    let Some((sides, heights, origin)) = sides(spaces) else { return };
    let mut sweep = Sweep {
        gaps: vec![Measure::default()],
        leads_to: vec![0],
        open: vec![Open { from: f64::NEG_INFINITY, to: f64::INFINITY, gap: 0 }],
        ..Sweep::default()
    };
    if !sweep.run(&sides, &heights) {
        findings.push(TOO_COMPLEX.whole(&[]));
        // What is still open further north is no gap yet.
        sweep.gaps.truncate(1);
    }
    sweep.report(spaces, origin, findings);
}

/// How much each area of one edition has in common with each area of another, in square metres; `None` where the
/// borders are too tangled to tell.
pub(super) fn common(before: &[&Boundary], after: &[&Boundary]) -> Option<BTreeMap<(usize, usize), f64>> {
    let both: Vec<(&str, &Boundary)> = before.iter().chain(after).map(|boundary| ("", *boundary)).collect();
    let Some((sides, heights, _)) = sides(&both) else { return Some(BTreeMap::new()) };
    let mut sweep = Sweep {
        gaps: vec![Measure::default()],
        leads_to: vec![0],
        open: vec![Open { from: f64::NEG_INFINITY, to: f64::INFINITY, gap: 0 }],
        ..Sweep::default()
    };
    let split = before.len();
    let told = sweep.run(&sides, &heights);
    let across = sweep.overlaps.into_iter().filter(|((one, other), _)| *one < split && *other >= split);
    told.then(|| across.map(|((one, other), found)| ((one, other - split), found.area / 1e6)).collect())
}

type Sides = (Vec<Side>, Vec<f64>, (i64, i64));

#[expect(clippy::cast_precision_loss, reason = "differences within Germany in millimetres are exact in f64")]
fn sides(spaces: &[(&str, &Boundary)]) -> Option<Sides> {
    let corners = spaces.iter().map(|(_, boundary)| boundary.bounds().0);
    let origin = corners.map(|p| (p.east_mm(), p.north_mm())).reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)))?;
    let place = |p: Point| ((p.east_mm() - origin.0) as f64, (p.north_mm() - origin.1) as f64);
    let mut sides = Vec::new();
    for (space, (_, boundary)) in spaces.iter().enumerate() {
        for (a, b) in boundary.edges() {
            let (from, to) = (place(a), place(b));
            // The area lies to the left: going down, it lies east.
            if b.north_mm() < a.north_mm() {
                sides.push(Side { low: to, high: from, change: 1, space });
            } else if b.north_mm() > a.north_mm() {
                sides.push(Side { low: from, high: to, change: -1, space });
            }
        }
    }
    sides.sort_unstable_by(|a, b| a.low.1.total_cmp(&b.low.1));
    let mut heights: Vec<f64> = sides.iter().flat_map(|side| [side.low.1, side.high.1]).collect();
    heights.sort_unstable_by(f64::total_cmp);
    heights.dedup();
    Some((sides, heights, origin))
}

impl Sweep {
    /// Moves the line over all slabs; `false` if it gave up.
    fn run(&mut self, sides: &[Side], heights: &[f64]) -> bool {
        let mut waiting = sides.iter().peekable();
        let mut active: Vec<&Side> = Vec::new();
        for slab in heights.windows(2) {
            let (bottom, top) = (slab[0], slab[1]);
            active.retain(|side| side.high.1 > bottom);
            while let Some(side) = waiting.next_if(|side| side.low.1 <= bottom) {
                active.push(side);
            }
            let middle = f64::midpoint(bottom, top);
            active.sort_by(|a, b| a.at(middle).total_cmp(&b.at(middle)));
            self.steps += active.len();
            let cuts = self.cuts(&active, bottom, top);
            for part in cuts.windows(2) {
                self.slab(&active, part[0], part[1]);
            }
            if self.steps > MOST_STEPS {
                return false;
            }
        }
        // Above the last height everything is outside.
        self.join(0, f64::NEG_INFINITY, f64::INFINITY);
        true
    }

    /// The slab's heights, and between them the heights at which sides cross.
    fn cuts(&mut self, active: &[&Side], bottom: f64, top: f64) -> Vec<f64> {
        let crossed = |a: &Side, b: &Side| {
            let (below, above) = (a.at(bottom) - b.at(bottom), a.at(top) - b.at(top));
            (below * above < 0.0 && below.abs().min(above.abs()) > NARROW_MM)
                .then(|| bottom + (top - bottom) * below / (below - above))
        };
        let mut cuts = vec![bottom, top];
        let turned = |pair: &[&Side]| {
            pair[0].at(bottom) > pair[1].at(bottom) + NARROW_MM || pair[0].at(top) > pair[1].at(top) + NARROW_MM
        };
        if active.windows(2).any(turned) {
            for (number, a) in active.iter().enumerate() {
                self.steps += active.len() - number;
                cuts.extend(active[number + 1..].iter().filter_map(|b| crossed(a, b)));
            }
            cuts.sort_unstable_by(f64::total_cmp);
            cuts.dedup();
        }
        cuts
    }

    fn slab(&mut self, active: &[&Side], bottom: f64, top: f64) {
        let stand = |side: &&Side| Standing {
            bottom: side.at(bottom),
            top: side.at(top),
            change: side.change,
            space: side.space,
        };
        let mut standing: Vec<Standing> = active.iter().map(stand).collect();
        standing.sort_by(|a, b| (a.bottom + a.top).total_cmp(&(b.bottom + b.top)));
        let (Some(first), Some(last)) = (standing.first(), standing.last()) else {
            self.join(0, f64::NEG_INFINITY, f64::INFINITY);
            self.open = vec![Open { from: f64::NEG_INFINITY, to: f64::INFINITY, gap: 0 }];
            return;
        };
        let mut open = vec![Open { from: f64::NEG_INFINITY, to: first.top, gap: 0 }];
        let east = Open { from: last.top, to: f64::INFINITY, gap: 0 };
        self.join(0, f64::NEG_INFINITY, first.bottom);
        self.join(0, last.bottom, f64::INFINITY);
        let mut cover: Vec<(usize, i32)> = Vec::new();
        for pair in standing.windows(2) {
            let (left, right) = (pair[0], pair[1]);
            change(&mut cover, left);
            let widest = (right.bottom - left.bottom).max(right.top - left.top);
            if widest <= NARROW_MM {
                continue;
            }
            let piece = Measure {
                area: (right.bottom - left.bottom + right.top - left.top) / 2.0 * (top - bottom),
                widest: widest.min(top - bottom),
                place: ((left.bottom + left.top + right.bottom + right.top) / 4.0, f64::midpoint(bottom, top)),
                between: (left.space, right.space),
            };
            if cover.is_empty() {
                let gap = self.gap(left.bottom, right.bottom);
                self.gaps[gap].add(piece);
                open.push(Open { from: left.top, to: right.top, gap });
            }
            self.note_overlaps(&cover, piece);
        }
        open.push(east);
        self.open = open;
    }

    fn note_overlaps(&mut self, cover: &[(usize, i32)], piece: Measure) {
        for (number, (space, count)) in cover.iter().enumerate() {
            // Twice inside or inside out: the parts of one space lie over each other.
            if *count != 1 {
                self.overlaps.entry((*space, *space)).or_default().add(piece);
            }
            for (other, _) in &cover[number + 1..] {
                let pair = (*space.min(other), *space.max(other));
                self.overlaps.entry(pair).or_default().add(piece);
            }
        }
    }

    /// The gap that an uncovered piece belongs to, by what lies open right below it.
    fn gap(&mut self, from: f64, to: f64) -> usize {
        let new = self.gaps.len();
        self.gaps.push(Measure::default());
        self.leads_to.push(new);
        self.join(new, from, to);
        self.root(new)
    }

    fn join(&mut self, gap: usize, from: f64, to: f64) {
        // The open pieces stand in order from west to east.
        let start = self.open.partition_point(|open| open.to <= from);
        let near = self.open[start..].iter().take_while(|open| open.from < to);
        let touching = near.filter(|open| open.to.min(to) - open.from.max(from) > NARROW_MM);
        let below: Vec<usize> = touching.map(|open| open.gap).collect();
        self.steps += below.len();
        for other in below {
            let (a, b) = (self.root(gap), self.root(other));
            let (low, high) = (a.min(b), a.max(b));
            if low != high {
                self.leads_to[high] = low;
                let found = self.gaps[high];
                self.gaps[low].add(found);
            }
        }
    }

    fn root(&mut self, mut gap: usize) -> usize {
        while self.leads_to[gap] != gap {
            self.leads_to[gap] = self.leads_to[self.leads_to[gap]];
            gap = self.leads_to[gap];
        }
        gap
    }

    fn report(&self, spaces: &[(&str, &Boundary)], origin: (i64, i64), findings: &mut Vec<Finding>) {
        let name = |space: usize| spaces.get(space).map_or("", |(name, _)| *name);
        let mut tiny = 0;
        for ((one, other), found) in &self.overlaps {
            let (area, place) = (area_in_german(found.area / 1e6), german(found.place, origin));
            let smaller = [*one, *other].into_iter().filter_map(|space| spaces.get(space)).map(|(_, b)| b.area_m2());
            let share = found.area / 1e6 / smaller.fold(f64::INFINITY, f64::min);
            if found.area < SQUARE_METRE {
                tiny += 1;
            } else if one == other {
                findings.push(PARTS_OVERLAP.at(name(*one), &[&area, &place]));
            } else {
                let kind = if share >= ERROR_SHARE { OVERLAP } else { OVERLAP_SMALL };
                findings.push(kind.whole(&[&name(*one), &name(*other), &area, &place]));
            }
        }
        if tiny > 0 {
            findings.push(OVERLAP_TINY.whole(&[&tiny]));
        }
        let mut tiny = 0;
        let whole = |(gap, found): &(usize, &Measure)| self.leads_to[*gap] == *gap && found.area > 0.0;
        for (_, found) in self.gaps.iter().enumerate().skip(1).filter(whole) {
            let (left, right) = (name(found.between.0), name(found.between.1));
            let (area, place) = (area_in_german(found.area / 1e6), german(found.place, origin));
            if found.area < SQUARE_METRE {
                tiny += 1;
            } else if left == right {
                findings.push(GAP_WITHIN.whole(&[&left, &area, &place]));
            } else {
                findings.push(GAP.whole(&[&left, &right, &area, &place]));
            }
        }
        if tiny > 0 {
            findings.push(GAP_TINY.whole(&[&tiny]));
        }
    }
}

impl Side {
    fn at(&self, height: f64) -> f64 {
        // At its ends a side stands exactly on its corners.
        if height <= self.low.1 {
            return self.low.0;
        }
        if height >= self.high.1 {
            return self.high.0;
        }
        self.low.0 + (self.high.0 - self.low.0) * ((height - self.low.1) / (self.high.1 - self.low.1))
    }
}

fn change(cover: &mut Vec<(usize, i32)>, side: Standing) {
    match cover.iter().position(|(space, _)| *space == side.space) {
        Some(at) => {
            cover[at].1 += side.change;
            if cover[at].1 == 0 {
                cover.swap_remove(at);
            }
        }
        None => cover.push((side.space, side.change)),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place to look at on a map")]
fn german(place: (f64, f64), origin: (i64, i64)) -> String {
    let point = Point::from_mm(origin.0 + place.0 as i64, origin.1 + place.1 as i64);
    point.map_or_else(|_| String::from("?"), Point::german)
}

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
