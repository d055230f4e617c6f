// SPDX-License-Identifier: EUPL-1.2
//! "Vertretung": who is away, and on whose list things stand meanwhile.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::deadlines::{self, AbsencePage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::deadlines::Absence;
use domain::kernel::Refusals;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let asks = Asks::For(Action::ArrangeDeputy);
    Routes::default().get("/vertretung", asks, show).post("/vertretung", asks, keep)
}

fn parse(form: &FormData) -> Result<Absence, Refusals> {
    let mut read = Parser::new(form);
    let (absent, deputy) = (read.id("absent"), read.maybe_id("deputy"));
    let (from, until) = (read.day("from"), read.day("until"));
    let value = (|| Some(Absence { absent: absent?, deputy: deputy?, from: from?, until: until? }))();
    read.finish(value)
}

async fn show(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let shown = deadlines::absences(&web.app, &who.actor).await?;
    let form = FormView::new("absence", web.app.fresh()).with("from", web.app.today()).with("absent", who.actor.user);
    Ok(page(&AbsenceTemplate::new(Frame::new(&web, &who, "nav-deputies"), shown, form)))
}

async fn keep(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    match attempt(parse(&form), |new| deadlines::keep_absence(&web.app, &who.actor, Some(key), new)).await? {
        Ok(_) => Ok(redirect("/vertretung")),
        Err(wrong) => {
            let shown = deadlines::absences(&web.app, &who.actor).await?;
            let view = FormView::new("absence", key.id).refused(&form, &wrong);
            Ok(refused(&AbsenceTemplate::new(Frame::new(&web, &who, "nav-deputies"), shown, view)))
        }
    }
}

#[derive(Template)]
#[template(path = "deadlines/absences.html")]
struct AbsenceTemplate {
    frame: Frame,
    shown: AbsencePage,
    people: Vec<Choice>,
    form: FormView,
}

impl AbsenceTemplate {
    fn new(frame: Frame, shown: AbsencePage, form: FormView) -> Self {
        let people = shown.colleagues.iter().map(|(user, name)| Choice::new(user, name.clone())).collect();
        Self { frame, shown, people, form }
    }
}
