// SPDX-License-Identifier: EUPL-1.2
//! What a search writes down while it runs. Kept from one search to the next: to wipe what was touched costs less than
//! to ask for empty memory for all cards.

use std::sync::{Mutex, PoisonError};

/// Has a slot been asked yet?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
    #[default]
    New,
    Fits,
    Not,
}

/// What is known of one slot.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cell {
    /// What all words so far are worth.
    pub sum: u32,
    /// What the present word is worth.
    pub best: u32,
    pub state: State,
}

/// One search's notes.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub cells: Vec<Cell>,
    /// Slots whose cells are to be wiped.
    pub touched: Vec<u32>,
    /// Slots that the present word reached.
    pub reached: Vec<u32>,
    /// Trigrams shared with each term, all zero between two uses.
    pub shared: Vec<u8>,
}

impl Scratch {
    fn wipe(&mut self) {
        for slot in self.touched.drain(..) {
            self.cells[slot as usize] = Cell::default();
        }
        self.reached.clear();
    }
}

/// Notes that nobody uses at the moment.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<Scratch>>);

impl Pool {
    /// Runs a search with notes for so many slots and terms.
    pub fn with<T>(&self, (slots, terms): (usize, usize), run: impl FnOnce(&mut Scratch) -> T) -> T {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut scratch = free.unwrap_or_default();
        scratch.cells.resize(slots, Cell::default());
        scratch.shared.resize(terms, 0);
        let outcome = run(&mut scratch);
        scratch.wipe();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        outcome
    }
}
