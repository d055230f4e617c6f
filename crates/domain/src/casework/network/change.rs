// SPDX-License-Identifier: EUPL-1.2
//! What is different between two versions of a map. It says what moved, never whether that is good.

use super::{Contact, NetworkMap};
use crate::access::codes;

codes! {
    /// What is different about a contact.
    #[doc(alias = "Veränderung auf der Netzwerkkarte")]
    ContactChange {
        /// Was not on the map before.
        Arrived = "arrived",
        /// Is no longer on it.
        Left = "left",
        /// Stands in a nearer ring.
        Nearer = "nearer",
        /// Stands in a farther ring.
        Farther = "farther",
        /// Stands in another sector.
        OtherSector = "other-sector",
        /// The tie is closer or was taken up.
        TieGrew = "tie-grew",
        /// The tie is looser or dormant.
        TieLoosened = "tie-loosened",
        /// A conflict began.
        ConflictBegan = "conflict-began",
        /// A conflict ended.
        ConflictEnded = "conflict-ended",
        /// Other support flows, or another way.
        OtherSupport = "other-support",
        /// Died.
        Died = "died",
        /// Has other links than before.
        OtherLinks = "other-links",
    }
}

/// A contact's name with what is different.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Veränderungen eines Kontakts")]
pub struct ContactChanges {
    /// As they are called now, or were.
    pub name: String,
    /// What.
    pub changes: Vec<ContactChange>,
}

/// What is different in `new` against `old`; contacts are known by their number.
#[must_use]
pub fn contact_changes(old: &NetworkMap, new: &NetworkMap) -> Vec<ContactChanges> {
    let named = |contact: &Contact, changes| ContactChanges { name: contact.name.as_str().to_owned(), changes };
    let mut found = Vec::new();
    for contact in &new.contacts {
        let changes = match old.contact(contact.id) {
            None => vec![ContactChange::Arrived],
            Some(before) => of(before, contact, (old, new)),
        };
        if !changes.is_empty() {
            found.push(named(contact, changes));
        }
    }
    let left = old.contacts.iter().filter(|contact| new.contact(contact.id).is_none());
    found.extend(left.map(|contact| named(contact, vec![ContactChange::Left])));
    found
}

fn of(before: &Contact, now: &Contact, (old, new): (&NetworkMap, &NetworkMap)) -> Vec<ContactChange> {
    use ContactChange as C;
    let (ring_before, ring_now) = (before.spot.horizon(), now.spot.horizon());
    let links = |map: &NetworkMap| map.linked_with(now.id).collect::<std::collections::BTreeSet<_>>();
    let all = [
        (C::Nearer, ring_now < ring_before),
        (C::Farther, ring_now > ring_before),
        (C::OtherSector, now.spot.sector() != before.spot.sector()),
        (C::TieGrew, now.tie > before.tie),
        (C::TieLoosened, now.tie < before.tie),
        (C::ConflictBegan, now.conflict && !before.conflict),
        (C::ConflictEnded, before.conflict && !now.conflict),
        (C::OtherSupport, now.support != before.support),
        (C::Died, now.deceased && !before.deceased),
        (C::OtherLinks, links(old) != links(new)),
    ];
    all.into_iter().filter(|(_, is_so)| *is_so).map(|(change, _)| change).collect()
}
