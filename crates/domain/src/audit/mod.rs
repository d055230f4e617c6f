// SPDX-License-Identifier: EUPL-1.2
//! What is remembered: who did what to what, when; chained so that a change in the middle shows.
//!
//! German words: Protokoll, Nachweis. Entries hold ids and codes, never what people said (N23: never used
//! to measure anybody's performance).

mod deed;
mod kind;

pub use deed::Deed;
pub use kind::DeedKind;
