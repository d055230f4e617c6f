// SPDX-License-Identifier: EUPL-1.2
//! Who may: posts, the one policy, grants.
//!
//! German words: Recht, Rolle, Vertretung, Sichtbereich. This room must never look at what a case says;
//! it knows only where things stand. Read `policy.rs` first: it is the table a lawyer can sign.

mod action;
pub(crate) mod actor;
mod house_rule;
mod link;
mod policy;
mod release;
mod token;

pub use action::Action;
pub(crate) use actor::codes;
pub use actor::{Actor, Controller, Place, Post, Role};
pub use house_rule::{HOUSE_RULE_OUTSIDE, HouseRule};
pub use link::{LINK_OVER, LinkFacts};
pub use policy::{Denied, Extent, Grant, OfficeStaff, Sight, Standing, VISITOR, extent, permit, permit_visitor, sight};
pub use release::{RELEASED_BY_ONESELF, SETTLED_ALREADY, needs_release, release};
pub use token::{EMAIL_UNLIKELY, Email, PASSWORD_TOO_COMMON, PASSWORD_TOO_SHORT, Password};
