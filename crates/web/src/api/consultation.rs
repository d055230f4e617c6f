// SPDX-License-Identifier: EUPL-1.2
//! Collegial consultation. The team gives ideas; no door here approves anything (N3).

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, maybe};
use super::openapi::Doors;
use super::words::{Date, IdeaCode, Ident, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::casework::consultation::{self, IdeaView, ItemPage, ItemView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{IdeaKind, NewIdea, Question};
use domain::kernel::{AgendaItemId, CaseId, Day, Line, Note, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let see = Asks::For(Action::SeeConsultation);
    let hold = Asks::For(Action::HoldConsultation);
    Doors::default()
        .post("/api/v1/cases/{id}/agenda-items", Asks::For(Action::WorkOnCase), "Puts a case on the agenda", put)
        .get("/api/v1/agenda-items", see, "The agenda of the teams in sight", agenda)
        .get("/api/v1/agenda-items/{id}", see, "An item with its ideas", item)
        .post("/api/v1/agenda-items/{id}/ideas", Asks::For(Action::AdviseInTeam), "Notes an idea or dissent", advise)
        .post("/api/v1/agenda-items/{id}/close", hold, "Closes the minutes", close)
}

// In --------------------------------------------------------------------------------------------------

/// What the worker asks the team. Names are taken out, whatever was sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuestionIn {
    #[serde(default)]
    #[schema(required = true)]
    question: String,
    /// The sheet the team reads.
    #[serde(default)]
    #[schema(required = true)]
    sheet: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    meets_on: String,
    /// What may still be a name in question or sheet was read over by a human being.
    #[serde(default)]
    read_over: bool,
}

impl QuestionIn {
    fn read(&self) -> Result<Question, Refusals> {
        let mut wrong = Refusals::default();
        let question = wrong.take("question", Note::parse(&self.question));
        let sheet = wrong.take("sheet", Note::parse(&self.sheet));
        let meets_on = wrong.take("meets_on", Day::parse(&self.meets_on));
        let read_over = self.read_over;
        let value = (|| Some(Question { question: question?, sheet: sheet?, meets_on: meets_on?, read_over }))();
        wrong.finish(value)
    }
}

/// An idea, or a dissent that is kept in the minutes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IdeaIn {
    #[serde(default)]
    #[schema(required = true, value_type = IdeaCode)]
    kind: String,
    #[serde(default)]
    #[schema(required = true)]
    words: String,
}

/// The end of a consultation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CloseIn {
    minutes: Option<String>,
}

// Handlers --------------------------------------------------------------------------------------------

async fn put(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<QuestionIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(consultation::put_on_agenda(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn agenda(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Agenda>, ApiOops> {
    let items = consultation::agenda(&web.app, &who.actor).await?;
    Ok(Json(Agenda { items: items.into_iter().map(ItemOut::from).collect() }))
}

async fn item(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<AgendaItemId>,
) -> Result<Json<ItemWithIdeas>, ApiOops> {
    Ok(Json(consultation::item(&web.app, &who.actor, id).await?.into()))
}

async fn advise(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(item): ApiId<AgendaItemId>,
    sent: ApiJson<IdeaIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let kind = wrong.take("kind", code(&sent.body.kind, IdeaKind::from_code));
    let words = wrong.take("words", Line::parse(&sent.body.words));
    let (kind, words) = wrong.finish(kind.zip(words))?;
    let new = NewIdea { kind, words };
    Ok(Made::new(consultation::note_idea(&web.app, &who.actor, Some(sent.key), item, new).await?))
}

async fn close(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(item): ApiId<AgendaItemId>,
    sent: ApiJson<CloseIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let minutes = wrong.take("minutes", maybe(sent.body.minutes.as_deref(), Note::parse));
    let minutes = wrong.finish(minutes)?;
    Ok(done(consultation::hold(&web.app, &who.actor, Some(sent.key), item, minutes).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// A case on a team's agenda, without names and without the case's id.
#[derive(Serialize, ToSchema)]
struct ItemOut {
    id: Ident,
    team: Ident,
    team_name: String,
    label: String,
    question: String,
    sheet: String,
    meets_on: Date,
    held_on: Option<Date>,
    minutes: Option<String>,
}

impl From<ItemView> for ItemOut {
    fn from(item: ItemView) -> Self {
        Self {
            id: item.id.into(),
            team: item.team.into(),
            team_name: item.team_name,
            label: item.label,
            question: item.question,
            sheet: item.sheet,
            meets_on: item.meets_on.into(),
            held_on: item.held_on.map(Date::from),
            minutes: item.minutes,
        }
    }
}

/// The agenda.
#[derive(Serialize, ToSchema)]
struct Agenda {
    items: Vec<ItemOut>,
}

/// An idea of the team.
#[derive(Serialize, ToSchema)]
struct IdeaOut {
    id: Ident,
    #[schema(value_type = IdeaCode)]
    kind: &'static str,
    words: String,
    by: String,
}

impl From<IdeaView> for IdeaOut {
    fn from(idea: IdeaView) -> Self {
        Self { id: idea.id.into(), kind: idea.kind.code(), words: idea.words, by: idea.by }
    }
}

/// An item with its ideas.
#[derive(Serialize, ToSchema)]
struct ItemWithIdeas {
    item: ItemOut,
    ideas: Vec<IdeaOut>,
    may_advise: bool,
    may_hold: bool,
    /// The case behind it, for those who may see it.
    case: Option<Ident>,
}

impl From<ItemPage> for ItemWithIdeas {
    fn from(shown: ItemPage) -> Self {
        Self {
            item: shown.item.into(),
            ideas: shown.ideas.into_iter().map(IdeaOut::from).collect(),
            may_advise: shown.may_advise,
            may_hold: shown.may_hold,
            case: shown.case.map(Ident::from),
        }
    }
}
