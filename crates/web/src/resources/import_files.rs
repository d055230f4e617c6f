// SPDX-License-Identifier: EUPL-1.2
//! Files around imports: templates to fill in, the whole list of what is said, rows that were left out.

use super::import_view::{SaidView, column_name, defaults, plan_of, words};
use crate::kit::sheet::{Cell, Sheet};
use crate::kit::{Asks, FormData, Id, Oops, Routes, SignedIn, Web, t};
use app::resources;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::CardImportId;
use domain::resources::exchange::Column;

/// The row that shows how it goes; it is never taken.
const EXAMPLE: &[(Column, &str)] = &[
    (Column::Name, "trade-example-name"),
    (Column::Kind, "card-kind-offer"),
    (Column::Topics, "trade-example-topics"),
    (Column::About, "trade-example-about"),
    (Column::Street, "trade-example-street"),
    (Column::Number, "trade-example-number"),
    (Column::Postcode, "trade-example-postcode"),
    (Column::Town, "trade-example-town"),
    (Column::Times, "trade-example-times"),
    (Column::Visibility, "visibility-public"),
];

/// The room's doors.
pub(super) fn routes() -> Routes {
    let bring = Asks::For(Action::ImportResources);
    Routes::default()
        .get("/ressourcen/importe/vorlage.csv", bring, || template("csv"))
        .get("/ressourcen/importe/vorlage.xlsx", bring, || template("xlsx"))
        .get("/ressourcen/importe/{id}/befunde.csv", bring, findings)
        .get("/ressourcen/importe/{id}/ausgelassen.csv", bring, |web, who, id| left_out(web, who, id, "csv"))
        .get("/ressourcen/importe/{id}/ausgelassen.xlsx", bring, |web, who, id| left_out(web, who, id, "xlsx"))
}

async fn template(kind: &'static str) -> Response {
    let head = Column::ALL.iter().map(|column| column_name(*column)).collect();
    let cell = |column: &Column| {
        let key = EXAMPLE.iter().find(|(known, _)| known == column).map(|(_, key)| *key);
        Cell::from(key.map(t).unwrap_or_default())
    };
    Sheet { head, rows: vec![Column::ALL.iter().map(cell).collect()] }.file("ressourcen-vorlage", kind)
}

async fn findings(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardImportId>,
    RawQuery(query): RawQuery,
) -> Result<Response, Oops> {
    let plan = plan_of(&FormData::of_query(&query.unwrap_or_default())?);
    let seen = resources::look_at_import(&web.app, &who.actor, id, (plan, defaults(), words())).await?;
    let head = ["trade-line", "trade-column", "trade-grave", "trade-sentence", "trade-value"].map(t).into();
    let row = |said| {
        let view = SaidView::of(said);
        [view.line, view.column, view.grave.to_owned(), view.sentence, view.value].map(Cell::from).into()
    };
    Ok(Sheet { head, rows: seen.outcome.said.iter().map(row).collect() }.file("befunde", "csv"))
}

async fn left_out(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CardImportId>,
    kind: &'static str,
) -> Result<Response, Oops> {
    let (mut head, rows) = resources::left_out(&web.app, &who.actor, id).await?;
    head.extend([t("trade-reason"), t("trade-line-then")]);
    let row =
        |(line, cells): (usize, Vec<String>)| cells.into_iter().chain([line.to_string()]).map(Cell::from).collect();
    Ok(Sheet { head, rows: rows.into_iter().map(row).collect() }.file("ausgelassene-zeilen", kind))
}
