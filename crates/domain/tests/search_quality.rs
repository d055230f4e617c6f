// SPDX-License-Identifier: EUPL-1.2
//! How well the search answers what people type: judged queries over invented cards, recall at 10 and mean reciprocal
//! rank, with a floor. `SOZIALRAUM_SHOW_SEARCH=1` shows what is not found or not first.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use domain::kernel::{CardId, Day, UserId};
use domain::resources::search::{Asked, Entry, Filter, Index};
use domain::resources::{CardContent, Seen, Viewer};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Of a thousand; a change that loses any of it has to say why.
const RECALL_FLOOR: usize = 970;
const MRR_FLOOR: usize = 920;

fn today() -> Day {
    Day::parse("2026-11-23").unwrap()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

fn cards() -> Vec<(&'static str, CardContent)> {
    let card = |line: &'static str| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let mut fields = vec![
            ("name", parts[1]),
            ("kind", parts[2]),
            ("topics", parts[3]),
            ("about", parts[4]),
            ("visibility", "public"),
        ];
        fields.extend(parts[5].split(';').filter_map(|pair| pair.trim().split_once('=')));
        (parts[0], CardContent::read(fields.as_slice()).unwrap_or_else(|wrong| panic!("{line}: {wrong:?}")))
    };
    lines(include_str!("search/cards.txt")).map(card).collect()
}

fn index(cards: &[(&str, CardContent)]) -> Index {
    let entry = |(n, card): (usize, &CardContent)| {
        let keeper = UserId(Uuid::nil());
        let seen =
            Seen { visibility: card.visibility, keeper, team: None, consent: None, of_person: false, ended_on: None };
        Entry::of(CardId(Uuid::from_u128(n as u128)), card, seen, None, today())
    };
    Index::built(cards.iter().enumerate().map(|(n, (_, card))| (entry((n, card)), card, "")))
}

#[test]
fn people_find_what_they_look_for() {
    let cards = cards();
    let index = index(&cards);
    let known: BTreeMap<&str, usize> = cards.iter().enumerate().map(|(n, (id, _))| (*id, n)).collect();
    let (mut recall, mut rank, mut count, mut shown) = (0, 0, 0, Vec::new());
    for line in lines(include_str!("search/queries.txt")) {
        let (text, right) = line.split_once(" = ").expect("a query and its cards");
        let right: Vec<usize> =
            right.split(' ').map(|id| *known.get(id).unwrap_or_else(|| panic!("no card {id}"))).collect();
        let asked = Asked {
            text: text.to_owned(),
            filter: Filter::default(),
            today: today(),
            after: None,
            limit: 10,
            places: false,
        };
        let found = index.ask(&asked, &Viewer::public());
        let ids: Vec<usize> = found.hits.iter().map(|hit| hit.id.0.as_u128() as usize).collect();
        let hits = right.iter().filter(|id| ids.contains(id)).count();
        let first = ids.iter().position(|id| right.contains(id));
        recall += hits * 1000 / right.len();
        rank += first.map_or(0, |at| 1000 / (at + 1));
        count += 1;
        if hits < right.len() || first != Some(0) {
            let names: Vec<&str> = ids.iter().take(4).map(|id| cards[*id].0).collect();
            shown.push(format!("{line}: {} hits, first {names:?}", found.total));
        }
    }
    let (recall, rank) = (recall / count, rank / count);
    let told = format!("{count} queries, recall@10 {recall} ‰, MRR {rank} ‰\n{}", shown.join("\n"));
    if std::env::var_os("SOZIALRAUM_SHOW_SEARCH").is_some() {
        println!("{told}");
    }
    assert!(count >= 150 && recall >= RECALL_FLOOR && rank >= MRR_FLOOR, "{told}");
}
