// SPDX-License-Identifier: EUPL-1.2
//! One search for list, map, autocomplete, feeds and API: an index in memory, built from the cards of an office and kept
//! up card by card. It has no opinion about who may see what: it asks [`super::Seen`] about each card it counts.
//!
//! `analyse` turns German into terms, `script` makes words in other letters fit for that, `index` keeps them, `ask` finds cards, `terms` says which terms answer a word, `why`
//! says by which word a card was found. `lean`, `near`, `scratch` and `top` are there so that it is quick.

mod analyse;
mod ask;
mod index;
mod lean;
mod near;
mod question;
mod scratch;
mod script;
mod terms;
mod top;
mod why;

pub use analyse::{parts, stem, words};
pub use index::{Entry, Index, bit};
pub use question::{Asked, Cursor, Filter, Found, Hit, How, Spot, Why};
pub use why::{word_at, word_with};

use super::card::CardContent;
use super::tongue::CardText;
use super::words::{Basis, Language, Topic};

/// Where a word stands on a card. The later, the more it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Feld der Karte")]
pub enum Place {
    /// Key persons: only professionals find by them.
    Key,
    /// What there is, in another language.
    Told,
    /// What there is.
    About,
    /// Address and space.
    Where,
    /// Kind, language, cost, barriers.
    Facts,
    /// Topic.
    Topic,
    /// Paragraph.
    Basis,
    /// Words to be found by.
    Keywords,
    /// Name in another language.
    Called,
    /// Name.
    Name,
}

/// What is said of a card beside its own words: the name of its space, its texts in other languages.
#[doc(alias = "Beitext")]
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// Name of the space.
    pub space: &'a str,
    /// Texts.
    pub texts: &'a [CardText],
}

impl<'a> From<&'a str> for Said<'a> {
    fn from(space: &'a str) -> Self {
        Self { space, texts: &[] }
    }
}

impl<'a> From<&'a String> for Said<'a> {
    fn from(space: &'a String) -> Self {
        space.as_str().into()
    }
}

impl Place {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::Key,
        Self::Told,
        Self::About,
        Self::Where,
        Self::Facts,
        Self::Topic,
        Self::Basis,
        Self::Keywords,
        Self::Called,
        Self::Name,
    ];

    /// For messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Told => "told",
            Self::About => "about",
            Self::Where => "where",
            Self::Facts => "facts",
            Self::Topic => "topic",
            Self::Basis => "basis",
            Self::Keywords => "keywords",
            Self::Called => "called",
            Self::Name => "name",
        }
    }

    /// How much a word there counts, in tenths; a part of a word counts less.
    const fn worth(self, part: bool) -> u32 {
        self.weight() * if part { 6 } else { 10 }
    }

    /// How much a word there counts.
    const fn weight(self) -> u32 {
        match self {
            Self::Key | Self::Told | Self::About | Self::Where | Self::Facts => 3,
            Self::Topic => 4,
            Self::Keywords | Self::Called | Self::Name => 6,
            Self::Basis => 8,
        }
    }
}

/// The words of a card with the places where they stand.
#[must_use]
pub fn texts<'a>(card: &CardContent, said: impl Into<Said<'a>>) -> Vec<(Place, String)> {
    let Said { space, texts } = said.into();
    let line =
        |line: &Option<crate::kernel::Line>| line.as_ref().map(|line| line.as_str().to_owned()).unwrap_or_default();
    let codes = |list: &'static str, codes: Vec<&'static str>| {
        codes.into_iter().map(|code| analyse::words_for(list, code)).collect::<Vec<_>>().join(" ")
    };
    let facts = [
        codes("kind", vec![card.kind.code()]),
        codes("lang", card.languages.iter().copied().map(Language::code).collect()),
        codes("cost", card.cost.iter().map(|cost| cost.code()).collect()),
        codes("barrier", card.barriers.iter().map(|one| one.code()).collect()),
    ];
    let paragraphs: String = card.basis.iter().map(|basis| format!("§ {} ", basis.code())).collect();
    let mut all = vec![
        (Place::Name, card.name.as_str().to_owned()),
        (Place::Keywords, line(&card.keywords)),
        (Place::Topic, codes("topic", card.topics.iter().copied().map(Topic::code).collect())),
        (Place::Basis, paragraphs),
        (Place::Facts, codes("basis", card.basis.iter().copied().map(Basis::code).collect())),
        (Place::Facts, facts.join(" ")),
        (Place::Where, format!("{} {space}", line(&card.place))),
        (Place::About, format!("{} {} {}", card.about.as_str(), line(&card.conditions), line(&card.skills))),
        (Place::Key, format!("{} {}", line(&card.key_person), line(&card.second_person))),
    ];
    for text in texts {
        all.push((Place::Called, text.name.as_str().to_owned()));
        all.push((Place::Told, format!("{} {}", text.about.as_str(), line(&text.conditions))));
    }
    all
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
