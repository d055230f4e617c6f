// SPDX-License-Identifier: EUPL-1.2
//! What should not be when an agency is commissioned. It warns before anything leaves, takes a reason, and stays with it;
//! it never stops a help (N4): whoever gives the reason goes on.

use super::decision::HelpKind;
use crate::access::codes;
use crate::kernel::{Note, Refusal, Rule};

/// Whoever gave the opinion would deliver the help: why all the same? (W7)
pub const ASSESSOR_WOULD_DELIVER: Rule = Rule::new("commission.assessor_delivers", "§ 35a(1a) S. 4 SGB VIII");
/// The consent towards this agency ended or was taken back: why is something sent all the same? (W31)
pub const CONSENT_TOWARDS_ENDED: Rule = Rule::new("commission.consent_ended", "§ 67b(2) SGB X, Art. 7(3) DSGVO");

codes! {
    /// What should not be when an agency is commissioned.
    #[doc(alias = "Hinweis zum Auftrag")]
    OrderWarning {
        /// It gave the opinion on which the help rests (W7).
        AssessorDelivers = "assessor-delivers",
        /// The family's consent towards it ended or was taken back (W31).
        ConsentEnded = "consent-ended",
    }
}

impl OrderWarning {
    const fn rule(self) -> Rule {
        match self {
            Self::AssessorDelivers => ASSESSOR_WOULD_DELIVER,
            Self::ConsentEnded => CONSENT_TOWARDS_ENDED,
        }
    }
}

/// What warns before a help is commissioned: whether the agency gave the opinion, and whether the consent
/// towards it is over.
/// What is sent to an agency rests on the law (§ 69(1) Nr. 1 SGB X), so that no consent is needed; but whoever took one
/// back, or gave it for a time that is over, is asked first.
#[must_use]
pub fn order_warnings(help: HelpKind, gave_opinion: bool, consent_over: bool) -> Vec<OrderWarning> {
    let delivers = help == HelpKind::Inclusion && gave_opinion;
    let found = [(OrderWarning::AssessorDelivers, delivers), (OrderWarning::ConsentEnded, consent_over)];
    found.into_iter().filter(|(_, is_so)| *is_so).map(|(warning, _)| warning).collect()
}

/// Every warning has its reason before something leaves.
///
/// # Errors
/// [`ASSESSOR_WOULD_DELIVER`], [`CONSENT_TOWARDS_ENDED`], all that are without a reason.
pub fn answer_warnings(warnings: &[OrderWarning], reason: Option<&Note>) -> Result<(), Vec<Refusal>> {
    if warnings.is_empty() || reason.is_some() {
        return Ok(());
    }
    Err(warnings.iter().map(|warning| warning.rule().broken_at("anyway")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_want_a_reason_and_take_it() {
        let check = |help, opinion, consent, expected: &[OrderWarning]| {
            assert_eq!(order_warnings(help, opinion, consent), expected);
        };
        check(HelpKind::Inclusion, false, false, &[]);
        check(HelpKind::FamilySupport, true, false, &[]);
        check(HelpKind::Inclusion, true, false, &[OrderWarning::AssessorDelivers]);
        check(HelpKind::FamilySupport, false, true, &[OrderWarning::ConsentEnded]);
        let both = order_warnings(HelpKind::Inclusion, true, true);
        assert_eq!(answer_warnings(&both, None).unwrap_err().len(), 2);
        assert!(answer_warnings(&both, Some(&Note::parse("Niemand sonst ist erreichbar.").unwrap())).is_ok());
        assert!(answer_warnings(&[], None).is_ok());
    }
}
