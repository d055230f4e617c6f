// SPDX-License-Identifier: EUPL-1.2
//! The family's side of a plan: links and answers; differences of versions; extracts for a court.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, Nothing, code, id as read_id, maybe};
use super::openapi::Doors;
use super::words::{Date, GoalLevelCode, HelpCode, Ident, Instant, Made, PieceCode, ProceedingCode, VerdictCode};
use crate::casework::difference::sections;
use crate::casework::family::sheet::LANGUAGES;
use crate::casework::sheet::sheet;
use crate::kit::{Asks, Web};
use app::Failure;
use app::casework::family_link::{self, AnswerView, LinkView, NewFamilyLink};
use app::casework::{court_extract, plan};
use axum::Json;
use axum::extract::State;
use domain::access::{Action, Denied};
use domain::casework::{NewExtract, Proceeding, SectionDifference, differences};
use domain::kernel::{CaseId, CourtExtractId, Day, FamilyAnswerId, FamilyLinkId, Line, Note, PlanId, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/family-answers", see, "Personal links of a case and what came over them", side)
        .post("/api/v1/plans/{id}/family-links", work, "Makes a personal link; its token is told once", make_link)
        .post("/api/v1/family-links/{id}/revocation", work, "Takes a personal link back", revoke)
        .post("/api/v1/family-answers/{id}/look", work, "Takes note of an answer", take_note)
        .get("/api/v1/plans/{id}/difference", see, "What is different between two versions, word by word", difference)
        .get("/api/v1/cases/{id}/court-extracts", see, "The extracts made for courts", extracts)
        .post("/api/v1/plans/{id}/court-extracts", work, "Makes an extract for a court (§ 50(2))", make_extract)
        .get("/api/v1/court-extracts/{id}", see, "The three contents of an extract", extract)
}

// In --------------------------------------------------------------------------------------------------

/// A personal link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LinkIn {
    #[serde(default)]
    #[schema(required = true)]
    given_to: String,
    /// Code of the language read at home, like `tr`.
    #[serde(default)]
    #[schema(required = true)]
    language: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    ends_on: String,
}

impl LinkIn {
    fn read(&self) -> Result<NewFamilyLink, Refusals> {
        let mut wrong = Refusals::default();
        let given_to = wrong.take("given_to", Line::parse(&self.given_to));
        let spoken = |text: &str| LANGUAGES.into_iter().find(|known| *known == text);
        let language = wrong.take("language", code(&self.language, spoken));
        let ends_on = wrong.take("ends_on", Day::parse(&self.ends_on));
        let value =
            (|| Some(NewFamilyLink { given_to: given_to?, language: language?.to_owned(), ends_on: ends_on? }))();
        wrong.finish(value)
    }
}

/// An extract for a court.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExtractIn {
    #[serde(default)]
    #[schema(required = true)]
    court: String,
    file_number: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = ProceedingCode)]
    proceeding: String,
    #[schema(value_type = Option<Date>)]
    asked_on: Option<String>,
    /// The result of a review that no version tells.
    reviews: Option<String>,
}

impl ExtractIn {
    fn read(&self) -> Result<NewExtract, Refusals> {
        let mut wrong = Refusals::default();
        let court = wrong.take("court", Line::parse(&self.court));
        let file_number = wrong.take("file_number", maybe(self.file_number.as_deref(), Line::parse));
        let proceeding = wrong.take("proceeding", code(&self.proceeding, Proceeding::from_code));
        let asked_on = wrong.take("asked_on", maybe(self.asked_on.as_deref(), Day::parse));
        let reviews = wrong.take("reviews", maybe(self.reviews.as_deref(), Note::parse));
        let value = (|| {
            Some(NewExtract {
                court: court?,
                file_number: file_number?,
                proceeding: proceeding?,
                asked_on: asked_on?,
                reviews: reviews?,
            })
        })();
        wrong.finish(value)
    }
}

/// Against which version; the one before without it.
#[derive(Deserialize, IntoParams)]
struct Against {
    #[param(value_type = Option<Ident>)]
    against: Option<String>,
}

// Handlers --------------------------------------------------------------------------------------------

async fn side(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<SideOut>, ApiOops> {
    let side = family_link::of_case(&web.app, &who.actor, case).await?;
    let (links, answers) = (side.links.into_iter(), side.answers.into_iter());
    Ok(Json(SideOut { links: links.map(LinkOut::from).collect(), answers: answers.map(AnswerOut::from).collect() }))
}

async fn make_link(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(plan): ApiId<PlanId>,
    sent: ApiJson<LinkIn>,
) -> Result<Json<LinkMade>, ApiOops> {
    let new = sent.body.read()?;
    let made = family_link::make(&web.app, &who.actor, Some(sent.key), plan, new).await?;
    Ok(Json(LinkMade { id: made.id.into(), path: made.token.map(|token| format!("/familie/{token}")) }))
}

async fn revoke(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<FamilyLinkId>,
    sent: ApiJson<Nothing>,
) -> Result<Made, ApiOops> {
    Ok(Made::new(family_link::revoke(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn take_note(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<FamilyAnswerId>,
    sent: ApiJson<Nothing>,
) -> Result<Made, ApiOops> {
    Ok(Made::new(family_link::take_note(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn difference(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<PlanId>,
    ApiQuery(asked): ApiQuery<Against>,
) -> Result<Json<DifferenceOut>, ApiOops> {
    let (case, new) = plan::version(&web.app, &who.actor, id).await?;
    let versions = plan::page(&web.app, &who.actor, case.id).await?.versions;
    let mut wrong = Refusals::default();
    let wanted = wrong.take("against", maybe(asked.against.as_deref(), read_id::<PlanId>));
    let wanted = wrong.finish(wanted)?;
    let before = versions.iter().find(|one| wanted.map_or(one.number < new.content.version, |wanted| one.id == wanted));
    let before = before.ok_or(Failure::Denied(Denied::Hidden))?;
    let (_, old) = plan::version(&web.app, &who.actor, before.id).await?;
    let found = differences(&sections(&sheet(&old.content)), &sections(&sheet(&new.content)));
    let sections = found.into_iter().map(SectionOut::from).collect();
    Ok(Json(DifferenceOut { from: old.content.version, to: new.content.version, sections }))
}

async fn extracts(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<ExtractsOut>, ApiOops> {
    let all = court_extract::of_case(&web.app, &who.actor, case).await?.into_iter().map(|one| ExtractLineOut {
        id: one.id.into(),
        version: one.version,
        court: one.court,
        proceeding: one.proceeding.code(),
        made_on: one.made_on.into(),
        made_by: one.made_by,
    });
    Ok(Json(ExtractsOut { extracts: all.collect() }))
}

async fn make_extract(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(plan): ApiId<PlanId>,
    sent: ApiJson<ExtractIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(court_extract::make(&web.app, &who.actor, Some(sent.key), plan, new).await?))
}

async fn extract(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CourtExtractId>,
) -> Result<Json<ExtractOut>, ApiOops> {
    let made = court_extract::paper(&web.app, &who.actor, id).await?;
    let shown = crate::casework::court_extract::sheet(&made);
    Ok(Json(ExtractOut {
        help_kind: code_of(&made.contents.help),
        need: shown.need,
        help: shown.help,
        reviews: shown.reviews,
    }))
}

fn code_of(help: &str) -> &'static str {
    domain::casework::HelpKind::from_code(help).map_or("", domain::casework::HelpKind::code)
}

// Out -------------------------------------------------------------------------------------------------

/// Links and answers.
#[derive(Serialize, ToSchema)]
struct SideOut {
    /// Newest first.
    links: Vec<LinkOut>,
    /// Newest first.
    answers: Vec<AnswerOut>,
}

/// A personal link; its token is never told again.
#[derive(Serialize, ToSchema)]
struct LinkOut {
    id: Ident,
    plan: Ident,
    version: i64,
    given_to: String,
    language: String,
    ends_at: Instant,
    made_at: Instant,
    made_by: String,
    revoked_at: Option<Instant>,
}

impl From<LinkView> for LinkOut {
    fn from(link: LinkView) -> Self {
        Self {
            id: link.id.into(),
            plan: link.plan.into(),
            version: link.version,
            given_to: link.given_to,
            language: link.language,
            ends_at: link.ends_at.into(),
            made_at: link.made_at.into(),
            made_by: link.made_by,
            revoked_at: link.revoked_at.map(Instant::from),
        }
    }
}

/// A link that was just made.
#[derive(Serialize, ToSchema)]
struct LinkMade {
    id: Ident,
    /// To be put behind the address of the office's server; nothing when this was sent a second time.
    path: Option<String>,
}

/// What a family said over a link.
#[derive(Serialize, ToSchema)]
struct AnswerOut {
    id: Ident,
    plan: Ident,
    version: i64,
    given_to: String,
    #[schema(value_type = Option<VerdictCode>)]
    verdict: Option<&'static str>,
    who: Option<String>,
    words: Option<String>,
    said_at: Instant,
    seen_by: Option<String>,
    seen_at: Option<Instant>,
    ratings: Vec<GoalRatingOut>,
}

/// How far a family holds a goal to be.
#[derive(Serialize, ToSchema)]
struct GoalRatingOut {
    goal: String,
    #[schema(value_type = GoalLevelCode)]
    level: &'static str,
}

impl From<AnswerView> for AnswerOut {
    fn from(answer: AnswerView) -> Self {
        let (seen_by, seen_at) = answer.seen.unzip();
        let rating = |(goal, level): (String, domain::casework::GoalLevel)| GoalRatingOut { goal, level: level.code() };
        Self {
            id: answer.id.into(),
            plan: answer.plan.into(),
            version: answer.version,
            given_to: answer.given_to,
            verdict: answer.verdict.map(domain::casework::FamilyVerdict::code),
            who: answer.who,
            words: answer.words,
            said_at: answer.said_at.into(),
            seen_by,
            seen_at: seen_at.map(Instant::from),
            ratings: answer.ratings.into_iter().map(rating).collect(),
        }
    }
}

/// What is different.
#[derive(Serialize, ToSchema)]
struct DifferenceOut {
    from: i64,
    to: i64,
    sections: Vec<SectionOut>,
}

/// A section that stands in one of the versions.
#[derive(Serialize, ToSchema)]
struct SectionOut {
    title: String,
    changed: bool,
    pieces: Vec<PieceOut>,
}

/// A piece of its text.
#[derive(Serialize, ToSchema)]
struct PieceOut {
    #[schema(value_type = PieceCode)]
    kind: &'static str,
    words: String,
}

impl From<SectionDifference> for SectionOut {
    fn from(section: SectionDifference) -> Self {
        let changed = section.is_changed();
        let piece = |piece: domain::casework::Piece| PieceOut { kind: piece.kind.code(), words: piece.words };
        Self { title: section.title, changed, pieces: section.pieces.into_iter().map(piece).collect() }
    }
}

/// The extracts of a case.
#[derive(Serialize, ToSchema)]
struct ExtractsOut {
    /// Newest first.
    extracts: Vec<ExtractLineOut>,
}

/// An extract that was made.
#[derive(Serialize, ToSchema)]
struct ExtractLineOut {
    id: Ident,
    version: i64,
    court: String,
    #[schema(value_type = ProceedingCode)]
    proceeding: &'static str,
    made_on: Date,
    made_by: String,
}

/// The three contents and nothing else.
#[derive(Serialize, ToSchema)]
struct ExtractOut {
    need: Vec<String>,
    #[schema(value_type = HelpCode)]
    help_kind: &'static str,
    help: Vec<String>,
    reviews: Vec<String>,
}
