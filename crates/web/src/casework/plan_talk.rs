// SPDX-License-Identifier: EUPL-1.2
//! The talk about the help plan: when and where, who is asked to come, and what has to be done before it.

use super::head::CaseHead;
use super::plan_form::people;
use crate::deadlines::DueLine;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::casework::plan_talks::{self, GuestView, NewTalkTask, Talk, TalkView, TalksPage};
use app::deadlines::{self, DueView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{Attendance, HelpKind, NewPlanTalk, Presence, TalkState, TimeOfDay};
use domain::deadlines::{Change, Outcome};
use domain::kernel::{CaseId, Day, DueId, Note, PlanTalkId, Refusals};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/hilfeplangespraech", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/hilfeplangespraech", work, set)
        .post("/faelle/{id}/hilfeplangespraech/aufgaben", work, add)
        .post("/faelle/{id}/hilfeplangespraech/erledigen", work, settle)
        .post("/faelle/{id}/hilfeplangespraech/verlegen", work, move_to)
        .post("/faelle/{id}/hilfeplangespraech/gehalten", work, hold)
        .post("/faelle/{id}/hilfeplangespraech/absagen", work, cancel)
}

/// The forms of the page; their prefixes are their names.
const NAMES: [&str; 6] = ["talk", "talk-task", "talk-settle", "talk-move", "talk-held", "talk-cancel"];

// Forms -----------------------------------------------------------------------------------------------

fn parse(form: &FormData) -> Result<NewPlanTalk, Refusals> {
    let mut read = Parser::new(form);
    let (help, meets_on) = (read.code("help", HelpKind::from_code), read.day("meets_on"));
    let (starts_at, place) = (read.with("starts_at", TimeOfDay::parse), read.line("place"));
    let invited = read.lines("invited");
    let value = (|| {
        let (help, meets_on, starts_at, place) = (help?, meets_on?, starts_at?, place?);
        Some(NewPlanTalk { help, meets_on, starts_at, place, invited: invited? })
    })();
    read.finish(value)
}

fn parse_task(form: &FormData) -> Result<(PlanTalkId, NewTalkTask), Refusals> {
    let mut read = Parser::new(form);
    let (talk, words) = (read.id("talk"), read.line("words"));
    let (owner, due) = (read.maybe_id("owner"), read.day("due"));
    let value = (|| Some((talk?, NewTalkTask { words: words?, owner: owner?, due: due? })))();
    read.finish(value)
}

fn parse_settle(form: &FormData) -> Result<(DueId, Change), Refusals> {
    let mut read = Parser::new(form);
    let (id, outcome) = (read.id("due"), read.code("outcome", Outcome::from_code));
    let (reason, to) = (read.maybe_note("reason"), read.maybe_day("to"));
    let value = (|| Some((id?, Change { outcome: outcome?, reason: reason?, to: to? })))();
    read.finish(value)
}

fn parse_move(form: &FormData) -> Result<(PlanTalkId, (Day, TimeOfDay, Note)), Refusals> {
    let mut read = Parser::new(form);
    let (talk, day) = (read.id("talk"), read.day("meets_on"));
    let (at, why) = (read.with("starts_at", TimeOfDay::parse), read.note("why"));
    let value = (|| Some((talk?, (day?, at?, why?))))();
    read.finish(value)
}

fn parse_held(form: &FormData) -> Result<(PlanTalkId, Vec<Attendance>), Refusals> {
    let mut read = Parser::new(form);
    let talk = read.id("talk");
    let lists = [("present", Presence::Present), ("absent", Presence::Absent), ("not_invited", Presence::NotInvited)];
    let lists = lists.map(|(field, presence)| read.with(field, |text| people(text, presence)));
    let value = (|| {
        let [present, absent, not_invited] = lists;
        Some((talk?, [present?, absent?, not_invited?].concat()))
    })();
    read.finish(value)
}

fn parse_cancel(form: &FormData) -> Result<(PlanTalkId, Note), Refusals> {
    let mut read = Parser::new(form);
    let (talk, why) = (read.id("talk"), read.note("why"));
    read.finish(talk.zip(why))
}

// Handlers --------------------------------------------------------------------------------------------

fn at(case: CaseId) -> String {
    format!("/faelle/{case}/hilfeplangespraech")
}

async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<TalkTemplate, Oops> {
    Ok(TalkTemplate::new(web, who, plan_talks::page(&web.app, &who.actor, case).await?))
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, case).await?))
}

async fn set(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let done = attempt(parse(&form), |new| plan_talks::set(&web.app, &who.actor, key, case, new)).await?;
    back(done, &at(case), ("talk", &form), || load(&web, &who, case)).await
}

async fn add(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(talk, new)| plan_talks::add_task(&web.app, &who.actor, key, talk, new);
    let done = attempt(parse_task(&form), act).await?;
    back(done, &at(case), ("talk-task", &form), || load(&web, &who, case)).await
}

async fn settle(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(id, asked)| deadlines::change(&web.app, &who.actor, key, id, asked);
    let done = attempt(parse_settle(&form), act).await?;
    back(done, &at(case), ("talk-settle", &form), || load(&web, &who, case)).await
}

async fn move_to(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(talk, to)| plan_talks::move_to(&web.app, &who.actor, key, talk, to);
    let done = attempt(parse_move(&form), act).await?;
    back(done, &at(case), ("talk-move", &form), || load(&web, &who, case)).await
}

async fn hold(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(talk, there)| plan_talks::hold(&web.app, &who.actor, key, talk, there);
    let done = attempt(parse_held(&form), act).await?;
    back(done, &at(case), ("talk-held", &form), || load(&web, &who, case)).await
}

async fn cancel(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = Some(form.key()?);
    let act = |(talk, why)| plan_talks::cancel(&web.app, &who.actor, key, talk, why);
    let done = attempt(parse_cancel(&form), act).await?;
    back(done, &at(case), ("talk-cancel", &form), || load(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

/// A task as a row.
struct TaskRow {
    line: DueLine,
    /// What became of it; nothing while it is open.
    outcome: Option<&'static str>,
    /// The newest reason that was given.
    reason: Option<String>,
    /// The key of its button.
    key: Uuid,
}

/// A talk with its rows.
struct TalkRow {
    talk: TalkView,
    tasks: Vec<TaskRow>,
    guests: Vec<GuestView>,
}

impl TalkRow {
    fn is_planned(&self) -> bool {
        self.talk.state == TalkState::Planned
    }

    fn left(&self) -> usize {
        self.tasks.iter().filter(|task| task.outcome.is_none()).count()
    }
}

#[derive(Template)]
#[template(path = "casework/plan_talk.html")]
struct TalkTemplate {
    frame: Frame,
    head: CaseHead,
    talks: Vec<TalkRow>,
    forms: Forms,
    helps: Vec<Choice>,
    planned: Vec<Choice>,
    open: Vec<Choice>,
    owners: Vec<Choice>,
    outcomes: Vec<Choice>,
    names: Vec<String>,
    may_work: bool,
}

impl ManyForms for TalkTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl TalkTemplate {
    fn new(web: &Web, who: &SignedIn, shown: TalksPage) -> Self {
        let today = web.app.today();
        let row = |talk: &Talk| TalkRow {
            tasks: talk.tasks.iter().map(|task| task_row(web, who, task, &shown)).collect(),
            talk: talk.talk.clone(),
            guests: talk.guests.clone(),
        };
        let talks: Vec<TalkRow> = shown.talks.iter().map(row).collect();
        let open = talks.iter().filter(|one| one.is_planned()).flat_map(|one| &one.tasks);
        let open = open.filter(|task| task.outcome.is_none());
        let helps: Vec<&str> = HelpKind::ALL.iter().map(|kind| kind.code()).collect();
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "plan"),
            frame: Frame::new(web, who, "nav-cases"),
            forms: blank(web, &shown, &talks),
            helps: Choice::words("help", &helps),
            planned: talks.iter().filter(|one| one.is_planned()).map(choice).collect(),
            open: open.map(|task| Choice::new(task.line.id, task.line.chosen())).collect(),
            owners: shown.colleagues.iter().map(|(id, name)| Choice::new(id, name.clone())).collect(),
            outcomes: Choice::words("talk-outcome", &[Outcome::Dropped.code(), Outcome::Moved.code()]),
            names: shown.people.iter().map(|one| one.name.clone()).collect(),
            may_work: shown.may_work,
            talks,
        }
    }
}

fn choice(row: &TalkRow) -> Choice {
    Choice::new(row.talk.id, format!("{}, {}", row.talk.meets_on.german(), row.talk.starts_at.german()))
}

fn task_row(web: &Web, who: &SignedIn, task: &DueView, shown: &TalksPage) -> TaskRow {
    let last = shown.changes.iter().rfind(|one| one.due == task.id);
    let settled = last.filter(|_| !task.is_open).map(|one| one.outcome.code());
    TaskRow {
        outcome: settled.or((!task.is_open).then_some(Outcome::Done.code())),
        reason: last.and_then(|one| one.reason.clone()),
        line: DueLine::new(task.clone(), web.app.today(), who.actor.user),
        key: web.app.fresh(),
    }
}

/// The forms as they begin: a talk names the help that was decided on last, everything else the talk that is planned.
/// Who was there is never filled in: being invited is not being there (N24).
fn blank(web: &Web, shown: &TalksPage, talks: &[TalkRow]) -> Forms {
    let mut forms = Forms::blank(web, &NAMES);
    let new = |name| FormView::new(name, web.app.fresh());
    if let Some(help) = shown.help {
        forms.put("talk", new("talk").with("help", help.code()));
    }
    if let Some(planned) = talks.iter().find(|one| one.is_planned()) {
        let talk = &planned.talk;
        for name in ["talk-task", "talk-move", "talk-held", "talk-cancel"] {
            forms.put(name, new(name).with("talk", talk.id).with("starts_at", talk.starts_at.german()));
        }
    }
    forms
}
