// SPDX-License-Identifier: EUPL-1.2
//! "Fristen": what is due for me, for my team, in a case; and how each day came about.

mod absences;
mod calendar;
mod say;

pub use say::{DueLine, Explained};

use crate::casework::cases::CaseHead;
use crate::kit::answer::{attempt, refused};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, link, page, redirect,
};
use app::deadlines::{self, AfterDay, CaseDues, DuePage, DueView, Whose};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::deadlines::{Change, DeadlineRule, Duty, InternalTarget, Nature, Outcome, PromptDuty, Promptly};
use domain::kernel::{CaseId, Day, DueId, Refusals};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, work) = (Asks::For(Action::SeeCase), Asks::For(Action::WorkOnCase));
    Routes::default()
        .get("/fristen", see, list)
        .get("/faelle/{id}/fristen", see, of_case)
        .post("/faelle/{id}/fristen", work, add)
        .post("/faelle/{id}/fristen/aendern", work, change)
        .and(absences::routes())
        .and(calendar::routes())
}

// Forms -----------------------------------------------------------------------------------------------

/// Which part of the list.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    wessen: String,
    #[serde(default)]
    wer: String,
    #[serde(default)]
    nach: String,
}

impl Asked {
    fn whose(&self) -> Whose {
        match (self.wer.parse(), self.wessen.as_str()) {
            (Ok(one), _) => Whose::Of(one),
            (Err(_), "team") => Whose::Teams,
            (Err(_), _) => Whose::Mine,
        }
    }

    /// `<day>_<uuid>`; anything else begins at the beginning.
    fn after(&self) -> Option<AfterDay> {
        let (day, id) = self.nach.split_once('_')?;
        Some((Some(Day::parse(day).ok()?), Uuid::parse_str(id).ok()?))
    }
}

/// What is due, as chosen: a rule of a law, a duty at once, or an own day.
fn parse_duty(form: &FormData) -> Result<Duty, Refusals> {
    let mut read = Parser::new(form);
    let kind = form.value("kind");
    if kind == "own" {
        let (words, due) = (read.line("words"), read.day("start"));
        let value = (|| Some(Duty::Own(InternalTarget { words: words?, due: due?, is_agreed: false })))();
        return read.finish(value);
    }
    let start = read.day("start");
    let duty = read.with("kind", |kind| match (DeadlineRule::from_code(kind), PromptDuty::from_code(kind)) {
        // The alarm of § 42(5) is set where liberty is taken, and nowhere else.
        (Some(rule), _) if rule != DeadlineRule::Liberty => Ok(Some(rule)),
        (None, Some(_)) => Ok(None),
        _ => Err(CHOICE_MISSING.broken()),
    });
    let value = (|| {
        let start = start?;
        Some(match duty? {
            Some(rule) => Duty::Legal(rule, start),
            None => Duty::Prompt(Promptly::new(PromptDuty::from_code(kind)?, start)),
        })
    })();
    read.finish(value)
}

fn parse_change(form: &FormData) -> Result<(DueId, Change), Refusals> {
    let mut read = Parser::new(form);
    let (id, outcome) = (read.id("due"), read.code("outcome", Outcome::from_code));
    let (reason, to) = (read.maybe_note("reason"), read.maybe_day("to"));
    let value = (|| Some((id?, Change { outcome: outcome?, reason: reason?, to: to? })))();
    read.finish(value)
}

struct Forms {
    add: FormView,
    change: FormView,
}

impl Forms {
    fn blank(web: &Web) -> Self {
        let add = FormView::new("due-add", web.app.fresh()).with("start", web.app.today());
        Self { add, change: FormView::new("due-change", web.app.fresh()) }
    }
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let shown = deadlines::page(&web.app, &who.actor, asked.whose(), asked.after()).await?;
    Ok(page(&ListPage::new(Frame::new(&web, &who, "nav-deadlines"), asked.whose(), shown, web.app.today())))
}

async fn of_case(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    let shown = deadlines::of_case(&web.app, &who.actor, case).await?;
    let frame = Frame::new(&web, &who, "nav-cases");
    Ok(page(&CaseTemplate::new(frame, shown, Forms::blank(&web), web.app.today())))
}

async fn add(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    match attempt(parse_duty(&form), |duty| deadlines::add(&web.app, &who.actor, Some(key), case, duty)).await? {
        Ok(id) => Ok(redirect(&format!("/faelle/{case}/fristen#frist-{id}"))),
        Err(wrong) => {
            let view = FormView::new("due-add", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.add = view).await
        }
    }
}

async fn change(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |(id, asked)| deadlines::change(&web.app, &who.actor, Some(key), id, asked);
    match attempt(parse_change(&form), act).await? {
        Ok(_) => Ok(redirect(&format!("/faelle/{case}/fristen"))),
        Err(wrong) => {
            let view = FormView::new("due-change", key.id).refused(&form, &wrong);
            again(&web, &who, case, |forms| forms.change = view).await
        }
    }
}

/// The page again with one form refused.
async fn again(web: &Web, who: &SignedIn, case: CaseId, put: impl FnOnce(&mut Forms) + Send) -> Result<Response, Oops> {
    let shown = deadlines::of_case(&web.app, &who.actor, case).await?;
    let mut forms = Forms::blank(web);
    put(&mut forms);
    Ok(refused(&CaseTemplate::new(Frame::new(web, who, "nav-cases"), shown, forms, web.app.today())))
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "deadlines/list.html")]
struct ListPage {
    frame: Frame,
    whose: &'static str,
    prompt: Vec<DueLine>,
    legal: Vec<DueLine>,
    own: Vec<DueLine>,
    more: Option<String>,
    land_known: bool,
}

impl ListPage {
    fn new(frame: Frame, whose: Whose, shown: DuePage, today: Day) -> Self {
        let (whose, by) = match whose {
            Whose::Mine => ("mine", ("wessen", "mine".to_owned())),
            Whose::Teams => ("team", ("wessen", "team".to_owned())),
            Whose::Of(one) => ("one", ("wer", one.to_string())),
        };
        let mark = |(day, id): AfterDay| day.map(|day| format!("{day}_{id}"));
        let more = shown.next.and_then(mark).map(|nach| link("/fristen", &[(by.0, &by.1), ("nach", &nach)]));
        let line = |one: DueView| DueLine::new(one, today, shown.reader);
        let (legal, own): (Vec<_>, Vec<_>) = shown.dated.into_iter().partition(|one| one.nature == Nature::Legal);
        Self {
            frame,
            whose,
            prompt: shown.prompt.into_iter().map(line).collect(),
            legal: legal.into_iter().map(line).collect(),
            own: own.into_iter().map(line).collect(),
            more,
            land_known: shown.land_known,
        }
    }

    fn is_empty(&self) -> bool {
        self.prompt.is_empty() && self.legal.is_empty() && self.own.is_empty()
    }

    fn parts(&self) -> [(&'static str, &[DueLine]); 3] {
        [("prompt", &self.prompt), ("legal", &self.legal), ("own", &self.own)]
    }
}

#[derive(Template)]
#[template(path = "deadlines/case.html")]
struct CaseTemplate {
    frame: Frame,
    head: CaseHead,
    open: Vec<DueLine>,
    settled: Vec<DueLine>,
    changes: Vec<deadlines::ChangeView>,
    kinds: Vec<Choice>,
    dues: Vec<Choice>,
    outcomes: Vec<Choice>,
    forms: Forms,
    may_work: bool,
    land_known: bool,
}

impl CaseTemplate {
    fn new(frame: Frame, shown: CaseDues, forms: Forms, today: Day) -> Self {
        let worker = shown.case.worker;
        let line = |one: DueView| DueLine::new(one, today, worker);
        let open: Vec<DueLine> = shown.open.into_iter().map(line).collect();
        let outcomes: Vec<&str> = Outcome::ALL.iter().map(|one| one.code()).collect();
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "deadlines"),
            dues: open.iter().filter(|one| !one.is_alarm).map(|one| Choice::new(one.id, one.chosen())).collect(),
            settled: shown.settled.into_iter().map(line).collect(),
            changes: shown.changes,
            kinds: say::kinds(),
            outcomes: Choice::words("due-outcome", &outcomes),
            frame,
            open,
            forms,
            may_work: shown.may_work,
            land_known: shown.land_known,
        }
    }

    fn changes_of<'a>(&'a self, id: &'a DueId) -> impl Iterator<Item = &'a deadlines::ChangeView> {
        self.changes.iter().filter(move |change| change.due == *id)
    }
}
