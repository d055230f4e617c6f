// SPDX-License-Identifier: EUPL-1.2
//! The network: who was not spoken to for long, partners, the log of contacts, patterns in what teams said.

pub mod contacts;
pub mod projects;
pub mod revise;

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::network::{self, NetworkPage, PartnerView, PatternsPage};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{PartnerId, Refusals};
use domain::network::{Minutes, NewContact, NewPartner, PartnerKind, Rhythm, Tie, WorkColumn, WorkField};
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, tend) = (Asks::For(Action::SeeNetwork), Asks::For(Action::TendNetwork));
    Routes::default()
        .get("/netzwerk", see, show)
        .post("/netzwerk/partner", tend, add_partner)
        .post("/netzwerk/partner/{id}", tend, change_partner)
        .post("/netzwerk/kontakte", tend, log)
        .post("/netzwerk/partner/{id}/ende", tend, end_partner)
        .post("/netzwerk/partner/{id}/wieder", tend, resume_partner)
        .get("/netzwerk/muster", see, patterns)
        .and(contacts::routes())
        .and(revise::routes())
}

// Forms -----------------------------------------------------------------------------------------------

/// Which partner is to be changed.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    partner: String,
}

fn parse_partner(form: &FormData) -> Result<NewPartner, Refusals> {
    let mut read = Parser::new(form);
    let (name, kind) = (read.line("name"), read.code("kind", PartnerKind::from_code));
    let (tie, space) = (read.code("tie", Tie::from_code), read.maybe_id("space"));
    let (contact, topics) = (read.maybe_line("contact"), read.maybe_line("topics"));
    let (rhythm, agreement) = (read.maybe("rhythm", Rhythm::parse), read.maybe_note("agreement"));
    let (from, until) = (read.maybe_day("agreed_from"), read.maybe_day("agreed_until"));
    let value = (|| {
        Some(NewPartner {
            name: name?,
            kind: kind?,
            tie: tie?,
            space: space?,
            contact: contact?,
            topics: topics?,
            rhythm: rhythm?,
            agreement: agreement?,
            agreed_from: from?,
            agreed_until: until?,
        })
    })();
    read.finish(value)
}

pub(super) fn parse_contact(form: &FormData) -> Result<NewContact, Refusals> {
    let mut read = Parser::new(form);
    let (on, time) = (read.day("on"), read.with("time", Minutes::parse));
    let (column, field) = (read.code("column", WorkColumn::from_code), read.code("field", WorkField::from_code));
    let (space, partner, project) = (read.maybe_id("space"), read.maybe_id("partner"), read.maybe_id("project"));
    let (person, result, next_on) = (read.maybe_line("person"), read.note("result"), read.maybe_day("next_on"));
    let value = (|| {
        Some(NewContact {
            on: on?,
            column: column?,
            field: field?,
            space: space?,
            partner: partner?,
            project: project?,
            person: person?,
            time: time?,
            result: result?,
            next_on: next_on?,
        })
    })();
    read.finish(value)
}

/// The form of a partner as it is kept.
fn known(partner: &PartnerView, key: uuid::Uuid) -> FormView {
    let day = |day: Option<domain::kernel::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    FormView::new("partner", key)
        .with("name", &partner.name)
        .with("kind", partner.kind.code())
        .with("tie", partner.tie.code())
        .with("space", partner.space.map(|space| space.to_string()).unwrap_or_default())
        .with("contact", text(&partner.contact))
        .with("topics", text(&partner.topics))
        .with("rhythm", partner.rhythm.map(|rhythm| rhythm.weeks().to_string()).unwrap_or_default())
        .with("agreement", text(&partner.agreement))
        .with("agreed_from", day(partner.agreed_from))
        .with("agreed_until", day(partner.agreed_until))
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let mut shown = NetworkTemplate::load(&web, &who).await?;
    if let Ok(id) = asked.partner.parse::<PartnerId>() {
        shown.choose(id, web.app.fresh());
    }
    Ok(page(&shown))
}

async fn add_partner(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    keep_partner(&web, &who, None, form).await
}

async fn change_partner(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<PartnerId>,
    form: FormData,
) -> Result<Response, Oops> {
    keep_partner(&web, &who, Some(id), form).await
}

async fn keep_partner(web: &Web, who: &SignedIn, known: Option<PartnerId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_partner(&form), |new| network::keep_partner(&web.app, &who.actor, Some(key), known, new));
    match done.await? {
        Ok(id) => Ok(redirect(&format!("/netzwerk#p-{id}"))),
        Err(wrong) => {
            let mut shown = NetworkTemplate::load(web, who).await?;
            shown.changed = known;
            shown.partner = FormView::new("partner", key.id).refused(&form, &wrong);
            Ok(refused(&shown))
        }
    }
}

async fn end_partner(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<PartnerId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let why = read.line("why");
    let done = attempt(read.finish(why), |why| network::end_partner(&web.app, &who.actor, Some(key), id, why));
    match done.await? {
        Ok(id) => Ok(redirect(&format!("/netzwerk#p-{id}"))),
        Err(wrong) => {
            let mut shown = NetworkTemplate::load(&web, &who).await?;
            shown.choose(id, web.app.fresh());
            shown.end = FormView::new("partner-end", key.id).refused(&form, &wrong);
            Ok(refused(&shown))
        }
    }
}

async fn resume_partner(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<PartnerId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(Ok(()), |()| network::resume_partner(&web.app, &who.actor, Some(key), id));
    match done.await? {
        Ok(id) => Ok(redirect(&format!("/netzwerk#p-{id}"))),
        Err(wrong) => {
            let mut shown = NetworkTemplate::load(&web, &who).await?;
            shown.partner = FormView::new("partner", key.id).refused(&form, &wrong);
            Ok(refused(&shown))
        }
    }
}

async fn log(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_contact(&form), |new| network::log_contact(&web.app, &who.actor, Some(key), new));
    match done.await? {
        Ok(id) => Ok(redirect(&format!("/netzwerk#k-{id}"))),
        Err(wrong) => {
            let mut shown = NetworkTemplate::load(&web, &who).await?;
            shown.contact = FormView::new("contact", key.id).refused(&form, &wrong);
            Ok(refused(&shown))
        }
    }
}

async fn patterns(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let seen = network::seen_patterns(&web.app, &who.actor).await?;
    Ok(page(&PatternsTemplate { frame: Frame::new(&web, &who, "nav-network"), seen }))
}

// Pages -----------------------------------------------------------------------------------------------

pub(super) fn columns() -> Vec<Choice> {
    let codes: Vec<&str> = WorkColumn::ALL.iter().map(|one| one.code()).collect();
    Choice::words("column", &codes)
}

pub(super) fn fields() -> Vec<Choice> {
    let codes: Vec<&str> = WorkField::ALL.iter().map(|one| one.code()).collect();
    Choice::words("field", &codes)
}

#[derive(Template)]
#[template(path = "network/network.html")]
struct NetworkTemplate {
    frame: Frame,
    shown: NetworkPage,
    contact: FormView,
    partner: FormView,
    end: FormView,
    again: FormView,
    /// The partner that is being changed.
    changed: Option<PartnerId>,
    columns: Vec<Choice>,
    fields: Vec<Choice>,
    kinds: Vec<Choice>,
    ties: Vec<Choice>,
    spaces: Vec<Choice>,
    partners: Vec<Choice>,
    projects: Vec<Choice>,
    may_see_patterns: bool,
}

impl NetworkTemplate {
    async fn load(web: &Web, who: &SignedIn) -> Result<Self, Oops> {
        let shown = network::page(&web.app, &who.actor).await?;
        let kinds: Vec<&str> = PartnerKind::ALL.iter().map(|kind| kind.code()).collect();
        let ties: Vec<&str> = Tie::ALL.iter().map(|tie| tie.code()).collect();
        let mut partners: Vec<Choice> = shown
            .partners
            .iter()
            .filter(|(one, _)| one.ended_on.is_none())
            .map(|(one, _)| Choice::new(one.id, one.name.clone()))
            .collect();
        partners.sort_by(|a, b| a.label.cmp(&b.label));
        Ok(Self {
            frame: Frame::new(web, who, "nav-network"),
            contact: FormView::new("contact", web.app.fresh()).with("on", web.app.today()),
            partner: FormView::new("partner", web.app.fresh()),
            end: FormView::new("partner-end", web.app.fresh()),
            again: FormView::new("partner-again", web.app.fresh()),
            changed: None,
            columns: columns(),
            fields: fields(),
            kinds: Choice::words("partner", &kinds),
            ties: Choice::words("tie", &ties),
            spaces: shown.spaces.iter().map(|one| Choice::new(one.id, one.name.clone())).collect(),
            partners,
            projects: shown.projects.iter().map(|one| Choice::new(one.id, one.title.clone())).collect(),
            may_see_patterns: who.may(Action::SeeConsultation),
            shown,
        })
    }

    fn choose(&mut self, id: PartnerId, key: uuid::Uuid) {
        let is_it = |one: &PartnerView| one.id == id && one.ended_on.is_none();
        let chosen = self.shown.partners.iter().find(|(one, _)| is_it(one)).filter(|_| self.shown.may_tend);
        if let Some((one, _)) = chosen {
            (self.changed, self.partner) = (Some(id), known(one, key));
        }
    }

    fn tended(&self) -> impl Iterator<Item = &(PartnerView, Option<i32>)> {
        self.shown.partners.iter().filter(|(one, _)| one.ended_on.is_none())
    }

    fn ended(&self) -> impl Iterator<Item = &PartnerView> {
        self.shown.partners.iter().map(|(one, _)| one).filter(|one| one.ended_on.is_some())
    }

    fn silent(&self) -> impl Iterator<Item = (&PartnerView, i32)> {
        self.shown.partners.iter().filter_map(|(one, silent)| Some((one, (*silent)?)))
    }
}

#[derive(Template)]
#[template(path = "network/patterns.html")]
struct PatternsTemplate {
    frame: Frame,
    seen: PatternsPage,
}
