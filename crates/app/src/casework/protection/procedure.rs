// SPDX-License-Identifier: EUPL-1.2
//! Procedures: begin one for each minor, look at it, close it.

use super::facts::missing;
use super::feedback::{self, Reporter};
use super::{CareView, NoticeView, ProtectionView, ReportLine, StepView, is_minor, procedure_for};
use crate::access::taken;
use crate::casework::{areas, case_for};
use crate::core::{App, Failure, Key, fresh_at, reach};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::protection::{
    ALREADY_OPEN, CLOSED, CameFrom, CareFacts, CloseDraft, DangerResult, NO_MINOR, ProtectionWarning, Step, StepKind,
    StepParts, Weighty, care_warnings, close,
};
use domain::casework::{NewPerson, PersonRole};
use domain::kernel::{CaseId, Moment, Note, PersonId, PersonName, ProtectionId};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::protection::{self as kept, NewProtection, agencies, steps};
use store::deadlines::DueView;
use store::sight::RowSight;
use store::{ReadTx, WriteTx, access};
use uuid::Uuid;

/// A child whose name nobody knows yet is protected all the same.
const UNNAMED_CHILD: &str = "Kind, Name noch nicht bekannt";
/// Procedures on one page: each is looked through for what is missing.
const PAGE: i64 = 20;

/// How a procedure begins: some minors, and what was seen, heard or supposed.
#[derive(Debug, Clone)]
pub struct OpenDraft {
    /// Minors of the case.
    pub children: Vec<PersonId>,
    /// Another child's name, if it is known.
    pub child_name: Option<PersonName>,
    /// How the signs came.
    pub from: CameFrom,
    /// The first observation.
    pub seen: StepParts,
}

/// Begins a procedure for each minor; without any name for a child whose name nobody knows yet. Reports of the case
/// that belong to no procedure join.
///
/// # Errors
/// [`NO_MINOR`], [`ALREADY_OPEN`], the rules of an observation, [`Failure::Denied`].
pub async fn open(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    draft: OpenDraft,
) -> Result<ProtectionId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, _) = case_for(&tx, &who, Action::SeeCase, case)?;
        let grant = permit(&who, Action::WorkOnProtection, Standing::Team(case.team))?;
        let seen = Step::new(StepKind::Observation, draft.seen.clone(), now).map_err(Failure::from)?;
        let people = cases::people(&tx, case.id)?;
        let minors = draft.children.iter().all(|id| people.iter().any(|one| one.id == *id && is_minor(one, now.day())));
        if !minors {
            return Err(NO_MINOR.broken_at("children").into());
        }
        let tx = tx.allow(grant);
        let mut children = draft.children.clone();
        if children.is_empty() || draft.child_name.is_some() {
            children.push(add_child(&tx, case.id, draft.child_name.clone())?);
        }
        let first = ProtectionId(fresh_at(now));
        let mut reports = steps::reports(&tx, case.id)?;
        reports.retain(|report| draft.from == CameFrom::Report && !report.joined);
        for (n, child) in children.iter().enumerate() {
            let id = if n == 0 { first } else { ProtectionId(fresh_at(now)) };
            let new = NewProtection { id, case: case.id, team: case.team, child: *child, from: draft.from };
            begin(&tx, new, &seen, &reports)?;
        }
        for report in &reports {
            feedback::remind(&tx, &case, *report)?;
        }
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ProtectionOpened, first, case.id), first)?)
    };
    app.change(actor, key, write).await
}

fn add_child(tx: &WriteTx<'_>, case: CaseId, name: Option<PersonName>) -> Result<PersonId, Failure> {
    let name = name.map_or_else(|| PersonName::parse(UNNAMED_CHILD), Ok)?;
    let id = PersonId(fresh_at(tx.now()));
    cases::insert_person(tx, id, case, &NewPerson { name, role: PersonRole::Child, born: None })?;
    Ok(id)
}

fn begin(tx: &WriteTx<'_>, new: NewProtection, seen: &Step, reports: &[ReportLine]) -> Result<(), Failure> {
    kept::insert(tx, &new).map_err(|error| taken(error, ALREADY_OPEN.broken_at("children")))?;
    steps::insert(tx, fresh_at(tx.now()), new.id, seen, None)?;
    for report in reports {
        super::steps::join(tx, new.id, *report)?;
    }
    Ok(())
}

/// The protection page of a case.
#[derive(Debug, Clone)]
pub struct CasePage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Its minors.
    pub minors: Vec<PersonView>,
    /// Procedures, with what is missing in those that are open.
    pub procedures: Vec<(ProtectionView, Vec<ProtectionWarning>)>,
    /// Children in care, with the kinds of facts and what is missing.
    pub cares: Vec<super::CarePage>,
    /// What agencies told.
    pub notices: Vec<NoticeView>,
    /// May the reader act?
    pub may_work: bool,
}

/// Child protection in a case.
///
/// # Errors
/// Hidden for other teams.
pub async fn case_page(app: &App, actor: &Actor, id: CaseId) -> Result<CasePage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeProtection, id)?;
        let people = cases::people(tx, id)?;
        let mut procedures = Vec::new();
        for procedure in kept::of_case(tx, id)? {
            let found = if procedure.closed_at.is_some() { Vec::new() } else { missing(tx, &procedure, today)?.0 };
            procedures.push((procedure, found));
        }
        Ok(CasePage {
            minors: people.iter().filter(|one| is_minor(one, today)).cloned().collect(),
            people,
            procedures,
            cares: super::care::pages(tx, id)?,
            notices: agencies::of_case(tx, id)?,
            may_work: permit(&actor, Action::WorkOnProtection, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// One procedure as its task list.
#[derive(Debug, Clone)]
pub struct ProcedurePage {
    /// The procedure.
    pub procedure: ProtectionView,
    /// Its case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Its steps, in order.
    pub steps: Vec<StepView>,
    /// What is missing.
    pub warnings: Vec<ProtectionWarning>,
    /// Open days of its plan.
    pub dues: Vec<DueView>,
    /// Reports of the case that belong to no procedure.
    pub loose: Vec<ReportLine>,
    /// Professional reporters of this procedure, with what they were told.
    pub reporters: Vec<Reporter>,
    /// Children in care.
    pub cares: Vec<super::CarePage>,
    /// Colleagues, to be named.
    pub colleagues: Vec<String>,
    /// May the reader add steps?
    pub may_work: bool,
    /// May the reader assess and close?
    pub may_decide: bool,
    /// The office, for papers.
    pub office: String,
}

/// One procedure.
///
/// # Errors
/// Hidden for other teams.
pub async fn one(app: &App, actor: &Actor, id: ProtectionId) -> Result<ProcedurePage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (procedure, _) = procedure_for(tx, &actor, Action::SeeProtection, id)?;
        let (case, _) = case_for(tx, &actor, Action::SeeCase, procedure.case)?;
        let (warnings, steps, dues) = missing(tx, &procedure, today)?;
        let reporters = feedback::reporters(tx, &procedure, &steps)?;
        let standing = Standing::Team(procedure.team);
        let is_open = procedure.closed_at.is_none();
        Ok(ProcedurePage {
            people: cases::people(tx, case.id)?,
            steps,
            warnings: if is_open { warnings } else { Vec::new() },
            dues,
            loose: super::steps::loose(tx, &case)?,
            reporters,
            cares: super::care::pages(tx, case.id)?,
            colleagues: access::colleagues(tx, case.team, today)?.into_iter().map(|(_, name)| name).collect(),
            may_work: is_open && permit(&actor, Action::WorkOnProtection, standing).is_ok(),
            may_decide: is_open && permit(&actor, Action::DecideOnCase, standing).is_ok(),
            office: access::office_name(tx)?.unwrap_or_default(),
            case,
            procedure,
        })
    })
    .await
}

/// Closes a procedure, with the result that people chose.
///
/// # Errors
/// The rules of [`domain::casework::protection::close`], [`CLOSED`], [`Failure::Denied`].
pub async fn close_procedure(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProtectionId,
    said: (Note, Option<Note>),
) -> Result<ProtectionId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (procedure, grant) = procedure_for(&tx, &who, Action::DecideOnCase, id)?;
        let by = grant.deciding().ok_or(domain::casework::NOT_BY_ASD.broken())?;
        let (warnings, steps, _) = missing(&tx, &procedure, now.day())?;
        let latest = |kind| steps.iter().rev().find(|step| step.kind == kind).and_then(|step| step.code.as_deref());
        let draft = CloseDraft {
            weighty: latest(StepKind::FirstCheck).and_then(Weighty::from_code),
            result: latest(StepKind::Assessment).and_then(DangerResult::from_code),
            warnings,
            words: said.0.clone(),
            reason: said.1.clone(),
        };
        let closing = close(by, draft)?;
        let tx = tx.allow(grant);
        if !kept::close(&tx, id, &closing)? {
            return Err(CLOSED.broken().into());
        }
        let area = areas::area_now(&tx, procedure.case)?;
        areas::settle_danger_mark(&tx, procedure.case, area)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ProtectionClosed, id, procedure.case), id)?)
    };
    app.change(actor, key, write).await
}

/// Open procedures of the teams in sight.
#[derive(Debug, Clone)]
pub struct OpenPage {
    /// The newest first, each with what is missing.
    pub procedures: Vec<(ProtectionView, Vec<ProtectionWarning>)>,
    /// Where the next page begins, if there is one.
    pub next: Option<(Moment, Uuid)>,
}

/// Open procedures of the teams in sight, the newest first.
///
/// # Errors
/// Hidden for people without a team.
pub async fn open_list(app: &App, actor: &Actor, after: Option<(Moment, Uuid)>) -> Result<OpenPage, Failure> {
    let sight = RowSight::teams(&reach(actor, Action::SeeProtection)?);
    let today = app.today();
    app.read(move |tx| {
        let mut open = kept::open(tx, &sight, after.unwrap_or(cases::FROM_NEWEST), PAGE + 1)?;
        let more = open.len() > PAGE as usize;
        open.truncate(PAGE as usize);
        let next = open.last().filter(|_| more).map(|last| (last.opened_at, last.id.0));
        let with = |procedure: ProtectionView| Ok((missing(tx, &procedure, today)?.0, procedure));
        let procedures = open.into_iter().map(with).collect::<Result<Vec<_>, Failure>>()?;
        Ok(OpenPage { procedures: procedures.into_iter().map(|(found, one)| (one, found)).collect(), next })
    })
    .await
}

/// What is known about a child in care.
pub(super) fn of_care(facts: &[super::FactView]) -> CareFacts {
    CareFacts::new(&facts.iter().map(|fact| (fact.kind, fact.at)).collect::<Vec<_>>())
}

/// The child in care, as [`super::CarePage`] shows it.
pub(super) fn page_of(care: CareView, facts: Vec<super::FactView>) -> super::CarePage {
    super::CarePage { warnings: care_warnings(&of_care(&facts)), care, facts }
}
