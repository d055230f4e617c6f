// SPDX-License-Identifier: EUPL-1.2
//! Collegial consultation in the social-space team. The team gives ideas and notes dissent. It has no
//! approval: a decision never asks whether a consultation took place (N3).

use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule};

/// A held consultation takes no more ideas.
pub const CONSULTATION_CLOSED: Rule = Rule::new("consultation.closed", "Protokoll der kollegialen Beratung");

codes! {
    /// What kind of resource an idea draws on, in the order of looking: own, social, quarter, professional.
    #[doc(alias = "Ideenart")]
    IdeaKind {
        /// The family's own strength.
        Own = "own",
        /// Relatives, friends, neighbours.
        Social = "social",
        /// The quarter: clubs, places, groups.
        SocialSpace = "social-space",
        /// Paid professional help.
        Professional = "professional",
        /// Something else.
        Other = "other",
        /// Not an idea but a dissent, kept in the minutes.
        Dissent = "dissent",
    }
}

impl IdeaKind {
    /// Does it draw on what is there without paid help? Nothing of a dissent, which is no idea; what is called something
    /// else counts among all ideas and not among these.
    #[must_use]
    pub const fn informal(self) -> Option<bool> {
        match self {
            Self::Own | Self::Social | Self::SocialSpace => Some(true),
            Self::Professional | Self::Other => Some(false),
            Self::Dissent => None,
        }
    }
}

/// What the worker asks the team.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Falleingabe")]
pub struct Question {
    /// The question, without names.
    pub question: Note,
    /// The sheet the team reads, pseudonymised.
    pub sheet: Note,
    /// When the team meets.
    pub meets_on: Day,
    /// The worker has read over what may be a name in it (see [`super::name_hints`]).
    pub read_over: bool,
}

/// An idea or dissent of a team member.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Idee")]
pub struct NewIdea {
    /// Of which kind.
    pub kind: IdeaKind,
    /// In short.
    pub words: Line,
}

/// A case on a team's agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Tagesordnungspunkt")]
pub enum AgendaItem {
    /// Waiting for, or in, the meeting.
    Open {
        /// When the team meets.
        meets_on: Day,
    },
    /// Held; the minutes are closed.
    Held {
        /// On this day.
        on: Day,
    },
}

/// May members of other houses still read an item? From the day of the meeting on for as many days as the office set
/// (§ 64(1) SGB VIII: for the purpose, not for ever).
#[must_use]
pub fn members_may_read(item: AgendaItem, days: i64, today: Day) -> bool {
    let met = match item {
        AgendaItem::Open { meets_on } => meets_on,
        AgendaItem::Held { on } => on,
    };
    i64::from(today.days_since(met)) <= days
}

/// May another idea be noted?
///
/// # Errors
/// [`CONSULTATION_CLOSED`].
pub fn advise(item: AgendaItem) -> Result<(), Refusal> {
    match item {
        AgendaItem::Open { .. } => Ok(()),
        AgendaItem::Held { .. } => Err(CONSULTATION_CLOSED.broken()),
    }
}

/// Closes the minutes.
///
/// # Errors
/// [`CONSULTATION_CLOSED`].
pub fn close_consultation(item: AgendaItem, today: Day) -> Result<AgendaItem, Refusal> {
    advise(item).map(|()| AgendaItem::Held { on: today })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_closes_for_members_some_days_after_the_meeting() {
        let met = Day::parse("2026-11-20").unwrap();
        for item in [AgendaItem::Open { meets_on: met }, AgendaItem::Held { on: met }] {
            assert!(members_may_read(item, 14, met.plus_days(-7)) && members_may_read(item, 14, met.plus_days(14)));
            assert!(!members_may_read(item, 14, met.plus_days(15)) && !members_may_read(item, 0, met.plus_days(1)));
        }
    }

    #[test]
    fn held_is_held() {
        let today = Day::parse("2026-11-20").unwrap();
        let held = close_consultation(AgendaItem::Open { meets_on: today }, today).unwrap();
        assert_eq!(held, AgendaItem::Held { on: today });
        assert_eq!(advise(held), Err(CONSULTATION_CLOSED.broken()));
        assert_eq!(close_consultation(held, today), Err(CONSULTATION_CLOSED.broken()));
    }
}
