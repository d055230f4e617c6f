// SPDX-License-Identifier: EUPL-1.2
//! Commission and money: casework and budget meet here and only here, in one transaction.

use crate::budget::{Claim, NewMoney, bind, give_back};
use crate::casework::case_for;
use crate::casework::order_warnings::{self as warned, AnsweredView};
use crate::casework::performance::{Agreed, PlanOfWork, agreed, in_words, snapshot};
use crate::casework::seals::without_addresses;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::agencies::{Agency, AgencyKind};
use domain::audit::{Deed, DeedKind};
use domain::budget::{Book, Flow, Form, MoneyKind, Paragraph, Purpose, Side};
use domain::casework::{Commission, CommissionOrder, HelpKind, PlanSection, commission};
use domain::exchange::TransmissionKind;
use domain::kernel::{
    AgencyId, Amount, Balance, CaseId, CommissionId, DecisionId, Line, Note, PromiseId, RegionId, Rule, TransmissionId,
};
use store::casework::cases::{self, CaseView, Stage};
use store::casework::order_warnings;
use store::casework::plan_text;
use store::casework::plans::{self, Placed};
use store::exchange::NewTransmission;
use store::{ReadTx, WriteTx, access, agencies, budget, exchange};

pub use store::casework::plans::{CommissionView, VersionLine};
pub use store::exchange::Sent;

/// The case was decided anew since.
pub const COMMISSION_SUPERSEDED: Rule = Rule::new("commission.superseded", "§ 36a(1) SGB VIII");

/// The key of the form for a commission.
#[must_use]
pub fn form(case: CaseId) -> String {
    format!("auftrag/{case}")
}

/// The page of services and costs.
#[derive(Debug, Clone)]
pub struct ServicesPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<cases::PersonView>,
    /// The region whose pot answers for it.
    pub region: RegionId,
    /// The latest decision, if there is one.
    pub latest: Option<VersionLine>,
    /// Commissions.
    pub commissions: Vec<CommissionView>,
    /// What warned when they were commissioned, each with its reason.
    pub warned: Vec<AnsweredView>,
    /// What left for other controllers.
    pub sent: Vec<Sent>,
    /// All agencies, in neutral order.
    pub agencies: Vec<Agency>,
    /// The region's pot as it stands, for information.
    pub book: Book,
    /// Agreements, prices and plans of performance.
    pub agreed: Agreed,
    /// May the reader commission?
    pub may_commission: bool,
}

/// The page of services and costs.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<ServicesPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let region = budget::region_of_team(tx, case.team)?;
        let pot = budget::find_pot(tx, region, today.year(), MoneyKind::IndividualClaim)?;
        let may_commission = permit(&actor, Action::DecideOnCase, Standing::Team(case.team)).is_ok();
        let latest = plans::versions(tx, id)?.into_iter().next();
        Ok(ServicesPage {
            people: cases::people(tx, id)?,
            region,
            agreed: agreed(tx, id, latest.as_ref(), today)?,
            latest,
            commissions: plans::commissions(tx, id)?,
            warned: order_warnings::of_case(tx, id)?,
            sent: exchange::of_case(tx, id)?,
            agencies: agencies::all(tx)?,
            book: pot.map_or(Ok(Book::default()), |pot| budget::book(tx, pot))?,
            may_commission,
            case,
        })
    })
    .await
}

/// What is ordered, of whom, and why it may go over plan.
#[derive(Debug, Clone)]
pub struct Order {
    /// In this case.
    pub case: CaseId,
    /// On the ground of this decision.
    pub decision: DecisionId,
    /// Any agency.
    pub agency: AgencyId,
    /// From – until, up to, wish and choice.
    pub order: CommissionOrder,
    /// How much, at which price, if that is known.
    pub plan: Option<PlanOfWork>,
    /// Why it goes over plan, if it does.
    pub over_plan_reason: Option<Note>,
    /// Why although something warns (W7, W31).
    pub anyway: Option<Note>,
    /// The sections of the plan that go along (§ 64(2) SGB VIII).
    pub sections: Vec<PlanSection>,
}

/// Commissions an agency and binds the money in the pot of the region and of the year in which the help
/// begins. A claim always goes through; over plan it opens a top-up (N4).
///
/// # Errors
/// The rules of [`domain::casework::commission`] and [`domain::budget::promise`], [`Failure::Denied`].
pub async fn place(app: &App, actor: &Actor, key: Option<Key>, new: Order) -> Result<CommissionId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<CommissionId>());
    let write = move |tx: ReadTx<'_>| {
        let (case_id, ..) = found(plans::decided(&tx, new.decision)?)?;
        found((case_id == new.case).then_some(()))?;
        let (case, grant) = case_for(&tx, &who, Action::DecideOnCase, case_id)?;
        let tx = tx.allow(grant);
        order(&tx, &case, id, &new)?;
        access::drafts::drop_drafts(&tx, &form(case_id))?;
        Ok(tx.commit(Deed::in_case(DeedKind::Commissioned, id, case_id), id)?)
    };
    app.book(actor, key, write).await
}

/// Commissions an agency inside a change: the commission, its money, the agency's copy.
pub(super) fn order(tx: &WriteTx<'_>, case: &CaseView, id: CommissionId, new: &Order) -> Result<(), Failure> {
    // Load.
    let (case_id, decided, plan) = found(plans::decided(tx, new.decision)?)?;
    // What was decided since counts; a stale page must not bind money for it.
    if plans::versions(tx, case_id)?.first().is_some_and(|newest| newest.decision != new.decision) {
        return Err(COMMISSION_SUPERSEDED.broken().into());
    }
    let agency = found(agencies::one(tx, new.agency)?)?;
    let region = budget::region_of_team(tx, case.team)?;
    // Decide.
    let ordered = commission(&decided, agency.id, new.order.clone())?;
    let (kind, why) = (ordered.kind(), new.anyway.as_ref());
    let warnings = warned::answered(tx, case_id, (kind, &agency), (tx.now().day(), why))?;
    let planned = new.plan.as_ref().map(|plan| snapshot(tx, plan, &ordered)).transpose()?;
    // Write.
    plans::insert_commission(tx, &Placed { id, case: case_id, decision: new.decision, plan, commission: &ordered })?;
    warned::keep(tx, (case_id, id), (&warnings, why))?;
    let claim = Claim { commission: id, case: Some(case_id), over_plan: new.over_plan_reason.clone() };
    bind(tx, PromiseId(fresh_at(tx.now())), &money(region, &ordered, &agency)?, Some(claim))?;
    if let Some((plan, terms)) = &planned {
        store::agreements::insert_plan(tx, id, plan, terms)?;
    }
    let extent = planned.as_ref().map(|(plan, _)| in_words(plan)).unwrap_or_default();
    super::rhythms::commissioned(tx, case, (id, plan))?;
    transmit(tx, case, (id, plan, &extent), (&ordered, &new.sections))?;
    Ok(cases::move_to(tx, case_id, Stage::Running)?)
}

/// A help ends or gets less: what its promises hold beyond what may still be invoiced comes back; says how much.
pub(super) fn release(
    tx: &WriteTx<'_>,
    id: CommissionId,
    still_due: Balance,
    subject: &str,
) -> Result<Balance, Failure> {
    give_back(tx, id, still_due, &Line::parse(subject)?)
}

/// What came back is bound once more, out of the same kind of money: what is settled is never opened again.
pub(super) fn bind_again(
    tx: &WriteTx<'_>,
    case: CaseId,
    id: CommissionId,
    released: Balance,
    subject: &str,
) -> Result<(), Failure> {
    let Ok(amount) = Amount::from_cents(released.cents()) else { return Ok(()) };
    let first = budget::promises::of_commission(tx, id)?.into_iter().next();
    let before = found(first.map(|id| budget::promises::one(tx, id)).transpose()?.flatten())?;
    let money = NewMoney {
        region: before.region,
        year: before.year,
        kind: MoneyKind::IndividualClaim,
        agency: before.agency,
        subject: Line::parse(subject)?,
        purpose: before.purpose,
        amount,
    };
    let claim = Claim { commission: id, case: Some(case), over_plan: Some(Note::parse(subject)?) };
    bind(tx, PromiseId(fresh_at(tx.now())), &money, Some(claim))
}

/// What the statistics ask about the money of a claim.
fn purpose(kind: HelpKind, agency: &Agency) -> Result<Purpose, Failure> {
    let paragraph = found(Paragraph::from_code(kind.code()))?;
    let form = if kind == HelpKind::GroupWork { Form::Group } else { Form::Single };
    let side = if agency.kind == AgencyKind::Public { Side::Own } else { Side::Independent };
    Ok(Purpose::new(paragraph, form, side, Flow::Benefits))
}

/// The money that a commission needs: in the year in which the help begins.
fn money(region: RegionId, ordered: &Commission, agency: &Agency) -> Result<NewMoney, Failure> {
    Ok(NewMoney {
        region,
        year: ordered.period().from().year(),
        kind: MoneyKind::IndividualClaim,
        agency: Some(agency.id),
        subject: Line::parse("Mittelbindung durch Auftrag")?,
        purpose: purpose(ordered.kind(), agency)?,
        amount: ordered.ceiling(),
    })
}

/// Sends the agency its copy of the plan: the chosen sections, nothing else; the record says which.
fn transmit(
    tx: &WriteTx<'_>,
    case: &CaseView,
    (id, plan, extent): (CommissionId, domain::kernel::PlanId, &str),
    (ordered, chosen): (&Commission, &[PlanSection]),
) -> Result<(), Failure> {
    let version = found(plans::version(tx, plan)?)?;
    let sections: Vec<PlanSection> = PlanSection::ALL.iter().copied().filter(|one| chosen.contains(one)).collect();
    let until = ordered.period().until().map(|day| format!(" bis {}", day.german())).unwrap_or_default();
    let new = NewTransmission {
        id: TransmissionId(fresh_at(tx.now())),
        agency: ordered.agency(),
        case: case.id,
        kind: TransmissionKind::Commission,
        object: id.0,
        subject: format!(
            "{}: {} ab {}{until}, bis zu {}{extent}",
            case.number,
            ordered.kind().paragraph(),
            ordered.period().from().german(),
            ordered.ceiling().balance().german()
        ),
        content: plan_text::to_text(&without_addresses(tx, case.id, version.content)?.for_agency(&sections)),
        sections: sections.iter().map(|section| section.code()).collect(),
    };
    exchange::send(tx, &new)?;
    tx.also(Deed::in_case(DeedKind::Transmitted, new.id, case.id));
    Ok(())
}
