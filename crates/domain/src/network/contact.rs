// SPDX-License-Identifier: EUPL-1.2
//! One contact of case-independent or cross-case work: when, with whom, how long, what came of it.

use crate::access::codes;
use crate::kernel::{Day, Line, Note, PartnerId, ProjectId, Refusal, Rule, SpaceId};

/// A contact that is still to come.
pub const CONTACT_IN_FUTURE: Rule = Rule::new("network.contact_in_future", "Nachweis der Arbeit");
/// The next contact would be before this one.
pub const NEXT_BEFORE_CONTACT: Rule = Rule::new("network.next_before_contact", "Kontaktpflege");
/// Hours that cannot be read.
pub const HOURS_UNREADABLE: Rule = Rule::new("network.hours_unreadable", "Nachweis der Arbeit");
/// More than one contact can take.
pub const HOURS_TOO_MANY: Rule = Rule::new("network.hours_too_many", "Nachweis der Arbeit");

/// One contact is no longer than a day, in minutes.
const LONGEST: i64 = 24 * 60;

codes! {
    /// Which column of the work (Düsseldorf, Berlin, Norderstedt): never booked on a case.
    #[doc(alias = "Arbeitssäule")]
    WorkColumn {
        /// Fallunspezifisch: no case yet, but always with cases to come in mind.
        Independent = "independent",
        /// Fallübergreifend: several present cases at once.
        CrossCase = "cross-case",
        /// Netzwerkarbeit: steady cooperation of institutions and citizens.
        Network = "network",
    }
}

codes! {
    /// The three fields of case-independent work (Berlin).
    #[doc(alias = "Arbeitsfeld")]
    WorkField {
        /// Erkunden, sammeln.
        Explore = "explore",
        /// Pflegen.
        Tend = "tend",
        /// Aufbauen, initiieren.
        Build = "build",
    }
}

/// Working time in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[doc(alias = "Arbeitszeit")]
pub struct Minutes(i64);

impl Minutes {
    /// So many minutes.
    #[must_use]
    pub const fn new(minutes: i64) -> Self {
        Self(minutes)
    }

    /// Reads hours of one contact: `1,5`, `1:30`, `2`.
    ///
    /// # Errors
    /// [`HOURS_UNREADABLE`], [`HOURS_TOO_MANY`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let minutes = Self::read(text).ok_or(HOURS_UNREADABLE.broken())?;
        if minutes > LONGEST { Err(HOURS_TOO_MANY.broken()) } else { Ok(Self(minutes)) }
    }

    /// Reads whole hours of a plan; many more than one contact takes.
    ///
    /// # Errors
    /// [`HOURS_UNREADABLE`].
    pub fn parse_hours(text: &str) -> Result<Self, Refusal> {
        let hours = text.trim().parse::<i64>().ok().filter(|hours| (1..=100_000).contains(hours));
        hours.map(|hours| Self(hours * 60)).ok_or(HOURS_UNREADABLE.broken())
    }

    fn read(text: &str) -> Option<i64> {
        let text = text.trim().trim_end_matches('h').trim();
        let number = |part: &str| {
            let digits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse::<i64>().ok()).flatten()
        };
        let minutes = if let Some((hours, minutes)) = text.split_once(':') {
            let minutes = number(minutes).filter(|minutes| *minutes < 60)?;
            number(hours)? * 60 + minutes
        } else {
            let (whole, part) = text.split_once([',', '.']).unwrap_or((text, "0"));
            let hundredths = number(&format!("{part:0<2}")).filter(|_| part.len() <= 2)?;
            number(whole)? * 60 + hundredths * 60 / 100
        };
        (minutes > 0).then_some(minutes)
    }

    /// The minutes.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        self.0
    }

    /// As people say it: `1:30 h`.
    #[must_use]
    pub fn german(self) -> String {
        format!("{}:{:02} h", self.0 / 60, self.0 % 60)
    }
}

/// A contact to be logged. Its words are about the quarter, never about a family.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Kontakt")]
pub struct NewContact {
    /// When.
    pub on: Day,
    /// Which column of the work.
    pub column: WorkColumn,
    /// Exploring, tending, building.
    pub field: WorkField,
    /// In which space, if in one.
    pub space: Option<SpaceId>,
    /// With which partner, if with one on the list.
    pub partner: Option<PartnerId>,
    /// For which project, if for one.
    pub project: Option<ProjectId>,
    /// With whom else: the kiosk, the running club.
    pub person: Option<Line>,
    /// How long.
    pub time: Minutes,
    /// What came of it.
    pub result: Note,
    /// When to speak again, if that was said.
    pub next_on: Option<Day>,
}

impl NewContact {
    /// Is it something that was?
    ///
    /// # Errors
    /// [`CONTACT_IN_FUTURE`], [`NEXT_BEFORE_CONTACT`].
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.on > today {
            return Err(CONTACT_IN_FUTURE.broken_at("on"));
        }
        if self.next_on.is_some_and(|next| next <= self.on) {
            return Err(NEXT_BEFORE_CONTACT.broken_at("next_on"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_written() {
        for (text, minutes) in [("1,5", 90), ("1:30", 90), ("2", 120), ("0,25 h", 15), ("0.5", 30), ("24", 1_440)] {
            assert_eq!(Minutes::parse(text).map(Minutes::minutes), Ok(minutes), "{text}");
        }
        for text in ["", "0", "eine", "1:60", "1,555", "-1", "1e3"] {
            assert_eq!(Minutes::parse(text), Err(HOURS_UNREADABLE.broken()), "{text}");
        }
        assert_eq!(Minutes::parse("24:01"), Err(HOURS_TOO_MANY.broken()));
        assert_eq!(Minutes::new(95).german(), "1:35 h");
    }

    #[test]
    fn a_contact_was_and_the_next_is_later() {
        let day = |text: &str| Day::parse(text).unwrap();
        let contact = |on: &str, next: Option<&str>| NewContact {
            on: day(on),
            column: WorkColumn::Independent,
            field: WorkField::Explore,
            space: None,
            partner: None,
            project: None,
            person: None,
            time: Minutes::new(30),
            result: Note::parse("Der Kiosk hängt den Zettel auf.").unwrap(),
            next_on: next.map(day),
        };
        let today = day("2026-11-23");
        assert_eq!(contact("2026-11-23", Some("2026-12-01")).check(today), Ok(()));
        assert_eq!(contact("2026-11-24", None).check(today), Err(CONTACT_IN_FUTURE.broken_at("on")));
        assert_eq!(
            contact("2026-11-20", Some("2026-11-20")).check(today),
            Err(NEXT_BEFORE_CONTACT.broken_at("next_on"))
        );
    }
}
