// SPDX-License-Identifier: EUPL-1.2
//! The resource directory.

use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, SpaceId, fold};
use domain::resources::NewCard;
use store::resources;

pub use store::resources::CardView;

/// Cards on one page.
const PAGE: i64 = 40;

/// A page of the directory.
#[derive(Debug, Clone)]
pub struct CardPage {
    /// The cards.
    pub cards: Vec<CardView>,
    /// Where the next page begins, if there is one.
    pub next: Option<(String, CardId)>,
}

/// Cards by name, or those with a word that begins like the one asked for.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub async fn list(
    app: &App,
    actor: &Actor,
    words: String,
    space: Option<SpaceId>,
    after: Option<(String, CardId)>,
) -> Result<CardPage, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    let after = after.unwrap_or((String::new(), CardId(uuid::Uuid::nil())));
    app.read(move |tx| {
        if !words.trim().is_empty() {
            return Ok(CardPage { cards: resources::find(tx, &words, space, PAGE)?, next: None });
        }
        let mut cards = resources::list(tx, space, &after, PAGE + 1)?;
        let more = cards.len() > PAGE as usize;
        cards.truncate(PAGE as usize);
        let next = cards.last().filter(|_| more).map(|card| (fold(&card.name), card.id));
        Ok(CardPage { cards, next })
    })
    .await
}

/// Adds a card.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn add(app: &App, actor: &Actor, key: Option<Key>, new: NewCard) -> Result<CardId, Failure> {
    let grant = in_office(actor, Action::TendResources)?;
    let (id, today) = (app.fresh::<CardId>(), app.today());
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        resources::insert(&tx, id, &new, today)?;
        Ok(tx.commit(Deed::new(DeedKind::CardAdded, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Confirms that a card is still true.
///
/// # Errors
/// Hidden, when there is no such card.
pub async fn confirm(app: &App, actor: &Actor, key: Option<Key>, id: CardId) -> Result<CardId, Failure> {
    let grant = in_office(actor, Action::TendResources)?;
    let today = app.today();
    let write = move |tx: store::ReadTx<'_>| {
        let tx = tx.allow(grant);
        found(resources::confirm(&tx, id, today)?.then_some(()))?;
        Ok(tx.commit(Deed::new(DeedKind::CardConfirmed, id), id)?)
    };
    app.change(actor, key, write).await
}
