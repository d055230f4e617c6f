// SPDX-License-Identifier: EUPL-1.2
//! Asking: which cards, and in which order.

use super::super::consent::Viewer;
use super::super::words::{Barrier, Basis, Language, Topic};
use super::Place;
use super::analyse::words;
use super::index::{Entry, Index, Posting, bit};
use super::lean::Sieve;
use super::near::Square;
use super::question::{Asked, Cursor, Filter, Found, Hit, Spot};
use super::scratch::{Scratch, State};
use super::terms::Answer;
use super::top::{Ranked, Top};
use crate::kernel::Day;
use crate::territory::Point;

/// Most words of a question.
const WORDS: usize = 12;
/// A card with more of the words always comes before one with fewer.
const PER_WORD: u32 = 1_000_000;
/// A list so many times as long as that of the space is leaped through, not walked.
const LEAP: usize = 8;

/// One question on its way through the index.
struct Search<'a> {
    index: &'a Index,
    asked: &'a Asked,
    viewer: &'a Viewer,
    sieve: Sieve,
}

/// What was found so far: all are counted, a page of them is kept.
struct Taken {
    total: usize,
    top: Top,
    spots: Vec<Spot>,
    /// Rank and place behind which the page begins.
    after: Option<(i64, u64)>,
}

impl Index {
    /// Finds cards that this viewer may see.
    #[must_use]
    pub fn ask(&self, asked: &Asked, viewer: &Viewer) -> Found {
        let mut asked_words: Vec<String> = words(&asked.text);
        asked_words.dedup();
        asked_words.truncate(WORDS);
        let sieve = Sieve::of(asked, viewer, |space| self.space_number(space));
        let search = Search { index: self, asked, viewer, sieve };
        let after = asked.after.as_ref().map(|after| (after.rank, self.place_after(&after.name_key, after.id)));
        let top = Top::of(asked.limit.saturating_add(1));
        let mut taken = Taken { total: 0, top, spots: Vec::new(), after };
        let answers = if asked_words.is_empty() && asked.text.trim().is_empty() {
            search.all(&mut taken);
            Vec::new()
        } else {
            let size = (self.entries.len(), self.terms.len());
            self.pool.with(size, |scratch| search.ranked(&asked_words, scratch, &mut taken))
        };
        let mut page = taken.top.done();
        let more = page.len() > asked.limit;
        page.truncate(asked.limit);
        let next = page.last().filter(|_| more).map(|(rank, _, slot)| {
            let (name, id) = self.name_of(*slot);
            Cursor { rank: *rank, name_key: name.to_owned(), id }
        });
        let shown: Vec<u32> = page.iter().map(|(.., slot)| *slot).collect();
        let why = self.reasons(&shown, (&asked_words, &answers), viewer);
        let hit = |((rank, _, slot), why): (Ranked, _)| {
            let entry = self.entries[slot as usize].as_ref()?;
            Some(Hit { id: entry.id, rank, metres: metres(entry.point, asked), why })
        };
        let hits = page.into_iter().zip(why).filter_map(hit).collect();
        Found { total: taken.total, hits, next, spots: taken.spots }
    }
}

impl Search<'_> {
    fn fits(&self, slot: u32) -> bool {
        let whole =
            || self.index.entries[slot as usize].as_ref().is_some_and(|entry| fits(entry, self.asked, self.viewer));
        self.sieve.takes(&self.index.lean[slot as usize]).unwrap_or_else(whole)
    }

    /// Counts a card that fits, and keeps it if it may be on the page.
    fn take(&self, taken: &mut Taken, slot: u32, rank: i64) {
        taken.total += 1;
        if self.asked.places {
            taken.spots.push(self.index.spots[slot as usize]);
        }
        let place = self.index.order[slot as usize];
        if taken.after.is_none_or(|(after, first)| rank < after || (rank == after && place >= first)) {
            taken.top.offer((rank, place, slot));
        }
    }

    /// The slots of the space that is asked for, if one is.
    fn of_space(&self) -> Option<&[u32]> {
        let space = self.asked.filter.space?;
        let number = self.index.space_number(space).and_then(|number| usize::try_from(number).ok());
        Some(number.and_then(|number| self.index.by_space.get(number - 1)).map_or(&[], Vec::as_slice))
    }

    /// Without words: by distance if there is a place to start from, else by name.
    fn all(&self, taken: &mut Taken) {
        let filter = &self.asked.filter;
        let square = filter.near.map(|(middle, radius)| Square::around(middle, radius));
        let added = |slot: u32| self.index.entries[slot as usize].as_ref().map_or(0, |entry| entry.added_at);
        let mut look = |slot: u32| {
            let far = square.is_some_and(|square| !square.has(self.index.ground[slot as usize]));
            if far || !self.fits(slot) {
                return;
            }
            let rank = if filter.newest { added(slot) } else { 0 };
            let metres = metres(self.index.spots[slot as usize].point, self.asked);
            self.take(taken, slot, metres.map_or(rank, |metres| -metres));
        };
        match self.of_space() {
            Some(slots) => slots.iter().for_each(|slot| look(*slot)),
            None => (0..u32::try_from(self.index.entries.len()).unwrap_or(u32::MAX)).for_each(look),
        }
    }

    /// With words: each word adds what its best place on the card is worth. Says which terms answered.
    fn ranked(&self, asked: &[String], scratch: &mut Scratch, taken: &mut Taken) -> Vec<Vec<Answer>> {
        // In a space few cards come into question: they are asked first, and all others not at all.
        let few: Option<Vec<u32>> =
            self.of_space().map(|slots| slots.iter().copied().filter(|slot| self.fits(*slot)).collect());
        for slot in few.iter().flatten() {
            scratch.cells[*slot as usize].state = State::Fits;
            scratch.touched.push(*slot);
        }
        let mut all_answers = Vec::new();
        for word in asked {
            let mut answers = self.index.sure(word);
            self.spread(&answers, few.as_deref(), scratch);
            // Nothing that this viewer may see: perhaps the word was mistyped.
            if scratch.reached.is_empty() {
                answers = self.index.guesses(word, &mut scratch.shared);
                self.spread(&answers, few.as_deref(), scratch);
            }
            for slot in scratch.reached.drain(..) {
                let cell = &mut scratch.cells[slot as usize];
                cell.sum += PER_WORD + std::mem::take(&mut cell.best);
            }
            all_answers.push(answers);
        }
        // At least half of the words; of three, one.
        let least = u32::try_from((asked.len() / 2).max(1)).unwrap_or(1) * PER_WORD;
        for slot in &scratch.touched {
            let sum = scratch.cells[*slot as usize].sum;
            if sum >= least {
                self.take(taken, *slot, i64::from(sum));
            }
        }
        all_answers
    }

    /// Marks what each card is worth for one word.
    fn spread(&self, answers: &[Answer], few: Option<&[u32]>, scratch: &mut Scratch) {
        for answer in answers {
            let term = &self.index.terms[answer.term as usize];
            let postings = &term.postings;
            let worth = rarity(self.index.open, term.open) * answer.factor;
            match few {
                Some(few) if few.len() * LEAP < postings.len() => {
                    (Leaps { few, postings }).for_each(|posting| self.reach(posting, worth, (true, &mut *scratch)));
                }
                few => postings.iter().for_each(|posting| self.reach(*posting, worth, (few.is_some(), &mut *scratch))),
            }
        }
    }

    /// A card bears a term. If all that fit are `known`, no other is asked.
    fn reach(&self, posting: Posting, worth: u32, (known, scratch): (bool, &mut Scratch)) {
        let cell = &mut scratch.cells[posting.slot as usize];
        let hidden = posting.place == Place::Key && !self.viewer.professional;
        if cell.state == State::Not || hidden || (known && cell.state == State::New) {
            return;
        }
        if cell.state == State::New {
            cell.state = if self.fits(posting.slot) { State::Fits } else { State::Not };
            scratch.touched.push(posting.slot);
            if cell.state == State::Not {
                return;
            }
        }
        if cell.best == 0 {
            scratch.reached.push(posting.slot);
        }
        cell.best = cell.best.max((worth * posting.place.worth(posting.part) / 10).max(1));
    }
}

/// The places of a long list that are of one of few slots; both are in order.
pub(super) struct Leaps<'a> {
    pub few: &'a [u32],
    pub postings: &'a [Posting],
}

impl Iterator for Leaps<'_> {
    type Item = Posting;

    fn next(&mut self) -> Option<Posting> {
        while let Some((slot, few)) = self.few.split_first() {
            let mut leap = 1;
            while self.postings.get(leap).is_some_and(|posting| posting.slot < *slot) {
                leap *= 2;
            }
            let (from, to) = (leap / 2, (leap + 1).min(self.postings.len()));
            let at = from + self.postings[from..to].partition_point(|posting| posting.slot < *slot);
            (self.few, self.postings) = (few, &self.postings[at..]);
            let first = self.postings.first()?;
            if first.slot == *slot {
                return Some(*first);
            }
        }
        None
    }
}

/// What a term is worth among cards that everybody sees: the rarer, the more. 6 for one on every card.
fn rarity(cards: usize, holders: usize) -> u32 {
    let times = (cards + 1) / (holders + 1);
    6 + 8 * times.max(1).ilog2()
}

fn metres(point: Option<Point>, asked: &Asked) -> Option<i64> {
    let ((from, _), to) = (asked.filter.near?, point?);
    let (x, y) = ((from.east_mm() - to.east_mm()) / 1000, (from.north_mm() - to.north_mm()) / 1000);
    Some((x * x + y * y).isqrt())
}

/// Does a card fit, and may it be seen?
pub(super) fn fits(entry: &Entry, asked: &Asked, viewer: &Viewer) -> bool {
    let Filter {
        topic, basis, kind, age, language, no_steps, free_places, open_at, space, near, stale, closed, ..
    } = &asked.filter;
    let within = |age: i64| entry.ages.0.is_none_or(|from| from <= age) && entry.ages.1.is_none_or(|to| age <= to);
    topic.is_none_or(|topic| entry.topics & bit(Topic::ALL, &topic) != 0)
        && basis.is_none_or(|basis| entry.basis & bit(Basis::ALL, &basis) != 0)
        && kind.is_none_or(|kind| entry.kind == kind)
        && language.is_none_or(|language| entry.languages & bit(Language::ALL, &language) != 0)
        && (!no_steps || entry.barriers & bit(Barrier::ALL, &Barrier::NoSteps) != 0)
        && (!free_places || entry.free_places.is_some_and(|places| places > 0))
        && age.is_none_or(within)
        && space.is_none_or(|space| entry.space == Some(space))
        && (!stale || entry.due_on < asked.today)
        && near.is_none_or(|(_, radius)| metres(entry.point, asked).is_some_and(|metres| metres <= radius))
        && open_at.is_none_or(|minute| entry.times.iter().any(|time| time.is_open(asked.today, minute)))
        && (*closed || !(entry.seen.is_closed(asked.today) || is_over(entry, asked.today)))
        && entry.seen.by(viewer, asked.today)
}

fn is_over(entry: &Entry, today: Day) -> bool {
    !entry.times.is_empty() && entry.times.iter().all(|time| time.is_over(today))
}
