// SPDX-License-Identifier: EUPL-1.2
//! The letters of a case: begin one, answer what it asks, change its words, release it, note when it left.

use super::about::{parse_about, parse_new, told_choices};
use super::letter_page::{self, LetterTemplate, Side};
use super::say::{kind_name, kinds, say, sheet};
use crate::casework::cases::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::forms::{ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, pressed, redirect, t,
    t_with,
};
use app::letters::{self, LetterLine, LettersPage};
use askama::Template as Page;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CaseId, LetterId};
use domain::letters::LetterKind;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Routes::default()
        .get("/faelle/{id}/briefe", see, list)
        .post("/faelle/{id}/briefe", work, begin)
        .get("/briefe/{id}", see, show)
        .post("/briefe/{id}", work, change)
        .post("/briefe/{id}/bezug", work, tell_of)
        .post("/briefe/{id}/vorlegen", work, offer)
        .post("/briefe/{id}/freigeben", work, release)
        .post("/briefe/{id}/versand", work, dispatch)
        .post("/briefe/{id}/zuruecknehmen", work, recall)
        .post("/briefe/{id}/verwerfen", work, take_back)
        .get("/briefe/{id}/pdf", see, paper)
        .post("/briefe/{id}/anschrift", see, print_address)
}

// Handlers --------------------------------------------------------------------------------------------

/// Occasions elsewhere lead here with what they are about.
async fn list(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    RawQuery(query): RawQuery,
) -> Result<Response, Oops> {
    let asked = FormData::of_query(query.as_deref().unwrap_or_default())?;
    let mut form = FormView::new("letter-new", web.app.fresh());
    for name in ["kind", "about"] {
        form = form.with(name, asked.value(name));
    }
    Ok(page(&ListTemplate::load(&web, &who, case, form).await?))
}

async fn begin(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    match attempt(parse_new(&form), |new| letters::begin(&web.app, &who.actor, Some(key), case, new)).await? {
        Ok(id) => Ok(redirect(&format!("/briefe/{id}"))),
        Err(wrong) => {
            let view = FormView::new("letter-new", key.id).refused(&form, &wrong);
            Ok(refused(&ListTemplate::load(&web, &who, case, view).await?))
        }
    }
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>) -> Result<Response, Oops> {
    Ok(page(&LetterTemplate::load(&web, &who, (Side::Case, id)).await?))
}

async fn change(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>, form: FormData) -> Result<Response, Oops> {
    letter_page::change(&web, &who, (Side::Case, id), &form).await
}

async fn tell_of(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_about(&form), |new| letters::tell_of(&web.app, &who.actor, key, id, new)).await?;
    back(done, &format!("/briefe/{id}"), ("letter-about", &form), || LetterTemplate::load(&web, &who, (Side::Case, id)))
        .await
}

async fn offer(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(Ok(()), |()| letters::offer(&web.app, &who.actor, key, id)).await?;
    back(done, &format!("/briefe/{id}"), ("letter-offer", &form), || LetterTemplate::load(&web, &who, (Side::Case, id)))
        .await
}

async fn release(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    letter_page::release(&web, &who, (Side::Case, id), &form).await
}

async fn dispatch(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    letter_page::dispatch(&web, &who, (Side::Case, id), &form).await
}

async fn recall(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let why = read.note("why");
    let act = |why| letters::recall(&web.app, &who.actor, key, (id, why));
    let done = attempt(read.finish(why), act).await?;
    back(done, &format!("/briefe/{id}"), ("letter-recall", &form), || {
        LetterTemplate::load(&web, &who, (Side::Case, id))
    })
    .await
}

async fn take_back(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    let case = letters::page(&web.app, &who.actor, id, say).await?.case.id;
    letters::take_back(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect(&format!("/faelle/{case}/briefe")))
}

async fn paper(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>) -> Result<Response, Oops> {
    letter_page::paper(&web, &who, id).await
}

async fn print_address(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let reason = read.maybe_note("seal_reason");
    let act = |reason| letters::print_address(&web.app, &who.actor, key, (id, reason), say);
    match attempt(read.finish(reason), act).await? {
        Ok(printed) => {
            let shown = sheet(printed);
            pressed("brief.pdf", move || documents::letter(&shown)).await
        }
        Err(wrong) => {
            let mut shown = LetterTemplate::load(&web, &who, (Side::Case, id)).await?;
            shown.forms().refuse("letter-address", &form, &wrong)?;
            Ok(refused(&shown))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Page)]
#[template(path = "letters/case.html")]
struct ListTemplate {
    frame: Frame,
    head: CaseHead,
    letters: Vec<LetterLine>,
    kinds: Vec<Choice>,
    recipients: Vec<Choice>,
    told: Vec<Choice>,
    young: Vec<Choice>,
    form: FormView,
    house_known: bool,
    may_work: bool,
}

impl ListTemplate {
    async fn load(web: &Web, who: &SignedIn, case: CaseId, form: FormView) -> Result<Self, Oops> {
        let shown = letters::of_case(&web.app, &who.actor, case).await?;
        let LettersPage { case, people, letters, reports, told, guardians, house_known, may_work } = shown;
        let mut recipients: Vec<Choice> =
            people.iter().map(|one| Choice::new(format!("person:{}", one.id), one.name.clone())).collect();
        recipients.extend(guardians.into_iter().map(|name| {
            let label = t_with("letter-to-guardian", &[("x", &name)]);
            Choice::new(format!("guardian:{name}"), label)
        }));
        let young = people.iter().filter(|one| letters::is_young(one.role));
        let young: Vec<Choice> = young.map(|one| Choice::new(one.id, one.name.clone())).collect();
        recipients.extend(reports.into_iter().map(|(id, at)| {
            Choice::new(format!("report:{id}"), t_with("letter-to-reporter", &[("x", &at.day().german())]))
        }));
        recipients.push(Choice::new("outside", t("letter-to-outside")));
        recipients.push(Choice::new("file", t("letter-to-file")));
        Ok(Self {
            head: CaseHead::new(&case, &people, web.app.today(), "letters"),
            frame: Frame::new(web, who, "nav-cases"),
            letters,
            kinds: kinds(),
            recipients,
            told: told_choices(&told),
            young,
            form,
            house_known,
            may_work,
        })
    }

    fn name(&self, kind: &LetterKind) -> String {
        kind_name(*kind)
    }
}
