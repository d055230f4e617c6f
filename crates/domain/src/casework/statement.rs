// SPDX-License-Identifier: EUPL-1.2
//! Will, wish, need and mandate are four things (Hinte; § 36(2) SGB VIII needs the need besides the will).

use crate::access::codes;
use crate::kernel::{Day, Line, Note, PersonId, Refusal, Rule};

/// A will or wish without somebody who said it: the office would be making it up (N24).
pub const SPEAKER_MISSING: Rule = Rule::new("statement.speaker_missing", "§§ 8, 36 SGB VIII; Fachkonzept: Wille");
/// Nobody has said something tomorrow.
pub const STATED_IN_FUTURE: Rule = Rule::new("statement.in_the_future", "Aktenwahrheit");

codes! {
    /// What kind of statement it is.
    #[doc(alias = "Aussageart")]
    StatementKind {
        /// "I am determined to do something for it myself."
        Will = "will",
        /// "I should like others to do something for me."
        Wish = "wish",
        /// What professionals hold to be needed (§ 36(2) SGB VIII).
        Need = "need",
        /// What office or court demand.
        Mandate = "mandate",
    }
}

/// What was typed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Aussage")]
pub struct NewStatement {
    /// As the worker chose it.
    pub kind: StatementKind,
    /// In the speaker's own words.
    pub words: Note,
    /// "Was tue ich selbst dafür?"
    pub own_part: Option<Note>,
    /// Who said it. Needs and mandates may come without a person of the family.
    pub speaker: Option<PersonId>,
    /// When it was said.
    pub said_on: Day,
}

/// A statement as it is kept.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Aussage")]
pub struct Statement {
    /// What it turned out to be.
    pub kind: StatementKind,
    /// In the speaker's own words.
    pub words: Note,
    /// What the speaker does for it; a will always has one.
    pub own_part: Option<Note>,
    /// Who said it.
    pub speaker: Option<PersonId>,
    /// When it was said.
    pub said_on: Day,
}

/// Decides what was said. A will without an own part is a wish, and is kept as a wish.
///
/// # Errors
/// [`SPEAKER_MISSING`], [`STATED_IN_FUTURE`].
pub fn state(new: NewStatement, today: Day) -> Result<Statement, Refusal> {
    if new.said_on > today {
        return Err(STATED_IN_FUTURE.broken_at("said_on"));
    }
    let of_family = matches!(new.kind, StatementKind::Will | StatementKind::Wish);
    if of_family && new.speaker.is_none() {
        return Err(SPEAKER_MISSING.broken_at("speaker"));
    }
    let kind = match (new.kind, &new.own_part) {
        (StatementKind::Will, None) => StatementKind::Wish,
        (kind, _) => kind,
    };
    // What was typed stays, also beside a wish.
    Ok(Statement { kind, words: new.words, own_part: new.own_part, speaker: new.speaker, said_on: new.said_on })
}

/// A broad goal in somebody's words; the ASD records it, 1–3 a person.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Grobziel")]
#[doc(alias = "Richtungsziel")]
pub struct NewGoal {
    /// In the person's own words.
    pub words: Note,
    /// Whose goal.
    pub owner: PersonId,
    /// Agreed on.
    pub agreed_on: Day,
}

codes! {
    /// The four fields of resources (process.md 1.4).
    #[doc(alias = "Ressourcenfeld")]
    Field {
        /// What the person can and is.
        Personal = "personal",
        /// People.
        Social = "social",
        /// Things and money.
        Material = "material",
        /// The quarter.
        SocialSpace = "social-space",
    }
}

/// A resource of the family, described as a strength. It is the family's: a neighbour named here never
/// becomes a card of the directory by itself.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Ressource der Familie")]
pub struct NewStrength {
    /// In which field.
    pub field: Field,
    /// What it is.
    pub words: Line,
    /// Whose, if one person's.
    pub owner: Option<PersonId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(kind: StatementKind, own_part: &str, speaker: bool) -> NewStatement {
        NewStatement {
            kind,
            words: Note::parse("Ich will wieder allein klarkommen.").unwrap(),
            own_part: Note::optional(own_part).unwrap(),
            speaker: speaker.then(|| PersonId(uuid::Uuid::from_u128(1))),
            said_on: Day::parse("2026-11-20").unwrap(),
        }
    }

    fn check(new: NewStatement, expected: Result<StatementKind, Refusal>) {
        assert_eq!(state(new, Day::parse("2026-11-20").unwrap()).map(|kept| kept.kind), expected);
    }

    #[test]
    fn a_will_needs_an_own_part_or_stays_a_wish() {
        check(new(StatementKind::Will, "Ich gehe jeden Dienstag hin.", true), Ok(StatementKind::Will));
        check(new(StatementKind::Will, "  ", true), Ok(StatementKind::Wish));
    }

    #[test]
    fn the_office_never_makes_up_a_will() {
        check(new(StatementKind::Will, "Ich.", false), Err(SPEAKER_MISSING.broken_at("speaker")));
        check(new(StatementKind::Wish, "", false), Err(SPEAKER_MISSING.broken_at("speaker")));
        check(new(StatementKind::Need, "", false), Ok(StatementKind::Need));
    }

    #[test]
    fn nobody_spoke_tomorrow() {
        let yesterday = Day::parse("2026-11-19").unwrap();
        let refused = state(new(StatementKind::Wish, "", true), yesterday);
        assert_eq!(refused, Err(STATED_IN_FUTURE.broken_at("said_on")));
    }
}
