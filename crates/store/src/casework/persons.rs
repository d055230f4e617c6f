// SPDX-License-Identifier: EUPL-1.2
//! What is known of the people of a case besides their names: language, how they are reached, where they lived, and
//! which entries are one human being.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{Contact, Entry, Home, NewJoin, NewResidence, Speech};
use domain::kernel::{
    CaseId, Day, HumanId, JoinId, Line, Moment, PersonContactId, PersonId, ResidenceId, TeamId, name_sound,
};

crate::statement! {
    DESCRIBE = "UPDATE person SET language = $3, interpreter = $4 WHERE office_id = $1 AND id = $2";
    INSERT_CONTACT = "INSERT INTO person_contact (office_id, id, case_id, person_id, kind, shown, digits, digits_back, recorded_by)
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CONTACTS = "SELECT id, person_id, shown FROM person_contact WHERE office_id = $1 AND case_id = $2 AND ended_on IS NULL ORDER BY id LIMIT 100";
    END_CONTACT = "UPDATE person_contact SET ended_on = $4, digits = '', digits_back = '' WHERE office_id = $1 AND id = $2 AND case_id = $3 AND ended_on IS NULL";
    INSERT_RESIDENCE = "INSERT INTO residence (office_id, id, case_id, person_id, place, home, with_whom, valid_from, valid_until, recorded_by, recorded_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    RESIDENCES = "SELECT r.id, r.person_id, r.place, r.home, r.with_whom, r.valid_from, r.valid_until, a.name FROM residence r
                  JOIN account a ON a.office_id = r.office_id AND a.id = r.recorded_by
                  WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.valid_from DESC, r.id DESC LIMIT 100";
    ENTRY = "SELECT p.id, p.human_id, p.name, p.born_on, p.case_id, c.team_id, p.merged_into FROM person p
             JOIN case_file c ON c.office_id = p.office_id AND c.id = p.case_id
             WHERE p.office_id = $1 AND p.id = $2";
    OF_SOUND = "SELECT p.id, p.human_id, p.name, p.born_on, c.id, c.team_id, c.number, t.name FROM person p
                JOIN case_file c ON c.office_id = p.office_id AND c.id = p.case_id
                JOIN team t ON t.office_id = c.office_id AND t.id = c.team_id
                WHERE p.office_id = $1 AND p.name_sound = $2 AND p.merged_into IS NULL ORDER BY p.name, p.id LIMIT $3";
    OF_HUMAN = "SELECT p.id, p.case_id, c.team_id, c.number, t.name FROM person p
                JOIN case_file c ON c.office_id = p.office_id AND c.id = p.case_id
                JOIN team t ON t.office_id = c.office_id AND t.id = c.team_id
                WHERE p.office_id = $1 AND p.human_id = $2 ORDER BY p.id LIMIT 50";
    INSERT_JOIN = "INSERT INTO person_join (office_id, id, case_id, kept_id, joined_id, why, joined_by, joined_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_JOIN_ROW = "INSERT INTO person_join_row (office_id, join_id, person_id, before_human) VALUES ($1, $2, $3, $4)";
    BECOME = "UPDATE person SET human_id = $3 WHERE office_id = $1 AND id = $2";
    MERGE = "UPDATE person SET merged_into = $3 WHERE office_id = $1 AND id = $2";
    JOIN = "SELECT case_id, kept_id, joined_id, joined_at, undone_at FROM person_join WHERE office_id = $1 AND id = $2";
    JOIN_ROWS = "SELECT person_id, before_human FROM person_join_row WHERE office_id = $1 AND join_id = $2";
    JOINS = "SELECT j.id, k.name, o.name, j.why, a.name, j.joined_at, j.undone_at FROM person_join j
             JOIN person k ON k.office_id = j.office_id AND k.id = j.kept_id
             JOIN person o ON o.office_id = j.office_id AND o.id = j.joined_id
             JOIN account a ON a.office_id = j.office_id AND a.id = j.joined_by
             WHERE j.office_id = $1 AND j.case_id = $2 ORDER BY j.id DESC LIMIT 20";
    UNDO = "UPDATE person_join SET undone_by = $3, undone_at = $4 WHERE office_id = $1 AND id = $2 AND undone_at IS NULL";
}

/// Keeps language and interpreter of a person.
///
/// # Errors
/// When the engine fails.
pub fn describe(tx: &WriteTx<'_>, person: PersonId, speech: &Speech) -> Result<(), StoreError> {
    let language = speech.language.as_ref().map(Line::as_str);
    tx.run(&DESCRIBE, &[person.into(), language.into(), speech.interpreter.map(|one| one.code()).into()]).map(|_| ())
}

/// Keeps how somebody is reached.
///
/// # Errors
/// When the engine fails.
pub fn insert_contact(
    tx: &WriteTx<'_>,
    id: PersonContactId,
    of: (CaseId, PersonId),
    contact: &Contact,
) -> Result<(), StoreError> {
    let (kind, shown, digits, back) = match contact {
        Contact::Phone(phone) => ("phone", phone.as_str(), phone.digits().to_owned(), phone.digits_back()),
        Contact::Mail(mail) => ("mail", mail.as_str(), String::new(), String::new()),
    };
    let params: [Value; 8] = [
        id.into(),
        of.0.into(),
        of.1.into(),
        kind.into(),
        shown.into(),
        digits.into(),
        back.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_CONTACT, &params).map(|_| ())
}

/// A way to reach somebody.
#[derive(Debug, Clone)]
pub struct ContactView {
    /// Id.
    pub id: PersonContactId,
    /// Whom.
    pub person: PersonId,
    /// As written.
    pub shown: String,
}

/// How the people of a case are reached.
///
/// # Errors
/// When the engine fails.
pub fn contacts(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ContactView>, StoreError> {
    tx.rows(&CONTACTS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("person_contact");
            Ok(ContactView { id: row.id()?, person: row.id()?, shown: row.text()? })
        })
        .collect()
}

/// Ends a way to reach somebody; answers whether it was in use.
///
/// # Errors
/// When the engine fails.
pub fn end_contact(tx: &WriteTx<'_>, id: PersonContactId, case: CaseId) -> Result<bool, StoreError> {
    Ok(tx.run(&END_CONTACT, &[id.into(), case.into(), tx.now().day().into()])? == 1)
}

/// Records where somebody lived.
///
/// # Errors
/// When the engine fails.
pub fn insert_residence(tx: &WriteTx<'_>, id: ResidenceId, case: CaseId, new: &NewResidence) -> Result<(), StoreError> {
    let params: [Value; 10] = [
        id.into(),
        case.into(),
        new.person.into(),
        new.place.as_str().into(),
        new.home.code().into(),
        new.with_whom.as_ref().map(Line::as_str).into(),
        new.from.into(),
        new.until.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_RESIDENCE, &params).map(|_| ())
}

/// Where somebody lived.
#[derive(Clone)]
pub struct ResidenceView {
    /// Id.
    pub id: ResidenceId,
    /// Who.
    pub person: PersonId,
    /// Where.
    pub place: String,
    /// Do they live there?
    pub home: Home,
    /// With whom.
    pub with_whom: Option<String>,
    /// Since.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
    /// Who recorded it.
    pub recorded_by: String,
}

/// Where a family lives never reaches a log line.
impl std::fmt::Debug for ResidenceView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ResidenceView({})", self.id)
    }
}

/// Where the people of a case lived, newest first.
///
/// # Errors
/// When the engine fails.
pub fn residences(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ResidenceView>, StoreError> {
    tx.rows(&RESIDENCES, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("residence");
            Ok(ResidenceView {
                id: row.id()?,
                person: row.id()?,
                place: row.text()?,
                home: row.maybe_code(Home::from_code)?.unwrap_or(Home::Fixed),
                with_whom: row.maybe_text()?,
                from: row.day()?,
                until: row.maybe_day()?,
                recorded_by: row.text()?,
            })
        })
        .collect()
}

/// An entry with the case it stands in.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The entry.
    pub entry: Entry,
    /// In which case.
    pub case: CaseId,
    /// Whose.
    pub team: TeamId,
    /// It points at another entry of its case.
    pub merged: bool,
}

/// One entry.
///
/// # Errors
/// When the engine fails.
pub fn entry(tx: &ReadTx<'_>, id: PersonId) -> Result<Option<Placed>, StoreError> {
    let Some(row) = tx.one(&ENTRY, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("person");
    let entry = Entry { id: row.id()?, human: row.id()?, name: row.text()?, born: row.maybe_day()? };
    let (case, team) = (row.id()?, row.id()?);
    Ok(Some(Placed { entry, case, team, merged: row.maybe_id::<PersonId>()?.is_some() }))
}

/// An entry that sounds alike, or is the same human being, with the number of its case and the team to ask.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// The entry.
    pub id: PersonId,
    /// In which case.
    pub case: CaseId,
    /// Whose.
    pub team: TeamId,
    /// Its number.
    pub number: String,
    /// The team to ask.
    pub team_name: String,
}

/// Entries of the office whose names sound like this one.
///
/// # Errors
/// When the engine fails.
pub fn sounding_like(tx: &ReadTx<'_>, name: &str, limit: i64) -> Result<Vec<(Entry, Elsewhere)>, StoreError> {
    let sound = name_sound(name);
    if sound.is_empty() {
        return Ok(Vec::new());
    }
    tx.rows(&OF_SOUND, &[sound.into(), limit.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("person");
            let entry = Entry { id: row.id()?, human: row.id()?, name: row.text()?, born: row.maybe_day()? };
            let id = entry.id;
            let (case, team) = (row.id()?, row.id()?);
            Ok((entry, Elsewhere { id, case, team, number: row.text()?, team_name: row.text()? }))
        })
        .collect()
}

/// All entries of one human being.
///
/// # Errors
/// When the engine fails.
pub fn of_human(tx: &ReadTx<'_>, human: HumanId) -> Result<Vec<Elsewhere>, StoreError> {
    tx.rows(&OF_HUMAN, &[human.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("person");
            let (id, case, team) = (row.id()?, row.id()?, row.id()?);
            Ok(Elsewhere { id, case, team, number: row.text()?, team_name: row.text()? })
        })
        .collect()
}

/// Joins two entries: all entries of the one become the other, and one of the same case points at what stays.
///
/// # Errors
/// When the engine fails.
pub fn join(tx: &WriteTx<'_>, id: JoinId, new: &NewJoin, (kept, joined): (&Placed, &Placed)) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        kept.case.into(),
        new.kept.into(),
        new.joined.into(),
        new.why.as_str().into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_JOIN, &params)?;
    for one in of_human(tx, joined.entry.human)? {
        tx.run(&INSERT_JOIN_ROW, &[id.into(), one.id.into(), joined.entry.human.into()])?;
        tx.run(&BECOME, &[one.id.into(), kept.entry.human.into()])?;
    }
    if kept.case == joined.case {
        tx.run(&MERGE, &[new.joined.into(), new.kept.into()])?;
    }
    Ok(())
}

/// A joining, as far as undoing needs it.
#[derive(Debug, Clone, Copy)]
pub struct Joined {
    /// In which case it was done.
    pub case: CaseId,
    /// What stayed.
    pub kept: PersonId,
    /// What was joined.
    pub joined: PersonId,
    /// When.
    pub at: Moment,
    /// It was undone.
    pub undone: bool,
}

/// One joining.
///
/// # Errors
/// When the engine fails.
pub fn joining(tx: &ReadTx<'_>, id: JoinId) -> Result<Option<Joined>, StoreError> {
    let Some(row) = tx.one(&JOIN, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("person_join");
    let (case, kept, joined, at) = (row.id()?, row.id()?, row.id()?, row.moment()?);
    Ok(Some(Joined { case, kept, joined, at, undone: row.maybe_moment()?.is_some() }))
}

/// Undoes a joining: everybody is who they were; answers whether it was still in force.
///
/// # Errors
/// When the engine fails.
pub fn undo_join(tx: &WriteTx<'_>, id: JoinId, joined: PersonId) -> Result<bool, StoreError> {
    if tx.run(&UNDO, &[id.into(), tx.grant().user().into(), tx.now().into()])? != 1 {
        return Ok(false);
    }
    for row in tx.rows(&JOIN_ROWS, &[id.into()])? {
        let mut row = row.read("person_join_row");
        let (person, before): (PersonId, HumanId) = (row.id()?, row.id()?);
        tx.run(&BECOME, &[person.into(), before.into()])?;
    }
    tx.run(&MERGE, &[joined.into(), Value::Null])?;
    Ok(true)
}

/// A joining as shown.
#[derive(Debug, Clone)]
pub struct JoinView {
    /// Id.
    pub id: JoinId,
    /// What stayed.
    pub kept: String,
    /// What was joined.
    pub joined: String,
    /// How one knows.
    pub why: String,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// It was undone.
    pub undone: bool,
}

/// The joinings done in a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn joins(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<JoinView>, StoreError> {
    tx.rows(&JOINS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("person_join");
            Ok(JoinView {
                id: row.id()?,
                kept: row.text()?,
                joined: row.text()?,
                why: row.text()?,
                by: row.text()?,
                at: row.moment()?,
                undone: row.maybe_moment()?.is_some(),
            })
        })
        .collect()
}
