// SPDX-License-Identifier: EUPL-1.2
//! What people sign in with.

use crate::kernel::{Line, Refusal, Rule};

/// An address that cannot be one.
pub const EMAIL_UNLIKELY: Rule = Rule::new("email.unlikely", "RFC 5321");
/// Too short to stand alone (BSI: at least 12 characters with a second factor, 20 without; passkeys follow).
pub const PASSWORD_TOO_SHORT: Rule = Rule::new("password.too_short", "BSI Passwortrichtlinie");
/// The same character again and again, or the name of the product.
pub const PASSWORD_TOO_COMMON: Rule = Rule::new("password.too_common", "BSI Passwortrichtlinie");

/// Shortest password, in characters.
const SHORTEST: usize = 12;

/// A mail address, lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "E-Mail-Adresse")]
pub struct Email(String);

impl Email {
    /// # Errors
    /// [`EMAIL_UNLIKELY`] and the refusals of [`Line::parse`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let line = Line::parse(text)?;
        let text = line.as_str().to_lowercase();
        let likely = text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.len() > 2 && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        });
        if !likely || text.contains([' ', '<', '>', ',']) || text.matches('@').count() != 1 {
            return Err(EMAIL_UNLIKELY.broken());
        }
        Ok(Self(text))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password on its way to being hashed.
#[derive(Clone)]
#[doc(alias = "Passwort")]
pub struct Password(String);

impl Password {
    /// # Errors
    /// [`PASSWORD_TOO_SHORT`], [`PASSWORD_TOO_COMMON`].
    pub fn new(text: &str) -> Result<Self, Refusal> {
        if text.chars().count() < SHORTEST {
            return Err(PASSWORD_TOO_SHORT.broken());
        }
        let mut distinct: Vec<char> = text.to_lowercase().chars().collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < 5 || text.to_lowercase().contains("sozialraum") {
            return Err(PASSWORD_TOO_COMMON.broken());
        }
        Ok(Self(text.to_owned()))
    }

    /// The secret itself, for hashing only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_never_shown() {
        assert_eq!(Password::new("kurz").map(|_| ()), Err(PASSWORD_TOO_SHORT.broken()));
        assert_eq!(Password::new("aaaaaaaaaaaaaaaa").map(|_| ()), Err(PASSWORD_TOO_COMMON.broken()));
        assert_eq!(format!("{:?}", Password::new("Ein Satz, den nur ich kenne").unwrap()), "Password(…)");
    }

    #[test]
    fn addresses() {
        assert_eq!(Email::parse(" Mira@Amt.example ").unwrap().as_str(), "mira@amt.example");
        for text in ["mira", "@amt.example", "mira@", "a b@c.example", "a@b@c.example"] {
            assert!(Email::parse(text).is_err(), "{text}");
        }
    }
}
