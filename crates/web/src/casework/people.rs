// SPDX-License-Identifier: EUPL-1.2
//! The people of a case: language, contacts, roles in law, where they lived, who is the same human being.

use super::head::CaseHead;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::t_with;
use crate::kit::{Asks, Choice, FormData, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, t};
use app::casework::people::{self, Alike, PeoplePage};
use app::casework::seals::Place;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{
    Contact, Holder, Home, Interpreter, LegalKind, NewJoin, NewLegalRole, NewResidence, PersonRole, Proof, SealReason,
    Speech, StayDoubt,
};
use domain::kernel::{CaseId, Day, JoinId, LegalRoleId, Line, PersonId, Refusals, SealId};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/menschen", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/sprache", work, describe)
        .post("/faelle/{id}/kontakte", work, add_contact)
        .post("/faelle/{id}/kontakte/ende", work, end_contact)
        .post("/faelle/{id}/wohnorte", work, add_residence)
        .post("/faelle/{id}/rollen", work, add_role)
        .post("/faelle/{id}/rollen/ende", work, end_role)
        .post("/faelle/{id}/zusammenfuehrung", work, join)
        .post("/faelle/{id}/zusammenfuehrung/ende", work, undo)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_speech(form: &FormData) -> Result<(PersonId, Speech), Refusals> {
    let mut read = Parser::new(form);
    let (person, language) = (read.id("person"), read.maybe_line("language"));
    let interpreter = read
        .maybe("interpreter", |code| Interpreter::from_code(code).ok_or(crate::kit::parse::CHOICE_MISSING.broken()));
    let value = (|| Some((person?, Speech { language: language?, interpreter: interpreter? })))();
    read.finish(value)
}

fn parse_contact(form: &FormData) -> Result<(PersonId, Contact), Refusals> {
    let mut read = Parser::new(form);
    let (person, contact) = (read.id("person"), read.with("contact", Contact::read));
    read.finish(person.zip(contact))
}

fn parse_residence(form: &FormData) -> Result<NewResidence, Refusals> {
    let mut read = Parser::new(form);
    let (person, place, with_whom) = (read.id("person"), read.line("place"), read.maybe_line("with_whom"));
    let home = read.maybe("home", |code| Home::from_code(code).ok_or(crate::kit::parse::CHOICE_MISSING.broken()));
    let (from, until) = (read.day("from"), read.maybe_day("until"));
    let value = (|| {
        let home = home?.unwrap_or(Home::Fixed);
        Some(NewResidence { person: person?, place: place?, home, with_whom: with_whom?, from: from?, until: until? })
    })();
    read.finish(value)
}

fn parse_role(form: &FormData) -> Result<NewLegalRole, Refusals> {
    let mut read = Parser::new(form);
    let (child, kind) = (read.id("child"), read.code("kind", LegalKind::from_code));
    let (person, name) = (read.maybe_id("holder"), read.maybe_name("holder_name"));
    let holder =
        person.zip(name).and_then(|(person, name)| read.with("holder", |_| Holder::read(person, name.clone())));
    let (scope, from, until) = (read.maybe_line("scope"), read.maybe_day("from"), read.maybe_day("until"));
    let (proof, proof_of) = (read.code("proof", Proof::from_code), read.maybe_day("proof_of"));
    let proof_words = read.maybe_line("proof_words");
    let value = (|| {
        Some(NewLegalRole {
            child: child?,
            holder: holder?,
            kind: kind?,
            scope: scope?,
            from: from?,
            until: until?,
            proof: proof?,
            proof_of: proof_of?,
            proof_words: proof_words?,
        })
    })();
    read.finish(value)
}

fn parse_end(form: &FormData) -> Result<(LegalRoleId, (Day, Line)), Refusals> {
    let mut read = Parser::new(form);
    let (role, on, why) = (read.id("role"), read.day("ended_on"), read.line("ended_why"));
    read.finish(role.zip(on.zip(why)))
}

fn parse_join(form: &FormData) -> Result<NewJoin, Refusals> {
    let mut read = Parser::new(form);
    // One choice names both entries: whose, and who is the same.
    let pair = read.code("joined", |text| {
        let (kept, joined) = text.split_once('+')?;
        Some((kept.parse::<PersonId>().ok()?, joined.parse::<PersonId>().ok()?))
    });
    let why = read.note("why");
    read.finish(pair.zip(why).map(|((kept, joined), why)| NewJoin { kept, joined, why }))
}

// Handlers --------------------------------------------------------------------------------------------

/// Where one is sent after a form.
fn at(case: CaseId, part: &str) -> String {
    format!("/faelle/{case}/menschen#{part}")
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&PeopleTemplate::load(&web, &who, case).await?))
}

async fn describe(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done =
        attempt(parse_speech(&form), |(person, speech)| people::describe(&web.app, &who.actor, key, person, speech));
    back(done.await?, &at(case, "sprache"), ("speech", &form), || PeopleTemplate::load(&web, &who, case)).await
}

async fn add_contact(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done =
        attempt(parse_contact(&form), |(person, new)| people::add_contact(&web.app, &who.actor, key, person, new));
    back(done.await?, &at(case, "kontakte"), ("reach", &form), || PeopleTemplate::load(&web, &who, case)).await
}

async fn end_contact(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let id = read.id("contact_id");
    let done = attempt(read.finish(id), |id| people::end_contact(&web.app, &who.actor, key, (case, id)));
    back(done.await?, &at(case, "kontakte"), ("reach", &form), || PeopleTemplate::load(&web, &who, case)).await
}

async fn add_residence(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_residence(&form), |new| people::add_residence(&web.app, &who.actor, key, new));
    back(done.await?, &at(case, "wohnorte"), ("residence", &form), || PeopleTemplate::load(&web, &who, case)).await
}

async fn add_role(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_role(&form), |new| people::add_role(&web.app, &who.actor, key, new));
    back(done.await?, &at(case, "rollen"), ("legal", &form), || PeopleTemplate::load(&web, &who, case)).await
}

async fn end_role(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_end(&form), |(role, end)| people::end_role(&web.app, &who.actor, key, role, end));
    back(done.await?, &at(case, "rollen"), ("legal-end", &form), || PeopleTemplate::load(&web, &who, case)).await
}

async fn join(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_join(&form), |new| people::join_people(&web.app, &who.actor, key, new));
    back(done.await?, &at(case, "dubletten"), ("join", &form), || PeopleTemplate::load(&web, &who, case)).await
}

async fn undo(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let id = read.id::<JoinId>("join_id");
    let done = attempt(read.finish(id), |id| people::undo_join(&web.app, &who.actor, key, id));
    back(done.await?, &at(case, "dubletten"), ("join", &form), || PeopleTemplate::load(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

const FORMS: &[&str] =
    &["speech", "reach", "residence", "legal", "legal-end", "join", "seal", "seal-look", "seal-lift"];

#[derive(Template)]
#[template(path = "casework/people.html")]
pub(super) struct PeopleTemplate {
    frame: Frame,
    head: CaseHead,
    shown: PeoplePage,
    forms: Forms,
    today: Day,
    people: Vec<Choice>,
    children: Vec<Choice>,
    interpreters: Vec<Choice>,
    kinds: Vec<Choice>,
    proofs: Vec<Choice>,
    homes: Vec<Choice>,
    reasons: Vec<Choice>,
    running: Vec<Choice>,
    pairs: Vec<Choice>,
    /// A protected address, only in answer to the question for it.
    pub(super) told: Option<(SealId, Vec<Place>)>,
}

impl ManyForms for PeopleTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| code(*item)).collect()
}

impl PeopleTemplate {
    pub(super) async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<Self, Oops> {
        let (shown, today) = (people::page(&web.app, &who.actor, case).await?, web.app.today());
        let choice = |person: &app::casework::cases::PersonView| Choice::new(person.id, person.name.clone());
        let is_child = |role| matches!(role, PersonRole::Child | PersonRole::Youth | PersonRole::YoungAdult);
        let running = shown.roles.iter().filter(|role| role.ended_why.is_none());
        let role = |role: &people::RoleView| {
            Choice::new(
                role.role.id,
                format!("{}: {}", role.holder, t(&format!("legal-kind-{}", role.role.kind.code()))),
            )
        };
        Ok(Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "people"),
            frame: Frame::new(web, who, "nav-cases"),
            forms: Forms::blank(web, FORMS),
            today,
            people: shown.people.iter().map(choice).collect(),
            children: shown.people.iter().filter(|person| is_child(person.role)).map(choice).collect(),
            interpreters: Choice::words("interpreter", &codes(Interpreter::ALL, Interpreter::code)),
            kinds: Choice::words("legal-kind", &codes(LegalKind::ALL, LegalKind::code)),
            proofs: Choice::words("proof", &codes(Proof::ALL, Proof::code)),
            homes: Choice::words("home", &codes(Home::ALL, Home::code)),
            reasons: Choice::words("seal-reason", &codes(SealReason::ALL, SealReason::code)),
            running: running.map(role).collect(),
            pairs: shown.alike.iter().filter(|alike| alike.may_join).map(pair).collect(),
            shown,
            told: None,
        })
    }

    fn age(&self, born: &Day) -> i16 {
        self.today.age_of(*born)
    }

    fn name(&self, person: &PersonId) -> &str {
        self.shown.people.iter().find(|one| one.id == *person).map_or("–", |one| one.name.as_str())
    }

    /// What the places where they lived make one ask, in a sentence each.
    fn asked(&self) -> Vec<String> {
        let sentence = |doubt: &StayDoubt| match doubt {
            StayDoubt::Gap(person, from, until) => {
                let (from, until) = (from.german(), until.german());
                t_with("stay-gap", &[("name", self.name(person)), ("from", &from), ("until", &until)])
            }
            StayDoubt::Elsewhere(person) => t_with("stay-elsewhere", &[("name", self.name(person))]),
            StayDoubt::ParentsApart => t("stay-parents-apart"),
        };
        self.shown.stay_doubts.iter().map(sentence).collect()
    }

    fn holds(&self, role: &people::RoleView) -> bool {
        let born = self.shown.people.iter().find(|one| one.id == role.role.child).and_then(|one| one.born);
        domain::casework::in_force(&role.role, born, self.today)
    }

    fn span(&self, from: &Option<Day>, until: &Option<Day>) -> String {
        let day = |day: &Option<Day>| day.map_or_else(|| "?".to_owned(), Day::german);
        let end = until.map_or_else(|| t("span-open"), Day::german);
        format!("{} – {end}", day(from))
    }

    fn is_sealed(&self, person: &PersonId) -> bool {
        self.shown.seals.iter().any(|seal| seal.person == *person && seal.lifted_on.is_none())
    }

    fn may_undo(&self, join: &people::JoinView) -> bool {
        domain::casework::undo(join.at, join.undone, self.today).is_ok()
    }
}

/// `Ayşe Demir = Fall 2026-0007 (Team Heide)`
fn pair(alike: &Alike) -> Choice {
    let label = format!("{} = {} {} ({})", alike.name, t("case"), alike.other.number, alike.other.team_name);
    Choice::new(format!("{}+{}", alike.person, alike.other.id), label)
}
