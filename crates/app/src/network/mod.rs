// SPDX-License-Identifier: EUPL-1.2
//! The network: partners, the log of contacts, who was not spoken to for long; patterns in what teams said.
//!
//! German words: Kontaktlog, Netzwerkpartner, Kontaktpflege, Muster. No case is written here; what is read of
//! consultations leaves as words that several families share. Read `projects.rs` for what grows out of them.

mod projects;

pub use projects::{
    DecideProject, EndProject, FundProject, ProjectPage, ProjectsPage, advise, begin, decide, end, evaluate, fund,
    project, projects, propose,
};
pub use store::network::{ContactView, PartnerView};
pub use store::projects::{ProjectLine, ProjectMoney, ProjectView, StepView};

use crate::core::{App, Failure, Key, found, in_office, reach};
use domain::access::{Action, Actor, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{ContactId, Day, PartnerId, Rule};
use domain::network::{Minutes, NewContact, NewPartner, Pattern, Said, WorkColumn, WorkField, days_silent, patterns};
use store::network::{self, ItemSaid};
use store::{ReadTx, StoreError, territory};

/// A partner with this name is on the list.
pub const PARTNER_KNOWN: Rule = Rule::new("network.partner_known", "Eindeutigkeit");

/// Contacts on one page.
const PAGE: i64 = 50;
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
        let silent = |partner: &PartnerView| days_silent(partner.last, partner.known_since, partner.rhythm, today);
        let mut partners: Vec<_> =
            network::partners(tx)?.into_iter().map(|partner| (silent(&partner), partner)).collect();
        // Who waits longest comes first; all others by name.
        partners.sort_by_key(|(silent, _)| std::cmp::Reverse(silent.unwrap_or(0)));
        let projects = store::projects::list(tx, store::projects::FROM_NEWEST, PAGE)?;
        Ok(NetworkPage {
            partners: partners.into_iter().map(|(silent, partner)| (partner, silent)).collect(),
            contacts: network::contacts(tx, today, PAGE)?,
            hours: network::hours(tx, (today.year_start(), today))?,
            spaces: territory::overview(tx)?,
            projects: projects.into_iter().filter(|project| project.state.is_open()).collect(),
            may_tend,
        })
    })
    .await
}

/// Enters a partner, or changes one.
///
/// # Errors
/// [`PARTNER_KNOWN`], [`domain::network::AGREEMENT_REVERSED`], [`Failure::Denied`].
pub async fn keep_partner(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    known: Option<PartnerId>,
    new: NewPartner,
) -> Result<PartnerId, Failure> {
    let grant = in_office(actor, Action::TendNetwork)?;
    new.check()?;
    let id = known.unwrap_or_else(|| app.fresh());
    let write = move |tx: ReadTx<'_>| {
        let same_name = |partner: &PartnerView| {
            partner.id != id && domain::kernel::fold(&partner.name) == domain::kernel::fold(new.name.as_str())
        };
        let all = network::partners(&tx)?;
        if all.iter().any(same_name) {
            return Err(PARTNER_KNOWN.broken_at("name").into());
        }
        let tx = tx.allow(grant);
        match known {
            None => network::insert_partner(&tx, id, &new).map_err(taken)?,
            Some(_) => found(network::change_partner(&tx, id, &new).map_err(taken)?.then_some(()))?,
        }
        Ok(tx.commit(Deed::new(DeedKind::PartnerKept, id), id)?)
    };
    app.change(actor, key, write).await
}

fn taken(error: StoreError) -> Failure {
    match error {
        StoreError::Duplicate(_) => PARTNER_KNOWN.broken_at("name").into(),
        other => other.into(),
    }
}

/// Logs a contact. For a project whoever works on projects may do it; else it is the network's.
///
/// # Errors
/// Those of [`NewContact::check`], [`domain::network::PROJECT_NOT_RUNNING`], [`Failure::Denied`].
pub async fn log_contact(app: &App, actor: &Actor, key: Option<Key>, new: NewContact) -> Result<ContactId, Failure> {
    let action = if new.project.is_some() { Action::ProposeProject } else { Action::TendNetwork };
    let grant = in_office(actor, action)?;
    new.check(app.today())?;
    let id = app.fresh::<ContactId>();
    let write = move |tx: ReadTx<'_>| {
        if let Some(project) = new.project
            && !found(store::projects::one(&tx, project)?)?.state.is_open()
        {
            return Err(domain::network::PROJECT_NOT_RUNNING.broken_at("project").into());
        }
        let tx = tx.allow(grant);
        network::insert_contact(&tx, id, &new)?;
        Ok(tx.commit(Deed::new(DeedKind::ContactLogged, id), id)?)
    };
    app.change(actor, key, write).await
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
