// SPDX-License-Identifier: EUPL-1.2
//! Top-ups: what a claim over plan lacks, and what covers it.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::budget::{CoverSource, TopUp};
use domain::kernel::{Balance, CommissionId, Day, EntryId, PotId, RegionId};
use uuid::Uuid;

crate::statement! {
    OPEN_TOP_UP = "INSERT INTO top_up (office_id, id, pot_id, commission_id, cents, reason, opened_on, covered)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, 0)";
    TOP_UPS = "SELECT id, cents, reason, opened_on, covered, covered_on, resolution FROM top_up
               WHERE office_id = $1 AND pot_id = $2 ORDER BY opened_on DESC, id DESC LIMIT 50";
    TOP_UP = "SELECT t.pot_id, p.region_id, p.year, t.cents, t.covered FROM top_up t
              JOIN pot p ON p.office_id = t.office_id AND p.id = t.pot_id
              WHERE t.office_id = $1 AND t.id = $2 AND t.covered_on IS NULL";
    ON_THE_WAY = "SELECT CAST(COALESCE(SUM(cents), 0) AS BIGINT) FROM transfer
                  WHERE office_id = $1 AND top_up_id = $2 AND state = 'waiting'";
    COVER = "UPDATE top_up SET covered = covered + $3, resolution = $4 WHERE office_id = $1 AND id = $2";
    COVERED = "UPDATE top_up SET covered_on = $3 WHERE office_id = $1 AND id = $2 AND covered = cents";
    UNCOVER = "UPDATE top_up SET covered = covered - $3, covered_on = NULL WHERE office_id = $1
               AND id IN (SELECT top_up_id FROM top_up_cover WHERE office_id = $1 AND booking_id = $2)";
    NOTE_COVER = "INSERT INTO top_up_cover (office_id, top_up_id, booking_id, source, cents, budget_line, resolution, covered_on)
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    // What was taken back of a cover covers no more; one that was taken back whole is in the book and not in the list.
    COVERS = "SELECT v.source, v.cents - (SELECT CAST(COALESCE(SUM(b.cents), 0) AS BIGINT) FROM booking b
                WHERE b.office_id = $1 AND b.counters = v.booking_id), v.budget_line, v.resolution, v.covered_on FROM top_up_cover v
              WHERE v.office_id = $1 AND v.top_up_id = $2 ORDER BY v.booking_id";
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
    /// How much of it is covered.
    pub covered: Balance,
    /// Wholly covered on.
    pub covered_on: Option<Day>,
    /// By which resolution, the last one.
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
                covered: row.balance()?,
                covered_on: row.maybe_day()?,
                resolution: row.maybe_text()?,
            })
        })
        .collect()
}

/// A top-up that is not wholly covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenTopUp {
    /// Its pot.
    pub pot: PotId,
    /// The pot's region.
    pub region: RegionId,
    /// The pot's year.
    pub year: i16,
    /// What is missing in all.
    pub missing: Balance,
    /// What is covered.
    pub covered: Balance,
    /// What waits for the second pair of eyes.
    pub on_the_way: Balance,
}

/// An open top-up.
///
/// # Errors
/// When the engine fails.
pub fn open_top_up_of(tx: &ReadTx<'_>, id: Uuid) -> Result<Option<OpenTopUp>, StoreError> {
    let Some(row) = tx.one(&TOP_UP, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("top_up");
    let on_the_way = tx.one(&ON_THE_WAY, &[id.into()])?.map(|row| row.read("transfer").balance()).transpose()?;
    Ok(Some(OpenTopUp {
        pot: row.id()?,
        region: row.id()?,
        year: i16::try_from(row.int()?).or(Err(StoreError::Inconsistent("pot", "year".into())))?,
        missing: row.balance()?,
        covered: row.balance()?,
        on_the_way: on_the_way.unwrap_or_default(),
    }))
}

/// One cover of a top-up, with the booking that brings the money.
#[derive(Debug, Clone)]
pub struct NewCover<'a> {
    /// Of which top-up.
    pub top_up: Uuid,
    /// The booking.
    pub booking: EntryId,
    /// Where it comes from.
    pub source: CoverSource,
    /// How much, in cents.
    pub cents: i64,
    /// The budget line.
    pub line: Option<&'a str>,
    /// Who decided.
    pub resolution: &'a str,
    /// When.
    pub on: Day,
}

/// Notes a cover; the top-up is done when nothing is missing any more.
///
/// # Errors
/// When more is covered than is missing, or the engine fails.
pub fn note_cover(tx: &WriteTx<'_>, cover: &NewCover<'_>) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        cover.top_up.into(),
        cover.booking.into(),
        cover.source.code().into(),
        cover.cents.into(),
        cover.line.into(),
        cover.resolution.into(),
        cover.on.into(),
    ];
    tx.run(&NOTE_COVER, &params)?;
    tx.run(&COVER, &[cover.top_up.into(), cover.cents.into(), cover.resolution.into()])?;
    tx.run(&COVERED, &[cover.top_up.into(), cover.on.into()]).map(|_| ())
}

/// Opens a top-up again by so many cents, if this booking covered one: its money was taken back.
///
/// # Errors
/// When the engine fails.
pub fn uncover(tx: &WriteTx<'_>, booking: EntryId, cents: i64) -> Result<(), StoreError> {
    tx.run(&UNCOVER, &[booking.into(), cents.into()]).map(|_| ())
}

/// A cover as shown.
#[derive(Debug, Clone)]
pub struct CoverLine {
    /// Source code.
    pub source: String,
    /// How much.
    pub amount: Balance,
    /// The budget line.
    pub line: Option<String>,
    /// Who decided.
    pub resolution: String,
    /// When.
    pub on: Day,
}

/// What covers a top-up, in the order in which it was booked.
///
/// # Errors
/// When the engine fails.
pub fn covers(tx: &ReadTx<'_>, id: Uuid) -> Result<Vec<CoverLine>, StoreError> {
    let lines = tx.rows(&COVERS, &[id.into()])?.into_iter().map(|row| {
        let mut row = row.read("top_up_cover");
        Ok(CoverLine {
            source: row.text()?,
            amount: row.balance()?,
            line: row.maybe_text()?,
            resolution: row.text()?,
            on: row.day()?,
        })
    });
    lines.filter(|line| line.as_ref().map_or(true, |line| line.amount > Balance::ZERO)).collect()
}
