// SPDX-License-Identifier: EUPL-1.2
//! Routes with the action each asks for. A route cannot be added without saying it; a golden list and a
//! test that knocks at every door keep it true.

use super::{Oops, SignedIn, Web};
use app::Failure;
use axum::Router;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::handler::Handler;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::access::{Action, Denied, sight};
use std::str::FromStr;

/// What a route asks of the one who knocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Nothing: open to all.
    Nobody,
    /// To be signed in with a post in force.
    SignedIn,
    /// The policy, about this action.
    For(Action),
}

impl Asks {
    /// As the golden list shows it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "(public)",
            Self::SignedIn => "(signed in)",
            Self::For(action) => action.code(),
        }
    }
}

/// One line of the list of routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path's pattern.
    pub path: &'static str,
    /// What it asks for.
    pub asks: Asks,
}

/// Routes of a room.
#[derive(Default)]
pub struct Routes {
    router: Router<Web>,
    list: Vec<Route>,
    refuse: Option<Refuse>,
}

/// How a room says no: pages with a page, the API with a problem.
type Refuse = fn(Oops) -> Response;

impl Routes {
    /// Routes that say no in their own way.
    #[must_use]
    pub fn refusing_with(refuse: Refuse) -> Self {
        Self { refuse: Some(refuse), ..Self::default() }
    }

    /// A page.
    #[must_use]
    pub fn get<H, T>(mut self, path: &'static str, asks: Asks, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        self.list.push(Route { method: "GET", path, asks });
        let door = self.guarded(MethodFilter::GET, asks, handler);
        self.router = self.router.route(path, door);
        self
    }

    /// A change.
    #[must_use]
    pub fn post<H, T>(mut self, path: &'static str, asks: Asks, handler: H) -> Self
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        self.list.push(Route { method: "POST", path, asks });
        let door = self.guarded(MethodFilter::POST, asks, handler);
        self.router = self.router.route(path, door);
        self
    }

    /// Together with another room.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        self.router = self.router.merge(other.router);
        self
    }

    /// The router, and the list.
    pub fn into_parts(self) -> (Router<Web>, Vec<Route>) {
        (self.router, self.list)
    }

    /// The first lock of a route: what the list says it asks for is asked before anything is read. The use
    /// case asks again, about the thing itself.
    fn guarded<H, T>(&self, method: MethodFilter, asks: Asks, handler: H) -> MethodRouter<Web>
    where
        H: Handler<T, Web>,
        T: 'static,
    {
        let refuse = self.refuse.unwrap_or(Oops::into_response);
        on(method, move |State(web): State<Web>, request: Request| async move {
            match admit(asks, &web, request).await {
                Ok(request) => handler.call(request, web).await,
                Err(oops) => refuse(oops),
            }
        })
    }
}

/// Lets a request in whose sender reaches anything at all with the action, and hands the sender on.
async fn admit(asks: Asks, web: &Web, request: Request) -> Result<Request, Oops> {
    if asks == Asks::Nobody {
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let who = SignedIn::from_request_parts(&mut parts, web).await?;
    if let Asks::For(action) = asks
        && sight(&who.actor, action).is_nothing()
    {
        let known = !sight(&who.actor, action.known_through()).is_nothing();
        let denied = if known { Denied::Forbidden } else { Denied::Hidden };
        return Err(Failure::Denied(denied).into());
    }
    parts.extensions.insert(who);
    Ok(Request::from_parts(parts, body))
}

/// The id in a path; anything else in its place is a page that is not there.
#[derive(Debug, Clone, Copy)]
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Oops> {
        let nothing = || Oops::from(Failure::Denied(Denied::Hidden));
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.or(Err(nothing()))?;
        text.parse().map(Self).or(Err(nothing()))
    }
}
