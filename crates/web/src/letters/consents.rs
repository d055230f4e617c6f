// SPDX-License-Identifier: EUPL-1.2
//! "Einwilligungen": who releases whom towards whom, until when; and what was asked of others, on which ground.

use crate::casework::cases::CaseHead;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::letters::consents::{self, ConsentsPage};
use askama::Template as Page;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CaseConsentId, CaseId, CollectionId, Day, Note, PersonId, Refusals};
use domain::letters::{CollectGround, ConsentForm, ConsentState, NewCaseConsent, NewCollection};

/// The room's doors.
pub(super) fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Routes::default()
        .get("/faelle/{id}/einwilligungen", see, show)
        .post("/faelle/{id}/einwilligungen", work, record)
        .post("/faelle/{id}/einwilligungen/widerruf", work, revoke)
        .post("/faelle/{id}/angaben", work, collect)
        .post("/faelle/{id}/angaben/unterrichtung", work, tell)
}

fn parse_consent(form: &FormData) -> Result<NewCaseConsent, Refusals> {
    let mut read = Parser::new(form);
    let (giver, released, towards) = (read.id::<PersonId>("giver"), read.line("released"), read.line("towards"));
    let (data, purpose) = (read.note("data"), read.line("purpose"));
    let (given_on, until) = (read.day("given_on"), read.day("until"));
    let (how, oral_why) = (read.code("form", ConsentForm::from_code), read.maybe_note("oral_why"));
    let value = (|| {
        let (giver, released, towards, data, purpose) = (giver?, released?, towards?, data?, purpose?);
        let (given_on, until, form, oral_why) = (given_on?, until?, how?, oral_why?);
        Some(NewCaseConsent { giver, released, towards, data, purpose, given_on, until, form, oral_why })
    })();
    read.finish(value)
}

fn parse_revocation(form: &FormData) -> Result<(CaseConsentId, (Day, Option<Note>)), Refusals> {
    let mut read = Parser::new(form);
    let (id, on, words) = (read.id("consent"), read.day("revoked_on"), read.maybe_note("revoked_words"));
    let value = (|| Some((id?, (on?, words?))))();
    read.finish(value)
}

fn parse_collection(form: &FormData) -> Result<NewCollection, Refusals> {
    let mut read = Parser::new(form);
    let (person, source, data) = (read.id::<PersonId>("person"), read.line("source"), read.note("data"));
    let (purpose, collected_on) = (read.line("purpose"), read.day("collected_on"));
    let ground = read.maybe("ground", |typed| {
        CollectGround::from_code(typed.trim()).ok_or(crate::kit::parse::CHOICE_MISSING.broken())
    });
    let why = read.maybe_note("no_ground_why");
    let value = (|| {
        let (person, source, data, purpose) = (person?, source?, data?, purpose?);
        let (collected_on, ground, no_ground_why) = (collected_on?, ground?, why?);
        Some(NewCollection { person, source, data, purpose, collected_on, ground, no_ground_why })
    })();
    read.finish(value)
}

type Told = (Option<Day>, Option<Note>);

fn parse_told(form: &FormData) -> Result<(CollectionId, Told), Refusals> {
    let mut read = Parser::new(form);
    let (id, on, why) = (read.id("collection"), read.maybe_day("told_on"), read.maybe_note("not_told_why"));
    let value = (|| Some((id?, (on?, why?))))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

fn at(case: CaseId) -> String {
    format!("/faelle/{case}/einwilligungen")
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&ConsentsTemplate::load(&web, &who, case).await?))
}

async fn record(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |new| consents::record(&web.app, &who.actor, key, case, new);
    let done = attempt(parse_consent(&form), act).await?;
    back(done, &at(case), ("case-consent", &form), || ConsentsTemplate::load(&web, &who, case)).await
}

async fn revoke(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(id, new)| consents::revoke(&web.app, &who.actor, key, id, new);
    let done = attempt(parse_revocation(&form), act).await?;
    back(done, &at(case), ("case-consent-end", &form), || ConsentsTemplate::load(&web, &who, case)).await
}

async fn collect(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |new| consents::collect(&web.app, &who.actor, key, case, new);
    let done = attempt(parse_collection(&form), act).await?;
    back(done, &at(case), ("collected", &form), || ConsentsTemplate::load(&web, &who, case)).await
}

async fn tell(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(id, new)| consents::tell(&web.app, &who.actor, key, id, new);
    let done = attempt(parse_told(&form), act).await?;
    back(done, &at(case), ("collected-told", &form), || ConsentsTemplate::load(&web, &who, case)).await
}

// Page ------------------------------------------------------------------------------------------------

const FORMS: &[&str] = &["case-consent", "case-consent-end", "collected", "collected-told"];

#[derive(Page)]
#[template(path = "letters/consents.html")]
struct ConsentsTemplate {
    frame: Frame,
    head: CaseHead,
    shown: ConsentsPage,
    people: Vec<Choice>,
    ways: Vec<Choice>,
    grounds: Vec<Choice>,
    running: Vec<Choice>,
    untold: Vec<Choice>,
    forms: Forms,
}

impl ManyForms for ConsentsTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl ConsentsTemplate {
    async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<Self, Oops> {
        let shown = consents::page(&web.app, &who.actor, case).await?;
        let ways: Vec<&str> = ConsentForm::ALL.iter().map(|form| form.code()).collect();
        let grounds: Vec<&str> = CollectGround::ALL.iter().map(|ground| ground.code()).collect();
        let open = shown.consents.iter().filter(|(_, state)| *state == ConsentState::Holds);
        let running = open.map(|(one, _)| Choice::new(one.id, format!("{} → {}", one.giver, one.consent.towards)));
        let untold = shown.collected.iter().filter(|one| one.is_untold());
        let untold = untold
            .map(|one| Choice::new(one.id, format!("{}: {}, {}", one.person, one.source, one.collected_on.german())));
        Ok(Self {
            head: CaseHead::new(&shown.case, &shown.people, web.app.today(), "letters"),
            frame: Frame::new(web, who, "nav-cases"),
            people: shown.people.iter().map(|one| Choice::new(one.id, one.name.clone())).collect(),
            ways: Choice::words("case-consent-form", &ways),
            grounds: Choice::words("collected-ground", &grounds),
            running: running.collect(),
            untold: untold.collect(),
            forms: Forms::blank(web, FORMS),
            shown,
        })
    }
}
