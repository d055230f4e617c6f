// SPDX-License-Identifier: EUPL-1.2
//! An agency's own procedure (§ 8a(4) SGB VIII). It is the agency's, another controller's: the office sees nothing of
//! it but the notice that the agency sends.

use crate::access::codes;
use crate::kernel::{Line, Note, PersonName};

codes! {
    /// What an agency decides at the end of its own assessment.
    #[doc(alias = "Entscheidung des Trägers")]
    AgencyDecision {
        /// No danger.
        NoDanger = "no-danger",
        /// It works towards help.
        Help = "help",
        /// Danger cannot be averted otherwise: the office is informed.
        Inform = "inform",
    }
}

codes! {
    /// Were those concerned told that the office is informed?
    #[doc(alias = "Hinweis an die Betroffenen")]
    NoticeTold {
        /// Yes, before.
        Told = "told",
        /// No: telling them would put protection in question.
        WouldEndanger = "would-endanger",
    }
}

/// An agency's own assessment, as its agreement wants it.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Gefährdungseinschätzung des Trägers")]
pub struct NewAgencyAssessment {
    /// The agency's own sign for the child; no name is asked for.
    pub sign: Line,
    /// What gave rise to it.
    pub occasion: Note,
    /// Who took part.
    pub professionals: Vec<Line>,
    /// The experienced adviser who was consulted, by qualification; data are pseudonymised.
    pub adviser: Line,
    /// How parents and child were included, or why not.
    pub inclusion: Note,
    /// What help was worked towards.
    pub help: Note,
    /// What was decided.
    pub decision: AgencyDecision,
}

/// What an agency tells the office, when danger cannot be averted otherwise.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Mitteilung nach § 8a Abs. 4")]
pub struct NewNotice {
    /// The child's name, as far as it is known.
    pub family: Option<PersonName>,
    /// Where.
    pub place: Line,
    /// What is known, and what was tried.
    pub words: Note,
    /// Were those concerned told?
    pub told: NoticeTold,
}
