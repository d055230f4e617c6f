// SPDX-License-Identifier: EUPL-1.2
//! Contracts over the years: a quota that is kept, and instalments that outlive the year of their promise.

use crate::agreements::{after, agrees, later};
use crate::ledger::{LOTSE, decided, get, proven, year};
use crate::main_job::commissions;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

const QUOTA: [(&str, &str); 4] = [("fonds", "1.000.000"), ("vertrag", "90"), ("faelle", "120"), ("mehrlast", "10")];

/// T7: what was worked out is agreed, once, and read by everybody who may see the agreement.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_overload_quota_is_kept_with_its_agreement() {
    let town = Town::new(Engine::Sqlite).await;
    let fiona = town.as_("fiona").await;
    let page = agrees(&fiona, "77", &[(town.lotse.to_string(), "1")]).await;
    let action = format!("{page}/ueberlastquote");
    let wrong = [("fonds", "12x"), ("vertrag", "190"), ("faelle", "120"), ("mehrlast", "-1")];
    fiona.fill(&page, &action, &wrong).await.is(422).shows("12x").shows("190");
    for key in ["marta", "paul", "lotse"] {
        town.as_(key).await.post(&action, &QUOTA).await.is(403);
    }
    fiona.fill(&page, &action, &QUOTA).await.is(303);
    for key in ["fiona", "lotse", "paul"] {
        let shown = town.as_(key).await.get(&page).await;
        shown.is(200).shows("bis zu 132 Fälle").shows("900.000,00 €").shows("begrenzt keinen Anspruch").hides("«");
    }
    town.as_("anker").await.get(&page).await.is(404);
    fiona.post(&action, &QUOTA).await.is(422).shows("hat schon eine Überlastquote");
    let api = format!("/api/v1/agreements/{}/overload-quota", page.rsplit('/').next().unwrap());
    let kept = get(&fiona, &api).await;
    assert_eq!(kept["overload"]["quota"]["must_serve"], 132);
    let body = kept["overload"]["terms"].clone();
    fiona.api(Method::POST, &api, Some(body.clone())).await.is(422).shows("agreement.overload_known");
    // Facilities and grants have none.
    let grant = agrees(&fiona, "74", &[(town.lotse.to_string(), "1")]).await;
    fiona.get(&grant).await.is(200).hides("/ueberlastquote\"");
    let api = format!("/api/v1/agreements/{}/overload-quota", grant.rsplit('/').next().unwrap());
    fiona.api(Method::POST, &api, Some(body)).await.is(422).shows("agreement.overload_misplaced");
    // The 133rd family is helped like all others: nothing in a commission knows of the quota (N4, N5).
    let small = [("fonds", "1"), ("vertrag", "0"), ("faelle", "0"), ("mehrlast", "0")];
    let page = agrees(&fiona, "77", &[(town.lotse.to_string(), "1")]).await;
    fiona.fill(&page, &format!("{page}/ueberlastquote"), &small).await.is(303);
    let (marta, case) = decided(&town).await;
    commissions(&marta, &case, LOTSE, "500", "Rechtsanspruch").await.is(303);
}

/// Nobody paid before New Year. The year is closed, the money goes with its promise, and so do the instalments.
async fn instalments_go_with_their_money(engine: Engine) {
    let town = Town::new(engine).await;
    let fiona = town.as_("fiona").await;
    let nord = town.region("Nord").await.to_string();
    let plan =
        [("region", nord.as_str()), ("year", "2027"), ("kind", "C"), ("planned", "5.000"), ("note", "Beschluss")];
    fiona.post("/budget/plan", &plan).await.is(303);
    year(&fiona, 2027, "eroeffnung", &[("resolution", "Haushaltssatzung 2027")]).await.is(303);
    let page = agrees(&fiona, "74", &[(town.lotse.to_string(), "1")]).await;
    let raten = [("region", nord.as_str()), ("year", "2027"), ("total", "4.000"), ("paragraph", "11")];
    fiona.fill(&page, &format!("{page}/raten"), &raten).await.is(303);
    let id = after(&fiona.get(&page).await.text(), "/raten/");
    let fiona = later(&town, "2028-01-20", "fiona").await;
    year(&fiona, 2027, "abschluss", &[("resolution", "Rat vom 20.01.2028")]).await.is(303);
    let agency = town.lotse.to_string();
    let which = |due| [("agreement", page.rsplit('/').next().unwrap()), ("agency", agency.as_str()), ("due", due)];
    let pay = format!("/raten/{id}/auszahlungen");
    for due in ["2027-02-15", "2027-05-15", "2027-08-15"] {
        fiona.post(&pay, &which(due)).await.is(303);
    }
    let book = get(&fiona, &format!("/api/v1/budget?region={nord}&year=2028&kind=C")).await["book"].clone();
    assert_eq!((&book["advanced_cents"], &book["committed_cents"]), (&json!(300_000), &json!(100_000)));
    let settle = [("agency", agency.as_str()), ("proven", "3.900"), ("note", "Verwendungsnachweis")];
    fiona.fill(&page, &format!("/raten/{id}/abrechnungen"), &settle).await.is(303);
    let book = get(&fiona, &format!("/api/v1/budget?region={nord}&year=2028&kind=C")).await["book"].clone();
    assert_eq!(
        (&book["drawn_cents"], &book["committed_cents"], &book["advanced_cents"]),
        (&json!(390_000), &json!(0), &json!(0))
    );
    proven(&town).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn instalments_go_with_their_money_on_sqlite() {
    instalments_go_with_their_money(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn instalments_go_with_their_money_on_postgres() {
    instalments_go_with_their_money(Engine::Postgres).await;
}

/// A cover that was taken back covers nothing, and the list says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cover_taken_back_leaves_the_list() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 1_000, 0).await;
    let (marta, case) = decided(&town).await;
    commissions(&marta, &case, LOTSE, "3.000", "Rechtsanspruch").await.is(303);
    let (fiona, nord) = (town.as_("fiona").await, town.region("Nord").await);
    let path = format!("/api/v1/budget?region={nord}");
    let top_up = get(&fiona, &path).await["top_ups"][0]["id"].as_str().unwrap().to_owned();
    let page = format!("/budget?region={nord}&jahr=2026&decken={top_up}");
    let sources = [("own_lines", "1.500; Fortbildung"), ("extra_income", "500"), ("resolution", "Rat 8/2026")];
    fiona.fill(&page, &format!("/budget/nachsteuerungen/{top_up}"), &sources).await.is(303);
    let found = get(&fiona, &format!("{path}&account=top-up")).await;
    let entry = found["entries"].as_array().unwrap().iter().find(|one| one["amount_cents"] == 150_000).unwrap();
    let counter = format!("/api/v1/bookings/{}/counter", entry["id"].as_str().unwrap());
    let body = |cents: i64| Some(json!({"amount_cents": cents, "reason": "Falsche Haushaltsstelle"}));
    fiona.api(Method::POST, &counter, body(50_000)).await.is(201);
    let covers = |found: &serde_json::Value| {
        let all = found["top_ups"][0]["covers"].as_array().unwrap().clone();
        all.iter().map(|one| one["cents"].as_i64().unwrap()).sum::<i64>()
    };
    let found = get(&fiona, &path).await;
    assert_eq!((covers(&found), &found["top_ups"][0]["covered_cents"]), (150_000, &json!(150_000)));
    fiona.api(Method::POST, &counter, body(100_000)).await.is(201);
    let found = get(&fiona, &path).await;
    assert_eq!((covers(&found), found["top_ups"][0]["covers"].as_array().unwrap().len()), (50_000, 1));
    fiona.get(&page).await.is(200).hides("(Fortbildung)").shows("noch 1.500,00 €");
    proven(&town).await;
}
