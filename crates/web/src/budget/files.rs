// SPDX-License-Identifier: EUPL-1.2
//! What the pages of the budget show, as files: CSV and XLSX, with the rights of the page.

use super::report::Report;
use super::years::known;
use super::{Asked, signed_cents};
use crate::kit::sheet::{Cell, Sheet};
use crate::kit::{Asks, Id, Oops, Routes, SignedIn, Web, t};
use app::budget::{self, BookLine};
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::budget::Purpose;
use domain::kernel::Balance;
use serde::Deserialize;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let see = Asks::For(Action::SeeBudget);
    Routes::default().get("/budget/buchungsliste", see, book).get("/budget/jahre/{id}/uebersicht", see, year).get(
        "/budget/jahre/{id}/statistik",
        see,
        statistics,
    )
}

/// Which kind of file.
#[derive(Deserialize)]
struct Format {
    #[serde(default)]
    als: String,
}

fn head(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| t(key)).collect()
}

async fn book(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let shown = asked.page(&web, &who).await?;
    let lines = budget::book_lines(&web.app, &who.actor, (shown.region, shown.year), asked.filter()).await?;
    Ok(lines_sheet(&lines).file(&format!("buchungen-{}", shown.year), &asked.als))
}

fn lines_sheet(lines: &[BookLine]) -> Sheet {
    let row = |line: &BookLine| {
        vec![
            Cell::from(line.seq.to_string()),
            line.on.german().into(),
            t(&format!("entry-{}", line.kind)).into(),
            t(&format!("account-{}", line.source)).into(),
            t(&format!("account-{}", line.target)).into(),
            Cell::Cents(signed_cents(line.amount, &line.kind)),
            line.note.as_str().into(),
            line.case_number.clone().unwrap_or_default().into(),
            line.agency.clone().unwrap_or_default().into(),
            line.by.as_str().into(),
        ]
    };
    let keys = [
        "budget-col-number",
        "budget-col-day",
        "budget-col-kind",
        "budget-col-source",
        "budget-col-target",
        "budget-col-amount",
        "budget-col-note",
        "case",
        "services-agency",
        "budget-col-by",
    ];
    Sheet { head: head(&keys), rows: lines.iter().map(row).collect() }
}

async fn year(
    State(web): State<Web>,
    who: SignedIn,
    Id(year): Id<String>,
    Query(format): Query<Format>,
) -> Result<Response, Oops> {
    let year = known(&year)?;
    let shown = budget::overview(&web.app, &who.actor, year, None, None).await?;
    let report = Report::of(&web, &who, shown).await?;
    Ok(report.sheet().file(&format!("haushaltsjahr-{year}"), &format.als))
}

async fn statistics(
    State(web): State<Web>,
    who: SignedIn,
    Id(year): Id<String>,
    Query(format): Query<Format>,
) -> Result<Response, Oops> {
    let year = known(&year)?;
    let shown = budget::year_page(&web.app, &who.actor, year).await?;
    Ok(statistics_sheet(&shown.expenditure).file(&format!("statistik-teil-4-{year}"), &format.als))
}

fn statistics_sheet(lines: &[(Purpose, Balance)]) -> Sheet {
    let row = |(purpose, sum): &(Purpose, Balance)| {
        let words = |kind: &str, code: &str| Cell::from(t(&format!("{kind}-{code}")));
        vec![
            Cell::from(purpose.line()),
            words("paragraph", purpose.paragraph.code()),
            words("help-form", purpose.form.code()),
            words("side", purpose.side.code()),
            words("product", purpose.product.code()),
            words("flow", purpose.flow.code()),
            Cell::from(*sum),
        ]
    };
    let keys = [
        "budget-col-line",
        "budget-col-paragraph",
        "budget-col-form",
        "budget-col-side",
        "budget-col-product",
        "budget-col-flow",
        "budget-col-amount",
    ];
    Sheet { head: head(&keys), rows: lines.iter().map(row).collect() }
}
