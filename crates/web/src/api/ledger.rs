// SPDX-License-Identifier: EUPL-1.2
//! The ledger: bookings and their counter-entries, promises, transfers, income, fiscal years. Money in cents.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, Nothing, id, maybe};
use super::ledger_in::{CarryIn, CounterIn, IncomeIn, PaymentIn, PromiseIn, TransferIn, YearIn, money, year_of};
use super::ledger_words::{BookingOut, PromiseOut, PromisesOut, TransfersOut, YearOut};
use super::openapi::Doors;
use super::words::{Ident, Made, MoneyCode, Reference, done};
use crate::kit::{Asks, Web};
use app::budget;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::budget::MoneyKind;
use domain::kernel::{Amount, EntryId, Line, PromiseId, Refusals, TransferId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, plan, book) =
        (Asks::For(Action::SeeBudget), Asks::For(Action::PlanBudget), Asks::For(Action::BookBudget));
    let release_budget = Asks::For(Action::ReleaseBudget);
    Doors::default()
        .get("/api/v1/bookings/{id}", see, "A booking with everything about it", booking)
        .post("/api/v1/bookings/{id}/counter", book, "Takes a booking back, in whole or in part", counter)
        .get("/api/v1/promises", see, "The promises out of a region's pot", promises)
        .post("/api/v1/promises", book, "Promises money of kinds B to D", promise)
        .get("/api/v1/promises/{id}", see, "A promise with its bookings", promise_page)
        .post("/api/v1/promises/{id}/bookings", book, "Pays, proves, or takes back out of a promise", pay)
        .post("/api/v1/promises/{id}/settlement", book, "Ends a promise and releases its rest", settle)
        .post("/api/v1/income", book, "Books income, gross", income)
        .post("/api/v1/income/use", plan, "Makes income part of the budget, by decision", use_income)
        .get("/api/v1/transfers", see, "Transfers between pots", transfers)
        .post("/api/v1/transfers", plan, "Proposes a transfer", propose)
        .post("/api/v1/transfers/{id}/approval", release_budget, "Approves what another person proposed", approve)
        .post("/api/v1/transfers/{id}/withdrawal", plan, "Takes a proposal back or turns it down", withdraw)
        .get("/api/v1/fiscal-years", see, "A fiscal year", year)
        .post("/api/v1/fiscal-years/opening", plan, "Opens a fiscal year", open_year)
        .post("/api/v1/fiscal-years/closing", plan, "Closes a fiscal year", close_year)
        .post("/api/v1/fiscal-years/carry-overs", plan, "Carries over what was left of a closed year", carry)
}

// In --------------------------------------------------------------------------------------------------

/// Which pot.
#[derive(Deserialize, IntoParams)]
struct PotQuery {
    /// Id of a region; left out: the first in sight.
    region: Option<String>,
    /// Left out: this year.
    year: Option<i16>,
    /// Kind of money; left out: `C`.
    kind: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Which year.
#[derive(Deserialize, IntoParams)]
struct YearQuery {
    year: i16,
}

/// A note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoteIn {
    note: String,
}

/// Income that becomes part of the budget.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IncomeUseIn {
    #[schema(value_type = Ident)]
    region: String,
    year: i16,
    #[schema(value_type = MoneyCode)]
    kind: String,
    amount_cents: i64,
    resolution: String,
}

/// What the approving person saw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ApprovalIn {
    amount_cents: i64,
    version: i64,
}

// Handlers --------------------------------------------------------------------------------------------

type Answer<T> = Result<Json<T>, ApiOops>;

async fn booking(State(web): State<Web>, ApiUser(who): ApiUser, ApiId(id): ApiId<EntryId>) -> Answer<BookingOut> {
    Ok(Json(budget::booking(&web.app, &who.actor, id).await?.into()))
}

async fn counter(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<EntryId>,
    sent: ApiJson<CounterIn>,
) -> Result<Made, ApiOops> {
    let with = sent.body.read()?;
    Ok(Made::new(budget::counter(&web.app, &who.actor, Some(sent.key), id, with).await?))
}

async fn promises(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<PotQuery>,
) -> Answer<PromisesOut> {
    let mut wrong = Refusals::default();
    let region = wrong.take("region", maybe(asked.region.as_deref(), id));
    let kind = wrong.take("kind", maybe(asked.kind.as_deref(), money));
    let after = wrong.take("after", maybe(asked.after.as_deref(), id));
    let ((region, kind), after) = wrong.finish(region.zip(kind).zip(after))?;
    let pot = (asked.year, kind.unwrap_or(MoneyKind::Grant));
    Ok(Json(budget::promises(&web.app, &who.actor, region, pot, after).await?.into()))
}

async fn promise(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<PromiseIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(budget::promise_money(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn promise_page(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<PromiseId>,
) -> Answer<PromiseOut> {
    Ok(Json(budget::promise_page(&web.app, &who.actor, id).await?.into()))
}

async fn pay(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<PromiseId>,
    sent: ApiJson<PaymentIn>,
) -> Result<Made, ApiOops> {
    let payment = sent.body.read()?;
    Ok(Made::new(budget::pay(&web.app, &who.actor, Some(sent.key), id, payment).await?))
}

async fn settle(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<PromiseId>,
    sent: ApiJson<NoteIn>,
) -> Answer<Reference> {
    let note = Line::parse(&sent.body.note).map_err(|refusal| Refusals::from(refusal.at("note")))?;
    Ok(done(budget::settle(&web.app, &who.actor, Some(sent.key), id, note).await?))
}

async fn income(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<IncomeIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(budget::book_income(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn use_income(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<IncomeUseIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let body = &sent.body;
    let (region, year) = (wrong.take("region", id(&body.region)), wrong.take("year", year_of(body.year)));
    let kind = wrong.take("kind", money(&body.kind));
    let amount = wrong.take("amount_cents", Amount::typed(body.amount_cents));
    let resolution = wrong.take("resolution", Line::parse(&body.resolution));
    let value = (|| Some(((region?, year?, kind?), (amount?, resolution?))))();
    let (pot, with) = wrong.finish(value)?;
    Ok(Made::new(budget::use_income(&web.app, &who.actor, Some(sent.key), pot, with).await?))
}

async fn transfers(State(web): State<Web>, ApiUser(who): ApiUser) -> Answer<TransfersOut> {
    Ok(Json(budget::transfers(&web.app, &who.actor).await?.into()))
}

async fn propose(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<TransferIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(budget::propose_transfer(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn approve(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<TransferId>,
    sent: ApiJson<ApprovalIn>,
) -> Result<Made, ApiOops> {
    let amount = Amount::typed(sent.body.amount_cents).map_err(|refusal| Refusals::from(refusal.at("amount_cents")))?;
    let seen = (amount, sent.body.version);
    Ok(Made::new(budget::approve_transfer(&web.app, &who.actor, Some(sent.key), id, seen).await?))
}

async fn withdraw(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<TransferId>,
    sent: ApiJson<Nothing>,
) -> Answer<Reference> {
    Ok(done(budget::withdraw_transfer(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn year(State(web): State<Web>, ApiUser(who): ApiUser, ApiQuery(asked): ApiQuery<YearQuery>) -> Answer<YearOut> {
    Ok(Json(budget::year_page(&web.app, &who.actor, asked.year).await?.into()))
}

async fn open_year(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<YearIn>) -> Result<Made, ApiOops> {
    let (year, by) = sent.body.read()?;
    Ok(Made::new(budget::open_year(&web.app, &who.actor, Some(sent.key), year, by).await?))
}

async fn close_year(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<YearIn>) -> Result<Made, ApiOops> {
    let (year, by) = sent.body.read()?;
    Ok(Made::new(budget::close_year(&web.app, &who.actor, Some(sent.key), year, by).await?))
}

async fn carry(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<CarryIn>) -> Result<Made, ApiOops> {
    let (year, with) = sent.body.read()?;
    Ok(Made::new(budget::carry_over(&web.app, &who.actor, Some(sent.key), year, with).await?))
}
