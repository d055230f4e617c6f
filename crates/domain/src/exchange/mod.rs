// SPDX-License-Identifier: EUPL-1.2
//! What leaves one controller for another. German words: Übermittlung, Rechtsgrundlage.
//!
//! There is no pull: an agency sees copies that were sent to it, and each sending is a record
//! (§ 67d, § 79 SGB X; N1).

use crate::access::codes;

codes! {
    /// What is sent, each with its ground in law.
    #[doc(alias = "Übermittlungsart")]
    TransmissionKind {
        /// The commission with what the agency needs for it.
        Commission = "commission",
        /// The agency's own line of a support package, and nothing else of it.
        PackageLine = "package-line",
        /// The pseudonymised sheet for a team meeting.
        ConsultationSheet = "consultation-sheet",
    }
}

impl TransmissionKind {
    /// The ground in law.
    #[must_use]
    pub const fn ground(self) -> &'static str {
        match self {
            Self::Commission => "§ 69 Abs. 1 Nr. 1 SGB X, § 64 Abs. 1 und 2, § 36 Abs. 3 SGB VIII",
            Self::PackageLine => "§ 69 Abs. 1 Nr. 1 SGB X, § 64 Abs. 1 und 2 SGB VIII",
            Self::ConsultationSheet => "§ 64 Abs. 2a SGB VIII (pseudonymisiert)",
        }
    }
}
