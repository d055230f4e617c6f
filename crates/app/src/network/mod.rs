// SPDX-License-Identifier: EUPL-1.2
//! The network: partners, the log of contacts, who was not spoken to for long; patterns in what teams said.
//!
//! German words: Kontaktlog, Netzwerkpartner, Kontaktpflege, Muster. No case is written here; what is read of
//! consultations leaves as words that several families share. Read `contacts.rs` for who reads the words of contacts and
//! when they go, `projects.rs` for what grows out of them, `revise.rs` for how a project changes.

mod contacts;
mod counters;
mod partners;
mod projects;
mod revise;

pub use contacts::{
    LOG_REVERSED, LogFilter, LogPage, contact, correct, erase_words, forget_words, log, log_contact, whole_log,
};
pub use counters::Counters;
pub use partners::{PARTNER_KNOWN, end_partner, keep_partner, resume_partner};
pub use projects::{
    DecideProject, EndProject, FundProject, ProjectPage, ProjectSeen, ProjectsPage, advise, begin, decide, end,
    evaluate, fund, project, projects, propose,
};
pub use revise::{revise, withdraw};
pub use store::contacts::ContactView;
pub use store::network::PartnerView;
pub use store::project_money::ProjectMoney;
pub use store::project_versions::FormerView;
pub use store::projects::{ProjectLine, ProjectView, StepView};

use crate::core::{App, Failure, in_office, reach};
use domain::access::{Action, Actor, permit};
use domain::kernel::Day;
use domain::network::{Minutes, Pattern, Said, WorkColumn, WorkField, days_silent, patterns};
use store::contacts::Wanted;
use store::network::{self, ItemSaid};
use store::territory;

/// The newest contacts, beside partners and hours; all others are in the log.
const NEWEST: i64 = 10;
/// Projects to choose from.
const PROJECTS: i64 = 200;
/// So many months of consultations are looked through for patterns.
const MONTHS: i32 = 12;

/// Partners, the newest contacts, and the time they took.
#[derive(Debug, Clone)]
pub struct NetworkPage {
    /// All partners, with for how many days one should have spoken again.
    pub partners: Vec<(PartnerView, Option<i32>)>,
    /// Contacts, newest first.
    pub contacts: Vec<ContactView>,
    /// Time and number of contacts of this year by column and field.
    pub hours: Vec<(WorkColumn, WorkField, Minutes, i64)>,
    /// Spaces to choose from.
    pub spaces: Vec<territory::SpaceLine>,
    /// Projects that run, to log work on.
    pub projects: Vec<ProjectLine>,
    /// May the reader log and keep?
    pub may_tend: bool,
}

/// The network.
///
/// # Errors
/// Hidden for people who have no part in it.
pub async fn page(app: &App, actor: &Actor) -> Result<NetworkPage, Failure> {
    in_office(actor, Action::SeeNetwork)?;
    let may_tend = in_office(actor, Action::TendNetwork).is_ok();
    let today = app.today();
    app.read(move |tx| {
        let newest = Wanted {
            from: today.plus_months(-MONTHS),
            until: today,
            before: store::contacts::FROM_NEWEST,
            partner: None,
            space: None,
        };
        let silent = |partner: &PartnerView| {
            let waits = days_silent(partner.last, partner.known_since, partner.rhythm, today);
            waits.filter(|_| partner.ended_on.is_none())
        };
        let mut partners: Vec<_> =
            network::partners(tx)?.into_iter().map(|partner| (silent(&partner), partner)).collect();
        // Who waits longest comes first; all others by name.
        partners.sort_by_key(|(silent, _)| std::cmp::Reverse(silent.unwrap_or(0)));
        let projects = store::projects::list(tx, store::projects::FROM_NEWEST, PROJECTS)?;
        Ok(NetworkPage {
            partners: partners.into_iter().map(|(silent, partner)| (partner, silent)).collect(),
            contacts: store::contacts::log(tx, &newest, NEWEST)?,
            hours: network::hours(tx, (today.year_start(), today))?,
            spaces: territory::overview(tx)?,
            projects: projects.into_iter().filter(|project| project.state.is_open()).collect(),
            may_tend,
        })
    })
    .await
}

/// A pattern in what the teams in sight said.
#[derive(Debug, Clone)]
pub struct PatternsPage {
    /// Since when consultations were looked through.
    pub since: Day,
    /// In how many of the reader's teams.
    pub teams: usize,
    /// Patterns, most often named first.
    pub patterns: Vec<Pattern>,
    /// May the reader propose a project from one?
    pub may_propose: bool,
}

/// The same thing missing for several families, as the reader's teams said in their consultations. Neither a case nor
/// a sentence is told, and no word that fewer than three cases share.
///
/// # Errors
/// Hidden for people without a team's table, and for other controllers: they read only what was sent to them.
pub async fn seen_patterns(app: &App, actor: &Actor) -> Result<PatternsPage, Failure> {
    in_office(actor, Action::SeeNetwork)?;
    let sight = reach(actor, Action::SeeConsultation)?;
    let since = app.today().plus_months(-MONTHS);
    let may_propose = in_office(actor, Action::ProposeProject).is_ok();
    let who = actor.clone();
    app.read(move |tx| {
        let mine =
            |one: &ItemSaid| permit(&who, Action::SeeConsultation, domain::access::Standing::Team(one.team)).is_ok();
        let said: Vec<Said> = network::said_since(tx, since)?
            .into_iter()
            .filter(mine)
            .map(|one| Said { case: one.case, words: one.words })
            .collect();
        Ok(PatternsPage { since, teams: sight.teams.len(), patterns: patterns(&said), may_propose })
    })
    .await
}
