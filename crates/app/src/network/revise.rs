// SPDX-License-Identifier: EUPL-1.2
//! A project is changed between opinion and decision, or given up before it begins.

use super::projects::{loaded, stale};
use crate::core::{App, Failure, Key, fresh_at, in_office};
use domain::access::{Action, Actor, Denied};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Note, ProjectId};
use domain::network::{Project, Revision, tends_words};
use store::ReadTx;
use store::project_money;
use store::project_versions;
use store::projects::{self as kept, NewStep, ProjectView};

/// Whoever proposed it changes it, and whoever tends the network; nobody else's idea is rewritten.
pub(super) fn may_change(actor: &Actor, project: &ProjectView) -> bool {
    in_office(actor, Action::ProposeProject).is_ok() && tends_words(actor, project.author)
}

/// Changes questions one to four and the cost plan; what they were is kept.
///
/// # Errors
/// [`domain::network::PROJECT_CLOSED`], [`domain::network::PROJECT_CHANGED`], [`Failure::Denied`].
pub async fn revise(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProjectId,
    new: Revision,
) -> Result<ProjectId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (project, grant) = loaded(&tx, &who, Action::ProposeProject, id)?;
        mine(&who, &project)?;
        let to = project.state.changed(project.version, new.of)?;
        let tx = tx.allow(grant);
        stale(project_versions::change(&tx, &project, to, &new)?)?;
        Ok(tx.commit(Deed::new(DeedKind::ProjectChanged, id), id)?)
    };
    app.change(actor, key, write).await
}

fn mine(who: &Actor, project: &ProjectView) -> Result<(), Failure> {
    if may_change(who, project) { Ok(()) } else { Err(Failure::Denied(Denied::Forbidden)) }
}

/// Gives a project up before it begins.
///
/// # Errors
/// [`domain::network::PROJECT_CLOSED`], [`domain::network::PROJECT_HAS_MONEY`], [`Failure::Denied`].
pub async fn withdraw(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: ProjectId,
    why: Note,
) -> Result<ProjectId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (project, grant) = loaded(&tx, &who, Action::ProposeProject, id)?;
        mine(&who, &project)?;
        let open = project_money::money(&tx, id)?.iter().any(|one| one.settled_on.is_none());
        let state = project.state.withdrawn(open)?;
        let tx = tx.allow(grant);
        stale(kept::move_on(&tx, id, (project.state, state))?)?;
        let step = NewStep { state: Project::Withdrawn.code(), words: Some(&why), ..NewStep::default() };
        kept::insert_step(&tx, fresh_at(tx.now()), id, &step)?;
        Ok(tx.commit(Deed::new(DeedKind::ProjectWithdrawn, id), id)?)
    };
    app.change(actor, key, write).await
}
