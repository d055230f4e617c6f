// SPDX-License-Identifier: EUPL-1.2
//! The calculator of the Fachleistungsstunde: numbers in the address, every step explained. Nothing is kept.

use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, page};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Action;
use domain::agencies::{FlsCost, FlsHours, HourlyRate, MATERIAL_CAP, OVERHEAD_CAP, Quantity, hourly_rate};
use domain::kernel::{Amount, Balance, Refusal, Refusals};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/fachleistungsstunde", Asks::For(Action::SeeAgreement), calculator)
}

/// Nothing, or euros.
fn cost(text: &str) -> Result<Balance, Refusal> {
    let text = text.trim();
    if matches!(text, "" | "0" | "0,00") { Ok(Balance::ZERO) } else { Amount::parse_euro(text).map(Amount::balance) }
}

fn hours(text: &str) -> Result<Quantity, Refusal> {
    if text.trim().is_empty() { Ok(Quantity::ZERO) } else { Quantity::parse(&text.replace('.', "")) }
}

fn calculate(form: &FormData) -> Result<HourlyRate, Refusals> {
    let mut read = Parser::new(form);
    let professional = read.euro("fachkraft");
    let (leading, administration) = (read.with("leitung", cost), read.with("verwaltung", cost));
    let (beside, material) = (read.with("nebenkosten", cost), read.with("sachkosten", cost));
    let extra = read.with("zusatz", cost);
    let gross = read.with("brutto", hours);
    let (general, in_trade) = (read.with("allgemein", hours), read.with("beruf", hours));
    let by_case = read.with("fall", hours);
    let value = (|| {
        let (leading, administration, beside) = (leading?, administration?, beside?);
        let (material, extra) = (material?, extra?);
        let cost = FlsCost { professional: professional?, leading, administration, beside, material, extra };
        let hours = FlsHours { gross: gross?, general: general?, professional: in_trade?, by_case: by_case? };
        Some((cost, hours))
    })();
    let (cost, hours) = read.finish(value)?;
    Ok(hourly_rate(&cost, &hours).map_err(|refusal| refusal.at("brutto"))?)
}

async fn calculator(State(web): State<Web>, who: SignedIn, RawQuery(query): RawQuery) -> Result<Response, Oops> {
    let form = FormData::of_query(query.as_deref().unwrap_or_default())?;
    let frame = Frame::new(&web, &who, "nav-agreements");
    let view = FormView::new("fls", Uuid::nil());
    if form.fields().is_empty() {
        let form = view.with("brutto", "1.600").with("allgemein", "400");
        return Ok(page(&FlsTemplate { frame, form, found: None }));
    }
    let template = match calculate(&form) {
        Ok(found) => FlsTemplate { frame, form: view.refused(&form, &Refusals::default()), found: Some(found) },
        Err(wrong) => FlsTemplate { frame, form: view.refused(&form, &wrong), found: None },
    };
    Ok(page(&template))
}

#[derive(Template)]
#[template(path = "agreements/fls.html")]
struct FlsTemplate {
    frame: Frame,
    form: FormView,
    found: Option<HourlyRate>,
}

impl FlsTemplate {
    fn total(&self) -> String {
        let last = self.found.as_ref().and_then(|found| found.steps.last());
        last.map(|step| step.amount.german()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_is_calculated_from_typed_numbers() {
        let typed = [
            ("fachkraft", "60.000"),
            ("leitung", "6.000"),
            ("verwaltung", "4.500"),
            ("nebenkosten", "3.000"),
            ("sachkosten", "8.000"),
            ("zusatz", ""),
            ("brutto", "1.600"),
            ("allgemein", "300"),
            ("beruf", "60"),
            ("fall", "40"),
        ];
        assert_eq!(calculate(&FormData::of(&typed)).unwrap().rate.german(), "66,00 €");
        let wrong = calculate(&FormData::of(&[("brutto", "")])).unwrap_err();
        assert_eq!(wrong.list().iter().map(|refusal| refusal.field).collect::<Vec<_>>(), ["fachkraft"]);
    }
}
