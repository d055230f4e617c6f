// SPDX-License-Identifier: EUPL-1.2
use super::super::corners::corner_list;
use super::super::testing::{Tiling, area, at, space};
use super::*;

const KM: i64 = 1_000_000;

/// Two squares side by side, a third above both; the middle of the lower border of the third is a corner of all.
fn three() -> Vec<(SpaceId, Boundary)> {
    let west = area(&[(0, 0), (KM, 0), (KM, KM), (0, KM)]);
    let east = area(&[(KM, 0), (2 * KM, 0), (2 * KM, KM), (KM, KM)]);
    let north = area(&[(0, KM), (KM, KM), (2 * KM, KM), (2 * KM, 2 * KM), (0, 2 * KM)]);
    vec![(space(1), west), (space(2), east), (space(3), north)]
}

fn text(corners: &[(i64, i64)]) -> String {
    corner_list(&area(corners))
}

fn drawn(spaces: &[(SpaceId, Boundary)], number: u128, corners: &str) -> Redrawn {
    let named: Vec<(SpaceId, &str, &Boundary)> = spaces.iter().map(|(id, boundary)| (*id, "Raum", boundary)).collect();
    redraw(&named, space(number), corners)
}

fn codes(redrawn: &Redrawn) -> Vec<&str> {
    redrawn.findings.iter().map(|finding| finding.code.trim_start_matches("territory.")).collect()
}

/// Draws a space anew; nothing may overlap or gape, and these neighbours move along.
fn seamless(spaces: &[(SpaceId, Boundary)], number: u128, corners: &str, along: &[u128]) -> Redrawn {
    let redrawn = drawn(spaces, number, corners);
    assert_eq!(codes(&redrawn), Vec::<&str>::new(), "{:?}", redrawn.findings);
    assert_eq!(redrawn.along, along.iter().map(|n| space(*n)).collect::<Vec<_>>());
    let whole = |all: &[(SpaceId, Boundary)]| all.iter().map(|(_, one)| one.area_m2()).sum::<f64>();
    assert!((whole(&redrawn.spaces) - whole(spaces)).abs() < 1.0);
    redrawn
}

#[test]
fn a_corner_that_three_share_moves_for_all_three() {
    let corners = text(&[(0, 0), (KM, 0), (KM + 200_000, KM + 100_000), (0, KM)]);
    let redrawn = seamless(&three(), 1, &corners, &[2, 3]);
    let near = |point: &Point| far(*point, at(KM + 200_000, KM + 100_000)) <= SAME;
    assert!(redrawn.spaces.iter().all(|(_, one)| rings(one).any(|ring| ring.corners().iter().any(near))));
}

#[test]
fn a_new_bend_bends_the_neighbour_and_a_straightened_border_straightens_it() {
    let bent = [(0, 0), (KM, 0), (KM + 150_000, KM / 3), (KM - 90_000, KM / 2), (KM, KM), (0, KM)];
    let redrawn = seamless(&three(), 1, &text(&bent), &[2]);
    assert_eq!(redrawn.spaces[1].1.polygons()[0].outer().corners().len(), 6);
    let back = seamless(&redrawn.spaces, 1, &corner_list(&three()[0].1), &[2]);
    assert_eq!(back.spaces, three());
}

#[test]
fn what_comes_close_to_a_foreign_corner_or_border_snaps_to_it() {
    let apart =
        vec![three()[0].clone(), (space(2), area(&[(KM + 500_000, 0), (2 * KM, 0), (2 * KM, KM), (KM + 500_000, KM)]))];
    // One metre off the corners of the east.
    let reach = [(0, 0), (KM + 499_000, 900), (KM + 500_700, KM - 800), (0, KM)];
    let redrawn = drawn(&apart, 1, &text(&reach));
    assert_eq!(codes(&redrawn), Vec::<&str>::new(), "{:?}", redrawn.findings);
    let corners = redrawn.spaces[0].1.polygons()[0].outer().corners();
    assert!(corners.contains(&at(KM + 500_000, 0)) && corners.contains(&at(KM + 500_000, KM)));
    // A tip that touches the middle of a border is a corner of it from then on.
    let tip = [(0, 0), (KM, 0), (KM + 499_500, KM / 2), (KM, KM), (0, KM)];
    let touched = drawn(&apart, 1, &text(&tip));
    assert_eq!(codes(&touched), Vec::<&str>::new(), "{:?}", touched.findings);
    assert_eq!(touched.along, [space(2)]);
}

#[test]
fn what_does_not_fit_is_told() {
    let into = [(0, 0), (KM, 0), (KM, KM), (KM / 2, KM + 300_000), (0, KM)];
    // The upper border was one straight piece of the north: bending it bends the north too.
    seamless(&three(), 1, &text(&into), &[3]);
    let far_off = [(0, 0), (3 * KM, 0), (3 * KM, KM), (0, KM)];
    assert!(codes(&drawn(&three(), 1, &text(&far_off))).contains(&"overlap"));
    let crossed = [(0, 0), (KM, KM), (KM, 0), (0, KM + 200_000)];
    assert_eq!(codes(&drawn(&three(), 1, &text(&crossed))), ["crosses_itself"]);
    assert_eq!(codes(&drawn(&three(), 1, &corner_list(&three()[0].1))), ["unchanged"]);
    assert!(drawn(&three(), 1, "quatsch").spaces.is_empty());
}

#[test]
fn in_a_jagged_district_with_lakes_every_move_of_a_corner_leaves_no_sliver() {
    let spaces = Tiling { columns: 4, rows: 3, side: 1_500_000, steps: 8, seed: 5 }.spaces();
    let mut dice = super::super::testing::Dice(9);
    for number in 1..=12_u128 {
        let boundary = &spaces[number as usize - 1].1;
        let mut lines: Vec<String> = corner_list(boundary).lines().map(str::to_owned).collect();
        let outer = boundary.polygons()[0].outer().corners();
        let which = dice.next() as usize % outer.len();
        let moved =
            Point::from_mm(outer[which].east_mm() + dice.around(20_000), outer[which].north_mm() + dice.around(20_000));
        let (latitude, longitude) = moved.unwrap().to_wgs84();
        lines[which] = format!("{latitude:.8} / {longitude:.8}").replace('.', ",");
        let redrawn = drawn(&spaces, number, &lines.join("\n"));
        assert!(redrawn.findings.is_empty(), "{number}: {:?}", redrawn.findings);
    }
}
