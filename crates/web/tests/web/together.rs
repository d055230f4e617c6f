// SPDX-License-Identifier: EUPL-1.2
//! Two people on one text, what is taken back, two cases of one family: nothing is lost, and people decide.

use crate::client::{Answer, Client};
use crate::main_job::{opens, option};
use crate::protection::{begins, danger, family};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn both(story: impl AsyncFn(Town)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        story(Town::new(engine).await).await;
    }
}

fn base_of(page: &Answer) -> String {
    let text = page.text();
    text.split("name=\"based_on\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn saves(worker: &Client, case: &str, based_on: &str, words: &str) -> Answer {
    worker.post(&format!("/faelle/{case}/kurz"), &[("based_on", based_on), ("words", words)]).await
}

/// Two workers have the same version before their eyes. Who changed other sentences loses nothing and is not asked;
/// who changed the same one sees both wordings and decides.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_editors_lose_nothing() {
    both(async |town| {
        let (marta, malik) = (town.as_("marta").await, town.as_("malik").await);
        let case = opens(&marta).await;
        let path = format!("/faelle/{case}/kurz");
        marta.get(&format!("/faelle/{case}")).await.shows("Noch nichts kurz gefasst");
        saves(&marta, &case, "0", "Leyla malt gern. Emil schläft schlecht. Die Oma hilft.").await.is(303);
        let base = base_of(&malik.get(&path).await);
        assert_eq!(base, "1");
        // Different sentences: one text.
        saves(&marta, &case, &base, "Leyla malt jeden Tag. Emil schläft schlecht. Die Oma hilft.").await.is(303);
        saves(&malik, &case, &base, "Leyla malt gern. Emil schläft schlecht. Die Oma hilft. Freitag kommt der Onkel.")
            .await
            .is(303);
        let whole = "Leyla malt jeden Tag. Emil schläft schlecht. Die Oma hilft. Freitag kommt der Onkel.";
        marta.get(&format!("/faelle/{case}")).await.shows(whole);
        malik.get(&path).await.shows("aus zwei gleichzeitigen Texten").shows("Fassung 3");
        // The same sentence: both wordings, and a decision.
        let ours = whole.replace("Emil schläft schlecht.", "Emil schläft wieder durch.");
        let theirs = whole.replace("Emil schläft schlecht.", "Emil schläft kaum noch.");
        saves(&marta, &case, "3", &theirs).await.is(303);
        let met = saves(&malik, &case, "3", &ours).await;
        met.is(422).shows("Jemand hat gleichzeitig geschrieben").shows("Marta Beispiel hat gespeichert");
        met.shows("Beide haben diese Stelle geändert").shows("Emil schläft kaum noch. Emil schläft wieder durch.");
        assert_eq!(base_of(&met), "4");
        marta.get(&format!("/faelle/{case}")).await.hides("wieder durch");
        saves(&malik, &case, "4", &ours).await.is(303);
        marta.get(&path).await.shows("Emil schläft wieder durch.").shows("Emil schläft kaum noch.");
        // A version that never was, and the same text once more.
        saves(&malik, &case, "77", "Etwas anderes.").await.is(422).shows("gibt es nicht").shows("Etwas anderes.");
        saves(&malik, &case, "5", &ours).await.is(422).shows("derselbe wie zuvor");
        saves(&town.as_("heike").await, &case, "5", "Fremd.").await.is(404);
        town.as_("lotse").await.get(&path).await.is(404);
        let deeds = town.deeds().await;
        assert_eq!(deeds.iter().filter(|deed| deed.ends_with("brief-written")).count(), 5, "{deeds:?}");
    })
    .await;
}

/// A draft that waited while somebody else saved is put beside their text, not over it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_that_waited_writes_over_nobody() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, malik) = (town.as_("marta").await, town.as_("malik").await);
    let case = opens(&marta).await;
    saves(&marta, &case, "0", "Leyla malt gern. Emil schläft schlecht.").await.is(303);
    let draft = [
        ("form", &*format!("ueberblick/{case}/1")),
        ("field", "words"),
        ("text", "Leyla malt gern. Emil schläft gut."),
    ];
    malik.post("/entwuerfe", &draft).await.is(204);
    malik.get("/").await.shows("Kurz gefasst");
    saves(&marta, &case, "1", "Leyla singt gern. Emil schläft schlecht.").await.is(303);
    let back = malik.get(&format!("/faelle/{case}/kurz")).await;
    back.is(200).shows("Jemand hat gleichzeitig geschrieben").shows("Leyla singt gern. Emil schläft gut.");
    assert_eq!(base_of(&back), "2");
    saves(&malik, &case, "2", "Leyla singt gern. Emil schläft gut.").await.is(303);
    malik.get(&format!("/faelle/{case}/kurz")).await.hides("Jemand hat gleichzeitig");
}

/// What was ended by mistake is back with one click, for 30 days; what files say stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_ended_is_taken_back_for_thirty_days() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        let (people, undo) = (format!("/faelle/{case}/menschen"), format!("/faelle/{case}/rueckgaengig"));
        let person = [("name", "Ayşe Demir"), ("role", "mother"), ("born", "1990-05-01")];
        marta.fill(&format!("/faelle/{case}/wille"), &format!("/faelle/{case}/personen"), &person).await.is(303);
        let ayse = option(&marta.get(&people).await.text(), "Ayşe Demir");
        let reach = [("person", ayse.as_str()), ("contact", "040 123456")];
        marta.fill(&people, &format!("/faelle/{case}/kontakte"), &reach).await.is(303);
        let page = marta.get(&people).await.text();
        let contact = page.split("name=\"contact_id\" value=\"").nth(1).unwrap()[..36].to_owned();
        marta.post(&format!("/faelle/{case}/kontakte/ende"), &[("contact_id", &contact)]).await.is(303);
        marta.get("/suche?q=040123456").await.hides("Demir");
        let shown = marta.get(&undo).await;
        shown.shows("Erreichbarkeit beendet").shows("040 123456");
        let ended = shown.text().split("name=\"ended\" value=\"").nth(1).unwrap()[..36].to_owned();
        town.as_("heike").await.post(&undo, &[("ended", &ended)]).await.is(404);
        let late = town.later("marta", "2026-12-21T09:00").await;
        late.post(&undo, &[("ended", &ended)]).await.is(422).shows("nicht mehr zurücknehmen");
        let last = town.later("marta", "2026-12-20T09:00").await;
        last.post(&undo, &[("ended", &ended)]).await.is(303);
        last.get(&people).await.shows("040 123456");
        last.get("/suche?q=040123456").await.shows("Demir");
        last.get(&undo).await.shows("zurückgenommen");
        last.post(&undo, &[("ended", &ended)]).await.is(422);
        assert!(town.deeds().await.iter().any(|deed| deed.ends_with("taken-back")));
    })
    .await;
}

/// A second report with signs of danger opens a second case of the same family. People join it with the one whose
/// procedure is open: the report stands there, waits to be taken into the procedure, and may go back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_case_joins_the_first_and_may_part_again() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let first = danger(&marta, "private").await;
        family(&marta, &first).await;
        let procedure = begins(&marta, &first, &["Leyla Demir", "Emil Demir"]).await;
        let later = town.later("marta", "2026-11-20T12:00").await;
        let second = danger(&later, "school").await;
        assert_ne!(first, second);
        let page = format!("/faelle/{first}/rueckgaengig");
        let label = option(&later.get(&page).await.text(), "2026-0002");
        assert_eq!(label, second);
        let join = [("joined", second.as_str()), ("why", "Dieselbe Adresse, dieselben Kinder")];
        town.as_("heike").await.post(&format!("/faelle/{first}/verbinden"), &join).await.is(404);
        // Not the other way round: what runs stays where it runs.
        let wrong = [("joined", first.as_str()), ("why", "Falsch herum")];
        later.post(&format!("/faelle/{second}/verbinden"), &wrong).await.is(422).shows("läuft schon etwas");
        later.fill(&page, &format!("/faelle/{first}/verbinden"), &join).await.is(303);
        // One case in the list, and in the number above it.
        let list = later.get("/faelle").await.text();
        assert!(list.contains(&first) && !list.contains(&second), "{list}");
        later.get(&format!("/faelle/{second}")).await.is(200).shows("geht dort weiter").shows(&first);
        let note = [("words", "Falsche Akte"), ("noted_on", "2026-11-20"), ("confidence", "file")];
        later.post(&format!("/faelle/{second}/notizen"), &note).await.is(422).shows("Arbeiten Sie dort weiter");
        // The report joins the open procedure.
        let open = format!("/schutz/{procedure}");
        let shown = later.get(&open).await;
        shown.shows("Neue Meldung im Fall");
        let report = option(&shown.text(), "19.11.2026, 16:30 Uhr");
        later.fill(&open, &format!("{open}/meldungen"), &[("report", &report)]).await.is(303);
        later.get(&open).await.hides("Neue Meldung im Fall");
        // And back.
        let text = later.get(&page).await.text();
        let id = text.split("name=\"join\" value=\"").nth(1).unwrap()[..36].to_owned();
        later.fill(&page, &format!("/faelle/{first}/verbinden/ende"), &[("join", &id)]).await.is(303);
        later.get("/faelle").await.shows(&second);
        later.post(&format!("/faelle/{second}/notizen"), &note).await.is(303);
    })
    .await;
}

/// Leaving the area of danger does not take the mark while a procedure is open; with its end the mark goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_procedure_keeps_the_mark_of_danger() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let case = danger(&marta, "private").await;
        family(&marta, &case).await;
        let opened = begins(&marta, &case, &["Leyla Demir"]).await;
        let area = async |area: &str| {
            let fields = [
                ("area", area),
                ("since", "2026-11-20"),
                ("facts", "Die Oma ist eingezogen."),
                ("reading", "Es beruhigt sich."),
                ("professionals", "Marta Beispiel\nMalik Beispiel"),
                ("questions", ""),
                ("due_on", ""),
            ];
            marta.post(&format!("/faelle/{case}/bereich"), &fields).await.is(303);
        };
        area("danger").await;
        area("service").await;
        let head = format!("/faelle/{case}/notizen");
        marta.get(&head).await.shows("seit 19.11.2026");
        let check = [
            ("code", "no"),
            ("names", "Marta Beispiel\nMalik Beispiel"),
            ("words", "Nichts Gewichtiges, die Oma versorgt die Kinder."),
        ];
        crate::protection::keeps(&marta, &opened, "first-check", &check).await.is(303);
        let path = format!("/schutz/{opened}");
        let done = [("words", "Kein gewichtiger Anhaltspunkt mehr."), ("reason", "Alles Übrige steht in der Notiz.")];
        marta.fill(&path, &format!("{path}/abschluss"), &done).await.is(303);
        marta.get(&head).await.hides("seit 19.11.2026");
    })
    .await;
}

/// N14: what was counselled in confidence is deleted some time after its end, with every talk, and not before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n14_ended_counselling_is_deleted_on_its_day() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let new = [
            ("child", "Mo"),
            ("begun_on", "2026-11-20"),
            ("why_silent", "Angst vor dem Vater"),
            ("words", "Mo erzählt von zu Hause."),
        ];
        let id = marta.fill("/vertraulich", "/vertraulich", &new).await.id();
        let path = format!("/vertraulich/{id}");
        marta.post(&format!("{path}/ende"), &[]).await.is(303);
        marta.get(&path).await.shows("Wird am 19.05.2027").shows("Mo erzählt von zu Hause.");
        let on = async |moment: &str| {
            let app = town.app.at(domain::kernel::Moment::parse_local(moment).unwrap());
            app::casework::counsel::forget_ended(&app).await.unwrap()
        };
        // Ended by mistake: its counsellor takes it back, for 30 days and alone; then nothing is deleted.
        town.as_("malik").await.post(&format!("{path}/weiter"), &[]).await.is(404);
        town.later("marta", "2026-12-21T09:00").await.post(&format!("{path}/weiter"), &[]).await.is(422);
        marta.fill(&path, &format!("{path}/weiter"), &[]).await.is(303);
        marta.get(&path).await.hides("Wird am").shows("Beratung beenden");
        marta.post(&format!("{path}/weiter"), &[]).await.is(422);
        assert_eq!(on("2027-05-19T00:01").await, 0);
        marta.post(&format!("{path}/ende"), &[]).await.is(303);
        assert_eq!(on("2027-05-18T23:59").await, 0);
        marta.get(&path).await.is(200);
        assert_eq!(on("2027-05-19T00:01").await, 1);
        marta.get(&path).await.is(404);
        marta.get("/vertraulich").await.hides("Mo<");
        assert!(town.deeds().await.iter().any(|deed| deed.ends_with("counsels-deleted")));
    })
    .await;
}

/// The same by the API: a text upon an older version is put together or refused, never written over somebody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_write_over_nobody_either() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    let path = format!("/api/v1/cases/{case}/briefs");
    let send = async |based_on: i64, words: &str| {
        marta.api(Method::POST, &path, Some(json!({"based_on": based_on, "words": words}))).await
    };
    send(0, "Eins. Zwei. Drei.").await.is(201);
    send(1, "Eins! Zwei. Drei.").await.is(201);
    send(1, "Eins. Zwei. Drei. Vier.").await.is(201);
    send(1, "Anders. Zwei. Drei.").await.is(409);
    send(9, "Neu.").await.is(422).shows("brief.base_unknown");
    send(3, "").await.is(422).shows("words");
    let all = marta.api(Method::GET, &path, None).await.is(200).json();
    assert_eq!(all["briefs"][0]["words"], "Eins! Zwei. Drei. Vier.");
    assert_eq!(all["briefs"][0]["merged"], true);
    let ended = marta.api(Method::GET, &format!("/api/v1/cases/{case}/ended"), None).await.is(200).json();
    assert_eq!(ended["ended"], json!([]));
    town.as_("anker").await.api(Method::GET, &path, None).await.is(404);
}
