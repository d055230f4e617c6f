// SPDX-License-Identifier: EUPL-1.2
//! Agreements and what follows from them: a running help from proof to payment advice; a consortium of three agencies
//! with instalments and proof; and those who try what they may not.

use crate::client::{Answer, Client};
use crate::main_job::{commissions, decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use domain::kernel::{Day, Moment};
use serde_json::{Value as Json, json};
use web::{Web, router};

/// Somebody signed in on a later day.
pub async fn later(town: &Town, day: &str, key: &str) -> Client {
    let moment = Moment::on(Day::parse(day).unwrap(), 10 * 60);
    Client::sign_in(router(Web { app: town.app.at(moment), ..town.web.clone() }), key).await
}

pub fn after(text: &str, mark: &str) -> String {
    text.split(mark).nth(1).and_then(|rest| rest.get(..36)).unwrap_or_else(|| panic!("no {mark} in\n{text}")).to_owned()
}

/// An agreement of these agencies with these shares, through the form; answers its page.
pub async fn agrees(fiona: &Client, kind: &str, members: &[(String, &str)]) -> String {
    let mut fields = vec![
        ("kind", kind),
        ("title", "Vertrag der Geschichte"),
        ("agreed_on", "2026-11-20"),
        ("from", "2026-11-20"),
        ("until", "2027-12-31"),
        ("quality", "Fachberatung je Quartal"),
        ("child_protection", "yes"),
        ("record_checks", "no"),
    ];
    let names = [("agency_1", "share_1"), ("agency_2", "share_2"), ("agency_3", "share_3")];
    for ((agency, share), (id, weight)) in names.into_iter().zip(members) {
        fields.extend([(agency, id.as_str()), (share, *weight)]);
    }
    let made = fiona.fill("/vereinbarungen/neu", "/vereinbarungen", &fields).await;
    made.is(303);
    made.location.split('?').next().unwrap().to_owned()
}

pub fn price(euros: &'static str, agreed_on: &'static str, from: &'static str) -> [(&'static str, &'static str); 8] {
    [
        ("help", "31"),
        ("unit", "hour"),
        ("hour", "direct"),
        ("travel", "included"),
        ("qualification", "professional"),
        ("price", euros),
        ("agreed_on", agreed_on),
        ("from", from),
    ]
}

/// Marta commissions Lotse with five hours a week at the agreed price and leaves the ceiling to the program.
pub async fn a_planned_help(town: &Town, fiona: &Client) -> (Client, String, String) {
    let page = agrees(fiona, "77", &[(town.lotse.to_string(), "1")]).await;
    fiona.fill(&page, &format!("{page}/preise"), &price("66,00", "2026-11-20", "2026-11-20")).await.is(303);
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    decides(&marta, &case).await;
    let services = format!("/faelle/{case}/leistungen");
    let shown = marta.get(&services).await;
    // W23: said before the order; every agency stands in the list all the same, by name (N5).
    shown.shows("Anker e. V.:</strong> Es gibt keine Vereinbarung").shows("Klausel zum Führungszeugnis (§ 72a)");
    let text = shown.text();
    assert!(text.find(">Anker e. V. (").unwrap() < text.find(">Lotse Jugendhilfe gGmbH (").unwrap());
    let (agency, rate) = (option(&text, "Lotse Jugendhilfe gGmbH ("), option(&text, "Lotse Jugendhilfe gGmbH: 66,00"));
    let fields = [
        ("agency", agency.as_str()),
        ("from", "2026-12-01"),
        ("until", "2027-08-31"),
        ("rate", rate.as_str()),
        ("quantity", "5"),
        ("weeks_off", ""),
        ("ceiling", ""),
        ("wish_told_on", "2026-11-19"),
        ("wish_answer", "followed"),
        ("wish", "Wir möchten Lotse."),
    ];
    marta.fill(&services, &format!("/faelle/{case}/auftraege"), &fields).await.is(303);
    // 274 days of 5 hours a week at 66 euros.
    marta.get(&services).await.shows("12.917,14").shows("5 Std./Woche × 66,00 €");
    let lotse = town.as_("lotse").await;
    let mandate = after(&lotse.get("/auftraege").await.text(), "href=\"/auftraege/");
    lotse.get(&format!("/auftraege/{mandate}")).await.is(200).shows("5 Std./Woche zu 66,00 €");
    (marta, case, mandate)
}

async fn from_proof_to_payment_advice(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let fiona = town.as_("fiona").await;
    let (_, _, mandate) = a_planned_help(&town, &fiona).await;
    let hours = format!("/auftraege/{mandate}/stunden");
    let early = [("month", "12/2026"), ("quantity", "21,5")];
    town.as_("lotse").await.fill(&hours, &hours, &early).await.is(422).shows("Dieser Monat kommt erst noch.");
    let lotse = later(&town, "2027-01-10", "lotse").await;
    lotse
        .fill(&hours, &hours, &[("month", "12/2026"), ("quantity", "12.5")])
        .await
        .is(422)
        .shows("ohne Punkt")
        .shows("12.5");
    lotse.fill(&hours, &hours, &[("month", "12/2026"), ("quantity", "20")]).await.is(303);
    lotse.fill(&hours, &hours, &early).await.is(303);
    lotse.get(&hours).await.is(200).shows("berichtigt").shows("21,5");

    let fiona = later(&town, "2027-01-12", "fiona").await;
    let entry = format!("/rechnungen/neu?traeger={}", town.lotse);
    fiona.get(&entry).await.is(200).shows("2026-0001; 12/2026; 21,5; 66,00");
    let mut fields =
        [("number", "R-7"), ("dated_on", "2027-01-05"), ("lines", "2026-0001; 12/2026; 22"), ("exception", "")];
    fiona
        .fill(&entry, "/rechnungen", &fields)
        .await
        .is(422)
        .shows("Nicht lesbar: Zeile 1")
        .shows("2026-0001; 12/2026; 22");
    fields[2] = (
        "lines",
        "2026-0001; 12/2026; 22; 69,80\n2026-0001; 12/2026; 1; 66,00\n2026-0001; 11/2026; 3; 66,00\n2099-1; 12/2026; 1; 1,00",
    );
    let invoice = format!("/rechnungen/{}", fiona.fill(&entry, "/rechnungen", &fields).await.id());
    let checked = fiona.get(&invoice).await;
    for words in [
        "Unterschied: 83,60",
        "Unterschied: 33,00",
        "schon 66,00",
        "keine Entscheidung",
        "keinen Auftrag",
        "1.419,00 € auszahlen",
    ] {
        checked.is(200).shows(words);
    }
    fiona.fill(&entry, "/rechnungen", &fields).await.is(422).shows("Rechnung mit dieser Nummer");
    fiona.fill(&invoice, &format!("{invoice}/zahlung"), &[]).await.is(303);
    fiona.post(&format!("{invoice}/zahlung"), &[]).await.is(422).shows("schon bezahlt");
    let region = town.region("Nord").await;
    fiona.get(&format!("/budget?region={region}&jahr=2026")).await.shows("Rechnung R-7, 12/2026").shows("1.419,00 €");
    advice(&fiona, &invoice).await;
    // What is paid is no longer proposed, and the forecast of the new year begins after it.
    fiona.get(&entry).await.hides("2026-0001; 12/2026");
    let foreseen = fiona.api(Method::GET, "/api/v1/forecast", None).await.json();
    assert_eq!(foreseen["total_cents"], json!(1_291_714 - 146_143), "{foreseen}");
    assert!(matches!(town.chain().await, app::audit::Chain::Whole(_)));
}

async fn advice(fiona: &Client, invoice: &str) {
    let pdf = fiona.get(&format!("{invoice}/avis/pdf")).await;
    assert!(pdf.is(200).bytes.starts_with(b"%PDF") && pdf.kind == "application/pdf");
    let csv = fiona.get(&format!("{invoice}/avis.csv")).await;
    assert_eq!(csv.is(200).kind, "text/csv; charset=utf-8");
    csv.shows("2026-0001;12/2026;22;69,80;1535,60;1419,00").hides("Demir");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_help_from_proof_to_payment_advice_on_sqlite() {
    from_proof_to_payment_advice(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_help_from_proof_to_payment_advice_on_postgresql() {
    from_proof_to_payment_advice(Engine::Postgres).await;
}

async fn get(client: &Client, path: &str) -> Json {
    let answer = client.api(Method::GET, path, None).await;
    answer.is(200);
    answer.json()
}

async fn a_consortium(engine: Engine) {
    let town = Town::new(engine).await;
    let fiona = town.as_("fiona").await;
    let third = fiona.fill("/traeger", "/traeger", &[("name", "Zeitinsel e. V."), ("kind", "independent")]).await;
    let third = third.location.split("t-").nth(1).unwrap().to_owned();
    let (lotse, anker) = (town.lotse.to_string(), town.anker.to_string());
    let page = agrees(&fiona, "36a-2", &[(lotse.clone(), "40"), (anker.clone(), "35"), (third, "25")]).await;
    let region = town.region("Nord").await.to_string();
    let raten = format!("{page}/raten");
    let fields = [("region", region.as_str()), ("year", "2027"), ("total", "2.000.000,01"), ("paragraph", "28")];
    // A contract of kind B spends what is in the pot, and no more.
    fiona.fill(&page, &raten, &fields).await.is(422).shows("In diesem Topf fehlen dafür");
    let book = format!("/budget?region={region}&jahr=2027&mittel=B");
    let money = [("kind", "B"), ("planned", "2.100.000"), ("note", "Haushalt")];
    fiona.fill(&book, "/budget/plan", &money).await.is(303);
    fiona.fill(&page, &raten, &fields).await.is(303);
    fiona.get(&book).await.shows("99.999,99 €");
    fiona.fill(&page, &raten, &fields).await.is(422).shows("gibt es schon Raten");
    let id = page.rsplit('/').next().unwrap();
    let plans = get(&fiona, &format!("/api/v1/agreements/{id}/instalments")).await;
    let instalments = plans["plans"][0]["instalments"].as_array().unwrap();
    assert_eq!(instalments.len(), 12);
    let sum: i64 = instalments.iter().filter_map(|one| one["amount_cents"].as_i64()).sum();
    assert_eq!(sum, 200_000_001, "the sum of the instalments is the whole");
    let due: Vec<&str> = instalments.iter().filter_map(|one| one["due"].as_str()).step_by(3).collect();
    assert_eq!(due, ["2027-02-15", "2027-05-15", "2027-08-15", "2027-11-15"]);

    let plan = plans["plans"][0]["id"].as_str().unwrap();
    let fiona = later(&town, "2027-02-15", "fiona").await;
    let which = [("agreement", id), ("agency", lotse.as_str()), ("due", "2027-02-15")];
    fiona.post(&format!("/raten/{plan}/auszahlungen"), &which).await.is(303);
    fiona.post(&format!("/raten/{plan}/auszahlungen"), &which).await.is(422).shows("schon gezahlt");
    fiona.get(&page).await.shows("200.000,01 €").shows("15.02.2027");
    settles(&fiona, (&page, &book), plan, (&lotse, &anker)).await;
}

/// 200,000.01 euros were paid, 150,000 are proven; the contract promises a tenth of the rest.
async fn settles(fiona: &Client, (page, book): (&str, &str), plan: &str, (lotse, anker): (&str, &str)) {
    let action = format!("/raten/{plan}/abrechnungen");
    let fields =
        [("agency", lotse), ("proven", "150.000"), ("bonus_percent", "10"), ("note", "Nachweis vom 14.01.2028")];
    fiona.fill(page, &action, &fields).await.is(303);
    fiona.get(page).await.shows("5.000,00 €").shows("−45.000,01 €");
    fiona.fill(page, &action, &fields).await.is(422).shows("schon abgerechnet");
    // 155,000 euros are spent for good; the rest of this agency's 800,000.01 is free again for the region.
    fiona.get(book).await.shows("155.000,00 €").shows("745.000,00 €");
    let body = json!({"agency": anker, "proven_cents": 100, "bonus_percent": 101, "note": "X"});
    let api = format!("/api/v1/instalments/{plan}/settlements");
    fiona.api(Method::POST, &api, Some(body)).await.is(422).shows("bonus_percent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consortium_of_three_with_instalments_and_proof_on_sqlite() {
    a_consortium(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consortium_of_three_with_instalments_and_proof_on_postgresql() {
    a_consortium(Engine::Postgres).await;
}

#[track_caller]
fn refused(answer: &Answer, rule: &str) {
    answer.is(422).shows(rule);
}

/// N20: no agreement and no price holds for days before it was made, and none of §§ 77, 78a–g is settled backwards.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n20_nothing_is_back_dated() {
    let town = Town::new(Engine::Sqlite).await;
    let fiona = town.as_("fiona").await;
    let lotse = town.lotse.to_string();
    let page = agrees(&fiona, "78b", &[(lotse.clone(), "1")]).await;
    let id = page.rsplit('/').next().unwrap().to_owned();
    let back = [
        ("kind", "77"),
        ("title", "Rückwirkend"),
        ("agency_1", lotse.as_str()),
        ("agreed_on", "2026-11-20"),
        ("from", "2026-01-01"),
        ("child_protection", "yes"),
        ("record_checks", "yes"),
    ];
    fiona
        .fill("/vereinbarungen/neu", "/vereinbarungen", &back)
        .await
        .is(422)
        .shows("nie rückwirkend")
        .shows("Rückwirkend");
    let prices = format!("{page}/preise");
    fiona.fill(&page, &prices, &price("66,00", "2026-11-20", "2026-11-19")).await.is(422).shows("nie rückwirkend");
    fiona.fill(&page, &prices, &price("66,00", "2027-01-01", "2027-01-01")).await.is(422).shows("liegt in der Zukunft");
    let body = json!({"kind": "77", "title": "X", "members": [{"agency": lotse}], "agreed_on": "2026-11-20",
        "from": "2026-11-19", "child_protection": true, "record_checks": true});
    refused(&fiona.api(Method::POST, "/api/v1/agreements", Some(body)).await, "agreement.back_dated");
    let mut rate = json!({"help": "34", "unit": "place", "hour": "gross", "travel": "included", "qualification": "professional",
        "price_cents": 15_000, "agreed_on": "2026-11-20", "from": "2026-11-19"});
    let rates = format!("/api/v1/agreements/{id}/rates");
    refused(&fiona.api(Method::POST, &rates, Some(rate.clone())).await, "rate.back_dated");
    rate["from"] = json!("2027-01-01");
    fiona.api(Method::POST, &rates, Some(rate)).await.is(201);
    // No instalments, no settlement, no bonus on residential prices.
    fiona.get(&page).await.is(200).hides("Raten planen").shows("keinen nachträglichen Ausgleich");
    let region = town.region("Nord").await.to_string();
    let fields = [("region", region.as_str()), ("year", "2027"), ("total", "100.000"), ("paragraph", "28")];
    fiona.post(&format!("{page}/raten"), &fields).await.is(422).shows("§ 78d Abs. 1");
    let plan = json!({"region": region, "year": 2027, "total_cents": 100, "paragraph": "28"});
    let refused_plan = fiona.api(Method::POST, &format!("/api/v1/agreements/{id}/instalments"), Some(plan)).await;
    refused(&refused_plan, "instalment.no_settling_backwards");
}

/// N1: an agency reaches only its own mandates, agreements and contingents.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n1_no_agency_reaches_anothers_hours_prices_or_contacts() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 100_000, 0).await;
    let fiona = town.as_("fiona").await;
    let (_, _, mandate) = a_planned_help(&town, &fiona).await;
    let page = agrees(&fiona, "36a-2", &[(town.lotse.to_string(), "1")]).await;
    let agency = town.lotse.to_string();
    let fields = [
        ("agency", agency.as_str()),
        ("unit", "contacts"),
        ("agreed", "320"),
        ("price", "25.000"),
        ("from", "2026-11-01"),
        ("until", "2026-12-31"),
    ];
    fiona.fill(&page, &format!("{page}/kontingente"), &fields).await.is(303);
    fiona.get(&page).await.shows("78,125 €");
    let lotse = town.as_("lotse").await;
    let contingent = after(&lotse.get("/kontingente").await.text(), "action=\"/kontingente/");
    let count = format!("/kontingente/{contingent}/zaehlungen");
    lotse.fill("/kontingente", &count, &[("used_on", "2026-11-19"), ("count", "260")]).await.is(303);
    lotse.get("/kontingente").await.shows("260 (81 %)").shows("wird knapp").shows("Niemand wird weggeschickt");
    lotse.fill("/kontingente", &count, &[("used_on", "2026-11-21"), ("count", "x")]).await.is(422);
    lotse.get(&page).await.is(200).shows("Vertrag der Geschichte").hides("Preis vereinbaren");
    let id = page.rsplit('/').next().unwrap();
    let body = json!({"month": "2026-11", "quantity_hundredths": 100});
    let hours = format!("/auftraege/{mandate}/stunden");
    for key in ["anker", "ankerteam", "marta", "fiona", "greta"] {
        let other = town.as_(key).await;
        other.get(&hours).await.is(404);
        other.post(&hours, &[("month", "11/2026"), ("quantity", "1")]).await.is(404);
        other.api(Method::GET, &format!("/api/v1/mandates/{mandate}/proofs"), None).await.is(404);
        other.api(Method::POST, &format!("/api/v1/mandates/{mandate}/proofs"), Some(body.clone())).await.is(404);
    }
    let anker = town.as_("anker").await;
    anker.get(&page).await.is(404);
    anker.get("/vereinbarungen").await.is(404);
    anker.api(Method::GET, &format!("/api/v1/agreements/{id}"), None).await.is(404);
    anker.get("/kontingente").await.is(200).hides("Vertrag der Geschichte");
    anker.post(&count, &[("used_on", "2026-11-19"), ("count", "1")]).await.is(404);
    let counted = json!({"used_on": "2026-11-19", "count": 1});
    anker.api(Method::POST, &format!("/api/v1/contingents/{contingent}/counts"), Some(counted)).await.is(404);
    for key in ["lotse", "anker", "greta"] {
        let other = town.as_(key).await;
        other.get("/rechnungen").await.is(404);
        other.api(Method::GET, "/api/v1/invoices", None).await.is(404);
    }
    town.as_("marta").await.get("/rechnungen").await.is(403);
}

/// N10: whoever sees no commissions sees no number that could be one family. W36: the warning stops nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n10_planners_see_no_single_family_in_the_forecast() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 1_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    decides(&marta, &case).await;
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "27.400", "Anspruch").await.is(303);
    // 31 of 274 days of 27,400 euros lie in December.
    let fiona = town.as_("fiona").await;
    fiona
        .get("/budget/prognose")
        .await
        .is(200)
        .shows("3.100,00 €")
        .shows("Voraussichtlich 2.100,00 € über Plan")
        .shows("ab Dezember");
    for key in ["paul", "greta", "konrad"] {
        let other = town.as_(key).await;
        other
            .get("/budget/prognose")
            .await
            .is(200)
            .shows("geschützt")
            .hides("Lotse Jugendhilfe gGmbH</th><td class=\"num\" data-label=\"Hilfen\">1");
        let seen = get(&other, "/api/v1/forecast?open=1").await;
        assert_eq!((&seen["kinds"][0]["total_cents"], &seen["what_if_cents"]), (&Json::Null, &json!(0)), "{key}");
    }
    for key in ["lotse", "anker", "dora", "anton"] {
        town.as_(key).await.get("/budget/prognose").await.is(404);
    }
    town.as_("greta").await.post("/budget/prognose", &[]).await.is(403);
    // Keeping the forecast changes no help and no money.
    fiona.post("/budget/prognose", &[("region", "")]).await.is(303);
    let holidays = [("name", "Weihnachtsferien"), ("from", "2026-12-21"), ("until", "2027-01-05")];
    fiona.fill("/budget/prognose", "/budget/ferien", &holidays).await.is(303);
    fiona.get("/budget/prognose").await.shows("Weihnachtsferien").shows("3.100,00 €");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hour_is_calculated_by_page_and_api() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let query = "fachkraft=60.000&leitung=13.500&sachkosten=8.000&brutto=1.600&allgemein=400";
    let page = marta.get(&format!("/fachleistungsstunde?{query}")).await;
    page.is(200)
        .shows("Eine Fachleistungsstunde kostet 66,00 €.")
        .shows("höchstens 12.000,00 €")
        .shows("79.200,00 €")
        .hides("«");
    marta.get("/fachleistungsstunde?fachkraft=x&brutto=1").await.is(200).shows("Betrag wie 1.234,56 ein");
    let api = "/api/v1/hourly-rate?professional_cents=6000000&leading_cents=1350000&material_cents=800000\
               &gross_hundredths=160000&general_hundredths=40000";
    let found = get(&marta, api).await;
    assert_eq!((&found["rate_cents"], &found["steps"][2]["capped"]), (&json!(6_600), &json!(true)));
}
