// SPDX-License-Identifier: EUPL-1.2
//! What a family reaches over its link: this one version, its paper, and a form to answer. No account, no session,
//! no navigation; unknown, ended and withdrawn links look alike.

use super::sheet::{direction, language, sheet};
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Asks, Choice, FormData, FormView, Oops, Routes, Web, filters, pressed};
use app::Failure;
use app::access::Token;
use app::casework::family_link::{self, LINK_BUSY, Opened};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use documents::FamilySheet;
use domain::access::Denied;
use domain::casework::{FamilyVerdict, GoalLevel, NewFamilyAnswer};
use domain::kernel::Refusals;
use serde::Deserialize;

/// Nobody's search may find it.
const ROBOTS: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow, noarchive"));

/// The room's doors.
pub fn routes() -> Routes {
    Routes::default().get("/familie/{token}", Asks::Nobody, look).get("/familie/{token}/pdf", Asks::Nobody, paper).post(
        "/familie/{token}",
        Asks::Nobody,
        answer,
    )
}

fn parse(form: &FormData, goals: usize) -> Result<NewFamilyAnswer, Refusals> {
    let mut read = Parser::new(form);
    let verdict = read.maybe("verdict", |code| FamilyVerdict::from_code(code).ok_or(CHOICE_MISSING.broken()));
    let (who, words) = (read.maybe_line("who"), read.maybe_note("words"));
    let rated = (0..goals).filter_map(|goal| {
        let level = form.value(&format!("goal-{goal}"));
        GoalLevel::from_code(level).map(|level| (goal, level))
    });
    let ratings = rated.collect();
    let value = (|| Some(NewFamilyAnswer { verdict: verdict?, who: who?, words: words?, ratings }))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

/// What was just done.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    danke: String,
}

async fn look(State(web): State<Web>, Path(token): Path<String>, Query(done): Query<Done>) -> Response {
    let opened = family_link::open(&web.app, &Token::from_client(&token)).await;
    let form = FormView::new("answer", web.app.fresh());
    show(&web, opened, StatusCode::OK, |opened| LinkPage::new(&web, &token, opened, form, !done.danke.is_empty()))
}

async fn paper(State(web): State<Web>, Path(token): Path<String>) -> Response {
    match family_link::open(&web.app, &Token::from_client(&token)).await {
        Ok(opened) => {
            let shown = sheet(&opened.plan, language(&opened.language));
            let made = pressed("hilfeplan-familie.pdf", move || documents::family_plan(&shown)).await;
            ([ROBOTS], made.unwrap_or_else(IntoResponse::into_response)).into_response()
        }
        Err(failure) => sorry(&web, failure),
    }
}

async fn answer(State(web): State<Web>, Path(token): Path<String>, form: FormData) -> Response {
    let key = match form.key() {
        Ok(key) => key,
        Err(oops) => return ([ROBOTS], oops).into_response(),
    };
    let secret = Token::from_client(&token);
    let opened = match family_link::open(&web.app, &secret).await {
        Ok(opened) => opened,
        Err(failure) => return sorry(&web, failure),
    };
    let goals = opened.plan.goals_in_order().len();
    let done = match parse(&form, goals) {
        Ok(new) => family_link::answer(&web.app, &secret, Some(key), new).await,
        Err(wrong) => Err(Failure::Refused(wrong)),
    };
    match done {
        Ok(_) => ([ROBOTS], crate::kit::redirect(&format!("/familie/{token}?danke=1#danke"))).into_response(),
        Err(Failure::Refused(wrong)) if wrong.list().iter().all(|refusal| refusal.rule != LINK_BUSY) => {
            let view = FormView::new("answer", key.id).refused(&form, &wrong);
            let again = |opened| LinkPage::new(&web, &token, opened, view, false);
            show(&web, Ok(opened), StatusCode::UNPROCESSABLE_ENTITY, again)
        }
        Err(failure) => sorry(&web, failure),
    }
}

fn show(
    web: &Web,
    opened: Result<Opened, Failure>,
    status: StatusCode,
    make: impl FnOnce(Opened) -> LinkPage,
) -> Response {
    match opened {
        Ok(opened) => (status, [ROBOTS], crate::kit::page(&make(opened))).into_response(),
        Err(failure) => sorry(web, failure),
    }
}

/// A friendly page that tells nothing: the link is not there, no longer there, or was asked too often.
fn sorry(web: &Web, failure: Failure) -> Response {
    let busy = |wrong: &Refusals| wrong.list().iter().any(|refusal| refusal.rule == LINK_BUSY);
    let (status, key) = match &failure {
        Failure::Denied(Denied::Hidden) => (StatusCode::NOT_FOUND, "family-link-gone"),
        Failure::Refused(wrong) if busy(wrong) => (StatusCode::TOO_MANY_REQUESTS, "family-link-busy"),
        _ => return ([ROBOTS], Oops::from(failure)).into_response(),
    };
    let shown = SorryPage { office: web.office.to_string(), key };
    (status, [ROBOTS], crate::kit::page(&shown)).into_response()
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/family_link_sorry.html")]
struct SorryPage {
    office: String,
    key: &'static str,
}

/// A goal with what can be ticked.
struct Rated {
    goal: String,
    field: String,
    chosen: String,
}

#[derive(Template)]
#[template(path = "casework/family_link.html")]
struct LinkPage {
    token: String,
    sheet: FamilySheet,
    language: &'static str,
    ends_on: String,
    form: FormView,
    thanks: bool,
    answers: i64,
    verdicts: Vec<Choice>,
    levels: Vec<Choice>,
    goals: Vec<Rated>,
}

impl LinkPage {
    fn new(web: &Web, token: &str, opened: Opened, form: FormView, thanks: bool) -> Self {
        let spoken = language(&opened.language);
        let verdicts: Vec<&str> = FamilyVerdict::ALL.iter().map(|verdict| verdict.code()).collect();
        let levels: Vec<&str> = GoalLevel::ALL.iter().map(|level| level.code()).collect();
        let goal = |(place, words): (usize, &str)| {
            let field = format!("goal-{place}");
            Rated { goal: words.to_owned(), chosen: form.typed(&field).to_owned(), field }
        };
        // A link ends with the day before the midnight at which it is over.
        let last = opened.ends_at.plus_minutes(-1).day();
        Self {
            token: token.to_owned(),
            goals: opened.plan.goals_in_order().into_iter().enumerate().map(goal).collect(),
            sheet: FamilySheet { office: web.office.to_string(), ..sheet(&opened.plan, spoken) },
            language: spoken,
            ends_on: last.german(),
            thanks,
            answers: opened.answers,
            verdicts: Choice::words("verdict", &verdicts),
            levels: Choice::words("family-level", &levels),
            form,
        }
    }

    fn direction(&self) -> &'static str {
        direction(self.language)
    }
}
