// SPDX-License-Identifier: EUPL-1.2
//! A family moves, and its case goes to the team of the new space. Decision, commission, promise and payment stay as
//! they are: help never stops for a change of competence.

use crate::casework::case_for;
use crate::casework::intake::responsible;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{NewHandover, hand_over};
use domain::kernel::CaseId;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::handovers::{self, Ways};
use store::{ReadTx, territory};

pub use store::casework::handovers::HandoverView;
pub use store::territory::SpaceLine;

/// Hand-over of a case.
#[derive(Debug, Clone)]
pub struct HandoverPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Spaces it can go to.
    pub spaces: Vec<SpaceLine>,
    /// Hand-overs so far, newest first.
    pub past: Vec<HandoverView>,
}

/// Hand-over of a case.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<HandoverPage, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let (people, past) = (cases::people(tx, id)?, handovers::of_case(tx, id)?);
        Ok(HandoverPage { people, past, spaces: territory::overview(tx)?, case })
    })
    .await
}

/// Hands a case over to the team of another space.
///
/// # Errors
/// The rules of [`domain::casework::hand_over`], [`Failure::Denied`].
pub async fn hand(app: &App, actor: &Actor, key: Option<Key>, id: CaseId, new: NewHandover) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, id)?;
        let team = found(territory::team_of(&tx, new.space)?)?;
        hand_over(&new, team == case.team, now.day())?;
        let worker = responsible(&tx, team, case.worker, now)?;
        let tx = tx.allow(grant);
        cases::reassign(&tx, id, (team, new.space), worker)?;
        let ways = Ways { from: case.team, to: team, from_worker: case.worker, to_worker: worker };
        handovers::insert(&tx, fresh_at(now), id, ways, &new)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CaseHandedOver, id, id), id)?)
    };
    app.change(actor, key, write).await
}
