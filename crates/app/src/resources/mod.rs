// SPDX-License-Identifier: EUPL-1.2
//! The directory of resources: what a quarter has, kept fresh, found by everybody who may see it.
//!
//! `shelf` is the search in memory, `find` asks it, `suggest` says what may be meant, `keep` writes cards, `care` keeps
//! them fresh, `owner` is the way of an owner without an account, `join` brings double cards together.

mod care;
mod find;
mod join;
mod keep;
mod owner;
mod shelf;
mod suggest;

pub use care::{
    CareField, CareMap, Certified, Desk, care_map, certificate, desk, forget_certificates, note_certificate,
};
pub use find::{CardsFound, Listed, Near, NearHow, PAGE, Shown, near, one, public_spaces, search, viewer_of};
pub use join::{Double, doubles, join, part};
pub use keep::{CardPage, add, change, close, confirm, page, reopen, revoke_consent};
pub use owner::{
    MadeLink, OwnerCard, OwnerTask, close_by_owner, confirm_by_owner, make_link, owner_card, propose_by_owner, report,
    revoke_link, settle,
};
pub(crate) use shelf::Shelf;
pub use store::resources::CardRow;
pub use store::resources::joins::MergeRow;
pub use store::resources::tasks::{LinkRow, TaskRow};
pub use suggest::complete;

use crate::core::{Failure, found, in_office};
use domain::access::{Action, Actor, Denied, Grant};
use domain::kernel::{CardId, Day};
use domain::resources::Viewer;
use store::{ReadTx, resources};

/// The card, if this viewer may see it today.
fn card_for(tx: &ReadTx<'_>, viewer: &Viewer, id: CardId, today: Day) -> Result<CardRow, Failure> {
    found(resources::one(tx, id)?.filter(|card| card.seen.by(viewer, today)))
}

/// The right to change a card: its keeper's, or a curator's who sees it.
fn tend(actor: &Actor, card: &CardRow) -> Result<Grant, Failure> {
    if card.seen.keeper == actor.user {
        return in_office(actor, Action::TendResources);
    }
    match in_office(actor, Action::CurateResources) {
        Err(Failure::Denied(_)) => Err(Failure::Denied(Denied::Forbidden)),
        other => other,
    }
}
