// SPDX-License-Identifier: EUPL-1.2
//! Promises: direct access (B), grants (C), the top-slice (D) are promised here; claims (A) are promised by their
//! commission. All are paid, proven and settled here.

use super::{admitted, sees};
use crate::core::{App, Failure, Key, found, fresh_at, reach};
use domain::access::{Action, Actor, Standing, permit, sight};
use domain::agencies::Agency;
use domain::audit::{Deed, DeedKind};
use domain::budget::{EntryKind, MoneyKind, Purpose, YearState, promise};
use domain::kernel::{AgencyId, Amount, CaseId, CommissionId, EntryId, Line, Note, PotId, PromiseId, RegionId, Rule};
use store::budget::lists::{self, PromiseLine};
use store::budget::promises::{self as kept, FROM_NEWEST, NewPromise, PromiseView};
use store::budget::{self, Slip, years};
use store::sight::RowSight;
use store::{ReadTx, WriteTx, agencies};

/// Money for claims is promised by a commission, never as a lump sum (VG Hamburg 13 K 1532/12).
pub const CLAIM_NEEDS_COMMISSION: Rule =
    Rule::new("budget.claim_needs_commission", "VG Hamburg 13 K 1532/12; § 36a(1) SGB VIII");
/// A type of income where money is spent, or the other way round.
pub const FLOW_MISPLACED: Rule = Rule::new("budget.flow_misplaced", "§ 99(10) SGB VIII; Bruttoprinzip");

/// Promises on one page.
const PAGE: i64 = 25;

/// Money to be promised out of a capped pot.
#[derive(Debug, Clone)]
pub struct NewMoney {
    /// Region.
    pub region: RegionId,
    /// Year.
    pub year: i16,
    /// Kind B, C or D.
    pub kind: MoneyKind,
    /// To which agency, if to one.
    pub agency: Option<AgencyId>,
    /// For what, in one line; never a person's name.
    pub subject: Line,
    /// What the money is for.
    pub purpose: Purpose,
    /// How much.
    pub amount: Amount,
}

/// Promises money of kinds B to D; ends where the pot ends.
///
/// # Errors
/// [`domain::budget::POT_EXHAUSTED`], saying what is missing; [`CLAIM_NEEDS_COMMISSION`], [`FLOW_MISPLACED`],
/// [`domain::budget::PARAGRAPH_OF_OTHER_KIND`], [`domain::budget::YEAR_CLOSED`], [`Failure::Denied`].
pub async fn promise_money(app: &App, actor: &Actor, key: Option<Key>, new: NewMoney) -> Result<PromiseId, Failure> {
    let grant = permit(actor, Action::BookBudget, Standing::Region(new.region))?;
    if !new.kind.is_capped() {
        return Err(CLAIM_NEEDS_COMMISSION.broken_at("kind").into());
    }
    let id = app.fresh::<PromiseId>();
    let write = move |tx: ReadTx<'_>| {
        if let Some(agency) = new.agency {
            found(agencies::one(&tx, agency)?)?;
        }
        let tx = tx.allow(grant);
        bind(&tx, id, &new, None)?;
        Ok(tx.commit(Deed::new(DeedKind::MoneyPromised, id), id)?)
    };
    app.book(actor, key, write).await
}

/// The commission behind a claim.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The commission.
    pub commission: CommissionId,
    /// In which case, for the log.
    pub case: Option<CaseId>,
    /// Why it goes over plan, if it does.
    pub over_plan: Option<Note>,
}

/// Promises money inside a change: for a claim whatever it needs, in the first year from that one whose books are not
/// shut, over plan with a top-up (N4); for capped money as far as the pot reaches.
///
/// # Errors
/// The rules of [`promise`], [`FLOW_MISPLACED`], [`domain::budget::PARAGRAPH_OF_OTHER_KIND`], [`domain::budget::YEAR_CLOSED`].
pub fn bind(tx: &WriteTx<'_>, id: PromiseId, new: &NewMoney, claim: Option<Claim>) -> Result<(), Failure> {
    new.purpose.paragraph.fits(new.kind)?;
    if new.purpose.flow.is_income() {
        return Err(FLOW_MISPLACED.broken_at("flow").into());
    }
    let (now, on) = (tx.now(), tx.now().day());
    // Locked first, then asked: a year may be closed while we wait.
    budget::lock(tx)?;
    let year = if claim.is_some() { open_year(tx, new.year)? } else { new.year };
    admitted(tx, year, EntryKind::Committed, false)?;
    let pot = budget::pot(tx, PotId(fresh_at(now)), new.region, year, new.kind)?;
    let reason = claim.as_ref().and_then(|claim| claim.over_plan.clone());
    let promised = promise((new.kind, pot), &budget::book(tx, pot)?, new.amount, reason);
    let promised = promised.map_err(|refusal| if claim.is_none() { refusal.at("amount") } else { refusal })?;
    let (subject, agency, purpose, amount) = (new.subject.clone(), new.agency, new.purpose, new.amount);
    let commission = claim.as_ref().map(|claim| claim.commission);
    kept::insert(tx, &NewPromise { id, pot, commission, agency, subject, purpose, amount, on })?;
    let slip = Slip::new(EntryId(fresh_at(now)), &promised.booking, on, new.subject.as_str());
    budget::post(tx, &Slip { promise: Some(id), commission, agency, purpose: Some(purpose), ..slip })?;
    if let (Some(top_up), Some(claim)) = (&promised.top_up, claim) {
        let id = fresh_at(now);
        budget::open_top_up(tx, id, pot, claim.commission, top_up)?;
        tx.also(Deed { case: claim.case, ..Deed::new(DeedKind::TopUpOpened, id) });
    }
    Ok(())
}

/// A claim never waits for a year: that one, or the next whose books are not shut (N4).
fn open_year(tx: &WriteTx<'_>, from: i16) -> Result<i16, Failure> {
    let mut year = from;
    while years::state(tx, year)?.admits(EntryKind::Committed, false).is_err() {
        year += 1;
    }
    Ok(year)
}

/// What is done with a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Pay for good.
    Draw,
    /// Pay an instalment whose use must be proven.
    Advance,
    /// Take in the proof of use.
    Prove,
    /// Take back what was not used.
    Repay,
}

impl Step {
    /// The kind of booking.
    #[must_use]
    pub const fn kind(self) -> EntryKind {
        match self {
            Self::Draw => EntryKind::Drawn,
            Self::Advance => EntryKind::Advanced,
            Self::Prove => EntryKind::Proven,
            Self::Repay => EntryKind::Repaid,
        }
    }
}

/// A payment out of a promise, or what follows it.
#[derive(Debug, Clone)]
pub struct Payment {
    /// What is done.
    pub step: Step,
    /// How much.
    pub amount: Amount,
    /// In one line: invoice, instalment, date of the proof.
    pub note: Line,
}

/// Books one step of a promise inside a change whose pot is locked: pays, proves, takes back.
///
/// # Errors
/// The rules of [`domain::budget::Commitment`], [`domain::budget::YEAR_CLOSED`].
pub fn book_step(tx: &WriteTx<'_>, of: &PromiseView, payment: &Payment, id: EntryId) -> Result<(), Failure> {
    admitted(tx, of.year, payment.step.kind(), false)?;
    let mut open = of.open()?;
    let booking = match payment.step {
        Step::Draw => open.draw(payment.amount),
        Step::Advance => open.advance(payment.amount),
        Step::Prove => open.prove(payment.amount),
        Step::Repay => open.repay(payment.amount),
    }?;
    kept::keep(tx, of, &open.state(), None)?;
    let slip = Slip::new(id, &booking, tx.now().day(), payment.note.as_str());
    Ok(budget::post(tx, &of_promise(slip, of))?)
}

/// With what every booking of a promise carries.
pub(super) fn of_promise<'a>(slip: Slip<'a>, of: &PromiseView) -> Slip<'a> {
    let (promise, commission, agency, purpose) = (Some(of.id), of.commission, of.agency, Some(of.purpose));
    Slip { promise, commission, agency, purpose, ..slip }
}

/// Pays out of a promise, takes in a proof of use, or takes back what was not used.
///
/// # Errors
/// The rules of [`book_step`], [`Failure::Denied`].
pub async fn pay(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: PromiseId,
    payment: Payment,
) -> Result<EntryId, Failure> {
    let (who, entry) = (actor.clone(), app.fresh::<EntryId>());
    let write = move |tx: ReadTx<'_>| {
        let (tx, of) = locked(tx, &who, id)?;
        book_step(&tx, &of, &payment, entry)?;
        let deed = if payment.step == Step::Prove { DeedKind::MoneyProven } else { DeedKind::MoneyPaid };
        Ok(tx.commit(Deed::new(deed, id), entry)?)
    };
    app.book_ahead(actor, key, id, write).await
}

/// Ends a promise; its rest comes back.
///
/// # Errors
/// The rules of [`domain::budget::Commitment::settle`], [`domain::budget::YEAR_CLOSED`], [`Failure::Denied`].
pub async fn settle(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: PromiseId,
    note: Line,
) -> Result<PromiseId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (tx, of) = locked(tx, &who, id)?;
        end(&tx, &of, &note)?;
        Ok(tx.commit(Deed::new(DeedKind::PromiseSettled, id), id)?)
    };
    app.book_ahead(actor, key, id, write).await
}

/// Ends a promise inside a change whose pot is locked.
///
/// # Errors
/// The rules of [`domain::budget::Commitment::settle`], [`domain::budget::YEAR_CLOSED`].
pub fn end(tx: &WriteTx<'_>, of: &PromiseView, note: &Line) -> Result<(), Failure> {
    admitted(tx, of.year, EntryKind::Released, false)?;
    let (now, on) = (tx.now(), tx.now().day());
    let settled = of.open()?.settle()?;
    kept::keep(tx, of, &settled.state, Some(on))?;
    if let Some(booking) = &settled.released {
        let slip = Slip::new(EntryId(fresh_at(now)), booking, on, note.as_str());
        budget::post(tx, &of_promise(slip, of))?;
    }
    Ok(())
}

/// The promise as it is once everybody else who books waits.
fn locked<'a>(tx: ReadTx<'a>, who: &Actor, id: PromiseId) -> Result<(WriteTx<'a>, PromiseView), Failure> {
    let seen = found(kept::one(&tx, id)?)?;
    let tx = tx.allow(permit(who, Action::BookBudget, Standing::Region(seen.region))?);
    budget::lock(&tx)?;
    let of = found(kept::one(&tx, id)?)?;
    Ok((tx, of))
}

/// The promises of a region.
#[derive(Debug, Clone)]
pub struct PromisesPage {
    /// Regions to choose from.
    pub regions: Vec<(RegionId, String)>,
    /// The region shown.
    pub region: RegionId,
    /// The year shown.
    pub year: i16,
    /// The kind of money shown.
    pub kind: MoneyKind,
    /// Where the year stands.
    pub state: YearState,
    /// Promises, newest first.
    pub promises: Vec<PromiseView>,
    /// All agencies, in neutral order.
    pub agencies: Vec<Agency>,
    /// May the reader book?
    pub may_book: bool,
    /// Where the next page begins.
    pub next: Option<PromiseId>,
}

/// The promises of a region out of one kind of money.
///
/// # Errors
/// Hidden for people who see no single bookings (N10), and for other regions.
pub async fn promises(
    app: &App,
    actor: &Actor,
    region: Option<RegionId>,
    (year, kind): (Option<i16>, MoneyKind),
    before: Option<PromiseId>,
) -> Result<PromisesPage, Failure> {
    let seen = RowSight::regions(&reach(actor, Action::SeeBudget)?);
    let commissions = reach(actor, Action::SeeCommission)?;
    let (actor, year) = (actor.clone(), year.unwrap_or_else(|| app.today().year()));
    app.read(move |tx| {
        let regions = budget::regions(tx, &seen)?;
        let region = found(region.or_else(|| regions.first().map(|(id, _)| *id)))?;
        permit(&actor, Action::SeeBudget, Standing::Region(region))?;
        let pot = budget::find_pot(tx, region, year, kind)?;
        let before = before.unwrap_or(FROM_NEWEST);
        let mut promises = pot.map_or(Ok(Vec::new()), |pot| kept::of_pot(tx, pot, before, PAGE + 1))?;
        let more = promises.len() > PAGE as usize;
        promises.truncate(PAGE as usize);
        let next = promises.last().filter(|_| more).map(|promise| promise.id);
        // What another team ordered for a family is not shown line by line (N10).
        promises.retain(|promise| sees(&commissions, promise.team));
        let may_book = permit(&actor, Action::BookBudget, Standing::Region(region)).is_ok();
        let (state, agencies) = (years::state(tx, year)?, agencies::all(tx)?);
        Ok(PromisesPage { regions, region, year, kind, state, promises, agencies, may_book, next })
    })
    .await
}

/// A promise with its bookings.
#[derive(Debug, Clone)]
pub struct PromisePage {
    /// The promise.
    pub promise: PromiseView,
    /// Name of its region.
    pub region_name: String,
    /// Its bookings, oldest first.
    pub lines: Vec<PromiseLine>,
    /// May the reader book?
    pub may_book: bool,
}

/// One promise.
///
/// # Errors
/// Hidden for other regions and teams, and for people who see no single bookings (N10).
pub async fn promise_page(app: &App, actor: &Actor, id: PromiseId) -> Result<PromisePage, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let promise = found(kept::one(tx, id)?)?;
        permit(&actor, Action::SeeBudget, Standing::Region(promise.region))?;
        let commissions = sight(&actor, Action::SeeCommission);
        found((!commissions.is_nothing() && sees(&commissions, promise.team)).then_some(()))?;
        let region_name = budget::one_pot(tx, promise.pot)?.map(|pot| pot.region_name).unwrap_or_default();
        let may_book = permit(&actor, Action::BookBudget, Standing::Region(promise.region)).is_ok();
        Ok(PromisePage { region_name, lines: lists::of_promise(tx, id)?, may_book, promise })
    })
    .await
}
