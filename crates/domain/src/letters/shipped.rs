// SPDX-License-Identifier: EUPL-1.2
//! Our own texts. They stand in `crates/domain/letters`, where somebody who writes no code can read and better them.

use super::field::LetterField as F;
use super::kind::LetterKind as K;

/// The template of a kind as we ship it.
#[must_use]
pub const fn shipped(kind: K) -> &'static str {
    match kind {
        K::Intake => include_str!("../../letters/intake.txt"),
        K::Rights => include_str!("../../letters/rights.txt"),
        K::Counselling => include_str!("../../letters/counselling.txt"),
        K::CollectedElsewhere => include_str!("../../letters/collected-elsewhere.txt"),
        K::Cooperation => include_str!("../../letters/cooperation.txt"),
        K::OpinionRequest => include_str!("../../letters/opinion-request.txt"),
        K::Invitation => include_str!("../../letters/invitation.txt"),
        K::PlanCopy => include_str!("../../letters/plan-copy.txt"),
        K::Review => include_str!("../../letters/review.txt"),
        K::Hearing => include_str!("../../letters/hearing.txt"),
        K::Grant => include_str!("../../letters/grant.txt"),
        K::Partial => include_str!("../../letters/partial.txt"),
        K::Refusal => include_str!("../../letters/refusal.txt"),
        K::Change => include_str!("../../letters/change.txt"),
        K::End => include_str!("../../letters/end.txt"),
        K::SelfProcured => include_str!("../../letters/self-procured.txt"),
        K::Transition => include_str!("../../letters/transition.txt"),
        K::Aftercare => include_str!("../../letters/aftercare.txt"),
        K::Complaint => include_str!("../../letters/complaint.txt"),
        K::ReporterFeedback => include_str!("../../letters/reporter-feedback.txt"),
        K::CareChild => include_str!("../../letters/care-child.txt"),
        K::CareParents => include_str!("../../letters/care-parents.txt"),
        K::TransferFamily => include_str!("../../letters/transfer-family.txt"),
        K::TransferOffice => include_str!("../../letters/transfer-office.txt"),
        K::Refund => include_str!("../../letters/refund.txt"),
        K::Contribution => include_str!("../../letters/contribution.txt"),
        K::Forwarding => include_str!("../../letters/forwarding.txt"),
        K::Forwarded => include_str!("../../letters/forwarded.txt"),
        K::FileAccess => include_str!("../../letters/file-access.txt"),
        K::Consent => include_str!("../../letters/consent.txt"),
        K::Participation => include_str!("../../letters/participation.txt"),
        K::FosterCounselling => include_str!("../../letters/foster-counselling.txt"),
        K::FosterProtection => include_str!("../../letters/foster-protection.txt"),
        K::AbroadReport => include_str!("../../letters/abroad-report.txt"),
        K::MinorReport => include_str!("../../letters/minor-report.txt"),
        K::AgeInformation => include_str!("../../letters/age-information.txt"),
        K::CustodyRegister => include_str!("../../letters/custody-register.txt"),
        K::YouthCourt => include_str!("../../letters/youth-court.txt"),
        K::NotCooperated => include_str!("../../letters/not-cooperated.txt"),
    }
}

/// The fixed words of a part; nothing for a placeholder that is no part.
#[must_use]
pub const fn part(field: F) -> &'static str {
    match field {
        F::Remedy => include_str!("../../letters/part-rechtsbehelf.txt"),
        F::Privacy => include_str!("../../letters/part-datenschutz.txt"),
        F::Ombuds => include_str!("../../letters/part-ombudsstelle.txt"),
        F::Choice => include_str!("../../letters/part-wunsch_und_wahl.txt"),
        F::Company => include_str!("../../letters/part-begleitung.txt"),
        F::Language => include_str!("../../letters/part-sprache.txt"),
        F::Limits => include_str!("../../letters/part-grenzen_der_mitwirkung.txt"),
        F::Maintenance => include_str!("../../letters/part-unterhalt.txt"),
        F::RefuseToTell => include_str!("../../letters/part-auskunft_verweigern.txt"),
        F::Trusted => include_str!("../../letters/part-vertrauensperson.txt"),
        F::Objection => include_str!("../../letters/part-widerspruch_inobhutnahme.txt"),
        F::Return => include_str!("../../letters/part-rueckkehr.txt"),
        F::Continues => include_str!("../../letters/part-hilfe_laeuft_weiter.txt"),
        F::Talk => include_str!("../../letters/part-uebergabegespraech.txt"),
        F::Revoke => include_str!("../../letters/part-widerruf.txt"),
        F::Voluntary => include_str!("../../letters/part-freiwillig.txt"),
        F::Withheld => include_str!("../../letters/part-nicht_gezeigt.txt"),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;

    #[test]
    fn each_part_has_words() {
        for field in F::ALL {
            assert_eq!(part(*field).is_empty(), field.origin() != Origin::Part, "{}", field.code());
        }
    }
}
