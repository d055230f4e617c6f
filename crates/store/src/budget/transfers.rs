// SPDX-License-Identifier: EUPL-1.2
//! Transfers between pots: proposed by one, approved by another.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::budget::MoneyKind;
use domain::kernel::{Amount, EntryId, Line, Moment, PotId, RegionId, TransferId, UserId};
use uuid::Uuid;

crate::statement! {
    PROPOSE = "INSERT INTO transfer (office_id, id, from_pot, to_pot, cents, reason, resolution, top_up_id, proposed_by, proposed_at, state)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting')";
    APPROVE = "UPDATE transfer SET state = 'approved', decided_by = $3, decided_at = $4, booking_id = $5
               WHERE office_id = $1 AND id = $2 AND state = 'waiting'";
    WITHDRAW = "UPDATE transfer SET state = 'withdrawn', decided_by = $3, decided_at = $4
                WHERE office_id = $1 AND id = $2 AND state = 'waiting'";
    ONE = "SELECT t.id, t.from_pot, f.region_id, f.year, f.kind, f.version, a.name, t.to_pot, o.region_id, o.year, o.kind, o.version, b.name,
             t.cents, t.reason, t.resolution, t.top_up_id, t.proposed_by, u.name, t.proposed_at, t.state, COALESCE(d.name, ''), t.decided_at
           FROM transfer t JOIN pot f ON f.office_id = t.office_id AND f.id = t.from_pot
           JOIN region a ON a.office_id = f.office_id AND a.id = f.region_id
           JOIN pot o ON o.office_id = t.office_id AND o.id = t.to_pot
           JOIN region b ON b.office_id = o.office_id AND b.id = o.region_id
           JOIN account u ON u.office_id = t.office_id AND u.id = t.proposed_by
           LEFT JOIN account d ON d.office_id = t.office_id AND d.id = t.decided_by
           WHERE t.office_id = $1 AND t.id = $2";
    LIST = "SELECT t.id, t.from_pot, f.region_id, f.year, f.kind, f.version, a.name, t.to_pot, o.region_id, o.year, o.kind, o.version, b.name,
              t.cents, t.reason, t.resolution, t.top_up_id, t.proposed_by, u.name, t.proposed_at, t.state, COALESCE(d.name, ''), t.decided_at
            FROM transfer t JOIN pot f ON f.office_id = t.office_id AND f.id = t.from_pot
            JOIN region a ON a.office_id = f.office_id AND a.id = f.region_id
            JOIN pot o ON o.office_id = t.office_id AND o.id = t.to_pot
            JOIN region b ON b.office_id = o.office_id AND b.id = o.region_id
            JOIN account u ON u.office_id = t.office_id AND u.id = t.proposed_by
            LEFT JOIN account d ON d.office_id = t.office_id AND d.id = t.decided_by
            WHERE t.office_id = $1 AND t.state = $2 AND t.id < $3 ORDER BY t.id DESC LIMIT $4";
    WAITING = "SELECT COUNT(*) FROM transfer t JOIN pot f ON f.office_id = t.office_id AND f.id = t.from_pot
               WHERE t.office_id = $1 AND t.state = 'waiting' AND f.year = $2";
}

/// Before every transfer.
pub const FROM_NEWEST: TransferId = TransferId(Uuid::max());

/// A transfer as proposed.
#[derive(Debug, Clone)]
pub struct NewTransfer {
    /// Id.
    pub id: TransferId,
    /// The pot that gives.
    pub from: PotId,
    /// The pot that takes.
    pub to: PotId,
    /// How much.
    pub amount: Amount,
    /// Why.
    pub reason: Line,
    /// Who decided.
    pub resolution: Line,
    /// The top-up that it covers.
    pub top_up: Option<Uuid>,
}

/// Proposes a transfer; nothing is booked.
///
/// # Errors
/// When the engine fails.
pub fn propose(tx: &WriteTx<'_>, new: &NewTransfer) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        new.id.into(),
        new.from.into(),
        new.to.into(),
        new.amount.cents().into(),
        new.reason.as_str().into(),
        new.resolution.as_str().into(),
        new.top_up.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&PROPOSE, &params).map(|_| ())
}

/// Marks a transfer as approved by the person at work, with its booking; answers whether it still waited.
///
/// # Errors
/// When the same person proposed it, or the engine fails.
pub fn approve(tx: &WriteTx<'_>, id: TransferId, booking: EntryId) -> Result<bool, StoreError> {
    Ok(tx.run(&APPROVE, &[id.into(), tx.grant().user().into(), tx.now().into(), booking.into()])? == 1)
}

/// Marks a transfer as withdrawn; answers whether it still waited.
///
/// # Errors
/// When the engine fails.
pub fn withdraw(tx: &WriteTx<'_>, id: TransferId) -> Result<bool, StoreError> {
    Ok(tx.run(&WITHDRAW, &[id.into(), tx.grant().user().into(), tx.now().into()])? == 1)
}

/// One end of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferEnd {
    /// The pot.
    pub pot: PotId,
    /// Its region.
    pub region: RegionId,
    /// Its year.
    pub year: i16,
    /// Its kind of money.
    pub kind: MoneyKind,
    /// How often it was changed by decision what may be spent.
    pub version: i64,
    /// Name of its region.
    pub region_name: String,
}

/// A transfer as shown.
#[derive(Debug, Clone)]
pub struct TransferView {
    /// Id.
    pub id: TransferId,
    /// The pot that gives.
    pub from: TransferEnd,
    /// The pot that takes.
    pub to: TransferEnd,
    /// How much.
    pub amount: Amount,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub resolution: String,
    /// The top-up that it covers.
    pub top_up: Option<Uuid>,
    /// Who proposed it.
    pub proposed_by: UserId,
    /// The name.
    pub proposer: String,
    /// When.
    pub proposed_at: Moment,
    /// `waiting`, `approved`, `withdrawn`.
    pub state: String,
    /// Who approved or withdrew it; empty while it waits.
    pub decider: String,
    /// When.
    pub decided_at: Option<Moment>,
}

fn end(row: &mut crate::row::Reading) -> Result<TransferEnd, StoreError> {
    Ok(TransferEnd {
        pot: row.id()?,
        region: row.id()?,
        year: i16::try_from(row.int()?).or(Err(StoreError::Inconsistent("pot", "year".into())))?,
        kind: row.code(MoneyKind::from_code)?,
        version: row.int()?,
        region_name: row.text()?,
    })
}

fn view(row: Row) -> Result<TransferView, StoreError> {
    let mut row = row.read("transfer");
    let wrong = |_| StoreError::Inconsistent("transfer", "cents".into());
    Ok(TransferView {
        id: row.id()?,
        from: end(&mut row)?,
        to: end(&mut row)?,
        amount: Amount::from_cents(row.int()?).map_err(wrong)?,
        reason: row.text()?,
        resolution: row.text()?,
        top_up: row.maybe_id()?,
        proposed_by: row.id()?,
        proposer: row.text()?,
        proposed_at: row.moment()?,
        state: row.text()?,
        decider: row.text()?,
        decided_at: row.maybe_moment()?,
    })
}

/// One transfer.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: TransferId) -> Result<Option<TransferView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// Transfers in a state (`waiting`, `approved`, `withdrawn`), newest first, after a place in the list.
///
/// # Errors
/// When the engine fails.
pub fn list(tx: &ReadTx<'_>, state: &str, before: TransferId, limit: i64) -> Result<Vec<TransferView>, StoreError> {
    tx.rows(&LIST, &[state.into(), before.into(), limit.into()])?.into_iter().map(view).collect()
}

/// How many transfers out of pots of a year wait for the second person.
///
/// # Errors
/// When the engine fails.
pub fn waiting(tx: &ReadTx<'_>, year: i16) -> Result<i64, StoreError> {
    tx.one(&WAITING, &[year.into()])?.map_or(Ok(0), |row| row.read("transfer").int())
}
