// SPDX-License-Identifier: EUPL-1.2
//! Terms and where they stand. A changed card gets a new slot; the old one is dead, and when there are many, all that live
//! move together.

use super::super::card::CardContent;
use super::super::consent::Seen;
use super::super::times::Schedule;
use super::super::words::{Barrier, Basis, CardKind, Language, Topic};
use super::analyse::{is_part, parts, stem, words};
use super::lean::Lean;
use super::near::Ground;
use super::question::Spot;
use super::scratch::Pool;
use super::{Place, Said, texts};
use crate::kernel::{CardId, Day, SpaceId, fold, phonetic};
use crate::territory::Point;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

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
    /// Added or written last, in milliseconds.
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

#[derive(Debug)]
pub(super) struct Term {
    pub text: Arc<str>,
    pub postings: Vec<Posting>,
    /// Cards that everybody sees and may find by it.
    pub open: usize,
}

/// Between the places of two names when they are numbered.
const GAP: u64 = 1 << 32;

/// Words that were taken apart: terms, and whether each is only a part.
type Known = HashMap<String, Vec<(u32, bool)>>;

/// All cards of an office, to be searched.
#[derive(Debug, Default)]
#[doc(alias = "Suchverzeichnis")]
pub struct Index {
    pub(super) entries: Vec<Option<Entry>>,
    /// What is asked of very many slots.
    pub(super) lean: Vec<Lean>,
    /// Each slot's place among all names; with gaps, so that a new card finds one.
    pub(super) order: Vec<u64>,
    /// Where each slot is, roughly.
    pub(super) ground: Vec<Ground>,
    /// Where each slot is on the map.
    pub(super) spots: Vec<Spot>,
    /// Spaces by number, from 1, and their slots.
    spaces: HashMap<SpaceId, u32>,
    pub(super) by_space: Vec<Vec<u32>>,
    slots: HashMap<CardId, u32>,
    /// Live slots by name.
    pub(super) by_name: Vec<u32>,
    pub(super) terms: Vec<Term>,
    /// Letters of each term.
    pub(super) lengths: Vec<u8>,
    /// Terms in the order of letters.
    pub(super) vocabulary: BTreeMap<Arc<str>, u32>,
    /// The same terms, found at once.
    pub(super) exact: HashMap<Arc<str>, u32>,
    pub(super) backwards: BTreeMap<String, u32>,
    pub(super) trigrams: HashMap<[u8; 3], Vec<u32>>,
    pub(super) sounds: HashMap<String, Vec<u32>>,
    dead: usize,
    /// Cards that everybody sees on every day. How rare a word is, is asked of them alone: whoever looks at the order of
    /// hits learns nothing about cards that are not shown.
    pub(super) open: usize,
    pub(super) pool: Pool,
}

/// Of two places of a term, the one that is worth more; of equals the first.
fn better(one: (Place, bool), other: (Place, bool)) -> (Place, bool) {
    if one.0.worth(one.1) < other.0.worth(other.1) { other } else { one }
}

impl Index {
    /// Puts a card in, or anew.
    pub fn put<'a>(&mut self, entry: Entry, card: &CardContent, said: impl Into<Said<'a>>) {
        self.remove(entry.id);
        let slot = self.take_in(card, said.into(), Lean::of(&entry, 0).is_open(), &mut HashMap::new());
        let at = self.by_name.partition_point(|other| self.name_of(*other) < (entry.name_key.as_str(), entry.id));
        self.by_name.insert(at, slot);
        self.place(slot, entry);
        let beside = |at: Option<usize>| at.and_then(|at| self.by_name.get(at)).map(|slot| self.order[*slot as usize]);
        let before = beside(at.checked_sub(1)).unwrap_or(0);
        let after = beside(at.checked_add(1)).unwrap_or(before.saturating_add(2 * GAP));
        self.order[slot as usize] = before + (after - before) / 2;
        if after - before < 2 {
            self.number_names();
        }
    }

    /// Gives every name its place, with a gap to the next.
    fn number_names(&mut self) {
        let Self { by_name, order, .. } = self;
        (1..).zip(by_name.iter()).for_each(|(n, slot)| order[*slot as usize] = n * GAP);
    }

    /// The place among the names behind this one.
    pub(super) fn place_after(&self, name_key: &str, id: CardId) -> u64 {
        let at = self.by_name.partition_point(|slot| self.name_of(*slot) <= (name_key, id));
        self.by_name.get(at).map_or(u64::MAX, |slot| self.order[*slot as usize])
    }

    /// The words of a card, in the next slot. What was taken apart once is not again.
    fn take_in(&mut self, card: &CardContent, said: Said<'_>, open: bool, known: &mut Known) -> u32 {
        let slot = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        // Each term stands where it is worth most.
        let mut best: HashMap<u32, (Place, bool)> = HashMap::new();
        for (place, text) in texts(card, said) {
            for word in words(&text) {
                let terms = known.entry(word).or_insert_with_key(|word| self.terms_of(word));
                for (term, part) in terms.iter() {
                    let there = best.entry(*term).or_insert((place, *part));
                    *there = better(*there, (place, *part));
                }
            }
        }
        for (term, (place, part)) in best {
            let term = &mut self.terms[term as usize];
            term.open += usize::from(open && place != Place::Key);
            term.postings.push(Posting { slot, place, part });
        }
        slot
    }

    /// The terms of a word: its stem, and its parts.
    fn terms_of(&mut self, word: &str) -> Vec<(u32, bool)> {
        let mut terms = vec![(self.term(&stem(word)), false)];
        terms.extend(parts(word, &is_part).iter().map(|part| (self.term(part), true)));
        terms
    }

    /// Everything of a card but its words, in the next slot.
    fn place(&mut self, slot: u32, entry: Entry) {
        let space = entry.space.map_or(0, |space| {
            let next = u32::try_from(self.by_space.len() + 1).unwrap_or(u32::MAX);
            let number = *self.spaces.entry(space).or_insert(next);
            if number == next {
                self.by_space.push(Vec::new());
            }
            self.by_space[number as usize - 1].push(slot);
            number
        });
        let lean = Lean::of(&entry, space);
        self.open += usize::from(lean.is_open());
        self.lean.push(lean);
        self.order.push(0);
        self.ground.push(Ground::of(entry.point));
        self.spots.push(Spot { id: entry.id, point: entry.point, space: entry.space });
        self.slots.insert(entry.id, slot);
        self.entries.push(Some(entry));
    }

    /// The number of a space that has a card.
    pub(super) fn space_number(&self, space: SpaceId) -> Option<u32> {
        self.spaces.get(&space).copied()
    }

    /// Puts many cards in at once, into an empty index.
    #[must_use]
    pub fn built<'a, S: Into<Said<'a>>>(cards: impl Iterator<Item = (Entry, &'a CardContent, S)>) -> Self {
        let (mut index, mut known) = (Self::default(), HashMap::new());
        for (entry, card, said) in cards {
            let slot = index.take_in(card, said.into(), Lean::of(&entry, 0).is_open(), &mut known);
            index.by_name.push(slot);
            index.place(slot, entry);
        }
        let mut by_name = std::mem::take(&mut index.by_name);
        by_name.sort_by(|a, b| index.name_of(*a).cmp(&index.name_of(*b)));
        let mut index = Self { by_name, ..index };
        index.number_names();
        index
    }

    /// Takes a card out.
    pub fn remove(&mut self, id: CardId) {
        let Some(slot) = self.slots.remove(&id) else { return };
        let gone = self.name_of(slot);
        let at = self.by_name.partition_point(|other| self.name_of(*other) < gone);
        self.by_name.remove(at);
        self.entries[slot as usize] = None;
        self.open -= usize::from(self.lean[slot as usize].is_open());
        self.lean[slot as usize] = self.lean[slot as usize].died();
        self.dead += 1;
        if self.dead > 64 && self.dead * 4 > self.entries.len() {
            self.move_together();
        }
    }

    /// Gives the slots of cards that went to those that stay, in the same order.
    fn move_together(&mut self) {
        let lives: Vec<bool> = self.entries.iter().map(Option::is_some).collect();
        let count = |before: &mut u32, lives: &bool| {
            let slot = *before;
            *before += u32::from(*lives);
            Some(slot)
        };
        let moved: Vec<u32> = lives.iter().scan(0, count).collect();
        let to = |slot: u32| moved[slot as usize];
        keep(&mut self.entries, &lives);
        keep(&mut self.lean, &lives);
        keep(&mut self.order, &lives);
        keep(&mut self.ground, &lives);
        keep(&mut self.spots, &lives);
        for slots in self.by_space.iter_mut().chain([&mut self.by_name]) {
            slots.retain(|slot| lives[*slot as usize]);
            slots.iter_mut().for_each(|slot| *slot = to(*slot));
        }
        self.slots.values_mut().for_each(|slot| *slot = to(*slot));
        for term in &mut self.terms {
            term.postings.retain(|posting| lives[posting.slot as usize]);
            term.postings.iter_mut().for_each(|posting| posting.slot = to(posting.slot));
            let open = |posting: &&Posting| posting.place != Place::Key && self.lean[posting.slot as usize].is_open();
            term.open = term.postings.iter().filter(open).count();
        }
        self.dead = 0;
    }

    /// How many cards there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
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
        if let Some(number) = self.exact.get(text) {
            return *number;
        }
        let shared: Arc<str> = text.into();
        let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.lengths.push(u8::try_from(text.chars().count()).unwrap_or(u8::MAX));
        self.terms.push(Term { text: Arc::clone(&shared), postings: Vec::new(), open: 0 });
        self.vocabulary.insert(Arc::clone(&shared), number);
        self.exact.insert(shared, number);
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

/// Drops what belongs to slots that do not live.
fn keep<T>(all: &mut Vec<T>, lives: &[bool]) {
    let mut slot = lives.iter();
    all.retain(|_| slot.next().is_some_and(|lives| *lives));
}

/// All threes of letters, with marks for beginning and end, each once.
pub(super) fn trigrams(text: &str) -> Vec<[u8; 3]> {
    let framed: Vec<u8> = [b"^", text.as_bytes(), b"$"].concat();
    let mut all: Vec<[u8; 3]> = framed.windows(3).map(|three| [three[0], three[1], three[2]]).collect();
    all.sort_unstable();
    all.dedup();
    all
}
