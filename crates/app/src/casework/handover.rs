// SPDX-License-Identifier: EUPL-1.2
//! A case changes hands: begun with a cause, arranged, held as a conversation, or the case stays. Until the
//! conversation is recorded who had the case has it; decisions, commissions, promises and payments stay as they are
//! before and after it: help never stops for a change of competence (§ 86c SGB VIII, within the office by analogy).

use crate::casework::case_for;
use crate::casework::intake::responsible;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found, reach};
use crate::deadlines;
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{Conversation, HANDOVER_RUNS, HandoverCause, NewHandover, Receiver};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue, PromptDuty, Promptly};
use domain::kernel::{CaseId, Day, HandoverId, Line, Note, Rule, SpaceId, TeamId, UserId};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::handovers::{self, Ways};
use store::deadlines::At;
use store::sight::RowSight;
use store::{ReadTx, WriteTx, access, territory};

pub use store::casework::handovers::HandoverView;
pub use store::territory::SpaceLine;

/// The worker named does not work in the team that takes the case.
pub const HANDOVER_WORKER: Rule = Rule::new("handover.worker_not_of_team", "§ 86c(2) SGB VIII entsprechend");

/// Hand-overs on one page.
const PAGE: i64 = 200;
/// What is due until the day that was arranged.
const TALK: &str = "Übergabegespräch führen";

/// The hand-overs of a case.
#[derive(Debug, Clone)]
pub struct CasePage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Spaces it can go to.
    pub spaces: Vec<SpaceLine>,
    /// Workers of its team.
    pub workers: Vec<(UserId, String)>,
    /// Hand-overs so far, newest first.
    pub all: Vec<HandoverView>,
    /// May the reader hand it over?
    pub may_work: bool,
}

/// The hand-overs of a case, and where it can go.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<CasePage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let mut all = handovers::of_case(tx, id)?;
        all.iter_mut().try_for_each(|one| hush(tx, &case, one))?;
        Ok(CasePage {
            people: cases::people(tx, id)?,
            spaces: territory::overview(tx)?,
            workers: access::colleagues(tx, case.team, today)?,
            all,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// What was typed tells no protected address, whoever looks.
fn hush(tx: &ReadTx<'_>, case: &CaseView, one: &mut HandoverView) -> Result<(), Failure> {
    hushed(&Quiet::of(tx, case)?, one);
    Ok(())
}

/// The same in every text of a hand-over that somebody typed.
pub(super) fn hushed(quiet: &Quiet, one: &mut HandoverView) {
    let why = [&mut one.why, &mut one.promised, &mut one.remember, &mut one.words, &mut one.no_talk_why];
    for text in why.into_iter().chain([&mut one.with_whom, &mut one.to_office]) {
        quiet.maybe(text);
    }
}

/// Hand-overs of many cases.
fn hush_all(tx: &ReadTx<'_>, all: &mut [HandoverView]) -> Result<(), Failure> {
    for one in all {
        let case = found(cases::one(tx, one.case)?)?;
        hush(tx, &case, one)?;
    }
    Ok(())
}

/// Begins a hand-over; with its conversation, or why there was none, the case changes hands at once.
///
/// # Errors
/// The rules of [`NewHandover::check`] and [`Conversation::check`], [`HANDOVER_RUNS`], [`HANDOVER_WORKER`],
/// [`Failure::Denied`].
pub async fn begin(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CaseId,
    new: NewHandover,
) -> Result<HandoverId, Failure> {
    let (who, today, handover) = (actor.clone(), app.today(), app.fresh::<HandoverId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, id)?;
        let place = place(&tx, &new.to)?;
        new.check(place.is_some_and(|(team, _)| team == case.team), case.worker)?;
        of_team(&tx, case.team, today, if let Receiver::Worker(to) = new.to { Some(to) } else { None })?;
        if handovers::of_case(&tx, id)?.iter().any(HandoverView::is_open) {
            return Err(HANDOVER_RUNS.broken().into());
        }
        if let Some(told) = &new.told {
            told.check(today, Conversation::BESIDE)?;
        }
        keeps_quiet(&tx, id, &typed(&new))?;
        let tx = tx.allow(grant);
        handovers::insert(&tx, handover, id, Ways { from: case.team, worker: case.worker, to: place }, &new)?;
        raise(&tx, &case, handover, &new)?;
        let Some(told) = &new.told else {
            return Ok(tx.commit(Deed::in_case(DeedKind::HandoverArranged, handover, id), handover)?);
        };
        let view = found(handovers::one(&tx, handover)?)?;
        hand(&tx, &case, &view, told, None)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CaseHandedOver, handover, id), handover)?)
    };
    app.change(actor, key, write).await
}

fn place(tx: &ReadTx<'_>, to: &Receiver) -> Result<Option<(TeamId, SpaceId)>, Failure> {
    let Receiver::Space(space) = to else { return Ok(None) };
    Ok(Some((found(territory::team_of(tx, *space)?)?, *space)))
}

fn of_team(tx: &ReadTx<'_>, team: TeamId, today: Day, worker: Option<UserId>) -> Result<(), Failure> {
    let Some(worker) = worker else { return Ok(()) };
    let known = access::colleagues(tx, team, today)?.iter().any(|(id, _)| *id == worker);
    if known { Ok(()) } else { Err(HANDOVER_WORKER.broken_at("worker").into()) }
}

fn typed(new: &NewHandover) -> Vec<(&str, &'static str)> {
    let mut typed = vec![(new.why.as_str(), "why")];
    typed.extend(new.promised.iter().map(|words| (words.as_str(), "promised")));
    typed.extend(new.remember.iter().map(|words| (words.as_str(), "remember")));
    if let Receiver::Office(office) = &new.to {
        typed.push((office.as_str(), "office"));
    }
    typed.extend(new.told.iter().flat_map(|told| told_of(told, ["talk_with", "words"])));
    typed
}

/// What a conversation says, with the fields it was typed into.
fn told_of<'a>(
    told: &'a Conversation,
    [with, words]: [&'static str; 2],
) -> impl Iterator<Item = (&'a str, &'static str)> {
    let with = told.with_whom.iter().map(move |line| (line.as_str(), with));
    let words = told.words.iter().map(move |note| (note.as_str(), words));
    with.chain(words).chain(told.no_talk_why.iter().map(|note| (note.as_str(), "no_talk_why")))
}

/// To another office: told and handed over at once, which has no day (§ 86c(2)). Within the office the arranged day.
fn raise(tx: &WriteTx<'_>, case: &CaseView, id: HandoverId, new: &NewHandover) -> Result<(), Failure> {
    let today = tx.now().day();
    let duty = match (&new.to, new.due_on) {
        (Receiver::Office(_), _) => Duty::Prompt(Promptly::new(PromptDuty::CompetenceChange, today)),
        (_, Some(due)) => Duty::Own(InternalTarget { words: Line::parse(TALK)?, due, is_agreed: false }),
        _ => return Ok(()),
    };
    let at = At { case: case.id, team: case.team, owner: case.worker };
    deadlines::raise(tx, at, &NewDue { duty, from: DueKind::Handover, subject: Some(id.0) })?;
    Ok(())
}

/// With the conversation, and only with it, team, space and worker of the case change; what is due goes along.
fn hand(
    tx: &WriteTx<'_>,
    case: &CaseView,
    view: &HandoverView,
    told: &Conversation,
    named: Option<UserId>,
) -> Result<(), Failure> {
    let now = tx.now();
    let held = view.state().hold(view.place(), told, now.day())?;
    let worker = match (view.cause, held.place(), named.or(view.to_worker.as_ref().map(|(id, _)| *id))) {
        (HandoverCause::Office, ..) => None,
        (_, Some((team, _)), Some(named)) => of_team(tx, team, now.day(), Some(named)).map(|()| Some(named))?,
        // After a new cut somebody is named; a family that moves meets whoever its new team has.
        (HandoverCause::Recut, _, None) => return Err(HANDOVER_WORKER.broken_at("worker").into()),
        (_, Some((team, _)), None) => Some(responsible(tx, team, case.worker, now)?),
        (_, None, to) => to,
    };
    if !handovers::hold(tx, view.id, (case.worker, worker), told)? {
        return Err(Failure::Stale);
    }
    deadlines::meet_from(tx, view.id.0, DueKind::Handover)?;
    let Some(worker) = worker else { return Ok(()) };
    match held.place() {
        Some(place) => cases::reassign(tx, case.id, place, worker)?,
        None => handovers::entrust(tx, case.id, worker)?,
    }
    let team = held.place().map_or(case.team, |(team, _)| team);
    store::deadlines::follow_case(tx, case.id, team, worker)?;
    Ok(store::casework::protection::follow_case(tx, case.id, team)?)
}

/// Hand-overs of the teams in sight.
#[derive(Debug, Clone)]
pub struct HandoversPage {
    /// Waiting for their conversation, earliest due first.
    pub open: Vec<HandoverView>,
    /// Handed over or kept.
    pub done: Vec<HandoverView>,
}

/// The hand-overs of the reader's teams.
///
/// # Errors
/// Hidden for people who see no case.
pub async fn list(app: &App, actor: &Actor) -> Result<HandoversPage, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeCase)?);
    app.read(move |tx| {
        let mut open = handovers::of_teams(tx, &sight, "open", PAGE)?;
        let mut done = handovers::of_teams(tx, &sight, "held", PAGE)?;
        done.extend(handovers::of_teams(tx, &sight, "kept", PAGE)?);
        hush_all(tx, &mut open)?;
        hush_all(tx, &mut done)?;
        Ok(HandoversPage { open, done })
    })
    .await
}

/// One hand-over with what its forms need.
#[derive(Debug, Clone)]
pub struct HandoverPage {
    /// The hand-over.
    pub handover: HandoverView,
    /// Workers of the team that takes the case.
    pub workers: Vec<(UserId, String)>,
    /// May the conversation be recorded today?
    pub in_force: bool,
}

/// One hand-over.
///
/// # Errors
/// Hidden for other teams.
pub async fn one(app: &App, actor: &Actor, id: HandoverId) -> Result<HandoverPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let mut handover = found(handovers::one(tx, id)?)?;
        let (case, _) = case_for(tx, &actor, Action::SeeCase, handover.case)?;
        hush(tx, &case, &mut handover)?;
        let workers = match &handover.to_team {
            Some((team, _)) => access::colleagues(tx, *team, today)?,
            None => Vec::new(),
        };
        let in_force = handover.recut.as_ref().is_none_or(|(_, _, state, day)| state.is_in_force(*day, today));
        Ok(HandoverPage { handover, workers, in_force })
    })
    .await
}

fn open(tx: &ReadTx<'_>, who: &Actor, id: HandoverId) -> Result<(HandoverView, CaseView, Grant), Failure> {
    let handover = found(handovers::one(tx, id)?)?;
    // Whoever has the case now hands it over.
    let (case, grant) = case_for(tx, who, Action::WorkOnCase, handover.case)?;
    handover.state().keep()?;
    Ok((handover, case, grant))
}

/// Arranges the conversation: by when, who with whom.
///
/// # Errors
/// [`domain::casework::HANDOVER_CLOSED`], [`Failure::Denied`].
pub async fn arrange(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: HandoverId,
    (due_on, with_whom): (Day, Line),
) -> Result<HandoverId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (handover, _, grant) = open(&tx, &who, id)?;
        keeps_quiet(&tx, handover.case, &[(with_whom.as_str(), "with_whom")])?;
        let tx = tx.allow(grant);
        if !handovers::arrange(&tx, id, due_on, &with_whom)? {
            return Err(Failure::Stale);
        }
        Ok(tx.commit(Deed::in_case(DeedKind::HandoverArranged, id, handover.case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records the conversation; with it the case changes hands, in one deed.
///
/// # Errors
/// The rules of [`domain::casework::Handover::hold`], [`HANDOVER_WORKER`], [`Failure::Denied`].
pub async fn hold(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: HandoverId,
    (told, worker): (Conversation, Option<UserId>),
) -> Result<CaseId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (handover, case, grant) = open(&tx, &who, id)?;
        keeps_quiet(&tx, case.id, &told_of(&told, ["with_whom", "words"]).collect::<Vec<_>>())?;
        let tx = tx.allow(grant);
        hand(&tx, &case, &handover, &told, worker)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CaseHandedOver, id, case.id), case.id)?)
    };
    app.change(actor, key, write).await
}

/// The case stays with its team, with a reason: a help that ends soon, a family that asks for it.
///
/// # Errors
/// [`domain::casework::HANDOVER_CLOSED`], [`Failure::Denied`].
pub async fn keep(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: HandoverId,
    why: Note,
) -> Result<HandoverId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (handover, _, grant) = open(&tx, &who, id)?;
        keeps_quiet(&tx, handover.case, &[(why.as_str(), "why")])?;
        let tx = tx.allow(grant);
        if !handovers::keep(&tx, id, &why)? {
            return Err(Failure::Stale);
        }
        deadlines::meet_from(&tx, id.0, DueKind::Handover)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CaseKept, id, handover.case), id)?)
    };
    app.change(actor, key, write).await
}
