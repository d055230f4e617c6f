// SPDX-License-Identifier: EUPL-1.2
//! Applications for integration help and their clocks (SGB IX).

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, code, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Reference, done};
use crate::kit::{Asks, Web};
use app::casework::integration_help;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{ApplicationStep, NewApplication, NewStepTaken};
use domain::kernel::{ApplicationId, CaseId, Day, Line, Note, Refusals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
pub fn doors() -> Doors {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Doors::default()
        .get("/api/v1/cases/{id}/applications", see, "Applications for participation and their clocks", applications)
        .post("/api/v1/cases/{id}/applications", work, "Takes an application in; its clocks begin", receive)
        .post("/api/v1/applications/{id}/steps", work, "Records a step; the clocks move on", take_step)
}

// In --------------------------------------------------------------------------------------------------

/// An application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ApplicationIn {
    #[schema(value_type = Date)]
    received_on: String,
    words: String,
    /// The carrier that passed it on to this office.
    passed_on_by: Option<String>,
}

/// A step of an application.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ApplicationStepIn {
    /// `competent`, `forwarded`, `forwarded-again`, `partly-forwarded`, `findings-asked`, `findings-received`,
    /// `opinion-ordered`, `opinion-received`, `conference`, `participation-plan`, `self-procurement`.
    step: String,
    #[schema(value_type = Date)]
    on: String,
    words: Option<String>,
}

// Handlers --------------------------------------------------------------------------------------------

async fn receive(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
    sent: ApiJson<ApplicationIn>,
) -> Result<Json<Reference>, ApiOops> {
    let (body, mut wrong) = (&sent.body, Refusals::default());
    let received_on = wrong.take("received_on", Day::parse(&body.received_on));
    let words = wrong.take("words", Note::parse(&body.words));
    let passed_on_by = wrong.take("passed_on_by", maybe(body.passed_on_by.as_deref(), Line::parse));
    let new = (|| {
        let (received_on, words) = (received_on?, words?);
        Some(NewApplication { received_on, words, passed_on_by: passed_on_by? })
    })();
    let new = wrong.finish(new)?;
    Ok(done(integration_help::receive(&web.app, &who.actor, Some(sent.key), case, new).await?))
}

async fn take_step(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(application): ApiId<ApplicationId>,
    sent: ApiJson<ApplicationStepIn>,
) -> Result<Json<Reference>, ApiOops> {
    let (body, mut wrong) = (&sent.body, Refusals::default());
    let known = |text: &str| ApplicationStep::from_code(text).filter(|step| step.is_written_by_hand());
    let step = wrong.take("step", code(&body.step, known));
    let on = wrong.take("on", Day::parse(&body.on));
    let words = wrong.take("words", maybe(body.words.as_deref(), Note::parse));
    let taken = (|| Some(NewStepTaken { step: step?, on: on?, words: words? }))();
    let taken = wrong.finish(taken)?;
    Ok(done(integration_help::take_step(&web.app, &who.actor, Some(sent.key), application, taken).await?))
}

async fn applications(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(case): ApiId<CaseId>,
) -> Result<Json<Applications>, ApiOops> {
    let seen = integration_help::page(&web.app, &who.actor, case).await?;
    let clocks = |id: ApplicationId| {
        let own = seen.clocks.iter().filter(move |one| one.subject == Some(id.0));
        own.map(|one| ClockOut { rule: one.kind.clone(), due_on: one.due_on.map(Date::from) })
    };
    let out = seen.all.iter().map(|one| ApplicationOut {
        id: one.id.into(),
        received_on: one.received_on.into(),
        words: one.words.clone(),
        passed_on_by: one.passed_on_by.clone(),
        open: one.is_open(),
        steps: one.steps.iter().map(|taken| taken.step.code()).collect(),
        clocks: clocks(one.id).collect(),
    });
    Ok(Json(Applications { applications: out.collect() }))
}

// Out -------------------------------------------------------------------------------------------------

/// Applications.
#[derive(Serialize, ToSchema)]
struct Applications {
    applications: Vec<ApplicationOut>,
}

/// An application.
#[derive(Serialize, ToSchema)]
struct ApplicationOut {
    id: Ident,
    received_on: Date,
    words: String,
    passed_on_by: Option<String>,
    /// Still in the office's hands?
    open: bool,
    steps: Vec<&'static str>,
    clocks: Vec<ClockOut>,
}

/// A running clock; without a day it is due at once.
#[derive(Serialize, ToSchema)]
struct ClockOut {
    rule: String,
    due_on: Option<Date>,
}
