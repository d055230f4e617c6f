// SPDX-License-Identifier: EUPL-1.2
//! Days that a decision on help sets: the review of the plan, and the look ahead before help for a young adult ends.

use crate::casework::rhythms;
use crate::core::Failure;
use crate::deadlines;
use domain::casework::{HelpDecision, HelpKind};
use domain::deadlines::{DeadlineRule, DueKind, Duty, NewDue};
use domain::kernel::PlanId;
use store::WriteTx;
use store::casework::cases::CaseView;
use store::deadlines::At;

/// Puts the days of a decision on the list; those of the plan before for the same help are answered by it, those of
/// other helps stay.
pub(super) fn raise(tx: &WriteTx<'_>, case: &CaseView, plan: PlanId, decision: &HelpDecision) -> Result<(), Failure> {
    let draft = decision.draft();
    if let Some(application) = draft.occasion.application {
        super::integration_help::decide(tx, case, application)?;
    }
    rhythms::decided(tx, case, (plan, draft.kind), draft.granted.then_some(draft.review_on))?;
    let rule = match draft.kind {
        HelpKind::YoungAdults => DeadlineRule::YoungAdult,
        HelpKind::Inclusion => DeadlineRule::Transition,
        _ => return Ok(()),
    };
    deadlines::meet(tx, case.id.0, &[rule.code()])?;
    if let Some(until) = draft.period.until().filter(|_| draft.granted) {
        let (at, duty) = (At { case: case.id, team: case.team, owner: case.worker }, Duty::Legal(rule, until));
        deadlines::raise(tx, at, &NewDue { duty, from: DueKind::Transition, subject: Some(case.id.0) })?;
    }
    Ok(())
}
