// SPDX-License-Identifier: EUPL-1.2
//! Reminders by mail, wished for by a person; absences over the API.

use crate::main_job::opens;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn both(story: impl AsyncFn(Town)) {
    story(Town::new(Engine::Sqlite).await).await;
    story(Town::new(Engine::Postgres).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reminders_are_wished_for_and_absences_go_over_the_api() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        marta.get("/erinnerung").await.is(200).shows("Es gibt Aufgaben").shows("zurzeit nicht erinnert");
        marta.fill("/erinnerung", "/erinnerung", &[("to", "keine")]).await.is(422).shows("keine E-Mail-Adresse");
        marta.fill("/erinnerung", "/erinnerung", &[("to", "marta@musterhafen.example")]).await.is(303);
        assert_eq!(app::letters::mails::plan_today(&town.app).await, Ok(0), "nothing is due");
        let case = opens(&marta).await;
        let page = format!("/faelle/{case}/fristen");
        marta.fill(&page, &page, &[("kind", "pass-on"), ("start", "2026-11-20")]).await.is(303);
        assert_eq!(app::letters::mails::plan_today(&town.app).await, Ok(1));
        assert_eq!(app::letters::mails::plan_today(&town.app).await, Ok(0), "one a day");
        let ready = app::letters::mails::ready(&town.app).await.unwrap();
        assert_eq!(ready.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["marta@musterhafen.example"]);
        // Of many who would send it, one does.
        let mut taken = 0;
        for _ in 0..3 {
            taken += usize::from(app::letters::mails::take(&town.app, ready[0].id).await.is_ok());
        }
        assert_eq!(taken, 1);
        assert_eq!(app::letters::mails::ready(&town.app).await.unwrap(), []);
        app::letters::mails::settle(&town.app, ready[0].id, 1, true).await.unwrap();
        marta.get("/erinnerung").await.shows("20.11.2026: gesendet");
        marta.fill("/erinnerung", "/erinnerung/aus", &[]).await.is(303);
        assert_eq!(marta.api(Method::GET, "/api/v1/reminder", None).await.json()["to"], json!(null));
        // Absences over the API: the same rules as on the page.
        let shown = marta.api(Method::GET, "/api/v1/absences", None).await.json();
        let id = |name: &str| {
            let all = shown["colleagues"].as_array().unwrap();
            all.iter().find(|one| one["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
        };
        let (own, malik) = (id("Marta Beispiel"), id("Malik Beispiel"));
        let absence = json!({ "absent": own, "deputy": malik, "from": "2026-11-23", "until": "2026-11-27" });
        marta.api(Method::POST, "/api/v1/absences", Some(absence)).await.is(201);
        let backwards = json!({ "absent": own, "from": "2026-11-27", "until": "2026-11-23" });
        marta.api(Method::POST, "/api/v1/absences", Some(backwards)).await.is(422);
        let kept = marta.api(Method::GET, "/api/v1/absences", None).await.json();
        assert_eq!(kept["coming"][0]["deputy"], json!("Malik Beispiel"));
        let lotse = town.as_("lotse").await;
        assert!(matches!(lotse.api(Method::GET, "/api/v1/absences", None).await.status.as_u16(), 403 | 404));
    })
    .await;
}
