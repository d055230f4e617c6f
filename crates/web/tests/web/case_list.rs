// SPDX-License-Identifier: EUPL-1.2
//! Lists of cases show what runs; what ended is one choice away. Search says what it needs.

use crate::client::Client;
use crate::main_job::opens;
use crate::people::person;
use crate::town::{Engine, Town};
use axum::http::Method;

/// A case that ended stands in no list of what runs, and is reached by its stage.
pub async fn ended_stands_apart(worker: &Client, case: &str) {
    let link = format!("/faelle/{case}\"");
    worker.get("/faelle").await.hides(&link).shows("keinen laufenden Fall");
    worker.get("/").await.hides(&link);
    worker.get("/faelle?wessen=team").await.hides(&link);
    for which in ["stand=ended", "stand=all", "wessen=team&stand=ended", "wessen=team&stand=all"] {
        worker.get(&format!("/faelle?{which}")).await.shows(&link).shows("Ein Fall, zuletzt");
    }
    worker.get("/faelle?stand=running").await.hides(&link).shows("Kein Fall passt");
    let all = worker.api(Method::GET, "/api/v1/cases?stage=all", None).await.json();
    let open = worker.api(Method::GET, "/api/v1/cases", None).await.json();
    assert_eq!((&all["total"], &open["total"]), (&1.into(), &0.into()));
    worker.api(Method::GET, "/api/v1/cases?stage=somewhere", None).await.is(422);
}

async fn chosen_by_stage_and_area(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    let link = format!("/faelle/{case}\"");
    marta.get("/faelle").await.shows(&link).shows("alle laufenden").shows("alle, auch beendete");
    marta.get("/faelle?stand=opened").await.shows(&link);
    marta.get("/faelle?stand=ended").await.hides(&link).shows("Kein Fall passt");
    marta.get("/faelle?bereich=danger").await.hides(&link);
    marta.get("/faelle?bereich=service").await.hides(&link);
    let page = format!("/faelle/{case}/bereich");
    for area in ["service", "danger"] {
        let new = [("area", area), ("since", "20.11.2026"), ("facts", "Abends allein gesehen.")];
        marta.fill(&page, &page, &new).await.is(303);
        marta.get(&format!("/faelle?bereich={area}")).await.shows(&link);
        marta.get(&format!("/faelle?wessen=team&bereich={area}&stand=opened")).await.shows(&link);
    }
    // The newest area counts.
    marta.get("/faelle?bereich=service").await.hides(&link);
    let found = marta.api(Method::GET, "/api/v1/cases?area=danger&stage=opened", None).await.json();
    assert_eq!(found["total"], 1);
    // What is no choice narrows nothing, and nobody sees more by a choice.
    marta.get("/faelle?stand=nirgends&bereich=ueberall").await.shows(&link);
    town.as_("heike").await.get("/faelle?wessen=team&stand=all").await.hides(&link);
}

async fn three_letters_are_needed(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    let page = format!("/faelle/{case}/menschen");
    let kaplan = person(&marta, &case, "Nazlı Kaplan", "mother", "1990-05-01").await;
    person(&marta, &case, "Minh Ng", "relative", "").await;
    let contact = [("person", kaplan.as_str()), ("contact", "040 / 123 45-678")];
    marta.fill(&page, &format!("/faelle/{case}/kontakte"), &contact).await.is(303);
    let link = format!("/faelle/{case}\"");
    for words in ["kap", "naz", "dem", "min", "040", "678", "0001", "2026-0001", "202"] {
        marta.get(&format!("/suche?q={words}")).await.shows(&link).hides("mindestens drei Buchstaben");
    }
    for words in ["ka", "k", "20", "k."] {
        let told = marta.get(&format!("/suche?q={words}")).await;
        told.hides(&link).shows("mindestens drei Buchstaben oder Ziffern").shows("Niemand heißt genau");
    }
    // A whole name of two letters is one; the counter of the number stays whatever the family is called.
    marta.get("/suche?q=Ng").await.shows(&link).shows("mindestens drei Buchstaben").hides("Niemand heißt genau");
    marta.get("/suche?q=").await.hides(&link).shows("mindestens drei Buchstaben").hides("Niemand heißt genau");
    let name = [("family", "Kaplan")];
    marta.fill(&format!("/faelle/{case}/wille"), &format!("/faelle/{case}/name"), &name).await.is(303);
    for words in ["0001", "kap"] {
        marta.get(&format!("/suche?q={words}")).await.shows(&link);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ended_and_every_area_is_one_choice_away() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        chosen_by_stage_and_area(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn search_says_that_three_letters_are_needed() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        three_letters_are_needed(engine).await;
    }
}
