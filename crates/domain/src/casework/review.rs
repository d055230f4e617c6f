// SPDX-License-Identifier: EUPL-1.2
//! The review of a help (§ 36(2) S. 2 SGB VIII): is it still suitable and necessary, and what follows.

use super::statement::{NewStatement, SPEAKER_MISSING, Statement, StatementKind, state};
use crate::access::{HouseRule, codes};
use crate::kernel::{CommissionId, Day, Line, Note, PersonId, Refusal, Rule};

/// Nobody reviewed tomorrow.
pub const REVIEWED_IN_FUTURE: Rule = Rule::new("review.in_future", "Aktenwahrheit");
/// The next review before this one.
pub const NEXT_REVIEW_TOO_EARLY: Rule = Rule::new("review.next_too_early", "§ 36(2) S. 2 SGB VIII");

codes! {
    /// What follows of a review.
    #[doc(alias = "Ergebnis der Überprüfung")]
    ReviewOutcome {
        /// It goes on as it is.
        Continue = "continue",
        /// Less of it.
        StepDown = "step-down",
        /// Something else, or more.
        Change = "change",
        /// It ends.
        End = "end",
    }
}

/// A will that changed, in somebody's own words. It becomes a statement like every other: with its speaker and its day, and
/// the one before stays as it was said (N21, N24).
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Geänderter Wille")]
pub struct ChangedWill {
    /// In the speaker's own words.
    pub words: Note,
    /// "Was tue ich selbst dafür?"
    pub own_part: Option<Note>,
    /// Who said it.
    pub speaker: Option<PersonId>,
}

/// A review as recorded.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Überprüfung der Hilfe")]
#[doc(alias = "Fortschreibung")]
pub struct NewReview {
    /// When.
    pub held_on: Day,
    /// Who took part, the family and the agency among them.
    pub with_whom: Line,
    /// What follows.
    pub outcome: ReviewOutcome,
    /// Whether it is still suitable and necessary, and why.
    pub words: Note,
    /// What somebody of the family wills by now, if that changed: a statement of its own beside the ones before.
    pub changed_will: Option<ChangedWill>,
    /// Which help; none where nothing was commissioned, or where one alone runs.
    pub help: Option<CommissionId>,
    /// The next review; none where the help ends.
    pub next_on: Option<Day>,
}

impl NewReview {
    /// # Errors
    /// [`REVIEWED_IN_FUTURE`], [`NEXT_REVIEW_TOO_EARLY`] also where a help goes on without a next review.
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.held_on > today {
            return Err(REVIEWED_IN_FUTURE.broken_at("held_on"));
        }
        match self.next_on {
            Some(next) if next <= self.held_on => Err(NEXT_REVIEW_TOO_EARLY.broken_at("next_on")),
            None if self.outcome != ReviewOutcome::End => Err(NEXT_REVIEW_TOO_EARLY.broken_at("next_on")),
            _ => Ok(()),
        }
    }

    /// The changed will as a statement of that day.
    ///
    /// # Errors
    /// [`SPEAKER_MISSING`] at its field, those of [`state`].
    pub fn statement(&self, today: Day) -> Result<Option<Statement>, Refusal> {
        let Some(will) = self.changed_will.clone() else { return Ok(None) };
        let ChangedWill { words, own_part, speaker } = will;
        if speaker.is_none() {
            return Err(SPEAKER_MISSING.broken_at("will_speaker"));
        }
        let new = NewStatement { kind: StatementKind::Will, words, own_part, speaker, said_on: self.held_on };
        state(new, today).map(Some)
    }
}

/// The cadence among what a version says, beside its parts.
pub const REVIEW_CADENCE_PART: &str = "review-cadence";
/// A plan that is looked at every so many months, from 1 to 24.
pub const CADENCE_UNREADABLE: Rule = Rule::new("review.cadence_unreadable", "§ 36(2) S. 2 SGB VIII");

/// Every how many months the plan wants to be looked at, as typed; § 36(2) lets the plan say it, help by help.
///
/// # Errors
/// [`CADENCE_UNREADABLE`].
pub fn read_cadence(text: &str) -> Result<i32, Refusal> {
    text.trim().parse().ok().filter(|months| (1..=24).contains(months)).ok_or(CADENCE_UNREADABLE.broken())
}

/// The rule of the office by which the next review is proposed where the plan says nothing: the first comes sooner.
/// § 36(2) names no number.
#[must_use]
pub const fn cadence(reviews_so_far: usize) -> HouseRule {
    if reviews_so_far == 0 { HouseRule::FirstReviewMonths } else { HouseRule::ReviewMonths }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_help_that_goes_on_is_looked_at_again() {
        let day = |text: &str| Day::parse(text).unwrap();
        let (today, later) = (day("2026-11-20"), Some(day("2027-05-20")));
        let review = |outcome, next_on| NewReview {
            held_on: today,
            with_whom: Line::parse("Alle").unwrap(),
            outcome,
            words: Note::parse("Es trägt.").unwrap(),
            changed_will: None,
            help: None,
            next_on,
        };
        assert_eq!(review(ReviewOutcome::Continue, later).check(today), Ok(()));
        let without = review(ReviewOutcome::StepDown, None).check(today);
        assert_eq!(without, Err(NEXT_REVIEW_TOO_EARLY.broken_at("next_on")));
        let will = ChangedWill { words: Note::parse("Allein zurechtkommen").unwrap(), own_part: None, speaker: None };
        let mute = NewReview { changed_will: Some(will.clone()), ..review(ReviewOutcome::Continue, later) };
        assert_eq!(mute.statement(today), Err(SPEAKER_MISSING.broken_at("will_speaker")));
        let speaker = Some(PersonId(uuid::Uuid::from_u128(1)));
        let said = NewReview { changed_will: Some(ChangedWill { speaker, ..will }), ..mute };
        // Without an own part it is a wish, as everywhere.
        let kept = said.statement(today).unwrap().unwrap();
        assert_eq!((kept.kind, kept.speaker, kept.said_on), (StatementKind::Wish, speaker, today));
        assert_eq!(review(ReviewOutcome::End, None).check(today), Ok(()));
        assert!(review(ReviewOutcome::Change, Some(today)).check(today).is_err());
        let early = review(ReviewOutcome::Change, later).check(today.plus_days(-1));
        assert_eq!(early, Err(REVIEWED_IN_FUTURE.broken_at("held_on")));
        assert_eq!((read_cadence(" 3 "), read_cadence("24")), (Ok(3), Ok(24)));
        for odd in ["0", "25", "-1", "drei", "1,5", ""] {
            assert_eq!(read_cadence(odd), Err(CADENCE_UNREADABLE.broken()), "{odd}");
        }
        assert_eq!((cadence(0), cadence(1)), (HouseRule::FirstReviewMonths, HouseRule::ReviewMonths));
    }
}
