// SPDX-License-Identifier: EUPL-1.2
//! The page of one letter, for the team whose case it is in and for finance, and what both do with it.

use super::about::{about_code, bound_words, obstacle_words, told_choices};
use super::say::{kind_name, say, sheet};
use crate::casework::cases::CaseHead;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Choice, FormData, FormView, Frame, Oops, SignedIn, Web, filters, pressed, t};
use app::letters::{self, LetterPage, Recipient, Release};
use askama::Template as Page;
use axum::response::Response;
use domain::kernel::{LetterId, Refusals};
use domain::letters::{Ask, Block, Dispatch, LetterField, Template, Values, Way, parse_answer};

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The team's, in its case.
    Case,
    /// Finance tells parents of their share in the costs, and sees no case.
    Finance,
}

impl Side {
    /// The letter's address.
    pub(super) fn at(self, id: LetterId) -> String {
        match self {
            Self::Case => format!("/briefe/{id}"),
            Self::Finance => format!("/kostenbriefe/{id}"),
        }
    }
}

// Forms -----------------------------------------------------------------------------------------------

/// What the letter asks is read as its placeholder wants it.
fn parse_text(form: &FormData) -> Result<(i64, String, Values), Refusals> {
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

fn parse_dispatch(form: &FormData) -> Result<Dispatch, Refusals> {
    let mut read = Parser::new(form);
    let (sent_on, way) = (read.day("sent_on"), read.code("way", Way::from_code));
    let value = (|| Some(Dispatch { sent_on: sent_on?, way: way? }))();
    read.finish(value)
}

// What both do -------------------------------------------------------------------------------------------

/// A letter of one of the two.
type Of = (Side, LetterId);

pub(super) async fn change(web: &Web, who: &SignedIn, of: Of, form: &FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(rev, text, answers)| letters::change(&web.app, &who.actor, key, (of.1, rev), (text, answers));
    let done = attempt(parse_text(form), act).await?;
    let path = format!("{}#brief", of.0.at(of.1));
    back(done, &path, ("letter-text", form), || LetterTemplate::load(web, who, of)).await
}

pub(super) async fn release(web: &Web, who: &SignedIn, of: Of, form: &FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let mut read = Parser::new(form);
    let anyway = read.maybe_note("anyway");
    let rev = form.value("rev").parse().unwrap_or_default();
    let new = read.finish(anyway.map(|anyway| Release { id: of.1, rev, anyway }));
    let done = attempt(new, |new| letters::release(&web.app, &who.actor, key, new, say)).await?;
    back(done, &of.0.at(of.1), ("letter-release", form), || LetterTemplate::load(web, who, of)).await
}

pub(super) async fn dispatch(web: &Web, who: &SignedIn, of: Of, form: &FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_dispatch(form), |new| letters::dispatch(&web.app, &who.actor, key, of.1, new)).await?;
    back(done, &of.0.at(of.1), ("letter-send", form), || LetterTemplate::load(web, who, of)).await
}

pub(super) async fn paper(web: &Web, who: &SignedIn, id: LetterId) -> Result<Response, Oops> {
    let shown = sheet(letters::paper(&web.app, &who.actor, id, say).await?);
    pressed("brief.pdf", move || documents::letter(&shown)).await
}

// Page ------------------------------------------------------------------------------------------------

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

/// The forms of a letter with what it says now.
fn forms_of(web: &Web, shown: &LetterPage) -> Forms {
    let mut forms = Forms::blank(web, FORMS);
    let mut text =
        FormView::new("letter-text", web.app.fresh()).with("text", &shown.letter.body).with("rev", shown.letter.rev);
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
    forms
}

fn young_of(shown: &LetterPage) -> Vec<Choice> {
    shown.bound.young.iter().map(|(id, name)| Choice::new(id, name.clone())).collect()
}

#[derive(Page)]
#[template(path = "letters/letter.html")]
pub(super) struct LetterTemplate {
    frame: Frame,
    side: Side,
    /// On the page of a case.
    head: Option<CaseHead>,
    at: String,
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
    pub(super) async fn load(web: &Web, who: &SignedIn, (side, id): (Side, LetterId)) -> Result<Self, Oops> {
        let shown = letters::page(&web.app, &who.actor, id, say).await?;
        let printed = letters::paper(&web.app, &who.actor, id, say).await?;
        let mut missing: Vec<String> = shown.filled.missing.iter().map(|field| super::field_name(*field)).collect();
        if side == Side::Case {
            missing.extend(obstacle_words(&shown.bound));
        }
        if side == Side::Case
            && shown.letter.kind.has_remedy()
            && shown.house.as_ref().is_none_or(|house| house.check().is_err())
        {
            missing.push(t("letter-missing-remedy"));
        }
        let ways: Vec<&str> = Way::ALL.iter().map(|way| way.code()).collect();
        let head = || CaseHead::new(&shown.case, &shown.people, web.app.today(), "letters");
        let in_case = side == Side::Case;
        Ok(Self {
            head: in_case.then(head),
            frame: Frame::new(web, who, if in_case { "nav-cases" } else { "nav-budget" }),
            at: side.at(id),
            sheet: sheet(printed),
            missing,
            ways: Choice::words("letter-way", &ways),
            told: if in_case { told_choices(&shown.bound.choices) } else { Vec::new() },
            young: if in_case { young_of(&shown) } else { Vec::new() },
            bound: if in_case { bound_words(&shown.bound) } else { Vec::new() },
            forms: forms_of(web, &shown),
            side,
            shown,
        })
    }

    fn is_of_case(&self) -> bool {
        self.side == Side::Case
    }

    /// Finance works on its own letters, a team on those of its cases.
    fn may_work(&self) -> bool {
        !self.is_of_case() || self.shown.may_work
    }

    fn may_release(&self) -> bool {
        !self.is_of_case() || self.shown.may_release
    }

    fn kind(&self) -> String {
        kind_name(self.shown.letter.kind)
    }

    /// Forms that were refused and are not on the page as it is now: what is wrong is said above.
    fn unseen(&self) -> Vec<&FormView> {
        let on_page = |name: &str| match name {
            "letter-release" => self.is_open() && self.may_work() && self.may_release(),
            "letter-send" => self.may_leave() && !self.stays(),
            "letter-recall" => self.is_of_case() && self.may_leave(),
            "letter-address" => self.address_is_kept(),
            _ => self.is_open() && self.may_work(),
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
        self.may_work() && shown.released.is_some() && shown.sent.is_none() && shown.recalled.is_none()
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
        self.is_of_case() && (self.shown.said.sealed.is_some() || self.shown.letter.kind.is_fixed())
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
