// SPDX-License-Identifier: EUPL-1.2
//! How much of what helps is not paid help: shares of ideas and of helps really used, told only where no family can be
//! told from them (N10, § 64(3) SGB VIII).
//!
//! process.md 4: ideas tagged non-professional / all ideas; used resources informal / all. Used, not planned. It is a
//! number about a quarter, never about a worker or a family, and it steers nothing.

use crate::kernel::CaseId;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer cases than this could be one family (N10).
pub const FEWEST_CASES: usize = 3;

/// A part of a whole, as two counts; no percentage is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Anteil informeller Hilfen")]
pub struct Share {
    /// So many are informal.
    pub informal: usize,
    /// Out of so many.
    pub all: usize,
}

impl Share {
    /// Whole hundredths, rounded half up; none of nothing.
    #[must_use]
    pub fn percent(self) -> Option<usize> {
        (self.all > 0).then(|| (self.informal * 200 + self.all) / (self.all * 2))
    }

    /// Counts one more.
    pub fn count(&mut self, informal: bool) {
        self.informal += usize::from(informal);
        self.all += 1;
    }
}

/// Shares by place and time, with the cases behind each.
#[derive(Debug, Clone)]
#[doc(alias = "Anteile je Sozialraum")]
pub struct Shares<K>(BTreeMap<K, (Share, BTreeSet<CaseId>)>);

impl<K: Ord> Default for Shares<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Clone> Shares<K> {
    /// Counts one more of a case.
    pub fn count(&mut self, key: K, case: CaseId, informal: bool) {
        let (share, cases) = self.0.entry(key).or_default();
        share.count(informal);
        cases.insert(case);
    }

    /// Each share as it may be shown: with fewer than [`FEWEST_CASES`] cases behind it there is none. No total stands
    /// beside the parts from which a hidden one could be worked out.
    #[must_use]
    pub fn shown(&self) -> Vec<(K, Option<Share>)> {
        let shield = |(share, cases): &(Share, BTreeSet<CaseId>)| (cases.len() >= FEWEST_CASES).then_some(*share);
        self.0.iter().map(|(key, counted)| (key.clone(), shield(counted))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn shares_are_rounded_once_and_never_of_nothing() {
        let check = |informal, all, expected| assert_eq!(Share { informal, all }.percent(), expected);
        check(0, 0, None);
        check(0, 3, Some(0));
        check(1, 3, Some(33));
        check(2, 3, Some(67));
        check(1, 8, Some(13));
        check(3, 3, Some(100));
    }

    #[test]
    fn few_families_are_no_number() {
        let mut shares: Shares<&str> = Shares::default();
        for n in 0..9 {
            shares.count("Heide", CaseId(Uuid::from_u128(n % 2)), n % 3 == 0);
            shares.count("Hafen", CaseId(Uuid::from_u128(n % 3)), n < 6);
        }
        let told = shares.shown();
        assert_eq!(told, [("Hafen", Some(Share { informal: 6, all: 9 })), ("Heide", None)]);
    }
}
