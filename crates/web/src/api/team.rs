// SPDX-License-Identifier: EUPL-1.2
//! Meetings of the teams, what families said to ideas, shares by space. No door here decides anything (N3).

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id, maybe};
use super::openapi::Doors;
use super::words::{
    Date, IdeaAnswerCode, Ident, Instant, Made, MeetingKindCode, PhaseCode, Reference, SeatRoleCode, done,
};
use crate::kit::{Asks, Web};
use app::casework::meetings::{self, IdeaAnswerView, MeetingItem, MeetingPage, MeetingView};
use app::casework::shares::{self, SpaceShares};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{
    IdeaAnswer, MeetingKind, NewIdeaAnswer, NewMeeting, Phase, Present, SeatRole, Share, Slot, TimeOfDay,
};
use domain::kernel::{AgendaItemId, CaseId, Day, IdeaId, Line, MeetingId, Note, Refusals, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, hold) = (Asks::For(Action::SeeConsultation), Asks::For(Action::HoldConsultation));
    let (see_case, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/team-meetings", see, "Meetings of the teams in sight", list)
        .post("/api/v1/team-meetings", hold, "Calls a meeting", call)
        .get("/api/v1/team-meetings/{id}", see, "A meeting with its agenda", meeting)
        .post("/api/v1/team-meetings/{id}/present", hold, "Writes down who was there, without names", present)
        .post("/api/v1/agenda-items/{id}/slot", hold, "Gives a case its time and place on the agenda", slot)
        .post("/api/v1/agenda-items/{id}/phases", hold, "Begins a phase of a consultation", phase)
        .post("/api/v1/ideas/{id}/answers", work, "Keeps what the family said to an idea", answer)
        .get("/api/v1/cases/{id}/idea-answers", see_case, "What the family said to ideas", answers)
        .get("/api/v1/idea-shares", Asks::For(Action::SeeNetwork), "Informal shares by space", told_shares)
}

/// A meeting to be called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeetingIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    team: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    meets_on: String,
    /// A time of day, `9:30`.
    #[serde(default)]
    #[schema(required = true)]
    starts_at: String,
    /// Minutes, 15 to 480.
    #[serde(default)]
    #[schema(required = true)]
    minutes: i64,
    #[serde(default)]
    #[schema(required = true)]
    place: String,
    #[serde(default)]
    #[schema(required = true, value_type = MeetingKindCode)]
    kind: String,
}

impl MeetingIn {
    fn read(&self) -> Result<(TeamId, NewMeeting), Refusals> {
        let mut wrong = Refusals::default();
        let team = wrong.take("team", id(&self.team));
        let meets_on = wrong.take("meets_on", Day::parse(&self.meets_on));
        let starts_at = wrong.take("starts_at", TimeOfDay::parse(&self.starts_at));
        let place = wrong.take("place", Line::parse(&self.place));
        let kind = wrong.take("kind", code(&self.kind, MeetingKind::from_code));
        let minutes = self.minutes;
        let value = (|| {
            let (meets_on, starts_at) = (meets_on?, starts_at?);
            Some((team?, NewMeeting { meets_on, starts_at, minutes, place: place?, kind: kind? }))
        })();
        wrong.finish(value)
    }
}

/// A seat that was taken: role and organisation, no name.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Seat {
    #[schema(value_type = SeatRoleCode)]
    role: String,
    organisation: String,
}

/// Who was there, in place of what was written before.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PresentIn {
    #[serde(default)]
    #[schema(required = true)]
    present: Vec<Seat>,
}

/// Time and place on the agenda.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SlotIn {
    /// Minutes, 10 to 120.
    #[serde(default)]
    #[schema(required = true)]
    minutes: i64,
    /// Place, 1 to 99.
    #[serde(default)]
    #[schema(required = true)]
    place: i64,
    /// Why it cannot wait; none: it is not urgent.
    urgent: Option<String>,
}

/// A phase that begins.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhaseIn {
    #[serde(default)]
    #[schema(required = true, value_type = PhaseCode)]
    phase: String,
}

/// What the family said to an idea. It need not say why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerIn {
    #[serde(default)]
    #[schema(required = true, value_type = IdeaAnswerCode)]
    answer: String,
    words: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    said_on: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<MeetingsOut>, ApiOops> {
    let shown = meetings::list(&web.app, &who.actor).await?;
    Ok(Json(MeetingsOut { meetings: shown.meetings.into_iter().map(MeetingOut::from).collect() }))
}

async fn call(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<MeetingIn>) -> Result<Made, ApiOops> {
    let (team, new) = sent.body.read()?;
    Ok(Made::new(meetings::call(&web.app, &who.actor, Some(sent.key), team, new).await?))
}

async fn meeting(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<MeetingId>,
) -> Result<Json<MeetingWithAgenda>, ApiOops> {
    Ok(Json(meetings::meeting(&web.app, &who.actor, id).await?.into()))
}

async fn present(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<MeetingId>,
    sent: ApiJson<PresentIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let seat = |one: &Seat| Present::read(code(&one.role, SeatRole::from_code)?, &one.organisation);
    let all = wrong.take("present", sent.body.present.iter().map(seat).collect());
    let all = wrong.finish(all)?;
    Ok(done(meetings::keep_present(&web.app, &who.actor, Some(sent.key), id, all).await?))
}

async fn slot(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(item): ApiId<AgendaItemId>,
    sent: ApiJson<SlotIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let urgent = wrong.take("urgent", maybe(sent.body.urgent.as_deref(), Line::parse));
    let urgent = wrong.finish(urgent)?;
    let new = Slot { minutes: sent.body.minutes, place: sent.body.place, urgent };
    Ok(done(meetings::keep_slot(&web.app, &who.actor, Some(sent.key), item, new).await?))
}

async fn phase(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(item): ApiId<AgendaItemId>,
    sent: ApiJson<PhaseIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let phase = wrong.take("phase", code(&sent.body.phase, Phase::from_code));
    let phase = wrong.finish(phase)?;
    Ok(done(meetings::begin_phase(&web.app, &who.actor, Some(sent.key), item, phase).await?))
}

async fn answer(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(idea): ApiId<IdeaId>,
    sent: ApiJson<AnswerIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let answer = wrong.take("answer", code(&sent.body.answer, IdeaAnswer::from_code));
    let words = wrong.take("words", maybe(sent.body.words.as_deref(), Note::parse));
    let said_on = wrong.take("said_on", Day::parse(&sent.body.said_on));
    let value = (|| Some(NewIdeaAnswer { answer: answer?, words: words?, said_on: said_on? }))();
    let new = wrong.finish(value)?;
    Ok(Made::new(meetings::answer_idea(&web.app, &who.actor, Some(sent.key), idea, new).await?))
}

async fn answers(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Answers>, ApiOops> {
    let all = meetings::answers(&web.app, &who.actor, case).await?;
    Ok(Json(Answers { answers: all.into_iter().map(AnswerOut::from).collect() }))
}

async fn told_shares(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<SharesOut>, ApiOops> {
    let all = shares::shares(&web.app, &who.actor).await?;
    Ok(Json(SharesOut { spaces: all.into_iter().map(SpaceOut::from).collect() }))
}

// Out -------------------------------------------------------------------------------------------------

/// Meetings.
#[derive(Serialize, ToSchema)]
struct MeetingsOut {
    meetings: Vec<MeetingOut>,
}

/// A meeting.
#[derive(Serialize, ToSchema)]
struct MeetingOut {
    id: Ident,
    team: Ident,
    team_name: String,
    meets_on: Date,
    starts_at: String,
    minutes: i64,
    place: String,
    #[schema(value_type = MeetingKindCode)]
    kind: &'static str,
}

impl From<MeetingView> for MeetingOut {
    fn from(one: MeetingView) -> Self {
        Self {
            id: one.id.into(),
            team: one.team.into(),
            team_name: one.team_name,
            meets_on: one.meets_on.into(),
            starts_at: one.starts_at.german(),
            minutes: one.minutes,
            place: one.place,
            kind: one.kind.code(),
        }
    }
}

/// A case on the agenda, without names and without the case's id.
#[derive(Serialize, ToSchema)]
struct AgendaLine {
    item: Ident,
    label: String,
    question: String,
    starts_at: String,
    minutes: i64,
    urgent: Option<String>,
    #[schema(value_type = Option<PhaseCode>)]
    phase: Option<&'static str>,
    phase_since: Option<Instant>,
    ideas: usize,
    held_on: Option<Date>,
    /// What this family lacks together with at least two others; for the office alone.
    shared_gaps: Vec<String>,
}

impl From<MeetingItem> for AgendaLine {
    fn from(one: MeetingItem) -> Self {
        Self {
            item: one.item.id.into(),
            label: one.item.label,
            question: one.item.question,
            starts_at: one.starts_at.german(),
            minutes: one.slot.minutes,
            urgent: one.slot.urgent.map(|why| why.as_str().to_owned()),
            phase: one.phase.map(|(phase, _)| phase.code()),
            phase_since: one.phase.map(|(_, at)| at.into()),
            ideas: one.ideas.len(),
            held_on: one.item.held_on.map(Date::from),
            shared_gaps: one.patterns.into_iter().map(|pattern| pattern.word).collect(),
        }
    }
}

/// A meeting with its agenda, in its order.
#[derive(Serialize, ToSchema)]
struct MeetingWithAgenda {
    meeting: MeetingOut,
    agenda: Vec<AgendaLine>,
    present: Vec<Seat>,
    /// Until then people of other houses read the sheets.
    readable_until: Date,
}

impl From<MeetingPage> for MeetingWithAgenda {
    fn from(shown: MeetingPage) -> Self {
        let seat = |one: Present| Seat {
            role: one.role.code().to_owned(),
            organisation: one.organisation.as_str().to_owned(),
        };
        Self {
            meeting: shown.meeting.into(),
            agenda: shown.items.into_iter().map(AgendaLine::from).collect(),
            present: shown.present.into_iter().map(seat).collect(),
            readable_until: shown.readable_until.into(),
        }
    }
}

/// What the family said, oldest first.
#[derive(Serialize, ToSchema)]
struct Answers {
    answers: Vec<AnswerOut>,
}

/// What the family said to an idea.
#[derive(Serialize, ToSchema)]
struct AnswerOut {
    idea: Ident,
    #[schema(value_type = IdeaAnswerCode)]
    answer: &'static str,
    words: Option<String>,
    said_on: Date,
}

impl From<IdeaAnswerView> for AnswerOut {
    fn from(one: IdeaAnswerView) -> Self {
        Self { idea: one.idea.into(), answer: one.answer.code(), words: one.words, said_on: one.said_on.into() }
    }
}

/// A part of a whole.
#[derive(Serialize, ToSchema)]
pub(super) struct ShareOut {
    /// Informal ones.
    informal: usize,
    /// All.
    all: usize,
}

impl From<Share> for ShareOut {
    fn from(share: Share) -> Self {
        Self { informal: share.informal, all: share.all }
    }
}

/// Ideas of a quarter of a year.
#[derive(Serialize, ToSchema)]
struct QuarterOut {
    year: i16,
    quarter: i8,
    /// None where it could be one family.
    share: Option<ShareOut>,
}

/// Shares of a space.
#[derive(Serialize, ToSchema)]
struct SpaceOut {
    space: Ident,
    name: String,
    ideas: Vec<QuarterOut>,
    /// Helps really used; none where it could be one family.
    used: Option<ShareOut>,
}

impl From<SpaceShares> for SpaceOut {
    fn from(one: SpaceShares) -> Self {
        let quarter = |((year, quarter), share): ((i16, i8), Option<Share>)| QuarterOut {
            year,
            quarter,
            share: share.map(ShareOut::from),
        };
        Self {
            space: one.space.into(),
            name: one.name,
            ideas: one.ideas.into_iter().map(quarter).collect(),
            used: one.used.map(ShareOut::from),
        }
    }
}

/// Shares of twelve months.
#[derive(Serialize, ToSchema)]
struct SharesOut {
    spaces: Vec<SpaceOut>,
}
