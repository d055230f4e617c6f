// SPDX-License-Identifier: EUPL-1.2
//! Proofs of service from the agencies' side; invoices, their check, and paying them.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, after, id, maybe, next};
use super::openapi::Doors;
use super::words::{Date, Ident, Instant, Made, Reference, done};
use crate::agreements::advice::sentence;
use crate::kit::{Asks, Web};
use app::agreements::invoices::{self, Entered, InvoicePage, InvoiceView};
use app::agreements::proofs::{self, Proof};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::agencies::Quantity;
use domain::budget::{Checked, Claim};
use domain::kernel::{Amount, Day, InvoiceId, Line, Note, Refusal, Refusals, TransmissionId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let check = Asks::For(Action::CheckInvoice);
    let (see, answer) = (Asks::For(Action::SeeMandate), Asks::For(Action::AnswerMandate));
    Doors::default()
        .get("/api/v1/mandates/{id}/proofs", see, "What was proven on a mandate, newest month first", list_proofs)
        .post("/api/v1/mandates/{id}/proofs", answer, "Proves what was rendered in a month", prove)
        .get("/api/v1/invoices", check, "Invoices, newest first", list)
        .post("/api/v1/invoices", check, "Enters an invoice; nothing is paid yet", enter)
        .get("/api/v1/invoices/{id}", check, "An invoice with its check line by line", one)
        .post("/api/v1/invoices/{id}/payment", check, "Pays an invoice as checked", pay)
}

/// What was rendered in a month.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProofIn {
    /// `2026-11`.
    #[serde(default)]
    #[schema(required = true)]
    month: String,
    #[serde(default)]
    #[schema(required = true)]
    quantity_hundredths: i64,
}

/// A line of an invoice.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LineIn {
    case_number: String,
    /// `2026-11`.
    month: String,
    quantity_hundredths: i64,
    price_cents: i64,
}

impl LineIn {
    fn read(&self) -> Result<Claim, Refusal> {
        Ok(Claim {
            case_number: Line::parse(&self.case_number)?.as_str().to_owned(),
            month: Day::parse_month(&self.month)?,
            quantity: Quantity::from_hundredths(self.quantity_hundredths)?,
            price: Amount::from_cents(self.price_cents)?,
        })
    }
}

/// An invoice as it came.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvoiceIn {
    #[serde(default)]
    #[schema(required = true, value_type = Ident)]
    agency: String,
    #[serde(default)]
    #[schema(required = true)]
    number: String,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    dated_on: String,
    #[serde(default)]
    #[schema(required = true)]
    lines: Vec<LineIn>,
    /// Why months without a decision are paid (§ 36a(3), order of a court).
    exception: Option<String>,
}

impl InvoiceIn {
    fn read(&self) -> Result<Entered, Refusals> {
        let mut wrong = Refusals::default();
        let agency = wrong.take("agency", id(&self.agency));
        let number = wrong.take("number", Line::parse(&self.number));
        let dated_on = wrong.take("dated_on", Day::parse(&self.dated_on));
        let exception = wrong.take("exception", maybe(self.exception.as_deref(), Note::parse));
        let lines = wrong.take("lines", self.lines.iter().map(LineIn::read).collect::<Result<Vec<_>, _>>());
        let value = (|| {
            let (number, dated_on) = (number?, dated_on?);
            Some(Entered { agency: agency?, number, dated_on, exception: exception?, lines: lines? })
        })();
        wrong.finish(value)
    }
}

/// Why more than the ceiling is paid, if it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PayIn {
    over_reason: Option<String>,
}

#[derive(Deserialize, IntoParams)]
struct InvoiceQuery {
    /// `next` of the page before.
    after: Option<String>,
}

// Handlers --------------------------------------------------------------------------------------------

async fn list_proofs(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(mandate): ApiId<TransmissionId>,
) -> Result<Json<Proofs>, ApiOops> {
    let shown = proofs::page(&web.app, &who.actor, mandate).await?;
    Ok(Json(Proofs { proofs: shown.proofs.into_iter().map(ProofOut::from).collect() }))
}

async fn prove(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(mandate): ApiId<TransmissionId>,
    sent: ApiJson<ProofIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let month = wrong.take("month", Day::parse_month(&sent.body.month));
    let quantity = wrong.take("quantity_hundredths", Quantity::from_hundredths(sent.body.quantity_hundredths));
    let proof = wrong.finish(month.zip(quantity))?;
    Ok(done(proofs::prove(&web.app, &who.actor, Some(sent.key), mandate, proof).await?))
}

async fn list(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiQuery(asked): ApiQuery<InvoiceQuery>,
) -> Result<Json<Invoices>, ApiOops> {
    let all = invoices::latest(&web.app, &who.actor, after(asked.after.as_deref())?).await?;
    let last = all.last().map(|invoice| (invoice.entered_at, invoice.id.0));
    Ok(Json(Invoices { invoices: all.iter().map(InvoiceShort::of).collect(), next: next(last) }))
}

async fn enter(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<InvoiceIn>) -> Result<Made, ApiOops> {
    let new = sent.body.read()?;
    Ok(Made::new(invoices::enter(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn one(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(invoice): ApiId<InvoiceId>,
) -> Result<Json<InvoiceOut>, ApiOops> {
    Ok(Json(invoices::one(&web.app, &who.actor, invoice).await?.into()))
}

async fn pay(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(invoice): ApiId<InvoiceId>,
    sent: ApiJson<PayIn>,
) -> Result<Json<Reference>, ApiOops> {
    let mut wrong = Refusals::default();
    let reason = wrong.take("over_reason", maybe(sent.body.over_reason.as_deref(), Note::parse));
    let reason = wrong.finish(reason)?;
    Ok(done(invoices::pay(&web.app, &who.actor, Some(sent.key), invoice, reason).await?))
}

// Out -------------------------------------------------------------------------------------------------

/// Proofs; the first of a month counts.
#[derive(Serialize, ToSchema)]
struct Proofs {
    proofs: Vec<ProofOut>,
}

/// A proof.
#[derive(Serialize, ToSchema)]
struct ProofOut {
    /// First day of the month.
    month: Date,
    quantity_hundredths: i64,
    by: String,
    at: Instant,
}

impl From<Proof> for ProofOut {
    fn from(proof: Proof) -> Self {
        let (month, at) = (proof.month.into(), proof.at.into());
        Self { month, quantity_hundredths: proof.quantity.hundredths(), by: proof.by, at }
    }
}

/// Invoices.
#[derive(Serialize, ToSchema)]
struct Invoices {
    invoices: Vec<InvoiceShort>,
    /// To be sent as `after` for older ones; ask until nothing comes.
    next: Option<String>,
}

/// An invoice in the list.
#[derive(Serialize, ToSchema)]
struct InvoiceShort {
    id: Ident,
    agency: Ident,
    agency_name: String,
    number: String,
    dated_on: Date,
    paid_on: Option<Date>,
    paid_cents: i64,
}

impl InvoiceShort {
    fn of(view: &InvoiceView) -> Self {
        Self {
            id: view.id.into(),
            agency: view.agency.into(),
            agency_name: view.agency_name.clone(),
            number: view.number.clone(),
            dated_on: view.dated_on.into(),
            paid_on: view.paid_on.map(Date::from),
            paid_cents: view.paid.cents(),
        }
    }
}

/// An invoice with its check.
#[derive(Serialize, ToSchema)]
struct InvoiceOut {
    invoice: InvoiceShort,
    asked_cents: i64,
    payable_cents: i64,
    lines: Vec<LineOut>,
}

/// A line after its check.
#[derive(Serialize, ToSchema)]
struct LineOut {
    case_number: String,
    month: Date,
    quantity_hundredths: i64,
    price_cents: i64,
    payable_cents: i64,
    findings: Vec<FindingOut>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
struct FindingOut {
    finding: &'static str,
    amount_cents: i64,
    /// The German sentence.
    message: String,
}

impl LineOut {
    fn new(claim: Claim, checked: &Checked) -> Self {
        let finding = |one: &domain::budget::Finding| FindingOut {
            finding: one.kind.code(),
            amount_cents: one.amount.cents(),
            message: sentence(one),
        };
        Self {
            month: claim.month.into(),
            quantity_hundredths: claim.quantity.hundredths(),
            price_cents: claim.price.cents(),
            payable_cents: checked.payable.cents(),
            findings: checked.findings.iter().map(finding).collect(),
            case_number: claim.case_number,
        }
    }
}

impl From<InvoicePage> for InvoiceOut {
    fn from(shown: InvoicePage) -> Self {
        Self {
            invoice: InvoiceShort::of(&shown.invoice),
            asked_cents: shown.asked().cents(),
            payable_cents: shown.payable().cents(),
            lines: shown.lines.into_iter().map(|(claim, checked)| LineOut::new(claim, &checked)).collect(),
        }
    }
}
