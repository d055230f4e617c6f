// SPDX-License-Identifier: EUPL-1.2
//! Money in whole cents.

use super::refusal::{Refusal, Rule};

/// An amount that is nothing or less where money has to move.
pub const AMOUNT_NOT_POSITIVE: Rule = Rule::new("amount.not_positive", "Kassenrecht");
/// An amount that cannot be read.
pub const AMOUNT_UNREADABLE: Rule = Rule::new("amount.unreadable", "DIN 5008");
/// More than a municipal budget can hold; a slip of the keys.
pub const AMOUNT_TOO_LARGE: Rule = Rule::new("amount.too_large", "Plausibilität: höchstens 10 Mrd. Euro");

const LARGEST: i64 = 1_000_000_000_000;

/// Money that moves: always more than nothing, in whole cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Betrag")]
pub struct Amount(i64);

/// A sum or a difference of amounts in whole cents; may be nothing or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[doc(alias = "Saldo")]
pub struct Balance(i64);

impl Amount {
    /// So many cents.
    ///
    /// # Errors
    /// [`AMOUNT_NOT_POSITIVE`], [`AMOUNT_TOO_LARGE`].
    pub const fn from_cents(cents: i64) -> Result<Self, Refusal> {
        if cents <= 0 {
            return Err(AMOUNT_NOT_POSITIVE.broken());
        }
        if cents > LARGEST {
            return Err(AMOUNT_TOO_LARGE.broken());
        }
        Ok(Self(cents))
    }

    /// Reads euros as Germans type them: `4.800`, `4800,50`, `4.800,5 €`.
    ///
    /// A dot is only ever a thousands separator with three digits behind it, so that `12.50` is asked
    /// about instead of being taken for 1,250 euros.
    ///
    /// # Errors
    /// [`AMOUNT_UNREADABLE`], [`AMOUNT_NOT_POSITIVE`], [`AMOUNT_TOO_LARGE`].
    pub fn parse_euro(text: &str) -> Result<Self, Refusal> {
        let text = text.trim().trim_end_matches('€').trim_end_matches("EUR").trim();
        let unreadable = || AMOUNT_UNREADABLE.broken();
        if text.starts_with('-') && text[1..].bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
            return Err(AMOUNT_NOT_POSITIVE.broken());
        }
        let (whole, cents) = text.split_once(',').unwrap_or((text, "0"));
        let mut groups = whole.split('.');
        let first = groups.next().unwrap_or_default();
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let mut number = first.to_owned();
        for group in groups {
            if group.len() != 3 || first.len() > 3 || !digits(group) {
                return Err(unreadable());
            }
            number.push_str(group);
        }
        if !digits(&number) || !digits(cents) || cents.len() > 2 {
            return Err(unreadable());
        }
        if number.len() > 12 {
            return Err(AMOUNT_TOO_LARGE.broken());
        }
        let euros: i64 = number.parse().or(Err(unreadable()))?;
        let cents: i64 = format!("{cents:0<2}").parse().or(Err(unreadable()))?;
        Self::from_cents(euros * 100 + cents)
    }

    /// In whole cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// As a balance.
    #[must_use]
    pub const fn balance(self) -> Balance {
        Balance(self.0)
    }
}

impl Balance {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// In whole cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Less than nothing?
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// As Germans write it: `-4.800,50 €` (with the true minus sign).
    #[must_use]
    pub fn german(self) -> String {
        let cents = self.0.unsigned_abs();
        let digits = (cents / 100).to_string();
        let mut euros = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                euros.push('.');
            }
            euros.push(digit);
        }
        let sign = if self.0 < 0 { "−" } else { "" };
        format!("{sign}{euros},{:02} €", cents % 100)
    }
}

impl std::ops::Add for Balance {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Balance {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Balance {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, std::ops::Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn euros_are_read_as_typed() {
        for (text, cents) in
            [("4800", 480_000), ("4.800", 480_000), ("4.800,50 €", 480_050), ("0,5", 50), ("1.234.567,89", 123_456_789)]
        {
            assert_eq!(Amount::parse_euro(text).unwrap().cents(), cents, "{text}");
        }
    }

    #[test]
    fn doubtful_euros_are_asked_about() {
        for text in ["12.50", "1,234.56", "abc", "", "1e3", "4.8000", "1..000", "1,,2", "½"] {
            assert_eq!(Amount::parse_euro(text), Err(AMOUNT_UNREADABLE.broken()), "{text}");
        }
        assert_eq!(Amount::parse_euro("-5"), Err(AMOUNT_NOT_POSITIVE.broken()));
        assert_eq!(Amount::parse_euro("0"), Err(AMOUNT_NOT_POSITIVE.broken()));
        assert_eq!(Amount::parse_euro("99999999999999"), Err(AMOUNT_TOO_LARGE.broken()));
    }

    #[test]
    fn balances_are_written_in_german() {
        assert_eq!(Balance::from_cents(-123_456_789).german(), "−1.234.567,89 €");
        assert_eq!(Balance::from_cents(5).german(), "0,05 €");
        assert_eq!(Balance::from_cents(100_000).german(), "1.000,00 €");
    }
}
