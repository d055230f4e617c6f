// SPDX-License-Identifier: EUPL-1.2
//! Days that a decision on help sets: the review of the plan, the look ahead before help for a young adult ends, two
//! years with a foster family.

use crate::casework::rhythms;
use crate::core::Failure;
use crate::deadlines;
use domain::casework::{HelpDecision, HelpKind};
use domain::deadlines::{DeadlineRule, DueKind, Duty, NewDue, Outcome};
use domain::kernel::{CaseId, Day, PlanId};
use store::WriteTx;
use store::casework::cases::CaseView;
use store::deadlines::At;

/// Why nobody counts the years any more.
const FOSTER_ENDED: &str = "Die Hilfe in der Pflegefamilie ist beendet.";
/// Things of a case that are looked through.
const KNOWN: i64 = 200;

/// Puts the days of a decision on the list; those of the plan before for the same help are answered by it, those of
/// other helps stay.
pub(super) fn raise(tx: &WriteTx<'_>, case: &CaseView, plan: PlanId, decision: &HelpDecision) -> Result<(), Failure> {
    let draft = decision.draft();
    if let Some(application) = draft.occasion.application {
        super::integration_help::decide(tx, case, application)?;
    }
    rhythms::decided(tx, case, (plan, draft.kind), draft.granted.then_some(draft.review_on))?;
    let at = At { case: case.id, team: case.team, owner: case.worker };
    if draft.granted && draft.kind == HelpKind::FosterCare {
        foster_years(tx, at, draft.period.from())?;
    }
    let rule = match draft.kind {
        HelpKind::YoungAdults => DeadlineRule::YoungAdult,
        HelpKind::Inclusion => DeadlineRule::Transition,
        _ => return Ok(()),
    };
    deadlines::meet(tx, case.id.0, &[rule.code()])?;
    if let Some(until) = draft.period.until().filter(|_| draft.granted) {
        let duty = Duty::Legal(rule, until);
        deadlines::raise(tx, at, &NewDue { duty, from: DueKind::Transition, subject: Some(case.id.0) })?;
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
