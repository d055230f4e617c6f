// SPDX-License-Identifier: EUPL-1.2
//! The words everybody uses: ids, days, money, checked text, refusals, search keys.

mod day;
mod id;
mod merge;
mod money;
mod phone;
mod quantity;
mod refusal;
mod search;
mod text;

pub use day::{Day, Moment, Period};
pub use id::{
    AgencyId, AgendaItemId, AgreementId, AllocationId, ApplicationId, AreaId, AuditId, BriefId, CardId, CardImportId,
    CardLinkId, CardMergeId, CardTaskId, CardWaitingId, CareId, CaseConsentId, CaseId, CaseJoinId, ClarificationId,
    CollectionId, CommissionId, ConditionId, ContactId, ContingentId, CounselId, CourtExtractId, DecisionId, DraftId,
    DueId, EditionId, EndingId, EntryId, ExplorationId, FamilyAnswerId, FamilyLinkId, FollowUpId, GoalId, HandoverId,
    HelpId, HumanId, IdeaId, InstalmentPlanId, InvoiceId, JoinId, LegalRoleId, LetterId, LivedPlaceId, MeetingId,
    NoteId, NoticeId, OfficeId, PartnerId, PersonContactId, PersonId, PlanId, PlanTalkId, PostId, PotId, ProjectId,
    PromiseId, ProposalId, ProtectionId, QuestionId, RateId, RecutId, RegionId, ReportId, ResidenceId, SealId, SpaceId,
    StrengthId, TakenAwayId, TeamId, TransferId, TransitionId, TransmissionId, UserId, VisitId, VisitNoteId, WillId,
};
pub use merge::{Merge, MergePiece, Side};
pub use money::{AMOUNT_UNUSUAL, Amount, Balance};
pub use phone::{Phone, asked_number};
pub use quantity::{QUANTITY_TOO_LARGE, QUANTITY_UNREADABLE, Quantity, exact_quotient, half_up};
pub use refusal::{Refusal, Refusals, Rule};
pub use search::{fold, name_sound, name_words, phonetic};
pub use text::{Line, Note, PersonName};
