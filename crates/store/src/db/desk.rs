// SPDX-License-Identifier: EUPL-1.2
//! What changes that share a transaction have decided and not written yet. One that is refused takes its own sheet away;
//! what is left is written in few statements at the end, or before a statement that could see it.

use super::StoreError;
use crate::audit::Entry;
use crate::budget::Sheet;
use domain::kernel::{Moment, UserId};
use std::cell::{Cell, RefCell};
use uuid::Uuid;

/// The last link of a chain: number and seal.
pub(crate) type Head = (i64, String);

/// A key that acted, and what came of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Acted {
    pub user: UserId,
    pub id: Uuid,
    pub fingerprint: Uuid,
    pub outcome: Uuid,
    pub at: Moment,
}

/// What one change, or all before it, have decided.
#[derive(Default)]
pub(crate) struct Layer {
    pub book: Sheet,
    pub log: Vec<Entry>,
    pub(super) keys: Vec<Acted>,
}

/// The desk of one transaction.
#[derive(Default)]
pub(crate) struct Desk {
    /// What is done: by those before, or known since the beginning.
    pub base: RefCell<Layer>,
    /// What the change is doing that runs now.
    pub own: RefCell<Layer>,
    /// Others share the transaction, so that one alone must be able to go back.
    shared: bool,
    /// A savepoint stands before what the change wrote.
    pub(super) saved: Cell<bool>,
    trouble: RefCell<Option<StoreError>>,
}

impl Desk {
    pub(super) fn new(shared: bool) -> Self {
        Self { shared, ..Self::default() }
    }

    /// Must a savepoint be made before the change writes?
    pub(super) fn wants_savepoint(&self) -> bool {
        self.shared && !self.saved.replace(true)
    }

    /// The engine failed; the first failure tells most.
    pub(super) fn note(&self, error: &StoreError) {
        self.trouble.borrow_mut().get_or_insert_with(|| error.clone());
    }

    pub(super) fn trouble(&self) -> Option<StoreError> {
        self.trouble.borrow().clone()
    }

    /// The change is done: what it decided stands for those behind it.
    pub(super) fn accept(&self) {
        let Layer { book, log, keys } = self.own.take();
        let mut base = self.base.borrow_mut();
        base.book.add(book);
        base.log.extend(log);
        base.keys.extend(keys);
        self.saved.set(false);
    }

    /// The change is refused: nothing of it is left here.
    pub(super) fn drop_own(&self) {
        self.own.take();
        self.trouble.take();
        self.saved.set(false);
    }
}
