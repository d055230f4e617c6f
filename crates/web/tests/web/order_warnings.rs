// SPDX-License-Identifier: EUPL-1.2
//! What warns before an agency is commissioned: nothing leaves without a reason, with one it leaves, and the reason stays.

use crate::client::{Answer, Client};
use crate::ending::decides_on;
use crate::main_job::{explores, opens, option};
use crate::people::person;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

const LOTSE: &str = "Lotse Jugendhilfe gGmbH";

async fn orders(worker: &Client, case: &str, anyway: &str) -> Answer {
    let page = format!("/faelle/{case}/leistungen");
    let agency = option(&worker.get(&page).await.text(), LOTSE);
    let fields = [
        ("agency", agency.as_str()),
        ("from", "2026-12-01"),
        ("until", "2027-08-31"),
        ("ceiling", "900"),
        ("wish_told_on", "2026-11-19"),
        ("wish_answer", "not-voiced"),
        ("anyway", anyway),
        ("sections", "goals"),
    ];
    worker.fill(&page, &format!("/faelle/{case}/auftraege"), &fields).await
}

/// What the agency sees of what was sent.
async fn arrived(town: &Town) -> bool {
    town.as_("lotse").await.get("/auftraege").await.text().contains("2026-0001")
}

/// W7: whoever gave the opinion delivers only with a reason, and the reason stays with the commission.
async fn assessor(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let new = json!({"received_on": "2026-11-09", "words": "Schulbegleitung"});
    let made = marta.api(Method::POST, &format!("/api/v1/cases/{case}/applications"), Some(new)).await;
    let id = made.is(200).json()["id"].as_str().unwrap().to_owned();
    let step = json!({"step": "opinion-ordered", "on": "2026-11-12", "words": "Dr. Kern, Lotse Jugendhilfe"});
    marta.api(Method::POST, &format!("/api/v1/applications/{id}/steps"), Some(step)).await.is(200);
    decides_on(&marta, &case, "35a", "2027-08-31", &id).await;
    let page = format!("/faelle/{case}/leistungen");
    orders(&marta, &case, "").await.is(422).shows("soll die Hilfe nicht erbringen").shows("nichts übermittelt");
    assert!(!arrived(&town).await);
    marta.get(&page).await.hides("Trotz eines Hinweises");
    orders(&marta, &case, "Nur dort gibt es jemanden, der gebärdet.").await.is(303);
    assert!(arrived(&town).await);
    let kept = marta.get(&page).await;
    kept.shows("Trotz eines Hinweises beauftragt").shows("Nur dort gibt es jemanden, der gebärdet.");
    // The agency learns nothing of the reason.
    town.as_("lotse").await.get("/auftraege").await.hides("gebärdet");
}

/// W31: a consent towards the agency that was taken back is asked about before anything leaves.
async fn consent(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let mother = person(&marta, &case, "Nazlı Kaplan", "mother", "1990-05-01").await;
    let page = format!("/faelle/{case}/einwilligungen");
    let given = [
        ("giver", mother.as_str()),
        ("released", "Jugendamt Musterhafen"),
        ("towards", LOTSE),
        ("data", "Alles zur Schule"),
        ("purpose", "Hilfe nach § 31"),
        ("given_on", "2026-11-20"),
        ("until", "2026-12-31"),
        ("form", "written"),
    ];
    marta.fill(&page, &page, &given).await.is(303);
    decides_on(&marta, &case, "31", "2027-08-31", "").await;
    let letter = async || {
        let body = json!({"kind": "forwarding", "to_name": LOTSE, "to_address": "Kai 1"});
        marta.api(Method::POST, &format!("/api/v1/cases/{case}/letters"), Some(body)).await
    };
    let id = option(&marta.get(&page).await.text(), "Nazlı Kaplan → ");
    let word = [("consent", id.as_str()), ("revoked_on", "2026-11-20"), ("revoked_words", "Doch nicht.")];
    marta.fill(&page, &format!("{page}/widerruf"), &word).await.is(303);
    orders(&marta, &case, "").await.is(422).shows("abgelaufen oder widerrufen").shows("nichts übermittelt");
    assert!(!arrived(&town).await);
    orders(&marta, &case, "Rechtsanspruch; § 69 Abs. 1 Nr. 1 SGB X, mit der Mutter besprochen.").await.is(303);
    marta.get(&format!("/faelle/{case}/leistungen")).await.shows("mit der Mutter besprochen").shows("§ 67b Abs. 2");
    // A letter to the same body, whatever its kind.
    let made = letter().await.is(201).json()["id"].as_str().unwrap().to_owned();
    marta.get(&format!("/briefe/{made}")).await.shows("abgelaufen oder widerrufen");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w7_an_assessor_delivers_only_with_a_reason_that_stays() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        assessor(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w31_a_consent_taken_back_is_asked_about_before_an_agency_gets_anything() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        consent(engine).await;
    }
}
