// SPDX-License-Identifier: EUPL-1.2
//! Fiscal years: opened, closed, carried over, each by decision and with a record. What is still promised when a year
//! closes goes over into the next with its money: nobody's help ends on the last of December.

use super::promises::of_promise;
use super::published::{Glass, PotView};
use crate::core::{App, Failure, Key, found, fresh_at, in_office};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::{Booking, MoneyKind, Percent, Purpose, YearAct, YearState, may_carry};
use domain::kernel::{Amount, EntryId, Line, PotId, PromiseId, RegionId};
use std::fmt::Write;
use store::budget::promises::{self, NewPromise, PromiseView};
use store::budget::years::{self as kept, YearActLine};
use store::budget::{self, Slip, statistics, transfers};
use store::{ReadTx, StoreError, WriteTx};
use uuid::Uuid;

/// The page of a year.
#[derive(Debug, Clone)]
pub struct YearPage {
    /// The year.
    pub year: i16,
    /// Where it stands.
    pub state: YearState,
    /// What was decided, in order; the books at that time only for those who see single bookings of the whole office.
    pub acts: Vec<YearActLine>,
    /// Its pots.
    pub pots: Vec<PotView>,
    /// Promises not settled; for those who decide.
    pub open_promises: usize,
    /// Transfers waiting.
    pub waiting: i64,
    /// Paid and received by purpose; only for those who see single bookings of the whole office (N10).
    pub expenditure: Vec<(Purpose, domain::kernel::Balance)>,
    /// May the reader decide?
    pub may_plan: bool,
}

/// The page of a year.
///
/// # Errors
/// Hidden for people who do not see the money of the whole office.
pub async fn year_page(app: &App, actor: &Actor, year: i16) -> Result<YearPage, Failure> {
    in_office(actor, Action::SeeBudget)?;
    let may = |action| permit(actor, action, Standing::Office).is_ok();
    let (may_plan, may_see) = (may(Action::PlanBudget), may(Action::SeeCommission));
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let glass = Glass::new(tx, &actor, year, (None, today))?;
        let pots = budget::pots(tx, year)?.into_iter().map(|pot| glass.pot(tx, pot)).collect::<Result<_, _>>()?;
        let mut acts = kept::acts(tx, year)?;
        if !may_see {
            acts.iter_mut().for_each(|act| act.record.clear());
        }
        Ok(YearPage {
            year,
            state: kept::state(tx, year)?,
            acts,
            pots,
            open_promises: if may_see { kept::open_promises(tx, year)?.len() } else { 0 },
            waiting: transfers::waiting(tx, year)?,
            expenditure: if may_see { statistics::sums(tx, year)? } else { Vec::new() },
            may_plan,
        })
    })
    .await
}

/// The record of a decision: every pot as it stands, one a line, in whole cents.
fn record(tx: &ReadTx<'_>, year: i16) -> Result<String, StoreError> {
    let mut text = "Region;Mittelart;Plan;Vorwegabzug;Nachsteuerung;Umbuchung;Übertrag;Gebunden;Vorschuss;Ausgezahlt;Einnahmen;Frei\n".to_owned();
    for pot in budget::pots(tx, year)? {
        let book = budget::book(tx, pot.id)?;
        let sums = [
            book.planned,
            book.top_sliced,
            book.topped_up,
            book.transferred,
            book.carried_over,
            book.bound,
            book.advanced,
            book.drawn,
            book.income,
            book.free(),
        ];
        let cents: Vec<String> = sums.iter().map(|sum| sum.cents().to_string()).collect();
        // Writing into a text never fails.
        writeln!(text, "{};{};{}", pot.region_name.replace(';', ","), pot.kind.code(), cents.join(";"))
            .unwrap_or_default();
    }
    Ok(text)
}

/// Opens a year: the budget is in force.
///
/// # Errors
/// [`domain::budget::YEAR_DECIDED`], [`Failure::Denied`].
pub async fn open_year(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    year: i16,
    resolution: Line,
) -> Result<Uuid, Failure> {
    let (grant, id) = (in_office(actor, Action::PlanBudget)?, fresh_at(app.now()));
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        budget::lock(&tx)?;
        kept::state(&tx, year)?.may_open()?;
        kept::decide(&tx, id, (year, YearAct::Opened), resolution.as_str(), &record(&tx, year)?)?;
        Ok(tx.commit(Deed::new(DeedKind::YearOpened, id), id)?)
    };
    app.book(actor, key, write).await
}

/// Closes a year. What is promised and not yet paid goes into the next year with its money.
///
/// # Errors
/// The rules of [`YearState::may_close`]; [`domain::budget::PROOF_MISSING`] while an advance waits for its proof;
/// [`Failure::Denied`].
pub async fn close_year(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    year: i16,
    resolution: Line,
) -> Result<Uuid, Failure> {
    let (grant, today, id) = (in_office(actor, Action::PlanBudget)?, app.today(), fresh_at(app.now()));
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        budget::lock(&tx)?;
        let waiting = transfers::waiting(&tx, year)? > 0;
        kept::state(&tx, year)?.may_close(year, today, waiting)?;
        for promise in kept::open_promises(&tx, year)? {
            let of = found(promises::one(&tx, promise)?)?;
            into_next_year(&tx, &of, &resolution)?;
        }
        kept::decide(&tx, id, (year, YearAct::Closed), resolution.as_str(), &record(&tx, year)?)?;
        Ok(tx.commit(Deed::new(DeedKind::YearClosed, id), id)?)
    };
    app.book(actor, key, write).await
}

/// Settles a promise in its year and makes it anew in the next, with the money for it.
fn into_next_year(tx: &WriteTx<'_>, of: &PromiseView, resolution: &Line) -> Result<(), Failure> {
    let (now, on) = (tx.now(), tx.now().day());
    let settled = of.open()?.settle().map_err(|refusal| refusal.at("resolution"))?;
    promises::keep(tx, of, &settled.state, Some(on))?;
    let Some(released) = settled.released else { return Ok(()) };
    let slip = |booking| Slip {
        resolution: Some(resolution.as_str()),
        ..Slip::new(EntryId(fresh_at(now)), booking, on, resolution.as_str())
    };
    budget::post(tx, &of_promise(slip(&released), of))?;
    let (amount, id) = (released.amount(), PromiseId(fresh_at(now)));
    let pot = budget::pot(tx, PotId(fresh_at(now)), of.region, of.year + 1, of.kind)?;
    let carried = Booking::carried_over(of.pot, pot, amount);
    budget::post(tx, &slip(&carried))?;
    let subject = Line::parse(&of.subject)?;
    let (commission, agency, purpose) = (of.commission, of.agency, of.purpose);
    promises::insert(tx, &NewPromise { id, pot, commission, agency, subject, purpose, amount, on })?;
    // Instalments that are not paid yet are paid out of it.
    store::contracts::follow(tx, of.id, id)?;
    let committed = Booking::committed(pot, amount);
    Ok(budget::post(tx, &Slip { promise: Some(id), ..of_promise(slip(&committed), of) })?)
}

/// What is carried over out of a closed year.
#[derive(Debug, Clone)]
pub struct Carry {
    /// Region.
    pub region: RegionId,
    /// Out of which kind of money.
    pub from: MoneyKind,
    /// Into which kind: the same, or grants.
    pub to: MoneyKind,
    /// So much of what was left, or the amount itself.
    pub share: Result<Percent, Amount>,
    /// What for: the project.
    pub purpose: Line,
    /// Who decided.
    pub resolution: Line,
}

/// Carries over what was left of a closed year into the next. A surplus may become a project in the same space.
///
/// # Errors
/// The rules of [`may_carry`], [`domain::budget::YEAR_CLOSED`] when the next year is closed, too; [`Failure::Denied`].
pub async fn carry_over(app: &App, actor: &Actor, key: Option<Key>, year: i16, carry: Carry) -> Result<Uuid, Failure> {
    let grant = permit(actor, Action::PlanBudget, Standing::Region(carry.region))?;
    let (now, id) = (app.now(), fresh_at(app.now()));
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        let from = budget::pot(&tx, PotId(fresh_at(now)), carry.region, year, carry.from)?;
        let to = budget::pot(&tx, PotId(fresh_at(now)), carry.region, year + 1, carry.to)?;
        let book = budget::book(&tx, from)?;
        let amount = match carry.share {
            Ok(percent) => {
                Amount::from_cents(percent.of(book.free()).cents()).map_err(|refusal| refusal.at("amount"))?
            }
            Err(amount) => amount,
        };
        may_carry(kept::state(&tx, year)?, (carry.from, carry.to), &book, amount)?;
        super::admitted(&tx, year + 1, domain::budget::EntryKind::Planned, false)?;
        let booking = Booking::carried_over(from, to, amount);
        let slip = Slip::new(EntryId(fresh_at(now)), &booking, now.day(), carry.purpose.as_str());
        budget::post(&tx, &Slip { resolution: Some(carry.resolution.as_str()), ..slip })?;
        kept::decide(&tx, id, (year, YearAct::Carried), carry.resolution.as_str(), &record(&tx, year)?)?;
        Ok(tx.commit(Deed::new(DeedKind::MoneyCarriedOver, id), id)?)
    };
    app.book(actor, key, write).await
}
