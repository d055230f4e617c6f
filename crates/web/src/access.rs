// SPDX-License-Identifier: EUPL-1.2
//! Signing in and out, texts saved while typing; people and their posts are in [`people`].

mod people;
mod release;

use crate::kit::answer::{attempt, refused};
use crate::kit::parse::Parser;
use crate::kit::session::{cookie, no_cookie};
use crate::kit::{Asks, FormData, FormView, Oops, Plain, Routes, SignedIn, Web, filters, page, redirect, t};
use app::Failure;
use app::access::{self, DemoAccount, Token};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use domain::access::{Action, Denied, Email};
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/anmelden", Asks::Nobody, sign_in_form)
        .post("/anmelden", Asks::Nobody, sign_in)
        .post("/anmelden/demo", Asks::Nobody, sign_in_demo)
        .post("/abmelden", Asks::SignedIn, sign_out)
        .post("/entwuerfe", Asks::For(Action::KeepOwn), keep_draft)
        .and(people::routes())
        .and(release::routes())
}

// Forms -----------------------------------------------------------------------------------------------

/// Where to go after signing in: only to a page of this house.
fn local(path: &str) -> &str {
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control)
        && !path.starts_with("/anmelden");
    if safe { path } else { "/" }
}

/// Where the person wanted to go.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    weiter: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn sign_in_form(State(web): State<Web>, Query(wanted): Query<Wanted>) -> Result<Response, Oops> {
    let form = FormView::new("sign-in", web.app.fresh());
    Ok(page(&SignInPage::new(&web, form, local(&wanted.weiter)).await?))
}

async fn sign_in(State(web): State<Web>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let email = read.with("email", Email::parse);
    let done = attempt(read.finish(email), |email| access::sign_in(&web.app, email, form.value("password").to_owned()))
        .await?;
    let target = local(form.value("weiter"));
    match done {
        Ok(token) => Ok(enter(&token, target)),
        Err(wrong) => {
            let view = FormView::new("sign-in", key.id).refused(&form, &wrong);
            Ok(refused(&SignInPage::new(&web, view, target).await?))
        }
    }
}

async fn sign_in_demo(State(web): State<Web>, form: FormData) -> Result<Response, Oops> {
    if !web.demo {
        return Err(Failure::Denied(Denied::Hidden).into());
    }
    let token = access::sign_in_demo(&web.app, form.value("person")).await?;
    Ok(enter(&token, local(form.value("weiter"))))
}

async fn sign_out(State(web): State<Web>, who: SignedIn) -> Result<Response, Oops> {
    access::sign_out(&web.app, &who.actor, &who.token).await?;
    let mut answer = redirect("/anmelden");
    answer.headers_mut().insert(SET_COOKIE, no_cookie());
    Ok(answer)
}

/// Answers the script on the page, so there is nothing to look at and nowhere to go.
async fn keep_draft(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    let value = |field: &str| form.value(field).to_owned();
    access::keep_draft(&web.app, &who.actor, value("form"), value("field"), value("text")).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn enter(token: &Token, target: &str) -> Response {
    let mut answer = redirect(target);
    if let Some(cookie) = cookie(token) {
        answer.headers_mut().insert(SET_COOKIE, cookie);
    }
    answer
}

// Pages -----------------------------------------------------------------------------------------------

/// The demo's people of one house.
struct DemoHouse {
    name: String,
    roles: Vec<(String, Vec<DemoAccount>)>,
}

fn by_house(people: Vec<DemoAccount>) -> Vec<DemoHouse> {
    let mut houses: Vec<DemoHouse> = Vec::new();
    // Without a post nobody gets in, so there is no button either.
    for person in people.into_iter().filter(|person| !person.role.is_empty()) {
        let name = if person.agency.is_empty() { t("demo-office") } else { person.agency.clone() };
        let at = houses.iter().position(|house| house.name == name).unwrap_or_else(|| {
            houses.push(DemoHouse { name, roles: Vec::new() });
            houses.len() - 1
        });
        let roles = &mut houses[at].roles;
        match roles.iter_mut().find(|(role, _)| *role == person.role) {
            Some((_, list)) => list.push(person),
            None => roles.push((person.role.clone(), vec![person])),
        }
    }
    // The office first; its agencies as they come.
    houses.sort_by_key(|house| house.name != t("demo-office"));
    houses
}

#[derive(Template)]
#[template(path = "access/sign_in.html")]
struct SignInPage {
    plain: Plain,
    form: FormView,
    /// Only in demo mode.
    demo: Option<Vec<DemoHouse>>,
    target: String,
}

impl SignInPage {
    async fn new(web: &Web, form: FormView, target: &str) -> Result<Self, Oops> {
        let demo = if web.demo { Some(by_house(access::demo_people(&web.app).await?)) } else { None };
        Ok(Self { plain: Plain::new(web), form, demo, target: target.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_never_leaves_the_house() {
        for (asked, goes) in [
            ("/faelle/1?seite=2", "/faelle/1?seite=2"),
            ("", "/"),
            ("//boese.example", "/"),
            ("/\\boese.example", "/"),
            ("https://boese.example", "/"),
            ("faelle", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("/anmelden", "/"),
        ] {
            assert_eq!(local(asked), goes, "{asked}");
        }
    }
}
