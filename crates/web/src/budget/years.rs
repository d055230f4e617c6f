// SPDX-License-Identifier: EUPL-1.2
//! The page of a year: opened, closed, carried over, each with its record; and the lines of the statistics.

use super::{kinds, read_year};
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, t};
use app::Failure;
use app::budget::{self, Carry, YearActLine, YearPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::{Action, Denied};
use domain::budget::{MoneyKind, Percent, YearState};
use domain::kernel::{Amount, Balance, Line, Refusal, Refusals};
use uuid::Uuid;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let plan = Asks::For(Action::PlanBudget);
    Routes::default()
        .get("/budget/jahre/{id}", Asks::For(Action::SeeBudget), show)
        .post("/budget/jahre/{id}/eroeffnung", plan, open)
        .post("/budget/jahre/{id}/abschluss", plan, close)
        .post("/budget/jahre/{id}/uebertrag", plan, carry)
}

pub(super) fn known(year: &str) -> Result<i16, Oops> {
    read_year(year).or(Err(Failure::Denied(Denied::Hidden).into()))
}

fn parse_resolution(form: &FormData) -> Result<Line, Refusals> {
    let mut read = Parser::new(form);
    let resolution = read.line("resolution");
    read.finish(resolution)
}

/// `10 %` of what was left, or euros.
fn read_share(text: &str) -> Result<Result<Percent, Amount>, Refusal> {
    if text.contains('%') { Percent::parse(text).map(Ok) } else { Amount::parse_euro(text).map(Err) }
}

fn parse_carry(form: &FormData) -> Result<Carry, Refusals> {
    let mut read = Parser::new(form);
    let region = read.id("region");
    let (from, to) = (read.code("from_kind", MoneyKind::from_code), read.code("to_kind", MoneyKind::from_code));
    let (share, purpose, resolution) = (read.with("amount", read_share), read.line("purpose"), read.line("resolution"));
    let value = (|| {
        let (region, from, to) = (region?, from?, to?);
        Some(Carry { region, from, to, share: share?, purpose: purpose?, resolution: resolution? })
    })();
    read.finish(value)
}

async fn show(State(web): State<Web>, who: SignedIn, Id(year): Id<String>) -> Result<Response, Oops> {
    Ok(page(&YearTemplate::load(&web, &who, known(&year)?).await?))
}

/// Where one is sent after a form.
fn at(year: i16) -> String {
    format!("/budget/jahre/{year}")
}

async fn open(State(web): State<Web>, who: SignedIn, Id(year): Id<String>, form: FormData) -> Result<Response, Oops> {
    let (key, year) = (Some(form.key()?), known(&year)?);
    let done = attempt(parse_resolution(&form), |by| budget::open_year(&web.app, &who.actor, key, year, by)).await?;
    back(done, &at(year), ("budget-year-open", &form), || YearTemplate::load(&web, &who, year)).await
}

async fn close(State(web): State<Web>, who: SignedIn, Id(year): Id<String>, form: FormData) -> Result<Response, Oops> {
    let (key, year) = (Some(form.key()?), known(&year)?);
    let done = attempt(parse_resolution(&form), |by| budget::close_year(&web.app, &who.actor, key, year, by)).await?;
    back(done, &at(year), ("budget-year-close", &form), || YearTemplate::load(&web, &who, year)).await
}

async fn carry(State(web): State<Web>, who: SignedIn, Id(year): Id<String>, form: FormData) -> Result<Response, Oops> {
    let (key, year) = (Some(form.key()?), known(&year)?);
    let done = attempt(parse_carry(&form), |with| budget::carry_over(&web.app, &who.actor, key, year, with)).await?;
    back(done, &at(year), ("budget-carry", &form), || YearTemplate::load(&web, &who, year)).await
}

/// A line of the expenditure statistics.
struct StatLine {
    line: &'static str,
    purpose: String,
    amount: String,
}

#[derive(Template)]
#[template(path = "budget/year.html")]
struct YearTemplate {
    frame: Frame,
    shown: YearPage,
    lines: Vec<StatLine>,
    regions: Vec<Choice>,
    kinds: Vec<Choice>,
    forms: Forms,
}

impl ManyForms for YearTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl YearTemplate {
    async fn load(web: &Web, who: &SignedIn, year: i16) -> Result<Self, Oops> {
        let shown = budget::year_page(&web.app, &who.actor, year).await?;
        let mut regions: Vec<(Uuid, &str)> =
            shown.pots.iter().map(|pot| (pot.region.0, pot.region_name.as_str())).collect();
        regions.dedup();
        Ok(Self {
            frame: Frame::new(web, who, "nav-budget"),
            regions: regions.into_iter().map(|(id, name)| Choice::new(id, name)).collect(),
            kinds: kinds(),
            lines: shown.expenditure.iter().map(stat_line).collect(),
            forms: Forms::blank(web, &["budget-year-open", "budget-year-close", "budget-carry"]),
            shown,
        })
    }

    fn is_closed(&self) -> bool {
        self.shown.state == YearState::Closed
    }

    fn may_open(&self) -> bool {
        self.shown.may_plan && self.shown.state == YearState::Provisional
    }

    fn book(&self, pot: &app::budget::PotView) -> String {
        format!("/budget?region={}&jahr={}&mittel={}", pot.region, self.shown.year, pot.kind.code())
    }
}

fn stat_line((purpose, sum): &(domain::budget::Purpose, Balance)) -> StatLine {
    let words = [
        t(&format!("paragraph-{}", purpose.paragraph.code())),
        t(&format!("help-form-{}", purpose.form.code())),
        t(&format!("side-{}", purpose.side.code())),
        t(&format!("flow-{}", purpose.flow.code())),
        t(&format!("product-{}", purpose.product.code())),
    ];
    StatLine { line: purpose.line(), purpose: words.join(" · "), amount: sum.german() }
}

/// The rows of a record, cents as euros; the text itself is kept as it was.
fn rows(act: &YearActLine) -> Vec<Vec<String>> {
    let cell = |(n, text): (usize, &str)| match text.parse() {
        Ok(cents) if n > 1 => Balance::from_cents(cents).german(),
        _ => text.to_owned(),
    };
    act.record.lines().map(|line| line.split(';').enumerate().map(cell).collect()).collect()
}
