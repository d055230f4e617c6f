// SPDX-License-Identifier: EUPL-1.2
//! Finding: one search for list, map, autocomplete, feeds, files and API.

use super::CardRow;
use super::shelf::{Cards, Shelf, said};
use crate::core::{App, Failure, found, in_office};
use crate::territory::{shapes_on, territory_on};
use domain::access::{Action, Actor};
use domain::kernel::{CardId, SpaceId};
use domain::resources::search::{Asked, Cursor, Hit, How, Place, Spot, word_at};
use domain::resources::{CardText, Viewer};
use domain::territory::{Address, Located, Point, locate};
use std::sync::Arc;
use store::{StoreError, resources};

/// Cards on a page.
pub const PAGE: usize = 20;
/// Up to so many cards a search takes less than the way to another thread and back is worth.
const ON_THE_SPOT: usize = 20_000;

/// Why a card was found, in words that stand on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The word asked for.
    pub asked: String,
    /// The word on the card, if it stands there as such.
    pub word: Option<String>,
    /// How it was found.
    pub how: How,
    /// Where it stands.
    pub place: Place,
}

/// A card in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The card.
    pub card: Arc<CardRow>,
    /// Its texts in other languages.
    pub texts: Arc<[CardText]>,
    /// Metres from the place asked about.
    pub metres: Option<i64>,
    /// Why.
    pub why: Vec<Shown>,
}

impl Listed {
    /// The card alone.
    #[must_use]
    pub fn into_row(self) -> CardRow {
        Arc::unwrap_or_clone(self.card)
    }
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct CardsFound {
    /// How many in all.
    pub total: usize,
    /// A page of them.
    pub cards: Vec<Listed>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// All of them with their places on the map, if they were asked for.
    pub spots: Vec<Spot>,
}

/// How a place to start from was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NearHow {
    /// A point that was given.
    Point,
    /// The middle of the space that the address belongs to.
    Middle(SpaceId),
}

/// A place to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near {
    /// Where.
    pub point: Point,
    /// How it was found.
    pub how: NearHow,
}

/// Who looks: somebody signed in with a post, or everybody.
///
/// # Errors
/// [`Failure::Denied`] for people without a post.
pub fn viewer_of(actor: &Actor) -> Result<Viewer, Failure> {
    in_office(actor, Action::SeeDirectory)?;
    Ok(Viewer::of(actor))
}

/// Cards that this viewer may see. They come out of memory; the store is asked only whether anything changed.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn search(app: &App, viewer: Viewer, asked: Asked) -> Result<CardsFound, Failure> {
    Shelf::ready(app).await?;
    if app.shelf.look(|cards| cards.index.len()) <= ON_THE_SPOT {
        return Ok(app.shelf.look(|cards| shown(cards, &viewer, &asked)));
    }
    let house = app.clone();
    let task = tokio::task::spawn_blocking(move || house.shelf.look(|cards| shown(cards, &viewer, &asked)));
    task.await.map_err(|error| Failure::Broken(StoreError::Engine(error.to_string())))
}

/// The first page of what was found, with the words by which it was found.
fn shown(cards: &Cards, viewer: &Viewer, asked: &Asked) -> CardsFound {
    let found = cards.index.ask(asked, viewer);
    let listed = |hit: Hit| {
        let card = Arc::clone(cards.row(hit.id)?);
        let texts = cards.texts(hit.id);
        let why = hit.why.into_iter().map(|why| {
            let word = word_at(&card.content, said(&card, &texts), (why.place, &why.term)).map(str::to_owned);
            Shown { asked: why.asked, word, how: why.how, place: why.place }
        });
        Some(Listed { why: why.collect(), metres: hit.metres, card, texts })
    };
    let listed = found.hits.into_iter().filter_map(listed).collect();
    CardsFound { total: found.total, cards: listed, next: found.next, spots: found.spots }
}

/// Begins to read the cards, so that the first who searches need not wait for it.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn warm(app: &App) -> Result<(), Failure> {
    Shelf::ready(app).await
}

/// One card, if this viewer may see it.
///
/// # Errors
/// Hidden for everybody who may not.
pub async fn one(app: &App, viewer: Viewer, id: CardId) -> Result<CardRow, Failure> {
    let today = app.today();
    app.read(move |tx| found(resources::one(tx, id)?.filter(|card| card.seen.by(&viewer, today)))).await
}

/// Where a search around an address begins: the point that was given, or the middle of the address's space.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn near(app: &App, text: String) -> Result<Option<Near>, Failure> {
    let (house, today) = (app.clone(), app.today());
    app.read(move |tx| {
        let address = Address::read(&text);
        if let Some(point) = address.point {
            return Ok(Some(Near { point, how: NearHow::Point }));
        }
        let Located::In { space, .. } = locate(&address, &*territory_on(&house, tx, today)?) else { return Ok(None) };
        let shapes = shapes_on(&house, tx, today)?;
        let middle = shapes.iter().find(|(id, _)| *id == space).map(|(_, boundary)| boundary.bounds());
        let middle = middle.and_then(|(low, high)| {
            Point::from_mm((low.east_mm() + high.east_mm()) / 2, (low.north_mm() + high.north_mm()) / 2).ok()
        });
        Ok(middle.map(|point| Near { point, how: NearHow::Middle(space) }))
    })
    .await
}

/// The names of the spaces: no secret.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn public_spaces(app: &App) -> Result<Vec<(SpaceId, String)>, Failure> {
    app.read(|tx| {
        let spaces = store::territory::overview(tx)?;
        Ok(spaces.into_iter().map(|space| (space.id, space.name)).collect())
    })
    .await
}
