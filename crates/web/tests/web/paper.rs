// SPDX-License-Identifier: EUPL-1.2
//! Sheets that close, the plan's form and paper, ratings of agencies, days as they are typed.

use crate::main_job::{commissions, decides, explores, opens};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

/// A sheet was for one meeting: some days after it members of other houses are told that there is nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sheets_close_for_members_after_the_meeting() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        explores(&marta, &case).await;
        let item = crate::main_job::consults(&town, &marta, &case).await;
        let page = format!("/teams/{item}");
        // Held on the 20th; open for fourteen days.
        town.later("ankerteam", "2026-12-04T09:00").await.get(&page).await.is(200);
        let late = town.later("ankerteam", "2026-12-05T09:00").await;
        late.get(&page).await.is(404).hides("Kind A");
        late.get("/teams").await.hides(&item);
        late.api(Method::GET, &format!("/api/v1/agenda/{item}"), None).await.hides("Kind A");
        late.post(&format!("{page}/ideen"), &[("kind", "social"), ("words", "Noch eine Idee")]).await.is(404);
        town.later("marta", "2026-12-05T09:00").await.get(&page).await.is(200).shows("Kind A");
        let anton = town.as_("anton").await;
        let longer = [("rule", "sheet-days"), ("value", "30")];
        anton.fill("/verwaltung/hausregeln", "/verwaltung/hausregeln", &longer).await.is(303);
        late.get(&page).await.is(200);
    }
}

/// The plan's form is short; every field is there without script; what was typed stays. The paper names who carries the
/// help out; the API says beforehand what is missing; the agency rates its goals itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_plan_its_gaps_its_commission_and_the_agencys_rating() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 100_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/hilfeplan");
    assert_eq!(marta.get(&page).await.text().matches("<details open>").count(), 0);
    let decide = format!("/faelle/{case}/entscheidung");
    let wrong = marta.fill(&page, &decide, &[("present", "Ayşe Demir"), ("siblings", "Can bleibt hier.")]).await;
    wrong.is(422).shows("Can bleibt hier.").shows("Schritt 4: Wer dabei war");
    assert_eq!(wrong.text().matches("<details open>").count(), 2, "steps with words in them are open");
    let draft = json!({
        "granted": true, "help": "31", "from": "2026-12-01", "reasons": "Weil.", "review_on": "2027-01-15",
    });
    let gaps = format!("/api/v1/cases/{case}/decisions/gaps");
    let asked = marta.api(Method::POST, &gaps, Some(draft.clone())).await;
    asked.is(200).shows("few-professionals").shows("rights-hint");
    assert_eq!(marta.api(Method::GET, &format!("/api/v1/cases/{case}/plans"), None).await.json()["plans"], json!([]));
    town.as_("heike").await.api(Method::POST, &gaps, Some(draft)).await.is(404);
    let plan = decides(&marta, &case).await;
    marta.get(&format!("/hilfeplaene/{plan}")).await.hides("Wer die Hilfe leistet");
    let before = marta.get(&format!("/hilfeplaene/{plan}/pdf")).await.bytes;
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
    let shown = marta.get(&format!("/hilfeplaene/{plan}")).await;
    shown.shows("Wer die Hilfe leistet").shows("Lotse Jugendhilfe gGmbH").shows("weil ich dort jemanden kenne");
    assert_ne!(before, marta.get(&format!("/hilfeplaene/{plan}/pdf")).await.bytes);
    let lotse = town.as_("lotse").await;
    let mandate = lotse.get("/auftraege").await.text().split("href=\"/auftraege/").nth(1).unwrap()[..36].to_owned();
    let page = format!("/auftraege/{mandate}");
    let rating = [("goal", "0"), ("level", "half"), ("said_on", "20.11.2026"), ("words", "Die Malgruppe läuft.")];
    lotse.post(&format!("{page}/bewertungen"), &rating).await.is(422).shows("bestätigen Sie den Auftrag");
    lotse.fill(&page, &format!("{page}/bestaetigen"), &[]).await.is(303);
    lotse.fill(&page, &format!("{page}/bewertungen"), &rating).await.is(303);
    marta.get(&format!("/faelle/{case}/ziele")).await.shows("Die Malgruppe läuft.").shows("etwa zur Hälfte");
    let stray = json!({"goal": 9, "level": "half", "said_on": "2026-11-20"});
    lotse.api(Method::POST, &format!("/api/v1/mandates/{mandate}/ratings"), Some(stray.clone())).await.is(422);
    town.as_("anker")
        .await
        .api(Method::POST, &format!("/api/v1/mandates/{mandate}/ratings"), Some(stray))
        .await
        .is(404);
}

/// Every date field says how to type a day, and understands it; what cannot be read stays as it was typed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_are_typed_as_germans_write_them() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    for path in [
        "/eingang/neu".to_owned(),
        format!("/faelle/{case}/wille"),
        format!("/faelle/{case}/hilfeplan"),
        format!("/faelle/{case}/bereich"),
    ] {
        let page = marta.get(&path).await;
        page.shows("TT.MM.JJJJ").hides("type=\"date\"").hides("type=\"datetime-local\"");
    }
    let page = format!("/faelle/{case}/wille");
    let child = |born| [("name", "Leyla Demir"), ("role", "child"), ("born", born)];
    let path = format!("/faelle/{case}/personen");
    marta
        .fill(&page, &path, &child("31.02.2017"))
        .await
        .is(422)
        .shows("31.02.2017")
        .shows("Dieses Datum gibt es nicht");
    for born in ["2.4.2017", "02042017", "2. April 2017", "2,4,2017", "2017-04-02"] {
        marta.fill(&page, &path, &child(born)).await.is(303);
    }
    let people = marta.api(Method::GET, &format!("/api/v1/cases/{case}/people"), None).await.json();
    assert!(people["people"].as_array().unwrap().iter().all(|one| one["born"] == "2017-04-02"), "{people}");
}
