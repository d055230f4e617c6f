// SPDX-License-Identifier: EUPL-1.2
//! Cards of the resource directory and their words.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::kernel::{CardId, Day, SpaceId, fold};
use domain::resources::NewCard;

crate::statement! {
    INSERT = "INSERT INTO card (office_id, id, name, name_key, kind, topic, about, space_id, place, contact, confirmed_on)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    INSERT_WORD = "INSERT INTO card_word (office_id, word, card_id) VALUES ($1, $2, $3)";
    CONFIRM = "UPDATE card SET confirmed_on = $3 WHERE office_id = $1 AND id = $2";
    LIST = "SELECT c.id, c.name, c.kind, c.topic, c.about, s.name, c.place, c.contact, c.confirmed_on
            FROM card c LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
            WHERE c.office_id = $1 AND (c.name_key, c.id) > ($2, $3)
            ORDER BY c.name_key, c.id LIMIT $4";
    LIST_OF_SPACE = "SELECT c.id, c.name, c.kind, c.topic, c.about, s.name, c.place, c.contact, c.confirmed_on
            FROM card c LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
            WHERE c.office_id = $1 AND c.space_id = $2 AND (c.name_key, c.id) > ($3, $4)
            ORDER BY c.name_key, c.id LIMIT $5";
    FIND = "SELECT c.id, c.name, c.kind, c.topic, c.about, s.name, c.place, c.contact, c.confirmed_on
            FROM card_word w JOIN card c ON c.office_id = w.office_id AND c.id = w.card_id
            LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
            WHERE w.office_id = $1 AND w.word >= $2 AND w.word < $3 AND (c.space_id = $4 OR $4 IS NULL)
            ORDER BY c.name_key, c.id LIMIT $5";
    ONE = "SELECT c.id, c.name, c.kind, c.topic, c.about, s.name, c.place, c.contact, c.confirmed_on
           FROM card c LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
           WHERE c.office_id = $1 AND c.id = $2";
}

/// A card as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct CardView {
    /// Id.
    pub id: CardId,
    /// Name.
    pub name: String,
    /// Kind code.
    pub kind: String,
    /// Topic.
    pub topic: String,
    /// What there is.
    pub about: String,
    /// Name of its space.
    pub space: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// How to reach it.
    pub contact: Option<String>,
    /// Last confirmed.
    pub confirmed_on: Day,
}

fn card(row: Row) -> Result<CardView, StoreError> {
    let mut row = row.read("card");
    Ok(CardView {
        id: row.id()?,
        name: row.text()?,
        kind: row.text()?,
        topic: row.text()?,
        about: row.text()?,
        space: row.maybe_text()?,
        place: row.maybe_text()?,
        contact: row.maybe_text()?,
        confirmed_on: row.day()?,
    })
}

/// Adds a card, confirmed on the day it is written.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: CardId, new: &NewCard, today: Day) -> Result<(), StoreError> {
    let name_key = fold(new.name.as_str());
    let line = |line: &Option<domain::kernel::Line>| line.as_ref().map(|line| line.as_str().to_owned());
    let params: [Value; 10] = [
        id.into(),
        new.name.as_str().into(),
        (&name_key).into(),
        new.kind.code().into(),
        new.topic.as_str().into(),
        new.about.as_str().into(),
        new.space.into(),
        line(&new.place).into(),
        line(&new.contact).into(),
        today.into(),
    ];
    tx.run(&INSERT, &params)?;
    let text = fold(&format!("{} {} {}", new.name.as_str(), new.topic.as_str(), new.about.as_str()));
    let mut words: Vec<&str> = text.split(' ').filter(|word| word.chars().count() > 2).collect();
    words.sort_unstable();
    words.dedup();
    for word in words {
        tx.run(&INSERT_WORD, &[word.into(), id.into()])?;
    }
    Ok(())
}

/// Confirms a card; answers whether there is one.
///
/// # Errors
/// When the engine fails.
pub fn confirm(tx: &WriteTx<'_>, id: CardId, today: Day) -> Result<bool, StoreError> {
    Ok(tx.run(&CONFIRM, &[id.into(), today.into()])? == 1)
}

/// Cards by name, of a space if given, after a place in the list.
///
/// # Errors
/// When the engine fails.
pub fn list(
    tx: &ReadTx<'_>,
    space: Option<SpaceId>,
    after: &(String, CardId),
    limit: i64,
) -> Result<Vec<CardView>, StoreError> {
    let (name, id) = ((&after.0).into(), after.1.into());
    let rows = match space {
        Some(space) => tx.rows(&LIST_OF_SPACE, &[space.into(), name, id, limit.into()])?,
        None => tx.rows(&LIST, &[name, id, limit.into()])?,
    };
    rows.into_iter().map(card).collect()
}

/// Cards with a word that begins like this, of a space if given.
///
/// # Errors
/// When the engine fails.
pub fn find(tx: &ReadTx<'_>, word: &str, space: Option<SpaceId>, limit: i64) -> Result<Vec<CardView>, StoreError> {
    let word = fold(word);
    let word = word.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
    let params = [word.into(), crate::after_prefix(word).into(), space.into(), limit.into()];
    let mut cards: Vec<CardView> = tx.rows(&FIND, &params)?.into_iter().map(card).collect::<Result<_, _>>()?;
    cards.dedup_by_key(|card| card.id);
    Ok(cards)
}

/// One card.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: CardId) -> Result<Option<CardView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(card).transpose()
}
