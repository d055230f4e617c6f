// SPDX-License-Identifier: EUPL-1.2
//! Partners are entered, changed, ended; words of contacts are read, put right, erased; projects are read, changed,
//! given up.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, Nothing, code, id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Made, Reference, done};
use crate::kit::parse::CHOICE_MISSING;
use crate::kit::{Asks, Web};
use app::network::{self, ContactView, LogFilter};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::budget::Shown;
use domain::kernel::{ContactId, Day, Line, Note, PartnerId, ProjectId, Refusals};
use domain::network::{Correction, CostLine, NewPartner, PartnerKind, Revision, Rhythm, Tie, Version, words_until};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
pub fn doors() -> Doors {
    let (network, tend) = (Asks::For(Action::SeeNetwork), Asks::For(Action::TendNetwork));
    let (see, propose) = (Asks::For(Action::SeeProject), Asks::For(Action::ProposeProject));
    Doors::default()
        .post("/api/v1/network/partners", tend, "Enters a partner", add_partner)
        .post("/api/v1/network/partners/{id}", tend, "Changes a partner", change_partner)
        .post("/api/v1/network/partners/{id}/end", tend, "One works with a partner no more", end_partner)
        .post("/api/v1/network/partners/{id}/resumption", tend, "One works with a partner again", resume_partner)
        .get("/api/v1/network/contacts", network, "The log of contacts, newest first", log)
        .post("/api/v1/network/contacts/{id}/correction", propose, "Puts the words of a contact right", correct)
        .post("/api/v1/network/contacts/{id}/erasure", propose, "Erases the words of a contact; hours stay", erase)
        .get("/api/v1/projects/{id}", see, "A project with the work on it", project)
        .post("/api/v1/projects/{id}/versions", propose, "Changes a project before it is decided on", revise)
        .post("/api/v1/projects/{id}/withdrawal", propose, "Gives a project up before it begins", withdraw)
}

// In --------------------------------------------------------------------------------------------------

/// A partner of the network.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PartnerIn {
    name: String,
    /// `school`, `day-care`, `health` and so on.
    kind: String,
    /// `information`, `coordination`, `co-production`, `joint-budget`.
    tie: String,
    #[schema(value_type = Option<Ident>)]
    space: Option<String>,
    contact: Option<String>,
    topics: Option<String>,
    /// Every so many weeks one means to speak.
    weeks: Option<i64>,
    agreement: Option<String>,
    #[schema(value_type = Option<Date>)]
    agreed_from: Option<String>,
    #[schema(value_type = Option<Date>)]
    agreed_until: Option<String>,
}

impl PartnerIn {
    fn read(&self) -> Result<NewPartner, Refusals> {
        let mut wrong = Refusals::default();
        let name = wrong.take("name", Line::parse(&self.name));
        let kind = wrong.take("kind", code(&self.kind, PartnerKind::from_code));
        let tie = wrong.take("tie", code(&self.tie, Tie::from_code));
        let space = wrong.take("space", maybe(self.space.as_deref(), id));
        let contact = wrong.take("contact", maybe(self.contact.as_deref(), Line::parse));
        let topics = wrong.take("topics", maybe(self.topics.as_deref(), Line::parse));
        let rhythm = wrong.take("weeks", self.weeks.map(Rhythm::new).transpose());
        let agreement = wrong.take("agreement", maybe(self.agreement.as_deref(), Note::parse));
        let agreed_from = wrong.take("agreed_from", maybe(self.agreed_from.as_deref(), Day::parse));
        let agreed_until = wrong.take("agreed_until", maybe(self.agreed_until.as_deref(), Day::parse));
        let value = (|| {
            let (name, kind, tie, space) = (name?, kind?, tie?, space?);
            let (contact, topics, rhythm, agreement) = (contact?, topics?, rhythm?, agreement?);
            let (agreed_from, agreed_until) = (agreed_from?, agreed_until?);
            Some(NewPartner { name, kind, tie, space, contact, topics, rhythm, agreement, agreed_from, agreed_until })
        })();
        wrong.finish(value)
    }
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NetworkReasonIn {
    why: String,
}

/// What is looked for in the log.
#[derive(Deserialize, IntoParams)]
struct LogIn {
    from: Option<String>,
    until: Option<String>,
    partner: Option<String>,
    space: Option<String>,
    /// The mark `next` of the page before.
    after: Option<String>,
}

impl LogIn {
    fn read(&self) -> Result<LogFilter, Refusals> {
        let mut wrong = Refusals::default();
        let from = wrong.take("from", maybe(self.from.as_deref(), Day::parse));
        let until = wrong.take("until", maybe(self.until.as_deref(), Day::parse));
        let partner = wrong.take("partner", maybe(self.partner.as_deref(), id));
        let space = wrong.take("space", maybe(self.space.as_deref(), id));
        let mark = |text: &str| {
            let read = || {
                let (day, id) = text.split_once('_')?;
                Some((Day::parse(day).ok()?, id.parse().ok()?))
            };
            read().ok_or(CHOICE_MISSING.broken())
        };
        let after = wrong.take("after", maybe(self.after.as_deref(), mark));
        let value =
            (|| Some(LogFilter { from: from?, until: until?, partner: partner?, space: space?, after: after? }))();
        wrong.finish(value)
    }
}

/// Words of a contact as they are right.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CorrectionIn {
    person: Option<String>,
    result: String,
    #[schema(value_type = Option<Date>)]
    next_on: Option<String>,
}

/// A project as it shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RevisionIn {
    /// The version that was read.
    version: i64,
    title: String,
    found_in: String,
    need: String,
    goals: String,
    help_link: String,
    terms: String,
    /// Planned working time.
    minutes: Option<i64>,
    /// Lines like `1.200; Hallenmiete; Sachkosten`.
    #[serde(default)]
    costs: String,
}

impl RevisionIn {
    fn read(&self) -> Result<Revision, Refusals> {
        let mut wrong = Refusals::default();
        let of = wrong.take("version", Version::parse(&self.version.to_string()));
        let title = wrong.take("title", Line::parse(&self.title));
        let found_in = wrong.take("found_in", Line::parse(&self.found_in));
        let need = wrong.take("need", Note::parse(&self.need));
        let goals = wrong.take("goals", Note::parse(&self.goals));
        let help_link = wrong.take("help_link", Note::parse(&self.help_link));
        let terms = wrong.take("terms", Note::parse(&self.terms));
        let costs = wrong.take("costs", CostLine::parse_all(&self.costs));
        let hours = self.minutes.filter(|minutes| *minutes > 0).map(domain::network::Minutes::new);
        let value = (|| {
            let (of, title, found_in, need) = (of?, title?, found_in?, need?);
            let (goals, help_link, terms, costs) = (goals?, help_link?, terms?, costs?);
            Some(Revision { of, title, found_in, need, goals, help_link, terms, hours, costs })
        })();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn add_partner(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<PartnerIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(network::keep_partner(&web.app, &who.actor, Some(sent.key), None, new).await?))
}

async fn change_partner(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<PartnerId>,
    sent: ApiJson<PartnerIn>,
) -> Result<Json<Reference>, ApiOops> {
    let new = sent.body.read()?;
    Ok(done(network::keep_partner(&web.app, &who.actor, Some(sent.key), Some(id), new).await?))
}

async fn end_partner(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<PartnerId>,
    sent: ApiJson<NetworkReasonIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("why", Line::parse(&sent.body.why));
    let why = wrong.finish(why)?;
    Ok(done(network::end_partner(&web.app, &who.actor, Some(sent.key), id, why).await?))
}

async fn resume_partner(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<PartnerId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(network::resume_partner(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn log(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<LogIn>,
) -> Result<Json<ContactLog>, ApiOops> {
    let seen = network::log(&web.app, &who.actor, asked.read()?).await?;
    let next = seen.next.map(|(day, id)| format!("{day}_{id}"));
    Ok(Json(ContactLog { contacts: seen.contacts.into_iter().map(ContactOut::of).collect(), next }))
}

async fn correct(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ContactId>,
    sent: ApiJson<CorrectionIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let person = wrong.take("person", maybe(sent.body.person.as_deref(), Line::parse));
    let result = wrong.take("result", Note::parse(&sent.body.result));
    let next_on = wrong.take("next_on", maybe(sent.body.next_on.as_deref(), Day::parse));
    let right = (|| Some(Correction { person: person?, result: result?, next_on: next_on? }))();
    let right = wrong.finish(right)?;
    Ok(done(network::correct(&web.app, &who.actor, Some(sent.key), id, right).await?))
}

async fn erase(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ContactId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(network::erase_words(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn project(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProjectId>,
) -> Result<Json<ProjectWhole>, ApiOops> {
    let seen = network::project(&web.app, &who.actor, id).await?;
    Ok(Json(ProjectWhole {
        id: id.into(),
        title: seen.project.title,
        state: seen.project.state.code(),
        version: seen.project.version.number(),
        need: seen.project.need,
        goals: seen.project.goals,
        help_link: seen.project.help_link,
        terms: seen.project.terms,
        planned_cents: seen.total.cents(),
        current_cases: seen.counters.current.and_then(Shown::open),
        potential_cases: seen.counters.potential.and_then(Shown::open),
        work: seen.contacts.into_iter().map(ContactOut::of).collect(),
    }))
}

async fn revise(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProjectId>,
    sent: ApiJson<RevisionIn>,
) -> Result<Json<Reference>, ApiOops> {
    let new = sent.body.read()?;
    Ok(done(network::revise(&web.app, &who.actor, Some(sent.key), id, new).await?))
}

async fn withdraw(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProjectId>,
    sent: ApiJson<NetworkReasonIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("why", Note::parse(&sent.body.why));
    let why = wrong.finish(why)?;
    Ok(done(network::withdraw(&web.app, &who.actor, Some(sent.key), id, why).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The log of contacts.
#[derive(Serialize, ToSchema)]
struct ContactLog {
    contacts: Vec<ContactOut>,
    /// Under this mark the next page is asked for.
    next: Option<String>,
}

/// A contact; words only for those who may read them.
#[derive(Serialize, ToSchema)]
struct ContactOut {
    id: Ident,
    on: Date,
    column: &'static str,
    field: &'static str,
    minutes: i64,
    space: Option<String>,
    partner: Option<String>,
    project: Option<String>,
    person: Option<String>,
    result: Option<String>,
    next_on: Option<Date>,
    by: Option<String>,
    /// The last day on which the words are kept.
    words_until: Date,
    erased_on: Option<Date>,
}

impl ContactOut {
    fn of(one: ContactView) -> Self {
        Self {
            id: one.id.into(),
            on: one.on.into(),
            column: one.column.code(),
            field: one.field.code(),
            minutes: one.time.minutes(),
            space: one.space,
            partner: one.partner,
            project: one.project,
            person: one.person,
            result: one.result,
            next_on: one.next_on.map(Date::from),
            by: one.by,
            words_until: words_until(one.on).into(),
            erased_on: one.erased_on.map(Date::from),
        }
    }
}

/// A project with the work on it, newest first.
#[derive(Serialize, ToSchema)]
struct ProjectWhole {
    id: Ident,
    title: String,
    state: &'static str,
    version: i64,
    need: String,
    goals: String,
    help_link: String,
    terms: String,
    planned_cents: i64,
    /// Nothing where it could be one family.
    current_cases: Option<i64>,
    /// Nothing where it could be one family.
    potential_cases: Option<i64>,
    work: Vec<ContactOut>,
}
