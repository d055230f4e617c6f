// SPDX-License-Identifier: EUPL-1.2
//! What the teams in sight carry today.

use super::kit::{ApiOops, ApiUser};
use super::openapi::Doors;
use super::words::{Date, Ident};
use crate::kit::{Asks, Web};
use app::casework::workload::{self, TeamLoad};
use axum::Json;
use axum::extract::State;
use domain::access::Action;
use domain::casework::{Carried, Load};
use serde::Serialize;
use utoipa::ToSchema;

/// The room's doors.
#[must_use]
pub fn doors() -> Doors {
    Doors::default().get("/api/v1/workload", Asks::For(Action::SeeCase), "What the teams in sight carry today", list)
}

async fn list(State(web): State<Web>, ApiUser(who): ApiUser) -> Result<Json<WorkloadOut>, ApiOops> {
    let shown = workload::of_teams(&web.app, &who.actor).await?;
    Ok(Json(WorkloadOut { people: shown.loads.iter().map(|load| LoadOut::of(load, &shown)).collect() }))
}

/// Whoever works in the teams in sight, by name; then whoever left and still stands in open cases.
#[derive(Serialize, ToSchema)]
struct WorkloadOut {
    people: Vec<LoadOut>,
}

/// What somebody carries today. Counts of what is open; none says how much a case weighs.
#[derive(Serialize, ToSchema)]
struct LoadOut {
    worker: Ident,
    name: String,
    /// A post in the team today.
    in_team: bool,
    /// Cases before a help was decided.
    clarifying: i64,
    /// Cases with a help decided or running.
    helped: i64,
    /// Open procedures of child protection.
    protecting: i64,
    /// Things to do whose day has not gone by, and those to be done at once.
    due: i64,
    /// Things to do whose day has gone by.
    overdue: i64,
    /// Away today, until this day.
    away_until: Option<Date>,
}

impl LoadOut {
    fn of(load: &Load, shown: &TeamLoad) -> Self {
        let away = shown.away.iter().find(|absence| absence.who == load.worker);
        Self {
            worker: load.worker.into(),
            name: load.name.clone(),
            in_team: load.in_team,
            clarifying: load.of(Carried::Clarifying),
            helped: load.of(Carried::Helped),
            protecting: load.of(Carried::Protecting),
            due: load.of(Carried::Due),
            overdue: load.of(Carried::Overdue),
            away_until: away.map(|absence| absence.until.into()),
        }
    }
}
