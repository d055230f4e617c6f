// SPDX-License-Identifier: EUPL-1.2
//! Red lines and warnings of child protection, each with somebody who tries to cross it.

use crate::protection::{begins, danger, family, keeps};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

async fn opened(town: &Town, reporter: &str) -> (crate::client::Client, String, String) {
    let marta = town.as_("marta").await;
    let case = danger(&marta, reporter).await;
    family(&marta, &case).await;
    let procedure = begins(&marta, &case, &["Leyla Demir", "Emil Demir"]).await;
    (marta, case, procedure)
}

/// N6: no score, no colour, no automatic result, no automatic end; not by a page, not by a program.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n6_nothing_scores_and_nothing_decides_by_itself() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, _, id) = opened(&town, "school").await;
    let page = marta.get(&format!("/schutz/{id}")).await.text();
    for word in ["type=\"range\"", "type=\"number\"", "Punkte", "Ampel", "Score", "badge--red", "Risiko"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(!page.contains(" checked"), "nothing is chosen beforehand");
    let steps = format!("/api/v1/protections/{id}/steps");
    let mut body = json!({"kind": "assessment", "happened": "2026-11-20T09:00", "words": "x", "names": ["A", "B"], "marks": ["neglect"], "code": "acute"});
    body["score"] = json!(87);
    marta.api(Method::POST, &steps, Some(body.clone())).await.is(400);
    body.as_object_mut().unwrap().remove("score");
    for code in ["87", "automatic", "rot"] {
        body["code"] = json!(code);
        marta.api(Method::POST, &steps, Some(body.clone())).await.is(422);
    }
    // All there is was kept, and it still has no result and does not close by itself.
    for _ in 0..5 {
        keeps(&marta, &id, "observation", &[("code", "fact"), ("words", "Blaue Flecken"), ("source", "Kita")])
            .await
            .is(303);
    }
    let shown = marta.api(Method::GET, &format!("/api/v1/protections/{id}"), None).await.json();
    assert!(shown["result"].is_null() && shown["closed_at"].is_null());
    let end = json!({"words": "Ende", "reason": "Weil"});
    marta
        .api(Method::POST, &format!("/api/v1/protections/{id}/closing"), Some(end))
        .await
        .is(422)
        .shows("protection.not_assessed");
    let much_later = town.later("marta", "2027-11-20T09:00").await;
    much_later.get(&format!("/schutz/{id}")).await.hides("Abgeschlossen");
}

/// N7: the answer to a reporter is three facts; a word more is refused, and the paper holds no name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n7_a_reporter_learns_three_facts() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case, id) = opened(&town, "school").await;
    let more = [("code", "yes"), ("marks", "confirmed"), ("words", "Die Mutter ist krank.")];
    keeps(&marta, &id, "feedback", &more).await.is(422).shows("nur die drei Tatsachen");
    keeps(&marta, &id, "feedback", &[("code", "yes"), ("marks", "in-care")]).await.is(422);
    keeps(&marta, &id, "feedback", &[("code", "no"), ("marks", "confirmed")]).await.is(422).shows("fehlt der Grund");
    // Not answered in time: pointed out, as the office's own target.
    let late = town.later("marta", "2026-12-05T09:00").await;
    late.get(&format!("/schutz/{id}")).await.shows("ohne Rückmeldung (Ziel des Amtes");
    keeps(&marta, &id, "feedback", &[("code", "yes"), ("marks", "confirmed")]).await.is(303);
    late.get(&format!("/schutz/{id}")).await.hides("ohne Rückmeldung (Ziel des Amtes");
    marta.get(&format!("/schutz/{id}")).await.hides("Erna Lehrerin");
    marta.get(&format!("/faelle/{case}/schutz")).await.hides("Erna Lehrerin");
}

/// Nobody but the office's own team works on, or learns of, a procedure; no agency, no finance, no other team.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn procedures_are_the_teams_own() {
    let town = Town::new(Engine::Sqlite).await;
    let (_, case, id) = opened(&town, "private").await;
    for key in
        ["heike", "dana", "konrad", "fiona", "paul", "greta", "anton", "dora", "lotse", "anker", "ankerteam", "niemand"]
    {
        if key == "niemand" {
            continue;
        }
        let other = town.as_(key).await;
        for path in [
            format!("/faelle/{case}/schutz"),
            format!("/schutz/{id}"),
            format!("/schutz/{id}/anrufung"),
            format!("/faelle/{case}/fristen"),
        ] {
            other.get(&path).await.is(404).hides("Leyla");
        }
        let status = keeps(&other, &id, "contact", &[("code", "reached"), ("words", "x")]).await.status.as_u16();
        assert!([403, 404].contains(&status), "{key} {status}");
        other.api(Method::GET, &format!("/api/v1/protections/{id}"), None).await.is(404).hides("Leyla");
        other.get("/kinderschutz").await.hides("Leyla");
    }
    town.as_("lena").await.get("/kinderschutz").await.is(200).shows("Leyla Demir");
}

/// Entry from anywhere, with nothing but a place and an observation, and without a meeting.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn protection_waits_for_nothing() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = danger(&marta, "anonymous").await;
    let page = format!("/faelle/{case}/schutz");
    let little = [
        ("from", "report"),
        ("words", "Schreie im Treppenhaus."),
        ("code", "hearsay"),
        ("source", "anonym"),
        ("happened", "2026-11-19T16:30"),
    ];
    let id = marta.fill(&page, &page, &little).await.id();
    marta.get(&format!("/schutz/{id}")).await.is(200).shows("Kind, Name noch nicht bekannt");
    // No weighty signs is an answer too; it is written down and asks why things are missing.
    let no = [("code", "no"), ("words", "Streit im Fernsehen."), ("names", "Marta Beispiel")];
    keeps(&marta, &id, "first-check", &no).await.is(303);
    marta.get(&format!("/schutz/{id}")).await.shows("Keine zweite Fachkraft genannt");
    let path = format!("/schutz/{id}/abschluss");
    marta
        .fill(&format!("/schutz/{id}"), &path, &[("words", "Kein Anhaltspunkt.")])
        .await
        .is(422)
        .shows("Es fehlt noch etwas");
    let why = [("words", "Kein Anhaltspunkt."), ("reason", "Nachts allein im Dienst.")];
    marta.fill(&format!("/schutz/{id}"), &path, &why).await.is(303);
    marta
        .get(&format!("/schutz/{id}"))
        .await
        .shows("Keine gewichtigen Anhaltspunkte.")
        .shows("Nachts allein im Dienst.");
}

/// N25: the alarm of § 42(5) is not clicked away, moved or dropped, by nobody and by no door.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n25_liberty_is_not_taken_past_midnight_by_a_click() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case, _) = opened(&town, "private").await;
    let page = format!("/faelle/{case}/schutz");
    let child = crate::main_job::option(&marta.get(&page).await.text(), "Leyla Demir");
    let care = [
        ("child", child.as_str()),
        ("ground", "request"),
        ("words", "Bittet darum"),
        ("place", "Schutzstelle"),
        ("placement", "facility"),
        ("began", "2026-11-20T09:00"),
    ];
    marta.fill(&page, &format!("/faelle/{case}/inobhutnahmen"), &care).await.is(303);
    let text = marta.get(&page).await.text();
    let path = format!("/inobhutnahmen/{}", &text.split("action=\"/inobhutnahmen/").nth(1).unwrap()[..46]);
    let fact = async |kind: &str| {
        marta.fill(&page, &path, &[("kind", kind), ("words", "Nötig."), ("at", "2026-11-20T09:30")]).await
    };
    fact("liberty-taken").await.is(303);
    let dues = marta.api(Method::GET, &format!("/api/v1/cases/{case}/deadlines"), None).await.json();
    let alarm = dues["open"].as_array().unwrap().iter().find(|one| one["kind"] == "liberty").unwrap().clone();
    // A Saturday: the day stays.
    assert_eq!(alarm["due"], "2026-11-21");
    let id = alarm["id"].as_str().unwrap();
    let lena = town.as_("lena").await;
    for outcome in ["done", "moved", "dropped"] {
        let body = json!({"outcome": outcome, "reason": "Weil", "to": "2026-12-24"});
        for who in [&marta, &lena] {
            who.api(Method::POST, &format!("/api/v1/deadlines/{id}/changes"), Some(body.clone()))
                .await
                .is(422)
                .shows("deadline.hard_alarm");
        }
        let fields = [("due", id), ("outcome", outcome), ("reason", "Weil"), ("to", "2026-12-24")];
        marta
            .post(&format!("/faelle/{case}/fristen/aendern"), &fields)
            .await
            .is(422)
            .shows("endet nur mit der Freiheitsentziehung");
    }
    marta.get("/fristen").await.shows("endet um 24 Uhr");
    // It cannot be made by hand either, to be clicked away elsewhere.
    marta.post(&format!("/faelle/{case}/fristen"), &[("kind", "liberty"), ("start", "2026-11-20")]).await.is(422);
    fact("liberty-ended").await.is(303);
    marta.get("/fristen").await.hides("endet um 24 Uhr");
    fact("court-order").await.is(422).shows("keine Freiheitsentziehung eingetragen");
}

/// § 8a(4): an agency's own procedure is its own; what it tells the office is a case at once and acknowledged.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agency_assesses_by_itself_and_informs_the_office() {
    let town = Town::new(Engine::Sqlite).await;
    let lotse = town.as_("lotse").await;
    let page = "/kinderschutz/traeger";
    let own = [
        ("sign", "K 17"),
        ("occasion", "Blaue Flecken nach dem Wochenende."),
        ("professionals", "A\nB"),
        ("adviser", "Kinderschutzfachkraft, zertifiziert"),
        ("inclusion", "Gespräch mit der Mutter."),
        ("help", "Beratung angeboten, abgelehnt."),
        ("decision", "inform"),
    ];
    lotse.fill(page, page, &own).await.is(303);
    lotse.get(page).await.shows("Blaue Flecken nach dem Wochenende.");
    let notice = [
        ("family", "Yilmaz"),
        ("place", "Lindenweg 4"),
        ("words", "Gefährdung nicht anders abwendbar."),
        ("told", "told"),
    ];
    lotse.fill(page, "/kinderschutz/mitteilung", &notice).await.is(303);
    lotse.get(page).await.shows("noch nicht bestätigt").hides("/faelle/");
    the_office_answers(&town, &lotse, page).await;
}

async fn the_office_answers(town: &Town, lotse: &crate::client::Client, page: &str) {
    // The office has a case with a team and a worker, and sees the notice, not the agency's own assessment.
    let marta = town.as_("marta").await;
    let cases = marta.get("/faelle?wessen=team").await;
    cases.shows("Yilmaz");
    let text = cases.text();
    let case = text
        .split("href=\"/faelle/")
        .find_map(|rest| rest.get(..36).filter(|id| id.matches('-').count() == 4))
        .unwrap();
    let protection = format!("/faelle/{case}/schutz");
    marta
        .get(&protection)
        .await
        .shows("Gefährdung nicht anders abwendbar.")
        .shows("noch nicht bestätigt")
        .hides("Blaue Flecken nach dem Wochenende.");
    marta.get(page).await.is(404);
    let lead = town.as_("lena").await;
    lead.get("/fristen?wessen=team").await.shows("Mitteilung eines Trägers ansehen");
    // Unacknowledged, each procedure of the case says so.
    let begins = [
        ("child_name", "Deniz Yilmaz"),
        ("from", "agency"),
        ("words", "Blaue Flecken"),
        ("code", "fact"),
        ("source", "Träger"),
        ("happened", "2026-11-20T09:00"),
    ];
    let id = marta.fill(&protection, &protection, &begins).await.id();
    marta.get(&format!("/schutz/{id}")).await.shows("Mitteilung eines Trägers nicht bestätigt");
    let action = marta.get(&protection).await.text();
    let path = format!(
        "/traegermitteilungen/{}/bestaetigen",
        &action.split("action=\"/traegermitteilungen/").nth(1).unwrap()[..36]
    );
    town.as_("heike").await.post(&path, &[("case", case)]).await.is(404);
    marta.post(&path, &[("case", case)]).await.is(303);
    marta.get(&format!("/schutz/{id}")).await.hides("Mitteilung eines Trägers nicht bestätigt");
    lotse.get(page).await.shows("bestätigt am").hides("Deniz");
    // Another agency, and a volunteer of the team, see nothing of it.
    town.as_("anker").await.get(page).await.hides("K 17").hides("Lindenweg 4");
    town.as_("ankerteam").await.get(page).await.is(404);
    for path in [format!("/faelle/{case}/schutz"), format!("/schutz/{id}")] {
        lotse.get(&path).await.is(404);
    }
}

/// An experienced adviser's counselling leads to no case, no child and no writer, by no door and by no row.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counselling_without_names_cannot_be_joined_to_anything() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, _, _) = opened(&town, "private").await;
    let page = "/kinderschutz/beratung";
    let counsel = [
        ("counselled_on", "2026-11-20"),
        ("institution", "school"),
        ("question", "Kind ohne Essen."),
        ("advice", "Gespräch vorbereiten."),
        ("minutes", "45"),
    ];
    marta.fill(page, page, &counsel).await.is(303);
    let shown = marta.get(page).await;
    shown.shows("Gespräch vorbereiten.").hides("/faelle/").hides("Marta Beispiel</article").hides("10:00");
    let bad = [
        ("counselled_on", "2026-11-20"),
        ("institution", "school"),
        ("question", "x"),
        ("advice", "y"),
        ("minutes", "0,5"),
    ];
    marta.fill(page, page, &bad).await.is(422).shows("ganze Zahl von Minuten");
    let all = app::casework::protection::counsels(&town.app, &town.actor("marta").await, None).await.unwrap();
    let [one] = &all[..] else { panic!("{} counsellings", all.len()) };
    // Its id carries no moment, and the log names another thing without a case.
    assert_eq!(one.id.get_version_num(), 4);
    let log = app::audit::log(&town.app, &crate::town::officer(), None).await.unwrap();
    assert!(log.iter().all(|line| line.object != one.id));
    let told: Vec<_> = log.iter().filter(|line| line.deed == "counsel-given").collect();
    assert!(told.len() == 1 && told[0].case_number.is_none());
    for key in ["fiona", "lotse", "konrad"] {
        town.as_(key).await.get(page).await.is(404);
    }
}

/// Whoever is responsible is away and nobody stands in: that is said, until somebody does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_procedure_is_never_without_somebody() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, _, id) = opened(&town, "private").await;
    let html = marta.get("/vertretung").await.text();
    let (own, malik) =
        (crate::main_job::option(&html, "Marta Beispiel"), crate::main_job::option(&html, "Malik Beispiel"));
    let away = [("absent", own.as_str()), ("from", "2026-11-20"), ("until", "2026-11-22")];
    marta.fill("/vertretung", "/vertretung", &away).await.is(303);
    marta.get(&format!("/schutz/{id}")).await.shows("niemand vertritt");
    let again = [&away[..], &[("deputy", malik.as_str())]].concat();
    marta.fill("/vertretung", "/vertretung", &again).await.is(303);
    marta.get(&format!("/schutz/{id}")).await.hides("niemand vertritt");
}
