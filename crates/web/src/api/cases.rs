// SPDX-License-Identifier: EUPL-1.2
//! Cases: lists, search, one case, and what is added to it.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, after, code, id, maybe, next};
use super::openapi::Doors;
use super::overview::{CaseOverview, CasePageOut, CaseShort, CasesFound};
use super::words::{Date, Ident, Made, PersonRoleCode, StatementCode, StrengthCode};
use crate::kit::{Asks, Web};
use app::casework::cases::{self, AtStage, Which, Whose};
use app::casework::statements;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{Area, Field, NewGoal, NewPerson, NewStatement, NewStrength, PersonRole, StatementKind};
use domain::kernel::{CaseId, Day, Line, Note, PersonName, Refusals};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let work = Asks::For(Action::WorkOnCase);
    Doors::default()
        .get("/api/v1/cases", Asks::For(Action::SeeCase), "Cases in sight, latest moved first", list)
        .get("/api/v1/cases/search", Asks::For(Action::SeeCase), "Cases by name, sound or number", search)
        .get("/api/v1/cases/{id}", Asks::For(Action::SeeCase), "The overview of a case", overview)
        .post("/api/v1/cases/{id}/people", work, "Adds a person", add_person)
        .post("/api/v1/cases/{id}/statements", work, "Records a will, wish, need or mandate", record)
        .post("/api/v1/cases/{id}/goals", work, "Records a broad goal", record_goal)
        .post("/api/v1/cases/{id}/strengths", work, "Records a resource of the family", record_strength)
}

// In --------------------------------------------------------------------------------------------------

#[derive(Deserialize, IntoParams)]
struct ListQuery {
    /// `mine` (if left out), `teams`, or the id of somebody whose cases are meant.
    whose: Option<String>,
    /// `open` (if left out: all but those that ended), `all`, or a stage: `opened`, `consultation`, `decided`, `running`,
    /// `ended`.
    stage: Option<String>,
    /// `service`, `clarification`, `danger`; every area if left out.
    area: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
}

#[derive(Deserialize, IntoParams)]
struct SearchQuery {
    /// At least three letters of a name or digits of a number; fewer are a whole name.
    q: String,
}

/// A person of a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonIn {
    #[serde(default)]
    #[schema(required = true)]
    name: String,
    #[serde(default)]
    #[schema(required = true, value_type = PersonRoleCode)]
    role: String,
    #[schema(value_type = Option<Date>)]
    born: Option<String>,
}

impl PersonIn {
    fn read(&self) -> Result<NewPerson, Refusals> {
        let mut wrong = Refusals::default();
        let name = wrong.take("name", PersonName::parse(&self.name));
        let role = wrong.take("role", code(&self.role, PersonRole::from_code));
        let born = wrong.take("born", maybe(self.born.as_deref(), Day::parse));
        let value = (|| Some(NewPerson { name: name?, role: role?, born: born? }))();
        wrong.finish(value)
    }
}

/// Something that was said. A will without an own part is kept as a wish.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StatementIn {
    #[serde(default)]
    #[schema(required = true, value_type = StatementCode)]
    kind: String,
    /// In the speaker's own words.
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    /// What the speaker does for it.
    own_part: Option<String>,
    /// A person of the case; a will or wish always has one.
    #[schema(value_type = Option<Ident>)]
    speaker: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    said_on: String,
}

impl StatementIn {
    fn read(&self) -> Result<NewStatement, Refusals> {
        let mut wrong = Refusals::default();
        let kind = wrong.take("kind", code(&self.kind, StatementKind::from_code));
        let words = wrong.take("words", Note::parse(&self.words));
        let own_part = wrong.take("own_part", maybe(self.own_part.as_deref(), Note::parse));
        let speaker = wrong.take("speaker", maybe(self.speaker.as_deref(), id));
        let said_on = wrong.take("said_on", Day::parse(&self.said_on));
        let value = (|| {
            let (kind, words, own_part) = (kind?, words?, own_part?);
            Some(NewStatement { kind, words, own_part, speaker: speaker?, said_on: said_on? })
        })();
        wrong.finish(value)
    }
}

/// A broad goal in somebody's own words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GoalIn {
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    owner: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    agreed_on: String,
}

impl GoalIn {
    fn read(&self) -> Result<NewGoal, Refusals> {
        let mut wrong = Refusals::default();
        let words = wrong.take("words", Note::parse(&self.words));
        let owner = wrong.take("owner", id(&self.owner));
        let agreed_on = wrong.take("agreed_on", Day::parse(&self.agreed_on));
        let value = (|| Some(NewGoal { words: words?, owner: owner?, agreed_on: agreed_on? }))();
        wrong.finish(value)
    }
}

/// A resource of the family.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StrengthIn {
    #[serde(default)]
    #[schema(required = true, value_type = StrengthCode)]
    field: String,
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    #[schema(value_type = Option<Ident>)]
    owner: Option<String>,
}

impl StrengthIn {
    fn read(&self) -> Result<NewStrength, Refusals> {
        let mut wrong = Refusals::default();
        let field = wrong.take("field", code(&self.field, Field::from_code));
        let words = wrong.take("words", Line::parse(&self.words));
        let owner = wrong.take("owner", maybe(self.owner.as_deref(), id));
        let value = (|| Some(NewStrength { field: field?, words: words?, owner: owner? }))();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<ListQuery>,
) -> Result<Json<CasePageOut>, ApiOops> {
    let mut wrong = Refusals::default();
    let whose = wrong.take("whose", code(asked.whose.as_deref().unwrap_or("mine"), whose_of));
    let stage = wrong.take("stage", code(asked.stage.as_deref().unwrap_or("open"), AtStage::from_code));
    let area = wrong.take("area", asked.area.as_deref().map(|area| code(area, Area::from_code)).transpose());
    let which = (|| Some(Which { whose: whose?, stage: stage?, area: area? }))();
    let which = wrong.finish(which)?;
    let page = cases::list(&web.app, &who.actor, which, after(asked.after.as_deref())?).await?;
    let cases = page.cases.into_iter().map(CaseShort::from).collect();
    Ok(Json(CasePageOut { cases, total: page.total, next: next(page.next) }))
}

fn whose_of(code: &str) -> Option<Whose> {
    match code {
        "mine" => Some(Whose::Mine),
        "teams" => Some(Whose::Teams),
        worker => worker.parse().ok().map(Whose::Of),
    }
}

async fn search(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<SearchQuery>,
) -> Result<Json<CasesFound>, ApiOops> {
    let found = cases::find(&web.app, &who.actor, asked.q).await?;
    Ok(Json(CasesFound { cases: found.into_iter().map(CaseShort::from).collect() }))
}

async fn overview(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CaseId>,
) -> Result<Json<CaseOverview>, ApiOops> {
    Ok(Json(cases::overview(&web.app, &who.actor, id).await?.into()))
}

async fn add_person(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<PersonIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(statements::add_person(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn record(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<StatementIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(statements::record(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn record_goal(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<GoalIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(statements::record_goal(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn record_strength(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<StrengthIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(statements::record_strength(&web.app, &who.actor, Some(sent.key), case, new).await?))
}
