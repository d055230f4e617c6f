// SPDX-License-Identifier: EUPL-1.2
//! Floor 3: what can be done. One function a use case: load, ask the policy, decide, write, commit.
//!
//! Pages, the JSON API, the command line and the demo town all call the same functions. Views that pages
//! show come from `store` and are re-exported by the room that reads them.

pub mod access;
pub mod agencies;
pub mod agreements;
pub mod allocation;
pub mod audit;
pub mod budget;
pub mod casework;
mod core;
pub mod deadlines;
pub mod exchange;
pub mod forecast;
pub mod letters;
pub mod network;
pub mod resources;
pub mod territory;

pub use core::{App, Clock, Failure, Key};
pub use store::{Db, StoreError};
