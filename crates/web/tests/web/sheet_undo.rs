// SPDX-License-Identifier: EUPL-1.2
//! The last change of a network map, a genogram or a resource check is taken back within 30 days, and the one before it;
//! a fixed version never is.

use crate::client::Client;
use crate::main_job::{explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn both(story: impl AsyncFn(Town)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        story(Town::new(engine).await).await;
    }
}

async fn puts(worker: &Client, page: &str, name: &str) {
    let fields = [("name", name), ("sector", "family"), ("horizon", "near"), ("tie", "present"), ("symbol", "female")];
    worker.fill(page, &format!("{page}/kontakte"), &fields).await.is(303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_change_of_a_network_map_is_taken_back() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        explores(&marta, &case).await;
        let page = format!("/faelle/{case}/netzwerk");
        let undo = format!("{page}/zurueck");
        marta.get(&page).await.hides("Letzte Änderung zurücknehmen");
        puts(&marta, &page, "Tante Elif").await;
        puts(&marta, &page, "Frau Sommer").await;
        let text = marta.get(&page).await.text();
        let id = text.split("name=\"contact\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let person = text.split("name=\"person\" value=\"").nth(1).unwrap()[..36].to_owned();
        let malik = town.as_("malik").await;
        malik.post(&format!("{page}/kontakte/weg"), &[("person", &person), ("contact", &id)]).await.is(303);
        let now = marta.get(&page).await;
        now.shows("Zuletzt geändert von Malik Beispiel");
        town.as_("heike").await.post(&undo, &[("person", &person)]).await.is(404);
        let late = town.later("marta", "2026-12-21T09:00").await;
        late.get(&page).await.hides("Letzte Änderung zurücknehmen");
        late.post(&undo, &[("person", &person)]).await.is(422).shows("nicht mehr zurücknehmen");
        let last = town.later("marta", "2026-12-20T09:00").await;
        last.fill(&page, &undo, &[]).await.is(303);
        for name in ["Tante Elif", "Frau Sommer"] {
            last.get(&page).await.shows(name);
        }
        last.fill(&page, &undo, &[]).await.is(303);
        last.get(&page).await.shows("Tante Elif").hides("Frau Sommer");
        let path = format!("/api/v1/cases/{case}/network/undo");
        last.api(Method::POST, &path, Some(json!({ "person": person }))).await.is(201);
        last.get(&page).await.hides("Tante Elif").hides("Letzte Änderung zurücknehmen");
        last.api(Method::POST, &path, Some(json!({ "person": person }))).await.is(422);
        assert_eq!(town.deeds().await.iter().filter(|deed| deed.ends_with("taken-back")).count(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_change_of_a_genogram_or_a_check_is_taken_back_and_no_version_is() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        explores(&marta, &case).await;
        let page = format!("/faelle/{case}/genogramm");
        let kin = [("name", "Opa Kemal"), ("symbol", "male")];
        marta.fill(&page, &format!("{page}/menschen"), &kin).await.is(303);
        marta.get(&page).await.shows("Opa Kemal");
        marta.fill(&page, &format!("{page}/zurueck"), &[]).await.is(303);
        marta.get(&page).await.hides("Opa Kemal");
        marta.fill(&page, &format!("{page}/menschen"), &kin).await.is(303);
        marta.fill(&page, &format!("{page}/festhalten"), &[("dated_on", "2026-11-20")]).await.is(303);
        marta.get(&page).await.shows("Opa Kemal").hides("Letzte Änderung zurücknehmen");
        marta.post(&format!("{page}/zurueck"), &[]).await.is(422);
        marta.get(&page).await.shows("Opa Kemal");
        let check = format!("/faelle/{case}/ressourcencheck");
        let entry = [("words", "Herr Vogt hilft"), ("field", "material"), ("used", "planned"), ("third", "not-asked")];
        marta.fill(&check, &format!("{check}/eintraege"), &entry).await.is(303);
        marta.get(&check).await.shows("Herr Vogt hilft");
        marta.fill(&check, &format!("{check}/zurueck"), &[]).await.is(303);
        marta.get(&check).await.hides("Herr Vogt hilft").shows("Leyla malt gern");
    })
    .await;
}

/// A place of everyday life and a help of the package that were ended by mistake hold again as before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn places_and_helps_that_ended_are_back() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        explores(&marta, &case).await;
        let undo = format!("/faelle/{case}/rueckgaengig");
        let page = format!("/faelle/{case}/hilfepaket");
        let help = [
            ("source", "relative"),
            ("who", "Tante Elif"),
            ("what", "holt ab"),
            ("from", "2026-11-20"),
            ("until", ""),
            ("weighing", "taken"),
        ];
        marta.fill(&page, &format!("{page}/hilfen"), &help).await.is(303);
        let text = marta.get(&page).await.text();
        let elif = option(text.split("/hilfepaket/ende").nth(1).unwrap(), "Tante Elif");
        let end = [("help", elif.as_str()), ("until", "2026-11-20")];
        marta.fill(&page, &format!("{page}/ende"), &end).await.is(303);
        marta.get(&page).await.hides(&format!("{page}/ende"));
        marta.get(&undo).await.shows("Hilfe im Paket beendet:").shows("Tante Elif: holt ab");
        marta.fill(&undo, &undo, &[]).await.is(303);
        marta.get(&page).await.shows(&format!("{page}/ende"));
        let lived = format!("/faelle/{case}/lebenswelt");
        let leyla = option(&marta.get(&lived).await.text(), "Leyla Demir");
        let place = [
            ("person", leyla.as_str()),
            ("kind", "school"),
            ("name", "Schule am Kastanienhof"),
            ("way", "foot"),
            ("company", "alone"),
            ("told_on", "2026-11-20"),
        ];
        marta.fill(&lived, &format!("{lived}/orte"), &place).await.is(303);
        marta.fill(&lived, &format!("{lived}/ende"), &[]).await.is(303);
        marta.get(&undo).await.shows("Ort des Alltags beendet:").shows("Schule am Kastanienhof");
        marta.fill(&undo, &undo, &[]).await.is(303);
        marta.get(&lived).await.shows("Schule am Kastanienhof").shows(&format!("{lived}/ende"));
    })
    .await;
}
