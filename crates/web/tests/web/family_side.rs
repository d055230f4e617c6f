// SPDX-License-Identifier: EUPL-1.2
//! The family's version of a plan, the personal link with all that must not work over it, differences between
//! versions, and the court's extract.

use crate::client::{Answer, Client};
use crate::main_job::{decides, explores, opens};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn planned(town: &Town) -> (Client, String, String) {
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let plan = decides(&marta, &case).await;
    (marta, case, plan)
}

/// A link as the page shows it once; answers its path.
pub async fn linked(marta: &Client, plan: &str) -> String {
    let page = format!("/hilfeplaene/{plan}/familie");
    let fields = [("given_to", "Ayşe Demir"), ("language", "tr"), ("ends_on", "2026-12-20")];
    let made = marta.fill(&page, &format!("{page}/links"), &fields).await;
    made.is(200)
        .shows("nur dieses eine Mal")
        .shows("<svg class=\"qr\"")
        .shows("https://town.example/familie/")
        .shows("Hesap gerekmez");
    path_of(&made)
}

fn path_of(made: &Answer) -> String {
    let text = made.text();
    let token = text.split("town.example/familie/").nth(1).and_then(|rest| rest.get(..64)).unwrap();
    format!("/familie/{token}")
}

fn strict(answer: &Answer) {
    for (name, value) in [
        ("x-robots-tag", "noindex"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
    ] {
        let said = answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        assert!(said.contains(value), "{name}: {said}");
    }
    assert!(answer.headers.get("set-cookie").is_none(), "a link makes no session");
}

async fn both(story: impl AsyncFn(Town)) {
    story(Town::new(Engine::Sqlite).await).await;
    story(Town::new(Engine::Postgres).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_reads_its_plan_and_answers_without_an_account() {
    both(async |town: Town| {
        let (marta, case, plan) = planned(&town).await;
        let before = marta.get(&format!("/hilfeplaene/{plan}")).await.text();
        let before = before.split("<main").nth(1).unwrap().to_owned();
        let path = linked(&marta, &plan).await;
        let family = town.stranger();
        let seen = family.get(&path).await;
        strict(&seen);
        seen.is(200).shows("Unser Hilfeplan").shows("Ich will, dass Leyla gern zur Schule geht.").shows("lang=\"tr\"");
        seen.shows("7,5 Stunden in der Woche").shows("Leyla hat nachmittags einen festen Ort.");
        // What is the office's own is not there, nor a way into the program.
        for own in ["Malgruppe", "verstorben", "side-nav", "/faelle", "/anmelden", "Erna Nachbarin", "Tante holt"] {
            seen.hides(own);
        }
        let paper = family.get(&format!("{path}/pdf")).await;
        strict(&paper);
        assert!(paper.is(200).bytes.starts_with(b"%PDF-1.7"));
        family.fill(&path, &path, &[]).await.is(422).shows("kreuzen Sie etwas an");
        let said = [
            ("verdict", "disagrees"),
            ("words", "Dienstag passt nicht, da arbeite ich."),
            ("goal-0", "begun"),
            ("who", "Mama"),
        ];
        let sent = family.fill(&path, &path, &said).await;
        strict(sent.is(303));
        family.get(&sent.location).await.shows("Ihre Antwort ist angekommen").shows("schon eine Antwort");
        // The worker is told, reads it as the family's own, and the version is what it was.
        marta.get("/").await.shows("Antworten von Familien");
        marta.get(&format!("/faelle/{case}")).await.shows("Die Familie hat über den Link geantwortet.");
        let there = marta.get(&format!("/faelle/{case}/familienantworten")).await;
        assert_eq!(there.location, format!("/hilfeplaene/{plan}/familie#antworten"));
        let page = format!("/hilfeplaene/{plan}/familie");
        let told = marta.get(&page).await;
        told.shows("Mama")
            .shows("über den Link")
            .shows("Stimmt nicht")
            .shows("Dienstag passt nicht")
            .shows("ein Anfang");
        // It stands on the ladder beside what everybody else holds, as the family's own.
        marta.get(&format!("/faelle/{case}/ziele")).await.shows("ein Anfang").shows("Mama");
        let ladder = marta.api(Method::GET, &format!("/api/v1/cases/{case}/goals"), None).await.json();
        assert_eq!(
            (ladder["ratings"][0]["rater"].as_str(), ladder["ratings"][0]["level"].as_str()),
            (Some("family"), Some("begun"))
        );
        let after = marta.get(&format!("/hilfeplaene/{plan}")).await.text();
        assert_eq!(after.split("<main").nth(1).unwrap(), before, "an answered version is never changed");
        let kept = marta.api(Method::GET, &format!("/api/v1/cases/{case}/family-answers"), None).await.json();
        assert_eq!(
            (kept["answers"][0]["verdict"].as_str(), kept["answers"][0]["seen_by"].as_str()),
            (Some("disagrees"), None)
        );
        assert!(!kept.to_string().contains(&path[9..]), "the token is told once");
        let answer = kept["answers"][0]["id"].as_str().unwrap();
        marta.fill(&page, &format!("/familienantworten/{answer}/gesehen"), &[]).await.is(303);
        marta.get(&page).await.shows("Zur Kenntnis genommen von");
        marta.get("/").await.hides("Antworten von Familien");
        assert!(town.deeds().await.iter().any(|deed| deed.contains("answer-by-link family-answered")));
        assert!(matches!(town.chain().await, app::audit::Chain::Whole(_)));
    })
    .await;
}

/// Others make, revoke and read nothing.
async fn others_reach_nothing(town: &Town, (case, plan): (&str, &str), link: &str) {
    for key in ["heike", "lotse", "ankerteam", "fiona", "anton"] {
        let other = town.as_(key).await;
        other.get(&format!("/hilfeplaene/{plan}/familie")).await.is(404);
        other
            .post(
                &format!("/hilfeplaene/{plan}/familie/links"),
                &[("given_to", "X"), ("language", "de"), ("ends_on", "2026-11-30")],
            )
            .await
            .is(404);
        other.post(&format!("/familienlinks/{link}/zurueck"), &[]).await.is(404);
        other.api(Method::GET, &format!("/api/v1/cases/{case}/family-answers"), None).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_else_is_reached_over_a_link() {
    both(async |town: Town| {
        let (marta, case, plan) = planned(&town).await;
        let path = linked(&marta, &plan).await;
        let token = &path[9..];
        let family = town.stranger();
        // Neither the link's own address nor its token as a session opens anything else.
        for target in [
            format!("/faelle/{case}"),
            format!("/hilfeplaene/{plan}"),
            format!("/hilfeplaene/{plan}/familie"),
            format!("/hilfeplaene/{plan}/pdf"),
        ] {
            family.get(&target).await.is(303).hides("Demir");
            let mut bearer = family.clone();
            bearer.wear(&format!("__Host-sozialraum={token}"));
            bearer.get(&target).await.is(303).hides("Demir");
            bearer.api(Method::GET, &format!("/api/v1/plans/{plan}"), None).await.is(401);
        }
        for near in [
            format!("{path}0"),
            path[..72].to_owned(),
            "/familie/x".to_owned(),
            format!("/familie/{plan}"),
            format!("/familie/{}", "0".repeat(64)),
        ] {
            let refused = family.get(&near).await;
            strict(refused.is(404).shows("Dieser Link gilt nicht").hides("Demir"));
            family.post(&near, &[("verdict", "agrees")]).await.is(404);
            family.get(&format!("{near}/pdf")).await.is(404);
        }
        // A goal that is not there, a foreign verdict, a missing key, a second click.
        family.post(&path, &[("goal-99", "half")]).await.is(422);
        family.post(&path, &[("verdict", "approved")]).await.is(422);
        family.send(Method::POST, &path, Some("verdict=agrees")).await.is(400);
        let key = crate::client::chance().to_string();
        for _ in 0..2 {
            family.post_with_key(&path, &[("verdict", "agrees")], &key).await.is(303);
        }
        let kept = marta.api(Method::GET, &format!("/api/v1/cases/{case}/family-answers"), None).await.json();
        assert_eq!(kept["answers"].as_array().map(Vec::len), Some(1));
        // Hostile words are shown as words.
        family.post(&path, &[("words", "<script>alert(1)</script>")]).await.is(303);
        marta.get(&format!("/hilfeplaene/{plan}/familie")).await.hides("<script>alert").shows("&#60;script&#62;");
        let link = kept["links"][0]["id"].as_str().unwrap().to_owned();
        others_reach_nothing(&town, (&case, &plan), &link).await;
        // Ten answers are enough, and a withdrawn link is as if it had never been.
        for n in 0..8 {
            family.post(&path, &[("words", &format!("Nummer {n}"))]).await.is(303);
        }
        family.post(&path, &[("words", "Nummer 9")]).await.is(422).shows("schon viele Antworten");
        let page = format!("/hilfeplaene/{plan}/familie");
        marta.fill(&page, &format!("/familienlinks/{link}/zurueck"), &[]).await.is(303);
        family.get(&path).await.is(404).hides("Demir");
        family.post(&path, &[("verdict", "agrees")]).await.is(404);
        marta.get(&page).await.shows("zurückgenommen").shows("Nummer 0");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_ends_on_its_day_and_is_throttled() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, _, plan) = planned(&town).await;
    let page = format!("/hilfeplaene/{plan}/familie");
    for (day, words) in [("2026-11-19", "höchstens 90 Tage"), ("2027-02-19", "höchstens 90 Tage"), ("", "Datum")] {
        let fields = [("given_to", "Ayşe"), ("language", "de"), ("ends_on", day)];
        let refused = marta.fill(&page, &format!("{page}/links"), &fields).await;
        assert_eq!(refused.status.as_u16(), 422, "{day} {words}");
    }
    // A form sent twice shows the link once.
    let key = crate::client::chance().to_string();
    let fields = [("given_to", "Ayşe"), ("language", "de"), ("ends_on", "2026-12-20")];
    let made = marta.post_with_key(&format!("{page}/links"), &fields, &key).await;
    marta
        .post_with_key(&format!("{page}/links"), &fields, &key)
        .await
        .is(200)
        .shows("schon einmal gesendet")
        .hides("/familie/");
    let path = path_of(&made);
    let family = town.stranger();
    let mut status = 200;
    for _ in 0..70 {
        status = family.get(&path).await.status.as_u16();
    }
    assert_eq!(status, 429);
    family.get(&path).await.shows("Bitte einen Moment Geduld").hides("Demir");
    town.stranger_at("2026-11-20T11:00").get(&path).await.is(200);
    town.stranger_at("2026-12-20T23:59").get(&path).await.is(200);
    town.stranger_at("2026-12-21T00:00").get(&path).await.is(404).hides("Demir");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_versions_are_read_side_by_side_and_word_by_word() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case, first) = planned(&town).await;
    marta.get(&format!("/hilfeplaene/{first}/unterschied")).await.is(404);
    let path = format!("/faelle/{case}/entscheidung");
    let again = [
        ("granted", "granted"),
        ("kind", "31"),
        ("from", "2026-12-01"),
        ("until", "2027-08-31"),
        ("reasons", "Die Familie braucht Begleitung auf lange Zeit."),
        ("review_on", "2027-03-01"),
        ("despite", "1"),
    ];
    marta.post(&path, &again).await.is(303);
    let versions = marta.api(Method::GET, &format!("/api/v1/cases/{case}/plans"), None).await.json();
    let second = versions["plans"][0]["id"].as_str().unwrap().to_owned();
    let page = marta.get(&format!("/hilfeplaene/{second}/unterschied")).await;
    page.is(200).shows("Fassung 1 → Fassung 2").shows("<ins class=\"change-new\"").shows("<del class=\"change-gone\"");
    page.shows("weggefallen: </span>").shows("Unverändert");
    let told = marta.api(Method::GET, &format!("/api/v1/plans/{second}/difference"), None).await.json();
    let reasons =
        told["sections"].as_array().unwrap().iter().find(|one| one["title"] == "Warum so entschieden wurde").unwrap();
    assert!(reasons["changed"].as_bool().unwrap(), "{reasons}");
    for key in ["heike", "lotse", "fiona"] {
        town.as_(key).await.get(&format!("/hilfeplaene/{second}/unterschied")).await.is(404);
    }
    let other = opens(&marta).await;
    explores(&marta, &other).await;
    let foreign = decides(&marta, &other).await;
    marta.get(&format!("/hilfeplaene/{second}/unterschied?zu={foreign}")).await.is(404);
}

/// A review is a later version, and nothing of it but its result.
async fn a_review_is_its_result(marta: &Client, case: &str) {
    let again = [
        ("granted", "granted"),
        ("kind", "31"),
        ("from", "2027-01-01"),
        ("until", "2027-08-31"),
        ("reasons", "Geheim."),
        ("review_on", "2027-03-01"),
        ("despite", "1"),
    ];
    marta.post(&format!("/faelle/{case}/entscheidung"), &again).await.is(303);
    let versions = marta.api(Method::GET, &format!("/api/v1/cases/{case}/plans"), None).await.json();
    let second = versions["plans"][0]["id"].as_str().unwrap();
    let body = json!({"court": "Amtsgericht", "proceeding": "1666a", "reviews": "Weiter nötig."});
    let made = marta.api(Method::POST, &format!("/api/v1/plans/{second}/court-extracts"), Some(body)).await.json();
    let said = marta.api(Method::GET, &format!("/api/v1/court-extracts/{}", made["id"].as_str().unwrap()), None).await;
    said.shows("Überprüfung am 20.11.2026: Bewilligt").shows("Weiter nötig.").hides("Geheim.");
}

/// N8: the court gets three contents, however it is asked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n8_a_court_gets_exactly_three_contents() {
    both(async |town: Town| {
        let (marta, case, plan) = planned(&town).await;
        let page = format!("/hilfeplaene/{plan}/gericht");
        marta.get(&page).await.is(200).shows("ausschließlich drei Dinge");
        marta
            .fill(&page, &page, &[("court", "Amtsgericht"), ("proceeding", "other")])
            .await
            .is(422)
            .shows("angefordert");
        let fields = [("court", "Amtsgericht Musterhafen"), ("file_number", "12 F 3/26"), ("proceeding", "1666")];
        marta.fill(&page, &page, &fields).await.is(303);
        marta.get(&page).await.shows("Amtsgericht Musterhafen").shows("§ 1666 BGB");
        let made = marta.api(Method::GET, &format!("/api/v1/cases/{case}/court-extracts"), None).await.json();
        let id = made["extracts"][0]["id"].as_str().unwrap().to_owned();
        let said = marta.api(Method::GET, &format!("/api/v1/court-extracts/{id}"), None).await.json();
        assert_eq!(said["need"], json!(["Begleitung am Nachmittag."]));
        assert!(said["help"][0].as_str().unwrap().starts_with("Sozialpädagogische Familienhilfe (§ 31 SGB VIII)"));
        assert_eq!(said["reviews"], json!([]));
        let mut keys: Vec<_> = said.as_object().unwrap().keys().cloned().collect();
        keys.sort_unstable();
        assert_eq!(keys, ["help", "help_kind", "need", "reviews"]);
        for other in ["Ich will", "gern zur Schule", "Tante Elif", "malt", "festen Ort", "Marta", "verstorben", "Demir"]
        {
            assert!(!said.to_string().contains(other), "{other} in {said}");
        }
        let paper = marta.get(&format!("/gerichtsauszuege/{id}/pdf")).await;
        assert!(paper.is(200).bytes.starts_with(b"%PDF-1.7"));
        assert!(town.deeds().await.iter().any(|deed| deed.contains("extract-made")));
        for key in ["heike", "lotse", "ankerteam", "fiona", "anton"] {
            let other = town.as_(key).await;
            other.get(&format!("/gerichtsauszuege/{id}/pdf")).await.is(404);
            other.get(&page).await.is(404);
            other.post(&page, &fields).await.is(404);
        }
        a_review_is_its_result(&marta, &case).await;
        // A refusal is no plan.
        let refusal = [
            ("granted", "refused"),
            ("kind", "31"),
            ("from", "2027-01-01"),
            ("reasons", "Nein."),
            ("review_on", "2027-03-01"),
            ("despite", "1"),
        ];
        marta.post(&format!("/faelle/{case}/entscheidung"), &refusal).await.is(303);
        let versions = marta.api(Method::GET, &format!("/api/v1/cases/{case}/plans"), None).await.json();
        let third = versions["plans"][0]["id"].as_str().unwrap();
        marta.post(&format!("/hilfeplaene/{third}/gericht"), &fields).await.is(422).shows("gibt es keinen Auszug");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_familys_paper_is_made_in_every_language() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, _, plan) = planned(&town).await;
    for language in ["de", "ar", "fa", "uk", "tr", "xx"] {
        let paper = marta.get(&format!("/hilfeplaene/{plan}/familie/pdf?sprache={language}")).await;
        assert!(paper.is(200).bytes.starts_with(b"%PDF-1.7"), "{language}");
    }
    marta.get(&format!("/hilfeplaene/{plan}/familie?sprache=ar")).await.is(200).shows("dir=\"rtl\"");
}
