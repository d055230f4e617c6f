// SPDX-License-Identifier: EUPL-1.2
//! Words of contacts about people: who reads them, how they are put right, when they go.
//!
//! A contact is proof of work: day, kind and hours stay. Who was met and what was said is about people of the quarter
//! who never asked to stand in a file; it is for those who work in the network, may be put right or go at any time
//! (Art. 16, 17 GDPR), and goes by itself after [`WORDS_YEARS`].

use crate::access::{Action, Actor, Standing, permit};
use crate::kernel::{Day, Line, Note, Refusal, Rule, UserId};

/// Put right or erased after the words were gone.
pub const WORDS_GONE: Rule = Rule::new("network.words_gone", "Art. 17 DSGVO");

/// Words go at the end of this year after the one in which they were said: as long as offices prove their case-independent
/// work in yearly reports and a three-year plan looks back on it (§ 80 SGB VIII).
pub const WORDS_YEARS: i16 = 3;

/// The last day on which words said on a day are kept.
#[must_use]
#[doc(alias = "Löschtag")]
pub fn words_until(said: Day) -> Day {
    said.year_end().plus_months(12 * i32::from(WORDS_YEARS))
}

/// Words said before this day are gone today.
#[must_use]
pub fn words_since(today: Day) -> Day {
    today.year_start().plus_months(-12 * i32::from(WORDS_YEARS))
}

/// Whoever works in the network reads all words; everybody else only their own. A project is seen by many more people
/// than the network is, and must be no way around (§ 64(1) SGB VIII).
#[must_use]
pub fn reads_words(reader: &Actor, author: UserId) -> bool {
    reader.user == author || permit(reader, Action::SeeNetwork, Standing::Office).is_ok()
}

/// May this person put the words of a contact right, or let them go?
#[must_use]
pub fn tends_words(reader: &Actor, author: UserId) -> bool {
    reader.user == author || permit(reader, Action::TendNetwork, Standing::Office).is_ok()
}

/// Words of a contact as they are right.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Berichtigung")]
pub struct Correction {
    /// With whom.
    pub person: Option<Line>,
    /// What came of it.
    pub result: Note,
    /// When to speak again.
    pub next_on: Option<Day>,
}

impl Correction {
    /// Is there still something to put right?
    ///
    /// # Errors
    /// [`WORDS_GONE`], [`super::NEXT_BEFORE_CONTACT`].
    pub fn check(&self, said: Day, erased: Option<Day>) -> Result<(), Refusal> {
        if erased.is_some() {
            return Err(WORDS_GONE.broken());
        }
        if self.next_on.is_some_and(|next| next <= said) {
            return Err(super::NEXT_BEFORE_CONTACT.broken_at("next_on"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_at_the_end_of_the_third_year_after() {
        let day = |text: &str| Day::parse(text).unwrap();
        for said in ["2026-01-01", "2026-11-23", "2026-12-31"] {
            assert_eq!(words_until(day(said)), day("2029-12-31"), "{said}");
        }
        // On the last day they are there, on the next they are not.
        assert!(words_since(day("2029-12-31")) <= day("2026-01-01"));
        assert!(words_since(day("2030-01-01")) > day("2026-12-31"));
    }

    #[test]
    fn what_is_gone_is_not_put_right() {
        let day = |text: &str| Day::parse(text).unwrap();
        let right = |next: Option<&str>| Correction {
            person: None,
            result: Note::parse("Der Kiosk hängt den Zettel auf.").unwrap(),
            next_on: next.map(day),
        };
        let said = day("2026-11-20");
        assert_eq!(right(Some("2026-11-21")).check(said, None), Ok(()));
        assert_eq!(right(None).check(said, Some(said)), Err(WORDS_GONE.broken()));
        assert!(right(Some("2026-11-20")).check(said, None).is_err());
    }
}
