// SPDX-License-Identifier: EUPL-1.2
//! What was ended in a case and can be taken back for 30 days.

use crate::casework::case_for;
use crate::casework::seals::Quiet;
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{UNDO_DAYS, UNDO_OVER, take_back};
use domain::kernel::{CaseId, TakenAwayId};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::undos;

pub use store::casework::undos::EndedView;

/// What was ended in a case.
#[derive(Debug, Clone)]
pub struct UndoPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// What was ended in the last 30 days, newest first.
    pub ended: Vec<EndedView>,
    /// May the reader take it back?
    pub may_work: bool,
}

/// What was ended in a case in the last 30 days.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<UndoPage, Failure> {
    let (actor, now) = (actor.clone(), app.now());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        // A day more than needed; the rule counts days.
        let since = now.plus_minutes(-i64::from(UNDO_DAYS + 1) * 24 * 60);
        let mut ended = undos::of_case(tx, id, since)?;
        ended.retain(|one| take_back(one.at, false, now.day()).is_ok());
        let quiet = Quiet::of(tx, &case)?;
        ended.iter_mut().for_each(|one| quiet.text(&mut one.words));
        Ok(UndoPage {
            people: cases::people(tx, id)?,
            ended,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

/// Takes back that something was ended: it holds again as before.
///
/// # Errors
/// [`UNDO_OVER`], [`Failure::Denied`].
pub async fn undo(app: &App, actor: &Actor, key: Option<Key>, id: TakenAwayId) -> Result<TakenAwayId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let ended = found(undos::one(&tx, id)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, ended.case)?;
        take_back(ended.at, ended.undone_at.is_some(), today)?;
        let tx = tx.allow(grant);
        if !undos::take_back(&tx, &ended)? {
            return Err(UNDO_OVER.broken().into());
        }
        cases::touch(&tx, ended.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::TakenBack, ended.object, ended.case), id)?)
    };
    app.change(actor, key, write).await
}
