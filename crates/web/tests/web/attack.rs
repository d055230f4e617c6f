// SPDX-License-Identifier: EUPL-1.2
//! Everybody against every door of the directory: which cards show where. The doors are taken from the list of routes,
//! so that none can be forgotten; what shows is a golden table, and beside it stands the rule that no blessing changes.

use crate::attack_doors::{Hidden, hidden, knock, words_of};
use crate::cards::{add, card};
use crate::client::{Answer, Client};
use crate::town::{Engine, Town};
use axum::http::Method;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use web::kit::routes::{Asks, Route};

const HEAD: &str = "\
Which cards of the directory show through which door, to whom.

  P  for everybody          F  for professionals      T  for the keeper's team      E  for the keeper alone
  A  a person's card whose consent is over            W  one whose consent was taken back
  B  for everybody, but closed
  G  for the team, joined into P                     H  a person for professionals, joined into P
  D  a row of a file that konrad handed in          L  a row that was left out of another one
  N  a private person out of it who waits for a consent

marta keeps all cards. Without a name: nobody signed in, which is also what a family sees. Doors that show no card to
anybody are not listed. A new line here is a new door.

";

/// The day after the consent of A ended.
pub const WHEN: &str = "2026-11-22T10:00";

/// Everybody with the cards that may show to them at all.
const WHO: &[(&str, &str)] = &[
    ("", "P"),
    ("marta", "PFTEAWBGH"),
    ("malik", "PFTBGH"),
    ("heike", "PFBH"),
    ("lena", "PFTBGH"),
    ("konrad", "PFTBGHDLN"),
    ("fiona", "PFBH"),
    ("paul", "PFBH"),
    ("greta", "P"),
    ("anton", "P"),
    ("dora", "P"),
    ("lotse", "PFBH"),
    ("anker", "PFBH"),
    ("ankerteam", "PFTBGH"),
];

pub struct Kept {
    sign: char,
    id: String,
    name: String,
    about: String,
    own: String,
}

/// Something that is no card yet.
pub fn bare(sign: char, word: &str) -> Kept {
    let (name, about) = (format!("Nest {word}"), format!("Gelege-{word}"));
    Kept { sign, id: "no id".to_owned(), name, about, own: String::new() }
}

async fn cards(town: &Town) -> Vec<Kept> {
    let marta = town.as_("marta").await;
    let mut kept = Vec::new();
    for (sign, word, seen) in [
        ('P', "Pirol", "public"),
        ('F', "Falke", "professionals"),
        ('T', "Taube", "team"),
        ('E', "Elster", "owner"),
        ('A', "Amsel", "public"),
        ('W', "Wachtel", "public"),
        ('B', "Buchfink", "public"),
        ('G', "Gans", "team"),
        ('H', "Habicht", "professionals"),
    ] {
        let (name, about) = (format!("Nest {word}"), format!("Gelege-{word}"));
        let own = format!("eigen{}", word.to_lowercase());
        let keywords = format!("stichwort {own}");
        let mut more =
            vec![("visibility", seen), ("about", &about), ("keywords", &keywords), ("times", "Mo 10–12 Uhr")];
        if matches!(sign, 'G' | 'H') {
            // What joining would carry into P.
            more.extend([("contact", &*about), ("conditions", &*about), ("key_person", &*about)]);
        }
        if matches!(sign, 'A' | 'W' | 'H') {
            let until = if sign == 'A' { "2026-11-21" } else { "2027-11-21" };
            more.extend([("kind", "person"), ("consent_on", "2026-11-01"), ("consent_until", until)]);
            more.extend([("consent_scope", if sign == 'H' { seen } else { "public" }), ("consent_form", "written")]);
        } else {
            more.push(("point", "53.6051, 9.9123"));
        }
        let id = add(&marta, &card(&name, &more)).await;
        kept.push(Kept { sign, id, name, about, own });
    }
    let page = |at: usize| format!("/ressourcen/{}", kept[at].id);
    marta.fill(&page(5), &format!("{}/widerruf", page(5)), &[]).await.is(303);
    marta.fill(&page(6), &format!("{}/beenden", page(6)), &[]).await.is(303);
    let konrad = town.as_("konrad").await;
    for gone in [&kept[7], &kept[8]] {
        konrad.post("/ressourcen/doppelte", &[("kept", &kept[0].id), ("gone", &gone.id)]).await.is(303);
    }
    kept
}

/// Where cards are a room's own matter, and are asked for one by one.
fn is_directory(route: &Route) -> bool {
    ["/angebote", "/ressourcen", "/hsds", "/karte", "/api/v1/resources"].iter().any(|room| route.path.starts_with(room))
}

/// The addresses to try for a route.
fn addresses(route: &Route, kept: &[Kept], space: &str) -> Vec<String> {
    if route.path.contains("{*") || route.path.contains("{token}") {
        return Vec::new();
    }
    let ids: Vec<&str> = match () {
        () if is_directory(route) => kept.iter().map(|card| card.id.as_str()).collect(),
        () if route.path.starts_with("/sozialraeume/{id}") || route.path.starts_with("/api/v1/spaces/{id}") => {
            vec![space]
        }
        // Doors of things that are no cards: their ids are others.
        () if route.path.contains('{') => return Vec::new(),
        () => Vec::new(),
    };
    if let Some((before, rest)) = route.path.split_once('{') {
        let after = rest.split_once('}').map_or("", |(_, after)| after);
        return ids.iter().map(|id| format!("{before}{id}{after}")).collect();
    }
    let more: &[&str] = if is_directory(route) {
        &["", "?q=stichwort", "?q=stichwort&alt=1&beendet=1", "?q=stichwort&fenster=5,47,15,55"]
    } else {
        &[""]
    };
    more.iter().map(|query| format!("{}{query}", route.path)).collect()
}

async fn open(client: &Client, path: &str) -> Answer {
    if path.starts_with("/api/") { client.api(Method::GET, path, None).await } else { client.get(path).await }
}

/// How many hits an answer tells of, where it tells a number.
fn counted(answer: &Answer) -> Option<u64> {
    let json = answer.json();
    json["total"].as_u64().or(json["total_items"].as_u64()).or_else(|| {
        let text = answer.text();
        let said = text.split("<strong>").nth(1)?.split("</strong>").next()?.to_owned();
        let word = [("Nichts gefunden", 0), ("Ein Treffer", 1)].into_iter().find(|(word, _)| said.contains(word));
        if let Some((_, number)) = word {
            Some(number)
        } else {
            said.split_whitespace().find_map(|word| word.parse().ok())
        }
    })
}

/// What shows to somebody: the signs of the cards by door.
async fn shown(client: &Client, kept: &[Kept], space: &str, more: (&str, &Hidden)) -> BTreeMap<&'static str, String> {
    let mut doors: BTreeMap<&'static str, String> = BTreeMap::new();
    for route in web::listing().into_iter().filter(|route| route.method == "GET") {
        let signs = doors.entry(route.path).or_default();
        for path in addresses(&route, kept, space) {
            let text = words_of(&open(client, &path).await);
            let seen = |card: &&Kept| text.contains(&card.name) || text.contains(&card.about);
            for card in kept
                .iter()
                .filter(seen)
                .filter(|card| route.asks != Asks::Nobody || !path.contains(&card.id) || text.contains(&card.about))
            {
                if !signs.contains(card.sign) {
                    signs.push(card.sign);
                }
            }
        }
    }
    for (door, answer) in knock(client, more.0, more.1).await {
        let (signs, text) = (doors.entry(door).or_default(), words_of(&answer));
        let seen = |card: &&Kept| text.contains(&card.name) || text.contains(&card.about);
        signs.extend(kept.iter().chain(&more.1.kept).filter(seen).map(|card| card.sign));
    }
    let order = |signs: &str| {
        kept.iter().chain(&more.1.kept).map(|card| card.sign).filter(|sign| signs.contains(*sign)).collect()
    };
    doors.values_mut().for_each(|signs| *signs = order(signs));
    doors
}

/// A card that may not be seen is not counted either, and its own address has nothing.
async fn silent(client: &Client, who: &str, kept: &[Kept], may: &str) {
    for card in kept {
        for door in ["/angebote", "/angebote/einbetten", "/angebote/karte.json", "/hsds/services"] {
            let answer = client.get(&format!("{door}?q={}", card.own)).await;
            let expected = u64::from(card.sign == 'P');
            assert_eq!(counted(&answer), Some(expected), "{who} counts {} at {door}", card.sign);
        }
        let status = client.get(&format!("/angebote/{}", card.id)).await.status.as_u16();
        assert_eq!(status, if card.sign == 'P' { 200 } else { 404 }, "{who} and /angebote/{}", card.sign);
        let told = client.post(&format!("/angebote/{}/fehler", card.id), &[("words", "")]).await.status.as_u16();
        if card.sign != 'P' {
            assert!(matches!(told, 404 | 422), "{who} tells an error of {}: {told}", card.sign);
        }
        if who.is_empty() {
            continue;
        }
        for door in ["/ressourcen", "/ressourcen/karte.json", "/api/v1/resources"] {
            let closed = matches!(card.sign, 'B' | 'G' | 'H');
            let query = if closed { "&beendet=1" } else { "" };
            let answer = open(client, &format!("{door}?q={}{query}", card.own)).await;
            let own_words = door.starts_with("/api") && closed;
            let expected = u64::from(may.contains(card.sign));
            assert!(
                own_words || counted(&answer) == Some(expected),
                "{who} counts {} at {door}: {:?}",
                card.sign,
                counted(&answer)
            );
        }
        if !may.contains(card.sign) {
            let status = client.get(&format!("/ressourcen/{}", card.id)).await.status.as_u16();
            assert!(matches!(status, 403 | 404), "{who} opens {}: {status}", card.sign);
        }
    }
}

async fn attack(engine: Engine) {
    let town = Town::new(engine).await;
    let kept = cards(&town).await;
    let marta = town.as_("marta").await;
    let page = marta.get("/sozialraeume?adresse=Lindenweg+12").await.text();
    let space =
        page.split("/sozialraeume/").map(|rest| rest.split(['"', '?']).next().unwrap()).find(|id| id.len() == 36);
    let space = space.unwrap().to_owned();
    let hidden = hidden(&town).await;
    let mut seen = Vec::new();
    for (who, may) in WHO {
        let client = if who.is_empty() { town.stranger_at(WHEN) } else { town.later(who, WHEN).await };
        let doors = shown(&client, &kept, &space, (who, &hidden)).await;
        for (door, signs) in &doors {
            assert!(signs.chars().all(|sign| may.contains(sign)), "{who} sees {signs} at {door}");
        }
        for route in web::listing().iter().filter(|route| route.asks == Asks::Nobody) {
            let signs = doors.get(route.path).map_or("", String::as_str);
            assert!(matches!(signs, "" | "P"), "{who} sees {signs} at the public door {}", route.path);
        }
        silent(&client, who, &kept, may).await;
        seen.push(doors);
    }
    if engine == Engine::Sqlite {
        crate::golden::compare("docs/visibility.txt", &table(&seen));
    }
}

fn table(seen: &[BTreeMap<&'static str, String>]) -> String {
    let mut table = HEAD.to_owned();
    write!(table, "{:<44}", "").unwrap();
    for (who, _) in WHO {
        write!(table, "{:>10}", if who.is_empty() { "(nobody)" } else { who }).unwrap();
    }
    table.push('\n');
    let doors: BTreeSet<&str> = seen.iter().flat_map(|doors| doors.keys().copied()).collect();
    for door in doors {
        let signs = |doors: &BTreeMap<&'static str, String>| doors.get(door).cloned().unwrap_or_default();
        if seen.iter().all(|doors| signs(doors).is_empty()) {
            continue;
        }
        write!(table, "{door:<44}").unwrap();
        for doors in seen {
            let signs = signs(doors);
            write!(table, "{:>10}", if signs.is_empty() { "-" } else { &signs }).unwrap();
        }
        table.push('\n');
    }
    table
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_shows_a_card_to_somebody_who_may_not_see_it_on_sqlite() {
    attack(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_shows_a_card_to_somebody_who_may_not_see_it_on_postgres() {
    attack(Engine::Postgres).await;
}
