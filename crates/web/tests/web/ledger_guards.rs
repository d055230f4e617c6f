// SPDX-License-Identifier: EUPL-1.2
//! What the book refuses and hides, through the pages and through the API.

use crate::client::{Client, chance};
use crate::ledger::{LOTSE, decided, get, proven};
use crate::main_job::commissions;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn transfer(town: &Town, fiona: &Client, amount: &str) -> String {
    let (nord, sued) = (town.region("Nord").await.to_string(), town.region("Süd").await.to_string());
    let fields = [
        ("year", "2026"),
        ("from_region", nord.as_str()),
        ("from_kind", "A"),
        ("to_region", sued.as_str()),
        ("to_kind", "A"),
        ("amount", amount),
        ("reason", "Mehr Familien im Süden"),
        ("resolution", "Steuerungsgruppe vom 19.11.2026, TOP 3"),
    ];
    let made = fiona.fill("/budget/umbuchungen", "/budget/umbuchungen", &fields).await;
    made.is(303);
    made.location.split("#u-").nth(1).unwrap().to_owned()
}

/// GEL-081 and GEL-082: nobody approves their own, and nobody approves what they did not see.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_eyes_see_the_same() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        town.plans("Nord", 10_000, 0).await;
        let (fiona, felix) = (town.as_("fiona").await, town.as_("felix").await);
        let id = transfer(&town, &fiona, "2.500").await;
        let path = format!("/budget/umbuchungen/{id}/freigabe");
        let shown = get(&felix, "/api/v1/transfers").await["waiting"][0].clone();
        let version = shown["version"].to_string();
        let seen = [("cents", "250000"), ("version", version.as_str())];
        fiona.post(&path, &seen).await.is(422).shows("Die Freigabe muss durch eine zweite Person erfolgen.");
        let body = json!({"amount_cents": 250_000, "version": shown["version"]});
        let api = format!("/api/v1/transfers/{id}/approval");
        fiona.api(Method::POST, &api, Some(body.clone())).await.is(422).shows("budget.own_proposal");
        for key in ["marta", "greta", "paul"] {
            town.as_(key).await.api(Method::POST, &api, Some(body.clone())).await.is(403);
        }
        // The budget is changed after the page was looked at.
        town.plans("Nord", 1, 0).await;
        felix.post(&path, &seen).await.is(422).shows("Budget hat sich geändert – bitte neu prüfen.");
        felix.api(Method::POST, &api, Some(body)).await.is(422).shows("budget.changed");
        let other = json!({"amount_cents": 250_001, "version": shown["version"].as_i64().unwrap() + 1});
        felix.api(Method::POST, &api, Some(other)).await.is(422).shows("budget.changed");
        felix.fill("/budget/umbuchungen", &path, &[]).await.is(303);
        felix.post(&path, &seen).await.is(422).shows("schon freigegeben oder zurückgenommen");
        let sued = town.region("Süd").await;
        let budget = get(&fiona, &format!("/api/v1/budget?region={sued}&year=2026")).await;
        assert_eq!(budget["book"]["free_cents"], 250_000);
        proven(&town).await;
    }
}

/// GEL-068, GEL-071, GEL-074: once is once; no more is taken back than was booked; other regions are not there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_entry_takes_back_at_most_what_was_booked() {
    let town = Town::new(Engine::Sqlite).await;
    let (fiona, sued) = (town.as_("fiona").await, town.region("Süd").await.to_string());
    let plan = [("region", sued.as_str()), ("year", "2026"), ("kind", "C"), ("planned", "250"), ("note", "Beschluss")];
    let key = chance().to_string();
    for _ in 0..2 {
        fiona.post_with_key("/budget/plan", &plan, &key).await.is(303);
    }
    let budget = get(&fiona, &format!("/api/v1/budget?region={sued}&year=2026&kind=C")).await;
    assert_eq!(budget["book"]["planned_cents"], 25_000, "a double click books once");
    let id = budget["entries"][0]["id"].as_str().unwrap();
    let (page, action) = (format!("/budget/buchungen/{id}"), format!("/budget/buchungen/{id}/storno"));
    let with = |amount| [("amount", amount), ("reason", "Tippfehler")];
    fiona.fill(&page, &action, &with("250,01")).await.is(422).shows("Storno höchstens 250,00 €.").shows("250,01");
    fiona.fill(&page, &action, &with("-5")).await.is(422).shows("Für Rückbuchungen bitte „Storno“ verwenden.");
    fiona.fill(&page, &action, &with("100")).await.is(303);
    let api = format!("/api/v1/bookings/{id}/counter");
    let body = json!({"amount_cents": 15_001, "reason": "Tippfehler"});
    fiona.api(Method::POST, &api, Some(body)).await.is(422).shows("Storno höchstens 150,00 €.");
    let book = fiona.get(&format!("/budget?region={sued}&jahr=2026&mittel=C&konto=plan")).await;
    book.is(200).shows("−100,00 €").shows("150,00 €");
    fiona.get(&page).await.is(200).shows("Zurückgenommen").shows("Siegel");
    for path in [page.clone(), format!("/api/v1/bookings/{id}")] {
        let lena = town.as_("lena").await;
        let answer =
            if path.starts_with("/api") { lena.api(Method::GET, &path, None).await } else { lena.get(&path).await };
        answer.is(404);
    }
    // What was promised since cannot be taken back from under the promise.
    let new = json!({
        "region": sued, "year": 2026, "kind": "C", "subject": "Ferienwerkstatt", "paragraph": "11", "form": "group",
        "side": "own", "flow": "benefits", "amount_cents": 15_000,
    });
    fiona.api(Method::POST, "/api/v1/promises", Some(new)).await.is(201);
    fiona.fill(&page, &action, &with("150")).await.is(422).shows("In diesem Topf fehlen dafür 150,00 €");
    proven(&town).await;
}

/// N4 from the other side: no lump sum pays for claims, and a grant never does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n4_claims_are_never_paid_by_lump_sums() {
    let town = Town::new(Engine::Sqlite).await;
    let (fiona, nord) = (town.as_("fiona").await, town.region("Nord").await.to_string());
    let wanted = |kind: &str, paragraph: &str| {
        json!({
            "region": nord, "year": 2026, "kind": kind, "subject": "Pauschale", "paragraph": paragraph,
            "form": "single", "side": "independent", "flow": "grants", "amount_cents": 1,
        })
    };
    for (kind, paragraph, rule) in [
        ("A", "31", "budget.claim_needs_commission"),
        ("C", "31", "budget.paragraph_of_other_kind"),
        ("C", "34", "budget.paragraph_of_other_kind"),
        ("B", "34", "budget.paragraph_of_other_kind"),
    ] {
        let answer = fiona.api(Method::POST, "/api/v1/promises", Some(wanted(kind, paragraph))).await;
        answer.is(422).shows(rule);
    }
    let form = [
        ("region", nord.as_str()),
        ("year", "2026"),
        ("kind", "C"),
        ("subject", "Pauschale"),
        ("paragraph", "31"),
        ("form", "single"),
        ("amount", "5"),
    ];
    fiona.post("/budget/zusagen", &form).await.is(422).shows("Dieser Paragraf gehört zu einer anderen Mittelart");
}

/// N10: bodies see sums; no booking, no promise, no reason, no line of the statistics.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n10_bodies_see_sums() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 1_000, 0).await;
    let (marta, case) = decided(&town).await;
    commissions(&marta, &case, LOTSE, "4.800", "Rechtsanspruch der Familie Demir").await.is(303);
    let fiona = town.as_("fiona").await;
    let nord = town.region("Nord").await;
    let budget = get(&fiona, &format!("/api/v1/budget?region={nord}&year=2026")).await;
    let entry = budget["entries"][0]["id"].as_str().unwrap();
    let booking = get(&fiona, &format!("/api/v1/bookings/{entry}")).await;
    let promise = booking["promise"].as_str().unwrap();
    assert_eq!(booking["purpose"]["line"], "31");
    for key in ["greta", "paul", "konrad"] {
        let body = town.as_(key).await;
        let sums = body.get(&format!("/budget?region={nord}")).await;
        sums.is(200)
            .shows("1.000,00")
            .hides("4.800,00")
            .hides("3.800,00")
            .hides("Demir")
            .hides("2026-0001")
            .hides("/budget/buchungen/")
            .hides("/budget/zusagen");
        let json = get(&body, &format!("/api/v1/budget?region={nord}")).await;
        assert_eq!((&json["entries"], &json["top_ups"]), (&json!([]), &json!([])), "{key}");
        for path in [
            format!("/budget/buchungen/{entry}"),
            format!("/budget/zusagen/{promise}"),
            format!("/budget/zusagen?region={nord}&mittel=A"),
        ] {
            body.get(&path).await.is(404);
        }
        for path in ["bookings", "promises"] {
            let id = if path == "bookings" { entry } else { promise };
            body.api(Method::GET, &format!("/api/v1/{path}/{id}"), None).await.is(404);
        }
    }
    let greta = town.as_("greta").await;
    assert_eq!(get(&greta, "/api/v1/fiscal-years?year=2026").await["expenditure"], json!([]));
    // Another team of the office sees no case either, and its people are not told who booked.
    town.as_("heike").await.get(&format!("/budget/buchungen/{entry}")).await.is(404);
    for agency in ["lotse", "ankerteam"] {
        town.as_(agency).await.get("/budget").await.is(404);
    }
}

/// W36: a nearly used top-slice and claims above plan are said for information; both books go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w36_is_information_only() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 10_000, 1_000).await;
    let (fiona, nord) = (town.as_("fiona").await, town.region("Nord").await.to_string());
    let page = format!("/budget?region={nord}");
    fiona.get(&page).await.hides("fast verbraucht");
    let new = json!({
        "region": nord, "year": 2026, "kind": "D", "subject": "Unvorhergesehener Bedarf", "paragraph": "42",
        "form": "single", "side": "own", "flow": "benefits", "amount_cents": 95_000,
    });
    fiona.api(Method::POST, "/api/v1/promises", Some(new.clone())).await.is(201);
    fiona.get(&page).await.is(200).shows("Der Vorwegabzug ist fast verbraucht: Frei sind noch 50,00 €. Zur Kenntnis");
    fiona.api(Method::POST, "/api/v1/promises", Some(new)).await.is(422).shows("In diesem Topf fehlen dafür 900,00 €");
    let (marta, case) = decided(&town).await;
    commissions(&marta, &case, LOTSE, "12.000", "Rechtsanspruch").await.is(303);
    fiona.get(&page).await.shows("Über Plan: 3.000,00 €").shows("Vorwegabzug ist fast verbraucht");
    proven(&town).await;
}

/// Income stays gross until a decision makes it part of the budget; it is never netted in silence.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn income_stays_gross() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 1_000, 0).await;
    let (fiona, nord) = (town.as_("fiona").await, town.region("Nord").await.to_string());
    let page = format!("/budget/zusagen?region={nord}&jahr=2026&mittel=A");
    let fields =
        [("kind", "A"), ("flow", "contributions"), ("paragraph", "34"), ("amount", "300"), ("note", "Kostenbeiträge")];
    fiona.fill(&page, "/budget/einnahmen", &fields).await.is(303);
    let of = |budget: &serde_json::Value| {
        ["free_cents", "income_cents", "net_cents"].map(|field| budget["book"][field].as_i64().unwrap())
    };
    let path = format!("/api/v1/budget?region={nord}&year=2026");
    assert_eq!(of(&get(&fiona, &path).await), [100_000, 30_000, -30_000], "free as before");
    let using = |amount| [("kind", "A"), ("amount", amount), ("resolution", "Rat 4/2026")];
    let uses = "/budget/einnahmen/verwenden";
    fiona.fill(&page, uses, &using("300,01")).await.is(422).shows("Noch nicht verwendet sind 300,00 €");
    fiona.fill(&page, uses, &using("200")).await.is(303);
    assert_eq!(of(&get(&fiona, &path).await), [120_000, 30_000, -30_000]);
    let lines = get(&fiona, "/api/v1/fiscal-years?year=2026").await;
    assert_eq!(lines["expenditure"][0]["purpose"]["flow"], "contributions");
    assert_eq!(lines["expenditure"][0]["cents"], 30_000);
    proven(&town).await;
}

/// N20: nothing is dated back. No form and no call has a day of its own; a booking is of the day on which it is made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n20_nothing_is_dated_back() {
    let town = Town::new(Engine::Sqlite).await;
    let (fiona, nord) = (town.as_("fiona").await, town.region("Nord").await.to_string());
    let plan = [
        ("region", nord.as_str()),
        ("year", "2026"),
        ("planned", "100"),
        ("note", "Beschluss"),
        ("on", "2026-01-02"),
        ("booked_on", "2026-01-02"),
    ];
    fiona.post("/budget/plan", &plan).await.is(303);
    let budget = get(&fiona, &format!("/api/v1/budget?region={nord}&year=2026")).await;
    assert_eq!(budget["entries"][0]["on"], "2026-11-20");
    let body = json!({"region": nord, "year": 2026, "planned_cents": 100, "note": "Beschluss", "on": "2026-01-02"});
    fiona.api(Method::POST, "/api/v1/budget/plans", Some(body)).await.is(400);
    let before = get(&fiona, &format!("/api/v1/budget?region={nord}&year=2026&on=2026-11-19")).await;
    assert_eq!((&before["book"]["planned_cents"], &before["entries"]), (&json!(0), &json!([])), "as of the day before");
}

/// What was proposed and withdrawn is open again, and a case worker is offered no page that is not theirs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawn_transfer_moves_nothing() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 10_000, 0).await;
    let fiona = town.as_("fiona").await;
    let id = transfer(&town, &fiona, "2.500").await;
    fiona.fill("/budget/umbuchungen", &format!("/budget/umbuchungen/{id}/ruecknahme"), &[]).await.is(303);
    fiona.get("/budget/umbuchungen").await.is(200).shows("zurückgenommen").hides("/freigabe\"");
    let sued = town.region("Süd").await;
    assert_eq!(get(&fiona, &format!("/api/v1/budget?region={sued}")).await["book"]["free_cents"], 0);
    let marta = town.as_("marta").await;
    marta.get("/budget").await.is(200).hides("/budget/umbuchungen").hides("/budget/jahre/");
    for path in ["/budget/umbuchungen", "/budget/jahre/2026", "/api/v1/transfers", "/api/v1/fiscal-years?year=2026"] {
        let answer =
            if path.starts_with("/api") { marta.api(Method::GET, path, None).await } else { marta.get(path).await };
        answer.is(404);
    }
    proven(&town).await;
}
