// SPDX-License-Identifier: EUPL-1.2
//! A calendar (RFC 5545) as a table of events. Times of other zones are told as the clocks in Germany show them.

use domain::kernel::{Day, Moment};
use domain::resources::Schedule;
use domain::resources::exchange::{Fault, MOST_EVENTS, Said, Table};
use domain::territory::Severity;

const HEAD: [&str; 7] = ["id", "kind", "name", "about", "place", "web", "times"];
/// A week in days: what begins within it needs no beginning of its own.
const WEEK: i32 = 7;

/// Lines with their folds opened.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// `\n`, `\,`, `\;`, `\\` as what they stand for.
fn plain(text: &str) -> String {
    let (mut out, mut signs) = (String::with_capacity(text.len()), text.chars());
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}

/// The value of the first line with this name, and the parameters before it.
fn value<'a>(event: &'a [String], name: &str) -> Option<(&'a str, &'a str)> {
    event.iter().find_map(|line| {
        let (head, value) = line.split_once(':')?;
        let (own, parameters) = head.split_once(';').unwrap_or((head, ""));
        own.eq_ignore_ascii_case(name).then_some((parameters, value))
    })
}

/// Day and minute in Germany.
fn stamp(text: &str) -> Option<(Day, i32)> {
    let day = |text: &str| Day::parse(&format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..8)?)).ok();
    let clock = |text: &str| Some(text.get(..2)?.parse::<i32>().ok()? * 60 + text.get(2..4)?.parse::<i32>().ok()?);
    let Some((date, time)) = text.split_once('T') else { return Some((day(text)?, 0)) };
    let (day, minute) = (day(date)?, clock(time)?);
    if !time.ends_with('Z') {
        return Some((day, minute));
    }
    let utc = Moment::parse(&format!("{day}T{:02}:{:02}:00Z", minute / 60, minute % 60)).ok()?;
    let clock = utc.clock();
    let (hour, minute) = clock.split_once(':')?;
    Some((utc.day(), hour.parse::<i32>().ok()? * 60 + minute.parse::<i32>().ok()?))
}

/// `PT90M`, `PT1H30M`, `P1D` in minutes.
fn duration(text: &str) -> Option<i32> {
    let (mut sum, mut digits) = (0, String::new());
    for sign in text.trim_start_matches(['+', 'P']).chars() {
        let worth = match sign {
            'W' => 7 * 24 * 60,
            'D' => 24 * 60,
            'H' => 60,
            'M' => 1,
            'S' | 'T' => 0,
            digit => {
                digits.push(digit);
                continue;
            }
        };
        sum += std::mem::take(&mut digits).parse::<i32>().unwrap_or_default() * worth;
    }
    Some(sum).filter(|sum| *sum > 0)
}

/// When it takes place, and whether all of its rhythm was understood.
fn schedule(event: &[String], today: Day) -> Option<(Schedule, bool)> {
    let (_, start) = value(event, "DTSTART")?;
    let (day, from) = stamp(start)?;
    let end = value(event, "DTEND").and_then(|(_, end)| stamp(end));
    let length = match end {
        Some((last, to)) => Some((last.days_since(day)) * 24 * 60 + to - from),
        None => value(event, "DURATION").and_then(|(_, text)| duration(text)),
    };
    let to = length.map(|length| (from + length).min(24 * 60)).filter(|to| *to > from);
    let date = day.to_string().replace('-', "");
    let mut text = format!("DTSTART:{date}T{:02}{:02}00", from / 60, from % 60);
    if let Some(to) = to {
        text += &format!("\nDURATION:PT{}M", to - from);
    }
    let once = Schedule::from_rfc5545(&text).ok()?;
    let Some((_, rule)) = value(event, "RRULE") else { return Some((once, true)) };
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let weekly = rule.contains("FREQ=WEEKLY");
    let mut rule = rule.replace(";WKST=MO", "");
    if weekly && !rule.contains("BYDAY=") {
        rule += &format!(";BYDAY={}", names[usize::try_from(day.weekday() - 1).unwrap_or_default() % 7]);
    }
    // A week that goes on needs no beginning; every second one does.
    if weekly && !rule.contains("INTERVAL=") && day <= today.plus_days(WEEK) {
        text = text.replacen(&date, "20240101", 1);
    }
    let known = (weekly || rule.contains("FREQ=MONTHLY"))
        && ["COUNT=", "BYMONTH", "BYSETPOS"].iter().all(|part| !rule.contains(part));
    match Schedule::from_rfc5545(&format!("{text}\nRRULE:{rule}")) {
        Ok(time) if known => Some((time, true)),
        _ => Some((once, false)),
    }
}

/// A calendar as a table.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn table(text: &str, today: Day) -> Result<Table, Vec<Said>> {
    let error = |fault, params: &[&str]| vec![Said::file(Severity::Error, fault, params)];
    let lines = unfolded(text);
    if !lines.iter().any(|line| line.trim() == "END:VCALENDAR") {
        return Err(error(Fault::NotCalendar, &[]));
    }
    let mut table = Table { head: HEAD.map(str::to_owned).into(), ..Table::default() };
    let mut event: Option<(usize, Vec<String>)> = None;
    for (number, line) in (1..).zip(lines) {
        match (line.trim(), &mut event) {
            ("BEGIN:VEVENT", _) => event = Some((number, Vec::new())),
            ("END:VEVENT", Some((begun, lines))) => {
                let (line, lines) = (*begun, std::mem::take(lines));
                event = None;
                if table.rows.len() >= MOST_EVENTS {
                    return Err(error(Fault::TooManyEvents, &[&MOST_EVENTS.to_string()]));
                }
                row(&mut table, (line, &lines), today);
            }
            (_, Some((_, lines))) => lines.push(line),
            _ => {}
        }
    }
    Ok(table)
}

fn row(table: &mut Table, (line, event): (usize, &[String]), today: Day) {
    let text = |name: &str| value(event, name).map(|(_, value)| plain(value)).unwrap_or_default();
    let time = schedule(event, today);
    if time.as_ref().is_some_and(|(_, whole)| !whole) {
        table.said.push(Said::file(Severity::Warning, Fault::RhythmUnknown, &[]).on(line));
    }
    let times = time.map(|(time, _)| time.german()).unwrap_or_default();
    let cells =
        [text("UID"), "event".to_owned(), text("SUMMARY"), text("DESCRIPTION"), text("LOCATION"), text("URL"), times];
    table.rows.push((line, cells.into()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(event: &str) -> String {
        let text = format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        let table = table(&text, Day::parse("2026-11-23").unwrap()).unwrap();
        format!("{}{}", table.rows[0].1[6], if table.said.is_empty() { "" } else { " ?" })
    }

    #[test]
    fn times_are_read_as_the_clocks_in_germany_show_them() {
        for (event, expected) in [
            (
                "DTSTART;TZID=Europe/Berlin:20261212T100000\r\nDTEND;TZID=Europe/Berlin:20261212T113000",
                "12.12.2026 10–11:30 Uhr",
            ),
            ("DTSTART:20261212T090000Z\r\nDURATION:PT1H30M", "12.12.2026 10–11:30 Uhr"),
            ("DTSTART:20260701T080000Z", "01.07.2026 ab 10 Uhr"),
            ("DTSTART;VALUE=DATE:20261212\r\nDTEND;VALUE=DATE:20261213", "12.12.2026 0–24 Uhr"),
            (
                "DTSTART:20261124T160000\r\nDURATION:PT60M\r\nRRULE:FREQ=WEEKLY;UNTIL=20270331T215959Z",
                "Di 16–17 Uhr bis 31.03.2027",
            ),
            ("DTSTART:20261124T160000\r\nRRULE:FREQ=MONTHLY;BYDAY=4TU", "jeden 4. Di im Monat ab 16 Uhr"),
            ("DTSTART:20261124T160000\r\nRRULE:FREQ=DAILY;COUNT=3", "24.11.2026 ab 16 Uhr ?"),
        ] {
            assert_eq!(
                times(event).replace("01.07", "1.7").replace("31.03", "31.3"),
                expected.replace("01.07", "1.7").replace("31.03", "31.3"),
                "{event}"
            );
        }
    }

    #[test]
    fn folds_and_signs_are_opened() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Chor\\, laut\r\n  und schön\r\nDTSTART:20261212T100000\r\nEND:VEVENT\r\nEND:VCALENDAR";
        assert_eq!(table(text, Day::parse("2026-11-23").unwrap()).unwrap().rows[0].1[2], "Chor, laut und schön");
        assert!(table("BEGIN:VCALENDAR\r\n", Day::parse("2026-11-23").unwrap()).is_err());
        let many = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR", "BEGIN:VEVENT\nEND:VEVENT\n".repeat(MOST_EVENTS + 1));
        assert!(table(&many, Day::parse("2026-11-23").unwrap()).is_err());
    }
}
