// SPDX-License-Identifier: EUPL-1.2
//! Suggestions while a search is typed: words and names of cards that one may see, and nothing of others, for everybody.

use crate::cards::{add, card};
use crate::client::Client;
use crate::town::{Engine, Town};

/// What is suggested, signed in or not.
async fn suggested(client: &Client, path: &str, typed: &str) -> Vec<String> {
    let answer = client.get(&format!("{path}?q={typed}")).await;
    answer.is(200);
    answer.json().as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// A word of its own for each visibility in name, keywords and text, and a key person.
const WORDS: [(&str, &str); 4] =
    [("public", "Quittenfest"), ("professionals", "Quittenrunde"), ("team", "Quittenpakt"), ("owner", "Quittenheft")];

async fn only_of_cards_one_may_see(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    for (seen, word) in WORDS {
        let (keywords, about) = (format!("{word}wort"), format!("Mit {word}text und mehr"));
        let fields =
            [("visibility", seen), ("keywords", &*keywords), ("about", &*about), ("key_person", "Frau Quittengeist")];
        add(&marta, &card(word, &fields)).await;
    }
    for (who, sees) in [
        ("", 1),
        ("greta", 1),
        ("anton", 1),
        ("dora", 1),
        ("heike", 2),
        ("dana", 2),
        ("fiona", 2),
        ("paul", 2),
        ("lotse", 2),
        ("anker", 2),
        ("malik", 3),
        ("lena", 3),
        ("konrad", 3),
        ("ankerteam", 3),
        ("marta", 4),
    ] {
        let client = if who.is_empty() { town.stranger() } else { town.as_(who).await };
        for path in ["/angebote/vorschlag", "/ressourcen/vorschlag"] {
            let sees = if path.starts_with("/angebote") { 1 } else { sees };
            if who.is_empty() && path.starts_with("/ressourcen") {
                continue;
            }
            for typed in ["Quit", "quitten", "Hafen+Quitten", "Quittn", "Wort+Quitt"] {
                let all = suggested(&client, path, typed).await;
                for (_, hidden) in &WORDS[sees..] {
                    assert!(!all.iter().any(|one| one.contains(hidden)), "{who} {path} {typed}: {hidden} in {all:?}");
                }
                assert!(!all.iter().any(|one| one.contains("geist")), "{who} {path} {typed}: a key person in {all:?}");
            }
            // Whoever may see a card is offered its words, each by itself.
            for (_, shown) in &WORDS[..sees] {
                for typed in [*shown, &*format!("{shown}wo"), &*format!("{shown}te")] {
                    let all = suggested(&client, path, typed).await;
                    assert!(all.iter().any(|one| one.starts_with(typed)), "{who} {path} {typed}: {all:?}");
                }
            }
            for (_, hidden) in &WORDS[sees..] {
                let all = suggested(&client, path, &hidden[..10]).await;
                assert!(!all.iter().any(|one| one.contains(&hidden[..10])), "{who} {path}: {hidden} in {all:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_hidden_is_suggested_on_sqlite() {
    only_of_cards_one_may_see(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_hidden_is_suggested_on_postgres() {
    only_of_cards_one_may_see(Engine::Postgres).await;
}

/// The words before the last stay; too few letters suggest nothing; the field works without a script.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_is_continued() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    add(&marta, &card("Zitherprobe", &[("about", "Zithermusik für Kinder")])).await;
    let stranger = town.stranger();
    assert_eq!(suggested(&stranger, "/angebote/vorschlag", "Kinder+zith").await.first().unwrap(), "Kinder Zithermusik");
    assert_eq!(suggested(&stranger, "/angebote/vorschlag", "zi").await, [""; 0]);
    let page = stranger.get("/angebote").await.text();
    assert!(
        page.contains("list=\"suche-worte\"") && page.contains("<datalist id=\"suche-worte\"><option value="),
        "{page}"
    );
}
