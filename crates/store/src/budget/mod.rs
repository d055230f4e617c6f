// SPDX-License-Identifier: EUPL-1.2
//! Pots, and what their book says. A book is only ever added to; see [`ledger`].

pub mod behind;
pub mod deliveries;
pub mod ledger;
pub mod lists;
pub mod promises;
mod sheet;
pub mod statistics;
pub mod topups;
pub mod transfers;
pub mod verify;
pub(crate) mod verify_quarters;
pub mod years;

pub use ledger::{Slip, post};
pub use lists::BookLine;
pub(crate) use sheet::Sheet;
pub use topups::{TopUpLine, open_top_up};

use crate::db::{ReadTx, StoreError, WriteTx};
use crate::sight::RowSight;
use domain::budget::{Account, Book, MoneyKind};
use domain::kernel::{Balance, Day, PotId, RegionId, TeamId};

crate::statement! {
    POT = "SELECT id FROM pot WHERE office_id = $1 AND region_id = $2 AND year = $3 AND kind = $4";
    POTS = "SELECT p.id, p.region_id, p.year, p.kind, p.version, r.name FROM pot p
            JOIN region r ON r.office_id = p.office_id AND r.id = p.region_id
            WHERE p.office_id = $1 AND p.year = $2 ORDER BY r.name, p.kind";
    ONE_POT = "SELECT p.id, p.region_id, p.year, p.kind, p.version, r.name FROM pot p
               JOIN region r ON r.office_id = p.office_id AND r.id = p.region_id
               WHERE p.office_id = $1 AND p.id = $2";
    OPEN_POT = "INSERT INTO pot (office_id, id, region_id, year, kind, version) VALUES ($1, $2, $3, $4, $5, 0)
                ON CONFLICT (office_id, region_id, year, kind) DO NOTHING";
    BALANCES = "SELECT account, CAST(SUM(cents) AS BIGINT) FROM account_day
                WHERE office_id = $1 AND pot_id = $2 AND booked_on <= $3 GROUP BY account ORDER BY account";
    REGIONS = "SELECT r.id, r.name FROM region r WHERE r.office_id = $1 AND r.id {sight} ORDER BY r.name";
    REGION_OF_TEAM = "SELECT region_id FROM team WHERE office_id = $1 AND id = $2";
}

/// Locks the book, and finds the pot of a region, year and kind of money, opening it if it is new.
///
/// # Errors
/// When the engine fails.
pub fn pot(tx: &WriteTx<'_>, fresh: PotId, region: RegionId, year: i16, kind: MoneyKind) -> Result<PotId, StoreError> {
    lock(tx)?;
    if let Some(pot) = find_pot(tx, region, year, kind)? {
        return Ok(pot);
    }
    tx.run(&OPEN_POT, &[fresh.into(), region.into(), year.into(), kind.code().into()])?;
    find_pot(tx, region, year, kind)?.ok_or(StoreError::Inconsistent("pot", "not opened".into()))
}

/// Makes all others who book wait: what is read of the book from here on stays as it is.
///
/// # Errors
/// When the engine fails.
pub fn lock(tx: &WriteTx<'_>) -> Result<(), StoreError> {
    ledger::lock(tx).map(drop)
}

/// The pot of a region, year and kind of money, if there is one.
///
/// # Errors
/// When the engine fails.
pub fn find_pot(tx: &ReadTx<'_>, region: RegionId, year: i16, kind: MoneyKind) -> Result<Option<PotId>, StoreError> {
    let rows = tx.aside(&POT, &[region.into(), year.into(), kind.code().into()])?;
    rows.into_iter().next().map(|row| row.read("pot").id()).transpose()
}

/// A pot with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PotLine {
    /// Id.
    pub id: PotId,
    /// Whose.
    pub region: RegionId,
    /// Of which year.
    pub year: i16,
    /// Its kind of money.
    pub kind: MoneyKind,
    /// How often it was changed by decision what may be spent.
    pub version: i64,
    /// Name of the region.
    pub region_name: String,
}

fn pot_line(row: crate::row::Row) -> Result<PotLine, StoreError> {
    let mut row = row.read("pot");
    Ok(PotLine {
        id: row.id()?,
        region: row.id()?,
        year: i16::try_from(row.int()?).or(Err(StoreError::Inconsistent("pot", "year".into())))?,
        kind: row.code(MoneyKind::from_code)?,
        version: row.int()?,
        region_name: row.text()?,
    })
}

/// All pots of a year, by region and kind of money.
///
/// # Errors
/// When the engine fails.
pub fn pots(tx: &ReadTx<'_>, year: i16) -> Result<Vec<PotLine>, StoreError> {
    tx.rows(&POTS, &[year.into()])?.into_iter().map(pot_line).collect()
}

/// One pot.
///
/// # Errors
/// When the engine fails.
pub fn one_pot(tx: &ReadTx<'_>, pot: PotId) -> Result<Option<PotLine>, StoreError> {
    tx.one(&ONE_POT, &[pot.into()])?.map(pot_line).transpose()
}

/// After every day.
const FOREVER: &str = "9999-12-31";

/// Reads a pot out of its book.
///
/// # Errors
/// When the engine fails.
pub fn book(tx: &ReadTx<'_>, pot: PotId) -> Result<Book, StoreError> {
    read_book(tx, pot, None)
}

/// Reads a pot out of its book, as of the end of a day.
///
/// # Errors
/// When the engine fails.
pub fn book_on(tx: &ReadTx<'_>, pot: PotId, day: Day) -> Result<Book, StoreError> {
    read_book(tx, pot, Some(day))
}

fn read_book(tx: &ReadTx<'_>, pot: PotId, until: Option<Day>) -> Result<Book, StoreError> {
    let mut balances: Vec<(Account, Balance)> = Vec::new();
    for row in tx.aside(&BALANCES, &[pot.into(), until.map_or(FOREVER.into(), Into::into)])? {
        let mut row = row.read("account_day");
        balances.push((row.code(Account::from_code)?, row.balance()?));
    }
    // What is booked and not yet written counts.
    balances.extend(tx.desk().base.borrow().book.unwritten(pot, until));
    balances.extend(tx.desk().own.borrow().book.unwritten(pot, until));
    Ok(Book::from_balances(&balances))
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
pub fn region_of_team(tx: &ReadTx<'_>, team: TeamId) -> Result<RegionId, StoreError> {
    let row = tx.one(&REGION_OF_TEAM, &[team.into()])?.ok_or(StoreError::Inconsistent("team", "missing".into()))?;
    row.read("team").id()
}
