// SPDX-License-Identifier: EUPL-1.2
//! A help ends or gets less: what its promises hold beyond what may still be invoiced comes back into the pot.

use super::promises::of_promise;
use super::{admitted, end};
use crate::core::{Failure, found, fresh_at};
use domain::budget::EntryKind;
use domain::kernel::{Amount, Balance, CommissionId, EntryId, Line};
use store::WriteTx;
use store::budget::promises::{self as kept, PromiseView};
use store::budget::{self, Slip};

/// Gives back the rest of a commission's promises inside a change, and says how much that was. A year whose books are
/// shut, and an advance whose use is not proven, keep nobody from ending a help: finance settles them later.
///
/// # Errors
/// When the book cannot be kept.
pub fn give_back(
    tx: &WriteTx<'_>,
    commission: CommissionId,
    still_due: Balance,
    note: &Line,
) -> Result<Balance, Failure> {
    budget::lock(tx)?;
    let (mut stays, mut back) = (still_due.cents().max(0), 0_i64);
    for id in kept::of_commission(tx, commission)? {
        let of = found(kept::one(tx, id)?)?;
        if of.settled_on.is_some() || admitted(tx, of.year, EntryKind::Released, false).is_err() {
            continue;
        }
        let open = of.state.open().cents();
        let kept_here = stays.min(open);
        stays -= kept_here;
        back += open - kept_here;
        if kept_here == 0 && of.state.advanced.cents() == 0 {
            end(tx, &of, note)?;
        } else {
            lower(tx, &of, open - kept_here, note)?;
        }
    }
    Ok(Balance::from_cents(back))
}

fn lower(tx: &WriteTx<'_>, of: &PromiseView, cents: i64, note: &Line) -> Result<(), Failure> {
    let Ok(amount) = Amount::from_cents(cents) else { return Ok(()) };
    let mut open = of.open()?;
    let booking = open.lower(amount)?;
    kept::keep(tx, of, &open.state(), None)?;
    let slip = Slip::new(EntryId(fresh_at(tx.now())), &booking, tx.now().day(), note.as_str());
    Ok(budget::post(tx, &of_promise(slip, of))?)
}
