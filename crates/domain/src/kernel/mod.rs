// SPDX-License-Identifier: EUPL-1.2
//! The words everybody uses: ids, days, money, checked text, refusals, search keys.

mod day;
mod id;
mod money;
mod refusal;
mod search;
mod text;

pub use day::{Day, Moment, Period};
pub use id::{
    AgencyId, AgendaItemId, AgreementId, AllocationId, AuditId, CardId, CaseId, CommissionId, ContingentId,
    CourtExtractId, DecisionId, DraftId, EditionId, EntryId, ExplorationId, FamilyAnswerId, FamilyLinkId, GoalId,
    IdeaId, InstalmentPlanId, InvoiceId, NoteId, OfficeId, PersonId, PlanId, PostId, PotId, PromiseId, RateId,
    RegionId, ReportId, SpaceId, StrengthId, TeamId, TransferId, TransmissionId, UserId, WillId,
};
pub use money::{AMOUNT_UNUSUAL, Amount, Balance};
pub use refusal::{Refusal, Refusals, Rule};
pub use search::{fold, phonetic};
pub use text::{Line, Note, PersonName};
