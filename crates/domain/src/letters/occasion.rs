// SPDX-License-Identifier: EUPL-1.2
//! Which letters belong to what happened: the one table from occasion to kinds. The page where it happened offers them.

use super::kind::LetterKind as K;
use crate::access::codes;

codes! {
    /// Something that happened, after which letters go out.
    #[doc(alias = "Briefanlass")]
    Occasion {
        /// A case was taken in.
        TakenIn = "taken-in",
        /// Help is being planned.
        Planning = "planning",
        /// A help was granted.
        Granted = "granted",
        /// A help was refused.
        Refused = "refused",
        /// A help was reviewed.
        Reviewed = "reviewed",
        /// A help ended.
        Ended = "ended",
        /// Another carrier follows (§ 36b).
        Transition = "transition",
        /// Another office becomes competent.
        OtherOffice = "other-office",
        /// An application for participation came in (SGB IX).
        Application = "application",
        /// A child was taken into care.
        Care = "care",
        /// A step of child protection was kept.
        Protection = "protection",
        /// Custody, consents, people.
        People = "people",
    }
}

impl Occasion {
    /// The letters that belong to it, the likeliest first.
    #[must_use]
    pub const fn letters(self) -> &'static [K] {
        match self {
            Self::TakenIn => &[K::Intake, K::Rights, K::Counselling, K::CollectedElsewhere],
            Self::Planning => &[K::Invitation, K::Rights, K::Counselling, K::Cooperation, K::Hearing],
            Self::Granted => &[
                K::Grant,
                K::Partial,
                K::PlanCopy,
                K::Complaint,
                K::FosterCounselling,
                K::FosterProtection,
                K::AbroadReport,
            ],
            Self::Refused => &[K::Refusal, K::SelfProcured, K::NotCooperated],
            Self::Reviewed => &[K::Review, K::Change, K::PlanCopy],
            Self::Ended => &[K::End, K::Aftercare, K::Transition],
            Self::Transition => &[K::Transition, K::Consent],
            Self::OtherOffice => &[K::TransferFamily, K::TransferOffice, K::Refund],
            Self::Application => {
                &[K::OpinionRequest, K::Participation, K::Forwarding, K::Forwarded, K::Cooperation, K::NotCooperated]
            }
            Self::Care => &[K::CareChild, K::CareParents, K::MinorReport, K::AgeInformation],
            Self::Protection => &[K::ReporterFeedback, K::CollectedElsewhere],
            Self::People => &[K::Consent, K::CustodyRegister, K::YouthCourt, K::FileAccess],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_casework_belongs_to_an_occasion() {
        for kind in K::ALL {
            let offered = Occasion::ALL.iter().any(|one| one.letters().contains(kind));
            // The costs of parents are told by finance, on a page of its own.
            assert_eq!(offered, *kind != K::Contribution, "{}", kind.code());
        }
    }

    #[test]
    fn a_refusal_offers_no_grant_and_an_end_no_review() {
        assert!(!Occasion::Refused.letters().contains(&K::Grant));
        assert!(!Occasion::Ended.letters().contains(&K::Review));
    }
}
