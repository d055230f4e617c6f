// SPDX-License-Identifier: EUPL-1.2
//! The money of a region: its book as tiles, picture and table; planning and covering what was missing.

pub mod allocation;
mod waterfall;

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t_with,
};
use app::Failure;
use app::budget::{self, BudgetPage, Plan};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::{Action, Denied};
use domain::kernel::{Amount, Balance, Line, Moment, Refusal, Refusals, RegionId};
use serde::Deserialize;
use std::ops::RangeInclusive;
use uuid::Uuid;
use waterfall::Waterfall;

/// Years that can be planned.
const YEARS: RangeInclusive<i16> = 2000..=2100;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/budget", Asks::For(Action::SeeBudget), book)
        .post("/budget/plan", Asks::For(Action::PlanBudget), plan)
        .post("/budget/nachsteuerungen/{id}", Asks::For(Action::PlanBudget), cover)
}

// Forms -----------------------------------------------------------------------------------------------

/// What is asked for, as typed: an address that cannot be read shows the first region and this year.
#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    region: String,
    #[serde(default)]
    jahr: String,
    #[serde(default)]
    nach: String,
    #[serde(default)]
    decken: String,
    #[serde(default)]
    gebucht: String,
}

impl Asked {
    /// The page that a form was sent from.
    fn of_form(form: &FormData) -> Self {
        let (region, jahr) = (form.value("region").to_owned(), form.value("year").to_owned());
        Self { region, jahr, ..Self::default() }
    }

    fn region(&self) -> Option<RegionId> {
        self.region.parse().ok()
    }

    fn year(&self) -> Option<i16> {
        read_year(&self.jahr).ok()
    }

    fn after(&self) -> Option<(Moment, Uuid)> {
        let (at, id) = self.nach.split_once('_')?;
        Some((Moment(at.parse().ok()?), id.parse().ok()?))
    }

    async fn page(&self, web: &Web, who: &SignedIn) -> Result<BudgetPage, Oops> {
        Ok(budget::page(&web.app, &who.actor, self.region(), self.year(), self.after()).await?)
    }
}

fn read_year(text: &str) -> Result<i16, Refusal> {
    text.trim().parse().ok().filter(|year| YEARS.contains(year)).ok_or(CHOICE_MISSING.broken())
}

fn parse_plan(form: &FormData) -> Result<Plan, Refusals> {
    let mut read = Parser::new(form);
    let region = read.id("region");
    let year = read.with("year", read_year);
    let planned = read.euro("planned");
    let top_slice: Option<Option<Amount>> = read.maybe_euro("top_slice");
    let note = read.line("note");
    let value =
        (|| Some(Plan { region: region?, year: year?, planned: planned?, top_slice: top_slice?, note: note? }))();
    read.finish(value)
}

fn parse_resolution(form: &FormData) -> Result<Line, Refusals> {
    let mut read = Parser::new(form);
    let resolution = read.line("resolution");
    read.finish(resolution)
}

/// A form that says nothing is shown again only to those who may plan; the use case asks the policy itself.
fn planned_by(shown: BudgetPage) -> Result<BudgetPage, Oops> {
    if shown.may_plan { Ok(shown) } else { Err(Failure::Denied(Denied::Forbidden).into()) }
}

/// Back to the book after something was booked.
fn booked(form: &FormData) -> Response {
    let asked = Asked::of_form(form);
    let (region, year) = (asked.region().map(|id| id.to_string()), asked.year().map(|year| year.to_string()));
    let (region, year) = (region.unwrap_or_default(), year.unwrap_or_default());
    redirect(&format!("/budget?region={region}&jahr={year}&gebucht=1"))
}

// Handlers --------------------------------------------------------------------------------------------

async fn book(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let shown = asked.page(&web, &who).await?;
    let covering = asked.decken.parse().ok();
    let mut template = BudgetTemplate::new(&web, &who, shown);
    template.covering = covering.filter(|id| template.is_open(*id)).or(template.covering);
    template.booked = !asked.gebucht.is_empty();
    template.first = asked.nach.is_empty();
    Ok(page(&template))
}

async fn plan(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let planned = attempt(parse_plan(&form), |plan| budget::plan(&web.app, &who.actor, Some(key), plan)).await?;
    match planned {
        Ok(_) => Ok(booked(&form)),
        Err(wrong) => {
            let shown = planned_by(Asked::of_form(&form).page(&web, &who).await?)?;
            let mut template = BudgetTemplate::new(&web, &who, shown);
            template.plan = FormView::new("budget-plan", key.id).refused(&form, &wrong);
            Ok(refused(&template))
        }
    }
}

async fn cover(State(web): State<Web>, who: SignedIn, Id(id): Id<Uuid>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let covered = attempt(parse_resolution(&form), |resolution| {
        budget::cover_top_up(&web.app, &who.actor, Some(key), id, resolution)
    })
    .await?;
    match covered {
        Ok(_) => Ok(booked(&form)),
        Err(wrong) => {
            let shown = planned_by(Asked::of_form(&form).page(&web, &who).await?)?;
            let mut template = BudgetTemplate::new(&web, &who, shown);
            template.cover = FormView::new("budget-cover", key.id).refused(&form, &wrong);
            template.covering = Some(id);
            Ok(refused(&template))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "budget/budget.html")]
struct BudgetTemplate {
    frame: Frame,
    shown: BudgetPage,
    region_name: String,
    picture: Waterfall,
    filter: FormView,
    regions: Vec<Choice>,
    years: Vec<Choice>,
    plan: FormView,
    cover: FormView,
    /// The top-up whose form is open.
    covering: Option<Uuid>,
    booked: bool,
    /// Is this the first page of entries?
    first: bool,
}

impl BudgetTemplate {
    fn new(web: &Web, who: &SignedIn, shown: BudgetPage) -> Self {
        let name = shown.regions.iter().find(|(id, _)| *id == shown.region).map(|(_, name)| name.clone());
        let region_name = name.unwrap_or_default();
        let (region, year) = (shown.region, shown.year);
        let title = t_with("budget-picture", &[("region", &region_name), ("year", &year.to_string())]);
        let here = |form: FormView| form.with("region", region).with("year", year);
        Self {
            frame: Frame::new(web, who, "nav-budget"),
            picture: Waterfall::new(&shown.book, title),
            filter: FormView::new("budget-filter", Uuid::nil()).with("region", region).with("jahr", year),
            regions: shown.regions.iter().map(|(id, name)| Choice::new(id, name)).collect(),
            years: years(web.app.today().year(), year),
            plan: here(FormView::new("budget-plan", web.app.fresh())),
            cover: here(FormView::new("budget-cover", web.app.fresh())),
            covering: oldest_open(&shown),
            booked: false,
            first: true,
            region_name,
            shown,
        }
    }

    fn is_open(&self, id: Uuid) -> bool {
        self.shown.may_plan && self.shown.top_ups.iter().any(|line| line.id == id && line.covered_on.is_none())
    }

    /// How much is promised beyond the plan, if anything.
    fn over_plan(&self) -> Option<String> {
        let free = self.shown.book.free();
        free.is_negative().then(|| (Balance::ZERO - free).german())
    }

    /// The address of this book.
    fn here(&self) -> String {
        format!("/budget?region={}&jahr={}", self.shown.region, self.shown.year)
    }

    /// The address of older entries.
    fn older(&self) -> Option<String> {
        self.shown.next.map(|(at, id)| format!("{}&nach={}_{id}", self.here(), at.0))
    }
}

/// The top-up that has waited longest; its form stands open.
fn oldest_open(shown: &BudgetPage) -> Option<Uuid> {
    let open = shown.top_ups.iter().rfind(|line| line.covered_on.is_none());
    open.filter(|_| shown.may_plan).map(|line| line.id)
}

/// Next year down to four years ago, and the one shown.
fn years(today: i16, shown: i16) -> Vec<Choice> {
    let mut years: Vec<i16> = (today - 4..=today + 1).chain([shown]).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    years.into_iter().map(|year| Choice::new(year, year.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_cannot_be_read_asks_for_nothing() {
        let asked = Asked { region: "x".into(), jahr: "99999".into(), nach: "1_x".into(), ..Asked::default() };
        assert!(asked.region().is_none() && asked.year().is_none() && asked.after().is_none());
    }

    #[test]
    fn a_place_in_the_list_is_read_back() {
        let id = Uuid::from_u128(7);
        let asked = Asked { nach: format!("1700000000000_{id}"), ..Asked::default() };
        assert_eq!(asked.after(), Some((Moment(1_700_000_000_000), id)));
    }

    #[test]
    fn the_year_shown_can_always_be_chosen() {
        let of = |shown| years(2026, shown).into_iter().map(|choice| choice.value).collect::<Vec<_>>();
        assert_eq!(of(2026), ["2027", "2026", "2025", "2024", "2023", "2022"]);
        assert!(of(2019).contains(&"2019".to_owned()));
    }

    #[test]
    fn a_plan_without_a_top_slice_is_a_plan() {
        let region = Uuid::from_u128(1).to_string();
        let typed = [("region", region.as_str()), ("year", "2027"), ("planned", "2.400.000"), ("note", "Beschluss 12")];
        let plan = parse_plan(&FormData::of(&typed)).unwrap();
        assert_eq!(plan.planned.cents(), 240_000_000);
        assert!(plan.top_slice.is_none());
    }
}
