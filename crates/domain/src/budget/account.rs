// SPDX-License-Identifier: EUPL-1.2
//! Double entry: a booking moves one amount along one or more ways, each from an account to another.
//!
//! A move is two postings, one with minus and one with plus. There is no other way to write a booking, so that
//! none can fail to sum to zero, and each pot sums to zero by itself.

use crate::access::codes;
use crate::kernel::{Amount, Balance, PotId};

codes! {
    /// The accounts of a pot. Money comes out of sources, which go below zero, and lies in places.
    #[doc(alias = "Konto")]
    Account {
        /// Source: what the budget gives.
        Plan = "plan",
        /// Given to or taken from the money for the unforeseen, § 80(1) Nr. 3. Sums to zero over the office.
        TopSlice = "top-slice",
        /// Source: what was found later: other budget lines, extra income, or no cover at all.
        TopUp = "top-up",
        /// Given to or taken from other pots. Sums to zero over the office.
        Transfer = "transfer",
        /// Given to or taken from other years. Sums to zero over the office.
        CarryOver = "carry-over",
        /// Place: free to be promised.
        Available = "available",
        /// Place: promised.
        Committed = "committed",
        /// Place: paid in advance, not yet proven.
        Advanced = "advanced",
        /// Place: spent for good.
        Drawn = "drawn",
        /// Source: what others pay.
        Income = "income",
        /// Place: income that no decision has made part of the budget; it never nets silently.
        Received = "received",
    }
}

impl Account {
    /// What leaves one pot by these comes into another: over the office they sum to zero.
    #[must_use]
    pub const fn clears(self) -> bool {
        matches!(self, Self::TopSlice | Self::Transfer | Self::CarryOver)
    }
}

codes! {
    /// What a booking does. Nothing is edited: a correction is another booking.
    #[doc(alias = "Buchungsart")]
    EntryKind {
        /// Planned for the year.
        Planned = "planned",
        /// Taken off in advance for the unforeseen.
        TopSliced = "top-sliced",
        /// Added later.
        ToppedUp = "topped-up",
        /// Moved between pots by resolution.
        Transferred = "transferred",
        /// Carried over into another year by decision.
        CarriedOver = "carried-over",
        /// Promised.
        Committed = "committed",
        /// Spent out of a promise.
        Drawn = "drawn",
        /// Paid in advance out of a promise: an instalment.
        Advanced = "advanced",
        /// The use of an advance was proven.
        Proven = "proven",
        /// An advance that was not used came back.
        Repaid = "repaid",
        /// The rest of a promise came back.
        Released = "released",
        /// Income, gross.
        Income = "income",
        /// Income became part of the budget by decision.
        IncomeUsed = "income-used",
        /// Takes back another booking, in whole or in part.
        Countered = "countered",
    }
}

impl EntryKind {
    /// Between which accounts of one pot; none for kinds that join pots and for counter-entries.
    const fn way(self) -> Option<(Account, Account)> {
        use Account as A;
        Some(match self {
            Self::Planned => (A::Plan, A::Available),
            Self::ToppedUp => (A::TopUp, A::Available),
            Self::Committed => (A::Available, A::Committed),
            Self::Drawn => (A::Committed, A::Drawn),
            Self::Advanced => (A::Committed, A::Advanced),
            Self::Proven => (A::Advanced, A::Drawn),
            Self::Repaid => (A::Advanced, A::Available),
            Self::Released => (A::Committed, A::Available),
            Self::Income => (A::Income, A::Received),
            Self::IncomeUsed => (A::Received, A::Available),
            Self::TopSliced | Self::Transferred | Self::CarriedOver | Self::Countered => return None,
        })
    }

    /// Does it change by decision what may be spent? An approval names the number of such changes.
    #[must_use]
    pub const fn changes_frame(self) -> bool {
        matches!(
            self,
            Self::Planned
                | Self::TopSliced
                | Self::ToppedUp
                | Self::Transferred
                | Self::CarriedOver
                | Self::IncomeUsed
                | Self::Countered
        )
    }
}

/// One amount from one account of a pot to another account of the same pot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Buchungszeile")]
pub struct Move {
    pot: PotId,
    source: Account,
    target: Account,
}

impl Move {
    /// In which pot.
    #[must_use]
    pub const fn pot(&self) -> PotId {
        self.pot
    }
    /// Where it goes down.
    #[must_use]
    pub const fn source(&self) -> Account {
        self.source
    }
    /// Where it goes up.
    #[must_use]
    pub const fn target(&self) -> Account {
        self.target
    }
    const fn back(self) -> Self {
        Self { pot: self.pot, source: self.target, target: self.source }
    }
}

/// A booking: what it does, how much, and which ways. Its postings always sum to zero:
///
/// ```compile_fail,E0451
/// # use domain::budget::{Booking, EntryKind};
/// # let amount = domain::kernel::Amount::from_cents(1).unwrap();
/// let unbalanced = Booking { kind: EntryKind::Planned, amount, moves: Vec::new() };
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Buchung")]
pub struct Booking {
    kind: EntryKind,
    amount: Amount,
    moves: Vec<Move>,
}

impl Booking {
    /// Within one pot. Kinds that join pots have functions of their own.
    fn within(kind: EntryKind, pot: PotId, amount: Amount) -> Self {
        let moves = kind.way().map(|(source, target)| Move { pot, source, target });
        Self { kind, amount, moves: moves.into_iter().collect() }
    }

    fn between(kind: EntryKind, through: Account, (from, to): (PotId, PotId), amount: Amount) -> Self {
        let gives = Move { pot: from, source: Account::Available, target: through };
        let takes = Move { pot: to, source: through, target: Account::Available };
        Self { kind, amount, moves: vec![gives, takes] }
    }

    /// Plan → available.
    #[must_use]
    pub fn planned(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::Planned, pot, amount)
    }
    /// From a pot into the pot for the unforeseen.
    #[must_use]
    pub fn top_sliced(from: PotId, to: PotId, amount: Amount) -> Self {
        Self::between(EntryKind::TopSliced, Account::TopSlice, (from, to), amount)
    }
    /// Found later → available.
    #[must_use]
    pub fn topped_up(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::ToppedUp, pot, amount)
    }
    /// From a pot into another of the same year.
    #[must_use]
    pub fn transferred(from: PotId, to: PotId, amount: Amount) -> Self {
        Self::between(EntryKind::Transferred, Account::Transfer, (from, to), amount)
    }
    /// From a pot into one of another year.
    #[must_use]
    pub fn carried_over(from: PotId, to: PotId, amount: Amount) -> Self {
        Self::between(EntryKind::CarriedOver, Account::CarryOver, (from, to), amount)
    }
    /// Available → committed.
    #[must_use]
    pub fn committed(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::Committed, pot, amount)
    }
    /// Committed → drawn.
    #[must_use]
    pub fn drawn(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::Drawn, pot, amount)
    }
    /// Committed → advanced.
    #[must_use]
    pub fn advanced(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::Advanced, pot, amount)
    }
    /// Advanced → drawn.
    #[must_use]
    pub fn proven(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::Proven, pot, amount)
    }
    /// Advanced → available.
    #[must_use]
    pub fn repaid(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::Repaid, pot, amount)
    }
    /// Committed → available.
    #[must_use]
    pub fn released(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::Released, pot, amount)
    }
    /// Income → received.
    #[must_use]
    pub fn income(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::Income, pot, amount)
    }
    /// Received → available.
    #[must_use]
    pub fn income_used(pot: PotId, amount: Amount) -> Self {
        Self::within(EntryKind::IncomeUsed, pot, amount)
    }

    /// A booking as the book holds it; none if its ways are not those of its kind.
    #[must_use]
    pub fn kept(kind: EntryKind, amount: Amount, ways: &[(PotId, Account, Account)]) -> Option<Self> {
        let moves: Vec<Move> =
            ways.iter().map(|(pot, source, target)| Move { pot: *pot, source: *source, target: *target }).collect();
        let fits = match (kind.way(), moves.as_slice()) {
            (Some(way), [one]) => way == (one.source, one.target),
            (None, moves) if kind == EntryKind::Countered => {
                !moves.is_empty() && moves.iter().all(|one| one.source != one.target)
            }
            (None, [gives, takes]) => {
                gives.source == Account::Available
                    && takes.target == Account::Available
                    && gives.target == takes.source
                    && gives.target.clears()
            }
            _ => false,
        };
        fits.then_some(Self { kind, amount, moves })
    }

    /// The counter-entry over a part of it or the whole: every way back. How much is left to take back, the
    /// caller knows; see [`super::counter`].
    pub(super) fn back(&self, amount: Amount) -> Self {
        Self { kind: EntryKind::Countered, amount, moves: self.moves.iter().map(|one| one.back()).collect() }
    }

    /// What it does.
    #[must_use]
    pub const fn kind(&self) -> EntryKind {
        self.kind
    }
    /// How much goes along each way.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }
    /// The ways.
    #[must_use]
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// Its postings: pot, account, plus or minus. They sum to zero, in each pot and as a whole.
    pub fn postings(&self) -> impl Iterator<Item = (PotId, Account, Balance)> + '_ {
        let amount = self.amount.balance();
        self.moves
            .iter()
            .flat_map(move |one| [(one.pot, one.source, Balance::ZERO - amount), (one.pot, one.target, amount)])
    }
}
