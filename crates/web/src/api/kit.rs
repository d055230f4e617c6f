// SPDX-License-Identifier: EUPL-1.2
//! What every door of the API stands on: problems (RFC 9457), extractors, and readers from JSON to domain
//! values.

use crate::kit::form::{body_of, fingerprint};
use crate::kit::messages::sentence;
use crate::kit::parse::CHOICE_MISSING;
use crate::kit::{Oops, SignedIn, Web, t};
use app::{Failure, Key};
use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Path, Query, Request};
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::access::Denied;
use domain::kernel::{Line, Moment, Refusal, Refusals};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

/// The header with the idempotency key.
pub const KEY_HEADER: &str = "idempotency-key";

/// How a request to the API can end badly.
#[derive(Debug)]
pub enum ApiOops {
    /// In one of the ways pages can, too.
    House(Oops),
    /// What was sent is not the JSON, or not the query, that this door takes; says what the reader found.
    NotJson(String),
    /// There is such a path, but not for this method.
    WrongMethod,
    /// What was sent breaks rules at places that only its own room can name.
    Faulty(Vec<Mistake>),
}

impl From<Oops> for ApiOops {
    fn from(oops: Oops) -> Self {
        Self::House(oops)
    }
}

impl From<Failure> for ApiOops {
    fn from(failure: Failure) -> Self {
        Self::House(failure.into())
    }
}

impl From<Refusals> for ApiOops {
    fn from(refusals: Refusals) -> Self {
        Failure::from(refusals).into()
    }
}

impl From<Denied> for ApiOops {
    fn from(denied: Denied) -> Self {
        Failure::from(denied).into()
    }
}

/// A problem as RFC 9457 describes it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `urn:sozialraum:problem:` and the kind of problem.
    r#type: String,
    /// What happened, in German.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What to do, in German.
    detail: String,
    /// Every rule that was broken.
    errors: Vec<Mistake>,
    /// What the reader of the request found, in English, if it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// The number to tell support, if something broke.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
}

/// One broken rule.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Mistake {
    /// The field it concerns; empty for the whole.
    field: String,
    /// The rule's code, like `decision.reasons_missing`.
    rule: String,
    /// The German sentence for people.
    message: String,
}

impl Mistake {
    /// A broken rule with a sentence that says where.
    #[must_use]
    pub fn said(field: &str, rule: &str, message: String) -> Self {
        Self { field: field.to_owned(), rule: rule.to_owned(), message }
    }

    fn of(refusal: &Refusal) -> Self {
        let (field, rule) = (json_field(refusal.field).to_owned(), refusal.rule.code().to_owned());
        Self { field, rule, message: sentence(refusal) }
    }
}

/// Money has other names here than in forms, because it is in cents.
fn json_field(field: &str) -> &str {
    match field {
        "top_slice" => "top_slice_cents",
        "amount" => "amount_cents",
        "extra_income" => "extra_income_cents",
        "reserve" => "reserve_cents",
        "region_amount" => "region_cents",
        "ceiling" => "ceiling_cents",
        "planned" => "planned_cents",
        "price" => "price_cents",
        "total" => "total_cents",
        "proven" => "proven_cents",
        "brutto" => "gross_hundredths",
        other => other,
    }
}

impl ApiOops {
    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::House(Oops::SignIn(_)) => (StatusCode::UNAUTHORIZED, "signed-out"),
            Self::House(oops) => {
                let (status, key) = oops.kind();
                (status, key.strip_prefix("error-").unwrap_or(key))
            }
            Self::NotJson(_) => (StatusCode::BAD_REQUEST, "unreadable"),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "wrong-method"),
            Self::Faulty(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
        }
    }

    fn problem(&self) -> Problem {
        let (status, kind) = self.kind();
        let (errors, number) = match self {
            Self::House(oops) => {
                let broken = oops.refusals().map(Refusals::list).unwrap_or_default();
                (broken.iter().map(Mistake::of).collect(), oops.logged())
            }
            Self::Faulty(mistakes) => (mistakes.clone(), None),
            _ => (Vec::new(), None),
        };
        Problem {
            r#type: format!("urn:sozialraum:problem:{kind}"),
            title: t(&format!("problem-{kind}")),
            status: status.as_u16(),
            detail: t(&format!("problem-{kind}-do")),
            errors,
            hint: if let Self::NotJson(hint) = self { Some(hint.clone()) } else { None },
            number: number.map(|number| number.to_string()),
        }
    }
}

impl IntoResponse for ApiOops {
    fn into_response(self) -> Response {
        let status = self.kind().0;
        let mut response = (status, Json(self.problem())).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

// Extractors ------------------------------------------------------------------------------------------

/// The person at work; 401 instead of a way to the sign-in page.
pub struct ApiUser(pub SignedIn);

impl FromRequestParts<Web> for ApiUser {
    type Rejection = ApiOops;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiOops> {
        Ok(Self(SignedIn::from_request_parts(parts, web).await?))
    }
}

/// The id in a path; anything else in its place is not there.
#[derive(Debug, Clone, Copy)]
pub struct ApiId<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for ApiId<T> {
    type Rejection = ApiOops;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiOops> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.or(Err(Denied::Hidden))?;
        Ok(Self(text.parse().or(Err(Denied::Hidden))?))
    }
}

/// The query of an address.
#[derive(Debug)]
pub struct ApiQuery<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = ApiOops;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiOops> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(error) => Err(ApiOops::NotJson(error.body_text())),
        }
    }
}

/// What was sent, and the key that makes sending it twice harmless.
#[derive(Debug)]
pub struct ApiJson<T> {
    /// What was sent.
    pub body: T,
    /// The key.
    pub key: Key,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for ApiJson<T> {
    type Rejection = ApiOops;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiOops> {
        let key = request.headers().get(KEY_HEADER).and_then(|value| Uuid::parse_str(value.to_str().ok()?).ok());
        let id = key.ok_or(Oops::KeyMissing)?;
        let path = path_of(&request);
        let Keyless { body, bytes } = Keyless::from_request(request, state).await?;
        Ok(Self { body, key: Key { id, fingerprint: fingerprint(&path, &bytes) } })
    }
}

/// The whole path, also where a router is nested in another.
fn path_of(request: &Request) -> String {
    let original = request.extensions().get::<OriginalUri>();
    original.map_or(request.uri(), |original| &original.0).path().to_owned()
}

/// What was sent where no key is asked for: signing in and out.
pub struct Keyless<T> {
    /// What was sent.
    pub body: T,
    bytes: Vec<u8>,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Keyless<T> {
    type Rejection = ApiOops;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiOops> {
        let says_json = is_json(request.headers());
        let bytes = body_of(request).await?;
        if !says_json && !bytes.is_empty() {
            return Err(ApiOops::NotJson("Content-Type must be application/json".to_owned()));
        }
        // Nothing sent is an empty object: some doors take nothing.
        let json: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let body = serde_json::from_slice(json).map_err(|error| ApiOops::NotJson(error.to_string()))?;
        Ok(Self { body, bytes })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// A body that says nothing.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

// Readers ---------------------------------------------------------------------------------------------

/// Nothing if it is missing or blank, else through a reader.
///
/// # Errors
/// What the reader says.
pub fn maybe<T>(text: Option<&str>, read: impl Fn(&str) -> Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    text.filter(|text| !text.trim().is_empty()).map(read).transpose()
}

/// One of the codes on offer.
///
/// # Errors
/// [`CHOICE_MISSING`].
pub fn code<T>(text: &str, from: impl Fn(&str) -> Option<T>) -> Result<T, Refusal> {
    from(text).ok_or(CHOICE_MISSING.broken())
}

/// An answer that nobody but the sender can give (N24).
///
/// # Errors
/// [`CHOICE_MISSING`].
pub fn given<T>(answer: Option<T>) -> Result<T, Refusal> {
    answer.ok_or(CHOICE_MISSING.broken())
}

/// An id.
///
/// # Errors
/// [`CHOICE_MISSING`].
pub fn id<T: From<Uuid>>(text: &str) -> Result<T, Refusal> {
    code(text, |text| Uuid::parse_str(text).ok().map(T::from))
}

/// Lines of text.
///
/// # Errors
/// What is wrong with the first line that cannot stay.
pub fn lines(texts: &[String]) -> Result<Vec<Line>, Refusal> {
    texts.iter().map(|text| Line::parse(text)).collect()
}

/// Where a page of a list begins, as the page before it said under `next`.
///
/// # Errors
/// [`CHOICE_MISSING`] at `after`.
pub fn after(text: Option<&str>) -> Result<Option<(Moment, Uuid)>, ApiOops> {
    let Some(text) = text else { return Ok(None) };
    let read = || {
        let (moment, id) = text.split_once('_')?;
        Some((Moment(moment.parse().ok()?), Uuid::parse_str(id).ok()?))
    };
    Ok(Some(read().ok_or(Refusals::from(CHOICE_MISSING.broken_at("after")))?))
}

/// The mark under which the next page is asked for.
#[must_use]
pub fn next(mark: Option<(Moment, Uuid)>) -> Option<String> {
    mark.map(|(moment, id)| format!("{}_{id}", moment.0))
}
