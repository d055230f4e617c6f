// SPDX-License-Identifier: EUPL-1.2
//! Which terms answer a word: surely, or perhaps.

use super::analyse::{is_generic, is_part, is_slip, parts, stem, synonyms};
use super::index::{Index, trigrams};
use super::question::How;
use crate::kernel::phonetic;
use std::ops::Bound;

/// A term that answers a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub term: u32,
    /// Of a hundred.
    pub factor: u32,
    pub how: How,
}

/// Most terms looked at for one word.
const TERMS: usize = 48;
/// Most terms compared with a mistyped word.
const COMPARED: usize = 400;

impl Index {
    /// Terms that surely answer a word: itself, longer words with it, other words for it, its telling parts.
    pub(super) fn sure(&self, word: &str) -> Vec<Answer> {
        let stem = stem(word);
        let mut answers = Vec::new();
        let mut add = |text: &str, factor: u32, how: How| {
            if let Some(term) = self.exact.get(text) {
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
        parts(word, &|part| is_part(part) || (part.len() > 3 && self.exact.contains_key(part)))
    }

    /// Longer words that begin or end with a stem.
    fn longer(&self, stem: &str) -> Vec<Answer> {
        let longer = |term: &u32, factor: u32| Answer { term: *term, factor, how: How::Longer };
        let from = (Bound::Included(stem), Bound::Unbounded);
        let begins = self.vocabulary.range::<str, _>(from).take_while(|(text, _)| text.starts_with(stem));
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
    pub(super) fn guesses(&self, word: &str, shared: &mut [u8]) -> Vec<Answer> {
        let stem = stem(word);
        let mut all = self.slips(&stem, shared);
        for (from, to) in halves(&stem) {
            let right = is_part(from) || self.exact.contains_key(from);
            if right && !is_generic(from) {
                all.extend(self.exact.get(from).map(|term| Answer { term: *term, factor: 30, how: How::Part }));
            } else if is_part(to) || self.exact.contains_key(to) {
                all.extend(self.slips(from, shared).into_iter().map(|slip| Answer { factor: 30, ..slip }));
                let same = std::iter::once(to).chain(synonyms(to).iter().map(String::as_str));
                let known = same.filter(|_| !is_generic(to)).filter_map(|part| self.exact.get(part));
                all.extend(known.map(|term| Answer { term: *term, factor: 20, how: How::Part }));
            }
        }
        for part in self.parts_of(word) {
            all.extend(self.exact.get(part.as_str()).map(|term| Answer { term: *term, factor: 20, how: How::Part }));
        }
        all.truncate(TERMS);
        all
    }

    /// `shared` is all zero before and after.
    fn slips(&self, stem: &str, shared: &mut [u8]) -> Vec<Answer> {
        let (threes, letters) = (trigrams(stem), stem.chars().count());
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
        let count = |term: u32| (usize::from(std::mem::take(&mut shared[term as usize])), term);
        let shares = touched.into_iter().map(count).filter(|(_, term)| of_length(term));
        let mut near: Vec<(usize, u32)> = shares.filter(|(count, _)| count * 4 >= threes.len()).collect();
        let order = |a: &(usize, u32), b: &(usize, u32)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        if near.len() > COMPARED {
            near.select_nth_unstable_by(COMPARED, order);
            near.truncate(COMPARED);
        }
        near.sort_unstable_by(order);
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
}

/// All ways to cut a stem into two pieces, of at least four and three letters.
fn halves(stem: &str) -> impl Iterator<Item = (&str, &str)> {
    (4..stem.len().saturating_sub(2)).filter(|at| stem.is_char_boundary(*at)).map(|at| stem.split_at(at))
}
