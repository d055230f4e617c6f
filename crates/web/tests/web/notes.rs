// SPDX-License-Identifier: EUPL-1.2
//! N2: notes for the team, and what was entrusted to one person, attacked from every role by page and by API.

use crate::client::{Answer, Client};
use crate::main_job::{explores, opens, option};
use crate::reach::Reach;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

const SECRET: &str = "Leyla hat mir gesagt, wovor sie Angst hat.";

/// Nothing of what was entrusted reaches this person, on any page, search, list, count or through the API.
async fn learns_nothing(town: &Town, key: &str, case: &str, note: &str) {
    let other = town.as_(key).await;
    for path in ["", "/notizen", "/wille", "/beratung", "/hilfeplan", "/leistungen", "/ziele"] {
        other
            .get(&format!("/faelle/{case}{path}"))
            .await
            .hides("wovor sie Angst")
            .hides(note)
            .hides("Mir anvertraut</span>");
    }
    for path in ["/", "/faelle?wessen=team", "/suche?q=Angst", "/notiz", "/verwaltung/protokoll", "/auftraege"] {
        other.get(path).await.hides("wovor sie Angst");
    }
    for path in [
        format!("/api/v1/cases/{case}"),
        format!("/api/v1/cases/{case}/notes"),
        "/api/v1/cases/search?q=Angst".to_owned(),
    ] {
        other.api(Method::GET, &path, None).await.hides("wovor sie Angst").hides(note);
    }
    // Nobody passes it on but its writer; to everybody else it does not exist.
    let to = town.actor("malik").await.user.to_string();
    let fields = [("note", note), ("to", to.as_str()), ("reason", "consent"), ("why", "Ich will es wissen.")];
    let status = other.post(&format!("/faelle/{case}/weitergaben"), &fields).await.hides("Angst").status.as_u16();
    assert!([403, 404].contains(&status), "{key}: {status}");
    let body = json!({"to": to, "reason": "consent", "why": "Ich will es wissen."});
    let api = other.api(Method::POST, &format!("/api/v1/notes/{note}/passings"), Some(body)).await;
    assert!([403, 404].contains(&api.hides("Angst").status.as_u16()), "{key}");
}

async fn writes(marta: &Client, case: &str) -> String {
    let (page, text) = (format!("/faelle/{case}/notizen"), "Leyla war heute in der Sprechstunde, gut gelaunt.");
    let shown = marta.get(&page).await.text();
    assert!(!shown.contains(" checked"), "nothing is ticked beforehand");
    let will = marta.get(&format!("/faelle/{case}/wille")).await.text();
    let (leyla, ayse) = (option(&will, "Leyla Demir"), option(&will, "Ayşe Demir"));
    let open = [
        ("words", text),
        ("people", leyla.as_str()),
        ("people", ayse.as_str()),
        ("confidence", "file"),
        ("noted_on", "2026-11-19"),
    ];
    marta.fill(&page, &page, &open).await.is(303);
    marta.get(&page).await.shows(text).shows("Zu Ayşe Demir, Leyla Demir");
    let silent = [("words", "Ohne Angabe"), ("noted_on", "2026-11-19")];
    marta.fill(&page, &page, &silent).await.is(422).shows("Ohne Angabe");
    let entrusted =
        [("words", SECRET), ("people", leyla.as_str()), ("confidence", "entrusted"), ("noted_on", "2026-11-20")];
    marta.fill(&page, &page, &entrusted).await.is(303);
    let notes = marta.api(Method::GET, &format!("/api/v1/cases/{case}/notes"), None).await.json();
    assert_eq!(notes["notes"].as_array().map(Vec::len), Some(2));
    notes["notes"][0]["id"].as_str().unwrap().to_owned()
}

/// Plan, letter, link, sheet, short file, papers, the JSON: nowhere, for nobody but the writer, and not for the family.
async fn through_every_door(town: &Town, marta: &Client, case: &str, note: &str) {
    let reach = Reach::of(town, marta, case).await;
    for key in ["malik", "lena", "heike", "dana", "fiona", "anton", "dora", "lotse", ""] {
        let other = if key.is_empty() { town.stranger() } else { town.as_(key).await };
        let hidden = |door: &str, answer: &Answer| {
            let text = answer.text();
            assert!(!text.contains(SECRET) && !text.contains(note), "{key} reads it at {door}");
        };
        let answered = reach.read_by(&other, hidden).await;
        let least = if key == "malik" { 60 } else { 10 };
        assert!(answered >= least, "{key} read {answered} doors");
    }
    // The writer's own pages: where a note of the file stands, and nowhere that leaves the house.
    let own = std::sync::Mutex::new(Vec::new());
    let seen = |door: &str, answer: &Answer| {
        if answer.text().contains(SECRET) {
            own.lock().unwrap().push(door.replace(case, "CASE"));
        }
    };
    reach.read_by(marta, seen).await;
    assert_eq!(*own.lock().unwrap(), ["/faelle/CASE/notizen", "/api/v1/cases/CASE/notes"]);
}

async fn entrusted_stays_entrusted(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    town.plans("Nord", 100_000, 0).await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let note = writes(&marta, &case).await;
    // The timeline tells of the file's note in a plain sentence, and not of the other.
    let overview = marta.get(&format!("/faelle/{case}")).await.text();
    assert_eq!(overview.matches("Notiz von Marta Beispiel.").count(), 1);
    for key in [
        "malik",
        "lena",
        "heike",
        "dana",
        "konrad",
        "fiona",
        "paul",
        "greta",
        "anton",
        "dora",
        "lotse",
        "anker",
        "ankerteam",
    ] {
        learns_nothing(&town, key, &case, &note).await;
    }
    through_every_door(&town, &marta, &case, &note).await;
    let malik = town.as_("malik").await;
    malik.get(&format!("/faelle/{case}/notizen")).await.is(200).shows("gut gelaunt");
    // Passed on for one of the seven reasons, to a colleague of the team, on record.
    let (page, path) = (format!("/faelle/{case}/notizen"), format!("/faelle/{case}/weitergaben"));
    let to = town.actor("malik").await.user.to_string();
    let base = [("note", note.as_str()), ("to", to.as_str())];
    let bare = marta.fill(&page, &path, &base).await;
    bare.is(422).shows("2 Angaben");
    let api = format!("/api/v1/notes/{note}/passings");
    let body = |to: &str, reason: &str| json!({"to": to, "reason": reason, "why": "Gemeinsame Einschätzung."});
    marta.api(Method::POST, &api, Some(body(&to, "curiosity"))).await.is(422);
    let heike = town.actor("heike").await.user.to_string();
    marta.api(Method::POST, &api, Some(body(&heike, "consent"))).await.is(422).shows("note.not_of_the_team");
    let why = [("reason", "danger-assessment"), ("why", "Gemeinsame Einschätzung am 20.11.")];
    marta.fill(&page, &path, &[&base[..], &why].concat()).await.is(303);
    malik.get(&page).await.shows(SECRET).shows("An Sie weitergegeben").shows("Gemeinsame Einschätzung am 20.11.");
    // The receiver reads it and still cannot pass it on; everybody else learns as little as before.
    malik.api(Method::POST, &api, Some(body(&to, "consent"))).await.is(404);
    for key in ["lena", "heike", "anton", "dora", "lotse"] {
        learns_nothing(&town, key, &case, &note).await;
    }
    let deeds = town.deeds().await.join("\n");
    assert!(deeds.contains("entrusted-passed-on") && !deeds.contains("Angst"), "{deeds}");
    let lines = app::audit::log(&town.app, &crate::town::officer(), None).await.unwrap();
    let about = lines.iter().filter(|line| line.object.to_string() == note);
    assert!(about.clone().count() == 2 && about.clone().all(|line| line.case_number.is_none()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n2_what_was_entrusted_stays_with_its_writer_on_sqlite() {
    entrusted_stays_entrusted(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n2_what_was_entrusted_stays_with_its_writer_on_postgresql() {
    entrusted_stays_entrusted(Engine::Postgres).await;
}

/// From anywhere: "Notiz schreiben", the family, words, save.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_note_is_four_clicks_away_and_kept_while_typing() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    marta.get("/sozialraeume").await.shows("href=\"/notiz\"");
    marta.get("/notiz").await.shows(&format!("href=\"/faelle/{case}/notizen#notiz\""));
    marta.get(&format!("/faelle/{case}/notizen")).await.shows(&format!("data-draft=\"notiz/{case}\""));
    town.as_("fiona").await.get("/sozialraeume").await.hides("href=\"/notiz\"");
    let tomorrow = [("words", "Morgen"), ("confidence", "file"), ("noted_on", "2026-11-21")];
    let page = format!("/faelle/{case}/notizen");
    marta.fill(&page, &page, &tomorrow).await.is(422).shows("in der Zukunft").shows("Morgen");
}
