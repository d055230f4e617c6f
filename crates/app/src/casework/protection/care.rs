// SPDX-License-Identifier: EUPL-1.2
//! Children in care: taken in at any hour, told at once, and never kept without liberty past the next midnight
//! without a court (N25).

use super::is_minor;
use super::procedure::page_of;
use crate::casework::case_for;
use crate::casework::seals::Quiet;
use crate::core::{App, Failure, Key, found};
use crate::deadlines::{self, meet};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::protection::{CareGround, CareWarning, FactKind, NO_MINOR, NewCare, NewFact, fact};
use domain::deadlines::{DeadlineRule, DueKind, Duty, NewDue, PromptDuty, Promptly};
use domain::kernel::{CareId, CaseId};
use store::casework::cases;
use store::casework::protection::cares;
use store::deadlines::At;
use store::{ReadTx, WriteTx};
use uuid::Uuid;

/// A child in care, with its facts and what is missing.
#[derive(Debug, Clone)]
pub struct CarePage {
    /// Which.
    pub care: super::CareView,
    /// Facts, in order.
    pub facts: Vec<super::FactView>,
    /// What is missing.
    pub warnings: Vec<CareWarning>,
}

/// All of a case.
pub(super) fn pages(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<CarePage>, Failure> {
    let mut all = Vec::new();
    for care in cares::of_case(tx, case)? {
        let facts = cares::facts(tx, care.id)?;
        all.push(page_of(care, facts));
    }
    Ok(all)
}

/// The record of one child in care (D20), with the case's number.
///
/// # Errors
/// Hidden for other teams.
pub async fn care_record(app: &App, actor: &Actor, id: CareId) -> Result<(String, CarePage), Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let care = found(cares::one(tx, id)?)?;
        let (case, _) = case_for(tx, &actor, Action::SeeCase, care.case)?;
        permit(&actor, Action::SeeProtection, Standing::Team(case.team))?;
        let (quiet, mut page) = (Quiet::of(tx, &case)?, page_of(care, cares::facts(tx, id)?));
        quiet.text(&mut page.care.words);
        quiet.text(&mut page.care.place);
        page.facts.iter_mut().for_each(|fact| quiet.text(&mut fact.words));
        Ok((case.number, page))
    })
    .await
}

/// Keeps that a child was taken into care; what the law wants at once stands on the list from now on.
///
/// # Errors
/// The rules of [`NewCare::check`], [`NO_MINOR`], [`Failure::Denied`].
pub async fn take_into_care(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewCare,
) -> Result<CareId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<CareId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, _) = case_for(&tx, &who, Action::SeeCase, case)?;
        let grant = permit(&who, Action::WorkOnProtection, Standing::Team(case.team))?;
        new.check(now)?;
        let people = cases::people(&tx, case.id)?;
        if !people.iter().any(|one| one.id == new.child && is_minor(one, now.day())) {
            return Err(NO_MINOR.broken_at("child").into());
        }
        let tx = tx.allow(grant);
        cares::insert(&tx, id, case.id, &new)?;
        let at = At { case: case.id, team: case.team, owner: case.worker };
        let mut duties = vec![PromptDuty::InformChild, PromptDuty::TrustedPerson, PromptDuty::InformParents];
        duties.extend((new.ground == CareGround::Unaccompanied).then_some(PromptDuty::AsylumApplication));
        for duty in duties {
            raise(&tx, at, id, Duty::Prompt(Promptly::new(duty, new.began.day())))?;
        }
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CareBegun, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

fn raise(tx: &WriteTx<'_>, at: At, care: CareId, duty: Duty) -> Result<(), Failure> {
    deadlines::raise(tx, at, &NewDue { duty, from: DueKind::Care, subject: Some(care.0) })?;
    Ok(())
}

/// Keeps a fact about a child in care; what it answers is off the list, what follows from it on it.
///
/// # Errors
/// The rules of [`domain::casework::protection::fact`], [`Failure::Denied`].
pub async fn keep_fact(app: &App, actor: &Actor, key: Option<Key>, id: CareId, new: NewFact) -> Result<Uuid, Failure> {
    let (who, now, fact_id) = (actor.clone(), app.now(), app.fresh::<Uuid>());
    let write = move |tx: ReadTx<'_>| {
        let care = found(cares::one(&tx, id)?)?;
        let (case, _) = case_for(&tx, &who, Action::SeeCase, care.case)?;
        let grant = permit(&who, Action::WorkOnProtection, Standing::Team(case.team))?;
        let so_far: Vec<FactKind> = cares::facts(&tx, id)?.iter().map(|fact| fact.kind).collect();
        fact(&new, &so_far, now)?;
        let tx = tx.allow(grant);
        cares::insert_fact(&tx, fact_id, id, &new)?;
        meet(&tx, id.0, &answers(new.kind))?;
        let at = At { case: case.id, team: case.team, owner: case.worker };
        for duty in raises(&new) {
            raise(&tx, at, id, duty)?;
        }
        Ok(tx.commit(Deed::in_case(DeedKind::CareFactKept, fact_id, case.id), fact_id)?)
    };
    app.change(actor, key, write).await
}

/// Kinds of things due that a fact answers.
fn answers(kind: FactKind) -> Vec<&'static str> {
    use PromptDuty as D;
    let liberty = DeadlineRule::Liberty.code();
    match kind {
        FactKind::ChildInformed => vec![D::InformChild.code()],
        FactKind::TrustedPerson => vec![D::TrustedPerson.code()],
        FactKind::ParentsInformed | FactKind::ParentsNotReached => vec![D::InformParents.code()],
        FactKind::CourtCalled => vec![D::HandOverOrCourt.code()],
        FactKind::PlanBegun => vec![D::BeginHelpPlan.code()],
        FactKind::LibertyEnded | FactKind::CourtOrder => vec![liberty],
        // Care has ended: nothing of it is due any more.
        FactKind::HandedOver | FactKind::HelpDecided => {
            D::ALL.iter().map(|duty| duty.code()).chain(std::iter::once(liberty)).collect()
        }
        FactKind::Objection | FactKind::NoObjection | FactKind::LibertyTaken => Vec::new(),
    }
}

/// What follows from a fact.
fn raises(new: &NewFact) -> Vec<Duty> {
    let prompt = |duty| vec![Duty::Prompt(Promptly::new(duty, new.at.day()))];
    match new.kind {
        FactKind::Objection | FactKind::ParentsNotReached => prompt(PromptDuty::HandOverOrCourt),
        FactKind::NoObjection => prompt(PromptDuty::BeginHelpPlan),
        FactKind::LibertyTaken => vec![Duty::Legal(DeadlineRule::Liberty, new.at.day())],
        _ => Vec::new(),
    }
}
