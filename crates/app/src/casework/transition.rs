// SPDX-License-Identifier: EUPL-1.2
//! Agreements on transitions to another carrier (§ 36b SGB VIII). Nothing is told to it without a consent that holds.

use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found};
use crate::deadlines::meet_from;
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::NewTransition;
use domain::deadlines::DueKind;
use domain::kernel::{CaseConsentId, CaseId, Day, Line, TransitionId};
use domain::letters::{ConsentState, consent_towards};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::{plans, transitions};
use store::deadlines::{self as due, DueView};
use store::letters::consents;

pub use store::casework::transitions::TransitionView;
pub use store::letters::consents::ConsentView;

/// The page of the transition.
#[derive(Debug, Clone)]
pub struct TransitionPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Versions of the agreement, the newest first.
    pub versions: Vec<TransitionView>,
    /// The days of the law that wait for it.
    pub due: Vec<DueView>,
    /// Consents that hold today.
    pub consents: Vec<ConsentView>,
    /// The last day of the newest granted help.
    pub help_until: Option<Day>,
    /// May the reader write?
    pub may_work: bool,
}

/// The page of the transition.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<TransitionPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let mut versions = transitions::of_case(tx, id)?;
        versions.iter_mut().for_each(|one| hush(&quiet, one));
        let open = due::of_case(tx, id, "open", 500)?.into_iter();
        let holds = |one: &ConsentView| one.consent.state(today) == ConsentState::Holds;
        Ok(TransitionPage {
            people: cases::people(tx, id)?,
            versions,
            due: open.filter(|one| one.from == DueKind::Transition).collect(),
            consents: consents::of_case(tx, id)?.into_iter().filter(holds).collect(),
            help_until: plans::versions(tx, id)?.into_iter().find(|one| one.granted).and_then(|one| one.until),
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

fn hush(quiet: &Quiet, one: &mut TransitionView) {
    for text in [&mut one.participants, &mut one.goals, &mut one.goes_on, &mut one.steps] {
        quiet.text(text);
    }
    quiet.maybe(&mut one.family_says);
    quiet.maybe(&mut one.told);
}

/// One version, for its paper.
///
/// # Errors
/// Hidden for other teams.
pub async fn version(app: &App, actor: &Actor, id: TransitionId) -> Result<(CaseView, TransitionView), Failure> {
    let actor = actor.clone();
    app.read(move |tx| {
        let mut one = found(transitions::one(tx, id)?)?;
        let (case, _) = case_for(tx, &actor, Action::SeeCase, one.case)?;
        hush(&Quiet::of(tx, &case)?, &mut one);
        Ok((case, one))
    })
    .await
}

/// Keeps a version of the agreement. The days of §§ 36b(2), 41(3) are answered by it: it was planned.
///
/// # Errors
/// The rules of [`NewTransition::check`], [`Failure::Denied`].
pub async fn agree(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewTransition,
) -> Result<TransitionId, Failure> {
    let (who, today, id) = (actor.clone(), app.today(), app.fresh::<TransitionId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let consent = consent(&tx, case.id, &new, today)?;
        new.check(consent.is_some(), today)?;
        keeps_quiet(&tx, case.id, &typed(&new))?;
        let tx = tx.allow(grant);
        transitions::insert(&tx, (id, case.id), consent.filter(|_| new.told.is_some()), &new)?;
        meet_from(&tx, case.id.0, DueKind::Transition)?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::TransitionAgreed, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// The consent towards this carrier that holds today.
fn consent(tx: &ReadTx<'_>, case: CaseId, new: &NewTransition, today: Day) -> Result<Option<CaseConsentId>, Failure> {
    let holds = |one: &ConsentView| {
        let state = consent_towards(std::slice::from_ref(&one.consent), new.carrier.as_str(), today);
        state == Some(ConsentState::Holds)
    };
    Ok(consents::of_case(tx, case)?.iter().find(|one| holds(one)).map(|one| one.id))
}

fn typed(new: &NewTransition) -> Vec<(&str, &'static str)> {
    let mut typed = vec![
        (new.goals.as_str(), "goals"),
        (new.goes_on.as_str(), "goes_on"),
        (new.steps.as_str(), "steps"),
        (new.carrier.as_str(), "carrier"),
    ];
    typed.extend(new.participants.iter().map(|one: &Line| (one.as_str(), "participants")));
    typed.extend(new.family_says.iter().map(|words| (words.as_str(), "family_says")));
    typed.extend(new.told.iter().map(|words| (words.as_str(), "told")));
    typed
}
