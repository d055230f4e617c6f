// SPDX-License-Identifier: EUPL-1.2
//! Joined cards, and what may be remembered of certificates of conduct.

use crate::db::{ReadTx, StoreError, WriteTx};
use crate::row::Row;
use domain::kernel::{CardId, CardMergeId, Day, Moment};
use domain::resources::{Certificate, Finding};

crate::statement! {
    INSERT_MERGE = "INSERT INTO card_merge (office_id, id, kept_id, gone_id, merged_at, merged_by) VALUES ($1, $2, $3, $4, $5, $6)";
    INSERT_FIELD = "INSERT INTO card_merge_field (office_id, merge_id, field, value) VALUES ($1, $2, $3, $4)";
    MERGES = "SELECT m.id, m.kept_id, m.gone_id, c.name, m.merged_at FROM card_merge m
              JOIN card c ON c.office_id = m.office_id AND c.id = m.gone_id
              WHERE m.office_id = $1 AND m.kept_id = $2 AND m.undone_at IS NULL ORDER BY m.merged_at DESC LIMIT 20";
    FIELDS = "SELECT field, value FROM card_merge_field WHERE office_id = $1 AND merge_id = $2 ORDER BY field";
    UNDO = "UPDATE card_merge SET undone_at = $3 WHERE office_id = $1 AND id = $2 AND undone_at IS NULL";
    NOTE = "INSERT INTO card_certificate (office_id, card_id, inspected_on, dated_on, finding, activity_ended_on, gone_on, noted_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (office_id, card_id) DO UPDATE SET inspected_on = $3, dated_on = $4, finding = $5, activity_ended_on = $6,
              gone_on = $7, noted_by = $8";
    CERTIFICATE = "SELECT inspected_on, dated_on, finding, activity_ended_on FROM card_certificate
                   WHERE office_id = $1 AND card_id = $2 AND (gone_on IS NULL OR gone_on > $3)";
    FORGETTABLE = "SELECT card_id FROM card_certificate WHERE office_id = $1 AND gone_on <= $2 ORDER BY gone_on LIMIT 500";
    FORGET = "DELETE FROM card_certificate WHERE office_id = $1 AND card_id = $2";
}

/// A card that was joined into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRow {
    /// Id.
    pub id: CardMergeId,
    /// The card that was kept.
    pub kept: CardId,
    /// The card that was closed.
    pub gone: CardId,
    /// Its name.
    pub gone_name: String,
    /// When.
    pub merged_at: Moment,
}

/// Keeps that two cards were joined, and what the kept one took. Nothing else of either is kept: a copy of a card would
/// outlive what was agreed to.
///
/// # Errors
/// When the engine fails.
pub fn insert_merge(
    tx: &WriteTx<'_>,
    id: CardMergeId,
    (kept, gone): (CardId, CardId),
    taken: &[(&'static str, String)],
) -> Result<(), StoreError> {
    let by = tx.grant().user();
    tx.run(&INSERT_MERGE, &[id.into(), kept.into(), gone.into(), tx.now().into(), by.into()])?;
    for (field, value) in taken {
        tx.run(&INSERT_FIELD, &[id.into(), (*field).into(), value.into()])?;
    }
    Ok(())
}

/// What was joined into a card and can be parted again, newest first.
///
/// # Errors
/// When the engine fails.
pub fn merges(tx: &ReadTx<'_>, kept: CardId) -> Result<Vec<MergeRow>, StoreError> {
    let merge = |row: Row| {
        let mut row = row.read("card_merge");
        let (id, kept, gone) = (row.id()?, row.id()?, row.id()?);
        Ok(MergeRow { id, kept, gone, gone_name: row.text()?, merged_at: row.moment()? })
    };
    tx.rows(&MERGES, &[kept.into()])?.into_iter().map(merge).collect()
}

/// The fields that the kept card took.
///
/// # Errors
/// When the engine fails.
pub fn fields_taken(tx: &ReadTx<'_>, id: CardMergeId) -> Result<Vec<(String, String)>, StoreError> {
    let pair = |row: Row| {
        let mut row = row.read("card_merge_field");
        Ok((row.text()?, row.text()?))
    };
    tx.rows(&FIELDS, &[id.into()])?.into_iter().map(pair).collect()
}

/// Marks a joining as undone; answers whether it was not yet.
///
/// # Errors
/// When the engine fails.
pub fn undo_merge(tx: &WriteTx<'_>, id: CardMergeId) -> Result<bool, StoreError> {
    Ok(tx.run(&UNDO, &[id.into(), tx.now().into()])? == 1)
}

/// Notes what may be noted of a certificate.
///
/// # Errors
/// When the engine fails.
pub fn note_certificate(tx: &WriteTx<'_>, card: CardId, seen: &Certificate) -> Result<(), StoreError> {
    let by = tx.grant().user();
    let (ended, gone) = (seen.activity_ended_on, seen.gone_on());
    let params = [
        card.into(),
        seen.inspected_on.into(),
        seen.dated_on.into(),
        seen.finding.code().into(),
        ended.into(),
        gone.into(),
        by.into(),
    ];
    tx.run(&NOTE, &params).map(|_| ())
}

/// What is noted of a certificate, as long as it may be kept.
///
/// # Errors
/// When the engine fails.
pub fn certificate(tx: &ReadTx<'_>, card: CardId, today: Day) -> Result<Option<Certificate>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("card_certificate");
        let (inspected_on, dated_on) = (row.day()?, row.day()?);
        Ok(Certificate {
            inspected_on,
            dated_on,
            finding: row.code(Finding::from_code)?,
            activity_ended_on: row.maybe_day()?,
        })
    };
    tx.one(&CERTIFICATE, &[card.into(), today.into()])?.map(read).transpose()
}

/// Cards whose certificate must be forgotten by today.
///
/// # Errors
/// When the engine fails.
pub fn forgettable(tx: &ReadTx<'_>, today: Day) -> Result<Vec<CardId>, StoreError> {
    tx.rows(&FORGETTABLE, &[today.into()])?.into_iter().map(|row| row.read("card_certificate").id()).collect()
}

/// Forgets what is noted of a certificate.
///
/// # Errors
/// When the engine fails.
pub fn forget_certificate(tx: &WriteTx<'_>, card: CardId) -> Result<(), StoreError> {
    tx.run(&FORGET, &[card.into()]).map(|_| ())
}
