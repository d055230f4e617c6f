// SPDX-License-Identifier: EUPL-1.2
//! The agreement on a transition to another carrier (§ 36b SGB VIII): planned in time with the young person, a year
//! before where it is known, and with the other carrier only as far as there is a consent (§ 36b(2), §§ 64, 65).

use crate::access::codes;
use crate::kernel::{Day, Line, Note, Refusal, Rule};

/// A change of carrier that is over already.
pub const TRANSITION_IN_PAST: Rule = Rule::new("transition.in_past", "§ 36b(1) SGB VIII");
/// A talk without anybody.
pub const TRANSITION_TALK_ALONE: Rule = Rule::new("transition.talk_alone", "§ 36b(1) S. 1 SGB VIII");
/// People and no day, or a talk after the change that it plans.
pub const TRANSITION_TALK_DAY: Rule = Rule::new("transition.talk_day", "§ 36b(1) SGB VIII");
/// Something is to be told, and nobody consented.
pub const TRANSITION_WITHOUT_CONSENT: Rule =
    Rule::new("transition.without_consent", "§ 36b(2) S. 2, § 64(2) SGB VIII, § 67b(1) SGB X");

codes! {
    /// Who follows.
    #[doc(alias = "Folgender Leistungsträger")]
    CarrierKind {
        /// Integration assistance (part 2 of SGB IX).
        Integration = "integration",
        /// Job centre or employment agency (SGB II, III).
        Employment = "employment",
        /// Health or care insurance (SGB V, XI).
        Health = "health",
        /// Social assistance (SGB XII).
        Assistance = "assistance",
        /// Somebody else.
        Other = "other",
    }
}

/// An agreement as it is kept; each saving is a version.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Übergangsvereinbarung")]
pub struct NewTransition {
    /// Who follows.
    pub kind: CarrierKind,
    /// Its name, as a consent says it.
    pub carrier: Line,
    /// The first day on which it is expected to be in charge.
    pub changes_on: Day,
    /// When it was talked about, or will be.
    pub talk_on: Option<Day>,
    /// Who takes part, one person each.
    pub participants: Vec<Line>,
    /// What the young person wants to reach by the transition.
    pub goals: Note,
    /// What goes on: people, places, services without a gap.
    pub goes_on: Note,
    /// Who does what until when.
    pub steps: Note,
    /// What the young person and the family say to it.
    pub family_says: Option<Note>,
    /// What the other carrier is told; nothing leaves without it.
    pub told: Option<Note>,
}

impl NewTransition {
    /// `consented`: a consent towards this carrier holds today.
    ///
    /// # Errors
    /// [`TRANSITION_IN_PAST`], [`TRANSITION_TALK_ALONE`], [`TRANSITION_TALK_DAY`], [`TRANSITION_WITHOUT_CONSENT`].
    pub fn check(&self, consented: bool, today: Day) -> Result<(), Refusal> {
        if self.changes_on < today {
            return Err(TRANSITION_IN_PAST.broken_at("changes_on"));
        }
        match self.talk_on {
            Some(talk) if talk > self.changes_on => Err(TRANSITION_TALK_DAY.broken_at("talk_on")),
            Some(_) if self.participants.is_empty() => Err(TRANSITION_TALK_ALONE.broken_at("participants")),
            None if !self.participants.is_empty() => Err(TRANSITION_TALK_DAY.broken_at("talk_on")),
            _ if self.told.is_some() && !consented => Err(TRANSITION_WITHOUT_CONSENT.broken_at("told")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_without_a_consent() {
        let day = |text: &str| Day::parse(text).unwrap();
        let note = |text: &str| Note::parse(text).unwrap();
        let agreed = NewTransition {
            kind: CarrierKind::Integration,
            carrier: Line::parse("Eingliederungshilfe Kreis Süd").unwrap(),
            changes_on: day("2027-11-30"),
            talk_on: Some(day("2026-12-10")),
            participants: vec![Line::parse("Cem").unwrap()],
            goals: note("Eigene Wohnung"),
            goes_on: note("Schulbegleitung bis zum Sommer"),
            steps: note("Antrag bis Februar"),
            family_says: None,
            told: None,
        };
        let today = day("2026-11-23");
        let check = |one: &NewTransition, consented, expected: Result<(), Refusal>| {
            assert_eq!(one.check(consented, today), expected);
        };
        check(&agreed, false, Ok(()));
        let told = NewTransition { told: Some(note("Art der Hilfe")), ..agreed.clone() };
        check(&told, true, Ok(()));
        check(&told, false, Err(TRANSITION_WITHOUT_CONSENT.broken_at("told")));
        let past = NewTransition { changes_on: day("2026-11-22"), ..agreed.clone() };
        check(&past, true, Err(TRANSITION_IN_PAST.broken_at("changes_on")));
        let alone = NewTransition { participants: Vec::new(), ..agreed.clone() };
        check(&alone, true, Err(TRANSITION_TALK_ALONE.broken_at("participants")));
        check(&NewTransition { talk_on: None, ..alone }, true, Ok(()));
        let never = NewTransition { talk_on: None, ..agreed.clone() };
        check(&never, true, Err(TRANSITION_TALK_DAY.broken_at("talk_on")));
        let late = NewTransition { talk_on: Some(day("2027-12-01")), ..agreed };
        check(&late, true, Err(TRANSITION_TALK_DAY.broken_at("talk_on")));
    }
}
