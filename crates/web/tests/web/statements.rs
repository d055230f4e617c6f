// SPDX-License-Identifier: EUPL-1.2
//! How many statements a page asks of the database: few, and as many after a long history as after a short one.

use crate::cards::{add, card};
use crate::client::Client;
use crate::main_job::{explores, opens};
use crate::town::{Engine, Town};
use std::sync::Mutex;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The names of the statements that were asked, in their order. This test has a process of its own under nextest.
static ASKED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Listens to the store.
struct Listener;

struct Name(String);

impl Visit for Name {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "name" {
            self.0 = format!("{value:?}");
        }
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "store::statement"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut name = Name(String::new());
        event.record(&mut name);
        ASKED.lock().unwrap().push(name.0);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What a page asks when everything that is kept in memory is there.
async fn asked(client: &Client, path: &str) -> Vec<String> {
    client.get(path).await.is(200);
    ASKED.lock().unwrap().clear();
    client.get(path).await.is(200);
    std::mem::take(&mut ASKED.lock().unwrap())
}

/// The most statements a page may ask, sign-in and permission among them.
const PAGES: [(&str, usize); 8] = [
    ("/faelle", 12),
    ("/faelle?wessen=team", 12),
    ("/faelle/CASE", 30),
    ("/faelle/CASE/notizen", 20),
    ("/suche?q=dem", 12),
    ("/suche?q=0170+1234567", 12),
    ("/ressourcen", 12),
    ("/ressourcen?q=Zither&sprache=ar", 12),
];

/// Entries of a long history.
const LONG: usize = 200;

async fn counts(client: &Client, case: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for (path, _) in PAGES {
        all.push(asked(client, &path.replace("CASE", case)).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_asks_no_more_after_a_long_history() {
    tracing::subscriber::set_global_default(Listener).unwrap();
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let notes = format!("/faelle/{case}/notizen");
    let note = async |text: &str| {
        let fields = [("words", text), ("confidence", "file"), ("noted_on", "2026-11-19")];
        marta.fill(&notes, &notes, &fields).await.is(303);
    };
    // A little of everything that is listed; then two hundred.
    note("Besuch").await;
    add(&marta, &card("Zitherkreis", &[("languages", "ar")])).await;
    let little = counts(&marta, &case).await;
    for n in 0..LONG {
        note(&format!("Noch ein Besuch, der {n}.")).await;
        if n % 3 == 0 {
            add(&marta, &card(&format!("Zithergruppe {n}"), &[("languages", "ar")])).await;
        }
        if n % 10 == 0 {
            opens(&marta).await;
        }
    }
    let long = counts(&marta, &case).await;
    for (((path, most), little), long) in PAGES.iter().zip(little).zip(long) {
        assert!(!little.is_empty() && little.len() <= *most, "{path} asks {}: {little:?}", little.len());
        assert_eq!(long, little, "{path}");
        println!("{path}: {} statements", long.len());
    }
}
