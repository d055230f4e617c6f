// SPDX-License-Identifier: EUPL-1.2
//! Everything that can be asked for; who may is said by the policy.

use super::actor::codes;

codes! {
    /// Everything that can be asked for.
    #[doc(alias = "Handlung")]
    Action {
        /// Take in a report or request.
        TakeInReport = "take-in-report",
        /// Learn that a similar case exists, and where.
        FindDuplicates = "find-duplicates",
        /// See reports on the intake board.
        SeeReport = "see-report",
        /// See who reported (§ 65 SGB VIII by analogy, N17).
        SeeReporter = "see-reporter",
        /// Give a report without a place its social space.
        AssignReport = "assign-report",
        /// Move a report over the board, tell a professional reporter what became of it.
        MoveReport = "move-report",
        /// See a case.
        SeeCase = "see-case",
        /// Record will, goals, resources; put the case on an agenda.
        WorkOnCase = "work-on-case",
        /// Keep and read a protected address (§ 51 BMG); each look has a reason and is on record.
        SeeSealedAddress = "see-sealed-address",
        /// Counsel a child without its parents' knowledge (§ 8(3) SGB VIII): one's own talks alone.
        CounselChild = "counsel-child",
        /// See a case on a team's agenda, pseudonymised (§ 64(2a) SGB VIII).
        SeeConsultation = "see-consultation",
        /// Add ideas and dissent. There is no action by which a team approves (N3).
        AdviseInTeam = "advise-in-team",
        /// Hold the meeting and close the item.
        HoldConsultation = "hold-consultation",
        /// Decide on help (§ 36a(1) SGB VIII: the office alone).
        DecideOnCase = "decide-on-case",
        /// See commissions and their money, without what the family said.
        SeeCommission = "see-commission",
        /// Tell parents that they may share the costs of a help (§ 92(3) SGB VIII).
        WriteContribution = "write-contribution",
        /// See the money of a region.
        SeeBudget = "see-budget",
        /// Plan the money of a region.
        PlanBudget = "plan-budget",
        /// Work out and keep drafts of how money is distributed.
        DraftAllocation = "draft-allocation",
        /// Record what a body decided about them.
        DecideAllocation = "decide-allocation",
        /// Promise, pay, settle, take back; book income.
        BookBudget = "book-budget",
        /// Be the second pair of eyes for what another person proposed.
        ReleaseBudget = "release-budget",
        /// Prove the book and the log: ids and sums, no case.
        ProveBooks = "prove-books",
        /// See what was transmitted to the own agency.
        SeeMandate = "see-mandate",
        /// Acknowledge what was transmitted to the own agency.
        AnswerMandate = "answer-mandate",
        /// See spaces, teams, agencies and resource cards.
        SeeDirectory = "see-directory",
        /// Add and confirm resource cards.
        TendResources = "tend-resources",
        /// See the cards meant for professionals.
        SeeProfessionalCards = "see-inside-cards",
        /// See the cards meant for the own team.
        SeeTeamCards = "see-team-cards",
        /// Change, close and join cards that others keep.
        CurateResources = "curate-resources",
        /// Bring many cards in at once, and take that back.
        ImportResources = "import-resources",
        /// Tell an error of a public card, without signing in.
        ReportCard = "report-card",
        /// Tend one card by its link, without an account.
        TendByLink = "tend-by-link",
        /// Add agencies and their seats in teams.
        ManageAgencies = "manage-agencies",
        /// See agreements, prices, instalments of all agencies, or of the own one.
        SeeAgreement = "see-agreement",
        /// Make agreements, agree on prices, pay instalments, settle.
        ManageAgreements = "manage-agreements",
        /// Enter invoices, check them, pay them.
        CheckInvoice = "check-invoice",
        /// Count contacts of a contingent, without names.
        CountContacts = "count-contacts",
        /// See procedures of child protection: a sub-file of its own (§ 63(2) SGB VIII).
        SeeProtection = "see-protection",
        /// Work on them: from anywhere, at any time.
        WorkOnProtection = "work-on-protection",
        /// Counsel as an experienced adviser, without names (§ 8b(1) SGB VIII).
        CounselNameless = "counsel-nameless",
        /// Assess danger as an agency and inform the office (§ 8a(4) SGB VIII).
        GuardAsAgency = "guard-as-agency",
        /// Say who is away and who stands in.
        ArrangeDeputy = "arrange-deputy",
        /// Bring in boundaries and streets.
        ManageTerritory = "manage-territory",
        /// See partners of the network and the log of contacts.
        SeeNetwork = "see-network",
        /// Log contacts, keep partners and agreements with them.
        TendNetwork = "tend-network",
        /// See projects of case-independent and cross-case work.
        SeeProject = "see-project",
        /// Propose projects, log work on them, evaluate them.
        ProposeProject = "propose-project",
        /// Decide on a project, or record what a body decided.
        DecideProject = "decide-project",
        /// Accounts and posts.
        ManagePeople = "manage-people",
        /// Be the second pair of eyes over posts.
        ReleasePosts = "release-posts",
        /// Set the office's own numbers.
        SetHouseRules = "set-house-rules",
        /// Change the templates of letters and what stands on all of them.
        KeepTemplates = "keep-templates",
        /// See who did what.
        SeeAudit = "see-audit",
        /// Answer one plan version over a personal link. No post ever carries it: see [`super::LinkFacts`].
        AnswerByLink = "answer-by-link",
        /// Keep own drafts and the own session.
        KeepOwn = "keep-own",
    }
}
