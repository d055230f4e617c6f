// SPDX-License-Identifier: EUPL-1.2
//! Child protection: procedures, steps, children in care, agencies' notices, counselling without names.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, code, id, lines, maybe};
use super::openapi::Doors;
use super::words::{Ident, Instant, Made, ProtectionStepCode, Reference, ResultCode, WarningCode, done};
use crate::kit::{Asks, Web};
use app::casework::protection::{self, KeptStep, OpenDraft, ProcedurePage, StepView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::protection::{CameFrom, StepKind, StepParts};
use domain::kernel::{
    CaseId, Day, Line, Moment, Note, NoticeId, PersonName, ProtectionId, Refusal, Refusals, ReportId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeProtection), Asks::For(Action::WorkOnProtection));
    Doors::default()
        .post("/api/v1/cases/{id}/protections", work, "Begins a procedure for each minor", open)
        .get("/api/v1/protections/{id}", see, "A procedure with its steps and what is missing", one)
        .post("/api/v1/protections/{id}/steps", work, "Keeps a step", keep)
        .post("/api/v1/protections/{id}/reports", work, "Lets a report join", join)
        .post("/api/v1/protections/{id}/closing", Asks::For(Action::DecideOnCase), "Closes a procedure", close)
        .post("/api/v1/agency-notices/{id}/acknowledgement", work, "Acknowledges an agency's notice", acknowledge)
}

/// What belongs to a step. There is no number in it, and nothing is worked out from it.
#[derive(Deserialize, ToSchema, Default)]
#[serde(deny_unknown_fields)]
struct PartsIn {
    /// What kind; for the first observation of a procedure it is left out.
    #[serde(default)]
    #[schema(value_type = ProtectionStepCode)]
    kind: String,
    /// When, RFC 3339 or German time to the minute.
    #[serde(default)]
    #[schema(required = true, value_type = Instant)]
    happened: String,
    /// The choice that belongs to the kind.
    code: Option<String>,
    words: Option<String>,
    reason: Option<String>,
    source: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[schema(value_type = Option<Ident>)]
    person: Option<String>,
    #[serde(default)]
    marks: Vec<String>,
    due: Option<String>,
    #[schema(value_type = Option<Ident>)]
    corrects: Option<String>,
    /// Whose reporter was answered; needed where several professionals reported.
    #[schema(value_type = Option<Ident>)]
    report: Option<String>,
}

impl PartsIn {
    fn parts(self, wrong: &mut Refusals) -> Option<StepParts> {
        let happened = wrong.take("happened", Moment::parse(&self.happened));
        let words = wrong.take("words", maybe(self.words.as_deref(), Note::parse));
        let reason = wrong.take("reason", maybe(self.reason.as_deref(), Note::parse));
        let source = wrong.take("source", maybe(self.source.as_deref(), Line::parse));
        let names = wrong.take("names", lines(&self.names));
        let person = wrong.take("person", maybe(self.person.as_deref(), id));
        let due = wrong.take("due", maybe(self.due.as_deref(), Day::parse));
        let corrects = wrong.take("corrects", maybe(self.corrects.as_deref(), id));
        let report = wrong.take("report", maybe(self.report.as_deref(), id));
        Some(StepParts {
            happened: happened?,
            code: self.code.filter(|code| !code.is_empty()),
            words: words?,
            reason: reason?,
            source: source?,
            names: names?,
            person: person?,
            marks: self.marks,
            due: due?,
            corrects: corrects?,
            report: report?,
        })
    }

    fn step(self) -> Result<KeptStep, Refusals> {
        let mut wrong = Refusals::default();
        let kind = wrong.take("kind", code(&self.kind, StepKind::from_code));
        let parts = self.parts(&mut wrong);
        let value = (|| Some(KeptStep { kind: kind?, parts: parts? }))();
        wrong.finish(value)
    }
}

/// How a procedure begins.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenIn {
    /// Minors of the case; none, and without a name, for a child whose name nobody knows yet.
    #[serde(default)]
    #[schema(value_type = Vec<Ident>)]
    children: Vec<String>,
    child_name: Option<String>,
    #[serde(default)]
    #[schema(required = true)]
    from: String,
    #[serde(default)]
    #[schema(required = true, value_type = Instant)]
    happened: String,
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    /// `fact`, `hearsay` or `interpretation`.
    #[serde(default)]
    #[schema(required = true)]
    code: String,
    #[serde(default)]
    #[schema(required = true)]
    source: String,
}

impl OpenIn {
    fn read(self) -> Result<OpenDraft, Refusals> {
        let mut wrong = Refusals::default();
        let children = self.children.iter().map(|child| id(child)).collect::<Result<Vec<_>, Refusal>>();
        let children = wrong.take("children", children);
        let child_name = wrong.take("child_name", maybe(self.child_name.as_deref(), PersonName::parse));
        let from = wrong.take("from", code(&self.from, CameFrom::from_code));
        let seen = PartsIn {
            happened: self.happened,
            code: Some(self.code),
            words: Some(self.words),
            source: Some(self.source),
            ..PartsIn::default()
        };
        let seen = seen.parts(&mut wrong);
        let value = (|| Some(OpenDraft { children: children?, child_name: child_name?, from: from?, seen: seen? }))();
        wrong.finish(value)
    }
}

/// Which report joins.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JoinIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    report: String,
}

/// How a procedure ends; the result is the one that people chose in the assessment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CloseIn {
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    /// Why, although something is missing.
    reason: Option<String>,
}

impl CloseIn {
    fn read(&self) -> Result<(Note, Option<Note>), Refusals> {
        let mut wrong = Refusals::default();
        let words = wrong.take("words", Note::parse(&self.words));
        let reason = wrong.take("reason", maybe(self.reason.as_deref(), Note::parse));
        let value = (|| Some((words?, reason?)))();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn open(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<OpenIn>,
) -> Result<Made, ApiOops> {
    let draft = sent.body.read()?;
    Ok(Made::new(protection::open(&web.app, &who.actor, Some(sent.key), case, draft).await?))
}

async fn one(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProtectionId>,
) -> Result<Json<Procedure>, ApiOops> {
    Ok(Json(protection::one(&web.app, &who.actor, id).await?.into()))
}

async fn keep(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProtectionId>,
    sent: ApiJson<PartsIn>,
) -> Result<Made, ApiOops> {
    let step = sent.body.step()?;
    Ok(Made::new(protection::keep_step(&web.app, &who.actor, Some(sent.key), id, step).await?))
}

async fn join(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(procedure): ApiId<ProtectionId>,
    sent: ApiJson<JoinIn>,
) -> Result<Json<Reference>, ApiOops> {
    let report: ReportId = id(&sent.body.report).map_err(|refusal| Refusals::from(refusal.at("report")))?;
    Ok(done(protection::join_report(&web.app, &who.actor, Some(sent.key), procedure, report).await?))
}

async fn close(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ProtectionId>,
    sent: ApiJson<CloseIn>,
) -> Result<Json<Reference>, ApiOops> {
    let said = sent.body.read()?;
    Ok(done(protection::close_procedure(&web.app, &who.actor, Some(sent.key), id, said).await?))
}

async fn acknowledge(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<NoticeId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(protection::acknowledge(&web.app, &who.actor, Some(sent.key), id).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// A procedure.
#[derive(Serialize, ToSchema)]
struct Procedure {
    id: Ident,
    case: Ident,
    child: Ident,
    child_name: String,
    opened_at: Instant,
    closed_at: Option<Instant>,
    /// The result, once people have closed it.
    #[schema(value_type = Option<ResultCode>)]
    result: Option<&'static str>,
    steps: Vec<StepSaid>,
    /// What is missing; the order says nothing about gravity.
    #[schema(value_type = Vec<WarningCode>)]
    warnings: Vec<&'static str>,
}

impl From<ProcedurePage> for Procedure {
    fn from(shown: ProcedurePage) -> Self {
        Self {
            id: shown.procedure.id.into(),
            case: shown.procedure.case.into(),
            child: shown.procedure.child.into(),
            child_name: shown.procedure.child_name,
            opened_at: shown.procedure.opened_at.into(),
            closed_at: shown.procedure.closed_at.map(Instant::from),
            result: shown.procedure.result.map(|result| result.code()),
            steps: shown.steps.into_iter().map(StepSaid::from).collect(),
            warnings: shown.warnings.iter().map(|warning| warning.code()).collect(),
        }
    }
}

/// A step as it was kept.
#[derive(Serialize, ToSchema)]
struct StepSaid {
    id: Ident,
    #[schema(value_type = ProtectionStepCode)]
    kind: &'static str,
    happened: Instant,
    code: Option<String>,
    words: Option<String>,
    reason: Option<String>,
    source: Option<String>,
    names: Vec<String>,
    person: Option<Ident>,
    marks: Vec<String>,
    due: Option<String>,
    corrects: Option<Ident>,
    /// The report that joined, or whose reporter was answered.
    report: Option<Ident>,
    writer: String,
    written_at: Instant,
}

impl From<StepView> for StepSaid {
    fn from(step: StepView) -> Self {
        Self {
            id: step.id.into(),
            kind: step.kind.code(),
            happened: step.happened.into(),
            code: step.code,
            words: step.words,
            reason: step.reason,
            source: step.source,
            names: step.names,
            person: step.person.map(|(id, _, _)| id.into()),
            marks: step.marks,
            due: step.due.map(|day| day.to_string()),
            corrects: step.corrects.map(Ident::from),
            report: step.report.map(Ident::from),
            writer: step.writer,
            written_at: step.written_at.into(),
        }
    }
}
