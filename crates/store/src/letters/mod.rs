// SPDX-License-Identifier: EUPL-1.2
//! Letters: templates as an office changed them, and what stands on all letters. Versions are only added.

pub mod about;
pub mod consents;
pub mod mails;
pub mod papers;
pub mod withdrawn;

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Reading;
use domain::kernel::{Day, Line, Moment, Note};
use domain::letters::{FourEyes, House, LetterKind, Remedy};
use uuid::Uuid;

crate::statement! {
    INSERT_TEMPLATE = "INSERT INTO letter_template (office_id, id, kind, text, valid_from, made_by, made_at)
                       VALUES ($1, $2, $3, $4, $5, $6, $7)";
    IN_FORCE = "SELECT t.id, t.text, t.valid_from, a.name, t.made_at FROM letter_template t
                JOIN account a ON a.office_id = t.office_id AND a.id = t.made_by
                WHERE t.office_id = $1 AND t.kind = $2 AND t.valid_from <= $3 ORDER BY t.valid_from DESC, t.id DESC LIMIT 1";
    VERSIONS = "SELECT t.id, t.text, t.valid_from, a.name, t.made_at FROM letter_template t
                JOIN account a ON a.office_id = t.office_id AND a.id = t.made_by
                WHERE t.office_id = $1 AND t.kind = $2 ORDER BY t.valid_from DESC, t.id DESC LIMIT 50";
    SET_HOUSE = "INSERT INTO letter_house (office_id, id, contact, remedy, objection_at, action_at, ombuds, officer, eyes, set_by, set_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    HOUSE = "SELECT contact, remedy, objection_at, action_at, ombuds, officer, eyes FROM letter_house
             WHERE office_id = $1 ORDER BY id DESC LIMIT 1";
}

/// A version of a template.
#[derive(Debug, Clone)]
pub struct TemplateVersion {
    /// Id.
    pub id: Uuid,
    /// The text; nothing means ours.
    pub text: Option<String>,
    /// From this day on.
    pub valid_from: Day,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Moment,
}

fn version(row: &mut Reading) -> Result<TemplateVersion, StoreError> {
    Ok(TemplateVersion {
        id: row.uuid()?,
        text: row.maybe_text()?,
        valid_from: row.day()?,
        by: row.text()?,
        at: row.moment()?,
    })
}

/// Keeps a version of a template; no text brings ours back.
///
/// # Errors
/// When the engine fails.
pub fn insert_template(
    tx: &WriteTx<'_>,
    id: Uuid,
    kind: LetterKind,
    (text, valid_from): (Option<&str>, Day),
) -> Result<(), StoreError> {
    let (by, at) = (tx.grant().user().into(), tx.now().into());
    let params = [id.into(), kind.code().into(), text.into(), valid_from.into(), by, at];
    tx.run(&INSERT_TEMPLATE, &params).map(|_| ())
}

/// The version that holds on a day, if the office ever made one.
///
/// # Errors
/// When the engine fails.
pub fn in_force(tx: &ReadTx<'_>, kind: LetterKind, day: Day) -> Result<Option<TemplateVersion>, StoreError> {
    let row = tx.one(&IN_FORCE, &[kind.code().into(), day.into()])?;
    row.map(|row| version(&mut row.read("letter_template"))).transpose()
}

/// All versions, the latest first.
///
/// # Errors
/// When the engine fails.
pub fn versions(tx: &ReadTx<'_>, kind: LetterKind) -> Result<Vec<TemplateVersion>, StoreError> {
    let rows = tx.rows(&VERSIONS, &[kind.code().into()])?;
    rows.into_iter().map(|row| version(&mut row.read("letter_template"))).collect()
}

/// Sets what stands on all letters.
///
/// # Errors
/// When the engine fails.
pub fn set_house(tx: &WriteTx<'_>, id: Uuid, new: &House) -> Result<(), StoreError> {
    let line = |line: &Option<Line>| Value::from(line.as_ref().map(Line::as_str));
    let params: [Value; 10] = [
        id.into(),
        new.contact.as_str().into(),
        new.remedy.code().into(),
        line(&new.objection_at),
        line(&new.action_at),
        line(&new.ombuds),
        line(&new.officer),
        new.eyes.code().into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&SET_HOUSE, &params).map(|_| ())
}

/// What stands on all letters, once the office has said so.
///
/// # Errors
/// When the engine fails.
pub fn house(tx: &ReadTx<'_>) -> Result<Option<House>, StoreError> {
    let Some(row) = tx.one(&HOUSE, &[])? else { return Ok(None) };
    let mut row = row.read("letter_house");
    Ok(Some(House {
        contact: row.parsed(Note::parse)?,
        remedy: row.code(Remedy::from_code)?,
        objection_at: row.maybe_parsed(Line::parse)?,
        action_at: row.maybe_parsed(Line::parse)?,
        ombuds: row.maybe_parsed(Line::parse)?,
        officer: row.maybe_parsed(Line::parse)?,
        eyes: row.code(FourEyes::from_code)?,
    }))
}
