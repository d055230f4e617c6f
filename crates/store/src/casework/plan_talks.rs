// SPDX-License-Identifier: EUPL-1.2
//! Talks about help plans, who was there, and what the office sets for a kind of help. What has to be done before a talk
//! stands among the things due, with the talk as its subject.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::casework::{Attendance, HelpKind, NewPlanTalk, Presence, TalkState, TimeOfDay};
use domain::kernel::{CaseId, Day, Line, Moment, PlanTalkId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO plan_talk (office_id, id, case_id, help, meets_on, starts_at, place, invited, state, set_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'planned', $9)";
    OF_CASE = "SELECT t.id, t.case_id, t.help, t.meets_on, t.starts_at, t.place, t.invited, t.state, t.closed_why, a.name
               FROM plan_talk t JOIN account a ON a.office_id = t.office_id AND a.id = t.set_by
               WHERE t.office_id = $1 AND t.case_id = $2 ORDER BY t.id DESC LIMIT 50";
    ONE = "SELECT t.id, t.case_id, t.help, t.meets_on, t.starts_at, t.place, t.invited, t.state, t.closed_why, a.name
           FROM plan_talk t JOIN account a ON a.office_id = t.office_id AND a.id = t.set_by
           WHERE t.office_id = $1 AND t.id = $2";
    MOVE = "UPDATE plan_talk SET meets_on = $3, starts_at = $4 WHERE office_id = $1 AND id = $2 AND state = 'planned'";
    CLOSE = "UPDATE plan_talk SET state = $3, closed_why = $4 WHERE office_id = $1 AND id = $2 AND state = 'planned'";
    INSERT_GUEST = "INSERT INTO plan_talk_guest (office_id, talk_id, seq, name, presence, why) VALUES ($1, $2, $3, $4, $5, $6)";
    GUESTS = "SELECT g.talk_id, g.name, g.presence, g.why FROM plan_talk_guest g
              WHERE g.office_id = $1 AND g.talk_id IN (SELECT t.id FROM plan_talk t WHERE t.office_id = $1 AND t.case_id = $2)
              ORDER BY g.talk_id, g.seq";
    SET = "INSERT INTO help_setting (office_id, id, help, tasks, review_months, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SETTING = "SELECT s.tasks, s.review_months, a.name, s.set_at FROM help_setting s
               JOIN account a ON a.office_id = s.office_id AND a.id = s.set_by
               WHERE s.office_id = $1 AND s.help = $2 ORDER BY s.id DESC LIMIT 1";
}

/// A talk as shown.
#[derive(Debug, Clone)]
pub struct TalkView {
    /// Id.
    pub id: PlanTalkId,
    /// In which case.
    pub case: CaseId,
    /// About which kind of help.
    pub help: HelpKind,
    /// On which day.
    pub meets_on: Day,
    /// When.
    pub starts_at: TimeOfDay,
    /// Where.
    pub place: String,
    /// Who was asked to come, one person a line.
    pub invited: String,
    /// How it stands.
    pub state: TalkState,
    /// Why it does not take place.
    pub closed_why: Option<String>,
    /// Who set it.
    pub set_by: String,
}

fn view(row: Row) -> Result<TalkView, StoreError> {
    let mut row = row.read("plan_talk");
    Ok(TalkView {
        id: row.id()?,
        case: row.id()?,
        help: row.code(HelpKind::from_code)?,
        meets_on: row.day()?,
        starts_at: {
            let minutes = row.int()?;
            TimeOfDay::new(minutes).or(Err(StoreError::Inconsistent("plan_talk", minutes.to_string())))?
        },
        place: row.text()?,
        invited: row.text()?,
        state: row.code(TalkState::from_code)?,
        closed_why: row.maybe_text()?,
        set_by: row.text()?,
    })
}

/// Keeps a talk.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: PlanTalkId, case: CaseId, new: &NewPlanTalk) -> Result<(), StoreError> {
    let invited: Vec<&str> = new.invited.iter().map(Line::as_str).collect();
    let params: [Value; 8] = [
        id.into(),
        case.into(),
        new.help.code().into(),
        new.meets_on.into(),
        new.starts_at.minutes().into(),
        new.place.as_str().into(),
        invited.join("\n").into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// The talks of a case, the latest set first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<TalkView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?.into_iter().map(view).collect()
}

/// One talk.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: PlanTalkId) -> Result<Option<TalkView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// A planned talk gets another day and time; `false` if it is planned no more.
///
/// # Errors
/// When the engine fails.
pub fn move_to(tx: &WriteTx<'_>, id: PlanTalkId, day: Day, at: TimeOfDay) -> Result<bool, StoreError> {
    Ok(tx.run(&MOVE, &[id.into(), day.into(), at.minutes().into()])? == 1)
}

/// A planned talk was held, with these people, or does not take place; `false` if it was planned no more.
///
/// # Errors
/// When the engine fails.
pub fn close(
    tx: &WriteTx<'_>,
    id: PlanTalkId,
    (state, why): (TalkState, Option<&str>),
    there: &[Attendance],
) -> Result<bool, StoreError> {
    if tx.run(&CLOSE, &[id.into(), state.code().into(), why.into()])? == 0 {
        return Ok(false);
    }
    for (seq, one) in (1_i64..).zip(there) {
        let why = one.why.as_ref().map(Line::as_str);
        let params = [id.into(), seq.into(), one.name.as_str().into(), one.presence.code().into(), why.into()];
        tx.run(&INSERT_GUEST, &params)?;
    }
    Ok(true)
}

/// Somebody at a talk, or why not.
#[derive(Debug, Clone)]
pub struct GuestView {
    /// At which.
    pub talk: PlanTalkId,
    /// Who.
    pub name: String,
    /// How.
    pub presence: Presence,
    /// Why not.
    pub why: Option<String>,
}

/// Who was at the talks of a case, and why not.
///
/// # Errors
/// When the engine fails.
pub fn guests(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<GuestView>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("plan_talk_guest");
        Ok(GuestView {
            talk: row.id()?,
            name: row.text()?,
            presence: row.code(Presence::from_code)?,
            why: row.maybe_text()?,
        })
    };
    tx.rows(&GUESTS, &[case.into()])?.into_iter().map(read).collect()
}

/// What the office sets for a kind of help.
#[derive(Debug, Clone)]
pub struct SettingView {
    /// Tasks before a talk, as a template; nothing: ours.
    pub tasks: Option<String>,
    /// Every how many months it is looked at; nothing: the rule for every help.
    pub review_months: Option<i32>,
    /// Who set it.
    pub set_by: String,
    /// When.
    pub set_at: Moment,
}

/// Keeps what the office sets for a kind of help; what was set before stays on record.
///
/// # Errors
/// When the engine fails.
pub fn set(
    tx: &WriteTx<'_>,
    id: Uuid,
    help: HelpKind,
    (tasks, months): (Option<&str>, Option<i32>),
) -> Result<(), StoreError> {
    let params: [Value; 6] = [
        id.into(),
        help.code().into(),
        tasks.into(),
        months.map(i64::from).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&SET, &params).map(|_| ())
}

/// What the office has set for a kind of help, if anything.
///
/// # Errors
/// When the engine fails.
pub fn setting(tx: &ReadTx<'_>, help: HelpKind) -> Result<Option<SettingView>, StoreError> {
    let Some(row) = tx.one(&SETTING, &[help.code().into()])? else { return Ok(None) };
    let mut row = row.read("help_setting");
    Ok(Some(SettingView {
        tasks: row.maybe_text()?,
        review_months: row.maybe_int()?.and_then(|months| i32::try_from(months).ok()),
        set_by: row.text()?,
        set_at: row.moment()?,
    }))
}
