// SPDX-License-Identifier: EUPL-1.2
//! An agency's mandates: the list, the copy of the plan that was sent, the acknowledgement.

use crate::casework::head::family;
use crate::casework::sheet::sheet;
use crate::kit::answer::{attempt, for_form, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::exchange::{self, Mandate, NewAgencyRating, PAGE};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use documents::PlanSheet;
use domain::access::Action;
use domain::casework::GoalLevel;
use domain::kernel::{Moment, Refusals, TransmissionId};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/auftraege", Asks::For(Action::SeeMandate), list)
        .get("/auftraege/{id}", Asks::For(Action::SeeMandate), one)
        .post("/auftraege/{id}/bestaetigen", Asks::For(Action::AnswerMandate), acknowledge)
        .post("/auftraege/{id}/bewertungen", Asks::For(Action::AnswerMandate), rate)
}

// Handlers --------------------------------------------------------------------------------------------

/// Where the list goes on, and what was just done.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    nach: String,
    #[serde(default)]
    bestaetigt: String,
    #[serde(default)]
    bewertet: String,
}

impl Asked {
    fn after(&self) -> Option<(Moment, Uuid)> {
        let (at, id) = self.nach.split_once('_')?;
        Some((Moment(at.parse().ok()?), id.parse().ok()?))
    }
}

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let mandates = exchange::mandates(&web.app, &who.actor, asked.after()).await?;
    Ok(page(&ListTemplate { frame: Frame::new(&web, &who, "nav-mandates"), mandates }))
}

async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<TransmissionId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let mandate = exchange::one(&web.app, &who.actor, id).await?;
    let form = FormView::new("mandate", web.app.fresh());
    let mut template = MandateTemplate::new(Frame::new(&web, &who, "nav-mandates"), mandate, form);
    template.just_acknowledged = !asked.bestaetigt.is_empty();
    template.just_rated = !asked.bewertet.is_empty();
    template.rating = FormView::new("mandate-rating", web.app.fresh()).with("said_on", web.app.today());
    Ok(page(&template))
}

async fn acknowledge(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<TransmissionId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    match for_form(exchange::acknowledge(&web.app, &who.actor, Some(key), id).await)? {
        Ok(id) => Ok(redirect(&format!("/auftraege/{id}?bestaetigt=1"))),
        Err(wrong) => {
            let mandate = exchange::one(&web.app, &who.actor, id).await?;
            let form = FormView::new("mandate", key.id).refused(&form, &wrong);
            Ok(refused(&MandateTemplate::new(Frame::new(&web, &who, "nav-mandates"), mandate, form)))
        }
    }
}

fn parse_rating(form: &FormData) -> Result<NewAgencyRating, Refusals> {
    let mut read = Parser::new(form);
    let goal = read.code("goal", |text| text.parse::<usize>().ok());
    let (level, said_on) = (read.code("level", GoalLevel::from_code), read.day("said_on"));
    let words = read.maybe_note("words");
    let value = (|| Some(NewAgencyRating { goal: goal?, level: level?, said_on: said_on?, words: words? }))();
    read.finish(value)
}

async fn rate(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<TransmissionId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let done =
        attempt(parse_rating(&form), |new| exchange::rate_goal(&web.app, &who.actor, Some(key), id, new)).await?;
    match done {
        Ok(id) => Ok(redirect(&format!("/auftraege/{id}?bewertet=1"))),
        Err(wrong) => {
            let mandate = exchange::one(&web.app, &who.actor, id).await?;
            let blank = FormView::new("mandate", web.app.fresh());
            let mut template = MandateTemplate::new(Frame::new(&web, &who, "nav-mandates"), mandate, blank);
            template.rating = FormView::new("mandate-rating", key.id).refused(&form, &wrong);
            Ok(refused(&template))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "exchange/mandates.html")]
struct ListTemplate {
    frame: Frame,
    mandates: Vec<Mandate>,
}

impl ListTemplate {
    fn waiting(&self) -> usize {
        self.mandates.iter().filter(|mandate| mandate.received.acknowledged_at.is_none()).count()
    }

    /// The address of older mandates, if this page is full.
    fn older(&self) -> Option<String> {
        let full = i64::try_from(self.mandates.len()).is_ok_and(|count| count >= PAGE);
        let last = self.mandates.last().filter(|_| full)?;
        Some(format!("/auftraege?nach={}_{}", last.received.sent_at.0, last.received.id))
    }
}

/// The family of a mandate, if its copy can be read.
fn family_of(mandate: &Mandate) -> Option<String> {
    mandate.plan.as_ref().map(|plan| family(&plan.family))
}

#[derive(Template)]
#[template(path = "exchange/mandate.html")]
struct MandateTemplate {
    frame: Frame,
    title: String,
    mandate: Mandate,
    sheet: Option<PlanSheet>,
    form: FormView,
    rating: FormView,
    /// Goals and action goals that were sent, by their number.
    goals: Vec<Choice>,
    levels: Vec<Choice>,
    just_acknowledged: bool,
    just_rated: bool,
}

impl MandateTemplate {
    fn new(frame: Frame, mandate: Mandate, form: FormView) -> Self {
        let title = family_of(&mandate).unwrap_or_else(|| mandate.received.subject.clone());
        let sheet = mandate.plan.as_ref().map(sheet);
        let sent = mandate.plan.as_ref().map(exchange::goals_sent).unwrap_or_default();
        let goals = sent.iter().enumerate().map(|(number, words)| Choice::new(number, *words)).collect();
        let levels: Vec<&str> = GoalLevel::ALL.iter().map(|level| level.code()).collect();
        Self {
            frame,
            title,
            sheet,
            rating: FormView::new("mandate-rating", uuid::Uuid::nil()),
            goals,
            levels: Choice::words("level", &levels),
            mandate,
            form,
            just_acknowledged: false,
            just_rated: false,
        }
    }

    /// Was this section of the plan sent? What was not sent is not called empty.
    fn sends(&self, section: &str) -> bool {
        self.mandate.received.sections.iter().any(|sent| sent == section)
    }
}
