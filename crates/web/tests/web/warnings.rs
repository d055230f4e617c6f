// SPDX-License-Identifier: EUPL-1.2
//! Warnings of the law, each provoked and then met: it is said, it names where it stands, it never blocks, and it
//! goes when what was missing is there. `docs/red-lines.md` lists where the others are provoked.

use crate::client::Client;
use crate::main_job::{decides, explores, opens, option};
use crate::protection::{begins, danger, family};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::{Value, json};

/// A decision that lacks nothing, for a help at home or away from it.
fn whole(help: &str) -> Value {
    let parts: Vec<Value> = [
        "child-heard",
        "view-agency",
        "siblings",
        "other-parent",
        "perspective",
        "adoption",
        "cooperation",
        "maintenance",
        "guard",
    ]
    .iter()
    .map(|part| json!({"part": part, "words": "Steht da."}))
    .collect();
    json!({
        "granted": true, "help": help, "from": "2026-12-01", "until": "2027-11-30", "reasons": "Weil es hilft.",
        "professionals": ["Marta", "Malik"], "alternatives": ["Patenfamilie"], "rights_told_on": "2026-11-19",
        "review_on": "2027-03-01", "services": "Gespräche", "extent": {"hundredths": 750, "unit": "hours-a-week"},
        "attendance": [{"name": "Ayşe Demir", "presence": "present"}], "parts": parts,
    })
}

fn without(part: &str, help: &str) -> Value {
    let mut body = whole(help);
    body["parts"].as_array_mut().unwrap().retain(|one| one["part"] != part);
    body
}

fn with(field: &str, value: Value) -> Value {
    let mut body = whole("31");
    body[field] = value;
    body
}

/// What a decision would lack: exactly this, and it can be decided all the same.
async fn warns(marta: &Client, case: &str, body: Value, gap: &str) {
    let path = format!("/api/v1/cases/{case}/decisions");
    let said = marta.api(Method::POST, &format!("{path}/gaps"), Some(body.clone())).await;
    assert_eq!(said.is(200).json()["gaps"].to_string().matches(gap).count(), 1, "{gap}: {}", said.text());
    let complete = marta.api(Method::POST, &format!("{path}/gaps"), Some(whole("34"))).await;
    assert!(!complete.text().contains(gap), "{gap} in a whole decision: {}", complete.text());
    let decided = marta.api(Method::POST, &path, Some(body)).await;
    assert!(decided.status.is_success(), "{gap} blocked: {}", decided.text());
}

async fn explored(town: &Town) -> (Client, String) {
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    (marta, case)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w1_w2_w3_w6_before_the_decision() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let (marta, case) = explored(&town).await;
        warns(&marta, &case, with("rights_told_on", Value::Null), "rights-hint").await;
        warns(&marta, &case, without("child-heard", "31"), "child-not-heard").await;
        warns(&marta, &case, with("professionals", json!(["Marta"])), "few-professionals").await;
        warns(&marta, &case, without("other-parent", "31"), "other-parent-open").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w4_before_a_plan_is_fixed() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case) = explored(&town).await;
    warns(&marta, &case, with("services", Value::Null), "no-services").await;
    warns(&marta, &case, with("extent", Value::Null), "no-extent").await;
    warns(&marta, &case, without("view-agency", "31"), "no-agency").await;
    warns(&marta, &case, without("siblings", "31"), "no-siblings").await;
    // Will, goal, resource are the case's: another family has none of them.
    let bare = opens(&town.as_("malik").await).await;
    let path = format!("/api/v1/cases/{bare}/decisions/gaps");
    let said = marta.api(Method::POST, &path, Some(whole("31"))).await.is(200).text();
    for gap in ["no-need", "no-will", "no-goal", "no-strength"] {
        assert!(said.contains(gap), "{gap}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w12_w14_outside_the_own_family() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let (marta, case) = explored(&town).await;
        for (part, gap) in [
            ("perspective", "no-perspective"),
            ("adoption", "no-adoption-check"),
            ("cooperation", "no-cooperation"),
            ("maintenance", "no-maintenance"),
            ("guard", "no-guard"),
        ] {
            warns(&marta, &case, without(part, "34"), gap).await;
        }
        let home = without("guard", "31");
        let path = format!("/api/v1/cases/{case}/decisions/gaps");
        marta.api(Method::POST, &path, Some(home)).await.hides("no-guard");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w29_a_refusal_asks_for_the_hearing_and_its_reasons() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case) = explored(&town).await;
    let mut refusal = with("granted", json!(false));
    warns(&marta, &case, refusal.clone(), "no-hearing").await;
    refusal["parts"] = json!([{"part": "hearing", "words": "Am 18. angehört: Die Mutter ist enttäuscht."},
                              {"part": "child-heard", "words": "Allein."}]);
    let path = format!("/api/v1/cases/{case}/decisions");
    marta.api(Method::POST, &format!("{path}/gaps"), Some(refusal.clone())).await.hides("no-hearing");
    // Reasons are no gap: without them there is no decision (§ 35 SGB X).
    refusal["reasons"] = json!("");
    marta.api(Method::POST, &path, Some(refusal)).await.is(422).shows("reasons");
    let page = format!("/faelle/{case}/hilfeplan");
    marta.get(&page).await.shows("Was hat die Familie bei der Anhörung gesagt?");
}

/// Two years with a foster family are counted by themselves, once, from the first such decision.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w13_two_years_with_a_foster_family() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let (marta, case) = explored(&town).await;
        let decides = async |help: &str, from: &str| {
            let mut body = whole(help);
            body["from"] = json!(from);
            let decided = marta.api(Method::POST, &format!("/api/v1/cases/{case}/decisions"), Some(body)).await;
            assert!(decided.status.is_success(), "{}", decided.text());
            let dues = marta.api(Method::GET, &format!("/api/v1/cases/{case}/deadlines"), None).await.json();
            let open = dues["open"].as_array().unwrap().clone();
            open.iter().filter(|one| one["kind"] == "foster-years").map(|one| one["due"].clone()).collect::<Vec<_>>()
        };
        assert!(decides("31", "2026-12-01").await.is_empty());
        assert_eq!(decides("33", "2026-12-01").await, ["2028-12-01"]);
        assert_eq!(decides("33", "2027-02-01").await, ["2028-12-01"], "going on begins no new two years");
        marta.get("/fristen").await.shows("Zwei Jahre in der Pflegefamilie");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w5_a_review_that_is_over_is_called_out() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let (marta, case) = explored(&town).await;
        decides(&marta, &case).await;
        let (day, after) = ("2027-03-01T09:00", "2027-03-02T09:00");
        let row = async |moment: &str| {
            let page = town.later("marta", moment).await.get("/fristen").await;
            page.shows("Hilfeplan überprüfen").text()
        };
        assert!(!row(day).await.contains("überschritten"), "the day itself is not late");
        assert!(row(after).await.contains("überschritten"));
        marta.get(&format!("/faelle/{case}")).await.is(200);
    }
}

/// Statutory clocks on a case's page: the day, the paragraph, and that it is over when it is. One kind a row:
/// start, last day, where it stands.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w8_w9_w10_w13_w19_clocks_of_the_law() {
    let town = Town::new(Engine::Sqlite).await;
    town.as_("anton").await.fill("/verwaltung/kalender", "/verwaltung/kalender", &[("land", "HH")]).await.is(303);
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    let page = format!("/faelle/{case}/fristen");
    for (kind, start, ends, source) in [
        ("competence", "2026-11-20", "04.12.2026", "§ 14"),
        ("participation", "2026-11-20", "11.12.2026", "§ 14"),
        ("after-opinion", "2026-11-20", "04.12.2026", "§ 14"),
        ("several-carriers", "2026-11-20", "04.01.2027", "§ 15"),
        ("plan-conference", "2026-11-20", "20.01.2027", "§ 15"),
        ("foster-years", "2026-11-20", "20.11.2028", "§ 86"),
        // Monday to Friday (§ 7(4)): seven of them from a Friday on are the second Tuesday.
        ("minor-report", "2026-11-20", "01.12.2026", "§ 42a"),
        ("land-report", "2026-11-20", "25.11.2026", "§ 42a"),
        ("distribution-ends", "2026-11-20", "20.12.2026", "§ 42b"),
    ] {
        marta.fill(&page, &page, &[("kind", kind), ("start", start)]).await.is(303);
        let text = marta.get(&page).await.text();
        let card = text.split("<article").find(|card| card.contains(ends) && card.contains(source));
        assert!(card.is_some(), "{kind}: no {ends} with {source} in\n{text}");
    }
    let late = town.later("marta", "2026-12-07T09:00").await;
    late.get("/fristen").await.shows("überschritten").shows("Zuständigkeit für Teilhabeleistung prüfen");
}

/// W20: custodians do not object, so help planning begins at once; W17 has its story in `protection`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w20_no_objection_means_planning_begins() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let marta = town.as_("marta").await;
        let case = danger(&marta, "private").await;
        family(&marta, &case).await;
        begins(&marta, &case, &["Leyla Demir"]).await;
        let page = format!("/faelle/{case}/schutz");
        let child = option(&marta.get(&page).await.text(), "Leyla Demir");
        let care = [
            ("child", child.as_str()),
            ("ground", "danger-no-objection"),
            ("words", "Akut, die Mutter stimmt zu."),
            ("place", "Kinderschutzhaus"),
            ("placement", "facility"),
            ("began", "2026-11-20T09:30"),
        ];
        marta.fill(&page, &format!("/faelle/{case}/inobhutnahmen"), &care).await.is(303);
        let text = marta.get(&page).await.text();
        let path = text.split("action=\"/inobhutnahmen/").nth(1).map(|rest| format!("/inobhutnahmen/{}", &rest[..46]));
        let path = path.unwrap();
        let tells = async |kind: &str| {
            let fact = [("kind", kind), ("words", "So war es."), ("at", "2026-11-20T09:50")];
            marta.fill(&page, &path, &fact).await.is(303);
        };
        let said = "Hilfeplanverfahren noch nicht eingeleitet";
        marta.get(&page).await.hides(said);
        tells("no-objection").await;
        marta.get(&page).await.shows(said).shows("§ 42 Abs. 3 S. 5 SGB VIII");
        tells("plan-begun").await;
        marta.get(&page).await.hides(said);
    }
}

/// N21, the other half: a confirmed step of a procedure has no way to be changed either, only a correction beside it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n21_steps_of_protection_are_fixed_too() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = danger(&marta, "school").await;
    family(&marta, &case).await;
    let procedure = begins(&marta, &case, &["Leyla Demir"]).await;
    let before = marta.api(Method::GET, &format!("/api/v1/protections/{procedure}"), None).await.is(200).json();
    let step = before["steps"][0]["id"].as_str().unwrap().to_owned();
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for path in [
            format!("/schutz/{procedure}"),
            format!("/schutz/{procedure}/schritte/{step}"),
            format!("/api/v1/protections/{procedure}"),
            format!("/api/v1/protections/{procedure}/steps/{step}"),
        ] {
            let status = marta.send(method.clone(), &path, Some("words=Anders")).await.status.as_u16();
            assert!([403, 404, 405].contains(&status), "{method} {path}: {status}");
        }
    }
    let after = marta.api(Method::GET, &format!("/api/v1/protections/{procedure}"), None).await.json();
    assert_eq!(before["steps"], after["steps"]);
}

/// W7: whoever gave the opinion takes part in the plan (§ 36(4) SGB VIII), and does not deliver (§ 35a(1a) S. 4).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w7_the_assessor_takes_part_and_does_not_deliver() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        town.plans("Nord", 100_000, 0).await;
        let (marta, case) = explored(&town).await;
        let new = json!({"received_on": "2026-11-09", "words": "Schulbegleitung"});
        let path = format!("/api/v1/cases/{case}/applications");
        let id = marta.api(Method::POST, &path, Some(new)).await.is(200).json()["id"].as_str().unwrap().to_owned();
        let ordered = json!({"step": "opinion-ordered", "on": "2026-11-12", "words": "Dr. Kern, Lotse Jugendhilfe"});
        marta.api(Method::POST, &format!("/api/v1/applications/{id}/steps"), Some(ordered)).await.is(200);
        let gaps = format!("/api/v1/cases/{case}/decisions/gaps");
        let mut draft = whole("35a");
        draft["application"] = json!(id);
        let mut together = draft.clone();
        let there = json!({"name": "Frau Dr. Kern, Psychotherapeutin", "presence": "present"});
        together["attendance"].as_array_mut().unwrap().push(there);
        marta.api(Method::POST, &gaps, Some(together.clone())).await.is(200).hides("assessor-missing");
        // Another help asks for no assessor. Without naming the application that waits, that is said, and it still waits.
        marta.api(Method::POST, &gaps, Some(whole("31"))).await.hides("assessor-missing").hides("application-open");
        together.as_object_mut().unwrap().remove("application");
        warns(&marta, &case, together, "application-open").await;
        warns(&marta, &case, draft, "assessor-missing").await;
        // The agency that gave the opinion stands in the list like every other one, with what is to be known of it.
        let services = format!("/faelle/{case}/leistungen");
        marta.get(&services).await.shows("hat die Stellungnahme abgegeben").shows("§ 35a Abs. 1a");
    }
}

/// W11: a young adult's plan whose end is known says how after-care is meant (§ 41a(2)).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w11_aftercare_stands_in_the_last_plan() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case) = explored(&town).await;
    warns(&marta, &case, whole("41"), "no-aftercare").await;
    let path = format!("/api/v1/cases/{case}/decisions/gaps");
    let mut draft = whole("41");
    draft["parts"].as_array_mut().unwrap().push(json!({"part": "aftercare", "words": "Ein Jahr, alle drei Monate."}));
    marta.api(Method::POST, &path, Some(draft)).await.hides("no-aftercare");
    marta.api(Method::POST, &path, Some(whole("31"))).await.hides("no-aftercare");
    marta.get(&format!("/faelle/{case}/hilfeplan")).await.shows("Welche Nachbetreuung ist vereinbart?");
}
