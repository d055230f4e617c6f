// SPDX-License-Identifier: EUPL-1.2
//! What a professional reporter is told: whether it was confirmed, whether the office became active and still is;
//! nothing else (§ 64(4) SGB VIII, § 4(4) KKG, N7). There is no field for anything else.

use super::intake::{Danger, ReporterKind};
use crate::access::codes;
use crate::kernel::{Day, Refusal, Rule};

/// The duty is towards those of § 4(1) KKG alone; others are told nothing about a family.
pub const FEEDBACK_NOT_DUE: Rule = Rule::new("feedback.not_due", "§ 4(4) KKG, § 64(4) SGB VIII");
/// Still active without having become active.
pub const FEEDBACK_UNLIKELY: Rule = Rule::new("feedback.unlikely", "Aktenwahrheit");
/// Told tomorrow.
pub const FEEDBACK_IN_FUTURE: Rule = Rule::new("feedback.in_the_future", "Aktenwahrheit");

codes! {
    /// Yes or no; there is no default.
    #[doc(alias = "Ja oder nein")]
    YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
}

codes! {
    /// Whether those concerned were told of the feedback beforehand (§ 4(4) S. 2 KKG).
    #[doc(alias = "Unterrichtung der Betroffenen")]
    FamilyTold {
        /// They were told.
        Told = "told",
        /// Telling them would have endangered the protection.
        Protection = "protection",
    }
}

/// The facts, all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Rückmeldung")]
pub struct Feedback {
    /// Were the signs confirmed?
    pub confirmed: YesNo,
    /// Did the office become active?
    pub became_active: YesNo,
    /// Is it still?
    pub still_active: YesNo,
    /// Were those concerned told before?
    pub family_told: FamilyTold,
    /// When the reporter was told.
    pub told_on: Day,
}

impl ReporterKind {
    /// Somebody of § 4(1) KKG, who is to be told what became of it?
    #[must_use]
    pub const fn is_professional(self) -> bool {
        matches!(self, Self::School | Self::Health | Self::Counselling)
    }
}

/// Is feedback due after a report?
#[must_use]
pub fn feedback_due(reporter: ReporterKind, danger: Danger) -> bool {
    reporter.is_professional() && danger == Danger::SignsOrUnsure
}

/// Checks feedback before it is kept.
///
/// # Errors
/// [`FEEDBACK_NOT_DUE`], [`FEEDBACK_UNLIKELY`], [`FEEDBACK_IN_FUTURE`].
pub fn tell_reporter(due: bool, new: &Feedback, today: Day) -> Result<(), Refusal> {
    if !due {
        return Err(FEEDBACK_NOT_DUE.broken());
    }
    if new.became_active == YesNo::No && new.still_active == YesNo::Yes {
        return Err(FEEDBACK_UNLIKELY.broken_at("still_active"));
    }
    if new.told_on > today {
        return Err(FEEDBACK_IN_FUTURE.broken_at("told_on"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_professionals_with_signs_of_danger_are_told() {
        for kind in ReporterKind::ALL {
            let expected = matches!(kind, ReporterKind::School | ReporterKind::Health | ReporterKind::Counselling);
            assert_eq!(feedback_due(*kind, Danger::SignsOrUnsure), expected, "{kind:?}");
            assert!(!feedback_due(*kind, Danger::NoSigns));
        }
    }

    #[test]
    fn feedback_cannot_contradict_itself_or_the_calendar() {
        let today = Day::parse("2026-11-20").unwrap();
        let facts = Feedback {
            confirmed: YesNo::Yes,
            became_active: YesNo::Yes,
            still_active: YesNo::No,
            family_told: FamilyTold::Told,
            told_on: today,
        };
        assert_eq!(tell_reporter(true, &facts, today), Ok(()));
        assert_eq!(tell_reporter(false, &facts, today), Err(FEEDBACK_NOT_DUE.broken()));
        let never = Feedback { became_active: YesNo::No, still_active: YesNo::Yes, ..facts };
        assert_eq!(tell_reporter(true, &never, today), Err(FEEDBACK_UNLIKELY.broken_at("still_active")));
        let early = Feedback { told_on: today.plus_days(1), ..facts };
        assert_eq!(tell_reporter(true, &early, today), Err(FEEDBACK_IN_FUTURE.broken_at("told_on")));
    }
}
