// SPDX-License-Identifier: EUPL-1.2
//! What everybody may take away is whole, can be followed from elsewhere, and tells of what changed.

use crate::cards::{add, card};
use crate::town::{Engine, Town};
use crate::trade::handed_in;
use std::fmt::Write;

async fn feed_tells_of_changes(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, stranger) = (town.as_("marta").await, town.stranger());
    let old = add(&marta, &card("Ruderclub", &[])).await;
    let later = town.later("marta", "2026-11-21T10:00").await;
    let new = add(&later, &card("Singkreis", &[("topics", "culture")])).await;
    let feed = stranger.get("/angebote.atom").await.text();
    let (first, second) = (feed.find("Singkreis").unwrap(), feed.find("Ruderclub").unwrap());
    assert!(first < second);
    for id in [&old, &new] {
        assert!(!feed.contains(&format!("href=\"/angebote/{id}\"")) && feed.contains(&format!("/angebote/{id}\"/>")));
    }
    assert!(feed.contains("<link rel=\"self\" href=\"https://"));
    // Each question is a feed of its own.
    let head = |text: &str| text.split("</id>").next().unwrap().to_owned();
    let sport = stranger.get("/angebote.atom?thema=sport").await.text();
    assert_ne!(head(&feed), head(&sport));
    assert_eq!(head(&sport), head(&stranger.get("/angebote.atom?thema=sport").await.text()));
    assert!(sport.contains("/angebote?thema=sport\"/>"));
    // What changed comes up again.
    let last = town.later("marta", "2026-11-22T10:00").await;
    let action = format!("/ressourcen/{old}/aendern");
    last.fill(&action, &action, &card("Ruderclub", &[("about", "Jetzt auch Kanus")])).await.is(303);
    let feed = stranger.get("/angebote.atom").await.text();
    let (first, second) = (feed.find("Ruderclub").unwrap(), feed.find("Singkreis").unwrap());
    assert!(first < second && feed.contains("<updated>2026-11-22T09:00:00"), "{feed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changed_comes_up_in_the_feed_on_sqlite() {
    feed_tells_of_changes(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changed_comes_up_in_the_feed_on_postgres() {
    feed_tells_of_changes(Engine::Postgres).await;
}

/// No file stops in silence.
async fn files_are_whole(engine: Engine) {
    const ROWS: usize = 5_100;
    let town = Town::new(engine).await;
    let (konrad, stranger) = (town.as_("konrad").await, town.stranger());
    let mut text = "ID;Name;Straße;PLZ;Zeiten\n".to_owned();
    for n in 0..ROWS {
        writeln!(text, "ac148810-d857-441c-9679-{n:012};Spielplatz {n};Lindenweg {n};22844;Mo 10–12 Uhr").unwrap();
    }
    let import = handed_in(&konrad, "viele.csv", text.as_bytes()).await;
    let columns = [("s0", "id"), ("s1", "name"), ("s2", "street"), ("s3", "postcode"), ("s4", "times")];
    let plan = [&columns[..], &[("art", "offer"), ("thema", "meeting"), ("sichtbar", "public")]].concat();
    konrad.post(&format!("{import}/uebernehmen"), &plan).await.is(303);
    while konrad.get(&import).await.text().contains("geprüft, nicht übernommen") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let csv = stranger.get("/angebote.csv?q=Spielplatz").await.text();
    assert_eq!(csv.matches("\nSpielplatz ").count(), ROWS);
    let points = stranger.get("/angebote.geojson?q=Spielplatz").await.json();
    assert_eq!(points["features"].as_array().map(Vec::len), Some(ROWS));
    let dates = stranger.get("/angebote.ics?q=Spielplatz").await.text();
    assert_eq!(dates.matches("BEGIN:VEVENT").count(), ROWS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_whole_on_sqlite() {
    files_are_whole(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_whole_on_postgres() {
    files_are_whole(Engine::Postgres).await;
}
