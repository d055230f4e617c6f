// SPDX-License-Identifier: EUPL-1.2
//! The main job, through every floor: from a worried neighbour to bound money.

use crate::client::Client;
use crate::town::{Engine, Town};

/// From a report at Lindenweg 12 to a case; answers the case's id.
pub async fn opens(worker: &Client) -> String {
    let report = [
        ("received", "2026-11-19T16:30"),
        ("channel", "phone"),
        ("said", "Das Kind ist nachmittags oft allein auf dem Spielplatz."),
        ("place", "Lindenweg 12"),
        ("danger", "none"),
        ("family", "Demir"),
        ("reporter", "private"),
        ("reporter_name", "Erna Nachbarin"),
    ];
    let taken = worker.fill("/eingang/neu", "/eingang/neu", &report).await.id();
    worker.get(&format!("/eingang/{taken}/aufgenommen")).await.is(200).shows("Team Hafen").shows("Straßenverzeichnis");
    let page = format!("/eingang/{taken}");
    worker.get(&page).await.is(200).shows("oft allein auf dem Spielplatz").hides("Erna Nachbarin");
    worker.fill(&page, &format!("{page}/fall"), &[("family", "Demir")]).await.id()
}

/// The option of a select, or the value of a radio, that belongs to a label.
pub fn option(html: &str, label: &str) -> String {
    let mut choices = html.split("value=\"").skip(1).filter_map(|piece| piece.split_once('"'));
    let chosen = choices.find(|(_, rest)| rest.split_once('>').is_some_and(|(_, text)| text.starts_with(label)));
    chosen.unwrap_or_else(|| panic!("no option {label} in\n{html}")).0.to_owned()
}

/// People, will, goal, resources of the family.
pub async fn explores(worker: &Client, case: &str) {
    let (page, at) = (format!("/faelle/{case}/wille"), |what: &str| format!("/faelle/{case}/{what}"));
    let child = [("name", "Leyla Demir"), ("role", "child"), ("born", "2017-04-02")];
    worker.fill(&page, &at("personen"), &child).await.is(303);
    let mother = [("name", "Ayşe Demir"), ("role", "mother"), ("born", "")];
    worker.fill(&page, &at("personen"), &mother).await.is(303);
    let ayse = option(&worker.get(&page).await.text(), "Ayşe Demir");
    let will = [
        ("kind", "will"),
        ("speaker", ayse.as_str()),
        ("words", "Ich will, dass Leyla gern zur Schule geht."),
        ("own_part", "Ich bringe sie jeden Morgen selbst hin."),
        ("said_on", "2026-11-20"),
    ];
    worker.fill(&page, &at("aussagen"), &will).await.is(303);
    let wish = [
        ("kind", "will"),
        ("speaker", ayse.as_str()),
        ("words", "Jemand soll mit dem Vermieter sprechen."),
        ("own_part", ""),
        ("said_on", "2026-11-20"),
    ];
    worker.fill(&page, &at("aussagen"), &wish).await.is(303);
    let need = [
        ("kind", "need"),
        ("speaker", ""),
        ("words", "Begleitung am Nachmittag."),
        ("own_part", ""),
        ("said_on", "2026-11-20"),
    ];
    worker.fill(&page, &at("aussagen"), &need).await.is(303);
    let goal =
        [("owner", ayse.as_str()), ("words", "Leyla hat nachmittags einen festen Ort."), ("agreed_on", "2026-11-20")];
    worker.fill(&page, &at("ziele"), &goal).await.is(303);
    for (field, words) in [("personal", "Leyla malt gern"), ("social", "Tante Elif hilft dienstags")] {
        worker.fill(&page, &at("ressourcen"), &[("field", field), ("words", words), ("owner", "")]).await.is(303);
    }
    // Without an own part it was kept as a wish.
    worker.get(&page).await.shows("Jemand soll mit dem Vermieter sprechen.").shows("Wunsch");
}

/// Onto the agenda, ideas of the team with a dissent, minutes; answers the item's id.
pub async fn consults(town: &Town, worker: &Client, case: &str) -> String {
    let page = format!("/faelle/{case}/beratung");
    let proposal = worker.get(&page).await;
    proposal.is(200).hides("Leyla gern zur Schule");
    let question = [
        ("question", "Was kann Leyla Demir am Nachmittag tragen?"),
        ("sheet", "Leyla Demir, 9 Jahre. Ayşe Demir will, dass Leyla gern zur Schule geht."),
        ("meets_on", "2026-11-24"),
    ];
    let item = worker.fill(&page, &page, &question).await;
    item.is(303);
    let agenda = town.as_("ankerteam").await;
    let listed = agenda.get("/teams").await;
    listed.is(200).shows("Beratungsfall 1").hides("Demir").hides("Leyla");
    let text = listed.text();
    // The menu has links below /teams, too; an item's address is an id.
    let mut links = text.split("href=\"/teams/").skip(1).filter_map(|rest| rest.split_once('"'));
    let item = links.find(|(id, _)| id.len() == 36).unwrap().0.to_owned();
    let page = format!("/teams/{item}");
    agenda.get(&page).await.is(200).shows("Kind A").hides("Demir").hides("Leyla").hides(case);
    let ideas = format!("{page}/ideen");
    agenda.fill(&page, &ideas, &[("kind", "social-space"), ("words", "Malgruppe im Nachbarschaftshaus")]).await.is(303);
    worker.fill(&page, &ideas, &[("kind", "social"), ("words", "Tante holt dienstags ab")]).await.is(303);
    worker.fill(&page, &ideas, &[("kind", "dissent"), ("words", "Erst die Schule fragen")]).await.is(303);
    worker.fill(&page, &format!("{page}/abschluss"), &[("minutes", "Zwei Ideen gehen an die Familie.")]).await.is(303);
    worker.get(&page).await.shows("Erst die Schule fragen").hides("Genehmig").hides("genehmig");
    item
}

/// The ASD decides; answers the plan's id.
pub async fn decides(worker: &Client, case: &str) -> String {
    let page = format!("/faelle/{case}/hilfeplan");
    let fields = [
        ("granted", "granted"),
        ("kind", "31"),
        ("from", "2026-12-01"),
        ("until", "2027-08-31"),
        ("reasons", "Die Familie will es selbst schaffen und braucht Begleitung auf Zeit."),
        ("professionals", "Marta Beispiel\nMalik Beispiel"),
        ("alternatives", "Malgruppe im Nachbarschaftshaus"),
        ("rights_told_on", "2026-11-19"),
        ("review_on", "2027-03-01"),
        ("services", "Gespräche zu Hause und Begleitung zur Schule"),
        ("extent", "7,5"),
        ("extent_unit", "hours-a-week"),
        ("present", "Ayşe Demir, Mutter\nLeyla Demir"),
        ("absent", "Klassenlehrerin: krank"),
        ("child_heard", "Allein gehört, beim Malen."),
        ("view_parents", "Die Mutter will Hilfe auf Zeit."),
        ("view_agency", "Lotse kann im Dezember beginnen."),
        ("siblings", "Keine Geschwister."),
        ("other_parent", "Der Vater ist verstorben."),
    ];
    worker.fill(&page, &format!("/faelle/{case}/entscheidung"), &fields).await.is(303);
    let text = worker.get(&page).await.text();
    text.split("href=\"/hilfeplaene/").nth(1).and_then(|rest| rest.get(..36)).unwrap().to_owned()
}

/// Commissions an agency up to so many euros; the answer as it came.
pub async fn commissions(
    worker: &Client,
    case: &str,
    agency: &str,
    euros: &str,
    reason: &str,
) -> crate::client::Answer {
    let page = format!("/faelle/{case}/leistungen");
    let agency = option(&worker.get(&page).await.text(), agency);
    let fields = [
        ("agency", agency.as_str()),
        ("from", "2026-12-01"),
        ("until", "2027-08-31"),
        ("ceiling", euros),
        ("wish_told_on", "2026-11-19"),
        ("wish_answer", "followed"),
        ("wish", "Wir möchten Lotse, weil ich dort jemanden kenne."),
        ("over_plan_reason", reason),
        ("sections", "goals"),
        ("sections", "services"),
        ("sections", "contact"),
        ("sections", "voices"),
    ];
    worker.fill(&page, &format!("/faelle/{case}/auftraege"), &fields).await
}

async fn the_main_job(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 5_000).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    consults(&town, &marta, &case).await;
    let plan = decides(&marta, &case).await;

    let pdf = marta.get(&format!("/hilfeplaene/{plan}/pdf")).await;
    pdf.is(200);
    assert_eq!(pdf.kind, "application/pdf");
    assert!(pdf.bytes.starts_with(b"%PDF"));
    assert_eq!(
        pdf.bytes,
        marta.get(&format!("/hilfeplaene/{plan}/pdf")).await.bytes,
        "the same plan is the same paper"
    );

    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800,00", "").await.is(303);
    let budget = marta.get("/budget").await;
    for figure in ["100.000,00", "5.000,00", "4.800,00", "90.200,00"] {
        budget.is(200).shows(figure);
    }

    let lotse = town.as_("lotse").await;
    let mandates = lotse.get("/auftraege").await;
    mandates.is(200).shows("§ 31 SGB VIII");
    let id = mandates.text().split("href=\"/auftraege/").nth(1).and_then(|rest| rest.get(..36)).unwrap().to_owned();
    let page = format!("/auftraege/{id}");
    lotse
        .get(&page)
        .await
        .is(200)
        .shows("Ich will, dass Leyla gern zur Schule geht.")
        .shows("7,5 Stunden in der Woche")
        .shows("Leistungen und Umfang")
        .hides("Begleitung am Nachmittag.")
        .hides("verstorben")
        .hides("Erna Nachbarin")
        .hides("Erst die Schule fragen");
    lotse.fill(&page, &format!("{page}/bestaetigen"), &[]).await.is(303);

    let deeds = town.deeds().await.join("\n");
    for deed in [
        "report-taken-in",
        "case-opened",
        "statement-recorded",
        "put-on-agenda",
        "help-decided",
        "plan-fixed",
        "commissioned",
        "transmitted",
        "acknowledged",
    ] {
        assert!(deeds.contains(deed), "no {deed} in the log:\n{deeds}");
    }
    for name in ["Demir", "Leyla", "Lindenweg"] {
        assert!(!deeds.contains(name), "{name} in the log");
    }
    assert!(matches!(town.chain().await, app::audit::Chain::Whole(_)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_worried_neighbour_to_bound_money_on_sqlite() {
    the_main_job(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_worried_neighbour_to_bound_money_on_postgresql() {
    the_main_job(Engine::Postgres).await;
}

async fn nothing_is_lost(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    // An unknown address with signs of danger: a case at the duty desk, and in the queue.
    let fields = [
        ("received", "2026-11-20T09:00"),
        ("channel", "phone"),
        ("said", "Ich höre das Kind nachts schreien."),
        ("place", "unbekannt"),
        ("danger", "signs"),
        ("family", ""),
        ("reporter", ""),
    ];
    let id = marta.fill("/eingang/neu", "/eingang/neu", &fields).await.id();
    marta.get(&format!("/eingang/{id}/aufgenommen")).await.is(200).shows("Bereitschaft").shows("2026-0001");
    marta.get(&format!("/eingang/{id}")).await.is(404);
    let dana = town.as_("dana").await;
    dana.get("/").await.is(200).shows("Ohne Zuordnung");
    dana.get("/eingang").await.is(200).shows("unbekannt").shows("2026-0001");
    // It is assigned with a reason, and its case goes along.
    let page = format!("/eingang/{id}");
    let space = option(&dana.get(&page).await.text(), "Heide");
    let refused = dana.fill(&page, &format!("{page}/zuordnen"), &[("space", &space), ("reason", "")]).await;
    refused.is(422).shows("begründen");
    dana.fill(
        &page,
        &format!("{page}/zuordnen"),
        &[("space", &space), ("reason", "Nachbarin hat die Hausnummer nachgereicht.")],
    )
    .await
    .is(303);
    town.as_("heike").await.get("/faelle?wessen=team").await.is(200).shows("2026-0001");
    dana.get("/eingang").await.hides("unbekannt");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_without_a_place_is_never_lost() {
    nothing_is_lost(Engine::Sqlite).await;
    nothing_is_lost(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_point_finds_its_space_by_the_boundaries() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    // Four squares of 0.015 degrees, from 9.90 on: the third is Heide.
    for (place, team) in
        [("53.605, 9.905", "Team Hafen"), ("53.605, 9.935", "Team Heide"), ("53.7, 9.905", "Bereitschaft")]
    {
        let fields = [
            ("received", "2026-11-20T09:00"),
            ("channel", "phone"),
            ("said", "Hilfe."),
            ("place", place),
            ("danger", "none"),
        ];
        let id = marta.fill("/eingang/neu", "/eingang/neu", &fields).await.id();
        marta.get(&format!("/eingang/{id}/aufgenommen")).await.is(200).shows(team);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_form_keeps_what_was_typed_and_saves_nothing() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let fields = [("received", "2026-11-21T09:00"), ("said", "<b>Kind & Co</b>"), ("place", "Lindenweg 12")];
    let refused = marta.fill("/eingang/neu", "/eingang/neu", &fields).await;
    refused.is(422).shows("2 Angaben fehlen").shows("&#60;b&#62;Kind &#38; Co&#60;/b&#62;").shows("Lindenweg 12");
    marta.get("/eingang").await.hides("Lindenweg");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_click_does_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let marta = town.as_("marta").await;
        let key = crate::client::chance().to_string();
        let fields = [
            ("received", "2026-11-20T09:00"),
            ("channel", "phone"),
            ("said", "Einmal."),
            ("place", "Lindenweg 1"),
            ("danger", "none"),
        ];
        let first = marta.post_with_key("/eingang/neu", &fields, &key).await.id();
        let (second, third) = tokio::join!(
            marta.post_with_key("/eingang/neu", &fields, &key),
            marta.post_with_key("/eingang/neu", &fields, &key)
        );
        assert_eq!([second.id(), third.id()], [first.clone(), first]);
        let mut other = fields;
        other[2] = ("said", "Etwas anderes.");
        marta.post_with_key("/eingang/neu", &other, &key).await.is(409);
        marta.send(axum::http::Method::POST, "/eingang/neu", Some(&crate::client::encode(&fields))).await.is(400);
        assert_eq!(marta.get("/eingang").await.text().matches("Lindenweg 1<").count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_session_loses_no_typed_word() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let draft = [("form", "meldung"), ("field", "said"), ("text", "Mitten im Satz"), ("version", "")];
    marta.send(axum::http::Method::POST, "/entwuerfe", Some(&crate::client::encode(&draft))).await.is(204);
    marta.send(axum::http::Method::POST, "/abmelden", Some("")).await.is(303);
    assert_eq!(marta.get("/eingang/neu").await.status, 303, "signed out");
    let again = town.as_("marta").await;
    again.get("/eingang/neu").await.is(200).shows("Mitten im Satz").shows("Entwurf gespeichert um 10:00 Uhr");
    town.as_("malik").await.get("/eingang/neu").await.hides("Mitten im Satz");
}
