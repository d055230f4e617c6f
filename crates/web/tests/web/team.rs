// SPDX-License-Identifier: EUPL-1.2
//! The social-space team: a meeting is called, two cases stand on its agenda, it is held with phases and ideas, the
//! family answers. The team decides nothing, agencies see what was sent to them, names stay out, small numbers too.

use crate::agreements::later;
use crate::client::Client;
use crate::main_job::option;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn both(story: impl AsyncFn(Town)) {
    story(Town::new(Engine::Sqlite).await).await;
    story(Town::new(Engine::Postgres).await).await;
}

/// A case of a family by its name.
async fn case_of(worker: &Client, family: &str) -> String {
    let report = [
        ("received", "2026-11-19T16:30"),
        ("channel", "phone"),
        ("said", "Braucht etwas am Nachmittag."),
        ("place", "Lindenweg 12"),
        ("danger", "none"),
        ("family", family),
        ("reporter", "anonymous"),
    ];
    let taken = worker.fill("/eingang/neu", "/eingang/neu", &report).await.id();
    let page = format!("/eingang/{taken}");
    worker.fill(&page, &format!("{page}/fall"), &[("family", family)]).await.id()
}

/// Onto the agenda of the 24th; answers the item.
async fn onto_agenda(worker: &Client, case: &str, sheet: &str) -> String {
    let page = format!("/faelle/{case}/beratung");
    let question = [("question", "Was hilft am Nachmittag?"), ("sheet", sheet), ("meets_on", "2026-11-24")];
    worker.fill(&page, &page, &question).await.id()
}

/// A meeting of Team Hafen on the 24th; answers its id.
async fn called(konrad: &Client) -> String {
    let page = "/teams/sitzungen";
    let team = option(&konrad.get(page).await.text(), "Team Hafen");
    let right = [
        ("team", team.as_str()),
        ("kind", "consultation"),
        ("meets_on", "2026-11-24"),
        ("starts_at", "9:00"),
        ("minutes", "90"),
        ("place", "Haus der Jugend, Raum 2"),
    ];
    let mut wrong = right;
    (wrong[3], wrong[4]) = (("starts_at", "neun Uhr"), ("minutes", "viel"));
    let refused = konrad.fill(page, page, &wrong).await;
    refused.is(422).shows("2 Angaben").shows("Diese Uhrzeit ist nicht lesbar").shows("Haus der Jugend, Raum 2");
    wrong[3] = right[3];
    wrong[4] = ("minutes", "481");
    konrad.fill(page, page, &wrong).await.is(422).shows("15 bis 480").shows("481");
    let made = konrad.fill(page, page, &right).await.id();
    konrad.fill(page, page, &right).await.is(422).shows("schon eine Sitzung");
    made
}

/// What may still be a name is shown before anything leaves the office (N11).
async fn warned_of_names(marta: &Client, case: &str) -> String {
    let page = format!("/faelle/{case}/beratung");
    let sheet = "Das Kind der Familie Demir besucht die Astrid-Lindgren-Schule. Frau Behrens kennt es.";
    let fields = [("question", "Was hilft?"), ("sheet", sheet), ("meets_on", "2026-11-24")];
    let asked = marta.fill(&page, &page, &fields).await;
    asked.is(422).shows("Frau Behrens</span>").shows("Astrid-Lindgren-Schule</span>").shows("noch einmal durch");
    asked.shows("Frau Behrens kennt es.");
    let body = json!({"question": "Was hilft?", "sheet": sheet, "meets_on": "2026-11-24"});
    let api = format!("/api/v1/cases/{case}/agenda-items");
    marta.api(Method::POST, &api, Some(body)).await.is(422).shows("consultation.maybe_names");
    let read = [&fields[..], &[("read_over", "1")]].concat();
    marta.post(&page, &read).await.id()
}

async fn the_agenda_has_an_order(konrad: &Client, page: &str, items: (&str, &str)) {
    let shown = konrad.get(page).await;
    shown
        .is(200)
        .shows("9:00</strong>")
        .shows("9:45</strong>")
        .shows("Haus der Jugend")
        .hides("Anwesende aufschreiben");
    let place = format!("{page}/platz");
    let urgent =
        [("item", items.1), ("place", "9"), ("minutes", "60"), ("urgent", "Familie Demir zieht am Freitag um")];
    konrad.fill(page, &place, &urgent).await.is(303);
    let shown = konrad.get(page).await;
    let text = shown.text();
    let at = |item: &str| text.find(&format!("<h3><a href=\"/teams/{item}\"")).unwrap();
    assert!(at(items.1) < at(items.0), "what is urgent comes first, whatever its place");
    shown.shows("dringend").shows("zieht am Freitag um").hides("Demir").shows("10:00</strong>");
    shown.shows("Geplant sind 105 Minuten");
    let silly = [("item", items.1), ("place", "0"), ("minutes", "5"), ("urgent", "")];
    konrad.fill(page, &place, &silly).await.is(422).shows("10 bis 120");
}

async fn the_meeting_is_held(town: &Town, page: &str, items: (&str, &str)) {
    let konrad = later(town, "2026-11-24", "konrad").await;
    let there = [
        ("present", "moderation|Jugendamt Musterhafen"),
        ("present", "agency|Anker e. V."),
        ("guests", "Grundschule am Hafen"),
    ];
    let named = [("guests", "Frau Behrens, Schule")];
    let action = format!("{page}/anwesende");
    konrad.fill(page, &action, &named).await.is(422).shows("Name eines Menschen").shows("Frau Behrens, Schule");
    konrad.fill(page, &action, &there).await.is(303);
    konrad
        .get(page)
        .await
        .shows("Moderation, Jugendamt Musterhafen")
        .shows("Träger, Anker e. V.")
        .shows("Grundschule am Hafen");
    // Live: the urgent case is on; its phases follow each other, ideas come from the table.
    let live = format!("{page}/live");
    konrad.get(&live).await.is(200).shows("Dieser Fall hat noch nicht begonnen").shows("data-key=\"n\"").hides("Demir");
    for (phase, shown) in
        [("presentation", "Vorstellen"), ("questions", "Nachfragen"), ("frame", "Sie bleiben, wie sie sind")]
    {
        konrad.fill(&live, &format!("{live}/phase"), &[("phase", phase)]).await.is(303);
        konrad.get(&live).await.shows(shown).shows("data-left=").shows("geplant bis");
    }
    konrad.fill(&live, &format!("{live}/phase"), &[("phase", "ideas")]).await.is(303);
    let member = later(town, "2026-11-24", "ankerteam").await;
    let seen = member.get(&live).await;
    seen.is(200).shows("Ideen sammeln").hides("data-key=\"n\"").hides("/faelle/").hides("Demir");
    for (kind, words) in
        [("own", "Selbst anrufen"), ("social", "Tante fragen"), ("other", "Losen"), ("professional", "Gruppe")]
    {
        let idea = [("item", items.1), ("kind", kind), ("words", words)];
        member.fill(&live, &format!("{live}/ideen"), &idea).await.is(303);
    }
    member.fill(&live, &format!("{live}/ideen"), &[("words", "ohne Art")]).await.is(422).shows("ohne Art");
    let part = member.get(&format!("{live}/stand")).await;
    part.is(200).shows("Tante fragen").shows("data-mark=").hides("<html").hides("<form");
    // Who asks for it has the page look again by itself; nobody else is moved.
    assert!(konrad.get(&live).await.headers.get("refresh").is_none());
    assert_eq!(konrad.get(&format!("{live}?sehen=selbst")).await.headers["refresh"], "20");
    konrad.get(&format!("{live}?tasten=aus")).await.shows("data-shortcuts=\"off\"");
    let item = format!("/teams/{}", items.1);
    konrad.fill(&item, &format!("{item}/abschluss"), &[("minutes", "Es fehlt ein Schwimmkurs.")]).await.is(303);
    konrad.get(&live).await.shows(&format!("value=\"{}\"", items.0));
    let paper = konrad.get(&format!("{page}/protokoll")).await;
    paper.is(200).shows("Selbst anrufen").shows("Anker e. V.").shows("Es fehlt ein Schwimmkurs.").hides("Demir");
}

/// N3, N1: whoever sits in the team moderates nothing it may not, decides nothing, and learns nothing of the case.
async fn others_do_nothing(town: &Town, meeting: &str, items: (&str, &str), case: &str) {
    let idea = "00000000-0000-7000-8000-000000000001";
    for (key, page, status) in
        [("ankerteam", 200, 403), ("fiona", 200, 403), ("anker", 404, 404), ("lotse", 404, 404), ("heike", 404, 404)]
    {
        let other = later(town, "2026-11-24", key).await;
        let path = format!("/teams/sitzungen/{meeting}");
        other.get(&path).await.is(page).hides("/faelle/").hides("Demir");
        other.post(&format!("{path}/anwesende"), &[("guests", "Wir")]).await.is(status);
        other.post(&format!("{path}/platz"), &[("item", items.0), ("place", "1"), ("minutes", "45")]).await.is(status);
        let phase = [("item", items.0), ("phase", "ideas")];
        other.post(&format!("{path}/live/phase"), &phase).await.is(status);
        let api = format!("/api/v1/agenda-items/{}/phases", items.0);
        other.api(Method::POST, &api, Some(json!({"phase": "ideas"}))).await.is(status);
        let answer = json!({"answer": "chosen", "said_on": "2026-11-24"});
        other.api(Method::POST, &format!("/api/v1/ideas/{idea}/answers"), Some(answer)).await.is(404);
        other.get(&format!("/faelle/{case}/beratung")).await.is(404);
        other.api(Method::GET, &format!("/api/v1/cases/{case}/idea-answers"), None).await.is(404);
    }
    // No door of the team asks for a decision, and none made one.
    let doors = web::listing();
    let of_team = doors.iter().filter(|door| door.path.contains("/teams") || door.path.contains("team-meetings"));
    assert!(of_team.clone().count() > 10);
    assert!(of_team.into_iter().all(|door| door.asks.code() != "decide-on-case"), "the team has no door to a decision");
    let deeds = town.deeds().await;
    assert!(
        deeds.iter().any(|deed| deed.contains("phase-begun"))
            && !deeds.iter().any(|deed| deed.contains("help-decided"))
    );
    assert!(deeds.iter().all(|deed| !deed.contains("Demir")));
}

async fn the_family_answers(town: &Town, case: &str) {
    let marta = later(town, "2026-11-25", "marta").await;
    let page = format!("/faelle/{case}/beratung");
    let text = marta.get(&page).await.text();
    let (aunt, lot) = (option(&text, "Tante fragen"), option(&text, "Losen"));
    let send = |idea: &str, answer: &str, words: &str, on: &str| {
        let fields: Vec<(String, String)> = [("idea", idea), ("answer", answer), ("words", words), ("said_on", on)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        fields
    };
    for (idea, answer, words, on, says) in [
        (&aunt, "chosen", "", "2026-11-23", Some("noch nicht beraten")),
        (&aunt, "chosen", "", "2026-11-26", Some("in der Zukunft")),
        (&aunt, "refused", "Sie wohnt zu weit weg.", "2026-11-25", None),
        (&aunt, "chosen", "Sie zieht her!", "2026-11-25", None),
        (&lot, "refused", "", "2026-11-25", None),
    ] {
        let fields = send(idea, answer, words, on);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let sent = marta.fill(&page, &format!("{page}/antworten"), &fields).await;
        match says {
            Some(says) => drop(sent.is(422).shows(says)),
            None => drop(sent.is(303)),
        }
    }
    marta.get(&page).await.shows("Nimmt die Familie auf").shows("Sie zieht her!").shows("Möchte die Familie nicht");
    // Nothing is overwritten: both answers are there.
    let kept = marta.api(Method::GET, &format!("/api/v1/cases/{case}/idea-answers"), None).await.json();
    assert_eq!(kept["answers"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        (kept["answers"][0]["answer"].as_str(), kept["answers"][1]["answer"].as_str()),
        (Some("refused"), Some("chosen"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_meets_and_advises() {
    both(async |town: Town| {
        let (marta, konrad) = (town.as_("marta").await, town.as_("konrad").await);
        let meeting = called(&konrad).await;
        let (first, second) = (case_of(&marta, "Kowalski").await, case_of(&marta, "Demir").await);
        let one = onto_agenda(&marta, &first, "Ein Kind, 9.").await;
        let two = warned_of_names(&marta, &second).await;
        let (page, items) = (format!("/teams/sitzungen/{meeting}"), (one.as_str(), two.as_str()));
        the_agenda_has_an_order(&konrad, &page, items).await;
        the_meeting_is_held(&town, &page, items).await;
        others_do_nothing(&town, &meeting, items, &second).await;
        the_family_answers(&town, &second).await;
        // The sheet was for that meeting: 14 days later other houses read it no more, the office does.
        let member = later(&town, "2026-12-09", "ankerteam").await;
        member.get(&page).await.is(200).hides("Was hilft am Nachmittag?").shows("Noch kein Fall");
        let told = member.api(Method::GET, &format!("/api/v1/team-meetings/{meeting}"), None).await.json();
        assert_eq!(told["agenda"], json!([]));
        later(&town, "2026-12-09", "konrad").await.get(&page).await.shows("Was hilft am Nachmittag?");
        let listed = konrad.api(Method::GET, "/api/v1/team-meetings", None).await.json();
        assert_eq!(
            (listed["meetings"][0]["starts_at"].as_str(), listed["meetings"].as_array().map(Vec::len)),
            (Some("9:00"), Some(1))
        );
        assert!(matches!(town.chain().await, app::audit::Chain::Whole(_)));
    })
    .await;
}

/// One consultation of a new case with these ideas and these minutes.
async fn consulted(town: &Town, family: &str, ideas: &[(&str, &str)], minutes: &str) -> String {
    let marta = town.as_("marta").await;
    let case = case_of(&marta, family).await;
    let item = onto_agenda(&marta, &case, "Ein Kind.").await;
    let konrad = later(town, "2026-11-24", "konrad").await;
    let page = format!("/teams/{item}");
    for (kind, words) in ideas {
        konrad.fill(&page, &format!("{page}/ideen"), &[("kind", kind), ("words", words)]).await.is(303);
    }
    konrad.fill(&page, &format!("{page}/abschluss"), &[("minutes", minutes)]).await.is(303);
    case
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_three_families_lack_is_said_and_small_numbers_are_not() {
    both(async |town: Town| {
        let konrad = town.as_("konrad").await;
        let meeting = called(&konrad).await;
        let page = format!("/teams/sitzungen/{meeting}");
        let ideas = [("own", "Selbst anrufen"), ("professional", "Gruppe")];
        consulted(&town, "Demir", &ideas, "Es fehlt ein Schwimmkurs am Nachmittag.").await;
        consulted(&town, "Kowalski", &ideas, "Schwimmkurse gibt es nicht. Es fehlt ein Sprachcafé.").await;
        let after = later(&town, "2026-11-25", "konrad").await;
        after.get(&page).await.hides("Schon 3 Fällen");
        let two = after.get("/teams/anteile").await;
        two.is(200).shows("verborgen: weniger als drei Fälle").hides("50 %");
        consulted(&town, "Nguyen", &[("dissent", "Erst fragen"), ("social", "Oma")], "Der Schwimmkurs fehlt.").await;
        after
            .get(&page)
            .await
            .shows("Schon 3 Fällen")
            .shows("<strong>Schwimmkurs</strong>")
            .hides("Sprachcafé</strong>");
        // Three own or near ideas out of five; a dissent is no idea.
        after.get("/teams/anteile").await.shows("3 von 5 (60 %)").shows("Quartal 4</span>".trim_end_matches("</span>"));
        let told = after.api(Method::GET, "/api/v1/idea-shares", None).await.json();
        assert_eq!(told["spaces"][0]["ideas"][0]["share"], json!({"informal": 3, "all": 5}));
        later(&town, "2026-11-25", "paul").await.get("/teams/anteile").await.shows("3 von 5 (60 %)");
        for key in ["ankerteam", "lotse", "greta"] {
            let other = later(&town, "2026-11-25", key).await;
            other.get("/teams/anteile").await.is(404);
            other.api(Method::GET, "/api/v1/idea-shares", None).await.is(404);
            // What several families lack is the office's to know.
            other.get(&page).await.hides("Schon 3 Fällen");
        }
    })
    .await;
}
