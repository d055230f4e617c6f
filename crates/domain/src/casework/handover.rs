// SPDX-License-Identifier: EUPL-1.2
//! A case changes hands: the family moves, the spaces are cut anew, another worker takes over, or another office becomes
//! competent. Whatever the cause, it is a conversation with the family and no changed field (§ 86c(2) SGB VIII, within
//! the office by analogy); help and payment go on before and after it.

use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule, SpaceId, TeamId, UserId};
use crate::territory::{HANDOVER_TOO_EARLY, RECUT_WITHDRAWN, RecutState};

/// Neither a conversation nor why there was none.
pub const TALK_MISSING: Rule = Rule::new("handover.talk_missing", "§ 86c(2) S. 2 SGB VIII");
/// A conversation tomorrow is none yet.
pub const TALK_IN_FUTURE: Rule = Rule::new("handover.talk_in_future", "Aktenwahrheit");
/// A conversation without anybody.
pub const TALK_WITH_NOBODY: Rule = Rule::new("handover.talk_with_nobody", "§ 86c(2) S. 3 SGB VIII");
/// The same team.
pub const SAME_TEAM: Rule = Rule::new("handover.same_team", "Eindeutigkeit");
/// The same worker.
pub const SAME_WORKER: Rule = Rule::new("handover.same_worker", "Eindeutigkeit");
/// Handed over already, or kept.
pub const HANDOVER_CLOSED: Rule = Rule::new("handover.closed", "§ 86c(2) SGB VIII entsprechend");
/// One hand-over at a time.
pub const HANDOVER_RUNS: Rule = Rule::new("handover.runs", "Eindeutigkeit");

codes! {
    /// Why a case changes hands.
    #[doc(alias = "Anlass der Übergabe")]
    HandoverCause {
        /// The family moves into another social space.
        Move = "move",
        /// The spaces are cut anew.
        Recut = "recut",
        /// Another worker of the same team takes over.
        Worker = "worker",
        /// Another office becomes competent (§ 86c).
        Office = "office",
    }
}

codes! {
    /// Did the family take part?
    #[doc(alias = "Beteiligung der Familie")]
    FamilyPart {
        /// It was there.
        Present = "present",
        /// It was asked and did not want to.
        Declined = "declined",
    }
}

/// To whom a case goes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Künftig zuständig")]
pub enum Receiver {
    /// The team of another space.
    Space(SpaceId),
    /// Another worker of the same team.
    Worker(UserId),
    /// Another office; the case stays here until that office continues the help.
    Office(Line),
}

impl Receiver {
    /// Why a case goes to them.
    #[must_use]
    pub const fn cause(&self) -> HandoverCause {
        match self {
            Self::Space(_) => HandoverCause::Move,
            Self::Worker(_) => HandoverCause::Worker,
            Self::Office(_) => HandoverCause::Office,
        }
    }
}

/// The conversation, or why there was none.
#[derive(Debug, Clone, PartialEq, Default)]
#[doc(alias = "Übergabegespräch")]
pub struct Conversation {
    /// When they talked.
    pub held_on: Option<Day>,
    /// Who took part, the family among them.
    pub with_whom: Option<Line>,
    /// Did the family take part?
    pub family: Option<FamilyPart>,
    /// What was said.
    pub words: Option<Note>,
    /// Why there was no conversation.
    pub no_talk_why: Option<Note>,
}

impl Conversation {
    /// Its fields in a form that asks for more than a conversation.
    pub const BESIDE: (&'static str, &'static str) = ("talk_on", "talk_with");
    /// Its fields in a form of its own.
    pub const ALONE: (&'static str, &'static str) = ("held_on", "with_whom");

    /// # Errors
    /// [`TALK_MISSING`], [`TALK_IN_FUTURE`], [`TALK_WITH_NOBODY`], at these fields.
    pub fn check(&self, today: Day, (on_field, with): (&'static str, &'static str)) -> Result<(), Refusal> {
        match (self.held_on, &self.no_talk_why) {
            (None, None) | (Some(_), Some(_)) => Err(TALK_MISSING.broken_at(on_field)),
            (Some(on), None) if on > today => Err(TALK_IN_FUTURE.broken_at(on_field)),
            (Some(_), None) if self.with_whom.is_none() => Err(TALK_WITH_NOBODY.broken_at(with)),
            _ => Ok(()),
        }
    }
}

/// A hand-over as it begins.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Fallübergabe")]
pub struct NewHandover {
    /// To whom.
    pub to: Receiver,
    /// Why.
    pub why: Note,
    /// What was promised to the family; it stands on the hand-over sheet.
    pub promised: Option<Note>,
    /// What must not be forgotten; it stands on the hand-over sheet.
    pub remember: Option<Note>,
    /// When they mean to talk, if they have not yet.
    pub due_on: Option<Day>,
    /// What became of the conversation, if that is known already.
    pub told: Option<Conversation>,
}

impl NewHandover {
    /// Checks a hand-over against who has the case now.
    ///
    /// # Errors
    /// [`SAME_TEAM`], [`SAME_WORKER`], [`TALK_MISSING`] without conversation, reason and arranged day.
    pub fn check(&self, same_team: bool, worker: UserId) -> Result<(), Refusal> {
        match self.to {
            Receiver::Space(_) if same_team => return Err(SAME_TEAM.broken_at("space")),
            Receiver::Worker(to) if to == worker => return Err(SAME_WORKER.broken_at("worker")),
            _ => {}
        }
        if self.told.is_none() && self.due_on.is_none() { Err(TALK_MISSING.broken_at("talk_on")) } else { Ok(()) }
    }
}

/// Where a hand-over stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Stand der Übergabe")]
pub enum Handover {
    /// Nobody has talked yet; who had the case has it still.
    Open {
        /// The new cut behind it, and its day.
        recut: Option<(RecutState, Day)>,
    },
    /// Handed over, or kept.
    Closed,
}

/// The proof that a conversation may move the case. Made only by [`Handover::hold`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Geführtes Übergabegespräch")]
pub struct HeldHandover {
    place: Option<(TeamId, SpaceId)>,
}

impl HeldHandover {
    /// Team and space from now on; none where both stay.
    #[must_use]
    pub const fn place(&self) -> Option<(TeamId, SpaceId)> {
        self.place
    }
}

impl Handover {
    /// The conversation was held, or could not be: the case may change hands.
    ///
    /// # Errors
    /// [`HANDOVER_CLOSED`], [`RECUT_WITHDRAWN`], [`HANDOVER_TOO_EARLY`], those of [`Conversation::check`].
    pub fn hold(
        self,
        place: Option<(TeamId, SpaceId)>,
        told: &Conversation,
        today: Day,
    ) -> Result<HeldHandover, Refusal> {
        let Self::Open { recut } = self else { return Err(HANDOVER_CLOSED.broken()) };
        if let Some((state, valid_from)) = recut {
            if state == RecutState::Withdrawn {
                return Err(RECUT_WITHDRAWN.broken());
            }
            // They may talk before; the case moves when the new cut is in force.
            if !state.is_in_force(valid_from, today) {
                return Err(HANDOVER_TOO_EARLY.broken_at("held_on"));
            }
        }
        told.check(today, Conversation::ALONE)?;
        Ok(HeldHandover { place })
    }

    /// The case stays where it is, with a reason.
    ///
    /// # Errors
    /// [`HANDOVER_CLOSED`].
    pub fn keep(self) -> Result<(), Refusal> {
        if self == Self::Closed { Err(HANDOVER_CLOSED.broken()) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn talked(on: Day) -> Conversation {
        Conversation { held_on: Some(on), with_whom: Line::parse("Mutter, Leyla").ok(), ..Conversation::default() }
    }

    fn to(to: Receiver) -> NewHandover {
        let why = Note::parse("Umzug").unwrap();
        NewHandover { to, why, promised: None, remember: None, due_on: None, told: None }
    }

    #[test]
    fn a_case_goes_with_a_conversation_or_a_reason() {
        let today = day("2026-11-20");
        assert_eq!(Conversation::default().check(today, Conversation::BESIDE), Err(TALK_MISSING.broken_at("talk_on")));
        assert_eq!(talked(today).check(today, Conversation::BESIDE), Ok(()));
        let alone = Conversation { with_whom: None, ..talked(today) };
        assert_eq!(alone.check(today, Conversation::BESIDE), Err(TALK_WITH_NOBODY.broken_at("talk_with")));
        assert_eq!(
            talked(today.plus_days(1)).check(today, Conversation::BESIDE),
            Err(TALK_IN_FUTURE.broken_at("talk_on"))
        );
        let none = Conversation { no_talk_why: Note::parse("Familie schon fort").ok(), ..Conversation::default() };
        assert_eq!(none.check(today, Conversation::BESIDE), Ok(()));
        let both = Conversation { held_on: Some(today), ..none };
        assert_eq!(both.check(today, Conversation::BESIDE), Err(TALK_MISSING.broken_at("talk_on")));
    }

    #[test]
    fn it_goes_to_somebody_else_and_has_a_day() {
        let (me, other) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let space = to(Receiver::Space(SpaceId(Uuid::nil())));
        assert_eq!(space.check(true, me), Err(SAME_TEAM.broken_at("space")));
        assert_eq!(space.check(false, me), Err(TALK_MISSING.broken_at("talk_on")));
        let arranged = NewHandover { due_on: Some(day("2026-12-01")), ..space };
        assert_eq!(arranged.check(false, me), Ok(()));
        let worker = NewHandover { to: Receiver::Worker(me), ..arranged.clone() };
        assert_eq!(worker.check(true, me), Err(SAME_WORKER.broken_at("worker")));
        assert_eq!(NewHandover { to: Receiver::Worker(other), ..worker }.check(true, me), Ok(()));
        let office = NewHandover { to: Receiver::Office(Line::parse("Kreis Nord").unwrap()), ..arranged };
        assert_eq!((office.check(true, me), office.to.cause()), (Ok(()), HandoverCause::Office));
    }

    #[test]
    fn after_a_new_cut_the_case_moves_when_the_cut_is_in_force() {
        let (today, later) = (day("2026-11-20"), day("2027-01-01"));
        let to = Some((TeamId(Uuid::nil()), SpaceId(Uuid::nil())));
        let open = |state| Handover::Open { recut: Some((state, later)) };
        let planned = RecutState::Planned;
        assert_eq!(open(planned).hold(to, &talked(today), today), Err(HANDOVER_TOO_EARLY.broken_at("held_on")));
        assert_eq!(open(planned).hold(to, &talked(today), later).map(|held| held.place()), Ok(to));
        assert!(open(planned).hold(to, &talked(later.plus_days(1)), later).is_err());
        let withdrawn = open(RecutState::Withdrawn).hold(to, &talked(later), later);
        assert_eq!(withdrawn, Err(RECUT_WITHDRAWN.broken()));
        assert_eq!(Handover::Closed.hold(to, &talked(later), later), Err(HANDOVER_CLOSED.broken()));
        assert_eq!((open(planned).keep(), Handover::Closed.keep()), (Ok(()), Err(HANDOVER_CLOSED.broken())));
    }
}
