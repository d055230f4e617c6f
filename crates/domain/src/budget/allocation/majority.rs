// SPDX-License-Identifier: EUPL-1.2
//! Did the body carry it?

use super::rules::{MAJORITY_MISSED, VOTES_UNFIT};
use crate::access::codes;
use crate::kernel::Refusal;

codes! {
    /// How many must be for it.
    #[doc(alias = "Mehrheit")]
    Majority {
        /// More than half of the votes cast.
        Simple = "simple",
        /// Two thirds of the votes cast (Lüneburg, U-AG Finanzen).
        TwoThirds = "two-thirds",
        /// Everybody.
        Unanimous = "unanimous",
    }
}

/// Most votes that a body can have.
const MOST: u32 = 1_000;

/// How a body voted. Abstentions are votes cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Abstimmung")]
pub struct Votes {
    /// For it.
    pub yes: u32,
    /// Against it.
    pub no: u32,
    /// Neither.
    pub abstained: u32,
}

impl Majority {
    /// How many of so many votes are needed.
    #[must_use]
    pub const fn needed(self, cast: u32) -> u32 {
        match self {
            Self::Simple => cast / 2 + 1,
            Self::TwoThirds => (2 * cast).div_ceil(3),
            Self::Unanimous => cast,
        }
    }
}

impl Votes {
    /// All votes cast.
    #[must_use]
    pub const fn cast(self) -> u32 {
        self.yes.saturating_add(self.no).saturating_add(self.abstained)
    }

    /// Checks that the majority was reached.
    ///
    /// # Errors
    /// [`VOTES_UNFIT`] if nobody voted or more than any body has members, [`MAJORITY_MISSED`].
    pub const fn carry(self, majority: Majority) -> Result<(), Refusal> {
        if self.cast() == 0 || self.cast() > MOST {
            return Err(VOTES_UNFIT.broken_at("yes"));
        }
        if self.yes < majority.needed(self.cast()) {
            return Err(MAJORITY_MISSED.broken_at("yes"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// T8: of 9 votes 6 are needed, of 10 votes 7.
    #[test]
    fn two_thirds_are_rounded_up() {
        let needed = |cast| Majority::TwoThirds.needed(cast);
        assert_eq!([needed(9), needed(10), needed(1), needed(3)], [6, 7, 1, 2]);
        let votes = |yes, no| Votes { yes, no, abstained: 0 };
        assert!(votes(6, 3).carry(Majority::TwoThirds).is_ok());
        assert_eq!(votes(6, 4).carry(Majority::TwoThirds), Err(MAJORITY_MISSED.broken_at("yes")));
        assert_eq!(votes(5, 5).carry(Majority::Simple), Err(MAJORITY_MISSED.broken_at("yes")));
        assert!(votes(6, 5).carry(Majority::Simple).is_ok());
        assert_eq!(votes(0, 0).carry(Majority::Unanimous), Err(VOTES_UNFIT.broken_at("yes")));
        assert_eq!(
            Votes { yes: 8, no: 0, abstained: 1 }.carry(Majority::Unanimous),
            Err(MAJORITY_MISSED.broken_at("yes"))
        );
    }
}
