// SPDX-License-Identifier: EUPL-1.2
//! Letters: those of a case, and templates.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, code, id as read_id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Instant, LetterKindCode, Made, Reference, WayCode, done};
use crate::kit::parse::CHOICE_MISSING;
use crate::kit::{Asks, Web};
use crate::letters::{say, sheet};
use app::letters::{self, Recipient, templates};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{CaseId, Day, LetterId, Note, Refusals};
use domain::letters::{Block, Dispatch, LetterField, LetterKind, Values, Way, parse_answer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    let keep = Asks::For(Action::KeepTemplates);
    Doors::default()
        .get("/api/v1/cases/{id}/letters", see, "The letters of a case", of_case)
        .post("/api/v1/cases/{id}/letters", work, "Begins a letter from its template", begin)
        .get("/api/v1/letters/{id}", see, "A letter: what it says and what is missing", one)
        .post("/api/v1/letters/{id}/words", work, "Changes a draft: answers, and its text with placeholders", change)
        .post("/api/v1/letters/{id}/offer", work, "Gives a draft to the second pair of eyes", offer)
        .post("/api/v1/letters/{id}/release", work, "Releases a letter: it stays as it is", release)
        .post("/api/v1/letters/{id}/dispatch", work, "Notes when a letter left (§ 37(2) SGB X)", dispatch)
        .get("/api/v1/letter-templates", keep, "The templates that hold today, with what a law demands", list_templates)
        .post("/api/v1/letter-templates", keep, "Keeps a version of a template; without text ours holds", keep_template)
}

// In --------------------------------------------------------------------------------------------------

/// A letter to begin. Exactly one of `person`, `report`, `to_name`, as its kind wants.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LetterIn {
    #[serde(default)]
    #[schema(required = true, value_type = LetterKindCode)]
    kind: String,
    /// A person of the case.
    person: Option<String>,
    /// The report whose reporter is told.
    report: Option<String>,
    /// Another body.
    to_name: Option<String>,
    to_address: Option<String>,
}

impl LetterIn {
    fn read(&self) -> Result<(LetterKind, Recipient), Refusals> {
        let mut wrong = Refusals::default();
        let kind = wrong.take("kind", code(&self.kind, LetterKind::from_code));
        let to = match (&self.person, &self.report, &self.to_name) {
            (Some(person), ..) => wrong.take("person", read_id(person)).map(Recipient::Person),
            (None, Some(report), _) => wrong.take("report", read_id(report)).map(Recipient::Reporter),
            (None, None, Some(name)) => {
                Some(Recipient::Outside(name.trim().to_owned(), self.to_address.clone().unwrap_or_default()))
            }
            (None, None, None) => wrong.take("to_name", Err(CHOICE_MISSING.broken())),
        };
        wrong.finish(kind.zip(to))
    }
}

/// New words of a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WordsIn {
    /// The `rev` that was read.
    #[serde(default)]
    rev: i64,
    #[serde(default)]
    #[schema(required = true)]
    text: String,
    /// By placeholder: a day as `2026-12-14`, an amount as `1.250,00`.
    #[serde(default)]
    answers: BTreeMap<String, String>,
}

impl WordsIn {
    fn read(&self) -> Result<(String, Values), Refusals> {
        let (mut wrong, mut answers) = (Refusals::default(), Values::new());
        let text = wrong.take("text", Note::parse(&self.text));
        for (name, words) in &self.answers {
            let field = LetterField::from_code(name).filter(|field| field.ask().is_some());
            let Some(field) = wrong.take("answers", field.ok_or(CHOICE_MISSING.broken())) else { continue };
            if let Some(Some(words)) = wrong.take(field.code(), parse_answer(field, words)) {
                answers.insert(field, words);
            }
        }
        wrong.finish(text.map(|text| (text.as_str().to_owned(), answers)))
    }
}

/// The `rev` that was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RevIn {
    #[serde(default)]
    rev: i64,
}

/// When and how a letter left.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DispatchIn {
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    sent_on: String,
    #[serde(default)]
    #[schema(required = true, value_type = WayCode)]
    way: String,
}

/// A version of a template.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TemplateIn {
    #[serde(default)]
    #[schema(required = true, value_type = LetterKindCode)]
    kind: String,
    /// Without one, ours holds again.
    text: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    valid_from: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn of_case(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<LettersOut>, ApiOops> {
    let shown = letters::of_case(&web.app, &who.actor, case).await?;
    let line = |one: letters::LetterLine| LineOut {
        id: one.id.into(),
        kind: one.kind.code(),
        catalogue: one.kind.catalogue(),
        state: one.state,
        to: one.to,
        written_by: one.writer,
        written_at: one.written_at.into(),
        sent_on: one.sent_on.map(Into::into),
        known_on: one.known_on.map(Into::into),
        remedy_until: one.remedy_until.map(Into::into),
    };
    Ok(Json(LettersOut { letters: shown.letters.into_iter().map(line).collect() }))
}

async fn begin(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<LetterIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(letters::begin(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

fn block(block: &Block) -> BlockOut {
    match block {
        Block::Heading(text) => BlockOut { heading: Some(text.clone()), ..BlockOut::default() },
        Block::Paragraph(text) => BlockOut { paragraph: Some(text.clone()), ..BlockOut::default() },
        Block::Points(points) => BlockOut { points: points.clone(), ..BlockOut::default() },
    }
}

async fn one(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<LetterId>,
) -> Result<Json<LetterOut>, ApiOops> {
    let shown = letters::page(&web.app, &who.actor, id, say).await?;
    let printed = sheet(letters::paper(&web.app, &who.actor, id, say).await?);
    Ok(Json(LetterOut {
        case: shown.case.id.into(),
        kind: shown.letter.kind.code(),
        state: shown.letter.state,
        rev: shown.letter.rev,
        to: printed.to,
        to_note: printed.to_note,
        subject: printed.paper.subject.clone(),
        blocks: printed.paper.blocks.iter().map(block).collect(),
        text: shown.letter.body,
        asked: shown.asked.iter().map(|field| field.code()).collect(),
        missing: shown.filled.missing.iter().map(|field| field.code()).collect(),
        sha256: shown.released.map(|released| released.digest),
        known_on: shown.sent.map(|sent| sent.known_on.into()),
    }))
}

async fn change(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<LetterId>,
    sent: ApiJson<WordsIn>,
) -> Result<Json<Reference>, ApiOops> {
    let words = sent.body.read()?;
    Ok(done(letters::change(&web.app, &who.actor, Some(sent.key), (id, sent.body.rev), words).await?))
}

async fn offer(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<LetterId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(letters::offer(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn release(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<LetterId>,
    sent: ApiJson<RevIn>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(letters::release(&web.app, &who.actor, Some(sent.key), (id, sent.body.rev), say).await?))
}

async fn dispatch(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<LetterId>,
    sent: ApiJson<DispatchIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let sent_on = wrong.take("sent_on", Day::parse(&sent.body.sent_on));
    let way = wrong.take("way", code(&sent.body.way, Way::from_code));
    let new = wrong.finish(sent_on.zip(way).map(|(sent_on, way)| Dispatch { sent_on, way }))?;
    Ok(done(letters::dispatch(&web.app, &who.actor, Some(sent.key), id, new).await?))
}

async fn list_templates(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<TemplatesOut>, ApiOops> {
    let mut all = Vec::new();
    for kind in LetterKind::ALL {
        let one = templates::one(&web.app, &who.actor, *kind).await?;
        let demand = |(field, source): &(LetterField, &'static str)| DemandOut { placeholder: field.code(), source };
        all.push(TemplateOut {
            kind: kind.code(),
            catalogue: kind.catalogue(),
            text: one.text,
            demands: kind.demands().iter().map(demand).collect(),
        });
    }
    Ok(Json(TemplatesOut { templates: all }))
}

async fn keep_template(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<TemplateIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let kind = wrong.take("kind", code(&sent.body.kind, LetterKind::from_code));
    let text = wrong.take("text", maybe(sent.body.text.as_deref(), Note::parse));
    let from = wrong.take("valid_from", Day::parse(&sent.body.valid_from));
    let (kind, new) = wrong.finish((|| Some((kind?, (text?, from?))))())?;
    Ok(Made::new(templates::keep(&web.app, &who.actor, Some(sent.key), kind, new).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The letters of a case.
#[derive(Serialize, ToSchema)]
struct LettersOut {
    /// Newest first.
    letters: Vec<LineOut>,
}

/// A letter in the list.
#[derive(Serialize, ToSchema)]
struct LineOut {
    id: Ident,
    #[schema(value_type = LetterKindCode)]
    kind: &'static str,
    /// Its place in the catalogue of documents.
    catalogue: &'static str,
    /// `draft`, `offered`, `released`, `sent`.
    state: String,
    /// Nobody's name for a reporter.
    to: Option<String>,
    written_by: String,
    written_at: Instant,
    sent_on: Option<Date>,
    /// When it counts as known.
    known_on: Option<Date>,
    remedy_until: Option<Date>,
}

/// A letter.
#[derive(Serialize, ToSchema)]
struct LetterOut {
    case: Ident,
    #[schema(value_type = LetterKindCode)]
    kind: &'static str,
    state: String,
    rev: i64,
    /// Name and address, as far as they are printed without a reason.
    to: Vec<String>,
    /// Why there is no address.
    to_note: String,
    subject: String,
    blocks: Vec<BlockOut>,
    /// With placeholders.
    text: String,
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    /// Over the words, once released.
    sha256: Option<String>,
    known_on: Option<Date>,
}

/// A block: one of the three.
#[derive(Serialize, ToSchema, Default)]
struct BlockOut {
    heading: Option<String>,
    paragraph: Option<String>,
    points: Vec<String>,
}

/// Templates.
#[derive(Serialize, ToSchema)]
struct TemplatesOut {
    templates: Vec<TemplateOut>,
}

/// A template as it holds today.
#[derive(Serialize, ToSchema)]
struct TemplateOut {
    #[schema(value_type = LetterKindCode)]
    kind: &'static str,
    catalogue: &'static str,
    text: String,
    demands: Vec<DemandOut>,
}

/// What may not be missing.
#[derive(Serialize, ToSchema)]
struct DemandOut {
    placeholder: &'static str,
    source: &'static str,
}
