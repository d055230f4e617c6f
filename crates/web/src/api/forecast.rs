// SPDX-License-Identifier: EUPL-1.2
//! The forecast to the end of the year, in cents.

use super::kit::{ApiJson, ApiOops, ApiQuery, ApiUser, Nothing, code, id, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Reference, done};
use crate::kit::{Asks, Web};
use app::forecast::{self, Asked, ForecastPage};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::budget::{Past, Shown, Sum, WhatIf};
use domain::casework::HelpKind;
use domain::kernel::{Day, Line, Period, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let plan_budget = Asks::For(Action::PlanBudget);
    Doors::default()
        .get("/api/v1/forecast", Asks::For(Action::SeeBudget), "The forecast to the end of the year", page)
        .post("/api/v1/forecast/kept", plan_budget, "Keeps today's forecast, to be compared with what comes", keep)
        .post("/api/v1/school-holidays", plan_budget, "Enters school holidays", holidays)
}

#[derive(Deserialize, IntoParams)]
struct ForecastQuery {
    /// Id of a region; left out: all in sight.
    region: Option<String>,
    /// As of the end of this day; left out: today. Bodies, planning and coordination get the last closed quarter.
    on: Option<String>,
    /// What if: a kind of help; left out: all.
    help: Option<String>,
    /// What if so many average helps ended today?
    end: Option<u16>,
    /// What if so many average helps were added from tomorrow on?
    open: Option<u16>,
    /// What if every help that ends this year went on for so many days more?
    prolong_days: Option<u16>,
    /// What if prices rose by so many thousandths from tomorrow on?
    dearer_permille: Option<u16>,
}

/// School holidays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HolidaysIn {
    #[serde(default)]
    #[schema(required = true)]
    name: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    until: String,
}

async fn page(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<ForecastQuery>,
) -> Result<Json<ForecastOut>, ApiOops> {
    let mut wrong = Refusals::default();
    let region = wrong.take("region", maybe(asked.region.as_deref(), id));
    let help = wrong.take("help", maybe(asked.help.as_deref(), |text| code(text, HelpKind::from_code)));
    let on = wrong.take("on", maybe(asked.on.as_deref(), Day::parse));
    let ((region, help), on) = wrong.finish(region.zip(help).zip(on))?;
    let number = |number: Option<u16>| i64::from(number.unwrap_or_default());
    let what_if = WhatIf {
        help,
        end: number(asked.end),
        open: number(asked.open),
        prolong_days: asked.prolong_days.unwrap_or_default().min(366).into(),
        dearer_permille: number(asked.dearer_permille),
    };
    Ok(Json(forecast::page(&web.app, &who.actor, Asked { region, on, what_if }).await?.into()))
}

async fn keep(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(forecast::keep(&web.app, &who.actor, Some(sent.key)).await?))
}

async fn holidays(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<HolidaysIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let name = wrong.take("name", Line::parse(&sent.body.name));
    let from = wrong.take("from", Day::parse(&sent.body.from));
    let until = wrong.take("until", Day::parse(&sent.body.until));
    let span = from.zip(until).and_then(|(from, until)| wrong.take("until", Period::new(from, Some(until))));
    let new = wrong.finish(span.zip(name))?;
    Ok(done(forecast::enter_holidays(&web.app, &who.actor, Some(sent.key), new).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// The forecast.
#[derive(Serialize, ToSchema)]
struct ForecastOut {
    as_of: Date,
    /// Are all sums left at nothing because few people are behind them (N10)?
    hidden: bool,
    region: Option<Ident>,
    plan_cents: i64,
    paid_cents: i64,
    to_come_cents: i64,
    total_cents: i64,
    /// What the question makes of it, more or less.
    what_if_cents: i64,
    /// The band out of the office's own past errors; none without enough of them.
    band: Option<BandOut>,
    /// The first month, 1 to 12, in which the plan does not suffice.
    over_in: Option<usize>,
    paid_by_month_cents: Vec<i64>,
    to_come_by_month_cents: Vec<i64>,
    past: Vec<PastOut>,
    spaces: Vec<PartOut>,
    kinds: Vec<PartOut>,
    agencies: Vec<PartOut>,
}

/// A band around the forecast.
#[derive(Serialize, ToSchema)]
struct BandOut {
    low_cents: i64,
    high_cents: i64,
    /// Out of how many past forecasts.
    past: usize,
    typical_permille: i64,
}

/// What was said, and what came.
#[derive(Serialize, ToSchema)]
struct PastOut {
    as_of: Date,
    forecast_cents: i64,
    actual_cents: i64,
    error_permille: i64,
}

impl From<Past> for PastOut {
    fn from(past: Past) -> Self {
        let (forecast_cents, actual_cents) = (past.forecast.cents(), past.actual.cents());
        Self { as_of: past.as_of.into(), forecast_cents, actual_cents, error_permille: past.error_permille() }
    }
}

/// A part of the forecast; without numbers where it is protected.
#[derive(Serialize, ToSchema)]
struct PartOut {
    /// Id or code; none for cases without a place.
    of: Option<String>,
    name: String,
    count: Option<usize>,
    paid_cents: Option<i64>,
    to_come_cents: Option<i64>,
    total_cents: Option<i64>,
}

impl PartOut {
    fn new(of: Option<String>, name: String, sum: Shown<Sum>) -> Self {
        let sum = sum.open();
        Self {
            of,
            name,
            count: sum.map(|sum| sum.count),
            paid_cents: sum.map(|sum| sum.paid.cents()),
            to_come_cents: sum.map(|sum| sum.to_come.cents()),
            total_cents: sum.map(|sum| sum.total().cents()),
        }
    }
}

impl From<ForecastPage> for ForecastOut {
    fn from(shown: ForecastPage) -> Self {
        let band = shown.band.map(|band| BandOut {
            low_cents: band.low.cents(),
            high_cents: band.high.cents(),
            past: band.from,
            typical_permille: band.typical_permille,
        });
        let spaces = shown.spaces.iter();
        let spaces = spaces.map(|part| PartOut::new(part.of.map(|id| id.to_string()), part.name.clone(), part.sum));
        let kinds = shown.kinds.iter();
        let kinds = kinds.map(|part| PartOut::new(Some(part.of.code().to_owned()), part.name.clone(), part.sum));
        let agencies = shown.agencies.iter();
        let agencies = agencies.map(|part| PartOut::new(Some(part.of.to_string()), part.name.clone(), part.sum));
        Self {
            as_of: shown.on.into(),
            hidden: shown.hidden,
            region: shown.region.map(Ident::from),
            plan_cents: shown.plan.cents(),
            paid_cents: shown.all.paid.cents(),
            to_come_cents: shown.all.to_come.cents(),
            total_cents: shown.all.total().cents(),
            what_if_cents: shown.what_if.cents(),
            band,
            over_in: shown.over_in(),
            paid_by_month_cents: shown.paid.iter().map(|sum| sum.cents()).collect(),
            to_come_by_month_cents: shown.to_come.iter().map(|sum| sum.cents()).collect(),
            spaces: spaces.collect(),
            kinds: kinds.collect(),
            agencies: agencies.collect(),
            past: shown.past.into_iter().map(PastOut::from).collect(),
        }
    }
}
