// SPDX-License-Identifier: EUPL-1.2
//! The one policy. [`extent`] is the whole table; [`sight`] turns it into what somebody reaches;
//! [`permit`] asks that same sight about one thing. Lists use the sight as their SQL predicate, so a
//! list can never show what a single look would refuse.

use super::action::Action;
use super::actor::{Actor, Controller, Place, Post, Role};
use crate::kernel::{AgencyId, RegionId, TeamId, UserId};

/// How far a role carries for an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Reichweite")]
pub enum Extent {
    /// Nowhere.
    Nowhere,
    /// Where the post is held.
    Here,
    /// In the whole office.
    Everywhere,
}

/// The table: how far a role carries for an action.
#[must_use]
pub const fn extent(role: Role, action: Action) -> Extent {
    use Action as A;
    use Extent::{Everywhere, Here, Nowhere};
    use Role as R;
    match (action, role) {
        (A::KeepOwn | A::SeeDirectory, _) => Everywhere,

        (A::TakeInReport | A::FindDuplicates, R::CaseWorker | R::TeamLead) => Everywhere,
        (A::SeeReport | A::SeeReporter | A::AssignReport | A::MoveReport, R::CaseWorker | R::TeamLead) => Here,
        (A::SeeCase | A::WorkOnCase | A::DecideOnCase, R::CaseWorker | R::TeamLead) => Here,

        (A::SeeProtection | A::WorkOnProtection | A::ArrangeDeputy, R::CaseWorker | R::TeamLead) => Here,
        (A::CounselNameless, R::CaseWorker | R::TeamLead) => Everywhere,
        (A::GuardAsAgency, R::AgencyWorker | R::AgencyLead) => Here,

        (A::SeeSealedAddress, R::CaseWorker | R::TeamLead) => Here,
        (A::CounselChild, R::CaseWorker | R::TeamLead) => Everywhere,

        (A::SeeConsultation, R::CaseWorker | R::TeamLead | R::Coordinator | R::TeamMember) => Here,
        (A::AdviseInTeam, R::CaseWorker | R::TeamLead | R::Coordinator | R::TeamMember) => Here,
        (A::HoldConsultation, R::CaseWorker | R::TeamLead | R::Coordinator) => Here,
        // Wirtschaftliche Jugendhilfe sits in every team and sees the pseudonymised sheet.
        (A::SeeConsultation | A::AdviseInTeam, R::Finance) => Everywhere,

        (A::SeeCommission, R::CaseWorker | R::TeamLead) => Here,
        (A::SeeCommission, R::Finance) => Everywhere,
        // Wirtschaftliche Jugendhilfe: the letter of § 92(3), its help and its readers, nothing else of a case.
        (A::WriteContribution, R::Finance) => Everywhere,
        (A::SeeBudget, R::CaseWorker | R::TeamLead | R::Coordinator) => Here,
        (A::SeeBudget, R::Finance | R::Planner | R::CommitteeMember) => Everywhere,
        (A::DraftAllocation, R::Finance | R::Planner) => Everywhere,
        (A::PlanBudget | A::BookBudget | A::ReleaseBudget | A::DecideAllocation, R::Finance) => Everywhere,
        (A::ProveBooks, R::Finance | R::Administrator | R::DataProtectionOfficer) => Everywhere,

        (A::SeeMandate | A::AnswerMandate, R::AgencyWorker | R::AgencyLead) => Here,

        (A::TendResources, R::CaseWorker | R::TeamLead | R::Coordinator) => Everywhere,
        (A::TendResources, R::AgencyWorker | R::AgencyLead | R::TeamMember) => Everywhere,
        (A::CurateResources | A::ImportResources, R::TeamLead | R::Coordinator) => Everywhere,
        (A::SeeProfessionalCards, R::CaseWorker | R::TeamLead | R::Coordinator | R::Finance | R::Planner) => Everywhere,
        (A::SeeProfessionalCards, R::AgencyWorker | R::AgencyLead | R::TeamMember) => Everywhere,
        (A::SeeTeamCards, R::CaseWorker | R::TeamLead | R::Coordinator | R::TeamMember) => Here,
        (A::ManageAgencies, R::Administrator | R::Finance) => Everywhere,
        (A::SeeAgreement, R::CaseWorker | R::TeamLead | R::Finance | R::Planner) => Everywhere,
        (A::SeeAgreement, R::AgencyLead) => Here,
        (A::ManageAgreements | A::CheckInvoice, R::Finance) => Everywhere,
        (A::CountContacts, R::Finance) => Everywhere,
        (A::CountContacts, R::AgencyWorker | R::AgencyLead) => Here,
        (A::ManageTerritory, R::Administrator | R::Planner) => Everywhere,
        (A::SeeNetwork, R::CaseWorker | R::TeamLead | R::Coordinator | R::Planner) => Everywhere,
        (A::TendNetwork, R::CaseWorker | R::TeamLead | R::Coordinator) => Everywhere,
        (A::SeeProject, R::CaseWorker | R::TeamLead | R::Coordinator | R::Finance | R::Planner) => Everywhere,
        (A::SeeProject, R::CommitteeMember | R::AgencyWorker | R::AgencyLead | R::TeamMember) => Everywhere,
        (A::ProposeProject, R::CaseWorker | R::TeamLead | R::Coordinator) => Everywhere,
        (A::ProposeProject, R::AgencyWorker | R::AgencyLead | R::TeamMember) => Everywhere,
        // Up to a limit the lead of the region; above it a body, whose decision finance records.
        (A::DecideProject, R::TeamLead) => Here,
        (A::DecideProject, R::Finance) => Everywhere,
        (A::ManagePeople | A::SetHouseRules, R::Administrator) => Everywhere,
        (A::KeepTemplates, R::TeamLead | R::Administrator) => Everywhere,
        (A::ReleasePosts, R::Administrator | R::DataProtectionOfficer) => Everywhere,
        (A::SeeAudit, R::DataProtectionOfficer) => Everywhere,

        _ => Nowhere,
    }
}

impl Action {
    /// Who may do this not, but may do that, is told "forbidden" (403); who may not even do that is told
    /// that there is nothing (404).
    #[must_use]
    pub const fn known_through(self) -> Self {
        match self {
            Self::WorkOnProtection => Self::SeeProtection,
            Self::ArrangeDeputy => Self::SeeCase,
            Self::WorkOnCase | Self::DecideOnCase | Self::SeeSealedAddress => Self::SeeCase,
            Self::AdviseInTeam | Self::HoldConsultation => Self::SeeConsultation,
            Self::AssignReport | Self::SeeReporter | Self::MoveReport => Self::SeeReport,
            Self::AnswerMandate => Self::SeeMandate,
            Self::PlanBudget | Self::BookBudget | Self::ReleaseBudget => Self::SeeBudget,
            Self::DraftAllocation | Self::DecideAllocation => Self::SeeBudget,
            Self::ManageAgreements => Self::SeeAgreement,
            Self::TendNetwork => Self::SeeNetwork,
            Self::ProposeProject | Self::DecideProject => Self::SeeProject,
            Self::CheckInvoice | Self::WriteContribution => Self::SeeCommission,
            Self::ImportResources => Self::SeeDirectory,
            Self::CurateResources | Self::SeeProfessionalCards | Self::SeeTeamCards => Self::SeeDirectory,
            Self::TendResources | Self::ManageAgencies | Self::ManageTerritory => Self::SeeDirectory,
            other => other,
        }
    }

    /// May only staff of the office ever do this? The table's second lock: even a mistaken post of an
    /// agency opens nothing here (N1, N3).
    #[must_use]
    pub const fn of_office_only(self) -> bool {
        !matches!(
            self,
            Self::KeepOwn
                | Self::SeeDirectory
                | Self::SeeConsultation
                | Self::AdviseInTeam
                | Self::SeeMandate
                | Self::AnswerMandate
                | Self::TendResources
                | Self::SeeProfessionalCards
                | Self::SeeTeamCards
                | Self::SeeAgreement
                | Self::CountContacts
                | Self::GuardAsAgency
                | Self::SeeProject
                | Self::ProposeProject
        )
    }
}

/// Where a thing stands, as far as the policy needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Zuordnung")]
pub enum Standing {
    /// With the office as a whole.
    Office,
    /// With a team.
    Team(TeamId),
    /// With a region.
    Region(RegionId),
    /// In an agency's data room.
    Agency(AgencyId),
    /// With one person.
    Person(UserId),
}

/// Everything somebody reaches with an action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Sichtbereich")]
pub struct Sight {
    /// Everything of the office.
    pub office: bool,
    /// Things of these teams.
    pub teams: Vec<TeamId>,
    /// Things of these regions.
    pub regions: Vec<RegionId>,
    /// Things in these agencies' data rooms.
    pub agencies: Vec<AgencyId>,
}

impl Sight {
    /// Nothing at all?
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn widen(&mut self, post: &Post, action: Action) {
        match (extent(post.role, action), &post.place) {
            (Extent::Nowhere, _) => {}
            (Extent::Everywhere, _) | (Extent::Here, Place::Office) => self.office = true,
            (Extent::Here, Place::Region(region, teams)) => {
                self.regions.push(*region);
                self.teams.extend(teams);
            }
            (Extent::Here, Place::Team(team, region)) => {
                self.teams.push(*team);
                self.regions.push(*region);
            }
            (Extent::Here, Place::Agency(agency)) => self.agencies.push(*agency),
        }
    }

    fn covers(&self, actor: &Actor, standing: Standing) -> bool {
        match standing {
            // Nobody reaches another person's own, however high the post.
            Standing::Person(user) => user == actor.user && self.office,
            // An agency's data room is never part of "the whole office".
            Standing::Agency(agency) => self.agencies.contains(&agency),
            Standing::Office => self.office,
            Standing::Team(team) => self.office || self.teams.contains(&team),
            Standing::Region(region) => self.office || self.regions.contains(&region),
        }
    }
}

/// What the actor reaches with this action.
#[must_use]
pub fn sight(actor: &Actor, action: Action) -> Sight {
    let mut sight = Sight::default();
    if action.of_office_only() && actor.controller != Controller::Office {
        return sight;
    }
    for post in &actor.posts {
        // A post must be of the house that the person works for.
        if post.role.of_office() == (actor.controller == Controller::Office) {
            sight.widen(post, action);
        }
    }
    if let Controller::Agency(own) = actor.controller {
        sight.agencies.retain(|agency| *agency == own);
    }
    sight.teams.sort_unstable();
    sight.teams.dedup();
    sight.regions.sort_unstable();
    sight.regions.dedup();
    sight
}

/// The policy said yes to this person for this action. Made only by [`permit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Berechtigung")]
pub struct Grant {
    user: UserId,
    action: Action,
    standing: Standing,
    asd: bool,
}

/// The policy said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Verweigerung")]
pub enum Denied {
    /// The person is told that there is nothing here.
    Hidden,
    /// The person sees it but may not do this.
    Forbidden,
}

/// Whoever is not signed in. The same id in every office; there is no account to sign in with.
pub const VISITOR: UserId = UserId(uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0002));

/// What everybody may change without signing in: tell an error of a public card, and tend the one card whose link
/// one holds. Which card that is, the use case asks.
///
/// # Errors
/// [`Denied::Hidden`] for everything else.
pub fn permit_visitor(action: Action) -> Result<Grant, Denied> {
    match action {
        Action::ReportCard | Action::TendByLink => {
            Ok(Grant { user: VISITOR, action, standing: Standing::Office, asd: false })
        }
        _ => Err(Denied::Hidden),
    }
}

/// Asks the policy about one thing.
///
/// # Errors
/// [`Denied::Hidden`] when the person may not even know of it, [`Denied::Forbidden`] otherwise.
pub fn permit(actor: &Actor, action: Action, standing: Standing) -> Result<Grant, Denied> {
    if sight(actor, action).covers(actor, standing) {
        let asd = actor.controller == Controller::Office && actor.posts.iter().any(|post| post.role.of_asd());
        return Ok(Grant { user: actor.user, action, standing, asd });
    }
    if sight(actor, action.known_through()).covers(actor, standing) {
        return Err(Denied::Forbidden);
    }
    Err(Denied::Hidden)
}

impl Grant {
    /// The yes of a link that holds: to this one thing, in the link's own name.
    pub(super) const fn of_link(link: UserId) -> Self {
        Self { user: link, action: Action::AnswerByLink, standing: Standing::Person(link), asd: false }
    }

    /// Who.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.user
    }

    /// For what.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// Where.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// The proof that an ASD worker of the office decides; only a grant to decide yields it.
    #[must_use]
    pub fn deciding(&self) -> Option<OfficeStaff> {
        (self.asd && self.action == Action::DecideOnCase).then_some(OfficeStaff(self.user))
    }
}

/// An ASD worker of the office who may decide on this case. A decision cannot be made without one
/// (§ 36a(1), § 79(1) SGB VIII; OVG Niedersachsen 4 ME 306/09):
///
/// ```compile_fail,E0423
/// use domain::access::OfficeStaff;
/// use domain::kernel::UserId;
/// // Nobody can make one but the policy.
/// let me = OfficeStaff(UserId(uuid::Uuid::nil()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "ASD-Fachkraft")]
pub struct OfficeStaff(UserId);

impl OfficeStaff {
    /// Who.
    #[must_use]
    pub fn user(self) -> UserId {
        self.0
    }
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
