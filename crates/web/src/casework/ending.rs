// SPDX-License-Identifier: EUPL-1.2
//! A help ends; what comes after; the way back.

use super::head::CaseHead;
use super::plan_form::knows_the_gaps;
use super::review::rated;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, t};
use app::casework::aftercare;
use app::casework::ending::{self, EndingPage, EndingView, FollowUpView, RatingView, Rung};
use app::{Failure, Key};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{
    AFTERCARE_HALF, Aftercare, AskLater, Conversation, EndReason, EndingHint, FamilyPart, FamilyStand, HelpAfter,
    HelpKind, Lasting, NewEnding, NewFollowUp, StayAfter, reopen,
};
use domain::kernel::{Balance, CaseId, CommissionId, EndingId, Refusal, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (work, decide) = (Asks::For(Action::WorkOnCase), Asks::For(Action::DecideOnCase));
    Routes::default()
        .get("/faelle/{id}/ende", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/ende", decide, end)
        .post("/faelle/{id}/ende/zuruecknehmen", decide, take_back)
        .post("/faelle/{id}/nachschau", work, follow_up)
        .post("/faelle/{id}/rueckkehr", work, come_back)
}

/// The forms of the page; their prefixes are their names.
const NAMES: [&str; 4] = ["ending", "after-back", "after-follow", "after-return"];

// Forms -----------------------------------------------------------------------------------------------

/// Months between contacts, as typed.
fn months(text: &str) -> Result<i32, Refusal> {
    text.trim().parse().ok().filter(|months| (1..=24).contains(months)).ok_or(AFTERCARE_HALF.broken())
}

/// All three of it, or nothing.
#[expect(clippy::option_option, reason = "the outer one says that something was wrong, as in Parser::maybe")]
fn aftercare(read: &mut Parser<'_>) -> Option<Option<Aftercare>> {
    let (until, form) = (read.maybe_day("aftercare_until")?, read.maybe_note("aftercare_form")?);
    let every = read.maybe("aftercare_months", months)?;
    match (until, form, every) {
        (None, None, None) => Some(None),
        (Some(until), Some(form), Some(every_months)) => Some(Some(Aftercare { until, form, every_months })),
        _ => {
            read.note_all(vec![AFTERCARE_HALF.broken_at("aftercare_until")]);
            None
        }
    }
}

fn parse(form: &FormData) -> Result<(CommissionId, NewEnding), Refusals> {
    let mut read = Parser::new(form);
    let (commission, ended_on) = (read.id("commission"), read.day("ended_on"));
    let (reason, stay) = (read.code("reason", EndReason::from_code), read.code("stay", StayAfter::from_code));
    let (next, words) = (read.code("next", HelpAfter::from_code), read.note("words"));
    let (talk_on, talk_with) = (read.maybe_day("talk_on"), read.maybe_line("talk_with"));
    let no_talk_why = read.maybe_note("no_talk_why");
    let family = read.maybe("family", |code| FamilyPart::from_code(code).ok_or(CHOICE_MISSING.broken()));
    let (remains, still_due) = (read.maybe_note("remains"), read.maybe_euro("still_due"));
    let aftercare = aftercare(&mut read);
    let (continued_on, heard) = (read.maybe_day("continued_on"), read.maybe_note("heard"));
    let stand = read.maybe("stand", |code| FamilyStand::from_code(code).ok_or(CHOICE_MISSING.broken()));
    let asks = read.maybe("asks", |code| AskLater::from_code(code).ok_or(CHOICE_MISSING.broken()));
    let gaps_reason = read.maybe_note("gaps_reason");
    let value = (|| {
        let talk = Conversation {
            held_on: talk_on?,
            with_whom: talk_with?,
            family: family?,
            words: None,
            no_talk_why: no_talk_why?,
        };
        let still_due = still_due?.map_or(Balance::from_cents(0), |amount| amount.balance());
        let (ended_on, reason, stay, next) = (ended_on?, reason?, stay?, next?);
        let (words, remains, aftercare) = (words?, remains?, aftercare?);
        let (continued_on, stand, heard, asks) = (continued_on?, stand?, heard?, asks?);
        let gaps_reason = gaps_reason?;
        let new = NewEnding {
            ended_on,
            reason,
            stay,
            next,
            talk,
            words,
            remains,
            still_due,
            aftercare,
            continued_on,
            stand,
            heard,
            asks,
            gaps_reason,
        };
        Some((commission?, new))
    })();
    read.finish(value)
}

fn parse_follow_up(form: &FormData) -> Result<(EndingId, NewFollowUp), Refusals> {
    let mut read = Parser::new(form);
    let (ending, held_on, with_whom) = (read.id("ending"), read.day("held_on"), read.maybe_line("with_whom"));
    let (lasting, carries) = (read.code("lasting", Lasting::from_code), read.maybe_note("carries"));
    let next_on = read.maybe_day("next_on");
    let value = (|| {
        let (held_on, with_whom, lasting) = (held_on?, with_whom?, lasting?);
        Some((ending?, NewFollowUp { held_on, with_whom, lasting, carries: carries?, next_on: next_on? }))
    })();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<EndingTemplate, Oops> {
    Ok(EndingTemplate::new(web, who, ending::page(&web.app, &who.actor, case).await?))
}

fn path(case: CaseId) -> String {
    format!("/faelle/{case}/ende")
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, case).await?))
}

async fn end(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let (key, seen) = (form.key()?, knows_the_gaps(&form));
    let done = attempt(parse(&form), |(id, new)| settle(&web, &who, (id, key), new, seen)).await?;
    if let Ok(hints) = &done
        && !hints.is_empty()
    {
        let mut shown = load(&web, &who, case).await?;
        shown.forms().refuse("ending", &form, &Refusals::default())?;
        shown.hints.clone_from(hints);
        return Ok(page(&shown));
    }
    back(done, &path(case), ("ending", &form), || load(&web, &who, case)).await
}

/// Ends at once if nothing is missing or the worker has seen what is; else says what is missing.
async fn settle(
    web: &Web,
    who: &SignedIn,
    (id, key): (CommissionId, Key),
    new: NewEnding,
    seen: bool,
) -> Result<Vec<EndingHint>, Failure> {
    if !seen {
        let hints = ending::look_for_hints(&web.app, &who.actor, id, new.clone()).await?;
        if !hints.is_empty() {
            return Ok(hints);
        }
    }
    ending::end(&web.app, &who.actor, Some(key), id, new).await.map(|_| Vec::new())
}

async fn take_back(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let (id, why) = (read.id("ending"), read.note("why"));
    let act = |(id, why)| ending::take_back(&web.app, &who.actor, Some(key), id, why);
    let done = attempt(read.finish(id.zip(why)), act).await?;
    back(done, &path(case), ("after-back", &form), || load(&web, &who, case)).await
}

async fn follow_up(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let act = |(id, new)| aftercare::follow_up(&web.app, &who.actor, Some(key), id, new);
    let done = attempt(parse_follow_up(&form), act).await?;
    back(done, &path(case), ("after-follow", &form), || load(&web, &who, case)).await
}

async fn come_back(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(Ok(()), |()| aftercare::come_back(&web.app, &who.actor, Some(key), case)).await?;
    back(done, &format!("/faelle/{case}"), ("after-return", &form), || load(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/ending.html")]
struct EndingTemplate {
    frame: Frame,
    head: CaseHead,
    shown: EndingPage,
    forms: Forms,
    helps: Vec<Choice>,
    ended: Vec<Choice>,
    may_take_back: Vec<Choice>,
    reasons: Vec<Choice>,
    stays: Vec<Choice>,
    nexts: Vec<Choice>,
    families: Vec<Choice>,
    lastings: Vec<Choice>,
    stands: Vec<Choice>,
    asks: Vec<Choice>,
    /// What the end that was just sent lacks.
    hints: Vec<EndingHint>,
}

impl ManyForms for EndingTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

/// How a family stands to less help, or to its end.
pub(super) fn stands() -> Vec<Choice> {
    Choice::words("family-stand", &FamilyStand::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
}

/// A code of the statistics with its words.
fn keyed(kind: &str, codes: impl Iterator<Item = &'static str>) -> Vec<Choice> {
    codes.map(|code| Choice::new(code, format!("{code} {}", t(&format!("{kind}-{code}"))))).collect()
}

impl EndingTemplate {
    fn new(web: &Web, who: &SignedIn, shown: EndingPage) -> Self {
        let today = shown.today;
        let mut forms = Forms::blank(web, &NAMES);
        for (name, field) in [("ending", "ended_on"), ("after-follow", "held_on")] {
            forms.put(name, FormView::new(name, web.app.fresh()).with(field, today));
        }
        let running = shown.running.iter().map(|one| &one.commission);
        let helps = running.map(|one| Choice::new(one.id, format!("{} · {}", one.help.paragraph(), one.agency)));
        let name = |one: &EndingView| {
            let said = format!("{} · {} · {}", one.help.paragraph(), one.agency, one.ended_on.german());
            Choice::new(one.id, said)
        };
        let in_force = || shown.endings.iter().filter(|one| one.is_in_force());
        let lastings: Vec<&str> = Lasting::ALL.iter().map(|one| one.code()).collect();
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "review"),
            frame: Frame::new(web, who, "nav-cases"),
            helps: helps.collect(),
            ended: in_force().map(name).collect(),
            may_take_back: in_force().filter(|one| reopen(one.ended_on, false, today).is_ok()).map(name).collect(),
            reasons: keyed("ending-reason", EndReason::ALL.iter().map(|one| one.code())),
            stays: keyed("ending-stay", StayAfter::ALL.iter().map(|one| one.code())),
            nexts: keyed("ending-next", HelpAfter::ALL.iter().map(|one| one.code())),
            families: super::handover::families(),
            lastings: Choice::words("after-lasting", &lastings),
            stands: stands(),
            asks: Choice::words("ask-later", &AskLater::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
            hints: Vec::new(),
            forms,
            shown,
        }
    }

    fn rated<'a>(&'a self, goal: &'a Rung) -> impl Iterator<Item = &'a RatingView> {
        rated(&self.shown.ratings, goal)
    }

    fn asked<'a>(&'a self, one: &'a EndingView) -> impl Iterator<Item = &'a FollowUpView> {
        self.shown.follow_ups.iter().filter(move |seen| seen.ending == one.id)
    }

    fn has_ended(&self) -> bool {
        self.shown.case.stage.code() == "ended"
    }

    /// A young adult comes back by right.
    fn is_young(&self) -> bool {
        self.shown.endings.iter().find(|one| one.is_in_force()).is_some_and(|one| one.help == HelpKind::YoungAdults)
    }
}
