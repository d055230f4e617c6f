// SPDX-License-Identifier: EUPL-1.2
//! Reports: taking in, the board, assigning, opening a case.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id, maybe};
use super::openapi::Doors;
use super::overview::CaseShort;
use super::words::{
    ChannelCode, DangerCode, Ident, Instant, Made, Reference, ReporterCode, StepCode, UrgencyCode, done,
};
use crate::kit::{Asks, Web};
use app::casework::board::{self, Card};
use app::casework::intake::{self, Receipt, ReportView, TakeIn};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{Channel, Danger, NewReport, Reporter, ReporterKind};
use domain::kernel::{Line, Moment, Note, PersonName, Refusals, ReportId};
use domain::territory::Address;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    Doors::default()
        .post("/api/v1/reports", Asks::For(Action::TakeInReport), "Takes a report in", take_in)
        .get("/api/v1/reports", Asks::For(Action::SeeReport), "The intake board of the teams in sight", board)
        .get("/api/v1/reports/{id}", Asks::For(Action::SeeReport), "One report", report)
        .post(
            "/api/v1/reports/{id}/reporter",
            Asks::For(Action::SeeReporter),
            "Shows who reported; on record",
            reporter,
        )
        .get("/api/v1/reports/{id}/receipt", Asks::For(Action::TakeInReport), "Where a report went", receipt)
        .post("/api/v1/reports/{id}/assignment", Asks::For(Action::AssignReport), "Gives it a social space", assign)
        .post("/api/v1/reports/{id}/case", Asks::For(Action::WorkOnCase), "Opens a case from a report", open_case)
}

// In --------------------------------------------------------------------------------------------------

/// A report that came in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReportIn {
    /// When it came: a moment with offset, or German local time `2026-11-30T09:15`.
    #[serde(default)]
    #[schema(required = true)]
    received: String,
    #[serde(default)]
    #[schema(required = true, value_type = ChannelCode)]
    channel: String,
    /// Verbatim.
    #[serde(default)]
    #[schema(required = true)]
    said: String,
    /// The address as told: `Lindenweg 12, 12345 Ort`.
    #[serde(default)]
    #[schema(required = true)]
    place: String,
    /// A human answer; there is no default.
    #[serde(default)]
    #[schema(required = true, value_type = DangerCode)]
    danger: String,
    /// The family's name, if it was told.
    family: Option<String>,
    /// Left out: the reporter is anonymous.
    reporter: Option<ReporterIn>,
}

/// Who told it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReporterIn {
    #[serde(default)]
    #[schema(required = true, value_type = ReporterCode)]
    kind: String,
    name: Option<String>,
    contact: Option<String>,
}

impl ReporterIn {
    fn read(&self, wrong: &mut Refusals) -> Option<Reporter> {
        let kind = wrong.take("reporter.kind", code(&self.kind, ReporterKind::from_code));
        let name = wrong.take("reporter.name", maybe(self.name.as_deref(), PersonName::parse));
        let contact = wrong.take("reporter.contact", maybe(self.contact.as_deref(), Line::parse));
        Some(Reporter::new(kind?, name?, contact?))
    }
}

impl ReportIn {
    fn read(&self) -> Result<TakeIn, Refusals> {
        let mut wrong = Refusals::default();
        let received = wrong.take("received", Moment::parse(&self.received));
        let channel = wrong.take("channel", code(&self.channel, Channel::from_code));
        let said = wrong.take("said", Note::parse(&self.said));
        let place = wrong.take("place", Line::parse(&self.place));
        let danger = wrong.take("danger", code(&self.danger, Danger::from_code));
        let family = wrong.take("family", maybe(self.family.as_deref(), PersonName::parse));
        let reporter = match &self.reporter {
            Some(reporter) => reporter.read(&mut wrong),
            None => Some(Reporter::new(ReporterKind::Anonymous, None, None)),
        };
        let value = (|| {
            let (place, reporter) = (place?, reporter?);
            let address = Address::read(place.as_str());
            let (received, channel, said) = (received?, channel?, said?);
            let report = NewReport { received, channel, said, place, danger: danger?, family: family? };
            Some(TakeIn { address, report, reporter })
        })();
        wrong.finish(value)
    }
}

/// The social space a report belongs to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssignmentIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    space: String,
    #[serde(default)]
    #[schema(required = true)]
    reason: String,
}

/// A case to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenCaseIn {
    /// The family's name.
    #[serde(default)]
    #[schema(required = true)]
    family: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn take_in(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<ReportIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(intake::take_in_report(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn board(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<BoardOut>, ApiOops> {
    let board = board::board(&web.app, &who.actor).await?;
    Ok(Json(BoardOut {
        cards: board.columns.into_iter().flat_map(|(_, cards)| cards).map(CardOut::from).collect(),
        danger: board.danger.into_iter().map(CaseShort::from).collect(),
        feedback_due: board.feedback.into_iter().map(|(id, _, _)| Ident::from(id)).collect(),
    }))
}

async fn report(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ReportId>,
) -> Result<Json<ReportPageOut>, ApiOops> {
    let shown = intake::report(&web.app, &who.actor, id).await?;
    Ok(Json(ReportPageOut { report: shown.report.into(), may_ask_who: shown.may_ask_who }))
}

async fn reporter(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ReportId>,
    sent: ApiJson<LookIn>,
) -> Result<Json<ReporterOut>, ApiOops> {
    let mut wrong = Refusals::default();
    let reason = wrong.take("reporter_reason", maybe(sent.body.reporter_reason.as_deref(), Note::parse));
    let reason = wrong.finish(reason)?;
    Ok(Json(intake::show_reporter(&web.app, &who.actor, Some(sent.key), id, reason).await?.into()))
}

async fn receipt(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<ReportId>,
) -> Result<Json<ReceiptOut>, ApiOops> {
    let Receipt { team, space, found, case_number, may_see } = intake::receipt(&web.app, &who.actor, id).await?;
    Ok(Json(ReceiptOut { team, space, found, case_number, may_see }))
}

async fn assign(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(report): ApiId<ReportId>,
    sent: ApiJson<AssignmentIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let space = wrong.take("space", id(&sent.body.space));
    let reason = wrong.take("reason", Note::optional(&sent.body.reason));
    let to = wrong.finish(space.zip(reason))?;
    Ok(done(intake::assign(&web.app, &who.actor, Some(sent.key), report, to).await?))
}

async fn open_case(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(report): ApiId<ReportId>,
    sent: ApiJson<OpenCaseIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let family = wrong.take("family", PersonName::parse(&sent.body.family));
    let family = wrong.finish(family)?;
    Ok(Made::new(intake::open_case(&web.app, &who.actor, Some(sent.key), report, family).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The intake board.
#[derive(Serialize, ToSchema)]
struct BoardOut {
    /// Signs of danger first in each column, then by urgency, then what waits longest.
    cards: Vec<CardOut>,
    /// Cases opened with signs of danger.
    danger: Vec<CaseShort>,
    /// Reports whose professional reporters wait for feedback.
    feedback_due: Vec<Ident>,
}

/// A report on the board.
#[derive(Serialize, ToSchema)]
struct CardOut {
    report: Ident,
    received: Instant,
    /// Empty where it is a protected address.
    place: String,
    #[schema(value_type = StepCode)]
    step: &'static str,
    #[schema(value_type = UrgencyCode)]
    urgency: &'static str,
    #[schema(value_type = DangerCode)]
    danger: &'static str,
    owner: Option<String>,
    team_name: String,
    space_name: Option<String>,
    /// Nobody's space yet.
    unplaced: bool,
    case: Option<Ident>,
    /// Why it is called out: `orphaned`, `unowned`, `overdue`.
    escalation: Option<&'static str>,
}

impl From<Card> for CardOut {
    fn from(card: Card) -> Self {
        let escalation = card.escalation.map(|why| why.code());
        let card = card.card;
        Self {
            report: card.id.into(),
            received: card.received.into(),
            place: card.place,
            step: card.at.step.code(),
            urgency: card.at.urgency.code(),
            danger: card.at.danger.code(),
            owner: card.owner,
            team_name: card.team_name,
            space_name: card.space,
            unplaced: card.unplaced,
            case: card.case.map(Ident::from),
            escalation,
        }
    }
}

/// A report. Who told it stands elsewhere.
#[derive(Serialize, ToSchema)]
struct ReportOut {
    id: Ident,
    received: Instant,
    #[schema(value_type = ChannelCode)]
    channel: &'static str,
    said: String,
    place: String,
    #[schema(value_type = DangerCode)]
    danger: &'static str,
    family: Option<String>,
    /// How its place was found: `street`, `inside`, `border`, `ambiguous`, `outside`, `unknown`.
    found: String,
    team: Ident,
    team_name: String,
    space_name: Option<String>,
    assigned_reason: Option<String>,
    case: Option<Ident>,
    case_number: Option<String>,
    taken_by: String,
    taken_at: Instant,
    /// `unassigned`, `new`, `case`.
    stage: &'static str,
}

impl From<ReportView> for ReportOut {
    fn from(report: ReportView) -> Self {
        Self {
            id: report.id.into(),
            received: report.received.into(),
            channel: report.channel.code(),
            said: report.said,
            place: report.place,
            danger: report.danger.code(),
            family: report.family,
            found: report.found,
            team: report.team.into(),
            team_name: report.team_name,
            space_name: report.space_name,
            assigned_reason: report.assigned_reason,
            case: report.case.map(Ident::from),
            case_number: report.case_number,
            taken_by: report.taken_by,
            taken_at: report.taken_at.into(),
            stage: report.stage.code(),
        }
    }
}

/// Why somebody must know who reported.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LookIn {
    /// Needed by everybody but the worker of the case.
    reporter_reason: Option<String>,
}

/// A report. Who told it is asked for by itself.
#[derive(Serialize, ToSchema)]
struct ReportPageOut {
    report: ReportOut,
    /// May the reader ask who reported?
    may_ask_who: bool,
}

/// Who told it.
#[derive(Serialize, ToSchema)]
struct ReporterOut {
    #[schema(value_type = ReporterCode)]
    kind: &'static str,
    name: Option<String>,
    contact: Option<String>,
}

impl From<Reporter> for ReporterOut {
    fn from(reporter: Reporter) -> Self {
        Self {
            kind: reporter.kind.code(),
            name: reporter.name.map(|name| name.as_str().to_owned()),
            contact: reporter.contact.map(|contact| contact.as_str().to_owned()),
        }
    }
}

/// Where a report went, for the one who took it in.
#[derive(Serialize, ToSchema)]
struct ReceiptOut {
    team: String,
    space: Option<String>,
    found: String,
    case_number: Option<String>,
    may_see: bool,
}
