// SPDX-License-Identifier: EUPL-1.2
//! Pots, what their book says, and promises.

use super::account::{Account, Booking};
use crate::access::codes;
use crate::kernel::{Amount, Balance, Note, PotId, Refusal, Rule};

/// Over plan, and nobody said why. The claim is not refused: the sentence asks for the reason.
pub const OVER_PLAN_REASON_MISSING: Rule = Rule::new("budget.over_plan_reason_missing", "§ 79 SGB VIII; § 83 GO");
/// Money without an individual claim behind it is spent only once.
pub const POT_EXHAUSTED: Rule = Rule::new("budget.pot_exhausted", "§ 74(3) SGB VIII");

/// The top-slice is nearly used when less than one part in so many is free (W36).
const NEARLY_USED: i64 = 10;

codes! {
    /// Four kinds of money, never mixed (law.md 1.10).
    #[doc(alias = "Mittelart")]
    MoneyKind {
        /// Individual claims, §§ 27 ff., 35a, 41, 42: uncapped.
        IndividualClaim = "A",
        /// Direct access, § 36a(2), § 20.
        DirectAccess = "B",
        /// Grants for cross-case and case-independent work, § 74.
        Grant = "C",
        /// Top-slice for the unforeseen, § 80(1) Nr. 3.
        TopSlice = "D",
    }
}

impl MoneyKind {
    /// May a promise be refused because the pot is empty?
    #[must_use]
    pub const fn is_capped(self) -> bool {
        !matches!(self, Self::IndividualClaim)
    }
}

/// A pot as its book says: balances of its accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Kontostand")]
pub struct Book {
    /// Planned.
    pub planned: Balance,
    /// Given for the unforeseen; below zero in the pot that took it.
    pub top_sliced: Balance,
    /// Found later.
    pub topped_up: Balance,
    /// Come from other pots, less what went there.
    pub transferred: Balance,
    /// Come from other years, less what went there.
    pub carried_over: Balance,
    /// Promised and neither paid nor come back.
    pub bound: Balance,
    /// Paid in advance and not proven.
    pub advanced: Balance,
    /// Spent.
    pub drawn: Balance,
    /// Income, gross.
    pub income: Balance,
    /// Income that became part of the budget by decision.
    pub income_used: Balance,
}

impl Book {
    /// Reads a pot out of the balances of its accounts. What is available is not read but follows from the others:
    /// a pot sums to zero.
    #[must_use]
    pub fn from_balances(balances: &[(Account, Balance)]) -> Self {
        let of =
            |wanted| balances.iter().filter(|(account, _)| *account == wanted).map(|(_, sum)| *sum).sum::<Balance>();
        let out_of = |account| Balance::ZERO - of(account);
        Self {
            planned: out_of(Account::Plan),
            top_sliced: of(Account::TopSlice),
            topped_up: out_of(Account::TopUp),
            transferred: out_of(Account::Transfer),
            carried_over: out_of(Account::CarryOver),
            bound: of(Account::Committed),
            advanced: of(Account::Advanced),
            drawn: of(Account::Drawn),
            income: out_of(Account::Income),
            income_used: out_of(Account::Income) - of(Account::Received),
        }
    }

    /// What may be used: plan less top-slice, with all that came and went since.
    #[must_use]
    pub fn available(&self) -> Balance {
        self.planned - self.top_sliced + self.topped_up + self.transferred + self.carried_over + self.income_used
    }

    /// Promised and neither paid nor come back.
    #[must_use]
    pub const fn committed(&self) -> Balance {
        self.bound
    }

    /// Not yet promised; below nothing when over plan.
    #[must_use]
    pub fn free(&self) -> Balance {
        self.available() - self.bound - self.advanced - self.drawn
    }

    /// Spent less income; both also stand by themselves, this is never booked.
    #[must_use]
    pub fn net(&self) -> Balance {
        self.drawn + self.advanced - self.income
    }

    /// Is less than a tenth of it free? Said of the money for the unforeseen, for information (W36).
    #[must_use]
    pub fn is_nearly_used(&self) -> bool {
        let available = self.available().cents();
        available > 0 && self.free().cents() < available / NEARLY_USED
    }
}

/// Pots of one kind of money together.
impl std::iter::Sum for Book {
    fn sum<I: Iterator<Item = Self>>(books: I) -> Self {
        books.fold(Self::default(), |all, one| Self {
            planned: all.planned + one.planned,
            top_sliced: all.top_sliced + one.top_sliced,
            topped_up: all.topped_up + one.topped_up,
            transferred: all.transferred + one.transferred,
            carried_over: all.carried_over + one.carried_over,
            bound: all.bound + one.bound,
            advanced: all.advanced + one.advanced,
            drawn: all.drawn + one.drawn,
            income: all.income + one.income,
            income_used: all.income_used + one.income_used,
        })
    }
}

/// A promise that fits, or goes through over plan.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Mittelbindung")]
pub struct Promise {
    /// The booking to write.
    pub booking: Booking,
    /// What must be found elsewhere, if anything.
    pub top_up: Option<TopUp>,
}

/// Money that must be found because a claim goes over plan. It never waits for it.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Nachsteuerung")]
#[doc(alias = "überplanmäßige Ausgabe")]
#[doc(alias = "Überschreitungsanzeige")]
pub struct TopUp {
    /// How much is missing now because of this promise.
    pub missing: Amount,
    /// Why.
    pub reason: Note,
}

/// Promises money. Kind A always goes through; over plan it asks why and opens a top-up of just what this
/// promise lacks. Kinds B to D end where the pot ends.
///
/// # Errors
/// [`OVER_PLAN_REASON_MISSING`] for kind A without a reason, [`POT_EXHAUSTED`] for the others, saying what is missing.
pub fn promise(
    (kind, pot): (MoneyKind, PotId),
    book: &Book,
    amount: Amount,
    reason: Option<Note>,
) -> Result<Promise, Refusal> {
    let booking = Booking::committed(pot, amount);
    let before = book.free();
    let after = before - amount.balance();
    if !after.is_negative() {
        return Ok(Promise { booking, top_up: None });
    }
    // What was missing before has its own top-up already.
    let missing = if before.is_negative() { amount.cents() } else { -after.cents() };
    if kind.is_capped() {
        return Err(POT_EXHAUSTED.broken_at("ceiling").saying(missing));
    }
    let Some(reason) = reason else { return Err(OVER_PLAN_REASON_MISSING.broken_at("over_plan_reason")) };
    Ok(Promise { booking, top_up: Some(TopUp { missing: Amount::from_cents(missing)?, reason }) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const POT: PotId = PotId(Uuid::from_u128(1));

    fn euros(euros: i64) -> Balance {
        Balance::from_cents(euros * 100)
    }
    fn amount(euros: i64) -> Amount {
        Amount::from_cents(euros * 100).unwrap()
    }
    fn book(planned: i64, bound: i64) -> Book {
        Book { planned: euros(planned), top_sliced: euros(100), bound: euros(bound), ..Book::default() }
    }
    fn because() -> Option<Note> {
        Note::parse("Rechtsanspruch").ok()
    }

    #[test]
    fn a_claim_goes_through_when_the_pot_is_empty() {
        let claim = (MoneyKind::IndividualClaim, POT);
        let through = promise(claim, &book(1_000, 800), amount(4_800), because()).unwrap();
        assert_eq!(through.top_up.unwrap().missing, amount(4_700));
        let again = promise(claim, &book(1_000, 5_600), amount(50), because()).unwrap();
        assert_eq!(again.top_up.unwrap().missing, amount(50));
    }

    #[test]
    fn over_plan_asks_why() {
        let asked = promise((MoneyKind::IndividualClaim, POT), &book(1_000, 900), amount(1), None);
        assert_eq!(asked, Err(OVER_PLAN_REASON_MISSING.broken_at("over_plan_reason")));
    }

    #[test]
    fn grants_end_where_the_pot_ends() {
        for kind in [MoneyKind::DirectAccess, MoneyKind::Grant, MoneyKind::TopSlice] {
            assert!(promise((kind, POT), &book(1_000, 800), amount(100), None).is_ok());
            assert_eq!(
                promise((kind, POT), &book(1_000, 801), amount(100), because()),
                Err(POT_EXHAUSTED.broken_at("ceiling").saying(100))
            );
        }
    }

    #[test]
    fn nearly_used_is_said_below_a_tenth() {
        let reserve = |bound| Book { top_sliced: euros(-1_000), bound: euros(bound), ..Book::default() };
        assert!(!reserve(900).is_nearly_used() && reserve(901).is_nearly_used());
        assert!(!Book::default().is_nearly_used(), "nothing planned is nothing used");
    }

    proptest! {
        #[test]
        fn no_claim_is_ever_refused(planned in 0..10_000_000i64, bound in 0..90_000_000i64, cents in 1..1_000_000_000i64) {
            let book = Book { planned: Balance::from_cents(planned), bound: Balance::from_cents(bound), ..Book::default() };
            let amount = Amount::from_cents(cents).unwrap();
            let through = promise((MoneyKind::IndividualClaim, POT), &book, amount, because()).unwrap();
            let missing = through.top_up.map_or(0, |top_up| top_up.missing.cents());
            let short_before = (-book.free().cents()).max(0);
            let short_after = (cents - book.free().cents()).max(0);
            prop_assert_eq!(missing, short_after - short_before);
        }
    }
}
