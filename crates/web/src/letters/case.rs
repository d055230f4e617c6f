// SPDX-License-Identifier: EUPL-1.2
//! The letters of a case: begin one, answer what it asks, change its words, release it, note when it left.

use super::about::{about_code, bound_words, obstacle_words, parse_about, parse_new, told_choices};
use super::say::{kind_name, kinds, say, sheet};
use crate::casework::cases::CaseHead;
use crate::casework::plan::pressed;
use crate::kit::answer::{attempt, refused};
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t, t_with,
};
use app::letters::{self, LetterLine, LetterPage, LettersPage, Recipient, Release};
use askama::Template as Page;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{CaseId, LetterId, Refusals};
use domain::letters::{Ask, Block, Dispatch, LetterField, LetterKind, Template, Values, Way, parse_answer};

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

// Forms -----------------------------------------------------------------------------------------------

/// What the letter asks is read as its placeholder wants it.
pub(super) fn parse_text(form: &FormData) -> Result<(i64, String, Values), Refusals> {
    let mut read = Parser::new(form);
    let (text, rev) = (read.note("text"), form.value("rev").parse().unwrap_or_default());
    let mut answers = Values::new();
    for field in LetterField::ALL.iter().filter(|field| field.ask().is_some()) {
        if let Some(Some(words)) = read.with(field.code(), |typed| parse_answer(*field, typed)) {
            answers.insert(*field, words);
        }
    }
    read.finish(text.map(|text| (rev, text.as_str().to_owned(), answers)))
}

pub(super) fn parse_dispatch(form: &FormData) -> Result<Dispatch, Refusals> {
    let mut read = Parser::new(form);
    let (sent_on, way) = (read.day("sent_on"), read.code("way", Way::from_code));
    let value = (|| Some(Dispatch { sent_on: sent_on?, way: way? }))();
    read.finish(value)
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
    Ok(page(&LetterTemplate::load(&web, &who, id).await?))
}

async fn change(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(rev, text, answers)| letters::change(&web.app, &who.actor, key, (id, rev), (text, answers));
    let done = attempt(parse_text(&form), act).await?;
    back(done, &format!("/briefe/{id}#brief"), ("letter-text", &form), || LetterTemplate::load(&web, &who, id)).await
}

async fn tell_of(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_about(&form), |new| letters::tell_of(&web.app, &who.actor, key, id, new)).await?;
    back(done, &format!("/briefe/{id}"), ("letter-about", &form), || LetterTemplate::load(&web, &who, id)).await
}

async fn offer(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(Ok(()), |()| letters::offer(&web.app, &who.actor, key, id)).await?;
    back(done, &format!("/briefe/{id}"), ("letter-offer", &form), || LetterTemplate::load(&web, &who, id)).await
}

async fn release(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let anyway = read.maybe_note("anyway");
    let rev = form.value("rev").parse().unwrap_or_default();
    let new = read.finish(anyway.map(|anyway| Release { id, rev, anyway }));
    let done = attempt(new, |new| letters::release(&web.app, &who.actor, key, new, say)).await?;
    back(done, &format!("/briefe/{id}"), ("letter-release", &form), || LetterTemplate::load(&web, &who, id)).await
}

async fn dispatch(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<LetterId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_dispatch(&form), |new| letters::dispatch(&web.app, &who.actor, key, id, new)).await?;
    back(done, &format!("/briefe/{id}"), ("letter-send", &form), || LetterTemplate::load(&web, &who, id)).await
}

async fn recall(State(web): State<Web>, who: SignedIn, Id(id): Id<LetterId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(&form);
    let why = read.note("why");
    let act = |why| letters::recall(&web.app, &who.actor, key, (id, why));
    let done = attempt(read.finish(why), act).await?;
    back(done, &format!("/briefe/{id}"), ("letter-recall", &form), || LetterTemplate::load(&web, &who, id)).await
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
    let shown = sheet(letters::paper(&web.app, &who.actor, id, say).await?);
    pressed("brief.pdf", move || documents::letter(&shown)).await
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
            let mut shown = LetterTemplate::load(&web, &who, id).await?;
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

const FORMS: &[&str] = &[
    "letter-text",
    "letter-about",
    "letter-offer",
    "letter-release",
    "letter-send",
    "letter-recall",
    "letter-drop",
    "letter-address",
];

#[derive(Page)]
#[template(path = "letters/letter.html")]
struct LetterTemplate {
    frame: Frame,
    head: CaseHead,
    shown: LetterPage,
    sheet: documents::LetterSheet,
    missing: Vec<String>,
    ways: Vec<Choice>,
    told: Vec<Choice>,
    young: Vec<Choice>,
    bound: Vec<String>,
    forms: Forms,
}

impl ManyForms for LetterTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl LetterTemplate {
    async fn load(web: &Web, who: &SignedIn, id: LetterId) -> Result<Self, Oops> {
        let shown = letters::page(&web.app, &who.actor, id, say).await?;
        let printed = letters::paper(&web.app, &who.actor, id, say).await?;
        let mut forms = Forms::blank(web, FORMS);
        let mut text = FormView::new("letter-text", web.app.fresh())
            .with("text", &shown.letter.body)
            .with("rev", shown.letter.rev);
        for (field, words) in &shown.letter.answers {
            text = text.with(field.code(), words);
        }
        forms.put("letter-text", text);
        let mut about = FormView::new("letter-about", web.app.fresh());
        if let Some(told) = shown.letter.about {
            about = about.with("about", about_code(told));
        }
        let children: Vec<String> = shown.bound.children.iter().map(ToString::to_string).collect();
        let children: Vec<&str> = children.iter().map(String::as_str).collect();
        forms.put("letter-about", about.with_each("children", &children));
        forms.put("letter-release", FormView::new("letter-release", web.app.fresh()).with("rev", shown.letter.rev));
        forms.put("letter-send", FormView::new("letter-send", web.app.fresh()).with("sent_on", web.app.today()));
        let mut missing: Vec<String> = shown.filled.missing.iter().map(|field| super::field_name(*field)).collect();
        missing.extend(obstacle_words(&shown.bound));
        if shown.letter.kind.has_remedy() && shown.house.as_ref().is_none_or(|house| house.check().is_err()) {
            missing.push(t("letter-missing-remedy"));
        }
        let ways: Vec<&str> = Way::ALL.iter().map(|way| way.code()).collect();
        Ok(Self {
            head: CaseHead::new(&shown.case, &shown.people, web.app.today(), "letters"),
            frame: Frame::new(web, who, "nav-cases"),
            sheet: sheet(printed),
            missing,
            ways: Choice::words("letter-way", &ways),
            told: told_choices(&shown.bound.choices),
            young: shown.bound.young.iter().map(|(id, name)| Choice::new(id, name.clone())).collect(),
            bound: bound_words(&shown.bound),
            forms,
            shown,
        })
    }

    fn kind(&self) -> String {
        kind_name(self.shown.letter.kind)
    }

    /// Forms that were refused and are not on the page as it is now: what is wrong is said above.
    fn unseen(&self) -> Vec<&FormView> {
        let on_page = |name: &str| match name {
            "letter-release" => self.is_open() && self.shown.may_work && self.shown.may_release,
            "letter-send" => self.may_leave() && !self.stays(),
            "letter-recall" => self.may_leave(),
            "letter-address" => self.address_is_kept(),
            _ => self.is_open() && self.shown.may_work,
        };
        FORMS
            .iter()
            .filter(|name| !on_page(name))
            .map(|name| self.forms.of(name))
            .filter(|form| form.is_refused())
            .collect()
    }

    /// May the words still be changed?
    fn is_open(&self) -> bool {
        matches!(self.shown.letter.state.as_str(), "draft" | "offered")
    }

    /// Is it released, and neither gone nor withdrawn?
    fn may_leave(&self) -> bool {
        let shown = &self.shown;
        shown.may_work && shown.released.is_some() && shown.sent.is_none() && shown.recalled.is_none()
    }

    /// Does it stay in the file?
    fn stays(&self) -> bool {
        self.shown.letter.to == Recipient::File
    }

    fn wants_two(&self) -> bool {
        let kind = self.shown.letter.kind;
        self.shown.house.as_ref().map_or(kind.is_act(), |house| house.wants_two(kind))
    }

    /// Is there an address that is not printed without a reason?
    fn address_is_kept(&self) -> bool {
        self.shown.said.sealed.is_some() || self.shown.letter.kind.is_fixed()
    }

    /// What is asked: the field's name, its kind, and whether the letter cannot do without it.
    fn asked(&self) -> Vec<(&'static str, &'static str, bool)> {
        let letter = &self.shown.letter;
        let always = Template::parse(letter.kind, &letter.body).map(|template| template.always()).unwrap_or_default();
        let kind = |field: &LetterField| match field.ask() {
            Some(Ask::Note) => "area",
            Some(Ask::Day) => "date",
            _ => "text",
        };
        self.shown.asked.iter().map(|field| (field.code(), kind(field), always.contains(field))).collect()
    }
}
