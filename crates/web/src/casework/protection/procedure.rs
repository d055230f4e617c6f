// SPDX-License-Identifier: EUPL-1.2
//! One procedure: its tasks, what is missing, its papers, its end.

use super::forms::{kind_of, parse_close, parse_parts};
use super::task::{Kept, TASKS, Task};
use crate::casework::cases::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::Failure;
use app::casework::protection::{self, KeptStep, ProcedurePage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::protection::StepKind;
use domain::deadlines::is_overdue;
use domain::kernel::{Day, ProtectionId, Refusals, ReportId};

/// The room's doors.
pub(super) fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeProtection), Asks::For(Action::WorkOnProtection));
    Routes::default()
        .get("/schutz/{id}", see, show)
        .post("/schutz/{id}/schritte", work, keep)
        .post("/schutz/{id}/meldungen", work, join)
        .post("/schutz/{id}/abschluss", Asks::For(Action::DecideOnCase), close)
}

fn parse_join(form: &FormData) -> Result<ReportId, Refusals> {
    let mut read = Parser::new(form);
    let report = read.id("report");
    read.finish(report)
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<ProtectionId>) -> Result<Response, Oops> {
    let shown = protection::one(&web.app, &who.actor, id).await?;
    Ok(page(&ProcedureTemplate::new(&web, &who, shown)))
}

async fn keep(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ProtectionId>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, kind) = (form.key()?, kind_of(&form).ok_or(Oops::Unreadable)?);
    let act = |parts| protection::keep_step(&web.app, &who.actor, Some(key), id, KeptStep { kind, parts });
    match attempt(parse_parts(&form), act).await? {
        Ok(_) => Ok(redirect(&format!("/schutz/{id}#schritt-{}", kind.code()))),
        Err(wrong) => {
            let mut template = template_for(&web, &who, id, &wrong).await?;
            template.refuse(kind, key.id, &form, &wrong);
            Ok(refused(&template))
        }
    }
}

async fn join(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ProtectionId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |report| protection::join_report(&web.app, &who.actor, Some(key), id, report);
    match attempt(parse_join(&form), act).await? {
        Ok(_) => Ok(redirect(&format!("/schutz/{id}#meldungen"))),
        Err(wrong) => {
            let mut template = template_for(&web, &who, id, &wrong).await?;
            template.join = FormView::new("join", key.id).refused(&form, &wrong);
            Ok(refused(&template))
        }
    }
}

async fn close(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ProtectionId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |said| protection::close_procedure(&web.app, &who.actor, Some(key), id, said);
    match attempt(parse_close(&form), act).await? {
        Ok(_) => Ok(redirect(&format!("/schutz/{id}"))),
        Err(wrong) => {
            let mut template = template_for(&web, &who, id, &wrong).await?;
            template.close = FormView::new("protection-close", key.id).refused(&form, &wrong);
            Ok(refused(&template))
        }
    }
}

/// The page for a form that is refused; where the procedure is closed, there is no form left that could say it.
async fn template_for(
    web: &Web,
    who: &SignedIn,
    id: ProtectionId,
    wrong: &Refusals,
) -> Result<ProcedureTemplate, Oops> {
    let shown = protection::one(&web.app, &who.actor, id).await?;
    if shown.procedure.closed_at.is_some() {
        return Err(Failure::Refused(wrong.clone()).into());
    }
    Ok(ProcedureTemplate::new(web, who, shown))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "protection/procedure.html")]
struct ProcedureTemplate {
    frame: Frame,
    head: CaseHead,
    tasks: Vec<Task>,
    joined: Vec<Kept>,
    loose: Vec<Choice>,
    join: FormView,
    close: FormView,
    today: Day,
    shown: ProcedurePage,
}

impl ProcedureTemplate {
    fn new(web: &Web, who: &SignedIn, shown: ProcedurePage) -> Self {
        let report = |one: &protection::ReportLine| Choice::new(one.id, one.received.german());
        let of = |kind: StepKind| shown.steps.iter().filter(move |step| step.kind == kind);
        Self {
            frame: Frame::new(web, who, "nav-cases"),
            head: CaseHead::new(&shown.case, &shown.people, web.app.today(), "protection"),
            tasks: TASKS.iter().map(|kind| Task::new(web, *kind, &shown)).collect(),
            joined: of(StepKind::JoinedReport).map(|step| Kept::new(step, None)).collect(),
            loose: shown.loose.iter().map(report).collect(),
            join: FormView::new("join", web.app.fresh()),
            close: FormView::new("protection-close", web.app.fresh()),
            today: web.app.today(),
            shown,
        }
    }

    fn refuse(&mut self, kind: StepKind, key: uuid::Uuid, form: &FormData, wrong: &Refusals) {
        if let Some(task) = self.tasks.iter_mut().find(|task| task.kind == kind) {
            task.form = FormView::new(super::task::prefix(kind), key).refused(form, wrong);
        }
    }

    fn is_late(&self, due: &app::deadlines::DueView) -> bool {
        is_overdue(due.due_on, self.today)
    }

    fn has(&self, kind: StepKind) -> bool {
        self.shown.steps.iter().any(|step| step.kind == kind)
    }

    /// Assessing asks for the right to decide.
    fn may_fill(&self, task: &Task) -> bool {
        if task.kind == StepKind::Assessment { self.shown.may_decide } else { self.shown.may_work }
    }
}
