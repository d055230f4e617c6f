// SPDX-License-Identifier: EUPL-1.2
//! Invoices: the list, entering one line by line, the check with its findings, paying, the payment advice.

use super::advice;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::agreements::invoices::{self, Entered, InvoicePage, InvoiceView, OVER_CEILING_REASON};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::agencies::Quantity;
use domain::budget::{Claim, FindingKind};
use domain::kernel::{AgencyId, Amount, Balance, Day, InvoiceId, Line, Moment, Refusal, Refusals, Rule};
use serde::Deserialize;
use uuid::Uuid;

/// A line of an invoice that cannot be read.
pub const LINE_UNREADABLE: Rule = Rule::new("invoice.line_unreadable", "Aktenzeichen; Monat; Menge; Einzelpreis");

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let check = Asks::For(Action::CheckInvoice);
    Routes::default()
        .get("/rechnungen", check, list)
        .post("/rechnungen", check, enter)
        .get("/rechnungen/neu", check, new)
        .get("/rechnungen/{id}", check, one)
        .post("/rechnungen/{id}/zahlung", check, pay)
        .get("/rechnungen/{id}/avis", check, advice)
        .get("/rechnungen/{id}/avis/pdf", check, pdf)
        .get("/rechnungen/{id}/avis.csv", check, csv)
}

// Forms -----------------------------------------------------------------------------------------------

/// `2026-0417; 11/2026; 12,5; 66,00`.
fn claim(text: &str) -> Result<Claim, Refusal> {
    let parts: Vec<&str> = text.split([';', '\t']).map(str::trim).collect();
    let [case_number, month, quantity, price] = parts[..] else { return Err(LINE_UNREADABLE.broken()) };
    let unreadable = |_| LINE_UNREADABLE.broken();
    Ok(Claim {
        case_number: Line::parse(case_number).map_err(unreadable)?.as_str().to_owned(),
        month: Day::parse_month(month).map_err(unreadable)?,
        quantity: Quantity::parse(quantity).map_err(unreadable)?,
        price: Amount::parse_euro(price).map_err(unreadable)?,
    })
}

/// Lines that say something, with their number.
fn written(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

fn parse(form: &FormData) -> Result<Entered, Refusals> {
    let mut read = Parser::new(form);
    let (agency, number, dated_on) = (read.id("agency"), read.line("number"), read.day("dated_on"));
    let exception = read.maybe_note("exception");
    let lines = read.with("lines", |text| written(text).map(|(_, line)| claim(line)).collect::<Result<Vec<_>, _>>());
    let value = (|| {
        let (number, dated_on) = (number?, dated_on?);
        Some(Entered { agency: agency?, number, dated_on, exception: exception?, lines: lines? })
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

/// Where the list goes on, whose invoice is entered.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    nach: String,
    #[serde(default)]
    traeger: String,
    #[serde(default)]
    gespeichert: String,
}

impl Asked {
    fn after(&self) -> Option<(Moment, Uuid)> {
        let (at, id) = self.nach.split_once('_')?;
        Some((Moment(at.parse().ok()?), id.parse().ok()?))
    }
}

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let invoices = invoices::latest(&web.app, &who.actor, asked.after()).await?;
    Ok(page(&ListTemplate { frame: Frame::new(&web, &who, "nav-invoices"), invoices }))
}

async fn new(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let form = FormView::new("invoice", web.app.fresh()).with("dated_on", web.app.today());
    Ok(page(&NewTemplate::load(&web, &who, asked.traeger.parse().ok(), form).await?))
}

async fn enter(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    who.must(Action::CheckInvoice)?;
    let key = form.key()?;
    match attempt(parse(&form), |new| invoices::enter(&web.app, &who.actor, Some(key), new)).await? {
        Ok(id) => Ok(redirect(&format!("/rechnungen/{id}?gespeichert=1"))),
        Err(wrong) => {
            let view = FormView::new("invoice", key.id).refused(&form, &wrong);
            let mut template = NewTemplate::load(&web, &who, form.value("agency").parse().ok(), view).await?;
            template.unreadable = unreadable(form.value("lines"));
            Ok(refused(&template))
        }
    }
}

/// Numbers of lines that cannot be read, `2, 5`.
fn unreadable(text: &str) -> String {
    let numbers: Vec<String> =
        written(text).filter(|(_, line)| claim(line).is_err()).map(|(number, _)| number.to_string()).collect();
    numbers.join(", ")
}

async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<InvoiceId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let shown = invoices::one(&web.app, &who.actor, id).await?;
    let form = FormView::new("invoice-pay", web.app.fresh());
    let frame = Frame::new(&web, &who, "nav-invoices");
    Ok(page(&InvoiceTemplate { frame, shown, form, over: false, saved: !asked.gespeichert.is_empty() }))
}

async fn pay(State(web): State<Web>, who: SignedIn, Id(id): Id<InvoiceId>, form: FormData) -> Result<Response, Oops> {
    who.must(Action::CheckInvoice)?;
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let reason = read.maybe_note("over_reason");
    let read = read.finish(reason);
    match attempt(read, |reason| invoices::pay(&web.app, &who.actor, Some(key), id, reason)).await? {
        Ok(id) => Ok(redirect(&format!("/rechnungen/{id}?gespeichert=1"))),
        Err(wrong) => {
            let shown = invoices::one(&web.app, &who.actor, id).await?;
            let over = wrong.list().iter().any(|refusal| refusal.rule == OVER_CEILING_REASON);
            let form = FormView::new("invoice-pay", key.id).refused(&form, &wrong);
            let frame = Frame::new(&web, &who, "nav-invoices");
            Ok(refused(&InvoiceTemplate { frame, shown, form, over, saved: false }))
        }
    }
}

async fn advice(State(web): State<Web>, who: SignedIn, Id(id): Id<InvoiceId>) -> Result<Response, Oops> {
    Ok(advice::read(&web, &who, &invoices::one(&web.app, &who.actor, id).await?))
}

async fn pdf(State(web): State<Web>, who: SignedIn, Id(id): Id<InvoiceId>) -> Result<Response, Oops> {
    advice::pdf(&web, invoices::one(&web.app, &who.actor, id).await?).await
}

async fn csv(State(web): State<Web>, who: SignedIn, Id(id): Id<InvoiceId>) -> Result<Response, Oops> {
    Ok(advice::table(&invoices::one(&web.app, &who.actor, id).await?, "csv"))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "agreements/invoices.html")]
struct ListTemplate {
    frame: Frame,
    invoices: Vec<InvoiceView>,
}

impl ListTemplate {
    /// The address of older invoices.
    fn older(&self) -> Option<String> {
        let last = self.invoices.last().filter(|_| self.invoices.len() == 50)?;
        Some(format!("/rechnungen?nach={}_{}", last.entered_at.0, last.id))
    }
}

#[derive(Template)]
#[template(path = "agreements/invoice_new.html")]
struct NewTemplate {
    frame: Frame,
    agencies: Vec<Choice>,
    /// The agency whose invoice it is.
    chosen: Option<AgencyId>,
    filter: FormView,
    form: FormView,
    /// Proven and not paid: lines to compare with.
    open: usize,
    unreadable: String,
}

impl NewTemplate {
    async fn load(web: &Web, who: &SignedIn, chosen: Option<AgencyId>, form: FormView) -> Result<Self, Oops> {
        let (agencies, open) = invoices::unpaid(&web.app, &who.actor, chosen).await?;
        let lines: Vec<String> = open
            .iter()
            .map(|one| {
                let price = one.price.map_or(String::new(), |cents| {
                    Balance::from_cents(cents).german().trim_end_matches(" €").to_owned()
                });
                format!("{}; {}; {}; {price}", one.case_number, one.month.german_month(), one.quantity.german())
            })
            .collect();
        Ok(Self {
            frame: Frame::new(web, who, "nav-invoices"),
            agencies: agencies.iter().map(|one| Choice::new(one.id, one.name.as_str())).collect(),
            filter: FormView::new("invoice-filter", Uuid::nil())
                .with("traeger", chosen.map(|id| id.to_string()).unwrap_or_default()),
            form: form.with("lines", lines.join("\n")),
            open: lines.len(),
            chosen,
            unreadable: String::new(),
        })
    }
}

#[derive(Template)]
#[template(path = "agreements/invoice.html")]
struct InvoiceTemplate {
    frame: Frame,
    shown: InvoicePage,
    form: FormView,
    /// A reason is asked for.
    over: bool,
    saved: bool,
}

/// Findings that are a way on, not a mistake of the agency.
fn is_mild(kind: FindingKind) -> bool {
    matches!(kind, FindingKind::OverCeiling | FindingKind::NoPrice | FindingKind::Exception)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_they_are_written() {
        let read = claim("2026-0417; 11/2026; 12,5; 1.066,00").unwrap();
        assert_eq!((read.case_number.as_str(), read.price.cents()), ("2026-0417", 106_600));
        assert_eq!((read.month.german(), read.quantity.german()), ("01.11.2026".into(), "12,5".into()));
        assert_eq!(claim("2026-0417\t2026-11\t1\t66").unwrap().month.german(), "01.11.2026");
        assert_eq!(unreadable("2026-1; 11/2026; 1; 1\n\nfalsch\n2026-1; 13/2026; 1; 1"), "3, 4");
    }
}
