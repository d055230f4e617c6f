// SPDX-License-Identifier: EUPL-1.2
//! Hand-overs after a new cut of the spaces: arranged, held as a conversation, or the case stays.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::casework::recut_talk::{self, Conversation, FamilyPart, HandoverPage, HandoversPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{Day, HandoverId, Line, Refusals};
use domain::territory::RecutState;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Routes::default()
        .get("/uebergaben", see, list)
        .get("/uebergaben/{id}", see, show)
        .post("/uebergaben/{id}/verabreden", work, arrange)
        .post("/uebergaben/{id}/gespraech", work, hold)
        .post("/uebergaben/{id}/bleibt", work, keep)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_arrange(form: &FormData) -> Result<(Day, Line), Refusals> {
    let mut read = Parser::new(form);
    let (due_on, with_whom) = (read.day("due_on"), read.line("with_whom"));
    read.finish(due_on.zip(with_whom))
}

fn parse_talk(form: &FormData) -> Result<Conversation, Refusals> {
    let mut read = Parser::new(form);
    let (held_on, with_whom) = (read.day("held_on"), read.line("with_whom"));
    let (family, worker) = (read.code("family", FamilyPart::from_code), read.id("worker"));
    let words = read.maybe_note("words");
    let value = (|| {
        let (held_on, with_whom) = (held_on?, with_whom?);
        Some(Conversation { held_on, with_whom, family: family?, words: words?, worker: worker? })
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let shown = recut_talk::list(&web.app, &who.actor).await?;
    Ok(page(&ListPage { frame: Frame::new(&web, &who, "nav-handovers"), shown }))
}

async fn load(web: &Web, who: &SignedIn, id: HandoverId) -> Result<ShowPage, Oops> {
    Ok(ShowPage::new(web, who, recut_talk::one(&web.app, &who.actor, id).await?))
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<HandoverId>) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, id).await?))
}

/// The page again with a form that was refused, or with what was refused if the form is not there.
async fn again(
    web: &Web,
    who: &SignedIn,
    id: HandoverId,
    place: impl Fn(&mut ShowPage) -> (bool, &mut FormView) + Send,
    form: FormView,
) -> Result<Response, Oops> {
    let mut shown = load(web, who, id).await?;
    match place(&mut shown) {
        (true, place) => *place = form,
        (false, _) => shown.told = Some(form),
    }
    Ok(refused(&shown))
}

async fn arrange(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<HandoverId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_arrange(&form), |new| recut_talk::arrange(&web.app, &who.actor, Some(key), id, new));
    match done.await? {
        Ok(id) => Ok(redirect(&format!("/uebergaben/{id}"))),
        Err(wrong) => {
            let form = FormView::new("handover-arrange", key.id).refused(&form, &wrong);
            again(&web, &who, id, |shown| (shown.is_open(), &mut shown.arrange), form).await
        }
    }
}

async fn hold(State(web): State<Web>, who: SignedIn, Id(id): Id<HandoverId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_talk(&form), |told| recut_talk::hold(&web.app, &who.actor, Some(key), id, told));
    match done.await? {
        // Whoever handed the case over may not see it any more.
        Ok(_) => Ok(redirect("/uebergaben")),
        Err(wrong) => {
            let form = FormView::new("handover-hold", key.id).refused(&form, &wrong);
            again(&web, &who, id, |shown| (shown.may_hold(), &mut shown.hold), form).await
        }
    }
}

async fn keep(State(web): State<Web>, who: SignedIn, Id(id): Id<HandoverId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let why = read.note("why");
    let done = attempt(read.finish(why), |why| recut_talk::keep(&web.app, &who.actor, Some(key), id, why));
    match done.await? {
        Ok(id) => Ok(redirect(&format!("/uebergaben/{id}"))),
        Err(wrong) => {
            let form = FormView::new("handover-keep", key.id).refused(&form, &wrong);
            again(&web, &who, id, |shown| (shown.is_open(), &mut shown.keep), form).await
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/recut_talks.html")]
struct ListPage {
    frame: Frame,
    shown: HandoversPage,
}

#[derive(Template)]
#[template(path = "casework/recut_talk.html")]
struct ShowPage {
    frame: Frame,
    shown: HandoverPage,
    /// What was refused in a form that is not on the page (any more).
    told: Option<FormView>,
    arrange: FormView,
    hold: FormView,
    keep: FormView,
    families: Vec<Choice>,
    workers: Vec<Choice>,
}

impl ShowPage {
    fn new(web: &Web, who: &SignedIn, shown: HandoverPage) -> Self {
        let form = |prefix| FormView::new(prefix, web.app.fresh());
        let with_whom = shown.handover.with_whom.clone().unwrap_or_default();
        Self {
            frame: Frame::new(web, who, "nav-handovers"),
            told: None,
            arrange: form("handover-arrange").with("due_on", shown.handover.due_on).with("with_whom", &with_whom),
            hold: form("handover-hold").with("held_on", web.app.today()).with("with_whom", &with_whom),
            keep: form("handover-keep"),
            families: Choice::words("handover-family", &FamilyPart::CODES),
            workers: shown.workers.iter().map(|(id, name)| Choice::new(id, name.clone())).collect(),
            shown,
        }
    }

    fn is_open(&self) -> bool {
        self.shown.handover.state == "open"
    }

    fn may_hold(&self) -> bool {
        self.is_open() && !self.is_void() && self.shown.in_force && !self.workers.is_empty()
    }

    fn is_void(&self) -> bool {
        self.is_open() && self.shown.handover.recut_state == RecutState::Withdrawn
    }
}
