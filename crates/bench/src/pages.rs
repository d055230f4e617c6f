// SPDX-License-Identifier: EUPL-1.2
//! The pages that are asked for, of the program and of its bare peer.

use crate::client::{Visitor, get, header, post};
use crate::load::{Script, Target};
use crate::{Outcome, bare, flows};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::SocketAddr;
use std::sync::Arc;
use uuid::Uuid;

/// Signs in as a demo user; answers the header with the cookie.
pub fn sign_in(address: SocketAddr) -> Outcome<String> {
    let mut visitor = Visitor::connect(address)?;
    let answer = visitor.ask(&post("/anmelden/demo", "", &[("person", flows::WORKER)]))?;
    let cookie = header(answer.head, "set-cookie").and_then(|line| line.split(';').next());
    cookie.map(|pair| format!("Cookie: {pair}\r\n")).ok_or(format!("no cookie, status {}", answer.status))
}

/// The pages of the program, signed in.
pub fn of_program(address: SocketAddr, cookie: &str, stage: &flows::Stage) -> Outcome<Vec<Target>> {
    let list = get("/faelle?wessen=team", cookie);
    let small = get("/faelle?wessen=team", &format!("{cookie}Accept-Encoding: gzip\r\n"));
    let cases = cases(address, &list)?;
    let cookies = cookie.to_owned();
    let case: Script = Arc::new(move |number| {
        let path = cases.get(number % cases.len().max(1)).map_or("/", String::as_str);
        get(path, &cookies)
    });
    let target = |name, script, status| Target { name, address, script, status };
    let asks = |path: &'static str, texts: &'static [&'static str]| -> Script {
        let cookie = cookie.to_owned();
        Arc::new(move |number| get(&format!("{path}{}", texts[number % texts.len()]), &cookie))
    };
    Ok(vec![
        target("Case list (50 rows)", always(list), 200),
        target("Case list, compressed", always(small), 200),
        target("Case", case, 200),
        target("Search, three letters of a name", asks("/suche?q=", &LETTERS), 200),
        target("Search, a name as it sounds", asks("/suche?q=", &SOUNDS), 200),
        target("Search, a telephone or case number", asks("/suche?q=", &NUMBERS), 200),
        target("Directory, words and filter", asks("/ressourcen?q=", &CARDS), 200),
        target("Create (a report, durable)", create(cookie, stage), 303),
    ])
}

/// What is typed into the search of people and cases.
const LETTERS: [&str; 8] = ["mei", "sch", "yil", "kow", "pet", "ahm", "hof", "nov"];
const SOUNDS: [&str; 6] = ["Maier", "Schmitt", "Jilmas", "Hofmann", "Krystian", "Mueler"];
const NUMBERS: [&str; 4] = ["040+1234", "0170", "2026-00017", "2025-001"];
/// … and of the directory.
const CARDS: [&str; 5] =
    ["Schwimmkurs&sprache=ar", "Beratung&frei=1", "Fusball&alter=9", "Kinder+Nachmittag", "28+SGB+VIII&barrierefrei=1"];

/// The peer's pages, in the same order.
pub fn of_bare(address: SocketAddr) -> Vec<Target> {
    let list = get("/cases", "");
    let case: Script = Arc::new(|number| get(&format!("/cases/{}", 1 + number * 7 % bare::WITH_CONTACTS), ""));
    let create = post("/cases", "", &[("words", "Die Mutter bittet um Unterstützung im Alltag mit drei Kindern.")]);
    let target = |name, script, status| Target { name, address, script, status };
    vec![
        target("bare list", always(list.clone()), 200),
        target("bare list", always(list), 200),
        target("bare case", case, 200),
        target("bare list", always(get("/cases", "")), 200),
        target("bare list", always(get("/cases", "")), 200),
        target("bare list", always(get("/cases", "")), 200),
        target("bare list", always(get("/cases", "")), 200),
        target("bare create", always(create), 201),
    ]
}

fn always(request: Vec<u8>) -> Script {
    Arc::new(move |_| request.clone())
}

/// The cases on the list.
fn cases(address: SocketAddr, list: &[u8]) -> Outcome<Vec<String>> {
    let mut visitor = Visitor::connect(address)?;
    let page = String::from_utf8_lossy(visitor.ask(list)?.body).into_owned();
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let is_case = |path: &&str| path.strip_prefix("/faelle/").is_some_and(|id| Uuid::parse_str(id).is_ok());
    let cases: Vec<String> = links.filter(is_case).map(str::to_owned).collect();
    if cases.is_empty() { Err("the list shows no case".into()) } else { Ok(cases) }
}

/// A report each, under a key of its own.
fn create(cookie: &str, stage: &flows::Stage) -> Script {
    let (cookie, place, app) = (cookie.to_owned(), stage.place.clone(), stage.app.clone());
    // Keys of an earlier run must not come again: then nothing would be written.
    let run = RandomState::new().build_hasher().finish();
    let rounds = std::sync::atomic::AtomicU64::new(0);
    Arc::new(move |_| {
        let number = rounds.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let fields = [
            ("_key", &*Uuid::from_u64_pair(run, number).to_string()),
            ("received", &app.now().plus_minutes(-2).local_input()),
            ("channel", "phone"),
            ("said", "Die Mutter bittet um Unterstützung im Alltag mit drei Kindern."),
            ("place", &place),
            ("danger", "none"),
            ("family", "Familie Probelauf"),
            ("reporter", ""),
            ("reporter_name", ""),
            ("reporter_contact", ""),
        ];
        post("/eingang/neu", &cookie, &fields)
    })
}
