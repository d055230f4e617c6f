// SPDX-License-Identifier: EUPL-1.2
//! The network map: who stands around one person, how near, and what flows between them, as that person says it.
//!
//! The convention is easyNWK's (four sectors, three horizons, angle and distance), so that its files can come and
//! go. Where somebody stands is said by the person in the middle, never computed, and nobody is scored. Who stands
//! here is a third person's social datum: the map stays in the case (§§ 62, 65 SGB VIII; N2).

mod change;
mod contact;
mod edit;
mod measure;
#[cfg(test)]
mod tests;

pub use change::{ContactChange, ContactChanges, contact_changes};
pub use contact::{Contact, Horizon, Sector, Spot, Support, SupportWay, Symbol, TieKind};
pub use edit::{
    CONTACT_GONE, LINK_IMPOSSIBLE, LINK_TO_SELF, NETWORK_FULL, NETWORK_TOO_LARGE, NETWORK_UNREADABLE, NetworkEdit,
    NewContact, free_spot,
};
pub use measure::{Measures, measure};

use crate::kernel::Line;
use std::collections::BTreeSet;

/// The person in the middle, as the map was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Ankerperson")]
pub struct Ego {
    /// Name.
    pub name: Line,
    /// Age in words, if it is known.
    pub age: Option<Line>,
    /// How the person is drawn.
    pub symbol: Symbol,
}

/// A map at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Netzwerkkarte")]
pub struct NetworkMap {
    /// In the middle.
    pub ego: Ego,
    /// Around it, in the order they were named.
    pub contacts: Vec<Contact>,
    /// Who of them knows whom: pairs of ids, the smaller first.
    pub links: BTreeSet<(u32, u32)>,
}

impl NetworkMap {
    /// A map on which nobody stands yet.
    #[must_use]
    pub const fn blank(ego: Ego) -> Self {
        Self { ego, contacts: Vec::new(), links: BTreeSet::new() }
    }

    /// A contact by its id.
    #[must_use]
    pub fn contact(&self, id: u32) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.id == id)
    }

    /// The ids of those who are linked with a contact.
    pub fn linked_with(&self, id: u32) -> impl Iterator<Item = u32> {
        self.links.iter().filter_map(move |(a, b)| match (*a == id, *b == id) {
            (true, _) => Some(*b),
            (_, true) => Some(*a),
            _ => None,
        })
    }
}
