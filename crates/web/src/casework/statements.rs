// SPDX-License-Identifier: EUPL-1.2
//! Will and resources of a case: people, what they say, goals, the four fields.

use super::cases::by_field;
use super::head::CaseHead;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::access::drafts;
use app::casework::cases::{self, Overview, StatementView, StrengthView};
use app::casework::statements;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::casework::{
    Field, NAME_NOT_KNOWN, NewGoal, NewPerson, NewStatement, NewStrength, PersonRole, StatementKind,
};
use domain::kernel::{CaseId, Day, Refusals};
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/faelle/{id}/wille", Asks::For(Action::SeeCase), will)
        .post("/faelle/{id}/name", Asks::For(Action::WorkOnCase), name_family)
        .post("/faelle/{id}/personen", Asks::For(Action::WorkOnCase), add_person)
        .post("/faelle/{id}/aussagen", Asks::For(Action::WorkOnCase), say)
        .post("/faelle/{id}/ziele", Asks::For(Action::WorkOnCase), add_goal)
        .post("/faelle/{id}/ressourcen", Asks::For(Action::WorkOnCase), add_strength)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_person(form: &FormData) -> Result<NewPerson, Refusals> {
    let mut read = Parser::new(form);
    let (name, role) = (read.name("name"), read.code("role", PersonRole::from_code));
    let born = read.maybe_day("born");
    let value = (|| Some(NewPerson { name: name?, role: role?, born: born? }))();
    read.finish(value)
}

fn parse_statement(form: &FormData) -> Result<NewStatement, Refusals> {
    let mut read = Parser::new(form);
    let (kind, speaker) = (read.code("kind", StatementKind::from_code), read.maybe_id("speaker"));
    let (words, own_part) = (read.note("words"), read.maybe_note("own_part"));
    let said_on = read.day("said_on");
    let value = (|| {
        Some(NewStatement { kind: kind?, words: words?, own_part: own_part?, speaker: speaker?, said_on: said_on? })
    })();
    read.finish(value)
}

fn parse_goal(form: &FormData) -> Result<NewGoal, Refusals> {
    let mut read = Parser::new(form);
    let (owner, words, agreed_on) = (read.id("owner"), read.note("words"), read.day("agreed_on"));
    let value = (|| Some(NewGoal { words: words?, owner: owner?, agreed_on: agreed_on? }))();
    read.finish(value)
}

fn parse_strength(form: &FormData) -> Result<NewStrength, Refusals> {
    let mut read = Parser::new(form);
    let field = read.code("field", Field::from_code);
    let (words, owner) = (read.line("words"), read.maybe_id("owner"));
    let value = (|| Some(NewStrength { field: field?, words: words?, owner: owner? }))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

/// What became of the form before.
#[derive(Deserialize)]
struct WillQuery {
    #[serde(default)]
    hinweis: String,
}

async fn will(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Query(asked): Query<WillQuery>,
) -> Result<Response, Oops> {
    let mut shown = WillPage::load(&web, &who, case).await?;
    shown.kept_as_wish = asked.hinweis == "wunsch";
    Ok(page(&shown))
}

/// Where one is sent after a form.
fn at(case: CaseId, part: &str) -> String {
    format!("/faelle/{case}/wille#{part}")
}

async fn name_family(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let name = read.name("family");
    let done = attempt(read.finish(name), |name| statements::name_family(&web.app, &who.actor, key, case, name));
    back(done.await?, &at(case, "personen"), ("name-family", &form), || WillPage::load(&web, &who, case)).await
}

async fn add_person(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_person(&form), |new| statements::add_person(&web.app, &who.actor, key, case, new));
    back(done.await?, &at(case, "personen"), ("add-person", &form), || WillPage::load(&web, &who, case)).await
}

async fn say(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let parsed = parse_statement(&form);
    let becomes_wish = parsed.as_ref().is_ok_and(|new| new.kind == StatementKind::Will && new.own_part.is_none());
    let path = if becomes_wish { format!("/faelle/{case}/wille?hinweis=wunsch#hinweis") } else { at(case, "gesagt") };
    let done = attempt(parsed, |new| statements::record(&web.app, &who.actor, key, case, new));
    back(done.await?, &path, ("say", &form), || WillPage::load(&web, &who, case)).await
}

async fn add_goal(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_goal(&form), |new| statements::record_goal(&web.app, &who.actor, key, case, new));
    back(done.await?, &at(case, "ziele"), ("goal", &form), || WillPage::load(&web, &who, case)).await
}

async fn add_strength(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_strength(&form), |new| statements::record_strength(&web.app, &who.actor, key, case, new));
    back(done.await?, &at(case, "ressourcen"), ("strength", &form), || WillPage::load(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/will.html")]
struct WillPage {
    frame: Frame,
    head: CaseHead,
    seen: Overview,
    forms: Forms,
    today: Day,
    kept_as_wish: bool,
    people: Vec<Choice>,
    roles: Vec<Choice>,
    kinds: Vec<Choice>,
    fields: Vec<Choice>,
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| code(*item)).collect()
}

impl ManyForms for WillPage {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl WillPage {
    async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<Self, Oops> {
        let (seen, today) = (cases::overview(&web.app, &who.actor, case).await?, web.app.today());
        let mut forms = Forms::blank(web, &["name-family", "add-person", "strength"]);
        for (name, key, day) in
            [("say", statements::form(case), "said_on"), ("goal", statements::goal_form(case), "agreed_on")]
        {
            let typed = drafts(&web.app, &who.actor, &key).await?;
            forms.put(name, FormView::new(name, web.app.fresh()).with_drafts(key, typed).with(day, today));
        }
        Ok(Self::new(Frame::new(web, who, "nav-cases"), today, seen, forms))
    }

    fn new(frame: Frame, today: Day, seen: Overview, forms: Forms) -> Self {
        Self {
            frame,
            head: CaseHead::new(&seen.case, &seen.people, today, "will"),
            people: seen.people.iter().map(|person| Choice::new(person.id, person.name.clone())).collect(),
            roles: Choice::words("person", &codes(PersonRole::ALL, PersonRole::code)),
            kinds: Choice::words("statement", &codes(StatementKind::ALL, StatementKind::code)),
            fields: Choice::words("field", &codes(Field::ALL, Field::code)),
            seen,
            forms,
            today,
            kept_as_wish: false,
        }
    }

    /// Who said what, in the order of the people; at the end what came from professionals, office or court.
    fn speakers(&self) -> Vec<(Option<&str>, Vec<&StatementView>)> {
        let mut groups: Vec<(Option<&str>, Vec<&StatementView>)> = Vec::new();
        let names = self.seen.people.iter().map(|person| Some(person.name.as_str())).chain([None]);
        for name in names {
            let said: Vec<_> = self.seen.statements.iter().filter(|said| said.speaker.as_deref() == name).collect();
            if !said.is_empty() && groups.iter().all(|(known, _)| *known != name) {
                groups.push((name, said));
            }
        }
        groups
    }

    fn strengths(&self) -> Vec<(&'static str, Vec<&StrengthView>)> {
        by_field(&self.seen.strengths)
    }

    fn age(&self, born: &Day) -> i16 {
        self.today.age_of(*born)
    }
}

#[cfg(test)]
#[path = "statements_tests.rs"]
mod tests;
