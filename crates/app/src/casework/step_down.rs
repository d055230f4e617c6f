// SPDX-License-Identifier: EUPL-1.2
//! Less of a help from a day on, with the decision, the plan, the commission and the money in one change.

use crate::casework::case_for;
use crate::casework::commission::{Order, order, release};
use crate::casework::performance::{CEILING_NOT_WORKED_OUT, PlanOfWork};
use crate::casework::plan::{decided, facts, fix};
use crate::casework::rhythms;
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor};
use domain::agencies::{Quantity, Unit};
use domain::audit::{Deed, DeedKind};
use domain::budget::{Performance, planned_cost};
use domain::casework::{
    CommissionOrder, DecisionDraft, Extent, ExtentUnit, Gap, PlanContent, STEP_DOWN_ENDED, STEP_DOWN_NOT_LESS,
    STEP_DOWN_OUTSIDE, STEP_DOWN_WITHOUT_PRICE, StepDown, gaps,
};
use domain::kernel::{Amount, CaseId, CommissionId, Day, DecisionId, Period, PlanId};
use store::ReadTx;
use store::casework::endings::{self, Running};
use store::casework::{plans, reviews};

/// In the book.
const LESS: &str = "Rest nach Reduzierung der Hilfe";

/// Steps a help down: decides anew, fixes the plan's next version, commissions the same agency for less from that day on,
/// ends the commission before on the day before, and gives back the money it does not need.
///
/// # Errors
/// [`STEP_DOWN_OUTSIDE`], [`STEP_DOWN_ENDED`], [`STEP_DOWN_NOT_LESS`], [`STEP_DOWN_WITHOUT_PRICE`],
/// [`CEILING_NOT_WORKED_OUT`], the rules of [`domain::casework::decide`] and [`domain::casework::choose`],
/// [`Failure::Denied`].
pub async fn step_down(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CommissionId,
    new: StepDown,
) -> Result<CommissionId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let (decision, next) = (app.fresh::<DecisionId>(), app.fresh::<CommissionId>());
    let write = move |tx: ReadTx<'_>| {
        let help = found(endings::running(&tx, id)?)?;
        let (case, grant) = case_for(&tx, &who, Action::DecideOnCase, help.case)?;
        let proposed = propose(&tx, &help, id, &new)?;
        let wish = new.wish_and_choice(now.day())?;
        let fixed = decided(&tx, &grant, case.id, proposed.draft, now.day())?;
        let tx = tx.allow(grant);
        let version = fix(&tx, &case, decision, &fixed)?;
        endings::set_end(&tx, id, Some(new.from.plus_days(-1)))?;
        release(&tx, id, new.still_due, LESS)?;
        let ordered = Order {
            case: case.id,
            decision,
            agency: help.agency,
            order: CommissionOrder { period: proposed.period, ceiling: proposed.ceiling, wish },
            plan: Some(proposed.work),
            // A claim goes through also over plan; why it is less explains what it still is.
            over_plan_reason: Some(new.reasons.clone()),
            // The same agency goes on with less, and why stands in the reasons.
            anyway: Some(new.reasons.clone()),
            sections: new.sections.clone(),
        };
        order(&tx, &case, next, &ordered)?;
        rhythms::follow(&tx, &case, (id, next))?;
        reviews::insert_step_down(&tx, case.id, (id, next), &new)?;
        tx.also(Deed::in_case(DeedKind::PlanFixed, version, case.id));
        Ok(tx.commit(Deed::in_case(DeedKind::HelpSteppedDown, next, case.id), next)?)
    };
    app.book(actor, key, write).await
}

/// What a step down lacks, before it is decided: shown so that nobody overlooks it, never a barrier.
///
/// # Errors
/// As [`step_down`].
pub async fn look_for_gaps(app: &App, actor: &Actor, id: CommissionId, new: StepDown) -> Result<Vec<Gap>, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let help = found(endings::running(tx, id)?)?;
        let (case, _) = case_for(tx, &actor, Action::DecideOnCase, help.case)?;
        let proposed = propose(tx, &help, id, &new)?;
        new.wish_and_choice(today)?;
        Ok(gaps(&proposed.draft, &facts(tx, case.id, &proposed.draft, today)?))
    })
    .await
}

/// A step down, worked out.
struct Proposed {
    period: Period,
    ceiling: Amount,
    work: PlanOfWork,
    draft: DecisionDraft,
}

fn propose(tx: &ReadTx<'_>, help: &Running, id: CommissionId, new: &StepDown) -> Result<Proposed, Failure> {
    let ended = endings::endings(tx, help.case)?;
    if ended.iter().any(|end| end.is_in_force() && end.commission == id) {
        return Err(STEP_DOWN_ENDED.broken_at("commission").into());
    }
    let period = within(help, new.from)?;
    let (work, unit, ceiling) = less(tx, (help.case, id), new.quantity, period)?;
    let counted = match unit {
        Unit::Hour => Some(ExtentUnit::HoursAWeek),
        Unit::Day => Some(ExtentUnit::DaysAWeek),
        Unit::Place | Unit::Month => None,
    };
    let extent = counted.map(|unit| Extent::new(new.quantity.hundredths(), unit)).transpose()?;
    let (plan, before) = before(tx, help)?;
    let draft = new.draft(help.help, (period, extent), (&before, plans::review_months(tx, plan)?))?;
    Ok(Proposed { period, ceiling, work, draft })
}

/// What the plan says by now: the newest version that was written on for this help, else the one it was commissioned
/// with. A version that another commission rests on is another help's.
fn before(tx: &ReadTx<'_>, help: &Running) -> Result<(PlanId, PlanContent), Failure> {
    let taken: Vec<PlanId> = plans::commissions(tx, help.case)?.into_iter().map(|one| one.plan).collect();
    let same = plans::versions(tx, help.case)?.into_iter().filter(|one| one.granted && one.help == help.help);
    let newest = same.map(|one| one.id).find(|id| *id == help.plan || !taken.contains(id)).unwrap_or(help.plan);
    Ok((newest, found(plans::version(tx, newest)?)?.content))
}

fn within(help: &Running, from: Day) -> Result<Period, Failure> {
    if from <= help.from || help.until.is_some_and(|until| from > until) {
        return Err(STEP_DOWN_OUTSIDE.broken_at("from").into());
    }
    Ok(Period::new(from, help.until)?)
}

/// The same price, less of it, and what that comes to.
fn less(
    tx: &ReadTx<'_>,
    (case, id): (CaseId, CommissionId),
    quantity: Quantity,
    period: Period,
) -> Result<(PlanOfWork, Unit, Amount), Failure> {
    let known = store::agreements::plans(tx, case)?.into_iter().find(|(of, _)| *of == id).map(|(_, plan)| plan);
    let plan = known.ok_or(STEP_DOWN_WITHOUT_PRICE.broken_at("quantity"))?;
    let rate = plan.rate.ok_or(STEP_DOWN_WITHOUT_PRICE.broken_at("quantity"))?;
    if quantity >= plan.quantity {
        return Err(STEP_DOWN_NOT_LESS.broken_at("quantity").into());
    }
    let holidays: Vec<Period> = store::forecast::holidays(tx)?.into_iter().map(|(span, _)| span).collect();
    let smaller = Performance { quantity, ..plan };
    let ceiling = planned_cost(&smaller, period, &holidays).ok_or(CEILING_NOT_WORKED_OUT.broken_at("from"))?;
    let (weeks_off, pause, longer_days) = (plan.weeks_off, plan.pause, plan.longer_days);
    Ok((PlanOfWork { rate, quantity, weeks_off, pause, longer_days }, plan.unit, ceiling))
}
