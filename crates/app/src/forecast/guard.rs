// SPDX-License-Identifier: EUPL-1.2
//! What of a forecast is kept from bodies, planning and coordination (N10). Regions hide beside the office, spaces beside
//! their region, kinds of help beside the office; nothing is crossed. An agency's sum is its turnover: it is not shown.

use domain::budget::{Cells, Forecast, RunningHelp, Secrecy};
use domain::casework::HelpKind;
use domain::kernel::{Balance, RegionId, SpaceId};
use std::collections::{BTreeMap, BTreeSet};

/// Which sums of the whole office's forecast tell of somebody.
pub(super) struct Guard {
    secrecy: Secrecy,
    /// Would the sum of all tell of somebody?
    pub(super) office: bool,
    /// Regions.
    pub(super) regions: BTreeSet<RegionId>,
    /// Spaces; one that lies in two regions hides with either.
    pub(super) spaces: BTreeSet<Option<SpaceId>>,
    /// Kinds of help.
    pub(super) kinds: BTreeSet<HelpKind>,
}

impl Guard {
    /// Looks at every help of the office that counts.
    pub(super) fn new(secrecy: Secrecy, helps: &[RunningHelp], foreseen: &Forecast) -> Self {
        let (mut office, mut regions, mut kinds) = (Cells::default(), Cells::default(), Cells::default());
        let mut spaces: BTreeMap<RegionId, Cells<Option<SpaceId>>> = BTreeMap::new();
        for (at, sum) in &foreseen.helps {
            let Some(help) = helps.get(*at) else { continue };
            let (who, total) = ((help.agency, help.case.0), sum.total());
            office.add((), who, total);
            regions.add(help.region, who, total);
            kinds.add(help.help, who, total);
            spaces.entry(help.region).or_default().add(help.space, who, total);
        }
        let regions = regions.hidden(secrecy);
        let spaces = spaces.iter().flat_map(|(region, cells)| match regions.contains(region) {
            true => cells.keys(),
            false => cells.hidden(secrecy),
        });
        let spaces = spaces.collect();
        Self { secrecy, office: !office.hidden(secrecy).is_empty(), regions, spaces, kinds: kinds.hidden(secrecy) }
    }

    /// May these months be shown one by one? Each is a sum, too.
    pub(super) fn shows_months(&self, paid: &[(Balance, usize)], foreseen: &Forecast) -> bool {
        let to_come = foreseen.months.iter().copied().zip(foreseen.month_helps);
        let mut all = paid.iter().copied().chain(to_come);
        all.all(|(sum, helps)| sum == Balance::ZERO || helps >= self.secrecy.fewest)
    }
}
