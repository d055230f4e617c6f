// SPDX-License-Identifier: EUPL-1.2
//! Partners of the network, hours of contacts, and what teams said. No case stands here; single contacts are in
//! `contacts.rs`.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::kernel::{AgendaItemId, CaseId, Day, Line, PartnerId, SpaceId, TeamId, fold};
use domain::network::{Minutes, NewPartner, PartnerKind, Rhythm, Tie, WorkColumn, WorkField};

crate::statement! {
    INSERT_PARTNER = "INSERT INTO partner (office_id, id, name, name_key, kind, tie, space_id, contact, topics, weeks, agreement, agreed_from, agreed_until, known_since)
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    CHANGE_PARTNER = "UPDATE partner SET name = $3, name_key = $4, kind = $5, tie = $6, space_id = $7, contact = $8, topics = $9, weeks = $10,
                        agreement = $11, agreed_from = $12, agreed_until = $13 WHERE office_id = $1 AND id = $2";
    PARTNERS = "SELECT p.id, p.name, p.kind, p.tie, p.space_id, s.name, p.contact, p.topics, p.weeks, p.agreement, p.agreed_from, p.agreed_until, p.known_since, p.ended_on, p.ended_why,
                  (SELECT MAX(k.held_on) FROM contact k WHERE k.office_id = p.office_id AND k.partner_id = p.id)
                FROM partner p LEFT JOIN social_space s ON s.office_id = p.office_id AND s.id = p.space_id
                WHERE p.office_id = $1 ORDER BY p.name_key";
    // Whom to ask for there is nobody's business once nobody asks.
    END_PARTNER = "UPDATE partner SET ended_on = $3, ended_why = $4, contact = NULL WHERE office_id = $1 AND id = $2 AND ended_on IS NULL";
    RESUME_PARTNER = "UPDATE partner SET ended_on = NULL, ended_why = NULL WHERE office_id = $1 AND id = $2 AND ended_on IS NOT NULL";
    HOURS = "SELECT k.column_code, k.field, CAST(SUM(k.minutes) AS BIGINT), COUNT(*) FROM contact k
             WHERE k.office_id = $1 AND k.held_on >= $2 AND k.held_on <= $3 GROUP BY k.column_code, k.field ORDER BY k.column_code, k.field";
    // What teams said in their consultations: sheets are not read, and nothing but the number of cases leaves the house above.
    SAID = "SELECT i.id, i.case_id, i.team_id, i.minutes, d.words FROM agenda_item i
            LEFT JOIN idea d ON d.office_id = i.office_id AND d.item_id = i.id
            WHERE i.office_id = $1 AND i.held_on >= $2 ORDER BY i.id, d.id";
}

/// A partner as shown.
#[derive(Debug, Clone)]
pub struct PartnerView {
    /// Id.
    pub id: PartnerId,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: PartnerKind,
    /// What ties it to the office.
    pub tie: Tie,
    /// In which space.
    pub space: Option<SpaceId>,
    /// Its name.
    pub space_name: Option<String>,
    /// Whom to ask for.
    pub contact: Option<String>,
    /// About what.
    pub topics: Option<String>,
    /// How often one means to speak.
    pub rhythm: Option<Rhythm>,
    /// What was agreed.
    pub agreement: Option<String>,
    /// Since when.
    pub agreed_from: Option<Day>,
    /// Until when.
    pub agreed_until: Option<Day>,
    /// Known since.
    pub known_since: Day,
    /// One works with it no more, since.
    pub ended_on: Option<Day>,
    /// Why.
    pub ended_why: Option<String>,
    /// Spoken to last.
    pub last: Option<Day>,
}

fn texts(new: &NewPartner) -> [Value; 11] {
    let line = |text: &Option<Line>| Value::from(text.as_ref().map(|line| line.as_str().to_owned()));
    [
        new.name.as_str().into(),
        fold(new.name.as_str()).into(),
        new.kind.code().into(),
        new.tie.code().into(),
        new.space.into(),
        line(&new.contact),
        line(&new.topics),
        new.rhythm.map(|rhythm| i64::from(rhythm.weeks())).into(),
        new.agreement.as_ref().map(|note| note.as_str().to_owned()).into(),
        new.agreed_from.into(),
        new.agreed_until.into(),
    ]
}

/// Adds a partner.
///
/// # Errors
/// [`StoreError::Duplicate`] when the name is taken.
pub fn insert_partner(tx: &WriteTx<'_>, id: PartnerId, new: &NewPartner) -> Result<(), StoreError> {
    let mut params = vec![id.into()];
    params.extend(texts(new));
    params.push(tx.now().day().into());
    tx.run(&INSERT_PARTNER, &params).map(|_| ())
}

/// Changes a partner; `false` if there is none.
///
/// # Errors
/// [`StoreError::Duplicate`] when the name is taken.
pub fn change_partner(tx: &WriteTx<'_>, id: PartnerId, new: &NewPartner) -> Result<bool, StoreError> {
    let mut params = vec![id.into()];
    params.extend(texts(new));
    Ok(tx.run(&CHANGE_PARTNER, &params)? == 1)
}

/// One works with a partner no more; whom to ask for there goes. `false` if that was so already.
///
/// # Errors
/// When the engine fails.
pub fn end_partner(tx: &WriteTx<'_>, id: PartnerId, why: &Line) -> Result<bool, StoreError> {
    Ok(tx.run(&END_PARTNER, &[id.into(), tx.now().day().into(), why.as_str().into()])? == 1)
}

/// One works with a partner again; `false` if one still does.
///
/// # Errors
/// When the engine fails.
pub fn resume_partner(tx: &WriteTx<'_>, id: PartnerId) -> Result<bool, StoreError> {
    Ok(tx.run(&RESUME_PARTNER, &[id.into()])? == 1)
}

/// All partners by name, with the day of the last contact.
///
/// # Errors
/// When the engine fails.
pub fn partners(tx: &ReadTx<'_>) -> Result<Vec<PartnerView>, StoreError> {
    let rhythm = |weeks: Option<i64>| weeks.map(Rhythm::new).transpose();
    let wrong = |_| StoreError::Inconsistent("partner", "weeks".into());
    tx.rows(&PARTNERS, &[])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("partner");
            Ok(PartnerView {
                id: row.id()?,
                name: row.text()?,
                kind: row.code(PartnerKind::from_code)?,
                tie: row.code(Tie::from_code)?,
                space: row.maybe_id()?,
                space_name: row.maybe_text()?,
                contact: row.maybe_text()?,
                topics: row.maybe_text()?,
                rhythm: rhythm(row.maybe_int()?).map_err(wrong)?,
                agreement: row.maybe_text()?,
                agreed_from: row.maybe_day()?,
                agreed_until: row.maybe_day()?,
                known_since: row.day()?,
                ended_on: row.maybe_day()?,
                ended_why: row.maybe_text()?,
                last: row.maybe_day()?,
            })
        })
        .collect()
}

/// Time and number of contacts by column and field between two days.
///
/// # Errors
/// When the engine fails.
pub fn hours(
    tx: &ReadTx<'_>,
    (from, until): (Day, Day),
) -> Result<Vec<(WorkColumn, WorkField, Minutes, i64)>, StoreError> {
    tx.rows(&HOURS, &[from.into(), until.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("contact");
            let kind = (row.code(WorkColumn::from_code)?, row.code(WorkField::from_code)?);
            Ok((kind.0, kind.1, Minutes::new(row.int()?), row.int()?))
        })
        .collect()
}

/// What was said in one consultation.
#[derive(Clone, PartialEq, Eq)]
pub struct ItemSaid {
    /// The item.
    pub item: AgendaItemId,
    /// About which case.
    pub case: CaseId,
    /// In which team.
    pub team: TeamId,
    /// Minutes and ideas, without names.
    pub words: String,
}

/// What is said about a family never reaches a log line.
impl std::fmt::Debug for ItemSaid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ItemSaid({}, {} characters)", self.item, self.words.chars().count())
    }
}

/// Minutes and ideas of the consultations held since a day.
///
/// # Errors
/// When the engine fails.
pub fn said_since(tx: &ReadTx<'_>, since: Day) -> Result<Vec<ItemSaid>, StoreError> {
    let mut all: Vec<ItemSaid> = Vec::new();
    for row in tx.rows(&SAID, &[since.into()])? {
        let mut row = row.read("agenda_item");
        let (item, case, team) = (row.id()?, row.id()?, row.id()?);
        let (minutes, idea) = (row.maybe_text()?.unwrap_or_default(), row.maybe_text()?.unwrap_or_default());
        match all.last_mut() {
            Some(last) if last.item == item => last.words.push_str(&format!(".\n{idea}")),
            _ => all.push(ItemSaid { item, case, team, words: format!("{minutes}.\n{idea}") }),
        }
    }
    Ok(all)
}
