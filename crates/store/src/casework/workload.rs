// SPDX-License-Identifier: EUPL-1.2
//! What is open, counted by who sees to it.

use crate::db::{ReadTx, StoreError};
use crate::row::{Reading, Row};
use crate::sight::RowSight;
use domain::kernel::{Day, UserId};

crate::statement! {
    CASES = "SELECT c.worker_id, a.name, c.stage, COUNT(*) FROM case_file c
             JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
             WHERE c.office_id = $1 AND c.team_id {sight} AND c.stage IN ('opened', 'consultation', 'decided', 'running')
               AND c.joined_into IS NULL
             GROUP BY a.name, c.worker_id, c.stage ORDER BY a.name, c.worker_id, c.stage";
    PROCEDURES = "SELECT c.worker_id, a.name, COUNT(*) FROM protection p
                  JOIN case_file c ON c.office_id = p.office_id AND c.id = p.case_id
                  JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
                  WHERE p.office_id = $1 AND p.team_id {sight} AND p.closed_at IS NULL
                  GROUP BY a.name, c.worker_id ORDER BY a.name, c.worker_id";
    DUES = "SELECT d.owner_id, a.name, d.due_on, COUNT(*) FROM due d
            JOIN account a ON a.office_id = d.office_id AND a.id = d.owner_id
            WHERE d.office_id = $1 AND d.team_id {sight} AND d.state = 'open'
            GROUP BY a.name, d.owner_id, d.due_on ORDER BY a.name, d.owner_id, COALESCE(d.due_on, '')";
}

/// Somebody, something that is counted by, and how many.
pub type Tally<T> = (UserId, String, T, i64);

/// Open cases by worker; is a help decided?
///
/// # Errors
/// When the engine fails.
pub fn cases(tx: &ReadTx<'_>, teams: &RowSight) -> Result<Vec<Tally<bool>>, StoreError> {
    tallied(tx.rows_in_sight(&CASES, &[], teams)?, |row| Ok(matches!(row.text()?.as_str(), "decided" | "running")))
}

/// Open procedures of child protection by the worker of the case.
///
/// # Errors
/// When the engine fails.
pub fn procedures(tx: &ReadTx<'_>, teams: &RowSight) -> Result<Vec<Tally<()>>, StoreError> {
    tallied(tx.rows_in_sight(&PROCEDURES, &[], teams)?, |_| Ok(()))
}

/// Open things to do by who sees to them and by their day.
///
/// # Errors
/// When the engine fails.
pub fn dues(tx: &ReadTx<'_>, teams: &RowSight) -> Result<Vec<Tally<Option<Day>>>, StoreError> {
    tallied(tx.rows_in_sight(&DUES, &[], teams)?, |row| row.maybe_day())
}

fn tallied<T>(rows: Vec<Row>, by: impl Fn(&mut Reading) -> Result<T, StoreError>) -> Result<Vec<Tally<T>>, StoreError> {
    rows.into_iter()
        .map(|row| {
            let mut row = row.read("workload");
            Ok((row.id()?, row.text()?, by(&mut row)?, row.int()?))
        })
        .collect()
}
