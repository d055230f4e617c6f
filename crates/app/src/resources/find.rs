// SPDX-License-Identifier: EUPL-1.2
//! Finding: one search for list, map, autocomplete, feeds, files and API.

use super::CardRow;
use crate::core::{App, Failure, found, in_office};
use crate::territory::{shapes_on, territory_on};
use domain::access::{Action, Actor};
use domain::kernel::{CardId, SpaceId};
use domain::resources::Viewer;
use domain::resources::search::{Asked, Cursor, How, Place, Spot, texts, word_with};
use domain::territory::{Address, Located, Point, locate};
use store::resources;

/// Cards on a page.
pub const PAGE: usize = 20;

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
    pub card: CardRow,
    /// Metres from the place asked about.
    pub metres: Option<i64>,
    /// Why.
    pub why: Vec<Shown>,
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
    /// All of them, with their places on the map.
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

/// Cards that this viewer may see.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn search(app: &App, viewer: Viewer, asked: Asked) -> Result<CardsFound, Failure> {
    let (house, today) = (app.clone(), asked.today);
    app.read(move |tx| {
        let found = house.shelf.with(tx, |index| index.ask(&asked, &viewer))?;
        let ids: Vec<CardId> = found.hits.iter().map(|hit| hit.id).collect();
        let rows = resources::some(tx, &ids)?;
        let mut cards = Vec::with_capacity(rows.len());
        for hit in found.hits {
            // Asked once more of the card itself: what changed in between is not shown.
            let row = rows.iter().find(|row| row.id == hit.id && row.seen.by(&viewer, today));
            let Some(card) = row.cloned() else { continue };
            let stands = texts(&card.content, card.space_name.as_deref().unwrap_or_default());
            let why = hit.why.into_iter().map(|why| {
                let at = stands.iter().filter(|(place, _)| *place == why.place);
                let word = at.filter_map(|(_, text)| word_with(text, &why.term)).next().map(str::to_owned);
                Shown { asked: why.asked, word, how: why.how, place: why.place }
            });
            cards.push(Listed { why: why.collect(), metres: hit.metres, card });
        }
        Ok(CardsFound { total: found.total, cards, next: found.next, spots: found.spots })
    })
    .await
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
