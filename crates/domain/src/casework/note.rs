// SPDX-License-Identifier: EUPL-1.2
//! Notes. What was entrusted belongs to the one it was entrusted to, not to the office; it is passed on only for
//! one of the seven reasons of § 65(1) SGB VIII, to a named person, on record (N2).

use crate::access::codes;
use crate::kernel::{Day, Note, PersonId, Refusal, Rule, UserId};

/// Nobody noted tomorrow.
pub const NOTED_IN_FUTURE: Rule = Rule::new("note.in_the_future", "Aktenwahrheit");
/// Only what was entrusted has to be passed on; everything else the team reads anyway.
pub const NOT_ENTRUSTED: Rule = Rule::new("note.not_entrusted", "§ 65(1) SGB VIII");
/// Only the writer passes on what was entrusted, and not to themselves.
pub const NOT_YOURS_TO_PASS: Rule = Rule::new("note.not_yours_to_pass", "§ 65(1) SGB VIII");

codes! {
    /// Whose a note is. There is no default that could make an entrusted word public (N2, N24).
    #[doc(alias = "Anvertraut")]
    Confidence {
        /// The file's: the team reads it.
        File = "file",
        /// Entrusted to its writer (§ 65 SGB VIII).
        Entrusted = "entrusted",
    }
}

codes! {
    /// The seven reasons for which entrusted data may be passed on (§ 65(1) SGB VIII).
    #[doc(alias = "Weitergabegrund")]
    PassingReason {
        /// Nr. 1: whoever entrusted it consents.
        Consent = "consent",
        /// Nr. 2: to the family court under § 8a(2).
        FamilyCourt = "family-court",
        /// Nr. 3: to the one who takes over, where there are signs of danger.
        Successor = "successor",
        /// Nr. 4: to professionals who assess danger under § 8a.
        DangerAssessment = "danger-assessment",
        /// Nr. 5: as somebody bound by § 203 StGB might.
        ProfessionalSecrecy = "professional-secrecy",
        /// Nr. 6: for scientific research.
        Research = "research",
        /// Nr. 7: for the analysis of problematic courses.
        Analysis = "analysis",
    }
}

impl PassingReason {
    /// The number of the law.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Consent => "§ 65 Abs. 1 Nr. 1 SGB VIII",
            Self::FamilyCourt => "§ 65 Abs. 1 Nr. 2 SGB VIII",
            Self::Successor => "§ 65 Abs. 1 Nr. 3 SGB VIII",
            Self::DangerAssessment => "§ 65 Abs. 1 Nr. 4 SGB VIII",
            Self::ProfessionalSecrecy => "§ 65 Abs. 1 Nr. 5 SGB VIII",
            Self::Research => "§ 65 Abs. 1 Nr. 6 SGB VIII",
            Self::Analysis => "§ 65 Abs. 1 Nr. 7 SGB VIII",
        }
    }
}

/// A note as typed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Notiz")]
pub struct NewNote {
    /// What happened or was said.
    pub words: Note,
    /// When.
    pub noted_on: Day,
    /// Whom it concerns, of one case.
    pub people: Vec<PersonId>,
    /// Whose it is.
    pub confidence: Confidence,
}

impl NewNote {
    /// # Errors
    /// [`NOTED_IN_FUTURE`].
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.noted_on > today { Err(NOTED_IN_FUTURE.broken_at("noted_on")) } else { Ok(()) }
    }
}

/// A passing-on as typed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Weitergabe Anvertrautes")]
pub struct NewPassing {
    /// To whom.
    pub to: UserId,
    /// For which of the seven reasons.
    pub reason: PassingReason,
    /// What that means here.
    pub why: Note,
}

/// May this note be passed on by this person to that one?
///
/// # Errors
/// [`NOT_ENTRUSTED`], [`NOT_YOURS_TO_PASS`].
pub fn pass_on(confidence: Confidence, writer: UserId, acting: UserId, to: UserId) -> Result<(), Refusal> {
    if confidence != Confidence::Entrusted {
        return Err(NOT_ENTRUSTED.broken());
    }
    if acting != writer || to == writer { Err(NOT_YOURS_TO_PASS.broken_at("to")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_writer_passes_on_what_was_entrusted() {
        let [writer, reader, other] = [1, 2, 3].map(|n| UserId(uuid::Uuid::from_u128(n)));
        let check = |confidence, acting, to, expected: Result<(), Rule>| {
            assert_eq!(pass_on(confidence, writer, acting, to).map_err(|refusal| refusal.rule), expected);
        };
        check(Confidence::Entrusted, writer, other, Ok(()));
        check(Confidence::Entrusted, reader, other, Err(NOT_YOURS_TO_PASS));
        check(Confidence::Entrusted, writer, writer, Err(NOT_YOURS_TO_PASS));
        check(Confidence::File, writer, other, Err(NOT_ENTRUSTED));
    }

    #[test]
    fn the_law_knows_seven_reasons() {
        let numbers: Vec<_> = PassingReason::ALL.iter().map(|reason| reason.source()).collect();
        assert_eq!(numbers.len(), 7);
        assert!((1..=7).all(|n| numbers.iter().any(|source| source.contains(&format!("Nr. {n} ")))));
    }
}
