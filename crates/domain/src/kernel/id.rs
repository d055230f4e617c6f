// SPDX-License-Identifier: EUPL-1.2
//! One id type per kind of thing, so that a team can never be passed where a case is meant.

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
    )*};
}

ids! {
    /// A youth welfare office; leads every key in the store.
    OfficeId,
    /// A user account.
    UserId,
    /// A post: a role held somewhere, from – to.
    PostId,
    /// A region of the office.
    RegionId,
    /// A social space.
    SpaceId,
    /// A social-space team.
    TeamId,
    /// One dated edition of boundaries or of the street directory.
    EditionId,
    /// A new cut of the spaces, planned for a day.
    RecutId,
    /// A case on its way from one team to another.
    HandoverId,
    /// A partner of the network, or a body.
    PartnerId,
    /// A project of case-independent or cross-case work.
    ProjectId,
    /// An agency.
    AgencyId,
    /// A report or request that came in.
    ReportId,
    /// A case.
    CaseId,
    /// A person in a case.
    PersonId,
    /// A statement of will, wish, need or mandate.
    WillId,
    /// A goal.
    GoalId,
    /// A note in a case.
    NoteId,
    /// A resource of a family (one of the four fields).
    StrengthId,
    /// A card of the resource directory.
    CardId,
    /// A link by which an owner tends one card.
    CardLinkId,
    /// A task about a card: an error, a proposal, a closing.
    CardTaskId,
    /// Two cards joined into one.
    CardMergeId,
    /// A place of somebody's everyday life.
    LivedPlaceId,
    /// A table of cards on its way in.
    CardImportId,
    /// A private person out of a table, who waits for a consent.
    CardWaitingId,
    /// A case on a team's agenda.
    AgendaItemId,
    /// An idea of the team.
    IdeaId,
    /// A meeting of a social-space team.
    MeetingId,
    /// A help of a support package.
    HelpId,
    /// A talk about a help plan.
    PlanTalkId,
    /// An agreement on a transition to another carrier.
    TransitionId,
    /// A decision on help.
    DecisionId,
    /// A version of a help plan.
    PlanId,
    /// A fixed version of a sheet of exploration: resource check, network map, genogram.
    ExplorationId,
    /// A personal link by which a family answers a plan.
    FamilyLinkId,
    /// What a family said over a link.
    FamilyAnswerId,
    /// An extract of a plan for a family court.
    CourtExtractId,
    /// A letter.
    LetterId,
    /// A consent, or a release from secrecy, of a case.
    CaseConsentId,
    /// Something that was asked of others instead of the person concerned.
    CollectionId,
    /// A commission to an agency.
    CommissionId,
    /// What left one controller for another.
    TransmissionId,
    /// A pot of money.
    PotId,
    /// An entry in a pot's book.
    EntryId,
    /// A proposal to distribute money, decided or not.
    AllocationId,
    /// A promise of money.
    PromiseId,
    /// Money on its way from one pot to another, waiting for the second pair of eyes.
    TransferId,
    /// An agreement with agencies.
    AgreementId,
    /// A line of the rate table.
    RateId,
    /// A contingent without names.
    ContingentId,
    /// An agency's invoice.
    InvoiceId,
    /// A plan of instalments.
    InstalmentPlanId,
    /// A procedure of child protection, of one minor.
    ProtectionId,
    /// A child taken into care.
    CareId,
    /// An agency's notice of danger.
    NoticeId,
    /// Something due.
    DueId,
    /// A typed text that is not yet saved.
    DraftId,
    /// A human being, whoever's cases they are in.
    HumanId,
    /// Two entries of one human being that were joined.
    JoinId,
    /// A role in law towards a child.
    LegalRoleId,
    /// A contact of case-independent work.
    ContactId,
    /// How a person of a case is reached.
    PersonContactId,
    /// A help that ended.
    EndingId,
    /// A look after a help that ended.
    FollowUpId,
    /// An application for participation (SGB IX).
    ApplicationId,
    /// Where somebody lived.
    ResidenceId,
    /// A protected address.
    SealId,
    /// The area of a case from a day on.
    AreaId,
    /// A mandate to clarify.
    ClarificationId,
    /// A question to be clarified.
    QuestionId,
    /// A condition of office or court.
    ConditionId,
    /// Counselling without the parents' knowledge.
    CounselId,
    /// A post that waits for a second person.
    ProposalId,
    /// A version of a case in short.
    BriefId,
    /// Two cases of one family that were joined.
    CaseJoinId,
    /// Something ended that may be taken back.
    TakenAwayId,
    /// What a worker took along on a visit.
    VisitId,
    /// A note out of a visit; the device makes the id.
    VisitNoteId,
    /// An audit entry.
    AuditId,
}
