// SPDX-License-Identifier: EUPL-1.2
use super::super::card::CardContent;
use super::super::consent::Seen;
use super::super::search::Entry;
use super::super::words::Visibility;
use super::*;
use crate::kernel::{Line, TeamId, UserId};
use proptest::prelude::*;
use uuid::Uuid;

const TODAY: &str = "2026-11-20";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn point(east: i64, north: i64) -> Point {
    Point::from_mm(560_000_000 + east * 1000, 5_940_000_000 + north * 1000).unwrap()
}

fn content(fields: &[(&str, &str)]) -> CardContent {
    let mut all =
        vec![("name", "Chor"), ("kind", "group"), ("topics", "culture"), ("about", "Singen"), ("visibility", "public")];
    all.retain(|(field, _)| fields.iter().all(|(other, _)| other != field));
    all.extend_from_slice(fields);
    CardContent::read(all.as_slice()).unwrap()
}

/// A card with keeper and team.
struct Kept {
    content: CardContent,
    keeper: u128,
    team: u128,
    at: Option<Point>,
    space: u128,
    confirmed: Day,
}

fn kept(fields: &[(&str, &str)]) -> Kept {
    Kept { content: content(fields), keeper: 1, team: 1, at: None, space: 1, confirmed: day("2026-11-01") }
}

/// What is found, by the numbers of the cards in their order.
fn found(want: &Want, cards: &[Kept]) -> Vec<(usize, Match)> {
    let (mut index, today) = (Index::default(), day(TODAY));
    let id = |at: usize| CardId(Uuid::from_u128(at as u128 + 1));
    for (at, card) in cards.iter().enumerate() {
        let seen = Seen {
            visibility: Visibility::Public,
            keeper: UserId(Uuid::from_u128(card.keeper)),
            team: Some(TeamId(Uuid::from_u128(card.team))),
            consent: card.content.consent,
            of_person: card.content.kind == CardKind::Person,
            ended_on: None,
        };
        let space = Some(SpaceId(Uuid::from_u128(card.space)));
        let entry =
            Entry { point: card.at, ..Entry::of(id(at), &card.content, seen, space, card.confirmed.plus_months(6)) };
        index.put(entry, &card.content, "");
    }
    let viewer = Viewer { professional: true, ..Viewer::public() };
    let weighed: Vec<(Candidate<'_>, i64, Vec<String>)> = want
        .candidates(&index, &viewer, today)
        .into_iter()
        .map(|(card, worth, why)| {
            let kept = &cards[card.0.as_u128() as usize - 1];
            let candidate = Candidate {
                id: card,
                content: &kept.content,
                point: kept.at,
                space: Some(SpaceId(Uuid::from_u128(kept.space))),
                confirmed_on: kept.confirmed,
                due_on: kept.confirmed.plus_months(6),
            };
            (candidate, worth, why.into_iter().map(|why| why.asked).collect())
        })
        .collect();
    want.order(&weighed, today).into_iter().map(|one| (one.id.0.as_u128() as usize - 1, one)).collect()
}

fn order(want: &Want, cards: &[Kept]) -> Vec<usize> {
    found(want, cards).into_iter().map(|(at, _)| at).collect()
}

fn wants(words: &str) -> Want {
    Want { words: words.into(), ..Want::default() }
}

#[test]
fn near_to_everyday_life_comes_first() {
    let person = [
        ("kind", "person"),
        ("consent_on", "2026-01-01"),
        ("consent_until", "2027-01-01"),
        ("consent_scope", "public"),
        ("consent_form", "written"),
    ];
    let cards = [
        kept(&[("name", "Schwimmen mit Hilfe"), ("kind", "offer"), ("basis", "29")]),
        kept(&[("name", "Schwimmkurs"), ("kind", "offer")]),
        kept(&[("name", "Schwimmgruppe")]),
        kept(&[&[("name", "Frau Wal"), ("about", "Geht mit zum Schwimmen")], &person[..]].concat()),
        kept(&[("name", "Kochclub"), ("about", "Kochen")]),
    ];
    assert_eq!(order(&wants("schwimmen"), &cards), [3, 2, 1, 0], "without what has nothing to do with it");
    let steps: Vec<Step> = found(&wants("schwimmen"), &cards).into_iter().map(|(_, one)| one.step).collect();
    assert_eq!(steps, [Step::Neighbours, Step::Groups, Step::Offers, Step::Paid]);
}

#[test]
fn reasons_are_facts() {
    let home = point(0, 0);
    let want = Want {
        words: "singen".into(),
        language: Some(Language::Arabic),
        age: Some(7),
        time: Some(WantedTime::Evening),
        from: Some(home),
        home: Some(SpaceId(Uuid::from_u128(1))),
        reach: vec![Reach { around: home, metres: 800 }],
        ..Want::default()
    };
    let fields =
        [("languages", "ar de"), ("age_to", "11"), ("times", "Mi 16–18 Uhr"), ("free_places", "2"), ("cost", "free")];
    let near = Kept { at: Some(point(600, 0)), space: 2, ..kept(&fields) };
    let all = found(&want, &[near]);
    let expected = [
        Fit::Word("singen".into()),
        Fit::Language(Language::Arabic),
        Fit::Age(7),
        Fit::InReach(0),
        Fit::BeyondBorder,
        Fit::Walk(10, 600),
        Fit::Time(WantedTime::Evening),
        Fit::FreePlaces(2),
        Fit::Free,
        Fit::Confirmed(19),
    ];
    assert_eq!(all[0].1.why, expected);
    let weekend = Want { time: Some(WantedTime::Weekend), ..want.clone() };
    assert!(found(&weekend, &[kept(&fields)]).is_empty());
    let only = Want { only_reach: true, ..want };
    assert!(found(&only, &[Kept { at: Some(point(0, 900)), ..kept(&fields) }]).is_empty());
}

#[test]
fn what_is_fresh_and_close_stands_before_what_is_not() {
    let want = Want { from: Some(point(0, 0)), ..wants("singen") };
    let old = Kept { confirmed: day("2026-01-01"), at: Some(point(10, 0)), ..kept(&[]) };
    let far = Kept { at: Some(point(900, 0)), ..kept(&[]) };
    let near = Kept { at: Some(point(90, 0)), ..kept(&[]) };
    assert_eq!(order(&want, &[old, far, near]), [2, 1, 0]);
}

#[test]
fn words_of_a_goal_without_names_and_little_words() {
    let names = ["Leyla Demir".to_owned(), "Ayşe Demir".to_owned()];
    for (sentence, telling) in [
        ("Leyla lernt bis Mai 2027 schwimmen.", "schwimmen"),
        ("Ich will, dass Leylas Nachmittage ruhig sind", "Nachmittage ruhig"),
        ("Familie Demir findet abends jemanden für die Kinder", "findet abends"),
        ("", ""),
    ] {
        assert_eq!(telling_words(sentence, &names), telling, "{sentence}");
    }
}

#[test]
fn walking_is_slower_than_a_bird() {
    assert_eq!([0, 1, 600, 1_000].map(walking_minutes), [0, 1, 10, 17]);
}

proptest! {
    /// Nothing is ranked by who keeps a card or for which agency: whoever keeps which, the order stays (§ 5 SGB VIII).
    #[test]
    fn agencies_never_change_the_order(
        kinds in prop::collection::vec(0..4_usize, 2..12),
        keepers in prop::collection::vec(0..5_u128, 12),
        teams in prop::collection::vec(0..5_u128, 12),
    ) {
        let kind = ["offer", "group", "organisation", "thing"];
        let cards = |keepers: &[u128], teams: &[u128]| -> Vec<Kept> {
            kinds.iter().enumerate().map(|(at, n)| {
                let name = format!("Schwimmen {}", at % 3);
                let base = kept(&[("name", &name), ("kind", kind[*n])]);
                let at = i64::try_from(at).unwrap();
                Kept { keeper: keepers[at as usize], team: teams[at as usize], at: Some(point(at % 4 * 100, 0)), ..base }
            }).collect()
        };
        let want = Want { from: Some(point(0, 0)), ..wants("schwimmen") };
        prop_assert_eq!(order(&want, &cards(&[1; 12], &[1; 12])), order(&want, &cards(&keepers, &teams)));
    }
}

#[test]
fn what_is_weighed_has_no_keeper() {
    // The type has no keeper, no team, no agency: this destructuring fails to compile when one is added.
    let chor = content(&[]);
    let Candidate { id: _, content: _, point: _, space: _, confirmed_on: _, due_on: _ } = Candidate {
        id: CardId(Uuid::from_u128(1)),
        content: &chor,
        point: None,
        space: None,
        confirmed_on: day(TODAY),
        due_on: day(TODAY),
    };
    assert_eq!(chor.name, Line::parse("Chor").unwrap());
}
