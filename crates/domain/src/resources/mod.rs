// SPDX-License-Identifier: EUPL-1.2
//! What a social space has: the directory of resources. German words: Ressource, Ressourcenkarte.

use crate::access::codes;
use crate::kernel::{Day, Line, Note, SpaceId};

codes! {
    /// What kind of resource a card describes.
    #[doc(alias = "Art der Ressource")]
    CardKind {
        /// An offer.
        Offer = "offer",
        /// A place or room.
        Place = "place",
        /// A group.
        Group = "group",
        /// An organisation.
        Organisation = "organisation",
        /// A thing to borrow.
        Thing = "thing",
    }
}

/// A card is trusted for so long after it was confirmed; then it asks to be looked at.
pub const FRESH_FOR_MONTHS: i32 = 6;

/// A card to be added.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Ressourcenkarte")]
pub struct NewCard {
    /// Name.
    pub name: Line,
    /// Kind.
    pub kind: CardKind,
    /// Topic, such as "Sport".
    pub topic: Line,
    /// What there is.
    pub about: Note,
    /// In which space.
    pub space: Option<SpaceId>,
    /// Where.
    pub place: Option<Line>,
    /// How to reach it.
    pub contact: Option<Line>,
}

/// Is a card still trusted today?
#[must_use]
pub fn is_fresh(confirmed_on: Day, today: Day) -> bool {
    confirmed_on.plus_months(FRESH_FOR_MONTHS) >= today
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_grow_old() {
        let confirmed = Day::parse("2026-05-31").unwrap();
        assert!(is_fresh(confirmed, Day::parse("2026-11-30").unwrap()));
        assert!(!is_fresh(confirmed, Day::parse("2026-12-01").unwrap()));
    }
}
