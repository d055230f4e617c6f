// SPDX-License-Identifier: EUPL-1.2
//! Money of projects: what was promised to each, and what plans come to by what the money is for.

use crate::db::{ReadTx, StoreError, WriteTx};
use domain::kernel::{Amount, Balance, Day, ProjectId, PromiseId};
use domain::network::{Project, UseKind};

crate::statement! {
    INSERT_MONEY = "INSERT INTO project_money (office_id, project_id, promise_id) VALUES ($1, $2, $3)";
    MONEY = "SELECT p.id, p.subject, p.promised, p.drawn, p.advanced, p.settled_on FROM project_money m
             JOIN promise p ON p.office_id = m.office_id AND p.id = m.promise_id
             WHERE m.office_id = $1 AND m.project_id = $2 ORDER BY m.promise_id";
    USES = "SELECT c.kind, CAST(SUM(c.cents) AS BIGINT) FROM project j
            JOIN project_cost c ON c.office_id = j.office_id AND c.project_id = j.id AND COALESCE(c.version, 1) = COALESCE(j.version, 1)
            WHERE j.office_id = $1 AND j.state = $2
            GROUP BY c.kind ORDER BY c.kind";
}

/// Notes that a promise is a project's.
///
/// # Errors
/// When the engine fails.
pub fn insert_money(tx: &WriteTx<'_>, id: ProjectId, promise: PromiseId) -> Result<(), StoreError> {
    tx.run(&INSERT_MONEY, &[id.into(), promise.into()]).map(|_| ())
}

/// Money promised to a project.
#[derive(Debug, Clone)]
pub struct ProjectMoney {
    /// The promise.
    pub promise: PromiseId,
    /// What for.
    pub subject: String,
    /// How much.
    pub promised: Amount,
    /// Spent.
    pub drawn: Balance,
    /// Advanced and not yet proven.
    pub advanced: Balance,
    /// Nothing more is paid of it, since.
    pub settled_on: Option<Day>,
}

/// What was promised to a project.
///
/// # Errors
/// When the engine fails.
pub fn money(tx: &ReadTx<'_>, id: ProjectId) -> Result<Vec<ProjectMoney>, StoreError> {
    tx.rows(&MONEY, &[id.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("promise");
            let (promise, subject, promised) = (row.id()?, row.text()?, row.amount()?);
            let (drawn, advanced) = (row.balance()?, row.balance()?);
            Ok(ProjectMoney { promise, subject, promised, drawn, advanced, settled_on: row.maybe_day()? })
        })
        .collect()
}

/// Cost plans of the projects in a state, by what the money is for.
///
/// # Errors
/// When the engine fails.
pub fn uses(tx: &ReadTx<'_>, state: Project) -> Result<Vec<(UseKind, Balance)>, StoreError> {
    tx.rows(&USES, &[state.code().into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("project_cost");
            Ok((row.code(UseKind::from_code)?, row.balance()?))
        })
        .collect()
}
