// SPDX-License-Identifier: EUPL-1.2
//! The main job: intake, will and goals, consultation, decision, commission.

pub mod areas;
pub mod board;
pub mod cases;
pub mod commission;
pub mod consultation;
pub mod counsel;
pub mod court_extract;
pub mod exploration;
pub mod family_link;
pub mod genogram;
pub mod goals;
pub mod handover;
pub mod intake;
pub mod meetings;
pub mod network;
pub mod notes;
pub mod package;
pub mod people;
pub mod performance;
pub mod plan;
mod plan_days;
pub mod protection;
pub mod recut_talk;
pub mod resource_check;
pub mod seals;
pub mod shares;
pub mod statements;

use crate::core::{Failure, found};
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::kernel::CaseId;
use store::ReadTx;
use store::casework::cases::{self as store_cases, CaseView};

/// A case, and the policy's yes to do this with it.
pub(crate) fn case_for(
    tx: &ReadTx<'_>,
    actor: &Actor,
    action: Action,
    id: CaseId,
) -> Result<(CaseView, Grant), Failure> {
    let case = found(store_cases::one(tx, id)?)?;
    let grant = permit(actor, action, Standing::Team(case.team))?;
    Ok((case, grant))
}
