// SPDX-License-Identifier: EUPL-1.2
//! Stories of the allocation workbench, on both engines: draft, what-if, decide with a majority, work out again;
//! refused for those who may not.

use crate::client::Client;
use crate::town::{Engine, Town, finance};
use axum::http::Method;
use serde_json::{Value as Json, json};

const TABLE: &str = "Gebiet;Kinder;Fälle;bisher\nNord;5.200;98;1.000.000\nSüd;3.100;121;900.000";
const FORM: [(&str, &str); 10] = [
    ("title", "Sozialraumbudget"),
    ("year", "2026"),
    ("total", "2.500.000"),
    ("scope", "§ 34 Heimerziehung; 500.000"),
    ("top_slice", "5 %"),
    ("table", TABLE),
    ("method", "cases"),
    ("indicators", "Fälle"),
    ("sources", "Fälle; Fachverfahren; 30.06.2026"),
    ("instalments", "4"),
];

fn form_with(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut form: Vec<(&str, &str)> = FORM.to_vec();
    for (name, value) in changes {
        form.retain(|(other, _)| other != name);
        form.push((name, value));
    }
    form
}

const NEW: &str = "/budget/verteilung/neu";
pub const DECISION: [(&str, &str); 7] = [
    ("body", "U-AG Finanzen"),
    ("on", "2026-11-19"),
    ("resolution", "Vorlage 88"),
    ("majority", "two-thirds"),
    ("yes", "6"),
    ("no", "2"),
    ("abstained", "1"),
];

pub async fn drafts(client: &Client, changes: &[(&'static str, &'static str)]) -> String {
    client.fill(NEW, NEW, &form_with(changes)).await.id()
}

pub async fn decides(client: &Client, id: &str, fields: &[(&str, &str)]) -> crate::client::Answer {
    let page = format!("/budget/verteilung/{id}");
    client.fill(&page, &format!("{page}/beschluss"), fields).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_draft_to_a_decision_on_sqlite() {
    from_a_draft_to_a_decision(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_draft_to_a_decision_on_postgres() {
    from_a_draft_to_a_decision(Engine::Postgres).await;
}

async fn from_a_draft_to_a_decision(engine: Engine) {
    let town = Town::new(engine).await;
    let (fiona, paul, lena) = (town.as_("fiona").await, town.as_("paul").await, town.as_("lena").await);
    paul.get("/budget/verteilung").await.is(200).shows("Noch keine Verteilung.");
    let id = drafts(&paul, &[]).await;
    let page = format!("/budget/verteilung/{id}");
    let shown = paul.get(&page).await;
    // 2,5 Mio. − 500.000 = 2 Mio.; − 5 % = 1,9 Mio.; 98 : 121.
    shown
        .is(200)
        .shows("1.900.000,00 €")
        .shows("850.228,31 €")
        .shows("1.049.771,69 €")
        .shows("44,75 %")
        .shows("55,25 %");
    shown.shows("Quelle: Fachverfahren, Stand 30.06.2026").shows("stimmt überein").shows("−149.771,69 €").hides("«");
    shown.shows("Der Anteil begrenzt keinen Anspruch.").hides("Gerichte haben das untersagt");
    // Planning drafts, finance records; a draft is not for those who see one region only.
    shown.hides("Beschluss eintragen");
    paul.post(&format!("{page}/beschluss"), &DECISION).await.is(403);
    lena.get(&page).await.is(404);
    lena.get(&format!("{page}/anteile")).await.is(404);
    lena.get(NEW).await.is(403);
    lena.get("/budget/verteilung").await.is(200).hides(&id);
    let missed = [&DECISION[..4], &[("yes", "5"), ("no", "4"), ("abstained", "")]].concat();
    let missed = decides(&fiona, &id, &missed).await;
    missed.is(422).shows("Die nötige Mehrheit ist nicht erreicht.").shows("U-AG Finanzen");
    decides(&fiona, &id, &DECISION).await.is(303);
    let again = fiona.post(&format!("{page}/beschluss"), &DECISION).await;
    again.is(422).shows("Über diesen Vorschlag wurde schon beschlossen.");
    let csv = lena.get(&format!("{page}/anteile")).await;
    csv.is(200).shows("Nord;850228,31;44,75;1000000,00;-149771,69");
    assert_eq!(csv.kind, "text/csv; charset=utf-8");
    lena.get(&page).await.is(200).shows("beschlossen, gilt").shows("6 dafür").shows("nötig: 6").shows("Vorlage 88");
    what_if(&town, &id).await;
    let deeds = town.deeds().await;
    assert_eq!(deeds.iter().filter(|deed| deed.contains("allocation-")).count(), 4, "{deeds:?}");
    assert!(matches!(town.chain().await, app::audit::Chain::Whole(_)), "the log's seals hold");
}

/// Another proposal stands beside the one in force; once decided it counts, and the first is still as it was.
async fn what_if(town: &Town, first: &str) {
    let fiona = town.as_("fiona").await;
    let other = drafts(&fiona, &[("method", "equal"), ("indicators", ""), ("title", "Gleich für alle")]).await;
    let shown = fiona.get(&format!("/budget/verteilung/{other}")).await;
    shown.shows("Verglichen mit dem geltenden Beschluss").shows("geltender Beschluss").shows("950.000,00 €");
    shown.shows("+99.771,69 €").shows("−99.771,69 €").shows("Wer gewinnt, wer verliert?").shows("Karte der Änderungen");
    shown.shows("▲ Hafen").shows("▼ Moor").shows("map-area--gains-much");
    decides(&fiona, &other, &DECISION).await.is(303);
    let list = fiona.get("/budget/verteilung").await;
    assert_eq!(list.text().matches("beschlossen, gilt").count(), 1);
    assert_eq!(list.text().matches("beschlossen, abgelöst").count(), 1);
    let kept = fiona.get(&format!("/budget/verteilung/{first}")).await;
    kept.shows("beschlossen, abgelöst").shows("850.228,31 €").shows("stimmt überein");
    let id = other.parse().unwrap();
    let (year, decision, sums) = app::allocation::decided_sums(&town.app, &finance(), id).await.unwrap();
    assert_eq!((year, decision.resolution.as_str(), sums.len()), (2026, "Vorlage 88", 2));
    assert_eq!(sums[0].region, Some(town.region("Nord").await));
    assert_eq!(sums.iter().map(|sum| sum.cents).collect::<Vec<_>>(), [95_000_000, 95_000_000]);
    let tried = fiona.post(NEW, &form_with(&[("try", "1")])).await;
    tried.is(200).shows("Gegenüber dem geltenden Beschluss.").shows("−99.771,69 €");
    // The inputs of the first fill a new form.
    let again = fiona.get(&format!("{NEW}?von={first}")).await;
    again
        .is(200)
        .shows("Nord;5.200;98;850.228,31")
        .shows("value=\"2.500.000\"")
        .shows("Fälle; Fachverfahren; 30.06.2026");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trying_out_keeps_nothing_and_mistakes_keep_what_was_typed() {
    let town = Town::new(Engine::Sqlite).await;
    let fiona = town.as_("fiona").await;
    let mut tried = form_with(&[]);
    tried.push(("try", "1"));
    let tried = fiona.post(NEW, &tried).await;
    tried.is(200).shows("ist gerechnet und noch nicht gespeichert").shows("850.228,31 €").shows("Nord;5.200;98");
    fiona.get("/budget/verteilung").await.shows("Noch keine Verteilung.");
    for (change, sentence) in [
        (("top_slice", "100,01 %"), "Höchstens 100 %."),
        (("top_slice", "-1 %"), "Mindestens 0 %."),
        (("purposes", "a; 33,33\nb; 33,33\nc; 33,33"), "Zwecke, „99,99“: Die Summe muss 100 % ergeben."),
        (("table", "Gebiet;Fälle"), "Bitte mindestens eine Region."),
        (("table", "Gebiet;Fälle\nNord;12.50"), "Tabelle, Zeile 2, „Fälle“: Das ist keine Zahl."),
        (("table", "Gebiet;Fälle\nNord;"), "Tabelle, Zeile 2, „Fälle“: Dieser Wert fehlt"),
        (("indicators", "Kinder; 2"), "Quellen der Spalten, „Kinder“: Bitte nennen Sie"),
        (("indicators", "Anders"), "„Anders“: Diese Spalte gibt es in der Tabelle nicht."),
        (("method", ""), "Bitte wählen Sie ein Verfahren"),
        (("total", "12.50"), "Meinten Sie 12,50 €?"),
        (("base", "101"), "Höchstens 100 %."),
        (("damping", "2026; 50"), "Wer bezahlt den Ausgleich?"),
        (("agencies", "West; Lotse; 1"), "Trägeranteile, Zeile 1, „West“: Dieses Gebiet gibt es"),
        (("instalments", "13"), "Bitte 1 bis 12 Abschläge."),
    ] {
        let answer = fiona.post(NEW, &form_with(&[change])).await;
        answer.is(422).shows(sentence).shows("value=\"Sozialraumbudget\"").hides("«");
    }
    // Everything at once, not one after the other.
    let all =
        fiona.post(NEW, &form_with(&[("method", ""), ("total", "12.50"), ("base", "x"), ("top_slice", "-1 %")])).await;
    all.is(422).shows("4 Angaben fehlen oder passen nicht").shows("Bitte wählen Sie ein Verfahren");
    // Field by field, with a head and one line.
    let mut cells = form_with(&[("table", "")]);
    for row in [["Gebiet", "Fälle", "", "", ""], ["Nord", "7", "", "", ""]] {
        cells.extend(row.map(|cell| ("cell", cell)));
    }
    let id = fiona.post(NEW, &cells).await.id();
    fiona.get(&format!("/budget/verteilung/{id}")).await.shows("1.900.000,00 €");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn quotas_carry_the_courts_words_and_touch_no_choice_of_agency() {
    let town = Town::new(Engine::Sqlite).await;
    let fiona = town.as_("fiona").await;
    let table = "Verbund;Quote\n<i>A</i>;40\nB;40";
    let quota =
        [("method", "quota"), ("table", table), ("indicators", "Quote"), ("sources", "Quote; Vertrag; 1.1.2026")];
    let id = drafts(&fiona, &quota).await;
    let shown = fiona.get(&format!("/budget/verteilung/{id}")).await;
    shown
        .shows("Gerichte haben das untersagt")
        .shows("18 A 404.04")
        .shows("Bleibt beim Jugendamt")
        .shows("380.000,00 €");
}

fn sheet() -> Json {
    json!({
        "title": "Nordfriesland", "year": 2026, "total": "1.000.000",
        "table": "Raum;Fälle\nA;133\nB;85\nC;104\nD;95\nE;50",
        "sources": [{"column": "Fälle", "source": "Bericht 2014", "as_of": "2013-12-31"}],
        "methods": [{"method": "G", "indicators": [{"column": "Fälle"}]}],
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_do_the_same() {
    let town = Town::new(Engine::Sqlite).await;
    let (fiona, paul, konrad) = (town.as_("fiona").await, town.as_("paul").await, town.as_("konrad").await);
    let root = "/api/v1/budget/allocations";
    let tried = paul.api(Method::POST, &format!("{root}/work-out"), Some(sheet())).await;
    let cents: Vec<i64> =
        tried.json()["shares"].as_array().unwrap().iter().map(|s| s["cents"].as_i64().unwrap()).collect();
    assert_eq!(cents, [28_479_657, 18_201_285, 22_269_807, 20_342_613, 10_706_638]);
    assert_eq!(tried.json()["shares"][0]["percent"], "28,48 %");
    let made = paul.api(Method::POST, root, Some(sheet())).await;
    made.is(201);
    let at = format!("{root}/{}", made.json()["id"].as_str().unwrap());
    let shown = fiona.api(Method::GET, &at, None).await.json();
    assert_eq!((&shown["reproduced"], &shown["may_decide"]), (&json!(true), &json!(true)));
    assert_eq!(shown["result"]["shares"][0]["why"]["parts"][0]["word"], "down");
    // What was kept can be sent again.
    paul.api(Method::POST, root, Some(shown["inputs"].clone())).await.is(201);
    konrad.api(Method::GET, &at, None).await.is(404);
    konrad.api(Method::POST, root, Some(sheet())).await.is(403);
    fiona.api(Method::GET, &format!("{at}/sums"), None).await.is(404);
    let mut decision = json!({"body": "Kreistag", "on": "2026-11-19", "resolution": "12", "majority": "simple",
                              "yes": 3, "no": 3, "abstained": 0});
    paul.api(Method::POST, &format!("{at}/decision"), Some(decision.clone())).await.is(403);
    let missed = fiona.api(Method::POST, &format!("{at}/decision"), Some(decision.clone())).await;
    assert_eq!(missed.is(422).json()["errors"][0]["rule"], "allocation.majority_missed");
    decision["yes"] = json!(4);
    fiona.api(Method::POST, &format!("{at}/decision"), Some(decision)).await.is(200);
    let list = konrad.api(Method::GET, root, None).await.json();
    assert_eq!((list["allocations"].as_array().unwrap().len(), &list["allocations"][0]["counts"]), (1, &json!(true)));
    let sums = fiona.api(Method::GET, &format!("{at}/sums"), None).await.json();
    assert_eq!(
        (&sums["resolution"], &sums["sums"][4]["cents"], &sums["sums"][4]["region"]),
        (&json!("12"), &json!(10_706_638), &Json::Null)
    );
    let mut float = sheet();
    float["total"] = json!(12.5);
    paul.api(Method::POST, root, Some(float)).await.is(400);
    let mut wrong = sheet();
    wrong["table"] = json!("Raum;Fälle\nA;x");
    let wrong = paul.api(Method::POST, root, Some(wrong)).await;
    let error = &wrong.is(422).json()["errors"][0];
    assert_eq!((&error["field"], &error["rule"]), (&json!("table"), &json!("allocation.number_unreadable")));
    assert!(
        error["message"].as_str().unwrap().starts_with("Tabelle, Zeile 2, „Fälle“: Das ist keine Zahl."),
        "{error}"
    );
}

/// What was decided becomes the plan: once, with the resolution at every booking, the top-slice in its own kind.
async fn decided_becomes_the_plan(engine: Engine) {
    let town = Town::new(engine).await;
    let (fiona, paul, felix) = (town.as_("fiona").await, town.as_("paul").await, town.as_("felix").await);
    let id = drafts(&paul, &[]).await;
    let (page, book) = (format!("/budget/verteilung/{id}"), format!("/budget/verteilung/{id}/plan"));
    fiona.get(&page).await.is(200).hides("In den Plan übernehmen");
    fiona.post(&book, &[]).await.is(404);
    decides(&fiona, &id, &DECISION).await.is(303);
    paul.get(&page).await.is(200).hides("In den Plan übernehmen");
    paul.post(&book, &[]).await.is(403);
    // 850.228,31 € and 98 : 121 of 100.000 €, by largest remainder.
    let shown = fiona.get(&page).await;
    shown.is(200).shows("In den Plan übernehmen").shows("894.977,17 €").shows("44.748,86 €").shows("55.251,14 €");
    let key = crate::client::chance().to_string();
    fiona.post_with_key(&book, &[], &key).await.is(303);
    fiona.post_with_key(&book, &[], &key).await.is(303);
    let twice = felix.post(&book, &[]).await;
    twice.is(422).shows("Für dieses Jahr ist schon eine Verteilung im Plan.");
    let booked = fiona.get(&page).await;
    booked.shows("In den Plan übernommen am 20.11.2026.").hides(&format!("action=\"{book}\""));
    let nord = town.region("Nord").await;
    let budget = |kind: &'static str| format!("/api/v1/budget?region={nord}&kind={kind}");
    let claims = fiona.api(Method::GET, &budget("A"), None).await.json();
    assert_eq!(
        (&claims["book"]["planned_cents"], &claims["book"]["free_cents"]),
        (&json!(89_497_717), &json!(85_022_831))
    );
    let reserve = fiona.api(Method::GET, &budget("D"), None).await.json();
    assert_eq!(reserve["book"]["free_cents"], 4_474_886);
    let entries = fiona.get(&format!("/budget?region={nord}")).await;
    entries.shows("Vorlage 88");
    let other = drafts(&fiona, &[("title", "Anders")]).await;
    decides(&fiona, &other, &DECISION).await.is(303);
    fiona.get(&format!("/budget/verteilung/{other}")).await.hides(&format!("verteilung/{other}/plan\""));
    let again = fiona.api(Method::POST, &format!("/api/v1/budget/allocations/{other}/plan"), Some(json!({}))).await;
    assert_eq!(again.is(422).json()["errors"][0]["rule"], "allocation.booked_already");
    let old = fiona.api(Method::POST, &format!("/api/v1/budget/allocations/{id}/plan"), Some(json!({}))).await;
    assert_eq!(old.is(422).json()["errors"][0]["rule"], "allocation.not_counting");
    crate::ledger::proven(&town).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn decided_becomes_the_plan_on_sqlite() {
    decided_becomes_the_plan(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn decided_becomes_the_plan_on_postgres() {
    decided_becomes_the_plan(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn areas_without_a_region_and_closed_years_take_no_plan() {
    let town = Town::new(Engine::Sqlite).await;
    let fiona = town.as_("fiona").await;
    let id = drafts(&fiona, &[("table", "Gebiet;Fälle\nNord;98\nAtlantis;121")]).await;
    decides(&fiona, &id, &DECISION).await.is(303);
    let page = format!("/budget/verteilung/{id}");
    fiona.get(&page).await.shows("keine Region").hides(&format!("action=\"{page}/plan\""));
    fiona.post(&format!("{page}/plan"), &[]).await.is(422).shows("weder eine Region noch ein Sozialraum");
    let nord = town.region("Nord").await;
    let claims = fiona.api(Method::GET, &format!("/api/v1/budget?region={nord}"), None).await.json();
    assert_eq!(claims["book"]["planned_cents"], 0, "all or nothing");
    let id = drafts(&fiona, &[]).await;
    decides(&fiona, &id, &DECISION).await.is(303);
    let later = town.later("fiona", "2027-02-15T10:00").await;
    let year = "/budget/jahre/2026";
    later.fill(year, &format!("{year}/abschluss"), &[("resolution", "Rat 2027")]).await.is(303);
    let closed = later.post(&format!("/budget/verteilung/{id}/plan"), &[]).await;
    closed.is(422).shows("Dieses Jahr ist abgeschlossen");
}
