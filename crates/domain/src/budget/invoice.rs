// SPDX-License-Identifier: EUPL-1.2
//! Checking what an agency asks for against the grant, the price, the time and the proof. What the family has a claim
//! to is paid for in full, also over the ceiling: that is a way through, with a reason, and never a refusal (N4).

use crate::access::codes;
use crate::agencies::Quantity;
use crate::kernel::{Amount, Balance, CommissionId, Day, Period};

codes! {
    /// What was found about a line.
    #[doc(alias = "Prüffeststellung")]
    FindingKind {
        /// There is no commission of this agency under this case number.
        NoCommission = "no-commission",
        /// No decision by Hilfeplan covers this month (§ 36a(1)).
        NotDecided = "not-decided",
        /// It is paid although no decision covers it; the reason is on record (§ 36a(3), court).
        Exception = "exception",
        /// Another price than the granted one.
        WrongPrice = "wrong-price",
        /// No price was granted; the asked one is taken.
        NoPrice = "no-price",
        /// Nothing was proven for this month.
        NotProven = "not-proven",
        /// More than was proven.
        MoreThanProven = "more-than-proven",
        /// This month was paid before.
        PaidBefore = "paid-before",
        /// Over the ceiling of the commission: it is paid, with a reason.
        OverCeiling = "over-ceiling",
    }
}

/// One line of an invoice as the agency wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Rechnungszeile")]
pub struct Claim {
    /// The case number it gives.
    pub case_number: String,
    /// First day of the month it is for.
    pub month: Day,
    /// How many.
    pub quantity: Quantity,
    /// For one.
    pub price: Amount,
}

impl Claim {
    /// What it asks for.
    #[must_use]
    pub fn asked(&self) -> Balance {
        self.quantity.cost(self.price)
    }
}

/// What the office granted, as far as the check needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Bewilligungsstand")]
pub struct Granted {
    /// The commission.
    pub commission: CommissionId,
    /// From – until, inside the decision.
    pub period: Period,
    /// Up to.
    pub ceiling: Balance,
    /// The price on the commission, if one was noted.
    pub price: Option<Amount>,
    /// What the agency has proven for the month.
    pub proven: Option<Quantity>,
    /// Paid for this month before.
    pub paid_for_month: Balance,
    /// Paid for the whole commission before.
    pub paid: Balance,
}

/// One thing that was found, and the money it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Feststellung zur Rechnung")]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// The money it is about.
    pub amount: Balance,
}

/// A line after the check.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Geprüfte Rechnungszeile")]
pub struct Checked {
    /// What is paid.
    pub payable: Balance,
    /// Of that, over the ceiling.
    pub over_ceiling: Balance,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Checked {
    fn nothing(kind: FindingKind, amount: Balance) -> Self {
        Self { payable: Balance::ZERO, over_ceiling: Balance::ZERO, findings: vec![Finding { kind, amount }] }
    }
}

/// Has the period a day in this month?
fn touches(period: Period, month: Day) -> bool {
    period.from() <= month.month_end() && period.until().is_none_or(|until| until >= month.month_start())
}

/// Checks a line. `exception` says that somebody wrote down why a month without a decision is paid.
#[must_use]
pub fn check(claim: &Claim, granted: Option<&Granted>, exception: bool) -> Checked {
    let Some(granted) = granted else { return Checked::nothing(FindingKind::NoCommission, claim.asked()) };
    let mut findings = Vec::new();
    let mut find = |kind, amount| findings.push(Finding { kind, amount });
    if !touches(granted.period, claim.month) {
        if !exception {
            return Checked::nothing(FindingKind::NotDecided, claim.asked());
        }
        find(FindingKind::Exception, claim.asked());
    }
    let price = granted.price.unwrap_or(claim.price);
    let difference = claim.asked() - claim.quantity.cost(price);
    if granted.price.is_none() {
        find(FindingKind::NoPrice, claim.asked());
    } else if difference != Balance::ZERO {
        find(FindingKind::WrongPrice, difference);
    }
    let proven = granted.proven.unwrap_or_default();
    let counts = claim.quantity.min(proven);
    let unproven = claim.quantity.cost(price) - counts.cost(price);
    if granted.proven.is_none() {
        find(FindingKind::NotProven, unproven);
    } else if counts < claim.quantity {
        find(FindingKind::MoreThanProven, unproven);
    }
    let due = counts.cost(price);
    if granted.paid_for_month > Balance::ZERO {
        find(FindingKind::PaidBefore, granted.paid_for_month.min(due));
    }
    let payable = (due - granted.paid_for_month).max(Balance::ZERO);
    let over = (granted.paid + payable - granted.ceiling).max(Balance::ZERO).min(payable);
    if over > Balance::ZERO {
        find(FindingKind::OverCeiling, over);
    }
    Checked { payable, over_ceiling: over, findings }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }
    fn euros(euros: i64) -> Balance {
        Balance::from_cents(euros * 100)
    }
    fn claim(month: &str, hours: &str, cents: i64) -> Claim {
        let (quantity, price) = (Quantity::parse(hours).unwrap(), Amount::from_cents(cents).unwrap());
        Claim { case_number: "2026-0001".into(), month: day(month), quantity, price }
    }
    fn granted() -> Granted {
        Granted {
            commission: CommissionId(uuid::Uuid::nil()),
            period: Period::new(day("2026-10-15"), Day::parse("2026-12-31").ok()).unwrap(),
            ceiling: euros(1_000),
            price: Amount::from_cents(6_600).ok(),
            proven: Quantity::parse("10").ok(),
            paid_for_month: Balance::ZERO,
            paid: Balance::ZERO,
        }
    }

    #[track_caller]
    fn finds(claim: &Claim, granted: &Granted, exception: bool, payable: i64, codes: &[&str]) {
        let checked = check(claim, Some(granted), exception);
        let found: Vec<_> = checked.findings.iter().map(|finding| finding.kind.code()).collect();
        assert_eq!((checked.payable, found.as_slice()), (Balance::from_cents(payable), codes));
    }

    #[test]
    fn each_line_is_checked_against_grant_price_time_and_proof() {
        finds(&claim("2026-11-01", "10", 6_600), &granted(), false, 66_000, &[]);
        finds(&claim("2026-11-01", "10", 6_980), &granted(), false, 66_000, &["wrong-price"]);
        finds(&claim("2026-11-01", "12", 6_600), &granted(), false, 66_000, &["more-than-proven"]);
        finds(&claim("2026-10-01", "5", 6_600), &granted(), false, 33_000, &[]);
        finds(&claim("2026-09-01", "5", 6_600), &granted(), false, 0, &["not-decided"]);
        finds(&claim("2026-09-01", "5", 6_600), &granted(), true, 33_000, &["exception"]);
        finds(&claim("2027-01-01", "5", 6_600), &granted(), false, 0, &["not-decided"]);
        let unproven = Granted { proven: None, ..granted() };
        finds(&claim("2026-11-01", "5", 6_600), &unproven, false, 0, &["not-proven"]);
        let unpriced = Granted { price: None, ..granted() };
        finds(&claim("2026-11-01", "1", 7_000), &unpriced, false, 7_000, &["no-price"]);
        assert_eq!(check(&claim("2026-11-01", "1", 100), None, true).findings[0].kind, FindingKind::NoCommission);
    }

    #[test]
    fn nothing_is_paid_twice() {
        let again = Granted { paid_for_month: euros(660), paid: euros(660), ..granted() };
        finds(&claim("2026-11-01", "10", 6_600), &again, false, 0, &["paid-before"]);
        let rest = Granted { paid_for_month: euros(330), paid: euros(330), ..granted() };
        finds(&claim("2026-11-01", "10", 6_600), &rest, false, 33_000, &["paid-before"]);
    }

    #[test]
    fn over_the_ceiling_is_paid_and_said() {
        let nearly = Granted { paid: euros(900), ..granted() };
        let checked = check(&claim("2026-11-01", "10", 6_600), Some(&nearly), false);
        assert_eq!((checked.payable, checked.over_ceiling), (euros(660), euros(560)));
        assert_eq!(checked.findings, [Finding { kind: FindingKind::OverCeiling, amount: euros(560) }]);
    }

    proptest! {
        #[test]
        fn n4_the_ceiling_never_cuts_what_was_rendered(hours in 0..100_000i64, ceiling in 0..10_000_000i64, paid in 0..10_000_000i64) {
            let quantity = Quantity::from_hundredths(hours).unwrap();
            let granted = Granted {
                proven: Some(quantity), ceiling: Balance::from_cents(ceiling), paid: Balance::from_cents(paid), ..granted()
            };
            let claim = Claim { quantity, ..claim("2026-11-01", "0", 6_600) };
            let checked = check(&claim, Some(&granted), false);
            prop_assert_eq!(checked.payable, claim.asked());
            prop_assert!(checked.over_ceiling <= checked.payable);
        }
    }
}
