// SPDX-License-Identifier: EUPL-1.2
//! Projects of case-independent and cross-case work: the six questions, cost plan, steps.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use domain::kernel::{Balance, Day, Line, Note, ProjectId, RegionId, SpaceId, TeamId, UserId};
use domain::network::{CostLine, Evaluation, Minutes, NewProject, Project, UseKind, Version, WorkColumn};
use uuid::Uuid;

crate::statement! {
    INSERT = "INSERT INTO project (office_id, id, title, column_code, space_id, state, found_in, need, goals, help_link, terms, planned_minutes, proposed_by, proposed_on)
              VALUES ($1, $2, $3, $4, $5, 'idea', $6, $7, $8, $9, $10, $11, $12, $13)";
    INSERT_COST = "INSERT INTO project_cost (office_id, project_id, seq, kind, what, cents, version) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    MOVE = "UPDATE project SET state = $4 WHERE office_id = $1 AND id = $2 AND state = $3";
    EVALUATE = "UPDATE project SET state = 'evaluated', reached = $4, assessment = $5, current_cases = $6, potential_cases = $7
                WHERE office_id = $1 AND id = $2 AND state = $3";
    END = "UPDATE project SET state = $4, ended_to = $5, ended_on = $6 WHERE office_id = $1 AND id = $2 AND state = $3";
    INSERT_STEP = "INSERT INTO project_step (office_id, id, project_id, state, opinion, decider, resolution, words, made_by, made_on, version)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (SELECT j.version FROM project j WHERE j.office_id = $1 AND j.id = $3))";
    STEPS = "SELECT t.state, t.opinion, t.decider, t.resolution, t.words, a.name, t.made_on, t.version FROM project_step t
             JOIN account a ON a.office_id = t.office_id AND a.id = t.made_by
             WHERE t.office_id = $1 AND t.project_id = $2 ORDER BY t.id";
    LIST = "SELECT j.id, j.title, j.column_code, j.state, s.name, t.region_id, j.proposed_on, j.current_cases, j.potential_cases,
              (SELECT CAST(SUM(c.cents) AS BIGINT) FROM project_cost c WHERE c.office_id = j.office_id AND c.project_id = j.id
               AND COALESCE(c.version, 1) = COALESCE(j.version, 1)),
              (SELECT CAST(SUM(k.minutes) AS BIGINT) FROM contact k WHERE k.office_id = j.office_id AND k.project_id = j.id),
              (SELECT CAST(SUM(p.promised) AS BIGINT) FROM project_money m JOIN promise p ON p.office_id = m.office_id AND p.id = m.promise_id
               WHERE m.office_id = j.office_id AND m.project_id = j.id)
            FROM project j JOIN social_space s ON s.office_id = j.office_id AND s.id = j.space_id
            JOIN team t ON t.office_id = s.office_id AND t.id = s.team_id
            WHERE j.office_id = $1 AND j.id < $2 ORDER BY j.id DESC LIMIT $3";
    ONE = "SELECT j.id, j.title, j.column_code, j.state, j.space_id, s.name, s.team_id, t.region_id, j.found_in, j.need, j.goals, j.help_link, j.terms,
             j.planned_minutes, j.version, j.proposed_by, a.name, j.proposed_on, j.reached, j.assessment, j.current_cases, j.potential_cases, j.ended_to, j.ended_on
           FROM project j JOIN social_space s ON s.office_id = j.office_id AND s.id = j.space_id
           JOIN team t ON t.office_id = s.office_id AND t.id = s.team_id
           JOIN account a ON a.office_id = j.office_id AND a.id = j.proposed_by
           WHERE j.office_id = $1 AND j.id = $2";
    COSTS = "SELECT kind, what, cents FROM project_cost WHERE office_id = $1 AND project_id = $2 AND COALESCE(version, 1) = $3 ORDER BY seq";
}

/// Numbers of lines that a version of a cost plan has for itself: more than a form can carry.
const MOST_LINES: i64 = 1_000_000;

/// The beginning of the list: newest first.
pub const FROM_NEWEST: ProjectId = ProjectId(Uuid::max());

/// A project in a list.
#[derive(Debug, Clone)]
pub struct ProjectLine {
    /// Id.
    pub id: ProjectId,
    /// What it is called.
    pub title: String,
    /// For no case yet, or for several.
    pub column: WorkColumn,
    /// Where it is.
    pub state: Project,
    /// Name of the space.
    pub space: String,
    /// The region it lies in.
    pub region: RegionId,
    /// When it was proposed.
    pub proposed_on: Day,
    /// For how many cases of today it was good.
    pub current: Option<i64>,
    /// For how many that might have become one.
    pub potential: Option<i64>,
    /// What the cost plan comes to.
    pub planned: Balance,
    /// Time worked.
    pub time: Minutes,
    /// Money promised.
    pub promised: Balance,
}

/// A project as shown.
#[derive(Debug, Clone)]
pub struct ProjectView {
    /// Id.
    pub id: ProjectId,
    /// What it is called.
    pub title: String,
    /// For no case yet, or for several.
    pub column: WorkColumn,
    /// Where it is.
    pub state: Project,
    /// In which space.
    pub space: SpaceId,
    /// Its name.
    pub space_name: String,
    /// The team of the space.
    pub team: TeamId,
    /// Its region.
    pub region: RegionId,
    /// 1. In which body the need was found.
    pub found_in: String,
    /// 1. The need.
    pub need: String,
    /// 2. Goals.
    pub goals: String,
    /// 3. Connection with help planning.
    pub help_link: String,
    /// 4. Who, on what terms.
    pub terms: String,
    /// 4. With how much time.
    pub hours: Option<Minutes>,
    /// Which version of the questions and the cost plan.
    pub version: Version,
    /// Who proposed it.
    pub author: UserId,
    /// The name.
    pub by: String,
    /// When.
    pub proposed_on: Day,
    /// 5. Reached, lasting.
    pub reached: Option<String>,
    /// 6. Assessment.
    pub assessment: Option<String>,
    /// For how many cases of today it was good.
    pub current: Option<i64>,
    /// For how many that might have become one.
    pub potential: Option<i64>,
    /// Who goes on with it, or how it ended.
    pub ended_to: Option<String>,
    /// When.
    pub ended_on: Option<Day>,
}

/// Keeps a proposed project.
///
/// # Errors
/// When the engine fails.
pub fn insert(tx: &WriteTx<'_>, id: ProjectId, new: &NewProject) -> Result<(), StoreError> {
    let params: [Value; 12] = [
        id.into(),
        new.title.as_str().into(),
        new.column.code().into(),
        new.space.into(),
        new.found_in.as_str().into(),
        new.need.as_str().into(),
        new.goals.as_str().into(),
        new.help_link.as_str().into(),
        new.terms.as_str().into(),
        new.hours.map(Minutes::minutes).into(),
        tx.grant().user().into(),
        tx.now().day().into(),
    ];
    tx.run(&INSERT, &params)?;
    insert_costs(tx, id, Version::FIRST, &new.costs)
}

/// Adds the cost plan of a version; those of former ones stay.
pub(crate) fn insert_costs(
    tx: &WriteTx<'_>,
    id: ProjectId,
    version: Version,
    costs: &[CostLine],
) -> Result<(), StoreError> {
    for (line, seq) in costs.iter().zip(version.number() * MOST_LINES..) {
        let cost: [Value; 6] = [
            id.into(),
            seq.into(),
            line.kind.code().into(),
            line.what.as_str().into(),
            line.amount.cents().into(),
            version.number().into(),
        ];
        tx.run(&INSERT_COST, &cost)?;
    }
    Ok(())
}

/// Moves a project on; `false` if it is not any more where it was.
///
/// # Errors
/// When the engine fails.
pub fn move_on(tx: &WriteTx<'_>, id: ProjectId, (from, to): (Project, Project)) -> Result<bool, StoreError> {
    Ok(tx.run(&MOVE, &[id.into(), from.code().into(), to.code().into()])? == 1)
}

/// Writes down what came of it; `false` if it is not any more where it was.
///
/// # Errors
/// When the engine fails.
pub fn evaluate(tx: &WriteTx<'_>, id: ProjectId, from: Project, told: &Evaluation) -> Result<bool, StoreError> {
    let params: [Value; 6] = [
        id.into(),
        from.code().into(),
        told.reached.as_str().into(),
        told.assessment.as_str().into(),
        i64::from(told.current.number()).into(),
        i64::from(told.potential.number()).into(),
    ];
    Ok(tx.run(&EVALUATE, &params)? == 1)
}

/// Ends a project; `false` if it is not any more where it was.
///
/// # Errors
/// When the engine fails.
pub fn end(tx: &WriteTx<'_>, id: ProjectId, to: Project, who: &Line) -> Result<bool, StoreError> {
    let from = Project::Evaluated.code();
    let params: [Value; 5] = [id.into(), from.into(), to.code().into(), who.as_str().into(), tx.now().day().into()];
    Ok(tx.run(&END, &params)? == 1)
}

/// An opinion or a decision.
#[derive(Debug, Clone, Default)]
pub struct NewStep<'a> {
    /// Code of the state it led to.
    pub state: &'static str,
    /// Code of the team's opinion.
    pub opinion: Option<&'static str>,
    /// Code of who decided.
    pub decider: Option<&'static str>,
    /// Number and day of a resolution.
    pub resolution: Option<&'a Line>,
    /// Why.
    pub words: Option<&'a Note>,
}

/// Adds a step.
///
/// # Errors
/// When the engine fails.
pub fn insert_step(tx: &WriteTx<'_>, id: Uuid, project: ProjectId, new: &NewStep<'_>) -> Result<(), StoreError> {
    let params: [Value; 9] = [
        id.into(),
        project.into(),
        new.state.into(),
        new.opinion.into(),
        new.decider.into(),
        new.resolution.map(|line| line.as_str().to_owned()).into(),
        new.words.map(|note| note.as_str().to_owned()).into(),
        tx.grant().user().into(),
        tx.now().day().into(),
    ];
    tx.run(&INSERT_STEP, &params).map(|_| ())
}

/// A step as shown.
#[derive(Debug, Clone)]
pub struct StepView {
    /// State it led to.
    pub state: Project,
    /// Code of the team's opinion.
    pub opinion: Option<String>,
    /// Code of who decided.
    pub decider: Option<String>,
    /// Number and day of a resolution.
    pub resolution: Option<String>,
    /// Why.
    pub words: Option<String>,
    /// Who entered it.
    pub by: String,
    /// When.
    pub on: Day,
    /// What it was said of.
    pub version: Version,
}

/// The steps of a project in their order.
///
/// # Errors
/// When the engine fails.
pub fn steps(tx: &ReadTx<'_>, project: ProjectId) -> Result<Vec<StepView>, StoreError> {
    tx.rows(&STEPS, &[project.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("project_step");
            let (state, opinion, decider) = (row.code(Project::from_code)?, row.maybe_text()?, row.maybe_text()?);
            let (resolution, words) = (row.maybe_text()?, row.maybe_text()?);
            Ok(StepView {
                state,
                opinion,
                decider,
                resolution,
                words,
                by: row.text()?,
                on: row.day()?,
                version: Version::kept(row.maybe_int()?),
            })
        })
        .collect()
}

/// Projects, newest first.
///
/// # Errors
/// When the engine fails.
pub fn list(tx: &ReadTx<'_>, before: ProjectId, limit: i64) -> Result<Vec<ProjectLine>, StoreError> {
    tx.rows(&LIST, &[before.into(), limit.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("project");
            Ok(ProjectLine {
                id: row.id()?,
                title: row.text()?,
                column: row.code(WorkColumn::from_code)?,
                state: row.code(Project::from_code)?,
                space: row.text()?,
                region: row.id()?,
                proposed_on: row.day()?,
                current: row.maybe_int()?,
                potential: row.maybe_int()?,
                planned: Balance::from_cents(row.maybe_int()?.unwrap_or_default()),
                time: Minutes::new(row.maybe_int()?.unwrap_or_default()),
                promised: Balance::from_cents(row.maybe_int()?.unwrap_or_default()),
            })
        })
        .collect()
}

fn view(row: Row) -> Result<ProjectView, StoreError> {
    let mut row = row.read("project");
    Ok(ProjectView {
        id: row.id()?,
        title: row.text()?,
        column: row.code(WorkColumn::from_code)?,
        state: row.code(Project::from_code)?,
        space: row.id()?,
        space_name: row.text()?,
        team: row.id()?,
        region: row.id()?,
        found_in: row.text()?,
        need: row.text()?,
        goals: row.text()?,
        help_link: row.text()?,
        terms: row.text()?,
        hours: row.maybe_int()?.map(Minutes::new),
        version: Version::kept(row.maybe_int()?),
        author: row.id()?,
        by: row.text()?,
        proposed_on: row.day()?,
        reached: row.maybe_text()?,
        assessment: row.maybe_text()?,
        current: row.maybe_int()?,
        potential: row.maybe_int()?,
        ended_to: row.maybe_text()?,
        ended_on: row.maybe_day()?,
    })
}

/// One project.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: ProjectId) -> Result<Option<ProjectView>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(view).transpose()
}

/// The cost plan of a version of a project.
///
/// # Errors
/// When the engine fails or a line cannot be read.
pub fn costs(tx: &ReadTx<'_>, id: ProjectId, version: Version) -> Result<Vec<CostLine>, StoreError> {
    tx.rows(&COSTS, &[id.into(), version.number().into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("project_cost");
            Ok(CostLine { kind: row.code(UseKind::from_code)?, what: row.parsed(Line::parse)?, amount: row.amount()? })
        })
        .collect()
}
