// SPDX-License-Identifier: EUPL-1.2
//! The street directory as an index: from street and house number to the key of the space.

use super::findings::{Finding, RANGES_OVERLAP};
use super::house::{HouseNumber, Postcode, Single};
use super::space::SpaceKey;
use super::streets::{Span, StreetRange};
use crate::kernel::{Line, fold};
use std::collections::{BTreeMap, BTreeSet};

/// With so many of the ranges behind it in the street a range is compared; no street has more districts,
/// and a table of one street repeated endlessly must not keep the machine busy.
const MOST_NEIGHBOURS: usize = 200;

/// What is known of an address for looking up a street.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "Straßenadresse")]
pub struct StreetAddress {
    /// The street's name as written.
    pub street: Line,
    /// The house number, if there is one.
    pub number: Option<HouseNumber>,
    /// The postcode, if known; tells equal street names apart.
    pub postcode: Option<Postcode>,
    /// The place, if known; tells equal street names apart.
    pub place: Option<Line>,
}

/// What the directory knows of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Straßentreffer")]
pub enum StreetFound {
    /// It belongs to this key.
    In(SpaceKey),
    /// Several keys are possible, in order.
    Ambiguous(Vec<SpaceKey>),
    /// The street is known, but not this number.
    NumberUnknown,
    /// The street is not known, or not in this postcode or place.
    StreetUnknown,
}

/// The street directory, ready for look-ups.
#[derive(Debug, Clone, Default)]
#[doc(alias = "Straßenverzeichnis")]
pub struct StreetDirectory {
    by_street: BTreeMap<String, Vec<Entry>>,
    /// The towns of each postcode, as far as the table tells, settled.
    towns: BTreeMap<Postcode, BTreeSet<String>>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: Line,
    postcode: Option<Postcode>,
    place: Option<String>,
    odd: Option<Span>,
    even: Option<Span>,
    key: SpaceKey,
}

/// How well a range fits a number: a range whose end names an addition of just this number knows it
/// better than one that only passes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Passing,
    Named,
}

impl StreetDirectory {
    /// Makes ranges ready.
    #[must_use]
    pub fn build(ranges: &[StreetRange]) -> Self {
        let mut by_street: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        let mut towns: BTreeMap<Postcode, BTreeSet<String>> = BTreeMap::new();
        for range in ranges {
            if let Some((code, town)) = range.postcode.as_ref().zip(range.place.as_ref()) {
                towns.entry(code.clone()).or_default().insert(fold(town.as_str()));
            }
            by_street.entry(street_key(range.street.as_str())).or_default().push(Entry {
                name: range.street.clone(),
                postcode: range.postcode.clone(),
                place: range.place.as_ref().map(|place| fold(place.as_str())),
                odd: range.odd.clone(),
                even: range.even.clone(),
                key: range.key.clone(),
            });
        }
        Self { by_street, towns }
    }

    /// Does a postcode belong to a town? Nothing if the directory does not know the postcode.
    #[must_use]
    pub fn belongs(&self, postcode: &Postcode, town: &str) -> Option<bool> {
        self.towns.get(postcode).map(|towns| towns.contains(&fold(town)))
    }

    /// Is an address with this postcode, or in this town, surely none of the district? A directory that tells neither
    /// knows of none.
    #[must_use]
    pub fn is_elsewhere(&self, postcode: Option<&Postcode>, town: Option<&str>) -> bool {
        match (postcode, town.map(fold)) {
            _ if self.towns.is_empty() => false,
            (Some(code), _) => !self.towns.contains_key(code),
            (None, Some(town)) => !self.towns.values().any(|towns| towns.contains(&town)),
            (None, None) => false,
        }
    }

    /// Every key that occurs, in order.
    #[must_use]
    pub fn keys(&self) -> Vec<SpaceKey> {
        let keys: BTreeSet<&SpaceKey> = self.by_street.values().flatten().map(|entry| &entry.key).collect();
        keys.into_iter().cloned().collect()
    }

    /// Looks an address up. Never guesses: where the entries differ, all of them are named.
    #[must_use]
    pub fn find(&self, address: &StreetAddress) -> StreetFound {
        let (street, place) =
            (street_key(address.street.as_str()), address.place.as_ref().map(|place| fold(place.as_str())));
        match self.keys_of(&street, address.number.as_ref(), address.postcode.as_ref(), place.as_deref()) {
            None => StreetFound::StreetUnknown,
            Some(keys) => answer(keys),
        }
    }

    /// The keys that the numbers of a street belong to, in order; none if the number is unknown, `None` if the street
    /// is. Street and place come in their settled spelling.
    pub(super) fn keys_of(
        &self,
        street: &str,
        number: Option<&HouseNumber>,
        postcode: Option<&Postcode>,
        place: Option<&str>,
    ) -> Option<Vec<&SpaceKey>> {
        let entries = right_place(self.by_street.get(street)?.iter().collect(), postcode, place);
        if entries.is_empty() {
            return None;
        }
        let Some(number) = number else {
            let keys: BTreeSet<&SpaceKey> = entries.iter().map(|entry| &entry.key).collect();
            return Some(keys.into_iter().collect());
        };
        let mut keys = Vec::new();
        for end in number.ends() {
            let fits = || entries.iter().filter_map(|entry| Some((entry.fit(end)?, &entry.key)));
            let best = fits().map(|(fit, _)| fit).max();
            keys.extend(fits().filter(|(fit, _)| Some(*fit) == best).map(|(_, key)| key));
        }
        keys.sort_unstable();
        keys.dedup();
        Some(keys)
    }

    /// Every street in its settled spelling.
    pub(super) fn street_keys(&self) -> impl Iterator<Item = &String> {
        self.by_street.keys()
    }

    /// The stretches of a street: name as written, postcode, place, numbers of one side.
    pub(super) fn stretches(&self, street: &str, odd: bool) -> Vec<Stretch<'_>> {
        let entries = self.by_street.get(street).map(Vec::as_slice).unwrap_or_default();
        let with = |entry: &'_ Entry| if odd { entry.odd.clone() } else { entry.even.clone() };
        let spans = entries.iter().map(|entry| (entry, with(entry)));
        spans
            .filter_map(|(Entry { name, postcode, place, .. }, span)| {
                Some(Stretch { name, postcode: postcode.as_ref(), place: place.as_deref(), span: span? })
            })
            .collect()
    }
}

/// Numbers of one side of a street as an entry has them.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    pub(super) name: &'a Line,
    pub(super) postcode: Option<&'a Postcode>,
    pub(super) place: Option<&'a str>,
    pub(super) span: Span,
}

fn answer(keys: Vec<&SpaceKey>) -> StreetFound {
    match keys[..] {
        [] => StreetFound::NumberUnknown,
        [key] => StreetFound::In(key.clone()),
        _ => StreetFound::Ambiguous(keys.into_iter().cloned().collect()),
    }
}

/// Entries of the address's postcode and place. The postcode decides; place names are written in too
/// many ways to refuse an address for them once the postcode fits.
fn right_place<'a>(mut entries: Vec<&'a Entry>, postcode: Option<&Postcode>, place: Option<&str>) -> Vec<&'a Entry> {
    let mut postcode_fits = false;
    if let Some(postcode) = postcode {
        entries.retain(|entry| entry.postcode.as_ref().is_none_or(|other| other == postcode));
        postcode_fits = entries.iter().any(|entry| entry.postcode.is_some());
    }
    let Some(place) = place else { return entries };
    let fits = |entry: &&Entry| entry.place.as_ref().is_none_or(|other| *other == place);
    let here: Vec<&Entry> = entries.iter().copied().filter(|entry| fits(entry)).collect();
    if here.is_empty() && postcode_fits { entries } else { here }
}

impl Entry {
    fn fit(&self, single: &Single) -> Option<Fit> {
        let span = if single.is_odd() { &self.odd } else { &self.even };
        span.as_ref().and_then(|span| fit(span, single))
    }
}

fn fit(span: &Span, single: &Single) -> Option<Fit> {
    let place = (Some(single.number), single.addition.as_str());
    let after_start = (span.from.number, span.from.addition.as_str()) <= place;
    let before_end = match span.to.number {
        None => true,
        Some(last) if last == single.number => {
            span.to.addition.is_empty() || single.addition.as_str() <= span.to.addition.as_str()
        }
        Some(last) => single.number < last,
    };
    let names = |end: &super::streets::Bound| end.number == Some(single.number) && !end.addition.is_empty();
    let named = names(&span.from) || names(&span.to);
    (after_start && before_end).then_some(if named { Fit::Named } else { Fit::Passing })
}

/// One spelling for all: `Müller-Str.`, `Müllerstraße` and `Mueller Strasse` are the same street.
///
/// Blanks and hyphens fall away, so `Neue Straße` and `Neuestraße` are one as well; where a town has
/// both, the look-up finds several keys and asks.
pub(super) fn street_key(name: &str) -> String {
    let folded = fold(name);
    let word = |word: &str| match word {
        "st" => "sankt".to_owned(),
        "pl" => "platz".to_owned(),
        word if word.ends_with("strasse") => word[..word.len() - 4].to_owned(),
        word => word.to_owned(),
    };
    folded.split(' ').map(word).collect()
}

/// Ranges of one street that share numbers but not their key.
pub(super) fn overlaps(ranges: &[StreetRange]) -> Vec<Finding> {
    let mut by_street: BTreeMap<String, Vec<&StreetRange>> = BTreeMap::new();
    for range in ranges {
        by_street.entry(street_key(range.street.as_str())).or_default().push(range);
    }
    let mut findings = Vec::new();
    for street in by_street.values() {
        for odd in [true, false] {
            let side = |range: &StreetRange| if odd { range.odd.clone() } else { range.even.clone() };
            let mut spans: Vec<(&StreetRange, Span)> =
                street.iter().filter_map(|range| Some((*range, side(range)?))).collect();
            spans.sort_by(|a, b| (&a.1.from, a.0.row).cmp(&(&b.1.from, b.0.row)));
            for (at, (one, span)) in spans.iter().enumerate() {
                let later = spans[at + 1..].iter().take(MOST_NEIGHBOURS);
                let mut later = later.take_while(|(_, other)| !lies_behind(other, span));
                // One finding for each row is enough to mend it.
                if let Some((other, _)) = later.find(|(other, _)| clash(one, other)) {
                    let place = format!("Datei -ra, Zeile {}", other.row);
                    let params: [&dyn std::fmt::Display; 4] = [&other.street.as_str(), &one.row, &one.key, &other.key];
                    findings.push(RANGES_OVERLAP.at(place, &params));
                }
            }
        }
    }
    findings
}

/// Does the range begin after the end of the earlier one? If it names an addition of the number at
/// which the earlier one ends, it takes its numbers from there and nothing is unclear.
fn lies_behind(range: &Span, earlier: &Span) -> bool {
    match (range.from.number, earlier.to.number) {
        (Some(first), Some(last)) if first == last => {
            let (first, last) = (&range.from.addition, &earlier.to.addition);
            if last.is_empty() { !first.is_empty() } else { first > last }
        }
        (Some(first), Some(last)) => first > last,
        _ => false,
    }
}

fn clash(one: &StreetRange, other: &StreetRange) -> bool {
    let postcodes = one.postcode.as_ref().zip(other.postcode.as_ref());
    let places = one.place.as_ref().zip(other.place.as_ref());
    let elsewhere =
        postcodes.is_some_and(|(a, b)| a != b) || places.is_some_and(|(a, b)| fold(a.as_str()) != fold(b.as_str()));
    one.key != other.key && !elsewhere
}
