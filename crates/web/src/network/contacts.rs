// SPDX-License-Identifier: EUPL-1.2
//! The log of contacts, page by page, filtered, as a file; and one contact, whose words may be put right or go.

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::sheet::{Cell, Sheet};
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, link, page, redirect, t,
};
use app::Failure;
use app::network::{self, ContactView, LogFilter, LogPage};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{ContactId, Day, Refusals};
use domain::network::{Correction, words_until};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeNetwork), Asks::For(Action::ProposeProject));
    Routes::default()
        .get("/netzwerk/kontakte", see, log)
        .get("/netzwerk/kontakte/datei", see, file)
        .get("/netzwerk/kontakte/{id}", work, show)
        .post("/netzwerk/kontakte/{id}", work, correct)
        .post("/netzwerk/kontakte/{id}/loeschen", work, erase)
}

// Forms -----------------------------------------------------------------------------------------------

/// `2026-11-19_5f0c…`: the day and the id of the contact with which a page ended.
fn after(text: &str) -> Option<(Day, ContactId)> {
    let (day, id) = text.split_once('_')?;
    Some((Day::parse(day).ok()?, id.parse().ok()?))
}

fn parse_filter(form: &FormData) -> Result<LogFilter, Refusals> {
    let mut read = Parser::new(form);
    let (from, until) = (read.maybe_day("from"), read.maybe_day("until"));
    let (partner, space) = (read.maybe_id("partner"), read.maybe_id("space"));
    let after = after(form.value("after"));
    let value = (|| Some(LogFilter { from: from?, until: until?, partner: partner?, space: space?, after }))();
    read.finish(value)
}

fn parse_correction(form: &FormData) -> Result<Correction, Refusals> {
    let mut read = Parser::new(form);
    let (person, result, next_on) = (read.maybe_line("person"), read.note("result"), read.maybe_day("next_on"));
    let value = (|| Some(Correction { person: person?, result: result?, next_on: next_on? }))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn log(State(web): State<Web>, who: SignedIn, RawQuery(query): RawQuery) -> Result<Response, Oops> {
    let asked = FormData::of_query(query.as_deref().unwrap_or_default())?;
    let read = attempt(parse_filter(&asked), |filter| network::log(&web.app, &who.actor, filter)).await?;
    let blank = FormView::new("log", web.app.fresh());
    match read {
        Ok(shown) => Ok(page(&LogTemplate::new(&web, &who, shown, filled(blank, &asked)))),
        Err(wrong) => {
            let shown = network::log(&web.app, &who.actor, LogFilter::default()).await?;
            Ok(refused(&LogTemplate::new(&web, &who, shown, blank.refused(&asked, &wrong))))
        }
    }
}

const FILTERS: [&str; 4] = ["from", "until", "partner", "space"];

fn filled(form: FormView, asked: &FormData) -> FormView {
    FILTERS.into_iter().fold(form, |form, field| form.with(field, asked.value(field)))
}

async fn file(State(web): State<Web>, who: SignedIn, RawQuery(query): RawQuery) -> Result<Response, Oops> {
    let asked = FormData::of_query(query.as_deref().unwrap_or_default())?;
    let read = attempt(parse_filter(&asked), |filter| network::whole_log(&web.app, &who.actor, filter)).await?;
    let contacts = read.map_err(Failure::Refused)?;
    let sheet = Sheet { head: head(), rows: contacts.iter().map(row).collect() };
    Ok(sheet.file("kontakte", "csv"))
}

fn head() -> Vec<String> {
    let keys = ["contact-on", "contact-column", "contact-field", "contact-time", "contact-partner", "contact-space"];
    let more = ["contact-project", "contact-person", "contact-result", "contact-next-on", "contact-by"];
    keys.into_iter().chain(more).map(t).collect()
}

fn row(contact: &ContactView) -> Vec<Cell> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default().into();
    let gone = contact.erased_on.map(|_| t("contact-gone"));
    vec![
        contact.on.german().into(),
        t(&format!("column-{}", contact.column.code())).into(),
        t(&format!("field-{}", contact.field.code())).into(),
        contact.time.german().into(),
        text(&contact.partner),
        text(&contact.space),
        text(&contact.project),
        text(&contact.person),
        text(&gone.or_else(|| contact.result.clone())),
        contact.next_on.map(Day::german).unwrap_or_default().into(),
        text(&contact.by),
    ]
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<ContactId>) -> Result<Response, Oops> {
    Ok(page(&ContactTemplate::load(&web, &who, id).await?))
}

async fn correct(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<ContactId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let right = parse_correction(&form);
    match attempt(right, |right| network::correct(&web.app, &who.actor, Some(key), id, right)).await? {
        Ok(id) => Ok(redirect(&format!("/netzwerk/kontakte/{id}"))),
        Err(wrong) => {
            let mut shown = ContactTemplate::load(&web, &who, id).await?;
            shown.form = FormView::new("contact", key.id).refused(&form, &wrong);
            Ok(refused(&shown))
        }
    }
}

async fn erase(State(web): State<Web>, who: SignedIn, Id(id): Id<ContactId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    match attempt(Ok(()), |()| network::erase_words(&web.app, &who.actor, Some(key), id)).await? {
        Ok(id) => Ok(redirect(&format!("/netzwerk/kontakte/{id}"))),
        Err(wrong) => {
            let mut shown = ContactTemplate::load(&web, &who, id).await?;
            shown.form = FormView::new("contact", key.id).refused(&form, &wrong);
            Ok(refused(&shown))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "network/log.html")]
struct LogTemplate {
    frame: Frame,
    shown: LogPage,
    form: FormView,
    partners: Vec<Choice>,
    spaces: Vec<Choice>,
}

impl LogTemplate {
    fn new(web: &Web, who: &SignedIn, shown: LogPage, form: FormView) -> Self {
        let partners = shown.partners.iter().map(|(id, name)| Choice::new(id, name)).collect();
        let spaces = shown.spaces.iter().map(|(id, name)| Choice::new(id, name)).collect();
        Self { frame: Frame::new(web, who, "nav-network"), shown, form, partners, spaces }
    }

    fn address(&self, path: &str, after: &str) -> String {
        let mut pairs: Vec<(&str, &str)> = FILTERS.iter().map(|field| (*field, self.form.typed(field))).collect();
        pairs.push(("after", after));
        link(path, &pairs)
    }

    /// The address of older contacts.
    fn older(&self) -> Option<String> {
        let (day, id) = self.shown.next?;
        Some(self.address("/netzwerk/kontakte", &format!("{day}_{id}")))
    }

    fn file(&self) -> String {
        self.address("/netzwerk/kontakte/datei", "")
    }
}

#[derive(Template)]
#[template(path = "network/contact.html")]
struct ContactTemplate {
    frame: Frame,
    one: ContactView,
    form: FormView,
    gone: FormView,
    /// On its last day the words go by themselves.
    until: Day,
    may_see_log: bool,
}

impl ContactTemplate {
    async fn load(web: &Web, who: &SignedIn, id: ContactId) -> Result<Self, Oops> {
        let one = network::contact(&web.app, &who.actor, id).await?;
        let form = FormView::new("contact", web.app.fresh())
            .with("person", one.person.clone().unwrap_or_default())
            .with("result", one.result.clone().unwrap_or_default())
            .with("next_on", one.next_on.map(|day| day.to_string()).unwrap_or_default());
        Ok(Self {
            frame: Frame::new(web, who, "nav-network"),
            until: words_until(one.on),
            form,
            gone: FormView::new("contact-gone", web.app.fresh()),
            may_see_log: who.may(Action::SeeNetwork),
            one,
        })
    }
}
