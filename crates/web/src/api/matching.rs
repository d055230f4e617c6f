// SPDX-License-Identifier: EUPL-1.2
//! What there is in the quarter for a case. The question travels in the body and is not kept.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id, maybe};
use super::openapi::Doors;
use super::words::{CardCode, Date, Ident, Reference, done};
use crate::casework::matching_view::sentence;
use crate::kit::{Asks, Web};
use app::casework::matching::{self, MatchAsked, MatchPage, Origin, OwnResource};
use app::casework::taking::{self, NewTake, TakeInto};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{CardId, CaseId, Day, Line, Refusals};
use domain::resources::{CardKind, Language, Topic, Want, WantedTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .post("/api/v1/cases/{id}/matches", see, "What the quarter has for a goal or gap; nothing of it is kept", look)
        .post("/api/v1/cases/{id}/matches/taken", work, "Takes a card over, as resource or action goal", take)
        .post("/api/v1/cases/{id}/matches/refused", work, "The family turns a card down, with its reason", refuse)
        .post("/api/v1/cases/{id}/matches/reconsidered", work, "The family thinks again", reconsider)
}

// In --------------------------------------------------------------------------------------------------

/// What is looked for. All left out: the words of the goal.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WantIn {
    /// In words; left out: those of the goal or of the entry of the resource check.
    words: Option<String>,
    #[schema(value_type = Option<Ident>)]
    goal: Option<String>,
    /// Number of an entry of the resource check.
    entry: Option<u32>,
    #[schema(value_type = Option<Ident>)]
    person: Option<String>,
    /// Distances start at this place of the lived space.
    #[schema(value_type = Option<Ident>)]
    from: Option<String>,
    /// Code of a topic.
    topic: Option<String>,
    #[schema(value_type = Option<CardCode>)]
    kind: Option<String>,
    age: Option<i64>,
    /// Code of a language.
    language: Option<String>,
    #[serde(default)]
    no_steps: bool,
    #[serde(default)]
    free_places: bool,
    /// `evening`, `weekend`.
    time: Option<String>,
    #[schema(value_type = Option<Ident>)]
    space: Option<String>,
    /// No further than so many metres.
    metres: Option<i64>,
    /// Only where the child may go alone.
    #[serde(default)]
    only_reach: bool,
}

impl WantIn {
    fn read(&self) -> Result<MatchAsked, Refusals> {
        let mut wrong = Refusals::default();
        let topic = wrong.take("topic", maybe(self.topic.as_deref(), |text| code(text, Topic::from_code)));
        let kind = wrong.take("kind", maybe(self.kind.as_deref(), |text| code(text, CardKind::from_code)));
        let language = wrong.take("language", maybe(self.language.as_deref(), |text| code(text, Language::from_code)));
        let time = wrong.take("time", maybe(self.time.as_deref(), |text| code(text, WantedTime::from_code)));
        let space = wrong.take("space", maybe(self.space.as_deref(), id));
        let (goal, person) = (
            wrong.take("goal", maybe(self.goal.as_deref(), id)),
            wrong.take("person", maybe(self.person.as_deref(), id)),
        );
        let from = wrong.take("from", maybe(self.from.as_deref(), id));
        let asked = (|| {
            let want = Want {
                words: self.words.as_deref().unwrap_or_default().chars().take(300).collect(),
                topic: topic?,
                kind: kind?,
                age: self.age,
                language: language?,
                no_steps: self.no_steps,
                free_places: self.free_places,
                time: time?,
                space: space?,
                metres: self.metres,
                only_reach: self.only_reach,
                ..Want::default()
            };
            let (goal, person, from) = (goal?, person?, from?);
            Some(MatchAsked { goal, entry: self.entry, person, from, want, typed: self.words.is_some() })
        })();
        wrong.finish(asked)
    }
}

/// Something that is taken over. With `under` and `owner` an action goal, else a resource.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TakeIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    card: String,
    /// What is to stand in the case; no names of private persons.
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    /// A direction goal.
    #[schema(value_type = Option<Ident>)]
    under: Option<String>,
    #[schema(value_type = Option<Ident>)]
    owner: Option<String>,
    #[schema(value_type = Option<Date>)]
    due_on: Option<String>,
}

impl TakeIn {
    fn read(&self) -> Result<NewTake, Refusals> {
        let mut wrong = Refusals::default();
        let (card, words) = (wrong.take("card", id(&self.card)), wrong.take("words", Line::parse(&self.words)));
        let into = match &self.under {
            None => Some(TakeInto::Resource),
            Some(under) => {
                let under = wrong.take("under", id(under));
                let owner = wrong.take("owner", id(self.owner.as_deref().unwrap_or_default()));
                let due_on = wrong.take("due_on", maybe(self.due_on.as_deref(), Day::parse));
                (|| Some(TakeInto::Step(under?, owner?, due_on?)))()
            }
        };
        let take = (|| Some(NewTake { card: card?, words: words?, into: into? }))();
        wrong.finish(take)
    }
}

/// A card that a family turns down.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefuseIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    card: String,
    /// Why.
    #[serde(default)]
    #[schema(required = true)]
    why: String,
}

/// A card that may be proposed again.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReconsiderIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    card: String,
}

fn card(text: &str) -> Result<CardId, Refusals> {
    let mut wrong = Refusals::default();
    let card = wrong.take("card", id(text));
    wrong.finish(card)
}

// Handlers --------------------------------------------------------------------------------------------

async fn look(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<WantIn>,
) -> Result<Json<Matches>, ApiOops> {
    Ok(Json(Matches::from(matching::look(&web.app, &who.actor, case, sent.body.read()?).await?)))
}

async fn take(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<TakeIn>,
) -> Result<Json<Reference>, ApiOops> {
    let new = sent.body.read()?;
    Ok(done(taking::take(&web.app, &who.actor, Some(sent.key), (case, new)).await?))
}

async fn refuse(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<RefuseIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("why", Line::optional(&sent.body.why));
    let (card, why) = (card(&sent.body.card)?, wrong.finish(why)?);
    Ok(done(taking::refuse(&web.app, &who.actor, Some(sent.key), (case, card, why)).await?))
}

async fn reconsider(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<ReconsiderIn>,
) -> Result<Json<Reference>, ApiOops> {
    let card = card(&sent.body.card)?;
    Ok(done(taking::reconsider(&web.app, &who.actor, Some(sent.key), (case, card)).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// What there is, the family's own first.
#[derive(Serialize, ToSchema)]
struct Matches {
    /// The words that were looked for.
    words: String,
    /// Where distances start: `sealed` and `unknown` (nowhere), `address`, `middle` of the space, `place`.
    origin: &'static str,
    own: Vec<OwnOut>,
    cards: Vec<MatchOut>,
    refused: Vec<RefusedOut>,
}

/// Something of the family's own.
#[derive(Serialize, ToSchema)]
struct OwnOut {
    words: String,
    about: Option<String>,
    /// From the network map; else from the resource check.
    of_network: bool,
    /// A word that was looked for stands there.
    fits: bool,
}

/// A card that fits.
#[derive(Serialize, ToSchema)]
struct MatchOut {
    card: Ident,
    name: String,
    /// `neighbours`, `groups`, `offers`, `paid`: the order in which they come.
    step: &'static str,
    /// Metres in a straight line.
    metres: Option<i64>,
    /// In German.
    why: Vec<String>,
    confirmed_on: Date,
}

/// A card that was turned down.
#[derive(Serialize, ToSchema)]
struct RefusedOut {
    card: Ident,
    why: String,
    on: Date,
}

impl From<MatchPage> for Matches {
    fn from(shown: MatchPage) -> Self {
        let origin = match shown.origin {
            Origin::Sealed => "sealed",
            Origin::Unknown => "unknown",
            Origin::Address => "address",
            Origin::Middle(_) => "middle",
            Origin::Place(_) => "place",
        };
        let own = |one: OwnResource| OwnOut {
            words: one.words,
            about: one.about,
            of_network: one.of_network,
            fits: one.fits,
        };
        let reaches = shown.reaches;
        let card = |one: app::resources::Fitting| MatchOut {
            card: one.card.id.into(),
            name: one.card.content.name.as_str().to_owned(),
            step: one.fit.step.code(),
            metres: one.fit.metres,
            why: one.fit.why.iter().map(|fit| sentence(fit, &reaches)).collect(),
            confirmed_on: one.card.confirmed_on.into(),
        };
        let refused =
            |one: matching::RefusalView| RefusedOut { card: one.card.into(), why: one.why, on: one.on.into() };
        Self {
            words: shown.want.words,
            origin,
            own: shown.own.into_iter().map(own).collect(),
            cards: shown.cards.into_iter().map(card).collect(),
            refused: shown.refused.into_iter().map(refused).collect(),
        }
    }
}
