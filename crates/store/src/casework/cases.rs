// SPDX-License-Identifier: EUPL-1.2
//! Cases and the people in them.

use super::search;
pub use super::stage::Stage;
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::casework::{CaseNumber, Interpreter, NewPerson, PersonRole};
use domain::kernel::{
    CaseId, Day, HumanId, Moment, PersonId, PersonName, SpaceId, TeamId, UserId, fold, name_sound, phonetic,
};
use uuid::Uuid;

crate::statement! {
    // The year's counter; the first case of a new year begins at 1.
    COUNT_UP = "UPDATE office SET case_count = CASE WHEN case_year = $2 THEN case_count + 1 ELSE 1 END, case_year = $2
                WHERE office_id = $1 RETURNING case_count";
    INSERT = "INSERT INTO case_file (office_id, id, number, family, family_key, family_sound, team_id, space_id, worker_id, opened_on,
                                     danger_since, moved_at, stage)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'opened')";
    ONE = "SELECT c.id, c.number, c.family, c.team_id, t.name, CASE WHEN c.sealed_since IS NULL THEN c.space_id END, CASE WHEN c.sealed_since IS NULL THEN s.name END, c.worker_id, a.name, c.opened_on, c.danger_since, c.stage, c.sealed_since, c.joined_into
           FROM case_file c JOIN team t ON t.office_id = c.office_id AND t.id = c.team_id
           JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
           LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
           WHERE c.office_id = $1 AND c.id = $2";
    DANGER = "SELECT c.id, c.number, c.family, CASE WHEN c.sealed_since IS NULL THEN s.name END, a.name, c.opened_on, c.danger_since, c.moved_at, c.stage, c.sealed_since
              FROM case_file c JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
              LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
              WHERE c.office_id = $1 AND c.team_id {sight} AND c.danger_since IS NOT NULL AND c.stage = 'opened' AND c.joined_into IS NULL
              ORDER BY c.danger_since DESC, c.id LIMIT $2";
    MOVE = "UPDATE case_file SET moved_at = $3, stage = $4 WHERE office_id = $1 AND id = $2";
    TOUCH = "UPDATE case_file SET moved_at = $3 WHERE office_id = $1 AND id = $2";
    NAME_FAMILY = "UPDATE case_file SET family = $3, family_key = $4, family_sound = $5, moved_at = $6 WHERE office_id = $1 AND id = $2";
    REASSIGN = "UPDATE case_file SET team_id = $3, space_id = $4, worker_id = $5, moved_at = $6 WHERE office_id = $1 AND id = $2";
    INSERT_PERSON = "INSERT INTO person (office_id, id, case_id, name, name_key, name_sound, role, born_on, human_id)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $2)";
    PEOPLE = "SELECT id, name, role, born_on, human_id, language, interpreter FROM person
              WHERE office_id = $1 AND case_id = $2 AND merged_into IS NULL ORDER BY id";
    SPACE_OF = "SELECT space_id FROM case_file WHERE office_id = $1 AND id = $2";
    SEAL = "UPDATE case_file SET sealed_since = $3 WHERE office_id = $1 AND id = $2";
}

/// The next case number of a year.
///
/// # Errors
/// When the engine fails.
pub fn next_number(tx: &WriteTx<'_>, year: i16) -> Result<CaseNumber, StoreError> {
    let row = tx.one(&COUNT_UP, &[year.into()])?.ok_or(StoreError::Inconsistent("office", "missing".into()))?;
    Ok(CaseNumber::new(year, row.read("office").int()?))
}

/// A case on its way in.
#[derive(Debug, Clone)]
pub struct NewCase<'a> {
    /// Id.
    pub id: CaseId,
    /// Number.
    pub number: &'a CaseNumber,
    /// The family's name.
    pub family: &'a PersonName,
    /// Its team.
    pub team: TeamId,
    /// Its space, if known.
    pub space: Option<SpaceId>,
    /// Who works on it.
    pub worker: UserId,
    /// Signs of danger since.
    pub danger_since: Option<Day>,
}

/// Opens a case.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, new: &NewCase<'_>) -> Result<(), StoreError> {
    let family = new.family.as_str();
    let params: [Value; 11] = [
        new.id.into(),
        new.number.as_str().into(),
        family.into(),
        fold(family).into(),
        phonetic(family).into(),
        new.team.into(),
        new.space.into(),
        new.worker.into(),
        tx.now().day().into(),
        new.danger_since.into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params)?;
    search::keep_number(tx, new.id, new.number)?;
    search::keep_words(tx, new.id, new.id.0, family)
}

/// A case as its identity bar shows it.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// Id.
    pub id: CaseId,
    /// Number.
    pub number: String,
    /// The family's name.
    pub family: String,
    /// Team.
    pub team: TeamId,
    /// Its name.
    pub team_name: String,
    /// Space.
    pub space: Option<SpaceId>,
    /// Its name.
    pub space_name: Option<String>,
    /// Case worker.
    pub worker: UserId,
    /// Their name.
    pub worker_name: String,
    /// Opened on.
    pub opened_on: Day,
    /// Signs of danger since.
    pub danger_since: Option<Day>,
    /// Where in the process.
    pub stage: Stage,
    /// Somebody's address is protected: the space is not told.
    pub is_sealed: bool,
    /// It goes on in another case.
    pub joined_into: Option<CaseId>,
}

/// One case.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: CaseId) -> Result<Option<CaseView>, StoreError> {
    let Some(row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("case_file");
    Ok(Some(CaseView {
        id: row.id()?,
        number: row.text()?,
        family: row.text()?,
        team: row.id()?,
        team_name: row.text()?,
        space: row.maybe_id()?,
        space_name: row.maybe_text()?,
        worker: row.id()?,
        worker_name: row.text()?,
        opened_on: row.day()?,
        danger_since: row.maybe_day()?,
        stage: row.code(Stage::from_code)?,
        is_sealed: row.maybe_day()?.is_some(),
        joined_into: row.maybe_id()?,
    }))
}

/// The social space of a case, also where it is not shown: for work inside the house, never for a page.
///
/// # Errors
/// When the engine fails.
pub fn space_of(tx: &ReadTx<'_>, id: CaseId) -> Result<Option<SpaceId>, StoreError> {
    tx.one(&SPACE_OF, &[id.into()])?.map_or(Ok(None), |row| row.read("case_file").maybe_id())
}

/// Notes since when somebody of a case has a protected address, or that nobody has one any more.
///
/// # Errors
/// When the engine fails.
pub fn seal(tx: &WriteTx<'_>, id: CaseId, since: Option<Day>) -> Result<(), StoreError> {
    tx.run(&SEAL, &[id.into(), since.into()]).map(|_| ())
}

/// A case in a list.
#[derive(Debug, Clone)]
pub struct CaseLine {
    /// Id.
    pub id: CaseId,
    /// Number.
    pub number: String,
    /// The family's name.
    pub family: String,
    /// Name of its space.
    pub space: Option<String>,
    /// Case worker.
    pub worker: String,
    /// Opened on.
    pub opened_on: Day,
    /// Signs of danger since.
    pub danger_since: Option<Day>,
    /// Last moved.
    pub moved_at: Moment,
    /// Where in the process.
    pub stage: Stage,
    /// Somebody's address is protected: the space is not told.
    pub is_sealed: bool,
}

pub(super) fn line(row: Row) -> Result<CaseLine, StoreError> {
    let mut row = row.read("case_file");
    Ok(CaseLine {
        id: row.id()?,
        number: row.text()?,
        family: row.text()?,
        space: row.maybe_text()?,
        worker: row.text()?,
        opened_on: row.day()?,
        danger_since: row.maybe_day()?,
        moved_at: row.moment()?,
        stage: row.code(Stage::from_code)?,
        is_sealed: row.maybe_day()?.is_some(),
    })
}

/// A place in a list that is ordered by moment and id.
pub type After = (Moment, Uuid);

/// The beginning of such a list.
pub const FROM_NEWEST: After = (Moment(i64::MAX), Uuid::max());

/// Cases in sight with signs of danger that are still at the beginning, newest first.
///
/// # Errors
/// When the engine fails.
pub fn in_danger(tx: &ReadTx<'_>, sight: &RowSight, limit: i64) -> Result<Vec<CaseLine>, StoreError> {
    tx.rows_in_sight(&DANGER, &[limit.into()], sight)?.into_iter().map(line).collect()
}

/// Moves a case to a stage.
///
/// # Errors
/// When the engine fails.
pub fn move_to(tx: &WriteTx<'_>, id: CaseId, stage: Stage) -> Result<(), StoreError> {
    tx.run(&MOVE, &[id.into(), tx.now().into(), stage.code().into()]).map(|_| ())
}

/// Notes that something happened in a case.
///
/// # Errors
/// When the engine fails.
pub fn touch(tx: &WriteTx<'_>, id: CaseId) -> Result<(), StoreError> {
    tx.run(&TOUCH, &[id.into(), tx.now().into()]).map(|_| ())
}

/// Names the family of a case, or names it rightly.
///
/// # Errors
/// When the engine fails.
pub fn name_family(tx: &WriteTx<'_>, id: CaseId, family: &PersonName) -> Result<(), StoreError> {
    let name = family.as_str();
    let params = [id.into(), name.into(), fold(name).into(), phonetic(name).into(), tx.now().into()];
    tx.run(&NAME_FAMILY, &params)?;
    search::drop_words(tx, id.0)?;
    search::keep_words(tx, id, id.0, name)
}

/// Gives a case to the team of a space.
///
/// # Errors
/// When the engine fails.
pub fn reassign(tx: &WriteTx<'_>, id: CaseId, to: (TeamId, SpaceId), worker: UserId) -> Result<(), StoreError> {
    tx.run(&REASSIGN, &[id.into(), to.0.into(), to.1.into(), worker.into(), tx.now().into()]).map(|_| ())
}

/// Adds a person to a case.
///
/// # Errors
/// When the engine fails.
pub fn insert_person(tx: &WriteTx<'_>, id: PersonId, case: CaseId, new: &NewPerson) -> Result<(), StoreError> {
    let name = new.name.as_str();
    let params: [Value; 7] = [
        id.into(),
        case.into(),
        name.into(),
        fold(name).into(),
        name_sound(name).into(),
        new.role.code().into(),
        new.born.into(),
    ];
    tx.run(&INSERT_PERSON, &params)?;
    search::keep_words(tx, case, id.0, name)
}

/// A person in a case.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// Id.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// In the family.
    pub role: PersonRole,
    /// Birthday.
    pub born: Option<Day>,
    /// Who it is, whatever case they are in.
    pub human: HumanId,
    /// Spoken at home.
    pub language: Option<String>,
    /// Interpreter.
    pub interpreter: Option<Interpreter>,
}

/// The people of a case, in the order they were added.
///
/// # Errors
/// When the engine fails.
pub fn people(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<PersonView>, StoreError> {
    tx.rows(&PEOPLE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("person");
            Ok(PersonView {
                id: row.id()?,
                name: row.text()?,
                role: row.code(PersonRole::from_code)?,
                born: row.maybe_day()?,
                human: row.id()?,
                language: row.maybe_text()?,
                interpreter: row.maybe_code(Interpreter::from_code)?,
            })
        })
        .collect()
}
