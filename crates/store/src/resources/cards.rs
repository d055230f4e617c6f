// SPDX-License-Identifier: EUPL-1.2
//! Cards. Each change of a card takes the next number of the office's count, in the same transaction.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::{Reading, Row};
use domain::kernel::{CardId, Day, Moment, SpaceId, TeamId, UserId};
use domain::resources::{CardContent, Schedule, Seen};

/// A whole card, with the names of space, keeper and who confirmed it.
macro_rules! card_where {
    ($condition:literal) => {
        concat!(
            "SELECT c.name, c.kind, c.topics, c.about, c.keywords, c.place, c.point, c.contact, c.web, c.key_person, c.second_person,
             c.conditions, c.cost, c.cost_note, c.languages, c.barriers, c.times, c.basis, c.visibility, c.consent_on, c.consent_until,
             c.consent_scope, c.consent_form, c.consent_revoked, c.skills, c.likes, c.age_from, c.age_to, c.free_places, c.waiting,
             c.id, c.space_id, s.name, c.keeper_id, k.name, c.team_id, c.added_at, c.changed, c.confirmed_on, f.name, c.due_on, c.ended_on, c.merged_into, c.written_at
           FROM card c JOIN account k ON k.office_id = c.office_id AND k.id = c.keeper_id
           LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
           LEFT JOIN account f ON f.office_id = c.office_id AND f.id = c.confirmed_by
           WHERE ",
            $condition
        )
    };
}

crate::statement! {
    NEXT = "INSERT INTO card_head (office_id, changed) VALUES ($1, 1)
            ON CONFLICT (office_id) DO UPDATE SET changed = card_head.changed + 1 RETURNING changed";
    HEAD = "SELECT changed FROM card_head WHERE office_id = $1";
    INSERT = "INSERT INTO card (office_id, id, name, kind, topics, about, keywords, place, point, contact, web, key_person, second_person,
                conditions, cost, cost_note, languages, barriers, times, basis, visibility, consent_on, consent_until, consent_scope,
                consent_form, consent_revoked, skills, likes, age_from, age_to, free_places, waiting,
                space_id, keeper_id, team_id, added_at, changed, confirmed_on, confirmed_by, due_on)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
                $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40)";
    REPLACE = "UPDATE card SET name = $3, kind = $4, topics = $5, about = $6, keywords = $7, place = $8, point = $9, contact = $10, web =
                 $11, key_person = $12, second_person = $13, conditions = $14, cost = $15, cost_note = $16, languages = $17,
                 barriers = $18, times = $19, basis = $20, visibility = $21, consent_on = $22, consent_until = $23,
                 consent_scope = $24, consent_form = $25, consent_revoked = $26, skills = $27, likes = $28, age_from = $29,
                 age_to = $30, free_places = $31, waiting = $32,
                 changed = $33, due_on = $34, written_at = $35
               WHERE office_id = $1 AND id = $2";
    SET_SPACE = "UPDATE card SET space_id = $3, changed = $4 WHERE office_id = $1 AND id = $2";
    OF_SPACE = "SELECT id FROM card WHERE office_id = $1 AND space_id = $2 ORDER BY id";
    TOUCH = "UPDATE card SET changed = $3 WHERE office_id = $1 AND id = $2";
    CONFIRM = "UPDATE card SET confirmed_on = $3, confirmed_by = $4, due_on = $5, changed = $6 WHERE office_id = $1 AND id = $2";
    END = "UPDATE card SET ended_on = $3, merged_into = $4, changed = $5 WHERE office_id = $1 AND id = $2";
    ONE = card_where!("c.office_id = $1 AND c.id = $2");
    SOME = card_where!(
        "c.office_id = $1 AND c.id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)"
    );
    CHANGED = card_where!("c.office_id = $1 AND c.changed > $2 ORDER BY c.changed LIMIT $3");
    DUE = card_where!(
        "c.office_id = $1 AND c.keeper_id = $2 AND c.due_on < $3 AND c.ended_on IS NULL ORDER BY c.due_on, c.id LIMIT $4"
    );
}

/// Columns that are text, in the order of the statements; named like the fields of a card.
const TEXTS: [&str; 26] = [
    "name",
    "kind",
    "topics",
    "about",
    "keywords",
    "place",
    "point",
    "contact",
    "web",
    "key_person",
    "second_person",
    "conditions",
    "cost",
    "cost_note",
    "languages",
    "barriers",
    "times",
    "basis",
    "visibility",
    "consent_on",
    "consent_until",
    "consent_scope",
    "consent_form",
    "consent_revoked",
    "skills",
    "likes",
];
/// Columns that are numbers.
const NUMBERS: [&str; 4] = ["age_from", "age_to", "free_places", "waiting"];
/// Cards read at once by their ids.
const AT_ONCE: usize = 20;

/// A card as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct CardRow {
    /// Id.
    pub id: CardId,
    /// What stands on it.
    pub content: CardContent,
    /// Who may see it.
    pub seen: Seen,
    /// Its space.
    pub space: Option<SpaceId>,
    /// Name of the space.
    pub space_name: Option<String>,
    /// Who keeps it.
    pub keeper_name: String,
    /// Added.
    pub added_at: Moment,
    /// What stands on it was written last.
    pub written_at: Moment,
    /// The number of its last change.
    pub changed: i64,
    /// Last confirmed.
    pub confirmed_on: Day,
    /// By whom; nobody's name if by its owner.
    pub confirmed_by: Option<String>,
    /// Asks to be confirmed after this day.
    pub due_on: Day,
    /// The card it was joined into.
    pub merged_into: Option<CardId>,
}

/// Where a new card stands.
#[derive(Debug, Clone, Copy)]
pub struct NewStanding {
    /// Who keeps it.
    pub keeper: UserId,
    /// The keeper's team.
    pub team: Option<TeamId>,
    /// Its space.
    pub space: Option<SpaceId>,
    /// Confirmed on the day it is written.
    pub confirmed_on: Day,
    /// Asks to be confirmed after this day.
    pub due_on: Day,
}

fn column(fields: &[(&'static str, String)], name: &str) -> Option<String> {
    fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone())
}

/// The values of [`TEXTS`] and [`NUMBERS`]; times as RFC 5545, a blank line between two.
fn columns(content: &CardContent) -> Vec<Value> {
    let fields = content.fields();
    let times: Vec<String> = content.times.iter().map(Schedule::to_rfc5545).collect();
    let text = |name: &&str| match *name {
        "times" if times.is_empty() => Value::Null,
        "times" => times.join("\n\n").into(),
        name => column(&fields, name).into(),
    };
    let numbers = [content.age_from, content.age_to, content.free_places, content.waiting];
    TEXTS.iter().map(text).chain(numbers.map(Value::from)).collect()
}

fn content(row: &mut Reading) -> Result<CardContent, StoreError> {
    let wrong = |what: &str| StoreError::Inconsistent("card", what.to_owned());
    let mut fields: Vec<(&str, String)> = Vec::new();
    for name in TEXTS {
        let Some(text) = row.maybe_text()? else { continue };
        if name == "times" {
            let times: Result<Vec<String>, _> =
                text.split("\n\n").map(|one| Schedule::from_rfc5545(one).map(|time| time.german())).collect();
            fields.push((name, times.or(Err(wrong("times")))?.join("\n")));
        } else {
            fields.push((name, text));
        }
    }
    for name in NUMBERS {
        fields.extend(row.maybe_int()?.map(|number| (name, number.to_string())));
    }
    let first = |refusals: domain::kernel::Refusals| refusals.list().first().map_or("", |refusal| refusal.rule.code());
    CardContent::read(fields.as_slice()).map_err(|refusals| wrong(first(refusals)))
}

fn card(row: Row) -> Result<CardRow, StoreError> {
    let mut row = row.read("card");
    let content = content(&mut row)?;
    let (id, space, space_name) = (row.id()?, row.maybe_id()?, row.maybe_text()?);
    let (keeper, keeper_name, team) = (row.id()?, row.text()?, row.maybe_id()?);
    let (added_at, changed, confirmed_on) = (row.moment()?, row.int()?, row.day()?);
    let (confirmed_by, due_on, ended_on) = (row.maybe_text()?, row.day()?, row.maybe_day()?);
    let of_person = content.kind == domain::resources::CardKind::Person;
    let (visibility, consent) = (content.visibility, content.consent);
    let seen = Seen { visibility, keeper, team, consent, of_person, ended_on };
    let (merged_into, written_at) = (row.maybe_id()?, row.maybe_moment()?.unwrap_or(added_at));
    Ok(CardRow {
        id,
        content,
        seen,
        space,
        space_name,
        keeper_name,
        added_at,
        written_at,
        changed,
        confirmed_on,
        confirmed_by,
        due_on,
        merged_into,
    })
}

/// The next number of the office's count of changes.
pub(super) fn next(tx: &WriteTx<'_>) -> Result<i64, StoreError> {
    tx.one(&NEXT, &[])?.map_or(Ok(1), |row| row.read("card_head").int())
}

/// How often a card of the office was changed.
///
/// # Errors
/// When the engine fails.
pub fn head(tx: &ReadTx<'_>) -> Result<i64, StoreError> {
    tx.one(&HEAD, &[])?.map_or(Ok(0), |row| row.read("card_head").int())
}

/// Adds a card.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: CardId, new: &CardContent, standing: &NewStanding) -> Result<(), StoreError> {
    let NewStanding { keeper, team, space, confirmed_on, due_on } = *standing;
    let mut params = vec![id.into()];
    params.extend(columns(new));
    params.extend([space.into(), keeper.into(), team.into(), tx.now().into(), next(tx)?.into()]);
    params.extend([confirmed_on.into(), keeper.into(), due_on.into()]);
    tx.run(&INSERT, &params).map(|_| ())
}

/// Writes a card anew.
///
/// # Errors
/// When the engine fails.
pub fn replace(tx: &WriteTx<'_>, id: CardId, new: &CardContent, due_on: Day) -> Result<(), StoreError> {
    let mut params = vec![id.into()];
    params.extend(columns(new));
    params.extend([next(tx)?.into(), due_on.into(), tx.now().into()]);
    tx.run(&REPLACE, &params).map(|_| ())
}

/// Says in which space a card is.
///
/// # Errors
/// When the engine fails.
pub fn set_space(tx: &WriteTx<'_>, id: CardId, space: Option<SpaceId>) -> Result<(), StoreError> {
    let number = next(tx)?;
    tx.run(&SET_SPACE, &[id.into(), space.into(), number.into()]).map(|_| ())
}

/// Something that is kept beside a card changed: it counts as changed itself.
pub(super) fn touch(tx: &WriteTx<'_>, id: CardId) -> Result<(), StoreError> {
    let number = next(tx)?;
    tx.run(&TOUCH, &[id.into(), number.into()]).map(|_| ())
}

/// The space got another name: every card in it counts as changed, since it is found and shown by that name.
///
/// # Errors
/// When the engine fails.
pub fn space_renamed(tx: &WriteTx<'_>, space: SpaceId) -> Result<(), StoreError> {
    for row in tx.rows(&OF_SPACE, &[space.into()])? {
        touch(tx, row.read("card").id()?)?;
    }
    Ok(())
}

/// Confirms a card; nobody's name stands for its owner.
///
/// # Errors
/// When the engine fails.
pub fn confirm(tx: &WriteTx<'_>, id: CardId, (on, by): (Day, Option<UserId>), due_on: Day) -> Result<(), StoreError> {
    let number = next(tx)?;
    tx.run(&CONFIRM, &[id.into(), on.into(), by.into(), due_on.into(), number.into()]).map(|_| ())
}

/// Closes a card, perhaps because it was joined into another, or opens it again.
///
/// # Errors
/// When the engine fails.
pub fn end(tx: &WriteTx<'_>, id: CardId, ended_on: Option<Day>, into: Option<CardId>) -> Result<(), StoreError> {
    let number = next(tx)?;
    tx.run(&END, &[id.into(), ended_on.into(), into.into(), number.into()]).map(|_| ())
}

/// One card.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: CardId) -> Result<Option<CardRow>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(card).transpose()
}

/// Cards by their ids, in the order asked for.
///
/// # Errors
/// When the engine fails.
pub fn some(tx: &ReadTx<'_>, ids: &[CardId]) -> Result<Vec<CardRow>, StoreError> {
    let mut all = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(AT_ONCE) {
        let mut params: Vec<Value> = chunk.iter().map(|id| (*id).into()).collect();
        let last = params.last().cloned().unwrap_or(Value::Null);
        params.resize(AT_ONCE, last);
        let rows = tx.rows(&SOME, &params)?.into_iter().map(card).collect::<Result<Vec<_>, _>>()?;
        all.extend(chunk.iter().filter_map(|id| rows.iter().find(|row| row.id == *id).cloned()));
    }
    Ok(all)
}

/// Cards changed after the change with this number, in the order of their changes.
///
/// # Errors
/// When the engine fails.
pub fn changed_since(tx: &ReadTx<'_>, number: i64, limit: i64) -> Result<Vec<CardRow>, StoreError> {
    tx.rows(&CHANGED, &[number.into(), limit.into()])?.into_iter().map(card).collect()
}

/// Cards of a keeper that ask to be confirmed, the oldest first.
///
/// # Errors
/// When the engine fails.
pub fn due(tx: &ReadTx<'_>, keeper: UserId, today: Day, limit: i64) -> Result<Vec<CardRow>, StoreError> {
    tx.rows(&DUE, &[keeper.into(), today.into(), limit.into()])?.into_iter().map(card).collect()
}
