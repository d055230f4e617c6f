// SPDX-License-Identifier: EUPL-1.2
//! When something takes place: typed in German, kept as RFC 5545, shown in German.

use crate::kernel::{Day, Refusal, Rule};

/// A line about times that cannot be read.
pub const TIME_UNREADABLE: Rule = Rule::new("card.time_unreadable", "RFC 5545");
/// It ends before it begins.
pub const TIME_BACKWARDS: Rule = Rule::new("card.time_backwards", "RFC 5545");

/// Weekdays from Monday: short German, long German, RFC 5545.
const DAYS: [(&str, &str, &str); 7] = [
    ("mo", "montag", "MO"),
    ("di", "dienstag", "TU"),
    ("mi", "mittwoch", "WE"),
    ("do", "donnerstag", "TH"),
    ("fr", "freitag", "FR"),
    ("sa", "samstag", "SA"),
    ("so", "sonntag", "SU"),
];
/// Names of the days as they are shown.
const SHOWN: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Rhythmus")]
pub enum Rhythm {
    /// On one day.
    Once(Day),
    /// Every so many weeks on these days, Monday first; more than one week counts from a day.
    Weekly {
        /// 1: every week.
        every: i32,
        /// Which days.
        days: [bool; 7],
        /// A day in the first of the weeks.
        since: Option<Day>,
    },
    /// On the nth weekday of each month; −1 is the last.
    Monthly {
        /// 1–4, −1.
        nth: i32,
        /// 0: Monday.
        day: usize,
    },
}

/// One time: a rhythm, the minutes of the day, and the last day, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Zeit")]
pub struct Schedule {
    /// How often.
    pub rhythm: Rhythm,
    /// From this minute of the day.
    pub from: i32,
    /// To this minute, if it is known.
    pub to: Option<i32>,
    /// The last day.
    pub until: Option<Day>,
}

/// Monday is 0.
fn weekday(day: Day) -> usize {
    // Day 0 of the count is 1970-01-01, a Thursday.
    usize::try_from((day.number() + 3).rem_euclid(7)).unwrap_or_default()
}

fn is_last_of_its_kind(day: Day) -> bool {
    day.plus_days(7).month() != day.month()
}

impl Schedule {
    /// Does it take place on this day?
    #[must_use]
    pub fn is_on(&self, day: Day) -> bool {
        if self.until.is_some_and(|until| day > until) {
            return false;
        }
        match self.rhythm {
            Rhythm::Once(only) => only == day,
            Rhythm::Weekly { every, days, since } => {
                let monday = |day: Day| day.number() - i32::try_from(weekday(day)).unwrap_or_default();
                let in_turn =
                    since.is_none_or(|since| day >= since && (monday(day) - monday(since)) / 7 % every.max(1) == 0);
                days[weekday(day)] && in_turn
            }
            Rhythm::Monthly { nth, day: wanted } => {
                let number = (day.number() - day.month_start().number()) / 7 + 1;
                weekday(day) == wanted && (number == nth || (nth == -1 && is_last_of_its_kind(day)))
            }
        }
    }

    /// Is it going on at this minute of this day? Without an end, for an hour.
    #[must_use]
    pub fn is_open(&self, day: Day, minute: i32) -> bool {
        let to = self.to.unwrap_or((self.from + 60).min(24 * 60));
        self.is_on(day) && (self.from..to).contains(&minute)
    }

    /// The next day on which it takes place, within a year.
    #[must_use]
    pub fn next(&self, today: Day) -> Option<Day> {
        match self.rhythm {
            Rhythm::Once(day) => Some(day).filter(|day| *day >= today),
            _ => (0..366).map(|ahead| today.plus_days(ahead)).find(|day| self.is_on(*day)),
        }
    }

    /// Is it over for good?
    #[must_use]
    pub fn is_over(&self, today: Day) -> bool {
        self.last_day().is_some_and(|last| last < today)
    }

    /// The last day before it is over for good, if it ever is.
    #[must_use]
    pub fn last_day(&self) -> Option<Day> {
        match (&self.rhythm, self.until) {
            (Rhythm::Once(day), Some(until)) => Some(until.min(*day)),
            (Rhythm::Once(day), None) => Some(*day),
            (_, until) => until,
        }
    }

    /// Reads one line as people write it: `Mo, Mi 15–17 Uhr`, `jeden 2. Dienstag im Monat 18:30-20 Uhr`, `alle 2 Wochen
    /// Fr ab 16 Uhr seit 6.11.2026`, `12.12.2026 10-12 Uhr`; at the end `bis 31.3.2027`.
    ///
    /// # Errors
    /// [`TIME_UNREADABLE`], [`TIME_BACKWARDS`].
    pub fn read(line: &str) -> Result<Self, Refusal> {
        reading::line(line)
    }

    /// As RFC 5545 writes it; what stands in the store.
    #[must_use]
    pub fn to_rfc5545(&self) -> String {
        let stamp = |day: Day| day.to_string().replace('-', "");
        let clock = |minute: i32| format!("T{:02}{:02}00", minute / 60, minute % 60);
        let start = match self.rhythm {
            Rhythm::Once(day) => stamp(day),
            Rhythm::Weekly { since: Some(since), .. } => stamp(since),
            // Any Monday long ago: the rhythm has no beginning of its own.
            _ => "20240101".to_owned(),
        };
        let mut text = format!("DTSTART:{start}{}", clock(self.from));
        if let Some(to) = self.to {
            text += &format!("\nDURATION:PT{}M", to - self.from);
        }
        let until = self.until.map(|day| format!(";UNTIL={}T235959", stamp(day))).unwrap_or_default();
        match self.rhythm {
            Rhythm::Once(_) => {}
            Rhythm::Weekly { every, days, .. } => {
                let names: Vec<&str> = DAYS.iter().zip(days).filter(|(_, on)| *on).map(|(day, _)| day.2).collect();
                let interval = if every > 1 { format!(";INTERVAL={every}") } else { String::new() };
                text += &format!("\nRRULE:FREQ=WEEKLY{interval};BYDAY={}{until}", names.join(","));
            }
            Rhythm::Monthly { nth, day } => text += &format!("\nRRULE:FREQ=MONTHLY;BYDAY={nth}{}{until}", DAYS[day].2),
        }
        text
    }

    /// As lines of a calendar file, beginning with the first time on or after a day; nothing if there is none.
    #[must_use]
    pub fn to_calendar(&self, from: Day) -> Vec<String> {
        let Some(first) = self.next(from) else { return Vec::new() };
        let (stamp, text) = (first.to_string().replace('-', ""), self.to_rfc5545());
        let line = |line: &str| match line.split_once(':') {
            Some(("DTSTART", start)) => {
                format!("DTSTART;TZID=Europe/Berlin:{stamp}{}", start.get(8..).unwrap_or_default())
            }
            // With a time zone, the end is told in UTC.
            Some(("RRULE", rule)) if rule.contains("UNTIL=") => format!("RRULE:{rule}").replace("T235959", "T215959Z"),
            _ => line.to_owned(),
        };
        text.lines().map(line).collect()
    }

    /// Reads what [`Schedule::to_rfc5545`] wrote.
    ///
    /// # Errors
    /// [`TIME_UNREADABLE`].
    pub fn from_rfc5545(text: &str) -> Result<Self, Refusal> {
        reading::rfc5545(text).ok_or(TIME_UNREADABLE.broken())
    }

    /// In German, so that [`Schedule::read`] reads it again.
    #[must_use]
    pub fn german(&self) -> String {
        let clock = |minute: i32| match minute % 60 {
            0 => format!("{}", minute / 60),
            rest => format!("{}:{rest:02}", minute / 60),
        };
        let hours = match self.to {
            Some(to) => format!("{}–{} Uhr", clock(self.from), clock(to)),
            None => format!("ab {} Uhr", clock(self.from)),
        };
        let until = self.until.map(|day| format!(" bis {}", day.german())).unwrap_or_default();
        match self.rhythm {
            Rhythm::Once(day) => format!("{} {hours}", day.german()),
            Rhythm::Weekly { every, days, since } => {
                let rhythm = if every > 1 { format!("alle {every} Wochen ") } else { String::new() };
                let since = since.map(|day| format!(" seit {}", day.german())).unwrap_or_default();
                format!("{rhythm}{} {hours}{since}{until}", german_days(days))
            }
            Rhythm::Monthly { nth: -1, day } => format!("jeden letzten {} im Monat {hours}{until}", SHOWN[day]),
            Rhythm::Monthly { nth, day } => format!("jeden {nth}. {} im Monat {hours}{until}", SHOWN[day]),
        }
    }
}

/// `Mo–Fr` for a row of three or more, else `Mo, Mi`.
fn german_days(days: [bool; 7]) -> String {
    let on: Vec<usize> = (0..7).filter(|day| days[*day]).collect();
    match (on.first(), on.last()) {
        (Some(first), Some(last)) if on.len() > 2 && last - first + 1 == on.len() => {
            format!("{}–{}", SHOWN[*first], SHOWN[*last])
        }
        _ => on.iter().map(|day| SHOWN[*day]).collect::<Vec<_>>().join(", "),
    }
}

/// All lines of a text.
///
/// # Errors
/// As [`Schedule::read`].
pub fn read_times(text: &str) -> Result<Vec<Schedule>, Refusal> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Schedule::read).collect()
}

mod reading {
    use super::{DAYS, Rhythm, Schedule, TIME_BACKWARDS, TIME_UNREADABLE};
    use crate::kernel::{Day, Refusal};

    pub(super) fn line(line: &str) -> Result<Schedule, Refusal> {
        let tidy = line.to_lowercase().replace(['–', '—'], "-").replace(" - ", "-").replace(',', " ");
        let mut words: Vec<&str> =
            tidy.split_whitespace().filter(|word| !matches!(*word, "uhr" | "und" | "von")).collect();
        let until = day_after(&mut words, "bis")?;
        let since = day_after(&mut words, "seit")?;
        let (from, to) = hours(&mut words).ok_or(TIME_UNREADABLE.broken())?;
        if to.is_some_and(|to| to <= from) {
            return Err(TIME_BACKWARDS.broken());
        }
        let rhythm = rhythm(&words, since).ok_or(TIME_UNREADABLE.broken())?;
        Ok(Schedule { rhythm, from, to, until })
    }

    /// `bis 31.3.2027`: takes both words out. `bis` before an hour is part of the hours.
    fn day_after(words: &mut Vec<&str>, name: &str) -> Result<Option<Day>, Refusal> {
        let Some(at) = words.iter().position(|word| *word == name) else { return Ok(None) };
        let Some(text) = words.get(at + 1).filter(|text| text.matches('.').count() == 2) else { return Ok(None) };
        let day = Day::parse(text).or(Err(TIME_UNREADABLE.broken()))?;
        words.drain(at..at + 2);
        Ok(Some(day))
    }

    fn minute(text: &str) -> Option<i32> {
        let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "0"));
        let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
        ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
    }

    /// The hours stand last: `15-17`, `ab 15`, `15 bis 17`, `15`.
    fn hours(words: &mut Vec<&str>) -> Option<(i32, Option<i32>)> {
        let last = words.pop()?;
        let before = words.last().copied();
        if let Some((from, to)) = last.split_once('-') {
            return Some((minute(from)?, Some(minute(to)?)));
        }
        match before {
            Some("bis") => {
                words.pop();
                Some((minute(words.pop()?)?, Some(minute(last)?)))
            }
            Some("ab" | "um") => {
                words.pop();
                Some((minute(last)?, None))
            }
            _ => Some((minute(last)?, None)),
        }
    }

    fn rhythm(words: &[&str], since: Option<Day>) -> Option<Rhythm> {
        match words {
            ["am", rest @ ..] => rhythm(rest, since),
            [day] if day.matches('.').count() == 2 => Day::parse(day).ok().map(Rhythm::Once),
            [day, date] if weekdays(day).is_some() && date.matches('.').count() == 2 => {
                Day::parse(date).ok().map(Rhythm::Once)
            }
            ["alle", number, "wochen", rest @ ..] => {
                weekly(rest, number.parse().ok().filter(|n| (1..=8).contains(n))?, since)
            }
            ["jede", "zweite", "woche", rest @ ..] => weekly(rest, 2, since),
            ["jeden" | "jeder", nth, day, rest @ ..] if ordinal(nth).is_some() => monthly(nth, day, rest),
            [nth, day, rest @ ..] if ordinal(nth).is_some() => monthly(nth, day, rest),
            ["jeden" | "jede" | "immer", rest @ ..] => weekly(rest, 1, since),
            rest => weekly(rest, 1, since),
        }
    }

    fn ordinal(word: &str) -> Option<i32> {
        Some(match word.trim_end_matches(['n', 'r']) {
            "1." | "erste" => 1,
            "2." | "zweite" => 2,
            "3." | "dritte" => 3,
            "4." | "vierte" => 4,
            "letzte" => -1,
            _ => return None,
        })
    }

    fn monthly(nth: &str, day: &str, rest: &[&str]) -> Option<Rhythm> {
        let days = weekdays(day)?;
        let day = days.iter().position(|on| *on)?;
        matches!(rest, [] | ["im", "monat"]).then_some(Rhythm::Monthly { nth: ordinal(nth)?, day })
    }

    fn weekly(words: &[&str], every: i32, since: Option<Day>) -> Option<Rhythm> {
        let mut days = [false; 7];
        for word in words {
            for (day, on) in days.iter_mut().zip(weekdays(word)?) {
                *day |= on;
            }
        }
        let since = if every > 1 { Some(since?) } else { since };
        days.contains(&true).then_some(Rhythm::Weekly { every, days, since })
    }

    fn one(word: &str) -> Option<usize> {
        let word = word.trim_end_matches('.');
        let same = |long: &str| word == long || word.strip_suffix('s') == Some(long);
        DAYS.iter().position(|(short, long, _)| word == *short || same(long)).or((word == "sonnabend").then_some(5))
    }

    fn weekdays(word: &str) -> Option<[bool; 7]> {
        let span = |from: usize, to: usize| std::array::from_fn(|day| (from..=to).contains(&day));
        match word {
            "täglich" => return Some([true; 7]),
            "werktags" => return Some(span(0, 4)),
            _ => {}
        }
        match word.split_once('-') {
            Some((from, to)) => {
                Some((one(from)?, one(to)?)).filter(|(from, to)| from < to).map(|(from, to)| span(from, to))
            }
            None => one(word).map(|day| span(day, day)),
        }
    }

    pub(super) fn rfc5545(text: &str) -> Option<Schedule> {
        let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let (start, from) = stamp(value("DTSTART")?)?;
        let to = match value("DURATION") {
            Some(text) => Some(from + text.strip_prefix("PT")?.strip_suffix('M')?.parse::<i32>().ok()?),
            None => None,
        };
        let Some(rule) = value("RRULE") else {
            return Some(Schedule { rhythm: Rhythm::Once(start), from, to, until: None });
        };
        let part = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let until = part("UNTIL").map(|text| stamp(text).map(|(day, _)| day).ok_or(())).transpose().ok()?;
        let by_day = part("BYDAY")?;
        let number = |name: &str| DAYS.iter().position(|(_, _, code)| *code == name);
        let rhythm = if part("FREQ")? == "MONTHLY" {
            let (nth, name) = by_day.split_at(by_day.len().checked_sub(2)?);
            Rhythm::Monthly { nth: nth.parse().ok()?, day: number(name)? }
        } else {
            let mut days = [false; 7];
            for name in by_day.split(',') {
                days[number(name)?] = true;
            }
            let every = part("INTERVAL").map_or(Some(1), |text| text.parse().ok())?;
            let since = Some(start).filter(|day| day.to_string() != "2024-01-01");
            Rhythm::Weekly { every, days, since }
        };
        Some(Schedule { rhythm, from, to, until })
    }

    fn stamp(text: &str) -> Option<(Day, i32)> {
        let (day, clock) = text.split_once('T')?;
        let day = Day::parse(&format!("{}-{}-{}", day.get(..4)?, day.get(4..6)?, day.get(6..8)?)).ok()?;
        Some((day, clock.get(..2)?.parse::<i32>().ok()? * 60 + clock.get(2..4)?.parse::<i32>().ok()?))
    }
}

#[cfg(test)]
#[path = "times_tests.rs"]
mod tests;
