// SPDX-License-Identifier: EUPL-1.2
//! The review of a help (§ 36(2) S. 2 SGB VIII): is it still suitable and necessary, and what follows.

use crate::access::{HouseRule, codes};
use crate::kernel::{Day, Line, Note, Refusal, Rule};

/// Nobody reviewed tomorrow.
pub const REVIEWED_IN_FUTURE: Rule = Rule::new("review.in_future", "Aktenwahrheit");
/// The next review before this one.
pub const NEXT_REVIEW_TOO_EARLY: Rule = Rule::new("review.next_too_early", "§ 36(2) S. 2 SGB VIII");
/// A step down begins before its help did, or after it ends.
pub const STEP_DOWN_OUTSIDE: Rule = Rule::new("review.step_down_outside", "§ 36(2) SGB VIII");
/// A step down that is none.
pub const STEP_DOWN_NOT_LESS: Rule = Rule::new("review.step_down_not_less", "§ 36(2) SGB VIII");
/// Without a price nothing is worked out anew.
pub const STEP_DOWN_WITHOUT_PRICE: Rule = Rule::new("review.step_down_without_price", "Preis × Menge × Wochen");

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
    /// What the family wills by now, if that changed.
    pub changed_will: Option<Note>,
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
}

/// The rule of the office by which the next review is proposed: the first comes sooner. § 36(2) names no number.
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
            next_on,
        };
        assert_eq!(review(ReviewOutcome::Continue, later).check(today), Ok(()));
        let without = review(ReviewOutcome::StepDown, None).check(today);
        assert_eq!(without, Err(NEXT_REVIEW_TOO_EARLY.broken_at("next_on")));
        assert_eq!(review(ReviewOutcome::End, None).check(today), Ok(()));
        assert!(review(ReviewOutcome::Change, Some(today)).check(today).is_err());
        let early = review(ReviewOutcome::Change, later).check(today.plus_days(-1));
        assert_eq!(early, Err(REVIEWED_IN_FUTURE.broken_at("held_on")));
        assert_eq!((cadence(0), cadence(1)), (HouseRule::FirstReviewMonths, HouseRule::ReviewMonths));
    }
}
