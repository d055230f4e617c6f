// SPDX-License-Identifier: EUPL-1.2
//! Changing a project before it is decided on.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t};
use app::network::{self, ProjectPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{ProjectId, Refusals};
use domain::network::{CostLine, Minutes, Revision, Version};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let propose = Asks::For(Action::ProposeProject);
    Routes::default().get("/projekte/{id}/aendern", propose, show).post("/projekte/{id}/aendern", propose, change)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_revision(form: &FormData) -> Result<Revision, Refusals> {
    let mut read = Parser::new(form);
    let (of, title, found_in) = (read.with("version", Version::parse), read.line("title"), read.line("found_in"));
    let (need, goals, help_link) = (read.note("need"), read.note("goals"), read.note("help_link"));
    let (terms, costs) = (read.note("terms"), read.with("costs", CostLine::parse_all));
    let hours = read.maybe("hours", Minutes::parse_hours);
    let value = (|| {
        Some(Revision {
            of: of?,
            title: title?,
            found_in: found_in?,
            need: need?,
            goals: goals?,
            help_link: help_link?,
            terms: terms?,
            hours: hours?,
            costs: costs?,
        })
    })();
    read.finish(value)
}

/// A cost plan as it is typed, line by line.
fn typed(costs: &[CostLine]) -> String {
    let line = |line: &CostLine| {
        let amount = line.amount.balance().german().replace([' ', '\u{a0}', '€'], "");
        format!("{amount}; {}; {}", line.what.as_str(), t(&format!("use-{}", line.kind.code())))
    };
    costs.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn known(shown: &ProjectPage, key: uuid::Uuid) -> FormView {
    let project = &shown.project;
    FormView::new("project", key)
        .with("version", project.version.number())
        .with("title", &project.title)
        .with("found_in", &project.found_in)
        .with("need", &project.need)
        .with("goals", &project.goals)
        .with("help_link", &project.help_link)
        .with("terms", &project.terms)
        .with("hours", project.hours.map(|time| (time.minutes() / 60).to_string()).unwrap_or_default())
        .with("costs", typed(&shown.costs))
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<ProjectId>) -> Result<Response, Oops> {
    let shown = network::project(&web.app, &who.actor, id).await?;
    let form = known(&shown, web.app.fresh());
    Ok(page(&ChangeTemplate { frame: Frame::new(&web, &who, "nav-projects"), shown, form }))
}

async fn change(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ProjectId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let new = parse_revision(&form);
    match attempt(new, |new| network::revise(&web.app, &who.actor, Some(key), id, new)).await? {
        Ok(id) => Ok(redirect(&format!("/projekte/{id}"))),
        Err(wrong) => {
            let shown = network::project(&web.app, &who.actor, id).await?;
            let form = FormView::new("project", key.id).refused(&form, &wrong);
            Ok(refused(&ChangeTemplate { frame: Frame::new(&web, &who, "nav-projects"), shown, form }))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "network/project_change.html")]
struct ChangeTemplate {
    frame: Frame,
    shown: ProjectPage,
    form: FormView,
}
