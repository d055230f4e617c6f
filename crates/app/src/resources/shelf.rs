// SPDX-License-Identifier: EUPL-1.2
//! The search of an office in memory. It follows the store by the number of the last change, which every search reads
//! first: what was committed before is found, on every engine and in every process.

use super::import_take::Jobs;
use super::kept::Kept;
use crate::core::Failure;
use domain::kernel::Moment;
use domain::resources::search::{Entry, Index};
use std::sync::{Mutex, PoisonError, RwLock};
use store::resources::{self, CardRow, erasures};
use store::{ReadTx, StoreError};
use tokio::sync::Semaphore;

/// Cards read at once.
const STEP: i64 = 2_000;

/// The index, and the number up to which it is true.
#[derive(Default)]
pub(crate) struct Shelf {
    index: RwLock<(i64, Index)>,
    pub(crate) flood: Flood,
    pub(crate) jobs: Jobs,
    pub(crate) turns: Turns,
    pub(crate) kept: Kept,
}

/// Files that are read at the same moment: each may take some hundred megabytes while it is read.
const AT_ONCE: usize = 2;

/// Who reads a large file waits for one of few turns.
pub(crate) struct Turns(Semaphore);

impl Default for Turns {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

impl Turns {
    /// Does heavy work beside the threads that answer, when it is its turn.
    pub(crate) async fn take<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let stopped = || Failure::Broken(StoreError::Engine("reading a file was stopped".to_owned()));
        let turn = self.0.acquire().await.map_err(|_| stopped())?;
        let done = tokio::task::spawn_blocking(work).await.map_err(|_| stopped());
        drop(turn);
        done
    }
}

/// So many errors may be told in [`MINUTES`], by all people together.
const MOST: u32 = 60;
const MINUTES: i64 = 60;

/// Counts what people tell without signing in. In memory: a restart forgives.
#[derive(Default)]
pub(crate) struct Flood(Mutex<(u32, Option<Moment>)>);

impl Flood {
    /// Counts one more; may it come in?
    pub(crate) fn admits(&self, now: Moment) -> bool {
        let mut count = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if count.1.is_none_or(|since| since.plus_minutes(MINUTES) <= now) {
            *count = (0, Some(now));
        }
        count.0 = count.0.saturating_add(1);
        count.0 <= MOST
    }
}

impl Shelf {
    /// Asks the index as it is for this transaction, or a little newer.
    pub(crate) fn with<T>(&self, tx: &ReadTx<'_>, ask: impl FnOnce(&Index) -> T) -> Result<T, Failure> {
        let head = resources::head(tx)?;
        {
            let known = self.index.read().unwrap_or_else(PoisonError::into_inner);
            if known.0 >= head {
                return Ok(ask(&known.1));
            }
        }
        let mut known = self.index.write().unwrap_or_else(PoisonError::into_inner);
        if known.0 < head {
            catch_up(tx, &mut known, head)?;
        }
        Ok(ask(&known.1))
    }
}

fn entry(row: &CardRow) -> Entry {
    Entry { added_at: row.added_at.0, ..Entry::of(row.id, &row.content, row.seen, row.space, row.due_on) }
}

fn catch_up(tx: &ReadTx<'_>, known: &mut (i64, Index), head: i64) -> Result<(), StoreError> {
    if known.0 == 0 {
        let mut all: Vec<CardRow> = Vec::new();
        loop {
            let step = resources::changed_since(tx, all.last().map_or(0, |row| row.changed), STEP)?;
            let last = step.len() < usize::try_from(STEP).unwrap_or_default();
            all.extend(step);
            if last {
                break;
            }
        }
        let named = all.iter().map(|row| (entry(row), &row.content, row.space_name.as_deref().unwrap_or_default()));
        *known = (head, Index::built(named));
        return Ok(());
    }
    for erased in erasures::erased_since(tx, known.0)? {
        known.1.remove(erased);
    }
    loop {
        let step = resources::changed_since(tx, known.0, STEP)?;
        for row in &step {
            known.1.put(entry(row), &row.content, row.space_name.as_deref().unwrap_or_default());
            known.0 = row.changed;
        }
        if step.len() < usize::try_from(STEP).unwrap_or_default() {
            // The last change may be an erasure, which no row tells of.
            known.0 = head;
            return Ok(());
        }
    }
}
