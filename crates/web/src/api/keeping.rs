// SPDX-License-Identifier: EUPL-1.2
//! Care of cards: is it there already, how often was it of use, erasing, handing over.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id};
use super::openapi::Doors;
use super::resources::CardIn;
use super::words::{Ident, Reference, done};
use crate::kit::{Asks, Web};
use app::resources::{self, KeeperView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{CardId, Refusals};
use domain::resources::{ErasureGround, Uses};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (tend, curate) = (Asks::For(Action::TendResources), Asks::For(Action::CurateResources));
    let professional = Asks::For(Action::SeeProfessionalCards);
    Doors::default()
        .post("/api/v1/resources/alike", tend, "Cards that may be of the same thing as one not added yet", alike)
        .get("/api/v1/resources/{id}/uses", professional, "How often a card was of use, without small numbers", uses)
        .post("/api/v1/resources/{id}/erasure", tend, "Erases a card for good (Art. 17 GDPR)", erase)
        .get("/api/v1/keepers", curate, "Who keeps how many cards", keepers)
        .post("/api/v1/keepers/hand-over", tend, "Gives all cards of a keeper to another one", hand_over)
}

/// Why a card is erased.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ErasureIn {
    /// `request`, `withdrawal`, `purpose`.
    #[serde(default)]
    #[schema(required = true)]
    ground: String,
}

/// From whom, to whom.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandOverIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    from: String,
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    to: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn alike(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<CardIn>,
) -> Result<Json<AlikeCards>, ApiOops> {
    let (new, _) = sent.body.read()?;
    let found = resources::alike(&web.app, &who.actor, new).await?;
    let card = |one: resources::AlikeCard| AlikeOut {
        card: one.card.id.into(),
        name: one.card.content.name.as_str().to_owned(),
        like: one.like.code(),
    };
    Ok(Json(AlikeCards { alike: found.into_iter().map(card).collect() }))
}

async fn uses(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(card): ApiId<CardId>,
) -> Result<Json<UsesOut>, ApiOops> {
    let Uses { total, by_space } = resources::uses_of(&web.app, &who.actor, card).await?;
    Ok(Json(UsesOut { total, by_space }))
}

async fn erase(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(card): ApiId<CardId>,
    sent: ApiJson<ErasureIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let ground = wrong.take("ground", code(&sent.body.ground, ErasureGround::from_code));
    let ground = wrong.finish(ground)?;
    Ok(done(resources::erase(&web.app, &who.actor, Some(sent.key), (card, ground)).await?))
}

async fn keepers(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Keepers>, ApiOops> {
    let shown = resources::keepers(&web.app, &who.actor).await?;
    Ok(Json(Keepers { keepers: shown.keepers.into_iter().map(KeeperOut::from).collect() }))
}

async fn hand_over(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<HandOverIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let (from, to) = (wrong.take("from", id(&sent.body.from)), wrong.take("to", id(&sent.body.to)));
    let both = wrong.finish(from.zip(to))?;
    Ok(done(resources::hand_over(&web.app, &who.actor, Some(sent.key), both).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Cards of perhaps the same thing.
#[derive(Serialize, ToSchema)]
struct AlikeCards {
    alike: Vec<AlikeOut>,
}

/// A card of perhaps the same thing.
#[derive(Serialize, ToSchema)]
struct AlikeOut {
    card: Ident,
    name: String,
    /// `name`: they sound alike; `address`: the same address and a word of the name.
    like: &'static str,
}

/// Uses in the last twelve closed months.
#[derive(Serialize, ToSchema)]
struct UsesOut {
    /// Nothing if they are few.
    total: Option<i64>,
    /// By the name of the space; nothing where they are few or the total would tell.
    by_space: BTreeMap<String, Option<i64>>,
}

/// Who keeps cards.
#[derive(Serialize, ToSchema)]
struct Keepers {
    keepers: Vec<KeeperOut>,
}

/// Somebody who keeps cards.
#[derive(Serialize, ToSchema)]
struct KeeperOut {
    id: Ident,
    name: String,
    cards: i64,
    /// Errors and proposals that wait.
    tasks: i64,
    /// May still keep cards.
    fit: bool,
    /// Tends the cards and has no end: nobody else gives them away.
    stays: bool,
}

impl From<KeeperView> for KeeperOut {
    fn from(keeper: KeeperView) -> Self {
        let KeeperView { id, name, cards, tasks, fit, stays } = keeper;
        Self { id: id.into(), name, cards, tasks, fit, stays }
    }
}
