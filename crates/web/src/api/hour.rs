// SPDX-License-Identifier: EUPL-1.2
//! The hour of North Rhine-Westphalia (Fachleistungsstunde), every step told. Nothing is kept.

use super::kit::{ApiOops, ApiQuery, ApiUser};
use super::openapi::Doors;
use crate::kit::Asks;
use axum::Json;
use domain::access::Action;
use domain::agencies::{FlsCost, FlsHours, FlsStep, HourlyRate, Quantity, hourly_rate};
use domain::kernel::{Amount, Balance, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let see = Asks::For(Action::SeeAgreement);
    let summary = "The Fachleistungsstunde with the caps of NRW, every step told";
    Doors::default().get("/api/v1/hourly-rate", see, summary, hour)
}

/// Cost and hours of a post in a year; what is left out is nothing.
#[derive(Deserialize, IntoParams)]
struct HourQuery {
    professional_cents: i64,
    leading_cents: Option<i64>,
    administration_cents: Option<i64>,
    beside_cents: Option<i64>,
    material_cents: Option<i64>,
    extra_cents: Option<i64>,
    gross_hundredths: i64,
    general_hundredths: Option<i64>,
    in_trade_hundredths: Option<i64>,
    by_case_hundredths: Option<i64>,
}

impl HourQuery {
    fn read(&self) -> Result<(FlsCost, FlsHours), Refusals> {
        let mut wrong = Refusals::default();
        let professional = wrong.take("professional_cents", Amount::from_cents(self.professional_cents));
        let mut hours = |field, hundredths: i64| wrong.take(field, Quantity::from_hundredths(hundredths));
        let gross = hours("gross_hundredths", self.gross_hundredths);
        let general = hours("general_hundredths", self.general_hundredths.unwrap_or_default());
        let in_trade = hours("in_trade_hundredths", self.in_trade_hundredths.unwrap_or_default());
        let by_case = hours("by_case_hundredths", self.by_case_hundredths.unwrap_or_default());
        let cost = |cents: Option<i64>| Balance::from_cents(cents.unwrap_or_default().clamp(0, 1_000_000_000_000));
        let value = (|| {
            let cost = FlsCost {
                professional: professional?,
                leading: cost(self.leading_cents),
                administration: cost(self.administration_cents),
                beside: cost(self.beside_cents),
                material: cost(self.material_cents),
                extra: cost(self.extra_cents),
            };
            Some((cost, FlsHours { gross: gross?, general: general?, professional: in_trade?, by_case: by_case? }))
        })();
        wrong.finish(value)
    }
}

async fn hour(ApiUser(_): ApiUser, ApiQuery(asked): ApiQuery<HourQuery>) -> Result<Json<HourOut>, ApiOops> {
    let (cost, hours) = asked.read()?;
    let found = hourly_rate(&cost, &hours).map_err(|refusal| Refusals::from(refusal.at("gross_hundredths")))?;
    Ok(Json(found.into()))
}

/// The hour with the way to it.
#[derive(Serialize, ToSchema)]
struct HourOut {
    rate_cents: i64,
    hours_hundredths: i64,
    steps: Vec<StepOut>,
}

/// One step.
#[derive(Serialize, ToSchema)]
struct StepOut {
    step: &'static str,
    amount_cents: i64,
    /// The cap, where there is one.
    cap_cents: Option<i64>,
    /// Was it reached?
    capped: bool,
}

impl From<HourlyRate> for HourOut {
    fn from(found: HourlyRate) -> Self {
        let step = |step: &FlsStep| StepOut {
            step: step.kind.code(),
            amount_cents: step.amount.cents(),
            cap_cents: step.cap.map(|(cap, _)| cap.cents()),
            capped: step.cap.is_some_and(|(_, reached)| reached),
        };
        let (rate_cents, hours_hundredths) = (found.rate.cents(), found.hours.hundredths());
        Self { rate_cents, hours_hundredths, steps: found.steps.iter().map(step).collect() }
    }
}
