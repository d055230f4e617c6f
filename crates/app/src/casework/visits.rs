// SPDX-License-Identifier: EUPL-1.2
//! Visits: what a worker takes along on a device without a line, and what comes back from there.
//!
//! What is taken along is as little as a visit needs, of the worker's own cases alone; never notes, never what was
//! entrusted, never a protected address. What comes back is never lost: it stands in the file once, or it waits for
//! its writer.

use crate::access::own;
use crate::casework::case_for;
use crate::casework::exploration::stale;
use crate::casework::notes;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found, reach};
use domain::access::{Action, Actor, Denied, Grant, HouseRule, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::protection::StepKind;
use domain::casework::{
    NewVisit, NewVisitNote, StatementKind, VISIT_NOT_YOURS, VISIT_NOTE_HANDED_IN, VISIT_OVER, VisitState, WaitReason,
    receive_note, visit_ends, visit_state,
};
use domain::kernel::{CaseId, Moment, NoteId, VisitId, VisitNoteId};
use store::access::rules;
use store::casework::case_list::{self, Which, Whose};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::persons::{self, ContactView, ResidenceView};
use store::casework::protection::{self, steps};
use store::casework::statements::{self, GoalView, StatementView, StrengthView};
use store::casework::timeline::{self, Happening};
use store::casework::visits::{self, Went};
use store::deadlines::{self, DueView};
use store::sight::RowSight;
use store::{ReadTx, WriteTx};

pub use store::casework::cases::CaseLine;
pub use store::casework::protection::steps::StepView;
pub use store::casework::visits::{VisitNoteView, VisitView};

/// Own cases to choose from, cases to hand a waiting note in to, tasks taken along, open visits the administration sees.
const MOST: i64 = 50;
/// What happened since, beside a note that waits.
const SINCE: i64 = 20;

fn is_on(tx: &ReadTx<'_>) -> Result<bool, Failure> {
    Ok(rules::value(tx, HouseRule::VisitMode)? == 1)
}

/// A note that waits, with what its writer should know before handing it in.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The note.
    pub note: VisitNoteView,
    /// What happened in the case since the visit was prepared; empty where the writer may not see the case any more.
    pub since: Vec<Happening>,
    /// The family, where the writer still sees the case.
    pub family: Option<String>,
}

/// One's own visits.
#[derive(Debug, Clone)]
pub struct VisitPage {
    /// Has the office switched visits on?
    pub is_on: bool,
    /// Visits that are open.
    pub open: Vec<VisitView>,
    /// Own cases that could be taken along.
    pub own: Vec<CaseLine>,
    /// Notes that wait for the reader.
    pub waiting: Vec<Waiting>,
    /// Cases into which the reader may write.
    pub cases: Vec<CaseLine>,
}

/// One's own visits, and the notes that wait. Whoever has lost every right to cases still reads their own words.
///
/// # Errors
/// When the store fails.
pub async fn page(app: &App, actor: &Actor) -> Result<VisitPage, Failure> {
    let (actor, now) = (actor.clone(), app.now());
    app.read(move |tx| {
        own(&actor)?;
        let list = |which| match reach(&actor, Action::WorkOnCase) {
            Ok(sight) => Ok(case_list::list(tx, &RowSight::teams(&sight), which, cases::FROM_NEWEST, MOST)?),
            Err(Failure::Denied(_)) => Ok::<_, Failure>(Vec::new()),
            Err(other) => Err(other),
        };
        let waiting = visits::waiting(tx, actor.user)?;
        Ok(VisitPage {
            is_on: is_on(tx)?,
            open: visits::open_of(tx, actor.user, now)?,
            own: list(Which::open(Whose::Of(actor.user)))?,
            cases: if waiting.is_empty() { Vec::new() } else { list(Which::all(Whose::Teams))? },
            waiting: waiting.into_iter().map(|note| around(tx, &actor, note)).collect::<Result<_, _>>()?,
        })
    })
    .await
}

fn around(tx: &ReadTx<'_>, actor: &Actor, note: VisitNoteView) -> Result<Waiting, Failure> {
    let Ok((case, _)) = case_for(tx, actor, Action::SeeCase, note.case) else {
        return Ok(Waiting { note, since: Vec::new(), family: None });
    };
    let mut since = timeline::of_case(tx, note.case, SINCE)?;
    since.retain(|one| one.day >= note.prepared_at.day());
    Ok(Waiting { note, since, family: Some(case.family) })
}

/// Prepares a visit: from now on these cases may be read on a device, for a day. An earlier visit is called back.
///
/// # Errors
/// The rules of [`NewVisit::check`], [`VISIT_NOT_YOURS`], [`Failure::Denied`].
pub async fn prepare(app: &App, actor: &Actor, key: Option<Key>, new: NewVisit) -> Result<VisitId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<VisitId>());
    let write = move |tx: ReadTx<'_>| {
        new.check(is_on(&tx)?)?;
        let mut taken = Vec::new();
        let mut grant = own(&who)?;
        for case in &new.cases {
            let (case, yes) = case_for(&tx, &who, Action::WorkOnCase, *case)?;
            if case.worker != who.user {
                return Err(VISIT_NOT_YOURS.broken_at("cases").into());
            }
            grant = yes;
            taken.push((case.id, found(visits::moved_at(&tx, case.id)?)?));
        }
        let tx = tx.allow(grant);
        visits::insert(&tx, id, visit_ends(now), &taken)?;
        taken.iter().for_each(|(case, _)| tx.also(Deed::in_case(DeedKind::CaseTakenAlong, id, *case)));
        Ok(tx.commit(Deed::new(DeedKind::VisitPrepared, id), id)?)
    };
    app.change(actor, key, write).await
}

/// One's own visit.
fn of(tx: &ReadTx<'_>, actor: &Actor, id: VisitId) -> Result<VisitView, Failure> {
    found(visits::one(tx, id)?.filter(|visit| visit.worker == actor.user))
}

fn state(tx: &ReadTx<'_>, visit: &VisitView, now: Moment) -> Result<VisitState, Failure> {
    Ok(visit_state(is_on(tx)?, visit.ends_at, visit.ended_at.is_some(), now))
}

/// How it stands with one's own visit: what a device asks whenever it has a line.
///
/// # Errors
/// Hidden for everybody else.
pub async fn standing(app: &App, actor: &Actor, id: VisitId) -> Result<(VisitView, VisitState), Failure> {
    let (actor, now) = (actor.clone(), app.now());
    app.glance(move |tx| {
        let visit = of(tx, &actor, id)?;
        let state = state(tx, &visit, now)?;
        Ok((visit, state))
    })
    .await
}

/// What a visit needs of one case.
#[derive(Debug, Clone)]
pub struct PackedCase {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// How they are reached.
    pub contacts: Vec<ContactView>,
    /// Where they live; nothing at all where anybody of the case is protected.
    pub places: Vec<ResidenceView>,
    /// Will and wish, in own words.
    pub said: Vec<StatementView>,
    /// Goals.
    pub goals: Vec<GoalView>,
    /// Resources.
    pub strengths: Vec<StrengthView>,
    /// What is due.
    pub dues: Vec<DueView>,
    /// Steps and conditions of open protection plans.
    pub plan: Vec<StepView>,
}

/// What a visit needs, for the device alone.
///
/// # Errors
/// [`VISIT_OVER`], hidden for everybody but its worker.
pub async fn pack(app: &App, actor: &Actor, id: VisitId) -> Result<(VisitView, Vec<PackedCase>), Failure> {
    let (actor, now) = (actor.clone(), app.now());
    app.read(move |tx| {
        let visit = of(tx, &actor, id)?;
        if state(tx, &visit, now)? != VisitState::Open {
            return Err(VISIT_OVER.broken().into());
        }
        let mut packed = Vec::new();
        for case in visits::cases(tx, id)? {
            // Whoever gave the case away since takes nothing of it along.
            match case_for(tx, &actor, Action::WorkOnCase, case) {
                Ok((case, _)) if case.worker == actor.user => packed.push(pack_case(tx, &actor, case, now)?),
                Ok(_) | Err(Failure::Denied(_) | Failure::Refused(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok((visit, packed))
    })
    .await
}

fn pack_case(tx: &ReadTx<'_>, actor: &Actor, case: CaseView, now: Moment) -> Result<PackedCase, Failure> {
    let (id, quiet) = (case.id, Quiet::of(tx, &case)?);
    let mut said = quiet.said(statements::of_case(tx, id)?);
    said.retain(|one| matches!(one.kind, StatementKind::Will | StatementKind::Wish));
    let mut places = if case.is_sealed { Vec::new() } else { persons::residences(tx, id)? };
    places.retain(|one| one.until.is_none_or(|until| until >= now.day()));
    let mut dues = deadlines::of_case(tx, id, "open", MOST)?;
    dues.iter_mut().for_each(|one| quiet.maybe(&mut one.words));
    let mut contacts = persons::contacts(tx, id)?;
    contacts.iter_mut().for_each(|one| quiet.text(&mut one.shown));
    Ok(PackedCase {
        people: cases::people(tx, id)?,
        contacts,
        places,
        said,
        goals: quiet.goals(statements::goals(tx, id)?),
        strengths: quiet.strengths(statements::strengths(tx, id)?),
        dues,
        plan: plan(tx, actor, &case, &quiet)?,
        case,
    })
}

/// Steps and conditions of the case's open procedures, without those that were put right since.
fn plan(tx: &ReadTx<'_>, actor: &Actor, case: &CaseView, quiet: &Quiet) -> Result<Vec<StepView>, Failure> {
    if permit(actor, Action::SeeProtection, Standing::Team(case.team)).is_err() {
        return Ok(Vec::new());
    }
    let mut plan = Vec::new();
    for procedure in protection::of_case(tx, case.id)?.into_iter().filter(|one| one.closed_at.is_none()) {
        let all = steps::of_procedure(tx, procedure.id)?;
        let mended: Vec<_> = all.iter().filter_map(|one| one.corrects).collect();
        let concerns = |one: &StepView| matches!(one.kind, StepKind::PlanStep | StepKind::Condition);
        plan.extend(all.into_iter().filter(|one| concerns(one) && !mended.contains(&one.id)));
    }
    plan.iter_mut().for_each(|one| quiet.maybe(&mut one.words));
    Ok(plan)
}

/// Calls a visit back: its worker, or the administration where a device is lost. The device learns it at its next line.
///
/// # Errors
/// [`VISIT_OVER`], hidden for everybody else.
pub async fn call_back(app: &App, actor: &Actor, key: Option<Key>, id: VisitId) -> Result<VisitId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let visit = found(visits::one(&tx, id)?)?;
        let grant = may_call_back(&who, &visit)?;
        let tx = tx.allow(grant);
        if !visits::call_back(&tx, id)? {
            return Err(VISIT_OVER.broken().into());
        }
        Ok(tx.commit(Deed::new(DeedKind::VisitCalledBack, id), id)?)
    };
    app.change(actor, key, write).await
}

fn may_call_back(actor: &Actor, visit: &VisitView) -> Result<Grant, Denied> {
    if visit.worker == actor.user {
        return permit(actor, Action::KeepOwn, Standing::Person(actor.user));
    }
    permit(actor, Action::SetHouseRules, Standing::Office)
}

/// Visits that are open now, for the administration: whose, how many cases, until when; no case.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn all_open(app: &App, actor: &Actor) -> Result<Vec<VisitView>, Failure> {
    permit(actor, Action::SetHouseRules, Standing::Office)?;
    let now = app.now();
    app.read(move |tx| Ok(visits::open(tx, now, MOST)?)).await
}

/// Takes in a note from the way. It may come as often as it likes and however late: it stands in the file once, or it
/// waits for its writer once. It is refused only where it cannot stay as it is; then it stays on the device.
///
/// # Errors
/// [`domain::casework::NOTED_IN_FUTURE`], a protected address in its words, hidden for everybody but the visit's worker.
pub async fn take_in(
    app: &App,
    actor: &Actor,
    (visit, id): (VisitId, VisitNoteId),
    key: Option<Key>,
    new: NewVisitNote,
) -> Result<VisitNoteView, Failure> {
    let (who, now, note) = (actor.clone(), app.now(), app.fresh::<NoteId>());
    let write = move |tx: ReadTx<'_>| {
        of(&tx, &who, visit)?;
        let known = found(visits::known_at(&tx, visit, new.case)?)?;
        new.note.check(now.day())?;
        let (grant, waits) = waits(&tx, &who, new.case, known)?;
        if waits.is_none() {
            keeps_quiet(&tx, new.case, &[(new.note.words.as_str(), "words")])?;
        }
        let tx = tx.allow(grant);
        let deed = match waits {
            Some(_) => Deed::new(DeedKind::VisitNoteWaits, id),
            None => keep(&tx, visit, note, &new)?,
        };
        visits::insert_note(&tx, id, visit, &new, waits.map_or(Went::Kept(note), Went::Waits)).map_err(stale)?;
        tx.also(Deed::new(DeedKind::VisitNoteReceived, id));
        Ok(tx.commit(deed, id)?)
    };
    match app.change(actor, key, write).await {
        // It came before, under another key: that is what was to be.
        Ok(_) | Err(Failure::Stale) => found(known(app, actor, id).await?),
        Err(other) => Err(other),
    }
}

async fn known(app: &App, actor: &Actor, id: VisitNoteId) -> Result<Option<VisitNoteView>, Failure> {
    let user = actor.user;
    app.glance(move |tx| Ok(visits::note(tx, id, user)?)).await
}

/// Whether a note waits, and the policy's yes to whatever becomes of it.
fn waits(tx: &ReadTx<'_>, who: &Actor, case: CaseId, known: Moment) -> Result<(Grant, Option<WaitReason>), Failure> {
    let moved = found(visits::moved_at(tx, case)?)?;
    let case = found(cases::one(tx, case)?)?;
    let may = permit(who, Action::WorkOnCase, Standing::Team(case.team));
    let waits = receive_note(may.is_ok(), case.joined_into.is_some(), known, moved);
    Ok((may.or_else(|_| permit(who, Action::KeepOwn, Standing::Person(who.user)))?, waits))
}

/// Puts a note into its file; from then on the writer knows the case as it is.
fn keep(tx: &WriteTx<'_>, visit: VisitId, id: NoteId, new: &NewVisitNote) -> Result<Deed, Failure> {
    let deed = notes::keep(tx, id, new.case, &new.note)?;
    visits::know(tx, visit, new.case)?;
    Ok(deed)
}

/// Hands a note that waited in to a case: its own one, after a look, or another where the right to it is gone.
///
/// # Errors
/// [`VISIT_NOTE_HANDED_IN`], the rules of a note, [`Failure::Denied`].
pub async fn hand_in(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: VisitNoteId,
    (case, words): (CaseId, domain::kernel::Note),
) -> Result<VisitNoteId, Failure> {
    let (who, note) = (actor.clone(), app.fresh::<NoteId>());
    let write = move |tx: ReadTx<'_>| {
        let waiting = found(visits::note(&tx, id, who.user)?)?;
        let new = domain::casework::NewNote {
            words: words.clone(),
            noted_on: waiting.noted_on,
            people: Vec::new(),
            confidence: waiting.confidence,
        };
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        keeps_quiet(&tx, case, &[(words.as_str(), "words")])?;
        let tx = tx.allow(grant);
        let deed = keep(&tx, waiting.visit, note, &NewVisitNote { case, note: new })?;
        if !visits::hand_in(&tx, id, note)? {
            return Err(VISIT_NOTE_HANDED_IN.broken().into());
        }
        Ok(tx.commit(deed, id)?)
    };
    app.change(actor, key, write).await
}
