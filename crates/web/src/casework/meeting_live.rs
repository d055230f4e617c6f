// SPDX-License-Identifier: EUPL-1.2
//! A meeting in its room: one large page with the case that is on, its phase, and ideas as they come. Without script it
//! is looked at again by a link, or by itself when somebody asks for that; with script it follows by itself.

use super::meeting::by_kind;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t_with};
use app::casework::consultation::{self, IdeaView};
use app::casework::meetings::{self, MeetingItem, MeetingPage};
use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Query, State};
use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{IdeaKind, NewIdea, Phase, phase_plan};
use domain::kernel::{AgendaItemId, MeetingId, Moment};
use serde::Deserialize;

/// Between two looks of a page that follows by itself without script, in seconds.
const EVERY: &str = "20";

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let see = Asks::For(Action::SeeConsultation);
    Routes::default()
        .get("/teams/sitzungen/{id}/live", see, live)
        .get("/teams/sitzungen/{id}/live/stand", see, stand)
        .post("/teams/sitzungen/{id}/live/ideen", Asks::For(Action::AdviseInTeam), note_idea)
        .post("/teams/sitzungen/{id}/live/phase", Asks::For(Action::HoldConsultation), begin)
}

/// How the page is looked at.
#[derive(Deserialize, Default)]
struct Asked {
    /// `selbst`: it looks again by itself, because somebody asked for it.
    #[serde(default)]
    sehen: String,
    /// `aus`: no keys.
    #[serde(default)]
    tasten: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn live_page(web: &Web, who: &SignedIn, id: MeetingId, asked: &Asked) -> Result<LivePage, Oops> {
    let shown = meetings::meeting(&web.app, &who.actor, id).await?;
    let form = FormView::new("idea-form", web.app.fresh());
    Ok(LivePage::new(web, shown, asked, form))
}

async fn live(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<MeetingId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let made = live_page(&web, &who, id, &asked).await?;
    let mut answer = page(&made);
    if made.by_itself {
        answer.headers_mut().insert(REFRESH, HeaderValue::from_static(EVERY));
    }
    Ok(answer)
}

async fn stand(State(web): State<Web>, who: SignedIn, Id(id): Id<MeetingId>) -> Result<Response, Oops> {
    let made = live_page(&web, &who, id, &Asked::default()).await?;
    Ok(page(&made.stand()))
}

async fn note_idea(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<MeetingId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let (item, words) = (read.id("item"), read.line("words"));
    let kind = read.code("kind", IdeaKind::from_code);
    let value = (|| Some((item?, NewIdea { kind: kind?, words: words? })))();
    let done = attempt(read.finish(value), |(item, new): (AgendaItemId, NewIdea)| {
        consultation::note_idea(&web.app, &who.actor, Some(key), item, new)
    });
    match done.await? {
        Ok(_) => Ok(redirect(&format!("/teams/sitzungen/{id}/live#idee"))),
        Err(wrong) => {
            let mut made = live_page(&web, &who, id, &Asked::default()).await?;
            made.form = FormView::new("idea-form", key.id).refused(&form, &wrong);
            Ok(refused(&made))
        }
    }
}

async fn begin(State(web): State<Web>, who: SignedIn, Id(id): Id<MeetingId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let item = form.value("item").parse().or(Err(Oops::Unreadable))?;
    let phase = Phase::from_code(form.value("phase")).ok_or(Oops::Unreadable)?;
    meetings::begin_phase(&web.app, &who.actor, Some(key), item, phase).await?;
    Ok(redirect(&format!("/teams/sitzungen/{id}/live")))
}

// Pages -----------------------------------------------------------------------------------------------

/// A phase of the item that is on.
struct PhaseLine {
    phase: Phase,
    minutes: i64,
    is_on: bool,
    is_over: bool,
}

#[derive(Template)]
#[template(path = "casework/meeting_live.html")]
struct LivePage {
    shown: MeetingPage,
    now: Moment,
    form: FormView,
    kinds: Vec<Choice>,
    /// It looks again by itself without script.
    by_itself: bool,
    keys: bool,
    key: uuid::Uuid,
}

impl LivePage {
    fn new(web: &Web, shown: MeetingPage, asked: &Asked, form: FormView) -> Self {
        let codes: Vec<_> = IdeaKind::ALL.iter().map(|kind| kind.code()).collect();
        Self {
            now: web.app.now(),
            form,
            kinds: Choice::words("idea", &codes),
            by_itself: asked.sehen == "selbst",
            keys: asked.tasten != "aus",
            key: web.app.fresh(),
            shown,
        }
    }

    fn stand(&self) -> Stand<'_> {
        Stand { item: self.shown.current(), now: self.now }
    }

    /// The phase that comes next.
    fn next(&self) -> Option<Phase> {
        let on = self.shown.current()?.phase.map(|(phase, _)| phase);
        let place = on.map_or(0, |on| Phase::ALL.iter().position(|phase| *phase == on).map_or(0, |at| at + 1));
        Phase::ALL.get(place).copied()
    }
}

/// What changes while people talk.
#[derive(Template)]
#[template(path = "casework/meeting_stand.html")]
struct Stand<'a> {
    item: Option<&'a MeetingItem>,
    now: Moment,
}

impl HtmlSafe for Stand<'_> {}

impl Stand<'_> {
    /// It is another text when this is another.
    fn mark(&self) -> String {
        let Some(one) = self.item else { return String::new() };
        let phase = one.phase.map_or(String::new(), |(phase, at)| format!("{}{}", phase.code(), at.0));
        format!("{}-{phase}-{}", one.item.id, one.ideas.len())
    }

    fn phases(&self) -> Vec<PhaseLine> {
        let Some(item) = self.item else { return Vec::new() };
        let plan = phase_plan(item.slot.minutes);
        let on = item.phase.and_then(|(on, _)| plan.iter().position(|(phase, _)| *phase == on));
        let line = |(at, (phase, minutes)): (usize, (Phase, i64))| PhaseLine {
            phase,
            minutes,
            is_on: on == Some(at),
            is_over: on.is_some_and(|on| at < on),
        };
        plan.into_iter().enumerate().map(line).collect()
    }

    /// The phase that is on, when it is planned to end, and the seconds until then.
    fn clock(&self) -> Option<(Phase, Moment, i64)> {
        let (phase, begun) = self.item?.phase?;
        let line = self.phases().into_iter().find(|line| line.is_on)?;
        let ends = begun.plus_minutes(line.minutes);
        Some((phase, ends, (ends.0 - self.now.0) / 1000))
    }

    fn groups(&self) -> Vec<(&'static str, Vec<&IdeaView>)> {
        self.item.map(|one| by_kind(&one.ideas)).unwrap_or_default()
    }

    fn until(&self, ends: &Moment) -> String {
        t_with("live-until", &[("x", &ends.clock())])
    }
}
