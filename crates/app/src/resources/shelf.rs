// SPDX-License-Identifier: EUPL-1.2
//! The search of an office in memory. It follows the store by the number of the last change, which every search reads
//! first: what was committed before is found, on every engine and in every process.

use super::doubles::AlikeKeys;
use super::import_take::Jobs;
use super::kept::Kept;
use crate::core::{App, Failure};
use domain::kernel::CardId;
use domain::resources::CardText;
use domain::resources::search::{Entry, Index, Said};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use store::resources::{self, CardRow, erasures, texts};
use store::{ReadTx, StoreError};
use tokio::sync::Semaphore;

/// Cards read at once.
const STEP: i64 = 2_000;
/// Changed cards put in without letting others look.
const AT_ONCE: usize = 50;

/// The cards of an office: the index, and what stands on each, so that a list asks the store for nothing but a number.
#[derive(Default)]
pub(crate) struct Cards {
    /// The number of the last change that is taken in.
    number: i64,
    pub(super) index: Index,
    rows: HashMap<CardId, Arc<CardRow>>,
    texts: Texts,
}

/// The texts of cards in other languages; of those cards that have some.
type Texts = HashMap<CardId, Arc<[CardText]>>;

/// The cards, and who may write to them.
#[derive(Default)]
pub(crate) struct Shelf {
    cards: RwLock<Cards>,
    /// Held by the one that takes changes in, so that nobody lays an older state over a newer one.
    writing: Mutex<()>,
    /// Waited for without a thread and without a reader's place: the first filling may take seconds.
    turn: tokio::sync::Mutex<()>,
    /// What double cards are found by.
    pub(super) keys: AlikeKeys,
    pub(crate) jobs: Jobs,
    pub(crate) turns: Turns,
    pub(crate) kept: Kept,
}

/// Files that are read at the same moment: each may take some hundred megabytes while it is read.
const READ_AT_ONCE: usize = 2;

/// Who reads a large file waits for one of few turns.
pub(crate) struct Turns(Semaphore);

impl Default for Turns {
    fn default() -> Self {
        Self(Semaphore::new(READ_AT_ONCE))
    }
}

impl Turns {
    /// Does heavy work beside the threads that answer, when it is its turn.
    pub(crate) async fn take<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let stopped = |why: String| Failure::Broken(StoreError::Engine(format!("reading a file was stopped: {why}")));
        let turn = self.0.acquire().await.map_err(|error| stopped(error.to_string()))?;
        let done = tokio::task::spawn_blocking(work).await.map_err(|error| stopped(error.to_string()));
        drop(turn);
        done
    }
}

impl Cards {
    /// What stands on a card.
    pub(super) fn row(&self, id: CardId) -> Option<&Arc<CardRow>> {
        self.rows.get(&id)
    }

    /// What it says in other languages.
    pub(super) fn texts(&self, id: CardId) -> Arc<[CardText]> {
        self.texts.get(&id).map_or_else(|| Arc::new([]), Arc::clone)
    }

    /// All cards.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Arc<CardRow>> {
        self.rows.values()
    }

    fn put(&mut self, row: CardRow, texts: Option<Arc<[CardText]>>) {
        self.index.put(entry(&row), &row.content, said(&row, texts.as_deref().unwrap_or_default()));
        match texts {
            Some(texts) => self.texts.insert(row.id, texts),
            None => self.texts.remove(&row.id),
        };
        self.number = row.changed;
        self.rows.insert(row.id, Arc::new(row));
    }

    fn put_with(&mut self, row: CardRow, texts: &mut Texts) {
        let texts = texts.remove(&row.id);
        self.put(row, texts);
    }

    fn remove(&mut self, id: CardId) {
        self.index.remove(id);
        self.rows.remove(&id);
        self.texts.remove(&id);
    }
}

impl Shelf {
    /// Takes in what was committed before this call. To be awaited before [`Shelf::with`] is used in a transaction.
    pub(crate) async fn ready(app: &App) -> Result<(), Failure> {
        let head = app.glance(|tx| Ok(resources::head(tx)?)).await?;
        if app.shelf.number() >= head {
            return Ok(());
        }
        let _turn = app.shelf.turn.lock().await;
        if app.shelf.number() >= head {
            return Ok(());
        }
        let house = app.clone();
        app.read(move |tx| Ok(house.shelf.catch_up(tx)?)).await
    }

    /// Asks the cards as they are now, without asking the store whether they are true; see [`Shelf::ready`].
    pub(super) fn look<T>(&self, ask: impl FnOnce(&Cards) -> T) -> T {
        ask(&self.cards.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks the cards as they are for this transaction, or a little newer.
    pub(super) fn with<T>(&self, tx: &ReadTx<'_>, ask: impl FnOnce(&Cards) -> T) -> Result<T, Failure> {
        if self.number() < resources::head(tx)? {
            self.catch_up(tx)?;
        }
        Ok(self.look(ask))
    }

    fn number(&self) -> i64 {
        self.look(|cards| cards.number)
    }

    fn change<T>(&self, act: impl FnOnce(&mut Cards) -> T) -> T {
        act(&mut self.cards.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in what this transaction sees and the shelf does not know.
    fn catch_up(&self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, head) = (self.number(), resources::head(tx)?);
        if number >= head {
            return Ok(());
        }
        if number == 0 {
            let all = fill(tx, head)?;
            self.change(|cards| *cards = all);
            return Ok(());
        }
        let erased = erasures::erased_since(tx, number)?;
        self.change(|cards| erased.into_iter().for_each(|card| cards.remove(card)));
        loop {
            let (step, mut texts) = step(tx, self.number())?;
            let last = step.len() < usize::try_from(STEP).unwrap_or_default();
            let mut rows = step.into_iter().peekable();
            // A few at a time: nobody who searches waits for many.
            while rows.peek().is_some() {
                let few = rows.by_ref().take(AT_ONCE);
                self.change(|cards| few.for_each(|row| cards.put_with(row, &mut texts)));
            }
            if last {
                // The last change may be an erasure, which no row tells of.
                self.change(|cards| cards.number = head);
                return Ok(());
            }
        }
    }
}

fn entry(row: &CardRow) -> Entry {
    Entry { added_at: row.written_at.0, ..Entry::of(row.id, &row.content, row.seen, row.space, row.due_on) }
}

/// What is said of a card beside its own words.
pub(super) fn said<'a>(row: &'a CardRow, texts: &'a [CardText]) -> Said<'a> {
    Said { space: row.space_name.as_deref().unwrap_or_default(), texts }
}

/// The next cards after a change, with their texts.
fn step(tx: &ReadTx<'_>, after: i64) -> Result<(Vec<CardRow>, Texts), StoreError> {
    let rows = resources::changed_since(tx, after, STEP)?;
    let until = rows.last().map_or(after, |row| row.changed);
    let mut texts: HashMap<CardId, Vec<CardText>> = HashMap::new();
    for (card, text) in texts::of_changed(tx, (after, until))? {
        texts.entry(card).or_default().push(text);
    }
    Ok((rows, texts.into_iter().map(|(card, texts)| (card, texts.into())).collect()))
}

/// All cards at once.
fn fill(tx: &ReadTx<'_>, head: i64) -> Result<Cards, StoreError> {
    let (mut all, mut texts): (Vec<CardRow>, Texts) = (Vec::new(), HashMap::new());
    loop {
        let (step, more) = step(tx, all.last().map_or(0, |row| row.changed))?;
        let last = step.len() < usize::try_from(STEP).unwrap_or_default();
        all.extend(step);
        texts.extend(more);
        if last {
            break;
        }
    }
    let texts_of = |row: &CardRow| texts.get(&row.id).map_or(&[][..], |texts| texts);
    let index = Index::built(all.iter().map(|row| (entry(row), &row.content, said(row, texts_of(row)))));
    Ok(Cards { number: head, index, rows: all.into_iter().map(|row| (row.id, Arc::new(row))).collect(), texts })
}
