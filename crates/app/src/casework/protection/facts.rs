// SPDX-License-Identifier: EUPL-1.2
//! What is known about a procedure, and what is therefore missing in it.

use super::feedback::{reporters, waiting};
use super::procedure::of_care;
use super::{ProtectionView, StepView, is_minor};
use crate::core::{Failure, found};
use domain::casework::protection::{
    CareFacts, DangerResult, ProtectionFacts, ProtectionWarning, StepKind, Weighty, warnings,
};
use domain::casework::{LegalKind, PersonRole};
use domain::deadlines::DueKind;
use domain::kernel::{Day, Moment, PersonId};
use store::ReadTx;
use store::casework::protection::{self as kept, agencies, cares, steps};
use store::casework::{cases, legal};
use store::deadlines::DueView;

pub(super) type Missing = (Vec<ProtectionWarning>, Vec<StepView>, Vec<DueView>);

/// What is missing in a procedure, with the steps and days that were read for it.
pub(super) fn missing(tx: &ReadTx<'_>, procedure: &ProtectionView, today: Day) -> Result<Missing, Failure> {
    let steps = steps::of_procedure(tx, procedure.id)?;
    let mut dues = store::deadlines::of_case(tx, procedure.case, "open", 200)?;
    // An answer to a reporter is due for the report, whichever children it is about.
    let of_report = |due: &DueView| {
        due.from == DueKind::Feedback && steps.iter().any(|step| step.report.map(|id| id.0) == due.subject)
    };
    dues.retain(|due| due.subject == Some(procedure.id.0) || due.subject.is_some() && of_report(due));
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
    let assessed = said.iter().rev().find(|step| step.kind == StepKind::Assessment);
    let result = assessed.and_then(|step| step.code.as_deref()).and_then(DangerResult::from_code);
    let by_whom = assessed.is_some_and(|step| step.source.is_some());
    let case = found(cases::one(tx, procedure.case)?)?;
    let away = store::deadlines::absences::on_day(tx, case.worker, today)?;
    Ok(ProtectionFacts {
        weighty: code(StepKind::FirstCheck).and_then(Weighty::from_code),
        several: said.iter().all(several),
        child_included: included(said, procedure.child),
        parents_included: parents_included(tx, procedure, (said, today))?,
        impression: has(StepKind::Impression),
        result,
        answered: answered(said, assessed) || in_care(tx, procedure, assessed)?,
        has_plan: has(StepKind::PlanStep) || has(StepKind::Condition),
        has_review: has(StepKind::PlanReview),
        open_days: dues.iter().filter(|due| due.from != DueKind::Feedback).filter_map(|due| due.due_on).collect(),
        siblings_open: siblings_open(tx, procedure, today)?,
        unanswered: waiting(&reporters(tx, procedure, said)?).map(|one| one.received.day()).collect(),
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

/// Is something said about including this very person?
fn included(said: &[StepView], person: PersonId) -> bool {
    let of = |step: &&StepView| step.kind == StepKind::Inclusion;
    said.iter().filter(of).filter_map(|step| step.person.as_ref()).any(|(id, _, _)| *id == person.0)
}

/// Is something said about including a parent, or whoever has custody of this child or brings it up? Aunts and
/// neighbours are none of them; where nobody is known, nobody is missed.
fn parents_included(
    tx: &ReadTx<'_>,
    procedure: &ProtectionView,
    (said, today): (&[StepView], Day),
) -> Result<bool, Failure> {
    let people = cases::people(tx, procedure.case)?;
    let parents = people.iter().filter(|one| matches!(one.role, PersonRole::Mother | PersonRole::Father));
    let mut all: Vec<PersonId> = parents.map(|one| one.id).collect();
    for one in legal::of_case(tx, procedure.case)? {
        let counts = one.role.kind.has_custody() || one.role.kind == LegalKind::Upbringing;
        let holds = one.role.child == procedure.child && one.role.until.is_none_or(|until| until >= today);
        all.extend(one.holder_id.filter(|_| counts && holds));
    }
    Ok(all.is_empty() || all.iter().any(|person| included(said, *person)))
}

/// Was help offered or the court called after the latest assessment? What was done before does not answer a danger
/// that was found since.
fn answered(said: &[StepView], assessed: Option<&StepView>) -> bool {
    let Some(assessed) = assessed else { return false };
    // What happened at the same minute follows in the order in which it was written.
    let since = (assessed.happened, assessed.id);
    let answers = |step: &&StepView| matches!(step.kind, StepKind::HelpOffer | StepKind::CourtCall);
    said.iter().filter(answers).any(|step| (step.happened, step.id) > since)
}

/// Is the child in care, or was it taken into care after the latest assessment?
fn in_care(tx: &ReadTx<'_>, procedure: &ProtectionView, assessed: Option<&StepView>) -> Result<bool, Failure> {
    let since = assessed.map_or(Moment(i64::MAX), |step| step.happened);
    for care in cares::of_case(tx, procedure.case)?.into_iter().filter(|care| care.child == procedure.child) {
        let known: CareFacts = of_care(&cares::facts(tx, care.id)?);
        if care.began >= since || !known.have_ended() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Is there a minor in the family for whom no procedure began with or after this one, and none is open?
fn siblings_open(tx: &ReadTx<'_>, procedure: &ProtectionView, today: Day) -> Result<bool, Failure> {
    let all = kept::of_case(tx, procedure.case)?;
    let covered = |child: PersonId| {
        all.iter().any(|one| one.child == child && (one.closed_at.is_none() || one.opened_at >= procedure.opened_at))
    };
    Ok(cases::people(tx, procedure.case)?.iter().any(|one| is_minor(one, today) && !covered(one.id)))
}
