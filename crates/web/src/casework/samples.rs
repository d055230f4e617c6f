// SPDX-License-Identifier: EUPL-1.2
//! A family for the tests of pages.

use crate::kit::Frame;
use app::casework::cases::{CaseView, Event, GoalView, Overview, PersonView, Stage, StatementView, StrengthView};
use domain::casework::{Field, PersonRole, StatementKind};
use domain::kernel::{CaseId, Day, GoalId, PersonId, SpaceId, StrengthId, TeamId, UserId, WillId};
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// 20 November 2026, and days before it.
pub fn day(back: i32) -> Day {
    Day::parse("2026-11-20").unwrap().plus_days(-back)
}

/// The frame of a page, without navigation.
pub fn frame(current: &'static str) -> Frame {
    let (name, office) = ("Mira Albers".to_owned(), "Jugendamt Musterstadt".to_owned());
    Frame { name, office, demo: true, may_search: true, current, groups: Vec::new() }
}

/// Leyla and her mother.
pub fn people() -> Vec<PersonView> {
    let person = |n, name: &str, role, born: Option<&str>| PersonView {
        id: PersonId(id(n)),
        name: name.to_owned(),
        role,
        born: born.map(|born| Day::parse(born).unwrap()),
        human: domain::kernel::HumanId(id(n)),
        language: None,
        interpreter: None,
    };
    vec![
        person(1, "Leyla Demir", PersonRole::Child, Some("2017-03-02")),
        person(2, "Can Demir", PersonRole::Child, Some("2022-05-09")),
        person(3, "Aylin Demir", PersonRole::Mother, None),
    ]
}

/// Their case.
pub fn case(stage: Stage) -> CaseView {
    CaseView {
        id: CaseId(id(7)),
        number: "2026-0402".to_owned(),
        family: "Demir".to_owned(),
        team: TeamId(id(8)),
        team_name: "ASD Süd".to_owned(),
        space: Some(SpaceId(id(9))),
        space_name: Some("Süd 2".to_owned()),
        worker: UserId(id(10)),
        worker_name: "Mira Albers".to_owned(),
        opened_on: day(90),
        danger_since: None,
        stage,
        is_sealed: false,
        joined_into: None,
    }
}

fn said(n: u128, kind: StatementKind, speaker: Option<&str>, words: &str) -> StatementView {
    let own_part = (kind == StatementKind::Will).then(|| "Ich bringe sie morgens hin.".to_owned());
    let speaker = speaker.map(str::to_owned);
    StatementView { id: WillId(id(n)), kind, speaker, words: words.to_owned(), own_part, said_on: day(60) }
}

/// What was said.
pub fn statements() -> Vec<StatementView> {
    vec![
        said(21, StatementKind::Wish, Some("Leyla Demir"), "Ich möchte öfter zu Oma."),
        said(22, StatementKind::Will, Some("Aylin Demir"), "Ich will, dass Leyla gern zur Schule geht."),
        said(23, StatementKind::Need, None, "Verlässliche Betreuung am Nachmittag."),
        said(24, StatementKind::Mandate, None, "Schulbesuch an jedem Schultag."),
    ]
}

/// Everything on the overview.
pub fn overview(stage: Stage) -> Overview {
    let event = |back, kind, about: &str| Event { day: day(back), kind, about: about.to_owned() };
    let events = [
        ("commission", "Verbund Süd gGmbH"),
        ("plan", "1"),
        ("refusal", "2"),
        ("consultation-held", "Team Süd"),
        ("consultation-set", "Team Süd"),
        ("will", "Aylin Demir"),
        ("wish", "Leyla Demir"),
        ("need", ""),
        ("mandate", ""),
        ("report", "phone"),
    ];
    let goal = GoalView {
        id: GoalId(id(31)),
        owner: "Leyla Demir".to_owned(),
        words: "Ich gehe gern zur Schule.".to_owned(),
        agreed_on: day(50),
    };
    let strength = StrengthView {
        id: StrengthId(id(41)),
        field: Field::Social,
        words: "Oma holt Leyla gern ab.".to_owned(),
        owner: Some("Leyla Demir".to_owned()),
    };
    Overview {
        brief: None,
        case: case(stage),
        people: people(),
        statements: statements(),
        goals: vec![goal],
        strengths: vec![strength],
        events: events.into_iter().zip(1..).map(|((kind, about), back)| event(back, kind.to_owned(), about)).collect(),
    }
}

/// Checks a page: no message is missing, the needles are there. With `PAGES` set, writes it there.
pub fn check(name: &str, html: &str, needles: &[&str]) {
    if let Some(folder) = std::env::var_os("PAGES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.html")), html).unwrap();
    }
    let missing = html.split('«').nth(1).and_then(|rest| rest.split('»').next());
    assert_eq!(missing, None, "{name}: a message is missing");
    for needle in needles {
        assert!(html.contains(needle), "{name}: {needle} is not there:\n{html}");
    }
}
