// SPDX-License-Identifier: EUPL-1.2
//! The agency's side: hours proven on what was transmitted to it. There is no way from here into a case (N1).

use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor, Standing, permit};
use domain::agencies::Quantity;
use domain::audit::{Deed, DeedKind};
use domain::exchange::TransmissionKind;
use domain::kernel::{Day, Rule, TransmissionId};
use store::exchange::Received;
use store::{ReadTx, exchange, invoices};

pub use store::invoices::Proof;

/// Proven before it could be rendered.
pub const PROOF_OF_THE_FUTURE: Rule = Rule::new("proof.of_the_future", "§ 77(1) SGB VIII: erbrachte Leistung");

/// The page of a mandate's hours.
#[derive(Debug, Clone)]
pub struct ProofsPage {
    /// What was received.
    pub received: Received,
    /// What was proven, newest month first; the topmost of a month counts.
    pub proofs: Vec<Proof>,
}

fn mandate(
    tx: &ReadTx<'_>,
    actor: &Actor,
    action: Action,
    id: TransmissionId,
) -> Result<(Received, domain::access::Grant), Failure> {
    let received = found(exchange::one(tx, id)?)?;
    let grant = permit(actor, action, Standing::Agency(received.agency))?;
    found((received.kind == TransmissionKind::Commission).then_some(()))?;
    Ok((received, grant))
}

/// What was proven on a mandate.
///
/// # Errors
/// Hidden, unless it was sent to the own agency.
pub async fn page(app: &App, actor: &Actor, id: TransmissionId) -> Result<ProofsPage, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let (received, _) = mandate(tx, &actor, Action::SeeMandate, id)?;
        Ok(ProofsPage { received, proofs: invoices::proofs(tx, id)? })
    })
    .await
}

/// Proves what was rendered in a month; a later proof of the same month takes the place of the earlier.
///
/// # Errors
/// [`PROOF_OF_THE_FUTURE`]; hidden, unless the mandate was sent to the own agency.
pub async fn prove(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: TransmissionId,
    (month, quantity): (Day, Quantity),
) -> Result<TransmissionId, Failure> {
    let (who, proof, today) = (actor.clone(), app.fresh(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = mandate(&tx, &who, Action::AnswerMandate, id)?;
        if month.month_start() > today {
            return Err(PROOF_OF_THE_FUTURE.broken_at("month").into());
        }
        let tx = tx.allow(grant);
        invoices::insert_proof(&tx, proof, id, (month, quantity))?;
        Ok(tx.commit(Deed::new(DeedKind::ServiceProven, id), id)?)
    };
    app.change(actor, key, write).await
}
