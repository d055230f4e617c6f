// SPDX-License-Identifier: EUPL-1.2
//! A deadline that explains itself: the steps are the calculation, there is no second way to the day.

use super::calendar::Calendar;
use super::holiday::Holiday;
use super::rule::DeadlineRule;
use super::span::{AtEnd, Span};
use crate::kernel::{Day, Moment};

/// From this day on, letters count as received on the fourth day; before, on the third (Postrechtsmodernisierungsgesetz).
const FOUR_DAYS_SINCE: (i16, i8, i8) = (2025, 1, 1);

/// One step of the calculation, with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Rechenschritt der Frist")]
pub enum Step {
    /// Sent on a day; counts as made known on another. That day stays what it is on a weekend: it is a fiction, not
    /// the end of a period (BSG, judgment of 6 May 2010, B 14 AS 12/09 R, on the third day of § 37(2) Satz 1 SGB X in
    /// its wording then; since 2025 the law says the fourth, and nothing else of the sentence has changed).
    Announced {
        /// The day on which it was posted, sent or provided.
        sent: Day,
        /// The day on which it counts as made known.
        known: Day,
        /// How many days the law gives.
        days: i32,
    },
    /// The day of the event does not count.
    Begins {
        /// The first day that counts.
        first: Day,
    },
    /// A day that is no working day and is not counted.
    Skipped {
        /// Which.
        day: Day,
        /// The holiday, unless it is a Saturday or Sunday.
        holiday: Option<Holiday>,
    },
    /// Where the period ends.
    Ends {
        /// When.
        day: Day,
    },
    /// The month has no such day, so its last one counts.
    MonthTooShort {
        /// Its last day.
        day: Day,
    },
    /// The end moves on, because this is no working day.
    Moved {
        /// From here.
        day: Day,
        /// The holiday, unless it is a Saturday or Sunday.
        holiday: Option<Holiday>,
        /// To here.
        to: Day,
    },
    /// The end stays, although this is no working day.
    Stays {
        /// Here.
        day: Day,
        /// Because.
        because: AtEnd,
    },
}

impl Step {
    /// Where that stands.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        match self {
            Self::Announced { .. } => "§ 37 Abs. 2, 2a SGB X; § 41 Abs. 2, 2a VwVfG",
            Self::Begins { .. } => "§ 26 Abs. 1 SGB X, § 187 BGB",
            Self::Skipped { .. } => "§ 7 Abs. 4 SGB VIII",
            Self::Ends { .. } => "§ 188 Abs. 1, 2 BGB",
            Self::MonthTooShort { .. } => "§ 188 Abs. 3 BGB",
            Self::Moved { .. } => "§ 26 Abs. 3 S. 1 SGB X, § 193 BGB",
            Self::Stays { because, .. } => because.source(),
        }
    }

    /// Its name in messages.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Announced { .. } => "announced",
            Self::Begins { .. } => "begins",
            Self::Skipped { .. } => "skipped",
            Self::Ends { .. } => "ends",
            Self::MonthTooShort { .. } => "month-too-short",
            Self::Moved { .. } => "moved",
            Self::Stays { .. } => "stays",
        }
    }
}

/// A period worked out: from what, by which rule, until when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Frist")]
pub struct Deadline {
    start: Day,
    due: Day,
    steps: Vec<Step>,
}

impl Deadline {
    /// What it began with: the event, or the day on which something was sent.
    #[must_use]
    pub fn start(&self) -> Day {
        self.start
    }

    /// The last day.
    #[must_use]
    pub fn due(&self) -> Day {
        self.due
    }

    /// How it came about, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

/// Works out a period that a law sets.
///
/// ```
/// use domain::deadlines::{Calendar, DeadlineRule, compute};
/// use domain::kernel::Day;
///
/// let calendar = Calendar::from_code("NI").unwrap();
/// // Three weeks from 10 October 2026 end on Reformation Day, a Saturday; Sunday follows.
/// let deadline = compute(DeadlineRule::Participation, Day::new(2026, 10, 10)?, &calendar);
/// assert_eq!(deadline.due(), Day::new(2026, 11, 2)?);
/// # Ok::<(), domain::kernel::Refusal>(())
/// ```
#[must_use]
pub fn compute(rule: DeadlineRule, start: Day, calendar: &Calendar) -> Deadline {
    if !rule.begins_with_notification() {
        return count(rule.span(), rule.at_end(), start, calendar);
    }
    let (known, step) = announced(start);
    let mut deadline = count(rule.span(), rule.at_end(), known, calendar);
    deadline.start = start;
    deadline.steps.insert(0, step);
    deadline
}

/// When something sent on a day counts as made known: on the fourth day after, the third before 2025
/// (§ 37(2), (2a) SGB X, § 41(2), (2a) VwVfG). Whoever gets it later, or never, need not accept that day.
#[must_use]
pub fn announced(sent: Day) -> (Day, Step) {
    let (year, month, day) = FOUR_DAYS_SINCE;
    let is_new = (sent.year(), sent.month(), sent.of_month()) >= (year, month, day);
    let days = if is_new { 4 } else { 3 };
    let known = sent.plus_days(days);
    (known, Step::Announced { sent, known, days })
}

/// Works out a period of any length from the day of an event.
#[must_use]
pub fn count(span: Span, at_end: AtEnd, start: Day, calendar: &Calendar) -> Deadline {
    let mut steps = Vec::new();
    let due = match span {
        Span::Days(days) => plain(start, start.plus_days(days.into()), &mut steps),
        Span::Weeks(weeks) => plain(start, start.plus_days(i32::from(weeks) * 7), &mut steps),
        Span::Months(months) => by_months(start, months.into(), &mut steps),
        Span::MonthsAfterLastDay(months) => after_last_day(start, months.into(), &mut steps),
        Span::Workdays(days) => by_workdays(start, days, calendar, &mut steps),
        Span::MonthsBefore(months) => back(start, months.into(), &mut steps),
        Span::NextDay => plain(start, start.plus_days(1), &mut steps),
    };
    Deadline { start, due: settle(due, at_end, calendar, &mut steps), steps }
}

/// The day of the event does not count (§ 187(1) BGB); the last day is counted whole (§ 188 BGB).
fn plain(start: Day, end: Day, steps: &mut Vec<Step>) -> Day {
    steps.push(Step::Begins { first: start.plus_days(1) });
    steps.push(Step::Ends { day: end });
    end
}

fn by_months(start: Day, months: i32, steps: &mut Vec<Step>) -> Day {
    let end = plain(start, start.plus_months(months), steps);
    if end.of_month() != start.of_month() {
        steps.push(Step::MonthTooShort { day: end });
    }
    end
}

/// The period begins with a day (§ 187(2) BGB), so it ends with the day before the one of the same number.
fn after_last_day(last: Day, months: i32, steps: &mut Vec<Step>) -> Day {
    let first = last.plus_days(1);
    let same = first.plus_months(months);
    let end = if same.of_month() == first.of_month() { same.plus_days(-1) } else { same };
    steps.push(Step::Begins { first });
    steps.push(Step::Ends { day: end });
    end
}

fn by_workdays(start: Day, days: u16, calendar: &Calendar, steps: &mut Vec<Step>) -> Day {
    steps.push(Step::Begins { first: start.plus_days(1) });
    let (mut day, mut left) = (start, days);
    while left > 0 {
        day = day.plus_days(1);
        if calendar.is_workday(day) {
            left -= 1;
        } else {
            steps.push(Step::Skipped { day, holiday: calendar.holiday(day) });
        }
    }
    steps.push(Step::Ends { day });
    day
}

fn back(event: Day, months: i32, steps: &mut Vec<Step>) -> Day {
    let end = event.plus_months(-months);
    steps.push(Step::Ends { day: end });
    if end.of_month() != event.of_month() {
        steps.push(Step::MonthTooShort { day: end });
    }
    end
}

fn settle(end: Day, at_end: AtEnd, calendar: &Calendar, steps: &mut Vec<Step>) -> Day {
    if calendar.is_workday(end) {
        return end;
    }
    if at_end != AtEnd::Moves {
        steps.push(Step::Stays { day: end, because: at_end });
        return end;
    }
    let mut day = end;
    while !calendar.is_workday(day) {
        let to = day.plus_days(1);
        steps.push(Step::Moved { day, holiday: calendar.holiday(day), to });
        day = to;
    }
    day
}

/// The moment at which a day is over: 24:00 German time, whatever the clocks do that night.
#[must_use]
pub fn end_of_day(day: Day) -> Moment {
    Moment::on(day.plus_days(1), 0)
}

/// The end of a period in hours: all hours count, also of Saturdays, Sundays and holidays (§ 26(6) SGB X), and an hour
/// is an hour also in the nights in which the clocks are changed.
#[must_use]
pub fn end_of_hours(start: Moment, hours: u16) -> Moment {
    start.plus_minutes(i64::from(hours) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[track_caller]
    fn check(rule: DeadlineRule, land: &str, start: &str, due: &str) -> Deadline {
        let deadline = compute(rule, day(start), &Calendar::from_code(land).unwrap());
        assert_eq!(deadline.due(), day(due), "{:?}", deadline.steps());
        deadline
    }

    #[test]
    fn periods_explain_each_shift_with_its_reason() {
        let deadline = check(DeadlineRule::Competence, "NI", "2026-12-11", "2026-12-28");
        let reasons: Vec<_> = deadline.steps().iter().map(|step| (step.code(), step.source())).collect();
        assert_eq!(reasons[0], ("begins", "§ 26 Abs. 1 SGB X, § 187 BGB"));
        let holidays: Vec<_> = deadline
            .steps()
            .iter()
            .filter_map(|step| match step {
                Step::Moved { holiday, .. } => Some(*holiday),
                _ => None,
            })
            .collect();
        assert_eq!(holidays, [Some(Holiday::Christmas), Some(Holiday::BoxingDay), None]);
    }

    #[test]
    fn months_end_where_there_is_such_a_day() {
        check(DeadlineRule::CourtHearing, "HE", "2024-01-31", "2024-02-29");
        check(DeadlineRule::PlanConference, "HE", "2025-12-31", "2026-03-02");
        check(DeadlineRule::Refund, "HE", "2023-02-28", "2024-02-29");
        check(DeadlineRule::FosterYears, "HE", "2024-02-29", "2026-02-28");
    }

    #[test]
    fn what_is_counted_back_stays_where_it_is() {
        let deadline = check(DeadlineRule::YoungAdult, "BY", "2027-08-15", "2026-08-15");
        assert!(matches!(deadline.steps().last(), Some(Step::Stays { because: AtEnd::Backwards, .. })));
        check(DeadlineRule::Transition, "BY", "2028-02-29", "2027-02-28");
    }

    #[test]
    fn working_days_are_monday_to_friday() {
        check(DeadlineRule::MinorReport, "BE", "2026-12-28", "2027-01-07");
        check(DeadlineRule::MinorReport, "BY", "2026-12-28", "2027-01-08");
        check(DeadlineRule::Assignment, "HH", "2026-10-29", "2026-11-02");
    }

    #[test]
    fn liberty_is_not_taken_longer_because_of_a_weekend() {
        let deadline = check(DeadlineRule::Liberty, "NW", "2026-12-24", "2026-12-25");
        assert!(matches!(deadline.steps().last(), Some(Step::Stays { because: AtEnd::Liberty, .. })));
        assert_eq!(end_of_day(deadline.due()).local_input(), "2026-12-26T00:00");
        // The night on which an hour is left out is an hour shorter, and the day still ends at its end.
        assert_eq!(end_of_day(day("2026-03-28")).rfc3339(), "2026-03-28T23:00:00Z");
        assert_eq!(end_of_day(day("2026-03-29")).rfc3339(), "2026-03-29T22:00:00Z");
    }

    #[test]
    fn a_letter_counts_as_received_on_the_fourth_day_since_2025() {
        for (sent, known) in [("2024-12-31", "2025-01-03"), ("2025-01-01", "2025-01-05"), ("2026-12-23", "2026-12-27")]
        {
            assert_eq!(announced(day(sent)).0, day(known));
        }
        // A Sunday as the fiction's day is no reason to move it; the end of the month after moves on its own.
        let deadline = check(DeadlineRule::Objection, "NI", "2026-12-23", "2027-01-27");
        assert_eq!(deadline.steps()[0].code(), "announced");
    }

    #[test]
    fn hours_run_through_the_weekend_and_the_change_of_clocks() {
        let start = Moment::parse_local("2026-03-27T12:00").unwrap();
        assert_eq!(end_of_hours(start, 72).local_input(), "2026-03-30T13:00");
    }
}
