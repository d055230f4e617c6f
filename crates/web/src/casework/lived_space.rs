// SPDX-License-Identifier: EUPL-1.2
//! The lived space of a family: places as a list and, with the same numbers, on a map beside the borders of the office.

use super::head::CaseHead;
use super::lived_map::LivedMap;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t_with,
};
use crate::resources::choices;
use app::casework::lived_space::{self, LivedPage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{Company, LIVED_TOO_FAR, LivedKind, Mobility, NewLivedPlace, Way};
use domain::kernel::{CaseId, LivedPlaceId, PersonId, Refusals};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/lebenswelt", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/lebenswelt/orte", work, add)
        .post("/faelle/{id}/lebenswelt/reichweite", work, say_reach)
        .post("/faelle/{id}/lebenswelt/ende", work, end)
}

// Forms -----------------------------------------------------------------------------------------------

fn whole(text: &str) -> Result<i64, domain::kernel::Refusal> {
    text.trim().parse().ok().filter(|number| (0..=1_000_000).contains(number)).ok_or(LIVED_TOO_FAR.broken())
}

fn parse(form: &FormData) -> Result<NewLivedPlace, Refusals> {
    let mut read = Parser::new(form);
    let (person, kind) = (read.id("person"), read.code("kind", LivedKind::from_code));
    let (name, place, point) = (read.line("name"), read.maybe_line("place"), read.maybe_line("point"));
    let (way, company) = (read.code("way", Way::from_code), read.code("company", Company::from_code));
    let (by_whom, minutes) = (read.maybe_line("by_whom"), read.maybe("minutes", whole));
    let told_on = read.day("told_on");
    let new = (|| {
        Some(NewLivedPlace {
            person: person?,
            kind: kind?,
            name: name?,
            place: place?,
            point: point?,
            way: way?,
            company: company?,
            by_whom: by_whom?,
            minutes: minutes?,
            told_on: told_on?,
        })
    })();
    read.finish(new)
}

fn parse_reach(form: &FormData) -> Result<(PersonId, Mobility), Refusals> {
    let mut read = Parser::new(form);
    let (person, metres) = (read.id("person"), read.with("metres", whole));
    let (words, said_on) = (read.maybe_line("words"), read.day("said_on"));
    let said = (|| Some((person?, Mobility { metres: metres?, words: words?, said_on: said_on? })))();
    read.finish(said)
}

// Handlers --------------------------------------------------------------------------------------------

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&LivedTemplate::load(&web, &who, case).await?))
}

async fn add(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let add = |new| lived_space::add_place(&web.app, &who.actor, Some(key), (case, new));
    let done = attempt(parse(&form), add).await?;
    let path = format!("/faelle/{case}/lebenswelt#orte");
    back(done, &path, ("lived", &form), || LivedTemplate::load(&web, &who, case)).await
}

async fn say_reach(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let say = |(person, said)| lived_space::say_reach(&web.app, &who.actor, Some(key), (case, person), said);
    let done = attempt(parse_reach(&form), say).await?;
    let path = format!("/faelle/{case}/lebenswelt#reichweite");
    back(done, &path, ("lived-reach", &form), || LivedTemplate::load(&web, &who, case)).await
}

async fn end(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let place: LivedPlaceId = form.value("place").parse().or(Err(Oops::Unreadable))?;
    lived_space::end_place(&web.app, &who.actor, Some(key), place).await?;
    Ok(redirect(&format!("/faelle/{case}/lebenswelt#orte")))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/lived.html")]
struct LivedTemplate {
    frame: Frame,
    head: CaseHead,
    shown: LivedPage,
    map: LivedMap,
    forms: Forms,
    people: Vec<Choice>,
    kinds: Vec<Choice>,
    ways: Vec<Choice>,
    companies: Vec<Choice>,
    keys: Vec<Uuid>,
}

impl ManyForms for LivedTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl LivedTemplate {
    /// Does a school or a day care stand here, which tells in which quarter a child lives?
    fn tells_by_school(&self) -> bool {
        self.shown.places.iter().any(|one| matches!(one.kind, LivedKind::School | LivedKind::DayCare))
    }

    async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<Self, Oops> {
        let shown = lived_space::page(&web.app, &who.actor, case).await?;
        let today = web.app.today();
        let mut forms = Forms::blank(web, &[]);
        forms.put("lived", FormView::new("lived", web.app.fresh()).with("told_on", today));
        forms.put("lived-reach", FormView::new("lived-reach", web.app.fresh()).with("said_on", today));
        Ok(Self {
            frame: Frame::new(web, who, "nav-cases"),
            head: CaseHead::new(&shown.case, &shown.people, today, "people"),
            map: LivedMap::of(web, &shown).await?,
            people: shown.people.iter().map(|one| Choice::new(one.id, one.name.clone())).collect(),
            kinds: choices!("lived-kind", LivedKind),
            ways: choices!("lived-way", Way),
            companies: choices!("lived-company", Company),
            keys: shown.places.iter().map(|_| web.app.fresh()).collect(),
            forms,
            shown,
        })
    }

    /// Who may go how far alone, in words.
    fn reaches(&self) -> Vec<(String, Option<String>, String)> {
        let name =
            |id: &PersonId| self.shown.people.iter().find(|one| one.id == *id).map_or("", |one| one.name.as_str());
        let line = |(person, said): &(PersonId, Mobility)| {
            let key = if said.metres == 0 { "lived-reach-nowhere" } else { "lived-reach-line" };
            let line = t_with(key, &[("x", name(person)), ("y", &said.metres.to_string())]);
            (line, said.words.as_ref().map(|words| words.as_str().to_owned()), said.said_on.german())
        };
        self.shown.reaches.iter().map(line).collect()
    }
}
