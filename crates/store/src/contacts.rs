// SPDX-License-Identifier: EUPL-1.2
//! The log of contacts. Rows stay, with day, kind and hours; their words may be put right, and go.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::kernel::{ContactId, Day, PartnerId, ProjectId, SpaceId, UserId};
use domain::network::{Correction, Minutes, NewContact, WorkColumn, WorkField};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO contact (office_id, id, held_on, column_code, field, space_id, partner_id, project_id, person, minutes, result, next_on, logged_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    // A contact without partner stands under its own id, which is no partner's.
    LOG = "SELECT k.id, k.held_on, k.column_code, k.field, s.name, p.name, k.project_id, j.title, k.person, k.minutes, k.result, k.next_on, k.logged_by, a.name,
             k.corrected_on, k.erased_on FROM contact k
           JOIN account a ON a.office_id = k.office_id AND a.id = k.logged_by
           LEFT JOIN social_space s ON s.office_id = k.office_id AND s.id = k.space_id
           LEFT JOIN partner p ON p.office_id = k.office_id AND p.id = k.partner_id
           LEFT JOIN project j ON j.office_id = k.office_id AND j.id = k.project_id
           WHERE k.office_id = $1 AND k.held_on >= $2 AND k.held_on <= $3 AND (k.held_on < $3 OR k.id < $4)
             AND COALESCE(k.partner_id, k.id) >= $5 AND COALESCE(k.partner_id, k.id) <= $6
             AND COALESCE(k.space_id, k.id) >= $7 AND COALESCE(k.space_id, k.id) <= $8
           ORDER BY k.held_on DESC, k.id DESC LIMIT $9";
    OF_PROJECT = "SELECT k.id, k.held_on, k.column_code, k.field, s.name, p.name, k.project_id, j.title, k.person, k.minutes, k.result, k.next_on, k.logged_by, a.name,
             k.corrected_on, k.erased_on FROM contact k
           JOIN account a ON a.office_id = k.office_id AND a.id = k.logged_by
           LEFT JOIN social_space s ON s.office_id = k.office_id AND s.id = k.space_id
           LEFT JOIN partner p ON p.office_id = k.office_id AND p.id = k.partner_id
           LEFT JOIN project j ON j.office_id = k.office_id AND j.id = k.project_id
           WHERE k.office_id = $1 AND k.project_id = $2 ORDER BY k.held_on DESC, k.id DESC LIMIT $3";
    ONE = "SELECT k.id, k.held_on, k.column_code, k.field, s.name, p.name, k.project_id, j.title, k.person, k.minutes, k.result, k.next_on, k.logged_by, a.name,
             k.corrected_on, k.erased_on FROM contact k
           JOIN account a ON a.office_id = k.office_id AND a.id = k.logged_by
           LEFT JOIN social_space s ON s.office_id = k.office_id AND s.id = k.space_id
           LEFT JOIN partner p ON p.office_id = k.office_id AND p.id = k.partner_id
           LEFT JOIN project j ON j.office_id = k.office_id AND j.id = k.project_id
           WHERE k.office_id = $1 AND k.id = $2";
    CORRECT = "UPDATE contact SET person = $3, result = $4, next_on = $5, corrected_on = $6 WHERE office_id = $1 AND id = $2 AND erased_on IS NULL";
    ERASE = "UPDATE contact SET person = NULL, result = '', next_on = NULL, erased_on = $3 WHERE office_id = $1 AND id = $2 AND erased_on IS NULL";
    OVER = "SELECT k.id FROM contact k WHERE k.office_id = $1 AND k.erased_on IS NULL AND k.held_on < $2 ORDER BY k.held_on, k.id LIMIT 500";
}

/// Logs a contact.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: ContactId, new: &NewContact) -> Result<(), StoreError> {
    let params: [Value; 12] = [
        id.into(),
        new.on.into(),
        new.column.code().into(),
        new.field.code().into(),
        new.space.into(),
        new.partner.into(),
        new.project.into(),
        new.person.as_ref().map(|person| person.as_str().to_owned()).into(),
        new.time.minutes().into(),
        new.result.as_str().into(),
        new.next_on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A contact as shown.
#[derive(Clone, PartialEq, Eq)]
pub struct ContactView {
    /// Id.
    pub id: ContactId,
    /// When.
    pub on: Day,
    /// Column of the work.
    pub column: WorkColumn,
    /// Field of the work.
    pub field: WorkField,
    /// Name of the space.
    pub space: Option<String>,
    /// Name of the partner; nothing for those who see no partners.
    pub partner: Option<String>,
    /// The project, if it was for one.
    pub project_id: Option<ProjectId>,
    /// Its title.
    pub project: Option<String>,
    /// With whom else.
    pub person: Option<String>,
    /// How long.
    pub time: Minutes,
    /// What came of it; nothing where the words are gone, or not for this reader.
    pub result: Option<String>,
    /// When to speak again.
    pub next_on: Option<Day>,
    /// Who logged it.
    pub author: UserId,
    /// The name; nothing for those who do not see the words.
    pub by: Option<String>,
    /// The words were put right.
    pub corrected_on: Option<Day>,
    /// The words are gone since.
    pub erased_on: Option<Day>,
}

/// Words about people never reach a log line.
impl std::fmt::Debug for ContactView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ContactView({}, {}, {:?})", self.id, self.on, self.time)
    }
}

impl ContactView {
    /// What remains for those who do not work in the network: that work was done, when, what kind, how long.
    #[must_use]
    pub fn without_words(self) -> Self {
        Self { partner: None, person: None, result: None, next_on: None, by: None, ..self }
    }
}

fn contact(row: Row) -> Result<ContactView, StoreError> {
    let mut row = row.read("contact");
    let mut view = ContactView {
        id: row.id()?,
        on: row.day()?,
        column: row.code(WorkColumn::from_code)?,
        field: row.code(WorkField::from_code)?,
        space: row.maybe_text()?,
        partner: row.maybe_text()?,
        project_id: row.maybe_id()?,
        project: row.maybe_text()?,
        person: row.maybe_text()?,
        time: Minutes::new(row.int()?),
        result: row.maybe_text()?,
        next_on: row.maybe_day()?,
        author: row.id()?,
        by: row.maybe_text()?,
        corrected_on: row.maybe_day()?,
        erased_on: row.maybe_day()?,
    };
    view.result = view.result.filter(|_| view.erased_on.is_none());
    Ok(view)
}

/// Which contacts are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// From this day.
    pub from: Day,
    /// To this day.
    pub until: Day,
    /// Of the last day only those older than this one: where a page before ended.
    pub before: ContactId,
    /// With this partner only.
    pub partner: Option<PartnerId>,
    /// In this space only.
    pub space: Option<SpaceId>,
}

/// Before every contact.
pub const FROM_NEWEST: ContactId = ContactId(Uuid::max());

/// Contacts of the log, newest first.
///
/// # Errors
/// When the engine fails.
pub fn log(tx: &ReadTx<'_>, wanted: &Wanted, limit: i64) -> Result<Vec<ContactView>, StoreError> {
    let only = |id: Option<Uuid>| [id.unwrap_or(Uuid::nil()).into(), id.unwrap_or(Uuid::max()).into()];
    let mut params: Vec<Value> = vec![wanted.from.into(), wanted.until.into(), wanted.before.into()];
    params.extend::<[Value; 2]>(only(wanted.partner.map(|partner| partner.0)));
    params.extend::<[Value; 2]>(only(wanted.space.map(|space| space.0)));
    params.push(limit.into());
    tx.rows(&LOG, &params)?.into_iter().map(contact).collect()
}

/// Contacts for a project, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_project(tx: &ReadTx<'_>, project: ProjectId, limit: i64) -> Result<Vec<ContactView>, StoreError> {
    tx.rows(&OF_PROJECT, &[project.into(), limit.into()])?.into_iter().map(contact).collect()
}

/// One contact.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: ContactId) -> Result<Option<ContactView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(contact).transpose()
}

/// Puts the words of a contact right; what they were is gone. `false` if there are none any more.
///
/// # Errors
/// When the engine fails.
pub fn correct(tx: &WriteTx<'_>, id: ContactId, right: &Correction) -> Result<bool, StoreError> {
    let params: [Value; 5] = [
        id.into(),
        right.person.as_ref().map(|person| person.as_str().to_owned()).into(),
        right.result.as_str().into(),
        right.next_on.into(),
        tx.now().day().into(),
    ];
    Ok(tx.run(&CORRECT, &params)? == 1)
}

/// Erases the words of a contact; day, kind and hours stay. `false` if they are gone already.
///
/// # Errors
/// When the engine fails.
pub fn erase(tx: &WriteTx<'_>, id: ContactId) -> Result<bool, StoreError> {
    Ok(tx.run(&ERASE, &[id.into(), tx.now().day().into()])? == 1)
}

/// Contacts with words that were said before a day, the oldest first; no more than one transaction carries.
///
/// # Errors
/// When the engine fails.
pub fn over(tx: &ReadTx<'_>, since: Day) -> Result<Vec<ContactId>, StoreError> {
    tx.rows(&OVER, &[since.into()])?.into_iter().map(|row| row.read("contact").id()).collect()
}
