// SPDX-License-Identifier: EUPL-1.2
//! The kinds of letters, and what a law demands of each.

use super::demands::{DEMANDS, Demand};
use super::field::LetterField as F;
use crate::access::codes;

codes! {
    /// What a letter is about.
    #[doc(alias = "Briefart")]
    LetterKind {
        /// A request or application has arrived.
        Intake = "intake",
        /// Rights in plain words.
        Rights = "rights",
        /// What was said when counselling.
        Counselling = "counselling",
        /// Collected from a third party: the person is told.
        CollectedElsewhere = "collected-elsewhere",
        /// What has to be brought, and what follows if not.
        Cooperation = "cooperation",
        /// An expert is asked for an opinion.
        OpinionRequest = "opinion-request",
        /// Come to the talk about the plan.
        Invitation = "invitation",
        /// The plan, to keep.
        PlanCopy = "plan-copy",
        /// Come to the talk about how it went.
        Review = "review",
        /// Say something before we decide against you.
        Hearing = "hearing",
        /// Help is granted.
        Grant = "grant",
        /// Help is granted in part.
        Partial = "partial",
        /// Help is refused.
        Refusal = "refusal",
        /// A running help changes.
        Change = "change",
        /// A help ends.
        End = "end",
        /// Help that a family got itself.
        SelfProcured = "self-procured",
        /// From youth welfare to another carrier.
        Transition = "transition",
        /// After the help for young adults.
        Aftercare = "aftercare",
        /// A child in a foster family may complain.
        Complaint = "complaint",
        /// A professional reporter is told.
        ReporterFeedback = "reporter-feedback",
        /// Taken into care: the child is told.
        CareChild = "care-child",
        /// Taken into care: the parents are told.
        CareParents = "care-parents",
        /// Another office becomes competent: the family is told.
        TransferFamily = "transfer-family",
        /// Another office becomes competent: that office is told.
        TransferOffice = "transfer-office",
        /// Another office refunds.
        Refund = "refund",
        /// Parents share the costs.
        Contribution = "contribution",
        /// An application goes on to the competent carrier.
        Forwarding = "forwarding",
        /// The applicant is told of it.
        Forwarded = "forwarded",
        /// What is kept about somebody.
        FileAccess = "file-access",
        /// Consent, and release from secrecy.
        Consent = "consent",
        /// Is somebody's participation impaired? A note for the file.
        Participation = "participation",
        /// Foster carers are counselled.
        FosterCounselling = "foster-counselling",
        /// How a child is protected in its foster family.
        FosterProtection = "foster-protection",
        /// Help abroad is reported.
        AbroadReport = "abroad-report",
        /// An unaccompanied minor is reported to the Land's body.
        MinorReport = "minor-report",
        /// How somebody's age is found out.
        AgeInformation = "age-information",
        /// A court's decision on custody goes to the register.
        CustodyRegister = "custody-register",
        /// Prosecutor and judge learn that help is possible.
        YouthCourt = "youth-court",
        /// Refused for lack of cooperation.
        NotCooperated = "not-cooperated",
    }
}

/// To whom a kind of letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Empfängerkreis")]
pub enum Addressee {
    /// Somebody of the case.
    Person,
    /// The professional who reported.
    Reporter,
    /// Another body: a court, a carrier, an expert.
    Outside,
    /// Nobody: it stays in the file.
    File,
}

impl LetterKind {
    /// Its place in the catalogue of documents.
    #[must_use]
    pub const fn catalogue(self) -> &'static str {
        match self {
            Self::Counselling => "D01",
            Self::Rights | Self::CollectedElsewhere => "D02",
            Self::Intake => "D03",
            Self::OpinionRequest => "D04",
            Self::Participation => "D05",
            Self::Invitation | Self::PlanCopy => "D07",
            Self::Review => "D08",
            Self::Hearing | Self::Cooperation | Self::Grant | Self::Partial => "D09",
            Self::Refusal | Self::Change | Self::End | Self::NotCooperated => "D09",
            Self::SelfProcured => "D10",
            Self::Transition => "D13",
            Self::Aftercare => "D14",
            Self::FosterCounselling => "D15",
            Self::Complaint | Self::FosterProtection => "D16",
            Self::AbroadReport => "D17",
            Self::ReporterFeedback => "D19",
            Self::CareChild => "D20",
            Self::CareParents => "D21",
            Self::MinorReport => "D23",
            Self::AgeInformation => "D24",
            Self::CustodyRegister => "D27",
            Self::YouthCourt => "D28",
            Self::Forwarding | Self::Forwarded => "D35",
            Self::TransferFamily | Self::TransferOffice => "D36",
            Self::Refund => "D37",
            Self::Contribution => "D38",
            Self::FileAccess => "D40",
            Self::Consent => "D41",
        }
    }

    /// To whom it goes.
    #[must_use]
    pub const fn addressee(self) -> Addressee {
        match self {
            Self::ReporterFeedback => Addressee::Reporter,
            Self::OpinionRequest | Self::TransferOffice | Self::Refund | Self::Forwarding => Addressee::Outside,
            Self::AbroadReport | Self::MinorReport | Self::CustodyRegister | Self::YouthCourt => Addressee::Outside,
            Self::Participation => Addressee::File,
            _ => Addressee::Person,
        }
    }

    /// Is it an administrative act (§ 31 SGB X)? Its dispatch starts the day of announcement (§ 37(2) SGB X).
    #[must_use]
    pub const fn is_act(self) -> bool {
        matches!(
            self,
            Self::Grant
                | Self::Partial
                | Self::Refusal
                | Self::Change
                | Self::End
                | Self::SelfProcured
                | Self::NotCooperated
        )
    }

    /// Can somebody lodge a remedy against what it tells? Taking into care is an act as well; the letter that tells the
    /// parents is no decision of its own and waits for no second person.
    #[must_use]
    pub const fn has_remedy(self) -> bool {
        self.is_act() || matches!(self, Self::CareParents)
    }

    /// Does it go to another body because somebody consented (§ 67b(2) SGB X)?
    #[must_use]
    pub const fn rests_on_consent(self) -> bool {
        matches!(self, Self::OpinionRequest)
    }

    /// Does it stand on a decision? Without a fixed plan there is nothing to tell.
    #[must_use]
    pub const fn needs_plan(self) -> bool {
        matches!(self, Self::Grant | Self::Partial | Self::Refusal | Self::Change | Self::End | Self::PlanCopy)
    }

    /// Are its words fixed? To a reporter only the facts may be said (§ 64(4) SGB VIII), and nothing beside them.
    #[must_use]
    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::ReporterFeedback)
    }

    /// May it hold this placeholder? Everything but what would tell a reporter of the family.
    #[must_use]
    pub const fn allows(self, field: F) -> bool {
        match self {
            Self::ReporterFeedback => matches!(
                field,
                F::Office
                    | F::Salutation
                    | F::Date
                    | F::Contact
                    | F::ReportedOn
                    | F::Confirmed
                    | F::Active
                    | F::StillActive
            ),
            _ => !matches!(field, F::ReportedOn | F::Confirmed | F::Active | F::StillActive),
        }
    }

    /// What it may not do without, each with the paragraph that says so.
    #[must_use]
    pub fn demands(self) -> &'static [Demand] {
        DEMANDS.iter().find(|(kind, _)| *kind == self).map_or(&[], |(_, demands)| demands)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_reasons_and_a_remedy() {
        for kind in LetterKind::ALL.iter().filter(|kind| kind.has_remedy()) {
            let demanded: Vec<_> = kind.demands().iter().map(|(field, _)| *field).collect();
            assert!(demanded.contains(&F::Reasons) && demanded.contains(&F::Remedy), "{}", kind.code());
        }
    }

    #[test]
    fn a_reporter_hears_the_facts_and_nothing_of_the_family() {
        let kind = LetterKind::ReporterFeedback;
        for field in [F::Family, F::Children, F::Help, F::Reasons, F::Content, F::Number, F::Worker, F::Remedy] {
            assert!(!kind.allows(field), "{}", field.code());
        }
        assert!(kind.demands().iter().all(|(field, _)| kind.allows(*field)) && kind.is_fixed());
    }

    #[test]
    fn what_is_demanded_is_allowed_and_has_a_paragraph() {
        for kind in LetterKind::ALL {
            assert!(!kind.demands().is_empty(), "{}", kind.code());
            for (field, source) in kind.demands() {
                assert!(kind.allows(*field) && (source.contains('§') || source.contains("Art.")), "{}", kind.code());
            }
        }
    }
}
