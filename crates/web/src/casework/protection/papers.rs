// SPDX-License-Identifier: EUPL-1.2
//! The papers of a procedure, each as a page and as PDF.

use super::paper::{Paper, answer, sheet};
use crate::casework::head::CaseHead;
use crate::casework::record_page::RecordPage;
use crate::kit::{Asks, Id, Oops, Routes, SignedIn, Web, page, pressed};
use app::casework::protection;
use axum::extract::{Query, State};
use axum::response::Response;
use documents::record;
use domain::access::Action;
use domain::kernel::{ProtectionId, ReportId};
use serde::Deserialize;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let see = Asks::For(Action::SeeProtection);
    Routes::default()
        .get("/schutz/{id}/anrufung", see, court_call)
        .get("/schutz/{id}/anrufung/pdf", see, court_call_pdf)
        .get("/schutz/{id}/schutzplan", see, plan)
        .get("/schutz/{id}/schutzplan/pdf", see, plan_pdf)
        .get("/schutz/{id}/rueckmeldung", see, feedback)
        .get("/schutz/{id}/rueckmeldung/pdf", see, feedback_pdf)
}

async fn read(web: &Web, who: &SignedIn, (paper, id): (Paper, ProtectionId)) -> Result<Response, Oops> {
    let shown = protection::one(&web.app, &who.actor, id).await?;
    let made = RecordPage::new(web, who, ("nav-cases", &paper.address(id)), sheet(paper, &shown)?);
    Ok(page(&made.of_case(CaseHead::new(&shown.case, &shown.people, web.app.today(), "protection"))))
}

async fn print(web: &Web, who: &SignedIn, (paper, id): (Paper, ProtectionId)) -> Result<Response, Oops> {
    let shown = sheet(paper, &protection::one(&web.app, &who.actor, id).await?)?;
    let today = web.app.today();
    pressed(&paper.file(id), move || record(&shown, today)).await
}

async fn court_call(State(web): State<Web>, who: SignedIn, Id(id): Id<ProtectionId>) -> Result<Response, Oops> {
    read(&web, &who, (Paper::CourtCall, id)).await
}

async fn court_call_pdf(State(web): State<Web>, who: SignedIn, Id(id): Id<ProtectionId>) -> Result<Response, Oops> {
    print(&web, &who, (Paper::CourtCall, id)).await
}

async fn plan(State(web): State<Web>, who: SignedIn, Id(id): Id<ProtectionId>) -> Result<Response, Oops> {
    read(&web, &who, (Paper::Plan, id)).await
}

async fn plan_pdf(State(web): State<Web>, who: SignedIn, Id(id): Id<ProtectionId>) -> Result<Response, Oops> {
    print(&web, &who, (Paper::Plan, id)).await
}

/// Which reporter's answer is asked for; without it, the one that was answered last.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    meldung: String,
}

impl Asked {
    fn report(&self) -> Option<ReportId> {
        self.meldung.parse().ok()
    }
}

async fn feedback(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ProtectionId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let shown = protection::one(&web.app, &who.actor, id).await?;
    let made = RecordPage::new(&web, &who, ("nav-cases", &told_at(id)), answer(asked.report(), &shown)?);
    let made = match asked.report() {
        Some(report) => made.asking(&format!("meldung={report}")),
        None => made,
    };
    Ok(page(&made.of_case(CaseHead::new(&shown.case, &shown.people, web.app.today(), "protection"))))
}

async fn feedback_pdf(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ProtectionId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let shown = answer(asked.report(), &protection::one(&web.app, &who.actor, id).await?)?;
    let today = web.app.today();
    pressed(&format!("feedback-{id}.pdf"), move || record(&shown, today)).await
}

/// The page of the answers to reporters.
fn told_at(id: ProtectionId) -> String {
    format!("/schutz/{id}/rueckmeldung")
}
