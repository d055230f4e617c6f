// SPDX-License-Identifier: EUPL-1.2
//! The intake board, areas, hand-over, confidential counselling: red lines N6, N7, N18, N21, N24 and warnings W16, W26,
//! each with somebody who tries to cross or provoke it, and two stories.

use crate::client::Client;
use crate::main_job::{commissions, decides, explores, opens};
use crate::reach::Reach;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn reports(worker: &Client, place: &str, danger: &str, reporter: &str) -> String {
    let report = [
        ("received", "20.11.2026, 09:00"),
        ("channel", "phone"),
        ("said", "Ich sorge mich um das Kind."),
        ("place", place),
        ("danger", danger),
        ("reporter", reporter),
        ("reporter_name", if reporter == "anonymous" { "" } else { "Petra Praxis" }),
    ];
    worker.fill("/eingang/neu", "/eingang/neu", &report).await.id()
}

async fn the_board(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let calm = reports(&marta, "Lindenweg 12", "none", "private").await;
    let alarm = reports(&marta, "Lindenweg 14", "signs", "health").await;
    // Danger first, owned from the first second; the calm one has nobody yet.
    let cards = marta.api(Method::GET, "/api/v1/reports", None).await.json();
    let cards = cards["cards"].as_array().unwrap().clone();
    assert_eq!((cards[0]["report"].as_str(), cards[1]["report"].as_str()), (Some(&*alarm), Some(&*calm)));
    assert!(cards[0]["owner"].is_string() && cards[1]["owner"].is_null(), "{cards:?}");
    marta.get("/eingang").await.shows("noch niemand zuständig").shows("sofort").shows("Rückmeldung offen");
    // N6: signs of danger are made less urgent by nobody, and end in nothing but a case.
    let path = format!("/eingang/{alarm}/schritt");
    for urgency in ["today", "week", "normal"] {
        let away = [("step", "assessment"), ("urgency", urgency), ("why", "Es eilt nicht.")];
        marta.post(&path, &away).await.is(422).shows("bleibt es bei „sofort“").shows("Es eilt nicht.");
    }
    marta.post(&path, &[("step", "decision"), ("urgency", "at-once")]).await.is(303);
    for outcome in ["counselled", "handed-on", "nothing-needed"] {
        let close = [("step", "closed"), ("urgency", "at-once"), ("outcome", outcome), ("why", "Fertig.")];
        marta.post(&path, &close).await.is(422);
    }
    // The column is walked by people, each step on record; going back is explained.
    let path = format!("/eingang/{calm}/schritt");
    marta.fill(&format!("/eingang/{calm}"), &path, &[("step", "assessment"), ("urgency", "week")]).await.is(303);
    marta.get(&format!("/eingang/{calm}")).await.shows("Ersteinschätzung").shows("Marta Beispiel");
    marta.post(&path, &[("step", "new"), ("urgency", "week")]).await.is(422).shows("begründen");
    marta
        .post(&path, &[("step", "closed"), ("urgency", "week"), ("outcome", "counselled"), ("why", "x")])
        .await
        .is(422);
    marta.post(&path, &[("step", "decision"), ("urgency", "week")]).await.is(303);
    marta.post(&path, &[("step", "closed"), ("urgency", "week"), ("outcome", "case"), ("why", "x")]).await.is(422);
    let closing = [("step", "closed"), ("urgency", "week"), ("outcome", "counselled"), ("why", "Zweimal beraten.")];
    marta.post(&path, &closing).await.is(303);
    marta.get(&format!("/eingang/{calm}")).await.shows("Beraten").shows("Zweimal beraten.");
    // N21: what was closed stays closed.
    marta.post(&path, &[("step", "new"), ("urgency", "at-once"), ("why", "Doch")]).await.is(422).shows("neue Meldung");
    for key in ["heike", "konrad", "fiona", "lotse"] {
        let status = town.as_(key).await.post(&path, &closing).await.status.as_u16();
        assert!([403, 404].contains(&status), "{key}: {status}");
    }
    called_out(&town, &alarm).await;
}

/// After the office's own target the report is called out; nothing is moved, closed or rated by itself (N6).
async fn called_out(town: &Town, alarm: &str) {
    let later = town.later("marta", "2026-11-20T12:30").await;
    later.get("/eingang").await.shows("Internes Ziel überschritten").shows("keine gesetzlichen Fristen");
    later.get("/").await.shows("wartet zu lange");
    let months = town.later("marta", "2027-05-20T09:00").await;
    let cards = months.api(Method::GET, "/api/v1/reports", None).await.json();
    let card = cards["cards"].as_array().unwrap().iter().find(|card| card["report"] == alarm).unwrap().clone();
    assert_eq!((card["step"].as_str(), card["urgency"].as_str()), (Some("decision"), Some("at-once")));
    let text = months.get(&format!("/eingang/{alarm}")).await.text().to_lowercase();
    for word in ["risikowert", "ampel", "punktzahl", "score"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n6_people_move_every_report_and_danger_is_first_on_sqlite() {
    the_board(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n6_people_move_every_report_and_danger_is_first_on_postgresql() {
    the_board(Engine::Postgres).await;
}

/// N7 and W16: the facts of § 64(4), to those who are owed them, and no place for a word more.
async fn feedback(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let owed = reports(&marta, "Lindenweg 14", "signs", "health").await;
    marta
        .get("/eingang")
        .await
        .shows("Rückmeldung an Fachleute steht aus")
        .shows(&format!("/eingang/{owed}#rueckmeldung"));
    let page = marta.get(&format!("/eingang/{owed}")).await.text();
    let form = page.split(&format!("action=\"/eingang/{owed}/rueckmeldung\"")).nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    assert!(!form.contains("<textarea") && !form.contains(" checked"), "N7, N24: {form}");
    let facts = [
        ("confirmed", "yes"),
        ("became_active", "yes"),
        ("still_active", "no"),
        ("family_told", "protection"),
        ("told_on", "20.11.2026"),
    ];
    let path = format!("/eingang/{owed}/rueckmeldung");
    marta.post(&path, &facts[1..]).await.is(422);
    let smuggled = [&facts[..], &[("words", "Das Kind heißt Leyla."), ("why", "Leyla")]].concat();
    marta.post(&path, &smuggled).await.is(303);
    let shown = marta.get(&format!("/eingang/{owed}")).await;
    shown.shows("Die Anhaltspunkte haben sich bestätigt.").shows("Es ist nicht mehr tätig.").hides("Leyla");
    let mut body = json!({
        "confirmed": "yes", "became_active": "no", "still_active": "yes", "family_told": "told", "told_on": "2026-11-20",
    });
    let api = format!("/api/v1/reports/{owed}/feedback");
    marta.api(Method::POST, &api, Some(body.clone())).await.is(422).shows("feedback.unlikely");
    body["still_active"] = json!("no");
    body["words"] = json!("Das Kind heißt Leyla.");
    marta.api(Method::POST, &api, Some(body)).await.is(400);
    marta.get("/eingang").await.hides("Rückmeldung an Fachleute steht aus");
    // Neighbours, police, the anonymous are told nothing about a family.
    for kind in ["private", "authority", "anonymous"] {
        let other = reports(&marta, "Lindenweg 16", "signs", kind).await;
        marta.get(&format!("/eingang/{other}")).await.hides("Rückmeldung an die meldende Fachperson");
        marta.post(&format!("/eingang/{other}/rueckmeldung"), &facts).await.is(422);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n7_professional_reporters_learn_the_facts_of_the_law_alone() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        feedback(engine).await;
    }
}

async fn areas(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/bereich");
    let to = |area| [("area", area), ("since", "20.11.2026"), ("facts", "Dreimal abends allein gesehen.")];
    assert!(!marta.get(&page).await.text().contains(" checked"), "N24");
    marta.fill(&page, &page, &to("clarification")).await.is(422).shows("mindestens eine Frage").shows("Dreimal abends");
    let questions = [("questions", "Wer ist abends da?\nGeht Leyla zur Schule?"), ("due_on", "11.12.2026")];
    marta.fill(&page, &page, &[&to("clarification")[..], &questions].concat()).await.is(303);
    marta.get(&page).await.shows("Klärungsbereich").shows("Wer ist abends da?").shows("noch offen");
    // A condition has no place where the family works by its own will; a court's has.
    let condition = |ground| {
        [
            ("words", "Leyla ist abends nicht allein."),
            ("evidence", "Besuch um 19 Uhr"),
            ("ground", ground),
            ("set_on", "20.11.2026"),
            ("check_on", "27.11.2026"),
        ]
    };
    let conditions = format!("/faelle/{case}/auflagen");
    marta.fill(&page, &conditions, &condition("office")).await.is(422).shows("nur im Gefährdungsbereich");
    // Overdue, it is called out on the board; nothing happens by itself.
    town.later("marta", "2026-12-12T09:00").await.get("/eingang").await.shows("Klärung überfällig");
    // Into danger at once and alone; the case is marked; out of it nobody goes alone.
    marta.fill(&page, &page, &to("danger")).await.is(303);
    marta.get(&format!("/faelle/{case}")).await.shows("Anzeichen");
    marta.fill(&page, &page, &to("service")).await.is(422).shows("mindestens zwei");
    marta.fill(&page, &conditions, &condition("office")).await.is(303);
    let goals = marta.get(&format!("/faelle/{case}/ziele")).await;
    goals.hides("abends nicht allein");
    marta.get(&format!("/faelle/{case}/hilfeplan")).await.hides("abends nicht allein");
    let shown = marta.get(&page).await.text();
    let id = crate::main_job::option(&shown, "Leyla ist abends nicht allein.");
    let look = [
        ("condition", id.as_str()),
        ("result", "partly"),
        ("seen", "Die Tante war da."),
        ("checked_on", "20.11.2026"),
        ("next_on", "04.12.2026"),
    ];
    marta.fill(&page, &format!("{conditions}/pruefung"), &look).await.is(303);
    marta.get(&page).await.shows("zum Teil erfüllt").shows("Nächster Blick am 04.12.2026");
    let two = [("professionals", "Marta Beispiel\nMalik Beispiel")];
    marta.fill(&page, &page, &[&to("service")[..], &two].concat()).await.is(303);
    // The whole way stays: three areas, newest first.
    let history = marta.api(Method::GET, &format!("/api/v1/cases/{case}/area"), None).await.json();
    let seen: Vec<_> =
        history["areas"].as_array().unwrap().iter().map(|one| one["area"].as_str().unwrap().to_owned()).collect();
    assert_eq!(seen, ["service", "danger", "clarification"]);
    for key in ["heike", "konrad", "lotse", "ankerteam"] {
        let other = town.as_(key).await;
        other.get(&page).await.is(404);
        other.post(&page, &to("danger")).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn areas_have_reason_and_history_and_conditions_are_no_goals() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        areas(engine).await;
    }
}

/// N18: a child is counselled without its parents' knowledge, and nothing that parents can reach tells of it.
async fn counselled(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let marta = town.as_("marta").await;
    let begin = [
        ("child", "Leyla Demir"),
        ("begun_on", "20.11.2026"),
        ("why_silent", "Leyla hat Angst, dass es zu Hause Streit gibt."),
        ("words", "Sie erzählt vom Zirkuszelt."),
    ];
    let id = marta.fill("/vertraulich", "/vertraulich", &begin).await.id();
    let talk = [("on", "20.11.2026"), ("words", "Noch einmal vom Zirkuszelt.")];
    marta.fill(&format!("/vertraulich/{id}"), &format!("/vertraulich/{id}"), &talk).await.is(303);
    marta.get(&format!("/vertraulich/{id}")).await.shows("Zirkuszelt").shows("Angst");
    // The family has a case of its own, with the same child, and everything that goes out of it to parents.
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let reach = Reach::of(&town, &marta, &case).await;
    let silent = |text: &str, door: &str| {
        assert!(!text.contains("Zirkuszelt") && !text.contains(&id) && !text.contains("Streit gibt"), "{door}: {text}");
    };
    for key in ["marta", "malik", "lena", "heike", "konrad", "fiona", "dora", "anton", "lotse", "ankerteam", ""] {
        let client = if key.is_empty() { town.stranger() } else { town.as_(key).await };
        let own = |door: &str| {
            key == "marta" && ["/vertraulich", "/api/v1/counselling", "/verwaltung/protokoll"].contains(&door)
        };
        let answered = reach
            .read_by(&client, |door, answer| {
                if !own(door) {
                    silent(&answer.text(), &format!("{key} {door}"));
                }
            })
            .await;
        // What nobody can read would be silent for nothing.
        let least = if key == "marta" { 60 } else { 10 };
        assert!(answered >= least, "{key} read {answered} doors");
        let found = client.get("/suche?q=Zirkuszelt").await.text();
        silent(&found.replace("value=\"Zirkuszelt\"", "").replace("„Zirkuszelt“", ""), "search");
        if key != "marta" {
            for path in [format!("/vertraulich/{id}"), "/api/v1/counselling".to_owned()] {
                silent(&client.get(&path).await.text(), &format!("{key} {path}"));
            }
            let refused = client.post(&format!("/vertraulich/{id}"), &talk).await.status.as_u16();
            assert!(refused == 404 || key.is_empty() && refused != 303, "{key}: {refused}");
        }
    }
    // The log knows that somebody counselled, not in which case.
    let lines = app::audit::log(&town.app, &crate::town::officer(), None).await.unwrap();
    let about: Vec<_> = lines.iter().filter(|line| line.object.to_string() == id).collect();
    assert!(about.len() == 2 && about.iter().all(|line| line.case_number.is_none()));
    marta.fill(&format!("/vertraulich/{id}"), &format!("/vertraulich/{id}/ende"), &[]).await.is(303);
    marta.post(&format!("/vertraulich/{id}"), &talk).await.is(422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n18_a_child_is_counselled_and_its_parents_learn_nothing_on_sqlite() {
    counselled(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n18_a_child_is_counselled_and_its_parents_learn_nothing_on_postgresql() {
    counselled(Engine::Postgres).await;
}

/// W26: a family moves to another social space in the middle of its help; help and payment never stop.
async fn moved(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    town.plans("Süd", 50_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    decides(&marta, &case).await;
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800,00", "").await.is(303);
    let page = format!("/faelle/{case}/uebergabe");
    let heide = crate::main_job::option(&marta.get(&page).await.text(), "Heide (Team Heide)");
    let bare = [("space", heide.as_str()), ("why", "Umzug in den Heideweg 3.")];
    marta.fill(&page, &page, &bare).await.is(422).shows("Übergabegespräch").shows("Umzug in den Heideweg 3.");
    let talked = [&bare[..], &[("talk_on", "20.11.2026"), ("talk_with", "Ayşe und Leyla Demir, Heike")]].concat();
    for key in ["heike", "fiona", "lotse"] {
        let status = town.as_(key).await.post(&page, &talked).await.status.as_u16();
        assert!([403, 404].contains(&status), "{key}: {status}");
    }
    marta.fill(&page, &page, &talked).await.is(303);
    // The new team has it at once; the old one has it no longer.
    marta.get(&format!("/faelle/{case}")).await.is(404);
    let heike = town.as_("heike").await;
    heike.get(&format!("/faelle/{case}")).await.is(200).shows("Heide").shows("Heike Beispiel");
    heike.get(&page).await.shows("Gespräch am 20.11.2026").shows("Ayşe und Leyla Demir, Heike");
    // The help runs, the money stays promised where it was, and the agency keeps its mandate.
    heike.get(&format!("/faelle/{case}/leistungen")).await.shows("Lotse Jugendhilfe gGmbH").shows("4.800,00");
    let lotse = town.as_("lotse").await;
    lotse.get("/auftraege").await.is(200).shows("§ 31 SGB VIII");
    let fiona = town.as_("fiona").await;
    let north = town.region("Nord").await;
    fiona.get(&format!("/budget?region={north}")).await.shows("4.800,00").shows("95.200,00");
    // The new team decides the next version and commissions on, from its own region's money.
    decides(&heike, &case).await;
    commissions(&heike, &case, "Anker e. V.", "1.000,00", "").await.is(303);
    let south = town.region("Süd").await;
    fiona.get(&format!("/budget?region={south}")).await.shows("49.000,00");
    assert!(town.deeds().await.iter().any(|deed| deed.contains("case-handed-over")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w26_a_family_moves_and_help_and_payment_never_stop_on_sqlite() {
    moved(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w26_a_family_moves_and_help_and_payment_never_stop_on_postgresql() {
    moved(Engine::Postgres).await;
}
