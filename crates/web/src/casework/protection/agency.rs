// SPDX-License-Identifier: EUPL-1.2
//! An agency's own procedure, on the agency's own page.

use super::choices;
use super::forms::{parse_assessment, parse_notice};
use crate::kit::answer::{attempt, refused};
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::casework::protection::{self, AgencyPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::protection::{AgencyDecision, NoticeTold};

const PATH: &str = "/kinderschutz/traeger";

/// The room's doors.
pub(super) fn routes() -> Routes {
    let asks = Asks::For(Action::GuardAsAgency);
    Routes::default().get(PATH, asks, show).post(PATH, asks, assess).post("/kinderschutz/mitteilung", asks, inform)
}

async fn show(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let shown = protection::own_page(&web.app, &who.actor).await?;
    Ok(page(&AgencyTemplate::new(&web, &who, shown)))
}

async fn assess(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |new| protection::assess_as_agency(&web.app, &who.actor, Some(key), new);
    match attempt(parse_assessment(&form), act).await? {
        Ok(_) => Ok(redirect(PATH)),
        Err(wrong) => {
            let mut template = AgencyTemplate::new(&web, &who, protection::own_page(&web.app, &who.actor).await?);
            template.assess = FormView::new("own-assessment", key.id).refused(&form, &wrong);
            Ok(refused(&template))
        }
    }
}

async fn inform(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |new| protection::inform_office(&web.app, &who.actor, Some(key), new);
    match attempt(parse_notice(&form), act).await? {
        Ok(_) => Ok(redirect(PATH)),
        Err(wrong) => {
            let mut template = AgencyTemplate::new(&web, &who, protection::own_page(&web.app, &who.actor).await?);
            template.inform = FormView::new("notice", key.id).refused(&form, &wrong);
            Ok(refused(&template))
        }
    }
}

#[derive(Template)]
#[template(path = "protection/agency.html")]
struct AgencyTemplate {
    frame: Frame,
    shown: AgencyPage,
    assess: FormView,
    inform: FormView,
    decisions: Vec<Choice>,
    told: Vec<Choice>,
}

impl AgencyTemplate {
    fn new(web: &Web, who: &SignedIn, shown: AgencyPage) -> Self {
        Self {
            frame: Frame::new(web, who, "nav-own-protection"),
            assess: FormView::new("own-assessment", web.app.fresh()),
            inform: FormView::new("notice", web.app.fresh()),
            decisions: choices!("agency-decision", AgencyDecision),
            told: choices!("notice-told", NoticeTold),
            shown,
        }
    }
}
