// SPDX-License-Identifier: EUPL-1.2
//! What a body decided becomes the plan of its year: once, in one transaction, with the resolution at every booking.

use super::{Paper, kept, load};
use crate::core::{App, Failure, Key, found, fresh_at, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::budget::allocation::rules::{BOOKED_ALREADY, NOT_COUNTING, REGION_MISSING};
use domain::budget::allocation::{Planned, in_the_plan};
use domain::budget::{Booking, EntryKind, MoneyKind};
use domain::kernel::{AllocationId, Day, EntryId, Line, PotId, RegionId};
use store::budget::{self, Slip, years};
use store::budget_allocation::{AllocationLine, Decision};
use store::{ReadTx, StoreError, WriteTx, territory};

/// What a decided proposal gives a region: to be planned in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionSum {
    /// Name of the region; of the area, if no region is found for it.
    pub name: String,
    /// The region: that of the area's name, or in which the space of that name lies.
    pub region: Option<RegionId>,
    /// Cents.
    pub cents: i64,
}

/// A line of the plan to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Name of the region.
    pub name: String,
    /// Its id; without one, nothing can be booked.
    pub region: Option<RegionId>,
    /// What is planned; nothing for a region without a share.
    pub planned: Option<Planned>,
}

/// What a proposal that counts gives the plan of its year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToPlan {
    /// Region by region.
    pub lines: Vec<PlanLine>,
    /// The day on which this proposal was booked.
    pub booked_on: Option<Day>,
    /// May it be booked now: the year is open, has no plan out of a distribution yet, every area has a region?
    pub may_book: bool,
}

/// The sums of a decided proposal by region, its year and its decision, for whoever books the plan. Areas that
/// are neither a region nor a space of the office come singly, without a region.
///
/// # Errors
/// Hidden if it is not there or not decided; [`Failure::Denied`].
pub async fn decided_sums(
    app: &App,
    actor: &Actor,
    id: AllocationId,
) -> Result<(i16, Decision, Vec<RegionSum>), Failure> {
    in_office(actor, Action::PlanBudget)?;
    app.read(move |tx| {
        let line = found(kept::one(tx, id)?)?;
        let (decision, _) = found(line.decision)?;
        Ok((line.year, decision, sums(tx, &load(tx, id)?.2)?))
    })
    .await
}

fn sums(tx: &ReadTx<'_>, paper: &Paper) -> Result<Vec<RegionSum>, StoreError> {
    let spaces = territory::overview(tx)?;
    let mut sums: Vec<RegionSum> = Vec::new();
    for share in &paper.shares {
        let space = spaces.iter().find(|space| space.name == share.area);
        let (name, region) = match (region_named(tx, &share.area)?, space) {
            (None, Some(space)) => (space.region.clone(), region_named(tx, &space.region)?),
            (region, _) => (share.area.clone(), region),
        };
        match sums.iter_mut().find(|sum| region.is_some() && sum.region == region) {
            Some(sum) => sum.cents += share.cents,
            None => sums.push(RegionSum { name, region, cents: share.cents }),
        }
    }
    Ok(sums)
}

fn region_named(tx: &ReadTx<'_>, name: &str) -> Result<Option<RegionId>, StoreError> {
    Line::parse(name).ok().map_or(Ok(None), |name| territory::region_by_name(tx, &name))
}

fn lines(tx: &ReadTx<'_>, paper: &Paper) -> Result<Vec<PlanLine>, Failure> {
    let sums = sums(tx, paper)?;
    let shares: Vec<(&str, i64)> = sums.iter().map(|sum| (sum.name.as_str(), sum.cents)).collect();
    let planned = in_the_plan(&shares, paper.top_slice)?;
    let line = |(sum, planned): (&RegionSum, _)| PlanLine { name: sum.name.clone(), region: sum.region, planned };
    Ok(sums.iter().zip(planned).map(line).collect())
}

pub(super) fn to_plan(tx: &ReadTx<'_>, line: &AllocationLine, paper: &Paper) -> Result<ToPlan, Failure> {
    let lines = lines(tx, paper)?;
    let booked = kept::booked(tx, line.year)?;
    let open = years::state(tx, line.year)?.admits(EntryKind::Planned, false).is_ok();
    let may_book = open && booked.is_none() && lines.iter().all(|line| line.region.is_some());
    let booked_on = booked.filter(|(id, _)| *id == line.id).map(|(_, at)| at.day());
    Ok(ToPlan { lines, booked_on, may_book })
}

/// Books what a decided proposal gives the regions as their plan of kind A, and what it takes off in advance as money
/// of kind D. A year takes one proposal; what changes later is a plan on top or a transfer.
///
/// # Errors
/// [`BOOKED_ALREADY`], [`NOT_COUNTING`], [`REGION_MISSING`], [`domain::budget::YEAR_CLOSED`]; hidden if it is not there
/// or not decided; [`Failure::Denied`].
pub async fn book(app: &App, actor: &Actor, key: Option<Key>, id: AllocationId) -> Result<AllocationId, Failure> {
    let grant = in_office(actor, Action::PlanBudget)?;
    let write = move |tx: ReadTx<'_>| {
        let line = found(kept::one(&tx, id)?)?;
        let (decision, _) = found(line.decision)?;
        let paper = load(&tx, id)?.2;
        let tx = tx.allow(grant);
        budget::lock(&tx)?;
        if kept::counting(&tx, line.year)? != Some(id) {
            return Err(NOT_COUNTING.broken().into());
        }
        years::state(&tx, line.year)?.admits(EntryKind::Planned, false)?;
        if !kept::book(&tx, id, line.year)? {
            return Err(BOOKED_ALREADY.broken().into());
        }
        for PlanLine { region, planned, .. } in lines(&tx, &paper)? {
            let region = region.ok_or(REGION_MISSING.broken())?;
            if let Some(planned) = planned {
                post(&tx, (region, line.year), planned, &decision)?;
            }
        }
        Ok(tx.commit(Deed::new(DeedKind::AllocationBooked, id), id)?)
    };
    app.book(actor, key, write).await
}

fn post(
    tx: &WriteTx<'_>,
    (region, year): (RegionId, i16),
    planned: Planned,
    decision: &Decision,
) -> Result<(), StoreError> {
    let (now, resolution) = (tx.now(), decision.resolution.as_str());
    let pot = budget::pot(tx, PotId(fresh_at(now)), region, year, MoneyKind::IndividualClaim)?;
    let mut bookings = vec![Booking::planned(pot, planned.planned)];
    if let Some(slice) = planned.top_slice {
        let reserve = budget::pot(tx, PotId(fresh_at(now)), region, year, MoneyKind::TopSlice)?;
        bookings.push(Booking::top_sliced(pot, reserve, slice));
    }
    for booking in &bookings {
        let slip = Slip::new(EntryId(fresh_at(now)), booking, now.day(), resolution);
        budget::post(tx, &Slip { resolution: Some(resolution), ..slip })?;
    }
    Ok(())
}
