// SPDX-License-Identifier: EUPL-1.2
//! A coordinator explores a quarter; the map has what the list has.

use crate::cards::{add, card};
use crate::town::{Engine, Town};
use serde_json::json;

async fn coordinator(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    konrad.get("/ressourcen/luecken").await.is(200).shows("Sport und Bewegung");
    konrad.get("/ressourcen?q=Schwimmkurs").await.shows("Nichts gefunden");
    let pool = card("Hafenbad", &[("kind", "place"), ("key_person", "Bademeisterin Wolle"), ("barriers", "no-steps")]);
    add(&konrad, &pool).await;
    let group = [
        ("kind", "group"),
        ("topics", "sport"),
        ("topics", "neighbours"),
        ("times", "Sa 10–12 Uhr"),
        ("age_from", "5"),
        ("age_to", "10"),
        ("free_places", "5"),
        ("cost", "free"),
        ("languages", "ar"),
        ("basis", "16"),
        ("keywords", "Seepferdchen"),
        ("about", "Acht Kinder aus dem Viertel lernen zusammen schwimmen"),
    ];
    let id = add(&konrad, &card("Kinderschwimmen Hafen", &group)).await;
    for path in [
        "q=Schwimmkurs",
        "q=schwimen",
        "q=Seepferdchen",
        "q=%C2%A7+16",
        "thema=sport&alter=7&sprache=ar&frei=1",
        "q=kinder+schwimmen&grundlage=16",
    ] {
        town.stranger().get(&format!("/angebote?{path}")).await.is(200).shows("Kinderschwimmen Hafen");
    }
    town.stranger().get("/angebote?alter=12").await.hides("Kinderschwimmen Hafen");
    town.stranger().get("/angebote?sprache=tr").await.hides("Kinderschwimmen Hafen");
    konrad.get("/ressourcen?q=Schwimmkurs").await.shows("gehört zu „schwimmkurs“ und steht im Namen");
    konrad.get("/ressourcen/luecken").await.shows("Hafen");
    konrad.get("/sozialraeume").await.is(200);
    // Somebody else had it already: joined, and parted again.
    let twin = add(&konrad, &card("Kinder-Schwimmen Hafen", &[("conditions", "Badekappe")])).await;
    let doubles = konrad.get("/ressourcen/doppelte").await;
    doubles.shows("Kinder-Schwimmen Hafen");
    konrad.post("/ressourcen/doppelte", &[("kept", &id), ("gone", &twin)]).await.is(303);
    let page = format!("/ressourcen/{id}");
    konrad.get(&page).await.shows("Badekappe").shows("Verbundene Karten");
    town.stranger().get(&format!("/angebote/{twin}")).await.is(404);
    konrad.fill(&page, &format!("{page}/trennen"), &[]).await.is(303);
    konrad.get(&page).await.hides("Badekappe");
    town.stranger().get(&format!("/angebote/{twin}")).await.is(200);
    // Told by a family, seen by the keeper; the sixth open one is too many.
    for _ in 0..5 {
        let told = town.stranger().post(&format!("/angebote/{id}/fehler"), &[("words", "Am Samstag war zu")]).await;
        told.is(303);
    }
    town.stranger().post(&format!("/angebote/{id}/fehler"), &[("words", "noch mal")]).await.is(422).shows("noch mal");
    konrad.get("/ressourcen/pflege").await.shows("Am Samstag war zu");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_coordinator_builds_a_swimming_group_on_sqlite() {
    coordinator(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_coordinator_builds_a_swimming_group_on_postgres() {
    coordinator(Engine::Postgres).await;
}

async fn list_and_map(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    for n in 0..47 {
        let name = format!("Turnen {n:02}");
        let more: &[(&str, &str)] = match n % 3 {
            0 => &[("point", "53.6051, 9.9123")],
            1 => &[("place", "Nirgendwo 99")],
            _ => &[],
        };
        add(&marta, &card(&name, more)).await;
    }
    for query in ["", "q=turnen", "thema=sport", "nahe=53.6051%2C+9.9123&umkreis=500"] {
        let (mut seen, mut path) = (Vec::new(), format!("/angebote?{query}"));
        let mut total = 0;
        loop {
            let page = town.stranger().get(&path).await.is(200).text();
            let hits = page.split("id=\"karte-").skip(1).map(|rest| rest[..36].to_owned());
            seen.extend(hits);
            let number =
                |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>().parse::<usize>().ok();
            total = number(page.split("<strong>").nth(1).unwrap().split("</strong>").next().unwrap()).unwrap_or(total);
            let circles: usize =
                page.split("data-cards=\"").skip(1).filter_map(|rest| number(rest.split('"').next()?)).sum();
            let elsewhere =
                page.split("Davon ").nth(1).and_then(|rest| number(rest.split("ohne Ort").next()?)).unwrap_or(0);
            assert_eq!(circles + elsewhere, total, "{query}");
            match page.split("class=\"pagination\"").nth(1).and_then(|rest| rest.split("href=\"").nth(1)) {
                Some(rest) => path = rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&"),
                None => break,
            }
        }
        let mut once = seen.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!((seen.len(), once.len()), (total, total), "{query}");
        let geo = town.stranger().get(&format!("/angebote.geojson?{query}")).await.json();
        assert_eq!(geo["features"].as_array().unwrap().len(), total, "{query}");
        let hsds = town.stranger().get(&format!("/hsds/services?{query}")).await.json();
        assert_eq!(hsds["total_items"], json!(total), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_map_has_what_the_list_has_on_sqlite() {
    list_and_map(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_map_has_what_the_list_has_on_postgres() {
    list_and_map(Engine::Postgres).await;
}
