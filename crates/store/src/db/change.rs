// SPDX-License-Identifier: EUPL-1.2
//! The frame of a change: office, moment, idempotency key.

use super::tx::Conn;
use super::{Done, ReadTx, StoreError, Value};
use domain::kernel::{Moment, OfficeId, UserId};
use std::cell::Cell;
use uuid::Uuid;

/// A key made with the form: the same key never acts twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Made when the form was shown.
    pub id: Uuid,
    /// A digest of what was sent, so that a key cannot be reused for something else.
    pub fingerprint: Uuid,
}

/// Where and when a change happens, for whom, under which key.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The office.
    pub office: OfficeId,
    /// Who acts.
    pub user: UserId,
    /// When.
    pub now: Moment,
    /// The key of the form; none for jobs and imports, which have other ways to be repeated safely.
    pub key: Option<Key>,
}

crate::statement! {
    CLAIM_KEY = "INSERT INTO idempotency (office_id, user_id, key, fingerprint, outcome, at) VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (office_id, user_id, key) DO NOTHING";
    KNOWN_KEY = "SELECT outcome, fingerprint FROM idempotency WHERE office_id = $1 AND user_id = $2 AND key = $3";
    KEEP_OUTCOME = "UPDATE idempotency SET outcome = $4 WHERE office_id = $1 AND user_id = $2 AND key = $3";
}

/// One attempt at a change inside an open transaction.
pub(super) fn attempt<'a, T, E>(
    conn: Conn<'a>,
    frame: &Frame,
    retry: &'a Cell<bool>,
    act: &dyn Fn(ReadTx<'_>) -> Result<Done<T>, E>,
) -> Result<T, E>
where
    T: From<Uuid> + Into<Uuid> + Copy,
    E: From<StoreError>,
{
    let tx = || ReadTx::new(conn, frame.office, frame.now, retry);
    let Some(key) = frame.key else { return Ok(act(tx())?.outcome) };
    // Claimed before anything else: the second of two at once waits here for the first, and gets its outcome
    // instead of finding that its own change is no longer possible.
    if !claim(&tx(), frame, key)? {
        let outcome = known(&tx(), frame.user, key)?;
        retry.set(retry.get() || outcome.is_none());
        return Ok(T::from(outcome.ok_or(StoreError::Retry("the key went away".into()))?));
    }
    let outcome = act(tx())?.outcome;
    let params = [frame.user.into(), key.id.into(), outcome.into().into()];
    tx().execute_all(vec![(&KEEP_OUTCOME, params.into())])?;
    Ok(outcome)
}

/// Answers whether the key is new.
fn claim(tx: &ReadTx<'_>, frame: &Frame, key: Key) -> Result<bool, StoreError> {
    let not_yet = Uuid::nil();
    let params: [Value; 5] =
        [frame.user.into(), key.id.into(), key.fingerprint.into(), not_yet.into(), frame.now.into()];
    Ok(tx.execute(&CLAIM_KEY, &params)? == 1)
}

fn known(tx: &ReadTx<'_>, user: UserId, key: Key) -> Result<Option<Uuid>, StoreError> {
    let Some(row) = tx.one(&KNOWN_KEY, &[user.into(), key.id.into()])? else { return Ok(None) };
    let mut read = row.read("idempotency");
    let (outcome, fingerprint) = (read.uuid()?, read.uuid()?);
    if fingerprint == key.fingerprint { Ok(Some(outcome)) } else { Err(StoreError::KeyReused) }
}
