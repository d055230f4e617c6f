// SPDX-License-Identifier: EUPL-1.2
//! The API as a stranger meets it, and what its extractors take.

use super::{ApiJson, DOCUMENT};
use crate::Web;
use app::{App, Clock, Db};
use axum::body::{Body, to_bytes};
use axum::extract::FromRequest;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION, WWW_AUTHENTICATE};
use axum::http::{Method, Request, StatusCode};
use axum::response::IntoResponse;
use axum::response::Response;
use domain::kernel::{Moment, OfficeId};
use serde_json::{Value, json};
use std::path::PathBuf;
use tower::ServiceExt;
use uuid::Uuid;

/// A house with nobody in it; its file goes with it.
struct House {
    web: Web,
    dir: PathBuf,
}

impl House {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("sozialraum-api-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let db = Db::open_sqlite(&dir.join("office.sqlite")).unwrap();
        let app = App::new(db, OfficeId(Uuid::from_u128(7)), Clock::Fixed(Moment(1_795_000_000_000)));
        Self { web: Web { app, demo: false, office: "Amt".into(), site: crate::Site::default() }, dir }
    }

    async fn ask(&self, method: Method, path: &str, body: &str) -> Response {
        let request = Request::builder().method(method).uri(path).header(CONTENT_TYPE, "application/json");
        let request = request.header(AUTHORIZATION, "Bearer made-up").body(Body::from(body.to_owned())).unwrap();
        crate::router(self.web.clone()).oneshot(request).await.unwrap()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.dir));
    }
}

async fn problem(response: Response, status: StatusCode, kind: &str) -> Value {
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    let body = to_bytes(response.into_body(), 100_000).await.unwrap();
    let problem: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(problem["type"], format!("urn:sozialraum:problem:{kind}"));
    assert_eq!(problem["status"], status.as_u16());
    assert!(!problem["title"].as_str().unwrap().starts_with('«'), "{problem}");
    problem
}

#[tokio::test]
async fn a_stranger_gets_401_at_every_door_and_is_never_sent_elsewhere() {
    let house = House::new("stranger");
    let json = serde_json::to_value(&*DOCUMENT).unwrap();
    for (path, item) in json["paths"].as_object().unwrap().iter().filter(|(path, _)| *path != "/api/v1/sessions") {
        for method in item.as_object().unwrap().keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let path = path.replace("{id}", &Uuid::from_u128(1).to_string());
            let response = house.ask(method, &path, "{}").await;
            assert_eq!(response.headers().get(LOCATION), None, "{path}");
            assert_eq!(response.headers()[WWW_AUTHENTICATE], "Bearer", "{path}");
            problem(response, StatusCode::UNAUTHORIZED, "signed-out").await;
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_too() {
    let house = House::new("nothing");
    problem(house.ask(Method::GET, "/api/v1/nothing", "").await, StatusCode::NOT_FOUND, "not-found").await;
    problem(house.ask(Method::GET, "/api", "").await, StatusCode::NOT_FOUND, "not-found").await;
    let deleted = house.ask(Method::DELETE, "/api/v1/sessions", "").await;
    problem(deleted, StatusCode::METHOD_NOT_ALLOWED, "wrong-method").await;
    assert_eq!(house.ask(Method::GET, "/api/openapi.json", "").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_refusal_names_field_rule_and_sentence() {
    let house = House::new("refused");
    let sent = house.ask(Method::POST, "/api/v1/sessions", r#"{"email":"mira","password":"x"}"#).await;
    let refused = problem(sent, StatusCode::UNPROCESSABLE_ENTITY, "refused").await;
    let message = "Das ist keine E-Mail-Adresse. Beispiel: name@amt.example";
    assert_eq!(refused["errors"], json!([{"field": "email", "rule": "email.unlikely", "message": message}]));
    let unknown = r#"{"email":"mira@amt.example","password":"Ein Satz"}"#;
    let sent = house.ask(Method::POST, "/api/v1/sessions", unknown).await;
    let refused = problem(sent, StatusCode::UNPROCESSABLE_ENTITY, "refused").await;
    assert_eq!(refused["errors"][0]["rule"], "sign_in.wrong");
}

#[tokio::test]
async fn unknown_fields_and_broken_json_are_unreadable() {
    let house = House::new("unreadable");
    for body in [r#"{"email":"a@b.example","passwort":"x"}"#, r#"{"email":1}"#, "{", "[]x"] {
        let sent = house.ask(Method::POST, "/api/v1/sessions", body).await;
        let unreadable = problem(sent, StatusCode::BAD_REQUEST, "unreadable").await;
        assert!(unreadable["hint"].is_string(), "{unreadable}");
    }
    let large = format!(r#"{{"email":"{}"}}"#, "a".repeat(1024 * 1024));
    let sent = house.ask(Method::POST, "/api/v1/sessions", &large).await;
    problem(sent, StatusCode::PAYLOAD_TOO_LARGE, "too-large").await;
}

async fn taken(key: Option<&str>, kind: &str, path: &str, body: &str) -> Result<ApiJson<Value>, Response> {
    let request = Request::post(path).header(CONTENT_TYPE, kind);
    let request = key.into_iter().fold(request, |request, key| request.header("Idempotency-Key", key));
    let request = request.body(Body::from(body.to_owned())).unwrap();
    ApiJson::from_request(request, &()).await.map_err(IntoResponse::into_response)
}

#[tokio::test]
async fn a_change_needs_a_key_and_json() {
    let key = Some("0190b3a0-0000-7000-8000-000000000001");
    let missing = StatusCode::BAD_REQUEST;
    problem(taken(None, "application/json", "/a", "{}").await.unwrap_err(), missing, "key-missing").await;
    problem(taken(Some("1"), "application/json", "/a", "{}").await.unwrap_err(), missing, "key-missing").await;
    problem(taken(key, "text/plain", "/a", "{}").await.unwrap_err(), missing, "unreadable").await;
    let first = taken(key, "application/json; charset=utf-8", "/a", "{}").await.unwrap_or_else(|_| panic!()).key;
    let again = taken(key, "application/json", "/a", "{}").await.unwrap_or_else(|_| panic!()).key;
    let other_body = taken(key, "application/json", "/a", "{ }").await.unwrap_or_else(|_| panic!()).key;
    let other_path = taken(key, "application/json", "/b", "{}").await.unwrap_or_else(|_| panic!()).key;
    assert_eq!(first.fingerprint, again.fingerprint);
    assert_ne!(first.fingerprint, other_body.fingerprint);
    assert_ne!(first.fingerprint, other_path.fingerprint);
}
