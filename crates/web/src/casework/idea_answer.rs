// SPDX-License-Identifier: EUPL-1.2
//! What the family said to the team's ideas: it chooses, changes, puts off or refuses, and need not say why.

use super::consultation::case_page;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Id, Oops, Routes, SignedIn, Web, redirect};
use app::casework::meetings;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{IdeaAnswer, NewIdeaAnswer};
use domain::kernel::{CaseId, IdeaId, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().post("/faelle/{id}/beratung/antworten", Asks::For(Action::WorkOnCase), answer)
}

fn parse(form: &FormData) -> Result<(IdeaId, NewIdeaAnswer), Refusals> {
    let mut read = Parser::new(form);
    let (idea, answer) = (read.id("idea"), read.code("answer", IdeaAnswer::from_code));
    let (words, said_on) = (read.maybe_note("words"), read.day("said_on"));
    let value = (|| Some((idea?, NewIdeaAnswer { answer: answer?, words: words?, said_on: said_on? })))();
    read.finish(value)
}

async fn answer(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let keep = |(idea, new)| meetings::answer_idea(&web.app, &who.actor, Some(key), idea, new);
    match attempt(parse(&form), keep).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/beratung#rueckkopplung"))),
        Err(wrong) => {
            let view = FormView::new("team-answer", key.id).refused(&form, &wrong);
            Ok(refused(&case_page(&web, &who, case, None, Some(view)).await?))
        }
    }
}
