// SPDX-License-Identifier: EUPL-1.2
//! The one place where what was agreed meets the region's book: what is paid is drawn.

use crate::core::{Failure, fresh_at};
use domain::audit::{Deed, DeedKind};
use domain::budget::{Entry, EntryKind, MoneyKind, promise};
use domain::kernel::{Amount, CommissionId, EntryId, Note, PotId, RegionId};
use store::WriteTx;
use store::budget::{self, Booking};

/// What is paid, out of which pot.
pub struct Draw<'a> {
    /// Whose money.
    pub region: RegionId,
    /// Of which year: the one in which its promise stands.
    pub year: i16,
    /// Which kind of money.
    pub kind: MoneyKind,
    /// The commission behind it.
    pub commission: Option<CommissionId>,
    /// How much.
    pub amount: Amount,
    /// In one line.
    pub note: &'a str,
    /// Beyond what was promised, with the reason; it goes through and opens a top-up where the plan lacks it (N4).
    pub beyond: Option<(Amount, Note)>,
}

/// Locks the pot, so that two who pay at once wait for each other.
pub fn lock(tx: &WriteTx<'_>, region: RegionId, year: i16, kind: MoneyKind) -> Result<PotId, Failure> {
    Ok(budget::pot(tx, PotId(fresh_at(tx.now())), region, year, kind)?)
}

/// Draws. Contracts of kind B and C were bound when they were signed, so promise and draw are written together.
pub fn draw(tx: &WriteTx<'_>, draw: &Draw<'_>) -> Result<(), Failure> {
    let pot = lock(tx, draw.region, draw.year, draw.kind)?;
    let append = |entry: Entry| {
        let (id, on) = (EntryId(fresh_at(tx.now())), tx.now().day());
        budget::append(tx, pot, &Booking { id, entry, commission: draw.commission, note: draw.note, on })
    };
    if let Some((amount, reason)) = &draw.beyond {
        let promised = promise(draw.kind, &budget::book(tx, pot)?, *amount, Some(reason.clone()))?;
        append(promised.entry)?;
        if let (Some(top_up), Some(commission)) = (&promised.top_up, draw.commission) {
            let id = fresh_at(tx.now());
            budget::open_top_up(tx, id, pot, commission, top_up)?;
            tx.also(Deed::new(DeedKind::TopUpOpened, id));
        }
    }
    if draw.kind != MoneyKind::IndividualClaim {
        append(Entry { kind: EntryKind::Committed, amount: draw.amount })?;
    }
    Ok(append(Entry { kind: EntryKind::Drawn, amount: draw.amount })?)
}
