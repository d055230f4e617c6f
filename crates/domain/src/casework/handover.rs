// SPDX-License-Identifier: EUPL-1.2
//! A case goes to another team: with a conversation in which the family takes part, or with the reason why not
//! (§ 86c(2) SGB VIII by analogy). Help and payment go on meanwhile.

use crate::kernel::{Day, Line, Note, Refusal, Rule, SpaceId};

/// Neither a conversation nor why there was none.
pub const TALK_MISSING: Rule = Rule::new("handover.talk_missing", "§ 86c(2) S. 2 SGB VIII");
/// A conversation tomorrow is none yet.
pub const TALK_IN_FUTURE: Rule = Rule::new("handover.talk_in_future", "Aktenwahrheit");
/// A conversation without anybody.
pub const TALK_WITH_NOBODY: Rule = Rule::new("handover.talk_with_nobody", "§ 86c(2) S. 3 SGB VIII");
/// The same team.
pub const SAME_TEAM: Rule = Rule::new("handover.same_team", "Eindeutigkeit");

/// A hand-over.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Fallübergabe")]
pub struct NewHandover {
    /// The family's new space.
    pub space: SpaceId,
    /// Why.
    pub why: Note,
    /// When they talked.
    pub talk_on: Option<Day>,
    /// Who took part, the family among them.
    pub talk_with: Option<Line>,
    /// Why there was no conversation.
    pub no_talk_why: Option<Note>,
}

/// Checks a hand-over.
///
/// # Errors
/// [`TALK_MISSING`], [`TALK_IN_FUTURE`], [`TALK_WITH_NOBODY`], [`SAME_TEAM`].
pub fn hand_over(new: &NewHandover, same_team: bool, today: Day) -> Result<(), Refusal> {
    if same_team {
        return Err(SAME_TEAM.broken_at("space"));
    }
    match (new.talk_on, &new.no_talk_why) {
        (None, None) | (Some(_), Some(_)) => Err(TALK_MISSING.broken_at("talk_on")),
        (Some(on), None) if on > today => Err(TALK_IN_FUTURE.broken_at("talk_on")),
        (Some(_), None) if new.talk_with.is_none() => Err(TALK_WITH_NOBODY.broken_at("talk_with")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_goes_with_a_conversation_or_a_reason() {
        let today = Day::parse("2026-11-20").unwrap();
        let bare = NewHandover {
            space: SpaceId(uuid::Uuid::nil()),
            why: Note::parse("Umzug").unwrap(),
            talk_on: None,
            talk_with: None,
            no_talk_why: None,
        };
        assert_eq!(hand_over(&bare, false, today), Err(TALK_MISSING.broken_at("talk_on")));
        let talked = NewHandover { talk_on: Some(today), talk_with: Line::parse("Mutter, Leyla").ok(), ..bare.clone() };
        assert_eq!(hand_over(&talked, false, today), Ok(()));
        assert_eq!(hand_over(&talked, true, today), Err(SAME_TEAM.broken_at("space")));
        let alone = NewHandover { talk_with: None, ..talked.clone() };
        assert_eq!(hand_over(&alone, false, today), Err(TALK_WITH_NOBODY.broken_at("talk_with")));
        let early = NewHandover { talk_on: Some(today.plus_days(1)), ..talked };
        assert_eq!(hand_over(&early, false, today), Err(TALK_IN_FUTURE.broken_at("talk_on")));
        let none = NewHandover { no_talk_why: Note::parse("Familie schon fort").ok(), ..bare };
        assert_eq!(hand_over(&none, false, today), Ok(()));
    }
}
