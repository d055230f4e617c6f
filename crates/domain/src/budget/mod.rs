// SPDX-License-Identifier: EUPL-1.2
//! The money of a region: a pot is read out of its book.
//!
//! German words: Sozialraumbudget, Vorwegabzug, Mittelbindung, Auszahlung, Nachsteuerung. Money of kind A
//! answers individual claims and is never refused (N4); only kinds B to D are capped.

pub mod allocation;
mod pot;

pub use pot::{
    Book, Entry, EntryKind, MoneyKind, OVER_PLAN_REASON_MISSING, POT_EXHAUSTED, Promise, TopUp, cover, promise,
};
