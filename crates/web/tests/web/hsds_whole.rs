// SPDX-License-Identifier: EUPL-1.2
//! HSDS there and back: cards with every field that leaves the office go into a town without cards, as JSON and as a data
//! package, and come out of it byte for byte as they went in, but for whose office it is.

use crate::client::Client;
use crate::town::{Engine, Town};
use crate::trade::{handed_in, taken};
use crate::trade_hsds::add_chance;
use domain::resources::exchange::Need;
use domain::resources::{Barrier, Basis, CardKind, CostKind, Language, Topic};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

fn all(codes: impl Iterator<Item = &'static str>) -> String {
    codes.collect::<Vec<_>>().join(" ")
}

/// A card of a kind with every field filled.
fn whole_card(kind: CardKind, cost: CostKind, n: usize) -> Vec<(&'static str, String)> {
    let text = |field: &str| format!("{field} {n}: „Größe“, <b>; 'x' | \\ \"y\" 1,5 €");
    vec![
        ("name", text("Name")),
        ("kind", kind.code().to_owned()),
        ("topics", all(Topic::ALL.iter().map(|one| one.code()))),
        ("about", format!("{}\nzweite Zeile", text("Text"))),
        ("visibility", "public".to_owned()),
        ("keywords", text("Wörter")),
        ("place", "Lindenweg 12a, 22844 Musterhafen".to_owned()),
        ("point", "53.6051, 9.9123".to_owned()),
        ("contact", text("Kontakt")),
        ("web", "https://a.example/pfad?x=1&y=%C3%A4".to_owned()),
        ("conditions", text("Bedingung")),
        ("cost", cost.code().to_owned()),
        ("cost_note", text("Kosten")),
        ("languages", all(Language::ALL.iter().map(|one| one.code()))),
        ("barriers", all(Barrier::ALL.iter().map(|one| one.code()))),
        ("age_from", "6".to_owned()),
        ("age_to", "12".to_owned()),
        ("times", "Mo, Mi 15–17 Uhr\njeden 2. Di im Monat 18:30–20 Uhr\n12.12.2026 10–12 Uhr".to_owned()),
        ("free_places", "4".to_owned()),
        ("waiting", "2".to_owned()),
        ("basis", all(Basis::ALL.iter().map(|one| one.code()))),
        ("key_person", format!("Geheimschlüssel {n}")),
        ("second_person", format!("Geheimzweit {n}")),
    ]
}

async fn file(client: &Client, path: &str, office: &str) -> String {
    client.get(path).await.is(200).text().replace(office, "OFFICE")
}

async fn there_and_back(engine: Engine) {
    let here = Town::new(engine).await;
    let konrad = here.as_("konrad").await;
    let kinds = CardKind::ALL.iter().copied().filter(|kind| *kind != CardKind::Person);
    let costs = CostKind::ALL.iter().cycle();
    for (n, (kind, cost)) in kinds.zip(costs).enumerate() {
        add_chance(&konrad, &whole_card(kind, *cost, n)).await;
    }
    let office = here.app.office().to_string();
    let before = file(&here.stranger(), "/hsds/hsds.json", &office).await;
    every_field_is_in_it(&before);
    tables_are_filled(&here.stranger().get("/hsds/datapackage.zip").await.bytes);
    for (path, name) in [("/hsds/hsds.json", "hsds.json"), ("/hsds/datapackage.zip", "hsds.zip")] {
        let there = Town::new(engine).await;
        let keeper = there.as_("konrad").await;
        let import = handed_in(&keeper, name, &here.stranger().get(path).await.bytes).await;
        keeper.get(&import).await.hides("badge--alarm");
        taken(&keeper, &import, &[]).await.is(303);
        let office = there.app.office().to_string();
        let after = file(&there.stranger(), "/hsds/hsds.json", &office).await;
        assert_eq!(after, before, "{name}");
    }
}

/// A data package is valid where it describes itself as it is, and no cell that must be filled is empty. What is asked of
/// each table was tried once with the published schemas and a reader of data packages.
fn tables_are_filled(bytes: &[u8]) {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for at in 0..packed.len() {
        let mut file = packed.by_index(at).unwrap();
        let (name, mut text) = (file.name().unwrap().to_string(), String::new());
        file.read_to_string(&mut text).unwrap();
        files.insert(name, text);
    }
    let description: Value = serde_json::from_str(&files["datapackage.json"]).unwrap();
    let resources = description["resources"].as_array().unwrap();
    assert_eq!(resources.len() + 1, files.len(), "every file is described");
    for resource in resources {
        let name = resource["name"].as_str().unwrap();
        let entity = domain::resources::exchange::entity(name).unwrap();
        let mut table = csv::Reader::from_reader(files[resource["path"].as_str().unwrap()].as_bytes());
        let head: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert_eq!(head, fields.iter().map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>());
        for (row, field) in table.records().flat_map(|row| {
            let row = row.unwrap();
            fields
                .iter()
                .zip(row.iter().map(str::to_owned).collect::<Vec<_>>())
                .map(|(f, cell)| (cell, f))
                .collect::<Vec<_>>()
        }) {
            let fact = entity.fact(field["name"].as_str().unwrap()).unwrap();
            let must = fact.need != Need::No;
            assert_eq!(must, field["constraints"]["required"] == true, "{name}.{}", fact.field);
            assert!(!must || !row.is_empty(), "{name}.{} is empty", fact.field);
            assert!(row.is_empty() || fact.sort.fits(&row), "{name}.{} is „{row}“", fact.field);
        }
    }
}

/// What a card has is somewhere in the file, and what stays inside is not.
fn every_field_is_in_it(text: &str) {
    assert!(!text.contains("Geheim"));
    let data: Value = serde_json::from_str(text).unwrap();
    let services = data["services"].as_array().unwrap();
    assert_eq!(services.len(), CardKind::ALL.len() - 1);
    for service in services {
        let fields: BTreeSet<&str> = service.as_object().unwrap().keys().map(String::as_str).collect();
        for field in [
            "url",
            "eligibility_description",
            "fees_description",
            "minimum_age",
            "maximum_age",
            "assured_date",
            "languages",
            "schedules",
            "service_at_locations",
            "service_areas",
            "attributes",
            "capacities",
            "contacts",
        ] {
            assert!(fields.contains(field), "no {field} in {service:#}");
        }
        let codes: BTreeSet<&str> = service["attributes"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|one| one["taxonomy_term"]["code"].as_str())
            .collect();
        for code in ["field:keywords", "field:waiting", "topic:sport", "sgb8:11"] {
            assert!(codes.contains(code), "no {code} in {codes:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whole_cards_come_back_byte_for_byte_on_sqlite() {
    there_and_back(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whole_cards_come_back_byte_for_byte_on_postgres() {
    there_and_back(Engine::Postgres).await;
}
