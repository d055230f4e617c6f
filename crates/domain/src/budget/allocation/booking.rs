// SPDX-License-Identifier: EUPL-1.2
//! From a decided distribution to the plan of a year: what each region plans, and what of it is taken off in advance.

use super::ratio::Ratio;
use super::split::split;
use crate::kernel::{Amount, Refusal};

/// What a region plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Planansatz")]
pub struct Planned {
    /// Its share and its part of the top-slice: the plan of kind A.
    pub planned: Amount,
    /// The part of it that becomes money of kind D.
    pub top_slice: Option<Amount>,
}

/// Plans for regions, in cents, in the order given: each gets its share, and in proportion to the shares a part of
/// what was taken off in advance (§ 80(1) Nr. 3), by largest remainder. Regions with nothing plan nothing.
///
/// # Errors
/// The amount's own rules when a plan is larger than any region's may be.
pub fn in_the_plan(shares: &[(&str, i64)], top_slice: i64) -> Result<Vec<Option<Planned>>, Refusal> {
    let weights: Vec<(&str, Ratio)> = shares.iter().map(|(name, cents)| (*name, Ratio::whole(*cents))).collect();
    let slices = split(top_slice, &weights).unwrap_or_else(|| vec![0; shares.len()]);
    let planned = |((_, cents), slice): (&(&str, i64), i64)| {
        if *cents == 0 {
            return Ok(None);
        }
        let top_slice = if slice > 0 { Some(Amount::from_cents(slice)?) } else { None };
        Ok(Some(Planned { planned: Amount::from_cents(cents.saturating_add(slice))?, top_slice }))
    };
    shares.iter().zip(slices).map(planned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(shares: &[(&str, i64)], top_slice: i64) -> Vec<Option<(i64, i64)>> {
        let cents = |one: Planned| (one.planned.cents(), one.top_slice.map(Amount::cents).unwrap_or_default());
        in_the_plan(shares, top_slice).unwrap().into_iter().map(|one| one.map(cents)).collect()
    }

    #[test]
    fn the_plan_is_the_share_and_its_part_of_the_top_slice() {
        // 100.000,00 € over 98 : 121, the cent that is left by largest remainder.
        let out = of(&[("Nord", 85_022_831), ("Süd", 104_977_169)], 10_000_000);
        assert_eq!(out, [Some((89_497_717, 4_474_886)), Some((110_502_283, 5_525_114))]);
        assert_eq!(of(&[("Nord", 5), ("Süd", 0)], 3), [Some((8, 3)), None]);
        assert_eq!(of(&[("Nord", 5)], 0), [Some((5, 0))]);
        assert_eq!(of(&[("Nord", 0)], 7), [None]);
    }

    #[test]
    fn what_no_pot_can_hold_is_refused() {
        assert!(in_the_plan(&[("Nord", i64::MAX)], 1).is_err());
    }
}
