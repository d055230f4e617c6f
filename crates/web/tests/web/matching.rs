// SPDX-License-Identifier: EUPL-1.2
//! From a goal to the quarter, and the lived space: own and near first, with reasons; nothing of the question is kept,
//! a use is counted without names, a protected address gives no distance.

use crate::cards::{add, card};
use crate::client::Client;
use crate::main_job::{explores, opens, option};
use crate::town::{Engine, Town, both};
use axum::http::Method;
use serde_json::json;

/// In Hafen, 200 m west of the border to Altstadt, and 150 m behind it.
const SCHOOL: &str = "53.6050, 9.9120";
const BEHIND: &str = "53.6050, 9.9172";

/// A case with four cards that fit its goal, one for each step; answers case, child, goal, and the cards.
async fn ready(town: &Town) -> (Client, String, String, Vec<String>) {
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let helper = [
        ("kind", "person"),
        ("about", "Holt am Nachmittag Kinder ab"),
        ("place", ""),
        ("consent_on", "2026-11-01"),
        ("consent_until", "2027-11-01"),
        ("consent_scope", "professionals"),
        ("consent_form", "written"),
        ("visibility", "professionals"),
        ("topics", "neighbours"),
    ];
    let anker = town.as_("anker").await;
    let group = [
        ("kind", "group"),
        ("about", "Malen am Nachmittag"),
        ("place", ""),
        ("point", BEHIND),
        ("languages", "ar"),
        ("free_places", "2"),
    ];
    let cards = vec![
        add(&anker, &card("Gruppenarbeit Anker", &[("about", "Hilfe am Nachmittag"), ("basis", "29")])).await,
        add(&marta, &card("Hort Lindenhof", &[("about", "Betreuung am Nachmittag"), ("cost", "fee")])).await,
        add(&town.as_("lotse").await, &card("Malgruppe", &group)).await,
        add(&marta, &card("Frau Wunderlich", &helper)).await,
    ];
    add(&marta, &card("Kegelbahn", &[("about", "Kegeln")])).await;
    let child = option(&marta.get(&format!("/faelle/{case}/wille")).await.text(), "Leyla Demir");
    (marta, case, child, cards)
}

/// Where the words stand on a page, in order.
#[track_caller]
fn in_order(text: &str, words: &[&str]) {
    let at: Vec<_> =
        words.iter().map(|word| text.find(word).unwrap_or_else(|| panic!("no {word} in\n{text}"))).collect();
    assert!(at.is_sorted(), "{words:?} stand at {at:?}");
}

async fn a_goal_meets_the_quarter(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, case, child, cards) = ready(&town).await;
    let page = format!("/faelle/{case}/passendes");
    let ladder = marta.get(&format!("/faelle/{case}/ziele")).await.text();
    let goal = ladder.split("passendes?ziel=").nth(1).unwrap()[..36].to_owned();
    let found = marta.get(&format!("{page}?ziel={goal}")).await;
    found.shows("value=\"nachmittags festen Ort\"").hides("Kegelbahn");
    in_order(&found.text(), &["Tante Elif", "Frau Wunderlich", "Malgruppe", "Hort Lindenhof", "Gruppenarbeit Anker"]);
    found.shows("ab der Mitte von Hafen").shows("Luftlinie").shows("2 freie Plätze").shows("bestätigt heute");
    // Filters narrow; what was typed stays.
    let wants = [("words", "Nachmittag"), ("language", "ar"), ("person", child.as_str())];
    let found = marta.fill(&page, &page, &wants).await;
    found.is(200).shows("Malgruppe").shows("spricht Arabisch").hides("Hort Lindenhof").shows("value=\"Nachmittag\"");
    // Whose age is known need not be asked for it.
    let toddlers = [("about", "Krabbeln am Nachmittag"), ("age_to", "2")];
    add(&marta, &card("Krabbelkreis", &toddlers)).await;
    marta.fill(&page, &page, &[("words", "Nachmittag"), ("person", &child)]).await.hides("Krabbelkreis");
    marta.fill(&page, &page, &[("words", "Nachmittag")]).await.shows("Krabbelkreis");
    marta.fill(&page, &page, &[("words", "Nachmittag"), ("time", "weekend")]).await.shows("nichts eingetragen");
    // The name of a private person stays out of the file; what was typed stays on the page.
    let take = format!("{page}/vormerken");
    let choose = marta.post(&format!("{page}/karte"), &[("card", &cards[3])]).await;
    choose.is(200).shows("Jemand aus der Nachbarschaft: Nachbarschaft und Ehrenamt");
    let named = [("card", cards[3].as_str()), ("words", "Frau Wunderlich holt sie ab")];
    marta.post(&take, &named).await.is(422).shows("gehört nicht in den Fall").shows("Wunderlich holt sie ab");
    marta.post(&take, &[named[0], ("words", "Eine Nachbarin holt sie ab")]).await.is(303);
    let check = marta.get(&format!("/faelle/{case}/ressourcencheck")).await;
    check.shows("Eine Nachbarin holt sie ab").hides("Wunderlich");
    // As a step towards the goal.
    let step = [("card", cards[2].as_str()), ("words", "Wir gehen einmal hin"), ("under", &goal), ("owner", &child)];
    marta.post(&format!("{page}/schritt"), &[&step[..], &[("due_on", "2026-11-01")]].concat()).await.is(422);
    marta.post(&format!("{page}/schritt"), &step).await.is(303);
    marta.get(&format!("/faelle/{case}/ziele")).await.shows("Wir gehen einmal hin");
    // Whose consent is over is proposed to nobody, from that day on; what is old says so.
    let malik = town.later("malik", "2027-11-01T23:59").await;
    malik.get(&format!("{page}?ziel={goal}")).await.shows("Frau Wunderlich").shows("lange nicht bestätigt");
    let malik = town.later("malik", "2027-11-02T00:00").await;
    malik.get(&format!("{page}?ziel={goal}")).await.shows("Malgruppe").hides("Wunderlich");
    refusing(&marta, &page, &cards).await;
    only_its_team(&town, &case, &cards).await;
    counted_without_names(&town, &marta, &case, &cards).await;
}

/// What a family turned down has a reason and comes no more, until it thinks again.
async fn refusing(marta: &Client, page: &str, cards: &[String]) {
    let refuse = format!("{page}/ablehnen");
    marta.post(&refuse, &[("card", &cards[1]), ("why", "")]).await.is(422).shows("warum es nicht passt");
    marta.post(&refuse, &[("card", &cards[1]), ("why", "Zu teuer für uns")]).await.is(303);
    let found = marta.fill(page, page, &[("words", "Nachmittag")]).await;
    found.shows("Hort Lindenhof: „Zu teuer für uns“").hides("Betreuung am Nachmittag");
    marta.post(&format!("{page}/doch"), &[("card", &cards[1])]).await.is(303);
    marta.post(&format!("{page}/doch"), &[("card", &cards[1])]).await.is(404);
    marta.fill(page, page, &[("words", "Nachmittag")]).await.shows("Betreuung am Nachmittag");
}

async fn only_its_team(town: &Town, case: &str, cards: &[String]) {
    for key in ["heike", "konrad", "fiona", "lotse", "anker", "ankerteam", "dora"] {
        let client = town.as_(key).await;
        for path in ["passendes", "lebenswelt"] {
            client.get(&format!("/faelle/{case}/{path}")).await.is(404);
        }
        let refused =
            client.post(&format!("/faelle/{case}/passendes/vormerken"), &[("card", &cards[0]), ("words", "x")]).await;
        assert!(matches!(refused.status.as_u16(), 403 | 404), "{key}");
        client.api(Method::POST, &format!("/api/v1/cases/{case}/matches"), Some(json!({"words": "x"}))).await.is(404);
        client.api(Method::GET, &format!("/api/v1/cases/{case}/lived-space"), None).await.is(404);
    }
}

/// A use is counted for a closed month and from five on; neither the log nor the case leads from one to the other.
async fn counted_without_names(town: &Town, marta: &Client, case: &str, cards: &[String]) {
    let page = format!("/ressourcen/{}", cards[2]);
    let take = format!("/faelle/{case}/passendes/vormerken");
    for n in 0..3 {
        let words = format!("Malgruppe, Anlauf {n}");
        marta.post(&take, &[("card", &cards[2]), ("words", &words)]).await.is(303);
    }
    let konrad = town.as_("konrad").await;
    konrad.get(&page).await.is(200).hides("insgesamt");
    let later = town.later("konrad", "2026-12-01T10:00").await;
    later.get(&page).await.shows("weniger als 5").hides("<dd class=\"num\">4</dd>");
    marta.post(&take, &[("card", &cards[2]), ("words", "Malgruppe, noch einmal")]).await.is(303);
    later.get(&page).await.shows("insgesamt").shows("<dd class=\"num\">5</dd>").shows("Hafen");
    let uses = later.api(Method::GET, &format!("/api/v1/resources/{}/uses", cards[2]), None).await.json();
    assert_eq!(uses, json!({"total": 5, "by_space": {"Hafen": 5}}));
    town.as_("greta").await.get(&page).await.is(200).hides("insgesamt");
    // No number of a card in the case, no number of a case with the card, no word of either in the log.
    for path in ["ressourcencheck", "ziele", "wille", ""] {
        let shown = marta.get(&format!("/faelle/{case}/{path}")).await;
        for card in cards {
            shown.hides(card);
        }
    }
    let deeds = town.deeds().await.join("\n");
    assert!(deeds.contains("sheet-written") && deeds.contains("step-recorded"));
    for secret in ["Malgruppe", "Wunderlich", "Nachmittag", "Zu teuer"] {
        assert!(!deeds.contains(secret), "{secret} in the log");
    }
}

/// Words of a question are in no file of the database, and asking leaves no line in the log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_a_question_is_kept() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case, ..) = ready(&town).await;
    let before = town.deeds().await.len();
    let page = format!("/faelle/{case}/passendes");
    marta.fill(&page, &page, &[("words", "Xylophonkurs für Zwillinge")]).await.is(200).shows("Xylophonkurs");
    let asked = json!({"words": "Xylophonkurs für Zwillinge", "age": 7, "time": "evening"});
    marta.api(Method::POST, &format!("/api/v1/cases/{case}/matches"), Some(asked)).await.is(200).shows("Xylophonkurs");
    assert_eq!(town.deeds().await.len(), before, "asking is no deed");
    for (name, bytes) in town.files() {
        assert!(!holds(&bytes, "ylophonkurs") && !holds(&bytes, "Zwillinge"), "{name} keeps the question");
        // The same look finds what is kept.
        assert!(name != "office.sqlite" || town.all_bytes().windows(5).any(|at| at == b"Leyla"));
    }
}

pub fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|at| at.eq_ignore_ascii_case(words.as_bytes()))
}

fn place<'a>(child: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("person", child),
        ("kind", "school"),
        ("name", "Schule am Kastanienhof"),
        ("way", "foot"),
        ("company", "alone"),
        ("told_on", "2026-11-20"),
    ];
    all.retain(|(field, _)| more.iter().all(|(other, _)| other != field));
    all.extend_from_slice(more);
    all
}

async fn a_child_has_its_own_borders(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, case, child, cards) = ready(&town).await;
    let page = format!("/faelle/{case}/lebenswelt");
    let (places, reach) = (format!("{page}/orte"), format!("{page}/reichweite"));
    marta.get(&page).await.is(200).shows("Noch ist kein Ort eingetragen");
    let wrong = [("company", "with"), ("point", "irgendwo"), ("minutes", "999")];
    let refused = marta.fill(&page, &places, &place(&child, &wrong)).await;
    refused.is(422).shows("wer mitkommt").shows("bis zu 300 Minuten").shows("Kastanienhof").shows("irgendwo");
    marta.fill(&page, &places, &place(&child, &[("point", SCHOOL), ("place", "Kastanienhof 3")])).await.is(303);
    marta
        .fill(&page, &places, &place(&child, &[("kind", "kin"), ("name", "Oma Hilde"), ("company", "not-yet")]))
        .await
        .is(303);
    marta.fill(&page, &reach, &[("person", &child), ("metres", "60000"), ("said_on", "2026-11-20")]).await.is(422);
    let said =
        [("person", child.as_str()), ("metres", "500"), ("words", "nicht über die Bahn"), ("said_on", "2026-11-20")];
    marta.fill(&page, &reach, &said).await.is(303);
    let seen = marta.get(&page).await;
    seen.shows("bis 500 m allein").shows("nicht über die Bahn").shows("Kastanienhof 3").shows("Oma Hilde");
    // Two places in the list, one on the map with its reach, one that is only in the list: none is lost.
    assert_eq!(seen.text().matches("<g class=\"map-hit\">").count(), 1);
    seen.shows("line-dashed").shows("Ein Ort hat keinen Punkt");
    // Nothing of it becomes a card (N2).
    for path in ["/ressourcen?q=Kastanienhof", "/angebote?q=Kastanienhof"] {
        marta.get(path).await.is(200).shows("Nichts gefunden");
    }
    // What lies behind the border is within reach.
    let found = marta
        .fill(
            &format!("/faelle/{case}/passendes"),
            &format!("/faelle/{case}/passendes"),
            &[("words", "malen"), ("flags", "only-reach")],
        )
        .await;
    found
        .shows("in Reichweite von Leyla Demir")
        .shows("auch hinter der Grenze")
        .shows("Malgruppe")
        .hides("Hort Lindenhof");
    protected(&town, &marta, (&case, &child), &cards).await;
}

/// Once an address is protected: no distance, no point, no address of a place, by no door.
async fn protected(town: &Town, marta: &Client, (case, child): (&str, &str), cards: &[String]) {
    let people = format!("/faelle/{case}/menschen");
    let seal = [
        ("person", child),
        ("place", "Ginsterweg 7, 22844 Musterhafen"),
        ("reason", "register"),
        ("why", "Bedrohung."),
        ("review_on", "20.11.2027"),
    ];
    marta.fill(&people, &format!("/faelle/{case}/schutzadressen"), &seal).await.is(303);
    let (lived, matched) = (format!("/faelle/{case}/lebenswelt"), format!("/faelle/{case}/passendes"));
    let seen = marta.get(&lived).await;
    seen.shows("geschützt").shows("Oma Hilde").hides("Kastanienhof 3").hides("53.6050").hides("map-hit");
    let found = marta.fill(&matched, &matched, &[("words", "Nachmittag")]).await;
    found
        .shows("Malgruppe")
        .shows("keine Entfernungen")
        .hides("Luftlinie")
        .hides("Reichweite von")
        .hides("ab der Mitte");
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/lived-space"), None).await;
    told.is(200).hides("Kastanienhof 3").hides("53.6050").shows("Oma Hilde");
    let asked =
        marta.api(Method::POST, &format!("/api/v1/cases/{case}/matches"), Some(json!({"words": "Nachmittag"}))).await;
    assert!(asked.json()["origin"] == "sealed" && asked.json()["cards"][0]["metres"].is_null(), "{}", asked.text());
    for field in [("place", "Deichweg 1"), ("point", SCHOOL), ("name", "Spielplatz am Ginsterweg 7")] {
        marta.post(&format!("{lived}/orte"), &place(child, &[field])).await.is(422).shows("geschützt");
    }
    marta.get(&format!("/faelle/{case}/passendes?person={child}")).await.is(200).hides("Luftlinie");
    // A use is counted without the space, which would narrow down where the address is.
    for n in 0..5 {
        let words = format!("Hort {n}");
        marta.post(&format!("{matched}/vormerken"), &[("card", &cards[1]), ("words", &words)]).await.is(303);
    }
    let later = town.later("konrad", "2026-12-01T10:00").await;
    let uses = later.api(Method::GET, &format!("/api/v1/resources/{}/uses", cards[1]), None).await.json();
    assert_eq!(uses, json!({"total": 5, "by_space": {"": 5}}));
}

both! {
    a_goal_meets_the_quarter, a_goal_meets_the_quarter_on_sqlite, a_goal_meets_the_quarter_on_postgres;
    a_child_has_its_own_borders, a_child_has_its_own_borders_on_sqlite, a_child_has_its_own_borders_on_postgres;
}
