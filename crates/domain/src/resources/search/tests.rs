// SPDX-License-Identifier: EUPL-1.2
//! The index by itself.

use super::*;
use crate::kernel::{CardId, Day, UserId};
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
    Asked { text: text.to_owned(), filter: Filter::default(), today: today(), after: None, limit: 10 }
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
