// SPDX-License-Identifier: EUPL-1.2
//! Deliveries to municipal finance: all payments and income booked since the last one, in columns that were chosen.

use crate::core::{App, Failure, Key, found, fresh_at, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::budget::{DeliveryColumn, NOTHING_TO_DELIVER};
use store::budget::deliveries::{self as kept, Delivery, DeliveryLine};
use store::{ReadTx, StoreError};
use uuid::Uuid;

/// Deliveries, newest first, and how many payments wait for the next.
///
/// # Errors
/// For finance only; hidden or forbidden for all others.
pub async fn deliveries(app: &App, actor: &Actor) -> Result<(Vec<Delivery>, usize), Failure> {
    in_office(actor, Action::BookBudget)?;
    app.read(|tx| {
        let all = kept::list(tx)?;
        let waiting = kept::lines(tx, next(&all, kept::head(tx)?))?.len();
        Ok((all, waiting))
    })
    .await
}

/// The span of the book behind the newest delivery.
fn next(all: &[Delivery], head: i64) -> (i64, i64) {
    (all.first().map_or(1, |newest| newest.last + 1), head)
}

/// Makes the next delivery; answers its id in the log.
///
/// # Errors
/// [`NOTHING_TO_DELIVER`], [`Failure::Stale`] when somebody else just made one, [`Failure::Denied`].
pub async fn deliver(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    columns: Vec<DeliveryColumn>,
) -> Result<Uuid, Failure> {
    let grant = in_office(actor, Action::BookBudget)?;
    let now = app.now();
    let write = move |tx: ReadTx<'_>| {
        let all = kept::list(&tx)?;
        let span = next(&all, kept::head(&tx)?);
        let lines = kept::lines(&tx, span)?;
        let last = lines.last().ok_or(NOTHING_TO_DELIVER.broken_at("columns"))?.seq;
        let number = all.first().map_or(1, |newest| newest.number + 1);
        let codes: Vec<&str> = columns.iter().map(|column| column.code()).collect();
        let tx = tx.allow(grant);
        kept::insert(&tx, number, &codes.join(","), (span.0, last)).map_err(|error| match error {
            StoreError::Duplicate(_) => Failure::Stale,
            other => other.into(),
        })?;
        let id = fresh_at(now);
        Ok(tx.commit(Deed::new(DeedKind::Delivered, id), id)?)
    };
    app.book(actor, key, write).await
}

/// A delivery with its lines, as it was made.
///
/// # Errors
/// Hidden if it is not there; [`Failure::Denied`].
pub async fn delivery(app: &App, actor: &Actor, number: i64) -> Result<(Delivery, Vec<DeliveryLine>), Failure> {
    in_office(actor, Action::BookBudget)?;
    app.read(move |tx| {
        let one = found(kept::one(tx, number)?)?;
        let lines = kept::lines(tx, (one.first, one.last))?;
        Ok((one, lines))
    })
    .await
}
