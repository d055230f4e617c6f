// SPDX-License-Identifier: EUPL-1.2
//! Floor 1: what is true.
//!
//! Rules are functions from facts to facts, or to a named [`kernel::Refusal`]. Nothing here reads a
//! clock, a disk or a network: time, ids and chance are parameters. Each room is a context of the
//! trade and has the same name on every floor.
#![deny(missing_docs)]

pub mod access;
pub mod agencies;
pub mod audit;
pub mod budget;
pub mod casework;
pub mod deadlines;
pub mod exchange;
pub mod kernel;
pub mod letters;
pub mod network;
pub mod resources;
pub mod territory;
