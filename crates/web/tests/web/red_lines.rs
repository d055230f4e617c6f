// SPDX-License-Identifier: EUPL-1.2
//! Red lines of the law, each with somebody who tries to cross it, through the pages and through the API.

use crate::client::chance;
use crate::main_job::{commissions, consults, decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn decided(town: &Town) -> (crate::client::Client, String, String) {
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let plan = decides(&marta, &case).await;
    (marta, case, plan)
}

/// N1: an agency has no way into the office's files, not even into a case it was commissioned in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n1_agencies_pull_nothing() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 100_000, 0).await;
    let (marta, case, plan) = decided(&town).await;
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
    for key in ["lotse", "anker", "ankerteam"] {
        let agency = town.as_(key).await;
        for path in ["", "/wille", "/hilfeplan", "/leistungen", "/beratung"] {
            agency.get(&format!("/faelle/{case}{path}")).await.is(404);
        }
        agency.get("/faelle").await.is(404);
        agency.get("/suche?q=Demir").await.is(404);
        agency.get("/eingang").await.is(404);
        agency.get(&format!("/hilfeplaene/{plan}/pdf")).await.is(404);
        agency.get("/eingang/dubletten?family=Demir").await.is(404).hides("2026-");
        for path in [
            format!("/api/v1/cases/{case}"),
            "/api/v1/cases".into(),
            format!("/api/v1/plans/{plan}"),
            "/api/v1/cases/search?q=Demir".into(),
        ] {
            agency.api(Method::GET, &path, None).await.is(404).hides("Demir");
        }
    }
    // Another agency does not see the mandate either.
    let lotse = town.as_("lotse").await;
    let mandate = lotse.get("/auftraege").await.text().split("href=\"/auftraege/").nth(1).unwrap()[..36].to_owned();
    let anker = town.as_("anker").await;
    anker.get(&format!("/auftraege/{mandate}")).await.is(404);
    anker.api(Method::GET, &format!("/api/v1/mandates/{mandate}"), None).await.is(404);
    anker.post(&format!("/auftraege/{mandate}/bestaetigen"), &[]).await.is(404);
    anker.get("/auftraege").await.is(200).hides("Demir");
}

/// N3: nobody but the office's ASD decides, and nothing waits for the team.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n3_only_the_asd_decides() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    let fields = [
        ("granted", "granted"),
        ("kind", "31"),
        ("from", "2026-12-01"),
        ("until", "2027-01-31"),
        ("reasons", "Weil."),
        ("professionals", "A\nB"),
        ("alternatives", "C"),
        ("rights_told_on", "2026-11-19"),
        ("review_on", "2027-01-15"),
    ];
    let body = json!({
        "granted": true, "help": "31", "from": "2026-12-01", "until": "2027-01-31", "reasons": "Weil.",
        "professionals": ["A", "B"], "alternatives": ["C"], "rights_told_on": "2026-11-19", "review_on": "2027-01-15",
    });
    for key in ["lotse", "ankerteam", "konrad", "fiona", "greta", "anton", "heike"] {
        let other = town.as_(key).await;
        let page = other.post(&format!("/faelle/{case}/entscheidung"), &fields).await.status.as_u16();
        let api = other
            .api(Method::POST, &format!("/api/v1/cases/{case}/decisions"), Some(body.clone()))
            .await
            .status
            .as_u16();
        assert!([403, 404].contains(&page) && [403, 404].contains(&api), "{key}: {page} {api}");
    }
    // The case was in no team meeting, and the ASD decides all the same.
    // What is missing is said once; whoever has seen it decides.
    marta.post(&format!("/faelle/{case}/entscheidung"), &[&fields[..], &[("despite", "1")]].concat()).await.is(303);
    let again = marta.api(Method::POST, &format!("/api/v1/cases/{case}/decisions"), Some(body)).await;
    assert!(again.status.is_success(), "{}", again.text());
}

/// N4: a claim goes through an empty pot; it asks why and opens a top-up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n4_an_empty_pot_stops_no_claim() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        town.plans("Nord", 1_000, 0).await;
        let (marta, case, _) = decided(&town).await;
        let asked = commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800", "").await;
        asked.is(422).shows("Die Hilfe kommt, auch wenn der Plan überschritten wird").shows("4.800");
        commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800", "Rechtsanspruch nach § 31").await.is(303);
        let decision =
            marta.api(Method::GET, &format!("/api/v1/cases/{case}/plans"), None).await.json()["plans"][0]["decision"]
                .clone();
        let body = json!({
            "decision": decision, "agency": town.anker.to_string(), "from": "2026-12-01", "until": "2027-01-31",
            "ceiling_cents": 2_000_000, "wish_answer": "followed", "wish": "Wir möchten Anker.",
        });
        let path = format!("/api/v1/cases/{case}/commissions");
        marta.api(Method::POST, &path, Some(body.clone())).await.is(422).shows("budget.over_plan_reason_missing");
        let mut with_reason = body;
        with_reason["over_plan_reason"] = json!("Rechtsanspruch, zweite Hilfe");
        let through = marta.api(Method::POST, &path, Some(with_reason)).await;
        assert!(through.status.is_success(), "{}", through.text());
        let fiona = town.as_("fiona").await;
        fiona.get("/budget").await.is(200).shows("3.800,00").shows("Rechtsanspruch nach § 31");
        let text = fiona.get("/budget").await.text();
        let link = text.split("href=\"").find(|link| link.contains("decken=")).unwrap().split('"').next().unwrap();
        let link = link.replace("&#38;", "&").replace("&amp;", "&");
        let top_up = link.split("decken=").nth(1).unwrap()[..36].to_owned();
        let cover = format!("/budget/nachsteuerungen/{top_up}");
        // A rest without cover is the council's decision; the page says how much it would be.
        let unsaid = fiona.fill(&link, &cover, &[("resolution", "Ratsbeschluss 7/2026")]).await;
        unsaid.is(422).shows("ohne Deckung").shows("Ratsbeschluss 7/2026");
        let decided = [("resolution", "Ratsbeschluss 7/2026"), ("rest", "uncovered")];
        fiona.fill(&link, &cover, &decided).await.is(303);
        fiona.get("/budget").await.shows("Ratsbeschluss 7/2026");
    }
}

/// N5: every agency can be chosen; the order is that of their names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n5_agencies_stand_in_neutral_order() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 100_000, 0).await;
    let (marta, case, _) = decided(&town).await;
    let text = marta.get(&format!("/faelle/{case}/leistungen")).await.text();
    let (anker, lotse) = (text.find(">Anker e. V.").unwrap(), text.find(">Lotse Jugendhilfe gGmbH").unwrap());
    assert!(anker < lotse, "by name");
    assert!(!text.contains("selected>Anker"), "none is chosen beforehand");
    // Lotse has no seat in the team and is commissioned all the same.
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "500", "").await.is(303);
    let listed = marta.api(Method::GET, "/api/v1/agencies", None).await.text();
    assert!(listed.find("Anker").unwrap() < listed.find("Lotse").unwrap());
}

/// N11: no name reaches the team's agenda, whatever was typed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n11_names_stay_out_of_the_team() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let item = consults(&town, &marta, &case).await;
    for key in ["ankerteam", "konrad", "fiona", "marta"] {
        let member = town.as_(key).await;
        member.get(&format!("/teams/{item}")).await.is(200).hides("Demir").hides("Leyla").hides("Ayşe");
        member
            .api(Method::GET, &format!("/api/v1/agenda-items/{item}"), None)
            .await
            .is(200)
            .hides("Demir")
            .hides("Leyla");
    }
    let member = town.as_("ankerteam").await;
    member.api(Method::GET, &format!("/api/v1/agenda-items/{item}"), None).await.hides(&case);
    town.as_("anker").await.get(&format!("/teams/{item}")).await.is(404);
    town.as_("heike").await.get(&format!("/teams/{item}")).await.is(404);
}

/// N17: who reported stands on no page; whoever asks leaves a line and, but for the case's worker, a reason.
async fn nobody_learns_in_passing_who_reported(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    let taken = marta.api(Method::GET, "/api/v1/reports", None).await.json();
    assert!(!taken.to_string().contains("Erna"), "{taken}");
    let link = marta.get(&format!("/faelle/{case}")).await.text();
    assert!(!link.contains("Erna"));
    let lines = app::audit::log(&town.app, &crate::town::officer(), None).await.unwrap();
    let report = lines.iter().find(|line| line.deed == "report-taken-in").unwrap().object.to_string();
    let (page, path) = (format!("/eingang/{report}"), format!("/eingang/{report}/meldeperson"));
    let api = format!("/api/v1/reports/{report}/reporter");
    // The worker of the case asks, and is told without a reason; it is on record.
    marta.get(&page).await.is(200).hides("Erna Nachbarin").hides("Wozu müssen Sie wissen");
    marta.fill(&page, &path, &[]).await.is(200).shows("Erna Nachbarin").shows("Marta Beispiel, 20.11.2026");
    marta.get(&page).await.hides("Erna Nachbarin");
    // A colleague of the team needs a reason.
    let malik = town.as_("malik").await;
    malik.get(&page).await.is(200).hides("Erna Nachbarin");
    malik.fill(&page, &path, &[]).await.is(422).hides("Erna Nachbarin").shows("Bitte schreiben Sie, wozu");
    malik.api(Method::POST, &api, Some(json!({}))).await.is(422).hides("Erna Nachbarin");
    let why = [("reporter_reason", "Rückruf, Marta ist krank.")];
    malik.fill(&page, &path, &why).await.is(200).shows("Erna Nachbarin").shows("Rückruf, Marta ist krank.");
    // Nobody else gets an answer, with the best of reasons.
    for key in ["heike", "dana", "konrad", "fiona", "paul", "greta", "anton", "dora", "lotse", "ankerteam"] {
        let other = town.as_(key).await;
        let status = other.post(&path, &why).await.hides("Erna").status.as_u16();
        assert!([403, 404].contains(&status), "{key}: {status}");
        let asked = other.api(Method::POST, &api, Some(json!({"reporter_reason": "Neugier"}))).await;
        assert!([403, 404].contains(&asked.hides("Erna").status.as_u16()), "{key}");
    }
    let deeds = town.deeds().await;
    assert_eq!(deeds.iter().filter(|deed| deed.ends_with("reporter-seen")).count(), 2, "{deeds:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n17_who_reported_is_told_on_record_only() {
    nobody_learns_in_passing_who_reported(Engine::Sqlite).await;
    nobody_learns_in_passing_who_reported(Engine::Postgres).await;
}

/// N21: a fixed plan has no way to be changed; a new decision is a new version.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n21_fixed_is_fixed() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case, plan) = decided(&town).await;
    let first = marta.get(&format!("/hilfeplaene/{plan}/pdf")).await.bytes;
    let page = format!("/faelle/{case}/wille");
    let ayse = option(&marta.get(&page).await.text(), "Ayşe Demir");
    let later = [
        ("kind", "will"),
        ("speaker", ayse.as_str()),
        ("words", "Ich will etwas Neues."),
        ("own_part", "Ich fange an."),
        ("said_on", "2026-11-20"),
    ];
    marta.fill(&page, &format!("/faelle/{case}/aussagen"), &later).await.is(303);
    let second = decides(&marta, &case).await;
    assert_ne!(plan, second);
    assert_eq!(first, marta.get(&format!("/hilfeplaene/{plan}/pdf")).await.bytes);
    marta.get(&format!("/hilfeplaene/{second}")).await.is(200).shows("Ich will etwas Neues.");
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for path in [format!("/hilfeplaene/{plan}"), format!("/api/v1/plans/{plan}")] {
            let status = marta.send(method.clone(), &path, Some("")).await.status.as_u16();
            assert!([403, 404, 405].contains(&status), "{method} {path}: {status}");
        }
    }
}

/// N24: no will, no consent, no answer is chosen beforehand, and none is made up when left out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n24_nothing_is_ticked_beforehand() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    for page in [
        "/eingang/neu".to_owned(),
        format!("/faelle/{case}/wille"),
        format!("/faelle/{case}/hilfeplan"),
        format!("/faelle/{case}/beratung"),
    ] {
        let text = marta.get(&page).await.text();
        assert!(!text.contains(" checked"), "{page} has something ticked");
    }
    let silent = [("words", "Ich will das."), ("said_on", "2026-11-20")];
    marta.post(&format!("/faelle/{case}/aussagen"), &silent).await.is(422);
    let nobody = [
        ("kind", "will"),
        ("words", "Die Familie will das."),
        ("own_part", "Sie tut etwas."),
        ("said_on", "2026-11-20"),
        ("speaker", ""),
    ];
    marta.post(&format!("/faelle/{case}/aussagen"), &nobody).await.is(422).shows("Wer hat das gesagt?");
    let body = json!({"kind": "will", "words": "Die Familie will das.", "own_part": "Sie tut etwas.", "said_on": "2026-11-20"});
    marta.api(Method::POST, &format!("/api/v1/cases/{case}/statements"), Some(body)).await.is(422);
    let no_danger =
        json!({"received": "2026-11-20T09:00", "channel": "phone", "said": "Etwas.", "place": "Lindenweg 3"});
    let answer = marta.api(Method::POST, "/api/v1/reports", Some(no_danger)).await;
    assert!(answer.status.is_client_error(), "{}", answer.text());
    marta.post(&format!("/faelle/{}/aussagen", chance()), &nobody).await.is(404);
}
