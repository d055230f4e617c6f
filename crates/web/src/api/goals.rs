// SPDX-License-Identifier: EUPL-1.2
//! The ladder of goals, action goals, ratings.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id, maybe};
use super::openapi::Doors;
use super::words::{Date, GoalLevelCode, Ident, Made, RaterCode, SmartHintCode};
use crate::kit::{Asks, Web};
use app::casework::goals::{self, RatingView, Rung};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{GoalLevel, NewRating, NewStep, Rater, smart_hints};
use domain::kernel::{CaseId, Day, GoalId, Note, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/goals", see, "The ladder of goals with all ratings", ladder)
        .post("/api/v1/goals/{id}/steps", work, "Records an action goal under a direction goal", step)
        .post("/api/v1/goals/{id}/ratings", work, "Records what somebody holds of a goal", rating)
}

/// An action goal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StepIn {
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    owner: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    agreed_on: String,
    #[schema(value_type = Option<Date>)]
    due_on: Option<String>,
}

impl StepIn {
    fn read(&self) -> Result<NewStep, Refusals> {
        let mut wrong = Refusals::default();
        let words = wrong.take("words", Note::parse(&self.words));
        let owner = wrong.take("owner", id(&self.owner));
        let agreed_on = wrong.take("agreed_on", Day::parse(&self.agreed_on));
        let due_on = wrong.take("due_on", maybe(self.due_on.as_deref(), Day::parse));
        let value = (|| Some(NewStep { words: words?, owner: owner?, agreed_on: agreed_on?, due_on: due_on? }))();
        wrong.finish(value)
    }
}

/// What somebody holds of a goal. Earlier ratings stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RatingIn {
    #[serde(default)]
    #[schema(required = true, value_type = RaterCode)]
    rater: String,
    #[serde(default)]
    #[schema(required = true, value_type = GoalLevelCode)]
    level: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    said_on: String,
    words: Option<String>,
}

impl RatingIn {
    fn read(&self) -> Result<NewRating, Refusals> {
        let mut wrong = Refusals::default();
        let rater = wrong.take("rater", code(&self.rater, Rater::from_code));
        let level = wrong.take("level", code(&self.level, GoalLevel::from_code));
        let said_on = wrong.take("said_on", Day::parse(&self.said_on));
        let words = wrong.take("words", maybe(self.words.as_deref(), Note::parse));
        let value = (|| Some(NewRating { rater: rater?, level: level?, said_on: said_on?, words: words? }))();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn ladder(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Ladder>, ApiOops> {
    let shown = goals::page(&web.app, &who.actor, case).await?;
    let (goals, ratings) = (shown.ladder.into_iter(), shown.ratings.into_iter());
    Ok(Json(Ladder { goals: goals.map(RungOut::from).collect(), ratings: ratings.map(RatingOut::from).collect() }))
}

async fn step(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(under): ApiId<GoalId>,
    sent: ApiJson<StepIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(goals::record_step(&web.app, &who.actor, Some(sent.key), under, new).await?))
}

async fn rating(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(goal): ApiId<GoalId>,
    sent: ApiJson<RatingIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(goals::record_rating(&web.app, &who.actor, Some(sent.key), goal, new).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The ladder of a case.
#[derive(Serialize, ToSchema)]
struct Ladder {
    goals: Vec<RungOut>,
    /// Of all raters alike, oldest first.
    ratings: Vec<RatingOut>,
}

/// A goal.
#[derive(Serialize, ToSchema)]
struct RungOut {
    id: Ident,
    /// The direction goal above it; none for a direction goal.
    under: Option<Ident>,
    owner: String,
    words: String,
    agreed_on: Date,
    due_on: Option<Date>,
    /// What may be missing from an action goal; advice only.
    #[schema(value_type = Vec<SmartHintCode>)]
    hints: Vec<&'static str>,
}

impl From<Rung> for RungOut {
    fn from(goal: Rung) -> Self {
        let hints = if goal.parent.is_some() { smart_hints(&goal.words, goal.due_on) } else { Vec::new() };
        Self {
            id: goal.id.into(),
            under: goal.parent.map(Ident::from),
            owner: goal.owner,
            words: goal.words,
            agreed_on: goal.agreed_on.into(),
            due_on: goal.due_on.map(Date::from),
            hints: hints.into_iter().map(|hint| hint.code()).collect(),
        }
    }
}

/// A rating.
#[derive(Serialize, ToSchema)]
struct RatingOut {
    goal: Ident,
    #[schema(value_type = RaterCode)]
    rater: &'static str,
    #[schema(value_type = GoalLevelCode)]
    level: &'static str,
    said_on: Date,
    words: Option<String>,
    recorded_by: String,
}

impl From<RatingView> for RatingOut {
    fn from(rating: RatingView) -> Self {
        Self {
            goal: rating.goal.into(),
            rater: rating.rater.code(),
            level: rating.level.code(),
            said_on: rating.said_on.into(),
            words: rating.words,
            recorded_by: rating.recorded_by,
        }
    }
}
