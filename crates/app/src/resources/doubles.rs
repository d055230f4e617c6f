// SPDX-License-Identifier: EUPL-1.2
//! Cards that may be of the same thing, of all that an office has.

use super::CardRow;
use super::shelf::Shelf;
use crate::core::{App, Failure, in_office};
use domain::access::{Action, Actor};
use domain::kernel::CardId;
use domain::resources::{self as rules, Likeness, Viewer, place_key, sound};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::StoreError;

/// Pairs shown at once.
const SHOWN: usize = 50;

/// Two cards that may be of the same thing.
#[derive(Debug, Clone)]
pub struct Double {
    /// The older one.
    pub first: CardRow,
    /// The newer one.
    pub second: CardRow,
    /// Why.
    pub like: Likeness,
}

/// What is shown of all pairs.
#[derive(Debug, Clone)]
pub struct Doubles {
    /// The likest first.
    pub pairs: Vec<Double>,
    /// So many more are found.
    pub more: usize,
}

/// Sound and place of a card, and of which change of it.
type Keyed = (i64, (String, String));

/// Sounds and places, worked out once for every change of a card.
#[derive(Default)]
pub(super) struct AlikeKeys(Mutex<HashMap<CardId, Keyed>>);

impl AlikeKeys {
    /// The keys of all cards. What is known of cards that are no more is forgotten.
    fn of(&self, all: &[Arc<CardRow>]) -> Vec<(String, String)> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = |row: &Arc<CardRow>| {
            let kept = known.get(&row.id).filter(|(changed, _)| *changed == row.changed);
            (row.id, kept.cloned().unwrap_or_else(|| (row.changed, keys(row))))
        };
        let now: HashMap<CardId, Keyed> = all.iter().map(key).collect();
        let keys = all.iter().map(|row| now.get(&row.id).map(|(_, keys)| keys.clone()).unwrap_or_default()).collect();
        *known = now;
        keys
    }
}

fn keys(row: &CardRow) -> (String, String) {
    let text = |line: &Option<domain::kernel::Line>| line.as_ref().map(|line| line.as_str().to_owned());
    let (place, point) = (text(&row.content.place), text(&row.content.point));
    (sound(row.content.name.as_str()), place_key(place.as_deref(), point.as_deref()))
}

/// Pairs of cards that may be of the same thing, of all that the curator sees.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn doubles(app: &App, actor: &Actor) -> Result<Doubles, Failure> {
    in_office(actor, Action::CurateResources)?;
    let (viewer, today, house) = (Viewer::of(actor), app.today(), app.clone());
    Shelf::ready(app).await?;
    let work = move || {
        let shelf = &house.shelf;
        let mut all: Vec<Arc<CardRow>> = shelf.look(|cards| cards.rows().cloned().collect());
        all.sort_by_key(|row| (row.added_at, row.id));
        let keys = shelf.keys.of(&all);
        let shown = |(row, _): &(Arc<CardRow>, _)| row.seen.by(&viewer, today) && !row.seen.is_closed(today);
        let (rows, keys): (Vec<Arc<CardRow>>, Vec<_>) = all.into_iter().zip(keys).filter(shown).unzip();
        let mut found: Vec<_> = rules::doubles(&keys).into_iter().collect();
        found.sort_by_key(|(pair, like)| (*like, *pair));
        let double = |((first, second), like): &((usize, usize), Likeness)| Double {
            first: (*rows[*first]).clone(),
            second: (*rows[*second]).clone(),
            like: *like,
        };
        Doubles { pairs: found.iter().take(SHOWN).map(double).collect(), more: found.len().saturating_sub(SHOWN) }
    };
    let task = tokio::task::spawn_blocking(work).await;
    task.map_err(|error| Failure::Broken(StoreError::Engine(error.to_string())))
}
