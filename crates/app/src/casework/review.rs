// SPDX-License-Identifier: EUPL-1.2
//! The review of a help: what was reached, what follows, when to look again.

use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::casework::statements::known;
use crate::core::{App, Failure, Key, found, fresh_at};
use crate::deadlines;
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::budget::Performance;
use domain::casework::{NewReview, cadence};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::{CaseId, CommissionId, Day, Line, PlanId, WillId};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::{endings, goals, plans, reviews, statements};
use store::deadlines::At;
use store::{ReadTx, WriteTx, access};

pub use store::casework::goals::{RatingView, Rung};
pub use store::casework::plans::{CommissionView, VersionLine};
pub use store::casework::reviews::{ReviewView, StepDownView};

/// What is due on the day of the next review. § 36(2) says "regelmäßig" and names no number: the day is the plan's own.
const REVIEW: &str = "Hilfeplan überprüfen";

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
    /// What became less, newest first.
    pub step_downs: Vec<StepDownView>,
    /// Running helps whose end is not on record, each with its plan of performance.
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
            (goals::ladder(tx, id)?, goals::ratings(tx, id)?, reviews::reviews(tx, id)?);
        let mut step_downs = reviews::step_downs(tx, id)?;
        step_downs.iter_mut().for_each(|one| quiet.maybe(&mut one.hearing));
        ladder.iter_mut().for_each(|goal| quiet.text(&mut goal.words));
        ratings.iter_mut().for_each(|rating| quiet.maybe(&mut rating.words));
        for one in &mut reviews {
            quiet.text(&mut one.words);
            quiet.maybe(&mut one.changed_will);
        }
        let latest = plans::versions(tx, id)?.into_iter().next();
        let months = months(tx, latest.as_ref().map(|one| one.id), reviews.len())?;
        let plans_of = store::agreements::plans(tx, id)?;
        let plan = |id: CommissionId| plans_of.iter().find(|(of, _)| *of == id).map(|(_, plan)| *plan);
        let ended = endings::endings(tx, id)?;
        let ends = |of: &CommissionView| ended.iter().any(|one| one.is_in_force() && one.commission == of.id);
        let running = plans::commissions(tx, id)?.into_iter().filter(|one| runs(one, today) && !ends(one));
        Ok(ReviewPage {
            people: cases::people(tx, id)?,
            latest,
            goals: ladder,
            ratings,
            next_on: today.plus_months(months),
            reviews,
            step_downs,
            running: running.map(|one| (one.clone(), plan(one.id))).collect(),
            colleagues: access::colleagues(tx, case.team, today)?.into_iter().map(|(_, name)| name).collect(),
            may_decide: permit(&actor, Action::DecideOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// Months until the next review: as the plan says, else by the rule of the office (§ 36(2) S. 2).
pub(super) fn months(tx: &ReadTx<'_>, plan: Option<PlanId>, so_far: usize) -> Result<i32, Failure> {
    let by_plan = plan.map(|plan| plans::review_months(tx, plan)).transpose()?.flatten();
    let Some(months) = by_plan else {
        return Ok(i32::try_from(access::rules::value(tx, cadence(so_far))?).unwrap_or(6));
    };
    Ok(months)
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
        typed.extend(new.changed_will.iter().map(|will| (will.words.as_str(), "changed_will")));
        typed
            .extend(new.changed_will.iter().flat_map(|will| &will.own_part).map(|own| (own.as_str(), "will_own_part")));
        keeps_quiet(&tx, id, &typed)?;
        let will = new.statement(now.day())?;
        known(&tx, id, will.as_ref().and_then(|will| will.speaker), "will_speaker")?;
        let tx = tx.allow(grant);
        let review = fresh_at(now);
        let said = will.map(|will| (WillId(fresh_at(now)), will));
        if let Some((said, will)) = &said {
            statements::insert(&tx, *said, id, will)?;
            tx.also(Deed::in_case(DeedKind::StatementRecorded, *said, id));
        }
        reviews::insert_review(&tx, review, (id, plan.id, said.map(|(said, _)| said)), &new)?;
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
