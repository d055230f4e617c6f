// SPDX-License-Identifier: EUPL-1.2
//! Contingents without names: so many contacts or hours of direct access (§ 36a(2) SGB VIII). A contact is a day and a
//! number, never a person. A contingent that is used up turns nobody away; it warns early.

use crate::access::codes;
use crate::kernel::{Balance, Day, Period, Refusal, Rule};

/// A contact outside of the time of the contingent.
pub const CONTINGENT_OUTSIDE: Rule = Rule::new("contingent.outside", "§ 36a(2) SGB VIII");

/// From so many hundredths used on, the office is warned.
pub const WARN_FROM_PERCENT: i64 = 80;

codes! {
    /// What is counted.
    #[doc(alias = "Zählweise")]
    ContingentUnit {
        /// Contacts.
        Contacts = "contacts",
        /// Hours.
        Hours = "hours",
    }
}

/// A contingent with what was used of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Kontingent")]
pub struct Contingent {
    /// What is counted.
    pub unit: ContingentUnit,
    /// How many were agreed.
    pub agreed: i64,
    /// For how much money.
    pub price: Balance,
    /// From – until.
    pub period: Period,
    /// How many were used.
    pub used: i64,
}

/// How a contingent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Kontingentstand")]
pub struct ContingentState {
    /// Not yet used; below nothing when more was needed.
    pub left: i64,
    /// Used, in hundredths of the whole.
    pub percent: i64,
    /// On which day it will be used up if things go on as so far; none if it lasts.
    pub empty_on: Option<Day>,
    /// Is it time to talk?
    pub warn: bool,
}

/// Where a contingent stands on a day, and where it is going: as many a day as so far.
#[must_use]
pub fn contingent_state(one: &Contingent, today: Day) -> ContingentState {
    let left = one.agreed - one.used;
    let percent = if one.agreed > 0 { one.used.saturating_mul(100) / one.agreed } else { 100 };
    let passed = i64::from(today.days_since(one.period.from())) + 1;
    let empty_on = if left <= 0 {
        Some(today)
    } else if one.used > 0 && passed > 0 {
        // Days until what is left is used, rounded up.
        let days = (left.saturating_mul(passed) + one.used - 1) / one.used;
        Some(today.plus_days(i32::try_from(days).unwrap_or(i32::MAX)))
    } else {
        None
    };
    let ends = one.period.until();
    let empty_on = empty_on.filter(|day| ends.is_none_or(|until| *day <= until));
    let running = one.period.holds(today);
    ContingentState { left, percent, empty_on, warn: running && (percent >= WARN_FROM_PERCENT || empty_on.is_some()) }
}

impl Contingent {
    /// May something be counted for this day?
    ///
    /// # Errors
    /// [`CONTINGENT_OUTSIDE`].
    pub fn counts_on(&self, day: Day) -> Result<(), Refusal> {
        if self.period.holds(day) { Ok(()) } else { Err(CONTINGENT_OUTSIDE.broken_at("used_on")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agencies::exact_quotient;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn norderstedt(agreed: i64, used: i64) -> Contingent {
        let period = Period::new(day("2012-01-01"), Day::parse("2012-12-31").ok()).unwrap();
        Contingent { unit: ContingentUnit::Contacts, agreed, price: Balance::from_cents(2_500_000), period, used }
    }

    #[test]
    fn t10_norderstedt() {
        // 280 contacts would be exhausted by mid-2012: at the end of April it can be seen coming.
        let april = contingent_state(&norderstedt(280, 187), day("2012-04-30"));
        assert_eq!((april.left, april.percent, april.warn), (93, 66, true));
        assert_eq!(april.empty_on.unwrap().german(), "30.06.2012");
        // 320 more for 25,000 euros.
        assert_eq!(exact_quotient(norderstedt(320, 0).price, 320), "78,125 €");
        let more = contingent_state(&norderstedt(600, 187), day("2012-04-30"));
        assert_eq!((more.empty_on, more.warn), (None, false));
    }

    #[test]
    fn used_up_turns_nobody_away() {
        let over = norderstedt(280, 300);
        let state = contingent_state(&over, day("2012-07-15"));
        assert_eq!((state.left, state.percent, state.warn), (-20, 107, true));
        assert_eq!(over.counts_on(day("2012-07-15")), Ok(()));
        assert_eq!(over.counts_on(day("2013-01-01")), Err(CONTINGENT_OUTSIDE.broken_at("used_on")));
    }

    #[test]
    fn nothing_used_warns_of_nothing() {
        let state = contingent_state(&norderstedt(280, 0), day("2012-02-01"));
        assert_eq!((state.empty_on, state.warn, state.percent), (None, false, 0));
    }
}
