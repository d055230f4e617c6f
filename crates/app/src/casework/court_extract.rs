// SPDX-License-Identifier: EUPL-1.2
//! The extract of a plan version for a family court.

use crate::casework::case_for;
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{CourtExtract, NewExtract, PlanContent, extract};
use domain::kernel::{CaseId, CourtExtractId, PlanId};
use store::ReadTx;
use store::casework::cases::{self, CaseView};
use store::casework::{court_extracts, plans};

pub use store::casework::court_extracts::{ExtractLine, ExtractView};

/// An extract with its contents.
#[derive(Debug, Clone)]
pub struct ExtractPaper {
    /// The office.
    pub office: String,
    /// The case.
    pub case: CaseView,
    /// Where it goes.
    pub view: ExtractView,
    /// The three contents.
    pub contents: CourtExtract,
}

/// Makes an extract. It stays on record that, when and for which court.
///
/// # Errors
/// The rules of [`NewExtract::check`], [`Failure::Denied`].
pub async fn make(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    plan: PlanId,
    new: NewExtract,
) -> Result<CourtExtractId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<CourtExtractId>());
    let write = move |tx: ReadTx<'_>| {
        let version = found(plans::version(&tx, plan)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, version.case)?;
        new.check(&version.content)?;
        let tx = tx.allow(grant);
        court_extracts::insert(&tx, id, (version.case, plan), &new)?;
        cases::touch(&tx, version.case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ExtractMade, id, version.case), id)?)
    };
    app.change(actor, key, write).await
}

/// All versions of a case up to one, oldest first.
pub(crate) fn versions_until(tx: &ReadTx<'_>, case: CaseId, number: i64) -> Result<Vec<PlanContent>, Failure> {
    let lines = plans::versions(tx, case)?.into_iter().rev().filter(|line| line.number <= number);
    let contents = lines.map(|line| Ok(found(plans::version(tx, line.id)?)?.content));
    contents.collect()
}

/// An extract with what it says.
///
/// # Errors
/// Hidden for other teams.
pub async fn paper(app: &App, actor: &Actor, id: CourtExtractId) -> Result<ExtractPaper, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let view = found(court_extracts::one(tx, id)?)?;
        let (case, _) = case_for(tx, &actor, Action::SeeCase, view.case)?;
        let all = versions_until(tx, view.case, view.version)?;
        let plan = found(all.last())?;
        Ok(ExtractPaper { office: plan.office.clone(), contents: extract(plan, &all), case, view })
    })
    .await
}

/// The extracts of a case, newest first.
///
/// # Errors
/// Hidden for other teams.
pub async fn of_case(app: &App, actor: &Actor, case: CaseId) -> Result<Vec<ExtractLine>, Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        case_for(tx, &actor, Action::SeeCase, case)?;
        Ok(court_extracts::of_case(tx, case)?)
    })
    .await
}
