// SPDX-License-Identifier: EUPL-1.2
//! Contracts of kind B and C: instalments shared in a consortium, settling against proof, contingents without names.

use super::posting::{advance, promise_share, settle_share};
use super::rows;
use crate::access::taken;
use crate::budget::NewMoney;
use crate::core::{App, Failure, Key, found, in_office, reach};
use domain::access::{Action, Actor, Standing, permit};
use domain::agencies::{AgencyKind, AgreementKind};
use domain::audit::{Deed, DeedKind};
use domain::budget::{
    ContingentUnit, Flow, Form, Instalment, MoneyKind, NO_SETTLING_BACKWARDS, Paragraph, Purpose, Side, bonus,
    mid_quarters, money_of, settle, share_out,
};
use domain::kernel::{
    AgencyId, AgreementId, Amount, Balance, ContingentId, Day, InstalmentPlanId, Line, PromiseId, RegionId, Rule,
};
use store::agreements::{self, AgreementView};
use store::contracts::{self, InstalmentView, NewContingent, NewPlan, PlanView, Settlement};
use store::sight::RowSight;
use store::{ReadTx, agencies, budget};

pub use store::contracts::ContingentView;

/// There is a plan for this contract, region and year already.
pub const INSTALMENTS_KNOWN: Rule = Rule::new("instalment.known", "ein Ratenplan je Vertrag, Region und Jahr");
/// The contract does not hold in this year.
pub const INSTALMENTS_OUTSIDE: Rule = Rule::new("instalment.outside", "Laufzeit des Vertrags");
/// It is paid already, or there is none of this day.
pub const INSTALMENT_PAID: Rule = Rule::new("instalment.paid", "keine Doppelzahlung");
/// This agency's part is settled already.
pub const SETTLED_ALREADY: Rule = Rule::new("instalment.settled_already", "eine Abrechnung je Jahr");
/// The agency is not in this contract.
pub const NOT_A_MEMBER: Rule = Rule::new("instalment.not_a_member", "Vertragspartner");
/// A number of nothing, or of more than can be counted.
pub const COUNT_UNLIKELY: Rule = Rule::new("contingent.count_unlikely", "1 bis 100.000");
/// Counted before the day came.
pub const COUNTED_AHEAD: Rule = Rule::new("contingent.counted_ahead", "gezählt wird, was war");

/// Most contacts or hours at once, or in a contingent.
const MOST: i64 = 100_000;

/// A contract for instalments: one of kind B or C.
fn contract(tx: &ReadTx<'_>, id: AgreementId) -> Result<AgreementView, Failure> {
    let view = found(agreements::one(tx, id)?)?;
    match view.kind {
        AgreementKind::DirectAccess | AgreementKind::Grant => Ok(view),
        // The domain says the same of money; here it is said before anything else is asked.
        AgreementKind::Services | AgreementKind::Facility => Err(NO_SETTLING_BACKWARDS.broken().into()),
    }
}

/// A year's instalments.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The contract.
    pub agreement: AgreementId,
    /// Whose money.
    pub region: RegionId,
    /// For which year.
    pub year: i16,
    /// All of it.
    pub total: Amount,
    /// Under which paragraph the money is spent.
    pub paragraph: Paragraph,
}

/// Plans four equal instalments in the middle of the quarters, shared among the agencies of the contract, and promises
/// each its share out of the region's pot.
///
/// # Errors
/// [`NO_SETTLING_BACKWARDS`], [`INSTALMENTS_KNOWN`], [`INSTALMENTS_OUTSIDE`], the rules of [`crate::budget::bind`],
/// [`Failure::Denied`].
pub async fn plan(app: &App, actor: &Actor, key: Option<Key>, new: Plan) -> Result<InstalmentPlanId, Failure> {
    let grant = in_office(actor, Action::ManageAgreements)?;
    let id = app.fresh::<InstalmentPlanId>();
    let write = move |tx: ReadTx<'_>| {
        let view = contract(&tx, new.agreement)?;
        let days = mid_quarters(new.year).map_err(|refusal| refusal.at("year"))?;
        let holds = |day: &Day| view.from <= *day && view.holds_until().is_none_or(|until| *day <= until);
        let days: Vec<Day> = days.into_iter().filter(holds).collect();
        if days.is_empty() {
            return Err(INSTALMENTS_OUTSIDE.broken_at("year").into());
        }
        // Said before the pot is asked; two at once are told apart by the key of the table.
        if contracts::plans(&tx, view.id)?.iter().any(|known| (known.region, known.year) == (new.region, new.year)) {
            return Err(INSTALMENTS_KNOWN.broken_at("year").into());
        }
        let regions = budget::regions(&tx, &RowSight::Everything)?;
        found(regions.iter().find(|(id, _)| *id == new.region))?;
        let members = agreements::members(&tx)?.into_iter().filter(|member| member.agreement == new.agreement);
        let (agencies, weights): (Vec<AgencyId>, Vec<i64>) = members.map(|one| (one.agency, one.share)).unzip();
        let (agreement, region, year, total) = (new.agreement, new.region, new.year, new.total);
        let shared = share_out(total.balance(), &weights)?;
        let tx = tx.allow(grant);
        let mut shares = Vec::new();
        for (agency, share) in agencies.into_iter().zip(shared) {
            let amount = Amount::from_cents(share.cents()).map_err(|refusal| refusal.at("total"))?;
            let money = share_of(&tx, &new, (&view, agency), amount)?;
            let promise = promise_share(&tx, &money).map_err(|failure| failure.at("total"))?;
            shares.push((agency, promise, Instalment::plan(money.kind, amount, &days)?));
        }
        let made = NewPlan { id, agreement, region, year, total, shares };
        contracts::insert_plan(&tx, &made).map_err(|error| taken(error, INSTALMENTS_KNOWN.broken_at("year")))?;
        Ok(tx.commit(Deed::new(DeedKind::InstalmentsPlanned, id), id)?)
    };
    app.book(actor, key, write).await
}

/// An agency's share of a contract as money of the region.
fn share_of(
    tx: &ReadTx<'_>,
    new: &Plan,
    (view, agency): (&AgreementView, AgencyId),
    amount: Amount,
) -> Result<NewMoney, Failure> {
    let kind = money_of(view.kind);
    new.paragraph.fits(kind)?;
    let known = found(agencies::one(tx, agency)?)?;
    let side = if known.kind == AgencyKind::Public { Side::Own } else { Side::Independent };
    let flow = if kind == MoneyKind::Grant { Flow::Grants } else { Flow::Benefits };
    let purpose = Purpose::new(new.paragraph, Form::Group, side, flow);
    let subject = Line::parse(&view.title)?;
    Ok(NewMoney { region: new.region, year: new.year, kind, agency: Some(agency), subject, purpose, amount })
}

/// Pays an agency's instalment of a day.
///
/// # Errors
/// [`INSTALMENT_PAID`], [`Failure::Denied`].
pub async fn pay(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: InstalmentPlanId,
    (agency, due): (AgencyId, Day),
) -> Result<InstalmentPlanId, Failure> {
    let grant = in_office(actor, Action::ManageAgreements)?;
    let write = move |tx: ReadTx<'_>| {
        found(contracts::plan(&tx, id)?)?;
        let all = contracts::instalments(&tx, id)?;
        let one = all.into_iter().find(|one| one.agency == agency && one.due == due);
        let one = one.ok_or(Failure::from(INSTALMENT_PAID.broken()))?;
        let tx = tx.allow(grant);
        if !contracts::pay(&tx, id, agency, due)? {
            return Err(INSTALMENT_PAID.broken().into());
        }
        advance(&tx, one.promise, one.amount, Line::parse(&format!("Rate {}, {}", due.german(), one.name))?)?;
        Ok(tx.commit(Deed::new(DeedKind::InstalmentPaid, id), id)?)
    };
    app.book(actor, key, write).await
}

/// What an agency proved at the end of the year.
#[derive(Debug, Clone)]
pub struct Proven {
    /// The agency.
    pub agency: AgencyId,
    /// Its proven cost.
    pub proven: Balance,
    /// Hundredths of what was not needed, as the contract promises; none without such a promise.
    pub bonus_percent: i64,
    /// What the proof is.
    pub note: Line,
}

/// Settles an agency's part of a year against its proof: what is still owed is drawn, what was too much comes back, and
/// the promise ends.
///
/// # Errors
/// [`NO_SETTLING_BACKWARDS`], [`SETTLED_ALREADY`], [`NOT_A_MEMBER`], the rules of [`crate::budget::book_step`],
/// [`Failure::Denied`].
pub async fn settle_year(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: InstalmentPlanId,
    new: Proven,
) -> Result<InstalmentPlanId, Failure> {
    let grant = in_office(actor, Action::ManageAgreements)?;
    let today = app.today();
    let write = move |tx: ReadTx<'_>| {
        let plan = found(contracts::plan(&tx, id)?)?;
        let kind = money_of(contract(&tx, plan.agreement)?.kind);
        let (settled, promise, before) = settled(&tx, &plan, &new, today)?;
        let rest = settle(kind, new.proven, settled.paid)?;
        let bonus =
            bonus(kind, Balance::ZERO - rest, new.bonus_percent).map_err(|refusal| refusal.at("bonus_percent"))?;
        let settled = Settlement { bonus, ..settled };
        let tx = tx.allow(grant);
        contracts::insert_settlement(&tx, id, &settled)
            .map_err(|error| taken(error, SETTLED_ALREADY.broken_at("agency")))?;
        let note = Line::parse(&format!("Abrechnung {}, {}", plan.year, settled.name))?;
        // What was paid in a year that is closed was proven there.
        let entitled = (settled.proven + settled.bonus - before).max(Balance::ZERO);
        settle_share(&tx, promise, entitled, settled.paid - before, &note)?;
        Ok(tx.commit(Deed::new(DeedKind::ContractSettled, id), id)?)
    };
    app.book(actor, key, write).await
}

/// What is settled, out of which promise, and what was paid out of promises of years before.
fn settled(
    tx: &ReadTx<'_>,
    plan: &PlanView,
    new: &Proven,
    on: Day,
) -> Result<(Settlement, PromiseId, Balance), Failure> {
    let all = contracts::instalments(tx, plan.id)?;
    let own: Vec<_> = all.iter().filter(|one| one.agency == new.agency).collect();
    let last = own.last().ok_or(Failure::from(NOT_A_MEMBER.broken_at("agency")))?;
    let paid = |own: &mut dyn Iterator<Item = &&InstalmentView>| -> Balance {
        own.filter(|one| one.paid_on.is_some()).map(|one| one.amount.balance()).sum()
    };
    let before = paid(&mut own.iter().filter(|one| one.promise != last.promise));
    let (agency, name, proven, paid) = (new.agency, last.name.clone(), new.proven, paid(&mut own.iter()));
    let note = new.note.as_str().to_owned();
    Ok((Settlement { agency, name, proven, paid, bonus: Balance::ZERO, note, on }, last.promise, before))
}

/// A contingent of contacts or hours.
#[derive(Debug, Clone, Copy)]
pub struct Agreed {
    /// The contract.
    pub agreement: AgreementId,
    /// With whom.
    pub agency: AgencyId,
    /// What is counted.
    pub unit: ContingentUnit,
    /// How many.
    pub agreed: i64,
    /// For how much.
    pub price: Amount,
    /// First and last day.
    pub span: (Day, Day),
}

/// Agrees on a contingent; more of it is another one.
///
/// # Errors
/// [`NOT_A_MEMBER`], [`COUNT_UNLIKELY`], [`Failure::Denied`].
pub async fn agree_on_contingent(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    new: Agreed,
) -> Result<ContingentId, Failure> {
    let grant = in_office(actor, Action::ManageAgreements)?;
    if !(1..=MOST).contains(&new.agreed) {
        return Err(COUNT_UNLIKELY.broken_at("agreed").into());
    }
    domain::kernel::Period::new(new.span.0, Some(new.span.1)).map_err(|refusal| refusal.at("until"))?;
    let id = app.fresh::<ContingentId>();
    let write = move |tx: ReadTx<'_>| {
        contract(&tx, new.agreement)?;
        let members = agreements::members(&tx)?;
        if !members.iter().any(|one| one.agreement == new.agreement && one.agency == new.agency) {
            return Err(NOT_A_MEMBER.broken_at("agency").into());
        }
        let Agreed { agreement, agency, unit, agreed, price, span } = new;
        let tx = tx.allow(grant);
        contracts::insert_contingent(&tx, &NewContingent { id, agreement, agency, unit, agreed, price, span })?;
        Ok(tx.commit(Deed::new(DeedKind::ContingentAgreed, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Contingents that the actor counts: all for the office, the own ones for an agency.
///
/// # Errors
/// Hidden for everybody else.
pub async fn contingents(app: &App, actor: &Actor) -> Result<Vec<ContingentView>, Failure> {
    let sight = rows(&reach(actor, Action::CountContacts)?);
    app.read(move |tx| Ok(contracts::contingents(tx, &sight)?)).await
}

/// Counts contacts or hours of a day, without any name. A contingent that is used up counts on: nobody is sent away.
///
/// # Errors
/// [`COUNT_UNLIKELY`], [`COUNTED_AHEAD`], [`domain::budget::CONTINGENT_OUTSIDE`]; hidden for other agencies.
pub async fn count(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ContingentId,
    (on, count): (Day, i64),
) -> Result<ContingentId, Failure> {
    let sight = rows(&reach(actor, Action::CountContacts)?);
    let (who, today, fresh) = (actor.clone(), app.today(), app.fresh());
    let write = move |tx: ReadTx<'_>| {
        let all = contracts::contingents(&tx, &sight)?;
        let one = found(all.into_iter().find(|one| one.id == id))?;
        let office = permit(&who, Action::CountContacts, Standing::Office);
        let grant = office.or_else(|_| permit(&who, Action::CountContacts, Standing::Agency(one.agency)))?;
        if !(1..=MOST).contains(&count) {
            return Err(COUNT_UNLIKELY.broken_at("count").into());
        }
        if on > today {
            return Err(COUNTED_AHEAD.broken_at("used_on").into());
        }
        one.contingent.counts_on(on)?;
        let tx = tx.allow(grant);
        contracts::insert_use(&tx, fresh, id, (on, count))?;
        Ok(tx.commit(Deed::new(DeedKind::ContactsCounted, id), id)?)
    };
    app.change(actor, key, write).await
}
