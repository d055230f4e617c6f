// SPDX-License-Identifier: EUPL-1.2
//! What a procedure lacks. A warning says what is missing and where that stands; it never decides, orders by
//! gravity, or keeps anybody from acting.

use super::words::{DangerResult, Weighty};
use crate::access::codes;
use crate::deadlines::is_overdue;
use crate::kernel::Day;

/// After so many days an unanswered reporter is pointed out. The law says "zeitnah" and names no number: this is an
/// office-internal target and shown as one.
const FEEDBACK_TARGET: i32 = 14;

codes! {
    /// Something that should be there.
    #[doc(alias = "Warnung im Schutzauftrag")]
    ProtectionWarning {
        /// No second professional.
        Alone = "alone",
        /// Nothing about including parents and child.
        InclusionOpen = "inclusion-open",
        /// Nothing about an immediate impression.
        ImpressionOpen = "impression-open",
        /// Minors of the family without a procedure of their own.
        SiblingsOpen = "siblings-open",
        /// Danger, and neither help offered nor court nor care.
        DangerUnanswered = "danger-unanswered",
        /// A day of the protection plan is over.
        PlanOverdue = "plan-overdue",
        /// A professional reporter was not answered.
        FeedbackOpen = "feedback-open",
        /// A protection plan without a review.
        PlanWithoutReview = "plan-without-review",
        /// The statistics' record is incomplete.
        StatisticsOpen = "statistics-open",
        /// Whoever is responsible is away, and nobody stands in.
        Unattended = "unattended",
        /// Another report came: does it belong here?
        SecondReport = "second-report",
        /// An agency informed the office, and nobody acknowledged it.
        NoticeOpen = "notice-open",
    }
}

impl ProtectionWarning {
    /// Where it stands.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Alone => "§ 8a Abs. 1 S. 1 SGB VIII",
            Self::InclusionOpen => "§ 8a Abs. 1 S. 2 SGB VIII",
            Self::ImpressionOpen => "§ 8a Abs. 1 S. 2 Nr. 1 SGB VIII",
            Self::SiblingsOpen | Self::StatisticsOpen => "§ 99 Abs. 6 SGB VIII",
            Self::DangerUnanswered => "§ 8a Abs. 1 S. 3, Abs. 2 SGB VIII",
            Self::PlanOverdue | Self::PlanWithoutReview => "§ 8a Abs. 1 SGB VIII",
            Self::FeedbackOpen => "§ 4 Abs. 4 KKG, § 64 Abs. 4 SGB VIII",
            Self::Unattended => "§ 8a SGB VIII, § 79 Abs. 3 SGB VIII",
            Self::SecondReport => "§ 8a Abs. 1 SGB VIII",
            Self::NoticeOpen => "§ 8a Abs. 4 SGB VIII",
        }
    }
}

/// What is known about a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Stand des Schutzauftrags")]
pub struct ProtectionFacts {
    /// The answer of the first check.
    pub weighty: Option<Weighty>,
    /// Two different professionals at each check and assessment so far.
    pub several: bool,
    /// Something is said about including the child.
    pub child_included: bool,
    /// Something is said about including a parent or guardian, or there is none in the case.
    pub parents_included: bool,
    /// Something is said about an immediate impression.
    pub impression: bool,
    /// Result of the latest assessment.
    pub result: Option<DangerResult>,
    /// Help offered, court called, or child in care.
    pub answered: bool,
    /// There is a protection plan or a condition.
    pub has_plan: bool,
    /// Its review has a day.
    pub has_review: bool,
    /// Open days of the plan.
    pub open_days: Vec<Day>,
    /// Minors of the family without a procedure since this one began.
    pub siblings_open: bool,
    /// Professional reporters without an answer: when they reported.
    pub unanswered: Vec<Day>,
    /// Month and year of birth, from whom the danger comes: what statistics ask.
    pub statistics: bool,
    /// Away without anybody standing in.
    pub unattended: bool,
    /// A report came after this began and joined no procedure.
    pub loose_report: bool,
    /// An agency's notice in this case was not acknowledged.
    pub notice_open: bool,
}

/// What is missing, in the order of the procedure.
#[must_use]
pub fn warnings(facts: &ProtectionFacts, today: Day) -> Vec<ProtectionWarning> {
    use ProtectionWarning as W;
    let goes_on = facts.weighty != Some(Weighty::No) || facts.result.is_some();
    let danger = facts.result.is_some_and(DangerResult::is_danger);
    let late = |day: &Day| today.days_since(*day) > FEEDBACK_TARGET;
    let found = [
        (W::Alone, !facts.several),
        (W::InclusionOpen, goes_on && !(facts.child_included && facts.parents_included)),
        (W::ImpressionOpen, goes_on && !facts.impression),
        (W::SiblingsOpen, facts.siblings_open),
        (W::DangerUnanswered, danger && !facts.answered),
        (W::PlanOverdue, facts.open_days.iter().any(|day| is_overdue(Some(*day), today))),
        (W::FeedbackOpen, facts.unanswered.iter().any(late)),
        (W::PlanWithoutReview, facts.has_plan && !facts.has_review),
        (W::StatisticsOpen, facts.result.is_some() && !facts.statistics),
        (W::Unattended, facts.unattended),
        (W::SecondReport, facts.loose_report),
        (W::NoticeOpen, facts.notice_open),
    ];
    found.into_iter().filter(|(_, is_open)| *is_open).map(|(warning, _)| warning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProtectionWarning as W;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// A procedure that lacks nothing.
    fn whole() -> ProtectionFacts {
        ProtectionFacts {
            weighty: Some(Weighty::Yes),
            several: true,
            child_included: true,
            parents_included: true,
            impression: true,
            result: Some(DangerResult::Latent),
            answered: true,
            has_plan: true,
            has_review: true,
            open_days: vec![day("2026-12-01")],
            siblings_open: false,
            unanswered: Vec::new(),
            statistics: true,
            unattended: false,
            loose_report: false,
            notice_open: false,
        }
    }

    #[track_caller]
    fn check(change: impl Fn(&mut ProtectionFacts), expected: W) {
        let mut facts = whole();
        change(&mut facts);
        assert_eq!(warnings(&facts, day("2026-11-23")), [expected]);
    }

    #[test]
    fn each_warning_of_the_list_is_raised_by_its_own_cause() {
        assert_eq!(warnings(&whole(), day("2026-11-23")), []);
        check(|facts| facts.several = false, W::Alone);
        check(|facts| facts.child_included = false, W::InclusionOpen);
        check(|facts| facts.parents_included = false, W::InclusionOpen);
        check(|facts| facts.impression = false, W::ImpressionOpen);
        check(|facts| facts.siblings_open = true, W::SiblingsOpen);
        check(|facts| facts.answered = false, W::DangerUnanswered);
        check(|facts| facts.open_days = vec![day("2026-11-22")], W::PlanOverdue);
        check(|facts| facts.unanswered = vec![day("2026-11-08")], W::FeedbackOpen);
        check(|facts| facts.has_review = false, W::PlanWithoutReview);
        check(|facts| facts.statistics = false, W::StatisticsOpen);
        check(|facts| facts.unattended = true, W::Unattended);
        check(|facts| facts.loose_report = true, W::SecondReport);
        check(|facts| facts.notice_open = true, W::NoticeOpen);
        assert_eq!(W::ALL.len(), 12);
    }

    #[test]
    fn a_day_is_not_over_before_it_is() {
        let mut facts = whole();
        facts.open_days = vec![day("2026-11-23")];
        facts.unanswered = vec![day("2026-11-09")];
        assert_eq!(warnings(&facts, day("2026-11-23")), []);
    }
}
