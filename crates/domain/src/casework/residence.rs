// SPDX-License-Identifier: EUPL-1.2
//! Where somebody lived, and what it makes a worker ask: an office is responsible for where parents live (§ 86 SGB VIII),
//! so a gap, a move out of the district and parents who live apart are worth a look. Hints only; they stop nothing.

use super::PersonRole;
use crate::access::codes;
use crate::kernel::{Day, PersonId};

codes! {
    /// Has somebody a home?
    #[doc(alias = "Fester Wohnsitz")]
    Home {
        /// They live there.
        Fixed = "fixed",
        /// They have none and are found there (§ 86(4), § 86d SGB VIII: where they actually stay counts).
        Without = "without",
    }
}

/// A stay, as far as the hints need it.
#[derive(Clone)]
#[doc(alias = "Aufenthalt")]
pub struct Stay<'a> {
    /// Who.
    pub person: PersonId,
    /// What they are in the family.
    pub role: PersonRole,
    /// Where, with its spelling settled.
    pub place: &'a str,
    /// Since.
    pub from: Day,
    /// Until, that day included.
    pub until: Option<Day>,
    /// Surely outside of the office's district?
    pub is_elsewhere: bool,
}

/// Where a family lives never reaches a log line.
impl std::fmt::Debug for Stay<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stay(…)")
    }
}

/// What a history of stays makes one ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Hinweis zum Wohnverlauf")]
pub enum StayDoubt {
    /// Nobody wrote down where they lived on these days, both included.
    Gap(PersonId, Day, Day),
    /// They live in another office's district now: who is responsible (§ 86, § 86c SGB VIII)?
    Elsewhere(PersonId),
    /// The parents live apart: § 86(2) to (5) SGB VIII.
    ParentsApart,
}

/// What is to be asked about the stays of a case.
#[must_use]
pub fn stay_doubts(stays: &[Stay<'_>], today: Day) -> Vec<StayDoubt> {
    let mut people: Vec<PersonId> = stays.iter().map(|stay| stay.person).collect();
    people.sort_unstable();
    people.dedup();
    let mut doubts: Vec<StayDoubt> = people.iter().flat_map(|person| gaps(stays, *person, today)).collect();
    let now: Vec<&Stay<'_>> = people.iter().filter_map(|person| current(stays, *person, today)).collect();
    doubts.extend(now.iter().filter(|stay| stay.is_elsewhere).map(|stay| StayDoubt::Elsewhere(stay.person)));
    let mut parents = now.iter().filter(|stay| matches!(stay.role, PersonRole::Mother | PersonRole::Father));
    if let Some(first) = parents.next()
        && parents.any(|other| other.place != first.place)
    {
        doubts.push(StayDoubt::ParentsApart);
    }
    doubts
}

/// The days between two stays on which nobody knows where somebody was.
fn gaps(stays: &[Stay<'_>], person: PersonId, today: Day) -> Vec<StayDoubt> {
    let mut mine: Vec<&Stay<'_>> = stays.iter().filter(|stay| stay.person == person).collect();
    mine.sort_by_key(|stay| stay.from);
    let (mut gaps, mut last) = (Vec::new(), None);
    for stay in mine {
        if let Some(Some(last)) =
            last.filter(|last: &Option<Day>| last.is_some_and(|last| last.plus_days(1) < stay.from))
        {
            gaps.push(StayDoubt::Gap(person, last.plus_days(1), stay.from.plus_days(-1)));
        }
        last = Some(match last {
            // A stay without an end lasts.
            Some(None) => None,
            Some(Some(last)) => stay.until.map(|until| until.max(last)),
            None => stay.until,
        });
    }
    if let Some(Some(last)) = last.filter(|last| last.is_some_and(|last| last < today)) {
        gaps.push(StayDoubt::Gap(person, last.plus_days(1), today));
    }
    gaps
}

/// Where somebody lives today: of several stays the one begun last.
fn current<'a, 'b>(stays: &'a [Stay<'b>], person: PersonId, today: Day) -> Option<&'a Stay<'b>> {
    let lasts = |stay: &&Stay<'_>| stay.from <= today && stay.until.is_none_or(|until| until >= today);
    stays.iter().filter(|stay| stay.person == person).filter(lasts).max_by_key(|stay| stay.from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn who(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn stay<'a>(person: u128, role: PersonRole, place: &'a str, from: &str, until: &str) -> Stay<'a> {
        let is_elsewhere = place.contains("München");
        Stay { person: who(person), role, place, from: day(from), until: Day::parse(until).ok(), is_elsewhere }
    }

    #[test]
    fn a_gap_is_told_with_its_days() {
        let child = |from: &str, until: &str| stay(1, PersonRole::Child, "Lindenweg 3", from, until);
        let doubts = |stays: &[Stay<'_>]| stay_doubts(stays, day("2026-11-24"));
        assert_eq!(doubts(&[child("2025-01-01", "2025-06-30"), child("2025-07-01", "")]), []);
        let gap = StayDoubt::Gap(who(1), day("2025-07-01"), day("2025-07-31"));
        assert_eq!(doubts(&[child("2025-08-01", ""), child("2025-01-01", "2025-06-30")]), [gap]);
        // A longer stay covers what a shorter one leaves open.
        let long = child("2024-01-01", "2025-12-31");
        assert_eq!(doubts(&[long, child("2025-01-01", "2025-02-01"), child("2026-01-01", "")]), []);
        let since = StayDoubt::Gap(who(1), day("2026-11-01"), day("2026-11-24"));
        assert_eq!(doubts(&[child("2025-01-01", "2026-10-31")]), [since]);
    }

    #[test]
    fn a_move_and_parents_apart_are_asked_about() {
        let mother = |place| stay(1, PersonRole::Mother, place, "2026-01-01", "");
        let father = |place| stay(2, PersonRole::Father, place, "2026-01-01", "");
        let doubts = |stays: &[Stay<'_>]| stay_doubts(stays, day("2026-11-24"));
        assert_eq!(doubts(&[mother("Lindenweg 3"), father("Lindenweg 3")]), []);
        assert_eq!(doubts(&[mother("Lindenweg 3"), father("Heideweg 1")]), [StayDoubt::ParentsApart]);
        assert_eq!(doubts(&[mother("Am Bach 1, München")]), [StayDoubt::Elsewhere(who(1))]);
        // Where somebody lived before asks nothing.
        let before = stay(1, PersonRole::Mother, "Am Bach 1, München", "2020-01-01", "2025-12-31");
        assert_eq!(doubts(&[before, mother("Lindenweg 3")]), []);
    }
}
