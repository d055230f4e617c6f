// SPDX-License-Identifier: EUPL-1.2
//! Telephone numbers, as they are written and as they are compared.

use super::refusal::{Refusal, Rule};

/// Not a number that can be called.
pub const PHONE_UNREADABLE: Rule = Rule::new("phone.unreadable", "DIN 5008");

/// The fewest digits somebody is looked for by.
const FEWEST_ASKED: usize = 3;

/// A telephone number.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "Telefonnummer")]
pub struct Phone {
    shown: String,
    digits: String,
}

impl Phone {
    /// Reads `040 123-45`, `+49 40 12345`, `0049 (40) 12345`.
    ///
    /// # Errors
    /// [`PHONE_UNREADABLE`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '/' | '-' | '.');
        let digits = international(&shown);
        if !shown.chars().all(fits)
            || !(5..=17).contains(&digits.len())
            || shown.get(1..).is_some_and(|rest| rest.contains('+'))
        {
            return Err(PHONE_UNREADABLE.broken());
        }
        Ok(Self { shown, digits })
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// With the country in front: `494012345`.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// From its end.
    #[must_use]
    pub fn digits_back(&self) -> String {
        self.digits.chars().rev().collect()
    }
}

/// Numbers never reach a log line.
impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phone(…)")
    }
}

fn international(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if let Some(rest) = digits.strip_prefix("00") {
        return rest.to_owned();
    }
    match digits.strip_prefix('0') {
        Some(rest) if !text.trim_start().starts_with('+') => format!("49{rest}"),
        _ => digits,
    }
}

/// What to look for when somebody types a part of a number: how it begins, and how it ends read backwards. None
/// where it is no part of a number.
#[must_use]
#[doc(alias = "Rufnummernsuche")]
pub fn asked_number(text: &str) -> Option<(String, String)> {
    let fits = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '/' | '-' | '.');
    let count = text.chars().filter(char::is_ascii_digit).count();
    if !text.chars().all(fits) || count < FEWEST_ASKED {
        return None;
    }
    let back = text.chars().rev().filter(char::is_ascii_digit).collect();
    Some((international(text), back))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_however_written() {
        for text in ["040 123-45", "+49 40 12345", "0049 (40) 12345", "040/12345"] {
            assert_eq!(Phone::parse(text).unwrap().digits(), "494012345", "{text}");
        }
        for text in ["", "12", "abc", "040 12x45", "040+12345", "1234567890123456789"] {
            assert!(Phone::parse(text).is_err(), "{text}");
        }
        assert!(!format!("{:?}", Phone::parse("040 12345").unwrap()).contains("123"));
    }

    #[test]
    fn parts_of_numbers_are_looked_for_from_both_ends() {
        assert_eq!(asked_number("040 12"), Some(("494012".into(), "21040".into())));
        assert_eq!(asked_number("345"), Some(("345".into(), "543".into())));
        assert_eq!(asked_number("12"), None);
        assert_eq!(asked_number("Demir 12"), None);
    }
}
