// SPDX-License-Identifier: EUPL-1.2
//! House numbers and postcodes.

use crate::kernel::{Refusal, Rule};

/// A house number that cannot be read.
pub const HOUSE_NUMBER_UNREADABLE: Rule = Rule::new("territory.house_number_unreadable", "DIN 5008");
/// A house number range that runs backwards.
pub const HOUSE_NUMBER_REVERSED: Rule = Rule::new("territory.house_number_reversed", "DIN 5008");
/// A postcode that is not five digits.
pub const POSTCODE_UNREADABLE: Rule = Rule::new("territory.postcode_unreadable", "Deutsche Post: fünf Ziffern");

/// One number with its addition: `12`, `12a`, `12/2`. Ordered as along the street: 12, 12a, 12b, 13.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "Einzelnummer")]
pub(super) struct Single {
    pub(super) number: u32,
    /// Lower case; a part after a stroke keeps the stroke (`/2`); empty without an addition.
    pub(super) addition: String,
}

impl Single {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, addition) = text.split_at(digits);
        if !(1..=5).contains(&digits) {
            return None;
        }
        Some(Self { number: number.parse().ok()?, addition: addition_of(addition)? })
    }

    pub(super) fn is_odd(&self) -> bool {
        self.number % 2 == 1
    }
}

/// `a`, `bis z`, `/2`, `a/1`, or nothing. `None` for anything else, such as `e3` of `1e3`.
pub(super) fn addition_of(text: &str) -> Option<String> {
    let text: String = text.trim().to_lowercase().split_whitespace().collect();
    let (letters, part) = text.split_once('/').map_or((text.as_str(), None), |(letters, part)| (letters, Some(part)));
    let letters_fine = letters.chars().count() <= 2 && letters.chars().all(char::is_alphabetic);
    let part_fine = part.is_none_or(|part| {
        let sound = part.bytes().all(|b| b.is_ascii_digit()) || (part.len() == 1 && part.is_ascii());
        !part.is_empty() && part.len() <= 3 && sound && part.chars().all(char::is_alphanumeric)
    });
    (letters_fine && part_fine).then_some(text)
}

/// A house number as people write it: `12`, `12a`, `12 a`, `12/2`, `12-14`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[doc(alias = "Hausnummer")]
pub struct HouseNumber {
    first: Single,
    last: Option<Single>,
}

impl HouseNumber {
    /// Reads a house number.
    ///
    /// # Errors
    /// [`HOUSE_NUMBER_UNREADABLE`], [`HOUSE_NUMBER_REVERSED`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let unreadable = || HOUSE_NUMBER_UNREADABLE.broken();
        let text = text.replace(['–', '−'], "-");
        let (first, last) = text.split_once('-').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
        let first = Single::parse(first).ok_or_else(unreadable)?;
        let last = match last {
            // In 12a-c only the letter goes on.
            Some(rest) if !rest.trim().starts_with(|c: char| c.is_ascii_digit()) => {
                Some(Single::parse(&format!("{}{}", first.number, rest.trim())).ok_or_else(unreadable)?)
            }
            Some(rest) => Some(Single::parse(rest).ok_or_else(unreadable)?),
            None => None,
        };
        if last.as_ref().is_some_and(|last| *last <= first) {
            return Err(HOUSE_NUMBER_REVERSED.broken());
        }
        Ok(Self { first, last })
    }

    /// Does it stand on the odd side of the street?
    #[must_use]
    pub fn is_odd(&self) -> bool {
        self.first.is_odd()
    }

    /// Its one or two ends.
    pub(super) fn ends(&self) -> impl Iterator<Item = &Single> {
        std::iter::once(&self.first).chain(&self.last)
    }
}

/// As it is written on a letter: `12a`, `12–14`.
impl std::fmt::Display for HouseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.first.number, self.first.addition)?;
        self.last.as_ref().map_or(Ok(()), |last| write!(f, "–{}{}", last.number, last.addition))
    }
}

/// Where a family lives never reaches a log line.
impl std::fmt::Debug for HouseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HouseNumber(…)")
    }
}

/// A German postcode: five digits; a leading zero is part of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "Postleitzahl")]
pub struct Postcode(String);

impl Postcode {
    /// Reads a postcode, blanks around it cut.
    ///
    /// # Errors
    /// [`POSTCODE_UNREADABLE`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.len() != 5 || !text.bytes().all(|b| b.is_ascii_digit()) || text.starts_with("00") {
            return Err(POSTCODE_UNREADABLE.broken());
        }
        Ok(Self(text.to_owned()))
    }

    /// The five digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a family lives never reaches a log line.
impl std::fmt::Debug for Postcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Postcode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn house_numbers_are_read_as_written() {
        for (text, shown) in [
            ("12", "12"),
            (" 12 A ", "12a"),
            ("12a", "12a"),
            ("12/2", "12/2"),
            ("12 a / 2", "12a/2"),
            ("12-14", "12–14"),
            ("12 – 14b", "12–14b"),
            ("12a-c", "12a–12c"),
            ("0", "0"),
        ] {
            assert_eq!(HouseNumber::parse(text).unwrap().to_string(), shown, "{text}");
        }
        for text in ["", "a", "1e3", "Q7, 24", "12 1/2", "123456", "12/", "-5", "12abc", "o.Nr."] {
            assert_eq!(HouseNumber::parse(text), Err(HOUSE_NUMBER_UNREADABLE.broken()), "{text}");
        }
        assert_eq!(HouseNumber::parse("14-12"), Err(HOUSE_NUMBER_REVERSED.broken()));
        assert!(HouseNumber::parse("13a").unwrap().is_odd());
    }

    #[test]
    fn postcodes_keep_their_zero() {
        assert_eq!(Postcode::parse(" 01234 ").unwrap().as_str(), "01234");
        for text in ["", "1234", "2284O", "123456", "00123"] {
            assert_eq!(Postcode::parse(text), Err(POSTCODE_UNREADABLE.broken()), "{text}");
        }
    }

    #[test]
    fn numbers_do_not_reach_logs() {
        let shown = format!("{:?} {:?}", HouseNumber::parse("77").unwrap(), Postcode::parse("22844").unwrap());
        assert!(!shown.contains("77") && !shown.contains("228"), "{shown}");
    }
}
