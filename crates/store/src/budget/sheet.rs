// SPDX-License-Identifier: EUPL-1.2
//! Bookings that are decided and not written yet, and what is known of the book since it was locked.

use super::behind::{self, ADD_TO_QUARTER, OfQuarter};
use super::ledger::{ADD_TO_DAY, APPEND, APPEND_MOVE, SEAL};
use super::promises::{KEEP, PromiseView};
use super::statistics::ADD_TO_PURPOSE;
use crate::db::{Head, ReadTx, StoreError, Value};
use domain::budget::{Account, YearState};
use domain::kernel::{Balance, Day, PotId, PromiseId};
use std::collections::{BTreeMap, HashMap};

/// A pot, and the five codes of a purpose.
pub(super) type OfPurpose = (PotId, [&'static str; 5]);

/// A part of the book that still is to be written, in the order in which it must be.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(super) promises: BTreeMap<PromiseId, Vec<Value>>,
    pub(super) bookings: Vec<Vec<Value>>,
    pub(super) moves: Vec<Vec<Value>>,
    pub(super) days: BTreeMap<(PotId, &'static str, Day), i64>,
    pub(super) purposes: BTreeMap<OfPurpose, i64>,
    pub(super) quarters: BTreeMap<OfQuarter, i64>,
    /// The last booking, written or not; known only while the book is locked.
    pub(super) head: Option<Head>,
    /// Promises as they are now.
    pub(super) known: HashMap<PromiseId, PromiseView>,
    /// Years as they are now.
    pub(super) years: HashMap<i16, YearState>,
    /// Something was written past this sheet: what those before knew may be wrong.
    past: bool,
}

impl Sheet {
    /// Lays the sheet of a change that is done on this one.
    pub(crate) fn add(&mut self, done: Self) {
        if done.past {
            self.known.clear();
            self.years.clear();
        }
        self.promises.extend(done.promises);
        self.bookings.extend(done.bookings);
        self.moves.extend(done.moves);
        done.days.into_iter().for_each(|(key, cents)| *self.days.entry(key).or_default() += cents);
        done.purposes.into_iter().for_each(|(key, cents)| *self.purposes.entry(key).or_default() += cents);
        done.quarters.into_iter().for_each(|(key, cents)| *self.quarters.entry(key).or_default() += cents);
        self.head = done.head.or(self.head.take());
        self.known.extend(done.known);
        self.years.extend(done.years);
    }

    /// Something is written past this sheet.
    pub(crate) fn wrote_past(&mut self) {
        self.past = true;
        self.known.clear();
        self.years.clear();
    }

    /// Does what those before knew still hold?
    pub(super) fn trusts_base(&self) -> bool {
        !self.past
    }

    /// Takes off what is to be written.
    pub(crate) fn take_unwritten(&mut self) -> Option<Self> {
        if self.promises.is_empty() && self.bookings.is_empty() {
            return None;
        }
        Some(Self {
            promises: std::mem::take(&mut self.promises),
            bookings: std::mem::take(&mut self.bookings),
            moves: std::mem::take(&mut self.moves),
            days: std::mem::take(&mut self.days),
            purposes: std::mem::take(&mut self.purposes),
            quarters: std::mem::take(&mut self.quarters),
            head: self.head.clone(),
            ..Self::default()
        })
    }

    /// What a pot's accounts gained in bookings that are not written yet, until the end of a day.
    pub(super) fn unwritten(&self, pot: PotId, until: Option<Day>) -> Vec<(Account, Balance)> {
        let of_pot = self.days.iter().filter(|((of, _, day), _)| *of == pot && until.is_none_or(|until| *day <= until));
        of_pot
            .filter_map(|((_, code, _), cents)| Some((Account::from_code(code)?, Balance::from_cents(*cents))))
            .collect()
    }

    /// Writes it: as many rows a statement as there are.
    pub(crate) fn write(self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        let days = self
            .days
            .into_iter()
            .map(|((pot, account, day), cents)| vec![pot.into(), account.into(), day.into(), cents.into()]);
        let purposes = self.purposes.into_iter().map(|((pot, codes), cents)| {
            let codes = codes.into_iter().map(Value::from);
            std::iter::once(pot.into()).chain(codes).chain([cents.into()]).collect()
        });
        tx.put_all(&KEEP, self.promises.into_values().collect())?;
        let any = !self.bookings.is_empty();
        tx.put_all(&APPEND, self.bookings)?;
        tx.put_all(&APPEND_MOVE, self.moves)?;
        tx.put_all(&ADD_TO_DAY, days.collect())?;
        tx.put_all(&ADD_TO_PURPOSE, purposes.collect())?;
        tx.put_all(&ADD_TO_QUARTER, self.quarters.into_iter().map(behind::row).collect())?;
        match self.head {
            Some((seq, hash)) if any => tx.put_all(&SEAL, vec![vec![seq.into(), hash.into()]]),
            _ => Ok(()),
        }
    }
}
