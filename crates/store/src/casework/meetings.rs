// SPDX-License-Identifier: EUPL-1.2
//! Meetings of the teams: when, where, who was there, in which order and phase; what families said to ideas. Phases and
//! answers are only added to.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::casework::{
    ITEM_MINUTES, IdeaAnswer, IdeaKind, MeetingKind, NewIdeaAnswer, NewMeeting, Phase, Present, SeatRole, Slot,
    TimeOfDay,
};
use domain::kernel::{AgendaItemId, CaseId, Day, IdeaId, Line, MeetingId, Moment, Note, SpaceId, TeamId};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO team_meeting (office_id, id, team_id, meets_on, starts_at, minutes, place, kind, called_by)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ONE = "SELECT m.id, m.team_id, t.name, m.meets_on, m.starts_at, m.minutes, m.place, m.kind
           FROM team_meeting m JOIN team t ON t.office_id = m.office_id AND t.id = m.team_id
           WHERE m.office_id = $1 AND m.id = $2";
    LIST = "SELECT m.id, m.team_id, t.name, m.meets_on, m.starts_at, m.minutes, m.place, m.kind
            FROM team_meeting m JOIN team t ON t.office_id = m.office_id AND t.id = m.team_id
            WHERE m.office_id = $1 AND m.meets_on >= $2 AND m.team_id {sight} ORDER BY m.meets_on, m.id LIMIT $3";
    PRESENT = "SELECT role, organisation FROM team_present WHERE office_id = $1 AND meeting_id = $2 ORDER BY seq";
    CLEAR_PRESENT = "DELETE FROM team_present WHERE office_id = $1 AND meeting_id = $2";
    INSERT_PRESENT = "INSERT INTO team_present (office_id, meeting_id, seq, role, organisation) VALUES ($1, $2, $3, $4, $5)";
    SLOTS = "SELECT i.id, s.minutes, s.urgent, s.place FROM agenda_item i
             JOIN agenda_slot s ON s.office_id = i.office_id AND s.item_id = i.id
             WHERE i.office_id = $1 AND i.team_id = $2 AND i.meets_on = $3 ORDER BY i.id";
    KEEP_SLOT = "INSERT INTO agenda_slot (office_id, item_id, minutes, urgent, place) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (office_id, item_id) DO UPDATE SET minutes = $3, urgent = $4, place = $5";
    INSERT_PHASE = "INSERT INTO item_phase (office_id, id, item_id, phase, begun_at) VALUES ($1, $2, $3, $4, $5)";
    PHASES = "SELECT p.item_id, p.phase, p.begun_at FROM item_phase p
              WHERE p.office_id = $1 AND p.item_id IN
                    (SELECT i.id FROM agenda_item i WHERE i.office_id = $1 AND i.team_id = $2 AND i.meets_on = $3)
              ORDER BY p.item_id, p.id";
    IDEA = "SELECT item_id, kind FROM idea WHERE office_id = $1 AND id = $2";
    INSERT_ANSWER = "INSERT INTO idea_answer (office_id, id, case_id, item_id, idea_id, answer, words, said_on, recorded_by)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ANSWERS = "SELECT f.idea_id, f.answer, f.words, f.said_on, a.name FROM idea_answer f
               JOIN account a ON a.office_id = f.office_id AND a.id = f.recorded_by
               WHERE f.office_id = $1 AND f.case_id = $2 ORDER BY f.id";
    // Counted by case, for a number that fewer than three cases never become.
    IDEAS_BY_SPACE = "SELECT c.space_id, s.name, i.case_id, i.held_on, d.kind, COUNT(*) FROM agenda_item i
                      JOIN idea d ON d.office_id = i.office_id AND d.item_id = i.id
                      JOIN case_file c ON c.office_id = i.office_id AND c.id = i.case_id
                      JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
                      WHERE i.office_id = $1 AND i.held_on >= $2
                      GROUP BY c.space_id, s.name, i.case_id, i.held_on, d.kind
                      ORDER BY s.name, c.space_id, i.held_on, i.case_id, d.kind";
}

/// A meeting as shown.
#[derive(Debug, Clone)]
pub struct MeetingView {
    /// Id.
    pub id: MeetingId,
    /// Which team.
    pub team: TeamId,
    /// Its name.
    pub team_name: String,
    /// On which day.
    pub meets_on: Day,
    /// When it begins.
    pub starts_at: TimeOfDay,
    /// How many minutes it is meant to last.
    pub minutes: i64,
    /// Where.
    pub place: String,
    /// What for.
    pub kind: MeetingKind,
}

fn view(row: Row) -> Result<MeetingView, StoreError> {
    let mut row = row.read("team_meeting");
    Ok(MeetingView {
        id: row.id()?,
        team: row.id()?,
        team_name: row.text()?,
        meets_on: row.day()?,
        starts_at: {
            let minutes = row.int()?;
            TimeOfDay::new(minutes).or(Err(StoreError::Inconsistent("team_meeting", minutes.to_string())))?
        },
        minutes: row.int()?,
        place: row.text()?,
        kind: row.code(MeetingKind::from_code)?,
    })
}

/// Calls a meeting.
///
/// # Errors
/// When the engine fails, or the team meets on that day already.
pub fn insert(tx: &WriteTx<'_>, id: MeetingId, team: TeamId, new: &NewMeeting) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        team.into(),
        new.meets_on.into(),
        new.starts_at.minutes().into(),
        new.minutes.into(),
        new.place.as_str().into(),
        new.kind.code().into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// One meeting.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: MeetingId) -> Result<Option<MeetingView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// Meetings of the teams in sight since a day.
///
/// # Errors
/// When the engine fails.
pub fn list(tx: &ReadTx<'_>, sight: &RowSight, since: Day, limit: i64) -> Result<Vec<MeetingView>, StoreError> {
    tx.rows_in_sight(&LIST, &[since.into(), limit.into()], sight)?.into_iter().map(view).collect()
}

/// Who was there.
///
/// # Errors
/// When the engine fails.
pub fn present(tx: &ReadTx<'_>, id: MeetingId) -> Result<Vec<Present>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("team_present");
        Ok(Present { role: row.code(SeatRole::from_code)?, organisation: row.parsed(Line::parse)? })
    };
    tx.rows(&PRESENT, &[id.into()])?.into_iter().map(read).collect()
}

/// Writes down who was there, in place of what was written before.
///
/// # Errors
/// When the engine fails.
pub fn keep_present(tx: &WriteTx<'_>, id: MeetingId, all: &[Present]) -> Result<(), StoreError> {
    tx.run(&CLEAR_PRESENT, &[id.into()])?;
    for (seq, one) in (1_i64..).zip(all) {
        tx.run(&INSERT_PRESENT, &[id.into(), seq.into(), one.role.code().into(), one.organisation.as_str().into()])?;
    }
    Ok(())
}

/// The slot of an item to which nobody gave one.
#[must_use]
pub fn no_slot() -> Slot {
    Slot { minutes: ITEM_MINUTES, urgent: None, place: 50 }
}

/// The slots of a team's items of a day, where somebody gave one.
///
/// # Errors
/// When the engine fails.
pub fn slots(tx: &ReadTx<'_>, team: TeamId, on: Day) -> Result<Vec<(AgendaItemId, Slot)>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("agenda_slot");
        let id = row.id()?;
        Ok((id, Slot { minutes: row.int()?, urgent: row.maybe_parsed(Line::parse)?, place: row.int()? }))
    };
    tx.rows(&SLOTS, &[team.into(), on.into()])?.into_iter().map(read).collect()
}

/// Gives an item its time and place.
///
/// # Errors
/// When the engine fails.
pub fn keep_slot(tx: &WriteTx<'_>, item: AgendaItemId, slot: &Slot) -> Result<(), StoreError> {
    let urgent = slot.urgent.as_ref().map(Line::as_str);
    let params = [item.into(), slot.minutes.into(), urgent.into(), slot.place.into()];
    tx.run(&KEEP_SLOT, &params).map(|_| ())
}

/// A phase of an item begins.
///
/// # Errors
/// When the engine fails.
pub fn begin_phase(tx: &WriteTx<'_>, id: Uuid, item: AgendaItemId, phase: Phase) -> Result<(), StoreError> {
    tx.run(&INSERT_PHASE, &[id.into(), item.into(), phase.code().into(), tx.now().into()]).map(|_| ())
}

/// The phases of a team's items of a day, in the order in which they began.
///
/// # Errors
/// When the engine fails.
pub fn phases(tx: &ReadTx<'_>, team: TeamId, on: Day) -> Result<Vec<(AgendaItemId, Phase, Moment)>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("item_phase");
        Ok((row.id()?, row.code(Phase::from_code)?, row.moment()?))
    };
    tx.rows(&PHASES, &[team.into(), on.into()])?.into_iter().map(read).collect()
}

/// The item of an idea, and its kind.
///
/// # Errors
/// When the engine fails.
pub fn idea(tx: &ReadTx<'_>, id: IdeaId) -> Result<Option<(AgendaItemId, IdeaKind)>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("idea");
        Ok((row.id()?, row.code(IdeaKind::from_code)?))
    };
    tx.one(&IDEA, &[id.into()])?.map(read).transpose()
}

/// Keeps what the family said to an idea.
///
/// # Errors
/// When the engine fails.
pub fn insert_answer(
    tx: &WriteTx<'_>,
    id: Uuid,
    to: (CaseId, AgendaItemId, IdeaId),
    new: &NewIdeaAnswer,
) -> Result<(), StoreError> {
    let params: [Value; 8] = [
        id.into(),
        to.0.into(),
        to.1.into(),
        to.2.into(),
        new.answer.code().into(),
        new.words.as_ref().map(Note::as_str).into(),
        new.said_on.into(),
        tx.grant().user().into(),
    ];
    tx.run(&INSERT_ANSWER, &params).map(|_| ())
}

/// What the family said to an idea.
#[derive(Debug, Clone)]
pub struct IdeaAnswerView {
    /// To which.
    pub idea: IdeaId,
    /// What.
    pub answer: IdeaAnswer,
    /// Why, if it said so.
    pub words: Option<String>,
    /// When.
    pub said_on: Day,
    /// Who wrote it down.
    pub recorded_by: String,
}

/// All that the family of a case said to ideas, oldest first.
///
/// # Errors
/// When the engine fails.
pub fn answers(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<IdeaAnswerView>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("idea_answer");
        Ok(IdeaAnswerView {
            idea: row.id()?,
            answer: row.code(IdeaAnswer::from_code)?,
            words: row.maybe_text()?,
            said_on: row.day()?,
            recorded_by: row.text()?,
        })
    };
    tx.rows(&ANSWERS, &[case.into()])?.into_iter().map(read).collect()
}

/// Ideas of one kind, of one case's consultation. It leaves the house above as a share of several cases only.
#[derive(Debug, Clone)]
pub struct IdeasCounted {
    /// Where the case is.
    pub space: SpaceId,
    /// Its name.
    pub name: String,
    /// Which case.
    pub case: CaseId,
    /// When it was consulted about.
    pub held_on: Day,
    /// Of which kind.
    pub kind: IdeaKind,
    /// So many.
    pub count: i64,
}

/// Ideas of the consultations held since a day, by space.
///
/// # Errors
/// When the engine fails.
pub fn ideas_by_space(tx: &ReadTx<'_>, since: Day) -> Result<Vec<IdeasCounted>, StoreError> {
    let read = |row: Row| {
        let mut row = row.read("idea");
        Ok(IdeasCounted {
            space: row.id()?,
            name: row.text()?,
            case: row.id()?,
            held_on: row.day()?,
            kind: row.code(IdeaKind::from_code)?,
            count: row.int()?,
        })
    };
    tx.rows(&IDEAS_BY_SPACE, &[since.into()])?.into_iter().map(read).collect()
}
