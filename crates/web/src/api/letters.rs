// SPDX-License-Identifier: EUPL-1.2
//! Letters of a case.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, code, id as read_id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Instant, LetterKindCode, Made, Reference, WayCode, done};
use crate::kit::parse::CHOICE_MISSING;
use crate::kit::{Asks, Web};
use crate::letters::{read_about, say, sheet};
use app::letters::{self, NewLetter, Recipient, Release};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{CaseId, Day, LetterId, Note, PersonId, Refusals};
use domain::letters::{About, Block, Dispatch, LetterField, LetterKind, Values, Way, parse_answer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/letters", see, "The letters of a case", of_case)
        .post("/api/v1/cases/{id}/letters", work, "Begins a letter from its template", begin)
        .get("/api/v1/letters/{id}", see, "A letter: what it says and what is missing", one)
        .post("/api/v1/letters/{id}/words", work, "Changes a draft: answers, and its text with placeholders", change)
        .post("/api/v1/letters/{id}/subject", work, "Says which decision a draft tells and whom it concerns", tell_of)
        .post("/api/v1/letters/{id}/offer", work, "Gives a draft to the second pair of eyes", offer)
        .post("/api/v1/letters/{id}/release", work, "Releases a letter: it stays as it is", release)
        .post("/api/v1/letters/{id}/recall", work, "Withdraws a released letter that has not left", recall)
        .post("/api/v1/letters/{id}/dispatch", work, "Notes when a letter left (§ 37(2) SGB X)", dispatch)
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
    /// It stays in the file.
    #[serde(default)]
    file: bool,
    /// `plan:<id>` or `ending:<id>`; without one, the only one there is.
    about: Option<String>,
    /// The children whom it concerns; without any, the only one there is.
    #[serde(default)]
    children: Vec<String>,
}

impl LetterIn {
    fn read(&self) -> Result<NewLetter, Refusals> {
        let mut wrong = Refusals::default();
        let kind = wrong.take("kind", code(&self.kind, LetterKind::from_code));
        let to = match (&self.person, &self.report, &self.to_name) {
            (Some(person), ..) => wrong.take("person", read_id(person)).map(Recipient::Person),
            (None, Some(report), _) => wrong.take("report", read_id(report)).map(Recipient::Reporter),
            (None, None, Some(name)) => {
                Some(Recipient::Outside(name.trim().to_owned(), self.to_address.clone().unwrap_or_default()))
            }
            (None, None, None) if self.file => Some(Recipient::File),
            (None, None, None) => wrong.take("to_name", Err(CHOICE_MISSING.broken())),
        };
        let (about, children) = read_subject(&mut wrong, self.about.as_deref(), &self.children);
        wrong.finish((|| Some(NewLetter { kind: kind?, to: to?, about: about?, children: children? }))())
    }
}

type Subject = (Option<Option<About>>, Option<Vec<PersonId>>);

fn read_subject(wrong: &mut Refusals, about: Option<&str>, children: &[String]) -> Subject {
    let about = match about {
        Some(text) => wrong.take("about", read_about(text).map(Some).ok_or(CHOICE_MISSING.broken())),
        None => Some(None),
    };
    let children = children.iter().map(|id| read_id::<PersonId>(id)).collect::<Result<Vec<_>, _>>();
    (about, wrong.take("children", children))
}

/// What a draft tells of, and whom it concerns.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SubjectIn {
    /// `plan:<id>` or `ending:<id>`.
    about: Option<String>,
    /// Ids of children of the case.
    #[serde(default)]
    children: Vec<String>,
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

/// The `rev` that was read, and why it leaves all the same.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReleaseIn {
    #[serde(default)]
    rev: i64,
    /// Why it leaves although something should not be so (W30, W31).
    anyway: Option<String>,
}

/// Why a letter is withdrawn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecallIn {
    #[serde(default)]
    #[schema(required = true)]
    why: String,
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

async fn tell_of(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<LetterId>,
    sent: ApiJson<SubjectIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let (about, children) = read_subject(&mut wrong, sent.body.about.as_deref(), &sent.body.children);
    let new = wrong.finish(about.zip(children))?;
    Ok(done(letters::tell_of(&web.app, &who.actor, Some(sent.key), id, new).await?))
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
    sent: ApiJson<ReleaseIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let anyway = wrong.take("anyway", maybe(sent.body.anyway.as_deref(), Note::parse));
    let new = wrong.finish(anyway.map(|anyway| Release { id, rev: sent.body.rev, anyway }))?;
    Ok(done(letters::release(&web.app, &who.actor, Some(sent.key), new, say).await?))
}

async fn recall(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<LetterId>,
    sent: ApiJson<RecallIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let why = wrong.take("why", Note::parse(&sent.body.why));
    let why = wrong.finish(why)?;
    Ok(done(letters::recall(&web.app, &who.actor, Some(sent.key), (id, why)).await?))
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
