// SPDX-License-Identifier: EUPL-1.2
//! Which parts a law demands of which letter: the table a lawyer can sign.

use super::field::LetterField as F;
use super::kind::LetterKind as K;

/// A placeholder that may not be missing, and the paragraph that says so.
pub type Demand = (F, &'static str);

const ACT: &[(F, &str)] = &[
    (F::Help, "§ 33 Abs. 1 SGB X"),
    (F::HelpParagraph, "§ 35 Abs. 1 SGB X"),
    (F::Reasons, "§ 35 Abs. 1 SGB X"),
    (F::Remedy, "§ 36 SGB X"),
    (F::Ombuds, "§ 9a SGB VIII"),
];

const INVITATION: &[(F, &str)] = &[
    (F::Meeting, "§ 36 Abs. 2 S. 2 SGB VIII"),
    (F::Place, "§ 36 Abs. 2 S. 2 SGB VIII"),
    (F::Company, "§ 13 Abs. 4 SGB X"),
    (F::Language, "§ 10a Abs. 1 SGB VIII"),
];

/// All kinds with what they may not do without.
pub(super) const DEMANDS: &[(K, &[Demand])] = &[
    (K::Intake, &[(F::Contact, "§ 14 SGB I"), (F::Privacy, "Art. 13 DSGVO, § 82 SGB X")]),
    (
        K::Rights,
        &[
            (F::Choice, "§ 5 SGB VIII"),
            (F::Ombuds, "§ 9a SGB VIII"),
            (F::Language, "§ 8 Abs. 4, § 10a Abs. 1 SGB VIII"),
            (F::Company, "§ 13 SGB X, § 10a Abs. 1 SGB VIII"),
            (F::Privacy, "Art. 13 DSGVO, § 82 SGB X"),
        ],
    ),
    (
        K::Counselling,
        &[(F::Content, "§ 10a Abs. 2 SGB VIII"), (F::On, "§ 36 Abs. 1 SGB VIII"), (F::Choice, "§ 5 Abs. 1 SGB VIII")],
    ),
    (
        K::CollectedElsewhere,
        &[
            (F::Body, "Art. 14 Abs. 2 lit. f DSGVO"),
            (F::Data, "Art. 14 Abs. 1 lit. d DSGVO"),
            (F::Purpose, "Art. 14 Abs. 1 lit. c DSGVO, § 82a SGB X"),
            (F::Privacy, "Art. 14 DSGVO, § 82a SGB X"),
        ],
    ),
    (
        K::Cooperation,
        &[
            (F::Content, "§ 60 Abs. 1 SGB I"),
            (F::Until, "§ 66 Abs. 3 SGB I"),
            (F::Consequence, "§ 66 Abs. 3 SGB I"),
            (F::Limits, "§ 65 SGB I"),
        ],
    ),
    (
        K::OpinionRequest,
        &[
            (F::Content, "§ 35a Abs. 1a SGB VIII"),
            (F::On, "§ 67b Abs. 2 SGB X, § 203 StGB"),
            (F::Until, "§ 17 Abs. 2 SGB IX"),
        ],
    ),
    (K::Invitation, INVITATION),
    (K::Review, INVITATION),
    (
        K::PlanCopy,
        &[(F::Help, "§ 36 Abs. 2 SGB VIII"), (F::ReviewOn, "§ 36 Abs. 2 S. 2 SGB VIII"), (F::Contact, "§ 14 SGB I")],
    ),
    (
        K::Hearing,
        &[
            (F::Content, "§ 24 Abs. 1 SGB X"),
            (F::Reasons, "§ 24 Abs. 1 SGB X"),
            (F::Until, "§ 24 Abs. 1 SGB X"),
            (F::Company, "§ 13 SGB X"),
        ],
    ),
    (
        K::Grant,
        &[
            (F::Help, "§ 33 Abs. 1 SGB X"),
            (F::HelpParagraph, "§ 35 Abs. 1 SGB X"),
            (F::HelpFrom, "§ 33 Abs. 1 SGB X"),
            (F::Reasons, "§ 35 Abs. 1 SGB X"),
            (F::Remedy, "§ 36 SGB X"),
            (F::Ombuds, "§ 9a SGB VIII"),
        ],
    ),
    (
        K::Partial,
        &[
            (F::Help, "§ 33 Abs. 1 SGB X"),
            (F::HelpParagraph, "§ 35 Abs. 1 SGB X"),
            (F::HelpFrom, "§ 33 Abs. 1 SGB X"),
            (F::NotGranted, "§ 33 Abs. 1 SGB X"),
            (F::Reasons, "§ 35 Abs. 1 SGB X"),
            (F::Remedy, "§ 36 SGB X"),
            (F::Ombuds, "§ 9a SGB VIII"),
        ],
    ),
    (K::Refusal, ACT),
    (
        K::Change,
        &[
            (F::Help, "§ 33 Abs. 1 SGB X"),
            (F::Content, "§ 33 Abs. 1, § 48 SGB X"),
            (F::From, "§ 48 Abs. 1 SGB X"),
            (F::Reasons, "§ 35 Abs. 1 SGB X"),
            (F::Remedy, "§ 36 SGB X"),
            (F::Ombuds, "§ 9a SGB VIII"),
        ],
    ),
    (
        K::End,
        &[
            (F::Help, "§ 33 Abs. 1 SGB X"),
            (F::Content, "§ 33 Abs. 1, § 48 SGB X"),
            (F::From, "§ 48 Abs. 1 SGB X"),
            (F::Reasons, "§ 35 Abs. 1 SGB X"),
            (F::Remedy, "§ 36 SGB X"),
            (F::Ombuds, "§ 9a SGB VIII"),
        ],
    ),
    (
        K::SelfProcured,
        &[
            (F::Content, "§ 33 Abs. 1 SGB X, § 36a Abs. 3 SGB VIII"),
            (F::Reasons, "§ 35 Abs. 1 SGB X"),
            (F::Remedy, "§ 36 SGB X"),
            (F::Ombuds, "§ 9a SGB VIII"),
        ],
    ),
    (
        K::Transition,
        &[
            (F::Body, "§ 36b Abs. 1 SGB VIII"),
            (F::From, "§ 41 Abs. 3, § 36b Abs. 2 SGB VIII"),
            (F::Consented, "§ 36b Abs. 2 SGB VIII, § 67b SGB X"),
        ],
    ),
    (
        K::Aftercare,
        &[
            (F::Until, "§ 41a Abs. 2 SGB VIII"),
            (F::Content, "§ 41a Abs. 2 SGB VIII"),
            (F::Return, "§ 41 Abs. 1 S. 3 SGB VIII"),
            (F::Contact, "§ 41a Abs. 2 S. 2 SGB VIII"),
        ],
    ),
    (K::Complaint, &[(F::Body, "§ 37b Abs. 2 SGB VIII"), (F::Ombuds, "§ 9a SGB VIII")]),
    (
        K::ReporterFeedback,
        &[
            (F::Confirmed, "§ 4 Abs. 4 KKG, § 64 Abs. 4 SGB VIII"),
            (F::Active, "§ 4 Abs. 4 KKG, § 64 Abs. 4 SGB VIII"),
            (F::StillActive, "§ 4 Abs. 4 KKG, § 64 Abs. 4 SGB VIII"),
        ],
    ),
    (
        K::CareChild,
        &[
            (F::Reasons, "§ 42 Abs. 2 S. 1 SGB VIII"),
            (F::Trusted, "§ 42 Abs. 2 S. 2 SGB VIII"),
            (F::Contact, "§ 42 Abs. 2 SGB VIII"),
        ],
    ),
    (
        K::CareParents,
        &[
            (F::On, "§ 42 Abs. 3 S. 1 SGB VIII"),
            (F::Reasons, "§ 42 Abs. 3 S. 1 SGB VIII"),
            (F::Objection, "§ 42 Abs. 3 S. 2 SGB VIII"),
            (F::Remedy, "§ 36 SGB X"),
            (F::Contact, "§ 14 SGB I"),
        ],
    ),
    (
        K::TransferFamily,
        &[
            (F::Body, "§ 86c Abs. 2 SGB VIII"),
            (F::From, "§ 86c Abs. 1 SGB VIII"),
            (F::Continues, "§ 86c Abs. 1 SGB VIII"),
        ],
    ),
    (
        K::TransferOffice,
        &[
            (F::Reasons, "§ 86c Abs. 2 S. 1 SGB VIII"),
            (F::Help, "§ 86c Abs. 2 S. 2 SGB VIII"),
            (F::Talk, "§ 86c Abs. 2 S. 3 SGB VIII"),
        ],
    ),
    (
        K::Refund,
        &[(F::HelpParagraph, "§ 89f Abs. 1 SGB VIII"), (F::From, "§ 111 SGB X"), (F::Reasons, "§§ 89–89e SGB VIII")],
    ),
    (
        K::Contribution,
        &[
            (F::Help, "§ 92 Abs. 3 SGB VIII"),
            (F::Maintenance, "§ 92 Abs. 3 SGB VIII"),
            (F::Content, "§ 97a SGB VIII"),
            (F::Until, "§ 97a SGB VIII"),
            (F::RefuseToTell, "§ 97a Abs. 5 SGB VIII"),
        ],
    ),
    (K::Forwarding, &[(F::ArrivedOn, "§ 14 Abs. 1 S. 1 SGB IX"), (F::Reasons, "§ 14 Abs. 1 S. 2 SGB IX")]),
    (K::Forwarded, &[(F::ArrivedOn, "§ 14 Abs. 1 S. 1 SGB IX"), (F::Body, "§ 14 Abs. 1 S. 2 SGB IX")]),
    (
        K::FileAccess,
        &[
            (F::Content, "Art. 15 Abs. 1, 3 DSGVO, § 83 SGB X"),
            (F::Privacy, "Art. 15 Abs. 1 DSGVO"),
            (F::Withheld, "§ 83 SGB X, § 25 Abs. 3 SGB X, § 65 SGB VIII"),
        ],
    ),
    (
        K::Consent,
        &[
            (F::Body, "§ 67b Abs. 2 SGB X"),
            (F::Data, "§ 67b Abs. 2 SGB X"),
            (F::Purpose, "§ 67b Abs. 2 S. 2 SGB X"),
            (F::Until, "Art. 5 Abs. 1 lit. b DSGVO"),
            (F::Revoke, "Art. 7 Abs. 3 DSGVO, § 67b Abs. 2 S. 2 SGB X"),
            (F::Voluntary, "§ 67b Abs. 2 S. 2 SGB X"),
        ],
    ),
    (
        K::Participation,
        &[
            (F::Children, "§ 35a Abs. 1 SGB VIII"),
            (F::Present, "§ 36 Abs. 2 S. 1 SGB VIII"),
            (F::Views, "§ 8 Abs. 1, § 36 Abs. 1 SGB VIII"),
            (F::Findings, "§ 35a Abs. 1 S. 1 Nr. 2 SGB VIII"),
            (F::Reasons, "§ 35a Abs. 1 SGB VIII, § 20 SGB X"),
        ],
    ),
    (
        K::FosterCounselling,
        &[
            (F::Content, "§ 37a S. 1 SGB VIII"),
            (F::Agreement, "§ 37a S. 1, § 37c Abs. 4 SGB VIII"),
            (F::Contact, "§ 37a S. 4 SGB VIII"),
        ],
    ),
    (
        K::FosterProtection,
        &[
            (F::Views, "§ 37b Abs. 1 S. 2 SGB VIII"),
            (F::Agreement, "§ 37b Abs. 1 S. 1 SGB VIII"),
            (F::Body, "§ 37b Abs. 2 SGB VIII"),
            (F::Next, "§ 37b Abs. 3 S. 1 SGB VIII"),
        ],
    ),
    (
        K::AbroadReport,
        &[
            (F::From, "§ 38 Abs. 5 S. 1 Nr. 1 SGB VIII"),
            (F::Until, "§ 38 Abs. 5 S. 1 Nr. 1 SGB VIII"),
            (F::Body, "§ 38 Abs. 5 S. 1 Nr. 1 SGB VIII"),
            (F::Place, "§ 38 Abs. 5 S. 1 Nr. 1 SGB VIII"),
            (F::Present, "§ 38 Abs. 5 S. 1 Nr. 1 SGB VIII"),
            (F::Reasons, "§ 38 Abs. 1 SGB VIII"),
        ],
    ),
    (
        K::MinorReport,
        &[
            (F::Children, "§ 42a Abs. 4 SGB VIII"),
            (F::On, "§ 42a Abs. 4 SGB VIII"),
            (F::Findings, "§ 42a Abs. 2 S. 1 SGB VIII"),
            (F::Views, "§ 42a Abs. 2 S. 1 SGB VIII"),
            (F::Reasons, "§ 42a Abs. 2 S. 2 SGB VIII"),
        ],
    ),
    (
        K::AgeInformation,
        &[
            (F::Content, "§ 42f Abs. 2 S. 2 SGB VIII"),
            (F::Consequence, "§ 42f Abs. 2 S. 2 SGB VIII"),
            (F::Language, "§ 42f Abs. 2 S. 2, § 8 Abs. 4 SGB VIII"),
        ],
    ),
    (
        K::CustodyRegister,
        &[
            (F::Children, "§ 50 Abs. 3, § 58 SGB VIII"),
            (F::On, "§ 50 Abs. 3 SGB VIII"),
            (F::Content, "§ 50 Abs. 3, § 58 Abs. 1 SGB VIII"),
        ],
    ),
    (K::YouthCourt, &[(F::Children, "§ 52 Abs. 2 SGB VIII"), (F::Content, "§ 52 Abs. 2 S. 2 SGB VIII")]),
    (
        K::NotCooperated,
        &[
            (F::On, "§ 66 Abs. 3 SGB I"),
            (F::Until, "§ 66 Abs. 3 SGB I"),
            (F::Content, "§ 33 Abs. 1 SGB X, § 66 Abs. 1 SGB I"),
            (F::Reasons, "§ 35 Abs. 1 SGB X"),
            (F::Remedy, "§ 36 SGB X"),
            (F::Ombuds, "§ 9a SGB VIII"),
        ],
    ),
];
