// SPDX-License-Identifier: EUPL-1.2
//! An agency's side: what was transmitted to it. There is no way from here into the office's cases (N1).

use crate::core::{App, Failure, Key, found, reach};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::PlanContent;
use domain::exchange::TransmissionKind;
use domain::kernel::{Moment, Rule, TransmissionId};
use store::exchange;
use store::sight::RowSight;
use uuid::Uuid;

pub use store::exchange::Received;

/// Somebody of the agency acknowledged it already.
pub const ALREADY_ACKNOWLEDGED: Rule = Rule::new("mandate.already_acknowledged", "Eingangsbestätigung");

/// Mandates on one page.
pub const PAGE: i64 = 50;

/// A mandate in the agency's list.
#[derive(Debug, Clone)]
pub struct Mandate {
    /// What was received.
    pub received: Received,
    /// The copy of the plan in it, if it can be read.
    pub plan: Option<PlanContent>,
}

fn mandate(received: Received) -> Mandate {
    Mandate { plan: store::casework::plan_text::from_text(&received.content), received }
}

/// Commissions that the own agency received, newest first.
///
/// # Errors
/// Hidden for people outside of agencies.
pub async fn mandates(app: &App, actor: &Actor, after: Option<(Moment, Uuid)>) -> Result<Vec<Mandate>, Failure> {
    let sight = RowSight::agencies(&reach(actor, Action::SeeMandate)?);
    let (at, id) = after.unwrap_or(store::casework::cases::FROM_NEWEST);
    app.read(move |tx| {
        let kind = TransmissionKind::Commission;
        let all = exchange::for_agencies(tx, &sight, kind, (at, TransmissionId(id)), PAGE)?;
        Ok(all.into_iter().map(mandate).collect())
    })
    .await
}

/// One mandate.
///
/// # Errors
/// Hidden, unless it was sent to the own agency.
pub async fn one(app: &App, actor: &Actor, id: TransmissionId) -> Result<Mandate, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let received = found(exchange::one(tx, id)?)?;
        permit(&actor, Action::SeeMandate, Standing::Agency(received.agency))?;
        found((received.kind == TransmissionKind::Commission).then_some(()))?;
        Ok(mandate(received))
    })
    .await
}

/// Acknowledges a mandate.
///
/// # Errors
/// [`ALREADY_ACKNOWLEDGED`], hidden unless it was sent to the own agency.
pub async fn acknowledge(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: TransmissionId,
) -> Result<TransmissionId, Failure> {
    let who = actor.clone();
    let write = move |tx: store::ReadTx<'_>| {
        let received = found(exchange::one(&tx, id)?)?;
        let grant = permit(&who, Action::AnswerMandate, Standing::Agency(received.agency))?;
        found((received.kind == TransmissionKind::Commission).then_some(()))?;
        let tx = tx.allow(grant);
        if !exchange::acknowledge(&tx, id)? {
            return Err(ALREADY_ACKNOWLEDGED.broken().into());
        }
        Ok(tx.commit(Deed::new(DeedKind::Acknowledged, id), id)?)
    };
    app.change(actor, key, write).await
}
