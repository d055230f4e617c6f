// SPDX-License-Identifier: EUPL-1.2
//! Somebody on a network map, and where they stand.

use crate::access::codes;
use crate::kernel::{Line, Note};

codes! {
    /// The four sectors, counted against the clock from the right as easyNWK does.
    #[doc(alias = "Sektor")]
    Sector {
        /// Family: 0 to 90 degrees.
        Family = "family",
        /// Friends, neighbours, people one knows: 90 to 180 degrees.
        Friends = "friends",
        /// School, work, club: −180 to −90 degrees.
        Colleagues = "colleagues",
        /// Professional helpers: −90 to 0 degrees.
        Professionals = "professionals",
    }
}

impl Sector {
    /// Where the sector begins, in hundredths of a degree.
    #[must_use]
    pub const fn begins(self) -> i32 {
        match self {
            Self::Family => 0,
            Self::Friends => 9_000,
            Self::Colleagues => -18_000,
            Self::Professionals => -9_000,
        }
    }
}

codes! {
    /// How near somebody stands: three rings, and those who stand outside of them.
    #[doc(alias = "Horizont")]
    Horizon {
        /// Inner ring: less than a third of the way.
        Near = "near",
        /// Middle ring: less than two thirds.
        Middle = "middle",
        /// Outer ring, its edge included.
        Far = "far",
        /// Outside; belongs to the picture, not to the network.
        Beyond = "beyond",
    }
}

impl Horizon {
    /// The distance of somebody put into this ring by word only, in hundredths of a percent.
    #[must_use]
    pub const fn distance(self) -> i32 {
        match self {
            Self::Near => 2_200,
            Self::Middle => 5_000,
            Self::Far => 8_300,
            Self::Beyond => 11_200,
        }
    }
}

codes! {
    /// The tie to the person in the middle (easyNWK: `edgeType` 0, 1, 2).
    #[doc(alias = "Beziehung zur Ankerperson")]
    TieKind {
        /// None at present; could be taken up.
        Dormant = "dormant",
        /// There is one.
        Present = "present",
        /// There are several at once (multiplex): the neighbour is also the godmother.
        Manifold = "manifold",
    }
}

codes! {
    /// What can flow (easyNWK's five fields).
    #[doc(alias = "Art der Unterstützung")]
    Support {
        /// Comfort, being liked.
        Emotional = "emotional",
        /// Advice, knowledge.
        Cognitive = "cognitive",
        /// Company, belonging.
        Social = "social",
        /// Money, things.
        Material = "material",
        /// A hand that helps.
        Practical = "practical",
    }
}

codes! {
    /// Which way support flows (easyNWK: 0 to 3).
    #[doc(alias = "Richtung der Unterstützung")]
    SupportWay {
        /// None.
        Neither = "neither",
        /// From the person in the middle.
        Given = "given",
        /// To the person in the middle.
        Received = "received",
        /// Both ways.
        Mutual = "mutual",
    }
}

codes! {
    /// How somebody is drawn.
    #[doc(alias = "Zeichen")]
    Symbol {
        /// A woman or girl: a circle.
        Female = "female",
        /// A man or boy: a square.
        Male = "male",
        /// Divers: a triangle on the network map, a diamond on the genogram.
        Diverse = "diverse",
        /// Not said: a pentagon.
        Unknown = "unknown",
        /// An animal, a place, a thing that matters: a star. It counts in no measure.
        NotHuman = "not-human",
    }
}

/// A place on the map. Whole numbers, so that a map never changes by being read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Platz auf der Karte")]
pub struct Spot {
    /// Hundredths of a degree from the axis to the right against the clock, −18,000 to 18,000.
    pub angle: i32,
    /// Hundredths of a percent of the way to the outer horizon; more than 10,000 stands outside.
    pub distance: i32,
}

impl Spot {
    /// The sector. The upper bound belongs to the next one, as in easyNWK.
    #[must_use]
    pub const fn sector(self) -> Sector {
        match self.angle {
            ..-9_000 => Sector::Colleagues,
            -9_000..0 => Sector::Professionals,
            0..9_000 => Sector::Family,
            _ => Sector::Friends,
        }
    }

    /// The ring. easyNWK draws the lines at 33.33 and 66.67 percent.
    #[must_use]
    pub const fn horizon(self) -> Horizon {
        match self.distance {
            ..3_333 => Horizon::Near,
            3_333..6_667 => Horizon::Middle,
            6_667..=10_000 => Horizon::Far,
            _ => Horizon::Beyond,
        }
    }

    /// Nearness in nine rings: 9 next to the middle, 0 on or beyond the outer horizon (easyNWK's "Nähe").
    #[must_use]
    pub fn nearness(self) -> i32 {
        (9 - self.distance.saturating_mul(9).div_euclid(10_000)).max(0)
    }
}

/// Somebody on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Kontakt auf der Netzwerkkarte")]
pub struct Contact {
    /// Number within the map, kept through its versions.
    pub id: u32,
    /// As the person in the middle calls them.
    pub name: Line,
    /// Who they are: aunt, neighbour, coach.
    pub role: Option<Line>,
    /// How they are drawn.
    pub symbol: Symbol,
    /// Age in words.
    pub age: Option<Line>,
    /// In the words of the person in the middle.
    pub note: Option<Note>,
    /// No longer living: stands on the map, counts in no measure.
    pub deceased: bool,
    /// The tie to the middle.
    pub tie: TieKind,
    /// Is the tie full of conflict?
    pub conflict: bool,
    /// What flows which way, in the order of [`Support::ALL`].
    pub support: [SupportWay; 5],
    /// Where they stand.
    pub spot: Spot,
}

impl Contact {
    /// Can there be a tie at all? As in easyNWK: a living human within the outer horizon, not in its middle.
    #[must_use]
    pub fn is_connectable(&self) -> bool {
        self.symbol != Symbol::NotHuman && !self.deceased && (1..=10_000).contains(&self.spot.distance)
    }

    /// Does it count as part of the network: connectable, with a tie today?
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.is_connectable() && self.tie != TieKind::Dormant
    }
}
