// SPDX-License-Identifier: EUPL-1.2
//! What a team carries: each number with its list, whoever left and still stands in cases, and nothing of other teams.

use crate::main_job::{explores, opens};
use crate::protection::begins;
use crate::town::{Engine, Town};
use app::access::{end_post, operator, people};
use axum::http::Method;

/// The row of somebody, from name to the end of the row.
fn row(html: &str, name: &str) -> String {
    html.split("<tr>").find(|row| row.contains(name)).unwrap_or_default().to_owned()
}

async fn a_team_sees_what_it_carries(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, lena) = (town.as_("marta").await, town.as_("lena").await);
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/fristen");
    marta.fill(&page, &page, &[("kind", "own"), ("start", "2026-11-27"), ("words", "Schule anrufen")]).await.is(303);
    begins(&marta, &case, &["Leyla Demir"]).await;
    let html = lena.get("/belegung").await.is(200).text();
    let marta_id = town.actor("marta").await.user;
    let hers = row(&html, "Marta Beispiel");
    assert!(hers.contains(&format!("/faelle?wer={marta_id}")) && hers.contains("Kinderschutz: 1"), "{hers}");
    assert!(row(&html, "Malik Beispiel").contains("<span class=\"muted\">0</span>"), "who carries nothing is there");
    // Each number leads to its list.
    lena.get(&format!("/faelle?wer={marta_id}")).await.shows("Fälle einer Fachkraft").shows("Demir");
    lena.get(&format!("/fristen?wer={marta_id}")).await.shows("Schule anrufen");
    // Another team sees neither the numbers nor the lists; whoever has no cases, nothing at all.
    let heike = town.as_("heike").await;
    heike.get("/belegung").await.hides("Marta Beispiel");
    heike.get(&format!("/faelle?wer={marta_id}")).await.hides("Demir");
    heike.get(&format!("/fristen?wer={marta_id}")).await.hides("Schule anrufen");
    for who in ["fiona", "anton", "ankerteam"] {
        town.as_(who).await.get("/belegung").await.is(404);
    }
    let told = lena.api(Method::GET, "/api/v1/workload", None).await.is(200).json();
    let of = |name: &str| told["people"].as_array().unwrap().iter().find(|one| one["name"] == name).cloned().unwrap();
    assert_eq!(
        (of("Marta Beispiel")["protecting"].as_i64(), of("Marta Beispiel")["in_team"].as_bool()),
        (Some(1), Some(true))
    );
    let all: i64 = ["clarifying", "helped"].iter().map(|what| of("Marta Beispiel")[what].as_i64().unwrap()).sum();
    assert_eq!(all, 1);
    left(&town).await;
}

/// Marta's post ends: her case stands there with a word on what to do, and is not lost.
async fn left(town: &Town) {
    let lena = town.as_("lena").await;
    lena.get("/belegung").await.hides("Nicht mehr im Team");
    let all = people(&town.app, &operator(), String::new()).await.unwrap();
    let marta = all.iter().find(|one| one.name == "Marta Beispiel").unwrap();
    end_post(&town.app, &operator(), None, marta.post.as_ref().unwrap().0).await.unwrap();
    let lena = town.later("lena", "2026-11-30T09:00").await;
    lena.get("/belegung").await.shows("Nicht mehr im Team").shows("übergeben Sie sie").shows("Marta Beispiel");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_sees_what_it_carries_on_sqlite() {
    a_team_sees_what_it_carries(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_sees_what_it_carries_on_postgresql() {
    a_team_sees_what_it_carries(Engine::Postgres).await;
}
