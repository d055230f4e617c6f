// SPDX-License-Identifier: EUPL-1.2
//! Regions and social spaces.

use crate::kernel::{Line, Refusal, RegionId, Rule, SpaceId, TeamId};

/// A space without a key, or one longer than any office uses.
pub const SPACE_KEY_LENGTH: Rule = Rule::new("territory.space_key_length", "Feldlänge: 1 bis 20 Zeichen");
/// A key with blanks inside or with signs that no key system knows.
pub const SPACE_KEY_CHARACTERS: Rule =
    Rule::new("territory.space_key_characters", "Schlüssel: Buchstaben, Ziffern, Punkt, Strich, Schrägstrich");

/// A part of the office's district with its own teams and budget.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Planungsregion")]
pub struct Region {
    /// Which one.
    pub id: RegionId,
    /// What people call it.
    pub name: Line,
}

/// A bounded area to which a team, services and money are tied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Sozialraum")]
pub struct SocialSpace {
    /// Which one.
    pub id: SpaceId,
    /// The region it is part of.
    pub region: RegionId,
    /// The team that works here.
    pub team: TeamId,
    /// The office's own key; joins boundaries, street directory and statistics.
    pub key: SpaceKey,
    /// What people call it.
    pub name: Line,
}

/// The office's own key of a social space.
///
/// A key is a text, never a number, even where it has only digits: the keys of northern and western
/// Länder begin with a zero, and a spreadsheet that took them for numbers has dropped it. A key of seven
/// digits is therefore often an eight-digit municipality key (AGS) that lost its leading zero on the way.
/// The import restores such zeros only where the other keys of the same file prove the length.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "Sozialraumschlüssel")]
pub struct SpaceKey(String);

impl SpaceKey {
    /// Reads a key; blanks around it are cut.
    ///
    /// # Errors
    /// [`SPACE_KEY_LENGTH`], [`SPACE_KEY_CHARACTERS`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 20 {
            return Err(SPACE_KEY_LENGTH.broken());
        }
        if !text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/')) {
            return Err(SPACE_KEY_CHARACTERS.broken());
        }
        Ok(Self(text.to_owned()))
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Has the key only digits?
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        self.0.bytes().all(|b| b.is_ascii_digit())
    }

    /// The same key with a zero before it.
    #[must_use]
    pub(super) fn with_leading_zero(&self) -> Self {
        Self(format!("0{}", self.0))
    }

    /// The keys under which an area of this key may be found, narrowest first. A nine-digit key of the
    /// street directory names quarter, borough and district in three digits each; a coarser unit ends
    /// in zeros.
    pub(super) fn with_coarser(&self) -> Vec<Self> {
        let mut keys = vec![self.clone()];
        if self.0.len() == 9 && self.is_numeric() {
            for kept in [6, 3] {
                let coarser = Self(format!("{:0<9}", &self.0[..kept]));
                if !keys.contains(&coarser) {
                    keys.push(coarser);
                }
            }
        }
        keys
    }
}

impl std::fmt::Display for SpaceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_texts() {
        assert_eq!(SpaceKey::parse(" 01001 ").unwrap().as_str(), "01001");
        assert_eq!(SpaceKey::parse("Süd-1").unwrap().as_str(), "Süd-1");
        for text in ["", "   ", "123456789012345678901"] {
            assert_eq!(SpaceKey::parse(text), Err(SPACE_KEY_LENGTH.broken()), "{text}");
        }
        for text in ["1 2", "=1+1", "<b>", "a\u{202e}b"] {
            assert_eq!(SpaceKey::parse(text), Err(SPACE_KEY_CHARACTERS.broken()), "{text}");
        }
    }

    #[test]
    fn quarters_stand_in_boroughs_and_districts() {
        let keys = SpaceKey::parse("100200300").unwrap().with_coarser();
        assert_eq!(keys.iter().map(SpaceKey::as_str).collect::<Vec<_>>(), ["100200300", "100200000", "100000000"]);
        assert_eq!(SpaceKey::parse("Nord").unwrap().with_coarser().len(), 1);
        assert_eq!(SpaceKey::parse("100000000").unwrap().with_coarser().len(), 1);
    }
}
