// SPDX-License-Identifier: EUPL-1.2
//! Imports of cards: tables until they are taken or dropped, the cards that came of them, and private persons who wait
//! for their consent.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::kernel::{CardId, CardImportId, CardWaitingId, Day, Moment, UserId};
use domain::resources::exchange::Source;

/// An import without its table.
macro_rules! import_where {
    ($condition:literal) => {
        concat!(
            "SELECT i.id, i.name, i.notes, i.source, i.handed_in_by, a.name, i.handed_in_at, i.state, i.taken, i.left_out,
                    CASE WHEN i.rejects IS NULL THEN 0 ELSE 1 END, i.ended_at
             FROM card_import i JOIN account a ON a.office_id = i.office_id AND a.id = i.handed_in_by
             WHERE ",
            $condition
        )
    };
}

crate::statement! {
    INSERT = "INSERT INTO card_import (office_id, id, name, content, notes, source, handed_in_by, handed_in_at, state, taken, left_out)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', 0, 0)";
    ONE = import_where!("i.office_id = $1 AND i.id = $2");
    LIST = import_where!("i.office_id = $1 ORDER BY i.handed_in_at DESC, i.id DESC LIMIT $2");
    CONTENT = "SELECT content FROM card_import WHERE office_id = $1 AND id = $2";
    REJECTS = "SELECT rejects FROM card_import WHERE office_id = $1 AND id = $2";
    FINISH = "UPDATE card_import SET state = 'done', content = NULL, taken = $3, left_out = $4, rejects = $5, ended_at = $6
              WHERE office_id = $1 AND id = $2 AND state = 'draft'";
    DROP_IT = "UPDATE card_import SET state = 'dropped', content = NULL, ended_at = $3 WHERE office_id = $1 AND id = $2 AND state = 'draft'";
    UNDO = "UPDATE card_import SET state = 'undone', rejects = NULL, ended_at = $3 WHERE office_id = $1 AND id = $2 AND state = 'done'";
    OLD = "SELECT id FROM card_import WHERE office_id = $1 AND state = 'draft' AND handed_in_at < $2 ORDER BY handed_in_at LIMIT 500";
    NOTE_CARD = "INSERT INTO card_import_card (office_id, import_id, card_id, changed) VALUES ($1, $2, $3, $4)";
    RENOTE_CARD = "UPDATE card_import_card SET changed = $4 WHERE office_id = $1 AND import_id = $2 AND card_id = $3";
    CARDS = "SELECT n.card_id, c.name, n.changed, c.changed FROM card_import_card n JOIN card c ON c.office_id = n.office_id AND c.id = n.card_id
             WHERE n.office_id = $1 AND n.import_id = $2 ORDER BY n.card_id";
    TAKEN_BACK = "SELECT n.import_id FROM card_import_card n JOIN card_import i ON i.office_id = n.office_id AND i.id = n.import_id
                  JOIN card c ON c.office_id = n.office_id AND c.id = n.card_id
                  WHERE n.office_id = $1 AND n.card_id = $2 AND i.state = 'undone' AND n.changed = c.changed ORDER BY n.import_id LIMIT 1";
    LEFT_OUT = "SELECT id FROM card_import WHERE office_id = $1 AND handed_in_at < $2 AND ended_at < $2 AND rejects IS NOT NULL
                ORDER BY handed_in_at LIMIT 500";
    FORGET_LEFT_OUT = "UPDATE card_import SET rejects = NULL WHERE office_id = $1 AND id = $2 AND rejects IS NOT NULL";
    INSERT_WAITING = "INSERT INTO card_waiting (office_id, id, import_id, keeper_id, gone_on) VALUES ($1, $2, $3, $4, $5)";
    INSERT_FIELD = "INSERT INTO card_waiting_field (office_id, waiting_id, field, value) VALUES ($1, $2, $3, $4)";
    WAITING = "SELECT id, import_id, gone_on FROM card_waiting WHERE office_id = $1 AND keeper_id = $2 AND gone_on > $3 ORDER BY gone_on, id LIMIT 500";
    FIELDS = "SELECT field, value FROM card_waiting_field WHERE office_id = $1 AND waiting_id = $2 ORDER BY field";
    OF_IMPORT = "SELECT id FROM card_waiting WHERE office_id = $1 AND import_id = $2 ORDER BY id";
    OVER = "SELECT id FROM card_waiting WHERE office_id = $1 AND gone_on <= $2 ORDER BY gone_on, id LIMIT 500";
    FORGET_FIELDS = "DELETE FROM card_waiting_field WHERE office_id = $1 AND waiting_id = $2";
    FORGET = "DELETE FROM card_waiting WHERE office_id = $1 AND id = $2";
}

/// A table on its way in.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// Name of the file.
    pub name: String,
    /// Its rows.
    pub content: String,
    /// What was noticed, one a line.
    pub notes: String,
    /// What it was.
    pub source: Source,
}

/// An import as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Id.
    pub id: CardImportId,
    /// Name of the file.
    pub name: String,
    /// What was noticed, one a line.
    pub notes: String,
    /// What it was.
    pub source: Source,
    /// Who handed it in.
    pub by: UserId,
    /// The name.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// `draft`, `done`, `undone`, `dropped`.
    pub state: String,
    /// Cards written, persons waiting.
    pub taken: i64,
    /// Rows left out.
    pub left_out: i64,
    /// The rows that were left out are still kept.
    pub has_rejects: bool,
    /// Taken, taken back or dropped then.
    pub ended_at: Option<Moment>,
}

/// A card of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedCard {
    /// The card.
    pub id: CardId,
    /// Its name today.
    pub name: String,
    /// Changed since the import.
    pub changed: bool,
}

/// A private person who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRow {
    /// Id.
    pub id: CardWaitingId,
    /// The import.
    pub import: CardImportId,
    /// Forgotten on this day.
    pub gone_on: Day,
}

fn import(row: Row) -> Result<ImportRow, StoreError> {
    let mut row = row.read("card_import");
    Ok(ImportRow {
        id: row.id()?,
        name: row.text()?,
        notes: row.text()?,
        source: row.code(Source::from_code)?,
        by: row.id()?,
        by_name: row.text()?,
        at: row.moment()?,
        state: row.text()?,
        taken: row.int()?,
        left_out: row.int()?,
        has_rejects: row.int()? != 0,
        ended_at: row.maybe_moment()?,
    })
}

/// Keeps a table.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: CardImportId, new: &NewImport) -> Result<(), StoreError> {
    let (name, content, notes) = (new.name.as_str().into(), new.content.as_str().into(), new.notes.as_str().into());
    let by = tx.grant().user();
    let params = [id.into(), name, content, notes, new.source.code().into(), by.into(), tx.now().into()];
    tx.run(&INSERT, &params).map(|_| ())
}

/// One import.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: CardImportId) -> Result<Option<ImportRow>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(import).transpose()
}

/// The last imports, newest first.
///
/// # Errors
/// When the engine fails.
pub fn list(tx: &ReadTx<'_>, limit: i64) -> Result<Vec<ImportRow>, StoreError> {
    tx.rows(&LIST, &[limit.into()])?.into_iter().map(import).collect()
}

/// The rows of an import that was not taken yet.
///
/// # Errors
/// When the engine fails.
pub fn content(tx: &ReadTx<'_>, id: CardImportId) -> Result<Option<String>, StoreError> {
    tx.one(&CONTENT, &[id.into()])?.map_or(Ok(None), |row| row.read("card_import").maybe_text())
}

/// Rows that were left out.
///
/// # Errors
/// When the engine fails.
pub fn rejects(tx: &ReadTx<'_>, id: CardImportId) -> Result<Option<String>, StoreError> {
    tx.one(&REJECTS, &[id.into()])?.map_or(Ok(None), |row| row.read("card_import").maybe_text())
}

/// It is taken: so many cards, so many rows left out. Its table is no longer kept. Was it still to be taken?
///
/// # Errors
/// When the engine fails.
pub fn finish(
    tx: &WriteTx<'_>,
    id: CardImportId,
    (taken, left_out): (i64, i64),
    rejects: Option<&str>,
) -> Result<bool, StoreError> {
    let params: [Value; 5] = [id.into(), taken.into(), left_out.into(), rejects.into(), tx.now().into()];
    Ok(tx.run(&FINISH, &params)? > 0)
}

/// It is dropped, and its table with it. Was there something to drop?
///
/// # Errors
/// When the engine fails.
pub fn drop_it(tx: &WriteTx<'_>, id: CardImportId) -> Result<bool, StoreError> {
    Ok(tx.run(&DROP_IT, &[id.into(), tx.now().into()])? > 0)
}

/// It is taken back. Was there something to take back?
///
/// # Errors
/// When the engine fails.
pub fn undo(tx: &WriteTx<'_>, id: CardImportId) -> Result<bool, StoreError> {
    Ok(tx.run(&UNDO, &[id.into(), tx.now().into()])? > 0)
}

/// Tables handed in before a moment that nobody took.
///
/// # Errors
/// When the engine fails.
pub fn old(tx: &ReadTx<'_>, before: Moment) -> Result<Vec<CardImportId>, StoreError> {
    tx.rows(&OLD, &[before.into()])?.into_iter().map(|row| row.read("card_import").id()).collect()
}

/// Keeps that a card came of an import, and the number of its change.
///
/// # Errors
/// When the engine fails.
pub fn note_card(tx: &WriteTx<'_>, id: CardImportId, card: CardId, changed: i64) -> Result<(), StoreError> {
    tx.run(&NOTE_CARD, &[id.into(), card.into(), changed.into()]).map(|_| ())
}

/// Keeps that a card of an import was changed by taking it back, and by nobody else.
///
/// # Errors
/// When the engine fails.
pub fn renote_card(tx: &WriteTx<'_>, id: CardImportId, card: CardId, changed: i64) -> Result<(), StoreError> {
    tx.run(&RENOTE_CARD, &[id.into(), card.into(), changed.into()]).map(|_| ())
}

/// The cards of an import.
///
/// # Errors
/// When the engine fails.
pub fn cards(tx: &ReadTx<'_>, id: CardImportId) -> Result<Vec<ImportedCard>, StoreError> {
    let card = |row: Row| {
        let mut row = row.read("card_import_card");
        let (id, name, then, now) = (row.id()?, row.text()?, row.int()?, row.int()?);
        Ok(ImportedCard { id, name, changed: then != now })
    };
    tx.rows(&CARDS, &[id.into()])?.into_iter().map(card).collect()
}

/// Imports taken before a moment whose rows that were left out are still kept.
///
/// # Errors
/// When the engine fails.
pub fn with_rejects(tx: &ReadTx<'_>, before: Moment) -> Result<Vec<CardImportId>, StoreError> {
    tx.rows(&LEFT_OUT, &[before.into()])?.into_iter().map(|row| row.read("card_import").id()).collect()
}

/// Forgets the rows that were left out. Were there any?
///
/// # Errors
/// When the engine fails.
pub fn forget_rejects(tx: &WriteTx<'_>, id: CardImportId) -> Result<bool, StoreError> {
    Ok(tx.run(&FORGET_LEFT_OUT, &[id.into()])? > 0)
}

/// Is it a card of an import that was taken back, and did nobody change it since?
///
/// # Errors
/// When the engine fails.
pub fn was_taken_back(tx: &ReadTx<'_>, card: CardId) -> Result<bool, StoreError> {
    Ok(tx.one(&TAKEN_BACK, &[card.into()])?.is_some())
}

/// Keeps a private person who waits for a consent.
///
/// # Errors
/// When the engine fails.
pub fn insert_waiting(
    tx: &WriteTx<'_>,
    waiting: &WaitingRow,
    fields: &[(&'static str, String)],
) -> Result<(), StoreError> {
    let keeper = tx.grant().user();
    let WaitingRow { id, import, gone_on } = *waiting;
    tx.run(&INSERT_WAITING, &[id.into(), import.into(), keeper.into(), gone_on.into()])?;
    for (field, value) in fields {
        tx.run(&INSERT_FIELD, &[id.into(), (*field).into(), value.as_str().into()])?;
    }
    Ok(())
}

/// Who waits for a keeper.
///
/// # Errors
/// When the engine fails.
pub fn waiting(tx: &ReadTx<'_>, keeper: UserId, today: Day) -> Result<Vec<WaitingRow>, StoreError> {
    let waiting = |row: Row| {
        let mut row = row.read("card_waiting");
        Ok(WaitingRow { id: row.id()?, import: row.id()?, gone_on: row.day()? })
    };
    tx.rows(&WAITING, &[keeper.into(), today.into()])?.into_iter().map(waiting).collect()
}

/// What is known of somebody who waits.
///
/// # Errors
/// When the engine fails.
pub fn waiting_fields(tx: &ReadTx<'_>, id: CardWaitingId) -> Result<Vec<(String, String)>, StoreError> {
    let field = |row: Row| {
        let mut row = row.read("card_waiting_field");
        Ok((row.text()?, row.text()?))
    };
    tx.rows(&FIELDS, &[id.into()])?.into_iter().map(field).collect()
}

/// Who waits out of an import.
///
/// # Errors
/// When the engine fails.
pub fn waiting_of(tx: &ReadTx<'_>, id: CardImportId) -> Result<Vec<CardWaitingId>, StoreError> {
    tx.rows(&OF_IMPORT, &[id.into()])?.into_iter().map(|row| row.read("card_waiting").id()).collect()
}

/// Who has waited too long.
///
/// # Errors
/// When the engine fails.
pub fn waiting_over(tx: &ReadTx<'_>, today: Day) -> Result<Vec<CardWaitingId>, StoreError> {
    tx.rows(&OVER, &[today.into()])?.into_iter().map(|row| row.read("card_waiting").id()).collect()
}

/// Forgets somebody who waits. Was there somebody?
///
/// # Errors
/// When the engine fails.
pub fn forget_waiting(tx: &WriteTx<'_>, id: CardWaitingId) -> Result<bool, StoreError> {
    tx.run(&FORGET_FIELDS, &[id.into()])?;
    Ok(tx.run(&FORGET, &[id.into()])? > 0)
}
