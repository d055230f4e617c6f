// SPDX-License-Identifier: EUPL-1.2
//! Deadlines through the pages: the clock of SGB IX, days of a plan, standing in, the calendar that names nobody.

use crate::main_job::{decides, explores, opens, option};
use crate::town::{Engine, Town};

async fn days_of_a_case(engine: Engine) {
    let town = Town::new(engine).await;
    town.as_("anton").await.fill("/verwaltung/kalender", "/verwaltung/kalender", &[("land", "NI")]).await.is(303);
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/fristen");
    marta.get(&page).await.shows("Nichts offen.").hides("Bundesland des Amtes ist noch nicht");
    // Two weeks from 11 December end on Christmas, and that is said step by step.
    let clock = [("kind", "competence"), ("start", "2026-12-11")];
    marta.fill(&page, &page, &clock).await.is(303);
    let shown = marta.get(&page).await;
    shown
        .shows("Bis 28.12.2026")
        .shows("1. Weihnachtstag")
        .shows("§ 14 Abs. 1 S. 1 SGB IX")
        .shows("§ 26 Abs. 3 S. 1 SGB X");
    // "Unverzüglich" has no day, anywhere on the page.
    marta.fill(&page, &page, &[("kind", "pass-on"), ("start", "2026-11-20")]).await.is(303);
    let text = marta.get(&page).await.text();
    let card = text.split("<article").find(|card| card.contains("Antrag weiterleiten")).unwrap();
    assert!(card.contains("Unverzüglich") && !card.contains("Bis "), "{card}");
    marta.fill(&page, &page, &[("kind", "own"), ("start", "2026-11-27"), ("words", "Schule anrufen")]).await.is(303);
    marta.fill(&page, &page, &[("kind", "own"), ("start", "2026-11-27"), ("words", "")]).await.is(422);
    // A plan's review is agreed; a law's day is not moved, the office's own is, with a reason.
    decides(&marta, &case).await;
    let text = marta.get(&page).await.shows("Hilfeplan überprüfen").shows("vereinbart").text();
    let law = option(&text, "Zuständigkeit für Teilhabeleistung prüfen (Bis");
    let own = option(&text, "Schule anrufen (Bis");
    let path = format!("{page}/aendern");
    let base = |due: &str| vec![("due".to_owned(), due.to_owned()), ("outcome".to_owned(), "moved".to_owned())];
    let with = async |due: &str, more: &[(&str, &str)]| {
        let base = base(due);
        let mut all: Vec<(&str, &str)> = base.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        all.extend_from_slice(more);
        marta.fill(&page, &path, &all).await
    };
    with(&law, &[("reason", "Zu viel zu tun"), ("to", "2027-01-15")])
        .await
        .is(422)
        .shows("verschiebt das Amt nicht")
        .shows("Zu viel zu tun");
    with(&own, &[("to", "2026-12-04")]).await.is(422).shows("Es fehlt der Grund");
    with(&own, &[("reason", "Schule krank"), ("to", "2026-12-04")]).await.is(303);
    marta.get(&page).await.shows("27.11.2026 → 04.12.2026").shows("Schule krank");
    marta.fill(&page, &path, &[("due", &law), ("outcome", "done")]).await.is(303);
    marta.post(&path, &[("due", &law), ("outcome", "done")]).await.is(409);
    let list = marta.get("/fristen").await;
    list.shows("Schule anrufen").hides("Zuständigkeit für Teilhabeleistung");
    // Others see as much as of the case: the lead by team, another team nothing.
    town.as_("lena").await.get("/fristen?wessen=team").await.shows("Schule anrufen");
    town.as_("heike").await.get("/fristen?wessen=team").await.hides("Schule anrufen");
    town.as_("heike").await.get(&page).await.is(404);
    town.as_("fiona").await.get("/fristen").await.is(404);
    deputies(&town, &case).await;
}

/// While Marta is away, what is hers stands on Malik's list; nobody of another team can stand in.
async fn deputies(town: &Town, case: &str) {
    let (marta, malik) = (town.as_("marta").await, town.as_("malik").await);
    malik.get("/fristen").await.hides("Schule anrufen");
    let html = marta.get("/vertretung").await.text();
    let (own, deputy) = (option(&html, "Marta Beispiel"), option(&html, "Malik Beispiel"));
    let away = [("absent", own.as_str()), ("from", "2026-11-20"), ("until", "2026-11-25"), ("deputy", deputy.as_str())];
    marta.fill("/vertretung", "/vertretung", &away).await.is(303);
    malik.get("/fristen").await.shows("Schule anrufen").shows("in Vertretung");
    town.later("malik", "2026-11-26T09:00").await.get("/fristen").await.hides("Schule anrufen");
    let heike = town.actor("heike").await.user.to_string();
    let foreign =
        [("absent", own.as_str()), ("from", "2026-11-20"), ("until", "2026-11-25"), ("deputy", heike.as_str())];
    marta.fill("/vertretung", "/vertretung", &foreign).await.is(422).shows("in demselben Team");
    let _ = case;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_of_a_case_on_sqlite() {
    days_of_a_case(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_of_a_case_on_postgresql() {
    days_of_a_case(Engine::Postgres).await;
}

/// The calendar that leaves the house holds days and nothing of anybody; its address works until it is revoked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_calendar_names_nobody_and_can_be_revoked() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    let page = format!("/faelle/{case}/fristen");
    marta.fill(&page, &page, &[("kind", "participation"), ("start", "2026-11-20")]).await.is(303);
    marta.fill(&page, &page, &[("kind", "own"), ("start", "2026-12-02"), ("words", "Demir anrufen")]).await.is(303);
    let made = marta.fill("/kalender", "/kalender", &[]).await;
    let text = made.is(200).text();
    let address = text.split("https://town.example").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    let stranger = town.stranger();
    let feed = stranger.get(&address).await;
    assert!(feed.is(200).kind.starts_with("text/calendar"));
    feed.shows("DTSTART;VALUE=DATE:20261211").shows("DTSTART;VALUE=DATE:20261202").shows("Gesetzliche Frist");
    for word in ["Demir", "2026-0", "Teilhabe", "anrufen", case.as_str(), "Marta", "SGB"] {
        feed.hides(word);
    }
    stranger.get("/kalender/0000/fristen.ics").await.is(404);
    marta.get("/kalender").await.hides(&address);
    // A new address ends the old one; revoking ends all.
    let again = marta.fill("/kalender", "/kalender", &[]).await.is(200).text();
    let newer = again.split("https://town.example").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    stranger.get(&address).await.is(404);
    stranger.get(&newer).await.is(200);
    marta.fill("/kalender", "/kalender/widerruf", &[]).await.is(303);
    stranger.get(&newer).await.is(404);
}

/// Without a Land the days are worked out with what all Länder keep, and every page of days says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_without_a_land_is_told() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    marta.get("/fristen").await.shows("Bundesland des Amtes ist noch nicht eingestellt");
    let anton = town.as_("anton").await;
    let wrong = [("land", "NI"), ("local", "augsburg")];
    anton
        .fill("/verwaltung/kalender", "/verwaltung/kalender", &wrong)
        .await
        .is(422)
        .shows("gehört nicht zu diesem Land");
    marta.get("/verwaltung/kalender").await.is(403);
}
