// SPDX-License-Identifier: EUPL-1.2
//! Counselling by an experienced adviser (insoweit erfahrene Fachkraft; § 8b(1) SGB VIII, § 4(2) KKG). It has no
//! name, no case, no writer and no hour: there is nothing that could be joined to a person's file.

use crate::access::codes;
use crate::kernel::{Day, Note, Refusal, Rule};

/// A talk lasts between a minute and a day.
pub const COUNSEL_MINUTES: Rule = Rule::new("counsel.minutes", "Plausibilität");

codes! {
    /// From where the question came.
    #[doc(alias = "Anfragende Einrichtung")]
    Institution {
        /// Day care.
        DayCare = "day-care",
        /// School.
        School = "school",
        /// Health.
        Health = "health",
        /// Help for upbringing.
        HelpAgency = "help-agency",
        /// Youth work, clubs.
        YouthWork = "youth-work",
        /// Another.
        Other = "other",
    }
}

/// A counselling, without names. The type has no place for a case, a person or whoever counselled:
///
/// ```compile_fail,E0560
/// use domain::casework::protection::{Institution, NewCounsel};
/// use domain::kernel::{CaseId, Day, Note};
/// let counsel = NewCounsel {
///     counselled_on: Day::new(2026, 11, 23)?,
///     institution: Institution::School,
///     question: Note::parse("Ein Kind kommt ohne Essen.")?,
///     advice: Note::parse("Gespräch mit den Eltern vorbereiten.")?,
///     minutes: 45,
///     case: CaseId(uuid::Uuid::nil()),
/// };
/// # Ok::<(), domain::kernel::Refusal>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Beratung durch die insoweit erfahrene Fachkraft")]
pub struct NewCounsel {
    /// On which day; no hour.
    pub counselled_on: Day,
    /// From where.
    pub institution: Institution,
    /// What was asked, pseudonymised by whoever asked.
    pub question: Note,
    /// What was advised.
    pub advice: Note,
    /// Time spent.
    pub minutes: i64,
}

impl NewCounsel {
    /// # Errors
    /// [`COUNSEL_MINUTES`], [`crate::casework::NOTED_IN_FUTURE`].
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.counselled_on > today {
            return Err(crate::casework::NOTED_IN_FUTURE.broken_at("counselled_on"));
        }
        if (1..=1_440).contains(&self.minutes) { Ok(()) } else { Err(COUNSEL_MINUTES.broken_at("minutes")) }
    }
}
