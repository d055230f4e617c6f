// SPDX-License-Identifier: EUPL-1.2
//! What families say: will, wish, need, mandate; goals; resources.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{Field, NewGoal, NewStrength, Statement, StatementKind};
use domain::kernel::{CaseId, Day, GoalId, Note, StrengthId, WillId};

crate::statement! {
    INSERT = "INSERT INTO statement (office_id, id, case_id, person_id, kind, words, own_part, said_on, recorded_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    OF_CASE = "SELECT s.id, s.kind, COALESCE(k.name, p.name), s.words, s.own_part, s.said_on
               FROM statement s LEFT JOIN person p ON p.office_id = s.office_id AND p.id = s.person_id
               LEFT JOIN person k ON k.office_id = p.office_id AND k.id = p.merged_into
               WHERE s.office_id = $1 AND s.case_id = $2 ORDER BY s.said_on, s.id";
    INSERT_GOAL = "INSERT INTO goal (office_id, id, case_id, person_id, words, agreed_on) VALUES ($1, $2, $3, $4, $5, $6)";
    GOALS = "SELECT g.id, COALESCE(k.name, p.name), g.words, g.agreed_on FROM goal g JOIN person p ON p.office_id = g.office_id AND p.id = g.person_id
             LEFT JOIN person k ON k.office_id = p.office_id AND k.id = p.merged_into
             WHERE g.office_id = $1 AND g.case_id = $2 AND g.parent_id IS NULL ORDER BY g.id";
    INSERT_STRENGTH = "INSERT INTO strength (office_id, id, case_id, person_id, field, words) VALUES ($1, $2, $3, $4, $5, $6)";
    STRENGTHS = "SELECT s.id, s.field, s.words, COALESCE(k.name, p.name) FROM strength s LEFT JOIN person p ON p.office_id = s.office_id AND p.id = s.person_id
                 LEFT JOIN person k ON k.office_id = p.office_id AND k.id = p.merged_into
                 WHERE s.office_id = $1 AND s.case_id = $2 ORDER BY s.id";
}

/// A statement as shown.
#[derive(Debug, Clone)]
pub struct StatementView {
    /// Id.
    pub id: WillId,
    /// Kind.
    pub kind: StatementKind,
    /// Who said it.
    pub speaker: Option<String>,
    /// Verbatim.
    pub words: String,
    /// What the speaker does for it.
    pub own_part: Option<String>,
    /// When.
    pub said_on: Day,
}

/// Records a statement.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: WillId, case: CaseId, new: &Statement) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        case.into(),
        new.speaker.into(),
        new.kind.code().into(),
        new.words.as_str().into(),
        new.own_part.as_ref().map(Note::as_str).into(),
        new.said_on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// The statements of a case, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<StatementView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("statement");
            Ok(StatementView {
                id: row.id()?,
                kind: row.code(StatementKind::from_code)?,
                speaker: row.maybe_text()?,
                words: row.text()?,
                own_part: row.maybe_text()?,
                said_on: row.day()?,
            })
        })
        .collect()
}

/// A goal as shown.
#[derive(Debug, Clone)]
pub struct GoalView {
    /// Id.
    pub id: GoalId,
    /// Whose.
    pub owner: String,
    /// In their words.
    pub words: String,
    /// Agreed on.
    pub agreed_on: Day,
}

/// Records a goal.
///
/// # Errors
/// When the engine fails.
pub fn insert_goal(tx: &WriteTx<'_>, id: GoalId, case: CaseId, new: &NewGoal) -> Result<(), StoreError> {
    let params = [id.into(), case.into(), new.owner.into(), new.words.as_str().into(), new.agreed_on.into()];
    tx.run(&INSERT_GOAL, &params).map(|_| ())
}

/// The goals of a case.
///
/// # Errors
/// When the engine fails.
pub fn goals(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<GoalView>, StoreError> {
    tx.rows(&GOALS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("goal");
            Ok(GoalView { id: row.id()?, owner: row.text()?, words: row.text()?, agreed_on: row.day()? })
        })
        .collect()
}

/// A resource as shown.
#[derive(Debug, Clone)]
pub struct StrengthView {
    /// Id.
    pub id: StrengthId,
    /// Field.
    pub field: Field,
    /// What it is.
    pub words: String,
    /// Whose.
    pub owner: Option<String>,
}

/// Records a resource of the family.
///
/// # Errors
/// When the engine fails.
pub fn insert_strength(tx: &WriteTx<'_>, id: StrengthId, case: CaseId, new: &NewStrength) -> Result<(), StoreError> {
    let params = [id.into(), case.into(), new.owner.into(), new.field.code().into(), new.words.as_str().into()];
    tx.run(&INSERT_STRENGTH, &params).map(|_| ())
}

/// The resources of a case.
///
/// # Errors
/// When the engine fails.
pub fn strengths(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<StrengthView>, StoreError> {
    tx.rows(&STRENGTHS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("strength");
            Ok(StrengthView {
                id: row.id()?,
                field: row.code(Field::from_code)?,
                words: row.text()?,
                owner: row.maybe_text()?,
            })
        })
        .collect()
}
