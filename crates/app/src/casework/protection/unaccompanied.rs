// SPDX-License-Identifier: EUPL-1.2
//! A foreign child that came unaccompanied: the periods of §§ 42a and 42b SGB VIII begin by themselves, each with the
//! fact that it hangs on, and a guardian and asylum are seen to at once (W19).

use domain::casework::protection::{FactKind, NewFact};
use domain::deadlines::{DeadlineRule, Duty, PromptDuty, Promptly};
use domain::kernel::Day;

/// What begins with care: the first assessment and report (7 working days), health that hinders (14 working days),
/// the month after which nobody is distributed; guardian and asylum at once.
pub(super) fn begin(began: Day) -> Vec<Duty> {
    vec![
        Duty::Prompt(Promptly::new(PromptDuty::AppointGuardian, began)),
        Duty::Prompt(Promptly::new(PromptDuty::AsylumApplication, began)),
        Duty::Legal(DeadlineRule::MinorReport, began),
        Duty::Legal(DeadlineRule::HealthHindrance, began),
        Duty::Legal(DeadlineRule::DistributionEnds, began),
    ]
}

/// What begins with a fact: the Land's body has 3 working days, the federation 2, the Land 2 again.
pub(super) fn follows(new: &NewFact) -> Vec<Duty> {
    let begins = |rule| vec![Duty::Legal(rule, new.at.day())];
    match new.kind {
        FactKind::MinorReported => begins(DeadlineRule::LandReport),
        FactKind::LandReported | FactKind::LandNamed => begins(DeadlineRule::Assignment),
        _ => Vec::new(),
    }
}

/// Periods of the distribution.
pub(super) fn clocks() -> Vec<&'static str> {
    use DeadlineRule as R;
    [R::MinorReport, R::LandReport, R::Assignment, R::HealthHindrance, R::DistributionEnds]
        .iter()
        .map(|rule| rule.code())
        .collect()
}

/// What a fact answers.
pub(super) fn answers(kind: FactKind) -> Vec<&'static str> {
    match kind {
        FactKind::GuardianAsked => vec![PromptDuty::AppointGuardian.code()],
        FactKind::AsylumSettled => vec![PromptDuty::AsylumApplication.code()],
        FactKind::MinorReported => vec![DeadlineRule::MinorReport.code()],
        FactKind::LandReported => vec![DeadlineRule::LandReport.code()],
        FactKind::LandNamed => vec![DeadlineRule::Assignment.code()],
        FactKind::OfficeAssigned | FactKind::DistributionExcluded => clocks(),
        _ => Vec::new(),
    }
}
