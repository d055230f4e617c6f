// SPDX-License-Identifier: EUPL-1.2
//! A promise from its beginning to its end: promised, drawn or advanced and proven, settled once.

use super::account::Booking;
use crate::kernel::{Amount, Balance, PotId, PromiseId, Refusal, Rule};

/// More is drawn than the promise still holds.
pub const DRAW_TOO_LARGE: Rule = Rule::new("budget.draw_too_large", "§ 77 SGB VIII; Kassenrecht");
/// More is proven or paid back than was advanced.
pub const PROOF_TOO_LARGE: Rule = Rule::new("budget.proof_too_large", "§ 74 SGB VIII; Verwendungsnachweis");
/// Advances without proof of use; the promise cannot be settled yet.
pub const PROOF_MISSING: Rule = Rule::new("budget.proof_missing", "§ 74 SGB VIII; Verwendungsnachweis");
/// The promise was settled before.
pub const PROMISE_SETTLED: Rule = Rule::new("budget.promise_settled", "Kassenrecht");

/// An open promise. It cannot be copied: whoever settles it has no promise any more.
///
/// ```compile_fail,E0382
/// # use domain::budget::Commitment;
/// fn twice(open: Commitment) {
///     let _ = open.settle();
///     let _ = open.settle();
/// }
/// ```
#[derive(Debug, PartialEq, Eq)]
#[doc(alias = "Zusage")]
#[doc(alias = "Mittelbindung")]
pub struct Commitment {
    id: PromiseId,
    pot: PotId,
    state: State,
}

/// What a promise holds, in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[doc(alias = "Stand der Zusage")]
pub struct State {
    /// Promised.
    pub promised: Balance,
    /// Spent for good.
    pub drawn: Balance,
    /// Paid in advance, not proven.
    pub advanced: Balance,
    /// Come back: released, or paid back.
    pub returned: Balance,
}

impl State {
    /// Neither paid nor come back.
    #[must_use]
    pub fn open(&self) -> Balance {
        self.promised - self.drawn - self.advanced - self.returned
    }
}

impl Commitment {
    /// As the store holds it.
    ///
    /// # Errors
    /// [`PROMISE_SETTLED`]: what is settled can never be opened again.
    pub fn open(id: PromiseId, pot: PotId, state: State, settled: bool) -> Result<Self, Refusal> {
        if settled { Err(PROMISE_SETTLED.broken()) } else { Ok(Self { id, pot, state }) }
    }

    /// Which.
    #[must_use]
    pub const fn id(&self) -> PromiseId {
        self.id
    }
    /// Out of which pot.
    #[must_use]
    pub const fn pot(&self) -> PotId {
        self.pot
    }
    /// What it holds.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    fn within(amount: Amount, limit: Balance, rule: Rule) -> Result<(), Refusal> {
        let fits = amount.balance() <= limit;
        if fits { Ok(()) } else { Err(rule.broken_at("amount").saying(limit.cents())) }
    }

    /// Pays something for good.
    ///
    /// # Errors
    /// [`DRAW_TOO_LARGE`], saying how much is open.
    pub fn draw(&mut self, amount: Amount) -> Result<Booking, Refusal> {
        Self::within(amount, self.state.open(), DRAW_TOO_LARGE)?;
        self.state.drawn = self.state.drawn + amount.balance();
        Ok(Booking::drawn(self.pot, amount))
    }

    /// Pays an instalment whose use must be proven.
    ///
    /// # Errors
    /// [`DRAW_TOO_LARGE`], saying how much is open.
    pub fn advance(&mut self, amount: Amount) -> Result<Booking, Refusal> {
        Self::within(amount, self.state.open(), DRAW_TOO_LARGE)?;
        self.state.advanced = self.state.advanced + amount.balance();
        Ok(Booking::advanced(self.pot, amount))
    }

    /// Takes in the proof of use of what was advanced.
    ///
    /// # Errors
    /// [`PROOF_TOO_LARGE`], saying how much was advanced.
    pub fn prove(&mut self, amount: Amount) -> Result<Booking, Refusal> {
        Self::within(amount, self.state.advanced, PROOF_TOO_LARGE)?;
        self.state.advanced = self.state.advanced - amount.balance();
        self.state.drawn = self.state.drawn + amount.balance();
        Ok(Booking::proven(self.pot, amount))
    }

    /// Takes back what was advanced and not used.
    ///
    /// # Errors
    /// [`PROOF_TOO_LARGE`], saying how much was advanced.
    pub fn repay(&mut self, amount: Amount) -> Result<Booking, Refusal> {
        Self::within(amount, self.state.advanced, PROOF_TOO_LARGE)?;
        self.state.advanced = self.state.advanced - amount.balance();
        self.state.returned = self.state.returned + amount.balance();
        Ok(Booking::repaid(self.pot, amount))
    }

    /// Lowers the promise: a part of what is open comes back, the rest stays for what is still to be paid.
    ///
    /// # Errors
    /// [`DRAW_TOO_LARGE`], saying how much is open.
    pub fn lower(&mut self, amount: Amount) -> Result<Booking, Refusal> {
        Self::within(amount, self.state.open(), DRAW_TOO_LARGE)?;
        self.state.returned = self.state.returned + amount.balance();
        Ok(Booking::released(self.pot, amount))
    }

    /// Ends the promise and releases its rest, if there is one.
    ///
    /// # Errors
    /// [`PROOF_MISSING`] while an advance is not proven, saying how much; the promise stays as it is in the store.
    pub fn settle(self) -> Result<Settled, Refusal> {
        if self.state.advanced.cents() > 0 {
            return Err(PROOF_MISSING.broken_at("amount").saying(self.state.advanced.cents()));
        }
        let rest = Amount::from_cents(self.state.open().cents()).ok();
        let released = rest.map(|rest| Booking::released(self.pot, rest));
        let mut state = self.state;
        state.returned = state.returned + state.open();
        Ok(Settled { id: self.id, state, released })
    }
}

/// A promise that has come to its end.
#[derive(Debug, PartialEq, Eq)]
#[doc(alias = "abgerechnete Zusage")]
pub struct Settled {
    /// Which.
    pub id: PromiseId,
    /// What it held at last.
    pub state: State,
    /// The rest that came back.
    pub released: Option<Booking>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn cents(cents: i64) -> Amount {
        Amount::from_cents(cents).unwrap()
    }
    fn of(promised: i64) -> Commitment {
        let state = State { promised: Balance::from_cents(promised), ..State::default() };
        Commitment::open(PromiseId(Uuid::nil()), PotId(Uuid::nil()), state, false).unwrap()
    }

    #[test]
    fn a_promise_is_lowered_and_goes_on() {
        let mut claim = of(1_000);
        claim.draw(cents(300)).unwrap();
        assert!(claim.lower(cents(701)).is_err());
        claim.lower(cents(500)).unwrap();
        assert_eq!(
            (claim.state().open(), claim.state().returned),
            (Balance::from_cents(200), Balance::from_cents(500))
        );
        claim.draw(cents(200)).unwrap();
        assert_eq!(claim.settle().unwrap().released, None);
    }

    #[test]
    fn a_grant_runs_its_course() {
        let mut grant = of(100_000);
        grant.advance(cents(60_000)).unwrap();
        assert_eq!(grant.draw(cents(40_001)), Err(DRAW_TOO_LARGE.broken_at("amount").saying(40_000)));
        grant.prove(cents(50_000)).unwrap();
        assert_eq!(grant.prove(cents(10_001)), Err(PROOF_TOO_LARGE.broken_at("amount").saying(10_000)));
        grant.repay(cents(10_000)).unwrap();
        let settled = grant.settle().unwrap();
        assert_eq!(settled.released.unwrap().amount(), cents(40_000));
        assert_eq!((settled.state.drawn.cents(), settled.state.returned.cents()), (50_000, 50_000));
        assert_eq!(settled.state.open(), Balance::ZERO);
    }

    #[test]
    fn nothing_is_settled_without_proof_and_nothing_twice() {
        let mut grant = of(10);
        grant.advance(cents(10)).unwrap();
        assert_eq!(grant.settle(), Err(PROOF_MISSING.broken_at("amount").saying(10)));
        let again = Commitment::open(PromiseId(Uuid::nil()), PotId(Uuid::nil()), State::default(), true);
        assert_eq!(again, Err(PROMISE_SETTLED.broken()));
    }

    #[test]
    fn what_was_spent_to_the_cent_leaves_no_rest() {
        let mut grant = of(10);
        grant.draw(cents(10)).unwrap();
        assert_eq!(grant.settle().unwrap().released, None);
    }
}
