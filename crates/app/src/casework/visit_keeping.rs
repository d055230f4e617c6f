// SPDX-License-Identifier: EUPL-1.2
//! How long the record of visits is kept.

use crate::access::operator;
use crate::core::{App, Failure};
use domain::access::{Action, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::VISIT_KEPT_DAYS;
use store::ReadTx;
use store::casework::visits;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Deletes the record of visits that ended long ago; answers how many. A note that waits keeps its visit.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn forget_old(app: &App) -> Result<usize, Failure> {
    let (before, nobody) = (app.now().plus_minutes(-VISIT_KEPT_DAYS * DAY), operator());
    let all = app.read(move |tx| Ok(visits::old(tx, before)?)).await?;
    for id in &all {
        let (id, grant) = (*id, permit(&nobody, Action::ManagePeople, Standing::Office)?);
        let write = move |tx: ReadTx<'_>| {
            let tx = tx.allow(grant);
            visits::forget(&tx, id)?;
            Ok(tx.commit(Deed::new(DeedKind::VisitForgotten, id), id)?)
        };
        app.change(&nobody, None, write).await?;
    }
    Ok(all.len())
}
