// SPDX-License-Identifier: EUPL-1.2
//! Cards that may be of the same thing: names that sound alike, or the same address and a name in common.

use crate::kernel::{fold, phonetic};

/// Why two cards may be of the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Ähnlichkeit")]
pub enum Likeness {
    /// The names sound the same.
    Name,
    /// The same address, and a word of the name in common.
    Address,
}

impl Likeness {
    /// For messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
        }
    }
}

/// Words that say nothing about which one it is.
const COMMON: &[&str] = &[
    "der", "die", "das", "im", "in", "am", "an", "und", "fuer", "e", "v", "ev", "ggmbh", "gmbh", "verein", "zum",
    "zur", "vom", "von",
];

/// What a name sounds like, its words in order of sound: `Café Anker e. V.` and `Cafe Ancker` alike.
#[must_use]
pub fn sound(name: &str) -> String {
    let folded = fold(name);
    let mut sounds: Vec<String> =
        folded.split(' ').filter(|word| !COMMON.contains(word)).map(phonetic).filter(|code| !code.is_empty()).collect();
    sounds.sort_unstable();
    sounds.dedup();
    sounds.join(" ")
}

/// The address with its spellings joined: `Hafenstr. 12 a` and `Hafenstraße 12a` alike.
#[must_use]
pub fn address_key(place: &str) -> String {
    let words: Vec<String> = fold(place.split(',').next().unwrap_or_default())
        .split(' ')
        .map(|word| {
            word.strip_suffix("strasse")
                .or(word.strip_suffix("str"))
                .map_or(word.to_owned(), |stem| format!("{stem}str"))
        })
        .collect();
    words.concat()
}

/// May these be the same? Names with their sounds and addresses with their keys.
#[must_use]
pub fn likeness(a: (&str, &str), b: (&str, &str)) -> Option<Likeness> {
    let ((sound_a, place_a), (sound_b, place_b)) = (a, b);
    let apart = !place_a.is_empty() && !place_b.is_empty() && place_a != place_b;
    if !sound_a.is_empty() && sound_a == sound_b && !apart {
        return Some(Likeness::Name);
    }
    let in_common = sound_a.split(' ').any(|code| code.len() > 1 && sound_b.split(' ').any(|other| other == code));
    (!place_a.is_empty() && place_a == place_b && in_common).then_some(Likeness::Address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: (&str, &str), b: (&str, &str)) -> Option<Likeness> {
        likeness((&sound(a.0), &address_key(a.1)), (&sound(b.0), &address_key(b.1)))
    }

    #[test]
    fn spellings_of_one_thing() {
        for (a, b, like) in [
            (("Café Anker e. V.", "Hafenstr. 12 a"), ("Cafe Ancker", "Hafenstraße 12a"), Some(Likeness::Name)),
            (("Anker-Café", ""), ("Café Anker", "Hafenstraße 1"), Some(Likeness::Name)),
            (("Café Anker", "Hafenstraße 1"), ("Café Anker", "Moorweg 7"), None),
            (("Schwimmgruppe Hafen", "Badweg 1"), ("Hafen: Schwimmen", "Badweg 1, 20000 Ort"), Some(Likeness::Address)),
            (("Chor", "Badweg 1"), ("Judo", "Badweg 1"), None),
            (("Chor", ""), ("Judo", ""), None),
        ] {
            assert_eq!(alike(a, b), like, "{a:?} {b:?}");
        }
    }
}
