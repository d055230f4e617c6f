// SPDX-License-Identifier: EUPL-1.2
//! Kinds of deeds: every change that is remembered has one.

use crate::access::codes;

codes! {
    /// Kinds of deeds.
    #[doc(alias = "Vorgang")]
    DeedKind {
        /// A report was taken in.
        ReportTakenIn = "report-taken-in",
        /// A report was given its social space by a person.
        ReportAssigned = "report-assigned",
        /// Somebody looked at who reported.
        ReporterSeen = "reporter-seen",
        /// A case was opened.
        CaseOpened = "case-opened",
        /// A family was named.
        FamilyNamed = "family-named",
        /// A person was added to a case.
        PersonAdded = "person-added",
        /// Language, interpreter or how to reach a person was recorded.
        PersonDescribed = "person-described",
        /// A role in law was recorded.
        LegalRoleRecorded = "legal-role-recorded",
        /// A role in law ended.
        LegalRoleEnded = "legal-role-ended",
        /// Where somebody lived was recorded.
        ResidenceRecorded = "residence-recorded",
        /// Two entries were joined as one human being.
        PeopleJoined = "people-joined",
        /// A joining was undone.
        JoinUndone = "join-undone",
        /// An address was protected.
        AddressSealed = "address-sealed",
        /// Somebody looked at a protected address.
        SealedAddressSeen = "sealed-address-seen",
        /// The protection of an address ended.
        SealLifted = "seal-lifted",
        /// A report was moved over the board.
        ReportMoved = "report-moved",
        /// A professional reporter was told what became of it.
        ReporterTold = "reporter-told",
        /// The area of a case changed.
        AreaChanged = "area-changed",
        /// A question to be clarified was answered.
        QuestionAnswered = "question-answered",
        /// A condition was set.
        ConditionSet = "condition-set",
        /// Somebody looked whether a condition is met.
        ConditionChecked = "condition-checked",
        /// A condition was lifted.
        ConditionLifted = "condition-lifted",
        /// A case went to another team.
        CaseHandedOver = "case-handed-over",
        /// A child was counselled in confidence.
        Counselled = "counselled",
        /// A will, wish, need or mandate was recorded.
        StatementRecorded = "statement-recorded",
        /// A goal was recorded.
        GoalRecorded = "goal-recorded",
        /// A note was written.
        NoteWritten = "note-written",
        /// Something entrusted was passed on.
        EntrustedPassedOn = "entrusted-passed-on",
        /// An action goal was recorded.
        StepRecorded = "step-recorded",
        /// Somebody's rating of a goal was recorded.
        GoalRated = "goal-rated",
        /// A resource of the family was recorded.
        StrengthRecorded = "strength-recorded",
        /// Something on a sheet of exploration was written: resource check, network map, genogram.
        SheetWritten = "sheet-written",
        /// A sheet of exploration became a version.
        SheetFixed = "sheet-fixed",
        /// A family was given a personal link to a plan version.
        FamilyLinkMade = "family-link-made",
        /// A personal link was taken back.
        FamilyLinkRevoked = "family-link-revoked",
        /// A family answered over a link.
        FamilyAnswered = "family-answered",
        /// A family's answer was taken note of.
        FamilyAnswerSeen = "family-answer-seen",
        /// An extract of a plan was made for a family court.
        ExtractMade = "extract-made",
        /// A template of letters got a version, or ours came back.
        TemplateKept = "template-kept",
        /// What stands on all letters was set.
        LetterHouseSet = "letter-house-set",
        /// A letter was begun.
        LetterBegun = "letter-begun",
        /// A letter was changed.
        LetterChanged = "letter-changed",
        /// A letter was given to the second pair of eyes.
        LetterOffered = "letter-offered",
        /// A letter was released: from then on it stays as it is.
        LetterReleased = "letter-released",
        /// A letter left the house.
        LetterDispatched = "letter-dispatched",
        /// A released letter that never left was withdrawn.
        LetterRecalled = "letter-recalled",
        /// A consent was recorded.
        ConsentRecorded = "consent-recorded",
        /// A consent was taken back.
        ConsentTakenBack = "consent-taken-back",
        /// It was recorded what was asked of others.
        CollectionKept = "collection-kept",
        /// Somebody was told what was asked of others, or it is said why not.
        CollectionTold = "collection-told",
        /// A draft of a letter was thrown away.
        LetterDropped = "letter-dropped",
        /// Somebody wants to be reminded by mail.
        MailWished = "mail-wished",
        /// Somebody does not want it any more.
        MailUnwished = "mail-unwished",
        /// Reminders of a day were put into the box.
        MailsPlanned = "mails-planned",
        /// A mail was taken out of the box to be sent.
        MailTaken = "mail-taken",
        /// A mail was sent.
        MailSent = "mail-sent",
        /// A mail could not be sent; it is tried again, or given up.
        MailFailed = "mail-failed",
        /// A case was put on a team's agenda.
        PutOnAgenda = "put-on-agenda",
        /// An idea or dissent was noted.
        IdeaNoted = "idea-noted",
        /// A consultation was held and closed.
        ConsultationHeld = "consultation-held",
        /// Help was decided on.
        HelpDecided = "help-decided",
        /// A plan version was fixed.
        PlanFixed = "plan-fixed",
        /// An agency was commissioned.
        Commissioned = "commissioned",
        /// A top-up was opened because a claim goes over plan.
        TopUpOpened = "top-up-opened",
        /// A top-up was covered by a resolution.
        TopUpCovered = "top-up-covered",
        /// Money was planned.
        MoneyPlanned = "money-planned",
        /// A distribution of money was drafted.
        AllocationDrafted = "allocation-drafted",
        /// A body's decision about it was recorded.
        AllocationDecided = "allocation-decided",
        /// What a body decided became the plan of its year.
        AllocationBooked = "allocation-booked",
        /// Bookings were delivered to municipal finance.
        Delivered = "delivered",
        /// Money was promised without a commission.
        MoneyPromised = "money-promised",
        /// Something was paid out of a promise, or came back.
        MoneyPaid = "money-paid",
        /// The use of an advance was proven.
        MoneyProven = "money-proven",
        /// A promise was settled.
        PromiseSettled = "promise-settled",
        /// Income was booked.
        IncomeBooked = "income-booked",
        /// A booking was taken back.
        BookingCountered = "booking-countered",
        /// A transfer between pots was proposed.
        TransferProposed = "transfer-proposed",
        /// A transfer between pots was approved by a second person.
        TransferApproved = "transfer-approved",
        /// A transfer between pots was taken back or turned down.
        TransferWithdrawn = "transfer-withdrawn",
        /// A fiscal year was opened.
        YearOpened = "year-opened",
        /// A fiscal year was closed.
        YearClosed = "year-closed",
        /// Money of a closed year was carried over.
        MoneyCarriedOver = "money-carried-over",
        /// Something was transmitted to another controller.
        Transmitted = "transmitted",
        /// A transmission was acknowledged.
        Acknowledged = "acknowledged",
        /// A resource card was added.
        CardAdded = "card-added",
        /// A resource card was confirmed.
        CardConfirmed = "card-confirmed",
        /// A meeting of a team was called.
        MeetingCalled = "meeting-called",
        /// Who was at a meeting was written down.
        PresenceNoted = "presence-noted",
        /// A case on an agenda was given its time and place.
        SlotGiven = "slot-given",
        /// A phase of a consultation began.
        PhaseBegun = "phase-begun",
        /// What a family said to an idea was written down.
        IdeaAnswered = "idea-answered",
        /// A help of a support package was written down.
        PackageHelpKept = "package-help-kept",
        /// A help of a support package ended.
        PackageHelpEnded = "package-help-ended",
        /// Whether a help was really used was written down.
        PackageUseKept = "package-use-kept",
        /// A resource card was changed.
        CardChanged = "card-changed",
        /// A resource card was closed.
        CardClosed = "card-closed",
        /// A resource card was opened again.
        CardReopened = "card-reopened",
        /// Two resource cards were joined.
        CardsJoined = "cards-joined",
        /// Joined resource cards were parted again.
        CardsParted = "cards-parted",
        /// A resource card was erased.
        CardErased = "card-erased",
        /// Resource cards went to another keeper.
        CardsHandedOver = "cards-handed-over",
        /// A place of everyday life, or how far somebody may go alone, was recorded.
        LivedSpaceRecorded = "lived-space-recorded",
        /// A family turned something of the quarter down, or thought again.
        MatchRefused = "match-refused",
        /// A table of cards was handed in.
        ImportHandedIn = "import-handed-in",
        /// Its cards were written.
        CardsImported = "cards-imported",
        /// An import was taken back.
        ImportUndone = "import-undone",
        /// A table was dropped.
        ImportDropped = "import-dropped",
        /// Rows that an import left out were forgotten.
        LeftOutForgotten = "left-out-forgotten",
        /// A private person out of a table agreed and has a card.
        WaitingAgreed = "waiting-agreed",
        /// A private person out of a table was forgotten.
        WaitingForgotten = "waiting-forgotten",
        /// A link to tend one card was made.
        CardLinkMade = "card-link-made",
        /// A link to tend one card was taken back.
        CardLinkRevoked = "card-link-revoked",
        /// Somebody told an error or proposed a change of a card.
        CardTold = "card-told",
        /// What was told of a card was dealt with.
        CardTaskDone = "card-task-done",
        /// That a certificate of conduct was looked at was noted.
        CertificateNoted = "certificate-noted",
        /// What was noted of a certificate of conduct was deleted.
        CertificateForgotten = "certificate-forgotten",
        /// An agency was added.
        AgencyAdded = "agency-added",
        /// A team seat was given to an agency.
        SeatGiven = "seat-given",
        /// An agreement was made.
        AgreementMade = "agreement-made",
        /// A price was agreed.
        RateAgreed = "rate-agreed",
        /// Instalments were planned.
        InstalmentsPlanned = "instalments-planned",
        /// An instalment was paid.
        InstalmentPaid = "instalment-paid",
        /// A contract was settled for a year.
        ContractSettled = "contract-settled",
        /// A contingent was agreed.
        ContingentAgreed = "contingent-agreed",
        /// The overload quota of an agreement was agreed.
        OverloadAgreed = "overload-agreed",
        /// Contacts were counted, without names.
        ContactsCounted = "contacts-counted",
        /// An agency proved its services for a month.
        ServiceProven = "service-proven",
        /// An invoice was entered.
        InvoiceEntered = "invoice-entered",
        /// An invoice was paid.
        InvoicePaid = "invoice-paid",
        /// A forecast was kept, to be compared with what came.
        ForecastKept = "forecast-kept",
        /// School holidays were entered.
        HolidaysEntered = "holidays-entered",
        /// Boundaries were imported.
        SpacesImported = "spaces-imported",
        /// A street directory was imported.
        StreetsImported = "streets-imported",
        /// A new cut of the spaces was drafted.
        RecutDrafted = "recut-drafted",
        /// A new cut of the spaces was planned for its day.
        RecutPlanned = "recut-planned",
        /// A new cut of the spaces was withdrawn.
        RecutWithdrawn = "recut-withdrawn",
        /// Cases that a new cut concerns were listed for their conversations.
        HandoversListed = "handovers-listed",
        /// A hand-over conversation was arranged.
        HandoverArranged = "handover-arranged",
        /// A case stays with its team although its space changed.
        CaseKept = "case-kept",
        /// Figures of spaces were imported.
        FiguresImported = "figures-imported",
        /** A partner of the network was entered or changed. */ PartnerKept = "partner-kept",
        /** One works with a partner no more. */ PartnerEnded = "partner-ended",
        /** One works with a partner again. */ PartnerResumed = "partner-resumed",
        /** A contact of case-independent work was logged. */ ContactLogged = "contact-logged",
        /** The words of a contact were put right. */ ContactCorrected = "contact-corrected",
        /** The words of a contact were erased; its hours stay. */ ContactErased = "contact-erased",
        /** Words of contacts went because their day had come. */ ContactsForgotten = "contacts-forgotten",
        /** A project was proposed. */ ProjectProposed = "project-proposed",
        /** Questions or cost plan of a project were changed. */ ProjectChanged = "project-changed",
        /** A project was given up before it began. */ ProjectWithdrawn = "project-withdrawn",
        /** A team gave its opinion on a project. */ ProjectAdvised = "project-advised",
        /** A project was decided on. */ ProjectDecided = "project-decided",
        /** Money was promised to a project. */ ProjectFunded = "project-funded",
        /** A project began. */ ProjectBegun = "project-begun",
        /** A project was evaluated. */ ProjectEvaluated = "project-evaluated",
        /** A project was handed over or ended. */ ProjectEnded = "project-ended",
        /// An office was founded.
        OfficeFounded = "office-founded",
        /// An account was added.
        AccountAdded = "account-added",
        /// A post was given.
        PostGiven = "post-given",
        /// A post was proposed and waits for a second person.
        PostProposed = "post-proposed",
        /// A proposed post was declined.
        PostDeclined = "post-declined",
        /// The office set a number of its own.
        HouseRuleSet = "house-rule-set",
        /// A post was ended.
        PostEnded = "post-ended",
        /// Somebody signed in.
        SignedIn = "signed-in",
        /// Somebody signed out.
        SignedOut = "signed-out",
        /// A procedure of child protection was opened.
        ProtectionOpened = "protection-opened",
        /// A step of a procedure was kept.
        ProtectionStepKept = "protection-step-kept",
        /// Several professionals assessed danger.
        DangerAssessed = "danger-assessed",
        /// The family court was called.
        CourtCalled = "court-called",
        /// A professional reporter was answered.
        ReporterAnswered = "reporter-answered",
        /// A procedure was closed.
        ProtectionClosed = "protection-closed",
        /// A child was taken into care.
        CareBegun = "care-begun",
        /// A fact of a child in care was kept.
        CareFactKept = "care-fact-kept",
        /// Something due was raised.
        DueRaised = "due-raised",
        /// Something due was done, moved or fell away.
        DueChanged = "due-changed",
        /// An absence and who stands in were kept.
        AbsenceKept = "absence-kept",
        /// A calendar address was made.
        FeedMade = "feed-made",
        /// A calendar address was revoked.
        FeedRevoked = "feed-revoked",
        /// The office's Land and local holidays were set.
        CalendarSet = "calendar-set",
        /// An agency assessed danger by itself.
        AgencyAssessed = "agency-assessed",
        /// An agency informed the office.
        OfficeInformed = "office-informed",
        /// The office acknowledged an agency's notice.
        NoticeAcknowledged = "notice-acknowledged",
        /// An experienced adviser counselled without names.
        CounselGiven = "counsel-given",
        /// A case was told in short.
        BriefWritten = "brief-written",
        /// Something ended was taken back.
        TakenBack = "taken-back",
        /// Two cases of one family were joined.
        CasesJoined = "cases-joined",
        /// A joining of cases was undone.
        CaseJoinUndone = "case-join-undone",
        /// What was counselled in confidence was deleted on its day.
        CounselsDeleted = "counsels-deleted",
        /// A help was reviewed.
        HelpReviewed = "help-reviewed",
        /// A help was stepped down.
        HelpSteppedDown = "help-stepped-down",
        /// A help ended.
        HelpEnded = "help-ended",
        /// The end of a help was taken back.
        EndingTakenBack = "ending-taken-back",
        /// An end that was announced ahead is in effect.
        EndingInEffect = "ending-in-effect",
        /// Somebody came back after the end of a help.
        CameBack = "came-back",
        /// Somebody asked after the end of a help whether it lasts.
        FollowedUp = "followed-up",
        /// An application for participation came in.
        ApplicationReceived = "application-received",
        /// A step of an application was taken.
        ApplicationMoved = "application-moved",
        /** A visit was prepared. */ VisitPrepared = "visit-prepared",
        /** A case was taken along on a visit. */ CaseTakenAlong = "case-taken-along",
        /** What was taken along was called back. */ VisitCalledBack = "visit-called-back",
        /** The record of a visit past its day was deleted. */ VisitForgotten = "visit-forgotten",
        /** A note out of a visit came in. */ VisitNoteReceived = "visit-note-received",
        /** A note out of a visit waits for its writer. */ VisitNoteWaits = "visit-note-waits",
        /** A talk about a plan was set. */ PlanTalkSet = "plan-talk-set", /** It got another day. */ PlanTalkMoved = "plan-talk-moved", /** It was held or called off. */ PlanTalkClosed = "plan-talk-closed",
        /** The office's own for a kind of help was set. */ HelpSettingKept = "help-setting-kept", /** A help got its own rhythm of reviews. */ ReviewRhythmSet = "review-rhythm-set", /** A transition was agreed. */ TransitionAgreed = "transition-agreed",
        /// A draft was kept.
        DraftKept = "draft-kept",
    }
}
