// SPDX-License-Identifier: EUPL-1.2
//! Cases in short, what can be taken back, cases of one family.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, id};
use super::openapi::Doors;
use super::words::{Date, Ident, Made};
use crate::kit::{Asks, Web};
use app::casework::briefs::{self, BriefView};
use app::casework::undos::{self, EndedView};
use app::casework::{case_joins, case_joins::CaseJoinView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{NewBrief, NewCaseJoin};
use domain::kernel::{CaseId, CaseJoinId, Line, Note, Refusals, TakenAwayId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/briefs", see, "A case in short, all versions, newest first", list)
        .post("/api/v1/cases/{id}/briefs", work, "Tells a case in short; never over somebody else's text", write)
        .get("/api/v1/cases/{id}/ended", see, "What was ended in the last 30 days", ended)
        .post("/api/v1/ended/{id}/undo", work, "Takes back that something was ended", undo)
        .get("/api/v1/cases/{id}/joinings", see, "Cases that were joined with this one", joins)
        .post("/api/v1/cases/{id}/joinings", work, "Joins a case of the same family with this one", join)
        .post("/api/v1/case-joinings/{id}/undo", work, "Undoes a joining of cases", part)
}

/// A case in short.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BriefIn {
    #[serde(default)]
    #[schema(required = true)]
    words: String,
    /// The version the writer had before their eyes; 0 when there was none. A text upon an older version is put
    /// together with the newest, or answered with 409 when both changed the same sentence.
    #[serde(default)]
    based_on: i64,
}

impl BriefIn {
    fn read(&self) -> Result<NewBrief, Refusals> {
        let mut wrong = Refusals::default();
        let words = wrong.take("words", Note::parse(&self.words));
        wrong.finish(words.map(|words| NewBrief { based_on: self.based_on, words }))
    }
}

/// Another case of the same family.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JoiningIn {
    /// The case that goes; nothing may run in it.
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    joined: String,
    /// How it is known that it is the same family.
    #[serde(default)]
    #[schema(required = true)]
    why: String,
}

impl JoiningIn {
    fn read(&self, kept: CaseId) -> Result<NewCaseJoin, Refusals> {
        let mut wrong = Refusals::default();
        let (joined, why) = (wrong.take("joined", id(&self.joined)), wrong.take("why", Line::parse(&self.why)));
        wrong.finish(joined.zip(why).map(|(joined, why)| NewCaseJoin { kept, joined, why }))
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Briefs>, ApiOops> {
    let shown = briefs::page(&web.app, &who.actor, case).await?;
    Ok(Json(Briefs { briefs: shown.versions.into_iter().map(BriefOut::from).collect() }))
}

async fn write(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<BriefIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(briefs::write(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn ended(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<AllEnded>, ApiOops> {
    let shown = undos::page(&web.app, &who.actor, case).await?;
    Ok(Json(AllEnded { ended: shown.ended.into_iter().map(EndedOut::from).collect() }))
}

async fn undo(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<TakenAwayId>,
    sent: ApiJson<Nothing>,
) -> Result<Made, ApiOops> {
    Ok(Made::new(undos::undo(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn joins(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Joinings>, ApiOops> {
    let together = case_joins::around(&web.app, &who.actor, case).await?;
    Ok(Json(Joinings { joinings: together.joins.into_iter().map(JoiningOut::from).collect() }))
}

async fn join(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<JoiningIn>,
) -> Result<Made, ApiOops> {
    let new = sent.body.read(case)?;
    Ok(Made::new(case_joins::join(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn part(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CaseJoinId>,
    sent: ApiJson<Nothing>,
) -> Result<Made, ApiOops> {
    Ok(Made::new(case_joins::undo_join(&web.app, &who.actor, Some(sent.key), id).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Versions, newest first.
#[derive(Serialize, ToSchema)]
struct Briefs {
    briefs: Vec<BriefOut>,
}

/// A case in short.
#[derive(Serialize, ToSchema)]
struct BriefOut {
    id: Ident,
    number: i64,
    words: String,
    /// Put together out of two texts that were written at once.
    merged: bool,
    by: String,
    on: Date,
}

impl From<BriefView> for BriefOut {
    fn from(one: BriefView) -> Self {
        let on = one.at.day().into();
        Self { id: one.id.into(), number: one.number, words: one.words, merged: one.merged, by: one.by, on }
    }
}

/// What was ended, newest first.
#[derive(Serialize, ToSchema)]
struct AllEnded {
    ended: Vec<EndedOut>,
}

/// Something ended.
#[derive(Serialize, ToSchema)]
struct EndedOut {
    id: Ident,
    /// `condition`, `legal-role`, `contact` or `due`.
    kind: &'static str,
    words: String,
    by: String,
    on: Date,
    taken_back: bool,
}

impl From<EndedView> for EndedOut {
    fn from(one: EndedView) -> Self {
        Self {
            id: one.id.into(),
            kind: one.kind.code(),
            words: one.words,
            by: one.by,
            on: one.at.day().into(),
            taken_back: one.undone_at.is_some(),
        }
    }
}

/// Joinings that hold.
#[derive(Serialize, ToSchema)]
struct Joinings {
    joinings: Vec<JoiningOut>,
}

/// A joining.
#[derive(Serialize, ToSchema)]
struct JoiningOut {
    id: Ident,
    kept: Ident,
    joined: Ident,
    why: String,
    by: String,
    on: Date,
}

impl From<CaseJoinView> for JoiningOut {
    fn from(one: CaseJoinView) -> Self {
        let on = one.at.day().into();
        Self { id: one.id.into(), kept: one.kept.into(), joined: one.joined.into(), why: one.why, by: one.by, on }
    }
}
