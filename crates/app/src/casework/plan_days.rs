// SPDX-License-Identifier: EUPL-1.2
//! Days that a decision on help sets: the review of the plan, and the look ahead before help for a young adult ends.

use crate::core::Failure;
use crate::deadlines;
use domain::casework::{HelpDecision, HelpKind};
use domain::deadlines::{DeadlineRule, DueKind, Duty, InternalTarget, NewDue};
use domain::kernel::Line;
use store::WriteTx;
use store::casework::cases::CaseView;
use store::deadlines::At;

/// What is due on the day of the review. § 36(2) says "regelmäßig" and names no number: the day is the plan's own.
const REVIEW: &str = "Hilfeplan überprüfen";

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
