// SPDX-License-Identifier: EUPL-1.2
//! One booking with everything about it, and its counter-entry.

use super::{admitted, sees};
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Standing, permit, sight};
use domain::audit::{Deed, DeedKind};
use domain::budget::{Account, Booking, EntryKind, MoneyKind, POT_EXHAUSTED, counter as back, counter_promise};
use domain::kernel::{Amount, EntryId, Line, PotId, RegionId};
use store::budget::lists::{self, BookingView};
use store::budget::{self, PotLine, Slip, promises, topups};
use store::{ReadTx, WriteTx};

/// A pot's place in words.
#[derive(Debug, Clone)]
pub struct PotName {
    /// The pot.
    pub pot: PotId,
    /// Its region.
    pub region: RegionId,
    /// Name of its region.
    pub region_name: String,
    /// Its year.
    pub year: i16,
    /// Its kind of money.
    pub kind: MoneyKind,
}

/// A booking's own page.
#[derive(Debug, Clone)]
pub struct BookingPage {
    /// The booking.
    pub view: BookingView,
    /// The pots that it touches.
    pub pots: Vec<PotName>,
    /// May the reader take it back?
    pub may_counter: bool,
}

/// The pots of a booking; hidden when one of them is out of reach (GEL-074).
fn pots(tx: &ReadTx<'_>, actor: &Actor, booking: &Booking, action: Action) -> Result<Vec<PotLine>, Failure> {
    let mut pots = Vec::new();
    for one in booking.moves() {
        let pot = found(budget::one_pot(tx, one.pot())?)?;
        permit(actor, action, Standing::Region(pot.region))?;
        pots.push(pot);
    }
    Ok(pots)
}

/// One booking.
///
/// # Errors
/// Hidden for other regions and teams, and for people who see no single bookings (N10).
pub async fn booking(app: &App, actor: &Actor, id: EntryId) -> Result<BookingPage, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let view = found(lists::one(tx, id)?)?;
        let pots = pots(tx, &actor, &view.booking, Action::SeeBudget)?;
        let commissions = sight(&actor, Action::SeeCommission);
        found((!commissions.is_nothing() && sees(&commissions, view.team)).then_some(()))?;
        let may_counter =
            pots.iter().all(|pot| permit(&actor, Action::BookBudget, Standing::Region(pot.region)).is_ok());
        let name = |pot: PotLine| PotName {
            pot: pot.id,
            region: pot.region,
            region_name: pot.region_name,
            year: pot.year,
            kind: pot.kind,
        };
        let left = view.booking.amount().balance() - view.taken_back();
        let ends = matches!(view.booking.kind(), EntryKind::Countered | EntryKind::Released);
        let may_counter = may_counter && !ends && left.cents() > 0;
        Ok(BookingPage { view, pots: pots.into_iter().map(name).collect(), may_counter })
    })
    .await
}

/// What is taken back, and why.
#[derive(Debug, Clone)]
pub struct Correction {
    /// How much of it.
    pub amount: Amount,
    /// Why.
    pub reason: Line,
    /// Who decided it; needed once the year is closed.
    pub resolution: Option<Line>,
}

/// Takes a booking back, in whole or in part, by a counter-entry.
///
/// # Errors
/// The rules of [`domain::budget::counter`] and [`counter_promise`], [`POT_EXHAUSTED`],
/// [`domain::budget::YEAR_CLOSED`], [`Failure::Denied`].
pub async fn counter(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: EntryId,
    correction: Correction,
) -> Result<EntryId, Failure> {
    let (who, now, entry) = (actor.clone(), app.now(), EntryId(fresh_at(app.now())));
    let write = move |tx: ReadTx<'_>| {
        let seen = found(lists::one(&tx, id)?)?;
        let pots = pots(&tx, &who, &seen.booking, Action::BookBudget)?;
        let first = found(pots.first())?;
        let tx = tx.allow(permit(&who, Action::BookBudget, Standing::Region(first.region))?);
        budget::lock(&tx)?;
        let original = found(lists::one(&tx, id)?)?;
        for pot in &pots {
            admitted(&tx, pot.year, EntryKind::Countered, correction.resolution.is_some())?;
        }
        let booking = back(&original.booking, original.taken_back(), correction.amount)?;
        stays_covered(&tx, &pots, &booking)?;
        take_from_promise(&tx, &original, correction.amount)?;
        topups::uncover(&tx, id, correction.amount.cents())?;
        let slip = Slip::new(entry, &booking, now.day(), correction.reason.as_str());
        budget::post(&tx, &carried_by(&original, Slip { counters: Some(id), ..slip }, correction.resolution.as_ref()))?;
        Ok(tx.commit(Deed::new(DeedKind::BookingCountered, id), entry)?)
    };
    app.book(actor, key, write).await
}

/// A counter-entry carries what its original carries, so that the statistics take it off in the same line.
fn carried_by<'a>(original: &BookingView, slip: Slip<'a>, resolution: Option<&'a Line>) -> Slip<'a> {
    Slip {
        promise: original.promise,
        commission: original.commission,
        purpose: original.purpose,
        resolution: resolution.map(Line::as_str),
        ..slip
    }
}

/// Capped money that was promised since cannot be taken back from under the promise.
fn stays_covered(tx: &WriteTx<'_>, pots: &[PotLine], booking: &Booking) -> Result<(), Failure> {
    for (pot, account, sum) in booking.postings() {
        let capped = pots.iter().any(|line| line.id == pot && line.kind.is_capped());
        if !capped || account != Account::Available || !sum.is_negative() {
            continue;
        }
        let after = budget::book(tx, pot)?.free() + sum;
        if after.is_negative() {
            return Err(POT_EXHAUSTED.broken_at("amount").saying(-after.cents()).into());
        }
    }
    Ok(())
}

fn take_from_promise(tx: &WriteTx<'_>, original: &BookingView, amount: Amount) -> Result<(), Failure> {
    let Some(id) = original.promise else { return Ok(()) };
    let of = found(promises::one(tx, id)?)?;
    let kind = original.booking.kind();
    let state = counter_promise((id, of.pot), of.state, of.settled_on.is_some(), (kind, amount))?;
    Ok(promises::keep(tx, &of, &state, None)?)
}
