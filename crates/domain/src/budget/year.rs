// SPDX-License-Identifier: EUPL-1.2
//! Fiscal years: opened, closed and carried over by decision, each with a record.

use super::account::EntryKind;
use super::pot::{Book, MoneyKind};
use crate::access::codes;
use crate::kernel::{Amount, Balance, Day, Refusal, Rule};

/// The year is closed; only a counter-entry by decision is booked there.
pub const YEAR_CLOSED: Rule = Rule::new("budget.year_closed", "§ 95 GO; Jahresabschluss");
/// The year has not ended yet.
pub const YEAR_NOT_OVER: Rule = Rule::new("budget.year_not_over", "§ 95 GO; Jahresabschluss");
/// The year was opened, or closed, before.
pub const YEAR_DECIDED: Rule = Rule::new("budget.year_decided", "§ 95 GO; Jahresabschluss");
/// A carry-over needs a closed year.
pub const YEAR_NOT_CLOSED: Rule = Rule::new("budget.year_not_closed", "§ 22 GemHVO: Ermächtigungsübertragung");
/// More is carried over than was left.
pub const CARRY_TOO_LARGE: Rule = Rule::new("budget.carry_too_large", "§ 22 GemHVO: Ermächtigungsübertragung");
/// A transfer of this year still waits for the second person.
pub const YEAR_WAITS: Rule = Rule::new("budget.year_waits", "§ 95 GO; Jahresabschluss");
/// More than the whole.
pub const PERCENT_TOO_LARGE: Rule = Rule::new("percent.too_large", "Rechenregel");
/// Less than nothing.
pub const PERCENT_NEGATIVE: Rule = Rule::new("percent.negative", "Rechenregel");
/// Not a percentage.
pub const PERCENT_UNREADABLE: Rule = Rule::new("percent.unreadable", "DIN 5008");

codes! {
    /// What was decided about a year.
    #[doc(alias = "Jahresbeschluss")]
    YearAct {
        /// Opened: the budget is in force.
        Opened = "opened",
        /// Closed: the books are shut.
        Closed = "closed",
        /// Something was carried over into the next year.
        Carried = "carried",
    }
}

codes! {
    /// Where a year stands.
    #[doc(alias = "Haushaltsjahr")]
    YearState {
        /// Nothing was decided yet: provisional budgeting. Claims are met all the same.
        Provisional = "provisional",
        /// The budget is in force.
        Open = "open",
        /// The books are shut.
        Closed = "closed",
    }
}

impl YearState {
    /// From what was decided.
    #[must_use]
    pub fn of(acts: &[YearAct]) -> Self {
        if acts.contains(&YearAct::Closed) {
            Self::Closed
        } else if acts.contains(&YearAct::Opened) {
            Self::Open
        } else {
            Self::Provisional
        }
    }

    /// May this be booked into the year? Into a closed one only counter-entries and carry-overs, each by decision.
    ///
    /// # Errors
    /// [`YEAR_CLOSED`].
    pub fn admits(self, kind: EntryKind, by_decision: bool) -> Result<(), Refusal> {
        let exempt = matches!(kind, EntryKind::Countered | EntryKind::CarriedOver);
        if self == Self::Closed && !(exempt && by_decision) { Err(YEAR_CLOSED.broken()) } else { Ok(()) }
    }

    /// May the year be opened?
    ///
    /// # Errors
    /// [`YEAR_DECIDED`].
    pub fn may_open(self) -> Result<(), Refusal> {
        if self == Self::Provisional { Ok(()) } else { Err(YEAR_DECIDED.broken_at("resolution")) }
    }

    /// May the year be closed today?
    ///
    /// # Errors
    /// [`YEAR_DECIDED`], [`YEAR_NOT_OVER`], [`YEAR_WAITS`].
    pub fn may_close(self, year: i16, today: Day, waiting: bool) -> Result<(), Refusal> {
        if self == Self::Closed {
            return Err(YEAR_DECIDED.broken_at("resolution"));
        }
        if today.year() <= year {
            return Err(YEAR_NOT_OVER.broken_at("resolution"));
        }
        if waiting { Err(YEAR_WAITS.broken_at("resolution")) } else { Ok(()) }
    }
}

/// May so much of a closed year's pot go into a pot of the next year? What was left of money for claims may become
/// a grant: a project in the same space. Rates under § 78b are never settled afterwards (§ 78d(1)): what goes over
/// is budget that was not used, not money of an agency.
///
/// # Errors
/// [`YEAR_NOT_CLOSED`], [`super::KINDS_NEVER_MIXED`], [`CARRY_TOO_LARGE`], saying what was left.
pub fn may_carry(
    state: YearState,
    (from, to): (MoneyKind, MoneyKind),
    book: &Book,
    amount: Amount,
) -> Result<(), Refusal> {
    if state != YearState::Closed {
        return Err(YEAR_NOT_CLOSED.broken_at("resolution"));
    }
    if from != to && to != MoneyKind::Grant {
        return Err(super::KINDS_NEVER_MIXED.broken_at("to_kind"));
    }
    let left = book.free();
    if amount.balance() > left {
        return Err(CARRY_TOO_LARGE.broken_at("amount").saying(left.cents().max(0)));
    }
    Ok(())
}

/// A percentage in thousandths of a percent: exact, without floating point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Prozentsatz")]
pub struct Percent(i64);

/// The whole in thousandths of a percent.
const WHOLE: i64 = 100_000;

impl Percent {
    /// Reads `3`, `3 %`, `33,333 %`.
    ///
    /// # Errors
    /// [`PERCENT_UNREADABLE`], [`PERCENT_TOO_LARGE`], [`PERCENT_NEGATIVE`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim().trim_end_matches('%').trim();
        let (negative, digits) = text.strip_prefix(['-', '−']).map_or((false, text), |rest| (true, rest));
        let (whole, parts) = digits.split_once(',').unwrap_or((digits, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(parts) || whole.len() > 6 || parts.len() > 3 {
            return Err(PERCENT_UNREADABLE.broken());
        }
        let number: i64 = format!("{whole}{parts:0<3}").parse().or(Err(PERCENT_UNREADABLE.broken()))?;
        match number {
            number if negative && number > 0 => Err(PERCENT_NEGATIVE.broken()),
            number if number > WHOLE => Err(PERCENT_TOO_LARGE.broken()),
            number => Ok(Self(number)),
        }
    }

    /// So much of an amount, rounded down to the cent: the rest stays where it was. In cents.
    #[must_use]
    pub fn of(self, amount: Balance) -> Balance {
        let cents = i128::from(amount.cents()) * i128::from(self.0) / i128::from(WHOLE);
        // Not more than the amount itself, so that it always fits.
        Balance::from_cents(i64::try_from(cents).unwrap_or(amount.cents()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(euros: i64) -> Balance {
        Balance::from_cents(euros * 100)
    }

    #[test]
    fn tv12_a_tenth_of_what_was_left_goes_to_prevention() {
        let bonus = Percent::parse("10").unwrap().of(euros(3_200_000));
        assert_eq!(bonus, euros(320_000));
    }

    #[test]
    fn gel_075_to_077_percentages() {
        assert_eq!(Percent::parse("100,01 %"), Err(PERCENT_TOO_LARGE.broken()));
        assert_eq!(Percent::parse("-1 %"), Err(PERCENT_NEGATIVE.broken()));
        assert_eq!(Percent::parse("33,333 %").unwrap().of(euros(100)), Balance::from_cents(3_333));
        for text in ["", "%", "1e3", "10.5", "1,2345", "½"] {
            assert_eq!(Percent::parse(text), Err(PERCENT_UNREADABLE.broken()), "{text}");
        }
    }

    #[test]
    fn a_closed_year_takes_only_what_was_decided() {
        for kind in EntryKind::ALL {
            assert!(
                YearState::Open.admits(*kind, false).is_ok() && YearState::Provisional.admits(*kind, false).is_ok()
            );
            assert!(YearState::Closed.admits(*kind, false).is_err());
            let exempt = matches!(kind, EntryKind::Countered | EntryKind::CarriedOver);
            assert_eq!(YearState::Closed.admits(*kind, true).is_ok(), exempt, "{kind:?}");
        }
    }

    #[test]
    fn years_open_once_and_close_when_they_are_over() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(YearState::of(&[YearAct::Opened, YearAct::Closed, YearAct::Carried]), YearState::Closed);
        assert_eq!(YearState::Open.may_open(), Err(YEAR_DECIDED.broken_at("resolution")));
        assert_eq!(
            YearState::Open.may_close(2026, day("2026-12-31"), false),
            Err(YEAR_NOT_OVER.broken_at("resolution"))
        );
        assert_eq!(YearState::Open.may_close(2026, day("2027-01-01"), true), Err(YEAR_WAITS.broken_at("resolution")));
        assert_eq!(YearState::Open.may_close(2026, day("2027-01-01"), false), Ok(()));
    }

    #[test]
    fn a_surplus_becomes_a_project_in_the_same_space() {
        let book = Book { planned: euros(100), drawn: euros(60), ..Book::default() };
        let way = (MoneyKind::IndividualClaim, MoneyKind::Grant);
        let amount = |euros: i64| Amount::from_cents(euros * 100).unwrap();
        assert_eq!(may_carry(YearState::Closed, way, &book, amount(40)), Ok(()));
        assert_eq!(
            may_carry(YearState::Closed, way, &book, amount(41)),
            Err(CARRY_TOO_LARGE.broken_at("amount").saying(4_000))
        );
        assert!(may_carry(YearState::Open, way, &book, amount(1)).is_err());
        let back = (MoneyKind::Grant, MoneyKind::IndividualClaim);
        assert!(may_carry(YearState::Closed, back, &book, amount(1)).is_err());
    }
}
