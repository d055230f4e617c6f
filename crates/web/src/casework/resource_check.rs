// SPDX-License-Identifier: EUPL-1.2
//! The resource check in four fields, in the family's words.

use super::head::CaseHead;
use super::sheet_undo::TakeBack;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::App;
use app::casework::resource_check::{self, CheckPage};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::casework::{CheckEdit, CheckEntry, Field, ResourceCheck, ResourceUse, ThirdParty};
use domain::kernel::{CaseId, Refusals};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/ressourcencheck", Asks::For(Action::SeeCase), sheet)
        .post("/faelle/{id}/ressourcencheck/eintraege", work, put)
        .post("/faelle/{id}/ressourcencheck/weg", work, remove)
        .post("/faelle/{id}/ressourcencheck/festhalten", work, fix)
}

/// What is looked at.
#[derive(Deserialize)]
struct Asked {
    /// Number of a version.
    #[serde(default)]
    fassung: String,
    /// An entry to be edited.
    #[serde(default)]
    eintrag: String,
}

/// The forms of the page.
struct Forms {
    entry: FormView,
    fix: FormView,
}

impl Forms {
    fn blank(web: &Web) -> Self {
        Self {
            entry: entry_form(web.app.fresh(), None),
            fix: FormView::new("sheet", web.app.fresh()).with("dated_on", web.app.today()),
        }
    }
}

fn entry_form(key: Uuid, known: Option<&CheckEntry>) -> FormView {
    let view = FormView::new("check", key);
    let Some(one) = known else { return view };
    view.with("entry", one.id)
        .with("field", one.field.code())
        .with("words", one.words.as_str())
        .with("owner", one.owner.as_ref().map_or("", |owner| owner.as_str()))
        .with("used", one.used.code())
        .with("third", one.third.code())
}

fn parse(form: &FormData) -> Result<(Option<u32>, CheckEntry), Refusals> {
    let mut read = Parser::new(form);
    let (words, field) = (read.line("words"), read.code("field", Field::from_code));
    let (owner, used) = (read.maybe_line("owner"), read.code("used", ResourceUse::from_code));
    let third = read.code("third", ThirdParty::from_code);
    let value = (|| {
        let entry = CheckEntry { id: 0, field: field?, words: words?, owner: owner?, used: used?, third: third? };
        Some((form.value("entry").parse().ok(), entry))
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn sheet(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let shown = resource_check::page(&web.app, &who.actor, case).await?;
    let mut forms = Forms::blank(&web);
    let edited = asked.eintrag.parse::<u32>().ok();
    if let Some(entry) = shown.sheets.now.entries.iter().find(|entry| Some(entry.id) == edited) {
        forms.entry = entry_form(web.app.fresh(), Some(entry));
    }
    Ok(page(&CheckTemplate::new(Frame::new(&web, &who, "nav-cases"), &web, shown, (forms, &asked.fassung))))
}

/// The page again with one form refused.
async fn again(web: &Web, who: &SignedIn, case: CaseId, put: impl FnOnce(&mut Forms) + Send) -> Result<Response, Oops> {
    let shown = resource_check::page(&web.app, &who.actor, case).await?;
    let mut forms = Forms::blank(web);
    put(&mut forms);
    Ok(refused(&CheckTemplate::new(Frame::new(web, who, "nav-cases"), web, shown, (forms, ""))))
}

async fn put(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let put = |(id, entry)| resource_check::edit(&web.app, &who.actor, Some(key), case, CheckEdit::Put(id, entry));
    match attempt(parse(&form), put).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/ressourcencheck#felder"))),
        Err(wrong) => {
            let view = FormView::new("check", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.entry = view).await
        }
    }
}

async fn remove(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let id = form.value("entry").parse().or(Err(Oops::Unreadable))?;
    resource_check::edit(&web.app, &who.actor, Some(key), case, CheckEdit::Remove(id)).await?;
    Ok(redirect(&format!("/faelle/{case}/ressourcencheck#felder")))
}

async fn fix(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let day = read.day("dated_on");
    let done = attempt(read.finish(day), |day| resource_check::fix(&web.app, &who.actor, Some(key), case, day));
    match done.await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/ressourcencheck#fassungen"))),
        Err(wrong) => {
            let view = FormView::new("sheet", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.fix = view).await
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/resource_check.html")]
struct CheckTemplate {
    frame: Frame,
    head: CaseHead,
    app: App,
    shown: CheckPage,
    check: ResourceCheck,
    version: Option<i64>,
    forms: Forms,
    fields: Vec<Choice>,
    uses: Vec<Choice>,
    thirds: Vec<Choice>,
    people: Vec<String>,
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| code(*item)).collect()
}

impl CheckTemplate {
    fn new(frame: Frame, web: &Web, shown: CheckPage, (forms, asked): (Forms, &str)) -> Self {
        let version = shown.sheets.versions.iter().find(|one| one.number.to_string() == asked);
        Self {
            head: CaseHead::new(&shown.case, &shown.people, web.app.today(), "will"),
            app: web.app.clone(),
            check: version.map_or(&shown.sheets.now, |version| &version.sheet).clone(),
            version: version.map(|version| version.number),
            fields: Choice::words("field", &codes(Field::ALL, Field::code)),
            uses: Choice::words("use", &codes(ResourceUse::ALL, ResourceUse::code)),
            thirds: Choice::words("third", &codes(ThirdParty::ALL, ThirdParty::code)),
            people: shown.people.iter().map(|person| person.name.clone()).collect(),
            frame,
            shown,
            forms,
        }
    }

    fn key(&self) -> Uuid {
        self.app.fresh()
    }

    /// The last change may be taken back, unless an earlier version is looked at.
    fn take_back(&self) -> Option<TakeBack> {
        let path = format!("/faelle/{}/ressourcencheck", self.head.id);
        TakeBack::new(&path, self.key(), (self.may_edit(), self.shown.undoable.as_ref()), None)
    }

    fn may_edit(&self) -> bool {
        self.shown.may_work && self.version.is_none()
    }

    /// The four fields with what is in them.
    fn by_field(&self) -> Vec<(&'static str, Vec<&CheckEntry>)> {
        let of = |field: Field| self.check.entries.iter().filter(|entry| entry.field == field).collect();
        Field::ALL.iter().map(|field| (field.code(), of(*field))).collect()
    }
}
