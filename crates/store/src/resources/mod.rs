// SPDX-License-Identifier: EUPL-1.2
//! The directory of resources. Searching happens in memory (`domain::resources::search`); here is what it is built from
//! and the number by which it follows.

pub mod cards;
pub mod erasures;
pub mod imports;
pub mod joins;
pub mod keepers;
pub mod marks;
pub mod tasks;
pub mod texts;
pub mod uses;

pub use cards::{
    CardRow, NewStanding, changed_since, confirm, due, end, head, insert, one, replace, set_space, some, space_renamed,
};
