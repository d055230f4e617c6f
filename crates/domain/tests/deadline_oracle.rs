// SPDX-License-Identifier: EUPL-1.2
//! Every deadline against an oracle that shares no line with the program: `oracle/deadlines.py`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use domain::deadlines::{Calendar, DeadlineRule, compute, end_of_day, end_of_hours};
use domain::kernel::{Day, Moment};

const CASES: &str = include_str!("oracle/deadlines.tsv");

/// What the program says to a line of the oracle.
fn ours(kind: &str, calendar: &str, start: &str) -> String {
    match kind {
        "end-of-day" => end_of_day(Day::parse(start).unwrap()).rfc3339(),
        "hours-72" => end_of_hours(Moment::parse_local(start).unwrap(), 72).rfc3339(),
        "holidays" => holidays(calendar, start.parse().unwrap()),
        _ => {
            let rule = DeadlineRule::from_code(kind).unwrap();
            let calendar = Calendar::from_code(calendar).unwrap();
            compute(rule, Day::parse(start).unwrap(), &calendar).due().to_string()
        }
    }
}

/// All public holidays of a year that are no Sundays: `01-01 04-03 …`.
fn holidays(calendar: &str, year: i16) -> String {
    let calendar = Calendar::from_code(calendar).unwrap();
    let first = Day::new(year, 1, 1).unwrap();
    let days = (0..366).map(|n| first.plus_days(n)).filter(|day| day.year() == year && day.weekday() < 7);
    let kept = days.filter(|day| calendar.holiday(*day).is_some());
    kept.map(|day| day.to_string()[5..].to_owned()).collect::<Vec<_>>().join(" ")
}

#[test]
fn no_deadline_differs_from_the_oracle() {
    let mut differences = Vec::new();
    let mut rules = 0;
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let [kind, calendar, start, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not four columns: {line}");
        };
        rules += usize::from(DeadlineRule::from_code(kind).is_some());
        let said = ours(kind, calendar, start);
        if said != expected {
            differences.push(format!("{line}: we say {said}"));
        }
    }
    assert_eq!(differences, Vec::<String>::new());
    assert!(rules >= 2_000, "only {rules} cases");
}

/// A wrong day is found: one case of the oracle, changed by a day.
#[test]
fn the_comparison_can_fail() {
    assert_ne!(ours("competence", "NI", "2026-11-23"), "2026-12-06");
    assert_eq!(ours("competence", "NI", "2026-11-23"), "2026-12-07");
}

#[test]
fn every_rule_and_every_land_is_asked() {
    for rule in DeadlineRule::ALL {
        assert!(CASES.contains(&format!("\n{}\t", rule.code())), "{}", rule.code());
    }
    for land in domain::deadlines::Land::ALL {
        assert!(CASES.contains(&format!("\t{}\t", land.code())), "{}", land.code());
    }
}
