// SPDX-License-Identifier: EUPL-1.2
//! Who is away, and who stands in.

use crate::db::{ReadTx, StoreError, WriteTx};
use crate::sight::RowSight;
use domain::deadlines::Absence;
use domain::kernel::{Day, UserId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO absence (office_id, id, absent_id, deputy_id, from_day, until_day, kept_by) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    STANDS_IN_FOR = "SELECT absent_id FROM absence WHERE office_id = $1 AND deputy_id = $2 AND from_day <= $3 AND until_day >= $3 ORDER BY absent_id";
    ON_DAY = "SELECT deputy_id FROM absence WHERE office_id = $1 AND absent_id = $2 AND from_day <= $3 AND until_day >= $3 ORDER BY id DESC LIMIT 1";
    COMING = "SELECT b.absent_id, a.name, d.name, b.from_day, b.until_day FROM absence b
              JOIN account a ON a.office_id = b.office_id AND a.id = b.absent_id
              LEFT JOIN account d ON d.office_id = b.office_id AND d.id = b.deputy_id
              WHERE b.office_id = $1 AND b.absent_id {sight} AND b.until_day >= $2 ORDER BY b.from_day, b.id LIMIT $3";
}

/// Keeps an absence.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: Uuid, new: &Absence) -> Result<(), StoreError> {
    let params =
        [id.into(), new.absent.into(), new.deputy.into(), new.from.into(), new.until.into(), tx.grant().user().into()];
    tx.run(&INSERT, &params).map(|_| ())
}

/// For whom somebody stands in on a day.
///
/// # Errors
/// When the engine fails.
pub fn stands_in_for(tx: &ReadTx<'_>, deputy: UserId, day: Day) -> Result<Vec<UserId>, StoreError> {
    tx.rows(&STANDS_IN_FOR, &[deputy.into(), day.into()])?.into_iter().map(|row| row.read("absence").id()).collect()
}

/// Is somebody away on a day, and who stands in: `None` is here, `Some(None)` is away without anybody.
///
/// # Errors
/// When the engine fails.
pub fn on_day(tx: &ReadTx<'_>, user: UserId, day: Day) -> Result<Option<Option<UserId>>, StoreError> {
    let row = tx.one(&ON_DAY, &[user.into(), day.into()])?;
    row.map(|row| row.read("absence").maybe_id()).transpose()
}

/// An absence as a list shows it.
#[derive(Debug, Clone)]
pub struct AbsenceView {
    /// Who is away.
    pub who: UserId,
    /// The name.
    pub absent: String,
    /// Who stands in.
    pub deputy: Option<String>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
}

/// Absences of these people that are not over.
///
/// # Errors
/// When the engine fails.
pub fn coming(tx: &ReadTx<'_>, people: &RowSight, today: Day, limit: i64) -> Result<Vec<AbsenceView>, StoreError> {
    tx.rows_in_sight(&COMING, &[today.into(), limit.into()], people)?
        .into_iter()
        .map(|row| {
            let mut row = row.read("absence");
            Ok(AbsenceView {
                who: row.id()?,
                absent: row.text()?,
                deputy: row.maybe_text()?,
                from: row.day()?,
                until: row.day()?,
            })
        })
        .collect()
}
