// SPDX-License-Identifier: EUPL-1.2
//! Hours, days, places: counted in hundredths, multiplied exactly.

use super::{Amount, Balance, Refusal, Rule};

/// A number of hours, days or places that cannot be read.
pub const QUANTITY_UNREADABLE: Rule = Rule::new("quantity.unreadable", "DIN 5008");
/// More than anybody can render in a year; a slip of the keys.
pub const QUANTITY_TOO_LARGE: Rule = Rule::new("quantity.too_large", "Plausibilität: höchstens 100.000");

const LARGEST: i64 = 10_000_000;

/// How many hours, days or places, in hundredths: a quarter of an hour is 25.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[doc(alias = "Menge")]
#[doc(alias = "Stunden")]
pub struct Quantity(i64);

/// `n / d`, rounded to the nearest whole number, halves away from zero. A divisor of nothing gives nothing.
#[must_use]
pub fn half_up(n: i128, d: i128) -> i64 {
    if d == 0 {
        return 0;
    }
    let (n, d) = if d < 0 { (-n, -d) } else { (n, d) };
    let rounded = if n >= 0 { (2 * n + d) / (2 * d) } else { -((-2 * n + d) / (2 * d)) };
    i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
}

/// Euros for one of `count` things as Germans write them, to the last digit: 25,000 € for 320 contacts are `78,125 €`.
/// What never ends is rounded to cents and says so with `≈`.
#[must_use]
pub fn exact_quotient(total: Balance, count: i64) -> String {
    if count <= 0 {
        return "–".to_owned();
    }
    let sign = if total.is_negative() { "−" } else { "" };
    let (mut rest, count) = (u128::from(total.cents().unsigned_abs()), u128::from(count.unsigned_abs()));
    let whole = rest / (count * 100);
    rest -= whole * count * 100;
    let (mut digits, unit) = (String::new(), count * 100);
    while rest > 0 && digits.len() < 9 {
        rest *= 10;
        digits.push(char::from(b'0' + u8::try_from(rest / unit).unwrap_or_default()));
        rest %= unit;
    }
    if rest > 0 {
        let cents = half_up(i128::from(total.cents()), i128::try_from(count).unwrap_or(1));
        return format!("≈ {}", Balance::from_cents(cents).german());
    }
    let euros = Balance::from_cents(i64::try_from(whole * 100).unwrap_or(i64::MAX)).german();
    let euros = euros.split(',').next().unwrap_or_default().to_owned();
    format!("{sign}{euros},{digits:0<2} €")
}

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many hundredths.
    ///
    /// # Errors
    /// [`QUANTITY_UNREADABLE`] below nothing, [`QUANTITY_TOO_LARGE`].
    pub const fn from_hundredths(hundredths: i64) -> Result<Self, Refusal> {
        if hundredths < 0 {
            return Err(QUANTITY_UNREADABLE.broken());
        }
        if hundredths > LARGEST {
            return Err(QUANTITY_TOO_LARGE.broken());
        }
        Ok(Self(hundredths))
    }

    /// Reads `12`, `12,5`, `12,25`. A dot is asked about: it could be either thing.
    ///
    /// # Errors
    /// [`QUANTITY_UNREADABLE`], [`QUANTITY_TOO_LARGE`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let (whole, part) = text.split_once(',').unwrap_or((text, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 {
            return Err(QUANTITY_UNREADABLE.broken());
        }
        if whole.len() > 6 {
            return Err(QUANTITY_TOO_LARGE.broken());
        }
        let number = |s: &str| s.parse::<i64>().or(Err(QUANTITY_UNREADABLE.broken()));
        Self::from_hundredths(number(whole)? * 100 + number(&format!("{part:0<2}"))?)
    }

    /// In hundredths.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// As Germans write it: `12`, `12,5`, `1.200`.
    #[must_use]
    pub fn german(self) -> String {
        let euros = Balance::from_cents(self.0).german();
        let digits = euros.trim_end_matches(" €");
        digits.trim_end_matches('0').trim_end_matches(',').to_owned()
    }

    /// What so much costs at this price, rounded once to the cent, halves up.
    #[must_use]
    pub fn cost(self, price: Amount) -> Balance {
        Balance::from_cents(half_up(i128::from(self.0) * i128::from(price.cents()), 100))
    }
}

impl std::ops::Add for Quantity {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::iter::Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, std::ops::Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_and_written_in_german() {
        for (text, hundredths, german) in [
            ("12", 1_200, "12"),
            ("12,5", 1_250, "12,5"),
            ("0,25", 25, "0,25"),
            ("1200", 120_000, "1.200"),
            ("0", 0, "0"),
        ] {
            let read = Quantity::parse(text).unwrap();
            assert_eq!((read.hundredths(), read.german().as_str()), (hundredths, german));
        }
        for text in ["", "12.5", "-1", "1,255", "1e3", "½", "1,2,3"] {
            assert_eq!(Quantity::parse(text), Err(QUANTITY_UNREADABLE.broken()), "{text}");
        }
        assert_eq!(Quantity::parse("1234567"), Err(QUANTITY_TOO_LARGE.broken()));
    }

    #[test]
    fn a_price_for_one_is_printed_to_its_last_digit() {
        let euros = |euros: i64| Balance::from_cents(euros * 100);
        assert_eq!(exact_quotient(euros(25_000), 320), "78,125 €");
        assert_eq!(exact_quotient(euros(25_000), 280), "≈ 89,29 €");
        assert_eq!(exact_quotient(euros(100_000), 4), "25.000,00 €");
        assert_eq!(exact_quotient(euros(-1), 8), "−0,125 €");
        assert_eq!(exact_quotient(euros(1), 0), "–");
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!([half_up(5, 2), half_up(-5, 2), half_up(7, 3), half_up(1, 0)], [3, -3, 2, 0]);
        let price = Amount::from_cents(6_655).unwrap();
        assert_eq!(Quantity::parse("0,5").unwrap().cost(price).cents(), 3_328);
    }
}
