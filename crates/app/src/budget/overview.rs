// SPDX-License-Identifier: EUPL-1.2
//! All pots in sight of a year as of a day: for pictures, reports and files. Who sees no commissions sees no sum behind
//! which one family or one agency stands (N10).

use super::{BookLine, Filter, lines};
use crate::core::{App, Failure, found, reach};
use domain::access::{Action, Actor, Denied, Standing, permit, sight};
use domain::budget::{Behind, Book, MoneyKind, Shown, YearState, shield};
use domain::kernel::{Balance, Day, RegionId};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use store::budget::{self, behind::behind, topups, years as kept_years};
use store::sight::RowSight;
use store::{ReadTx, StoreError};

/// Entries in one file.
const LINES_OF_A_FILE: i64 = 200_000;

/// A pot as it may be shown.
#[derive(Debug, Clone)]
pub struct PotView {
    /// Region.
    pub region: RegionId,
    /// Its name.
    pub region_name: String,
    /// Kind of money.
    pub kind: MoneyKind,
    /// Its book; where hidden, nothing is in it of what was promised, spent or received.
    pub book: Book,
    /// Is what was promised and spent hidden?
    pub hidden: bool,
    /// Money looked for because claims go over plan: still open, and covered.
    pub over_plan: (Balance, Balance),
}

impl PotView {
    /// A sum that follows from what was promised or spent, if it may be shown.
    #[must_use]
    pub fn open(&self, sum: impl Borrow<Balance>) -> Option<Balance> {
        (!self.hidden).then_some(*sum.borrow())
    }
}

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
    let on = on.unwrap_or_else(|| app.today());
    app.read(move |tx| {
        let regions = budget::regions(tx, &seen)?;
        if let Some(wanted) = region {
            found(regions.iter().find(|(id, _)| *id == wanted))?;
        }
        let hidden = if may_see_bookings { BTreeMap::new() } else { hidden(tx, year, on)? };
        let mut pots = Vec::new();
        for pot in budget::pots(tx, year)? {
            let wanted = region.is_none_or(|region| region == pot.region);
            if !wanted || !regions.iter().any(|(id, _)| *id == pot.region) {
                continue;
            }
            let hidden = hidden.get(&pot.id).copied().unwrap_or_default();
            let book = budget::book_on(tx, pot.id, on)?;
            pots.push(PotView {
                region: pot.region,
                region_name: pot.region_name,
                kind: pot.kind,
                book: if hidden { plan_side(&book) } else { book },
                hidden,
                over_plan: if hidden { Default::default() } else { over_plan(tx, pot.id, on)? },
            });
        }
        let state = kept_years::state(tx, year)?;
        Ok(Overview { year, state, on, regions, pots, may_see_bookings, whole })
    })
    .await
}

/// What was decided about a pot, without what was promised, spent and received.
fn plan_side(book: &Book) -> Book {
    let Book { planned, top_sliced, transferred, carried_over, .. } = *book;
    Book { planned, top_sliced, transferred, carried_over, ..Book::default() }
}

/// Pots whose sums would tell something. Those of one kind are looked at together: they have a total.
fn hidden(tx: &ReadTx<'_>, year: i16, on: Day) -> Result<BTreeMap<domain::kernel::PotId, bool>, StoreError> {
    let (behind, pots) = (behind(tx, year, on)?, budget::pots(tx, year)?);
    let mut hidden = BTreeMap::new();
    for kind in MoneyKind::ALL {
        let ids: Vec<_> = pots.iter().filter(|pot| pot.kind == *kind).map(|pot| pot.id).collect();
        let sums: Vec<Behind> = ids.iter().map(|id| behind.get(id).copied().unwrap_or_default()).collect();
        hidden.extend(ids.into_iter().zip(shield(&sums)).map(|(id, shown)| (id, shown == Shown::Hidden)));
    }
    Ok(hidden)
}

fn over_plan(tx: &ReadTx<'_>, pot: domain::kernel::PotId, on: Day) -> Result<(Balance, Balance), StoreError> {
    let (mut open, mut covered) = (Balance::ZERO, Balance::ZERO);
    for line in topups::top_ups(tx, pot)?.into_iter().filter(|line| line.opened_on <= on) {
        if line.covered_on.is_some_and(|day| day <= on) {
            covered = covered + line.missing;
        } else {
            open = open + line.missing;
        }
    }
    Ok((open, covered))
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
    let commissions = sight(actor, Action::SeeCommission);
    if commissions.is_nothing() {
        return Err(Denied::Forbidden.into());
    }
    app.read(move |tx| {
        let kind = filter.kind.unwrap_or(MoneyKind::IndividualClaim);
        let Some(pot) = budget::find_pot(tx, region, year, kind)? else { return Ok(Vec::new()) };
        Ok(lines(tx, pot, &filter, &commissions, LINES_OF_A_FILE)?.0)
    })
    .await
}
