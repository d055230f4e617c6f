// SPDX-License-Identifier: EUPL-1.2
//! Protected addresses: kept apart, shown for a reason on record, and kept out of every text that leaves or stays.

use crate::casework::case_for;
use crate::core::{App, Failure, Key, found, fresh_at};
use domain::access::{Action, Actor, Grant, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::casework::{NewSeal, PlanContent, SEAL_REASON_MISSING, SEALED_ALREADY, redact, tells_nothing};
use domain::kernel::{CaseId, HumanId, Line, Moment, Note, PersonId, SealId};
use store::casework::cases::CaseView;
use store::casework::seals::{Sealed, SealedPlace};
use store::casework::statements::{GoalView, StatementView, StrengthView};
use store::casework::{cases, persons, seals};
use store::{ReadTx, WriteTx};

pub use store::casework::seals::{SealView, SealedPlace as Place};

/// Refuses a text of a case that tells a protected address, at its field.
pub(crate) fn keeps_quiet(tx: &ReadTx<'_>, case: CaseId, texts: &[(&str, &'static str)]) -> Result<(), Failure> {
    let streets = seals::streets(tx, case)?;
    for (text, field) in texts {
        tells_nothing(text, &streets, field)?;
    }
    Ok(())
}

/// What a plan says, without protected addresses that were written down before they were protected.
pub(crate) fn without_addresses(tx: &ReadTx<'_>, case: CaseId, plan: PlanContent) -> Result<PlanContent, Failure> {
    let streets = seals::streets(tx, case)?;
    if streets.is_empty() { Ok(plan) } else { Ok(plan.with_words(|words| redact(words, &streets))) }
}

/// A text of a case for people of other houses, without protected addresses.
pub(crate) fn redacted(tx: &ReadTx<'_>, case: CaseId, text: &str) -> Result<String, Failure> {
    Ok(redact(text, &seals::streets(tx, case)?))
}

/// Takes protected addresses out of what was written down before they were protected.
pub(crate) struct Quiet(Vec<String>);

impl Quiet {
    /// For a case; one in which nobody is protected costs nothing.
    pub(crate) fn of(tx: &ReadTx<'_>, case: &CaseView) -> Result<Self, Failure> {
        Ok(Self(if case.is_sealed { seals::streets(tx, case.id)? } else { Vec::new() }))
    }

    /// In one text.
    pub(crate) fn text(&self, text: &mut String) {
        if !self.0.is_empty() {
            *text = redact(text, &self.0);
        }
    }

    /// In a text that may be missing.
    pub(crate) fn maybe(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            self.text(text);
        }
    }

    /// In what was said.
    pub(crate) fn said(&self, mut all: Vec<StatementView>) -> Vec<StatementView> {
        for one in &mut all {
            self.text(&mut one.words);
            self.maybe(&mut one.own_part);
        }
        all
    }

    /// In goals.
    pub(crate) fn goals(&self, mut all: Vec<GoalView>) -> Vec<GoalView> {
        all.iter_mut().for_each(|one| self.text(&mut one.words));
        all
    }

    /// In resources.
    pub(crate) fn strengths(&self, mut all: Vec<StrengthView>) -> Vec<StrengthView> {
        all.iter_mut().for_each(|one| self.text(&mut one.words));
        all
    }
}

/// Every case of a human being says whether somebody of it is protected.
pub(crate) fn mark_cases(tx: &WriteTx<'_>, human: HumanId) -> Result<(), Failure> {
    for entry in persons::of_human(tx, human)? {
        let since = seals::any_in_case(tx, entry.case)?.then(|| tx.now().day());
        cases::seal(tx, entry.case, since)?;
    }
    Ok(())
}

/// Protects somebody's address. What stood open is taken away and kept under the seal: the stays of that human being
/// in all cases, and the places of the reports of those cases.
///
/// # Errors
/// The rules of [`NewSeal::check`], [`SEALED_ALREADY`], [`Failure::Denied`].
pub async fn seal(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    person: PersonId,
    new: NewSeal,
) -> Result<SealId, Failure> {
    let (who, now, id) = (actor.clone(), app.now(), app.fresh::<SealId>());
    let write = move |tx: ReadTx<'_>| {
        let placed = found(persons::entry(&tx, person)?)?;
        let (case, grant) = case_for(&tx, &who, Action::SeeSealedAddress, placed.case)?;
        new.check(now.day())?;
        if seals::is_sealed(&tx, placed.entry.human)? {
            return Err(SEALED_ALREADY.broken_at("place").into());
        }
        let tx = tx.allow(grant);
        seals::insert(&tx, id, Sealed { case: case.id, person, human: placed.entry.human }, &new)?;
        let typed = SealedPlace {
            place: new.place.as_str().to_owned(),
            origin: "typed".to_owned(),
            from: Some(now.day()),
            until: None,
        };
        seals::insert_place(&tx, fresh_at(now), id, &typed)?;
        take_open_places(&tx, id, placed.entry.human, now)?;
        mark_cases(&tx, placed.entry.human)?;
        Ok(tx.commit(Deed::in_case(DeedKind::AddressSealed, id, case.id), id)?)
    };
    app.change(actor, key, write).await
}

fn take_open_places(tx: &WriteTx<'_>, seal: SealId, human: HumanId, now: Moment) -> Result<(), Failure> {
    for entry in persons::of_human(tx, human)? {
        let mut taken = seals::take_residences(tx, entry.id)?;
        taken.extend(seals::take_reports(tx, entry.case)?);
        for place in taken {
            seals::insert_place(tx, fresh_at(now), seal, &place)?;
        }
    }
    Ok(())
}

fn seal_for(tx: &ReadTx<'_>, actor: &Actor, id: SealId) -> Result<(Sealed, bool, Grant), Failure> {
    let (sealed, lifted) = found(seals::one(tx, id)?)?;
    // Whoever works with this human being in any of their cases.
    let mut denied = None;
    for entry in persons::of_human(tx, sealed.human)? {
        match permit(actor, Action::SeeSealedAddress, Standing::Team(entry.team)) {
            Ok(grant) => return Ok((Sealed { case: entry.case, ..sealed }, lifted, grant)),
            Err(no) => denied = Some(no),
        }
    }
    found(denied).and_then(|no| Err(no.into()))
}

/// Shows a protected address. Each look has a reason and leaves a line in the log.
///
/// # Errors
/// [`SEAL_REASON_MISSING`], hidden for other teams.
pub async fn look(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    id: SealId,
    reason: Option<Note>,
) -> Result<Vec<Place>, Failure> {
    let (who, now) = (actor.clone(), app.now());
    let write = move |tx: ReadTx<'_>| {
        let (sealed, _, grant) = seal_for(&tx, &who, id)?;
        let reason = reason.as_ref().ok_or(SEAL_REASON_MISSING.broken_at("seal_reason"))?;
        let tx = tx.allow(grant);
        seals::keep_look(&tx, fresh_at(now), id, reason)?;
        Ok(tx.commit(Deed::in_case(DeedKind::SealedAddressSeen, id, sealed.case), id)?)
    };
    // A key answers for its own person only; the right is asked again where it is read.
    let seen = app.change(actor, key, write).await?;
    let actor = actor.clone();
    app.read(move |tx| {
        seal_for(tx, &actor, seen)?;
        Ok(seals::places(tx, seen)?)
    })
    .await
}

/// Lifts the protection. What was kept under the seal stays there: nothing becomes open by itself.
///
/// # Errors
/// Hidden for other teams and where it was lifted.
pub async fn lift(app: &App, actor: &Actor, key: Option<Key>, id: SealId, why: Line) -> Result<SealId, Failure> {
    let who = actor.clone();
    let write = move |tx: ReadTx<'_>| {
        let (sealed, _, grant) = seal_for(&tx, &who, id)?;
        let tx = tx.allow(grant);
        found(seals::lift(&tx, id, &why)?.then_some(()))?;
        mark_cases(&tx, sealed.human)?;
        Ok(tx.commit(Deed::in_case(DeedKind::SealLifted, id, sealed.case), id)?)
    };
    app.change(actor, key, write).await
}
