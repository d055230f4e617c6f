// SPDX-License-Identifier: EUPL-1.2
//! Days that a decision on help sets: the review of the plan, the look ahead before help for a young adult ends, two
//! years with a foster family.

use crate::core::Failure;
use crate::deadlines;
use domain::casework::{HelpDecision, HelpKind};
use domain::deadlines::{DeadlineRule, DueKind, Duty, InternalTarget, NewDue, Outcome};
use domain::kernel::{CaseId, Day, Line};
use store::WriteTx;
use store::casework::cases::CaseView;
use store::deadlines::At;

/// What is due on the day of the review. § 36(2) says "regelmäßig" and names no number: the day is the plan's own.
const REVIEW: &str = "Hilfeplan überprüfen";
/// Why nobody counts the years any more.
const FOSTER_ENDED: &str = "Die Hilfe in der Pflegefamilie ist beendet.";
/// Things of a case that are looked through.
const KNOWN: i64 = 200;

/// Puts the days of a decision on the list; those of the plan before are answered by it.
pub(super) fn raise(tx: &WriteTx<'_>, case: &CaseView, decision: &HelpDecision) -> Result<(), Failure> {
    let draft = decision.draft();
    let (at, subject) = (At { case: case.id, team: case.team, owner: case.worker }, Some(case.id.0));
    for from in [DueKind::PlanReview, DueKind::Transition] {
        deadlines::meet_from(tx, case.id.0, from)?;
    }
    if let Some(application) = draft.occasion.application {
        super::integration_help::decide(tx, case, application)?;
    }
    if !draft.granted {
        return Ok(());
    }
    let target = InternalTarget { words: Line::parse(REVIEW)?, due: draft.review_on, is_agreed: true };
    deadlines::raise(tx, at, &NewDue { duty: Duty::Own(target), from: DueKind::PlanReview, subject })?;
    if draft.kind == HelpKind::FosterCare {
        foster_years(tx, at, draft.period.from())?;
    }
    let rule = match draft.kind {
        HelpKind::YoungAdults => DeadlineRule::YoungAdult,
        HelpKind::Inclusion => DeadlineRule::Transition,
        _ => return Ok(()),
    };
    if let Some(until) = draft.period.until() {
        let duty = Duty::Legal(rule, until);
        deadlines::raise(tx, at, &NewDue { duty, from: DueKind::Transition, subject })?;
    }
    Ok(())
}

/// Two years with a foster family may move the competence (§ 86(6), W13). The clock begins with the first such
/// decision of a case; those that go on with the same help neither begin it again nor answer it.
fn foster_years(tx: &WriteTx<'_>, at: At, from: Day) -> Result<(), Failure> {
    for state in ["open", Outcome::Done.code()] {
        let known = store::deadlines::of_case(tx, at.case, state, KNOWN)?;
        if known.iter().any(|due| due.from == DueKind::Foster) {
            return Ok(());
        }
    }
    let duty = Duty::Legal(DeadlineRule::FosterYears, from);
    deadlines::raise(tx, at, &NewDue { duty, from: DueKind::Foster, subject: Some(at.case.0) })?;
    Ok(())
}

/// The foster family's help has ended: nobody lives there for two years.
pub(super) fn foster_ended(tx: &WriteTx<'_>, case: CaseId) -> Result<(), Failure> {
    deadlines::fall_away(tx, case.0, &[DeadlineRule::FosterYears.code()], FOSTER_ENDED)
}
