// SPDX-License-Identifier: EUPL-1.2
//! People of a case, what they say, their goals and resources.

use crate::casework::case_for;
use crate::casework::seals::keeps_quiet;
use crate::core::{App, Failure, Key};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::casework::{NewGoal, NewPerson, NewStatement, NewStrength, state};
use domain::kernel::{CaseId, GoalId, Note, PersonId, PersonName, Rule, StrengthId, WillId};
use store::casework::{cases, statements};
use store::{ReadTx, WriteTx, access};

/// The person does not belong to this case.
pub const NOT_OF_THIS_CASE: Rule = Rule::new("person.not_of_this_case", "§ 62 SGB VIII");

/// The key of a case's form of statements, for its drafts.
#[must_use]
pub fn form(case: CaseId) -> String {
    format!("wille/{case}")
}

/// The key of a case's form of goals, for its drafts.
#[must_use]
pub fn goal_form(case: CaseId) -> String {
    format!("ziele/{case}")
}

/// The person belongs to the case, if one was named.
pub(crate) fn known(
    tx: &ReadTx<'_>,
    case: CaseId,
    person: Option<PersonId>,
    field: &'static str,
) -> Result<(), Failure> {
    let Some(person) = person else { return Ok(()) };
    let of_case = cases::people(tx, case)?.iter().any(|known| known.id == person);
    if of_case { Ok(()) } else { Err(NOT_OF_THIS_CASE.broken_at(field).into()) }
}

/// Only what was sent is no draft any more: a page holds several forms.
fn saved(tx: &WriteTx<'_>, case: CaseId, form: &str) -> Result<(), Failure> {
    cases::touch(tx, case)?;
    access::drafts::drop_drafts(tx, form)?;
    Ok(())
}

/// Names the family of a case, or names it rightly. Plans fixed before keep what they say.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn name_family(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    family: PersonName,
) -> Result<CaseId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let tx = tx.allow(grant);
        cases::name_family(&tx, case, &family)?;
        Ok(tx.commit(Deed::in_case(DeedKind::FamilyNamed, case, case), case)?)
    };
    app.change(actor, key, write).await
}

/// Adds a person to a case.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn add_person(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewPerson,
) -> Result<PersonId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<PersonId>());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let tx = tx.allow(grant);
        cases::insert_person(&tx, id, case, &new)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::PersonAdded, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records a will, wish, need or mandate.
///
/// # Errors
/// The rules of [`domain::casework::state`], [`NOT_OF_THIS_CASE`], [`Failure::Denied`].
pub async fn record(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewStatement,
) -> Result<WillId, Failure> {
    let (who, id, today) = (actor.clone(), app.fresh::<WillId>(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        known(&tx, case, new.speaker, "speaker")?;
        let statement = state(new.clone(), today)?;
        let own_part = new.own_part.as_ref().map_or("", Note::as_str);
        keeps_quiet(&tx, case, &[(new.words.as_str(), "words"), (own_part, "own_part")])?;
        let tx = tx.allow(grant);
        statements::insert(&tx, id, case, &statement)?;
        saved(&tx, case, &form(case))?;
        Ok(tx.commit(Deed::in_case(DeedKind::StatementRecorded, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records a broad goal.
///
/// # Errors
/// [`NOT_OF_THIS_CASE`], [`Failure::Denied`].
pub async fn record_goal(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewGoal,
) -> Result<GoalId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<GoalId>());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        known(&tx, case, Some(new.owner), "owner")?;
        keeps_quiet(&tx, case, &[(new.words.as_str(), "words")])?;
        let tx = tx.allow(grant);
        statements::insert_goal(&tx, id, case, &new)?;
        saved(&tx, case, &goal_form(case))?;
        Ok(tx.commit(Deed::in_case(DeedKind::GoalRecorded, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records a resource of the family.
///
/// # Errors
/// [`NOT_OF_THIS_CASE`], [`Failure::Denied`].
pub async fn record_strength(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewStrength,
) -> Result<StrengthId, Failure> {
    let (who, id) = (actor.clone(), app.fresh::<StrengthId>());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        known(&tx, case, new.owner, "owner")?;
        keeps_quiet(&tx, case, &[(new.words.as_str(), "words")])?;
        let tx = tx.allow(grant);
        statements::insert_strength(&tx, id, case, &new)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::StrengthRecorded, id, case), id)?)
    };
    app.change(actor, key, write).await
}
