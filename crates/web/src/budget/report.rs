// SPDX-License-Identifier: EUPL-1.2
//! Two pages over all pots in sight as of a day: how the money flows, and the report at the end of a month, a quarter,
//! a year. The report also as a file.

use super::files::pots_sheet;
use super::sankey::Sankey;
use super::{Asked, years};
use crate::kit::{Asks, Choice, FormView, Frame, Oops, Routes, SignedIn, Web, filters, link, page, t_with};
use app::budget::{self, Overview, PotView};
use app::forecast::{self, Asked as Question};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::budget::MoneyKind;
use domain::kernel::{Balance, RegionId};
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
    let shown = load(&web, &who, &asked).await?;
    Ok(pots_sheet(&shown).file(&format!("bericht-{}-{}", shown.year, shown.on), &asked.als))
}

async fn report(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let shown = load(&web, &who, &asked).await?;
    let (filter, regions) = filter(&shown, &asked);
    let foreseen = foreseen(&web, &who, &shown).await?;
    let (year, on) = (shown.year.to_string(), shown.on.to_string());
    let pairs = [("region", asked.region.as_str()), ("jahr", &year), ("stichtag", &on)];
    let (file, flow) = (link("/budget/bericht/datei", &pairs), link("/budget/geldfluss", &pairs));
    let years = years(web.app.today().year(), shown.year);
    let frame = Frame::new(&web, &who, "nav-budget");
    Ok(page(&ReportPage { frame, shown, foreseen, filter, regions, years, file, flow }))
}

/// The forecast of claims per region. It is one of today: there is none for days gone by.
async fn foreseen(web: &Web, who: &SignedIn, shown: &Overview) -> Result<Vec<Foreseen>, Oops> {
    let mut out = Vec::new();
    let today = web.app.today();
    if shown.on != today || shown.year != today.year() {
        return Ok(out);
    }
    for pot in shown.pots.iter().filter(|pot| pot.kind == MoneyKind::IndividualClaim && !pot.hidden) {
        let asked = Question { region: Some(pot.region), ..Question::default() };
        let page = forecast::page(&web.app, &who.actor, asked).await?;
        if page.hidden {
            continue;
        }
        let total = page.all.total();
        out.push(Foreseen { region: pot.region, total, off: total - pot.book.available(), of: pot.book.available() });
    }
    Ok(out)
}

/// What a region will need for claims until the end of the year.
struct Foreseen {
    region: RegionId,
    total: Balance,
    /// More than may be used, or less.
    off: Balance,
    of: Balance,
}

impl Foreseen {
    fn is_to_be_talked_about(&self) -> bool {
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
    shown: Overview,
    foreseen: Vec<Foreseen>,
    filter: FormView,
    regions: Vec<Choice>,
    years: Vec<Choice>,
    file: String,
    flow: String,
}

impl ReportPage {
    fn foreseen(&self, pot: &PotView) -> Option<&Foreseen> {
        self.foreseen.iter().find(|one| one.region == pot.region && pot.kind == MoneyKind::IndividualClaim)
    }

    fn book(&self, pot: &PotView) -> String {
        let (region, year, on) = (pot.region.to_string(), self.shown.year.to_string(), self.shown.on.to_string());
        link("/budget", &[("region", &region), ("jahr", &year), ("mittel", pot.kind.code()), ("stichtag", &on)])
    }

    /// Ends of months and quarters of the year, up to today's.
    fn ends(&self) -> Vec<(String, String)> {
        (1..=12)
            .filter_map(|month| {
                let end = domain::kernel::Day::new(self.shown.year, month, 1).ok()?.month_end();
                let on = end.to_string();
                let pairs = [("jahr", on.get(..4)?), ("stichtag", on.as_str())];
                Some((end.german(), link("/budget/bericht", &pairs)))
            })
            .collect()
    }
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
