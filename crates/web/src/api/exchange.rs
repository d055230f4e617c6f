// SPDX-License-Identifier: EUPL-1.2
//! An agency's side: what was transmitted to it, and nothing else (N1).

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, Nothing, after, next};
use super::openapi::Doors;
use super::plan::PlanOut;
use super::words::{Ident, Instant, Reference, SectionCode, done};
use crate::kit::{Asks, Web};
use app::exchange::{self, Mandate};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::TransmissionId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, answer) = (Asks::For(Action::SeeMandate), Asks::For(Action::AnswerMandate));
    Doors::default()
        .get("/api/v1/mandates", see, "Commissions that the own agency received, newest first", list)
        .get("/api/v1/mandates/{id}", see, "One mandate", one)
        .post("/api/v1/mandates/{id}/acknowledgement", answer, "Acknowledges a mandate", acknowledge)
}

#[derive(Deserialize, IntoParams)]
struct MandateQuery {
    /// `next` of the page before.
    after: Option<String>,
}

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<MandateQuery>,
) -> Result<Json<Mandates>, ApiOops> {
    let all = exchange::mandates(&web.app, &who.actor, after(asked.after.as_deref())?).await?;
    let last = all.last().map(|mandate| (mandate.received.sent_at, mandate.received.id.0));
    Ok(Json(Mandates { mandates: all.into_iter().map(MandateOut::from).collect(), next: next(last) }))
}

async fn one(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<TransmissionId>,
) -> Result<Json<MandateOut>, ApiOops> {
    Ok(Json(exchange::one(&web.app, &who.actor, id).await?.into()))
}

async fn acknowledge(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<TransmissionId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(exchange::acknowledge(&web.app, &who.actor, Some(sent.key), id).await?))
}

/// Mandates.
#[derive(Serialize, ToSchema)]
struct Mandates {
    mandates: Vec<MandateOut>,
    /// To be sent as `after` for older ones; ask until nothing comes.
    next: Option<String>,
}

/// A commission that was transmitted to the own agency.
#[derive(Serialize, ToSchema)]
struct MandateOut {
    id: Ident,
    /// The paragraph it was transmitted on.
    ground: String,
    subject: String,
    sent_at: Instant,
    acknowledged_at: Option<Instant>,
    /// The sections of the plan that were sent; what is not named here was not sent.
    #[schema(value_type = Vec<SectionCode>)]
    sections: Vec<String>,
    /// The copy of the plan, as far as the agency needs it.
    plan: Option<PlanOut>,
}

impl From<Mandate> for MandateOut {
    fn from(mandate: Mandate) -> Self {
        let received = mandate.received;
        Self {
            id: received.id.into(),
            ground: received.ground,
            subject: received.subject,
            sections: received.sections,
            sent_at: received.sent_at.into(),
            acknowledged_at: received.acknowledged_at.map(Instant::from),
            plan: mandate.plan.map(PlanOut::from),
        }
    }
}
