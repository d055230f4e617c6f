// SPDX-License-Identifier: EUPL-1.2
//! The book as people read it: lines of a pot, and one booking with everything about it.

use super::ledger::purpose;
use crate::db::{ReadTx, StoreError, Value};
use crate::row::Row;
use domain::budget::{Account, Booking, EntryKind, Purpose};
use domain::kernel::{Amount, Balance, CommissionId, Day, EntryId, Moment, PotId, PromiseId, TeamId};

crate::statement! {
    ENTRIES = "SELECT b.id, b.seq, b.kind, e.source, e.target, b.cents, b.note, b.booked_on, b.booked_at, a.name, f.team_id, f.number, g.name
               FROM ledger_entry e JOIN booking b ON b.office_id = e.office_id AND b.id = e.booking_id
               JOIN account a ON a.office_id = b.office_id AND a.id = b.booked_by
               LEFT JOIN commission c ON c.office_id = b.office_id AND c.id = b.commission_id
               LEFT JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
               LEFT JOIN agency g ON g.office_id = b.office_id AND g.id = b.agency_id
               WHERE e.office_id = $1 AND e.pot_id = $2 AND e.seq < $3 AND b.booked_on <= $4 AND $5 IN ('', e.source, e.target)
               ORDER BY e.seq DESC LIMIT $6";
    ONE = "SELECT b.id, b.seq, b.kind, b.cents, b.note, b.resolution, b.promise_id, b.commission_id, b.counters, b.booked_on, b.booked_at,
             a.name, f.team_id, f.number, g.name, b.hash, b.paragraph, b.form, b.side, b.product, b.flow
           FROM booking b JOIN account a ON a.office_id = b.office_id AND a.id = b.booked_by
           LEFT JOIN commission c ON c.office_id = b.office_id AND c.id = b.commission_id
           LEFT JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
           LEFT JOIN agency g ON g.office_id = b.office_id AND g.id = b.agency_id
           WHERE b.office_id = $1 AND b.id = $2";
    MOVES = "SELECT pot_id, source, target FROM ledger_entry WHERE office_id = $1 AND booking_id = $2 ORDER BY line";
    COUNTERING = "SELECT id, cents, booked_on FROM booking WHERE office_id = $1 AND counters = $2 ORDER BY seq";
    OF_PROMISE = "SELECT id, kind, cents, note, booked_on FROM booking WHERE office_id = $1 AND promise_id = $2 ORDER BY seq";
}

/// Before every booking.
pub const FROM_NEWEST: i64 = i64::MAX;

/// A line of a pot's book as shown.
#[derive(Debug, Clone)]
pub struct BookLine {
    /// The booking.
    pub id: EntryId,
    /// Running number in the office's book.
    pub seq: i64,
    /// Kind code.
    pub kind: String,
    /// From which account of the pot (code).
    pub source: String,
    /// To which (code).
    pub target: String,
    /// How much.
    pub amount: Balance,
    /// In one line.
    pub note: String,
    /// Booked for.
    pub on: Day,
    /// Booked at.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// Team of the case behind it.
    pub team: Option<TeamId>,
    /// Case number behind it.
    pub case_number: Option<String>,
    /// Agency behind it.
    pub agency: Option<String>,
}

/// Which lines of a book.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Before this running number.
    pub before: i64,
    /// Booked for this day or before.
    pub until: Option<Day>,
    /// Touching this account.
    pub account: Option<Account>,
    /// So many.
    pub limit: i64,
}

/// Lines of a pot's book, newest first.
///
/// # Errors
/// When the engine fails.
pub fn entries(tx: &ReadTx<'_>, pot: PotId, wanted: &Wanted) -> Result<Vec<BookLine>, StoreError> {
    let until = wanted.until.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string());
    let account = wanted.account.map_or("", Account::code);
    let params: [Value; 5] = [pot.into(), wanted.before.into(), until.into(), account.into(), wanted.limit.into()];
    tx.rows(&ENTRIES, &params)?.into_iter().map(line).collect()
}

fn line(row: Row) -> Result<BookLine, StoreError> {
    let mut row = row.read("booking");
    Ok(BookLine {
        id: row.id()?,
        seq: row.int()?,
        kind: row.text()?,
        source: row.text()?,
        target: row.text()?,
        amount: row.balance()?,
        note: row.text()?,
        on: row.day()?,
        at: row.moment()?,
        by: row.text()?,
        team: row.maybe_id()?,
        case_number: row.maybe_text()?,
        agency: row.maybe_text()?,
    })
}

/// One booking with everything about it.
#[derive(Debug, Clone)]
pub struct BookingView {
    /// Id.
    pub id: EntryId,
    /// Running number in the office's book.
    pub seq: i64,
    /// What was moved.
    pub booking: Booking,
    /// In one line.
    pub note: String,
    /// Who decided it.
    pub resolution: Option<String>,
    /// The promise behind it.
    pub promise: Option<PromiseId>,
    /// The commission behind it.
    pub commission: Option<CommissionId>,
    /// The booking that it takes back.
    pub counters: Option<EntryId>,
    /// Booked for.
    pub on: Day,
    /// Booked at.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// Team of the case behind it.
    pub team: Option<TeamId>,
    /// Case number behind it.
    pub case_number: Option<String>,
    /// Agency behind it.
    pub agency: Option<String>,
    /// Its seal.
    pub hash: String,
    /// What the money is for.
    pub purpose: Option<Purpose>,
    /// Counter-entries to it: which, how much, booked for.
    pub taken_back: Vec<(EntryId, Balance, Day)>,
}

impl BookingView {
    /// How much of it was taken back.
    #[must_use]
    pub fn taken_back(&self) -> Balance {
        self.taken_back.iter().map(|(_, sum, _)| *sum).sum()
    }
}

/// One booking.
///
/// # Errors
/// When the engine fails or the booking is none.
pub fn one(tx: &ReadTx<'_>, id: EntryId) -> Result<Option<BookingView>, StoreError> {
    let Some(row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("booking");
    let (id, seq, kind, cents) = (row.id()?, row.int()?, row.code(EntryKind::from_code)?, row.int()?);
    Ok(Some(BookingView {
        id,
        seq,
        booking: booking(tx, id, kind, cents)?,
        note: row.text()?,
        resolution: row.maybe_text()?,
        promise: row.maybe_id()?,
        commission: row.maybe_id()?,
        counters: row.maybe_id()?,
        on: row.day()?,
        at: row.moment()?,
        by: row.text()?,
        team: row.maybe_id()?,
        case_number: row.maybe_text()?,
        agency: row.maybe_text()?,
        hash: row.text()?,
        purpose: purpose(&mut row)?,
        taken_back: countering(tx, id)?,
    }))
}

fn booking(tx: &ReadTx<'_>, id: EntryId, kind: EntryKind, cents: i64) -> Result<Booking, StoreError> {
    let wrong = || StoreError::Inconsistent("booking", "moves".into());
    let mut ways = Vec::new();
    for row in tx.rows(&MOVES, &[id.into()])? {
        let mut row = row.read("ledger_entry");
        ways.push((row.id()?, row.code(Account::from_code)?, row.code(Account::from_code)?));
    }
    let amount = Amount::from_cents(cents).or(Err(wrong()))?;
    Booking::kept(kind, amount, &ways).ok_or_else(wrong)
}

fn countering(tx: &ReadTx<'_>, id: EntryId) -> Result<Vec<(EntryId, Balance, Day)>, StoreError> {
    tx.rows(&COUNTERING, &[id.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("booking");
            Ok((row.id()?, row.balance()?, row.day()?))
        })
        .collect()
}

/// Bookings of a promise, oldest first: which, kind code, how much, note, booked for.
///
/// # Errors
/// When the engine fails.
pub fn of_promise(tx: &ReadTx<'_>, promise: PromiseId) -> Result<Vec<PromiseLine>, StoreError> {
    tx.rows(&OF_PROMISE, &[promise.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("booking");
            Ok(PromiseLine {
                id: row.id()?,
                kind: row.text()?,
                amount: row.balance()?,
                note: row.text()?,
                on: row.day()?,
            })
        })
        .collect()
}

/// A booking of a promise.
#[derive(Debug, Clone)]
pub struct PromiseLine {
    /// The booking.
    pub id: EntryId,
    /// Kind code.
    pub kind: String,
    /// How much.
    pub amount: Balance,
    /// In one line.
    pub note: String,
    /// Booked for.
    pub on: Day,
}
