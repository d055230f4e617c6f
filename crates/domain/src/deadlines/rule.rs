// SPDX-License-Identifier: EUPL-1.2
//! The periods with a number that laws set for a youth welfare office. Nothing else is ever worked out.

use super::span::{AtEnd, Span};
use crate::access::codes;

codes! {
    /// A period with a number in a law.
    #[doc(alias = "Gesetzliche Frist")]
    DeadlineRule {
        /// Is the office competent? (W8).
        Competence = "competence",
        /// Decision on participation without an opinion (W9).
        Participation = "participation",
        /// Decision after the opinion came.
        AfterOpinion = "after-opinion",
        /// The expert's opinion.
        Opinion = "opinion",
        /// Findings of other carriers.
        Findings = "findings",
        /// Decision with several carriers.
        SeveralCarriers = "several-carriers",
        /// Decision with a participation plan conference.
        PlanConference = "plan-conference",
        /// Plan the transition to integration assistance (W10).
        Transition = "transition",
        /// Check the transfer before help for a young adult ends (W10).
        YoungAdult = "young-adult",
        /// Liberty taken without a court ends (N25).
        Liberty = "liberty",
        /// An unaccompanied minor is reported to the Land's body.
        MinorReport = "minor-report",
        /// The Land's body reports to the federation.
        LandReport = "land-report",
        /// The federation names the receiving Land; the Land assigns an office.
        Assignment = "assignment",
        /// No distribution after this.
        DistributionEnds = "distribution-ends",
        /// Health reasons hinder the distribution for longer.
        HealthHindrance = "health-hindrance",
        /// The family court's early hearing (W21).
        CourtHearing = "court-hearing",
        /// Objection to an act that was sent.
        Objection = "objection",
        /// Objection to an act that was handed over: known the same day.
        ObjectionHanded = "objection-handed",
        /// A foster child lives there for two years: competence changes (W13).
        FosterYears = "foster-years",
        /// Claim for refund among carriers (W27).
        Refund = "refund",
        /// Information that was withheld is given after the obstacle is gone.
        Withheld = "withheld",
    }
}

impl DeadlineRule {
    /// The paragraph.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Competence => "§ 14 Abs. 1 S. 1 SGB IX",
            Self::Participation => "§ 14 Abs. 2 S. 2 SGB IX",
            Self::AfterOpinion => "§ 14 Abs. 2 S. 3 SGB IX",
            Self::Opinion => "§ 17 Abs. 2 S. 1 SGB IX",
            Self::Findings => "§ 15 Abs. 2 SGB IX",
            Self::SeveralCarriers => "§ 15 Abs. 4 S. 1 SGB IX",
            Self::PlanConference => "§ 15 Abs. 4 S. 2 SGB IX",
            Self::Transition => "§ 36b Abs. 2 S. 1 SGB VIII",
            Self::YoungAdult => "§ 41 Abs. 3 SGB VIII",
            Self::Liberty => "§ 42 Abs. 5 S. 2 SGB VIII",
            Self::MinorReport | Self::LandReport => "§ 42a Abs. 4 SGB VIII",
            Self::Assignment => "§ 42b Abs. 1, 3 SGB VIII",
            Self::DistributionEnds | Self::HealthHindrance => "§ 42b Abs. 4 SGB VIII",
            Self::CourtHearing => "§ 155 Abs. 2 FamFG",
            Self::Objection | Self::ObjectionHanded => "§ 70 Abs. 1 VwGO",
            Self::FosterYears => "§ 86 Abs. 6 SGB VIII",
            Self::Refund => "§ 111 S. 1 SGB X",
            Self::Withheld => "§ 82 Abs. 4 SGB X",
        }
    }

    /// How long.
    #[must_use]
    pub const fn span(self) -> Span {
        match self {
            Self::Competence | Self::AfterOpinion | Self::Opinion | Self::Findings | Self::Withheld => Span::Weeks(2),
            Self::Participation => Span::Weeks(3),
            Self::SeveralCarriers => Span::Weeks(6),
            Self::PlanConference => Span::Months(2),
            Self::Transition | Self::YoungAdult => Span::MonthsBefore(12),
            Self::Liberty => Span::NextDay,
            Self::MinorReport => Span::Workdays(7),
            Self::LandReport => Span::Workdays(3),
            Self::Assignment => Span::Workdays(2),
            Self::HealthHindrance => Span::Workdays(14),
            Self::DistributionEnds | Self::CourtHearing | Self::Objection | Self::ObjectionHanded => Span::Months(1),
            Self::FosterYears => Span::Months(24),
            Self::Refund => Span::MonthsAfterLastDay(12),
        }
    }

    /// What happens at the end. The month of § 42b(4), the two years of § 86(6) and the periods counted back mark a
    /// state, not an act that somebody has to do by then: nothing moves them.
    #[must_use]
    pub const fn at_end(self) -> AtEnd {
        match self {
            Self::Liberty => AtEnd::Liberty,
            Self::Transition | Self::YoungAdult => AtEnd::Backwards,
            Self::DistributionEnds | Self::FosterYears => AtEnd::Benefit,
            _ => AtEnd::Moves,
        }
    }

    /// Does it begin with the notification of an act, worked out from the day on which it was sent?
    #[must_use]
    pub const fn begins_with_notification(self) -> bool {
        matches!(self, Self::Objection)
    }
}
