// SPDX-License-Identifier: EUPL-1.2
//! A case changes hands: one page for all causes, arranged, held as a conversation, or the case stays.

use super::head::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::forms::Forms;
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::casework::handover::{self, CasePage, HandoverPage, HandoversPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{Conversation, FamilyPart, NewHandover, Receiver};
use domain::kernel::{CaseId, Day, HandoverId, Line, Refusals, UserId};
use domain::territory::RecutState;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Routes::default()
        .get("/faelle/{id}/uebergabe", see, of_case)
        .post("/faelle/{id}/uebergabe", work, to_space)
        .post("/faelle/{id}/uebergabe/fachkraft", work, to_worker)
        .post("/faelle/{id}/uebergabe/amt", work, to_office)
        .get("/uebergaben", see, list)
        .get("/uebergaben/{id}", see, show)
        .post("/uebergaben/{id}/verabreden", work, arrange)
        .post("/uebergaben/{id}/gespraech", work, hold)
        .post("/uebergaben/{id}/bleibt", work, keep)
}

// Forms -----------------------------------------------------------------------------------------------

/// The forms of a case's page; their prefixes are their names.
const NAMES: [&str; 3] = ["handover", "handover-worker", "handover-office"];

fn parse(form: &FormData, to: impl Fn(&mut Parser<'_>) -> Option<Receiver>) -> Result<NewHandover, Refusals> {
    let mut read = Parser::new(form);
    let (to, why) = (to(&mut read), read.note("why"));
    let (promised, remember, due_on) =
        (read.maybe_note("promised"), read.maybe_note("remember"), read.maybe_day("due_on"));
    let (talk_on, talk_with) = (read.maybe_day("talk_on"), read.maybe_line("talk_with"));
    let no_talk_why = read.maybe_note("no_talk_why");
    let family =
        read.maybe("family", |code| FamilyPart::from_code(code).ok_or(crate::kit::parse::CHOICE_MISSING.broken()));
    let value = (|| {
        let told = Conversation {
            held_on: talk_on?,
            with_whom: talk_with?,
            family: family?,
            words: None,
            no_talk_why: no_talk_why?,
        };
        let told = (told.held_on.is_some() || told.no_talk_why.is_some()).then_some(told);
        let (promised, remember) = (promised?, remember?);
        Some(NewHandover { to: to?, why: why?, promised, remember, due_on: due_on?, told })
    })();
    read.finish(value)
}

fn parse_arrange(form: &FormData) -> Result<(Day, Line), Refusals> {
    let mut read = Parser::new(form);
    let (due_on, with_whom) = (read.day("due_on"), read.line("with_whom"));
    read.finish(due_on.zip(with_whom))
}

fn parse_talk(form: &FormData) -> Result<(Conversation, Option<UserId>), Refusals> {
    let mut read = Parser::new(form);
    let (held_on, with_whom) = (read.day("held_on"), read.line("with_whom"));
    let (family, worker) = (read.code("family", FamilyPart::from_code), read.maybe_id("worker"));
    let words = read.maybe_note("words");
    let value = (|| {
        let (held_on, with_whom, family) = (Some(held_on?), Some(with_whom?), Some(family?));
        Some((Conversation { held_on, with_whom, family, words: words?, no_talk_why: None }, worker?))
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn of_case(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let shown = handover::page(&web.app, &who.actor, case).await?;
    Ok(page(&CaseTemplate::new(&web, &who, shown, Forms::blank(&web, &NAMES))))
}

async fn to_space(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let new = parse(&form, |read| read.id("space").map(Receiver::Space));
    begin(&web, &who, case, ("handover", &form), new).await
}

async fn to_worker(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let new = parse(&form, |read| read.id("worker").map(Receiver::Worker));
    begin(&web, &who, case, ("handover-worker", &form), new).await
}

async fn to_office(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let new = parse(&form, |read| read.line("office").map(Receiver::Office));
    begin(&web, &who, case, ("handover-office", &form), new).await
}

async fn begin(
    web: &Web,
    who: &SignedIn,
    case: CaseId,
    (name, form): (&'static str, &FormData),
    new: Result<NewHandover, Refusals>,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let leaves = matches!(&new, Ok(NewHandover { to: Receiver::Space(_), told: Some(_), .. }));
    match attempt(new, |new| handover::begin(&web.app, &who.actor, Some(key), case, new)).await? {
        // Whoever gave it away may not see it any more.
        Ok(_) if leaves => Ok(redirect("/faelle?wessen=team")),
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/uebergabe"))),
        Err(wrong) => {
            let shown = handover::page(&web.app, &who.actor, case).await?;
            let mut forms = Forms::blank(web, &NAMES);
            forms.refuse(name, form, &wrong)?;
            Ok(refused(&CaseTemplate::new(web, who, shown, forms)))
        }
    }
}

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let shown = handover::list(&web.app, &who.actor).await?;
    Ok(page(&ListPage { frame: Frame::new(&web, &who, "nav-handovers"), shown }))
}

async fn load(web: &Web, who: &SignedIn, id: HandoverId) -> Result<ShowPage, Oops> {
    Ok(ShowPage::new(web, who, handover::one(&web.app, &who.actor, id).await?))
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
    let done = attempt(parse_arrange(&form), |new| handover::arrange(&web.app, &who.actor, Some(key), id, new));
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
    let done = attempt(parse_talk(&form), |told| handover::hold(&web.app, &who.actor, Some(key), id, told));
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
    let done = attempt(read.finish(why), |why| handover::keep(&web.app, &who.actor, Some(key), id, why));
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
#[template(path = "casework/handover.html")]
struct CaseTemplate {
    frame: Frame,
    head: CaseHead,
    shown: CasePage,
    forms: Forms,
    spaces: Vec<Choice>,
    workers: Vec<Choice>,
    families: Vec<Choice>,
}

impl CaseTemplate {
    fn new(web: &Web, who: &SignedIn, shown: CasePage, forms: Forms) -> Self {
        let other = shown.spaces.iter().filter(|space| space.team_name != shown.case.team_name);
        let spaces =
            other.map(|space| Choice::new(space.id, format!("{} ({})", space.name, space.team_name))).collect();
        let others = shown.workers.iter().filter(|(id, _)| *id != shown.case.worker);
        let workers = others.map(|(id, name)| Choice::new(id, name.clone())).collect();
        let head = CaseHead::new(&shown.case, &shown.people, web.app.today(), "area");
        let families = families();
        Self { frame: Frame::new(web, who, "nav-cases"), head, shown, forms, spaces, workers, families }
    }

    fn is_open(&self) -> bool {
        self.shown.all.iter().any(handover::HandoverView::is_open)
    }
}

pub(super) fn families() -> Vec<Choice> {
    let codes: Vec<&str> = FamilyPart::ALL.iter().map(|one| one.code()).collect();
    Choice::words("handover-family", &codes)
}

#[derive(Template)]
#[template(path = "casework/handovers.html")]
struct ListPage {
    frame: Frame,
    shown: HandoversPage,
}

#[derive(Template)]
#[template(path = "casework/handover_talk.html")]
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
            families: families(),
            workers: shown.workers.iter().map(|(id, name)| Choice::new(id, name.clone())).collect(),
            shown,
        }
    }

    fn is_open(&self) -> bool {
        self.shown.handover.is_open()
    }

    /// Somebody has to be there in the team that takes it, if a team does.
    fn has_nobody(&self) -> bool {
        self.shown.handover.to_team.is_some() && self.workers.is_empty()
    }

    fn may_hold(&self) -> bool {
        self.is_open() && !self.is_void() && self.shown.in_force && !self.has_nobody()
    }

    fn is_void(&self) -> bool {
        let state = self.shown.handover.recut.as_ref().map(|(_, _, state, _)| *state);
        self.is_open() && state == Some(RecutState::Withdrawn)
    }
}
