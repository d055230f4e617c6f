// SPDX-License-Identifier: EUPL-1.2
//! All pots in sight of a year as of a day: for pictures, reports and files.

use super::published::{Glass, PotView};
use super::{BookLine, Filter, lines};
use crate::core::{App, Failure, found, reach};
use domain::access::{Action, Actor, Denied, Standing, permit, sight};
use domain::budget::{Book, MoneyKind, YearState, secrecy};
use domain::kernel::{Balance, Day, RegionId};
use std::borrow::Borrow;
use store::budget::{self, years as kept_years};
use store::sight::RowSight;

/// Entries in one file.
const LINES_OF_A_FILE: i64 = 200_000;

/// All pots in sight.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The year.
    pub year: i16,
    /// Where it stands.
    pub state: YearState,
    /// As of the end of this day.
    pub on: Day,
    /// Regions in sight.
    pub regions: Vec<(RegionId, String)>,
    /// Pots by region and kind; those of one region, if one was asked for.
    pub pots: Vec<PotView>,
    /// May the reader see single bookings?
    pub may_see_bookings: bool,
    /// Does the reader see the whole office?
    pub whole: bool,
}

/// The pots of one kind of money together. It is made of what is shown: where a pot is hidden, or stands as of another
/// day, there is no total from which it could be worked out.
#[derive(Debug, Clone)]
pub struct KindTotal {
    /// Kind of money.
    pub kind: MoneyKind,
    /// Their books together; plan and top-slice always.
    pub book: Book,
    /// Are there no other sums?
    pub hidden: bool,
    /// Still open, and covered.
    pub over_plan: (Balance, Balance),
}

impl KindTotal {
    /// A sum that follows from what was promised or spent, if it may be shown.
    #[must_use]
    pub fn open(&self, sum: impl Borrow<Balance>) -> Option<Balance> {
        (!self.hidden).then_some(*sum.borrow())
    }
}

impl Overview {
    /// Totals of kinds of money that more than one pot has. Kinds are never mixed.
    #[must_use]
    pub fn totals(&self) -> Vec<KindTotal> {
        let of = |kind: &MoneyKind| {
            let pots: Vec<&PotView> = self.pots.iter().filter(|pot| pot.kind == *kind).collect();
            let first = pots.first().filter(|_| pots.len() > 1)?;
            let over = |pick: fn(&PotView) -> Balance| pots.iter().map(|pot| pick(pot)).sum();
            Some(KindTotal {
                kind: *kind,
                book: pots.iter().map(|pot| pot.book).sum(),
                hidden: pots.iter().any(|pot| pot.hidden || pot.on != first.on),
                over_plan: (over(|pot| pot.over_plan.0), over(|pot| pot.over_plan.1)),
            })
        };
        MoneyKind::ALL.iter().filter_map(of).collect()
    }
}

/// All pots of a year in sight, or those of one region, as of the end of a day; left out: today.
///
/// # Errors
/// Hidden for people without sight of any region, or of this one.
pub async fn overview(
    app: &App,
    actor: &Actor,
    year: i16,
    region: Option<RegionId>,
    on: Option<Day>,
) -> Result<Overview, Failure> {
    let reached = reach(actor, Action::SeeBudget)?;
    let (seen, whole) = (RowSight::regions(&reached), reached.office);
    if let Some(region) = region {
        permit(actor, Action::SeeBudget, Standing::Region(region))?;
    }
    let may_see_bookings = !sight(actor, Action::SeeCommission).is_nothing();
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let regions = budget::regions(tx, &seen)?;
        if let Some(wanted) = region {
            found(regions.iter().find(|(id, _)| *id == wanted))?;
        }
        let glass = Glass::new(tx, &actor, year, (on, today))?;
        let mut pots = Vec::new();
        for pot in budget::pots(tx, year)? {
            let wanted = region.is_none_or(|region| region == pot.region);
            if wanted && regions.iter().any(|(id, _)| *id == pot.region) {
                pots.push(glass.pot(tx, pot)?);
            }
        }
        let state = kept_years::state(tx, year)?;
        let on = on.unwrap_or(today);
        Ok(Overview { year, state, on, regions, pots, may_see_bookings, whole })
    })
    .await
}

/// The entries of a pot for a file, newest first: the same lines as on the page.
///
/// # Errors
/// Forbidden for those who see sums only; hidden for those who do not see the region.
pub async fn book_lines(
    app: &App,
    actor: &Actor,
    (region, year): (RegionId, i16),
    filter: Filter,
) -> Result<Vec<BookLine>, Failure> {
    permit(actor, Action::SeeBudget, Standing::Region(region))?;
    if secrecy(actor, Some(region)).is_some() {
        return Err(Denied::Forbidden.into());
    }
    let commissions = sight(actor, Action::SeeCommission);
    app.read(move |tx| {
        let kind = filter.kind.unwrap_or(MoneyKind::IndividualClaim);
        let Some(pot) = budget::find_pot(tx, region, year, kind)? else { return Ok(Vec::new()) };
        Ok(lines(tx, pot, &filter, &commissions, LINES_OF_A_FILE)?.0)
    })
    .await
}
