// SPDX-License-Identifier: EUPL-1.2
//! A space gets another name: its cards are found and shown by it at once, and by the old one no more.

use crate::cards::{add, card};
use crate::client::Client;
use crate::town::{Engine, Town, draw};

async fn found(client: &Client, word: &str) -> (u64, String) {
    let answer = client.get(&format!("/angebote?q={word}")).await;
    answer.is(200);
    let text = answer.text();
    (u64::from(text.contains("Flötenkreis")), text)
}

async fn cards_follow_the_name_of_their_space(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    add(&marta, &card("Flötenkreis", &[("about", "Für alle")])).await;
    let stranger = town.stranger();
    assert_eq!((found(&stranger, "Hafen").await.0, found(&stranger, "Zuckerwerft").await.0), (1, 0));
    assert_eq!(draw(&town.app, "Zuckerwerft").await, 0);
    let (by_new, page) = found(&stranger, "Zuckerwerft").await;
    assert_eq!((found(&stranger, "Hafen").await.0, by_new), (0, 1));
    assert!(page.contains("Zuckerwerft") && !page.contains(">Hafen<"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cards_follow_the_name_of_their_space_on_sqlite() {
    cards_follow_the_name_of_their_space(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cards_follow_the_name_of_their_space_on_postgres() {
    cards_follow_the_name_of_their_space(Engine::Postgres).await;
}
