// SPDX-License-Identifier: EUPL-1.2
//! Sends an agency its own line of a support package. It is a copy with its ground and its record, like every other.

use crate::casework::case_for;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{OwnLine, UseSaid};
use domain::exchange::TransmissionKind;
use domain::kernel::{CaseId, CommissionId, TransmissionId};
use store::ReadTx;
use store::casework::{endings, packages, plans};
use store::exchange::{self, NewTransmission};

/// Sends the line as it stands now; earlier copies stay what they were.
///
/// # Errors
/// [`Failure::Denied`], hidden for a commission of another team.
pub async fn send(app: &App, actor: &Actor, key: Option<Key>, id: CommissionId) -> Result<CaseId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let help = found(endings::running(&tx, id)?)?;
        let (case, grant) = case_for(&tx, &who, Action::DecideOnCase, help.case)?;
        let placed = found(plans::commissions(&tx, case.id)?.into_iter().find(|one| one.id == id))?;
        let line = OwnLine { help: placed.help, from: placed.from, until: placed.until, used: used(&tx, case.id, id)? };
        let tx = tx.allow(grant);
        let sent = NewTransmission {
            id: TransmissionId(fresh_at(now)),
            agency: help.agency,
            case: case.id,
            kind: TransmissionKind::PackageLine,
            object: id.0,
            subject: format!("{}: Zeile im Hilfepaket, {}", case.number, placed.help.paragraph()),
            content: line.to_text(),
            sections: Vec::new(),
        };
        exchange::send(&tx, &sent)?;
        Ok(tx.commit(Deed::in_case(DeedKind::Transmitted, sent.id, case.id), case.id)?)
    };
    app.change(actor, key, write).await
}

/// The last word on the use of a commissioned help.
fn used(
    tx: &ReadTx<'_>,
    case: CaseId,
    id: CommissionId,
) -> Result<Option<(UseSaid, domain::casework::Rater)>, Failure> {
    let said = packages::uses(tx, case)?.into_iter().rfind(|one| one.help == id.0);
    Ok(said.map(|said| (UseSaid { used: said.used, on: said.said_on }, said.rater)))
}
