// SPDX-License-Identifier: EUPL-1.2
//! Cases that live elsewhere by a new cut, each waiting for its conversation.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::kernel::{CaseId, Day, HandoverId, Line, Note, RecutId, SpaceId, TeamId};
use domain::territory::{Handover, RecutState};

crate::statement! {
    INSERT = "INSERT INTO handover (office_id, id, recut_id, case_id, from_team, to_team, to_space, state, due_on)
              VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8) ON CONFLICT (office_id, recut_id, case_id) DO NOTHING";
    ARRANGE = "UPDATE handover SET due_on = $3, with_whom = $4 WHERE office_id = $1 AND id = $2 AND state = 'open'";
    HOLD = "UPDATE handover SET state = 'held', held_on = $3, with_whom = $4, family = $5, words = $6, closed_by = $7, closed_at = $8
            WHERE office_id = $1 AND id = $2 AND state = 'open'";
    KEEP = "UPDATE handover SET state = 'kept', words = $3, closed_by = $4, closed_at = $5 WHERE office_id = $1 AND id = $2 AND state = 'open'";
    ONE = "SELECT h.id, h.recut_id, x.title, x.state, x.valid_from, h.case_id, c.number, c.family, h.from_team, f.name, h.to_team, t.name, h.to_space, s.name,
             h.state, h.due_on, h.with_whom, h.family, h.held_on, h.words
           FROM handover h JOIN recut x ON x.office_id = h.office_id AND x.id = h.recut_id
           JOIN case_file c ON c.office_id = h.office_id AND c.id = h.case_id
           JOIN team f ON f.office_id = h.office_id AND f.id = h.from_team
           JOIN team t ON t.office_id = h.office_id AND t.id = h.to_team
           JOIN social_space s ON s.office_id = h.office_id AND s.id = h.to_space
           WHERE h.office_id = $1 AND h.id = $2";
    // A case is seen by the team that has it; the team that will have it learns of it in the conversation.
    OF_TEAMS = "SELECT h.id, h.recut_id, x.title, x.state, x.valid_from, h.case_id, c.number, c.family, h.from_team, f.name, h.to_team, t.name, h.to_space, s.name,
             h.state, h.due_on, h.with_whom, h.family, h.held_on, h.words
           FROM handover h JOIN recut x ON x.office_id = h.office_id AND x.id = h.recut_id
           JOIN case_file c ON c.office_id = h.office_id AND c.id = h.case_id
           JOIN team f ON f.office_id = h.office_id AND f.id = h.from_team
           JOIN team t ON t.office_id = h.office_id AND t.id = h.to_team
           JOIN social_space s ON s.office_id = h.office_id AND s.id = h.to_space
           WHERE h.office_id = $1 AND h.from_team {sight} AND h.state = $2 ORDER BY h.due_on, h.id LIMIT $3";
    OF_RECUT = "SELECT from_team, to_team, state, COUNT(*) FROM handover WHERE office_id = $1 AND recut_id = $2
                GROUP BY from_team, to_team, state ORDER BY from_team, to_team, state";
}

/// A hand-over as shown.
#[derive(Debug, Clone)]
pub struct HandoverView {
    /// Id.
    pub id: HandoverId,
    /// By which new cut.
    pub recut: RecutId,
    /// What that is called.
    pub recut_title: String,
    /// Where that stands.
    pub recut_state: RecutState,
    /// Its day.
    pub valid_from: Day,
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
    /// The team of the space.
    pub to_team: TeamId,
    /// Its name.
    pub to_name: String,
    /// The space it lives in by the new cut.
    pub to_space: SpaceId,
    /// Its name.
    pub space_name: String,
    /// `open`, `held`, `kept`.
    pub state: String,
    /// By when they mean to talk.
    pub due_on: Day,
    /// Who with whom.
    pub with_whom: Option<String>,
    /// Whether the family took part.
    pub family: Option<String>,
    /// When they talked.
    pub held_on: Option<Day>,
    /// What was said, or why the case stays.
    pub words: Option<String>,
}

impl HandoverView {
    /// As the domain sees it.
    #[must_use]
    pub fn state(&self) -> Handover {
        if self.state == "open" {
            Handover::Open { recut: self.recut_state, valid_from: self.valid_from }
        } else {
            Handover::Closed
        }
    }
}

fn view(row: Row) -> Result<HandoverView, StoreError> {
    let mut row = row.read("handover");
    Ok(HandoverView {
        id: row.id()?,
        recut: row.id()?,
        recut_title: row.text()?,
        recut_state: row.code(RecutState::from_code)?,
        valid_from: row.day()?,
        case: row.id()?,
        number: row.text()?,
        family_name: row.text()?,
        from_team: row.id()?,
        from_name: row.text()?,
        to_team: row.id()?,
        to_name: row.text()?,
        to_space: row.id()?,
        space_name: row.text()?,
        state: row.text()?,
        due_on: row.day()?,
        with_whom: row.maybe_text()?,
        family: row.maybe_text()?,
        held_on: row.maybe_day()?,
        words: row.maybe_text()?,
    })
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

/// Lists a case for its conversation, due on a day; `false` if it is listed already.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: HandoverId, recut: RecutId, way: Way, due_on: Day) -> Result<bool, StoreError> {
    let params: [Value; 7] =
        [id.into(), recut.into(), way.case.into(), way.from.into(), way.to.into(), way.space.into(), due_on.into()];
    Ok(tx.run(&INSERT, &params)? == 1)
}

/// Arranges the conversation: by when, who with whom.
///
/// # Errors
/// When the engine fails.
pub fn arrange(tx: &WriteTx<'_>, id: HandoverId, due_on: Day, with_whom: &Line) -> Result<bool, StoreError> {
    Ok(tx.run(&ARRANGE, &[id.into(), due_on.into(), with_whom.as_str().into()])? == 1)
}

/// What was said in the conversation.
#[derive(Debug, Clone)]
pub struct Talk<'a> {
    /// When.
    pub held_on: Day,
    /// Who with whom.
    pub with_whom: &'a Line,
    /// `present` or `declined`.
    pub family: &'a str,
    /// What was said.
    pub words: Option<&'a Note>,
}

/// The conversation was held; `false` if the hand-over is closed.
///
/// # Errors
/// When the engine fails.
pub fn hold(tx: &WriteTx<'_>, id: HandoverId, talk: &Talk<'_>) -> Result<bool, StoreError> {
    let params: [Value; 7] = [
        id.into(),
        talk.held_on.into(),
        talk.with_whom.as_str().into(),
        talk.family.into(),
        talk.words.map(|words| words.as_str().to_owned()).into(),
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
