// SPDX-License-Identifier: EUPL-1.2
//! A border is drawn anew: a draft with its preview comes of it, the neighbour moves along, mistakes are told line by
//! line and what was typed stays; and every past day answers as it was.

use crate::client::Client;
use crate::town::{Engine, Town};

async fn space(client: &Client, name: &str) -> String {
    let page = client.get("/sozialraeume").await.is(200).text();
    let links = page.split("href=\"/sozialraeume/").skip(1);
    let link =
        links.filter(|rest| rest.as_bytes()[36] == b'"').find(|rest| rest.split("</a>").next().unwrap().contains(name));
    link.unwrap_or_else(|| panic!("no {name} in {page}"))[..36].to_owned()
}

fn list(page: &str) -> String {
    let area = page.split("name=\"corners\"").nth(1).unwrap();
    area.split_once('>').unwrap().1.split("</textarea>").next().unwrap().trim().to_owned()
}

async fn drawn(engine: Engine) {
    let town = Town::new(engine).await;
    let paul = town.as_("paul").await;
    let id = space(&paul, "Hafen").await;
    let path = format!("/sozialraeume/{id}/grenze");
    paul.get(&format!("/sozialraeume/{id}")).await.shows(&path);
    for key in ["marta", "lena", "lotse", "greta"] {
        assert!(matches!(town.as_(key).await.get(&path).await.status.as_u16(), 403 | 404));
    }
    let corners = list(&paul.get(&path).await.is(200).text());
    assert!(corners.lines().count() >= 4 && corners.lines().all(|line| line.contains(" / ")), "{corners}");
    let send = |corners: String, day: &'static str| {
        let (paul, path) = (paul.clone(), path.clone());
        async move {
            paul.fill(&path, &path, &[("title", "Hafen reicht weiter"), ("valid_from", day), ("corners", &corners)])
                .await
        }
    };
    // Nothing moved, backwards, quatsch, swapped, crossed: told, and what was typed stays.
    send(corners.clone(), "2027-01-01").await.is(422).shows("Die Grenze ist dieselbe wie bisher");
    send(corners.clone(), "2026-11-20").await.is(422).shows("gilt ab einem Tag in der Zukunft");
    send(format!("{corners}\nam Deich"), "2027-01-01")
        .await
        .is(422)
        .shows("„am Deich“ ist kein Punkt")
        .shows("am Deich</textarea>");
    let swapped = "9,90 / 53,60\n9,91 / 53,60\n9,91 / 53,61";
    send(swapped.to_owned(), "2027-01-01").await.is(422).shows("Breite und Länge sind vertauscht").shows("Zeile 1");
    let mut lines: Vec<&str> = corners.lines().collect();
    lines.swap(1, 2);
    send(lines.join("\n"), "2027-01-01").await.is(422).shows("schneidet sich");
    // Every eastern corner moves 300 metres to the east; the neighbour gives way.
    let degree = |line: &str| line.split(" / ").nth(1).unwrap().replace(',', ".").parse::<f64>().unwrap();
    let east = corners.lines().map(degree).fold(0.0, f64::max);
    let moved = |line: &str| {
        let (latitude, longitude) = (line.split(" / ").next().unwrap(), degree(line));
        let longitude = if east - longitude < 1e-6 { longitude + 0.0045 } else { longitude };
        format!("{latitude} / {longitude:.8}").replace('.', ",")
    };
    let new = corners.lines().map(moved).collect::<Vec<_>>().join("\n");
    let draft = send(new, "2027-01-01").await;
    let recut = format!("/sozialraeume/neuzuschnitt/{}", draft.id());
    let preview = paul.get(&recut).await;
    preview.is(200).shows("Hafen reicht weiter").hides("Lücke").hides("überlappen").shows("ha</td>");
    paul.fill(&recut, &format!("{recut}/planen"), &[]).await.is(303);
    as_of_any_day(&town, &paul).await;
}

/// Addresses are answered as of any day: today, in a year, before there were borders.
async fn as_of_any_day(town: &Town, paul: &Client) {
    let who = town.as_("marta").await;
    for (day, name) in
        [("2026-11-20", "Altstadt"), ("2026-12-31", "Altstadt"), ("2027-01-01", "Hafen"), ("2030-06-01", "Hafen")]
    {
        assert_eq!(crate::recut::space_on(&who, "53.6051, 9.9165", day).await, name, "{day}");
    }
    // The new border is what is drawn on from its day; until then the old one.
    let later = town.later("paul", "2027-02-01T10:00").await;
    let id = space(paul, "Hafen").await;
    let path = format!("/sozialraeume/{id}/grenze");
    let (now, then) = (list(&paul.get(&path).await.text()), list(&later.get(&path).await.text()));
    assert_ne!(now, then);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_border_drawn_by_hand_becomes_a_draft_on_sqlite() {
    drawn(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_border_drawn_by_hand_becomes_a_draft_on_postgres() {
    drawn(Engine::Postgres).await;
}
