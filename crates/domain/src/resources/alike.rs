// SPDX-License-Identifier: EUPL-1.2
//! Cards that may be of the same thing: names that sound alike, or the same address and a name in common.

use crate::kernel::{fold, phonetic};
use std::collections::{BTreeMap, HashMap};

/// Begins the key of a place that is told by its point; no address begins like this.
const POINT: char = '@';

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
    // A point and an address do not tell two cards apart: they may be of the same spot.
    let told_alike = place_a.starts_with(POINT) == place_b.starts_with(POINT);
    let apart = !place_a.is_empty() && !place_b.is_empty() && place_a != place_b && told_alike;
    if !sound_a.is_empty() && sound_a == sound_b && !apart {
        return Some(Likeness::Name);
    }
    let in_common = sound_a.split(' ').any(|code| code.len() > 1 && sound_b.split(' ').any(|other| other == code));
    (!place_a.is_empty() && place_a == place_b && in_common).then_some(Likeness::Address)
}

/// Of cards that share a sound and cannot be told apart by their place, so many are held beside a new one.
const BESIDE: usize = 8;

/// The last cards with one sound, by where they are.
#[derive(Default)]
struct SameSound<'a> {
    nowhere: Option<usize>,
    points: BTreeMap<&'a str, usize>,
    addresses: BTreeMap<&'a str, usize>,
}

impl<'a> SameSound<'a> {
    /// Cards that this place does not tell apart from one there.
    fn beside(&self, place: &str) -> Vec<usize> {
        let some = |all: &BTreeMap<&str, usize>| all.values().rev().take(BESIDE).copied().collect::<Vec<_>>();
        let same = |all: &BTreeMap<&str, usize>| all.get(place).copied().into_iter().collect::<Vec<_>>();
        let (points, addresses) = match place.chars().next() {
            None => (some(&self.points), some(&self.addresses)),
            Some(POINT) => (same(&self.points), some(&self.addresses)),
            Some(_) => (some(&self.points), same(&self.addresses)),
        };
        self.nowhere.into_iter().chain(points).chain(addresses).collect()
    }

    fn put(&mut self, place: &'a str, at: usize) {
        if place.is_empty() {
            self.nowhere = Some(at);
        } else {
            let all = if place.starts_with(POINT) { &mut self.points } else { &mut self.addresses };
            all.insert(place, at);
        }
    }
}

/// Where a card is, to be compared: its address, else its point, else nothing.
#[must_use]
pub fn place_key(place: Option<&str>, point: Option<&str>) -> String {
    let address = place.map(address_key).unwrap_or_default();
    if address.is_empty() { point.map(|point| format!("{POINT}{point}")).unwrap_or_default() } else { address }
}

/// Pairs of cards that may be of the same thing, out of any number of cards given by sound and place. A card is held
/// beside the last ones that share a key with it, never all beside all: so however many share one, no pair is left out
/// for good, as whoever joins two makes the next ones neighbours, and the time grows with the cards alone.
#[must_use]
pub fn doubles(cards: &[(String, String)]) -> BTreeMap<(usize, usize), Likeness> {
    let mut pairs = BTreeMap::new();
    let mut sounds: HashMap<&str, SameSound<'_>> = HashMap::new();
    let mut words: HashMap<(&str, &str), usize> = HashMap::new();
    for (at, (sound, place)) in cards.iter().enumerate() {
        let mut near = Vec::new();
        if !sound.is_empty() {
            let same = sounds.entry(sound).or_default();
            near.extend(same.beside(place));
            same.put(place, at);
        }
        for word in sound.split(' ').filter(|word| word.len() > 1 && !place.is_empty()) {
            near.extend(words.insert((place, word), at));
        }
        for other in near {
            let (a, b) = (&cards[other], &cards[at]);
            if let Some(like) = likeness((&a.0, &a.1), (&b.0, &b.1)) {
                pairs.insert((other, at), like);
            }
        }
    }
    pairs
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

    fn keys(all: &[(&str, &str, &str)]) -> Vec<(String, String)> {
        let maybe = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let key = |(name, place, point): &(&str, &str, &str)| {
            (sound(name), place_key(maybe(place).as_deref(), maybe(point).as_deref()))
        };
        all.iter().map(key).collect()
    }

    #[test]
    fn however_many_share_a_key() {
        // A house with three hundred offers, and two of them alike.
        let names: Vec<String> = (0..300).map(|n| format!("Kurs {}", "abcdefgh".repeat(n % 7 + 1))).collect();
        let mut all: Vec<(&str, &str, &str)> = names.iter().map(|name| (name.as_str(), "Badweg 1", "")).collect();
        all.insert(3, ("Yoga am Morgen", "Badweg 1", ""));
        all.push(("Joga am Morgen", "Badweg 1", ""));
        let found = doubles(&keys(&all));
        assert_eq!(found.get(&(3, 301)), Some(&Likeness::Name));
        assert!(found.len() < 3 * all.len());
        // Thousands of playgrounds, told apart by where they are.
        let points: Vec<String> = (0..2_000).map(|n| format!("53.6{n:04}, 9.9")).collect();
        let mut many: Vec<(&str, &str, &str)> = points.iter().map(|point| ("Spielplatz", "", point.as_str())).collect();
        assert_eq!(doubles(&keys(&many)).len(), 0);
        many.push(("Spielplatz", "", points[7].as_str()));
        assert_eq!(doubles(&keys(&many)).keys().collect::<Vec<_>>(), [&(7, 2_000)]);
        let few = [("Café Anker", "Hafenstraße 1", ""), ("Cafe Anker", "", "53.6, 9.9"), ("Café Ancker", "", "")];
        assert_eq!(doubles(&keys(&few)).len(), 3);
    }
}
