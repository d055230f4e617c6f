// SPDX-License-Identifier: EUPL-1.2
//! When something takes place, in the language of the page.

use crate::kit::{t, t_with};
use domain::resources::{Rhythm, Schedule};

/// A time in the words of the page; in German the same that [`Schedule::german`] says.
pub fn said(time: &Schedule) -> String {
    if t("map-page-language") == "de" { time.german() } else { in_words(time) }
}

fn with(key: &str, x: &str) -> String {
    t_with(key, &[("x", x)])
}

fn in_words(time: &Schedule) -> String {
    let clock = |minute: i32| format!("{}:{:02}", minute / 60, minute % 60);
    let hours = match time.to {
        Some(to) => t_with("times-between", &[("x", &clock(time.from)), ("y", &clock(to))]),
        None => with("times-from", &clock(time.from)),
    };
    let until = time.until.map(|day| with("times-until", &day.german()));
    let (before, after) = match time.rhythm {
        Rhythm::Once(day) => (day.german(), None),
        Rhythm::Weekly { every, days, since } => {
            let weeks = if every > 1 { with("times-weeks", &every.to_string()) + " " } else { String::new() };
            (weeks + &days_in_words(days), since.map(|day| with("times-since", &day.german())))
        }
        Rhythm::Monthly { nth: -1, day } => (with("times-nth-last", &name(day)), None),
        Rhythm::Monthly { nth, day } => (with(&format!("times-nth-{nth}"), &name(day)), None),
    };
    [Some(before), Some(hours), after, until].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn name(day: usize) -> String {
    t(&format!("times-day-{day}"))
}

/// A row of three or more days by its ends.
fn days_in_words(days: [bool; 7]) -> String {
    let on: Vec<usize> = (0..7).filter(|day| days[*day]).collect();
    match (on.first(), on.last()) {
        (Some(first), Some(last)) if on.len() > 2 && last - first + 1 == on.len() => {
            format!("{}–{}", name(*first), name(*last))
        }
        _ => on.into_iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::messages::speaking;

    const LINES: [(&str, &str); 5] = [
        ("Mo–Fr 9–11:30 Uhr", "Mon–Fri 9:00–11:30"),
        ("Mo, Mi 15–17 Uhr", "Mon, Wed 15:00–17:00"),
        ("jeden 2. Di im Monat 18:30–20 Uhr", "every second Tue of the month 18:30–20:00"),
        (
            "alle 2 Wochen Fr ab 16 Uhr seit 06.11.2026 bis 31.03.2027",
            "every 2 weeks Fri from 16:00 since 06.11.2026 until 31.03.2027",
        ),
        ("12.12.2026 10–12 Uhr", "12.12.2026 10:00–12:00"),
    ];

    #[tokio::test]
    async fn times_are_said_in_the_language_of_the_page() {
        for (german, english) in LINES {
            let time = Schedule::read(german).unwrap();
            assert_eq!(said(&time), german);
            assert_eq!(speaking("en", async { said(&time) }).await, english);
            assert_eq!(speaking("tr", async { said(&time) }).await, german);
        }
    }
}
