// SPDX-License-Identifier: EUPL-1.2
//! Partners, contacts, patterns, projects.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, Nothing, code, given, id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::network::{self, DecideProject, EndProject, FundProject, ProjectSeen};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::budget::{Paragraph, Shown};
use domain::kernel::{Amount, Day, Line, Note, ProjectId, Refusals};
use domain::network::{
    CostLine, Count, Decider, Evaluation, Minutes, NewContact, NewProject, Opinion, ProjectEnd, WorkColumn, WorkField,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
pub fn doors() -> Doors {
    let (see, propose) = (Asks::For(Action::SeeProject), Asks::For(Action::ProposeProject));
    let (network, tend) = (Asks::For(Action::SeeNetwork), Asks::For(Action::TendNetwork));
    let (advise, choose) = (Asks::For(Action::HoldConsultation), Asks::For(Action::DecideProject));
    Doors::default()
        .get("/api/v1/network", network, "Partners with the day of the last contact, and who waits", partners)
        .post("/api/v1/network/contacts", tend, "Logs a contact of case-independent work", log_contact)
        .get("/api/v1/network/patterns", network, "What several families lack, as teams said", patterns)
        .get("/api/v1/projects", see, "Projects, newest first", list)
        .post("/api/v1/projects", propose, "Proposes a project", add)
        .post("/api/v1/projects/{id}/opinion", advise, "The team's opinion; it approves nothing", opinion)
        .post("/api/v1/projects/{id}/decision", choose, "Decides, or records a body's decision", decide)
        .post("/api/v1/projects/{id}/money", Asks::For(Action::BookBudget), "Promises money out of grants", fund)
        .post("/api/v1/projects/{id}/beginning", propose, "The project begins", begin)
        .post("/api/v1/projects/{id}/evaluation", propose, "What came of it", evaluate)
        .post("/api/v1/projects/{id}/end", propose, "Handed over, or done", end)
}

// In --------------------------------------------------------------------------------------------------

/// A contact, without any case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NetworkContactIn {
    #[schema(value_type = Date)]
    on: String,
    /// `independent`, `cross-case`, `network`.
    column: String,
    /// `explore`, `tend`, `build`.
    field: String,
    minutes: u32,
    result: String,
    #[schema(value_type = Option<Ident>)]
    space: Option<String>,
    #[schema(value_type = Option<Ident>)]
    partner: Option<String>,
    #[schema(value_type = Option<Ident>)]
    project: Option<String>,
    person: Option<String>,
    #[schema(value_type = Option<Date>)]
    next_on: Option<String>,
}

impl NetworkContactIn {
    fn read(&self) -> Result<NewContact, Refusals> {
        let mut wrong = Refusals::default();
        let on = wrong.take("on", Day::parse(&self.on));
        let column = wrong.take("column", code(&self.column, WorkColumn::from_code));
        let field = wrong.take("field", code(&self.field, WorkField::from_code));
        let time = format!("{}:{:02}", self.minutes / 60, self.minutes % 60);
        let time = wrong.take("minutes", Minutes::parse(&time));
        let result = wrong.take("result", Note::parse(&self.result));
        let space = wrong.take("space", maybe(self.space.as_deref(), id));
        let partner = wrong.take("partner", maybe(self.partner.as_deref(), id));
        let project = wrong.take("project", maybe(self.project.as_deref(), id));
        let person = wrong.take("person", maybe(self.person.as_deref(), Line::parse));
        let next_on = wrong.take("next_on", maybe(self.next_on.as_deref(), Day::parse));
        let value = (|| {
            let (on, column, field, time, result) = (on?, column?, field?, time?, result?);
            let (space, partner, project) = (space?, partner?, project?);
            let (person, next_on) = (person?, next_on?);
            Some(NewContact { on, column, field, space, partner, project, person, time, result, next_on })
        })();
        wrong.finish(value)
    }
}

/// Where a page of projects begins.
#[derive(Deserialize, IntoParams)]
struct ProjectsIn {
    /// The mark `next` of the page before.
    after: Option<String>,
}

/// A project: questions one to four.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProjectIn {
    title: String,
    /// `independent` or `cross-case`.
    column: String,
    #[schema(value_type = Ident)]
    space: String,
    found_in: String,
    need: String,
    goals: String,
    help_link: String,
    terms: String,
    /// Lines like `1.200; Hallenmiete; Sachkosten`.
    #[serde(default)]
    costs: String,
}

impl ProjectIn {
    fn read(&self) -> Result<NewProject, Refusals> {
        let mut wrong = Refusals::default();
        let of_projects = |text: &str| WorkColumn::from_code(text).filter(|one| *one != WorkColumn::Network);
        let title = wrong.take("title", Line::parse(&self.title));
        let column = wrong.take("column", code(&self.column, of_projects));
        let space = wrong.take("space", id(&self.space));
        let found_in = wrong.take("found_in", Line::parse(&self.found_in));
        let need = wrong.take("need", Note::parse(&self.need));
        let goals = wrong.take("goals", Note::parse(&self.goals));
        let help_link = wrong.take("help_link", Note::parse(&self.help_link));
        let terms = wrong.take("terms", Note::parse(&self.terms));
        let costs = wrong.take("costs", CostLine::parse_all(&self.costs));
        let value = (|| {
            let (title, column, space, found_in) = (title?, column?, space?, found_in?);
            let (need, goals, help_link, terms) = (need?, goals?, help_link?, terms?);
            let (hours, costs) = (None, costs?);
            Some(NewProject { title, column, space, found_in, need, goals, help_link, terms, hours, costs })
        })();
        wrong.finish(value)
    }
}

/// The team's opinion.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProjectOpinionIn {
    /// `in-favour`, `with-changes`, `against`.
    opinion: String,
    words: Option<String>,
}

/// A decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProjectDecisionIn {
    #[schema(required = true)]
    granted: Option<bool>,
    /// `team-lead` or `body`.
    by: String,
    resolution: Option<String>,
    words: Option<String>,
}

/// Money out of grants.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProjectMoneyIn {
    year: i16,
    paragraph: String,
    #[schema(value_type = Option<Ident>)]
    agency: Option<String>,
    amount_cents: i64,
}

/// Questions five and six, and the two counters.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProjectEvaluationIn {
    reached: String,
    assessment: String,
    current: u32,
    potential: u32,
}

/// How it ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProjectEndIn {
    /// `handed-over` or `ended`.
    end: String,
    who: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn partners(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Partners>, ApiOops> {
    let seen = network::page(&web.app, &who.actor).await?;
    let out = seen.partners.into_iter().map(|(one, silent)| PartnerOut {
        id: one.id.into(),
        name: one.name,
        kind: one.kind.code(),
        tie: one.tie.code(),
        last_contact: one.last.map(Date::from),
        overdue_days: silent,
    });
    Ok(Json(Partners { partners: out.collect() }))
}

async fn log_contact(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<NetworkContactIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(network::log_contact(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn patterns(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Patterns>, ApiOops> {
    let seen = network::seen_patterns(&web.app, &who.actor).await?;
    let out = seen.patterns.into_iter().map(|one| PatternOut {
        word: one.word,
        consultations: one.consultations,
        cases: one.cases,
    });
    Ok(Json(Patterns { since: seen.since.into(), patterns: out.collect() }))
}

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<ProjectsIn>,
) -> Result<Json<Projects>, ApiOops> {
    let mut wrong = Refusals::default();
    let after = wrong.take("after", maybe(asked.after.as_deref(), id));
    let seen = network::projects(&web.app, &who.actor, wrong.finish(after)?).await?;
    let next = seen.next.map(Ident::from);
    let out = seen.projects.into_iter().map(|ProjectSeen { line: one, counters }| ProjectOut {
        id: one.id.into(),
        title: one.title,
        column: one.column.code(),
        state: one.state.code(),
        space: one.space,
        proposed_on: one.proposed_on.into(),
        planned_cents: one.planned.cents(),
        promised_cents: one.promised.cents(),
        minutes: one.time.minutes(),
        current_cases: counters.current.and_then(Shown::open),
        potential_cases: counters.potential.and_then(Shown::open),
    });
    Ok(Json(Projects { projects: out.collect(), next }))
}

async fn add(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<ProjectIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(network::propose(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn opinion(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProjectId>,
    sent: ApiJson<ProjectOpinionIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let opinion = wrong.take("opinion", code(&sent.body.opinion, Opinion::from_code));
    let words = wrong.take("words", maybe(sent.body.words.as_deref(), Note::parse));
    let new = wrong.finish(opinion.zip(words))?;
    Ok(done(network::advise(&web.app, &who.actor, Some(sent.key), id, new).await?))
}

async fn decide(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProjectId>,
    sent: ApiJson<ProjectDecisionIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let granted = wrong.take("granted", given(sent.body.granted));
    let by = wrong.take("by", code(&sent.body.by, Decider::from_code));
    let resolution = wrong.take("resolution", maybe(sent.body.resolution.as_deref(), Line::parse));
    let words = wrong.take("words", maybe(sent.body.words.as_deref(), Note::parse));
    let new = (|| Some(DecideProject { granted: granted?, by: by?, resolution: resolution?, words: words? }))();
    let new = wrong.finish(new)?;
    Ok(done(network::decide(&web.app, &who.actor, Some(sent.key), id, new).await?))
}

async fn fund(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProjectId>,
    sent: ApiJson<ProjectMoneyIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let paragraph = wrong.take("paragraph", code(&sent.body.paragraph, Paragraph::from_code));
    let agency = wrong.take("agency", maybe(sent.body.agency.as_deref(), super::kit::id));
    let amount = wrong.take("amount", Amount::typed(sent.body.amount_cents));
    let year = sent.body.year;
    let new = (|| Some(FundProject { year, paragraph: paragraph?, agency: agency?, amount: amount? }))();
    let new = wrong.finish(new)?;
    Ok(Made::new(network::fund(&web.app, &who.actor, Some(sent.key), id, new).await?))
}

async fn begin(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProjectId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(network::begin(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn evaluate(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProjectId>,
    sent: ApiJson<ProjectEvaluationIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let reached = wrong.take("reached", Note::parse(&sent.body.reached));
    let assessment = wrong.take("assessment", Note::parse(&sent.body.assessment));
    let current = wrong.take("current", Count::parse(&sent.body.current.to_string()));
    let potential = wrong.take("potential", Count::parse(&sent.body.potential.to_string()));
    let told = (|| {
        let (reached, assessment) = (reached?, assessment?);
        Some(Evaluation { reached, assessment, current: current?, potential: potential? })
    })();
    let told = wrong.finish(told)?;
    Ok(done(network::evaluate(&web.app, &who.actor, Some(sent.key), id, told).await?))
}

async fn end(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProjectId>,
    sent: ApiJson<ProjectEndIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let end = wrong.take("end", code(&sent.body.end, ProjectEnd::from_code));
    let to = wrong.take("who", Line::parse(&sent.body.who));
    let new = wrong.finish((|| Some(EndProject { end: end?, who: to? }))())?;
    Ok(done(network::end(&web.app, &who.actor, Some(sent.key), id, new).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Partners.
#[derive(Serialize, ToSchema)]
struct Partners {
    partners: Vec<PartnerOut>,
}

/// A partner.
#[derive(Serialize, ToSchema)]
struct PartnerOut {
    id: Ident,
    name: String,
    kind: &'static str,
    /// `information`, `coordination`, `co-production`, `joint-budget`.
    tie: &'static str,
    last_contact: Option<Date>,
    /// For how many days one should have spoken again.
    overdue_days: Option<i32>,
}

/// Patterns.
#[derive(Serialize, ToSchema)]
struct Patterns {
    since: Date,
    patterns: Vec<PatternOut>,
}

/// What at least three families lack.
#[derive(Serialize, ToSchema)]
struct PatternOut {
    word: String,
    consultations: usize,
    cases: usize,
}

/// Projects.
#[derive(Serialize, ToSchema)]
struct Projects {
    projects: Vec<ProjectOut>,
    /// Under this mark the next page is asked for.
    next: Option<Ident>,
}

/// A project.
#[derive(Serialize, ToSchema)]
struct ProjectOut {
    id: Ident,
    title: String,
    column: &'static str,
    /// `idea`, `advised`, `approved`, `refused`, `running`, `evaluated`, `withdrawn`, `handed-over`, `ended`.
    state: &'static str,
    space: String,
    proposed_on: Date,
    planned_cents: i64,
    promised_cents: i64,
    minutes: i64,
    /// Nothing where it could be one family.
    current_cases: Option<i64>,
    /// Nothing where it could be one family.
    potential_cases: Option<i64>,
}
