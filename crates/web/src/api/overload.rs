// SPDX-License-Identifier: EUPL-1.2
//! The overload quota: how many cases an agency serves beyond its capacity. Nothing is kept, no claim is limited.

use super::kit::{ApiOops, ApiQuery, ApiUser};
use super::openapi::Doors;
use crate::kit::Asks;
use axum::Json;
use domain::access::Action;
use domain::agencies::QUANTITY_UNREADABLE;
use domain::budget::overload;
use domain::kernel::{Amount, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let see = Asks::For(Action::SeeAgreement);
    let summary = "The overload quota of a contract: contracted, left with the office, to be served";
    Doors::default().get("/api/v1/overload-quota", see, summary, quota)
}

/// A fund, the part of it that is contracted, the capacity, and the cases on top.
#[derive(Deserialize, IntoParams)]
struct OverloadQuery {
    fund_cents: i64,
    contracted_percent: i64,
    capacity: i64,
    overload_percent: i64,
}

async fn quota(ApiUser(_): ApiUser, ApiQuery(asked): ApiQuery<OverloadQuery>) -> Result<Json<OverloadOut>, ApiOops> {
    let mut wrong = Refusals::default();
    let fund = wrong.take("fund_cents", Amount::from_cents(asked.fund_cents));
    let mut within = |field, number: i64, most: i64| {
        wrong.take(field, if (0..=most).contains(&number) { Ok(number) } else { Err(QUANTITY_UNREADABLE.broken()) })
    };
    let contracted = within("contracted_percent", asked.contracted_percent, 100);
    let capacity = within("capacity", asked.capacity, 100_000);
    let more = within("overload_percent", asked.overload_percent, 100);
    let (fund, contracted, capacity, more) = wrong.finish((|| Some((fund?, contracted?, capacity?, more?)))())?;
    let found = overload(fund.balance(), contracted, capacity, more);
    Ok(Json(OverloadOut {
        contracted_cents: found.contracted.cents(),
        remaining_cents: found.remaining.cents(),
        must_serve: found.must_serve,
    }))
}

/// What follows. Cases beyond `must_serve` go to the office, which finds another way.
#[derive(Serialize, ToSchema)]
struct OverloadOut {
    contracted_cents: i64,
    remaining_cents: i64,
    must_serve: i64,
}
