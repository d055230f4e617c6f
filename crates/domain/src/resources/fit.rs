// SPDX-License-Identifier: EUPL-1.2
//! The words of matching: how near to everyday life a card is, what is compared, why it fits.

use super::card::CardContent;
use super::words::{Basis, CardKind, Language, Topic};
use crate::access::codes;
use crate::kernel::{CardId, Day, SpaceId};
use crate::territory::Point;

/// Metres in a minute of walking with a child, 4.8 km/h (own rule).
const PER_MINUTE: i64 = 80;
/// Ways are longer than the straight line, in tenths (own rule: three tenths more).
const DETOUR_TENTHS: i64 = 13;

codes! {
    /// How near to everyday life a card is; the order is the order in which it is shown ([`MATCH_ORDER`]).
    #[doc(alias = "Reihenfolge der Passung")]
    Step {
        /// Neighbours, volunteers, things to borrow.
        Neighbours = "neighbours",
        /// Groups, places, rooms, events.
        Groups = "groups",
        /// Offers and organisations open to all.
        Offers = "offers",
        /// Help that the office pays for, by decision only.
        Paid = "paid",
    }
}

codes! {
    /// When it should take place.
    #[doc(alias = "Gewünschte Zeit")]
    WantedTime {
        /// From five in the afternoon on.
        Evening = "evening",
        /// Saturday or Sunday.
        Weekend = "weekend",
    }
}

/// Somewhere somebody may go alone, and how far around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Reichweite")]
pub struct Reach {
    /// Around here.
    pub around: Point,
    /// So many metres.
    pub metres: i64,
}

/// A card as it is weighed: what stands on it, where it is, how fresh it is. Not who keeps it.
#[derive(Debug, Clone, Copy)]
#[doc(alias = "Kandidat")]
pub struct Candidate<'a> {
    /// Which.
    pub id: CardId,
    /// What stands on it.
    pub content: &'a CardContent,
    /// Where.
    pub point: Option<Point>,
    /// In which space.
    pub space: Option<SpaceId>,
    /// Last confirmed.
    pub confirmed_on: Day,
    /// Trusted until then.
    pub due_on: Day,
}

/// Why a card fits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Grund der Passung")]
pub enum Fit {
    /// A word that was looked for stands there.
    Word(String),
    /// It speaks the language.
    Language(Language),
    /// It is for the age.
    Age(i64),
    /// So many minutes on foot, and metres in a straight line.
    Walk(i64, i64),
    /// Within reach of the lived space: the number of the reach.
    InReach(usize),
    /// It lies behind the border of the space, which does not matter.
    BeyondBorder,
    /// So many free places.
    FreePlaces(i64),
    /// So many wait.
    Waiting(i64),
    /// Without steps.
    NoSteps,
    /// It takes place when it is wanted.
    Time(WantedTime),
    /// It costs nothing.
    Free,
    /// Confirmed so many days ago.
    Confirmed(i32),
    /// Asks to be confirmed; last confirmed so many days ago.
    Stale(i32),
}

/// A card that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Passung")]
pub struct Match {
    /// Which.
    pub id: CardId,
    /// How near to everyday life.
    pub step: Step,
    /// Why.
    pub why: Vec<Fit>,
    /// Metres from the place to start from.
    pub metres: Option<i64>,
}

impl CardContent {
    /// How near to everyday life this is.
    #[must_use]
    pub fn step(&self) -> Step {
        let paid = |basis: &Basis| {
            use Basis::{P19, P27, P29, P30, P31, P32, P33, P34, P35a, P41, P42};
            matches!(basis, P19 | P27 | P29 | P30 | P31 | P32 | P33 | P34 | P35a | P41 | P42)
        };
        match self.kind {
            _ if self.basis.iter().any(paid) => Step::Paid,
            CardKind::Person | CardKind::Thing => Step::Neighbours,
            CardKind::Group | CardKind::Place | CardKind::Room | CardKind::Event => {
                if self.topics.contains(&Topic::Neighbours) { Step::Neighbours } else { Step::Groups }
            }
            CardKind::Offer | CardKind::Organisation => Step::Offers,
        }
    }
}

/// Minutes on foot for so many metres in a straight line, rounded up.
#[must_use]
pub const fn walking_minutes(metres: i64) -> i64 {
    let walked = metres * DETOUR_TENTHS;
    (walked + 10 * PER_MINUTE - 1) / (10 * PER_MINUTE)
}

/// Metres in a straight line.
#[must_use]
pub fn straight(from: Point, to: Point) -> i64 {
    let (x, y) = ((from.east_mm() - to.east_mm()) / 1000, (from.north_mm() - to.north_mm()) / 1000);
    (x * x + y * y).isqrt()
}
