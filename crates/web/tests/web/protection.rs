// SPDX-License-Identifier: EUPL-1.2
//! Child protection through every floor: latent with conditions; acute with care and court.

use crate::client::{Answer, Client};
use crate::main_job::option;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

/// A teacher reports danger; a case stands at once. Answers its id.
pub async fn danger(worker: &Client, reporter: &str) -> String {
    let report = [
        ("received", "2026-11-19T16:30"),
        ("channel", "phone"),
        ("said", "Leyla kommt seit Wochen ohne Essen und hat Angst, nach Hause zu gehen."),
        ("place", "Lindenweg 12"),
        ("danger", "signs"),
        ("family", "Demir"),
        ("reporter", reporter),
        ("reporter_name", "Erna Lehrerin"),
    ];
    worker.fill("/eingang/neu", "/eingang/neu", &report).await.is(303);
    let cases = worker.get("/faelle").await.text();
    cases
        .split("href=\"/faelle/")
        .find_map(|rest| rest.get(..36).filter(|id| id.matches('-').count() == 4))
        .unwrap()
        .to_owned()
}

/// The family's people.
pub async fn family(worker: &Client, case: &str) {
    let (page, path) = (format!("/faelle/{case}/wille"), format!("/faelle/{case}/personen"));
    for (name, role, born) in
        [("Leyla Demir", "child", "2017-04-02"), ("Emil Demir", "child", "2020-08-09"), ("Ayşe Demir", "mother", "")]
    {
        worker.fill(&page, &path, &[("name", name), ("role", role), ("born", born)]).await.is(303);
    }
}

/// Begins a procedure for these children; answers the first procedure's id.
pub async fn begins(worker: &Client, case: &str, children: &[&str]) -> String {
    let page = format!("/faelle/{case}/schutz");
    let html = worker.get(&page).await.text();
    let ids: Vec<String> = children.iter().map(|child| option(&html, child)).collect();
    let mut fields = vec![
        ("from", "report"),
        ("words", "Kein Frühstück, seit Wochen."),
        ("code", "hearsay"),
        ("source", "Klassenlehrerin"),
        ("happened", "2026-11-19T16:30"),
    ];
    fields.extend(ids.iter().map(|id| ("children", id.as_str())));
    worker.fill(&page, &page, &fields).await.id()
}

/// Keeps a step.
pub async fn keeps(worker: &Client, procedure: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("step", step), ("happened", "2026-11-20T09:00")];
    all.extend_from_slice(fields);
    worker.post(&format!("/schutz/{procedure}/schritte"), &all).await
}

const BOTH: &str = "Marta Beispiel\nMalik Beispiel";

pub async fn looked_at(worker: &Client, procedure: &str) {
    let path = format!("/schutz/{procedure}");
    let page = worker.get(&path).await.text();
    let (leyla, ayse) = (option(&page, "Leyla Demir"), option(&page, "Ayşe Demir"));
    worker.get(&path).await.shows("Nichts zur Einbeziehung").shows("Nichts zum unmittelbaren Eindruck");
    let check = [("code", "yes"), ("words", "Mehrere Hinweise."), ("names", BOTH)];
    keeps(worker, procedure, "first-check", &check).await.is(303);
    let child = [("person", leyla.as_str()), ("code", "yes"), ("words", "Allein gesprochen, beim Malen.")];
    keeps(worker, procedure, "inclusion", &child).await.is(303);
    worker.get(&path).await.shows("Nichts zur Einbeziehung");
    let mother = [("person", ayse.as_str()), ("code", "yes"), ("words", "Zu Hause, sie ist erschöpft.")];
    keeps(worker, procedure, "inclusion", &mother).await.is(303);
    let visit = [
        ("code", "home-visit"),
        ("marks", "child"),
        ("marks", "sleeping-place"),
        ("words", "Wohnung kalt, Kind freundlich."),
        ("names", BOTH),
    ];
    keeps(worker, procedure, "impression", &visit).await.is(303);
    worker.get(&path).await.hides("Nichts zur Einbeziehung").hides("Nichts zum unmittelbaren Eindruck");
}

pub async fn assessed(worker: &Client, procedure: &str, result: &str) {
    let assessment = [
        ("names", BOTH),
        ("code", result),
        ("marks", "neglect"),
        ("source", "Mutter, überlastet"),
        ("words", "Abgewogen. Anders entschieden würde, wenn Hilfe abgelehnt wird."),
    ];
    keeps(worker, procedure, "assessment", &assessment).await.is(303);
}

async fn latent_with_conditions(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = danger(&marta, "school").await;
    family(&marta, &case).await;
    let leyla = begins(&marta, &case, &["Leyla Demir"]).await;
    let path = format!("/schutz/{leyla}");
    marta.get(&path).await.shows("Geschwister ohne eigenes Verfahren").shows("Meldung dazugenommen");
    // One procedure per minor; the same child gets no second one.
    let page = format!("/faelle/{case}/schutz");
    let again = option(&marta.get(&page).await.text(), "Leyla Demir");
    let twice = [
        ("children", again.as_str()),
        ("from", "own-contact"),
        ("words", "Noch etwas"),
        ("code", "fact"),
        ("source", "ich"),
        ("happened", "2026-11-20T09:00"),
    ];
    marta.fill(&page, &page, &twice).await.is(422).shows("läuft schon ein Verfahren").shows("Noch etwas");
    begins(&marta, &case, &["Emil Demir"]).await;
    marta.get(&path).await.hides("Geschwister ohne eigenes Verfahren");
    looked_at(&marta, &leyla).await;
    assessed(&marta, &leyla, "latent").await;
    marta.get(&path).await.shows("weder Hilfe angeboten noch Gericht");
    keeps(&marta, &leyla, "help-offer", &[("code", "accepted"), ("words", "Familienhilfe ab Dezember.")]).await.is(303);
    marta.get(&path).await.hides("weder Hilfe angeboten noch Gericht");
    // Conditions are the office's, goals the family's: they stand on different pages.
    let condition =
        [("words", "Leyla isst jeden Morgen."), ("reason", "Sonst Anrufung des Gerichts."), ("due", "2026-11-27")];
    keeps(&marta, &leyla, "condition", &condition).await.is(303);
    marta.get(&format!("/faelle/{case}/ziele")).await.hides("Leyla isst jeden Morgen");
    let plan = [("words", "Kita meldet Fehltage."), ("names", "Kita"), ("due", "2026-12-01")];
    keeps(&marta, &leyla, "plan-step", &plan).await.is(303);
    marta.get(&path).await.shows("Schutzplan ohne Überprüfung");
    let review = [("words", "Vier Wochen ohne Fehltag."), ("due", "2026-12-18")];
    keeps(&marta, &leyla, "plan-review", &review).await.is(303);
    marta.get(&path).await.hides("Schutzplan ohne Überprüfung").shows("Nichts fehlt.");
    // What was set stands on the list, apart from what the law sets.
    let list = marta.get("/fristen").await;
    list.shows("Leyla isst jeden Morgen.").shows("vom Amt gesetzt").shows("Kita meldet Fehltage.").shows("vereinbart");
    list.shows("Rückmeldung an die meldende Fachkraft");
    // Later, a day is over: the warning comes by itself.
    let later = town.later("marta", "2026-11-28T09:00").await;
    later.get(&path).await.shows("Ein Tag des Schutzplans ist vorbei").shows("überschritten");
    papers_and_end(&town, &marta, &leyla).await;
}

async fn papers_and_end(town: &Town, marta: &Client, leyla: &str) {
    let path = format!("/schutz/{leyla}");
    marta.get(&format!("{path}/rueckmeldung")).await.is(404);
    let told = [("marks", "confirmed"), ("marks", "became-active"), ("marks", "still-active"), ("code", "yes")];
    keeps(marta, leyla, "feedback", &told).await.is(303);
    marta.get("/fristen").await.hides("Rückmeldung an die meldende Fachkraft");
    for paper in ["rueckmeldung", "schutzplan"] {
        let pdf = marta.get(&format!("{path}/{paper}/pdf")).await;
        assert_eq!(pdf.is(200).kind, "application/pdf");
        assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    }
    marta.get(&format!("{path}/anrufung")).await.is(404);
    marta.get(&format!("{path}/anrufung/pdf")).await.is(404);
    // A mistake stays and is corrected beside.
    let page = marta.get(&path).await.text();
    let wrong = option(&page, "Gefährdungseinschätzung, 20.11.2026");
    keeps(marta, leyla, "correction", &[("corrects", &wrong), ("words", "Der Vater war auch dabei.")]).await.is(303);
    marta.get(&path).await.shows("Berichtigt").shows("Der Vater war auch dabei.").shows("Abgewogen.");
    let done = [("words", "Übergang in die Familienhilfe."), ("reason", "")];
    marta.fill(&path, &format!("{path}/abschluss"), &done).await.is(303);
    marta
        .get(&path)
        .await
        .shows("Abgeschlossen")
        .shows("Latente Kindeswohlgefährdung")
        .hides("<form class=\"form\" method=\"post\" action=\"/schutz/");
    keeps(marta, leyla, "contact", &[("code", "reached"), ("words", "Zu spät")])
        .await
        .is(422)
        .shows("ist abgeschlossen");
    let deeds = town.deeds().await.join("\n");
    for deed in ["protection-opened", "danger-assessed", "reporter-answered", "protection-closed"] {
        assert!(deeds.contains(deed), "{deed}\n{deeds}");
    }
}

async fn acute_with_care_and_court(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = danger(&marta, "private").await;
    family(&marta, &case).await;
    let leyla = begins(&marta, &case, &["Leyla Demir", "Emil Demir"]).await;
    looked_at(&marta, &leyla).await;
    assessed(&marta, &leyla, "acute").await;
    // Into care, at any hour; what is due at once stands on the list, without a day.
    let page = format!("/faelle/{case}/schutz");
    let child = option(&marta.get(&page).await.text(), "Leyla Demir");
    let bare = [("child", child.as_str()), ("ground", "danger-court-too-late"), ("words", "Akut")];
    marta.fill(&page, &format!("/faelle/{case}/inobhutnahmen"), &bare).await.is(422).shows("Unterbringung");
    let care =
        [bare.as_slice(), &[("place", "Kinderschutzhaus"), ("placement", "facility"), ("began", "2026-11-20T09:30")]]
            .concat();
    marta.fill(&page, &format!("/faelle/{case}/inobhutnahmen"), &care).await.is(303);
    marta
        .get(&page)
        .await
        .shows("Kind noch nicht aufgeklärt")
        .shows("Vertrauensperson noch nicht angeboten")
        .shows("noch nicht unterrichtet");
    marta
        .get("/fristen")
        .await
        .shows("Kind verständlich aufklären")
        .shows("Unverzüglich")
        .hides("Kind verständlich aufklären (Bis");
    told_and_ended(&marta, &page, &leyla, &case).await;
}

/// Everybody is told; they object; the court; liberty, and how it ends; care ends.
async fn told_and_ended(marta: &Client, page: &str, leyla: &str, case: &str) {
    let facts = marta.get(page).await.text();
    let path =
        facts.split("action=\"/inobhutnahmen/").nth(1).map(|rest| format!("/inobhutnahmen/{}", &rest[..46])).unwrap();
    let tells = async |kind: &str, words: &str| {
        marta.fill(page, &path, &[("kind", kind), ("words", words), ("at", "2026-11-20T09:50")]).await
    };
    for (kind, words) in [
        ("child-informed", "In ihren Worten erklärt."),
        ("trusted-person", "Tante Elif angerufen."),
        ("parents-informed", "Mutter telefonisch."),
        ("objection", "Sie widerspricht."),
    ] {
        tells(kind, words).await.is(303);
    }
    marta.get(page).await.shows("weder Übergabe noch Gericht").hides("Kind noch nicht aufgeklärt");
    marta
        .get("/fristen")
        .await
        .shows("Kind übergeben oder Familiengericht anrufen")
        .hides("Kind verständlich aufklären");
    tells("court-called", "Amtsgericht, 10:40 Uhr.").await.is(303);
    marta.get(page).await.hides("weder Übergabe noch Gericht");
    court(marta, leyla).await;
    tells("liberty-taken", "Geschlossene Station, Suizidgefahr.").await.is(303);
    marta.get(page).await.shows("spätestens am 21.11.2026 um 24 Uhr");
    tells("court-order", "Beschluss des Amtsgerichts.").await.is(303);
    marta.get(page).await.hides("um 24 Uhr");
    tells("help-decided", "Wohngruppe nach § 34.").await.is(303);
    let care = marta.get(page).await;
    care.shows("Inobhutnahme endet").hides("action=\"/inobhutnahmen/");
    marta
        .post(&path, &[("case", case), ("kind", "objection"), ("words", "Nachtrag"), ("at", "2026-11-20T09:55")])
        .await
        .is(422)
        .shows("ist beendet");
}

async fn court(marta: &Client, leyla: &str) {
    let call = [
        ("code", "needed"),
        ("words", "Aufenthaltsbestimmung vorläufig entziehen."),
        ("source", "Amtsgericht Musterhafen"),
        ("names", "Lena Beispiel"),
    ];
    keeps(marta, leyla, "court-call", &call).await.is(303);
    let pdf = marta.get(&format!("/schutz/{leyla}/anrufung/pdf")).await;
    assert_eq!(pdf.is(200).kind, "application/pdf");
    // The hearing is a month away by law, with its reason.
    marta.get("/fristen").await.shows("Früher Termin beim Familiengericht").shows("21.12.2026");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn latent_danger_with_conditions_on_sqlite() {
    latent_with_conditions(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn latent_danger_with_conditions_on_postgresql() {
    latent_with_conditions(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acute_danger_with_care_and_court_on_sqlite() {
    acute_with_care_and_court(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acute_danger_with_care_and_court_on_postgresql() {
    acute_with_care_and_court(Engine::Postgres).await;
}

/// A second report while the procedure is open is pointed out and joins it; it is not lost and no second procedure.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_report_joins_the_open_procedure() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = danger(&marta, "private").await;
    family(&marta, &case).await;
    let leyla = begins(&marta, &case, &["Leyla Demir", "Emil Demir"]).await;
    let path = format!("/schutz/{leyla}");
    marta.get(&path).await.hides("Neue Meldung im Fall");
    let later = town.later("marta", "2026-11-20T12:00").await;
    let report = [
        ("received", "2026-11-20T11:30"),
        ("channel", "phone"),
        ("said", "Wieder Schreie."),
        ("place", "Lindenweg 12"),
        ("danger", "none"),
        ("family", "Demir"),
        ("reporter", "health"),
        ("reporter_name", "Dr. Beispiel"),
    ];
    later.fill("/eingang/neu", "/eingang/neu", &report).await.is(303);
    let shown = later.get(&path).await;
    shown.shows("Neue Meldung im Fall").hides("Dr. Beispiel");
    let joins = option(&shown.text(), "20.11.2026, 11:30 Uhr");
    later.fill(&path, &format!("{path}/meldungen"), &[("report", &joins)]).await.is(303);
    later.get(&path).await.hides("Neue Meldung im Fall");
    later.get(&format!("/faelle/{case}/fristen")).await.shows("Rückmeldung an die meldende Fachkraft");
    later.post(&format!("{path}/meldungen"), &[("report", &joins)]).await.is(422);
    let heike = town.as_("heike").await;
    heike.post(&format!("{path}/meldungen"), &[("report", &joins)]).await.is(404);
}

/// The same through the JSON API.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_protect_by_the_same_rules() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = danger(&marta, "school").await;
    let api =
        async |method: Method, path: String, body: Option<serde_json::Value>| marta.api(method, &path, body).await;
    let open = json!({"from": "own-contact", "happened": "2026-11-20T09:00", "words": "Kind weint", "code": "fact", "source": "ich"});
    let opened = api(Method::POST, format!("/api/v1/cases/{case}/protections"), Some(open)).await;
    let id = opened.is(201).json()["id"].as_str().unwrap().to_owned();
    let steps = format!("/api/v1/protections/{id}/steps");
    let alone = json!({"kind": "assessment", "happened": "2026-11-20T09:00", "code": "acute", "marks": ["neglect"], "words": "Allein", "names": ["Marta"]});
    api(Method::POST, steps.clone(), Some(alone)).await.is(422).shows("protection.assessed_alone");
    let contact =
        json!({"kind": "contact", "happened": "2026-11-20T09:00", "code": "not-reached", "words": "Niemand da"});
    api(Method::POST, steps, Some(contact)).await.is(201);
    let shown = api(Method::GET, format!("/api/v1/protections/{id}"), None).await.is(200).json();
    assert_eq!(shown["steps"][1]["kind"], "contact");
    assert!(shown["warnings"].as_array().unwrap().iter().any(|one| one == "impression-open"));
    let dues = api(Method::GET, "/api/v1/deadlines".into(), None).await;
    dues.is(200);
    let due = json!({"kind": "competence", "start": "2026-12-11"});
    api(Method::POST, format!("/api/v1/cases/{case}/deadlines"), Some(due)).await.is(201);
    let listed = api(Method::GET, format!("/api/v1/cases/{case}/deadlines"), None).await.json();
    let competence = listed["open"].as_array().unwrap().iter().find(|one| one["kind"] == "competence").unwrap().clone();
    assert_eq!(competence["due"], "2026-12-28");
    // A child in care: what is due at once has no day, and is answered by its fact.
    let child = shown["child"].clone();
    let care = json!({"child": child, "began": "2026-11-20T09:30", "ground": "request", "words": "Bittet darum", "place": "Schutzstelle", "placement": "facility"});
    let care = api(Method::POST, format!("/api/v1/cases/{case}/cares"), Some(care)).await.is(201).json();
    let facts = format!("/api/v1/cares/{}/facts", care["id"].as_str().unwrap());
    let told = json!({"kind": "child-informed", "at": "2026-11-20T09:40", "words": "Erklärt"});
    api(Method::POST, facts, Some(told)).await.is(201);
    let listed = api(Method::GET, format!("/api/v1/cases/{case}/cares"), None).await.json();
    assert_eq!(listed["cares"][0]["warnings"], json!(["trusted-person-open", "parents-not-informed"]));
    let dues = api(Method::GET, format!("/api/v1/cases/{case}/deadlines"), None).await.json();
    let prompt: Vec<_> = dues["open"].as_array().unwrap().iter().filter(|one| one["nature"] == "prompt").collect();
    assert!(prompt.len() == 2 && prompt.iter().all(|one| one["due"].is_null()));
    let counsel = json!({"counselled_on": "2026-11-20", "institution": "school", "question": "Frage", "advice": "Rat", "minutes": 30});
    let mut named = counsel.clone();
    named["case"] = json!(case);
    api(Method::POST, "/api/v1/counsels".into(), Some(named)).await.is(400);
    let told = api(Method::POST, "/api/v1/counsels".into(), Some(counsel)).await.is(201).json();
    let counsels = api(Method::GET, "/api/v1/counsels".into(), None).await.json();
    assert_ne!(counsels["counsels"][0]["id"], told["id"], "the answer names another thing");
    let lotse = town.as_("lotse").await;
    let notice = json!({"place": "Lindenweg 3", "words": "Sorge", "told": "told"});
    lotse.api(Method::POST, "/api/v1/agency-notices", Some(notice.clone())).await.is(201);
    api(Method::POST, "/api/v1/agency-notices".into(), Some(notice)).await.is(404);
    assert!(competence["steps"].as_array().unwrap().len() > 2);
}
