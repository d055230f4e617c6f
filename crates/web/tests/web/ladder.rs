// SPDX-License-Identifier: EUPL-1.2
//! The ladder of goals: hints that never block, ratings of all sides that are never overwritten.

use crate::main_job::{decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

/// The ladder is the team's: nobody else sees it or rates in it.
async fn others_see_nothing(town: &Town, case: &str, step: &str) {
    let rating = json!({"rater": "office", "level": "reached", "said_on": "2026-11-20"});
    let silent = [("goal", step), ("said_on", "2026-11-20")];
    for key in ["heike", "lotse", "ankerteam", "fiona", "anton"] {
        let other = town.as_(key).await;
        let api = format!("/api/v1/goals/{step}/ratings");
        other.get(&format!("/faelle/{case}/ziele")).await.is(404).hides("Leyla malt");
        other.api(Method::GET, &format!("/api/v1/cases/{case}/goals"), None).await.is(404).hides("Leyla malt");
        other.api(Method::POST, &api, Some(rating.clone())).await.is(404);
        other.post(&format!("/faelle/{case}/bewertungen"), &silent).await.is(404);
    }
}

async fn a_ladder_grows(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/ziele");
    let (steps, ratings) = (format!("/faelle/{case}/handlungsziele"), format!("/faelle/{case}/bewertungen"));
    let text = marta.get(&page).await.text();
    let (goal, ayse) = (option(&text, "Leyla hat nachmittags"), option(&text, "Ayşe Demir"));
    // A clumsy goal is kept as it was said, with hints beside it.
    let clumsy = [("under", goal.as_str()), ("words", "Es gibt keinen Streit."), ("owner", ayse.as_str())];
    marta.fill(&page, &steps, &[&clumsy[..], &[("agreed_on", "2026-11-20")]].concat()).await.is(303);
    let shown = marta.get(&page).await;
    shown.shows("Es gibt keinen Streit.").shows("Es steht kein Tag dabei").shows("Was ist stattdessen?");
    let smart =
        [("under", goal.as_str()), ("words", "Leyla malt zweimal in der Woche im Haus."), ("owner", ayse.as_str())];
    let days = [("agreed_on", "2026-11-20"), ("due_on", "2027-02-01")];
    marta.fill(&page, &steps, &[&smart[..], &days].concat()).await.is(303);
    let back = [("agreed_on", "2026-11-20"), ("due_on", "2026-11-01")];
    marta.fill(&page, &steps, &[&smart[..], &back].concat()).await.is(422).shows("Das Ende liegt vor dem Tag");
    // Each side says its own, twice, and everything stays.
    let step = option(&marta.get(&page).await.text(), "Leyla malt zweimal");
    for (rater, level, words) in [
        ("child", "begun", "Ich war schon da."),
        ("office", "half", ""),
        ("child", "reached", "Ich gehe immer hin!"),
        ("agency", "mostly", "Verlässlich seit zwei Wochen."),
        ("family", "dropped", "Wir haben etwas Besseres."),
    ] {
        let fields =
            [("goal", step.as_str()), ("rater", rater), ("level", level), ("words", words), ("said_on", "2026-11-20")];
        marta.fill(&page, &ratings, &fields).await.is(303);
    }
    let shown = marta.get(&page).await;
    for said in ["Ich war schon da.", "Ich gehe immer hin!", "Verlässlich seit zwei Wochen.", "nicht mehr verfolgt"] {
        shown.shows(said);
    }
    let silent = [("goal", step.as_str()), ("said_on", "2026-11-20")];
    marta.fill(&page, &ratings, &silent).await.is(422).shows("2 Angaben");
    let tomorrow = [("goal", step.as_str()), ("rater", "child"), ("level", "half"), ("said_on", "2026-11-21")];
    marta.fill(&page, &ratings, &tomorrow).await.is(422).shows("in der Zukunft");
    let early = [("goal", step.as_str()), ("rater", "child"), ("level", "half"), ("said_on", "2026-11-19")];
    marta.fill(&page, &ratings, &early).await.is(422).shows("Da gab es dieses Ziel noch nicht");
    // The API tells the same, and an action goal is no direction.
    let ladder = marta.api(Method::GET, &format!("/api/v1/cases/{case}/goals"), None).await.json();
    assert_eq!(
        (ladder["goals"].as_array().map(Vec::len), ladder["ratings"].as_array().map(Vec::len)),
        (Some(3), Some(5))
    );
    // No longer pursued is a word of its own, and nobody's failure.
    let levels: Vec<_> = ladder["ratings"].as_array().unwrap().iter().map(|one| one["level"].as_str()).collect();
    assert!(levels.contains(&Some("dropped")) && !levels.contains(&Some("not-reached")), "{levels:?}");
    assert_eq!(ladder["goals"][1]["hints"], json!(["no-day", "no-measure", "avoids"]));
    let under = json!({"words": "Noch tiefer", "owner": ayse, "agreed_on": "2026-11-20"});
    let refused = marta.api(Method::POST, &format!("/api/v1/goals/{step}/steps"), Some(under)).await;
    refused.is(422).shows("goal.not_a_direction");
    let rating = json!({"rater": "office", "level": "reached", "said_on": "2026-11-20"});
    marta.api(Method::POST, &format!("/api/v1/goals/{step}/ratings"), Some(rating)).await.is(201);
    others_see_nothing(&town, &case, &step).await;
    let plan = decides(&marta, &case).await;
    marta.get(&format!("/hilfeplaene/{plan}")).await.shows("Handlungsziel: Leyla malt zweimal");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goals_have_steps_and_every_side_its_say_on_sqlite() {
    a_ladder_grows(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goals_have_steps_and_every_side_its_say_on_postgresql() {
    a_ladder_grows(Engine::Postgres).await;
}
