// SPDX-License-Identifier: EUPL-1.2
//! The money of a region: its book as tiles, picture and table; planning. Each of the other pages has its own file.

pub mod allocation;
mod booking;
mod cover;
mod deliveries;
mod files;
mod promises;
pub(crate) mod report;
pub(crate) mod sankey;
#[cfg(test)]
mod tests;
mod transfers;
mod waterfall;
mod years;

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, link, page, redirect, t_with,
};
use app::Failure;
use app::budget::{self, BudgetPage, Filter, Plan, TopUpLine};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::{Action, Denied};
use domain::budget::{Account, Book, EntryKind, MoneyKind, Percent};
use domain::kernel::{Amount, Balance, Day, Refusal, Refusals, RegionId};
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
        .and(cover::routes())
        .and(deliveries::routes())
        .and(files::routes())
        .and(booking::routes())
        .and(promises::routes())
        .and(report::routes())
        .and(transfers::routes())
        .and(years::routes())
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
    mittel: String,
    #[serde(default)]
    konto: String,
    #[serde(default)]
    stichtag: String,
    #[serde(default)]
    nach: String,
    #[serde(default)]
    decken: String,
    #[serde(default)]
    gebucht: String,
    /// As which kind of file.
    #[serde(default)]
    als: String,
}

impl Asked {
    /// The page that a form was sent from.
    fn of_form(form: &FormData) -> Self {
        let of = |field| form.value(field).to_owned();
        Self { region: of("region"), jahr: of("year"), mittel: of("shown_kind"), ..Self::default() }
    }

    fn region(&self) -> Option<RegionId> {
        self.region.parse().ok()
    }

    fn year(&self) -> Option<i16> {
        read_year(&self.jahr).ok()
    }

    fn kind(&self) -> Option<MoneyKind> {
        MoneyKind::from_code(&self.mittel)
    }

    fn filter(&self) -> Filter {
        Filter {
            kind: self.kind(),
            account: Account::from_code(&self.konto),
            before: self.nach.parse().ok(),
            on: Day::parse(&self.stichtag).ok(),
        }
    }

    async fn page(&self, web: &Web, who: &SignedIn) -> Result<BudgetPage, Oops> {
        Ok(budget::page(&web.app, &who.actor, self.region(), self.year(), Some(self.filter())).await?)
    }

    /// The address of this book.
    fn path(&self, shown: &BudgetPage) -> String {
        let (region, year) = (shown.region.to_string(), shown.year.to_string());
        let kind = self.kind().map_or("", MoneyKind::code);
        let pairs = [("region", region.as_str()), ("jahr", &year), ("mittel", kind)];
        link("/budget", &[pairs.as_slice(), &[("konto", &self.konto), ("stichtag", &self.stichtag)]].concat())
    }
}

pub(crate) fn read_year(text: &str) -> Result<i16, Refusal> {
    text.trim().parse().ok().filter(|year| YEARS.contains(year)).ok_or(CHOICE_MISSING.broken())
}

/// A top-slice as euros or as a share of the plan: `60.000`, `3 %`.
fn read_slice(text: &str, planned: Option<Amount>) -> Result<Amount, Refusal> {
    let (true, Some(planned)) = (text.contains('%'), planned) else { return Amount::parse_euro(text) };
    Amount::from_cents(Percent::parse(text)?.of(planned.balance()).cents())
}

fn parse_plan(form: &FormData) -> Result<Plan, Refusals> {
    let mut read = Parser::new(form);
    let region = read.id("region");
    let year = read.with("year", read_year);
    let kind = read.maybe("kind", |text| MoneyKind::from_code(text).ok_or(CHOICE_MISSING.broken()));
    let planned = read.euro("planned");
    let top_slice: Option<Option<Amount>> = read.maybe("top_slice", |text| read_slice(text, planned));
    let note = read.line("note");
    let value = (|| {
        let (region, year, planned) = (region?, year?, planned?);
        let kind = kind?.unwrap_or(MoneyKind::IndividualClaim);
        Some(Plan { region, year, kind, planned, top_slice: top_slice?, note: note? })
    })();
    read.finish(value)
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
    // What was planned is looked at in its own kind of money.
    let kind = MoneyKind::from_code(form.value("kind")).or(asked.kind()).map_or("", MoneyKind::code);
    redirect(&link("/budget", &[("region", &region), ("jahr", &year), ("mittel", kind), ("gebucht", "1")]))
}

// Handlers --------------------------------------------------------------------------------------------

async fn book(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let shown = asked.page(&web, &who).await?;
    let covering = asked.decken.parse().ok();
    let mut template = BudgetTemplate::new(&web, &who, shown, &asked);
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
            let asked = Asked::of_form(&form);
            let shown = planned_by(asked.page(&web, &who).await?)?;
            let mut template = BudgetTemplate::new(&web, &who, shown, &asked);
            template.plan = FormView::new("budget-plan", key.id).refused(&form, &wrong);
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
    other_regions: Vec<Choice>,
    years: Vec<Choice>,
    kinds: Vec<Choice>,
    accounts: Vec<Choice>,
    plan: FormView,
    cover: FormView,
    rest: Vec<Choice>,
    here: String,
    /// The top-up whose form is open.
    covering: Option<Uuid>,
    booked: bool,
    /// Is this the first page of entries?
    first: bool,
    /// As of this day, if one was asked for.
    on: Option<Day>,
}

impl BudgetTemplate {
    fn new(web: &Web, who: &SignedIn, shown: BudgetPage, asked: &Asked) -> Self {
        let name = shown.regions.iter().find(|(id, _)| *id == shown.region).map(|(_, name)| name.clone());
        let region_name = name.unwrap_or_default();
        let (region, year, kind) = (shown.region, shown.year, shown.kind.code());
        let title = t_with("budget-picture", &[("region", &region_name), ("year", &year.to_string())]);
        let here = |form: FormView| form.with("region", region).with("year", year).with("shown_kind", kind);
        let filter = FormView::new("budget-filter", Uuid::nil()).with("region", region).with("jahr", year);
        let others = shown.regions.iter().filter(|(id, _)| *id != region);
        Self {
            frame: Frame::new(web, who, "nav-budget"),
            picture: Waterfall::new(&shown.pot.book, title),
            filter: filter.with("mittel", kind).with("konto", &asked.konto).with("stichtag", &asked.stichtag),
            other_regions: others.map(|(id, name)| Choice::new(id, name)).collect(),
            regions: shown.regions.iter().map(|(id, name)| Choice::new(id, name)).collect(),
            years: years(web.app.today().year(), year),
            kinds: kinds(),
            accounts: words("account", Account::ALL.iter().map(|account| account.code())),
            plan: here(FormView::new("budget-plan", web.app.fresh()).with("kind", kind)),
            cover: here(FormView::new("budget-cover", web.app.fresh())),
            rest: words("cover-rest", ["uncovered"].into_iter()),
            here: asked.path(&shown),
            covering: oldest_open(&shown),
            booked: false,
            first: true,
            on: asked.filter().on,
            region_name,
            shown,
        }
    }

    fn is_open(&self, id: Uuid) -> bool {
        self.shown.may_plan && self.shown.top_ups.iter().any(|(line, _)| line.id == id && line.covered_on.is_none())
    }

    /// How much is promised beyond the plan, if anything.
    fn over_plan(&self) -> Option<String> {
        let free = self.shown.pot.book.free();
        (free.is_negative() && !self.shown.pot.hidden).then(|| (Balance::ZERO - free).german())
    }

    /// The money for the unforeseen, when it is nearly used (W36).
    fn reserve_nearly_used(&self) -> Option<String> {
        let reserve = self.shown.kinds.iter().find(|pot| pot.kind == MoneyKind::TopSlice && !pot.hidden);
        reserve.filter(|pot| pot.book.is_nearly_used()).map(|pot| pot.book.free().german())
    }

    /// The address of older entries.
    fn older(&self) -> Option<String> {
        self.shown.next.map(|seq| format!("{}&nach={seq}", self.here))
    }

    /// Where the entries shown here are found as a file.
    fn list(&self) -> String {
        self.here.replacen("/budget", "/budget/buchungsliste", 1)
    }

    /// Where another kind of money is shown.
    fn of_kind(&self, kind: &MoneyKind) -> String {
        format!("/budget?region={}&jahr={}&mittel={}", self.shown.region, self.shown.year, kind.code())
    }

    /// Where the promises out of this pot are.
    fn promises(&self) -> String {
        let BudgetPage { region, year, kind, .. } = &self.shown;
        format!("/budget/zusagen?region={region}&jahr={year}&mittel={}", kind.code())
    }
}

/// What is still to be found for a top-up.
fn still_missing(line: &TopUpLine) -> String {
    (line.missing - line.covered).german()
}

/// What is promised and not spent, advances with it.
fn bound(book: &Book) -> Balance {
    book.bound + book.advanced
}

/// A sum, or a dash for those whom it is not for.
pub(crate) fn or_dash(sum: Option<Balance>) -> String {
    sum.map_or_else(|| "–".to_owned(), |sum| sum.german())
}

/// Counter-entries are shown with a minus.
fn signed(amount: &Balance, kind: &str) -> String {
    Balance::from_cents(signed_cents(*amount, kind)).german()
}

fn signed_cents(amount: Balance, kind: &str) -> i64 {
    if kind == EntryKind::Countered.code() { (Balance::ZERO - amount).cents() } else { amount.cents() }
}

/// The top-up that has waited longest; its form stands open.
fn oldest_open(shown: &BudgetPage) -> Option<Uuid> {
    let open = shown.top_ups.iter().rfind(|(line, _)| line.covered_on.is_none());
    open.filter(|_| shown.may_plan).map(|(line, _)| line.id)
}

/// Next year down to four years ago, and the one shown.
fn years(today: i16, shown: i16) -> Vec<Choice> {
    let mut years: Vec<i16> = (today - 4..=today + 1).chain([shown]).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    years.into_iter().map(|year| Choice::new(year, year.to_string())).collect()
}

/// Codes with their words.
fn words(kind: &str, codes: impl Iterator<Item = &'static str>) -> Vec<Choice> {
    Choice::words(kind, &codes.collect::<Vec<_>>())
}

/// The four kinds of money.
fn kinds() -> Vec<Choice> {
    words("money", MoneyKind::ALL.iter().map(|kind| kind.code()))
}
