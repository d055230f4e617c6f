// SPDX-License-Identifier: EUPL-1.2
//! A case in short, and what happens when two write on it at once: both texts are shown, nothing is lost.

use super::head::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::Failure;
use app::casework::briefs::{self, BriefPage, BriefView, Met};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::NewBrief;
use domain::kernel::{CaseId, Day, MergePiece, Refusals, Side};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/faelle/{id}/kurz", Asks::For(Action::SeeCase), show).post(
        "/faelle/{id}/kurz",
        Asks::For(Action::WorkOnCase),
        write,
    )
}

// Forms -----------------------------------------------------------------------------------------------

fn parse(form: &FormData) -> Result<NewBrief, Refusals> {
    let based_on = form.value("based_on").parse().unwrap_or(0);
    let mut read = Parser::new(form);
    let words = read.note("words");
    read.finish(words.map(|words| NewBrief { based_on, words }))
}

/// The form upon a version; the version is part of the drafts' key.
fn form_upon(web: &Web, case: CaseId, based_on: i64) -> FormView {
    let form = FormView::new("brief", web.app.fresh()).with("based_on", based_on);
    form.with_drafts(briefs::form(case, based_on), Vec::new())
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let shown = briefs::page(&web.app, &who.actor, case).await?;
    let newest = shown.versions.first().map_or(0, |one| one.number);
    let met = match shown.begun.clone() {
        // What was begun before somebody else saved is put beside it, not over it.
        Some(begun) => briefs::meet(&web.app, &who.actor, case, begun).await?,
        None => None,
    };
    let text = match (&met, &shown.begun, shown.versions.first()) {
        (Some(met), ..) => met.merge.text(),
        (None, Some((_, words)), _) => words.clone(),
        (None, None, latest) => latest.map(|one| one.words.clone()).unwrap_or_default(),
    };
    let form = form_upon(&web, case, newest).with("words", text);
    Ok(page(&BriefTemplate::new(Frame::new(&web, &who, "nav-cases"), shown, (form, met), web.app.today())))
}

async fn write(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let new = parse(&form);
    let sent = new.as_ref().ok().map(|new| (new.based_on, new.words.as_str().to_owned()));
    let done = attempt(new, |new| briefs::write(&web.app, &who.actor, Some(key), case, new)).await;
    match (done, sent) {
        (Ok(Ok(_)), _) => Ok(redirect(&format!("/faelle/{case}/kurz"))),
        (Ok(Err(wrong)), _) => again(&web, &who, case, |blank| (blank.refused(&form, &wrong), None)).await,
        (Err(Oops::Failed(Failure::Stale)), Some(sent)) => {
            let met = briefs::meet(&web.app, &who.actor, case, sent).await?;
            let text = met.as_ref().map(|met| met.merge.text()).unwrap_or_default();
            again(&web, &who, case, |blank| (blank.with("words", text), met)).await
        }
        (Err(other), _) => Err(other),
    }
}

/// The page again, with the form as it is to be shown and what met.
async fn again(
    web: &Web,
    who: &SignedIn,
    case: CaseId,
    put: impl FnOnce(FormView) -> (FormView, Option<Met>) + Send,
) -> Result<Response, Oops> {
    let shown = briefs::page(&web.app, &who.actor, case).await?;
    let newest = shown.versions.first().map_or(0, |one| one.number);
    let put = put(form_upon(web, case, newest));
    Ok(refused(&BriefTemplate::new(Frame::new(web, who, "nav-cases"), shown, put, web.app.today())))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/brief.html")]
struct BriefTemplate {
    frame: Frame,
    head: CaseHead,
    shown: BriefPage,
    form: FormView,
    met: Option<Met>,
}

impl BriefTemplate {
    fn new(frame: Frame, shown: BriefPage, (form, met): (FormView, Option<Met>), today: Day) -> Self {
        Self { head: CaseHead::new(&shown.case, &shown.people, today, "overview"), frame, shown, form, met }
    }

    /// The version that holds, and those before it.
    fn newest(&self) -> Option<&BriefView> {
        self.shown.versions.first()
    }

    fn earlier(&self) -> &[BriefView] {
        self.shown.versions.get(1..).unwrap_or_default()
    }

    fn is_clash(&self, piece: &MergePiece) -> bool {
        piece.side == Side::Clash
    }

    /// Message of who changed a piece; what both have needs none.
    fn whose(&self, piece: &MergePiece) -> Option<&'static str> {
        match piece.side {
            Side::Mine => Some("merge-mine"),
            Side::Theirs => Some("merge-theirs"),
            Side::Both | Side::Clash => None,
        }
    }

    fn changed<'a>(&self, piece: &'a MergePiece) -> &'a str {
        if piece.side == Side::Theirs { &piece.theirs } else { &piece.mine }
    }
}
