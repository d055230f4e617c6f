// SPDX-License-Identifier: EUPL-1.2
//! The rate table. A price is worth nothing without the definition of its hour: 1,625 hours a post in one city and
//! 1,200 in another are not the same hours. Prices look forward only (§ 78d(1); N20).

use crate::access::codes;
use crate::casework::HelpKind;
use crate::kernel::{Amount, Day, Period, Refusal, Rule};

/// A price that is to hold for days before it was agreed.
pub const RATE_BACK_DATED: Rule = Rule::new("rate.back_dated", "§ 78d(1) SGB VIII");
/// A price for days for which the agreement does not hold.
pub const RATE_OUTSIDE_AGREEMENT: Rule = Rule::new("rate.outside_agreement", "§ 77(1), § 78b(1) SGB VIII");

codes! {
    /// What the price is for.
    #[doc(alias = "Leistungseinheit")]
    Unit {
        /// An hour of 60 minutes (Fachleistungsstunde).
        Hour = "hour",
        /// A day on which somebody comes.
        Day = "day",
        /// A place, every day of the calendar.
        Place = "place",
        /// A month, whatever is rendered.
        Month = "month",
    }
}

codes! {
    /// What counts as an hour.
    #[doc(alias = "Stundendefinition")]
    HourBasis {
        /// With preparing, writing, conferring (indirect time).
        Gross = "gross",
        /// With the family alone (direct time).
        Direct = "direct",
    }
}

codes! {
    /// Is the way in the hour?
    #[doc(alias = "Fahrzeit")]
    Travel {
        /// Yes.
        Included = "included",
        /// Charged by itself.
        Separate = "separate",
    }
}

codes! {
    /// Who renders it.
    #[doc(alias = "Qualifikation")]
    Qualification {
        /// A professional (§ 72(1)).
        Professional = "professional",
        /// With further training: therapy, insoweit erfahrene Fachkraft.
        Specialist = "specialist",
        /// Somebody without such training, guided by one who has it.
        Assistant = "assistant",
    }
}

/// A price with all that makes it one; copied onto a commission as it was on that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Entgelt")]
pub struct RateTerms {
    /// What for.
    pub unit: Unit,
    /// What counts as an hour.
    pub hour: HourBasis,
    /// Is the way in it?
    pub travel: Travel,
    /// Who renders it.
    pub qualification: Qualification,
    /// For one.
    pub price: Amount,
}

/// A price that is to be agreed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Entgeltentwurf")]
pub struct RateDraft {
    /// For which help.
    pub help: HelpKind,
    /// The price.
    pub terms: RateTerms,
    /// From – until.
    pub period: Period,
    /// On which day it was agreed.
    pub agreed_on: Day,
}

/// A line of the rate table. Only [`price`] makes one.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Entgeltzeile")]
pub struct Rate(RateDraft);

impl Rate {
    /// What was agreed.
    #[must_use]
    pub fn content(&self) -> &RateDraft {
        &self.0
    }
}

/// Agrees on a price inside an agreement, from the day of agreeing on or later. The old one goes on until then
/// (§ 78d(2)).
///
/// # Errors
/// The rules of this file that are broken.
pub fn price(draft: RateDraft, agreement: Period, today: Day) -> Result<Rate, Vec<Refusal>> {
    let mut wrong = Vec::new();
    if draft.agreed_on > today {
        wrong.push(super::AGREED_IN_THE_FUTURE.broken_at("agreed_on"));
    }
    if draft.period.from() < draft.agreed_on {
        wrong.push(RATE_BACK_DATED.broken_at("from"));
    }
    let ends_inside = match (agreement.until(), draft.period.until()) {
        (Some(last), Some(until)) => until <= last,
        _ => true,
    };
    if !agreement.holds(draft.period.from()) || !ends_inside {
        wrong.push(RATE_OUTSIDE_AGREEMENT.broken_at("from"));
    }
    if wrong.is_empty() { Ok(Rate(draft)) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn draft(agreed_on: Day, from: Day) -> RateDraft {
        let price = Amount::from_cents(6_980).unwrap();
        let (unit, hour, travel) = (Unit::Hour, HourBasis::Direct, Travel::Included);
        let terms = RateTerms { unit, hour, travel, qualification: Qualification::Professional, price };
        RateDraft { help: HelpKind::FamilySupport, terms, period: Period::new(from, None).unwrap(), agreed_on }
    }

    #[test]
    fn a_price_stays_inside_its_agreement() {
        let agreement = Period::new(day("2026-01-01"), Day::parse("2027-12-31").ok()).unwrap();
        let (today, agreed) = (day("2026-11-20"), day("2026-11-01"));
        let codes = |from: &str| {
            let wrong = price(draft(agreed, day(from)), agreement, today).err().unwrap_or_default();
            wrong.iter().map(|refusal| refusal.rule.code()).collect::<Vec<_>>()
        };
        assert_eq!(codes("2027-01-01"), [""; 0]);
        assert_eq!(codes("2026-10-31"), ["rate.back_dated"]);
        assert_eq!(codes("2028-01-01"), ["rate.outside_agreement"]);
    }

    proptest! {
        #[test]
        fn n20_no_price_is_ever_back_dated(agreed in -400..400i32, from in -800..800i32) {
            let today = day("2026-11-20");
            let agreement = Period::new(day("2020-01-01"), None).unwrap();
            let (agreed, from) = (today.plus_days(agreed), today.plus_days(from));
            let made = price(draft(agreed, from), agreement, today);
            prop_assert_eq!(made.is_ok(), from >= agreed && agreed <= today);
        }
    }
}
