// SPDX-License-Identifier: EUPL-1.2
//! The ladder of a case's goals, and ratings, which are only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{GoalLevel, NewRating, NewStep, Rater};
use domain::kernel::{CaseId, Day, GoalId, Note};
use uuid::Uuid;

crate::statement! {
    INSERT_STEP = "INSERT INTO goal (office_id, id, case_id, person_id, words, agreed_on, parent_id, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LADDER = "SELECT g.id, g.parent_id, COALESCE(k.name, p.name), g.words, g.agreed_on, g.due_on
              FROM goal g JOIN person p ON p.office_id = g.office_id AND p.id = g.person_id
              LEFT JOIN person k ON k.office_id = p.office_id AND k.id = p.merged_into
              WHERE g.office_id = $1 AND g.case_id = $2 ORDER BY g.id";
    ONE = "SELECT case_id, parent_id, agreed_on FROM goal WHERE office_id = $1 AND id = $2";
    OF_WORDS = "SELECT id, agreed_on FROM goal WHERE office_id = $1 AND case_id = $2 AND words = $3 ORDER BY id DESC LIMIT 1";
    INSERT_RATING = "INSERT INTO goal_rating (office_id, id, case_id, goal_id, rater, level, said_on, words, recorded_by)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    RATINGS = "SELECT r.goal_id, r.rater, r.level, r.said_on, r.words, a.name
               FROM goal_rating r JOIN account a ON a.office_id = r.office_id AND a.id = r.recorded_by
               WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.said_on, r.id";
}

/// The goal of a case with these words, and since when it is agreed.
///
/// # Errors
/// When the engine fails.
pub fn of_words(tx: &ReadTx<'_>, case: CaseId, words: &str) -> Result<Option<(GoalId, Day)>, StoreError> {
    let Some(row) = tx.one(&OF_WORDS, &[case.into(), words.into()])? else { return Ok(None) };
    let mut row = row.read("goal");
    Ok(Some((row.id()?, row.day()?)))
}

/// Records an action goal under a direction goal.
///
/// # Errors
/// When the engine fails.
pub fn insert_step(tx: &WriteTx<'_>, id: GoalId, under: (CaseId, GoalId), new: &NewStep) -> Result<(), StoreError> {
    let (case, parent) = under;
    let params: [Value; 7] = [
        id.into(),
        case.into(),
        new.owner.into(),
        new.words.as_str().into(),
        new.agreed_on.into(),
        parent.into(),
        new.due_on.into(),
    ];
    tx.run(&INSERT_STEP, &params).map(|_| ())
}

/// A goal of the ladder.
#[derive(Debug, Clone)]
pub struct Rung {
    /// Id.
    pub id: GoalId,
    /// Its direction goal, if it is an action goal.
    pub parent: Option<GoalId>,
    /// Whose.
    pub owner: String,
    /// In their words.
    pub words: String,
    /// Agreed on.
    pub agreed_on: Day,
    /// Until when.
    pub due_on: Option<Day>,
}

/// All goals of a case, in the order they were recorded.
///
/// # Errors
/// When the engine fails.
pub fn ladder(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<Rung>, StoreError> {
    tx.rows(&LADDER, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("goal");
            Ok(Rung {
                id: row.id()?,
                parent: row.maybe_id()?,
                owner: row.text()?,
                words: row.text()?,
                agreed_on: row.day()?,
                due_on: row.maybe_day()?,
            })
        })
        .collect()
}

/// A goal's case, its direction goal, and the day it was agreed.
pub type GoalAt = (CaseId, Option<GoalId>, Day);

/// Where a goal stands.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: GoalId) -> Result<Option<GoalAt>, StoreError> {
    let Some(row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("goal");
    Ok(Some((row.id()?, row.maybe_id()?, row.day()?)))
}

/// Records a rating.
///
/// # Errors
/// When the engine fails.
pub fn insert_rating(tx: &WriteTx<'_>, id: Uuid, of: (CaseId, GoalId), new: &NewRating) -> Result<(), StoreError> {
    let (case, goal) = of;
    let params: [Value; 8] = [
        id.into(),
        case.into(),
        goal.into(),
        new.rater.code().into(),
        new.level.code().into(),
        new.said_on.into(),
        new.words.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_RATING, &params).map(|_| ())
}

/// A rating as shown.
#[derive(Debug, Clone)]
pub struct RatingView {
    /// Of which goal.
    pub goal: GoalId,
    /// Who said so.
    pub rater: Rater,
    /// How far.
    pub level: GoalLevel,
    /// When.
    pub said_on: Day,
    /// In their words.
    pub words: Option<String>,
    /// Who wrote it down.
    pub recorded_by: String,
}

/// All ratings of a case's goals, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn ratings(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<RatingView>, StoreError> {
    tx.rows(&RATINGS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("goal_rating");
            Ok(RatingView {
                goal: row.id()?,
                rater: row.code(Rater::from_code)?,
                level: row.code(GoalLevel::from_code)?,
                said_on: row.day()?,
                words: row.maybe_text()?,
                recorded_by: row.text()?,
            })
        })
        .collect()
}
