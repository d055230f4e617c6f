// SPDX-License-Identifier: EUPL-1.2
//! The allocation workbench: list, form with a try-out, a proposal with its reasons, the decision.

mod bars;
mod csv;
mod form;
mod keys;
mod map;
pub mod say;
mod view;

use crate::kit::answer::{attempt, refused};
use crate::kit::messages::sentence;
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect};
use app::allocation::{self, AllocationLine, Decision, MethodLine, Paper, Sheet};
use app::territory;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::budget::allocation::{Borne, Majority, Method, Votes, refusals};
use domain::kernel::{AllocationId, Refusal, Refusals};
use form::{Grid, worked_out};
use map::ChangeMap;
use serde::Deserialize;
use uuid::Uuid;
use view::Shares;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/budget/verteilung", Asks::For(Action::SeeBudget), list)
        .get("/budget/verteilung/neu", Asks::For(Action::DraftAllocation), blank)
        .post("/budget/verteilung/neu", Asks::For(Action::DraftAllocation), draft)
        .get("/budget/verteilung/{id}", Asks::For(Action::SeeBudget), one)
        .get("/budget/verteilung/{id}/anteile", Asks::For(Action::SeeBudget), as_csv)
        .post("/budget/verteilung/{id}/beschluss", Asks::For(Action::DecideAllocation), decide)
        .post("/budget/verteilung/{id}/plan", Asks::For(Action::PlanBudget), book)
}

const NAV: &str = "nav-allocation";
const FORM: &str = "allocation";
/// Fields of methods J and K.
const RARE: [&str; 4] = ["contracted", "overload", "capacity", "per_post"];
const DECIDE: &str = "allocation-decide";

// Forms -----------------------------------------------------------------------------------------------

/// The proposal whose inputs a new one begins with.
#[derive(Deserialize)]
struct From {
    #[serde(default)]
    von: String,
}

/// How a proposal is to be shown.
#[derive(Deserialize)]
struct Shown {
    /// All reasons open, for printing.
    #[serde(default)]
    alles: String,
}

fn votes(text: &str) -> Result<u32, Refusal> {
    let text = text.trim();
    if text.is_empty() { Ok(0) } else { text.parse().or(Err(domain::budget::allocation::rules::VOTES_UNFIT.broken())) }
}

fn parse_decision(form: &FormData) -> Result<Decision, Refusals> {
    let mut read = Parser::new(form);
    let (body, on, resolution) = (read.line("body"), read.day("on"), read.line("resolution"));
    let majority = read.code("majority", Majority::from_code);
    let (yes, no, abstained) = (read.with("yes", votes), read.with("no", votes), read.with("abstained", votes));
    let value = (|| {
        let votes = Votes { yes: yes?, no: no?, abstained: abstained? };
        Some(Decision { body: body?, on: on?, resolution: resolution?, majority: majority?, votes })
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    let (lines, may_draft) = allocation::list(&web.app, &who.actor).await?;
    Ok(page(&ListPage { frame: Frame::new(&web, &who, NAV), lines, may_draft }))
}

async fn blank(State(web): State<Web>, who: SignedIn, Query(from): Query<From>) -> Result<Response, Oops> {
    who.must(Action::DraftAllocation)?;
    let mut view = FormView::new(FORM, web.app.fresh());
    if let Ok(id) = from.von.parse() {
        let known = allocation::page(&web.app, &who.actor, id).await?;
        let mut sheet = known.sheet;
        if known.line.decision.is_some() {
            // What was decided is what the next proposal is measured by.
            sheet.table = form::with_previous(&sheet.table, &known.paper.shares);
        }
        let fields = form::fields_of(&sheet).unwrap_or_default();
        view = fields.into_iter().fold(view, |view, (name, value)| view.with(name, value));
    }
    let view = view.with("year", web.app.today().year() + 1).with("damping_borne", Borne::Gainers.code());
    Ok(page(&NewPage::new(&web, &who, view.with("instalments", 4), Grid::default())))
}

async fn draft(State(web): State<Web>, who: SignedIn, sent: FormData) -> Result<Response, Oops> {
    who.must(Action::DraftAllocation)?;
    let key = sent.key()?;
    let wrong = match worked_out(&sent) {
        Ok((sheet, paper)) if !sent.value("try").is_empty() => {
            return Ok(page(&NewPage::tried(&web, &who, (&sheet, &paper), &sent, key.id).await?));
        }
        Ok((sheet, _)) => {
            let id = allocation::draft(&web.app, &who.actor, Some(key), &sheet).await?;
            return Ok(redirect(&format!("/budget/verteilung/{id}")));
        }
        Err(faults) => faults,
    };
    let view = FormView::new(FORM, key.id).refused(&sent, &refusals(&wrong));
    // Those at a field as a whole stand at their field; these are the ones inside of it.
    let inside = wrong.iter().filter(|fault| fault.line.is_some() || !fault.about.is_empty());
    let faults = inside.map(say::fault).collect();
    Ok(refused(&NewPage { faults, ..NewPage::new(&web, &who, view, Grid::of(&sent)) }))
}

async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AllocationId>,
    Query(shown): Query<Shown>,
) -> Result<Response, Oops> {
    let form = FormView::new(DECIDE, web.app.fresh()).with("majority", Majority::Simple.code());
    Ok(page(&OnePage::load(&web, &who, id, form, !shown.alles.is_empty()).await?))
}

async fn as_csv(State(web): State<Web>, who: SignedIn, Id(id): Id<AllocationId>) -> Result<Response, Oops> {
    Ok(csv::file(&allocation::page(&web.app, &who.actor, id).await?.paper))
}

async fn decide(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AllocationId>,
    sent: FormData,
) -> Result<Response, Oops> {
    who.must(Action::DecideAllocation)?;
    let key = sent.key()?;
    let act = |decision| allocation::decide(&web.app, &who.actor, Some(key), id, decision);
    match attempt(parse_decision(&sent), act).await? {
        Ok(_) => Ok(redirect(&format!("/budget/verteilung/{id}"))),
        Err(wrong) => {
            let form = FormView::new(DECIDE, key.id).refused(&sent, &wrong);
            let mut shown = OnePage::load(&web, &who, id, form, false).await?;
            shown.wrong = wrong.list().iter().map(sentence).collect();
            Ok(refused(&shown))
        }
    }
}

async fn book(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<AllocationId>,
    sent: FormData,
) -> Result<Response, Oops> {
    who.must(Action::PlanBudget)?;
    let key = sent.key()?;
    let act = |()| allocation::book(&web.app, &who.actor, Some(key), id);
    match attempt(Ok(()), act).await? {
        Ok(_) => Ok(redirect(&format!("/budget/verteilung/{id}#plan"))),
        Err(wrong) => {
            let mut shown = OnePage::load(&web, &who, id, FormView::new(DECIDE, key.id), false).await?;
            shown.wrong = wrong.list().iter().map(sentence).collect();
            Ok(refused(&shown))
        }
    }
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "budget/allocations.html")]
struct ListPage {
    frame: Frame,
    /// Proposals, and whether each counts for its year.
    lines: Vec<(AllocationLine, bool)>,
    may_draft: bool,
}

#[derive(Template)]
#[template(path = "budget/allocation_new.html")]
struct NewPage {
    frame: Frame,
    form: FormView,
    grid: Grid,
    /// Are the fields of single methods open?
    more: bool,
    /// Is there more than one key?
    keys: bool,
    methods: Vec<Choice>,
    borne: Vec<Choice>,
    /// What is wrong, with line and column.
    faults: Vec<String>,
    /// What came out of trying.
    result: Option<Shares>,
    title: String,
}

impl NewPage {
    fn new(web: &Web, who: &SignedIn, form: FormView, grid: Grid) -> Self {
        let words = |kind, codes: Vec<&str>| Choice::words(kind, &codes);
        Self {
            frame: Frame::new(web, who, NAV),
            more: RARE.iter().any(|field| form.holds(field)),
            keys: keys::FURTHER.iter().flatten().any(|field| form.holds(field)),
            form,
            grid,
            methods: words("method", Method::ALL.iter().map(|method| method.code()).collect()),
            borne: words("borne", Borne::ALL.iter().map(|borne| borne.code()).collect()),
            faults: Vec::new(),
            result: None,
            title: String::new(),
        }
    }

    /// The form with what came out, beside what is in force; nothing was kept, so the key is still good.
    async fn tried(
        web: &Web,
        who: &SignedIn,
        (sheet, paper): (&Sheet, &Paper),
        sent: &FormData,
        key: Uuid,
    ) -> Result<Self, Oops> {
        let year = sheet.year.0.trim().parse().unwrap_or_default();
        let decided = allocation::in_force(&web.app, &who.actor, year).await?;
        let before = decided.as_ref().map(|(_, paper)| paper.shares.as_slice()).unwrap_or_default();
        let result = Some(Shares::new(paper, before, true));
        let view = FormView::new(FORM, key).refused(sent, &Refusals::default());
        Ok(Self { result, title: sheet.title.clone(), ..Self::new(web, who, view, Grid::of(sent)) })
    }
}

#[derive(Template)]
#[template(path = "budget/allocation.html")]
struct OnePage {
    frame: Frame,
    shown: allocation::Page,
    result: Shares,
    map: Option<ChangeMap>,
    decide: FormView,
    majorities: Vec<Choice>,
    /// Can the form show these inputs, so that another draft can begin with them?
    again: bool,
    /// Reasons open, for printing.
    open: bool,
    wrong: Vec<String>,
    book: FormView,
}

impl OnePage {
    async fn load(web: &Web, who: &SignedIn, id: AllocationId, decide: FormView, open: bool) -> Result<Self, Oops> {
        let shown = allocation::page(&web.app, &who.actor, id).await?;
        let before = shown.beside.as_ref().map(|(_, paper)| paper.shares.as_slice()).unwrap_or_default();
        let result = Shares::new(&shown.paper, before, open);
        let spaces = territory::spaces(&web.app, &who.actor).await?;
        let shapes = territory::shapes(&web.app, &who.actor).await?;
        Ok(Self {
            frame: Frame::new(web, who, NAV),
            map: ChangeMap::new(&result.rows, &spaces, &shapes),
            again: shown.may_draft && form::fields_of(&shown.sheet).is_some(),
            majorities: Choice::words(
                "majority",
                &Majority::ALL.iter().map(|majority| majority.code()).collect::<Vec<_>>(),
            ),
            result,
            shown,
            decide,
            open,
            wrong: Vec::new(),
            book: FormView::new("allocation-book", web.app.fresh()),
        })
    }

    /// What a region plans, and what of it is taken off in advance.
    fn planned(&self, line: &allocation::PlanLine) -> (String, String) {
        let cents = line.planned.map_or((0, 0), |one| {
            (one.planned.cents(), one.top_slice.map(domain::kernel::Amount::cents).unwrap_or_default())
        });
        (say::euros(cents.0), say::euros(cents.1))
    }

    /// The code of a method that was written as a letter or a code.
    fn method<'a>(&self, line: &'a MethodLine) -> &'a str {
        let known = Method::ALL.iter().find(|method| method.letter().eq_ignore_ascii_case(line.method.trim()));
        known.map_or(line.method.trim(), |method| method.code())
    }
}
