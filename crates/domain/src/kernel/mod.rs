// SPDX-License-Identifier: EUPL-1.2
//! The words everybody uses: ids, days, money, checked text, refusals, search keys.

mod day;
mod id;
mod money;
mod phone;
mod refusal;
mod search;
mod text;

pub use day::{Day, Moment, Period};
pub use id::{
    AgencyId, AgendaItemId, AgreementId, AllocationId, AreaId, AuditId, CardId, CardLinkId, CardMergeId, CardTaskId,
    CareId, CaseId, ClarificationId, CommissionId, ConditionId, ContactId, ContingentId, CounselId, CourtExtractId,
    DecisionId, DraftId, DueId, EditionId, EntryId, ExplorationId, FamilyAnswerId, FamilyLinkId, GoalId, HandoverId,
    HelpId, HumanId, IdeaId, InstalmentPlanId, InvoiceId, JoinId, LegalRoleId, MeetingId, NoteId, NoticeId, OfficeId,
    PartnerId, PersonId, PlanId, PostId, PotId, ProjectId, PromiseId, ProposalId, ProtectionId, QuestionId, RateId,
    RecutId, RegionId, ReportId, ResidenceId, SealId, SpaceId, StrengthId, TeamId, TransferId, TransmissionId, UserId,
    WillId,
};
pub use money::{AMOUNT_UNUSUAL, Amount, Balance};
pub use phone::{Phone, asked_number};
pub use refusal::{Refusal, Refusals, Rule};
pub use search::{fold, name_sound, name_words, phonetic};
pub use text::{Line, Note, PersonName};
