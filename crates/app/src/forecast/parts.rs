// SPDX-License-Identifier: EUPL-1.2
//! The tables of the forecast: by space, by kind of help, by agency.

use super::Part;
use super::guard::Guard;
use crate::core::Failure;
use domain::budget::{Forecast, Shown, Sum};
use domain::casework::HelpKind;
use domain::kernel::{AgencyId, SpaceId};
use std::collections::BTreeMap;
use store::ReadTx;

/// Names of what the tables are about.
pub(super) struct Names {
    spaces: BTreeMap<SpaceId, String>,
    agencies: Vec<(AgencyId, String)>,
}

impl Names {
    pub(super) fn read(tx: &ReadTx<'_>) -> Result<Self, Failure> {
        let spaces = store::territory::spaces(tx)?.into_iter().map(|line| (line.id, line.name.as_str().to_owned()));
        let agencies = store::agencies::all(tx)?.into_iter();
        let agencies = agencies.map(|agency| (agency.id, agency.name.as_str().to_owned()));
        Ok(Self { spaces: spaces.collect(), agencies: agencies.collect() })
    }

    pub(super) fn spaces(&self, foreseen: &Forecast, guard: Option<&Guard>) -> Vec<Part<Option<SpaceId>>> {
        let name = |id: &Option<SpaceId>| id.and_then(|id| self.spaces.get(&id)).cloned().unwrap_or_default();
        let hidden = |id: &Option<SpaceId>| guard.is_some_and(|guard| guard.spaces.contains(id));
        let parts = foreseen.spaces.iter().map(|(id, sum)| part((*id, name(id), *sum), hidden(id)));
        let mut parts: Vec<_> = parts.collect();
        // Without a place last, all others by name.
        parts.sort_by(|one, other| (one.of.is_none(), &one.name).cmp(&(other.of.is_none(), &other.name)));
        parts
    }

    pub(super) fn kinds(&self, foreseen: &Forecast, guard: Option<&Guard>) -> Vec<Part<HelpKind>> {
        let hidden = |kind: &HelpKind| guard.is_some_and(|guard| guard.kinds.contains(kind));
        let of = |(kind, sum): (&HelpKind, &Sum)| part((*kind, kind.paragraph().to_owned(), *sum), hidden(kind));
        foreseen.kinds.iter().map(of).collect()
    }

    pub(super) fn agencies(&self, foreseen: &Forecast) -> Vec<Part<AgencyId>> {
        let sum = |id: &AgencyId| foreseen.agencies.get(id).copied();
        self.agencies.iter().filter_map(|(id, name)| Some(part((*id, name.clone(), sum(id)?), false))).collect()
    }
}

fn part<K>((of, name, sum): (K, String, Sum), hidden: bool) -> Part<K> {
    Part { of, name, sum: if hidden { Shown::Hidden } else { Shown::Open(sum) } }
}
