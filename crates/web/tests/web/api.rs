// SPDX-License-Identifier: EUPL-1.2
//! The main job once more, by a program: from a report to an acknowledged mandate through the JSON API.

use crate::client::{Answer, Client, chance};
use crate::town::{Engine, Town};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Request};
use serde_json::{Value as Json, json};

async fn get(client: &Client, path: &str) -> Json {
    let answer = client.api(Method::GET, path, None).await;
    answer.is(200);
    answer.json()
}

/// Does something; answers its id.
async fn post(client: &Client, path: &str, body: Json) -> String {
    let answer = client.api(Method::POST, path, Some(body)).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text());
    answer.json()["id"].as_str().map(str::to_owned).unwrap_or_else(|| panic!("{}", answer.text()))
}

#[track_caller]
fn refused(answer: &Answer, fields: &[&str]) {
    answer.is(422);
    let errors = answer.json()["errors"].clone();
    let named: Vec<&str> =
        errors.as_array().into_iter().flatten().filter_map(|error| error["field"].as_str()).collect();
    assert_eq!(named, fields, "{}", answer.text());
}

fn report() -> Json {
    json!({
        "received": "2026-11-19T15:30:00Z", "channel": "phone", "said": "Das Kind ist oft allein.",
        "place": "Lindenweg 12", "danger": "none", "family": "Demir",
        "reporter": {"kind": "private", "name": "Erna Nachbarin"},
    })
}

/// A case with a person, a will, a goal, a resource; answers case and person.
async fn opens(marta: &Client) -> (String, String) {
    let id = post(marta, "/api/v1/reports", report()).await;
    assert_eq!(get(marta, &format!("/api/v1/reports/{id}/receipt")).await["team"], "Team Hafen");
    let shown = get(marta, &format!("/api/v1/reports/{id}")).await;
    assert!(shown["may_ask_who"] == true && !shown.to_string().contains("Erna"), "{shown}");
    let look = format!("/api/v1/reports/{id}/reporter");
    refused(&marta.api(Method::POST, &look, Some(json!({}))).await, &["reporter_reason"]);
    let told = marta.api(Method::POST, &look, Some(json!({"reporter_reason": "Rückfrage zur Uhrzeit"}))).await;
    assert_eq!(told.is(200).json()["name"], "Erna Nachbarin");
    assert_eq!(shown["report"]["received"], "2026-11-19T15:30:00Z");
    let case = post(marta, &format!("/api/v1/reports/{id}/case"), json!({"family": "Demir"})).await;
    let at = |what: &str| format!("/api/v1/cases/{case}/{what}");
    let ayse = post(marta, &at("people"), json!({"name": "Ayşe Demir", "role": "mother"})).await;
    let will = json!({"kind": "will", "words": "Ich will Ruhe.", "speaker": ayse, "said_on": "2026-11-20"});
    post(marta, &at("statements"), will).await;
    post(marta, &at("goals"), json!({"words": "Ruhe am Abend", "owner": ayse, "agreed_on": "2026-11-20"})).await;
    post(marta, &at("strengths"), json!({"field": "social", "words": "Die Nachbarin"})).await;
    let shown = get(marta, &format!("/api/v1/cases/{case}")).await;
    assert_eq!(shown["statements"][0]["kind"], "wish", "a will without an own part stays a wish");
    assert_eq!(get(marta, "/api/v1/cases?whose=teams").await["total"], 1);
    assert_eq!(get(marta, "/api/v1/cases/search?q=Demir").await["cases"][0]["id"], json!(case));
    (case, ayse)
}

async fn consults(town: &Town, marta: &Client, case: &str) {
    let question =
        json!({"question": "Was hilft Ayşe Demir?", "sheet": "Frau Demir ist müde.", "meets_on": "2026-11-25"});
    let item = post(marta, &format!("/api/v1/cases/{case}/agenda-items"), question).await;
    let member = town.as_("ankerteam").await;
    member.api(Method::GET, "/api/v1/agenda-items", None).await.is(200).hides(case).hides("Demir");
    let path = format!("/api/v1/agenda-items/{item}");
    assert_eq!(get(&member, &path).await["case"], Json::Null);
    assert_eq!(get(marta, &path).await["case"], json!(case));
    post(&member, &format!("{path}/ideas"), json!({"kind": "dissent", "words": "Ich sehe das anders."})).await;
    let close = format!("{path}/close");
    member.api(Method::POST, &close, Some(json!({}))).await.is(403);
    post(marta, &close, json!({"minutes": "Drei Ideen."})).await;
    member.api(Method::POST, &format!("{path}/ideas"), Some(json!({"kind": "own", "words": "Spät"}))).await.is(422);
}

async fn decides(marta: &Client, case: &str) -> String {
    let path = format!("/api/v1/cases/{case}/decisions");
    let nothing = marta.api(Method::POST, &path, Some(json!({}))).await;
    refused(&nothing, &["granted", "help", "from", "review_on"]);
    let body = json!({
        "granted": true, "help": "31", "from": "2026-12-01", "until": "2027-08-31", "reasons": "Weil es hilft.",
        "professionals": ["A", "B"], "alternatives": ["Patenfamilie"], "rights_told_on": "2026-11-19",
        "review_on": "2027-03-01", "services": "Gespräche", "extent": {"hundredths": 750, "unit": "hours-a-week"},
        "attendance": [{"name": "Jan", "presence": "absent", "why": "Schicht"}],
        "parts": [{"part": "siblings", "words": "Keine."}],
    });
    let mut twice = body.clone();
    twice["parts"] = json!([{"part": "siblings", "words": "A"}, {"part": "siblings", "words": "B"}]);
    refused(&marta.api(Method::POST, &path, Some(twice)).await, &["parts"]);
    let decision = post(marta, &path, body).await;
    let plans = get(marta, &format!("/api/v1/cases/{case}/plans")).await;
    assert_eq!(plans["plans"][0]["decision"], json!(decision));
    let plan = plans["plans"][0]["id"].as_str().unwrap_or_default();
    let content = get(marta, &format!("/api/v1/plans/{plan}")).await["content"].clone();
    assert_eq!(content["reasons"], "Weil es hilft.");
    assert_eq!(content["extent"], json!({"hundredths": 750, "unit": "hours-a-week"}));
    assert_eq!(content["parts"], json!([{"part": "siblings", "words": "Keine."}]));
    assert_eq!(content["attendance"][0]["presence"], "absent");
    assert!(content["gaps"].to_string().contains("no-agency"), "{content}");
    decision
}

async fn commissions(town: &Town, marta: &Client, case: &str, decision: &str) {
    let agencies = get(marta, "/api/v1/agencies").await;
    let lotse = agencies["agencies"].as_array().into_iter().flatten().find(|agency| agency["name"] != "Anker e. V.");
    let mut order = json!({
        "decision": decision, "agency": lotse.map(|agency| agency["id"].clone()), "from": "2026-12-01",
        "until": "2027-05-31", "ceiling_cents": 480_000,
        "wish_told_on": "2026-11-19", "wish_answer": "followed", "wish": "Wir möchten Lotse.",
    });
    let path = format!("/api/v1/cases/{case}/commissions");
    refused(&marta.api(Method::POST, &path, Some(order.clone())).await, &["over_plan_reason"]);
    order["over_plan_reason"] = json!("Rechtsanspruch");
    order["decision"] = json!(chance().to_string());
    marta.api(Method::POST, &path, Some(order.clone())).await.is(404);
    order["decision"] = json!(decision);
    post(marta, &path, order).await;
    assert_eq!(get(marta, &path).await["commissions"][0]["ceiling_cents"], 480_000);
    let fiona = town.as_("fiona").await;
    let region = town.region("Nord").await;
    let budget = get(&fiona, &format!("/api/v1/budget?region={region}&year=2026")).await;
    assert_eq!(budget["book"]["committed_cents"], 480_000);
    let top_up = budget["top_ups"][0]["id"].as_str().unwrap_or_default().to_owned();
    let cover = format!("/api/v1/budget/top-ups/{top_up}/cover");
    marta.api(Method::POST, &cover, Some(json!({"resolution": "Rat"}))).await.is(403);
    post(&fiona, &cover, json!({"resolution": "Ratsbeschluss", "rest_is_decided": true})).await;
    let plan =
        json!({"region": region.to_string(), "year": 2026, "planned_cents": 1, "top_slice_cents": 1, "note": "X"});
    refused(&fiona.api(Method::POST, "/api/v1/budget/plans", Some(plan)).await, &["top_slice_cents"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_main_job_through_the_api() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 1_000, 0).await;
    let marta = town.as_("marta").await;
    assert_eq!(get(&marta, "/api/v1/me").await["posts"][0]["role"], "case-worker");
    let (case, _) = opens(&marta).await;
    consults(&town, &marta, &case).await;
    let decision = decides(&marta, &case).await;
    commissions(&town, &marta, &case, &decision).await;
    let lotse = town.as_("lotse").await;
    let mandates = get(&lotse, "/api/v1/mandates").await;
    assert_eq!(mandates["mandates"][0]["plan"]["reasons"], "", "the office's reasons stay with the office");
    let mandate = format!("/api/v1/mandates/{}", mandates["mandates"][0]["id"].as_str().unwrap_or_default());
    post(&lotse, &format!("{mandate}/acknowledgement"), json!({})).await;
    assert!(get(&lotse, &mandate).await["acknowledged_at"].is_string());
    lotse.api(Method::GET, &format!("/api/v1/cases/{case}"), None).await.is(404);
    post(&marta, "/api/v1/sessions/end", json!({})).await;
    marta.api(Method::GET, "/api/v1/me", None).await.is(401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_directory_through_the_api() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    assert_eq!(get(&marta, "/api/v1/spaces").await["spaces"].as_array().map(Vec::len), Some(4));
    let card = json!({"name": "Café am Hafen", "kind": "place", "topics": ["meeting"], "about": "Offen für alle.", "visibility": "public"});
    let id = post(&marta, "/api/v1/resources", card).await;
    post(&marta, &format!("/api/v1/resources/{id}/confirmation"), json!({})).await;
    assert_eq!(get(&marta, "/api/v1/resources?q=caf").await["resources"][0]["id"], json!(id));
    assert!(get(&marta, "/api/v1/reports").await["cards"].is_array());
    marta.api(Method::GET, "/api/v1/cases?after=x", None).await.is(422);
    marta.api(Method::GET, "/api/v1/cases?whose=all", None).await.is(422);
    marta.api(Method::GET, "/api/v1/cases/search", None).await.is(400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_wrong_is_said_at_once_and_nothing_is_assumed() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let nothing = marta.api(Method::POST, "/api/v1/reports", Some(json!({"reporter": {}}))).await;
    refused(&nothing, &["received", "channel", "said", "place", "danger", "reporter.kind"]);
    nothing.shows("Bitte wählen Sie eine Möglichkeit aus.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sent_twice_is_done_once() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let key = chance().to_string();
    let send = async |body: &Json, key: Option<&str>| {
        let request = Request::post("/api/v1/reports").header("cookie", marta.cookie());
        let request = key.into_iter().fold(request, |request, key| request.header("idempotency-key", key));
        let request = request.header(CONTENT_TYPE, "application/json").body(Body::from(body.to_string()));
        marta.answer(request.unwrap_or_default()).await
    };
    let first = send(&report(), Some(&key)).await;
    let again = send(&report(), Some(&key)).await;
    assert_eq!(first.is(201).json(), again.is(201).json());
    let mut other = report();
    other["said"] = json!("Etwas anderes.");
    send(&other, Some(&key)).await.is(409).shows("key-reused");
    send(&other, None).await.is(400).shows("key-missing");
    assert_eq!(get(&marta, "/api/v1/reports").await["cards"].as_array().map(Vec::len), Some(1));
}
