// SPDX-License-Identifier: EUPL-1.2
//! Talks about help plans and the tasks before them; they are done, moved and dropped as everything that is due.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id, lines, maybe};
use super::openapi::Doors;
use super::words::{Date, HelpCode, Ident, Made, PresenceCode, Reference, done};
use crate::kit::{Asks, Web};
use app::casework::plan_talks::{self, GuestView, NewTalkTask, Talk};
use app::deadlines::DueView;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{Attendance, HelpKind, NewPlanTalk, Presence, TimeOfDay};
use domain::kernel::{CaseId, Day, Line, Note, PlanTalkId, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/plan-talks", see, "Talks about the plan, each with the tasks before it", list)
        .post("/api/v1/cases/{id}/plan-talks", work, "Sets a talk; the tasks before it become due", set)
        .post("/api/v1/plan-talks/{id}/tasks", work, "Adds a task before a talk", add)
        .post("/api/v1/plan-talks/{id}/move", work, "Gives a talk another day", move_to)
        .post("/api/v1/plan-talks/{id}/held", work, "Says who was at a talk, and who was not", hold)
        .post("/api/v1/plan-talks/{id}/cancellation", work, "Calls a talk off", cancel)
}

// In --------------------------------------------------------------------------------------------------

/// A talk.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlanTalkIn {
    #[serde(default)]
    #[schema(required = true, value_type = HelpCode)]
    help: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    meets_on: String,
    /// `14:30`.
    #[serde(default)]
    #[schema(required = true)]
    starts_at: String,
    #[serde(default)]
    #[schema(required = true)]
    place: String,
    /// One person each.
    #[serde(default)]
    invited: Vec<String>,
}

impl PlanTalkIn {
    fn read(&self) -> Result<NewPlanTalk, Refusals> {
        let mut wrong = Refusals::default();
        let help = wrong.take("help", code(&self.help, HelpKind::from_code));
        let meets_on = wrong.take("meets_on", Day::parse(&self.meets_on));
        let starts_at = wrong.take("starts_at", TimeOfDay::parse(&self.starts_at));
        let place = wrong.take("place", Line::parse(&self.place));
        let invited = wrong.take("invited", lines(&self.invited));
        let value = (|| {
            let (help, meets_on, starts_at, place) = (help?, meets_on?, starts_at?, place?);
            Some(NewPlanTalk { help, meets_on, starts_at, place, invited: invited? })
        })();
        wrong.finish(value)
    }
}

/// A task before a talk.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TalkTaskIn {
    words: String,
    #[schema(value_type = Date)]
    due: String,
    /// Somebody of the team; without it the worker of the case.
    #[schema(value_type = Option<Ident>)]
    owner: Option<String>,
}

/// Another day for a talk.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TalkMoveIn {
    #[schema(value_type = Date)]
    meets_on: String,
    starts_at: String,
    why: String,
}

/// Who was at a talk.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TalkHeldIn {
    there: Vec<GuestIn>,
}

/// Somebody at a talk, or not.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GuestIn {
    name: String,
    #[schema(value_type = PresenceCode)]
    presence: String,
    why: Option<String>,
}

/// Why a talk does not take place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TalkCancelIn {
    why: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<TalksOut>, ApiOops> {
    let shown = plan_talks::page(&web.app, &who.actor, case).await?;
    Ok(Json(TalksOut { talks: shown.talks.into_iter().map(TalkOut::from).collect() }))
}

async fn set(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<PlanTalkIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(plan_talks::set(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn add(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(talk): ApiId<PlanTalkId>,
    sent: ApiJson<TalkTaskIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let words = wrong.take("words", Line::parse(&sent.body.words));
    let due = wrong.take("due", Day::parse(&sent.body.due));
    let owner = wrong.take("owner", sent.body.owner.as_deref().map(id).transpose());
    let new = (|| Some(NewTalkTask { words: words?, owner: owner?, due: due? }))();
    let new = wrong.finish(new)?;
    Ok(done(plan_talks::add_task(&web.app, &who.actor, Some(sent.key), talk, new).await?))
}

async fn move_to(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(talk): ApiId<PlanTalkId>,
    sent: ApiJson<TalkMoveIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let day = wrong.take("meets_on", Day::parse(&sent.body.meets_on));
    let at = wrong.take("starts_at", TimeOfDay::parse(&sent.body.starts_at));
    let why = wrong.take("why", Note::parse(&sent.body.why));
    let to = (|| Some((day?, at?, why?)))();
    let to = wrong.finish(to)?;
    Ok(done(plan_talks::move_to(&web.app, &who.actor, Some(sent.key), talk, to).await?))
}

async fn hold(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(talk): ApiId<PlanTalkId>,
    sent: ApiJson<TalkHeldIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let mut there = Vec::new();
    for one in &sent.body.there {
        let name = wrong.take("there", Line::parse(&one.name));
        let presence = wrong.take("there", code(&one.presence, Presence::from_code));
        let why = wrong.take("there", maybe(one.why.as_deref(), Line::parse));
        there.extend((|| Some(Attendance { name: name?, presence: presence?, why: why? }))());
    }
    let there = wrong.finish(Some(there))?;
    Ok(done(plan_talks::hold(&web.app, &who.actor, Some(sent.key), talk, there).await?))
}

async fn cancel(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(talk): ApiId<PlanTalkId>,
    sent: ApiJson<TalkCancelIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("why", Note::parse(&sent.body.why));
    let why = wrong.finish(why)?;
    Ok(done(plan_talks::cancel(&web.app, &who.actor, Some(sent.key), talk, why).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Talks, the latest set first.
#[derive(Serialize, ToSchema)]
struct TalksOut {
    talks: Vec<TalkOut>,
}

/// A talk.
#[derive(Serialize, ToSchema)]
struct TalkOut {
    id: Ident,
    #[schema(value_type = HelpCode)]
    help: &'static str,
    meets_on: Date,
    starts_at: String,
    place: String,
    invited: Vec<String>,
    /// `planned`, `held`, `cancelled`.
    state: &'static str,
    closed_why: Option<String>,
    tasks: Vec<TalkTaskOut>,
    there: Vec<GuestOut>,
}

impl From<Talk> for TalkOut {
    fn from(one: Talk) -> Self {
        let talk = one.talk;
        Self {
            id: talk.id.into(),
            help: talk.help.code(),
            meets_on: talk.meets_on.into(),
            starts_at: talk.starts_at.german(),
            place: talk.place,
            invited: talk.invited.lines().map(str::to_owned).collect(),
            state: talk.state.code(),
            closed_why: talk.closed_why,
            tasks: one.tasks.into_iter().map(TalkTaskOut::from).collect(),
            there: one.guests.into_iter().map(GuestOut::from).collect(),
        }
    }
}

/// A task; what became of it is said at `/api/v1/deadlines/{id}/changes`.
#[derive(Serialize, ToSchema)]
struct TalkTaskOut {
    id: Ident,
    words: String,
    due: Option<Date>,
    owner: String,
    open: bool,
}

impl From<DueView> for TalkTaskOut {
    fn from(one: DueView) -> Self {
        Self {
            id: one.id.into(),
            words: one.words.unwrap_or_default(),
            due: one.due_on.map(Date::from),
            owner: one.owner_name,
            open: one.is_open,
        }
    }
}

/// Somebody at a talk, or not.
#[derive(Serialize, ToSchema)]
struct GuestOut {
    name: String,
    #[schema(value_type = PresenceCode)]
    presence: &'static str,
    why: Option<String>,
}

impl From<GuestView> for GuestOut {
    fn from(one: GuestView) -> Self {
        Self { name: one.name, presence: one.presence.code(), why: one.why }
    }
}
