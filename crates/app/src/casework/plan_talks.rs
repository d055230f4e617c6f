// SPDX-License-Identifier: EUPL-1.2
//! Talks about help plans. The tasks before a talk are things due like all others: they stand in everybody's list, fall
//! late there, and are done, moved or dropped with a reason.

use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found, fresh_at};
use crate::deadlines::{self, fall_away};
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{
    Attendance, HelpKind, NewPlanTalk, TalkState, TimeOfDay, check_talk_task, hold_talk, read_talk_tasks,
    shipped_talk_tasks, talk_task_due,
};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue, Outcome};
use domain::kernel::{CaseId, Day, DueId, Line, Note, PlanTalkId, Rule, UserId};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::{plan_talks, plans};
use store::deadlines::{self as due, At, ChangeView, DueView, NewChange};
use store::{ReadTx, WriteTx, access};

pub use store::casework::plan_talks::{GuestView, TalkView};

/// Whoever sees to a task is one of the team.
pub const TALK_TASK_OWNER: Rule = Rule::new("talk_task.owner", "Zuständigkeit");

/// Why what is open falls away with its talk.
const HELD: &str = "Das Gespräch hat stattgefunden.";
/// Things due of a case that are looked through for those of its talks.
const MOST: i64 = 500;

/// A talk with what has to be done before it.
#[derive(Debug, Clone)]
pub struct Talk {
    /// The talk.
    pub talk: TalkView,
    /// What has to be done, by day.
    pub tasks: Vec<DueView>,
    /// Who was there, or why not.
    pub guests: Vec<GuestView>,
}

/// The page of talks.
#[derive(Debug, Clone)]
pub struct TalksPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Talks, the latest set first.
    pub talks: Vec<Talk>,
    /// What became of tasks.
    pub changes: Vec<ChangeView>,
    /// Staff of the team.
    pub colleagues: Vec<(UserId, String)>,
    /// The kind of help that was decided on last.
    pub help: Option<HelpKind>,
    /// May the reader do anything?
    pub may_work: bool,
}

/// The page of talks.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<TalksPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let mut changes = due::changes(tx, id)?;
        changes.iter_mut().for_each(|one| quiet.maybe(&mut one.reason));
        Ok(TalksPage {
            people: cases::people(tx, id)?,
            talks: talks(tx, &case, &quiet)?,
            changes,
            colleagues: access::colleagues(tx, case.team, today)?,
            help: plans::versions(tx, id)?.first().map(|one| one.help),
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

fn talks(tx: &ReadTx<'_>, case: &CaseView, quiet: &Quiet) -> Result<Vec<Talk>, Failure> {
    let mut tasks = Vec::new();
    for state in ["open", Outcome::Done.code(), Outcome::Dropped.code()] {
        let of_case = due::of_case(tx, case.id, state, MOST)?;
        tasks.extend(of_case.into_iter().filter(|one| one.from == DueKind::PlanTalk));
    }
    tasks.sort_by_key(|one| (one.due_on, one.id));
    tasks.iter_mut().for_each(|one| quiet.maybe(&mut one.words));
    let mut guests = plan_talks::guests(tx, case.id)?;
    guests.iter_mut().for_each(|one| quiet.maybe(&mut one.why));
    let all = plan_talks::of_case(tx, case.id)?.into_iter().map(|mut talk| {
        quiet.text(&mut talk.place);
        quiet.maybe(&mut talk.closed_why);
        Talk {
            tasks: tasks.iter().filter(|task| task.subject == Some(talk.id.0)).cloned().collect(),
            guests: guests.iter().filter(|guest| guest.talk == talk.id).cloned().collect(),
            talk,
        }
    });
    Ok(all.collect())
}

/// Who took part in the talk that was held last, for the decision that follows it.
///
/// # Errors
/// Hidden for other teams.
pub async fn last_held(app: &App, actor: &Actor, id: CaseId) -> Result<Vec<GuestView>, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let held = |talk: &Talk| talk.talk.state == TalkState::Held;
        let all = talks(tx, &case, &Quiet::of(tx, &case)?)?;
        Ok(all.into_iter().find(held).map(|talk| talk.guests).unwrap_or_default())
    })
    .await
}

/// Sets a talk; what has to be done before it is due, as the office wants it for this kind of help.
///
/// # Errors
/// [`domain::casework::PLAN_TALK_IN_PAST`], [`Failure::Denied`].
pub async fn set(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewPlanTalk,
) -> Result<PlanTalkId, Failure> {
    let (who, today, id) = (actor.clone(), app.today(), app.fresh::<PlanTalkId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        new.check(today)?;
        let mut typed = vec![(new.place.as_str(), "place")];
        typed.extend(new.invited.iter().map(|one| (one.as_str(), "invited")));
        keeps_quiet(&tx, case.id, &typed)?;
        let own = plan_talks::setting(&tx, new.help)?.and_then(|setting| setting.tasks);
        let tasks = read_talk_tasks(&own.unwrap_or_else(|| shipped_talk_tasks(new.help)))?;
        let tx = tx.allow(grant);
        plan_talks::insert(&tx, id, case.id, &new)?;
        for task in tasks {
            let due = talk_task_due(new.meets_on, task.days_before, today);
            raise(&tx, (&case, id), case.worker, (task.words, due))?;
        }
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::PlanTalkSet, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

fn raise(
    tx: &WriteTx<'_>,
    (case, talk): (&CaseView, PlanTalkId),
    owner: UserId,
    (words, due): (Line, Day),
) -> Result<DueId, Failure> {
    let at = At { case: case.id, team: case.team, owner };
    let duty = Duty::Own(InternalTarget { words, due, is_agreed: false });
    deadlines::raise(tx, at, &NewDue { duty, from: DueKind::PlanTalk, subject: Some(talk.0) })
}

/// A planned talk, and the yes to work on it.
fn planned(tx: &ReadTx<'_>, who: &Actor, id: PlanTalkId) -> Result<(TalkView, CaseView, Grant), Failure> {
    let talk = found(plan_talks::one(tx, id)?)?;
    let (case, grant) = case_for(tx, who, Action::WorkOnCase, talk.case)?;
    talk.state.still_planned()?;
    Ok((talk, case, grant))
}

/// A task that somebody adds to those of a talk.
#[derive(Debug, Clone)]
pub struct NewTalkTask {
    /// What.
    pub words: Line,
    /// Who sees to it; nobody named: the worker of the case.
    pub owner: Option<UserId>,
    /// Until when.
    pub due: Day,
}

/// Adds a task before a talk.
///
/// # Errors
/// [`domain::casework::TALK_TASK_OUTSIDE`], [`domain::casework::PLAN_TALK_CLOSED`], [`TALK_TASK_OWNER`],
/// [`Failure::Denied`].
pub async fn add_task(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: PlanTalkId,
    new: NewTalkTask,
) -> Result<CaseId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (talk, case, grant) = planned(&tx, &who, id)?;
        check_talk_task(new.due, talk.meets_on, today)?;
        keeps_quiet(&tx, case.id, &[(new.words.as_str(), "words")])?;
        let owner = new.owner.unwrap_or(case.worker);
        let of_team = access::colleagues(&tx, case.team, today)?.iter().any(|(one, _)| *one == owner);
        if !of_team && owner != case.worker {
            return Err(TALK_TASK_OWNER.broken_at("owner").into());
        }
        let tx = tx.allow(grant);
        let due = raise(&tx, (&case, id), owner, (new.words.clone(), new.due))?;
        Ok(tx.commit(Deed::in_case(DeedKind::DueRaised, due, case.id), case.id)?)
    };
    app.change(actor, key, write).await
}

/// A planned talk gets another day: what is still open before it moves along, no day before today.
///
/// # Errors
/// [`domain::casework::PLAN_TALK_IN_PAST`], [`domain::casework::PLAN_TALK_CLOSED`], [`Failure::Denied`].
pub async fn move_to(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: PlanTalkId,
    (day, at, why): (Day, TimeOfDay, Note),
) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (talk, case, grant) = planned(&tx, &who, id)?;
        if day < now.day() {
            return Err(domain::casework::PLAN_TALK_IN_PAST.broken_at("meets_on").into());
        }
        keeps_quiet(&tx, case.id, &[(why.as_str(), "why")])?;
        let tx = tx.allow(grant);
        let by = day.days_since(talk.meets_on);
        for open in due::of_subject(&tx, id.0)? {
            let to = open.day.map(|due| due.plus_days(by).max(now.day()));
            let moved = NewChange { outcome: Outcome::Moved, reason: Some(why.as_str()), from: open.day, to };
            if to != open.day {
                due::change(&tx, fresh_at(now), open.id, &moved)?;
            }
        }
        if !plan_talks::move_to(&tx, id, day, at)? {
            return Err(Failure::Stale);
        }
        Ok(tx.commit(Deed::in_case(DeedKind::PlanTalkMoved, id, case.id), case.id)?)
    };
    app.change(actor, key, write).await
}

/// A talk was held with these people; what is still open before it falls away.
///
/// # Errors
/// The rules of [`hold_talk`], [`Failure::Denied`].
pub async fn hold(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: PlanTalkId,
    there: Vec<Attendance>,
) -> Result<CaseId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (talk, case, grant) = planned(&tx, &who, id)?;
        hold_talk(talk.state, talk.meets_on, &there, today)?;
        let mut typed: Vec<(&str, &'static str)> = there.iter().map(|one| (one.name.as_str(), "present")).collect();
        typed.extend(there.iter().filter_map(|one| Some((one.why.as_ref()?.as_str(), "absent"))));
        keeps_quiet(&tx, case.id, &typed)?;
        close(tx.allow(grant), (id, case.id), (TalkState::Held, None), &there)
    };
    app.change(actor, key, write).await
}

/// A talk does not take place; what is open before it falls away with the same reason.
///
/// # Errors
/// [`domain::casework::PLAN_TALK_CLOSED`], [`Failure::Denied`].
pub async fn cancel(app: &App, actor: &Actor, key: Option<Key>, id: PlanTalkId, why: Note) -> Result<CaseId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (_, case, grant) = planned(&tx, &who, id)?;
        keeps_quiet(&tx, case.id, &[(why.as_str(), "why")])?;
        close(tx.allow(grant), (id, case.id), (TalkState::Cancelled, Some(why.as_str())), &[])
    };
    app.change(actor, key, write).await
}

fn close(
    tx: WriteTx<'_>,
    (id, case): (PlanTalkId, CaseId),
    (state, why): (TalkState, Option<&str>),
    there: &[Attendance],
) -> Result<store::Done<CaseId>, Failure> {
    if !plan_talks::close(&tx, id, (state, why), there)? {
        return Err(Failure::Stale);
    }
    fall_away(&tx, id.0, &["own"], why.unwrap_or(HELD))?;
    cases::touch(&tx, case)?;
    Ok(tx.commit(Deed::in_case(DeedKind::PlanTalkClosed, id, case), case)?)
}
