// SPDX-License-Identifier: EUPL-1.2
//! Visits: what a device may take along, how it stands with that, and the notes that come back.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, code, id};
use super::openapi::Doors;
use super::visit_pack::PackOut;
use super::words::{ConfidenceCode, Date, Ident, Instant, Made};
use crate::kit::{Asks, Web};
use app::casework::visits::{self, VisitNoteView, VisitView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{Confidence, NewNote, NewVisit, NewVisitNote, VisitState};
use domain::kernel::{CaseId, Day, Note, Refusal, Refusals, VisitId, VisitNoteId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (own, work) = (Asks::For(Action::KeepOwn), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/visits", own, "Own visits that are open, and own notes that wait", list)
        .post("/api/v1/visits", work, "Prepares a visit to own cases, for 24 hours", prepare)
        .get("/api/v1/visits/{id}", own, "How it stands with an own visit", standing)
        .get("/api/v1/visits/{id}/pack", work, "What a visit needs, for the device alone", pack)
        .post("/api/v1/visits/{id}/end", own, "Calls a visit back", end)
        .post("/api/v1/visits/{id}/notes", own, "Takes in a note from the way, exactly once", take_in)
        .post("/api/v1/visit-notes/{id}/hand-in", own, "Puts a note that waited into a case", hand_in)
}

/// Own cases, at most five.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VisitIn {
    #[serde(default)]
    #[schema(required = true, value_type = Vec<Ident>)]
    cases: Vec<String>,
}

impl VisitIn {
    fn read(&self) -> Result<NewVisit, Refusals> {
        let mut wrong = Refusals::default();
        let cases = self.cases.iter().map(|case| id(case)).collect::<Result<Vec<CaseId>, Refusal>>();
        let cases = wrong.take("cases", cases).map(|mut cases| {
            cases.sort_unstable();
            cases.dedup();
            cases
        });
        wrong.finish(cases.map(|cases| NewVisit { cases }))
    }
}

/// A note written on the way.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VisitNoteIn {
    /// Made on the device; the same id never comes in twice.
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    id: String,
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    case: String,
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    noted_on: String,
    /// There is no default.
    #[serde(default)]
    #[schema(required = true, value_type = ConfidenceCode)]
    confidence: String,
}

impl VisitNoteIn {
    fn read(&self) -> Result<(VisitNoteId, NewVisitNote), Refusals> {
        let mut wrong = Refusals::default();
        let (note, case) = (wrong.take("id", id(&self.id)), wrong.take("case", id(&self.case)));
        let words = wrong.take("words", Note::parse(&self.words));
        let noted_on = wrong.take("noted_on", Day::parse(&self.noted_on));
        let confidence = wrong.take("confidence", code(&self.confidence, Confidence::from_code));
        let value = (|| {
            let note_in = NewNote { words: words?, noted_on: noted_on?, people: Vec::new(), confidence: confidence? };
            Some((note?, NewVisitNote { case: case?, note: note_in }))
        })();
        wrong.finish(value)
    }
}

/// Where a note that waited goes, in which words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandInIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    case: String,
    #[serde(default)]
    #[schema(required = true)]
    words: String,
}

impl HandInIn {
    fn read(&self) -> Result<(CaseId, Note), Refusals> {
        let mut wrong = Refusals::default();
        let (case, words) = (wrong.take("case", id(&self.case)), wrong.take("words", Note::parse(&self.words)));
        wrong.finish(case.zip(words))
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Visits>, ApiOops> {
    let shown = visits::page(&web.app, &who.actor).await?;
    let open = shown.open.iter().map(|one| VisitOut::new(one, VisitState::Open)).collect();
    let waiting = shown.waiting.into_iter().map(|one| VisitNoteOut::from(one.note)).collect();
    Ok(Json(Visits { is_on: shown.is_on, open, waiting }))
}

async fn prepare(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<VisitIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(visits::prepare(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn standing(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<VisitId>,
) -> Result<Json<VisitOut>, ApiOops> {
    let (visit, state) = visits::standing(&web.app, &who.actor, id).await?;
    Ok(Json(VisitOut::new(&visit, state)))
}

async fn pack(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<VisitId>,
) -> Result<Json<PackOut>, ApiOops> {
    let (visit, cases) = visits::pack(&web.app, &who.actor, id).await?;
    Ok(Json(PackOut::new(&visit, cases, web.app.today())))
}

async fn end(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<VisitId>,
    sent: ApiJson<Nothing>,
) -> Result<Made, ApiOops> {
    Ok(Made::new(visits::call_back(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn take_in(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(visit): ApiId<VisitId>,
    sent: ApiJson<VisitNoteIn>,
) -> Result<Json<VisitNoteOut>, ApiOops> {
    let (note, new) = sent.body.read()?;
    let kept = visits::take_in(&web.app, &who.actor, (visit, note), Some(sent.key), new).await?;
    Ok(Json(kept.into()))
}

async fn hand_in(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(note): ApiId<VisitNoteId>,
    sent: ApiJson<HandInIn>,
) -> Result<Made, ApiOops> {
    let to = sent.body.read()?;
    Ok(Made::new(visits::hand_in(&web.app, &who.actor, Some(sent.key), note, to).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Own visits and notes.
#[derive(Serialize, ToSchema)]
struct Visits {
    /// Has the office switched visits on?
    is_on: bool,
    open: Vec<VisitOut>,
    waiting: Vec<VisitNoteOut>,
}

/// A visit.
#[derive(Serialize, ToSchema)]
struct VisitOut {
    id: Ident,
    /// `open`, `over`, `called-back`, `off`.
    state: &'static str,
    prepared_at: Instant,
    ends_at: Instant,
    cases: i64,
}

impl VisitOut {
    fn new(visit: &VisitView, state: VisitState) -> Self {
        Self {
            id: visit.id.into(),
            state: state.code(),
            prepared_at: visit.prepared_at.into(),
            ends_at: visit.ends_at.into(),
            cases: visit.cases,
        }
    }
}

/// A note from the way.
#[derive(Serialize, ToSchema)]
struct VisitNoteOut {
    id: Ident,
    case: Ident,
    /// `kept`, or `waits`.
    state: &'static str,
    /// Why it waits: `case-changed`, `right-gone`, `case-joined`.
    waits_for: Option<&'static str>,
    /// What it says, while it waits.
    words: Option<String>,
    noted_on: Date,
    #[schema(value_type = ConfidenceCode)]
    confidence: &'static str,
}

impl From<VisitNoteView> for VisitNoteOut {
    fn from(note: VisitNoteView) -> Self {
        Self {
            id: note.id.into(),
            case: note.case.into(),
            state: if note.waits_for.is_some() { "waits" } else { "kept" },
            waits_for: note.waits_for.map(|reason| reason.code()),
            words: note.words,
            noted_on: note.noted_on.into(),
            confidence: note.confidence.code(),
        }
    }
}
