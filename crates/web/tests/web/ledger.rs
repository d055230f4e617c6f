// SPDX-License-Identifier: EUPL-1.2
//! Stories of the book: October with an empty pot, and a surplus that becomes a project in the same space.

use crate::client::{Answer, Client};
use crate::main_job::{commissions, decides, explores, opens};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::{Value, json};

pub const LOTSE: &str = "Lotse Jugendhilfe gGmbH";

pub async fn get(client: &Client, path: &str) -> Value {
    let answer = client.api(Method::GET, path, None).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text());
    answer.json()
}

/// A family with a decision.
pub async fn decided(town: &Town) -> (Client, String) {
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    decides(&marta, &case).await;
    (marta, case)
}

/// The whole book is proven, and so is the log.
pub async fn proven(town: &Town) {
    let (log, book) = app::audit::prove(&town.app, &crate::town::finance()).await.unwrap();
    assert!(matches!(log, app::audit::Chain::Whole(_)));
    assert_eq!(book.faults, []);
    assert!(book.bookings > 0);
}

pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in\n{text}"));
    rest.split_once(after).unwrap_or_else(|| panic!("no {after} after {before}")).0
}

/// Laatzen-like: in October the pot is empty. Claims go on, the gap is covered out of four sources and by the council,
/// and the word for it is never "refused" or "waiting".
async fn october(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 5_000, 1_000).await;
    town.plans("Süd", 9_000, 0).await;
    let (marta, case) = decided(&town).await;
    commissions(&marta, &case, LOTSE, "3.900", "").await.is(303);
    let asked = commissions(&marta, &case, LOTSE, "20.000", "").await;
    asked
        .is(422)
        .shows("Die Hilfe kommt, auch wenn der Plan überschritten wird")
        .hides("abgelehnt")
        .hides("wartet auf");
    commissions(&marta, &case, LOTSE, "20.000", "Rechtsanspruch, Gefährdung abgewendet").await.is(303);
    commissions(&marta, &case, "Anker e. V.", "150,50", "Rechtsanspruch, zweite Hilfe").await.is(303);

    let fiona = town.as_("fiona").await;
    let nord = town.region("Nord").await;
    let page = fiona.get(&format!("/budget?region={nord}")).await;
    page.is(200).shows("Über Plan: 20.050,50 €").shows("19.900,00 €").shows("Ansprüche werden erfüllt");
    let budget = get(&fiona, &format!("/api/v1/budget?region={nord}")).await;
    assert_eq!(budget["book"]["free_cents"], -2_005_050);
    covers(&town, &fiona, &budget).await;

    let after = get(&fiona, &format!("/api/v1/budget?region={nord}")).await;
    assert_eq!(after["book"]["free_cents"], -15_050, "the newer top-up waits for its own cover");
    let covered = after["top_ups"].as_array().unwrap().iter().find(|line| line["missing_cents"] == 1_990_000).unwrap();
    assert_eq!((&covered["covered_cents"], covered["covered_on"].is_string()), (&json!(1_990_000), true));
    let mut sources: Vec<&str> =
        covered["covers"].as_array().unwrap().iter().map(|one| one["source"].as_str().unwrap()).collect();
    sources.sort_unstable();
    assert_eq!(sources, ["extra-income", "other-region", "own-lines", "own-lines", "reserve", "uncovered"]);
    fiona.get(&format!("/budget?region={nord}")).await.shows("aus dem Vorwegabzug").shows("ohne Deckung");
    proven(&town).await;
}

/// Own lines, income, reserve, another region and a rest, in one resolution; what moves between pots needs four eyes.
async fn covers(town: &Town, fiona: &Client, budget: &Value) {
    let sued = town.region("Süd").await.to_string();
    let top_up = budget["top_ups"].as_array().unwrap().iter().find(|line| line["missing_cents"] == 1_990_000).unwrap();
    let id = top_up["id"].as_str().unwrap();
    let page = format!("/budget?region={}&jahr=2026&decken={id}", budget["region"].as_str().unwrap());
    let action = format!("/budget/nachsteuerungen/{id}");
    let sources = [
        ("own_lines", "5.000; Jugendzentren\n1.500,25; Fortbildung"),
        ("extra_income", "909"),
        ("reserve", "800"),
        ("other_region", sued.as_str()),
        ("region_amount", "3.000"),
        ("resolution", "Rat vom 18.11.2026, Vorlage 88"),
    ];
    let unsaid = fiona.fill(&page, &action, &sources).await;
    unsaid.is(422).shows("Es bleiben 8.690,75 € ohne Deckung").shows("1.500,25; Fortbildung");
    fiona.fill(&page, &action, &[sources.as_slice(), &[("rest", "uncovered")]].concat()).await.is(303);
    let felix = town.as_("felix").await;
    let waiting = felix.get("/budget/umbuchungen").await.text();
    assert_eq!(waiting.matches("/freigabe\"").count(), 2, "{waiting}");
    fiona.get("/budget/umbuchungen").await.is(200).hides("/freigabe\"").shows("Freigeben muss eine zweite Person.");
    for _ in 0..2 {
        let text = felix.get("/budget/umbuchungen").await.text();
        let id = between(&text, "action=\"/budget/umbuchungen/", "/freigabe\"").to_owned();
        felix.fill("/budget/umbuchungen", &format!("/budget/umbuchungen/{id}/freigabe"), &[]).await.is(303);
    }
    felix.get("/budget/umbuchungen").await.shows("freigegeben").hides("/freigabe\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn october_on_sqlite() {
    october(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn october_on_postgres() {
    october(Engine::Postgres).await;
}

pub async fn year(client: &Client, year: i16, what: &str, fields: &[(&str, &str)]) -> Answer {
    let page = format!("/budget/jahre/{year}");
    client.fill(&page, &format!("{page}/{what}"), fields).await
}

/// TV12: of 3,200,000 euros that were left, 10 % go to prevention: a project in the same space, paid in instalments,
/// proven, settled. A help that runs over New Year keeps its money.
async fn surplus(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 3_204_800, 0).await;
    let (marta, case) = decided(&town).await;
    commissions(&marta, &case, LOTSE, "4.800", "").await.is(303);
    let nord = town.region("Nord").await.to_string();
    let today = town.as_("fiona").await;
    year(&today, 2026, "eroeffnung", &[("resolution", "Haushaltssatzung 2026")]).await.is(303);
    year(&today, 2026, "abschluss", &[("resolution", "Zu früh")]).await.is(422).shows("noch nicht zu Ende");
    let fiona = town.later("fiona", "2027-02-15T10:00").await;
    year(&fiona, 2026, "abschluss", &[("resolution", "Jahresabschluss, Rat vom 12.02.2027")]).await.is(303);
    let closed = fiona.get("/budget/jahre/2026").await;
    closed.is(200).shows("abgeschlossen").shows("Jahresabschluss, Rat vom 12.02.2027").shows("3.200.000,00 €");
    let next = get(&fiona, &format!("/api/v1/budget?region={nord}&year=2027")).await;
    assert_eq!((&next["book"]["committed_cents"], &next["book"]["free_cents"]), (&json!(480_000), &json!(0)));

    // Nothing is booked into a closed year, but a claim that began there is met all the same.
    let plan = [("region", nord.as_str()), ("year", "2026"), ("planned", "5"), ("note", "zu spät")];
    fiona.post("/budget/plan", &plan).await.is(422).shows("Dieses Jahr ist abgeschlossen");
    let later = town.later("marta", "2027-02-15T10:00").await;
    commissions(&later, &case, LOTSE, "600", "Rechtsanspruch aus 2026").await.is(303);
    let next = get(&fiona, &format!("/api/v1/budget?region={nord}&year=2027")).await;
    assert_eq!(next["book"]["committed_cents"], 540_000);

    let carry = [
        ("region", nord.as_str()),
        ("from_kind", "A"),
        ("to_kind", "C"),
        ("amount", "10 %"),
        ("purpose", "Prävention im Sozialraum Hafen"),
        ("resolution", "Rat vom 12.02.2027, TOP 9"),
    ];
    year(&fiona, 2026, "uebertrag", &carry).await.is(303);
    let grants = get(&fiona, &format!("/api/v1/budget?region={nord}&year=2027&kind=C")).await;
    assert_eq!(grants["book"]["free_cents"], 32_000_000, "TV12");
    project(&town, &fiona, &nord).await;
    proven(&town).await;
}

/// A grant from the promise to the settlement.
async fn project(town: &Town, fiona: &Client, nord: &str) {
    let page = format!("/budget/zusagen?region={nord}&jahr=2027&mittel=C");
    let agency = town.lotse.to_string();
    let wanted = [
        ("kind", "C"),
        ("subject", "Elterncafé im Bürgerhaus"),
        ("agency", agency.as_str()),
        ("paragraph", "16"),
        ("form", "group"),
    ];
    let all = |amount| [wanted.as_slice(), &[("amount", amount)]].concat();
    let too_much = fiona.fill(&page, "/budget/zusagen", &all("320.000,01")).await;
    too_much.is(422).shows("In diesem Topf fehlen dafür 0,01 €").shows("Elterncafé im Bürgerhaus");
    let made = fiona.fill(&page, "/budget/zusagen", &all("320.000")).await;
    let promise = format!("/budget/zusagen/{}", made.id());
    let step = |step, amount, note| [("step", step), ("amount", amount), ("note", note)];
    let book = format!("{promise}/buchen");
    fiona.fill(&promise, &book, &step("advance", "80.000", "1. Rate")).await.is(303);
    let settle = format!("{promise}/abschluss");
    fiona
        .fill(&promise, &settle, &[("note", "Ende")])
        .await
        .is(422)
        .shows("Für 80.000,00 € Vorschuss fehlt noch der Nachweis");
    fiona.fill(&promise, &book, &step("prove", "75.000", "Nachweis vom 01.02.")).await.is(303);
    fiona.fill(&promise, &book, &step("draw", "240.000,01", "Rest")).await.is(422).shows("Offen sind 240.000,00 €");
    fiona.fill(&promise, &book, &step("repay", "5.000", "nicht gebraucht")).await.is(303);
    fiona.fill(&promise, &settle, &[("note", "Ende")]).await.is(303);
    fiona.get(&promise).await.is(200).shows("75.000,00 €").shows("245.000,00 €").hides("/buchen\"");
    fiona.post(&settle, &[("note", "noch einmal")]).await.is(422).shows("Diese Zusage ist abgerechnet");
    let grants = get(fiona, &format!("/api/v1/budget?region={nord}&year=2027&kind=C")).await;
    assert_eq!(
        (&grants["book"]["drawn_cents"], &grants["book"]["free_cents"]),
        (&json!(7_500_000), &json!(24_500_000))
    );
    // The line of the statistics falls out of the book: what was paid, less what came back.
    let lines = get(fiona, "/api/v1/fiscal-years?year=2027").await;
    let line =
        lines["expenditure"].as_array().unwrap().iter().find(|line| line["purpose"]["paragraph"] == "16").unwrap();
    assert_eq!((&line["cents"], &line["purpose"]["line"]), (&json!(7_500_000), &json!("E20")));
    assert_eq!((&line["purpose"]["product"], &line["purpose"]["flow"]), (&json!("363"), &json!("grants")));
    fiona.get("/budget/jahre/2027").await.shows("E20").shows("Zuschüsse an freie Träger");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_surplus_becomes_a_project_on_sqlite() {
    surplus(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_surplus_becomes_a_project_on_postgres() {
    surplus(Engine::Postgres).await;
}
