// SPDX-License-Identifier: EUPL-1.2
//! Promises out of a pot, each from its beginning to its end; and income.

use super::{Asked, kinds, read_year, words, years};
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back, onward};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, link, page};
use app::budget::{self, NewIncome, NewMoney, Payment, PromisePage, PromisesPage, Step};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::{Action, sight};
use domain::budget::{Flow, Form, MoneyKind, Paragraph, Purpose, Side};
use domain::kernel::{AgencyId, Amount, Line, PromiseId, Refusals, RegionId};
use uuid::Uuid;

/// The room's doors.
pub(super) fn routes() -> Routes {
    let (see, book) = (Asks::For(Action::SeeBudget), Asks::For(Action::BookBudget));
    Routes::default()
        .get("/budget/zusagen", see, list)
        .post("/budget/zusagen", book, promise)
        .get("/budget/zusagen/{id}", see, show)
        .post("/budget/zusagen/{id}/buchen", book, step)
        .post("/budget/zusagen/{id}/abschluss", book, settle)
        .post("/budget/einnahmen", book, income)
        .post("/budget/einnahmen/verwenden", Asks::For(Action::PlanBudget), use_income)
}

// Forms -----------------------------------------------------------------------------------------------

fn kind(read: &mut Parser<'_>) -> Option<MoneyKind> {
    read.code("kind", MoneyKind::from_code)
}

fn parse_promise(form: &FormData) -> Result<NewMoney, Refusals> {
    let mut read = Parser::new(form);
    let (region, year, kind) = (read.id("region"), read.with("year", read_year), kind(&mut read));
    let agency: Option<Option<AgencyId>> = read.maybe_id("agency");
    let (subject, amount) = (read.line("subject"), read.euro("amount"));
    let (paragraph, shape) = (read.code("paragraph", Paragraph::from_code), read.code("form", Form::from_code));
    let value = (|| {
        // Money to an agency is a grant to an independent one; what goes nowhere else is the office's own.
        let (side, flow) = match agency? {
            Some(_) => (Side::Independent, Flow::Grants),
            None => (Side::Own, Flow::Benefits),
        };
        let purpose = Purpose::new(paragraph?, shape?, side, flow);
        let (region, year, kind, agency) = (region?, year?, kind?, agency?);
        Some(NewMoney { region, year, kind, agency, subject: subject?, purpose, amount: amount? })
    })();
    read.finish(value)
}

fn parse_income(form: &FormData) -> Result<NewIncome, Refusals> {
    let mut read = Parser::new(form);
    let (region, year, kind) = (read.id("region"), read.with("year", read_year), kind(&mut read));
    let (note, amount) = (read.line("note"), read.euro("amount"));
    let paragraph = read.code("paragraph", Paragraph::from_code);
    let flow = read.code("flow", |text| Flow::from_code(text).filter(|flow| flow.is_income()));
    let value = (|| {
        let purpose = Purpose::new(paragraph?, Form::Single, Side::Own, flow?);
        Some(NewIncome { region: region?, year: year?, kind: kind?, purpose, amount: amount?, note: note? })
    })();
    read.finish(value)
}

type Use = ((RegionId, i16, MoneyKind), (Amount, Line));

fn parse_use(form: &FormData) -> Result<Use, Refusals> {
    let mut read = Parser::new(form);
    let (region, year, kind) = (read.id("region"), read.with("year", read_year), kind(&mut read));
    let (amount, resolution) = (read.euro("amount"), read.line("resolution"));
    let value = (|| Some(((region?, year?, kind?), (amount?, resolution?))))();
    read.finish(value)
}

/// Codes of the steps that a promise can take.
const STEPS: [(&str, Step); 4] =
    [("draw", Step::Draw), ("advance", Step::Advance), ("prove", Step::Prove), ("repay", Step::Repay)];

fn parse_step(form: &FormData) -> Result<Payment, Refusals> {
    let mut read = Parser::new(form);
    let known = |text: &str| STEPS.into_iter().find(|(code, _)| *code == text).map(|(_, step)| step);
    let (step, amount, note) = (read.code("step", known), read.euro("amount"), read.line("note"));
    let value = (|| Some(Payment { step: step?, amount: amount?, note: note? }))();
    read.finish(value)
}

fn parse_note(form: &FormData) -> Result<Line, Refusals> {
    let mut read = Parser::new(form);
    let note = read.line("note");
    read.finish(note)
}

// Handlers --------------------------------------------------------------------------------------------

async fn load(web: &Web, who: &SignedIn, asked: &Asked) -> Result<PromisesTemplate, Oops> {
    let kind = asked.kind().unwrap_or(MoneyKind::Grant);
    let before = asked.nach.parse().ok();
    let shown = budget::promises(&web.app, &who.actor, asked.region(), (asked.year(), kind), before).await?;
    Ok(PromisesTemplate::new(web, who, shown))
}

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, &asked).await?))
}

/// The page of a form once more.
async fn again(web: &Web, who: &SignedIn, form: &FormData) -> Result<PromisesTemplate, Oops> {
    who.must(Action::BookBudget)?;
    load(web, who, &Asked::of_form(form)).await
}

fn at(id: PromiseId) -> String {
    format!("/budget/zusagen/{id}")
}

async fn promise(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let made = attempt(parse_promise(&form), |new| budget::promise_money(&web.app, &who.actor, key, new)).await?;
    onward(made, at, ("budget-promise", &form), || again(&web, &who, &form)).await
}

async fn income(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let made = attempt(parse_income(&form), |new| budget::book_income(&web.app, &who.actor, key, new)).await?;
    let path = |id| format!("/budget/buchungen/{id}");
    onward(made, path, ("budget-income", &form), || again(&web, &who, &form)).await
}

async fn use_income(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let used = attempt(parse_use(&form), |(pot, with)| budget::use_income(&web.app, &who.actor, key, pot, with));
    let pot = [("region", form.value("region")), ("jahr", form.value("year")), ("mittel", form.value("kind"))];
    let path = link("/budget/zusagen", &pot);
    back(used.await?, &path, ("budget-income-use", &form), || again(&web, &who, &form)).await
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<PromiseId>) -> Result<Response, Oops> {
    Ok(page(&PromiseTemplate::load(&web, &who, id).await?))
}

/// The page of a promise once more.
async fn one_again(web: &Web, who: &SignedIn, id: PromiseId) -> Result<PromiseTemplate, Oops> {
    who.must(Action::BookBudget)?;
    PromiseTemplate::load(web, who, id).await
}

async fn step(State(web): State<Web>, who: SignedIn, Id(id): Id<PromiseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let paid = attempt(parse_step(&form), |step| budget::pay(&web.app, &who.actor, key, id, step)).await?;
    back(paid, &at(id), ("budget-step", &form), || one_again(&web, &who, id)).await
}

async fn settle(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<PromiseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse_note(&form), |note| budget::settle(&web.app, &who.actor, key, id, note)).await?;
    back(done, &at(id), ("budget-settle", &form), || one_again(&web, &who, id)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "budget/promises.html")]
struct PromisesTemplate {
    frame: Frame,
    shown: PromisesPage,
    region_name: String,
    filter: FormView,
    regions: Vec<Choice>,
    years: Vec<Choice>,
    kinds: Vec<Choice>,
    capped: Vec<Choice>,
    agencies: Vec<Choice>,
    paragraphs: Vec<Choice>,
    shapes: Vec<Choice>,
    flows: Vec<Choice>,
    forms: Forms,
}

impl ManyForms for PromisesTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl PromisesTemplate {
    fn new(web: &Web, who: &SignedIn, shown: PromisesPage) -> Self {
        let (region, year, kind) = (shown.region, shown.year, shown.kind.code());
        let name = shown.regions.iter().find(|(id, _)| *id == region).map(|(_, name)| name.clone());
        let mut forms = Forms::default();
        for name in ["budget-promise", "budget-income", "budget-income-use"] {
            let form = FormView::new(name, web.app.fresh()).with("region", region).with("year", year);
            forms.put(name, form.with("shown_kind", kind).with("kind", kind));
        }
        let filter = FormView::new("budget-filter", Uuid::nil()).with("region", region).with("jahr", year);
        let capped = MoneyKind::ALL.iter().filter(|kind| kind.is_capped());
        let flows = Flow::ALL.iter().filter(|flow| flow.is_income());
        Self {
            frame: Frame::new(web, who, "nav-budget"),
            region_name: name.unwrap_or_default(),
            filter: filter.with("mittel", kind),
            regions: shown.regions.iter().map(|(id, name)| Choice::new(id, name)).collect(),
            years: years(web.app.today().year(), year),
            kinds: kinds(),
            capped: words("money", capped.map(|kind| kind.code())),
            agencies: shown.agencies.iter().map(|agency| Choice::new(agency.id, agency.name.as_str())).collect(),
            paragraphs: words("paragraph", Paragraph::ALL.iter().map(|paragraph| paragraph.code())),
            shapes: words("help-form", Form::ALL.iter().map(|form| form.code())),
            flows: words("flow", flows.map(|flow| flow.code())),
            forms,
            shown,
        }
    }

    /// The address of older promises.
    fn older(&self) -> Option<String> {
        let PromisesPage { region, year, kind, next, .. } = &self.shown;
        next.map(|id| format!("/budget/zusagen?region={region}&jahr={year}&mittel={}&nach={id}", kind.code()))
    }

    fn book(&self) -> String {
        let PromisesPage { region, year, kind, .. } = &self.shown;
        format!("/budget?region={region}&jahr={year}&mittel={}", kind.code())
    }
}

#[derive(Template)]
#[template(path = "budget/promise.html")]
struct PromiseTemplate {
    frame: Frame,
    shown: PromisePage,
    steps: Vec<Choice>,
    forms: Forms,
    may_tell_costs: bool,
}

impl ManyForms for PromiseTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl PromiseTemplate {
    async fn load(web: &Web, who: &SignedIn, id: PromiseId) -> Result<Self, Oops> {
        let shown = budget::promise_page(&web.app, &who.actor, id).await?;
        Ok(Self {
            frame: Frame::new(web, who, "nav-budget"),
            steps: words("step", STEPS.into_iter().map(|(code, _)| code)),
            forms: Forms::blank(web, &["budget-step", "budget-settle"]),
            may_tell_costs: !sight(&who.actor, Action::WriteContribution).is_nothing(),
            shown,
        })
    }

    fn is_open(&self) -> bool {
        self.shown.may_book && self.shown.promise.settled_on.is_none()
    }

    fn list(&self) -> String {
        let of = &self.shown.promise;
        format!("/budget/zusagen?region={}&jahr={}&mittel={}", of.region, of.year, of.kind.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::parse::CHOICE_MISSING;

    #[test]
    fn money_to_an_agency_is_a_grant_and_all_mistakes_are_told() {
        let id = Uuid::from_u128(1).to_string();
        let mut typed = vec![
            ("region", id.as_str()),
            ("year", "2026"),
            ("kind", "C"),
            ("subject", "Elterncafé"),
            ("paragraph", "16"),
            ("form", "group"),
            ("amount", "12.000"),
        ];
        let own = parse_promise(&FormData::of(&typed)).unwrap();
        assert_eq!((own.purpose.side, own.purpose.flow), (Side::Own, Flow::Benefits));
        typed.push(("agency", &id));
        let granted = parse_promise(&FormData::of(&typed)).unwrap();
        assert_eq!((granted.purpose.side, granted.purpose.flow), (Side::Independent, Flow::Grants));
        let wrong = parse_promise(&FormData::of(&[("amount", "1e3")])).unwrap_err();
        let fields: Vec<&str> = wrong.list().iter().map(|refusal| refusal.field).collect();
        assert_eq!(fields, ["region", "year", "kind", "subject", "amount", "paragraph", "form"]);
        assert_eq!(wrong.list()[0].rule, CHOICE_MISSING);
    }
}
