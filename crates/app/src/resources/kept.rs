// SPDX-License-Identifier: EUPL-1.2
//! Answers about public cards that were made already. Machines ask for the same list again and again; until a card
//! changes, or a day ends on which a consent may end, it is the same answer. In memory, and little of it.

use crate::core::{App, Failure};
use domain::kernel::{CardId, Day};
use domain::resources::Viewer;
use domain::resources::search::Asked;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use store::resources::{self, CardRow};

/// Bytes that are kept of all answers together.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Answers that are kept.
const MOST_ANSWERS: usize = 256;

/// Up to which change, and for which day, an answer is true.
pub type Edition = (i64, Day);

/// What is kept, oldest first, all of one edition.
#[derive(Default)]
struct Answers {
    edition: Option<Edition>,
    all: VecDeque<(String, Arc<[u8]>)>,
    bytes: usize,
}

/// The answers, and who makes a large one.
#[derive(Default)]
pub(crate) struct Kept {
    answers: Mutex<Answers>,
    making: tokio::sync::Mutex<()>,
}

impl Answers {
    fn turn_to(&mut self, edition: Edition) {
        if self.edition != Some(edition) {
            *self = Self { edition: Some(edition), ..Self::default() };
        }
    }

    fn keep(&mut self, key: &str, bytes: &Arc<[u8]>) {
        if bytes.len() > MOST_BYTES / 2 || self.all.iter().any(|(known, _)| known == key) {
            return;
        }
        self.bytes += bytes.len();
        self.all.push_back((key.to_owned(), Arc::clone(bytes)));
        while self.bytes > MOST_BYTES || self.all.len() > MOST_ANSWERS {
            let Some((_, gone)) = self.all.pop_front() else { return };
            self.bytes -= gone.len();
        }
    }
}

/// The edition of the public cards at this moment.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn edition(app: &App) -> Result<Edition, Failure> {
    let today = app.today();
    app.read(move |tx| Ok((resources::head(tx)?, today))).await
}

/// An answer that was made for this edition.
#[must_use]
pub fn kept_answer(app: &App, edition: Edition, key: &str) -> Option<Arc<[u8]>> {
    let mut answers = app.shelf.kept.answers.lock().unwrap_or_else(PoisonError::into_inner);
    answers.turn_to(edition);
    answers.all.iter().find(|(known, _)| known == key).map(|(_, bytes)| Arc::clone(bytes))
}

/// Keeps an answer for this edition, if it is not too large.
#[must_use]
pub fn keep_answer(app: &App, edition: Edition, key: &str, bytes: Vec<u8>) -> Arc<[u8]> {
    let bytes: Arc<[u8]> = bytes.into();
    let mut answers = app.shelf.kept.answers.lock().unwrap_or_else(PoisonError::into_inner);
    answers.turn_to(edition);
    answers.keep(key, &bytes);
    bytes
}

/// Whoever makes a file of all cards waits for whoever makes one already: one at a time is held in memory.
pub async fn one_at_a_time(app: &App) -> tokio::sync::MutexGuard<'_, ()> {
    app.shelf.kept.making.lock().await
}

/// The ids of a window of the cards that are found, and how many are found in all. Beyond the end there is nothing, and
/// nothing is read for it.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn ids(
    app: &App,
    viewer: Viewer,
    asked: Asked,
    (skip, size): (usize, usize),
) -> Result<(usize, Vec<CardId>), Failure> {
    let house = app.clone();
    let asked = Asked { limit: skip.saturating_add(size), after: None, ..asked };
    app.read(move |tx| {
        let found = house.shelf.with(tx, |cards| cards.index.ask(&asked, &viewer))?;
        Ok((found.total, found.hits.into_iter().skip(skip).map(|hit| hit.id).collect()))
    })
    .await
}

/// Cards in the order of their ids, as far as the viewer may see them today.
///
/// # Errors
/// [`Failure::Broken`].
pub async fn cards(app: &App, viewer: Viewer, ids: &[CardId]) -> Result<Vec<CardRow>, Failure> {
    let (ids, today) = (ids.to_vec(), app.today());
    app.read(move |tx| {
        let mut rows: Vec<CardRow> = resources::some(tx, &ids)?;
        // Asked once more of the card itself: what changed in between is not shown.
        rows.retain(|row| row.seen.by(&viewer, today));
        Ok(rows)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(size: usize) -> Arc<[u8]> {
        vec![0; size].into()
    }

    #[test]
    fn little_is_kept_and_only_of_one_edition() {
        let day = Day::parse("2026-11-20").unwrap();
        let mut answers = Answers::default();
        answers.turn_to((1, day));
        answers.keep("huge", &of(MOST_BYTES));
        assert!(answers.all.is_empty());
        for n in 0..MOST_ANSWERS + 10 {
            answers.keep(&n.to_string(), &of(10));
        }
        assert_eq!((answers.all.len(), answers.bytes), (MOST_ANSWERS, MOST_ANSWERS * 10));
        (0..4).for_each(|n| answers.keep(&format!("large {n}"), &of(MOST_BYTES / 3)));
        assert!(answers.bytes <= MOST_BYTES && answers.all.iter().any(|(key, _)| key == "large 3"));
        answers.turn_to((1, day));
        assert!(!answers.all.is_empty());
        answers.turn_to((2, day));
        assert!(answers.all.is_empty() && answers.bytes == 0);
    }
}
