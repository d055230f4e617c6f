// SPDX-License-Identifier: EUPL-1.2
//! Whole cents out of exact parts: the largest remainder (Hare-Niemeyer). The sum is always exact.

use super::ratio::Ratio;
use std::cmp::Reverse;

/// Somebody who gets a part: exact part, weight, name.
#[derive(Debug, Clone)]
#[doc(alias = "Empfänger")]
pub struct Claim<'a> {
    /// The part before rounding, in cents.
    pub exact: Ratio,
    /// Decides between equal remainders: the larger first (GEL-077).
    pub weight: &'a Ratio,
    /// Decides between equal weights: by name.
    pub name: &'a str,
}

/// Who gets one cent on top of the whole cents of their exact part, so that all together get `total`.
///
/// The same claims in another order get the same. `total` is at least the sum of whole cents and at most one
/// more for each; anything else is a mistake of the caller and gives the cents to as many as there are.
#[must_use]
pub fn extra_cents(claims: &[Claim<'_>], total: i64) -> Vec<bool> {
    let floors: Ratio = claims.iter().map(|claim| claim.exact.floor()).sum();
    let missing = (&Ratio::whole(total) - &floors).to_whole().and_then(|cents| usize::try_from(cents).ok());
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_cached_key(|at| {
        let claim = &claims[*at];
        (Reverse(&claim.exact - &claim.exact.floor()), Reverse(claim.weight.clone()), claim.name)
    });
    let mut extra = vec![false; claims.len()];
    for at in order.into_iter().take(missing.unwrap_or_default()) {
        extra[at] = true;
    }
    extra
}

/// Splits whole cents by weights. None if nobody has a weight.
#[must_use]
pub fn split(total: i64, weights: &[(&str, Ratio)]) -> Option<Vec<i64>> {
    let sum: Ratio = weights.iter().map(|(_, weight)| weight.clone()).sum();
    let exact = |weight: &Ratio| (&Ratio::whole(total) * weight).over(&sum);
    let claims: Option<Vec<Claim<'_>>> =
        weights.iter().map(|(name, weight)| Some(Claim { exact: exact(weight)?, weight, name })).collect();
    let claims = claims?;
    let extra = extra_cents(&claims, total);
    let cents = claims.iter().zip(extra);
    cents.map(|(claim, extra)| Some(claim.exact.floor().to_whole()? + i64::from(extra))).collect()
}

/// Equal instalments; cents that are left go to the first ones.
#[must_use]
pub fn instalments(total: i64, count: u8) -> Vec<i64> {
    let count = i64::from(count.max(1));
    (0..count).map(|at| total / count + i64::from(at < total % count)).collect()
}

/// A percentage of an amount, rounded half up to the cent: top-slice, bonus (T6).
#[must_use]
pub fn percent_of(cents: i64, percent: &Ratio) -> i64 {
    (&Ratio::whole(cents) * &(percent * &Ratio::of(1, 100))).half_up(0).to_whole().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn weights(list: &[i64]) -> Vec<(String, Ratio)> {
        list.iter().enumerate().map(|(n, weight)| (format!("{n:03}"), Ratio::whole(*weight))).collect()
    }

    fn cents(total: i64, list: &[(String, Ratio)]) -> Vec<i64> {
        split(total, &list.iter().map(|(name, weight)| (name.as_str(), weight.clone())).collect::<Vec<_>>()).unwrap()
    }

    /// TV14, T9: Nordfriesland's cases as weights on a million euros.
    #[test]
    fn the_printed_split_is_met() {
        let out = cents(100_000_000, &weights(&[133, 85, 104, 95, 50]));
        assert_eq!(out, [28_479_657, 18_201_285, 22_269_807, 20_342_613, 10_706_638]);
        assert_eq!(out.iter().sum::<i64>(), 100_000_000);
    }

    /// TV02: Celle's four instalments.
    #[test]
    fn instalments_are_equal() {
        assert_eq!(instalments(200_000_000, 4), [50_000_000; 4]);
        assert_eq!(instalments(10, 4), [3, 3, 2, 2]);
        assert_eq!(instalments(7, 0), [7]);
    }

    /// TV12, T6: a tenth of what Bruck-Mürzzuschlag saved. GEL-077: a third of a hundred euros.
    #[test]
    fn percentages_are_rounded_half_up() {
        assert_eq!(percent_of(320_000_000, &Ratio::whole(10)), 32_000_000);
        assert_eq!(percent_of(10_000, &Ratio::of(33_333, 1000)), 3_333);
        assert_eq!(percent_of(1, &Ratio::whole(50)), 1);
    }

    #[test]
    fn ties_go_to_the_larger_then_by_name() {
        let list = [("b", Ratio::whole(1)), ("a", Ratio::whole(1)), ("c", Ratio::whole(4))];
        // 5/6, 5/6, 20/6: remainders 5/6, 5/6, 2/6.
        assert_eq!(split(5, &list), Some(vec![1, 1, 3]));
        // 1/2 each: one cent, by name.
        assert_eq!(split(1, &list[..2]), Some(vec![0, 1]));
        // 2 · (1/4, 3/4) = 1/2 and 3/2: the same remainder, the larger weight first.
        assert_eq!(split(2, &[("a", Ratio::whole(1)), ("b", Ratio::whole(3))]), Some(vec![0, 2]));
        assert_eq!(split(1, &[("a", Ratio::zero())]), None);
    }

    proptest! {
        #[test]
        fn sums_are_conserved_and_order_does_not_matter(
            total in 0..1_000_000_000_000i64,
            list in prop::collection::vec(0..1_000_000i64, 1..30),
            turn in 0..30usize,
        ) {
            prop_assume!(list.iter().sum::<i64>() > 0);
            let mut turned = weights(&list);
            let out = cents(total, &turned);
            prop_assert_eq!(out.iter().sum::<i64>(), total);
            let by = turn % turned.len();
            turned.rotate_left(by);
            let mut other = cents(total, &turned);
            other.rotate_right(by);
            prop_assert_eq!(&other, &out);
            for (cents, weight) in out.iter().zip(&list) {
                let exact = i128::from(total) * i128::from(*weight) / i128::from(list.iter().sum::<i64>());
                prop_assert!((0..=1).contains(&(i128::from(*cents) - exact)));
            }
        }
    }
}
