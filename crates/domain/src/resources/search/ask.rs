// SPDX-License-Identifier: EUPL-1.2
//! Asking: which cards, in which order, and why.

use super::super::consent::Viewer;
use super::super::words::{Barrier, Basis, Language, Topic};
use super::Place;
use super::analyse::{is_generic, is_part, is_slip, parts, stem, synonyms, words};
use super::index::{Entry, Index, Posting, bit, trigrams};
use super::lean::Sieve;
use super::question::{Asked, Cursor, Filter, Found, Hit, How, Spot, Why};
use crate::kernel::{Day, phonetic};
use crate::territory::Point;

/// A term that answers a word.
#[derive(Debug, Clone, Copy)]
struct Answer {
    term: u32,
    /// Of a hundred.
    factor: u32,
    how: How,
}

/// Most terms looked at for one word.
const TERMS: usize = 48;
/// Most words of a question.
const WORDS: usize = 12;
/// A card with more of the words always comes before one with fewer.
const PER_WORD: i64 = 1_000_000;

impl Index {
    /// Finds cards that this viewer may see.
    #[must_use]
    pub fn ask(&self, asked: &Asked, viewer: &Viewer) -> Found {
        let mut asked_words: Vec<String> = words(&asked.text);
        asked_words.dedup();
        asked_words.truncate(WORDS);
        let sieve = Sieve::of(asked, viewer, |space| self.space_number(space));
        let fits = |slot: u32| {
            let whole = || self.entries[slot as usize].as_ref().is_some_and(|entry| fits(entry, asked, viewer));
            sieve.takes(&self.lean[slot as usize]).unwrap_or_else(whole)
        };
        let (ranked, answers) = if asked_words.is_empty() && asked.text.trim().is_empty() {
            (self.all(asked, &fits), Vec::new())
        } else {
            self.ranked(&asked_words, viewer, &fits)
        };
        let total = ranked.len();
        let spots: Vec<Spot> = ranked.iter().map(|(slot, _)| self.spots[*slot as usize]).collect();
        let mut page = self.page(ranked, asked);
        let more = page.len() > asked.limit;
        page.truncate(asked.limit);
        let next = page.last().filter(|_| more).map(|(slot, rank)| {
            let (name, id) = self.name_of(*slot);
            Cursor { rank: *rank, name_key: name.to_owned(), id }
        });
        let hit = |(slot, rank): &(u32, i64)| {
            let entry = self.entries[*slot as usize].as_ref()?;
            let why = self.why(*slot, &asked_words, &answers, viewer);
            Some(Hit { id: entry.id, rank: *rank, metres: metres(entry.point, asked), why })
        };
        Found { total, hits: page.iter().filter_map(hit).collect(), next, spots }
    }

    /// Without words: by distance if there is a place to start from, else by name.
    fn all(&self, asked: &Asked, fits: &impl Fn(u32) -> bool) -> Vec<(u32, i64)> {
        let added = |slot: u32| self.entries[slot as usize].as_ref().map_or(0, |entry| entry.added_at);
        let ranked = |slot: u32| {
            // Far away is most of a city: the place is asked first.
            let metres = metres(self.spots[slot as usize].point, asked);
            let near = asked.filter.near.is_none_or(|(_, radius)| metres.is_some_and(|metres| metres <= radius));
            (near && fits(slot)).then(|| {
                let rank = if asked.filter.newest { added(slot) } else { 0 };
                (slot, metres.map_or(rank, |metres| -metres))
            })
        };
        match asked.filter.space {
            Some(space) => {
                let number = self.space_number(space).and_then(|number| usize::try_from(number).ok());
                let slots = number.and_then(|number| self.by_space.get(number - 1));
                slots.into_iter().flatten().filter_map(|slot| ranked(*slot)).collect()
            }
            None => (0..self.entries.len()).filter_map(|slot| ranked(u32::try_from(slot).ok()?)).collect(),
        }
    }

    /// With words: each word adds what its best place on the card is worth.
    fn ranked(
        &self,
        asked: &[String],
        viewer: &Viewer,
        fits: &impl Fn(u32) -> bool,
    ) -> (Vec<(u32, i64)>, Vec<Vec<Answer>>) {
        let mut sums = vec![0_i64; self.entries.len()];
        let mut best = vec![0_u32; self.entries.len()];
        // 0: not asked yet, 1: fits, 2: does not.
        let mut known = vec![0_u8; self.entries.len()];
        let mut reached: Vec<u32> = Vec::new();
        let mut all_answers = Vec::new();
        for word in asked {
            let mut answers = self.sure(word);
            let mut touched = self.spread(&answers, viewer, (&mut best, &mut known), fits);
            // Nothing that this viewer may see: perhaps the word was mistyped.
            if touched.is_empty() {
                answers = self.guesses(word);
                touched = self.spread(&answers, viewer, (&mut best, &mut known), fits);
            }
            for slot in touched {
                let sum = &mut sums[slot as usize];
                if *sum == 0 {
                    reached.push(slot);
                }
                *sum += PER_WORD + i64::from(std::mem::take(&mut best[slot as usize]));
            }
            all_answers.push(answers);
        }
        // At least half of the words; of three, one.
        let least = i64::try_from((asked.len() / 2).max(1)).unwrap_or(1) * PER_WORD;
        let ranked = reached.into_iter().map(|slot| (slot, sums[slot as usize])).filter(|(_, sum)| *sum >= least);
        (ranked.collect(), all_answers)
    }

    /// Marks what each card is worth for one word; answers which cards were touched.
    fn spread(
        &self,
        answers: &[Answer],
        viewer: &Viewer,
        (best, known): (&mut [u32], &mut [u8]),
        fits: &impl Fn(u32) -> bool,
    ) -> Vec<u32> {
        let mut touched = Vec::new();
        for answer in answers {
            let term = &self.terms[answer.term as usize];
            let rare = rarity(self.by_name.len(), term.postings.len());
            for posting in &term.postings {
                if posting.place == Place::Key && !viewer.professional {
                    continue;
                }
                let slot = posting.slot as usize;
                if known[slot] == 0 {
                    known[slot] = 2 - u8::from(fits(posting.slot));
                }
                if known[slot] == 2 {
                    continue;
                }
                let worth = rare * posting.place.worth(posting.part) * answer.factor / 10;
                if best[slot] == 0 {
                    touched.push(posting.slot);
                }
                best[slot] = best[slot].max(worth.max(1));
            }
        }
        touched
    }

    /// Terms that surely answer a word: itself, longer words with it, other words for it, its telling parts.
    fn sure(&self, word: &str) -> Vec<Answer> {
        let stem = stem(word);
        let mut answers = Vec::new();
        let mut add = |text: &str, factor: u32, how: How| {
            if let Some(term) = self.vocabulary.get(text) {
                answers.push(Answer { term: *term, factor, how });
            }
        };
        add(&stem, 100, How::Word);
        synonyms(&stem).iter().for_each(|other| add(other, 40, How::Synonym));
        let found = self.parts_of(word);
        for part in found.iter().filter(|part| !is_generic(part)) {
            add(part, 50, How::Part);
            synonyms(part).iter().for_each(|other| add(other, 25, How::Synonym));
        }
        if stem.len() > 2 && !stem.starts_with('§') {
            answers.extend(self.longer(&stem));
        }
        answers.truncate(TERMS);
        answers
    }

    fn parts_of(&self, word: &str) -> Vec<String> {
        parts(word, &|part| is_part(part) || (part.len() > 3 && self.vocabulary.contains_key(part)))
    }

    /// Longer words that begin or end with a stem.
    fn longer(&self, stem: &str) -> Vec<Answer> {
        let longer = |term: &u32, factor: u32| Answer { term: *term, factor, how: How::Longer };
        let begins = self.vocabulary.range(stem.to_owned()..).take_while(|(text, _)| text.starts_with(stem));
        let mut all: Vec<Answer> = begins
            .filter(|(text, _)| text.len() > stem.len())
            .take(TERMS / 2)
            .map(|(_, term)| longer(term, 70))
            .collect();
        if stem.len() > 3 {
            let turned: String = stem.chars().rev().collect();
            let ends = self.backwards.range(turned.clone()..).take_while(|(text, _)| text.starts_with(&turned));
            all.extend(
                ends.filter(|(text, _)| text.len() > turned.len()).take(TERMS / 2).map(|(_, term)| longer(term, 60)),
            );
        }
        all
    }

    /// Terms that may be meant: mistyped, heard, or only the general part of a compound.
    fn guesses(&self, word: &str) -> Vec<Answer> {
        let stem = stem(word);
        let mut all = self.slips(&stem);
        for (from, to) in halves(&stem) {
            let right = is_part(from) || self.vocabulary.contains_key(from);
            if right && !is_generic(from) {
                all.extend(self.vocabulary.get(from).map(|term| Answer { term: *term, factor: 30, how: How::Part }));
            } else if is_part(to) || self.vocabulary.contains_key(to) {
                all.extend(self.slips(from).into_iter().map(|slip| Answer { factor: 30, ..slip }));
                let same = std::iter::once(to).chain(synonyms(to).iter().map(String::as_str));
                let known = same.filter(|_| !is_generic(to)).filter_map(|part| self.vocabulary.get(part));
                all.extend(known.map(|term| Answer { term: *term, factor: 20, how: How::Part }));
            }
        }
        for part in self.parts_of(word) {
            all.extend(self.vocabulary.get(&part).map(|term| Answer { term: *term, factor: 20, how: How::Part }));
        }
        all.truncate(TERMS);
        all
    }

    fn slips(&self, stem: &str) -> Vec<Answer> {
        let (threes, letters) = (trigrams(stem), stem.chars().count());
        let mut shared = vec![0_u8; self.terms.len()];
        let mut touched: Vec<u32> = Vec::new();
        for term in threes.iter().filter_map(|three| self.trigrams.get(three)).flatten() {
            let count = &mut shared[*term as usize];
            if *count == 0 {
                touched.push(*term);
            }
            *count = count.saturating_add(1);
        }
        // Two letters more or less are the most that a slip makes.
        let of_length = |term: &u32| usize::from(self.lengths[*term as usize]).abs_diff(letters) <= 2;
        let shares = touched.into_iter().filter(of_length).map(|term| (usize::from(shared[term as usize]), term));
        let mut near: Vec<(usize, u32)> = shares.filter(|(count, _)| count * 4 >= threes.len()).collect();
        near.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        near.truncate(400);
        let looks =
            near.into_iter().map(|(_, term)| term).filter(|term| is_slip(stem, &self.terms[*term as usize].text));
        let mut all: Vec<Answer> = looks.map(|term| Answer { term, factor: 50, how: How::Slip }).collect();
        let sound = phonetic(stem);
        if sound.len() > 2 {
            let heard = self.sounds.get(&sound).into_iter().flatten();
            all.extend(heard.map(|term| Answer { term: *term, factor: 40, how: How::Slip }));
        }
        all.truncate(TERMS / 2);
        all
    }

    /// The first so many after the cursor, in order.
    fn page(&self, mut ranked: Vec<(u32, i64)>, asked: &Asked) -> Vec<(u32, i64)> {
        let place = |slot: u32| self.lean[slot as usize].place;
        let order = |a: &(u32, i64), b: &(u32, i64)| b.1.cmp(&a.1).then_with(|| place(a.0).cmp(&place(b.0)));
        if let Some(after) = &asked.after {
            let first = self.place_after(&after.name_key, after.id);
            ranked.retain(|(slot, rank)| *rank < after.rank || (*rank == after.rank && place(*slot) >= first));
        }
        let wanted = asked.limit + 1;
        if ranked.len() > wanted {
            ranked.select_nth_unstable_by(wanted, order);
            ranked.truncate(wanted);
        }
        ranked.sort_unstable_by(order);
        ranked
    }

    /// For each word the best reason.
    fn why(&self, slot: u32, asked: &[String], answers: &[Vec<Answer>], viewer: &Viewer) -> Vec<Why> {
        let reason = |(word, answers): (&String, &Vec<Answer>)| {
            let stands = |answer: &Answer| {
                let postings = &self.terms[answer.term as usize].postings;
                let at = postings.binary_search_by_key(&slot, |posting| posting.slot).ok()?;
                let Posting { place, part, .. } = postings[at];
                (place != Place::Key || viewer.professional).then_some((
                    answer.factor * place.worth(part),
                    *answer,
                    place,
                ))
            };
            let (_, answer, place) = answers.iter().filter_map(stands).max_by_key(|(worth, ..)| *worth)?;
            let term = self.terms[answer.term as usize].text.clone();
            Some(Why { asked: word.clone(), term, how: answer.how, place })
        };
        asked.iter().zip(answers).filter_map(reason).collect()
    }
}

/// All ways to cut a stem into two pieces, of at least four and three letters.
fn halves(stem: &str) -> impl Iterator<Item = (&str, &str)> {
    (4..stem.len().saturating_sub(2)).filter(|at| stem.is_char_boundary(*at)).map(|at| stem.split_at(at))
}

/// What a term is worth: the rarer, the more. 6 for one on every card.
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
