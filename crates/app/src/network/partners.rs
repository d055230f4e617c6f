// SPDX-License-Identifier: EUPL-1.2
//! Partners are entered, changed, ended, and come back.

use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Line, PartnerId, Rule};
use domain::network::{NewPartner, PARTNER_ENDED};
use store::network::{self, PartnerView};
use store::{ReadTx, StoreError};

/// A partner with this name is on the list.
pub const PARTNER_KNOWN: Rule = Rule::new("network.partner_known", "Eindeutigkeit");

/// Enters a partner, or changes one.
///
/// # Errors
/// [`PARTNER_KNOWN`], [`domain::network::AGREEMENT_REVERSED`], [`PARTNER_ENDED`], [`Failure::Denied`].
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
        if all.iter().any(|partner| partner.id == id && partner.ended_on.is_some()) {
            return Err(PARTNER_ENDED.broken().into());
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

fn known(tx: &ReadTx<'_>, id: PartnerId) -> Result<(), Failure> {
    found(network::partners(tx)?.iter().any(|partner| partner.id == id).then_some(()))
}

/// One works with a partner no more. Its contacts stay; whom to ask for there goes.
///
/// # Errors
/// [`PARTNER_ENDED`], [`Failure::Denied`].
pub async fn end_partner(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: PartnerId,
    why: Line,
) -> Result<PartnerId, Failure> {
    let grant = in_office(actor, Action::TendNetwork)?;
    let write = move |tx: ReadTx<'_>| {
        known(&tx, id)?;
        let tx = tx.allow(grant);
        if !network::end_partner(&tx, id, &why)? {
            return Err(PARTNER_ENDED.broken().into());
        }
        Ok(tx.commit(Deed::new(DeedKind::PartnerEnded, id), id)?)
    };
    app.change(actor, key, write).await
}

/// One works with a partner again.
///
/// # Errors
/// [`PARTNER_ENDED`], [`Failure::Denied`].
pub async fn resume_partner(app: &App, actor: &Actor, key: Option<Key>, id: PartnerId) -> Result<PartnerId, Failure> {
    let grant = in_office(actor, Action::TendNetwork)?;
    let write = move |tx: ReadTx<'_>| {
        known(&tx, id)?;
        let tx = tx.allow(grant);
        if !network::resume_partner(&tx, id)? {
            return Err(PARTNER_ENDED.broken().into());
        }
        Ok(tx.commit(Deed::new(DeedKind::PartnerResumed, id), id)?)
    };
    app.change(actor, key, write).await
}
