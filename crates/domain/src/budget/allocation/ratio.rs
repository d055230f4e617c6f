// SPDX-License-Identifier: EUPL-1.2
//! Exact fractions: no digit is lost between the table of indicators and the last cent.

use super::rules::{NUMBER_TOO_LONG, NUMBER_UNREADABLE};
use crate::kernel::Refusal;
use num_bigint::BigInt;
use std::cmp::Ordering;
use std::ops::{Add, Mul, Sub};

/// Digits that a typed number may have, before and behind the comma together.
const LONGEST: usize = 15;

/// A fraction in lowest terms.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Bruch")]
pub struct Ratio {
    num: BigInt,
    /// Always above nothing.
    den: BigInt,
}

fn gcd(a: &BigInt, b: &BigInt) -> BigInt {
    let (mut a, mut b) = (a.clone(), b.clone());
    while b != BigInt::ZERO {
        (a, b) = (b.clone(), a % b);
    }
    if a < BigInt::ZERO { -a } else { a }
}

impl Ratio {
    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self { num: number.into(), den: 1.into() }
    }

    /// A fraction; nothing over nothing is nothing.
    #[must_use]
    pub fn of(num: i64, den: i64) -> Self {
        Self::whole(num).over(&Self::whole(den)).unwrap_or_else(Self::zero)
    }

    /// Nothing.
    #[must_use]
    pub fn zero() -> Self {
        Self::whole(0)
    }

    fn lowest(num: BigInt, den: BigInt) -> Self {
        let common = gcd(&num, &den);
        let sign = if den < BigInt::ZERO { BigInt::from(-1) } else { BigInt::from(1) };
        if common == BigInt::ZERO || common == BigInt::from(1) {
            return Self { num: num * &sign, den: den * sign };
        }
        Self { num: num / &common * &sign, den: den / common * sign }
    }

    /// The quotient; none if divided by nothing.
    #[must_use]
    pub fn over(&self, other: &Self) -> Option<Self> {
        (!other.is_zero()).then(|| Self::lowest(&self.num * &other.den, &self.den * &other.num))
    }

    /// Is it nothing?
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.num == BigInt::ZERO
    }

    /// Is it below nothing?
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.num < BigInt::ZERO
    }

    /// The largest whole number not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        let down = &self.num / &self.den;
        let exact = &down * &self.den == self.num;
        let num = if self.is_negative() && !exact { down - 1 } else { down };
        Self { num, den: 1.into() }
    }

    /// Rounded to so many digits behind the comma, half goes up (kaufmännisch).
    #[must_use]
    pub fn half_up(&self, digits: u32) -> Self {
        let tens = Self { num: BigInt::from(10).pow(digits), den: 1.into() };
        let up = (&(self * &tens) + &Self::of(1, 2)).floor();
        up.over(&tens).unwrap_or(up)
    }

    /// As a whole number, if it is one that fits.
    #[must_use]
    pub fn to_whole(&self) -> Option<i64> {
        (self.den == BigInt::from(1)).then(|| i64::try_from(&self.num).ok()).flatten()
    }

    /// Reads a number as Germans type it: `1.234,56`, `10,00`, `12`. Never below nothing.
    ///
    /// # Errors
    /// [`NUMBER_UNREADABLE`], also for `12.50`, which may be meant either way; [`NUMBER_TOO_LONG`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let (whole, behind) = text.split_once(',').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let groups: Vec<&str> = whole.split('.').collect();
        let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
        let dangling = text.ends_with(',') || groups.iter().any(|group| group.is_empty());
        if !grouped || dangling || !groups.iter().all(|group| digits(group)) || !digits(behind) {
            return Err(NUMBER_UNREADABLE.broken());
        }
        let number = groups.concat() + behind;
        if number.len() > LONGEST {
            return Err(NUMBER_TOO_LONG.broken());
        }
        let number: i64 = number.parse().or(Err(NUMBER_UNREADABLE.broken()))?;
        let scale = u32::try_from(behind.len()).or(Err(NUMBER_TOO_LONG.broken()))?;
        Ok(Self::of(number, 10_i64.pow(scale)))
    }

    /// Reads back what [`Ratio::exact`] wrote.
    #[must_use]
    pub fn from_exact(text: &str) -> Option<Self> {
        let (num, den) = text.split_once('/').unwrap_or((text, "1"));
        let (num, den): (BigInt, BigInt) = (num.parse().ok()?, den.parse().ok()?);
        (den > BigInt::ZERO).then(|| Self::lowest(num, den))
    }

    /// As Germans write it, with at most so many digits behind the comma, and whether that is exact.
    #[must_use]
    pub fn german(&self, digits: u32) -> (String, bool) {
        let rounded = self.half_up(digits);
        let exact = rounded == *self;
        let positive = if rounded.is_negative() { &Self::zero() - &rounded } else { rounded.clone() };
        let whole = positive.floor();
        let mut text = grouped(&whole.num.to_string());
        let behind = &(&positive - &whole) * &Self { num: BigInt::from(10).pow(digits), den: 1.into() };
        let behind = format!("{:0>width$}", behind.floor().num.to_string(), width = digits as usize);
        let behind = behind.trim_end_matches('0');
        if !behind.is_empty() {
            text = format!("{text},{behind}");
        }
        (if rounded.is_negative() { format!("−{text}") } else { text }, exact)
    }

    /// The exact fraction, `3000/7000` in lowest terms; whole numbers without a stroke.
    #[must_use]
    pub fn exact(&self) -> String {
        if self.den == BigInt::from(1) { self.num.to_string() } else { format!("{}/{}", self.num, self.den) }
    }
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// The mean of what is there, with weights; what is missing takes no part. None if nothing is there.
#[must_use]
pub fn mean(values: &[(Option<Ratio>, Ratio)]) -> Option<Ratio> {
    let there = || values.iter().filter_map(|(value, weight)| Some((value.as_ref()?, weight)));
    let sum: Ratio = there().map(|(value, weight)| value * weight).sum();
    let weights: Ratio = there().map(|(_, weight)| weight.clone()).sum();
    sum.over(&weights)
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.num * &other.den).cmp(&(&other.num * &self.den))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Add for &Ratio {
    type Output = Ratio;
    fn add(self, other: Self) -> Ratio {
        Ratio::lowest(&self.num * &other.den + &other.num * &self.den, &self.den * &other.den)
    }
}

impl Sub for &Ratio {
    type Output = Ratio;
    fn sub(self, other: Self) -> Ratio {
        Ratio::lowest(&self.num * &other.den - &other.num * &self.den, &self.den * &other.den)
    }
}

impl Mul for &Ratio {
    type Output = Ratio;
    fn mul(self, other: Self) -> Ratio {
        Ratio::lowest(&self.num * &other.num, &self.den * &other.den)
    }
}

impl std::iter::Sum for Ratio {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::zero(), |sum, next| &sum + &next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(text: &str) -> Ratio {
        Ratio::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_read_as_typed() {
        assert_eq!(r("1.234,56"), Ratio::of(123_456, 100));
        assert_eq!(r("10,00"), Ratio::whole(10));
        assert_eq!(r(" 472.910 "), Ratio::whole(472_910));
        assert_eq!(r("0,125"), Ratio::of(1, 8));
        for text in ["", "12.50", "1,", ",5", "-1", "1e3", "½", "NaN", "1,2,3", "1..000", "1.0000", "+1", "Infinity"] {
            assert_eq!(Ratio::parse(text), Err(NUMBER_UNREADABLE.broken()), "{text}");
        }
        assert_eq!(Ratio::parse("1234567890123456"), Err(NUMBER_TOO_LONG.broken()));
    }

    #[test]
    fn half_goes_up_exactly() {
        assert_eq!(Ratio::of(52_805, 1000).half_up(2), Ratio::of(5_281, 100));
        assert_eq!(Ratio::of(5, 2).half_up(0), Ratio::whole(3));
        assert_eq!(Ratio::of(-5, 2).floor(), Ratio::whole(-3));
        assert_eq!(Ratio::of(1, 3).german(4), ("0,3333".to_owned(), false));
        assert_eq!(Ratio::of(1_234_567, 4).german(4), ("308.641,75".to_owned(), true));
        assert_eq!(Ratio::of(-1, 2).german(1), ("−0,5".to_owned(), true));
        assert_eq!(Ratio::of(-6, 4).exact(), "-3/2");
        for ratio in [Ratio::of(-6, 4), Ratio::whole(7), Ratio::zero()] {
            assert_eq!(Ratio::from_exact(&ratio.exact()), Some(ratio));
        }
        assert_eq!(Ratio::from_exact("1/0"), None);
    }

    /// TV05, TV06: means out of con_sens' tables; what is missing takes no part.
    #[test]
    fn printed_means_are_met() {
        let of = |texts: &[&str]| {
            let value = |text: &&str| ((!text.is_empty()).then(|| r(text)), Ratio::whole(1));
            mean(&texts.iter().map(value).collect::<Vec<_>>()).unwrap().half_up(2)
        };
        assert_eq!(of(&["", "77,17", "57,51", "53,0", "47,42", "48,73", "43,8", "57,11"]), r("54,96"));
        assert_eq!(of(&["34,99", "62,72", "59,1", "58,19", "52,06", "50,54", "45,8", "59,04"]), r("52,81"));
        assert_eq!(mean(&[(None, Ratio::whole(1))]), None);
    }
}
