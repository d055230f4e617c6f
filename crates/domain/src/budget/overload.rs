// SPDX-License-Identifier: EUPL-1.2
//! The overload quota of an agreement: how many cases an agency serves beyond its capacity. It binds the agency; no claim
//! and no choice is limited by it (VG Hamburg 13 E 2873/04).

use super::instalment::{Overload, overload};
use crate::agencies::{AgreementKind, QUANTITY_TOO_LARGE};
use crate::kernel::{Amount, Refusal, Rule};

/// A quota belongs to an agreement on help close to home.
pub const OVERLOAD_MISPLACED: Rule = Rule::new("agreement.overload_misplaced", "§§ 77, 36a(2) SGB VIII");

/// No agency serves more cases.
const MOST_CASES: i64 = 100_000;

/// What was agreed about an overload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Vereinbarte Überlastquote")]
pub struct OverloadTerms {
    /// The fund.
    pub fund: Amount,
    /// Hundredths of it that are contracted, 0 to 100.
    pub contracted_percent: i64,
    /// Cases that the contract pays for.
    pub capacity: i64,
    /// Hundredths of cases on top, 0 to 100.
    pub overload_percent: i64,
}

impl OverloadTerms {
    /// Can this be agreed, and in such an agreement?
    ///
    /// # Errors
    /// [`OVERLOAD_MISPLACED`], [`QUANTITY_TOO_LARGE`] at the number that is none.
    pub fn fits(&self, kind: AgreementKind) -> Result<(), Refusal> {
        if !matches!(kind, AgreementKind::Services | AgreementKind::DirectAccess) {
            return Err(OVERLOAD_MISPLACED.broken());
        }
        for (field, number, most) in [
            ("contracted_percent", self.contracted_percent, 100),
            ("capacity", self.capacity, MOST_CASES),
            ("overload_percent", self.overload_percent, 100),
        ] {
            if !(0..=most).contains(&number) {
                return Err(QUANTITY_TOO_LARGE.broken_at(field));
            }
        }
        Ok(())
    }

    /// What follows from it.
    #[must_use]
    pub fn quota(&self) -> Overload {
        overload(self.fund.balance(), self.contracted_percent, self.capacity, self.overload_percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bergedorf_and_what_cannot_be_agreed() {
        let fund = Amount::from_cents(100_000_000).unwrap();
        let terms = OverloadTerms { fund, contracted_percent: 90, capacity: 120, overload_percent: 10 };
        assert_eq!(terms.fits(AgreementKind::Services), Ok(()));
        assert_eq!(terms.quota().must_serve, 132);
        for kind in [AgreementKind::Facility, AgreementKind::Grant] {
            assert_eq!(terms.fits(kind), Err(OVERLOAD_MISPLACED.broken()));
        }
        let wrong = OverloadTerms { contracted_percent: 101, ..terms };
        assert_eq!(wrong.fits(AgreementKind::Services), Err(QUANTITY_TOO_LARGE.broken_at("contracted_percent")));
        let wrong = OverloadTerms { capacity: -1, ..terms };
        assert_eq!(wrong.fits(AgreementKind::DirectAccess), Err(QUANTITY_TOO_LARGE.broken_at("capacity")));
    }
}
