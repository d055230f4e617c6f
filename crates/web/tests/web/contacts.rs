// SPDX-License-Identifier: EUPL-1.2
//! Who reads what of the network: words of contacts are for those who work in it, numbers of few families for nobody
//! who sees no case.

use crate::client::Client;
use crate::ledger::get;
use crate::town::{Engine, Town};
use serde_json::{Value, json};

pub async fn space(client: &Client, name: &str) -> String {
    let all = get(client, "/api/v1/spaces").await["spaces"].as_array().unwrap().clone();
    all.iter().find(|one| one["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
}

/// A project of the quarter, proposed by the coordinator.
pub async fn proposed(konrad: &Client, title: &str) -> String {
    let hafen = space(konrad, "Hafen").await;
    let fields = [
        ("title", title),
        ("column", "cross-case"),
        ("space", hafen.as_str()),
        ("found_in", "Sozialraumteam"),
        ("need", "Mehrere Kinder können nicht schwimmen."),
        ("goals", "Acht Kinder schwimmen bis Mai."),
        ("help_link", "In drei Hilfeplänen steht ein Ziel dazu."),
        ("terms", "Der Verein stellt zwei Bahnen."),
        ("costs", "900; Bahnmiete; Sachkosten"),
    ];
    konrad.fill("/projekte/neu", "/projekte/neu", &fields).await.id()
}

/// The same, decided and begun.
pub async fn running(town: &Town, konrad: &Client, title: &str) -> String {
    let page = format!("/projekte/{}", proposed(konrad, title).await);
    konrad.fill(&page, &format!("{page}/stellungnahme"), &[("opinion", "in-favour")]).await.is(303);
    let yes = [("granted", "yes"), ("by", "team-lead")];
    town.as_("lena").await.fill(&page, &format!("{page}/entscheidung"), &yes).await.is(303);
    konrad.fill(&page, &format!("{page}/beginn"), &[]).await.is(303);
    page
}

/// Work on a project, as somebody logs it.
pub fn work<'a>(person: &'a str, result: &'a str) -> [(&'a str, &'a str); 6] {
    let (on, time) = (("on", "2026-11-19"), ("time", "1,5"));
    [on, time, ("column", "cross-case"), ("field", "build"), ("person", person), ("result", result)]
}

/// Person, result and author of work on a project are the network's; others see that work was done.
async fn words_are_the_networks(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let page = running(&town, &konrad, "Schwimmgruppe").await;
    let log = format!("{page}/arbeit");
    konrad.fill(&page, &log, &work("Frau Petersen vom Kiosk", "Sie kennt zwei Familien im Block.")).await.is(303);
    let anker = town.as_("anker").await;
    anker.fill(&page, &log, &work("Trainerin", "Acht Kinder waren da.")).await.is(303);
    for key in ["konrad", "marta", "lena", "paul"] {
        town.as_(key)
            .await
            .get(&page)
            .await
            .shows("Frau Petersen")
            .shows("zwei Familien")
            .shows("Acht Kinder waren da");
    }
    // They get 404 on /netzwerk; the page of a project is no way around.
    for key in ["greta", "lotse", "fiona"] {
        let reader = town.as_(key).await;
        reader.get("/netzwerk").await.is(404);
        let seen = reader.get(&page).await;
        seen.is(200).hides("Petersen").hides("zwei Familien").hides("Trainerin").hides("Acht Kinder waren da");
        seen.shows("1:30 h").shows("19.11.2026");
    }
    // One's own words one may read.
    anker.get(&page).await.shows("Acht Kinder waren da").shows("Trainerin").hides("Petersen").hides("zwei Familien");
    let id = page.rsplit('/').next().unwrap().to_owned();
    let told = |key: &'static str| {
        let path = format!("/api/v1/projects/{id}");
        let town = &town;
        async move { get(&town.as_(key).await, &path).await }
    };
    assert_eq!(told("konrad").await["work"][1]["person"], json!("Frau Petersen vom Kiosk"));
    let greta = told("greta").await;
    assert_eq!((&greta["work"][1]["minutes"], &greta["work"][1]["result"]), (&json!(90), &Value::Null), "{greta}");
    assert_eq!((&greta["work"][1]["person"], &greta["work"][1]["by"]), (&Value::Null, &Value::Null), "{greta}");
}

/// A one beside space and need points at a family (N10).
async fn few_cases_are_nobodys(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let page = running(&town, &konrad, "Lesepaten").await;
    let told = [("reached", "Ja."), ("assessment", "Gut."), ("current", "1"), ("potential", "4")];
    konrad.fill(&page, &format!("{page}/auswertung"), &told).await.is(303);
    let shown = |seen: &str| (seen.contains("tile__value\">1<"), seen.contains("tile__value\">4<"));
    for (key, open) in [
        ("marta", (true, true)),
        ("fiona", (true, true)),
        ("konrad", (false, true)),
        ("paul", (false, true)),
        ("greta", (false, false)),
        ("lotse", (false, false)),
        ("anker", (false, false)),
    ] {
        let reader = town.as_(key).await;
        let seen = reader.get(&page).await.text();
        assert_eq!(shown(&seen), open, "{key}");
        // Nor in the form in which whoever works on it would write it anew.
        assert_eq!(seen.contains("name=\"current\" value=\"1\""), open.0 && key != "fiona", "{key}");
        let one = get(&reader, "/api/v1/projects").await["projects"][0].clone();
        let expected = (if open.0 { json!(1) } else { Value::Null }, if open.1 { json!(4) } else { Value::Null });
        assert_eq!((&one["current_cases"], &one["potential_cases"]), (&expected.0, &expected.1), "{key}: {one}");
        let list = reader.get("/projekte").await.text();
        assert_eq!(list.contains("Heutige Fälle\">1<"), open.0, "{key}");
        assert_eq!(list.contains("Mögliche Fälle\">4<"), open.1, "{key}");
    }
}

crate::town::both! {
    words_are_the_networks, words_of_contacts_are_the_networks_on_sqlite, words_of_contacts_are_the_networks_on_postgres;
    few_cases_are_nobodys, n10_counters_of_projects_tell_of_no_family_on_sqlite, n10_counters_of_projects_tell_of_no_family_on_postgres;
}
