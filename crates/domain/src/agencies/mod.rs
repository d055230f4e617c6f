// SPDX-License-Identifier: EUPL-1.2
//! Who provides: public and independent agencies. German word: Träger.
//!
//! A list of agencies is ordered by name and nothing else; there is no "preferred" (N5).

mod agreement;
mod fls;
mod rate;

pub use crate::kernel::{QUANTITY_TOO_LARGE, QUANTITY_UNREADABLE, Quantity, exact_quotient, half_up};
pub use agreement::{
    AGREED_IN_THE_FUTURE, AGREEMENT_BACK_DATED, Agreement, AgreementDraft, AgreementKind, Caution, Held,
    SHARE_NOT_POSITIVE, TermKind, agree, cautions,
};
pub use fls::{
    FLS_NO_HOURS, FlsCost, FlsHours, FlsStep, HourlyRate, MATERIAL_CAP, OVERHEAD_CAP, StepKind, hourly_rate,
};
pub use rate::{
    HourBasis, Qualification, RATE_BACK_DATED, RATE_OUTSIDE_AGREEMENT, Rate, RateDraft, RateTerms, Travel, Unit, price,
};

use crate::access::codes;
use crate::kernel::{AgencyId, Line, fold};

codes! {
    /// Who runs it.
    #[doc(alias = "Trägerart")]
    AgencyKind {
        /// Anerkannter freier Träger (§ 75 SGB VIII).
        Independent = "independent",
        /// Privatgewerblicher Träger.
        Commercial = "commercial",
        /// Öffentlicher Träger.
        Public = "public",
    }
}

/// An agency.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Träger")]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its name.
    pub name: Line,
    /// Its kind.
    pub kind: AgencyKind,
    /// How to reach it.
    pub contact: Option<Line>,
}

/// The neutral order of agencies: by folded name, nothing else.
#[must_use]
pub fn neutral_key(name: &Line) -> String {
    fold(name.as_str())
}
