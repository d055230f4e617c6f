// SPDX-License-Identifier: EUPL-1.2
//! Money on its way from one pot to another: a resolution, and four eyes.

use super::pot::MoneyKind;
use crate::kernel::{Amount, Balance, PotId, Refusal, Rule, UserId};

/// The same person proposed it.
pub const OWN_PROPOSAL: Rule = Rule::new("budget.own_proposal", "Kassenrecht: Vier-Augen-Prinzip");
/// What may be spent was changed since the proposal was looked at.
pub const BUDGET_CHANGED: Rule = Rule::new("budget.changed", "Kassenrecht: Freigabe nennt Stand und Betrag");
/// The pot that gives does not have so much free.
pub const TRANSFER_TOO_LARGE: Rule = Rule::new("budget.transfer_too_large", "§ 80(1) Nr. 3 SGB VIII");
/// Kinds of money are never mixed.
pub const KINDS_NEVER_MIXED: Rule =
    Rule::new("budget.kinds_never_mixed", "VG Hamburg 13 K 1532/12; § 74, § 36a(2) SGB VIII");
/// From a pot to itself, or into another year.
pub const TRANSFER_MISPLACED: Rule = Rule::new("budget.transfer_misplaced", "§ 83 GO");

/// A pot as far as a transfer needs to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Topf")]
pub struct PotOf {
    /// Which.
    pub pot: PotId,
    /// Its kind of money.
    pub kind: MoneyKind,
    /// Its year.
    pub year: i16,
}

/// May money go this way at all? Within a kind, from region to region; and the money for the unforeseen may go to
/// every kind, it is there for that.
///
/// # Errors
/// [`TRANSFER_MISPLACED`], [`KINDS_NEVER_MIXED`].
pub fn may_transfer(from: PotOf, to: PotOf) -> Result<(), Refusal> {
    if from.pot == to.pot || from.year != to.year {
        return Err(TRANSFER_MISPLACED.broken_at("to_region"));
    }
    if from.kind != to.kind && from.kind != MoneyKind::TopSlice {
        return Err(KINDS_NEVER_MIXED.broken_at("to_kind"));
    }
    Ok(())
}

/// Is so much free in the pot that gives? Also of kind A: what is promised to families is never given away.
///
/// # Errors
/// [`TRANSFER_TOO_LARGE`], saying what is free.
pub fn has_free(free: Balance, amount: Amount) -> Result<(), Refusal> {
    if amount.balance() <= free {
        return Ok(());
    }
    Err(TRANSFER_TOO_LARGE.broken_at("amount").saying(free.cents().max(0)))
}

/// What the approving person saw, and what is true now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Freigabe")]
pub struct Approval {
    /// Who proposed.
    pub proposed_by: UserId,
    /// Who approves.
    pub approver: UserId,
    /// The amount as proposed, and the amount that the approval names.
    pub amount: (Amount, Amount),
    /// The version of the giving pot's budget now, and the one that the approval names.
    pub version: (i64, i64),
    /// What is free there now.
    pub free: Balance,
}

/// The second pair of eyes.
///
/// # Errors
/// [`OWN_PROPOSAL`], [`BUDGET_CHANGED`], [`TRANSFER_TOO_LARGE`].
pub fn approve(approval: &Approval) -> Result<(), Refusal> {
    if approval.proposed_by == approval.approver {
        return Err(OWN_PROPOSAL.broken());
    }
    if approval.version.0 != approval.version.1 || approval.amount.0 != approval.amount.1 {
        return Err(BUDGET_CHANGED.broken());
    }
    has_free(approval.free, approval.amount.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn cents(cents: i64) -> Amount {
        Amount::from_cents(cents).unwrap()
    }
    fn user(n: u128) -> UserId {
        UserId(Uuid::from_u128(n))
    }
    fn of(n: u128, kind: MoneyKind, year: i16) -> PotOf {
        PotOf { pot: PotId(Uuid::from_u128(n)), kind, year }
    }
    fn good() -> Approval {
        Approval {
            proposed_by: user(1),
            approver: user(2),
            amount: (cents(500), cents(500)),
            version: (3, 3),
            free: cents(500).balance(),
        }
    }

    #[test]
    fn gel_081_a_second_person_approves() {
        assert_eq!(approve(&good()), Ok(()));
        assert_eq!(approve(&Approval { approver: user(1), ..good() }), Err(OWN_PROPOSAL.broken()));
    }

    #[test]
    fn gel_082_a_changed_budget_is_looked_at_again() {
        assert_eq!(approve(&Approval { version: (4, 3), ..good() }), Err(BUDGET_CHANGED.broken()));
        assert_eq!(approve(&Approval { amount: (cents(501), cents(500)), ..good() }), Err(BUDGET_CHANGED.broken()));
        let poor = approve(&Approval { free: Balance::from_cents(-3), ..good() });
        assert_eq!(poor, Err(TRANSFER_TOO_LARGE.broken_at("amount").saying(0)));
    }

    #[test]
    fn kinds_are_never_mixed_but_the_reserve_helps_all() {
        let (claims, grants) = (of(1, MoneyKind::IndividualClaim, 2026), of(2, MoneyKind::Grant, 2026));
        assert_eq!(may_transfer(claims, grants), Err(KINDS_NEVER_MIXED.broken_at("to_kind")));
        assert_eq!(may_transfer(grants, claims), Err(KINDS_NEVER_MIXED.broken_at("to_kind")));
        assert_eq!(may_transfer(claims, of(3, MoneyKind::IndividualClaim, 2026)), Ok(()));
        assert_eq!(may_transfer(of(4, MoneyKind::TopSlice, 2026), claims), Ok(()));
        assert_eq!(
            may_transfer(claims, of(3, MoneyKind::IndividualClaim, 2027)),
            Err(TRANSFER_MISPLACED.broken_at("to_region"))
        );
        assert_eq!(may_transfer(claims, claims), Err(TRANSFER_MISPLACED.broken_at("to_region")));
    }
}
