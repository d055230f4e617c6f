// SPDX-License-Identifier: EUPL-1.2
//! An agency's side: what was transmitted to it, and nothing else (N1).

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, Nothing, after, code, maybe, next};
use super::openapi::Doors;
use super::plan::PlanOut;
use super::words::{Date, GoalLevelCode, HelpCode, Ident, Instant, Reference, SectionCode, done};
use crate::kit::{Asks, Web};
use app::exchange::{self, Mandate, NewAgencyRating};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{GoalLevel, OwnLine};
use domain::kernel::{Day, Moment, Note, Refusals, TransmissionId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, answer) = (Asks::For(Action::SeeMandate), Asks::For(Action::AnswerMandate));
    Doors::default()
        .get("/api/v1/mandates", see, "Commissions that the own agency received, newest first", list)
        .get("/api/v1/mandates/{id}", see, "One mandate", one)
        .post("/api/v1/mandates/{id}/ratings", answer, "Rates a goal that was sent; earlier ratings stay", rate)
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

/// What the agency holds of a goal that was sent to it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AgencyRatingIn {
    /// Which one: its place among the goals and action goals of the copy, from 0.
    goal: usize,
    #[schema(value_type = GoalLevelCode)]
    level: String,
    #[schema(value_type = Date)]
    said_on: String,
    words: Option<String>,
}

async fn rate(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<TransmissionId>,
    sent: ApiJson<AgencyRatingIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let level = wrong.take("level", code(&sent.body.level, GoalLevel::from_code));
    let said_on = wrong.take("said_on", Day::parse(&sent.body.said_on));
    let words = wrong.take("words", maybe(sent.body.words.as_deref(), Note::parse));
    let goal = sent.body.goal;
    let new = (|| Some(NewAgencyRating { goal, level: level?, said_on: said_on?, words: words? }))();
    let new = wrong.finish(new)?;
    Ok(done(exchange::rate_goal(&web.app, &who.actor, Some(sent.key), id, new).await?))
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
    /// The agency's own line of the support package, if it was sent; with one mandate only.
    line: Option<OwnLineOut>,
}

/// The agency's own line of a support package, as it was sent.
#[derive(Serialize, ToSchema)]
struct OwnLineOut {
    #[schema(value_type = HelpCode)]
    help: &'static str,
    from: Date,
    until: Option<Date>,
    /// Was the help really used, by the last word on it? `yes`, `partly`, `no`.
    used: Option<&'static str>,
    said_on: Option<Date>,
    sent_at: Instant,
}

impl OwnLineOut {
    fn new((line, sent_at): (OwnLine, Moment)) -> Self {
        Self {
            help: line.help.code(),
            from: line.from.into(),
            until: line.until.map(Date::from),
            used: line.used.map(|(said, _)| said.used.code()),
            said_on: line.used.map(|(said, _)| said.on.into()),
            sent_at: sent_at.into(),
        }
    }
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
            line: mandate.line.map(OwnLineOut::new),
        }
    }
}
