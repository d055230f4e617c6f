// SPDX-License-Identifier: EUPL-1.2
//! What a map shows of the cards that were found: the same question, the same reader, the same number as the list.

use super::shelf::Shelf;
use crate::core::{App, Failure};
use crate::territory::shapes_on;
use domain::kernel::{CardId, SpaceId};
use domain::resources::search::Asked;
use domain::resources::{Viewer, Window, gather};
use domain::territory::Point;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::resources::CardRow;

/// So many cards of a window are named at most; beyond, circles tell their number.
const MOST_NAMED: usize = 400;

/// A circle with the cards that are named.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Where it stands.
    pub place: Point,
    /// How many cards.
    pub count: usize,
    /// All of them, if they are few.
    pub cards: Vec<(CardId, String)>,
    /// The space in whose middle it stands.
    pub space: Option<SpaceId>,
}

/// A window of the map.
#[derive(Debug, Clone, Default)]
pub struct MapSeen {
    /// Cards that were found, as the list counts them.
    pub total: usize,
    /// The circles in the window.
    pub marks: Vec<Mark>,
    /// Cards elsewhere on the map.
    pub outside: usize,
    /// Cards without a place.
    pub nowhere: usize,
}

/// The cards that this viewer may see, on a map.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn on_map(app: &App, viewer: Viewer, asked: Asked, window: Window) -> Result<MapSeen, Failure> {
    let (house, today) = (app.clone(), asked.today);
    let asked = Asked { limit: 1, after: None, places: true, ..asked };
    Shelf::ready(app).await?;
    app.read(move |tx| {
        let found = house.shelf.with(tx, |cards| cards.index.ask(&asked, &viewer))?;
        let shapes = shapes_on(&house, tx, today)?;
        let middles: BTreeMap<SpaceId, Point> = shapes.iter().map(|(id, shape)| (*id, shape.middle())).collect();
        let gathered = gather(&found.spots, &middles, window);
        let few = |cards: &Vec<CardId>, count: usize| cards.len() == count;
        let of_few = gathered.inside.iter().filter(|one| few(&one.cards, one.count));
        let ids: Vec<CardId> = of_few.flat_map(|one| one.cards.iter().copied()).take(MOST_NAMED).collect();
        // Asked once more of the card itself: what changed in between is not named.
        let rows: BTreeMap<CardId, Arc<CardRow>> = house.shelf.look(|cards| {
            let seen = ids.iter().filter_map(|id| cards.row(*id)).filter(|row| row.seen.by(&viewer, today));
            seen.map(|row| (row.id, Arc::clone(row))).collect()
        });
        let name = |id: &CardId| Some((*id, rows.get(id)?.content.name.as_str().to_owned()));
        let marks = gathered.inside.into_iter().map(|one| {
            let named: Vec<_> = one.cards.iter().filter_map(name).collect();
            let cards = if few(&one.cards, one.count) && named.len() == one.count { named } else { Vec::new() };
            Mark { place: one.place, count: one.count, cards, space: one.space }
        });
        Ok(MapSeen { total: found.total, marks: marks.collect(), outside: gathered.outside, nowhere: gathered.nowhere })
    })
    .await
}
