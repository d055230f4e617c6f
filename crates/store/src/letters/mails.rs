// SPDX-License-Identifier: EUPL-1.2
//! Reminders by mail: who wants them, and the box from which they are sent. A mail is taken before it is sent: until
//! the time it was taken for is over nobody else takes it, and after that it is sent again under the same name.

use crate::db::{ReadTx, StoreError, WriteTx};
use domain::kernel::{Day, Moment, UserId};
use uuid::Uuid;

crate::statement! {
    WISH = "INSERT INTO mail_wish (office_id, account_id, address, since) VALUES ($1, $2, $3, $4)
            ON CONFLICT (office_id, account_id) DO UPDATE SET address = $3, since = $4";
    UNWISH = "DELETE FROM mail_wish WHERE office_id = $1 AND account_id = $2";
    EMPTY = "UPDATE mail_out SET state = 'given-up' WHERE office_id = $1 AND account_id = $2 AND state = 'waiting'";
    OF_USER = "SELECT address, since FROM mail_wish WHERE office_id = $1 AND account_id = $2";
    WISHES = "SELECT account_id, address FROM mail_wish WHERE office_id = $1 ORDER BY account_id";
    LAST = "SELECT day FROM mail_out WHERE office_id = $1 AND account_id = $2 ORDER BY day DESC LIMIT 1";
    PLAN = "INSERT INTO mail_out (office_id, id, account_id, address, day, state, tries, next_at, made_at)
            VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, $6) ON CONFLICT (office_id, account_id, day) DO NOTHING";
    READY = "SELECT id, address, tries FROM mail_out WHERE office_id = $1 AND state = 'waiting' AND next_at <= $2 ORDER BY next_at, id LIMIT 100";
    TAKE = "UPDATE mail_out SET tries = tries + 1, next_at = $4 WHERE office_id = $1 AND id = $2 AND state = 'waiting' AND next_at <= $3";
    SENT = "UPDATE mail_out SET state = 'sent', sent_at = $3 WHERE office_id = $1 AND id = $2 AND state = 'waiting'";
    AGAIN = "UPDATE mail_out SET next_at = $3 WHERE office_id = $1 AND id = $2 AND state = 'waiting'";
    GIVE_UP = "UPDATE mail_out SET state = 'given-up' WHERE office_id = $1 AND id = $2 AND state = 'waiting'";
    RECENT = "SELECT day, state, tries FROM mail_out WHERE office_id = $1 AND account_id = $2 ORDER BY day DESC LIMIT 7";
}

/// Notes that the writer wants to be reminded, and where.
///
/// # Errors
/// When the engine fails.
pub fn wish(tx: &WriteTx<'_>, address: &str) -> Result<(), StoreError> {
    tx.run(&WISH, &[tx.grant().user().into(), address.into(), tx.now().into()]).map(|_| ())
}

/// Notes that the writer does not want it any more; what waits is not sent.
///
/// # Errors
/// When the engine fails.
pub fn unwish(tx: &WriteTx<'_>) -> Result<(), StoreError> {
    tx.run(&UNWISH, &[tx.grant().user().into()])?;
    tx.run(&EMPTY, &[tx.grant().user().into()]).map(|_| ())
}

/// Where somebody wants to be reminded, and since when.
///
/// # Errors
/// When the engine fails.
pub fn of_user(tx: &ReadTx<'_>, user: UserId) -> Result<Option<(String, Moment)>, StoreError> {
    let row = tx.one(&OF_USER, &[user.into()])?;
    row.map(|row| {
        let mut row = row.read("mail_wish");
        Ok((row.text()?, row.moment()?))
    })
    .transpose()
}

/// Everybody who wants to be reminded.
///
/// # Errors
/// When the engine fails.
pub fn wishes(tx: &ReadTx<'_>) -> Result<Vec<(UserId, String)>, StoreError> {
    tx.rows(&WISHES, &[])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("mail_wish");
            Ok((row.id()?, row.text()?))
        })
        .collect()
}

/// The last day for which somebody was reminded.
///
/// # Errors
/// When the engine fails.
pub fn last(tx: &ReadTx<'_>, user: UserId) -> Result<Option<Day>, StoreError> {
    tx.one(&LAST, &[user.into()])?.map(|row| row.read("mail_out").day()).transpose()
}

/// Puts a reminder into the box, unless there is one of that day.
///
/// # Errors
/// When the engine fails.
pub fn plan(tx: &WriteTx<'_>, id: Uuid, (user, address): (UserId, &str), day: Day) -> Result<bool, StoreError> {
    Ok(tx.run(&PLAN, &[id.into(), user.into(), address.into(), day.into(), tx.now().into()])? == 1)
}

/// A mail in the box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutMail {
    /// Id; also its name in the mail, so that a doubled one is known.
    pub id: Uuid,
    /// Where to.
    pub to: String,
    /// How often it was tried.
    pub tries: i64,
}

/// What may be sent now.
///
/// # Errors
/// When the engine fails.
pub fn ready(tx: &ReadTx<'_>, now: Moment) -> Result<Vec<OutMail>, StoreError> {
    tx.rows(&READY, &[now.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("mail_out");
            Ok(OutMail { id: row.uuid()?, to: row.text()?, tries: row.int()? })
        })
        .collect()
}

/// Takes a mail until a moment; answers whether it was free.
///
/// # Errors
/// When the engine fails.
pub fn take(tx: &WriteTx<'_>, id: Uuid, until: Moment) -> Result<bool, StoreError> {
    Ok(tx.run(&TAKE, &[id.into(), tx.now().into(), until.into()])? == 1)
}

/// It was sent.
///
/// # Errors
/// When the engine fails.
pub fn sent(tx: &WriteTx<'_>, id: Uuid) -> Result<(), StoreError> {
    tx.run(&SENT, &[id.into(), tx.now().into()]).map(|_| ())
}

/// It was not sent: again at that moment, or never.
///
/// # Errors
/// When the engine fails.
pub fn failed(tx: &WriteTx<'_>, id: Uuid, again: Option<Moment>) -> Result<(), StoreError> {
    match again {
        Some(again) => tx.run(&AGAIN, &[id.into(), again.into()]),
        None => tx.run(&GIVE_UP, &[id.into()]),
    }
    .map(|_| ())
}

/// The last reminders of somebody: day, state, tries.
///
/// # Errors
/// When the engine fails.
pub fn recent(tx: &ReadTx<'_>, user: UserId) -> Result<Vec<(Day, String, i64)>, StoreError> {
    tx.rows(&RECENT, &[user.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("mail_out");
            Ok((row.day()?, row.text()?, row.int()?))
        })
        .collect()
}
