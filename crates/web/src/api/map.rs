// SPDX-License-Identifier: EUPL-1.2
//! Cards in other languages, and borders drawn anew: the same use cases as the pages.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, maybe};
use super::openapi::Doors;
use super::words::{Date, Ident, Reference, done};
use crate::kit::{Asks, Web};
use app::resources;
use app::territory::{self, Drawn, NewBorder};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{CardId, Day, Line, Note, Refusals, SpaceId};
use domain::resources::{CARD_CHOICE, CardText, Language, Viewer};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, tend) = (Asks::For(Action::SeeDirectory), Asks::For(Action::TendResources));
    let manage = Asks::For(Action::ManageTerritory);
    Doors::default()
        .get("/api/v1/resources/{id}/texts", see, "What stands on a card in other languages", texts)
        .post("/api/v1/resources/{id}/texts", tend, "Writes what stands on a card in another language", write)
        .post(
            "/api/v1/spaces/{id}/border",
            manage,
            "Draws a border anew: a draft of a new cut, or what is wrong",
            border,
        )
}

// In and out ------------------------------------------------------------------------------------------

/// A card's words in one language.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CardTextInOut {
    /// Code of a language; not `de` and not `dgs`.
    language: String,
    name: String,
    about: String,
    conditions: Option<String>,
}

/// A card in other languages.
#[derive(Serialize, ToSchema)]
struct CardTexts {
    texts: Vec<CardTextInOut>,
}

impl CardTextInOut {
    fn of(text: &CardText) -> Self {
        Self {
            language: text.language.code().to_owned(),
            name: text.name.as_str().to_owned(),
            about: text.about.as_str().to_owned(),
            conditions: text.conditions.as_ref().map(|line| line.as_str().to_owned()),
        }
    }

    fn read(&self) -> Result<CardText, Refusals> {
        let mut wrong = Refusals::default();
        let language = wrong.take("language", Language::from_code(&self.language).ok_or(CARD_CHOICE.broken()));
        let name = wrong.take("name", Line::parse(&self.name));
        let about = wrong.take("about", Note::parse(&self.about));
        let conditions = wrong.take("conditions", maybe(self.conditions.as_deref(), Line::parse));
        let value = (|| Some(CardText { language: language?, name: name?, about: about?, conditions: conditions? }))();
        wrong.finish(value)
    }
}

/// A border drawn anew.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BorderIn {
    title: String,
    #[schema(value_type = Date)]
    valid_from: String,
    /// A corner a line, latitude and longitude in degrees; a blank line between rings, `Loch` before a hole.
    corners: String,
}

/// The draft, or what is wrong with the border.
#[derive(Serialize, ToSchema)]
struct BorderOut {
    recut: Option<Ident>,
    /// German sentences.
    findings: Vec<String>,
}

// Handlers --------------------------------------------------------------------------------------------

async fn texts(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardId>,
) -> Result<Json<CardTexts>, ApiOops> {
    let texts = resources::texts_of(&web.app, Viewer::of(&who.actor), id).await?;
    Ok(Json(CardTexts { texts: texts.iter().map(CardTextInOut::of).collect() }))
}

async fn write(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardId>,
    sent: ApiJson<CardTextInOut>,
) -> Result<Json<Reference>, ApiOops> {
    let new = (id, sent.body.read()?);
    Ok(done(resources::write_text(&web.app, &who.actor, Some(sent.key), new).await?))
}

async fn border(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(space): ApiId<SpaceId>,
    sent: ApiJson<BorderIn>,
) -> Result<Json<BorderOut>, ApiOops> {
    let mut wrong = Refusals::default();
    let title = wrong.take("title", Line::parse(&sent.body.title));
    let valid_from = wrong.take("valid_from", Day::parse(&sent.body.valid_from));
    let (title, valid_from) = wrong.finish(title.zip(valid_from))?;
    let new = NewBorder { space, title, valid_from, corners: sent.body.corners };
    Ok(Json(match territory::draw_border(&web.app, &who.actor, Some(sent.key), new).await? {
        Drawn::Draft(recut) => BorderOut { recut: Some(recut.into()), findings: Vec::new() },
        Drawn::Faulty(findings) => {
            BorderOut { recut: None, findings: findings.iter().map(|finding| finding.german()).collect() }
        }
    }))
}
