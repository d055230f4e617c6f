// SPDX-License-Identifier: EUPL-1.2
//! A new cut of the spaces with running cases: looked at, planned, withdrawn; nothing stops; a case moves by its
//! conversation alone; questions about any past day are answered as they were.

use crate::agreements::{a_planned_help, later};
use crate::client::Client;
use crate::ledger::{get, proven};
use crate::region_year::paid;
use crate::town::{Engine, Town, both};
use app::access::PostPlace;
use axum::http::Method;
use domain::access::Role;
use serde_json::{Value, json};

const NEW: &str = "/sozialraeume/neuzuschnitt";

fn boundaries() -> String {
    let square = |key: &str, name: &str, region: &str, west: &str, east: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"key":"{key}","name":"{name}","region":"{region}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},53.60],[{east},53.60],[{east},53.61],[{west},53.61],[{west},53.60]]]}}}}"#
        )
    };
    let features = [
        square("100110000", "Hafen West", "Nord", "9.90", "9.9075"),
        square("100120000", "Hafen Ost", "Nord", "9.9075", "9.915"),
        square("100200000", "Altstadt", "Nord", "9.915", "9.93"),
        square("200100000", "Heide", "Süd", "9.93", "9.945"),
        square("200200000", "Moor", "Süd", "9.945", "9.96"),
    ];
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

const ZU: &str = "1;100110000;Hafen West;500\n1;100120000;Hafen Ost;500\n1;100200000;Altstadt;1000\n1;200100000;Heide;1000\n1;200200000;Moor;1000\n";
const RA: &str = "1;22844;Musterhafen;Lindenweg;1;;19;;2;;20;;100110000\n1;22844;Musterhafen;Lindenweg;21;;997;;22;;998;;100120000\n\
                  1;22844;Musterhafen;Heideweg;1;;997;;2;;998;;200100000\n1;22844;Musterhafen;Grenzallee;1;;99;;;;;;100120000\n\
                  1;22844;Musterhafen;Grenzallee;;;;;2;;98;;100200000\n";
const POINTS: &str = "id;lat;lon;strasse;hausnummer\na;53.605;9.902;;\nb;53.605;9.910;;\nc;;;Lindenweg;3\nd;;;Lindenweg;77\ne;53.605;9.950;;\nf;x;y;;\n";

const FORM: [(&str, &str); 5] = [
    ("title", "Hafen wird zwei"),
    ("valid_from", "2027-01-01"),
    ("key_field", "key"),
    ("name_field", "name"),
    ("region_field", "region"),
];

async fn hands_in(paul: &Client) -> String {
    let geojson = boundaries();
    let files = [
        ("spaces", "neu.geojson", geojson.as_str()),
        ("zu", "zu.csv", ZU),
        ("ra", "ra.csv", RA),
        ("points", "adressen.csv", POINTS),
    ];
    paul.upload(NEW, &FORM, &files).await.id()
}

/// Name of the space of an address on a day, as the API says.
pub async fn space_on(client: &Client, address: &str, day: &str) -> Value {
    let asked = format!("/api/v1/whereabouts?address={}&on={day}", address.replace(' ', "%20").replace(',', "%2C"));
    let found = get(client, &asked).await;
    let spaces = get(client, "/api/v1/spaces").await;
    let name = |id: &Value| {
        spaces["spaces"].as_array().unwrap().iter().find(|one| one["id"] == *id).map(|one| one["name"].clone())
    };
    found["spaces"].as_array().unwrap().first().and_then(name).unwrap_or(Value::Null)
}

async fn a_draft_is_only_looked_at(town: &Town, paul: &Client) -> String {
    paul.upload(NEW, &[("title", "Ohne Datei"), ("valid_from", "2026-11-20")], &[])
        .await
        .is(422)
        .shows("Hier fehlt eine Datei");
    let geojson = boundaries();
    let today = [("title", "Heute"), ("valid_from", "2026-11-20"), ("key_field", "key"), ("name_field", "name")];
    let refused = paul.upload(NEW, &today, &[("spaces", "n.geojson", &geojson)]).await;
    refused.is(422).shows("ab einem Tag in der Zukunft").shows("value=\"Heute\"");
    let half = [("spaces", "n.geojson", geojson.as_str()), ("ra", "ra.csv", RA)];
    paul.upload(NEW, &FORM, &half).await.is(422).shows("Straßen brauchen beide Tabellen");

    let id = hands_in(paul).await;
    let page = format!("{NEW}/{id}");
    let seen = paul.get(&page).await;
    seen.is(200).shows("Hafen wird zwei").shows("Entwurf").shows("Hafen West, Hafen Ost").shows("1–19 (ungerade)");
    // A family alone is never counted, nor named.
    seen.hides("Demir").shows("Ein Strich steht für Zahlen");
    assert_eq!(seen.text().matches("<path class=\"map-area map-area--3\"").count(), 3, "one before, two after");
    let told = get(paul, &format!("/api/v1/recuts/{id}")).await;
    assert_eq!(told["addresses"], json!({"total": 5, "moved": 4, "unclear": 0, "lost": 0}), "{told}");
    assert_eq!(told["families"].as_array().unwrap().len(), 1);
    assert_eq!(told["families"][0]["count"], Value::Null);
    assert_eq!((&told["new_spaces"], &told["gone"]), (&json!(["Hafen West", "Hafen Ost"]), &json!(["Hafen"])));
    assert_eq!(told["areas"].as_array().unwrap().len(), 2);
    let list = paul.get(&format!("{page}/adressen")).await;
    list.is(200).shows("a;Hafen;Hafen West").shows("d;Hafen;Hafen Ost").hides("e;");
    // Nobody but planners sees a draft.
    for key in ["marta", "lotse"] {
        town.as_(key).await.get(&page).await.is(404);
    }
    assert_eq!(space_on(paul, "53.605, 9.902", "2027-01-01").await, "Hafen", "a draft counts for nothing");
    id
}

async fn with_running_cases(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let (paul, fiona) = (town.as_("paul").await, town.as_("fiona").await);
    let (marta, case, mandate) = a_planned_help(&town, &fiona).await;
    let id = a_draft_is_only_looked_at(&town, &paul).await;
    let page = format!("{NEW}/{id}");
    let before = get(&marta, &format!("/api/v1/cases/{case}")).await;

    marta.post(&format!("{page}/planen"), &[]).await.is(403);
    paul.fill(&page, &format!("{page}/planen"), &[]).await.is(303);
    paul.fill(&page, &format!("{page}/uebergaben"), &[]).await.is(303);
    paul.get(NEW).await.shows("geplant");
    // As of each day: until its eve as before, from its day on anew.
    for (address, day, space) in [
        ("53.605, 9.902", "2026-12-31", "Hafen"),
        ("53.605, 9.902", "2027-01-01", "Hafen West"),
        ("Lindenweg 12", "2026-12-31", "Hafen"),
        ("Lindenweg 12", "2027-01-01", "Hafen West"),
        ("Lindenweg 40", "2030-01-01", "Hafen Ost"),
        ("53.605, 9.902", "2019-12-31", "null"),
    ] {
        let found = space_on(&marta, address, day).await;
        assert_eq!(found, if space == "null" { Value::Null } else { json!(space) }, "{address} {day}");
    }
    marta
        .get("/sozialraeume?tag=2027-01-01")
        .await
        .shows("Zuschnitt vom 01.01.2027")
        .shows("aria-label=\"Hafen West\"");
    // Planned is not done: the case is as it was, the conversation can be arranged.
    assert_eq!(get(&marta, &format!("/api/v1/cases/{case}")).await, before);
    let handover = talks(&town, &marta).await;
    assert_eq!(get(&marta, &format!("/api/v1/cases/{case}")).await, before);
    moves(&town, &marta, (&case, &mandate, &handover)).await;
    proven(&town).await;
}

/// The list of hand-overs, who sees it, and what cannot be done before the day.
async fn talks(town: &Town, marta: &Client) -> String {
    let list = marta.get("/uebergaben").await;
    list.is(200).shows("Demir").shows("Team Hafen West, Hafen West").shows("29.01.2027");
    let handover = get(marta, "/api/v1/handovers").await["handovers"][0]["id"].as_str().unwrap().to_owned();
    let page = format!("/uebergaben/{handover}");
    for key in ["heike", "paul", "lotse", "ankerteam", "fiona"] {
        let answer = town.as_(key).await.get(&page).await;
        answer.is(404).hides("Demir");
    }
    town.as_("heike").await.get("/uebergaben").await.is(200).hides("Demir");
    let arranged = [("due_on", "2027-01-20"), ("with_whom", "Marta, Team West, die Mutter")];
    marta.fill(&page, &format!("{page}/verabreden"), &arranged).await.is(303);
    marta.get(&page).await.shows("Marta, Team West, die Mutter").shows("kann ab 01.01.2027 festgehalten werden");
    let early =
        [("held_on", "2026-11-20"), ("with_whom", "Alle"), ("family", "present"), ("worker", &handover), ("words", "")];
    marta.post(&format!("{page}/gespraech"), &early).await.is(422).shows("erst, wenn der neue Zuschnitt gilt");
    handover
}

/// On the day nothing happens by itself; payments go on; the conversation moves the case, and nothing else.
async fn moves(town: &Town, marta: &Client, (case, mandate, handover): (&str, &str, &str)) {
    let (page, file) = (format!("/uebergaben/{handover}"), format!("/api/v1/cases/{case}"));
    let (nord, before) = (town.region("Nord").await, get(marta, &file).await);
    paid(town, mandate).await;
    let fiona = later(town, "2027-01-14", "fiona").await;
    let book = get(&fiona, &format!("/api/v1/budget?region={nord}&year=2026")).await["book"].clone();
    let still = later(town, "2027-01-15", "marta").await;
    // The old team is responsible.
    still.get(&format!("/faelle/{case}")).await.is(200).hides("Hafen West");
    // Nobody works in the new team yet; then somebody does.
    still.get(&page).await.shows("arbeitet noch niemand");
    let (west, wanda) = (town.team("Team Hafen West").await, town.person("wanda", None).await);
    town.post(wanda, Role::CaseWorker, PostPlace::Team(west)).await;
    let wanda_id = wanda.to_string();
    let talk = |worker: &'static str| {
        [("held_on", "2027-01-15"), ("with_whom", "Marta, Wanda, die Mutter"), ("family", worker)]
    };
    let refused = still.post(&format!("{page}/gespraech"), &talk("present")).await;
    refused.is(422).shows("value=\"Marta, Wanda, die Mutter\"");
    let mut fields = talk("present").to_vec();
    fields.push(("worker", wanda_id.as_str()));
    still.fill(&page, &format!("{page}/gespraech"), &fields).await.is(303);
    still.get(&format!("/faelle/{case}")).await.is(404);
    still.post(&format!("{page}/gespraech"), &fields).await.is(404);
    let wanda = later(town, "2027-01-16", "wanda").await;
    wanda.get(&format!("/faelle/{case}")).await.is(200).shows("Hafen West").shows("Wanda Beispiel");
    let after = get(&wanda, &file).await;
    assert_ne!(after["case"]["space"], before["case"]["space"]);
    assert_eq!((&after["case"]["stage"], &after["people"]), (&before["case"]["stage"], &before["people"]));
    wanda.get(&format!("/faelle/{case}/leistungen")).await.is(200).shows("5 Std./Woche × 66,00 €");
    // Promise and payments are untouched, and the next month is proven and shown as ever.
    let fiona = later(town, "2027-01-17", "fiona").await;
    let (mut now, mut book) =
        (get(&fiona, &format!("/api/v1/budget?region={nord}&year=2026")).await["book"].clone(), book);
    now["on"].take();
    book["on"].take();
    assert_eq!(now, book, "the same money on both days");
    let lotse = later(town, "2027-02-10", "lotse").await;
    let hours = format!("/auftraege/{mandate}/stunden");
    lotse.fill(&hours, &hours, &[("month", "01/2027"), ("quantity", "21")]).await.is(303);
    let deeds = town.deeds().await;
    let moved: Vec<_> = deeds.iter().filter(|deed| deed.contains("case-handed-over")).collect();
    assert_eq!(moved.len(), 1, "team, space and worker change in one deed");
}

async fn withdrawn(engine: Engine) {
    let town = Town::new(engine).await;
    let paul = town.as_("paul").await;
    let (marta, id) = (town.as_("marta").await, hands_in(&paul).await);
    crate::main_job::opens(&marta).await;
    let page = format!("{NEW}/{id}");
    paul.fill(&page, &format!("{page}/planen"), &[]).await.is(303);
    assert_eq!(space_on(&paul, "Lindenweg 12", "2027-01-01").await, "Hafen West");
    paul.fill(&page, &format!("{page}/zuruecknehmen"), &[("why", "")]).await.is(422);
    paul.fill(&page, &format!("{page}/zuruecknehmen"), &[("why", "Der Ausschuss wollte es anders")]).await.is(303);
    paul.get(&page).await.shows("Der Ausschuss wollte es anders").shows("zurückgenommen");
    for day in ["2026-11-20", "2027-01-01", "2030-01-01"] {
        assert_eq!(space_on(&paul, "Lindenweg 12", day).await, "Hafen", "{day}");
    }
    let handover = get(&marta, "/api/v1/handovers").await["handovers"][0]["id"].as_str().unwrap().to_owned();
    marta.get(&format!("/uebergaben/{handover}")).await.shows("Der Fall bleibt, wo er ist.");
    // What is in force is not taken back.
    let second = hands_in(&paul).await;
    let page = format!("{NEW}/{second}");
    paul.fill(&page, &format!("{page}/planen"), &[]).await.is(303);
    let late = later(&town, "2027-01-02", "paul").await;
    late.post(&format!("{page}/zuruecknehmen"), &[("why", "zu spät")]).await.is(422).shows("gilt schon");
    late.get(NEW).await.shows(">gilt<");
    let keep = [("why", "Die Hilfe endet im Februar")];
    let later_marta = later(&town, "2027-01-02", "marta").await;
    let open = get(&later_marta, "/api/v1/handovers").await["handovers"].as_array().unwrap().clone();
    let newest = open.iter().map(|one| one["id"].as_str().unwrap()).max().unwrap();
    let kept = format!("/uebergaben/{newest}");
    later_marta.fill(&kept, &format!("{kept}/bleibt"), &keep).await.is(303);
    later_marta.post(&format!("{kept}/bleibt"), &keep).await.is(422).shows("schon abgeschlossen");
}

const FIGURES: &str = "Schlüssel;Merkmal;Wert;Einheit;Quelle;Stand\n100100000;Einwohner;6.200;;Melderegister;31.12.2025\n\
                       100100000;Inobhutnahmen;2;Kinder;Amt;31.12.2025\n999;Einwohner;1;;Amt;31.12.2025\n100100000;Zuzug;viel;%;Amt;31.12.2025\n";

async fn figures(engine: Engine) {
    let town = Town::new(engine).await;
    let (paul, marta) = (town.as_("paul").await, town.as_("marta").await);
    let import = "/sozialraeume/kennzahlen";
    marta.get(import).await.is(403);
    paul.upload(import, &[], &[]).await.is(422).shows("Hier fehlt eine Datei");
    let file = [("table", "zahlen.csv", FIGURES)];
    let look = paul.upload(import, &[("look", "look")], &file).await;
    look.is(200).shows("Probelauf: 2 Zeilen").shows("Den Sozialraum 999 gibt es nicht").shows("„viel“ ist keine Zahl");
    let space = get(&paul, "/api/v1/spaces").await["spaces"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "Hafen")
        .unwrap()["id"]
        .clone();
    let profile = format!("/sozialraeume/{}", space.as_str().unwrap());
    paul.get(&profile).await.shows("Noch sind keine Kennzahlen").shows("Kein Gremium im Netzwerk");
    paul.upload(import, &[], &file).await.is(200).shows("2 Zeilen übernommen");
    let shown = marta.get(&profile).await;
    shown.shows("6.200").shows("Melderegister, 31.12.2025").shows("Marta Beispiel").shows("Anker e. V.");
    // As of a day: what was counted later was not known then.
    let before = marta.get(&format!("{profile}?tag=2025-12-30")).await;
    before.is(200).hides("6.200").shows("So war es am 30.12.2025");
    marta.get(&format!("{profile}?tag=2026-01-01")).await.shows("6.200");
    // Two children could be somebody's.
    shown.shows("Inobhutnahmen").hides(">2 Kinder");
    let told = get(&marta, &format!("/api/v1/spaces/{}", space.as_str().unwrap())).await;
    let hidden = told["figures"].as_array().unwrap().iter().find(|one| one["name"] == "Inobhutnahmen").unwrap();
    assert_eq!(hidden["hundredths"], Value::Null);
    town.as_("lotse").await.get(&profile).await.is(200).hides("Marta Beispiel");
    paul.get("/sozialraeume/kennzahlen/vorlage").await.is(200).shows("Schlüssel;Merkmal;Wert");
    assert_eq!(paul.api(Method::GET, &format!("/api/v1/spaces/{}", crate::client::chance()), None).await.status, 404);
}

both! {
    with_running_cases, a_cut_with_running_cases_on_sqlite, a_cut_with_running_cases_on_postgres;
    withdrawn, a_cut_is_withdrawn_on_sqlite, a_cut_is_withdrawn_on_postgres;
    figures, figures_of_a_space_on_sqlite, figures_of_a_space_on_postgres;
}
