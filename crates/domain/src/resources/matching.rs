// SPDX-License-Identifier: EUPL-1.2
//! From what is wanted to cards that fit, with reasons. What is wanted are words, filters and places: no case, no
//! family, no person (N2). Who keeps a card, and for which agency, is not among what is compared: there is no field for
//! it, so that nothing can be ranked by it (§ 5 SGB VIII).

use super::consent::Viewer;
use super::fit::{Candidate, Fit, Match, Reach, Step, WantedTime, straight, walking_minutes};
use super::search::{Asked, Filter, Hit, How, Index, Why, words};
use super::times::Schedule;
use super::words::{Barrier, CardKind, CostKind, Language, Topic};
use crate::kernel::{CardId, Day, Rule, SpaceId, fold};
use crate::territory::Point;
use std::collections::HashMap;

/// What is near comes first: neighbours, groups, offers, and only then help that the office pays for (Lüttringhaus: own
/// resources, those around, institutions, paid help). Within a step: what fits the words, what is within reach, what is
/// fresh, what is close.
pub const MATCH_ORDER: Rule = Rule::new("match.order", "§ 27(2), § 80(2) Nr. 1 SGB VIII; Fachkonzept: Eigenes zuerst");
/// The name of a private person does not go from a card into the file of a case.
pub const MATCH_WITHOUT_NAME: Rule = Rule::new("match.without_name", "Art. 5(1)(c) DSGVO; § 62 SGB VIII");
/// What was turned down has a reason, so that nobody proposes it again.
pub const MATCH_WHY_MISSING: Rule = Rule::new("match.why_missing", "§ 36(1) SGB VIII: Beteiligung");

/// From this minute of the day on it is evening: 17:00.
const EVENING: i32 = 17 * 60;
/// Shown at most.
pub const MATCHES_SHOWN: usize = 40;
/// Cards weighed for one word.
const WEIGHED: usize = 1_000;
/// Words looked for at most.
const MOST_WORDS: usize = 12;

/// What is wanted.
#[derive(Debug, Clone, Default)]
#[doc(alias = "Gesuchtes")]
pub struct Want {
    /// In words.
    pub words: String,
    /// Topic.
    pub topic: Option<Topic>,
    /// Kind.
    pub kind: Option<CardKind>,
    /// For somebody of this age, in years.
    pub age: Option<i64>,
    /// Language.
    pub language: Option<Language>,
    /// Without steps.
    pub no_steps: bool,
    /// With free places.
    pub free_places: bool,
    /// When.
    pub time: Option<WantedTime>,
    /// In this space only.
    pub space: Option<SpaceId>,
    /// The space of everyday life, to say what lies behind its border.
    pub home: Option<SpaceId>,
    /// Distances start here.
    pub from: Option<Point>,
    /// No further than so many metres.
    pub metres: Option<i64>,
    /// Places of the lived space.
    pub reach: Vec<Reach>,
    /// Only what is within reach.
    pub only_reach: bool,
}

/// The words of a sentence that say what is looked for: without little words, numbers, and the names of people.
#[must_use]
pub fn telling_words(sentence: &str, names: &[String]) -> String {
    let named: Vec<String> = names.iter().flat_map(|name| words(name)).collect();
    let mut seen: Vec<String> = Vec::new();
    let telling = |word: &&str| {
        let folded = fold(word);
        let says = !words(word).is_empty() && folded.chars().any(char::is_alphabetic) && folded.chars().count() > 2;
        // `Leylas` is Leyla's.
        let name = named.iter().any(|name| folded == *name || folded.strip_suffix('s') == Some(name));
        let new = says && !name && !HOLLOW.contains(&folded.as_str()) && !seen.contains(&folded);
        if new {
            seen.push(folded);
        }
        new
    };
    let all = sentence.split(|c: char| !c.is_alphanumeric() && c != '-').filter(telling);
    all.take(MOST_WORDS).collect::<Vec<_>>().join(" ")
}

/// Words of goals that no card is found by, folded.
const HOLLOW: &[&str] = &[
    "lernt",
    "lernen",
    "woche",
    "wochen",
    "monat",
    "monate",
    "mal",
    "stunde",
    "stunden",
    "uhr",
    "wieder",
    "jedem",
    "weiss",
    "immer",
    "allein",
    "selbst",
    "beide",
    "beiden",
    "zwei",
    "drei",
    "vier",
    "acht",
    "zehn",
    "januar",
    "februar",
    "maerz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "sommer",
    "winter",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "morgen",
    "heute",
    "tagen",
    "tage",
    "mama",
    "papa",
    "mutter",
    "vater",
    "kind",
    "kinder",
    "kindern",
    "familie",
    "dass",
    "weil",
    "hin",
    "bleibt",
    "komme",
    "kommt",
    "gehe",
    "geht",
    "gehen",
    "zuhause",
    "hause",
    "dort",
    "alles",
    "keiner",
    "jemand",
    "jemanden",
    "etwas",
    "zusammen",
];

impl Want {
    fn asked(&self, text: &str, today: Day) -> Asked {
        let filter = Filter {
            topic: self.topic,
            kind: self.kind,
            age: self.age,
            language: self.language,
            no_steps: self.no_steps,
            free_places: self.free_places,
            space: self.space,
            near: self.from.zip(self.metres),
            ..Filter::default()
        };
        Asked { text: text.to_owned(), filter, today, after: None, limit: WEIGHED, places: false }
    }

    fn weighed(&self) -> Vec<String> {
        let mut all = words(&self.words);
        all.dedup();
        all.truncate(MOST_WORDS);
        all
    }

    /// Is nothing asked for?
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.weighed().is_empty() && self.topic.is_none()
    }

    /// The reach in which a point lies.
    fn reach_of(&self, point: Option<Point>) -> Option<usize> {
        let point = point?;
        self.reach.iter().position(|reach| straight(reach.around, point) <= reach.metres)
    }

    /// The best cards for the words, with the words found on each. Each word is asked for alone: of a sentence mostly
    /// one word finds, and which one is not known before.
    #[must_use]
    pub fn candidates(&self, index: &Index, viewer: &Viewer, today: Day) -> Vec<(CardId, i64, Vec<Why>)> {
        let weighed = self.weighed();
        if weighed.is_empty() {
            return index
                .ask(&self.asked("", today), viewer)
                .hits
                .into_iter()
                .map(|hit| (hit.id, 0, Vec::new()))
                .collect();
        }
        let mut sums: HashMap<CardId, (i64, Vec<Why>)> = HashMap::new();
        for word in &weighed {
            let surely = |hit: &Hit| hit.why.iter().any(|why| why.how != How::Slip);
            for hit in index.ask(&self.asked(word, today), viewer).hits.into_iter().filter(surely) {
                let sum = sums.entry(hit.id).or_default();
                sum.0 += hit.rank;
                sum.1.extend(hit.why);
            }
        }
        // What fits less than a quarter as well as the best is noise, and would stand before it where it is nearer.
        let best = sums.values().map(|(sum, _)| *sum % PER_WORD).max().unwrap_or_default();
        let mut all: Vec<_> = sums.into_iter().map(|(id, (sum, why))| (id, sum % PER_WORD, why)).collect();
        all.retain(|(_, worth, _)| worth * 4 >= best);
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        all
    }

    /// Does the time on the card suit, and when does it take place?
    fn suits(&self, times: &[Schedule], today: Day) -> bool {
        let Some(wanted) = self.time else { return true };
        times.iter().any(|time| match wanted {
            WantedTime::Evening => time.to.unwrap_or(time.from + 60) > EVENING && !time.is_over(today),
            WantedTime::Weekend => {
                (0..28).map(|ahead| today.plus_days(ahead)).any(|day| is_weekend(day) && time.is_on(day))
            }
        })
    }

    /// Puts candidates in order and says why. `worth`: how well the words fit, with the words found.
    #[must_use]
    pub fn order(&self, cards: &[(Candidate<'_>, i64, Vec<String>)], today: Day) -> Vec<Match> {
        let mut all: Vec<_> =
            cards.iter().filter_map(|(card, worth, found)| self.weigh(card, *worth, found, today)).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.into_iter().map(|(_, one)| one).take(MATCHES_SHOWN).collect()
    }

    fn weigh(&self, card: &Candidate<'_>, worth: i64, found: &[String], today: Day) -> Option<(Place, Match)> {
        let reach = self.reach_of(card.point);
        if !self.suits(&card.content.times, today) || (self.only_reach && reach.is_none()) {
            return None;
        }
        let metres = self.from.zip(card.point).map(|(from, to)| straight(from, to));
        let stale = card.due_on < today;
        let step = card.content.step();
        let far = metres.unwrap_or(i64::MAX);
        let place = (step, -worth, reach.is_none(), stale, far, fold(card.content.name.as_str()), card.id);
        Some((place, Match { id: card.id, step, why: self.reasons(card, (found, reach, metres), today), metres }))
    }

    fn reasons(&self, card: &Candidate<'_>, (found, reach, metres): Known<'_>, today: Day) -> Vec<Fit> {
        let content = card.content;
        let days = today.number() - card.confirmed_on.number();
        let spoken = self.language.filter(|one| content.languages.contains(one));
        let beyond = reach.is_some() && self.home.is_some() && card.space.is_some() && card.space != self.home;
        let mut why: Vec<Fit> = found.iter().cloned().map(Fit::Word).collect();
        why.extend(spoken.map(Fit::Language));
        why.extend(self.age.filter(|_| content.age_from.is_some() || content.age_to.is_some()).map(Fit::Age));
        why.extend(reach.map(Fit::InReach));
        why.extend(beyond.then_some(Fit::BeyondBorder));
        why.extend(metres.map(|metres| Fit::Walk(walking_minutes(metres), metres)));
        why.extend(self.time.map(Fit::Time));
        why.extend((self.no_steps && content.barriers.contains(&Barrier::NoSteps)).then_some(Fit::NoSteps));
        why.extend(content.free_places.filter(|places| *places > 0).map(Fit::FreePlaces));
        why.extend(content.waiting.filter(|waiting| *waiting > 0).map(Fit::Waiting));
        why.extend((content.cost == Some(CostKind::Free)).then_some(Fit::Free));
        why.push(if card.due_on < today { Fit::Stale(days) } else { Fit::Confirmed(days) });
        why
    }
}

/// A word more on the card counts so much in the search.
const PER_WORD: i64 = 1_000_000;

/// Where a match stands: [`MATCH_ORDER`].
type Place = (Step, i64, bool, bool, i64, String, CardId);
/// What is known of a card: words found, reach, metres.
type Known<'a> = (&'a [String], Option<usize>, Option<i64>);

fn is_weekend(day: Day) -> bool {
    // Day 0 is 1970-01-01, a Thursday.
    matches!((day.number() + 3).rem_euclid(7), 5 | 6)
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
