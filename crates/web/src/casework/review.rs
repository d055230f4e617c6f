// SPDX-License-Identifier: EUPL-1.2
//! The review of a help. Less of it from a day on has its form on the same page.

use super::head::CaseHead;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use app::casework::review::{self, RatingView, ReviewPage, Rung};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{ChangedWill, Gap, NewReview, PlanSection, ReviewOutcome, WishAnswer};
use domain::kernel::{CaseId, Refusals};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/faelle/{id}/ueberpruefung", Asks::For(Action::SeeCase), show).post(
        "/faelle/{id}/ueberpruefung",
        Asks::For(Action::WorkOnCase),
        record,
    )
}

/// The forms of the page; their prefixes are their names.
const NAMES: [&str; 3] = ["ending-review", "ending-less", "rhythm"];

// Forms -----------------------------------------------------------------------------------------------

fn parse(form: &FormData) -> Result<NewReview, Refusals> {
    let mut read = Parser::new(form);
    let (held_on, with_whom) = (read.day("held_on"), read.line("with_whom"));
    let (outcome, words) = (read.code("outcome", ReviewOutcome::from_code), read.note("words"));
    let (changed_will, next_on) = (changed_will(&mut read), read.maybe_day("next_on"));
    let help = read.maybe_id("help");
    let value = (|| {
        let (held_on, with_whom, outcome, words) = (held_on?, with_whom?, outcome?, words?);
        let (changed_will, help, next_on) = (changed_will?, help?, next_on?);
        Some(NewReview { held_on, with_whom, outcome, words, changed_will, help, next_on })
    })();
    read.finish(value)
}

/// A will that changed, with whoever said it. An own part alone asks for the words.
#[expect(clippy::option_option, reason = "the outer one says that something was wrong, as in Parser::maybe")]
fn changed_will(read: &mut Parser<'_>) -> Option<Option<ChangedWill>> {
    let (words, own_part) = (read.maybe_note("changed_will")?, read.maybe_note("will_own_part")?);
    let speaker = read.maybe_id("will_speaker")?;
    match (words, own_part) {
        (None, None) => Some(None),
        (None, Some(_)) => read.note("changed_will").map(|_| None),
        (Some(words), own_part) => Some(Some(ChangedWill { words, own_part, speaker })),
    }
}

// Handlers --------------------------------------------------------------------------------------------

pub(super) async fn load(web: &Web, who: &SignedIn, case: CaseId) -> Result<ReviewTemplate, Oops> {
    Ok(ReviewTemplate::new(web, who, review::page(&web.app, &who.actor, case).await?))
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&load(&web, &who, case).await?))
}

async fn record(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let done = attempt(parse(&form), |new| review::record(&web.app, &who.actor, Some(key), case, new)).await?;
    back(done, &format!("/faelle/{case}/ueberpruefung"), ("ending-review", &form), || load(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/review.html")]
pub(super) struct ReviewTemplate {
    frame: Frame,
    head: CaseHead,
    shown: ReviewPage,
    forms: Forms,
    outcomes: Vec<Choice>,
    priced: Vec<Choice>,
    /// Running helps, to say which one is meant.
    helps: Vec<Choice>,
    stands: Vec<Choice>,
    answers: Vec<Choice>,
    sections: Vec<Choice>,
    speakers: Vec<Choice>,
    /// What less help that was just sent lacks.
    gaps: Vec<Gap>,
}

impl ManyForms for ReviewTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

impl ReviewTemplate {
    fn new(web: &Web, who: &SignedIn, shown: ReviewPage) -> Self {
        let today = web.app.today();
        let mut forms = Forms::blank(web, &NAMES);
        let review = FormView::new("ending-review", web.app.fresh());
        forms.put("ending-review", review.with("held_on", today).with("next_on", shown.next_on));
        forms.put(
            "ending-less",
            // Only the day of the next review is the office's to propose; whatever somebody does or says is theirs (N24).
            FormView::new("ending-less", web.app.fresh()).with("review_on", shown.next_on),
        );
        let priced = shown.running.iter().filter_map(|(one, plan)| {
            let plan = plan.as_ref()?;
            let now = super::commission::extent(plan);
            Some(Choice::new(one.id, format!("{} · {} · {now}", one.help.paragraph(), one.agency)))
        });
        let outcomes: Vec<&str> = ReviewOutcome::ALL.iter().map(|one| one.code()).collect();
        Self {
            head: CaseHead::new(&shown.case, &shown.people, today, "review"),
            frame: Frame::new(web, who, "nav-cases"),
            outcomes: Choice::words("ending-outcome", &outcomes),
            priced: priced.collect(),
            helps: shown.helps.iter().map(super::rhythm::choice).collect(),
            stands: super::ending::stands(),
            answers: Choice::words("wish-answer", &WishAnswer::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
            sections: Choice::words("section", &PlanSection::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
            speakers: shown.people.iter().map(|one| Choice::new(one.id, one.name.clone())).collect(),
            gaps: Vec::new(),
            forms,
            shown,
        }
    }

    /// Says once what less help lacks.
    pub(super) fn lacks(&mut self, gaps: Vec<Gap>) {
        self.gaps = gaps;
    }

    fn rated<'a>(&'a self, goal: &'a Rung) -> impl Iterator<Item = &'a RatingView> {
        rated(&self.shown.ratings, goal)
    }
}

/// What everybody says of a goal, oldest first.
pub(super) fn rated<'a>(all: &'a [RatingView], goal: &'a Rung) -> impl Iterator<Item = &'a RatingView> {
    all.iter().filter(move |rating| rating.goal == goal.id)
}
