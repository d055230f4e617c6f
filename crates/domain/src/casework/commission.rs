// SPDX-License-Identifier: EUPL-1.2
//! An agency is charged with a decided help. Any agency may be chosen (§ 5 SGB VIII, Art. 12 GG; N5).

use super::choice::WishAndChoice;
use super::decision::HelpKind;
use crate::kernel::{AgencyId, Amount, Period, Refusal, Rule};

/// Nothing was granted that could be commissioned.
pub const COMMISSION_NOT_GRANTED: Rule = Rule::new("commission.not_granted", "§ 36a(1) SGB VIII");
/// The commission reaches beyond what was decided.
pub const COMMISSION_OUTSIDE_DECISION: Rule = Rule::new("commission.outside_decision", "§ 36a(1) SGB VIII");

/// What is to be ordered.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Auftragsdaten")]
pub struct CommissionOrder {
    /// From – until.
    pub period: Period,
    /// Up to this much money.
    pub ceiling: Amount,
    /// What the family wished, and how its choice was respected.
    pub wish: WishAndChoice,
}

/// A commission. Only [`commission`] makes one.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Auftrag")]
#[doc(alias = "Kostenzusage")]
pub struct Commission {
    agency: AgencyId,
    kind: HelpKind,
    period: Period,
    ceiling: Amount,
    wish: WishAndChoice,
}

impl Commission {
    /// Whom.
    #[must_use]
    pub fn agency(&self) -> AgencyId {
        self.agency
    }
    /// Kind of help.
    #[must_use]
    pub fn kind(&self) -> HelpKind {
        self.kind
    }
    /// From – until.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }
    /// Up to.
    #[must_use]
    pub fn ceiling(&self) -> Amount {
        self.ceiling
    }
    /// Wish and choice.
    #[must_use]
    pub fn wish(&self) -> &WishAndChoice {
        &self.wish
    }
}

/// What was decided, as far as a commission needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[doc(alias = "Bewilligung")]
pub struct Decided {
    /// Granted?
    pub granted: bool,
    /// Kind.
    pub kind: HelpKind,
    /// From – until.
    pub period: Period,
}

/// Charges an agency with a decided help. No agency is preferred or left out; no budget is asked.
///
/// # Errors
/// The rules of this file that are broken.
pub fn commission(decided: &Decided, agency: AgencyId, order: CommissionOrder) -> Result<Commission, Vec<Refusal>> {
    let mut wrong = Vec::new();
    if !decided.granted {
        wrong.push(COMMISSION_NOT_GRANTED.broken());
    }
    let ends_inside = match (decided.period.until(), order.period.until()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(decided), Some(ordered)) => ordered <= decided,
    };
    if order.period.from() < decided.period.from() || !ends_inside {
        wrong.push(COMMISSION_OUTSIDE_DECISION.broken_at("until"));
    }
    let CommissionOrder { period, ceiling, wish } = order;
    if wrong.is_empty() { Ok(Commission { agency, kind: decided.kind, period, ceiling, wish }) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Day;

    fn period(from: &str, until: &str) -> Period {
        Period::new(Day::parse(from).unwrap(), Day::parse(until).ok()).unwrap()
    }

    fn check(granted: bool, until: &str, expected: &[&str]) {
        let decided = Decided { granted, kind: HelpKind::FamilySupport, period: period("2026-12-01", "2027-05-31") };
        let order = CommissionOrder {
            period: period("2026-12-01", until),
            ceiling: Amount::from_cents(480_000).unwrap(),
            wish: WishAndChoice::not_voiced(None),
        };
        let outcome = commission(&decided, AgencyId(uuid::Uuid::nil()), order);
        let codes: Vec<_> = outcome.err().unwrap_or_default().iter().map(|refusal| refusal.rule.code()).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn a_commission_stays_inside_the_decision() {
        check(true, "2027-05-31", &[]);
        check(true, "2027-06-01", &["commission.outside_decision"]);
        check(true, "", &["commission.outside_decision"]);
        check(false, "2027-05-31", &["commission.not_granted"]);
    }
}
