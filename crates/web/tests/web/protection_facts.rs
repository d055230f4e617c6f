// SPDX-License-Identifier: EUPL-1.2
//! Warnings that must be neither silenced by the wrong fact nor kept alive after the right one: W15 to W19, N7, N25.

use crate::client::Client;
use crate::main_job::option;
use crate::protection::{begins, danger, family, keeps};
use crate::town::{Engine, Town};
use axum::http::Method;

const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// Kinds and days of what is open in a case.
async fn open_dues(who: &Client, case: &str) -> Vec<(String, String)> {
    let dues = who.api(Method::GET, &format!("/api/v1/cases/{case}/deadlines"), None).await.json();
    let text = |one: &serde_json::Value| one.as_str().unwrap_or_default().to_owned();
    dues["open"].as_array().unwrap().iter().map(|one| (text(&one["kind"]), text(&one["due"]))).collect()
}

/// The procedure of a child.
async fn procedure_of(who: &Client, case: &str, child: &str) -> String {
    let html = who.get(&format!("/faelle/{case}/schutz")).await.text();
    let all: Vec<_> = html.split("<a href=\"/schutz/").skip(1).collect();
    all.iter()
        .find(|rest| rest.get(38..).is_some_and(|rest| rest.starts_with(child)))
        .map(|rest| rest[..36].to_owned())
        .unwrap()
}

/// W16: counsellors are owed an answer too; it is said once for each report, and both rooms know it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w16_an_answer_is_said_once_for_each_report() {
    for engine in BOTH {
        let town = Town::new(engine).await;
        let marta = town.as_("marta").await;
        let case = danger(&marta, "counselling").await;
        family(&marta, &case).await;
        let leyla = begins(&marta, &case, &["Leyla Demir", "Emil Demir"]).await;
        let path = format!("/schutz/{leyla}");
        let emil = procedure_of(&marta, &case, "Emil").await;
        let late = town.later("marta", "2026-12-05T09:00").await;
        late.get(&path).await.shows("ohne Rückmeldung (Ziel des Amtes");
        // A second professional, whose report nobody called dangerous, joins Leyla's procedure alone.
        let noon = town.later("marta", "2026-11-20T12:00").await;
        let report = [
            ("received", "2026-11-20T11:30"),
            ("channel", "phone"),
            ("said", "Wieder ohne Essen."),
            ("place", "Lindenweg 12"),
            ("danger", "none"),
            ("family", "Demir"),
            ("reporter", "health"),
            ("reporter_name", "Dr. Beispiel"),
        ];
        let second = noon.fill("/eingang/neu", "/eingang/neu", &report).await.id();
        noon.fill(&path, &format!("{path}/meldungen"), &[("report", &second)]).await.is(303);
        let told = [("marks", "confirmed"), ("code", "yes")];
        keeps(&noon, &leyla, "feedback", &told).await.is(422).shows("Mehrere Fachleute");
        let never = [("marks", "still-active"), ("code", "yes")];
        keeps(&noon, &emil, "feedback", &never).await.is(422).shows("Noch tätig");
        let waits = async || open_dues(&noon, &case).await.iter().filter(|(kind, _)| kind == "own").count();
        noon.get(&format!("/faelle/{case}/fristen")).await.shows("Rückmeldung an die meldende Fachkraft");
        assert_eq!(waits().await, 2);
        // In the procedure of a sister or brother the first reporter is the only one.
        keeps(&noon, &emil, "feedback", &told).await.is(303);
        assert_eq!(waits().await, 1, "the first report's due is answered, the second's is not");
        late.get(&format!("/schutz/{emil}")).await.hides("ohne Rückmeldung (Ziel des Amtes");
        late.get(&path).await.shows("ohne Rückmeldung (Ziel des Amtes").shows("Rückmeldung zur Meldung vom 19.11.2026");
        noon.get("/eingang").await.shows(&format!("/eingang/{second}#rueckmeldung"));
        answers_on_the_board(&noon, &second).await;
        late.get(&path).await.hides("ohne Rückmeldung (Ziel des Amtes");
        assert_eq!(waits().await, 0);
        // What the board told is printed in the procedure too; what the procedure told is a letter's facts.
        let asked = format!("meldung={second}");
        noon.get(&format!("{path}/rueckmeldung?{asked}")).await.is(200).shows(&format!("rueckmeldung/pdf?{asked}"));
        let paper = noon.get(&format!("{path}/rueckmeldung/pdf?{asked}")).await;
        assert!(paper.is(200).bytes.starts_with(b"%PDF"));
        let letters = format!("/faelle/{case}/briefe");
        let first = option(&noon.get(&letters).await.text(), "Meldende Stelle (Meldung vom 19.11.2026");
        noon.post(&letters, &[("kind", "reporter-feedback"), ("to", &first)]).await.is(303);
    }
}

async fn answers_on_the_board(who: &Client, report: &str) {
    let facts = [
        ("confirmed", "yes"),
        ("became_active", "yes"),
        ("still_active", "yes"),
        ("family_told", "told"),
        ("told_on", "20.11.2026"),
    ];
    who.post(&format!("/eingang/{report}/rueckmeldung"), &facts).await.is(303);
    who.get("/eingang").await.hides("Rückmeldung an Fachleute steht aus");
}

/// Nobody of § 4 KKG reported: nobody is answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n7_a_neighbour_is_not_answered_in_a_procedure() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = danger(&marta, "private").await;
    family(&marta, &case).await;
    let leyla = begins(&marta, &case, &["Leyla Demir"]).await;
    let told = [("marks", "confirmed"), ("code", "yes")];
    keeps(&marta, &leyla, "feedback", &told).await.is(422).shows("keine Fachperson nach § 4 KKG");
}

/// Inclusion is of this child and of its parents: neither a brother nor an aunt stands for them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w15_a_brother_and_an_aunt_are_not_the_child_and_its_parents() {
    for engine in BOTH {
        let town = Town::new(engine).await;
        let marta = town.as_("marta").await;
        let case = danger(&marta, "private").await;
        let (page, people) = (format!("/faelle/{case}/wille"), format!("/faelle/{case}/personen"));
        let adds = async |name: &str, role: &str| {
            marta.fill(&page, &people, &[("name", name), ("role", role), ("born", "")]).await.is(303);
        };
        for (name, role) in [("Leyla Demir", "child"), ("Emil Demir", "child"), ("Elif Demir", "relative")] {
            adds(name, role).await;
        }
        let leyla = begins(&marta, &case, &["Leyla Demir", "Emil Demir"]).await;
        let path = format!("/schutz/{leyla}");
        let open = "Nichts zur Einbeziehung";
        let includes = async |name: &str| {
            let person = option(&marta.get(&path).await.text(), name);
            let said = [("person", person.as_str()), ("code", "yes"), ("words", "Gesprochen.")];
            keeps(&marta, &leyla, "inclusion", &said).await.is(303);
            marta.get(&path).await
        };
        includes("Emil Demir").await.shows(open);
        // There is no parent in the case: nobody is missed.
        includes("Leyla Demir").await.hides(open);
        adds("Ayşe Demir", "mother").await;
        includes("Elif Demir").await.shows(open);
        includes("Ayşe Demir").await.hides(open);
    }
}

/// Help that was offered before does not answer a danger that was found since; and statistics ask for their record.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w15_what_was_done_before_answers_no_later_danger() {
    for engine in BOTH {
        let town = Town::new(engine).await;
        let marta = town.as_("marta").await;
        let case = danger(&marta, "private").await;
        family(&marta, &case).await;
        let leyla = begins(&marta, &case, &["Leyla Demir"]).await;
        let path = format!("/schutz/{leyla}");
        let offers = async || {
            keeps(&marta, &leyla, "help-offer", &[("code", "accepted"), ("words", "Familienhilfe.")]).await.is(303);
        };
        let assesses = async |source: &str| {
            let said = [
                ("names", "Marta Beispiel\nMalik Beispiel"),
                ("code", "acute"),
                ("marks", "neglect"),
                ("source", source),
                ("words", "Abgewogen."),
            ];
            keeps(&marta, &leyla, "assessment", &said).await.is(303);
            marta.get(&path).await
        };
        let (open, record) = ("weder Hilfe angeboten noch Gericht", "Angaben für die Statistik unvollständig");
        offers().await;
        assesses("").await.shows(open).shows(record);
        offers().await;
        marta.get(&path).await.hides(open);
        assesses("Mutter, überlastet").await.shows(open).hides(record);
    }
}

/// Takes Leyla into care; answers the path of its facts.
async fn takes(marta: &Client, case: &str, ground: &str) -> (String, String) {
    let page = format!("/faelle/{case}/schutz");
    let child = option(&marta.get(&page).await.text(), "Leyla Demir");
    let care = [
        ("child", child.as_str()),
        ("ground", ground),
        ("words", "Nötig."),
        ("place", "Schutzstelle"),
        ("placement", "facility"),
        ("began", "2026-11-20T09:00"),
    ];
    marta.fill(&page, &format!("/faelle/{case}/inobhutnahmen"), &care).await.is(303);
    let text = marta.get(&page).await.text();
    let path = format!("/inobhutnahmen/{}", &text.split("action=\"/inobhutnahmen/").nth(1).unwrap()[..46]);
    (page, path)
}

/// N25, W17, W18: care does not end on paper while liberty is taken; a court's refusal ends it; a call before the
/// objection does not answer the objection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n25_liberty_ends_before_care_does_and_a_refusal_is_no_order() {
    for engine in BOTH {
        let town = Town::new(engine).await;
        let marta = town.as_("marta").await;
        let case = danger(&marta, "private").await;
        family(&marta, &case).await;
        let (page, path) = takes(&marta, &case, "request").await;
        let at = async |kind: &str, at: &str| {
            marta.fill(&page, &path, &[("kind", kind), ("words", "Getan."), ("at", at)]).await
        };
        let fact = async |kind: &str| at(kind, "2026-11-20T09:30").await;
        at("child-informed", "2026-11-20T08:59").await.is(422).shows("vor dem Beginn der Inobhutnahme").shows("Getan.");
        fact("guardian-asked").await.is(422).shows("unbegleitet eingereist");
        fact("liberty-taken").await.is(303);
        let alarm = ("liberty".to_owned(), "2026-11-21".to_owned());
        for end in ["help-decided", "handed-over"] {
            fact(end).await.is(422).shows("noch ohne Beschluss entzogen");
        }
        assert!(open_dues(&marta, &case).await.contains(&alarm));
        fact("court-order").await.is(303);
        assert!(!open_dues(&marta, &case).await.contains(&alarm));
        fact("court-refused").await.is(303);
        assert!(open_dues(&marta, &case).await.contains(&alarm), "the alarm is back");
        marta.get(&page).await.shows("Das Gericht hat die Freiheitsentziehung abgelehnt.");
        fact("help-decided").await.is(422).shows("noch ohne Beschluss entzogen");
        fact("liberty-ended").await.is(303);
        assert!(!open_dues(&marta, &case).await.contains(&alarm));
        marta.get(&page).await.hides("Das Gericht hat die Freiheitsentziehung abgelehnt.");
        fact("court-called").await.is(303);
        fact("objection").await.is(303);
        marta.get(&page).await.shows("weder Übergabe noch Gericht");
        marta.get("/fristen").await.shows("Kind übergeben oder Familiengericht anrufen");
        fact("court-called").await.is(303);
        marta.get(&page).await.hides("weder Übergabe noch Gericht");
        marta.get("/fristen").await.hides("Kind übergeben oder Familiengericht anrufen");
        fact("handed-over").await.is(303);
    }
}

/// W19: the periods for a child that came unaccompanied begin by themselves, each with its fact.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w19_the_clocks_of_an_unaccompanied_child_begin_by_themselves() {
    for engine in BOTH {
        let town = Town::new(engine).await;
        let marta = town.as_("marta").await;
        let case = danger(&marta, "private").await;
        family(&marta, &case).await;
        let (page, path) = takes(&marta, &case, "unaccompanied").await;
        let fact = async |kind: &str| {
            let said = [("kind", kind), ("words", "Getan."), ("at", "2026-11-20T09:30")];
            marta.fill(&page, &path, &said).await.is(303);
        };
        let has = async |kind: &str, due: &str| {
            let open = open_dues(&marta, &case).await;
            assert!(open.contains(&(kind.to_owned(), due.to_owned())), "{kind} {due}: {open:?}");
        };
        has("appoint-guardian", "").await;
        has("asylum-application", "").await;
        // A Friday: working days are Monday to Friday (§ 7(4)); the month ends on a Sunday and stays.
        has("minor-report", "2026-12-01").await;
        has("health-hindrance", "2026-12-10").await;
        has("distribution-ends", "2026-12-20").await;
        marta.get("/fristen").await.shows("Vormund oder Pfleger bestellen lassen");
        fact("guardian-asked").await;
        fact("asylum-settled").await;
        fact("minor-reported").await;
        has("land-report", "2026-11-25").await;
        fact("land-reported").await;
        has("assignment", "2026-11-24").await;
        fact("land-named").await;
        has("assignment", "2026-11-24").await;
        let open = open_dues(&marta, &case).await;
        for gone in ["appoint-guardian", "asylum-application", "minor-report", "land-report"] {
            assert!(!open.iter().any(|(kind, _)| kind == gone), "{gone}: {open:?}");
        }
        assert_eq!(open.iter().filter(|(kind, _)| kind == "assignment").count(), 1);
        fact("handed-over").await;
        let open = open_dues(&marta, &case).await;
        let clocks = ["assignment", "health-hindrance", "distribution-ends", "inform-child"];
        assert!(!open.iter().any(|(kind, _)| clocks.contains(&kind.as_str())), "{open:?}");
    }
}
