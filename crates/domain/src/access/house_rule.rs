// SPDX-License-Identifier: EUPL-1.2
//! What an office sets for itself, where the law leaves it open. Every page that shows such a number says whose it is.

use super::actor::codes;
use crate::kernel::{Refusal, Rule};

/// Outside of what can be sensible.
pub const HOUSE_RULE_OUTSIDE: Rule = Rule::new("house_rule.outside", "Dienstanweisung");

codes! {
    /// A number that an office may set.
    #[doc(alias = "Hausregel")]
    HouseRule {
        /// Days after a meeting in which members of the team still read its sheets.
        SheetDays = "sheet-days",
        /// Days after which a text that was never sent is dropped.
        DraftDays = "draft-days",
        /// Forms with unsent texts that one person may have.
        DraftForms = "draft-forms",
        /// Hours for what is to be looked at at once.
        BoardAtOnceHours = "board-at-once-hours",
        /// Hours for what is to be looked at today.
        BoardTodayHours = "board-today-hours",
        /// Hours for what is to be looked at this week.
        BoardWeekHours = "board-week-hours",
        /// Hours for everything else.
        BoardNormalHours = "board-normal-hours",
        /// Days after the end in which a counselling without the parents' knowledge is kept.
        CounselDays = "counsel-days",
        /// Months until a help is reviewed for the first time.
        FirstReviewMonths = "first-review-months",
        /// Months between later reviews.
        ReviewMonths = "review-months",
        /// Months between two reviews at most.
        MostReviewMonths = "most-review-months",
        /// Months after its end in which somebody asks whether it lasts.
        FollowUpMonths = "follow-up-months",
        /// May workers take cases along on a device without a line? 1 is yes.
        VisitMode = "visit-mode",
    }
}

impl HouseRule {
    /// What holds until the office sets something.
    #[must_use]
    pub const fn preset(self) -> i64 {
        match self {
            Self::SheetDays => 14,
            Self::DraftDays => 30,
            Self::DraftForms => 40,
            Self::BoardAtOnceHours => 2,
            Self::BoardTodayHours => 24,
            Self::BoardWeekHours => 7 * 24,
            Self::BoardNormalHours => 14 * 24,
            Self::CounselDays => 180,
            Self::FirstReviewMonths => 3,
            Self::ReviewMonths | Self::FollowUpMonths => 6,
            Self::MostReviewMonths => 12,
            // Off until an office has weighed it (Art. 25(2) DSGVO).
            Self::VisitMode => 0,
        }
    }

    /// The least and the most.
    #[must_use]
    pub const fn range(self) -> (i64, i64) {
        match self {
            Self::SheetDays => (0, 90),
            Self::DraftDays => (7, 180),
            Self::DraftForms => (5, 200),
            Self::BoardAtOnceHours => (1, 24),
            Self::BoardTodayHours => (4, 72),
            Self::BoardWeekHours => (24, 14 * 24),
            Self::BoardNormalHours => (24, 60 * 24),
            Self::CounselDays => (0, 3 * 365),
            Self::FirstReviewMonths | Self::ReviewMonths => (1, 12),
            Self::FollowUpMonths | Self::MostReviewMonths => (1, 24),
            Self::VisitMode => (0, 1),
        }
    }

    /// A number for it.
    ///
    /// # Errors
    /// [`HOUSE_RULE_OUTSIDE`].
    pub fn set(self, value: i64) -> Result<i64, Refusal> {
        let (least, most) = self.range();
        if (least..=most).contains(&value) { Ok(value) } else { Err(HOUSE_RULE_OUTSIDE.broken_at("value")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_lie_within_their_range() {
        for rule in HouseRule::ALL {
            assert_eq!(rule.set(rule.preset()), Ok(rule.preset()), "{}", rule.code());
            let (least, most) = rule.range();
            for outside in [least - 1, most + 1] {
                assert_eq!(rule.set(outside), Err(HOUSE_RULE_OUTSIDE.broken_at("value")));
            }
        }
    }
}
