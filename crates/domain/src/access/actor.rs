// SPDX-License-Identifier: EUPL-1.2
//! People at work, and the posts they hold.

use crate::kernel::{AgencyId, RegionId, TeamId, UserId};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }
        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// As kept in the store and used in message names.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
            /// From the store or a form.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What somebody does in the office or an agency.
    #[doc(alias = "Rolle")]
    Role {
        /// Fachkraft im Allgemeinen Sozialen Dienst.
        CaseWorker = "case-worker",
        /// Team- oder Regionalleitung im ASD.
        TeamLead = "team-lead",
        /// Wirtschaftliche Jugendhilfe, Controlling.
        Finance = "finance",
        /// Jugendhilfeplanung.
        Planner = "planner",
        /// Sozialraumkoordination, Moderation.
        Coordinator = "coordinator",
        /// Mitglied in Steuerungsgruppe oder Jugendhilfeausschuss.
        CommitteeMember = "committee-member",
        /// Fachadministration.
        Administrator = "administrator",
        /// Datenschutzbeauftragte.
        DataProtectionOfficer = "data-protection-officer",
        /// Fachkraft eines freien Trägers.
        AgencyWorker = "agency-worker",
        /// Leitung eines freien Trägers.
        AgencyLead = "agency-lead",
        /// Sitz eines freien Trägers im Sozialraumteam.
        TeamMember = "team-member",
    }
}

impl Role {
    /// Is this a post of the office itself, not of an agency?
    #[must_use]
    pub const fn of_office(self) -> bool {
        !matches!(self, Self::AgencyWorker | Self::AgencyLead | Self::TeamMember)
    }

    /// Posts in the ASD, who alone decide on help (§ 36a(1) SGB VIII).
    #[must_use]
    pub const fn of_asd(self) -> bool {
        matches!(self, Self::CaseWorker | Self::TeamLead)
    }
}

/// Who answers for data: the office or one agency, each its own controller (§ 67(4) SGB X, Art. 4 GDPR).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "Verantwortlicher")]
pub enum Controller {
    /// The youth welfare office.
    Office,
    /// An independent agency.
    Agency(AgencyId),
}

/// Where a post is held.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Zuständigkeitsbereich")]
pub enum Place {
    /// The whole office.
    Office,
    /// A region with the teams it has now.
    Region(RegionId, Vec<TeamId>),
    /// A team and the region it works in.
    Team(TeamId, RegionId),
    /// An agency.
    Agency(AgencyId),
}

/// A role held somewhere. Only posts in force today reach an [`Actor`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Dienstposten")]
pub struct Post {
    /// What.
    pub role: Role,
    /// Where.
    pub place: Place,
}

/// A signed-in person with the posts in force today.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Handelnde Person")]
pub struct Actor {
    /// The account.
    pub user: UserId,
    /// Whose staff.
    pub controller: Controller,
    /// Posts in force today.
    pub posts: Vec<Post>,
}

impl Actor {
    /// Does the actor hold this role anywhere?
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.role == role)
    }
}
