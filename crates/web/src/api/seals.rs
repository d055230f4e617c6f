// SPDX-License-Identifier: EUPL-1.2
//! Protected addresses: no answer tells one but that of a look, which has a reason and is on record.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, maybe};
use super::openapi::Doors;
use super::words::{Date, Made, Reference, SealReasonCode, done};
use crate::kit::{Asks, Web};
use app::casework::seals;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{NewSeal, SealReason};
use domain::kernel::{Day, Line, Note, PersonId, Refusals, SealId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let sealed = Asks::For(Action::SeeSealedAddress);
    Doors::default()
        .post("/api/v1/people/{id}/sealed-address", sealed, "Protects an address", seal)
        .post("/api/v1/sealed-addresses/{id}/looks", sealed, "Shows a protected address; on record", look)
        .post("/api/v1/sealed-addresses/{id}/lifting", sealed, "Lifts the protection", lift)
}

// In --------------------------------------------------------------------------------------------------

/// A protected address. It is in no answer of this API but that of `looks`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SealIn {
    place: String,
    #[schema(value_type = SealReasonCode)]
    reason: String,
    why: String,
    #[schema(value_type = Date)]
    review_on: String,
}

/// Why somebody must know the address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LookIn {
    seal_reason: Option<String>,
}

/// Why the protection ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LiftIn {
    lift_why: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn seal(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(person): ApiId<PersonId>,
    sent: ApiJson<SealIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let place = wrong.take("place", Line::parse(&sent.body.place));
    let reason = wrong.take("reason", code(&sent.body.reason, SealReason::from_code));
    let why = wrong.take("why", Note::parse(&sent.body.why));
    let review_on = wrong.take("review_on", Day::parse(&sent.body.review_on));
    let new = (|| Some(NewSeal { place: place?, reason: reason?, why: why?, review_on: review_on? }))();
    let new = wrong.finish(new)?;
    Ok(Made::new(seals::seal(&web.app, &who.actor, Some(sent.key), person, new).await?))
}

async fn look(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(seal): ApiId<SealId>,
    sent: ApiJson<LookIn>,
) -> Result<Json<SealedOut>, ApiOops> {
    let mut wrong = Refusals::default();
    let reason = wrong.take("seal_reason", maybe(sent.body.seal_reason.as_deref(), Note::parse));
    let reason = wrong.finish(reason)?;
    let places = seals::look(&web.app, &who.actor, Some(sent.key), seal, reason).await?;
    Ok(Json(SealedOut { places: places.into_iter().map(|place| place.place).collect() }))
}

async fn lift(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(seal): ApiId<SealId>,
    sent: ApiJson<LiftIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("lift_why", Line::parse(&sent.body.lift_why));
    let why = wrong.finish(why)?;
    Ok(done(seals::lift(&web.app, &who.actor, Some(sent.key), seal, why).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// A protected address, newest place first.
#[derive(Serialize, ToSchema)]
struct SealedOut {
    places: Vec<String>,
}
