// SPDX-License-Identifier: EUPL-1.2
//! Steps of a procedure: kept once, with what becomes due by them.

use super::feedback;
use super::{ProtectionView, ReportLine, procedure_for};
use crate::casework::case_for;
use crate::core::{App, Failure, Key, fresh_at};
use crate::deadlines;
use domain::access::{Action, Actor, Grant};
use domain::audit::{Deed, DeedKind};
use domain::casework::protection::{CLOSED, Step, StepKind, StepParts};
use domain::deadlines::{DeadlineRule, DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::{Line, Moment, Note, PersonId, ProtectionId, ReportId, Rule};
use store::casework::cases::{self, CaseView};
use store::casework::protection::steps;
use store::casework::reports;
use store::deadlines::At;
use store::{ReadTx, WriteTx};
use uuid::Uuid;

/// Only a report of this case can join.
pub const REPORT_NOT_OF_CASE: Rule = Rule::new("protection.report_not_of_case", "§ 8a(1) SGB VIII");
/// What a joined report says in the procedure.
const JOINED: &str = "Meldung zum laufenden Schutzauftrag genommen.";

/// Reports of families of the same name that are offered.
const CANDIDATES: i64 = 20;

/// A step as typed.
#[derive(Debug, Clone)]
pub struct KeptStep {
    /// Its kind.
    pub kind: StepKind,
    /// What belongs to it.
    pub parts: StepParts,
}

/// Keeps a step. An assessment asks for the right to decide, as the law asks for it.
///
/// # Errors
/// The rules of [`Step::new`] and [`Step::assess`], [`CLOSED`], [`Failure::Denied`].
pub async fn keep_step(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProtectionId,
    new: KeptStep,
) -> Result<Uuid, Failure> {
    let (who, now, step_id) = (actor.clone(), app.now(), app.fresh::<Uuid>());
    let write = move |tx: ReadTx<'_>| {
        let is_assessment = new.kind == StepKind::Assessment;
        let action = if is_assessment { Action::DecideOnCase } else { Action::WorkOnProtection };
        let (procedure, grant) = procedure_for(&tx, &who, action, id)?;
        if procedure.closed_at.is_some() {
            return Err(CLOSED.broken().into());
        }
        check_links(&tx, &procedure, &new.parts)?;
        let step = checked(&grant, &new, now)?;
        let (case, _) = case_for(&tx, &who, Action::SeeCase, procedure.case)?;
        let told = answered(&tx, &procedure, &step)?;
        let tx = tx.allow(grant);
        steps::insert(&tx, step_id, id, &step, told.as_ref().map(|(report, _)| *report))?;
        if let Some((report, facts)) = &told {
            feedback::answer(&tx, *report, facts)?;
        }
        follow(&tx, &case, id, &step)?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(deed(new.kind), step_id, case.id), step_id)?)
    };
    app.change(actor, key, write).await
}

fn checked(grant: &Grant, new: &KeptStep, now: Moment) -> Result<Step, Failure> {
    if new.kind != StepKind::Assessment {
        return Ok(Step::new(new.kind, new.parts.clone(), now)?);
    }
    let by = grant.deciding().ok_or(domain::casework::NOT_BY_ASD.broken())?;
    Ok(Step::assess(by, new.parts.clone(), now)?)
}

/// Whom a step is about is of the case, and what it corrects of the procedure.
fn check_links(tx: &ReadTx<'_>, procedure: &ProtectionView, parts: &StepParts) -> Result<(), Failure> {
    let known = |person: PersonId| -> Result<bool, Failure> {
        Ok(cases::people(tx, procedure.case)?.iter().any(|one| one.id == person))
    };
    if let Some(person) = parts.person
        && !known(person)?
    {
        return Err(crate::casework::statements::NOT_OF_THIS_CASE.broken_at("person").into());
    }
    if let Some(wrong) = parts.corrects
        && !steps::of_procedure(tx, procedure.id)?.iter().any(|step| step.id == wrong)
    {
        return Err(crate::casework::statements::NOT_OF_THIS_CASE.broken_at("corrects").into());
    }
    Ok(())
}

/// The report whose reporter a step answers, and with what; nothing for other steps.
fn answered(
    tx: &ReadTx<'_>,
    procedure: &ProtectionView,
    step: &Step,
) -> Result<Option<(ReportId, domain::casework::Feedback)>, Failure> {
    if step.kind() != StepKind::Feedback {
        return Ok(None);
    }
    let said = steps::of_procedure(tx, procedure.id)?;
    feedback::meant(&feedback::reporters(tx, procedure, &said)?, step).map(Some)
}

const fn deed(kind: StepKind) -> DeedKind {
    match kind {
        StepKind::Assessment => DeedKind::DangerAssessed,
        StepKind::CourtCall => DeedKind::CourtCalled,
        StepKind::Feedback => DeedKind::ReporterAnswered,
        _ => DeedKind::ProtectionStepKept,
    }
}

/// What becomes due by a step.
fn follow(tx: &WriteTx<'_>, case: &CaseView, id: ProtectionId, step: &Step) -> Result<(), Failure> {
    let at = At { case: case.id, team: case.team, owner: case.worker };
    let parts = step.parts();
    let own = |due, is_agreed, from| -> Result<(), Failure> {
        let target = InternalTarget { words: first_line(parts.words.as_ref())?, due, is_agreed };
        deadlines::raise(tx, at, &NewDue { duty: Duty::Own(target), from, subject: Some(id.0) })?;
        Ok(())
    };
    match (step.kind(), parts.due) {
        (StepKind::PlanStep | StepKind::PlanReview, Some(due)) => own(due, true, DueKind::Protection),
        (StepKind::Condition, Some(due)) => own(due, false, DueKind::Condition),
        (StepKind::CourtCall, _) => {
            // The hearing is the court's to hold; the office has its extract and report ready by then (W21).
            let duty = Duty::Legal(DeadlineRule::CourtHearing, parts.happened.day());
            deadlines::raise(tx, at, &NewDue { duty, from: DueKind::Protection, subject: Some(id.0) })?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The beginning of a text, for a list.
fn first_line(words: Option<&Note>) -> Result<Line, Failure> {
    let text = words.map(Note::as_str).unwrap_or_default();
    let first: String = text.lines().next().unwrap_or_default().chars().take(120).collect();
    Ok(Line::parse(&first)?)
}

/// Lets a report of the case join a procedure that is open: it is neither lost nor a second procedure.
///
/// # Errors
/// [`REPORT_NOT_OF_CASE`], [`CLOSED`], [`Failure::Denied`].
pub async fn join_report(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProtectionId,
    report: ReportId,
) -> Result<ProtectionId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (procedure, grant) = procedure_for(&tx, &who, Action::WorkOnProtection, id)?;
        if procedure.closed_at.is_some() {
            return Err(CLOSED.broken().into());
        }
        let (case, _) = case_for(&tx, &who, Action::SeeCase, procedure.case)?;
        let line = loose(&tx, &case)?.into_iter().find(|line| line.id == report);
        let line = line.ok_or(REPORT_NOT_OF_CASE.broken_at("report"))?;
        let tx = tx.allow(grant);
        // A report that waits on the board belongs to this case from now on; one that opened a case stays with it too.
        reports::opened(&tx, report, case.id)?;
        join(&tx, id, line)?;
        feedback::remind(&tx, &case, line)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ProtectionStepKept, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// Reports that belong to no procedure: of the case, and of a family of the same name that came to the same team.
pub(super) fn loose(tx: &ReadTx<'_>, case: &CaseView) -> Result<Vec<ReportLine>, Failure> {
    let mut all = steps::reports(tx, case.id)?;
    all.extend(steps::of_family(tx, &case.family, case.team, case.id, CANDIDATES)?);
    all.retain(|line| !line.joined);
    Ok(all)
}

/// Joins a report.
pub(super) fn join(tx: &WriteTx<'_>, id: ProtectionId, report: ReportLine) -> Result<(), Failure> {
    let parts = StepParts { words: Some(Note::parse(JOINED)?), ..StepParts::at(report.received) };
    let step = Step::new(StepKind::JoinedReport, parts, tx.now())?;
    Ok(steps::insert(tx, fresh_at(tx.now()), id, &step, Some(report.id))?)
}
