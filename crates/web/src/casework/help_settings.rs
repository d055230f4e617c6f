// SPDX-License-Identifier: EUPL-1.2
//! What the office sets for each kind of help: the tasks before a talk about the plan, and how often a help is looked at.

use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, page};
use app::Failure;
use app::casework::help_settings::{self, HelpSetting};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::{Action, Denied};
use domain::casework::{HelpKind, RHYTHM_UNREADABLE};
use domain::kernel::{Note, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let keep = Asks::For(Action::KeepTemplates);
    Routes::default().get("/verwaltung/hilfearten", keep, list).get("/verwaltung/hilfearten/{kind}", keep, show).post(
        "/verwaltung/hilfearten/{kind}",
        keep,
        set,
    )
}

fn parse(form: &FormData) -> Result<(Option<Note>, Option<i32>), Refusals> {
    let mut read = Parser::new(form);
    let tasks = read.maybe_note("tasks");
    let months = read.maybe("months", |text| text.trim().parse::<i32>().or(Err(RHYTHM_UNREADABLE.broken())));
    let value = (|| Some((tasks?, months?)))();
    read.finish(value)
}

fn kind_of(code: &str) -> Result<HelpKind, Oops> {
    HelpKind::from_code(code).ok_or_else(|| Failure::Denied(Denied::Hidden).into())
}

// Handlers --------------------------------------------------------------------------------------------

async fn load(web: &Web, who: &SignedIn, chosen: Option<HelpKind>) -> Result<SettingsTemplate, Oops> {
    let (all, most) = help_settings::list(&web.app, &who.actor).await?;
    let mut forms = Forms::blank(web, &["help-setting"]);
    let chosen = chosen.and_then(|kind| all.iter().find(|one| one.help == kind).cloned());
    if let Some(one) = &chosen {
        let months = one.review_months.map(|months| months.to_string()).unwrap_or_default();
        let form = FormView::new("help-setting", web.app.fresh()).with("tasks", &one.tasks).with("months", months);
        forms.put("help-setting", form);
    }
    Ok(SettingsTemplate { frame: Frame::new(web, who, "nav-help-settings"), all, most, chosen, forms })
}

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, None).await?))
}

async fn show(State(web): State<Web>, who: SignedIn, Path(kind): Path<String>) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, Some(kind_of(&kind)?)).await?))
}

async fn set(
    State(web): State<Web>,
    who: SignedIn,
    Path(code): Path<String>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, kind) = (Some(form.key()?), kind_of(&code)?);
    let done = attempt(parse(&form), |new| help_settings::set(&web.app, &who.actor, key, kind, new)).await?;
    back(done, "/verwaltung/hilfearten", ("help-setting", &form), || load(&web, &who, Some(kind))).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/help_settings.html")]
struct SettingsTemplate {
    frame: Frame,
    all: Vec<HelpSetting>,
    most: i32,
    /// The one that is being changed.
    chosen: Option<HelpSetting>,
    forms: Forms,
}

impl ManyForms for SettingsTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}
