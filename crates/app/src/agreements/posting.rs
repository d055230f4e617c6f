// SPDX-License-Identifier: EUPL-1.2
//! The one place where what was agreed meets the region's book: contracts are promised, advanced and settled; what a
//! claim costs is drawn out of its commission's promises.

use crate::budget::{Claim, NewMoney, Payment, PromiseView, Step, bind, book_step, end};
use crate::core::{Failure, found, fresh_at};
use domain::budget::{MoneyKind, Purpose, Settlement};
use domain::kernel::{Amount, Balance, CommissionId, EntryId, Line, Note, PromiseId, Rule};
use store::budget::{self, promises};
use store::{ReadTx, WriteTx};

/// Promises an agency its part of a contract, as far as the pot reaches.
pub fn promise_share(tx: &WriteTx<'_>, new: &NewMoney) -> Result<PromiseId, Failure> {
    let id = PromiseId(fresh_at(tx.now()));
    bind(tx, id, new, None)?;
    Ok(id)
}

/// Pays an instalment of a contract in advance; its use is proven at the end of the year.
pub fn advance(tx: &WriteTx<'_>, promise: PromiseId, amount: Amount, note: Line) -> Result<(), Failure> {
    step(tx, &locked(tx, promise)?, Step::Advance, (amount, &note))
}

/// Ends an agency's part of a contract: what it is entitled to was proven or is paid now, the rest comes back.
pub fn settle_share(
    tx: &WriteTx<'_>,
    promise: PromiseId,
    entitled: Balance,
    paid: Balance,
    note: &Line,
) -> Result<(), Failure> {
    let parts = Settlement::of(entitled, paid);
    for (what, amount) in [(Step::Prove, parts.proven), (Step::Repay, parts.repaid), (Step::Draw, parts.drawn)] {
        if let Ok(amount) = Amount::from_cents(amount.cents()) {
            let booked = step(tx, &locked(tx, promise)?, what, (amount, note));
            booked.map_err(|failure| failure.at("proven"))?;
        }
    }
    end(tx, &locked(tx, promise)?, note)
}

/// What a claim costs, out of which commission.
pub struct Claimed<'a> {
    /// The commission.
    pub commission: CommissionId,
    /// How much.
    pub amount: Amount,
    /// In one line.
    pub note: &'a Line,
    /// Beyond what was promised, why; it goes through and opens a top-up where the plan lacks it (N4).
    pub beyond: Option<&'a Note>,
    /// What is asked when nobody said why.
    pub ask: Rule,
}

/// Draws a claim out of its commission's promises, oldest first. What they do not hold is promised anew.
pub fn draw_claim(tx: &WriteTx<'_>, claimed: &Claimed<'_>) -> Result<(), Failure> {
    let mut left = claimed.amount.balance();
    let all = of_commission(tx, claimed.commission)?;
    for of in all.iter().filter(|of| of.settled_on.is_none()) {
        let part = left.min(of.state.open());
        if let Ok(amount) = Amount::from_cents(part.cents()) {
            step(tx, of, Step::Draw, (amount, claimed.note))?;
            left = left - part;
        }
    }
    let Ok(rest) = Amount::from_cents(left.cents()) else { return Ok(()) };
    let last = found(all.last())?;
    let reason = claimed.beyond.cloned().ok_or(Failure::from(claimed.ask.broken_at("over_reason")))?;
    let id = PromiseId(fresh_at(tx.now()));
    let new = NewMoney {
        region: last.region,
        year: last.year,
        kind: MoneyKind::IndividualClaim,
        agency: last.agency,
        subject: claimed.note.clone(),
        purpose: Purpose { ..last.purpose },
        amount: rest,
    };
    let claim = Claim { commission: claimed.commission, case: None, over_plan: Some(reason) };
    bind(tx, id, &new, Some(claim))?;
    step(tx, &locked(tx, id)?, Step::Draw, (rest, claimed.note))
}

fn of_commission(tx: &ReadTx<'_>, commission: CommissionId) -> Result<Vec<PromiseView>, Failure> {
    let ids = promises::of_commission(tx, commission)?;
    ids.into_iter().map(|id| found(promises::one(tx, id)?)).collect()
}

/// The promise as it is once everybody else who books waits.
fn locked(tx: &WriteTx<'_>, id: PromiseId) -> Result<PromiseView, Failure> {
    budget::lock(tx)?;
    found(promises::one(tx, id)?)
}

fn step(tx: &WriteTx<'_>, of: &PromiseView, step: Step, (amount, note): (Amount, &Line)) -> Result<(), Failure> {
    book_step(tx, of, &Payment { step, amount, note: note.clone() }, EntryId(fresh_at(tx.now())))
}
