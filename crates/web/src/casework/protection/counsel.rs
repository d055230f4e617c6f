// SPDX-License-Identifier: EUPL-1.2
//! Counselling without names.

use super::choices;
use super::forms::parse_counsel;
use crate::kit::answer::{attempt, refused};
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::casework::protection::{self, CounselView};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::casework::protection::Institution;
use domain::kernel::Day;
use serde::Deserialize;
use uuid::Uuid;

const PATH: &str = "/kinderschutz/beratung";

/// The room's doors.
pub(super) fn routes() -> Routes {
    let asks = Asks::For(Action::CounselNameless);
    Routes::default().get(PATH, asks, show).post(PATH, asks, keep)
}

/// Where the next page begins.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    nach: String,
}

async fn show(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let mark = asked.nach.split_once('_');
    let after = mark.and_then(|(day, id)| Some((Day::parse(day).ok()?, Uuid::parse_str(id).ok()?)));
    let shown = protection::counsels(&web.app, &who.actor, after).await?;
    let form = FormView::new("nameless", web.app.fresh()).with("counselled_on", web.app.today());
    Ok(page(&CounselTemplate::new(Frame::new(&web, &who, "nav-nameless"), shown, form)))
}

async fn keep(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    match attempt(parse_counsel(&form), |new| protection::counsel(&web.app, &who.actor, Some(key), new)).await? {
        Ok(_) => Ok(redirect(PATH)),
        Err(wrong) => {
            let shown = protection::counsels(&web.app, &who.actor, None).await?;
            let view = FormView::new("nameless", key.id).refused(&form, &wrong);
            Ok(refused(&CounselTemplate::new(Frame::new(&web, &who, "nav-nameless"), shown, view)))
        }
    }
}

#[derive(Template)]
#[template(path = "protection/counsel.html")]
struct CounselTemplate {
    frame: Frame,
    shown: Vec<CounselView>,
    form: FormView,
    institutions: Vec<Choice>,
}

impl CounselTemplate {
    fn new(frame: Frame, shown: Vec<CounselView>, form: FormView) -> Self {
        Self { frame, shown, form, institutions: choices!("institution", Institution) }
    }

    fn more(&self) -> Option<String> {
        let last = self.shown.last().filter(|_| self.shown.len() >= 50)?;
        Some(format!("{PATH}?nach={}_{}", last.counselled_on, last.id))
    }
}
