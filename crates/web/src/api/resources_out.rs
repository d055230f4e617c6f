// SPDX-License-Identifier: EUPL-1.2
//! Cards as the API gives them out.

use super::words::{CardCode, Date, Ident};
use app::resources::{CardRow, Listed};
use domain::resources::{Schedule, joined};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A page of the resource directory.
#[derive(Serialize, ToSchema)]
pub struct Cards {
    pub resources: Vec<HitOut>,
    /// How many there are in all.
    pub total: usize,
    /// To be sent as `after` for the next page, if there is one.
    pub next: Option<String>,
}

/// A card that was found.
#[derive(Serialize, ToSchema)]
pub struct HitOut {
    #[serde(flatten)]
    card: CardOut,
    /// Metres from the place asked about.
    metres: Option<i64>,
    /// Why it was found.
    why: Vec<WhyOut>,
}

/// Why a card was found.
#[derive(Serialize, ToSchema)]
struct WhyOut {
    /// The word asked for.
    asked: String,
    /// The word on the card.
    word: Option<String>,
    /// `word`, `longer`, `part`, `synonym`, `slip`.
    how: &'static str,
    /// Where it stands.
    place: &'static str,
}

impl HitOut {
    /// A hit.
    pub fn of(hit: Listed, inside: bool) -> Self {
        let why = hit.why.into_iter().map(|why| WhyOut {
            asked: why.asked,
            word: why.word,
            how: why.how.code(),
            place: why.place.code(),
        });
        Self { why: why.collect(), metres: hit.metres, card: CardOut::of(Arc::unwrap_or_clone(hit.card), inside) }
    }
}

/// A card.
#[derive(Serialize, ToSchema)]
pub struct CardOut {
    id: Ident,
    name: String,
    #[schema(value_type = CardCode)]
    kind: &'static str,
    /// Codes with blanks between, here and below.
    topics: String,
    about: String,
    visibility: &'static str,
    space: Option<String>,
    place: Option<String>,
    contact: Option<String>,
    web: Option<String>,
    conditions: Option<String>,
    /// What a private person can do.
    skills: Option<String>,
    /// What a private person likes to receive; for professionals.
    likes: Option<String>,
    cost: Option<&'static str>,
    cost_note: Option<String>,
    languages: String,
    barriers: String,
    age_from: Option<i64>,
    age_to: Option<i64>,
    /// In German.
    times: Vec<String>,
    free_places: Option<i64>,
    waiting: Option<i64>,
    /// Paragraphs of SGB VIII.
    basis: String,
    /// For professionals.
    key_person: Option<String>,
    /// For professionals.
    second_person: Option<String>,
    confirmed_on: Date,
    /// Asks to be confirmed after this day.
    due_on: Date,
    /// Closed on this day.
    ended_on: Option<Date>,
}

impl CardOut {
    /// A card, with key persons for professionals.
    pub fn of(row: CardRow, inside: bool) -> Self {
        let card = row.content;
        let text = |line: Option<domain::kernel::Line>| line.map(|line| line.as_str().to_owned());
        Self {
            id: row.id.into(),
            name: card.name.as_str().to_owned(),
            kind: card.kind.code(),
            topics: joined(&card.topics, |one| one.code()),
            about: card.about.as_str().to_owned(),
            visibility: card.visibility.code(),
            space: row.space_name,
            place: text(card.place),
            contact: text(card.contact),
            web: text(card.web),
            conditions: text(card.conditions),
            skills: text(card.skills),
            likes: text(card.likes.filter(|_| inside)),
            cost: card.cost.map(|cost| cost.code()),
            cost_note: text(card.cost_note),
            languages: joined(&card.languages, |one| one.code()),
            barriers: joined(&card.barriers, |one| one.code()),
            age_from: card.age_from,
            age_to: card.age_to,
            times: card.times.iter().map(Schedule::german).collect(),
            free_places: card.free_places,
            waiting: card.waiting,
            basis: joined(&card.basis, |one| one.code()),
            key_person: text(card.key_person.filter(|_| inside)),
            second_person: text(card.second_person.filter(|_| inside)),
            confirmed_on: row.confirmed_on.into(),
            due_on: row.due_on.into(),
            ended_on: row.seen.ended_on.map(Into::into),
        }
    }
}
