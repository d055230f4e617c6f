// SPDX-License-Identifier: EUPL-1.2
//! Cases and the people in them.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::casework::{CaseNumber, NewPerson, PersonRole};
use domain::kernel::{CaseId, Day, Moment, PersonId, PersonName, SpaceId, TeamId, UserId, fold, phonetic};
use uuid::Uuid;

crate::statement! {
    // The year's counter; the first case of a new year begins at 1.
    COUNT_UP = "UPDATE office SET case_count = CASE WHEN case_year = $2 THEN case_count + 1 ELSE 1 END, case_year = $2
                WHERE office_id = $1 RETURNING case_count";
    INSERT = "INSERT INTO case_file (office_id, id, number, family, family_key, family_sound, team_id, space_id, worker_id, opened_on,
                                     danger_since, moved_at, stage)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'opened')";
    ONE = "SELECT c.id, c.number, c.family, c.team_id, t.name, c.space_id, s.name, c.worker_id, a.name, c.opened_on, c.danger_since, c.stage
           FROM case_file c JOIN team t ON t.office_id = c.office_id AND t.id = c.team_id
           JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
           LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
           WHERE c.office_id = $1 AND c.id = $2";
    LIST = "SELECT c.id, c.number, c.family, s.name, a.name, c.opened_on, c.danger_since, c.moved_at, c.stage
            FROM case_file c JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
            LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
            WHERE c.office_id = $1 AND c.team_id {sight} AND (c.moved_at, c.id) < ($2, $3)
            ORDER BY c.moved_at DESC, c.id DESC LIMIT $4";
    LIST_OF_WORKER = "SELECT c.id, c.number, c.family, s.name, a.name, c.opened_on, c.danger_since, c.moved_at, c.stage
            FROM case_file c JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
            LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
            WHERE c.office_id = $1 AND c.team_id {sight} AND c.worker_id = $2 AND (c.moved_at, c.id) < ($3, $4)
            ORDER BY c.moved_at DESC, c.id DESC LIMIT $5";
    COUNT = "SELECT COUNT(*) FROM case_file c WHERE c.office_id = $1 AND c.team_id {sight}";
    COUNT_OF_WORKER = "SELECT COUNT(*) FROM case_file c WHERE c.office_id = $1 AND c.team_id {sight} AND c.worker_id = $2";
    DANGER = "SELECT c.id, c.number, c.family, s.name, a.name, c.opened_on, c.danger_since, c.moved_at, c.stage
              FROM case_file c JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
              LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
              WHERE c.office_id = $1 AND c.team_id {sight} AND c.danger_since IS NOT NULL AND c.stage = 'opened'
              ORDER BY c.danger_since DESC, c.id LIMIT $2";
    // `+ 0`: walking all cases by time until enough are found is the slow way.
    FIND = "SELECT c.id, c.number, c.family, s.name, a.name, c.opened_on, c.danger_since, c.moved_at, c.stage
            FROM case_file c JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
            LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
            WHERE c.office_id = $1 AND c.team_id {sight} AND c.id IN (
              SELECT id FROM case_file WHERE office_id = $1 AND family_key >= $2 AND family_key < $3
              UNION ALL SELECT id FROM case_file WHERE office_id = $1 AND family_sound = $4
              UNION ALL SELECT id FROM case_file WHERE office_id = $1 AND number >= $5 AND number < $6
              UNION ALL SELECT case_id FROM person WHERE office_id = $1 AND name_key >= $2 AND name_key < $3
              UNION ALL SELECT case_id FROM person WHERE office_id = $1 AND name_sound = $4)
            ORDER BY c.moved_at + 0 DESC, c.id DESC LIMIT $7";
    MOVE = "UPDATE case_file SET moved_at = $3, stage = $4 WHERE office_id = $1 AND id = $2";
    TOUCH = "UPDATE case_file SET moved_at = $3 WHERE office_id = $1 AND id = $2";
    NAME_FAMILY = "UPDATE case_file SET family = $3, family_key = $4, family_sound = $5, moved_at = $6 WHERE office_id = $1 AND id = $2";
    REASSIGN = "UPDATE case_file SET team_id = $3, space_id = $4, worker_id = $5, moved_at = $6 WHERE office_id = $1 AND id = $2";
    INSERT_PERSON = "INSERT INTO person (office_id, id, case_id, name, name_key, name_sound, role, born_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    PEOPLE = "SELECT id, name, role, born_on FROM person WHERE office_id = $1 AND case_id = $2 ORDER BY id";
}

/// Where a case is in the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Opened; will, goals, resources are being explored.
    Opened,
    /// On a team's agenda.
    Consultation,
    /// Help was decided, a plan stands.
    Decided,
    /// An agency is commissioned.
    Running,
}

impl Stage {
    /// As kept, and as message names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Consultation => "consultation",
            Self::Decided => "decided",
            Self::Running => "running",
        }
    }
    fn from_code(code: &str) -> Option<Self> {
        [Self::Opened, Self::Consultation, Self::Decided, Self::Running].into_iter().find(|stage| stage.code() == code)
    }
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
    tx.run(&INSERT, &params).map(|_| ())
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
    }))
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
}

fn line(row: Row) -> Result<CaseLine, StoreError> {
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
    })
}

/// A place in a list that is ordered by moment and id.
pub type After = (Moment, Uuid);

/// The beginning of such a list.
pub const FROM_NEWEST: After = (Moment(i64::MAX), Uuid::max());

/// Cases in sight, latest moved first, all or one worker's.
///
/// # Errors
/// When the engine fails.
pub fn list(
    tx: &ReadTx<'_>,
    sight: &RowSight,
    worker: Option<UserId>,
    after: After,
    limit: i64,
) -> Result<Vec<CaseLine>, StoreError> {
    let rows = match worker {
        Some(worker) => {
            tx.rows_in_sight(&LIST_OF_WORKER, &[worker.into(), after.0.into(), after.1.into(), limit.into()], sight)?
        }
        None => tx.rows_in_sight(&LIST, &[after.0.into(), after.1.into(), limit.into()], sight)?,
    };
    rows.into_iter().map(line).collect()
}

/// How many cases are in sight, all or one worker's.
///
/// # Errors
/// When the engine fails.
pub fn count(tx: &ReadTx<'_>, sight: &RowSight, worker: Option<UserId>) -> Result<i64, StoreError> {
    let rows = match worker {
        Some(worker) => tx.rows_in_sight(&COUNT_OF_WORKER, &[worker.into()], sight)?,
        None => tx.rows_in_sight(&COUNT, &[], sight)?,
    };
    rows.into_iter().next().map_or(Ok(0), |row| row.read("case_file").int())
}

/// Cases in sight with signs of danger that are still at the beginning, newest first.
///
/// # Errors
/// When the engine fails.
pub fn in_danger(tx: &ReadTx<'_>, sight: &RowSight, limit: i64) -> Result<Vec<CaseLine>, StoreError> {
    tx.rows_in_sight(&DANGER, &[limit.into()], sight)?.into_iter().map(line).collect()
}

/// Cases in sight by the beginning of a family's or person's name, by sound, or by number.
///
/// # Errors
/// When the engine fails.
pub fn find(tx: &ReadTx<'_>, sight: &RowSight, words: &str, limit: i64) -> Result<Vec<CaseLine>, StoreError> {
    let key = fold(words);
    // A sound of one digit would find half the town.
    let sound = Some(phonetic(words)).filter(|sound| sound.len() > 1);
    let number = words.trim().replace('/', "-");
    let params = [
        (&key).into(),
        crate::after_prefix(&key).into(),
        sound.into(),
        (&number).into(),
        crate::after_prefix(&number).into(),
        limit.into(),
    ];
    tx.rows_in_sight(&FIND, &params, sight)?.into_iter().map(line).collect()
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
    tx.run(&NAME_FAMILY, &params).map(|_| ())
}

/// Gives a case of the duty desk to the team of its space.
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
        phonetic(name).into(),
        new.role.code().into(),
        new.born.into(),
    ];
    tx.run(&INSERT_PERSON, &params).map(|_| ())
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
            })
        })
        .collect()
}
