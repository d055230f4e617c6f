// SPDX-License-Identifier: EUPL-1.2
//! What was ended in a case and can be taken back, and cases of one family that belong together.

use super::head::CaseHead;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, t_with};
use app::casework::case_joins::{self, CaseJoinView, Together};
use app::casework::undos::{self, EndedView, UndoPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::NewCaseJoin;
use domain::kernel::{CaseId, CaseJoinId, Refusals, TakenAwayId};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/rueckgaengig", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/rueckgaengig", work, undo)
        .post("/faelle/{id}/verbinden", work, join)
        .post("/faelle/{id}/verbinden/ende", work, part)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_undo(form: &FormData) -> Result<TakenAwayId, Refusals> {
    let mut read = Parser::new(form);
    let ended = read.id("ended");
    read.finish(ended)
}

fn parse_join(form: &FormData, kept: CaseId) -> Result<NewCaseJoin, Refusals> {
    let mut read = Parser::new(form);
    let (joined, why) = (read.id("joined"), read.line("why"));
    read.finish(joined.zip(why).map(|(joined, why)| NewCaseJoin { kept, joined, why }))
}

fn parse_part(form: &FormData) -> Result<CaseJoinId, Refusals> {
    let mut read = Parser::new(form);
    let join = read.id("join");
    read.finish(join)
}

// Handlers --------------------------------------------------------------------------------------------

fn at(case: CaseId) -> String {
    format!("/faelle/{case}/rueckgaengig")
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&UndoTemplate::load(&web, &who, case).await?))
}

async fn undo(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_undo(&form), |id| undos::undo(&web.app, &who.actor, key, id)).await?;
    back(done, &at(case), ("undo", &form), || UndoTemplate::load(&web, &who, case)).await
}

async fn join(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_join(&form, case), |new| case_joins::join(&web.app, &who.actor, key, new)).await?;
    back(done, &at(case), ("case-join", &form), || UndoTemplate::load(&web, &who, case)).await
}

async fn part(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_part(&form), |id| case_joins::undo_join(&web.app, &who.actor, key, id)).await?;
    back(done, &at(case), ("undo", &form), || UndoTemplate::load(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/undo.html")]
struct UndoTemplate {
    frame: Frame,
    head: CaseHead,
    shown: UndoPage,
    together: Together,
    same_name: Vec<Choice>,
    forms: Forms,
}

impl UndoTemplate {
    async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<Self, Oops> {
        let shown = undos::page(&web.app, &who.actor, case).await?;
        let together = case_joins::around(&web.app, &who.actor, case).await?;
        let label = |(id, number, day): &(CaseId, String, domain::kernel::Day)| {
            Choice::new(id, t_with("case-join-choice", &[("x", number), ("y", &day.german())]))
        };
        Ok(Self {
            frame: Frame::new(web, who, "nav-cases"),
            head: CaseHead::new(&shown.case, &shown.people, web.app.today(), "overview"),
            same_name: together.same_name.iter().map(label).collect(),
            forms: Forms::blank(web, &["undo", "case-join"]),
            shown,
            together,
        })
    }

    /// What still can be taken back stands first.
    fn ended(&self) -> Vec<&EndedView> {
        let (open, done): (Vec<_>, Vec<_>) = self.shown.ended.iter().partition(|one| one.undone_at.is_none());
        open.into_iter().chain(done).collect()
    }

    /// Cases that came here; where this one went stands in its head.
    fn came(&self) -> impl Iterator<Item = &CaseJoinView> {
        self.together.joins.iter().filter(|one| one.kept == self.shown.case.id)
    }

    fn went(&self) -> Option<&CaseJoinView> {
        self.together.joins.iter().find(|one| one.joined == self.shown.case.id)
    }
}

impl ManyForms for UndoTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}
