// SPDX-License-Identifier: EUPL-1.2
//! Attacks on small sums (N10): every role that sees sums only, through every door, on every day it may ask for.

use crate::agreements::later;
use crate::client::Client;
use crate::ledger::{LOTSE, decided, get};
use crate::main_job::commissions;
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

/// Who sees sums only.
const BODIES: [&str; 3] = ["greta", "paul", "konrad"];
/// What six families need, in euros; no part of any other number in the story.
const NEEDS: [&str; 6] = ["1.013", "1.029", "1.037", "1.043", "1.059", "1.061"];
const TOGETHER: &str = "6.242,00";

/// Every page, file and call that shows sums of pots, as of a day if one is given.
fn doors(region: &str, year: i16, day: Option<&str>) -> Vec<String> {
    let (of, on) = (format!("jahr={year}"), day.map_or(String::new(), |day| format!("&stichtag={day}")));
    let api = day.map_or(String::new(), |day| format!("&on={day}"));
    let mut all = vec![
        "/".to_owned(),
        format!("/budget/jahre/{year}"),
        format!("/budget/jahre/{year}/uebersicht"),
        format!("/budget/jahre/{year}/uebersicht?als=xlsx"),
        format!("/budget/prognose?region={region}{on}"),
        format!("/budget/prognose?hilfe=31&verlaengern=30{on}"),
        format!("/api/v1/fiscal-years?year={year}"),
        format!("/api/v1/forecast?region={region}&end=1{api}"),
        format!("/api/v1/budget/report?year={year}{api}"),
        format!("/api/v1/budget/report?year={year}&region={region}{api}"),
        format!("/api/v1/budget/flow?year={year}{api}"),
        format!("/api/v1/budget/entries?region={region}&year={year}{api}"),
        "/api/v1/deliveries".into(),
        "/api/v1/deliveries/1".into(),
        "/budget/umbuchungen".into(),
        "/api/v1/transfers".into(),
    ];
    for page in ["/budget/bericht", "/budget/bericht/datei", "/budget/geldfluss"] {
        all.push(format!("{page}?{of}{on}"));
        all.push(format!("{page}?{of}&region={region}{on}"));
    }
    all.push(format!("/budget/bericht/datei?{of}&als=xlsx{on}"));
    for kind in ["A", "B", "C", "D"] {
        all.push(format!("/budget?region={region}&{of}&mittel={kind}{on}"));
        all.push(format!("/api/v1/budget?region={region}&year={year}&kind={kind}{api}"));
    }
    all
}

/// No door that this person opens shows one of these amounts, written in any way.
async fn finds_nothing(key: &str, body: &Client, paths: &[String], cents: &[i64]) {
    for path in paths {
        let answer =
            if path.starts_with("/api") { body.api(Method::GET, path, None).await } else { body.get(path).await };
        let status = answer.status.as_u16();
        assert!([200, 403, 404].contains(&status), "{key} {path}: {status}");
        let text = answer.text();
        for cents in cents {
            let euros = domain::kernel::Balance::from_cents(*cents).german();
            let plain = format!("{},{:02}", cents / 100, cents % 100);
            let words = [euros.trim_end_matches(" €").to_owned(), plain, format!(":{cents},"), format!(":{cents}}}")];
            for word in words {
                assert!(!text.contains(&word), "{key} at {path} finds {word} in\n{text}");
            }
        }
    }
}

async fn pays(fiona: &Client, promise: &str, cents: i64) {
    let body = json!({"step": "draw", "amount_cents": cents, "note": "Rechnung"});
    let paid = fiona.api(Method::POST, &format!("/api/v1/promises/{promise}/bookings"), Some(body)).await;
    assert!(paid.status.is_success(), "{}", paid.text());
}

async fn one_family(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 1_000, 0).await;
    let nord = town.region("Nord").await.to_string();
    let (marta, case) = decided(&town).await;
    commissions(&marta, &case, LOTSE, "4.817", "Rechtsanspruch").await.is(303);
    // The sum, what is missing, and what is left are all the same family's.
    let telling = [481_700, 381_700];
    for key in BODIES {
        let body = town.as_(key).await;
        for day in [None, Some("2026-11-19"), Some("2026-11-20"), Some("2026-12-31")] {
            finds_nothing(key, &body, &doors(&nord, 2026, day), &telling).await;
        }
    }
    for moment in ["2027-01-04", "2027-05-10", "2028-02-01"] {
        for key in BODIES {
            let body = later(&town, moment, key).await;
            finds_nothing(key, &body, &doors(&nord, 2026, None), &telling).await;
            finds_nothing(key, &body, &doors(&nord, 2026, Some("2026-12-31")), &telling).await;
            let page = body.get(&format!("/budget?region={nord}&jahr=2026")).await;
            page.is(200).shows("nur wenige Familien").shows("1.000,00").hides("Rechtsanspruch");
            let json = get(&body, &format!("/api/v1/budget?region={nord}&year=2026")).await;
            assert_eq!((&json["book"]["free_cents"], &json["top_ups"]), (&json!(null), &json!([])), "{key}");
        }
    }
    // Finance and the ASD of the region see it all the time.
    for key in ["fiona", "marta", "lena"] {
        town.as_(key).await.get(&format!("/budget?region={nord}")).await.is(200).shows("4.817,00");
    }
    for agency in ["lotse", "anker", "ankerteam", "dora"] {
        let other = town.as_(agency).await;
        let money = doors(&nord, 2026, None).into_iter().filter(|path| path != "/").collect::<Vec<_>>();
        finds_nothing(agency, &other, &money, &telling).await;
        other.get(&format!("/budget/bericht/datei?region={nord}")).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_family_is_found_by_no_door_on_sqlite() {
    one_family(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_family_is_found_by_no_door_on_postgres() {
    one_family(Engine::Postgres).await;
}

/// Six families are a sum. Who takes the page of one day from the page of another finds no single payment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_days_do_not_tell_of_one_payment() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 50_000, 0).await;
    let nord = town.region("Nord").await.to_string();
    for (at, need) in NEEDS.iter().enumerate() {
        let (marta, case) = decided(&town).await;
        let agency = if at % 2 == 0 { LOTSE } else { "Anker e. V." };
        commissions(&marta, &case, agency, need, "").await.is(303);
    }
    let path = format!("/api/v1/budget?region={nord}&year=2026");
    let bound = |day: &'static str, on: &'static str, key: &'static str| {
        let (town, path) = (&town, &path);
        async move {
            let body = later(town, day, key).await;
            let on = if on.is_empty() { String::new() } else { format!("&on={on}") };
            let book = get(&body, &format!("{path}{on}")).await["book"].clone();
            (book["on"].as_str().unwrap().to_owned(), book["committed_cents"].as_i64(), book["drawn_cents"].as_i64())
        }
    };
    // Before the quarter ends bodies see none of it, then all of it.
    assert_eq!(bound("2026-12-31", "", "greta").await, ("2026-09-30".into(), Some(0), Some(0)));
    let closed = ("2026-12-31".to_owned(), Some(624_200), Some(0));
    assert_eq!(bound("2027-01-02", "", "greta").await, closed);
    later(&town, "2027-01-02", "greta").await.get(&format!("/budget?region={nord}&jahr=2026")).await.shows(TOGETHER);
    // One family is paid for. No day that can be asked for, today or later, moves by it.
    let fiona = later(&town, "2027-02-10", "fiona").await;
    let promises = get(&fiona, &format!("/api/v1/promises?region={nord}&year=2026&kind=A")).await;
    let ids: Vec<String> =
        promises["promises"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 6);
    pays(&fiona, &ids[0], 33_333).await;
    assert_eq!(get(&fiona, &path).await["book"]["drawn_cents"], 33_333);
    for (day, on) in [
        ("2027-02-10", ""),
        ("2027-02-11", "2027-02-10"),
        ("2027-04-01", ""),
        ("2027-04-20", "2027-03-31"),
        ("2027-04-20", "2027-02-10"),
        ("2027-04-20", "2027-02-09"),
    ] {
        for key in BODIES {
            assert_eq!(bound(day, on, key).await, closed, "{key} {day} {on}");
            let body = later(&town, day, key).await;
            let day = (!on.is_empty()).then_some(on);
            finds_nothing(key, &body, &doors(&nord, 2026, day), &[33_333, 590_867, 624_200 - 33_333]).await;
        }
    }
    // Planning sees a sum from three on, committees from five on.
    let fiona = later(&town, "2027-05-10", "fiona").await;
    for id in &ids[1..3] {
        pays(&fiona, id, 33_333).await;
    }
    let spring = ("2027-06-30".to_owned(), Some(624_200 - 99_999), Some(99_999));
    assert_eq!(bound("2027-07-01", "", "paul").await, spring);
    assert_eq!(bound("2027-07-01", "", "greta").await, closed);
    let fiona = later(&town, "2027-07-05", "fiona").await;
    for id in &ids[3..5] {
        pays(&fiona, id, 33_333).await;
    }
    let summer = ("2027-09-30".to_owned(), Some(624_200 - 5 * 33_333), Some(5 * 33_333));
    assert_eq!(bound("2027-10-01", "", "greta").await, summer);
    // Two more for planning: not before there are three again.
    assert_eq!(bound("2027-10-01", "", "paul").await, spring);
}
