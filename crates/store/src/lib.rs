// SPDX-License-Identifier: EUPL-1.2
//! Floor 2: where it is kept. The only floor with SQL.
//!
//! [`db`] knows the two engines; every other file is statements and the functions that run them.
//! A change needs a [`db::WriteTx`], which needs a `Grant` of the policy and ends in an audit entry:
//!
//! ```compile_fail
//! # fn f(tx: store::db::ReadTx<'_>) -> Result<(), store::StoreError> {
//! // Reading rights are not writing rights: no grant, no writing.
//! tx.run(&store::access::END_SESSION, &[])?;
//! # Ok(()) }
//! ```

pub mod access;
pub mod agencies;
pub mod audit;
pub mod budget;
pub mod casework;
pub mod db;
pub mod exchange;
pub mod offices;
pub mod resources;
pub mod row;
pub mod sight;
pub mod territory;

pub use db::{Db, Done, Frame, Key, ReadTx, StoreError, WriteTx};

/// The first text after all texts with this prefix, for range scans that both engines index.
pub(crate) fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

/// Every statement of the program, for the test that prepares them all on both engines.
#[must_use]
pub fn statements() -> Vec<&'static db::Sql> {
    let rooms = [
        access::REGISTER,
        access::drafts::REGISTER,
        agencies::REGISTER,
        audit::REGISTER,
        budget::REGISTER,
        casework::cases::REGISTER,
        casework::consultations::REGISTER,
        casework::plans::REGISTER,
        casework::reports::REGISTER,
        casework::statements::REGISTER,
        db::change::REGISTER,
        exchange::REGISTER,
        offices::REGISTER,
        resources::REGISTER,
        territory::REGISTER,
    ];
    rooms.concat()
}
