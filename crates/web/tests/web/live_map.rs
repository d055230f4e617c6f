// SPDX-License-Identifier: EUPL-1.2
//! The live map and what belongs to it: the same hits as the list, the base map, frames of other pages.

use crate::cards::{add, card};
use crate::client::{Answer, Client};
use crate::town::{Engine, Town};
use axum::body::Body;
use axum::http::{Method, Request};
use std::collections::BTreeSet;
use std::sync::Arc;
use web::kit::guard::POLICY;
use web::{Framers, Site, Web};

async fn filled(town: &Town) {
    let (marta, lotse) = (town.as_("marta").await, town.as_("lotse").await);
    let points = ["53.6051, 9.9123", "53.6052, 9.9124", "53.6101, 9.9302", "53.55, 9.98"];
    for n in 0..44 {
        let name = format!("Turnen {n:02}");
        let keeper = if n % 4 == 0 { &lotse } else { &marta };
        let seen = ["public", "professionals", "team", "owner"][n % 4];
        let place = match n % 3 {
            0 => ("point", points[n % points.len()]),
            1 => ("place", "Nirgendwo 99"),
            _ => ("place", "Lindenweg 12"),
        };
        let topic = if n % 2 == 0 { "sport" } else { "neighbours" };
        let free = if n % 5 == 0 { "3" } else { "0" };
        add(keeper, &card(&name, &[("visibility", seen), ("topics", topic), ("free_places", free), place])).await;
    }
}

/// All ids of a list, page by page, and the number it tells.
async fn listed(client: &Client, path: &str) -> (BTreeSet<String>, usize) {
    let (mut ids, mut path, mut total) = (BTreeSet::new(), path.to_owned(), 0);
    loop {
        let page = client.get(&path).await.is(200).text();
        ids.extend(page.split("id=\"karte-").skip(1).map(|rest| rest[..36].to_owned()));
        let said = page.split("<strong>").nth(1).unwrap().split("</strong>").next().unwrap();
        total = said.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or(total);
        match page.split("class=\"pagination\"").nth(1).and_then(|rest| rest.split("href=\"").nth(1)) {
            Some(rest) => path = rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&"),
            None => return (ids, total),
        }
    }
}

fn number(answer: &Answer, field: &str) -> usize {
    usize::try_from(answer.json()[field].as_u64().unwrap()).unwrap()
}

/// Circles in the window, and the ids of those that are named.
fn marks(answer: &Answer) -> (usize, BTreeSet<String>) {
    let json = answer.json();
    let features = json["features"].as_array().unwrap().clone();
    let count = features.iter().map(|mark| mark["properties"]["count"].as_u64().unwrap()).sum::<u64>();
    let ids = features.iter().flat_map(|mark| mark["properties"]["cards"].as_array().unwrap().clone());
    (usize::try_from(count).unwrap(), ids.map(|card| card["id"].as_str().unwrap().to_owned()).collect())
}

async fn list_and_map(engine: Engine) {
    let town = Town::new(engine).await;
    filled(&town).await;
    let queries = ["", "q=turnen", "q=turnen+03", "thema=sport", "thema=neighbours&frei=1", "frei=1", "q=gibtesnicht"];
    let near = ["nahe=53.6051%2C+9.9123&umkreis=500", "nahe=Lindenweg+12&umkreis=5000"];
    for who in ["", "marta", "malik", "heike", "lotse", "anker", "greta", "konrad"] {
        let client = if who.is_empty() { town.stranger() } else { town.as_(who).await };
        let room = if who.is_empty() { "/angebote" } else { "/ressourcen" };
        for query in queries.iter().chain(&near) {
            let (ids, total) = listed(&client, &format!("{room}?{query}")).await;
            let whole = client.get(&format!("{room}/karte.json?{query}")).await;
            let (count, named) = marks(whole.is(200));
            let (outside, nowhere) = (number(&whole, "outside"), number(&whole, "nowhere"));
            assert_eq!(
                (number(&whole, "total"), count + outside + nowhere, outside),
                (total, total, 0),
                "{who} {query}"
            );
            assert_eq!(ids.len(), total, "{who} {query}");
            assert!(named.is_subset(&ids), "{who} {query}");
            for window in ["9.9,53.6,9.92,53.61", "9.9122,53.605,9.91231,53.60511", "11,50,12,51", "unsinn"] {
                let part = client.get(&format!("{room}/karte.json?{query}&fenster={window}")).await;
                let (count, named) = marks(part.is(200));
                let all = count + number(&part, "outside") + number(&part, "nowhere");
                assert_eq!((all, number(&part, "total")), (total, total), "{who} {query} {window}");
                assert!(named.is_subset(&ids), "{who} {query} {window}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_live_map_has_what_the_list_has_on_sqlite() {
    list_and_map(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_live_map_has_what_the_list_has_on_postgres() {
    list_and_map(Engine::Postgres).await;
}

fn with(town: &Town, site: Site) -> Client {
    Client::stranger(web::router(Web { site, ..town.web.clone() }))
}

async fn piece(client: &Client, range: Option<&str>) -> Answer {
    let request =
        Request::builder().method(Method::GET).uri("/karte/grundkarte.pmtiles").header("host", "town.example");
    let request = request.header("accept-encoding", "gzip, br");
    let request = range.into_iter().fold(request, |request, range| request.header("range", range));
    client.answer(request.body(Body::empty()).unwrap()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_base_map_is_given_out_piece_by_piece_and_nothing_beside_it() {
    let town = Town::new(Engine::Sqlite).await;
    piece(&town.stranger(), None).await.is(404);
    let folder = std::env::temp_dir().join(format!("sozialraum-tiles-{}", crate::client::chance().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("basemap.pmtiles");
    let bytes: Vec<u8> = (0..5_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    std::fs::write(&file, &bytes).unwrap();
    std::fs::write(folder.join("office.sqlite"), "geheim").unwrap();
    let client = with(&town, Site { basemap: Some(Arc::from(file.as_path())), ..Site::default() });
    let first = piece(&client, Some("bytes=0-16383")).await;
    assert_eq!((first.is(206).bytes.as_slice(), first.kind.as_str()), (&bytes[..16_384], "application/vnd.pmtiles"));
    assert_eq!(first.headers["content-range"], "bytes 0-16383/5000000");
    assert_eq!(first.headers["content-encoding"], "identity");
    assert_eq!(piece(&client, Some("bytes=4999990-")).await.is(206).bytes, bytes[4_999_990..]);
    assert_eq!(piece(&client, Some("bytes=-7")).await.is(206).bytes, bytes[4_999_993..]);
    // Never more at once than a few megabytes.
    assert_eq!(piece(&client, None).await.is(206).bytes.len(), 4 * 1024 * 1024);
    piece(&client, Some("bytes=5000000-")).await.is(416);
    for path in [
        "/karte/office.sqlite",
        "/karte/..%2foffice.sqlite",
        "/karte/../office.sqlite",
        "/karte/grundkarte.pmtiles/../office.sqlite",
    ] {
        client.get(path).await.is(404).hides("geheim");
    }
    std::fs::remove_file(&file).unwrap();
    piece(&client, Some("bytes=0-1")).await.is(404);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_operators_sites_may_frame_and_only_the_offers() {
    let town = Town::new(Engine::Sqlite).await;
    add(&town.as_("marta").await, &card("Chor", &[("point", "53.6051, 9.9123")])).await;
    let policy = |answer: &Answer| answer.headers["content-security-policy"].to_str().unwrap().to_owned();
    let none = town.stranger().get("/angebote/einbetten").await;
    assert_eq!(policy(none.is(200)), POLICY);
    let framers =
        Framers::read(&["https://www.stadt.example".to_owned(), "https://schule.example:8443".to_owned()]).unwrap();
    let client = with(&town, Site { framers: framers.clone(), ..Site::default() });
    let framed = client.get("/angebote/einbetten?thema=sport").await;
    framed.is(200).shows("Chor").shows("target=\"_blank\"").hides("Anmelden").hides("<header");
    let meant = POLICY
        .replace("'none'; ", "")
        .replace("frame-ancestors 'none'", "frame-ancestors https://www.stadt.example https://schule.example:8443");
    assert_eq!(policy(&framed).replace("'none'; ", ""), meant);
    assert!(!framed.headers.contains_key("x-frame-options") && !framed.headers.contains_key("set-cookie"));
    for path in ["/angebote", "/anmelden", "/angebote/karte.json", "/hilfe"] {
        let answer = client.get(path).await;
        assert_eq!((policy(&answer).as_str(), &answer.headers["x-frame-options"]), (POLICY, &"DENY".parse().unwrap()));
    }
    let konrad =
        Client::sign_in(web::router(Web { site: Site { framers, ..Site::default() }, ..town.web.clone() }), "konrad")
            .await;
    konrad
        .get("/ressourcen/einbetten?thema=sport")
        .await
        .is(200)
        .shows("https://town.example/angebote/einbetten?thema=sport")
        .shows("schule.example");
    town.as_("konrad").await.get("/ressourcen/einbetten").await.shows("Noch keine");
}

/// What a page loads is laid down in its address for good, and comes from here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_pages_with_a_map_load_the_map() {
    let town = Town::new(Engine::Sqlite).await;
    add(&town.as_("marta").await, &card("Chor", &[("point", "53.6051, 9.9123")])).await;
    let page = town.stranger().get("/angebote").await.is(200).text();
    let script = page.split("data-library=\"").nth(1).unwrap().split('"').next().unwrap();
    let library = town.stranger().get(script).await;
    assert!(library.is(200).headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert!(library.bytes.len() > 500_000 && !page.contains("src=\"/assets/vendor/maplibre"));
    for path in ["/anmelden", "/hilfe", "/barrierefreiheit"] {
        town.stranger().get(path).await.hides("map.js").hides("maplibre");
    }
    let areas = town.stranger().get("/karte/gebiete.json").await;
    let areas = areas.is(200).json();
    let first = &areas["features"][0];
    let ring = first["geometry"]["coordinates"][0][0].as_array().unwrap();
    assert!(ring.len() > 3 && ring.first() == ring.last() && first["properties"]["middle"][0].as_f64().unwrap() > 5.0);
}
