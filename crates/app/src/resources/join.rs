// SPDX-License-Identifier: EUPL-1.2
//! Double cards, joined by a curator, parted again if that was wrong.

use super::card_for;
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, CardMergeId};
use domain::resources::{SAME_CARD, Viewer, taken, with_taken, without_taken};
use store::ReadTx;
use store::resources::{self, joins};

/// Joins a card into another: the other keeps what it has, takes what it lacks if everybody may see it; the first one is
/// closed.
///
/// # Errors
/// [`SAME_CARD`], hidden, forbidden.
pub async fn join(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (kept, gone): (CardId, CardId),
) -> Result<CardId, Failure> {
    let grant = in_office(actor, Action::CurateResources)?;
    if kept == gone {
        return Err(SAME_CARD.broken().into());
    }
    let (who, today, id) = (actor.clone(), app.today(), app.fresh::<CardMergeId>());
    let write = move |tx: ReadTx<'_>| {
        let viewer = Viewer::of(&who);
        let (stays, goes) = (card_for(&tx, &viewer, kept, today)?, card_for(&tx, &viewer, gone, today)?);
        if goes.seen.is_closed(today) || stays.seen.is_closed(today) {
            return Err(Failure::Stale);
        }
        let took = taken(&stays.content, &goes.content);
        let content = with_taken(&stays.content, &took)?;
        let tx = tx.allow(grant);
        joins::insert_merge(&tx, id, (kept, gone), &took)?;
        resources::replace(&tx, kept, &content, stays.due_on)?;
        resources::end(&tx, gone, Some(today), Some(kept))?;
        Ok(tx.commit(Deed::new(DeedKind::CardsJoined, kept), kept)?)
    };
    app.change(actor, key, write).await
}

/// Parts joined cards again: the kept one gives back what it took and nobody changed since; the other one is opened.
///
/// # Errors
/// Hidden, forbidden.
pub async fn part(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (kept, merge): (CardId, CardMergeId),
) -> Result<CardId, Failure> {
    let grant = in_office(actor, Action::CurateResources)?;
    let (who, today) = (actor.clone(), app.today());
    let write = move |tx: ReadTx<'_>| {
        let row = card_for(&tx, &Viewer::of(&who), kept, today)?;
        let merge = found(joins::merges(&tx, kept)?.into_iter().find(|one| one.id == merge))?;
        let content = without_taken(&row.content, &joins::fields_taken(&tx, merge.id)?);
        let tx = tx.allow(grant);
        found(joins::undo_merge(&tx, merge.id)?.then_some(()))?;
        resources::replace(&tx, kept, &content, row.due_on)?;
        resources::end(&tx, merge.gone, None, None)?;
        Ok(tx.commit(Deed::new(DeedKind::CardsParted, kept), kept)?)
    };
    app.change(actor, key, write).await
}
