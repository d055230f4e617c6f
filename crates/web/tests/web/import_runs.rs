// SPDX-License-Identifier: EUPL-1.2
//! A large import is seen while it runs, stopped in the middle, and leaves nothing; and all the dirt of a public table is
//! told, line by line.

use crate::client::Client;
use crate::town::{Engine, Town, both};
use crate::trade::{handed_in, taken};
use app::resources::import_progress;
use axum::http::Method;
use domain::kernel::CardImportId;
use serde_json::json;
use std::fmt::Write;
use std::time::Duration;

fn many(rows: usize) -> String {
    let mut text = "ID;Name;Straße;PLZ;Beschreibung\n".to_owned();
    for n in 0..rows {
        writeln!(text, "ac148810-d857-441c-9679-{n:012};Spielplatz {n};Lindenweg {n};22844;Nummer {n}").unwrap();
    }
    text
}

fn id_of(import: &str) -> CardImportId {
    import.rsplit('/').next().unwrap().parse().unwrap()
}

async fn total(client: &Client) -> u64 {
    client.api(Method::GET, "/api/v1/resources", None).await.json()["total"].as_u64().unwrap()
}

/// However fast the machine: whoever stops an import gets all of it or nothing, and the page says which. That a stop
/// stops is shown beside the job itself.
async fn stopped_in_the_middle(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, lena) = (town.as_("konrad").await, town.as_("lena").await);
    let import = handed_in(&konrad, "viele.csv", many(4_000).as_bytes()).await;
    let (page, path, runner) = (import.clone(), format!("{import}/uebernehmen"), konrad.clone());
    konrad.post(&format!("{import}/abbrechen"), &[]).await.is(409);
    let job = tokio::spawn(async move { runner.fill(&page, &path, &[]).await.status.as_u16() });
    while import_progress(&town.app, id_of(&import)).is_none() && !job.is_finished() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    lena.post(&format!("{import}/abbrechen"), &[]).await.is(404);
    // Others read, and see all of it or nothing.
    assert!(matches!(total(&lena).await, 0 | 4_000));
    let stopped = konrad.post(&format!("{import}/abbrechen"), &[]).await.status.as_u16();
    assert!(matches!(stopped, 303 | 409));
    while import_progress(&town.app, id_of(&import)).is_some() || !job.is_finished() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(matches!(job.await.unwrap(), 303 | 422));
    let waits = konrad.get(&import).await.is(200).text().contains("geprüft, nicht übernommen");
    assert_eq!(total(&konrad).await, if waits { 0 } else { 4_000 });
    assert_eq!(town.deeds().await.iter().any(|deed| deed.contains("cards-imported")), !waits);
    let stop = format!("/api/v1/imports/{}/stopping", id_of(&import));
    konrad.api(Method::POST, &stop, Some(json!({}))).await.is(409);
    // The next one goes through.
    let small = handed_in(&konrad, "wenige.csv", SMALL.as_bytes()).await;
    let before = total(&konrad).await;
    taken(&konrad, &small, &[]).await.is(303);
    assert_eq!(total(&konrad).await, before + 2);
}

const SMALL: &str = "Name;Straße;PLZ\nBücherbus;Hafenweg 3;22844\nNähstube;Hafenweg 5;22844\n";

/// Rows as towns publish them, each with its own dirt.
const DIRT: &str = "\u{feff}ID;Bezeichnung;Straße;PLZ;Breite;Länge;Farbe\r\n\
    1;Spielplatz Nordpark;Lindenweg 12;22844;53,6051;9,9123;rot\r\n\
    2;;Lindenweg 14;22844;53,6051;9,9123;blau\r\n\
    1;Spielplatz Südpark;Lindenweg 16;22844;53,6051;9,9123;\r\n\
    0;Spielplatz Westpark;;22844;9,9123;53,6051;\r\n\
    4;=Bolzplatz;Lindenweg 18;2284;53,6051;9,9123;\r\n\
    5;Rodelberg;Lindenweg 20;22844;5940000,5;560000,25;grün\r\n\
    6;Nullpunkt;Lindenweg 22;22844;0;0;\r\n\
    7;Halber Punkt;Lindenweg 24;22844;53,6051;;\r\n\
    8;Klebt;Lindenweg26;22844;53,6051;9,9123;\r\n\
    9;Spielplatz Nordpark;Lindenweg 12;22844;53,6051;9,9123;\r\n";

/// All that is said about it: line, column, how grave, what is wrong and what to do, what stands there.
const TOLD: &[&str] = &[
    "Zeile;Spalte;Schwere;Was ist und was zu tun ist;Dort steht",
    r#"2;;Hinweis;"Die Beschreibung fehlt; der Name wird eingesetzt.";"#,
    "3;Name;Fehler;Bitte füllen Sie dieses Feld aus.;",
    "3;Beschreibung;Fehler;Bitte füllen Sie dieses Feld aus.;",
    "4;Kennung;Fehler;Die Kennung steht schon in Zeile 2. Bitte eine der beiden Zeilen löschen oder ändern.;1",
    r#"4;;Hinweis;"Die Beschreibung fehlt; der Name wird eingesetzt.";"#,
    "5;Kennung;Warnung;Kennung 0 ist keine Kennung und wird nicht beachtet.;0",
    r#"5;;Warnung;"Straße oder Adresse fehlt. Die Karte wird ohne Ort angelegt; bitte prüfen.";"#,
    "5;Koordinaten;Warnung;Länge und Breite waren vertauscht und wurden getauscht. Bitte prüfen.;9,9123 / 53,6051",
    r#"5;;Hinweis;"Die Beschreibung fehlt; der Name wird eingesetzt.";"#,
    "6;PLZ;Fehler;Die PLZ hat fünf Ziffern und nur Ziffern. Bitte berichtigen.;2284",
    r#"6;;Hinweis;"Die Beschreibung fehlt; der Name wird eingesetzt.";"#,
    r#"7;;Hinweis;"Die Beschreibung fehlt; der Name wird eingesetzt.";"#,
    "7;Koordinaten;Hinweis;Die Koordinaten stehen in Metern (UTM) und wurden umgerechnet.;5940000,5 / 560000,25",
    "8;Koordinaten;Warnung;0/0 ist kein Ort in Deutschland. Die Karte bekommt keine Stelle auf dem Plan.;0 / 0",
    r#"8;;Hinweis;"Die Beschreibung fehlt; der Name wird eingesetzt.";"#,
    "9;Koordinaten;Fehler;Es ist nur eine von zwei Koordinaten angegeben. Bitte ergänzen oder beide löschen.;53,6051",
    r#"9;;Hinweis;"Die Beschreibung fehlt; der Name wird eingesetzt.";"#,
    r#"10;;Hinweis;"Die Beschreibung fehlt; der Name wird eingesetzt.";"#,
    "10;Straße;Hinweis;Vor der Hausnummer wurde ein Leerzeichen ergänzt.;Lindenweg 26",
    "11;;Warnung;Wohl dasselbe wie in Zeile 2. Bitte prüfen.;",
    r#"11;;Hinweis;"Die Beschreibung fehlt; der Name wird eingesetzt.";"#,
];

async fn every_finding_is_told(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let import = handed_in(&konrad, "spiel.csv", DIRT.as_bytes()).await;
    let told = konrad.get(&format!("{import}/befunde.csv")).await.is(200).text();
    let told: Vec<&str> = told.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(told, TOLD, "{}", told.join("\n"));
}

both! {
    a_stopped_import_leaves_nothing: stopped_in_the_middle;
    all_the_dirt_of_a_table_is_told: every_finding_is_told;
}
