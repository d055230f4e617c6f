// SPDX-License-Identifier: EUPL-1.2
//! Pots, their book, top-ups. A book is only ever added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::sight::RowSight;
use domain::budget::{Book, Entry, EntryKind, MoneyKind, TopUp};
use domain::kernel::{Amount, Balance, CommissionId, Day, EntryId, Moment, PotId, RegionId};
use uuid::Uuid;

crate::statement! {
    POT = "SELECT id FROM pot WHERE office_id = $1 AND region_id = $2 AND year = $3 AND kind = $4";
    // Touching the pot first makes two who promise at once wait for each other, on both engines.
    LOCK = "UPDATE pot SET version = version + 1 WHERE office_id = $1 AND id = $2";
    OPEN_POT = "INSERT INTO pot (office_id, id, region_id, year, kind, version) VALUES ($1, $2, $3, $4, $5, 0)
                ON CONFLICT (office_id, region_id, year, kind) DO NOTHING";
    SUMS = "SELECT kind, CAST(SUM(cents) AS BIGINT) FROM ledger_entry WHERE office_id = $1 AND pot_id = $2 GROUP BY kind";
    APPEND = "INSERT INTO ledger_entry (office_id, id, pot_id, kind, cents, commission_id, note, booked_on, booked_at, booked_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ENTRIES = "SELECT e.id, e.kind, e.cents, e.note, e.booked_on, e.booked_at, a.name, f.team_id, f.number, g.name
               FROM ledger_entry e JOIN account a ON a.office_id = e.office_id AND a.id = e.booked_by
               LEFT JOIN commission c ON c.office_id = e.office_id AND c.id = e.commission_id
               LEFT JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
               LEFT JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
               WHERE e.office_id = $1 AND e.pot_id = $2 AND (e.booked_at, e.id) < ($3, $4)
               ORDER BY e.booked_at DESC, e.id DESC LIMIT $5";
    OPEN_TOP_UP = "INSERT INTO top_up (office_id, id, pot_id, commission_id, cents, reason, opened_on) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    TOP_UPS = "SELECT id, cents, reason, opened_on, covered_on, resolution FROM top_up
               WHERE office_id = $1 AND pot_id = $2 ORDER BY opened_on DESC, id DESC LIMIT 50";
    TOP_UP = "SELECT t.pot_id, p.region_id, t.cents FROM top_up t JOIN pot p ON p.office_id = t.office_id AND p.id = t.pot_id
              WHERE t.office_id = $1 AND t.id = $2 AND t.covered_on IS NULL";
    COVER = "UPDATE top_up SET covered_on = $3, resolution = $4 WHERE office_id = $1 AND id = $2 AND covered_on IS NULL";
    REGIONS = "SELECT r.id, r.name FROM region r WHERE r.office_id = $1 AND r.id {sight} ORDER BY r.name";
    REGION_OF_TEAM = "SELECT region_id FROM team WHERE office_id = $1 AND id = $2";
}

/// Finds the pot of a region, year and kind of money, opening it if it is new.
///
/// # Errors
/// When the engine fails.
pub fn pot(tx: &WriteTx<'_>, fresh: PotId, region: RegionId, year: i16, kind: MoneyKind) -> Result<PotId, StoreError> {
    tx.run(&OPEN_POT, &[fresh.into(), region.into(), year.into(), kind.code().into()])?;
    let pot = find_pot(tx, region, year, kind)?.ok_or(StoreError::Inconsistent("pot", "not opened".into()))?;
    tx.run(&LOCK, &[pot.into()])?;
    Ok(pot)
}

/// The pot of a region, year and kind of money, if there is one.
///
/// # Errors
/// When the engine fails.
pub fn find_pot(tx: &ReadTx<'_>, region: RegionId, year: i16, kind: MoneyKind) -> Result<Option<PotId>, StoreError> {
    tx.one(&POT, &[region.into(), year.into(), kind.code().into()])?.map(|row| row.read("pot").id()).transpose()
}

/// Reads a pot out of its book.
///
/// # Errors
/// When the engine fails.
pub fn book(tx: &ReadTx<'_>, pot: PotId) -> Result<Book, StoreError> {
    let mut sums = Vec::new();
    for row in tx.rows(&SUMS, &[pot.into()])? {
        let mut row = row.read("ledger_entry");
        sums.push((row.code(EntryKind::from_code)?, row.balance()?));
    }
    Ok(Book::from_sums(&sums))
}

/// What is written beside an entry.
#[derive(Debug, Clone)]
pub struct Booking<'a> {
    /// Id of the entry.
    pub id: EntryId,
    /// The entry.
    pub entry: Entry,
    /// The commission behind it.
    pub commission: Option<CommissionId>,
    /// In one line.
    pub note: &'a str,
    /// Booked for this day.
    pub on: Day,
}

/// Adds an entry to a pot's book.
///
/// # Errors
/// When the engine fails.
pub fn append(tx: &WriteTx<'_>, pot: PotId, booking: &Booking<'_>) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        booking.id.into(),
        pot.into(),
        booking.entry.kind.code().into(),
        booking.entry.amount.cents().into(),
        booking.commission.into(),
        booking.note.into(),
        booking.on.into(),
        tx.now().into(),
        tx.grant().user().into(),
    ];
    tx.run(&APPEND, &params).map(|_| ())
}

/// A line of the book as shown.
#[derive(Debug, Clone)]
pub struct BookLine {
    /// Id.
    pub id: EntryId,
    /// Kind code.
    pub kind: String,
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
    pub team: Option<domain::kernel::TeamId>,
    /// Case number behind it.
    pub case_number: Option<String>,
    /// Agency behind it.
    pub agency: Option<String>,
}

/// Lines of a book, newest first, after a place in the list.
///
/// # Errors
/// When the engine fails.
pub fn entries(tx: &ReadTx<'_>, pot: PotId, after: (Moment, Uuid), limit: i64) -> Result<Vec<BookLine>, StoreError> {
    tx.rows(&ENTRIES, &[pot.into(), after.0.into(), after.1.into(), limit.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("ledger_entry");
            Ok(BookLine {
                id: row.id()?,
                kind: row.text()?,
                amount: row.balance()?,
                note: row.text()?,
                on: row.day()?,
                at: row.moment()?,
                by: row.text()?,
                team: row.maybe_id()?,
                case_number: row.maybe_text()?,
                agency: row.maybe_text()?,
            })
        })
        .collect()
}

/// Opens a top-up.
///
/// # Errors
/// When the engine fails.
pub fn open_top_up(
    tx: &WriteTx<'_>,
    id: Uuid,
    pot: PotId,
    commission: CommissionId,
    top_up: &TopUp,
) -> Result<(), StoreError> {
    let params: [Value; 6] = [
        id.into(),
        pot.into(),
        commission.into(),
        top_up.missing.cents().into(),
        top_up.reason.as_str().into(),
        tx.now().day().into(),
    ];
    tx.run(&OPEN_TOP_UP, &params).map(|_| ())
}

/// A top-up as shown.
#[derive(Debug, Clone)]
pub struct TopUpLine {
    /// Id.
    pub id: Uuid,
    /// How much is missing.
    pub missing: Balance,
    /// Why.
    pub reason: String,
    /// Since.
    pub opened_on: Day,
    /// Covered on.
    pub covered_on: Option<Day>,
    /// By which resolution.
    pub resolution: Option<String>,
}

/// Top-ups of a pot, newest first.
///
/// # Errors
/// When the engine fails.
pub fn top_ups(tx: &ReadTx<'_>, pot: PotId) -> Result<Vec<TopUpLine>, StoreError> {
    tx.rows(&TOP_UPS, &[pot.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("top_up");
            Ok(TopUpLine {
                id: row.uuid()?,
                missing: row.balance()?,
                reason: row.text()?,
                opened_on: row.day()?,
                covered_on: row.maybe_day()?,
                resolution: row.maybe_text()?,
            })
        })
        .collect()
}

/// An open top-up: its pot, the pot's region, what is missing.
///
/// # Errors
/// When the engine fails.
pub fn open_top_up_of(tx: &ReadTx<'_>, id: Uuid) -> Result<Option<(PotId, RegionId, Amount)>, StoreError> {
    let Some(row) = tx.one(&TOP_UP, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("top_up");
    let (pot, region, cents) = (row.id()?, row.id()?, row.int()?);
    let missing = Amount::from_cents(cents).or(Err(StoreError::Inconsistent("top_up", "cents".into())))?;
    Ok(Some((pot, region, missing)))
}

/// Marks a top-up as covered by a resolution; answers whether it was still open.
///
/// # Errors
/// When the engine fails.
pub fn cover(tx: &WriteTx<'_>, id: Uuid, today: Day, resolution: &str) -> Result<bool, StoreError> {
    Ok(tx.run(&COVER, &[id.into(), today.into(), resolution.into()])? == 1)
}

/// Regions in sight, by name.
///
/// # Errors
/// When the engine fails.
pub fn regions(tx: &ReadTx<'_>, sight: &RowSight) -> Result<Vec<(RegionId, String)>, StoreError> {
    tx.rows_in_sight(&REGIONS, &[], sight)?
        .into_iter()
        .map(|row| {
            let mut row = row.read("region");
            Ok((row.id()?, row.text()?))
        })
        .collect()
}

/// The region whose money a team's cases use.
///
/// # Errors
/// When the team is unknown or the engine fails.
pub fn region_of_team(tx: &ReadTx<'_>, team: domain::kernel::TeamId) -> Result<RegionId, StoreError> {
    let row = tx.one(&REGION_OF_TEAM, &[team.into()])?.ok_or(StoreError::Inconsistent("team", "missing".into()))?;
    row.read("team").id()
}
