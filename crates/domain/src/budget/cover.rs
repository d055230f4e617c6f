// SPDX-License-Identifier: EUPL-1.2
//! How a top-up is covered: several sources and, by resolution of the council, a rest without cover
//! (Leipzig 2018, VI-DS-06148). The help has long been running.

use crate::access::codes;
use crate::kernel::{Amount, Balance, Line, Refusal, Rule};

/// The sources give more than is missing.
pub const COVER_TOO_LARGE: Rule = Rule::new("budget.cover_too_large", "§ 83 GO");
/// A rest stays without cover, and nobody said that the council decided so.
pub const COVER_INCOMPLETE: Rule = Rule::new("budget.cover_incomplete", "§ 83 GO; Ratsbeschluss");

codes! {
    /// Where the money comes from.
    #[doc(alias = "Deckungsquelle")]
    CoverSource {
        /// Own budget lines that need less.
        OwnLines = "own-lines",
        /// Income above plan.
        ExtraIncome = "extra-income",
        /// The money for the unforeseen; a transfer, with four eyes.
        Reserve = "reserve",
        /// Another region of the office; a transfer, with four eyes.
        OtherRegion = "other-region",
        /// Without cover, by resolution of the council.
        Uncovered = "uncovered",
    }
}

impl CoverSource {
    /// Does the money come out of another pot, so that a second person must approve?
    #[must_use]
    pub const fn is_transfer(self) -> bool {
        matches!(self, Self::Reserve | Self::OtherRegion)
    }
}

/// One source of cover.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Deckung")]
pub struct Cover {
    /// Which.
    pub source: CoverSource,
    /// How much.
    pub amount: Amount,
    /// The budget line, in words.
    pub line: Option<Line>,
}

/// Puts the cover of a top-up together.
///
/// # Errors
/// [`COVER_TOO_LARGE`], saying what is missing; [`COVER_INCOMPLETE`], saying what would stay without cover.
pub fn cover(missing: Amount, given: Vec<Cover>, rest_is_decided: bool) -> Result<Vec<Cover>, Refusal> {
    let sum: Balance = given.iter().map(|cover| cover.amount.balance()).sum();
    let rest = missing.balance() - sum;
    if rest.is_negative() {
        return Err(COVER_TOO_LARGE.broken_at("own_lines").saying(missing.cents()));
    }
    let Ok(rest) = Amount::from_cents(rest.cents()) else { return Ok(given) };
    if !rest_is_decided {
        return Err(COVER_INCOMPLETE.broken_at("rest").saying(rest.cents()));
    }
    let uncovered = Cover { source: CoverSource::Uncovered, amount: rest, line: None };
    Ok(given.into_iter().chain([uncovered]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(euros: i64) -> Amount {
        Amount::from_cents(euros * 100).unwrap()
    }
    fn own(amount: i64) -> Cover {
        Cover { source: CoverSource::OwnLines, amount: euros(amount), line: None }
    }

    #[test]
    fn tv08_and_tv09_leipzig_2018() {
        let lines = [1_000_000, 500_000, 1_000_000, 150_000, 350_000];
        let sum: Balance = lines.iter().map(|line| euros(*line).balance()).sum();
        assert_eq!(sum, euros(3_000_000).balance());
        let income = Cover { source: CoverSource::ExtraIncome, amount: euros(909_000), line: None };
        let given: Vec<Cover> = lines.into_iter().map(own).chain([income]).collect();
        let asked = cover(euros(15_019_074), given.clone(), false);
        assert_eq!(asked, Err(COVER_INCOMPLETE.broken_at("rest").saying(1_111_007_400)));
        let whole = cover(euros(15_019_074), given, true).unwrap();
        let rest = whole.last().unwrap();
        assert_eq!((rest.source, rest.amount), (CoverSource::Uncovered, euros(11_110_074)));
        let covered: Balance = whole.iter().map(|cover| cover.amount.balance()).sum();
        assert_eq!(covered, euros(15_019_074).balance());
    }

    #[test]
    fn no_more_than_is_missing() {
        let too_much = cover(euros(10), vec![own(11)], false);
        assert_eq!(too_much, Err(COVER_TOO_LARGE.broken_at("own_lines").saying(1_000)));
        assert_eq!(cover(euros(10), vec![own(10)], false).unwrap().len(), 1);
    }
}
