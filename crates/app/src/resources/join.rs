// SPDX-License-Identifier: EUPL-1.2
//! Double cards: found by sound and address, joined by a curator, parted again if that was wrong.

use super::{CardRow, card_for};
use crate::core::{App, Failure, Key, found, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{CardId, CardMergeId};
use domain::resources::{CardContent, Likeness, SAME_CARD, Viewer, address_key, due_on, likeness, sound};
use std::collections::BTreeMap;
use store::ReadTx;
use store::resources::{self, joins};

/// Pairs shown at once.
const SHOWN: usize = 50;
/// Cards compared; a larger office compares those that changed last.
const COMPARED: i64 = 20_000;

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

/// Pairs of cards that may be of the same thing, of those the curator sees.
///
/// # Errors
/// [`Failure::Denied`].
pub async fn doubles(app: &App, actor: &Actor) -> Result<Vec<Double>, Failure> {
    in_office(actor, Action::CurateResources)?;
    let (viewer, today) = (Viewer::of(actor), app.today());
    app.read(move |tx| {
        let since = (resources::head(tx)? - COMPARED).max(0);
        let mut rows = resources::changed_since(tx, since, COMPARED)?;
        rows.retain(|row| row.seen.by(&viewer, today) && !row.seen.is_closed(today));
        rows.sort_by_key(|row| (row.added_at, row.id));
        Ok(pairs(&rows))
    })
    .await
}

fn pairs(rows: &[CardRow]) -> Vec<Double> {
    let place = |row: &CardRow| row.content.place.as_ref().map(|place| address_key(place.as_str())).unwrap_or_default();
    let keys: Vec<(String, String)> = rows.iter().map(|row| (sound(row.content.name.as_str()), place(row))).collect();
    // Only cards with the same sound or the same address are compared with each other.
    let mut groups: BTreeMap<(u8, &str), Vec<usize>> = BTreeMap::new();
    for (at, (sound, place)) in keys.iter().enumerate() {
        groups.entry((0, sound)).or_default().push(at);
        groups.entry((1, place)).or_default().push(at);
    }
    let mut found: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
    for ((_, key), group) in groups.into_iter().filter(|((_, key), _)| !key.is_empty()) {
        // A key that hundreds share says nothing.
        for (n, first) in group.iter().enumerate().filter(|_| group.len() < 200 && !key.is_empty()) {
            for second in &group[n + 1..] {
                let (a, b) = (&keys[*first], &keys[*second]);
                if let Some(like) = likeness((&a.0, &a.1), (&b.0, &b.1)) {
                    found.insert((*first, *second), like);
                }
            }
        }
    }
    let double = |((first, second), like): ((usize, usize), Likeness)| Double {
        first: rows[first].clone(),
        second: rows[second].clone(),
        like,
    };
    found.into_iter().take(SHOWN).map(double).collect()
}

/// What the kept card has not, from the one that goes. Who may see it never widens by joining.
fn filled(kept: &CardContent, gone: &CardContent) -> Result<CardContent, Failure> {
    let own = kept.fields();
    let never = |name: &str| name == "visibility" || name.starts_with("consent") || name == "point";
    let missing =
        gone.fields().into_iter().filter(|(name, _)| !never(name) && own.iter().all(|(other, _)| other != name));
    let all: Vec<(&str, String)> = own.iter().cloned().chain(missing).collect();
    Ok(CardContent::read(all.as_slice())?)
}

/// Joins a card into another: the other keeps what it has, takes what it lacks; the first one is closed.
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
        let content = filled(&stays.content, &goes.content)?;
        let tx = tx.allow(grant);
        joins::insert_merge(&tx, id, (kept, gone), &stays.content)?;
        resources::replace(&tx, kept, &content, stays.due_on)?;
        resources::end(&tx, gone, Some(today), Some(kept))?;
        Ok(tx.commit(Deed::new(DeedKind::CardsJoined, kept), kept)?)
    };
    app.change(actor, key, write).await
}

/// Parts joined cards again: both stand as they stood before.
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
        let before = CardContent::read(joins::fields_before(&tx, merge.id)?.as_slice())?;
        let tx = tx.allow(grant);
        found(joins::undo_merge(&tx, merge.id)?.then_some(()))?;
        resources::replace(&tx, kept, &before, due_on(before.kind, row.confirmed_on))?;
        resources::end(&tx, merge.gone, None, None)?;
        Ok(tx.commit(Deed::new(DeedKind::CardsParted, kept), kept)?)
    };
    app.change(actor, key, write).await
}
