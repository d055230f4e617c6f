// SPDX-License-Identifier: EUPL-1.2
//! A coordinator brings a dirty public table in, mends what was left out, takes all of it back; a private person out of a
//! file waits; nobody else may.

use crate::client::{Answer, Client, chance};
use crate::town::{Engine, Town, both};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::{Method, Request};
use serde_json::json;

pub const PATH: &str = "/ressourcen/importe";

/// Hands bytes in as they are.
pub async fn hand_in(client: &Client, name: &str, bytes: &[u8], sheet: &str) -> Answer {
    let mut body = format!(
        "--seam\r\nContent-Disposition: form-data; name=\"_key\"\r\n\r\n{}\r\n--seam\r\nContent-Disposition: form-data; name=\"sheet\"\r\n\r\n\
         {sheet}\r\n--seam\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n",
        chance()
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--seam--\r\n");
    let request = Request::builder().method(Method::POST).uri(PATH).header("host", "town.example");
    let request = request.header(COOKIE, client.cookie()).header("sec-fetch-site", "same-origin");
    client
        .answer(request.header(CONTENT_TYPE, "multipart/form-data; boundary=seam").body(Body::from(body)).unwrap())
        .await
}

/// The address of an import that was handed in.
pub async fn handed_in(client: &Client, name: &str, bytes: &[u8]) -> String {
    format!("{PATH}/{}", hand_in(client, name, bytes, "").await.id())
}

/// Takes an import as its page proposes, and waits until it is written.
pub async fn taken(client: &Client, import: &str, more: &[(&str, &str)]) -> Answer {
    let answer = client.fill(import, &format!("{import}/uebernehmen"), more).await;
    while answer.status.as_u16() == 303 && client.get(import).await.text().contains("geprüft, nicht übernommen") {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    answer
}

/// A list of playgrounds as towns publish them: a mark at the beginning, semicolons, decimal commas, and dirt.
const PLAYGROUNDS: &str = "\u{feff}ID;Bezeichnung;Straße;PLZ;Breite;Länge;Farbe\r\n\
    1;Spielplatz Nordpark;Lindenweg 12;22844;53,6051;9,9123;rot\r\n\
    2;;Lindenweg 14;22844;53,6051;9,9123;blau\r\n\
    1;Spielplatz Südpark;Lindenweg 16;22844;53,6051;9,9123;\r\n\
    0;Spielplatz Westpark;;22844;9,9123;53,6051;\r\n\
    4;=Bolzplatz;Lindenweg 18;2284;53,6051;9,9123;\r\n\
    5;Rodelberg;Lindenweg 20;22844;5940000,5;560000,25;grün\r\n";

async fn dirty_table(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    konrad.get("/ressourcen").await.shows(PATH);
    let import = handed_in(&konrad, "../../spiel.csv", PLAYGROUNDS.as_bytes()).await;
    let page = konrad.get(&import).await;
    page.is(200).shows("<h1>spiel.csv</h1>").shows("Bitte füllen Sie dieses Feld aus.");
    page.shows("Die Kennung steht schon in Zeile 2.")
        .shows("Kennung 0 ist keine Kennung")
        .shows("Straße oder Adresse fehlt");
    page.shows("Länge und Breite waren vertauscht").shows("Die PLZ hat fünf Ziffern").shows("in Metern (UTM)");
    let list = konrad.get(&format!("{import}/befunde.csv")).await;
    list.is(200).shows("Zeile;Spalte;Schwere").shows("3;Name;Fehler;");
    konrad.get("/angebote?q=Rodelberg").await.hides("Rodelberg</a>");
    // All or nothing, unless it is said that the faulty rows stay out.
    taken(&konrad, &import, &[]).await.is(422).shows("Es wurde nichts übernommen");
    assert_eq!(count(&konrad, "Rodelberg").await, 0);
    let done = taken(&konrad, &import, &[("without_faulty", "yes")]).await;
    done.is(303);
    konrad.get(&import).await.shows("3 Zeilen wurden übernommen").shows("3 Zeilen wurden ausgelassen");
    assert_eq!((count(&konrad, "Rodelberg").await, count(&konrad, "Westpark").await), (1, 1));
    assert_eq!(town.stranger().get("/hsds/services?q=Rodelberg").await.json()["total_items"], 0);
    mended(&konrad, &import).await;
    taken_back(&konrad, &import).await;
    let deeds = town.deeds().await.join("\n");
    for deed in ["import-handed-in", "cards-imported", "import-undone"] {
        assert!(deeds.contains(deed), "{deed} in {deeds}");
    }
    assert!(!deeds.contains("Rodelberg"));
}

/// What was left out comes back as a file with its reasons, safe for spreadsheets, and can be handed in again.
async fn mended(konrad: &Client, import: &str) {
    let rejects = konrad.get(&format!("{import}/ausgelassen.csv")).await;
    rejects
        .is(200)
        .shows("ID;Bezeichnung;Straße")
        .shows(";'=Bolzplatz;")
        .shows("Name: Bitte füllen Sie dieses Feld aus.");
    let workbook = konrad.get(&format!("{import}/ausgelassen.xlsx")).await;
    workbook.is(200);
    let again = handed_in(konrad, "rest.xlsx", &workbook.bytes).await;
    konrad.get(&again).await.shows("führende Null der PLZ");
    konrad.fill(&again, &format!("{again}/verwerfen"), &[]).await.is(303);
    let text = rejects.text().replace("2;;", "2;Kletterwald;").replace(";2284;", ";22844;").replace("\r\n1;", "\r\n9;");
    let again = handed_in(konrad, "rest.csv", text.as_bytes()).await;
    taken(konrad, &again, &[]).await.is(303);
    konrad.get(&again).await.shows("3 Zeilen wurden übernommen");
    assert_eq!(count(konrad, "Bolzplatz").await, 1);
}

/// An import is taken back but for what somebody changed since; handing it in again brings it back.
async fn taken_back(konrad: &Client, import: &str) {
    let rodelberg = card_of(konrad, "Rodelberg").await;
    konrad
        .fill(&format!("/ressourcen/{rodelberg}"), &format!("/ressourcen/{rodelberg}/bestaetigen"), &[])
        .await
        .is(303);
    konrad.get(import).await.shows("Seither geändert").shows("Rodelberg");
    konrad.fill(import, &format!("{import}/zuruecknehmen"), &[]).await.is(303);
    konrad.get(import).await.shows("inzwischen geändert").shows("Rodelberg").hides("Nordpark");
    assert_eq!((count(konrad, "Rodelberg").await, count(konrad, "Westpark").await), (1, 0));
    konrad.post(&format!("{import}/zuruecknehmen"), &[]).await.is(409);
}

/// How many cards a word finds.
async fn count(client: &Client, word: &str) -> u64 {
    let found = client.api(Method::GET, &format!("/api/v1/resources?q={word}"), None).await.json();
    found["total"].as_u64().unwrap_or_else(|| panic!("no total: {found}"))
}

pub async fn card_of(client: &Client, name: &str) -> String {
    let found = client.api(Method::GET, &format!("/api/v1/resources?q={name}"), None).await.json();
    found["resources"][0]["id"].as_str().unwrap_or_else(|| panic!("no card {name}: {found}")).to_owned()
}

async fn private_person(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let text = "Name;Art;Sichtbarkeit;Beschreibung;Einverstanden bis\nRuth Blume;Privatperson;für alle;Liest vor;31.12.2027\nLeseclub;Gruppe;für alle;Liest auch;\n";
    let import = handed_in(&konrad, "leute.csv", text.as_bytes()).await;
    konrad.get(&import).await.shows("wird als Entwurf nur für Sie angelegt");
    taken(&konrad, &import, &[]).await.is(303);
    let everywhere = ["/angebote", "/angebote.csv", "/angebote.geojson", "/hsds/hsds.json", "/hsds/services?full=true"];
    for path in everywhere {
        town.stranger().get(path).await.shows("Leseclub").hides("Ruth Blume");
    }
    for who in ["lena", "marta", "anton", "dora"] {
        let other = town.as_(who).await;
        for path in ["/ressourcen", "/ressourcen/importe", "/ressourcen/pflege", "/api/v1/resources", "/api/v1/hsds"] {
            other.get(path).await.hides("Ruth Blume");
        }
    }
    let page = konrad.get(PATH).await;
    page.shows("Ruth Blume").shows("20.12.2026");
    let waiting = page.text().split("/ressourcen/wartende/").nth(1).unwrap()[..36].to_owned();
    let waiting = format!("/ressourcen/wartende/{waiting}");
    town.as_("lena").await.get(&waiting).await.is(404);
    konrad.fill(&waiting, &waiting, &[]).await.is(422).shows("Ruth Blume");
    let consent = [
        ("consent_on", "18.11.2026"),
        ("consent_until", "17.11.2027"),
        ("consent_scope", "professionals"),
        ("consent_form", "written"),
    ];
    let wide: Vec<_> = consent.iter().copied().chain([("visibility", "public")]).collect();
    konrad.fill(&waiting, &waiting, &wide).await.is(422);
    let fitting: Vec<_> = consent.iter().copied().chain([("visibility", "professionals")]).collect();
    konrad.fill(&waiting, &waiting, &fitting).await.is(303);
    konrad.get(PATH).await.hides("Ruth Blume");
    town.as_("lena").await.get("/ressourcen?q=Blume").await.shows("Ruth Blume");
    town.stranger().get("/angebote?q=Blume").await.hides("Liest vor");
    forgotten(&town, &konrad).await;
}

/// Without a consent nothing is kept: after thirty days the person is gone, and so is a table that nobody took.
async fn forgotten(town: &Town, konrad: &Client) {
    let import = handed_in(konrad, "b.csv", "Name;Art\nOtto Still;Privatperson\n".as_bytes()).await;
    taken(konrad, &import, &[]).await.is(303);
    handed_in(konrad, "c.csv", b"Name\nLiegt\n").await;
    let later = |text: &str| town.app.at(domain::kernel::Moment::parse(text).unwrap());
    assert_eq!(app::resources::forget_imports(&later("2026-12-10T09:00:00Z")).await, Ok(0));
    assert_eq!(app::resources::forget_imports(&later("2026-12-30T09:00:00Z")).await, Ok(2));
    konrad.get(PATH).await.hides("Otto Still").shows("verworfen");
}

async fn who_may(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let import = handed_in(&konrad, "a.csv", b"Name\nTreff\n").await;
    for (who, status) in [
        ("lena", 200),
        ("konrad", 200),
        ("marta", 403),
        ("heike", 403),
        ("fiona", 403),
        ("anton", 403),
        ("paul", 403),
        ("lotse", 403),
        ("ankerteam", 403),
    ] {
        let client = town.as_(who).await;
        client.get(PATH).await.is(status);
        // What a table holds is read by whoever handed it in: another keeper finds nothing.
        client.get(&import).await.is(if who == "lena" { 404 } else { status });
        let tried = hand_in(&client, "b.csv", b"Name\nX\n", "").await;
        assert_eq!(tried.status.as_u16(), if status == 200 { 303 } else { status }, "{who}");
    }
    town.stranger().get(PATH).await.is(303);
    through_the_api(&konrad).await;
}

async fn through_the_api(konrad: &Client) {
    let sent = json!({ "name": "api.csv", "content": "Name;Thema\nRadstation;Unterwegs\nLeer;Gibtsnicht\n" });
    let made = konrad.api(Method::POST, "/api/v1/imports", Some(sent)).await;
    made.is(201);
    let path = format!("/api/v1/imports/{}", made.json()["id"].as_str().unwrap());
    let seen = konrad.api(Method::GET, &path, None).await.json();
    assert_eq!(
        (&seen["taken"], &seen["left_out"], &seen["columns"]),
        (&json!(1), &json!(1), &json!(["name", "topics"]))
    );
    konrad.api(Method::POST, &format!("{path}/taking"), Some(json!({}))).await.is(422);
    konrad.api(Method::POST, &format!("{path}/taking"), Some(json!({ "without_faulty": true }))).await.is(200);
    let seen = konrad.api(Method::GET, &path, None).await.json();
    assert_eq!((&seen["state"], &seen["taken"]), (&json!("done"), &json!(1)));
    konrad.api(Method::POST, &format!("{path}/undoing"), Some(json!({}))).await.is(200);
    konrad.api(Method::POST, &format!("{path}/undoing"), Some(json!({}))).await.is(409);
    konrad.api(Method::POST, "/api/v1/imports", Some(json!({ "name": "x", "content": "%PDF-1.7" }))).await.is(422);
}

both! {
    a_dirty_table_comes_in_and_goes: dirty_table;
    a_private_person_waits: private_person;
    only_keepers_of_the_office_import: who_may;
}
