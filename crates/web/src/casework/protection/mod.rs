// SPDX-License-Identifier: EUPL-1.2
//! Pages of child protection: the case's page, each procedure as a task list, children in care, an agency's own
//! procedure, counselling without names.

mod agency;
mod counsel;
mod forms;
mod paper;
mod papers;
mod procedure;
mod task;

use super::cases::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::Failure;
use app::casework::protection::{self, CarePage, CasePage, ProtectionView};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::casework::protection::{
    CARE_ENDED, CameFrom, CareGround, CareWarning, FactKind, ObservationKind, Placement, ProtectionWarning,
};
use domain::kernel::{CareId, CaseId, Day, Moment, NoticeId};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeProtection), Asks::For(Action::WorkOnProtection));
    Routes::default()
        .get("/kinderschutz", see, list)
        .get("/faelle/{id}/schutz", see, of_case)
        .post("/faelle/{id}/schutz", work, open)
        .post("/faelle/{id}/inobhutnahmen", work, take_into_care)
        .post("/inobhutnahmen/{id}/eintraege", work, keep_fact)
        .post("/traegermitteilungen/{id}/bestaetigen", work, acknowledge)
        .and(procedure::routes())
        .and(papers::routes())
        .and(agency::routes())
        .and(counsel::routes())
}

/// The codes of an enum as choices.
macro_rules! choices {
    ($kind:literal, $of:ty) => {
        crate::kit::Choice::words($kind, &<$of>::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
    };
}
use choices;

// Forms -----------------------------------------------------------------------------------------------

struct Forms {
    open: FormView,
    care: FormView,
    fact: FormView,
    acknowledge: FormView,
}

impl Forms {
    fn blank(web: &Web) -> Self {
        let now = web.app.now().local_input();
        Self {
            open: FormView::new("protect", web.app.fresh()).with("happened", &now),
            care: FormView::new("care", web.app.fresh()).with("began", &now),
            fact: FormView::new("care-fact", web.app.fresh()).with("at", &now),
            acknowledge: FormView::new("acknowledge", web.app.fresh()),
        }
    }
}

/// Where the next page of the list begins.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    nach: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let mark = asked.nach.split_once('_');
    let after = mark.and_then(|(at, id)| Some((Moment(at.parse().ok()?), Uuid::parse_str(id).ok()?)));
    let shown = protection::open_list(&web.app, &who.actor, after).await?;
    let more = shown.next.map(|(at, id)| format!("/kinderschutz?nach={}_{id}", at.0));
    let frame = Frame::new(&web, &who, "nav-protection");
    Ok(page(&ListPage { frame, procedures: shown.procedures, more }))
}

async fn of_case(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let shown = protection::case_page(&web.app, &who.actor, case).await?;
    let frame = Frame::new(&web, &who, "nav-cases");
    Ok(page(&CaseTemplate::new(frame, shown, Forms::blank(&web), web.app.today())))
}

async fn open(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |draft| protection::open(&web.app, &who.actor, Some(key), case, draft);
    match attempt(forms::parse_open(&form), act).await? {
        Ok(id) => Ok(redirect(&format!("/schutz/{id}"))),
        Err(wrong) => {
            let view = FormView::new("protect", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.open = view).await
        }
    }
}

async fn take_into_care(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |new| protection::take_into_care(&web.app, &who.actor, Some(key), case, new);
    match attempt(forms::parse_care(&form), act).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/schutz#inobhutnahme"))),
        Err(wrong) => {
            let view = FormView::new("care", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.care = view).await
        }
    }
}

async fn keep_fact(
    State(web): State<Web>,
    who: SignedIn,
    Id(care): Id<CareId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let case = form.value("case").parse().or(Err(Oops::Unreadable))?;
    let act = |new| protection::keep_fact(&web.app, &who.actor, Some(key), care, new);
    match attempt(forms::parse_fact(&form), act).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/schutz#inobhutnahme"))),
        // Care has ended: there is no form left that could say it.
        Err(wrong) if wrong.list().iter().any(|one| one.rule == CARE_ENDED) => Err(Failure::Refused(wrong).into()),
        Err(wrong) => {
            let view = FormView::new("care-fact", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.fact = view).await
        }
    }
}

async fn acknowledge(
    State(web): State<Web>,
    who: SignedIn,
    Id(notice): Id<NoticeId>,
    form: FormData,
) -> Result<Response, Oops> {
    let case: CaseId = form.value("case").parse().or(Err(Oops::Unreadable))?;
    protection::acknowledge(&web.app, &who.actor, Some(form.key()?), notice).await?;
    Ok(redirect(&format!("/faelle/{case}/schutz")))
}

/// The page again with one form refused.
async fn again(web: &Web, who: &SignedIn, case: CaseId, put: impl FnOnce(&mut Forms) + Send) -> Result<Response, Oops> {
    let shown = protection::case_page(&web.app, &who.actor, case).await?;
    let mut forms = Forms::blank(web);
    put(&mut forms);
    Ok(refused(&CaseTemplate::new(Frame::new(web, who, "nav-cases"), shown, forms, web.app.today())))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "protection/list.html")]
struct ListPage {
    frame: Frame,
    procedures: Vec<(ProtectionView, Vec<ProtectionWarning>)>,
    more: Option<String>,
}

#[derive(Template)]
#[template(path = "protection/case.html")]
struct CaseTemplate {
    frame: Frame,
    head: CaseHead,
    shown: CasePage,
    forms: Forms,
    children: Vec<Choice>,
    came_from: Vec<Choice>,
    seen: Vec<Choice>,
    grounds: Vec<Choice>,
    placements: Vec<Choice>,
    facts: Vec<Choice>,
}

/// Facts that can be kept; those of distribution and guardian only where a child came unaccompanied.
fn facts_of(shown: &CasePage) -> Vec<&'static str> {
    let came_alone = shown.cares.iter().any(|one| one.care.ground == CareGround::Unaccompanied);
    FactKind::ALL.iter().filter(|kind| came_alone || !kind.is_of_unaccompanied()).map(|kind| kind.code()).collect()
}

impl CaseTemplate {
    fn new(frame: Frame, shown: CasePage, forms: Forms, today: Day) -> Self {
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "protection"),
            children: shown.minors.iter().map(|one| Choice::new(one.id, one.name.clone())).collect(),
            came_from: choices!("came-from", CameFrom),
            seen: choices!("observation-kind", ObservationKind),
            grounds: choices!("care-ground", CareGround),
            placements: choices!("placement", Placement),
            facts: Choice::words("care-fact-kind", &facts_of(&shown)),
            frame,
            shown,
            forms,
        }
    }

    /// Has a court refused what is still done?
    fn refused(&self, one: &CarePage) -> bool {
        one.warnings.contains(&CareWarning::LibertyRefused)
    }

    /// Is the child still in care?
    fn runs(&self, one: &CarePage) -> bool {
        !one.facts.iter().any(|fact| fact.kind.ends_care())
    }

    /// The midnight at which liberty ends, while it is taken without a court.
    fn midnight(&self, one: &CarePage) -> Option<String> {
        let taken = one.warnings.contains(&CareWarning::LibertyTaken);
        let last = one.facts.iter().rev().find(|fact| fact.kind == FactKind::LibertyTaken).filter(|_| taken)?;
        Some(last.at.day().plus_days(1).german())
    }

    /// The one form of facts belongs to the last child in care that still is.
    fn takes_facts(&self, one: &CarePage) -> bool {
        let last = self.shown.cares.iter().rev().find(|care| self.runs(care));
        self.shown.may_work && last.is_some_and(|last| last.care.id == one.care.id)
    }
}
