// SPDX-License-Identifier: EUPL-1.2
//! Less help, and its end, as the law wants them: nothing is made up, nothing of the plan is lost, nothing leaves that
//! nobody chose, and nobody gets one help twice.

use crate::agreements::{a_planned_help, later};
use crate::client::{Answer, Client};
use crate::main_job::option;
use crate::town::{Engine, Town, both};
use axum::http::Method;
use serde_json::{Value, json};

/// Less help with nothing but what the form cannot do without.
async fn gets_less(worker: &Client, case: &str, fields: &[(&str, &str)]) -> Answer {
    let page = format!("/faelle/{case}/ueberpruefung");
    let help = option(&worker.get(&page).await.text(), "§ 31");
    let least = [
        ("commission", help.as_str()),
        ("from", "2026-12-22"),
        ("quantity", "3"),
        ("reasons", "Die Familie plant die Nachmittage selbst."),
        ("wish_answer", "not-voiced"),
        ("review_on", "2027-06-15"),
    ];
    let given = |name: &str| fields.iter().any(|(field, _)| *field == name);
    let all: Vec<_> = least.into_iter().filter(|(name, _)| !given(name)).chain(fields.iter().copied()).collect();
    let path = format!("/faelle/{case}/weniger");
    // The second press stands only in the form that says what is missing.
    if given("despite") || given("gaps_reason") {
        worker.post(&path, &all).await
    } else {
        worker.fill(&page, &path, &all).await
    }
}

async fn last_plan(worker: &Client, case: &str) -> Value {
    let text = worker.get(&format!("/faelle/{case}/hilfeplan")).await.text();
    let id = text.split("href=\"/hilfeplaene/").nth(1).unwrap().get(..36).unwrap();
    worker.api(Method::GET, &format!("/api/v1/plans/{id}"), None).await.json()["content"].clone()
}

/// N24, W1, W2, W3, W29: whoever was not asked did not answer.
async fn nothing_is_made_up(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let fiona = town.as_("fiona").await;
    let (_, case, _) = a_planned_help(&town, &fiona).await;
    let marta = later(&town, "2026-12-15", "marta").await;
    let shown = marta.get(&format!("/faelle/{case}/ueberpruefung")).await.text();
    let form = shown.split("/weniger\"").nth(1).and_then(|rest| rest.split("</form>").next()).unwrap();
    assert!(!form.contains("checked"), "nothing is ticked beforehand (N24)");
    for field in ["professionals", "hearing", "child_heard", "alternatives", "present"] {
        let area = form.split(&format!("name=\"{field}\"")).nth(1).unwrap();
        let words = area.split_once('>').unwrap().1.split_once("</textarea>").unwrap().0;
        assert_eq!(words.trim(), "", "{field} is made up by nobody");
    }
    let told = form.split("name=\"rights_told_on\"").nth(1).unwrap().split_once('>').unwrap().0;
    assert!(!told.contains("2026-12-15") && !told.contains("15.12.2026"), "{told}");
    // No answer is no answer: whether a wish was voiced is asked, and what is missing is said once.
    gets_less(&marta, &case, &[("wish_answer", "")]).await.is(422).shows("Die Familie plant die Nachmittage selbst.");
    let warned = gets_less(&marta, &case, &[]).await;
    warned.is(200).shows("Trotzdem entscheiden").shows("Die Familie plant die Nachmittage selbst.");
    for gap in [
        "über ihre Rechte informiert wurde",
        "wie das Kind beteiligt war",
        "Weniger als zwei sind genannt",
        "Keine Alternative",
        "dass sie vorher angehört wurde",
    ] {
        warned.shows(gap);
    }
    marta.get(&format!("/faelle/{case}/hilfeplan")).await.hides("Fassung 2");
    let against = [("stand", "against"), ("rights_told_on", "2026-12-15")];
    gets_less(&marta, &case, &against).await.is(200).shows("§ 24 Abs. 1 SGB X").hides("über ihre Rechte informiert");
    let despite = [&against[..], &[("gaps_reason", "Der Träger hat ab Montag keinen Platz.")]].concat();
    gets_less(&marta, &case, &despite).await.is(303);
    let plan = last_plan(&marta, &case).await;
    assert_eq!(plan["gaps_reason"], "Der Träger hat ab Montag keinen Platz.");
    assert!(plan["gaps"].to_string().contains("no-hearing"), "{plan}");
    marta.get(&format!("/faelle/{case}/ueberpruefung")).await.shows("Familie: dagegen");
}

/// § 37c, § 36(2), § 64(2): nothing of the plan is lost, and only what was chosen leaves.
async fn nothing_is_lost_and_nothing_leaves(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let fiona = town.as_("fiona").await;
    let (_, case, _) = a_planned_help(&town, &fiona).await;
    let marta = later(&town, "2026-12-15", "marta").await;
    let parts = |plan: &Value| -> Vec<String> {
        plan["parts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["part"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let before = last_plan(&marta, &case).await;
    gets_less(&marta, &case, &[("despite", "1"), ("sections", "services")]).await.is(303);
    let after = last_plan(&marta, &case).await;
    assert_eq!(after["services"], before["services"]);
    for part in parts(&before) {
        assert_eq!(parts(&after).contains(&part), part != "child-heard", "{part} in {after}");
    }
    // What the agency got: the services that were chosen, no goal, no name.
    let lotse = later(&town, "2026-12-16", "lotse").await;
    let list = lotse.api(Method::GET, "/api/v1/mandates", None).await.json();
    let newest =
        list["mandates"].as_array().unwrap().iter().find(|one| one.to_string().contains("2026-12-22")).unwrap();
    let got = newest.to_string();
    assert!(got.contains("Begleitung zur Schule"), "{got}");
    for secret in ["festen Ort", "Ayşe", "Keine Geschwister", "Die Familie plant die Nachmittage selbst"] {
        assert!(!got.contains(secret), "{secret} in {got}");
    }
}

/// H5: a help whose end is on record is not stepped down; taking the end back never gives it twice.
async fn never_twice(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let fiona = town.as_("fiona").await;
    let (_, case, _) = a_planned_help(&town, &fiona).await;
    let marta = later(&town, "2026-12-15", "marta").await;
    let (page, review) = (format!("/faelle/{case}/ende"), format!("/faelle/{case}/ueberpruefung"));
    let help = option(&marta.get(&page).await.text(), "§ 31");
    let end = json!({"ended_on": "2027-01-31", "reason": "50", "stay": "01", "next": "6", "words": "Der Träger hört auf.",
        "talk_on": "2026-12-15", "talk_with": "Ayşe Demir", "stand": "against", "still_due_cents": 0});
    marta.api(Method::POST, &format!("/api/v1/commissions/{help}/ending"), Some(end)).await.is(200);
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/endings"), None).await.json();
    assert_eq!(told["endings"][0]["in_effect"], false);
    // W29: ended against the wish, nobody heard.
    assert!(told["endings"][0]["gaps"].to_string().contains("no-hearing"), "{told}");
    marta.get(&review).await.hides("§ 31 SGB VIII · Lotse");
    let less = json!({"from": "2026-12-22", "quantity_hundredths": 300, "reasons": "Weniger.", "wish_answer": "not-voiced",
        "sections": [], "review_on": "2027-06-15", "still_due_cents": 0});
    let path = format!("/api/v1/commissions/{help}/step-down");
    marta.api(Method::POST, &path, Some(less.clone())).await.is(422).shows("schon festgehalten");
    let id = told["endings"][0]["id"].as_str().unwrap();
    let back = json!({"why": "Der Träger macht doch weiter."});
    marta.api(Method::POST, &format!("/api/v1/endings/{id}/reopening"), Some(back)).await.is(200);
    marta.api(Method::POST, &path, Some(less)).await.is(200);
    let services = marta.get(&format!("/faelle/{case}/leistungen")).await.text();
    assert_eq!(services.matches("3 Std./Woche × ").count(), 1, "one help runs on");
    assert_eq!(services.matches("5 Std./Woche × ").count(), 1, "and the one before has ended");
}

both! {
    nothing_is_made_up, n24_less_help_makes_nothing_up_on_sqlite, n24_less_help_makes_nothing_up_on_postgresql;
    nothing_is_lost_and_nothing_leaves, n1_less_help_sends_what_was_chosen_on_sqlite, n1_less_help_sends_what_was_chosen_on_postgresql;
    never_twice, w29_an_end_and_less_of_one_help_are_never_both_on_sqlite, w29_an_end_and_less_of_one_help_are_never_both_on_postgresql;
}
