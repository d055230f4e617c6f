// SPDX-License-Identifier: EUPL-1.2
//! The review of a help: what was reached, what follows, when to look again; and less of a help from a day on, with the
//! decision, the plan, the commission and the money in one change.

use crate::casework::case_for;
use crate::casework::commission::{Order, order, release};
use crate::casework::performance::{CEILING_NOT_WORKED_OUT, PlanOfWork};
use crate::casework::plan::{decided, fix};
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found, fresh_at};
use crate::deadlines;
use domain::access::{Action, Actor, Standing, permit};
use domain::agencies::{Quantity, Unit};
use domain::audit::{Deed, DeedKind};
use domain::budget::{Performance, planned_cost};
use domain::casework::{
    CommissionOrder, DecisionDraft, Extent, ExtentUnit, NewReview, PlanDetails, PlanSection, STEP_DOWN_NOT_LESS,
    STEP_DOWN_OUTSIDE, STEP_DOWN_WITHOUT_PRICE, WishAndChoice, cadence,
};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::{Amount, Balance, CaseId, CommissionId, Day, DecisionId, Line, Note, Period};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::endings::{self, Running};
use store::casework::{goals, plans};
use store::deadlines::At;
use store::{ReadTx, WriteTx, access};

pub use store::casework::endings::ReviewView;
pub use store::casework::goals::{RatingView, Rung};
pub use store::casework::plans::{CommissionView, VersionLine};

/// What is due on the day of the next review. § 36(2) says "regelmäßig" and names no number: the day is the plan's own.
const REVIEW: &str = "Hilfeplan überprüfen";
/// In the book.
const LESS: &str = "Rest nach Reduzierung der Hilfe";

/// The page of reviews.
#[derive(Debug, Clone)]
pub struct ReviewPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// The plan that stands, if there is one.
    pub latest: Option<VersionLine>,
    /// Goals.
    pub goals: Vec<Rung>,
    /// All ratings, oldest first.
    pub ratings: Vec<RatingView>,
    /// Reviews so far, newest first.
    pub reviews: Vec<ReviewView>,
    /// Running helps, each with its plan of performance.
    pub running: Vec<(CommissionView, Option<Performance>)>,
    /// The day of the next review by the office's cadence.
    pub next_on: Day,
    /// Staff of the team.
    pub colleagues: Vec<String>,
    /// May the reader decide?
    pub may_decide: bool,
}

/// The page of reviews.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<ReviewPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let (mut ladder, mut ratings, mut reviews) =
            (goals::ladder(tx, id)?, goals::ratings(tx, id)?, endings::reviews(tx, id)?);
        ladder.iter_mut().for_each(|goal| quiet.text(&mut goal.words));
        ratings.iter_mut().for_each(|rating| quiet.maybe(&mut rating.words));
        for one in &mut reviews {
            quiet.text(&mut one.words);
            quiet.maybe(&mut one.changed_will);
        }
        let months = access::rules::value(tx, cadence(reviews.len()))?;
        let plans_of = store::agreements::plans(tx, id)?;
        let plan = |id: CommissionId| plans_of.iter().find(|(of, _)| *of == id).map(|(_, plan)| *plan);
        let running = plans::commissions(tx, id)?.into_iter().filter(|one| runs(one, today));
        Ok(ReviewPage {
            people: cases::people(tx, id)?,
            latest: plans::versions(tx, id)?.into_iter().next(),
            goals: ladder,
            ratings,
            next_on: today.plus_months(i32::try_from(months).unwrap_or(6)),
            reviews,
            running: running.map(|one| (one.clone(), plan(one.id))).collect(),
            colleagues: access::colleagues(tx, case.team, today)?.into_iter().map(|(_, name)| name).collect(),
            may_decide: permit(&actor, Action::DecideOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// Does a help run, or will it?
pub(super) fn runs(one: &CommissionView, today: Day) -> bool {
    one.until.is_none_or(|until| until >= today)
}

/// Records a review; the next one is due on its day.
///
/// # Errors
/// The rules of [`NewReview::check`], [`Failure::Denied`], hidden for a case without a plan.
pub async fn record(app: &App, actor: &Actor, key: Option<Key>, id: CaseId, new: NewReview) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, id)?;
        let plan = found(plans::versions(&tx, id)?.into_iter().next())?;
        new.check(now.day())?;
        let mut typed = vec![(new.words.as_str(), "words"), (new.with_whom.as_str(), "with_whom")];
        typed.extend(new.changed_will.iter().map(|words| (words.as_str(), "changed_will")));
        keeps_quiet(&tx, id, &typed)?;
        let tx = tx.allow(grant);
        let review = fresh_at(now);
        endings::insert_review(&tx, review, (id, plan.id), &new)?;
        due(&tx, &case, new.next_on)?;
        cases::touch(&tx, id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::HelpReviewed, review, id), id)?)
    };
    app.change(actor, key, write).await
}

/// The review that stood is answered; the next one is due.
pub(super) fn due(tx: &WriteTx<'_>, case: &CaseView, next: Option<Day>) -> Result<(), Failure> {
    deadlines::meet_from(tx, case.id.0, DueKind::PlanReview)?;
    let Some(due) = next else { return Ok(()) };
    let at = At { case: case.id, team: case.team, owner: case.worker };
    let duty = Duty::Own(InternalTarget { words: Line::parse(REVIEW)?, due, is_agreed: true });
    deadlines::raise(tx, at, &NewDue { duty, from: DueKind::PlanReview, subject: Some(case.id.0) })?;
    Ok(())
}

/// Less of a help from a day on.
#[derive(Debug, Clone)]
pub struct StepDown {
    /// From.
    pub from: Day,
    /// Hours or days a week, places, or lump sums a month.
    pub quantity: Quantity,
    /// Why.
    pub reasons: Note,
    /// Professionals who worked together.
    pub professionals: Vec<Line>,
    /// The family was told of its rights on this day.
    pub rights_told_on: Option<Day>,
    /// The next review.
    pub review_on: Day,
    /// What may still be invoiced of the time before.
    pub still_due: Balance,
}

/// Steps a help down: decides anew, fixes the plan's next version, commissions the same agency for less from that day on,
/// ends the commission before on the day before, and gives back the money it does not need.
///
/// # Errors
/// [`STEP_DOWN_OUTSIDE`], [`STEP_DOWN_NOT_LESS`], [`STEP_DOWN_WITHOUT_PRICE`], [`CEILING_NOT_WORKED_OUT`], the rules of
/// [`domain::casework::decide`], [`Failure::Denied`].
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
        let period = within(&help, new.from)?;
        let (plan, ceiling) = less(&tx, (case.id, id), new.quantity, period)?;
        let draft = draft(&tx, &help, &new, (period, plan.unit))?;
        let fixed = decided(&tx, &grant, case.id, draft, now.day())?;
        let tx = tx.allow(grant);
        let version = fix(&tx, &case, decision, &fixed)?;
        endings::set_end(&tx, id, Some(new.from.plus_days(-1)))?;
        release(&tx, id, new.still_due, LESS)?;
        let wish = WishAndChoice::not_voiced(new.rights_told_on);
        let ordered = Order {
            case: case.id,
            decision,
            agency: help.agency,
            order: CommissionOrder { period, ceiling, wish },
            plan: Some(plan.work),
            // A claim goes through also over plan; why it is less explains what it still is.
            over_plan_reason: Some(new.reasons.clone()),
            sections: PlanSection::PROPOSED.to_vec(),
        };
        order(&tx, &case, next, &ordered)?;
        tx.also(Deed::in_case(DeedKind::PlanFixed, version, case.id));
        Ok(tx.commit(Deed::in_case(DeedKind::HelpSteppedDown, next, case.id), next)?)
    };
    app.book(actor, key, write).await
}

fn within(help: &Running, from: Day) -> Result<Period, Failure> {
    if from <= help.from || help.until.is_some_and(|until| from > until) {
        return Err(STEP_DOWN_OUTSIDE.broken_at("from").into());
    }
    Ok(Period::new(from, help.until)?)
}

/// The plan of work with less, and what it is counted in.
struct Less {
    work: PlanOfWork,
    unit: Unit,
}

/// The same price, less of it, and what that comes to.
fn less(
    tx: &ReadTx<'_>,
    (case, id): (CaseId, CommissionId),
    quantity: Quantity,
    period: Period,
) -> Result<(Less, Amount), Failure> {
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
    Ok((Less { work: PlanOfWork { rate, quantity, weeks_off, pause, longer_days }, unit: plan.unit }, ceiling))
}

/// The decision says what the plan before said, with less of it.
fn draft(
    tx: &ReadTx<'_>,
    help: &Running,
    new: &StepDown,
    (period, unit): (Period, Unit),
) -> Result<DecisionDraft, Failure> {
    let before = found(plans::version(tx, help.plan)?)?.content;
    let counted = match unit {
        Unit::Hour => Some(ExtentUnit::HoursAWeek),
        Unit::Day => Some(ExtentUnit::DaysAWeek),
        Unit::Place | Unit::Month => None,
    };
    let extent = counted.map(|unit| Extent::new(new.quantity.hundredths(), unit)).transpose()?;
    let services = (!before.services.is_empty()).then(|| Note::parse(&before.services)).transpose()?;
    Ok(DecisionDraft {
        granted: true,
        kind: help.help,
        period,
        reasons: Some(new.reasons.clone()),
        professionals: new.professionals.clone(),
        alternatives: Vec::new(),
        rights_told_on: new.rights_told_on,
        review_on: new.review_on,
        details: PlanDetails { services, extent, ..PlanDetails::default() },
        gaps_reason: None,
    })
}
