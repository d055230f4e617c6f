// SPDX-License-Identifier: EUPL-1.2
//! What a search is asked, and what it answers.

use super::super::words::{Basis, CardKind, Language, Topic};
use super::Place;
use crate::kernel::{CardId, Day, SpaceId};
use crate::territory::Point;

/// What narrows a search.
#[derive(Debug, Clone, Default)]
#[doc(alias = "Suchfilter")]
pub struct Filter {
    /// Topic.
    pub topic: Option<Topic>,
    /// Paragraph.
    pub basis: Option<Basis>,
    /// Kind.
    pub kind: Option<CardKind>,
    /// For somebody of this age, in years.
    pub age: Option<i64>,
    /// Language.
    pub language: Option<Language>,
    /// Without steps.
    pub no_steps: bool,
    /// With free places.
    pub free_places: bool,
    /// Going on at this minute of the day.
    pub open_at: Option<i32>,
    /// In this space.
    pub space: Option<SpaceId>,
    /// No further than so many metres from here.
    pub near: Option<(Point, i64)>,
    /// Only what asks to be confirmed.
    pub stale: bool,
    /// Also what is closed or over.
    pub closed: bool,
    /// What was written last first; only without words and without a place to start from.
    pub newest: bool,
}

/// A question.
#[derive(Debug, Clone)]
#[doc(alias = "Suchanfrage")]
pub struct Asked {
    /// Words.
    pub text: String,
    /// What narrows it.
    pub filter: Filter,
    /// Today.
    pub today: Day,
    /// Where a page begins.
    pub after: Option<Cursor>,
    /// Most hits on a page.
    pub limit: usize,
    /// Also where every hit is, for a map.
    pub places: bool,
}

/// Where the next page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Fortsetzung")]
pub struct Cursor {
    /// Rank of the last hit.
    pub rank: i64,
    /// Its folded name.
    pub name_key: String,
    /// Its id.
    pub id: CardId,
}

/// How a word was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Fundart")]
pub enum How {
    /// The word itself, in any form.
    Word,
    /// A longer word with it.
    Longer,
    /// A part of the word that was asked for.
    Part,
    /// Another word for it.
    Synonym,
    /// A word that looks or sounds like it.
    Slip,
}

impl How {
    /// For messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Longer => "longer",
            Self::Part => "part",
            Self::Synonym => "synonym",
            Self::Slip => "slip",
        }
    }
}

/// Why a card was found, for one of the words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Begründung")]
pub struct Why {
    /// The word asked for.
    pub asked: String,
    /// The term found.
    pub term: String,
    /// How.
    pub how: How,
    /// Where.
    pub place: Place,
}

/// A card that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Treffer")]
pub struct Hit {
    /// Which.
    pub id: CardId,
    /// Its place in the order; more is earlier.
    pub rank: i64,
    /// Metres from the place asked about.
    pub metres: Option<i64>,
    /// Why.
    pub why: Vec<Why>,
}

/// A hit on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Treffer auf der Karte")]
pub struct Spot {
    /// Which.
    pub id: CardId,
    /// Where.
    pub point: Option<Point>,
    /// In which space.
    pub space: Option<SpaceId>,
}

/// What was found.
#[derive(Debug, Clone, Default)]
#[doc(alias = "Suchergebnis")]
pub struct Found {
    /// How many in all.
    pub total: usize,
    /// A page of them.
    pub hits: Vec<Hit>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// All of them in no order, if they were asked for: the map shows the same search by construction.
    pub spots: Vec<Spot>,
}
