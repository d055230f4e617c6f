// SPDX-License-Identifier: EUPL-1.2
//! Cards in other languages: whoever keeps a card writes them, whoever sees it reads them.

use super::shelf::Shelf;
use super::{card_for, tend};
use crate::core::{App, Failure, Key};
use domain::access::Actor;
use domain::audit::{Deed, DeedKind};
use domain::kernel::CardId;
use domain::resources::{CardText, Language, Viewer};
use std::collections::BTreeMap;
use store::ReadTx;
use store::resources::texts;

/// Writes a card's text in another language.
///
/// # Errors
/// [`domain::resources::CARD_TEXT_LANGUAGE`], hidden, forbidden.
pub async fn write_text(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, text): (CardId, CardText),
) -> Result<CardId, Failure> {
    text.check()?;
    let (today, who) = (app.today(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let card = card_for(&tx, &Viewer::of(&who), id, today)?;
        let tx = tx.allow(tend(&who, &card)?);
        texts::keep(&tx, id, &text)?;
        Ok(tx.commit(Deed::new(DeedKind::CardChanged, id), id)?)
    };
    app.change(actor, key, write).await
}

/// Takes a card's text in a language back.
///
/// # Errors
/// Hidden, forbidden.
pub async fn drop_text(
    app: &App,
    actor: &Actor,
    key: Option<Key>,
    (id, language): (CardId, Language),
) -> Result<CardId, Failure> {
    let (today, who) = (app.today(), actor.clone());
    let write = move |tx: ReadTx<'_>| {
        let card = card_for(&tx, &Viewer::of(&who), id, today)?;
        let tx = tx.allow(tend(&who, &card)?);
        texts::forget(&tx, id, language)?;
        Ok(tx.commit(Deed::new(DeedKind::CardChanged, id), id)?)
    };
    app.change(actor, key, write).await
}

/// A card's texts, if this viewer may see it.
///
/// # Errors
/// Hidden for everybody who may not.
pub async fn texts_of(app: &App, viewer: Viewer, id: CardId) -> Result<Vec<CardText>, Failure> {
    let today = app.today();
    app.read(move |tx| {
        card_for(tx, &viewer, id, today)?;
        Ok(texts::of_card(tx, id)?)
    })
    .await
}

/// The texts of cards in one language; only of those that this viewer may see.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn texts_in(
    app: &App,
    viewer: Viewer,
    ids: Vec<CardId>,
    language: Language,
) -> Result<BTreeMap<CardId, CardText>, Failure> {
    Shelf::ready(app).await?;
    let (today, mut all) = (app.today(), BTreeMap::new());
    app.shelf.look(|cards| {
        let seen = ids.iter().filter(|id| cards.row(**id).is_some_and(|row| row.seen.by(&viewer, today)));
        for id in seen {
            let text = cards.texts(*id).iter().find(|text| text.language == language).cloned();
            all.extend(text.map(|text| (*id, text)));
        }
    });
    Ok(all)
}
