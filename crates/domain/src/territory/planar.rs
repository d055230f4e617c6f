// SPDX-License-Identifier: EUPL-1.2
//! Exact plane geometry on whole millimetres.

use super::projection::Point;

/// A straight piece of border.
pub(super) type Edge = (Point, Point);

/// Twice the signed area of the triangle: positive if `c` lies left of the way from `a` to `b`.
pub(super) fn turn(a: Point, b: Point, c: Point) -> i128 {
    let wide = |x: i64, y: i64| i128::from(x) - i128::from(y);
    wide(b.east_mm(), a.east_mm()) * wide(c.north_mm(), a.north_mm())
        - wide(b.north_mm(), a.north_mm()) * wide(c.east_mm(), a.east_mm())
}

/// Do the two edges cross at a place that is an end of neither?
pub(super) fn cross(one: Edge, other: Edge) -> bool {
    let apart =
        |edge: Edge, ends: Edge| turn(edge.0, edge.1, ends.0).signum() * turn(edge.0, edge.1, ends.1).signum() == -1;
    apart(one, other) && apart(other, one)
}

/// About where two crossing edges cross.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a place to look at on a map")]
pub(super) fn crossing(one: Edge, other: Edge) -> Point {
    let (from, to) = (turn(other.0, other.1, one.0) as f64, turn(other.0, other.1, one.1) as f64);
    let share = from / (from - to);
    let between = |a: i64, b: i64| a + ((b - a) as f64 * share).round() as i64;
    let place = Point::from_mm(between(one.0.east_mm(), one.1.east_mm()), between(one.0.north_mm(), one.1.north_mm()));
    place.unwrap_or(one.0)
}

/// Does the point lie on the edge, ends included?
pub(super) fn on_edge((a, b): Edge, point: Point) -> bool {
    let within = |a: i64, b: i64, x: i64| a.min(b) <= x && x <= a.max(b);
    within(a.east_mm(), b.east_mm(), point.east_mm())
        && within(a.north_mm(), b.north_mm(), point.north_mm())
        && turn(a, b, point) == 0
}

/// Is the point, moved ever so little to the east and even less to the north, inside by even-odd?
pub(super) fn inside(edges: impl Iterator<Item = Edge>, point: Point) -> bool {
    edges.filter(|edge| passes_west_of(*edge, point)).count() % 2 == 1
}

/// Does a ray from the moved point to the west meet the edge?
fn passes_west_of((a, b): Edge, point: Point) -> bool {
    let (low, high) = if a.north_mm() <= b.north_mm() { (a, b) } else { (b, a) };
    low.north_mm() <= point.north_mm() && point.north_mm() < high.north_mm() && turn(low, high, point) <= 0
}
