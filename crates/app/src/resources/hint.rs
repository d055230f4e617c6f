// SPDX-License-Identifier: EUPL-1.2
//! "Is it there already?": asked before a card is added, of the cards that whoever adds it may see.

use super::CardRow;
use super::shelf::Shelf;
use crate::core::{App, Failure, in_office};
use domain::access::{Action, Actor};
use domain::resources::search::{Asked, Filter};
use domain::resources::{CardContent, Likeness, Viewer, address_key, likeness, sound};
use std::collections::BTreeSet;
use store::{ReadTx, resources};

/// Cards compared for name and for address.
const COMPARED: usize = 60;
/// Shown at most.
const SHOWN: usize = 5;

/// A card that may be of the same thing.
#[derive(Debug, Clone)]
pub struct AlikeCard {
    /// The card.
    pub card: CardRow,
    /// Why.
    pub like: Likeness,
}

/// Cards that may be of the same thing as this one, the likest first.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn alike(app: &App, actor: &Actor, new: CardContent) -> Result<Vec<AlikeCard>, Failure> {
    in_office(actor, Action::TendResources)?;
    let (house, viewer) = (app.clone(), Viewer::of(actor));
    Shelf::ready(app).await?;
    app.read(move |tx| compare(&house, tx, &viewer, &new)).await
}

fn compare(app: &App, tx: &ReadTx<'_>, viewer: &Viewer, new: &CardContent) -> Result<Vec<AlikeCard>, Failure> {
    let today = app.today();
    let place = new.place.as_ref().map(|place| place.as_str().to_owned()).unwrap_or_default();
    let own = (sound(new.name.as_str()), address_key(&place));
    let asked = |text: &str| Asked {
        text: text.to_owned(),
        filter: Filter::default(),
        today,
        after: None,
        limit: COMPARED,
        places: false,
    };
    let questions = [asked(new.name.as_str()), asked(&place)];
    let near: BTreeSet<_> = app.shelf.with(tx, |cards| {
        let hits =
            questions.iter().filter(|one| !one.text.is_empty()).flat_map(|one| cards.index.ask(one, viewer).hits);
        hits.map(|hit| hit.id).collect()
    })?;
    let ids: Vec<_> = near.into_iter().collect();
    let like = |card: CardRow| {
        let at = card.content.place.as_ref().map(|place| address_key(place.as_str())).unwrap_or_default();
        let like = likeness((&own.0, &own.1), (&sound(card.content.name.as_str()), &at))?;
        card.seen.by(viewer, today).then_some(AlikeCard { card, like })
    };
    let mut all: Vec<AlikeCard> = resources::some(tx, &ids)?.into_iter().filter_map(like).collect();
    all.sort_by_key(|one| (one.like, one.card.id));
    all.truncate(SHOWN);
    Ok(all)
}
