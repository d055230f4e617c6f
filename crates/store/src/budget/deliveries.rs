// SPDX-License-Identifier: EUPL-1.2
//! What was delivered to municipal finance: each delivery is a span of the book's running numbers, so that nothing is
//! delivered twice and every delivery can be made again as it was.

use super::ledger::purpose;
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::budget::Purpose;
use domain::kernel::{Balance, Day, Moment};

crate::statement! {
    LIST = "SELECT number, columns, first_seq, last_seq, made_at FROM delivery WHERE office_id = $1 ORDER BY number DESC LIMIT 100";
    ONE = "SELECT number, columns, first_seq, last_seq, made_at FROM delivery WHERE office_id = $1 AND number = $2";
    INSERT = "INSERT INTO delivery (office_id, number, columns, first_seq, last_seq, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    HEAD = "SELECT seq FROM ledger_head WHERE office_id = $1";
    // The later proof of an advance pays nothing again, as in the statistics.
    LINES = "SELECT b.seq, b.booked_on, b.paragraph, b.form, b.side, b.product, b.flow,
               CASE WHEN e.target IN ('drawn', 'advanced', 'income') THEN CASE WHEN e.target = 'income' THEN -e.cents ELSE e.cents END
                    WHEN e.source = 'income' THEN e.cents ELSE -e.cents END
             FROM booking b JOIN ledger_entry e ON e.office_id = b.office_id AND e.booking_id = b.id
             WHERE b.office_id = $1 AND b.seq >= $2 AND b.seq <= $3 AND b.paragraph IS NOT NULL
               AND (e.source IN ('drawn', 'advanced', 'income') OR e.target IN ('drawn', 'advanced', 'income'))
               AND NOT (e.source IN ('drawn', 'advanced') AND e.target IN ('drawn', 'advanced'))
             ORDER BY b.seq, e.line";
}

/// A delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Running number.
    pub number: i64,
    /// Codes of its columns, in their order, apart by commas.
    pub columns: String,
    /// The first number of the book in it.
    pub first: i64,
    /// The last one.
    pub last: i64,
    /// When it was made.
    pub at: Moment,
}

/// A payment or an income to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryLine {
    /// Running number in the book.
    pub seq: i64,
    /// Booked for.
    pub on: Day,
    /// What for.
    pub purpose: Purpose,
    /// Paid or, for a type of income, received; below nothing when it was taken back.
    pub amount: Balance,
}

fn delivery(row: Row) -> Result<Delivery, StoreError> {
    let mut row = row.read("delivery");
    Ok(Delivery { number: row.int()?, columns: row.text()?, first: row.int()?, last: row.int()?, at: row.moment()? })
}

/// Deliveries, newest first.
///
/// # Errors
/// When the engine fails.
pub fn list(tx: &ReadTx<'_>) -> Result<Vec<Delivery>, StoreError> {
    tx.rows(&LIST, &[])?.into_iter().map(delivery).collect()
}

/// One delivery.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, number: i64) -> Result<Option<Delivery>, StoreError> {
    tx.one(&ONE, &[number.into()])?.map(delivery).transpose()
}

/// The running number of the newest booking.
///
/// # Errors
/// When the engine fails.
pub fn head(tx: &ReadTx<'_>) -> Result<i64, StoreError> {
    tx.one(&HEAD, &[])?.map_or(Ok(0), |row| row.read("ledger_head").int())
}

/// Keeps a delivery.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody else made one of this number.
pub fn insert(tx: &WriteTx<'_>, number: i64, columns: &str, (first, last): (i64, i64)) -> Result<(), StoreError> {
    let params: [Value; 6] =
        [number.into(), columns.into(), first.into(), last.into(), tx.now().into(), tx.grant().user().into()];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Payments and income of a span of the book, by running number.
///
/// # Errors
/// When the engine fails.
pub fn lines(tx: &ReadTx<'_>, (first, last): (i64, i64)) -> Result<Vec<DeliveryLine>, StoreError> {
    let rows = tx.rows(&LINES, &[first.into(), last.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("booking");
        let (seq, on) = (row.int()?, row.day()?);
        let purpose = purpose(&mut row)?.ok_or(StoreError::Inconsistent("booking", "purpose".into()))?;
        Ok(DeliveryLine { seq, on, purpose, amount: row.balance()? })
    })
    .collect()
}
