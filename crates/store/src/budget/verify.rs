// SPDX-License-Identifier: EUPL-1.2
//! Proves the book: every seal, every sum of a day, every promise, from the first booking to the head.

use super::ledger::{Sealed, codes, purpose};
use super::statistics::paid;
use crate::db::{ReadTx, StoreError};
use crate::row::Row;
use domain::budget::{Account, Booking, EntryKind, MoneyKind};
use domain::kernel::{Amount, CommissionId, EntryId, PotId, PromiseId, RegionId, TransmissionId};
use std::collections::{BTreeMap, BTreeSet};

crate::statement! {
    CHAIN = "SELECT b.seq, b.id, b.kind, b.cents, b.note, b.resolution, b.promise_id, b.commission_id, b.agency_id, b.counters,
               b.booked_on, b.booked_at, b.booked_by, b.hash, b.paragraph, b.form, b.side, b.product, b.flow
             FROM booking b WHERE b.office_id = $1 AND b.seq > $2 ORDER BY b.seq LIMIT 1000";
    MOVES_UP_TO = "SELECT b.seq, e.seq, e.pot_id, e.source, e.target, e.cents FROM booking b
                   JOIN ledger_entry e ON e.office_id = b.office_id AND e.booking_id = b.id
                   WHERE b.office_id = $1 AND b.seq > $2 AND b.seq <= $3 ORDER BY b.seq, e.line";
    COUNT_MOVES = "SELECT COUNT(*) FROM ledger_entry WHERE office_id = $1";
    DAYS = "SELECT pot_id, account, booked_on, cents FROM account_day WHERE office_id = $1 ORDER BY pot_id, account, booked_on";
    PURPOSES = "SELECT pot_id, paragraph, form, side, product, flow, cents FROM purpose_sum WHERE office_id = $1
                ORDER BY pot_id, paragraph, form, side, product, flow";
    PROMISES = "SELECT id, promised, drawn, advanced, returned FROM promise WHERE office_id = $1 ORDER BY id";
    PAID_KEPT = "SELECT region_id, month, cents FROM payment_sum WHERE office_id = $1 ORDER BY region_id, month";
    PAID = "SELECT region_id, month, CAST(SUM(cents) AS BIGINT) FROM payment WHERE office_id = $1 AND region_id IS NOT NULL
            GROUP BY region_id, month ORDER BY region_id, month";
    HELP_KEPT = "SELECT commission_id, year, cents, last_month FROM commission_paid WHERE office_id = $1 ORDER BY commission_id, year";
    HELP_PAID = "SELECT commission_id, CAST(SUBSTR(month, 1, 4) AS BIGINT), CAST(SUM(cents) AS BIGINT), MAX(month) FROM payment
                 WHERE office_id = $1 AND commission_id IS NOT NULL GROUP BY commission_id, SUBSTR(month, 1, 4)
                 ORDER BY commission_id, SUBSTR(month, 1, 4)";
    OWED_KEPT = "SELECT transmission_id, month FROM unpaid_proof WHERE office_id = $1 ORDER BY transmission_id, month";
    OWED = "SELECT DISTINCT s.transmission_id, s.month FROM service_proof s
            JOIN transmission x ON x.office_id = s.office_id AND x.id = s.transmission_id
            WHERE s.office_id = $1 AND NOT EXISTS (
              SELECT 1 FROM payment y WHERE y.office_id = s.office_id AND y.commission_id = x.object_id AND y.month = s.month)
            ORDER BY s.transmission_id, s.month";
    CAPPED = "SELECT p.id, p.kind, CAST(SUM(d.cents) AS BIGINT) FROM pot p
              JOIN account_day d ON d.office_id = p.office_id AND d.pot_id = p.id AND d.account = 'available'
              WHERE p.office_id = $1 GROUP BY p.id, p.kind ORDER BY p.id";
    HEAD = "SELECT seq, hash FROM ledger_head WHERE office_id = $1";
}

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The seal of this booking, or the one before, does not fit: something was altered.
    Seal(i64),
    /// This number is missing in the book, or stands there twice.
    Gap(i64),
    /// The moves of this booking are not those of its kind, or of another amount.
    Moves(i64),
    /// The last booking is not the one that the head names.
    Head(i64),
    /// A move without a booking.
    Stray,
    /// The kept sum of an account's day is not what its bookings say: pot, account, day, kept and booked cents.
    Day(PotId, String, String, i64, i64),
    /// The kept sum of a pot's purpose is not what its bookings say: pot, codes, kept and booked cents.
    Purpose(PotId, String, i64, i64),
    /// What is kept of a promise is not what its bookings say.
    Promise(PromiseId),
    /// The kept sum of a region's month is not what was paid: region, month, kept and paid cents.
    Paid(RegionId, String, i64, i64),
    /// The kept sum of a help's year, or its last month, is not what was paid: commission, year, kept and paid cents.
    Help(CommissionId, i64, i64, i64),
    /// A month that an agency has proven is kept as owed and was paid, or the other way round.
    Owed(TransmissionId, String),
    /// What is kept of a pot's quarter for readers of sums is not what its bookings say: pot, last day.
    Quarter(PotId, String),
    /// What left one pot did not come into another: account and cents.
    Clearing(&'static str, i64),
    /// Capped money is overdrawn: pot and cents.
    Overdrawn(PotId, i64),
}

/// What was proven.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// Bookings read.
    pub bookings: i64,
    /// The seal of the last one.
    pub seal: String,
    /// What does not fit.
    pub faults: Vec<Fault>,
}

type Days = BTreeMap<(PotId, String, String), i64>;
type Purposes = BTreeMap<(PotId, String), i64>;
type Promises = BTreeMap<PromiseId, [i64; 4]>;

#[derive(Default)]
struct Walk {
    proof: Proof,
    moves: i64,
    days: Days,
    purposes: Purposes,
    promises: Promises,
    kinds: BTreeMap<EntryId, EntryKind>,
}

/// Proves the whole book of the office.
///
/// # Errors
/// When the engine fails, or a row cannot be read at all.
pub fn verify(tx: &ReadTx<'_>) -> Result<Proof, StoreError> {
    let mut walk = Walk::default();
    let mut after = i64::MIN;
    loop {
        let (sealed, last) = page(tx, after)?;
        if sealed.is_empty() {
            break;
        }
        for (booking, hash) in sealed {
            walk.step(&booking, hash);
        }
        after = last;
    }
    walk.check_head(tx)?;
    walk.check_days(tx)?;
    walk.check_purposes(tx)?;
    walk.check_promises(tx)?;
    walk.check_payments(tx)?;
    walk.check_pots(tx)?;
    let quarters = super::verify_quarters::faults(tx)?;
    walk.proof.faults.extend(quarters.into_iter().map(|(pot, end)| Fault::Quarter(pot, end)));
    Ok(walk.proof)
}

/// The next bookings with their seals, and the last number.
fn page(tx: &ReadTx<'_>, after: i64) -> Result<(Vec<(Sealed, String)>, i64), StoreError> {
    let (mut all, mut last) = (Vec::new(), after);
    for row in tx.rows(&CHAIN, &[after.into()])? {
        let mut row = row.read("booking");
        let mut sealed = Sealed {
            seq: row.int()?,
            id: row.id()?,
            kind: row.code(EntryKind::from_code)?,
            amount: Amount::from_cents(row.int()?).or(Err(StoreError::Inconsistent("booking", "cents".into())))?,
            note: row.text()?,
            resolution: row.maybe_text()?,
            promise: row.maybe_id()?,
            commission: row.maybe_id()?,
            agency: row.maybe_id()?,
            counters: row.maybe_id()?,
            on: row.day()?,
            at: row.moment()?,
            by: row.id()?,
            purpose: None,
            moves: Vec::new(),
        };
        let hash = row.text()?;
        sealed.purpose = purpose(&mut row)?;
        last = sealed.seq;
        all.push((sealed, hash));
    }
    let mut at = 0;
    for row in tx.rows(&MOVES_UP_TO, &[after.into(), last.into()])? {
        let mut row = row.read("ledger_entry");
        let (seq, own) = (row.int()?, row.int()?);
        let (pot, source, target) = (row.id()?, row.code(Account::from_code)?, row.code(Account::from_code)?);
        while all.get(at).is_some_and(|(sealed, _)| sealed.seq < seq) {
            at += 1;
        }
        let cents = row.int()?;
        // A move that stands elsewhere in the pot's list is as wrong as one of another amount.
        let cents = if own == seq { cents } else { -1 };
        if let Some((sealed, _)) = all.get_mut(at) {
            sealed.moves.push((pot, source, target, cents));
        }
    }
    Ok((all, last))
}

impl Walk {
    fn step(&mut self, sealed: &Sealed, hash: String) {
        let proof = &mut self.proof;
        if sealed.seq != proof.bookings + 1 {
            proof.faults.push(Fault::Gap(proof.bookings + 1));
        }
        if sealed.hash(&proof.seal) != hash {
            proof.faults.push(Fault::Seal(sealed.seq));
        }
        let cents = sealed.amount.cents();
        let ways: Vec<_> = sealed.moves.iter().map(|(pot, source, target, _)| (*pot, *source, *target)).collect();
        let whole = sealed.moves.iter().all(|one| one.3 == cents);
        if !whole || Booking::kept(sealed.kind, sealed.amount, &ways).is_none() {
            proof.faults.push(Fault::Moves(sealed.seq));
        }
        (proof.bookings, proof.seal) = (sealed.seq, hash);
        self.moves += i64::try_from(sealed.moves.len()).unwrap_or_default();
        for (pot, source, target, cents) in &sealed.moves {
            for (account, cents) in [(source, -cents), (target, *cents)] {
                *self.days.entry((*pot, account.code().to_owned(), sealed.on.to_string())).or_default() += cents;
            }
            if let Some(purpose) = &sealed.purpose {
                let key = (*pot, codes(purpose).join("/"));
                *self.purposes.entry(key).or_default() += paid(*source, *target, *cents);
            }
        }
        self.kinds.insert(sealed.id, sealed.kind);
        if let Some(promise) = sealed.promise {
            let (kind, sign) = match sealed.counters.and_then(|id| self.kinds.get(&id)) {
                Some(original) => (*original, -cents),
                None => (sealed.kind, cents),
            };
            add(self.promises.entry(promise).or_default(), kind, sign);
        }
    }

    fn check_head(&mut self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        let (seq, hash) = match tx.one(&HEAD, &[])? {
            None => (0, String::new()),
            Some(row) => {
                let mut row = row.read("ledger_head");
                (row.int()?, row.text()?)
            }
        };
        if (seq, &hash) != (self.proof.bookings, &self.proof.seal) {
            self.proof.faults.push(Fault::Head(seq));
        }
        let moves = tx.one(&COUNT_MOVES, &[])?.map_or(Ok(0), |row| row.read("ledger_entry").int())?;
        if moves != self.moves {
            self.proof.faults.push(Fault::Stray);
        }
        Ok(())
    }

    fn check_days(&mut self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        let mut kept: Days = BTreeMap::new();
        for row in tx.rows(&DAYS, &[])? {
            let mut row = row.read("account_day");
            kept.insert((row.id()?, row.text()?, row.text()?), row.int()?);
        }
        for key in self.days.keys().chain(kept.keys().filter(|key| !self.days.contains_key(*key))) {
            let (kept, booked) = (kept.get(key).copied(), self.days.get(key).copied());
            if kept != booked {
                let (pot, account, day) = key.clone();
                let fault = Fault::Day(pot, account, day, kept.unwrap_or_default(), booked.unwrap_or_default());
                self.proof.faults.push(fault);
            }
        }
        for account in Account::ALL.iter().filter(|account| account.clears()) {
            let over: i64 = self.days.iter().filter(|((_, of, _), _)| of == account.code()).map(|(_, sum)| sum).sum();
            if over != 0 {
                self.proof.faults.push(Fault::Clearing(account.code(), over));
            }
        }
        Ok(())
    }

    fn check_purposes(&mut self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        let mut kept: Purposes = BTreeMap::new();
        for row in tx.rows(&PURPOSES, &[])? {
            let mut row = row.read("purpose_sum");
            let pot = row.id()?;
            let codes = [row.text()?, row.text()?, row.text()?, row.text()?, row.text()?];
            kept.insert((pot, codes.join("/")), row.int()?);
        }
        for key in self.purposes.keys().chain(kept.keys().filter(|key| !self.purposes.contains_key(*key))) {
            let (kept, booked) = (kept.get(key).copied(), self.purposes.get(key).copied());
            if kept != booked {
                let (pot, codes) = key.clone();
                let fault = Fault::Purpose(pot, codes, kept.unwrap_or_default(), booked.unwrap_or_default());
                self.proof.faults.push(fault);
            }
        }
        Ok(())
    }

    fn check_promises(&mut self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        for row in tx.rows(&PROMISES, &[])? {
            let mut row = row.read("promise");
            let (id, kept) = (row.id()?, [row.int()?, row.int()?, row.int()?, row.int()?]);
            if self.promises.remove(&id) != Some(kept) {
                self.proof.faults.push(Fault::Promise(id));
            }
        }
        self.proof.faults.extend(self.promises.keys().map(|id| Fault::Promise(*id)));
        Ok(())
    }

    fn check_payments(&mut self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        let sums = |sql| {
            let row = |row: Row| {
                let mut row = row.read("payment_sum");
                Ok(((row.id()?, row.text()?), row.int()?))
            };
            tx.rows(sql, &[])?.into_iter().map(row).collect::<Result<BTreeMap<(RegionId, String), i64>, StoreError>>()
        };
        let (kept, paid) = (sums(&PAID_KEPT)?, sums(&PAID)?);
        for key in kept.keys().chain(paid.keys().filter(|key| !kept.contains_key(*key))) {
            let [kept, paid] = [kept.get(key), paid.get(key)].map(|cents| cents.copied().unwrap_or_default());
            if kept != paid {
                self.proof.faults.push(Fault::Paid(key.0, key.1.clone(), kept, paid));
            }
        }
        self.check_helps(tx)?;
        let months = |sql| {
            let row = |row: Row| {
                let mut row = row.read("unpaid_proof");
                Ok((row.id()?, row.text()?))
            };
            tx.rows(sql, &[])?.into_iter().map(row).collect::<Result<BTreeSet<(TransmissionId, String)>, StoreError>>()
        };
        let owed = months(&OWED_KEPT)?.symmetric_difference(&months(&OWED)?).cloned().collect::<Vec<_>>();
        self.proof.faults.extend(owed.into_iter().map(|(id, month)| Fault::Owed(id, month)));
        Ok(())
    }

    fn check_helps(&mut self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        let sums = |sql| {
            let row = |row: Row| {
                let mut row = row.read("commission_paid");
                Ok(((row.id()?, row.int()?), (row.int()?, row.text()?)))
            };
            let rows = tx.rows(sql, &[])?.into_iter().map(row);
            rows.collect::<Result<BTreeMap<(CommissionId, i64), (i64, String)>, StoreError>>()
        };
        let (kept, paid) = (sums(&HELP_KEPT)?, sums(&HELP_PAID)?);
        for key in kept.keys().chain(paid.keys().filter(|key| !kept.contains_key(*key))) {
            let [kept, paid] = [kept.get(key), paid.get(key)];
            if kept != paid {
                let [kept, paid] = [kept, paid].map(|sum| sum.map_or(0, |(cents, _)| *cents));
                self.proof.faults.push(Fault::Help(key.0, key.1, kept, paid));
            }
        }
        Ok(())
    }

    fn check_pots(&mut self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        for row in tx.rows(&CAPPED, &[])? {
            let mut row = row.read("pot");
            let (pot, kind, free) = (row.id()?, row.code(MoneyKind::from_code)?, row.int()?);
            if kind.is_capped() && free < 0 {
                self.proof.faults.push(Fault::Overdrawn(pot, free));
            }
        }
        Ok(())
    }
}

/// Promised, drawn, advanced, returned.
fn add(held: &mut [i64; 4], kind: EntryKind, cents: i64) {
    match kind {
        EntryKind::Committed => held[0] += cents,
        EntryKind::Drawn => held[1] += cents,
        EntryKind::Advanced => held[2] += cents,
        EntryKind::Proven => {
            held[1] += cents;
            held[2] -= cents;
        }
        EntryKind::Repaid => {
            held[2] -= cents;
            held[3] += cents;
        }
        EntryKind::Released => held[3] += cents,
        _ => {}
    }
}
