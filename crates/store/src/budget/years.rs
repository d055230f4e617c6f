// SPDX-License-Identifier: EUPL-1.2
//! Fiscal years: what was decided about them, each with its record as it was on that day.

use super::ledger;
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::budget::{YearAct, YearState};
use domain::kernel::{Moment, PotId, PromiseId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

crate::statement! {
    DECIDE = "INSERT INTO year_act (office_id, id, year, act, resolution, record, sha256, decided_by, decided_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ACTS = "SELECT y.id, y.act, y.resolution, y.record, y.sha256, a.name, y.decided_at FROM year_act y
            JOIN account a ON a.office_id = y.office_id AND a.id = y.decided_by
            WHERE y.office_id = $1 AND y.year = $2 ORDER BY y.id";
    ACT_CODES = "SELECT act FROM year_act WHERE office_id = $1 AND year = $2 ORDER BY id";
    OPEN_PROMISES = "SELECT r.id FROM promise r
                     WHERE r.office_id = $1 AND r.pot_id IN (SELECT id FROM pot WHERE office_id = $1 AND year = $2) AND r.settled_on IS NULL
                     ORDER BY r.pot_id, r.id";
    POTS_OF_YEAR = "SELECT id FROM pot WHERE office_id = $1 AND year = $2 ORDER BY id";
}

/// A decision about a year as shown.
#[derive(Debug, Clone)]
pub struct YearActLine {
    /// Id.
    pub id: Uuid,
    /// What was decided.
    pub act: YearAct,
    /// Who decided.
    pub resolution: String,
    /// The record as it was on that day.
    pub record: String,
    /// Its digest.
    pub sha256: String,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: Moment,
}

fn digest(record: &str) -> String {
    Sha256::digest(record).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps a decision about a year with its record.
///
/// # Errors
/// When the engine fails.
pub fn decide(
    tx: &WriteTx<'_>,
    id: Uuid,
    (year, act): (i16, YearAct),
    resolution: &str,
    record: &str,
) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        year.into(),
        act.code().into(),
        resolution.into(),
        record.into(),
        digest(record).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&DECIDE, &params).map(|_| ())
}

/// What was decided about a year, in order. A record that does not fit its digest is an error.
///
/// # Errors
/// When the engine fails or a record was altered.
pub fn acts(tx: &ReadTx<'_>, year: i16) -> Result<Vec<YearActLine>, StoreError> {
    tx.rows(&ACTS, &[year.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("year_act");
            let line = YearActLine {
                id: row.uuid()?,
                act: row.code(YearAct::from_code)?,
                resolution: row.text()?,
                record: row.text()?,
                sha256: row.text()?,
                by: row.text()?,
                at: row.moment()?,
            };
            if digest(&line.record) == line.sha256 {
                Ok(line)
            } else {
                Err(StoreError::Inconsistent("year_act", "digest".into()))
            }
        })
        .collect()
}

/// Where a year stands.
///
/// # Errors
/// When the engine fails.
pub fn state(tx: &ReadTx<'_>, year: i16) -> Result<YearState, StoreError> {
    let known = {
        let (own, base) = (tx.desk().own.borrow(), tx.desk().base.borrow());
        let before = base.book.years.get(&year).filter(|_| own.book.trusts_base());
        own.book.years.get(&year).or(before).copied()
    };
    if let Some(state) = known {
        return Ok(state);
    }
    let rows = tx.aside(&ACT_CODES, &[year.into()])?;
    let acts = rows.into_iter().map(|row| row.read("year_act").code(YearAct::from_code));
    let state = YearState::of(&acts.collect::<Result<Vec<_>, _>>()?);
    if ledger::is_locked(tx) {
        tx.desk().own.borrow_mut().book.years.insert(year, state);
    }
    Ok(state)
}

/// Promises out of pots of a year that are not settled.
///
/// # Errors
/// When the engine fails.
pub fn open_promises(tx: &ReadTx<'_>, year: i16) -> Result<Vec<PromiseId>, StoreError> {
    tx.rows(&OPEN_PROMISES, &[year.into()])?.into_iter().map(|row| row.read("promise").id()).collect()
}

/// The pots of a year.
///
/// # Errors
/// When the engine fails.
pub fn pots_of(tx: &ReadTx<'_>, year: i16) -> Result<Vec<PotId>, StoreError> {
    tx.rows(&POTS_OF_YEAR, &[year.into()])?.into_iter().map(|row| row.read("pot").id()).collect()
}
