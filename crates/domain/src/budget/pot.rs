// SPDX-License-Identifier: EUPL-1.2
//! Pots and their book.

use crate::access::codes;
use crate::kernel::{Amount, Balance, Note, Refusal, Rule};

/// Over plan, and nobody said why. The claim is not refused: the sentence asks for the reason.
pub const OVER_PLAN_REASON_MISSING: Rule = Rule::new("budget.over_plan_reason_missing", "§ 79 SGB VIII; § 83 GO");
/// Money without an individual claim behind it is spent only once.
pub const POT_EXHAUSTED: Rule = Rule::new("budget.pot_exhausted", "§ 74(3) SGB VIII");

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

codes! {
    /// What an entry does. Nothing is edited: a correction is another entry.
    #[doc(alias = "Buchungsart")]
    EntryKind {
        /// Planned for the year.
        Planned = "planned",
        /// Taken off in advance for the unforeseen.
        TopSliced = "top-sliced",
        /// Added later.
        ToppedUp = "topped-up",
        /// Promised.
        Committed = "committed",
        /// Spent out of a promise.
        Drawn = "drawn",
        /// The rest of a promise came back.
        Released = "released",
    }
}

/// One line of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Buchung")]
pub struct Entry {
    /// What it does.
    pub kind: EntryKind,
    /// How much.
    pub amount: Amount,
}

/// A pot as its book says: sums by kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Kontostand")]
pub struct Book {
    /// Planned.
    pub planned: Balance,
    /// Top-sliced.
    pub top_sliced: Balance,
    /// Added.
    pub topped_up: Balance,
    /// Ever promised.
    pub promised: Balance,
    /// Spent.
    pub drawn: Balance,
    /// Come back.
    pub released: Balance,
}

impl Book {
    /// Reads a pot out of the sums of its entries.
    #[must_use]
    pub fn from_sums(sums: &[(EntryKind, Balance)]) -> Self {
        let sum = |wanted| sums.iter().filter(|(kind, _)| *kind == wanted).map(|(_, sum)| *sum).sum();
        Self {
            planned: sum(EntryKind::Planned),
            top_sliced: sum(EntryKind::TopSliced),
            topped_up: sum(EntryKind::ToppedUp),
            promised: sum(EntryKind::Committed),
            drawn: sum(EntryKind::Drawn),
            released: sum(EntryKind::Released),
        }
    }

    /// What may be used: plan less top-slice, plus top-ups.
    #[must_use]
    pub fn available(&self) -> Balance {
        self.planned - self.top_sliced + self.topped_up
    }

    /// Promised and not yet spent or come back.
    #[must_use]
    pub fn committed(&self) -> Balance {
        self.promised - self.drawn - self.released
    }

    /// Not yet promised; below nothing when over plan.
    #[must_use]
    pub fn free(&self) -> Balance {
        self.available() - self.promised + self.released
    }
}

/// A promise that fits, or goes through over plan.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Mittelbindung")]
pub struct Promise {
    /// The entry to write.
    pub entry: Entry,
    /// What must be found elsewhere, if anything.
    pub top_up: Option<TopUp>,
}

/// Money that must be found because a claim goes over plan. It never waits for it.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Nachsteuerung")]
#[doc(alias = "überplanmäßige Ausgabe")]
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
/// [`OVER_PLAN_REASON_MISSING`] for kind A without a reason, [`POT_EXHAUSTED`] for the others.
pub fn promise(kind: MoneyKind, book: &Book, amount: Amount, reason: Option<Note>) -> Result<Promise, Refusal> {
    let entry = Entry { kind: EntryKind::Committed, amount };
    let before = book.free();
    let after = before - amount.balance();
    if !after.is_negative() {
        return Ok(Promise { entry, top_up: None });
    }
    if kind.is_capped() {
        return Err(POT_EXHAUSTED.broken_at("ceiling"));
    }
    let Some(reason) = reason else { return Err(OVER_PLAN_REASON_MISSING.broken_at("over_plan_reason")) };
    // What was missing before has its own top-up already.
    let missing = if before.is_negative() { amount.cents() } else { -after.cents() };
    Ok(Promise { entry, top_up: Some(TopUp { missing: Amount::from_cents(missing)?, reason }) })
}

/// A top-up covered by a resolution adds its money to the pot.
#[must_use]
pub const fn cover(missing: Amount) -> Entry {
    Entry { kind: EntryKind::ToppedUp, amount: missing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn euros(euros: i64) -> Balance {
        Balance::from_cents(euros * 100)
    }
    fn amount(euros: i64) -> Amount {
        Amount::from_cents(euros * 100).unwrap()
    }
    fn book(planned: i64, promised: i64) -> Book {
        Book { planned: euros(planned), top_sliced: euros(100), promised: euros(promised), ..Book::default() }
    }
    fn because() -> Option<Note> {
        Note::parse("Rechtsanspruch").ok()
    }

    #[test]
    fn a_claim_goes_through_when_the_pot_is_empty() {
        let through = promise(MoneyKind::IndividualClaim, &book(1_000, 800), amount(4_800), because()).unwrap();
        assert_eq!(through.top_up.unwrap().missing, amount(4_700));
        let again = promise(MoneyKind::IndividualClaim, &book(1_000, 5_600), amount(50), because()).unwrap();
        assert_eq!(again.top_up.unwrap().missing, amount(50));
    }

    #[test]
    fn over_plan_asks_why() {
        let asked = promise(MoneyKind::IndividualClaim, &book(1_000, 900), amount(1), None);
        assert_eq!(asked, Err(OVER_PLAN_REASON_MISSING.broken_at("over_plan_reason")));
    }

    #[test]
    fn grants_end_where_the_pot_ends() {
        for kind in [MoneyKind::DirectAccess, MoneyKind::Grant, MoneyKind::TopSlice] {
            assert!(promise(kind, &book(1_000, 800), amount(100), None).is_ok());
            assert_eq!(
                promise(kind, &book(1_000, 801), amount(100), because()),
                Err(POT_EXHAUSTED.broken_at("ceiling"))
            );
        }
    }

    proptest! {
        #[test]
        fn no_claim_is_ever_refused(planned in 0..10_000_000i64, promised in 0..90_000_000i64, cents in 1..1_000_000_000i64) {
            let book = Book { planned: Balance::from_cents(planned), promised: Balance::from_cents(promised), ..Book::default() };
            let through = promise(MoneyKind::IndividualClaim, &book, Amount::from_cents(cents).unwrap(), because()).unwrap();
            let missing = through.top_up.map_or(0, |top_up| top_up.missing.cents());
            let short_before = (-book.free().cents()).max(0);
            let short_after = (cents - book.free().cents()).max(0);
            prop_assert_eq!(missing, short_after - short_before);
        }
    }
}
