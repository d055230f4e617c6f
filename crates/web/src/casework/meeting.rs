// SPDX-License-Identifier: EUPL-1.2
//! Meetings of the teams: the calendar, the agenda of one meeting, who was there, the minutes. The team advises; no
//! page here decides anything.

use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t,
};
use app::casework::consultation::IdeaView;
use app::casework::meetings::{self, MeetingPage, MeetingsPage};
use app::casework::shares::{self, SpaceShares};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{IdeaKind, MeetingKind, NewMeeting, Present, SeatRole, Share, Slot, TIME_OUTSIDE, TimeOfDay};
use domain::kernel::{AgendaItemId, Day, MeetingId, Refusal, Refusals, TeamId};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, hold) = (Asks::For(Action::SeeConsultation), Asks::For(Action::HoldConsultation));
    Routes::default()
        .get("/teams/sitzungen", see, list)
        .post("/teams/sitzungen", hold, call)
        .get("/teams/sitzungen/{id}", see, show)
        .post("/teams/sitzungen/{id}/anwesende", hold, note_present)
        .post("/teams/sitzungen/{id}/platz", hold, give_slot)
        .get("/teams/anteile", Asks::For(Action::SeeNetwork), told_shares)
}

// Forms -----------------------------------------------------------------------------------------------

fn number(text: &str) -> Result<i64, Refusal> {
    text.trim().parse().or(Err(TIME_OUTSIDE.broken()))
}

fn parse_meeting(form: &FormData) -> Result<(TeamId, NewMeeting), Refusals> {
    let mut read = Parser::new(form);
    let (team, kind) = (read.id("team"), read.code("kind", MeetingKind::from_code));
    let (meets_on, starts_at) = (read.day("meets_on"), read.with("starts_at", TimeOfDay::parse));
    let (minutes, place) = (read.with("minutes", number), read.line("place"));
    let value = (|| {
        let (meets_on, starts_at, minutes) = (meets_on?, starts_at?, minutes?);
        Some((team?, NewMeeting { meets_on, starts_at, minutes, place: place?, kind: kind? }))
    })();
    read.finish(value)
}

/// `agency|Anker e. V.`: a role and where from, as the page offers it.
fn offered(text: &str) -> Result<Present, Refusal> {
    let (role, organisation) = text.split_once('|').unwrap_or(("guest", text));
    Present::read(SeatRole::from_code(role).unwrap_or(SeatRole::Guest), organisation)
}

fn parse_present(form: &FormData) -> Result<Vec<Present>, Refusals> {
    let mut wrong = Refusals::default();
    let offered: Option<Vec<Present>> = wrong.take("present", form.values("present").map(offered).collect());
    let lines = form.value("guests").lines().filter(|line| !line.trim().is_empty());
    let guests = lines.map(|line| Present::read(SeatRole::Guest, line));
    let guests: Option<Vec<Present>> = wrong.take("guests", guests.collect());
    wrong.finish(offered.zip(guests).map(|(offered, guests)| offered.into_iter().chain(guests).collect()))
}

fn parse_slot(form: &FormData) -> Result<(AgendaItemId, Slot), Refusals> {
    let mut read = Parser::new(form);
    let (item, urgent) = (read.id("item"), read.maybe_line("urgent"));
    let (minutes, place) = (read.with("minutes", number), read.with("place", number));
    let value = (|| Some((item?, Slot { minutes: minutes?, urgent: urgent?, place: place? })))();
    read.finish(value)
}

fn call_form(web: &Web) -> FormView {
    let form = FormView::new("team-call", web.app.fresh());
    form.with("starts_at", "9:00").with("minutes", 90).with("kind", MeetingKind::Consultation.code())
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    Ok(page(&list_page(&web, &who).await?))
}

async fn list_page(web: &Web, who: &SignedIn) -> Result<ListPage, Oops> {
    let shown = meetings::list(&web.app, &who.actor).await?;
    let mut forms = Forms::blank(web, &[]);
    forms.put("team-call", call_form(web));
    Ok(ListPage::new(Frame::new(web, who, "nav-meetings"), shown, forms, web.app.today()))
}

async fn call(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done =
        attempt(parse_meeting(&form), |(team, new)| meetings::call(&web.app, &who.actor, Some(key), team, new)).await?;
    match done {
        Ok(id) => Ok(redirect(&format!("/teams/sitzungen/{id}"))),
        wrong => back(wrong, "", ("team-call", &form), || list_page(&web, &who)).await,
    }
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<MeetingId>) -> Result<Response, Oops> {
    Ok(page(&meeting_page(&web, &who, id).await?))
}

async fn meeting_page(web: &Web, who: &SignedIn, id: MeetingId) -> Result<OnePage, Oops> {
    let shown = meetings::meeting(&web.app, &who.actor, id).await?;
    Ok(OnePage::new(web, who, shown))
}

async fn note_present(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<MeetingId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let keep = |all| meetings::keep_present(&web.app, &who.actor, Some(key), id, all);
    let done = attempt(parse_present(&form), keep).await?;
    let path = format!("/teams/sitzungen/{id}#anwesende");
    back(done, &path, ("team-present", &form), || meeting_page(&web, &who, id)).await
}

async fn give_slot(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<MeetingId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let keep = |(item, slot)| meetings::keep_slot(&web.app, &who.actor, Some(key), item, slot);
    let done = attempt(parse_slot(&form), keep).await?;
    let path = format!("/teams/sitzungen/{id}#tagesordnung");
    back(done, &path, ("team-slot", &form), || meeting_page(&web, &who, id)).await
}

async fn told_shares(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let spaces = shares::shares(&web.app, &who.actor).await?;
    Ok(page(&SharesPage { frame: Frame::new(&web, &who, "nav-shares"), spaces }))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/meetings.html")]
struct ListPage {
    frame: Frame,
    shown: MeetingsPage,
    today: Day,
    forms: Forms,
    teams: Vec<Choice>,
    kinds: Vec<Choice>,
}

impl ListPage {
    fn new(frame: Frame, shown: MeetingsPage, forms: Forms, today: Day) -> Self {
        let codes: Vec<_> = MeetingKind::ALL.iter().map(|kind| kind.code()).collect();
        Self {
            teams: shown.callable.iter().map(|(id, name)| Choice::new(id, name.clone())).collect(),
            kinds: Choice::words("meeting-kind", &codes),
            frame,
            shown,
            today,
            forms,
        }
    }

    fn coming(&self) -> Vec<&meetings::MeetingView> {
        self.shown.meetings.iter().filter(|one| one.meets_on >= self.today).collect()
    }

    fn past(&self) -> Vec<&meetings::MeetingView> {
        self.shown.meetings.iter().rev().filter(|one| one.meets_on < self.today).collect()
    }
}

impl ManyForms for ListPage {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

#[derive(Template)]
#[template(path = "casework/meeting.html")]
struct OnePage {
    frame: Frame,
    shown: MeetingPage,
    forms: Forms,
    seats: Vec<Choice>,
    items: Vec<Choice>,
    /// The day has come: who is there may be written down.
    began: bool,
}

impl OnePage {
    fn new(web: &Web, who: &SignedIn, shown: MeetingPage) -> Self {
        let began = shown.meeting.meets_on <= web.app.today();
        let mut forms = Forms::blank(web, &["team-slot"]);
        forms.put("team-present", present_form(web, &shown));
        forms.put(
            "team-slot",
            FormView::new("team-slot", web.app.fresh()).with("minutes", domain::casework::ITEM_MINUTES),
        );
        let items = shown.items.iter().filter(|one| one.item.held_on.is_none());
        Self {
            seats: seats(&shown.organisations),
            items: items.map(|one| Choice::new(one.item.id, one.item.label.clone())).collect(),
            frame: Frame::new(web, who, "nav-meetings"),
            shown,
            forms,
            began,
        }
    }

    /// More is planned than there is time.
    fn too_full(&self) -> bool {
        self.shown.planned() > self.shown.meeting.minutes
    }
}

impl ManyForms for OnePage {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

fn seat(one: &Present) -> String {
    format!("{}|{}", one.role.code(), one.organisation.as_str())
}

/// Seats to tick: the roles of the office, then the agencies with a seat. None is ticked beforehand.
fn seats(organisations: &[String]) -> Vec<Choice> {
    let roles = [SeatRole::Moderation, SeatRole::Writer, SeatRole::Asd, SeatRole::Finance, SeatRole::Coordination];
    let (office, agencies) = organisations.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let choice = |role: SeatRole, organisation: &str| {
        let word = t(&format!("seat-{}", role.code()));
        Choice::new(format!("{}|{organisation}", role.code()), format!("{word}, {organisation}"))
    };
    let of_office = roles.into_iter().map(|role| choice(role, office));
    of_office.chain(agencies.iter().map(|name| choice(SeatRole::Agency, name))).collect()
}

fn present_form(web: &Web, shown: &MeetingPage) -> FormView {
    let known = seats(&shown.organisations);
    let all: Vec<String> = shown.present.iter().map(seat).collect();
    let ticked: Vec<&str> =
        all.iter().map(String::as_str).filter(|one| known.iter().any(|choice| choice.value == *one)).collect();
    let guests = shown.present.iter().filter(|one| !ticked.contains(&seat(one).as_str()));
    let guests: Vec<&str> = guests.map(|one| one.organisation.as_str()).collect();
    FormView::new("team-present", web.app.fresh()).with_each("present", &ticked).with("guests", guests.join("\n"))
}

/// Ideas by kind, in the order of looking; kinds without ideas are left out.
pub(super) fn by_kind(ideas: &[IdeaView]) -> Vec<(&'static str, Vec<&IdeaView>)> {
    let of = |kind: &IdeaKind| (kind.code(), ideas.iter().filter(|idea| idea.kind == *kind).collect::<Vec<_>>());
    IdeaKind::ALL.iter().map(of).filter(|(_, ideas)| !ideas.is_empty()).collect()
}

#[derive(Template)]
#[template(path = "casework/shares.html")]
struct SharesPage {
    frame: Frame,
    spaces: Vec<SpaceShares>,
}

impl SharesPage {
    /// `3 von 8 (38 %)`.
    fn told(&self, share: &Share) -> String {
        let percent = share.percent().unwrap_or_default();
        format!("{} {} {} ({percent} %)", share.informal, t("share-of"), share.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_there_is_read_by_role_and_organisation() {
        let sent =
            [("present", "agency|Anker e. V."), ("present", "asd|Jugendamt"), ("guests", "Grundschule\n\n Kita ")];
        let read = parse_present(&FormData::of(&sent)).unwrap();
        let told: Vec<_> = read.iter().map(|one| (one.role.code(), one.organisation.as_str())).collect();
        assert_eq!(
            told,
            [("agency", "Anker e. V."), ("asd", "Jugendamt"), ("guest", "Grundschule"), ("guest", "Kita")]
        );
        assert!(parse_present(&FormData::of(&[("guests", "Frau Behrens")])).is_err());
    }
}
