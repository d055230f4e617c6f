// SPDX-License-Identifier: EUPL-1.2
//! Floor 2: where it is kept. The only floor with SQL.
//!
//! [`db`] knows the two engines; every other file is statements and the functions that run them.
//! A change needs a [`db::WriteTx`], which needs a `Grant` of the policy and ends in an audit entry. Each example
//! that does not compile stands beside one that does and differs only in what is said.
//!
//! Reading rights are not writing rights; without a grant nothing is written:
//!
//! ```compile_fail,E0599
//! fn f(tx: store::ReadTx<'_>) -> Result<u64, store::StoreError> {
//!     tx.run(&store::access::END_SESSION, &[])
//! }
//! ```
//!
//! ```
//! fn f(tx: store::ReadTx<'_>, grant: domain::access::Grant) -> Result<u64, store::StoreError> {
//!     tx.allow(grant).run(&store::access::END_SESSION, &[])
//! }
//! ```
//!
//! A change that was not committed with its deed is no change:
//!
//! ```compile_fail,E0308
//! # use {domain::{access::Grant, audit::Deed}, store::{Db, Frame, StoreError}, uuid::Uuid};
//! async fn f(db: &Db, frame: Frame, grant: Grant, deed: Deed) -> Result<Uuid, StoreError> {
//!     db.change(frame, move |tx| {
//!         let tx = tx.allow(grant);
//!         tx.run(&store::access::END_SESSION, &["token".into()])?;
//!         Ok(deed.object)
//!     })
//!     .await
//! }
//! ```
//!
//! ```
//! # use {domain::{access::Grant, audit::Deed}, store::{Db, Frame, StoreError}, uuid::Uuid};
//! async fn f(db: &Db, frame: Frame, grant: Grant, deed: Deed) -> Result<Uuid, StoreError> {
//!     db.change(frame, move |tx| {
//!         let tx = tx.allow(grant);
//!         tx.run(&store::access::END_SESSION, &["token".into()])?;
//!         tx.commit(deed, deed.object)
//!     })
//!     .await
//! }
//! ```
//!
//! Nobody can make the proof of a commit by hand, nor write after it:
//!
//! ```compile_fail,E0451
//! let done = store::Done { outcome: uuid::Uuid::nil() };
//! ```
//!
//! ```compile_fail,E0382
//! # use {domain::audit::Deed, store::{Done, StoreError, WriteTx}, uuid::Uuid};
//! fn f(tx: WriteTx<'_>, deed: Deed) -> Result<Done<Uuid>, StoreError> {
//!     let done = tx.commit(deed, deed.object)?;
//!     tx.run(&store::access::END_SESSION, &["token".into()])?;
//!     Ok(done)
//! }
//! ```

pub mod access;
pub mod agencies;
pub mod agreements;
pub mod audit;
pub mod budget;
pub mod budget_allocation;
pub mod casework;
pub mod contacts;
pub mod contracts;
pub mod db;
pub mod deadlines;
pub mod exchange;
pub mod figures;
pub mod forecast;
pub mod invoices;
pub mod letters;
pub mod network;
pub mod offices;
pub mod project_money;
pub mod project_versions;
pub mod projects;
pub mod recut;
pub mod resources;
pub mod row;
pub mod sight;
pub mod territory;

pub use db::{Db, Done, Frame, Key, ReadTx, StoreError, WriteTx};

/// The first text after all texts with this prefix, for range scans that both engines index.
pub(crate) fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

/// The statements of each file that has some.
const ROOMS: &[&[&db::Sql]] = &[
    access::REGISTER,
    access::drafts::REGISTER,
    access::release::REGISTER,
    access::rules::REGISTER,
    agencies::REGISTER,
    agreements::REGISTER,
    audit::REGISTER,
    budget::REGISTER,
    budget::behind::REGISTER,
    budget::deliveries::REGISTER,
    budget::ledger::REGISTER,
    budget::lists::REGISTER,
    budget::promises::REGISTER,
    budget::statistics::REGISTER,
    budget::topups::REGISTER,
    budget::transfers::REGISTER,
    budget::verify::REGISTER,
    budget::verify_quarters::REGISTER,
    budget::years::REGISTER,
    budget_allocation::REGISTER,
    casework::areas::REGISTER,
    casework::briefs::REGISTER,
    casework::case_joins::REGISTER,
    casework::case_list::REGISTER,
    casework::cases::REGISTER,
    casework::consultations::REGISTER,
    casework::counsels::REGISTER,
    casework::court_extracts::REGISTER,
    casework::desk::REGISTER,
    casework::explorations::REGISTER,
    casework::family_links::REGISTER,
    casework::goals::REGISTER,
    casework::applications::REGISTER,
    casework::endings::REGISTER,
    casework::aftercare::REGISTER,
    casework::reviews::REGISTER,
    casework::handovers::REGISTER,
    casework::legal::REGISTER,
    casework::lived::REGISTER,
    casework::meetings::REGISTER,
    casework::workload::REGISTER,
    casework::notes::REGISTER,
    casework::order_warnings::REGISTER,
    casework::packages::REGISTER,
    casework::persons::REGISTER,
    casework::plan_talks::REGISTER,
    casework::plans::REGISTER,
    casework::rhythms::REGISTER,
    casework::transitions::REGISTER,
    casework::protection::REGISTER,
    casework::protection::agencies::REGISTER,
    casework::protection::cares::REGISTER,
    casework::protection::counsels::REGISTER,
    casework::protection::steps::REGISTER,
    casework::refusals::REGISTER,
    casework::reporters::REGISTER,
    casework::reports::REGISTER,
    casework::seals::REGISTER,
    casework::search::REGISTER,
    casework::sheet_past::REGISTER,
    casework::statements::REGISTER,
    casework::timeline::REGISTER,
    casework::undos::REGISTER,
    casework::visits::REGISTER,
    contacts::REGISTER,
    contracts::REGISTER,
    db::change::REGISTER,
    deadlines::REGISTER,
    deadlines::absences::REGISTER,
    deadlines::calendars::REGISTER,
    exchange::REGISTER,
    figures::REGISTER,
    forecast::REGISTER,
    invoices::REGISTER,
    letters::REGISTER,
    letters::about::REGISTER,
    letters::consents::REGISTER,
    letters::withdrawn::REGISTER,
    letters::mails::REGISTER,
    letters::papers::REGISTER,
    network::REGISTER,
    offices::REGISTER,
    project_money::REGISTER,
    project_versions::REGISTER,
    projects::REGISTER,
    recut::REGISTER,
    resources::cards::REGISTER,
    resources::erasures::REGISTER,
    resources::imports::REGISTER,
    resources::joins::REGISTER,
    resources::keepers::REGISTER,
    resources::marks::REGISTER,
    resources::tasks::REGISTER,
    resources::texts::REGISTER,
    resources::uses::REGISTER,
    territory::REGISTER,
];

/// Every statement of the program, for the test that prepares them all on both engines.
#[must_use]
pub fn statements() -> Vec<&'static db::Sql> {
    ROOMS.concat()
}
