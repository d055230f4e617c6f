// SPDX-License-Identifier: EUPL-1.2
//! The network map of a person: a drawing and a list that say the same, changed by forms, one contact at a time.

mod form;
mod page;
mod picture;

use self::form::{KINDS, contact_form, parse_contact, parse_link};
use self::page::{ComparePage, MapPage};
use crate::kit::answer::{attempt, for_form, refused};
use crate::kit::parse::Parser;
use crate::kit::upload::Uploaded;
use crate::kit::{Asks, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, link, page, redirect};
use app::Failure;
use app::casework::network::{self, NetworkPage};
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::access::{Action, Denied};
use domain::casework::network::NetworkEdit;
use domain::kernel::{CaseId, PersonId};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/netzwerk", Asks::For(Action::SeeCase), map)
        .get("/faelle/{id}/netzwerk/vergleich", Asks::For(Action::SeeCase), compare)
        .get("/faelle/{id}/netzwerk/easynwk", Asks::For(Action::SeeCase), file)
        .post("/faelle/{id}/netzwerk/kontakte", work, put_contact)
        .post("/faelle/{id}/netzwerk/kontakte/weg", work, remove_contact)
        .post("/faelle/{id}/netzwerk/verbindungen", work, link_contacts)
        .post("/faelle/{id}/netzwerk/verbindungen/weg", work, unlink_contacts)
        .post("/faelle/{id}/netzwerk/festhalten", work, fix)
        .post("/faelle/{id}/netzwerk/einlesen", work, bring_in)
}

/// What is looked at.
#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    person: String,
    /// Number of a version.
    #[serde(default)]
    fassung: String,
    /// A contact to be edited.
    #[serde(default)]
    kontakt: String,
    #[serde(default)]
    von: String,
    #[serde(default)]
    bis: String,
}

/// A person in an address; nobody is the first of the case.
fn person(text: &str) -> Option<PersonId> {
    Uuid::parse_str(text).ok().map(PersonId)
}

/// The person that a form is about.
fn about(form: &FormData) -> Result<PersonId, Oops> {
    person(form.value("person")).ok_or(Failure::Denied(Denied::Hidden).into())
}

fn home(case: CaseId, person: PersonId, anchor: &str) -> Response {
    redirect(&format!("{}{anchor}", link(&format!("/faelle/{case}/netzwerk"), &[("person", &person.to_string())])))
}

/// The forms of the page.
struct Forms {
    contact: FormView,
    link: FormView,
    fix: FormView,
    file: FormView,
}

impl Forms {
    fn blank(web: &Web) -> Self {
        Self {
            contact: contact_form(web.app.fresh(), None),
            link: FormView::new("network-link", web.app.fresh()),
            fix: FormView::new("sheet", web.app.fresh()).with("dated_on", web.app.today()),
            file: FormView::new("network-file", web.app.fresh()),
        }
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn map(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let shown = network::page(&web.app, &who.actor, case, person(&asked.person)).await?;
    let mut forms = Forms::blank(&web);
    let edited = asked.kontakt.parse().ok().and_then(|id| shown.page.sheets.now.contact(id));
    if let Some(contact) = edited {
        forms.contact = contact_form(web.app.fresh(), Some(contact));
    }
    let frame = Frame::new(&web, &who, "nav-cases");
    Ok(page(&MapPage::new(frame, &web, shown, forms).with_version(&asked.fassung)))
}

async fn compare(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let shown = network::page(&web.app, &who.actor, case, person(&asked.person)).await?;
    let frame = Frame::new(&web, &who, "nav-cases");
    let made = ComparePage::new(frame, shown, (&asked.von, &asked.bis), web.app.today());
    made.map(|made| page(&made)).ok_or_else(|| Failure::Denied(Denied::Hidden).into())
}

async fn file(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let json = network::file(&web.app, &who.actor, case, person(&asked.person)).await?;
    let head =
        [(CONTENT_TYPE, "application/json"), (CONTENT_DISPOSITION, "attachment; filename=\"netzwerkkarte.json\"")];
    Ok((head, json).into_response())
}

/// The page again with one form refused.
async fn again(
    web: &Web,
    who: &SignedIn,
    (case, person): (CaseId, PersonId),
    put: impl FnOnce(&mut Forms) + Send,
) -> Result<Response, Oops> {
    let shown: NetworkPage = network::page(&web.app, &who.actor, case, Some(person)).await?;
    let mut forms = Forms::blank(web);
    put(&mut forms);
    Ok(refused(&MapPage::new(Frame::new(web, who, "nav-cases"), web, shown, forms)))
}

async fn put_contact(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, person) = (form.key()?, about(&form)?);
    let put =
        |(id, new)| network::edit(&web.app, &who.actor, Some(key), (case, person), NetworkEdit::Put(id, Box::new(new)));
    match attempt(parse_contact(&form), put).await? {
        Ok(_) => Ok(home(case, person, "#karte")),
        Err(wrong) => {
            let view = FormView::new("contact", key.id).refused(&form, &wrong);
            again(&web, &who, (case, person), |forms| forms.contact = view).await
        }
    }
}

async fn remove_contact(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, person) = (form.key()?, about(&form)?);
    let id = form.value("contact").parse().or(Err(Oops::Unreadable))?;
    network::edit(&web.app, &who.actor, Some(key), (case, person), NetworkEdit::Remove(id)).await?;
    Ok(home(case, person, "#liste"))
}

async fn link_contacts(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, person) = (form.key()?, about(&form)?);
    let join = |(a, b)| network::edit(&web.app, &who.actor, Some(key), (case, person), NetworkEdit::Link(a, b));
    match attempt(parse_link(&form), join).await? {
        Ok(_) => Ok(home(case, person, "#verbindungen")),
        Err(wrong) => {
            let view = FormView::new("network-link", key.id).refused(&form, &wrong);
            again(&web, &who, (case, person), |forms| forms.link = view).await
        }
    }
}

async fn unlink_contacts(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, person) = (form.key()?, about(&form)?);
    let end = |field| form.value(field).parse().or(Err(Oops::Unreadable));
    let edit = NetworkEdit::Unlink(end("from")?, end("to")?);
    network::edit(&web.app, &who.actor, Some(key), (case, person), edit).await?;
    Ok(home(case, person, "#verbindungen"))
}

async fn fix(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let (key, person) = (form.key()?, about(&form)?);
    let mut read = Parser::new(&form);
    let day = read.day("dated_on");
    let done = attempt(read.finish(day), |day| network::fix(&web.app, &who.actor, Some(key), (case, person), day));
    match done.await? {
        Ok(_) => Ok(home(case, person, "#fassungen")),
        Err(wrong) => {
            let view = FormView::new("sheet", key.id).refused(&form, &wrong);
            again(&web, &who, (case, person), |forms| forms.fix = view).await
        }
    }
}

async fn bring_in(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    sent: Uploaded,
) -> Result<Response, Oops> {
    let (key, person) = (sent.form.key()?, about(&sent.form)?);
    // A file that was chosen counts before a text that was pasted.
    let file = sent.file("upload").map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    let text = file.unwrap_or_else(|| sent.form.value("file").to_owned());
    let done = for_form(network::bring_in(&web.app, &who.actor, Some(key), (case, person), &text).await)?;
    match done {
        Ok(_) => Ok(home(case, person, "#karte")),
        Err(wrong) => {
            let view = FormView::new("network-file", key.id).refused(&sent.form, &wrong);
            again(&web, &who, (case, person), |forms| forms.file = view).await
        }
    }
}

/// Names of the fields of support, in the order of the domain's list.
const _: () = assert!(KINDS.len() == domain::casework::network::Support::ALL.len());
