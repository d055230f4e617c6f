// SPDX-License-Identifier: EUPL-1.2
//! The directory of resources: what a quarter has, kept fresh, found by everybody who may see it.
//!
//! `shelf` is the search in memory, `find` asks it, `suggest` says what may be meant, `keep` writes cards, `care` keeps
//! them fresh, `owner` is the way of an owner without an account, `doubles` finds double cards and `join` brings them
//! together, `hint` says what is there already, `keepers` hands cards over, `erase` lets them go for good, `fitting` is what
//! casework may ask.

mod calendar;
mod care;
mod doubles;
mod erase;
mod find;
mod fitting;
mod hint;
mod hsds;
mod hsds_in;
mod import;
mod import_take;
mod import_text;
mod intake;
mod join;
mod judge;
mod keep;
mod keepers;
mod kept;
mod owner;
mod package;
mod shelf;
mod suggest;
mod texts;
mod waiting;
mod window;
mod workbook;

pub use care::{
    CareField, CareMap, Certified, Desk, care_map, certificate, desk, forget_certificates, note_certificate,
};
pub use doubles::{Double, Doubles, doubles};
pub use erase::{erase, tombstone, uses_of};
pub use find::{CardsFound, Listed, Near, NearHow, PAGE, Shown, near, one, public_spaces, search, viewer_of, warm};
pub use fitting::Fitting;
pub(crate) use fitting::fitting;
pub use hint::{AlikeCard, alike};
pub use hsds::{WRITTEN as HSDS_VERSION, Writer as HsdsWriter};
pub use hsds_in::faults as hsds_faults;
pub use import::{ImportSeen, drop_import, hand_in, left_out, list_imports, look_at_import, undo_import};
pub use import_take::{Order as ImportOrder, Run as ImportRun, Say, import_progress, stop_import, take_import};
pub use intake::Incoming;
pub use join::{join, part};
pub use keep::{CardPage, add, change, close, confirm, page, reopen, revoke_consent};
pub use keepers::{KeeperView, KeepersPage, hand_over, keepers};
pub use kept::{Edition, cards, edition, ids, keep_answer, kept_answer, one_at_a_time};
pub use owner::{
    MadeLink, OwnerCard, OwnerTask, close_by_owner, confirm_by_owner, make_link, owner_card, propose_by_owner, report,
    revoke_link, settle,
};
pub use package::Packer as HsdsPacker;
pub(crate) use shelf::Shelf;
pub use store::resources::CardRow;
pub use store::resources::imports::{ImportRow, ImportedCard, WaitingRow};
pub use store::resources::joins::MergeRow;
pub use store::resources::tasks::{LinkRow, TaskRow};
pub use suggest::complete;
pub use texts::{drop_text, texts_in, texts_of, write_text};
pub use waiting::{Waiting, agree, forget, forget_imports, waiting};
pub use window::{MapSeen, Mark, on_map};

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
