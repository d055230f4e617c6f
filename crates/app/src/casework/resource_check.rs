// SPDX-License-Identifier: EUPL-1.2
//! The resource check of a case. What becomes a version also becomes a resource of the family, so that nobody types
//! it twice and the plan says it.

use super::exploration::{self, Sheet, SheetPage, Step, stale};
use crate::casework::case_for;
use crate::core::{App, Failure, Key, fresh_at};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{CheckEdit, CheckEntry, NewStrength, ResourceCheck, ResourceUse, ThirdParty, fix_sheet};
use domain::kernel::{CaseId, Day, ExplorationId, Line, StrengthId};
use store::casework::explorations::{self, SheetAt};
use store::casework::sheet_text::{check_from_text, check_to_text};
use store::casework::{cases, statements};
use store::{ReadTx, WriteTx};

/// The check on its page.
pub type CheckPage = SheetPage<ResourceCheck>;

impl Sheet for ResourceCheck {
    const KIND: &'static str = "resources";

    fn text(&self) -> String {
        check_to_text(self)
    }

    fn from_text(text: &str) -> Option<Self> {
        check_from_text(text)
    }

    fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn at(case: CaseId) -> SheetAt {
    SheetAt { case, kind: ResourceCheck::KIND, about: case.into() }
}

/// The first check begins with what was noted before.
fn begin(case: CaseId) -> impl Fn(&ReadTx<'_>) -> Result<ResourceCheck, Failure> {
    move |tx| {
        let known = statements::strengths(tx, case)?;
        let entry = |(id, one): (u32, statements::StrengthView)| {
            Ok(CheckEntry {
                id,
                field: one.field,
                words: Line::parse(&one.words)?,
                owner: one.owner.as_deref().map(Line::parse).transpose()?,
                used: ResourceUse::Untouched,
                third: ThirdParty::NotAsked,
            })
        };
        Ok(ResourceCheck { entries: (1..).zip(known).map(entry).collect::<Result<_, Failure>>()? })
    }
}

/// The check as it is being worked on.
pub(super) fn now(tx: &ReadTx<'_>, case: CaseId) -> Result<ResourceCheck, Failure> {
    let blank = begin(case)(tx)?;
    Ok(exploration::sheets(tx, at(case), || blank.clone())?.now)
}

/// Keeps the check as it is being worked on.
pub(super) fn keep(tx: &WriteTx<'_>, case: CaseId, check: &ResourceCheck) -> Result<(), Failure> {
    Ok(explorations::keep_draft(tx, at(case), &check.text())?)
}

/// The check of a case with its versions.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, case: CaseId) -> Result<CheckPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| exploration::page(tx, &actor, (at(case), today), |_| begin(case)(tx))).await
}

/// Does one thing to the check.
///
/// # Errors
/// The rules of [`CheckEdit::apply`], [`Failure::Denied`].
pub async fn edit(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    edit: CheckEdit,
) -> Result<CaseId, Failure> {
    let step = Step { begin: begin(case), edit: move |check: ResourceCheck| Ok(edit.clone().apply(check)?) };
    exploration::edit(app, actor, key, at(case), step).await
}

/// Takes back the last change of the check that is not fixed yet.
///
/// # Errors
/// [`domain::casework::UNDO_OVER`], [`Failure::Denied`].
pub async fn undo(app: &App, actor: &Actor, key: Option<Key>, case: CaseId) -> Result<CaseId, Failure> {
    exploration::undo(app, actor, key, at(case)).await
}

/// Fixes the check as the version of a day. What is new in it becomes a resource of the family.
///
/// # Errors
/// The rules of [`fix_sheet`], [`Failure::Denied`].
pub async fn fix(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    dated_on: Day,
) -> Result<ExplorationId, Failure> {
    let (who, now, at) = (actor.clone(), app.now(), at(case));
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let blank = begin(case)(&tx)?;
        let check = exploration::sheets(&tx, at, || blank.clone())?.now;
        fix_sheet(dated_on, now.day(), check.is_empty())?;
        let (id, number) = (ExplorationId(fresh_at(now)), explorations::next_number(&tx, at)?);
        let (known, people) = (statements::strengths(&tx, case)?, cases::people(&tx, case)?);
        let tx = tx.allow(grant);
        for entry in check.entries.iter().filter(|entry| entry.used != ResourceUse::Over) {
            if known.iter().any(|one| one.field == entry.field && one.words == entry.words.as_str()) {
                continue;
            }
            let owner = entry.owner.as_ref().and_then(|owner| people.iter().find(|one| one.name == owner.as_str()));
            let new = NewStrength { field: entry.field, words: entry.words.clone(), owner: owner.map(|one| one.id) };
            let strength = StrengthId(fresh_at(now));
            statements::insert_strength(&tx, strength, case, &new)?;
            tx.also(Deed::in_case(DeedKind::StrengthRecorded, strength, case));
        }
        explorations::insert(&tx, id, at, (number, dated_on), &check.text()).map_err(stale)?;
        explorations::drop_draft(&tx, at)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::SheetFixed, id, case), id)?)
    };
    app.change(actor, key, write).await
}
