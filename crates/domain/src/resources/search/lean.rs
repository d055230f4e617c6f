// SPDX-License-Identifier: EUPL-1.2
//! The few numbers of a card that a search asks of very many cards, close together in memory; and what is asked of them.
//! They only ever answer "surely" or "surely not": where they cannot, the entry itself is asked.

use super::super::consent::Viewer;
use super::super::words::{Barrier, Basis, CardKind, Language, Topic, Visibility};
use super::index::{Entry, bit};
use super::question::{Asked, Filter};
use crate::kernel::{Day, SpaceId};

/// Who sees a card on every day, whatever else is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plain {
    /// Nobody: the slot is dead.
    Dead,
    /// Its entry has to be asked.
    Ask,
    /// Everybody.
    Public,
    /// All professionals.
    Professionals,
}

/// A card's numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lean {
    plain: Plain,
    kind: CardKind,
    free: bool,
    /// The number of its space, from 1; 0 without one.
    space: u32,
    ages: (i16, i16),
    topics: u32,
    basis: u32,
    languages: u32,
    barriers: u32,
    /// The number of the last day on which any of its times goes on; the highest, if they never end.
    last: i32,
}

impl Lean {
    /// Does everybody see it, on every day?
    pub fn is_open(&self) -> bool {
        self.plain == Plain::Public
    }

    /// Of an entry; `space` is the number of its space.
    pub fn of(entry: &Entry, space: u32) -> Self {
        let seen = &entry.seen;
        let always = seen.consent.is_none() && !seen.of_person && seen.ended_on.is_none();
        let last = entry.times.iter().map(|time| time.last_day().map_or(i32::MAX, Day::number)).max();
        let plain = match seen.visibility {
            Visibility::Public if always => Plain::Public,
            Visibility::Professionals if always => Plain::Professionals,
            _ => Plain::Ask,
        };
        let age = |age: Option<i64>, other: i16| age.map_or(other, |age| i16::try_from(age).unwrap_or(i16::MAX));
        Self {
            plain,
            kind: entry.kind,
            free: entry.free_places.is_some_and(|places| places > 0),
            space,
            ages: (age(entry.ages.0, i16::MIN), age(entry.ages.1, i16::MAX)),
            topics: entry.topics,
            basis: entry.basis,
            languages: entry.languages,
            barriers: entry.barriers,
            last: last.unwrap_or(i32::MAX),
        }
    }

    /// Of a slot that holds no card any more.
    pub fn died(self) -> Self {
        Self { plain: Plain::Dead, ..self }
    }
}

/// What a question asks of the numbers.
pub(super) struct Sieve {
    /// All of these bits have to be met where they are not zero.
    topic: u32,
    basis: u32,
    language: u32,
    barrier: u32,
    kind: Option<CardKind>,
    free: bool,
    age: Option<i16>,
    /// The number of the space; of one that no card has, the highest.
    space: Option<u32>,
    professional: bool,
    /// What is over before this day is not asked for.
    today: i32,
    /// Something is asked that the numbers do not know.
    more: bool,
}

impl Sieve {
    /// Of a question; `number` says which number a space has.
    pub fn of(asked: &Asked, viewer: &Viewer, number: impl Fn(SpaceId) -> Option<u32>) -> Self {
        let Filter {
            topic,
            basis,
            kind,
            age,
            language,
            no_steps,
            free_places,
            open_at,
            space,
            near,
            stale,
            closed,
            ..
        } = &asked.filter;
        let one = |bits: Option<u32>| bits.unwrap_or_default();
        Self {
            topic: one(topic.map(|topic| bit(Topic::ALL, &topic))),
            basis: one(basis.map(|basis| bit(Basis::ALL, &basis))),
            language: one(language.map(|language| bit(Language::ALL, &language))),
            barrier: one(no_steps.then(|| bit(Barrier::ALL, &Barrier::NoSteps))),
            kind: *kind,
            free: *free_places,
            age: age.map(|age| i16::try_from(age.clamp(-1, 30_000)).unwrap_or_default()),
            space: space.map(|space| number(space).unwrap_or(u32::MAX)),
            professional: viewer.professional,
            today: if *closed { i32::MIN } else { asked.today.number() },
            more: open_at.is_some() || near.is_some() || *stale,
        }
    }

    /// Does a card fit? Nothing if its entry has to be asked.
    pub fn takes(&self, lean: &Lean) -> Option<bool> {
        let meets = |asked: u32, bits: u32| asked == 0 || asked & bits != 0;
        let may = lean.plain != Plain::Dead
            && self.today <= lean.last
            && self.space.is_none_or(|space| space == lean.space)
            && meets(self.topic, lean.topics)
            && meets(self.basis, lean.basis)
            && meets(self.language, lean.languages)
            && meets(self.barrier, lean.barriers)
            && self.kind.is_none_or(|kind| kind == lean.kind)
            && (!self.free || lean.free)
            && self.age.is_none_or(|age| lean.ages.0 <= age && age <= lean.ages.1);
        let seen = lean.plain == Plain::Public || (lean.plain == Plain::Professionals && self.professional);
        match may {
            false => Some(false),
            true if seen && !self.more => Some(true),
            true => None,
        }
    }
}
