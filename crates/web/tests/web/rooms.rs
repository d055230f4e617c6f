// SPDX-License-Identifier: EUPL-1.2
//! The rooms around the case: signing in, start, people, spaces, resources, agencies, log, help.

use crate::town::{Engine, Town};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_not_shown_again() {
    let town = Town::new(Engine::Sqlite).await;
    let fields = [("email", "marta@musterhafen.example"), ("password", "Geheimes-Wort-7"), ("weiter", "//boese")];
    let refused = town.stranger().post("/anmelden", &fields).await;
    refused.is(422).shows("marta@musterhafen.example").hides("Geheimes-Wort-7").hides("//boese");
    let answer = town.stranger().get("/faelle").await;
    assert_eq!(answer.location, "/anmelden?weiter=/faelle");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_get_and_lose_posts() {
    let town = Town::new(Engine::Sqlite).await;
    let anton = town.as_("anton").await;
    let new = [("name", "Nora Neu"), ("email", "nora@musterhafen.example"), ("password", "vier Wörter am Hafen")];
    let added = anton.post("/verwaltung/menschen", &new).await.location;
    let id = added.split("person=").nth(1).and_then(|rest| rest.split('#').next()).unwrap().to_owned();
    let page = format!("/verwaltung/menschen?person={id}");
    let action = format!("/verwaltung/menschen/{id}/aufgaben");
    anton.post(&action, &[]).await.is(422).shows("Neue Aufgabe für Nora Neu");
    anton.fill(&page, &action, &[("role", "case-worker"), ("place", "house")]).await.is(422);
    anton.fill(&page, &action, &[("role", "finance"), ("place", "house")]).await.is(303);
    let fields = [("email", "nora@musterhafen.example"), ("password", "vier Wörter am Hafen")];
    let entered = town.stranger().post("/anmelden", &fields).await;
    assert_eq!((entered.status.as_u16(), entered.location.as_str()), (303, "/"));
    let list = anton.get("/verwaltung/menschen?ab=Nora").await;
    list.is(200).shows("Wirtschaftliche Jugendhilfe");
    let text = list.text();
    let nora = text.split(&format!("id=\"p-{id}\"")).nth(1).unwrap();
    let post = nora.split("/verwaltung/aufgaben/").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
    anton.post(&format!("/verwaltung/aufgaben/{post}/ende"), &[]).await.is(303);
    town.stranger().post("/anmelden", &fields).await.is(422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_is_greeted_with_what_is_theirs() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 100_000, 5_000).await;
    for (key, words) in [
        ("marta", "Eigene Fälle"),
        ("fiona", "95.000,00 €"),
        ("lotse", "Im Moment wartet nichts Dringendes auf Sie."),
        ("dora", "/verwaltung/protokoll"),
    ] {
        town.as_(key).await.get("/").await.is(200).shows("Guten Morgen").shows("Was ist heute zu tun").shows(words);
    }
    let marta = town.as_("marta").await;
    let draft = [("form", "meldung"), ("field", "said"), ("text", "Die Nachbarin sagt"), ("version", "")];
    marta.post("/entwuerfe", &draft).await.is(204);
    marta.get("/").await.shows("Sie haben angefangene Texte").shows("href=\"/eingang/neu\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_map_and_the_list_say_the_same() {
    let town = Town::new(Engine::Sqlite).await;
    let paul = town.as_("paul").await;
    let map = paul.get("/sozialraeume").await;
    assert_eq!(map.is(200).text().matches("<path class=\"map-area").count(), 4);
    for name in ["Hafen", "Altstadt", "Heide", "Moor"] {
        map.shows(&format!("aria-label=\"{name}\"")).shows(&format!("\">{name}</a></td>"));
    }
    paul.get("/sozialraeume?adresse=Lindenweg+12").await.shows("Gefunden über das Straßenverzeichnis.");
    paul.get("/sozialraeume?adresse=Nirgendwo+1").await.shows("im Straßenverzeichnis nicht bekannt");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_directories_grow() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    marta.post("/ressourcen/neu", &[("name", "Café Anker")]).await.is(422).shows("Café Anker");
    let card = [
        ("name", "Café Anker"),
        ("kind", "place"),
        ("topics", "neighbours"),
        ("about", "Offen für alle"),
        ("visibility", "public"),
        ("place", "Lindenweg 12"),
    ];
    let added = marta.fill("/ressourcen/neu", "/ressourcen/neu", &card).await;
    let shown = marta.get(&added.location).await;
    shown.is(200).shows("Offen für alle").shows("bestätigt am 20.11.2026").shows("Nachbarschaft und Ehrenamt");
    marta.fill(&added.location, &format!("{}/bestaetigen", added.location), &[]).await.is(303);
    town.as_("dora").await.get("/ressourcen/neu").await.is(403);

    let fiona = town.as_("fiona").await;
    let added = fiona.fill("/traeger", "/traeger", &[("name", "Zeitinsel e. V."), ("kind", "independent")]).await;
    fiona.post("/traeger", &[("name", "Zeitinsel e. V."), ("kind", "independent")]).await.is(422);
    let id = added.location.split("t-").nth(1).unwrap().to_owned();
    let team = town.team("Team Heide").await.to_string();
    let action = format!("/traeger/{id}/sitz");
    fiona.fill(&format!("/traeger?sitz={id}"), &action, &[("team", &team)]).await.is(303);
    let list = fiona.get("/traeger").await;
    list.shows("Die Reihenfolge richtet sich allein nach dem Namen.").shows("Team Heide");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_speaks_german_and_its_seals_hold() {
    let town = Town::new(Engine::Sqlite).await;
    let dora = town.as_("dora").await;
    dora.get("/verwaltung/protokoll").await.is(200).shows("Dora Beispiel hat sich angemeldet.").hides("«");
    dora.get("/verwaltung/protokoll?vor=3").await.is(200).shows("hat das Amt eingerichtet");
    dora.get("/verwaltung/protokoll/pruefen").await.is(200).shows("Alle Siegel passen.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn help_is_open_to_all() {
    let town = Town::new(Engine::Sqlite).await;
    for path in ["/hilfe", "/barrierefreiheit", "/anmelden"] {
        town.stranger().get(path).await.is(200).hides("«");
    }
    let text = town.stranger().get("/.well-known/security.txt").await;
    text.is(200).shows("SECURITY.md").shows("Expires: 2027-05-19T00:00:00Z");
    assert_eq!(text.kind, "text/plain; charset=utf-8");
}
