// SPDX-License-Identifier: EUPL-1.2
//! Before a talk about the plan everybody knows what is to be done; two helps of one case are looked at in rhythms of their
//! own; a transition is agreed a year before; an agency sees its own line of a package and nothing else of it.

use crate::agreements::later;
use crate::client::Client;
use crate::ending::decides_on;
use crate::main_job::{commissions, decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

/// The id of a task in the list of the API.
async fn task(worker: &Client, case: &str, words: &str) -> (String, serde_json::Value) {
    let told = worker.api(Method::GET, &format!("/api/v1/cases/{case}/plan-talks"), None).await.json();
    let tasks = told["talks"][0]["tasks"].as_array().unwrap();
    let task = tasks.iter().find(|one| one["words"].as_str().unwrap().contains(words)).unwrap();
    (task["id"].as_str().unwrap().to_owned(), task.clone())
}

async fn before_a_talk(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/hilfeplangespraech");
    marta.get(&page).await.is(200).shows("noch kein Gespräch angesetzt");
    let talk = |on: &'static str, help: &'static str| {
        [
            ("help", help),
            ("meets_on", on),
            ("starts_at", "14:30"),
            ("place", "Haus der Jugend"),
            ("invited", "Ayşe Demir, Mutter\nLeyla Demir\nLotse"),
        ]
    };
    marta.fill(&page, &page, &talk("2026-11-19", "33")).await.is(422).shows("Dieser Tag ist vorbei").shows("Lotse");
    marta.fill(&page, &page, &talk("2026-12-10", "33")).await.is(303);
    // What a foster child needs stands there by itself, each with the office's own day; none is a law's.
    let shown = marta.get(&page).await;
    shown.shows("Gespräch am 10.12.2026").shows("14:30 Uhr").shows("auf Wunsch allein").shows("§ 37c");
    shown.shows("Geschwister").shows("gedolmetscht").shows("Raum und Zeit").shows("Elternteil ohne Sorge");
    shown.shows("Ziele Ihres Amtes, keine Fristen des Gesetzes");
    let (room, told) = task(&marta, &case, "Raum und Zeit").await;
    assert_eq!((told["due"].as_str(), told["open"].as_bool()), (Some("2026-11-26"), Some(true)));
    assert_eq!(task(&marta, &case, "gedolmetscht").await.1["due"], "2026-11-20");
    marta.get("/fristen").await.shows("Raum und Zeit sichern");
    ticked_skipped_and_added(&marta, &case, &page, &room).await;
    moved_and_held(&town, &case, &page).await;
    for key in ["heike", "lotse", "fiona", "anton"] {
        let other = town.as_(key).await;
        other.get(&page).await.is(404).hides("Haus der Jugend");
        other.post(&page, &talk("2026-12-10", "33")).await.is(404);
        other.api(Method::GET, &format!("/api/v1/cases/{case}/plan-talks"), None).await.is(404);
    }
    assert!(matches!(town.chain().await, app::audit::Chain::Whole(_)));
}

async fn ticked_skipped_and_added(marta: &Client, case: &str, page: &str, room: &str) {
    let settle = format!("{page}/erledigen");
    marta.post(&settle, &[("due", room), ("outcome", "done")]).await.is(303);
    marta.get(page).await.shows("erledigt");
    assert_eq!(task(marta, case, "Raum und Zeit").await.1["open"], false);
    // Skipped only with a reason, which stays.
    let (tongue, _) = task(marta, case, "gedolmetscht").await;
    marta.post(&settle, &[("due", &tongue), ("outcome", "dropped"), ("reason", "")]).await.is(422);
    let why = [("due", tongue.as_str()), ("outcome", "dropped"), ("reason", "Alle sprechen Deutsch.")];
    marta.post(&settle, &why).await.is(303);
    marta.get(page).await.shows("übersprungen").shows("Alle sprechen Deutsch.");
    // Whatever else this family needs.
    let add = format!("{page}/aufgaben");
    let marta_id = option(&marta.get(page).await.text(), "Marta");
    let late = [("words", "Kinderbetreuung finden"), ("due", "2026-12-11"), ("owner", marta_id.as_str())];
    marta.fill(page, &add, &late).await.is(422).shows("nicht zwischen heute und dem Gespräch").shows("Kinderbetreuung");
    let own = [("words", "Kinderbetreuung finden"), ("due", "2026-12-09"), ("owner", marta_id.as_str())];
    marta.fill(page, &add, &own).await.is(303);
    let stranger = json!({"words": "X", "due": "2026-12-09", "owner": "00000000-0000-7000-8000-000000000001"});
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/plan-talks"), None).await.json();
    let talk = told["talks"][0]["id"].as_str().unwrap().to_owned();
    let refused = marta.api(Method::POST, &format!("/api/v1/plan-talks/{talk}/tasks"), Some(stranger)).await;
    refused.is(422).shows("gehört nicht zum Team");
    marta.get("/fristen").await.shows("Kinderbetreuung finden").shows("09.12.2026").hides("Raum und Zeit sichern");
}

async fn moved_and_held(town: &Town, case: &str, page: &str) {
    let marta = later(town, "2026-12-01", "marta").await;
    // Late is late in the list of everybody's day, too.
    marta.get("/").await.shows("Bericht des Trägers anfordern");
    let late = marta.get(page).await;
    late.shows("Bericht des Trägers anfordern").shows("badge--alarm");
    let to = [("meets_on", "2026-12-17"), ("starts_at", "9"), ("why", "Leyla ist krank.")];
    marta.fill(page, &format!("{page}/verlegen"), &to).await.is(303);
    marta.get(page).await.shows("Gespräch am 17.12.2026").shows("9:00 Uhr").shows("Leyla ist krank.");
    assert_eq!(task(&marta, case, "Kinderbetreuung").await.1["due"], "2026-12-16");
    let there = [("present", "Ayşe Demir, Mutter\nLotse"), ("absent", "Leyla Demir: krank"), ("not_invited", "")];
    let held = format!("{page}/gehalten");
    marta.fill(page, &held, &there).await.is(422).shows("noch nicht stattgefunden").shows("Leyla Demir: krank");
    let marta = later(town, "2026-12-17", "marta").await;
    // Who was there is nobody's to fill in beforehand.
    let text = marta.get(page).await.text();
    let field = text.split("name=\"present\"").nth(1).and_then(|rest| rest.split("</textarea>").next()).unwrap();
    assert!(!field.contains("Demir"), "{field}");
    marta.fill(page, &held, &[("present", "")]).await.is(422).shows("mindestens eine Person");
    marta.fill(page, &held, &there).await.is(303);
    let shown = marta.get(page).await;
    shown.shows("stattgefunden").shows("Leyla Demir: krank").shows("Das Gespräch hat stattgefunden.");
    marta.get("/fristen").await.hides("Kinderbetreuung finden");
    // The decision begins with those who were there.
    let form = marta.get(&format!("/faelle/{case}/hilfeplan")).await;
    form.shows("Ayşe Demir, Mutter\nLotse</textarea>").shows("Leyla Demir: krank</textarea>");
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/plan-talks"), None).await.json();
    let again = format!("/api/v1/plan-talks/{}/cancellation", told["talks"][0]["id"].as_str().unwrap());
    marta.api(Method::POST, &again, Some(json!({"why": "x"}))).await.is(422).shows("schon abgeschlossen");
}

/// The office's own tasks and rhythm for a kind of help.
async fn the_office_sets_its_own(engine: Engine) {
    let town = Town::new(engine).await;
    let page = "/verwaltung/hilfearten/31";
    let lena = town.as_("lena").await;
    lena.get("/verwaltung/hilfearten").await.is(200).shows("Vorgaben je Hilfeart");
    lena.fill(page, page, &[("tasks", "Raum buchen"), ("months", "")]).await.is(422).shows("Jede Zeile beginnt");
    lena.fill(page, page, &[("tasks", "3: Raum buchen"), ("months", "13")]).await.is(422).shows("länger, als Ihr Amt");
    lena.fill(page, page, &[("tasks", "3: Kaffee kochen\n2: Stühle"), ("months", "2")]).await.is(303);
    let marta = town.as_("marta").await;
    marta.get(page).await.is(404);
    let case = opens(&marta).await;
    let talk = json!({"help": "31", "meets_on": "2026-12-10", "starts_at": "9", "place": "Büro"});
    marta.api(Method::POST, &format!("/api/v1/cases/{case}/plan-talks"), Some(talk)).await.is(201);
    let shown = marta.get(&format!("/faelle/{case}/hilfeplangespraech")).await;
    shown.shows("Kaffee kochen").shows("Stühle").hides("Bericht des Trägers");
    assert_eq!(task(&marta, &case, "Kaffee").await.1["due"], "2026-12-07");
}

/// What is known of the rhythm of a help by its agency.
async fn rhythm(worker: &Client, case: &str, agency: &str) -> serde_json::Value {
    let told = worker.api(Method::GET, &format!("/api/v1/cases/{case}/review-rhythms"), None).await.json();
    let helps = told["helps"].as_array().unwrap();
    helps.iter().find(|one| one["agency"].as_str().unwrap().starts_with(agency)).unwrap().clone()
}

async fn two_rhythms(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    decides(&marta, &case).await;
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
    decides_on(&marta, &case, "29", "2027-08-31", "").await;
    commissions(&marta, &case, "Anker e. V.", "500", "").await.is(303);
    // Each has its own day among the things due; nothing of the case as a whole is left.
    let due = marta.get(&format!("/faelle/{case}/fristen")).await;
    due.shows("Hilfeplan überprüfen: § 31 SGB VIII, Lotse").shows("Hilfeplan überprüfen: § 29 SGB VIII, Anker");
    assert_eq!(rhythm(&marta, &case, "Lotse").await["next_on"], "2027-03-01");
    let page = format!("/faelle/{case}/ueberpruefung");
    let anker = option(&marta.get(&page).await.text(), "§ 29 SGB VIII, Anker");
    let set = |months: &'static str, why: &'static str| {
        [("help", anker.clone()), ("months", months.to_owned()), ("why", why.to_owned())]
    };
    let to = format!("{page}/rhythmus");
    let send = async |months: &'static str, why: &'static str| {
        let fields = set(months, why);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        marta.fill(&page, &to, &fields).await
    };
    send("1", "").await.is(422);
    send("13", "Läuft gut.").await.is(422).shows("länger, als Ihr Amt").shows("Läuft gut.");
    send("0", "Läuft gut.").await.is(422).shows("mindestens 1");
    send("1", "Die Gruppe ist neu.").await.is(303);
    let shown = marta.get(&page).await;
    shown.shows("jeden Monat").shows("Die Gruppe ist neu.").shows("alle 3 Monate");
    assert_eq!(rhythm(&marta, &case, "Anker").await["next_on"], "2027-01-01");
    assert_eq!(rhythm(&marta, &case, "Lotse").await["next_on"], "2027-03-01");
    marta.get("/fristen").await.shows("01.01.2027").shows("01.03.2027");
    for key in ["heike", "lotse", "anton"] {
        town.as_(key).await.post(&to, &[("help", anker.as_str()), ("months", "2"), ("why", "x")]).await.is(404);
    }
    each_is_reviewed_alone(&town, &case, &anker).await;
}

async fn each_is_reviewed_alone(town: &Town, case: &str, anker: &str) {
    let marta = later(town, "2027-01-04", "marta").await;
    let page = format!("/faelle/{case}/ueberpruefung");
    let review = |help: &'_ str, next: &'static str| {
        json!({"held_on": "2027-01-04", "with_whom": "Leyla, Anker", "outcome": "continue", "words": "Es trägt.",
               "next_on": next, "commission": if help.is_empty() { json!(null) } else { json!(help) }})
    };
    let to = format!("/api/v1/cases/{case}/reviews");
    marta.api(Method::POST, &to, Some(review("", "2027-02-04"))).await.is(422).shows("laufen mehrere Hilfen");
    marta.api(Method::POST, &to, Some(review(anker, "2028-02-04"))).await.is(422).shows("länger, als Ihr Amt");
    marta.api(Method::POST, &to, Some(review(anker, "2027-02-04"))).await.is(200);
    let told = rhythm(&marta, case, "Anker").await;
    assert_eq!((told["next_on"].as_str(), told["looked_on"].as_str()), (Some("2027-02-04"), Some("2027-01-04")));
    // The other help is as due as before.
    assert_eq!(rhythm(&marta, case, "Lotse").await["next_on"], "2027-03-01");
    marta.get(&page).await.shows("§ 29 SGB VIII, Anker e. V.");
    // A rhythm that changes counts from the last look, and a help that ends is looked at no more.
    let commission = format!("/api/v1/commissions/{anker}/review-rhythm");
    marta.api(Method::POST, &commission, Some(json!({"months": 6, "why": "Es trägt."}))).await.is(200);
    assert_eq!(rhythm(&marta, case, "Anker").await["next_on"], "2027-07-04");
    let end = [("commission", anker), ("ended_on", "2027-01-04"), ("talk_on", "2027-01-04")];
    crate::ending::ends(&marta, case, &end).await.is(303);
    let after = later(town, "2027-01-05", "marta").await;
    let moment = domain::kernel::Moment::parse_local("2027-01-05T00:05").unwrap();
    app::casework::ending::take_effect(&town.app.at(moment)).await.unwrap();
    let due = after.get(&format!("/faelle/{case}/fristen")).await.text();
    let open = due.split("id=\"erledigt\"").next().unwrap();
    assert!(open.contains("§ 31 SGB VIII, Lotse") && !open.contains("§ 29 SGB VIII, Anker"), "{open}");
    after.api(Method::POST, &commission, Some(json!({"months": 2, "why": "x"}))).await.is(422);
}

async fn a_transition(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    decides_on(&marta, &case, "35a", "2027-11-30", "").await;
    let (page, due) = (format!("/faelle/{case}/uebergang"), format!("/faelle/{case}/fristen"));
    // Another decision of another kind leaves the year's look ahead where it is.
    decides_on(&marta, &case, "29", "2027-08-31", "").await;
    marta.get(&due).await.shows("§ 36b Abs. 2 S. 1 SGB VIII").shows(&format!("href=\"{page}\""));
    marta
        .get(&page)
        .await
        .is(200)
        .shows("Was das Gesetz will")
        .shows("Noch ist nichts vereinbart")
        .shows("Es gilt keine Einwilligung");
    let agreed = |told: &'static str, carrier: &'static str| {
        [
            ("kind", "integration"),
            ("carrier", carrier),
            ("changes_on", "2027-12-01"),
            ("talk_on", "2026-12-10"),
            ("participants", "Leyla Demir\nAyşe Demir\nFrau Süd"),
            ("goals", "Leyla bleibt in ihrer Schule."),
            ("goes_on", "Die Schulbegleitung geht ohne Lücke weiter."),
            ("steps", "Marta lädt zur Konferenz bis Februar."),
            ("family_says", "Bitte dieselbe Begleiterin."),
            ("told", told),
        ]
    };
    let body = "Eingliederungshilfe Kreis Süd";
    let told = "Art und Umfang der Schulbegleitung";
    marta.fill(&page, &page, &agreed(told, body)).await.is(422).shows("gilt heute keine Einwilligung").shows(told);
    // Without telling anybody it is an agreement with the family; then the family consents, and something may be told.
    marta.fill(&page, &page, &agreed("", body)).await.is(303);
    marta.get(&page).await.shows("dieselbe Begleiterin").shows("Übergangsvereinbarung").hides("Was das Gesetz will");
    let ayse = option(&marta.get(&format!("/faelle/{case}/einwilligungen")).await.text(), "Ayşe");
    let consent = json!({"giver": ayse, "released": "Jugendamt", "towards": body, "data": told, "purpose": "Übergang",
                         "given_on": "2026-11-20", "until": "2027-12-31", "form": "written"});
    marta.api(Method::POST, &format!("/api/v1/cases/{case}/consents"), Some(consent)).await.is(201);
    marta.fill(&page, &page, &agreed(told, "Jobcenter")).await.is(422).shows("gilt heute keine Einwilligung");
    marta.fill(&page, &page, &agreed(told, body)).await.is(303);
    let shown = marta.get(&page).await;
    shown.shows(told).shows("Frühere Fassungen").shows("Übergang zu einer anderen Stelle");
    let paper = shown.text().split("href=\"/uebergaenge/").nth(1).and_then(|rest| rest.get(..36)).unwrap().to_owned();
    let pdf = marta.get(&format!("/uebergaenge/{paper}/pdf")).await;
    assert!(pdf.is(200).bytes.starts_with(b"%PDF-"));
    for key in ["heike", "lotse", "fiona"] {
        let other = town.as_(key).await;
        other.get(&page).await.is(404);
        other.get(&format!("/uebergaenge/{paper}/pdf")).await.is(404);
        other.api(Method::GET, &format!("/api/v1/cases/{case}/transitions"), None).await.is(404).hides(told);
    }
}

async fn an_own_line(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/hilfepaket");
    let aunt = json!({"source": "relative", "weighing": "taken", "who": "Tante Elif", "what": "holt ab", "from": "2026-11-20"});
    marta.api(Method::POST, &format!("/api/v1/cases/{case}/package"), Some(aunt)).await.is(201);
    decides(&marta, &case).await;
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
    decides_on(&marta, &case, "29", "2027-08-31", "").await;
    commissions(&marta, &case, "Anker e. V.", "500", "").await.is(303);
    let (lotse, anker) = (town.as_("lotse").await, town.as_("anker").await);
    let mandate = async |agency: &Client| {
        let text = agency.get("/auftraege").await.text();
        text.split("href=\"/auftraege/").nth(1).and_then(|rest| rest.get(..36)).unwrap().to_owned()
    };
    let (ours, theirs) = (mandate(&lotse).await, mandate(&anker).await);
    lotse.get(&format!("/auftraege/{ours}")).await.is(200).hides("Ihre Zeile im Hilfepaket");
    // It is sent by the office, with its record; then the agency sees this line.
    let later = later(&town, "2026-12-20", "marta").await;
    let help = rhythm(&later, &case, "Lotse").await["commission"].as_str().unwrap().to_owned();
    let said = json!({"commission": help, "used": "partly", "rater": "family", "said_on": "2026-12-10", "words": "Elif sagt: zu selten."});
    later.api(Method::POST, &format!("/api/v1/cases/{case}/package/uses"), Some(said)).await.is(201);
    later.post(&format!("{page}/zeile"), &[("commission", help.as_str())]).await.is(303);
    later
        .get(&format!("/faelle/{case}/leistungen"))
        .await
        .shows("Zeile im Hilfepaket")
        .shows("§ 69 Abs. 1 Nr. 1 SGB X");
    let own = lotse.get(&format!("/auftraege/{ours}")).await;
    own.shows("Ihre Zeile im Hilfepaket").shows("10.12.2026").hides("Elif").hides("holt ab").hides("Anker");
    let told = lotse.api(Method::GET, &format!("/api/v1/mandates/{ours}"), None).await;
    told.is(200).hides("Elif").hides("Anker");
    assert_eq!((&told.json()["line"]["used"], &told.json()["line"]["help"]), (&json!("partly"), &json!("31")));
    // Nobody else's: not on the other agency's page, not under its address, not as a mandate of its own.
    anker.get(&format!("/auftraege/{theirs}")).await.is(200).hides("Ihre Zeile").hides("10.12.2026").hides("Elif");
    anker.get(&format!("/auftraege/{ours}")).await.is(404);
    assert!(anker.api(Method::GET, &format!("/api/v1/mandates/{theirs}"), None).await.json()["line"].is_null());
    anker.api(Method::GET, &format!("/api/v1/mandates/{ours}"), None).await.is(404);
    let id = domain::kernel::CaseId(case.parse().unwrap());
    let shown = app::casework::commission::page(&town.app, &town.actor("marta").await, id).await.unwrap();
    let lines: Vec<_> = shown.sent.iter().filter(|one| one.kind == "package-line").map(|one| one.id).collect();
    assert_eq!(lines.len(), 1);
    for line in lines {
        for agency in [&lotse, &anker] {
            agency.get(&format!("/auftraege/{line}")).await.is(404);
            agency.api(Method::GET, &format!("/api/v1/mandates/{line}"), None).await.is(404);
            agency.post(&format!("/auftraege/{line}/bestaetigen"), &[]).await.is(404);
        }
    }
    // The package itself stays shut, and nobody but the office sends a line.
    for agency in [&lotse, &anker] {
        agency.get(&page).await.is(404);
        agency.post(&format!("{page}/zeile"), &[("commission", help.as_str())]).await.is(404);
        agency.api(Method::POST, &format!("/api/v1/commissions/{help}/package-line"), Some(json!({}))).await.is(404);
    }
    town.as_("heike").await.post(&format!("{page}/zeile"), &[("commission", help.as_str())]).await.is(404);
}

crate::town::both! {
    before_a_talk, before_a_talk_everybody_knows_what_to_do_on_sqlite, before_a_talk_everybody_knows_what_to_do_on_postgresql;
    the_office_sets_its_own, the_office_sets_its_own_tasks_on_sqlite, the_office_sets_its_own_tasks_on_postgresql;
    two_rhythms, two_helps_have_their_own_rhythms_on_sqlite, two_helps_have_their_own_rhythms_on_postgresql;
    a_transition, a_transition_is_agreed_a_year_before_on_sqlite, a_transition_is_agreed_a_year_before_on_postgresql;
    an_own_line, an_agency_sees_its_own_line_on_sqlite, an_agency_sees_its_own_line_on_postgresql;
}
