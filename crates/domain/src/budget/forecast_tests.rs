// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::agencies::{Quantity, Unit};
use crate::budget::Pause;
use crate::kernel::{Period, RateId};
use proptest::prelude::*;
use uuid::Uuid;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn number(text: &str) -> i32 {
    day(text).number()
}

fn hours(weekly: i64) -> Option<Performance> {
    Some(Performance {
        unit: Unit::Hour,
        price: Amount::from_cents(6_600).unwrap(),
        quantity: Quantity::from_hundredths(weekly).unwrap(),
        weeks_off: 0,
        pause: Pause::Never,
        longer_days: Some(0),
        rate: None,
    })
}

fn help(n: u128, from: &str, until: &str, weekly: i64) -> RunningHelp {
    RunningHelp {
        case: CaseId(Uuid::from_u128(n)),
        agency: AgencyId(Uuid::from_u128(n % 3)),
        region: RegionId(Uuid::from_u128(n % 2)),
        space: Some(SpaceId(Uuid::from_u128(n % 4))),
        help: HelpKind::FamilySupport,
        from: number(from),
        until: Day::parse(until).ok().map(Day::number),
        ceiling: Amount::from_cents(364_000).unwrap(),
        plan: hours(weekly),
        paid: 0,
        paid_until: None,
    }
}

fn foreseen(all: &[RunningHelp], what_if: WhatIf) -> Forecast {
    let today = day("2026-11-20");
    foresee(all, &Year::new(today, &[]), today, &Steps::new(), &what_if)
}

/// Ended helps tell how the next ones go on, in whichever region they were: regions add up to the office.
#[test]
fn parts_add_up_to_the_whole() {
    let mut all: Vec<RunningHelp> = (0..10).map(|n| help(100 + n, "2026-01-01", "2026-06-30", 300)).collect();
    all.extend((0..5).map(|n| help(100 + 2 * n, "2026-07-01", "2026-10-31", 300)));
    all.extend((0..7).map(|n| help(n, "2026-05-01", "2026-11-30", 200)));
    let (today, year) = (day("2026-11-20"), Year::new(day("2026-11-20"), &[]));
    let of = |region: u128| {
        let counts = move |help: &RunningHelp| help.region == RegionId(Uuid::from_u128(region));
        foresee_some((&all, &counts), &year, today, &Steps::new(), &WhatIf::default()).all.total()
    };
    let whole = foresee(&all, &year, today, &Steps::new(), &WhatIf::default()).all.total();
    assert!(of(0) > Balance::ZERO && of(1) > Balance::ZERO);
    assert_eq!(of(0) + of(1), whole);
}

#[test]
fn to_come_begins_after_the_last_paid_month() {
    let mut one = help(1, "2026-01-01", "2026-12-31", 700);
    (one.paid, one.paid_until) = (1_000_000, Some(number("2026-10-31")));
    let found = foreseen(&[one], WhatIf::default());
    // 7 hours a week are an hour a day: 61 days to come.
    assert_eq!((found.all.paid.cents(), found.all.to_come.cents()), (1_000_000, 61 * 6_600));
    assert_eq!((found.months[9].cents(), found.months[10].cents()), (0, 30 * 6_600));
}

#[test]
fn an_ended_and_settled_help_is_what_was_paid() {
    let mut one = help(1, "2026-01-01", "2026-06-30", 700);
    (one.paid, one.paid_until) = (500_000, Some(number("2026-06-30")));
    assert_eq!(foreseen(std::slice::from_ref(&one), WhatIf::default()).all.total().cents(), 500_000);
    // Nothing came for longer than a quarter of a year: nothing more is expected.
    one.paid_until = Some(number("2026-05-31"));
    assert_eq!(foreseen(&[one], WhatIf::default()).all.total().cents(), 500_000);
    // Ended three weeks ago: October is still to be invoiced.
    let mut late = help(1, "2026-01-01", "2026-10-31", 700);
    late.paid_until = Some(number("2026-09-30"));
    assert_eq!(foreseen(&[late], WhatIf::default()).all.to_come.cents(), 31 * 6_600);
}

#[test]
fn without_a_plan_the_ceiling_is_spread_over_its_days() {
    let mut one = help(1, "2026-07-01", "2026-12-29", 0);
    one.plan = None;
    assert_eq!(foreseen(&[one], WhatIf::default()).all.to_come.cents(), 364_000);
}

#[test]
fn helps_go_on_as_they_went_on_so_far() {
    let mut all = Vec::new();
    for n in 0..8 {
        let mut ended = help(100 + n, "2026-01-01", "2026-05-31", 700);
        (ended.plan, ended.paid_until) = (None, Some(number("2026-05-31")));
        all.push(ended);
        if n < 4 {
            let mut next = help(100 + n, "2026-06-01", "2026-07-30", 700);
            (next.plan, next.paid_until) = (None, Some(number("2026-07-30")));
            all.push(next);
        }
    }
    let habit = habits(&all, day("2026-11-20"))[&HelpKind::FamilySupport];
    assert_eq!((habit.ended, habit.prolonged, habit.days), (12, 4, 240));
    assert_eq!(habit.likely_days(), 20);
    let mut running = help(1, "2026-11-01", "2026-11-30", 700);
    running.plan = running.plan.map(|plan| Performance { longer_days: None, ..plan });
    all.push(running);
    assert_eq!(foreseen(&all, WhatIf::default()).all.to_come.cents(), (30 + 20) * 6_600);
}

#[test]
fn a_price_agreed_for_later_counts_from_its_day() {
    let rate = RateId(Uuid::from_u128(9));
    let mut one = help(1, "2026-12-01", "2026-12-31", 700);
    one.plan = one.plan.map(|plan| Performance { rate: Some(rate), ..plan });
    let steps = Steps::from([(rate, vec![(number("2026-12-16"), 7_000)])]);
    let today = day("2026-11-20");
    let found = foresee(&[one], &Year::new(today, &[]), today, &steps, &WhatIf::default());
    assert_eq!(found.all.to_come.cents(), 15 * 6_600 + 16 * 7_000);
}

#[test]
fn what_if_asks_and_changes_nothing() {
    let all: Vec<_> = (0..4).map(|n| help(n, "2026-01-01", "2026-12-11", 700)).collect();
    let plain = foreseen(&all, WhatIf::default());
    // From 21 November: 21 days to the granted end, 41 to the end of the year.
    let asked = |what_if| foreseen(&all, what_if);
    let open = asked(WhatIf { open: 3, ..WhatIf::default() });
    assert_eq!(open.what_if.cents(), 3 * 41 * 6_600);
    assert_eq!(asked(WhatIf { end: 2, ..WhatIf::default() }).what_if.cents(), -2 * 21 * 6_600);
    assert_eq!(asked(WhatIf { end: 99, ..WhatIf::default() }).what_if.cents(), -4 * 21 * 6_600);
    assert_eq!(asked(WhatIf { prolong_days: 10, ..WhatIf::default() }).what_if.cents(), 4 * 10 * 6_600);
    assert_eq!(asked(WhatIf { prolong_days: 900, ..WhatIf::default() }).what_if.cents(), 4 * 20 * 6_600);
    assert_eq!(asked(WhatIf { dearer_permille: 50, ..WhatIf::default() }).what_if.cents(), 4 * 21 * 330);
    let other = WhatIf { open: 3, help: Some(HelpKind::Residential), ..WhatIf::default() };
    assert_eq!(asked(other).what_if, Balance::ZERO);
    assert_eq!(Forecast { what_if: Balance::ZERO, ..open }, plain);
}

#[test]
fn every_cut_through_the_forecast_has_the_same_sum() {
    let all: Vec<_> = (0..40).map(|n| help(n, "2026-03-05", "2027-02-28", 125 * i64::try_from(n).unwrap())).collect();
    let found = foreseen(&all, WhatIf::default());
    let total = found.all.total();
    for cut in [
        found.regions.values().map(Sum::total).sum::<Balance>(),
        found.spaces.values().map(Sum::total).sum(),
        found.kinds.values().map(Sum::total).sum(),
        found.agencies.values().map(Sum::total).sum(),
        found.months.iter().copied().sum(),
    ] {
        assert_eq!(cut, total);
    }
}

proptest! {
    #[test]
    fn more_hours_never_cost_less(weekly in 0..4_000i64, more in 0..500i64, start in -400..360i32, length in 0..500i32, paid in 0..500i32) {
        let mut one = help(1, "2026-01-01", "2026-12-31", weekly);
        one.from += start;
        one.until = Some(one.from + length);
        one.paid_until = (paid < 300).then_some(one.from + paid);
        let less = foreseen(std::slice::from_ref(&one), WhatIf::default()).all.to_come;
        one.plan = hours(weekly + more);
        prop_assert!(foreseen(&[one], WhatIf::default()).all.to_come >= less);
    }

    #[test]
    fn what_is_paid_through_its_end_is_only_what_was_paid(start in -400..300i32, length in 0..300i32, paid in 0..10_000_000i64) {
        let mut one = help(1, "2026-01-01", "2026-12-31", 700);
        one.from += start;
        one.until = Some((one.from + length).min(number("2026-11-19")).max(one.from));
        prop_assume!(one.until < Some(number("2026-11-20")));
        (one.paid, one.paid_until) = (paid, one.until);
        prop_assert_eq!(foreseen(&[one], WhatIf::default()).all.total().cents(), paid);
    }

    #[test]
    fn a_period_is_read_from_the_calendar(start in 0..700i32) {
        let from = day("2026-01-01").plus_days(start);
        prop_assert_eq!(from.number() - day("2026-01-01").number(), start);
        prop_assert!(Period::new(from.month_start(), Some(from.month_end())).unwrap().holds(from));
    }
}
