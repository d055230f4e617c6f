// SPDX-License-Identifier: EUPL-1.2
//! What a hostile reader tried with cards and imports: taking cards from somebody who is there, files that swell, a card
//! that was erased and comes back, an import that writes over somebody's work, answers that cost more than they are worth.

use crate::cards::{add, card};
use crate::client::{Answer, Client};
use crate::town::{Engine, Town, both};
use crate::trade::{card_of, hand_in, handed_in, taken};
use axum::body::Body;
use axum::http::header::{COOKIE, ETAG, IF_NONE_MATCH};
use axum::http::{Method, Request};
use rust_xlsxwriter::Workbook;
use serde_json::json;
use std::io::{Cursor, Write};

/// The post of somebody is ended by the administration.
pub async fn leaves(town: &Town, key: &str) {
    let user = town.actor(key).await.user;
    let people = app::access::people(&town.app, &app::access::operator(), String::new()).await.unwrap();
    for line in people.into_iter().filter(|line| line.user == user) {
        let post = line.post.unwrap().0;
        app::access::end_post(&town.app, &app::access::operator(), None, post).await.unwrap();
    }
}

async fn cards_stay_with_a_keeper_who_stays(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, lena) = (town.as_("marta").await, town.as_("lena").await);
    add(&marta, &card("Nur für mich", &[("visibility", "owner")])).await;
    let (from, to) = (town.actor("marta").await.user.to_string(), town.actor("lena").await.user.to_string());
    let page = "/ressourcen/uebergabe";
    lena.fill(page, page, &[("from", &from), ("to", &to)]).await.is(422).shows("pflegt ihre Karten noch selbst");
    let sent = Some(json!({"from": from, "to": to}));
    lena.api(Method::POST, "/api/v1/keepers/hand-over", sent.clone()).await.is(422);
    lena.get("/ressourcen").await.hides("Nur für mich");
    // Nor from an agency's, whose posts are others.
    let (anker, other) = (town.actor("anker").await.user.to_string(), town.actor("ankerteam").await.user.to_string());
    lena.post(page, &[("from", &anker), ("to", &other)]).await.is(422).shows("pflegt ihre Karten noch selbst");
    leaves(&town, "marta").await;
    lena.fill(page, page, &[("from", &from), ("to", &to)]).await.is(303);
    lena.get("/ressourcen").await.shows("Nur für mich");
}

// Files that swell ------------------------------------------------------------------------------------

/// One long text, and a cell for each time it is shown again.
fn swelling() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let long = "Lang ".repeat(6_000);
    for (at, head) in (0..).zip(["Name", "Beschreibung"]) {
        sheet.write_string(0, at, head).unwrap();
    }
    for row in 1..4_000 {
        sheet.write_string(row, 0, "Treff").unwrap();
        sheet.write_string(row, 1, &long).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn packed(files: &[(&str, &[u8], usize)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, piece, times) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        for _ in 0..*times {
            zip.write_all(piece).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// Many services of one organization with a long description.
fn multiplying() -> Vec<u8> {
    let long = "Lang ".repeat(40_000);
    let organization = format!("id,name,description\nac148810-d857-441c-9679-408f346de14b,Träger,{long}\n");
    let mut services = "id,organization_id,name,status\n".to_owned();
    for n in 0..2_000 {
        services += &format!("ac148810-d857-441c-9679-{n:012},ac148810-d857-441c-9679-408f346de14b,Treff {n},active\n");
    }
    packed(&[("organizations.csv", organization.as_bytes(), 1), ("services.csv", services.as_bytes(), 1)])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_swell_are_refused_with_the_limit_they_break() {
    let town = Town::new(Engine::Sqlite).await;
    let konrad = town.as_("konrad").await;
    let million = vec![b' '; 1 << 20];
    let book = br#"<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>"#;
    let way = br#"<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let parts: [(&str, &[u8], usize); 3] =
        [("xl/workbook.xml", book, 1), ("xl/_rels/workbook.xml.rels", way, 1), ("xl/sharedStrings.xml", &million, 140)];
    let bomb = packed(&parts);
    let wide = format!("Name{}\nTreff\n", ";".repeat(4_100_000));
    let deep = format!("[{}]", "{},".repeat(2_000_000) + "{}");
    for (name, bytes, words) in [
        ("lang.xlsx", swelling(), "mehr als 64 MB Text"),
        ("bombe.xlsx", bomb, "Entpackt ist die Datei größer als 128 MB"),
        ("paket.zip", multiplying(), "mehr als 64 MB Text"),
        ("breit.csv", wide.into_bytes(), "mehr als 4.000.000 Zellen"),
        ("tief.json", deep.into_bytes(), "mehr als 4.000.000 Einträge"),
    ] {
        let refused = hand_in(&konrad, name, &bytes, "").await;
        assert_eq!(refused.status.as_u16(), 422, "{name}");
        refused.shows(words).shows("aufteilen");
    }
    // An empty file is a file: what is wrong is said, and not that none was chosen.
    hand_in(&konrad, "leer.csv", b"", "")
        .await
        .is(422)
        .shows("Die Datei ist leer. Bitte")
        .hides("Bitte eine Datei auswählen.");
    hand_in(&konrad, "", b"", "").await.is(422).shows("Bitte eine Datei auswählen.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_imports_take_large_forms() {
    let town = Town::new(Engine::Sqlite).await;
    let (konrad, marta) = (town.as_("konrad").await, town.as_("marta").await);
    let case = crate::main_job::opens(&marta).await;
    let large = "x".repeat(3 << 20);
    let file = [("upload", "karte.json", large.as_str())];
    marta.upload(&format!("/faelle/{case}/netzwerk/einlesen"), &[], &file).await.is(413);
    let table = format!("Name;Beschreibung\nTreff;{}\n", "y".repeat(3 << 20));
    handed_in(&konrad, "gross.csv", table.as_bytes()).await;
}

// What was erased -------------------------------------------------------------------------------------

async fn erased_stays_erased(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let file = |rows: &str| format!("ID;Name;Art;Adresse;Beschreibung;Kontakt\n{rows}");
    let id = "ac148810-d857-441c-9679-408f346de14b";
    let first = file(&format!("{id};Frau Schlehe;Gruppe;Weg 1;Liest vor;Tel. 040 778899\n;Chor;Gruppe;Weg 2;Singt;\n"));
    let import = handed_in(&konrad, "a.csv", first.as_bytes()).await;
    taken(&konrad, &import, &[]).await.is(303);
    let choir = card_of(&konrad, "Chor").await;
    let consent = [
        ("kind", "person"),
        ("place", ""),
        ("consent_on", "2026-11-01"),
        ("consent_until", "2027-11-01"),
        ("consent_scope", "public"),
        ("consent_form", "written"),
    ];
    let person = add(&konrad, &card("Ruth Blume", &consent)).await;
    for (card, ground) in [(id, "request"), (person.as_str(), "withdrawal"), (choir.as_str(), "purpose")] {
        let page = format!("/ressourcen/{card}");
        konrad.fill(&page, &format!("{page}/loeschen"), &[("ground", ground)]).await.is(303);
    }
    // What is kept of them tells the name to nobody.
    if engine == Engine::Sqlite {
        let bytes = town.all_bytes();
        assert!(!crate::matching::holds(&bytes, "schlehe") && !crate::matching::holds(&bytes, "blume"));
    }
    // By its id, by its name and place, and not at all what went because nobody needed it any more.
    let rows = [
        (format!("{id};Etwas anderes;Gruppe;Weg 9;Neu;\n"), true),
        (";frau  SCHLEHE;Gruppe;Weg 1;Neu;\n".to_owned(), true),
        (";RUTH Blume;Privatperson;;Neu;\n".to_owned(), true),
        (";Chor;Gruppe;Weg 2;Singt;\n".to_owned(), false),
        (";Frau Schlehenberg;Gruppe;Weg 1;Neu;\n".to_owned(), false),
    ];
    for (row, stays_out) in rows {
        let import = handed_in(&konrad, "b.csv", file(&row).as_bytes()).await;
        let page = konrad.get(&import).await;
        if stays_out {
            page.is(200).shows("gelöscht").shows("kommt über einen Import nicht zurück");
            konrad.post(&format!("{import}/uebernehmen"), &[]).await.is(422);
        } else {
            page.is(200).hides("kommt über einen Import nicht zurück");
        }
    }
}

// What somebody did since -----------------------------------------------------------------------------

async fn nobody_writes_over_later_work(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, lena) = (town.as_("konrad").await, town.as_("lena").await);
    let file = |about: &str| {
        format!(
            "ID;Name;Beschreibung;Sichtbarkeit\nac148810-d857-441c-9679-408f346de14b;Werkraum;{about};für alle\n\
             bc148810-d857-441c-9679-408f346de14b;Nähstube;{about};für alle\n"
        )
    };
    let import = handed_in(&konrad, "a.csv", file("Alt").as_bytes()).await;
    for path in ["uebernehmen", "verwerfen", "zuruecknehmen"] {
        lena.post(&format!("{import}/{path}"), &[]).await.is(404);
    }
    taken(&konrad, &import, &[]).await.is(303);
    lena.post(&format!("{import}/zuruecknehmen"), &[]).await.is(404);
    konrad.fill(&import, &format!("{import}/zuruecknehmen"), &[]).await.is(303);
    // Taken back, then opened again and worked on by its keeper: a second import leaves it alone.
    let page = "/ressourcen/ac148810-d857-441c-9679-408f346de14b";
    konrad.fill(page, &format!("{page}/wieder"), &[]).await.is(303);
    let again = handed_in(&konrad, "a.csv", file("Neu").as_bytes()).await;
    konrad.get(&again).await.shows("Diese Karte gibt es schon");
    // Somebody else may not bring back what is not hers.
    let hers = handed_in(&lena, "a.csv", file("Ihres").as_bytes()).await;
    lena.post(&format!("{hers}/uebernehmen"), &[("without_faulty", "yes")]).await.is(422);
    taken(&konrad, &again, &[("without_faulty", "yes")]).await.is(303);
    konrad.get(page).await.shows("Alt").hides("Neu");
    konrad.get("/ressourcen/bc148810-d857-441c-9679-408f346de14b").await.shows("Neu");
}

async fn left_out_rows_are_forgotten(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let text = "Name;Art;Thema\nOtto Still;Privatperson;Gibtsnicht\nTreff;Gruppe;\n";
    let import = handed_in(&konrad, "a.csv", text.as_bytes()).await;
    taken(&konrad, &import, &[("without_faulty", "yes")]).await.is(303);
    konrad.get(&format!("{import}/ausgelassen.csv")).await.is(200).shows("Otto Still");
    let later = |text: &str| town.app.at(domain::kernel::Moment::parse(text).unwrap());
    assert_eq!(app::resources::forget_imports(&later("2026-12-10T09:00:00Z")).await, Ok(0));
    assert_eq!(app::resources::forget_imports(&later("2026-12-30T09:00:00Z")).await, Ok(1));
    assert_eq!(app::resources::forget_imports(&later("2026-12-30T09:00:00Z")).await, Ok(0));
    konrad.get(&format!("{import}/ausgelassen.csv")).await.is(404);
    konrad
        .get(&import)
        .await
        .is(200)
        .hides("ausgelassen.csv")
        .shows("Eine Zeile wurde ausgelassen; sie wurde nach 30 Tagen gelöscht.");
    assert!(town.deeds().await.iter().any(|deed| deed.contains("left-out-forgotten")));
}

// Answers that are asked again ------------------------------------------------------------------------

async fn asked_again(client: &Client, path: &str, tag: &str) -> Answer {
    let request = Request::builder().uri(path).header("host", "town.example").header(COOKIE, client.cookie());
    client.answer(request.header(IF_NONE_MATCH, tag).body(Body::empty()).unwrap()).await
}

fn tag_of(answer: &Answer) -> String {
    answer.headers.get(ETAG).and_then(|tag| tag.to_str().ok()).unwrap_or_default().to_owned()
}

async fn hsds_is_not_made_twice(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, public) = (town.as_("konrad").await, town.stranger());
    let id = add(&konrad, &card("Werkraum", &[])).await;
    let paths = [
        "/hsds/services",
        "/hsds/services?full=true&per_page=500",
        "/hsds/organizations",
        "/hsds/service_at_locations",
        "/hsds/hsds.json",
        "/hsds/datapackage.zip",
    ];
    let mut tags = Vec::new();
    for path in paths {
        let first = public.get(path).await;
        let tag = tag_of(&first);
        assert!(tag.len() > 10, "{path} has no tag");
        let again = asked_again(&public, path, &tag).await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{path}");
        assert_eq!(public.get(path).await.bytes, first.bytes, "{path}");
        assert_eq!(asked_again(&public, path, "W/\"else\"").await.bytes, first.bytes, "{path}");
        tags.push(tag);
    }
    // Another question is another answer, another day too: a consent may be over.
    assert_ne!(tag_of(&public.get("/hsds/services?per_page=7").await), tags[0]);
    assert_ne!(tag_of(&town.stranger_at("2026-11-21T10:00").get("/hsds/services").await), tags[0]);
    // "Open now" is true for a minute.
    assert_eq!(tag_of(&public.get("/hsds/services?offen=1").await), "");
    konrad.fill(&format!("/ressourcen/{id}"), &format!("/ressourcen/{id}/beenden"), &[]).await.is(303);
    for (path, tag) in paths.iter().zip(&tags) {
        let again = asked_again(&public, path, tag).await;
        again.is(200).hides(&id);
        assert_ne!(&tag_of(&again), tag, "{path}");
    }
    let beyond = public.get("/hsds/services?page=90000&per_page=500").await.json();
    assert_eq!(
        (&beyond["total_items"], &beyond["empty"], &beyond["last_page"]),
        (&json!(0), &json!(true), &json!(true))
    );
}

both! {
    no_curator_takes_cards_from_a_keeper_who_stays: cards_stay_with_a_keeper_who_stays;
    an_erased_card_does_not_come_back: erased_stays_erased;
    an_import_writes_over_nobody: nobody_writes_over_later_work;
    rows_that_were_left_out_are_forgotten: left_out_rows_are_forgotten;
    hsds_answers_are_kept_by_change: hsds_is_not_made_twice;
}
