// SPDX-License-Identifier: EUPL-1.2
//! Procedures: begin one for each minor, look at it, close it.

use super::{CareView, NoticeView, ProtectionView, ReportLine, StepView, is_minor, procedure_for};
use crate::access::taken;
use crate::casework::{areas, case_for};
use crate::core::{App, Failure, Key, found, fresh_at, reach};
use crate::deadlines;
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::protection::{
    ALREADY_OPEN, CLOSED, CameFrom, CareFacts, CareWarning, CloseDraft, DangerResult, NO_MINOR, ProtectionFacts,
    ProtectionWarning, Step, StepKind, StepParts, Weighty, care_warnings, close, is_professional, warnings,
};
use domain::casework::{NewPerson, PersonRole};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::{CaseId, Day, Line, Moment, Note, PersonId, PersonName, ProtectionId};
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::protection::{self as kept, NewProtection, agencies, cares, steps};
use store::deadlines::{At, DueView};
use store::sight::RowSight;
use store::{ReadTx, WriteTx, access};
use uuid::Uuid;

/// A child whose name nobody knows yet is protected all the same.
const UNNAMED_CHILD: &str = "Kind, Name noch nicht bekannt";
/// An office-internal target: the law says "zeitnah".
const FEEDBACK_DAYS: i32 = 14;
/// What stands beside that target.
const FEEDBACK_WORDS: &str = "Rückmeldung an die meldende Fachkraft";
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
            remind_of_feedback(&tx, &case, first, *report)?;
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

/// Points out that a professional reporter is to be answered.
pub(super) fn remind_of_feedback(
    tx: &WriteTx<'_>,
    case: &CaseView,
    id: ProtectionId,
    report: ReportLine,
) -> Result<(), Failure> {
    if !report.reporter.is_some_and(is_professional) {
        return Ok(());
    }
    let due = report.received.day().plus_days(FEEDBACK_DAYS);
    let target = InternalTarget { words: Line::parse(FEEDBACK_WORDS)?, due, is_agreed: false };
    let at = At { case: case.id, team: case.team, owner: case.worker };
    deadlines::raise(tx, at, &NewDue { duty: Duty::Own(target), from: DueKind::Feedback, subject: Some(id.0) })?;
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
        let standing = Standing::Team(procedure.team);
        let is_open = procedure.closed_at.is_none();
        Ok(ProcedurePage {
            people: cases::people(tx, case.id)?,
            steps,
            warnings: if is_open { warnings } else { Vec::new() },
            dues,
            loose: super::steps::loose(tx, &case)?,
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

type Missing = (Vec<ProtectionWarning>, Vec<StepView>, Vec<DueView>);

/// What is missing in a procedure, with the steps and days that were read for it.
fn missing(tx: &ReadTx<'_>, procedure: &ProtectionView, today: Day) -> Result<Missing, Failure> {
    let steps = steps::of_procedure(tx, procedure.id)?;
    let mut dues = store::deadlines::of_case(tx, procedure.case, "open", 200)?;
    dues.retain(|due| due.subject == Some(procedure.id.0));
    let facts = facts(tx, procedure, (&steps, &dues), today)?;
    Ok((warnings(&facts, today), steps, dues))
}

fn facts(
    tx: &ReadTx<'_>,
    procedure: &ProtectionView,
    (said, dues): (&[StepView], &[DueView]),
    today: Day,
) -> Result<ProtectionFacts, Failure> {
    let has = |kind| said.iter().any(|step| step.kind == kind);
    let code = |kind| said.iter().rev().find(|step| step.kind == kind).and_then(|step| step.code.as_deref());
    let included = |child: bool| {
        let about = |step: &&StepView| step.kind == StepKind::Inclusion;
        let of = said.iter().filter(about).filter_map(|step| step.person.as_ref());
        of.map(|(id, _, role)| *id == procedure.child.0 || matches!(&**role, "child" | "youth"))
            .any(|is_child| is_child == child)
    };
    let cares = cares::of_case(tx, procedure.case)?;
    let in_care =
        cares.iter().any(|care| care.child == procedure.child && care.began.day() >= procedure.opened_at.day());
    let result = code(StepKind::Assessment).and_then(DangerResult::from_code);
    let by_whom =
        said.iter().rev().find(|step| step.kind == StepKind::Assessment).is_some_and(|step| step.source.is_some());
    let case = found(cases::one(tx, procedure.case)?)?;
    let away = store::deadlines::absences::on_day(tx, case.worker, today)?;
    let reports = steps::reports(tx, procedure.case)?;
    Ok(ProtectionFacts {
        weighty: code(StepKind::FirstCheck).and_then(Weighty::from_code),
        several: said.iter().all(several),
        child_included: included(true),
        parents_included: included(false),
        impression: has(StepKind::Impression),
        result,
        answered: has(StepKind::HelpOffer) || has(StepKind::CourtCall) || in_care,
        has_plan: has(StepKind::PlanStep) || has(StepKind::Condition),
        has_review: has(StepKind::PlanReview),
        open_days: dues.iter().filter(|due| due.from != DueKind::Feedback).filter_map(|due| due.due_on).collect(),
        siblings_open: siblings_open(tx, procedure, today)?,
        unanswered: unanswered(tx, procedure, said, &reports)?,
        statistics: procedure.born.is_some() && (by_whom || !result.is_some_and(DangerResult::is_danger)),
        unattended: away == Some(None),
        loose_report: super::steps::loose(tx, &case)?
            .iter()
            .any(|report| report.received.max(report.taken) >= procedure.opened_at),
        notice_open: agencies::of_case(tx, procedure.case)?.iter().any(|notice| notice.acknowledged_at.is_none()),
    })
}

/// At a check and an assessment at least two different people.
fn several(step: &StepView) -> bool {
    if !matches!(step.kind, StepKind::FirstCheck | StepKind::Assessment) {
        return true;
    }
    let mut names: Vec<String> = step.names.iter().map(|name| domain::kernel::fold(name)).collect();
    names.sort_unstable();
    names.dedup();
    names.len() > 1
}

/// Professional reporters without an answer; one answer in any procedure of the case is enough.
fn unanswered(
    tx: &ReadTx<'_>,
    procedure: &ProtectionView,
    said: &[StepView],
    reports: &[ReportLine],
) -> Result<Vec<Day>, Failure> {
    let answers = |steps: &[StepView]| steps.iter().any(|step| step.kind == StepKind::Feedback);
    for one in kept::of_case(tx, procedure.case)? {
        if answers(&steps::of_procedure(tx, one.id)?) {
            return Ok(Vec::new());
        }
    }
    let joined = |report: &&ReportLine| said.iter().any(|step| step.report == Some(report.id));
    let professional = |report: &&ReportLine| report.reporter.is_some_and(is_professional);
    Ok(reports.iter().filter(joined).filter(professional).map(|report| report.received.day()).collect())
}

/// Is there a minor in the family for whom no procedure began with or after this one, and none is open?
fn siblings_open(tx: &ReadTx<'_>, procedure: &ProtectionView, today: Day) -> Result<bool, Failure> {
    let all = kept::of_case(tx, procedure.case)?;
    let covered = |child: PersonId| {
        all.iter().any(|one| one.child == child && (one.closed_at.is_none() || one.opened_at >= procedure.opened_at))
    };
    Ok(cases::people(tx, procedure.case)?.iter().any(|one| is_minor(one, today) && !covered(one.id)))
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

/// What is missing while a child is in care.
pub(super) fn of_care(facts: &[super::FactView]) -> Vec<CareWarning> {
    care_warnings(&CareFacts(facts.iter().map(|fact| fact.kind).collect()))
}

/// The child in care, as [`super::CarePage`] shows it.
pub(super) fn page_of(care: CareView, facts: Vec<super::FactView>) -> super::CarePage {
    super::CarePage { warnings: of_care(&facts), care, facts }
}
