// SPDX-License-Identifier: EUPL-1.2
//! Projects: the six questions, the opinion of the team, the decision, money, work, evaluation, end.

use super::{columns, fields, parse_contact};
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, redirect, t_with,
};
use app::network::{self, DecideProject, EndProject, FundProject, ProjectPage, ProjectsPage};
use app::territory;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::budget::{MoneyKind, Paragraph, Shown};
use domain::kernel::{Note, ProjectId, Refusals};
use domain::network::{
    CostLine, Count, Decider, Evaluation, Minutes, NewProject, Opinion, Project, ProjectEnd, WorkColumn,
};
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, propose) = (Asks::For(Action::SeeProject), Asks::For(Action::ProposeProject));
    Routes::default()
        .get("/projekte", see, list)
        .get("/projekte/neu", propose, blank)
        .post("/projekte/neu", propose, add)
        .get("/projekte/{id}", see, show)
        .post("/projekte/{id}/stellungnahme", Asks::For(Action::HoldConsultation), advise)
        .post("/projekte/{id}/entscheidung", Asks::For(Action::DecideProject), decide)
        .post("/projekte/{id}/mittel", Asks::For(Action::BookBudget), fund)
        .post("/projekte/{id}/beginn", propose, begin)
        .post("/projekte/{id}/arbeit", propose, work)
        .post("/projekte/{id}/auswertung", propose, evaluate)
        .post("/projekte/{id}/ende", propose, end)
        .post("/projekte/{id}/zurueckziehen", propose, withdraw)
}

// Forms -----------------------------------------------------------------------------------------------

/// What is missing, as teams said; behind which project a page begins.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    luecke: String,
    #[serde(default)]
    nach: String,
}

fn parse_project(form: &FormData) -> Result<NewProject, Refusals> {
    let mut read = Parser::new(form);
    let of_projects = |column: &WorkColumn| *column != WorkColumn::Network;
    let column = read.code("column", |text| WorkColumn::from_code(text).filter(of_projects));
    let (title, space, found_in) = (read.line("title"), read.id("space"), read.line("found_in"));
    let (need, goals, help_link) = (read.note("need"), read.note("goals"), read.note("help_link"));
    let (terms, costs) = (read.note("terms"), read.with("costs", CostLine::parse_all));
    let hours = read.maybe("hours", Minutes::parse_hours);
    let value = (|| {
        Some(NewProject {
            title: title?,
            column: column?,
            space: space?,
            found_in: found_in?,
            need: need?,
            goals: goals?,
            help_link: help_link?,
            terms: terms?,
            hours: hours?,
            costs: costs?,
        })
    })();
    read.finish(value)
}

fn parse_opinion(form: &FormData) -> Result<(Opinion, Option<Note>), Refusals> {
    let mut read = Parser::new(form);
    let (opinion, words) = (read.code("opinion", Opinion::from_code), read.maybe_note("words"));
    read.finish(opinion.zip(words))
}

fn parse_decision(form: &FormData) -> Result<DecideProject, Refusals> {
    let mut read = Parser::new(form);
    let granted = read.code("granted", |text| ["yes", "no"].contains(&text).then_some(text == "yes"));
    let (by, resolution) = (read.code("by", Decider::from_code), read.maybe_line("resolution"));
    let words = read.maybe_note("words");
    let value = (|| Some(DecideProject { granted: granted?, by: by?, resolution: resolution?, words: words? }))();
    read.finish(value)
}

fn parse_money(form: &FormData) -> Result<FundProject, Refusals> {
    let mut read = Parser::new(form);
    let year = read.with("year", crate::budget::read_year);
    let (paragraph, agency) = (read.code("paragraph", Paragraph::from_code), read.maybe_id("agency"));
    let amount = read.euro("amount");
    let value = (|| Some(FundProject { year: year?, paragraph: paragraph?, agency: agency?, amount: amount? }))();
    read.finish(value)
}

fn parse_evaluation(form: &FormData) -> Result<Evaluation, Refusals> {
    let mut read = Parser::new(form);
    let (reached, assessment) = (read.note("reached"), read.note("assessment"));
    let (current, potential) = (read.with("current", Count::parse), read.with("potential", Count::parse));
    let value = (|| {
        let (reached, assessment) = (reached?, assessment?);
        Some(Evaluation { reached, assessment, current: current?, potential: potential? })
    })();
    read.finish(value)
}

fn parse_reason(form: &FormData) -> Result<Note, Refusals> {
    let mut read = Parser::new(form);
    let why = read.note("why");
    read.finish(why)
}

fn parse_end(form: &FormData) -> Result<EndProject, Refusals> {
    let mut read = Parser::new(form);
    let (end, who) = (read.code("end", ProjectEnd::from_code), read.line("who"));
    let value = (|| Some(EndProject { end: end?, who: who? }))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let shown = network::projects(&web.app, &who.actor, asked.nach.parse().ok()).await?;
    Ok(page(&ListTemplate { frame: Frame::new(&web, &who, "nav-projects"), shown }))
}

async fn new_page(web: &Web, who: &SignedIn, form: FormView) -> Result<NewTemplate, Oops> {
    let spaces = territory::spaces(&web.app, &who.actor).await?;
    let spaces = spaces.into_iter().map(|space| Choice::new(space.id, space.name)).collect();
    let columns = Choice::words("column", &[WorkColumn::Independent.code(), WorkColumn::CrossCase.code()]);
    Ok(NewTemplate { frame: Frame::new(web, who, "nav-projects"), form, spaces, columns })
}

async fn blank(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let mut form = FormView::new("project", web.app.fresh());
    let missing: String = asked.luecke.chars().filter(|c| c.is_alphabetic() || *c == '-').take(60).collect();
    if !missing.is_empty() {
        form = form.with("title", &missing).with("need", t_with("project-need-from", &[("x", &missing)]));
        form = form.with("found_in", t_with("project-found-from", &[])).with("column", "cross-case");
    }
    Ok(page(&new_page(&web, &who, form).await?))
}

async fn add(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse_project(&form), |new| network::propose(&web.app, &who.actor, Some(key), new));
    match done.await? {
        Ok(id) => Ok(redirect(&format!("/projekte/{id}"))),
        Err(wrong) => {
            let form = FormView::new("project", key.id).refused(&form, &wrong);
            Ok(refused(&new_page(&web, &who, form).await?))
        }
    }
}

async fn show(State(web): State<Web>, who: SignedIn, Id(id): Id<ProjectId>) -> Result<Response, Oops> {
    Ok(page(&ShowTemplate::load(&web, &who, id).await?))
}

/// After a step: back to the project, or its page with the form that was refused.
async fn after<T>(
    (web, who, id): (&Web, &SignedIn, ProjectId),
    form: &FormData,
    prefix: &'static str,
    done: Result<T, Refusals>,
) -> Result<Response, Oops> {
    let Err(wrong) = done else { return Ok(redirect(&format!("/projekte/{id}"))) };
    let mut shown = ShowTemplate::load(web, who, id).await?;
    shown.refuse(FormView::new(prefix, form.key()?.id).refused(form, &wrong), prefix);
    Ok(refused(&shown))
}

macro_rules! steps {
    ($($name:ident, $parse:ident, $act:ident, $prefix:literal;)*) => {$(
        async fn $name(
            State(web): State<Web>,
            who: SignedIn,
            Id(id): Id<ProjectId>,
            form: FormData,
        ) -> Result<Response, Oops> {
            let key = form.key()?;
            let done = attempt($parse(&form), |new| network::$act(&web.app, &who.actor, Some(key), id, new)).await?;
            after((&web, &who, id), &form, $prefix, done).await
        }
    )*};
}

steps! {
    advise, parse_opinion, advise, "project-opinion";
    decide, parse_decision, decide, "project-decision";
    fund, parse_money, fund, "project-money";
    evaluate, parse_evaluation, evaluate, "project-result";
    end, parse_end, end, "project-end";
    withdraw, parse_reason, withdraw, "project-back";
}

async fn begin(State(web): State<Web>, who: SignedIn, Id(id): Id<ProjectId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(Ok(()), |()| network::begin(&web.app, &who.actor, Some(key), id)).await?;
    after((&web, &who, id), &form, "project-begin", done).await
}

async fn work(State(web): State<Web>, who: SignedIn, Id(id): Id<ProjectId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let read = parse_contact(&form).map(|new| domain::network::NewContact { project: Some(id), ..new });
    let done = attempt(read, |new| network::log_contact(&web.app, &who.actor, Some(key), new)).await?;
    after((&web, &who, id), &form, "contact", done).await
}

// Pages -----------------------------------------------------------------------------------------------

/// How the badge of a state looks: what runs or came to something is green, what waits for people is blue, what was
/// refused is orange; ideas and what is over stay plain.
fn tone(state: &str) -> &'static str {
    match state {
        "advised" | "approved" => "info",
        "running" | "evaluated" | "handed-over" => "ok",
        "refused" => "warn",
        _ => "plain",
    }
}

#[derive(Template)]
#[template(path = "network/projects.html")]
struct ListTemplate {
    frame: Frame,
    shown: ProjectsPage,
}

impl ListTemplate {
    fn tone(&self, state: &str) -> &'static str {
        tone(state)
    }
}

#[derive(Template)]
#[template(path = "network/project_new.html")]
struct NewTemplate {
    frame: Frame,
    form: FormView,
    spaces: Vec<Choice>,
    columns: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "network/project.html")]
struct ShowTemplate {
    frame: Frame,
    shown: ProjectPage,
    /// What was refused in a form that is not on the page (any more).
    told: Option<FormView>,
    opinion: FormView,
    decision: FormView,
    money: FormView,
    begin: FormView,
    contact: FormView,
    result: FormView,
    end: FormView,
    back: FormView,
    opinions: Vec<Choice>,
    answers: Vec<Choice>,
    deciders: Vec<Choice>,
    paragraphs: Vec<Choice>,
    agencies: Vec<Choice>,
    columns: Vec<Choice>,
    fields: Vec<Choice>,
    ends: Vec<Choice>,
}

/// A counter as it may stand in the form again.
fn open(counter: Option<Shown<i64>>) -> String {
    counter.and_then(Shown::open).map(|count| count.to_string()).unwrap_or_default()
}

impl ShowTemplate {
    fn tone(&self, state: &str) -> &'static str {
        tone(state)
    }

    async fn load(web: &Web, who: &SignedIn, id: ProjectId) -> Result<Self, Oops> {
        let shown = network::project(&web.app, &who.actor, id).await?;
        let form = |prefix| FormView::new(prefix, web.app.fresh());
        let today = web.app.today();
        let grants = Paragraph::ALL.iter().filter(|one| one.fits(MoneyKind::Grant).is_ok());
        let paragraphs: Vec<&str> = grants.map(|one| one.code()).collect();
        let result = form("project-result")
            .with("reached", shown.project.reached.clone().unwrap_or_default())
            .with("assessment", shown.project.assessment.clone().unwrap_or_default())
            .with("current", open(shown.counters.current))
            .with("potential", open(shown.counters.potential));
        Ok(Self {
            frame: Frame::new(web, who, "nav-projects"),
            told: None,
            opinion: form("project-opinion"),
            decision: form("project-decision"),
            money: form("project-money").with("year", today.year()),
            begin: form("project-begin"),
            contact: form("contact").with("on", today).with("column", shown.project.column.code()),
            result,
            end: form("project-end"),
            back: form("project-back"),
            opinions: Choice::words("opinion", &["in-favour", "with-changes", "against"]),
            answers: Choice::words("project-answer", &["yes", "no"]),
            deciders: Choice::words("decider", &["team-lead", "body"]),
            paragraphs: Choice::words("paragraph", &paragraphs),
            agencies: shown.agencies.iter().map(|one| Choice::new(one.id, one.name.as_str())).collect(),
            columns: columns(),
            fields: fields(),
            ends: Choice::words("project-end", &["handed-over", "ended"]),
            shown,
        })
    }

    fn refuse(&mut self, form: FormView, prefix: &str) {
        let (there, place) = match prefix {
            "project-opinion" => (self.may_advise(), &mut self.opinion),
            "project-decision" => (self.may_decide(), &mut self.decision),
            "project-money" => (self.may_fund(), &mut self.money),
            "project-begin" => (self.may_begin(), &mut self.begin),
            "project-result" => (self.may_evaluate(), &mut self.result),
            "project-end" => (self.may_end(), &mut self.end),
            "project-back" => (self.may_withdraw(), &mut self.back),
            _ => (self.may_log(), &mut self.contact),
        };
        if there {
            *place = form;
        } else {
            self.told = Some(form);
        }
    }

    fn is(&self, states: &[Project]) -> bool {
        states.contains(&self.shown.project.state)
    }

    fn may_change(&self) -> bool {
        self.shown.may_change && self.is(&[Project::Idea, Project::Advised])
    }

    fn may_withdraw(&self) -> bool {
        self.shown.may_change && self.is(&[Project::Idea, Project::Advised, Project::Approved])
    }

    /// Is there work whose words the reader does not see?
    fn hides_words(&self) -> bool {
        self.shown.contacts.iter().any(|one| one.by.is_none())
    }

    /// Was it changed after the team had read it?
    fn changed_since(&self) -> bool {
        let said = self.shown.steps.iter().rfind(|step| step.opinion.is_some());
        self.may_decide() && said.is_some_and(|step| step.version != self.shown.project.version)
    }

    fn may_advise(&self) -> bool {
        self.shown.may_advise && self.is(&[Project::Idea, Project::Advised])
    }

    fn may_decide(&self) -> bool {
        self.shown.may_decide && self.is(&[Project::Advised])
    }

    fn may_fund(&self) -> bool {
        self.shown.may_fund && self.is(&[Project::Approved, Project::Running]) && self.shown.total.cents() > 0
    }

    fn may_begin(&self) -> bool {
        self.shown.may_work && self.is(&[Project::Approved])
    }

    fn may_log(&self) -> bool {
        self.shown.may_work && self.shown.project.state.is_open()
    }

    fn may_evaluate(&self) -> bool {
        self.shown.may_work && self.is(&[Project::Running, Project::Evaluated])
    }

    fn may_end(&self) -> bool {
        self.shown.may_work && self.is(&[Project::Evaluated])
    }
}
