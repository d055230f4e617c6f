// SPDX-License-Identifier: EUPL-1.2
//! The office's holidays, and the address for calendar programs. What leaves the house this way names no client, no
//! case and no kind of help.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, page, redirect, t};
use app::Failure;
use app::access::Token;
use app::deadlines::{self, FeedEntry};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::response::{IntoResponse, Response};
use domain::access::{Action, Denied};
use domain::deadlines::{Calendar, Land, LocalHoliday};
use domain::kernel::{Moment, Refusals};

/// The room's doors.
pub(super) fn routes() -> Routes {
    let (own, land) = (Asks::For(Action::KeepOwn), Asks::For(Action::ManageTerritory));
    Routes::default()
        .get("/kalender", own, show)
        .post("/kalender", own, make)
        .post("/kalender/widerruf", own, revoke)
        .get("/kalender/{token}/fristen.ics", Asks::Nobody, feed)
        .get("/verwaltung/kalender", land, office)
        .post("/verwaltung/kalender", land, set)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_calendar(form: &FormData) -> Result<Calendar, Refusals> {
    let mut read = Parser::new(form);
    let land = read.code("land", Land::from_code);
    let local = form.values("local").filter_map(LocalHoliday::from_code).collect();
    let calendar = land.map(|land| Calendar::new(land, local));
    match calendar {
        Some(Err(refusal)) => Err(refusal.into()),
        Some(Ok(calendar)) => read.finish(Some(calendar)),
        None => read.finish(None),
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let since = deadlines::feed_since(&web.app, &who.actor).await?;
    Ok(page(&FeedTemplate::new(&web, &who, since, None)))
}

/// The address is shown once, on this very page: it is kept nowhere.
async fn make(State(web): State<Web>, who: SignedIn, headers: HeaderMap, form: FormData) -> Result<Response, Oops> {
    let token = deadlines::make_feed(&web.app, &who.actor, Some(form.key()?)).await?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let address = format!("https://{host}/kalender/{}/fristen.ics", token.expose());
    let since = deadlines::feed_since(&web.app, &who.actor).await?;
    Ok(page(&FeedTemplate::new(&web, &who, since, Some(address))))
}

async fn revoke(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    deadlines::revoke_feed(&web.app, &who.actor, Some(form.key()?)).await?;
    Ok(redirect("/kalender"))
}

async fn feed(State(web): State<Web>, Path(token): Path<String>) -> Result<Response, Oops> {
    let days = deadlines::feed(&web.app, &Token::from_client(&token)).await?;
    let days = days.ok_or(Failure::Denied(Denied::Hidden))?;
    Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8")], ics(&days, web.app.now())).into_response())
}

async fn office(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let calendar = deadlines::calendar(&web.app, &who.actor).await?;
    let local: Vec<&str> = calendar.local().iter().map(|one| one.code()).collect();
    let form = FormView::new("calendar", web.app.fresh());
    let form = form.with("land", calendar.land().map(Land::code).unwrap_or_default()).with_each("local", &local);
    Ok(page(&CalendarTemplate::new(Frame::new(&web, &who, "nav-calendar"), form)))
}

async fn set(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |calendar| deadlines::set_calendar(&web.app, &who.actor, Some(key), calendar);
    match attempt(parse_calendar(&form), act).await? {
        Ok(_) => Ok(redirect("/verwaltung/kalender")),
        Err(wrong) => {
            let view = FormView::new("calendar", key.id).refused(&form, &wrong);
            Ok(refused(&CalendarTemplate::new(Frame::new(&web, &who, "nav-calendar"), view)))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

/// A calendar as RFC 5545 wants it: whole days, a reminder the day before, and nothing about anybody.
fn ics(days: &[FeedEntry], now: Moment) -> String {
    let stamp: String = now.rfc3339().chars().filter(char::is_ascii_alphanumeric).collect();
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sozialraum//Fristen//DE"].map(str::to_owned).to_vec();
    for entry in days {
        let day = |day: domain::kernel::Day| day.to_string().replace('-', "");
        lines.extend(["BEGIN:VEVENT".to_owned(), format!("UID:{}@sozialraum", entry.id), format!("DTSTAMP:{stamp}")]);
        lines.push(format!("DTSTART;VALUE=DATE:{}", day(entry.day)));
        lines.push(format!("DTEND;VALUE=DATE:{}", day(entry.day.plus_days(1))));
        lines.push(format!("SUMMARY:{}", t(&format!("feed-{}", entry.nature.code()))));
        lines.push(format!("DESCRIPTION:{}", t("feed-about")));
        lines.extend(["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D"].map(str::to_owned));
        lines.push(format!("DESCRIPTION:{}", t("feed-about")));
        lines.extend(["END:VALARM", "END:VEVENT"].map(str::to_owned));
    }
    lines.push("END:VCALENDAR\r\n".to_owned());
    lines.join("\r\n")
}

#[derive(Template)]
#[template(path = "deadlines/feed.html")]
struct FeedTemplate {
    frame: Frame,
    since: Option<Moment>,
    address: Option<String>,
    make: FormView,
    revoke: FormView,
}

impl FeedTemplate {
    fn new(web: &Web, who: &SignedIn, since: Option<Moment>, address: Option<String>) -> Self {
        Self {
            frame: Frame::new(web, who, "nav-deadlines"),
            since,
            address,
            make: FormView::new("feed-make", web.app.fresh()),
            revoke: FormView::new("feed-revoke", web.app.fresh()),
        }
    }
}

#[derive(Template)]
#[template(path = "deadlines/calendar.html")]
struct CalendarTemplate {
    frame: Frame,
    lands: Vec<Choice>,
    local: Vec<Choice>,
    form: FormView,
}

impl CalendarTemplate {
    fn new(frame: Frame, form: FormView) -> Self {
        let lands: Vec<&str> = Land::ALL.iter().map(|land| land.code()).collect();
        let local: Vec<&str> = LocalHoliday::ALL.iter().map(|one| one.code()).collect();
        Self { frame, lands: Choice::words("land", &lands), local: Choice::words("local-holiday", &local), form }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::deadlines::Nature;
    use domain::kernel::{Day, DueId};

    #[test]
    fn a_calendar_says_when_and_never_what_about() {
        let day = Day::parse("2026-12-31").unwrap();
        let entry = FeedEntry { id: DueId(uuid::Uuid::from_u128(7)), day, nature: Nature::Legal };
        let text = ics(&[entry], Moment::parse("2026-11-23T09:00:00Z").unwrap());
        for line in ["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "DTSTAMP:20261123T090000Z"] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{text}");
        }
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    }
}
