// SPDX-License-Identifier: EUPL-1.2
//! The money of a region: a ledger in double entry, out of which every balance is read.
//!
//! German words: Sozialraumbudget, Vorwegabzug, Mittelbindung, Auszahlung, Nachsteuerung, Umbuchung, Storno,
//! Prognose, Rate, Kontingent. Money of kind A answers individual claims and is never refused (N4); only kinds B to D are capped.

mod account;
pub mod allocation;
mod band;
mod commitment;
mod contingent;
mod cost;
mod counter;
mod cover;
mod delivery;
mod forecast;
mod instalment;
mod invoice;
#[cfg(test)]
mod model_tests;
mod overload;
mod pot;
mod purpose;
mod shield;
mod transfer;
mod year;

pub use band::{Band, LEAST_PAST, Past, band};
pub use contingent::{
    CONTINGENT_OUTSIDE, Contingent, ContingentState, ContingentUnit, WARN_FROM_PERCENT, contingent_state,
};
pub use cost::{Pause, Performance, Steps, Year, planned_cost};
pub use forecast::{
    FOLLOWS_WITHIN_DAYS, Forecast, Habit, LEAST_ENDED, RunningHelp, SETTLED_AFTER_DAYS, SPREAD_DAYS, Sum, WhatIf,
    foresee, foresee_some, habits,
};
pub use instalment::{
    BONUS_SHARE_TOO_LARGE, INSTALMENTS_NONE, Instalment, NO_SETTLING_BACKWARDS, Overload, SHARES_NONE, Settlement,
    bonus, mid_quarters, money_of, overload, proof_of_use_due, settle, share_out,
};
pub use invoice::{Checked, Claim, Finding, FindingKind, Granted, check};

pub use account::{Account, Booking, EntryKind, Move};
pub use commitment::{Commitment, DRAW_TOO_LARGE, PROMISE_SETTLED, PROOF_MISSING, PROOF_TOO_LARGE, Settled, State};
pub use counter::{COUNTER_TOO_LARGE, NOT_COUNTERED, counter, counter_promise};
pub use cover::{COVER_INCOMPLETE, COVER_TOO_LARGE, Cover, CoverSource, cover};
pub use delivery::{COLUMNS_UNFIT, DeliveryColumn, NOTHING_TO_DELIVER};
pub use overload::{OVERLOAD_MISPLACED, OverloadTerms};
pub use pot::{Book, MoneyKind, OVER_PLAN_REASON_MISSING, POT_EXHAUSTED, Promise, TopUp, promise};
pub use purpose::{Flow, Form, PARAGRAPH_OF_OTHER_KIND, Paragraph, Product, Purpose, Side};
pub use shield::{
    Behind, Cells, DOMINANT_PERCENT, FEWEST_INSIDE, FEWEST_OUTSIDE, Published, Secrecy, Shown, Trace, closed_quarter,
    covered, quarter_end, secrecy,
};
pub use transfer::{
    Approval, BUDGET_CHANGED, KINDS_NEVER_MIXED, OWN_PROPOSAL, PotOf, TRANSFER_MISPLACED, TRANSFER_TOO_LARGE, approve,
    has_free, may_transfer,
};
pub use year::{
    CARRY_TOO_LARGE, PERCENT_NEGATIVE, PERCENT_TOO_LARGE, PERCENT_UNREADABLE, Percent, YEAR_CLOSED, YEAR_DECIDED,
    YEAR_NOT_CLOSED, YEAR_NOT_OVER, YEAR_WAITS, YearAct, YearState, may_carry,
};
