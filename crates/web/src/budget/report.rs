// SPDX-License-Identifier: EUPL-1.2
//! Two pages over all pots in sight as of a day: how the money flows, and the report at the end of a month, a quarter,
//! a year. The report also as a file.

use super::sankey::Sankey;
use super::{Asked, years};
use crate::kit::sheet::{Cell, Sheet};
use crate::kit::{Asks, Choice, FormView, Frame, Oops, Routes, SignedIn, Web, filters, link, page, t, t_with};
use app::budget::{self, KindTotal, Overview, PotView};
use app::forecast::{self, Asked as Question};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::budget::{Book, MoneyKind};
use domain::kernel::{Balance, Day, RegionId};
use std::borrow::Borrow;
use uuid::Uuid;

/// From here on a deviation is talked about; for information, it blocks nothing.
const TALK_FROM_PERCENT: i128 = 5;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let see = Asks::For(Action::SeeBudget);
    Routes::default().get("/budget/geldfluss", see, flow).get("/budget/bericht", see, report).get(
        "/budget/bericht/datei",
        see,
        file,
    )
}

async fn load(web: &Web, who: &SignedIn, asked: &Asked) -> Result<Overview, Oops> {
    let year = asked.year().unwrap_or_else(|| web.app.today().year());
    Ok(budget::overview(&web.app, &who.actor, year, asked.region(), asked.filter().on).await?)
}

fn filter(shown: &Overview, asked: &Asked) -> (FormView, Vec<Choice>) {
    let form = FormView::new("budget-filter", Uuid::nil()).with("region", &asked.region).with("jahr", shown.year);
    let regions = shown.regions.iter().map(|(id, name)| Choice::new(id, name)).collect();
    (form.with("stichtag", shown.on.to_string()), regions)
}

async fn flow(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let shown = load(&web, &who, &asked).await?;
    let (filter, regions) = filter(&shown, &asked);
    let title = t_with("flow-picture", &[("year", &shown.year.to_string()), ("day", &shown.on.german())]);
    let picture = Sankey::new(&shown, title);
    let years = years(web.app.today().year(), shown.year);
    Ok(page(&FlowPage { frame: Frame::new(&web, &who, "nav-budget"), shown, picture, filter, regions, years }))
}

async fn file(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let report = Report::of(&web, &who, load(&web, &who, &asked).await?).await?;
    let name = format!("bericht-{}-{}", report.shown.year, report.shown.on);
    Ok(report.sheet().file(&name, &asked.als))
}

async fn report(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let report = Report::of(&web, &who, load(&web, &who, &asked).await?).await?;
    let (filter, regions) = filter(&report.shown, &asked);
    let (year, on) = (report.shown.year.to_string(), report.shown.on.to_string());
    let pairs = [("region", asked.region.as_str()), ("jahr", &year), ("stichtag", &on)];
    let (file, flow) = (link("/budget/bericht/datei", &pairs), link("/budget/geldfluss", &pairs));
    let years = years(web.app.today().year(), report.shown.year);
    let frame = Frame::new(&web, &who, "nav-budget");
    let region = asked.region().map(|id| id.to_string()).unwrap_or_default();
    Ok(page(&ReportPage { frame, report, region, filter, regions, years, file, flow }))
}

/// The report: all pots in sight, and what claims will need until the end of the year.
pub(crate) struct Report {
    pub(crate) shown: Overview,
    pub(crate) totals: Vec<KindTotal>,
    foreseen: Vec<Foreseen>,
}

impl Report {
    /// Beside the pots, the forecast of claims of each region as of the same day.
    pub(crate) async fn of(web: &Web, who: &SignedIn, shown: Overview) -> Result<Self, Oops> {
        let mut foreseen = Vec::new();
        let to_come = shown.on > web.app.today() || shown.on.year() != shown.year;
        let claims = |pot: &&PotView| pot.kind == MoneyKind::IndividualClaim && !pot.hidden && !to_come;
        for pot in shown.pots.iter().filter(claims) {
            let asked = Question { region: Some(pot.region), on: Some(shown.on), ..Question::default() };
            let page = forecast::page(&web.app, &who.actor, asked).await?;
            // For some readers there is one forecast, as of the last closed quarter.
            if page.hidden || page.on > shown.on || page.on.year() != shown.year {
                continue;
            }
            let (total, of) = (page.all.total(), pot.book.available());
            foreseen.push(Foreseen { region: pot.region, total, off: total - of, of });
        }
        Ok(Self { totals: shown.totals(), shown, foreseen })
    }

    pub(crate) fn foreseen(&self, pot: &PotView) -> Option<&Foreseen> {
        self.foreseen.iter().find(|one| one.region == pot.region && pot.kind == MoneyKind::IndividualClaim)
    }

    /// The forecast of all regions, when each has one.
    pub(crate) fn foreseen_in_all(&self, total: &KindTotal) -> Option<Foreseen> {
        let claims = self.shown.pots.iter().filter(|pot| pot.kind == MoneyKind::IndividualClaim).count();
        if total.kind != MoneyKind::IndividualClaim || total.hidden || claims != self.foreseen.len() {
            return None;
        }
        let sum = |pick: fn(&Foreseen) -> Balance| self.foreseen.iter().map(pick).sum();
        let region = RegionId(Uuid::nil());
        Some(Foreseen { region, total: sum(|one| one.total), off: sum(|one| one.off), of: sum(|one| one.of) })
    }
}

/// A line of the report, cell by cell; what is not for the reader is a dash.
fn cells(name: String, book: &Book, open: impl Fn(Balance) -> Cell, over: (Balance, Balance)) -> Vec<Cell> {
    vec![
        name.into(),
        book.planned.into(),
        book.top_sliced.into(),
        open(book.topped_up),
        open(book.transferred),
        open(book.carried_over),
        open(book.income_used),
        open(book.available()),
        open(book.bound + book.advanced),
        open(book.drawn),
        open(book.free()),
        open(book.income),
        open(over.0),
        open(over.1),
    ]
}

impl Report {
    /// As a table.
    pub(super) fn sheet(&self) -> Sheet {
        let forecast = |one: Option<&Foreseen>| [one.map(|one| one.total).into(), one.map(|one| one.off).into()];
        let pot = |pot: &PotView| {
            let name = format!("{}: {}", pot.region_name, t(&format!("money-{}", pot.kind.code())));
            let mut row = cells(name, &pot.book, |sum| pot.open(sum).into(), pot.over_plan);
            row.extend(forecast(self.foreseen(pot)));
            row.push(pot.on.german().into());
            row
        };
        let total = |total: &KindTotal| {
            let name = t_with("report-total", &[("x", &t(&format!("money-{}", total.kind.code())))]);
            let mut row = cells(name, &total.book, |sum| total.open(sum).into(), total.over_plan);
            row.extend(forecast(self.foreseen_in_all(total).as_ref()));
            row.push("".into());
            row
        };
        let keys = [
            "report-pot",
            "budget-planned",
            "budget-top-sliced",
            "budget-topped-up",
            "budget-moved",
            "report-carried",
            "report-income-used",
            "budget-available",
            "budget-committed",
            "budget-drawn",
            "budget-free",
            "budget-income",
            "report-over-plan-open",
            "report-over-plan-covered",
            "report-forecast",
            "report-off",
            "report-on",
        ];
        let rows = self.shown.pots.iter().map(pot).chain(self.totals.iter().map(total));
        Sheet { head: keys.map(t).to_vec(), rows: rows.collect() }
    }
}

/// What a region will need for claims until the end of the year.
pub(crate) struct Foreseen {
    region: RegionId,
    pub(crate) total: Balance,
    /// More than may be used, or less.
    pub(crate) off: Balance,
    of: Balance,
}

impl Foreseen {
    pub(crate) fn is_to_be_talked_about(&self) -> bool {
        i128::from(self.off.cents().unsigned_abs()) * 100
            > TALK_FROM_PERCENT * i128::from(self.of.cents().unsigned_abs())
    }
}

#[derive(Template)]
#[template(path = "budget/flow.html")]
struct FlowPage {
    frame: Frame,
    shown: Overview,
    picture: Sankey,
    filter: FormView,
    regions: Vec<Choice>,
    years: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "budget/report.html")]
struct ReportPage {
    frame: Frame,
    report: Report,
    region: String,
    filter: FormView,
    regions: Vec<Choice>,
    years: Vec<Choice>,
    file: String,
    flow: String,
}

impl ReportPage {
    fn book(&self, pot: &PotView) -> String {
        let (region, year, on) = (pot.region.to_string(), self.report.shown.year.to_string(), self.report.shown.on);
        let pairs = [("region", region.as_str()), ("jahr", &year), ("mittel", pot.kind.code())];
        link("/budget", &[pairs.as_slice(), &[("stichtag", &on.to_string())]].concat())
    }

    /// Ends of months, of quarters and of the year.
    fn ends(&self) -> [(&'static str, Vec<(String, String)>); 3] {
        let year = self.report.shown.year;
        let end = |month: i8| {
            let on = Day::new(year, month, 1).ok()?.month_end().to_string();
            let pairs = [("region", self.region.as_str()), ("jahr", on.get(..4)?), ("stichtag", &on)];
            Some(link("/budget/bericht", &pairs))
        };
        let months = (1..=12).filter_map(|month| Some((t(&format!("month-{month}")), end(month)?)));
        let quarters =
            (1..=4_i8).filter_map(|n| Some((t_with("report-quarter-n", &[("x", &n.to_string())]), end(n * 3)?)));
        let all = end(12).map(|path| (year.to_string(), path));
        [
            ("report-months", months.collect()),
            ("report-quarters", quarters.collect()),
            ("report-year", all.into_iter().collect()),
        ]
    }
}

/// A sum without its sign: the head of the table says euros.
fn plain(sum: impl Borrow<Balance>) -> String {
    sum.borrow().german().trim_end_matches(" €").to_owned()
}

/// A sum, or a dash for those whom it is not for.
fn or_dash(sum: Option<Balance>) -> String {
    sum.map_or_else(|| "–".to_owned(), plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_percent_are_talked_about_from_the_first_cent_above() {
        let of = |off, of| {
            let (off, of) = (Balance::from_cents(off), Balance::from_cents(of));
            Foreseen { region: RegionId(Uuid::nil()), total: of + off, off, of }.is_to_be_talked_about()
        };
        assert!(!of(500, 10_000) && of(501, 10_000) && of(-501, 10_000) && !of(0, 0) && of(1, 0));
    }
}
