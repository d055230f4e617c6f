// SPDX-License-Identifier: EUPL-1.2
//! Covering what a claim over plan lacks. The help has long been running.

use super::admitted;
use crate::core::{App, Failure, Key, found, fresh_at, reach};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::{Booking, Cover, CoverSource, EntryKind, MoneyKind, cover, has_free};
use domain::kernel::{Amount, EntryId, Line, Moment, PotId, RegionId, Rule, TransferId};
use store::budget::topups::{self as kept, NewCover, OpenTopUp};
use store::budget::{self, Slip, transfers};
use store::{ReadTx, WriteTx};
use uuid::Uuid;

/// The top-up is covered already.
pub const TOP_UP_COVERED: Rule = Rule::new("budget.top_up_covered", "§ 83 GO");

/// Where the money for a top-up comes from, by one resolution.
#[derive(Debug, Clone)]
pub struct Covering {
    /// Own budget lines that need less, each with its name.
    pub own_lines: Vec<(Amount, Line)>,
    /// Income above plan.
    pub extra_income: Option<Amount>,
    /// Out of the region's money for the unforeseen; waits for the second person.
    pub reserve: Option<Amount>,
    /// From another region; waits for the second person.
    pub other_region: Option<(RegionId, Amount)>,
    /// Did the council decide that the rest stays without cover?
    pub rest_is_decided: bool,
    /// Who decided what, when.
    pub resolution: Line,
}

impl Covering {
    fn covers(&self) -> Vec<Cover> {
        let own = self.own_lines.iter().map(|(amount, line)| (CoverSource::OwnLines, *amount, Some(line.clone())));
        let income = self.extra_income.map(|amount| (CoverSource::ExtraIncome, amount, None));
        let reserve = self.reserve.map(|amount| (CoverSource::Reserve, amount, None));
        let region = self.other_region.map(|(_, amount)| (CoverSource::OtherRegion, amount, None));
        let all = own.chain(income).chain(reserve).chain(region);
        all.map(|(source, amount, line)| Cover { source, amount, line }).collect()
    }
}

/// Covers a top-up: several sources, and a rest without cover if the council decided so. What comes out of other pots
/// is proposed as a transfer and counts when a second person has approved it.
///
/// # Errors
/// [`TOP_UP_COVERED`], the rules of [`domain::budget::cover`], [`Failure::Denied`].
pub async fn cover_top_up(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: Uuid,
    covering: Covering,
) -> Result<PotId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        reach(&who, Action::PlanBudget)?;
        let open = kept::open_top_up_of(&tx, id)?.ok_or(Failure::from(TOP_UP_COVERED.broken()))?;
        let tx = tx.allow(permit(&who, Action::PlanBudget, Standing::Region(open.region))?);
        let givers = givers(&tx, &open, &covering, now)?;
        budget::lock(&tx)?;
        // Somebody may have covered it while we waited.
        let open = kept::open_top_up_of(&tx, id)?.ok_or(Failure::from(TOP_UP_COVERED.broken()))?;
        admitted(&tx, open.year, EntryKind::ToppedUp, true)?;
        let missing = Amount::from_cents((open.missing - open.covered - open.on_the_way).cents());
        let missing = missing.or(Err(TOP_UP_COVERED.broken()))?;
        for cover in cover(missing, covering.covers(), covering.rest_is_decided)? {
            match givers.iter().find(|(source, _)| *source == cover.source) {
                Some((_, giver)) => propose(&tx, (*giver, open.pot), id, &cover, &covering.resolution)?,
                None => book(&tx, open.pot, id, &cover, &covering.resolution)?,
            }
        }
        Ok(tx.commit(Deed::new(DeedKind::TopUpCovered, id), open.pot)?)
    };
    app.book(actor, key, write).await
}

/// The other pots that give: which source, which pot.
fn givers(
    tx: &WriteTx<'_>,
    open: &OpenTopUp,
    covering: &Covering,
    now: Moment,
) -> Result<Vec<(CoverSource, PotId)>, Failure> {
    let mut givers = Vec::new();
    let mut add = |source, region, kind| -> Result<(), Failure> {
        givers.push((source, budget::pot(tx, PotId(fresh_at(now)), region, open.year, kind)?));
        Ok(())
    };
    if let Some((region, _)) = covering.other_region {
        found((region != open.region).then_some(()))?;
        permit_region(tx, region)?;
        add(CoverSource::OtherRegion, region, MoneyKind::IndividualClaim)?;
    }
    if covering.reserve.is_some() {
        add(CoverSource::Reserve, open.region, MoneyKind::TopSlice)?;
    }
    Ok(givers)
}

/// A region that the office has.
fn permit_region(tx: &WriteTx<'_>, region: RegionId) -> Result<(), Failure> {
    let known = budget::regions(tx, &store::sight::RowSight::Only(vec![region.0]))?;
    found(known.first().map(|_| ()))
}

fn propose(
    tx: &WriteTx<'_>,
    (from, to): (PotId, PotId),
    top_up: Uuid,
    cover: &Cover,
    resolution: &Line,
) -> Result<(), Failure> {
    let field = if cover.source == CoverSource::Reserve { "reserve" } else { "region_amount" };
    has_free(budget::book(tx, from)?.free(), cover.amount).map_err(|refusal| refusal.at(field))?;
    let id = TransferId(fresh_at(tx.now()));
    let (reason, resolution) = (resolution.clone(), resolution.clone());
    let new = transfers::NewTransfer { id, from, to, amount: cover.amount, reason, resolution, top_up: Some(top_up) };
    transfers::propose(tx, &new)?;
    tx.also(Deed::new(DeedKind::TransferProposed, id));
    Ok(())
}

fn book(tx: &WriteTx<'_>, pot: PotId, top_up: Uuid, cover: &Cover, resolution: &Line) -> Result<(), Failure> {
    let (id, on) = (EntryId(fresh_at(tx.now())), tx.now().day());
    let booking = Booking::topped_up(pot, cover.amount);
    let line = cover.line.as_ref().map(Line::as_str);
    let note = line.unwrap_or(resolution.as_str());
    budget::post(tx, &Slip { resolution: Some(resolution.as_str()), ..Slip::new(id, &booking, on, note) })?;
    let (cents, resolution) = (cover.amount.cents(), resolution.as_str());
    let new = NewCover { top_up, booking: id, source: cover.source, cents, line, resolution, on };
    Ok(kept::note_cover(tx, &new)?)
}
