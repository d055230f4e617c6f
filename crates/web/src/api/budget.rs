// SPDX-License-Identifier: EUPL-1.2
//! The money of a region, in cents.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, after, id, maybe, next};
use super::openapi::Doors;
use super::words::{Date, Ident, Instant, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::budget::{self, BookLine, BudgetPage, Plan, TopUpLine};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::budget::Book;
use domain::kernel::{Amount, Day, Line, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let plan_budget = Asks::For(Action::PlanBudget);
    Doors::default()
        .get("/api/v1/budget", Asks::For(Action::SeeBudget), "The money of a region in a year", page)
        .post("/api/v1/budget/plans", plan_budget, "Plans a region's money; adds to earlier plans", plan)
        .post("/api/v1/budget/top-ups/{id}/cover", plan_budget, "Covers a top-up by a resolution", cover)
}

// In --------------------------------------------------------------------------------------------------

#[derive(Deserialize, IntoParams)]
struct BudgetQuery {
    /// Id of a region; left out: the first in sight.
    region: Option<String>,
    /// Left out: this year.
    year: Option<i16>,
    /// `next` of the page before.
    after: Option<String>,
}

/// A year's plan for a region.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlanIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    region: String,
    #[serde(default)]
    #[schema(required = true)]
    year: i16,
    #[serde(default)]
    #[schema(required = true)]
    planned_cents: i64,
    /// Taken off in advance for the unforeseen.
    top_slice_cents: Option<i64>,
    /// Resolution or other note.
    #[serde(default)]
    #[schema(required = true)]
    note: String,
}

impl PlanIn {
    fn read(&self) -> Result<Plan, Refusals> {
        let mut wrong = Refusals::default();
        let region = wrong.take("region", id(&self.region));
        let year = wrong.take("year", Day::new(self.year, 1, 1));
        let planned = wrong.take("planned_cents", Amount::from_cents(self.planned_cents));
        let top_slice = wrong.take("top_slice_cents", self.top_slice_cents.map(Amount::from_cents).transpose());
        let note = wrong.take("note", Line::parse(&self.note));
        let value = (|| {
            let (region, year, planned) = (region?, year?.year(), planned?);
            Some(Plan { region, year, planned, top_slice: top_slice?, note: note? })
        })();
        wrong.finish(value)
    }
}

/// The resolution that covers a top-up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CoverIn {
    #[serde(default)]
    #[schema(required = true)]
    resolution: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn page(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<BudgetQuery>,
) -> Result<Json<BudgetOut>, ApiOops> {
    let mut wrong = Refusals::default();
    let region = wrong.take("region", maybe(asked.region.as_deref(), id));
    let region = wrong.finish(region)?;
    let after = after(asked.after.as_deref())?;
    Ok(Json(budget::page(&web.app, &who.actor, region, asked.year, after).await?.into()))
}

async fn plan(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<PlanIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(budget::plan(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn cover(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(top_up): ApiId<Uuid>,
    sent: ApiJson<CoverIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let resolution = wrong.take("resolution", Line::parse(&sent.body.resolution));
    let resolution = wrong.finish(resolution)?;
    Ok(done(budget::cover_top_up(&web.app, &who.actor, Some(sent.key), top_up, resolution).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The money of a region in a year.
#[derive(Serialize, ToSchema)]
struct BudgetOut {
    /// Regions in sight.
    regions: Vec<RegionOut>,
    region: Ident,
    year: i16,
    book: BookOut,
    /// Newest first; cases are named only to those who may see commissions of that team.
    entries: Vec<EntryOut>,
    top_ups: Vec<TopUpOut>,
    may_plan: bool,
    /// To be sent as `after` for older entries, if there are any.
    next: Option<String>,
}

impl From<BudgetPage> for BudgetOut {
    fn from(shown: BudgetPage) -> Self {
        let regions = shown.regions.into_iter().map(|(id, name)| RegionOut { id: id.into(), name });
        Self {
            regions: regions.collect(),
            region: shown.region.into(),
            year: shown.year,
            book: BookOut::of(&shown.book),
            entries: shown.entries.into_iter().map(EntryOut::from).collect(),
            top_ups: shown.top_ups.into_iter().map(TopUpOut::from).collect(),
            may_plan: shown.may_plan,
            next: next(shown.next),
        }
    }
}

/// A region.
#[derive(Serialize, ToSchema)]
struct RegionOut {
    id: Ident,
    name: String,
}

/// What a pot's book says, in cents.
#[derive(Serialize, ToSchema)]
struct BookOut {
    planned_cents: i64,
    top_sliced_cents: i64,
    topped_up_cents: i64,
    available_cents: i64,
    committed_cents: i64,
    drawn_cents: i64,
    free_cents: i64,
}

impl BookOut {
    fn of(book: &Book) -> Self {
        Self {
            planned_cents: book.planned.cents(),
            top_sliced_cents: book.top_sliced.cents(),
            topped_up_cents: book.topped_up.cents(),
            available_cents: book.available().cents(),
            committed_cents: book.committed().cents(),
            drawn_cents: book.drawn.cents(),
            free_cents: book.free().cents(),
        }
    }
}

/// An entry in the book.
#[derive(Serialize, ToSchema)]
struct EntryOut {
    id: Ident,
    /// `planned`, `top-sliced`, `topped-up`, `committed`, `drawn`, `released`.
    kind: String,
    amount_cents: i64,
    note: String,
    on: Date,
    at: Instant,
    by: String,
    case_number: Option<String>,
    agency: Option<String>,
}

impl From<BookLine> for EntryOut {
    fn from(line: BookLine) -> Self {
        Self {
            id: line.id.into(),
            kind: line.kind,
            amount_cents: line.amount.cents(),
            note: line.note,
            on: line.on.into(),
            at: line.at.into(),
            by: line.by,
            case_number: line.case_number,
            agency: line.agency,
        }
    }
}

/// Money that is missing, or was.
#[derive(Serialize, ToSchema)]
struct TopUpOut {
    id: Ident,
    missing_cents: i64,
    reason: String,
    opened_on: Date,
    covered_on: Option<Date>,
    resolution: Option<String>,
}

impl From<TopUpLine> for TopUpOut {
    fn from(line: TopUpLine) -> Self {
        Self {
            id: line.id.into(),
            missing_cents: line.missing.cents(),
            reason: line.reason,
            opened_on: line.opened_on.into(),
            covered_on: line.covered_on.map(Date::from),
            resolution: line.resolution,
        }
    }
}
