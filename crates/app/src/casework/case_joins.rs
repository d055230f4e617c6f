// SPDX-License-Identifier: EUPL-1.2
//! Two cases of one family: a second report opened one beside the one that runs. People join them, and may undo it.

use crate::casework::areas::{area_now, settle_danger_mark};
use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{JOIN_NOT_UNDOABLE, JoinSide, NewCaseJoin, join_cases, undo};
use domain::kernel::{CaseId, CaseJoinId, Day};
use store::ReadTx;
use store::casework::cases::{self, CaseView, Stage};
use store::casework::{areas, case_joins, protection};

pub use store::casework::case_joins::CaseJoinView;

/// What belongs together with a case.
#[derive(Debug, Clone)]
pub struct Together {
    /// Joinings that hold: what came here, or where this went.
    pub joins: Vec<CaseJoinView>,
    /// Open cases of a family of the same name with the same team: id, number, opened on.
    pub same_name: Vec<(CaseId, String, Day)>,
}

/// What belongs together with a case, or may.
///
/// # Errors
/// Hidden for other teams.
pub async fn around(app: &App, actor: &Actor, id: CaseId) -> Result<Together, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let same_name = if case.joined_into.is_some() { Vec::new() } else { case_joins::same_name(tx, id, case.team)? };
        let (mut joins, quiet) = (case_joins::around(tx, id)?, Quiet::of(tx, &case)?);
        joins.iter_mut().for_each(|one| quiet.text(&mut one.why));
        Ok(Together { joins, same_name })
    })
    .await
}

fn side(tx: &ReadTx<'_>, case: &CaseView) -> Result<JoinSide, Failure> {
    let open = protection::of_case(tx, case.id)?.iter().any(|one| one.closed_at.is_none());
    let in_care = !protection::cares::of_case(tx, case.id)?.is_empty();
    let begun = matches!(case.stage, Stage::Opened | Stage::Consultation);
    Ok(JoinSide { id: case.id, is_joined: case.joined_into.is_some(), runs: !begun || open || in_care })
}

/// Joins a case with the one of the same family that runs: its reports go over, an open procedure points them out,
/// and it is worked on no longer. It takes the right to work on both.
///
/// # Errors
/// The rules of [`join_cases`], [`Failure::Denied`] for either.
pub async fn join(app: &App, actor: &Actor, key: Option<Key>, new: NewCaseJoin) -> Result<CaseJoinId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<CaseJoinId>());
    let write = move |tx: ReadTx<'_>| {
        let (kept, grant) = case_for(&tx, &who, Action::WorkOnCase, new.kept)?;
        let (joined, _) = case_for(&tx, &who, Action::WorkOnCase, new.joined)?;
        join_cases(side(&tx, &kept)?, side(&tx, &joined)?)?;
        for case in [kept.id, joined.id] {
            keeps_quiet(&tx, case, &[(new.why.as_str(), "why")])?;
        }
        let danger = joined.danger_since.filter(|_| kept.danger_since.is_none());
        let tx = tx.allow(grant);
        case_joins::join(&tx, id, &new, danger)?;
        if danger.is_some() {
            areas::danger_since(&tx, kept.id, danger)?;
        }
        cases::touch(&tx, kept.id)?;
        tx.also(Deed::in_case(DeedKind::CasesJoined, id, joined.id));
        Ok(tx.commit(Deed::in_case(DeedKind::CasesJoined, id, kept.id), id)?)
    };
    app.change(actor, key, write).await
}

/// Undoes a joining within 30 days: each case has its own reports again.
///
/// # Errors
/// [`JOIN_NOT_UNDOABLE`], [`Failure::Denied`].
pub async fn undo_join(app: &App, actor: &Actor, key: Option<Key>, id: CaseJoinId) -> Result<CaseJoinId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let done = found(case_joins::one(&tx, id)?)?;
        let (kept, grant) = case_for(&tx, &who, Action::WorkOnCase, done.kept)?;
        undo(done.at, done.undone_at.is_some(), now.day())?;
        let tx = tx.allow(grant);
        if !case_joins::undo(&tx, &done)? {
            return Err(JOIN_NOT_UNDOABLE.broken().into());
        }
        if done.danger_from.is_some() && kept.danger_since == done.danger_from {
            // The signs go back with their report, unless this case has its own reason by now.
            settle_danger_mark(&tx, kept.id, area_now(&tx, kept.id)?.or(Some(domain::casework::Area::Service)))?;
        }
        tx.also(Deed::in_case(DeedKind::CaseJoinUndone, id, done.joined));
        Ok(tx.commit(Deed::in_case(DeedKind::CaseJoinUndone, id, done.kept), id)?)
    };
    app.change(actor, key, write).await
}
