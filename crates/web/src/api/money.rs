// SPDX-License-Identifier: EUPL-1.2
//! All pots of a year: the report, how the money flows, the whole book of a pot, and deliveries to municipal finance.

use super::budget::{BookOut, EntryOut};
use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, code, id, maybe};
use super::ledger_words::PurposeOut;
use super::openapi::Doors;
use super::words::{Date, Ident, Instant, Made, MoneyCode, YearStateCode};
use crate::budget::report::{Foreseen, Report};
use crate::budget::sankey;
use crate::kit::{Asks, SignedIn, Web};
use app::budget::{self, Delivery, DeliveryLine, Filter, KindTotal, Overview, PotView};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::budget::{Account, DeliveryColumn, MoneyKind};
use domain::kernel::{Balance, Day, Refusals, RegionId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, book) = (Asks::For(Action::SeeBudget), Asks::For(Action::BookBudget));
    Doors::default()
        .get("/api/v1/budget/report", see, "All pots of a year as of a day, with the forecast of claims", report)
        .get("/api/v1/budget/flow", see, "How the money of a year flows, as of a day", flow)
        .get("/api/v1/budget/entries", see, "The whole book of a pot, newest first", entries)
        .get("/api/v1/deliveries", book, "Deliveries to municipal finance, newest first", deliveries)
        .post("/api/v1/deliveries", book, "Makes the next delivery: everything booked since the last one", deliver)
        .get("/api/v1/deliveries/{number}", book, "A delivery with its lines, as it was made", delivery)
}

/// Which pots.
#[derive(Deserialize, IntoParams)]
struct ReportQuery {
    /// Left out: this year.
    year: Option<i16>,
    /// Id of a region; left out: all in sight.
    region: Option<String>,
    /// As of the end of this day; left out: today.
    on: Option<String>,
}

/// Which pot.
#[derive(Deserialize, IntoParams)]
struct EntriesQuery {
    region: String,
    year: i16,
    /// Left out: `A`.
    kind: Option<String>,
    /// Only entries that touch this account.
    account: Option<String>,
    /// As of the end of this day.
    on: Option<String>,
}

async fn overview(web: &Web, who: &SignedIn, asked: &ReportQuery) -> Result<Overview, ApiOops> {
    let mut wrong = Refusals::default();
    let region = wrong.take("region", maybe(asked.region.as_deref(), id::<RegionId>));
    let on = wrong.take("on", maybe(asked.on.as_deref(), Day::parse));
    let (region, on) = wrong.finish(region.zip(on))?;
    let year = asked.year.unwrap_or_else(|| on.unwrap_or_else(|| web.app.today()).year());
    Ok(budget::overview(&web.app, &who.actor, year, region, on).await?)
}

async fn report(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<ReportQuery>,
) -> Result<Json<ReportOut>, ApiOops> {
    let shown = overview(&web, &who, &asked).await?;
    Ok(Json(ReportOut::of(&Report::of(&web, &who, shown).await?)))
}

async fn flow(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<ReportQuery>,
) -> Result<Json<FlowsOut>, ApiOops> {
    let shown = overview(&web, &who, &asked).await?;
    let end = |(code, name): (String, String)| EndOut { code, name };
    let flows = sankey::lines(&shown).into_iter();
    let flows = flows.map(|line| FlowOut { from: end(line.from), to: end(line.to), cents: line.cents });
    Ok(Json(FlowsOut { year: shown.year, on: shown.on.into(), flows: flows.collect() }))
}

async fn entries(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<EntriesQuery>,
) -> Result<Json<EntriesOut>, ApiOops> {
    let mut wrong = Refusals::default();
    let region = wrong.take("region", id::<RegionId>(&asked.region));
    let kind = wrong.take("kind", maybe(asked.kind.as_deref(), |text| code(text, MoneyKind::from_code)));
    let account = wrong.take("account", maybe(asked.account.as_deref(), |text| code(text, Account::from_code)));
    let on = wrong.take("on", maybe(asked.on.as_deref(), Day::parse));
    let filter = (|| Some(Filter { kind: kind?, account: account?, before: None, on: on? }))();
    let (region, filter) = wrong.finish(region.zip(filter))?;
    let lines = budget::book_lines(&web.app, &who.actor, (region, asked.year), filter).await?;
    Ok(Json(EntriesOut { entries: lines.into_iter().map(EntryOut::from).collect() }))
}

async fn deliveries(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<DeliveriesOut>, ApiOops> {
    let (all, waiting) = budget::deliveries(&web.app, &who.actor).await?;
    Ok(Json(DeliveriesOut { deliveries: all.iter().map(DeliveryOut::of).collect(), waiting }))
}

async fn deliver(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<DeliverIn>) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let columns = wrong.take("columns", DeliveryColumn::list(&sent.body.columns.join(",")));
    let columns = wrong.finish(columns)?;
    Ok(Made::new(budget::deliver(&web.app, &who.actor, Some(sent.key), columns).await?))
}

async fn delivery(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(number): ApiId<i64>,
) -> Result<Json<DeliveryLinesOut>, ApiOops> {
    let (delivery, lines) = budget::delivery(&web.app, &who.actor, number).await?;
    let delivery = DeliveryOut::of(&delivery);
    Ok(Json(DeliveryLinesOut { delivery, lines: lines.iter().map(DeliveryLineOut::of).collect() }))
}

/// Which columns the file has, in their order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeliverIn {
    /// `delivery`, `number`, `day`, `product`, `account-text`, `amount`; each once.
    #[serde(default)]
    #[schema(required = true)]
    columns: Vec<String>,
}

/// All pots of a year.
#[derive(Serialize, ToSchema)]
struct ReportOut {
    year: i16,
    #[schema(value_type = YearStateCode)]
    state: &'static str,
    on: Date,
    pots: Vec<ReportPotOut>,
    /// Kinds of money that more than one pot has; kinds are never mixed.
    totals: Vec<ReportTotalOut>,
}

/// A pot. What is not for the reader is left out (N10).
#[derive(Serialize, ToSchema)]
struct ReportPotOut {
    region: Ident,
    region_name: String,
    #[schema(value_type = MoneyCode)]
    kind: &'static str,
    book: BookOut,
    over_plan_open_cents: Option<i64>,
    over_plan_covered_cents: Option<i64>,
    /// What claims will need until the end of the year.
    forecast_cents: Option<i64>,
    /// Forecast less what is available.
    off_cents: Option<i64>,
}

/// The pots of a kind of money together.
#[derive(Serialize, ToSchema)]
struct ReportTotalOut {
    #[schema(value_type = MoneyCode)]
    kind: &'static str,
    planned_cents: i64,
    top_sliced_cents: i64,
    available_cents: Option<i64>,
    committed_cents: Option<i64>,
    drawn_cents: Option<i64>,
    free_cents: Option<i64>,
    over_plan_open_cents: Option<i64>,
    over_plan_covered_cents: Option<i64>,
    forecast_cents: Option<i64>,
    off_cents: Option<i64>,
}

impl ReportOut {
    fn of(report: &Report) -> Self {
        let shown = &report.shown;
        let pots = shown.pots.iter().map(|pot| ReportPotOut::of(pot, report.foreseen(pot)));
        let totals = report.totals.iter().map(|sum| ReportTotalOut::of(sum, report.foreseen_in_all(sum).as_ref()));
        let (pots, totals) = (pots.collect(), totals.collect());
        Self { year: shown.year, state: shown.state.code(), on: shown.on.into(), pots, totals }
    }
}

impl ReportPotOut {
    fn of(pot: &PotView, foreseen: Option<&Foreseen>) -> Self {
        let open = |sum: Balance| pot.open(sum).map(|sum| sum.cents());
        Self {
            region: pot.region.into(),
            region_name: pot.region_name.clone(),
            kind: pot.kind.code(),
            book: BookOut::of(pot),
            over_plan_open_cents: open(pot.over_plan.0),
            over_plan_covered_cents: open(pot.over_plan.1),
            forecast_cents: foreseen.map(|one| one.total.cents()),
            off_cents: foreseen.map(|one| one.off.cents()),
        }
    }
}

impl ReportTotalOut {
    fn of(total: &KindTotal, foreseen: Option<&Foreseen>) -> Self {
        let (book, open) = (&total.book, |sum: Balance| total.open(sum).map(|sum| sum.cents()));
        Self {
            kind: total.kind.code(),
            planned_cents: book.planned.cents(),
            top_sliced_cents: book.top_sliced.cents(),
            available_cents: open(book.available()),
            committed_cents: open(book.bound + book.advanced),
            drawn_cents: open(book.drawn),
            free_cents: open(book.free()),
            over_plan_open_cents: open(total.over_plan.0),
            over_plan_covered_cents: open(total.over_plan.1),
            forecast_cents: foreseen.map(|one| one.total.cents()),
            off_cents: foreseen.map(|one| one.off.cents()),
        }
    }
}

/// How the money flows.
#[derive(Serialize, ToSchema)]
struct FlowsOut {
    year: i16,
    on: Date,
    flows: Vec<FlowOut>,
}

/// A flow.
#[derive(Serialize, ToSchema)]
struct FlowOut {
    from: EndOut,
    to: EndOut,
    cents: i64,
}

/// An end of a flow: a kind of money, a region, or where money comes from and goes to.
#[derive(Serialize, ToSchema)]
struct EndOut {
    code: String,
    name: String,
}

/// The book of a pot.
#[derive(Serialize, ToSchema)]
struct EntriesOut {
    entries: Vec<EntryOut>,
}

/// Deliveries.
#[derive(Serialize, ToSchema)]
struct DeliveriesOut {
    deliveries: Vec<DeliveryOut>,
    /// So many payments wait for the next one.
    waiting: usize,
}

/// A delivery.
#[derive(Serialize, ToSchema)]
struct DeliveryOut {
    number: i64,
    columns: Vec<String>,
    /// First and last running number of the book in it.
    first: i64,
    last: i64,
    at: Instant,
}

impl DeliveryOut {
    fn of(one: &Delivery) -> Self {
        let columns = one.columns.split(',').map(str::to_owned).collect();
        Self { number: one.number, columns, first: one.first, last: one.last, at: one.at.into() }
    }
}

/// A delivery with its lines.
#[derive(Serialize, ToSchema)]
struct DeliveryLinesOut {
    delivery: DeliveryOut,
    lines: Vec<DeliveryLineOut>,
}

/// A payment or an income.
#[derive(Serialize, ToSchema)]
struct DeliveryLineOut {
    /// Running number in the book.
    seq: i64,
    on: Date,
    purpose: PurposeOut,
    cents: i64,
}

impl DeliveryLineOut {
    fn of(line: &DeliveryLine) -> Self {
        Self { seq: line.seq, on: line.on.into(), purpose: line.purpose.into(), cents: line.amount.cents() }
    }
}
