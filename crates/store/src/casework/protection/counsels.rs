// SPDX-License-Identifier: EUPL-1.2
//! Counselling without names. Nothing here takes a user, a case or a moment, and no statement joins another table.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::protection::{Institution, NewCounsel};
use domain::kernel::Day;
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO nameless_counsel (office_id, id, counselled_on, institution, question, advice, minutes) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LIST = "SELECT id, counselled_on, institution, question, advice, minutes FROM nameless_counsel
            WHERE office_id = $1 AND (counselled_on, id) < ($2, $3) ORDER BY counselled_on DESC, id DESC LIMIT $4";
}

/// Keeps a counselling under an id that is pure chance.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: Uuid, new: &NewCounsel) -> Result<(), StoreError> {
    let params: [Value; 6] = [
        id.into(),
        new.counselled_on.into(),
        new.institution.code().into(),
        new.question.as_str().into(),
        new.advice.as_str().into(),
        new.minutes.into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A counselling: everything there is about it.
#[derive(Debug, Clone)]
pub struct CounselView {
    /// Id, pure chance.
    pub id: Uuid,
    /// On which day.
    pub counselled_on: Day,
    /// From where.
    pub institution: Institution,
    /// What was asked.
    pub question: String,
    /// What was advised.
    pub advice: String,
    /// Time spent.
    pub minutes: i64,
}

/// Counsellings, the newest day first; those of one day in the order of chance.
///
/// # Errors
/// When the engine fails.
pub fn list(tx: &ReadTx<'_>, after: Option<(Day, Uuid)>, limit: i64) -> Result<Vec<CounselView>, StoreError> {
    let (day, id): (Value, Uuid) = after.map_or(("9999".into(), Uuid::max()), |(day, id)| (day.into(), id));
    tx.rows(&LIST, &[day, id.into(), limit.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("nameless_counsel");
            Ok(CounselView {
                id: row.uuid()?,
                counselled_on: row.day()?,
                institution: row.code(Institution::from_code)?,
                question: row.text()?,
                advice: row.text()?,
                minutes: row.int()?,
            })
        })
        .collect()
}
