// SPDX-License-Identifier: EUPL-1.2
//! By which word a card was found: for the few cards that are shown, and no others.

use super::super::card::CardContent;
use super::super::consent::Viewer;
use super::super::words::{Basis, Language, Topic};
use super::index::{Index, Posting};
use super::question::Why;
use super::terms::Answer;
use super::{Place, Said, analyse};
use crate::kernel::{Line, fold};

/// Of a list of places, those of many shown cards are looked up one by one; else the list is walked through.
const WALK: usize = 4;

/// What a word is worth on a card, by which term, and where.
type Reason = (u32, Answer, Place);

impl Index {
    /// For each shown slot and each word the best reason.
    pub(super) fn reasons(
        &self,
        shown: &[u32],
        (asked, answers): (&[String], &[Vec<Answer>]),
        viewer: &Viewer,
    ) -> Vec<Vec<Why>> {
        let mut all = vec![Vec::new(); shown.len()];
        let mut by_slot: Vec<(u32, usize)> = shown.iter().enumerate().map(|(at, slot)| (*slot, at)).collect();
        by_slot.sort_unstable();
        for (word, answers) in asked.iter().zip(answers) {
            let best = self.best(&by_slot, answers, viewer);
            for (why, best) in all.iter_mut().zip(best) {
                why.extend(best.map(|(_, answer, place)| {
                    let term = self.terms[answer.term as usize].text.to_string();
                    Why { asked: word.clone(), term, how: answer.how, place }
                }));
            }
        }
        all
    }

    /// For each shown slot the best reason for one word.
    fn best(&self, by_slot: &[(u32, usize)], answers: &[Answer], viewer: &Viewer) -> Vec<Option<Reason>> {
        let mut best: Vec<Option<Reason>> = vec![None; by_slot.len()];
        for answer in answers {
            for (at, posting) in self.on_shown(by_slot, answer) {
                let worth = answer.factor * posting.place.worth(posting.part);
                let hidden = posting.place == Place::Key && !viewer.professional;
                if !hidden && best[at].is_none_or(|(best, ..)| best <= worth) {
                    best[at] = Some((worth, *answer, posting.place));
                }
            }
        }
        best
    }

    /// Where a term stands on shown cards.
    fn on_shown(&self, by_slot: &[(u32, usize)], answer: &Answer) -> Vec<(usize, Posting)> {
        let postings = &self.terms[answer.term as usize].postings;
        if postings.len() <= by_slot.len() * WALK {
            let shown = |posting: &Posting| by_slot.binary_search_by_key(&posting.slot, |(slot, _)| *slot).ok();
            return postings.iter().filter_map(|posting| Some((by_slot[shown(posting)?].1, *posting))).collect();
        }
        let stands = |slot: u32| postings.binary_search_by_key(&slot, |posting| posting.slot).ok();
        by_slot.iter().filter_map(|(slot, at)| Some((*at, postings[stands(*slot)?]))).collect()
    }
}

/// What stands in a place of a card, in pieces.
fn pieces<'a>(card: &'a CardContent, Said { space, texts }: Said<'a>, place: Place) -> Vec<&'a str> {
    let line = |line: &'a Option<Line>| line.as_ref().map(Line::as_str);
    let words = |list: &'static str, code: &'static str| analyse::words_for(list, code);
    match place {
        Place::Name => vec![card.name.as_str()],
        Place::Keywords => line(&card.keywords).into_iter().collect(),
        Place::Topic => card.topics.iter().copied().map(Topic::code).map(|code| words("topic", code)).collect(),
        // A paragraph is no word that stands there.
        Place::Basis => Vec::new(),
        Place::Facts => {
            let basis = card.basis.iter().copied().map(Basis::code).map(|code| words("basis", code));
            let languages = card.languages.iter().copied().map(Language::code).map(|code| words("lang", code));
            let cost = card.cost.iter().map(|cost| words("cost", cost.code()));
            let barriers = card.barriers.iter().map(|one| words("barrier", one.code()));
            basis.chain([words("kind", card.kind.code())]).chain(languages).chain(cost).chain(barriers).collect()
        }
        Place::Where => line(&card.place).into_iter().chain([space]).collect(),
        Place::About => {
            [card.about.as_str()].into_iter().chain(line(&card.conditions)).chain(line(&card.skills)).collect()
        }
        Place::Called => texts.iter().map(|text| text.name.as_str()).collect(),
        Place::Told => {
            texts.iter().flat_map(|text| [text.about.as_str()].into_iter().chain(line(&text.conditions))).collect()
        }
        Place::Key => line(&card.key_person).into_iter().chain(line(&card.second_person)).collect(),
    }
}

/// The word in a place of a card that a term was made of, if it stands there as such.
#[must_use]
pub fn word_at<'a>(card: &'a CardContent, said: impl Into<Said<'a>>, (place, term): (Place, &str)) -> Option<&'a str> {
    pieces(card, said.into(), place).into_iter().find_map(|text| word_with(text, term))
}

/// The word of a text that a term was made of, as it stands there: `Kinderschwimmen` for `schwimm`.
#[must_use]
pub fn word_with<'a>(text: &'a str, term: &str) -> Option<&'a str> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
    words.filter(|word| may_bear(word, term)).find(|word| {
        let folded = fold(word);
        // Stems and parts are cut out of the word: most words are none without taking them apart.
        analyse::joined_vowels(&folded).contains(term) && {
            let stem = analyse::stem(&folded);
            stem.contains(term) || analyse::parts(&folded, &analyse::is_part).iter().any(|part| part == term)
        }
    })
}

/// Letters in which nothing is folded but capitals tell at once.
fn may_bear(word: &str, term: &str) -> bool {
    let bytes = word.as_bytes();
    let joined = |two: &[u8]| matches!(two[0] | 32, b'a' | b'o' | b'u') && two[1] | 32 == b'e';
    if !word.is_ascii() || bytes.windows(2).any(joined) {
        return true;
    }
    term.is_empty() || bytes.windows(term.len()).any(|some| some.eq_ignore_ascii_case(term.as_bytes()))
}
