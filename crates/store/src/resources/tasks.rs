// SPDX-License-Identifier: EUPL-1.2
//! Links for owners, and what was told about cards.

use crate::db::{ReadTx, StoreError, WriteTx};
use crate::row::Row;
use domain::kernel::{CardId, CardLinkId, CardTaskId, Moment, UserId};
use domain::resources::{LinkState, Proposed};

crate::statement! {
    INSERT_LINK = "INSERT INTO card_link (office_id, id, card_id, digest, made_by, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LINK = "SELECT id, card_id, ends_at, revoked_at FROM card_link WHERE office_id = $1 AND digest = $2";
    LINKS = "SELECT l.id, l.card_id, l.ends_at, l.revoked_at, l.made_at FROM card_link l
             WHERE l.office_id = $1 AND l.card_id = $2 ORDER BY l.made_at DESC LIMIT 20";
    REVOKE = "UPDATE card_link SET revoked_at = $4 WHERE office_id = $1 AND id = $2 AND card_id = $3 AND revoked_at IS NULL";
    INSERT_TASK = "INSERT INTO card_task (office_id, id, card_id, kind, words, told_at, told_by) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INSERT_PROPOSAL = "INSERT INTO card_proposal (office_id, task_id, field, value, stood) VALUES ($1, $2, $3, $4, $5)";
    TASKS_OF_CARD = "SELECT t.id, t.card_id, c.name, t.kind, t.words, t.told_at FROM card_task t
                     JOIN card c ON c.office_id = t.office_id AND c.id = t.card_id
                     WHERE t.office_id = $1 AND t.card_id = $2 AND t.done_at IS NULL ORDER BY t.told_at, t.id LIMIT 50";
    TASKS_OF_KEEPER = "SELECT t.id, t.card_id, c.name, t.kind, t.words, t.told_at FROM card c
                       JOIN card_task t ON t.office_id = c.office_id AND t.card_id = c.id
                       WHERE c.office_id = $1 AND c.keeper_id = $2 AND t.done_at IS NULL ORDER BY t.told_at, t.id LIMIT 200";
    TASK = "SELECT t.id, t.card_id, c.name, t.kind, t.words, t.told_at FROM card_task t
            JOIN card c ON c.office_id = t.office_id AND c.id = t.card_id
            WHERE t.office_id = $1 AND t.id = $2 AND t.done_at IS NULL";
    PROPOSAL = "SELECT field, value, stood FROM card_proposal WHERE office_id = $1 AND task_id = $2 ORDER BY field";
    OPEN_TASKS = "SELECT COUNT(*) FROM card_task WHERE office_id = $1 AND card_id = $2 AND done_at IS NULL AND kind = $3";
    FINISH = "UPDATE card_task SET done_at = $3, done_by = $4, outcome = $5 WHERE office_id = $1 AND id = $2 AND done_at IS NULL";
}

/// A link as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkRow {
    /// Id.
    pub id: CardLinkId,
    /// The one card.
    pub card: CardId,
    /// Is it open?
    pub state: LinkState,
}

/// Something told about a card that nobody dealt with yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// Id.
    pub id: CardTaskId,
    /// Which card.
    pub card: CardId,
    /// Its name.
    pub card_name: String,
    /// `error`, `proposal`, `closing`.
    pub kind: String,
    /// What was said.
    pub words: Option<String>,
    /// When.
    pub told_at: Moment,
}

/// What is told about a card.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// Id.
    pub id: CardTaskId,
    /// Which card.
    pub card: CardId,
    /// `error`, `proposal`, `closing`.
    pub kind: &'static str,
    /// What is said.
    pub words: Option<String>,
    /// The fields that are proposed.
    pub fields: Vec<Proposed>,
}

fn link(row: Row) -> Result<LinkRow, StoreError> {
    let mut row = row.read("card_link");
    let (id, card) = (row.id()?, row.id()?);
    Ok(LinkRow { id, card, state: LinkState { ends_at: row.moment()?, revoked_at: row.maybe_moment()? } })
}

fn task(row: Row) -> Result<TaskRow, StoreError> {
    let mut row = row.read("card_task");
    Ok(TaskRow {
        id: row.id()?,
        card: row.id()?,
        card_name: row.text()?,
        kind: row.text()?,
        words: row.maybe_text()?,
        told_at: row.moment()?,
    })
}

/// Keeps a link by the digest of its token.
///
/// # Errors
/// When the engine fails.
pub fn insert_link(
    tx: &WriteTx<'_>,
    id: CardLinkId,
    card: CardId,
    digest: &str,
    ends_at: Moment,
) -> Result<(), StoreError> {
    let params = [id.into(), card.into(), digest.into(), tx.grant().user().into(), tx.now().into(), ends_at.into()];
    tx.run(&INSERT_LINK, &params).map(|_| ())
}

/// The link of a token.
///
/// # Errors
/// When the engine fails.
pub fn link_of(tx: &ReadTx<'_>, digest: &str) -> Result<Option<LinkRow>, StoreError> {
    tx.one(&LINK, &[digest.into()])?.map(link).transpose()
}

/// The links of a card, newest first.
///
/// # Errors
/// When the engine fails.
pub fn links(tx: &ReadTx<'_>, card: CardId) -> Result<Vec<LinkRow>, StoreError> {
    tx.rows(&LINKS, &[card.into()])?.into_iter().map(link).collect()
}

/// Takes a link back; answers whether it was open.
///
/// # Errors
/// When the engine fails.
pub fn revoke(tx: &WriteTx<'_>, id: CardLinkId, card: CardId) -> Result<bool, StoreError> {
    Ok(tx.run(&REVOKE, &[id.into(), card.into(), tx.now().into()])? == 1)
}

/// Keeps what was told about a card.
///
/// # Errors
/// When the engine fails.
pub fn insert_task(tx: &WriteTx<'_>, new: &NewTask) -> Result<(), StoreError> {
    let (words, by) = (new.words.clone(), tx.grant().user());
    tx.run(&INSERT_TASK, &[new.id.into(), new.card.into(), new.kind.into(), words.into(), tx.now().into(), by.into()])?;
    for Proposed { field, value, stood } in &new.fields {
        tx.run(&INSERT_PROPOSAL, &[new.id.into(), field.into(), value.into(), stood.into()])?;
    }
    Ok(())
}

/// What was told about a card and is open, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn tasks_of_card(tx: &ReadTx<'_>, card: CardId) -> Result<Vec<TaskRow>, StoreError> {
    tx.rows(&TASKS_OF_CARD, &[card.into()])?.into_iter().map(task).collect()
}

/// What was told about somebody's cards and is open, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn tasks_of_keeper(tx: &ReadTx<'_>, keeper: UserId) -> Result<Vec<TaskRow>, StoreError> {
    tx.rows(&TASKS_OF_KEEPER, &[keeper.into()])?.into_iter().map(task).collect()
}

/// One open task.
///
/// # Errors
/// When the engine fails.
pub fn task_of(tx: &ReadTx<'_>, id: CardTaskId) -> Result<Option<TaskRow>, StoreError> {
    tx.one(&TASK, &[id.into()])?.map(task).transpose()
}

/// The fields that are proposed.
///
/// # Errors
/// When the engine fails.
pub fn proposal(tx: &ReadTx<'_>, id: CardTaskId) -> Result<Vec<Proposed>, StoreError> {
    let field = |row: Row| {
        let mut row = row.read("card_proposal");
        Ok(Proposed { field: row.text()?, value: row.text()?, stood: row.maybe_text()?.unwrap_or_default() })
    };
    tx.rows(&PROPOSAL, &[id.into()])?.into_iter().map(field).collect()
}

/// How much of a kind about a card is open.
///
/// # Errors
/// When the engine fails.
pub fn open_tasks(tx: &ReadTx<'_>, card: CardId, kind: &str) -> Result<i64, StoreError> {
    tx.one(&OPEN_TASKS, &[card.into(), kind.into()])?.map_or(Ok(0), |row| row.read("card_task").int())
}

/// Ends a task; answers whether it was open.
///
/// # Errors
/// When the engine fails.
pub fn finish(tx: &WriteTx<'_>, id: CardTaskId, by: UserId, outcome: &str) -> Result<bool, StoreError> {
    Ok(tx.run(&FINISH, &[id.into(), tx.now().into(), by.into(), outcome.into()])? == 1)
}
