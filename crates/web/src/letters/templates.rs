// SPDX-License-Identifier: EUPL-1.2
//! Templates of letters: read, try out with an invented family, keep from a day on, back to ours; and what stands on
//! all letters.

use super::say::{fault, field_name, kind_name};
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Oops, Routes, SignedIn, Web, filters, page};
use app::letters::templates::{self, TemplateLine, TemplateVersion};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{Day, Note, Refusals};
use domain::letters::{Block, FourEyes, House, LetterField, LetterKind, Paper, Remedy};

/// The room's doors.
pub(super) fn routes() -> Routes {
    let keep_them = Asks::For(Action::KeepTemplates);
    Routes::default()
        .get("/verwaltung/briefe", keep_them, list)
        .post("/verwaltung/briefe", keep_them, set_house)
        .get("/verwaltung/briefe/{kind}", keep_them, show)
        .post("/verwaltung/briefe/{kind}", keep_them, keep)
        .post("/verwaltung/briefe/{kind}/probe", keep_them, try_out)
        .post("/verwaltung/briefe/{kind}/zurueck", keep_them, reset)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_house(form: &FormData) -> Result<House, Refusals> {
    let mut read = Parser::new(form);
    let (contact, remedy) = (read.note("contact"), read.code("remedy", Remedy::from_code));
    let (objection_at, action_at) = (read.maybe_line("objection_at"), read.maybe_line("action_at"));
    let (ombuds, officer) = (read.maybe_line("ombuds"), read.maybe_line("officer"));
    let eyes = read.code("eyes", FourEyes::from_code);
    let value = (|| {
        Some(House {
            contact: contact?,
            remedy: remedy?,
            objection_at: objection_at?,
            action_at: action_at?,
            ombuds: ombuds?,
            officer: officer?,
            eyes: eyes?,
        })
    })();
    read.finish(value)
}

fn parse_text(form: &FormData) -> Result<(Option<Note>, Day), Refusals> {
    let mut read = Parser::new(form);
    let (text, from) = (read.note("text"), read.day("valid_from"));
    let value = (|| Some((Some(text?), from?)))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    Ok(page(&ListTemplate::load(&web, &who).await?))
}

async fn set_house(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_house(&form), |new| templates::set_house(&web.app, &who.actor, key, new)).await?;
    back(done, "/verwaltung/briefe", ("letter-house", &form), || ListTemplate::load(&web, &who)).await
}

async fn show(State(web): State<Web>, who: SignedIn, Path(kind): Path<String>) -> Result<Response, Oops> {
    Ok(page(&OneTemplate::load(&web, &who, &kind).await?))
}

async fn keep(
    State(web): State<Web>,
    who: SignedIn,
    Path(code): Path<String>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, kind) = (Some(form.key()?), templates::kind_of(&code)?);
    let done = attempt(parse_text(&form), |new| templates::keep(&web.app, &who.actor, key, kind, new)).await?;
    let typed = form.value("text").to_owned();
    let load = || async {
        let mut shown = OneTemplate::load(&web, &who, &code).await?;
        shown.look_at(&typed);
        Ok(shown)
    };
    back(done, &format!("/verwaltung/briefe/{code}"), ("letter-template", &form), load).await
}

/// Shows what a text would say, and keeps nothing.
async fn try_out(
    State(web): State<Web>,
    who: SignedIn,
    Path(code): Path<String>,
    form: FormData,
) -> Result<Response, Oops> {
    let mut shown = OneTemplate::load(&web, &who, &code).await?;
    shown.look_at(form.value("text"));
    shown.forms.refuse("letter-template", &form, &Refusals::default())?;
    Ok(page(&shown))
}

async fn reset(
    State(web): State<Web>,
    who: SignedIn,
    Path(code): Path<String>,
    form: FormData,
) -> Result<Response, Oops> {
    let (key, kind, today) = (Some(form.key()?), templates::kind_of(&code)?, web.app.today());
    let done = attempt(Ok((None, today)), |new| templates::keep(&web.app, &who.actor, key, kind, new)).await?;
    let load = || OneTemplate::load(&web, &who, &code);
    back(done, &format!("/verwaltung/briefe/{code}"), ("letter-reset", &form), load).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "letters/templates.html")]
struct ListTemplate {
    frame: Frame,
    lines: Vec<TemplateLine>,
    remedies: Vec<Choice>,
    eyes: Vec<Choice>,
    forms: Forms,
}

impl ManyForms for ListTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl ListTemplate {
    async fn load(web: &Web, who: &SignedIn) -> Result<Self, Oops> {
        let (mut lines, house) = templates::list(&web.app, &who.actor).await?;
        lines.sort_by_key(|line| line.kind.catalogue());
        let mut form = FormView::new("letter-house", web.app.fresh());
        if let Some(house) = house {
            let line = |line: &Option<domain::kernel::Line>| line.as_ref().map(|line| line.as_str().to_owned());
            form = form
                .with("contact", house.contact.as_str())
                .with("remedy", house.remedy.code())
                .with("objection_at", line(&house.objection_at).unwrap_or_default())
                .with("action_at", line(&house.action_at).unwrap_or_default())
                .with("ombuds", line(&house.ombuds).unwrap_or_default())
                .with("officer", line(&house.officer).unwrap_or_default())
                .with("eyes", house.eyes.code());
        }
        let mut forms = Forms::blank(web, &[]);
        forms.put("letter-house", form);
        let remedies: Vec<&str> = Remedy::ALL.iter().map(|one| one.code()).collect();
        let eyes: Vec<&str> = FourEyes::ALL.iter().map(|one| one.code()).collect();
        Ok(Self {
            frame: Frame::new(web, who, "nav-letters"),
            lines,
            remedies: Choice::words("letter-remedy", &remedies),
            eyes: Choice::words("letter-eyes", &eyes),
            forms,
        })
    }

    fn name(&self, kind: &LetterKind) -> String {
        kind_name(*kind)
    }
}

#[derive(Template)]
#[template(path = "letters/template.html")]
struct OneTemplate {
    frame: Frame,
    kind: LetterKind,
    versions: Vec<TemplateVersion>,
    paper: Paper,
    faults: Vec<String>,
    forms: Forms,
}

impl ManyForms for OneTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl OneTemplate {
    async fn load(web: &Web, who: &SignedIn, code: &str) -> Result<Self, Oops> {
        let shown = templates::one(&web.app, &who.actor, templates::kind_of(code)?).await?;
        let mut forms = Forms::blank(web, &["letter-reset"]);
        let form = FormView::new("letter-template", web.app.fresh());
        forms.put("letter-template", form.with("text", &shown.text).with("valid_from", web.app.today()));
        let mut page = Self {
            frame: Frame::new(web, who, "nav-letters"),
            kind: shown.kind,
            versions: shown.versions,
            paper: Paper::default(),
            faults: Vec::new(),
            forms,
        };
        page.look_at(&shown.text);
        Ok(page)
    }

    fn look_at(&mut self, text: &str) {
        let (faults, filled) = templates::try_out(self.kind, text);
        self.faults = faults.iter().map(fault).collect();
        self.paper = filled.map(|filled| filled.paper).unwrap_or_default();
    }

    fn name(&self) -> String {
        kind_name(self.kind)
    }

    fn demands(&self) -> Vec<(String, String, &'static str)> {
        let one = |(field, source): &(LetterField, &'static str)| {
            (field_name(*field), format!("{{{}}}", field.code()), *source)
        };
        self.kind.demands().iter().map(one).collect()
    }

    fn fields(&self) -> Vec<(String, String)> {
        let allowed = LetterField::ALL.iter().filter(|field| self.kind.allows(**field));
        allowed.map(|field| (format!("{{{}}}", field.code()), field_name(*field))).collect()
    }
}
