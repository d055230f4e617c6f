// SPDX-License-Identifier: EUPL-1.2
//! Counselling of a child without its parents' knowledge: a page of its own, for its worker alone (N18).

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::casework::counsel::{self, CounselView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{NewCounsel, NewTalk};
use domain::kernel::{CounselId, Day, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let own = Asks::For(Action::CounselChild);
    Routes::default()
        .get("/vertraulich", own, list)
        .post("/vertraulich", own, begin)
        .get("/vertraulich/{id}", own, one)
        .post("/vertraulich/{id}", own, talk)
        .post("/vertraulich/{id}/ende", own, end)
        .post("/vertraulich/{id}/weiter", own, resume)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_begin(form: &FormData) -> Result<NewCounsel, Refusals> {
    let mut read = Parser::new(form);
    let (child, begun_on) = (read.name("child"), read.day("begun_on"));
    let (why_silent, words) = (read.note("why_silent"), read.note("words"));
    let value = (|| Some(NewCounsel { child: child?, begun_on: begun_on?, why_silent: why_silent?, words: words? }))();
    read.finish(value)
}

fn parse_talk(form: &FormData) -> Result<NewTalk, Refusals> {
    let mut read = Parser::new(form);
    let (on, words) = (read.day("on"), read.note("words"));
    read.finish(on.zip(words).map(|(on, words)| NewTalk { on, words }))
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let all = counsel::list(&web.app, &who.actor).await?;
    let form = FormView::new("counsel", web.app.fresh()).with("begun_on", web.app.today());
    Ok(page(&ListTemplate { frame: Frame::new(&web, &who, "nav-counsel"), all, form }))
}

async fn begin(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_begin(&form), |new| counsel::begin(&web.app, &who.actor, Some(key), new)).await?;
    match done {
        Ok(id) => Ok(redirect(&format!("/vertraulich/{id}"))),
        Err(wrong) => {
            let all = counsel::list(&web.app, &who.actor).await?;
            let form = FormView::new("counsel", key.id).refused(&form, &wrong);
            Ok(refused(&ListTemplate { frame: Frame::new(&web, &who, "nav-counsel"), all, form }))
        }
    }
}

async fn one(State(web): State<Web>, who: SignedIn, Id(id): Id<CounselId>) -> Result<Response, Oops> {
    let (seen, talks) = counsel::one(&web.app, &who.actor, id).await?;
    let form = FormView::new("counsel", web.app.fresh()).with("on", web.app.today());
    Ok(page(&OneTemplate { frame: Frame::new(&web, &who, "nav-counsel"), seen, talks, form }))
}

async fn talk(State(web): State<Web>, who: SignedIn, Id(id): Id<CounselId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_talk(&form), |new| counsel::talk(&web.app, &who.actor, Some(key), id, new)).await?;
    match done {
        Ok(_) => Ok(redirect(&format!("/vertraulich/{id}"))),
        Err(wrong) => {
            let (seen, talks) = counsel::one(&web.app, &who.actor, id).await?;
            let form = FormView::new("counsel", key.id).refused(&form, &wrong);
            Ok(refused(&OneTemplate { frame: Frame::new(&web, &who, "nav-counsel"), seen, talks, form }))
        }
    }
}

async fn end(State(web): State<Web>, who: SignedIn, Id(id): Id<CounselId>, form: FormData) -> Result<Response, Oops> {
    counsel::end(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect(&format!("/vertraulich/{id}")))
}

async fn resume(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<CounselId>,
    form: FormData,
) -> Result<Response, Oops> {
    counsel::resume(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect(&format!("/vertraulich/{id}")))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/counsels.html")]
struct ListTemplate {
    frame: Frame,
    all: Vec<CounselView>,
    form: FormView,
}

#[derive(Template)]
#[template(path = "casework/counsel.html")]
struct OneTemplate {
    frame: Frame,
    seen: CounselView,
    talks: Vec<(Day, String)>,
    form: FormView,
}
