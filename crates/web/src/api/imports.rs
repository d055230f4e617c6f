// SPDX-License-Identifier: EUPL-1.2
//! Imports of cards, and all that the asker may see as HSDS: the same use cases as the pages.

use super::kit::{ApiId, ApiJson, ApiOops, ApiUser, Nothing};
use super::openapi::Doors;
use super::words::{Ident, Made, Reference, done};
use crate::kit::{Asks, Web};
use crate::resources::{hsds_writer, import_defaults, import_words, said_in_german};
use app::resources::{self, CardRow, ImportOrder, ImportSeen, Incoming, Say};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::kernel::CardImportId;
use domain::resources::exchange::{Column, FILE_UNREADABLE, Plan, Said};
use domain::resources::search::{Asked, Filter};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use utoipa::ToSchema;

/// Cards in one answer.
const MOST: usize = 100_000;
/// Cards that are read at once.
const STEP: usize = 500;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    let (see, bring) = (Asks::For(Action::SeeDirectory), Asks::For(Action::ImportResources));
    Doors::default()
        .get("/api/v1/hsds", see, "All cards that you may see, as HSDS 3.1", dataset)
        .post("/api/v1/imports", bring, "Hands a table of cards in; nothing is taken yet", hand_in)
        .get("/api/v1/imports/{id}", bring, "An import: what would come of it, or what came", one)
        .post("/api/v1/imports/{id}/taking", bring, "Takes an import, all of it or nothing", take)
        .post(
            "/api/v1/imports/{id}/stopping",
            bring,
            "Stops an import that is being written; nothing of it is kept",
            stop,
        )
        .post("/api/v1/imports/{id}/undoing", bring, "Takes a whole import back; changed cards stay", undo)
        .post("/api/v1/imports/{id}/dropping", bring, "Drops a table that was not taken", drop_it)
}

/// Services of HSDS 3.1 with all that belongs to them (`docs/hsds-profil.md`).
#[derive(Serialize, ToSchema)]
#[serde(transparent)]
struct HsdsOut {
    #[schema(value_type = Object)]
    data: Value,
}

/// A table as text: CSV, GeoJSON, HSDS as JSON, iCalendar.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportIn {
    /// Name of the file.
    #[serde(default)]
    #[schema(required = true)]
    name: String,
    /// Its content.
    #[serde(default)]
    #[schema(required = true)]
    content: String,
}

/// How to take it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TakingIn {
    /// What each column means: codes as in `columns`, empty for none; left out: as guessed.
    columns: Option<Vec<String>>,
    /// Take what is right, though other rows are not.
    #[serde(default)]
    without_faulty: bool,
}

/// Something said about a row.
#[derive(Serialize, ToSchema)]
struct SaidOut {
    /// `Fehler`, `Warnung`, `Hinweis`.
    severity: &'static str,
    /// 0 is the file.
    line: usize,
    /// Code of the column.
    column: Option<&'static str>,
    /// What is wrong and what to do, in German.
    sentence: String,
    /// What stands there.
    value: String,
}

/// An import.
#[derive(Serialize, ToSchema)]
struct ImportOut {
    id: Ident,
    name: String,
    /// `draft`, `done`, `undone`, `dropped`.
    state: String,
    /// Codes of the columns as they would be read; empty for none.
    columns: Vec<&'static str>,
    rows: usize,
    /// How far it is, while it is written.
    running: Option<RunOut>,
    /// Rows that would be taken, or were.
    taken: i64,
    /// Rows that would be left out, or were.
    left_out: i64,
    findings: Vec<SaidOut>,
    /// Cards that were changed since the import.
    changed: Vec<Ident>,
}

/// How far an import is.
#[derive(Serialize, ToSchema)]
struct RunOut {
    /// Cards written, not yet for good.
    done: usize,
    /// Of so many.
    all: usize,
    /// Seconds it will still take if it goes on like this.
    rest_seconds: Option<i64>,
}

impl SaidOut {
    fn of(said: &Said) -> Self {
        Self {
            severity: said.severity.german(),
            line: said.line,
            column: said.column.map(Column::code),
            sentence: said_in_german(said),
            value: said.value.clone(),
        }
    }
}

impl ImportOut {
    fn of(seen: ImportSeen) -> Self {
        let draft = seen.row.state == "draft";
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let columns = seen.plan.iter().flat_map(|plan| &plan.columns);
        Self {
            id: seen.row.id.into(),
            columns: columns.map(|column| column.map(Column::code).unwrap_or_default()).collect(),
            rows: seen.rows,
            running: seen.running.map(|run| RunOut { done: run.done, all: run.all, rest_seconds: run.rest }),
            taken: if draft { count(seen.outcome.taken.len()) } else { seen.row.taken },
            left_out: if draft { count(seen.outcome.rejected.len()) } else { seen.row.left_out },
            findings: seen.outcome.said.iter().map(SaidOut::of).collect(),
            changed: seen.cards.iter().filter(|card| card.changed).map(|card| card.id.into()).collect(),
            name: seen.row.name,
            state: seen.row.state,
        }
    }
}

fn chosen(columns: &[String]) -> Plan {
    Plan { columns: columns.iter().map(|code| Column::from_code(code)).collect(), ..import_defaults() }
}

// Handlers --------------------------------------------------------------------------------------------

async fn dataset(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<HsdsOut>, ApiOops> {
    let viewer = resources::viewer_of(&who.actor)?;
    let (filter, today) = (Filter::default(), web.app.today());
    let asked = Asked { text: String::new(), filter, today, after: None, limit: 0, places: false };
    // Whoever asks twice waits for the first: one file of all cards at a time.
    let _making = resources::one_at_a_time(&web.app).await;
    let (_, ids) = resources::ids(&web.app, viewer.clone(), asked, (0, MOST)).await?;
    let mut rows: Vec<CardRow> = Vec::new();
    for step in ids.chunks(STEP) {
        rows.extend(resources::cards(&web.app, viewer.clone(), step).await?);
    }
    let own = web.clone();
    let made = tokio::task::spawn_blocking(move || hsds_writer(&own).dataset(&rows)).await;
    let stopped = |_| app::Failure::Broken(app::StoreError::Engine("a file of cards could not be made".to_owned()));
    Ok(Json(HsdsOut { data: made.map_err(stopped)? }))
}

async fn hand_in(State(web): State<Web>, ApiUser(who): ApiUser, sent: ApiJson<ImportIn>) -> Result<Made, ApiOops> {
    let ImportIn { name, content } = sent.body;
    let file = Incoming { name, bytes: content.into_bytes(), sheet: String::new() };
    match resources::hand_in(&web.app, &who.actor, Some(sent.key), file).await? {
        Ok(id) => Ok(Made::new(id)),
        Err(_) => Err(domain::kernel::Refusals::from(FILE_UNREADABLE.broken_at("content")).into()),
    }
}

async fn one(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardImportId>,
) -> Result<Json<ImportOut>, ApiOops> {
    let seen = resources::look_at_import(&web.app, &who.actor, id, (None, import_defaults(), import_words())).await?;
    Ok(Json(ImportOut::of(seen)))
}

async fn take(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardImportId>,
    sent: ApiJson<TakingIn>,
) -> Result<Json<Reference>, ApiOops> {
    let look = (None, import_defaults(), import_words());
    let guessed = resources::look_at_import(&web.app, &who.actor, id, look).await?.plan;
    let plan = sent.body.columns.as_deref().map(chosen).or(guessed).unwrap_or_else(import_defaults);
    let (words, say) = (import_words(), Say(Arc::new(said_in_german)));
    let order = ImportOrder { plan, words, without_faulty: sent.body.without_faulty, say };
    Ok(done(resources::take_import(&web.app, &who.actor, Some(sent.key), (id, order)).await?))
}

async fn stop(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardImportId>,
    _: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(resources::stop_import(&web.app, &who.actor, id).await?))
}

async fn undo(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardImportId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(resources::undo_import(&web.app, &who.actor, Some(sent.key), id).await?))
}

async fn drop_it(
    State(web): State<Web>,
    ApiUser(who): ApiUser,
    ApiId(id): ApiId<CardImportId>,
    sent: ApiJson<Nothing>,
) -> Result<Json<Reference>, ApiOops> {
    Ok(done(resources::drop_import(&web.app, &who.actor, Some(sent.key), id).await?))
}
