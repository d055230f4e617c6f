// SPDX-License-Identifier: EUPL-1.2
//! Applications for integration help (§ 35a SGB VIII): receipt begins the clocks of SGB IX, each step moves them on.

use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found, fresh_at};
use crate::deadlines;
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    Application, ApplicationStep, DecisionDraft, Follows, NewApplication, NewStepTaken, assessor_named, follows,
};
use domain::deadlines::{DeadlineRule, DueKind, Duty, NewDue, Promptly, compute};
use domain::kernel::{ApplicationId, CaseId, Day};
use store::casework::applications;
use store::casework::cases::{self, CaseView, PersonView};
use store::deadlines::{At, calendars};
use store::{ReadTx, WriteTx};

pub use store::casework::applications::{ApplicationView, StepView};
pub use store::deadlines::DueView;

/// Why a clock is not asked any more.
const REPLACED: &str = "Eine andere Frist ist an ihre Stelle getreten (§§ 14, 15 SGB IX).";
/// Things due of one case.
const OF_CASE: i64 = 100;

/// The page of applications.
#[derive(Debug, Clone)]
pub struct ApplicationsPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Applications, newest first.
    pub all: Vec<ApplicationView>,
    /// Running clocks of applications.
    pub clocks: Vec<DueView>,
    /// May the reader work on it?
    pub may_work: bool,
}

/// The applications of a case.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<ApplicationsPage, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let mut all = applications::of_case(tx, id)?;
        for one in &mut all {
            quiet.text(&mut one.words);
            one.steps.iter_mut().for_each(|taken| quiet.maybe(&mut taken.words));
        }
        let mut clocks = store::deadlines::of_case(tx, id, "open", OF_CASE)?;
        clocks.retain(|one| one.from == DueKind::Application);
        clocks.sort_by_key(|one| (one.due_on, one.id));
        Ok(ApplicationsPage {
            people: cases::people(tx, id)?,
            all,
            clocks,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// Takes an application in; its clocks begin.
///
/// # Errors
/// The rules of [`NewApplication::check`], [`Failure::Denied`].
pub async fn receive(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewApplication,
) -> Result<ApplicationId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<ApplicationId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        new.check(now.day())?;
        keeps_quiet(&tx, case.id, &[(new.words.as_str(), "words")])?;
        let tx = tx.allow(grant);
        let calendar = calendars::current(&tx)?;
        let check = |day| compute(DeadlineRule::Competence, day, &calendar).due();
        let competence = new.passed_on_by.is_none().then(|| check(new.received_on));
        applications::insert(&tx, id, case.id, &new, competence)?;
        begin(&tx, &case, id, &new.clocks())?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ApplicationReceived, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// Begins clocks that do not run already.
fn begin(tx: &WriteTx<'_>, case: &CaseView, id: ApplicationId, clocks: &[(DeadlineRule, Day)]) -> Result<(), Failure> {
    let run = store::deadlines::of_subject(tx, id.0)?;
    for (rule, start) in clocks {
        if run.iter().all(|open| open.kind != rule.code()) {
            raise(tx, case, id, Duty::Legal(*rule, *start))?;
        }
    }
    Ok(())
}

fn raise(tx: &WriteTx<'_>, case: &CaseView, id: ApplicationId, duty: Duty) -> Result<(), Failure> {
    let at = At { case: case.id, team: case.team, owner: case.worker };
    deadlines::raise(tx, at, &NewDue { duty, from: DueKind::Application, subject: Some(id.0) })?;
    Ok(())
}

/// Records a step of an application; its clocks move on.
///
/// # Errors
/// The rules of [`follows`], [`Failure::Denied`].
pub async fn take_step(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ApplicationId,
    taken: NewStepTaken,
) -> Result<ApplicationId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let case = found(applications::case_of(&tx, id)?)?;
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let stands = state(&tx, case.id, id)?;
        let taken = taken.clone().by_the_calendar(&stands);
        let after = follows(&stands, &taken, now.day())?;
        let typed: Vec<_> = taken.words.iter().map(|words| (words.as_str(), "words")).collect();
        keeps_quiet(&tx, case.id, &typed)?;
        let tx = tx.allow(grant);
        keep(&tx, &case, id, (&taken, &after))?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ApplicationMoved, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

fn state(tx: &ReadTx<'_>, case: CaseId, id: ApplicationId) -> Result<Application, Failure> {
    found(applications::of_case(tx, case)?.into_iter().find(|one| one.id == id)).map(|one| one.state())
}

fn keep(
    tx: &WriteTx<'_>,
    case: &CaseView,
    id: ApplicationId,
    (taken, after): (&NewStepTaken, &Follows),
) -> Result<(), Failure> {
    applications::insert_step(tx, fresh_at(tx.now()), (case.id, id), taken)?;
    let codes = |rules: &[DeadlineRule]| rules.iter().map(|rule| rule.code()).collect::<Vec<_>>();
    deadlines::meet(tx, id.0, &codes(&after.met))?;
    deadlines::fall_away(tx, id.0, &codes(&after.replaced), REPLACED)?;
    begin(tx, case, id, &after.begun)?;
    match after.prompt {
        Some(duty) => raise(tx, case, id, Duty::Prompt(Promptly::new(duty, taken.on))),
        None => Ok(()),
    }
}

/// A decision decides the application that somebody named, and no other: less of a running help answers nobody's
/// application, and of two applications one may still wait (§§ 14, 15 SGB IX).
pub(super) fn decide(tx: &WriteTx<'_>, case: &CaseView, id: ApplicationId) -> Result<(), Failure> {
    let today = tx.now().day();
    let taken = NewStepTaken { step: ApplicationStep::Decided, on: today, words: None };
    let after = follows(&state(tx, case.id, id)?, &taken, today)?;
    keep(tx, case, id, (&taken, &after))
}

/// What a decision has to know of applications: does one wait, and did somebody give an opinion who is not named at the
/// talk about the plan (§ 36(4) SGB VIII)?
pub(super) fn facts(tx: &ReadTx<'_>, case: CaseId, draft: &DecisionDraft) -> Result<(bool, bool), Failure> {
    let waiting = applications::of_case(tx, case)?.into_iter().filter(ApplicationView::is_open);
    let waiting: Vec<ApplicationView> = waiting.collect();
    let decided = draft.occasion.application;
    let behind = waiting.iter().filter(|one| decided.is_none_or(|id| one.id == id));
    let missing =
        behind.flat_map(ApplicationView::assessors).any(|name| !assessor_named(name, &draft.details.attendance));
    Ok((!waiting.is_empty(), missing))
}
