// SPDX-License-Identifier: EUPL-1.2
//! Cards that fit what is wanted. What comes in are words, filters and places; whose they are is not known here, is
//! not kept and not logged. The one caller with a case is `casework::matching`.

use super::CardRow;
use crate::core::{App, Failure};
use domain::kernel::CardId;
use domain::resources::search::{Place, Why, word_at};
use domain::resources::{Candidate, Match, Viewer, Want};
use domain::territory::Point;
use std::collections::BTreeSet;
use store::{ReadTx, resources};

/// Cards read to be weighed.
const READ: usize = 400;

/// A card with why it fits.
#[derive(Debug, Clone)]
pub struct Fitting {
    /// The card.
    pub card: CardRow,
    /// Why.
    pub fit: Match,
}

/// A card that was found: how well, why, and where it is.
type Found = (CardId, i64, Vec<Why>, Option<Point>);

/// Cards that this viewer may see and that fit, in the order of [`domain::resources::MATCH_ORDER`], without `not`.
pub(crate) fn fitting(
    app: &App,
    tx: &ReadTx<'_>,
    viewer: &Viewer,
    (want, not): (&Want, &[CardId]),
) -> Result<Vec<Fitting>, Failure> {
    let today = app.today();
    let found: Vec<Found> = app.shelf.with(tx, |cards| {
        let index = &cards.index;
        let all = want.candidates(index, viewer, today).into_iter().filter(|(id, ..)| !not.contains(id));
        let placed = all.map(|(id, worth, why)| (id, worth, why, index.entry(id).and_then(|entry| entry.point)));
        placed.take(READ).collect()
    })?;
    let ids: Vec<CardId> = found.iter().map(|(id, ..)| *id).collect();
    // Asked once more of the card itself: what changed in between is not shown.
    let rows: Vec<CardRow> = resources::some(tx, &ids)?.into_iter().filter(|row| row.seen.by(viewer, today)).collect();
    let weighed: Vec<(Candidate<'_>, i64, Vec<String>)> = rows
        .iter()
        .filter_map(|row| {
            let (_, worth, why, point) = found.iter().find(|(id, ..)| *id == row.id)?;
            Some((candidate(row, *point), *worth, said(row, why)))
        })
        .collect();
    let fits = want.order(&weighed, today);
    let card = |fit: Match| Some(Fitting { card: rows.iter().find(|row| row.id == fit.id)?.clone(), fit });
    Ok(fits.into_iter().filter_map(card).collect())
}

fn candidate(row: &CardRow, point: Option<Point>) -> Candidate<'_> {
    Candidate {
        id: row.id,
        content: &row.content,
        point,
        space: row.space,
        confirmed_on: row.confirmed_on,
        due_on: row.due_on,
    }
}

/// The words as they stand on the card; what is found in its facts is said by other reasons.
fn said(row: &CardRow, why: &[Why]) -> Vec<String> {
    let space = row.space_name.as_deref().unwrap_or_default();
    let word = |why: &Why| word_at(&row.content, space, (why.place, &why.term)).map(str::to_owned);
    why.iter().filter(|why| why.place != Place::Where).filter_map(word).collect::<BTreeSet<_>>().into_iter().collect()
}
