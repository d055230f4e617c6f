// SPDX-License-Identifier: EUPL-1.2
//! A calendar address: days that leave the house name no client, no case number and no kind of help.

use super::owners;
use crate::access::{Token, own};
use crate::core::{App, Failure, Key, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::deadlines::Nature;
use domain::kernel::{Day, DueId, Moment};
use store::deadlines::{self as due, calendars};
use store::{ReadTx, access};
use uuid::Uuid;

/// Entries of a calendar.
const ENTRIES: i64 = 200;

/// A day in a calendar: nothing in it says of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedEntry {
    /// Of what; known to the program alone.
    pub id: DueId,
    /// The day.
    pub day: Day,
    /// Law, plan or office.
    pub nature: Nature,
}

/// Makes a new address; the ones before stop working. The secret is told once.
///
/// # Errors
/// [`Failure::Stale`] when the same form was sent before: its address was told then.
pub async fn make_feed(app: &App, actor: &Actor, key: Option<Key>) -> Result<Token, Failure> {
    let (grant, now, token) = (own(actor)?, app.now(), Token::fresh());
    let (digest, id) = (token.digest(), fresh_at(now));
    let write = move |tx: ReadTx<'_>| {
        let tx = tx.allow(grant);
        calendars::insert_feed(&tx, id, &digest)?;
        Ok(tx.commit(Deed::new(DeedKind::FeedMade, id), id)?)
    };
    if app.change(actor, key, write).await? == id { Ok(token) } else { Err(Failure::Stale) }
}

/// Revokes one's own address.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn revoke_feed(app: &App, actor: &Actor, key: Option<Key>) -> Result<Uuid, Failure> {
    let (grant, now) = (own(actor)?, app.now());
    let write = move |tx: ReadTx<'_>| {
        let (tx, id) = (tx.allow(grant), fresh_at(now));
        calendars::revoke(&tx)?;
        Ok(tx.commit(Deed::new(DeedKind::FeedRevoked, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Since when one has an address.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn feed_since(app: &App, actor: &Actor) -> Result<Option<Moment>, Failure> {
    own(actor)?;
    let user = actor.user;
    app.read(move |tx| Ok(calendars::feed_since(tx, user)?)).await
}

/// The days of whoever holds this secret, as far as their posts of today reach; nothing without one.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn feed(app: &App, token: &Token) -> Result<Option<Vec<FeedEntry>>, Failure> {
    let (digest, today) = (token.digest(), app.today());
    app.read(move |tx| {
        let Some(user) = calendars::feed_owner(tx, &digest)? else { return Ok(None) };
        let Some(signed) = access::actor(tx, user, today)? else { return Ok(None) };
        let seen = |team| permit(&signed.actor, Action::SeeCase, Standing::Team(team)).is_ok();
        let days = due::of_owners(tx, &owners(tx, user, today)?, (None, Uuid::nil()), ENTRIES)?;
        let entry = |one: due::DueView| one.due_on.map(|day| FeedEntry { id: one.id, day, nature: one.nature });
        Ok(Some(days.into_iter().filter(|one| seen(one.team)).filter_map(entry).collect()))
    })
    .await
}
