// SPDX-License-Identifier: EUPL-1.2
//! Which sums bodies, planners and agencies may see: not what could be one family, and not what is one agency's.

use super::band::{FEWEST, Shown, protect};

/// A sum of which one agency has more than so many hundredths would give its turnover away (dominance, § 64(3) SGB VIII
/// with § 203 StGB: business secrets).
pub const DOMINANT_PERCENT: i128 = 85;

/// What is behind a sum of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Fallzahl hinter einer Summe")]
pub struct Behind {
    /// Cases.
    pub cases: usize,
    /// What the agency with most has, in cents.
    pub largest: i64,
    /// What all have, in cents.
    pub sum: i64,
}

impl Behind {
    /// Does one agency have nearly all of it?
    #[must_use]
    pub const fn is_dominated(&self) -> bool {
        self.sum > 0 && self.largest as i128 * 100 > DOMINANT_PERCENT * self.sum as i128
    }
}

/// Which of these sums may be shown, beside their total: none of fewer than [`FEWEST`] cases, none that one agency
/// dominates, and none by which such a one could be worked out.
#[must_use]
pub fn shield(sums: &[Behind]) -> Vec<Shown<()>> {
    // A dominated sum is as telling as one of a single case.
    let telling = |one: &Behind| if one.is_dominated() { one.cases.clamp(1, FEWEST - 1) } else { one.cases };
    protect(&sums.iter().map(telling).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hidden(sums: &[Behind]) -> Vec<bool> {
        shield(sums).into_iter().map(|one| one == Shown::Hidden).collect()
    }

    const fn behind(cases: usize, largest: i64, sum: i64) -> Behind {
        Behind { cases, largest, sum }
    }

    #[test]
    fn few_cases_and_one_agency_are_hidden_and_never_alone() {
        assert_eq!(hidden(&[behind(9, 40, 100), behind(7, 50, 100)]), [false, false]);
        assert_eq!(hidden(&[behind(2, 40, 100), behind(7, 50, 100), behind(9, 50, 100)]), [true, true, false]);
        assert_eq!(hidden(&[behind(9, 85, 100), behind(7, 50, 100)]), [false, false], "85 % are not more than 85 %");
        assert_eq!(hidden(&[behind(9, 86, 100), behind(7, 50, 100), behind(8, 1, 100)]), [true, true, false]);
        assert_eq!(hidden(&[behind(0, 0, 0), behind(4, 30, 100)]), [false, false]);
        assert_eq!(hidden(&[behind(0, 100, 100)]), [true], "a grant to one agency has no case");
        assert!(behind(9, i64::MAX, i64::MAX).is_dominated());
    }

    proptest! {
        #[test]
        fn nothing_telling_is_shown(sums in prop::collection::vec((0..9usize, 0..100i64, 0..100i64), 0..10)) {
            let sums: Vec<Behind> = sums.into_iter().map(|(cases, one, rest)| behind(cases, one, one + rest)).collect();
            for (one, shown) in sums.iter().zip(shield(&sums)) {
                let telling = one.is_dominated() || (one.cases > 0 && one.cases < FEWEST);
                prop_assert!(!telling || shown == Shown::Hidden);
            }
        }
    }
}
