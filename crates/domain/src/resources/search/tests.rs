// SPDX-License-Identifier: EUPL-1.2
//! The index by itself.

use super::*;
use crate::kernel::{CardId, Day, SpaceId, UserId};
use crate::resources::{CardContent, Seen, Viewer, Visibility};
use uuid::Uuid;

fn today() -> Day {
    Day::parse("2026-11-23").unwrap()
}

fn card(fields: &[(&str, &str)]) -> CardContent {
    let mut all = vec![("kind", "offer"), ("topics", "sport"), ("visibility", "public"), ("about", "Für alle")];
    all.retain(|(name, _)| fields.iter().all(|(other, _)| other != name));
    all.extend_from_slice(fields);
    CardContent::read(all.as_slice()).unwrap()
}

fn entry(n: u128, card: &CardContent) -> Entry {
    let seen = Seen {
        visibility: card.visibility,
        keeper: UserId(Uuid::from_u128(9)),
        team: None,
        consent: card.consent,
        of_person: false,
        ended_on: None,
    };
    Entry::of(CardId(Uuid::from_u128(n)), card, seen, None, today())
}

fn index(cards: &[CardContent]) -> Index {
    Index::built((1..).zip(cards).map(|(n, card)| (entry(n, card), card, "Hafen")))
}

fn asked(text: &str) -> Asked {
    Asked { text: text.to_owned(), filter: Filter::default(), today: today(), after: None, limit: 10, places: true }
}

fn ids(found: &Found) -> Vec<u128> {
    found.hits.iter().map(|hit| hit.id.0.as_u128()).collect()
}

fn some() -> Vec<CardContent> {
    vec![
        card(&[("name", "Kinderschwimmen"), ("about", "Bis zum Seepferdchen"), ("age_from", "5"), ("age_to", "10")]),
        card(&[("name", "Fußballtraining"), ("about", "Auf dem Bolzplatz"), ("key_person", "Frau Quast")]),
        card(&[("name", "Familienberatung"), ("topics", "advice"), ("basis", "28 16"), ("languages", "ar tr")]),
        card(&[("name", "Deutschkurs"), ("topics", "arriving"), ("visibility", "professionals")]),
    ]
}

#[test]
fn german_is_understood() {
    let index = index(&some());
    for (text, first) in [
        ("Schwimmkurs", 1),
        ("schwimen", 1),
        ("Seepferdchn", 1),
        ("kinder schwimmen", 1),
        ("fussball", 2),
        ("Fusball", 2),
        ("kicken", 2),
        ("Beratung", 3),
        ("§ 28", 3),
        ("16 SGB VIII", 3),
        ("arabisch", 3),
        ("Familien Beratung", 3),
        ("Erziehungsberatung", 3),
        ("Bolz", 2),
    ] {
        assert_eq!(ids(&index.ask(&asked(text), &Viewer::public())).first(), Some(&first), "{text}");
    }
    assert_eq!(index.ask(&asked("Xylophon"), &Viewer::public()).total, 0);
    assert_eq!(index.ask(&asked("und der"), &Viewer::public()).total, 0);
}

/// How rare a word is, is no news about cards that are not shown: the rank stands in the address of a next page.
#[test]
fn hidden_cards_leave_no_trace_in_the_order() {
    let open = some();
    let secret = |n: u128| {
        let name = format!("Kinderschwimmen Bolzplatz {n}");
        let seen = ["team", "professionals", "owner"][usize::try_from(n).unwrap() % 3];
        card(&[("name", &name), ("about", "Seepferdchen Beratung"), ("visibility", seen)])
    };
    let all: Vec<CardContent> = open.iter().cloned().chain((0..60).map(secret)).collect();
    let (few, mut many) = (index(&open), index(&all));
    let ranks = |index: &Index, text: &str| {
        let hits = index.ask(&asked(text), &Viewer::public()).hits;
        hits.iter().map(|hit| (hit.id, hit.rank)).collect::<Vec<_>>()
    };
    let words = ["Seepferdchen", "kinder schwimmen", "Bolzplatz Beratung", "Schwimmkurs"];
    for text in words {
        assert_eq!(ranks(&few, text), ranks(&many, text), "{text}");
    }
    // Also after so many went that those that stay moved together.
    for n in 5..=64 {
        many.remove(CardId(Uuid::from_u128(n)));
        let content = secret(n);
        many.put(entry(n, &content), &content, "Hafen");
    }
    for text in words {
        assert_eq!(ranks(&few, text), ranks(&many, text), "{text}");
    }
}

#[test]
fn nobody_counts_what_they_may_not_see() {
    let index = index(&some());
    let professional = Viewer { user: Some(UserId(Uuid::from_u128(1))), professional: true, ..Viewer::public() };
    for (text, public, inside) in [("Deutschkurs", 0, 1), ("Quast", 0, 1), ("", 3, 4)] {
        assert_eq!(index.ask(&asked(text), &Viewer::public()).total, public, "{text}");
        assert_eq!(index.ask(&asked(text), &professional).total, inside, "{text}");
    }
}

#[test]
fn pages_join_and_the_map_has_all_of_them() {
    let cards: Vec<CardContent> = (0..23).map(|n| card(&[("name", &format!("Turnen {}", n % 7))])).collect();
    let index = index(&cards);
    for text in ["", "turnen"] {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let found = index.ask(&Asked { after, ..asked(text) }, &Viewer::public());
            assert_eq!((found.total, found.spots.len()), (23, 23));
            seen.extend(ids(&found));
            after = found.next;
            if after.is_none() {
                break;
            }
        }
        let mut once = seen.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!((seen.len(), once.len()), (23, 23), "{text}");
    }
}

#[test]
fn cards_change_and_go() {
    let mut index = index(&some());
    let changed = card(&[("name", "Judo")]);
    index.put(entry(1, &changed), &changed, "Hafen");
    assert_eq!(index.ask(&asked("schwimmen"), &Viewer::public()).total, 0);
    assert_eq!(ids(&index.ask(&asked("judo"), &Viewer::public())), [1]);
    for _ in 0..300 {
        index.put(entry(1, &changed), &changed, "Hafen");
    }
    assert_eq!(ids(&index.ask(&asked("judo"), &Viewer::public())), [1]);
    index.remove(CardId(Uuid::from_u128(1)));
    assert_eq!(index.ask(&asked("judo"), &Viewer::public()).total, 0);
    assert_eq!(index.entries().count(), 3);
}

#[test]
fn filters_narrow() {
    let index = index(&some());
    let total = |filter: Filter| index.ask(&Asked { filter, ..asked("") }, &Viewer::public()).total;
    assert_eq!(total(Filter { age: Some(11), ..Filter::default() }), 2);
    assert_eq!(total(Filter { language: Some(Language::Arabic), ..Filter::default() }), 1);
    assert_eq!(total(Filter { basis: Some(Basis::P28), ..Filter::default() }), 1);
    assert_eq!(total(Filter { free_places: true, ..Filter::default() }), 0);
}

#[test]
fn a_hit_says_why() {
    let index = index(&some());
    let found = index.ask(&asked("Schwimmkurs"), &Viewer::public());
    let why = &found.hits[0].why[0];
    assert_eq!((why.term.as_str(), why.how, why.place), ("schwimm", How::Part, Place::Name));
    assert_eq!(word_with("Kinderschwimmen am Hafen", &why.term), Some("Kinderschwimmen"));
    assert_eq!(Visibility::ALL.len(), 4);
}

/// A card of its number: every filter meets some of them.
fn of_number(n: usize) -> CardContent {
    let of = |all: &[&'static str], n: usize| all[n % all.len()];
    card(&[
        ("name", ["Zither", "Zither am Hafen", "Zitherprobe", "Achter"][n % 4]),
        ("kind", of(&["offer", "group", "place"], n)),
        ("topics", of(&["sport", "culture meeting", "advice"], n / 2)),
        ("visibility", of(&["public", "professionals", "team", "owner"], n / 3)),
        ("languages", of(&["", "ar tr", "de"], n / 5)),
        ("barriers", of(&["", "no-steps"], n / 7)),
        ("age_from", of(&["", "6"], n / 11)),
        ("age_to", of(&["", "12"], n / 13)),
        ("free_places", of(&["", "0", "3"], n / 17)),
        ("basis", of(&["", "16 28"], n / 19)),
        ("times", of(&["", "Mo 15-17 Uhr", "3.3.2026 10-12 Uhr", "Mo 15-17 Uhr bis 1.1.2026"], n / 23)),
        ("point", of(&["", "53.6051, 9.9123", "53.7, 9.95"], n / 29)),
    ])
}

/// Every filter, alone and together.
fn filters(spaces: [Option<SpaceId>; 3]) -> Vec<Filter> {
    let near = |metres| crate::territory::Point::from_wgs84(53.6051, 9.9123).ok().map(|point| (point, metres));
    let default = Filter::default;
    vec![
        default(),
        Filter { topic: Some(Topic::Culture), ..default() },
        Filter { basis: Some(Basis::P28), ..default() },
        Filter { kind: Some(crate::resources::CardKind::Group), ..default() },
        Filter { age: Some(8), ..default() },
        Filter { age: Some(i64::MAX), ..default() },
        Filter { language: Some(Language::Arabic), no_steps: true, ..default() },
        Filter { free_places: true, ..default() },
        Filter { open_at: Some(16 * 60), ..default() },
        Filter { space: spaces[1], ..default() },
        Filter { space: Some(SpaceId(Uuid::from_u128(99))), ..default() },
        Filter { near: near(2_000), ..default() },
        Filter { near: near(2_000), space: spaces[2], ..default() },
        Filter { stale: true, ..default() },
        Filter { closed: true, newest: true, ..default() },
    ]
}

/// What the quick numbers say is what the entry itself says, for every filter and every viewer.
#[test]
fn the_sieve_lets_through_what_fits() {
    let spaces = [None, Some(SpaceId(Uuid::from_u128(71))), Some(SpaceId(Uuid::from_u128(72)))];
    let mut index = Index::default();
    for n in 0..600 {
        let content = of_number(n);
        let mut entry = entry(n as u128 + 1, &content);
        entry.seen.ended_on = (n % 31 == 0).then(|| today().plus_days(i32::try_from(n % 3).unwrap() - 1));
        entry.seen.of_person = n % 37 == 0;
        entry.seen.team = Some(crate::kernel::TeamId(Uuid::from_u128(n as u128 % 2)));
        entry.space = spaces[n % 3];
        index.put(entry, &content, "Hafen");
    }
    (0..600).filter(|n| n % 5 == 0).for_each(|n| index.remove(CardId(Uuid::from_u128(n + 1))));
    let filters = filters(spaces);
    let professional = Viewer { user: Some(UserId(Uuid::from_u128(1))), professional: true, ..Viewer::public() };
    let team = Viewer { teams: vec![crate::kernel::TeamId(Uuid::from_u128(1))], ..professional.clone() };
    let keeper = Viewer { user: Some(UserId(Uuid::from_u128(9))), ..Viewer::public() };
    for viewer in [Viewer::public(), professional, team, keeper] {
        for (filter, text) in filters.iter().flat_map(|filter| [(filter, ""), (filter, "zither")]) {
            let asked = Asked { filter: filter.clone(), ..asked(text) };
            let right = |entry: &&Entry| ask::fits(entry, &asked, &viewer) && entry.name_key.contains(text);
            let mut right: Vec<CardId> = index.entries().filter(right).map(|entry| entry.id).collect();
            let found = index.ask(&asked, &viewer);
            let mut seen: Vec<CardId> = found.spots.iter().map(|spot| spot.id).collect();
            right.sort();
            seen.sort();
            assert_eq!((seen, found.total), (right.clone(), right.len()), "{text} {filter:?} {viewer:?}");
        }
    }
}

/// However often a card is squeezed in between two others, the order is that of the names.
#[test]
fn names_keep_their_order() {
    let mut index = Index::default();
    // Always just before the one put in last: the gap halves each time.
    let mut names: Vec<String> = (0..120).map(|n| format!("Turnen {}b", "a".repeat(n))).collect();
    for (n, name) in names.iter().enumerate() {
        let content = card(&[("name", name)]);
        index.put(entry(n as u128 + 1, &content), &content, "Hafen");
    }
    let found = index.ask(&Asked { limit: 500, ..asked("") }, &Viewer::public());
    let seen: Vec<String> = found.hits.iter().map(|hit| names[hit.id.0.as_u128() as usize - 1].clone()).collect();
    names.sort_by_key(|name| crate::kernel::fold(name));
    assert_eq!(seen, names);
}

/// Slots that went are given to those that stay: nothing of that can be told from the answers.
#[test]
fn an_index_that_changed_much_answers_like_a_new_one() {
    let spaces = [None, Some(SpaceId(Uuid::from_u128(71))), Some(SpaceId(Uuid::from_u128(72)))];
    let put = |index: &mut Index, id: u128, n: usize| {
        let content = of_number(n);
        let entry = Entry { space: spaces[n % 3], ..entry(id, &content) };
        index.put(entry, &content, "Hafen");
    };
    let mut index = Index::default();
    let mut now = std::collections::BTreeMap::new();
    for step in 0..1_500_usize {
        let (id, n) = ((step * 7_919 % 400) as u128 + 1, step * 31 % 997);
        if step % 3 == 2 {
            index.remove(CardId(Uuid::from_u128(id)));
            now.remove(&id);
        } else {
            put(&mut index, id, n);
            now.insert(id, n);
        }
    }
    assert!(index.entries.len() < now.len() * 2, "{} slots for {} cards", index.entries.len(), now.len());
    let mut new = Index::default();
    now.iter().for_each(|(id, n)| put(&mut new, *id, *n));
    assert_eq!((index.len(), new.len()), (now.len(), now.len()));
    let professional = Viewer { user: Some(UserId(Uuid::from_u128(1))), professional: true, ..Viewer::public() };
    for (filter, text) in filters(spaces).into_iter().flat_map(|filter| [(filter.clone(), ""), (filter, "zither hafn")])
    {
        let asked = Asked { filter, limit: 1_000, ..asked(text) };
        // Words on cards that went still count in how rare a word is: with words, the order may differ.
        let hits = |found: &Found| {
            let mut hits = ids(found);
            hits.sort_by_key(|id| if text.is_empty() { 0 } else { *id });
            hits
        };
        for viewer in [Viewer::public(), professional.clone()] {
            let (one, other) = (index.ask(&asked, &viewer), new.ask(&asked, &viewer));
            assert_eq!((one.total, hits(&one)), (other.total, hits(&other)), "{asked:?}");
        }
    }
}

#[test]
fn leaps_find_what_walking_finds() {
    let posting = |slot: u32| index::Posting { slot, place: Place::Name, part: false };
    let long: Vec<_> = (0..500).filter(|n| n % 3 != 0).map(posting).collect();
    for few in [vec![], vec![0], vec![1, 2, 4], vec![0, 3, 6, 499], (0..500).step_by(7).collect(), vec![498, 499, 700]]
    {
        for postings in [&long[..], &long[..1], &[]] {
            let walked: Vec<u32> = postings.iter().map(|one| one.slot).filter(|slot| few.contains(slot)).collect();
            let leapt: Vec<u32> = ask::Leaps { few: &few, postings }.map(|one| one.slot).collect();
            assert_eq!(leapt, walked);
        }
    }
}
