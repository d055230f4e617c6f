// SPDX-License-Identifier: EUPL-1.2
//! Reports on the intake board: where each stands, how it came there, and what a professional reporter was told.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::casework::{Channel, Danger, FamilyTold, Feedback, NewMove, OnBoard, Outcome, Step, Urgency, YesNo};
use domain::kernel::{CaseId, Day, Moment, Note, ReportId, TeamId, UserId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO report_desk (office_id, report_id, step, urgency, owner_id, danger, step_since, feedback)
              VALUES ($1, $2, 'new', $3, $4, $5, $6, $7)";
    BOARD = "SELECT d.report_id, r.received_at, r.channel, r.place, r.family, r.team_id, t.name, CASE WHEN c.sealed_since IS NULL THEN s.name END,
               r.space_id, c.id, c.number, c.sealed_since, o.name, d.feedback,
               (SELECT COUNT(*) FROM post p WHERE p.office_id = d.office_id AND p.user_id = d.owner_id AND p.role IN ('case-worker', 'team-lead')
                AND p.valid_from <= $3 AND (p.valid_until IS NULL OR p.valid_until >= $3)),
               d.step, d.urgency, d.owner_id, d.danger, d.step_since
             FROM report_desk d JOIN report r ON r.office_id = d.office_id AND r.id = d.report_id
             JOIN team t ON t.office_id = r.office_id AND t.id = r.team_id
             LEFT JOIN account o ON o.office_id = d.office_id AND o.id = d.owner_id
             LEFT JOIN social_space s ON s.office_id = r.office_id AND s.id = r.space_id
             LEFT JOIN case_file c ON c.office_id = r.office_id AND c.id = r.case_id
             WHERE d.office_id = $1 AND d.step = $2 AND r.team_id {sight}
             ORDER BY d.danger DESC, CASE d.urgency WHEN 'at-once' THEN 0 WHEN 'today' THEN 1 WHEN 'week' THEN 2 ELSE 3 END, r.received_at, d.report_id
             LIMIT $4";
    FEEDBACK_DUE = "SELECT d.report_id, r.received_at, c.number FROM report_desk d
                    JOIN report r ON r.office_id = d.office_id AND r.id = d.report_id
                    LEFT JOIN case_file c ON c.office_id = r.office_id AND c.id = r.case_id
                    WHERE d.office_id = $1 AND d.feedback = 'due' AND r.team_id {sight} ORDER BY r.received_at, d.report_id LIMIT $2";
    ONE = "SELECT d.feedback, c.id, d.step, d.urgency, d.owner_id, d.danger, d.step_since FROM report_desk d
           JOIN report r ON r.office_id = d.office_id AND r.id = d.report_id
           LEFT JOIN case_file c ON c.office_id = r.office_id AND c.id = r.case_id
           WHERE d.office_id = $1 AND d.report_id = $2";
    MOVE = "UPDATE report_desk SET step = $3, urgency = $4, owner_id = $5, outcome = $6, step_since = $7 WHERE office_id = $1 AND report_id = $2";
    OWN = "UPDATE report_desk SET owner_id = $3 WHERE office_id = $1 AND report_id = $2";
    KEEP_STEP = "INSERT INTO report_step (office_id, id, report_id, step, urgency, owner_id, outcome, why, moved_by, moved_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    STEPS = "SELECT s.step, s.urgency, o.name, s.outcome, s.why, a.name, s.moved_at FROM report_step s
             JOIN account a ON a.office_id = s.office_id AND a.id = s.moved_by
             LEFT JOIN account o ON o.office_id = s.office_id AND o.id = s.owner_id
             WHERE s.office_id = $1 AND s.report_id = $2 ORDER BY s.id DESC LIMIT 50";
    TELL = "INSERT INTO report_feedback (office_id, id, report_id, confirmed, became_active, still_active, family_told, told_on, told_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    TOLD = "UPDATE report_desk SET feedback = 'given' WHERE office_id = $1 AND report_id = $2";
    OWE = "UPDATE report_desk SET feedback = 'due' WHERE office_id = $1 AND report_id = $2 AND feedback = 'none'";
    FEEDBACK = "SELECT f.confirmed, f.became_active, f.still_active, f.family_told, f.told_on, a.name FROM report_feedback f
                JOIN account a ON a.office_id = f.office_id AND a.id = f.told_by
                WHERE f.office_id = $1 AND f.report_id = $2 ORDER BY f.id DESC LIMIT 20";
}

/// A report as it comes onto the board.
#[derive(Debug, Clone, Copy)]
pub struct NewOnBoard {
    /// Which.
    pub report: ReportId,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// Signs of danger.
    pub danger: Danger,
    /// A professional reporter is to be told.
    pub feedback_due: bool,
}

/// Puts a report on the board.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, new: NewOnBoard) -> Result<(), StoreError> {
    let params: [Value; 6] = [
        new.report.into(),
        Urgency::at_intake(new.danger).code().into(),
        new.owner.into(),
        new.danger.code().into(),
        tx.now().into(),
        if new.feedback_due { "due" } else { "none" }.into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A card of the board.
#[derive(Debug, Clone)]
pub struct BoardCard {
    /// Which report.
    pub id: ReportId,
    /// When it came.
    pub received: Moment,
    /// How it came.
    pub channel: Channel,
    /// Where, as told; empty where it is a protected address.
    pub place: String,
    /// The family's name, if told.
    pub family: Option<String>,
    /// Its team.
    pub team: TeamId,
    /// The team's name.
    pub team_name: String,
    /// Its space, if it may be told.
    pub space: Option<String>,
    /// It waits for a space.
    pub unplaced: bool,
    /// Its case.
    pub case: Option<CaseId>,
    /// The number of its case.
    pub case_number: Option<String>,
    /// Somebody of its case has a protected address.
    pub is_sealed: bool,
    /// Who answers for it.
    pub owner: Option<String>,
    /// A professional reporter waits for feedback.
    pub feedback_due: bool,
    /// The owner holds a post today.
    pub owner_works: bool,
    /// Where it stands.
    pub at: OnBoard,
}

fn at(row: &mut crate::row::Reading, has_case: bool) -> Result<OnBoard, StoreError> {
    Ok(OnBoard {
        step: row.code(Step::from_code)?,
        urgency: row.code(Urgency::from_code)?,
        owner: row.maybe_id()?,
        danger: row.code(Danger::from_code)?,
        has_case,
        since: row.moment()?,
    })
}

fn card(row: Row) -> Result<BoardCard, StoreError> {
    let mut row = row.read("report_desk");
    let (id, received, channel) = (row.id()?, row.moment()?, row.code(Channel::from_code)?);
    let (place, family, team, team_name) = (row.text()?, row.maybe_text()?, row.id()?, row.text()?);
    let (space, space_id): (_, Option<Uuid>) = (row.maybe_text()?, row.maybe_id()?);
    let case: Option<CaseId> = row.maybe_id()?;
    let (case_number, sealed, owner) = (row.maybe_text()?, row.maybe_day()?, row.maybe_text()?);
    let (feedback, posts) = (row.text()?, row.int()?);
    Ok(BoardCard {
        id,
        received,
        channel,
        place,
        family,
        team,
        team_name,
        space,
        unplaced: space_id.is_none(),
        case,
        case_number,
        is_sealed: sealed.is_some(),
        owner,
        feedback_due: feedback == "due",
        owner_works: posts > 0,
        at: at(&mut row, case.is_some())?,
    })
}

/// One column of the board: signs of danger first, then by urgency, then what waits longest.
///
/// # Errors
/// When the engine fails.
pub fn board(
    tx: &ReadTx<'_>,
    step: Step,
    sight: &RowSight,
    today: Day,
    limit: i64,
) -> Result<Vec<BoardCard>, StoreError> {
    let params = [step.code().into(), today.into(), limit.into()];
    tx.rows_in_sight(&BOARD, &params, sight)?.into_iter().map(card).collect()
}

/// A professional reporter who waits for feedback: the report, when it came, the number of its case.
pub type Waiting = (ReportId, Moment, Option<String>);

/// Reports in sight whose professional reporters wait for feedback.
///
/// # Errors
/// When the engine fails.
pub fn feedback_due(tx: &ReadTx<'_>, sight: &RowSight, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    tx.rows_in_sight(&FEEDBACK_DUE, &[limit.into()], sight)?
        .into_iter()
        .map(|row| {
            let mut row = row.read("report_desk");
            Ok((row.id()?, row.moment()?, row.maybe_text()?))
        })
        .collect()
}

/// Where a report stands, and how it is with feedback: `none`, `due`, `given`.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: ReportId) -> Result<Option<(OnBoard, String)>, StoreError> {
    let Some(row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    let mut row = row.read("report_desk");
    let (feedback, case): (_, Option<CaseId>) = (row.text()?, row.maybe_id()?);
    Ok(Some((at(&mut row, case.is_some())?, feedback)))
}

/// Moves a report; it stays on record how.
///
/// # Errors
/// When the engine fails.
pub fn move_to(
    tx: &WriteTx<'_>,
    id: Uuid,
    report: ReportId,
    (new, owner, since): (&NewMove, Option<UserId>, Moment),
) -> Result<(), StoreError> {
    let (step, urgency) = (new.step.code(), new.urgency.code());
    let outcome: Value = new.outcome.filter(|_| new.step == Step::Closed).map(Outcome::code).into();
    let moved = [report.into(), step.into(), urgency.into(), owner.into(), outcome.clone(), since.into()];
    tx.run(&MOVE, &moved)?;
    let kept: [Value; 9] = [
        id.into(),
        report.into(),
        step.into(),
        urgency.into(),
        owner.into(),
        outcome,
        new.why.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&KEEP_STEP, &kept).map(|_| ())
}

/// Gives a report to somebody of the team that it went to.
///
/// # Errors
/// When the engine fails.
pub fn own(tx: &WriteTx<'_>, report: ReportId, owner: UserId) -> Result<(), StoreError> {
    tx.run(&OWN, &[report.into(), owner.into()]).map(|_| ())
}

/// A step as shown.
#[derive(Debug, Clone)]
pub struct StepView {
    /// Where it went.
    pub step: Step,
    /// How soon.
    pub urgency: Urgency,
    /// Who answered for it then.
    pub owner: Option<String>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Why.
    pub why: Option<String>,
    /// Who moved it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// How a report went over the board, newest first.
///
/// # Errors
/// When the engine fails.
pub fn steps(tx: &ReadTx<'_>, report: ReportId) -> Result<Vec<StepView>, StoreError> {
    tx.rows(&STEPS, &[report.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("report_step");
            Ok(StepView {
                step: row.code(Step::from_code)?,
                urgency: row.code(Urgency::from_code)?,
                owner: row.maybe_text()?,
                outcome: row.maybe_code(Outcome::from_code)?,
                why: row.maybe_text()?,
                by: row.text()?,
                at: row.moment()?,
            })
        })
        .collect()
}

/// Keeps what a professional reporter was told.
///
/// # Errors
/// When the engine fails.
pub fn tell(tx: &WriteTx<'_>, id: Uuid, report: ReportId, facts: &Feedback) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        report.into(),
        facts.confirmed.code().into(),
        facts.became_active.code().into(),
        facts.still_active.code().into(),
        facts.family_told.code().into(),
        facts.told_on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&TELL, &params)?;
    tx.run(&TOLD, &[report.into()]).map(|_| ())
}

/// A report that seemed harmless belongs to a procedure now: its professional reporter is owed an answer.
///
/// # Errors
/// When the engine fails.
pub fn owe(tx: &WriteTx<'_>, report: ReportId) -> Result<(), StoreError> {
    tx.run(&OWE, &[report.into()]).map(|_| ())
}

/// What a professional reporter was told and by whom, newest first.
///
/// # Errors
/// When the engine fails.
pub fn feedback(tx: &ReadTx<'_>, report: ReportId) -> Result<Vec<(Feedback, String)>, StoreError> {
    tx.rows(&FEEDBACK, &[report.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("report_feedback");
            let facts = Feedback {
                confirmed: row.code(YesNo::from_code)?,
                became_active: row.code(YesNo::from_code)?,
                still_active: row.code(YesNo::from_code)?,
                family_told: row.code(FamilyTold::from_code)?,
                told_on: row.day()?,
            };
            Ok((facts, row.text()?))
        })
        .collect()
}
