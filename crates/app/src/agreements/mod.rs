// SPDX-License-Identifier: EUPL-1.2
//! Agreements with agencies, the rate table, and what follows from them: instalments, contingents, proofs, invoices.

pub mod contracts;
pub mod invoices;
pub mod overload;
mod posting;
pub mod proofs;

use crate::core::{App, Failure, Key, found, in_office, reach};
use domain::access::{Action, Actor, Sight, Standing, permit};
use domain::agencies::{AgreementDraft, RateDraft, agree, price};
use domain::audit::{Deed, DeedKind};
use domain::budget::OverloadTerms;
use domain::casework::HelpKind;
use domain::kernel::{AgencyId, AgreementId, Day, Period, RateId, Rule, SpaceId};
use store::agreements::{self, Member};
use store::contracts::{ContingentView, InstalmentView, PlanView, Settlement};
use store::sight::RowSight;
use store::{ReadTx, contracts as kept};

pub use store::agreements::{AgreementView, RateView};

/// The agreement that is to be followed ends before the next one begins, or is followed already.
pub const ALREADY_FOLLOWED: Rule = Rule::new("agreement.already_followed", "Nachfolge einer Vereinbarung");
/// An agency that is not known.
pub const AGENCY_UNKNOWN: Rule = Rule::new("agreement.agency_unknown", "Vertragspartner");

/// An agreement with its agencies and helps.
#[derive(Debug, Clone)]
pub struct AgreementLine {
    /// The agreement.
    pub view: AgreementView,
    /// Its agencies by name.
    pub members: Vec<Member>,
    /// For which helps; none means all.
    pub helps: Vec<HelpKind>,
}

/// One agreement with all that belongs to it.
#[derive(Debug, Clone)]
pub struct AgreementPage {
    /// The agreement.
    pub line: AgreementLine,
    /// For which spaces; none means all.
    pub spaces: Vec<(SpaceId, String)>,
    /// What it says.
    pub terms: Vec<(domain::agencies::TermKind, String)>,
    /// Its prices, newest first, each with its last day.
    pub rates: Vec<(RateView, Option<Day>)>,
    /// Its instalments by year.
    pub plans: Vec<PlanOfYear>,
    /// Its contingents.
    pub contingents: Vec<ContingentView>,
    /// Its overload quota, if one was agreed.
    pub overload: Option<OverloadTerms>,
    /// Regions whose money may be used.
    pub regions: Vec<(domain::kernel::RegionId, String)>,
    /// May the reader change anything?
    pub may_manage: bool,
}

/// The instalments of a year.
#[derive(Debug, Clone)]
pub struct PlanOfYear {
    /// The plan.
    pub plan: PlanView,
    /// Its instalments.
    pub instalments: Vec<InstalmentView>,
    /// What was settled.
    pub settlements: Vec<Settlement>,
}

/// Rows of agencies: all for the office, the own one for an agency.
pub(crate) fn rows(sight: &Sight) -> RowSight {
    if sight.office { RowSight::Everything } else { RowSight::agencies(sight) }
}

/// Agreements in sight, newest first. An agency sees its own.
///
/// # Errors
/// Hidden for people without sight of any.
pub async fn all(app: &App, actor: &Actor) -> Result<Vec<AgreementLine>, Failure> {
    let sight = rows(&reach(actor, Action::SeeAgreement)?);
    app.read(move |tx| {
        let (members, helps) = (agreements::members(tx)?, agreements::helps(tx)?);
        Ok(agreements::all(tx, &sight)?.into_iter().map(|view| line(view, &members, &helps)).collect())
    })
    .await
}

fn line(view: AgreementView, members: &[Member], helps: &[(AgreementId, HelpKind)]) -> AgreementLine {
    let members = members.iter().filter(|member| member.agreement == view.id).cloned().collect();
    let helps = helps.iter().filter(|(id, _)| *id == view.id).map(|(_, help)| *help).collect();
    AgreementLine { view, members, helps }
}

/// An agreement that the actor may see.
fn seen(tx: &ReadTx<'_>, actor: &Actor, id: AgreementId) -> Result<AgreementLine, Failure> {
    let view = found(agreements::one(tx, id)?)?;
    let line = line(view, &agreements::members(tx)?, &agreements::helps(tx)?);
    let own = |member: &Member| permit(actor, Action::SeeAgreement, Standing::Agency(member.agency)).is_ok();
    if !line.members.iter().any(own) {
        permit(actor, Action::SeeAgreement, Standing::Office)?;
    }
    Ok(line)
}

/// One agreement.
///
/// # Errors
/// Hidden for agencies that are not in it.
pub async fn one(app: &App, actor: &Actor, id: AgreementId) -> Result<AgreementPage, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let line = seen(tx, &actor, id)?;
        let may_manage = permit(&actor, Action::ManageAgreements, Standing::Office).is_ok();
        let all = kept::contingents(tx, &rows(&reach(&actor, Action::SeeAgreement)?))?;
        let mut plans = Vec::new();
        for plan in kept::plans(tx, id)? {
            let (instalments, settlements) = (kept::instalments(tx, plan.id)?, kept::settlements(tx, plan.id)?);
            plans.push(PlanOfYear { plan, instalments, settlements });
        }
        Ok(AgreementPage {
            spaces: agreements::spaces(tx, id)?,
            terms: agreements::terms(tx, id)?,
            rates: with_ends(agreements::rates(tx, id)?, line.view.holds_until()),
            plans,
            contingents: all.into_iter().filter(|one| one.agreement == id).collect(),
            overload: kept::overload(tx, id)?,
            regions: store::budget::regions(tx, &RowSight::Everything)?,
            may_manage,
            line,
        })
    })
    .await
}

/// A price goes on until the next one of its kind (§ 78d(2)), its own end, or the agreement's.
fn with_ends(rates: Vec<RateView>, last: Option<Day>) -> Vec<(RateView, Option<Day>)> {
    let next = |rate: &RateView| {
        let later = rates.iter().filter(|other| {
            let terms = domain::agencies::RateTerms { price: other.terms.price, ..rate.terms };
            other.help == rate.help && other.terms == terms && other.from > rate.from
        });
        later.map(|other| other.from.plus_days(-1)).min()
    };
    let end = |rate: &RateView| next(rate).into_iter().chain(rate.until).chain(last).min();
    rates.iter().map(|rate| (rate.clone(), end(rate))).collect()
}

/// Makes an agreement; it may follow another one, which ends the day before.
///
/// # Errors
/// The rules of [`domain::agencies::agree`], [`ALREADY_FOLLOWED`], [`AGENCY_UNKNOWN`], [`Failure::Denied`].
pub async fn make(app: &App, actor: &Actor, key: Option<Key>, draft: AgreementDraft) -> Result<AgreementId, Failure> {
    let grant = in_office(actor, Action::ManageAgreements)?;
    let (id, today) = (app.fresh::<AgreementId>(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let agreement = agree(draft.clone(), today)?;
        let content = agreement.content();
        let known: Vec<AgencyId> = store::agencies::all(&tx)?.into_iter().map(|agency| agency.id).collect();
        if content.members.iter().any(|(agency, _)| !known.contains(agency)) {
            return Err(AGENCY_UNKNOWN.broken_at("members").into());
        }
        if let Some(before) = content.supersedes {
            let before = found(agreements::one(&tx, before)?)?;
            if before.followed_from.is_some() || content.period.from() <= before.from {
                return Err(ALREADY_FOLLOWED.broken_at("supersedes").into());
            }
        }
        let tx = tx.allow(grant);
        agreements::insert(&tx, id, &agreement)?;
        Ok(tx.commit(Deed::new(DeedKind::AgreementMade, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Agrees on a price inside an agreement.
///
/// # Errors
/// The rules of [`domain::agencies::price`], [`Failure::Denied`].
pub async fn agree_on_rate(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    agreement: AgreementId,
    draft: RateDraft,
) -> Result<RateId, Failure> {
    let grant = in_office(actor, Action::ManageAgreements)?;
    let (id, today) = (app.fresh::<RateId>(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let view = found(agreements::one(&tx, agreement)?)?;
        let holds = Period::new(view.from, view.holds_until())?;
        let rate = price(draft.clone(), holds, today)?;
        let tx = tx.allow(grant);
        agreements::insert_rate(&tx, id, agreement, &rate)?;
        Ok(tx.commit(Deed::new(DeedKind::RateAgreed, id), id)?)
    };
    app.change(actor, key, write).await
}
