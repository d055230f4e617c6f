// SPDX-License-Identifier: EUPL-1.2
//! Consents of a case and what was asked of others (W31, W32), and what a letter should not leave with (W30, W31).

use crate::casework::case_for;
use crate::casework::seals::{Quiet, keeps_quiet};
use crate::core::{App, Failure, Key, found};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CaseConsentId, CaseId, CollectionId, Day, Note, PersonId, Refusal, Rule};
use domain::letters::{
    COLLECTED_TOLD_TWICE, CONSENT_BACKWARDS, CONSENT_FUTURE, CONSENT_GIVER, CONSENT_REVOKED, CaseConsent, ConsentState,
    LetterKind, LetterWarning, NewCaseConsent, NewCollection, consent_towards, consent_warning, notice_warning,
};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::letters::papers::{LetterView, Recipient};
use store::letters::{consents, withdrawn};

pub use store::letters::consents::{CollectionView, ConsentView};

/// The consents of a case, and what was asked of others.
#[derive(Debug, Clone)]
pub struct ConsentsPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Consents with how they stand today, newest first.
    pub consents: Vec<(ConsentView, ConsentState)>,
    /// What was asked of others, newest first.
    pub collected: Vec<CollectionView>,
    /// May the reader write?
    pub may_work: bool,
}

/// The consents of a case, and what was asked of others.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<ConsentsPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let quiet = Quiet::of(tx, &case)?;
        let (mut all, mut collected) = (consents::of_case(tx, id)?, consents::collected(tx, id)?);
        for one in &mut all {
            for text in [&mut one.consent.released, &mut one.consent.towards, &mut one.data, &mut one.purpose] {
                quiet.text(text);
            }
            quiet.maybe(&mut one.oral_why);
            quiet.maybe(&mut one.revoked_words);
        }
        for one in &mut collected {
            for text in [&mut one.source, &mut one.data, &mut one.purpose] {
                quiet.text(text);
            }
            quiet.maybe(&mut one.no_ground_why);
            quiet.maybe(&mut one.not_told_why);
        }
        let with_state = |one: ConsentView| {
            let state = one.consent.state(today);
            (one, state)
        };
        Ok(ConsentsPage {
            people: cases::people(tx, id)?,
            consents: all.into_iter().map(with_state).collect(),
            collected,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            case,
        })
    })
    .await
}

fn of_the_case(tx: &ReadTx<'_>, case: CaseId, person: PersonId, wrong: Refusal) -> Result<(), Failure> {
    let known = cases::people(tx, case)?.iter().any(|one| one.id == person);
    if known { Ok(()) } else { Err(wrong.into()) }
}

/// Records a consent.
///
/// # Errors
/// The rules of [`NewCaseConsent::check`], [`CONSENT_GIVER`], a protected address in the words, [`Failure::Denied`].
pub async fn record(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewCaseConsent,
) -> Result<CaseConsentId, Failure> {
    let (who, today, id) = (actor.clone(), app.today(), app.fresh::<CaseConsentId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        new.check(today)?;
        of_the_case(&tx, case.id, new.giver, CONSENT_GIVER.broken_at("giver"))?;
        let mut typed = vec![
            (new.released.as_str(), "released"),
            (new.towards.as_str(), "towards"),
            (new.data.as_str(), "data"),
            (new.purpose.as_str(), "purpose"),
        ];
        typed.extend(new.oral_why.iter().map(|why| (why.as_str(), "oral_why")));
        keeps_quiet(&tx, case.id, &typed)?;
        let tx = tx.allow(grant);
        consents::insert(&tx, id, case.id, &new)?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::ConsentRecorded, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// Records that a consent was taken back.
///
/// # Errors
/// [`CONSENT_REVOKED`], [`CONSENT_FUTURE`], [`CONSENT_BACKWARDS`], [`Failure::Denied`].
pub async fn revoke(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CaseConsentId,
    (on, words): (Day, Option<Note>),
) -> Result<CaseConsentId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let case = found(consents::case_of(&tx, id)?)?;
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let kept = found(consents::of_case(&tx, case.id)?.into_iter().find(|one| one.id == id))?;
        within(on, kept.consent.given_on, today, "revoked_on")?;
        let typed: Vec<_> = words.iter().map(|words| (words.as_str(), "revoked_words")).collect();
        keeps_quiet(&tx, case.id, &typed)?;
        let tx = tx.allow(grant);
        if !consents::revoke(&tx, id, on, words.as_ref())? {
            return Err(CONSENT_REVOKED.broken_at("revoked_on").into());
        }
        Ok(tx.commit(Deed::in_case(DeedKind::ConsentTakenBack, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

fn within(on: Day, from: Day, today: Day, field: &'static str) -> Result<(), Refusal> {
    let wrong = |rule: Rule| Err(rule.broken_at(field));
    match on {
        on if on > today => wrong(CONSENT_FUTURE),
        on if on < from => wrong(CONSENT_BACKWARDS),
        _ => Ok(()),
    }
}

/// Records what was asked of others.
///
/// # Errors
/// The rules of [`NewCollection::check`], [`CONSENT_GIVER`], a protected address in the words, [`Failure::Denied`].
pub async fn collect(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    case: CaseId,
    new: NewCollection,
) -> Result<CollectionId, Failure> {
    let (who, today, id) = (actor.clone(), app.today(), app.fresh::<CollectionId>());
    let write = move |tx: ReadTx<'_>| {
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        new.check(today)?;
        of_the_case(&tx, case.id, new.person, CONSENT_GIVER.broken_at("person"))?;
        let mut typed =
            vec![(new.source.as_str(), "source"), (new.data.as_str(), "data"), (new.purpose.as_str(), "purpose")];
        typed.extend(new.no_ground_why.iter().map(|why| (why.as_str(), "no_ground_why")));
        keeps_quiet(&tx, case.id, &typed)?;
        let tx = tx.allow(grant);
        consents::collect(&tx, id, case.id, &new)?;
        cases::touch(&tx, case.id)?;
        Ok(tx.commit(Deed::in_case(DeedKind::CollectionKept, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// Records that the person was told what was asked of others, or why not (§ 82a SGB X).
///
/// # Errors
/// [`COLLECTED_TOLD_TWICE`], [`CONSENT_FUTURE`], [`CONSENT_BACKWARDS`], [`Failure::Denied`].
pub async fn tell(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: CollectionId,
    (on, why_not): (Option<Day>, Option<Note>),
) -> Result<CollectionId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (case, collected_on) = found(consents::collected_in(&tx, id)?)?;
        let (case, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        if on.is_some() == why_not.is_some() {
            return Err(COLLECTED_TOLD_TWICE.broken_at("told_on").into());
        }
        if let Some(on) = on {
            within(on, collected_on, today, "told_on")?;
        }
        let typed: Vec<_> = why_not.iter().map(|why| (why.as_str(), "not_told_why")).collect();
        keeps_quiet(&tx, case.id, &typed)?;
        let tx = tx.allow(grant);
        if !consents::tell(&tx, id, on, why_not.as_ref())? {
            return Err(COLLECTED_TOLD_TWICE.broken_at("told_on").into());
        }
        Ok(tx.commit(Deed::in_case(DeedKind::CollectionTold, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

/// What should not be before this letter is released: no written notice before help is refused for lack of cooperation
/// (W30), no consent that holds towards the body it goes to (W31).
pub(crate) fn warnings(tx: &ReadTx<'_>, letter: &LetterView, today: Day) -> Result<Vec<LetterWarning>, Failure> {
    let warning = match (&letter.to, letter.kind) {
        (Recipient::Person(person), LetterKind::NotCooperated) => {
            notice_warning(&withdrawn::notices(tx, letter.case, *person)?, today)
        }
        // A notice to a guardian outside of the case stands under no person.
        (_, LetterKind::NotCooperated) => Some(LetterWarning::NoNotice),
        (Recipient::Outside(body, _), kind) => {
            let all: Vec<CaseConsent> =
                consents::of_case(tx, letter.case)?.into_iter().map(|one| one.consent).collect();
            let state = consent_towards(&all, body, today);
            // What rests on the law needs no consent; but one that ended or was taken back is asked about first.
            if kind.rests_on_consent() || state.is_some() { consent_warning(state) } else { None }
        }
        _ => None,
    };
    Ok(warning.into_iter().collect())
}
