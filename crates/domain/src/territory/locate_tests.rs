// SPDX-License-Identifier: EUPL-1.2
use super::super::planar;
use super::super::testing::{Dice, Tiling, area, at, ring, space};
use super::*;
use crate::territory::{Address, How, Located, Polygon, StreetDirectory, Territory, locate};
use proptest::prelude::*;

/// The same answer without a grid: even-odd over every piece of border.
fn plainly(boundaries: &[(SpaceId, Boundary)], point: Point) -> Found {
    let mut owners: Vec<SpaceId> = boundaries
        .iter()
        .filter(|(_, boundary)| planar::inside(boundary.edges(), point))
        .map(|(space, _)| *space)
        .collect();
    owners.sort_unstable();
    let border = boundaries.iter().flat_map(|(_, b)| b.edges()).any(|edge| planar::on_edge(edge, point));
    match owners[..] {
        [] => Found::Outside,
        [space] if border => Found::Border(space),
        [space] => Found::Inside(space),
        _ => Found::Ambiguous(owners),
    }
}

fn agree(boundaries: &[(SpaceId, Boundary)], points: impl IntoIterator<Item = Point>) {
    let locator = Locator::build(boundaries);
    let backwards: Vec<_> = boundaries.iter().rev().cloned().collect();
    let backwards = Locator::build(&backwards);
    for point in points {
        let expected = plainly(boundaries, point);
        assert_eq!(locator.locate(point), expected, "{point:?}");
        assert_eq!(backwards.locate(point), expected, "{point:?} backwards");
    }
}

/// Corners, middles of edges, and places one millimetre beside them.
fn delicate(boundaries: &[(SpaceId, Boundary)]) -> Vec<Point> {
    let mut points = Vec::new();
    for (a, b) in boundaries.iter().flat_map(|(_, boundary)| boundary.edges()) {
        let middle = ((a.east_mm() + b.east_mm()) / 2, (a.north_mm() + b.north_mm()) / 2);
        for (x, y) in [(a.east_mm(), a.north_mm()), middle] {
            for (dx, dy) in [(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1)] {
                points.push(Point::from_mm(x + dx, y + dy).unwrap());
            }
        }
    }
    points
}

#[test]
fn four_squares_share_their_corner_without_quarrel() {
    let square = |x: i64, y: i64| area(&[(x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)]);
    let four =
        [(space(1), square(0, 0)), (space(2), square(10, 0)), (space(3), square(0, 10)), (space(4), square(10, 10))];
    let locator = Locator::build(&four);
    assert_eq!(locator.locate(at(10, 10)), Found::Border(space(4)));
    assert_eq!(locator.locate(at(10, 5)), Found::Border(space(2)));
    assert_eq!(locator.locate(at(5, 10)), Found::Border(space(3)));
    assert_eq!(locator.locate(at(5, 5)), Found::Inside(space(1)));
    assert_eq!(locator.locate(at(0, 0)), Found::Border(space(1)));
    assert_eq!(locator.locate(at(20, 20)), Found::Outside);
    assert_eq!(locator.locate(at(-1, 5)), Found::Outside);
    agree(&four, (-3..24).flat_map(|x| (-3..24).map(move |y| at(x, y))));
}

#[test]
fn overlaps_are_never_guessed() {
    let spaces = [
        (space(9), area(&[(0, 0), (20, 0), (20, 20), (0, 20)])),
        (space(3), area(&[(10, 0), (30, 0), (30, 20), (10, 20)])),
    ];
    assert_eq!(Locator::build(&spaces).locate(at(15, 10)), Found::Ambiguous(vec![space(3), space(9)]));
    agree(&spaces, (-3..34).flat_map(|x| (-3..24).map(move |y| at(x, y))));
}

#[test]
fn nothing_lies_in_an_empty_district() {
    assert_eq!(Locator::build(&[]).locate(at(0, 0)), Found::Outside);
}

#[test]
fn holes_and_exclaves_are_known() {
    let outer = ring(&[(0, 0), (100_000, 0), (100_000, 100_000), (0, 100_000)]);
    let lake = [(40_000, 40_000), (60_000, 40_000), (60_000, 60_000), (40_000, 60_000)];
    let holed = Boundary::new(vec![Polygon::new(outer, vec![ring(&lake)])]).unwrap();
    let spaces = [(space(1), holed.clone()), (space(2), area(&lake))];
    agree(&spaces, delicate(&spaces));
    assert_eq!(Locator::build(&spaces[..1]).locate(at(50_000, 50_000)), Found::Outside);
    assert_eq!(Locator::build(&spaces).locate(at(50_000, 50_000)), Found::Inside(space(2)));
    // An address in the exclave belongs to its space, not to the one around it (GEO-067).
    let far = [(200_000, 0), (210_000, 0), (210_000, 10_000), (200_000, 10_000)];
    let both = vec![Polygon::new(ring(&lake), vec![]), Polygon::new(ring(&far), vec![])];
    let spaces = [(space(1), holed), (space(2), Boundary::new(both).unwrap())];
    let territory = Territory::new(Vec::new(), Locator::build(&spaces), StreetDirectory::default()).unwrap();
    let address = Address { point: Some(at(50_000, 50_000)), ..Address::default() };
    assert_eq!(locate(&address, &territory), Located::In { space: space(2), how: How::Inside });
}

#[test]
fn a_jagged_district_is_decided_as_by_hand() {
    let tiling = Tiling { columns: 4, rows: 3, side: 900_000, steps: 12, seed: 7 };
    let spaces = tiling.spaces();
    agree(&spaces, delicate(&spaces));
    let mut dice = Dice(3);
    agree(&spaces, (0..4000).map(|_| at(dice.around(2_500_000) + 1_800_000, dice.around(2_000_000) + 1_300_000)));
}

#[test]
fn every_point_of_a_district_has_exactly_one_space() {
    let tiling = Tiling { columns: 20, rows: 15, side: 1_000_000, steps: 40, seed: 99 };
    let locator = Locator::build(&tiling.spaces());
    let mut dice = Dice(5);
    for _ in 0..50_000 {
        let point = at(dice.next() as i64 % 18_000_000 / 2 + 10_000_000, dice.around(6_500_000) + 7_500_000);
        assert!(matches!(locator.locate(point), Found::Inside(_) | Found::Border(_)), "{point:?}");
    }
}

/// Any closed line at all, with every degeneracy a small grid provides.
fn any_line() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((0i64..16, 0i64..16), 3..9)
}

proptest! {
    #[test]
    fn grid_and_plain_rule_agree(
        lines in prop::collection::vec(any_line(), 1..5),
        points in prop::collection::vec((-2i64..18, -2i64..18), 60),
        stretch in prop::sample::select(vec![1i64, 2, 3, 1000, 77_777]),
    ) {
        let spaces: Vec<(SpaceId, Boundary)> = (1u128..)
            .zip(&lines)
            .filter_map(|(number, line)| {
                let corners = line.iter().map(|(x, y)| at(x * stretch, y * stretch)).collect();
                let ring = super::super::boundary::Ring::new(corners).ok()?;
                Some((space(number), Boundary::new(vec![Polygon::new(ring, vec![])]).unwrap()))
            })
            .collect();
        let near = points.iter().map(|(x, y)| at(x * stretch, y * stretch));
        let beside = points.iter().map(|(x, y)| at(x * stretch + 1, y * stretch - 1));
        let locator = Locator::build(&spaces);
        for point in near.chain(beside) {
            let (found, expected) = (locator.locate(point), plainly(&spaces, point));
            prop_assert_eq!(found, expected, "{:?}", point);
        }
    }

    #[test]
    fn tiles_part_the_plane(seed in any::<u64>(), picks in prop::collection::vec((0usize..10_000, -1i64..=1, -1i64..=1), 80)) {
        let spaces = Tiling { columns: 3, rows: 3, side: 5_000, steps: 5, seed }.spaces();
        let corners: Vec<Point> = spaces[4].1.edges().map(|(a, _)| a).collect();
        let locator = Locator::build(&spaces);
        for (pick, dx, dy) in picks {
            let near = corners[pick % corners.len()];
            let point = Point::from_mm(near.east_mm() + dx, near.north_mm() + dy).unwrap();
            let found = locator.locate(point);
            prop_assert!(matches!(found, Found::Inside(_) | Found::Border(_)), "{found:?}");
            prop_assert_eq!(found, plainly(&spaces, point));
        }
    }
}
