// SPDX-License-Identifier: EUPL-1.2
//! What is due: lists by day, each thing with what became of it.

pub mod absences;
pub mod calendars;

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::deadlines::{DueKind, Duty, Nature, NewDue, Outcome};
use domain::kernel::{CaseId, Day, DueId, Moment, TeamId, UserId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO due (office_id, id, case_id, team_id, owner_id, nature, kind, came_from, subject_id, words, begins_on, due_on,
                               calendar, state, raised_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', $14)";
    ONE = "SELECT d.id, d.case_id, c.number, c.family, d.team_id, d.owner_id, a.name, d.nature, d.kind, d.came_from, d.subject_id, d.words,
                  d.begins_on, d.due_on, d.calendar, d.state, c.sealed_since
           FROM due d JOIN case_file c ON c.office_id = d.office_id AND c.id = d.case_id
           JOIN account a ON a.office_id = d.office_id AND a.id = d.owner_id
           WHERE d.office_id = $1 AND d.id = $2";
    OF_CASE = "SELECT d.id, d.case_id, c.number, c.family, d.team_id, d.owner_id, a.name, d.nature, d.kind, d.came_from, d.subject_id, d.words,
                      d.begins_on, d.due_on, d.calendar, d.state, c.sealed_since
               FROM due d JOIN case_file c ON c.office_id = d.office_id AND c.id = d.case_id
               JOIN account a ON a.office_id = d.office_id AND a.id = d.owner_id
               WHERE d.office_id = $1 AND d.case_id = $2 AND d.state = $3
               ORDER BY d.due_on, d.begins_on, d.id LIMIT $4";
    OF_OWNERS = "SELECT d.id, d.case_id, c.number, c.family, d.team_id, d.owner_id, a.name, d.nature, d.kind, d.came_from, d.subject_id, d.words,
                        d.begins_on, d.due_on, d.calendar, d.state, c.sealed_since
                 FROM due d JOIN case_file c ON c.office_id = d.office_id AND c.id = d.case_id
                 JOIN account a ON a.office_id = d.office_id AND a.id = d.owner_id
                 WHERE d.office_id = $1 AND d.owner_id {sight} AND d.state = 'open' AND (d.due_on, d.id) > ($2, $3)
                 ORDER BY d.due_on, d.id LIMIT $4";
    OF_TEAMS = "SELECT d.id, d.case_id, c.number, c.family, d.team_id, d.owner_id, a.name, d.nature, d.kind, d.came_from, d.subject_id, d.words,
                       d.begins_on, d.due_on, d.calendar, d.state, c.sealed_since
                FROM due d JOIN case_file c ON c.office_id = d.office_id AND c.id = d.case_id
                JOIN account a ON a.office_id = d.office_id AND a.id = d.owner_id
                WHERE d.office_id = $1 AND d.team_id {sight} AND d.state = 'open' AND (d.due_on, d.id) > ($2, $3)
                ORDER BY d.due_on, d.id LIMIT $4";
    PROMPT_OF_OWNERS = "SELECT d.id, d.case_id, c.number, c.family, d.team_id, d.owner_id, a.name, d.nature, d.kind, d.came_from, d.subject_id,
                               d.words, d.begins_on, d.due_on, d.calendar, d.state, c.sealed_since
                        FROM due d JOIN case_file c ON c.office_id = d.office_id AND c.id = d.case_id
                        JOIN account a ON a.office_id = d.office_id AND a.id = d.owner_id
                        WHERE d.office_id = $1 AND d.owner_id {sight} AND d.state = 'open' AND d.due_on IS NULL
                        ORDER BY d.begins_on, d.id LIMIT $2";
    PROMPT_OF_TEAMS = "SELECT d.id, d.case_id, c.number, c.family, d.team_id, d.owner_id, a.name, d.nature, d.kind, d.came_from, d.subject_id,
                              d.words, d.begins_on, d.due_on, d.calendar, d.state, c.sealed_since
                       FROM due d JOIN case_file c ON c.office_id = d.office_id AND c.id = d.case_id
                       JOIN account a ON a.office_id = d.office_id AND a.id = d.owner_id
                       WHERE d.office_id = $1 AND d.team_id {sight} AND d.state = 'open' AND d.due_on IS NULL
                       ORDER BY d.begins_on, d.id LIMIT $2";
    OF_SUBJECT = "SELECT id, kind, came_from, due_on FROM due WHERE office_id = $1 AND subject_id = $2 AND state = 'open' ORDER BY id";
    SETTLE = "UPDATE due SET state = $3 WHERE office_id = $1 AND id = $2 AND state = 'open'";
    MOVE = "UPDATE due SET due_on = $3 WHERE office_id = $1 AND id = $2 AND state = 'open'";
    FOLLOW_CASE = "UPDATE due SET team_id = $3, owner_id = $4 WHERE office_id = $1 AND case_id = $2 AND state = 'open'";
    INSERT_CHANGE = "INSERT INTO due_change (office_id, id, case_id, due_id, outcome, reason, from_day, to_day, changed_by, changed_at)
                     VALUES ($1, $2, (SELECT case_id FROM due WHERE office_id = $1 AND id = $3), $3, $4, $5, $6, $7, $8, $9)";
    CHANGES = "SELECT h.due_id, h.outcome, h.reason, h.from_day, h.to_day, a.name, h.changed_at
               FROM due_change h JOIN account a ON a.office_id = h.office_id AND a.id = h.changed_by
               WHERE h.office_id = $1 AND h.case_id = $2 ORDER BY h.id";
}

/// Where something due stands.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The case.
    pub case: CaseId,
    /// Its team.
    pub team: TeamId,
    /// Who sees to it.
    pub owner: UserId,
}

/// Keeps something due, with the day that was worked out in a calendar; what is due at once has none.
///
/// # Errors
/// When the engine fails.
pub fn insert(
    tx: &WriteTx<'_>,
    id: DueId,
    at: At,
    new: &NewDue,
    worked: (Option<Day>, &str),
) -> Result<(), StoreError> {
    let begins = match &new.duty {
        Duty::Legal(_, start) => *start,
        Duty::Prompt(promptly) => promptly.since(),
        Duty::Own(_) => tx.now().day(),
    };
    let words = match &new.duty {
        Duty::Own(target) => Some(target.words.as_str()),
        _ => None,
    };
    let params: [Value; 13] = [
        id.into(),
        at.case.into(),
        at.team.into(),
        at.owner.into(),
        new.duty.nature().code().into(),
        new.duty.kind().into(),
        new.from.code().into(),
        new.subject.into(),
        words.into(),
        begins.into(),
        worked.0.into(),
        worked.1.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Something due, as lists and pages show it.
#[derive(Debug, Clone)]
pub struct DueView {
    /// Id.
    pub id: DueId,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The family.
    pub family: String,
    /// Its team.
    pub team: TeamId,
    /// Who sees to it.
    pub owner: UserId,
    /// Their name.
    pub owner_name: String,
    /// Where the day comes from.
    pub nature: Nature,
    /// Rule, duty, or `own`.
    pub kind: String,
    /// Out of what.
    pub from: DueKind,
    /// The thing it belongs to.
    pub subject: Option<Uuid>,
    /// The office's or the plan's words.
    pub words: Option<String>,
    /// The event it begins with.
    pub begins_on: Day,
    /// The last day, if there is one.
    pub due_on: Option<Day>,
    /// The calendar in which it was worked out.
    pub calendar: String,
    /// Still open?
    pub is_open: bool,
    /// Is somebody of its case protected? Then its words may hold an address from before.
    pub is_sealed: bool,
}

fn view(row: Row) -> Result<DueView, StoreError> {
    let mut row = row.read("due");
    Ok(DueView {
        id: row.id()?,
        case: row.id()?,
        number: row.text()?,
        family: row.text()?,
        team: row.id()?,
        owner: row.id()?,
        owner_name: row.text()?,
        nature: row.code(Nature::from_code)?,
        kind: row.text()?,
        from: row.code(DueKind::from_code)?,
        subject: row.maybe_id()?,
        words: row.maybe_text()?,
        begins_on: row.day()?,
        due_on: row.maybe_day()?,
        calendar: row.text()?,
        is_open: row.text()? == "open",
        is_sealed: row.maybe_day()?.is_some(),
    })
}

/// One thing.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: DueId) -> Result<Option<DueView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// Things of a case in a state (`open`, `done`, `dropped`), by day.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId, state: &str, limit: i64) -> Result<Vec<DueView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into(), state.into(), limit.into()])?.into_iter().map(view).collect()
}

/// A place in a list ordered by day and id.
pub type AfterDay = (Option<Day>, Uuid);

fn place(after: AfterDay) -> [Value; 2] {
    [after.0.map_or_else(String::new, |day| day.to_string()).into(), after.1.into()]
}

fn list(
    tx: &ReadTx<'_>,
    sql: &'static crate::db::Sql,
    params: &[Value],
    sight: &RowSight,
) -> Result<Vec<DueView>, StoreError> {
    tx.rows_in_sight(sql, params, sight)?.into_iter().map(view).collect()
}

/// Open things with a day that these people see to, the earliest first.
///
/// # Errors
/// When the engine fails.
pub fn of_owners(tx: &ReadTx<'_>, owners: &RowSight, after: AfterDay, limit: i64) -> Result<Vec<DueView>, StoreError> {
    let [day, id] = place(after);
    list(tx, &OF_OWNERS, &[day, id, limit.into()], owners)
}

/// Open things with a day of teams in sight, the earliest first.
///
/// # Errors
/// When the engine fails.
pub fn of_teams(tx: &ReadTx<'_>, teams: &RowSight, after: AfterDay, limit: i64) -> Result<Vec<DueView>, StoreError> {
    let [day, id] = place(after);
    list(tx, &OF_TEAMS, &[day, id, limit.into()], teams)
}

/// What these people have to do at once, the oldest first.
///
/// # Errors
/// When the engine fails.
pub fn prompt_of_owners(tx: &ReadTx<'_>, owners: &RowSight, limit: i64) -> Result<Vec<DueView>, StoreError> {
    list(tx, &PROMPT_OF_OWNERS, &[limit.into()], owners)
}

/// What teams in sight have to do at once, the oldest first.
///
/// # Errors
/// When the engine fails.
pub fn prompt_of_teams(tx: &ReadTx<'_>, teams: &RowSight, limit: i64) -> Result<Vec<DueView>, StoreError> {
    list(tx, &PROMPT_OF_TEAMS, &[limit.into()], teams)
}

/// Something open that belongs to a thing.
#[derive(Debug, Clone)]
pub struct OpenDue {
    /// Id.
    pub id: DueId,
    /// Rule, duty, or `own`.
    pub kind: String,
    /// Out of what.
    pub from: DueKind,
    /// Its day.
    pub day: Option<Day>,
}

/// Open things that belong to a thing.
///
/// # Errors
/// When the engine fails.
pub fn of_subject(tx: &ReadTx<'_>, subject: Uuid) -> Result<Vec<OpenDue>, StoreError> {
    tx.rows(&OF_SUBJECT, &[subject.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("due");
            Ok(OpenDue { id: row.id()?, kind: row.text()?, from: row.code(DueKind::from_code)?, day: row.maybe_day()? })
        })
        .collect()
}

/// What became of something, as it is kept.
#[derive(Debug, Clone)]
pub struct NewChange<'a> {
    /// Done, moved, dropped.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<&'a str>,
    /// The day it had.
    pub from: Option<Day>,
    /// The day it gets.
    pub to: Option<Day>,
}

/// Keeps what became of something; `false` if it was not open any more.
///
/// # Errors
/// When the engine fails.
pub fn change(tx: &WriteTx<'_>, change_id: Uuid, id: DueId, new: &NewChange<'_>) -> Result<bool, StoreError> {
    let touched = match new.outcome {
        Outcome::Moved => tx.run(&MOVE, &[id.into(), new.to.into()])?,
        other => tx.run(&SETTLE, &[id.into(), other.code().into()])?,
    };
    if touched == 0 {
        return Ok(false);
    }
    let params: [Value; 8] = [
        change_id.into(),
        id.into(),
        new.outcome.code().into(),
        new.reason.into(),
        new.from.into(),
        new.to.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_CHANGE, &params)?;
    Ok(true)
}

/// A case goes to another team: what is due goes along.
///
/// # Errors
/// When the engine fails.
pub fn follow_case(tx: &WriteTx<'_>, case: CaseId, team: TeamId, owner: UserId) -> Result<(), StoreError> {
    tx.run(&FOLLOW_CASE, &[case.into(), team.into(), owner.into()]).map(|_| ())
}

/// What became of something.
#[derive(Debug, Clone)]
pub struct ChangeView {
    /// Of what.
    pub due: DueId,
    /// Done, moved, dropped.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<String>,
    /// The day it had.
    pub from: Option<Day>,
    /// The day it got.
    pub to: Option<Day>,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// What became of the things of a case, in order.
///
/// # Errors
/// When the engine fails.
pub fn changes(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ChangeView>, StoreError> {
    tx.rows(&CHANGES, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("due_change");
            Ok(ChangeView {
                due: row.id()?,
                outcome: row.code(Outcome::from_code)?,
                reason: row.maybe_text()?,
                from: row.maybe_day()?,
                to: row.maybe_day()?,
                by: row.text()?,
                at: row.moment()?,
            })
        })
        .collect()
}
