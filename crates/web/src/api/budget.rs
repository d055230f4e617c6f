// SPDX-License-Identifier: EUPL-1.2
//! The money of a region, in cents.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, code, id, maybe};
use super::openapi::Doors;
use super::words::{AccountCode, Date, EntryCode, Ident, Instant, Made, MoneyCode, Reference, YearStateCode, done};
use crate::kit::{Asks, Web};
use app::budget::{self, BookLine, BudgetPage, CoverLine, Covering, Filter, Plan, PotView, TopUpLine};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::budget::{Account, MoneyKind};
use domain::kernel::{Amount, Balance, Day, Line, Refusals};
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
        .post(
            "/api/v1/budget/top-ups/{id}/cover",
            plan_budget,
            "Covers a top-up by a resolution: several sources, and a rest without cover",
            cover,
        )
}

// In --------------------------------------------------------------------------------------------------

#[derive(Deserialize, IntoParams)]
struct BudgetQuery {
    /// Id of a region; left out: the first in sight.
    region: Option<String>,
    /// Left out: this year.
    year: Option<i16>,
    /// Kind of money; left out: `A`.
    kind: Option<String>,
    /// Only entries that touch this account.
    account: Option<String>,
    /// As of the end of this day.
    on: Option<String>,
    /// `next` of the page before.
    after: Option<i64>,
}

impl BudgetQuery {
    fn read(&self) -> Result<(Option<domain::kernel::RegionId>, Filter), Refusals> {
        let mut wrong = Refusals::default();
        let region = wrong.take("region", maybe(self.region.as_deref(), id));
        let kind = wrong.take("kind", maybe(self.kind.as_deref(), |text| code(text, MoneyKind::from_code)));
        let account = wrong.take("account", maybe(self.account.as_deref(), |text| code(text, Account::from_code)));
        let on = wrong.take("on", maybe(self.on.as_deref(), Day::parse));
        let filter = (|| Some(Filter { kind: kind?, account: account?, before: self.after, on: on? }))();
        wrong.finish(region.zip(filter))
    }
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
    /// Left out: `A`.
    #[schema(value_type = Option<MoneyCode>)]
    kind: Option<String>,
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
        let kind = wrong.take("kind", maybe(self.kind.as_deref(), |text| code(text, MoneyKind::from_code)));
        let planned = wrong.take("planned_cents", Amount::typed(self.planned_cents));
        let top_slice = wrong.take("top_slice_cents", self.top_slice_cents.map(Amount::typed).transpose());
        let note = wrong.take("note", Line::parse(&self.note));
        let value = (|| {
            let (region, year, planned) = (region?, year?.year(), planned?);
            let kind = kind?.unwrap_or(MoneyKind::IndividualClaim);
            Some(Plan { region, year, kind, planned, top_slice: top_slice?, note: note? })
        })();
        wrong.finish(value)
    }
}

/// The resolution that covers a top-up, and where the money comes from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CoverIn {
    #[serde(default)]
    #[schema(required = true)]
    resolution: String,
    /// Own budget lines that need less.
    #[serde(default)]
    own_lines: Vec<OwnLineIn>,
    /// Income above plan.
    extra_income_cents: Option<i64>,
    /// Out of the money for the unforeseen; waits for the second person.
    reserve_cents: Option<i64>,
    /// Another region that gives; waits for the second person.
    #[schema(value_type = Option<Ident>)]
    other_region: Option<String>,
    region_cents: Option<i64>,
    /// Did the council decide that the rest stays without cover?
    #[serde(default)]
    rest_is_decided: bool,
}

/// A budget line that needs less.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OwnLineIn {
    name: String,
    cents: i64,
}

impl CoverIn {
    fn read(&self) -> Result<Covering, Refusals> {
        let mut wrong = Refusals::default();
        let resolution = wrong.take("resolution", Line::parse(&self.resolution));
        let line = |one: &OwnLineIn| Ok((Amount::typed(one.cents)?, Line::parse(&one.name)?));
        let own_lines = wrong.take("own_lines", self.own_lines.iter().map(line).collect());
        let extra_income = wrong.take("extra_income_cents", self.extra_income_cents.map(Amount::typed).transpose());
        let reserve = wrong.take("reserve_cents", self.reserve_cents.map(Amount::typed).transpose());
        let other_region = match (&self.other_region, self.region_cents) {
            (None, None) => Some(None),
            (region, cents) => {
                let region = wrong.take("other_region", id(region.as_deref().unwrap_or_default()));
                let amount = wrong.take("region_cents", Amount::typed(cents.unwrap_or_default()));
                region.zip(amount).map(Some)
            }
        };
        let rest_is_decided = self.rest_is_decided;
        let value = (|| {
            let (own_lines, extra_income, reserve) = (own_lines?, extra_income?, reserve?);
            let (other_region, resolution) = (other_region?, resolution?);
            Some(Covering { own_lines, extra_income, reserve, other_region, rest_is_decided, resolution })
        })();
        wrong.finish(value)
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn page(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<BudgetQuery>,
) -> Result<Json<BudgetOut>, ApiOops> {
    let (region, filter) = asked.read()?;
    Ok(Json(budget::page(&web.app, &who.actor, region, asked.year, Some(filter)).await?.into()))
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
    let covering = sent.body.read()?;
    Ok(done(budget::cover_top_up(&web.app, &who.actor, Some(sent.key), top_up, covering).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The money of a region in a year.
#[derive(Serialize, ToSchema)]
struct BudgetOut {
    /// Regions in sight.
    regions: Vec<RegionOut>,
    region: Ident,
    year: i16,
    #[schema(value_type = YearStateCode)]
    state: &'static str,
    #[schema(value_type = MoneyCode)]
    kind: &'static str,
    book: BookOut,
    /// The books of all kinds of money.
    kinds: Vec<KindOut>,
    /// Newest first; cases are named only to those who may see commissions of that team.
    entries: Vec<EntryOut>,
    top_ups: Vec<TopUpOut>,
    may_plan: bool,
    may_book: bool,
    /// To be sent as `after` for older entries, if there are any.
    next: Option<i64>,
}

impl From<BudgetPage> for BudgetOut {
    fn from(shown: BudgetPage) -> Self {
        let regions = shown.regions.into_iter().map(|(id, name)| RegionOut { id: id.into(), name });
        Self {
            regions: regions.collect(),
            region: shown.region.into(),
            year: shown.year,
            state: shown.state.code(),
            kind: shown.kind.code(),
            book: BookOut::of(&shown.pot),
            kinds: shown.kinds.iter().map(|pot| KindOut { kind: pot.kind.code(), book: BookOut::of(pot) }).collect(),
            entries: shown.entries.into_iter().map(EntryOut::from).collect(),
            top_ups: shown.top_ups.into_iter().map(TopUpOut::from).collect(),
            may_plan: shown.may_plan,
            may_book: shown.may_book,
            next: shown.next,
        }
    }
}

/// A region.
#[derive(Serialize, ToSchema)]
struct RegionOut {
    id: Ident,
    name: String,
}

/// The book of one kind of money.
#[derive(Serialize, ToSchema)]
struct KindOut {
    #[schema(value_type = MoneyCode)]
    kind: &'static str,
    book: BookOut,
}

/// What a pot's book says, in cents. What bodies, planning and coordination must not see is left out (N10).
#[derive(Serialize, ToSchema)]
pub(super) struct BookOut {
    /// As of the end of this day; plan and top-slice as of the day asked for.
    on: Date,
    planned_cents: i64,
    top_sliced_cents: i64,
    topped_up_cents: Option<i64>,
    transferred_cents: Option<i64>,
    carried_over_cents: Option<i64>,
    available_cents: Option<i64>,
    committed_cents: Option<i64>,
    advanced_cents: Option<i64>,
    drawn_cents: Option<i64>,
    free_cents: Option<i64>,
    /// Gross; it takes nothing off what was spent.
    income_cents: Option<i64>,
    income_used_cents: Option<i64>,
    /// Spent less income.
    net_cents: Option<i64>,
}

impl BookOut {
    pub(super) fn of(pot: &PotView) -> Self {
        let (book, open) = (&pot.book, |sum: Balance| pot.open(sum).map(|sum| sum.cents()));
        Self {
            on: pot.on.into(),
            planned_cents: book.planned.cents(),
            top_sliced_cents: book.top_sliced.cents(),
            topped_up_cents: open(book.topped_up),
            transferred_cents: open(book.transferred),
            carried_over_cents: open(book.carried_over),
            available_cents: open(book.available()),
            committed_cents: open(book.committed()),
            advanced_cents: open(book.advanced),
            drawn_cents: open(book.drawn),
            free_cents: open(book.free()),
            income_cents: open(book.income),
            income_used_cents: open(book.income_used),
            net_cents: open(book.net()),
        }
    }
}

/// An entry in the book.
#[derive(Serialize, ToSchema)]
pub(super) struct EntryOut {
    id: Ident,
    /// Running number in the office's book.
    seq: i64,
    #[schema(value_type = EntryCode)]
    kind: String,
    #[schema(value_type = AccountCode)]
    source: String,
    #[schema(value_type = AccountCode)]
    target: String,
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
            seq: line.seq,
            kind: line.kind,
            source: line.source,
            target: line.target,
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
    covered_cents: i64,
    covered_on: Option<Date>,
    resolution: Option<String>,
    covers: Vec<CoverOut>,
}

/// What covers a top-up.
#[derive(Serialize, ToSchema)]
struct CoverOut {
    /// `own-lines`, `extra-income`, `reserve`, `other-region`, `uncovered`.
    source: String,
    cents: i64,
    line: Option<String>,
    resolution: String,
    on: Date,
}

impl From<CoverLine> for CoverOut {
    fn from(line: CoverLine) -> Self {
        let (source, cents, on) = (line.source, line.amount.cents(), line.on.into());
        Self { source, cents, line: line.line, resolution: line.resolution, on }
    }
}

impl From<(TopUpLine, Vec<CoverLine>)> for TopUpOut {
    fn from((line, covers): (TopUpLine, Vec<CoverLine>)) -> Self {
        Self {
            covered_cents: line.covered.cents(),
            covers: covers.into_iter().map(CoverOut::from).collect(),
            id: line.id.into(),
            missing_cents: line.missing.cents(),
            reason: line.reason,
            opened_on: line.opened_on.into(),
            covered_on: line.covered_on.map(Date::from),
            resolution: line.resolution,
        }
    }
}
