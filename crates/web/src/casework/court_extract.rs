// SPDX-License-Identifier: EUPL-1.2
//! The extract of a plan for a family court (§ 50(2) SGB VIII): made by a form, kept on record, printed as PDF.

use super::sheet::{help_name, span};
use super::sheet_notes::in_words;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, pressed, redirect, t,
    t_with,
};
use app::casework::court_extract::{self, ExtractLine, ExtractPaper};
use app::casework::plan;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use documents::ExtractSheet;
use domain::access::Action;
use domain::casework::{HelpKind, NewExtract, Proceeding, ReviewResult};
use domain::kernel::{CaseId, CourtExtractId, PlanId, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Routes::default()
        .get("/hilfeplaene/{id}/gericht", see, form_page)
        .post("/hilfeplaene/{id}/gericht", work, make)
        .get("/gerichtsauszuege/{id}", see, read)
        .get("/gerichtsauszuege/{id}/pdf", see, paper)
}

fn parse(form: &FormData) -> Result<NewExtract, Refusals> {
    let mut read = Parser::new(form);
    let (court, file_number) = (read.line("court"), read.maybe_line("file_number"));
    let proceeding = read.code("proceeding", Proceeding::from_code);
    let (asked_on, reviews) = (read.maybe_day("asked_on"), read.maybe_note("reviews"));
    let value = (|| {
        Some(NewExtract {
            court: court?,
            file_number: file_number?,
            proceeding: proceeding?,
            asked_on: asked_on?,
            reviews: reviews?,
        })
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn form_page(State(web): State<Web>, who: SignedIn, Id(id): Id<PlanId>) -> Result<Response, Oops> {
    let form = FormView::new("court", web.app.fresh());
    Ok(page(&CourtPage::load(&web, &who, id, form).await?))
}

async fn make(State(web): State<Web>, who: SignedIn, Id(id): Id<PlanId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse(&form), |new| court_extract::make(&web.app, &who.actor, Some(key), id, new)).await?;
    match done {
        Ok(_) => Ok(redirect(&format!("/hilfeplaene/{id}/gericht#auszuege"))),
        Err(wrong) => {
            let view = FormView::new("court", key.id).refused(&form, &wrong);
            Ok(refused(&CourtPage::load(&web, &who, id, view).await?))
        }
    }
}

async fn read(State(web): State<Web>, who: SignedIn, Id(id): Id<CourtExtractId>) -> Result<Response, Oops> {
    let made = court_extract::paper(&web.app, &who.actor, id).await?;
    let (frame, sheet) = (Frame::new(&web, &who, "nav-cases"), sheet(&made));
    Ok(page(&ReadPage { frame, id, case: made.case.id, plan: made.view.plan, sheet }))
}

async fn paper(State(web): State<Web>, who: SignedIn, Id(id): Id<CourtExtractId>) -> Result<Response, Oops> {
    let shown = sheet(&court_extract::paper(&web.app, &who.actor, id).await?);
    let name = format!("auszug-{}.pdf", shown.case_number);
    pressed(&name, move || documents::court_extract(&shown)).await
}

/// The three contents in words, and where they go.
pub fn sheet(made: &ExtractPaper) -> ExtractSheet {
    let (view, contents) = (&made.view, &made.contents);
    let paragraph = HelpKind::from_code(&contents.help).map(HelpKind::paragraph).unwrap_or_default();
    let mut help =
        vec![format!("{} ({paragraph}), {}", help_name(&contents.help), span(contents.from, contents.until))];
    help.extend(Some(contents.services.clone()).filter(|services| !services.is_empty()));
    help.extend(contents.extent.map(|extent| t_with("plan-paper-extent", &[("x", &in_words(extent))])));
    let mut reviews: Vec<String> = contents.reviews.iter().map(review).collect();
    reviews.extend(view.reviews.clone());
    ExtractSheet {
        office: made.office.clone(),
        court: view.court.clone(),
        file_number: view.file_number.clone().unwrap_or_default(),
        case_number: made.case.number.clone(),
        family: super::head::family(&made.case.family),
        matter: t(&format!("proceeding-{}", view.proceeding.code())),
        made_on: view.made_on,
        need: contents.need.clone(),
        help,
        reviews,
    }
}

/// "Überprüfung am 01.03.2027: Bewilligt: …"
fn review(one: &ReviewResult) -> String {
    let outcome = if one.granted { "plan-sheet-granted" } else { "plan-sheet-refused" };
    let outcome = t_with(outcome, &[("help", &help_name(&one.help)), ("span", &span(one.from, one.until))]);
    t_with("court-review", &[("day", &one.on.german()), ("x", &outcome)])
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/court_extract.html")]
struct CourtPage {
    frame: Frame,
    id: PlanId,
    case: CaseId,
    case_number: String,
    version: i64,
    granted: bool,
    form: FormView,
    proceedings: Vec<Choice>,
    made: Vec<ExtractLine>,
}

impl CourtPage {
    async fn load(web: &Web, who: &SignedIn, id: PlanId, form: FormView) -> Result<Self, Oops> {
        let (case, version, _) = plan::version(&web.app, &who.actor, id).await?;
        let codes: Vec<&str> = Proceeding::ALL.iter().map(|one| one.code()).collect();
        Ok(Self {
            frame: Frame::new(web, who, "nav-cases"),
            id,
            case: case.id,
            case_number: case.number,
            version: version.content.version,
            granted: version.content.granted,
            form,
            proceedings: Choice::words("proceeding", &codes),
            made: court_extract::of_case(&web.app, &who.actor, case.id).await?,
        })
    }
}

/// What a family court reads, on the screen.
#[derive(Template)]
#[template(path = "casework/court_paper.html")]
struct ReadPage {
    frame: Frame,
    id: CourtExtractId,
    case: CaseId,
    plan: PlanId,
    sheet: ExtractSheet,
}

impl ReadPage {
    fn facts(&self) -> [(&'static str, String); 7] {
        let sheet = &self.sheet;
        [
            ("court-paper-from", sheet.office.clone()),
            ("court-paper-to", sheet.court.clone()),
            ("court-paper-file-number", sheet.file_number.clone()),
            ("court-paper-matter", sheet.matter.clone()),
            ("court-paper-number", sheet.case_number.clone()),
            ("court-paper-family", sheet.family.clone()),
            ("court-paper-date", sheet.made_on.german()),
        ]
    }

    const fn contents(&self) -> [(&'static str, &Vec<String>); 3] {
        let ExtractSheet { need, help, reviews, .. } = &self.sheet;
        [("court-paper-need", need), ("court-paper-help", help), ("court-paper-reviews", reviews)]
    }
}
