// SPDX-License-Identifier: EUPL-1.2
//! Templates of letters.

use super::kit::{ApiJson, ApiOops, ApiUser, code, maybe};
use super::openapi::Doors;
use super::words::{Date, LetterKindCode, Made};
use crate::kit::{Asks, Web};
use app::letters::templates;
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::{Day, Note, Refusals};
use domain::letters::{LetterField, LetterKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let keep = Asks::For(Action::KeepTemplates);
    Doors::default()
        .get("/api/v1/letter-templates", keep, "The templates that hold today, with what a law demands", list_templates)
        .post("/api/v1/letter-templates", keep, "Keeps a version of a template; without text ours holds", keep_template)
}

/// A version of a template.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TemplateIn {
    #[serde(default)]
    #[schema(required = true, value_type = LetterKindCode)]
    kind: String,
    /// Without one, ours holds again.
    text: Option<String>,
    #[serde(default)]
    #[schema(required = true, value_type = Date)]
    valid_from: String,
}

async fn list_templates(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<TemplatesOut>, ApiOops> {
    let mut all = Vec::new();
    for kind in LetterKind::ALL {
        let one = templates::one(&web.app, &who.actor, *kind).await?;
        let demand = |(field, source): &(LetterField, &'static str)| DemandOut { placeholder: field.code(), source };
        all.push(TemplateOut {
            kind: kind.code(),
            catalogue: kind.catalogue(),
            text: one.text,
            demands: kind.demands().iter().map(demand).collect(),
        });
    }
    Ok(Json(TemplatesOut { templates: all }))
}

async fn keep_template(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    sent: ApiJson<TemplateIn>,
) -> Result<Made, ApiOops> {
    let mut wrong = Refusals::default();
    let kind = wrong.take("kind", code(&sent.body.kind, LetterKind::from_code));
    let text = wrong.take("text", maybe(sent.body.text.as_deref(), Note::parse));
    let from = wrong.take("valid_from", Day::parse(&sent.body.valid_from));
    let (kind, new) = wrong.finish((|| Some((kind?, (text?, from?))))())?;
    Ok(Made::new(templates::keep(&web.app, &who.actor, Some(sent.key), kind, new).await?))
}

/// Templates.
#[derive(Serialize, ToSchema)]
struct TemplatesOut {
    templates: Vec<TemplateOut>,
}

/// A template as it holds today.
#[derive(Serialize, ToSchema)]
struct TemplateOut {
    #[schema(value_type = LetterKindCode)]
    kind: &'static str,
    catalogue: &'static str,
    text: String,
    demands: Vec<DemandOut>,
}

/// What may not be missing.
#[derive(Serialize, ToSchema)]
struct DemandOut {
    placeholder: &'static str,
    source: &'static str,
}
