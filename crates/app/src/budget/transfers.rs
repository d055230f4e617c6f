// SPDX-License-Identifier: EUPL-1.2
//! Transfers between pots: a resolution, one who proposes, another who approves.

use super::admitted;
use crate::core::{App, Failure, Key, found, fresh_at, in_office};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::{
    Approval, Booking, CoverSource, EntryKind, MoneyKind, PotOf, approve, has_free, may_transfer, secrecy,
};
use domain::kernel::{Amount, Balance, EntryId, Line, PotId, RegionId, Rule, TransferId};
use store::budget::topups::{NewCover, note_cover};
use store::budget::transfers::{self as kept, FROM_NEWEST, TransferView};
use store::budget::{self, Slip};
use store::sight::RowSight;
use store::{ReadTx, WriteTx};

/// The transfer was approved or withdrawn before.
pub const TRANSFER_DECIDED: Rule = Rule::new("budget.transfer_decided", "Kassenrecht: Vier-Augen-Prinzip");

/// Transfers on the page, done ones.
const PAGE: i64 = 25;

/// One end of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransferPlace {
    /// Region.
    pub region: RegionId,
    /// Kind of money.
    pub kind: MoneyKind,
}

/// A transfer to be proposed.
#[derive(Debug, Clone)]
pub struct NewTransfer {
    /// Year of both pots.
    pub year: i16,
    /// Which pot gives.
    pub from: TransferPlace,
    /// Which pot takes.
    pub to: TransferPlace,
    /// How much.
    pub amount: Amount,
    /// Why.
    pub reason: Line,
    /// Number and day of the resolution.
    pub resolution: Line,
}

/// Proposes a transfer. Nothing is booked until another person approves.
///
/// # Errors
/// The rules of [`may_transfer`] and [`has_free`], [`domain::budget::YEAR_CLOSED`], [`Failure::Denied`].
pub async fn propose_transfer(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    new: NewTransfer,
) -> Result<TransferId, Failure> {
    let grant = permit(actor, Action::PlanBudget, Standing::Region(new.from.region))?;
    permit(actor, Action::PlanBudget, Standing::Region(new.to.region))?;
    let (now, id) = (app.now(), app.fresh::<TransferId>());
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        let end = |place: TransferPlace| -> Result<PotOf, Failure> {
            let known = budget::regions(&tx, &RowSight::Only(vec![place.region.0]))?;
            found(known.first())?;
            let pot = budget::pot(&tx, PotId(fresh_at(now)), place.region, new.year, place.kind)?;
            Ok(PotOf { pot, kind: place.kind, year: new.year })
        };
        let (from, to) = (end(new.from)?, end(new.to)?);
        may_transfer(from, to)?;
        admitted(&tx, new.year, EntryKind::Transferred, true)?;
        has_free(budget::book(&tx, from.pot)?.free(), new.amount)?;
        let (reason, resolution) = (new.reason.clone(), new.resolution.clone());
        let (from, to) = (from.pot, to.pot);
        kept::propose(&tx, &kept::NewTransfer { id, from, to, amount: new.amount, reason, resolution, top_up: None })?;
        Ok(tx.commit(Deed::new(DeedKind::TransferProposed, id), id)?)
    };
    app.book(actor, key, write).await
}

/// The second pair of eyes: names amount and version as they were on the screen.
///
/// # Errors
/// The rules of [`approve`], [`TRANSFER_DECIDED`], [`domain::budget::YEAR_CLOSED`], [`Failure::Denied`].
pub async fn approve_transfer(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: TransferId,
    (amount, version): (Amount, i64),
) -> Result<EntryId, Failure> {
    let (who, now, entry) = (actor.clone(), app.now(), app.fresh::<EntryId>());
    let write = move |tx: ReadTx<'_>| {
        let (tx, transfer) = locked(tx, &who, Action::ReleaseBudget, id)?;
        admitted(&tx, transfer.from.year, EntryKind::Transferred, true)?;
        approve(&Approval {
            proposed_by: transfer.proposed_by,
            approver: who.user,
            amount: (transfer.amount, amount),
            version: (transfer.from.version, version),
            free: budget::book(&tx, transfer.from.pot)?.free(),
        })?;
        let booking = Booking::transferred(transfer.from.pot, transfer.to.pot, transfer.amount);
        let slip = Slip::new(entry, &booking, now.day(), &transfer.reason);
        budget::post(&tx, &Slip { resolution: Some(&transfer.resolution), ..slip })?;
        if !kept::approve(&tx, id, entry)? {
            return Err(TRANSFER_DECIDED.broken().into());
        }
        if let Some(top_up) = transfer.top_up {
            let reserve = transfer.from.kind == MoneyKind::TopSlice;
            let source = if reserve { CoverSource::Reserve } else { CoverSource::OtherRegion };
            let (cents, resolution) = (transfer.amount.cents(), transfer.resolution.as_str());
            let new = NewCover { top_up, booking: entry, source, cents, line: None, resolution, on: now.day() };
            note_cover(&tx, &new)?;
        }
        Ok(tx.commit(Deed::new(DeedKind::TransferApproved, id), entry)?)
    };
    app.book(actor, key, write).await
}

/// Takes a proposal back, or turns it down.
///
/// # Errors
/// [`TRANSFER_DECIDED`], [`Failure::Denied`].
pub async fn withdraw_transfer(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: TransferId,
) -> Result<TransferId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (tx, _) = locked(tx, &who, Action::PlanBudget, id)?;
        if !kept::withdraw(&tx, id)? {
            return Err(TRANSFER_DECIDED.broken().into());
        }
        Ok(tx.commit(Deed::new(DeedKind::TransferWithdrawn, id), id)?)
    };
    app.book(actor, key, write).await
}

/// The transfer as it is once everybody else who books waits.
fn locked<'a>(
    tx: ReadTx<'a>,
    who: &Actor,
    action: Action,
    id: TransferId,
) -> Result<(WriteTx<'a>, TransferView), Failure> {
    let seen = found(kept::one(&tx, id)?)?;
    permit(who, action, Standing::Region(seen.to.region))?;
    let tx = tx.allow(permit(who, action, Standing::Region(seen.from.region))?);
    budget::lock(&tx)?;
    let transfer = found(kept::one(&tx, id)?)?;
    if transfer.state == "waiting" { Ok((tx, transfer)) } else { Err(TRANSFER_DECIDED.broken().into()) }
}

/// Transfers that wait, and the newest that are done.
#[derive(Debug, Clone)]
pub struct TransfersPage {
    /// Waiting, with what is free in the pot that gives, if the reader may know.
    pub waiting: Vec<(TransferView, Option<Balance>)>,
    /// Approved and withdrawn, newest first. What covers a top-up is as telling as the claim behind it: it is listed
    /// for those who see commissions.
    pub done: Vec<TransferView>,
    /// Regions.
    pub regions: Vec<(RegionId, String)>,
    /// May the reader propose?
    pub may_propose: bool,
    /// May the reader approve what others proposed?
    pub may_approve: bool,
}

/// Transfers of the office.
///
/// # Errors
/// Hidden for people who do not see the money of the whole office.
pub async fn transfers(app: &App, actor: &Actor) -> Result<TransfersPage, Failure> {
    in_office(actor, Action::SeeBudget)?;
    let may = |action| permit(actor, action, Standing::Office).is_ok();
    let (may_propose, may_approve) = (may(Action::PlanBudget), may(Action::ReleaseBudget));
    let clear = secrecy(actor, None).is_none();
    app.read(move |tx| {
        let mut waiting = Vec::new();
        let mut listed = kept::list(tx, "waiting", FROM_NEWEST, 100)?;
        listed.retain(|one| clear || one.top_up.is_none());
        for transfer in listed {
            let free = if clear { Some(budget::book(tx, transfer.from.pot)?.free()) } else { None };
            waiting.push((transfer, free));
        }
        let mut done = kept::list(tx, "approved", FROM_NEWEST, PAGE)?;
        done.extend(kept::list(tx, "withdrawn", FROM_NEWEST, PAGE)?);
        done.retain(|one| clear || one.top_up.is_none());
        done.sort_by_key(|one| std::cmp::Reverse(one.decided_at));
        let regions = budget::regions(tx, &RowSight::Everything)?;
        Ok(TransfersPage { waiting, done, regions, may_propose, may_approve })
    })
    .await
}
