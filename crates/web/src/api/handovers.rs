// SPDX-License-Identifier: EUPL-1.2
//! Cases that change hands, whatever the cause.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Reference, done};
use crate::kit::{Asks, Web};
use app::casework::handover::{self, HandoverView};
use app::casework::handover_sheet;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{Conversation, FamilyPart, HandoverCause, NewHandover, Receiver};
use domain::kernel::{CaseId, Day, HandoverId, Line, Note, Refusals, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/handovers", see, "Hand-overs of the own teams", handovers)
        .post("/api/v1/cases/{id}/handover", work, "Hands a case over, or arranges it", begin)
        .get("/api/v1/cases/{id}/handover-sheet", see, "One page for whoever takes a case over", sheet)
        .post("/api/v1/handovers/{id}/conversation", work, "Records the conversation that hands a case over", hold)
        .post("/api/v1/handovers/{id}/keeping", work, "The case stays with its team", keep)
}

// In --------------------------------------------------------------------------------------------------

/// A hand-over: to exactly one of space, worker or office; with its conversation, why there was none, or a day for it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandoverIn {
    #[schema(value_type = Option<Ident>)]
    space: Option<String>,
    #[schema(value_type = Option<Ident>)]
    worker: Option<String>,
    /// The name of another youth welfare office (§ 86c SGB VIII).
    office: Option<String>,
    why: String,
    promised: Option<String>,
    remember: Option<String>,
    #[schema(value_type = Option<Date>)]
    due_on: Option<String>,
    #[schema(value_type = Option<Date>)]
    talk_on: Option<String>,
    talk_with: Option<String>,
    /// `present` or `declined`.
    family: Option<String>,
    no_talk_why: Option<String>,
}

impl HandoverIn {
    fn to(&self, wrong: &mut Refusals) -> Option<Receiver> {
        match (&self.space, &self.worker, &self.office) {
            (Some(space), None, None) => wrong.take("space", id(space)).map(Receiver::Space),
            (None, Some(worker), None) => wrong.take("worker", id(worker)).map(Receiver::Worker),
            (None, None, Some(office)) => wrong.take("office", Line::parse(office)).map(Receiver::Office),
            _ => wrong.take("space", Err(crate::kit::parse::CHOICE_MISSING.broken())),
        }
    }

    fn read(&self) -> Result<NewHandover, Refusals> {
        let mut wrong = Refusals::default();
        let to = self.to(&mut wrong);
        let why = wrong.take("why", Note::parse(&self.why));
        let promised = wrong.take("promised", maybe(self.promised.as_deref(), Note::parse));
        let remember = wrong.take("remember", maybe(self.remember.as_deref(), Note::parse));
        let due_on = wrong.take("due_on", maybe(self.due_on.as_deref(), Day::parse));
        let told = self.told(&mut wrong);
        let value = (|| {
            let (to, why, promised) = (to?, why?, promised?);
            Some(NewHandover { to, why, promised, remember: remember?, due_on: due_on?, told: told? })
        })();
        wrong.finish(value)
    }

    fn told(&self, wrong: &mut Refusals) -> Option<Option<Conversation>> {
        let held_on = wrong.take("talk_on", maybe(self.talk_on.as_deref(), Day::parse));
        let with_whom = wrong.take("talk_with", maybe(self.talk_with.as_deref(), Line::parse));
        let part = |text: &str| code(text, FamilyPart::from_code);
        let family = wrong.take("family", maybe(self.family.as_deref(), part));
        let no_talk_why = wrong.take("no_talk_why", maybe(self.no_talk_why.as_deref(), Note::parse));
        let (held_on, no_talk_why) = (held_on?, no_talk_why?);
        let is_told = held_on.is_some() || no_talk_why.is_some();
        let told = Conversation { held_on, with_whom: with_whom?, family: family?, words: None, no_talk_why };
        Some(is_told.then_some(told))
    }
}

/// The conversation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandoverTalkIn {
    #[schema(value_type = Date)]
    held_on: String,
    with_whom: String,
    /// `present` or `declined`.
    family: String,
    words: Option<String>,
    /// Who takes it; needed after a new cut.
    #[schema(value_type = Option<Ident>)]
    worker: Option<String>,
}

impl HandoverTalkIn {
    fn read(&self) -> Result<(Conversation, Option<UserId>), Refusals> {
        let mut wrong = Refusals::default();
        let held_on = wrong.take("held_on", Day::parse(&self.held_on));
        let with_whom = wrong.take("with_whom", Line::parse(&self.with_whom));
        let family = wrong.take("family", code(&self.family, FamilyPart::from_code));
        let words = wrong.take("words", maybe(self.words.as_deref(), Note::parse));
        let worker = wrong.take("worker", maybe(self.worker.as_deref(), id));
        let value = (|| {
            let (held_on, with_whom, family) = (Some(held_on?), Some(with_whom?), Some(family?));
            Some((Conversation { held_on, with_whom, family, words: words?, no_talk_why: None }, worker?))
        })();
        wrong.finish(value)
    }
}

/// Why it stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeepingIn {
    why: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn handovers(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Handovers>, ApiOops> {
    let seen = handover::list(&web.app, &who.actor).await?;
    Ok(Json(Handovers { handovers: seen.open.into_iter().chain(seen.done).map(HandoverOut::from).collect() }))
}

async fn begin(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<HandoverIn>,
) -> Result<Json<Reference>, ApiOops> {
    let new = sent.body.read()?;
    Ok(done(handover::begin(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn hold(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<HandoverId>,
    sent: ApiJson<HandoverTalkIn>,
) -> Result<Json<Reference>, ApiOops> {
    let told = sent.body.read()?;
    Ok(done(handover::hold(&web.app, &who.actor, Some(sent.key), id, told).await?))
}

async fn keep(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<HandoverId>,
    sent: ApiJson<KeepingIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("why", Note::parse(&sent.body.why));
    let why = wrong.finish(why)?;
    Ok(done(handover::keep(&web.app, &who.actor, Some(sent.key), id, why).await?))
}

async fn sheet(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<SheetOut>, ApiOops> {
    let sheet = handover_sheet::sheet(&web.app, &who.actor, case).await?;
    let goals = sheet
        .goals
        .into_iter()
        .map(|(goal, rated)| SheetGoal { words: goal.words, level: rated.map(|rated| rated.level.code()) });
    let helps = sheet.helps.into_iter().map(|help| SheetHelp {
        agency: help.agency,
        help: help.help.code(),
        from: help.from.into(),
        until: help.until.map(Date::from),
    });
    Ok(Json(SheetOut {
        case: sheet.case.id.into(),
        wills: sheet.wills.into_iter().map(|one| one.words).collect(),
        goals: goals.collect(),
        helps: helps.collect(),
        promised: sheet.handover.as_ref().and_then(|one| one.promised.clone()),
        remember: sheet.handover.and_then(|one| one.remember),
    }))
}

// Out -------------------------------------------------------------------------------------------------

/// Hand-overs.
#[derive(Serialize, ToSchema)]
struct Handovers {
    handovers: Vec<HandoverOut>,
}

/// A hand-over.
#[derive(Serialize, ToSchema)]
struct HandoverOut {
    id: Ident,
    case: Ident,
    number: String,
    /// `move`, `recut`, `worker`, `office`.
    cause: &'static str,
    from_team: Ident,
    to_team: Option<Ident>,
    to_space: Option<Ident>,
    to_worker: Option<Ident>,
    to_office: Option<String>,
    /// `open`, `held`, `kept`.
    state: String,
    due_on: Date,
    with_whom: Option<String>,
    held_on: Option<Date>,
}

impl From<HandoverView> for HandoverOut {
    fn from(one: HandoverView) -> Self {
        Self {
            id: one.id.into(),
            case: one.case.into(),
            number: one.number,
            cause: HandoverCause::code(one.cause),
            from_team: one.from_team.into(),
            to_team: one.to_team.map(|(id, _)| id.into()),
            to_space: one.to_space.map(Ident::from),
            to_worker: one.to_worker.map(|(id, _)| id.into()),
            to_office: one.to_office,
            state: one.state,
            due_on: one.due_on.into(),
            with_whom: one.with_whom,
            held_on: one.held_on.map(Date::from),
        }
    }
}

/// What whoever takes a case over should know.
#[derive(Serialize, ToSchema)]
struct SheetOut {
    case: Ident,
    /// What the family wills, in its words.
    wills: Vec<String>,
    goals: Vec<SheetGoal>,
    helps: Vec<SheetHelp>,
    promised: Option<String>,
    remember: Option<String>,
}

/// A goal, and how far it was held to be reached last.
#[derive(Serialize, ToSchema)]
struct SheetGoal {
    words: String,
    level: Option<&'static str>,
}

/// A running help.
#[derive(Serialize, ToSchema)]
struct SheetHelp {
    agency: String,
    help: &'static str,
    from: Date,
    until: Option<Date>,
}
