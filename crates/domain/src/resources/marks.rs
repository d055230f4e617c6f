// SPDX-License-Identifier: EUPL-1.2
//! By what an erased card is known again. Who wanted a card gone does not want it back with the next file; but what stood
//! on it is erased. So only digests are kept, with a salt of the office: they say whether something is the same, and not
//! what it was. Whoever holds the whole database can still try names; that is the price of a list of what must stay out.

use super::{CardContent, CardKind, address_key};
use crate::kernel::fold;
use sha2::{Digest, Sha256};

/// What a card, or a row that may become one, is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Wiedererkennung")]
pub struct Mark<'a> {
    /// Name.
    pub name: &'a str,
    /// Is it about a private person?
    pub is_person: bool,
    /// Address, or nothing.
    pub place: &'a str,
}

impl<'a> Mark<'a> {
    /// Of a card.
    #[must_use]
    pub fn of(card: &'a CardContent) -> Self {
        let place = card.place.as_ref().map_or("", |place| place.as_str());
        Self { name: card.name.as_str(), is_person: card.kind == CardKind::Person, place }
    }

    /// Its digest: a person by the name, everything else by name and address.
    #[must_use]
    pub fn digest(&self, salt: &str) -> String {
        let name = fold(self.name).split_whitespace().collect::<Vec<_>>().join(" ");
        let (kind, place) = if self.is_person { ("person", String::new()) } else { ("thing", address_key(self.place)) };
        let mut sum = Sha256::new();
        for part in [salt, kind, &name, &place] {
            sum = sum.chain_update(part).chain_update([0]);
        }
        sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(salt: &str, name: &str, is_person: bool, place: &str) -> String {
        Mark { name, is_person, place }.digest(salt)
    }

    #[test]
    fn the_same_is_known_in_another_spelling_and_nothing_else_is() {
        let known = mark("s", "Frau Schlehe", false, "Musterstraße 1, 22844 Ort");
        assert_eq!(known, mark("s", " frau  SCHLEHE", false, "Musterstr. 1"));
        assert_eq!(mark("s", "Ruth Müller", true, "Weg 1"), mark("s", "ruth mueller", true, ""));
        for other in [
            mark("other", "Frau Schlehe", false, "Musterstraße 1"),
            mark("s", "Frau Schlehen", false, "Musterstraße 1"),
            mark("s", "Frau Schlehe", false, "Musterstraße 2"),
            mark("s", "Frau Schlehe", true, "Musterstraße 1"),
        ] {
            assert_ne!(known, other);
        }
        assert!(!known.contains("schlehe") && known.len() == 64);
    }
}
