// SPDX-License-Identifier: EUPL-1.2
//! The main job: intake, will and goals, consultation, decision, commission.

pub mod aftercare;
pub mod areas;
mod around;
pub mod board;
pub mod briefs;
pub mod case_joins;
pub mod cases;
pub mod commission;
pub mod consultation;
pub mod counsel;
pub mod court_extract;
pub mod ending;
pub mod exploration;
pub mod family_link;
pub mod genogram;
pub mod goals;
pub mod handover;
pub mod handover_sheet;
pub mod help_settings;
pub mod intake;
pub mod integration_help;
pub mod lived_space;
pub mod matching;
pub mod meetings;
pub mod network;
pub mod notes;
pub mod order_warnings;
pub mod own_line;
pub mod package;
pub mod people;
pub mod performance;
pub mod plan;
mod plan_days;
pub mod plan_talks;
pub mod protection;
pub mod resource_check;
pub mod review;
pub mod rhythms;
pub mod seals;
pub mod shares;
pub mod statements;
pub mod step_down;
pub mod taking;
pub mod transition;
pub mod undos;
pub mod visit_keeping;
pub mod visits;
pub mod workload;

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
    // What was joined is read; whatever is done goes into the case it goes on in.
    if case.joined_into.is_some() && !matches!(action, Action::SeeCase | Action::SeeProtection) {
        return Err(domain::casework::CASE_IS_JOINED.broken().into());
    }
    Ok((case, grant))
}
