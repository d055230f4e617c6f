// SPDX-License-Identifier: EUPL-1.2
//! How money is distributed. Inputs are text as people type it (`12,5`), so that no number passes through a
//! floating point; results are cents and exact fractions.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Mistake, Nothing};
use super::openapi::Doors;
use super::words::{Date, Ident, Instant, Made, Reference, done};
use crate::budget::allocation::say;
use crate::kit::parse::CHOICE_MISSING;
use crate::kit::{Asks, Web};
use app::allocation::{self, AllocationLine, Decision, Page, Paper, RegionSum, Sheet};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::budget::allocation::{Fault, Majority, Votes};
use domain::kernel::{AllocationId, Day, Line, Refusals};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::openapi::{ArrayBuilder, Object, ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, draft_it) = (Asks::For(Action::SeeBudget), Asks::For(Action::DraftAllocation));
    let (decide_it, plan) = (Asks::For(Action::DecideAllocation), Asks::For(Action::PlanBudget));
    Doors::default()
        .get("/api/v1/budget/allocations", see, "Proposals and decisions, newest first", list)
        .post("/api/v1/budget/allocations", draft_it, "Works a proposal out and keeps it as a draft", draft)
        .post("/api/v1/budget/allocations/work-out", draft_it, "Works a proposal out; nothing is kept", work_out)
        .get("/api/v1/budget/allocations/{id}", see, "A proposal, its reasons, worked out again", one)
        .post("/api/v1/budget/allocations/{id}/decision", decide_it, "Records what a body decided", decide)
        .post(
            "/api/v1/budget/allocations/{id}/plan",
            plan,
            "Books a decided proposal as the plan of its year, once",
            book,
        )
        .get("/api/v1/budget/allocations/{id}/sums", plan, "What a decided proposal gives each region", sums)
}

// In --------------------------------------------------------------------------------------------------

fn text() -> Object {
    ObjectBuilder::new().schema_type(Type::String).build()
}

fn object(fields: &[&str]) -> ObjectBuilder {
    fields.iter().fold(ObjectBuilder::new().schema_type(Type::Object), |object, field| object.property(*field, text()))
}

fn list_of(items: impl Into<RefOr<Schema>>) -> ArrayBuilder {
    ArrayBuilder::new().items(items.into())
}

fn list_of_lines(fields: &[&str]) -> ArrayBuilder {
    list_of(Schema::from(object(fields).build()))
}

/// A proposal as people write it.
#[derive(Deserialize)]
#[serde(transparent)]
struct SheetIn(Sheet);

impl PartialSchema for SheetIn {
    fn schema() -> RefOr<Schema> {
        let yes = ObjectBuilder::new().schema_type(Type::Boolean);
        let method =
            object(&["method", "percent", "population", "whole", "contracted", "overload", "capacity", "per_post"])
                .property("indicators", list_of_lines(&["column", "weight"]));
        object(&["title", "year", "total", "top_slice", "table", "minimum", "damping_borne", "instalments"])
            .property("scope", list_of(Schema::from(object(&["paragraph", "amount"]).property("inside", yes).build())))
            .property("methods", list_of(Schema::from(method.build())))
            .property("sources", list_of_lines(&["column", "source", "as_of"]))
            .property("damping", list_of_lines(&["year", "percent"]))
            .property("purposes", list_of_lines(&["name", "percent"]))
            .property("agencies", list_of_lines(&["area", "agency", "weight"]))
            .required("title")
            .required("year")
            .required("total")
            .required("table")
            .required("methods")
            .into()
    }
}

impl ToSchema for SheetIn {}

/// What a body decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AllocationDecisionIn {
    #[serde(default)]
    #[schema(required = true)]
    body: String,
    /// The day of the decision.
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    on: String,
    #[serde(default)]
    #[schema(required = true)]
    resolution: String,
    /// `simple`, `two-thirds`, `unanimous`.
    #[serde(default)]
    #[schema(required = true)]
    majority: String,
    yes: u32,
    no: u32,
    abstained: u32,
}

impl AllocationDecisionIn {
    fn read(&self) -> Result<Decision, Refusals> {
        let mut wrong = Refusals::default();
        let body = wrong.take("body", Line::parse(&self.body));
        let on = wrong.take("on", Day::parse(&self.on));
        let resolution = wrong.take("resolution", Line::parse(&self.resolution));
        let majority = Majority::from_code(&self.majority).ok_or(CHOICE_MISSING.broken());
        let majority = wrong.take("majority", majority);
        let votes = Votes { yes: self.yes, no: self.no, abstained: self.abstained };
        let value = (|| Some(Decision { body: body?, on: on?, resolution: resolution?, majority: majority?, votes }))();
        wrong.finish(value)
    }
}

/// Every fault with its line and column.
fn faulty(faults: Vec<Fault>) -> ApiOops {
    let mistake = |fault: &Fault| Mistake::said(fault.field, fault.rule.code(), say::fault(fault));
    ApiOops::Faulty(faults.iter().map(mistake).collect())
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<AllocationsOut>, ApiOops> {
    let (lines, may_draft) = allocation::list(&web.app, &who.actor).await?;
    let allocations = lines.into_iter().map(|(line, counts)| AllocationOut::of(line, counts)).collect();
    Ok(Json(AllocationsOut { allocations, may_draft }))
}

async fn draft(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<SheetIn>) -> Result<Made, ApiOops> {
    allocation::work_out(&sent.body.0).map_err(faulty)?;
    Ok(Made::new(allocation::draft(&web.app, &who.actor, Some(sent.key), &sent.body.0).await?))
}

async fn work_out(_: State<Web>, _: ApiUser, sent: ApiJson<SheetIn>) -> Result<Json<WorkedOut>, ApiOops> {
    Ok(Json(WorkedOut::of(&allocation::work_out(&sent.body.0).map_err(faulty)?)))
}

async fn one(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<AllocationId>,
) -> Result<Json<AllocationPageOut>, ApiOops> {
    Ok(Json(allocation::page(&web.app, &who.actor, id).await?.into()))
}

async fn decide(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<AllocationId>,
    sent: ApiJson<AllocationDecisionIn>,
) -> Result<Json<Reference>, ApiOops> {
    let decision = sent.body.read()?;
    Ok(done(allocation::decide(&web.app, &who.actor, Some(sent.key), id, decision).await?))
}

async fn book(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<AllocationId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(allocation::book(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn sums(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<AllocationId>,
) -> Result<Json<SumsOut>, ApiOops> {
    let (year, decision, sums) = allocation::decided_sums(&web.app, &who.actor, id).await?;
    let resolution = decision.resolution.as_str().to_owned();
    Ok(Json(SumsOut { year, resolution, sums: sums.into_iter().map(SumOut::from).collect() }))
}

// Out -------------------------------------------------------------------------------------------------

/// Proposals in a list.
#[derive(Serialize, ToSchema)]
struct AllocationsOut {
    allocations: Vec<AllocationOut>,
    may_draft: bool,
}

/// A proposal.
#[derive(Serialize, ToSchema)]
struct AllocationOut {
    id: Ident,
    title: String,
    year: i16,
    distributed_cents: i64,
    made_at: Instant,
    made_by: Option<String>,
    decision: Option<AllocationDecisionOut>,
    /// Was it decided, and is it the one that counts for its year?
    counts: bool,
}

impl AllocationOut {
    fn of(line: AllocationLine, counts: bool) -> Self {
        Self {
            id: line.id.into(),
            title: line.title,
            year: line.year,
            distributed_cents: line.distributed.cents(),
            made_at: line.made_at.into(),
            made_by: line.made_by,
            decision: line.decision.map(|(decision, _)| AllocationDecisionOut::from(decision)),
            counts,
        }
    }
}

/// What a body decided.
#[derive(Serialize, ToSchema)]
struct AllocationDecisionOut {
    body: String,
    on: Date,
    resolution: String,
    majority: String,
    yes: u32,
    no: u32,
    abstained: u32,
}

impl From<Decision> for AllocationDecisionOut {
    fn from(decision: Decision) -> Self {
        Self {
            body: decision.body.as_str().to_owned(),
            on: decision.on.into(),
            resolution: decision.resolution.as_str().to_owned(),
            majority: decision.majority.code().to_owned(),
            yes: decision.votes.yes,
            no: decision.votes.no,
            abstained: decision.votes.abstained,
        }
    }
}

/// A result: sums in cents, shares with `why`, a tree of steps with exact values.
#[derive(Serialize, ToSchema)]
struct WorkedOut {
    total_cents: i64,
    left_out_cents: i64,
    top_slice_cents: i64,
    distributed_cents: i64,
    /// Not given to anybody; stays with the office.
    rest_cents: i64,
    /// On top, for softened losses.
    extra_cents: i64,
    shares: Vec<ShareOut>,
    /// Sums over all areas, to which steps of the kind `known` refer: trees like `why`.
    #[schema(value_type = Vec<Object>)]
    sums: Value,
    /// Codes of what is to be said beside the result.
    said: Vec<String>,
}

/// One area's share.
#[derive(Serialize, ToSchema)]
struct ShareOut {
    area: String,
    cents: i64,
    /// What the key alone gives.
    by_key_cents: i64,
    previous_cents: Option<i64>,
    /// In German, in percent of what is distributed.
    percent: String,
    /// `word`, `about`, `value` (exact: `3/7`), `unit`, `how`, `source`, `as_of`, and `parts` of the same shape.
    #[schema(value_type = Object)]
    why: Value,
    /// `name` and `cents`.
    #[schema(value_type = Vec<Object>)]
    purposes: Value,
    /// `name` and `cents`.
    #[schema(value_type = Vec<Object>)]
    agencies: Value,
    instalments_cents: Vec<i64>,
    /// Room for cases, posts, prices: trees like `why`.
    #[schema(value_type = Vec<Object>)]
    figures: Value,
}

/// Trees of plain texts are always JSON.
fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

impl WorkedOut {
    fn of(paper: &Paper) -> Self {
        let share = |share: &allocation::ShareLine| ShareOut {
            area: share.area.clone(),
            cents: share.cents,
            by_key_cents: share.by_key,
            previous_cents: share.previous,
            percent: say::percent(share.cents, paper.distributed),
            why: json(&share.why),
            purposes: json(&share.purposes),
            agencies: json(&share.agencies),
            instalments_cents: share.instalments.clone(),
            figures: json(&share.figures),
        };
        Self {
            total_cents: paper.total,
            left_out_cents: paper.left_out,
            top_slice_cents: paper.top_slice,
            distributed_cents: paper.distributed,
            rest_cents: paper.rest,
            extra_cents: paper.extra,
            shares: paper.shares.iter().map(share).collect(),
            sums: json(&paper.sums),
            said: paper.said.clone(),
        }
    }
}

/// A proposal with its inputs and its result.
#[derive(Serialize, ToSchema)]
struct AllocationPageOut {
    allocation: AllocationOut,
    /// The inputs as they were kept; can be sent again as a new proposal.
    #[schema(value_type = SheetIn)]
    inputs: Value,
    result: WorkedOut,
    /// Digest of stored inputs and result.
    sha256: String,
    /// Does working the inputs out again give the stored result?
    reproduced: bool,
    /// The decided proposal to look at beside it.
    beside: Option<Ident>,
    may_decide: bool,
}

impl From<Page> for AllocationPageOut {
    fn from(page: Page) -> Self {
        Self {
            inputs: json(&page.sheet),
            result: WorkedOut::of(&page.paper),
            sha256: page.sha256,
            reproduced: page.reproduced,
            beside: page.beside.map(|(line, _)| line.id.into()),
            may_decide: page.may_decide,
            allocation: AllocationOut::of(page.line, page.counts),
        }
    }
}

/// What a decided proposal gives each region.
#[derive(Serialize, ToSchema)]
struct SumsOut {
    year: i16,
    resolution: String,
    sums: Vec<SumOut>,
}

/// A region; or an area of the proposal that is none.
#[derive(Serialize, ToSchema)]
struct SumOut {
    name: String,
    region: Option<Ident>,
    cents: i64,
}

impl From<RegionSum> for SumOut {
    fn from(sum: RegionSum) -> Self {
        Self { name: sum.name, region: sum.region.map(Ident::from), cents: sum.cents }
    }
}
