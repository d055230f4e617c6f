// SPDX-License-Identifier: EUPL-1.2
//! Child protection: open, keep steps, assess, close. It may be entered at any time and waits for no meeting.

mod agency;
mod care;
mod counsel;
mod facts;
pub(super) mod feedback;
mod procedure;
mod steps;
mod unaccompanied;

pub use agency::{AgencyPage, acknowledge, assess_as_agency, inform_office, own_page};
pub use care::{CarePage, care_record, keep_fact, take_into_care};
pub use counsel::{counsel, counsels};
pub use feedback::Reporter;
pub use procedure::{CasePage, OpenDraft, OpenPage, ProcedurePage, case_page, close_procedure, one, open, open_list};
pub use steps::{KeptStep, REPORT_NOT_OF_CASE, join_report, keep_step};
pub use store::casework::protection::ProtectionView;
pub use store::casework::protection::agencies::{AssessmentView, NoticeView, SentNotice};
pub use store::casework::protection::cares::{CareView, FactView};
pub use store::casework::protection::counsels::CounselView;
pub use store::casework::protection::steps::{ReportLine, StepView};

use crate::core::{Failure, found};
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::casework::PersonRole;
use domain::kernel::{Day, ProtectionId};
use store::ReadTx;
use store::casework::cases::PersonView;
use store::casework::protection as kept;

/// A procedure, and the policy's yes to do this with it.
fn procedure_for(
    tx: &ReadTx<'_>,
    actor: &Actor,
    action: Action,
    id: ProtectionId,
) -> Result<(ProtectionView, Grant), Failure> {
    let procedure = found(kept::one(tx, id)?)?;
    let grant = permit(actor, action, Standing::Team(procedure.team))?;
    Ok((procedure, grant))
}

/// By the birthday if it is known, else by what somebody is in the family.
fn is_minor(person: &PersonView, today: Day) -> bool {
    let by_role = matches!(person.role, PersonRole::Child | PersonRole::Youth);
    person.born.map_or(by_role, |born| today.age_of(born) < 18)
}
