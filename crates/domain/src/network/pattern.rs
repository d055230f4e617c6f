// SPDX-License-Identifier: EUPL-1.2
//! Patterns in what teams said: the same thing missing for several families is the beginning of a project.
//!
//! Nothing is guessed about a family, and nothing is counted that could be one: a word is told only if it was named
//! as missing in the consultations of at least [`LEAST_CASES`] different cases, and it is told without any text
//! around it.

use crate::kernel::{CaseId, fold};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer cases than this could be one family (N10).
pub const LEAST_CASES: usize = 3;

/// What a team said in one consultation, pseudonymised.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "Beratungstext")]
pub struct Said {
    /// About which case; leaves this room only as a number of cases.
    pub case: CaseId,
    /// Minutes and ideas.
    pub words: String,
}

/// What is said about a family never reaches a log line.
impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Said(…)")
    }
}

/// The same thing missing in several consultations.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Muster")]
pub struct Pattern {
    /// What is missing, in the word used most.
    pub word: String,
    /// In how many consultations it was named.
    pub consultations: usize,
    /// About how many cases.
    pub cases: usize,
}

/// A sentence with one of these says that something is missing.
const MISSING: [&str; 13] = [
    "fehl",
    "mangel",
    "luecke",
    "warteliste",
    "kein angebot",
    "keinen platz",
    "keine plaetze",
    "gibt es nicht",
    "gibt es kein",
    "niemand bietet",
    "ueberlastet",
    "ausgebucht",
    "nicht erreichbar",
];

/// Nouns that name no thing of the quarter, and the codes that stand for names.
const IDLE: [&str; 48] = [
    "familie",
    "mutter",
    "vater",
    "kind",
    "kinder",
    "kindern",
    "eltern",
    "sohn",
    "tochter",
    "bruder",
    "schwester",
    "jugendliche",
    "jugendlicher",
    "person",
    "mensch",
    "menschen",
    "team",
    "jugendamt",
    "fachkraft",
    "beratung",
    "beratungsfall",
    "angebot",
    "angebote",
    "luecke",
    "luecken",
    "warteliste",
    "wartelisten",
    "platz",
    "plaetze",
    "bedarf",
    "sozialraum",
    "quartier",
    "stadtteil",
    "woche",
    "wochen",
    "monat",
    "monate",
    "jahr",
    "jahre",
    "naehe",
    "hilfe",
    "hilfen",
    "unterstuetzung",
    "moeglichkeit",
    "moeglichkeiten",
    "zeit",
    "projekt",
    "gruppe",
];

/// Finds what is missing for several families, most often named first.
#[must_use]
pub fn patterns(said: &[Said]) -> Vec<Pattern> {
    told(named(said).into_values())
}

/// Those patterns that this case shares with at least two others: "the third family that lacks this".
#[must_use]
pub fn patterns_of(said: &[Said], case: CaseId) -> Vec<Pattern> {
    told(named(said).into_values().filter(|entry| entry.cases.contains(&case)))
}

fn named(said: &[Said]) -> BTreeMap<String, Named> {
    let mut named: BTreeMap<String, Named> = BTreeMap::new();
    for one in said {
        let mut here = BTreeSet::new();
        for word in missing_things(&one.words) {
            let stem = stem(&fold(&word));
            let entry = named.entry(stem.clone()).or_default();
            *entry.spelled.entry(word).or_default() += 1;
            entry.cases.insert(one.case);
            entry.consultations += usize::from(here.insert(stem));
        }
    }
    named
}

fn told(named: impl Iterator<Item = Named>) -> Vec<Pattern> {
    let enough = named.filter(|entry| entry.cases.len() >= LEAST_CASES);
    let mut all: Vec<Pattern> = enough.filter_map(Named::pattern).collect();
    all.sort_by(|a, b| (b.cases, &a.word).cmp(&(a.cases, &b.word)));
    all
}

#[derive(Default)]
struct Named {
    spelled: BTreeMap<String, usize>,
    cases: BTreeSet<CaseId>,
    consultations: usize,
}

impl Named {
    fn pattern(self) -> Option<Pattern> {
        let (word, _) = self.spelled.into_iter().max_by_key(|(word, count)| (*count, std::cmp::Reverse(word.len())))?;
        Some(Pattern { word, consultations: self.consultations, cases: self.cases.len() })
    }
}

/// The things of the quarter in sentences that say that something is missing.
fn missing_things(words: &str) -> Vec<String> {
    let sentences = words.split(['.', '!', '?', ';', '\n']);
    let says = |sentence: &&str| {
        let folded = fold(sentence);
        MISSING.iter().any(|sign| folded.contains(sign))
    };
    sentences.filter(says).flat_map(things).collect()
}

/// Nouns: written large, of some length, no code for a name, nothing idle.
fn things(sentence: &str) -> Vec<String> {
    let words = sentence.split(|c: char| !c.is_alphanumeric() && c != '-');
    let noun = |word: &&str| {
        let large = word.chars().next().is_some_and(char::is_uppercase);
        let plain = word.chars().all(|c| c.is_alphabetic() || c == '-');
        let folded = fold(word);
        let tells_missing = MISSING.iter().any(|sign| folded.starts_with(sign));
        large && plain && word.chars().count() >= 5 && !tells_missing && !IDLE.contains(&folded.as_str())
    };
    words.filter(noun).map(str::to_owned).collect()
}

/// One word for the forms of it: `Schwimmkurse` and `Schwimmkurs`.
fn stem(folded: &str) -> String {
    let endings = ["innen", "ungen", "en", "er", "es", "e", "n", "s"];
    let mut stem = folded;
    while let Some(rest) = endings.iter().find_map(|end| stem.strip_suffix(end)).filter(|rest| rest.len() >= 6) {
        stem = rest;
    }
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn said(case: u128, words: &str) -> Said {
        Said { case: CaseId(Uuid::from_u128(case)), words: words.to_owned() }
    }

    #[test]
    fn the_same_gap_of_three_families_is_a_pattern() {
        let all = [
            said(1, "Die Mutter geht mit. Es fehlt ein Schwimmkurs am Nachmittag."),
            said(2, "Schwimmkurse gibt es nicht in der Nähe."),
            said(3, "Gute Ideen. Für Schwimmkurse steht das Kind auf der Warteliste"),
            said(3, "Der Schwimmkurs fehlt weiter"),
            said(1, "Es fehlt ein Sprachcafé"),
            said(2, "Das Sprachcafé ist schön."),
        ];
        let found = patterns(&all);
        assert_eq!(found, [Pattern { word: "Schwimmkurs".into(), consultations: 4, cases: 3 }]);
        assert_eq!(patterns_of(&all, CaseId(Uuid::from_u128(2))), found);
        assert_eq!(patterns_of(&all, CaseId(Uuid::from_u128(7))), [], "a family hears only of what it lacks itself");
    }

    #[test]
    fn one_family_often_consulted_is_no_pattern() {
        let all: Vec<Said> = (0..9).map(|_| said(1, "Es fehlt ein Schwimmkurs.")).collect();
        assert_eq!(patterns(&all), []);
        let two: Vec<Said> = (0..9).map(|n| said(n % 2, "Es fehlt ein Schwimmkurs.")).collect();
        assert_eq!(patterns(&two), []);
        let people: Vec<Said> = (0..9).map(|n| said(n, "Der Mutter fehlt Zeit. Kind A2 fehlt.")).collect();
        assert_eq!(patterns(&people), [], "people are no gap of the quarter");
        assert_eq!(format!("{:?}", all[0]), "Said(…)");
    }
}
