// SPDX-License-Identifier: EUPL-1.2
//! Agencies in the neutral order of their names, and their seats in teams.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::agencies::{self, AgencyLine};
use app::territory;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::agencies::AgencyKind;
use domain::kernel::AgencyId;
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/traeger", Asks::For(Action::SeeDirectory), list)
        .post("/traeger", Asks::For(Action::ManageAgencies), add)
        .post("/traeger/{id}/sitz", Asks::For(Action::ManageAgencies), give_seat)
}

// Forms -----------------------------------------------------------------------------------------------

/// Who is to get a seat.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    sitz: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let mut shown = AgenciesPage::load(&web, &who).await?;
    if let Ok(id) = asked.sitz.parse() {
        shown.choose(id, FormView::new("seat", web.app.fresh()));
    }
    Ok(page(&shown))
}

async fn add(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    who.must(Action::ManageAgencies)?;
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let (name, kind) = (read.line("name"), read.code("kind", AgencyKind::from_code));
    let contact = read.maybe_line("contact");
    let new = name.zip(kind).zip(contact).map(|((name, kind), contact)| (name, kind, contact));
    let added = attempt(read.finish(new), |new| agencies::add(&web.app, &who.actor, Some(key), new)).await?;
    match added {
        Ok(id) => Ok(redirect(&format!("/traeger#t-{id}"))),
        Err(wrong) => {
            let mut shown = AgenciesPage::load(&web, &who).await?;
            shown.add = FormView::new("agency-new", key.id).refused(&form, &wrong);
            Ok(refused(&shown))
        }
    }
}

async fn give_seat(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AgencyId>,
    form: FormData,
) -> Result<Response, Oops> {
    who.must(Action::ManageAgencies)?;
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let team = read.id("team");
    let given =
        attempt(read.finish(team), |team| agencies::give_seat(&web.app, &who.actor, Some(key), id, team)).await?;
    match given {
        Ok(id) => Ok(redirect(&format!("/traeger#t-{id}"))),
        Err(wrong) => {
            let mut shown = AgenciesPage::load(&web, &who).await?;
            shown.choose(id, FormView::new("seat", key.id).refused(&form, &wrong));
            Ok(refused(&shown))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "agencies/list.html")]
struct AgenciesPage {
    frame: Frame,
    agencies: Vec<AgencyLine>,
    may_manage: bool,
    add: FormView,
    kinds: Vec<Choice>,
    /// Who is to get a seat: id, name, form.
    chosen: Option<(AgencyId, String, FormView)>,
    teams: Vec<Choice>,
}

impl AgenciesPage {
    async fn load(web: &Web, who: &SignedIn) -> Result<Self, Oops> {
        let teams = territory::teams(&web.app, &who.actor).await?;
        let codes: Vec<&str> = AgencyKind::ALL.iter().map(|kind| kind.code()).collect();
        Ok(Self {
            frame: Frame::new(web, who, "nav-agencies"),
            agencies: agencies::all(&web.app, &who.actor).await?,
            may_manage: who.may(Action::ManageAgencies),
            add: FormView::new("agency-new", web.app.fresh()),
            kinds: Choice::words("agency", &codes),
            chosen: None,
            teams: teams.into_iter().map(|team| Choice::new(team.id, team.name)).collect(),
        })
    }

    /// Shows the form for one agency's seat.
    fn choose(&mut self, id: AgencyId, form: FormView) {
        let line = self.agencies.iter().find(|line| line.agency.id == id).filter(|_| self.may_manage);
        self.chosen = line.map(|line| (id, line.agency.name.as_str().to_owned(), form));
    }
}
