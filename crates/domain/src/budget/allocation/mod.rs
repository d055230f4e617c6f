// SPDX-License-Identifier: EUPL-1.2
//! The allocation workbench: from the whole to each area's share, exactly, and every share says why.
//!
//! German words: Verteilschlüssel, Vorwegabzug, Mindestanteil, Übergangsausgleich. A key divides money between
//! areas. It never says where a family has to go, nor how much help it may have (process.md 3.1, N4).

mod allocate;
mod booking;
mod damping;
mod key;
mod majority;
mod outcome;
mod plan;
mod ratio;
pub mod rules;
mod split;
mod step;
mod table;
#[cfg(test)]
mod tests;
mod validate;

pub use allocate::allocate;
pub use booking::{Planned, in_the_plan};
pub use majority::{Majority, Votes};
pub use outcome::{Outcome, Share};
pub use plan::{Borne, Damping, Fault, Method, Part, Plan, Portion, Scope, Seat, Weighted, refusals};
pub use ratio::{Ratio, mean};
pub use split::{Claim, extra_cents, instalments, percent_of, split};
pub use step::{How, Origin, Step, Unit, Word};
pub use table::{Area, Column, Table};
