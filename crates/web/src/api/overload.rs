// SPDX-License-Identifier: EUPL-1.2
//! The overload quota: how many cases an agency serves beyond its capacity; worked out, or agreed with an agreement. No
//! claim is limited.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser};
use super::openapi::Doors;
use super::words::Made;
use crate::kit::{Asks, Web};
use app::agreements::{self, overload::agree_on_overload};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::agencies::QUANTITY_UNREADABLE;
use domain::budget::{Overload, OverloadTerms};
use domain::kernel::{AgreementId, Amount, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, manage) = (Asks::For(Action::SeeAgreement), Asks::For(Action::ManageAgreements));
    let (path, summary) = ("/api/v1/agreements/{id}/overload-quota", "What an agency serves beyond its capacity");
    Doors::default()
        .get("/api/v1/overload-quota", see, "Works out an overload quota; nothing is kept", quota)
        .get(path, see, summary, agreed)
        .post(path, manage, "Agrees on the overload quota of an agreement, once", agree)
}

/// A fund, the part of it that is contracted, the capacity, and the cases on top.
#[derive(Deserialize, Serialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
struct OverloadQuery {
    fund_cents: i64,
    contracted_percent: i64,
    capacity: i64,
    overload_percent: i64,
}

impl OverloadQuery {
    fn read(&self) -> Result<OverloadTerms, Refusals> {
        let mut wrong = Refusals::default();
        let fund = wrong.take("fund_cents", Amount::from_cents(self.fund_cents));
        let mut within = |field, number: i64, most: i64| {
            wrong.take(field, if (0..=most).contains(&number) { Ok(number) } else { Err(QUANTITY_UNREADABLE.broken()) })
        };
        let contracted = within("contracted_percent", self.contracted_percent, 100);
        let capacity = within("capacity", self.capacity, 100_000);
        let more = within("overload_percent", self.overload_percent, 100);
        let terms = (|| {
            let (contracted_percent, capacity, overload_percent) = (contracted?, capacity?, more?);
            Some(OverloadTerms { fund: fund?, contracted_percent, capacity, overload_percent })
        })();
        wrong.finish(terms)
    }
}

async fn quota(ApiUser(_): ApiUser, ApiQuery(asked): ApiQuery<OverloadQuery>) -> Result<Json<OverloadOut>, ApiOops> {
    Ok(Json(asked.read()?.quota().into()))
}

async fn agreed(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<AgreementId>,
) -> Result<Json<AgreedOverload>, ApiOops> {
    let shown = agreements::one(&web.app, &who.actor, id).await?;
    let of = |terms: OverloadTerms| OverloadTermsOut {
        terms: OverloadQuery {
            fund_cents: terms.fund.cents(),
            contracted_percent: terms.contracted_percent,
            capacity: terms.capacity,
            overload_percent: terms.overload_percent,
        },
        quota: terms.quota().into(),
    };
    Ok(Json(AgreedOverload { overload: shown.overload.map(of) }))
}

async fn agree(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<AgreementId>,
    sent: ApiJson<OverloadQuery>,
) -> Result<Made, ApiOops> {
    let terms = sent.body.read()?;
    Ok(Made::new(agree_on_overload(&web.app, &who.actor, Some(sent.key), id, terms).await?))
}

/// The overload quota of an agreement, if it has one.
#[derive(Serialize, ToSchema)]
struct AgreedOverload {
    overload: Option<OverloadTermsOut>,
}

/// What was agreed, and what follows from it.
#[derive(Serialize, ToSchema)]
struct OverloadTermsOut {
    terms: OverloadQuery,
    quota: OverloadOut,
}

/// What follows. Cases beyond `must_serve` go to the office, which finds another way.
#[derive(Serialize, ToSchema)]
struct OverloadOut {
    contracted_cents: i64,
    remaining_cents: i64,
    must_serve: i64,
}

impl From<Overload> for OverloadOut {
    fn from(found: Overload) -> Self {
        let (contracted, remaining) = (found.contracted, found.remaining);
        Self { contracted_cents: contracted.cents(), remaining_cents: remaining.cents(), must_serve: found.must_serve }
    }
}
