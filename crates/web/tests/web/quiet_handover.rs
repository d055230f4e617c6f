// SPDX-License-Identifier: EUPL-1.2
//! A case with a protected address changes hands: nothing that is typed tells the address, and what was typed before it
//! was protected is taken out wherever a hand-over is shown.

use crate::client::Client;
use crate::main_job::{explores, opens, option};
use crate::sealed::{every_page_is_silent, silent};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

const TOLD: &str = "Bei Ayşe im Ginsterweg 7";

async fn seal(marta: &Client, case: &str) {
    let will = marta.get(&format!("/faelle/{case}/wille")).await.text();
    let ayse = option(&will, "Ayşe Demir");
    let page = format!("/faelle/{case}/menschen");
    let sealed = [
        ("person", ayse.as_str()),
        ("place", "Ginsterweg 7, 22844 Musterhafen"),
        ("reason", "register"),
        ("why", "Bedrohung durch den früheren Partner."),
        ("review_on", "20.11.2027"),
    ];
    marta.fill(&page, &format!("/faelle/{case}/schutzadressen"), &sealed).await.is(303);
}

async fn open(marta: &Client) -> String {
    let list = marta.api(Method::GET, "/api/v1/handovers", None).await.json();
    let open = list["handovers"].as_array().unwrap().iter().find(|one| one["state"] == "open").unwrap();
    open["id"].as_str().unwrap().to_owned()
}

async fn every_look(town: &Town, case: &str, id: &str) {
    every_page_is_silent(town, case).await;
    for key in ["marta", "malik", "heike", "lena", "konrad", "fiona", "anton", "dora", "lotse", "ankerteam"] {
        let client = town.as_(key).await;
        for path in [
            format!("/uebergaben/{id}"),
            "/uebergaben".to_owned(),
            format!("/faelle/{case}/uebergabe"),
            format!("/faelle/{case}/uebergabeblatt"),
        ] {
            silent(&client.get(&path).await, &format!("{key} {path}"));
        }
        for path in ["/api/v1/handovers".to_owned(), format!("/api/v1/cases/{case}/handover-sheet")] {
            silent(&client.api(Method::GET, &path, None).await, &format!("{key} {path}"));
        }
    }
}

/// What is typed now is refused at its field.
async fn nothing_new_tells(marta: &Client, id: &str) {
    let (arrange, hold, keep) = (
        format!("/uebergaben/{id}/verabreden"),
        format!("/uebergaben/{id}/gespraech"),
        format!("/uebergaben/{id}/bleibt"),
    );
    for (path, fields) in [
        (&arrange, vec![("due_on", "2026-11-27"), ("with_whom", TOLD)]),
        (&hold, vec![("held_on", "2026-11-20"), ("with_whom", TOLD), ("family", "present")]),
        (&hold, vec![("held_on", "2026-11-20"), ("with_whom", "Alle"), ("family", "present"), ("words", TOLD)]),
        (&keep, vec![("why", TOLD)]),
    ] {
        let answer = marta.post(path, &fields).await;
        assert_eq!(answer.status.as_u16(), 422, "{path} {fields:?}: {}", answer.text());
        assert!(answer.text().contains("verrät eine geschützte Anschrift"), "{path} {fields:?} does not say why");
    }
}

async fn a_quiet_handover(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    // Written down while nobody knew.
    let way = format!("/faelle/{case}/uebergabe");
    let office = [
        ("office", "Jugendamt am Ginsterweg 7"),
        ("why", "Sie zieht in den Ginsterweg 7"),
        ("promised", "Anruf im Ginsterweg 7"),
        ("due_on", "2026-12-01"),
    ];
    marta.fill(&way, &format!("{way}/amt"), &office).await.is(303);
    let id = open(&marta).await;
    let page = format!("/uebergaben/{id}");
    marta.fill(&page, &format!("{page}/verabreden"), &[("due_on", "2026-11-27"), ("with_whom", TOLD)]).await.is(303);
    marta.get(&page).await.shows("Ginsterweg");
    seal(&marta, &case).await;
    every_look(&town, &case, &id).await;
    marta.get(&page).await.is(200).shows("[geschützt]");
    nothing_new_tells(&marta, &id).await;
    let talk = json!({"held_on": "2026-11-20", "with_whom": TOLD, "family": "present", "words": null, "worker": null});
    let told = marta.api(Method::POST, &format!("/api/v1/handovers/{id}/conversation"), Some(talk)).await;
    assert_eq!(told.status.as_u16(), 422, "{}", told.text());
    marta.post(&format!("{page}/bleibt"), &[("why", "Die Familie bittet darum.")]).await.is(303);
    every_look(&town, &case, &id).await;
    nothing_new_tells_at_the_beginning(&marta, &case).await;
}

async fn nothing_new_tells_at_the_beginning(marta: &Client, case: &str) {
    let office = format!("/faelle/{case}/uebergabe/amt");
    let north = ("office", "Jugendamt Nord");
    for fields in [
        vec![("office", TOLD), ("why", "Umzug"), ("due_on", "2026-12-01")],
        vec![
            north,
            ("why", "Umzug"),
            ("talk_on", "2026-11-20"),
            ("talk_with", TOLD),
            ("family", "present"),
            ("due_on", "2026-12-01"),
        ],
        vec![north, ("why", "Umzug"), ("no_talk_why", TOLD), ("due_on", "2026-12-01")],
    ] {
        let answer = marta.post(&office, &fields).await;
        assert_eq!(answer.status.as_u16(), 422, "{fields:?}: {}", answer.text());
        assert!(answer.text().contains("verrät eine geschützte Anschrift"), "{fields:?}: {}", answer.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handover_tells_no_protected_address_on_sqlite() {
    a_quiet_handover(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handover_tells_no_protected_address_on_postgres() {
    a_quiet_handover(Engine::Postgres).await;
}
