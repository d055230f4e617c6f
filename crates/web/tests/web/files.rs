// SPDX-License-Identifier: EUPL-1.2
//! Files of the budget: what is in them, once, and for whom.

use crate::agreements::later;
use crate::ledger::{LOTSE, decided, get};
use crate::main_job::commissions;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn delivered_once(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 10_000, 0).await;
    let (fiona, felix) = (town.as_("fiona").await, town.as_("felix").await);
    let page = "/budget/uebergaben";
    fiona.fill(page, page, &[("columns", "amount")]).await.is(422).shows("Es gibt nichts zu übergeben");
    let nord = town.region("Nord").await.to_string();
    let promises = format!("/budget/zusagen?region={nord}&jahr=2026&mittel=A");
    let income = [("region", nord.as_str()), ("year", "2026"), ("kind", "A"), ("flow", "contributions")];
    let income =
        [income.as_slice(), &[("paragraph", "31"), ("amount", "12,34"), ("note", "=HYPERLINK(\"x\")")]].concat();
    fiona.fill(&promises, "/budget/einnahmen", &income).await.is(303);
    let wrong = fiona.fill(page, page, &[("columns", "amount,amount")]).await;
    wrong.is(422).shows("jede nur einmal").shows("amount,amount");
    fiona.fill(page, page, &[("columns", "delivery,number,day,product,account-text,amount")]).await.is(303);
    let file = felix.get("/budget/uebergaben/1").await;
    let line = "1;2;20.11.2026;363;Kostenbeiträge und übergeleitete Ansprüche, ";
    file.is(200).shows("\u{feff}Übergabe;Buchungsnummer;").shows(line).shows(";12,34\r\n").hides("HYPERLINK");
    // Nothing twice, and the columns are proposed again.
    felix.fill(page, page, &[("columns", "amount")]).await.is(422).shows("Es gibt nichts zu übergeben");
    fiona.get(page).await.shows("0 Buchungen warten");
    fiona.get("/budget/uebergaben/2").await.is(404);
    // The book as a file: what was typed is no formula.
    let list = format!("/budget/buchungsliste?region={nord}&jahr=2026&mittel=A");
    fiona.get(&list).await.is(200).shows("\"'=HYPERLINK(\"\"x\"\")\"").shows(";12,34;");
    let book = fiona.get(&format!("{list}&als=xlsx")).await;
    assert!(book.is(200).kind.ends_with("spreadsheetml.sheet"));
    fiona.get("/budget/jahre/2026/statistik").await.is(200).shows(";12,34");
    for key in ["paul", "greta", "marta", "lena", "konrad"] {
        town.as_(key).await.get("/budget/uebergaben/1").await.is(403);
        town.as_(key).await.api(Method::GET, "/api/v1/deliveries/1", None).await.is(403);
    }
    // The same by program.
    let one = get(&felix, "/api/v1/deliveries/1").await;
    assert_eq!((&one["lines"][0]["cents"], &one["lines"][0]["seq"]), (&json!(1_234), &json!(2)));
    assert_eq!(get(&felix, "/api/v1/deliveries").await["waiting"], 0);
    let again = |columns| felix.api(Method::POST, "/api/v1/deliveries", Some(json!({ "columns": columns })));
    again(json!(["amount", "amount"])).await.is(422).shows("delivery.columns_unfit");
    again(json!(["amount"])).await.is(422).shows("Es gibt nichts zu übergeben");
    fiona.fill(&promises, "/budget/einnahmen", &income).await.is(303);
    again(json!(["number", "amount"])).await.is(201);
    fiona.get("/budget/uebergaben/2").await.is(200).shows("Buchungsnummer;Betrag\r\n").shows(";12,34");
    for key in ["lotse", "ankerteam", "anton"] {
        let other = town.as_(key).await;
        other.get("/budget/uebergaben/1").await.is(404);
        other.get(&list).await.is(404);
        other.get("/budget/jahre/2026/uebersicht").await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn delivered_once_on_sqlite() {
    delivered_once(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn delivered_once_on_postgres() {
    delivered_once(Engine::Postgres).await;
}

/// One family's money, and one agency's: bodies and planners get a dash, in every file.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_gives_a_family_or_an_agency_away() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 10_000, 0).await;
    let (marta, case) = decided(&town).await;
    commissions(&marta, &case, LOTSE, "4.800", "").await.is(303);
    let nord = town.region("Nord").await;
    let list = format!("/budget/buchungsliste?region={nord}&jahr=2026&mittel=A");
    let fiona = town.as_("fiona").await;
    fiona.get("/budget/jahre/2026/uebersicht").await.is(200).shows(";4800,00;").shows(";5200,00;");
    fiona.get(&list).await.is(200).shows("2026-0001");
    let flow = fiona.get("/budget/geldfluss?jahr=2026").await;
    flow.is(200).shows("Als Tabelle").shows("4.800,00").shows("5.200,00").shows("konto=committed").hides("«");
    let report = fiona.get("/budget/bericht?jahr=2026").await;
    report.is(200).shows("Bericht zum 20.11.2026").shows("4.800,00").shows("besprechen").hides("«");
    let report = get(&fiona, "/api/v1/budget/report?year=2026").await;
    let pot = &report["pots"][0];
    assert_eq!((&pot["book"]["free_cents"], &pot["forecast_cents"]), (&json!(520_000), &json!(54_307)), "{pot}");
    assert_eq!(report["totals"], json!([]), "one pot has no total");
    let flow = get(&fiona, "/api/v1/budget/flow?year=2026").await.to_string();
    assert!(flow.contains("\"committed\"") && flow.contains("480000"), "{flow}");
    let entries = get(&fiona, &format!("/api/v1/budget/entries?region={nord}&year=2026")).await;
    assert_eq!(entries["entries"].as_array().unwrap().len(), 2);
    // The day before nothing was planned.
    fiona.get("/budget/bericht?jahr=2026&stichtag=2026-11-19").await.is(200).hides("10.000,00");
    fiona.get("/budget/bericht?jahr=2026&region=kaputt").await.is(200);
    for agency in ["lotse", "ankerteam"] {
        let agency = town.as_(agency).await;
        agency.get("/budget/geldfluss").await.is(404);
        agency.get("/budget/bericht/datei").await.is(404);
    }
    // Another team's worker sees the region's lines without the case.
    town.as_("heike").await.get(&list).await.hides("2026-0001").hides("Lotse");
    for key in ["greta", "paul", "konrad"] {
        // The quarter is not over: nothing of it is seen.
        let body = town.as_(key).await;
        body.get("/budget/bericht/datei?jahr=2026").await.is(200).shows("10000,00").hides("4800,00").hides("5200,00");
        let body = later(&town, "2027-01-11", key).await;
        let file = body.get("/budget/jahre/2026/uebersicht").await;
        file.is(200).shows("10000,00").shows(";–;").hides("4800,00").hides("5200,00");
        body.get(&list).await.is(403);
        let flow = body.get("/budget/geldfluss?jahr=2026").await;
        flow.is(200).shows("Nicht gezeigt").shows("10.000,00").hides("4.800,00").hides("5.200,00");
        let report = body.get("/budget/bericht?jahr=2026").await;
        report.is(200).shows("10.000,00").hides("4.800,00").hides("5.200,00");
        let file = body.get("/budget/bericht/datei?jahr=2026").await;
        file.is(200).shows(";–;").hides("4800,00").hides("5200,00");
        let statistics = body.get("/budget/jahre/2026/statistik").await;
        statistics.hides("4800");
    }
}
