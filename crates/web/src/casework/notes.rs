// SPDX-License-Identifier: EUPL-1.2
//! Notes of a case, and the short way to one from anywhere.

use super::cases::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::access::drafts;
use app::casework::cases::{self, CaseLine, Whose};
use app::casework::notes::{self, NoteView, NotesPage, PassingView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{Confidence, NewNote, NewPassing, PassingReason};
use domain::kernel::{CaseId, Day, NoteId, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/notiz", Asks::For(Action::WorkOnCase), choose_case)
        .get("/faelle/{id}/notizen", Asks::For(Action::SeeCase), list)
        .post("/faelle/{id}/notizen", Asks::For(Action::WorkOnCase), write)
        .post("/faelle/{id}/weitergaben", Asks::For(Action::WorkOnCase), pass)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_note(form: &FormData) -> Result<NewNote, Refusals> {
    let mut read = Parser::new(form);
    let (words, noted_on) = (read.note("words"), read.day("noted_on"));
    let people = read.ids("people");
    let confidence = read.code("confidence", Confidence::from_code);
    let value = (|| Some(NewNote { words: words?, noted_on: noted_on?, people: people?, confidence: confidence? }))();
    read.finish(value)
}

fn parse_passing(form: &FormData) -> Result<(NoteId, NewPassing), Refusals> {
    let mut read = Parser::new(form);
    let (note, to) = (read.id("note"), read.id("to"));
    let (reason, why) = (read.code("reason", PassingReason::from_code), read.note("why"));
    let value = (|| Some((note?, NewPassing { to: to?, reason: reason?, why: why? })))();
    read.finish(value)
}

struct Forms {
    note: FormView,
    pass: FormView,
}

impl Forms {
    async fn blank(web: &Web, who: &SignedIn, case: CaseId) -> Result<Self, Oops> {
        let key = notes::form(case);
        let typed = drafts(&web.app, &who.actor, &key).await?;
        Ok(Self {
            note: FormView::new("note", web.app.fresh()).with_drafts(key, typed).with("noted_on", web.app.today()),
            pass: FormView::new("pass", web.app.fresh()),
        })
    }
}

// Handlers --------------------------------------------------------------------------------------------

/// Whose note is it? The cases that moved last stand first.
async fn choose_case(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let shown = cases::list(&web.app, &who.actor, Whose::Mine, None).await?;
    Ok(page(&ChooseTemplate { frame: Frame::new(&web, &who, "nav-note"), cases: shown.cases }))
}

async fn list(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let shown = notes::page(&web.app, &who.actor, case).await?;
    let forms = Forms::blank(&web, &who, case).await?;
    Ok(page(&NotesTemplate::new(Frame::new(&web, &who, "nav-cases"), shown, forms, web.app.today())))
}

async fn write(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_note(&form), |new| notes::write(&web.app, &who.actor, Some(key), case, new)).await?;
    match done {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/notizen"))),
        Err(wrong) => {
            let view = FormView::new("note", key.id).with_drafts(notes::form(case), Vec::new());
            again(&web, &who, case, |forms| forms.note = view.refused(&form, &wrong)).await
        }
    }
}

async fn pass(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_passing(&form), |(note, new)| notes::pass(&web.app, &who.actor, Some(key), note, new));
    match done.await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/notizen"))),
        Err(wrong) => {
            let view = FormView::new("pass", key.id);
            again(&web, &who, case, |forms| forms.pass = view.refused(&form, &wrong)).await
        }
    }
}

/// The page again with one form refused.
async fn again(web: &Web, who: &SignedIn, case: CaseId, put: impl FnOnce(&mut Forms) + Send) -> Result<Response, Oops> {
    let shown = notes::page(&web.app, &who.actor, case).await?;
    let mut forms = Forms::blank(web, who, case).await?;
    put(&mut forms);
    Ok(refused(&NotesTemplate::new(Frame::new(web, who, "nav-cases"), shown, forms, web.app.today())))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/note_case.html")]
struct ChooseTemplate {
    frame: Frame,
    cases: Vec<CaseLine>,
}

#[derive(Template)]
#[template(path = "casework/notes.html")]
struct NotesTemplate {
    frame: Frame,
    head: CaseHead,
    shown: NotesPage,
    forms: Forms,
    people: Vec<Choice>,
    confidences: Vec<Choice>,
    entrusted: Vec<Choice>,
    colleagues: Vec<Choice>,
    reasons: Vec<Choice>,
}

impl NotesTemplate {
    fn new(frame: Frame, shown: NotesPage, forms: Forms, today: Day) -> Self {
        let confidences: Vec<&str> = Confidence::ALL.iter().map(|one| one.code()).collect();
        let reasons: Vec<&str> = PassingReason::ALL.iter().map(|one| one.code()).collect();
        let own = shown.notes.iter().filter(|note| note.is_own && note.confidence == Confidence::Entrusted);
        let begins = |note: &NoteView| {
            let first: String = note.words.chars().take(60).collect();
            format!("{}: {first}", note.noted_on.german())
        };
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "notes"),
            people: shown.people.iter().map(|person| Choice::new(person.id, person.name.clone())).collect(),
            confidences: Choice::words("confidence", &confidences),
            entrusted: own.map(|note| Choice::new(note.id, begins(note))).collect(),
            colleagues: shown.colleagues.iter().map(|(user, name)| Choice::new(user, name.clone())).collect(),
            reasons: Choice::words("passing", &reasons),
            frame,
            shown,
            forms,
        }
    }

    fn is_entrusted(&self, note: &NoteView) -> bool {
        note.confidence == Confidence::Entrusted
    }

    fn passings<'a>(&'a self, note: &'a NoteId) -> impl Iterator<Item = &'a PassingView> {
        self.shown.passings.iter().filter(move |passing| passing.note == *note)
    }
}
