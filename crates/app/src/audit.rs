// SPDX-License-Identifier: EUPL-1.2
//! The log, for the data protection officer.

use crate::core::{App, Failure, in_office};
use domain::access::{Action, Actor};
use store::audit;
use store::budget::verify as book;

pub use store::audit::{Chain, LogLine};
pub use store::budget::verify::{Fault, Proof};

/// Lines on one page of the log.
const PAGE: i64 = 100;

/// The newest entries before a running number, and the state of the chain's seals.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn log(app: &App, actor: &Actor, before: Option<i64>) -> Result<Vec<LogLine>, Failure> {
    in_office(actor, Action::SeeAudit)?;
    app.read(move |tx| Ok(audit::latest(tx, before.unwrap_or(i64::MAX), PAGE)?)).await
}

/// Checks every seal of the chain.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn verify(app: &App, actor: &Actor) -> Result<Chain, Failure> {
    in_office(actor, Action::SeeAudit)?;
    app.read(|tx| Ok(audit::verify(tx)?)).await
}

/// Proves the log and the book of money in one snapshot: every seal, every sum.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn prove(app: &App, actor: &Actor) -> Result<(Chain, Proof), Failure> {
    in_office(actor, Action::ProveBooks)?;
    app.read(|tx| Ok((audit::verify(tx)?, book::verify(tx)?))).await
}
