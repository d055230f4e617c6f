// SPDX-License-Identifier: EUPL-1.2
//! For how many cases a project was good, kept from those who see no case.

use domain::access::Actor;
use domain::budget::{Secrecy, Shown, secrecy};
use domain::kernel::RegionId;

/// For how many cases a project was good, as a reader may know: a few beside space and need could be one family (N10).
#[derive(Debug, Clone, Copy)]
pub struct Counters {
    /// Cases of today.
    pub current: Option<Shown<i64>>,
    /// Cases that might have become one.
    pub potential: Option<Shown<i64>>,
}

impl Counters {
    pub(super) fn of(reader: &Actor, region: RegionId, (current, potential): (Option<i64>, Option<i64>)) -> Self {
        let secrecy = secrecy(reader, Some(region));
        let shown = |count: i64| {
            let hides =
                |one: Secrecy| one.shield_counts(&[usize::try_from(count).unwrap_or_default()]) != [Shown::Open(())];
            if secrecy.is_some_and(hides) { Shown::Hidden } else { Shown::Open(count) }
        };
        Self { current: current.map(shown), potential: potential.map(shown) }
    }
}
