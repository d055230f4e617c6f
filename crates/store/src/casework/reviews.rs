// SPDX-License-Identifier: EUPL-1.2
//! Reviews of helps, and less help from a day on. Only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::casework::{FamilyStand, HelpKind, NewReview, ReviewOutcome, StepDown};
use domain::kernel::{CaseId, CommissionId, Day, Note, PlanId, WillId};
use uuid::Uuid;

crate::statement! {
    INSERT_REVIEW = "INSERT INTO review (office_id, id, case_id, plan_id, held_on, with_whom, outcome, words, will_id, next_on, commission_id,
                                         recorded_by, recorded_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    REVIEWS = "SELECT r.held_on, r.with_whom, r.outcome, r.words, s.words, COALESCE(k.name, p.name), r.next_on, v.number, a.name, c.help, g.name FROM review r
               JOIN plan_version v ON v.office_id = r.office_id AND v.id = r.plan_id
               JOIN account a ON a.office_id = r.office_id AND a.id = r.recorded_by
               LEFT JOIN commission c ON c.office_id = r.office_id AND c.id = r.commission_id
               LEFT JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
               LEFT JOIN statement s ON s.office_id = r.office_id AND s.id = r.will_id
               LEFT JOIN person p ON p.office_id = s.office_id AND p.id = s.person_id
               LEFT JOIN person k ON k.office_id = p.office_id AND k.id = p.merged_into
               WHERE r.office_id = $1 AND r.case_id = $2 ORDER BY r.held_on DESC, r.id DESC";
    INSERT_STEP_DOWN = "INSERT INTO step_down (office_id, id, case_id, before_id, from_day, stand, hearing, recorded_by)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    STEP_DOWNS = "SELECT s.id, s.before_id, s.from_day, c.help, g.name, s.stand, s.hearing, a.name FROM step_down s
                  JOIN commission c ON c.office_id = s.office_id AND c.id = s.id
                  JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
                  JOIN account a ON a.office_id = s.office_id AND a.id = s.recorded_by
                  WHERE s.office_id = $1 AND s.case_id = $2 ORDER BY s.from_day DESC, s.id DESC";
}

/// Keeps a review of a plan version.
///
/// # Errors
/// When the engine fails.
pub fn insert_review(
    tx: &WriteTx<'_>,
    id: Uuid,
    (case, plan, will): (CaseId, PlanId, Option<WillId>),
    new: &NewReview,
) -> Result<(), StoreError> {
    let params: [Value; 12] = [
        id.into(),
        case.into(),
        plan.into(),
        new.held_on.into(),
        new.with_whom.as_str().into(),
        new.outcome.code().into(),
        new.words.as_str().into(),
        will.into(),
        new.next_on.into(),
        new.help.into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT_REVIEW, &params).map(|_| ())
}

/// A review as shown.
#[derive(Debug, Clone)]
pub struct ReviewView {
    /// When.
    pub held_on: Day,
    /// Who took part.
    pub with_whom: String,
    /// What follows.
    pub outcome: ReviewOutcome,
    /// Why.
    pub words: String,
    /// What the family wills by now.
    pub changed_will: Option<String>,
    /// Who said it.
    pub will_speaker: Option<String>,
    /// The next one.
    pub next_on: Option<Day>,
    /// Number of the plan version that was reviewed.
    pub version: i64,
    /// Who wrote it down.
    pub by: String,
    /// Which help was looked at, and whose it is.
    pub help: Option<(HelpKind, String)>,
}

/// The reviews of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn reviews(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<ReviewView>, StoreError> {
    let rows = tx.rows(&REVIEWS, &[case.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("review");
        Ok(ReviewView {
            held_on: row.day()?,
            with_whom: row.text()?,
            outcome: row.code(ReviewOutcome::from_code)?,
            words: row.text()?,
            changed_will: row.maybe_text()?,
            will_speaker: row.maybe_text()?,
            next_on: row.maybe_day()?,
            version: row.int()?,
            by: row.text()?,
            help: row.maybe_text()?.and_then(|code| HelpKind::from_code(&code)).zip(row.maybe_text()?),
        })
    })
    .collect()
}

/// Keeps that a commission took the place of another one with less.
///
/// # Errors
/// When the engine fails.
pub fn insert_step_down(
    tx: &WriteTx<'_>,
    case: CaseId,
    (before, next): (CommissionId, CommissionId),
    new: &StepDown,
) -> Result<(), StoreError> {
    let params: [Value; 7] = [
        next.into(),
        case.into(),
        before.into(),
        new.from.into(),
        new.stand.map(FamilyStand::code).into(),
        new.hearing.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_STEP_DOWN, &params).map(|_| ())
}

/// Less of a help as shown.
#[derive(Debug, Clone)]
pub struct StepDownView {
    /// The commission since.
    pub id: CommissionId,
    /// The commission before.
    pub before: CommissionId,
    /// Since when.
    pub from: Day,
    /// Which help.
    pub help: HelpKind,
    /// Whose.
    pub agency: String,
    /// How the family stood to it; nobody said so if it is empty.
    pub stand: Option<FamilyStand>,
    /// How it was heard before.
    pub hearing: Option<String>,
    /// Who decided.
    pub by: String,
}

/// What became less in a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn step_downs(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<StepDownView>, StoreError> {
    let rows = tx.rows(&STEP_DOWNS, &[case.into()])?.into_iter();
    rows.map(|row| {
        let mut row = row.read("step_down");
        Ok(StepDownView {
            id: row.id()?,
            before: row.id()?,
            from: row.day()?,
            help: row.code(HelpKind::from_code)?,
            agency: row.text()?,
            stand: row.maybe_text()?.and_then(|code| FamilyStand::from_code(&code)),
            hearing: row.maybe_text()?,
            by: row.text()?,
        })
    })
    .collect()
}
