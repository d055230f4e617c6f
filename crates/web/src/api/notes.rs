// SPDX-License-Identifier: EUPL-1.2
//! Notes, and passing on what was entrusted.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id};
use super::openapi::Doors;
use super::words::{ConfidenceCode, Date, Ident, Made, PassingCode};
use crate::kit::{Asks, Web};
use app::casework::notes::{self, NoteView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{Confidence, NewNote, NewPassing, PassingReason};
use domain::kernel::{CaseId, Day, Note, NoteId, Refusal, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/notes", see, "Notes, without what was entrusted to others", list)
        .post("/api/v1/cases/{id}/notes", work, "Writes a note", write)
        .post("/api/v1/notes/{id}/passings", work, "Passes on what was entrusted, on record", pass)
}

/// A note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoteIn {
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    noted_on: String,
    /// Whom it concerns, of this case.
    #[serde(default)]
    #[schema(value_type = Vec<Ident>)]
    people: Vec<String>,
    /// There is no default.
    #[serde(default)]
    #[schema(required = true, value_type = ConfidenceCode)]
    confidence: String,
}

impl NoteIn {
    fn read(&self) -> Result<NewNote, Refusals> {
        let mut wrong = Refusals::default();
        let words = wrong.take("words", Note::parse(&self.words));
        let noted_on = wrong.take("noted_on", Day::parse(&self.noted_on));
        let people = self.people.iter().map(|person| id(person)).collect::<Result<Vec<_>, Refusal>>();
        let people = wrong.take("people", people).map(|mut people| {
            people.sort_unstable();
            people.dedup();
            people
        });
        let confidence = wrong.take("confidence", code(&self.confidence, Confidence::from_code));
        let value =
            (|| Some(NewNote { words: words?, noted_on: noted_on?, people: people?, confidence: confidence? }))();
        wrong.finish(value)
    }
}

/// To whom, and for which of the seven reasons of § 65(1) SGB VIII.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PassingIn {
    /// Somebody of the case's team.
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    to: String,
    #[serde(default)]
    #[schema(required = true, value_type = PassingCode)]
    reason: String,
    #[serde(default)]
    #[schema(required = true)]
    why: String,
}

impl PassingIn {
    fn read(&self) -> Result<NewPassing, Refusals> {
        let mut wrong = Refusals::default();
        let to = wrong.take("to", id(&self.to));
        let reason = wrong.take("reason", code(&self.reason, PassingReason::from_code));
        let why = wrong.take("why", Note::parse(&self.why));
        let value = (|| Some(NewPassing { to: to?, reason: reason?, why: why? }))();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Notes>, ApiOops> {
    let shown = notes::page(&web.app, &who.actor, case).await?;
    Ok(Json(Notes { notes: shown.notes.into_iter().map(NoteOut::from).collect() }))
}

async fn write(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<NoteIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(notes::write(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn pass(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(note): ApiId<NoteId>,
    sent: ApiJson<PassingIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(notes::pass(&web.app, &who.actor, Some(sent.key), note, new).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Notes of a case, newest first.
#[derive(Serialize, ToSchema)]
struct Notes {
    notes: Vec<NoteOut>,
}

/// A note.
#[derive(Serialize, ToSchema)]
struct NoteOut {
    id: Ident,
    words: String,
    noted_on: Date,
    #[schema(value_type = ConfidenceCode)]
    confidence: &'static str,
    writer: String,
    people: Vec<String>,
}

impl From<NoteView> for NoteOut {
    fn from(note: NoteView) -> Self {
        Self {
            id: note.id.into(),
            words: note.words,
            noted_on: note.noted_on.into(),
            confidence: note.confidence.code(),
            writer: note.writer,
            people: note.people,
        }
    }
}
