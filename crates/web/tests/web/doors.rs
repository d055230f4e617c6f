// SPDX-License-Identifier: EUPL-1.2
//! The golden list of routes with the action each asks for, and a knock at every door by people who have
//! no business there.

use crate::client::Client;
use crate::town::{Engine, Town};
use axum::http::Method;
use std::fmt::Write;
use web::kit::routes::{Asks, Route};

#[test]
fn routes_are_what_was_agreed() {
    let mut list = String::from(
        "Every route and the action it asks for. A new route without one does not compile; a change here is a change of rights.\n\n",
    );
    let mut routes = web::listing();
    routes.sort_by_key(|route| (route.path, route.method));
    for route in routes {
        writeln!(list, "{:<5} {:<46} {}", route.method, route.path, route.asks.code()).unwrap();
    }
    crate::golden::compare("docs/routes.txt", &list);
}

fn somewhere(route: &Route) -> String {
    let id = crate::client::chance().to_string();
    route
        .path
        .split('/')
        .map(|part| if part.starts_with('{') { id.as_str() } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

async fn knock(client: &Client, route: &Route) -> u16 {
    let path = somewhere(route);
    if route.path.starts_with("/api/") {
        let body = (route.method == "POST").then(|| serde_json::json!({}));
        let method = if route.method == "POST" { Method::POST } else { Method::GET };
        return client.api(method, &path, body).await.status.as_u16();
    }
    match route.method {
        "POST" => client.post(&path, &[]).await.status.as_u16(),
        _ => client.get(&path).await.status.as_u16(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_get_no_further_than_the_door() {
    let town = Town::new(Engine::Sqlite).await;
    let stranger = town.stranger();
    for route in web::listing().iter().filter(|route| route.asks != Asks::Nobody) {
        let status = knock(&stranger, route).await;
        assert!(matches!(status, 303 | 401), "{} {} answered a stranger with {status}", route.method, route.path);
    }
}

/// Where a door asks for an action, somebody whose role never carries that action gets 404 or 403, or, for a
/// form that is empty, is told what is missing only if the role carries it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_door_asks_the_policy() {
    let town = Town::new(Engine::Sqlite).await;
    for key in ["dora", "greta", "lotse", "ankerteam", "anton", "fiona", "paul"] {
        let client = town.as_(key).await;
        let actor = town.actor(key).await;
        for route in web::listing() {
            let Asks::For(action) = route.asks else { continue };
            if !domain::access::sight(&actor, action).is_nothing() {
                continue;
            }
            let status = knock(&client, &route).await;
            assert!(matches!(status, 403 | 404), "{} {} answered {key} with {status}", route.method, route.path);
        }
    }
}
