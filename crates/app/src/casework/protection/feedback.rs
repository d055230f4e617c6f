// SPDX-License-Identifier: EUPL-1.2
//! Professional reporters of a procedure and what they were told. It is kept with the report, once: whether the board
//! or a procedure told it, both know, and what was due for this report is answered (§ 4(4) KKG, W16).

use super::{ProtectionView, ReportLine, StepView};
use crate::core::{Failure, fresh_at};
use crate::deadlines;
use domain::casework::Feedback;
use domain::casework::protection::{NO_REPORTER, Step, StepKind, WHICH_REPORTER, told};
use domain::deadlines::{DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::{Line, ReportId};
use store::casework::cases::CaseView;
use store::casework::desk;
use store::casework::protection::steps;
use store::deadlines::At;
use store::{ReadTx, WriteTx};

/// An office-internal target: the law says "zeitnah".
const TARGET_DAYS: i32 = 14;
/// What stands beside that target.
const TARGET_WORDS: &str = "Rückmeldung an die meldende Fachkraft";

/// A professional who reported, and what they were told so far, newest first, each with who told it.
#[derive(Debug, Clone)]
pub struct Reporter {
    /// The report; never who.
    pub report: ReportLine,
    /// What was told.
    pub told: Vec<(Feedback, String)>,
}

/// Professional reporters of a procedure, in the order of their reports.
pub(super) fn reporters(
    tx: &ReadTx<'_>,
    procedure: &ProtectionView,
    said: &[StepView],
) -> Result<Vec<Reporter>, Failure> {
    let joined = |report: &ReportLine| {
        said.iter().any(|step| step.kind == StepKind::JoinedReport && step.report == Some(report.id))
    };
    let asks = |report: &ReportLine| report.reporter.is_some_and(|kind| kind.is_professional()) && joined(report);
    let all = steps::reports(tx, procedure.case)?.into_iter().filter(asks);
    all.map(|report| Ok(Reporter { told: desk::feedback(tx, report.id)?, report })).collect()
}

/// Those who wait for an answer.
pub(super) fn waiting(all: &[Reporter]) -> impl Iterator<Item = &ReportLine> {
    all.iter().filter(|one| one.told.is_empty()).map(|one| &one.report)
}

/// Whom a step of feedback answers, and what it told: the report it names, else the only one it can be.
pub(super) fn meant(all: &[Reporter], step: &Step) -> Result<(ReportId, Feedback), Failure> {
    let known = |id: ReportId| all.iter().any(|one| one.report.id == id);
    let report = match (step.parts().report, all) {
        (Some(report), _) if known(report) => report,
        (None, [only]) => only.report.id,
        (None, [_, ..]) => return Err(WHICH_REPORTER.broken_at("report").into()),
        _ => return Err(NO_REPORTER.broken().into()),
    };
    Ok((report, told(step.parts())?))
}

/// Keeps what a reporter was told; nothing is due for the report any more.
pub(in crate::casework) fn answer(tx: &WriteTx<'_>, report: ReportId, facts: &Feedback) -> Result<(), Failure> {
    desk::tell(tx, fresh_at(tx.now()), report, facts)?;
    deadlines::meet_from(tx, report.0, DueKind::Feedback)
}

/// Points out that a professional reporter is to be answered, on the list and on the board; who was answered already
/// is not answered again.
pub(super) fn remind(tx: &WriteTx<'_>, case: &CaseView, report: ReportLine) -> Result<(), Failure> {
    let asks = report.reporter.is_some_and(|kind| kind.is_professional());
    if !asks || !desk::feedback(tx, report.id)?.is_empty() {
        return Ok(());
    }
    desk::owe(tx, report.id)?;
    let due = report.received.day().plus_days(TARGET_DAYS);
    let target = InternalTarget { words: Line::parse(TARGET_WORDS)?, due, is_agreed: false };
    let at = At { case: case.id, team: case.team, owner: case.worker };
    let new = NewDue { duty: Duty::Own(target), from: DueKind::Feedback, subject: Some(report.id.0) };
    deadlines::raise(tx, at, &new)?;
    Ok(())
}
