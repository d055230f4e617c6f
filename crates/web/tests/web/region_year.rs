// SPDX-License-Identifier: EUPL-1.2
//! Two long stories of the Sozialraumbudget: a year of a region from the allocation to the closing, and a re-cut of the
//! spaces after which everything is allocated anew and nothing that is running stops.

use crate::agreements::{a_planned_help, later};
use crate::allocation::{DECISION, decides, drafts};
use crate::client::Client;
use crate::ledger::{between, get, proven, year};
use crate::main_job::commissions;
use crate::town::{Engine, Town};
use app::access::operator;
use app::territory::{Progress, SpacesImport, find_space, import_spaces};
use axum::http::Method;
use domain::kernel::Day;
use domain::territory::{Address, Located, ReadOptions};
use serde_json::{Value, json};

const ALLOCATIONS: &str = "/api/v1/budget/allocations";

/// The shares as decided go into the plans of their regions, with the resolution that decided them.
async fn plans_as_decided(fiona: &Client, allocation: &str) -> Vec<i64> {
    let sums = get(fiona, &format!("{ALLOCATIONS}/{allocation}/sums")).await;
    let mut planned = Vec::new();
    for sum in sums["sums"].as_array().unwrap().iter().filter(|sum| sum["region"].is_string()) {
        let body = json!({"region": sum["region"], "year": sums["year"], "planned_cents": sum["cents"],
                          "note": sums["resolution"]});
        let made = fiona.api(Method::POST, "/api/v1/budget/plans", Some(body)).await;
        assert!(made.status.is_success(), "{}", made.text());
        planned.push(sum["cents"].as_i64().unwrap());
    }
    planned
}

async fn a_year(engine: Engine) {
    let town = Town::new(engine).await;
    let (paul, fiona) = (town.as_("paul").await, town.as_("fiona").await);
    let nord = town.region("Nord").await.to_string();
    // Planning proposes, finance enters what the body decided, the shares become plans.
    let allocation = drafts(&paul, &[("total", "250.000"), ("scope", "§ 34 Heimerziehung; 50.000")]).await;
    decides(&fiona, &allocation, &DECISION).await.is(303);
    assert_eq!(plans_as_decided(&fiona, &allocation).await, [8_502_283, 10_497_717]);
    year(&fiona, 2026, "eroeffnung", &[("resolution", "Haushaltssatzung 2026")]).await.is(303);
    for (kind, amount) in [("C", "20.000"), ("D", "2.000")] {
        let plan = [("region", nord.as_str()), ("year", "2026"), ("kind", kind), ("planned", amount), ("note", "Rat")];
        fiona.post("/budget/plan", &plan).await.is(303);
    }
    // Helps begin; the second is dearer than what is left, and comes all the same.
    let (marta, case, mandate) = a_planned_help(&town, &fiona).await;
    commissions(&marta, &case, "Anker e. V.", "80.000", "").await.is(422).shows("Die Hilfe kommt");
    commissions(&marta, &case, "Anker e. V.", "80.000", "Rechtsanspruch, zweites Kind").await.is(303);
    let budget = get(&fiona, &format!("/api/v1/budget?region={nord}")).await;
    assert_eq!(budget["book"]["free_cents"], 8_502_283 - 1_291_714 - 8_000_000);
    a_grant(&town, &fiona, &nord).await;
    covered(&town, &fiona, &nord, &budget).await;
    foreseen(&fiona, &nord).await;
    paid(&town, &mandate).await;
    closed(&town, &nord, &mandate).await;
    proven(&town).await;
}

/// A grant is promised, advanced, proven, settled; its rest is free again.
async fn a_grant(town: &Town, fiona: &Client, nord: &str) {
    let page = format!("/budget/zusagen?region={nord}&jahr=2026&mittel=C");
    let agency = town.anker.to_string();
    let wanted = [
        ("kind", "C"),
        ("subject", "Stadtteilfrühstück"),
        ("agency", agency.as_str()),
        ("paragraph", "16"),
        ("form", "group"),
        ("amount", "12.000"),
    ];
    let promise = format!("/budget/zusagen/{}", fiona.fill(&page, "/budget/zusagen", &wanted).await.id());
    for (step, amount) in [("advance", "6.000"), ("prove", "5.500"), ("repay", "500")] {
        let fields = [("step", step), ("amount", amount), ("note", "Beleg")];
        fiona.fill(&promise, &format!("{promise}/buchen"), &fields).await.is(303);
    }
    fiona.fill(&promise, &format!("{promise}/abschluss"), &[("note", "Abgerechnet")]).await.is(303);
    let grants = get(fiona, &format!("/api/v1/budget?region={nord}&year=2026&kind=C")).await;
    assert_eq!((&grants["book"]["drawn_cents"], &grants["book"]["free_cents"]), (&json!(550_000), &json!(1_450_000)));
}

/// Four sources in one resolution; what moves between pots is approved by somebody else than the one who asked.
async fn covered(town: &Town, fiona: &Client, nord: &str, budget: &Value) {
    let sued = town.region("Süd").await.to_string();
    let top_up = budget["top_ups"][0]["id"].as_str().unwrap();
    assert_eq!(budget["top_ups"][0]["missing_cents"], 789_431);
    let sources = [
        ("own_lines", "3.000; Jugendzentren"),
        ("reserve", "2.000"),
        ("other_region", sued.as_str()),
        ("region_amount", "1.000"),
        ("resolution", "Rat vom 18.11.2026, Vorlage 90"),
        ("rest", "uncovered"),
    ];
    let page = format!("/budget?region={nord}&jahr=2026&decken={top_up}");
    fiona.fill(&page, &format!("/budget/nachsteuerungen/{top_up}"), &sources).await.is(303);
    let felix = town.as_("felix").await;
    for left in [1, 0] {
        let text = felix.get("/budget/umbuchungen").await.text();
        let id = between(&text, "action=\"/budget/umbuchungen/", "/freigabe\"").to_owned();
        let approve = format!("/budget/umbuchungen/{id}/freigabe");
        let waiting = get(&felix, "/api/v1/transfers").await["waiting"].as_array().unwrap().clone();
        let this = waiting.iter().find(|one| one["id"] == json!(id)).unwrap();
        let (cents, version) = (this["amount_cents"].to_string(), this["version"].to_string());
        let seen = [("cents", cents.as_str()), ("version", version.as_str())];
        fiona.post(&approve, &seen).await.is(422).shows("durch eine zweite Person");
        felix.fill("/budget/umbuchungen", &approve, &[]).await.is(303);
        assert_eq!(get(&felix, "/api/v1/transfers").await["waiting"].as_array().unwrap().len(), left);
    }
    let after = get(fiona, &format!("/api/v1/budget?region={nord}")).await;
    assert_eq!((&after["book"]["free_cents"], &after["top_ups"][0]["covered_cents"]), (&json!(0), &json!(789_431)));
    let covers = after["top_ups"][0]["covers"].as_array().unwrap();
    let rest = covers.iter().find(|one| one["source"] == "uncovered").unwrap();
    assert_eq!((&rest["cents"], covers.len()), (&json!(189_431), 4));
}

/// December of both helps is foreseen, on the page and for programs alike.
async fn foreseen(fiona: &Client, nord: &str) {
    let seen = get(fiona, &format!("/api/v1/forecast?region={nord}")).await;
    assert_eq!(seen["total_cents"], json!(146_143 + 905_109), "31 days of each");
    fiona.get(&format!("/budget/prognose?region={nord}")).await.is(200).shows("10.512,52 €");
}

/// The agency proves its hours, the invoice is paid out of the commission's promise.
pub async fn paid(town: &Town, mandate: &str) {
    let lotse = later(town, "2027-01-10", "lotse").await;
    let hours = format!("/auftraege/{mandate}/stunden");
    lotse.fill(&hours, &hours, &[("month", "12/2026"), ("quantity", "20")]).await.is(303);
    let fiona = later(town, "2027-01-12", "fiona").await;
    let entry = format!("/rechnungen/neu?traeger={}", town.lotse);
    let fields = [("number", "R-12"), ("dated_on", "2027-01-11"), ("lines", "2026-0001; 12/2026; 20; 66,00")];
    let invoice = format!("/rechnungen/{}", fiona.fill(&entry, "/rechnungen", &fields).await.id());
    fiona.fill(&invoice, &format!("{invoice}/zahlung"), &[]).await.is(303);
    fiona.get(&format!("{invoice}/avis.csv")).await.is(200).shows(";1320,00;");
}

/// The year is closed by decision. Running helps take their money along; a surplus of grants stays a grant in the region.
async fn closed(town: &Town, nord: &str, mandate: &str) {
    let fiona = later(town, "2027-02-15", "fiona").await;
    year(&fiona, 2026, "abschluss", &[("resolution", "Rat vom 12.02.2027")]).await.is(303);
    let carry = [
        ("region", nord),
        ("from_kind", "C"),
        ("to_kind", "C"),
        ("amount", "100 %"),
        ("purpose", "Frühstück im Quartier"),
        ("resolution", "Rat vom 12.02.2027, TOP 4"),
    ];
    year(&fiona, 2026, "uebertrag", &carry).await.is(303);
    let of = |kind: &'static str, year: i16| {
        let (fiona, path) = (&fiona, format!("/api/v1/budget?region={nord}&year={year}&kind={kind}"));
        async move { get(fiona, &path).await["book"].clone() }
    };
    let (claims, next, grants) = (of("A", 2026).await, of("A", 2027).await, of("C", 2027).await);
    assert_eq!((&claims["drawn_cents"], &claims["committed_cents"]), (&json!(132_000), &json!(0)));
    assert_eq!(
        next["committed_cents"],
        json!(1_291_714 + 8_000_000 - 132_000),
        "what is promised moved with its money"
    );
    assert_eq!((&next["free_cents"], &grants["free_cents"]), (&json!(0), &json!(1_450_000)));
    // The help does not notice: January is proven and paid in the closed year's follower.
    let lotse = later(town, "2027-02-10", "lotse").await;
    let hours = format!("/auftraege/{mandate}/stunden");
    lotse.fill(&hours, &hours, &[("month", "01/2027"), ("quantity", "21")]).await.is(303);
    pays(&fiona, town, ("R-13", "01/2027", "21")).await;
    assert_eq!(of("A", 2027).await["drawn_cents"], 138_600);
    assert_eq!(of("A", 2026).await, claims, "the closed year stays as it was closed");
}

/// Enters and pays an invoice of Lotse for one case and month.
async fn pays(fiona: &Client, town: &Town, (number, month, hours): (&str, &str, &str)) {
    let entry = format!("/rechnungen/neu?traeger={}", town.lotse);
    let line = format!("2026-0001; {month}; {hours}; 66,00");
    let fields = [("number", number), ("dated_on", "2027-02-01"), ("lines", line.as_str())];
    let invoice = format!("/rechnungen/{}", fiona.fill(&entry, "/rechnungen", &fields).await.id());
    fiona.fill(&invoice, &format!("{invoice}/zahlung"), &[]).await.is(303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_of_a_region_from_allocation_to_closing_on_sqlite() {
    a_year(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_of_a_region_from_allocation_to_closing_on_postgres() {
    a_year(Engine::Postgres).await;
}

/// From 2027 on Hafen is two spaces; the others stay.
async fn re_cut(town: &Town) {
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
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let options = ReadOptions {
        key_prop: "key".into(),
        name_prop: "name".into(),
        region_prop: Some("region".into()),
        ..ReadOptions::default()
    };
    let valid_from = Day::parse("2027-01-01").unwrap();
    let import = SpacesImport { options, valid_from, dry_run: false, progress: Progress::default() };
    let report = import_spaces(&town.app, &operator(), &text, import).await.unwrap();
    assert_eq!(report.new_spaces, 2, "{:?}", report.findings);
}

const RE_CUT: [(&str, &str); 6] = [
    ("title", "Sozialraumbudget nach Neuzuschnitt"),
    ("year", "2027"),
    ("total", "260.000"),
    ("scope", ""),
    ("table", "Gebiet;Kinder;Fälle;bisher\nNord;5.900;120;85.000\nSüd;3.000;110;105.000"),
    ("top_slice", ""),
];

async fn re_allocation(engine: Engine) {
    let town = Town::new(engine).await;
    let (paul, fiona) = (town.as_("paul").await, town.as_("fiona").await);
    let nord = town.region("Nord").await.to_string();
    let first = drafts(&paul, &[("total", "250.000"), ("scope", "§ 34 Heimerziehung; 50.000")]).await;
    decides(&fiona, &first, &DECISION).await.is(303);
    plans_as_decided(&fiona, &first).await;
    year(&fiona, 2026, "eroeffnung", &[("resolution", "Haushaltssatzung 2026")]).await.is(303);
    let (marta, case, mandate) = a_planned_help(&town, &fiona).await;
    let before = old_year(&fiona, &first, &nord).await;
    let where_before = get(&marta, &format!("/api/v1/cases/{case}")).await["case"]["space"].clone();
    assert!(where_before.is_string(), "{where_before}");

    re_cut(&town).await;
    let second = drafts(&paul, &RE_CUT).await;
    decides(&fiona, &second, &DECISION).await.is(303);
    // 260,000 euros by cases, 120 : 110.
    assert_eq!(plans_as_decided(&fiona, &second).await, [13_565_217, 12_434_783]);
    assert_eq!(old_year(&fiona, &first, &nord).await, before, "the old year is as it was");
    assert_eq!(
        get(&marta, &format!("/api/v1/cases/{case}")).await["case"]["space"],
        where_before,
        "a running help stays where it began"
    );
    // Somebody of the new space is found there from its day on, and in the old one until then.
    for (day, space) in [("2026-12-31", "Hafen"), ("2027-01-01", "Hafen West")] {
        assert_eq!(space_on(&town, "53.605, 9.902", day).await, space, "{day}");
    }
    // Helps and payments go on over the day of the re-cut, each in the year it belongs to.
    paid(&town, &mandate).await;
    let lotse = later(&town, "2027-02-10", "lotse").await;
    let hours = format!("/auftraege/{mandate}/stunden");
    lotse.fill(&hours, &hours, &[("month", "01/2027"), ("quantity", "21")]).await.is(303);
    let fiona = later(&town, "2027-02-11", "fiona").await;
    pays(&fiona, &town, ("R-14", "01/2027", "21")).await;
    let foreseen = get(&fiona, &format!("/api/v1/forecast?region={nord}")).await;
    let names: Vec<&Value> = foreseen["spaces"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, [&json!("Hafen")], "{foreseen}");
    let marta = later(&town, "2027-02-11", "marta").await;
    commissions(&marta, &case, "Anker e. V.", "500", "").await.is(303);
    proven(&town).await;
}

/// The name of the space that a point lies in on a day.
async fn space_on(town: &Town, point: &str, day: &str) -> String {
    let day = Day::parse(day).unwrap();
    let found = find_space(&town.app, &operator(), Address::read(point), day).await.unwrap();
    let Located::In { space, .. } = found else { panic!("{found:?}") };
    let all = app::territory::spaces(&town.app, &operator()).await.unwrap();
    all.into_iter().find(|line| line.id == space).map(|line| line.name.as_str().to_owned()).unwrap()
}

/// What the old year says: its allocation with every share and reason, its plans.
async fn old_year(fiona: &Client, allocation: &str, nord: &str) -> (Value, Value) {
    let kept = get(fiona, &format!("{ALLOCATIONS}/{allocation}")).await;
    assert_eq!(kept["reproduced"], json!(true));
    let book = get(fiona, &format!("/api/v1/budget?region={nord}&year=2026")).await["book"]["planned_cents"].clone();
    (kept["result"].clone(), book)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn re_allocation_after_a_re_cut_on_sqlite() {
    re_allocation(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn re_allocation_after_a_re_cut_on_postgres() {
    re_allocation(Engine::Postgres).await;
}
