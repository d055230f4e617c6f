// SPDX-License-Identifier: EUPL-1.2
//! The frame of a change: office, moment, idempotency key.

use super::desk::{Acted, Desk, Layer};
use super::tx::Conn;
use super::{Done, ReadTx, StoreError, Value};
use crate::audit;
use crate::row::Row;
use domain::kernel::{Moment, OfficeId, UserId};
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
                 ON CONFLICT (office_id, key, user_id) DO NOTHING";
    KNOWN_KEY = "SELECT user_id, key, fingerprint, outcome FROM idempotency WHERE office_id = $1 AND user_id = $2 AND key = $3";
    pub(super) KNOWN_KEYS = "SELECT user_id, key, fingerprint, outcome FROM idempotency WHERE office_id = $1 AND key IN ($2)";
    KEEP_OUTCOME = "UPDATE idempotency SET outcome = $4 WHERE office_id = $1 AND user_id = $2 AND key = $3";
    KEEP_KEY = "INSERT INTO idempotency (office_id, user_id, key, fingerprint, outcome, at) VALUES ($1, $2, $3, $4, $5, $6)";
}

/// One attempt at a change alone in an open transaction.
pub(super) fn attempt<T, E>(
    conn: Conn<'_>,
    frame: &Frame,
    desk: &Desk,
    act: &dyn Fn(ReadTx<'_>) -> Result<Done<T>, E>,
) -> Result<T, E>
where
    T: From<Uuid> + Into<Uuid> + Copy,
    E: From<StoreError>,
{
    let tx = || ReadTx::new(conn, frame.office, frame.now, desk);
    // Claimed before anything else: the second of two at once waits here for the first, and gets its outcome
    // instead of finding that its own change is no longer possible.
    if let Some(key) = frame.key
        && !claim(&tx(), frame, key)?
    {
        let gone = StoreError::Retry("the key went away".into());
        let outcome = known(&tx(), frame.user, key)?.ok_or_else(|| gone.clone());
        return Ok(T::from(outcome.inspect_err(|error| desk.note(error))?));
    }
    let outcome = act(tx())?.outcome;
    if let Some(error) = desk.trouble() {
        return Err(error.into());
    }
    desk.accept();
    if let Some(key) = frame.key {
        tx().put_all(&KEEP_OUTCOME, vec![vec![frame.user.into(), key.id.into(), outcome.into().into()]])?;
    }
    write_all(&tx())?;
    Ok(outcome)
}

/// Writes what the changes of a transaction decided: the book, their keys, their deeds.
pub(super) fn write_all(tx: &ReadTx<'_>) -> Result<(), StoreError> {
    let Layer { mut book, log, keys } = tx.desk().base.take();
    book.take_unwritten().map_or(Ok(()), |sheet| sheet.write(tx))?;
    let key = |of: Acted| vec![of.user.into(), of.id.into(), of.fingerprint.into(), of.outcome.into(), of.at.into()];
    tx.put_all(&KEEP_KEY, keys.into_iter().map(key).collect())?;
    if log.is_empty() { Ok(()) } else { audit::append(tx, &log) }
}

/// Answers whether the key is new.
fn claim(tx: &ReadTx<'_>, frame: &Frame, key: Key) -> Result<bool, StoreError> {
    let not_yet = Uuid::nil();
    let params: [Value; 5] =
        [frame.user.into(), key.id.into(), key.fingerprint.into(), not_yet.into(), frame.now.into()];
    Ok(tx.execute_aside(&CLAIM_KEY, &params)? == 1)
}

fn known(tx: &ReadTx<'_>, user: UserId, key: Key) -> Result<Option<Uuid>, StoreError> {
    let Some(row) = tx.aside(&KNOWN_KEY, &[user.into(), key.id.into()])?.pop() else { return Ok(None) };
    let (_, (fingerprint, outcome)) = acted(row)?;
    if fingerprint == key.fingerprint { Ok(Some(outcome)) } else { Err(StoreError::KeyReused) }
}

/// Whose key, and with which content and outcome it acted.
type KeyActed = ((UserId, Uuid), (Uuid, Uuid));

/// Reads a key that acted.
pub(super) fn acted(row: Row) -> Result<KeyActed, StoreError> {
    let mut row = row.read("idempotency");
    Ok(((row.id()?, row.uuid()?), (row.uuid()?, row.uuid()?)))
}
