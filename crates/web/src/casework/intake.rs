// SPDX-License-Identifier: EUPL-1.2
//! Intake: one page with five mandatory fields, the board, a report.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::casework::intake::{self, FORM, Receipt, ReportPage, Similar, TakeIn};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::casework::{Channel, Danger, FamilyTold, NewReport, Outcome, Reporter, ReporterKind, Step, Urgency, YesNo};
use domain::kernel::{Refusals, ReportId};
use domain::territory::Address;
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/eingang/neu", Asks::For(Action::TakeInReport), blank)
        .post("/eingang/neu", Asks::For(Action::TakeInReport), take_in)
        .get("/eingang/dubletten", Asks::For(Action::FindDuplicates), similar)
        .get("/eingang/{id}", Asks::For(Action::SeeReport), report)
        .get("/eingang/{id}/aufgenommen", Asks::For(Action::TakeInReport), receipt)
        .post("/eingang/{id}/zuordnen", Asks::For(Action::AssignReport), assign)
        .post("/eingang/{id}/meldeperson", Asks::For(Action::SeeReporter), reporter)
        .post("/eingang/{id}/fall", Asks::For(Action::WorkOnCase), open_case)
}

// Forms -----------------------------------------------------------------------------------------------

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| code(*item)).collect()
}

fn parse_take_in(form: &FormData) -> Result<TakeIn, Refusals> {
    let mut read = Parser::new(form);
    let received = read.moment("received");
    let channel = read.code("channel", Channel::from_code);
    let said = read.note("said");
    let place = read.line("place");
    let danger = read.code("danger", Danger::from_code);
    let family = read.maybe_name("family");
    // A name without a kind would be dropped as anonymous, and nobody could be rung back.
    let named = ["reporter_name", "reporter_contact"].iter().any(|field| !form.value(field).trim().is_empty());
    let kind = read.with("reporter", |text| match ReporterKind::from_code(text) {
        None if named || !text.is_empty() => Err(CHOICE_MISSING.broken()),
        kind => Ok(kind),
    });
    let name = read.maybe_name("reporter_name");
    let contact = read.maybe_line("reporter_contact");
    let value = (|| {
        let place = place?;
        Some(TakeIn {
            address: Address::read(place.as_str()),
            report: NewReport {
                received: received?,
                channel: channel?,
                said: said?,
                place,
                danger: danger?,
                family: family?,
            },
            // Nothing said about the reporter is kept as "anonymous", not made up.
            reporter: Reporter::new(kind?.unwrap_or(ReporterKind::Anonymous), name?, contact?),
        })
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn blank(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let drafts = intake::begun(&web.app, &who.actor).await?;
    let form = FormView::new("intake", web.app.fresh()).with_drafts(FORM.to_owned(), drafts);
    let form = form.with("received", web.app.now().local_input());
    Ok(page(&IntakePage::new(Frame::new(&web, &who, "nav-intake"), form)))
}

async fn take_in(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let taken =
        attempt(parse_take_in(&form), |new| intake::take_in_report(&web.app, &who.actor, Some(key), new)).await?;
    match taken {
        Ok(id) => Ok(redirect(&format!("/eingang/{id}/aufgenommen"))),
        Err(wrong) => {
            let view = FormView::new("intake", key.id).with_drafts(FORM.to_owned(), Vec::new()).refused(&form, &wrong);
            Ok(refused(&IntakePage::new(Frame::new(&web, &who, "nav-intake"), view)))
        }
    }
}

/// What was typed so far.
#[derive(Deserialize)]
struct SimilarQuery {
    #[serde(default)]
    family: String,
}

async fn similar(State(web): State<Web>, who: SignedIn, Query(asked): Query<SimilarQuery>) -> Result<Response, Oops> {
    let found = intake::similar(&web.app, &who.actor, asked.family).await?;
    Ok(page(&SimilarFragment { found }))
}

async fn receipt(State(web): State<Web>, who: SignedIn, Id(id): Id<ReportId>) -> Result<Response, Oops> {
    let receipt = intake::receipt(&web.app, &who.actor, id).await?;
    Ok(page(&ReceiptPage { frame: Frame::new(&web, &who, "nav-intake"), id, receipt }))
}

async fn report(State(web): State<Web>, who: SignedIn, Id(id): Id<ReportId>) -> Result<Response, Oops> {
    let shown = intake::report(&web.app, &who.actor, id).await?;
    let forms = ReportForms::blank(&web, &shown);
    Ok(page(&ReportTemplate::new(Frame::new(&web, &who, "nav-intake"), shown, forms)))
}

/// Shows who reported, in answer to this one question; the page itself never does (N17).
async fn reporter(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ReportId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let reason = read.maybe_note("reporter_reason");
    let asked = read.finish(reason);
    let told = attempt(asked, |reason| intake::show_reporter(&web.app, &who.actor, Some(key), id, reason)).await?;
    let shown = intake::report(&web.app, &who.actor, id).await?;
    let mut forms = ReportForms::blank(&web, &shown);
    let frame = Frame::new(&web, &who, "nav-intake");
    match told {
        Ok(reporter) => {
            Ok(page(&ReportTemplate { reporter: Some(reporter), ..ReportTemplate::new(frame, shown, forms) }))
        }
        Err(wrong) => {
            forms.reporter = FormView::new("report", key.id).refused(&form, &wrong);
            Ok(refused(&ReportTemplate::new(frame, shown, forms)))
        }
    }
}

async fn assign(State(web): State<Web>, who: SignedIn, Id(id): Id<ReportId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let (space, reason) = (read.id("space"), read.maybe_note("reason"));
    let parsed = read.finish(space.zip(reason));
    let done = attempt(parsed, |to| intake::assign(&web.app, &who.actor, Some(key), id, to)).await?;
    match done {
        Ok(_) => Ok(redirect(&format!("/eingang/{}/aufgenommen", id))),
        Err(wrong) => {
            let shown = intake::report(&web.app, &who.actor, id).await?;
            let mut forms = ReportForms::blank(&web, &shown);
            forms.assign = FormView::new("assign", key.id).refused(&form, &wrong);
            Ok(refused(&ReportTemplate::new(Frame::new(&web, &who, "nav-intake"), shown, forms)))
        }
    }
}

async fn open_case(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ReportId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let family = read.name("family");
    let done =
        attempt(read.finish(family), |family| intake::open_case(&web.app, &who.actor, Some(key), id, family)).await?;
    match done {
        Ok(case) => Ok(redirect(&format!("/faelle/{case}"))),
        Err(wrong) => {
            let shown = intake::report(&web.app, &who.actor, id).await?;
            let mut forms = ReportForms::blank(&web, &shown);
            forms.open = FormView::new("open-case", key.id).refused(&form, &wrong);
            Ok(refused(&ReportTemplate::new(Frame::new(&web, &who, "nav-intake"), shown, forms)))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/intake.html")]
struct IntakePage {
    frame: Frame,
    form: FormView,
    channels: Vec<Choice>,
    dangers: Vec<Choice>,
    reporters: Vec<Choice>,
}

impl IntakePage {
    fn new(frame: Frame, form: FormView) -> Self {
        Self {
            frame,
            form,
            channels: Choice::words("channel", &codes(Channel::ALL, Channel::code)),
            dangers: Choice::words("danger", &codes(Danger::ALL, Danger::code)),
            reporters: Choice::words("reporter", &codes(ReporterKind::ALL, ReporterKind::code)),
        }
    }
}

#[derive(Template)]
#[template(path = "casework/similar.html")]
struct SimilarFragment {
    found: Vec<Similar>,
}

#[derive(Template)]
#[template(path = "casework/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    id: ReportId,
    receipt: Receipt,
}

/// The forms under a report.
struct ReportForms {
    assign: FormView,
    open: FormView,
    reporter: FormView,
    moved: FormView,
    feedback: FormView,
}

impl ReportForms {
    fn blank(web: &Web, shown: &ReportPage) -> Self {
        let open = FormView::new("open-case", web.app.fresh());
        Self {
            assign: FormView::new("assign", web.app.fresh()),
            open: open.with("family", shown.report.family.clone().unwrap_or_default()),
            reporter: FormView::new("report", web.app.fresh()),
            moved: FormView::new("move", web.app.fresh())
                .with("step", shown.desk.at.step.code())
                .with("urgency", shown.desk.at.urgency.code())
                .with("owner", shown.desk.at.owner.map(|owner| owner.to_string()).unwrap_or_default()),
            feedback: FormView::new("feedback", web.app.fresh()).with("told_on", web.app.today()),
        }
    }
}

#[derive(Template)]
#[template(path = "casework/report.html")]
pub(super) struct ReportTemplate {
    frame: Frame,
    shown: ReportPage,
    forms: ReportForms,
    spaces: Vec<Choice>,
    steps: Vec<Choice>,
    urgencies: Vec<Choice>,
    owners: Vec<Choice>,
    outcomes: Vec<Choice>,
    yes_no: Vec<Choice>,
    told: Vec<Choice>,
    /// Only in answer to the question who it was.
    reporter: Option<Reporter>,
}

impl ReportTemplate {
    fn new(frame: Frame, shown: ReportPage, forms: ReportForms) -> Self {
        let label = |space: &app::territory::SpaceLine| format!("{} ({})", space.name, space.team_name);
        let spaces = shown.spaces.iter().map(|space| Choice::new(space.id, label(space))).collect();
        let owners = shown.desk.colleagues.iter().map(|(id, name)| Choice::new(id, name.clone())).collect();
        Self {
            frame,
            shown,
            forms,
            spaces,
            steps: Choice::words("step", &codes(Step::ALL, Step::code)),
            urgencies: Choice::words("urgency", &codes(Urgency::ALL, Urgency::code)),
            owners,
            outcomes: Choice::words("outcome", &codes(Outcome::ALL, Outcome::code)),
            yes_no: Choice::words("yes-no", &codes(YesNo::ALL, YesNo::code)),
            told: Choice::words("family-told", &codes(FamilyTold::ALL, FamilyTold::code)),
            reporter: None,
        }
    }

    /// The page with one of the board's forms refused.
    pub(super) fn with(web: &Web, who: &SignedIn, shown: ReportPage, form: FormView) -> Self {
        let mut forms = ReportForms::blank(web, &shown);
        if form.is_for("move") {
            forms.moved = form;
        } else {
            forms.feedback = form;
        }
        Self::new(Frame::new(web, who, "nav-intake"), shown, forms)
    }

    fn owner(&self) -> Option<&str> {
        let owner = self.shown.desk.at.owner?;
        self.shown.desk.colleagues.iter().find(|(id, _)| *id == owner).map(|(_, name)| name.as_str())
    }

    fn waits_for_space(&self) -> bool {
        self.shown.report.stage == intake::Stage::Unassigned
    }
}
