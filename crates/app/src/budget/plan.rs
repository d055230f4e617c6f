// SPDX-License-Identifier: EUPL-1.2
//! Money that comes in: plans, and income that stays gross until a decision makes it part of the budget.

use super::admitted;
use crate::core::{App, Failure, Key, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::{Booking, EntryKind, MoneyKind, Purpose};
use domain::kernel::{Amount, Balance, EntryId, Line, PotId, RegionId, Rule};
use store::ReadTx;
use store::budget::{self, Slip};

/// More is taken off in advance than is planned.
pub const TOP_SLICE_TOO_LARGE: Rule = Rule::new("budget.top_slice_too_large", "§ 80(1) Nr. 3 SGB VIII");
/// More income is used than came in and is not used yet.
pub const INCOME_TOO_SMALL: Rule = Rule::new("budget.income_too_small", "§ 19 GemHVO: Mehrerträge");

/// A year's plan for a region.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Region.
    pub region: RegionId,
    /// Year.
    pub year: i16,
    /// Kind of money.
    pub kind: MoneyKind,
    /// Planned.
    pub planned: Amount,
    /// Taken off in advance for the unforeseen: it becomes money of kind D.
    pub top_slice: Option<Amount>,
    /// Resolution or other note.
    pub note: Line,
}

/// Plans money: plan and top-slice are bookings like all others; a later plan adds to an earlier.
///
/// # Errors
/// [`TOP_SLICE_TOO_LARGE`], [`domain::budget::YEAR_CLOSED`], [`Failure::Denied`].
pub async fn plan(app: &App, actor: &Actor, key: Option<Key>, plan: Plan) -> Result<PotId, Failure> {
    let grant = permit(actor, Action::PlanBudget, Standing::Region(plan.region))?;
    let reserve_of_reserve = plan.kind == MoneyKind::TopSlice && plan.top_slice.is_some();
    if reserve_of_reserve || plan.top_slice.is_some_and(|slice| slice >= plan.planned) {
        return Err(TOP_SLICE_TOO_LARGE.broken_at("top_slice").into());
    }
    let now = app.now();
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        let pot = budget::pot(&tx, PotId(fresh_at(now)), plan.region, plan.year, plan.kind)?;
        let mut bookings = vec![Booking::planned(pot, plan.planned)];
        if let Some(slice) = plan.top_slice {
            let reserve = budget::pot(&tx, PotId(fresh_at(now)), plan.region, plan.year, MoneyKind::TopSlice)?;
            bookings.push(Booking::top_sliced(pot, reserve, slice));
        }
        admitted(&tx, plan.year, EntryKind::Planned, false)?;
        for booking in &bookings {
            budget::post(&tx, &Slip::new(EntryId(fresh_at(now)), booking, now.day(), plan.note.as_str()))?;
        }
        Ok(tx.commit(Deed::new(DeedKind::MoneyPlanned, pot), pot)?)
    };
    app.book(actor, key, write).await
}

/// Income as it comes in.
#[derive(Debug, Clone)]
pub struct NewIncome {
    /// Region.
    pub region: RegionId,
    /// Year.
    pub year: i16,
    /// With which kind of money it goes.
    pub kind: MoneyKind,
    /// What it is for, and which type of income it is.
    pub purpose: Purpose,
    /// How much, gross.
    pub amount: Amount,
    /// From whom, without a family's name.
    pub note: Line,
}

/// Books income gross: what was spent stays as it is, and nothing more may be spent because of it.
///
/// # Errors
/// [`super::FLOW_MISPLACED`], [`domain::budget::YEAR_CLOSED`], [`Failure::Denied`].
pub async fn book_income(app: &App, actor: &Actor, key: Option<Key>, new: NewIncome) -> Result<EntryId, Failure> {
    let grant = permit(actor, Action::BookBudget, Standing::Region(new.region))?;
    if !new.purpose.flow.is_income() {
        return Err(super::FLOW_MISPLACED.broken_at("flow").into());
    }
    let (now, id) = (app.now(), app.fresh::<EntryId>());
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        let pot = budget::pot(&tx, PotId(fresh_at(now)), new.region, new.year, new.kind)?;
        admitted(&tx, new.year, EntryKind::Income, false)?;
        let booking = Booking::income(pot, new.amount);
        let slip = Slip::new(id, &booking, now.day(), new.note.as_str());
        budget::post(&tx, &Slip { purpose: Some(new.purpose), ..slip })?;
        Ok(tx.commit(Deed::new(DeedKind::IncomeBooked, id), id)?)
    };
    app.book(actor, key, write).await
}

/// Makes income part of the budget, by decision.
///
/// # Errors
/// [`INCOME_TOO_SMALL`], saying what came in and is not used; [`domain::budget::YEAR_CLOSED`], [`Failure::Denied`].
pub async fn use_income(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (region, year, kind): (RegionId, i16, MoneyKind),
    (amount, resolution): (Amount, Line),
) -> Result<EntryId, Failure> {
    let grant = permit(actor, Action::PlanBudget, Standing::Region(region))?;
    let (now, id) = (app.now(), app.fresh::<EntryId>());
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        let pot = budget::pot(&tx, PotId(fresh_at(now)), region, year, kind)?;
        admitted(&tx, year, EntryKind::IncomeUsed, true)?;
        let book = budget::book(&tx, pot)?;
        let left: Balance = book.income - book.income_used;
        if amount.balance() > left {
            return Err(INCOME_TOO_SMALL.broken_at("amount").saying(left.cents()).into());
        }
        let booking = Booking::income_used(pot, amount);
        let slip = Slip::new(id, &booking, now.day(), resolution.as_str());
        budget::post(&tx, &Slip { resolution: Some(resolution.as_str()), ..slip })?;
        Ok(tx.commit(Deed::new(DeedKind::MoneyPlanned, pot), id)?)
    };
    app.book(actor, key, write).await
}
