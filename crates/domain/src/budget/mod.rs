// SPDX-License-Identifier: EUPL-1.2
//! The money of a region: a pot is read out of its book.
//!
//! German words: Sozialraumbudget, Vorwegabzug, Mittelbindung, Auszahlung, Nachsteuerung, Prognose, Rate, Kontingent. Money of kind A
//! answers individual claims and is never refused (N4); only kinds B to D are capped.

mod band;
mod contingent;
mod forecast;
mod instalment;
mod invoice;
mod pot;
mod year;

pub use band::{Band, FEWEST, LEAST_PAST, Past, Shown, band, protect};
pub use contingent::{
    CONTINGENT_OUTSIDE, Contingent, ContingentState, ContingentUnit, WARN_FROM_PERCENT, contingent_state,
};
pub use forecast::{
    Commitment, FOLLOWS_WITHIN_DAYS, Forecast, Habit, LEAST_ENDED, SETTLED_AFTER_DAYS, SPREAD_DAYS, Sum, WhatIf,
    foresee, habits,
};
pub use instalment::{
    BONUS_SHARE_TOO_LARGE, INSTALMENTS_NONE, Instalment, NO_SETTLING_BACKWARDS, Overload, SHARES_NONE, bonus,
    mid_quarters, money_of, overload, proof_of_use_due, settle, share_out,
};
pub use invoice::{Checked, Claim, Finding, FindingKind, Granted, check};
pub use year::{Pause, Performance, Steps, Year, planned_cost};

pub use pot::{
    Book, Entry, EntryKind, MoneyKind, OVER_PLAN_REASON_MISSING, POT_EXHAUSTED, Promise, TopUp, cover, promise,
};
