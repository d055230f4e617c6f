// SPDX-License-Identifier: EUPL-1.2
//! Cases that change hands, each with its conversation; closed once and kept.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::casework::{Conversation, FamilyPart, Handover, HandoverCause, NewHandover, Receiver};
use domain::kernel::{CaseId, Day, HandoverId, Line, Moment, Note, RecutId, SpaceId, TeamId, UserId};
use domain::territory::RecutState;

/// Hand-overs as shown, of a condition.
macro_rules! handover_where {
    ($condition:literal) => {
        concat!(
            "SELECT h.id, h.cause, h.recut_id, x.title, x.state, x.valid_from, h.case_id, c.number, c.family, h.from_team, f.name, h.to_team, t.name,
                  h.to_space, CASE WHEN c.sealed_since IS NULL THEN s.name END, h.to_office, h.to_worker, w.name, h.why, h.promised, h.remember,
                  h.state, h.due_on, h.with_whom, h.family, h.held_on, h.words, h.no_talk_why, b.name, h.closed_at
           FROM handover h JOIN case_file c ON c.office_id = h.office_id AND c.id = h.case_id
           JOIN team f ON f.office_id = h.office_id AND f.id = h.from_team
           LEFT JOIN recut x ON x.office_id = h.office_id AND x.id = h.recut_id
           LEFT JOIN team t ON t.office_id = h.office_id AND t.id = h.to_team
           LEFT JOIN social_space s ON s.office_id = h.office_id AND s.id = h.to_space
           LEFT JOIN account w ON w.office_id = h.office_id AND w.id = h.to_worker
           LEFT JOIN account b ON b.office_id = h.office_id AND b.id = h.closed_by
           WHERE ",
            $condition
        )
    };
}

crate::statement! {
    INSERT = "INSERT INTO handover (office_id, id, case_id, cause, from_team, from_worker, to_team, to_space, to_worker, to_office, why, promised,
                                    remember, state, due_on)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', $14)";
    LIST_CASE = "INSERT INTO handover (office_id, id, recut_id, case_id, from_team, to_team, to_space, cause, state, due_on)
              VALUES ($1, $2, $3, $4, $5, $6, $7, 'recut', 'open', $8) ON CONFLICT (office_id, recut_id, case_id) DO NOTHING";
    ARRANGE = "UPDATE handover SET due_on = $3, with_whom = $4 WHERE office_id = $1 AND id = $2 AND state = 'open'";
    HOLD = "UPDATE handover SET state = 'held', from_worker = $3, to_worker = $4, held_on = $5, with_whom = $6, family = $7, words = $8,
                                no_talk_why = $9, closed_by = $10, closed_at = $11
            WHERE office_id = $1 AND id = $2 AND state = 'open'";
    KEEP = "UPDATE handover SET state = 'kept', words = $3, closed_by = $4, closed_at = $5 WHERE office_id = $1 AND id = $2 AND state = 'open'";
    ENTRUST = "UPDATE case_file SET worker_id = $3, moved_at = $4 WHERE office_id = $1 AND id = $2";
    ONE = handover_where!("h.office_id = $1 AND h.id = $2");
    // A case is seen by the team that has it; the team that will have it learns of it in the conversation.
    OF_TEAMS = handover_where!("h.office_id = $1 AND h.from_team {sight} AND h.state = $2 ORDER BY h.due_on, h.id LIMIT $3");
    OF_CASE = handover_where!("h.office_id = $1 AND h.case_id = $2 ORDER BY h.id DESC LIMIT 20");
    OF_RECUT = "SELECT from_team, to_team, state, COUNT(*) FROM handover WHERE office_id = $1 AND recut_id = $2
                GROUP BY from_team, to_team, state ORDER BY from_team, to_team, state";
}

/// A hand-over as shown.
#[derive(Debug, Clone)]
pub struct HandoverView {
    /// Id.
    pub id: HandoverId,
    /// Why the case changes hands.
    pub cause: HandoverCause,
    /// By which new cut: what it is called, where it stands, its day.
    pub recut: Option<(RecutId, String, RecutState, Day)>,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The family's name.
    pub family_name: String,
    /// The team that had it when it was listed.
    pub from_team: TeamId,
    /// Its name.
    pub from_name: String,
    /// The team that takes it, with its name; none where it stays in its team or leaves the office.
    pub to_team: Option<(TeamId, String)>,
    /// The space the family lives in then.
    pub to_space: Option<SpaceId>,
    /// Its name; not told where an address is protected.
    pub space_name: Option<String>,
    /// The office that takes it.
    pub to_office: Option<String>,
    /// Who takes it, with their name.
    pub to_worker: Option<(UserId, String)>,
    /// Why, in words.
    pub why: Option<String>,
    /// What was promised to the family.
    pub promised: Option<String>,
    /// What must not be forgotten.
    pub remember: Option<String>,
    /// `open`, `held`, `kept`.
    pub state: String,
    /// By when they mean to talk.
    pub due_on: Day,
    /// Who with whom.
    pub with_whom: Option<String>,
    /// Whether the family took part.
    pub family: Option<FamilyPart>,
    /// When they talked.
    pub held_on: Option<Day>,
    /// What was said, or why the case stays.
    pub words: Option<String>,
    /// Why there was no conversation.
    pub no_talk_why: Option<String>,
    /// Who closed it, and when.
    pub closed: Option<(String, Moment)>,
}

impl HandoverView {
    /// As the domain sees it.
    #[must_use]
    pub fn state(&self) -> Handover {
        if self.is_open() {
            Handover::Open { recut: self.recut.as_ref().map(|(_, _, state, day)| (*state, *day)) }
        } else {
            Handover::Closed
        }
    }

    /// Does somebody still have to talk?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }

    /// Team and space that the conversation brings.
    #[must_use]
    pub fn place(&self) -> Option<(TeamId, SpaceId)> {
        self.to_team.as_ref().map(|(team, _)| *team).zip(self.to_space)
    }
}

fn view(row: Row) -> Result<HandoverView, StoreError> {
    let mut row = row.read("handover");
    let (id, cause) = (row.id()?, row.code(HandoverCause::from_code)?);
    let cut = (row.maybe_id()?, row.maybe_text()?, row.maybe_code(RecutState::from_code)?, row.maybe_day()?);
    Ok(HandoverView {
        id,
        cause,
        recut: (|| Some((cut.0?, cut.1?, cut.2?, cut.3?)))(),
        case: row.id()?,
        number: row.text()?,
        family_name: row.text()?,
        from_team: row.id()?,
        from_name: row.text()?,
        to_team: row.maybe_id()?.zip(row.maybe_text()?),
        to_space: row.maybe_id()?,
        space_name: row.maybe_text()?,
        to_office: row.maybe_text()?,
        to_worker: row.maybe_id()?.zip(row.maybe_text()?),
        why: row.maybe_text()?,
        promised: row.maybe_text()?,
        remember: row.maybe_text()?,
        state: row.text()?,
        due_on: row.day()?,
        with_whom: row.maybe_text()?,
        family: row.maybe_code(FamilyPart::from_code)?,
        held_on: row.maybe_day()?,
        words: row.maybe_text()?,
        no_talk_why: row.maybe_text()?,
        closed: row.maybe_text()?.zip(row.maybe_moment()?),
    })
}

/// Who has a case, and the team and space it goes to, if it changes them.
#[derive(Debug, Clone, Copy)]
pub struct Ways {
    /// The team that has it.
    pub from: TeamId,
    /// Who works on it.
    pub worker: UserId,
    /// Team and space that take it.
    pub to: Option<(TeamId, SpaceId)>,
}

/// Opens a hand-over.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: HandoverId, case: CaseId, ways: Ways, new: &NewHandover) -> Result<(), StoreError> {
    let (worker, office) = match &new.to {
        Receiver::Worker(worker) => (Some(*worker), None),
        Receiver::Office(office) => (None, Some(office.as_str())),
        Receiver::Space(_) => (None, None),
    };
    let params: [Value; 13] = [
        id.into(),
        case.into(),
        new.to.cause().code().into(),
        ways.from.into(),
        ways.worker.into(),
        ways.to.map(|(team, _)| team).into(),
        ways.to.map(|(_, space)| space).into(),
        worker.into(),
        office.into(),
        new.why.as_str().into(),
        new.promised.as_ref().map(Note::as_str).into(),
        new.remember.as_ref().map(Note::as_str).into(),
        new.due_on.unwrap_or_else(|| tx.now().day()).into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// Where a case goes by a new cut.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// The case.
    pub case: CaseId,
    /// From this team.
    pub from: TeamId,
    /// To this team.
    pub to: TeamId,
    /// In this space.
    pub space: SpaceId,
}

/// Lists a case of a new cut for its conversation, due on a day; `false` if it is listed already.
///
/// # Errors
/// When the engine fails.
pub fn list_case(tx: &WriteTx<'_>, id: HandoverId, recut: RecutId, way: Way, due_on: Day) -> Result<bool, StoreError> {
    let params: [Value; 7] =
        [id.into(), recut.into(), way.case.into(), way.from.into(), way.to.into(), way.space.into(), due_on.into()];
    Ok(tx.run(&LIST_CASE, &params)? == 1)
}

/// Arranges the conversation: by when, who with whom.
///
/// # Errors
/// When the engine fails.
pub fn arrange(tx: &WriteTx<'_>, id: HandoverId, due_on: Day, with_whom: &Line) -> Result<bool, StoreError> {
    Ok(tx.run(&ARRANGE, &[id.into(), due_on.into(), with_whom.as_str().into()])? == 1)
}

/// The conversation was held, or could not be; `false` if the hand-over is closed.
///
/// # Errors
/// When the engine fails.
pub fn hold(
    tx: &WriteTx<'_>,
    id: HandoverId,
    (from, to): (UserId, Option<UserId>),
    told: &Conversation,
) -> Result<bool, StoreError> {
    let params: [Value; 10] = [
        id.into(),
        from.into(),
        to.into(),
        told.held_on.into(),
        told.with_whom.as_ref().map(Line::as_str).into(),
        told.family.map(FamilyPart::code).into(),
        told.words.as_ref().map(Note::as_str).into(),
        told.no_talk_why.as_ref().map(Note::as_str).into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    Ok(tx.run(&HOLD, &params)? == 1)
}

/// The case stays where it is; `false` if the hand-over is closed.
///
/// # Errors
/// When the engine fails.
pub fn keep(tx: &WriteTx<'_>, id: HandoverId, why: &Note) -> Result<bool, StoreError> {
    let params = [id.into(), why.as_str().into(), tx.grant().user().into(), tx.now().into()];
    Ok(tx.run(&KEEP, &params)? == 1)
}

/// Gives a case to another worker of its team.
///
/// # Errors
/// When the engine fails.
pub fn entrust(tx: &WriteTx<'_>, id: CaseId, worker: UserId) -> Result<(), StoreError> {
    tx.run(&ENTRUST, &[id.into(), worker.into(), tx.now().into()]).map(|_| ())
}

/// One hand-over.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: HandoverId) -> Result<Option<HandoverView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// Hand-overs of cases that teams in sight have or had, in a state, earliest due first.
///
/// # Errors
/// When the engine fails.
pub fn of_teams(tx: &ReadTx<'_>, sight: &RowSight, state: &str, limit: i64) -> Result<Vec<HandoverView>, StoreError> {
    tx.rows_in_sight(&OF_TEAMS, &[state.into(), limit.into()], sight)?.into_iter().map(view).collect()
}

/// The hand-overs of a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<HandoverView>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?.into_iter().map(view).collect()
}

/// How many hand-overs of a new cut are in which state, by team to team. No case is named.
///
/// # Errors
/// When the engine fails.
pub fn of_recut(tx: &ReadTx<'_>, recut: RecutId) -> Result<Vec<(TeamId, TeamId, String, i64)>, StoreError> {
    tx.rows(&OF_RECUT, &[recut.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("handover");
            Ok((row.id()?, row.id()?, row.text()?, row.int()?))
        })
        .collect()
}
