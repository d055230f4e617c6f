// SPDX-License-Identifier: EUPL-1.2
//! Which sums bodies, planners and coordination may see: not what could be one family, not what is one agency's, and not
//! what one of them could work out by taking one page from another (N10, § 64(3), § 103 SGB VIII).
//!
//! Three attacks are met here and nowhere else. A *small sum* has too few people behind it, or one of them, or one
//! agency, has nearly all of it: it is hidden. A *difference of two days* is a sum, too: books are seen as of the end of
//! a closed quarter, and a pot moves on to the next end only when what happened in between may itself be seen.
//! A *difference of two cells* is a sum, too: what stands beside a total hides with a second one, and a total that has no
//! such partner is made of what is shown only.

use super::account::Account;
use super::pot::Book;
use crate::access::{Action, Actor, Role, sight};
use crate::kernel::{AgencyId, Balance, Day, RegionId};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A sum of which one agency, or one family, has more than so many hundredths would give it away (dominance, § 64(3)
/// SGB VIII with § 203 StGB: business secrets).
pub const DOMINANT_PERCENT: i128 = 85;
/// Planning and coordination, inside the office: no cell of fewer people.
pub const FEWEST_INSIDE: usize = 3;
/// Committees and steering groups, in which agencies and the public have seats: no cell of fewer people.
pub const FEWEST_OUTSIDE: usize = 5;

/// Months in a quarter.
const QUARTER: i8 = 3;

/// How much must be behind a number before this reader may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Geheimhaltung")]
pub struct Secrecy {
    /// No cell of fewer people.
    pub fewest: usize,
}

/// How numbers of a region, or of everything that the reader sees, are kept from the reader. None for those who see the
/// commissions themselves: their own work, or all of them.
#[must_use]
pub fn secrecy(actor: &Actor, region: Option<RegionId>) -> Option<Secrecy> {
    let (commissions, money) = (sight(actor, Action::SeeCommission), sight(actor, Action::SeeBudget));
    let sees = |region: &RegionId| commissions.regions.contains(region);
    let open = match region {
        _ if commissions.office => true,
        Some(region) => sees(&region),
        None => !money.office && !money.regions.is_empty() && money.regions.iter().all(sees),
    };
    (!open).then_some(Secrecy::at_least(actor))
}

/// A number as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Geschützte Zahl")]
pub enum Shown<T> {
    /// Openly.
    Open(T),
    /// Not, because it could be one family, or would give one away.
    Hidden,
}

impl<T> Shown<T> {
    /// The number, if it is shown.
    pub fn open(self) -> Option<T> {
        match self {
            Self::Open(value) => Some(value),
            Self::Hidden => None,
        }
    }
}

/// What is behind a sum of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Fallzahl hinter einer Summe")]
pub struct Behind {
    /// Cases.
    pub cases: usize,
    /// What the agency, or the case, with most has, in cents.
    pub largest: i64,
    /// What all have, in cents.
    pub sum: i64,
}

impl Behind {
    /// Does one have nearly all of it?
    #[must_use]
    pub const fn is_dominated(&self) -> bool {
        self.sum > 0 && self.largest as i128 * 100 > DOMINANT_PERCENT * self.sum as i128
    }
}

/// Sums by agency and by case, to be asked what is behind them.
#[derive(Debug, Clone, Default)]
struct Tally {
    agencies: BTreeMap<AgencyId, i64>,
    persons: BTreeMap<Uuid, i64>,
    /// Of neither: decided by the office as such.
    own: i64,
}

impl Tally {
    fn add(&mut self, (agency, person): (Option<AgencyId>, Option<Uuid>), cents: i64) {
        if let Some(person) = person {
            *self.persons.entry(person).or_default() += cents;
        }
        match agency {
            Some(agency) => *self.agencies.entry(agency).or_default() += cents,
            None => self.own += cents,
        }
    }

    fn behind(&self) -> Behind {
        let size = |cents: &i64| cents.saturating_abs();
        let largest = self.agencies.values().chain(self.persons.values()).map(size).max().unwrap_or_default();
        let all = self.agencies.values().chain([&self.own]).map(size);
        let sum = all.fold(0, i64::saturating_add);
        Behind { cases: self.persons.len(), largest, sum }
    }
}

impl Secrecy {
    /// What keeps numbers of people from this reader, whatever else the reader sees.
    #[must_use]
    pub fn at_least(actor: &Actor) -> Self {
        let inside = actor.posts.iter().any(|post| post.role.of_office() && post.role != Role::CommitteeMember);
        Self { fewest: if inside { FEWEST_INSIDE } else { FEWEST_OUTSIDE } }
    }

    /// Would a sum with this behind it tell of somebody?
    #[must_use]
    pub const fn hides(self, behind: &Behind) -> bool {
        behind.is_dominated() || (behind.cases > 0 && behind.cases < self.fewest)
    }

    /// Which of these sums may be shown beside their total: none that tells of somebody, and none by which such a one
    /// could be worked out. One hidden sum alone could be found by taking the others from the total, so the next
    /// smallest go with it until enough are hidden together.
    #[must_use]
    pub fn shield(self, sums: &[Behind]) -> Vec<Shown<()>> {
        let mut hidden: Vec<bool> = sums.iter().map(|one| self.hides(one)).collect();
        // A sum of nothing hides nothing.
        let mut order: Vec<usize> = (0..sums.len()).filter(|at| sums[*at].cases > 0 || sums[*at].sum > 0).collect();
        order.sort_by_key(|at| (sums[*at].cases, sums[*at].sum));
        let partners = order.into_iter();
        for next in partners {
            let several = hidden.iter().filter(|one| **one).count() > 1;
            if hidden[next] || !hidden.contains(&true) || (several && !self.hides(&together(sums, &hidden))) {
                continue;
            }
            hidden[next] = true;
        }
        hidden.into_iter().map(|hidden| if hidden { Shown::Hidden } else { Shown::Open(()) }).collect()
    }

    /// The same for bare numbers of cases.
    #[must_use]
    pub fn shield_counts(self, counts: &[usize]) -> Vec<Shown<()>> {
        let behind = |cases: &usize| Behind { cases: *cases, ..Behind::default() };
        self.shield(&counts.iter().map(behind).collect::<Vec<_>>())
    }

    /// As of which end of a quarter a pot may be seen, `until` being the last that is asked for: the book moves on from
    /// one end to the next only when what happened in between tells of nobody.
    #[must_use]
    pub fn published(self, traces: &[Trace], until: Day) -> Published {
        let Some(first) = traces.iter().map(|trace| trace.on).min() else { return Published::AsOf(until) };
        let (mut shown, mut waiting) = (None, Vec::new());
        let mut before = None;
        for end in quarter_ends(first, until) {
            let new = |trace: &&Trace| trace.on <= end && before.is_none_or(|before| trace.on > before);
            waiting.extend(traces.iter().filter(new));
            before = Some(end);
            if !self.tells(&waiting) {
                waiting.clear();
                shown = Some(end);
            }
        }
        match shown {
            // Nothing has happened until then.
            None if first > until => Published::AsOf(until),
            Some(end) => Published::AsOf(end),
            None => Published::Hidden,
        }
    }

    /// Every balance and every difference of two balances is made of ways between two accounts; none may tell.
    fn tells(self, traces: &[&Trace]) -> bool {
        let mut ways: BTreeMap<(Account, Account), Tally> = BTreeMap::new();
        for trace in traces.iter().filter(|trace| !trace.is_frame()) {
            let (way, cents) = trace.signed();
            ways.entry(way).or_default().add((trace.agency, trace.person), cents);
        }
        ways.values().any(|tally| self.hides(&tally.behind()))
    }
}

/// What is behind the sums that are hidden, taken together.
fn together(sums: &[Behind], hidden: &[bool]) -> Behind {
    let of = |pick: fn(&Behind) -> i64| {
        sums.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(move |(one, _)| pick(one))
    };
    let cases = sums.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(one, _)| one.cases).sum();
    Behind { cases, largest: of(|one| one.largest).max().unwrap_or_default(), sum: of(|one| one.sum).sum() }
}

/// Up to when a pot may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Stand für Gremien")]
pub enum Published {
    /// As of the end of this day.
    AsOf(Day),
    /// Not at all: only what was decided about it.
    Hidden,
}

/// What went from one account of a pot to another in a month or a quarter, by whom it concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Bewegung")]
pub struct Trace {
    /// The last day of the month or quarter.
    pub on: Day,
    /// From which account to which.
    pub way: (Account, Account),
    /// Whose money it becomes, if an agency's.
    pub agency: Option<AgencyId>,
    /// The case, or what stands for a single person where there is none.
    pub person: Option<Uuid>,
    /// How much, in cents.
    pub cents: i64,
}

impl Trace {
    /// Plan and top-slice are decided in public, and always shown.
    fn is_frame(&self) -> bool {
        [self.way.0, self.way.1].iter().any(|one| matches!(one, Account::Plan | Account::TopSlice))
    }

    /// The way in one direction; what went back takes off.
    fn signed(&self) -> ((Account, Account), i64) {
        let (from, to) = self.way;
        if from <= to { ((from, to), self.cents) } else { ((to, from), -self.cents) }
    }
}

/// The last day of the quarter that a day lies in.
#[must_use]
pub fn quarter_end(day: Day) -> Day {
    let behind = (QUARTER - day.month() % QUARTER) % QUARTER;
    day.month_start().plus_months(i32::from(behind)).month_end()
}

/// The last quarter that was over before a day.
#[must_use]
pub fn closed_quarter(today: Day) -> Day {
    quarter_end(quarter_end(today).month_start().plus_months(-i32::from(QUARTER)))
}

/// Ends of quarters from the one in which something happened first.
fn quarter_ends(first: Day, until: Day) -> impl Iterator<Item = Day> {
    let next = |end: &Day| Some(quarter_end(end.plus_days(1)));
    std::iter::successors(Some(quarter_end(first)), next).take_while(move |end| *end <= until)
}

/// The book as it may be shown: what was decided as of the day asked for, all else as published.
#[must_use]
pub fn covered(decided: &Book, published: Option<&Book>) -> Book {
    let Book { planned, top_sliced, .. } = *decided;
    Book { planned, top_sliced, ..published.copied().unwrap_or_default() }
}

/// What is behind the parts of a sum, by whatever they are told apart.
#[doc(alias = "Tabellenfelder")]
#[derive(Debug, Clone)]
pub struct Cells<K>(BTreeMap<K, Tally>);

impl<K: Ord> Default for Cells<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Copy> Cells<K> {
    /// Adds what one case brings to a part.
    pub fn add(&mut self, key: K, (agency, case): (AgencyId, Uuid), sum: Balance) {
        self.0.entry(key).or_default().add((Some(agency), Some(case)), sum.cents());
    }

    /// All parts.
    #[must_use]
    pub fn keys(&self) -> BTreeSet<K> {
        self.0.keys().copied().collect()
    }

    /// The parts that must not be shown beside their total.
    #[must_use]
    pub fn hidden(&self, secrecy: Secrecy) -> BTreeSet<K> {
        let sums: Vec<Behind> = self.0.values().map(Tally::behind).collect();
        let shown = secrecy.shield(&sums);
        self.0.keys().zip(shown).filter(|(_, shown)| *shown == Shown::Hidden).map(|(key, _)| *key).collect()
    }
}

#[cfg(test)]
#[path = "shield_tests.rs"]
mod tests;
