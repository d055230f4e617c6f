// SPDX-License-Identifier: EUPL-1.2
//! The support package: own, near, quarter, paid, side by side; what was weighed; what was really used; and that no
//! agency ever sees the people in it.

use crate::agreements::later;
use crate::client::Client;
use crate::main_job::{commissions, decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn both(story: impl AsyncFn(Town)) {
    story(Town::new(Engine::Sqlite).await).await;
    story(Town::new(Engine::Postgres).await).await;
}

fn help<'a>(source: &'a str, who: &'a str, what: &'a str, why: &'a str) -> [(&'a str, &'a str); 8] {
    let weighing = if why.is_empty() { "taken" } else { "weighed" };
    [
        ("source", source),
        ("who", who),
        ("what", what),
        ("extent", "dienstags"),
        ("from", "2026-11-20"),
        ("until", ""),
        ("weighing", weighing),
        ("why", why),
    ]
}

async fn filled(marta: &Client, case: &str) {
    let (page, action) = (format!("/faelle/{case}/hilfepaket"), format!("/faelle/{case}/hilfepaket/hilfen"));
    marta.get(&page).await.is(200).shows("Was tut die Familie selbst?").shows("Zur Nutzung ist noch nichts gesagt");
    let keep = async |fields: &[(&str, &str)]| marta.fill(&page, &action, fields).await;
    keep(&help("relative", "Tante Elif", "holt ab", "")).await.is(303);
    // One help alone: what may be missing is said, and stops nobody.
    marta.get(&page).await.shows("weniger als zwei andere Möglichkeiten").shows("Noch kein eigener Schritt");
    keep(&help("own-step", "Ayşe", "bringt Leyla morgens hin", "")).await.is(303);
    keep(&help("offer", "Malgruppe", "malt mit Leyla", "")).await.is(303);
    keep(&help("volunteer", "Lesepatin", "liest vor", "Kommt erst ab Mai.")).await.is(303);
    let mut silent = help("service", "Schule", "Ganztag", "x");
    silent[7] = ("why", "");
    keep(&silent).await.is(422).shows("braucht einen Grund").shows("Ganztag");
    keep(&help("service", "Schule", "Ganztag", "Kein Platz frei.")).await.is(303);
    let mut reversed = help("neighbour", "Nachbarin", "kocht", "");
    reversed[5] = ("until", "2026-11-19");
    keep(&reversed).await.is(422).shows("Nachbarin");
    keep(&[("source", "paid")]).await.is(422).shows("Angaben");
    marta
        .get(&page)
        .await
        .shows("Kommt erst ab Mai.")
        .hides("weniger als zwei andere")
        .hides("Noch kein eigener Schritt");
}

async fn used(town: &Town, case: &str) {
    let marta = later(town, "2026-12-20", "marta").await;
    let (page, action) = (format!("/faelle/{case}/hilfepaket"), format!("/faelle/{case}/hilfepaket/nutzung"));
    let text = marta.get(&page).await.text();
    let say = async |help: &str, used: &str, on: &str| {
        let help = option(&text, help);
        let said =
            [("help", help.as_str()), ("used", used), ("rater", "family"), ("said_on", on), ("words", "So war es.")];
        marta.fill(&page, &action, &said).await
    };
    say("Tante Elif: holt ab", "yes", "2026-12-21").await.is(422).shows("in der Zukunft");
    say("Tante Elif: holt ab", "yes", "2026-11-19").await.is(422).shows("noch nicht begonnen");
    say("Tante Elif: holt ab", "no", "2026-12-01").await.is(303);
    say("Tante Elif: holt ab", "partly", "2026-12-10").await.is(303);
    say("Malgruppe: malt", "no", "2026-12-10").await.is(303);
    say("Lotse Jugendhilfe gGmbH: Sozialpädagogische", "yes", "2026-12-10").await.is(303);
    // Planned is not used: one near help and the paid one.
    let shown = marta.get(&page).await;
    shown.shows("Wirklich genutzt und nicht bezahlt: 1 von 2").shows("50 %").shows("Angaben zur Nutzung: 2");
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/package"), None).await.json();
    assert_eq!((&told["used"], &told["hints"]), (&json!({"informal": 1, "all": 2}), &json!([])));
    let layers: Vec<_> = told["helps"].as_array().unwrap().iter().map(|one| one["layer"].as_str().unwrap()).collect();
    assert_eq!(layers, ["own", "social", "social-space", "social-space", "professional", "professional"]);
    // One family is no number of its quarter.
    marta.get("/teams/anteile").await.shows("keine Angabe, oder weniger als drei Fälle");
    // A help ends and stays in the file; it never ends before it began.
    let aunt = option(text.split("/hilfepaket/ende").nth(1).unwrap(), "Tante Elif");
    let end = async |until: &str| {
        marta
            .fill(&page, &format!("/faelle/{case}/hilfepaket/ende"), &[("help", aunt.as_str()), ("until", until)])
            .await
    };
    end("2026-11-01").await.is(422).shows("endet vor ihrem Beginn");
    end("2026-12-15").await.is(303);
    marta.get(&page).await.shows("15.12.2026");
}

async fn others_see_nothing(town: &Town, case: &str) {
    let body = json!({"source": "relative", "weighing": "taken", "who": "X", "what": "Y", "from": "2026-11-20"});
    for key in ["lotse", "anker", "ankerteam", "fiona", "konrad", "heike", "anton"] {
        let other = town.as_(key).await;
        other.get(&format!("/faelle/{case}/hilfepaket")).await.is(404).hides("Tante Elif");
        let api = format!("/api/v1/cases/{case}/package");
        other.api(Method::GET, &api, None).await.is(404).hides("Tante Elif");
        other.api(Method::POST, &api, Some(body.clone())).await.is(404);
        other.post(&format!("/faelle/{case}/hilfepaket/nutzung"), &[]).await.is(404);
    }
}

/// A token of a link as the page shows it once.
async fn family_link(marta: &Client, plan: &str) -> String {
    let page = format!("/hilfeplaene/{plan}/familie");
    let fields = [("given_to", "Ayşe Demir"), ("language", "tr"), ("ends_on", "2026-12-20")];
    let made = marta.fill(&page, &format!("{page}/links"), &fields).await.text();
    format!("/familie/{}", made.split("town.example/familie/").nth(1).and_then(|rest| rest.get(..64)).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_package_holds_everything_that_helps() {
    both(async |town: Town| {
        town.plans("Nord", 100_000, 0).await;
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        explores(&marta, &case).await;
        filled(&marta, &case).await;
        // The next decision keeps it with the plan; the family reads it in plain words, the agency does not.
        let plan = decides(&marta, &case).await;
        let shown = marta.get(&format!("/hilfeplaene/{plan}")).await;
        shown.shows("Hilfepaket").shows("Tante Elif: holt ab (dienstags)").hides("Lesepatin: liest vor");
        commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
        marta
            .get(&format!("/faelle/{case}/hilfepaket"))
            .await
            .shows("Lotse Jugendhilfe gGmbH")
            .shows("Beauftragte Hilfe");
        let family = town.stranger().get(&family_link(&marta, &plan).await).await;
        family.is(200).shows("Wer uns hilft").shows("Tante Elif: holt ab").shows("Das tun wir selbst");
        let lotse = town.as_("lotse").await;
        let mandate = lotse.get("/auftraege").await.text();
        let mandate = mandate.split("href=\"/auftraege/").nth(1).and_then(|rest| rest.get(..36)).unwrap();
        for path in ["", "/pdf"] {
            lotse.get(&format!("/auftraege/{mandate}{path}")).await.hides("holt ab").hides("Malgruppe: malt");
        }
        let api = lotse.api(Method::GET, &format!("/api/v1/mandates/{mandate}"), None).await;
        api.is(200).hides("holt ab").hides("package-");
        used(&town, &case).await;
        others_see_nothing(&town, &case).await;
        assert!(matches!(town.chain().await, app::audit::Chain::Whole(_)));
    })
    .await;
}
