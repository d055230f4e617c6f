// SPDX-License-Identifier: EUPL-1.2
//! What a help costs in a year, month by month: price, hours, weeks off, school holidays, prices that are agreed for
//! later. Days are numbers here, so that fifty thousand helps take a blink. Fractions of a cent are carried on and
//! rounded at the end of each month, so that months always add up to the whole.

use crate::access::codes;
use crate::agencies::{Quantity, Unit, half_up};
use crate::kernel::{Amount, Day, Period, RateId};
use std::collections::HashMap;

codes! {
    /// When a help rests.
    #[doc(alias = "Ruhezeit")]
    Pause {
        /// Never.
        Never = "never",
        /// In the school holidays.
        SchoolHolidays = "school-holidays",
    }
}

/// Weeks of a year for spreading weeks off.
const WEEKS: i64 = 52;
/// Hundredths of a week's days: what weekly hours are divided by.
const BY_WEEK: i128 = 100 * 7 * WEEKS as i128;

/// The plan of performance on a commission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Leistungsumfang")]
pub struct Performance {
    /// What the price is for.
    pub unit: Unit,
    /// As it was when the commission was placed.
    pub price: Amount,
    /// Hours or days a week, places, or lump sums a month.
    pub quantity: Quantity,
    /// Weeks off in a year.
    pub weeks_off: i64,
    /// When it rests beyond that.
    pub pause: Pause,
    /// So many days longer than granted are expected, where somebody said so.
    pub longer_days: Option<i64>,
    /// The line of the rate table that the price was taken from.
    pub rate: Option<RateId>,
}

/// Prices agreed for later, by the line they follow: from this day number, so many cents.
pub type Steps = HashMap<RateId, Vec<(i32, i64)>>;

/// A year as day numbers, with its school holidays.
#[derive(Debug, Clone)]
#[doc(alias = "Kalenderjahr")]
pub struct Year {
    /// Number of 1 January.
    pub first: i32,
    /// Number of 31 December.
    pub last: i32,
    /// First and last day of each month.
    months: [(i32, i32); 12],
    /// Days of holidays before each day of the year.
    rests: Vec<i32>,
}

impl Year {
    /// A year with these holidays.
    #[must_use]
    pub fn new(in_it: Day, holidays: &[Period]) -> Self {
        let (first, last) = (in_it.year_start().number(), in_it.year_end().number());
        let spans: Vec<(i32, i32)> =
            holidays.iter().map(|span| (span.from().number(), span.until().unwrap_or(span.from()).number())).collect();
        let mut rests = vec![0];
        for day in first..=last {
            let before = rests.last().copied().unwrap_or_default();
            rests.push(before + i32::from(spans.iter().any(|(from, until)| (*from..=*until).contains(&day))));
        }
        let mut months = [(0, 0); 12];
        for (month, place) in (0..).zip(months.iter_mut()) {
            let start = in_it.year_start().plus_months(month);
            *place = (start.number(), start.month_end().number());
        }
        Self { first, last, months, rests }
    }

    fn holidays(&self, from: i32, until: i32) -> i32 {
        let before = |day: i32| usize::try_from(day - self.first).ok().and_then(|at| self.rests.get(at)).copied();
        before(until + 1).unwrap_or_default() - before(from).unwrap_or_default()
    }

    /// What a span of days costs in each month of this year; `carry` takes fractions of a cent along.
    pub(super) fn cost(&self, cost: &Cost<'_>, span: (i32, i32), carry: &mut Carry) -> [i64; 12] {
        let mut out = [0; 12];
        let (from, until) = (span.0.max(self.first), span.1.min(self.last));
        if from > until {
            return out;
        }
        for ((start, end), place) in self.months.iter().zip(out.iter_mut()) {
            let (a, b) = (from.max(*start), until.min(*end));
            if a <= b {
                *place = carry.take(self.part(cost, (a, b), end - start + 1));
            }
        }
        out
    }

    /// A part of a month as a fraction of cents.
    fn part(&self, cost: &Cost<'_>, (a, b): (i32, i32), length: i32) -> (i128, i128) {
        match cost {
            Cost::Spread { ceiling, days } => {
                (i128::from(*ceiling) * i128::from(b - a + 1), i128::from((*days).max(1)))
            }
            Cost::Planned { plan, steps } => {
                let (mut sum, mut by, mut at) = (0, 1, a);
                // Prices change inside a month only rarely.
                while at <= b {
                    let price =
                        steps.iter().rev().find(|(from, _)| *from <= at).map_or(plan.price.cents(), |(_, c)| *c);
                    let next = steps.iter().map(|(from, _)| *from).filter(|from| *from > at).min().unwrap_or(b + 1);
                    let end = b.min(next - 1);
                    let (n, d) = self.priced(plan, price, (at, end), length);
                    (sum, by, at) = (sum + n, d, end + 1);
                }
                (sum, by)
            }
        }
    }

    fn priced(&self, plan: &Performance, price: i64, (a, b): (i32, i32), length: i32) -> (i128, i128) {
        let each = i128::from(price) * i128::from(plan.quantity.hundredths());
        let all = i128::from(b - a + 1);
        let rest = if plan.pause == Pause::SchoolHolidays { i128::from(self.holidays(a, b)) } else { 0 };
        let weeks = i128::from(WEEKS - plan.weeks_off.clamp(0, WEEKS));
        match plan.unit {
            Unit::Hour | Unit::Day => (each * (all - rest) * weeks, BY_WEEK),
            Unit::Place => (each * all, 100),
            Unit::Month => (each * all, 100 * i128::from(length)),
        }
    }
}

/// How a help's cost runs.
pub(super) enum Cost<'a> {
    /// By its plan.
    Planned { plan: &'a Performance, steps: &'a [(i32, i64)] },
    /// No plan: the ceiling evenly over its days.
    Spread { ceiling: i64, days: i32 },
}

/// Fractions of a cent on their way to the next month.
#[derive(Default)]
pub(super) struct Carry {
    sum: i128,
    by: i128,
    told: i64,
}

impl Carry {
    fn take(&mut self, (n, d): (i128, i128)) -> i64 {
        if self.by == d {
            self.sum += n;
        } else {
            (self.sum, self.by, self.told) = (n, d, 0);
        }
        let all = half_up(self.sum, self.by);
        let now = all - self.told;
        self.told = all;
        now
    }
}

/// What a plan comes to over a whole period: the ceiling that is proposed. None without an end, and for nothing.
#[must_use]
pub fn planned_cost(plan: &Performance, period: Period, holidays: &[Period]) -> Option<Amount> {
    let until = period.until()?;
    let (mut carry, mut sum, mut at) = (Carry::default(), 0_i64, period.from().year_start());
    while at <= until {
        let span = (period.from().number(), until.number());
        let months = Year::new(at, holidays).cost(&Cost::Planned { plan, steps: &[] }, span, &mut carry);
        sum = sum.saturating_add(months.iter().sum());
        let next = at.year_end().plus_days(1);
        if next == at {
            break;
        }
        at = next;
    }
    Amount::from_cents(sum).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }
    fn period(from: &str, until: &str) -> Period {
        Period::new(day(from), Some(day(until))).unwrap()
    }
    fn plan(unit: Unit, cents: i64, quantity: &str) -> Performance {
        let (price, quantity) = (Amount::from_cents(cents).unwrap(), Quantity::parse(quantity).unwrap());
        Performance { unit, price, quantity, weeks_off: 0, pause: Pause::Never, longer_days: None, rate: None }
    }
    fn cents(plan: &Performance, from: &str, until: &str) -> i64 {
        planned_cost(plan, period(from, until), &[]).map_or(0, Amount::cents)
    }

    #[test]
    fn a_ceiling_is_price_by_hours_by_weeks() {
        // 26 weeks of 5 hours at 66 euros.
        assert_eq!(cents(&plan(Unit::Hour, 6_600, "5"), "2026-12-01", "2027-05-31"), 858_000);
        // Six weeks off of 52, over 52 weeks: 46 weeks.
        let off = Performance { weeks_off: 6, ..plan(Unit::Hour, 6_600, "5") };
        assert_eq!(cents(&off, "2026-01-01", "2026-12-30"), 46 * 5 * 6_600);
        assert_eq!(cents(&plan(Unit::Place, 15_000, "1"), "2026-02-01", "2026-02-28"), 28 * 15_000);
        assert_eq!(cents(&plan(Unit::Month, 120_000, "1"), "2026-01-01", "2026-12-31"), 12 * 120_000);
        assert_eq!(cents(&plan(Unit::Month, 120_000, "1"), "2026-02-01", "2026-02-14"), 60_000);
        assert_eq!(cents(&plan(Unit::Day, 9_000, "2"), "2026-03-02", "2026-03-15"), 4 * 9_000);
    }

    #[test]
    fn school_holidays_rest() {
        let resting = Performance { pause: Pause::SchoolHolidays, ..plan(Unit::Hour, 7_000, "1") };
        let holidays = [period("2026-07-01", "2026-08-11")];
        let with = planned_cost(&resting, period("2026-06-17", "2026-08-25"), &holidays).unwrap();
        assert_eq!(with.cents(), 4 * 7_000);
    }

    proptest! {
        #[test]
        fn months_add_up_however_time_is_cut(quantity in 1..4_000i64, price in 1..20_000i64, start in 0..300i32, length in 1..400i32, cut in 0..400i32) {
            let from = day("2026-01-01").plus_days(start);
            let plan = Performance { quantity: Quantity::from_hundredths(quantity).unwrap(), ..plan(Unit::Hour, price, "1") };
            let whole = planned_cost(&plan, Period::new(from, Some(from.plus_days(length))).unwrap(), &[]).map_or(0, Amount::cents);
            let exact = i128::from(price) * i128::from(quantity) * i128::from(length + 1);
            prop_assert_eq!(whole, half_up(exact, 700));
            let cut = cut % length;
            let part = |a: Day, b: Day| planned_cost(&plan, Period::new(a, Some(b)).unwrap(), &[]).map_or(0, Amount::cents);
            let parts = part(from, from.plus_days(cut)) + part(from.plus_days(cut + 1), from.plus_days(length));
            prop_assert!((whole - parts).abs() <= 1);
        }
    }
}
