// SPDX-License-Identifier: EUPL-1.2
//! Signing in and out, and who one is.

use super::kit::{ApiOops, ApiUser, Keyless, Nothing};
use super::openapi::Doors;
use super::words::{Ident, Reference, done};
use crate::kit::{Asks, Web};
use app::access::{sign_in, sign_out};
use axum::Json;
use axum::extract::State;
use domain::access::{Controller, Email, Place, Post};
use domain::kernel::Refusals;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    Doors::default()
        .post("/api/v1/sessions", Asks::Nobody, "Signs in; needs no key", begin)
        .post("/api/v1/sessions/end", Asks::SignedIn, "Signs out; needs no key", end)
        .get("/api/v1/me", Asks::SignedIn, "Who is signed in, with the posts of today", me)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Credentials {
    #[serde(default)]
    #[schema(required = true)]
    email: String,
    #[serde(default)]
    #[schema(required = true)]
    password: String,
}

/// A session: send the token as `Authorization: Bearer …`.
#[derive(Serialize, ToSchema)]
struct Session {
    token: String,
}

/// The person at work.
#[derive(Serialize, ToSchema)]
struct Me {
    id: Ident,
    name: String,
    /// The agency, unless of the office.
    agency: Option<Ident>,
    posts: Vec<PostHeld>,
}

/// A post in force today.
#[derive(Serialize, ToSchema)]
struct PostHeld {
    /// Code of the role.
    role: String,
    /// `office`, `region`, `team` or `agency`.
    at: String,
    /// Which, unless the office.
    place: Option<Ident>,
}

impl PostHeld {
    fn of(post: &Post) -> Self {
        let (at, place) = match &post.place {
            Place::Office => ("office", None),
            Place::Region(region, _) => ("region", Some(Ident::from(*region))),
            Place::Team(team, _) => ("team", Some(Ident::from(*team))),
            Place::Agency(agency) => ("agency", Some(Ident::from(*agency))),
        };
        Self { role: post.role.code().to_owned(), at: at.to_owned(), place }
    }
}

async fn begin(State(web): State<Web>, sent: Keyless<Credentials>) -> Result<Json<Session>, ApiOops> {
    let mut wrong = Refusals::default();
    let email = wrong.take("email", Email::parse(&sent.body.email));
    let email = wrong.finish(email)?;
    let token = sign_in(&web.app, email, sent.body.password).await?;
    Ok(Json(Session { token: token.expose().to_owned() }))
}

async fn end(State(web): State<Web>, ApiUser(who): ApiUser, _: Keyless<Nothing>) -> Result<Json<Reference>, ApiOops> {
    sign_out(&web.app, &who.actor, &who.token).await?;
    Ok(done(who.actor.user))
}

async fn me(State(_): State<Web>, ApiUser(who): ApiUser) -> Result<Json<Me>, ApiOops> {
    let agency = match who.actor.controller {
        Controller::Office => None,
        Controller::Agency(agency) => Some(agency.into()),
    };
    let posts = who.actor.posts.iter().map(PostHeld::of).collect();
    Ok(Json(Me { id: who.actor.user.into(), name: who.name, agency, posts }))
}
