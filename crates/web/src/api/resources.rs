// SPDX-License-Identifier: EUPL-1.2
//! The directory of resources: the same search, the same reader of cards, the same rights as the pages.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, Nothing, maybe};
use super::openapi::Doors;
use super::resources_out::{CardOut, Cards, HitOut};
use super::words::{CardCode, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::resources::{self, Near, PAGE};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{CardId, Refusal, Refusals, SpaceId};
use domain::resources::search::{Asked, Cursor, Filter};
use domain::resources::{Basis, CARD_CHOICE, CardContent, CardKind, Language, Topic};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, tend) = (Asks::For(Action::SeeDirectory), Asks::For(Action::TendResources));
    Doors::default()
        .get("/api/v1/resources", see, "Cards of the resource directory that you may see, searched and filtered", list)
        .post("/api/v1/resources", tend, "Adds a card", add)
        .get("/api/v1/resources/{id}", see, "One card", one)
        .post("/api/v1/resources/{id}", tend, "Writes a card anew", change)
        .post("/api/v1/resources/{id}/confirmation", tend, "Confirms that a card is still true", confirm)
        .post("/api/v1/resources/{id}/closing", tend, "Closes a card", close)
        .post("/api/v1/resources/{id}/reopening", tend, "Opens a closed card again", reopen)
}

// In --------------------------------------------------------------------------------------------------

#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
struct CardQuery {
    /// Words; left out: all.
    q: Option<String>,
    /// Id of a space.
    space: Option<String>,
    /// Code of a topic.
    topic: Option<String>,
    /// Paragraph of SGB VIII, like `28`.
    basis: Option<String>,
    /// Code of a kind.
    kind: Option<String>,
    /// For somebody of this age, in years.
    age: Option<i64>,
    /// Code of a language.
    language: Option<String>,
    /// Only without steps.
    no_steps: Option<bool>,
    /// Only with free places.
    free_places: Option<bool>,
    /// Around this address or point.
    near: Option<String>,
    /// No further than so many metres; left out: 2,000.
    metres: Option<i64>,
    /// `next` of the page before.
    after: Option<String>,
}

fn code<T>(text: Option<&str>, from: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
    maybe(text, |text| from(text).ok_or(CARD_CHOICE.broken()))
}

fn cursor(text: &str) -> Result<Cursor, Refusal> {
    let mut parts = text.splitn(3, '_');
    let read = || {
        let (rank, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Cursor { rank, id, name_key: parts.next()?.to_owned() })
    };
    let mut read = read;
    read().ok_or(CARD_CHOICE.broken())
}

impl CardQuery {
    fn read(&self, web: &Web, near: Option<Near>) -> Result<Asked, Refusals> {
        let mut wrong = Refusals::default();
        let topic = wrong.take("topic", code(self.topic.as_deref(), Topic::from_code));
        let basis = wrong.take("basis", code(self.basis.as_deref(), Basis::from_code));
        let kind = wrong.take("kind", code(self.kind.as_deref(), CardKind::from_code));
        let language = wrong.take("language", code(self.language.as_deref(), Language::from_code));
        let space = wrong.take("space", code(self.space.as_deref(), |text| text.parse::<SpaceId>().ok()));
        let after = wrong.take("after", maybe(self.after.as_deref(), cursor));
        let value = (|| {
            let filter = Filter {
                topic: topic?,
                basis: basis?,
                kind: kind?,
                language: language?,
                space: space?,
                age: self.age,
                no_steps: self.no_steps.unwrap_or_default(),
                free_places: self.free_places.unwrap_or_default(),
                near: near.map(|near| (near.point, self.metres.unwrap_or(2_000).clamp(0, 100_000))),
                ..Filter::default()
            };
            let text: String = self.q.as_deref().unwrap_or_default().chars().take(200).collect();
            Some(Asked { text, filter, today: web.app.today(), after: after?, limit: PAGE, places: false })
        })();
        wrong.finish(value)
    }
}

/// A card: the fields of the form, all as text, codes as in the lists.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardIn {
    #[serde(default)]
    #[schema(required = true)]
    name: String,
    #[serde(default)]
    #[schema(required = true, value_type = CardCode)]
    kind: String,
    /// Codes of topics; at least one.
    #[serde(default)]
    #[schema(required = true)]
    topics: Vec<String>,
    #[serde(default)]
    #[schema(required = true)]
    about: String,
    /// `owner`, `team`, `professionals`, `public`.
    #[serde(default)]
    #[schema(required = true)]
    visibility: String,
    keywords: Option<String>,
    place: Option<String>,
    /// Latitude and longitude, `53.6051, 9.9123`.
    point: Option<String>,
    contact: Option<String>,
    web: Option<String>,
    key_person: Option<String>,
    second_person: Option<String>,
    conditions: Option<String>,
    /// Of a private person: what she or he can do.
    skills: Option<String>,
    /// Of a private person: what she or he likes to receive.
    likes: Option<String>,
    cost: Option<String>,
    cost_note: Option<String>,
    languages: Option<Vec<String>>,
    barriers: Option<Vec<String>>,
    age_from: Option<i64>,
    age_to: Option<i64>,
    /// One line a time, in German, like `Di 15–17 Uhr`.
    times: Option<Vec<String>>,
    free_places: Option<i64>,
    waiting: Option<i64>,
    /// Paragraphs of SGB VIII.
    basis: Option<Vec<String>>,
    consent_on: Option<String>,
    consent_until: Option<String>,
    consent_scope: Option<String>,
    consent_form: Option<String>,
    /// Id of a space; left out: as the address says.
    space: Option<String>,
}

impl CardIn {
    fn fields(&self) -> Vec<(&'static str, String)> {
        let joined = |all: &Option<Vec<String>>, with: &str| all.as_ref().map(|all| all.join(with));
        let number = |number: Option<i64>| number.map(|number| number.to_string());
        let all = [
            ("name", Some(self.name.clone())),
            ("kind", Some(self.kind.clone())),
            ("topics", Some(self.topics.join(" "))),
            ("about", Some(self.about.clone())),
            ("visibility", Some(self.visibility.clone())),
            ("keywords", self.keywords.clone()),
            ("place", self.place.clone()),
            ("point", self.point.clone()),
            ("contact", self.contact.clone()),
            ("web", self.web.clone()),
            ("key_person", self.key_person.clone()),
            ("second_person", self.second_person.clone()),
            ("conditions", self.conditions.clone()),
            ("skills", self.skills.clone()),
            ("likes", self.likes.clone()),
            ("cost", self.cost.clone()),
            ("cost_note", self.cost_note.clone()),
            ("languages", joined(&self.languages, " ")),
            ("barriers", joined(&self.barriers, " ")),
            ("age_from", number(self.age_from)),
            ("age_to", number(self.age_to)),
            ("times", joined(&self.times, "\n")),
            ("free_places", number(self.free_places)),
            ("waiting", number(self.waiting)),
            ("basis", joined(&self.basis, " ")),
            ("consent_on", self.consent_on.clone()),
            ("consent_until", self.consent_until.clone()),
            ("consent_scope", self.consent_scope.clone()),
            ("consent_form", self.consent_form.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The card, and its space.
    pub fn read(&self) -> Result<(CardContent, Option<SpaceId>), Refusals> {
        let mut wrong = Refusals::default();
        let space = wrong.take("space", code(self.space.as_deref(), |text| text.parse::<SpaceId>().ok()));
        let fields = self.fields();
        let card = match CardContent::read(fields.as_slice() as &[_]) {
            Ok(card) => Some(card),
            Err(more) => {
                more.list().iter().for_each(|refusal| wrong.note(*refusal));
                None
            }
        };
        wrong.finish(card.zip(space))
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<CardQuery>,
) -> Result<Json<Cards>, ApiOops> {
    let near = match asked.near.as_deref().filter(|text| !text.trim().is_empty()) {
        Some(text) => resources::near(&web.app, text.to_owned()).await?,
        None => None,
    };
    let viewer = resources::viewer_of(&who.actor)?;
    let inside = viewer.professional;
    let found = resources::search(&web.app, viewer, asked.read(&web, near)?).await?;
    let next = found.next.map(|next| format!("{}_{}_{}", next.rank, next.id, next.name_key));
    let hits = found.cards.into_iter().map(|one| HitOut::of(one, inside)).collect();
    Ok(Json(Cards { resources: hits, total: found.total, next }))
}

async fn one(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardId>,
) -> Result<Json<CardOut>, ApiOops> {
    let viewer = resources::viewer_of(&who.actor)?;
    let inside = viewer.professional;
    Ok(Json(CardOut::of(resources::one(&web.app, viewer, id).await?, inside)))
}

async fn add(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<CardIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(resources::add(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn change(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardId>,
    sent: ApiJson<CardIn>,
) -> Result<Json<Reference>, ApiOops> {
    let new = sent.body.read()?;
    Ok(done(resources::change(&web.app, &who.actor, Some(sent.key), (id, None), new).await?))
}

async fn confirm(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(resources::confirm(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn close(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(resources::close(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn reopen(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(resources::reopen(&web.app, &who.actor, Some(sent.key), id).await?))
}
