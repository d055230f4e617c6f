// SPDX-License-Identifier: EUPL-1.2
//! Instalments, settlements, and contingents without names.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, id};
use super::openapi::Doors;
use super::words::{Date, Ident, Made, Reference, done};
use crate::kit::{Asks, Web};
use app::agreements::contracts::{self, Agreed, ContingentView, Plan, Proven};
use app::agreements::{self, PlanOfYear};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::agencies::exact_quotient;
use domain::budget::{ContingentUnit, Paragraph, contingent_state};
use domain::kernel::{AgencyId, AgreementId, Amount, Balance, ContingentId, Day, InstalmentPlanId, Line, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, manage) = (Asks::For(Action::SeeAgreement), Asks::For(Action::ManageAgreements));
    let count_contacts = Asks::For(Action::CountContacts);
    Doors::default()
        .get("/api/v1/agreements/{id}/instalments", see, "Instalments and settlements of a contract", instalments)
        .post("/api/v1/agreements/{id}/instalments", manage, "Plans four instalments of a year, shared", plan)
        .post("/api/v1/instalments/{id}/payments", manage, "Pays an agency's instalment", pay)
        .post("/api/v1/instalments/{id}/settlements", manage, "Settles an agency's year against its proof", settle)
        .post("/api/v1/agreements/{id}/contingents", manage, "Agrees on a contingent without names", agree)
        .get("/api/v1/contingents", count_contacts, "Contingents; an agency sees its own", contingents)
        .post("/api/v1/contingents/{id}/counts", count_contacts, "Counts contacts or hours, without any name", count)
}

/// Instalments of a year.
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
    total_cents: i64,
    /// Paragraph of SGB VIII that the money is spent under: `28`.
    #[serde(default)]
    #[schema(required = true)]
    paragraph: String,
}

/// Which instalment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PayIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    agency: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    due: String,
}

/// What was proven.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProvenIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    agency: String,
    #[serde(default)]
    #[schema(required = true)]
    proven_cents: i64,
    /// Hundredths of what was not needed, as the contract promises.
    #[serde(default)]
    bonus_percent: i64,
    #[serde(default)]
    #[schema(required = true)]
    note: String,
}

/// A contingent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContingentIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    agency: String,
    /// `contacts` or `hours`.
    #[serde(default)]
    #[schema(required = true)]
    unit: String,
    #[serde(default)]
    #[schema(required = true)]
    agreed: i64,
    #[serde(default)]
    #[schema(required = true)]
    price_cents: i64,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    from: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    until: String,
}

/// A day and a number: there is no field for a person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CountIn {
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    used_on: String,
    #[serde(default)]
    #[schema(required = true)]
    count: i64,
}

// Handlers --------------------------------------------------------------------------------------------

async fn instalments(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(agreement): ApiId<AgreementId>,
) -> Result<Json<Plans>, ApiOops> {
    let shown = agreements::one(&web.app, &who.actor, agreement).await?;
    Ok(Json(Plans { plans: shown.plans.into_iter().map(PlanOut::from).collect() }))
}

async fn plan(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(agreement): ApiId<AgreementId>,
    sent: ApiJson<PlanIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let region = wrong.take("region", id(&sent.body.region));
    let year = wrong.take("year", Day::new(sent.body.year, 1, 1)).map(Day::year);
    let total = wrong.take("total_cents", Amount::from_cents(sent.body.total_cents));
    let paragraph = wrong.take("paragraph", code(&sent.body.paragraph, Paragraph::from_code));
    let new = (|| Some(Plan { agreement, region: region?, year: year?, total: total?, paragraph: paragraph? }))();
    let new = wrong.finish(new)?;
    Ok(Made::new(contracts::plan(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn pay(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(plan): ApiId<InstalmentPlanId>,
    sent: ApiJson<PayIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let agency = wrong.take("agency", id::<AgencyId>(&sent.body.agency));
    let due = wrong.take("due", Day::parse(&sent.body.due));
    let which = wrong.finish(agency.zip(due))?;
    Ok(done(contracts::pay(&web.app, &who.actor, Some(sent.key), plan, which).await?))
}

async fn settle(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(plan): ApiId<InstalmentPlanId>,
    sent: ApiJson<ProvenIn>,
) -> Result<Json<Reference>, ApiOops> {
    let (mut wrong, body) = (Refusals::default(), &sent.body);
    let agency = wrong.take("agency", id(&body.agency));
    let proven = match body.proven_cents {
        0 => Some(Balance::ZERO),
        cents => wrong.take("proven_cents", Amount::from_cents(cents)).map(Amount::balance),
    };
    let (note, bonus_percent) = (wrong.take("note", Line::parse(&body.note)), body.bonus_percent);
    let new = (|| Some(Proven { agency: agency?, proven: proven?, bonus_percent, note: note? }))();
    let new = wrong.finish(new)?;
    Ok(done(contracts::settle_year(&web.app, &who.actor, Some(sent.key), plan, new).await?))
}

async fn agree(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(agreement): ApiId<AgreementId>,
    sent: ApiJson<ContingentIn>,
) -> Result<Made, ApiOops> {
    let (mut wrong, body) = (Refusals::default(), &sent.body);
    let agency = wrong.take("agency", id(&body.agency));
    let unit = wrong.take("unit", code(&body.unit, ContingentUnit::from_code));
    let price = wrong.take("price_cents", Amount::from_cents(body.price_cents));
    let from = wrong.take("from", Day::parse(&body.from));
    let until = wrong.take("until", Day::parse(&body.until));
    let agreed = body.agreed;
    let new =
        (|| Some(Agreed { agreement, agency: agency?, unit: unit?, agreed, price: price?, span: (from?, until?) }))();
    let new = wrong.finish(new)?;
    Ok(Made::new(contracts::agree_on_contingent(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn contingents(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Contingents>, ApiOops> {
    let (all, today) = (contracts::contingents(&web.app, &who.actor).await?, web.app.today());
    Ok(Json(Contingents { contingents: all.iter().map(|one| ContingentOut::new(one, today)).collect() }))
}

async fn count(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(contingent): ApiId<ContingentId>,
    sent: ApiJson<CountIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let on = wrong.take("used_on", Day::parse(&sent.body.used_on));
    let what = (wrong.finish(on)?, sent.body.count);
    Ok(done(contracts::count(&web.app, &who.actor, Some(sent.key), contingent, what).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Instalments by year, newest first.
#[derive(Serialize, ToSchema)]
struct Plans {
    plans: Vec<PlanOut>,
}

/// Instalments of a year.
#[derive(Serialize, ToSchema)]
struct PlanOut {
    id: Ident,
    region: Ident,
    year: i16,
    total_cents: i64,
    instalments: Vec<InstalmentOut>,
    settlements: Vec<SettlementOut>,
}

/// An instalment.
#[derive(Serialize, ToSchema)]
struct InstalmentOut {
    agency: Ident,
    due: Date,
    amount_cents: i64,
    paid_on: Option<Date>,
}

/// A settlement.
#[derive(Serialize, ToSchema)]
struct SettlementOut {
    agency: Ident,
    proven_cents: i64,
    paid_cents: i64,
    bonus_cents: i64,
    /// Still owed; below nothing it comes back.
    due_cents: i64,
    note: String,
}

impl From<PlanOfYear> for PlanOut {
    fn from(year: PlanOfYear) -> Self {
        let instalments = year.instalments.into_iter().map(|one| InstalmentOut {
            agency: one.agency.into(),
            due: one.due.into(),
            amount_cents: one.amount.cents(),
            paid_on: one.paid_on.map(Date::from),
        });
        let settlements = year.settlements.into_iter().map(|one| SettlementOut {
            agency: one.agency.into(),
            proven_cents: one.proven.cents(),
            paid_cents: one.paid.cents(),
            bonus_cents: one.bonus.cents(),
            due_cents: one.due().cents(),
            note: one.note,
        });
        Self {
            id: year.plan.id.into(),
            region: year.plan.region.into(),
            year: year.plan.year,
            total_cents: year.plan.total.cents(),
            instalments: instalments.collect(),
            settlements: settlements.collect(),
        }
    }
}

/// Contingents.
#[derive(Serialize, ToSchema)]
struct Contingents {
    contingents: Vec<ContingentOut>,
}

/// A contingent and where it is going.
#[derive(Serialize, ToSchema)]
struct ContingentOut {
    id: Ident,
    agency: Ident,
    title: String,
    unit: &'static str,
    agreed: i64,
    used: i64,
    price_cents: i64,
    /// Exact, as Germans write it: `78,125 €`.
    price_each: String,
    from: Date,
    until: Option<Date>,
    /// Used up on this day if things go on as so far.
    empty_on: Option<Date>,
    warn: bool,
}

impl ContingentOut {
    fn new(view: &ContingentView, today: Day) -> Self {
        let (one, state) = (&view.contingent, contingent_state(&view.contingent, today));
        Self {
            id: view.id.into(),
            agency: view.agency.into(),
            title: view.title.clone(),
            unit: one.unit.code(),
            agreed: one.agreed,
            used: one.used,
            price_cents: one.price.cents(),
            price_each: exact_quotient(one.price, one.agreed),
            from: one.period.from().into(),
            until: one.period.until().map(Date::from),
            empty_on: state.empty_on.map(Date::from),
            warn: state.warn,
        }
    }
}
