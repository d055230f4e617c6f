// SPDX-License-Identifier: EUPL-1.2
//! People of a case: roles in law with their proof, search by any member, joining with undo; four eyes over posts; the
//! end of an idle session; drafts that expire.

use crate::client::Client;
use crate::main_job::{explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

pub async fn person(worker: &Client, case: &str, name: &str, role: &str, born: &str) -> String {
    let (page, path) = (format!("/faelle/{case}/wille"), format!("/faelle/{case}/personen"));
    worker.fill(&page, &path, &[("name", name), ("role", role), ("born", born)]).await.is(303);
    let people = worker.api(Method::GET, &format!("/api/v1/cases/{case}/people"), None).await.json();
    let all = people["people"].as_array().unwrap().clone();
    all.iter().rfind(|one| one["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
}

async fn roles_and_speech(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/menschen");
    marta.get(&page).await.shows("Es steht nicht fest, wer die Sorge hat");
    let text = marta.get(&page).await.text();
    let (leyla, ayse) = (option(&text, "Leyla Demir"), option(&text, "Ayşe Demir"));
    let role = [("child", leyla.as_str()), ("kind", "custody"), ("holder", ayse.as_str()), ("proof", "told")];
    let path = format!("/faelle/{case}/rollen");
    marta.fill(&page, &path, &role).await.is(303);
    marta.get(&page).await.shows("nur erzählt. Bitte lassen Sie sich einen Nachweis zeigen");
    let shown = [&role[..3], &[("proof", "certificate"), ("from", "2.4.2017")]].concat();
    marta.fill(&page, &path, &shown).await.is(422).shows("Datum des Nachweises").shows("02.04.2017");
    marta.fill(&page, &path, &[&shown[..], &[("proof_of", "10. April 2017")]].concat()).await.is(303);
    marta.get(&page).await.hides("Bitte lassen Sie sich einen Nachweis zeigen").shows("10.04.2017");
    let curator = [("child", leyla.as_str()), ("kind", "curator"), ("holder_name", "Vera Vogt"), ("proof", "told")];
    marta.fill(&page, &path, &curator).await.is(422).shows("wofür die Rolle gilt").shows("Vera Vogt");
    let speech = [("person", ayse.as_str()), ("language", "Türkisch"), ("interpreter", "spoken")];
    marta.fill(&page, &format!("/faelle/{case}/sprache"), &speech).await.is(303);
    marta.get(&page).await.shows("Sprache zu Hause: Türkisch").shows("Dolmetschen nötig");
    // A role ends with its day and its reason; that it held stays.
    let api = marta.api(Method::GET, &format!("/api/v1/cases/{case}/people"), None).await.json();
    let first = api["legal_roles"][0]["id"].as_str().unwrap().to_owned();
    let end = [("role", first.as_str()), ("ended_on", "2026-11-01"), ("ended_why", "Beschluss des Gerichts")];
    marta.fill(&page, &format!("/faelle/{case}/rollen/ende"), &end).await.is(303);
    marta.get(&page).await.shows("Beschluss des Gerichts").shows("gilt nicht mehr");
    let again = json!({"ended_on": "2026-11-02", "ended_why": "Noch einmal"});
    marta.api(Method::POST, &format!("/api/v1/legal-roles/{first}/end"), Some(again)).await.is(422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_in_law_have_their_days_and_their_proof_on_sqlite() {
    roles_and_speech(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_in_law_have_their_days_and_their_proof_on_postgresql() {
    roles_and_speech(Engine::Postgres).await;
}

async fn found_by_anything(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    person(&marta, &case, "Gülşen Müller-Öztürk", "mother", "1990-05-01").await;
    let iwan = person(&marta, &case, "Иван Петров", "relative", "").await;
    let page = format!("/faelle/{case}/menschen");
    let contact = [("person", iwan.as_str()), ("contact", "040 / 123 45-678")];
    marta.fill(&page, &format!("/faelle/{case}/kontakte"), &contact).await.is(303);
    let link = format!("/faelle/{case}\"");
    for words in [
        "dem",
        "mül",
        "mue",
        "mul",
        "Mueller",
        "Miller",
        "ozt",
        "gül",
        "Müller Gülsen",
        "iwa",
        "Petrow",
        "petrov",
        "Пет",
        "040 123",
        "+4940123",
        "5678",
        "2026-0001",
        "2026/0001",
    ] {
        marta.get(&format!("/suche?q={}", encoded(words))).await.shows(&link);
    }
    for words in ["xyz", "mu", "0401239", "Müller Hans"] {
        marta.get(&format!("/suche?q={}", encoded(words))).await.hides(&link);
    }
    let heike = town.as_("heike").await;
    for words in ["mül", "040 123", "5678", "2026-0001"] {
        heike.get(&format!("/suche?q={}", encoded(words))).await.hides(&link);
    }
}

fn encoded(words: &str) -> String {
    crate::client::encode(&[("q", words)])["q=".len()..].to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_letters_of_any_member_find_the_case_on_sqlite() {
    found_by_anything(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_letters_of_any_member_find_the_case_on_postgresql() {
    found_by_anything(Engine::Postgres).await;
}

/// N9: nothing is joined by itself, nobody joins into a case that is not theirs, and what was joined comes apart again.
async fn joined_and_undone(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let (one, other) = (opens(&marta).await, opens(&marta).await);
    let kept = person(&marta, &one, "Ayşe Yılmaz", "mother", "1990-05-01").await;
    let same = person(&marta, &other, "Yilmas Ayse", "mother", "01.05.1990").await;
    let page = format!("/faelle/{one}/menschen");
    marta.get(&page).await.shows("gleicher Klang und gleicher Geburtstag").hides("Auch in Fall");
    let heike = town.as_("heike").await;
    let join = json!({"joined": same, "why": "Geburtsurkunde"});
    heike.api(Method::POST, &format!("/api/v1/people/{kept}/joinings"), Some(join)).await.is(404);
    let pair = format!("{kept}+{same}");
    let path = format!("/faelle/{one}/zusammenfuehrung");
    marta.fill(&page, &path, &[("joined", pair.as_str()), ("why", "Geburtsurkunde gesehen")]).await.is(303);
    marta.get(&page).await.shows("Auch in Fall 2026-0002").shows("Geburtsurkunde gesehen");
    marta.get(&format!("/faelle/{other}/menschen")).await.shows("Auch in Fall 2026-0001");
    // Files stay apart: what is said in one case stands in no other.
    marta.get(&format!("/faelle/{other}/wille")).await.shows("Yilmas Ayse").hides("Ayşe Yılmaz");
    // A doubled entry of one case disappears from its list, and its words stay.
    let doubled = person(&marta, &one, "Ayse Yilmaz", "mother", "").await;
    let said = [("kind", "wish"), ("speaker", doubled.as_str()), ("words", "Ruhe."), ("said_on", "2026-11-20")];
    marta.fill(&format!("/faelle/{one}/wille"), &format!("/faelle/{one}/aussagen"), &said).await.is(303);
    let body = json!({"joined": doubled, "why": "doppelt eingetragen"});
    marta.api(Method::POST, &format!("/api/v1/people/{kept}/joinings"), Some(body)).await.is(201);
    let people = marta.api(Method::GET, &format!("/api/v1/cases/{one}/people"), None).await.json();
    assert_eq!(people["people"].as_array().unwrap().len(), 1, "{people}");
    marta.get(&format!("/faelle/{one}/wille")).await.shows("Ruhe.").hides("Ayse Yilmaz</h3>");
    // Undone, everybody is who they were.
    let text = marta.get(&page).await.text();
    for join in text.split("name=\"join_id\" value=\"").skip(1).map(|rest| rest[..36].to_owned()).collect::<Vec<_>>() {
        marta.api(Method::POST, &format!("/api/v1/joinings/{join}/undo"), Some(json!({}))).await.is(200);
        marta.api(Method::POST, &format!("/api/v1/joinings/{join}/undo"), Some(json!({}))).await.is(422);
    }
    let people = marta.api(Method::GET, &format!("/api/v1/cases/{one}/people"), None).await.json();
    assert_eq!(people["people"].as_array().unwrap().len(), 2, "{people}");
    marta.get(&page).await.hides("Auch in Fall");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n9_people_join_entries_and_take_it_back_on_sqlite() {
    joined_and_undone(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n9_people_join_entries_and_take_it_back_on_postgresql() {
    joined_and_undone(Engine::Postgres).await;
}

/// Two administrators cannot give each other what neither may take alone.
async fn four_eyes(engine: Engine) {
    let town = Town::new(engine).await;
    let anton = town.as_("anton").await;
    let body = json!({"name": "Berta Zweite", "email": "berta@musterhafen.example"});
    let berta = anton.api(Method::POST, "/api/v1/accounts", Some(body)).await;
    let berta = if berta.status.is_success() {
        berta.json()["id"].as_str().unwrap().to_owned()
    } else {
        let new = [("name", "Berta Zweite"), ("email", "berta@musterhafen.example")];
        let added = anton.post("/verwaltung/menschen", &new).await.location;
        added.split("person=").nth(1).and_then(|rest| rest.split('#').next()).unwrap().to_owned()
    };
    let posts = format!("/verwaltung/menschen/{berta}/aufgaben");
    anton.post(&posts, &[("role", "administrator"), ("place", "house")]).await.is(303);
    anton.get("/verwaltung/menschen?ab=Berta").await.hides("Fachadministration <");
    // Who proposed it cannot release it, by page or by API.
    let waiting = anton.get("/verwaltung/freigaben").await;
    waiting.is(200).shows("Berta Zweite").shows("Sie sind beteiligt").hides("value=\"yes\"");
    let text = waiting.text();
    let id = text.split("action=\"/verwaltung/freigaben/").nth(1).unwrap()[..36].to_owned();
    anton
        .post(&format!("/verwaltung/freigaben/{id}"), &[("release", "yes")])
        .await
        .is(422)
        .shows("Freigeben muss jemand anderes");
    anton.api(Method::POST, &format!("/api/v1/waiting-posts/{id}"), Some(json!({"released": true}))).await.is(422);
    town.as_("marta").await.get("/verwaltung/freigaben").await.is(404);
    let dora = town.as_("dora").await;
    dora.fill("/verwaltung/freigaben", &format!("/verwaltung/freigaben/{id}"), &[("release", "yes")]).await.is(303);
    dora.post(&format!("/verwaltung/freigaben/{id}"), &[("release", "yes")]).await.is(422);
    anton.get("/verwaltung/menschen?ab=Berta").await.shows("Fachadministration");
    // Anton gives Berta, who now gives posts herself, a post with cases: it waits as well.
    let team = town.team("Team Hafen").await;
    let place = format!("team:{team}");
    anton.post(&posts, &[("role", "case-worker"), ("place", place.as_str())]).await.is(303);
    anton.get("/verwaltung/freigaben").await.shows("Fachkraft ASD");
    let deeds = town.deeds().await.join("\n");
    assert!(deeds.contains("post-proposed") && deeds.contains("post-given"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn administrators_cannot_help_each_other_unseen_on_sqlite() {
    four_eyes(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn administrators_cannot_help_each_other_unseen_on_postgresql() {
    four_eyes(Engine::Postgres).await;
}

/// A desk that somebody left is shut; what was typed is there after the next sign-in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_session_ends_and_its_drafts_survive() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let marta = town.as_("marta").await;
        let draft = [("form", "meldung"), ("field", "said"), ("text", "Die Nachbarin sagt"), ("version", "")];
        marta.post("/entwuerfe", &draft).await.is(204);
        let at = |clock: &str| town.same(&marta, &format!("2026-11-20T{clock}"));
        at("10:29").get("/faelle").await.is(200);
        // Used at 10:29, so it holds until 10:59.
        at("10:58").get("/faelle").await.is(200);
        at("11:29").get("/faelle").await.is(303);
        let location = at("11:29").get("/faelle").await.location;
        assert_eq!(location, "/anmelden?weiter=/faelle");
        at("11:29").post("/entwuerfe", &draft).await.is(401);
        let again = town.later("marta", "2026-11-20T11:30").await;
        again.get("/eingang/neu").await.is(200).shows("Die Nachbarin sagt");
        // A month later it is gone; typing something else clears it away.
        let late = town.later("marta", "2026-12-21T10:01").await;
        late.get("/eingang/neu").await.hides("Die Nachbarin sagt");
        late.get("/").await.hides("Sie haben angefangene Texte");
    }
}

/// As many forms as the office set, not one more; a form that has a draft can always go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_are_capped_for_each_person() {
    let town = Town::new(Engine::Sqlite).await;
    let anton = town.as_("anton").await;
    anton
        .fill("/verwaltung/hausregeln", "/verwaltung/hausregeln", &[("rule", "draft-forms"), ("value", "4")])
        .await
        .is(422);
    anton
        .fill("/verwaltung/hausregeln", "/verwaltung/hausregeln", &[("rule", "draft-forms"), ("value", "5")])
        .await
        .is(303);
    let marta = town.as_("marta").await;
    let keep = async |client: &Client, n: usize| {
        let form = format!("wille/{n}");
        let draft = [("form", form.as_str()), ("field", "words"), ("text", "Text"), ("version", "")];
        client.post("/entwuerfe", &draft).await.status.as_u16()
    };
    for n in 0..5 {
        assert_eq!(keep(&marta, n).await, 204);
    }
    assert_eq!(keep(&marta, 5).await, 422);
    assert_eq!(keep(&marta, 4).await, 204);
    assert_eq!(keep(&town.as_("malik").await, 5).await, 204, "each person has their own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_stand_in_the_frame_for_whoever_is_signed_in() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    for (path, status) in
        [("/gibt-es-nicht", 404), ("/faelle/00000000-0000-7000-8000-000000000000", 404), ("/vereinbarungen/neu", 403)]
    {
        let answer = marta.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        answer.shows("side-nav").shows("Marta Beispiel").shows("<h1>");
    }
    town.stranger().get("/gibt-es-nicht").await.is(404).hides("side-nav");
}
