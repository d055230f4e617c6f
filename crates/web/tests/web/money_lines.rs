// SPDX-License-Identifier: EUPL-1.2
//! The red lines of money, tried through every door: no claim is refused (N4), agencies stand in neutral order (N5),
//! bodies see sums (N10).

use crate::agreements::{a_planned_help, agrees, later};
use crate::allocation::{DECISION, decides as decides_shares, drafts};
use crate::client::{Answer, Client};
use crate::ledger::{LOTSE, decided, get, proven, year};
use crate::main_job::commissions;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::{Value, json};

/// A commission for a claim, as a program would send it.
async fn by_api(town: &Town, client: &Client, case: &str, reason: Option<&str>) -> Answer {
    let plans = get(client, &format!("/api/v1/cases/{case}/plans")).await;
    let mut body = json!({
        "decision": plans["plans"][0]["decision"], "agency": town.anker.to_string(), "from": "2026-12-01",
        "until": "2027-08-31", "ceiling_cents": 500_000, "wish_answer": "followed", "wish_told_on": "2026-11-19", "wish": "Wir möchten Anker.",
    });
    if let Some(reason) = reason {
        body["over_plan_reason"] = json!(reason);
    }
    client.api(Method::POST, &format!("/api/v1/cases/{case}/commissions"), Some(body)).await
}

const NEVER: [&str; 5] = ["abgelehnt", "wartet auf", "gesperrt", "nicht möglich", "Budget erschöpft"];

/// Asked for a reason, kindly; with it the help comes.
async fn goes_through(town: &Town, client: &Client, case: &str) {
    let asked = commissions(client, case, LOTSE, "5.000", "").await;
    asked.is(422).shows("Die Hilfe kommt, auch wenn der Plan überschritten wird");
    for word in NEVER {
        asked.hides(word);
    }
    commissions(client, case, LOTSE, "5.000", "Rechtsanspruch").await.is(303);
    by_api(town, client, case, None).await.is(422).shows("budget.over_plan_reason_missing");
    let through = by_api(town, client, case, Some("Rechtsanspruch")).await;
    assert!(through.status.is_success(), "{}", through.text());
}

/// N4: without a plan, with a plan that is used up, without an agreement, in a closed year, through page and API.
async fn no_claim_is_refused(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, case) = decided(&town).await;
    // No pot was ever planned, and no agency has an agreement.
    goes_through(&town, &marta, &case).await;
    // Planned, and used up long ago.
    town.plans("Nord", 1_000, 0).await;
    goes_through(&town, &marta, &case).await;
    // The year in which the decision was made is closed.
    let fiona = town.as_("fiona").await;
    year(&fiona, 2026, "eroeffnung", &[("resolution", "Haushaltssatzung 2026")]).await.is(303);
    let fiona = later(&town, "2027-02-15", "fiona").await;
    year(&fiona, 2026, "abschluss", &[("resolution", "Rat vom 12.02.2027")]).await.is(303);
    let marta = later(&town, "2027-02-16", "marta").await;
    goes_through(&town, &marta, &case).await;
    // A forecast far beyond the plan, and top-ups that nobody covered, stop nothing either.
    assert_eq!(get(&fiona, "/api/v1/budget?year=2027").await["top_ups"].as_array().unwrap().len(), 2);
    goes_through(&town, &marta, &case).await;
    proven(&town).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n4_no_claim_is_refused_by_any_door_on_sqlite() {
    no_claim_is_refused(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n4_no_claim_is_refused_by_any_door_on_postgres() {
    no_claim_is_refused(Engine::Postgres).await;
}

/// N4: an invoice beyond the ceiling is paid with a reason, by page and by API; the rest of the promise pays first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n4_beyond_the_ceiling_is_paid_with_a_reason() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 13_000, 0).await;
    let fiona = town.as_("fiona").await;
    let (_, _, mandate) = a_planned_help(&town, &fiona).await;
    let lotse = later(&town, "2027-01-10", "lotse").await;
    let hours = format!("/auftraege/{mandate}/stunden");
    lotse.fill(&hours, &hours, &[("month", "12/2026"), ("quantity", "200")]).await.is(303);
    let fiona = later(&town, "2027-01-12", "fiona").await;
    let entry = format!("/rechnungen/neu?traeger={}", town.lotse);
    let fields = [("number", "R-1"), ("dated_on", "2027-01-11"), ("lines", "2026-0001; 12/2026; 200; 66,00")];
    let id = fiona.fill(&entry, "/rechnungen", &fields).await.id();
    let (page, api) = (format!("/rechnungen/{id}"), format!("/api/v1/invoices/{id}/payment"));
    let asked = fiona.post(&format!("{page}/zahlung"), &[]).await;
    asked.is(422).hides("abgelehnt");
    fiona.api(Method::POST, &api, Some(json!({}))).await.is(422);
    let reason = json!({"over_reason": "Der Bedarf war höher, die Entscheidung trägt ihn"});
    let paid = fiona.api(Method::POST, &api, Some(reason)).await;
    assert!(paid.status.is_success(), "{}", paid.text());
    proven(&town).await;
}

/// Where each name stands first; all must be there.
#[track_caller]
fn in_order(text: &str, names: &[&str]) {
    let places: Vec<usize> =
        names.iter().map(|name| text.find(name).unwrap_or_else(|| panic!("no {name} in\n{text}"))).collect();
    assert!(places.is_sorted(), "{names:?} stand at {places:?} in\n{text}");
}

/// N5: whoever has the better price, the agreement, the money or the helps stands no higher: names decide, everywhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n5_names_decide_the_order_in_every_room_of_money() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 100_000, 0).await;
    let fiona = town.as_("fiona").await;
    let (marta, case, _) = a_planned_help(&town, &fiona).await;
    agrees(&fiona, "36a-2", &[(town.lotse.to_string(), "90"), (town.anker.to_string(), "10")]).await;
    commissions(&marta, &case, "Anker e. V.", "500", "").await.is(303);
    let nord = town.region("Nord").await;
    let names = ["Anker e. V.", "Lotse Jugendhilfe gGmbH"];
    for page in [
        "/budget/prognose".to_owned(),
        "/vereinbarungen/neu".into(),
        "/rechnungen/neu".into(),
        format!("/budget/zusagen?region={nord}&mittel=C"),
        "/traeger".into(),
    ] {
        in_order(&fiona.get(&page).await.is(200).text(), &names);
    }
    // In lists of choice every agency can be chosen, with or without agreement.
    in_order(
        &marta.get(&format!("/faelle/{case}/leistungen")).await.text(),
        &[">Anker e. V. (", ">Lotse Jugendhilfe gGmbH ("],
    );
    let foreseen = get(&fiona, "/api/v1/forecast").await;
    let seen: Vec<&Value> = foreseen["agencies"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(seen, names.map(|name| json!(name)).iter().collect::<Vec<_>>());
    let agencies = get(&fiona, "/api/v1/agencies").await;
    in_order(&agencies.to_string(), &names);
}

/// N10: one family's help is in the house; whoever sees no commissions finds nothing of it behind any door of money.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n10_no_door_of_money_shows_a_family() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 1_000, 0).await;
    let fiona = town.as_("fiona").await;
    let (marta, case) = decided(&town).await;
    commissions(&marta, &case, LOTSE, "27.400", "Familie Demir hat Anspruch").await.is(303);
    let allocation = drafts(&fiona, &[]).await;
    decides_shares(&fiona, &allocation, &DECISION).await.is(303);
    let nord = town.region("Nord").await;
    let budget = get(&fiona, &format!("/api/v1/budget?region={nord}")).await;
    let entry = budget["entries"][0]["id"].as_str().unwrap().to_owned();
    let promise = get(&fiona, &format!("/api/v1/bookings/{entry}")).await["promise"].as_str().unwrap().to_owned();
    let top_up = budget["top_ups"][0]["id"].as_str().unwrap().to_owned();
    let agreement = agrees(&fiona, "77", &[(town.lotse.to_string(), "1")]).await;
    let agreement = agreement.rsplit('/').next().unwrap().to_owned();
    let nord = nord.to_string();
    let (pages, calls) = doors_of_money([&nord, &top_up, &entry, &promise, &allocation, &agreement]);
    for key in ["greta", "paul", "konrad", "lotse", "anker", "ankerteam", "dora"] {
        let other = town.as_(key).await;
        for page in &pages {
            says_nothing_of((key, page), &other.get(page).await, [&case, &entry, &promise]);
        }
        for call in &calls {
            let path = format!("/api/v1/{call}");
            says_nothing_of((key, &path), &other.api(Method::GET, &path, None).await, [&case, &entry, &promise]);
        }
    }
    // No agency and no data protection officer comes to the region's money at all.
    for key in ["lotse", "anker", "ankerteam"] {
        let agency = town.as_(key).await;
        for page in pages.iter().filter(|page| page.starts_with("/budget")) {
            agency.get(page).await.is(404);
        }
    }
}

/// Every page and call that shows money.
fn doors_of_money([nord, top_up, entry, promise, allocation, agreement]: [&str; 6]) -> (Vec<String>, Vec<String>) {
    let pages = vec![
        format!("/budget?region={nord}"),
        format!("/budget?region={nord}&mittel=A&konto=committed"),
        format!("/budget?region={nord}&tag=2026-11-20"),
        format!("/budget?region={nord}&decken={top_up}"),
        format!("/budget/buchungen/{entry}"),
        format!("/budget/zusagen/{promise}"),
        format!("/budget/zusagen?region={nord}&mittel=A"),
        "/budget/jahre/2026".into(),
        "/budget/umbuchungen".into(),
        "/budget/verteilung".into(),
        format!("/budget/verteilung/{allocation}"),
        format!("/budget/verteilung/{allocation}/anteile"),
        "/budget/prognose".into(),
        format!("/budget/prognose?region={nord}&hilfe=31"),
        "/vereinbarungen".into(),
        format!("/vereinbarungen/{agreement}"),
        "/rechnungen".into(),
        "/rechnungen/neu".into(),
        "/kontingente".into(),
    ];
    let calls = vec![
        format!("budget?region={nord}&year=2026"),
        format!("budget?region={nord}&year=2026&account=committed"),
        format!("bookings/{entry}"),
        format!("promises?region={nord}&kind=A"),
        format!("promises/{promise}"),
        "fiscal-years?year=2026".into(),
        "transfers".into(),
        "budget/allocations".into(),
        format!("budget/allocations/{allocation}"),
        format!("forecast?region={nord}&open=1"),
        "agreements".into(),
        format!("agreements/{agreement}"),
        format!("agreements/{agreement}/instalments"),
        "invoices".into(),
    ];
    (pages, calls)
}

/// What the asker sent is not news to them; all else of the family would be.
#[track_caller]
fn says_nothing_of((key, path): (&str, &str), answer: &Answer, ids: [&str; 3]) {
    let status = answer.status.as_u16();
    assert!([200, 303, 403, 404].contains(&status), "{key} {path}: {status} {}", answer.text());
    let words = ["Demir", "hat Anspruch", "2026-0001"].into_iter().chain(ids);
    let found = words.filter(|word| !path.contains(word)).find(|word| answer.text().contains(word));
    assert_eq!(found, None, "{key} at {path}:\n{}", answer.text());
}

/// N20: neither page nor API takes a day for money that lies before the day on which it is entered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n20_no_door_dates_money_back() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 10_000, 0).await;
    let (fiona, nord) = (town.as_("fiona").await, town.region("Nord").await.to_string());
    let new = json!({
        "region": nord, "year": 2026, "kind": "D", "subject": "Bedarf", "paragraph": "42", "form": "single",
        "side": "own", "flow": "benefits", "amount_cents": 100, "on": "2026-01-01",
    });
    for (path, body) in [
        ("/api/v1/promises", new),
        (
            "/api/v1/budget/plans",
            json!({"region": nord, "year": 2026, "planned_cents": 1, "note": "x", "booked_on": "2026-01-01"}),
        ),
        ("/api/v1/forecast/kept", json!({"as_of": "2026-01-01"})),
    ] {
        let answer = fiona.api(Method::POST, path, Some(body)).await;
        assert!([400, 404, 422].contains(&answer.status.as_u16()), "{path}: {}", answer.text());
    }
    let form = [("region", nord.as_str()), ("as_of", "2026-01-01"), ("on", "2026-01-01")];
    fiona.post("/budget/prognose", &form).await.is(303);
    let past = get(&fiona, "/api/v1/forecast").await;
    assert!(!past.to_string().contains("2026-01-01"), "{past}");
}

/// T7 (Bergedorf): of a million nine tenths are contracted, 132 cases are served, and whoever comes then is helped too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_overload_quota_by_page_and_api() {
    let town = Town::new(Engine::Sqlite).await;
    let fiona = town.as_("fiona").await;
    fiona.get("/vereinbarungen").await.is(200).shows("/ueberlastquote");
    fiona.get("/ueberlastquote").await.is(200).shows("Überlastquote berechnen").hides("«");
    let page = fiona.get("/ueberlastquote?fonds=1.000.000&vertrag=90&faelle=120&mehrlast=10").await;
    page.is(200)
        .shows("Der Träger nimmt bis zu 132 Fälle auf.")
        .shows("900.000,00 €")
        .shows("100.000,00 €")
        .shows("begrenzt keinen Anspruch")
        .hides("«");
    let wrong = fiona.get("/ueberlastquote?fonds=12x&vertrag=190&faelle=120&mehrlast=-1").await;
    wrong.is(200).shows("12x").shows("190").hides("nimmt bis zu").hides("«");
    let api = "/api/v1/overload-quota?fund_cents=100000000&contracted_percent=90&capacity=120&overload_percent=10";
    let found = get(&fiona, api).await;
    assert_eq!(found, json!({"contracted_cents": 90_000_000, "remaining_cents": 10_000_000, "must_serve": 132}));
    let wrong = api.replace("capacity=120", "capacity=-1");
    fiona.api(Method::GET, &wrong, None).await.is(422).shows("capacity");
}
