// SPDX-License-Identifier: EUPL-1.2
//! Confidential counselling, four eyes over posts, house rules.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing, code};
use super::openapi::Doors;
use super::words::{Date, HouseRuleCode, Ident, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::access;
use app::casework::counsel;
use axum::Json;
use axum::extract::State;
use domain::access::{Action, HouseRule};
use domain::casework::{NewCounsel, NewTalk};
use domain::kernel::{CounselId, Day, Note, PersonName, ProposalId, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let own = Asks::For(Action::CounselChild);
    Doors::default()
        .get("/api/v1/counselling", own, "One's own confidential counselling (§ 8(3) SGB VIII)", counsels)
        .post("/api/v1/counselling", own, "Begins confidential counselling", begin)
        .post("/api/v1/counselling/{id}/talks", own, "Keeps a talk", talk)
        .post("/api/v1/counselling/{id}/end", own, "Ends it", end)
        .post("/api/v1/counselling/{id}/resumption", own, "Takes its end back within 30 days", resume)
        .get("/api/v1/waiting-posts", Asks::For(Action::ReleasePosts), "Posts that wait for a second person", waiting)
        .post("/api/v1/waiting-posts/{id}", Asks::For(Action::ReleasePosts), "Releases or declines a post", settle)
        .post("/api/v1/house-rules", Asks::For(Action::SetHouseRules), "Sets a number of the office", rule)
}

// In --------------------------------------------------------------------------------------------------

/// The beginning of counselling.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CounselIn {
    child: String,
    #[schema(value_type = Date)]
    begun_on: String,
    why_silent: String,
    words: String,
}

/// A talk.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TalkIn {
    #[schema(value_type = Date)]
    on: String,
    words: String,
}

/// Yes or no to a post.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettleIn {
    /// There is no default.
    released: bool,
}

/// A number of the office.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RuleIn {
    #[schema(value_type = HouseRuleCode)]
    rule: String,
    value: i64,
}

// Handlers --------------------------------------------------------------------------------------------

async fn counsels(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<CounselsOut>, ApiOops> {
    let all = counsel::list(&web.app, &who.actor).await?.into_iter();
    let one = |one: counsel::CounselView| CounselOut {
        id: one.id.into(),
        child: one.child,
        begun_on: one.begun_on.into(),
        ended_on: one.ended_on.map(Date::from),
    };
    Ok(Json(CounselsOut { counselling: all.map(one).collect() }))
}

async fn begin(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<CounselIn>) -> Result<Made, ApiOops> {
    let (body, mut wrong) = (&sent.body, Refusals::default());
    let child = wrong.take("child", PersonName::parse(&body.child));
    let begun_on = wrong.take("begun_on", Day::parse(&body.begun_on));
    let why_silent = wrong.take("why_silent", Note::parse(&body.why_silent));
    let words = wrong.take("words", Note::parse(&body.words));
    let new = (|| Some(NewCounsel { child: child?, begun_on: begun_on?, why_silent: why_silent?, words: words? }))();
    let new = wrong.finish(new)?;
    Ok(Made::new(counsel::begin(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn talk(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(counsel_id): ApiId<CounselId>,
    sent: ApiJson<TalkIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let on = wrong.take("on", Day::parse(&sent.body.on));
    let words = wrong.take("words", Note::parse(&sent.body.words));
    let (on, words) = wrong.finish(on.zip(words))?;
    Ok(done(counsel::talk(&web.app, &who.actor, Some(sent.key), counsel_id, NewTalk { on, words }).await?))
}

async fn resume(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(counsel_id): ApiId<CounselId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(counsel::resume(&web.app, &who.actor, Some(sent.key), counsel_id).await?))
}

async fn end(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(counsel_id): ApiId<CounselId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(counsel::end(&web.app, &who.actor, Some(sent.key), counsel_id).await?))
}

async fn waiting(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<WaitingPosts>, ApiOops> {
    let all = access::waiting_posts(&web.app, &who.actor).await?.into_iter();
    let one = |one: access::WaitingPost| WaitingPostOut {
        id: one.id.into(),
        name: one.name,
        role: one.role.code(),
        place: one.place,
        proposed_by: one.by,
    };
    Ok(Json(WaitingPosts { posts: all.map(one).collect() }))
}

async fn settle(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(proposal): ApiId<ProposalId>,
    sent: ApiJson<SettleIn>,
) -> Result<Json<Reference>, ApiOops> {
    let released = sent.body.released;
    Ok(done(access::release_post(&web.app, &who.actor, Some(sent.key), proposal, released).await?))
}

async fn rule(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<RuleIn>) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let rule = wrong.take("rule", code(&sent.body.rule, HouseRule::from_code));
    let rule = wrong.finish(rule)?;
    Ok(Made::new(access::set_house_rule(&web.app, &who.actor, Some(sent.key), (rule, sent.body.value)).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// One's own confidential counselling.
#[derive(Serialize, ToSchema)]
struct CounselsOut {
    counselling: Vec<CounselOut>,
}

/// A child that is counselled.
#[derive(Serialize, ToSchema)]
struct CounselOut {
    id: Ident,
    child: String,
    begun_on: Date,
    ended_on: Option<Date>,
}

/// Posts that wait.
#[derive(Serialize, ToSchema)]
struct WaitingPosts {
    posts: Vec<WaitingPostOut>,
}

/// A post that waits.
#[derive(Serialize, ToSchema)]
struct WaitingPostOut {
    id: Ident,
    name: String,
    role: &'static str,
    place: String,
    proposed_by: String,
}
