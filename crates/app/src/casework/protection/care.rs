// SPDX-License-Identifier: EUPL-1.2
//! Children in care: taken in at any hour, told at once, and never kept without liberty past the next midnight
//! without a court (N25).

use super::is_minor;
use super::procedure::page_of;
use super::unaccompanied;
use crate::casework::case_for;
use crate::casework::seals::Quiet;
use crate::core::{App, Failure, Key, found};
use crate::deadlines::{self, fall_away, meet};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::protection::{
    CareFacts, CareGround, CareWarning, FactKind, NO_MINOR, NewCare, NewFact, care_warnings, fact,
};
use domain::deadlines::{DeadlineRule, DueKind, Duty, NewDue, PromptDuty, Promptly};
use domain::kernel::{CareId, CaseId, Moment};
use store::casework::cases;
use store::casework::protection::cares;
use store::deadlines::At;
use store::{ReadTx, WriteTx};
use uuid::Uuid;

/// Why nobody waits for a distribution any more.
const CARE_HAS_ENDED: &str = "Die Inobhutnahme ist beendet.";

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
        let began = new.began.day();
        for duty in [PromptDuty::InformChild, PromptDuty::TrustedPerson, PromptDuty::InformParents] {
            raise(&tx, at, id, Duty::Prompt(Promptly::new(duty, began)))?;
        }
        if new.ground == CareGround::Unaccompanied {
            unaccompanied::begin(began).into_iter().try_for_each(|duty| raise(&tx, at, id, duty))?;
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
        let mut facts: Vec<_> = cares::facts(&tx, id)?.iter().map(|fact| (fact.kind, fact.at)).collect();
        fact(&new, &facts, (care.ground, care.began), now)?;
        facts.push((new.kind, new.at));
        let tx = tx.allow(grant);
        cares::insert_fact(&tx, fact_id, id, &new)?;
        let at = At { case: case.id, team: case.team, owner: case.worker };
        follow(&tx, at, (id, &new), &facts)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CareFactKept, fact_id, case.id), fact_id)?)
    };
    app.change(actor, key, write).await
}

/// What a fact answers is off the list, and what follows from it on it. Whether something is open says what is known
/// now: a fact that is written late changes nothing that was answered since.
fn follow(
    tx: &WriteTx<'_>,
    at: At,
    (id, new): (CareId, &NewFact),
    facts: &[(FactKind, Moment)],
) -> Result<(), Failure> {
    let known = CareFacts::new(facts);
    let is_open = |warning| care_warnings(&known).contains(&warning);
    meet(tx, id.0, &answers(new.kind))?;
    if known.have_ended() {
        return ended(tx, id);
    }
    let prompt = |duty| Duty::Prompt(Promptly::new(duty, new.at.day()));
    match new.kind {
        FactKind::Objection | FactKind::ParentsNotReached if is_open(CareWarning::ObjectionUnanswered) => {
            raise(tx, at, id, prompt(PromptDuty::HandOverOrCourt))?;
        }
        FactKind::CourtCalled if !is_open(CareWarning::ObjectionUnanswered) => {
            meet(tx, id.0, &[PromptDuty::HandOverOrCourt.code()])?;
        }
        FactKind::NoObjection if is_open(CareWarning::PlanNotBegun) => {
            raise(tx, at, id, prompt(PromptDuty::BeginHelpPlan))?;
        }
        _ => {}
    }
    for duty in unaccompanied::follows(new) {
        raise(tx, at, id, duty)?;
    }
    liberty_alarm(tx, at, id, (&known, facts))
}

/// The alarm of § 42(5) stands as long as liberty is taken without a court's order, and no longer (N25).
fn liberty_alarm(
    tx: &WriteTx<'_>,
    at: At,
    id: CareId,
    (known, facts): (&CareFacts, &[(FactKind, Moment)]),
) -> Result<(), Failure> {
    let code = DeadlineRule::Liberty.code();
    if !known.liberty().is_alarm() {
        return meet(tx, id.0, &[code]);
    }
    if store::deadlines::of_subject(tx, id.0)?.iter().any(|due| due.kind == code) {
        return Ok(());
    }
    let taken = facts.iter().filter(|(kind, _)| *kind == FactKind::LibertyTaken).map(|(_, at)| at.day()).max();
    taken.map_or(Ok(()), |day| raise(tx, at, id, Duty::Legal(DeadlineRule::Liberty, day)))
}

/// Care has ended: nothing of it is due any more, and a child that is not in care is not distributed.
fn ended(tx: &WriteTx<'_>, id: CareId) -> Result<(), Failure> {
    let prompt: Vec<&str> = PromptDuty::ALL.iter().map(|duty| duty.code()).collect();
    meet(tx, id.0, &prompt)?;
    meet(tx, id.0, &[DeadlineRule::Liberty.code()])?;
    fall_away(tx, id.0, &unaccompanied::clocks(), CARE_HAS_ENDED)
}

/// Kinds of things due that a fact answers by itself.
fn answers(kind: FactKind) -> Vec<&'static str> {
    use PromptDuty as D;
    match kind {
        FactKind::ChildInformed => vec![D::InformChild.code()],
        FactKind::TrustedPerson => vec![D::TrustedPerson.code()],
        FactKind::ParentsInformed | FactKind::ParentsNotReached => vec![D::InformParents.code()],
        FactKind::PlanBegun => vec![D::BeginHelpPlan.code()],
        other => unaccompanied::answers(other),
    }
}
