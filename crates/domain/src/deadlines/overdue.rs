// SPDX-License-Identifier: EUPL-1.2
//! When something is overdue: the one answer that every list, counter, badge and warning asks for.

use crate::kernel::Day;

/// Is its last day gone by? The last day itself counts to its end (§ 188(1) BGB): something is overdue when the next
/// day has begun in Germany. What has no day ("unverzüglich") never is.
#[must_use]
pub fn is_overdue(last: Option<Day>, today: Day) -> bool {
    last.is_some_and(|last| last < today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadlines::{AtEnd, Calendar, Span, count};
    use crate::kernel::Moment;

    #[track_caller]
    fn check(last: &str, now: &str, expected: bool) {
        let (last, now) = (Day::parse(last).unwrap(), Moment::parse(now).unwrap());
        assert_eq!(is_overdue(Some(last), now.day()), expected, "{last} at {now:?}");
    }

    #[test]
    fn the_last_day_counts_to_its_midnight_in_germany() {
        // Winter: an hour before UTC.
        check("2026-11-30", "2026-11-30T22:59:59Z", false);
        check("2026-11-30", "2026-11-30T23:00:00Z", true);
        // Summer: two.
        check("2026-07-31", "2026-07-31T21:59:59Z", false);
        check("2026-07-31", "2026-07-31T22:00:00Z", true);
    }

    #[test]
    fn the_days_on_which_clocks_change_end_at_their_own_midnight() {
        // 29 March 2026 has 23 hours: it begins in winter and ends in summer.
        check("2026-03-28", "2026-03-28T22:59:59Z", false);
        check("2026-03-28", "2026-03-28T23:00:00Z", true);
        check("2026-03-29", "2026-03-29T21:59:59Z", false);
        check("2026-03-29", "2026-03-29T22:00:00Z", true);
        // 25 October 2026 has 25: it begins in summer and ends in winter.
        check("2026-10-24", "2026-10-24T21:59:59Z", false);
        check("2026-10-24", "2026-10-24T22:00:00Z", true);
        check("2026-10-25", "2026-10-25T22:59:59Z", false);
        check("2026-10-25", "2026-10-25T23:00:00Z", true);
    }

    #[test]
    fn years_and_leap_days_end_like_any_other() {
        check("2026-12-31", "2026-12-31T22:59:59Z", false);
        check("2026-12-31", "2026-12-31T23:00:00Z", true);
        check("2028-02-29", "2028-02-29T22:59:59Z", false);
        check("2028-02-29", "2028-02-29T23:00:00Z", true);
    }

    /// Where a period would end on a holiday it goes on to the next working day (§ 193 BGB): until then nothing is late.
    #[test]
    fn over_holidays_nothing_is_late() {
        let calendar = Calendar::from_code("SH").unwrap();
        let day = |text: &str| Day::parse(text).unwrap();
        for (start, last) in [("2026-12-11", "2026-12-28"), ("2026-03-20", "2026-04-07")] {
            let due = count(Span::Weeks(2), AtEnd::Moves, day(start), &calendar).due();
            assert_eq!(due, day(last), "two weeks from {start}");
            let mut at = day(start);
            while at <= due {
                assert!(!is_overdue(Some(due), at), "{at}");
                at = at.plus_days(1);
            }
            assert!(is_overdue(Some(due), at));
        }
    }

    #[test]
    fn what_is_due_at_once_has_no_day_to_be_over() {
        assert!(!is_overdue(None, Day::parse("2099-01-01").unwrap()));
    }
}
