// SPDX-License-Identifier: EUPL-1.2
//! Importing figures of spaces: choose a table, look at what would be taken, take it.

use crate::kit::answer::refused;
use crate::kit::sheet::Sheet;
use crate::kit::{Asks, Choice, FormView, Frame, LARGE, Oops, Routes, SignedIn, Uploaded, Web, filters, page, t};
use app::territory::{self, FiguresReport};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::Refusals;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let manage = Asks::For(Action::ManageTerritory);
    Routes::default()
        .get("/sozialraeume/kennzahlen", manage, show)
        .post("/sozialraeume/kennzahlen", manage, import)
        .get("/sozialraeume/kennzahlen/vorlage", manage, template)
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let form = FormView::new("figures-in", web.app.fresh()).with("look", "look");
    Ok(page(&FiguresPage::new(&web, &who, form, None)))
}

async fn import(State(web): State<Web>, who: SignedIn, sent: Uploaded<LARGE>) -> Result<Response, Oops> {
    who.must(Action::ManageTerritory)?;
    let key = sent.form.key()?;
    let Some(file) = sent.file("table") else {
        let wrong = Refusals::from(app::territory::RECUT_FILE_MISSING.broken_at("table"));
        let form = FormView::new("figures-in", key.id).refused(&sent.form, &wrong);
        return Ok(refused(&FiguresPage::new(&web, &who, form, None)));
    };
    let only_look = sent.form.value("look") == "look";
    let table = (file.name.as_str(), file.bytes.as_slice());
    let report = territory::import_figures(&web.app, &who.actor, Some(key), table, only_look).await?;
    let form = FormView::new("figures-in", web.app.fresh());
    Ok(page(&FiguresPage::new(&web, &who, form, Some(report))))
}

async fn template() -> Result<Response, Oops> {
    let row = ["100100100", "Einwohner", "6.200", "", "Melderegister", "31.12.2025", "Menschen", ""];
    let part = ["100100100", "Unter 18", "1.100", "", "Melderegister", "31.12.2025", "Menschen", "Einwohner"];
    let head = ["Schlüssel", "Merkmal", "Wert", "Einheit", "Quelle", "Stand", "Art", "Teil von"];
    let rows = [row, part].map(|row| row.map(Into::into).into()).into();
    Ok(Sheet { head: head.map(str::to_owned).into(), rows }.file("kennzahlen-vorlage", "csv"))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "territory/figures.html")]
struct FiguresPage {
    frame: Frame,
    form: FormView,
    report: Option<FiguresReport>,
    looks: [Choice; 1],
}

impl FiguresPage {
    fn new(web: &Web, who: &SignedIn, form: FormView, report: Option<FiguresReport>) -> Self {
        let looks = [Choice::new("look", t("figures-in-look-only"))];
        Self { frame: Frame::new(web, who, "nav-spaces"), form, report, looks }
    }
}
