// SPDX-License-Identifier: EUPL-1.2
//! The board, areas, conditions.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id, lines, maybe};
use super::openapi::Doors;
use super::words::{
    AreaCode, ConditionResultCode, Date, FamilyToldCode, GroundCode, Ident, Made, OutcomeCode, Reference, StepCode,
    UrgencyCode, YesNoCode, done,
};
use crate::kit::{Asks, Web};
use app::casework::{areas, board};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{
    Area, ConditionGround, ConditionResult, FamilyTold, Feedback, NewArea, NewCheck, NewCondition, NewMove, Outcome,
    Step, Urgency, YesNo,
};
use domain::kernel::{CaseId, ConditionId, Day, Line, Note, QuestionId, Refusals, ReportId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    let moves = Asks::For(Action::MoveReport);
    Doors::default()
        .post("/api/v1/reports/{id}/moves", moves, "Moves a report over the board", move_on)
        .post("/api/v1/reports/{id}/feedback", moves, "Keeps what a professional reporter was told", tell)
        .get("/api/v1/cases/{id}/area", see, "Area, questions and conditions of a case", show)
        .post("/api/v1/cases/{id}/areas", work, "Changes the area of a case", change)
        .post("/api/v1/questions/{id}/answer", work, "Answers a question to be clarified", answer)
        .post("/api/v1/cases/{id}/conditions", work, "Sets a condition", set)
        .post("/api/v1/conditions/{id}/checks", work, "Records a look at a condition", check)
        .post("/api/v1/conditions/{id}/lifting", work, "Lifts a condition", lift)
}

// In --------------------------------------------------------------------------------------------------

/// A move over the board.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MoveIn {
    #[schema(value_type = StepCode)]
    step: String,
    #[schema(value_type = UrgencyCode)]
    urgency: String,
    #[schema(value_type = Option<Ident>)]
    owner: Option<String>,
    #[schema(value_type = Option<OutcomeCode>)]
    outcome: Option<String>,
    why: Option<String>,
}

/// The facts of § 64(4) SGB VIII. There is no field for anything else.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FeedbackIn {
    #[schema(value_type = YesNoCode)]
    confirmed: String,
    #[schema(value_type = YesNoCode)]
    became_active: String,
    #[schema(value_type = YesNoCode)]
    still_active: String,
    #[schema(value_type = FamilyToldCode)]
    family_told: String,
    #[schema(value_type = Date)]
    told_on: String,
}

/// A change of area.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AreaIn {
    #[schema(value_type = AreaCode)]
    area: String,
    #[schema(value_type = Date)]
    since: String,
    facts: String,
    reading: Option<String>,
    #[serde(default)]
    professionals: Vec<String>,
    #[serde(default)]
    questions: Vec<String>,
    #[schema(value_type = Option<Date>)]
    due_on: Option<String>,
}

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerIn {
    answer: String,
}

/// A condition.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConditionIn {
    words: String,
    evidence: String,
    #[schema(value_type = GroundCode)]
    ground: String,
    #[schema(value_type = Date)]
    set_on: String,
    #[schema(value_type = Date)]
    check_on: String,
}

/// A look at a condition.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckIn {
    #[schema(value_type = ConditionResultCode)]
    result: String,
    seen: String,
    #[schema(value_type = Date)]
    checked_on: String,
    #[schema(value_type = Option<Date>)]
    next_on: Option<String>,
}

/// Why something ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WhyIn {
    lift_reason: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn move_on(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(report): ApiId<ReportId>,
    sent: ApiJson<MoveIn>,
) -> Result<Json<Reference>, ApiOops> {
    let (body, mut wrong) = (&sent.body, Refusals::default());
    let step = wrong.take("step", code(&body.step, Step::from_code));
    let urgency = wrong.take("urgency", code(&body.urgency, Urgency::from_code));
    let owner = wrong.take("owner", maybe(body.owner.as_deref(), id));
    let outcome = wrong.take("outcome", maybe(body.outcome.as_deref(), |text| code(text, Outcome::from_code)));
    let why = wrong.take("why", maybe(body.why.as_deref(), Note::parse));
    let new = (|| Some(NewMove { step: step?, urgency: urgency?, owner: owner?, outcome: outcome?, why: why? }))();
    let new = wrong.finish(new)?;
    Ok(done(board::move_on(&web.app, &who.actor, Some(sent.key), report, new).await?))
}

async fn tell(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(report): ApiId<ReportId>,
    sent: ApiJson<FeedbackIn>,
) -> Result<Json<Reference>, ApiOops> {
    let (body, mut wrong) = (&sent.body, Refusals::default());
    let confirmed = wrong.take("confirmed", code(&body.confirmed, YesNo::from_code));
    let became_active = wrong.take("became_active", code(&body.became_active, YesNo::from_code));
    let still_active = wrong.take("still_active", code(&body.still_active, YesNo::from_code));
    let family_told = wrong.take("family_told", code(&body.family_told, FamilyTold::from_code));
    let told_on = wrong.take("told_on", Day::parse(&body.told_on));
    let facts = (|| {
        let (confirmed, became_active, still_active) = (confirmed?, became_active?, still_active?);
        Some(Feedback { confirmed, became_active, still_active, family_told: family_told?, told_on: told_on? })
    })();
    let facts = wrong.finish(facts)?;
    Ok(done(board::tell(&web.app, &who.actor, Some(sent.key), report, facts).await?))
}

async fn show(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<AreaOut>, ApiOops> {
    Ok(Json(areas::page(&web.app, &who.actor, case).await?.into()))
}

async fn change(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<AreaIn>,
) -> Result<Made, ApiOops> {
    let (body, mut wrong) = (&sent.body, Refusals::default());
    let area = wrong.take("area", code(&body.area, Area::from_code));
    let since = wrong.take("since", Day::parse(&body.since));
    let facts = wrong.take("facts", Note::parse(&body.facts));
    let reading = wrong.take("reading", maybe(body.reading.as_deref(), Note::parse));
    let professionals = wrong.take("professionals", lines(&body.professionals));
    let questions = wrong.take("questions", lines(&body.questions));
    let due_on = wrong.take("due_on", maybe(body.due_on.as_deref(), Day::parse));
    let new = (|| {
        let (area, since, facts, reading) = (area?, since?, facts?, reading?);
        let (professionals, questions) = (professionals?, questions?);
        Some(NewArea { area, since, facts, reading, professionals, questions, due_on: due_on? })
    })();
    let new = wrong.finish(new)?;
    Ok(Made::new(areas::change(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn answer(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(question): ApiId<QuestionId>,
    sent: ApiJson<AnswerIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let words = wrong.take("answer", Note::parse(&sent.body.answer));
    let words = wrong.finish(words)?;
    Ok(done(areas::answer(&web.app, &who.actor, Some(sent.key), question, words).await?))
}

async fn set(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<ConditionIn>,
) -> Result<Made, ApiOops> {
    let (body, mut wrong) = (&sent.body, Refusals::default());
    let words = wrong.take("words", Note::parse(&body.words));
    let evidence = wrong.take("evidence", Line::parse(&body.evidence));
    let ground = wrong.take("ground", code(&body.ground, ConditionGround::from_code));
    let set_on = wrong.take("set_on", Day::parse(&body.set_on));
    let check_on = wrong.take("check_on", Day::parse(&body.check_on));
    let new = (|| {
        let (words, evidence, ground) = (words?, evidence?, ground?);
        Some(NewCondition { words, evidence, ground, set_on: set_on?, check_on: check_on? })
    })();
    let new = wrong.finish(new)?;
    Ok(Made::new(areas::set(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn check(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(condition): ApiId<ConditionId>,
    sent: ApiJson<CheckIn>,
) -> Result<Json<Reference>, ApiOops> {
    let (body, mut wrong) = (&sent.body, Refusals::default());
    let result = wrong.take("result", code(&body.result, ConditionResult::from_code));
    let seen = wrong.take("seen", Note::parse(&body.seen));
    let checked_on = wrong.take("checked_on", Day::parse(&body.checked_on));
    let next_on = wrong.take("next_on", maybe(body.next_on.as_deref(), Day::parse));
    let new = (|| Some(NewCheck { result: result?, seen: seen?, checked_on: checked_on?, next_on: next_on? }))();
    let new = wrong.finish(new)?;
    Ok(done(areas::check(&web.app, &who.actor, Some(sent.key), condition, new).await?))
}

async fn lift(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(condition): ApiId<ConditionId>,
    sent: ApiJson<WhyIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("lift_reason", Line::parse(&sent.body.lift_reason));
    let why = wrong.finish(why)?;
    Ok(done(areas::lift(&web.app, &who.actor, Some(sent.key), condition, why).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Area, questions and conditions of a case.
#[derive(Serialize, ToSchema)]
struct AreaOut {
    /// Newest first.
    areas: Vec<AreaLine>,
    questions: Vec<QuestionOut>,
    conditions: Vec<ConditionOut>,
}

/// An area since a day.
#[derive(Serialize, ToSchema)]
struct AreaLine {
    #[schema(value_type = AreaCode)]
    area: &'static str,
    since: Date,
    facts: String,
    reading: Option<String>,
    professionals: Vec<String>,
}

/// A question to be clarified.
#[derive(Serialize, ToSchema)]
struct QuestionOut {
    id: Ident,
    words: String,
    due_on: Date,
    answer: Option<String>,
}

/// A condition; no goal.
#[derive(Serialize, ToSchema)]
struct ConditionOut {
    id: Ident,
    words: String,
    evidence: String,
    #[schema(value_type = GroundCode)]
    ground: &'static str,
    /// When somebody is to look next.
    due: Option<Date>,
    lifted_on: Option<Date>,
    /// Results of the looks, oldest first.
    #[schema(value_type = Vec<ConditionResultCode>)]
    results: Vec<&'static str>,
}

impl From<areas::AreaPage> for AreaOut {
    fn from(page: areas::AreaPage) -> Self {
        let area = |one: areas::AreaView| AreaLine {
            area: one.area.code(),
            since: one.since.into(),
            facts: one.facts,
            reading: one.reading,
            professionals: one.professionals,
        };
        let question = |one: areas::QuestionView| QuestionOut {
            id: one.id.into(),
            words: one.words,
            due_on: one.due_on.into(),
            answer: one.answer,
        };
        let condition = |one: areas::ConditionView| ConditionOut {
            id: one.id.into(),
            due: one.due().map(Date::from),
            results: one.checks.iter().map(|check| check.result.code()).collect(),
            words: one.words,
            evidence: one.evidence,
            ground: one.ground.code(),
            lifted_on: one.lifted_on.map(Date::from),
        };
        Self {
            areas: page.areas.into_iter().map(area).collect(),
            questions: page.questions.into_iter().map(question).collect(),
            conditions: page.conditions.into_iter().map(condition).collect(),
        }
    }
}
