// SPDX-License-Identifier: EUPL-1.2
//! Each running help is looked at in its own rhythm and has its own day among the things due. Until a plan's help is
//! commissioned, its day belongs to the plan's version.

use crate::casework::case_for;
use crate::casework::help_settings::most_months;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found, fresh_at};
use crate::deadlines;
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{HelpKind, NewRhythm, RHYTHM_OF_ENDED, Rhythms, cadence, next_review};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::{CaseId, CommissionId, Day, Line, PlanId};
use store::casework::cases::CaseView;
use store::casework::plans::{self, CommissionView};
use store::casework::{endings, plan_talks, rhythms};
use store::deadlines::{self as due, At};
use store::{ReadTx, WriteTx, access};
use uuid::Uuid;

pub use store::casework::rhythms::RhythmView;

/// What is due on the day of the next review. § 36(2) says "regelmäßig" and names no number: the day is the plan's own.
const REVIEW: &str = "Hilfeplan überprüfen";

/// A running help with its rhythm.
#[derive(Debug, Clone)]
pub struct HelpRhythm {
    /// The help.
    pub commission: CommissionView,
    /// Every so many months.
    pub months: i32,
    /// As set for it alone, the newest.
    pub set: Option<RhythmView>,
    /// The day of its next review.
    pub next_on: Option<Day>,
    /// When it was looked at last.
    pub looked_on: Option<Day>,
}

/// Helps of a case that run, or will, and whose end is not on record.
pub(super) fn running(tx: &ReadTx<'_>, case: CaseId, today: Day) -> Result<Vec<CommissionView>, Failure> {
    let ended = endings::endings(tx, case)?;
    let ends = |of: &CommissionView| ended.iter().any(|one| one.is_in_force() && one.commission == of.id);
    let runs = |one: &CommissionView| one.until.is_none_or(|until| until >= today);
    Ok(plans::commissions(tx, case)?.into_iter().filter(|one| runs(one) && !ends(one)).collect())
}

/// The running helps of a case with their rhythms.
pub(super) fn of_case(tx: &ReadTx<'_>, case: &CaseView, today: Day) -> Result<Vec<HelpRhythm>, Failure> {
    let (quiet, mut own) = (Quiet::of(tx, case)?, rhythms::of_case(tx, case.id)?);
    own.iter_mut().for_each(|one| quiet.text(&mut one.why));
    let looks = rhythms::looks(tx, case.id)?;
    let helps = running(tx, case.id, today)?.into_iter().map(|commission| {
        let looked: Vec<Day> = looks.iter().filter(|(of, _)| *of == commission.id).map(|(_, on)| *on).collect();
        let set = own.iter().find(|one| one.commission == commission.id).cloned();
        let own = set.as_ref().map(|set| set.months);
        Ok(HelpRhythm {
            months: months(tx, (own, Some(commission.plan)), commission.help, looked.len())?,
            next_on: open(tx, commission.id.0)?,
            looked_on: looked.first().copied(),
            set,
            commission,
        })
    });
    helps.collect()
}

/// Months between two reviews of a help: set for it alone, else as its plan says, else as the office wants it for its
/// kind, else the rule for every help; never more than the office allows.
fn months(
    tx: &ReadTx<'_>,
    (own, plan): (Option<i32>, Option<PlanId>),
    help: HelpKind,
    so_far: usize,
) -> Result<i32, Failure> {
    let kind = plan_talks::setting(tx, help)?.and_then(|setting| setting.review_months);
    let plan = plan.map(|plan| plans::review_months(tx, plan)).transpose()?.flatten();
    let office = i32::try_from(access::rules::value(tx, cadence(so_far))?).unwrap_or(6);
    Ok(Rhythms { own, plan, kind, office }.months(most_months(tx)?))
}

/// Months until the next review of a help, or of a plan's that nobody was commissioned with.
pub(super) fn months_of(
    tx: &ReadTx<'_>,
    case: &CaseView,
    help: Option<&HelpRhythm>,
    so_far: usize,
) -> Result<i32, Failure> {
    if let Some(help) = help {
        return Ok(help.months);
    }
    let latest = plans::versions(tx, case.id)?.into_iter().next();
    let kind = latest.as_ref().map_or(HelpKind::Flexible, |one| one.help);
    months(tx, (None, latest.map(|one| one.id)), kind, so_far)
}

/// The open day of a review.
fn open(tx: &ReadTx<'_>, subject: Uuid) -> Result<Option<Day>, Failure> {
    let mut all = due::of_subject(tx, subject)?.into_iter().filter(|one| one.from == DueKind::PlanReview);
    Ok(all.find_map(|one| one.day))
}

/// The review of a help that stood is answered; the next one is due on this day.
pub(super) fn due_again(
    tx: &WriteTx<'_>,
    case: &CaseView,
    help: &CommissionView,
    next: Option<Day>,
) -> Result<(), Failure> {
    let words = format!("{REVIEW}: {}, {}", help.help.paragraph(), help.agency);
    set_due(tx, case, help.id.0, (Line::parse(&words)?, next))
}

/// The review of a plan that nobody was commissioned with.
pub(super) fn plan_due(tx: &WriteTx<'_>, case: &CaseView, plan: PlanId, next: Option<Day>) -> Result<(), Failure> {
    set_due(tx, case, plan.0, (Line::parse(REVIEW)?, next))
}

fn set_due(
    tx: &WriteTx<'_>,
    case: &CaseView,
    subject: Uuid,
    (words, next): (Line, Option<Day>),
) -> Result<(), Failure> {
    deadlines::meet_from(tx, subject, DueKind::PlanReview)?;
    let Some(due) = next else { return Ok(()) };
    let at = At { case: case.id, team: case.team, owner: case.worker };
    let duty = Duty::Own(InternalTarget { words, due, is_agreed: true });
    deadlines::raise(tx, at, &NewDue { duty, from: DueKind::PlanReview, subject: Some(subject) })?;
    Ok(())
}

/// A plan's next version sets a day. Where one help of its kind runs it is that help's, and never puts off a look that is
/// due before; else it is the version's own, until somebody is commissioned with it.
pub(super) fn decided(
    tx: &WriteTx<'_>,
    case: &CaseView,
    (plan, help): (PlanId, HelpKind),
    review_on: Option<Day>,
) -> Result<(), Failure> {
    for before in plans::versions(tx, case.id)?.iter().filter(|one| one.help == help) {
        plan_due(tx, case, before.id, None)?;
    }
    let Some(review_on) = review_on else { return Ok(()) };
    let same = running(tx, case.id, tx.now().day())?.into_iter().filter(|one| one.help == help);
    match same.collect::<Vec<_>>().as_slice() {
        [one] => {
            let sooner = open(tx, one.id.0)?.map_or(review_on, |due| due.min(review_on));
            due_again(tx, case, one, Some(sooner))
        }
        _ => plan_due(tx, case, plan, Some(review_on)),
    }
}

/// Somebody is commissioned: the plan's day becomes the help's own.
pub(super) fn commissioned(
    tx: &WriteTx<'_>,
    case: &CaseView,
    (id, plan): (CommissionId, PlanId),
) -> Result<(), Failure> {
    plan_due(tx, case, plan, None)?;
    let placed = found(plans::commissions(tx, case.id)?.into_iter().find(|one| one.id == id))?;
    let version = found(plans::version(tx, plan)?)?;
    due_again(tx, case, &placed, Some(version.content.review_on))
}

/// A help took the place of another: its rhythm goes along, and the other is looked at no more.
pub(super) fn follow(
    tx: &WriteTx<'_>,
    case: &CaseView,
    (before, next): (CommissionId, CommissionId),
) -> Result<(), Failure> {
    deadlines::meet_from(tx, before.0, DueKind::PlanReview)?;
    let own = rhythms::of_case(tx, case.id)?.into_iter().find(|one| one.commission == before);
    if let Some(own) = own {
        rhythms::insert(tx, fresh_at(tx.now()), (case.id, next), (own.months, &own.why))?;
    }
    Ok(())
}

/// The reviews of helps and of plans are over.
pub(super) fn over(tx: &WriteTx<'_>, case: CaseId, help: CommissionId, all: bool) -> Result<(), Failure> {
    deadlines::meet_from(tx, help.0, DueKind::PlanReview)?;
    if all {
        for plan in plans::versions(tx, case)? {
            deadlines::meet_from(tx, plan.id.0, DueKind::PlanReview)?;
        }
    }
    Ok(())
}

/// The running helps of a case with their rhythms, and the most months that the office allows.
///
/// # Errors
/// Hidden for other teams.
pub async fn list(app: &App, actor: &Actor, id: CaseId) -> Result<(Vec<HelpRhythm>, i32), Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        Ok((of_case(tx, &case, today)?, most_months(tx)?))
    })
    .await
}

/// Sets the rhythm of one help, with a reason. The next review is counted anew from the last look.
///
/// # Errors
/// The rules of [`NewRhythm::check`], [`RHYTHM_OF_ENDED`], [`Failure::Denied`].
pub async fn set(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CommissionId,
    new: NewRhythm,
) -> Result<CaseId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let help = found(endings::running(&tx, id)?)?;
        let (case, grant) = case_for(&tx, &who, Action::DecideOnCase, help.case)?;
        new.check(most_months(&tx)?)?;
        keeps_quiet(&tx, case.id, &[(new.why.as_str(), "why")])?;
        let of_case = of_case(&tx, &case, today)?;
        let help = of_case.iter().find(|one| one.commission.id == id);
        let help = help.ok_or(RHYTHM_OF_ENDED.broken_at("commission"))?;
        let last = help.looked_on.unwrap_or(help.commission.from);
        let tx = tx.allow(grant);
        rhythms::set(&tx, fresh_at(tx.now()), (case.id, id), &new)?;
        due_again(&tx, &case, &help.commission, Some(next_review(last, new.months, today)))?;
        Ok(tx.commit(Deed::in_case(DeedKind::ReviewRhythmSet, id, case.id), case.id)?)
    };
    app.change(actor, key, write).await
}
