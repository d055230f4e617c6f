// SPDX-License-Identifier: EUPL-1.2
//! What warns before an agency is commissioned and the family's papers leave for it (W7, W31).

use crate::casework::seals::keeps_quiet;
use crate::core::{Failure, fresh_at};
use domain::agencies::Agency;
use domain::casework::{HelpKind, OrderWarning, answer_warnings, assessor_delivers, order_warnings};
use domain::kernel::{CaseId, CommissionId, Note};
use domain::letters::{CaseConsent, ConsentState, consent_towards};
use store::casework::{applications, order_warnings as kept};
use store::letters::consents;
use store::{ReadTx, WriteTx};

pub use store::casework::order_warnings::AnsweredView;

/// What warns, each with its reason; without one nothing leaves yet.
///
/// # Errors
/// [`domain::casework::ASSESSOR_WOULD_DELIVER`], [`domain::casework::CONSENT_TOWARDS_ENDED`], a protected address in the
/// reason.
pub(super) fn answered(
    tx: &ReadTx<'_>,
    case: CaseId,
    (help, agency): (HelpKind, &Agency),
    (today, reason): (domain::kernel::Day, Option<&Note>),
) -> Result<Vec<OrderWarning>, Failure> {
    let name = agency.name.as_str();
    let applied = applications::of_case(tx, case)?;
    let gave_opinion = applied.iter().flat_map(|one| one.assessors()).any(|assessor| assessor_delivers(assessor, name));
    let all: Vec<CaseConsent> = consents::of_case(tx, case)?.into_iter().map(|one| one.consent).collect();
    let state = consent_towards(&all, name, today);
    let over = matches!(state, Some(ConsentState::Ended | ConsentState::Revoked));
    let warnings = order_warnings(help, gave_opinion, over);
    answer_warnings(&warnings, reason).map_err(Failure::from)?;
    let typed: Vec<_> = reason.iter().map(|reason| (reason.as_str(), "anyway")).collect();
    keeps_quiet(tx, case, &typed)?;
    Ok(warnings)
}

/// Keeps the reason with every warning.
pub(super) fn keep(
    tx: &WriteTx<'_>,
    at: (CaseId, CommissionId),
    (warnings, reason): (&[OrderWarning], Option<&Note>),
) -> Result<(), Failure> {
    let Some(reason) = reason else { return Ok(()) };
    for warning in warnings {
        kept::insert(tx, fresh_at(tx.now()), at, (*warning, reason))?;
    }
    Ok(())
}
