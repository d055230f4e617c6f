// SPDX-License-Identifier: EUPL-1.2
//! The overload quota of an agreement, kept with it.

use crate::access::taken;
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::budget::OverloadTerms;
use domain::kernel::{AgreementId, Rule};
use store::{ReadTx, agreements, contracts};

/// The agreement has its quota; another one is another agreement.
pub const OVERLOAD_KNOWN: Rule = Rule::new("agreement.overload_known", "§ 78d(1) SGB VIII: nichts rückwirkend");

/// Agrees on the overload quota of an agreement, once.
///
/// # Errors
/// [`OVERLOAD_KNOWN`], the rules of [`OverloadTerms::fits`], [`Failure::Denied`].
pub async fn agree_on_overload(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: AgreementId,
    terms: OverloadTerms,
) -> Result<AgreementId, Failure> {
    let grant = in_office(actor, Action::ManageAgreements)?;
    let write = move |tx: ReadTx<'_>| {
        terms.fits(found(agreements::one(&tx, id)?)?.kind)?;
        if contracts::overload(&tx, id)?.is_some() {
            return Err(OVERLOAD_KNOWN.broken().into());
        }
        let tx = tx.allow(grant);
        contracts::insert_overload(&tx, id, &terms).map_err(|error| taken(error, OVERLOAD_KNOWN.broken()))?;
        Ok(tx.commit(Deed::new(DeedKind::OverloadAgreed, id), id)?)
    };
    app.change(actor, key, write).await
}
