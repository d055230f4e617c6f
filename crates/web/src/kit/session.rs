// SPDX-License-Identifier: EUPL-1.2
//! From the cookie (pages) or bearer token (API) to the person at work, asked anew at every request.

use super::Web;
use super::answer::Oops;
use app::Failure;
use app::access::{Signed, Token, signed_in};
use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use domain::access::{Action, Actor, Standing, permit, sight};

/// `__Host-`: only from this host, only over a secure connection, never for a path or a subdomain.
pub const COOKIE_NAME: &str = "__Host-sozialraum";

/// The person at work.
#[derive(Clone)]
pub struct SignedIn {
    /// Rights of today.
    pub actor: Actor,
    /// Name.
    pub name: String,
    /// The token, for signing out.
    pub token: Token,
}

impl SignedIn {
    /// Does the person reach anything with this action?
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        !sight(&self.actor, action).is_nothing()
    }

    /// Asks for an action in the office as a whole before a form is looked at.
    ///
    /// # Errors
    /// What the policy says.
    pub fn must(&self, action: Action) -> Result<(), Oops> {
        permit(&self.actor, action, Standing::Office).map_err(Failure::Denied)?;
        Ok(())
    }
}

impl FromRequestParts<Web> for SignedIn {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Oops> {
        // The route's guard has asked already, in this same request.
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let signed = match token_of(parts) {
            Some(token) => signed_in(&web.app, &token).await?.map(|signed| (signed, token)),
            None => None,
        };
        match signed {
            Some((Signed { actor, name }, token)) => Ok(Self { actor, name, token }),
            None if parts.method == Method::GET => Err(Oops::SignIn(parts.uri.path().to_owned())),
            None => Err(Oops::SignedOut),
        }
    }
}

fn token_of(parts: &Parts) -> Option<Token> {
    let bearer = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let cookie = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookie = cookie
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='));
    bearer.or(cookie).map(Token::from_client)
}

/// Sets the session's cookie.
#[must_use]
pub fn cookie(token: &Token) -> Option<HeaderValue> {
    let line = format!("{COOKIE_NAME}={}; Path=/; Secure; HttpOnly; SameSite=Lax", token.expose());
    HeaderValue::from_str(&line).ok()
}

/// Ends the session's cookie.
#[must_use]
pub fn no_cookie() -> HeaderValue {
    HeaderValue::from_static("__Host-sozialraum=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}
