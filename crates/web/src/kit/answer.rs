// SPDX-License-Identifier: EUPL-1.2
//! Answers: a page, a redirect, or one of the ways it can end badly, each with a German page that says
//! what to do.

use super::messages::filters;
use super::{Frame, SignedIn, Web};
use app::Failure;
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use domain::access::Denied;
use domain::kernel::Refusals;
use uuid::Uuid;

/// How a request can end badly.
#[derive(Debug)]
pub enum Oops {
    /// Sign in first, then come back here.
    SignIn(String),
    /// The session ended while something was sent.
    SignedOut,
    /// A form without its key.
    KeyMissing,
    /// Too much was sent.
    TooLarge,
    /// It was sent too slowly.
    TooSlow,
    /// What was sent is no form.
    Unreadable,
    /// The use case failed.
    Failed(Failure),
}

impl From<Failure> for Oops {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// What an error page says, kept beside it so that it can be put into the frame of somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Said {
    key: &'static str,
    number: Option<Uuid>,
    refusals: Vec<String>,
}

#[derive(Template)]
#[template(path = "kit/error_framed.html")]
struct FramedError {
    frame: Frame,
    said: Said,
}

/// Puts the page of an error into the frame, with the way to everything else, for whoever is signed in.
pub async fn in_frame(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut who = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(said) = response.extensions_mut().remove::<Said>() else { return response };
    let Ok(who) = SignedIn::from_request_parts(&mut who, &web).await else { return response };
    let status = response.status();
    (status, render(&FramedError { frame: Frame::new(&web, &who, ""), said })).into_response()
}

#[derive(Template)]
#[template(path = "kit/error.html")]
struct ErrorPage<'a> {
    key: &'a str,
    number: Option<Uuid>,
    refusals: Vec<String>,
}

impl Oops {
    /// Status and name of the message.
    #[must_use]
    pub fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::SignIn(_) => (StatusCode::SEE_OTHER, "error-sign-in"),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, "error-signed-out"),
            Self::KeyMissing => (StatusCode::BAD_REQUEST, "error-key-missing"),
            Self::Unreadable => (StatusCode::BAD_REQUEST, "error-unreadable"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "error-too-large"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "error-too-slow"),
            Self::Failed(Failure::Denied(Denied::Hidden)) => (StatusCode::NOT_FOUND, "error-not-found"),
            Self::Failed(Failure::Denied(Denied::Forbidden)) => (StatusCode::FORBIDDEN, "error-forbidden"),
            Self::Failed(Failure::Refused(_)) => (StatusCode::UNPROCESSABLE_ENTITY, "error-refused"),
            Self::Failed(Failure::Stale) => (StatusCode::CONFLICT, "error-stale"),
            Self::Failed(Failure::KeyReused) => (StatusCode::CONFLICT, "error-key-reused"),
            Self::Failed(Failure::Broken(_)) => (StatusCode::INTERNAL_SERVER_ERROR, "error-broken"),
        }
    }

    /// The rules that were broken, as sentences with their fields.
    #[must_use]
    pub fn refusals(&self) -> Option<&Refusals> {
        match self {
            Self::Failed(Failure::Refused(refusals)) => Some(refusals),
            _ => None,
        }
    }

    /// Logs what broke and gives it a number that people can tell support; the page shows no detail.
    #[must_use]
    pub fn logged(&self) -> Option<Uuid> {
        let Self::Failed(Failure::Broken(error)) = self else { return None };
        let number = Uuid::from_bytes(rand_like(error));
        tracing::error!(%number, %error, "a request broke");
        Some(number)
    }
}

/// The number of a kind of error: the same error has the same number, which is what support needs.
fn rand_like(error: &app::StoreError) -> [u8; 16] {
    *super::form::fingerprint("error", error.to_string().as_bytes()).as_bytes()
}

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        if let Self::SignIn(back) = &self {
            return redirect(&format!("/anmelden?weiter={}", back.replace('%', "%25").replace('&', "%26")));
        }
        let (status, key) = self.kind();
        let refusals = self.refusals().map(|wrong| wrong.list().iter().map(super::messages::sentence).collect());
        let said = Said { key, number: self.logged(), refusals: refusals.unwrap_or_default() };
        let page = ErrorPage { key, number: said.number, refusals: said.refusals.clone() };
        let mut response = (status, render(&page)).into_response();
        response.extensions_mut().insert(said);
        response
    }
}

fn render(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page.
pub fn page(template: &impl Template) -> Response {
    render(template)
}

/// A form again, with what is wrong: 422.
pub fn refused(template: &impl Template) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, render(template)).into_response()
}

/// After something was done: look at the result with GET, so that reloading does nothing twice.
#[must_use]
pub fn redirect(path: &str) -> Response {
    let target = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response()
}

/// What every form does: if it could be read, the use case is asked; what it refuses goes back into the form.
///
/// # Errors
/// What the form cannot show.
pub async fn attempt<N, T, F>(read: Result<N, Refusals>, act: impl FnOnce(N) -> F) -> Result<Result<T, Refusals>, Oops>
where
    F: Future<Output = Result<T, Failure>>,
{
    match read {
        Ok(new) => for_form(act(new).await),
        Err(wrong) => Ok(Err(wrong)),
    }
}

/// Splits an outcome: refusals go back into the form, everything else is an error page.
///
/// # Errors
/// What the form cannot show.
pub fn for_form<T>(outcome: Result<T, Failure>) -> Result<Result<T, Refusals>, Oops> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Refused(refusals)) => Ok(Err(refusals)),
        Err(other) => Err(other.into()),
    }
}
