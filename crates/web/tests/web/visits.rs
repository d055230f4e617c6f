// SPDX-License-Identifier: EUPL-1.2
//! Visits without a line: off until the office says so, little and one's own, over after a day or by a click; what
//! comes back stands in the file once, or waits for its writer, and is never lost.

use crate::client::{Answer, Client, chance};
use crate::main_job::{explores, opens};
use crate::matching::holds;
use crate::protection::{begins, keeps};
use crate::sealed::sealed_case;
use crate::town::{Engine, Town};
use app::access::{PostPlace, end_post, operator, people};
use axum::http::Method;
use domain::access::Role;
use serde_json::json;

const SEEN: &str = "Leyla zeigt ihr Bild, die Oma kocht.";

async fn both(story: impl AsyncFn(Town)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        story(Town::new(engine).await).await;
    }
}

async fn switches_on(town: &Town) {
    let rule = [("rule", "visit-mode"), ("value", "1")];
    let anton = town.as_("anton").await;
    anton.get("/verwaltung/hausregeln").await.shows("Warum das von sich aus ausgeschaltet ist");
    anton.fill("/verwaltung/hausregeln", "/verwaltung/hausregeln", &rule).await.is(303);
}

async fn prepares(worker: &Client, case: &str) -> String {
    worker.fill("/besuch", "/besuch", &[("cases", case)]).await.id()
}

fn note(id: &str, case: &str, words: &str) -> serde_json::Value {
    json!({ "id": id, "case": case, "words": words, "noted_on": "2026-11-20", "confidence": "file" })
}

async fn sends(worker: &Client, visit: &str, note: &serde_json::Value) -> Answer {
    worker.api(Method::POST, &format!("/api/v1/visits/{visit}/notes"), Some(note.clone())).await
}

async fn pack(worker: &Client, visit: &str) -> Answer {
    worker.api(Method::GET, &format!("/api/v1/visits/{visit}/pack"), None).await
}

async fn stands(worker: &Client, visit: &str) -> String {
    let answer = worker.api(Method::GET, &format!("/api/v1/visits/{visit}"), None).await;
    answer.is(200).json()["state"].as_str().unwrap().to_owned()
}

fn times(answer: &Answer, words: &str) -> usize {
    answer.text().matches(words).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_off_until_the_office_says_so() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        marta.get("/besuch").await.shows("Für Ihr Amt ausgeschaltet").hides("name=\"cases\"");
        marta.post("/besuch", &[("cases", &case)]).await.is(422).shows("ausgeschaltet");
        switches_on(&town).await;
        let visit = prepares(&marta, &case).await;
        pack(&marta, &visit).await.is(200);
        let off = [("rule", "visit-mode"), ("value", "0")];
        town.as_("anton").await.post("/verwaltung/hausregeln", &off).await.is(303);
        assert_eq!(stands(&marta, &visit).await, "off");
        pack(&marta, &visit).await.is(422);
    })
    .await;
}

/// Little, and one's own: no notes, nothing entrusted, nothing of other people's cases.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_along_is_little_and_ones_own() {
    both(async |town| {
        switches_on(&town).await;
        let (marta, malik) = (town.as_("marta").await, town.as_("malik").await);
        let case = opens(&marta).await;
        explores(&marta, &case).await;
        let procedure = begins(&marta, &case, &["Leyla Demir"]).await;
        let step = [("words", "Oma holt Leyla dienstags ab"), ("names", "Oma Elif"), ("due", "2026-11-27")];
        keeps(&marta, &procedure, "plan-step", &step).await.is(303);
        let notes = format!("/faelle/{case}/notizen");
        for (who, words, confidence) in
            [(&malik, "Von Malik für die Akte.", "file"), (&malik, "Malik anvertraut.", "entrusted")]
        {
            let fields = [("words", words), ("confidence", confidence), ("noted_on", "2026-11-20")];
            who.post(&notes, &fields).await.is(303);
        }
        malik.post("/besuch", &[("cases", &case)]).await.is(422).shows("selbst führen");
        town.as_("heike").await.post("/besuch", &[("cases", &case)]).await.is(404);
        marta.post("/besuch", &[]).await.is(422).shows("mindestens einen Fall");
        let visit = prepares(&marta, &case).await;
        let packed = pack(&marta, &visit).await;
        for words in
            ["Leyla Demir", "Leyla gern zur Schule geht", "einen festen Ort", "Leyla malt gern", "Oma holt Leyla"]
        {
            packed.is(200).shows(words);
        }
        for words in ["Malik", "anvertraut", "Erna Nachbarin", "Klassenlehrerin", "Kein Frühstück", "oft allein"] {
            packed.hides(words);
        }
        for other in [&malik, &town.as_("anton").await, &town.as_("lotse").await] {
            pack(other, &visit).await.is(404);
            other.get(&format!("/besuch/{visit}")).await.is(404);
        }
        let deeds = town.deeds().await;
        assert_eq!(deeds.iter().filter(|deed| deed.ends_with("case-taken-along")).count(), 1, "{deeds:?}");
        // A new one calls the earlier back.
        let next = prepares(&marta, &case).await;
        assert_eq!(
            (stands(&marta, &visit).await.as_str(), stands(&marta, &next).await.as_str()),
            ("called-back", "open")
        );
    })
    .await;
}

/// However often and however late it comes, a note stands in the file once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_note_from_the_way_stands_in_the_file_once() {
    both(async |town| {
        switches_on(&town).await;
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        let visit = prepares(&marta, &case).await;
        let (first, second) = (chance().to_string(), chance().to_string());
        for _ in 0..3 {
            let answer = sends(&marta, &visit, &note(&first, &case, SEEN)).await;
            assert_eq!(answer.is(200).json()["state"], "kept");
        }
        // Its own first note is no change that somebody has to look at.
        let answer = sends(&marta, &visit, &note(&second, &case, "Zweite Notiz.")).await;
        assert_eq!(answer.is(200).json()["state"], "kept");
        let notes = marta.get(&format!("/faelle/{case}/notizen")).await;
        assert_eq!((times(&notes, SEEN), times(&notes, "Zweite Notiz.")), (1, 1));
        marta.get(&format!("/faelle/{case}")).await.shows("Marta Beispiel");
        // After its day nothing is read any more, but what was written still comes in.
        let late = town.later("marta", "2026-11-21T10:00").await;
        assert_eq!(stands(&late, &visit).await, "over");
        pack(&late, &visit).await.is(422).shows("zu Ende oder zurückgerufen");
        let answer = sends(&late, &visit, &note(&chance().to_string(), &case, "Nach der Zeit.")).await;
        assert_eq!(answer.is(200).json()["state"], "kept");
        for (words, noted_on) in [("", "2026-11-20"), ("Morgen.", "2026-11-30")] {
            let wrong = json!({ "id": chance().to_string(), "case": case, "words": words, "noted_on": noted_on, "confidence": "file" });
            sends(&marta, &visit, &wrong).await.is(422);
        }
        sends(&town.as_("malik").await, &visit, &note(&chance().to_string(), &case, SEEN)).await.is(404);
    })
    .await;
}

/// The record of a visit is deleted a year after its end, what was written stays in the file, and what waits keeps it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_record_of_a_visit_has_its_day() {
    both(async |town| {
        switches_on(&town).await;
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        let (first, second) = (prepares(&marta, &case).await, prepares(&marta, &case).await);
        sends(&marta, &first, &note(&chance().to_string(), &case, SEEN)).await.is(200);
        let on = async |moment: &str| {
            let app = town.app.at(domain::kernel::Moment::parse_local(moment).unwrap());
            app::casework::visit_keeping::forget_old(&app).await.unwrap()
        };
        // Ten o'clock in the morning, one day, and a year.
        assert_eq!(on("2027-11-20T23:00").await, 0);
        assert_eq!(on("2027-11-23T00:01").await, 2);
        assert_eq!(on("2027-11-23T00:02").await, 0);
        for visit in [&first, &second] {
            marta.api(Method::GET, &format!("/api/v1/visits/{visit}"), None).await.is(404);
        }
        marta.get(&format!("/faelle/{case}/notizen")).await.shows(SEEN);
        assert_eq!(town.deeds().await.iter().filter(|deed| deed.ends_with("visit-forgotten")).count(), 2);
    })
    .await;
}

/// Whoever prepared it, or the administration, calls it back; the device learns it at its next contact.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_is_called_back() {
    both(async |town| {
        switches_on(&town).await;
        let (marta, anton) = (town.as_("marta").await, town.as_("anton").await);
        let case = opens(&marta).await;
        let visit = prepares(&marta, &case).await;
        let end = format!("/besuch/{visit}/ende");
        town.as_("malik").await.post(&end, &[]).await.is(404);
        anton.get("/verwaltung/besuche").await.shows("Marta Beispiel").hides("Demir").hides(&case);
        anton.fill("/verwaltung/besuche", &format!("/verwaltung/besuche/{visit}/ende"), &[]).await.is(303);
        assert_eq!(stands(&marta, &visit).await, "called-back");
        pack(&marta, &visit).await.is(422);
        let own = prepares(&marta, &case).await;
        marta.fill("/besuch", &format!("/besuch/{own}/ende"), &[]).await.is(303);
        assert_eq!(stands(&marta, &own).await, "called-back");
        assert_eq!(town.deeds().await.iter().filter(|deed| deed.ends_with("visit-called-back")).count(), 2);
    })
    .await;
}

/// Somebody worked on the case meanwhile, or the right to it is gone: the note waits, for its writer alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_note_waits_where_its_writer_has_to_look() {
    both(async |town| {
        switches_on(&town).await;
        let (marta, malik) = (town.as_("marta").await, town.as_("malik").await);
        let case = opens(&marta).await;
        let visit = prepares(&marta, &case).await;
        let noon = town.later("malik", "2026-11-20T12:00").await;
        let file = [("words", "Malik war auch da."), ("confidence", "file"), ("noted_on", "2026-11-20")];
        noon.post(&format!("/faelle/{case}/notizen"), &file).await.is(303);
        let (one, later) = (chance().to_string(), town.later("marta", "2026-11-20T13:00").await);
        let answer = sends(&later, &visit, &note(&one, &case, SEEN)).await;
        assert_eq!(answer.is(200).json()["waits_for"], "case-changed");
        later.get(&format!("/faelle/{case}/notizen")).await.hides(SEEN);
        later.get("/besuch").await.shows("Notizen warten auf Sie");
        let path = format!("/besuch/notizen/{one}");
        later.get(&path).await.shows(SEEN).shows("hat sich seit der Vorbereitung geändert").shows("Malik Beispiel");
        malik.get(&path).await.is(404);
        malik.post(&path, &[("words", "x"), ("case", &case)]).await.is(404);
        later.fill(&path, &path, &[("words", ""), ("case", &case)]).await.is(422);
        later.fill(&path, &path, &[("words", SEEN), ("case", &case)]).await.is(303);
        assert_eq!(times(&later.get(&format!("/faelle/{case}/notizen")).await, SEEN), 1);
        later.get(&path).await.is(404);
        // The post ended on the way: the words stay, for their writer alone, and go into a case of the new team.
        leaves_for_heath(&town).await;
        let again = town.later("marta", "2026-11-20T15:00").await;
        again.get(&format!("/faelle/{case}")).await.is(404);
        let two = chance().to_string();
        let answer = sends(&again, &visit, &note(&two, &case, "Nach dem Wechsel geschrieben.")).await;
        assert_eq!(answer.is(200).json()["waits_for"], "right-gone");
        let path = format!("/besuch/notizen/{two}");
        again.get(&path).await.shows("Nach dem Wechsel geschrieben.").shows("nicht mehr").hides("Demir");
        again.post(&path, &[("words", "x"), ("case", &case)]).await.is(404);
        pack(&again, &visit).await.is(200).hides("Demir");
    })
    .await;
}

async fn leaves_for_heath(town: &Town) {
    let all = people(&town.app, &operator(), String::new()).await.unwrap();
    let marta = all.iter().find(|one| one.name == "Marta Beispiel").unwrap();
    end_post(&town.app, &operator(), None, marta.post.as_ref().unwrap().0).await.unwrap();
    town.post(marta.user, Role::CaseWorker, PostPlace::Team(town.team("Team Heide").await)).await;
}

/// A protected address goes on no device, and comes back from none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_protected_address_goes_along_nowhere() {
    let town = Town::new(Engine::Sqlite).await;
    switches_on(&town).await;
    let (marta, case, ..) = sealed_case(&town).await;
    let visit = prepares(&marta, &case).await;
    let packed = pack(&marta, &visit).await;
    packed.is(200).shows("zur Ruhe kommen").shows("Brief in");
    assert!(!packed.text().to_lowercase().contains("ginster"), "{}", packed.text());
    let telling = note(&chance().to_string(), &case, "Xylophon im Ginsterweg 7.");
    sends(&marta, &visit, &telling).await.is(422).shows("verrät eine geschützte Anschrift");
    assert!(!holds(&town.all_bytes(), "ylophon"), "what was refused is kept nowhere");
}
