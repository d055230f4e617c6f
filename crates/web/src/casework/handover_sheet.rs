// SPDX-License-Identifier: EUPL-1.2
//! The hand-over sheet: one page for whoever takes a case over, for the screen and for paper.

use super::head::CaseHead;
use crate::deadlines::DueLine;
use crate::kit::{Asks, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::casework::handover_sheet::{self, Sheet};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::CaseId;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/faelle/{id}/uebergabeblatt", Asks::For(Action::SeeCase), show)
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let mut shown = handover_sheet::sheet(&web.app, &who.actor, case).await?;
    let today = web.app.today();
    let next = std::mem::take(&mut shown.next);
    Ok(page(&SheetPage {
        head: CaseHead::new(&shown.case, &shown.people, today, "area"),
        next: next.into_iter().map(|one| DueLine::new(one, today, who.actor.user)).collect(),
        frame: Frame::new(&web, &who, "nav-cases"),
        shown,
    }))
}

#[derive(Template)]
#[template(path = "casework/handover_sheet.html")]
struct SheetPage {
    frame: Frame,
    head: CaseHead,
    shown: Sheet,
    next: Vec<DueLine>,
}
