// SPDX-License-Identifier: EUPL-1.2
//! The lived space of the people of a case: their places, their ways, how far they may go alone. It belongs to the file:
//! no agency sees it, nothing of it becomes a card.

use super::seals::{Quiet, keeps_quiet};
use crate::casework::case_for;
use crate::casework::statements::known;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{LIVED_FULL, MOST_PLACES, Mobility, NewLivedPlace, TakenAway};
use domain::kernel::{CaseId, Line, LivedPlaceId, PersonId};
use store::ReadTx;
use store::casework::cases::{self, CaseView, PersonView};
use store::casework::lived;
use store::casework::undos::{self, Ended};

pub use store::casework::lived::LivedPlaceView;

/// The lived space of a case.
#[derive(Debug, Clone)]
pub struct LivedPage {
    /// The case.
    pub case: CaseView,
    /// Its people.
    pub people: Vec<PersonView>,
    /// Places that hold.
    pub places: Vec<LivedPlaceView>,
    /// Places that were.
    pub past: Vec<LivedPlaceView>,
    /// How far somebody may go alone.
    pub reaches: Vec<(PersonId, Mobility)>,
    /// May the reader record?
    pub may_work: bool,
}

/// Places of a case, without protected addresses.
pub(super) fn places(tx: &ReadTx<'_>, case: &CaseView) -> Result<Vec<LivedPlaceView>, Failure> {
    let quiet = Quiet::of(tx, case)?;
    let mut places = lived::places(tx, case.id)?;
    for place in &mut places {
        quiet.text(&mut place.name);
        quiet.maybe(&mut place.by_whom);
    }
    Ok(places)
}

/// The lived space of a case.
///
/// # Errors
/// Hidden for other teams.
pub async fn page(app: &App, actor: &Actor, id: CaseId) -> Result<LivedPage, Failure> {
    let (actor, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        let (case, _) = case_for(tx, &actor, Action::SeeCase, id)?;
        let all = places(tx, &case)?;
        let (past, places) = all.into_iter().partition(|place| place.ended_on.is_some_and(|day| day <= today));
        Ok(LivedPage {
            people: cases::people(tx, id)?,
            reaches: lived::reaches(tx, id)?,
            may_work: permit(&actor, Action::WorkOnCase, Standing::Team(case.team)).is_ok(),
            places,
            past,
            case,
        })
    })
    .await
}

/// Records a place.
///
/// # Errors
/// Those of [`NewLivedPlace::check`], [`LIVED_FULL`], [`crate::casework::statements::NOT_OF_THIS_CASE`],
/// [`domain::casework::TELLS_SEALED`], [`Failure::Denied`].
pub async fn add_place(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, new): (CaseId, NewLivedPlace),
) -> Result<LivedPlaceId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<LivedPlaceId>());
    let write = move |tx: ReadTx<'_>| {
        let (view, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        known(&tx, case, Some(new.person), "person")?;
        new.check(now.day(), view.is_sealed)?;
        let by = new.by_whom.as_ref().map_or("", Line::as_str);
        keeps_quiet(&tx, case, &[(new.name.as_str(), "name"), (by, "by_whom")])?;
        if lived::places(&tx, case)?.iter().filter(|place| place.ended_on.is_none()).count() >= MOST_PLACES {
            return Err(LIVED_FULL.broken_at("name").into());
        }
        let tx = tx.allow(grant);
        lived::insert(&tx, id, case, &new)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::LivedSpaceRecorded, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// A place is no longer one; that it was stays.
///
/// # Errors
/// Hidden for other teams and for places that ended.
pub async fn end_place(app: &App, actor: &Actor, key: Option<Key>, id: LivedPlaceId) -> Result<LivedPlaceId, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let case = found(lived::case_of(&tx, id)?)?;
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        let tx = tx.allow(grant);
        found(lived::end(&tx, id, case)?.then_some(()))?;
        let words = undos::lived_name(&tx, id.0)?.unwrap_or_default();
        let (kind, object) = (TakenAway::LivedPlace, id.0);
        undos::remember(&tx, &Ended { id: fresh_at(now).into(), case, kind, object, words: &words })?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::LivedSpaceRecorded, id, case), id)?)
    };
    app.change(actor, key, write).await
}

/// Records how far somebody may go alone.
///
/// # Errors
/// Those of [`Mobility::check`], [`crate::casework::statements::NOT_OF_THIS_CASE`], [`Failure::Denied`].
pub async fn say_reach(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (case, person): (CaseId, PersonId),
    new: Mobility,
) -> Result<PersonId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let (_, grant) = case_for(&tx, &who, Action::WorkOnCase, case)?;
        known(&tx, case, Some(person), "person")?;
        new.check(today)?;
        keeps_quiet(&tx, case, &[(new.words.as_ref().map_or("", Line::as_str), "words")])?;
        let tx = tx.allow(grant);
        lived::say_reach(&tx, (case, person), &new)?;
        cases::touch(&tx, case)?;
        Ok(tx.commit(Deed::in_case(DeedKind::LivedSpaceRecorded, person, case), person)?)
    };
    app.change(actor, key, write).await
}
