// SPDX-License-Identifier: EUPL-1.2
use super::super::testing::{Dice, Tiling, area, at, space};
use super::super::{Address, Locator, SocialSpace, SpaceKey, StreetDirectory, read_streets};
use super::*;
use crate::kernel::{RegionId, TeamId};
use proptest::prelude::*;
use uuid::Uuid;

fn named(number: u128, key: &str) -> SocialSpace {
    SocialSpace {
        id: space(number),
        region: RegionId(Uuid::nil()),
        team: TeamId(Uuid::nil()),
        key: SpaceKey::parse(key).unwrap(),
        name: Line::parse(key).unwrap(),
    }
}

const KEYS: [&str; 4] = ["100100100", "100200100", "100300100", "100400100"];

fn territory(boundaries: &[(SpaceId, Boundary)], ra: &str) -> Territory {
    let table = |text: &str| text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect::<Vec<_>>();
    let zu = KEYS.map(|key| format!("1;{key};{key};1")).join("\n");
    let streets = StreetDirectory::build(&read_streets(&table(&zu), &table(ra)).ranges);
    let spaces = (1..).zip(KEYS).map(|(number, key)| named(number, key)).collect();
    Territory::new(spaces, Locator::build(boundaries), streets).unwrap()
}

fn square(west: i64, east: i64) -> Boundary {
    area(&[(west, 0), (east, 0), (east, 1_000_000), (west, 1_000_000)])
}

#[test]
fn a_moved_border_moves_what_lies_between() {
    let before = [(space(1), square(0, 1_000_000)), (space(2), square(1_000_000, 2_000_000))];
    let after = [
        (space(1), square(0, 800_000)),
        (space(2), square(800_000, 1_900_000)),
        (space(3), square(2_000_000, 2_100_000)),
    ];
    let points: Vec<Prepared> = (0..21).map(|n| Prepared::at(at(n * 100_000 + 50_000, 500_000))).collect();
    let seen = Recut::of(&territory(&before, ""), &territory(&after, ""), &points);
    assert_eq!((seen.total(), seen.moved(), seen.unclear(), seen.lost()), (21, 3, 0, 1));
    assert_eq!(seen.moves[&(Whereabouts::In(space(1)), Whereabouts::In(space(2)))], 2);
    assert_eq!(seen.moves[&(Whereabouts::Outside, Whereabouts::In(space(3)))], 1);
    assert_eq!(seen.changed, [8, 9, 19, 20]);
    let areas = area_moves(&before, &after).unwrap();
    let told: Vec<_> = areas.iter().map(|one| (one.from, one.to, one.square_metres.round())).collect();
    let (one, two, three) = (Some(space(1)), Some(space(2)), Some(space(3)));
    assert_eq!(told[0], (one, two, 200_000.0));
    assert!(told[1..].contains(&(two, None, 100_000.0)) && told[1..].contains(&(None, three, 100_000.0)), "{told:?}");
    assert_eq!((told.len(), areas[0].german().as_str()), (3, "20,0 ha"));
    assert_eq!(area_moves(&before, &before).unwrap(), []);
}

#[test]
fn streets_change_hands_by_stretches() {
    let before = "1;22844;Ort;Lindenweg;1;;997;;2;;998;;100100100\n1;22844;Ort;Gasse;1;;9;;;;;;100100100";
    let after = "1;22844;Ort;Linden Weg;1;;19;;2;;998;;100100100\n1;22844;Ort;Lindenweg;21;;997;;;;;;100200100\n\
                 1;22844;Ort;Gasse;1;;9;;;;;;100100100\n1;22844;Ort;Gasse;5;;7;;;;;;100200100";
    let moves = street_moves(&territory(&[], before), &territory(&[], after));
    let told: Vec<_> = moves.iter().map(|one| (one.street.as_str(), one.odd, one.first, one.last, one.to)).collect();
    assert_eq!(
        told,
        [("Gasse", true, 5, Some(7), Whereabouts::Ambiguous), ("Lindenweg", true, 21, None, Whereabouts::In(space(2))),]
    );
}

#[test]
fn streets_of_a_space_that_is_gone_are_told() {
    let streets = "1;22844;Ort;Gasse;1;;9;;;;;;100100100\n1;22844;Ort;Weg;1;;9;;;;;;100200100";
    let (one, two) = ((space(1), square(0, 9)), (space(2), square(9, 18)));
    let only = std::slice::from_ref(&two);
    let told = left_behind(&territory(only, streets), only).unwrap().german();
    assert!(told.contains(": 100100100."), "{told}");
    assert_eq!(left_behind(&territory(&[], streets), &[one, two]), None);
}

#[test]
fn a_plan_counts_from_its_day_and_is_taken_back_until_then() {
    let day = |text: &str| Day::parse(text).unwrap();
    let (today, later) = (day("2026-11-23"), day("2027-01-01"));
    let planned = RecutState::Draft.plan(later, today).unwrap();
    assert_eq!(RecutState::Draft.plan(today, today), Err(DAY_NOT_AHEAD.broken_at("valid_from")));
    assert_eq!(planned.plan(later, today), Err(RECUT_NOT_DRAFT.broken()));
    assert!(planned.is_in_force(later, later) && !planned.is_in_force(later, today));
    assert_eq!(planned.withdraw(later, today), Ok(RecutState::Withdrawn));
    assert_eq!(planned.withdraw(later, later), Err(RECUT_IN_FORCE.broken()));
    assert_eq!(RecutState::Withdrawn.withdraw(later, today), Err(RECUT_WITHDRAWN.broken()));
}

#[test]
fn a_prepared_address_is_found_like_the_written_one() {
    let both = territory(&[(space(3), square(0, 9))], "1;22844;Ort;Müller-Str.;1;;9;;;;;;100100100");
    for text in ["Müllerstraße 7", "Mueller Strasse 7, 22844 Ort", "Müllerstr. 8", "Nirgends 1", "Müllerstr. 7, 22845"]
    {
        let address = Address::read(text);
        assert_eq!(locate_prepared(&Prepared::new(&address), &both), super::super::locate(&address, &both), "{text}");
    }
    let shown = format!("{:?}", Prepared::new(&Address::read("Lindenweg 1")));
    assert!(!shown.to_lowercase().contains("linden"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Every square metre and every point of the old cut is somewhere in the new one or told as lost.
    #[test]
    fn nothing_gets_lost_between_two_cuts(seed in any::<u64>(), other in any::<u64>()) {
        let cut = |seed| Tiling { columns: 2, rows: 2, side: 200_000, steps: 6, seed }.spaces();
        let (before, after) = (cut(seed), cut(other));
        let mut dice = Dice(seed ^ other);
        let points: Vec<Prepared> =
            (0..300).map(|_| Prepared::at(at(dice.around(250_000) + 200_000, dice.around(250_000) + 200_000))).collect();
        let (one, two) = (territory(&before, ""), territory(&after, ""));
        let seen = Recut::of(&one, &two, &points);
        prop_assert_eq!(seen.total(), 300);
        let still: u64 = seen.moves.iter().filter(|((a, b), _)| a == b).map(|(_, count)| count).sum();
        prop_assert_eq!(still + seen.changed.len() as u64, 300);
        let halves = Recut::of(&one, &two, &points[..120]).followed_by(Recut::of(&one, &two, &points[120..]), 120);
        prop_assert_eq!(&halves, &seen);
        let moves = area_moves(&before, &after).unwrap();
        let sum = |all: &[(SpaceId, Boundary)]| all.iter().map(|(_, b)| b.area_m2()).sum::<f64>();
        let of = |wanted: &dyn Fn(&AreaMove) -> bool| moves.iter().filter(|one| wanted(one)).map(|one| one.square_metres).sum::<f64>();
        let (lost, won) = (of(&|one| one.to.is_none()), of(&|one| one.from.is_none()));
        prop_assert!((sum(&before) - lost + won - sum(&after)).abs() < 1_500.0, "{lost} {won}");
    }
}
