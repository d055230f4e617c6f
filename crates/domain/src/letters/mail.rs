// SPDX-License-Identifier: EUPL-1.2
//! Reminders by mail: that there is something to do, and nothing about whom or what. A mail leaves the house
//! unprotected, so there is no field in which a name could stand: the store has no column for words either.

use crate::kernel::{Day, Moment};

/// How often sending is tried; then the mail is given up and said so. The next day brings a new one.
pub const MAIL_TRIES: i64 = 8;

/// A reminder is made at most once a day, and only if something is due.
#[must_use]
pub fn reminder(due: i64, last: Option<Day>, today: Day) -> bool {
    due > 0 && last.is_none_or(|last| last < today)
}

/// When to try again after this many tries: one minute, two, four, … at most an hour; nothing when given up.
#[must_use]
pub fn next_try(tries: i64, now: Moment) -> Option<Moment> {
    let minutes = 1_i64 << tries.saturating_sub(1).clamp(0, 6);
    (tries < MAIL_TRIES).then(|| now.plus_minutes(minutes.min(60)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reminder_a_day_and_only_for_something() {
        let day = |text| Day::parse(text).unwrap();
        let today = day("2026-11-23");
        assert!(reminder(1, None, today) && reminder(3, Some(day("2026-11-22")), today));
        assert!(!reminder(0, None, today) && !reminder(3, Some(today), today));
    }

    #[test]
    fn tries_grow_apart_and_end() {
        let waits: Vec<_> = (1..=MAIL_TRIES).map(|tries| next_try(tries, Moment(0)).map(|at| at.0 / 60_000)).collect();
        let minutes = [1, 2, 4, 8, 16, 32, 60].map(Some);
        assert_eq!(waits, minutes.into_iter().chain([None]).collect::<Vec<_>>());
    }
}
