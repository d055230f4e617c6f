// SPDX-License-Identifier: EUPL-1.2
//! The forecast: numbers, a picture with its band, the office's own error, and the question "what if".

mod picture;

use crate::agreements::help_choices;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, link, page, redirect, t, t_with,
};
use app::forecast::{self, Asked, ForecastPage};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Action;
use domain::budget::{LEAST_PAST, Shown, Sum, WhatIf, contingent_state};
use domain::casework::HelpKind;
use domain::kernel::{Day, Line, Period, Refusals};
use picture::BurnDown;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/budget/prognose", Asks::For(Action::SeeBudget), show)
        .post("/budget/prognose", Asks::For(Action::PlanBudget), keep)
        .post("/budget/ferien", Asks::For(Action::PlanBudget), holidays)
}

// Forms -----------------------------------------------------------------------------------------------

/// What is asked for, as typed; what cannot be read asks for nothing.
fn asked(form: &FormData) -> Asked {
    let number = |field: &str, most: i64| form.value(field).trim().parse::<i64>().unwrap_or_default().clamp(0, most);
    Asked {
        region: form.value("region").parse().ok(),
        on: Day::parse(form.value("stichtag")).ok(),
        what_if: WhatIf {
            help: HelpKind::from_code(form.value("hilfe")),
            end: number("beenden", 10_000),
            open: number("mehr", 10_000),
            prolong_days: i32::try_from(number("verlaengern", 366)).unwrap_or_default(),
            dearer_permille: number("teurer", 100) * 10,
        },
    }
}

fn parse_holidays(form: &FormData) -> Result<(Period, Line), Refusals> {
    let mut read = Parser::new(form);
    let (from, until) = (read.day("from"), read.day("until"));
    let span = from.zip(until).and_then(|(from, until)| read.with("until", |_| Period::new(from, Some(until))));
    let name = read.line("name");
    read.finish(span.zip(name))
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, RawQuery(query): RawQuery) -> Result<Response, Oops> {
    let typed = FormData::of_query(query.as_deref().unwrap_or_default())?;
    let shown = forecast::page(&web.app, &who.actor, asked(&typed)).await?;
    let mut template = ForecastTemplate::new(&web, &who, shown, &typed);
    template.kept = !typed.value("gespeichert").is_empty();
    Ok(page(&template))
}

async fn keep(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    who.must(Action::PlanBudget)?;
    forecast::keep(&web.app, &who.actor, Some(form.key()?)).await?;
    Ok(redirect(&link("/budget/prognose", &[("region", form.value("region")), ("gespeichert", "1")])))
}

async fn holidays(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    who.must(Action::PlanBudget)?;
    let key = form.key()?;
    let read = parse_holidays(&form);
    match attempt(read, |new| forecast::enter_holidays(&web.app, &who.actor, Some(key), new)).await? {
        Ok(_) => Ok(redirect("/budget/prognose?gespeichert=1")),
        Err(wrong) => {
            let shown = forecast::page(&web.app, &who.actor, Asked::default()).await?;
            let mut template = ForecastTemplate::new(&web, &who, shown, &FormData::default());
            template.holiday = FormView::new("holiday", key.id).refused(&form, &wrong);
            Ok(refused(&template))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

/// A table of the forecast.
struct Table {
    id: &'static str,
    title: String,
    rows: Vec<(String, Shown<Sum>)>,
}

#[derive(Template)]
#[template(path = "forecast/forecast.html")]
struct ForecastTemplate {
    frame: Frame,
    shown: ForecastPage,
    region_name: String,
    picture: BurnDown,
    filter: FormView,
    what_if: FormView,
    asked_what_if: bool,
    regions: Vec<Choice>,
    helps: Vec<Choice>,
    tables: Vec<Table>,
    keep: FormView,
    holiday: FormView,
    kept: bool,
}

impl ForecastTemplate {
    fn new(web: &Web, who: &SignedIn, shown: ForecastPage, typed: &FormData) -> Self {
        let name = shown.regions.iter().find(|(id, _)| Some(*id) == shown.region).map(|(_, name)| name.clone());
        let region_name = name.unwrap_or_else(|| t("forecast-all-regions"));
        let region = shown.region.map(|id| id.to_string()).unwrap_or_default();
        let on = if shown.gone_by { shown.on.to_string() } else { String::new() };
        let title = t_with("forecast-picture", &[("region", &region_name), ("year", &shown.on.year().to_string())]);
        let what_if = ["hilfe", "beenden", "mehr", "verlaengern", "teurer"]
            .into_iter()
            .fold(FormView::new("what-if", Uuid::nil()), |form, field| form.with(field, typed.value(field)));
        Self {
            frame: Frame::new(web, who, "nav-forecast"),
            picture: BurnDown::new(&shown, title),
            filter: FormView::new("forecast-filter", Uuid::nil()).with("region", &region).with("stichtag", &on),
            what_if: what_if.with("region", &region).with("stichtag", &on),
            asked_what_if: asked(typed).what_if != WhatIf { help: asked(typed).what_if.help, ..WhatIf::default() },
            regions: shown.regions.iter().map(|(id, name)| Choice::new(id, name)).collect(),
            helps: help_choices(),
            tables: tables(&shown),
            keep: FormView::new("keep", web.app.fresh()).with("region", &region),
            holiday: FormView::new("holiday", web.app.fresh()),
            kept: false,
            region_name,
            shown,
        }
    }

    fn total_asked(&self) -> String {
        (self.shown.all.total() + self.shown.what_if).german()
    }

    /// The month from which on the plan does not suffice.
    fn over_in(&self) -> Option<String> {
        self.shown.over_in().map(|month| t(&format!("month-{month}")))
    }
}

fn tables(shown: &ForecastPage) -> Vec<Table> {
    let spaces = shown
        .spaces
        .iter()
        .map(|part| (if part.of.is_none() { t("forecast-no-space") } else { part.name.clone() }, part.sum));
    let kinds = shown.kinds.iter().map(|part| (t(&format!("help-{}", part.of.code())), part.sum));
    let agencies = shown.agencies.iter().map(|part| (part.name.clone(), part.sum));
    let all = [
        Table { id: "raeume", title: t("forecast-by-space"), rows: spaces.collect() },
        Table { id: "hilfen", title: t("forecast-by-kind"), rows: kinds.collect() },
        Table { id: "traeger", title: t("forecast-by-agency"), rows: agencies.collect() },
    ];
    // What is not for the reader is not there.
    all.into_iter().filter(|table| shown.secrecy.is_none() || !table.rows.is_empty()).collect()
}

/// Thousandths as Germans write percent: `−1,2 %`.
pub(crate) fn percent(permille: i64) -> String {
    let sign = if permille < 0 { "−" } else { "" };
    let size = permille.unsigned_abs();
    format!("{sign}{},{} %", size / 10, size % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_cannot_be_read_asks_nothing() {
        let typed = FormData::of(&[("beenden", "x"), ("mehr", "-3"), ("verlaengern", "999"), ("hilfe", "99")]);
        let read = asked(&typed).what_if;
        assert_eq!(read, WhatIf { prolong_days: 366, ..WhatIf::default() });
    }

    #[test]
    fn thousandths_are_written_as_percent() {
        assert_eq!([percent(-12), percent(5), percent(1000)], ["−1,2 %", "0,5 %", "100,0 %"]);
    }
}
