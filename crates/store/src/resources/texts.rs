// SPDX-License-Identifier: EUPL-1.2
//! Cards in other languages. A text is written anew by its keeper; the last one counts.

use super::cards::touch;
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::{Reading, Row};
use domain::kernel::{CardId, Line, Note};
use domain::resources::{CardText, Language};

crate::statement! {
    KEEP = "INSERT INTO card_text (office_id, card_id, language, name, about, conditions, written_by, written_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (office_id, card_id, language) DO UPDATE SET name = excluded.name, about = excluded.about,
              conditions = excluded.conditions, written_by = excluded.written_by, written_at = excluded.written_at";
    FORGET = "DELETE FROM card_text WHERE office_id = $1 AND card_id = $2 AND language = $3";
    OF_CARD = "SELECT language, name, about, conditions FROM card_text WHERE office_id = $1 AND card_id = $2 ORDER BY language";
    OF_CHANGED = "SELECT t.card_id, t.language, t.name, t.about, t.conditions
                    FROM card c JOIN card_text t ON t.office_id = c.office_id AND t.card_id = c.id
                  WHERE c.office_id = $1 AND c.changed > $2 AND c.changed <= $3 ORDER BY c.changed, t.language";
}

/// Keeps a card's text in a language.
///
/// # Errors
/// When the engine fails.
pub fn keep(tx: &WriteTx<'_>, card: CardId, text: &CardText) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        card.into(),
        text.language.code().into(),
        text.name.as_str().into(),
        text.about.as_str().into(),
        text.conditions.as_ref().map(|line| line.as_str().to_owned()).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&KEEP, &params)?;
    touch(tx, card)
}

/// Forgets a card's text in a language.
///
/// # Errors
/// When the engine fails.
pub fn forget(tx: &WriteTx<'_>, card: CardId, language: Language) -> Result<(), StoreError> {
    tx.run(&FORGET, &[card.into(), language.code().into()])?;
    touch(tx, card)
}

/// A card's texts, by language.
///
/// # Errors
/// When the engine fails or a text cannot be read.
pub fn of_card(tx: &ReadTx<'_>, card: CardId) -> Result<Vec<CardText>, StoreError> {
    tx.rows(&OF_CARD, &[card.into()])?.into_iter().map(|row| text(&mut row.read("card_text"))).collect()
}

/// The texts of cards whose last change came after the first number and not after the second, in that order.
///
/// # Errors
/// When the engine fails or a text cannot be read.
pub fn of_changed(tx: &ReadTx<'_>, (after, until): (i64, i64)) -> Result<Vec<(CardId, CardText)>, StoreError> {
    let of_card = |row: Row| {
        let mut row = row.read("card_text");
        Ok((row.id()?, text(&mut row)?))
    };
    tx.rows(&OF_CHANGED, &[after.into(), until.into()])?.into_iter().map(of_card).collect()
}

fn text(row: &mut Reading) -> Result<CardText, StoreError> {
    let wrong = || StoreError::Inconsistent("card_text", "language".into());
    Ok(CardText {
        language: Language::from_code(&row.text()?).ok_or_else(wrong)?,
        name: row.parsed(Line::parse)?,
        about: row.parsed(Note::parse)?,
        conditions: row.maybe_parsed(Line::parse)?,
    })
}
