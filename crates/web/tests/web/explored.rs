// SPDX-License-Identifier: EUPL-1.2
//! Resource check, network map and genogram: told by the family, kept in versions, seen by nobody else (N2).

use crate::client::Client;
use crate::main_job::{decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::{Value, json};

async fn begun(town: &Town) -> (Client, String) {
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    (marta, case)
}

fn contact<'a>(name: &'a str, sector: &'a str, horizon: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("name", name), ("sector", sector), ("horizon", horizon), ("tie", "present"), ("symbol", "female")]
}

async fn both(story: impl AsyncFn(Town)) {
    story(Town::new(Engine::Sqlite).await).await;
    story(Town::new(Engine::Postgres).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resource_check_is_told_fixed_and_stands_in_the_plan() {
    both(async |town: Town| {
        let (marta, case) = begun(&town).await;
        let page = format!("/faelle/{case}/ressourcencheck");
        let (put, fix) = (format!("{page}/eintraege"), format!("{page}/festhalten"));
        marta.get(&format!("/faelle/{case}/wille")).await.shows(&page);
        // What was noted before is there; a field with nothing in it is no fault.
        marta.get(&page).await.is(200).shows("Leyla malt gern").shows("Hier steht noch nichts");
        let entry = [("words", "Herr Vogt repariert Fahrräder"), ("field", "material"), ("used", "planned")];
        marta.fill(&page, &put, &[("words", "Herr Vogt")]).await.is(422).shows("3 Angaben").shows("Herr Vogt");
        marta.fill(&page, &put, &[&entry[..], &[("third", "not-asked")]].concat()).await.is(303);
        marta.get(&page).await.shows("Person noch nicht gefragt").shows("Noch nicht festgehalten");
        marta.fill(&page, &fix, &[("dated_on", "2026-11-21")]).await.is(422).shows("in der Zukunft");
        marta.fill(&page, &fix, &[("dated_on", "2026-11-20")]).await.is(303);
        marta.get(&format!("/faelle/{case}/wille")).await.shows("Herr Vogt repariert Fahrräder");
        // The next state changes; the version does not.
        let edit = format!("{page}?eintrag=3");
        let used = [("words", "Herr Vogt hat geholfen"), ("field", "material"), ("used", "over"), ("third", "agreed")];
        marta.fill(&edit, &put, &used).await.is(303);
        marta.get(&page).await.shows("Herr Vogt hat geholfen").hides("Herr Vogt repariert");
        marta.get(&format!("{page}?fassung=1")).await.shows("Herr Vogt repariert").hides("hat geholfen");
        let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/resource-check"), None).await.json();
        assert_eq!((told["open"].as_bool(), told["versions"][0]["number"].as_i64()), (Some(true), Some(1)), "{told}");
        assert_eq!(told["now"]["entries"].as_array().map(Vec::len), Some(3));
        let plan = decides(&marta, &case).await;
        marta.get(&format!("/hilfeplaene/{plan}")).await.shows("Herr Vogt repariert Fahrräder");
    })
    .await;
}

/// Draws a map of three and fixes it; answers the page.
async fn draws(marta: &Client, case: &str) -> String {
    let text = marta.get(&format!("/faelle/{case}/netzwerk")).await.text();
    let person = text.split("name=\"person\" value=\"").nth(1).and_then(|rest| rest.get(..36)).unwrap().to_owned();
    let page = format!("/faelle/{case}/netzwerk?person={person}");
    let put = format!("/faelle/{case}/netzwerk/kontakte");
    for (name, sector, horizon) in
        [("Oma Elif", "family", "near"), ("Frau Vogt", "friends", "middle"), ("Trainer Ole", "colleagues", "far")]
    {
        marta.fill(&page, &put, &contact(name, sector, horizon)).await.is(303);
    }
    let link = format!("/faelle/{case}/netzwerk/verbindungen");
    let text = marta.get(&page).await.text();
    let (oma, vogt) = (option(&text, "Oma Elif"), option(&text, "Frau Vogt"));
    marta.fill(&page, &link, &[("from", &oma), ("to", &oma)]).await.is(422).shows("zwei verschiedene Menschen");
    marta.fill(&page, &link, &[("from", &oma), ("to", &vogt)]).await.is(303);
    let fix = format!("/faelle/{case}/netzwerk/festhalten");
    marta.fill(&page, &fix, &[("dated_on", "2026-11-20")]).await.is(303);
    page
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_map_grows_in_versions_that_can_be_compared() {
    both(async |town: Town| {
        let (marta, case) = begun(&town).await;
        marta.get(&format!("/faelle/{case}/netzwerk")).await.is(200).shows("Noch niemand eingetragen");
        let page = draws(&marta, &case).await;
        // Drawing and list say the same, and each contact leads to its form.
        let shown = marta.get(&page).await;
        shown.shows("aria-label=\"Oma Elif, Familie, sehr nah, besteht\"").shows("33,3 %").shows("Trainer Ole</dd>");
        let put = format!("/faelle/{case}/netzwerk/kontakte");
        let mut nearer = contact("Trainer Ole", "colleagues", "near");
        nearer.extend([("flags", "conflict"), ("support_practical", "received")]);
        marta.fill(&format!("{page}&kontakt=3"), &put, &nearer).await.is(303);
        let gone = [("person", page.split('=').nth(1).unwrap()), ("contact", "2")];
        marta.post(&format!("{put}/weg"), &gone).await.is(303);
        marta.post(&format!("{put}/weg"), &gone).await.is(422).shows("Jemand hat ihn inzwischen entfernt");
        marta.fill(&page, &format!("/faelle/{case}/netzwerk/festhalten"), &[("dated_on", "2026-11-20")]).await.is(303);
        marta.get(&format!("{page}&fassung=1")).await.shows("Frau Vogt").shows("weiter weg");
        let compare = page.replace("netzwerk?", "netzwerk/vergleich?");
        let said = marta.get(&format!("{compare}&von=1&bis=2")).await;
        said.is(200).shows("<strong>Trainer Ole</strong>: näher gerückt, Konflikt neu, andere Unterstützung");
        said.shows("<strong>Frau Vogt</strong>: nicht mehr auf der Karte").shows("33,3 %").shows("0,0 %");
        marta.get(&format!("{compare}&von=1&bis=9")).await.is(404);
        // A map without anybody cannot be fixed, and a stranger to the case cannot stand in the middle.
        let nobody = format!("/faelle/{case}/netzwerk?person={}", crate::client::chance());
        marta.get(&nobody).await.is(422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_easynwk_go_out_and_come_in_the_same() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case) = begun(&town).await;
    let page = draws(&marta, &case).await;
    let file = marta.get(&page.replace("netzwerk?", "netzwerk/easynwk?")).await;
    assert_eq!(file.kind, "application/json");
    let json: Value = file.json();
    assert_eq!(json["versions"][0]["nwk"]["alteri"][0]["name"], "Oma Elif");
    assert_eq!(json["versions"][0]["date"], "2026-11-20");
    // Into another case: the current map is worked on, the middle stays the person of that case.
    let other = opens(&marta).await;
    explores(&marta, &other).await;
    let there = format!("/faelle/{other}/netzwerk");
    let read = format!("{there}/einlesen");
    let text = marta.get(&there).await.text();
    let person = text.split("name=\"person\" value=\"").nth(1).and_then(|rest| rest.get(..36)).unwrap();
    let body = file.text().replace("\"name\": \"Leyla Demir\"", "\"name\": \"Jemand anders\"");
    marta.post(&read, &[("person", person), ("file", &format!("\u{feff}{body}"))]).await.is(303);
    marta.get(&there).await.shows("Oma Elif").hides("Jemand anders").shows("Noch nicht festgehalten");
    for bad in ["", "E;Rosa;45", "{\"ego\":{}}", "[1,2]"] {
        marta.post(&read, &[("person", person), ("file", bad)]).await.is(422).shows("keine lesbare Netzwerkkarte");
    }
    // A file is handed in as it is; one that is too large or is none leaves everything as it was.
    let hand_in =
        async |name: &str, text: &str| marta.upload(&read, &[("person", person)], &[("upload", name, text)]).await;
    hand_in("karte.json", &body.replace("Oma Elif", "Oma Emine")).await.is(303);
    marta.get(&there).await.shows("Oma Emine").hides("Oma Elif");
    hand_in("bild.json", "{\"ego\":7}").await.is(422).shows("keine lesbare Netzwerkkarte").shows("Oma Emine");
    hand_in("alles.json", &" ".repeat(1024 * 1024 + 1)).await.is(422).shows("zu groß für eine Netzwerkkarte");
    marta.get(&there).await.shows("Oma Emine");
    hand_in("karte.json", &body).await.is(303);
    let api = format!("/api/v1/cases/{other}/network");
    let told = marta.api(Method::GET, &api, None).await.json();
    assert_eq!(
        (told["measures"]["size"].as_i64(), told["measures"]["density_thousandths"].as_i64()),
        (Some(3), Some(333))
    );
    let map = json["versions"][0]["nwk"].clone();
    marta.api(Method::POST, &api, Some(json!({"person": person, "map": map}))).await.is(201);
    let fixed = json!({"person": person, "dated_on": "2026-11-19"});
    marta.api(Method::POST, &format!("{api}/versions"), Some(fixed)).await.is(201);
    let told = marta.api(Method::GET, &api, None).await.json();
    assert_eq!(
        (told["sheet"]["open"].as_bool(), told["sheet"]["versions"][0]["dated_on"].as_str()),
        (Some(false), Some("2026-11-19"))
    );
    marta.api(Method::POST, &api, Some(json!({"person": person, "map": 7}))).await.is(422).shows("network.unreadable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_genogram_is_drawn_from_the_case_and_told_further() {
    both(async |town: Town| {
        let (marta, case) = begun(&town).await;
        let page = format!("/faelle/{case}/genogramm");
        let at = |what: &str| format!("{page}/{what}");
        // The child under its mother, nothing guessed about anybody else.
        marta.get(&page).await.is(200).shows("Leyla Demir: Ayşe Demir (leiblich)").shows("2. Generation");
        let kin =
            |name, symbol| [("name", name), ("symbol", symbol), ("born", "1955"), ("died", "2020"), ("person", "")];
        marta.fill(&page, &at("menschen"), &kin("Oma Fatma", "female")).await.is(303);
        marta.fill(&page, &at("menschen"), &kin("Opa Kemal", "male")[..3]).await.is(303);
        let late = [("name", "X"), ("symbol", "male"), ("born", "1990"), ("died", "1980")];
        marta.fill(&page, &at("menschen"), &late).await.is(422).shows("Todesjahr liegt vor dem Geburtsjahr");
        marta.fill(&page, &at("menschen"), &[("name", "X"), ("symbol", "male"), ("born", "55")]).await.is(422);
        let text = marta.get(&page).await.text();
        let text = text.split("id=\"union-a\"").nth(1).unwrap();
        let (oma, opa, ayse, leyla) = (
            option(text, "Oma Fatma"),
            option(text, "Opa Kemal"),
            option(text, "Ayşe Demir"),
            option(text, "Leyla Demir"),
        );
        marta.fill(&page, &at("paare"), &[("a", &oma), ("b", &opa), ("kind", "divorced")]).await.is(303);
        let down = [("child", ayse.as_str()), ("parent", &oma), ("other", &opa), ("bond", "birth")];
        marta.fill(&page, &at("kinder"), &down).await.is(303);
        let circle = [("child", oma.as_str()), ("parent", &leyla), ("bond", "birth")];
        marta.fill(&page, &at("kinder"), &circle).await.is(422).shows("Kind der eigenen Nachkommen");
        marta
            .get(&page)
            .await
            .shows("3. Generation")
            .shows("Oma Fatma – Opa Kemal: geschieden")
            .shows("gestorben 2020");
        marta.fill(&page, &at("festhalten"), &[("dated_on", "2026-11-20")]).await.is(303);
        marta.post(&at("weg"), &[("what", "kin"), ("id", &opa)]).await.is(303);
        marta.get(&page).await.hides("geschieden</span>");
        marta.get(&format!("{page}?fassung=1")).await.shows("Opa Kemal").shows("Fassung 1");
        let api = format!("/api/v1/cases/{case}/genogram");
        let told = marta.api(Method::GET, &api, None).await.json();
        let whole = told["versions"][0]["sheet"].clone();
        marta.api(Method::POST, &api, Some(json!({"drawing": whole}))).await.is(201);
        assert_eq!(marta.api(Method::GET, &api, None).await.json()["now"], whole);
        marta
            .api(Method::POST, &api, Some(json!({"drawing": {"people": 1}})))
            .await
            .is(422)
            .shows("genogram.unreadable");
    })
    .await;
}

/// N2: who stands on a map is no card, goes to no agency and to nobody of another team.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n2_whoever_stands_on_a_map_stays_in_the_case() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 100_000, 0).await;
    let (marta, case) = begun(&town).await;
    let page = draws(&marta, &case).await;
    let check = format!("/faelle/{case}/ressourcencheck");
    let entry = [("words", "Frau Vogt backt"), ("field", "social"), ("used", "in-use"), ("third", "not-asked")];
    marta.fill(&check, &format!("{check}/eintraege"), &entry).await.is(303);
    for (key, status) in
        [("heike", 404), ("lotse", 404), ("ankerteam", 404), ("fiona", 404), ("konrad", 404), ("anton", 404)]
    {
        let other = town.as_(key).await;
        for path in ["netzwerk", "netzwerk/easynwk", "netzwerk/vergleich", "genogramm", "ressourcencheck"] {
            other.get(&format!("/faelle/{case}/{path}")).await.is(status).hides("Vogt");
        }
        for room in ["network", "genogram", "resource-check"] {
            other.api(Method::GET, &format!("/api/v1/cases/{case}/{room}"), None).await.is(status);
            other
                .api(
                    Method::POST,
                    &format!("/api/v1/cases/{case}/{room}/versions"),
                    Some(json!({"dated_on": "2026-11-20"})),
                )
                .await;
        }
        other.post(&format!("/faelle/{case}/netzwerk/festhalten"), &[]).await.is(404);
    }
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/network"), None).await.json();
    assert_eq!(told["sheet"]["versions"].as_array().map(Vec::len), Some(1), "nobody else fixed anything");
    decides(&marta, &case).await;
    crate::main_job::commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
    let lotse = town.as_("lotse").await;
    let list = lotse.api(Method::GET, "/api/v1/mandates", None).await;
    list.is(200).hides("Vogt").hides("Oma Elif");
    for reader in [&marta, &lotse] {
        reader.get("/ressourcen?q=Vogt").await.is(200).hides("Frau Vogt backt");
        reader.get("/ressourcen").await.hides("Oma Elif").hides("Trainer Ole");
    }
    // Neither the proposal for the team's sheet nor a pseudonym of it knows the map.
    marta.get(&format!("/faelle/{case}/beratung")).await.is(200).hides("Trainer Ole");
    assert!(page.contains("netzwerk"));
}
