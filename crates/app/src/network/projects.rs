// SPDX-License-Identifier: EUPL-1.2
//! Projects: idea, opinion of the team, decision, money out of grants, run, evaluation, end.

use super::contacts::as_seen;
use super::counters::Counters;
use super::revise::may_change;
use crate::budget::{NewMoney, bind};
use crate::core::{App, Failure, Key, found, fresh_at, in_office};
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::agencies::Agency;
use domain::audit::{Deed, DeedKind};
use domain::budget::{Flow, Form, MoneyKind, Paragraph, Purpose, Side};
use domain::kernel::{AgencyId, Amount, Balance, Line, Note, ProjectId, PromiseId};
use domain::network::{CostLine, Decider, Evaluation, NewProject, Opinion, Project, ProjectEnd, UseKind};
use std::collections::BTreeMap;
use store::contacts::{self, ContactView};
use store::project_money::{self, ProjectMoney};
use store::project_versions::{self, FormerView};
use store::projects::{self as kept, NewStep, ProjectLine, ProjectView, StepView};
use store::{ReadTx, agencies, budget};

/// Projects on one page.
const PAGE: usize = 50;
/// One more, to know whether there is a next page.
const AND_NEXT: i64 = 51;
/// Contacts beside a project; all others are in the log.
const CONTACTS: i64 = 100;

/// Proposes a project: questions one to four, and what it costs.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn propose(app: &App, actor: &Actor, key: Option<Key>, new: NewProject) -> Result<ProjectId, Failure> {
    let grant = in_office(actor, Action::ProposeProject)?;
    let id = app.fresh::<ProjectId>();
    let write = move |tx: ReadTx<'_>| {
        found(store::territory::team_of(&tx, new.space)?)?;
        let tx = tx.allow(grant);
        kept::insert(&tx, id, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::ProjectProposed, id), id)?)
    };
    app.change(actor, key, write).await
}

/// A project in a list, as its reader may see it.
#[derive(Debug, Clone)]
pub struct ProjectSeen {
    /// The project; its counters are in `counters` alone.
    pub line: ProjectLine,
    /// Counters.
    pub counters: Counters,
}

/// All projects, and what money is planned for.
#[derive(Debug, Clone)]
pub struct ProjectsPage {
    /// Newest first.
    pub projects: Vec<ProjectSeen>,
    /// Behind which project the next page begins, if there is one.
    pub next: Option<ProjectId>,
    /// Cost plans of projects that are wanted and not over, by what the money is for.
    pub uses: Vec<(UseKind, Balance)>,
    /// May the reader propose one?
    pub may_propose: bool,
}

/// All projects, newest first.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn projects(app: &App, actor: &Actor, after: Option<ProjectId>) -> Result<ProjectsPage, Failure> {
    in_office(actor, Action::SeeProject)?;
    let reader = actor.clone();
    let may_propose = in_office(actor, Action::ProposeProject).is_ok();
    app.read(move |tx| {
        let mut uses: BTreeMap<UseKind, Balance> = BTreeMap::new();
        for state in [Project::Approved, Project::Running, Project::Evaluated] {
            for (kind, sum) in project_money::uses(tx, state)? {
                let so_far = uses.entry(kind).or_default();
                *so_far = *so_far + sum;
            }
        }
        let mut lines = kept::list(tx, after.unwrap_or(kept::FROM_NEWEST), AND_NEXT)?;
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let next = lines.last().filter(|_| more).map(|line| line.id);
        let seen = |mut line: ProjectLine| {
            let counters = Counters::of(&reader, line.region, (line.current.take(), line.potential.take()));
            ProjectSeen { line, counters }
        };
        let projects = lines.into_iter().map(seen).collect();
        Ok(ProjectsPage { projects, next, uses: uses.into_iter().collect(), may_propose })
    })
    .await
}

/// A project with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct ProjectPage {
    /// The project; its counters are in `counters` alone.
    pub project: ProjectView,
    /// Counters.
    pub counters: Counters,
    /// What it said before, newest first.
    pub former: Vec<(FormerView, Vec<CostLine>)>,
    /// Its cost plan.
    pub costs: Vec<CostLine>,
    /// What the cost plan comes to.
    pub total: Balance,
    /// Opinions and decisions.
    pub steps: Vec<StepView>,
    /// Work on it, newest first; words only for those who may read them.
    pub contacts: Vec<ContactView>,
    /// Money promised.
    pub money: Vec<ProjectMoney>,
    /// What is free of the region's grants this year; for those who book.
    pub free: Option<Balance>,
    /// Agencies, for those who book.
    pub agencies: Vec<Agency>,
    /// May the reader change it, or give it up, as long as it is not decided on?
    pub may_change: bool,
    /// May the reader enter what the team said?
    pub may_advise: bool,
    /// May the reader decide?
    pub may_decide: bool,
    /// May the reader promise money?
    pub may_fund: bool,
    /// May the reader log work, begin, evaluate, end?
    pub may_work: bool,
}

/// One project.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn project(app: &App, actor: &Actor, id: ProjectId) -> Result<ProjectPage, Failure> {
    in_office(actor, Action::SeeProject)?;
    let (actor, year) = (actor.clone(), app.today().year());
    app.read(move |tx| {
        let mut project = found(kept::one(tx, id)?)?;
        let counts = (project.current.take(), project.potential.take());
        let costs = kept::costs(tx, id, project.version)?;
        let contacts = contacts::of_project(tx, id, CONTACTS)?;
        let may = |action, standing| permit(&actor, action, standing).is_ok();
        let may_fund = may(Action::BookBudget, Standing::Region(project.region));
        let pot = budget::find_pot(tx, project.region, year, MoneyKind::Grant)?.filter(|_| may_fund);
        Ok(ProjectPage {
            total: CostLine::total(&costs),
            costs,
            steps: kept::steps(tx, id)?,
            contacts: contacts.into_iter().map(|contact| as_seen(&actor, contact)).collect(),
            counters: Counters::of(&actor, project.region, counts),
            former: former(tx, id)?,
            may_change: may_change(&actor, &project),
            money: project_money::money(tx, id)?,
            free: pot.map(|pot| budget::book(tx, pot).map(|book| book.free())).transpose()?,
            agencies: if may_fund { agencies::all(tx)? } else { Vec::new() },
            may_advise: may(Action::HoldConsultation, Standing::Team(project.team)),
            may_decide: may(Action::DecideProject, Standing::Region(project.region)),
            may_work: may(Action::ProposeProject, Standing::Office),
            may_fund,
            project,
        })
    })
    .await
}

fn former(tx: &ReadTx<'_>, id: ProjectId) -> Result<Vec<(FormerView, Vec<CostLine>)>, Failure> {
    let mut all = Vec::new();
    for former in project_versions::former(tx, id)? {
        let costs = kept::costs(tx, id, former.version)?;
        all.push((former, costs));
    }
    Ok(all)
}

pub(super) fn loaded(
    tx: &ReadTx<'_>,
    who: &Actor,
    action: Action,
    id: ProjectId,
) -> Result<(ProjectView, Grant), Failure> {
    let project = found(kept::one(tx, id)?)?;
    let standing = match action {
        Action::HoldConsultation => Standing::Team(project.team),
        Action::DecideProject | Action::BookBudget => Standing::Region(project.region),
        _ => Standing::Office,
    };
    permit(who, Action::SeeProject, Standing::Office)?;
    let grant = permit(who, action, standing)?;
    Ok((project, grant))
}

/// The team gives its opinion; whoever holds its consultations enters it.
///
/// # Errors
/// [`domain::network::PROJECT_CLOSED`], [`Failure::Denied`].
pub async fn advise(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProjectId,
    (opinion, words): (Opinion, Option<Note>),
) -> Result<ProjectId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (project, grant) = loaded(&tx, &who, Action::HoldConsultation, id)?;
        let state = project.state.advised()?;
        let tx = tx.allow(grant);
        stale(kept::move_on(&tx, id, (project.state, state))?)?;
        let step =
            NewStep { state: state.code(), opinion: Some(opinion.code()), words: words.as_ref(), ..NewStep::default() };
        kept::insert_step(&tx, fresh_at(tx.now()), id, &step)?;
        Ok(tx.commit(Deed::new(DeedKind::ProjectAdvised, id), id)?)
    };
    app.change(actor, key, write).await
}

pub(super) fn stale(moved: bool) -> Result<(), Failure> {
    if moved { Ok(()) } else { Err(Failure::Stale) }
}

/// A decision on a project.
#[derive(Debug, Clone)]
pub struct DecideProject {
    /// Is it wanted?
    pub granted: bool,
    /// Who decided.
    pub by: Decider,
    /// Number and day of a body's resolution.
    pub resolution: Option<Line>,
    /// Why.
    pub words: Option<Note>,
}

/// Decides on a project, or records what a body decided.
///
/// # Errors
/// The rules of [`domain::network::Project::decided`], [`Failure::Denied`].
pub async fn decide(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProjectId,
    new: DecideProject,
) -> Result<ProjectId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (project, grant) = loaded(&tx, &who, Action::DecideProject, id)?;
        let total = CostLine::total(&kept::costs(&tx, id, project.version)?);
        let state = project.state.decided(new.granted, new.by, total, new.resolution.as_ref())?;
        let tx = tx.allow(grant);
        stale(kept::move_on(&tx, id, (project.state, state))?)?;
        let step = NewStep {
            state: state.code(),
            opinion: None,
            decider: Some(new.by.code()),
            resolution: new.resolution.as_ref(),
            words: new.words.as_ref(),
        };
        kept::insert_step(&tx, fresh_at(tx.now()), id, &step)?;
        Ok(tx.commit(Deed::new(DeedKind::ProjectDecided, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Money for a project.
#[derive(Debug, Clone)]
pub struct FundProject {
    /// Out of the grants of which year; also those that a surplus became.
    pub year: i16,
    /// Under which paragraph.
    pub paragraph: Paragraph,
    /// To which agency, if to one.
    pub agency: Option<AgencyId>,
    /// How much.
    pub amount: Amount,
}

/// Promises money to a project out of the region's grants (kind C), as far as plan and pot go. What is paid and proven
/// then goes its usual way.
///
/// # Errors
/// The rules of [`domain::network::Project::funded`] and [`bind`], [`Failure::Denied`].
pub async fn fund(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProjectId,
    new: FundProject,
) -> Result<PromiseId, Failure> {
    let (who, promise) = (actor.clone(), app.fresh::<PromiseId>());
    let write = move |tx: ReadTx<'_>| {
        let (project, grant) = loaded(&tx, &who, Action::BookBudget, id)?;
        let promised = project_money::money(&tx, id)?.iter().map(|one| one.promised.balance()).sum();
        project.state.funded(CostLine::total(&kept::costs(&tx, id, project.version)?), promised, new.amount)?;
        if let Some(agency) = new.agency {
            found(agencies::one(&tx, agency)?)?;
        }
        let (side, flow) = match new.agency {
            Some(_) => (Side::Independent, Flow::Grants),
            None => (Side::Own, Flow::Benefits),
        };
        let money = NewMoney {
            region: project.region,
            year: new.year,
            kind: MoneyKind::Grant,
            agency: new.agency,
            subject: Line::parse(&project.title)?,
            purpose: Purpose::new(new.paragraph, Form::Group, side, flow),
            amount: new.amount,
        };
        let tx = tx.allow(grant);
        bind(&tx, promise, &money, None)?;
        project_money::insert_money(&tx, id, promise)?;
        tx.also(Deed::new(DeedKind::MoneyPromised, promise));
        Ok(tx.commit(Deed::new(DeedKind::ProjectFunded, id), promise)?)
    };
    app.book(actor, key, write).await
}

/// The project begins.
///
/// # Errors
/// [`domain::network::PROJECT_NOT_APPROVED`], [`Failure::Denied`].
pub async fn begin(app: &App, actor: &Actor, key: Option<Key>, id: ProjectId) -> Result<ProjectId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (project, grant) = loaded(&tx, &who, Action::ProposeProject, id)?;
        let state = project.state.begun()?;
        let tx = tx.allow(grant);
        stale(kept::move_on(&tx, id, (project.state, state))?)?;
        Ok(tx.commit(Deed::new(DeedKind::ProjectBegun, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Writes down what came of it: questions five and six, and the two counters.
///
/// # Errors
/// [`domain::network::PROJECT_NOT_RUNNING`], [`Failure::Denied`].
pub async fn evaluate(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProjectId,
    told: Evaluation,
) -> Result<ProjectId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (project, grant) = loaded(&tx, &who, Action::ProposeProject, id)?;
        project.state.evaluated()?;
        let tx = tx.allow(grant);
        stale(kept::evaluate(&tx, id, project.state, &told)?)?;
        Ok(tx.commit(Deed::new(DeedKind::ProjectEvaluated, id), id)?)
    };
    app.change(actor, key, write).await
}

/// How a project ends.
#[derive(Debug, Clone)]
pub struct EndProject {
    /// Handed over, or done.
    pub end: ProjectEnd,
    /// To whom, or how it ended.
    pub who: Line,
}

/// Ends a project that was evaluated.
///
/// # Errors
/// [`domain::network::PROJECT_NOT_EVALUATED`], [`Failure::Denied`].
pub async fn end(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProjectId,
    new: EndProject,
) -> Result<ProjectId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (project, grant) = loaded(&tx, &who, Action::ProposeProject, id)?;
        let state = project.state.ended(new.end)?;
        let tx = tx.allow(grant);
        stale(kept::end(&tx, id, state, &new.who)?)?;
        Ok(tx.commit(Deed::new(DeedKind::ProjectEnded, id), id)?)
    };
    app.change(actor, key, write).await
}
