// SPDX-License-Identifier: EUPL-1.2
//! Times as people write them.

use super::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn what_is_typed_is_kept_and_shown_again() {
    for (typed, shown, rfc) in [
        (
            "Mo, Mi 15-17 Uhr",
            "Mo, Mi 15–17 Uhr",
            "DTSTART:20240101T150000\nDURATION:PT120M\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE",
        ),
        (
            "montags 9:30 bis 11 Uhr",
            "Mo 9:30–11 Uhr",
            "DTSTART:20240101T093000\nDURATION:PT90M\nRRULE:FREQ=WEEKLY;BYDAY=MO",
        ),
        (
            "Mo-Fr 8–16 Uhr",
            "Mo–Fr 8–16 Uhr",
            "DTSTART:20240101T080000\nDURATION:PT480M\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        (
            "jeden 2. Dienstag im Monat ab 18 Uhr",
            "jeden 2. Di im Monat ab 18 Uhr",
            "DTSTART:20240101T180000\nRRULE:FREQ=MONTHLY;BYDAY=2TU",
        ),
        (
            "letzter Freitag 19-21",
            "jeden letzten Fr im Monat 19–21 Uhr",
            "DTSTART:20240101T190000\nDURATION:PT120M\nRRULE:FREQ=MONTHLY;BYDAY=-1FR",
        ),
        (
            "alle 2 Wochen Do 16-18 Uhr seit 5.11.2026 bis 31.3.2027",
            "alle 2 Wochen Do 16–18 Uhr seit 05.11.2026 bis 31.03.2027",
            "DTSTART:20261105T160000\nDURATION:PT120M\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;UNTIL=20270331T235959",
        ),
        ("Samstag, 12.12.2026 10–12 Uhr", "12.12.2026 10–12 Uhr", "DTSTART:20261212T100000\nDURATION:PT120M"),
        (
            "täglich 10-18",
            "Mo–So 10–18 Uhr",
            "DTSTART:20240101T100000\nDURATION:PT480M\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        ),
    ] {
        let time = Schedule::read(typed).unwrap_or_else(|_| panic!("{typed}"));
        assert_eq!(time.german(), shown);
        assert_eq!(time.to_rfc5545(), rfc);
        assert_eq!(Schedule::read(shown), Ok(time), "{shown}");
        assert_eq!(Schedule::from_rfc5545(rfc), Ok(time), "{rfc}");
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    for text in [
        "nach Absprache",
        "Mo",
        "Montag 25 Uhr",
        "alle 2 Wochen Mo 10-12",
        "31.2.2026 10 Uhr",
        "Xy 10-12 Uhr",
        "10-12 Uhr",
    ] {
        assert_eq!(Schedule::read(text), Err(TIME_UNREADABLE.broken()), "{text}");
    }
    assert_eq!(Schedule::read("Mo 17-15 Uhr"), Err(TIME_BACKWARDS.broken()));
    assert_eq!(read_times("Mo 10-12 Uhr\n\n Di 10-12 Uhr ").map(|all| all.len()), Ok(2));
}

#[test]
fn days_are_found() {
    let monthly = Schedule::read("2. Di im Monat 18-20 Uhr").unwrap();
    assert!(monthly.is_on(day("2026-12-08")) && !monthly.is_on(day("2026-12-01")) && !monthly.is_on(day("2026-12-15")));
    assert_eq!(monthly.next(day("2026-11-23")), Some(day("2026-12-08")));
    let last = Schedule::read("letzter Mo im Monat 9-10 Uhr").unwrap();
    assert!(last.is_on(day("2026-11-30")) && !last.is_on(day("2026-11-23")));
    let other = Schedule::read("alle 2 Wochen Do 16-18 Uhr seit 5.11.2026").unwrap();
    assert!(other.is_on(day("2026-11-19")) && !other.is_on(day("2026-11-12")) && !other.is_on(day("2026-10-22")));
    let once = Schedule::read("12.12.2026 10-12 Uhr").unwrap();
    assert!(once.is_open(day("2026-12-12"), 11 * 60) && !once.is_open(day("2026-12-12"), 12 * 60));
    assert!(once.is_over(day("2026-12-13")) && !once.is_over(day("2026-12-12")));
}

#[test]
fn calendars_begin_on_a_day_that_fits() {
    let time = Schedule::read("Di 15-17 Uhr bis 31.3.2027").unwrap();
    assert_eq!(
        time.to_calendar(day("2026-11-23")),
        [
            "DTSTART;TZID=Europe/Berlin:20261124T150000",
            "DURATION:PT120M",
            "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331T215959Z"
        ]
    );
    assert!(Schedule::read("1.1.2020 10 Uhr").unwrap().to_calendar(day("2026-11-23")).is_empty());
}
