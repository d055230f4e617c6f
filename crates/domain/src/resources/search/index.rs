// SPDX-License-Identifier: EUPL-1.2
//! Terms and where they stand. A changed card gets a new slot; the old one is dead and swept when there are many.

use super::super::card::CardContent;
use super::super::consent::Seen;
use super::super::times::Schedule;
use super::super::words::{Barrier, Basis, CardKind, Language, Topic};
use super::analyse::{is_part, parts, stem, words};
use super::{Place, texts};
use crate::kernel::{CardId, Day, SpaceId, fold, phonetic};
use crate::territory::Point;
use std::collections::{BTreeMap, HashMap};

/// What the index keeps of a card beside its words.
#[derive(Debug, Clone)]
#[doc(alias = "Eintrag")]
pub struct Entry {
    /// Which card.
    pub id: CardId,
    /// The folded name.
    pub name_key: String,
    /// Who may see it.
    pub seen: Seen,
    /// Kind.
    pub kind: CardKind,
    /// Topics as bits.
    pub topics: u32,
    /// Paragraphs as bits.
    pub basis: u32,
    /// Languages as bits.
    pub languages: u32,
    /// Barriers as bits.
    pub barriers: u32,
    /// Ages.
    pub ages: (Option<i64>, Option<i64>),
    /// Free places.
    pub free_places: Option<i64>,
    /// Times.
    pub times: Vec<Schedule>,
    /// Space.
    pub space: Option<SpaceId>,
    /// Place on the map.
    pub point: Option<Point>,
    /// Due for confirmation after this day.
    pub due_on: Day,
    /// Added, in milliseconds.
    pub added_at: i64,
}

/// The bit of a code in its list.
#[must_use]
pub fn bit<T: PartialEq>(all: &[T], one: &T) -> u32 {
    all.iter().position(|other| other == one).map_or(0, |at| 1 << at)
}

fn bits<T: PartialEq>(all: &[T], some: &[T]) -> u32 {
    some.iter().fold(0, |bits, one| bits | bit(all, one))
}

impl Entry {
    /// From a card.
    #[must_use]
    pub fn of(id: CardId, card: &CardContent, seen: Seen, space: Option<SpaceId>, due_on: Day) -> Self {
        let degrees = |text: &str| {
            let mut parts = text.split([',', ';']).map(|part| part.trim().parse::<f64>().ok());
            Point::from_wgs84(parts.next()??, parts.next()??).ok()
        };
        Self {
            id,
            name_key: fold(card.name.as_str()),
            seen,
            kind: card.kind,
            topics: bits(Topic::ALL, &card.topics),
            basis: bits(Basis::ALL, &card.basis),
            languages: bits(Language::ALL, &card.languages),
            barriers: bits(Barrier::ALL, &card.barriers),
            ages: (card.age_from, card.age_to),
            free_places: card.free_places,
            times: card.times.clone(),
            space,
            point: card.point.as_ref().and_then(|line| degrees(line.as_str())),
            due_on,
            added_at: 0,
        }
    }
}

/// Where a term stands: the card's slot, the place, and whether it is only a part of the word there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    pub slot: u32,
    pub place: Place,
    pub part: bool,
}

#[derive(Debug, Default)]
pub(super) struct Term {
    pub text: String,
    pub postings: Vec<Posting>,
}

/// All cards of an office, to be searched.
#[derive(Debug, Default)]
#[doc(alias = "Suchverzeichnis")]
pub struct Index {
    pub(super) entries: Vec<Option<Entry>>,
    slots: HashMap<CardId, u32>,
    /// Live slots by name.
    pub(super) by_name: Vec<u32>,
    pub(super) terms: Vec<Term>,
    pub(super) vocabulary: BTreeMap<String, u32>,
    pub(super) backwards: BTreeMap<String, u32>,
    pub(super) trigrams: HashMap<[u8; 3], Vec<u32>>,
    pub(super) sounds: HashMap<String, Vec<u32>>,
    dead: usize,
}

impl Index {
    /// Puts a card in, or anew. `space` is the name of its space.
    pub fn put(&mut self, entry: Entry, card: &CardContent, space: &str) {
        self.remove(entry.id);
        let slot = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        for (term, (place, part)) in terms_of(card, space) {
            let number = self.term(&term);
            self.terms[number as usize].postings.push(Posting { slot, place, part });
        }
        self.slots.insert(entry.id, slot);
        let at = self.by_name.partition_point(|other| self.name_of(*other) < (entry.name_key.as_str(), entry.id));
        self.by_name.insert(at, slot);
        self.entries.push(Some(entry));
    }

    /// Puts many cards in at once, into an empty index.
    #[must_use]
    pub fn built<'a>(cards: impl Iterator<Item = (Entry, &'a CardContent, &'a str)>) -> Self {
        let mut index = Self::default();
        for (entry, card, space) in cards {
            let slot = u32::try_from(index.entries.len()).unwrap_or(u32::MAX);
            for (term, (place, part)) in terms_of(card, space) {
                let number = index.term(&term);
                index.terms[number as usize].postings.push(Posting { slot, place, part });
            }
            index.slots.insert(entry.id, slot);
            index.by_name.push(slot);
            index.entries.push(Some(entry));
        }
        let mut by_name = std::mem::take(&mut index.by_name);
        by_name.sort_by(|a, b| index.name_of(*a).cmp(&index.name_of(*b)));
        Self { by_name, ..index }
    }

    /// Takes a card out.
    pub fn remove(&mut self, id: CardId) {
        let Some(slot) = self.slots.remove(&id) else { return };
        self.by_name.retain(|other| *other != slot);
        self.entries[slot as usize] = None;
        self.dead += 1;
        if self.dead > 64 && self.dead * 4 > self.entries.len() {
            self.sweep();
        }
    }

    /// Drops the places of dead slots.
    fn sweep(&mut self) {
        let Self { entries, terms, .. } = self;
        for term in terms {
            term.postings.retain(|posting| entries[posting.slot as usize].is_some());
        }
        self.dead = 0;
    }

    /// The cards.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.by_name.iter().filter_map(|slot| self.entries[*slot as usize].as_ref())
    }

    /// One card.
    #[must_use]
    pub fn entry(&self, id: CardId) -> Option<&Entry> {
        self.entries[*self.slots.get(&id)? as usize].as_ref()
    }

    pub(super) fn name_of(&self, slot: u32) -> (&str, CardId) {
        let nobody = || ("", CardId(uuid::Uuid::nil()));
        self.entries[slot as usize].as_ref().map_or_else(nobody, |entry| (entry.name_key.as_str(), entry.id))
    }

    fn term(&mut self, text: &str) -> u32 {
        if let Some(number) = self.vocabulary.get(text) {
            return *number;
        }
        let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.terms.push(Term { text: text.to_owned(), postings: Vec::new() });
        self.vocabulary.insert(text.to_owned(), number);
        self.backwards.insert(text.chars().rev().collect(), number);
        for three in trigrams(text) {
            self.trigrams.entry(three).or_default().push(number);
        }
        let sound = phonetic(text);
        if sound.len() > 1 {
            self.sounds.entry(sound).or_default().push(number);
        }
        number
    }
}

/// All threes of letters, with marks for beginning and end, each once.
pub(super) fn trigrams(text: &str) -> Vec<[u8; 3]> {
    let framed: Vec<u8> = [b"^", text.as_bytes(), b"$"].concat();
    let mut all: Vec<[u8; 3]> = framed.windows(3).map(|three| [three[0], three[1], three[2]]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The terms of a card, each with the place where it is worth most.
fn terms_of(card: &CardContent, space: &str) -> HashMap<String, (Place, bool)> {
    let mut terms: HashMap<String, (Place, bool)> = HashMap::new();
    for (place, text) in texts(card, space) {
        for word in words(&text) {
            let found = parts(&word, &is_part).into_iter().map(|part| (part, true));
            for (term, part) in std::iter::once((stem(&word), false)).chain(found) {
                let worth = |(place, part): &(Place, bool)| place.worth(*part);
                let known = terms.entry(term).or_insert((place, part));
                if worth(known) < worth(&(place, part)) {
                    *known = (place, part);
                }
            }
        }
    }
    terms
}
