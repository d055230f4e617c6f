// SPDX-License-Identifier: EUPL-1.2
//! Areas of a case with their history, what is to be clarified, conditions. Conditions are no goals and stand in
//! tables of their own.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{Area, ConditionGround, ConditionResult, NewArea, NewCheck, NewCondition};
use domain::kernel::{AreaId, CaseId, ClarificationId, ConditionId, Day, Line, Note, QuestionId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO case_area (office_id, id, case_id, area, since, facts, reading, professionals, decided_by, decided_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OF_CASE = "SELECT x.area, x.since, x.facts, x.reading, x.professionals, a.name FROM case_area x
               JOIN account a ON a.office_id = x.office_id AND a.id = x.decided_by
               WHERE x.office_id = $1 AND x.case_id = $2 ORDER BY x.id DESC LIMIT 50";
    DANGER_SINCE = "UPDATE case_file SET danger_since = $3 WHERE office_id = $1 AND id = $2";
    OPEN_CLARIFICATION = "INSERT INTO clarification (office_id, id, case_id, area_id, due_on, opened_by) VALUES ($1, $2, $3, $4, $5, $6)";
    CLOSE_CLARIFICATIONS = "UPDATE clarification SET closed_on = $3 WHERE office_id = $1 AND case_id = $2 AND closed_on IS NULL";
    INSERT_QUESTION = "INSERT INTO clarification_question (office_id, id, clarification_id, words) VALUES ($1, $2, $3, $4)";
    QUESTIONS = "SELECT q.id, c.due_on, c.closed_on, q.words, q.answer, q.answered_on, a.name FROM clarification c
                 JOIN clarification_question q ON q.office_id = c.office_id AND q.clarification_id = c.id
                 LEFT JOIN account a ON a.office_id = q.office_id AND a.id = q.answered_by
                 WHERE c.office_id = $1 AND c.case_id = $2 ORDER BY c.due_on DESC, c.id DESC, q.id LIMIT 100";
    CASE_OF_QUESTION = "SELECT c.case_id FROM clarification_question q JOIN clarification c ON c.office_id = q.office_id AND c.id = q.clarification_id
                        WHERE q.office_id = $1 AND q.id = $2";
    ANSWER = "UPDATE clarification_question SET answer = $3, answered_on = $4, answered_by = $5 WHERE office_id = $1 AND id = $2 AND answer IS NULL";
    UNCLEAR = "SELECT c.case_id, f.number, c.due_on FROM clarification c JOIN case_file f ON f.office_id = c.office_id AND f.id = c.case_id
               WHERE c.office_id = $1 AND c.closed_on IS NULL AND f.team_id {sight} ORDER BY c.due_on, c.id LIMIT $2";
    INSERT_CONDITION = "INSERT INTO case_condition (office_id, id, case_id, words, evidence, ground, set_on, check_on, set_by)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CONDITIONS = "SELECT id, words, evidence, ground, set_on, check_on, lifted_on, lifted_why FROM case_condition
                  WHERE office_id = $1 AND case_id = $2 ORDER BY id LIMIT 100";
    CASE_OF_CONDITION = "SELECT case_id, set_on, lifted_on FROM case_condition WHERE office_id = $1 AND id = $2";
    CHECKS = "SELECT k.condition_id, k.result, k.seen, k.checked_on, k.next_on, a.name FROM case_condition c
              CROSS JOIN condition_check k JOIN account a ON a.office_id = k.office_id AND a.id = k.checked_by
              WHERE c.office_id = $1 AND c.case_id = $2 AND k.office_id = c.office_id AND k.condition_id = c.id
              ORDER BY k.checked_on, k.id LIMIT 200";
    INSERT_CHECK = "INSERT INTO condition_check (office_id, id, condition_id, result, seen, checked_on, next_on, checked_by)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIFT = "UPDATE case_condition SET lifted_on = $3, lifted_why = $4 WHERE office_id = $1 AND id = $2 AND lifted_on IS NULL";
}

/// Changes the area of a case; what was to be clarified before is closed.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: AreaId, case: CaseId, new: &NewArea) -> Result<(), StoreError> {
    let professionals: Vec<&str> = new.professionals.iter().map(Line::as_str).collect();
    let params: [Value; 9] = [
        id.into(),
        case.into(),
        new.area.code().into(),
        new.since.into(),
        new.facts.as_str().into(),
        new.reading.as_ref().map(Note::as_str).into(),
        professionals.join("\n").into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params)?;
    tx.run(&CLOSE_CLARIFICATIONS, &[case.into(), tx.now().day().into()]).map(|_| ())
}

/// Notes since when a case has signs of danger, or that it has none any more.
///
/// # Errors
/// When the engine fails.
pub fn danger_since(tx: &WriteTx<'_>, case: CaseId, since: Option<Day>) -> Result<(), StoreError> {
    tx.run(&DANGER_SINCE, &[case.into(), since.into()]).map(|_| ())
}

/// Opens a mandate to clarify, with its questions.
///
/// # Errors
/// When the engine fails.
pub fn open_clarification(
    tx: &WriteTx<'_>,
    id: ClarificationId,
    (case, area): (CaseId, AreaId),
    (due, questions): (Day, &[(QuestionId, Line)]),
) -> Result<(), StoreError> {
    let params = [id.into(), case.into(), area.into(), due.into(), tx.grant().user().into()];
    tx.run(&OPEN_CLARIFICATION, &params)?;
    for (question, words) in questions {
        tx.run(&INSERT_QUESTION, &[(*question).into(), id.into(), words.as_str().into()])?;
    }
    Ok(())
}

/// An area as shown.
#[derive(Debug, Clone)]
pub struct AreaView {
    /// Which.
    pub area: Area,
    /// Since.
    pub since: Day,
    /// What was seen and heard.
    pub facts: String,
    /// How it was read.
    pub reading: Option<String>,
    /// Who looked at it together.
    pub professionals: Vec<String>,
    /// Who recorded it.
    pub by: String,
}

/// The areas of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<AreaView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("case_area");
            Ok(AreaView {
                area: row.code(Area::from_code)?,
                since: row.day()?,
                facts: row.text()?,
                reading: row.maybe_text()?,
                professionals: row.text()?.lines().map(str::to_owned).collect(),
                by: row.text()?,
            })
        })
        .collect()
}

/// A question to be clarified.
#[derive(Debug, Clone)]
pub struct QuestionView {
    /// Id.
    pub id: QuestionId,
    /// By when.
    pub due_on: Day,
    /// Its mandate was closed on.
    pub closed_on: Option<Day>,
    /// The question.
    pub words: String,
    /// The answer.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_on: Option<Day>,
    /// By whom.
    pub answered_by: Option<String>,
}

/// The questions of a case, of the newest mandate first.
///
/// # Errors
/// When the engine fails.
pub fn questions(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<QuestionView>, StoreError> {
    tx.rows(&QUESTIONS, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("clarification_question");
            Ok(QuestionView {
                id: row.id()?,
                due_on: row.day()?,
                closed_on: row.maybe_day()?,
                words: row.text()?,
                answer: row.maybe_text()?,
                answered_on: row.maybe_day()?,
                answered_by: row.maybe_text()?,
            })
        })
        .collect()
}

/// The case of a question.
///
/// # Errors
/// When the engine fails.
pub fn case_of_question(tx: &ReadTx<'_>, id: QuestionId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&CASE_OF_QUESTION, &[id.into()])?.map(|row| row.read("clarification").id()).transpose()
}

/// Answers a question; answers whether it was open.
///
/// # Errors
/// When the engine fails.
pub fn answer(tx: &WriteTx<'_>, id: QuestionId, words: &Note) -> Result<bool, StoreError> {
    let params = [id.into(), words.as_str().into(), tx.now().day().into(), tx.grant().user().into()];
    Ok(tx.run(&ANSWER, &params)? == 1)
}

/// Cases in sight with a mandate to clarify, the earliest due first: the case, its number, by when.
///
/// # Errors
/// When the engine fails.
pub fn unclear(
    tx: &ReadTx<'_>,
    sight: &crate::sight::RowSight,
    limit: i64,
) -> Result<Vec<(CaseId, String, Day)>, StoreError> {
    tx.rows_in_sight(&UNCLEAR, &[limit.into()], sight)?
        .into_iter()
        .map(|row| {
            let mut row = row.read("clarification");
            Ok((row.id()?, row.text()?, row.day()?))
        })
        .collect()
}

/// Sets a condition.
///
/// # Errors
/// When the engine fails.
pub fn insert_condition(tx: &WriteTx<'_>, id: ConditionId, case: CaseId, new: &NewCondition) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        case.into(),
        new.words.as_str().into(),
        new.evidence.as_str().into(),
        new.ground.code().into(),
        new.set_on.into(),
        new.check_on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_CONDITION, &params).map(|_| ())
}

/// A look at a condition.
#[derive(Debug, Clone)]
pub struct CheckView {
    /// Was it met?
    pub result: ConditionResult,
    /// What was seen.
    pub seen: String,
    /// When.
    pub on: Day,
    /// When somebody looks again.
    pub next_on: Option<Day>,
    /// Who looked.
    pub by: String,
}

/// A condition as shown.
#[derive(Debug, Clone)]
pub struct ConditionView {
    /// Id.
    pub id: ConditionId,
    /// What must be assured.
    pub words: String,
    /// By what one sees it.
    pub evidence: String,
    /// Who demands it.
    pub ground: ConditionGround,
    /// Since.
    pub set_on: Day,
    /// When somebody looks first.
    pub check_on: Day,
    /// When it was lifted.
    pub lifted_on: Option<Day>,
    /// Why.
    pub lifted_why: Option<String>,
    /// Looks at it, oldest first.
    pub checks: Vec<CheckView>,
}

impl ConditionView {
    /// When somebody is to look next.
    #[must_use]
    pub fn due(&self) -> Option<Day> {
        if self.lifted_on.is_some() {
            return None;
        }
        self.checks.last().map_or(Some(self.check_on), |last| last.next_on)
    }
}

/// The conditions of a case with the looks at them, in the order they were set.
///
/// # Errors
/// When the engine fails.
pub fn conditions(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ConditionView>, StoreError> {
    let mut all = Vec::new();
    for row in tx.rows(&CONDITIONS, &[case.into()])? {
        let mut row = row.read("case_condition");
        all.push(ConditionView {
            id: row.id()?,
            words: row.text()?,
            evidence: row.text()?,
            ground: row.code(ConditionGround::from_code)?,
            set_on: row.day()?,
            check_on: row.day()?,
            lifted_on: row.maybe_day()?,
            lifted_why: row.maybe_text()?,
            checks: Vec::new(),
        });
    }
    for row in tx.rows(&CHECKS, &[case.into()])? {
        let mut row = row.read("condition_check");
        let of: ConditionId = row.id()?;
        let (result, seen) = (row.code(ConditionResult::from_code)?, row.text()?);
        let check = CheckView { result, seen, on: row.day()?, next_on: row.maybe_day()?, by: row.text()? };
        if let Some(condition) = all.iter_mut().find(|one| one.id == of) {
            condition.checks.push(check);
        }
    }
    Ok(all)
}

/// The case of a condition, since when it holds, and when it was lifted.
///
/// # Errors
/// When the engine fails.
pub fn case_of_condition(tx: &ReadTx<'_>, id: ConditionId) -> Result<Option<(CaseId, Day, Option<Day>)>, StoreError> {
    let Some(row) = tx.one(&CASE_OF_CONDITION, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("case_condition");
    Ok(Some((row.id()?, row.day()?, row.maybe_day()?)))
}

/// Keeps a look at a condition.
///
/// # Errors
/// When the engine fails.
pub fn insert_check(tx: &WriteTx<'_>, id: Uuid, condition: ConditionId, new: &NewCheck) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        id.into(),
        condition.into(),
        new.result.code().into(),
        new.seen.as_str().into(),
        new.checked_on.into(),
        new.next_on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_CHECK, &params).map(|_| ())
}

/// Lifts a condition; answers whether it was in force.
///
/// # Errors
/// When the engine fails.
pub fn lift(tx: &WriteTx<'_>, id: ConditionId, why: &Line) -> Result<bool, StoreError> {
    Ok(tx.run(&LIFT, &[id.into(), tx.now().day().into(), why.as_str().into()])? == 1)
}
