// SPDX-License-Identifier: EUPL-1.2
//! The office's calendar of holidays, and addresses for calendar programs.

use crate::db::{ReadTx, StoreError, WriteTx};
use domain::deadlines::Calendar;
use domain::kernel::{Moment, UserId};
use uuid::Uuid;

crate::statement! {
    SET = "INSERT INTO office_calendar (office_id, id, calendar, set_at) VALUES ($1, $2, $3, $4)";
    CURRENT = "SELECT calendar FROM office_calendar WHERE office_id = $1 ORDER BY id DESC LIMIT 1";
    INSERT_FEED = "INSERT INTO calendar_feed (office_id, token_hash, id, user_id, made_at) VALUES ($1, $2, $3, $4, $5)";
    FEED_OWNER = "SELECT user_id FROM calendar_feed WHERE office_id = $1 AND token_hash = $2";
    FEED_SINCE = "SELECT made_at FROM calendar_feed WHERE office_id = $1 AND user_id = $2 ORDER BY made_at DESC LIMIT 1";
    REVOKE = "DELETE FROM calendar_feed WHERE office_id = $1 AND user_id = $2";
}

/// Sets the office's calendar from now on.
///
/// # Errors
/// When the engine fails.
pub fn set(tx: &WriteTx<'_>, id: Uuid, calendar: &Calendar) -> Result<(), StoreError> {
    tx.run(&SET, &[id.into(), calendar.code().into(), tx.now().into()]).map(|_| ())
}

/// The office's calendar; without one, what all Länder keep.
///
/// # Errors
/// When the engine fails.
pub fn current(tx: &ReadTx<'_>) -> Result<Calendar, StoreError> {
    let Some(row) = tx.one(&CURRENT, &[])? else { return Ok(Calendar::default()) };
    row.read("office_calendar").code(Calendar::from_code)
}

/// Keeps the digest of a calendar address; the ones before are gone.
///
/// # Errors
/// When the engine fails.
pub fn insert_feed(tx: &WriteTx<'_>, id: Uuid, token_hash: &str) -> Result<(), StoreError> {
    let user = tx.grant().user();
    tx.run(&REVOKE, &[user.into()])?;
    tx.run(&INSERT_FEED, &[token_hash.into(), id.into(), user.into(), tx.now().into()]).map(|_| ())
}

/// Whose address this is.
///
/// # Errors
/// When the engine fails.
pub fn feed_owner(tx: &ReadTx<'_>, token_hash: &str) -> Result<Option<UserId>, StoreError> {
    tx.one(&FEED_OWNER, &[token_hash.into()])?.map(|row| row.read("calendar_feed").id()).transpose()
}

/// Since when somebody has an address.
///
/// # Errors
/// When the engine fails.
pub fn feed_since(tx: &ReadTx<'_>, user: UserId) -> Result<Option<Moment>, StoreError> {
    tx.one(&FEED_SINCE, &[user.into()])?.map(|row| row.read("calendar_feed").moment()).transpose()
}

/// Revokes one's own addresses.
///
/// # Errors
/// When the engine fails.
pub fn revoke(tx: &WriteTx<'_>) -> Result<(), StoreError> {
    let user = tx.grant().user();
    tx.run(&REVOKE, &[user.into()]).map(|_| ())
}
