// SPDX-License-Identifier: EUPL-1.2
//! Corrections: what was booked is taken back by a counter-entry, never changed.

use super::account::{Booking, EntryKind};
use super::commitment::{Commitment, PROOF_TOO_LARGE, State};
use crate::kernel::{Amount, Balance, PotId, PromiseId, Refusal, Rule};

/// More is taken back than was booked.
pub const COUNTER_TOO_LARGE: Rule = Rule::new("budget.counter_too_large", "Kassenrecht: Storno höchstens Ursprung");
/// A counter-entry, and the end of a promise, cannot be taken back; something new is booked instead.
pub const NOT_COUNTERED: Rule = Rule::new("budget.not_countered", "Kassenrecht");

/// Takes back a booking, in whole or in part.
///
/// # Errors
/// [`COUNTER_TOO_LARGE`], saying what is left to take back; [`NOT_COUNTERED`].
pub fn counter(original: &Booking, taken_back: Balance, amount: Amount) -> Result<Booking, Refusal> {
    if matches!(original.kind(), EntryKind::Countered | EntryKind::Released) {
        return Err(NOT_COUNTERED.broken_at("amount"));
    }
    let left = original.amount().balance() - taken_back;
    if amount.balance() > left {
        return Err(COUNTER_TOO_LARGE.broken_at("amount").saying(left.cents()));
    }
    Ok(original.back(amount))
}

/// What a counter-entry does to the promise behind the booking.
///
/// # Errors
/// When less is left there than would be taken back; [`super::PROMISE_SETTLED`] when the promise has come to its end.
pub fn counter_promise(
    (id, pot): (PromiseId, PotId),
    state: State,
    settled: bool,
    (kind, amount): (EntryKind, Amount),
) -> Result<State, Refusal> {
    let mut state = Commitment::open(id, pot, state, settled)?.state();
    let amount = amount.balance();
    let enough = |held: Balance| {
        if amount <= held { Ok(()) } else { Err(COUNTER_TOO_LARGE.broken_at("amount").saying(held.cents())) }
    };
    match kind {
        EntryKind::Committed => {
            enough(state.open())?;
            state.promised = state.promised - amount;
        }
        EntryKind::Drawn => {
            enough(state.drawn)?;
            state.drawn = state.drawn - amount;
        }
        EntryKind::Advanced => {
            enough(state.advanced)?;
            state.advanced = state.advanced - amount;
        }
        EntryKind::Proven => {
            enough(state.drawn)?;
            state.drawn = state.drawn - amount;
            state.advanced = state.advanced + amount;
        }
        EntryKind::Repaid => {
            enough(state.returned)?;
            state.returned = state.returned - amount;
            state.advanced = state.advanced + amount;
        }
        _ => return Err(PROOF_TOO_LARGE.broken_at("amount")),
    }
    Ok(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const POT: PotId = PotId(Uuid::from_u128(1));

    fn cents(cents: i64) -> Amount {
        Amount::from_cents(cents).unwrap()
    }

    #[test]
    fn gel_071_at_most_what_was_booked() {
        let draw = Booking::drawn(POT, cents(25_000));
        let too_much = counter(&draw, Balance::ZERO, cents(25_001));
        assert_eq!(too_much, Err(COUNTER_TOO_LARGE.broken_at("amount").saying(25_000)));
        let part = counter(&draw, Balance::ZERO, cents(10_000)).unwrap();
        assert_eq!(part.kind(), EntryKind::Countered);
        let rest = counter(&draw, part.amount().balance(), cents(15_001));
        assert_eq!(rest, Err(COUNTER_TOO_LARGE.broken_at("amount").saying(15_000)));
    }

    #[test]
    fn a_counter_entry_goes_all_ways_back() {
        let moved = Booking::transferred(POT, PotId(Uuid::from_u128(2)), cents(7));
        let back = counter(&moved, Balance::ZERO, cents(7)).unwrap();
        let mut both: Vec<_> = moved.postings().chain(back.postings()).collect();
        both.sort_by_key(|(pot, account, _)| (*pot, *account));
        for pair in both.chunks(2) {
            assert_eq!(pair[0].2 + pair[1].2, Balance::ZERO);
        }
        assert_eq!(counter(&back, Balance::ZERO, cents(1)), Err(NOT_COUNTERED.broken_at("amount")));
    }

    #[test]
    fn what_is_paid_cannot_be_taken_out_of_the_promise() {
        let state = State { promised: cents(100).balance(), drawn: cents(80).balance(), ..State::default() };
        let of = (PromiseId(Uuid::nil()), POT);
        let refused = counter_promise(of, state, false, (EntryKind::Committed, cents(21)));
        assert_eq!(refused, Err(COUNTER_TOO_LARGE.broken_at("amount").saying(20)));
        let back = counter_promise(of, state, false, (EntryKind::Drawn, cents(80))).unwrap();
        assert_eq!(back.open(), cents(100).balance());
        assert!(counter_promise(of, state, true, (EntryKind::Drawn, cents(80))).is_err());
    }
}
