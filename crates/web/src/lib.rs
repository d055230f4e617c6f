// SPDX-License-Identifier: EUPL-1.2
//! Floor 4: how it looks. Depends on `app` and `domain`; cannot see SQL.
//!
//! Each room has `routes()`, forms, handlers, page structs, in this order. A handler translates: form in,
//! use case, page out. German stands in `messages/de`, never in code. What all rooms share is in [`kit`].

pub mod access;
pub mod agencies;
pub mod agreements;
pub mod api;
pub mod audit;
pub mod budget;
pub mod casework;
pub mod deadlines;
pub mod exchange;
pub mod forecast;
pub mod help;
pub mod kit;
pub mod letters;
pub mod network;
pub mod resources;
mod router;
mod serve;
pub mod start;
pub mod territory;

pub use kit::site::Framers;
pub use kit::{Site, Web};
pub use router::{listing, router};
pub use serve::{Limits, serve};
