// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::casework::samples::{check, day, frame, overview};

fn shown(seen: Overview) -> String {
    let head = CaseHead::new(&seen.case, &seen.people, day(0), "overview");
    OverviewPage { frame: frame("nav-cases"), head, next: Next::of(&seen), seen, nearby: Vec::new() }.render().unwrap()
}

fn line(danger: bool) -> CaseLine {
    let case = overview(Stage::Running).case;
    CaseLine {
        id: case.id,
        number: case.number,
        family: case.family,
        space: None,
        worker: case.worker_name,
        opened_on: case.opened_on,
        danger_since: danger.then(|| day(1)),
        moved_at: Moment(1_795_000_000_000),
        stage: Stage::Consultation,
        is_sealed: false,
    }
}

#[test]
fn the_overview_says_what_the_family_wants_and_what_happened() {
    let needles = [
        "Familie Demir",
        "Leyla, 9 · Can, 4 · Aylin",
        "„Ich will, dass Leyla gern zur Schule geht.“",
        "Meldung eingegangen (telefonisch).",
        "Hilfeplan Fassung 1.",
        "aria-current=\"page\">Überblick",
        "Die Hilfe läuft.",
    ];
    check("case", &shown(overview(Stage::Running)), &needles);
}

#[test]
fn a_family_without_people_and_with_danger() {
    let mut seen = overview(Stage::Opened);
    seen.people.clear();
    seen.statements.clear();
    seen.goals.clear();
    seen.strengths.clear();
    seen.case.danger_since = Some(day(2));
    seen.case.space_name = None;
    let needles =
        ["Personen aufnehmen", "§ 8a", "seit 18.11.2026", "Noch offen: der Wille, Ziele, Ressourcen der Familie."];
    check("case-new", &shown(seen), &needles);
}

fn next(stage: Stage, expected: &str) {
    assert_eq!(Next::of(&overview(stage)).key, expected);
}

#[test]
fn each_stage_has_its_next_step() {
    next(Stage::Opened, "agenda");
    next(Stage::Consultation, "decide");
    next(Stage::Decided, "commission");
    next(Stage::Running, "review");
    for key in ["people", "will", "agenda", "decide", "commission", "refused", "review"] {
        assert!(
            crate::kit::messages::has(&format!("next-{key}")) && crate::kit::messages::has(&format!("next-do-{key}"))
        );
    }
}

#[test]
fn lists_and_search() {
    let table = |cases| CaseTable { cases };
    let list = |whose: Whose, table: CaseTable, first| ListPage {
        frame: frame("nav-cases"),
        filter: Filter::new(whose.into()),
        first,
        begin: "/faelle?wessen=mine".to_owned(),
        total: 2,
        table,
        more: Some("/faelle?wessen=mine&nach=1.2".to_owned()),
    };
    let mine = list(Whose::Mine, table(vec![line(true), line(false)]), true).render().unwrap();
    check("cases", &mine, &["2 Fälle", "Weitere anzeigen", "is-alarm", "Familie Demir"]);
    check(
        "cases-empty",
        &list(Whose::Teams, table(Vec::new()), false).render().unwrap(),
        &["Das Team hat", "Von vorn"],
    );
    let search =
        |words: &str, cases| SearchPage { frame: frame("nav-cases"), words: words.to_owned(), table: table(cases) };
    check("search", &search("dem", vec![line(false)]).render().unwrap(), &["Ein Fall gefunden."]);
    check("search-none", &search("xyz", Vec::new()).render().unwrap(), &["Kein Fall zu „xyz“"]);
    let two = search("ka", Vec::new()).render().unwrap();
    check("search-two", &two, &["mindestens drei Buchstaben", "Niemand heißt genau „ka“"]);
    check("search-short", &search("", Vec::new()).render().unwrap(), &["mindestens drei Buchstaben"]);
}

#[test]
fn where_a_list_goes_on() {
    let query = |nach: &str| ListQuery {
        wessen: "team".to_owned(),
        wer: String::new(),
        stand: "ended".to_owned(),
        bereich: "danger".to_owned(),
        nach: nach.to_owned(),
    };
    assert_eq!(first_page(query("").which()), "/faelle?wessen=team&stand=ended&bereich=danger");
    assert_eq!(first_page(Whose::Mine.into()), "/faelle?wessen=mine");
    let asked = |nach: &str| query(nach).after();
    let id = Uuid::from_u128(5);
    assert_eq!(asked(&format!("17.{id}")), Some((Moment(17), id)));
    assert_eq!(asked("17"), None);
    assert_eq!(asked("x.y"), None);
}
