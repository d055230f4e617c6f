// SPDX-License-Identifier: EUPL-1.2
//! Erasing a card for good, and what was counted of its use.

use super::{card_for, tend};
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, Day};
use domain::resources::{ErasureGround, Mark, Uses, Viewer, counted_months, erasable, shown_uses};
use store::ReadTx;
use store::resources::{self, erasures, marks, uses};

/// Erases a card and all that was joined into it: nothing that stood on it is kept, in no table and in no journal.
///
/// # Errors
/// [`domain::resources::CARD_IN_ANOTHER`], hidden, forbidden.
pub async fn erase(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, ground): (CardId, ErasureGround),
) -> Result<CardId, Failure> {
    let (who, today) = (actor.clone(), app.today());
    // Two of them, because one alone begins with the time.
    let fresh = format!("{}{}", app.fresh::<CardId>(), app.fresh::<CardId>());
    let write = move |tx: ReadTx<'_>| {
        let card = card_for(&tx, &Viewer::of(&who), id, today)?;
        let grant = tend(&who, &card)?;
        erasable(card.merged_into.is_some())?;
        let mut all = vec![id];
        let mut looked = 0;
        while let Some(next) = all.get(looked).copied() {
            all.extend(erasures::joined_into(&tx, next)?);
            looked += 1;
        }
        let salt = marks::salt(&tx)?;
        let keep = marked(&tx, &all, ground, salt.as_deref().unwrap_or(&fresh))?;
        let tx = tx.allow(grant);
        if salt.is_none() && !keep.is_empty() {
            marks::keep_salt(&tx, &fresh)?;
        }
        keep.iter().try_for_each(|mark| marks::keep(&tx, mark))?;
        for card in all.iter().rev() {
            erasures::erase(&tx, *card, ground)?;
            if *card != id {
                tx.also(Deed::new(DeedKind::CardErased, *card));
            }
        }
        Ok(tx.commit(Deed::new(DeedKind::CardErased, id), id)?)
    };
    let erased = app.change(actor, key, write).await?;
    app.settle().await?;
    Ok(erased)
}

/// The marks by which cards stay out that somebody wanted gone. What nobody needed any more may come again.
fn marked(tx: &ReadTx<'_>, all: &[CardId], ground: ErasureGround, salt: &str) -> Result<Vec<String>, Failure> {
    if ground == ErasureGround::Purpose {
        return Ok(Vec::new());
    }
    let cards = resources::some(tx, all)?;
    Ok(cards.iter().map(|row| Mark::of(&row.content).digest(salt)).collect())
}

/// Why and when a card was erased.
///
/// # Errors
/// Hidden where there never was one, and for people without a part in the directory.
pub async fn tombstone(app: &App, actor: &Actor, id: CardId) -> Result<(ErasureGround, Day), Failure> {
    in_office(actor, Action::SeeProfessionalCards)?;
    app.read(move |tx| found(erasures::tombstone(tx, id)?)).await
}

/// How often a card was of use in the closed months, without names and without small numbers.
///
/// # Errors
/// Hidden, when there is no such card for the actor.
pub async fn uses_of(app: &App, actor: &Actor, id: CardId) -> Result<Uses, Failure> {
    in_office(actor, Action::SeeProfessionalCards)?;
    let (who, today) = (actor.clone(), app.today());
    app.read(move |tx| {
        card_for(tx, &Viewer::of(&who), id, today)?;
        Ok(shown_uses(&uses::uses(tx, id, counted_months(today))?))
    })
    .await
}
